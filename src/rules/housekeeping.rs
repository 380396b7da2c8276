//! About the run itself: files that could not be read, suppressions that suppress nothing.

use super::{Finding, RuleContext};
use crate::source::{Place, Span};

/// Reports every file that could not be read or decoded.
pub fn unreadable_file(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        if let Some(reason) = &facts.unreadable {
            let place = Place::new(file, Span::default());
            let message = format!("this file was not checked: {reason}");
            let finding = Finding::new("unreadable-file", place, message, "").label("not checked");
            // What the page advises is for a text in a strange encoding.
            let advice = ADVICE.iter().find(|(begins, _)| reason.starts_with(begins));
            findings.push(match advice {
                Some((_, advice)) => finding.help(*advice),
                None => finding,
            });
        }
    }
}

/// What to do, by how the reason begins.
const ADVICE: [(&str, &str); 3] = [
    (
        "cannot be read",
        "see whether the file is still there and whether you may open it; the other files were checked",
    ),
    (
        "is larger than",
        "raise the limit with --max-file-size, if it is a draft; the other files were checked",
    ),
    ("sayso failed", "run sayso on this file alone and send the message; the other files were checked"),
];

/// Finds nothing by itself: judging reports these once it knows what all the other rules have found.
pub const fn unused_suppression(_: &RuleContext<'_>, _: &mut Vec<Finding>) {}
