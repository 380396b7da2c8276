//! Nouns that attribute: Reyes's claim that the port was “…”; her answer was: “…”; her “…” remark.

use super::{Finding, Ground, Pattern};
use crate::lexicon::{Class, WordSet};
use crate::syntax::clause::noun_phrase::{self, NounPhrase, Sort};
use crate::syntax::clause::subject;
use crate::syntax::clause::verb::{Voice, verb_at};
use crate::syntax::token::Kind;

/// Reyes's claim that the port was “…”; the claim of Ana Reyes that; Reyes's “…” remark.
pub fn cue_noun(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    if let Some(found) = owned_remark(ground, start, quote) {
        return Some(found);
    }
    let (at, phrase) = (start + 1..quote).rev().take(NOUN_REACH).find_map(|at| {
        let noun = ground.is_cue_noun(at).then_some(at)?;
        Some((noun, owner(ground, start, noun).or_else(|| author(ground, noun, quote))?))
    })?;
    let content = at + 1 == quote
        || WordSet::Content.has(ground.word(at + 1))
        || ground.tokens[at + 1].kind == Kind::Colon
        || says_that(ground, at);
    content.then(|| Finding::new(ground, Pattern::CueNoun, Some(phrase), Some((at, at + 1))))
}

/// The board laughed at Reyes's claim that the port was “…”: a claim with its content is nearer than the verb before it.
pub fn claim(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let at = (start + 1..quote)
        .rev()
        .take(NOUN_REACH)
        .find(|&at| ground.is_cue_noun(at) && says_that(ground, at))?;
    let nearer = (at + 1..quote).all(|index| ground.cue_at(index).is_none());
    // “her claim that the pier is safe was “…””: a second verb is the writer's.
    let closed = (at + 1..quote).filter(|&index| ground.is_finite(index)).count() > 1;
    let phrase = owner(ground, start, at).filter(|_| nearer && !closed)?;
    // “repeated her claim”: the one who claims and the one who repeats may be the same; “came under fire over her claim” is about the claim.
    let other = phrase.sort != Sort::Pronoun
        || !ground.tokens[phrase.start].is(Class::POSSESSIVE)
        || phrase.start > start && WordSet::Concerning.has(ground.word(phrase.start - 1));
    other.then(|| Finding::new(ground, Pattern::CueNoun, Some(phrase), Some((at, at + 1))))
}

/// Reyes made the point that the port was “…”; she raised the question of whether: a verb with a noun for words as its
/// object, and their content after it.
pub fn made(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let noun = (start + 2..quote).rev().take(NOUN_REACH).find(|&at| {
        ground.is_cue_noun(at)
            && (says_that(ground, at) || ground.word(at + 1) == "of" && ground.word(at + 2) == "whether")
    })?;
    let verb = (start..noun)
        .rev()
        .take(OWNER_REACH)
        .find_map(|at| verb_at(ground.text, ground.tokens, at).filter(|verb| verb.voice == Voice::Active))?;
    let object = noun_phrase::forward(ground.tokens, verb.at + 1).filter(|object| object.end > noun)?;
    let determined = ground.tokens[object.start].is(Class::DETERMINER) && object.start <= noun;
    let later = ground.has_strong_cue(noun + 1..quote);
    let phrase = subject::of(ground.text, ground.tokens, start, &verb)
        .filter(|phrase| determined && !later && phrase.names_source())?;
    Some(Finding::new(ground, Pattern::CueNoun, Some(phrase), Some((verb.at, noun + 1))))
}

/// “claim that”, “statement on Wednesday that”: does the noun's content follow?
fn says_that(ground: &Ground<'_>, noun: usize) -> bool {
    let that = |at: usize| ground.word(at) == "that";
    that(noun + 1)
        || ground.tokens.get(noun + 1).is_some_and(|token| token.is_word() && token.is(Class::PREPOSITION))
            && noun_phrase::forward(ground.tokens, noun + 2)
                .map_or_else(|| (noun + 3..noun + 5).any(that), |phrase| that(phrase.end))
}

/// Reyes's “…” remark; her “…” comment.
fn owned_remark(ground: &Ground<'_>, start: usize, quote: usize) -> Option<Finding> {
    let noun = (quote + 1..ground.tokens.len()).take(2).find(|&at| ground.is_cue_noun(at))?;
    let phrase = owner(ground, start, quote).filter(|_| {
        ground.tokens[quote - 1].kind == Kind::Possessive || ground.tokens[quote - 1].is(Class::POSSESSIVE)
    })?;
    Some(Finding::new(ground, Pattern::CueNoun, Some(phrase), Some((noun, noun + 1))))
}

/// “the claim of Ana Reyes that”: who follows “of”, where “that” follows the name.
fn author(ground: &Ground<'_>, noun: usize, quote: usize) -> Option<NounPhrase> {
    if ground.word(noun + 1) != "of" {
        return None;
    }
    let phrase = noun_phrase::forward(ground.tokens, noun + 2)?;
    let names = matches!(phrase.sort, Sort::Name | Sort::Person | Sort::Body);
    (names && phrase.end < quote && ground.word(phrase.end) == "that").then_some(phrase)
}

/// “Her message was simple: “…””: an adjective or two between the copula and the colon.
fn described(ground: &Ground<'_>, copula: usize, quote: usize) -> bool {
    ground.tokens[quote - 1].kind == Kind::Colon
        && quote <= copula + DESCRIBED
        && (copula + 1..quote - 1).all(|at| ground.tokens[at].is_word() && !ground.is_finite(at))
}

/// How many tokens a copula's adjectives and the colon may take.
const DESCRIBED: usize = 5;

/// “the message from Reyes”: who gives it.
fn giver(ground: &Ground<'_>, noun: usize) -> Option<NounPhrase> {
    if !matches!(ground.word(noun + 1), "from" | "by") {
        return None;
    }
    noun_phrase::forward(ground.tokens, noun + 2)
        .filter(|phrase| matches!(phrase.sort, Sort::Name | Sort::Person | Sort::Body))
}

/// “Reyes's response? “…””: the noun asks, the quotation answers.
pub fn answers(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let mark = quote.checked_sub(1).filter(|&at| ground.tokens[at].kind == Kind::Question)?;
    let noun = mark.checked_sub(1).filter(|&at| ground.is_cue_noun(at))?;
    let start = ground.sentence_start(mark);
    let phrase = owner(ground, start, noun).filter(|phrase| phrase.start == start)?;
    Some(Finding::new(ground, Pattern::NounIs, Some(phrase), Some((noun, noun + 1))))
}

/// Reyes's answer was: “…”; her slogan is that the port “…”
pub fn noun_is(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let direct = if matches!(ground.tokens[quote.checked_sub(1)?].kind, Kind::Colon | Kind::Comma) {
        quote - 1
    } else {
        quote
    };
    let copula = (start + 2..direct).rev().take(NOUN_REACH).find(|&at| {
        ground.tokens[at].is(Class::BE)
            && WordSet::Copula.has(ground.word(at))
            && (at + 1 == direct || ground.word(at + 1) == "that" || described(ground, at, quote))
    })?;
    let noun = (start + 1..copula).rev().take(NOUN_REACH).find(|&at| ground.is_cue_noun(at))?;
    // Between noun and copula stands at most a phrase with a preposition, or an adverb.
    let plain = noun + 1 == copula
        || ground.tokens[noun + 1].is(Class::PREPOSITION.or(Class::ADVERB)) && {
            (noun + 1..copula)
                .all(|at| ground.tokens[at].kind != Kind::Comma && !ground.tokens[at].is(Class::RELATIVE))
        };
    let phrase = owner(ground, start, noun).or_else(|| giver(ground, noun)).filter(|_| plain)?;
    Some(Finding::new(ground, Pattern::NounIs, Some(phrase), Some((noun, noun + 1))))
}

/// Whose noun: the owner before it, with adjectives between.
pub(super) fn owner(ground: &Ground<'_>, start: usize, noun: usize) -> Option<NounPhrase> {
    let owns = |at: usize| {
        ground.tokens[at].kind == Kind::Possessive
            || ground.tokens[at].is(Class::POSSESSIVE) && !ground.tokens[at].is(Class::RELATIVE)
    };
    let owner = (start..noun).rev().take(OWNER_REACH).find(|&index| owns(index))?;
    let adjectives = (owner + 1..noun).all(|at| {
        let token = &ground.tokens[at];
        at + 2 >= noun || token.is_word() && (token.is(Class::ADVERB) || token.class == Class::NONE)
    });
    if !adjectives {
        return None;
    }
    let phrase = if ground.tokens[owner].kind == Kind::Possessive {
        // Of “a check on Ana Reyes's claim” only the name owns the claim.
        let floor = (start..owner)
            .rev()
            .find(|&index| ground.tokens[index].is_word() && ground.tokens[index].is(Class::PREPOSITION))
            .map_or(start, |index| index + 1);
        noun_phrase::backward(ground.tokens, floor, owner)?
    } else {
        NounPhrase { start: owner, end: owner + 1, sort: Sort::Pronoun }
    };
    let speaks = matches!(phrase.sort, Sort::Name | Sort::Person | Sort::Pronoun | Sort::Body);
    let its = WordSet::Its.has(ground.word(owner));
    (speaks && !its).then_some(phrase)
}

/// How far before its noun an owner may stand, in words.
const OWNER_REACH: usize = 4;

/// How far before a quotation a noun that attributes it may stand.
const NOUN_REACH: usize = 12;
