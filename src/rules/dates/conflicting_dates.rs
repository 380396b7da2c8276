//! The same words, said on two days that cannot both be right.

use std::borrow::Cow;

use crate::calendar::Interval;
use crate::corpus::Corpus;
use crate::corpus::wording::{PassageId, Relation, SpeakerMatch, SpeakerName};
use crate::facts::{DateKind, FileFacts, PublishedFrom};
use crate::rules::repeated::repeated_words;
use crate::rules::{Finding, RuleContext};
use crate::source::{FileId, Place};

/// Equal words, and equal words with a topic, without which two days prove nothing: people repeat short things.
const LEAST: (u32, u32) = (8, 4);

/// Drafts further apart than this in days may well report two speeches with the same line in them.
const DAYS_APART: i32 = 7;

/// A dateline may be so many days later than the edition: time zones, and editions dated the evening before.
const EDITION: i32 = 1;

/// A dateline without its year further off than this in days may be of another year.
const SEASON: i32 = 60;

/// Reports datelines of a day that the publication excludes, and equal words of one speaker whose days of saying cannot meet. A version of the words is one finding,
/// however many drafts have it.
pub fn conflicting_dates(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    findings.extend(corpus.files().filter_map(|(file, facts)| dateline(file, facts)));
    let close = |relation| relation == Relation::Consistent;
    repeated_words(corpus, LEAST, close, |one, other| findings.extend(conflict(corpus, one, other)));
}

/// A dateline that the day of publication contradicts: of a later day, or of the same days a year before.
fn dateline(file: FileId, facts: &FileFacts) -> Option<Finding> {
    let published = facts.published.filter(|published| published.from != PublishedFrom::Dateline)?.day;
    let span = facts.dateline?;
    let date = facts.dates.iter().find(|date| date.span == span)?;
    let written = date.day.filter(|_| date.kind == DateKind::Day)?;
    let later = written.days_since(published);
    let next_day = later > EDITION && (date.absolute || later <= SEASON);
    let last_year = date.absolute && (later + 365).abs() <= EDITION + 1;
    if !next_day && !last_year {
        return None;
    }
    let message = format!(
        "the dateline gives {}, and the document was published on {}",
        written.long(),
        published.long()
    );
    Some(
        Finding::new("conflicting-dates", Place::new(file, span), message, &date.text)
            .label("written when?")
            .help("check the dateline, and the date that the document carries"),
    )
}

/// The first passage of the one list, and the first of the other that the same voice said on another day.
fn conflict(corpus: &Corpus, one: &[PassageId], other: &[PassageId]) -> Option<Finding> {
    let wording = corpus.wording();
    let (here, days, there, other_days) = one.iter().find_map(|&here| {
        let days = said_on(corpus, here)?;
        let (there, other_days) = other.iter().find_map(|&there| {
            let other_days = said_on(corpus, there)?;
            let same = wording.voice(here)?.speaker_match(wording.voice(there)?) == SpeakerMatch::Same;
            (same && !days.meets(other_days) && near(corpus, here, there)).then_some((there, other_days))
        })?;
        Some((here, days, there, other_days))
    })?;
    let name = wording.voice(here).map_or(Cow::Borrowed("the speaker"), SpeakerName::told);
    let path = |id: PassageId| corpus.file(wording.passage(id).file).path.as_str();
    let there_path = if path(here) == path(there) { "another place of the same draft" } else { path(there) };
    let message = format!(
        "{name} says this on {} here and on {} in {there_path}, unless the remark was repeated",
        written(days),
        written(other_days)
    );
    // Of several quotations of one sentence, those that have the words are shown.
    let place = |id: PassageId| wording.passage(id).place(corpus.facts());
    let shared = wording.shared_places(corpus.facts(), here, there);
    let (here_place, there_place) = shared.unwrap_or_else(|| (place(here), place(there)));
    Some(
        Finding::new("conflicting-dates", here_place, message, wording.key(here))
            .label(format!("said on {}", written(days)))
            .related(there_place, format!("said on {}", written(other_days))),
    )
}

/// The days on which a passage was said, where the draft tells.
fn said_on(corpus: &Corpus, id: PassageId) -> Option<Interval> {
    let passage = corpus.wording().passage(id);
    passage.quotations(corpus.facts()).find_map(|quotation| quotation.attribution.as_ref()?.said_on)
}

/// Are the two drafts of about the same days, as far as they tell?
fn near(corpus: &Corpus, one: PassageId, other: PassageId) -> bool {
    let day = |id: PassageId| corpus.file(corpus.wording().passage(id).file).published;
    day(one).zip(day(other)).is_none_or(|(one, other)| one.day.days_since(other.day).abs() <= DAYS_APART)
}

/// “May 5, 2025”, or the first and the last day.
fn written(days: Interval) -> String {
    match (days.from, days.to) {
        (Some(from), Some(to)) if from == to => from.long(),
        (Some(from), Some(to)) => format!("a day from {} to {}", from.long(), to.long()),
        (Some(from), None) => format!("a day from {}", from.long()),
        (None, Some(to)) => format!("a day up to {}", to.long()),
        (None, None) => "an unknown day".to_owned(),
    }
}
