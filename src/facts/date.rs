//! Expressions of days.

use serde::{Deserialize, Serialize};

use crate::calendar::{Interval, Weekday};
use crate::source::Span;

/// An expression of a day or of several, and what it resolves to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DateFact {
    /// Where it stands.
    pub span: Span,
    /// Its words.
    pub text: String,
    /// The weekday it names, with its own place.
    pub weekday: Option<(Weekday, Span)>,
    /// The days it stands for; `None` where that is undecided or no such day exists.
    pub interval: Option<Interval>,
    /// True where it names a day that the calendar does not have.
    pub impossible: bool,
    /// True inside a quotation: the speaker's date, not the writer's.
    pub quoted: bool,
}
