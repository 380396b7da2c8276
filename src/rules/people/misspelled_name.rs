//! A name one slip away from that of a person of the registry: one who holds the office given with it, or whom the
//! drafts plainly mean, since they have the name right elsewhere.

use super::bearer::outlived;
use super::source::family;
use crate::calendar::Interval;
use crate::corpus::people::{MentionAt, People, offices_of};
use crate::corpus::registry::{RegisteredId, Registry, parts};
use crate::facts::{FileFacts, Mention};
use crate::lexicon::{fold, offices, one_slip, skeleton};
use crate::rules::{Finding, Level, Related, RuleContext};
use crate::source::Place;
use crate::syntax::{Office, parse_titles};

/// Reports each person whose name is misspelled once a file.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let (registry, people) = (context.corpus.registry(), context.corpus.people());
    if registry.is_empty() {
        return;
    }
    let known = known(registry, people);
    for (file, facts) in context.corpus.files() {
        let first = findings.len();
        let mut reported: Vec<RegisteredId> = Vec::new();
        for (rank, mention) in facts.mentions.iter().enumerate() {
            let place = Place::new(file, mention.span);
            let meant = people
                .of(MentionAt { file, index: rank as u32 })
                .and_then(|person| people.person(person).registered)
                .filter(|id| !described(mention) && misspells(registry, *id, &mention.name));
            let plain = meant.or_else(|| holder(registry, facts, mention, &known));
            let near = || near_known(registry, facts, mention, &known);
            let Some(id) = plain.or_else(near) else { continue };
            if facts.published.is_some_and(|published| outlived(registry, id, published.day)) {
                continue;
            }
            if let Some(at) = reported.iter().position(|known| *known == id) {
                findings[first + at].related.push(Related::new(place, "and here"));
                continue;
            }
            reported.push(id);
            let name = &registry.person(id).name;
            let level = plain.is_none().then_some(Level::Warning);
            findings.push(Finding {
                level,
                ..Finding::new(
                    "misspelled-name",
                    place,
                    format!("the registry spells this name “{name}”"),
                    fold(&mention.name),
                )
                .label("misspelled")
            });
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
    // “former chief whip” is an office, held or not.
    let office = |title: &str| parse_titles(title).iter().any(|office| !offices().of(office.role).vague);
    mention.titles.iter().any(|title| !title.text.contains(char::is_uppercase))
        && !mention.titles.iter().any(|title| office(&title.text))
}

/// The people whose name one slip might be meant for: of a small registry all, of a large one those whom the drafts name.
fn known(registry: &Registry, people: &People) -> Vec<RegisteredId> {
    if registry.len() <= SMALL {
        return registry.ids().collect();
    }
    let mut known: Vec<RegisteredId> = people.iter().filter_map(|(_, person)| person.registered).collect();
    known.sort_unstable();
    known.dedup();
    known
}

/// A registry of so many people is a newsroom's own: its people are those whom it writes about.
const SMALL: usize = 500;

/// The one person of nearly this name who holds the office given with it.
fn holder(
    registry: &Registry,
    facts: &FileFacts,
    mention: &Mention,
    known: &[RegisteredId],
) -> Option<RegisteredId> {
    let near: Vec<RegisteredId> = if mention.name.contains(' ') {
        if !registry.named(&mention.name).is_empty() {
            return None;
        }
        registry.nearly_named(&mention.name).to_vec()
    } else {
        // A family name alone: only a title beside it tells who is meant.
        let introduced = mention.person.as_deref().is_some_and(|person| person.contains(' '));
        if mention.titles.is_empty() || introduced {
            return None;
        }
        known.iter().copied().filter(|&id| misspells(registry, id, &mention.name)).collect()
    };
    let [id] = near.as_slice() else { return None };
    if registry.person(*id).spellings().any(|spelling| sound_alike(&mention.name, spelling)) {
        return None;
    }
    let then = facts.published.map_or_else(Interval::default, |day| Interval::day(day.day));
    let holds = offices_of(mention).any(|(_, office)| {
        registry.tenures(*id).any(|tenure| office.may_mean(tenure.office) && tenure.days.meets(then))
    });
    // Every title of the registry is an office, whether a list of offices has it or not.
    let titled = || {
        mention.titles.iter().filter(|title| title.qualifier.is_empty()).any(|title| {
            let words = fold(&title.text);
            let mut held = registry.titles(*id).filter(|(_, days)| days.meets(then));
            words.contains(' ') && held.any(|(held, _)| fold(held).starts_with(&words))
        })
    };
    (holds || titled()).then_some(*id)
}

/// The one person of a newsroom's own registry whose full name differs by a slip from this one, which nobody in the
/// registry has. Nothing but the name tells, so that this is a warning.
fn near_known(
    registry: &Registry,
    facts: &FileFacts,
    mention: &Mention,
    known: &[RegisteredId],
) -> Option<RegisteredId> {
    if registry.len() > SMALL || !mention.name.contains(' ') || described(mention) {
        return None;
    }
    let near = registry.nearly_named(&mention.name);
    let [id] = near.as_slice() else { return None };
    // Whoever the text names beside that person is somebody else.
    let right = facts
        .mentions
        .iter()
        .any(|other| other.sentence == mention.sentence && registry.named(&other.name).contains(id));
    // An office that this person never held is somebody else's.
    let own = |office: &Office| registry.tenures(*id).any(|tenure| office.may_mean(tenure.office));
    let titled_otherwise = offices_of(mention).any(|(_, office)| !own(&office));
    (known.contains(id) && !right && !titled_otherwise && misspells(registry, *id, &mention.name))
        .then_some(*id)
}
