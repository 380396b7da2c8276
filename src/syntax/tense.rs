//! Does the clause around an expression of days tell of the past or of the future?

use crate::source::Span;

/// What a clause tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// “was held”, “said”.
    Past,
    /// “will meet”, “is due”, “plans to”.
    Future,
    /// Neither, or both.
    Unknown,
}

/// The tense of the clause in `text` that holds the words at `span`.
pub fn around(_text: &str, _span: Span) -> Tense {
    Tense::Unknown
}
