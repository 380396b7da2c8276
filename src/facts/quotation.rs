//! Quotations: regions between quotation marks, or set off as one by the format.

use serde::{Deserialize, Serialize};

use super::{Attribution, WordPlaces};
use crate::source::Span;

/// What a quotation looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuotationKind {
    /// At least one sentence.
    #[default]
    Sentence,
    /// Part of a sentence, worked into the writer's own.
    Fragment,
    /// Set off as a block by the format.
    Block,
    /// Words held at arm's length, named as words, slogans and nicknames: not speech.
    Scare,
    /// The title of a work.
    Title,
}

/// One quotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quotation {
    /// From its first mark to its last, marks included.
    pub span: Span,
    /// One range a paragraph (marks included); more than one where it runs over several.
    pub segments: Vec<Span>,
    /// What stands in `span`, markup stripped, paragraphs joined by a line feed.
    pub text: String,
    /// The same without its own marks, opening marks of later paragraphs too: the words.
    pub words: String,
    /// Where the words stand in the file.
    #[serde(default)]
    pub places: WordPlaces,
    /// For a quotation of ten words or fewer, the writer's words around it in its sentence: they tell the topic where
    /// the words themselves are too few to. Empty for others, unless a page of a rule asks for them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub around: String,
    /// Does the writer set a condition, or call it an opinion, in their own words near the quotation?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub condition_told: bool,
    /// What it looks like.
    pub kind: QuotationKind,
    /// 0, or how many quotations stand around it.
    pub level: u8,
    /// The block it begins in: an index into `FileFacts::blocks`.
    pub block: u32,
    /// The quotation whose sentence this one goes on with after an interruption
    /// (“A,” he said, “b”): an index into `FileFacts::quotations`.
    pub continues: Option<u32>,
    /// False where the closing mark is missing (or, for `open`, the opening one).
    pub closed: bool,
    /// Who said it; `None` where it is nobody's speech or that is undecided.
    pub attribution: Option<Attribution>,
}
