//! From source to speaker: which person or body a source phrase stands for.
//!
//! A name stands for the person introduced under it; “she” for the person that the passage is about and that “she”
//! fits; “the senator” for the one senator introduced. Where two people fit, nobody is named.

use crate::lexicon::Class;
use crate::source::Span;
use crate::syntax::clause::noun_phrase::Sort;
use crate::syntax::names::{self, Name, Standing};
use crate::syntax::token::Token;

use super::{Speaker, SpeakerKind};

/// The people of one document, and where they are mentioned.
pub(super) struct People<'t> {
    text: &'t str,
    tokens: &'t [Token],
    names: Vec<Name>,
    /// For each name: the person it stands for.
    person_of: Vec<Option<usize>>,
    people: Vec<Person<'t>>,
}

/// One person as the document presents them.
struct Person<'t> {
    /// The fullest form of the name, as a range of tokens.
    fullest: (usize, usize),
    surname: &'t str,
    given: Option<&'t str>,
    gender: Class,
}

const GENDER: Class = Class::MALE.or(Class::FEMALE);

impl<'t> People<'t> {
    /// Ties the names of a document to people.
    pub(super) fn new(text: &'t str, tokens: &'t [Token], names: Vec<Name>) -> Self {
        let mut people = Self { text, tokens, person_of: vec![None; names.len()], names, people: Vec::new() };
        // Full names first: a surname may stand before its introduction, in a headline.
        for index in 0..people.names.len() {
            let name = people.names[index];
            if name.standing == Standing::Person {
                people.person_of[index] = Some(people.introduce(&name));
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

    fn introduce(&mut self, name: &Name) -> usize {
        let surname = names::surname(self.text, self.tokens, name);
        let given = (name.end - name.start > 1).then(|| self.word(name.start));
        let found = self.people.iter().position(|person| {
            person.surname == surname
                && match (person.given, given) {
                    (Some(a), Some(b)) => a == b || initial_of(a, b) || self.shares_given(person, name),
                    _ => {
                        person.gender == Class::NONE
                            || name.gender == Class::NONE
                            || person.gender == name.gender
                    }
                }
        });
        match found {
            Some(index) => {
                let person = &mut self.people[index];
                if person.gender == Class::NONE {
                    person.gender = name.gender;
                }
                let longer = name.end - name.start > person.fullest.1 - person.fullest.0;
                if longer {
                    person.fullest = (name.start, name.end);
                    person.given = person.given.or(given);
                }
                index
            }
            None => {
                self.people.push(Person {
                    fullest: (name.start, name.end),
                    surname,
                    given,
                    gender: name.gender,
                });
                self.people.len() - 1
            }
        }
    }

    /// “Hillary Rodham Clinton” and “Hillary Clinton”.
    fn shares_given(&self, person: &Person<'_>, name: &Name) -> bool {
        let person = (person.fullest.0..person.fullest.1).map(|at| self.word(at));
        person.clone().any(|word| word == self.word(name.start))
            || (name.start..name.end).any(|at| person.clone().next() == Some(self.word(at)))
    }

    /// The one person a short name can stand for.
    fn known(&self, name: &Name) -> Option<usize> {
        let surname = names::surname(self.text, self.tokens, name);
        let single = name.end - name.start == 1;
        let mut fits = self.people.iter().enumerate().filter(|(_, person)| {
            (person.surname == surname || single && person.given == Some(surname))
                && (single || self.shares_given(person, name))
        });
        let first = fits.next()?;
        fits.next().is_none().then_some(first.0)
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

    /// The last name inside a phrase.
    fn named(&self, source: Span) -> Option<Speaker> {
        let inside = self.names.partition_point(|name| name.span.start < source.start);
        let found =
            self.names[inside..].iter().enumerate().take_while(|(_, name)| name.span.end <= source.end);
        // “Reyes of the Harbour Board”: the name before the preposition is meant.
        let cut = self.first_preposition(source);
        let (offset, name) =
            found.take_while(|(_, name)| cut.is_none_or(|cut| name.span.start < cut)).last()?;
        let index = inside + offset;
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

    /// The person a pronoun stands for: the one that weighs most in the sentences before it.
    fn pronoun(&self, source: Span) -> Option<Speaker> {
        let word = source.of(self.text).split_whitespace().next().unwrap_or("").to_lowercase();
        let gender = match word.as_str() {
            "he" | "his" | "him" => Class::MALE,
            "she" | "her" => Class::FEMALE,
            "i" | "my" | "we" | "our" => {
                return Some(Speaker { name: "the writer".to_owned(), kind: SpeakerKind::Writer });
            }
            _ => return None,
        };
        let before = self.names.partition_point(|name| name.span.start < source.start);
        let mut weights = vec![0f32; self.people.len()];
        let mut sentence = 0u32;
        let mut at = self.tokens.partition_point(|token| token.span.start < source.start);
        for index in (0..before).rev() {
            let name = &self.names[index];
            while at > name.start {
                at -= 1;
                if self.tokens[at].is_final() {
                    sentence += 1;
                }
            }
            if sentence > FARTHEST {
                break;
            }
            let Some(person) = self.person_of[index] else { continue };
            if self.people[person].gender.any(GENDER) && !self.people[person].gender.any(gender) {
                continue;
            }
            weights[person] += self.weight(name) * DECAY.powi(sentence as i32) * self.certainty(person);
        }
        let best = weights.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)))?;
        (*best.1 > 0.0).then(|| self.speaker(best.0))
    }

    /// A person whose gender is not known fits a pronoun less well than one who is known to.
    fn certainty(&self, person: usize) -> f32 {
        if self.people[person].gender.any(GENDER) { 1.0 } else { 0.5 }
    }

    /// Subjects weigh more than objects, and owners least.
    fn weight(&self, name: &Name) -> f32 {
        let next = self.tokens.get(name.end);
        if next.is_some_and(|token| token.kind == crate::syntax::token::Kind::Possessive) {
            return 0.6;
        }
        let verb_follows =
            next.is_some_and(|token| token.is(Class::AUXILIARY.or(Class::FORM_PAST).or(Class::FORM_PRESENT)));
        let cue_before = name.start.checked_sub(1).is_some_and(|at| self.tokens[at].is(Class::CUE_SPEECH));
        let begins = name.start.checked_sub(1).is_none_or(|at| {
            self.tokens[at].is_final()
                || self.tokens[at].quote().is_some()
                || (self.tokens[at].is(Class::HONORIFIC))
        });
        if verb_follows || cue_before || begins { 2.0 } else { 1.0 }
    }
}

/// How many sentences back a pronoun looks.
const FARTHEST: u32 = 12;

/// What a mention weighs one sentence further back.
const DECAY: f32 = 0.7;

fn initial_of(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.ends_with('.') && short.len() == 2 && long.starts_with(&short[..1])
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
