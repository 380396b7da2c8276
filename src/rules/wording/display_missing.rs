//! Words in marks above a text that the text does not have.

use rustc_hash::FxHashMap;

use super::above::nearly;
use crate::rules::{Finding, RuleContext};
use crate::source::{FileId, Place, Span};

/// Reports words in marks in headlines and standfirsts that stand nowhere in the text beneath. Where the text has nearly
/// the same words, that is `display-mismatch`, and is not reported again.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    if corpus.facts().iter().all(|facts| facts.display_only.is_empty()) {
        return;
    }
    let wording = corpus.wording();
    let mut mismatched: FxHashMap<FileId, Vec<Span>> = FxHashMap::default();
    for utterance in wording.utterances() {
        for &id in &utterance.passages {
            let place = wording.passage(id).place(corpus.facts());
            mismatched.entry(place.file).or_default().push(place.span);
        }
    }
    for (file, facts) in corpus.files() {
        let known = mismatched.get(&file).map_or(&[][..], Vec::as_slice);
        for words in &facts.display_only {
            if known.iter().any(|known| known.overlaps(words.span)) || nearly(facts, words).is_some() {
                continue;
            }
            findings.push(
                Finding::new(
                    "display-missing",
                    Place::new(file, words.span),
                    "the text does not have these words, in marks or without",
                    words.text.clone(),
                )
                .label("not in the text"),
            );
        }
    }
}
