//! Findings and facts as JSON, in the shape that the documentation fixes. Written straight from the structures:
//! no value is built in between.

use std::io::{self, Write};

use serde::Serialize;

use super::json_text;
use super::sheet::{Sheet, Spot};
use super::summary::Summary;
use crate::facts::clock;
use crate::rules::{Fix, Judged, Level};
use crate::source::{Place, Position, Span};

#[derive(Serialize)]
struct Whole<'a> {
    findings: Vec<Record<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Record<'a> {
    rule: &'a str,
    group: &'a str,
    level: Level,
    message: &'a str,
    help: &'a str,
    path: &'a str,
    part: Option<&'a str>,
    span: Option<Range>,
    context: Option<Range>,
    related: Vec<Other<'a>>,
    fix: Option<Change<'a>>,
    fingerprint: String,
    /// The time on the tape where the words stand that the quotation is held against.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

#[derive(Serialize)]
struct Other<'a> {
    path: &'a str,
    part: Option<&'a str>,
    span: Option<Range>,
    context: Option<Range>,
    message: &'a str,
    /// The time on the tape, for a place on one.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    byte: u64,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Change<'a> {
    safe: bool,
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
struct Replacement<'a> {
    path: &'a str,
    start: u64,
    end: u64,
    text: &'a str,
}

/// Writes findings and summary as one JSON object.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn json(out: &mut dyn Write, sheet: &Sheet<'_>, findings: &[Judged], summary: Summary) -> io::Result<()> {
    let findings = findings.iter().map(|judged| record(sheet, judged)).collect();
    json_text::write_pretty(out, &Whole { findings, summary })?;
    writeln!(out)
}

/// Writes a JSON Schema.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn schema(out: &mut dyn Write, schema: &serde_json::Value) -> io::Result<()> {
    json_text::write_pretty(out, schema)?;
    writeln!(out)
}

/// Writes one finding a line.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn json_lines(out: &mut dyn Write, sheet: &Sheet<'_>, findings: &[Judged]) -> io::Result<()> {
    for judged in findings {
        json_text::write(out, &record(sheet, judged))?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes one file's facts a line.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn facts_lines(out: &mut dyn Write, sheet: &Sheet<'_>) -> io::Result<()> {
    for (_, facts) in sheet.corpus.files() {
        json_text::write(out, facts)?;
        writeln!(out)?;
    }
    Ok(())
}

fn record<'a>(sheet: &Sheet<'a>, judged: &'a Judged) -> Record<'a> {
    let finding = &judged.finding;
    let spot = sheet.spot(finding.place);
    let around = |place: Place, context: Option<Span>| range(&sheet.spot_in(place.file, context?));
    let related = finding.related.iter().map(|related| {
        let spot = sheet.spot(related.place);
        let context = around(related.place, related.context);
        Other {
            path: spot.path,
            part: spot.part,
            span: range(&spot),
            context,
            message: &related.message,
            at: related.at.map(clock),
        }
    });
    Record {
        rule: judged.rule.id,
        group: judged.rule.group,
        level: judged.level,
        message: &finding.message,
        help: &judged.help,
        path: spot.path,
        part: spot.part,
        span: range(&spot),
        context: around(finding.place, finding.context),
        related: related.collect(),
        fix: finding.fix.as_ref().map(|fix| change(sheet, fix)),
        fingerprint: format!("{:016x}", judged.fingerprint),
        at: finding.related.iter().find_map(|related| related.at).map(clock),
    }
}

fn range(spot: &Spot<'_>) -> Option<Range> {
    let point = |byte, position: Position| Point { byte, line: position.line, column: position.column };
    spot.readable
        .then(|| Range { start: point(spot.bytes.0, spot.start), end: point(spot.bytes.1, spot.end) })
}

fn change<'a>(sheet: &Sheet<'a>, fix: &'a Fix) -> Change<'a> {
    let edits = fix.edits.iter().map(|edit| {
        let spot = sheet.spot(edit.place);
        Replacement { path: spot.path, start: spot.bytes.0, end: spot.bytes.1, text: &edit.text }
    });
    Change { safe: fix.safe, edits: edits.collect() }
}
