//! From source to speaker: which person or body a source phrase stands for.
//!
//! A name stands for the person introduced under it; “she” for the person that the passage is about and that “she”
//! fits; “the senator” for the one senator introduced. Where two people fit, nobody is named.

mod how;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::{Class, fold};
use crate::source::Span;
use crate::syntax::clause::noun_phrase::Sort;
use crate::syntax::names::{self, Name, Standing};
use crate::syntax::token::{Kind, Token};

pub use how::Tie;
pub(super) use how::Tied;

use super::{Speaker, SpeakerKind};

mod namesakes;
mod quoted;
mod slips;

/// The people of one document, and where they are mentioned.
pub(super) struct People<'t> {
    text: &'t str,
    tokens: &'t [Token],
    names: Vec<Name>,
    /// For each name: the person it stands for.
    person_of: Vec<Option<usize>>,
    people: Vec<Person<'t>>,
    /// The words of all names of several words.
    in_longer_names: FxHashSet<&'t str>,
    /// For each pronoun's token: the person it stands for.
    meant: FxHashMap<usize, Meant>,
}

/// The person a pronoun stands for, and another whom it fits as well.
#[derive(Clone, Copy)]
struct Meant {
    person: usize,
    rival: Option<usize>,
}

/// One person as the document presents them.
struct Person<'t> {
    /// The fullest form of the name, as a range of tokens.
    fullest: (usize, usize),
    surname: &'t str,
    folded_surname: String,
    given: Option<&'t str>,
    gender: Class,
    /// “Jr.”: whoever bears the name without it is somebody else.
    suffixed: bool,
}

const GENDER: Class = Class::MALE.or(Class::FEMALE);

impl<'t> People<'t> {
    /// Ties the names of a document to people.
    pub(super) fn new(text: &'t str, tokens: &'t [Token], names: Vec<Name>, headings: &[Span]) -> Self {
        let mut people = Self {
            text,
            tokens,
            person_of: vec![None; names.len()],
            names,
            people: Vec::new(),
            in_longer_names: FxHashSet::default(),
            meant: FxHashMap::default(),
        };
        // Full names first: a surname may stand before its introduction, in a headline.
        // A headline's own after those of the text: its capitals run into words that are no name.
        for in_heading in [false, true] {
            for index in 0..people.names.len() {
                let name = people.names[index];
                let before = headings.partition_point(|heading| heading.start <= name.span.start);
                let heading = before > 0 && headings[before - 1].contains(name.span);
                if name.standing == Standing::Person && heading == in_heading {
                    people.person_of[index] = people.introduce(&name, heading);
                }
            }
        }
        for index in 0..people.names.len() {
            let name = people.names[index];
            if people.person_of[index].is_none()
                && matches!(name.standing, Standing::Short | Standing::Unknown)
            {
                people.person_of[index] = people.known(&name);
            }
        }
        let longer = people.names.iter().filter(|name| name.end - name.start > 1);
        people.in_longer_names =
            longer.flat_map(|name| name.start..name.end).map(|at| people.word(at)).collect();
        slips::mend(&mut people);
        people.meant = Salience::read(&people);
        people
    }

    /// Every name of the document, with the person it stands for in the fullest form.
    pub(super) fn names(&self) -> impl Iterator<Item = (&Name, Option<String>)> {
        self.names
            .iter()
            .zip(&self.person_of)
            .map(|(name, person)| (name, person.map(|person| self.shown(person))))
    }

    fn word(&self, at: usize) -> &'t str {
        self.tokens[at].span.of(self.text)
    }

    /// The person whom a name introduces or names again; nobody where it fits several who are introduced.
    fn introduce(&mut self, name: &Name, heading: bool) -> Option<usize> {
        let surname = names::surname(self.text, self.tokens, name);
        let given = (name.end - name.start > 1).then(|| self.word(name.start));
        let suffixed = (name.start..name.end).any(|at| self.tokens[at].is(Class::SUFFIX));
        let mut fitting = self.people.iter().enumerate().filter(|(_, person)| {
            person.surname == surname
                && match (person.given, given) {
                    (Some(a), Some(b)) => {
                        person.suffixed == suffixed && self.may_be_one(person, name, (a, b))
                    }
                    _ => {
                        person.gender == Class::NONE
                            || name.gender == Class::NONE
                            || person.gender == name.gender
                    }
                }
        });
        let found = fitting.next().map(|(index, _)| index);
        // “Ms. Vane” where both Maria and Anna Vane are introduced.
        if given.is_none() && fitting.next().is_some() {
            return None;
        }
        match found {
            Some(index) => {
                let person = &mut self.people[index];
                if person.gender == Class::NONE {
                    person.gender = name.gender;
                }
                let longer = name.end - name.start > person.fullest.1 - person.fullest.0;
                if longer && !heading {
                    person.fullest = (name.start, name.end);
                    person.given = person.given.or(given);
                }
                Some(index)
            }
            None => {
                self.people.push(Person {
                    fullest: (name.start, name.end),
                    surname,
                    folded_surname: fold(surname),
                    given,
                    gender: name.gender,
                    suffixed,
                });
                Some(self.people.len() - 1)
            }
        }
    }

    /// The one person a short name can stand for: by surname, and only where nobody bears that, by given name. Of a
    /// father and a son of one name, the name alone is the father's.
    fn known(&self, name: &Name) -> Option<usize> {
        let word = names::surname(self.text, self.tokens, name);
        let single = name.end - name.start == 1;
        let one = |fits: &dyn Fn(&Person<'_>) -> bool| {
            let mut found = self.people.iter().enumerate().filter(|(_, person)| {
                fits(person)
                    && !contradicts(person.gender, name.gender)
                    && (single || self.shares_given(person, name))
            });
            let Some((first, one)) = found.next() else { return (None, false) };
            let mut kept = (first, one);
            let several = found.fold(false, |several, (index, other)| {
                let namesakes = kept.1.given == other.given && kept.1.suffixed != other.suffixed;
                if namesakes && kept.1.suffixed {
                    kept = (index, other);
                }
                several || !namesakes
            });
            (Some(kept.0), several)
        };
        match one(&|person| person.surname == word) {
            (Some(_), true) => None,
            (Some(person), false) => Some(person),
            (None, _) if single => match one(&|person| person.given == Some(word)) {
                (Some(person), false) => Some(person),
                _ => None,
            },
            (None, _) => None,
        }
    }

    fn shown(&self, person: usize) -> String {
        let (start, end) = self.people[person].fullest;
        let span = self.tokens[start].span.join(self.tokens[end - 1].span);
        span.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn speaker(&self, person: usize) -> Speaker {
        Speaker { name: self.shown(person), kind: SpeakerKind::Person }
    }

    /// Whom a source phrase stands for.
    pub(super) fn resolve(&self, source: Span, sort: Sort) -> Option<Speaker> {
        let phrase = source.of(self.text);
        match sort {
            Sort::Pronoun => self.pronoun(source),
            Sort::Name => self.named(source),
            Sort::Person => self.described(source),
            Sort::Body | Sort::Document => Some(Speaker {
                name: without_article(phrase),
                kind: if sort == Sort::Body { SpeakerKind::Body } else { SpeakerKind::Unnamed },
            }),
            Sort::Other => Some(Speaker { name: without_article(phrase), kind: SpeakerKind::Unnamed }),
        }
    }

    /// The last name inside a phrase: its index among the names.
    fn name_in(&self, source: Span) -> Option<usize> {
        let inside = self.names.partition_point(|name| name.span.start < source.start);
        let found =
            self.names[inside..].iter().enumerate().take_while(|(_, name)| name.span.end <= source.end);
        // “Reyes of the Harbour Board”: the name before the preposition is meant.
        let cut = self.first_preposition(source);
        let (offset, _) = found.take_while(|(_, name)| cut.is_none_or(|cut| name.span.start < cut)).last()?;
        Some(inside + offset)
    }

    /// Whom the last name inside a phrase stands for.
    fn named(&self, source: Span) -> Option<Speaker> {
        let index = self.name_in(source)?;
        let name = &self.names[index];
        if let Some(person) = self.person_of[index] {
            return Some(self.speaker(person));
        }
        if name.standing == Standing::Body {
            return Some(Speaker { name: without_article(source.of(self.text)), kind: SpeakerKind::Body });
        }
        let surname = names::surname(self.text, self.tokens, name);
        let bearers: Vec<_> =
            self.people.iter().enumerate().filter(|(_, person)| person.surname == surname).collect();
        if bearers.len() > 1 {
            // Two bearers: only an honorific can tell them apart.
            let fits: Vec<_> = bearers
                .iter()
                .filter(|(_, person)| name.gender != Class::NONE && person.gender == name.gender)
                .collect();
            return match fits.as_slice() {
                [(person, _)] => Some(self.speaker(*person)),
                _ => None,
            };
        }
        let kind = if name.end - name.start == 1 || name.standing == Standing::Person {
            SpeakerKind::Person
        } else {
            SpeakerKind::Body
        };
        Some(Speaker { name: name.span.of(self.text).split_whitespace().collect::<Vec<_>>().join(" "), kind })
    }

    fn first_preposition(&self, source: Span) -> Option<u32> {
        let from = self.tokens.partition_point(|token| token.span.start <= source.start);
        self.tokens[from..]
            .iter()
            .take_while(|token| token.span.end <= source.end)
            .find(|token| token.is_word() && !token.is_capital() && token.is(Class::PREPOSITION))
            .map(|token| token.span.start)
    }

    /// “the senator”: the one person introduced with that role; otherwise somebody unnamed.
    fn described(&self, source: Span) -> Option<Speaker> {
        let phrase = source.of(self.text);
        // “the board's spokesman, Tobi Okafor”: the name follows.
        let next = self.names.partition_point(|name| name.span.start < source.end);
        if let Some(name) = self.names.get(next)
            && matches!(self.text.get(source.end as usize..name.span.start as usize), Some(", " | " "))
            && let Some(person) = self.person_of[next]
        {
            return Some(self.speaker(person));
        }
        if phrase.starts_with("the ") || phrase.starts_with("The ") {
            let head = phrase.rsplit(' ').next().unwrap_or("").to_lowercase();
            let mut with_role = self
                .names
                .iter()
                .enumerate()
                .filter(|(_, name)| name.span.start < source.start)
                .filter_map(|(index, name)| {
                    let before = name.start.checked_sub(1).map(|at| self.word(at).to_lowercase())?;
                    (before == head || abbreviates(&before, &head)).then_some(self.person_of[index]).flatten()
                });
            if let Some(first) = with_role.next()
                && with_role.all(|other| other == first)
            {
                return Some(self.speaker(first));
            }
        }
        Some(Speaker { name: without_article(phrase), kind: SpeakerKind::Unnamed })
    }

    /// The person a pronoun stands for.
    fn pronoun(&self, source: Span) -> Option<Speaker> {
        let token = self.tokens.partition_point(|token| token.span.start < source.start);
        match gender_of(source.of(self.text)) {
            Some(_) => self.meant.get(&token).map(|meant| self.speaker(meant.person)),
            None => is_first_person(source.of(self.text))
                .then(|| Speaker { name: "the writer".to_owned(), kind: SpeakerKind::Writer }),
        }
    }
}

impl People<'_> {
    /// Somebody else whom a pronoun fits as well as the person it is taken for.
    pub(super) fn rival(&self, source: Span) -> Option<String> {
        let token = self.tokens.partition_point(|token| token.span.start < source.start);
        self.meant.get(&token)?.rival.map(|rival| self.shown(rival))
    }
}

/// Decides what the pronouns of a document stand for, from its first token to its last.
///
/// Every mention gives a person weight, a subject more than an object and an owner least; weights fade with every
/// sentence; a pronoun stands for the weightiest person whom it fits, and is itself a mention of that person
/// (after Lappin and Leass, 1994, without their parser).
struct Salience<'p, 't> {
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
    fn read(people: &People<'_>) -> FxHashMap<usize, Meant> {
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
        let mut next = 0;
        let mut at = 0;
        while at < people.tokens.len() {
            if let Some(name) = people.names.get(next).filter(|name| name.start == at) {
                salience.mention(next, name);
                next += 1;
                at = name.end.max(at + 1);
                continue;
            }
            let token = &people.tokens[at];
            if token.is_final() {
                salience.end_sentence();
            } else if token.is_word()
                && token.span.len() <= 3
                && token.is(Class::SUBJECT.or(Class::OBJECT).or(Class::POSSESSIVE))
            {
                salience.pronoun(at);
            }
            at += 1;
        }
        salience.meant
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

fn gender_of(pronoun: &str) -> Option<Class> {
    let is = |words: &[&str]| words.iter().any(|word| pronoun.eq_ignore_ascii_case(word));
    if is(&["he", "his", "him"]) {
        Some(Class::MALE)
    } else if is(&["she", "her"]) {
        Some(Class::FEMALE)
    } else {
        None
    }
}

fn is_first_person(pronoun: &str) -> bool {
    ["i", "we", "my", "our"].iter().any(|word| pronoun.eq_ignore_ascii_case(word))
}

/// Are two genders known and different?
fn contradicts(a: Class, b: Class) -> bool {
    a.any(GENDER) && b.any(GENDER) && !a.any(b)
}

/// “Sen.” before a name for “the senator” later.
fn abbreviates(short: &str, long: &str) -> bool {
    let stem = short.trim_end_matches('.');
    short.ends_with('.') && stem.len() >= 3 && long.starts_with(stem)
}

fn without_article(phrase: &str) -> String {
    let phrase = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
    ["the ", "The "].iter().find_map(|article| phrase.strip_prefix(article)).unwrap_or(&phrase).to_owned()
}
