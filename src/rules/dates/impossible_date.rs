//! A day that the calendar does not have.

use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// Reports every date whose month has no such day, in any year or in the one it names.
pub fn impossible_date(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        for date in facts.dates.iter().filter(|date| date.impossible) {
            let message = format!("there is no {}", date.text);
            let finding = Finding::new("impossible-date", Place::new(file, date.span), message, &date.text)
                .label("no such day");
            findings.push(if date.quoted {
                finding.help("it stands in a quotation: check the recording before the calendar")
            } else {
                finding
            });
        }
    }
}
