//! GitLab's Code Quality report: an array of findings, each with one place.

use std::io::{self, Write};

use rustc_hash::FxHashSet;
use serde::Serialize;

use super::clean;
use super::json_text;
use super::sheet::Sheet;
use crate::rules::{Judged, Level};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes findings as one array. The rule's name stands in the description, since GitLab does not show `check_name`;
/// related places follow it, since GitLab has no field for them.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn gitlab(out: &mut dyn Write, sheet: &Sheet<'_>, findings: &[Judged]) -> io::Result<()> {
    let mut seen = FxHashSet::default();
    let issues: Vec<Issue<'_>> = findings
        .iter()
        .map(|judged| {
            let spot = sheet.spot(judged.finding.place);
            let mut description = format!("{}: {}", judged.rule.id, clean::line(&judged.finding.message));
            for related in &judged.finding.related {
                let place = sheet.spot(related.place);
                let (path, words) = (clean::line(place.path), clean::line(&related.message));
                description.push_str(&format!("; {path}:{}: {words}", place.start.line));
            }
            // Of two issues with one fingerprint GitLab shows one.
            let mut fingerprint = judged.fingerprint;
            while !seen.insert(fingerprint) {
                fingerprint = fingerprint.wrapping_add(1);
            }
            Issue {
                description,
                check_name: judged.rule.id,
                fingerprint: format!("{fingerprint:016x}"),
                severity: match judged.level {
                    Level::Error => "major",
                    Level::Warning => "minor",
                    Level::Note | Level::Off => "info",
                },
                location: Location {
                    path: spot.path,
                    lines: Lines { begin: spot.start.line, end: spot.end.line },
                },
            }
        })
        .collect();
    json_text::write_pretty(out, &issues)?;
    writeln!(out)
}
