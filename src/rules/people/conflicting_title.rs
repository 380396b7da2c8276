//! One person with two titles that nobody holds at one time.

use serde::Deserialize;

use super::bearer::titled_now;
use super::one_word_apart::one_word_apart;
use crate::calendar::{Day, Interval};
use crate::corpus::people::{MentionAt, Person};
use crate::corpus::registry::Registry;
use crate::facts::FileFacts;
use crate::lexicon::{fold, offices};
use crate::rules::{Finding, RuleContext};
use crate::source::Place;
use crate::syntax::Office;

/// A title where it stands.
struct Given<'f> {
    office: Office,
    words: &'f str,
    place: Place,
    mention: MentionAt,
    day: Option<Day>,
}

/// Different titles of one person that are compared with each other. More come from a list or a trick, and comparing all of
/// them would take the square of their number.
const MOST_TITLES: usize = 64;

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// How many days two drafts may be apart for their titles to be compared.
    pub days: i32,
}

/// Reports each person who is given titles that exclude each other, in one file or in several of about the same
/// day, once a person.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let days = context.parameters.conflicting_title.days;
    let registry = context.corpus.registry();
    let people = context.corpus.people();
    for (_, person) in people.iter() {
        // “Quennell, who became president in 1990”: one title follows another, whatever day it was.
        if person.mentions.iter().any(|mention| mention.of(context.corpus.file(mention.file)).rises) {
            continue;
        }
        let mut given: Vec<Given<'_>> = Vec::new();
        for &mention in &person.mentions {
            let facts: &FileFacts = context.corpus.file(mention.file);
            let said = mention.of(facts);
            if !titled_now(facts, said) {
                continue;
            }
            for (index, office) in people.offices(mention) {
                let title = &said.titles[*index];
                let new = given.iter().all(|known| {
                    known.office != *office
                        || (known.mention.file != mention.file && known.words != title.text)
                });
                if new && given.len() < MOST_TITLES {
                    given.push(Given {
                        office: office.clone(),
                        words: &title.text,
                        place: Place::new(mention.file, title.span),
                        mention,
                        day: facts.published.map(|published| published.day),
                    });
                }
            }
        }
        let found = conflict(person, &given, registry, days);
        let found = found.or_else(|| against_registry(person, &given, registry));
        findings.extend(found.or_else(|| one_word_apart(context.corpus, person, days)));
    }
}

/// A title that excludes the office which the registry has for its bearer on that day.
fn against_registry(person: &Person, given: &[Given<'_>], registry: &Registry) -> Option<Finding> {
    let id = person.registered?;
    let (title, held) = given.iter().find_map(|title| {
        let on = Interval::day(title.day?);
        let on_the_day = || registry.tenures(id).filter(|tenure| tenure.days.meets(on));
        let fits = on_the_day().any(|tenure| title.office.may_mean(tenure.office));
        let known = registry.tenures(id).any(|tenure| title.office.may_mean(tenure.office));
        if fits || known {
            return None;
        }
        let held = on_the_day().find(|tenure| title.office.excludes(tenure.office))?;
        Some((title, held.title))
    })?;
    Some(
        Finding::new(
            "conflicting-title",
            title.place,
            format!("{} is “{}” here, and {held} in the registry", person.name, title.words),
            fold(&person.name),
        )
        .label(format!("“{}” here", title.words))
        .help(format!("The registry has {} as {held}", person.name)),
    )
}

fn conflict(person: &Person, given: &[Given<'_>], registry: &Registry, days: i32) -> Option<Finding> {
    let near = |a: Option<Day>, b: Option<Day>| match (a, b) {
        (Some(a), Some(b)) => a.days_since(b).abs() <= days,
        _ => true,
    };
    // Whoever is called both in one breath holds both.
    let both = |a: &Office, b: &Office| {
        given.iter().any(|one| {
            one.office == *a && given.iter().any(|other| other.mention == one.mention && other.office == *b)
        })
    };
    let held = |given: &Given<'_>| {
        let on = given.day.map_or_else(Interval::default, Interval::day);
        person.registered.is_some_and(|id| {
            registry.tenures(id).any(|held| {
                // Whoever is sent to one country more than the registry has is not known to be.
                let sent = given.office.to.iter().all(|place| held.office.to.contains(place));
                sent && given.office.may_mean(held.office) && held.days.meets(on)
            })
        })
    };
    let clash = |a: &Given<'_>, b: &Given<'_>| {
        near(a.day, b.day)
            && a.office.excludes(&b.office)
            && !both(&a.office, &b.office)
            && !(held(a) && held(b))
    };
    // One place for each title that clashes with all shown before it: another way to put one of them is no news.
    let (first, second) = given.iter().enumerate().find_map(|(second, b)| {
        let first = given[..second].iter().position(|a| clash(a, b))?;
        Some((first, second))
    })?;
    let mut places = vec![first, second];
    for (at, a) in given.iter().enumerate().skip(second + 1) {
        if places.iter().all(|&known| clash(&given[known], a)) {
            places.push(at);
        }
    }
    let titles: Vec<String> = places.iter().map(|&at| format!("“{}”", given[at].words)).collect();
    let mut finding = Finding::new(
        "conflicting-title",
        given[second].place,
        format!("{} is given titles that do not go together: {}", person.name, titles.join(", ")),
        fold(&person.name),
    )
    .label(format!("“{}” here", given[second].words))
    .related(given[first].place, format!("“{}” here", given[first].words));
    for &at in &places[2..] {
        finding = finding.related(given[at].place, format!("“{}” here", given[at].words));
    }
    if let Some(id) = person.registered {
        let known: Vec<&str> = registry
            .tenures(id)
            .filter(|held| {
                given.iter().any(|given| {
                    offices().exclude(given.office.role, held.office.role)
                        || given.office.may_mean(held.office)
                })
            })
            .map(|held| held.title)
            .collect();
        if let [only] = known.as_slice() {
            finding = finding.help(format!("The registry has {} as {only}", person.name));
        }
    }
    Some(finding)
}
