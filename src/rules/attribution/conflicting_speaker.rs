//! The same words, given to two speakers.

use std::borrow::Cow;

use crate::corpus::Corpus;
use crate::corpus::wording::{Echo, PassageId, SpeakerMatch, SpeakerName};
use crate::rules::{Finding, Level, RuleContext};
use crate::source::Place;

/// Reports words that one place gives to one person and another place to another. A person and the body they may
/// speak for are for the desk to know.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for echo in context.corpus.wording().echoes() {
        findings.extend(finding(context.corpus, echo));
    }
    for (file, facts) in context.corpus.files() {
        for quotation in &facts.quotations {
            let Some(said) = &quotation.attribution else { continue };
            let (Some(first), Some(second)) = (&said.source, &said.countersigned) else { continue };
            let message = format!("this quotation is signed twice, by {} and by {}", first.text, second.text);
            findings.push(
                Finding::new(
                    "conflicting-speaker",
                    Place::new(file, second.span),
                    message,
                    quotation.words.clone(),
                )
                .label(format!("{} here", second.text))
                .related(Place::new(file, first.span), format!("{} here", first.text)),
            );
        }
    }
}

fn finding(corpus: &Corpus, echo: &Echo) -> Option<Finding> {
    let wording = corpus.wording();
    let name =
        |id: PassageId| wording.voice(id).map_or(Cow::Borrowed("somebody undecided"), SpeakerName::told);
    let path = |id: PassageId| corpus.file(wording.passage(id).file).path.as_str();
    let first = *echo.passages.iter().find(|&&id| wording.voice(id).is_some_and(|voice| voice.is_named()))?;
    let other = *echo.passages.iter().find(|&&id| {
        matches!(
            (wording.voice(first), wording.voice(id)),
            (Some(one), Some(other)) if one.speaker_match(other) == echo.speaker_match
        )
    })?;
    let (one_path, other_path) = (path(first), path(other));
    let message = if one_path == other_path {
        format!("the same words are given to {} and, in the same draft, to {}", name(first), name(other))
    } else {
        format!(
            "the same words are given to {} in {one_path} and to {} in {other_path}",
            name(first),
            name(other)
        )
    };
    let mut found = Finding::new("conflicting-speaker", place(corpus, first), message, wording.key(first))
        .label(format!("{} here", name(first)));
    if echo.speaker_match == SpeakerMatch::PersonAndBody {
        found.level = Some(Level::Note);
    } else if echo.by_pronoun {
        found.level = Some(Level::Warning);
    }
    let rest = echo.passages.iter().copied().filter(|&id| id != first && id != other);
    for id in std::iter::once(other).chain(rest) {
        found = found.related(place(corpus, id), format!("{} here", name(id)));
    }
    Some(found)
}

/// The phrase that names who; the quotation where there is none.
fn place(corpus: &Corpus, id: PassageId) -> Place {
    let passage = corpus.wording().passage(id);
    let source = passage.quotations(corpus.facts()).find_map(|quotation| {
        quotation.attribution.as_ref().and_then(|by| by.source.as_ref()).map(|source| source.span)
    });
    source.map_or_else(|| passage.place(corpus.facts()), |span| Place::new(passage.file, span))
}
