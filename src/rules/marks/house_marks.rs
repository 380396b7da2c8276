//! The house's own quotation marks: curly or straight, double or single, guillemets.

use serde::Deserialize;

use crate::facts::{FileFacts, Quotation};
use crate::rules::{Finding, RuleContext};
use crate::source::{BlockKind, FileId, Place, Span};

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HouseMarks {
    /// The marks of a quotation.
    pub outer: MarkPair,
    /// The marks of a quotation inside another; those of the third level are the outer ones again.
    pub inner: MarkPair,
}

/// A pair of quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkPair {
    /// “…” or "…", whichever shape the quotation has.
    Double,
    /// ‘…’ or '…', whichever shape the quotation has.
    Single,
    /// “…”
    CurlyDouble,
    /// ‘…’
    CurlySingle,
    /// "…"
    StraightDouble,
    /// '…'
    StraightSingle,
    /// «…»
    Guillemets,
    /// »…«
    InwardGuillemets,
    /// „…“
    LowDouble,
}

impl MarkPair {
    /// The opening and the closing mark; `first` is the mark that stands there now.
    const fn signs(self, first: char) -> (char, char) {
        let straight = matches!(first, '"' | '\'');
        match self {
            Self::Double if straight => ('"', '"'),
            Self::Double => ('“', '”'),
            Self::Single if straight => ('\'', '\''),
            Self::Single => ('‘', '’'),
            Self::CurlyDouble => ('“', '”'),
            Self::CurlySingle => ('‘', '’'),
            Self::StraightDouble => ('"', '"'),
            Self::StraightSingle => ('\'', '\''),
            Self::Guillemets => ('«', '»'),
            Self::InwardGuillemets => ('»', '«'),
            Self::LowDouble => ('„', '“'),
        }
    }

    /// Are they the signs of apostrophes too? Then a reader, or the next run, may take one for the other.
    const fn is_single(self) -> bool {
        matches!(self, Self::Single | Self::CurlySingle | Self::StraightSingle)
    }
}

/// Signs that a quotation may open or close with. What opens with another sign is set off in another way.
const MARKS: [char; 9] = ['“', '”', '„', '‘', '’', '"', '\'', '«', '»'];

/// Reports each quotation that stands in other marks than the house's. Marks change by pairs, and never a letter.
pub fn house_marks(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let HouseMarks { outer, inner } = context.parameters.house_marks;
    for (file, facts) in context.corpus.files() {
        // Drafts in other languages have marks of their own.
        if facts.other_language.is_some() {
            continue;
        }
        // A headline has marks of its own in most houses.
        let in_headline = |quotation: &&Quotation| {
            facts.blocks.get(quotation.block as usize).is_some_and(|block| block.kind == BlockKind::Heading)
        };
        for quotation in facts.quotations.iter().filter(|it| it.closed && !in_headline(it)) {
            let wanted = if quotation.level % 2 == 0 { outer } else { inner };
            findings.extend(judge(file, facts, quotation, wanted));
        }
    }
}

fn judge(file: FileId, facts: &FileFacts, quotation: &Quotation, wanted: MarkPair) -> Option<Finding> {
    let first = quotation.text.chars().next().filter(|sign| MARKS.contains(sign))?;
    let last = quotation.text.chars().next_back().filter(|sign| MARKS.contains(sign))?;
    let (open, close) = wanted.signs(first);
    // Marks of two kinds are another rule's, and which of them is meant is open.
    if (first, last) == (open, close) || facts.mark_faults.iter().any(|fault| touches(fault.span, quotation))
    {
        return None;
    }
    let span = Span::new(quotation.span.start, quotation.span.start + first.len_utf8() as u32);
    let message = format!("the house writes {open}…{close}, and this quotation stands in {first}…{last}");
    let finding = Finding::new("house-marks", Place::new(file, span), message, quotation.words.clone())
        .label(format!("{open}…{close}"));
    let edits = edits(quotation, first, last, (open, close));
    Some(match edits {
        Some(edits) => finding.fix(!wanted.is_single(), edits),
        None => finding,
    })
}

/// Does a fault of a mark lie at one of the quotation's marks?
fn touches(fault: Span, quotation: &Quotation) -> bool {
    let near = |at: u32| fault.start <= at && at <= fault.end;
    quotation.segments.iter().any(|segment| near(segment.start) || near(segment.end))
}

/// The marks replaced: one before each paragraph, one at the end. `None` where the file has markup or character names
/// inside, so that it is open which of its bytes are the marks.
fn edits(
    quotation: &Quotation,
    first: char,
    last: char,
    (open, close): (char, char),
) -> Option<Vec<(Span, String)>> {
    let lines: Vec<&str> = quotation.text.split('\n').filter(|line| !line.is_empty()).collect();
    if lines.len() != quotation.segments.len() {
        return None;
    }
    let mut edits = Vec::new();
    for (segment, line) in quotation.segments.iter().zip(lines) {
        if segment.len() as usize != line.len() || !line.starts_with(first) {
            return None;
        }
        edits.push((Span::new(segment.start, segment.start + first.len_utf8() as u32), open.to_string()));
    }
    let end = quotation.segments.last()?.end;
    edits.push((Span::new(end - last.len_utf8() as u32, end), close.to_string()));
    Some(edits)
}
