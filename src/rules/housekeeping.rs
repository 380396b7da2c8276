//! About the run itself: files that could not be read, suppressions that suppress nothing.

use super::{Finding, RuleContext};
use crate::source::{Place, Span};

/// Reports every file that could not be read or decoded.
pub fn unreadable_file(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        if let Some(reason) = &facts.unreadable {
            let place = Place::new(file, Span::default());
            findings.push(
                Finding::new("unreadable-file", place, format!("this file was not checked: {reason}"), "")
                    .label("not checked"),
            );
        }
    }
}

/// Finds nothing by itself: judging reports these once it knows what all the other rules have found.
pub const fn unused_suppression(_: &RuleContext<'_>, _: &mut Vec<Finding>) {}
