//! One utterance, quoted in words that differ.

use super::{Telling, finding, is_display};
use crate::corpus::wording::Change;
use crate::rules::{Finding, Level, RuleContext};

/// Reports utterances of one speaker that are quoted in several wordings. A negation, a number or a name that
/// differs is an error; “we're” for “we are” is for the desk to know.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (utterance, sides) in context.corpus.wording().sides(context.corpus.facts()) {
        let Some(worst) = sides.changes().max() else { continue };
        let only_omissions = sides
            .changes()
            .all(|change| matches!(change, Change::Omission | Change::Contraction | Change::Case));
        if is_display(context.corpus, utterance) || (only_omissions && worst == Change::Omission) {
            continue;
        }
        let telling = Telling { rule: "altered-quotation", what: "is quoted in different words" };
        let Some(mut found) = finding(context.corpus, utterance, sides, &telling) else { continue };
        found.level = match worst {
            Change::Negation | Change::Number | Change::Name => Some(Level::Error),
            Change::Condition if sides.in_gap() => Some(Level::Error),
            Change::Contraction | Change::Case | Change::SoundAlike => Some(Level::Note),
            Change::Words | Change::Form | Change::Omission | Change::Condition => None,
        };
        findings.push(found);
    }
}
