//! A headline or a caption that quotes other words than the text beneath it.

use super::above::nearly;
use super::{Telling, finding, is_display};
use crate::corpus::wording::Change;
use crate::rules::{Finding, Level, Related, RuleContext};
use crate::source::Place;

/// Reports quotations in headlines and captions whose words differ from those in the text of the same draft. Words
/// left out are no mismatch here: a headline shortens.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (utterance, sides) in context.corpus.wording().sides(context.corpus.facts()) {
        let differs = sides
            .changes()
            .any(|change| !matches!(change, Change::Omission | Change::Contraction | Change::Case));
        if !is_display(context.corpus, utterance) || !differs {
            continue;
        }
        let telling =
            Telling { rule: "display-mismatch", what: "is quoted above the text in other words than in it" };
        findings.extend(finding(context.corpus, utterance, sides, &telling));
    }
    let told: Vec<_> = findings.iter().map(|finding| finding.place).collect();
    for (file, facts) in context.corpus.files() {
        for words in &facts.display_only {
            let reported = |place: &Place| place.file == file && place.span.overlaps(words.span);
            let Some(near) = nearly(facts, words).filter(|_| !told.iter().any(reported)) else { continue };
            let message = format!("“{}” above the text is quoted in other words in it", words.text);
            findings.push(
                Finding::new("display-mismatch", Place::new(file, near.above), message, words.text.clone())
                    .within(words.span)
                    .label("another word")
                    .and(Some(
                        Related::new(Place::new(file, near.below), "the text has this one")
                            .within(near.quotation),
                    )),
            );
        }
        for pair in &facts.display_numbers {
            let (above, below) = (&pair.above, &pair.below);
            let mut finding = Finding::new(
                "display-mismatch",
                Place::new(file, above.span),
                format!("“{}” above the text, “{}” in it", above.text, below.text),
                above.text.clone(),
            )
            .label("another number")
            .related(Place::new(file, below.span), "the text has this one");
            finding.level = Some(Level::Note);
            findings.push(finding);
        }
    }
}
