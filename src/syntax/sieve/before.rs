//! Attribution before the quotation: Reyes said, “…”; Reyes called it “…”; according to Reyes, “…”.

use super::{Finding, Ground, Pattern};
use crate::lexicon::Class;
use crate::syntax::clause::noun_phrase::{self, NounPhrase, Sort};
use crate::syntax::clause::subject;
use crate::syntax::clause::verb::{Verb, Voice, verb_at};
use crate::syntax::token::Kind;

/// According to Reyes, “…”; in Reyes's words, “…”.
pub fn according_to(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let at = (start..quote).rev().find(|&at| ground.is_according_to(at) || ground.is_words_of(at))?;
    // A cue between the two has a better claim.
    if (at + 2..quote).any(|index| {
        verb_at(ground.text, ground.tokens, index)
            .is_some_and(|verb| verb.cue && !ground.tokens[index].is(Class::CUE_WEAK))
    }) {
        return None;
    }
    let phrase = noun_phrase::forward(ground.tokens, at + 2)?;
    if phrase.end >= quote {
        return None;
    }
    Some(Finding::new(ground, Pattern::AccordingToBefore, Some(phrase), Some((at, at + 2))))
}

/// “When Reyes said “…,” Okafor left”: the cue of a subordinate clause that ends with the quotation.
pub fn subordinate(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let lead = (start..quote).take(3).find(|&at| {
        ground.tokens[at].is(Class::SUBORDINATOR)
            && !ground.tokens[at].is(Class::DETERMINER.or(Class::PREPOSITION))
    })?;
    // A comma before the quotation closes the subordinate clause.
    let open = (lead..quote).all(|at| ground.tokens[at].kind != Kind::Comma || at + 1 == quote);
    open.then(|| governing(ground, quote)).flatten()
}

/// The cue that governs the quotation from the left.
pub fn governing(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let verb = governing_verb(ground, start, quote)?;
    let token = ground.tokens[verb.at];
    let phrase = source(ground, start, &verb)?;
    let next = verb.at + 1;
    let direct = ground.tokens.get(next).map(|token| token.kind);
    let relative = verb.first > start && ground.tokens[verb.first - 1].is(Class::RELATIVE);
    let pattern = if token.is(Class::CUE_WEAK) || !verb.cue {
        Pattern::WeakCue
    } else if ground.after_what(&phrase) {
        Pattern::WhatCalled
    } else if relative {
        Pattern::RelativeBefore
    } else if verb.voice == Voice::Gerund || verb.voice == Voice::Infinitive {
        Pattern::GerundBefore
    } else if ground.tokens[quote - 1].kind == Kind::Colon {
        Pattern::CueColon
    } else if direct == Some(Kind::Comma) && ground.is_parenthesis(&phrase) {
        Pattern::ParenthesisBefore
    } else if token.is(Class::CUE_CALL) {
        Pattern::CallBefore
    } else if next == quote || ground.tokens[quote - 1].kind == Kind::Comma {
        Pattern::CueComma
    } else {
        Pattern::CueBefore
    };
    Some(Finding::new(ground, pattern, Some(phrase), Some((verb.at, verb.at + 1))))
}

/// The source of a governing cue: its subject, or the agent of a passive.
fn source(ground: &Ground<'_>, start: usize, verb: &Verb) -> Option<NounPhrase> {
    if verb.voice == Voice::Passive && !ground.is_quoted_as_saying(verb) {
        let by = (verb.at + 1..ground.tokens.len())
            .take_while(|&at| !ground.tokens[at].is_final())
            .find(|&at| ground.word(at) == "by")?;
        return noun_phrase::forward(ground.tokens, by + 1);
    }
    let phrase = subject::of(ground.text, ground.tokens, start, verb)?;
    (phrase.sort != Sort::Other || ground.tokens[phrase.start].is(Class::DETERMINER)).then_some(phrase)
}

/// The cue to the left of the quotation whose content it belongs to: the nearest, unless that one is only part of
/// what an earlier cue reports.
fn governing_verb(ground: &Ground<'_>, start: usize, quote: usize) -> Option<Verb> {
    let mut weak: Option<Verb> = None;
    for at in (start..quote).rev() {
        let Some(verb) = verb_at(ground.text, ground.tokens, at).filter(|verb| verb.cue) else { continue };
        let token = ground.tokens[at];
        if token.is(Class::NO_INFINITIVE) && ground.tokens.get(at + 1).is_some_and(|next| next.is(Class::TO))
        {
            continue;
        }
        if verb.voice == Voice::Passive && !ground.is_quoted_as_saying(&verb) && token.is(Class::CUE_WEAK) {
            continue;
        }
        if token.is(Class::CUE_WEAK) {
            weak = weak.or(Some(verb));
            continue;
        }
        // “After Reyes complained, Okafor shot back, “…””: a strong cue that a subordinate clause closes off.
        if let Some(weak) = weak
            && ground.tokens[start].is(Class::SUBORDINATOR)
            && let Some(comma) = (at..weak.at).find(|&index| ground.tokens[index].kind == Kind::Comma)
            && subject::of(ground.text, ground.tokens, comma + 1, &weak).is_some()
        {
            return Some(weak);
        }
        return Some(reporting(ground, start, quote, verb));
    }
    weak
}

/// “Reyes said Okafor would tell him “…””, “critics say he called it “…””: an inner cue that is no speech of its own,
/// or has not happened, belongs to what the outer one reports.
fn reporting(ground: &Ground<'_>, start: usize, quote: usize, verb: Verb) -> Verb {
    let token = ground.tokens[verb.at];
    let actual = token.is(Class::CUE_SPEECH.or(Class::CUE_WRITING))
        && verb.voice == Voice::Active
        && (verb.first == verb.at || !token.is(Class::FORM_BASE));
    let inside = verb.first > start
        && ground.tokens[verb.first - 1].is(Class::RELATIVE)
        && (verb.first < start + 2 || ground.tokens[verb.first - 2].kind != Kind::Comma);
    let far = quote > verb.at + 2;
    if inside
        && far
        && let Some(outer) = (start..verb.first).rev().find(|&at| reports(ground, at))
    {
        return verb_at(ground.text, ground.tokens, outer).unwrap_or(verb);
    }
    let Some(phrase) = subject::of(ground.text, ground.tokens, start, &verb) else { return verb };
    let Some(before) = phrase.start.checked_sub(1).filter(|&at| at >= start) else { return verb };
    let opener = &ground.tokens[before];
    // “Reyes said that, because Okafor testified …”: a ground or a condition is part of what is reported; “after Okafor
    // said” is an event of its own.
    let condition = matches!(ground.word(before), "because" | "if" | "unless" | "although" | "though");
    if actual && !(condition && far) {
        return verb;
    }
    // “what he calls”, “whom she called”: any cue earlier in the sentence reports it.
    let relative = phrase.sort == Sort::Pronoun && matches!(ground.word(before), "what" | "whom" | "which");
    let outer = if relative || opener.is(Class::SUBORDINATOR) && !opener.is_capital() {
        (start..before)
            .rev()
            .take_while(|&at| relative || !ground.tokens[at].is_final())
            .take(REPORT_REACH)
            .find(|&at| reports(ground, at))
    } else {
        Some(before).filter(|&at| reports(ground, at))
    };
    outer.and_then(|at| verb_at(ground.text, ground.tokens, at)).unwrap_or(verb)
}

/// How far before a content clause its cue is looked for: “told a crowd of supporters in the square that”.
const REPORT_REACH: usize = 10;

/// A cue of speech or writing that reports what follows.
fn reports(ground: &Ground<'_>, at: usize) -> bool {
    let token = &ground.tokens[at];
    token.is(Class::CUE_SPEECH.or(Class::CUE_WRITING))
        && !token.is(Class::CUE_WEAK)
        // “continues to pursue” reports nothing.
        && ground.tokens.get(at + 1).is_none_or(|next| !next.is(Class::TO))
        && verb_at(ground.text, ground.tokens, at)
            .is_some_and(|verb| matches!(verb.voice, Voice::Active | Voice::Gerund))
}

/// Reyes's claim that the port was “…”.
pub fn cue_noun(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let owns = |at: usize| {
        ground.tokens[at].kind == Kind::Possessive
            || ground.tokens[at].is(Class::POSSESSIVE) && !ground.tokens[at].is(Class::RELATIVE)
    };
    let at = (start + 1..quote).rev().take(NOUN_REACH).find(|&at| {
        let token = &ground.tokens[at];
        token.is_word()
            && token.is(Class::CUE_NOUN)
            && !token.is_capital()
            && (owns(at - 1) || at >= start + 2 && owns(at - 2))
    })?;
    let content = at + 1 == quote
        || matches!(ground.word(at + 1), "that" | "of" | "for" | "about" | "as" | "to")
        || ground.tokens[at + 1].kind == Kind::Colon;
    if !content {
        return None;
    }
    let owner = (start..at).rev().take(2).find(|&index| owns(index))?;
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
    let its = matches!(ground.word(owner), "its" | "Its");
    (speaks && !its).then(|| Finding::new(ground, Pattern::CueNoun, Some(phrase), Some((at, at + 1))))
}

/// How far before a quotation a noun that attributes it may stand.
const NOUN_REACH: usize = 12;

/// The one who does what the clause says, whatever its verb: Reyes waved a “…” sign.
pub fn agent(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let verb = (start..quote)
        .rev()
        .take(AGENT_REACH)
        .filter_map(|at| verb_at(ground.text, ground.tokens, at))
        .find(|verb| verb.voice == Voice::Active && !ground.tokens[verb.at].is(Class::AUXILIARY))?;
    let phrase = subject::of(ground.text, ground.tokens, start, &verb)?;
    let agent =
        matches!(phrase.sort, Sort::Name | Sort::Person | Sort::Pronoun | Sort::Body | Sort::Document)
            && !matches!(ground.word(phrase.start), "it" | "It" | "which" | "that" | "you" | "You");
    agent.then(|| Finding::new(ground, Pattern::Agent, Some(phrase), Some((verb.at, verb.at + 1))))
}

/// How far before a quotation the verb of its clause is looked for.
const AGENT_REACH: usize = 8;

/// REYES: “…”; Reyes: “…”
pub fn name_colon(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let colon = quote.checked_sub(1).filter(|&at| ground.tokens[at].kind == Kind::Colon && at > start)?;
    let phrase = noun_phrase::forward(ground.tokens, start)?;
    let names = matches!(phrase.sort, Sort::Name | Sort::Person | Sort::Document | Sort::Body);
    (phrase.end == colon && names)
        .then(|| Finding::new(ground, Pattern::NameColon, Some(phrase), Some((colon, colon + 1))))
}
