//! Quoted in one draft, reported without marks from another source elsewhere.

use crate::facts::{Phrase, gist};
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// Reports words that one draft quotes and another reports, in other words, from another source.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let wording = context.corpus.wording();
    for paraphrase in wording.paraphrases() {
        let facts = context.corpus.file(paraphrase.file);
        let Some(report) = facts.indirect.get(paraphrase.report as usize) else { continue };
        let Some(voice) = wording.voice(paraphrase.passage) else { continue };
        let source = |phrase: &Phrase| phrase.text.clone();
        let other = report.attribution.source.as_ref().map_or_else(|| "another source".to_owned(), source);
        // Of several quotations of one sentence, the one that says what is reported is shown.
        let passage = wording.passage(paraphrase.passage);
        let told = &report.gist;
        let shared = |words: &str| gist(words).iter().filter(|word| told.binary_search(word).is_ok()).count();
        let mut best = (0, passage.place(context.corpus.facts()));
        for quotation in passage.quotations(context.corpus.facts()) {
            let count = shared(&quotation.words);
            if count > best.0 {
                best = (count, Place::new(passage.file, quotation.span));
            }
        }
        let place = best.1;
        let message = format!(
            "{} is quoted with this here; {} has the same in other words from {other}",
            voice.told(),
            facts.path
        );
        findings.push(
            Finding::new("quoted-paraphrase", place, message, wording.key(paraphrase.passage))
                .label(format!("quoted from {}", voice.told()))
                .related(Place::new(paraphrase.file, report.content.span), format!("from {other}")),
        );
    }
}
