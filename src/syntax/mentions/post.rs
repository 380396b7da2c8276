//! A post that a relative clause gives: “Ana Ruiz, who chairs the parks board,”; and what only the holder of a post does.

use super::{Passage, PersonTitle, TitlePosition, title};
use crate::lexicon::{Class, WordSet};
use crate::source::ProseSpan;
use crate::syntax::names::Name;
use crate::syntax::token::Kind;

/// Words after the verb: “the county’s roads and bridges department”.
const LONGEST: usize = 7;

/// “chairs the parks board” behind “Ana Ruiz, who”: the words from the verb to the noun for the body. `None` where something
/// else follows.
pub(super) fn relative(passage: Passage<'_>, name: &Name, ceiling: usize) -> Option<PersonTitle> {
    let Passage { view, text, tokens } = passage;
    let comma = tokens.get(name.end).is_some_and(|token| token.kind == Kind::Comma);
    if !comma || !view.is_in(name.end + 1, WordSet::Who) || !view.is_in(name.end + 2, WordSet::Holding) {
        return None;
    }
    let start = name.end + 2;
    let limit = ceiling.min(start + 1 + LONGEST).min(tokens.len());
    let closed = Class::PREPOSITION
        .or(Class::RELATIVE)
        .or(Class::SUBORDINATOR)
        .or(Class::AUXILIARY)
        .or(Class::SUBJECT);
    let end = (start + 1..limit)
        .find(|&at| !tokens[at].is_word() && tokens[at].kind != Kind::Possessive || tokens[at].is(closed))
        .unwrap_or(limit);
    let body = (start + 1..end).rfind(|&at| tokens[at].is_word() && tokens[at].is(Class::BODY_NOUN))?;
    let span = ProseSpan::new(tokens[start].span.start, tokens[body].span.end);
    Some(title(text, span, TitlePosition::After))
}

/// “Governor Ana Ruiz vetoed the bill in March 2024”: is the verb right behind the name, or behind an aside, an act of office,
/// in a sentence that goes on without another clause? A day in another clause is not the day of the act.
pub(super) fn acts_in_office(passage: Passage<'_>, name: &Name, ceiling: usize) -> bool {
    let Passage { view, tokens, .. } = passage;
    let end = ceiling.min(tokens.len());
    let comma = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::Comma);
    // “The governor, Ana Ruiz, vetoed” and “Ana Ruiz, a Republican, vetoed”.
    let aside = || (name.end + 1..end).take(ASIDE).find(|&at| comma(at)).map(|close| close + 1);
    let starts = if comma(name.end) { [Some(name.end + 1), aside()] } else { [Some(name.end), None] };
    let other_clause = Class::RELATIVE.or(Class::SUBORDINATOR);
    let verb_from = |from: usize| (from..end).find(|&at| !tokens[at].is(Class::ADVERB));
    let acts = |&verb: &usize| view.is_in(verb, WordSet::OfficialActs);
    let verb = starts.into_iter().flatten().filter_map(verb_from).find(acts);
    verb.is_some_and(|verb| {
        !tokens[verb + 1..end].iter().any(|token| token.is_word() && token.is(other_clause))
    })
}

/// Words of an aside behind a name: “Ana Ruiz, a Republican,”.
const ASIDE: usize = 8;
