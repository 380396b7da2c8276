//! One person with two ages that cannot both be right.

use super::particulars::{Stated, conflict, stated};
use crate::facts::ParticularKind;
use crate::rules::{Finding, RuleContext};

/// Days in a year, for ages.
const YEAR: f64 = 365.25;

/// Reports each person whose ages differ by more than the days between the drafts allow, once a person.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    for (person, ages) in stated(corpus, &[ParticularKind::Age]) {
        let name = &corpus.people().person(person).name;
        findings.extend(conflict(
            "conflicting-age",
            name,
            &ages,
            clash,
            |one, other| {
                format!("{name} is {} in one place and {} in another", one.said.value, other.said.value)
            },
            |stated| format!("{} here", stated.said.value),
        ));
    }
}

/// In one draft, and in drafts of one day, two ages clash. Between drafts of two days the person may have had as many
/// birthdays as the days allow. Where only one draft is dated, an age may be a year off.
fn clash(one: &Stated<'_>, other: &Stated<'_>) -> bool {
    let age = |stated: &Stated<'_>| stated.said.value.parse::<i32>().unwrap_or_default();
    let grown = age(other) - age(one);
    if one.file == other.file {
        return grown != 0;
    }
    match other.days_from(one) {
        Some(days) => {
            let years = f64::from(days) / YEAR;
            !(years.floor()..=years.ceil()).contains(&f64::from(grown))
        }
        None if one.facts.published.is_none() && other.facts.published.is_none() => grown != 0,
        None => grown.abs() > 1,
    }
}
