//! “Wrote” and “posted” without where.

use serde::Deserialize;

use crate::facts::{Attribution, FileFacts};
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// What a house may set.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cues {
    /// Cues that say that something was written.
    pub cues: Vec<String>,
}

/// Reports a quotation that somebody “wrote” or “posted” where neither its own attribution nor an earlier one of the
/// same speaker in the draft says where it was written.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let cues = &context.parameters.unplaced_post.cues;
    for (file, facts) in context.corpus.files() {
        let mut reported = Vec::new();
        for quotation in facts.quotations.iter().filter(|quotation| quotation.level == 0) {
            let Some(said) = &quotation.attribution else { continue };
            let Some(cue) = &said.cue else { continue };
            let written = cues.iter().any(|word| word.eq_ignore_ascii_case(&cue.text));
            if !written || said.medium.is_some() || said.to.is_some() || placed(facts, said, cue.span.start) {
                continue;
            }
            if reported.contains(&cue.span) {
                continue;
            }
            reported.push(cue.span);
            findings.push(
                Finding::new(
                    "unplaced-post",
                    Place::new(file, cue.span),
                    format!("“{}”, and nothing says where", cue.text),
                    quotation.words.clone(),
                )
                .label("where?"),
            );
        }
    }
}

/// Has an earlier quotation of the same speaker a medium?
fn placed(facts: &FileFacts, said: &Attribution, before: u32) -> bool {
    facts.quotations.iter().filter_map(|quotation| quotation.attribution.as_ref()).any(|other| {
        other.medium.is_some()
            && other.speaker == said.speaker
            && other.cue.as_ref().is_some_and(|cue| cue.span.start < before)
    })
}
