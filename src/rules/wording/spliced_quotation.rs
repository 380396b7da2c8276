//! A quotation put together from pieces that were said apart, or in another order.

use std::borrow::Cow;

use super::{gaps, joined, transcripts};
use crate::corpus::wording::SpeakerName;
use crate::rules::{Finding, Related, RuleContext};
use crate::source::Place;

/// Reports quotations whose pieces stand apart on the tape, and those whose pieces another draft has in another order.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    transcripts::spliced_quotation(context, findings);
    gaps::spliced_quotation(context, findings);
    joined::joined_quotations(context.corpus, findings);
    let (wording, facts) = (context.corpus.wording(), context.corpus.facts());
    for splice in wording.reordered(facts) {
        let name = wording.voice(splice.passage).map_or(Cow::Borrowed("the speaker"), SpeakerName::told);
        let (file, other) = (wording.passage(splice.passage).file, wording.passage(splice.other).file);
        let path = &context.corpus.file(other).path;
        let [first, second] = splice.pieces;
        let Some(here) = wording.underlined(facts, splice.passage, second) else { continue };
        let message =
            format!("{name}'s words stand in another order in {path}, and an ellipsis joins them here");
        let mut finding = Finding::new(
            "spliced-quotation",
            Place::new(file, here.words),
            message,
            wording.key(splice.passage),
        )
        .within(here.quotation)
        .label("said first");
        let others = [(splice.passage, file, first, "said after it")].into_iter().chain(
            splice
                .places
                .into_iter()
                .zip(["said second", "said first"])
                .map(|(items, label)| (splice.other, other, items, label)),
        );
        for (id, file, items, label) in others {
            let found = wording.underlined(facts, id, items);
            finding = finding.and(
                found.map(|found| Related::new(Place::new(file, found.words), label).within(found.quotation)),
            );
        }
        findings.push(finding);
    }
}
