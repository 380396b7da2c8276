//! What became of the examples on rules' pages: `sayso rules --test`.

use std::io::{self, Write};

use serde_json::json;

use super::clean;
use super::json_text;
use super::output_style::{Ink, OutputStyle};
use crate::rules::{ExampleDraft, ExampleFault, Examples, Mark};

/// Writes every example that is not as drawn, with the marks that are found drawn under its drafts, and a count.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn examples(out: &mut dyn Write, tried: &Examples, style: OutputStyle) -> io::Result<()> {
    for fault in &tried.faults {
        one(out, fault, style)?;
    }
    let (pages, run) = (tried.pages, tried.run);
    match tried.faults.len() {
        0 => writeln!(out, "{run} examples on {pages} pages: all as drawn"),
        1 => writeln!(out, "{run} examples on {pages} pages: 1 fault"),
        faults => writeln!(out, "{run} examples on {pages} pages: {faults} faults"),
    }
}

fn one(out: &mut dyn Write, fault: &ExampleFault, style: OutputStyle) -> io::Result<()> {
    let (bold, dim, off) = (style.on(Ink::Bold), style.on(Ink::Dim), style.off());
    let number = if fault.number == 0 { String::new() } else { format!(", example {}", fault.number) };
    writeln!(out, "{bold}{}{off}{number}: {}", fault.rule.id, fault.message)?;
    for (what, marks) in [("drawn, not found", &fault.missing), ("found, not drawn", &fault.stray)] {
        for mark in marks {
            writeln!(out, "  {what}: {}", shown(&fault.drafts, mark))?;
        }
    }
    if !fault.stray.is_empty() {
        writeln!(out, "  {dim}what is found, as it would be drawn:{off}")?;
        drawn(out, &fault.drafts, &fault.stray)?;
    }
    writeln!(out)
}

/// `draft.txt:1:16 “Reyes”: Reyes here`.
fn shown(drafts: &[ExampleDraft], mark: &Mark) -> String {
    let name = drafts.get(mark.draft).map_or("draft.txt", |draft| draft.name.as_str());
    let line = drafts.get(mark.draft).and_then(|draft| draft.text.lines().nth(mark.line as usize - 1));
    let words: String =
        line.unwrap_or_default().chars().skip(mark.column as usize - 1).take(mark.width as usize).collect();
    let label = if mark.label.is_empty() { String::new() } else { format!(": {}", mark.label) };
    clean::line(&format!("{name}:{}:{} “{words}”{label}", mark.line, mark.column)).into_owned()
}

/// The lines that have marks, with the marks under them.
fn drawn(out: &mut dyn Write, drafts: &[ExampleDraft], marks: &[Mark]) -> io::Result<()> {
    for (rank, draft) in drafts.iter().enumerate() {
        for (line, text) in (1..).zip(draft.text.lines()) {
            let here: Vec<&Mark> =
                marks.iter().filter(|mark| mark.draft == rank && mark.line == line).collect();
            if here.is_empty() {
                continue;
            }
            writeln!(out, "    {}", clean::line(text))?;
            for mark in here {
                let space = " ".repeat(mark.column as usize - 1);
                let signs = "^".repeat(mark.width as usize);
                writeln!(out, "    {}", format!("{space}{signs} {}", clean::line(&mark.label)).trim_end())?;
            }
        }
    }
    Ok(())
}

/// The same as one JSON object.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn examples_json(out: &mut dyn Write, tried: &Examples) -> io::Result<()> {
    let marks = |fault: &ExampleFault, marks: &[Mark]| -> Vec<serde_json::Value> {
        let one = |mark: &Mark| {
            let draft = fault.drafts.get(mark.draft).map(|draft| draft.name.as_str());
            json!({
                "draft": draft, "line": mark.line, "column": mark.column, "width": mark.width, "label": mark.label
            })
        };
        marks.iter().map(one).collect()
    };
    let faults: Vec<serde_json::Value> = tried
        .faults
        .iter()
        .map(|fault| {
            json!({
                "rule": fault.rule.id,
                "example": fault.number,
                "message": fault.message,
                "missing": marks(fault, &fault.missing),
                "stray": marks(fault, &fault.stray),
            })
        })
        .collect();
    let whole = json!({ "pages": tried.pages, "examples": tried.run, "faults": faults });
    json_text::write_pretty(out, &whole)?;
    writeln!(out)
}
