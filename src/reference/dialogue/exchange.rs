//! The speakers of an exchange: what each turn says of its own speaker, and what the turns around it say.
//!
//! First the pronouns are read, each by who is present; then the turns between two known speakers are shared out, A, B, A, B;
//! and both once more, because each helps the other.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Turn, vocative};
use crate::lexicon::Language;
use crate::reference::people::{Cast, People};
use crate::reference::reading::Resolution;
use crate::reference::speaker::{Speaker, SpeakerKind};
use crate::syntax::Parse;
use crate::syntax::clause::noun_phrase::HeadKind;
use crate::syntax::sieve::{Pattern, SourceDecision};

/// How much of the text before a turn belongs to its scene, in bytes: about a page.
const SCENE: u32 = 1500;

/// How much of the text before a turn tells who takes part in it, in bytes: about a paragraph.
const NARRATED: u32 = 500;

/// How many turns away somebody who speaks may still take part in an exchange.
const COMPANY: usize = 4;

/// How often those who speak with the narrator must call them by name, and which part of all names that they call, in
/// percent: others are called in the same exchanges.
const FEWEST_CALLS: u32 = 3;
const CALLS_PERCENT: u32 = 50;

/// So many people in a scene, or so many voices, and the next turn may be anybody's.
const CROWD: usize = 5;
const VOICES: usize = 3;

/// The most turns in a row that are shared out after the last that says whose it is. Every further turn is a chance to lose
/// count.
const LONGEST_OPEN: usize = 8;

/// So many turns in a row are shared out although a third voice is near.
const SHORTEST_OPEN: usize = 4;

/// The most turns in a row that are shared out before the first that says whose it is.
const LONGEST_BACK: usize = 2;

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
    let sure = speakers.iter().map(Option::is_some).collect();
    let addressed = turns
        .iter()
        .map(|turn| {
            let words = turn.quotations.iter().filter_map(|&at| parse.marks().quotations.get(at));
            let mut addressed: Vec<usize> = Vec::new();
            for quotation in words {
                cast.addressed(quotation.span.of(parse.text()), &mut addressed);
            }
            addressed
        })
        .collect();
    let mut exchange = Exchange { turns, parse, people, resolutions, cast, speakers, sure, addressed };
    exchange.name_narrator();
    exchange.tell_pronouns();
    if Pattern::ActionBeside.precision() >= needed {
        exchange.act_beside();
    }
    if Pattern::AlternatingTurns.precision() >= needed {
        exchange.answer_to_name();
        exchange.alternate();
        exchange.tell_pronouns();
        exchange.alternate();
    }
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
    /// For each turn whether its own words name its speaker.
    sure: Vec<bool>,
    /// For each turn those whom its words address: “Orla, come here.”
    addressed: Vec<Vec<usize>>,
}

impl Exchange<'_, '_> {
    /// Are there so many `turns` before `at` in its exchange?
    fn reaches_back(&self, at: usize, turns: usize) -> bool {
        at >= turns && (0..turns).all(|back| self.turns[at - back].follows)
    }

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
            let own = |source: crate::source::ProseSpan| is_narrator(source.of(text));
            if resolution.speaker.is_none() && resolution.source.is_some_and(own) {
                resolution.speaker = Some(speaker.clone());
            }
        }
    }

    /// “He said”, of the turns whose own words do not name their speaker.
    fn tell_pronouns(&mut self) {
        for at in 0..self.turns.len() {
            if self.speakers[at].is_some() {
                continue;
            }
            let Some((pronoun, from)) = self.pronoun_of(at) else { continue };
            let Some(meant) = self.meant(at, from, &pronoun) else { continue };
            self.speakers[at] = Some(meant);
            let Some(speaker) = self.cast.speaker(meant) else { continue };
            for &quotation in &self.turns[at].quotations {
                let resolution = &mut self.resolutions[quotation];
                let same = |source: crate::source::ProseSpan| {
                    source.of(self.parse.text()).eq_ignore_ascii_case(&pronoun)
                };
                if resolution.source.is_some_and(same) {
                    resolution.rival = None;
                    resolution.speaker = Some(speaker.clone());
                }
            }
        }
    }

    /// The pronoun that a turn names its speaker by, and its token.
    fn pronoun_of(&self, at: usize) -> Option<(String, usize)> {
        self.turns[at].quotations.iter().find_map(|&quotation| {
            let resolution = &self.resolutions[quotation];
            let decision = resolution.decision?;
            let source = resolution.source?;
            let pronoun = source.of(self.parse.text());
            (decision.head_kind == HeadKind::Pronoun && is_third_person(pronoun))
                .then(|| (pronoun.to_owned(), self.parse.token_from(source.start).index()))
        })
    }

    /// Whom the pronoun at `token` in the turn `at` means. Of several whom it fits, nobody.
    fn meant(&self, at: usize, token: usize, pronoun: &str) -> Option<usize> {
        let turn = &self.turns[at];
        let fits = |member: &usize| self.cast.fits(*member, pronoun) && !self.addressed[at].contains(member);
        // Holt laughed. “No,” he said.: who is named in the turn itself.
        let beginning = turn.tokens.indices().start.min(token);
        let mut own = self.cast.present(beginning..token);
        own.retain(fits);
        // “He wrote a note to Holt. “Wait,” he said.”: the pronoun that is there before the name is somebody else's.
        let goes_on = self.people.first_pronoun(beginning..token, pronoun);
        let first_name = self.cast.first_mention(beginning..token, &own);
        if goes_on.is_some_and(|pronoun| first_name.is_none_or(|name| pronoun < name)) {
            own.clear();
            if first_name.is_some() {
                return None;
            }
        }
        match own.as_slice() {
            [] => {}
            [one] => return Some(*one).filter(|one| self.cast.knows(*one)),
            _ => return None,
        }
        let before = self.reaches_back(at, 1).then(|| self.speakers[at - 1]).flatten();
        // “What do you say, Holt?” asked Orla. “Nothing,” he said.
        if turn.opens
            && self.reaches_back(at, 1)
            && let [called] = self.addressed[at - 1].as_slice()
            && fits(called)
        {
            return Some(*called);
        }
        let byte = self.parse.span(turn.tokens).start;
        let page = byte.saturating_sub(SCENE);
        let mut scene = self.cast.present(self.parse.token_from(page).index()..token);
        scene.extend(self.spoke(at, page));
        scene.sort_unstable();
        scene.dedup();
        scene.retain(|member| fits(member) && !(turn.opens && Some(*member) == before));
        if let [one] = scene.as_slice() {
            return Some(*one).filter(|one| self.cast.knows(*one));
        }
        if !turn.opens {
            return None;
        }
        if !turn.follows {
            return self.subject_of(turn.before.clone()?, pronoun);
        }
        // Of those in the scene, the one who acts or speaks nearest, where they have spoken.
        let near = byte.saturating_sub(NARRATED);
        let mut acting = self.cast.acting(self.parse.token_from(near).index()..token);
        acting.extend(self.spoke(at, near));
        acting.retain(|member| scene.contains(member));
        acting.sort_unstable();
        acting.dedup();
        let &[one] = acting.as_slice() else { return None };
        (self.cast.knows(one) && self.spoke(at, page).contains(&one)).then_some(one)
    }

    /// The one person in a paragraph of the writer's whom the pronoun fits, where the paragraph says what they do: Ines
    /// looked at the boats. ¶ “They are late,” she said.
    fn subject_of(&self, paragraph: Range<usize>, pronoun: &str) -> Option<usize> {
        let mut named = self.cast.present(paragraph.clone());
        named.retain(|member| self.cast.fits(*member, pronoun));
        let &[one] = named.as_slice() else { return None };
        let acts = self.cast.acting(paragraph.clone()).contains(&one)
            || self.people.opens_clause(&self.cast, paragraph, one);
        (acts && self.cast.knows(one)).then_some(one)
    }

    /// “Are you coming, Holt?” “Directly.”: who is addressed answers, and mostly has spoken before.
    fn answer_to_name(&mut self) {
        for at in 0..self.turns.len() {
            if let Some(called) = at.checked_sub(1).and_then(|before| self.called_in(before, at)) {
                self.give(at, Pattern::AnswersToName, called);
            }
        }
        for at in (0..self.turns.len().saturating_sub(1)).rev() {
            if self.speakers[at + 1].is_some()
                && let Some(called) = self.called_in(at + 1, at)
            {
                self.give(at, Pattern::AnswersToName, called);
            }
        }
    }

    /// The one whom the turn `asking` addresses, where the turn `at` beside it may be theirs.
    fn called_in(&self, asking: usize, at: usize) -> Option<usize> {
        let turn = &self.turns[at];
        let joined = self.turns[at.max(asking)].follows && turn.opens && self.turns[asking].opens;
        let open = self.speakers[at].is_none()
            && turn.quotations.iter().all(|&quotation| self.resolutions[quotation].decision.is_none());
        let [called] = self.addressed[asking].as_slice() else { return None };
        // Beyond the turn that calls stands the same speaker, where that is known.
        let beyond = match asking < at {
            true => asking.checked_sub(1).filter(|_| turn_follows(self.turns, asking)),
            false => Some(asking + 1).filter(|&next| turn_follows(self.turns, next)),
        };
        let other = beyond.and_then(|beyond| self.speakers[beyond]);
        let fits = self.speakers[asking] != Some(*called)
            && !self.addressed[at].contains(called)
            && other.is_none_or(|other| other == *called);
        (joined && open && fits).then_some(*called)
    }

    /// Holt stood up. “No.”: the one person who acts in the writer's part of the paragraph.
    fn act_beside(&mut self) {
        for at in 0..self.turns.len() {
            let turn = &self.turns[at];
            let undecided =
                turn.quotations.iter().all(|&quotation| self.resolutions[quotation].decision.is_none());
            if self.speakers[at].is_some() || !undecided {
                continue;
            }
            let Some(name) = self.people.only_agent(turn.tokens.indices()) else { continue };
            let member = self.cast.number(&name, SpeakerKind::Person);
            if self.addressed[at].contains(&member) {
                continue;
            }
            self.give(at, Pattern::ActionBeside, member);
        }
    }

    /// A, B, A, B: turns between those that say whose they are, and after them.
    fn alternate(&mut self) {
        let mut start = 0;
        while start < self.turns.len() {
            let mut end = start + 1;
            while end < self.turns.len() && self.goes_on(end) {
                end += 1;
            }
            self.share_out(start, end);
            start = end;
        }
    }

    /// Does the turn at `at` belong to the exchange of the turn before it? One that begins with the writer's words and does
    /// not say whose it is may be anybody's.
    fn goes_on(&self, at: usize) -> bool {
        let turn = &self.turns[at];
        turn.follows && (turn.opens || self.speakers[at].is_some())
    }

    /// Shares out the turns of one exchange.
    fn share_out(&mut self, start: usize, end: usize) {
        let known: Vec<usize> = (start..end).filter(|&at| self.speakers[at].is_some()).collect();
        for pair in known.windows(2) {
            self.share_out_between(pair[0], pair[1], start..end);
        }
        let (Some(&first), Some(&last)) = (known.first(), known.last()) else { return };
        let before = last.checked_sub(1).filter(|&before| before >= start);
        let after = Some(first + 1).filter(|&after| after < end);
        let follow = before.and_then(|before| self.speakers[before]);
        let lead = after.and_then(|after| self.speakers[after]);
        if before.is_none() || follow != self.speakers[last] {
            let company = self.has_third_voice(before.unwrap_or(last), last);
            let longest = if company { SHORTEST_OPEN } else { LONGEST_OPEN };
            self.share_out_along((last + 1..end).take(longest), [follow, self.speakers[last]]);
        }
        if after.is_some() && lead != self.speakers[first] && self.sure[first] {
            self.share_out_along((start..first).rev().take(LONGEST_BACK), [lead, self.speakers[first]]);
        }
    }

    /// Shares out the turns between two that say whose they are, in the exchange of these turns.
    fn share_out_between(&mut self, from: usize, to: usize, turns: Range<usize>) {
        let same = self.speakers[from] == self.speakers[to];
        // Between two turns of one speaker lies an odd number of turns, between two speakers an even one; else somebody
        // spoke twice, or a third did.
        if same != (to - from).is_multiple_of(2) || to - from > LONGEST_OPEN {
            return;
        }
        let other = if same {
            let near =
                |at: Option<usize>| at.filter(|at| turns.contains(at)).and_then(|at| self.speakers[at]);
            match (near(from.checked_sub(1)), near(Some(to + 1))) {
                (Some(one), Some(two)) if one != two => None,
                (one, two) => one.or(two).filter(|other| Some(*other) != self.speakers[from]),
            }
        } else {
            self.speakers[to]
        };
        let company = self.has_third_voice(from, to);
        for at in from + 1..to {
            let back = (at - from).is_multiple_of(2);
            // The first answer in company may be the third's; the one after it comes back to the first speaker.
            if !same && !back && company {
                continue;
            }
            let turn = if back { self.speakers[from] } else { other };
            if let Some(member) = turn {
                self.take_turn(at, member);
            }
        }
    }

    /// Gives these turns to two speakers by turns, until one says that it is not theirs.
    fn share_out_along(&mut self, turns: impl Iterator<Item = usize>, two: [Option<usize>; 2]) {
        for (at, member) in turns.zip(two.into_iter().cycle()) {
            if let Some(member) = member
                && (self.is_crowded(at) || !self.take_turn(at, member))
            {
                break;
            }
        }
    }

    /// Are there so many people in the page before a turn that counting turns does not tell whose it is?
    fn is_crowded(&self, at: usize) -> bool {
        let tokens = self.turns[at].tokens;
        let page = self.parse.span(tokens).start.saturating_sub(SCENE);
        let mut voices = self.spoke(at, page);
        if voices.len() >= VOICES {
            return true;
        }
        voices.extend(self.cast.present(self.parse.token_from(page).index()..tokens.indices().start));
        voices.sort_unstable();
        voices.dedup();
        voices.len() >= CROWD
    }

    /// Those who spoke before a turn, from this byte on, each once.
    fn spoke(&self, at: usize, from: u32) -> Vec<usize> {
        let first = self.turns[..at].partition_point(|turn| self.parse.span(turn.tokens).start < from);
        let mut spoke: Vec<usize> = self.speakers[first..at].iter().flatten().copied().collect();
        spoke.sort_unstable();
        spoke.dedup();
        spoke
    }

    /// Does a pronoun in the writer's part of a turn speak against this member? Beside speech it mostly means who speaks.
    fn contradicts(&self, at: usize, member: usize) -> bool {
        let tokens = self.turns[at].tokens.indices();
        let told = |pronoun: &str| self.people.first_pronoun(tokens.clone(), pronoun).is_some();
        let against = match (told("he"), told("she")) {
            (true, false) => "he",
            (false, true) => "she",
            _ => return false,
        };
        !self.cast.fits(member, against) && self.cast.present(tokens.clone()).is_empty()
    }

    /// Does somebody besides the speakers of these two turns speak near them? Then an open turn may be theirs.
    fn has_third_voice(&self, from: usize, to: usize) -> bool {
        let near = from.saturating_sub(COMPANY)..self.speakers.len().min(to + COMPANY + 1);
        let two = [self.speakers[from], self.speakers.get(to).copied().flatten()];
        self.speakers[near].iter().flatten().any(|member| !two.contains(&Some(*member)))
    }

    /// Gives the turn `at` to `member`, unless the turn itself says that it is somebody else's.
    fn take_turn(&mut self, at: usize, member: usize) -> bool {
        let turn = &self.turns[at];
        let fits = |quotation: &usize| {
            let resolution = &self.resolutions[*quotation];
            // “She said”, where nothing before told who she is, may still be told by the turn.
            resolution.decision.is_none_or(|found| {
                found.head_kind == HeadKind::Pronoun
                    && resolution.source.is_some_and(|source| {
                        let pronoun = source.of(self.parse.text());
                        is_third_person(pronoun) && self.cast.fits(member, pronoun)
                    })
            })
        };
        let free = turn.opens
            && !self.addressed[at].contains(&member)
            && !self.contradicts(at, member)
            && self.speakers[at].is_none()
            && turn.quotations.iter().all(fits);
        if free {
            self.give(at, Pattern::AlternatingTurns, member);
        }
        free
    }

    /// Makes `member` the speaker of a turn's quotations that have none.
    fn give(&mut self, at: usize, pattern: Pattern, member: usize) {
        self.speakers[at] = Some(member);
        let Some(speaker) = self.cast.speaker(member) else { return };
        for &quotation in &self.turns[at].quotations {
            let resolution = &mut self.resolutions[quotation];
            if resolution.speaker.is_some() {
                continue;
            }
            resolution.speaker = Some(speaker.clone());
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
