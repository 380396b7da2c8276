//! Mentions of people, with the titles given to them.

use serde::{Deserialize, Serialize};

use crate::source::{ProseSpan, Span};

/// A mention of a person by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mention<S = Span> {
    /// The name, without titles and honorifics.
    pub span: S,
    /// The name as written.
    pub name: String,
    /// The person it stands for: the fullest form of the name in this file.
    pub person: Option<String>,
    /// The titles given with it.
    pub titles: Vec<TitleMention<S>>,
    /// True inside a quotation.
    pub quoted: bool,
    /// True for “Zelensky's …”: the name owns what follows.
    pub possessive: bool,
    /// The sentence it stands in.
    pub sentence: S,
    /// The time of the verb that goes with it.
    pub tense: Tense,
    /// “a Ruiz administration”, “if Ruiz …”: something imagined.
    pub imagined: bool,
    /// Something in the sentence looks back: “during”, “when”, “years ago”.
    pub retrospect: bool,
    /// An honorific that says who is meant among people of one name: “Mrs.”, “Dr.”; empty where there is none.
    pub honorific: String,
}

impl Mention<ProseSpan> {
    /// The same mention with its places in the file; `place` turns a range of the prose into one of the file.
    pub(super) fn in_file(self, place: impl Fn(ProseSpan) -> Span) -> Mention {
        Mention {
            span: place(self.span),
            sentence: place(self.sentence),
            titles: self
                .titles
                .into_iter()
                .map(|title| TitleMention {
                    span: place(title.span),
                    text: title.text,
                    position: title.position,
                    qualifier: title.qualifier,
                })
                .collect(),
            name: self.name,
            person: self.person,
            quoted: self.quoted,
            possessive: self.possessive,
            tense: self.tense,
            imagined: self.imagined,
            retrospect: self.retrospect,
            honorific: self.honorific,
        }
    }
}

/// The time of a clause's verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tense {
    /// There is no verb, or it does not tell.
    #[default]
    Unknown,
    /// says, is
    Present,
    /// said, was
    Past,
    /// had said
    PastPerfect,
    /// would say, will say
    Modal,
}

/// A title given to a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TitleMention<S = Span> {
    /// Where it stands.
    pub span: S,
    /// Its words.
    pub text: String,
    /// Where it stands by the name.
    pub position: TitlePosition,
    /// “former”, “then”, “acting”, “-elect”, as written; empty where there is none.
    pub qualifier: String,
}

/// Where a title stands by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TitlePosition {
    /// “President Ana Ruiz”.
    Before,
    /// “Ana Ruiz, the president”.
    After,
    /// “the Ruiz administration”, “Ruiz's government”.
    Era,
}
