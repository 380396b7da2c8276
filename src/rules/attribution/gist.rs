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

/// Lists by the words they have; a word that many have finds nothing that another would not.
pub struct Index {
    lists: FxHashMap<u32, SmallVec<[u32; 2]>>,
    /// For each list the words that it shares with the one that is looked for; 0 in between.
    shared: Vec<u32>,
    /// The lists of which that is not 0.
    touched: Vec<u32>,
}

/// A word that more of the lists have is not looked up.
const COMMONEST: usize = 64;

impl Index {
    /// Files each list, by its number, under each of its words.
    pub fn of<'g>(gists: impl Iterator<Item = &'g [u32]>) -> Self {
        let mut lists: FxHashMap<u32, SmallVec<[u32; 2]>> = FxHashMap::default();
        let mut count = 0;
        for (number, gist) in gists.enumerate() {
            count = number + 1;
            for &word in gist {
                lists.entry(word).or_default().push(number as u32);
            }
        }
        Self { lists, shared: vec![0; count], touched: Vec::new() }
    }

    /// The numbers of the lists that share at least `least` words with this one, rare words alone counted, ascending.
    pub fn near(&mut self, gist: &[u32], least: usize) -> Vec<u32> {
        let rare = gist.iter().filter_map(|word| self.lists.get(word)).filter(|list| list.len() <= COMMONEST);
        for &number in rare.flatten() {
            let count = &mut self.shared[number as usize];
            if *count == 0 {
                self.touched.push(number);
            }
            *count += 1;
        }
        let mut found = Vec::new();
        for number in self.touched.drain(..) {
            if std::mem::take(&mut self.shared[number as usize]) as usize >= least {
                found.push(number);
            }
        }
        found.sort_unstable();
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
