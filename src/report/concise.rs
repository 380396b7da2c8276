//! One physical line a finding, for editors: `path:line:col: level: message [rule]`, each related place after it
//! as a `note:` line of its own.

use std::io::{self, Write};

use super::clean;
use super::output_style::{Ink, OutputStyle};
use super::sheet::Sheet;
use crate::rules::{Judged, Level};
use crate::source::Place;

/// Writes findings, a line for each place.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn concise(
    out: &mut dyn Write,
    sheet: &Sheet<'_>,
    findings: &[Judged],
    style: OutputStyle,
) -> io::Result<()> {
    for judged in findings {
        let (name, ink) = level(judged.level);
        place(out, sheet, judged.finding.place, style)?;
        let (on, off, dim) = (style.on(ink), style.off(), style.on(Ink::Dim));
        let message = clean::line(&judged.finding.message);
        writeln!(out, "{on}{name}{off}: {message} {dim}[{}]{off}", judged.rule.id)?;
        for related in &judged.finding.related {
            place(out, sheet, related.place, style)?;
            let words = if related.message.is_empty() { "the other place" } else { &related.message };
            writeln!(out, "{}note{off}: {}", style.on(Ink::Cyan), clean::line(words))?;
        }
    }
    Ok(())
}

fn place(out: &mut dyn Write, sheet: &Sheet<'_>, place: Place, style: OutputStyle) -> io::Result<()> {
    let spot = sheet.spot(place);
    let path = clean::path(spot.path);
    write!(out, "{}{path}:{}:{}:{} ", style.on(Ink::Bold), spot.start.line, spot.start.column, style.off())
}

/// A level's name and ink.
pub(super) const fn level(level: Level) -> (&'static str, Ink) {
    match level {
        Level::Error => ("error", Ink::Red),
        Level::Warning => ("warning", Ink::Yellow),
        Level::Note | Level::Off => ("note", Ink::Cyan),
    }
}
