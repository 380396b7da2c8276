//! Quotation marks: do they pair, and are they what they should be?
//!
//! What is odd about a mark is a fact ([`MarkFault`]); the rules here say it in words, one rule for each kind.

use serde::Deserialize;

use super::{Finding, Level, RuleContext};
use crate::facts::{FileFacts, MarkFault, MarkFaultKind};
use crate::source::Place;

/// How a rule speaks of its kind of fault.
struct Wording {
    rule: &'static str,
    kind: MarkFaultKind,
    /// What is wrong.
    message: &'static str,
    /// Stands under the mark.
    label: &'static str,
    /// Stands under the other place, where the fact has one.
    related: &'static str,
    /// Stands under the other places of a habit that is told once.
    also: &'static str,
    /// A level of its own, where it is not the rule's.
    level: Option<Level>,
    /// May the change be made without asking? Only where no reading of the sentence speaks against it.
    safe: bool,
}

/// Reports every fault of the wording's kind.
fn report(context: &RuleContext<'_>, findings: &mut Vec<Finding>, wording: &Wording) {
    for (file, facts) in context.corpus.files() {
        for fault in facts.mark_faults.iter().filter(|fault| fault.kind == wording.kind) {
            let place = Place::new(file, fault.span);
            let mut finding =
                Finding::new(wording.rule, place, wording.message, words(facts, fault)).label(wording.label);
            if let Some(span) = fault.related {
                finding = finding.related(Place::new(file, span), wording.related);
            }
            for span in &fault.also {
                finding = finding.related(Place::new(file, *span), wording.also);
            }
            finding.level = wording.level;
            if let Some(instead) = &fault.instead {
                finding = finding.fix(wording.safe, vec![(fault.span, instead.clone())]);
            }
            findings.push(finding);
        }
    }
}

/// The first words of the quotation that the mark belongs to: what stays when the rest of the file is edited.
fn words(facts: &FileFacts, fault: &MarkFault) -> String {
    let after = facts.quotations.partition_point(|quotation| quotation.span.start < fault.span.end);
    let near = facts.quotations[..after].iter().rev().take(3);
    near.filter(|quotation| quotation.span.overlaps(fault.span))
        .map(|quotation| quotation.words.split_whitespace().take(8).collect::<Vec<_>>().join(" "))
        .next()
        .unwrap_or_default()
}

/// An opening mark whose paragraph ends before it closes, unless the next paragraph opens anew.
pub fn unclosed_quotation(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let wording = Wording {
        rule: "unclosed-quotation",
        kind: MarkFaultKind::UnclosedQuotation,
        message: "this quotation is never closed",
        label: "opens here",
        related: "the next quotation opens here",
        also: "here too",
        level: None,
        safe: false,
    };
    report(context, findings, &wording);
}

/// A closing mark with nothing open.
pub fn unopened_quotation(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let wording = Wording {
        rule: "unopened-quotation",
        kind: MarkFaultKind::UnopenedQuotation,
        message: "this mark closes a quotation that was never opened",
        label: "closes nothing",
        related: "an earlier quotation closed here",
        also: "here too",
        level: None,
        safe: false,
    };
    report(context, findings, &wording);
}

/// An opening mark of one style closed by one of another.
pub fn mismatched_marks(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let wording = Wording {
        rule: "mismatched-marks",
        kind: MarkFaultKind::MismatchedMarks,
        message: "this quotation opens with one kind of mark and closes with another",
        label: "does not match",
        related: "the other mark",
        also: "here too",
        level: None,
        safe: false,
    };
    report(context, findings, &wording);
}

/// Other characters in place of quotation marks.
pub fn stand_in_marks(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let wording = Wording {
        rule: "stand-in-marks",
        kind: MarkFaultKind::StandInMarks,
        message: "other characters stand in for the quotation marks here",
        label: "not a quotation mark",
        related: "its partner",
        also: "here too",
        level: None,
        safe: true,
    };
    report(context, findings, &wording);
}

/// A quotation inside one with the same marks.
pub fn nested_same_marks(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let wording = Wording {
        rule: "nested-same-marks",
        kind: MarkFaultKind::NestedSameMarks,
        message: "this quotation stands inside another with the same marks",
        label: "inner quotation",
        related: "the outer one opens here",
        also: "here too",
        level: None,
        safe: false,
    };
    report(context, findings, &wording);
}

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnmarkedContinuation {
    /// How many paragraphs without a mark may count as inside an open quotation, 1 to 40. It decides where a quotation
    /// ends, so it is read with the draft, before any rule.
    pub paragraphs: u32,
}

/// Speech that goes on in a new paragraph with its marks not saying so, and paragraphs of speech that have been joined.
pub fn unmarked_continuation(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let wording = Wording {
        rule: "unmarked-continuation",
        kind: MarkFaultKind::UnmarkedContinuation,
        message: "this paragraph goes on with a quotation and does not open with a mark",
        label: "no mark before this",
        related: "the quotation so far",
        also: "here too",
        level: None,
        safe: false,
    };
    report(context, findings, &wording);
    let joined = Wording {
        kind: MarkFaultKind::JoinedParagraphs,
        message: "a quotation opens again before it closes: its paragraphs have been joined, or a mark is missing",
        label: "opens again",
        related: "open since here",
        level: Some(Level::Note),
        ..wording
    };
    report(context, findings, &joined);
}

/// A second style of mark, or of apostrophe, in a file that mostly uses another.
pub fn mixed_mark_style(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let wording = Wording {
        rule: "mixed-mark-style",
        kind: MarkFaultKind::MixedMarkStyle,
        message: "this file uses straight and curly quotation marks",
        label: "differs from the rest",
        related: "most look like this",
        also: "here too",
        level: None,
        safe: true,
    };
    report(context, findings, &wording);
    let apostrophes = Wording {
        kind: MarkFaultKind::MixedApostrophes,
        message: "this file uses straight and curly apostrophes",
        ..wording
    };
    report(context, findings, &apostrophes);
}

/// A curly mark that faces the wrong way.
pub fn reversed_mark(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let wording = Wording {
        rule: "reversed-mark",
        kind: MarkFaultKind::ReversedMark,
        message: "this mark faces the wrong way",
        label: "turned round",
        related: "its partner",
        also: "here too",
        level: None,
        safe: true,
    };
    report(context, findings, &wording);
}

/// Space between a mark and the words it encloses.
pub fn spaced_marks(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let wording = Wording {
        rule: "spaced-marks",
        kind: MarkFaultKind::SpacedMarks,
        message: "there is a space between the mark and the words it encloses",
        label: "space inside",
        related: "the mark",
        also: "here too",
        level: None,
        safe: true,
    };
    report(context, findings, &wording);
}

/// Nothing between the marks.
pub fn empty_quotation(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let wording = Wording {
        rule: "empty-quotation",
        kind: MarkFaultKind::EmptyQuotation,
        message: "there are no words between these marks",
        label: "nothing quoted",
        related: "see here",
        also: "here too",
        level: None,
        safe: false,
    };
    report(context, findings, &wording);
}

/// Words that stand for words to come.
pub fn placeholder_quotation(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let wording = Wording {
        rule: "placeholder-quotation",
        kind: MarkFaultKind::PlaceholderQuotation,
        message: "a placeholder stands where somebody's words should be",
        label: "words to come",
        related: "see here",
        also: "here too",
        level: None,
        safe: false,
    };
    report(context, findings, &wording);
}

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MisplacedPunctuation {
    /// Whose way of placing commas and full stops the house follows.
    pub usage: Usage,
}

/// On which side of the closing mark commas and full stops stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Usage {
    /// Always before it.
    American,
    /// Before it only where they are the speaker's.
    British,
}

/// A comma or full stop on the other side of the closing mark than the house has it.
pub fn misplaced_punctuation(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let british = context.parameters.misplaced_punctuation.usage == Usage::British;
    let wording = if british {
        Wording {
            rule: "misplaced-punctuation",
            kind: MarkFaultKind::PunctuationInside,
            message: "the punctuation belongs after the closing mark, for it is not the speaker's",
            label: "inside the mark",
            related: "the quotation opens here",
            also: "here too",
            level: None,
            safe: false,
        }
    } else {
        Wording {
            rule: "misplaced-punctuation",
            kind: MarkFaultKind::PunctuationOutside,
            message: "the comma or full stop belongs before the closing mark",
            label: "outside the mark",
            related: "the quotation opens here",
            also: "here too",
            level: None,
            safe: true,
        }
    };
    report(context, findings, &wording);
}
