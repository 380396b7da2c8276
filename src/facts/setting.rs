//! What a block's own words, quotations left out, bring to the words quoted beside it: somebody who may have spoken, a
//! colon that leads on to the next paragraph, a reason for leaving a source unnamed.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::lexicon::Class;
use crate::source::ProseSpan;
use crate::syntax::token::{Kind, Token};

/// Who comes into a block's own words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PeopleNearby {
    /// Nobody who could have spoken.
    #[default]
    Nobody,
    /// A noun for somebody or something that may speak: “the visitors”, “the report”.
    Described,
    /// A name, or a pronoun for a person.
    Named,
}

/// What a block's own words bring to the quotations in it and beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// Who comes into them.
    #[serde(default)]
    pub company: PeopleNearby,
    /// There are none: the block is speech from end to end.
    #[serde(default)]
    pub speech: bool,
    /// They end in a colon.
    #[serde(default)]
    pub leads_on: bool,
    /// They have a verb of saying: they report what somebody said, or bring in who did.
    #[serde(default)]
    pub tells: bool,
    /// They say that somebody goes unnamed, and perhaps why.
    #[serde(default)]
    pub anonymity: bool,
}

impl Setting {
    /// Reads it from a block whose quotations are folded into one token each.
    pub(super) fn read(text: &str, block: ProseSpan, tokens: &[Token]) -> Self {
        let own = |token: &Token| token.is_word() || token.kind == Kind::Number;
        Self {
            company: company(text, tokens),
            speech: tokens.iter().any(|token| token.quote().is_some()) && !tokens.iter().any(own),
            leads_on: leads_on(tokens),
            tells: tokens.iter().any(|token| token.is_word() && token.is(Class::CUE)),
            anonymity: speaks_of_anonymity(text, block),
        }
    }
}

fn company(text: &str, tokens: &[Token]) -> PeopleNearby {
    let mut company = PeopleNearby::Nobody;
    let mut begins = true;
    for token in tokens {
        if token.is_word() {
            let word = token.span.of(text);
            let person = token.is(Class::SUBJECT.or(Class::OBJECT).or(Class::POSSESSIVE))
                && !token.is(Class::RELATIVE)
                && !["it", "its", "itself", "this", "that", "these", "those"]
                    .iter()
                    .any(|thing| word.eq_ignore_ascii_case(thing));
            let name = token.is_capital() && !begins && !token.is(Class::MONTH.or(Class::WEEKDAY));
            if person || name {
                return PeopleNearby::Named;
            }
            if token.is(Class::PERSON_NOUN.or(Class::BODY_NOUN).or(Class::DOCUMENT_NOUN)) {
                company = PeopleNearby::Described;
            }
        }
        begins = token.is_final() || matches!(token.kind, Kind::Open | Kind::Colon);
    }
    company
}

/// Does the block's last word lead on to the next: a colon?
fn leads_on(tokens: &[Token]) -> bool {
    tokens.iter().rev().find(|token| token.kind != Kind::End).is_some_and(|token| token.kind == Kind::Colon)
}

/// Does the block say that somebody goes unnamed: “on condition of anonymity”?
fn speaks_of_anonymity(text: &str, block: ProseSpan) -> bool {
    let words = block.of(text).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    PHRASES.iter().any(|phrase| words.contains(phrase))
}

static PHRASES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/anonymity.txt"))
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::{PeopleNearby, Setting};
    use crate::facts::{Hints, read_prose};
    use crate::source::{Document, Format, Text};

    fn settings(text: &str) -> Vec<Setting> {
        let document = Document::new("draft.txt", Format::Plain, Text::new(text.to_owned()));
        read_prose(&document.prose(), &Hints::default()).blocks.iter().map(|block| block.setting).collect()
    }

    #[test]
    fn who_comes_into_a_block() {
        for (text, company) in [
            ("The feeling is gentle, on the whole. Rain fell on Monday.", PeopleNearby::Nobody),
            ("The visitors went home in the rain, wet and late.", PeopleNearby::Described),
            ("Rain fell, and she went home with a borrowed umbrella.", PeopleNearby::Named),
            ("In the rain that followed, Okafor walked home alone.", PeopleNearby::Named),
            ("“Okafor and she went home in the rain,” and that was that.", PeopleNearby::Nobody),
        ] {
            assert_eq!(settings(text).first().unwrap().company, company, "{text}");
        }
    }

    #[test]
    fn speech_colons_and_anonymity() {
        let found = settings(
            "The notice on the gate was short:\n\n“The gate is shut, and it will stay shut until Monday.”\n\n\
             An official spoke on condition of anonymity because the talks go on.\n",
        );
        assert_eq!(found.iter().map(|one| one.leads_on).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(found.iter().map(|one| one.speech).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(found.iter().map(|one| one.anonymity).collect::<Vec<_>>(), [false, false, true]);
    }
}
