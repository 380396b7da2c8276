//! To whom something was said: “told reporters”, “said to Okafor”, “wrote in a letter to the board”.
//!
//! ```text
//! hearer = cue-of-telling phrase                            told CNN's Jake Tapper
//!        | cue [ source ] [ adverb ] "to" phrase            said Reyes to the board
//!        | cue … medium "to" phrase                         wrote in a letter to the board
//! ```
//!
//! Only who can hear is one: a person, a name, a body, a pronoun. “Told a joke” and “said to be ill” have none.

use super::Ground;
use crate::lexicon::{Class, WordSet};
use crate::source::Span;
use crate::syntax::clause::noun_phrase::{self, NounPhrase, Sort};
use crate::syntax::clause::sentence::{self, Edges};
use crate::syntax::clause::verb::{Voice, verb_at};
use crate::syntax::token::{Kind, Page};

/// How far after a cue a medium with its hearer is looked for, in tokens: “on Monday in a long open letter to”.
const MEDIUM_REACH: usize = 9;

/// The phrase that names to whom the words with this cue were said; `source` is the phrase that names who said them.
pub fn hearer(text: &str, page: &Page, quotes: &[Edges], cue: Span, source: Option<Span>) -> Option<Span> {
    let at = page.tokens.partition_point(|token| token.span.start < cue.start);
    page.tokens.get(at).filter(|token| token.is_word() && token.span == cue)?;
    let ground = Ground::new(text, &page.tokens, quotes);
    let verb = verb_at(text, ground.tokens, at).filter(|verb| verb.voice != Voice::Passive)?;
    // “said Reyes to the board”: what follows the source follows the cue.
    let inverted = source.filter(|source| source.start >= cue.end);
    let after = inverted
        .map_or(at + 1, |source| ground.tokens.partition_point(|token| token.span.start < source.end));
    let told = if inverted.is_none() { object(&ground, verb.at).filter(can_hear) } else { None };
    let phrase = told
        .or_else(|| addressed(&ground, at, after).filter(|_| inverted.is_none() || closed(&ground, after)))
        .or_else(|| by_medium(&ground, after))?;
    let own = without_adverbial(&ground, &phrase);
    let end = if own == phrase.end { joined(&ground, own) } else { own };
    Some(sentence::span(ground.tokens, phrase.start, end))
}

/// What follows a cue of telling as its object: “told reporters”, “told her”; who cannot hear too (“told a joke”).
pub(super) fn object(ground: &Ground<'_>, cue: usize) -> Option<NounPhrase> {
    if !WordSet::Hearer.has(ground.word(cue)) {
        return None;
    }
    phrase(ground, cue + 1)
}

/// The phrase at `at`, object pronouns included: them, her, her sister.
fn phrase(ground: &Ground<'_>, at: usize) -> Option<NounPhrase> {
    let token = ground.tokens.get(at)?;
    // “warned that officers had left”
    if ground.word(at) == "that" {
        return None;
    }
    let owns = token.is(Class::POSSESSIVE)
        && ground.tokens.get(at + 1).is_some_and(|next| {
            noun_phrase::is_nominal(next) && !next.is(Class::WEEKDAY.or(Class::MONTH).or(Class::AUXILIARY))
        });
    if token.is_word() && token.is(Class::OBJECT) && !token.is_capital() && !owns {
        return Some(NounPhrase { start: at, end: at + 1, sort: Sort::Pronoun });
    }
    let found = noun_phrase::forward(ground.tokens, at)?;
    // “told reporters Wednesday”: the day is none of theirs.
    let day = (found.start + 1..found.end).find(|&at| {
        ground.tokens[at].is(Class::WEEKDAY.or(Class::MONTH)) && !ground.tokens[at].is(Class::GIVEN_NAME)
    });
    Some(day.map_or(found, |end| NounPhrase {
        end,
        sort: noun_phrase::sort(&ground.tokens[found.start..end]),
        ..found
    }))
}

/// Somebody who hears: not a joke, a story, a lie.
fn can_hear(phrase: &NounPhrase) -> bool {
    matches!(phrase.sort, Sort::Name | Sort::Person | Sort::Body | Sort::Pronoun)
}

/// “said to Okafor”, “said quietly to the board”: `after` is the token after cue and source.
fn addressed(ground: &Ground<'_>, cue: usize, after: usize) -> Option<NounPhrase> {
    if !WordSet::Addressing.has(ground.word(cue)) {
        return None;
    }
    let mut at = after;
    while ground.tokens.get(at).is_some_and(|token| {
        token.is_word() && !token.is_capital() && token.is(Class::ADVERB) && !token.is(Class::PREPOSITION)
    }) {
        at += 1;
    }
    to(ground, at)
}

/// Is the source before `after` a name or a pronoun? “Said an adviser to Okafor” and “said a man close to Okafor” tell
/// who spoke, and not to whom.
fn closed(ground: &Ground<'_>, after: usize) -> bool {
    let last = after.checked_sub(1).map(|at| &ground.tokens[at]);
    last.is_some_and(|token| token.is_capital() && !token.is(Class::PERSON_NOUN) || token.is(Class::SUBJECT))
}

/// “in a letter to the board”, “in a speech to students”.
fn by_medium(ground: &Ground<'_>, after: usize) -> Option<NounPhrase> {
    let mut medium = false;
    for at in after..ground.tokens.len().min(after + MEDIUM_REACH) {
        let token = &ground.tokens[at];
        if token.kind != Kind::Word || token.is(Class::SUBORDINATOR) && ground.word(at) == "that" {
            return None;
        }
        if medium && token.is(Class::TO) {
            return to(ground, at);
        }
        medium = token.is(Class::MEDIUM) && !token.is_capital();
    }
    None
}

/// “to Okafor” at `at`: not a place, not an infinitive.
fn to(ground: &Ground<'_>, at: usize) -> Option<NounPhrase> {
    ground.tokens.get(at).filter(|token| token.is_word() && token.is(Class::TO))?;
    let found = phrase(ground, at + 1).filter(can_hear)?;
    // “said to have left”
    (!ground.tokens[found.start].is(Class::AUXILIARY)).then_some(found)
}

/// “reporters in Lima”, “a crowd at the pier”: a place, a time or a medium is none of the hearer's.
fn without_adverbial(ground: &Ground<'_>, phrase: &NounPhrase) -> usize {
    (phrase.start + 1..phrase.end)
        .find(|&at| {
            let token = &ground.tokens[at];
            token.is_word() && !token.is_capital() && token.is(Class::PREPOSITION) && !token.is(Class::TYING)
        })
        // “told Harbour TV's “Good Tide””
        .or_else(|| Some(phrase.end - 1).filter(|&last| ground.tokens[last].kind == Kind::Possessive))
        .unwrap_or(phrase.end)
}

/// The end of the hearers where another is joined to the one that ends at `end`: “Reyes and the board”.
fn joined(ground: &Ground<'_>, end: usize) -> usize {
    let and = ground.tokens.get(end).is_some_and(|token| token.is_word() && token.is(Class::COORDINATOR));
    let next = if and { noun_phrase::forward(ground.tokens, end + 1).filter(can_hear) } else { None };
    // “told Reyes and the board agreed”: a verb after it makes it a subject.
    next.filter(|next| {
        (next.end..ground.tokens.len().min(next.end + 2)).all(|at| {
            !ground.tokens[at].is(Class::AUXILIARY)
                && verb_at(ground.text, ground.tokens, at).is_none_or(|verb| verb.voice != Voice::Active)
        })
    })
    .map_or(end, |next| next.end)
}
