//! Subjects: the noun phrase that a verb's clause is about.
//!
//! A finite verb has its subject before it, with an adverbial or an aside between; a verb after “and” shares the
//! subject of the verb before; a participle and an infinitive take the subject of the clause they hang on.

mod aside;
mod host;
mod outer;

use std::cell::Cell;
use std::ops::Deref;

use super::noun_phrase::{self, HeadKind, NounPhrase};
use super::verb::auxiliary_tense;
use super::view::{TokenView, Verb, Voice};
use crate::lexicon::{Class, WordSet};
use crate::syntax::token::{Kind, Token};

/// How many verbs a shared subject is followed back through; a sentence has fewer.
const DEEPEST: usize = 6;

/// How many verbs are looked at for one subject. A sentence of news takes up to 14 and one of a novel 50; in a sentence of
/// hundreds of verbs, each hanging on those before it, the number of ways would double with every verb.
const MOST_VERBS: u32 = 64;

/// Where a subject is looked for.
#[derive(Clone, Copy)]
struct Clause<'a> {
    words: TokenView<'a>,
    /// The sentence's first token.
    floor: usize,
    /// Verbs that may still be looked at.
    left: &'a Cell<u32>,
}

/// The subject of the verb, looked for between `floor` and the verb.
pub fn of(words: TokenView<'_>, floor: usize, verb: &Verb) -> Option<NounPhrase> {
    Clause { words, floor, left: &Cell::new(MOST_VERBS) }.subject(verb, DEEPEST)
}

/// What a sentence up to `before` is about, and the verb that says so: the nearest finite verb to the left whose
/// subject can speak and whose clause is not itself reported, else the subject of the first auxiliary.
pub fn main(words: TokenView<'_>, floor: usize, before: usize) -> Option<(NounPhrase, usize)> {
    Clause { words, floor, left: &Cell::new(MOST_VERBS) }.host_verb(before, DEEPEST)
}

impl<'a> Deref for Clause<'a> {
    type Target = TokenView<'a>;

    fn deref(&self) -> &Self::Target {
        &self.words
    }
}

impl Clause<'_> {
    fn subject(self, verb: &Verb, depth: usize) -> Option<NounPhrase> {
        let depth = depth.checked_sub(1)?;
        self.left.set(self.left.get().checked_sub(1)?);
        match verb.voice {
            Voice::Infinitive => self
                .controller(verb.first)
                // “before Reyes started to call it”: the verb right before “to” has the same subject.
                .or_else(|| {
                    let before = verb.first.checked_sub(1).filter(|&at| at >= self.floor)?;
                    let leading = self.verb(before).filter(|verb| verb.voice == Voice::Active)?;
                    self.subject(&leading, depth).filter(|phrase| phrase.head_kind != HeadKind::Other)
                })
                // “with Reyes taking the floor to call it”
                .or_else(|| {
                    let leading = (self.floor..verb.first).rev().find_map(|at| self.verb(at))?;
                    self.subject(&leading, depth)
                        .filter(|phrase| leading.voice == Voice::Gerund && phrase.names_source())
                })
                .or_else(|| self.host(verb.first, depth)),
            Voice::Gerund => self.of_participle(verb, depth),
            Voice::Active | Voice::Passive => self.of_finite(verb, depth),
        }
    }

    fn of_finite(self, verb: &Verb, depth: usize) -> Option<NounPhrase> {
        let end = self.before_adverbial(verb.first);
        let before = end.checked_sub(1).filter(|&before| before >= self.floor)?;
        let token = &self.tokens[before];
        match token.kind {
            Kind::Quote(_) if self.ends_with_comma(token) => self
                .inverted(verb)
                .or_else(|| self.before_asides(before))
                .or_else(|| self.host(before, depth)),
            Kind::Comma => self
                .before_asides(before)
                .or_else(|| self.before_bracket(before))
                .or_else(|| self.host(before, depth)),
            Kind::Close => self.before_bracket(end),
            Kind::Dash => {
                let open = self.find_back(before, |token| token.kind == Kind::Dash)?;
                let relative = open.checked_sub(1).filter(|&at| at > self.floor);
                match relative.filter(|&at| self.tokens[at].is(Class::RELATIVE)) {
                    Some(relative) => self.antecedent(relative),
                    None => noun_phrase::backward(self.tokens, self.floor, open),
                }
            }
            Kind::Word if token.is(Class::COORDINATOR) && !token.is_capital() => self.shared(before, depth),
            Kind::Word if token.is(Class::RELATIVE) => {
                let itself = NounPhrase { start: before, end: before + 1, head_kind: HeadKind::Pronoun };
                self.antecedent(before).or_else(|| (!token.is(Class::DETERMINER)).then_some(itself))
            }
            // “it” may be the object of a relative clause: “the official who saw it said”.
            _ if token.is(Class::SUBJECT) && !self.is_in(before, WordSet::It) => {
                noun_phrase::backward(self.tokens, self.floor, end)
            }
            _ => self
                .before_relative_clause(end)
                .or_else(|| self.before_contact_clause(end))
                .or_else(|| self.before_phrase(end, depth)),
        }
    }

    /// “…,” said Reyes, adding: what follows a cue right after a quotation.
    fn inverted(self, verb: &Verb) -> Option<NounPhrase> {
        noun_phrase::forward(self.tokens, verb.at + 1)
            .filter(|phrase| matches!(phrase.head_kind, HeadKind::Name | HeadKind::Person | HeadKind::Body))
            .filter(|_| self.tokens[verb.at].is(Class::CUE_VERBATIM))
    }

    /// “author of “Tides,” said”: the comma stands inside the marks.
    fn ends_with_comma(self, quote: &Token) -> bool {
        let inside = quote.span.of(self.text).trim_end_matches(['”', '"', '\'', '’', '»']);
        inside.ends_with(',')
    }

    /// The noun phrase that ends at `end`; “and in a statement said” has an adverbial there and its subject before.
    fn before_phrase(self, end: usize, depth: usize) -> Option<NounPhrase> {
        let phrase = noun_phrase::backward(self.tokens, self.floor, end)?;
        let preposition =
            phrase.start.checked_sub(1).filter(|&at| at > self.floor && self.is_preposition(at));
        if let Some(name) = self.name_after_place(&phrase) {
            return Some(name);
        }
        if let Some(preposition) = preposition
            && !matches!(phrase.head_kind, HeadKind::Name | HeadKind::Person | HeadKind::Pronoun)
        {
            let lead = preposition - 1;
            if self.tokens[lead].is(Class::AUXILIARY) {
                // “who has in the past described”: the adverbial stands inside the verb's own group.
                let first = (self.floor..=lead)
                    .rev()
                    .take_while(|&at| self.tokens[at].is(Class::AUXILIARY))
                    .last()
                    .unwrap_or(lead);
                let verb = Verb {
                    at: end,
                    first,
                    voice: Voice::Active,
                    cue: false,
                    tense: auxiliary_tense(self.words, first),
                    negated: false,
                };
                return self.subject(&verb, depth);
            }
            if self.tokens[lead].is(Class::COORDINATOR) && !self.tokens[lead].is_capital() {
                return self.shared(lead, depth);
            }
            if self.tokens[lead].is_capital() {
                return noun_phrase::backward(self.tokens, self.floor, preposition);
            }
        }
        if let Some(outer) = self.before_open_aside(&phrase, end).or_else(|| self.outer_noun(&phrase)) {
            return Some(outer);
        }
        // “One organiser inside Harbour Tower said”: the place belongs to the person before it.
        if let Some(preposition) = preposition
            && phrase.head_kind != HeadKind::Pronoun
            && let Some(outer) = noun_phrase::backward(self.tokens, self.floor, preposition)
            && matches!(outer.head_kind, HeadKind::Person | HeadKind::Body)
            && (outer.start == self.floor || !self.tokens[outer.start - 1].is_word())
        {
            return Some(NounPhrase { start: outer.start, end, head_kind: outer.head_kind });
        }
        Some(phrase)
    }

    /// “Reyes (Harbour Party), ”: the noun phrase before a bracket that closes right before `end`.
    fn before_bracket(self, end: usize) -> Option<NounPhrase> {
        let close =
            end.checked_sub(1).filter(|&at| at >= self.floor && self.tokens[at].kind == Kind::Close)?;
        let open = self.find_back(close, |token| token.kind == Kind::Open)?;
        let phrase = noun_phrase::backward(self.tokens, self.floor, open)?;
        Some(self.name_after_place(&phrase).unwrap_or(phrase))
    }

    /// The noun phrase that ends at `end`, a bracket after it passed over.
    fn phrase_before(self, end: usize) -> Option<NounPhrase> {
        self.before_bracket(end).or_else(|| noun_phrase::backward(self.tokens, self.floor, end))
    }

    /// A preposition that opens no clause: “after Reyes said” has a conjunction.
    fn is_preposition(self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.is_word() && token.is(Class::PREPOSITION) && !token.is(Class::SUBORDINATOR)
    }

    /// “the official who saw it said”: where a relative clause without commas ends before the verb, its antecedent.
    fn before_relative_clause(self, end: usize) -> Option<NounPhrase> {
        let start = self
            .find_back(end, |token| {
                !token.is_word() && token.kind != Kind::Possessive && token.kind != Kind::Number
            })
            .map_or(self.floor, |at| at + 1);
        let relative = (start + 1..end).rev().find(|&at| {
            let token = &self.tokens[at];
            let before = &self.tokens[at - 1];
            token.is(Class::RELATIVE)
                && !token.is_capital()
                && !before.is(Class::CUE.or(Class::PREPOSITION).or(Class::AUXILIARY).or(Class::ADVERB))
                && before.is_word()
        })?;
        let verbs = (relative + 1..end)
            .filter_map(|at| self.verb(at))
            .filter(|verb| matches!(verb.voice, Voice::Active | Voice::Passive))
            .filter(|verb| !self.tokens[verb.first - 1].is(Class::COORDINATOR))
            .count();
        let opens_clause =
            |at: &usize| self.tokens[*at].is(Class::SUBORDINATOR) && !self.tokens[*at].is(Class::DETERMINER);
        if (relative + 1..end).any(|at| opens_clause(&at)) {
            return None;
        }
        let auxiliary = (relative + 1..end).filter(|&at| self.tokens[at].is(Class::AUXILIARY)).count();
        // “a man who sells nets and who knows Reyes said”
        let coordinated = self.tokens[relative - 1].is(Class::COORDINATOR);
        let relative = Some(relative - 1).filter(|_| coordinated).map_or(Some(relative), |and| {
            (start + 1..and).rev().find(|&at| self.tokens[at].is(Class::RELATIVE))
        })?;
        (verbs == 1 || verbs == 0 && auxiliary == 1).then(|| self.antecedent(relative)).flatten()
    }

    /// “a sign saying”, “with Reyes yelling”: the noun right before a participle; else its clause's subject.
    fn of_participle(self, verb: &Verb, depth: usize) -> Option<NounPhrase> {
        // “released a statement Wednesday saying”
        let end = self.before_adverbial(verb.first);
        let before = end.checked_sub(1).filter(|&before| before >= self.floor)?;
        let token = &self.tokens[before];
        // “with many marchers chanting”: the noun phrase after “with”, whatever its noun.
        let with = (self.floor..verb.first)
            .rev()
            .take(9)
            .take_while(|&at| {
                self.tokens[at].is_word() || matches!(self.tokens[at].kind, Kind::Possessive | Kind::Number)
            })
            .find(|&at| self.is_in(at, WordSet::With));
        if let Some(with) = with
            && (with + 1..verb.first).all(|at| self.verb(at).is_none())
            && let Some(phrase) = noun_phrase::forward(self.tokens, with + 1)
                .filter(|phrase| phrase.end >= verb.first.saturating_sub(2) && with + 1 < verb.first)
        {
            let end = phrase.end.min(verb.first);
            let head_kind = noun_phrase::head_kind(&self.tokens[phrase.start..end]);
            let agent = self.tail_name(NounPhrase { end, head_kind, ..phrase });
            if agent.names_source() || phrase.end <= verb.at {
                return Some(agent);
            }
        }
        let carrier = Class::DOCUMENT_NOUN.or(Class::PERSON_NOUN).or(Class::BODY_NOUN);
        if token.is_word()
            && (token.is_capital()
                && !token.is(Class::WEEKDAY.or(Class::MONTH).or(Class::PREPOSITION).or(Class::SUBORDINATOR))
                || token.is(carrier)
                || token.is(Class::SUBJECT))
        {
            let phrase = self.tail_name(noun_phrase::backward(self.tokens, self.floor, end)?);
            let lead = phrase.start.checked_sub(1).filter(|&at| at >= self.floor);
            // “accused Reyes, saying” has a comma; “accused Reyes saying” and “wrote to Reyes asking” have an object.
            let object = lead.is_some_and(|at| {
                self.verb(at).is_some_and(|verb| verb.cue && matches!(verb.voice, Voice::Active))
                    || self.tokens[at].is(Class::PREPOSITION) && self.is_in(at, WordSet::Aimed)
            });
            // “Reyes issued a statement saying”: the one who issues it speaks, but a sign speaks for itself.
            let head = &self.tokens[phrase.start..phrase.end];
            let carried = (token.is(Class::DOCUMENT_NOUN) && !token.is_capital()
                || phrase.head_kind == HeadKind::Document)
                && !head.iter().any(|token| token.is(Class::SIGN));
            if carried && let Some(host) = self.host(phrase.start, depth) {
                return Some(host);
            }
            if !object || token.is(Class::DOCUMENT_NOUN) && !token.is_capital() {
                return Some(phrase);
            }
        }
        if token.is(Class::COORDINATOR) && !token.is_capital() {
            let previous = (self.floor..before)
                .rev()
                .filter_map(|at| self.verb(at))
                .find(|verb| verb.voice == Voice::Gerund && (verb.cue || verb.at + 1 == before));
            if let Some(previous) = previous {
                return self.subject(&previous, depth);
            }
        }
        self.host(before + 1, depth)
    }

    /// “led Reyes to fear”: the object of the verb before an infinitive, where it has a name.
    fn controller(self, end: usize) -> Option<NounPhrase> {
        let last = end.checked_sub(1).filter(|&at| at > self.floor)?;
        let token = &self.tokens[last];
        // “led the board, which owns the pier, to state”; “led her to state”
        let phrase = if token.kind == Kind::Comma {
            let open = self.find_back(last, |token| token.kind == Kind::Comma)?;
            noun_phrase::backward(self.tokens, self.floor, open)?
        } else if token.is_word() && (token.is(Class::OBJECT) || token.is(Class::POSSESSIVE)) {
            NounPhrase { start: last, end, head_kind: HeadKind::Pronoun }
        } else {
            noun_phrase::backward(self.tokens, self.floor, end)?
        };
        let lead = phrase.start.checked_sub(1).filter(|&at| at >= self.floor)?;
        // “expects the board to announce”: it has not.
        if self.is_in(lead, WordSet::Wanting) {
            return None;
        }
        // “led advisers like Reyes to fear”
        let caused = self.tokens[lead].is(Class::CAUSATIVE)
            && matches!(phrase.head_kind, HeadKind::Person | HeadKind::Body | HeadKind::Pronoun);
        if phrase.head_kind != HeadKind::Name && !caused {
            return None;
        }
        let moved = self.verb(lead).is_some_and(|verb| matches!(verb.voice, Voice::Active | Voice::Gerund));
        moved.then_some(phrase)
    }

    /// “footage of Ana Reyes saying”: the name after “of”, where what is before it cannot speak.
    fn tail_name(self, phrase: NounPhrase) -> NounPhrase {
        let of = (phrase.start + 1..phrase.end).rev().find(|&at| self.is_in(at, WordSet::Of));
        let head = of.map(|of| &self.tokens[of - 1]);
        match (of, head) {
            (Some(of), Some(head))
                if !head.is_capital()
                    && !head.is(Class::PERSON_NOUN.or(Class::BODY_NOUN))
                    && self.tokens[of + 1..phrase.end].iter().all(Token::is_capital) =>
            {
                NounPhrase { start: of + 1, end: phrase.end, head_kind: HeadKind::Name }
            }
            _ => phrase,
        }
    }

    /// “… and said”: the subject of the cue before, or of the verb before where there is no cue.
    fn shared(self, before: usize, depth: usize) -> Option<NounPhrase> {
        let cue = (self.floor..before)
            .rev()
            .filter_map(|at| self.verb(at))
            .find(|verb| verb.cue && verb.voice == Voice::Active && !self.tokens[verb.at].is(Class::CUE_WEAK))
            .filter(|verb| !self.in_relative_clause(verb) || self.same_relative(verb, before))
            .filter(|verb| !self.has_new_subject(verb.at, before));
        if let Some(phrase) = cue.and_then(|verb| self.subject(&verb, depth))
            && phrase.head_kind != HeadKind::Other
        {
            return Some(phrase);
        }
        self.host(before, depth).or_else(|| {
            // “the official who saw it and described it”
            let verb = (self.floor..before).rev().find_map(|at| self.verb(at))?;
            let relative = self.in_relative_clause(&verb) && self.same_relative(&verb, before);
            relative.then(|| self.subject(&verb, depth)).flatten()
        })
    }

    /// “when Reyes asked him, he stood up and said”: a comma and a pronoun begin another clause.
    fn has_new_subject(self, from: usize, before: usize) -> bool {
        (from + 1..before.saturating_sub(1)).any(|at| {
            let next = &self.tokens[at + 1];
            self.tokens[at].kind == Kind::Comma
                && next.is_word()
                && next.is(Class::SUBJECT)
                && !next.is(Class::RELATIVE)
        })
    }

    /// A relative clause that has not closed before `before`: “who said this and denied that”.
    fn same_relative(self, verb: &Verb, before: usize) -> bool {
        self.tokens[verb.at..before].iter().all(|token| token.kind != Kind::Comma)
    }

    fn find_back(self, before: usize, fits: impl Fn(&Token) -> bool) -> Option<usize> {
        (self.floor..before).rev().find(|&at| fits(&self.tokens[at]))
    }

    fn in_relative_clause(self, verb: &Verb) -> bool {
        verb.first.checked_sub(1).is_some_and(|at| {
            let token = &self.tokens[at];
            at >= self.floor && token.is(Class::RELATIVE) && !self.is_complementizer(at)
        })
    }

    /// “that” after a cue opens its content; after a noun it is a relative pronoun.
    fn is_complementizer(self, at: usize) -> bool {
        at > self.floor && self.tokens[at].is(Class::DETERMINER) && self.tokens[at - 1].is(Class::CUE)
    }

    /// it, which, that: cannot be meant by “saying”.
    fn is_impersonal(self, phrase: &NounPhrase) -> bool {
        phrase.head_kind == HeadKind::Pronoun && self.is_in(phrase.start, WordSet::Unspeaking)
    }

    /// Is the clause of this subject what somebody says: “Reyes said Okafor was late”?
    fn is_embedded(self, phrase: &NounPhrase) -> bool {
        let Some(mut before) = phrase.start.checked_sub(1).filter(|&at| at >= self.floor) else {
            return false;
        };
        // “that she and the company keep”: the first of two subjects tells.
        if self.tokens[before].is(Class::COORDINATOR)
            && let Some(first) = noun_phrase::backward(self.tokens, self.floor, before)
            && first.start > self.floor
        {
            before = first.start - 1;
        }
        let token = &self.tokens[before];
        token.is(Class::CUE) && self.verb(before).is_some()
            || token.is(Class::SUBORDINATOR) && before > self.floor && !token.is_capital()
    }

    /// The end of what stands before an adverbial of time: “Reyes on Tuesday said”, “Reyes last week said”.
    fn before_adverbial(self, end: usize) -> usize {
        let time = Class::TIME.or(Class::WEEKDAY);
        let Some(last) = end.checked_sub(1).filter(|&at| at >= self.floor) else { return end };
        if !self.tokens[last].is_word() || !self.tokens[last].is(time) {
            return end;
        }
        let mut start = last;
        while let Some(at) = start.checked_sub(1).filter(|&at| at >= self.floor) {
            let token = &self.tokens[at];
            let inside = token.kind == Kind::Number
                || token.is_word()
                    && token.is(time.or(Class::MONTH).or(Class::TIME_LEAD).or(Class::NUMBER_WORD));
            if !inside {
                break;
            }
            start = at;
        }
        if start > self.floor { start } else { end }
    }

    /// “Reyes, who said”: the noun phrase a relative pronoun stands for.
    fn antecedent(self, relative: usize) -> Option<NounPhrase> {
        let comma = relative > self.floor && self.tokens[relative - 1].kind == Kind::Comma;
        let end = if comma { relative - 1 } else { relative };
        // “Reyes, the harbour master, who said”.
        let phrase = self.phrase_before(end)?;
        let aside = comma && phrase.start > self.floor && self.tokens[phrase.start - 1].kind == Kind::Comma;
        if aside && let Some(outer) = self.before_asides(end) {
            return Some(outer);
        }
        Some(self.nearest_noun(phrase)).filter(|phrase| phrase.head_kind != HeadKind::Other)
    }

    /// What a relative clause hangs on is the last noun: of “pleased Reyes” what follows the verb, of “backed by Reyes”
    /// and “news for Reyes” what follows the preposition, where the first noun is nobody.
    fn nearest_noun(self, phrase: NounPhrase) -> NounPhrase {
        let from = (phrase.start + 1..phrase.end.saturating_sub(1)).rev().find(|&at| {
            let verb = self.verb(at).is_some_and(|verb| matches!(verb.voice, Voice::Active));
            verb || phrase.head_kind == HeadKind::Other && self.is_preposition(at)
        });
        let Some(start) = from.map(|at| at + 1) else { return phrase };
        let nearest = NounPhrase {
            start,
            end: phrase.end,
            head_kind: noun_phrase::head_kind(&self.tokens[start..phrase.end]),
        };
        if nearest.head_kind == HeadKind::Other { phrase } else { nearest }
    }
}
