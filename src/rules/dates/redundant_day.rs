//! “Last Tuesday”, where “Tuesday” says it.

use crate::facts::DateKind;
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// Reports weekdays with “last”, “this” or “next” in the writer's own words: the tense of the verb says which is meant.
pub fn redundant_day(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        for date in facts.dates.iter().filter(|date| date.kind == DateKind::RelativeWeekday && !date.quoted) {
            let Some((weekday, _)) = date.weekday else { continue };
            // The word tells two such days of the text apart.
            let twin = facts.dates.iter().any(|other| {
                other.span != date.span && other.weekday.is_some_and(|(named, _)| named == weekday)
            });
            if twin {
                continue;
            }
            let message =
                format!("“{}”: the weekday alone is enough beside a verb in the right tense", date.text);
            findings.push(
                Finding::new("redundant-day", Place::new(file, date.span), message, &date.text)
                    .label(format!("{} is enough", weekday.name())),
            );
        }
    }
}
