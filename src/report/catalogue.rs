//! The rules and their pages: as a table, as JSON, as the Markdown of the manual, and one page explained.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::clean;
use super::concise::level;
use super::json_text;
use super::output_style::{Ink, OutputStyle};
use super::pretty::pretty;
use super::sheet::Sheet;
use crate::corpus::wording::{LADDER, NEVER_FOLDED};
use crate::rules::{Declared, Example, Judged, Level, Page, QuietSetting, Rule, Rulebook};

/// Writes a table of all rules by group.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn rules_table(out: &mut dyn Write, book: &Rulebook, style: OutputStyle) -> io::Result<()> {
    let widest = book.iter().map(|(rule, _)| rule.id.len()).max().unwrap_or(0);
    let mut group = "";
    for (rule, page) in book.iter() {
        if rule.group != group {
            let gap = if group.is_empty() { "" } else { "\n" };
            group = rule.group;
            writeln!(out, "{gap}{}{group}{}", style.on(Ink::Bold), style.off())?;
        }
        let (name, ink) = if page.level == Level::Off { ("off", Ink::Dim) } else { level(page.level) };
        let room = style.width.saturating_sub(widest + 13).max(30);
        writeln!(
            out,
            "  {:widest$}  {}{name:7}{}  {}",
            rule.id,
            style.on(ink),
            style.off(),
            clean::cut(&page.summary, room)
        )?;
    }
    writeln!(
        out,
        "\n{}`sayso explain RULE` shows a rule with its examples{}",
        style.on(Ink::Dim),
        style.off()
    )
}

/// A rule as programs are told of it.
#[derive(Serialize)]
struct Record<'a> {
    rule: &'a str,
    group: &'a str,
    level: Level,
    levels: &'a BTreeMap<Level, String>,
    #[serde(rename = "quiet-in")]
    quiet_in: &'a [QuietSetting],
    summary: &'a str,
    help: &'a str,
    why: &'a str,
    source: &'a str,
    parameters: &'a BTreeMap<String, Declared>,
}

/// Writes all rules as one JSON array.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn rules_json(out: &mut dyn Write, book: &Rulebook) -> io::Result<()> {
    let records: Vec<Record<'_>> = book
        .iter()
        .map(|(rule, page)| Record {
            rule: rule.id,
            group: rule.group,
            level: page.level,
            levels: &page.levels,
            quiet_in: &page.quiet_in,
            summary: page.summary.trim(),
            help: page.help.trim(),
            why: page.why.trim(),
            source: page.source.trim(),
            parameters: &page.parameters,
        })
        .collect();
    json_text::write_pretty(out, &records)?;
    writeln!(out)
}

/// Writes the manual's chapter on rules.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn rules_markdown(out: &mut dyn Write, book: &Rulebook) -> io::Result<()> {
    writeln!(out, "# Rules\n")?;
    writeln!(
        out,
        "Made from the pages under `rules/` by `sayso rules --format markdown`; a test keeps it current. The marks\n\
         under an example are what sayso draws there. Rules that are off wait for a house that wants them.\n"
    )?;
    let mut group = "";
    for (rule, _) in book.iter().filter(|(rule, _)| std::mem::replace(&mut group, rule.group) != rule.group) {
        writeln!(out, "- **{}**: {}", rule.group, names(book, rule.group))?;
    }
    group = "";
    for (rule, page) in book.iter() {
        if rule.group != group {
            group = rule.group;
            writeln!(out, "\n## {group}")?;
        }
        entry(out, rule, page)?;
    }
    Ok(())
}

fn names(book: &Rulebook, group: &str) -> String {
    let rules = book.iter().filter(|(rule, _)| rule.group == group);
    rules.map(|(rule, _)| format!("[{0}](#{0})", rule.id)).collect::<Vec<_>>().join(", ")
}

fn entry(out: &mut dyn Write, rule: &Rule, page: &Page) -> io::Result<()> {
    let name = if page.level == Level::Off { "off" } else { level(page.level).0 };
    writeln!(out, "\n### {}\n\n*{name}{}* · {}.\n", rule.id, other_levels(page), page.summary.trim())?;
    writeln!(out, "{}\n\nWhat to do: {}.\n", page.why.trim(), page.help.trim())?;
    if !page.quiet_in.is_empty() {
        writeln!(out, "Keeps quiet in {}.\n", quiet_settings(page))?;
    }
    for (name, declared) in &page.parameters {
        let Declared { about, default, .. } = declared;
        writeln!(out, "Parameter `{name}`: {about}; {}, by default `{default}`.\n", declared.takes())?;
    }
    for example in &page.examples {
        for (words, text) in [("Reported:", &example.bad), ("Not reported:", &example.good)] {
            if let Some(text) = text {
                writeln!(out, "{words}{}\n\n```text\n{}\n```\n", conditions(example), visible(text))?;
            }
        }
    }
    writeln!(out, "From: {}", page.source.trim())
}

/// The levels that some findings have in place of the rule's own, gravest first: “; *note* where …”.
fn other_levels(page: &Page) -> String {
    let others = page.levels.iter().rev().map(|(own, when)| format!("; {} {}", level(*own).0, when.trim()));
    others.collect()
}

/// Where the rule keeps quiet: “headlines, captions”.
fn quiet_settings(page: &Page) -> String {
    page.quiet_in.iter().map(|setting| setting.name()).collect::<Vec<_>>().join(", ")
}

/// What an example presupposes.
fn conditions(example: &Example) -> String {
    let mut words = String::new();
    if let Some(day) = &example.published {
        words.push_str(&format!(" (published {day})"));
    }
    for (name, value) in &example.parameters {
        words.push_str(&format!(" (with `{name} = {value}`)"));
    }
    if let Some(people) = &example.people {
        words.push_str(&format!("\n\n```toml\n{}\n```\n", people.trim()));
    }
    words
}

/// An example as text: control characters made visible, line ends kept.
fn visible(text: &str) -> String {
    text.trim_end().lines().map(clean::line).collect::<Vec<_>>().join("\n")
}

/// A group of rules: each with its level and its fault, and how to read more about one.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn explain_group(
    out: &mut dyn Write,
    book: &Rulebook,
    group: &str,
    style: OutputStyle,
) -> io::Result<()> {
    let (bold, off) = (style.on(Ink::Bold), style.off());
    writeln!(out, "{bold}{group}{off}\n")?;
    let own = || book.iter().filter(|(rule, _)| rule.group == group);
    let widest = own().map(|(rule, _)| rule.id.len()).max().unwrap_or_default();
    for (rule, page) in own() {
        let (name, ink) = if page.level == Level::Off { ("off", Ink::Dim) } else { level(page.level) };
        let id = rule.id;
        writeln!(out, "{id:widest$}  {}{name:7}{off}  {}", style.on(ink), page.summary.trim())?;
    }
    writeln!(out, "\n`sayso explain RULE` tells more about one of them")
}

/// Writes a rule's page, and what the linter says about its bad examples.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn explain(
    out: &mut dyn Write,
    rule: &Rule,
    page: &Page,
    examples: &[(Sheet<'_>, Vec<Judged>)],
    style: OutputStyle,
) -> io::Result<()> {
    let (bold, dim, off) = (style.on(Ink::Bold), style.on(Ink::Dim), style.off());
    let (name, ink) = if page.level == Level::Off { ("off", Ink::Dim) } else { level(page.level) };
    let others = other_levels(page);
    writeln!(out, "{bold}{}{off}  {}{name}{off}{others}  {dim}{}{off}", rule.id, style.on(ink), rule.group)?;
    writeln!(out, "{}\n", page.summary.trim())?;
    writeln!(out, "{}\n", page.why.trim())?;
    writeln!(out, "{bold}What to do{off}  {}", page.help.trim())?;
    writeln!(out, "{bold}From{off}        {}", page.source.trim())?;
    if !page.quiet_in.is_empty() {
        writeln!(out, "{bold}Keeps quiet{off} in {}", quiet_settings(page))?;
    }
    for (name, declared) in &page.parameters {
        let Declared { about, default, .. } = declared;
        let takes = declared.takes();
        writeln!(out, "{bold}Parameter{off}   {name}: {about}; {takes}, by default {default}")?;
    }
    // The ladder belongs to every rule that compares words; it is told where a reader meets it first.
    if rule.id == "altered-quotation" {
        ladder(out, style)?;
    }
    if !examples.is_empty() {
        writeln!(out, "\n{bold}What it finds{off}\n")?;
    }
    for (sheet, findings) in examples {
        pretty(out, sheet, findings, style)?;
    }
    let good: Vec<&str> = page.examples.iter().filter_map(|example| example.good.as_deref()).collect();
    if !good.is_empty() {
        writeln!(out, "{bold}What it leaves alone{off}\n")?;
    }
    for text in good {
        for line in visible(text).lines() {
            writeln!(out, "  {line}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Writes how the words of two quotations are compared.
fn ladder(out: &mut dyn Write, style: OutputStyle) -> io::Result<()> {
    let (bold, off) = (style.on(Ink::Bold), style.off());
    writeln!(out, "\n{bold}How wording is compared{off}  made alike, in this order:\n")?;
    for (rank, rung) in LADDER.iter().enumerate() {
        writeln!(out, "  {}. {}: {}", rank + 1, rung.name, rung.folds)?;
    }
    writeln!(out, "\n  Never made alike: {}.", NEVER_FOLDED.join(", "))?;
    writeln!(
        out,
        "  Words said twice in a row count once. Against transcripts only, hesitations (um, er) do not count."
    )
}
