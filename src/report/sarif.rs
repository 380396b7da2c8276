//! SARIF 2.1.0, as code scanning services read it: every rule with its page, every finding with all its places.
//!
//! The structures below hold the keys that are written and no others. GitHub demands more than the schema: each rule has
//! both descriptions and a help text, no text is empty, each region has all four numbers, and a related place is linked
//! from the message by its number.

use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::clean;
use super::json_text;
use super::sheet::{Sheet, Spot};
use super::uri::uri;
use crate::rules::{Allowed, Fix, Judged, Level, Rule, Rulebook};
use crate::source::Place;

/// Where the schema of version 2.1.0 stands.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    short_description: Message<'a>,
    full_description: Message<'a>,
    help: Message<'a>,
    default_configuration: Configuration,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
struct Properties<'a> {
    tags: [&'a str; 1],
    #[serde(rename = "problem.severity")]
    severity: &'static str,
}

#[derive(Serialize)]
struct Message<'a> {
    text: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Message<'a>,
    locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Repair<'a>>,
    /// Empty where the result stands. Readers that do not know this key show the result, so it is written only where
    /// there is a suppression.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'a>>,
}

#[derive(Serialize)]
struct Suppression<'a> {
    /// A directive in the draft.
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fingerprints {
    /// The key that GitHub compares from one run to the next.
    primary_location_line_hash: String,
    #[serde(rename = "sayso/v1")]
    own: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Repair<'a> {
    description: Message<'a>,
    artifact_changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Message<'a>,
}

/// Writes findings as one SARIF log, and after them, as suppressed, what the drafts allow. `book` has the pages of the
/// rules.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn sarif(
    out: &mut dyn Write,
    sheet: &Sheet<'_>,
    findings: &[Judged],
    allowed: &[Allowed],
    book: &Rulebook,
) -> io::Result<()> {
    let rules: Vec<Descriptor<'_>> = book.rules().iter().filter_map(|rule| descriptor(rule, book)).collect();
    let ranks: FxHashMap<&str, usize> =
        rules.iter().enumerate().map(|(rank, descriptor)| (descriptor.id, rank)).collect();
    let standing =
        findings.iter().filter_map(|judged| Some(outcome(sheet, judged, *ranks.get(judged.rule.id)?)));
    let suppressed = allowed.iter().filter_map(|Allowed { judged, reason }| {
        let justification = Some(reason.trim()).filter(|reason| !reason.is_empty());
        let mut outcome = outcome(sheet, judged, *ranks.get(judged.rule.id)?);
        outcome.suppressions.push(Suppression { kind: "inSource", justification });
        Some(outcome)
    });
    let results = standing.chain(suppressed).collect();
    let driver = Driver { name: "sayso", semantic_version: env!("CARGO_PKG_VERSION"), rules };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    json_text::write(out, &Log { schema: SCHEMA, version: "2.1.0", runs: [run] })?;
    writeln!(out)
}

fn descriptor<'a>(rule: &'a Rule, book: &'a Rulebook) -> Option<Descriptor<'a>> {
    let page = book.page(rule.id)?;
    Some(Descriptor {
        id: rule.id,
        short_description: message(page.summary.trim()),
        full_description: message(page.why.trim()),
        help: message(page.help.trim()),
        default_configuration: Configuration { enabled: page.level != Level::Off, level: level(page.level) },
        properties: Properties {
            tags: [rule.group],
            severity: match page.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note | Level::Off => "recommendation",
            },
        },
    })
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
        Level::Off => "none",
    }
}

fn message(text: &str) -> Message<'_> {
    Message { text: clean::line(text) }
}

fn outcome<'a>(sheet: &Sheet<'a>, judged: &'a Judged, rule_index: usize) -> Outcome<'a> {
    let finding = &judged.finding;
    let mut text = linkless(&clean::line(&finding.message));
    let mut related_locations = Vec::with_capacity(finding.related.len());
    for (rank, related) in finding.related.iter().enumerate() {
        let id = rank + 1;
        let spot = sheet.spot(related.place);
        let (path, line) = (linkless(&clean::line(spot.path)), spot.start.line);
        text.push_str(&format!("; see [{path}, line {line}]({id})"));
        let words = if related.message.is_empty() { "see here" } else { &related.message };
        related_locations.push(Location {
            id: Some(id),
            physical_location: physical(&spot),
            message: Some(message(words)),
        });
    }
    Outcome {
        rule_id: judged.rule.id,
        rule_index,
        level: level(judged.level),
        message: Message { text: text.into() },
        locations: vec![Location {
            id: None,
            physical_location: physical(&sheet.spot(finding.place)),
            message: None,
        }],
        related_locations,
        partial_fingerprints: Fingerprints {
            primary_location_line_hash: format!("{:016x}:1", judged.fingerprint),
            own: format!("{:016x}", judged.fingerprint),
        },
        fixes: finding
            .fix
            .iter()
            .chain(&finding.other_fix)
            .map(|fix| repair(sheet, fix, &judged.help))
            .collect(),
        suppressions: Vec::new(),
    }
}

/// Text in which nothing is a link: brackets and the backslash have a meaning in the messages of SARIF.
fn linkless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn physical(spot: &Spot<'_>) -> Physical {
    Physical {
        artifact_location: Artifact { uri: uri(spot.path) },
        // GitHub demands a region of every place, also in a file that could not be read.
        region: if spot.readable { region(spot) } else { Region::START },
    }
}

fn region(spot: &Spot<'_>) -> Region {
    Region {
        start_line: spot.start.line,
        start_column: spot.start.column,
        end_line: spot.end.line,
        end_column: spot.end.column,
    }
}

impl Region {
    /// The first place of a file, and no character of it.
    const START: Self = Self { start_line: 1, start_column: 1, end_line: 1, end_column: 1 };
}

/// The edits of a fix by file, in the order in which the files are first named.
fn repair<'a>(sheet: &Sheet<'a>, fix: &'a Fix, help: &'a str) -> Repair<'a> {
    let mut changes: Vec<(&str, Change<'a>)> = Vec::new();
    for edit in &fix.edits {
        let spot = sheet.spot(Place::new(edit.place.file, edit.place.span));
        let replacement = Replacement {
            deleted_region: region(&spot),
            inserted_content: Message { text: edit.text.as_str().into() },
        };
        match changes.iter_mut().find(|(path, _)| *path == spot.path) {
            Some((_, change)) => change.replacements.push(replacement),
            None => {
                let artifact_location = Artifact { uri: uri(spot.path) };
                changes.push((spot.path, Change { artifact_location, replacements: vec![replacement] }));
            }
        }
    }
    Repair {
        description: message(help),
        artifact_changes: changes.into_iter().map(|(_, change)| change).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::linkless;

    #[test]
    fn words_of_a_draft_make_no_link() {
        assert_eq!(linkless("[sic](1) \\ “no”"), "\\[sic\\](1) \\\\ “no”");
    }
}
