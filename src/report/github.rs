//! Workflow commands, which GitHub shows beside the changed lines. Everything that comes from a draft is escaped,
//! so that a draft cannot forge a command or a property.

use std::borrow::Cow;
use std::io::{self, Write};

use super::clean;
use super::sheet::Sheet;
use crate::rules::{Judged, Level};

/// Writes a workflow command for each finding, related places inside its message.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn github(out: &mut dyn Write, sheet: &Sheet<'_>, findings: &[Judged]) -> io::Result<()> {
    for judged in findings {
        let command = match judged.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note | Level::Off => "notice",
        };
        let spot = sheet.spot(judged.finding.place);
        write!(out, "::{command} file={}", property(spot.path))?;
        if spot.readable {
            write!(out, ",line={},endLine={}", spot.start.line, spot.end.line)?;
            // GitHub drops columns that belong to different lines.
            if spot.start.line == spot.end.line {
                write!(out, ",col={},endColumn={}", spot.start.column, spot.end.column)?;
            }
        }
        write!(out, ",title={}::", property(&format!("sayso ({})", judged.rule.id)))?;
        write!(out, "{}", data(&judged.finding.message))?;
        for related in &judged.finding.related {
            let spot = sheet.spot(related.place);
            let place = format!("{}:{}:{}", spot.path, spot.start.line, spot.start.column);
            write!(out, "%0A{}: {}", data(&place), data(&related.message))?;
        }
        writeln!(out, "%0A{}", data(&judged.help))?;
    }
    Ok(())
}

/// A command's message: one line, `%` escaped first, so that what a draft escapes stays as it stands there.
fn data(text: &str) -> Cow<'_, str> {
    let clean = clean::line(text);
    if clean.contains('%') { Cow::Owned(clean.replace('%', "%25")) } else { clean }
}

/// A property's value: the same, and without the characters that end it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_cannot_forge_a_command() {
        assert_eq!(data("50%0A::error::x\n::warning::y"), "50%250A::error::x ::warning::y");
        assert_eq!(property("a,line=1:b.md"), "a%2Cline=1%3Ab.md");
    }
}
