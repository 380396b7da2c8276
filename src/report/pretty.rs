//! Findings drawn for eyes: the message, the lines of every draft concerned with marks under them, and advice.

use std::fmt;
use std::io::{self, Write};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode};

use super::clean;
use super::excerpt::{CONTEXT, Excerpt, Shown};
use super::output_style::{Ink, OutputStyle};
use super::sheet::{Sheet, change};
use super::summary::counted;
use crate::rules::{Finding, Judged, Level, Related};

/// Places drawn besides the finding's own; the rest are counted.
const DRAWN: usize = 5;

/// Columns beyond which lines are hard to read, however wide the terminal.
const WIDEST: usize = 120;

/// Something that miette can draw.
#[derive(Debug)]
pub(super) struct Drawing {
    pub message: String,
    pub severity: Severity,
    pub help: Option<String>,
    pub excerpt: Option<Excerpt>,
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawing {}

impl Diagnostic for Drawing {
    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.excerpt.as_ref().map(|excerpt| Box::new(excerpt.labels()) as Box<dyn Iterator<Item = _>>)
    }
}

/// Writes findings as drawings.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn pretty(
    out: &mut dyn Write,
    sheet: &Sheet<'_>,
    findings: &[Judged],
    style: OutputStyle,
) -> io::Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    let handler = handler(style);
    for judged in findings {
        draw(out, &handler, &drawing(sheet, judged, style))?;
    }
    Ok(())
}

/// The handler, with nothing left for it to find out from the environment.
pub(super) fn handler(style: OutputStyle) -> GraphicalReportHandler {
    let theme = if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    GraphicalReportHandler::new_themed(theme)
        .with_width(style.width.min(WIDEST))
        .with_links(false)
        .with_context_lines(CONTEXT)
        .without_syntax_highlighting()
}

/// Draws one, with an empty line after it.
pub(super) fn draw(
    out: &mut dyn Write,
    handler: &GraphicalReportHandler,
    drawing: &Drawing,
) -> io::Result<()> {
    let mut drawn = String::new();
    handler.render_report(&mut drawn, drawing).map_err(io::Error::other)?;
    for line in drawn.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out)
}

/// Columns left for a line of a draft beside the numbers and the frame.
pub(super) fn room(style: OutputStyle) -> usize {
    style.width.min(WIDEST).saturating_sub(9).max(24)
}

/// The other places that are drawn. Where words differ, every wording is drawn before a second copy of one.
fn drawn(finding: &Finding) -> Vec<&Related> {
    let all = finding.related.as_slice();
    if finding.context.is_none() {
        return all.iter().take(DRAWN).collect();
    }
    let seen = |at: usize| all[..at].iter().any(|other| other.message == all[at].message);
    let (fresh, copies): (Vec<usize>, Vec<usize>) = (0..all.len()).partition(|&at| !seen(at));
    let count = fresh.len().max(DRAWN);
    fresh.into_iter().chain(copies).take(count).map(|at| &all[at]).collect()
}

fn drawing(sheet: &Sheet<'_>, judged: &Judged, style: OutputStyle) -> Drawing {
    let finding = &judged.finding;
    let severity = match judged.level {
        Level::Error => Severity::Error,
        Level::Warning => Severity::Warning,
        Level::Note | Level::Off => Severity::Advice,
    };
    let own = std::iter::once((finding.place, finding.context, finding.label.as_str(), true));
    let others = drawn(finding);
    let left = finding.related.len() - others.len();
    let others = others.into_iter();
    let others = others.map(|other| (other.place, other.context, other.message.as_str(), false));
    let spot = sheet.spot(finding.place);
    let excerpt = spot.readable.then(|| {
        let places: Vec<Shown<'_>> = own
            .chain(others)
            .filter_map(|(place, context, words, primary)| {
                let document = sheet.documents.get(place.file.index())?;
                let path = &sheet.corpus.file(place.file).path;
                let (text, span, whole) = (&document.text, place.span, context.is_some());
                Some(Shown { path, text, span, words, primary, whole })
            })
            .collect();
        Excerpt::new(&places, room(style))
    });
    let (bold, dim, off) = (style.on(Ink::Bold), style.on(Ink::Dim), style.off());
    let told = style.differences(&clean::line(&finding.message), bold);
    let mut message = format!("{bold}{told}{off} {dim}[{}]{off}", judged.rule.id);
    if excerpt.is_none() {
        message = format!("{bold}{}{off}: {message}", clean::line(spot.path));
    }
    let mut help = style.differences(&clean::line(&judged.help), "");
    if let (Some(change), Some(fix)) = (change(sheet, judged), &finding.fix) {
        // A change that no reading speaks against says all there is to say.
        help = if fix.safe { change } else { format!("{change}, or {help}") };
    }
    if left > 0 {
        help = format!("{help} (and {}; `--format concise` lists them)", counted(left, "more place"));
    }
    Drawing { message, severity, help: Some(help), excerpt }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::*;
    use crate::corpus::Corpus;
    use crate::facts::FileFacts;
    use crate::rules::{Finding, RULES};
    use crate::source::{Document, FileId, Format, Place, Span, Text};

    fn drawn(drafts: &[(&str, &str)], finding: Finding, width: usize) -> String {
        let document =
            |(path, text): &(&str, &str)| Document::new(*path, Format::Plain, Text::new((*text).to_owned()));
        let facts = |(path, _): &(&str, &str)| FileFacts { path: (*path).to_owned(), ..FileFacts::default() };
        let documents: Vec<Document> = drafts.iter().map(document).collect();
        let corpus = Corpus::new(drafts.iter().map(facts).collect());
        let judged = Judged {
            finding,
            rule: &RULES[0],
            level: Level::Error,
            fingerprint: 0,
            help: "listen to the tape".to_owned(),
            known: false,
        };
        let mut out = Vec::new();
        let sheet = Sheet { documents: &documents, corpus: &corpus };
        pretty(&mut out, &sheet, &[judged], OutputStyle { color: false, width }).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn place(drafts: &[(&str, &str)], file: usize, words: &str) -> Place {
        let start = drafts[file].1.find(words).unwrap() as u32;
        Place::new(FileId(file as u32), Span::new(start, start + words.len() as u32))
    }

    #[test]
    fn both_drafts_of_a_finding_are_drawn() {
        let drafts = [
            ("monday.txt", "Rain.\n\n“The wall holds,” Duarte said.\nShe smiled.\n"),
            ("wire.txt", "“The wall falls,” Duarte said.\n"),
        ];
        let finding = Finding::new("unclosed-quotation", place(&drafts, 0, "holds"), "two forms", "")
            .label("one form")
            .related(place(&drafts, 0, "smiled"), "her face")
            .related(place(&drafts, 1, "falls"), "the other");
        let expected = "
  × two forms [unclosed-quotation]
   ╭─[monday.txt:3:11]
 3 │ “The wall holds,” Duarte said.
   ·           ──┬──
   ·             ╰── one form
 4 │ She smiled.
   ·     ───┬──
   ·        ╰── her face
   ╰────
   ╭─[wire.txt:1:11]
 1 │ “The wall falls,” Duarte said.
   ·           ──┬──
   ·             ╰── the other
   ╰────
  help: listen to the tape

";
        assert_eq!(drawn(&drafts, finding, 80), expected[1..]);
    }

    #[test]
    fn the_heading_tells_the_place_in_the_file_and_not_in_the_crop() {
        let text = format!(
            "{}“The wall holds,” Duarte said. {}",
            "The rain fell. ".repeat(30),
            "It fell. ".repeat(30)
        );
        let drafts = [("a.txt", text.as_str())];
        let finding = Finding::new("unclosed-quotation", place(&drafts, 0, "holds"), "m", "").label("here");
        let drawn = drawn(&drafts, finding, 60);
        assert!(drawn.contains("[a.txt:1:461]"), "{drawn}");
        assert!(drawn.lines().all(|line| line.chars().count() <= 60), "{drawn}");
    }

    #[test]
    fn what_is_not_drawn_is_counted() {
        let drafts = [("a.txt", "one two three four five six seven eight\n")];
        let mut finding = Finding::new("unclosed-quotation", place(&drafts, 0, "one"), "m", "");
        for word in ["two", "three", "four", "five", "six", "seven", "eight"] {
            finding = finding.related(place(&drafts, 0, word), word);
        }
        assert!(drawn(&drafts, finding, 80).contains("and 2 more places"));
    }

    #[test]
    fn a_place_beyond_the_end_is_drawn_at_the_end() {
        let drafts = [("a.txt", "short")];
        let finding = Finding::new("unclosed-quotation", Place::new(FileId(0), Span::new(90, 95)), "m", "");
        assert!(drawn(&drafts, finding, 80).contains("[a.txt:1:6]"));
    }
}
