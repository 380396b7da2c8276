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

/// Reports every suppression that gives no reason.
pub fn unexplained_suppression(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        for directive in facts.directives.iter().filter(|directive| directive.reason.is_empty()) {
            let names: Vec<&str> = directive.rules.iter().map(|(name, _)| name.as_str()).collect();
            let names = names.join(", ");
            let message = format!("this allows {names} and does not say why");
            let place = Place::new(file, directive.span);
            findings.push(Finding::new("unexplained-suppression", place, message, names).label("no reason"));
        }
    }
}

/// Finds nothing by itself: judging reports these once it knows what all the other rules have found.
pub const fn unused_suppression(_: &RuleContext<'_>, _: &mut Vec<Finding>) {}
