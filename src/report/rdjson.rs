//! The Reviewdog Diagnostic Format. Columns count bytes of UTF-8 from 1; the end of a range is the column after it.

use std::io::{self, Write};

use serde::Serialize;

use super::json_text;
use super::sheet::{Sheet, Spot};
use crate::rules::{Judged, Level};
use crate::source::Place;

#[derive(Serialize)]
struct Whole<'a> {
    source: Source,
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: &'a str,
    location: Location<'a>,
    severity: &'static str,
    source: Source,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
}

/// Writes findings as one object (`rdjson`).
///
/// # Errors
/// Where `out` cannot be written to.
pub fn rdjson(out: &mut dyn Write, sheet: &Sheet<'_>, findings: &[Judged]) -> io::Result<()> {
    let diagnostics = findings.iter().map(|judged| diagnostic(sheet, judged)).collect();
    json_text::write_pretty(out, &Whole { source: Source { name: "sayso" }, diagnostics })?;
    writeln!(out)
}

/// Writes one finding a line (`rdjsonl`).
///
/// # Errors
/// Where `out` cannot be written to.
pub fn rdjson_lines(out: &mut dyn Write, sheet: &Sheet<'_>, findings: &[Judged]) -> io::Result<()> {
    for judged in findings {
        json_text::write(out, &diagnostic(sheet, judged))?;
        writeln!(out)?;
    }
    Ok(())
}

fn diagnostic<'a>(sheet: &Sheet<'a>, judged: &'a Judged) -> Diagnostic<'a> {
    let finding = &judged.finding;
    // A suggestion has no path: it is taken to change the file of the finding.
    let suggestions = finding.fix.iter().flat_map(|fix| &fix.edits);
    let suggestions = suggestions.filter(|edit| edit.place.file == finding.place.file);
    Diagnostic {
        message: &finding.message,
        location: location(sheet, finding.place),
        severity: match judged.level {
            Level::Error => "ERROR",
            Level::Warning => "WARNING",
            Level::Note | Level::Off => "INFO",
        },
        source: Source { name: "sayso" },
        code: Code { value: judged.rule.id },
        suggestions: suggestions
            .map(|edit| Suggestion { range: range(sheet, edit.place), text: &edit.text })
            .collect(),
        related_locations: finding
            .related
            .iter()
            .map(|related| Related { message: &related.message, location: location(sheet, related.place) })
            .collect(),
    }
}

fn location<'a>(sheet: &Sheet<'a>, place: Place) -> Location<'a> {
    let Spot { path, readable, .. } = sheet.spot(place);
    Location { path, range: readable.then(|| range(sheet, place)) }
}

fn range(sheet: &Sheet<'_>, place: Place) -> Range {
    let point = |offset| {
        let (line, column) = sheet.byte_position(place.file, offset);
        Point { line, column }
    };
    Range { start: point(place.span.start), end: point(place.span.end) }
}
