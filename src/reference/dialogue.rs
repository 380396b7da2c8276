//! Dialogue: who speaks when speech follows speech.
//!
//! In news a paragraph of speech after a paragraph of speech goes on with the same speaker. In a novel it is the other
//! one's answer. So the two kinds of text are told apart first ([`TextKind`]), and in fiction
//!
//! - a paragraph of speech is never given to whoever spoke in the paragraph before,
//! - between two speakers who are known, turns alternate: A, B, A, B,
//! - somebody who acts beside the speech in its own paragraph is taken for its speaker: Holt stood up. “No.”
//!
//! A paragraph without speech ends an exchange.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::people::People;
use super::reading::Resolution;
use super::speaker::{Speaker, SpeakerKind};
use crate::source::BlockKind;
use crate::syntax::clause::noun_phrase::HeadKind;
use crate::syntax::sieve::{Pattern, SourceDecision};
use crate::syntax::token::{Kind, Token};
use crate::syntax::{Parse, QuotationId, TokenRange};

/// How a text gives its speech.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextKind {
    /// News, features, minutes: paragraphs of speech in a row are one speaker's.
    #[default]
    News,
    /// Novels and stories: paragraphs of speech in a row are an exchange.
    Fiction,
}

/// Runs of three paragraphs that open with speech, below which a text is not taken for fiction.
const FEWEST_RUNS: usize = 3;

/// Of the paragraphs with speech, the part that must end such a run, in percent. It is above 20 in 19 of 840 news articles,
/// which the other two bounds leave out, and 18 in the novel of 14 that has least.
const RUNS_PERCENT: usize = 15;

/// Of the paragraphs that open with speech, the part whose first quotation must end with a question or an exclamation
/// mark, in percent: people in novels ask each other, and people in the news state.
const ASKING_PERCENT: usize = 8;

/// How much of the text before an exchange may say who takes part in it, in bytes: about a paragraph.
const NARRATED: u32 = 400;

/// A paragraph as a turn of an exchange.
struct Turn {
    /// Its outermost quotations; one that began in a paragraph before is left out.
    quotations: SmallVec<[usize; 4]>,
    /// Its tokens.
    tokens: TokenRange,
    /// It begins with speech.
    opens: bool,
    /// The turn before it in this list is the paragraph before it in the text.
    follows: bool,
}

/// The paragraphs with speech, in order.
fn turns(parse: &Parse<'_>) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::with_capacity(parse.quotation_tokens().len());
    let mut broken = true;
    let mut last = None;
    let mut quotes = parse.quotation_tokens().iter().peekable();
    for (block, range) in parse.block_tokens() {
        let mut speech = SmallVec::new();
        while let Some(token) = quotes.next_if(|token| token.index() < range.indices().end) {
            let quotation = parse.token(*token).and_then(Token::quote);
            speech.extend(quotation.map(QuotationId::index));
        }
        let Some(&first) = speech.first() else {
            // An empty line of stars has no words and is a break all the same.
            broken = true;
            continue;
        };
        if matches!(block.kind, BlockKind::Heading | BlockKind::Byline | BlockKind::Caption) {
            broken = true;
            continue;
        }
        let goes_on = last == Some(first);
        last = speech.last().copied();
        if goes_on {
            // The quotation runs over paragraphs: this one belongs to the turn that began it.
            if let Some(turn) = turns.last_mut() {
                turn.quotations.extend(speech.into_iter().filter(|&quotation| quotation != first));
            }
            continue;
        }
        let opens = parse
            .words(range)
            .iter()
            .find(|token| token.kind != Kind::Symbol)
            .is_some_and(|token| token.quote().is_some());
        turns.push(Turn { quotations: speech, tokens: range, opens, follows: !broken });
        broken = false;
    }
    turns
}

/// Tells fiction from news by how its paragraphs of speech follow each other.
fn kind_of(parse: &Parse<'_>, turns: &[Turn]) -> TextKind {
    let opening = turns.iter().filter(|turn| turn.opens).count();
    let asking = turns
        .iter()
        .filter(|turn| turn.opens)
        .filter(|turn| {
            let shape = turn.quotations.first().and_then(|&first| parse.shapes().get(first));
            shape.is_some_and(|shape| matches!(shape.last, '?' | '!'))
        })
        .count();
    let in_run = |at: usize| turns[at].opens && turns[at].follows;
    let runs = (2..turns.len()).filter(|&at| in_run(at) && in_run(at - 1) && turns[at - 2].opens).count();
    let fiction = runs >= FEWEST_RUNS
        && runs * 100 >= turns.len() * RUNS_PERCENT
        && asking * 100 >= opening * ASKING_PERCENT;
    if fiction { TextKind::Fiction } else { TextKind::News }
}

/// How a document gives its speech, and its paragraphs with speech.
pub struct Dialogue {
    /// Of which kind the text is.
    pub kind: TextKind,
    turns: Vec<Turn>,
}

impl Dialogue {
    /// Reads a parse; `told` is what the house or the document says of its kind.
    pub fn read(parse: &Parse<'_>, told: Option<TextKind>) -> Self {
        let turns = turns(parse);
        Self { kind: told.unwrap_or_else(|| kind_of(parse, &turns)), turns }
    }

    /// Takes back what only holds in news: in fiction a paragraph of speech after another is not the same speaker's.
    pub fn withdraw(&self, decided: &mut [Option<SourceDecision>]) {
        if self.kind == TextKind::News {
            return;
        }
        for turn in &self.turns {
            for &quotation in &turn.quotations {
                if let Some(slot) = decided.get_mut(quotation)
                    && slot.is_some_and(|found| found.pattern == Pattern::CarriedOverParagraph)
                {
                    *slot = None;
                }
            }
        }
    }

    /// Gives turns of an exchange to their speakers, where what is decided around them tells. `resolutions` has one entry
    /// a quotation.
    pub fn settle(
        &self,
        parse: &Parse<'_>,
        people: &People<'_>,
        resolutions: &mut [Resolution],
        needed: f32,
    ) {
        if self.kind == TextKind::News {
            return;
        }
        let mut speakers: Vec<Option<String>> =
            self.turns.iter().map(|turn| speaker_of(turn, resolutions)).collect();
        self.tell_pronouns(parse, people, resolutions, &mut speakers);
        if Pattern::ActionBeside.precision() >= needed {
            self.act_beside(people, resolutions, &mut speakers);
        }
        if Pattern::AlternatingTurns.precision() >= needed {
            self.alternate(people, resolutions, &mut speakers);
        }
    }

    /// Are there so many `turns` before `at` in its exchange?
    fn reaches_back(&self, at: usize, turns: usize) -> bool {
        at >= turns && (0..turns).all(|back| self.turns[at - back].follows)
    }

    /// “He said”: the one man who is present, where “present” means named or speaking in this turn and the two before it.
    /// Of two men the one who did not speak just before. What news is read by, whom a passage is about, is wrong about
    /// every other pronoun in a novel.
    fn tell_pronouns(
        &self,
        parse: &Parse<'_>,
        people: &People<'_>,
        resolutions: &mut [Resolution],
        speakers: &mut [Option<String>],
    ) {
        for at in 0..self.turns.len() {
            let turn = &self.turns[at];
            let by_pronoun = turn.quotations.iter().copied().find(|&quotation| {
                let found = resolutions[quotation].decision;
                found.is_some_and(|found| {
                    found.head_kind == HeadKind::Pronoun
                        && !found.pattern.is_carried()
                        && found.source.is_some()
                })
            });
            let Some(source) = by_pronoun.and_then(|quotation| resolutions[quotation].source) else {
                continue;
            };
            if !is_third_person(source.of(parse.text())) {
                continue;
            }
            let back = (1..=2).rev().find(|&back| self.reaches_back(at, back)).unwrap_or(0);
            let first = self.turns[at - back].tokens;
            // A narrator's paragraph before an exchange says who is in it.
            let from = match back {
                2 => first.indices().start,
                _ => parse.token_from(parse.span(first).start.saturating_sub(NARRATED)).index(),
            };
            let until = parse.token_from(source.start).index();
            let mut present = people.present(from..until);
            for speaker in speakers[at.saturating_sub(back)..at].iter().flatten() {
                present.retain(|known| known != speaker);
                present.push(speaker.clone());
            }
            present.retain(|name| people.may_mean(source, name));
            let before = at
                .checked_sub(1)
                .filter(|_| self.reaches_back(at, 1))
                .and_then(|before| speakers[before].as_ref());
            if present.len() > 1 && turn.opens {
                present.retain(|name| Some(name) != before);
            }
            let meant = match present.as_slice() {
                [one] => Some(one.clone()),
                _ => None,
            };
            for &quotation in &turn.quotations {
                let resolution = &mut resolutions[quotation];
                if resolution
                    .source
                    .is_some_and(|own| own.of(parse.text()).eq_ignore_ascii_case(source.of(parse.text())))
                {
                    resolution.rival = None;
                    resolution.speaker =
                        meant.clone().map(|name| Speaker { name, kind: SpeakerKind::Person });
                }
            }
            speakers[at] = meant;
        }
    }

    /// Holt stood up. “No.”: the one person who acts in the writer's part of the paragraph.
    fn act_beside(
        &self,
        people: &People<'_>,
        resolutions: &mut [Resolution],
        speakers: &mut [Option<String>],
    ) {
        for (turn, speaker) in self.turns.iter().zip(speakers) {
            let undecided =
                turn.quotations.iter().all(|&quotation| resolutions[quotation].decision.is_none());
            if speaker.is_some() || !undecided {
                continue;
            }
            let Some(name) = people.only_agent(turn.tokens.indices()) else { continue };
            give(turn, resolutions, Pattern::ActionBeside, &name);
            *speaker = Some(name);
        }
    }

    /// A, B, A, B: the one who spoke two turns before, and where that is not known, the one who speaks two turns after.
    fn alternate(
        &self,
        people: &People<'_>,
        resolutions: &mut [Resolution],
        speakers: &mut [Option<String>],
    ) {
        for at in 2..self.turns.len() {
            if self.reaches_back(at, 2) {
                self.take_turn(at, at - 1, at - 2, people, resolutions, speakers);
            }
        }
        for at in (0..self.turns.len().saturating_sub(2)).rev() {
            if self.reaches_back(at + 2, 2) {
                self.take_turn(at, at + 1, at + 2, people, resolutions, speakers);
            }
        }
    }

    /// Gives the turn `at` to the speaker of the turn `same`, two away from it, where the turn `between` is somebody else's.
    fn take_turn(
        &self,
        at: usize,
        between: usize,
        same: usize,
        people: &People<'_>,
        resolutions: &mut [Resolution],
        speakers: &mut [Option<String>],
    ) {
        let (None, Some(speaker)) = (&speakers[at], &speakers[same]) else { return };
        let (turn, middle) = (&self.turns[at], &self.turns[between]);
        let answered = match &speakers[between] {
            Some(other) => other != speaker,
            // Nobody knows who answers, but it is an answer.
            None => middle.opens,
        };
        // “She said”, where nothing before told who she is, may still be told by the turn.
        let fits = |quotation: &usize| {
            let resolution = &resolutions[*quotation];
            resolution.decision.is_none_or(|found| {
                found.head_kind == HeadKind::Pronoun
                    && resolution.source.is_some_and(|source| people.may_mean(source, speaker))
            })
        };
        if answered && turn.opens && turn.quotations.iter().all(fits) {
            let speaker = speaker.clone();
            give(turn, resolutions, Pattern::AlternatingTurns, &speaker);
            speakers[at] = Some(speaker);
        }
    }
}

/// He or she, of whom the text tells who is meant.
fn is_third_person(pronoun: &str) -> bool {
    ["he", "she"].iter().any(|word| pronoun.eq_ignore_ascii_case(word))
}

/// The one speaker whom the quotations of a turn name; `None` where they name nobody, or two.
fn speaker_of(turn: &Turn, resolutions: &[Resolution]) -> Option<String> {
    let mut named = turn
        .quotations
        .iter()
        .filter_map(|&quotation| resolutions.get(quotation)?.speaker.as_ref())
        .filter(|speaker| speaker.kind == SpeakerKind::Person)
        .map(|speaker| &speaker.name);
    let first = named.next()?;
    named.all(|name| name == first).then(|| first.clone())
}

/// Makes `name` the speaker of a turn's quotations that have none.
fn give(turn: &Turn, resolutions: &mut [Resolution], pattern: Pattern, name: &str) {
    for &quotation in &turn.quotations {
        let resolution = &mut resolutions[quotation];
        if resolution.speaker.is_some() {
            continue;
        }
        resolution.speaker = Some(Speaker { name: name.to_owned(), kind: SpeakerKind::Person });
        if resolution.decision.is_none() {
            resolution.decision = Some(SourceDecision {
                pattern,
                source: None,
                head_kind: HeadKind::Other,
                cue: None,
                carried_from: None,
            });
        }
    }
}
