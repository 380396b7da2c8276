//! A story of the report: its quotations in order, each with who said it and the findings beside it.

use super::super::checked::{Checked, Tapes};
use super::super::clean;
use super::super::quotes::days;
use super::super::sheet::{Sheet, change};
use super::super::summary::counted;
use super::Part;
use super::excerpt::{Reading, differences};
use super::roll::Roll;
use crate::facts::{FileFacts, PublishedFrom, Quotation, QuotationKind};
use crate::rules::{Judged, Level};
use crate::source::{BlockKind, FileId, Place, Span, one_line};

/// Other places that are shown with a finding; the rest are counted.
const MOST_SIDES: usize = 6;

pub(super) struct Story {
    pub(super) id: String,
    pub(super) path: String,
    pub(super) headline: String,
    pub(super) published: Option<String>,
    pub(super) author: Option<String>,
    pub(super) counts: String,
    pub(super) items: Vec<Item>,
    /// What is said where there are no items.
    pub(super) nothing: String,
}

/// A quotation with its findings, or findings about other words.
pub(super) struct Item {
    start: u32,
    pub(super) quotation: Option<Said>,
    pub(super) findings: Vec<Found>,
    /// Whose words they are: ids of persons, for the filter.
    pub(super) person: String,
    pub(super) rules: String,
    pub(super) levels: String,
}

pub(super) struct Said {
    pub(super) id: String,
    pub(super) place: String,
    pub(super) words: String,
    pub(super) speaker: Option<String>,
    /// What is said in the place of a speaker.
    pub(super) undecided: String,
    pub(super) title: String,
    pub(super) details: Vec<(&'static str, String)>,
    /// What the tapes have: the state and the words.
    pub(super) tape: Option<(&'static str, String)>,
    /// For the list of persons: the day on which it was said or printed.
    pub(super) day: String,
}

pub(super) struct Found {
    pub(super) id: String,
    pub(super) rule: &'static str,
    pub(super) level: &'static str,
    pub(super) message: Vec<Part>,
    pub(super) help: Vec<Part>,
    pub(super) sides: Vec<Side>,
    pub(super) more: usize,
}

pub(super) struct Side {
    /// The story, where it is in the report.
    pub(super) story: Option<String>,
    pub(super) place: String,
    pub(super) label: Vec<Part>,
    pub(super) parts: Vec<Part>,
}

/// The id of a file's story in the page.
pub(super) fn story_id(file: FileId) -> String {
    format!("s{}", file.0 + 1)
}

/// The stories of the files, in order.
pub(super) fn stories(
    sheet: &Sheet<'_>,
    drafts: &[FileId],
    findings: &[Judged],
    roll: &Roll,
    with_tapes: bool,
) -> Vec<Story> {
    let readings: Vec<Option<Reading<'_>>> =
        sheet.documents.iter().map(|document| Some(Reading::of(document))).collect();
    let page = Builder { sheet, drafts, readings, roll, with_tapes };
    drafts.iter().map(|&file| page.story(file, findings)).collect()
}

struct Builder<'a> {
    sheet: &'a Sheet<'a>,
    drafts: &'a [FileId],
    readings: Vec<Option<Reading<'a>>>,
    roll: &'a Roll,
    with_tapes: bool,
}

impl Builder<'_> {
    fn story(&self, file: FileId, findings: &[Judged]) -> Story {
        let facts = self.sheet.corpus.file(file);
        let tapes = self.with_tapes.then(|| Tapes::of(self.sheet, file));
        let mut items: Vec<Item> = Vec::new();
        for (number, quotation) in facts.quotations.iter().enumerate() {
            let check = tapes.as_ref().map(|tapes| tapes.check(number as u32));
            let person = self.roll.of_quotation(self.sheet, file, quotation);
            let said = self.said(file, number, quotation, check);
            let mut levels = Vec::new();
            if said.speaker.is_none() && is_speech(quotation) {
                levels.push("open");
            }
            if said.tape.as_ref().is_some_and(|(state, _)| *state == "unchecked") {
                levels.push("unchecked");
            }
            items.push(Item {
                start: quotation.span.start,
                quotation: Some(said),
                findings: Vec::new(),
                person: person.unwrap_or_default(),
                rules: String::new(),
                levels: levels.join(" "),
            });
        }
        let from = findings.partition_point(|judged| judged.finding.place.file < file);
        let own =
            findings[from..].iter().enumerate().take_while(|(_, judged)| judged.finding.place.file == file);
        let mut counts = [0_usize; 3];
        for (rank, judged) in own {
            let found = self.found(file, from + rank, judged);
            match judged.level {
                Level::Error => counts[0] += 1,
                Level::Warning => counts[1] += 1,
                _ => counts[2] += 1,
            }
            let span = judged.finding.context.unwrap_or(judged.finding.place.span);
            let beside = beside(&facts.quotations, span);
            let (rule, level) = (found.rule, found.level);
            let item = match beside {
                Some(number) => &mut items[number],
                None => {
                    items.push(Item {
                        start: span.start,
                        quotation: None,
                        findings: Vec::new(),
                        person: String::new(),
                        rules: String::new(),
                        levels: String::new(),
                    });
                    let last = items.len() - 1;
                    &mut items[last]
                }
            };
            item.findings.push(found);
            item.rules = format!("{} {rule}", item.rules);
            item.levels = format!("{} {level} found", item.levels);
        }
        items.sort_by_key(|item| item.start);
        let names = ["error", "warning", "note"];
        let found = names.iter().zip(counts).filter(|(_, count)| *count > 0);
        let mut told = vec![counted(facts.quotations.len(), "quotation")];
        told.extend(found.map(|(name, count)| counted(count, name)));
        let front =
            self.sheet.documents.get(file.index()).and_then(|document| document.front_matter.as_ref());
        Story {
            id: story_id(file),
            path: clean::line(&facts.path).into_owned(),
            headline: self.headline(file, facts),
            published: facts.published.map(|known| format!("{} ({})", known.day, from_where(known.from))),
            author: front
                .and_then(|matter| matter.author.as_deref())
                .map(|name| clean::line(name).into_owned()),
            counts: told.join(", "),
            items,
            nothing: match &facts.unreadable {
                Some(reason) => format!("This file could not be read: {}.", clean::line(reason)),
                None => "Nobody is quoted here, and nothing was found.".to_owned(),
            },
        }
    }

    /// The headline that stands above the text, the title of the front matter, or the name of the file.
    fn headline(&self, file: FileId, facts: &FileFacts) -> String {
        let document = self.sheet.documents.get(file.index());
        let title = document.and_then(|document| document.front_matter.as_ref()?.title.as_ref());
        let first = facts.blocks.iter().take(3).find(|block| block.kind == BlockKind::Heading);
        let reading = self.readings.get(file.index()).and_then(Option::as_ref);
        let heading = first.zip(reading).map(|(block, reading)| {
            let parts = reading.around(block.span, None);
            parts.into_iter().filter(|(kind, _)| *kind == "mark").map(|(_, words)| words).collect::<String>()
        });
        let heading = heading.map(|words| one_line(&words)).filter(|words| !words.is_empty());
        let name = facts.path.rsplit('/').next().unwrap_or(&facts.path).to_owned();
        let words = heading.or_else(|| title.map(|(title, _)| title.clone())).unwrap_or(name);
        clean::line(&words).into_owned()
    }

    fn said(&self, file: FileId, number: usize, quotation: &Quotation, check: Option<Checked>) -> Said {
        let facts = self.sheet.corpus.file(file);
        let spot = self.sheet.spot_in(file, quotation.span);
        let attribution = quotation.attribution.as_ref();
        let shown = |words: &str| clean::line(&one_line(words)).into_owned();
        let source = attribution.and_then(|found| found.source.as_ref());
        let speaker =
            attribution.and_then(|found| found.speaker.as_ref()).map(|speaker| shown(&speaker.name));
        let mut details = Vec::new();
        let mut add = |name: &'static str, words: Option<String>| {
            details.extend(words.filter(|words| !words.is_empty()).map(|words| (name, words)));
        };
        add("source", source.map(|source| shown(&source.text)));
        add("cue", attribution.and_then(|found| found.cue.as_ref()).map(|cue| shown(&cue.text)));
        add("to", attribution.and_then(|found| found.to.as_ref()).map(|to| shown(&to.text)));
        let said_on = attribution.and_then(|found| found.said_on).map(days);
        add("day", said_on.clone());
        add("medium", attribution.and_then(|found| found.medium.as_deref()).map(shown));
        let sure = attribution.map(|found| {
            format!("{:.0} % by {}", found.confidence * 100.0, found.evidence.replace('-', " "))
        });
        add("sure", sure);
        let undecided = match (source, quotation.kind) {
            (Some(source), _) => format!("undecided: who is “{}”?", shown(&source.text)),
            (None, QuotationKind::Title) => "nobody: a title".to_owned(),
            (None, QuotationKind::Scare) => "nobody: words held at arm’s length".to_owned(),
            (None, QuotationKind::Fragment) => "no speaker named".to_owned(),
            (None, _) => "undecided: nobody is named".to_owned(),
        };
        let titles = source.map(|source| {
            let own = facts.mentions.iter().filter(|mention| source.span.overlaps(mention.span));
            let words: Vec<String> =
                own.flat_map(|mention| &mention.titles).map(|title| shown(&title.text)).collect();
            words.join(", ")
        });
        Said {
            id: format!("{}q{}", story_id(file), number + 1),
            place: format!("{}:{}", spot.start.line, spot.start.column),
            words: quotation.text.lines().map(clean::line).collect::<Vec<_>>().join("\n"),
            undecided,
            speaker,
            title: titles.unwrap_or_default(),
            tape: check.map(|check| (check.found, clean::line(&check.words()).into_owned())),
            day: said_on.or_else(|| facts.published.map(|known| known.day.to_string())).unwrap_or_default(),
            details,
        }
    }

    fn found(&self, file: FileId, rank: usize, judged: &Judged) -> Found {
        let finding = &judged.finding;
        let own = self.side(finding.place, finding.context, &finding.label, None);
        let others = finding.related.iter().take(MOST_SIDES);
        let others = others.map(|other| self.side(other.place, other.context, &other.message, other.at));
        let help = match (change(self.sheet, judged), &finding.fix) {
            (Some(change), Some(fix)) if fix.safe => change,
            (Some(change), _) => format!("{change}, or {}", judged.help),
            (None, _) => judged.help.clone(),
        };
        Found {
            id: format!("{}f{}", story_id(file), rank + 1),
            rule: judged.rule.id,
            level: match judged.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note | Level::Off => "note",
            },
            message: differences(&sentence(&finding.message)),
            help: differences(&sentence(&help)),
            sides: std::iter::once(own).chain(others).collect(),
            more: finding.related.len().saturating_sub(MOST_SIDES),
        }
    }

    fn side(&self, place: Place, context: Option<Span>, label: &str, at: Option<u32>) -> Side {
        let spot = self.sheet.spot(place);
        let clock = at.map_or_else(String::new, |at| format!(" at {}", crate::facts::clock(at)));
        let reading = self.readings.get(place.file.index()).and_then(Option::as_ref);
        let parts = reading.filter(|_| spot.readable).map(|reading| reading.around(place.span, context));
        Side {
            story: self.drafts.contains(&place.file).then(|| story_id(place.file)),
            place: match spot.readable {
                true => {
                    format!("{}:{}:{}{clock}", clean::line(spot.path), spot.start.line, spot.start.column)
                }
                false => clean::line(spot.path).into_owned(),
            },
            label: differences(label),
            parts: parts.unwrap_or_default(),
        }
    }
}

/// The first letter large, a full stop at the end.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let stop = if words.ends_with(['.', '!', '?', '”']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

/// The quotation beside which a finding about `span` stands: the outermost one that it overlaps, or the one whose speaker it
/// is about.
fn beside(quotations: &[Quotation], span: Span) -> Option<usize> {
    let end = quotations.partition_point(|quotation| quotation.span.start < span.end.max(span.start + 1));
    let over = (end.saturating_sub(NEAR)..end).find(|&at| quotations[at].span.end > span.start);
    let near = end.saturating_sub(NEAR)..quotations.len().min(end + NEAR);
    let names = |at: &usize| {
        let attribution = quotations[*at].attribution.as_ref();
        let phrases = attribution.into_iter().flat_map(|found| [&found.source, &found.cue]);
        phrases.flatten().any(|phrase| phrase.span.overlaps(span))
    };
    over.or_else(|| near.into_iter().find(names))
}

/// Quotations that may stand inside one another.
const NEAR: usize = 16;

fn is_speech(quotation: &Quotation) -> bool {
    quotation.attribution.is_some()
        || matches!(quotation.kind, QuotationKind::Sentence | QuotationKind::Block)
}

const fn from_where(from: PublishedFrom) -> &'static str {
    match from {
        PublishedFrom::FrontMatter => "front matter",
        PublishedFrom::Override => "configuration",
        PublishedFrom::FileName => "file name",
        PublishedFrom::Dateline => "dateline",
        PublishedFrom::CommandLine => "command line",
        PublishedFrom::Properties => "properties",
    }
}
