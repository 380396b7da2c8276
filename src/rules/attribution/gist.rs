//! Reported speech and plain statements that say the same in about the same words, found by the words they share.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::corpus::Corpus;
use crate::corpus::people::{MentionAt, PersonId};
use crate::facts::{FileFacts, Indirect, SHORTEST_GIST};
use crate::source::FileId;

/// Reported speech with its words in short.
pub struct Report<'c> {
    /// The draft.
    pub file: FileId,
    /// The report.
    pub told: &'c Indirect,
    /// Its content in short, ascending.
    pub gist: &'c [u32],
}

/// All reported speech whose content has words enough to be compared.
pub fn reports(corpus: &Corpus) -> Vec<Report<'_>> {
    let all = corpus.files().flat_map(|(file, facts)| facts.indirect.iter().map(move |told| (file, told)));
    all.map(|(file, told)| Report { file, told, gist: &told.gist })
        .filter(|report| report.gist.len() >= SHORTEST_GIST)
        .collect()
}

/// Lists by the words they have.
pub struct Index<'g> {
    gists: Vec<&'g [u32]>,
    /// By word: the numbers of the lists that have it, ascending.
    lists: FxHashMap<u32, SmallVec<[u32; 2]>>,
}

impl<'g> Index<'g> {
    /// Files each list, by its number, under each of its words.
    pub fn of(gists: impl Iterator<Item = &'g [u32]>) -> Self {
        let gists: Vec<&[u32]> = gists.collect();
        let mut lists: FxHashMap<u32, SmallVec<[u32; 2]>> = FxHashMap::default();
        for (number, gist) in gists.iter().enumerate() {
            for &word in *gist {
                lists.entry(word).or_default().push(number as u32);
            }
        }
        Self { gists, lists }
    }

    /// The numbers of the lists that are like this one by a share of at least `alike`, above 0 and up to 1, ascending.
    ///
    /// Whatever has so many of its words has one of the rarest, of all but as many as may be missing: only the lists
    /// of these are looked at (the prefix filter of Chaudhuri, Ganti and Kaushik, 2006).
    pub fn like(&self, gist: &[u32], alike: f64) -> Vec<u32> {
        let least = (alike * gist.len() as f64).ceil() as usize;
        let lists = gist.iter().map(|word| self.lists.get(word).map_or(&[][..], SmallVec::as_slice));
        let mut lists: SmallVec<[&[u32]; 32]> = lists.collect();
        lists.sort_unstable_by_key(|list| list.len());
        lists.truncate((gist.len() + 1).saturating_sub(least));
        let mut found: Vec<u32> = lists.concat();
        found.sort_unstable();
        found.dedup();
        found.retain(|&number| likeness(gist, self.gists[number as usize]) >= alike);
        found
    }
}

/// The share of equal words, of the longer list, 0 to 1.
pub fn likeness(one: &[u32], other: &[u32]) -> f64 {
    let equal = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
    equal as f64 / one.len().max(other.len()).max(1) as f64
}

/// Drafts published further apart than this in days tell two stories, as long as nothing else ties them.
const DAYS_APART: i32 = 3;

/// Are two drafts about one story: of about the same days, and with a person in common?
pub fn one_story(corpus: &Corpus, one: FileId, other: FileId) -> bool {
    let facts = |file: FileId| -> &FileFacts { corpus.file(file) };
    let near = facts(one)
        .published
        .zip(facts(other).published)
        .is_none_or(|(one, other)| one.day.days_since(other.day).abs() <= DAYS_APART);
    let people = |file: FileId| {
        let mentions = 0..facts(file).mentions.len() as u32;
        mentions.filter_map(move |index| corpus.people().of(MentionAt { file, index }))
    };
    near && {
        let known: Vec<PersonId> = people(one).collect();
        people(other).any(|person| known.contains(&person))
    }
}
