//! What stands in quotation marks without being speech: titles of works, nicknames, names given to things.

use super::Ground;
use crate::lexicon::{Class, WordSet};
use crate::syntax::clause::noun_phrase;
use crate::syntax::token::Kind;

/// Why quoted words are nobody's speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSpeech {
    /// The title of a film, a programme, a book.
    Title,
    /// Ana “Windy” Ruiz.
    Nickname,
    /// A group called “Clear Water”.
    Naming,
    /// Hygge, Danish for “snugness”.
    Gloss,
    /// A sign that reads “No swimming”; a “Vote Ruiz” badge.
    Sign,
}

impl NotSpeech {
    /// What it is, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Title => "the title of a work",
            Self::Nickname => "a nickname",
            Self::Naming => "a name that something bears",
            Self::Gloss => "what foreign words mean",
            Self::Sign => "words on a sign",
        }
    }
}

/// Tells whether the quotation at `at` is no speech.
pub fn not_speech(ground: &Ground<'_>, at: usize) -> Option<NotSpeech> {
    let edges = ground.edges(at);
    let before = at.checked_sub(1).map(|index| ground.tokens[index]);
    let after = ground.tokens.get(at + 1).copied();
    if edges.words <= 2
        && edges.last == 'a'
        && before.is_some_and(|token| token.is_capital() && !token.is_final())
        && after.is_some_and(|token| token.is_capital())
        && edges.capital
    {
        return Some(NotSpeech::Nickname);
    }
    if names_a_thing(ground, at) {
        return Some(NotSpeech::Naming);
    }
    if glosses(ground, at) {
        return Some(NotSpeech::Gloss);
    }
    if on_a_sign(ground, at) {
        return Some(NotSpeech::Sign);
    }
    (edges.title && is_work(ground, at)).then_some(NotSpeech::Title)
}

/// “Tak,” Danish for “…”; hygge (Danish for “…”): right after a dash, a comma or a bracket stands the language.
fn glosses(ground: &Ground<'_>, at: usize) -> bool {
    at > 2
        && ground.word(at - 1) == "for"
        && ground.tokens[at - 2].is_capital()
        && (matches!(ground.tokens[at - 3].kind, Kind::Dash | Kind::Open | Kind::Comma)
            || ground.quote_ends_with_comma(at - 3))
        && WordSet::Language.has(ground.word(at - 2))
}

/// “a sign that read “…””, “shirts saying, “…””, “a “…” banner”: words to look at.
fn on_a_sign(ground: &Ground<'_>, at: usize) -> bool {
    let sign = |index: usize| {
        ground.tokens.get(index).is_some_and(|token| {
            token.is_word() && token.is(Class::SIGN) && !token.is_capital() && !token.is(Class::CUE)
        })
    };
    if sign(at + 1) {
        return true;
    }
    let before = |index: usize| index.checked_sub(1);
    let Some(mut verb) = before(at) else { return false };
    if matches!(ground.tokens[verb].kind, Kind::Comma | Kind::Colon) {
        verb = before(verb).unwrap_or_default();
    }
    let shows = Class::CUE_SPEECH.or(Class::CUE_WRITING);
    if !ground.tokens[verb].is_word() || !ground.tokens[verb].is(shows) {
        return false;
    }
    let Some(mut noun) = before(verb) else { return false };
    if ground.tokens[noun].is_word() && ground.tokens[noun].is(Class::RELATIVE) {
        noun = before(noun).unwrap_or_default();
    }
    sign(noun)
}

/// “a group called “…””, “the film titled “…””: a participle right after a noun for a thing.
fn names_a_thing(ground: &Ground<'_>, at: usize) -> bool {
    let mut verb = at.wrapping_sub(1);
    if ground.tokens.get(verb).is_some_and(|token| token.kind == Kind::Comma || token.is(Class::DETERMINER)) {
        verb = verb.wrapping_sub(1);
    }
    let naming = WordSet::Naming.has(ground.word(verb));
    let naming = naming
        || ground
            .tokens
            .get(verb)
            .is_some_and(|token| token.is(Class::CUE_CALL) && token.is(Class::FORM_PAST) && verb + 1 == at);
    // “papers later deemed “…””
    let noun = (0..verb.min(ground.tokens.len())).rev().map(|index| &ground.tokens[index]).find(|token| {
        !token.is_word() || !token.is(Class::ADVERB) || token.is(Class::SUBJECT.or(Class::PERSON_NOUN))
    });
    let Some(noun) = noun else { return false };
    // “what the harbour board termed “…””: the board gives the name, and does not bear it.
    let gives = noun_phrase::backward(ground.tokens, ground.sentence_start(at), verb)
        .is_some_and(|phrase| ground.after_what(&phrase));
    naming
        && !gives
        && noun.is_word()
        && !noun.is_capital()
        && !noun.is(Class::PERSON_NOUN
            .or(Class::SUBJECT)
            .or(Class::OBJECT)
            .or(Class::AUXILIARY)
            .or(Class::RELATIVE)
            .or(Class::ADVERB)
            .or(Class::COORDINATOR))
}

/// Is a title-cased quotation placed as the title of a work: on CBS’s “…”, the film “…”, on “…”?
fn is_work(ground: &Ground<'_>, at: usize) -> bool {
    let words = ground.edges(at).words;
    let near = |index: usize| ground.tokens.get(index).filter(|token| token.is_word()).copied();
    let mut before = at.wrapping_sub(1);
    // “the TV show, “…”,”
    if ground.tokens.get(before).is_some_and(|token| token.kind == Kind::Comma) {
        before = before.wrapping_sub(1);
    }
    let work = |index: usize| {
        near(index).is_some_and(|token| {
            token.is(Class::WORK_NOUN) && !token.is(Class::CUE_NOUN.or(Class::SIGN)) && !token.is_capital()
        })
    };
    if work(before) || work(at + 1) {
        return true;
    }
    let direct = at.checked_sub(1).and_then(|index| ground.tokens.get(index));
    if direct.is_some_and(|token| token.kind == Kind::Possessive) {
        // A possessive before a noun that attributes owns words: Reyes's “…” remark.
        return !near(at + 1).is_some_and(|token| token.is(Class::CUE_NOUN));
    }
    if words < 2 {
        return false;
    }
    match ground.word(at.wrapping_sub(1)) {
        "of" => work(at.wrapping_sub(2)),
        // “in an interview with “Fish and Friends””
        "with" => {
            near(at.wrapping_sub(2)).is_some_and(|token| token.is(Class::MEDIUM) && !token.is_capital())
        }
        "and" | "or" => at >= 2 && ground.tokens[at - 2].quote().is_some() && ground.edges(at - 2).title,
        lead => WordSet::TitleLead.has(lead),
    }
}
