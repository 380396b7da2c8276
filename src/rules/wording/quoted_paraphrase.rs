//! Quoted in one draft, reported without marks from another source elsewhere.

use crate::facts::Phrase;
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
        let message = format!(
            "{} is quoted with this here; {} has the same in other words from {other}",
            voice.told(),
            facts.path
        );
        findings.push(
            Finding::new(
                "quoted-paraphrase",
                wording.passage(paraphrase.passage).place(context.corpus.facts()),
                message,
                wording.key(paraphrase.passage),
            )
            .label(format!("quoted from {}", voice.told()))
            .related(Place::new(paraphrase.file, report.content.span), format!("from {other}")),
        );
    }
}
