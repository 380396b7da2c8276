//! A quotation used twice in one story.

use serde::Deserialize;

use crate::corpus::Corpus;
use crate::corpus::wording::{PassageId, Relation, SpeakerMatch};
use crate::facts::{Form, QuotationKind};
use crate::rules::{Finding, RuleContext};
use crate::source::BlockKind;

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// How many words a quotation has at least to be reported.
    pub words: usize,
}

/// Blocks of a draft that has no headline of its own.
const SHORT_DRAFT: usize = 6;

/// Reports words that one draft quotes twice in its running text: once for each version of the words. A headline, a
/// caption and a quotation set off as a block repeat the text on purpose, and those who talk with each other repeat each
/// other.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    let least = context.parameters.repeated_quotation.words;
    repeated_parts(corpus, least, findings);
    let wording = corpus.wording();
    for version in 0..wording.versions() as u32 {
        let members = wording.version(version);
        if members.len() < 2 || wording.form(members[0]).len() < least {
            continue;
        }
        let running = |id: &PassageId| in_running_text(corpus, *id);
        let own: Vec<PassageId> = members.iter().copied().filter(running).collect();
        for same in own.chunk_by(|one, other| wording.passage(*one).file == wording.passage(*other).file) {
            let [first, second, rest @ ..] = same else { continue };
            // Two speakers, or two hearers, of the same words are another rule's.
            // A fragment without a speaker is a phrase that the copy turns over; one in the first paragraph of plain
            // text may be its headline.
            let opens = |id: PassageId| {
                corpus.file(wording.passage(id).file).blocks.len() > SHORT_DRAFT
                    && wording.passage(id).quotations(corpus.facts()).any(|quotation| quotation.block == 0)
            };
            let whole = |id: PassageId| {
                let mut quotations = wording.passage(id).quotations(corpus.facts());
                quotations.all(|quotation| quotation.kind == QuotationKind::Sentence)
            };
            let voices = [*first, *second].iter().filter(|id| wording.voice(**id).is_some()).count();
            let apart = block(corpus, *first) != block(corpus, *second);
            let voiced = voices == 2 || apart && voices == 1 && whole(*first) && whole(*second);
            if told_apart(corpus, *first, *second) || !voiced || opens(*first) {
                continue;
            }
            let place = |id: PassageId| wording.passage(id).place(corpus.facts());
            let mut finding = Finding::new(
                "repeated-quotation",
                place(*second),
                "this draft has used the same quotation already",
                wording.key(*first),
            )
            .label("again")
            .related(place(*first), "used here first");
            for &id in rest {
                finding = finding.related(place(id), "and again");
            }
            findings.push(finding);
        }
    }
}

/// Reports words that are a part of what the draft has quoted before, from the same speaker: the second use is the shorter one.
/// A fragment that comes first and is given whole further down leads up to it, which is how stories are told.
fn repeated_parts(corpus: &Corpus, least: usize, findings: &mut Vec<Finding>) {
    let wording = corpus.wording();
    for link in wording.links().iter().filter(|link| link.relation == Relation::Consistent) {
        let (one, other) = (wording.version(link.one), wording.version(link.other));
        let (Some(&a), Some(&b)) = (one.first(), other.first()) else { continue };
        let (long, short) =
            if wording.form(a).len() > wording.form(b).len() { (one, other) } else { (other, one) };
        let part = wording.form(short[0]).len();
        if part < least || part != link.matched as usize || part == wording.form(long[0]).len() {
            continue;
        }
        let pair = short.iter().filter(|id| in_running_text(corpus, **id)).find_map(|&again| {
            let first = long.iter().copied().filter(|&id| in_running_text(corpus, id)).find(|&id| {
                let (here, there) =
                    (wording.passage(id).place(corpus.facts()), wording.passage(again).place(corpus.facts()));
                here.file == there.file
                    && here.span.end <= there.span.start
                    && wording.is_told_by_one_voice(id, again)
            })?;
            (block(corpus, first) != block(corpus, again) && !told_apart(corpus, first, again))
                .then_some((first, again))
        });
        let Some((first, again)) = pair else { continue };
        let place = |id: PassageId| wording.passage(id).place(corpus.facts());
        findings.push(
            Finding::new(
                "repeated-quotation",
                place(again),
                "this draft has quoted these words already, as part of a longer quotation",
                wording.key(again),
            )
            .label("again")
            .related(place(first), "used here first"),
        );
    }
}

/// The number of the block in which a passage begins.
fn block(corpus: &Corpus, id: PassageId) -> Option<u32> {
    corpus.wording().passage(id).quotations(corpus.facts()).next().map(|quotation| quotation.block)
}

/// Does a passage stand in running text, and not in a headline, a list or a turn?
fn in_running_text(corpus: &Corpus, id: PassageId) -> bool {
    let passage = corpus.wording().passage(id);
    !passage.display
        && passage.quotations(corpus.facts()).all(|quotation| {
            let block = corpus.file(passage.file).blocks.get(quotation.block as usize);
            block.is_some_and(|it| it.kind == BlockKind::Paragraph && it.setting.form == Form::Prose)
        })
}

/// Are the two given to different speakers, or told to different hearers?
fn told_apart(corpus: &Corpus, one: PassageId, other: PassageId) -> bool {
    let wording = corpus.wording();
    let voices = wording.voice(one).zip(wording.voice(other));
    let hearer = |id: PassageId| {
        let mut told = wording.passage(id).quotations(corpus.facts());
        told.find_map(|quotation| quotation.attribution.as_ref()?.to.as_ref()).map(|to| to.text.as_str())
    };
    voices.is_some_and(|(one, other)| one.speaker_match(other) == SpeakerMatch::Different)
        || hearer(one).zip(hearer(other)).is_some_and(|(one, other)| one != other)
}
