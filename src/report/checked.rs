//! What the tapes have of each quotation: the column of `quotes --check`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::output_style::{Ink, OutputStyle, wrapped};
use super::sheet::Sheet;
use super::summary::counted;
use crate::corpus::wording::{Hit, PassageId, Unchecked, Verdict};
use crate::facts::clock;
use crate::source::{FileId, Place};

/// What the tapes have of a quotation, as programs are told of it.
#[derive(Serialize)]
pub(super) struct Checked {
    /// `exact`, `edited`, `altered`, `not-found` or `unchecked`.
    pub found: &'static str,
    /// What was done to the words, or why they were not looked for.
    pub how: Vec<String>,
    /// The transcript in which they stand.
    pub path: Option<String>,
    /// The line of the turn there.
    pub line: Option<u32>,
    /// The time of the turn, `00:12:07`.
    pub at: Option<String>,
}

impl Checked {
    /// The same in words: `edited (other words), tape.vtt 00:12:07`.
    pub fn words(&self) -> String {
        let mut words = self.found.replace('-', " ");
        if !self.how.is_empty() {
            words.push_str(&format!(" ({})", self.how.join(", ")));
        }
        let place = self.place();
        if place.is_empty() { words } else { format!("{words}, {place}") }
    }

    /// `tape.vtt 00:12:07`, the line where the transcript has no times; empty where nothing was found.
    pub fn place(&self) -> String {
        match (&self.path, &self.at, self.line) {
            (Some(path), Some(at), _) => format!("{path} {at}"),
            (Some(path), None, Some(line)) => format!("{path}:{line}"),
            _ => String::new(),
        }
    }
}

/// The passages of one file's quotations.
pub(super) struct Tapes<'a> {
    sheet: &'a Sheet<'a>,
    passages: FxHashMap<u32, PassageId>,
}

impl<'a> Tapes<'a> {
    pub fn of(sheet: &'a Sheet<'a>, file: FileId) -> Self {
        Self { sheet, passages: sheet.corpus.wording().passages_of(file) }
    }

    /// What the tapes have of the file's quotation of this number.
    pub fn check(&self, quotation: u32) -> Checked {
        let verdict = self.passages.get(&quotation).map_or(Verdict::Unchecked(Unchecked::NoSpeech), |&id| {
            self.sheet.corpus.wording().verdict(self.sheet.corpus.facts(), id)
        });
        match verdict {
            Verdict::Exact(hit) => self.at("exact", Some(hit), Vec::new()),
            Verdict::Edited(hit, edits) => {
                self.at("edited", Some(hit), edits.iter().map(ToString::to_string).collect())
            }
            Verdict::Altered(hit, edits) => {
                self.at("altered", Some(hit), edits.iter().map(ToString::to_string).collect())
            }
            Verdict::NotFound => self.at("not-found", None, Vec::new()),
            Verdict::Unchecked(why) => self.at("unchecked", None, vec![why.to_string()]),
        }
    }

    fn at(&self, found: &'static str, hit: Option<&Hit>, how: Vec<String>) -> Checked {
        let turn = hit.and_then(|hit| {
            let tape = self.sheet.corpus.file(hit.tape);
            Some((hit.tape, tape.turns.get(hit.turn as usize)?))
        });
        Checked {
            found,
            how,
            path: turn.map(|(tape, _)| self.sheet.corpus.file(tape).path.clone()),
            line: turn.map(|(tape, turn)| self.sheet.spot(Place::new(tape, turn.span)).start.line),
            at: turn.and_then(|(_, turn)| turn.at).map(clock),
        }
    }
}

/// What `found` may be, in the order of the count.
const STATES: [&str; 5] = ["exact", "edited", "altered", "not-found", "unchecked"];

/// How many quotations are exact, edited, altered, not found and unchecked, and why.
#[derive(Debug, Default)]
pub(super) struct Tally {
    all: usize,
    states: [usize; STATES.len()],
    reasons: BTreeMap<String, usize>,
}

impl Tally {
    /// Counts one quotation.
    pub fn count(&mut self, check: Option<&Checked>) {
        self.all += 1;
        let Some(check) = check else { return };
        if let Some(at) = STATES.iter().position(|state| *state == check.found) {
            self.states[at] += 1;
        }
        if check.found == "unchecked" {
            *self.reasons.entry(check.how.join(", ")).or_default() += 1;
        }
    }

    /// “2 exact, 1 unchecked (1 no tape)”.
    pub fn in_words(&self) -> String {
        let named = STATES.iter().zip(self.states).filter(|(_, count)| *count > 0);
        let mut parts: Vec<String> =
            named.map(|(state, count)| format!("{count} {}", state.replace('-', " "))).collect();
        if let Some(last) = parts.last_mut().filter(|_| !self.reasons.is_empty()) {
            let reasons: Vec<String> =
                self.reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
            last.push_str(&format!(" ({})", reasons.join(", ")));
        }
        if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
    }

    /// The counts, as programs are told of them; without tapes only how many there are.
    pub fn summary(&self, check: bool) -> serde_json::Value {
        let mut summary = serde_json::json!({ "quotations": self.all });
        if check {
            for (state, count) in STATES.iter().zip(self.states) {
                summary[*state] = count.into();
            }
            summary["reasons"] = serde_json::json!(self.reasons);
        }
        summary
    }
}

/// Writes the line that counts: how many quotations are exact, edited, altered, not found and unchecked, and why. With
/// `wraps` it is broken between words, for a terminal.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn checked_count(
    out: &mut dyn Write,
    sheet: &Sheet<'_>,
    wanted: &[FileId],
    style: OutputStyle,
    wraps: bool,
) -> io::Result<()> {
    let mut tally = Tally::default();
    for &file in wanted {
        let tapes = Tapes::of(sheet, file);
        for number in 0..sheet.corpus.file(file).quotations.len() as u32 {
            tally.count(Some(&tapes.check(number)));
        }
    }
    let (dim, off) = (style.on(Ink::Dim), style.off());
    let line = format!("{dim}{}:{off} {}", counted(tally.all, "quotation"), tally.in_words());
    writeln!(out, "{}", if wraps { wrapped(&line, style.width) } else { line })
}
