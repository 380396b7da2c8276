//! Outer nouns: what stands right before a verb may only belong to the noun that the verb is about.

use super::Clause;
use crate::lexicon::{Class, WordSet};
use crate::syntax::clause::noun_phrase::{self, HeadKind, NounPhrase};
use crate::syntax::clause::view::Voice;
use crate::syntax::token::{Kind, Token};

/// How many prepositional phrases may stand between a noun and its verb.
const CHAIN: usize = 3;

impl Clause<'_> {
    /// “a clerk speaking to Coast Radio said”, “a suit filed by the union against the port says”, “a letter to the board
    /// says”: the noun whose participle or preposition `inner` completes.
    pub(super) fn outer_noun(self, inner: &NounPhrase) -> Option<NounPhrase> {
        let mut start = inner.start;
        for _ in 0..CHAIN {
            let lead = start.checked_sub(1).filter(|&at| at > self.floor)?;
            // “critics such as Ana Reyes say”
            if lead > self.floor + 1 && self.is_in(lead, WordSet::As) && self.is_in(lead - 1, WordSet::Such) {
                let outer = noun_phrase::backward(self.tokens, self.floor, lead - 1)?;
                return Some(NounPhrase { end: inner.end, ..outer }).filter(|_| outer.names_source());
            }
            let preposition = self.is_preposition(lead) || self.tokens[lead].is(Class::TO);
            let participle = if preposition { lead - 1 } else { lead };
            if self.describes(participle, preposition) {
                // “a book just published for boaters explains”
                let adverb = |at: usize| self.tokens[at].is_word() && self.tokens[at].is(Class::ADVERB);
                let first = (self.floor + 1..participle)
                    .rev()
                    .find(|&at| !adverb(at))
                    .map_or(participle, |at| at + 1);
                let outer = noun_phrase::backward(self.tokens, self.floor, first)?;
                return Some(outer).filter(|outer| outer.names_source() && self.begins_clause(outer));
            }
            // “Reyes's note to her supporters says”: a document can be about anybody.
            let outer = noun_phrase::backward(self.tokens, self.floor, lead).filter(|_| preposition)?;
            // “People close to Reyes say”
            let postposed = self.tokens[lead - 1].is(Class::POSTPOSED) && outer.end > outer.start + 1;
            // “An aide to the mayor said”
            let serves = self.tokens[lead].is(Class::TO) && outer.head_kind == HeadKind::Person;
            if (outer.head_kind == HeadKind::Document || serves || postposed && outer.names_source())
                && self.begins_clause(&outer)
            {
                return Some(outer);
            }
            start = outer.start;
        }
        None
    }

    /// “At the rally Ana Reyes said”: only the name behind the place is the subject.
    pub(super) fn name_after_place(self, phrase: &NounPhrase) -> Option<NounPhrase> {
        let lead = phrase.start.checked_sub(1).filter(|&at| at >= self.floor && self.is_preposition(at));
        // “On Friday at the board's meeting Ana Reyes said”
        let owned = (phrase.start..phrase.end).any(|at| self.tokens[at].kind == Kind::Possessive);
        lead.filter(|&at| at == self.floor || owned || self.tokens[at - 1].is(Class::WEEKDAY))?;
        let range = phrase.start + 1..phrase.end;
        let start = range.rev().take_while(|&at| self.tokens[at].is_capital()).last()?;
        let place = &self.tokens[start - 1];
        let role = Class::PERSON_NOUN.or(Class::HONORIFIC).or(Class::BODY_NOUN).or(Class::PARTICLE);
        let first = &self.tokens[start];
        (place.is_word()
            && !place.is(role.or(Class::DETERMINER).or(Class::PREPOSITION).or(Class::POSSESSIVE))
            && first.is(Class::GIVEN_NAME.or(Class::HONORIFIC).or(Class::STOPPED)))
        .then_some(NounPhrase { start, end: phrase.end, head_kind: HeadKind::Name })
    }

    /// “the man she met in the harbour said”: a noun that opens the clause, then a pronoun with a verb of its own.
    pub(super) fn before_contact_clause(self, end: usize) -> Option<NounPhrase> {
        let outer = noun_phrase::forward(self.tokens, self.floor)?;
        let people = matches!(outer.head_kind, HeadKind::Person | HeadKind::Body | HeadKind::Document);
        let pronoun = self.tokens.get(outer.end).filter(|_| people && outer.end + 1 < end)?;
        let subject = pronoun.is_word() && pronoun.is(Class::SUBJECT) && !pronoun.is(Class::RELATIVE);
        let verbs = (outer.end + 1..end)
            .filter(|&at| self.verb(at).is_some_and(|verb| verb.voice == Voice::Active))
            .count();
        let open =
            self.tokens[outer.end..end].iter().all(|token| token.is_word() || token.kind == Kind::Possessive);
        (subject && verbs == 1 && open).then_some(outer)
    }

    /// “Ana Reyes, head and founder of the board said”, “Ana Reyes of Port Holm, Westmark says”: the comma that should
    /// close the aside is left out.
    pub(super) fn before_open_aside(self, last: &NounPhrase, end: usize) -> Option<NounPhrase> {
        let role = |at: usize| {
            let token = &self.tokens[at];
            token.is_word() && token.is(Class::PERSON_NOUN) && !token.is_capital() && !self.is_plural(at)
        };
        let mut first = last.start;
        // “head and founder of the board”
        if first > self.floor + 2 && self.tokens[first - 1].is(Class::COORDINATOR) && role(first - 2) {
            first = noun_phrase::backward(self.tokens, self.floor, first - 1)?.start;
        }
        let comma = first.checked_sub(1).filter(|&at| at > self.floor)?;
        // “The port, a clerk said, is …” has both commas.
        let both = self.tokens.get(end + 1).is_some_and(|next| next.kind == Kind::Comma);
        if self.tokens[comma].kind != Kind::Comma || both && !role(first) {
            return None;
        }
        let named = noun_phrase::backward(self.tokens, self.floor, comma)
            .filter(|named| named.head_kind == HeadKind::Name && named.start == self.floor)?;
        let described =
            self.tokens[first].is(Class::DETERMINER) && last.head_kind == HeadKind::Person || role(first);
        let placed = last.head_kind == HeadKind::Name
            && self.tokens[named.start].is(Class::GIVEN_NAME)
            && (named.start + 2..named.end).any(|at| self.is_preposition(at));
        if placed {
            return Some(NounPhrase { end: last.end, ..named });
        }
        described.then_some(named)
    }

    /// A noun in the plural needs no article: “critics”.
    fn is_plural(self, at: usize) -> bool {
        let word = self.word(at);
        word.ends_with('s') || self.language.has(WordSet::Plural, word)
    }

    /// A participle that describes the noun before it: “speaking to”, “obtained by”.
    fn describes(self, at: usize, preposition: bool) -> bool {
        let token = &self.tokens[at];
        let participle = token.is_word()
            && !token.is_capital()
            && (token.is(Class::FORM_GERUND)
                || preposition && token.is(Class::FORM_PARTICIPLE) && !token.is(Class::AUXILIARY));
        participle
            && at > self.floor
            && self.tokens[at - 1].is_word()
            && !self.tokens[at - 1].is(Class::AUXILIARY)
    }

    /// Does nothing stand before the phrase in its clause?
    fn begins_clause(self, phrase: &NounPhrase) -> bool {
        phrase.start == self.floor || {
            let before: &Token = &self.tokens[phrase.start - 1];
            let opens = Class::COORDINATOR.or(Class::SUBORDINATOR).or(Class::CUE);
            before.is_word() && before.is(opens)
                || matches!(before.kind, Kind::Comma | Kind::Dash | Kind::Quote(_))
        }
    }
}
