//! A weekday that means one day here and another there.

use crate::calendar::{Day, Weekday};
use crate::facts::{DateFact, DateKind, FileFacts};
use crate::rules::{Finding, RuleContext};
use crate::source::{FileId, Place};

/// Days in a week.
const WEEK: i32 = 7;

/// Reports a weekday that one draft uses for a day before its publication and for a day after it, and the weekday of
/// publication where it means the day a week later. Both are for the desk to know: a date beside them helps the reader.
pub fn ambiguous_weekday(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        let Some(published) = facts.published.map(|published| published.day) else { continue };
        findings.extend(both_ways(file, facts, published));
        findings.extend(own_day(file, facts, published));
    }
}

/// The bare weekdays in the writer's own words that resolve to one day.
fn bare(facts: &FileFacts) -> impl Iterator<Item = (&DateFact, Weekday, Day)> {
    facts.dates.iter().filter(|date| date.kind == DateKind::Weekday && !date.quoted).filter_map(|date| {
        let (weekday, _) = date.weekday?;
        Some((date, weekday, date.interval?.single()?))
    })
}

fn both_ways(file: FileId, facts: &FileFacts, published: Day) -> Option<Finding> {
    let (later, earlier) = bare(facts).find_map(|(later, weekday, day)| {
        let (earlier, ..) = bare(facts).find(|(earlier, other, before)| {
            *other == weekday
                && *before != day
                && (*before < published) != (day < published)
                && earlier.span.start < later.span.start
                // Whether a verb looks back or ahead is told by guesswork; only a day of saying is surely past, and only
                // a day of an event that is named with it surely to come.
                && [(*earlier, *before), (later, day)].iter().all(|(date, day)| {
                    if *day < published { said_on(facts, date) } else { date.event.is_some() }
                })
        })?;
        Some(((later, weekday, day), earlier))
    })?;
    let (later, weekday, day) = later;
    let other = earlier.interval.and_then(|days| days.single())?;
    let name = weekday.name();
    let message = format!("“{name}” is {} here and {} above", day.long(), other.long());
    Some(
        Finding::new("ambiguous-weekday", Place::new(file, later.span), message, &later.text)
            .label(day.long())
            .related(Place::new(file, earlier.span), other.long()),
    )
}

/// Is the date the day on which something was said?
fn said_on(facts: &FileFacts, date: &DateFact) -> bool {
    let block = facts.blocks.iter().find(|block| block.span.contains(date.span));
    let quoted = facts.quotations.iter().filter_map(|quotation| quotation.attribution.as_ref());
    let mut said = quoted.chain(facts.indirect.iter().map(|told| &told.attribution));
    said.any(|said| {
        said.said_on.is_some()
            && said.said_on == date.interval
            && said.cue.as_ref().is_some_and(|cue| block.is_some_and(|block| block.span.contains(cue.span)))
    })
}

fn own_day(file: FileId, facts: &FileFacts, published: Day) -> Option<Finding> {
    let (date, weekday, _) = bare(facts)
        .find(|(_, weekday, day)| *weekday == published.weekday() && day.days_since(published) == WEEK)?;
    let name = weekday.name();
    let message = format!("“{name}” with a verb of the future, in a story of a {name}: today, or in a week?");
    Some(
        Finding::new("ambiguous-weekday", Place::new(file, date.span), message, &date.text)
            .label(format!("which {name}?")),
    )
}
