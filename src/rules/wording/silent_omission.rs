//! Words left out of the middle of a quotation, and no ellipsis to say so.

use super::transcripts::{self, is_spliced};
use super::{Telling, finding, is_display};
use crate::corpus::wording::Change;
use crate::rules::{Finding, RuleContext};

/// Reports utterances of which one draft leaves out words in the middle without an ellipsis, and quotations that do so
/// with the words of a tape. What a tape tells, another draft does not tell again.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    transcripts::silent_omission(context, findings);
    for (utterance, sides) in context.corpus.wording().sides(context.corpus.facts()) {
        let only_omissions = sides
            .changes()
            .all(|change| matches!(change, Change::Omission | Change::Contraction | Change::Case));
        let omits = sides.changes().any(|change| change == Change::Omission);
        let on_tape = || utterance.passages.iter().any(|&id| is_spliced(context.corpus, id));
        if is_display(context.corpus, utterance) || !only_omissions || !omits || on_tape() {
            continue;
        }
        let telling =
            Telling { rule: "silent-omission", what: "is quoted with words left out and no ellipsis" };
        findings.extend(finding(context.corpus, utterance, sides, &telling));
    }
}
