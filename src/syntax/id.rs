//! Typed numbers of the parts of a parse, so that a token's number cannot be taken for a sentence's or a quotation's.

use std::ops::Range;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(u32);

            impl $name {
                /// The part with this index, counted from 0 in the order of the document.
                pub const fn new(index: usize) -> Self {
                    Self(index as u32)
                }

                /// Its index, counted from 0 in the order of the document.
                pub const fn index(self) -> usize {
                    self.0 as usize
                }

                /// The part after it.
                #[must_use]
                pub const fn next(self) -> Self {
                    Self(self.0 + 1)
                }

                /// The part before it; `None` for the first.
                pub const fn before(self) -> Option<Self> {
                    match self.0.checked_sub(1) {
                        Some(index) => Some(Self(index)),
                        None => None,
                    }
                }
            }
        )*
    };
}

ids! {
    /// A token of a document, quotations counted as one token for each of their segments.
    TokenId;
    /// A sentence of a document.
    SentenceId;
    /// A block of a document: a paragraph, a heading, an item of a list.
    BlockId;
    /// A quotation of a document, in the order of `Marks::quotations`.
    QuotationId;
}

/// A run of tokens, half open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TokenRange {
    /// The first token.
    pub start: TokenId,
    /// The token after the last.
    pub end: TokenId,
}

impl TokenRange {
    /// From indices among the document's tokens.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start: TokenId::new(start), end: TokenId::new(end) }
    }

    /// The indices among the document's tokens.
    pub const fn indices(self) -> Range<usize> {
        self.start.index()..self.end.index()
    }

    /// How many tokens it has.
    pub const fn len(self) -> usize {
        self.end.index().saturating_sub(self.start.index())
    }

    /// Has it no token?
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Does it hold the token?
    pub fn contains(self, token: TokenId) -> bool {
        self.start <= token && token < self.end
    }
}
