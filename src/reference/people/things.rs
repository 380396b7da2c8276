//! What “it” stands for where it says something: the report, the paper, the ministry.

use super::People;
use crate::source::ProseSpan;
use crate::syntax::clause::noun_phrase::{self, HeadKind};
use crate::syntax::token::Kind;

/// How many sentences before its own an “it” looks back to.
const REACH: usize = 3;

impl People<'_> {
    /// The body or the document that an “it” stands for: the last one that said something, or whose sentence it is.
    pub(super) fn thing(&self, pronoun: ProseSpan) -> Option<(ProseSpan, HeadKind)> {
        let at = self.tokens.partition_point(|token| token.span.start < pronoun.start);
        let mut end = at;
        for _ in 0..=REACH {
            let start =
                self.tokens[..end].iter().rposition(|token| token.is_final()).map_or(0, |last| last + 1);
            if let Some(found) = self.spoke_between(start, end).or_else(|| self.opens(start, end)) {
                return Some(found);
            }
            // Over the stop, and over what is left of “…”.
            end = self.tokens[..start].iter().rposition(|token| !token.is_final()).map_or(0, |last| last + 1);
            if end == 0 {
                break;
            }
        }
        None
    }

    /// The last body or document between two tokens that is the source of a quotation.
    fn spoke_between(&self, start: usize, end: usize) -> Option<(ProseSpan, HeadKind)> {
        let within = ProseSpan::new(self.tokens.get(start)?.span.start, self.tokens[..end].last()?.span.end);
        let last = self.voices.partition_point(|voice| voice.span.start < within.end);
        let voice = self.voices[..last].iter().rev().take_while(|voice| voice.span.start >= within.start);
        voice
            .filter(|voice| matches!(voice.head_kind, HeadKind::Body | HeadKind::Document))
            .map(|voice| (voice.span, voice.head_kind))
            .next()
    }

    /// The body or the document that a sentence begins with.
    fn opens(&self, start: usize, end: usize) -> Option<(ProseSpan, HeadKind)> {
        let first = (start..end).find(|&at| !matches!(self.tokens[at].kind, Kind::Quote(_) | Kind::Dash))?;
        let phrase = noun_phrase::forward(self.tokens, first).filter(|phrase| phrase.end <= end)?;
        let span = self.tokens[phrase.start].span.join(self.tokens[phrase.end - 1].span);
        matches!(phrase.head_kind, HeadKind::Body | HeadKind::Document).then_some((span, phrase.head_kind))
    }
}
