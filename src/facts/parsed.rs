//! What the grammar makes of a document's prose before anything is tied together: where every reading of it begins.

use super::Depth;
use super::speakers::{Lines, People, SourceInText};
use crate::source::{BlockKind, Prose, ProseSpan};
use crate::syntax::clause::sentence::QuotationShape;
use crate::syntax::marks::{self, Marks};
use crate::syntax::names;
use crate::syntax::sieve::{self, SourceDecision};
use crate::syntax::token::TokenTable;

/// The marks, the tokens and the headings of a document's prose.
pub(super) struct Parsed {
    /// Its quotations and what is wrong with their marks.
    pub marked: Marks,
    /// How each quotation begins and ends, in their order.
    pub shapes: Vec<QuotationShape>,
    /// Its tokens, each outermost quotation one of them.
    pub page: TokenTable,
    /// Its headings.
    pub headings: Vec<ProseSpan>,
    /// The lines that tell who wrote it.
    pub lines: Lines,
}

impl Parsed {
    /// Reads a document's prose. Where quotations alone are wanted and there is none, its tokens are left out.
    pub(super) fn of(prose: &Prose<'_>, depth: Depth) -> Self {
        let text: &str = &prose.text;
        let marked = marks::find(text, &prose.blocks);
        let shapes = sieve::shapes(text, &marked.quotations);
        let page = match depth {
            Depth::Quotations if marked.quotations.is_empty() => TokenTable::default(),
            _ => sieve::page(text, &prose.blocks, &marked.quotations, &shapes),
        };
        let headings = prose
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Heading)
            .map(|block| block.span)
            .collect();
        let bylines = prose.blocks.iter().filter(|block| block.kind == BlockKind::Byline);
        let lines = Lines {
            bylines: bylines.map(|block| block.span).collect(),
            foot: prose
                .blocks
                .last()
                .filter(|block| block.kind == BlockKind::Paragraph)
                .map(|block| block.span),
        };
        Self { marked, shapes, page, headings, lines }
    }

    /// The people of the prose that this was read from, and who they are that speak in it.
    pub(super) fn people<'t>(&'t self, text: &'t str, decided: &[Option<SourceDecision>]) -> People<'t> {
        let mut voices: Vec<SourceInText> = decided
            .iter()
            .flatten()
            .filter_map(|found| {
                let asks = found.cue.is_some_and(|cue| cue.of(text).starts_with("ask"));
                found.source.map(|span| SourceInText { span, head_kind: found.head_kind, asks })
            })
            .collect();
        voices.sort_by_key(|voice| voice.span.start);
        voices.dedup_by_key(|voice| voice.span.start);
        let names = names::find(text, &self.page.tokens);
        People::new(text, &self.page.tokens, names, &self.headings, voices, &self.lines)
    }
}
