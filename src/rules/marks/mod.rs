//! Speech that goes on in a new paragraph, and the house's own marks. All other rules about marks are pages with a
//! `[match]`: what is odd about a mark is a fact ([`MarkFault`](crate::facts::MarkFault)).

mod by_language;
mod house_marks;

use serde::Deserialize;

pub use by_language::ByLanguage;
pub use house_marks::{HouseMarks, house_marks};

use super::{Finding, Level, RuleContext, words_at};
use crate::facts::MarkFaultKind;
use crate::source::Place;

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnmarkedContinuation {
    /// How many paragraphs without a mark may count as inside an open quotation, 1 to 40. It decides where a quotation
    /// ends, so it is read with the draft, before any rule.
    pub paragraphs: u32,
}

/// Reports speech that goes on in a new paragraph with its marks not saying so, and as a note paragraphs of speech that
/// have been joined.
pub fn unmarked_continuation(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        for fault in &facts.mark_faults {
            let (message, label, related, level) = match fault.kind {
                MarkFaultKind::UnmarkedContinuation => (
                    "this paragraph goes on with a quotation and does not open with a mark",
                    "no mark before this",
                    "the quotation so far",
                    None,
                ),
                MarkFaultKind::JoinedParagraphs => (
                    "a quotation opens again before it closes: its paragraphs have been joined, or a mark is missing",
                    "opens again",
                    "open since here",
                    Some(Level::Note),
                ),
                _ => continue,
            };
            let place = Place::new(file, fault.span);
            let key = words_at(facts, fault);
            let mut finding = Finding::new("unmarked-continuation", place, message, key).label(label);
            if let Some(span) = fault.related {
                finding = finding.related(Place::new(file, span), related);
            }
            for span in &fault.also {
                finding = finding.related(Place::new(file, *span), "here too");
            }
            finding.level = level;
            if let Some(instead) = &fault.instead {
                finding = finding.fix(false, vec![(fault.span, instead.clone())]);
            }
            findings.push(finding);
        }
    }
}
