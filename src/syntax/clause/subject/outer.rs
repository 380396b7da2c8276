//! Outer nouns: what stands right before a verb may only belong to the noun that the verb is about.

use super::Clause;
use crate::lexicon::Class;
use crate::syntax::clause::noun_phrase::{self, NounPhrase, Sort};
use crate::syntax::token::{Kind, Token};

impl Clause<'_> {
    /// “a clerk speaking to Coast Radio said”, “a letter to the board says”: the noun whose participle or preposition
    /// `inner` completes.
    pub(super) fn outer_noun(self, inner: &NounPhrase) -> Option<NounPhrase> {
        let lead = inner.start.checked_sub(1).filter(|&at| at > self.floor)?;
        let preposition = self.is_preposition(lead) || self.tokens[lead].is(Class::TO);
        let participle = if preposition { lead - 1 } else { lead };
        if self.describes(participle, preposition) {
            let outer = noun_phrase::backward(self.tokens, self.floor, participle)?;
            return Some(outer).filter(|outer| outer.names_source() && self.begins_clause(outer));
        }
        // “Reyes's note to her supporters says”: a document can be about anybody.
        let outer = noun_phrase::backward(self.tokens, self.floor, lead).filter(|_| preposition)?;
        (outer.sort == Sort::Document && self.begins_clause(&outer)).then_some(outer)
    }

    /// “Ana Reyes, head and founder of the board said”, “Ana Reyes of Port Holm, Westmark says”: the comma that should
    /// close the aside is left out.
    pub(super) fn before_open_aside(self, last: &NounPhrase, end: usize) -> Option<NounPhrase> {
        let role = |at: usize| {
            let token = &self.tokens[at];
            token.is_word() && token.is(Class::PERSON_NOUN) && !token.is_capital()
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
            .filter(|named| named.sort == Sort::Name && named.start == self.floor)?;
        let described = self.tokens[first].is(Class::DETERMINER) && last.sort == Sort::Person || role(first);
        let placed = last.sort == Sort::Name
            && self.tokens[named.start].is(Class::GIVEN_NAME)
            && (named.start + 2..named.end).any(|at| self.is_preposition(at));
        if placed {
            return Some(NounPhrase { end: last.end, ..named });
        }
        described.then_some(named)
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
