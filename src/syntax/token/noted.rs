//! Tokens that a later step looks at once more: one of six.

use super::Token;

/// The places of tokens that need a second look, ascending.
#[derive(Clone, Debug, Default)]
pub struct Noted {
    /// Words that may be a name or something else: [`settle`](super::settle) decides.
    pub names: Vec<usize>,
    /// All but plain words: a sentence may end there.
    pub signs: Vec<usize>,
}

impl Noted {
    /// Notes the signs among the tokens from `first` on.
    pub(super) fn signs_from(&mut self, tokens: &[Token], first: usize) {
        for (at, token) in tokens.iter().enumerate().skip(first) {
            if !token.is_plain() {
                self.signs.push(at);
            }
        }
    }
}
