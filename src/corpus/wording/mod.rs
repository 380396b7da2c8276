//! The same utterance, wherever it is quoted.
//!
//! Quotations become passages, passages with equal words one version, and versions that share a rare run of words
//! are laid side by side. What is found is a graph: versions and the links between them. Two readings of it serve
//! the rules, utterances ([`Wording::utterances`]: one voice, several wordings) and echoes ([`Wording::echoes`]: one
//! wording, several voices). Nothing here says which form is right.

mod align;
mod as_said;
mod band;
mod condition;
mod contraction;
mod cut_on_tape;
mod departure;
mod difference;
mod discourse;
mod display;
mod gap;
mod groups;
mod hit;
mod index;
mod kept;
mod keys;
mod label;
mod ladder;
mod near;
mod occasion;
mod overlap;
mod paraphrase;
mod passage;
mod relation;
mod reported;
mod short;
mod short_piece;
mod sides;
mod sound;
mod speech;
mod tape;
mod turned;
mod unmarked;
mod verdict;
mod vocabulary;
mod votes;
mod speaker_name;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;

use super::people::People;
use super::registry::Registry;
use crate::facts::FileFacts;
use crate::parallel;
use kept::{FormId, Forms, Pair};
use paraphrase::Topic;
use passage::Passages;
use speaker_name::Cast;

pub use align::{Alignment, Hunk, align};
pub use condition::{CutCondition, Reordered};
pub use cut_on_tape::CutOnTape;
pub use departure::Departure;
pub use difference::Difference;
pub use gap::Seam;
pub use groups::{Echo, Utterance};
pub use hit::{Heard, Hit, Whose};
pub use kept::Kept;
pub use keys::{COMMON_RUN, KEYS_VERSION, KeyReader, PassageKeys, short_quotations};
pub use label::{LabelSource, TapeLabel};
pub use ladder::{LADDER, NEVER_FOLDED, NormalizationStep, Term, read};
pub use paraphrase::Paraphrase;
pub use passage::{Passage, PassageId, Surface, Underlined, VoiceId};
pub use relation::{Change, Link, Relation};
pub use sides::{Sides, gravest};
pub use speaker_name::{SpeakerMatch, SpeakerName};
pub use unmarked::{LEAST_UNMARKED, Unmarked, unmarked_words};
pub use verdict::{Edit, Unchecked, Verdict};
pub use vocabulary::{GAP, Symbol, Vocabulary};

/// The passages of one version; most have one.
type Members = SmallVec<[PassageId; 4]>;

/// All passages and how their words stand to one another.
#[derive(Debug, Default)]
pub struct Wording {
    passages: Passages,
    /// For each version of the words, the passages that have it, in path order.
    versions: Vec<Members>,
    links: Vec<Link>,
    utterances: Vec<Utterance>,
    /// By utterance: its wordings side by side, once somebody has asked.
    sides: Vec<OnceLock<Option<Sides>>>,
    echoes: Vec<Echo>,
    /// By passage: what was heard of it, or why it was not looked for; empty where there are no tapes.
    heard: Vec<Result<Heard, Unchecked>>,
    labels: Vec<TapeLabel>,
    paraphrases: Vec<Paraphrase>,
}

impl Wording {
    /// Finds the passages that are one utterance. Almost linear in the number of quotations.
    pub fn build(files: &[FileFacts], people: &People, registry: &Registry) -> Self {
        Self::build_again(files, people, registry, &mut Kept::default())
    }

    /// The same, with what an earlier build has worked out.
    pub fn build_again(files: &[FileFacts], people: &People, registry: &Registry, kept: &mut Kept) -> Self {
        let mut words = std::mem::take(&mut kept.words);
        kept.read(files, &mut words);
        let cast = Cast::new(files, &kept.files, people, registry);
        let mut passages = Passages::collect(files, &kept.files, words, &cast);
        let tapes = tape::Tapes::collect(files, &cast, (people, registry), &mut passages.words);
        let reports = paraphrase::Reports::collect(&kept.files);
        let (versions, numbers) = group_by_words(&mut passages, kept.again.then_some(&mut kept.forms));
        let forms: Vec<&[Symbol]> = versions.iter().map(|members| passages.form(members[0])).collect();
        let links = links(&forms, &numbers, &passages.words, &mut kept.forms);
        let mut wording = Self { passages, versions, links, ..Self::default() };
        (wording.utterances, wording.echoes) = groups::read(&wording, files);
        wording.utterances.extend(short::utterances(&wording, files));
        wording.utterances.extend(near::utterances(&wording, files));
        let above = display::utterances(&wording, files);
        wording.utterances.extend(above);
        wording.utterances.sort_unstable_by(|one, other| one.passages.cmp(&other.passages));
        wording.sides.resize_with(wording.utterances.len(), OnceLock::new);
        wording.heard = tapes.hear(&wording, files);
        wording.labels = tapes.labels;
        let topics: Vec<Arc<Topic>> = match numbers.is_empty() {
            true => (0..wording.versions() as u32).map(|version| Arc::new(wording.topic(version))).collect(),
            false => numbers.iter().map(|&form| Arc::clone(kept.forms.topic(form))).collect(),
        };
        wording.paraphrases = reports.find(&wording, files, &cast, &topics);
        wording
    }

    /// The topic words of a version.
    fn topic(&self, version: u32) -> Topic {
        Topic::of(self.form(self.version(version)[0]), self.vocabulary())
    }

    /// Every passage, in path order and then in the order of the text.
    pub fn passages(&self) -> &[Passage] {
        &self.passages.all
    }

    /// One passage.
    pub fn passage(&self, id: PassageId) -> &Passage {
        &self.passages.all[id as usize]
    }

    /// Who said a passage, where that is decided.
    pub fn voice(&self, id: PassageId) -> Option<&SpeakerName> {
        self.passage(id).voice.map(|voice| &self.passages.voices[voice as usize])
    }

    /// A passage's words in their normal form.
    pub fn form(&self, id: PassageId) -> &[Symbol] {
        self.passages.form(id)
    }

    /// The words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.passages.words
    }

    /// The passages that have one version of the words, in path order.
    pub fn version(&self, number: u32) -> &[PassageId] {
        &self.versions[number as usize]
    }

    /// How many versions there are.
    pub fn versions(&self) -> usize {
        self.versions.len()
    }

    /// The versions that are one utterance, by pairs.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Utterances of one voice that are quoted in several wordings, in the order of their first passages.
    pub fn utterances(&self) -> &[Utterance] {
        &self.utterances
    }

    /// Words that several voices are quoted with, in the order of their first passages.
    pub fn echoes(&self) -> &[Echo] {
        &self.echoes
    }

    /// Quotations whose content another draft reports without marks from another source, in path order.
    pub fn paraphrases(&self) -> &[Paraphrase] {
        &self.paraphrases
    }

    /// What the tapes have of a passage; `None` where it is unchecked.
    pub fn heard(&self, id: PassageId) -> Option<&Heard> {
        self.checked(id).ok()
    }

    /// What the tapes have of a passage, or why it is not held against them.
    ///
    /// # Errors
    /// The reason why it is unchecked.
    pub fn checked(&self, id: PassageId) -> Result<&Heard, Unchecked> {
        self.heard
            .get(id as usize)
            .map_or(Err(Unchecked::NoTape), |heard| heard.as_ref().map_err(|reason| *reason))
    }

    /// The labels of all transcripts, and whom each is taken for; in order of files and first turns.
    pub fn labels(&self) -> &[TapeLabel] {
        &self.labels
    }

    /// A passage's words in their normal form as one line: what a fingerprint is made of.
    pub fn key(&self, id: PassageId) -> String {
        let words: Vec<&str> = self.form(id).iter().map(|&word| self.passages.words.text(word)).collect();
        words.join(" ")
    }
}

/// Gives passages with equal words one version. Returns the passages of each version, and, where wordings are kept, the
/// number under which each is.
fn group_by_words(passages: &mut Passages, kept: Option<&mut Forms>) -> (Vec<Members>, Vec<FormId>) {
    let mut versions: Vec<Members> = Vec::with_capacity(passages.forms.len());
    let mut kept_as: Vec<FormId> = Vec::new();
    let mut given: Vec<u32> = Vec::with_capacity(passages.forms.len());
    let words = |range: &Range<u32>| &passages.symbols[range.start as usize..range.end as usize];
    let forms = passages.forms.iter().map(words);
    let forms = forms.map(|form| (!form.iter().all(|&word| word == GAP)).then_some(form));
    let fresh = |versions: &mut Vec<Members>| {
        versions.push(Members::new());
        versions.len() as u32 - 1
    };
    if let Some(kept) = kept {
        // By the wording's number: its version.
        let mut known: Vec<u32> = Vec::new();
        for form in forms {
            given.push(form.map_or(NO_VERSION, |form| {
                let number = kept.number(form, &passages.words);
                if known.len() <= number as usize {
                    known.resize(number as usize + 1, NO_VERSION);
                }
                let version = &mut known[number as usize];
                if *version == NO_VERSION {
                    *version = fresh(&mut versions);
                    kept_as.push(number);
                }
                *version
            }));
        }
    } else {
        let mut known: FxHashMap<&[Symbol], u32> =
            FxHashMap::with_capacity_and_hasher(passages.forms.len(), FxBuildHasher);
        for form in forms {
            let version = form.map(|form| *known.entry(form).or_insert_with(|| fresh(&mut versions)));
            given.push(version.unwrap_or(NO_VERSION));
        }
    }
    for (id, (passage, version)) in passages.all.iter_mut().zip(given).enumerate() {
        passage.version = version;
        if version != NO_VERSION {
            versions[version as usize].push(id as PassageId);
        }
    }
    (versions, kept_as)
}

/// The version of a passage that has no words.
const NO_VERSION: u32 = u32::MAX;

/// Lays the versions side by side that share a rare run of words. `numbers` are those of their wordings, where wordings
/// are kept; then pairs that are known are not laid side by side again.
fn links(forms: &[&[Symbol]], numbers: &[FormId], words: &Vocabulary, kept: &mut Forms) -> Vec<Link> {
    let candidates = index::candidates(forms, |version, keys| match numbers.get(version) {
        Some(&number) => {
            keys.clear();
            keys.extend_from_slice(kept.runs(number));
        }
        None => index::runs(forms[version], words, keys),
    });
    let number = |version: u32| numbers.get(version as usize).copied();
    let known_as = |&(one, other): &(u32, u32)| number(one).zip(number(other));
    let known = |pair: &(u32, u32)| known_as(pair).is_some_and(|pair| kept.pairs.contains_key(&pair));
    let fresh: Vec<(u32, u32)> = candidates.iter().filter(|pair| !known(pair)).copied().collect();
    let related = parallel::map(&fresh, |&(one, other)| {
        let (one, other) = (forms[one as usize], forms[other as usize]);
        if !overlap::may_be_one(one, other, words) {
            return None;
        }
        let (relation, aligned) = relation::relate(one, other, words)?;
        Some(Pair {
            relation,
            matched: aligned.matches.len() as u32,
            content: relation::content(&aligned, one, words) as u32,
            differing: relation::differing(&aligned, one, other) as u32,
        })
    });
    let link = |(one, other): (u32, u32), pair: Pair| Link {
        one,
        other,
        relation: pair.relation,
        matched: pair.matched,
        content: pair.content,
        differing: pair.differing,
    };
    let mut links: Vec<Link> = Vec::new();
    if numbers.is_empty() {
        links.extend(fresh.iter().zip(related).filter_map(|(pair, related)| Some(link(*pair, related?))));
    } else {
        for (pair, related) in fresh.iter().zip(related) {
            kept.pairs.extend(known_as(pair).map(|pair| (pair, related)));
        }
        links.extend(candidates.iter().filter_map(|pair| {
            let related = (*kept.pairs.get(&known_as(pair)?)?)?;
            Some(link(*pair, related))
        }));
    }
    links.sort_unstable_by_key(|link| (link.one, link.other));
    links
}
