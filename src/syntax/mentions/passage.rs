//! The prose in which people are looked for.

use crate::syntax::clause::view::TokenView;
use crate::syntax::token::Token;

/// The words of a document that mentions are read from.
#[derive(Clone, Copy)]
pub struct Passage<'t> {
    pub(super) view: TokenView<'t>,
    /// The prose.
    pub text: &'t str,
    /// Its tokens.
    pub tokens: &'t [Token],
}

impl<'t> Passage<'t> {
    /// The words of a run of tokens.
    pub const fn new(view: TokenView<'t>) -> Self {
        Self { text: view.text, tokens: view.tokens, view }
    }
}
