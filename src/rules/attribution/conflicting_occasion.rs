//! The same words, in writing here and aloud there.

use std::borrow::Cow;

use crate::corpus::Corpus;
use crate::corpus::wording::{PassageId, Relation, SpeakerMatch, SpeakerName};
use crate::facts::{Way, way};
use crate::rules::repeated::repeated_words;
use crate::rules::{Finding, RuleContext};

/// Equal words, and equal words with a topic, without which two occasions prove nothing.
const LEAST: (u32, u32) = (6, 3);

/// Reports words of one speaker that one place has from a post or a statement and another from an interview or a
/// speech. People do repeat themselves, so this is for the desk to know.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    let close = |relation| relation == Relation::Consistent;
    repeated_words(corpus, LEAST, close, |one, other| findings.extend(conflict(corpus, one, other)));
}

/// The first passage of the one list that was written and the first of the other that was spoken by the same voice,
/// or the other way round.
fn conflict(corpus: &Corpus, one: &[PassageId], other: &[PassageId]) -> Option<Finding> {
    let wording = corpus.wording();
    for &here in one {
        let Some((medium, way)) = medium(corpus, here) else { continue };
        let there = other.iter().copied().find_map(|there| {
            let (other_medium, other_way) = self::medium(corpus, there)?;
            let same = wording.voice(here)?.speaker_match(wording.voice(there)?) == SpeakerMatch::Same;
            (same && other_way != way).then_some((there, other_medium))
        });
        let Some((there, other_medium)) = there else { continue };
        let name = wording.voice(here).map_or(Cow::Borrowed("the speaker"), SpeakerName::told);
        let place = |id: PassageId| wording.passage(id).place(corpus.facts());
        let message = format!("{name} is quoted with the same words “{medium}” and “{other_medium}”");
        return Some(
            Finding::new("conflicting-occasion", place(here), message, wording.key(here))
                .label(medium.to_owned())
                .related(place(there), other_medium.to_owned()),
        );
    }
    None
}

/// How a passage was said, where the draft tells and the phrase is plain.
fn medium(corpus: &Corpus, id: PassageId) -> Option<(&str, Way)> {
    let phrase = corpus
        .wording()
        .passage(id)
        .quotations(corpus.facts())
        .find_map(|quotation| quotation.attribution.as_ref()?.medium.as_deref())?;
    Some((phrase, way(phrase)?))
}
