//! Whom a pronoun stands for: weights of the people that a passage is about.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::strangers::{
    Stranger, after_aside, asks, gender_of_given, introduces, inverted, may_introduce, may_open,
    opens_clause, speaking, subject_phrase,
};
use super::{Meant, People, SourceInText, pronoun_gender};
use crate::lexicon::{Class, WordSet};
use crate::syntax::clause::noun_phrase::HeadKind;
use crate::syntax::names::{self, Name, NameClass};
use crate::syntax::token::{Kind, Token};

/// How much of the weightiest person's weight makes another fit as well: all but a rounding error. One who stood in
/// an earlier sentence, or as an object beside a subject, has at most two thirds, and a reader takes the other.
const CLOSE: f32 = 0.95;

/// What a mention weighs, by what it does in its sentence.
const SUBJECT: f32 = 2.0;
const OBJECT: f32 = 1.0;
const OWNER: f32 = 0.6;

/// What speaking weighs beside that, for a pronoun that speaks: “A,” Reyes said of the mayor. “B,” he added.
const VOICE: f32 = 3.0;

/// What a subject weighs that enters under the full name: whoever is introduced is talked about next.
const ENTRY: f32 = 3.0;

/// The share that each bearer of a surname gets of its weight, where it may mean either.
const SHARED: f32 = 0.5;

/// What is left of a weight one sentence further on.
const DECAY: f32 = 0.55;

/// A person whose gender is not known fits a pronoun less well than one who is known to.
const UNKNOWN: f32 = 0.65;

/// One for whom the other pronoun was taken before fits badly; but it may have been taken wrongly.
const AGAINST: f32 = 0.3;

/// Below this nobody is remembered: a dozen sentences after a single mention.
const FAINTEST: f32 = 0.002;

/// Pronouns that there is room for from the beginning: a story has about as many.
const USUAL: usize = 28;

/// The words that the reading stops at, names and sources aside: those that open a phrase, gerunds and pronouns.
const WATCHED: Class = Class::DETERMINER
    .or(Class::POSSESSIVE)
    .or(Class::NUMBER_WORD)
    .or(Class::FORM_GERUND)
    .or(Class::SUBJECT)
    .or(Class::OBJECT);

/// What the pronouns of a document stand for, and the people among them that it does not introduce.
pub(super) struct Read {
    pub(super) meant: FxHashMap<usize, Meant>,
    pub(super) strangers: Vec<Stranger>,
}

/// Decides what the pronouns of a document stand for, from its first token to its last.
///
/// Every mention gives a person weight, a subject more than an object and an owner least; weights fade with every
/// sentence; a pronoun stands for the weightiest person whom it fits, and is itself a mention of that person
/// (after Lappin and Leass, 1994, without their parser). Speaking is weighed apart: it tells whom a pronoun that speaks
/// stands for, and no other.
pub(super) struct Salience<'p, 't> {
    people: &'p People<'t>,
    /// Those who speak and are not introduced: they follow the people of the document in every list of weights.
    strangers: Vec<Stranger>,
    weights: Vec<f32>,
    /// What speaking has added.
    spoke: Vec<f32>,
    /// What names and titles tell of each person's gender.
    genders: Vec<Class>,
    /// How often a pronoun of a gender was taken for each person whose name tells none, the men's counted up and the
    /// women's down.
    leanings: Vec<i32>,
    meant: FxHashMap<usize, Meant>,
    /// The sentence that last named or meant each person, counted from 1.
    last: Vec<u32>,
    /// The sentence now.
    sentence: u32,
    /// The two people that were last joined, and the sentence: “Ana Reyes and Maria Lindt”.
    pair: Option<(usize, usize, u32)>,
    /// Has the sentence named or meant anybody yet?
    opened: bool,
    /// The last subject in the sentence.
    subject: Option<usize>,
    /// The sentence whose subject was last somebody that is not known to the document: “Pell said”.
    stranger: u32,
}

impl Salience<'_, '_> {
    pub(super) fn read(people: &People<'_>, voices: &[SourceInText]) -> Read {
        let count = people.people.len();
        let mut salience = Salience {
            people,
            strangers: Vec::new(),
            weights: vec![0.0; count],
            spoke: vec![0.0; count],
            genders: people.people.iter().map(|person| person.gender).collect(),
            leanings: vec![0; count],
            meant: FxHashMap::with_capacity_and_hasher(USUAL, FxBuildHasher),
            last: vec![0; count],
            sentence: 1,
            pair: None,
            opened: false,
            subject: None,
            stranger: 0,
        };
        let (mut next, mut voice) = (0, 0);
        let mut at = 0;
        let until = people.last_asked.map_or(people.tokens.len(), |last| {
            people.tokens.partition_point(|token| token.span.start <= last)
        });
        loop {
            // Most words are none of these: one look at each is enough.
            let source = voices.get(voice).map_or(u32::MAX, |voice| voice.span.start);
            let name = people.names.get(next).map_or(until, |name| name.start.min(until));
            let rest = people.tokens.get(at..name).unwrap_or_default().iter();
            let quiet = |token: &&Token| !token.is(WATCHED) && !token.is_final() && token.span.start < source;
            at += rest.take_while(quiet).count();
            let Some(token) = people.tokens.get(at).filter(|_| at < until) else { break };
            while voices.get(voice).is_some_and(|voice| voice.span.end <= token.span.start) {
                voice += 1;
            }
            let speaks = voices.get(voice).filter(|voice| voice.span.start <= token.span.start);
            if let Some(speaks) = speaks.filter(|voice| voice.span.start == token.span.start) {
                salience.described(*speaks);
            }
            if let Some(name) = people.names.get(next).filter(|name| name.start == at) {
                salience.mention(next, name, speaks.copied());
                next += 1;
                at = name.end.max(at + 1);
                continue;
            }
            if speaks.is_none() && may_open(token) {
                salience.clause(at);
            }
            if token.is_final() {
                salience.end_sentence();
            } else if token.is_word() && token.is(Class::CUE_SPEECH) && token.is(Class::FORM_GERUND) {
                // “Ruiz weighed in as well, telling the Gazette”
                let comma = at.checked_sub(1).is_some_and(|before| people.tokens[before].kind == Kind::Comma);
                if let Some(subject) = salience.subject.filter(|_| comma) {
                    salience.speaks(subject, false);
                }
            } else if token.is_word()
                && token.span.len() <= 3
                && token.is(Class::SUBJECT.or(Class::OBJECT).or(Class::POSSESSIVE))
            {
                salience.pronoun(at, speaks.filter(|voice| voice.span.start == token.span.start).copied());
            }
            at += 1;
        }
        Read { meant: salience.meant, strangers: salience.strangers }
    }

    fn end_sentence(&mut self) {
        // One list after the other: so several are taken at once.
        self.weights.iter_mut().for_each(|weight| *weight *= DECAY);
        self.spoke.iter_mut().for_each(|weight| *weight *= DECAY);
        self.sentence += 1;
        self.opened = false;
        self.subject = None;
    }

    /// Somebody described who is the source of a quotation: the one person with that role, or somebody new.
    fn described(&mut self, voice: SourceInText) {
        if voice.head_kind != HeadKind::Person {
            return;
        }
        if let Some(person) = self.people.role_bearer(voice.span) {
            self.weigh(person, SUBJECT);
            self.speaks(person, voice.asks);
        } else if let Some(stranger) = introduces(self.people, voice.span) {
            let index = self.strange(stranger, SUBJECT);
            self.speaks(index, voice.asks);
        }
    }

    /// Somebody described who is the subject of a clause: “A farmer from Skarrow said”, “but her mother told”.
    fn clause(&mut self, at: usize) {
        let tokens = self.people.tokens;
        // The cheaper look first: most phrases stand amid a clause.
        if !opens_clause(tokens, at) || !may_introduce(self.people, at) {
            return;
        }
        let Some(phrase) = subject_phrase(tokens, at) else { return };
        let named = tokens.get(phrase.end).is_some_and(|token| token.kind == Kind::Comma)
            && tokens.get(phrase.end + 1).is_some_and(Token::is_capital);
        let span = tokens[phrase.start].span.join(tokens[phrase.end - 1].span);
        let Some(stranger) = introduces(self.people, span).filter(|_| !named) else { return };
        let index = self.strange(stranger, SUBJECT);
        if let Some(cue) = speaking(tokens, (phrase.start, phrase.end)) {
            self.speaks(index, asks(self.people.text, &tokens[cue]));
        }
    }

    /// Gives the floor to whoever speaks. Who asks hands it on.
    fn speaks(&mut self, person: usize, asks: bool) {
        if !asks {
            self.spoke[person] = VOICE;
        }
    }

    /// A mention of somebody who is not introduced: where they stand in the lists of weights.
    fn strange(&mut self, stranger: Stranger, weight: f32) -> usize {
        let text = self.people.text;
        let same = |other: &Stranger| other.named && other.phrase.of(text) == stranger.phrase.of(text);
        let known = stranger.named.then(|| self.strangers.iter().position(same));
        let index = self.people.people.len()
            + known.flatten().unwrap_or_else(|| {
                self.weights.push(0.0);
                self.spoke.push(0.0);
                self.genders.push(stranger.gender);
                self.leanings.push(0);
                self.last.push(0);
                self.strangers.push(stranger);
                self.strangers.len() - 1
            });
        self.weigh(index, weight);
        index
    }

    fn weigh(&mut self, person: usize, weight: f32) {
        self.opened |= weight != OWNER;
        self.weights[person] += weight;
        self.last[person] = self.sentence;
        if weight >= SUBJECT {
            self.subject = Some(person);
        }
    }

    /// A name, inside the source of a quotation or not.
    fn mention(&mut self, index: usize, name: &Name, source: Option<SourceInText>) {
        let tokens = self.people.tokens;
        let person = self.people.person_of[index];
        let short = name.end - name.start == 1;
        if person.is_none() && !short && name.class != NameClass::Unknown {
            return;
        }
        let next = tokens.get(name.end);
        let owner = next.is_some_and(|token| token.kind == Kind::Possessive);
        // “Ruiz campaign spokesman Tobi Okafor”: what a name stands before as an adjective does.
        let attribute = next.is_some_and(|token| {
            token.is_word() && !token.is_capital() && token.is(Class::BODY_NOUN.or(Class::PERSON_NOUN))
        });
        let before = name.start.checked_sub(1).map(|at| &tokens[at]);
        let after_preposition = before.is_some_and(|token| token.is_word() && token.is(Class::PREPOSITION));
        let head = source.filter(|source| self.people.name_in(source.span) == Some(index));
        // “Ruiz's lawsuit demands”: who speaks in a paper is talked about as much as the paper.
        let paper = tokens.get(name.end + 1).is_some_and(|thing| thing.is(Class::DOCUMENT_NOUN));
        let author = owner && paper && !self.opened && !after_preposition;
        let weight = if author {
            SUBJECT
        } else if owner || attribute {
            OWNER
        } else if head.is_some()
            || !after_preposition && (!self.opened || inverted(tokens, name.start) || self.acts(name))
        {
            SUBJECT
        } else {
            OBJECT
        };
        if person.is_none() && weight == SUBJECT && self.is_stranger(name) {
            if self.is_namesake(name) {
                let phrase = Stranger { phrase: name.span, named: true, gender: name.gender };
                self.strange(phrase, ENTRY);
            } else {
                self.stranger = self.sentence;
            }
        }
        if person.is_none() && !short {
            return;
        }
        let speaks = head.is_some()
            || !owner && (names::speaks(tokens, name) || speaking(tokens, (name.start, name.end)).is_some());
        let asked = before.is_some_and(|token| asks(self.people.text, token));
        let asks = match head {
            Some(voice) => voice.asks,
            None => next.is_some_and(|token| asks(self.people.text, token)),
        };
        let speaks = (speaks || asked).then_some(asks);
        match person {
            Some(person) => {
                let first = self.last[person] == 0;
                let enters = first && weight == SUBJECT && !short;
                self.weigh(person, if enters { ENTRY } else { weight });
                if let Some(asks) = speaks {
                    self.speaks(person, asks);
                }
                self.join(index, person);
            }
            // A surname that two people bear may mean either; the pronoun after it tells which.
            None => {
                let surname = names::surname(self.people.text, tokens, name);
                let mut borne = false;
                let people = self.people;
                for &person in people.of_surname(surname) {
                    if !people.people[person].gender.contradicts_gender(name.gender) {
                        borne = true;
                        self.opened |= weight != OWNER;
                        self.weights[person] += weight * SHARED;
                        if let Some(asks) = speaks {
                            self.speaks(person, asks);
                        }
                    }
                }
                // “Pell said”; “Maria waved”, who is Maria and no more.
                let place = before.is_some_and(|token| {
                    self.people.view.language.has(WordSet::PlaceLead, token.span.of(self.people.text))
                });
                // At the start of a sentence a capital alone tells no name: “Hope was gone”, “Harsh comments”.
                let opens = before.is_none_or(|token| !token.is_word() && token.kind != Kind::Comma);
                let other = Class::CUE.or(Class::VERB).or(Class::CUE_NOUN).or(Class::ADVERB);
                let plain = self.acts(name) && !tokens[name.start].is(other);
                // “the Victoria wing”
                let article = before.is_some_and(|token| {
                    token.is_word() && token.is(Class::DETERMINER) && !token.is(Class::SUBJECT)
                });
                let given = name.class == NameClass::Short
                    && !place
                    && !article
                    && (!opens || plain || self.is_met(name));
                if !borne && (given || speaks.is_some() && name.class == NameClass::Unknown) {
                    let gender = gender_of_given(self.people, name);
                    let stranger = Stranger { phrase: name.span, named: true, gender };
                    if gender != Class::NONE || speaks.is_some() {
                        let index = self.strange(stranger, weight);
                        if let Some(asks) = speaks {
                            self.speaks(index, asks);
                        }
                    }
                }
            }
        }
    }

    /// Is the subject of the sentence, as far as its words tell, somebody whom the document has not introduced as a
    /// person: “Pell said”, “Gideon Pell watched from the back”?
    fn is_stranger(&self, name: &Name) -> bool {
        let People { text, tokens, view, .. } = self.people;
        let article = name.start.checked_sub(1).is_some_and(|before| tokens[before].is(Class::DETERMINER));
        let aside = tokens.get(name.end).is_some_and(|next| next.kind == Kind::Comma);
        let acted = tokens.get(name.end).is_some_and(|next| next.span.of(text).ends_with("ed"));
        let opens = !self.opened && !article && (aside || acted || self.acts(name));
        name.class == NameClass::Unknown
            && (names::speaks(tokens, name) || opens && names::may_be_person(*view, name))
    }

    /// “Ozra Vane shouted” in a text about Peter Vane: the family name tells that this is a person.
    fn is_namesake(&self, name: &Name) -> bool {
        let surname = names::surname(self.people.text, self.people.tokens, name);
        name.end - name.start > 1 && !self.people.of_surname(surname).is_empty()
    }

    /// Has a name stood for somebody who is not introduced before?
    fn is_met(&self, name: &Name) -> bool {
        let text = self.people.text;
        self.strangers.iter().any(|stranger| stranger.phrase.of(text) == name.span.of(text))
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

    /// Does a verb follow the name, or the aside after it?
    fn acts(&self, name: &Name) -> bool {
        let verb = |at: usize| {
            self.people
                .tokens
                .get(at)
                .is_some_and(|token| token.is(Class::AUXILIARY.or(Class::FORM_PAST).or(Class::FORM_PRESENT)))
        };
        verb(name.end) || after_aside(self.people.tokens, name.end).is_some_and(verb)
    }

    /// Somebody else to whom an “and” joined this person last.
    fn partner(&self, person: usize) -> Option<usize> {
        let (one, other, _) = self.pair?;
        let partner = if one == person { other } else { one };
        ((one == person || other == person) && partner != person).then_some(partner)
    }

    /// Did the sentence before the pronoun's join these two people with an “and”, both known to fit, and name neither again?
    /// Elsewhere the grammar prefers one of them: the subject, the one who spoke, the one named last.
    fn joined(&self, one: usize, other: usize, gender: Class) -> bool {
        let before = self.sentence - 1;
        self.genders[one] == gender
            && self.genders[other] == gender
            && self.last[one] == before
            && self.last[other] == before
            && self.pair.is_some_and(|(_, _, at)| at == before)
    }

    /// How well a person whose name tells no gender fits a pronoun, after the pronouns before it.
    fn leaning(&self, person: usize, gender: Class) -> f32 {
        let votes = if gender == Class::MALE { self.leanings[person] } else { -self.leanings[person] };
        match votes {
            0 => UNKNOWN,
            1.. => 1.0,
            _ => AGAINST,
        }
    }

    /// A pronoun: whom it stands for. `voice`: it is the source of a quotation.
    fn pronoun(&mut self, at: usize, voice: Option<SourceInText>) {
        let Some(gender) = pronoun_gender(self.people.tokens[at].span.of(self.people.text)) else { return };
        let subject = self.people.tokens[at].is(Class::SUBJECT);
        let tokens = self.people.tokens;
        let cue = speaking(tokens, (at, at + 1)).filter(|_| subject);
        let speaks = voice.is_some() || cue.is_some();
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        let asked = before.is_some_and(|token| asks(self.people.text, token));
        let asks = match voice {
            Some(voice) => voice.asks,
            None => cue.is_some_and(|cue| asks(self.people.text, &tokens[cue])),
        };
        let fit = |person: usize| {
            let known = self.genders[person];
            let certainty = if known == Class::NONE { self.leaning(person, gender) } else { 1.0 };
            let weight = self.weights[person] + if speaks { self.spoke[person] } else { 0.0 };
            (weight > FAINTEST && !known.contradicts_gender(gender)).then_some((person, weight * certainty))
        };
        let fits = (0..self.weights.len()).filter_map(fit);
        let order = |a: &(usize, f32), b: &(usize, f32)| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0));
        let Some((person, weight)) = fits.max_by(order) else { return };
        // “Pell said no. “Never,” he added”: whoever Pell is, nobody from further up is meant before him.
        if self.stranger + 1 >= self.sentence && self.stranger > self.last[person] {
            self.stranger = self.sentence;
            return;
        }
        let rival = self
            .partner(person)
            .and_then(fit)
            .filter(|&(other, close)| close >= weight * CLOSE && self.joined(person, other, gender))
            .map(|(other, _)| other);
        self.meant.insert(at, Meant { person, rival });
        self.last[person] = self.sentence;
        if self.genders[person] == Class::NONE {
            let step = if gender == Class::MALE { 1 } else { -1 };
            self.leanings[person] = self.leanings[person].saturating_add(step);
        }
        self.weights[person] += if !subject {
            OWNER
        } else if self.opened {
            OBJECT
        } else {
            SUBJECT
        };
        if speaks || asked {
            self.speaks(person, asks && !asked);
        }
        self.opened |= subject;
        if subject {
            self.subject = Some(person);
        }
    }
}
