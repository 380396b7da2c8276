//! Words said on a day after the one on which they were printed.

use crate::facts::Quotation;
use crate::lexicon::{Class, lexicon};
use crate::rules::{Case, Finding};
use crate::source::Place;

/// Days by which a file's date may lag behind the day of writing: time zones, and editions dated the evening before.
const SLACK: i32 = 1;

/// Reports quotations whose attribution puts them after the publication: “she said on May 9” in a story of May 2.
/// A cue that is not of the past (“will say”) announces a speech and is left alone.
pub fn future_statement(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in case.corpus.files() {
        let Some(published) = facts.published else { continue };
        for quotation in &facts.quotations {
            let Some(attribution) = &quotation.attribution else { continue };
            let (Some(cue), Some(said)) = (&attribution.cue, attribution.said_on.and_then(|days| days.from))
            else {
                continue;
            };
            if said.days_since(published.day) <= SLACK || !past(&cue.text) {
                continue;
            }
            findings.push(
                Finding::new(
                    "future-statement",
                    Place::new(file, cue.span),
                    format!(
                        "this was said on {}, after the story was published on {}",
                        said.long(),
                        published.day.long()
                    ),
                    words(quotation),
                )
                .label("said when?")
                .help("check the day of the statement, and the date that the document carries"),
            );
        }
    }
}

fn past(cue: &str) -> bool {
    cue.split_whitespace().next().is_some_and(|word| lexicon().class(word).any(Class::FORM_PAST))
}

fn words(quotation: &Quotation) -> String {
    quotation.words.split_whitespace().take(8).collect::<Vec<_>>().join(" ")
}
