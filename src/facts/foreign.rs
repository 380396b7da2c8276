//! Blocks that the format marks as in a language that sayso does not read. Their marks are read by the conventions of that
//! language; nothing is attributed in them, as in a draft that is in such a language as a whole.

use super::FileFacts;
use crate::lexicon::{NamedLanguage, NaturalLanguage, reads_as_english};
use crate::source::{Prose, ProseSpan, Span};
use crate::syntax::MarkFaultKind;

/// The blocks of a draft that are in other languages.
#[derive(Debug, Default)]
pub(super) struct ForeignBlocks {
    /// By number, in order.
    blocks: Vec<(usize, ProseSpan, &'static NaturalLanguage)>,
}

impl ForeignBlocks {
    /// Those that the format marks, unless their words are English: programs mark what is typed by the keyboard that is set.
    pub(super) fn read(prose: &Prose<'_>) -> Self {
        let of_block = |(number, code): &(u32, String)| {
            let Some(NamedLanguage::Other(language)) = NamedLanguage::of_tag(code) else { return None };
            let span = prose.blocks.get(*number as usize)?.span;
            (!reads_as_english(span.of(&prose.text))).then_some((*number as usize, span, language))
        };
        Self { blocks: prose.languages.iter().filter_map(of_block).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Is the block of this number one of them?
    pub(super) fn has(&self, block: usize) -> bool {
        self.blocks.binary_search_by_key(&block, |(number, ..)| *number).is_ok()
    }

    /// Takes out of the facts what was read there as if it were English.
    pub(super) fn leave_out(&self, prose: &Prose<'_>, facts: &mut FileFacts) {
        if self.is_empty() {
            return;
        }
        facts.other_blocks = self
            .blocks
            .iter()
            .map(|(number, _, language)| (*number as u32, language.code.to_owned()))
            .collect();
        let spans: Vec<(Span, bool)> = (self.blocks.iter())
            .map(|(_, span, language)| (prose.to_text(*span), language.closing_opens))
            .collect();
        let at = |span: Span| {
            let after = spans.partition_point(|(block, _)| block.start <= span.start);
            after.checked_sub(1).map(|at| spans[at]).filter(|(block, _)| span.start < block.end)
        };
        let outside = |span: Span| at(span).is_none();
        facts.names.retain(|name| outside(name.span));
        facts.acting.retain(|name| outside(name.span));
        facts.mentions.retain(|mention| outside(mention.span));
        facts.indirect.retain(|told| outside(told.content.span));
        facts.dates.retain(|date| outside(date.span));
        facts.particulars.retain(|particular| outside(particular.span));
        facts.relatives.retain(|relative| outside(relative.span));
        facts.pronouns.retain(|pronoun| outside(pronoun.span));
        facts.statements.retain(|statement| outside(statement.span));
        facts.hedges.retain(|hedge| outside(hedge.span));
        facts.ordinals.retain(|ordinal| outside(ordinal.span));
        // Swedish and Finnish open with ” too.
        facts.mark_faults.retain(|fault| {
            fault.kind != MarkFaultKind::ReversedMark || at(fault.span).is_none_or(|(_, opens)| !opens)
        });
    }
}
