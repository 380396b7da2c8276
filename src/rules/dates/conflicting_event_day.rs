//! One event on two days.

use rustc_hash::FxHashMap;

use crate::calendar::Day;
use crate::corpus::Corpus;
use crate::facts::{DateFact, DateKind};
use crate::lexicon::fold;
use crate::rules::attribution::gist::one_story;
use crate::rules::{Finding, RuleContext};
use crate::source::{FileId, Place};

/// Days between two dates of one event beyond which it is more likely two events.
const APART: i32 = 31;

/// Days between two announcements of one event.
const ANNOUNCED: i32 = 21;

/// Do both drafts, of about the same weeks, look ahead to the event? Then it is one that is still to come.
fn announced(corpus: &Corpus, one: (FileId, Day), other: (FileId, Day)) -> bool {
    let published = |file: FileId| corpus.file(file).published.map(|published| published.day);
    let Some((first, second)) = published(one.0).zip(published(other.0)) else { return false };
    let last = first.max(second);
    first.days_since(second).abs() <= ANNOUNCED && one.1 > last && other.1 > last
}

/// Reports an event that one draft, or two drafts of one story, give two days: once for each name of an event.
pub fn conflicting_event_day(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    let mut by_name: FxHashMap<String, Vec<(FileId, &DateFact, Day)>> = FxHashMap::default();
    for (file, facts) in corpus.files() {
        for date in facts.dates.iter().filter(|date| !date.quoted && date.kind != DateKind::RelativeDay) {
            let Some(event) = &date.event else { continue };
            // A date whose weekday is wrong is another rule's.
            let Some(day) = date.interval.and_then(|days| days.single()) else { continue };
            by_name.entry(fold(&event.text)).or_default().push((file, date, day));
        }
    }
    let mut found: Vec<Finding> = Vec::new();
    for (name, dated) in &by_name {
        let clash = dated.iter().enumerate().find_map(|(at, one)| {
            let other = dated[at + 1..].iter().find(|other| {
                let apart = one.2.days_since(other.2).abs();
                let story = one.0 == other.0
                    || one_story(corpus, one.0, other.0)
                    || announced(corpus, (one.0, one.2), (other.0, other.2));
                apart != 0 && apart <= APART && story
            })?;
            Some((one, other))
        });
        let Some((one, other)) = clash else { continue };
        let message =
            format!("the {name} is on {} here and on {} in another place", other.2.long(), one.2.long());
        found.push(
            Finding::new("conflicting-event-day", Place::new(other.0, other.1.span), message, name.clone())
                .label(other.2.long())
                .related(Place::new(one.0, one.1.span), one.2.long()),
        );
    }
    found.sort_by_key(|finding| finding.place);
    findings.append(&mut found);
}
