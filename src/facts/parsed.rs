//! What the grammar makes of a document's prose before anything is tied together: where every reading of it begins.

use super::speakers::People;
use crate::source::{BlockKind, Prose, Span};
use crate::syntax::clause::sentence::Edges;
use crate::syntax::marks::{self, Marks};
use crate::syntax::names;
use crate::syntax::sieve;
use crate::syntax::token::Page;

/// The marks, the tokens and the headings of a document's prose.
pub(super) struct Parsed {
    /// Its quotations and what is wrong with their marks.
    pub marked: Marks,
    /// How each quotation begins and ends, in their order.
    pub edges: Vec<Edges>,
    /// Its tokens, each outermost quotation one of them.
    pub page: Page,
    /// Its headings.
    pub headings: Vec<Span>,
}

impl Parsed {
    pub(super) fn of(prose: &Prose<'_>) -> Self {
        let text: &str = &prose.text;
        let marked = marks::find(text, &prose.blocks);
        let edges = sieve::edges(text, &marked.quotations);
        let page = sieve::page(text, &prose.blocks, &marked.quotations, &edges);
        let headings = prose
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Heading)
            .map(|block| block.span)
            .collect();
        Self { marked, edges, page, headings }
    }

    /// The people of the prose that this was read from.
    pub(super) fn people<'t>(&'t self, text: &'t str) -> People<'t> {
        People::new(text, &self.page.tokens, names::find(text, &self.page.tokens), &self.headings)
    }
}
