//! From source to speaker: which person or body a source phrase stands for.
//!
//! A name stands for the person introduced under it; “she” for the person that the passage is about and that “she”
//! fits; “the senator” for the one senator introduced. Where two people fit, nobody is named.

mod how;

use std::cell::OnceCell;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::lexicon::Class;
use crate::source::{ProseSpan, one_line};
use crate::syntax::clause::noun_phrase::HeadKind;
use crate::syntax::clause::view::TokenView;
use crate::syntax::names::{self, Name, NameClass};
use crate::syntax::token::{Kind, Token};

pub use how::{Tie, Tied};

use super::speaker::{Speaker, SpeakerKind};

mod cast;
mod fiction;
mod namesakes;
mod quoted;
mod roles;
mod salience;
mod slips;
mod strangers;
mod things;
mod told;
mod writer;

pub use cast::Cast;
pub use writer::Lines;

/// The source of a quotation: the phrase, and what it is.
#[derive(Clone, Copy, Debug)]
pub struct SourceInText {
    /// The phrase that names the source.
    pub span: ProseSpan,
    /// What its head is.
    pub head_kind: HeadKind,
    /// Does it ask?
    pub asks: bool,
}

/// The people of one document, and where they are mentioned.
pub struct People<'t> {
    view: TokenView<'t>,
    text: &'t str,
    tokens: &'t [Token],
    names: Vec<Name>,
    /// The tokens of names of several words, in the order of their words, each word once; gathered when the first name of one
    /// word is held against them.
    in_longer: OnceCell<Vec<usize>>,
    /// For each name: the person it stands for.
    person_of: Vec<Option<usize>>,
    people: Vec<Person<'t>>,
    /// The people of each family name, in order.
    by_surname: FxHashMap<&'t str, SmallVec<[usize; 2]>>,
    /// The sources of the document's quotations, in order.
    voices: Vec<SourceInText>,
    /// The lines that tell who wrote the document.
    lines: &'t Lines,
    /// Where the last pronoun starts that may be asked about; `None` where it may be any in the document.
    last_asked: Option<u32>,
    /// Does nobody ask whom a pronoun fits besides?
    without_rivals: bool,
    /// Whom pronouns stand for. Not every document has a pronoun for a source.
    read: OnceCell<salience::Read>,
    /// In fiction a name with an honorific, and one that several bear, stands for itself.
    fiction: bool,
    /// In fiction: the genders known of those whom each name stands for.
    genders: FxHashMap<String, Class>,
    /// The tokens that say of somebody that “they” is the right word, looked for when the first such pronoun speaks.
    telling_they: OnceCell<Vec<usize>>,
    /// In fiction: how often each description speaks, in small letters.
    standing: FxHashMap<String, u32>,
}

/// The person a pronoun stands for, and another whom it fits as well: an index among the people, or beyond them among
/// the strangers.
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
    given: Option<&'t str>,
    gender: Class,
    /// “Jr.”: whoever bears the name without it is somebody else.
    suffixed: bool,
}

impl Person<'_> {
    /// “Edmund II”: a given name with a number is not who is called by that given name alone.
    fn is_regnal(&self) -> bool {
        self.suffixed && self.given == Some(self.surname)
    }
}

/// People of one family name whom a new name is compared with. More come from a list or a trick; a name that fits none of the
/// first ones is a person of its own.
const MOST_NAMESAKES: usize = 256;

impl<'t> People<'t> {
    /// Ties the names of a document to people. `voices`: the sources of its quotations, in order; `lines`: those that
    /// tell who wrote it.
    pub fn new(
        view: TokenView<'t>,
        names: Vec<Name>,
        headings: &[ProseSpan],
        voices: Vec<SourceInText>,
        lines: &'t Lines,
    ) -> Self {
        let TokenView { text, tokens, .. } = view;
        let mut people = Self {
            view,
            text,
            tokens,
            person_of: vec![None; names.len()],
            names,
            in_longer: OnceCell::new(),
            people: Vec::new(),
            by_surname: FxHashMap::with_capacity_and_hasher(names::USUAL_SURNAMES, FxBuildHasher),
            voices,
            lines,
            last_asked: None,
            without_rivals: false,
            read: OnceCell::new(),
            fiction: false,
            genders: FxHashMap::default(),
            telling_they: OnceCell::new(),
            standing: FxHashMap::default(),
        };
        // Full names first: a surname may stand before its introduction, in a headline.
        // A headline's own after those of the text: its capitals run into words that are no name.
        for in_heading in [false, true] {
            for index in 0..people.names.len() {
                let name = people.names[index];
                if name.class != NameClass::Person {
                    continue;
                }
                let before = headings.partition_point(|heading| heading.start <= name.span.start);
                let heading = before > 0 && headings[before - 1].contains(name.span);
                if heading == in_heading {
                    people.person_of[index] = people.introduce(&name, heading);
                }
            }
        }
        // Most names that are left are nobody's: one look tells.
        let given: FxHashSet<&str> = people.people.iter().filter_map(|person| person.given).collect();
        for index in 0..people.names.len() {
            let name = people.names[index];
            if people.person_of[index].is_none()
                && matches!(name.class, NameClass::Short | NameClass::Unknown)
                && let surname = names::surname(text, tokens, &name)
                && (given.contains(surname) || people.by_surname.contains_key(surname))
            {
                people.person_of[index] = people.named_in_full(&name).or_else(|| people.known(&name));
            }
        }
        slips::mend(&mut people);
        people
    }

    /// Every name of the document, with the person it stands for in the fullest form.
    pub fn names(&self) -> impl Iterator<Item = (&Name, Option<String>)> {
        self.names
            .iter()
            .zip(&self.person_of)
            .map(|(name, person)| (name, person.map(|person| self.shown(person))))
    }

    fn word(&self, at: usize) -> &'t str {
        self.tokens[at].span.of(self.text)
    }

    /// The people of a family name, in order.
    fn of_surname(&self, surname: &str) -> &[usize] {
        self.by_surname.get(surname).map_or(&[], SmallVec::as_slice)
    }

    /// The person whom a name introduces or names again; nobody where it fits several who are introduced.
    fn introduce(&mut self, name: &Name, heading: bool) -> Option<usize> {
        let surname = names::surname(self.text, self.tokens, name);
        if self.begins_with_particle(name)
            && let Some(known) = self.known(name)
        {
            return Some(known);
        }
        let given = (name.end - name.start > 1).then(|| self.word(name.start));
        let suffixed = (name.start..name.end).any(|at| self.tokens[at].is(Class::SUFFIX));
        let relative = given.is_none() && self.is_a_relative(name);
        let namesakes = self.of_surname(surname).iter().copied().take(MOST_NAMESAKES);
        let mut fitting = namesakes.filter(|&index| {
            let person = &self.people[index];
            !(person.is_regnal() && !suffixed)
                && !(relative && person.given.is_some())
                && match (person.given, given) {
                    (Some(a), Some(b)) => {
                        person.suffixed == suffixed
                            && (!suffixed
                                || self.suffix(person.fullest) == self.suffix((name.start, name.end)))
                            && self.may_be_one(person, name, (a, b))
                    }
                    _ => {
                        person.gender == Class::NONE
                            || name.gender == Class::NONE
                            || person.gender == name.gender
                    }
                }
        });
        let found = fitting.next();
        // “Ms. Vane” where both Maria and Anna Vane are introduced.
        if given.is_none() && fitting.next().is_some() {
            return None;
        }
        let found = found.or_else(|| self.called_by_given(name)).or_else(|| self.called_by_first(name));
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
                self.by_surname.entry(surname).or_default().push(self.people.len());
                self.people.push(Person {
                    fullest: (name.start, name.end),
                    surname,
                    given,
                    gender: name.gender,
                    suffixed,
                });
                Some(self.people.len() - 1)
            }
        }
    }

    /// “Jr” of “Peter Holt Jr.”, without its stop.
    fn suffix(&self, (start, end): (usize, usize)) -> Option<&'t str> {
        let suffix = (start..end).rev().find(|&at| self.tokens[at].is(Class::SUFFIX))?;
        Some(self.word(suffix).trim_end_matches('.'))
    }

    /// “Adaeze Quennell” in a text about Ms. Quennell: the family name tells that this is a person, in full at last.
    fn named_in_full(&mut self, name: &Name) -> Option<usize> {
        let surname = names::surname(self.text, self.tokens, name);
        let may_be = names::may_be_person(self.view, name);
        let &[index] = self.of_surname(surname) else { return None };
        let before = name.start.checked_sub(1).map(|at| &self.tokens[at]);
        let thing = before.is_some_and(|token| token.is_word() && token.is(Class::DETERMINER));
        if self.people[index].given.is_some() || thing || !may_be {
            return None;
        }
        let given = self.word(name.start);
        let person = &mut self.people[index];
        person.fullest = (name.start, name.end);
        person.given = Some(given);
        Some(index)
    }

    /// The one person a short name can stand for: by surname, and only where nobody bears that, by given name. Of a
    /// father and a son of one name, the name alone is the father's.
    fn known(&self, name: &Name) -> Option<usize> {
        let word = names::surname(self.text, self.tokens, name);
        let single = name.end - name.start == 1;
        if !single && self.begins_with_particle(name) {
            let mut bearers = self.of_surname(word).iter().filter(|&&person| self.ends_alike(person, name));
            return bearers.next().copied().filter(|_| bearers.next().is_none());
        }
        match self.one(name, self.of_surname(word).iter().copied()) {
            (Some(_), true) => self.introduced_so_far(name, word),
            (Some(person), false) => Some(person),
            (None, _) if single => match self.one(name, self.of_given(word)) {
                (Some(person), false) => Some(person),
                _ => None,
            },
            (None, _) => None,
        }
    }

    /// “Nestor said”, and “his wife, Orla Nestor,” further down: of several bearers, the only one who has been introduced by then.
    fn introduced_so_far(&self, name: &Name, surname: &str) -> Option<usize> {
        let before = |&&person: &&usize| self.people[person].fullest.0 < name.start;
        let mut bearers = self.of_surname(surname).iter().take(MOST_NAMESAKES).filter(before);
        let only = *bearers.next()?;
        let fits = !self.people[only].gender.contradicts_gender(name.gender);
        (fits && bearers.next().is_none()).then_some(only)
    }

    /// Whom a pronoun means: a person of the document, or a stranger to it.
    fn speaker_meant(&self, person: usize) -> Speaker {
        match person.checked_sub(self.people.len()) {
            Some(stranger) => self.read().strangers[stranger].speaker(self.text),
            None => self.speaker(person),
        }
    }

    fn speaker(&self, person: usize) -> Speaker {
        Speaker { name: self.shown(person), kind: SpeakerKind::Person }
    }

    /// Whom a source phrase stands for.
    pub fn resolve(&self, source: ProseSpan, head_kind: HeadKind) -> Option<Speaker> {
        let phrase = source.of(self.text);
        match head_kind {
            // “I” is the narrator, whom a byline does not name; “the girl” is somebody whom the reader knows by name.
            HeadKind::Pronoun if self.fiction && is_first_person(phrase) => None,
            HeadKind::Person | HeadKind::Other | HeadKind::Document if self.fiction => {
                self.described_in_fiction(source, head_kind)
            }
            HeadKind::Pronoun => self.pronoun(source),
            HeadKind::Name => self.named(source),
            HeadKind::Person => self.described(source),
            HeadKind::Body | HeadKind::Document => Some(Speaker {
                name: without_article(phrase),
                kind: if head_kind == HeadKind::Body { SpeakerKind::Body } else { SpeakerKind::Unnamed },
            }),
            // “Olga Pell Friday”: a person's name opens the phrase, and what follows is no part of it.
            HeadKind::Other if self.opens_with_person(source) => self.named(source),
            HeadKind::Other => Some(Speaker { name: without_article(phrase), kind: SpeakerKind::Unnamed }),
        }
    }

    fn opens_with_person(&self, source: ProseSpan) -> bool {
        let first = self.names.partition_point(|name| name.span.start < source.start);
        self.names.get(first).is_some_and(|name| {
            name.span.start == source.start
                && name.class == NameClass::Person
                && self.tokens.get(name.end).is_some_and(|next| next.is(Class::WEEKDAY.or(Class::MONTH)))
        })
    }

    /// The last name inside a phrase: its index among the names.
    fn name_in(&self, source: ProseSpan) -> Option<usize> {
        let inside = self.names.partition_point(|name| name.span.start < source.start);
        let found =
            self.names[inside..].iter().enumerate().take_while(|(_, name)| name.span.end <= source.end);
        // “Reyes of the Harbour Board”: the name before the preposition is meant.
        let cut = self.first_preposition(source);
        let main = found.clone().take_while(|(_, name)| cut.is_none_or(|cut| name.span.start < cut)).last();
        // The name that ends the phrase.
        let last = || found.clone().last().filter(|(_, name)| name.span.end == source.end);
        if let Some((_, name)) = main
            && let Some((at, _)) = last().filter(|(_, last)| self.hides(name, last))
        {
            return Some(inside + at);
        }
        // “the mother of one victim, Siobhan Cray”: the name that ends the phrase, after a comma.
        let apposed = || last().filter(|(_, name)| self.follows_comma(name));
        Some(inside + main.or_else(apposed)?.0)
    }

    /// Is what looks like a name before the preposition of a phrase only part of what describes the person whom the phrase
    /// names at its end: the title of “Secretary of State Ana Ruiz”, the owner in “Ruiz's chief of staff, Bo Lee”?
    fn hides(&self, name: &Name, last: &Name) -> bool {
        let owner = self.tokens.get(name.end).is_some_and(|next| next.kind == Kind::Possessive);
        let head = &self.tokens[name.end - 1];
        // “Attorney General of Oster Ana Ruiz”: the second word of the title looks like a name after the first.
        let of_title =
            name.end - name.start == 1 && head.is(Class::PERSON_NOUN) && !head.is(Class::GIVEN_NAME);
        let title = (name.class != NameClass::Person || of_title)
            && head.is(Class::PERSON_NOUN.or(Class::BODY_NOUN))
            && last.class == NameClass::Person;
        title || owner && self.follows_comma(last)
    }

    fn follows_comma(&self, name: &Name) -> bool {
        name.start.checked_sub(1).is_some_and(|at| self.tokens[at].kind == Kind::Comma)
    }

    /// Whom the last name inside a phrase stands for.
    fn named(&self, source: ProseSpan) -> Option<Speaker> {
        let Some(index) = self.name_in(source) else { return self.named_after_verb(source) };
        let name = &self.names[index];
        if self.fiction && name.class != NameClass::Body {
            let titled = name.start.checked_sub(1).is_some_and(|at| self.tokens[at].is(Class::HONORIFIC));
            if titled || self.person_of[index].is_none() {
                return Some(Speaker { name: self.with_honorific(name), kind: SpeakerKind::Person });
            }
        }
        if let Some(person) = self.person_of[index] {
            return Some(self.speaker(person));
        }
        if name.class == NameClass::Body {
            return Some(Speaker { name: without_article(source.of(self.text)), kind: SpeakerKind::Body });
        }
        let surname = names::surname(self.text, self.tokens, name);
        let bearers = self.of_surname(surname);
        if bearers.len() > 1 {
            // Two bearers: only an honorific can tell them apart.
            let fits =
                |person: &&usize| name.gender != Class::NONE && self.people[**person].gender == name.gender;
            let mut fitting = bearers.iter().filter(fits);
            return match (fitting.next(), fitting.next()) {
                (Some(&person), None) => Some(self.speaker(person)),
                _ => None,
            };
        }
        let kind = if name.end - name.start == 1
            || name.class == NameClass::Person
            || self.is_called_person(source, name.span)
        {
            SpeakerKind::Person
        } else {
            SpeakerKind::Body
        };
        Some(Speaker { name: one_line(name.span.of(self.text)), kind })
    }

    /// “Says Reyes: “…””: the capital of the verb before it makes one run of the two.
    fn named_after_verb(&self, source: ProseSpan) -> Option<Speaker> {
        let index = self.names.partition_point(|name| name.span.end < source.end);
        let name = self.names.get(index).filter(|name| name.span.end == source.end)?;
        let start = self.tokens.partition_point(|token| token.span.start < source.start);
        let verb = self.tokens.get(name.start)?;
        if start != name.start + 1 || !verb.is(Class::CUE) {
            return None;
        }
        let own = Name { start, span: source, class: NameClass::Unknown, gender: Class::NONE, ..*name };
        let person = self.known(&own).map(|person| self.speaker(person));
        person.or_else(|| Some(Speaker { name: one_line(source.of(self.text)), kind: SpeakerKind::Person }))
    }

    fn first_preposition(&self, source: ProseSpan) -> Option<u32> {
        let from = self.tokens.partition_point(|token| token.span.start <= source.start);
        self.tokens[from..]
            .iter()
            .take_while(|token| token.span.end <= source.end)
            .find(|token| token.is_word() && !token.is_capital() && token.is(Class::PREPOSITION))
            .map(|token| token.span.start)
    }

    /// “the senator”: the one person introduced with that role; otherwise somebody unnamed.
    fn described(&self, source: ProseSpan) -> Option<Speaker> {
        Some(match self.role_bearer(source) {
            Some(person) => self.speaker(person),
            None => Speaker { name: without_article(source.of(self.text)), kind: SpeakerKind::Unnamed },
        })
    }

    /// Promises that only the sources of the quotations are going to be asked about: what stands after the last pronoun
    /// among them is not read for pronouns.
    pub fn ask_voices_only(&mut self) {
        let mut pronouns = self.voices.iter().filter(|voice| voice.head_kind == HeadKind::Pronoun);
        self.last_asked = Some(pronouns.next_back().map_or(0, |voice| voice.span.start));
    }

    /// What the pronouns stand for, decided when the first of them is asked about.
    fn read(&self) -> &salience::Read {
        self.read.get_or_init(|| salience::Salience::read(self, &self.voices))
    }

    /// The person a pronoun stands for.
    fn pronoun(&self, source: ProseSpan) -> Option<Speaker> {
        let token = self.tokens.partition_point(|token| token.span.start < source.start);
        match pronoun_gender(source.of(self.text)) {
            Some(_) => self.read().meant.get(&token).map(|meant| self.speaker_meant(meant.person)),
            None if source.of(self.text).eq_ignore_ascii_case("it") => {
                let (span, head_kind) = self.thing(source)?;
                self.resolve(span, head_kind)
            }
            None if source.of(self.text).eq_ignore_ascii_case("they") => {
                self.called_they(source).map(|person| self.speaker(person))
            }
            None => is_first_person(source.of(self.text)).then(|| {
                if let Some(labelled) = self.labelled(source) {
                    return labelled;
                }
                // “We” are the writer and others.
                let alone = ["i", "my"].iter().any(|word| source.of(self.text).eq_ignore_ascii_case(word));
                let name = alone.then(|| self.writer(self.lines)).flatten();
                Speaker { name: name.unwrap_or_else(|| "the writer".to_owned()), kind: SpeakerKind::Writer }
            }),
        }
    }
}

impl People<'_> {
    /// Promises that nobody is going to ask whom a pronoun fits besides: it is never told then.
    pub const fn leave_rivals_out(&mut self) {
        self.without_rivals = true;
    }

    /// Somebody else whom a pronoun fits as well as the person it is taken for.
    pub fn rival(&self, source: ProseSpan) -> Option<String> {
        if self.without_rivals {
            return None;
        }
        let token = self.tokens.partition_point(|token| token.span.start < source.start);
        self.read().meant.get(&token)?.rival.map(|rival| self.speaker_meant(rival).name)
    }
}

/// The gender of “he” and “she”, and of the forms that belong to them; `None` for every other word.
pub fn pronoun_gender(pronoun: &str) -> Option<Class> {
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

fn without_article(phrase: &str) -> String {
    let mut phrase = one_line(phrase);
    if phrase.starts_with("the ") || phrase.starts_with("The ") {
        phrase.drain(.."the ".len());
    }
    phrase
}
