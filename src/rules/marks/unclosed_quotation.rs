//! A quotation that opens and never closes.

use crate::facts::MarkFaultKind;
use crate::rules::{Case, Finding};
use crate::source::Place;

/// Reports every opening mark whose paragraph ends before it closes, unless the next paragraph opens anew.
pub fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in case.corpus.files() {
        for fault in facts.mark_faults.iter().filter(|fault| fault.kind == MarkFaultKind::UnclosedQuotation) {
            findings.push(
                Finding::new(
                    "unclosed-quotation",
                    Place::new(file, fault.span),
                    "this quotation is never closed",
                    "",
                )
                .label("opens here"),
            );
        }
    }
}
