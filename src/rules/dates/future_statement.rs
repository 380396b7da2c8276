//! Words said on a day after the one on which they were printed.

use crate::calendar::{Day, Interval};
use crate::facts::{Attribution, DateKind, FileFacts, Phrase};
use crate::lexicon::{Class, lexicon};
use crate::rules::{Finding, Level, RuleContext};
use crate::source::{FileId, Place};

/// Days by which a file's date may lag behind the day of writing: time zones, and editions dated the evening before.
const SLACK: i32 = 1;

/// The lead stands in the first so many blocks, the headline among them.
const LEAD: usize = 3;

/// Reports speech whose attribution puts it after the publication: “she said on May 9” in a story of May 2. A cue
/// that is not of the past (“will say”) announces a speech and is left alone.
///
/// A lead that says “on Thursday” in a story of a Wednesday is six days old by its words, which news seldom is: that
/// is a note.
pub fn future_statement(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        let Some(published) = facts.published.map(|published| published.day) else { continue };
        let quoted =
            facts.quotations.iter().filter_map(|it| Some((it.attribution.as_ref()?, it.words.as_str())));
        let reported = facts.indirect.iter().map(|it| (&it.attribution, it.content.text.as_str()));
        let mut cues: Vec<u32> = Vec::new();
        for (attribution, words) in quoted.chain(reported) {
            let (Some(cue), Some(said)) = (&attribution.cue, attribution.said_on) else { continue };
            if !past(&cue.text) || cues.contains(&cue.span.start) {
                continue;
            }
            let finding = said
                .from
                .filter(|day| day.days_since(published) > SLACK && !looks_ahead(facts, cue, said))
                .map(|day| printed_before(file, cue, words, day, published))
                .or_else(|| old_lead(file, facts, attribution, said, published));
            if let Some(finding) = finding {
                cues.push(cue.span.start);
                findings.push(finding);
            }
        }
        findings.extend(told_past(file, facts, published, &cues));
    }
}

/// “19 October: the contract was signed” in a story of October 10, once a block; not where the block has a finding
/// about speech already, at one of `cues`.
fn told_past(file: FileId, facts: &FileFacts, published: Day, cues: &[u32]) -> Vec<Finding> {
    let block = |at: u32| facts.blocks.partition_point(|block| block.span.start <= at);
    let mut told: Vec<usize> = cues.iter().map(|&cue| block(cue)).collect();
    let mut findings = Vec::new();
    for date in facts.dates.iter().filter(|date| date.told_past) {
        let Some(day) = date.day.filter(|_| !told.contains(&block(date.span.start))) else { continue };
        told.push(block(date.span.start));
        let message = format!(
            "the sentence tells of {} as past, and the story was published on {}",
            day.long(),
            published.long()
        );
        let mut finding = Finding::new("future-statement", Place::new(file, date.span), message, &date.text)
            .label("when?")
            .help("check the day, and the date that the document carries");
        finding.level = Some(Level::Warning);
        findings.push(finding);
    }
    findings
}

/// Are the days of saying counted from another day (“the next week”, “two days later”)? Beside a verb of the past that
/// is a day of the story that is told, and not one after the publication.
fn looks_ahead(facts: &FileFacts, cue: &Phrase, said: Interval) -> bool {
    let block = facts.blocks.iter().find(|block| block.span.contains(cue.span));
    let mut dates = facts.dates.iter().filter(|date| {
        !date.quoted
            && date.interval == Some(said)
            && block.is_none_or(|block| block.span.contains(date.span))
    });
    dates
        .any(|date| matches!(date.kind, DateKind::Relative | DateKind::RelativeWeekday | DateKind::Elsewhere))
}

fn printed_before(file: FileId, cue: &Phrase, words: &str, said: Day, published: Day) -> Finding {
    let message =
        format!("this was said on {}, after the story was published on {}", said.long(), published.long());
    Finding::new("future-statement", Place::new(file, cue.span), message, beginning(words))
        .label("said when?")
        .help("check the day of the statement, and the date that the document carries")
}

/// “She said on Thursday” in the lead of a story of a Wednesday.
fn old_lead(
    file: FileId,
    facts: &FileFacts,
    attribution: &Attribution,
    said: Interval,
    published: Day,
) -> Option<Finding> {
    let cue = attribution.cue.as_ref()?;
    let day = said.single().filter(|&day| published.days_since(day) == 6)?;
    let block = facts.blocks.iter().take(LEAD).find(|block| block.span.contains(cue.span))?;
    let date = facts.dates.iter().find(|date| {
        date.kind == DateKind::Weekday && date.interval == Some(said) && block.span.contains(date.span)
    })?;
    let named = day.weekday().name();
    let message = format!(
        "the lead says “{}”, and the story was published on {}, {}: the latest {named} is six days before, the \
         next is tomorrow",
        date.text,
        published.weekday().name(),
        published.long()
    );
    let mut finding = Finding::new("future-statement", Place::new(file, date.span), message, &date.text)
        .label(format!("which {named}?"))
        .help("check the day, and the date that the document carries");
    finding.level = Some(Level::Note);
    Some(finding)
}

fn past(cue: &str) -> bool {
    cue.split_whitespace().next().is_some_and(|word| lexicon().class(word).any(Class::FORM_PAST))
}

fn beginning(words: &str) -> String {
    words.split_whitespace().take(8).collect::<Vec<_>>().join(" ")
}
