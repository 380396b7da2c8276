//! What a run read, what it found, and what it could not decide.

use std::io::{self, Write};

use serde::Serialize;

use super::output_style::{Ink, OutputStyle};
use crate::corpus::Corpus;
use crate::corpus::wording::Unchecked;
#[cfg(doc)]
use crate::facts::PublishedFrom;
use crate::facts::{FileFacts, QuotationKind};
use crate::lexicon::natural_language;
use crate::rules::{Judged, Level};
use crate::source::FileId;

/// What a run read, what it found, and what it could not decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files read.
    pub files: usize,
    /// Quotations in them.
    pub quotations: usize,
    /// What stayed undecided.
    pub undecided: Undecided,
    /// Findings at level error.
    pub errors: usize,
    /// Findings at level warning.
    pub warnings: usize,
    /// Findings at level note.
    pub notes: usize,
    /// Findings that are left out.
    pub left_out: LeftOut,
    /// Files that could not be read; they are not among `files`.
    #[serde(skip)]
    pub unread: usize,
    /// How many files' days of publication are known from where, in the order of [`PublishedFrom`]; the last count is
    /// of files whose day is not known.
    #[serde(skip)]
    pub dated: [usize; DATED.len() + 1],
    /// Quotations in drafts of a language that sayso does not read: nobody is looked for who said them.
    pub abstained: usize,
    /// The drafts that they stand in.
    #[serde(skip)]
    pub other_language_files: usize,
    /// The first of those languages, by their English names.
    #[serde(skip)]
    pub other_languages: [Option<&'static str>; SHOWN_LANGUAGES],
    /// Quotations that are not held against the tapes, where there are tapes.
    pub unchecked: usize,
    /// The same by reason, in the order of [`Unchecked::ALL`].
    #[serde(skip)]
    pub unchecked_by: [usize; Unchecked::ALL.len()],
    /// Files in the folders that were asked about that are of no kind that sayso reads.
    pub skipped: usize,
}

/// What a run did not decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Undecided {
    /// Quotations whose speaker is not known.
    pub speakers: usize,
    /// Mentions of a name that could be more than one person's.
    pub names: usize,
    /// Expressions of days that resolve to none.
    pub days: usize,
}

impl Undecided {
    /// All of them together.
    pub const fn all(self) -> usize {
        self.speakers + self.names + self.days
    }
}

/// Findings that are left out of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The baseline records them.
    pub baseline: usize,
    /// None of their places lies on a line that has changed.
    pub unchanged: usize,
    /// Entries of the baseline that no longer occur.
    pub stale: usize,
}

/// So many languages are named in the last line of a run.
const SHOWN_LANGUAGES: usize = 3;

/// Where a day of publication is known from, in the order of [`PublishedFrom`].
const DATED: [&str; 6] = ["front matter", "override", "file name", "dateline", "--published", "properties"];

impl Summary {
    /// Counts the files that were asked about, and all findings.
    pub fn of(corpus: &Corpus, findings: &[Judged], asked: impl Fn(FileId) -> bool) -> Self {
        let mut summary = Self::default();
        for (_, facts) in corpus.files().filter(|(file, _)| asked(*file)) {
            if facts.unreadable.is_some() {
                summary.unread += 1;
                continue;
            }
            summary.files += 1;
            if facts.turns.is_empty() {
                let known = facts.published.map_or(DATED.len(), |published| published.from as usize);
                summary.dated[known] += 1;
            }
            summary.quotations += facts.quotations.len();
            if let Some(code) = &facts.other_language {
                summary.abstained += facts.quotations.len();
                summary.other_language_files += 1;
                summary.name_language(code);
            }
            let foreign = facts.quotations.iter().filter(|one| facts.is_in_foreign_block(one)).count();
            if foreign > 0 {
                summary.abstained += foreign;
                summary.other_language_files += 1;
                facts.other_blocks.iter().for_each(|(_, code)| summary.name_language(code));
            }
            summary.undecided.speakers += open_speakers(facts);
            summary.undecided.names +=
                facts.mentions.iter().filter(|mention| mention.person.is_none() && !mention.quoted).count();
            let open =
                |date: &&crate::facts::DateFact| date.interval.is_none() && !date.impossible && !date.quoted;
            summary.undecided.days += facts.dates.iter().filter(open).count();
        }
        if corpus.files().any(|(_, facts)| !facts.turns.is_empty()) {
            summary.unchecked_by = unchecked(corpus, &asked);
            summary.unchecked = summary.unchecked_by.iter().sum();
        }
        for judged in findings {
            match judged.level {
                Level::Error => summary.errors += 1,
                Level::Warning => summary.warnings += 1,
                Level::Note => summary.notes += 1,
                Level::Off => {}
            }
        }
        summary
    }

    fn name_language(&mut self, code: &str) {
        let name = natural_language(code).map(|language| language.name);
        let free = self.other_languages.iter_mut().find(|slot| slot.is_none() || **slot == name);
        free.into_iter().for_each(|slot| *slot = name);
    }

    /// Writes the last line of a run. `hidden` says that notes were counted and not shown.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn write(&self, out: &mut dyn Write, style: OutputStyle, hidden: bool) -> io::Result<()> {
        let levels = [
            (self.errors, "error", Ink::Red),
            (self.warnings, "warning", Ink::Yellow),
            (self.notes, "note", Ink::Cyan),
        ];
        let mut found = Vec::new();
        for (count, name, ink) in levels.into_iter().filter(|(count, ..)| *count > 0) {
            let aside = if name == "note" && hidden { " (see --notes)" } else { "" };
            found.push(format!("{}{}{}{aside}", style.on(ink), counted(count, name), style.off()));
        }
        if found.is_empty() {
            found.push("nothing found".to_owned());
        }
        let (dim, off) = (style.on(Ink::Dim), style.off());
        write!(out, "{dim}{} in {}", counted(self.quotations, "quotation"), counted(self.files, "file"))?;
        if self.unread > 0 {
            write!(out, ", {} not read", self.unread)?;
        }
        write!(out, ":{off} {}", found.join(", "))?;
        let open = self.undecided_in_words();
        if !open.is_empty() {
            write!(out, "{}; undecided: {}{}", style.on(Ink::Dim), open.join(", "), style.off())?;
        }
        if self.other_language_files > 0 {
            let names: Vec<&str> = self.other_languages.iter().flatten().copied().collect();
            let (quotations, files) =
                (counted(self.abstained, "quotation"), counted(self.other_language_files, "file"));
            let names = names.join(", ");
            let (dim, off) = (style.on(Ink::Dim), style.off());
            write!(out, "{dim}; not attributed: {quotations} in {files} in another language ({names}){off}")?;
        }
        if self.unchecked > 0 {
            let quotations = counted(self.unchecked, "quotation");
            let reasons = Unchecked::ALL.iter().zip(self.unchecked_by).filter(|(_, count)| *count > 0);
            let reasons: Vec<String> =
                reasons.map(|(reason, count)| format!("{count} {}", reason.name())).collect();
            let reasons = reasons.join(", ");
            write!(out, "{}; unchecked: {quotations} ({reasons}){}", style.on(Ink::Dim), style.off())?;
        }
        if self.skipped > 0 {
            let files = counted(self.skipped, "file");
            write!(
                out,
                "{}; skipped: {files} of a kind that is not read{}",
                style.on(Ink::Dim),
                style.off()
            )?;
        }
        writeln!(out)?;
        self.write_left_out(out, style)?;
        self.write_dated(out, style)
    }

    /// Says what was found and is not shown.
    fn write_left_out(&self, out: &mut dyn Write, style: OutputStyle) -> io::Result<()> {
        let stale = self.left_out.stale;
        let parts = self.left_out_in_words();
        if !parts.is_empty() {
            writeln!(out, "{}left out: {}{}", style.on(Ink::Dim), parts.join(", "), style.off())?;
        }
        if stale > 0 {
            let (noun, verb) = if stale == 1 { ("entry", "occurs") } else { ("entries", "occur") };
            let cure = "--prune-baseline takes them out";
            let (dim, off) = (style.on(Ink::Dim), style.off());
            writeln!(out, "{dim}baseline: {stale} {noun} no longer {verb} ({cure}){off}")?;
        }
        Ok(())
    }

    /// Says where the days of publication come from, where any is known: weekdays are counted from them.
    fn write_dated(&self, out: &mut dyn Write, style: OutputStyle) -> io::Result<()> {
        let [known @ .., unknown] = self.dated;
        if known.iter().all(|count| *count == 0) {
            return Ok(());
        }
        let mut parts: Vec<String> = (known.iter().zip(DATED))
            .filter(|(count, _)| **count > 0)
            .map(|(count, from)| format!("{count} by {from}"))
            .collect();
        if unknown > 0 {
            parts.push(format!("{unknown} unknown"));
        }
        writeln!(out, "{}published: {}{}", style.on(Ink::Dim), parts.join(", "), style.off())
    }

    /// What was found and is left out, by reason.
    pub(super) fn left_out_in_words(&self) -> Vec<String> {
        let LeftOut { baseline, unchanged, .. } = self.left_out;
        [(baseline, "in the baseline"), (unchanged, "on unchanged lines")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, place)| format!("{} {place}", counted(count, "finding")))
            .collect()
    }

    /// What stayed undecided, kind by kind.
    pub(super) fn undecided_in_words(&self) -> Vec<String> {
        let Undecided { speakers, names, days } = self.undecided;
        [(speakers, "speaker"), (names, "name"), (days, "day")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, name)| counted(count, name))
            .collect()
    }
}

/// Quotations that are somebody's speech and nobody is known to have said: those attributed to a source that
/// stands for no known speaker, and whole sentences and blocks attributed to none.
fn open_speakers(facts: &FileFacts) -> usize {
    facts
        .quotations
        .iter()
        .filter(|quotation| match &quotation.attribution {
            Some(attribution) => attribution.speaker.is_none(),
            None => matches!(quotation.kind, QuotationKind::Sentence | QuotationKind::Block),
        })
        .count()
}

/// Quotations that are not held against the tapes, by reason in the order of [`Unchecked::ALL`].
fn unchecked(corpus: &Corpus, asked: impl Fn(FileId) -> bool) -> [usize; Unchecked::ALL.len()] {
    let wording = corpus.wording();
    let mut counts = [0; Unchecked::ALL.len()];
    for (id, _) in (0..).zip(wording.passages()).filter(|(_, passage)| asked(passage.file)) {
        if let Err(reason) = wording.checked(id)
            && let Some(at) = Unchecked::ALL.iter().position(|one| *one == reason)
        {
            counts[at] += 1;
        }
    }
    counts
}

/// “1 file”, “2 files”.
pub(super) fn counted(count: usize, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}
