//! Names that are words: May, Will, March, Long. Where a text has somebody of such a name, the word is the name wherever
//! it speaks.

use smallvec::SmallVec;

use super::{Kind, Token};
use crate::lexicon::{Class, Language, Lexicon, fold};

/// What a word may be besides a name.
const OTHERWISE: Class = Class::AUXILIARY.or(Class::MONTH).or(Class::ADVERB);

/// What is left of a word that is a name.
const OF_NAMES: Class =
    Class::CAPITAL.or(Class::ALL_CAPITALS).or(Class::GIVEN_NAME).or(Class::MALE).or(Class::FEMALE);

/// Can a word of these classes be a name and something else?
pub(super) const fn is_word_or_name(class: Class) -> bool {
    class.any(OTHERWISE) && class.any(Class::CAPITAL) && !class.any(Class::STOPPED.or(Class::ALL_CAPITALS))
}

/// Takes from such words (`candidates`: their places, ascending) all that they may be besides a name: where the full name or
/// an honorific shows the name, and where the word of a name that the text has is beside a verb of speech.
pub fn settle(text: &str, language: &Language, tokens: &mut [Token], candidates: &[usize]) {
    let mut shown: SmallVec<[usize; 8]> = SmallVec::new();
    let mut speaking: SmallVec<[usize; 8]> = SmallVec::new();
    for &at in candidates {
        if ends_name(text, language, tokens, at) || begins_name(tokens, at) {
            shown.push(at);
        } else if speaks(tokens, at) {
            speaking.push(at);
        }
    }
    let word = |at: usize| tokens[at].span.of(text);
    speaking.retain(|at| shown.iter().any(|&name| word(name) == word(*at)));
    // The first word of a name needs no help where the rest of the name follows it.
    shown.retain(|at| ends_name(text, language, tokens, *at));
    for at in shown.into_iter().chain(speaking) {
        tokens[at].class = tokens[at].class.among(OF_NAMES);
    }
}

/// “Ms. March”, “Ana Long chairs”: after an honorific, or after a given name where no capital and no number follows.
fn ends_name(text: &str, language: &Language, tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let given = &tokens[before];
    if !given.is_word() || !given.is_capital() || given.is(OTHERWISE) && !given.is(Class::HONORIFIC) {
        return false;
    }
    if given.is(Class::HONORIFIC) && given.gender() != Class::NONE {
        return true;
    }
    let next = tokens.get(at + 1);
    // “Council Leader Ana May Resign”: the capitals of a headline tell nothing.
    let closes = next.is_none_or(|next| match next.kind {
        Kind::Word => !next.is_capital() && (next.is(FINITE) || next.is(Class::PREPOSITION)),
        Kind::Comma | Kind::Stop | Kind::Possessive | Kind::End => true,
        _ => false,
    });
    let led = before.checked_sub(1).is_some_and(|at| {
        let word = &tokens[at];
        word.is_capital() && !word.is(Class::HONORIFIC.or(Class::PERSON_NOUN)) && !opens(tokens, at)
    });
    given.is(Class::GIVEN_NAME)
        && closes
        && !led
        && language.offices.place(&fold(given.span.of(text))).is_none()
}

/// “May Calder runs”, “Will Harker said”: a given name before one capital and a verb.
fn begins_name(tokens: &[Token], at: usize) -> bool {
    let family = tokens.get(at + 1).is_some_and(|next| next.is_capital() && !next.is(OTHERWISE));
    let verb = tokens.get(at + 2).is_some_and(|next| next.is_word() && !next.is_capital() && next.is(FINITE));
    tokens[at].is(Class::GIVEN_NAME) && family && verb
}

/// “May said”, “”…,” said Long”: beside a verb of speech, with nothing before it that a name does not follow.
fn speaks(tokens: &[Token], at: usize) -> bool {
    let cue = |at: usize| {
        let token = &tokens[at];
        token.is_word()
            && !token.is_capital()
            && token.is(Class::CUE)
            && token.is(Class::FORM_PAST.or(Class::FORM_PRESENT))
    };
    let after = at + 1 < tokens.len() && cue(at + 1) && (opens(tokens, at) || after_clause(tokens, at));
    let inverted = at >= 2 && cue(at - 1) && tokens[at - 2].quote().is_some();
    after || inverted
}

/// Is the word before one that a subject follows: “that May said”, “and Long called”?
fn after_clause(tokens: &[Token], at: usize) -> bool {
    let before = &tokens[at - 1];
    before.is_word()
        && (before.is(Class::COORDINATOR.or(Class::RELATIVE))
            || before.is(Class::SUBORDINATOR) && !before.is(Class::PREPOSITION))
}

fn opens(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| !tokens[before].is_word())
}

/// A verb that agrees with its subject.
const FINITE: Class = Class::AUXILIARY.or(Class::FORM_PAST).or(Class::FORM_PRESENT);

/// “Úna”, “Zoë”: a given name that the list has without its accents. Other words with accents are other words.
pub(super) fn without_accents(word: &str, lexicon: &Lexicon) -> Class {
    if word.is_ascii() || !word.starts_with(char::is_uppercase) {
        return Class::NONE;
    }
    let class = lexicon.class(&fold(word));
    if class.any(Class::GIVEN_NAME) { class.among(Class::GIVEN_NAME.or(Class::GENDER)) } else { Class::NONE }
}
