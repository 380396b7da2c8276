//! A document that counts days from a day it does not give.

use crate::facts::{DateFact, DateKind, FileFacts, Form};
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// Reports every document that says “on Thursday” or “last week” and not when it was published: one finding, at
/// the first such words. The days of fiction are in no calendar, and a turn of an interview was spoken on a day of its own.
pub fn undated_document(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files().filter(|(_, facts)| facts.published.is_none()) {
        let counts = |kind| {
            matches!(
                kind,
                DateKind::Weekday | DateKind::RelativeWeekday | DateKind::RelativeDay | DateKind::Relative
            )
        };
        let mut relative = facts
            .dates
            .iter()
            .filter(|date| counts(date.kind) && !date.quoted && is_of_the_writer(facts, date));
        let Some(first) = relative.next() else { continue };
        let others = relative.count();
        let rest = match others {
            0 => String::new(),
            1 => " (and one other expression)".to_owned(),
            _ => format!(" (and {others} other expressions)"),
        };
        findings.push(
            Finding::new(
                "undated-document",
                Place::new(file, first.span),
                format!(
                    "nothing says when this was published, so that “{}”{rest} stays undecided",
                    first.text
                ),
                "",
            )
            .label("counted from which day?"),
        );
    }
}

/// Does the writer say it, on the day of publication?
fn is_of_the_writer(facts: &FileFacts, date: &DateFact) -> bool {
    let after = facts.blocks.partition_point(|block| block.span.start <= date.span.start);
    let block = after.checked_sub(1).and_then(|at| facts.blocks.get(at));
    !block.is_some_and(|block| matches!(block.setting.form, Form::Turn | Form::Dialogue))
}
