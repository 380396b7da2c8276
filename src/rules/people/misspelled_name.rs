//! A name one slip away from that of a person of the registry: one who holds the office given with it, or whom the
//! drafts plainly mean, since they have the name right elsewhere.

use super::bearer::outlived;
use super::source::family;
use crate::calendar::Interval;
use crate::corpus::people::{MentionAt, offices_of};
use crate::corpus::registry::{RegisteredId, Registry, parts};
use crate::facts::{FileFacts, Mention};
use crate::lexicon::{fold, one_slip, skeleton};
use crate::rules::{Finding, Related, RuleContext};
use crate::source::Place;

/// Reports each person whose name is misspelled once a file.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let (registry, people) = (context.corpus.registry(), context.corpus.people());
    if registry.is_empty() {
        return;
    }
    for (file, facts) in context.corpus.files() {
        let first = findings.len();
        let mut reported: Vec<RegisteredId> = Vec::new();
        for (rank, mention) in facts.mentions.iter().enumerate() {
            let place = Place::new(file, mention.span);
            let meant = people
                .of(MentionAt { file, index: rank as u32 })
                .and_then(|person| people.person(person).registered)
                .filter(|id| !described(mention) && misspells(registry, *id, &mention.name));
            let Some(id) = meant.or_else(|| holder(registry, facts, mention)) else { continue };
            if facts.published.is_some_and(|published| outlived(registry, id, published.day)) {
                continue;
            }
            if let Some(at) = reported.iter().position(|known| *known == id) {
                findings[first + at].related.push(Related::new(place, "and here"));
                continue;
            }
            reported.push(id);
            let name = &registry.person(id).name;
            findings.push(
                Finding::new(
                    "misspelled-name",
                    place,
                    format!("the registry spells this name “{name}”"),
                    fold(&mention.name),
                )
                .label("misspelled"),
            );
        }
    }
}

/// Does this name, which means that person of the registry, miss every spelling of it by a slip? No spelling that the
/// registry has, for that person or for another, does, and no other transliteration: that is a variant, which the
/// registry rules out with `prefer`.
pub fn misspells(registry: &Registry, id: RegisteredId, name: &str) -> bool {
    let person = registry.person(id);
    if person.prefer || !name.chars().any(char::is_lowercase) {
        return false;
    }
    if name.contains(' ') {
        return registry.named(name).is_empty()
            && registry.nearly_named(name).contains(&id)
            && !person.spellings().any(|spelling| sound_alike(name, spelling));
    }
    let own = fold(name);
    let families: Vec<String> = person.spellings().map(|spelling| fold(family(spelling))).collect();
    registry.surnamed(name).is_empty()
        && !families.contains(&own)
        && families.iter().any(|family| one_slip(family, &own))
        && !families.iter().any(|family| skeleton(family) == skeleton(&own))
}

/// Do two full names differ only as transliterations do?
fn sound_alike(a: &str, b: &str) -> bool {
    let ends = |name: &str| {
        let folded = fold(name);
        let words = parts(&folded);
        Some((skeleton(words.first()?), skeleton(words.last()?)))
    };
    ends(a) == ends(b)
}

/// “her neighbour Ana Gonzalez”: a description that is no office introduces somebody, and perhaps somebody else.
fn described(mention: &Mention) -> bool {
    mention.titles.iter().any(|title| !title.text.contains(char::is_uppercase))
        && offices_of(mention).next().is_none()
}

/// The one person of nearly this name who holds the office given with it.
fn holder(registry: &Registry, facts: &FileFacts, mention: &Mention) -> Option<RegisteredId> {
    if !mention.name.contains(' ') || !registry.named(&mention.name).is_empty() {
        return None;
    }
    let near = registry.nearly_named(&mention.name);
    let [id] = near.as_slice() else { return None };
    if registry.person(*id).spellings().any(|spelling| sound_alike(&mention.name, spelling)) {
        return None;
    }
    let holds = offices_of(mention).any(|(_, office)| {
        registry.tenures(*id).any(|tenure| {
            let then = facts.published.map_or_else(Interval::default, |day| Interval::day(day.day));
            office.may_mean(tenure.office) && tenure.days.meets(then)
        })
    });
    holds.then_some(*id)
}
