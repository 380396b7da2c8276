//! What the grammar makes of a document's prose before anything is tied together: where every reading of it begins.

use super::people::{Lines, People, SourceInText};
use super::speaker::Speaker;
use crate::lexicon::Language;
use crate::source::{BlockKind, Prose, ProseSpan};
use crate::syntax::clause::noun_phrase::HeadKind;
use crate::syntax::marks::Conventions;
use crate::syntax::names;
use crate::syntax::sieve::SourceDecision;
use crate::syntax::{Extent, Parse};

/// The parse and the headings of a document's prose.
pub struct Reading<'t> {
    /// Its tokens, sentences and quotations.
    pub parse: Parse<'t>,
    /// Its headings.
    pub headings: Vec<ProseSpan>,
    /// The lines that tell who wrote it.
    pub lines: Lines,
}

impl<'t> Reading<'t> {
    /// Reads a document's prose. Where quotations alone are wanted and there is none, its tokens are left out.
    pub fn of(
        prose: &'t Prose<'_>,
        language: &'t Language,
        extent: Extent,
        conventions: Conventions,
    ) -> Self {
        let parse = Parse::of(prose, language, extent, conventions);
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
        Self { parse, headings, lines }
    }

    /// The people of the prose that this was read from, and who they are that speak in it.
    pub fn people(&self, decided: &[Option<SourceDecision>]) -> People<'_> {
        let text = self.parse.text();
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
        let names = names::find(self.parse.all());
        People::new(self.parse.all(), names, &self.headings, voices, &self.lines)
    }
}

/// Who said one quotation: what the sieve decided, and what that stands for in this document.
#[derive(Clone, Debug)]
pub struct Resolution {
    /// What the sieve decided; `None` where no pattern took the quotation, and for one inside another.
    pub decision: Option<SourceDecision>,
    /// The phrase that names the source, where its pattern is precise enough.
    pub source: Option<ProseSpan>,
    /// Whom the source stands for; `None` where that is undecided.
    pub speaker: Option<Speaker>,
    /// Somebody else whom a pronoun fits as well.
    pub rival: Option<String>,
}

impl Resolution {
    /// Resolves the decision about a quotation of that `level`. A source whose pattern's precision is below `needed`
    /// (0 to 1) is withheld.
    pub fn of(decision: Option<SourceDecision>, level: u8, people: &People<'_>, needed: f32) -> Self {
        let decision = decision.filter(|_| level == 0);
        let sure = decision.filter(|found| found.pattern.precision() >= needed);
        let source = sure.and_then(|found| found.source);
        let named = sure.zip(source);
        Self {
            decision,
            source,
            speaker: named.and_then(|(found, source)| people.resolve(source, found.head_kind)),
            rival: named
                .filter(|(found, _)| found.head_kind == HeadKind::Pronoun)
                .and_then(|(_, source)| people.rival(source)),
        }
    }

    /// The decision, where the quotation counts as attributed: a clause without a cue attributes nothing by itself, a cue
    /// does, even where its source stays undecided.
    pub fn attributes(&self, needed: f32) -> Option<SourceDecision> {
        self.decision.filter(|found| found.pattern.precision() >= needed || found.pattern.has_cue())
    }
}
