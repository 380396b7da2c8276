//! A title that the writer gives for another time: “Ruiz, then a TD,”, “as mayor, Ruiz”, “the mayor at the time, Ana Ruiz”.

use std::ops::Range;

use super::{Passage, PersonTitle, TitlePosition, title};
use crate::lexicon::{Class, WordSet};
use crate::source::ProseSpan;
use crate::syntax::names::Name;
use crate::syntax::parse_titles;
use crate::syntax::token::Kind;

/// Words of such a title.
const LONGEST: usize = 10;

/// What is put as the qualifier of such a title.
const QUALIFIER: &str = "then";

/// The title of another time that stands beside a name; `around` are the tokens of its sentence.
pub(super) fn title_then(passage: Passage<'_>, name: &Name, around: Range<usize>) -> Option<PersonTitle> {
    let found = behind(passage, name, around.end).or_else(|| in_front(passage, name, around.start))?;
    let span = ProseSpan::new(passage.tokens[found.start].span.start, passage.tokens[found.end - 1].span.end);
    if parse_titles(span.of(passage.text)).is_empty() {
        return None;
    }
    let mut title = title(passage.text, span, TitlePosition::After);
    QUALIFIER.clone_into(&mut title.qualifier);
    Some(title)
}

/// “Ruiz, then a TD,” and “Ruiz, the mayor at the time,”: the tokens of the title.
fn behind(passage: Passage<'_>, name: &Name, ceiling: usize) -> Option<Range<usize>> {
    let Passage { view, tokens, .. } = passage;
    if tokens.get(name.end)?.kind != Kind::Comma {
        return None;
    }
    let limit = ceiling.min(name.end + 2 + LONGEST).min(tokens.len());
    let end = (name.end + 1..limit).find(|&at| tokens[at].kind == Kind::Comma || tokens[at].is_final())?;
    let lacks_a_verb =
        |range: &Range<usize>| !tokens[range.clone()].iter().any(|token| token.is(Class::AUXILIARY));
    let start = if view.is_in(name.end + 1, WordSet::Then) { name.end + 2 } else { name.end + 1 };
    let end = match before_the_time(passage, end) {
        Some(before) => before,
        None if start == name.end + 2 => end,
        None => return None,
    };
    Some(start..end).filter(|range| !range.is_empty() && lacks_a_verb(range))
}

/// “As mayor, Ruiz” and “the leader of the council at the time, Ana Ruiz,”: the tokens of the title.
fn in_front(passage: Passage<'_>, name: &Name, floor: usize) -> Option<Range<usize>> {
    let Passage { view, text, tokens } = passage;
    let comma = name.start.checked_sub(1).filter(|&at| at > floor && tokens[at].kind == Kind::Comma)?;
    let from = floor.max(comma.saturating_sub(LONGEST));
    let opens = |at: usize| at == floor || matches!(tokens[at - 1].kind, Kind::Comma | Kind::Number);
    if let Some(end) = before_the_time(passage, comma) {
        let the = |at: &usize| tokens[*at].is_word() && tokens[*at].is(Class::DETERMINER);
        return (from..end).find(|at| opens(*at) && the(at)).map(|start| start..end);
    }
    let start = (from..comma)
        .rfind(|&at| opens(at) && view.language.has_in_any_case(WordSet::As, tokens[at].span.of(text)))?;
    Some(start + 1..comma).filter(|range| !range.is_empty())
}

/// Where “at the time” begins that ends at `end`.
fn before_the_time(passage: Passage<'_>, end: usize) -> Option<usize> {
    let Passage { view, tokens, .. } = passage;
    let start = end.checked_sub(3)?;
    let told = tokens[start].is(Class::PREPOSITION)
        && tokens[start + 1].is(Class::DETERMINER)
        && view.is_in(start + 2, WordSet::TheTime);
    told.then_some(start)
}
