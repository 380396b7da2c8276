//! What was read from a transcript: its layout, its speakers and whom each is taken for, and its turns with their times.

use std::io::{self, Write};

use serde::Serialize;

use super::clean;
use super::json_text;
use super::output_style::{Ink, OutputStyle};
use super::sheet::Sheet;
use super::summary::counted;
use crate::corpus::wording::{LabelSource, TapeLabel};
use crate::facts::{FileFacts, clock};
use crate::source::{FileId, Place};

/// A turn as programs are told of it.
#[derive(Serialize)]
struct Record<'a> {
    path: &'a str,
    line: u32,
    at: Option<String>,
    label: Option<&'a str>,
    person: Option<&'a str>,
    words: &'a str,
}

/// Writes one turn a line.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn tape_lines(out: &mut dyn Write, sheet: &Sheet<'_>, wanted: &[FileId]) -> io::Result<()> {
    for &file in wanted {
        let facts = sheet.corpus.file(file);
        let labels = labels(sheet, file);
        for turn in &facts.turns {
            let label = turn.speaker.as_deref();
            let person = labels
                .iter()
                .find(|one| Some(one.label.as_str()) == label)
                .and_then(|one| one.person.as_ref());
            let record = Record {
                path: &facts.path,
                line: sheet.spot(Place::new(file, turn.span)).start.line,
                at: turn.at.map(clock),
                label,
                person: person.map(|(name, _)| name.as_str()),
                words: turn.words.trim(),
            };
            json_text::write(out, &record)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

/// Writes what was read from each transcript: a line about it, its speakers, its turns.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn tape_table(
    out: &mut dyn Write,
    sheet: &Sheet<'_>,
    wanted: &[FileId],
    style: OutputStyle,
) -> io::Result<()> {
    let (dim, bold, off) = (style.on(Ink::Dim), style.on(Ink::Bold), style.off());
    for (rank, &file) in wanted.iter().enumerate() {
        let facts = sheet.corpus.file(file);
        if rank > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{bold}{}{off}: {}", clean::path(&facts.path), about(facts))?;
        let labels = labels(sheet, file);
        let width = labels.iter().map(|label| clean::width(&label.label)).max().unwrap_or(0).clamp(5, 32);
        for label in &labels {
            let name = clean::line(&label.label);
            let name = clean::cut(&name, width);
            let pad = " ".repeat(width.saturating_sub(clean::width(&name)));
            let whom = match &label.person {
                Some((person, LabelSource::Mapped)) => format!("is {person} (by the configuration)"),
                Some((person, LabelSource::Office)) => format!("is {person} (by the title)"),
                Some((person, LabelSource::Name)) if *person == label.label => "is read as a name".to_owned(),
                Some((person, LabelSource::Name)) => format!("is {person}"),
                None => "is nobody: map it under [[transcript]]".to_owned(),
            };
            let (turns, words) =
                (counted(label.turns as usize, "turn"), counted(label.words as usize, "word"));
            writeln!(out, "  {name}{pad}  {}  {dim}{turns}, {words}{off}", clean::line(&whom))?;
        }
        let unlabelled = facts.turns.iter().filter(|turn| turn.speaker.is_none()).count();
        if unlabelled > 0 {
            writeln!(out, "  {dim}{} without a speaker{off}", counted(unlabelled, "turn"))?;
        }
        for turn in &facts.turns {
            let line = sheet.spot(Place::new(file, turn.span)).start.line;
            let at = turn.at.map_or_else(|| format!("line {line}"), clock);
            let who = turn.speaker.as_deref().unwrap_or("–");
            let words = turn.words.split_whitespace().collect::<Vec<_>>().join(" ");
            writeln!(out, "{dim}{at}{off}  {bold}{}{off}  {}", clean::line(who), clean::line(&words))?;
        }
    }
    Ok(())
}

fn labels<'a>(sheet: &Sheet<'a>, file: FileId) -> Vec<&'a TapeLabel> {
    sheet.corpus.wording().labels().iter().filter(|label| label.tape == file).collect()
}

/// “WebVTT subtitles, recorded 2026-06-12, 10 turns, 143 words, by a machine”
fn about(facts: &FileFacts) -> String {
    let mut parts = Vec::new();
    if let Some(tape) = &facts.tape {
        parts.push(tape.layout.to_string());
        parts.push(tape.recorded.map_or_else(|| "day not known".to_owned(), |day| format!("recorded {day}")));
    }
    parts.push(counted(facts.turns.len(), "turn"));
    parts.push(counted(facts.words as usize, "word"));
    if facts.tape.as_ref().is_some_and(|tape| tape.machine) {
        parts.push("by a machine".to_owned());
    }
    if facts.tape.as_ref().is_some_and(|tape| !tape.english) {
        parts.push("not in English".to_owned());
    }
    parts.join(", ")
}
