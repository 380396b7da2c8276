//! “Yesterday”: right on the day of writing, wrong on every other.

use crate::facts::DateKind;
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// Reports “today”, “yesterday”, “tomorrow” and “tonight” in the writer's own words, and names the weekday
/// where the day of publication is known.
pub fn relative_day(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        for date in facts.dates.iter().filter(|date| date.kind == DateKind::RelativeDay && !date.quoted) {
            let message = format!("“{}” means another day to whoever reads this later", date.text);
            let mut finding = Finding::new("relative-day", Place::new(file, date.span), message, &date.text)
                .label("on which day?");
            if let Some(day) = date.interval.and_then(|days| days.single()) {
                let weekday = day.weekday().name();
                finding = finding.help(format!("name the {weekday}; leave the word where nowadays is meant"));
                if !date.text.contains(' ') && date.weekday.is_none() {
                    finding = finding.fix(false, vec![(date.span, weekday.to_owned())]);
                }
            }
            findings.push(finding);
        }
    }
}
