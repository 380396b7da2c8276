//! The lines before and after each check of `--watch`. An editor's problem matcher takes them as the signs to throw its old
//! findings away and to show the new ones.

use std::io::{self, Write};
use std::time::Duration;

use super::clean;
use super::summary::Summary;

/// So many changed files are named.
const NAMED: usize = 3;

/// Writes the line before a check: which files have changed; none before the first check.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn check_begins(out: &mut dyn Write, changed: &[String]) -> io::Result<()> {
    let named: Vec<_> = changed.iter().take(NAMED).map(|path| clean::line(path)).collect();
    let more = match changed.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let changed = if named.is_empty() { String::new() } else { format!(": {}{more}", named.join(", ")) };
    writeln!(out, "sayso: the check begins{changed}")?;
    out.flush()
}

/// Writes the line after a check: what was found and how long it took; `None` where sayso could not run.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn check_ends(out: &mut dyn Write, summary: Option<&Summary>, took: Duration) -> io::Result<()> {
    let result = match summary {
        None => "sayso could not run".to_owned(),
        Some(summary) => {
            let count =
                |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
            let (errors, warnings) = (count(summary.errors, "error"), count(summary.warnings, "warning"));
            format!("{errors}, {warnings}, {}", count(summary.notes, "note"))
        }
    };
    writeln!(out, "sayso: the check ends: {result} ({} ms); waiting for changes", took.as_millis())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::*;

    fn begins(changed: &[&str]) -> String {
        let mut out = Vec::new();
        let changed: Vec<String> = changed.iter().map(|path| (*path).to_owned()).collect();
        check_begins(&mut out, &changed).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_first_files_are_named_and_drive_no_terminal() {
        assert_eq!(begins(&[]), "sayso: the check begins\n");
        assert_eq!(begins(&["a.md", "b.md"]), "sayso: the check begins: a.md, b.md\n");
        assert_eq!(begins(&["a", "b", "c", "d", "e"]), "sayso: the check begins: a, b, c and 2 more\n");
        assert_eq!(begins(&["\u{1b}[2J\n.md"]), "sayso: the check begins: \u{fffd}[2J .md\n");
    }
}
