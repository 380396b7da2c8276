//! One person with two parties, or with two states or constituencies.

use serde::Deserialize;

use super::particulars::{Stated, conflict, stated};
use crate::facts::{ParticularKind, seat_kind};
use crate::lexicon::{offices, parties_exclude};
use crate::rules::{Finding, RuleContext};

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// How many days two drafts may be apart for their parties and seats to be compared.
    pub days: i32,
}

/// Reports each person who is given parties that exclude each other, or two seats, in drafts of about the same time.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    let days = context.parameters.conflicting_party.days;
    let near =
        |one: &Stated<'_>, other: &Stated<'_>| other.days_from(one).is_none_or(|apart| apart.abs() <= days);
    for (person, said) in stated(corpus, &[ParticularKind::Party, ParticularKind::Seat]) {
        let name = &corpus.people().person(person).name;
        findings.extend(conflict(
            "conflicting-party",
            name,
            &said,
            |one, other| {
                one.said.kind == other.said.kind
                    && near(one, other)
                    && match one.said.kind {
                        ParticularKind::Party => {
                            parties_exclude(&one.said.value, &other.said.value)
                                && (behind_names(one, other) || !independent(one) && !independent(other))
                        }
                        _ => seats_differ(&one.said.value, &other.said.value),
                    }
            },
            |one, other| {
                let what = if one.said.kind == ParticularKind::Party { "party" } else { "seat" };
                format!(
                    "{name} is given two {}: {} and {}",
                    if what == "party" { "parties" } else { "seats" },
                    shown(&one.said.value),
                    shown(&other.said.value)
                )
            },
            |stated| format!("{} here", shown(&stated.said.value)),
        ));
    }
}

fn independent(stated: &Stated<'_>) -> bool {
    stated.said.value == "independent"
}

/// Do both statements stand behind their names? “Democrat Ana Ruiz” may tell for whom an independent stands; “Ana Ruiz, a
/// Democrat,” tells what she is.
fn behind_names(one: &Stated<'_>, other: &Stated<'_>) -> bool {
    [one, other].iter().all(|stated| stated.said.span.start > stated.said.about.start)
}

/// Do two folded names of states or constituencies plainly differ? A name that holds the other is a fuller form of it,
/// and a short one that begins with the same letter may be its abbreviation.
fn seats_differ(one: &str, other: &str) -> bool {
    match (seat_kind(one), seat_kind(other)) {
        (None, None) => {}
        // A district lies in a state: the two are compared with their like only.
        (a, b) => return a == b && one != other,
    }
    if let (Some(one), Some(other)) = (offices().place(one), offices().place(other)) {
        return !offices().place_within(one, other);
    }
    let short = one.len().min(other.len()) <= SHORT;
    let abbreviates = short && one.chars().next() == other.chars().next();
    one != other && !abbreviates && !one.contains(other) && !other.contains(one)
}

/// Letters of the longest abbreviation of a state: “Calif”, “Wash”.
const SHORT: usize = 5;

/// A folded value with capitals: “liberal-democrat” is shown as “Liberal Democrat”.
fn shown(value: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    value.split([' ', '-']).map(capital).collect::<Vec<_>>().join(" ")
}
