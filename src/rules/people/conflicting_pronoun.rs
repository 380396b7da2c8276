//! One person who is “he” in one place and “she” in another.

use std::collections::BTreeMap;

use super::particulars::mention_at;
use crate::corpus::people::{MentionAt, PersonId};
use crate::facts::TitlePosition;
use crate::lexicon::fold;
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// A word that tells of one person whether it is a man or a woman.
struct Use<'c> {
    female: bool,
    place: Place,
    words: &'c str,
}

/// Reports each person for whom the drafts use both pronouns. A given name proves nothing: measured on copy nobody tuned
/// it for, that was wrong six times in six.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    let people = corpus.people();
    let mut uses: BTreeMap<PersonId, Vec<Use<'_>>> = BTreeMap::new();
    for (file, facts) in corpus.files() {
        for pronoun in &facts.pronouns {
            let Some((index, mention)) = mention_at(facts, pronoun.name) else { continue };
            let Some(person) = people.of(MentionAt { file, index: index as u32 }) else {
                // “Ms Ruiz left. He …”: nothing more is known of the person than this.
                let honorific = &mention.honorific;
                if gender(honorific).is_some_and(|female| female != pronoun.female) {
                    let word = if pronoun.female { "she" } else { "he" };
                    let message = format!("{honorific} {} is “{word}” here", mention.name);
                    findings.push(
                        Finding::new(
                            "conflicting-pronoun",
                            Place::new(file, pronoun.span),
                            message,
                            fold(&mention.name),
                        )
                        .label(format!("“{word}” here"))
                        .related(Place::new(file, mention.span), format!("“{honorific}” here")),
                    );
                }
                continue;
            };
            uses.entry(person).or_default().push(Use {
                female: pronoun.female,
                place: Place::new(file, pronoun.span),
                words: if pronoun.female { "she" } else { "he" },
            });
        }
    }
    // “Mr”, “Ms” and “councilwoman” say it too; they are asked only where a pronoun is there to differ from.
    for (person, uses) in &mut uses {
        for &at in &people.person(*person).mentions {
            let facts = corpus.file(at.file);
            let mention = at.of(facts);
            if mention.quoted {
                continue;
            }
            let place = Place::new(at.file, mention.span);
            if let Some(female) = gender(&mention.honorific) {
                uses.push(Use { female, place, words: &mention.honorific });
            }
            for title in &mention.titles {
                let own = title.position != TitlePosition::Era && title.qualifier.is_empty();
                let noun = title.text.split([' ', ',']).find(|word| word.to_lowercase().ends_with("woman"));
                if let Some(words) = noun.filter(|_| own) {
                    uses.push(Use { female: true, place: Place::new(at.file, title.span), words });
                }
            }
        }
    }
    for (person, uses) in uses {
        let name = &people.person(person).name;
        let Some(first) = uses.first() else { continue };
        // The pronoun is what a finding is about.
        if let Some(other) = uses.iter().find(|other| other.female != first.female) {
            let message =
                format!("{name} is “{}” in one place and “{}” in another", first.words, other.words);
            let mut finding = Finding::new("conflicting-pronoun", first.place, message, fold(name))
                .label(format!("“{}” here", first.words))
                .related(other.place, format!("“{}” here", other.words));
            let more = uses.iter().filter(|more| more.female != first.female && more.place != other.place);
            for more in more.take(MOST_PLACES) {
                finding = finding.related(more.place, format!("“{}” here", more.words));
            }
            findings.push(finding);
        }
    }
}

/// Further places shown of the pronoun that differs from the first.
const MOST_PLACES: usize = 8;

/// What an honorific says: true for a woman, false for a man.
fn gender(honorific: &str) -> Option<bool> {
    match honorific.trim_end_matches('.') {
        "Mrs" | "Ms" | "Miss" | "Dame" | "Lady" | "Madam" => Some(true),
        "Mr" | "Sir" => Some(false),
        _ => None,
    }
}
