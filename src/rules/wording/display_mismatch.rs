//! A headline or a caption that quotes other words than the text beneath it.

use super::{Sides, Telling, finding, is_display};
use crate::corpus::wording::Change;
use crate::rules::{Finding, RuleContext};

/// Reports quotations in headlines and captions whose words differ from those in the text of the same draft. Words
/// left out are no mismatch here: a headline shortens.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for utterance in context.corpus.wording().utterances() {
        let Some(sides) = Sides::of(context.corpus, utterance) else { continue };
        let differs = sides
            .changes()
            .any(|change| !matches!(change, Change::Omission | Change::Contraction | Change::Case));
        if !is_display(context.corpus, utterance) || !differs {
            continue;
        }
        let telling =
            Telling { rule: "display-mismatch", what: "is quoted above the text in other words than in it" };
        findings.extend(finding(context.corpus, utterance, &sides, &telling));
    }
}
