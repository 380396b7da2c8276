//! What leads in a quotation without a verb of its own before it: according to Reyes, “…”; Reyes's answer: “…”; Reyes: “…”.

use super::noun::owner;
use super::{Pattern, SentenceView, SourceDecision, before};
use crate::lexicon::{Class, WordSet};
use crate::source::ProseSpan;
use crate::syntax::clause::noun_phrase::{self, HeadKind, NounPhrase};
use crate::syntax::clause::subject;
use crate::syntax::clause::view::Voice;
use crate::syntax::token::Kind;
use crate::syntax::turn;

/// According to Reyes, “…”.
pub fn according_to(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    let at = (start..quote).rev().find(|&at| view.is_according_to(at))?;
    according_at(view, quote, at)
}

/// In the words of Reyes, “…”; in Reyes's words, “…”.
pub fn words_of(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    let of = || (start..quote).rev().find(|&at| view.is_words_of(at));
    in_words(view, start, quote).or_else(|| according_at(view, quote, of()?))
}

/// The source after the two words at `at`.
fn according_at(view: &SentenceView<'_>, quote: usize, at: usize) -> Option<SourceDecision> {
    // A cue between the two has a better claim.
    if view.has_strong_cue(at + 2..quote) {
        return None;
    }
    let phrase = noun_phrase::forward(view.tokens, at + 2)?;
    if phrase.end >= quote {
        return None;
    }
    Some(SourceDecision::new(view, Pattern::AccordingToBefore, Some(phrase), Some((at, at + 2))))
}

/// In Reyes's words, “…”
fn in_words(view: &SentenceView<'_>, start: usize, quote: usize) -> Option<SourceDecision> {
    let at = quote.checked_sub(1).filter(|&at| view.tokens[at].kind == Kind::Comma)?.checked_sub(1)?;
    let owner = at.checked_sub(1).filter(|&owner| owner > start && view.is_in(at, WordSet::Words))?;
    if view.tokens[owner].kind != Kind::Possessive {
        return None;
    }
    let phrase = noun_phrase::backward(view.tokens, start, owner)?;
    let lead = phrase.start.checked_sub(1)?;
    (lead >= start && view.language.has_in_any_case(WordSet::In, view.word(lead)))
        .then(|| SourceDecision::new(view, Pattern::AccordingToBefore, Some(phrase), Some((at, at + 1))))
}

/// In Reyes's view, the port is “…”; in the opinion of Reyes, …
pub fn view(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    if !view.language.has_in_any_case(WordSet::In, view.word(start)) {
        return None;
    }
    let noun = (start + 2..quote).take(VIEW_REACH).find(|&at| view.is_in(at, WordSet::View))?;
    let phrase = if view.is_in(noun + 1, WordSet::Of) {
        noun_phrase::forward(view.tokens, noun + 2)
    } else {
        owner(view, start, noun)
    }?;
    let closed = view.tokens.get(phrase.end.max(noun + 1)).is_some_and(|token| token.kind == Kind::Comma);
    (closed && phrase.end < quote && !view.has_strong_cue(noun + 1..quote))
        .then(|| SourceDecision::new(view, Pattern::AccordingToBefore, Some(phrase), Some((noun, noun + 1))))
}

/// How far into its sentence the noun for a view may stand, in words.
const VIEW_REACH: usize = 8;

/// Said Reyes, “…”; Stated Reyes: “…”
pub fn cue_first(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    let last = quote.checked_sub(1)?;
    if !matches!(view.tokens[last].kind, Kind::Comma | Kind::Colon) {
        return None;
    }
    let (phrase, cue) = inverted_in(view, start, last)?;
    Some(SourceDecision::new(view, Pattern::CueComma, Some(phrase), Some((cue, cue + 1))))
}

/// Source and cue of “Said Reyes”, “In other words, explained Reyes” between `start` and what closes it at `last`;
/// an aside may stand before `last`: “Said Reyes, who grew up here,”.
pub(super) fn inverted_in(view: &SentenceView<'_>, start: usize, last: usize) -> Option<(NounPhrase, usize)> {
    let colon = view.tokens[last].kind == Kind::Colon;
    let cue = (start..last).find(|&at| {
        let token = &view.tokens[at];
        let opens =
            if at == start { token.is_capital() } else { colon && view.tokens[at - 1].kind == Kind::Comma };
        opens
            && token.is_word()
            && token.is(Class::CUE_SPEECH.or(Class::CUE_WRITING))
            && (token.is(Class::FORM_PAST) || colon && at == start && token.is(Class::FORM_PRESENT))
            && !token.is(Class::CUE_WEAK.or(Class::CUE_IT))
            // “Reyes, the member for the town, told the Mercury:”: a verb that takes its hearer has its subject before it.
            && (at == start || !view.is_in(at, WordSet::Hearer))
    })?;
    let phrase = noun_phrase::forward(view.tokens, cue + 1)?;
    let names =
        matches!(phrase.head_kind, HeadKind::Name | HeadKind::Person | HeadKind::Pronoun | HeadKind::Body)
            && !view.tokens[phrase.start].is(Class::OBJECT);
    let aside = view.tokens.get(phrase.end).is_some_and(|token| token.kind == Kind::Comma)
        && view.tokens[last].kind == Kind::Comma
        && cue == start;
    (names && (phrase.end == last || aside)).then_some((phrase, cue))
}

/// It made Reyes believe that the port was “…”: who is made to think.
pub fn made_to_think(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    let at = (start + 2..quote).rev().find(|&at| {
        let token = &view.tokens[at];
        token.is_word() && token.is(Class::CUE_THOUGHT) && token.is(Class::FORM_BASE)
    })?;
    let phrase = noun_phrase::backward(view.tokens, start, at)
        .filter(|phrase| matches!(phrase.head_kind, HeadKind::Name | HeadKind::Person))?;
    let making = phrase.start.checked_sub(1).filter(|&at| at > start)?;
    let reports = view.tokens.get(at + 1).is_some_and(|next| next.is_word() && next.is(Class::SUBORDINATOR));
    let last = (at..quote).all(|at| view.tokens[at].kind != Kind::Comma);
    (reports && last && view.is_in(making, WordSet::Making))
        .then(|| SourceDecision::new(view, Pattern::WeakCue, Some(phrase), Some((at, at + 1))))
}

/// Reyes had one answer: “…”; Reyes issued a statement, “…”
pub fn agent_colon(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    let before = quote.checked_sub(1).filter(|&at| at > start)?;
    let shapes = view.shapes(quote);
    let carrier = Class::DOCUMENT_NOUN.or(Class::CUE_NOUN);
    let leads = match view.tokens[before].kind {
        Kind::Colon | Kind::Dash => true,
        Kind::Comma => view.tokens[before - 1].is_word() && view.tokens[before - 1].is(carrier),
        _ => false,
    };
    let closed = matches!(shapes.last, '.' | '!' | '?');
    let sentence = shapes.capital && shapes.last != 'a' && (closed || !shapes.title);
    if !leads || !sentence {
        return None;
    }
    let (phrase, verb) = subject::main(view.words, start, before)?;
    let impersonal = phrase.head_kind == HeadKind::Pronoun
        && !view.language.has_in_any_case(WordSet::Speaking, view.word(phrase.start));
    let passive = view.verb(verb).is_some_and(|verb| verb.voice == Voice::Passive);
    // “The answer was: “…””: whose answer?
    let bare = phrase.head_kind == HeadKind::Document && view.tokens[verb].is(Class::AUXILIARY);
    // “Fuel took the rest, and then there is the bank: “…””
    let exists = verb > 0 && view.language.has_in_any_case(WordSet::There, view.word(verb - 1));
    let speaks = !matches!(phrase.head_kind, HeadKind::Other) && !impersonal && !passive && !bare && !exists;
    speaks.then(|| SourceDecision::new(view, Pattern::AgentColon, Some(phrase), Some((verb, verb + 1))))
}

/// Asked whether the port was “…,” Okafor laughed: words put to somebody, by whom “by” may tell.
pub fn asked(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    let opens = |at: usize| view.language.has_in_any_case(WordSet::Asked, view.word(at));
    let when = view.tokens[start].is_word() && view.tokens[start].is(Class::SUBORDINATOR);
    let cue = if when { start + 1 } else { start };
    let inside = |at: usize| {
        view.tokens[at].kind != Kind::Comma && !view.quote_ends_with_comma(at) && !view.tokens[at].is_final()
    };
    let closes = view.quote_ends_with_comma(quote)
        || view.tokens.get(quote + 1).is_some_and(|token| token.kind == Kind::Comma);
    if cue >= quote || !opens(cue) || !closes || !(cue..quote).all(inside) {
        return None;
    }
    let by = cue + 1;
    let asks = (by..quote).find(|&at| {
        view.tokens[at].is_word() && view.tokens[at].is(Class::SUBORDINATOR) || view.is_in(at, WordSet::About)
    })?;
    let phrase = noun_phrase::forward(view.tokens, by + 1)
        .filter(|phrase| view.is_in(by, WordSet::By) && phrase.end <= asks);
    let pattern = if phrase.is_some() { Pattern::CueBefore } else { Pattern::CueAlone };
    Some(SourceDecision::new(view, pattern, phrase, Some((cue, cue + 1))))
}

/// The one who does what the clause says, whatever its verb: Reyes waved a “…” sign.
pub fn agent(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    let verb = (start..quote)
        .rev()
        .take(AGENT_REACH)
        .filter_map(|at| view.verb(at))
        .find(|verb| verb.voice == Voice::Active && !view.tokens[verb.at].is(Class::AUXILIARY))?;
    let phrase = subject::of(view.words, start, &verb)?;
    let agent = phrase.names_source() && !view.is_in(phrase.start, WordSet::Impersonal);
    agent.then(|| SourceDecision::new(view, Pattern::Agent, Some(phrase), Some((verb.at, verb.at + 1))))
}

/// The hall rang with chants of “…”; a cue whose source is not told, or is written so that it cannot be read.
pub fn cue_alone(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    let cue = outcry(view, start, quote)
        .or_else(|| reporting_alone(view, start, quote))
        .or_else(|| passive_alone(view, start, quote))
        .or_else(|| closing_alone(view, quote))?;
    Some(SourceDecision::new(view, Pattern::CueAlone, None, Some((cue, cue + 1))))
}

/// “chants of “…” and “…””
fn outcry(view: &SentenceView<'_>, start: usize, quote: usize) -> Option<usize> {
    let mut first = quote;
    while first >= start + 2
        && view.tokens[first - 1].is(Class::COORDINATOR)
        && view.tokens[first - 2].quote().is_some()
    {
        first -= 2;
    }
    let of = first.checked_sub(1).filter(|&at| at > start && view.is_in(at, WordSet::Of))?;
    view.is_in(of - 1, WordSet::Outcry).then_some(of - 1)
}

/// The cue before the quotation that says for certain that words follow: “wrote that”, “put it, “…””, “said the pier”.
fn reporting_alone(view: &SentenceView<'_>, start: usize, quote: usize) -> Option<usize> {
    let verb = before::governing_verb(view, start, quote)?;
    let token = &view.tokens[verb.at];
    let next = view.tokens.get(verb.at + 1)?;
    let near = view.is_in(verb.at + 1, WordSet::That)
        || verb.at + 1 == quote
        || verb.at + 2 == quote && matches!(next.kind, Kind::Comma | Kind::Colon)
        || token.is(Class::CUE_VERBATIM) && token.is(Class::FORM_PAST) && next.is_word();
    // “…,” said Okafor, who had a “…”: it has its own words before it.
    let spent = verb.first.checked_sub(1).is_some_and(|at| at >= start && view.tokens[at].quote().is_some());
    let strong = verb.voice == Voice::Active
        && token.is(Class::CUE_SPEECH.or(Class::CUE_WRITING))
        && !view.is_weak(verb.at);
    (near && strong && !spent).then_some(verb.at)
}

/// “has been called a “…””, “was asked about the “…””: a passive that does not say by whom.
fn passive_alone(view: &SentenceView<'_>, start: usize, quote: usize) -> Option<usize> {
    let verb = (start..quote).rev().take(PASSIVE_REACH).find_map(|at| view.cue_at(at))?;
    let asks = view.is_in(verb.at, WordSet::Asked);
    // “was called “Halcyon””: a name; “was called “halcyon”” says how it is.
    let name = verb.at + 1 == quote && view.shapes(quote).capital;
    let calls = view.tokens[verb.at].is(Class::CUE_CALL) && !view.is_weak(verb.at) && !name;
    let helped =
        verb.first < verb.at && view.tokens[verb.first..verb.at].iter().any(|token| token.is(Class::BE));
    let open = (verb.at + 1..quote)
        .all(|at| view.tokens[at].is_word() || view.tokens[at].kind == Kind::Possessive || at + 1 == quote);
    (verb.voice == Voice::Passive && helped && open && (asks || calls)).then_some(verb.at)
}

/// How far before a quotation the passive that attributes it may stand, in tokens.
const PASSIVE_REACH: usize = 6;

/// The cue that closes the quotation's sentence.
fn closing_alone(view: &SentenceView<'_>, quote: usize) -> Option<usize> {
    let leads = matches!(view.shapes(quote).last, ',' | '?' | '!');
    let reach = view.tokens.len().min(quote + CLOSING_REACH);
    (quote + 1..reach).take_while(|&at| leads && !view.tokens[at].is_final()).find(|&at| {
        view.cue_at(at).is_some_and(|verb| {
            verb.voice == Voice::Active
                && !view.is_weak(at)
                && view.closes_clause(at + 1)
                && !view.tokens[verb.first - 1].is(Class::COORDINATOR.or(Class::RELATIVE))
        })
    })
}

/// How far after a quotation a cue whose source cannot be read is looked for, in tokens.
const CLOSING_REACH: usize = 10;

/// How far before a quotation the verb of its clause is looked for.
const AGENT_REACH: usize = 8;

/// “REYES: …”: a transcript quoted with its speakers' names.
pub fn turn(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let span = view.tokens[quote].span;
    let quoted = span.of(view.text);
    let inside = quoted.trim_start_matches(['“', '"', '„', '«', '‘', '\'']);
    let start = span.start + (quoted.len() - inside.len()) as u32;
    let name = turn::label(inside, view.language)? as u32;
    Some(SourceDecision {
        pattern: Pattern::NameColon,
        source: Some(ProseSpan::new(start, start + name)),
        head_kind: HeadKind::Name,
        cue: Some(ProseSpan::new(start + name, start + name + 1)),
        carried_from: None,
    })
}

/// “A vote that does not surprise the pollster Ana Reyes: “…””, “The town leans left - Reyes: “…””: a whole sentence
/// after a full name, or after a name that a dash sets off.
fn introduced(view: &SentenceView<'_>, start: usize, colon: usize) -> Option<SourceDecision> {
    let shapes = view.shapes(colon + 1);
    let sentence = shapes.capital && matches!(shapes.last, '.' | '!' | '?') && shapes.words >= 4;
    let phrase = noun_phrase::backward(view.tokens, start, colon).filter(|_| sentence)?;
    let more = (phrase.start..colon).find(|&at| view.is_in(at, WordSet::From));
    let phrase = match more {
        Some(from) => noun_phrase::backward(view.tokens, from + 1, colon)?,
        None => phrase,
    };
    let lead = phrase.start.checked_sub(1).filter(|&at| at > start)?;
    let from = view.is_in(lead, WordSet::From) && view.tokens[lead - 1].is_word();
    let dashed = view.tokens[lead].kind == Kind::Dash
        || from && (lead.saturating_sub(2)..lead).any(|at| view.tokens[at].kind == Kind::Dash);
    let tail = (phrase.start..phrase.end)
        .rev()
        .take_while(|&at| view.tokens[at].is_capital())
        .last()
        .filter(|&first| noun_phrase::is_full_name(&view.tokens[first..phrase.end]));
    let given = tail.is_some_and(|first| view.tokens[first].is(Class::GIVEN_NAME));
    let object = given
        && view
            .verb(lead)
            .is_some_and(|verb| verb.voice != Voice::Passive && !view.tokens[lead].is(Class::AUXILIARY));
    ((dashed || object) && phrase.head_kind == HeadKind::Name)
        .then(|| SourceDecision::new(view, Pattern::NameColon, Some(phrase), Some((colon, colon + 1))))
}

/// “Ana Reyes, the Mercury: “…””, “Ana Reyes, Twitter: “…””: a block that is a full name, a few words without a verb that
/// say where the words come from, and a quotation.
fn is_roundup(view: &SentenceView<'_>, phrase: &NounPhrase, colon: usize) -> bool {
    const LONGEST: usize = 8;
    let quote = colon + 1;
    let ends = view.tokens[quote + 1..].iter().all(|token| token.is_final() || token.kind == Kind::End);
    let aside = phrase.end + 1..colon;
    phrase.start == 0
        && phrase.head_kind == HeadKind::Name
        && phrase.end >= 2
        && aside.len() <= LONGEST
        && view.tokens[phrase.end].kind == Kind::Comma
        && ends
        && aside.into_iter().all(|at| view.tokens[at].quote().is_none() && view.verb(at).is_none())
}

/// REYES: “…”; Reyes: “…”
pub fn name_colon(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    let colon = quote.checked_sub(1).filter(|&at| at > start)?;
    // “Ana Reyes (Quay Post) – “…””
    let dashed =
        view.tokens[colon].kind == Kind::Dash && start == 0 && view.tokens[colon - 1].kind == Kind::Close;
    if view.tokens[colon].kind != Kind::Colon && !dashed {
        return None;
    }
    // “From Reyes's post: “…””, “From the report: “…””
    let from = view.language.has_in_any_case(WordSet::From, view.word(start));
    if let Some(found) = introduced(view, start, colon) {
        return Some(found);
    }
    let phrase = noun_phrase::forward(view.tokens, start + usize::from(from))?;
    let names =
        matches!(phrase.head_kind, HeadKind::Name | HeadKind::Person | HeadKind::Document | HeadKind::Body)
            && !view.tokens[start].is(Class::CUE);
    // “Rep. Reyes (Harbour Party): “…””
    let bracket = view.tokens[phrase.end].kind == Kind::Open && view.tokens[colon - 1].kind == Kind::Close;
    // “Reyes's answer: “…””
    if (from || view.is_cue_noun(colon - 1))
        && names
        && phrase.end == colon
        && let Some(owner) = owner(view, start, colon - 1)
    {
        return Some(SourceDecision::new(view, Pattern::NameColon, Some(owner), Some((colon - 1, colon))));
    }
    ((phrase.end == colon || bracket || names && is_roundup(view, &phrase, colon)) && names)
        .then(|| SourceDecision::new(view, Pattern::NameColon, Some(phrase), Some((colon, colon + 1))))
}
