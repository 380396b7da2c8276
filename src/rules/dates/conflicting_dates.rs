//! The same words, said on two days that cannot both be right.

use std::borrow::Cow;

use crate::calendar::{Day, Interval, MONTHS};
use crate::corpus::Corpus;
use crate::corpus::wording::{PassageId, Relation, SpeakerMatch, SpeakerName};
use crate::facts::{DateFact, DateKind, FileFacts, PublishedFrom};
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
    for (file, facts) in corpus.files() {
        findings.extend(facts.dates.windows(2).filter_map(|pair| side_by_side(file, pair)));
        findings.extend(year_before(file, facts));
    }
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

/// Bytes from a counted day to the date that spells it out: “last week, on January 2, 2024”.
const BESIDE: u32 = 6;

/// Days of the longest time that a date spells out.
const MONTH: i32 = 31;

/// “Last June” names its month itself.
fn named_month(text: &str) -> bool {
    text.split(' ').any(|word| MONTHS.contains(&word))
}

/// Days by which the two must differ: one is off by its year, and not by the way somebody counts weeks.
const OFF: i32 = 60;

/// “Last week, on January 2, 2024” in copy of January 2025: the date is not in the week that the words before it name.
fn side_by_side(file: FileId, pair: &[DateFact]) -> Option<Finding> {
    let [counted, date] = pair else { return None };
    let near = date.span.start.checked_sub(counted.span.end).is_some_and(|gap| (1..=BESIDE).contains(&gap));
    let kinds =
        matches!(counted.kind, DateKind::Relative | DateKind::RelativeDay | DateKind::RelativeWeekday)
            && date.kind == DateKind::Day
            && date.absolute;
    if !near || !kinds || counted.quoted || date.quoted {
        return None;
    }
    let (days, day) = (counted.interval?, date.day?);
    // “Last June” and a day of this year may part a range; a week is named by its day.
    let (from, to) = (days.from?, days.to?);
    if to.days_since(from) > MONTH || counted.text.split(' ').count() > 2 || named_month(&counted.text) {
        return None;
    }
    let wide = Interval { from: days.from.map(|from| from.plus(-OFF)), to: days.to.map(|to| to.plus(OFF)) };
    if wide.meets(Interval::day(day)) {
        return None;
    }
    let message = format!(
        "“{}” and “{}” do not go together: by the document's date the first means {}",
        counted.text,
        date.text,
        written(days)
    );
    Some(
        Finding::new("conflicting-dates", Place::new(file, date.span), message, &date.text)
            .label("which year?")
            .related(Place::new(file, counted.span), "counted from the document's date")
            .help("check the year of the date, and the date that the document carries"),
    )
}

/// Days of January within which the number of the year before is still written by habit.
const HABIT: i32 = 31;

/// “She said on Jan. 3, 2024” in copy of January 6, 2025: a year and a few days ago, by last year's number.
fn year_before(file: FileId, facts: &FileFacts) -> Vec<Finding> {
    let Some(published) = facts.published.map(|published| published.day) else { return Vec::new() };
    if published.month() != 1 {
        return Vec::new();
    }
    let quoted = facts.quotations.iter().filter_map(|quotation| quotation.attribution.as_ref()?.said_on);
    let told = facts.indirect.iter().filter_map(|told| told.attribution.said_on);
    let mut days: Vec<Interval> = quoted.chain(told).collect();
    days.dedup();
    let slip = |day: Day| {
        let away = published.days_since(day.plus_months(12));
        day.month() == 1 && (0..HABIT).contains(&away)
    };
    let dates = facts.dates.iter().filter(|date| !date.quoted && date.absolute && date.kind == DateKind::Day);
    dates
        .filter(|date| date.interval.is_some_and(|said| days.contains(&said)))
        .filter_map(|date| Some((date, date.day.filter(|day| slip(*day))?)))
        .map(|(date, day)| {
            let message = format!(
                "this was said on {}, a year and a few days before the story of {}: is the number of the year \
                 last year's?",
                day.long(),
                published.long()
            );
            Finding::new("conflicting-dates", Place::new(file, date.span), message, &date.text)
                .label("which year?")
                .help("check the year of the date, and the date that the document carries")
        })
        .collect()
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
