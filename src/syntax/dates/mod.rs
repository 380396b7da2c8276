//! Expressions of days in running prose: what is written, not yet which day it means.
//!
//! The grammar, in the order in which `grammar` follows it:
//!
//! ```text
//! dated    = weekday [","] ["the"] date                  “Thursday, April 17, 2025”
//!          | date ("(" weekday ")" | ", a" weekday)      “April 17 (Thursday)”
//! date     = month ["the"] number [to] [year]            “Apr. 17”, “April 3–5, 2025”
//!          | number [to] ["of"] month [year]             “17th of April”, “30 April–2 May”
//!          | year "-" number "-" number                  “2025-04-17”
//!          | number "/" number ["/" year]                “04/17/2025”
//! weekday  = [part] [which] name [hours]                 “late Wednesday”, “this coming Saturday”
//! stretch  = [part] which unit | part "in the" unit      “earlier this week”, “last month”
//!          | [part] month [year] | season year | year    “mid-April”, “spring 2018”, “in 2018”
//!          | share ["of"] year | [part] decade            “Q1 2024”, “the first half of last year”, “the 1990s”
//! relative = “yesterday” | number units "ago" | …        “the day before yesterday”
//! ```
//!
//! A scan walks the prose once and enters the grammar only at words that can begin a date. What looks like a
//! date and is none (“Sunday Times”, “4/5 of them”, “Theresa May”) is kept out by the words around it
//! (`guard`), because a wrong date does more harm than a missing one.

mod grammar;
mod guard;
mod numeric;
mod relative;
mod share;
mod words;

use super::token::{letters, plain_end};
use crate::calendar::Weekday;
use crate::lexicon::PACKED;
use crate::source::ProseSpan;
use words::{Word, Words};

pub use words::{Part, Unit, Which};

/// An expression of a day or of several, as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Where it stands in the text given to [`find`].
    pub span: ProseSpan,
    /// The weekday it names, with its place.
    pub weekday: Option<(Weekday, ProseSpan)>,
    /// What it says.
    pub shape: Shape,
}

impl Expression {
    /// Does it say “this past” or “this coming”, and so mean the nearest? `text` is the one it was found in.
    pub fn is_near(&self, text: &str) -> bool {
        let words =
            self.span.of(text).split_whitespace().take(2).map(str::to_ascii_lowercase).collect::<Vec<_>>();
        matches!(words.as_slice(), [this, near] if this == "this" && ["past", "coming"].contains(&near.as_str()))
    }
}

/// What an expression says. Months run from 1 to 12 and days from 1 to 31; whether the month has that day is
/// left open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// A day of a month: “April 17, 2025”, “2025-04-17”.
    Civil {
        /// The year, where it is written.
        year: Option<i16>,
        /// The month.
        month: i8,
        /// The day.
        day: i8,
    },
    /// Numbers alone, where the order is not given: “04/05/26”. At least one reading has a month from 1 to 12.
    Numeric {
        /// The first number.
        first: i8,
        /// The second number.
        second: i8,
        /// The year, where it is written; two digits are taken as 1970 to 2069.
        year: Option<i16>,
    },
    /// From one day to another: “April 3–5”, “30 April–2 May 2025”.
    Range {
        /// First month and day.
        from: (i8, i8),
        /// Last month and day.
        to: (i8, i8),
        /// The year, where it is written.
        year: Option<i16>,
    },
    /// A day of an unnamed month: “Friday the 18th”.
    DayOfMonth {
        /// The day.
        day: i8,
    },
    /// A month: “in April”, “mid-April”, “last May”.
    Month {
        /// The month.
        month: i8,
        /// The year, where it is written.
        year: Option<i16>,
        /// “last”, “this”, “next”.
        which: Option<Which>,
        /// “early”, “mid”, “late”.
        part: Option<Part>,
    },
    /// A season: “spring 2018”, “last summer”.
    Season {
        /// 1 spring, 2 summer, 3 autumn, 4 winter.
        season: u8,
        /// The year, where it is written.
        year: Option<i16>,
        /// “last”, “this”, “next”.
        which: Option<Which>,
    },
    /// A quarter or a half of a year: “the first quarter of 2024”, “Q1 2024”, “the first half of last year”.
    Share {
        /// Which one, from 1 to `of`.
        number: u8,
        /// 4 quarters or 2 halves.
        of: u8,
        /// The year, where it is written.
        year: Option<i16>,
        /// “last”, “this”, “next”, where it is not.
        which: Option<Which>,
    },
    /// A year of account: “FY2024”. It may begin in any month.
    Fiscal {
        /// The year it is named after.
        year: i16,
    },
    /// Ten years: “the 1990s”.
    Decade {
        /// The first.
        year: i16,
        /// “early”, “mid”, “late”.
        part: Option<Part>,
    },
    /// A year: “in 2018”.
    Year {
        /// The year.
        year: i16,
        /// “early”, “mid”, “late”.
        part: Option<Part>,
    },
    /// A weekday alone: “on Thursday”, “last Friday”. Its name is in [`Expression::weekday`].
    Weekday {
        /// “last”, “this”, “next”; “this past” and “this coming” are `Last` and `Next` with `near`.
        which: Option<Which>,
        /// True for “this past” and “this coming”: the nearest such day.
        near: bool,
    },
    /// Days from today: “yesterday”, “tonight”.
    Day {
        /// 0 for today, -1 for yesterday.
        offset: i8,
    },
    /// A stretch counted from today: “last week”, “earlier this month”.
    Unit {
        /// Which one.
        which: Which,
        /// Of what.
        unit: Unit,
        /// Which part of it.
        part: Option<Part>,
    },
    /// Back from today: “three days ago”.
    Ago {
        /// How many.
        count: u16,
        /// Of what.
        unit: Unit,
    },
    /// On from today: “two weeks from now”.
    Ahead {
        /// How many.
        count: u16,
        /// Of what.
        unit: Unit,
    },
    /// Counted from another day of the text: “the day before”, “two weeks later”, “a Tuesday”.
    Elsewhere,
}

/// Every expression of days in `text`, in order and not overlapping. Spans are byte ranges of `text`.
pub fn find(text: &str) -> Vec<Expression> {
    each(text).collect()
}

/// The same one by one, for those who need only the first.
///
/// One pass: the grammar starts only at words that can begin an expression.
pub fn each(text: &str) -> impl Iterator<Item = Expression> {
    let mut at = 0;
    std::iter::from_fn(move || next(text, &mut at))
}

/// The same where the words and numbers of `text` are known: most of them are passed with one look. `words` are their
/// places in the prose, in order; `text` begins at its byte `start`.
pub fn each_of(
    text: &str,
    start: u32,
    words: impl Iterator<Item = ProseSpan>,
) -> impl Iterator<Item = Expression> {
    let mut words = words;
    let calendar = Words::get();
    let mut place = 0;
    // A word may hold another expression behind the first one.
    let mut again = None;
    std::iter::from_fn(move || {
        loop {
            let word = again.take().or_else(|| words.next())?;
            let (from, to) = ((word.start - start) as usize, (word.end - start) as usize);
            if from >= place && is_no_date(calendar, text.as_bytes(), from, to) {
                continue;
            }
            if let Some(expression) = first_in(calendar, text, from.max(place), to) {
                place = expression.span.end as usize;
                again = Some(word);
                return Some(expression);
            }
        }
    })
}

/// Is the word at `start..end` one of letters alone with which no expression begins? A quick look that turns nearly every word
/// away; `false` says nothing.
#[inline(always)]
fn is_no_date(words: &Words, bytes: &[u8], start: usize, end: usize) -> bool {
    let Some(window) = bytes.get(start..).and_then(|rest| rest.first_chunk::<PACKED>()) else { return false };
    let [a, b, c, d, e, f, g, h, ..] = *window;
    let len = end - start;
    // What an article stands before is looked at elsewhere.
    len > ARTICLE
        && letters(*window) >= len
        && !words.may_hold_letters([a, b, c, d, e, f, g, h], len)
        && !share::may_open(a)
}

/// Letters of the longest article: “an”.
const ARTICLE: usize = 2;

/// The first expression that begins in `from..to`. That may be one word, which may have several parts (“mid-April”).
#[inline]
fn first_in(words: &Words, text: &str, from: usize, to: usize) -> Option<Expression> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < to {
        let end = plain_end(bytes, at, to);
        if end == at {
            at += 1;
            continue;
        }
        if may_begin(words, bytes, at, end)
            && let Some(expression) = at_word(text, at, end)
        {
            return Some(expression);
        }
        at = end;
    }
    None
}

/// May an expression begin with the run of ASCII letters and digits at `start..end`?
#[inline(always)]
fn may_begin(words: &Words, bytes: &[u8], start: usize, end: usize) -> bool {
    let word = &bytes[start..end];
    if word[0].is_ascii_digit() {
        return word.len() <= 5 || share::may_begin(word);
    }
    // Most words are turned away here.
    if !words.may_open(word) && !share::may_open(word[0]) {
        return false;
    }
    match word {
        // “a week ago”, “a Tuesday”: of the many words behind an article few are of the calendar.
        [b'a' | b'A'] | [b'a' | b'A', b'n'] => {
            bytes.get(end) != Some(&b' ') || words.may_hold(next_word(bytes, end + 1))
        }
        _ => words.may_hold(word) || share::may_begin(word),
    }
}

/// The run of ASCII letters and digits at `start`.
fn next_word(bytes: &[u8], start: usize) -> &[u8] {
    &bytes[start..plain_end(bytes, start, bytes.len())]
}

/// The first expression of days at or after `place`, which moves to where the next is looked for.
fn next(text: &str, place: &mut usize) -> Option<Expression> {
    let found = first_in(Words::get(), text, *place, text.len());
    *place = found.as_ref().map_or(text.len(), |expression| expression.span.end as usize);
    found
}

/// The expression that begins with the word at `start..end`, if one does.
fn at_word(text: &str, start: usize, end: usize) -> Option<Expression> {
    let word = text.get(start..end)?;
    if !guard::starts_free(text, start) {
        return None;
    }
    let parsed = if share::may_begin(word.as_bytes()) {
        share::expression(text, start)
    } else if word.as_bytes()[0].is_ascii_digit() {
        numeric::expression(text, start)
    } else {
        match Words::get().entry(word)? {
            Word::Month(_) | Word::MonthShort(_) => grammar::from_month(text, start),
            Word::Weekday(_) | Word::WeekdayShort(_) => grammar::from_weekday(text, start),
            Word::Ordinal(_) => grammar::from_ordinal(text, start),
            Word::Fiscal => share::spelled(&text[start..]).ok().map(|(rest, shape)| Parsed::new(rest, shape)),
            Word::Units(_) | Word::Hours => None,
            first => relative::expression(text, start, first),
        }
    }?;
    guard::holds(text, start, parsed)
}

/// What a parser hands back: the shape, the weekday as it stands in the text, and the text after it all.
struct Parsed<'t> {
    shape: Shape,
    weekday: Option<(Weekday, &'t str)>,
    rest: &'t str,
}

impl<'t> Parsed<'t> {
    fn new(rest: &'t str, shape: Shape) -> Self {
        Self { shape, weekday: None, rest }
    }

    /// As an expression of `text` that begins at `start`.
    fn expression(&self, text: &str, start: usize) -> Expression {
        let weekday = self.weekday.map(|(weekday, name)| {
            let from = name.as_ptr() as usize - text.as_ptr() as usize;
            (weekday, span(from, from + name.len()))
        });
        Expression { span: span(start, text.len() - self.rest.len()), weekday, shape: self.shape }
    }
}

fn span(start: usize, end: usize) -> ProseSpan {
    ProseSpan::new(start as u32, end as u32)
}
