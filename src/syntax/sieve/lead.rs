//! What leads in a quotation without a verb of its own before it: according to Reyes, “…”; Reyes's answer: “…”; Reyes: “…”.

use super::noun::owner;
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
    if ground.has_strong_cue(at + 2..quote) {
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

/// In Reyes's view, the port is “…”; in the opinion of Reyes, …
pub fn view(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    if ground.word(start) != "In" {
        return None;
    }
    let noun = (start + 2..quote).take(VIEW_REACH).find(|&at| WordSet::View.has(ground.word(at)))?;
    let phrase = if ground.word(noun + 1) == "of" {
        noun_phrase::forward(ground.tokens, noun + 2)
    } else {
        owner(ground, start, noun)
    }?;
    let closed = ground.tokens.get(phrase.end.max(noun + 1)).is_some_and(|token| token.kind == Kind::Comma);
    (closed && phrase.end < quote && !ground.has_strong_cue(noun + 1..quote))
        .then(|| Finding::new(ground, Pattern::AccordingToBefore, Some(phrase), Some((noun, noun + 1))))
}

/// How far into its sentence the noun for a view may stand, in words.
const VIEW_REACH: usize = 8;

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
    let closed = matches!(edges.last, '.' | '!' | '?');
    let sentence = edges.capital && edges.last != 'a' && (closed || !edges.title);
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

/// Asked whether the port was “…,” Okafor laughed: words put to somebody, by whom “by” may tell.
pub fn asked(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let opens = |at: usize| WordSet::Asked.has_in_any_case(ground.word(at));
    let when = ground.tokens[start].is_word() && ground.tokens[start].is(Class::SUBORDINATOR);
    let cue = if when { start + 1 } else { start };
    let inside = |at: usize| {
        ground.tokens[at].kind != Kind::Comma
            && !ground.quote_ends_with_comma(at)
            && !ground.tokens[at].is_final()
    };
    let closes = ground.quote_ends_with_comma(quote)
        || ground.tokens.get(quote + 1).is_some_and(|token| token.kind == Kind::Comma);
    if cue >= quote || !opens(cue) || !closes || !(cue..quote).all(inside) {
        return None;
    }
    let by = cue + 1;
    let asks = (by..quote).find(|&at| {
        ground.tokens[at].is_word() && ground.tokens[at].is(Class::SUBORDINATOR) || ground.word(at) == "about"
    })?;
    let phrase = noun_phrase::forward(ground.tokens, by + 1)
        .filter(|phrase| ground.word(by) == "by" && phrase.end <= asks);
    let pattern = if phrase.is_some() { Pattern::CueBefore } else { Pattern::CueAlone };
    Some(Finding::new(ground, pattern, phrase, Some((cue, cue + 1))))
}

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
        .or_else(|| passive_alone(ground, start, quote))
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

/// “has been called a “…””, “was asked about the “…””: a passive that does not say by whom.
fn passive_alone(ground: &Ground<'_>, start: usize, quote: usize) -> Option<usize> {
    let verb = (start..quote).rev().take(PASSIVE_REACH).find_map(|at| ground.cue_at(at))?;
    let asks = WordSet::Asked.has(ground.word(verb.at));
    // “was called “Halcyon””: a name; “was called “halcyon”” says how it is.
    let name = verb.at + 1 == quote && ground.edges(quote).capital;
    let calls = ground.tokens[verb.at].is(Class::CUE_CALL) && !ground.is_weak(verb.at) && !name;
    let helped =
        verb.first < verb.at && ground.tokens[verb.first..verb.at].iter().any(|token| token.is(Class::BE));
    let open = (verb.at + 1..quote).all(|at| {
        ground.tokens[at].is_word() || ground.tokens[at].kind == Kind::Possessive || at + 1 == quote
    });
    (verb.voice == Voice::Passive && helped && open && (asks || calls)).then_some(verb.at)
}

/// How far before a quotation the passive that attributes it may stand, in tokens.
const PASSIVE_REACH: usize = 6;

/// The cue that closes the quotation's sentence.
fn closing_alone(ground: &Ground<'_>, quote: usize) -> Option<usize> {
    let leads = matches!(ground.edges(quote).last, ',' | '?' | '!');
    let reach = ground.tokens.len().min(quote + CLOSING_REACH);
    (quote + 1..reach).take_while(|&at| leads && !ground.tokens[at].is_final()).find(|&at| {
        ground.cue_at(at).is_some_and(|verb| {
            verb.voice == Voice::Active
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

/// “A vote that does not surprise the pollster Ana Reyes: “…””, “The town leans left - Reyes: “…””: a whole sentence
/// after a full name, or after a name that a dash sets off.
fn introduced(ground: &Ground<'_>, start: usize, colon: usize) -> Option<Finding> {
    let edges = ground.edges(colon + 1);
    let sentence = edges.capital && matches!(edges.last, '.' | '!' | '?') && edges.words >= 4;
    let phrase = noun_phrase::backward(ground.tokens, start, colon).filter(|_| sentence)?;
    let more = (phrase.start..colon).find(|&at| ground.word(at) == "from");
    let phrase = match more {
        Some(from) => noun_phrase::backward(ground.tokens, from + 1, colon)?,
        None => phrase,
    };
    let lead = phrase.start.checked_sub(1).filter(|&at| at > start)?;
    let from = ground.word(lead) == "from" && ground.tokens[lead - 1].is_word();
    let dashed = ground.tokens[lead].kind == Kind::Dash
        || from && (lead.saturating_sub(2)..lead).any(|at| ground.tokens[at].kind == Kind::Dash);
    let tail = (phrase.start..phrase.end)
        .rev()
        .take_while(|&at| ground.tokens[at].is_capital())
        .last()
        .filter(|&first| noun_phrase::is_full_name(&ground.tokens[first..phrase.end]));
    let given = tail.is_some_and(|first| ground.tokens[first].is(Class::GIVEN_NAME));
    let object = given
        && verb_at(ground.text, ground.tokens, lead)
            .is_some_and(|verb| verb.voice != Voice::Passive && !ground.tokens[lead].is(Class::AUXILIARY));
    ((dashed || object) && phrase.sort == Sort::Name)
        .then(|| Finding::new(ground, Pattern::NameColon, Some(phrase), Some((colon, colon + 1))))
}

/// REYES: “…”; Reyes: “…”
pub fn name_colon(ground: &Ground<'_>, quote: usize) -> Option<Finding> {
    let start = ground.sentence_start(quote);
    let colon = quote.checked_sub(1).filter(|&at| ground.tokens[at].kind == Kind::Colon && at > start)?;
    // “From Reyes's post: “…””, “From the report: “…””
    let from = ground.word(start) == "From";
    if let Some(found) = introduced(ground, start, colon) {
        return Some(found);
    }
    let phrase = noun_phrase::forward(ground.tokens, start + usize::from(from))?;
    let names = matches!(phrase.sort, Sort::Name | Sort::Person | Sort::Document | Sort::Body)
        && !ground.tokens[start].is(Class::CUE);
    // “Rep. Reyes (Harbour Party): “…””
    let bracket =
        ground.tokens[phrase.end].kind == Kind::Open && ground.tokens[colon - 1].kind == Kind::Close;
    // “Reyes's answer: “…””
    if (from || ground.is_cue_noun(colon - 1))
        && names
        && phrase.end == colon
        && let Some(owner) = owner(ground, start, colon - 1)
    {
        return Some(Finding::new(ground, Pattern::NameColon, Some(owner), Some((colon - 1, colon))));
    }
    ((phrase.end == colon || bracket) && names)
        .then(|| Finding::new(ground, Pattern::NameColon, Some(phrase), Some((colon, colon + 1))))
}
