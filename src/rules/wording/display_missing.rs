//! Words in marks above a text that the text does not have.

use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// Reports quotations in headlines whose words stand nowhere in the text beneath. Where the text has nearly
/// the same words, that is `display-mismatch`, and is not reported again.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    if corpus.facts().iter().all(|facts| facts.display_only.is_empty()) {
        return;
    }
    let wording = corpus.wording();
    let mut mismatched: Vec<Place> = Vec::new();
    for utterance in wording.utterances() {
        mismatched.extend(utterance.passages.iter().map(|&id| wording.passage(id).place(corpus.facts())));
    }
    for (file, facts) in corpus.files() {
        for &at in &facts.display_only {
            let Some(quotation) = facts.quotations.get(at as usize) else { continue };
            let place = Place::new(file, quotation.span);
            if mismatched.iter().any(|known| known.file == file && known.span.overlaps(quotation.span)) {
                continue;
            }
            findings.push(
                Finding::new(
                    "display-missing",
                    place,
                    "the text does not have these words, in marks or without",
                    quotation.words.clone(),
                )
                .label("not in the text"),
            );
        }
    }
}
