//! “He” and “she” where only one person of the paragraph can be meant.

use serde::{Deserialize, Serialize};

use crate::lexicon::Class;
use crate::source::{ProseSpan, Span};
use crate::syntax::mentions::PersonMention;
use crate::syntax::token::Token;

/// A pronoun and the one person that it can mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pronoun<S = Span> {
    /// Where it stands.
    pub span: S,
    /// True for “she”, false for “he”.
    pub female: bool,
    /// Where the name before it stands.
    pub name: S,
}

impl Pronoun<ProseSpan> {
    /// The same, with its places in the file.
    pub(super) fn in_file(self, place: impl Fn(ProseSpan) -> Span) -> Pronoun {
        Pronoun { span: place(self.span), female: self.female, name: place(self.name) }
    }
}

/// The first such pronoun of a block; `tokens` are the block's, each quotation one of them, and `mentions` those of the
/// block, in order.
///
/// Nothing is read where the name is not the subject of its sentence, where the block names two people, or where somebody else comes between the name and the pronoun: a
/// noun for a person, a noun for a body, or another word with a capital.
pub(super) fn read(text: &str, tokens: &[Token], mentions: &[PersonMention]) -> Option<Pronoun<ProseSpan>> {
    let first = mentions.first()?;
    let person = |mention: &PersonMention| mention.person.clone().unwrap_or_else(|| mention.name.clone());
    if first.possessive || mentions.iter().any(|mention| person(mention) != person(first)) {
        return None;
    }
    let own = |span: ProseSpan| {
        mentions.iter().any(|mention| {
            mention.span.overlaps(span) || mention.titles.iter().any(|title| title.span.overlaps(span))
        })
    };
    let from = tokens.partition_point(|token| token.span.start < first.span.start);
    // Only the subject of its sentence is taken up by the pronoun, and nobody may have been meant by one before.
    let opens =
        tokens[..from].iter().rev().find(|token| token.is_word() && !own(token.span) || token.is_final());
    let pronoun = Class::SUBJECT.or(Class::OBJECT).or(Class::POSSESSIVE);
    let before = tokens[..from].iter().any(|token| token.is_word() && token.is(pronoun) && !own(token.span));
    if before || opens.is_some_and(|token| !token.is_final()) {
        return None;
    }
    // Somebody who comes before the name may be meant as well.
    let others = Class::PERSON_NOUN.or(Class::BODY_NOUN);
    if tokens[..from].iter().any(|token| token.is_word() && token.is(others) && !own(token.span)) {
        return None;
    }
    let mut begins = false;
    for token in &tokens[from..] {
        if token.is_word() && !own(token.span) {
            let word = token.span.of(text);
            let (he, she) = (word.eq_ignore_ascii_case("he"), word.eq_ignore_ascii_case("she"));
            if he || she {
                return Some(Pronoun { span: token.span, female: she, name: first.span });
            }
            let capital = token.is_capital() && !begins && !token.is(Class::MONTH.or(Class::WEEKDAY));
            if capital || token.is(others) {
                return None;
            }
        }
        begins = token.is_final();
    }
    None
}
