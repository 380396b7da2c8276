//! Speech carried on: “…,” Reyes said. “…” — and over paragraphs.

use super::{Finding, Ground, Pattern};
use crate::lexicon::Class;
use crate::source::{Block, BlockKind};
use crate::syntax::clause::noun_phrase::Sort;
use crate::syntax::clause::subject;
use crate::syntax::clause::verb::{Voice, verb_at};
use crate::syntax::token::Kind;

/// The fewest words with which a quotation can carry a sentence that the writer finishes.
const BEGINS_SENTENCE: u32 = 4;

/// What the paragraphs so far leave open.
#[derive(Default)]
pub(super) struct Carry {
    /// The last quotation of the paragraph before, where that paragraph ends with speech.
    ended_with: Option<u32>,
    /// The paragraph before ended with a colon: who introduced what follows.
    introduced: Option<Finding>,
    /// The last attribution without marks of the paragraph before.
    indirect: Option<Finding>,
}

impl Carry {
    /// Who said the quotation at `at`, going by what came before.
    pub(super) fn decide(
        &self,
        ground: &Ground<'_>,
        at: usize,
        decided: &[Option<Finding>],
    ) -> Option<Finding> {
        let start = ground.sentence_start(at);
        let end = ground.sentence_end(at);
        // The quotation must be its whole sentence; its neighbours may be quotations too.
        let alone = (start..end).all(|index| {
            index == at
                || matches!(
                    ground.tokens[index].kind,
                    Kind::Quote(_)
                        | Kind::Stop
                        | Kind::End
                        | Kind::Dash
                        | Kind::Symbol
                        | Kind::Ellipsis
                        | Kind::Comma
                )
                || ground.tokens[index].is(Class::COORDINATOR)
        });
        // “…,” Reyes said. “The port is closed” to the public: a sentence that the quotation begins.
        let edges = ground.edges(at);
        let begins = at == start && start > 0 && edges.capital && edges.words >= BEGINS_SENTENCE;
        if !alone && !begins {
            return None;
        }
        if start == 0 {
            return self.paragraph_before(ground, at, decided);
        }
        // Within the paragraph: the speaker of the sentence before.
        let previous_start = ground.sentence_start(start - 1);
        let quoted = (previous_start..start)
            .rev()
            .filter_map(|index| ground.tokens[index].quote())
            .find_map(|quote| Some((quote, decided.get(quote as usize).copied().flatten()?)));
        if let Some((quote, found)) = quoted {
            return Some(Finding {
                pattern: Pattern::CarriedInParagraph,
                carried_from: Some(quote),
                ..found
            });
        }
        indirect(ground, previous_start, start)
            .map(|found| Finding { pattern: Pattern::CarriedFromIndirect, ..found })
    }

    fn paragraph_before(
        &self,
        ground: &Ground<'_>,
        at: usize,
        decided: &[Option<Finding>],
    ) -> Option<Finding> {
        if let Some(found) = self.introduced {
            return Some(Finding { pattern: Pattern::IntroducedAbove, ..found });
        }
        let quote = ground.tokens[at].quote()?;
        if let Some(before) = self.ended_with
            && before != quote
            && let Some(found) = decided.get(before as usize).copied().flatten()
        {
            return Some(Finding {
                pattern: Pattern::CarriedOverParagraph,
                carried_from: Some(before),
                ..found
            });
        }
        self.indirect.map(|found| Finding { pattern: Pattern::CarriedOverParagraph, ..found })
    }

    /// Remembers how a block ended.
    pub(super) fn block(&mut self, ground: &Ground<'_>, block: &Block) {
        *self = Self::default();
        if matches!(block.kind, BlockKind::Heading | BlockKind::Byline | BlockKind::Caption) {
            return;
        }
        let Some(last) = ground.tokens.len().checked_sub(2) else { return };
        let start = ground.sentence_start(last);
        match ground.tokens[last].kind {
            Kind::Quote(quote) => self.ended_with = Some(quote),
            Kind::Colon => self.introduced = indirect(ground, start, last + 1),
            _ => {
                self.ended_with = (start..=last).rev().find_map(|index| ground.tokens[index].quote());
                if self.ended_with.is_none() {
                    self.indirect = indirect(ground, start, last + 1);
                }
            }
        }
    }
}

/// The attribution of a sentence without quotations: its last finite cue with a subject.
fn indirect(ground: &Ground<'_>, start: usize, end: usize) -> Option<Finding> {
    let verb = (start..end).filter_map(|at| verb_at(ground.text, ground.tokens, at)).find(|verb| {
        verb.cue
            && verb.voice == Voice::Active
            && !ground.tokens[verb.at].is(Class::CUE_CALL.or(Class::CUE_WEAK))
    })?;
    let phrase = subject::of(ground.text, ground.tokens, start, &verb)?;
    (phrase.sort != Sort::Other).then(|| {
        Finding::new(ground, Pattern::CarriedFromIndirect, Some(phrase), Some((verb.at, verb.at + 1)))
    })
}
