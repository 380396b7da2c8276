//! Words dated to a day before their speaker was born or after the speaker had died.

use super::bearer::bearers;
use super::source::named;
use super::when::span;
use crate::calendar::Interval;
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// Reports each quotation whose day of speech lies wholly outside the life of the one person of the registry that
/// its source can mean.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let registry = context.corpus.registry();
    if registry.is_empty() {
        return;
    }
    for (file, facts) in context.corpus.files() {
        for found in named(facts) {
            let Some(said_on) = found.quotation.attribution.as_ref().and_then(|said| said.said_on) else {
                continue;
            };
            let Some((_, mention)) = found.mention else { continue };
            // A family name alone may be a namesake's.
            if !mention.name.contains(' ')
                && !mention.person.as_deref().is_some_and(|name| name.contains(' '))
            {
                continue;
            }
            let people = bearers(registry, mention);
            let [id] = people.as_slice() else { continue };
            let person = registry.person(*id);
            let before =
                person.born.is_some_and(|born| !said_on.meets(Interval { from: born.from, to: None }));
            let after = person.died.is_some_and(|died| !said_on.meets(Interval { from: None, to: died.to }));
            let (fault, day) = match (before, after) {
                (true, _) => ("had not been born", person.born),
                (_, true) => ("had died", person.died),
                _ => continue,
            };
            let name = &person.name;
            findings.push(
                Finding::new(
                    "outside-lifetime",
                    Place::new(file, found.source),
                    format!("{name} {fault} by the time these words are said to have been spoken"),
                    found.quotation.words.clone(),
                )
                .label(format!(
                    "{} {}",
                    if before { "born" } else { "died" },
                    day.map_or_else(String::new, span)
                ))
                .related(Place::new(file, found.quotation.span), format!("said {}", span(said_on))),
            );
        }
    }
}
