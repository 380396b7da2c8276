//! The speakers of an exchange: what each turn says of its own speaker, and what the turns around it say.
//!
//! Turns that name their speaker are fixed. For all others [`Evidence`] gathers who may speak them, and [`chain`] weighs that
//! together with how turns follow each other. Whoever has nearly all of the probability is the speaker; else nobody is.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::evidence::Evidence;
use super::{Spoken, Turn, chain, vocative};
use crate::lexicon::{Class, Language};
use crate::reference::people::{Cast, People, pronoun_gender};
use crate::reference::reading::Resolution;
use crate::reference::speaker::{Speaker, SpeakerKind};
use crate::source::ProseSpan;
use crate::syntax::Parse;
use crate::syntax::clause::noun_phrase::HeadKind;
use crate::syntax::sieve::{Pattern, SourceDecision};

/// The share of the probability from which on somebody is taken for the speaker. Measured on novels: above it 86 of a hundred
/// are right, although the shares claim more.
const SURE: f64 = 0.87;

/// How often the whole text is looked at.
const LOOKS: usize = 2;

/// How often those who speak with the narrator must call them by name, and which part of all names that they call, in
/// percent: others are called in the same exchanges.
const FEWEST_CALLS: u32 = 3;
const CALLS_PERCENT: u32 = 50;

/// Gives the quotations of these turns to their speakers, where the exchange tells.
pub(super) fn settle(
    turns: &[Turn],
    parse: &Parse<'_>,
    people: &People<'_>,
    resolutions: &mut [Resolution],
    needed: f32,
) {
    let mut cast = people.cast();
    let speakers: Vec<Option<usize>> = turns
        .iter()
        .map(|turn| speaker_of((parse.text(), parse.all().language), turn, resolutions, &mut cast))
        .collect();
    let mut exchange = Exchange { turns, parse, people, resolutions, cast, speakers, needed };
    exchange.name_narrator();
    exchange.tell();
}

/// An exchange of speech, and what is known of it.
struct Exchange<'e, 't> {
    turns: &'e [Turn],
    parse: &'e Parse<'t>,
    people: &'e People<'t>,
    resolutions: &'e mut [Resolution],
    cast: Cast,
    /// For each turn its speaker, by number in the cast.
    speakers: Vec<Option<usize>>,
    /// The precision below which a pattern decides nothing, 0 to 1.
    needed: f32,
}

impl Exchange<'_, '_> {
    /// “I said”, where the text names its narrator: those who speak with the narrator call them by one name.
    fn name_narrator(&mut self) {
        let Some(narrator) = self.cast.narrator() else { return };
        let (turns, text) = (self.turns, self.parse.text());
        let speaks = |at: usize| self.speakers.get(at).copied().flatten() == Some(narrator);
        let own = self.parse.marks().quotations.as_slice();
        let mut calls: FxHashMap<&str, u32> = FxHashMap::default();
        for at in (0..turns.len()).filter(|&at| !speaks(at)) {
            let before = turns[at].follows && at.checked_sub(1).is_some_and(speaks);
            let after = turn_follows(turns, at + 1) && speaks(at + 1);
            if before || after {
                for quotation in turns[at].quotations.iter().filter_map(|&index| own.get(index)) {
                    vocative::each(quotation.span.of(text), |name| *calls.entry(name).or_default() += 1);
                }
            }
        }
        // Whoever speaks by name is somebody else.
        let speaking: FxHashSet<usize> = self.speakers.iter().flatten().copied().collect();
        calls.retain(|name, _| self.cast.form(name).is_none_or(|member| !speaking.contains(&member)));
        let all: u32 = calls.values().sum();
        // Ties are settled by the alphabet, so that the order of the table does not matter.
        let Some((&name, &most)) = calls.iter().max_by_key(|(name, count)| (**count, Reverse(**name))) else {
            return;
        };
        if most < FEWEST_CALLS || most * 100 < all * CALLS_PERCENT {
            return;
        }
        let named = self.cast.called(name);
        self.speakers
            .iter_mut()
            .flatten()
            .filter(|member| **member == narrator)
            .for_each(|member| *member = named);
        let Some(speaker) = self.cast.speaker(named) else { return };
        for resolution in self.resolutions.iter_mut() {
            let own = |source: ProseSpan| is_narrator(source.of(text));
            if resolution.speaker.is_none() && resolution.source.is_some_and(own) {
                resolution.speaker = Some(speaker.clone());
            }
        }
    }

    /// Gives each turn that does not name its speaker to the likeliest one, where hardly anybody else may be meant.
    fn tell(&mut self) {
        let pronouns: Vec<_> = (0..self.turns.len()).map(|at| self.pronoun_of(at)).collect();
        let agents: Vec<_> = (0..self.turns.len()).map(|at| self.agent_of(at, &pronouns)).collect();
        let spoken: Vec<_> =
            self.turns.iter().map(|turn| Spoken::read(turn, self.parse, &self.cast)).collect();
        let mut told: Vec<Option<(usize, Pattern)>> = vec![None; self.turns.len()];
        let mut voices = self.speakers.clone();
        // Whoever is found to speak is part of the scene, which tells more of the others.
        for _ in 0..LOOKS {
            let mut often: FxHashMap<usize, u32> = FxHashMap::default();
            voices.iter().flatten().for_each(|speaker| *often.entry(*speaker).or_default() += 1);
            let evidence = Evidence {
                turns: self.turns,
                parse: self.parse,
                people: self.people,
                cast: &self.cast,
                speakers: &self.speakers,
                voices: &voices,
                pronouns: &pronouns,
                agents: &agents,
                spoken: &spoken,
                often: &often,
                known: voices.iter().flatten().count() as f64,
            };
            let links: Vec<_> = (0..self.turns.len()).map(|at| evidence.link(at)).collect();
            let sure = chain::likeliest(&links)
                .into_iter()
                .map(|found| found.filter(|(_, share)| *share >= SURE).map(|(member, _)| member));
            for (at, (told, found)) in told.iter_mut().zip(sure).enumerate() {
                *told = found.map(|member| (member, evidence.shows(at, member)));
            }
            voices = told.iter().map(|told| told.map(|(member, _)| member)).collect();
        }
        for (at, told) in told.into_iter().enumerate() {
            if let Some((member, pattern)) = told.filter(|_| self.speakers[at].is_none()) {
                self.give(at, pattern, member);
            }
        }
    }

    /// The gender of the pronoun that a turn names its speaker by, and its token.
    fn pronoun_of(&self, at: usize) -> Option<(Class, usize)> {
        self.turns[at].quotations.iter().find_map(|&quotation| {
            let source = self.pronoun_source(quotation)?;
            let gender = pronoun_gender(source.of(self.parse.text()))?;
            Some((gender, self.parse.token_from(source.start).index()))
        })
    }

    /// “He” or “she” as the source of a quotation.
    fn pronoun_source(&self, quotation: usize) -> Option<ProseSpan> {
        let resolution = &self.resolutions[quotation];
        let pronoun = resolution.decision.is_some_and(|found| found.head_kind == HeadKind::Pronoun);
        resolution.source.filter(|source| pronoun && is_third_person(source.of(self.parse.text())))
    }

    /// Holt stood up. “No.”: the one person who acts in the writer's part of a turn that names no source.
    fn agent_of(&mut self, at: usize, pronouns: &[Option<(Class, usize)>]) -> Option<usize> {
        if self.speakers[at].is_some() || pronouns[at].is_some() {
            return None;
        }
        let name = self.people.only_agent(self.turns[at].tokens.indices())?;
        Some(self.cast.number(&name, SpeakerKind::Person))
    }

    /// Makes `member` the speaker of those quotations of a turn that have none.
    fn give(&mut self, at: usize, pattern: Pattern, member: usize) {
        let Some(speaker) = self.cast.speaker(member) else { return };
        for &quotation in &self.turns[at].quotations {
            let by_pronoun = self.pronoun_source(quotation).is_some();
            let resolution = &mut self.resolutions[quotation];
            if by_pronoun {
                resolution.speaker = Some(speaker.clone());
            } else if resolution.decision.is_none() && pattern.precision() >= self.needed {
                resolution.speaker = Some(speaker.clone());
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
}

fn turn_follows(turns: &[Turn], at: usize) -> bool {
    turns.get(at).is_some_and(|turn| turn.follows)
}

/// Is the source the narrator, alone?
fn is_narrator(pronoun: &str) -> bool {
    ["i", "my"].iter().any(|word| pronoun.eq_ignore_ascii_case(word))
}

/// He or she, of whom the text tells who is meant.
fn is_third_person(pronoun: &str) -> bool {
    ["he", "she"].iter().any(|word| pronoun.eq_ignore_ascii_case(word))
}

/// The one speaker whom the quotations of a turn name; `None` where they name nobody, or two. What a pronoun means is not
/// asked yet.
fn speaker_of(
    (text, language): (&str, &Language),
    turn: &Turn,
    resolutions: &mut [Resolution],
    cast: &mut Cast,
) -> Option<usize> {
    let mut found = None;
    for &quotation in &turn.quotations {
        let Some(resolution) = resolutions.get_mut(quotation) else { continue };
        let third_person = resolution.source.is_some_and(|source| is_third_person(source.of(text)));
        if third_person {
            // What news is read by, whom a passage is about, is wrong about every other pronoun in a novel.
            resolution.speaker = None;
            resolution.rival = None;
            continue;
        }
        let member = match (&resolution.speaker, resolution.source) {
            (Some(Speaker { name, kind }), _)
                if matches!(kind, SpeakerKind::Person | SpeakerKind::Unnamed) =>
            {
                cast.number(name, *kind)
            }
            // “said her mother”: somebody, and nobody else.
            (None, Some(source)) if is_narrator(source.of(text)) => cast.enter_narrator(),
            (None, Some(source)) => cast.nameless(source.of(text), language),
            _ => continue,
        };
        if found.is_some_and(|known| known != member) {
            return None;
        }
        found = Some(member);
    }
    found
}
