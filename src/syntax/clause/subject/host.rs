//! Hosts: the clause that a participle, an infinitive or a shared verb hangs on, and what it is about.

use super::Clause;
use crate::lexicon::{Class, WordSet};
use crate::syntax::clause::noun_phrase::{self, HeadKind, NounPhrase};
use crate::syntax::clause::view::{Verb, Voice};

impl Clause<'_> {
    /// The subject of the finite verb that what stands at `before` hangs on: the nearest one to the left whose clause
    /// is not itself the content of a cue.
    pub(super) fn host(self, before: usize, depth: usize) -> Option<NounPhrase> {
        self.host_verb(before, depth).map(|(phrase, _)| phrase)
    }

    pub(super) fn host_verb(self, before: usize, depth: usize) -> Option<(NounPhrase, usize)> {
        let mut fallback = None;
        for at in (self.floor..before).rev() {
            let Some(verb) =
                self.verb(at).filter(|verb| matches!(verb.voice, Voice::Active | Voice::Passive))
            else {
                continue;
            };
            if self.in_relative_clause(&verb) {
                continue;
            }
            let Some(phrase) = self.subject(&verb, depth) else { continue };
            // “it attacked Reyes, saying”: a body may be meant where it does what only people do.
            if self.describes_object(&verb, &phrase) {
                continue;
            }
            let speaks = phrase.head_kind != HeadKind::Other && (!self.is_impersonal(&phrase) || verb.cue);
            if speaks && !self.is_embedded(&phrase) {
                return Some((phrase, at));
            }
            if speaks {
                fallback = fallback.or(Some((phrase, at)));
            }
        }
        fallback.or_else(|| {
            // No verb is known: the subject stands before the first auxiliary, or opens the sentence.
            let Some(auxiliary) =
                (self.floor..before).find(|&at| self.tokens[at].is(Class::AUXILIARY) && at > self.floor)
            else {
                return self.opening(before);
            };
            let phrase = noun_phrase::backward(self.tokens, self.floor, auxiliary)?;
            let there = self.is_in(phrase.start, WordSet::There);
            if there { self.beneficiary(auxiliary, before) } else { Some((phrase, auxiliary)) }
        })
    }

    /// “had handled papers deemed secret”: a past form after a verb's object describes that object.
    fn describes_object(self, verb: &Verb, phrase: &NounPhrase) -> bool {
        let participle = self.tokens[verb.at].is(Class::FORM_PARTICIPLE);
        let before = phrase.start.checked_sub(1).filter(|&at| at >= self.floor && participle);
        before.and_then(|at| self.verb(at)).is_some_and(|outer| outer.voice == Voice::Active && !outer.cue)
    }

    /// “The union ad hits Reyes”: the noun phrase that opens the sentence, where a word that may be its verb follows.
    fn opening(self, before: usize) -> Option<(NounPhrase, usize)> {
        let phrase = noun_phrase::forward(self.tokens, self.floor).filter(|phrase| phrase.end < before)?;
        let nouns = Class::DOCUMENT_NOUN.or(Class::BODY_NOUN).or(Class::PERSON_NOUN);
        let plural = |at: usize| self.word(at).ends_with('s');
        // “hits” may be read as a noun as well.
        let hidden = (phrase.start + 1..phrase.end).find(|&at| {
            let noun = &self.tokens[at - 1];
            !self.tokens[at].is_capital() && plural(at) && noun.is(nouns) && !plural(at - 1)
        });
        let end = hidden.unwrap_or(phrase.end);
        let subject =
            NounPhrase { end, head_kind: noun_phrase::head_kind(&self.tokens[phrase.start..end]), ..phrase };
        let next = &self.tokens[end];
        let verb = next.is_word() && !next.is_capital() && next.span.of(self.text).ends_with('s');
        (verb && subject.names_source()).then_some((subject, end))
    }

    /// “There is time for Reyes to …”: the one after “for” acts.
    fn beneficiary(self, from: usize, before: usize) -> Option<(NounPhrase, usize)> {
        (from + 1..before).find_map(|at| {
            let phrase =
                noun_phrase::forward(self.tokens, at + 1).filter(|_| self.is_in(at, WordSet::For))?;
            let acts = self.tokens.get(phrase.end).is_some_and(|token| token.is(Class::TO));
            (acts && phrase.names_source()).then_some((phrase, phrase.end))
        })
    }
}
