//! Asides: what stands between commas between a subject and its verb.

use super::Clause;
use crate::lexicon::Class;
use crate::syntax::clause::noun_phrase::{self, HeadKind, NounPhrase};
use crate::syntax::clause::view::Voice;
use crate::syntax::token::Kind;

/// How many asides may stand between a subject and its verb.
const ASIDES: usize = 6;

/// The longest report between commas, in words: “the mayor now says”.
const REPORT: usize = 4;

impl Clause<'_> {
    /// “Reyes, the harbour master, said”: the noun phrase before the asides that the comma at `comma` closes.
    pub(super) fn before_asides(self, comma: usize) -> Option<NounPhrase> {
        let mut close = comma;
        let mut best = None;
        for _ in 0..ASIDES {
            let Some(open) = self.find_back(close, |token| token.kind == Kind::Comma) else { break };
            if !self.is_aside(open + 1, close) {
                break;
            }
            // “the firm that built it, Harbour Works, said”
            let Some(phrase) = self.before_relative_clause(open).or_else(|| self.phrase_before(open)) else {
                break;
            };
            let lead = phrase.start.checked_sub(1).filter(|&at| at >= self.floor);
            // “an aide to the mayor, speaking for the board, said”
            let to = lead.is_some_and(|at| self.tokens[at].is(Class::TO));
            let phrase = if to { self.outer_noun(&phrase).unwrap_or(phrase) } else { phrase };
            let lead = phrase.start.checked_sub(1).filter(|&at| at >= self.floor);
            // “who is now a fellow of the board”
            let lead = lead.and_then(|lead| {
                (self.floor..=lead).rev().find(|&at| {
                    let token = &self.tokens[at];
                    !token.is_word()
                        || !token.is(Class::ADVERB)
                        || token.is(Class::PREPOSITION.or(Class::SUBJECT))
                })
            });
            let begins_piece = lead.is_none_or(|at| {
                let token = &self.tokens[at];
                !self.is_preposition(at) && !token.is(Class::AUXILIARY) && self.verb(at).is_none()
            });
            if !begins_piece {
                // “Reyes, who works for the board, a body of nine, said”: the phrase lies inside an aside itself.
                close = open;
                continue;
            }
            // “her lawyer, Ana Ruiz, said”: description and name are one source.
            // “after winning the vote, Gov. Reyes (Harbour Party), said”: the name is the subject, and no aside.
            if !matches!(phrase.head_kind, HeadKind::Name | HeadKind::Person | HeadKind::Body)
                && let Some(bracketed) = self.before_bracket(close)
                && bracketed.start == open + 1
            {
                return Some(bracketed);
            }
            let named = noun_phrase::is_full_name(&self.tokens[open + 1..close]);
            let second = phrase.start > self.floor && self.tokens[phrase.start - 1].kind == Kind::Comma;
            if named && phrase.head_kind == HeadKind::Person && !second {
                return Some(NounPhrase { start: phrase.start, end: close, head_kind: HeadKind::Name });
            }
            let names_somebody =
                phrase.head_kind != HeadKind::Other || self.tokens[phrase.start].is(Class::DETERMINER);
            if names_somebody {
                best = Some(phrase);
            } else if best.is_none() {
                // “who worked for Reyes, a founder, said”: still inside an aside.
                close = open;
                continue;
            }
            let fills_piece = phrase.start > self.floor && self.tokens[phrase.start - 1].kind == Kind::Comma;
            if !fills_piece || !self.may_be_aside(&phrase) {
                break;
            }
            close = open;
        }
        best
    }

    /// A piece between commas that can itself be an aside to what stands before it: a description, an age, a place.
    pub(super) fn may_be_aside(self, phrase: &NounPhrase) -> bool {
        let first = &self.tokens[phrase.start];
        let single = phrase.end - phrase.start == 1;
        !first.is_capital()
            || single
                && (first.is(Class::ABBREVIATION.or(Class::SUFFIX)) || first.span.of(self.text).contains('-'))
    }

    /// Can the tokens between two commas be an apposition or a relative clause, not a clause of their own?
    pub(super) fn is_aside(self, start: usize, end: usize) -> bool {
        let Some(first) = self.tokens.get(start).filter(|_| start < end) else { return false };
        // “her mother, she says, told her”: a report between commas.
        let says = end <= start + REPORT
            && self.tokens[end - 1].is(Class::CUE_VERBATIM)
            && self.verb(end - 1).is_some_and(|verb| verb.voice == Voice::Active && verb.first > start);
        if says {
            return true;
        }
        if first.is(Class::RELATIVE) || first.kind == Kind::Number || first.is(Class::SUFFIX) {
            return true;
        }
        if first.is(Class::SUBJECT.or(Class::COORDINATOR)) && !first.is_capital() {
            return false;
        }
        if self.verb(start).is_some()
            || first.is(Class::FORM_GERUND.or(Class::PREPOSITION).or(Class::SUBORDINATOR))
        {
            return true;
        }
        // A description has no finite verb of its own outside a relative clause.
        let mut relative = false;
        (start..end).all(|at| {
            relative |= self.tokens[at].is(Class::RELATIVE);
            relative
                || self.verb(at).is_none_or(|verb| {
                    verb.voice != Voice::Active
                        || verb.first <= start
                        || !self.tokens[verb.first - 1].is(Class::SUBJECT.or(Class::CAPITAL))
                })
        })
    }
}
