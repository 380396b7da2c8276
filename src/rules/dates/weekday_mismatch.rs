//! A weekday and a date that do not go together.

use crate::calendar::Day;
use crate::facts::{DateFact, DateKind};
use crate::rules::{Finding, RuleContext};
use crate::source::{FileId, Place, Span};

/// From this year on the whole English-speaking world reckons by the calendar used here.
const GREGORIAN: i16 = 1753;

/// Reports every date that stands with a weekday it did not fall on.
///
/// Either half may be the wrong one, so both ways out are named. The fix that changes the weekday is one to be asked for:
/// the date is as likely to be the slip.
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
            findings.push(
                match written_weekday(date)
                    .filter(|span| !facts.quotations.iter().any(|it| it.span.overlaps(*span)))
                {
                    Some(span) => finding.fix(false, vec![(span, day.weekday().name().to_owned())]),
                    None => finding,
                },
            );
        }
    }
}

/// Where the weekday stands, written out and without markup around it.
fn written_weekday(date: &DateFact) -> Option<Span> {
    let (named, span) = date.weekday?;
    let start = span.start.checked_sub(date.span.start)? as usize;
    (date.text.get(start..start + span.len() as usize)? == named.name()).then_some(span)
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
