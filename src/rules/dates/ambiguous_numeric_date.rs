//! A date in digits that is one day in London and another in New York.

use crate::facts::{DateFact, DateKind};
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// Does the document write the day before the month, by a date in digits that can be read in one way only?
fn day_first(date: &DateFact) -> Option<bool> {
    let day = date.day.filter(|day| date.kind == DateKind::Numeric && day.day() != day.month())?;
    let first: i8 = date.text.split(|c: char| !c.is_ascii_digit()).find_map(|digits| digits.parse().ok())?;
    Some(first == day.day())
}

/// Reports dates in digits that can be read in two ways, unless another date of the same document shows the order.
pub fn ambiguous_numeric_date(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        let mut orders: Vec<bool> = facts.dates.iter().filter_map(day_first).collect();
        orders.dedup();
        if orders.len() == 1 {
            continue;
        }
        let unclear = |date: &&DateFact| {
            date.kind == DateKind::Numeric && date.day.is_none() && !date.impossible && date.weekday.is_none()
        };
        for date in facts.dates.iter().filter(unclear) {
            findings.push(
                Finding::new(
                    "ambiguous-numeric-date",
                    Place::new(file, date.span),
                    format!("{} is one day in American copy and another in British", date.text),
                    &date.text,
                )
                .label("day or month first?"),
            );
        }
    }
}
