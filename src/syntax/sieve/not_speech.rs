//! What stands in quotation marks without being speech: titles of works, nicknames, names given to things.

use super::SentenceView;
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
pub fn not_speech(view: &SentenceView<'_>, at: usize) -> Option<NotSpeech> {
    let shapes = view.shapes(at);
    let before = at.checked_sub(1).map(|index| view.tokens[index]);
    let after = view.tokens.get(at + 1).copied();
    if shapes.words <= 2
        && shapes.last == 'a'
        && before.is_some_and(|token| token.is_capital() && !token.is_final())
        && after.is_some_and(|token| token.is_capital())
        && shapes.capital
    {
        return Some(NotSpeech::Nickname);
    }
    if names_a_thing(view, at) {
        return Some(NotSpeech::Naming);
    }
    if glosses(view, at) {
        return Some(NotSpeech::Gloss);
    }
    if on_a_sign(view, at) {
        return Some(NotSpeech::Sign);
    }
    (shapes.title && is_work(view, at)).then_some(NotSpeech::Title)
}

/// “Tak,” Danish for “…”; hygge (Danish for “…”): right after a dash, a comma or a bracket stands the language.
fn glosses(view: &SentenceView<'_>, at: usize) -> bool {
    at > 2
        && view.is_in(at - 1, WordSet::For)
        && view.tokens[at - 2].is_capital()
        && (matches!(view.tokens[at - 3].kind, Kind::Dash | Kind::Open | Kind::Comma)
            || view.quote_ends_with_comma(at - 3))
        && view.is_in(at - 2, WordSet::Language)
}

/// “a sign that read “…””, “shirts saying, “…””, “a “…” banner”: words to look at.
fn on_a_sign(view: &SentenceView<'_>, at: usize) -> bool {
    let sign = |index: usize| {
        view.tokens.get(index).is_some_and(|token| {
            token.is_word() && token.is(Class::SIGN) && !token.is_capital() && !token.is(Class::CUE)
        })
    };
    if sign(at + 1) {
        return true;
    }
    let before = |index: usize| index.checked_sub(1);
    let Some(mut verb) = before(at) else { return false };
    if matches!(view.tokens[verb].kind, Kind::Comma | Kind::Colon) {
        verb = before(verb).unwrap_or_default();
    }
    let shows = Class::CUE_SPEECH.or(Class::CUE_WRITING);
    if !view.tokens[verb].is_word() || !view.tokens[verb].is(shows) {
        return false;
    }
    let Some(mut noun) = before(verb) else { return false };
    if view.tokens[noun].is_word() && view.tokens[noun].is(Class::RELATIVE) {
        noun = before(noun).unwrap_or_default();
    }
    sign(noun)
}

/// “a group called “…””, “the film titled “…””: a participle right after a noun for a thing.
fn names_a_thing(view: &SentenceView<'_>, at: usize) -> bool {
    let mut verb = at.wrapping_sub(1);
    if view.tokens.get(verb).is_some_and(|token| token.kind == Kind::Comma || token.is(Class::DETERMINER)) {
        verb = verb.wrapping_sub(1);
    }
    let naming = view.is_in(verb, WordSet::Naming);
    let naming = naming
        || view
            .tokens
            .get(verb)
            .is_some_and(|token| token.is(Class::CUE_CALL) && token.is(Class::FORM_PAST) && verb + 1 == at);
    // “papers later deemed “…””
    let noun = (0..verb.min(view.tokens.len())).rev().map(|index| &view.tokens[index]).find(|token| {
        !token.is_word() || !token.is(Class::ADVERB) || token.is(Class::SUBJECT.or(Class::PERSON_NOUN))
    });
    let Some(noun) = noun else { return false };
    // “what the harbour board termed “…””: the board gives the name, and does not bear it.
    let gives = noun_phrase::backward(view.tokens, view.sentence_start(at), verb)
        .is_some_and(|phrase| view.after_what(&phrase));
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
fn is_work(view: &SentenceView<'_>, at: usize) -> bool {
    let words = view.shapes(at).words;
    let near = |index: usize| view.tokens.get(index).filter(|token| token.is_word()).copied();
    let mut before = at.wrapping_sub(1);
    // “the TV show, “…”,”
    if view.tokens.get(before).is_some_and(|token| token.kind == Kind::Comma) {
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
    let direct = at.checked_sub(1).and_then(|index| view.tokens.get(index));
    if direct.is_some_and(|token| token.kind == Kind::Possessive) {
        // A possessive before a noun that attributes owns words: Reyes's “…” remark.
        return !near(at + 1).is_some_and(|token| token.is(Class::CUE_NOUN));
    }
    if words < 2 {
        return false;
    }
    let lead = at.wrapping_sub(1);
    if view.is_in(lead, WordSet::Of) {
        work(at.wrapping_sub(2))
    } else if view.is_in(lead, WordSet::With) {
        // “in an interview with “Fish and Friends””
        near(at.wrapping_sub(2)).is_some_and(|token| token.is(Class::MEDIUM) && !token.is_capital())
    } else if view.is_in(lead, WordSet::Joining) {
        at >= 2 && view.tokens[at - 2].quote().is_some() && view.shapes(at - 2).title
    } else {
        view.is_in(lead, WordSet::TitleLead)
    }
}
