//! What the gaps of a quotation take up on a tape: the second halves of `not-in-transcript` and `spliced-quotation`.

use std::borrow::Cow;

use super::transcripts::{self, said, when};
use crate::corpus::Corpus;
use crate::corpus::wording::{Heard, Hit, PassageId, SpeakerName};
use crate::rules::{Finding, Level, Related, RuleContext};
use crate::source::Place;

/// Reports words that their speaker did not say on the tape, and gaps that take up a negation, a number or a condition.
pub fn not_in_transcript(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let mut found = Vec::new();
    transcripts::not_in_transcript(context, &mut found);
    let (corpus, wording, facts) = (context.corpus, context.corpus.wording(), context.corpus.facts());
    for (id, heard) in heard(corpus) {
        let Some((hit, taken)) = wording.taken_up(facts, id, heard) else { continue };
        // A note about the same words says less.
        let here =
            |other: &Finding| other.key == wording.key(id) && other.place.file == wording.passage(id).file;
        found.retain(|other: &Finding| !(here(other) && other.level == Some(Level::Note)));
        let reported = here;
        let Some((_, first)) = taken.first().filter(|_| !found.iter().any(reported)) else { continue };
        let Some(here) = wording.underlined(facts, id, hit.items(&first.one)) else { continue };
        let words: Vec<String> =
            taken.iter().map(|(_, hunk)| wording.said(facts, hit, hunk.other.clone())).collect();
        let message = format!(
            "{} said more {}: the gap takes up “{}”",
            name(corpus, id),
            when(corpus, hit),
            words.join("” and “")
        );
        let place = Place::new(wording.passage(id).file, here.words);
        let mut finding = Finding::new("not-in-transcript", place, message, wording.key(id))
            .within(here.quotation)
            .label("the gap takes up what matters");
        for (_, hunk) in &taken {
            finding = finding.and(said(corpus, hit, hunk.other.clone(), "said here"));
        }
        found.push(finding);
    }
    findings.extend(found);
}

/// Reports quotations whose ellipsis joins two answers, or turns two pieces round.
pub fn spliced_quotation(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let (corpus, wording, facts) = (context.corpus, context.corpus.wording(), context.corpus.facts());
    for (id, heard) in heard(corpus) {
        let Some(seam) = wording.seam(facts, heard) else { continue };
        let place = |hit: &Hit| wording.underlined(facts, id, hit.items(&(0..hit.part.len())));
        let (Some(first), Some(second)) = (place(seam.first), place(seam.second)) else { continue };
        let file = wording.passage(id).file;
        let what = match seam.turned {
            true => "an ellipsis joins words that were said in the other order",
            false => "an ellipsis joins two answers, and somebody else spoke in between",
        };
        let message = format!("{} is spliced: {what}, {}", name(corpus, id), when(corpus, seam.second));
        let related = Related::new(Place::new(file, first.words), "joined to this").within(first.quotation);
        findings.push(
            Finding::new("spliced-quotation", Place::new(file, second.words), message, wording.key(id))
                .within(second.quotation)
                .label("two passages in one")
                .and(Some(related))
                .and(said(corpus, seam.first, seam.first.alike(), "the one passage"))
                .and(said(corpus, seam.second, seam.second.alike(), "the other")),
        );
    }
}

fn heard(corpus: &Corpus) -> impl Iterator<Item = (PassageId, &Heard)> {
    let wording = corpus.wording();
    (0..wording.passages().len() as PassageId).filter_map(|id| Some((id, wording.heard(id)?)))
}

fn name(corpus: &Corpus, id: PassageId) -> Cow<'_, str> {
    corpus.wording().voice(id).map_or(Cow::Borrowed("the speaker"), SpeakerName::told)
}
