//! Speech carried on: “…,” Reyes said. “…” — and over paragraphs.

use super::{Pattern, SentenceView, SourceDecision, after, lead};
use crate::lexicon::{Class, WordSet};
use crate::source::{Block, BlockKind, ProseSpan};
use crate::syntax::clause::noun_phrase::NounPhrase;
use crate::syntax::clause::subject;
use crate::syntax::clause::view::{Verb, Voice};
use crate::syntax::id::QuotationId;
use crate::syntax::token::{Kind, Token};

/// The fewest words with which a quotation can carry a sentence that the writer finishes.
const BEGINS_SENTENCE: u32 = 4;

/// What the paragraphs so far leave open.
#[derive(Default)]
pub(super) struct Carry<'a> {
    /// The last quotation of the paragraph before, where that paragraph ends with speech.
    ended_with: Option<QuotationId>,
    /// The paragraph before is this quotation and nothing else.
    alone: Option<QuotationId>,
    /// The paragraph before is this quotation with a signature, or signs it.
    signed: Option<QuotationId>,
    /// This paragraph signs the quotation.
    signing: Option<QuotationId>,
    /// The paragraph before, where its last sentence has no marks and may tell who speaks on: few quotations ask, so
    /// it is read when one does.
    unmarked: Option<SentenceView<'a>>,
}

impl<'a> Carry<'a> {
    /// Who said the quotation at `at`, going by what came before.
    pub(super) fn decide(
        &self,
        view: &SentenceView<'_>,
        at: usize,
        decided: &[Option<SourceDecision>],
    ) -> Option<SourceDecision> {
        let start = view.sentence_start(at);
        let end = view.sentence_end(at);
        // The quotation must be its whole sentence; its neighbours may be quotations too.
        let alone = (start..end).all(|index| {
            index == at
                || matches!(
                    view.tokens[index].kind,
                    Kind::Quote(_)
                        | Kind::Stop
                        | Kind::End
                        | Kind::Dash
                        | Kind::Symbol
                        | Kind::Ellipsis
                        | Kind::Comma
                )
                || view.tokens[index].is(Class::COORDINATOR)
                // Instead, “…”; Now “…”
                || index < at && view.tokens[index].is_word() && view.tokens[index].is(Class::ADVERB)
                // Adding, “…”
                || index == start
                    && view.tokens[index].is_capital()
                    && view.tokens[index].is(Class::FORM_GERUND)
                    && view.tokens[index].is(Class::CUE)
                    && start + 2 == at
        });
        // “…,” Reyes said. “The port is closed” to the public: a sentence that the quotation begins.
        let shapes = view.shapes(at);
        let begins = at == start && start > 0 && shapes.capital && shapes.words >= BEGINS_SENTENCE;
        if !alone && !begins {
            return trailing_off(view, start, at, decided);
        }
        if start == 0 {
            return self.paragraph_before(view, at, decided);
        }
        // Within the paragraph: the speaker of the sentence before.
        let previous_start = view.sentence_start(start - 1);
        if let Some((quote, found)) = last_decided(view, previous_start, start, decided) {
            let cue = found.cue.and_then(|cue| added(view, cue, start)).or(found.cue);
            return Some(SourceDecision {
                pattern: Pattern::CarriedInParagraph,
                carried_from: Some(quote),
                cue,
                ..found
            });
        }
        indirect(view, previous_start, start)
            .map(|found| SourceDecision { pattern: Pattern::CarriedFromIndirect, ..found })
    }

    fn paragraph_before(
        &self,
        view: &SentenceView<'_>,
        at: usize,
        decided: &[Option<SourceDecision>],
    ) -> Option<SourceDecision> {
        if let Some(found) = self.introduced() {
            return Some(SourceDecision { pattern: Pattern::IntroducedAbove, ..found });
        }
        let quote = view.tokens[at].quote()?;
        if let Some(before) = self.ended_with
            && before != quote
            && let Some(found) = decided.get(before.index()).copied().flatten()
        {
            return Some(SourceDecision {
                pattern: Pattern::CarriedOverParagraph,
                carried_from: Some(before),
                ..found
            });
        }
        self.reported().map(|found| SourceDecision { pattern: Pattern::CarriedOverParagraph, ..found })
    }

    /// The paragraph before ended with a colon or a comma: who introduced what follows.
    fn introduced(&self) -> Option<SourceDecision> {
        let (view, start, last) = self.last_sentence(true)?;
        let found = if view.tokens[last].kind == Kind::Colon {
            indirect(view, start, last + 1).or_else(|| introducing(view, start, last))?
        } else {
            // “When Reyes had asked, she turned and answered,”: the last verb leads on.
            let verb = (start..last).rev().find_map(|at| view.cue_at(at))?;
            attributed(view, start, &verb)?
        };
        // “confirmed the story, reporting:”
        let near = last.checked_sub(1).filter(|&at| at > start && view.tokens[at - 1].kind == Kind::Comma);
        let cue = near.filter(|&at| view.cue_at(at).is_some_and(|verb| verb.voice == Voice::Gerund));
        Some(SourceDecision { cue: cue.map(|at| view.tokens[at].span).or(found.cue), ..found })
    }

    /// The last attribution without marks of the paragraph before.
    fn reported(&self) -> Option<SourceDecision> {
        let (view, start, last) = self.last_sentence(false)?;
        let verb = finite_cue(view, start, last + 1)?;
        let cue = view.tokens[verb.at];
        // What somebody thinks or remembers is not said aloud.
        let aloud = cue.is(Class::CUE_SPEECH.or(Class::CUE_WRITING)) && !cue.is(Class::CUE_THOUGHT);
        aloud.then(|| attributed(view, start, &verb)).flatten()
    }

    /// The first and the last token of the last sentence before, where it `leads` on, with a colon or a comma, or where it
    /// does not.
    fn last_sentence(&self, leads: bool) -> Option<(&SentenceView<'a>, usize, usize)> {
        let view = self.unmarked.as_ref()?;
        let last = view.tokens.len().checked_sub(2)?;
        let ends = matches!(view.tokens[last].kind, Kind::Colon | Kind::Comma) == leads;
        ends.then(|| (view, view.sentence_start(last), last))
    }

    /// A signature in a paragraph of its own: “…”¶ — Ana Reyes. After a quotation an only item of a list may sign it too:
    /// `only_item` says that this block is one. Tells of a second signature which quotation it signs and who signs.
    pub(super) fn sign(
        &mut self,
        view: &SentenceView<'_>,
        only_item: bool,
        decided: &mut [Option<SourceDecision>],
    ) -> Option<(QuotationId, ProseSpan)> {
        if let Some(quote) = view.tokens[0].quote().filter(|_| is_dash(view, 1)) {
            // Two signatures, each on a line of its own.
            let second = after::second_signature(view, 1).and_then(|found| found.source);
            return second.map(|second| (quote, second));
        }
        let signs = || after::signature(view, 0).or_else(|| after::signing_item(view).filter(|_| only_item));
        if self.alone.is_none() && self.signed.is_none() || !(only_item || is_dash(view, 0)) {
            return None;
        }
        let found = signs()?;
        if let Some(second) = self.signed {
            return found.source.map(|source| (second, source));
        }
        let quote = self.alone?;
        if let Some(slot) = decided.get_mut(quote.index())
            && slot.is_none_or(|found| found.pattern.is_carried())
        {
            *slot = Some(found);
            self.signing = Some(quote);
        }
        None
    }

    /// Remembers how a block ended.
    pub(super) fn block(&mut self, view: &SentenceView<'a>, block: &Block) {
        let signing = self.signing.take();
        *self = Self { signed: signing, ..Self::default() };
        if signing.is_some() {
            return;
        }
        self.signed =
            view.tokens[0].quote().filter(|_| is_dash(view, 1) && after::signature(view, 1).is_some());
        if matches!(block.kind, BlockKind::Heading | BlockKind::Byline | BlockKind::Caption) {
            return;
        }
        let Some(last) = view.tokens.len().checked_sub(2) else { return };
        match view.tokens[last].kind {
            Kind::Quote(quote) => {
                self.ended_with = Some(quote);
                self.alone = (last == 0).then_some(quote);
            }
            Kind::Colon | Kind::Comma => self.unmarked = Some(*view),
            _ => {
                let start = view.sentence_start(last);
                self.ended_with = view.tokens[start..=last].iter().rev().find_map(Token::quote);
                if self.ended_with.is_none() {
                    self.unmarked = Some(*view);
                }
            }
        }
    }
}

fn is_dash(view: &SentenceView<'_>, at: usize) -> bool {
    view.tokens.get(at).is_some_and(|token| token.kind == Kind::Dash)
}

/// The last quotation between two tokens that has been decided.
fn last_decided(
    view: &SentenceView<'_>,
    start: usize,
    end: usize,
    decided: &[Option<SourceDecision>],
) -> Option<(QuotationId, SourceDecision)> {
    let found = || {
        (start..end)
            .rev()
            .filter_map(|index| view.tokens[index].quote())
            .filter_map(|quote| Some((quote, decided.get(quote.index()).copied().flatten()?)))
    };
    // One whose source is told outweighs a nearer one whose source is not.
    found().find(|(_, found)| found.source.is_some()).or_else(|| found().next())
}

/// “…,” Reyes said, adding that the pier was lost. “…”: of two cues of one speaker before the end of a sentence, the
/// second is the one that what follows goes on from.
fn added(view: &SentenceView<'_>, cue: ProseSpan, end: usize) -> Option<ProseSpan> {
    let first = (0..end).rev().find(|&at| view.tokens[at].span.start <= cue.start)?;
    let tense = Class::FORM_PAST.or(Class::FORM_PRESENT);
    let same_tense = |at: usize| {
        let form = |at: usize| [Class::FORM_PAST, Class::FORM_PRESENT].map(|form| view.tokens[at].is(form));
        view.tokens[at].is(tense) && form(at) == form(first)
    };
    // “, who was there and recalled it”; another quotation has its own cue.
    let plain = (first + 1..end).all(|at| {
        let token = &view.tokens[at];
        token.quote().is_none() && !(token.is(Class::RELATIVE) && !token.is(Class::DETERMINER))
    });
    let at = (first + 1..end).rev().find(|&at| {
        let lead = view.tokens[at - 1];
        view.verb(at).is_some_and(|verb| {
            let goes_on = match verb.voice {
                // “he said, recalling the storm”: an aside.
                Voice::Gerund => lead.kind == Kind::Comma && view.is_in(at, WordSet::GoingOn),
                Voice::Active => plain && lead.is_word() && lead.is(Class::COORDINATOR) && same_tense(at),
                _ => false,
            };
            goes_on && verb.cue && verb.first == at && !view.is_weak(at)
        })
    })?;
    Some(view.tokens[at].span)
}

/// “…,” said Reyes, “…”: the second half of a sentence that its attribution interrupts.
pub(super) fn resumed(
    view: &SentenceView<'_>,
    at: usize,
    decided: &[Option<SourceDecision>],
) -> Option<SourceDecision> {
    let comma =
        at.checked_sub(1).filter(|&before| matches!(view.tokens[before].kind, Kind::Comma | Kind::Dash))?;
    let start = view.sentence_start(at);
    let (first, quote) = (start..comma).rev().find_map(|index| Some((index, view.tokens[index].quote()?)))?;
    let found = decided.get(quote.index()).copied().flatten()?;
    let after =
        matches!(found.pattern, Pattern::CueThenSource | Pattern::SourceThenCue | Pattern::SourceAsideCue);
    let cue = found.cue.filter(|_| after)?;
    let open = matches!(view.shapes(first).last, ',' | '-' | '?' | '!' | '…');
    // Nothing else attributes in between: “…,” said Reyes, adding, “…”.
    let alone = (first + 1..comma).all(|index| {
        let near = index + 1 == comma
            || view.tokens[index].is(Class::FORM_GERUND)
            || view.tokens[index - 1].is_word() && view.tokens[index - 1].is(Class::COORDINATOR);
        view.tokens[index].span.start <= cue.start
            || !near
            || view.verb(index).is_none_or(|verb| !verb.cue || view.is_weak(verb.at))
    });
    (open && alone && cue.start > view.tokens[first].span.start).then_some(SourceDecision {
        pattern: Pattern::CarriedInParagraph,
        carried_from: Some(quote),
        ..found
    })
}

/// “The pier is lost,” Reyes said. It was “a wreck” by then: a sentence without a source of its own goes on with what
/// the sentence before it reports.
fn trailing_off(
    view: &SentenceView<'_>,
    start: usize,
    at: usize,
    decided: &[Option<SourceDecision>],
) -> Option<SourceDecision> {
    let shapes = view.shapes(at);
    let fragment = !shapes.capital && shapes.words >= BEGINS_SENTENCE;
    let before = start.checked_sub(1).filter(|_| fragment)?;
    let previous_start = view.sentence_start(before);
    let (quote, found) = last_decided(view, previous_start, start, decided)?;
    let own = (start..view.sentence_end(at)).any(|index| {
        view.cue_at(index).is_some()
            || view.tokens[index].is(Class::RELATIVE) && !view.tokens[index].is(Class::DETERMINER)
    });
    (!own).then_some(SourceDecision { pattern: Pattern::TrailingOff, carried_from: Some(quote), ..found })
}

/// Reyes released this statement:¶ “…”
fn introducing(view: &SentenceView<'_>, start: usize, colon: usize) -> Option<SourceDecision> {
    let (phrase, verb) =
        lead::inverted_in(view, start, colon).or_else(|| subject::main(view.words, start, colon))?;
    let speaks = phrase.names_source();
    speaks.then(|| SourceDecision::new(view, Pattern::IntroducedAbove, Some(phrase), Some((verb, verb + 1))))
}

/// The attribution of a sentence without quotations.
fn indirect(view: &SentenceView<'_>, start: usize, end: usize) -> Option<SourceDecision> {
    attributed(view, start, &finite_cue(view, start, end)?)
}

/// The first finite cue of a sentence.
fn finite_cue(view: &SentenceView<'_>, start: usize, end: usize) -> Option<Verb> {
    (start..end)
        .filter(|&at| !view.is_weak(at))
        .find_map(|at| view.cue_at(at).filter(|verb| verb.voice == Voice::Active))
}

/// Whose words a cue without quotations attributes.
fn attributed(view: &SentenceView<'_>, start: usize, verb: &Verb) -> Option<SourceDecision> {
    subject::of(view.words, start, verb).filter(NounPhrase::names_source).map(|phrase| {
        SourceDecision::new(view, Pattern::CarriedFromIndirect, Some(phrase), Some((verb.at, verb.at + 1)))
    })
}
