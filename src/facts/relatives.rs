//! Relatives who are named by their given name alone: “Kuykendall’s sister, Doreen,”, “Tobias brought his daughter, Wren”.

use serde::{Deserialize, Serialize};

use super::age_then::only_person;
use crate::lexicon::{Class, describes_relative, fold, kin};
use crate::source::{ProseSpan, Span};
use crate::syntax::mentions::PersonMention;
use crate::syntax::token::{Kind, Token};

/// Somebody who is known by a given name and by whose relative it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relative<S = Span> {
    /// The word for the relative.
    pub span: S,
    /// The given name, folded.
    pub given: String,
    /// The kind of relative: “sibling”.
    pub kin: String,
    /// The person whose relative it is, folded: the full name where the text has it, else the family name.
    pub of: String,
}

impl Relative<ProseSpan> {
    /// The same, with its place in the file.
    pub(super) fn in_file(self, place: impl Fn(ProseSpan) -> Span) -> Relative {
        Relative { span: place(self.span), given: self.given, kin: self.kin, of: self.of }
    }
}

/// The relatives of a sentence who have a given name alone. `before` are the mentions of its block up to its end: “his” is the
/// one person whom they name.
pub(super) fn read(text: &str, tokens: &[Token], before: &[PersonMention]) -> Vec<Relative<ProseSpan>> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !token.is_word() || token.is_capital() || !token.is(Class::PERSON_NOUN) {
            continue;
        }
        let Some(kin) = kin(token.span.of(text)) else { continue };
        let named = given_behind(text, tokens, at + 1).or_else(|| given_in_front(text, tokens, at));
        let Some(given) = named else { continue };
        let Some(of) = owner(text, tokens, at, &given, before) else { continue };
        found.push(Relative { span: token.span, given, kin: kin.to_owned(), of });
    }
    found
}

/// A given name that stands alone, at `at`.
fn lone_name(text: &str, tokens: &[Token], at: usize) -> Option<String> {
    let capital = |at: usize| tokens.get(at).is_some_and(|token| token.is_word() && token.is_capital());
    let name = tokens.get(at).filter(|_| capital(at) && !capital(at + 1))?;
    let alone = at.checked_sub(1).is_none_or(|before| !capital(before));
    let other = Class::WEEKDAY.or(Class::MONTH).or(Class::HONORIFIC);
    // “his brother Tobias Orrick’s boat” has a name of two words; “his sister Maud’s boat” is Maud's.
    (alone && !name.is(other)).then(|| fold(name.span.of(text)))
}

/// “sister, Doreen,”, “sister Doreen”.
fn given_behind(text: &str, tokens: &[Token], at: usize) -> Option<String> {
    let comma = tokens.get(at).is_some_and(|token| token.kind == Kind::Comma);
    let name = at + usize::from(comma);
    let given = lone_name(text, tokens, name)?;
    let closed = |token: &Token| matches!(token.kind, Kind::Comma | Kind::Stop | Kind::End | Kind::Dash);
    (!comma || tokens.get(name + 1).is_some_and(closed)).then_some(given)
}

/// “Wren, his niece.”: the name, a comma, whose relative, and the end of the aside.
fn given_in_front(text: &str, tokens: &[Token], at: usize) -> Option<String> {
    let comma = tokens[..at].iter().rposition(|token| token.kind == Kind::Comma)?;
    let closed = tokens.get(at + 1).is_some_and(|next| !next.is_word());
    if at - comma > LONGEST_ASIDE || !closed {
        return None;
    }
    lone_name(text, tokens, comma.checked_sub(1)?)
}

/// Words between the comma of an aside and the relative: “his only”, “Kuykendall’s younger”.
const LONGEST_ASIDE: usize = 4;

/// Whose relative it is: “Kuykendall’s”, or “his” where one person alone is named.
fn owner(text: &str, tokens: &[Token], kin: usize, given: &str, before: &[PersonMention]) -> Option<String> {
    let at = tokens[..kin]
        .iter()
        .rposition(|token| !token.is_word() || !describes_relative(token.span.of(text)))?;
    if tokens[at].kind == Kind::Possessive {
        let name = tokens.get(at.checked_sub(1)?).filter(|token| token.is_capital())?;
        let mention = before.iter().rev().find(|mention| mention.span.overlaps(name.span));
        let full = mention.and_then(|mention| mention.person.as_deref());
        return Some(fold(full.unwrap_or(name.span.of(text))));
    }
    let word = tokens[at].span.of(text);
    if !(tokens[at].is_word() && matches!(word, "his" | "her" | "His" | "Her")) {
        return None;
    }
    let until = before.partition_point(|mention| mention.span.start < tokens[at].span.start);
    // The relative may be a mention as well.
    let own = &before[..until];
    let own = match own.split_last() {
        Some((last, rest)) if fold(&last.name) == given => rest,
        _ => own,
    };
    let person = only_person(own)?;
    Some(fold(person.known_as()))
}
