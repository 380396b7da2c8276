//! What leads in a quotation without a verb of its own before it: according to Reyes, “…”; Reyes's answer: “…”; Reyes: “…”.

use super::{Finding, Ground, Pattern, before};
use crate::lexicon::{Class, WordSet};
use crate::source::Span;
use crate::syntax::clause::noun_phrase::{self, NounPhrase, Sort};
use crate::syntax::clause::subject;
use crate::syntax::clause::verb::{Voice, verb_at};
use crate::syntax::token::Kind;
use crate::syntax::turn;

/// According to Reyes, “…”.
pub fn according_to(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let at = (start..quote).rev().find(|&at| ground.is_according_to(at))?;
    according_at(ground, quote, at)
}

/// In the words of Reyes, “…”; in Reyes's words, “…”.
pub fn words_of(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let of = || (start..quote).rev().find(|&at| ground.is_words_of(at));
    in_words(ground, start, quote).or_else(|| according_at(ground, quote, of()?))
}

/// The source after the two words at `at`.
fn according_at(ground: &Ground<'_>, quote: usize, at: usize) -> Option<Finding> {
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

/// In Reyes's words, “…”
fn in_words(ground: &Ground<'_>, start: usize, quote: usize) -> Option<Finding> {
    let at = quote.checked_sub(1).filter(|&at| ground.tokens[at].kind == Kind::Comma)?.checked_sub(1)?;
    let owner = at.checked_sub(1).filter(|&owner| owner > start && ground.word(at) == "words")?;
    if ground.tokens[owner].kind != Kind::Possessive {
        return None;
    }
    let phrase = noun_phrase::backward(ground.tokens, start, owner)?;
    let lead = phrase.start.checked_sub(1)?;
    (lead >= start && ground.word(lead).eq_ignore_ascii_case("in"))
        .then(|| Finding::new(ground, Pattern::AccordingToBefore, Some(phrase), Some((at, at + 1))))
}

/// Said Reyes, “…”; Stated Reyes: “…”
pub fn cue_first(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let last = quote.checked_sub(1)?;
    if !matches!(ground.tokens[last].kind, Kind::Comma | Kind::Colon) {
        return None;
    }
    let (phrase, cue) = inverted_in(ground, start, last)?;
    Some(Finding::new(ground, Pattern::CueComma, Some(phrase), Some((cue, cue + 1))))
}

/// Source and cue of “Said Reyes”, “In other words, explained Reyes” between `start` and what closes it at `last`;
/// an aside may stand before `last`: “Said Reyes, who grew up here,”.
pub(super) fn inverted_in(ground: &Ground<'_>, start: usize, last: usize) -> Option<(NounPhrase, usize)> {
    let colon = ground.tokens[last].kind == Kind::Colon;
    let cue = (start..last).find(|&at| {
        let token = &ground.tokens[at];
        let opens =
            if at == start { token.is_capital() } else { colon && ground.tokens[at - 1].kind == Kind::Comma };
        opens
            && token.is_word()
            && token.is(Class::CUE_SPEECH.or(Class::CUE_WRITING))
            && token.is(Class::FORM_PAST)
            && !token.is(Class::CUE_WEAK.or(Class::CUE_IT))
    })?;
    let phrase = noun_phrase::forward(ground.tokens, cue + 1)?;
    let names = matches!(phrase.sort, Sort::Name | Sort::Person | Sort::Pronoun | Sort::Body)
        && !ground.tokens[phrase.start].is(Class::OBJECT);
    let aside = ground.tokens.get(phrase.end).is_some_and(|token| token.kind == Kind::Comma)
        && ground.tokens[last].kind == Kind::Comma
        && cue == start;
    (names && (phrase.end == last || aside)).then_some((phrase, cue))
}

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
    let nearer =
        (at + 1..quote).all(|index| verb_at(ground.text, ground.tokens, index).is_none_or(|verb| !verb.cue));
    // “her claim that the pier is safe was “…””: a second verb is the writer's.
    let closed = (at + 1..quote).filter(|&index| ground.is_finite(index)).count() > 1;
    let phrase = owner(ground, start, at).filter(|_| nearer && !closed)?;
    // “repeated her claim”: the one who claims and the one who repeats may be the same.
    // and “came under fire over her claim” is about the claim.
    let other = phrase.sort != Sort::Pronoun
        || !ground.tokens[phrase.start].is(Class::POSSESSIVE)
        || phrase.start > start && WordSet::Concerning.has(ground.word(phrase.start - 1));
    other.then(|| Finding::new(ground, Pattern::CueNoun, Some(phrase), Some((at, at + 1))))
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
            && (at + 1 == direct || ground.word(at + 1) == "that")
    })?;
    let noun = (start + 1..copula).rev().take(NOUN_REACH).find(|&at| ground.is_cue_noun(at))?;
    // Between noun and copula stands at most a phrase with a preposition, or an adverb.
    let plain = noun + 1 == copula
        || ground.tokens[noun + 1].is(Class::PREPOSITION.or(Class::ADVERB)) && {
            (noun + 1..copula)
                .all(|at| ground.tokens[at].kind != Kind::Comma && !ground.tokens[at].is(Class::RELATIVE))
        };
    let phrase = owner(ground, start, noun).filter(|_| plain)?;
    Some(Finding::new(ground, Pattern::NounIs, Some(phrase), Some((noun, noun + 1))))
}

/// Whose noun: the owner before it, with adjectives between.
fn owner(ground: &Ground<'_>, start: usize, noun: usize) -> Option<NounPhrase> {
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

/// Reyes had one answer: “…”; Reyes issued a statement, “…”
pub fn agent_colon(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let before = quote.checked_sub(1).filter(|&at| at > start)?;
    let edges = ground.edges(quote);
    let carrier = Class::DOCUMENT_NOUN.or(Class::CUE_NOUN);
    let leads = match ground.tokens[before].kind {
        Kind::Colon | Kind::Dash => true,
        Kind::Comma => ground.tokens[before - 1].is_word() && ground.tokens[before - 1].is(carrier),
        _ => false,
    };
    let sentence = edges.capital && edges.last != 'a' && !edges.title;
    if !leads || !sentence {
        return None;
    }
    let (phrase, verb) = subject::main(ground.text, ground.tokens, start, before)?;
    let impersonal =
        phrase.sort == Sort::Pronoun && !WordSet::Speaking.has_in_any_case(ground.word(phrase.start));
    let passive = verb_at(ground.text, ground.tokens, verb).is_some_and(|verb| verb.voice == Voice::Passive);
    // “The answer was: “…””: whose answer?
    let bare = phrase.sort == Sort::Document && ground.tokens[verb].is(Class::AUXILIARY);
    let speaks = !matches!(phrase.sort, Sort::Other) && !impersonal && !passive && !bare;
    speaks.then(|| Finding::new(ground, Pattern::AgentColon, Some(phrase), Some((verb, verb + 1))))
}

/// How far before its noun an owner may stand, in words.
const OWNER_REACH: usize = 4;

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
    let agent = phrase.names_source() && !WordSet::Impersonal.has(ground.word(phrase.start));
    agent.then(|| Finding::new(ground, Pattern::Agent, Some(phrase), Some((verb.at, verb.at + 1))))
}

/// The hall rang with chants of “…”; a cue whose source is not told, or is written so that it cannot be read.
pub fn cue_alone(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let cue = outcry(ground, start, quote)
        .or_else(|| reporting_alone(ground, start, quote))
        .or_else(|| closing_alone(ground, quote))?;
    Some(Finding::new(ground, Pattern::CueAlone, None, Some((cue, cue + 1))))
}

/// “chants of “…” and “…””
fn outcry(ground: &Ground<'_>, start: usize, quote: usize) -> Option<usize> {
    let mut first = quote;
    while first >= start + 2
        && ground.tokens[first - 1].is(Class::COORDINATOR)
        && ground.tokens[first - 2].quote().is_some()
    {
        first -= 2;
    }
    let of = first.checked_sub(1).filter(|&at| at > start && ground.word(at) == "of")?;
    WordSet::Outcry.has(ground.word(of - 1)).then_some(of - 1)
}

/// The cue before the quotation that says for certain that words follow: “wrote that”, “put it, “…””, “said the pier”.
fn reporting_alone(ground: &Ground<'_>, start: usize, quote: usize) -> Option<usize> {
    let verb = before::governing_verb(ground, start, quote)?;
    let token = &ground.tokens[verb.at];
    let next = ground.tokens.get(verb.at + 1)?;
    let near = ground.word(verb.at + 1) == "that"
        || verb.at + 1 == quote
        || verb.at + 2 == quote && matches!(next.kind, Kind::Comma | Kind::Colon)
        || token.is(Class::CUE_VERBATIM) && token.is(Class::FORM_PAST) && next.is_word();
    // “…,” said Okafor, who had a “…”: it has its own words before it.
    let spent =
        verb.first.checked_sub(1).is_some_and(|at| at >= start && ground.tokens[at].quote().is_some());
    let strong = verb.voice == Voice::Active
        && token.is(Class::CUE_SPEECH.or(Class::CUE_WRITING))
        && !ground.is_weak(verb.at);
    (near && strong && !spent).then_some(verb.at)
}

/// The cue that closes the quotation's sentence.
fn closing_alone(ground: &Ground<'_>, quote: usize) -> Option<usize> {
    let leads = matches!(ground.edges(quote).last, ',' | '?' | '!');
    let reach = ground.tokens.len().min(quote + CLOSING_REACH);
    (quote + 1..reach).take_while(|&at| leads && !ground.tokens[at].is_final()).find(|&at| {
        verb_at(ground.text, ground.tokens, at).is_some_and(|verb| {
            verb.cue
                && verb.voice == Voice::Active
                && !ground.is_weak(at)
                && ground.closes_clause(at + 1)
                && !ground.tokens[verb.first - 1].is(Class::COORDINATOR.or(Class::RELATIVE))
        })
    })
}

/// How far after a quotation a cue whose source cannot be read is looked for, in tokens.
const CLOSING_REACH: usize = 10;

/// How far before a quotation the verb of its clause is looked for.
const AGENT_REACH: usize = 8;

/// “REYES: …”: a transcript quoted with its speakers' names.
pub fn turn(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let span = ground.tokens[quote].span;
    let quoted = span.of(ground.text);
    let inside = quoted.trim_start_matches(['“', '"', '„', '«', '‘', '\'']);
    let start = span.start + (quoted.len() - inside.len()) as u32;
    let name = turn::label(inside)? as u32;
    Some(Finding {
        pattern: Pattern::NameColon,
        source: Some(Span::new(start, start + name)),
        sort: Sort::Name,
        cue: Some(Span::new(start + name, start + name + 1)),
        carried_from: None,
    })
}

/// REYES: “…”; Reyes: “…”
pub fn name_colon(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let colon = quote.checked_sub(1).filter(|&at| ground.tokens[at].kind == Kind::Colon && at > start)?;
    // “From Reyes's post: “…””, “From the report: “…””
    let from = ground.word(start) == "From";
    let phrase = noun_phrase::forward(ground.tokens, start + usize::from(from))?;
    let names = matches!(phrase.sort, Sort::Name | Sort::Person | Sort::Document | Sort::Body)
        && !ground.tokens[start].is(Class::CUE);
    // “Rep. Reyes (Harbour Party): “…””
    let bracket =
        ground.tokens[phrase.end].kind == Kind::Open && ground.tokens[colon - 1].kind == Kind::Close;
    if from
        && names
        && phrase.end == colon
        && let Some(owner) = owner(ground, start, colon - 1)
    {
        return Some(Finding::new(ground, Pattern::NameColon, Some(owner), Some((colon - 1, colon))));
    }
    ((phrase.end == colon || bracket) && names)
        .then(|| Finding::new(ground, Pattern::NameColon, Some(phrase), Some((colon, colon + 1))))
}
