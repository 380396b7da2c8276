//! Tokens as input for nom, and the smallest parsers over them.

use nom::error::{Error, ErrorKind};
use nom::{IResult, Input, Needed, Parser};

use crate::lexicon::Class;
use crate::syntax::token::{Kind, Token};

/// A run of tokens, read from left to right.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a>(pub &'a [Token]);

impl<'a> Input for Words<'a> {
    type Item = Token;
    type Iter = std::iter::Copied<std::slice::Iter<'a, Token>>;
    type IterIndices = std::iter::Enumerate<Self::Iter>;

    fn input_len(&self) -> usize {
        self.0.len()
    }

    fn take(&self, index: usize) -> Self {
        Self(&self.0[..index])
    }

    fn take_from(&self, index: usize) -> Self {
        Self(&self.0[index..])
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        let (before, after) = self.0.split_at(index);
        (Self(after), Self(before))
    }

    fn position<P: Fn(Token) -> bool>(&self, predicate: P) -> Option<usize> {
        self.0.iter().position(|token| predicate(*token))
    }

    fn iter_elements(&self) -> Self::Iter {
        self.0.iter().copied()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.0.iter().copied().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        if count <= self.0.len() { Ok(count) } else { Err(Needed::new(count - self.0.len())) }
    }
}

impl nom::Offset for Words<'_> {
    /// Both are ends of one run of tokens, so the difference of their lengths is the distance of their starts.
    fn offset(&self, second: &Self) -> usize {
        self.0.len().saturating_sub(second.0.len())
    }
}

/// What a parser over tokens returns.
pub type Parsed<'a, T> = IResult<Words<'a>, T>;

/// One token that fits.
pub fn one<'a>(
    fits: impl Fn(&Token) -> bool,
) -> impl Parser<Words<'a>, Output = Token, Error = Error<Words<'a>>> {
    move |input: Words<'a>| match input.0.split_first() {
        Some((token, rest)) if fits(token) => Ok((Words(rest), *token)),
        _ => Err(nom::Err::Error(Error::new(input, ErrorKind::Satisfy))),
    }
}

/// One word of a class.
pub fn word<'a>(class: Class) -> impl Parser<Words<'a>, Output = Token, Error = Error<Words<'a>>> {
    one(move |token| token.is_word() && token.is(class))
}

/// One stop of a kind.
pub fn stop<'a>(kind: Kind) -> impl Parser<Words<'a>, Output = Token, Error = Error<Words<'a>>> {
    one(move |token| token.kind == kind)
}
