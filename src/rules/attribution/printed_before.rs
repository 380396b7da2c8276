//! Words that an archive has already.

use serde::Deserialize;

use crate::calendar::Day;
use crate::corpus::wording::{PassageId, SpeakerMatch};
use crate::rules::{Finding, RuleContext};

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// How many words a quotation has at least to be reported.
    pub words: usize,
}

/// Archived places that one finding shows.
const MOST_SHOWN: usize = 3;

/// Reports words of a draft that archived drafts quote in the same wording, from the same speaker or from one who is not
/// decided: once for each draft and wording. Words of another speaker are another rule's.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    let wording = corpus.wording();
    let least = context.parameters.printed_before.words;
    let facts = |id: &PassageId| corpus.file(wording.passage(*id).file);
    for version in 0..wording.versions() as u32 {
        let members = wording.version(version);
        if members.len() < 2 || wording.form(members[0]).len() < least {
            continue;
        }
        let (printed, own): (Vec<PassageId>, Vec<PassageId>) =
            members.iter().partition(|id| facts(id).archived);
        if printed.is_empty() {
            continue;
        }
        for own in own.chunk_by(|one, other| wording.passage(*one).file == wording.passage(*other).file) {
            let other_voice = |id: &PassageId| {
                let voices = wording.voice(own[0]).zip(wording.voice(*id));
                voices.is_some_and(|(one, other)| one.speaker_match(other) == SpeakerMatch::Different)
            };
            let day = |id: &PassageId| facts(id).published.map(|published| published.day);
            let mut same: Vec<PassageId> = printed.iter().copied().filter(|id| !other_voice(id)).collect();
            same.dedup_by_key(|id| wording.passage(*id).file);
            // The latest first; those without a day come last.
            same.sort_by_key(|id| std::cmp::Reverse(day(id)));
            let Some(latest) = same.first() else { continue };
            let on = |day: Option<Day>| day.map_or_else(String::new, |day| format!(" on {day}"));
            let message = match same.len() {
                1 => format!("these words were printed before{}", on(day(latest))),
                count => {
                    format!("these words were printed before in {count} drafts, last{}", on(day(latest)))
                }
            };
            let place = |id: PassageId| wording.passage(id).place(corpus.facts());
            let mut finding =
                Finding::new("printed-before", place(own[0]), message, wording.key(own[0])).label("again");
            for &id in same.iter().take(MOST_SHOWN) {
                finding = finding.related(place(id), format!("printed{}", on(day(&id))));
            }
            findings.push(finding);
        }
    }
}
