//! Expressions of days, and the days they stand for.

use serde::{Deserialize, Serialize};

use super::Phrase;
use crate::calendar::{Day, Interval, Weekday};
use crate::source::Span;

/// An expression of a day or of several, and what it resolves to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DateFact {
    /// Where it stands.
    pub span: Span,
    /// Its words.
    pub text: String,
    /// What kind of expression it is.
    pub kind: DateKind,
    /// The weekday it names, with its own place.
    pub weekday: Option<(Weekday, Span)>,
    /// The day that its month and its number, or its “today”, name, whatever weekday stands beside them; for a
    /// range the first day; `None` where there is none or where more than one is possible.
    pub day: Option<Day>,
    /// The days it stands for; `None` where that is undecided or no such day exists.
    pub interval: Option<Interval>,
    /// True where it names a day that the calendar does not have.
    pub impossible: bool,
    /// True inside a quotation: the speaker's date, not the writer's.
    pub quoted: bool,
    /// True where the day is its own: it does not depend on when the document was published.
    pub absolute: bool,
    /// True where the day lies after the publication and its clause, which begins with it, tells of it as past.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub told_past: bool,
    /// What its year belongs to, where it names a year and words stand with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<Occasion>,
    /// The phrase for what happens then, where the words right before the date say so: “hearing” in “the hearing is on
    /// Tuesday”.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Phrase>,
    /// The day is the last one of that event: “the fair ends on Tuesday”.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub event_ends: bool,
}

/// What kind of expression of days it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateKind {
    /// A day of a month, or a range of them: “April 17, 2025”, “3–5 May”.
    Day,
    /// Digits alone: “04/17/2025”.
    Numeric,
    /// A month, a season, a quarter or a year.
    Period,
    /// A weekday alone: “on Thursday”.
    Weekday,
    /// A weekday with “last”, “this” or “next”.
    RelativeWeekday,
    /// “today”, “yesterday”, “tomorrow”.
    RelativeDay,
    /// Counted from today: “last week”, “three days ago”.
    Relative,
    /// Counted from another day of the text.
    Elsewhere,
}

/// An occasion named with its year: “presidential election” in “the 2024 presidential election”.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Occasion {
    /// Where year and words stand.
    pub span: Span,
    /// The words without the year.
    pub text: String,
    /// The nations named in the words themselves or, where they name none, in their sentence.
    pub nations: Vec<String>,
}
