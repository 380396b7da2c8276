//! Words that attribute, and what they add to “said”.

use serde::Deserialize;

use crate::lexicon::{Class, lexicon};
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// What a house may set.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Allowed {
    /// Cues that are accepted.
    pub allow: Vec<String>,
}

/// Reports a cue that takes a side: claimed, admitted, insisted.
pub fn loaded_cue(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let allowed = &context.parameters.loaded_cue.allow;
    cue_of(context, findings, "loaded-cue", Class::CUE_LOADED, allowed, |cue| {
        format!("“{cue}” says more than that it was said")
    });
}

/// Reports a cue that tells what somebody thought: believes, hopes, fears.
pub fn mind_reading_cue(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let allowed = &context.parameters.mind_reading_cue.allow;
    cue_of(context, findings, "mind-reading-cue", Class::CUE_THOUGHT, allowed, |cue| {
        format!("“{cue}” tells what somebody thought; a quotation shows only what was said")
    });
}

/// One finding for every cue of the class, however many quotations and reports share it. A cue that is often something else
/// (found, saw, charged) proves nothing.
fn cue_of(
    context: &RuleContext<'_>,
    findings: &mut Vec<Finding>,
    rule: &'static str,
    class: Class,
    allowed: &[String],
    message: impl Fn(&str) -> String,
) {
    for (file, facts) in context.corpus.files() {
        let mut last = None;
        let quoted = facts.quotations.iter().filter(|quotation| quotation.level == 0);
        let quoted = quoted.filter_map(|it| Some((it.attribution.as_ref()?.cue.as_ref()?, &it.words)));
        let told = facts.indirect.iter();
        let told = told.filter_map(|it| Some((it.attribution.cue.as_ref()?, &it.content.text)));
        let mut cues: Vec<_> = quoted.chain(told).collect();
        cues.sort_by_key(|(cue, _)| cue.span.start);
        for (cue, words) in cues {
            let known = lexicon().class(&cue.text);
            if !known.any(class) || known.any(Class::CUE_WEAK) || last == Some(cue.span) {
                continue;
            }
            last = Some(cue.span);
            if allowed.iter().any(|word| word.eq_ignore_ascii_case(&cue.text)) {
                continue;
            }
            findings.push(
                Finding::new(rule, Place::new(file, cue.span), message(&cue.text), words.clone())
                    .label("instead of “said”"),
            );
        }
    }
}
