//! Attribution after the quotation: “…,” said Reyes; “…,” Reyes said; “…,” according to Reyes.

use super::{Pattern, SentenceView, SourceDecision};
use crate::lexicon::{Class, WordSet};
use crate::source::ProseSpan;
use crate::syntax::clause::noun_phrase::{self, HeadKind, NounPhrase};
use crate::syntax::clause::view::{Verb, Voice};
use crate::syntax::token::{Kind, Token};

/// How far after a quotation its attribution is looked for, in tokens: the longest appositions of news copy.
const REACH: usize = 60;

/// Cues after which the subject does not stand inverted: told, called.
pub(super) fn never_inverted(view: &SentenceView<'_>, at: usize) -> bool {
    view.tokens[at].is(Class::CUE_CALL) || view.is_in(at, WordSet::Uninverted)
}

/// “…,” said Reyes.
pub fn inverted(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let mut at = view.skip_separator(quote + 1);
    let begin = at;
    while view.tokens.get(at)?.is_word()
        && view.tokens[at].is(Class::ADVERB)
        && !view.tokens[at].is(Class::CUE)
    {
        at += 1;
    }
    let token = view.tokens.get(at)?;
    let with_particle = view.is_particle_cue(at);
    // Lists that only matter here are asked last: most words after a quotation are in none.
    let speech = matches!(view.shapes(quote).last, ',' | '?' | '!' | '-' | '…' | '.');
    let manner = || speech && (with_particle || view.is_in(at, WordSet::InvertedCue));
    let past = token.is(Class::FORM_PAST.or(Class::FORM_PRESENT));
    let cue = past && token.is(Class::CUE);
    if token.is_capital() || !(cue || manner()) || (begin == quote + 1 && !view.leads_on(quote)) {
        return None;
    }
    let cue_end = if with_particle { at + 2 } else { at + 1 };
    let mut next = cue_end;
    while view
        .tokens
        .get(next)
        .is_some_and(|token| token.is(Class::ADVERB) && !token.is(Class::PERSON_NOUN) && !token.is_capital())
    {
        next += 1;
    }
    // “the “big” plan shows that …”: a fragment inside a sentence is the subject of what follows.
    let worked_in = view.shapes(quote).last == 'a' && quote > 0 && !view.tokens[quote - 1].is_final();
    if worked_in || view.is_in(next, WordSet::That) {
        return None;
    }
    let phrase = noun_phrase::forward(view.tokens, next)
        .or_else(|| named_after_role(view, next))
        .filter(|_| with_particle || !token.is(Class::CUE_IT))?;
    let phrase = without_participle(view, phrase);
    // “…,” called Reyes.: the one who is told something is no source, unless the clause ends with the name.
    if never_inverted(view, at) && !with_particle && !calls_out(view, quote, &phrase) {
        return None;
    }
    // “…,” said the harbour board: anybody may speak here, but a bare noun after a weak cue may be its object.
    let names = phrase.names_source();
    let strong = cue && !token.is(Class::CUE_WEAK);
    // “…,” replied the stranger: a noun that no list has for people, between a cue of speech and the end of its clause.
    let told = || {
        view.tokens[phrase.start].is(Class::DETERMINER)
            && (strong && token.is(Class::CUE_VERBATIM) || manner())
            && view.closes_clause(phrase.end)
    };
    if !names && !(strong && view.is_in(at, WordSet::PlainCue)) && !told() {
        return None;
    }
    // “added that”, “said in a statement”, “said on Monday”: no subject follows.
    if opens_with_day(view.tokens, &phrase)
        || phrase.head_kind == HeadKind::Pronoun && view.tokens[phrase.start].is(Class::OBJECT)
    {
        return None;
    }
    Some(SourceDecision::new(view, Pattern::CueThenSource, Some(phrase), Some((at, cue_end))))
}

/// “said Friday”, “said May 12”; but “said April Holt”.
fn opens_with_day(tokens: &[Token], phrase: &NounPhrase) -> bool {
    let first = &tokens[phrase.start];
    let surname = || phrase.end > phrase.start + 1 && tokens[phrase.start + 1].is_capital();
    first.is(Class::WEEKDAY.or(Class::MONTH)) && !(first.is(Class::GIVEN_NAME) && surname())
}

/// “said lead scientist Ana Reyes”: a word that can be a verb, before a role and a name.
fn named_after_role(view: &SentenceView<'_>, at: usize) -> Option<NounPhrase> {
    let role = view.tokens.get(at + 1)?;
    let word = view.tokens.get(at).filter(|token| token.is_word() && !token.is_capital())?;
    let closed = Class::DETERMINER.or(Class::PREPOSITION).or(Class::COORDINATOR).or(Class::SUBORDINATOR);
    let phrase = noun_phrase::forward(view.tokens, at + 1)?;
    let named = role.is_word()
        && role.is(Class::PERSON_NOUN)
        && !role.is_capital()
        && phrase.head_kind == HeadKind::Name
        && view.tokens.get(at + 2).is_some_and(Token::is_capital);
    (named && !word.is(closed.or(Class::SUBJECT).or(Class::OBJECT)))
        .then_some(NounPhrase { start: at, ..phrase })
}

/// “said a woman lining up outside”, “said Reyes rising”: what somebody does while speaking is no part of who it is.
fn without_participle(view: &SentenceView<'_>, phrase: NounPhrase) -> NounPhrase {
    let head = |at: usize| view.tokens[at].is(Class::PERSON_NOUN) || view.tokens[at].is_capital();
    let participle = (phrase.start + 1..phrase.end).find(|&at| {
        let token = &view.tokens[at];
        let word = view.word(at);
        token.is_word() && !token.is_capital() && word.len() > 4 && word.ends_with("ing") && head(at - 1)
            && !token.is(Class::PERSON_NOUN.or(Class::BODY_NOUN))
            // “the ranking Democrat”: an adjective.
            && !(at + 1..phrase.end).any(|index| view.tokens[index].is_capital())
    });
    match participle {
        Some(end) => {
            let head_kind = noun_phrase::head_kind(&view.tokens[phrase.start..end]);
            NounPhrase { end, head_kind, ..phrase }
        }
        None => phrase,
    }
}

/// “a phrase Reyes disputes”: a noun for words and the one of whom a clause without a relative pronoun tells.
fn is_contact_clause(view: &SentenceView<'_>, phrase: &NounPhrase) -> bool {
    let words = phrase.start..phrase.end;
    let name = words.rev().take_while(|&at| view.tokens[at].is_capital()).last();
    let noun = name.and_then(|name| name.checked_sub(1)).filter(|&noun| noun > phrase.start);
    view.tokens[phrase.start].is(Class::DETERMINER)
        && noun.is_some_and(|noun| view.tokens[noun].is_word() && view.tokens[noun].is(Class::CUE_NOUN))
}

/// “…,” the “Harbour Hour” presenter said: a title between the article and the noun.
fn titled(view: &SentenceView<'_>, begin: usize) -> Option<NounPhrase> {
    let article = view.tokens.get(begin).filter(|token| token.is_word() && token.is(Class::DETERMINER))?;
    let title = view.tokens.get(begin + 1).is_some_and(|token| token.quote().is_some());
    let noun = view.tokens.get(begin + 2).filter(|_| title && !article.is_capital())?;
    let person = noun.is_word() && noun.is(Class::PERSON_NOUN);
    person.then_some(NounPhrase { start: begin, end: begin + 3, head_kind: HeadKind::Person })
}

/// “Hullo!” called Reyes. A whole quotation, then the verb and a name that ends its clause.
fn calls_out(view: &SentenceView<'_>, quote: usize, phrase: &NounPhrase) -> bool {
    phrase.head_kind == HeadKind::Name
        && matches!(view.shapes(quote).last, ',' | '?' | '!')
        && view.tokens.get(phrase.end).is_none_or(|token| {
            token.is_final()
                || token.kind == Kind::Comma
                || token.is_word() && token.is(Class::PREPOSITION.or(Class::ADVERB)) && !token.is(Class::TO)
        })
        && !view.is_in(phrase.start - 1, WordSet::Telling)
}

/// “…,” Reyes said; “…,” Reyes, the harbour master, said.
pub fn direct(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let begin = view.skip_separator(quote + 1);
    let first = view.tokens.get(begin)?;
    if begin == quote + 1 && !view.leads_on(quote) && view.shapes(quote).last != 'a' {
        return None;
    }
    if !first.is_word()
        || first.is(Class::COORDINATOR.or(Class::SUBORDINATOR))
            && !first.is_capital()
            && !first.is(Class::DETERMINER)
    {
        return as_said(view, begin);
    }
    // A fragment worked into a sentence (“the ‘big’ man said”) is no content of what follows it.
    if begin == quote + 1
        && view.shapes(quote).last == 'a'
        && !first.is(Class::SUBJECT)
        && !first.is_capital()
        && !first.is(Class::DETERMINER)
    {
        return None;
    }
    let mut start = begin;
    while view
        .tokens
        .get(start)
        .is_some_and(|token| token.is(Class::ADVERB) && !token.is_capital() && !token.is(Class::PERSON_NOUN))
    {
        start += 1;
    }
    if first.is(Class::RELATIVE.or(Class::SUBORDINATOR)) && !first.is_capital() {
        return None;
    }
    let phrase = titled(view, start).or_else(|| noun_phrase::forward(view.tokens, start))?;
    if is_contact_clause(view, &phrase) {
        return None;
    }
    let phrase =
        adjectives(view, phrase).or_else(|| described(view, phrase)).unwrap_or_else(|| joint(view, phrase));
    if phrase.head_kind == HeadKind::Other && !view.tokens[phrase.start].is(Class::DETERMINER) {
        return None;
    }
    if let Some(quoted) = quoted_as_saying(view, quote, &phrase) {
        return Some(quoted);
    }
    // After “…?” and “…!” a new sentence may begin as well: only the plain form is trusted.
    let plain_only =
        begin == quote + 1 && matches!(view.shapes(quote).last, '?' | '!' | '…' | '.') && first.is_capital();
    let stopped = matches!(view.shapes(quote).last, '…' | '.');
    let limit = view.tokens.len().min(quote + REACH);
    let mut at = phrase.end;
    let mut aside = false;
    while at < limit {
        let token = &view.tokens[at];
        match token.kind {
            Kind::Stop if !token.is(Class::ENDS) => {}
            Kind::Stop | Kind::Question | Kind::Exclamation | Kind::End | Kind::Colon | Kind::Semicolon => {
                return None;
            }
            Kind::Quote(_) if !aside => return None,
            Kind::Comma | Kind::Open | Kind::Dash => aside = true,
            _ if token.is(Class::RELATIVE) => aside = true,
            _ => {}
        }
        // “Calloway has said”: an auxiliary belongs to the group of the verb after it.
        let helps = token.is(Class::AUXILIARY) && !token.is(Class::CUE);
        if !helps && let Some(verb) = view.verb(at) {
            let before = verb.first.checked_sub(1).map(|index| view.tokens[index]);
            let closes_aside =
                before.is_some_and(|token| matches!(token.kind, Kind::Comma | Kind::Close | Kind::Dash));
            // “a reporter can be heard asking”
            if let Some(cue) = heard_saying(view, &verb)
                && (verb.first == phrase.end || closes_aside)
            {
                return Some(SourceDecision::new(
                    view,
                    Pattern::SourceThenCue,
                    Some(phrase),
                    Some((cue, cue + 1)),
                ));
            }
            let active = matches!(verb.voice, Voice::Active) || view.is_quoted_as_saying(&verb);
            if aside && plain_only {
                return None;
            }
            if active && (verb.first == phrase.end || closes_aside) && (verb.cue || verb.first == phrase.end)
            {
                // “Calloway had seen it”: with an auxiliary only a verb of saying attributes.
                let told_of = verb.first < verb.at
                    && token.is(Class::CUE_WEAK)
                    && view.tokens[verb.first].is(Class::AUXILIARY);
                if told_of || !verb.cue && !view.may_speak(quote, &verb) {
                    return None;
                }
                if fronted(view, quote) && !view.closes_clause(verb.at + 1) {
                    return None;
                }
                // “Why?” Reyes praised the plan: a new sentence, with an object of its own.
                let objects = Class::OBJECT.or(Class::TO);
                let whole = view.sentence_start(quote) == quote && verb.first == verb.at;
                if plain_only && stopped && !(whole && view.ends_clause(verb.at + 1)) {
                    return None;
                }
                if plain_only
                    && !view.tokens[at].is(Class::CUE_VERBATIM)
                    && !view.closes_clause(verb.at + 1)
                    && !view.tokens.get(verb.at + 1).is_some_and(|next| next.is(objects))
                {
                    return None;
                }
                let strong = verb.cue && !view.tokens[at].is(Class::CUE_CALL);
                if !strong && begin == quote + 1 && view.shapes(quote).last == 'a' {
                    return None;
                }
                let pattern = if aside {
                    Pattern::SourceAsideCue
                } else if strong {
                    Pattern::SourceThenCue
                } else {
                    Pattern::WeakCue
                };
                return Some(SourceDecision::new(view, pattern, Some(phrase), Some((at, at + 1))));
            }
            // “an order released Friday said”: a participle that belongs to the source.
            if verb.voice == Voice::Passive && verb.at == phrase.end && phrase.head_kind == HeadKind::Document
            {
                aside = true;
            }
            if !aside {
                return None;
            }
            // “…,” and so on, Reyes said: a name between a comma and the cue is the cue's own subject.
            if active && verb.cue && view.has_own_subject(quote, &verb) {
                return None;
            }
            // Inside the aside: its verbs are not the clause's, unless nothing closes it before the cue.
            if active
                && verb.cue
                && !view.tokens[at].is(Class::CUE_WEAK.or(Class::CUE_CALL))
                // “… Reyes, and said he “…””: another sentence's second half.
                && !before.is_some_and(|token| token.is_word() && token.is(Class::COORDINATOR))
                && closes_later(view, at, limit).is_none()
            {
                return Some(SourceDecision::new(
                    view,
                    Pattern::SourceAsideCue,
                    Some(phrase),
                    Some((at, at + 1)),
                ));
            }
        }
        at += 1;
    }
    None
}

/// “…,” the Mercury quoted Reyes as saying: whoever is quoted, and not who quotes.
fn quoted_as_saying(view: &SentenceView<'_>, quote: usize, quoter: &NounPhrase) -> Option<SourceDecision> {
    let verb = quoter.end;
    if !view.quote_ends_with_comma(quote) || !view.is_in(verb, WordSet::Quoted) {
        return None;
    }
    let object = view.tokens.get(verb + 1)?;
    let phrase = if object.is_word() && object.is(Class::OBJECT) {
        NounPhrase { start: verb + 1, end: verb + 2, head_kind: HeadKind::Pronoun }
    } else {
        noun_phrase::forward(view.tokens, verb + 1)?
    };
    let saying = phrase.end + 1;
    let says = view.is_in(phrase.end, WordSet::As)
        && view.tokens.get(saying).is_some_and(|token| token.is(Class::FORM_GERUND) && token.is(Class::CUE));
    (says && phrase.head_kind != HeadKind::Other)
        .then(|| SourceDecision::new(view, Pattern::SourceThenCue, Some(phrase), Some((saying, saying + 1))))
}

/// “As for the “…,” Reyes found it dull”, “When Reyes used the words “…,” she smiled”: the quotation ends what stands before
/// the main clause.
fn fronted(view: &SentenceView<'_>, quote: usize) -> bool {
    let start = view.sentence_start(quote);
    let first = &view.tokens[start];
    start < quote
        && first.is_word()
        && first.is_capital()
        && first.is(Class::PREPOSITION.or(Class::SUBORDINATOR))
        && !first.is(Class::DETERMINER)
        && (start..quote)
            .all(|at| view.tokens[at].kind != Kind::Comma || at + 1 == quote && view.tokens[at - 1].is_word())
}

/// “…,” as Reyes said; “…,” as described by Reyes.
fn as_said(view: &SentenceView<'_>, at: usize) -> Option<SourceDecision> {
    if !view.is_in(at, WordSet::As) {
        return None;
    }
    if let Some(verb) = view.tokens.get(at + 1).filter(|token| token.is_word() && token.is(Class::CUE))
        && verb.is(Class::FORM_PARTICIPLE.or(Class::FORM_PAST))
        && view.is_in(at + 2, WordSet::By)
    {
        let phrase = noun_phrase::forward(view.tokens, at + 3)?;
        return Some(SourceDecision::new(view, Pattern::SourceThenCue, Some(phrase), Some((at + 1, at + 2))));
    }
    let phrase = noun_phrase::forward(view.tokens, at + 1)?;
    let names = phrase.names_source();
    let verb = (phrase.end..view.tokens.len().min(phrase.end + 3)).find_map(|index| view.verb(index))?;
    // “as he promised to stay”: no attribution.
    let goes_on = view.tokens.get(verb.at + 1).is_some_and(|next| next.is(Class::TO));
    let cue = verb.first == phrase.end
        && verb.cue
        && verb.voice == Voice::Active
        && !view.is_weak(verb.at)
        && !goes_on;
    (names && cue).then(|| {
        SourceDecision::new(view, Pattern::SourceThenCue, Some(phrase), Some((verb.at, verb.at + 1)))
    })
}

/// “the tired, 71-year-old diplomat said”: adjectives with commas between them before one noun.
fn adjectives(view: &SentenceView<'_>, first: NounPhrase) -> Option<NounPhrase> {
    let determined = view.tokens[first.start].is(Class::DETERMINER) && first.head_kind == HeadKind::Other;
    let comma = view.tokens.get(first.end).is_some_and(|token| token.kind == Kind::Comma);
    if !determined || !comma {
        return None;
    }
    let rest = noun_phrase::forward(view.tokens, first.end + 1)?;
    let bare = !view.tokens[rest.start].is(Class::DETERMINER.or(Class::CAPITAL));
    let verb =
        view.verb(rest.end.min(view.tokens.len() - 1)).is_some_and(|verb| verb.first == rest.end && verb.cue);
    (bare && verb && rest.head_kind == HeadKind::Person).then_some(NounPhrase { start: first.start, ..rest })
}

/// “the landlady, Ana Reyes, said”: description and name are one source.
fn described(view: &SentenceView<'_>, first: NounPhrase) -> Option<NounPhrase> {
    // “the chief secretary to the Treasury, Ana Reyes, said”
    let to = view.tokens.get(first.end).is_some_and(|token| token.is_word() && token.is(Class::TO));
    let end = match noun_phrase::forward(view.tokens, first.end + 1) {
        Some(office) if to => office.end,
        _ => first.end,
    };
    let comma = view.tokens.get(end).is_some_and(|token| token.kind == Kind::Comma);
    let name = noun_phrase::forward(view.tokens, end + 1)
        .filter(|_| comma && first.head_kind == HeadKind::Person)?;
    let closed = view.tokens.get(name.end).is_some_and(|token| token.kind == Kind::Comma);
    let full = noun_phrase::is_full_name(&view.tokens[name.start..name.end]);
    (closed && full).then_some(NounPhrase { start: first.start, end: name.end, head_kind: HeadKind::Name })
}

/// “Ana Reyes and Tom Okafor”: names joined by “and” are one source.
fn joint(view: &SentenceView<'_>, first: NounPhrase) -> NounPhrase {
    let names = |phrase: &NounPhrase| matches!(phrase.head_kind, HeadKind::Name | HeadKind::Person);
    let and = view.tokens.get(first.end).is_some_and(|token| token.is_word() && token.is(Class::COORDINATOR));
    if !and || !names(&first) {
        return first;
    }
    match noun_phrase::forward(view.tokens, first.end + 1) {
        Some(second) if names(&second) => {
            // “Ana Reyes and Tom Okafor of the Institute for Tides and Coasts”
            let institute = view.tokens.get(second.end).is_some_and(|token| token.is(Class::COORDINATOR))
                && view.tokens[second.end - 1].is_capital();
            let end = noun_phrase::forward(view.tokens, second.end + 1)
                .filter(|third| institute && third.head_kind == HeadKind::Name)
                .map_or(second.end, |third| third.end);
            NounPhrase { end, ..first }
        }
        _ => first,
    }
}

/// “can be heard asking”, “is shown lecturing”: the participle after a passive that says the words were caught.
fn heard_saying(view: &SentenceView<'_>, verb: &Verb) -> Option<usize> {
    let next = view.tokens.get(verb.at + 1)?;
    let says =
        next.is_word() && next.is(Class::FORM_GERUND) && next.is(Class::CUE) && !view.is_weak(verb.at + 1);
    (verb.voice == Voice::Passive && says).then_some(verb.at + 1)
}

/// Is there a finite cue right after a comma further on in the sentence?
fn closes_later(view: &SentenceView<'_>, from: usize, limit: usize) -> Option<usize> {
    (from + 1..limit).take_while(|&at| !view.tokens[at].is_final()).find(|&at| {
        matches!(view.tokens[at - 1].kind, Kind::Comma | Kind::Close | Kind::Dash)
            && view.cue_at(at).is_some_and(|verb| verb.voice == Voice::Active)
    })
}

/// “…,” according to Reyes.
pub fn according_to(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let end = view.sentence_end(quote);
    let at = (quote + 1..end.min(quote + REACH)).find(|&at| view.is_according_to(at))?;
    // Directly after the quotation, or closing its clause.
    if at > quote + 2 && view.tokens[at - 1].kind != Kind::Comma {
        return None;
    }
    let phrase = noun_phrase::forward(view.tokens, at + 2)?;
    Some(SourceDecision::new(view, Pattern::AccordingToAfter, Some(phrase), Some((at, at + 2))))
}

/// A source that trails behind a quotation stands no more tokens away, and after no more commas. Only lists of hundreds of
/// quotations are longer, and to search each of them to its end takes the square of their number.
const FARTHEST: usize = 200;
const MOST_TRIED: usize = 24;

/// The port is “…” and closed, Reyes said.
pub fn trailing(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let end = view.sentence_end(quote).min(quote + FARTHEST);
    let may_begin = |at: &usize| {
        // “… – as described by Reyes”
        let dash = || view.tokens[*at].kind == Kind::Dash && view.is_in(*at + 1, WordSet::As);
        view.tokens[*at].kind == Kind::Comma || view.quote_ends_with_comma(*at) || dash()
    };
    for comma in (quote + 1..end).filter(may_begin).take(MOST_TRIED) {
        // “…” and “…,” Reyes, the harbour master, said: two fragments of one sentence.
        if view.tokens[comma].quote().is_some()
            && let Some(found) = inverted(view, comma).or_else(|| direct(view, comma))
        {
            return Some(SourceDecision { pattern: Pattern::TrailingCue, ..found });
        }
        // “…” and closed, as Reyes suggested
        if let Some(found) = as_said(view, comma + 1) {
            return Some(SourceDecision { pattern: Pattern::TrailingCue, ..found });
        }
        if let Some(phrase) = noun_phrase::forward(view.tokens, comma + 1)
            && phrase.names_source()
            && let Some(verb) = (phrase.end..end.min(phrase.end + 4)).find_map(|at| view.verb(at))
            && verb.first == phrase.end
            && verb.cue
            && verb.voice == Voice::Active
            && !view.tokens[verb.at].is(Class::CUE_CALL.or(Class::CUE_WEAK))
            && view.closes_clause(verb.at + 1)
        {
            return Some(SourceDecision::new(
                view,
                Pattern::TrailingCue,
                Some(phrase),
                Some((verb.at, verb.at + 1)),
            ));
        }
        // “…, said Reyes.”
        let at = comma + 1;
        if view.tokens.get(at).is_some_and(|token| {
            token.is(Class::CUE_SPEECH)
                && token.is(Class::FORM_PAST.or(Class::FORM_PRESENT))
                && !token.is(Class::CUE_WEAK)
        }) && !never_inverted(view, at)
            && let Some(phrase) = noun_phrase::forward(view.tokens, at + 1)
            && matches!(phrase.head_kind, HeadKind::Name | HeadKind::Person | HeadKind::Pronoun)
        {
            return Some(SourceDecision::new(view, Pattern::TrailingCue, Some(phrase), Some((at, at + 1))));
        }
    }
    None
}

/// “…” — Ana Reyes: a signature closes the block, or the next quotation follows it.
pub fn dash_name(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let whole = quote == 0 || view.tokens[quote - 1].is_final();
    signature(view, quote + 1).filter(|_| whole)
}

/// A dash at `dash` with the name that signs after it.
pub(super) fn signature(view: &SentenceView<'_>, dash: usize) -> Option<SourceDecision> {
    view.tokens.get(dash).filter(|token| token.kind == Kind::Dash)?;
    let phrase = noun_phrase::forward(view.tokens, dash + 1)?;
    let closed = view.tokens.get(phrase.end).is_none_or(|token| {
        matches!(token.kind, Kind::End | Kind::Quote(_) | Kind::Open)
            || token.kind == Kind::Dash && begins_line(view, phrase.end)
            || token.kind == Kind::Stop && view.tokens.get(phrase.end + 1).is_none_or(|next| next.kind == Kind::End)
            // “— Ana Reyes, harbour master”
            || token.kind == Kind::Comma && view.tokens.len() - phrase.end < 16
    });
    (closed && phrase.head_kind == HeadKind::Name)
        .then(|| SourceDecision::new(view, Pattern::DashName, Some(phrase), Some((dash, dash + 1))))
}

/// Who signs on a line of its own after the signature whose dash stands at `dash`.
pub(super) fn second_signature(view: &SentenceView<'_>, dash: usize) -> Option<SourceDecision> {
    let first = noun_phrase::forward(view.tokens, dash + 1)?;
    let mut dashes = (first.end..view.tokens.len()).filter(|&at| view.tokens[at].kind == Kind::Dash);
    dashes.find(|&at| begins_line(view, at)).and_then(|at| signature(view, at))
}

/// Does a token begin a line?
fn begins_line(view: &SentenceView<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    let between = ProseSpan::new(view.tokens[before].span.end, view.tokens[at].span.start);
    between.of(view.text).contains(['\n', '\r'])
}

/// “- Orla Finn”: an item of a list that is a name and nothing else.
pub(super) fn signing_item(view: &SentenceView<'_>) -> Option<SourceDecision> {
    let phrase = noun_phrase::forward(view.tokens, 0)?;
    let closed = match view.tokens.get(phrase.end).map(|token| token.kind) {
        None | Some(Kind::End) => true,
        Some(Kind::Stop) => view.tokens.get(phrase.end + 1).is_none_or(|next| next.kind == Kind::End),
        _ => false,
    };
    (closed && phrase.head_kind == HeadKind::Name && view.tokens[0].is_capital())
        .then(|| SourceDecision::new(view, Pattern::DashName, Some(phrase), None))
}
