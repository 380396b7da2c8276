//! Findings drawn for eyes: the message, the lines of every draft concerned with marks under them, and advice.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode};

use super::clean;
use super::concise::level;
use super::excerpt::{CONTEXT, Excerpt, Shown};
use super::output_style::{Ink, OutputStyle};
use super::sheet::{Sheet, change};
use super::statistics::statistics_table;
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
    let mut of_rule: BTreeMap<&str, usize> = BTreeMap::new();
    for judged in findings {
        *of_rule.entry(judged.rule.id).or_default() += 1;
    }
    let many = findings.len() >= MANY;
    let mut file = None;
    let mut met: BTreeSet<&str> = BTreeSet::new();
    let mut in_lines = false;
    for (rank, judged) in findings.iter().enumerate() {
        let place = judged.finding.place;
        let new_file = file != Some(place.file);
        let line = of_rule[judged.rule.id] >= ALIKE && !met.insert(judged.rule.id);
        // Drawings end with an empty line, rows of lines do not.
        if in_lines && (new_file || !line) {
            writeln!(out)?;
        }
        if many && new_file {
            let here =
                findings[rank..].iter().take_while(|other| other.finding.place.file == place.file).count();
            heading(out, sheet.spot(place).path, here, style)?;
        }
        file = Some(place.file);
        in_lines = line;
        if line {
            one_line(out, sheet, judged, style)?;
            continue;
        }
        let drawing = drawing(sheet, judged, style);
        draw(out, &handler_for(&drawing, style), &drawing)?;
    }
    if in_lines {
        writeln!(out)?;
    }
    if many {
        statistics_table(out, sheet, findings, style)?;
    }
    Ok(())
}

/// From so many findings on they stand under the names of their files, and the end counts them by rule and file.
const MANY: usize = 20;

/// From so many findings of one rule on, only the first is drawn; the others are lines.
const ALIKE: usize = 10;

/// The head of a file's findings: its path, a rule, and how many there are.
fn heading(out: &mut dyn Write, path: &str, count: usize, style: OutputStyle) -> io::Result<()> {
    let (path, count) = (clean::line(path), counted(count, "finding"));
    let width = style.width.min(WIDEST);
    let rule = width.saturating_sub(clean::width(&path) + clean::width(&count) + 6).max(2);
    let (bold, dim, off) = (style.on(Ink::Bold), style.on(Ink::Dim), style.off());
    writeln!(out, "{dim}──{off} {bold}{path}{off} {dim}{} {count}{off}", "─".repeat(rule))?;
    writeln!(out)
}

/// A finding in one line, for the second and later ones of a kind.
fn one_line(out: &mut dyn Write, sheet: &Sheet<'_>, judged: &Judged, style: OutputStyle) -> io::Result<()> {
    let spot = sheet.spot(judged.finding.place);
    let (_, ink) = level(judged.level);
    let sign = match judged.level {
        Level::Error => '×',
        Level::Warning => '⚠',
        Level::Note | Level::Off => '☞',
    };
    let place = match spot.readable {
        true => format!("{}:{}:{}", clean::line(spot.path), spot.start.line, spot.start.column),
        false => clean::line(spot.path).into_owned(),
    };
    let (dim, off) = (style.on(Ink::Dim), style.off());
    let told = style.differences(&short_paths(sheet, judged), "");
    writeln!(out, "  {}{sign}{off} {dim}{place}{off} {told} {dim}[{}]{off}", style.on(ink), judged.rule.id)
}

/// The message with the names of files in the place of their paths: the paths stand above the lines that are drawn.
fn short_paths(sheet: &Sheet<'_>, judged: &Judged) -> String {
    let finding = &judged.finding;
    let mut message = clean::line(&finding.message).into_owned();
    let places = std::iter::once(finding.place).chain(finding.related.iter().map(|other| other.place));
    let mut paths: Vec<&str> = places.map(|place| sheet.spot(place).path).collect();
    paths.sort_unstable();
    paths.dedup();
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    for path in &paths {
        // Two files of one name keep their folders.
        if paths.iter().filter(|other| name(other) == name(path)).count() == 1 {
            message = message.replace(&*clean::line(path), &clean::line(&name(path)));
        }
    }
    message
}

/// The handler for a finding: words of its own place in the colour of its level, those of other places in one other colour.
fn handler_for(drawing: &Drawing, style: OutputStyle) -> GraphicalReportHandler {
    let handler = handler(style);
    let Some(excerpt) = drawing.excerpt.as_ref().filter(|_| style.color) else { return handler };
    let mut theme = GraphicalTheme::unicode();
    let own = match drawing.severity {
        Severity::Error => theme.styles.error,
        Severity::Warning => theme.styles.warning,
        Severity::Advice => theme.styles.advice,
    };
    let Some(&other) = theme.styles.highlights.first() else { return handler };
    // Neither place weighs more than the other.
    let other = other.remove_all_effects();
    theme.styles.highlights =
        excerpt.primary().into_iter().map(|primary| if primary { own } else { other }).collect();
    handler.with_theme(theme)
}

/// The handler for a drawing whose labels have a colour each by what they say: the same words have the same colour in
/// every drawing. `ranks` gives the rank of a label's words among all that there are.
pub(super) fn handler_by_words(
    excerpt: Option<&Excerpt>,
    ranks: impl Fn(&str) -> usize,
    style: OutputStyle,
) -> GraphicalReportHandler {
    let handler = handler(style);
    let Some(excerpt) = excerpt.filter(|_| style.color) else { return handler };
    let mut theme = GraphicalTheme::unicode();
    let all: Vec<_> = theme.styles.highlights.iter().map(|look| look.remove_all_effects()).collect();
    if !all.is_empty() {
        theme.styles.highlights =
            excerpt.words_in_order().into_iter().map(|words| all[ranks(words) % all.len()]).collect();
    }
    handler.with_theme(theme)
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
    let mut drawn = drawn.replace(HYPHEN, "-");
    if drawn.contains('\u{1b}') {
        let style = OutputStyle { color: true, ..OutputStyle::default() };
        drawn = style.dimmed_cuts(&drawn, "").into_owned();
    }
    for line in drawn.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out)
}

/// Stands for a hyphen while lines are broken: a path, a day or a rule's name is not broken there. It is a sign for private
/// use, which no draft has.
const HYPHEN: char = '\u{e02d}';

/// The text with hyphens at which no line is broken.
pub(super) fn unbroken(text: &str) -> String {
    text.replace('-', &HYPHEN.to_string())
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
        let mut excerpt = Excerpt::new(&places, room(style));
        excerpt.fit_labels(room(style));
        excerpt
    });
    let (bold, dim, off) = (style.on(Ink::Bold), style.on(Ink::Dim), style.off());
    let told = style.differences(&short_paths(sheet, judged), bold);
    // Each word is set off by itself, so that the style goes on in the next line.
    let told: Vec<String> = told.split(' ').map(|word| format!("{bold}{word}{off}")).collect();
    let mut message = format!("{} {dim}[{}]{off}", told.join(" "), judged.rule.id);
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
    Drawing { message: unbroken(&message), severity, help: Some(unbroken(&help)), excerpt }
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
