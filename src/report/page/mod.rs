//! The report for a browser: who said what by story and by person, the findings beside the words, and the tapes. `askama`
//! lives here, and only here.
//!
//! The page is one file that loads nothing. Words of drafts reach it as text: the template escapes them, and the page's policy
//! lets no script and no style run but its own.

mod excerpt;
mod people;
mod roll;
mod story;

use std::collections::BTreeMap;
use std::io::{self, Write};

use askama::Template;

use super::checked::{Tally, Tapes};
use super::sheet::Sheet;
use super::summary::{Summary, counted};
use crate::rules::Judged;
use crate::source::FileId;
use people::{Person, people};
use roll::Roll;
use story::{Story, stories};

/// The page's own style and script, and their hashes, which its policy names.
const STYLE: &str = include_str!("../../../templates/report.css");
const SCRIPT: &str = include_str!("../../../templates/report.js");
/// The SHA-256 of `STYLE`, as a policy writes it. A test compares them.
pub const STYLE_HASH: &str = "sha256-dZeykoUzUn/uEIoZO6wT/cgnX5JSoUbhDYr+y579fuw=";
/// The SHA-256 of `SCRIPT`.
pub const SCRIPT_HASH: &str = "sha256-9zq0PvmCROCRt62Oug10nxM3V7N56vuwH4rXql09dSU=";

/// A stretch of words: what it is for the template, and the words.
type Part = (&'static str, String);

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    version: &'static str,
    style: &'static str,
    style_hash: &'static str,
    script: &'static str,
    script_hash: &'static str,
    title: String,
    counts: String,
    errors: usize,
    warnings: usize,
    notes: usize,
    undecided: usize,
    remarks: Vec<String>,
    stories: Vec<Story>,
    people: Vec<Person>,
    /// Every rule that found something, with how often.
    rules: Vec<(String, usize)>,
    tapes: Vec<Tape>,
    tape_counts: String,
}

/// A transcript.
struct Tape {
    path: String,
    layout: String,
    recorded: String,
    turns: usize,
    speakers: String,
    quoted: usize,
}

/// Writes the page for the files that were asked about. Findings come in order of place.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn page(
    out: &mut dyn Write,
    sheet: &Sheet<'_>,
    wanted: &[FileId],
    findings: &[Judged],
    summary: &Summary,
) -> io::Result<()> {
    let drafts: Vec<FileId> =
        wanted.iter().copied().filter(|&file| sheet.corpus.file(file).tape.is_none()).collect();
    let with_tapes = sheet.corpus.files().any(|(_, facts)| facts.tape.is_some());
    let roll = Roll::of(sheet);
    let stories = stories(sheet, &drafts, findings, &roll, with_tapes);
    let people = people(&roll, sheet, &drafts, &stories);
    let mut rules: BTreeMap<String, usize> = BTreeMap::new();
    for judged in findings {
        *rules.entry(judged.rule.id.to_owned()).or_default() += 1;
    }
    let title = match stories.as_slice() {
        [only] => only.headline.clone(),
        several => counted(several.len(), "draft"),
    };
    let page = Page {
        version: env!("CARGO_PKG_VERSION"),
        style: STYLE,
        style_hash: STYLE_HASH,
        script: SCRIPT,
        script_hash: SCRIPT_HASH,
        title,
        counts: format!(
            "{} by {} in {}.",
            counted(summary.quotations, "quotation"),
            counted(people.iter().filter(|person| person.is_quoted()).count(), "named source"),
            counted(summary.files, "file"),
        ),
        errors: summary.errors,
        warnings: summary.warnings,
        notes: summary.notes,
        undecided: summary.undecided.all(),
        remarks: remarks(summary),
        stories,
        people,
        rules: rules.into_iter().collect(),
        tapes: tapes(sheet, &drafts),
        tape_counts: tape_counts(sheet, &drafts),
    };
    let html = page.render().map_err(io::Error::other)?;
    out.write_all(html.as_bytes())
}

/// What a reader has to know before they trust silence.
fn remarks(summary: &Summary) -> Vec<String> {
    let mut remarks = Vec::new();
    let open = summary.undecided_in_words();
    if !open.is_empty() {
        remarks.push(format!("Undecided: {}.", open.join(", ")));
    }
    let left_out = summary.left_out_in_words();
    if !left_out.is_empty() {
        remarks.push(format!("Left out: {}.", left_out.join(", ")));
    }
    if summary.unchecked > 0 {
        remarks.push(format!("{} not held against a tape.", counted(summary.unchecked, "quotation")));
    }
    if summary.unread > 0 {
        remarks.push(format!("{} could not be read.", counted(summary.unread, "file")));
    }
    if summary.abstained > 0 {
        let quotations = counted(summary.abstained, "quotation");
        remarks.push(format!("{quotations} in another language: nobody was looked for who said them."));
    }
    if summary.skipped > 0 {
        remarks.push(format!("{} of a kind that is not read.", counted(summary.skipped, "file")));
    }
    remarks
}

fn tapes(sheet: &Sheet<'_>, drafts: &[FileId]) -> Vec<Tape> {
    let mut quoted: BTreeMap<String, usize> = BTreeMap::new();
    for &file in drafts {
        let tapes = Tapes::of(sheet, file);
        for number in 0..sheet.corpus.file(file).quotations.len() as u32 {
            if let Some(path) = tapes.check(number).path {
                *quoted.entry(path).or_default() += 1;
            }
        }
    }
    let of = |facts: &crate::facts::FileFacts| {
        let tape = facts.tape.as_ref()?;
        let mut speakers: Vec<&str> = facts.turns.iter().filter_map(|turn| turn.speaker.as_deref()).collect();
        speakers.sort_unstable();
        speakers.dedup();
        Some(Tape {
            path: facts.path.clone(),
            layout: tape.layout.to_string(),
            recorded: tape.recorded.map_or_else(|| "day unknown".to_owned(), |day| day.to_string()),
            turns: facts.turns.len(),
            speakers: speakers.join(", "),
            quoted: quoted.get(&facts.path).copied().unwrap_or(0),
        })
    };
    sheet.corpus.files().filter_map(|(_, facts)| of(facts)).collect()
}

fn tape_counts(sheet: &Sheet<'_>, drafts: &[FileId]) -> String {
    let mut tally = Tally::default();
    for &file in drafts {
        let tapes = Tapes::of(sheet, file);
        (0..sheet.corpus.file(file).quotations.len() as u32)
            .for_each(|number| tally.count(Some(&tapes.check(number))));
    }
    tally.in_words()
}
