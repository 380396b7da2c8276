//! The same utterance, wherever it is quoted.
//!
//! Quotations become passages, passages with equal words one version, and versions that share a rare run of words
//! are laid side by side. What is found is a graph: versions and the links between them. Two readings of it serve
//! the rules, utterances ([`Wording::utterances`]: one voice, several wordings) and echoes ([`Wording::echoes`]: one
//! wording, several voices). Nothing here says which form is right.

mod align;
mod band;
mod difference;
mod display;
mod groups;
mod index;
mod ladder;
mod paraphrase;
mod passage;
mod relation;
mod short;
mod tape;
mod verdict;
mod vocabulary;
mod speaker_name;

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashMap;

use super::people::People;
use super::registry::Registry;
use crate::facts::FileFacts;
use passage::Passages;
use speaker_name::Cast;

pub use align::{Alignment, Hunk, align};
pub use difference::Difference;
pub use groups::{Echo, Utterance};
pub use ladder::{LADDER, NEVER_FOLDED, NormalizationStep, Term, read};
pub use paraphrase::Paraphrase;
pub use passage::{Passage, PassageId, Surface, Underlined, VoiceId};
pub use relation::{Change, Link, Relation};
pub use speaker_name::{SpeakerMatch, SpeakerName};
pub use tape::{Heard, Hit, Whose};
pub use verdict::{Edit, Unchecked, Verdict};
pub use vocabulary::{GAP, Symbol, Vocabulary};

/// All passages and how their words stand to one another.
#[derive(Debug, Default)]
pub struct Wording {
    passages: Passages,
    /// For each version of the words, the passages that have it, in path order.
    versions: Vec<Vec<PassageId>>,
    links: Vec<Link>,
    utterances: Vec<Utterance>,
    echoes: Vec<Echo>,
    heard: Vec<Option<Heard>>,
    /// For each voice, is it on a tape? Empty where there are no tapes.
    on_tape: Vec<bool>,
    paraphrases: Vec<Paraphrase>,
}

impl Wording {
    /// Finds the passages that are one utterance. Almost linear in the number of quotations.
    pub fn build(files: &[FileFacts], people: &People, registry: &Registry) -> Self {
        let cast = Cast::gather(files, people, registry);
        let mut passages = Passages::collect(files, &cast);
        let tapes = tape::Tapes::collect(files, &cast, &mut passages.words);
        let reports = paraphrase::Reports::collect(files, &mut passages.words);
        let versions = group_by_words(&mut passages);
        let forms: Vec<&[Symbol]> = versions.iter().map(|members| passages.form(members[0])).collect();
        let pairs = index::candidates(&forms, &passages.words);
        let mut links: Vec<Link> = pairs
            .par_iter()
            .filter_map(|&(one, other)| {
                let form = forms[one as usize];
                let (relation, aligned) = relation::relate(form, forms[other as usize], &passages.words)?;
                Some(Link {
                    one,
                    other,
                    relation,
                    matched: aligned.matches.len() as u32,
                    content: relation::content(&aligned, form, &passages.words) as u32,
                    differing: relation::differing(&aligned, form, forms[other as usize]) as u32,
                })
            })
            .collect();
        links.sort_unstable_by_key(|link| (link.one, link.other));
        let mut wording = Self { passages, versions, links, ..Self::default() };
        (wording.utterances, wording.echoes) = groups::read(&wording, files);
        wording.utterances.extend(short::utterances(&wording, files));
        let above = display::utterances(&wording);
        wording.utterances.extend(above);
        wording.utterances.sort_unstable_by(|one, other| one.passages.cmp(&other.passages));
        wording.heard = tapes.hear(&wording);
        wording.on_tape = tapes.have(&wording.passages.voices);
        wording.paraphrases = reports.find(&wording, files, &cast);
        wording
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

    /// What the tapes have of a passage; `None` where it is unchecked: its speaker is on no tape, or undecided, or
    /// the words are too few to look for.
    pub fn heard(&self, id: PassageId) -> Option<&Heard> {
        self.heard.get(id as usize)?.as_ref()
    }

    /// A passage's words in their normal form as one line: what a fingerprint is made of.
    pub fn key(&self, id: PassageId) -> String {
        let words: Vec<&str> = self.form(id).iter().map(|&word| self.passages.words.text(word)).collect();
        words.join(" ")
    }
}

/// Gives passages with equal words one version.
fn group_by_words(passages: &mut Passages) -> Vec<Vec<PassageId>> {
    let mut numbers: FxHashMap<&[Symbol], u32> = FxHashMap::default();
    let mut versions: Vec<Vec<PassageId>> = Vec::new();
    for (id, range) in passages.forms.iter().enumerate() {
        let form = &passages.symbols[range.start as usize..range.end as usize];
        if form.iter().all(|&word| word == GAP) {
            passages.all[id].version = u32::MAX;
            continue;
        }
        let number = *numbers.entry(form).or_insert(versions.len() as u32);
        if number as usize == versions.len() {
            versions.push(Vec::with_capacity(1));
        }
        versions[number as usize].push(id as PassageId);
        passages.all[id].version = number;
    }
    versions
}
