//! What is true of a sentence, read once for all names in it.

use std::ops::Range;

use smallvec::SmallVec;

use super::{Passage, retrospect};
use crate::syntax::token::Token;

/// What the mentions of one sentence share.
#[derive(Debug, Default)]
pub struct SharedSentence {
    /// Its tokens.
    tokens: Range<usize>,
    /// Is it a headline in which every longer word has a capital? There a capital tells no name.
    pub(super) in_capitals: bool,
    /// The tokens of words that look back, in order.
    looking_back: SmallVec<[usize; 4]>,
}

impl SharedSentence {
    /// Reads the sentence of these tokens, unless it was the last to be read.
    pub(super) fn read(&mut self, passage: Passage<'_>, tokens: Range<usize>) {
        if self.tokens != tokens {
            self.in_capitals = in_capitals(&passage.tokens[tokens.clone()]);
            self.looking_back = retrospect::looking_back(passage, tokens.clone()).collect();
            self.tokens = tokens;
        }
    }

    /// Does one of these tokens look back?
    pub(super) fn looks_back(&self, tokens: Range<usize>) -> bool {
        let first = self.looking_back.partition_point(|at| *at < tokens.start);
        self.looking_back.get(first).is_some_and(|at| *at < tokens.end)
    }
}

/// Does every longer word have a capital?
fn in_capitals(sentence: &[Token]) -> bool {
    let longer = || sentence.iter().filter(|token| token.is_word() && token.span.len() > 3);
    longer().count() >= 4 && longer().all(Token::is_capital)
}
