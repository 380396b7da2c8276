//! Speech carried on: “…,” Reyes said. “…” — and over paragraphs.

use super::{Finding, Ground, Pattern, after, lead};
use crate::lexicon::{Class, WordSet};
use crate::source::{Block, BlockKind, Span};
use crate::syntax::clause::noun_phrase::NounPhrase;
use crate::syntax::clause::subject;
use crate::syntax::clause::verb::{Verb, Voice, verb_at};
use crate::syntax::token::Kind;

/// The fewest words with which a quotation can carry a sentence that the writer finishes.
const BEGINS_SENTENCE: u32 = 4;

/// What the paragraphs so far leave open.
#[derive(Default)]
pub(super) struct Carry<'a> {
    /// The last quotation of the paragraph before, where that paragraph ends with speech.
    ended_with: Option<u32>,
    /// The paragraph before is this quotation and nothing else.
    alone: Option<u32>,
    /// The paragraph before, where its last sentence has no marks and may tell who speaks on: few quotations ask, so
    /// it is read when one does.
    unmarked: Option<Ground<'a>>,
}

impl<'a> Carry<'a> {
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
                // Instead, “…”; Now “…”
                || index < at && ground.tokens[index].is_word() && ground.tokens[index].is(Class::ADVERB)
                // Adding, “…”
                || index == start
                    && ground.tokens[index].is_capital()
                    && ground.tokens[index].is(Class::FORM_GERUND)
                    && ground.tokens[index].is(Class::CUE)
                    && start + 2 == at
        });
        // “…,” Reyes said. “The port is closed” to the public: a sentence that the quotation begins.
        let edges = ground.edges(at);
        let begins = at == start && start > 0 && edges.capital && edges.words >= BEGINS_SENTENCE;
        if !alone && !begins {
            return trailing_off(ground, start, at, decided);
        }
        if start == 0 {
            return self.paragraph_before(ground, at, decided);
        }
        // Within the paragraph: the speaker of the sentence before.
        let previous_start = ground.sentence_start(start - 1);
        if let Some((quote, found)) = last_decided(ground, previous_start, start, decided) {
            let cue = found.cue.and_then(|cue| added(ground, cue, start)).or(found.cue);
            return Some(Finding {
                pattern: Pattern::CarriedInParagraph,
                carried_from: Some(quote),
                cue,
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
        if let Some(found) = self.introduced() {
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
        self.reported().map(|found| Finding { pattern: Pattern::CarriedOverParagraph, ..found })
    }

    /// The paragraph before ended with a colon: who introduced what follows.
    fn introduced(&self) -> Option<Finding> {
        let (ground, start, last) = self.last_sentence(true)?;
        let found = indirect(ground, start, last + 1).or_else(|| introducing(ground, start, last))?;
        // “confirmed the story, reporting:”
        let near = last.checked_sub(1).filter(|&at| at > start && ground.tokens[at - 1].kind == Kind::Comma);
        let cue = near.filter(|&at| ground.cue_at(at).is_some_and(|verb| verb.voice == Voice::Gerund));
        Some(Finding { cue: cue.map(|at| ground.tokens[at].span).or(found.cue), ..found })
    }

    /// The last attribution without marks of the paragraph before.
    fn reported(&self) -> Option<Finding> {
        let (ground, start, last) = self.last_sentence(false)?;
        let verb = finite_cue(ground, start, last + 1)?;
        let cue = ground.tokens[verb.at];
        // What somebody thinks or remembers is not said aloud.
        let aloud = cue.is(Class::CUE_SPEECH.or(Class::CUE_WRITING)) && !cue.is(Class::CUE_THOUGHT);
        aloud.then(|| attributed(ground, start, &verb)).flatten()
    }

    /// The first and the last token of the last sentence before, where it ends with a colon, or where it does not.
    fn last_sentence(&self, colon: bool) -> Option<(&Ground<'a>, usize, usize)> {
        let ground = self.unmarked.as_ref()?;
        let last = ground.tokens.len().checked_sub(2)?;
        let ends = (ground.tokens[last].kind == Kind::Colon) == colon;
        ends.then(|| (ground, ground.sentence_start(last), last))
    }

    /// A signature in a paragraph of its own: “…”¶ — Ana Reyes.
    pub(super) fn sign(&self, ground: &Ground<'_>, decided: &mut [Option<Finding>]) {
        let Some(quote) = self.alone else { return };
        if let Some(slot) = decided.get_mut(quote as usize)
            && slot.is_none_or(|found| found.pattern.is_carried())
            && let Some(found) = after::signature(ground, 0)
        {
            *slot = Some(found);
        }
    }

    /// Remembers how a block ended.
    pub(super) fn block(&mut self, ground: &Ground<'a>, block: &Block) {
        *self = Self::default();
        if matches!(block.kind, BlockKind::Heading | BlockKind::Byline | BlockKind::Caption) {
            return;
        }
        let Some(last) = ground.tokens.len().checked_sub(2) else { return };
        match ground.tokens[last].kind {
            Kind::Quote(quote) => {
                self.ended_with = Some(quote);
                self.alone = (last == 0).then_some(quote);
            }
            Kind::Colon => self.unmarked = Some(*ground),
            _ => {
                let start = ground.sentence_start(last);
                self.ended_with = (start..=last).rev().find_map(|index| ground.tokens[index].quote());
                if self.ended_with.is_none() {
                    self.unmarked = Some(*ground);
                }
            }
        }
    }
}

/// The last quotation between two tokens that has been decided.
fn last_decided(
    ground: &Ground<'_>,
    start: usize,
    end: usize,
    decided: &[Option<Finding>],
) -> Option<(u32, Finding)> {
    let found = || {
        (start..end)
            .rev()
            .filter_map(|index| ground.tokens[index].quote())
            .filter_map(|quote| Some((quote, decided.get(quote as usize).copied().flatten()?)))
    };
    // One whose source is told outweighs a nearer one whose source is not.
    found().find(|(_, found)| found.source.is_some()).or_else(|| found().next())
}

/// “…,” Reyes said, adding that the pier was lost. “…”: of two cues of one speaker before the end of a sentence, the
/// second is the one that what follows goes on from.
fn added(ground: &Ground<'_>, cue: Span, end: usize) -> Option<Span> {
    let first = (0..end).rev().find(|&at| ground.tokens[at].span.start <= cue.start)?;
    let tense = Class::FORM_PAST.or(Class::FORM_PRESENT);
    let same_tense = |at: usize| {
        let form = |at: usize| [Class::FORM_PAST, Class::FORM_PRESENT].map(|form| ground.tokens[at].is(form));
        ground.tokens[at].is(tense) && form(at) == form(first)
    };
    // “, who was there and recalled it”; another quotation has its own cue.
    let plain = (first + 1..end).all(|at| {
        let token = &ground.tokens[at];
        token.quote().is_none() && !(token.is(Class::RELATIVE) && !token.is(Class::DETERMINER))
    });
    let at = (first + 1..end).rev().find(|&at| {
        let lead = ground.tokens[at - 1];
        verb_at(ground.text, ground.tokens, at).is_some_and(|verb| {
            let goes_on = match verb.voice {
                // “he said, recalling the storm”: an aside.
                Voice::Gerund => lead.kind == Kind::Comma && WordSet::GoingOn.has(ground.word(at)),
                Voice::Active => plain && lead.is_word() && lead.is(Class::COORDINATOR) && same_tense(at),
                _ => false,
            };
            goes_on && verb.cue && verb.first == at && !ground.is_weak(at)
        })
    })?;
    Some(ground.tokens[at].span)
}

/// “…,” said Reyes, “…”: the second half of a sentence that its attribution interrupts.
pub(super) fn resumed(ground: &Ground<'_>, at: usize, decided: &[Option<Finding>]) -> Option<Finding> {
    let comma =
        at.checked_sub(1).filter(|&before| matches!(ground.tokens[before].kind, Kind::Comma | Kind::Dash))?;
    let start = ground.sentence_start(at);
    let (first, quote) =
        (start..comma).rev().find_map(|index| Some((index, ground.tokens[index].quote()?)))?;
    let found = decided.get(quote as usize).copied().flatten()?;
    let after =
        matches!(found.pattern, Pattern::CueThenSource | Pattern::SourceThenCue | Pattern::SourceAsideCue);
    let cue = found.cue.filter(|_| after)?;
    let open = matches!(ground.edges(first).last, ',' | '-' | '?' | '!' | '…');
    // Nothing else attributes in between: “…,” said Reyes, adding, “…”.
    let alone = (first + 1..comma).all(|index| {
        let near = index + 1 == comma
            || ground.tokens[index].is(Class::FORM_GERUND)
            || ground.tokens[index - 1].is_word() && ground.tokens[index - 1].is(Class::COORDINATOR);
        ground.tokens[index].span.start <= cue.start
            || !near
            || verb_at(ground.text, ground.tokens, index)
                .is_none_or(|verb| !verb.cue || ground.is_weak(verb.at))
    });
    (open && alone && cue.start > ground.tokens[first].span.start).then_some(Finding {
        pattern: Pattern::CarriedInParagraph,
        carried_from: Some(quote),
        ..found
    })
}

/// “The pier is lost,” Reyes said. It was “a wreck” by then: a sentence without a source of its own goes on with what
/// the sentence before it reports.
fn trailing_off(
    ground: &Ground<'_>,
    start: usize,
    at: usize,
    decided: &[Option<Finding>],
) -> Option<Finding> {
    let edges = ground.edges(at);
    let fragment = !edges.capital && edges.words >= BEGINS_SENTENCE;
    let before = start.checked_sub(1).filter(|_| fragment)?;
    let previous_start = ground.sentence_start(before);
    let (quote, found) = last_decided(ground, previous_start, start, decided)?;
    let own = (start..ground.sentence_end(at)).any(|index| {
        ground.cue_at(index).is_some()
            || ground.tokens[index].is(Class::RELATIVE) && !ground.tokens[index].is(Class::DETERMINER)
    });
    (!own).then_some(Finding { pattern: Pattern::TrailingOff, carried_from: Some(quote), ..found })
}

/// Reyes released this statement:¶ “…”
fn introducing(ground: &Ground<'_>, start: usize, colon: usize) -> Option<Finding> {
    let (phrase, verb) = lead::inverted_in(ground, start, colon)
        .or_else(|| subject::main(ground.text, ground.tokens, start, colon))?;
    let speaks = phrase.names_source();
    speaks.then(|| Finding::new(ground, Pattern::IntroducedAbove, Some(phrase), Some((verb, verb + 1))))
}

/// The attribution of a sentence without quotations.
fn indirect(ground: &Ground<'_>, start: usize, end: usize) -> Option<Finding> {
    attributed(ground, start, &finite_cue(ground, start, end)?)
}

/// The first finite cue of a sentence.
fn finite_cue(ground: &Ground<'_>, start: usize, end: usize) -> Option<Verb> {
    (start..end)
        .filter(|&at| !ground.is_weak(at))
        .find_map(|at| ground.cue_at(at).filter(|verb| verb.voice == Voice::Active))
}

/// Whose words a cue without quotations attributes.
fn attributed(ground: &Ground<'_>, start: usize, verb: &Verb) -> Option<Finding> {
    subject::of(ground.text, ground.tokens, start, verb).filter(NounPhrase::names_source).map(|phrase| {
        Finding::new(ground, Pattern::CarriedFromIndirect, Some(phrase), Some((verb.at, verb.at + 1)))
    })
}
