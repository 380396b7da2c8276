//! Nouns that attribute: Reyes's claim that the port was “…”; her answer was: “…”; her “…” remark.

use super::{Pattern, SentenceView, SourceDecision};
use crate::lexicon::{Class, WordSet};
use crate::syntax::clause::noun_phrase::{self, HeadKind, NounPhrase};
use crate::syntax::clause::subject;
use crate::syntax::clause::view::Voice;
use crate::syntax::token::Kind;

/// Reyes's claim that the port was “…”; the claim of Ana Reyes that; Reyes's “…” remark.
pub fn cue_noun(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    if let Some(found) = owned_remark(view, start, quote) {
        return Some(found);
    }
    let (at, phrase) = (start + 1..quote).rev().take(NOUN_REACH).find_map(|at| {
        let noun = view.is_cue_noun(at).then_some(at)?;
        Some((noun, owner(view, start, noun).or_else(|| author(view, noun, quote))?))
    })?;
    let content = at + 1 == quote
        || view.is_in(at + 1, WordSet::Content)
        || view.tokens[at + 1].kind == Kind::Colon
        || says_that(view, at);
    content.then(|| SourceDecision::new(view, Pattern::CueNoun, Some(phrase), Some((at, at + 1))))
}

/// The board laughed at Reyes's claim that the port was “…”: a claim with its content is nearer than the verb before it.
pub fn claim(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    let at =
        (start + 1..quote).rev().take(NOUN_REACH).find(|&at| view.is_cue_noun(at) && says_that(view, at))?;
    let nearer = (at + 1..quote).all(|index| view.cue_at(index).is_none());
    // “her claim that the pier is safe was “…””: a second verb is the writer's.
    let closed = (at + 1..quote).filter(|&index| view.is_finite(index)).count() > 1;
    let phrase = owner(view, start, at).filter(|_| nearer && !closed)?;
    // “repeated her claim”: the one who claims and the one who repeats may be the same; “came under fire over her claim” is about the claim.
    let other = phrase.head_kind != HeadKind::Pronoun
        || !view.tokens[phrase.start].is(Class::POSSESSIVE)
        || phrase.start > start && view.is_in(phrase.start - 1, WordSet::Concerning);
    other.then(|| SourceDecision::new(view, Pattern::CueNoun, Some(phrase), Some((at, at + 1))))
}

/// Reyes made the point that the port was “…”; she raised the question of whether: a verb with a noun for words as its
/// object, and their content after it.
pub fn made(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    let noun = (start + 2..quote).rev().take(NOUN_REACH).find(|&at| {
        view.is_cue_noun(at)
            && (says_that(view, at)
                || view.is_in(at + 1, WordSet::Of) && view.is_in(at + 2, WordSet::Whether))
    })?;
    let verb = (start..noun)
        .rev()
        .take(OWNER_REACH)
        .find_map(|at| view.verb(at).filter(|verb| verb.voice == Voice::Active))?;
    let object = noun_phrase::forward(view.tokens, verb.at + 1).filter(|object| object.end > noun)?;
    let determined = view.tokens[object.start].is(Class::DETERMINER) && object.start <= noun;
    let later = view.has_strong_cue(noun + 1..quote);
    let phrase = subject::of(view.words, start, &verb)
        .filter(|phrase| determined && !later && phrase.names_source())?;
    Some(SourceDecision::new(view, Pattern::CueNoun, Some(phrase), Some((verb.at, noun + 1))))
}

/// “claim that”, “statement on Wednesday that”: does the noun's content follow?
fn says_that(view: &SentenceView<'_>, noun: usize) -> bool {
    let that = |at: usize| view.is_in(at, WordSet::That);
    that(noun + 1)
        || view.tokens.get(noun + 1).is_some_and(|token| token.is_word() && token.is(Class::PREPOSITION))
            && noun_phrase::forward(view.tokens, noun + 2)
                .map_or_else(|| (noun + 3..noun + 5).any(that), |phrase| that(phrase.end))
}

/// Reyes's “…” remark; her “…” comment.
fn owned_remark(view: &SentenceView<'_>, start: usize, quote: usize) -> Option<SourceDecision> {
    let noun = (quote + 1..view.tokens.len()).take(2).find(|&at| view.is_cue_noun(at))?;
    let phrase = owner(view, start, quote).filter(|_| {
        view.tokens[quote - 1].kind == Kind::Possessive || view.tokens[quote - 1].is(Class::POSSESSIVE)
    })?;
    Some(SourceDecision::new(view, Pattern::CueNoun, Some(phrase), Some((noun, noun + 1))))
}

/// “the claim of Ana Reyes that”: who follows “of”, where “that” follows the name.
fn author(view: &SentenceView<'_>, noun: usize, quote: usize) -> Option<NounPhrase> {
    if !view.is_in(noun + 1, WordSet::Of) {
        return None;
    }
    let phrase = noun_phrase::forward(view.tokens, noun + 2)?;
    let names = matches!(phrase.head_kind, HeadKind::Name | HeadKind::Person | HeadKind::Body);
    (names && phrase.end < quote && view.is_in(phrase.end, WordSet::That)).then_some(phrase)
}

/// “Her message was simple: “…””: an adjective or two between the copula and the colon.
fn described(view: &SentenceView<'_>, copula: usize, quote: usize) -> bool {
    view.tokens[quote - 1].kind == Kind::Colon
        && quote <= copula + DESCRIBED
        && (copula + 1..quote - 1).all(|at| view.tokens[at].is_word() && !view.is_finite(at))
}

/// How many tokens a copula's adjectives and the colon may take.
const DESCRIBED: usize = 5;

/// “the message from Reyes”: who gives it.
fn giver(view: &SentenceView<'_>, noun: usize) -> Option<NounPhrase> {
    if !view.is_in(noun + 1, WordSet::Giving) {
        return None;
    }
    noun_phrase::forward(view.tokens, noun + 2)
        .filter(|phrase| matches!(phrase.head_kind, HeadKind::Name | HeadKind::Person | HeadKind::Body))
}

/// “Reyes's response? “…””: the noun asks, the quotation answers.
pub fn answers(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let mark = quote.checked_sub(1).filter(|&at| view.tokens[at].kind == Kind::Question)?;
    let noun = mark.checked_sub(1).filter(|&at| view.is_cue_noun(at))?;
    let start = view.sentence_start(mark);
    let phrase = owner(view, start, noun).filter(|phrase| phrase.start == start)?;
    Some(SourceDecision::new(view, Pattern::NounIs, Some(phrase), Some((noun, noun + 1))))
}

/// Reyes's answer was: “…”; her slogan is that the port “…”
pub fn noun_is(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    let direct = if matches!(view.tokens[quote.checked_sub(1)?].kind, Kind::Colon | Kind::Comma) {
        quote - 1
    } else {
        quote
    };
    let copula = (start + 2..direct).rev().take(NOUN_REACH).find(|&at| {
        view.tokens[at].is(Class::BE)
            && view.is_in(at, WordSet::Copula)
            && (at + 1 == direct || view.is_in(at + 1, WordSet::That) || described(view, at, quote))
    })?;
    let noun = (start + 1..copula).rev().take(NOUN_REACH).find(|&at| view.is_cue_noun(at))?;
    // Between noun and copula stands at most a phrase with a preposition, or an adverb.
    let plain = noun + 1 == copula
        || view.tokens[noun + 1].is(Class::PREPOSITION.or(Class::ADVERB)) && {
            (noun + 1..copula)
                .all(|at| view.tokens[at].kind != Kind::Comma && !view.tokens[at].is(Class::RELATIVE))
        };
    let phrase = owner(view, start, noun).or_else(|| giver(view, noun)).filter(|_| plain)?;
    Some(SourceDecision::new(view, Pattern::NounIs, Some(phrase), Some((noun, noun + 1))))
}

/// Whose noun: the owner before it, with adjectives between.
pub(super) fn owner(view: &SentenceView<'_>, start: usize, noun: usize) -> Option<NounPhrase> {
    let owns = |at: usize| {
        view.tokens[at].kind == Kind::Possessive
            || view.tokens[at].is(Class::POSSESSIVE) && !view.tokens[at].is(Class::RELATIVE)
    };
    let owner = (start..noun).rev().take(OWNER_REACH).find(|&index| owns(index))?;
    let adjectives = (owner + 1..noun).all(|at| {
        let token = &view.tokens[at];
        at + 2 >= noun || token.is_word() && (token.is(Class::ADVERB) || token.class == Class::NONE)
    });
    if !adjectives {
        return None;
    }
    let phrase = if view.tokens[owner].kind == Kind::Possessive {
        // Of “a check on Ana Reyes's claim” only the name owns the claim.
        let floor = (start..owner)
            .rev()
            .find(|&index| view.tokens[index].is_word() && view.tokens[index].is(Class::PREPOSITION))
            .map_or(start, |index| index + 1);
        noun_phrase::backward(view.tokens, floor, owner)?
    } else {
        NounPhrase { start: owner, end: owner + 1, head_kind: HeadKind::Pronoun }
    };
    let speaks =
        matches!(phrase.head_kind, HeadKind::Name | HeadKind::Person | HeadKind::Pronoun | HeadKind::Body);
    let its = view.is_in(owner, WordSet::Its);
    (speaks && !its).then_some(phrase)
}

/// How far before its noun an owner may stand, in words.
const OWNER_REACH: usize = 4;

/// How far before a quotation a noun that attributes it may stand.
const NOUN_REACH: usize = 12;
