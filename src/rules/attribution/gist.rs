//! Reported speech and plain statements that say the same in about the same words, found by the words they share.

use smallvec::SmallVec;

use crate::corpus::Corpus;
use crate::corpus::people::{MentionAt, PersonId};
use crate::facts::{Indirect, SHORTEST_GIST};
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

/// Lists of words, found by those that are like them.
///
/// Of two lists that are alike, each has one of the other's rarest words: of all but as many as may be missing. So a list
/// is filed under its rarest words only, and looked for under its rarest (the prefix filter of Chaudhuri, Ganti and
/// Kaushik, 2006). Any order of the words serves that has no ties, so it does no harm that two words may share a counter.
pub struct Index<'g> {
    gists: Vec<&'g [u32]>,
    alike: f64,
    /// How many lists have each word, in short: by the word's last bits.
    counts: Vec<u32>,
    /// By the word's last bits: the last of `filed` under such a word, plus one; 0 where there is none.
    heads: Vec<u32>,
    filed: Vec<Filed>,
}

/// A list under one of its words.
struct Filed {
    word: u32,
    list: u32,
    /// The one before it under a word with the same last bits, as in [`Index::heads`].
    before: u32,
}

impl<'g> Index<'g> {
    /// Files each list, by its number. Two are alike where their [`likeness`] is at least `alike`, above 0 and up to 1.
    pub fn of(gists: impl Iterator<Item = &'g [u32]>, alike: f64) -> Self {
        let gists: Vec<&[u32]> = gists.collect();
        let words = gists.iter().map(|gist| gist.len()).sum::<usize>();
        let counters = (words / WORDS_PER_KIND).next_power_of_two();
        let mut counts = vec![0; counters];
        gists.iter().copied().flatten().for_each(|&word| counts[word as usize & (counters - 1)] += 1);
        let mut index = Self { gists, alike, counts, heads: vec![0; counters], filed: Vec::new() };
        for list in 0..index.gists.len() {
            for word in index.rarest(index.gists[list]) {
                let slot = index.slot(word);
                let before = std::mem::replace(&mut index.heads[slot], index.filed.len() as u32 + 1);
                index.filed.push(Filed { word, list: list as u32, before });
            }
        }
        index
    }

    /// Where the counter and the head of a word are. The words in short are hashes, so their last bits tell them apart as
    /// well as any others.
    fn slot(&self, word: u32) -> usize {
        word as usize & (self.heads.len() - 1)
    }

    /// The lists that are filed under a word.
    fn filed_under(&self, word: u32) -> impl Iterator<Item = u32> {
        let filed = |place: u32| self.filed.get((place as usize).checked_sub(1)?);
        let first = filed(self.heads[self.slot(word)]);
        std::iter::successors(first, move |last| filed(last.before))
            .filter(move |filed| filed.word == word)
            .map(|filed| filed.list)
    }

    /// How many of a list's words it takes so that every list that is like it has one of them.
    fn wanted(&self, gist: &[u32]) -> usize {
        let least = (self.alike * gist.len() as f64).ceil() as usize;
        (gist.len() + 1).saturating_sub(least)
    }

    /// The rarest words of a list, of which every list that is like it has one.
    fn rarest(&self, gist: &[u32]) -> SmallVec<[u32; 16]> {
        let wanted = self.wanted(gist);
        // The rarest so far, in order. Few of many are wanted, so that most words are not moved.
        let mut rarest: SmallVec<[(u32, u32); 16]> = SmallVec::new();
        for &word in gist {
            let item = (self.counts[self.slot(word)], word);
            if rarest.len() == wanted {
                if rarest.last().is_none_or(|last| *last <= item) {
                    continue;
                }
                rarest.pop();
            }
            let place = rarest.iter().rposition(|known| *known < item).map_or(0, |before| before + 1);
            rarest.insert(place, item);
        }
        rarest.iter().map(|(_, word)| *word).collect()
    }

    /// The numbers of the lists that are like this one, ascending.
    pub fn like(&self, gist: &[u32]) -> Vec<u32> {
        // Where too many of its words are in no list at all, the others cannot make up for them.
        let missing = gist.iter().filter(|&&word| self.counts[self.slot(word)] == 0).count();
        if missing >= self.wanted(gist) {
            return Vec::new();
        }
        let rarest = self.rarest(gist);
        let long_enough = |&number: &u32| {
            let other = self.gists[number as usize];
            let (short, long) = (gist.len().min(other.len()), gist.len().max(other.len()));
            short as f64 >= self.alike * long as f64
        };
        let lists = rarest.iter().flat_map(|&word| self.filed_under(word));
        let mut found: Vec<u32> = lists.filter(long_enough).collect();
        found.sort_unstable();
        found.dedup();
        found.retain(|&number| likeness(gist, self.gists[number as usize]) >= self.alike);
        found
    }
}

/// In copy, about one word in so many is new: so many words go to a counter.
const WORDS_PER_KIND: usize = 4;

/// The share of equal words, of the longer list, 0 to 1. Both lists ascend.
pub fn likeness(one: &[u32], other: &[u32]) -> f64 {
    let (mut equal, mut rest) = (0_usize, other);
    for word in one {
        let before = rest.iter().take_while(|known| *known < word).count();
        rest = &rest[before..];
        equal += usize::from(rest.first() == Some(word));
    }
    equal as f64 / one.len().max(other.len()).max(1) as f64
}

/// Drafts published further apart than this in days tell two stories, as long as nothing else ties them.
const DAYS_APART: i32 = 3;

/// Are two drafts about one story: of about the same days, and with a person in common?
pub fn one_story(corpus: &Corpus, one: FileId, other: FileId) -> bool {
    published_within(corpus, one, other, DAYS_APART) && share_a_person(corpus, one, other)
}

/// Were two drafts published within so many days, as far as they tell?
pub fn published_within(corpus: &Corpus, one: FileId, other: FileId, days: i32) -> bool {
    let day = |file: FileId| corpus.file(file).published.map(|published| published.day);
    day(one).zip(day(other)).is_none_or(|(one, other)| one.days_since(other).abs() <= days)
}

/// Does one person come up in both drafts?
pub fn share_a_person(corpus: &Corpus, one: FileId, other: FileId) -> bool {
    let people = |file: FileId| {
        let mentions = 0..corpus.file(file).mentions.len() as u32;
        mentions.filter_map(move |index| corpus.people().of(MentionAt { file, index }))
    };
    let known: Vec<PersonId> = people(one).collect();
    people(other).any(|person| known.contains(&person))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Index, likeness};

    proptest! {
        /// The index finds what a look at every list finds.
        #[test]
        fn no_list_that_is_alike_is_missed(
            lists in prop::collection::vec(prop::collection::btree_set(0_u32..30, 0..12), 0..20),
            own in prop::collection::btree_set(0_u32..30, 1..12),
            percent in 50_u32..=100,
        ) {
            let lists: Vec<Vec<u32>> = lists.into_iter().map(|list| list.into_iter().collect()).collect();
            let own: Vec<u32> = own.into_iter().collect();
            let alike = f64::from(percent) / 100.0;
            let all = (0_u32..).zip(&lists).filter(|(_, list)| likeness(&own, list) >= alike);
            let all: Vec<u32> = all.map(|(number, _)| number).collect();
            prop_assert_eq!(Index::of(lists.iter().map(Vec::as_slice), alike).like(&own), all);
        }
    }
}
