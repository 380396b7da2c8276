//! A person quoted by name whom the text never describes.

use super::source::named;
use crate::corpus::people::MentionAt;
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// Reports each such person once a file, at the first quotation.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let people = context.corpus.people();
    for (file, facts) in context.corpus.files() {
        let mut seen = Vec::new();
        let at = |rank: usize| people.of(MentionAt { file, index: rank as u32 });
        for found in named(facts) {
            let Some((rank, mention)) = found.mention else { continue };
            let Some(person) = at(rank) else { continue };
            if seen.contains(&person) {
                continue;
            }
            seen.push(person);
            let described = facts.mentions.iter().enumerate().any(|(rank, mention)| {
                at(rank) == Some(person) && !(mention.titles.is_empty() && mention.honorific.is_empty())
            });
            if !described {
                let name = mention.known_as();
                findings.push(
                    Finding::new(
                        "untitled-speaker",
                        Place::new(file, mention.span),
                        format!("{name} is quoted, and nothing says who that is"),
                        name,
                    )
                    .label("no title or description"),
                );
            }
        }
    }
}
