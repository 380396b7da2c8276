//! One event on two days.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::calendar::Day;
use crate::corpus::Corpus;
use crate::facts::{DateFact, DateKind, leads_to_topic};
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

/// Days of one noun that are compared with all others; more come from a calendar.
const MOST: usize = 200;

/// An event with its day, where it stands.
struct EventDay<'f> {
    event: EventName,
    file: FileId,
    date: &'f DateFact,
    day: Day,
}

/// An event by the words that tell which one it is, folded.
#[derive(PartialEq, Eq)]
struct EventName {
    /// The last word of the noun phrase: “meeting”.
    noun: String,
    /// All words that tell something, the noun and what the event is about: “meeting”, “public”, “bypass”.
    words: BTreeSet<String>,
    /// Those of the noun phrase alone: “meeting”, “public”.
    bare: BTreeSet<String>,
}

impl EventName {
    /// “trial of Perrin Vance” and “Vance’s trial” come out the same: of a person only the last name counts.
    fn of(phrase: &str) -> Self {
        let (mut words, mut bare) = (BTreeSet::new(), BTreeSet::new());
        let mut noun = String::new();
        let mut about = false;
        let mut written = phrase.split_whitespace().peekable();
        while let Some(word) = written.next() {
            if leads_to_topic(word) {
                about = true;
                continue;
            }
            let capital = |word: &str| word.starts_with(char::is_uppercase);
            let first_of_name = about && capital(word) && written.peek().is_some_and(|next| capital(next));
            if first_of_name || matches!(word, "the" | "a" | "an" | "its" | "their") {
                continue;
            }
            let stem = ["’s", "'s", "’", "'"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
            words.insert(fold(stem));
            if !about {
                noun = fold(stem);
                bare.insert(noun.clone());
            }
        }
        Self { noun, words, bare }
    }

    /// Do both name one event: by the same words, or does one leave out what it is about?
    fn may_be(&self, other: &Self) -> bool {
        self.words == other.words
            || self.bare == other.bare
                && (self.words.len() == self.bare.len() || other.words.len() == other.bare.len())
    }
}

/// Reports an event that one draft, or two drafts of one story, give two days: once for each name of an event.
pub fn conflicting_event_day(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    let mut by_noun: FxHashMap<String, Vec<EventDay<'_>>> = FxHashMap::default();
    for (file, facts) in corpus.files() {
        for date in facts.dates.iter().filter(|date| !date.quoted && date.kind != DateKind::RelativeDay) {
            let Some(event) = &date.event else { continue };
            // A date whose weekday is wrong is another rule's.
            let Some(day) = date.interval.and_then(|days| days.single()) else { continue };
            let event = EventName::of(&event.text);
            by_noun.entry(event.noun.clone()).or_default().push(EventDay { event, file, date, day });
        }
    }
    let mut found: Vec<Finding> = Vec::new();
    for dated in by_noun.values() {
        let mut reported: Vec<&EventName> = Vec::new();
        for (at, one) in dated.iter().enumerate().take(MOST) {
            let clash = dated[at + 1..].iter().find(|other| {
                let apart = one.day.days_since(other.day).abs();
                let story = || {
                    one.file == other.file
                        || one_story(corpus, one.file, other.file)
                        || announced(corpus, (one.file, one.day), (other.file, other.day))
                };
                apart != 0
                    && apart <= APART
                    && one.date.event_ends == other.date.event_ends
                    && one.event.may_be(&other.event)
                    && story()
            });
            let Some(other) = clash.filter(|_| !reported.contains(&&one.event)) else { continue };
            reported.extend([&one.event, &other.event]);
            let verb = if one.date.event_ends { "ends" } else { "is" };
            let name = other.date.event.as_ref().map_or("", |event| &event.text);
            let (here, there) = (other.day.long(), one.day.long());
            let message = format!("the {name} {verb} on {here} here and on {there} in another place");
            found.push(
                Finding::new(
                    "conflicting-event-day",
                    Place::new(other.file, other.date.span),
                    message,
                    fold(name),
                )
                .label(here)
                .related(Place::new(one.file, one.date.span), there),
            );
        }
    }
    found.sort_by_key(|finding| finding.place);
    findings.append(&mut found);
}
