//! One person who is “he” in one place and “she” in another.

use std::collections::BTreeMap;

use super::particulars::mention_at;
use crate::corpus::people::{MentionAt, PersonId};
use crate::lexicon::fold;
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// A pronoun that can only mean one person.
struct Use {
    female: bool,
    place: Place,
}

/// Reports each person for whom the drafts use both pronouns. A given name proves nothing: measured on copy nobody tuned
/// it for, that was wrong six times in six.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    let people = corpus.people();
    let mut uses: BTreeMap<PersonId, Vec<Use>> = BTreeMap::new();
    for (file, facts) in corpus.files() {
        for pronoun in &facts.pronouns {
            let Some((index, _)) = mention_at(facts, pronoun.name) else { continue };
            let Some(person) = people.of(MentionAt { file, index: index as u32 }) else { continue };
            uses.entry(person)
                .or_default()
                .push(Use { female: pronoun.female, place: Place::new(file, pronoun.span) });
        }
    }
    for (person, uses) in uses {
        let name = &people.person(person).name;
        let Some(first) = uses.first() else { continue };
        if let Some(other) = uses.iter().find(|other| other.female != first.female) {
            let message =
                format!("{name} is “{}” in one place and “{}” in another", word(first), word(other));
            findings.push(
                Finding::new("conflicting-pronoun", other.place, message, fold(name))
                    .label(format!("“{}” here", word(other)))
                    .related(first.place, format!("“{}” here", word(first))),
            );
        }
    }
}

const fn word(pronoun: &Use) -> &'static str {
    if pronoun.female { "she" } else { "he" }
}
