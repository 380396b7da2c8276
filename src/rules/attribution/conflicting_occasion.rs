//! The same words, in writing here and aloud there.

use std::borrow::Cow;

use crate::corpus::Corpus;
use crate::corpus::wording::{PassageId, Relation, SpeakerMatch, SpeakerName};
use crate::facts::{Way, way};
use crate::lexicon::WordSet;
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
        // Of several quotations of one sentence, those that have the words are shown.
        let place = |id: PassageId| wording.passage(id).place(corpus.facts());
        let shared = wording.shared_places(corpus.facts(), here, there);
        let (here_place, there_place) = shared.unwrap_or_else(|| (place(here), place(there)));
        let message = format!("{name} is quoted with the same words “{medium}” and “{other_medium}”");
        return Some(
            Finding::new("conflicting-occasion", here_place, message, wording.key(here))
                .label(medium)
                .related(there_place, other_medium),
        );
    }
    None
}

/// How a passage was said, where the draft tells and the phrase is plain. What was told to somebody with a name, and
/// in no letter, was said aloud.
fn medium(corpus: &Corpus, id: PassageId) -> Option<(Cow<'_, str>, Way)> {
    let mut parts = corpus.wording().passage(id).quotations(corpus.facts());
    let said = parts.find_map(|quotation| {
        let said = quotation.attribution.as_ref()?;
        (said.medium.is_some() || said.to.is_some()).then_some(said)
    })?;
    if let Some(phrase) = &said.medium {
        return Some((Cow::Borrowed(phrase), way(phrase)?));
    }
    let (to, cue) = (said.to.as_ref()?, said.cue.as_ref()?);
    let named = to.text.split(' ').any(|word| word.starts_with(char::is_uppercase));
    let gathered = to.text.rsplit(' ').next().is_some_and(|last| WordSet::Gathering.has(last));
    let told = matches!(cue.text.as_str(), "told" | "tells");
    ((named || gathered) && told).then(|| (Cow::Owned(format!("{} {}", cue.text, to.text)), Way::Spoken))
}
