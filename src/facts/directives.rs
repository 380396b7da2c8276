//! What the writers allow, with the stretch of text that each directive covers.

use super::{BlockFact, Directive};
use crate::source::{Document, Span};
use crate::syntax::directive::{self, Scope};

/// A document's directives. One that covers the next paragraph and has none after it covers nothing.
pub(super) fn read(document: &Document, blocks: &[BlockFact]) -> Vec<Directive> {
    let read = |comment: crate::source::Comment| {
        let allow = directive::read(&comment.content)?;
        let covers = match allow.scope {
            Scope::File => Span::new(0, document.text.len()),
            Scope::Paragraph => {
                let next = blocks.partition_point(|block| block.span.start < comment.span.end);
                // A comment within a paragraph speaks of that paragraph.
                let around = next.checked_sub(1).map(|before| blocks[before].span);
                let around = around.filter(|span| span.contains(comment.span));
                around.or_else(|| blocks.get(next).map(|block| block.span)).unwrap_or_default()
            }
        };
        let inner = comment.inner.start;
        let place = |span: Span| Span::new(inner + span.start, inner + span.end);
        let rules = allow.rules.iter().map(|(name, span)| ((*name).to_owned(), place(*span)));
        Some(Directive {
            span: comment.span,
            rules: rules.collect(),
            covers,
            reason: allow.reason.to_owned(),
        })
    };
    document.comments().into_iter().filter_map(read).collect()
}
