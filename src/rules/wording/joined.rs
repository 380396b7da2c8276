//! A quotation that joins two which another draft gives apart, without a mark for what is left out between them.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::corpus::Corpus;
use crate::corpus::wording::{GAP, PassageId, Relation, SpeakerName};
use crate::rules::Finding;
use crate::source::FileId;

/// Words of a quotation that can have been joined.
const SHORTEST: usize = 9;

/// Words between the two pieces: “and”.
const JOINT: usize = 1;

/// Reports each quotation that is made of two of the same speaker, which stand apart in another draft.
pub(super) fn joined_quotations(corpus: &Corpus, findings: &mut Vec<Finding>) {
    let wording = corpus.wording();
    let mut parts: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for link in wording.links().iter().filter(|link| link.relation == Relation::Consistent) {
        for (whole, part) in [(link.one, link.other), (link.other, link.one)] {
            let len = |version: u32| wording.version(version).first().map_or(0, |&id| wording.form(id).len());
            if len(part) == link.matched as usize && len(whole) >= SHORTEST.max(len(part) + 1) {
                parts.entry(whole).or_default().push(part);
            }
        }
    }
    let mut found: Vec<Finding> = Vec::new();
    for (whole, mut parts) in parts.into_iter().filter(|(_, parts)| parts.len() > 1) {
        parts.sort_unstable();
        let &[whole, ..] = wording.version(whole) else { continue };
        found.extend(joined(corpus, whole, &parts));
    }
    found.sort_by_key(|finding| finding.place);
    findings.append(&mut found);
}

/// Where the words of a version begin and end in the whole.
fn place_in(corpus: &Corpus, whole: PassageId, part: PassageId) -> Option<(usize, usize)> {
    let (whole, part) = (corpus.wording().form(whole), corpus.wording().form(part));
    let at = whole.windows(part.len().max(1)).position(|words| words == part)?;
    Some((at, at + part.len()))
}

fn joined(corpus: &Corpus, whole: PassageId, parts: &[u32]) -> Option<Finding> {
    let wording = corpus.wording();
    let len = wording.form(whole).len();
    let placed: Vec<(u32, (usize, usize))> = parts
        .iter()
        .filter_map(|&part| Some((part, place_in(corpus, whole, *wording.version(part).first()?)?)))
        .collect();
    let pairs = placed.iter().flat_map(|one| placed.iter().map(move |other| (one, other)));
    let (first, second) = pairs
        .filter(|(one, other)| {
            let gap = other.1.0.checked_sub(one.1.1);
            // An ellipsis says that something is left out.
            let marked = || wording.form(whole)[one.1.1..other.1.0].contains(&GAP);
            one.1.0 == 0 && other.1.1 == len && gap.is_some_and(|gap| gap <= JOINT) && !marked()
        })
        .find_map(|(one, other)| apart(corpus, whole, wording.version(one.0), wording.version(other.0)))?;
    let place = |id: PassageId| wording.passage(id).place(corpus.facts());
    let name = wording.voice(whole).map_or(Cow::Borrowed("the speaker"), SpeakerName::told);
    let path = &corpus.file(wording.passage(first).file).path;
    let message =
        format!("{name}'s words are two quotations in {path}, and nothing marks here where they are joined");
    Some(
        Finding::new("spliced-quotation", place(whole), message, wording.key(whole))
            .label("two quotations in one")
            .related(place(first), "said here")
            .related(place(second), "said apart from it"),
    )
}

/// The two passages of one draft, another than that of the whole, each with a cue of its own: so the speaker stopped in between.
/// What is only carried on (“…,” Ruiz said. “…”) may have been said in one go.
fn apart(
    corpus: &Corpus,
    whole: PassageId,
    one: &[PassageId],
    other: &[PassageId],
) -> Option<(PassageId, PassageId)> {
    let wording = corpus.wording();
    let file = |id: PassageId| -> FileId { wording.passage(id).file };
    let same = |id: PassageId| wording.is_told_by_one_voice(id, whole);
    let cue = |id: PassageId| {
        let mut quotations = wording.passage(id).quotations(corpus.facts());
        quotations.find_map(|quotation| Some(quotation.attribution.as_ref()?.cue.as_ref()?.span))
    };
    let span = |id: PassageId| wording.passage(id).place(corpus.facts()).span;
    one.iter().filter(|&&id| file(id) != file(whole) && same(id)).find_map(|&one| {
        let second =
            other.iter().copied().filter(|&id| file(id) == file(one) && same(id)).find(|&other| {
                let own = cue(one).zip(cue(other)).is_some_and(|(one, other)| one != other);
                own && span(one).end <= span(other).start
            })?;
        Some((one, second))
    })
}
