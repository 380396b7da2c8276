//! What can be odd about a quotation mark.

use serde::{Deserialize, Serialize};

/// What is odd about a mark. The names are those of the rules that report them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkFaultKind {
    /// An opening mark whose paragraph ends before it closes, and the next does not open anew.
    UnclosedQuotation,
    /// A closing mark with nothing open.
    UnopenedQuotation,
    /// An opening mark of one style closed by one of another.
    MismatchedMarks,
    /// Other characters used as marks: `''`, two backticks, a double prime.
    StandInMarks,
    /// A quotation inside one of the same marks.
    NestedSameMarks,
    /// A paragraph that goes on with speech without opening anew, or a close before speech goes on.
    UnmarkedContinuation,
    /// Paragraphs of speech, each of which opened anew, that stand in one paragraph now.
    JoinedParagraphs,
    /// A second style of mark in a file that mostly uses another.
    MixedMarkStyle,
    /// A second style of apostrophe in a file that mostly uses another.
    MixedApostrophes,
    /// A curly mark that faces the wrong way.
    ReversedMark,
    /// Space between a mark and the words it encloses.
    SpacedMarks,
    /// Nothing between the marks.
    EmptyQuotation,
    /// Words that stand for words to come: “TK”.
    PlaceholderQuotation,
    /// A comma or full stop on the side of the mark where American usage does not have it.
    PunctuationOutside,
    /// A comma or full stop on the side of the mark where British usage does not have it.
    PunctuationInside,
}
