//! Whom a pronoun stands for: weights of the people that a passage is about.

use rustc_hash::FxHashMap;

use super::{Meant, People, contradicts, gender_of};
use crate::lexicon::Class;
use crate::syntax::names::{self, Name, Standing};
use crate::syntax::token::Kind;

/// How much of the weightiest person's weight makes another fit as well: all but a rounding error. One who stood in
/// an earlier sentence, or as an object beside a subject, has at most two thirds, and a reader takes the other.
const CLOSE: f32 = 0.95;

/// What a mention weighs, by what it does in its sentence.
const SUBJECT: f32 = 2.0;
const OBJECT: f32 = 1.0;
const OWNER: f32 = 0.6;

/// What is left of a weight one sentence further on.
const DECAY: f32 = 0.6;

/// A person whose gender is not known fits a pronoun less well than one who is known to.
const UNKNOWN: f32 = 0.8;

/// Below this nobody is remembered: a dozen sentences after a single mention.
const FAINTEST: f32 = 0.002;

/// Decides what the pronouns of a document stand for, from its first token to its last.
///
/// Every mention gives a person weight, a subject more than an object and an owner least; weights fade with every
/// sentence; a pronoun stands for the weightiest person whom it fits, and is itself a mention of that person
/// (after Lappin and Leass, 1994, without their parser).
pub(super) struct Salience<'p, 't> {
    people: &'p People<'t>,
    weights: Vec<f32>,
    /// What is known of each person's gender, pronouns so far included.
    genders: Vec<Class>,
    meant: FxHashMap<usize, Meant>,
    /// The sentence that last named or meant each person, counted from 1.
    last: Vec<u32>,
    /// The sentence now.
    sentence: u32,
    /// The two people that were last joined, and the sentence: “Ana Reyes and Maria Lindt”.
    pair: Option<(usize, usize, u32)>,
    /// Has the sentence named or meant anybody yet?
    opened: bool,
    /// The sentence whose subject was last somebody that is not known to the document: “Pell said”.
    stranger: u32,
}

impl Salience<'_, '_> {
    pub(super) fn read(people: &People<'_>) -> FxHashMap<usize, Meant> {
        let mut salience = Salience {
            people,
            weights: vec![0.0; people.people.len()],
            genders: people.people.iter().map(|person| person.gender).collect(),
            meant: FxHashMap::default(),
            last: vec![0; people.people.len()],
            sentence: 1,
            pair: None,
            opened: false,
            stranger: 0,
        };
        let mut at = 0;
        for (index, name) in people.names.iter().enumerate() {
            salience.between(at, name.start);
            salience.mention(index, name);
            at = name.end;
        }
        salience.between(at, people.tokens.len());
        salience.meant
    }

    /// Takes the tokens from `start` to `end`, among which there is no name.
    fn between(&mut self, start: usize, end: usize) {
        const PRONOUN: Class = Class::SUBJECT.or(Class::OBJECT).or(Class::POSSESSIVE);
        let tokens = self.people.tokens;
        for (at, token) in (start..).zip(&tokens[start..end]) {
            if token.is_word() {
                if token.is(PRONOUN) && token.span.len() <= 3 {
                    self.pronoun(at);
                }
            } else if token.is_final() {
                self.end_sentence();
            }
        }
    }

    fn end_sentence(&mut self) {
        self.weights.iter_mut().for_each(|weight| *weight *= DECAY);
        self.sentence += 1;
        self.opened = false;
    }

    fn mention(&mut self, index: usize, name: &Name) {
        let owner = self.people.tokens.get(name.end).is_some_and(|token| token.kind == Kind::Possessive);
        let before = name.start.checked_sub(1).map(|at| &self.people.tokens[at]);
        let after_preposition = before.is_some_and(|token| token.is_word() && token.is(Class::PREPOSITION));
        let after_cue = before.is_some_and(|token| token.is(Class::CUE_SPEECH));
        let weight = if owner {
            OWNER
        } else if !after_preposition && (!self.opened || after_cue || self.acts(name)) {
            SUBJECT
        } else {
            OBJECT
        };
        if self.people.person_of[index].is_none() && weight == SUBJECT && self.is_stranger(name) {
            self.stranger = self.sentence;
        }
        match self.people.person_of[index] {
            Some(person) => {
                self.opened = true;
                self.weights[person] += weight;
                self.last[person] = self.sentence;
                self.join(index, person);
            }
            // A surname that two people bear may mean either; the pronoun after it tells which.
            None if name.end - name.start == 1 => {
                let surname = names::surname(self.people.text, self.people.tokens, name);
                for (person, known) in self.people.people.iter().enumerate() {
                    if known.surname == surname && !contradicts(known.gender, name.gender) {
                        self.opened = true;
                        self.weights[person] += weight;
                    }
                }
            }
            None => {}
        }
    }

    /// Is the subject of the sentence, as far as its words tell, somebody whom the document has not introduced as a
    /// person: “Pell said”, “Gideon Pell watched from the back”?
    fn is_stranger(&self, name: &Name) -> bool {
        let People { text, tokens, .. } = self.people;
        let article = name.start.checked_sub(1).is_some_and(|before| tokens[before].is(Class::DETERMINER));
        let aside = tokens.get(name.end).is_some_and(|next| next.kind == Kind::Comma);
        let acted = tokens.get(name.end).is_some_and(|next| next.span.of(text).ends_with("ed"));
        let opens = !self.opened && !article && (aside || acted || self.acts(name));
        name.standing == Standing::Unknown
            && (names::speaks(tokens, name) || opens && names::may_be_person(text, tokens, name))
    }

    /// Remembers two people joined by an “and”.
    fn join(&mut self, index: usize, person: usize) {
        let Some(before) = index.checked_sub(1) else { return };
        let and = self.people.names[before].end;
        let joins = and + 1 == self.people.names[index].start && self.people.word(and) == "and";
        if let Some(other) = self.people.person_of[before].filter(|_| joins) {
            self.pair = Some((other, person, self.sentence));
        }
    }

    /// Does a verb follow the name?
    fn acts(&self, name: &Name) -> bool {
        self.people
            .tokens
            .get(name.end)
            .is_some_and(|token| token.is(Class::AUXILIARY.or(Class::FORM_PAST).or(Class::FORM_PRESENT)))
    }

    /// Did the sentence before the pronoun's join two people with an “and”, both known to fit, and name neither again?
    /// Elsewhere the grammar prefers one of them: the subject, the one who spoke, the one named last.
    fn joined(&self, one: usize, other: usize, gender: Class) -> bool {
        let before = self.sentence - 1;
        self.genders[one] == gender
            && self.genders[other] == gender
            && self.last[one] == before
            && self.last[other] == before
            && self.pair.is_some_and(|(a, b, at)| at == before && [(a, b), (b, a)].contains(&(one, other)))
    }

    fn pronoun(&mut self, at: usize) {
        let Some(gender) = gender_of(self.people.tokens[at].span.of(self.people.text)) else { return };
        let fits = self.weights.iter().enumerate().filter_map(|(person, &weight)| {
            let known = self.genders[person];
            let certainty = if known == Class::NONE { UNKNOWN } else { 1.0 };
            (weight > FAINTEST && !contradicts(known, gender)).then_some((person, weight * certainty))
        });
        let order = |a: &(usize, f32), b: &(usize, f32)| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0));
        let Some((person, weight)) = fits.clone().max_by(order) else { return };
        // “Pell said no. “Never,” he added”: whoever Pell is, nobody from further up is meant before him.
        if self.stranger + 1 >= self.sentence && self.stranger > self.last[person] {
            self.stranger = self.sentence;
            return;
        }
        let rival = fits
            .filter(|&(other, close)| {
                other != person && close >= weight * CLOSE && self.joined(person, other, gender)
            })
            .max_by(order)
            .map(|(other, _)| other);
        self.meant.insert(at, Meant { person, rival });
        self.last[person] = self.sentence;
        if self.genders[person] == Class::NONE {
            self.genders[person] = gender;
        }
        let subject = self.people.tokens[at].is(Class::SUBJECT);
        self.weights[person] += if !subject {
            OWNER
        } else if self.opened {
            OBJECT
        } else {
            SUBJECT
        };
        self.opened |= subject;
    }
}
