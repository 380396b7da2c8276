//! To whom something was said: “told reporters”, “said to Okafor”, “wrote in a letter to the board”.
//!
//! ```text
//! hearer = cue-of-telling phrase                            told CNN's Jake Tapper
//!        | cue [ source ] [ adverb ] "to" phrase            said Reyes to the board
//!        | cue … medium ("to" | "with") phrase              wrote in a letter to the board
//! ```
//!
//! Only who can hear is one: a person, a name, a body, a pronoun. “Told a joke” and “said to be ill” have none.

use super::SentenceView;
use crate::lexicon::{Class, WordSet};
use crate::source::ProseSpan;
use crate::syntax::clause::noun_phrase::{self, HeadKind, NounPhrase};
use crate::syntax::clause::sentence;
use crate::syntax::clause::view::Voice;
use crate::syntax::id::TokenRange;
use crate::syntax::parse::Parse;
use crate::syntax::token::{Kind, Token};

/// How far after a cue a medium with its hearer is looked for, in tokens: “on Monday in a long open letter to”.
const MEDIUM_REACH: usize = 9;

/// The phrase that names to whom the words with this cue were said; `source` is the phrase that names who said them.
pub fn hearer(parse: &Parse<'_>, cue: ProseSpan, source: Option<ProseSpan>) -> Option<ProseSpan> {
    let at = parse.token_from(cue.start).index();
    let view = SentenceView::new(parse, TokenRange::new(0, parse.tokens().len()));
    view.tokens.get(at).filter(|token| token.is_word() && token.span == cue)?;
    let verb = view.verb(at).filter(|verb| verb.voice != Voice::Passive)?;
    // “said Reyes to the board”: what follows the source follows the cue.
    let inverted = source.filter(|source| source.start >= cue.end);
    let after =
        inverted.map_or(at + 1, |source| view.tokens.partition_point(|token| token.span.start < source.end));
    let hears = |phrase: &NounPhrase| can_hear(phrase) || is_broadcaster(&view, phrase);
    let told = if inverted.is_none() { object(&view, verb.at).filter(hears) } else { None };
    let phrase = told
        .or_else(|| addressed(&view, at, after).filter(|_| inverted.is_none() || closed(&view, after)))
        .or_else(|| by_medium(&view, after))?;
    let own = without_adverbial(&view, &phrase);
    let end = if own == phrase.end { joined(&view, own) } else { own };
    Some(sentence::span(view.tokens, phrase.start, end))
}

/// What follows a cue of telling as its object: “told reporters”, “told her”; who cannot hear too (“told a joke”).
pub(super) fn object(view: &SentenceView<'_>, cue: usize) -> Option<NounPhrase> {
    if !view.is_in(cue, WordSet::Hearer) {
        return None;
    }
    phrase(view, cue + 1)
}

/// The phrase at `at`, object pronouns included: them, her, her sister.
fn phrase(view: &SentenceView<'_>, at: usize) -> Option<NounPhrase> {
    let token = view.tokens.get(at)?;
    // “warned that officers had left”
    if view.is_in(at, WordSet::That) {
        return None;
    }
    let owns = token.is(Class::POSSESSIVE)
        && view.tokens.get(at + 1).is_some_and(|next| {
            noun_phrase::is_nominal(next) && !next.is(Class::WEEKDAY.or(Class::MONTH).or(Class::AUXILIARY))
        });
    if token.is_word() && token.is(Class::OBJECT) && !token.is_capital() && !owns {
        return Some(NounPhrase { start: at, end: at + 1, head_kind: HeadKind::Pronoun });
    }
    let found = noun_phrase::forward(view.tokens, at)?;
    // “told reporters Wednesday”: the day is none of theirs.
    let day = (found.start + 1..found.end).find(|&at| {
        view.tokens[at].is(Class::WEEKDAY.or(Class::MONTH)) && !view.tokens[at].is(Class::GIVEN_NAME)
    });
    Some(day.map_or(found, |end| NounPhrase {
        end,
        head_kind: noun_phrase::head_kind(&view.tokens[found.start..end]),
        ..found
    }))
}

/// Somebody who hears: not a joke, a story, a lie.
fn can_hear(phrase: &NounPhrase) -> bool {
    matches!(phrase.head_kind, HeadKind::Name | HeadKind::Person | HeadKind::Body | HeadKind::Pronoun)
}

/// “told KTOL radio”, “told the Harbour Hour programme”: a noun for a medium or a work behind the name of one.
fn is_broadcaster(view: &SentenceView<'_>, phrase: &NounPhrase) -> bool {
    let Some((last, before)) = view.tokens[phrase.start..phrase.end].split_last() else { return false };
    let medium = Class::DOCUMENT_NOUN.or(Class::WORK_NOUN).or(Class::MEDIUM);
    let named = |token: &Token| token.is_capital() && !token.is(Class::POSSESSIVE.or(Class::DETERMINER));
    let owned = before.iter().any(|token| token.kind == Kind::Possessive);
    last.is_word() && last.is(medium) && before.iter().any(named) && !owned
}

/// “said to Okafor”, “said quietly to the board”: `after` is the token after cue and source.
fn addressed(view: &SentenceView<'_>, cue: usize, after: usize) -> Option<NounPhrase> {
    if !view.is_in(cue, WordSet::Addressing) {
        return None;
    }
    let mut at = after;
    while view.tokens.get(at).is_some_and(|token| {
        token.is_word() && !token.is_capital() && token.is(Class::ADVERB) && !token.is(Class::PREPOSITION)
    }) {
        at += 1;
    }
    to(view, at)
}

/// Is the source before `after` a name or a pronoun? “Said an adviser to Okafor” and “said a man close to Okafor” tell
/// who spoke, and not to whom.
fn closed(view: &SentenceView<'_>, after: usize) -> bool {
    let last = after.checked_sub(1).map(|at| &view.tokens[at]);
    last.is_some_and(|token| token.is_capital() && !token.is(Class::PERSON_NOUN) || token.is(Class::SUBJECT))
}

/// “in a letter to the board”, “in a speech to students”.
fn by_medium(view: &SentenceView<'_>, after: usize) -> Option<NounPhrase> {
    let mut medium = false;
    for at in after..view.tokens.len().min(after + MEDIUM_REACH) {
        let token = &view.tokens[at];
        if token.kind != Kind::Word || token.is(Class::SUBORDINATOR) && view.is_in(at, WordSet::That) {
            return None;
        }
        if medium && token.is(Class::TO) {
            return to(view, at);
        }
        // “in an interview with Harbour Radio”: only a name; “with cream” and “with regret” are no hearers.
        if medium && view.word(at) == "with" {
            return phrase(view, at + 1)
                .filter(can_hear)
                .filter(|found| view.tokens[found.start..found.end].iter().any(Token::is_capital));
        }
        medium = token.is(Class::MEDIUM) && !token.is_capital();
    }
    None
}

/// “to Okafor” at `at`: not a place, not an infinitive.
fn to(view: &SentenceView<'_>, at: usize) -> Option<NounPhrase> {
    view.tokens.get(at).filter(|token| token.is_word() && token.is(Class::TO))?;
    let found = phrase(view, at + 1).filter(can_hear)?;
    // “said to have left”
    (!view.tokens[found.start].is(Class::AUXILIARY)).then_some(found)
}

/// “reporters in Lima”, “a crowd at the pier”: a place, a time or a medium is none of the hearer's.
fn without_adverbial(view: &SentenceView<'_>, phrase: &NounPhrase) -> usize {
    (phrase.start + 1..phrase.end)
        .find(|&at| {
            let token = &view.tokens[at];
            token.is_word() && !token.is_capital() && token.is(Class::PREPOSITION) && !token.is(Class::TYING)
        })
        // “told Harbour TV's “Good Tide””
        .or_else(|| Some(phrase.end - 1).filter(|&last| view.tokens[last].kind == Kind::Possessive))
        .unwrap_or(phrase.end)
}

/// The end of the hearers where another is joined to the one that ends at `end`: “Reyes and the board”.
fn joined(view: &SentenceView<'_>, end: usize) -> usize {
    let and = view.tokens.get(end).is_some_and(|token| token.is_word() && token.is(Class::COORDINATOR));
    let next = if and { noun_phrase::forward(view.tokens, end + 1).filter(can_hear) } else { None };
    // “told Reyes and the board agreed”: a verb after it makes it a subject.
    next.filter(|next| {
        (next.end..view.tokens.len().min(next.end + 2)).all(|at| {
            !view.tokens[at].is(Class::AUXILIARY)
                && view.verb(at).is_none_or(|verb| verb.voice != Voice::Active)
        })
    })
    .map_or(end, |next| next.end)
}
