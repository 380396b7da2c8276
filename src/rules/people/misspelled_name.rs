//! A name one slip away from that of a person of the registry who holds the office given with it.

use super::bearer::outlived;
use crate::corpus::people::offices_of;
use crate::corpus::registry::RegisteredId;
use crate::lexicon::fold;
use crate::rules::{Case, Finding, Related};
use crate::source::Place;

/// Reports each misspelled name once a file.
pub fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let registry = case.corpus.registry();
    if registry.is_empty() {
        return;
    }
    for (file, facts) in case.corpus.files() {
        let first = findings.len();
        for mention in facts.mentions.iter().filter(|mention| mention.name.contains(' ')) {
            if !registry.named(&mention.name).is_empty() {
                continue;
            }
            let place = Place::new(file, mention.span);
            let key = fold(&mention.name);
            if let Some(known) = findings[first..].iter_mut().find(|finding| finding.key == key) {
                known.related.push(Related { place, message: "and here".to_owned() });
                continue;
            }
            let near = registry.nearly_named(&mention.name);
            let [id] = near.as_slice() else { continue };
            let holds = |id: RegisteredId| {
                offices_of(mention).any(|(_, office)| {
                    registry.tenures(id).any(|tenure| {
                        office.may_mean(tenure.office)
                            && facts.published.is_none_or(|published| {
                                tenure.days.meets(crate::calendar::Interval::day(published.day))
                            })
                    })
                })
            };
            let gone = facts.published.is_some_and(|published| outlived(registry, *id, published.day));
            if gone || !holds(*id) {
                continue;
            }
            let name = &registry.person(*id).name;
            findings.push(
                Finding::new(
                    "misspelled-name",
                    place,
                    format!("the registry spells this name “{name}”"),
                    key,
                )
                .label("misspelled"),
            );
        }
    }
}
