//! A quoted person whom the registry does not have.

use super::source::named;
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// Reports each person quoted under a full name that no registry lists, once a file.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let registry = context.corpus.registry();
    if registry.is_empty() {
        return;
    }
    for (file, facts) in context.corpus.files() {
        let mut seen: Vec<&str> = Vec::new();
        for (_, mention) in named(facts).filter_map(|found| found.mention) {
            let name = mention.known_as();
            if !name.contains(' ') || seen.contains(&name) || !registry.named(name).is_empty() {
                continue;
            }
            seen.push(name);
            findings.push(
                Finding::new(
                    "unknown-person",
                    Place::new(file, mention.span),
                    format!("{name} is quoted and is in no registry"),
                    name,
                )
                .label("not in the registry"),
            );
        }
    }
}
