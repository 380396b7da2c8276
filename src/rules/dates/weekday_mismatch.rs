//! A weekday and a date that do not go together.

use serde::Deserialize;

use crate::calendar::{Day, Weekday};
use crate::facts::{DateFact, DateKind, FileFacts};
use crate::rules::{Finding, RuleContext};
use crate::source::{FileId, Place, Span};

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Mends {
    /// Which half an unsafe fix changes.
    pub mend: Half,
}

/// A half of “Friday, April 17, 2025”.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Half {
    /// The name of the day.
    Weekday,
    /// The number of the day.
    Date,
}

/// From this year on the whole English-speaking world reckons by the calendar used here.
const GREGORIAN: i16 = 1753;

/// Reports every date that stands with a weekday it did not fall on.
///
/// Either half may be the wrong one, so both ways out are named, and each is a fix to be asked for. The house says which of
/// them `--unsafe-fixes` makes; an editor offers both.
pub fn weekday_mismatch(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        for date in &facts.dates {
            let (Some((named, _)), Some(day)) = (date.weekday, date.day) else { continue };
            if named == day.weekday() || day.year() < GREGORIAN {
                continue;
            }
            if let (DateKind::RelativeDay, Some(published)) = (date.kind, facts.published) {
                findings.push(of_today(file, date, day, published.day));
                continue;
            }
            let fell = match facts.published {
                Some(published) if published.day <= day => "is",
                _ => "was",
            };
            let message = format!("{} {fell} a {}, not a {}", day.long(), day.weekday().name(), named.name());
            let mut help = format!(
                "check both halves: the {}s next to it are {} and {}",
                named.name(),
                day.on_or_before(named).long(),
                day.on_or_after(named).long(),
            );
            if date.quoted {
                help.push_str("; it stands in a quotation, so hear the recording first");
            }
            let finding = Finding::new("weekday-mismatch", Place::new(file, date.span), message, &date.text)
                .label(format!("a {}", day.weekday().name()))
                .help(help);
            let weekday = written_weekday(date).map(|span| (span, day.weekday().name().to_owned()));
            let (weekday, date) = (outside(facts, weekday), outside(facts, other_day(date, day, named)));
            let (first, second) = match context.parameters.weekday_mismatch.mend {
                Half::Weekday => (weekday, date),
                Half::Date => (date, weekday),
            };
            findings.push(match (first, second) {
                (Some(first), second) => finding.fix(false, vec![first]).or_fix(second),
                (None, second) => finding.or_fix(second),
            });
        }
    }
}

/// A change that touches no quotation.
fn outside(facts: &FileFacts, change: Option<(Span, String)>) -> Option<(Span, String)> {
    change.filter(|(span, _)| !facts.quotations.iter().any(|quotation| quotation.span.overlaps(*span)))
}

/// Where the weekday stands, written out and without markup around it.
fn written_weekday(date: &DateFact) -> Option<Span> {
    let (named, span) = date.weekday?;
    let start = span.start.checked_sub(date.span.start)? as usize;
    (date.text.get(start..start + span.len() as usize)? == named.name()).then_some(span)
}

/// The number of the day on which the weekday fell that stands beside the date, and where it is written. `None` where that
/// day lies in another month, or it is open which number is the day's.
fn other_day(date: &DateFact, day: Day, named: Weekday) -> Option<(Span, String)> {
    let (before, after) = (day.on_or_before(named), day.on_or_after(named));
    let meant = if day.days_since(before) < after.days_since(day) { before } else { after };
    let same_month = (meant.year(), meant.month()) == (day.year(), day.month());
    if !same_month || date.text.len() != date.span.len() as usize {
        return None;
    }
    let is_part = |sign: char| sign.is_ascii_alphanumeric();
    let mut found = None;
    let mut at = 0;
    while let Some(start) = date.text[at..].find(is_part).map(|start| at + start) {
        let end = date.text[start..].find(|sign| !is_part(sign)).map_or(date.text.len(), |end| start + end);
        at = end;
        let word = &date.text[start..end];
        let digits = word.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(word.len());
        let (number, suffix) = word.split_at(digits);
        if number.parse() != Ok(day.day()) || !matches!(suffix, "" | "st" | "nd" | "rd" | "th") {
            continue;
        }
        if found.is_some() {
            return None;
        }
        let suffix = if suffix.is_empty() { "" } else { ordinal(meant.day()) };
        let span = Span::new(date.span.start + start as u32, date.span.start + end as u32);
        // “04” stays a number of two digits.
        let width = if number.starts_with('0') { 2 } else { 1 };
        found = Some((span, format!("{:0width$}{suffix}", meant.day())));
    }
    found
}

/// What stands behind the number of a day: “1st”, “22nd”, “13th”.
const fn ordinal(day: i8) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

/// “Today, Friday” in a story of a Thursday: the weekday is wrong, or the date that the document carries is.
fn of_today(file: FileId, date: &DateFact, day: Day, published: Day) -> Finding {
    let message = format!(
        "“{}”: by the document's date, {}, that day was a {}",
        date.text,
        published.long(),
        day.weekday().name()
    );
    Finding::new("weekday-mismatch", Place::new(file, date.span), message, &date.text)
        .label(format!("a {}", day.weekday().name()))
        .help("check the weekday, and the date that the document carries")
}
