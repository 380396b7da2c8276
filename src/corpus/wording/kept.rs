//! What is kept of a file's words, and of pairs of wordings, from one build of the lookups to the next.
//!
//! Everything here is a function of the words alone. So it may be kept as long as the words are there, and a lookup
//! that is built with it is the same as one that is built without it.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use xxhash_rust::xxh3::xxh3_64;

use super::Wording;
use super::index;
use super::paraphrase::{self, Topic};
use super::passage::{is_speech, normal_form};
use super::relation::Relation;
use super::vocabulary::{Symbol, Vocabulary};
use crate::corpus::per_file::PerFile;
use crate::facts::FileFacts;
use crate::source::BlockKind;

/// What earlier builds have worked out.
#[derive(Debug, Default)]
pub struct Kept {
    /// Are the lookups built again and again? Where they are built once, keeping would only cost memory.
    pub(super) again: bool,
    pub(super) words: Vocabulary,
    /// By the file's rank; `None` where the file has changed.
    pub(in crate::corpus) files: PerFile<FileWords>,
    pub(super) forms: Forms,
}

/// A file's passages and reports with their words numbered.
#[derive(Debug, Default)]
pub(in crate::corpus) struct FileWords {
    pub(super) passages: Vec<PassageWords>,
    /// The words of the passages, one passage after the other.
    pub(super) symbols: Vec<Symbol>,
    /// The words that a passage has in small letters, each once.
    pub(super) small: Vec<Symbol>,
    /// Reported speech: its index in the file, and its topic words.
    pub(super) reports: Vec<(u32, Arc<Topic>)>,
    /// By mention: does a title say that the person speaks for others?
    pub(super) speaks_for_others: Vec<bool>,
    /// The mentions under the hashes of the names that they have, sorted: an index for [`FileWords::mentions_of`].
    names: Box<[(u32, u32)]>,
}

/// One passage of a file.
#[derive(Debug)]
pub(super) struct PassageWords {
    /// Its quotations: indices into `FileFacts::quotations`.
    pub parts: SmallVec<[u32; 2]>,
    /// Does it stand in a headline or a caption?
    pub display: bool,
    /// Where its words stand in [`FileWords::symbols`].
    pub range: Range<u32>,
}

impl FileWords {
    /// Reads a file's words.
    pub(super) fn read(facts: &FileFacts, words: &mut Vocabulary) -> Self {
        let mut own = Self::default();
        let mut homes: FxHashMap<u32, usize> = FxHashMap::default();
        for (index, quotation) in (0..).zip(&facts.quotations) {
            if quotation.level > 0 || !is_speech(quotation) {
                continue;
            }
            if let Some(&home) = quotation.continues.and_then(|head| homes.get(&head)) {
                own.passages[home].parts.push(index);
                homes.insert(index, home);
                continue;
            }
            homes.insert(index, own.passages.len());
            let block = facts.blocks.get(quotation.block as usize).map(|block| block.kind);
            own.passages.push(PassageWords {
                parts: SmallVec::from_slice(&[index]),
                display: matches!(block, Some(BlockKind::Heading | BlockKind::Caption)),
                range: 0..0,
            });
        }
        if let Some(compared) = &facts.compared {
            own.passages
                .retain(|passage| passage.parts.iter().any(|part| compared.binary_search(part).is_ok()));
        }
        for passage in &mut own.passages {
            passage.range = normal_form(facts, &passage.parts, words, &mut own.symbols, &mut own.small);
        }
        own.small.sort_unstable();
        own.small.dedup();
        own.reports = paraphrase::topics(facts, words);
        own.speaks_for_others = facts
            .mentions
            .iter()
            .map(|mention| {
                mention.titles.iter().any(|title| super::speaker_name::speaks_for_others(&title.text))
            })
            .collect();
        let names = (0..).zip(&facts.mentions).flat_map(|(index, mention)| {
            let names = std::iter::once(mention.name.as_str()).chain(mention.person.as_deref());
            names.map(move |name| (name_hash(name), index))
        });
        let mut names: Vec<(u32, u32)> = names.collect();
        names.sort_unstable();
        names.dedup();
        own.names = names.into();
        own
    }

    /// The mentions that may have this name, in order. Others may share its hash.
    pub(super) fn mentions_of(&self, name: &str) -> impl Iterator<Item = u32> {
        let hash = name_hash(name);
        let first = self.names.partition_point(|(known, _)| *known < hash);
        self.names[first..].iter().take_while(move |(known, _)| *known == hash).map(|(_, index)| *index)
    }
}

fn name_hash(name: &str) -> u32 {
    (xxh3_64(name.as_bytes()) >> 32) as u32
}

/// A wording's number. It tells nothing but which wording it is: it depends on what was read before.
pub(super) type FormId = u32;

/// How two wordings stand to one another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub relation: Relation,
    pub matched: u32,
    pub content: u32,
    pub differing: u32,
}

/// All wordings met, and what was found out about them.
#[derive(Debug, Default)]
pub(super) struct Forms {
    numbers: FxHashMap<Box<[Symbol]>, FormId>,
    /// The keys under which each wording is found.
    runs: Vec<Box<[u64]>>,
    /// The topic words of each wording, in order.
    topics: Vec<Arc<Topic>>,
    /// Pairs of wordings that were laid side by side.
    pub pairs: FxHashMap<(FormId, FormId), Option<Pair>>,
}

impl Forms {
    /// The number of a wording.
    pub fn number(&mut self, form: &[Symbol], words: &Vocabulary) -> FormId {
        if let Some(&known) = self.numbers.get(form) {
            return known;
        }
        let fresh = self.runs.len() as FormId;
        let mut keys = Vec::new();
        index::runs(form, words, &mut keys);
        self.runs.push(keys.into());
        self.topics.push(Arc::new(Topic::of(form, words)));
        self.numbers.insert(form.into(), fresh);
        fresh
    }

    /// The keys under which a wording is found.
    pub fn runs(&self, form: FormId) -> &[u64] {
        &self.runs[form as usize]
    }

    /// The topic words of a wording.
    pub fn topic(&self, form: FormId) -> &Arc<Topic> {
        &self.topics[form as usize]
    }
}

/// Wordings that are kept beyond those that the files have. Each edit leaves a few behind.
const SPARE: usize = 20_000;

impl Kept {
    /// Keeps from now on what is worked out.
    pub fn keep(&mut self) {
        self.again = true;
    }

    /// Takes back the words of lookups that are needed no more.
    pub fn take_back(&mut self, wording: Wording) {
        if !self.again {
            // The words are gone with the lookups, and numbers of words mean nothing without them.
            *self = Self::default();
            return;
        }
        if self.forms.runs.len() > wording.versions.len() * 2 + SPARE {
            *self = Self { again: true, ..Self::default() };
        } else {
            self.words = wording.passages.words;
        }
    }

    /// Reads the words of every file that has none yet.
    pub(super) fn read(&mut self, files: &[FileFacts], words: &mut Vocabulary) {
        self.files.make_room(files.len());
        for (known, facts) in self.files.iter_mut().zip(files) {
            known.get_or_insert_with(|| FileWords::read(facts, words));
        }
    }
}
