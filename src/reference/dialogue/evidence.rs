//! What a turn and the text around it tell of who may speak it: the candidates, how well each fits, and how likely the turn goes
//! on with whom.
//!
//! The weights are those under which the speakers of seven novels are likeliest; seven others gained as much by them. The odds of
//! who follows whom were counted in all fourteen.

use std::ops::Range;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::chain::{ANYBODY, Candidate, Link, Odds};
use super::{Spoken, Turn};
use crate::lexicon::Class;
use crate::reference::people::{Cast, People};
use crate::syntax::Parse;
use crate::syntax::sieve::Pattern;

/// How much of the text before a turn belongs to its scene, in bytes: about a page.
const SCENE: u32 = 1500;

/// How many turns before, and after, a speaker still belongs to the scene.
const SPOKEN_BEFORE: usize = 11;
const SPOKEN_AFTER: usize = 8;

/// The most candidates of a turn, besides whoever nothing names.
const MOST: usize = 9;

/// The most of whom it is asked whether they are.
const CROWD: usize = 100;

/// How likely those join in who spoke on the page, did something there, were named there, speak further down, or are named
/// nowhere near.
const SPOKE: f64 = 2.0;
const ACTED: f64 = 2.4;
const NAMED: f64 = 1.5;
const SPEAKS_LATER: f64 = 0.7;
const UNNAMED: f64 = 0.4;

/// What is left of that for somebody who speaks nowhere in the text, or in fewer than three turns, or than ten.
const NEVER: f64 = 0.17;
const HARDLY: f64 = 0.33;
const SELDOM: f64 = 0.8;

/// So many turns of known speakers make these figures count half. In a short text it tells little who has not spoken.
const LONG: f64 = 50.0;

/// How well the turn fits whoever is named in it before its pronoun (in a long text), and whoever does something there.
const IN_TURN: f64 = 4.5;
const ACTS_IN_TURN: f64 = 6.8;
/// The one who is the subject of its sentences: Holt stood up. “No.”
const AGENT: f64 = 18.0;
/// Whoever does something in the paragraph before it, and the one person named there.
const ACTS_ABOVE: f64 = 3.0;
const ALONE_ABOVE: f64 = 3.0;

/// How well it fits whoever it calls by name, whoever it talks about, and whoever the turn beside it calls by name.
const CALLED: f64 = 0.04;
const TALKED_ABOUT: f64 = 0.17;
const CALLED_BESIDE: f64 = 5.0;

/// A pronoun of the other gender, beside speech and as its source; and one whose gender nothing tells.
const OTHER_PRONOUN: f64 = 0.05;
const OTHER_GENDER: f64 = 0.013;
const UNKNOWN_GENDER: f64 = 0.2;
/// The turn beside it says “sir” or “mamma”, and means the other gender.
const OTHER_ADDRESS: f64 = 0.2;

/// So many bytes of the writer's words after the speech of a turn, and the same speaker may go on in the next.
const SHORT_TAIL: u32 = 60;
const LONG_TAIL: u32 = 200;

/// Which part of the odds of the last speaker but one goes to others, where a paragraph of the writer's lies between.
const BEYOND_BREAK: f64 = 0.3;

/// In how many turns before it the voices are counted, which part of the odds of the last speaker but one goes to others where
/// there are three of them, and which part of the odds of others to that speaker where there are two.
const NEAR: usize = 4;
const IN_COMPANY: f64 = 0.27;
const AMONG_TWO: f64 = 0.5;

/// What a turn says of its own speaker.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Own {
    /// It names them.
    Name,
    /// “She said”.
    Pronoun,
    /// Nothing.
    Nothing,
}

/// What the turns of a text are judged by.
pub(super) struct Evidence<'e, 't> {
    pub(super) turns: &'e [Turn],
    pub(super) parse: &'e Parse<'t>,
    pub(super) people: &'e People<'t>,
    pub(super) cast: &'e Cast,
    /// For each turn the one who speaks it by name.
    pub(super) speakers: &'e [Option<usize>],
    /// The same, with those of whom an earlier look made sure.
    pub(super) voices: &'e [Option<usize>],
    /// For each turn its pronoun, with the token.
    pub(super) pronouns: &'e [Option<(Class, usize)>],
    /// For each turn the subject of its sentences.
    pub(super) agents: &'e [Option<usize>],
    /// For each turn what its words say of others.
    pub(super) spoken: &'e [Spoken],
    /// How many turns each speaks, as far as is known.
    pub(super) often: &'e FxHashMap<usize, u32>,
    /// How many turns have a known speaker.
    pub(super) known: f64,
}

/// The candidates of one turn, while they are gathered.
#[derive(Default)]
struct Candidates(SmallVec<[Candidate; 16]>);

impl Candidates {
    fn get(&mut self, member: usize) -> &mut Candidate {
        let known = self.0.iter().position(|candidate| candidate.member == member);
        let at = known.unwrap_or_else(|| {
            self.0.push(Candidate { member, weight: 0.0, fit: 1.0 });
            self.0.len() - 1
        });
        &mut self.0[at]
    }

    /// Somebody who may speak with at least this weight. A page that names a crowd tells nothing, so the first ones are enough.
    fn may(&mut self, member: usize, weight: f64) {
        if self.0.len() == CROWD {
            return;
        }
        let candidate = self.get(member);
        candidate.weight = candidate.weight.max(weight);
    }

    /// What fits somebody so, where they may speak at all.
    fn fits(&mut self, member: usize, fit: f64) {
        if let Some(candidate) = self.0.iter_mut().find(|candidate| candidate.member == member) {
            candidate.fit *= fit;
        }
    }

    /// What fits a gender.
    fn fits_gender(&mut self, cast: &Cast, gender: Class, unknown: f64, against: f64) {
        for candidate in &mut self.0 {
            let known = if candidate.member == ANYBODY { Class::NONE } else { cast.gender(candidate.member) };
            candidate.fit *= match known {
                Class::NONE => unknown,
                known if known == gender => 1.0,
                _ => against,
            };
        }
    }
}

impl Evidence<'_, '_> {
    /// A turn as a link of the chain.
    pub(super) fn link(&self, at: usize) -> Link {
        let own = self.own(at);
        let candidates = match self.speakers[at] {
            Some(member) => SmallVec::from_slice(&[Candidate { member, weight: 1.0, fit: 1.0 }]),
            None => self.candidates(at),
        };
        let turn = &self.turns[at];
        Link {
            candidates,
            odds: self.odds(at, own),
            named: own == Own::Name,
            begins: at == 0 || !turn.follows && turn.before.is_none(),
        }
    }

    fn own(&self, at: usize) -> Own {
        match (self.speakers[at], &self.pronouns[at]) {
            (Some(_), _) => Own::Name,
            (None, Some(_)) => Own::Pronoun,
            (None, None) => Own::Nothing,
        }
    }

    /// Who speaks next after whom: counted in novels, by what the turn says of its speaker and by how much the writer says
    /// at the end of the turn before it.
    fn odds(&self, at: usize, own: Own) -> Odds {
        let turn = &self.turns[at];
        if !turn.follows || at == 0 {
            return Odds { same: 0.25, same_again: 0.4, back: 0.27, other: 0.22 };
        }
        if !turn.opens {
            return Odds { same: 0.12, same_again: 0.2, back: 0.47, other: 0.27 };
        }
        let (same, back, other) = match (own, self.tail(at - 1)) {
            (Own::Name, ..SHORT_TAIL) => (0.004, 0.75, 0.246),
            (Own::Name, ..LONG_TAIL) => (0.06, 0.70, 0.24),
            (Own::Name, _) => (0.30, 0.41, 0.29),
            (Own::Pronoun, ..SHORT_TAIL) => (0.008, 0.94, 0.052),
            (Own::Pronoun, ..LONG_TAIL) => (0.24, 0.70, 0.06),
            (Own::Pronoun, _) => (0.42, 0.45, 0.13),
            (Own::Nothing, ..SHORT_TAIL) => (0.003, 0.945, 0.052),
            (Own::Nothing, ..LONG_TAIL) => (0.15, 0.73, 0.12),
            (Own::Nothing, _) => (0.25, 0.53, 0.22),
        };
        // The turn before last lies in another exchange.
        let lost = if self.turns[at - 1].follows { 0.0 } else { back * BEYOND_BREAK };
        let lost = match self.voices_before(at) {
            (3.., _) => lost + (back - lost) * IN_COMPANY,
            (2, 3..) if own != Own::Name => lost - other * AMONG_TWO,
            _ => lost,
        };
        Odds { same, same_again: (3.0 * same).min(1.0), back: back - lost, other: other + lost }
    }

    /// How many different people are known to speak in the last turns before it, and in how many turns.
    fn voices_before(&self, at: usize) -> (usize, usize) {
        let mut different: SmallVec<[usize; NEAR]> = SmallVec::new();
        let mut known = 0;
        for before in (at.saturating_sub(NEAR)..at).rev() {
            if let Some(voice) = self.voices[before] {
                known += 1;
                if !different.contains(&voice) {
                    different.push(voice);
                }
            }
            if !self.turns[before].follows {
                break;
            }
        }
        (different.len(), known)
    }

    /// How many bytes the writer says at the end of a turn, after its speech.
    fn tail(&self, at: usize) -> u32 {
        let turn = &self.turns[at];
        let own = &self.parse.marks().quotations;
        let last = turn.quotations.last().and_then(|&quotation| own.get(quotation));
        let end = self.parse.span(turn.tokens).end;
        last.map_or(0, |quotation| end.saturating_sub(quotation.span.end))
    }

    fn candidates(&self, at: usize) -> SmallVec<[Candidate; 10]> {
        let mut found = self.joining(at);
        self.fit_narration(at, &mut found);
        self.fit_speech(at, &mut found);
        self.fit_gender(at, &mut found);
        let trust = self.trust();
        for candidate in &mut found.0 {
            let share: f64 = match self.often.get(&candidate.member) {
                _ if candidate.member == ANYBODY => 1.0,
                None => NEVER,
                Some(..3) => HARDLY,
                Some(..10) => SELDOM,
                Some(_) => 1.0,
            };
            candidate.weight *= share.powf(trust);
        }
        let anybody = *found.get(ANYBODY);
        found.0.retain(|candidate| candidate.member != ANYBODY && candidate.weight > 0.0);
        let rank = |candidate: &Candidate| candidate.weight * candidate.fit;
        found.0.sort_by(|one, two| rank(two).total_cmp(&rank(one)).then(one.member.cmp(&two.member)));
        found.0.truncate(MOST);
        found.0.push(anybody);
        found.0.into_iter().collect()
    }

    /// Those who may join in, with their weights.
    fn joining(&self, at: usize) -> Candidates {
        let turn = &self.turns[at];
        let mut found = Candidates::default();
        let page = self.page(at);
        for (member, acts) in
            self.cast.mentions(self.parse.token_from(page).index()..turn.tokens.indices().start)
        {
            found.may(member, if acts { ACTED } else { NAMED });
        }
        for before in (at.saturating_sub(SPOKEN_BEFORE)..at).rev() {
            if self.parse.span(self.turns[before].tokens).start < page.saturating_sub(SCENE) {
                break;
            }
            self.take_voices(before, (SPOKE, ACTED), &mut found);
        }
        for after in
            (at + 1..self.turns.len()).take(SPOKEN_AFTER).take_while(|&after| self.turns[after].follows)
        {
            self.take_voices(after, (SPEAKS_LATER, SPEAKS_LATER), &mut found);
        }
        for (member, _) in self.cast.mentions(turn.tokens.indices()) {
            found.may(member, NAMED);
        }
        if let Some(agent) = self.agents[at] {
            found.may(agent, ACTED);
        }
        if let Some(called) = self.called_before(at) {
            found.may(called, ACTED);
        }
        if let Some(called) = self.called_after(at) {
            found.may(called, ACTED);
        }
        // In a short text nearly anybody may not have been named yet.
        found.get(ANYBODY).weight = UNNAMED.powf(self.trust());
        found
    }

    /// How far it can be trusted that the text has named and heard everybody, 0 to 1.
    fn trust(&self) -> f64 {
        self.known / (self.known + LONG)
    }

    /// Where the page before a turn begins, in bytes.
    fn page(&self, at: usize) -> u32 {
        self.parse.span(self.turns[at].tokens).start.saturating_sub(SCENE)
    }

    /// Takes whoever speaks a turn, and those whom it calls.
    fn take_voices(&self, at: usize, (speaks, called): (f64, f64), found: &mut Candidates) {
        if let Some(speaker) = self.voices[at] {
            found.may(speaker, speaks);
        }
        for &member in &self.spoken[at].called {
            found.may(member, called);
        }
    }

    /// What the writer says in the turn and above it.
    fn fit_narration(&self, at: usize, found: &mut Candidates) {
        let turn = &self.turns[at];
        let tokens = turn.tokens.indices();
        let until = self.pronouns[at].as_ref().map_or(tokens.end, |(_, token)| *token);
        for (member, acts) in self.cast.mentions(tokens.start..until.max(tokens.start)) {
            found.fits(member, if acts { ACTS_IN_TURN } else { IN_TURN.powf(self.trust()) });
        }
        if let Some(agent) = self.agents[at] {
            found.fits(agent, AGENT);
        }
        let above = turn.before.clone().unwrap_or_default();
        let mut named: SmallVec<[usize; 8]> = SmallVec::new();
        for (member, acts) in self.cast.mentions(above) {
            if !named.contains(&member) {
                named.push(member);
                found.fits(member, if acts { ACTS_ABOVE } else { 1.0 });
            }
        }
        // “She said”: the one woman of the paragraph above.
        if let Some((gender, _)) = &self.pronouns[at] {
            named.retain(|member| !self.cast.gender(*member).contradicts_gender(*gender));
        }
        if let [one] = named.as_slice() {
            found.fits(*one, ALONE_ABOVE);
        }
    }

    /// What the turn and the turns beside it say to each other.
    fn fit_speech(&self, at: usize, found: &mut Candidates) {
        for called in self.called_before(at).into_iter().chain(self.called_after(at)) {
            found.fits(called, CALLED_BESIDE);
        }
        // Nothing that the writer says about Orla makes “Orla, come here” hers.
        for &member in &self.spoken[at].called {
            let candidate = found.get(member);
            candidate.fit = candidate.fit.min(1.0) * CALLED;
        }
        for &member in &self.spoken[at].talked_about {
            found.fits(member, TALKED_ABOUT);
        }
    }

    /// What pronouns, and words like “sir”, say of the speaker's gender.
    fn fit_gender(&self, at: usize, found: &mut Candidates) {
        let mut addressed = Class::NONE;
        if self.answers(at) {
            addressed = addressed.or(self.spoken[at - 1].hearers);
        }
        if self.answers(at + 1) {
            addressed = addressed.or(self.spoken[at + 1].hearers);
        }
        if addressed == Class::MALE || addressed == Class::FEMALE {
            found.fits_gender(self.cast, addressed, 1.0, OTHER_ADDRESS);
        }
        if let Some((gender, _)) = &self.pronouns[at] {
            found.fits_gender(self.cast, *gender, UNKNOWN_GENDER, OTHER_GENDER);
        } else if let Some(gender) = self.told_beside(self.turns[at].tokens.indices()) {
            found.fits_gender(self.cast, gender, UNKNOWN_GENDER, OTHER_PRONOUN);
        }
    }

    /// The gender of the pronouns in the writer's part of a turn that names nobody: beside speech they mostly mean who speaks.
    fn told_beside(&self, tokens: Range<usize>) -> Option<Class> {
        let told = |gender: &Class| self.people.has_pronoun(tokens.clone(), *gender);
        let mut genders = [Class::MALE, Class::FEMALE].into_iter().filter(told);
        let (Some(gender), None) = (genders.next(), genders.next()) else { return None };
        self.cast.mentions(tokens.clone()).next().is_none().then_some(gender)
    }

    /// Does the turn answer the one before it?
    fn answers(&self, at: usize) -> bool {
        at > 0 && self.turns.get(at).is_some_and(|turn| turn.follows && turn.opens)
    }

    /// What shows best that a turn is this member's.
    pub(super) fn shows(&self, at: usize, member: usize) -> Pattern {
        if self.agents[at] == Some(member) {
            Pattern::ActionBeside
        } else if [self.called_before(at), self.called_after(at)].contains(&Some(member)) {
            Pattern::AnswersToName
        } else {
            Pattern::AlternatingTurns
        }
    }

    /// The one whom the turn before calls by name.
    fn called_before(&self, at: usize) -> Option<usize> {
        if self.answers(at) { self.spoken[at - 1].only_called() } else { None }
    }

    /// The one whom the turn after it calls by name.
    fn called_after(&self, at: usize) -> Option<usize> {
        if self.answers(at + 1) { self.spoken[at + 1].only_called() } else { None }
    }
}
