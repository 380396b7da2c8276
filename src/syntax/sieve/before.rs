//! Attribution before the quotation: Reyes said, “…”; Reyes called it “…”; according to Reyes, “…”.

use super::{Pattern, SentenceView, SourceDecision, after};
use crate::lexicon::{Class, WordSet};
use crate::syntax::clause::noun_phrase::{self, HeadKind, NounPhrase};
use crate::syntax::clause::subject;
use crate::syntax::clause::view::{Verb, Voice};
use crate::syntax::token::{Kind, Token};

/// Reyes said, “…,” and Okafor left: a cue right before the quotation has a better claim than what follows it.
pub fn adjacent(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    // Lamenting the “…,” Reyes left.
    let opens = view.tokens[start].is_capital() && view.tokens[start].is(Class::FORM_GERUND);
    if opens
        && (start + 1..quote).all(|at| view.tokens[at].kind != Kind::Comma)
        && !view.is_weak(start)
        && view.cue_at(start).is_some()
    {
        return governing(view, quote);
    }
    let last = quote.checked_sub(1).filter(|&at| at > start)?;
    let at = if matches!(view.tokens[last].kind, Kind::Comma | Kind::Colon) { last - 1 } else { last };
    let verb = view.cue_at(at)?;
    let strong = matches!(verb.voice, Voice::Active | Voice::Gerund) && !view.is_weak(at);
    let own = at < last
        || source(view, start, &verb).is_some_and(|phrase| {
            phrase.start == start
                || matches!(view.tokens[phrase.start - 1].kind, Kind::Comma | Kind::Dash)
                || view.tokens[phrase.start - 1].is(Class::COORDINATOR)
        }) && !view.tokens[verb.first - 1].is(Class::RELATIVE);
    (strong && own).then(|| governing(view, quote)).flatten()
}

/// “When Reyes said “…,” Okafor left”: the cue of a subordinate clause that ends with the quotation.
pub fn subordinate(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    let lead = (start..quote).take(3).find(|&at| {
        view.tokens[at].is(Class::SUBORDINATOR)
            && !view.tokens[at].is(Class::DETERMINER.or(Class::PREPOSITION))
    })?;
    // A comma before the quotation closes the subordinate clause.
    let open = (lead..quote).all(|at| view.tokens[at].kind != Kind::Comma || at + 1 == quote);
    open.then(|| governing(view, quote)).flatten()
}

/// The cue that governs the quotation from the left.
pub fn governing(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let start = view.sentence_start(quote);
    let mut limit = quote;
    // A cue without a source of its own belongs to what an earlier one reports.
    let (verb, phrase) = (0..OUTWARD).find_map(|_| {
        let verb = governing_verb(view, start, limit)?;
        limit = verb.first;
        Some((verb, source(view, start, &verb).or_else(|| lead_in(view, start, quote, &verb))?))
    })?;
    let token = view.tokens[verb.at];
    // “The vote signals “…” for the town, said Reyes”: a source at the end outweighs a subject that cannot speak.
    let doubtful = phrase.head_kind == HeadKind::Other || view.is_weak(verb.at);
    if doubtful && after::trailing(view, quote).is_some() {
        return None;
    }
    let next = verb.at + 1;
    let direct = view.tokens.get(next).map(|token| token.kind);
    let relative = verb.first > start && view.tokens[verb.first - 1].is(Class::RELATIVE);
    let pattern = if view.is_weak(verb.at) || !verb.cue {
        Pattern::WeakCue
    } else if view.after_what(&phrase) {
        Pattern::WhatCalled
    } else if relative {
        Pattern::RelativeBefore
    } else if verb.voice == Voice::Gerund || verb.voice == Voice::Infinitive {
        Pattern::GerundBefore
    } else if view.tokens[quote - 1].kind == Kind::Colon {
        Pattern::CueColon
    } else if direct == Some(Kind::Comma) && view.is_parenthesis(&phrase) {
        Pattern::ParenthesisBefore
    } else if token.is(Class::CUE_CALL) {
        Pattern::CallBefore
    } else if next == quote || view.tokens[quote - 1].kind == Kind::Comma {
        Pattern::CueComma
    } else {
        Pattern::CueBefore
    };
    let cue = outer_cue(view, start, quote, &verb, &phrase).unwrap_or(verb.at);
    Some(SourceDecision::new(view, pattern, Some(phrase), Some((cue, cue + 1))))
}

/// “Reyes urged the board to say “…””, “mocked him for calling it “…””: the verb that an infinitive or a participle
/// after a preposition hangs on, where that attributes as well and has the same subject.
fn outer_cue(
    view: &SentenceView<'_>,
    start: usize,
    quote: usize,
    verb: &Verb,
    phrase: &NounPhrase,
) -> Option<usize> {
    let before = verb.first.checked_sub(1).filter(|&at| at > start)?;
    let lead = view.tokens[before];
    let hangs = match verb.voice {
        Voice::Infinitive => true,
        // “before adding”, “after telling the board”: said at another time, and so on its own.
        Voice::Gerund if lead.is(Class::PREPOSITION) => !lead.is(Class::TEMPORAL),
        // “quoted her as saying”, “said she recalled thinking”
        Voice::Gerund => {
            view.is_in(before, WordSet::As)
                || view.verb(before).is_some_and(|leading| leading.voice == Voice::Active)
                || tells_of_its_own(view, verb, quote)
        }
        _ => false,
    };
    if !hangs {
        return None;
    }
    let (host, at) = subject::main(view.words, start, verb.first)?;
    // “said, going on to say”: a participle of its own stands between.
    if (at + 1..verb.first).any(|index| view.tokens[index].kind == Kind::Comma) {
        return None;
    }
    let reports = reports(view, at) && !view.tokens[at].is(Class::CUE_ON);
    (host == *phrase && reports).then_some(at)
}

/// “wrote in a memo explaining the deal, “…””: a participle with an object, which a comma parts from the quotation, tells
/// what the memo is about; “a letter telling the board, “…”” hands on the words.
fn tells_of_its_own(view: &SentenceView<'_>, verb: &Verb, quote: usize) -> bool {
    let object = Class::DETERMINER.or(Class::POSSESSIVE).or(Class::RELATIVE).or(Class::SUBORDINATOR);
    let described = view.tokens[verb.at + 1].is_word() && view.tokens[verb.at + 1].is(object);
    let hung_on = verb.first.checked_sub(1).is_some_and(|at| view.tokens[at].is_word());
    described
        && hung_on
        && verb.at + 2 < quote
        && view.tokens[quote - 1].kind == Kind::Comma
        && !view.is_in(verb.at, WordSet::Hearer)
}

/// How many cues are asked, from the quotation outwards, before the pattern passes.
const OUTWARD: usize = 3;

/// “In calling it “…,” Reyes went far”; “Citing “…,” Reyes left”: a participle that opens the sentence has the subject
/// of the clause after it.
fn lead_in(view: &SentenceView<'_>, start: usize, quote: usize, verb: &Verb) -> Option<NounPhrase> {
    let opens = verb.first == start
        || verb.first == start + 1 && view.tokens[start].is(Class::PREPOSITION.or(Class::TEMPORAL));
    if verb.voice != Voice::Gerund || !opens {
        return None;
    }
    let end = view.sentence_end(quote);
    // “Granting that it will come “one day” she warned”: the comma is left out.
    if !view.quote_ends_with_comma(quote)
        && let Some(phrase) = noun_phrase::forward(view.tokens, quote + 1)
        && matches!(phrase.head_kind, HeadKind::Name | HeadKind::Pronoun)
        && phrase.end < end
        && view.cue_at(phrase.end).is_some_and(|next| next.voice == Voice::Active)
    {
        return Some(phrase);
    }
    let comma =
        (quote..end).find(|&at| view.tokens[at].kind == Kind::Comma || view.quote_ends_with_comma(at))?;
    // “Citing “…,” though, Reyes left”
    let next = comma + 1;
    let adverb = view.tokens.get(next).is_some_and(|token| {
        token.is_word() && !token.is_capital() && token.is(Class::ADVERB.or(Class::SUBORDINATOR))
    }) && view.tokens.get(next + 1).is_some_and(|token| token.kind == Kind::Comma);
    let from = if adverb { next + 2 } else { next };
    let phrase = noun_phrase::forward(view.tokens, from).filter(|phrase| phrase.end < end)?;
    let names = phrase.names_source();
    names.then_some(phrase)
}

/// The source of a governing cue: its subject, or the agent of a passive.
fn source(view: &SentenceView<'_>, start: usize, verb: &Verb) -> Option<NounPhrase> {
    if verb.voice == Voice::Passive && !view.is_quoted_as_saying(verb) {
        let by = (verb.at + 1..view.tokens.len())
            .take_while(|&at| !view.tokens[at].is_final())
            .find(|&at| view.is_in(at, WordSet::By))?;
        return noun_phrase::forward(view.tokens, by + 1);
    }
    if let Some(quoted) = quoted_as_saying(view, start, verb) {
        return Some(quoted);
    }
    // “It was, said Reyes, “…””; “The trouble, says Ana Reyes, the harbour master, is “…””
    let full = |phrase: &NounPhrase| {
        phrase.head_kind == HeadKind::Name
            && phrase.end >= phrase.start + 2
            && view.tokens[verb.at].is(Class::CUE_VERBATIM)
    };
    if verb.voice == Voice::Active
        && verb.first > start
        && view.tokens[verb.first - 1].kind == Kind::Comma
        && let Some(phrase) = noun_phrase::forward(view.tokens, verb.at + 1)
        && matches!(phrase.head_kind, HeadKind::Name | HeadKind::Person)
        && view.tokens.get(phrase.end).is_some_and(|token| token.kind == Kind::Comma)
        && (full(&phrase) || view.tokens.get(phrase.end + 1).is_some_and(|token| token.quote().is_some()))
        && !after::never_inverted(view, verb.at)
    {
        return Some(phrase);
    }
    // “…,” said Reyes, a friend of the “…”: the cue has its own words before it.
    let phrase = subject::of(view.words, start, verb).filter(|phrase| phrase.start < verb.first)?;
    let phrase = with_listed_places(view, start, phrase);
    let described = Class::DETERMINER.or(Class::POSSESSIVE);
    (phrase.head_kind != HeadKind::Other || view.tokens[phrase.start].is(described)).then_some(phrase)
}

/// “The Mercury quoted Reyes as saying”: whoever is quoted, and not who quotes.
fn quoted_as_saying(view: &SentenceView<'_>, start: usize, verb: &Verb) -> Option<NounPhrase> {
    let end = verb.first.checked_sub(1).filter(|&at| at > start + 1 && view.is_in(at, WordSet::As))?;
    if verb.voice != Voice::Gerund {
        return None;
    }
    let object = view.tokens[end - 1];
    let phrase = if object.is_word() && object.is(Class::OBJECT) {
        NounPhrase { start: end - 1, end, head_kind: HeadKind::Pronoun }
    } else {
        noun_phrase::backward(view.tokens, start, end)?
    };
    let quotes = phrase.start.checked_sub(1).filter(|&at| at > start && view.is_in(at, WordSet::Quoted))?;
    let active = view.verb(quotes).is_some_and(|verb| verb.voice == Voice::Active);
    // “An early post quoted the mayor as saying”: the post is all that the draft has.
    let paper = noun_phrase::backward(view.tokens, start, quotes)
        .is_some_and(|quoter| quoter.head_kind == HeadKind::Document);
    (active && !paper && phrase.head_kind != HeadKind::Other).then_some(phrase)
}

/// “Observers from Skarrow, Lund and Harrow said”: the last place of a list is not who speaks.
fn with_listed_places(view: &SentenceView<'_>, start: usize, phrase: NounPhrase) -> NounPhrase {
    let names = view.tokens[phrase.start..phrase.end].iter().all(Token::is_capital);
    let joined = phrase.start.checked_sub(1).is_some_and(|at| {
        at > start + 2 && view.tokens[at].is_word() && view.tokens[at].is(Class::COORDINATOR)
    });
    if !names || !joined {
        return phrase;
    }
    let mut at = phrase.start - 2;
    while at > start && (view.tokens[at].is_capital() || view.tokens[at].kind == Kind::Comma) {
        at -= 1;
    }
    let lead = &view.tokens[at];
    let ties = at > start && at + 2 < phrase.start && lead.is_word() && lead.is(Class::PREPOSITION);
    let people = ties && {
        let noun = &view.tokens[at - 1];
        noun.is_word() && noun.is(Class::PERSON_NOUN) && view.word(at - 1).ends_with('s')
    };
    // “Okafor met wardens from Skarrow and Reyes said”: another verb before it has them for its object.
    let free = people && !(start..at).any(|index| view.verb(index).is_some());
    if !free {
        return phrase;
    }
    match noun_phrase::backward(view.tokens, start, at) {
        Some(noun) => NounPhrase { end: phrase.end, ..noun },
        None => phrase,
    }
}

/// “said the order to stay until wardens report back was “…””: a verb of a clause of time inside the subject of another verb.
fn is_inside_subject(view: &SentenceView<'_>, start: usize, quote: usize, verb: &Verb) -> bool {
    let adverb = |at: usize| view.tokens[at].is_word() && view.tokens[at].is(Class::ADVERB);
    let next = (verb.at + 1..quote).find(|&at| !adverb(at));
    let goes_on = next.is_some_and(|at| view.tokens[at].is_word() && view.tokens[at].is(Class::BE));
    goes_on
        && (start + 1..verb.first)
            .rev()
            .take(TIME_REACH)
            .take_while(|&at| view.tokens[at].is_word())
            .any(|at| view.tokens[at].is(Class::TEMPORAL) && !view.tokens[at].is_capital())
        && (start..verb.first).any(|at| reports(view, at))
}

/// How far before its verb the word that opens a clause of time may stand.
const TIME_REACH: usize = 4;

/// The cue to the left of the quotation whose content it belongs to: the nearest, unless that one is only part of
/// what an earlier cue reports.
pub(super) fn governing_verb(view: &SentenceView<'_>, start: usize, quote: usize) -> Option<Verb> {
    let mut weak: Option<Verb> = None;
    for at in (start..quote).rev() {
        let Some(verb) = view.cue_at(at) else { continue };
        let token = view.tokens[at];
        if view.is_closed_off(start, quote, &verb) || is_inside_subject(view, start, quote, &verb) {
            continue;
        }
        if token.is(Class::NO_INFINITIVE) && view.tokens.get(at + 1).is_some_and(|next| next.is(Class::TO)) {
            continue;
        }
        // “an option seen by sailors as a “…”” has its agent and what it is taken for.
        let taken_as = || {
            let mut piece = (at + 2..quote).take_while(|&index| view.tokens[index].kind != Kind::Comma);
            view.is_in(at + 1, WordSet::By) && piece.any(|index| view.is_in(index, WordSet::As))
        };
        if verb.voice == Voice::Passive
            && !view.is_quoted_as_saying(&verb)
            && token.is(Class::CUE_WEAK)
            && !taken_as()
        {
            continue;
        }
        // “she said, referencing “…””: a participle after a comma has its own content.
        let aside = verb.voice == Voice::Gerund
            && at > start
            && (view.tokens[at - 1].kind == Kind::Comma || view.quote_ends_with_comma(at - 1));
        // “rejected the plan as “…””: what it takes the plan for.
        let takes_as = token.is(Class::CUE_CALL)
            && weak.is_none()
            && view.is_in(quote - 1, WordSet::As)
            && !view.tokens[at + 1..quote].iter().any(|token| token.kind == Kind::Comma);
        if view.is_weak(at) && !(aside && weak.is_none()) && !takes_as {
            weak = weak.or(Some(verb));
            continue;
        }
        // “After Reyes complained, Okafor shot back, “…””: a strong cue that a subordinate clause closes off.
        if let Some(weak) = weak
            && view.tokens[start].is(Class::SUBORDINATOR)
            && let Some(comma) = (at..weak.at).find(|&index| view.tokens[index].kind == Kind::Comma)
            && subject::of(view.words, comma + 1, &weak).is_some()
        {
            return Some(weak);
        }
        return Some(reporting(view, start, quote, verb));
    }
    weak
}

/// “Reyes said Okafor would tell him “…””, “critics say he called it “…””: an inner cue that is no speech of its own,
/// or has not happened, belongs to what the outer one reports.
fn reporting(view: &SentenceView<'_>, start: usize, quote: usize, verb: Verb) -> Verb {
    let token = view.tokens[verb.at];
    // “Reyes, who vowed”: a relative clause between commas tells of its own.
    if verb.first > start + 1
        && view.tokens[verb.first - 1].is(Class::RELATIVE)
        && view.tokens[verb.first - 2].kind == Kind::Comma
    {
        return verb;
    }
    let actual = token.is(Class::CUE_SPEECH.or(Class::CUE_WRITING))
        && verb.voice == Voice::Active
        && !view.tokens[verb.first..verb.at].iter().any(|token| token.is(Class::MODAL));
    let inside = verb.first > start
        && view.tokens[verb.first - 1].is(Class::RELATIVE)
        && (verb.first < start + 2 || view.tokens[verb.first - 2].kind != Kind::Comma);
    // “the way they treated women who complained “would be …””: quoted words that begin with their verb have their
    // subject before them.
    let far = quote > verb.at + 2 || view.begins_with_auxiliary(quote);
    if inside
        && far
        && let Some(outer) = (start..verb.first).rev().find(|&at| reports(view, at))
    {
        return view.verb(outer).unwrap_or(verb);
    }
    let Some(phrase) = subject::of(view.words, start, &verb) else { return verb };
    let Some(before) = phrase.start.checked_sub(1).filter(|&at| at >= start) else { return verb };
    let opener = &view.tokens[before];
    // “Reyes said that, because Okafor testified …”: a ground or a condition is part of what is reported; “after Okafor
    // said” is an event of its own.
    let condition = view.is_in(before, WordSet::Condition);
    let own = token.is(Class::CUE_VERBATIM) || opener.is(Class::TEMPORAL);
    if actual && own && !(condition && far) {
        return verb;
    }
    // “said that Reyes and the board promise”: the first of two subjects tells.
    let before = if opener.is(Class::COORDINATOR) && !opener.is_capital() {
        noun_phrase::backward(view.tokens, start, before)
            .and_then(|first| first.start.checked_sub(1))
            .filter(|&at| at >= start)
            .unwrap_or(before)
    } else {
        before
    };
    let opener = &view.tokens[before];
    let imagined = view.tokens[verb.first].is(Class::MODAL)
        && (opener.kind == Kind::Comma || phrase.head_kind == HeadKind::Other);
    // “what he calls”, “whom she called”: any cue earlier in the sentence reports it.
    // “the marchers, whom she called” adds what she says of them.
    let adds =
        before > start && view.tokens[before - 1].kind == Kind::Comma && view.is_in(before, WordSet::Whom);
    let relative = phrase.head_kind == HeadKind::Pronoun && view.is_in(before, WordSet::Fused) && !adds;
    // “told reporters he thought”: the hearer stands between.
    let told = || {
        let hearer = noun_phrase::backward(view.tokens, start, before + 1)?;
        let at = hearer.start.checked_sub(1).filter(|&at| at > start)?;
        (view.is_in(at, WordSet::Hearer) && hearer.head_kind != HeadKind::Other && reports(view, at))
            .then_some(at)
    };
    let outer = if imagined {
        (start..before).rev().find(|&at| reports(view, at))
    } else if relative || opener.is(Class::SUBORDINATOR) && !opener.is_capital() {
        (start..before)
            .rev()
            .take_while(|&at| relative || !view.tokens[at].is_final())
            .take(REPORT_REACH)
            .find(|&at| reports(view, at))
    } else {
        Some(before).filter(|&at| reports(view, at)).or_else(told)
    };
    outer
        .and_then(|at| view.verb(at))
        // “…,” said Reyes, who thinks it “…”: the source of the outer cue stands after it.
        .filter(|outer| {
            subject::of(view.words, start, outer).is_some_and(|phrase| phrase.start < outer.first)
        })
        .unwrap_or(verb)
}

/// How far before a content clause its cue is looked for: “told a crowd of supporters in the square that”.
const REPORT_REACH: usize = 10;

/// A cue of speech or writing that reports what follows.
fn reports(view: &SentenceView<'_>, at: usize) -> bool {
    let token = &view.tokens[at];
    token.is(Class::CUE_SPEECH.or(Class::CUE_WRITING))
        && !token.is(Class::CUE_WEAK)
        // “continues to pursue” reports nothing.
        && view.tokens.get(at + 1).is_none_or(|next| !next.is(Class::TO))
        && view.cue_at(at).is_some_and(|verb| matches!(verb.voice, Voice::Active | Voice::Gerund))
}
