//! One person with two ages that cannot both be right.

use super::particulars::{Stated, conflict, stated};
use crate::facts::ParticularKind;
use crate::rules::{Finding, RuleContext};

/// Days in a year, for ages.
const YEAR: f64 = 365.25;

/// Years of age before which nobody is taken to have begun what they have done for years.
const CHILD: i32 = 5;

/// Days after the turn of a year in which an age may still be that of the year before: a death is told days later.
const TURN_OF_YEAR: i32 = 31;

/// Reports each person whose ages differ by more than the days between the drafts allow, or whose age does not fit the year
/// of birth or the years of service; once a person.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    let kinds = [
        ParticularKind::Age,
        ParticularKind::Born,
        ParticularKind::Years,
        ParticularKind::Since,
        ParticularKind::AgeIn,
    ];
    for (person, said) in stated(corpus, &kinds) {
        let name = &corpus.people().person(person).name;
        let message = |one: &Stated<'_>, other: &Stated<'_>| message(name, one, other);
        findings.extend(conflict("conflicting-age", name, &said, clash, message, label));
    }
}

/// The number that a statement has.
fn number(stated: &Stated<'_>) -> i32 {
    stated.said.value.parse().unwrap_or_default()
}

/// “34 2011”: the age and the year in which the person had it.
fn age_in(stated: &Stated<'_>) -> Option<(i32, i32)> {
    let (age, year) = stated.said.value.split_once(' ')?;
    Some((age.parse().ok()?, year.parse().ok()?))
}

/// The years in which somebody may have been born by what a statement says.
fn births(stated: &Stated<'_>) -> Option<std::ops::RangeInclusive<i32>> {
    match stated.said.kind {
        ParticularKind::Born => Some(number(stated)..=number(stated)),
        ParticularKind::AgeIn => age_in(stated).map(|(age, year)| year - age - 1..=year - age),
        ParticularKind::Age if !stated.then => {
            let published = stated.facts.published?.day;
            let year = i32::from(published.year());
            // In January the age may still be that of the year before.
            let early = published.plus(-TURN_OF_YEAR).year() != published.year();
            Some(year - number(stated) - 1 - i32::from(early)..=year - number(stated))
        }
        _ => None,
    }
}

fn message(name: &str, one: &Stated<'_>, other: &Stated<'_>) -> String {
    match (one.said.kind, other.said.kind) {
        (ParticularKind::Age, ParticularKind::Age) => {
            format!("{name} is {} in one place and {} in another", one.said.value, other.said.value)
        }
        (ParticularKind::Born, ParticularKind::Born) => {
            format!(
                "{name} was born in {} in one place and in {} in another",
                one.said.value, other.said.value
            )
        }
        (ParticularKind::AgeIn, _) | (_, ParticularKind::AgeIn) => {
            format!("{name} cannot be {} and {}", life_words(one), life_words(other))
        }
        _ => {
            let (age, life) = if one.said.kind == ParticularKind::Age { (one, other) } else { (other, one) };
            let life = match life.said.kind {
                ParticularKind::Born => format!("was born in {}", life.said.value),
                ParticularKind::Since => format!("has done this since {}", life.said.value),
                _ => format!("has done this for {} years", life.said.value),
            };
            format!("{name} is {} and {life}", age.said.value)
        }
    }
}

/// “52 today”, “34 in 2011”, “born in 1961”.
fn life_words(stated: &Stated<'_>) -> String {
    match (stated.said.kind, age_in(stated)) {
        (ParticularKind::AgeIn, Some((age, year))) => format!("{age} in {year}"),
        (ParticularKind::Age, _) => format!("{} today", stated.said.value),
        _ => label(stated),
    }
}

fn label(stated: &Stated<'_>) -> String {
    match stated.said.kind {
        ParticularKind::AgeIn => life_words(stated),
        ParticularKind::Born => format!("born in {}", stated.said.value),
        ParticularKind::Since => format!("since {}", stated.said.value),
        ParticularKind::Years => format!("{} years", stated.said.value),
        _ => format!("{} here", stated.said.value),
    }
}

fn clash(one: &Stated<'_>, other: &Stated<'_>) -> bool {
    match (one.said.kind, other.said.kind) {
        (ParticularKind::Age, ParticularKind::Age) => ages_clash(one, other),
        (ParticularKind::Born, ParticularKind::Born) => one.said.value != other.said.value,
        (ParticularKind::AgeIn, _) | (_, ParticularKind::AgeIn) => {
            let (Some(one), Some(other)) = (births(one), births(other)) else { return false };
            one.start() > other.end() || other.start() > one.end()
        }
        (ParticularKind::Age, _) => life_clashes(one, other),
        (_, ParticularKind::Age) => life_clashes(other, one),
        _ => false,
    }
}

/// Does an age contradict what the same draft, or another, says of the life? The day of publication is that of the age.
fn life_clashes(age: &Stated<'_>, life: &Stated<'_>) -> bool {
    if age.then {
        return false;
    }
    let Some(published) = age.facts.published.map(|published| published.day) else {
        return life.said.kind == ParticularKind::Years
            && age.file == life.file
            && number(life) > number(age) - CHILD;
    };
    let year = i32::from(published.year());
    match life.said.kind {
        ParticularKind::Born => {
            let oldest = year - number(life);
            let early = published.plus(-TURN_OF_YEAR).year() != published.year();
            !(oldest - 1 - i32::from(early)..=oldest).contains(&number(age))
        }
        ParticularKind::Since => age.file == life.file && year - number(life) > number(age) - CHILD,
        _ => age.file == life.file && number(life) > number(age) - CHILD,
    }
}

/// In one draft, and in drafts of one day, two ages clash. Between drafts of two days the person may have had as many
/// birthdays as the days allow. Where only one draft is dated, an age may be a year off.
fn ages_clash(one: &Stated<'_>, other: &Stated<'_>) -> bool {
    match (one.then, other.then) {
        (false, false) => {}
        (true, true) => return false,
        (true, false) => return one.file == other.file && number(one) > number(other),
        (false, true) => return one.file == other.file && number(other) > number(one),
    }
    let grown = number(other) - number(one);
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
