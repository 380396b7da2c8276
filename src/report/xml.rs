//! Reports in XML for build servers: Checkstyle and JUnit. Both name one place a finding; related places stand in the
//! message.

use std::io::{self, Write};

use super::clean;
use super::sheet::Sheet;
use crate::rules::{Judged, Level};

/// Writes findings as Checkstyle's report, grouped by file.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn checkstyle(out: &mut dyn Write, sheet: &Sheet<'_>, findings: &[Judged]) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<checkstyle version=\"4.3\">")?;
    for file in by_file(findings) {
        let path = sheet.spot(file[0].finding.place).path;
        writeln!(out, "  <file name=\"{}\">", escaped(path))?;
        for judged in file {
            let spot = sheet.spot(judged.finding.place);
            let severity = match judged.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note | Level::Off => "info",
            };
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"sayso.{}\"/>",
                spot.start.line,
                spot.start.column,
                escaped(&message(sheet, judged)),
                judged.rule.id
            )?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}

/// Writes findings as a JUnit report: a suite for each file, a failed test for each finding. Where nothing was found there
/// is one test that passed, since servers take a report without tests for a broken one.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn junit(out: &mut dyn Write, sheet: &Sheet<'_>, findings: &[Judged]) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    let (tests, failures) = (findings.len().max(1), findings.len());
    writeln!(out, "<testsuites name=\"sayso\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">")?;
    if findings.is_empty() {
        writeln!(out, "  <testsuite name=\"sayso\" tests=\"1\" failures=\"0\" errors=\"0\">")?;
        writeln!(out, "    <testcase name=\"nothing found\" classname=\"sayso\"/>")?;
        writeln!(out, "  </testsuite>")?;
    }
    for file in by_file(findings) {
        let path = escaped(sheet.spot(file[0].finding.place).path);
        let count = file.len();
        writeln!(out, "  <testsuite name=\"{path}\" tests=\"{count}\" failures=\"{count}\" errors=\"0\">")?;
        for judged in file {
            let spot = sheet.spot(judged.finding.place);
            let (line, column) = (spot.start.line, spot.start.column);
            writeln!(
                out,
                "    <testcase name=\"{}, line {line}, column {column}\" classname=\"{path}\" line=\"{line}\">",
                judged.rule.id
            )?;
            writeln!(
                out,
                "      <failure type=\"{}\" message=\"{}\">{}</failure>",
                judged.rule.id,
                escaped(&judged.finding.message),
                escaped(&message(sheet, judged))
            )?;
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

/// The findings of each file: they come in order of place.
fn by_file(findings: &[Judged]) -> impl Iterator<Item = &[Judged]> {
    findings.chunk_by(|one, next| one.finding.place.file == next.finding.place.file)
}

/// What is wrong, where the other places are, and what to do.
fn message(sheet: &Sheet<'_>, judged: &Judged) -> String {
    let mut text = judged.finding.message.clone();
    for related in &judged.finding.related {
        let spot = sheet.spot(related.place);
        let (line, column) = (spot.start.line, spot.start.column);
        text.push_str(&format!("; {}:{line}:{column}: {}", spot.path, related.message));
    }
    text.push_str("; ");
    text.push_str(&judged.help);
    text
}

/// Text as XML takes it, in an attribute too: on one line, without control characters, with its five signs escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in clean::line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // XML 1.0 has no place for these two.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_draft_writes_no_markup() {
        assert_eq!(
            escaped("<b a=\"1\">R&D’s 'x'\n\u{1b}"),
            "&lt;b a=&quot;1&quot;&gt;R&amp;D’s &apos;x&apos; \u{fffd}"
        );
    }
}
