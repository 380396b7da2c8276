//! Mentions of people, with the titles given to them.

use serde::{Deserialize, Serialize};

use crate::source::{ProseSpan, Span};
use crate::syntax::mentions::{MentionTense, PersonMention, PersonTitle, TitlePosition};

/// A mention of a person by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The name, without titles and honorifics.
    pub span: Span,
    /// The name as written.
    pub name: String,
    /// The person it stands for: the fullest form of the name in this file.
    pub person: Option<String>,
    /// The titles given with it.
    pub titles: Vec<TitleMention>,
    /// True inside a quotation.
    pub quoted: bool,
    /// True for “Zelensky's …”: the name owns what follows.
    pub possessive: bool,
    /// The sentence it stands in.
    pub sentence: Span,
    /// The time of the verb that goes with it.
    pub tense: MentionTense,
    /// “a Ruiz administration”, “if Ruiz …”: something imagined.
    pub imagined: bool,
    /// Does the sentence say that the person comes to hold an office: “became president”?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rises: bool,
    /// Does the person do here what only the holder of an office does: “vetoed the bill”?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub acts_in_office: bool,
    /// Something in the sentence looks back: “during”, “when”, “years ago”.
    pub retrospect: bool,
    /// An honorific that says who is meant among people of one name: “Mrs.”, “Dr.”; empty where there is none.
    pub honorific: String,
}

impl Mention {
    /// The name under which the person is known: the full one where the text has it.
    pub fn known_as(&self) -> &str {
        self.person.as_deref().unwrap_or(&self.name)
    }

    /// The mention that the grammar found, with its places in the file; `place` turns a range of the prose into one of
    /// the file.
    pub(super) fn placed(found: PersonMention, place: impl Fn(ProseSpan) -> Span) -> Self {
        let title = |title: PersonTitle| TitleMention {
            span: place(title.span),
            text: title.text,
            position: title.position,
            qualifier: title.qualifier,
        };
        Self {
            span: place(found.span),
            sentence: place(found.sentence),
            titles: found.titles.into_iter().map(title).collect(),
            name: found.name,
            person: found.person,
            quoted: found.quoted,
            possessive: found.possessive,
            tense: found.tense,
            imagined: found.imagined,
            rises: found.rises,
            acts_in_office: found.acts_in_office,
            retrospect: found.retrospect,
            honorific: found.honorific,
        }
    }
}

/// A title given to a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TitleMention {
    /// Where it stands.
    pub span: Span,
    /// Its words.
    pub text: String,
    /// Where it stands by the name.
    pub position: TitlePosition,
    /// “former”, “then”, “acting”, “-elect”, as written; empty where there is none.
    pub qualifier: String,
}
