//! People who speak in a document that introduces nobody by their name: “a farmer from Skarrow”, “Pell”.

use super::{People, Speaker, SpeakerKind, one_line, without_article};
use crate::lexicon::{Class, WordSet, fold, offices};
use crate::source::ProseSpan;
use crate::syntax::clause::noun_phrase::{self, HeadKind, NounPhrase};
use crate::syntax::names::{Name, is_whole_cue};
use crate::syntax::token::{Kind, Token};

/// Somebody who speaks and is not introduced.
pub(super) struct Stranger {
    /// The phrase that brought them in.
    pub(super) phrase: ProseSpan,
    /// Is it a name?
    pub(super) named: bool,
    /// `MALE`, `FEMALE` or nothing, as far as the phrase tells.
    pub(super) gender: Class,
}

impl Stranger {
    pub(super) fn speaker(&self, text: &str) -> Speaker {
        let phrase = self.phrase.of(text);
        if self.named {
            Speaker { name: one_line(phrase), kind: SpeakerKind::Person }
        } else {
            Speaker { name: without_article(phrase), kind: SpeakerKind::Unnamed }
        }
    }
}

/// Does a description bring in somebody new, and one alone: “a farmer”, “one delegate”, “her mother”, “Ruiz's lawyer”?
/// “The farmer” has been met before.
pub(super) fn introduces(people: &People<'_>, phrase: ProseSpan) -> Option<Stranger> {
    let from = people.tokens.partition_point(|token| token.span.start < phrase.start);
    let words = people.tokens[from..].iter().take_while(|token| token.span.end <= phrase.end);
    let first = people.tokens.get(from)?;
    // “Your child” is the reader's, and nobody.
    let possessive = people.view.language.has(WordSet::Own, first.span.of(people.text));
    let owned = words.clone().any(|token| token.kind == Kind::Possessive);
    let one = people.view.language.has(WordSet::OneNew, first.span.of(people.text));
    // “a spokeswoman for the mayor”: the head is the noun before the preposition.
    let core = words.take_while(|token| !(token.is_word() && token.is(Class::PREPOSITION)));
    let head = core.filter(|token| token.is_word() && token.is(Class::PERSON_NOUN)).last()?;
    let plural = head.span.of(people.text).ends_with('s');
    if !one && (plural || !(possessive || owned)) {
        return None;
    }
    Some(Stranger { phrase, named: false, gender: head.gender() })
}

/// May a phrase for somebody new begin with this word?
pub(super) fn may_open(token: &Token) -> bool {
    token.is_word()
        && token.span.len() <= LONGEST_OPENER
        && token.is(Class::DETERMINER.or(Class::POSSESSIVE).or(Class::NUMBER_WORD))
}

/// “another”.
const LONGEST_OPENER: u32 = 7;

/// Can [`introduces`] take the phrase at `at` for somebody new, whatever it turns out to be? Most phrases begin with
/// “the” and own nothing, and need not be parsed.
pub(super) fn may_introduce(people: &People<'_>, at: usize) -> bool {
    let first = people.tokens[at].span.of(people.text);
    let owned = || {
        let rest = people.tokens[at..].windows(2).map(|pair| (pair[0].kind, &pair[1]));
        let mut phrase = rest.take_while(|(kind, next)| match kind {
            Kind::Word | Kind::Number | Kind::Symbol | Kind::Possessive => true,
            // “Okafor, Jr.”
            Kind::Comma => next.is(Class::SUFFIX),
            _ => false,
        });
        phrase.any(|(kind, _)| kind == Kind::Possessive)
    };
    people.view.language.has(WordSet::OneNew, first)
        || people.view.language.has(WordSet::Own, first)
        || owned()
}

/// May a clause begin at `at`: after a sign or a quotation, or after a word that joins clauses?
pub(super) fn opens_clause(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).map(|before| &tokens[before]).is_none_or(|before| {
        let joins = Class::COORDINATOR.or(Class::SUBORDINATOR);
        !before.is_word() && before.kind != Kind::Possessive || before.is_word() && before.is(joins)
    })
}

/// The phrase at `at` for a person, where a verb follows it. A clause begins at `at` ([`opens_clause`]).
pub(super) fn subject_phrase(tokens: &[Token], at: usize) -> Option<NounPhrase> {
    let phrase = noun_phrase::forward(tokens, at).filter(|phrase| phrase.head_kind == HeadKind::Person)?;
    let verb = |at: usize| {
        let finite = Class::AUXILIARY.or(Class::FORM_PAST).or(Class::FORM_PRESENT);
        tokens.get(at).is_some_and(|token| token.is_word() && token.is(finite))
    };
    let who = tokens.get(phrase.end).is_some_and(|token| token.is_word() && token.is(Class::RELATIVE));
    let acts = who || verb(phrase.end) || after_aside(tokens, phrase.end).is_some_and(verb);
    acts.then_some(phrase)
}

/// The token after the aside that begins at `at`, between commas or dashes.
pub(super) fn after_aside(tokens: &[Token], at: usize) -> Option<usize> {
    let kind =
        tokens.get(at).map(|token| token.kind).filter(|kind| matches!(kind, Kind::Comma | Kind::Dash))?;
    let rest = (at + 1..tokens.len()).take(LONGEST_ASIDE).take_while(|&at| !tokens[at].is_final());
    let close = rest.into_iter().find(|&at| tokens[at].kind == kind)?;
    Some(close + 1)
}

/// The longest aside between a subject and its verb, in words.
const LONGEST_ASIDE: usize = 16;

/// The gender of a given name that stands alone.
pub(super) fn gender_of_given(people: &People<'_>, name: &Name) -> Class {
    let token = &people.tokens[name.start];
    let place = offices().place(&fold(token.span.of(people.text))).is_some();
    let day = token.is(Class::WEEKDAY.or(Class::MONTH));
    if name.gender != Class::NONE || place || day || !token.is(Class::GIVEN_NAME) {
        return name.gender;
    }
    token.gender()
}

/// A verb of asking: who is asked speaks next.
pub(super) fn asks(text: &str, cue: &Token) -> bool {
    cue.is_word() && cue.span.of(text).starts_with("ask")
}

/// The cue whose subject is the phrase from `start` to `end`: “he said”, “she has also told”, “”…,” said he”. Not “rain is
/// forecast”: what is said of somebody or something, they do not say.
pub(super) fn speaking(tokens: &[Token], (start, end): (usize, usize)) -> Option<usize> {
    let light = |token: &&Token| token.is_word() && token.is(Class::AUXILIARY.or(Class::ADVERB));
    let cue = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            token.is_word()
                && token.is(Class::CUE)
                && !token.is(Class::CUE_WEAK)
                && token.is(Class::FORM_PAST.or(Class::FORM_PRESENT).or(Class::FORM_PARTICIPLE))
                && is_whole_cue(tokens, at)
        })
    };
    let verb = end + tokens[end..].iter().take(MOST_LIGHT).take_while(light).count();
    let inverted = || {
        let verb = start.checked_sub(1).filter(|&verb| cue(verb))?;
        verb.checked_sub(1).filter(|&quote| tokens[quote].quote().is_some()).map(|_| verb)
    };
    let passive = tokens[end..verb].iter().any(|token| token.is(Class::BE));
    if cue(verb) { Some(verb).filter(|_| !passive) } else { inverted() }
}

/// Does a name at `at`, or the title before it, follow a cue that follows a quotation: “”…,” said Mayor Ruiz”?
pub(super) fn inverted(tokens: &[Token], at: usize) -> bool {
    let title = |token: &&Token| token.is_word() && (token.is_capital() || token.is(Class::PERSON_NOUN));
    let first = at - tokens[..at].iter().rev().take(LONGEST_TITLE).take_while(title).count();
    let cue = first.checked_sub(1).filter(|&cue| tokens[cue].is(Class::CUE_SPEECH));
    cue.and_then(|cue| cue.checked_sub(1)).is_some_and(|quote| tokens[quote].quote().is_some())
}

/// The longest title between a cue and a name, in words.
const LONGEST_TITLE: usize = 8;

/// The most words between a pronoun and its verb: “she has also said”.
const MOST_LIGHT: usize = 2;
