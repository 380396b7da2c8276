//! A pronoun that two people fit.

use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// Reports a source that is a pronoun where the sentence before it names two people whom it fits equally. Speech that
/// is carried on from there is the same doubt, and is not reported again.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        let mut reported = None;
        for quotation in facts.quotations.iter().filter(|quotation| quotation.level == 0) {
            let Some(said) = &quotation.attribution else { continue };
            let (Some(source), Some(speaker), Some(rival)) = (&said.source, &said.speaker, &said.rival)
            else {
                continue;
            };
            if reported == Some(source.span) {
                continue;
            }
            reported = Some(source.span);
            findings.push(
                Finding::new(
                    "ambiguous-speaker",
                    Place::new(file, source.span),
                    format!("“{}” may be {} or {rival}", source.text, speaker.name),
                    format!("{}\n{rival}\n{}", speaker.name, quotation.words),
                )
                .label("which of the two?"),
            );
        }
    }
}
