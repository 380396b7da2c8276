//! The house's own quotation marks: curly or straight, double or single, guillemets; for drafts in other languages those
//! that the house gives for the language.

use serde::Deserialize;

use super::by_language::{ByLanguage, MARKS, MarkSigns};
use crate::facts::{FileFacts, MarkFault, MarkFaultKind, Quotation};
use crate::rules::{Finding, RuleContext};
use crate::source::{BlockKind, FileId, Place, Span};

/// What a house may set.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HouseMarks {
    /// The marks of a quotation.
    pub outer: MarkPair,
    /// The marks of a quotation inside another; those of the third level are the outer ones again.
    pub inner: MarkPair,
    /// The marks of drafts in other languages. Drafts in a language that is not among them are left alone.
    pub by_language: ByLanguage,
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
    fn signs(self, first: char) -> MarkSigns {
        let straight = matches!(first, '"' | '\'');
        let (open, close) = match self {
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
        };
        MarkSigns::tight(open, close)
    }
}

/// Reports each quotation that stands in other marks than the house's. Marks change by pairs, and never a letter.
pub fn house_marks(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let HouseMarks { outer, inner, by_language } = &context.parameters.house_marks;
    for (file, facts) in context.corpus.files() {
        // A headline has marks of its own in most houses.
        let in_headline = |quotation: &&Quotation| {
            facts.blocks.get(quotation.block as usize).is_some_and(|block| block.kind == BlockKind::Heading)
        };
        for quotation in facts.quotations.iter().filter(|it| it.closed && !in_headline(it)) {
            let of_language = match facts.other_language_of(quotation) {
                Some(code) => match by_language.of(code) {
                    Some(marks) => Some(marks),
                    None => continue,
                },
                None => None,
            };
            let is_outer = quotation.level % 2 == 0;
            findings.extend(judge(file, facts, quotation, |first| match of_language {
                Some((outer, inner)) => if is_outer { outer } else { inner }.clone(),
                None => if is_outer { *outer } else { *inner }.signs(first),
            }));
        }
    }
}

/// `wanted` gives the house's marks for a quotation that begins with this sign.
fn judge(
    file: FileId,
    facts: &FileFacts,
    quotation: &Quotation,
    wanted: impl Fn(char) -> MarkSigns,
) -> Option<Finding> {
    let first = quotation.text.chars().next().filter(|sign| MARKS.contains(sign))?;
    let last = quotation.text.chars().next_back().filter(|sign| MARKS.contains(sign))?;
    let wanted = wanted(first);
    // Marks of two kinds are another rule's, and which of them is meant is open.
    if wanted.stand_around(&quotation.text)
        || facts.mark_faults.iter().any(|fault| leaves_open(fault, first) && touches(fault.span, quotation))
    {
        return None;
    }
    let span = Span::new(quotation.span.start, quotation.span.start + first.len_utf8() as u32);
    let message = format!("the house writes {wanted}, and this quotation stands in {first}…{last}");
    let finding = Finding::new("house-marks", Place::new(file, span), message, quotation.words.clone())
        .label(wanted.to_string());
    Some(match edits(quotation, first, last, &wanted) {
        Some(edits) => finding.fix(!wanted.look_like_apostrophes(), edits),
        None => finding,
    })
}

/// Is it open after this fault which marks belong together? Marks of two styles in one draft, each pair whole, are what
/// this rule is for, and so are curly marks inside others of their kind; straight ones do not say which of them open.
const fn leaves_open(fault: &MarkFault, first: char) -> bool {
    match fault.kind {
        MarkFaultKind::MixedMarkStyle
        | MarkFaultKind::MixedApostrophes
        | MarkFaultKind::PunctuationInside
        | MarkFaultKind::PunctuationOutside => false,
        MarkFaultKind::NestedSameMarks => matches!(first, '"' | '\''),
        _ => true,
    }
}

/// Does a fault of a mark lie at one of the quotation's marks?
fn touches(fault: Span, quotation: &Quotation) -> bool {
    let near = |at: u32| fault.start <= at && at <= fault.end;
    quotation.segments.iter().any(|segment| near(segment.start) || near(segment.end))
}

/// The marks replaced: one before each paragraph, one at the end. `None` where the file has markup or character names
/// inside, so that it is open which of its bytes are the marks.
fn edits(quotation: &Quotation, first: char, last: char, wanted: &MarkSigns) -> Option<Vec<(Span, String)>> {
    let lines: Vec<&str> = quotation.text.split('\n').filter(|line| !line.is_empty()).collect();
    if lines.len() != quotation.segments.len() {
        return None;
    }
    let mut edits = Vec::new();
    for (segment, line) in quotation.segments.iter().zip(lines) {
        if segment.len() as usize != line.len() || !line.starts_with(first) {
            return None;
        }
        let rest = &line[first.len_utf8()..];
        let until = segment.start + first.len_utf8() as u32 + wanted.space_after(rest);
        edits.push((Span::new(segment.start, until), wanted.opening_before(rest)));
    }
    let end = quotation.segments.last()?.end;
    let before = &quotation.text[..quotation.text.len() - last.len_utf8()];
    let from = end - last.len_utf8() as u32 - wanted.space_before(before);
    edits.push((Span::new(from, end), wanted.closing_after(before)));
    Some(edits)
}
