//! How much was found: counts by rule and by file.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::clean;
use super::json_text;
use super::output_style::{Ink, OutputStyle};
use super::sheet::Sheet;
use super::summary::Summary;
use crate::rules::{Judged, Level};

/// Findings of one rule or in one file, by level.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Counts {
    fn add(&mut self, level: Level) {
        match level {
            Level::Error => self.errors += 1,
            Level::Warning => self.warnings += 1,
            Level::Note => self.notes += 1,
            Level::Off => {}
        }
    }

    const fn total(self) -> usize {
        self.errors + self.warnings + self.notes
    }
}

#[derive(Serialize)]
struct OfRule<'a> {
    rule: &'a str,
    group: &'a str,
    #[serde(flatten)]
    counts: Counts,
}

#[derive(Serialize)]
struct OfFile<'a> {
    path: &'a str,
    #[serde(flatten)]
    counts: Counts,
}

/// Counts by rule and by file, those with the most findings first.
#[derive(Serialize)]
struct Statistics<'a> {
    rules: Vec<OfRule<'a>>,
    files: Vec<OfFile<'a>>,
}

fn statistics<'a>(sheet: &Sheet<'a>, findings: &'a [Judged]) -> Statistics<'a> {
    let mut rules: BTreeMap<(&str, &str), Counts> = BTreeMap::new();
    let mut files: BTreeMap<&str, Counts> = BTreeMap::new();
    for judged in findings {
        rules.entry((judged.rule.id, judged.rule.group)).or_default().add(judged.level);
        files.entry(sheet.spot(judged.finding.place).path).or_default().add(judged.level);
    }
    let rules = rules.into_iter().map(|((rule, group), counts)| OfRule { rule, group, counts });
    let mut rules: Vec<OfRule<'_>> = rules.collect();
    rules.sort_by_key(|one| std::cmp::Reverse(one.counts.total()));
    let mut files: Vec<OfFile<'_>> =
        files.into_iter().map(|(path, counts)| OfFile { path, counts }).collect();
    files.sort_by_key(|one| std::cmp::Reverse(one.counts.total()));
    Statistics { rules, files }
}

/// Writes the counts as a table.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn statistics_table(
    out: &mut dyn Write,
    sheet: &Sheet<'_>,
    findings: &[Judged],
    style: OutputStyle,
) -> io::Result<()> {
    let Statistics { rules, files } = statistics(sheet, findings);
    let rows = rules.iter().map(|one| (one.rule.to_owned(), one.counts)).collect::<Vec<_>>();
    table(out, "by rule", &rows, style)?;
    let rows = files.iter().map(|one| (clean::path(one.path).into_owned(), one.counts)).collect::<Vec<_>>();
    table(out, "by file", &rows, style)
}

fn table(out: &mut dyn Write, head: &str, rows: &[(String, Counts)], style: OutputStyle) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let (dim, off) = (style.on(Ink::Dim), style.off());
    writeln!(out, "{dim} errors  warnings  notes  {head}{off}")?;
    for (name, Counts { errors, warnings, notes }) in rows {
        writeln!(out, "{errors:>7}{warnings:>10}{notes:>7}  {name}")?;
    }
    writeln!(out)
}

/// Writes the counts as one JSON object, with the summary.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn statistics_json(
    out: &mut dyn Write,
    sheet: &Sheet<'_>,
    findings: &[Judged],
    summary: Summary,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Whole<'a> {
        #[serde(flatten)]
        statistics: Statistics<'a>,
        summary: Summary,
    }
    json_text::write_pretty(out, &Whole { statistics: statistics(sheet, findings), summary })?;
    writeln!(out)
}
