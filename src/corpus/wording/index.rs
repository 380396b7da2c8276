//! Which versions may be one utterance: those that share a rare run of words.
//!
//! Every version of the words leaves its runs of three words and its pairs of topic words in one index. Runs that
//! occur once can bring nobody together and runs that occur everywhere must not, so each version keeps its rarest
//! few. The work grows with the number of versions, not with the number of pairs.

use super::vocabulary::{GAP, Symbol, Vocabulary};

/// Words in a run.
const RUN: usize = 3;
/// A run that more versions share than this is a turn of phrase.
pub(super) const COMMON: u16 = 400;
/// Runs that a version keeps, and one more for every so many words.
const KEPT: usize = 16;
const WORDS_PER_RUN: usize = 8;
/// How many neighbours in a run's list a version is compared with. Most lists are shorter than this; in a longer
/// one the copies and variants of an utterance meet through their other runs too.
const NEIGHBOURS: usize = 8;
/// A version of so few words has few runs, and one shared is enough to compare it.
pub(super) const SHORT: usize = 6;
/// Runs that two versions share before they are compared, where neither is short.
pub(super) const SHARED_RUNS: usize = 2;
/// Counters for each key that may be shared: few collisions, and a collision makes a run look more common than it is, so
/// that it may crowd out one that two versions share.
const COUNTERS_PER_KEY: usize = 16;
/// The fewest and the most counters, as powers of two: two bytes each, 128 MB at most.
const COUNTERS: (u32, u32) = (12, 26);

/// Pairs of versions to be compared, each once, the smaller number first, in ascending order. `keys_of` puts the keys
/// under which a version is found ([`runs`]) into the list that it is given.
pub(super) fn candidates(versions: &[&[Symbol]], keys_of: impl Fn(usize, &mut Vec<u64>)) -> Vec<(u32, u32)> {
    let words_of_all: usize = versions.iter().map(|version| version.len()).sum();
    let mut met = Met::with_room_for(words_of_all);
    let mut keys = Vec::new();
    for version in 0..versions.len() {
        keys_of(version, &mut keys);
        keys.iter().for_each(|&key| met.add(key));
    }
    // Most keys occur once. What is left is counted.
    let mut shared: Vec<(u64, u32)> = Vec::new();
    for version in 0..versions.len() {
        keys_of(version, &mut keys);
        let again = keys.iter().filter(|&&key| met.again(key));
        shared.extend(again.map(|&key| (key, version as u32)));
    }
    drop(met);
    let counters = (shared.len() * COUNTERS_PER_KEY).next_power_of_two();
    let counters = counters.clamp(1 << COUNTERS.0, 1 << COUNTERS.1);
    let slot = |key: u64| key as usize & (counters - 1);
    let mut counts = vec![0_u16; counters];
    for (key, _) in &shared {
        let count = &mut counts[slot(*key)];
        *count = count.saturating_add(1);
    }
    let mut postings: Vec<(u64, u32)> = Vec::new();
    for own in shared.chunk_by(|one, other| one.1 == other.1) {
        let first = postings.len();
        let common = |key: &u64| !(2..=COMMON).contains(&counts[slot(*key)]);
        postings.extend(own.iter().filter(|(key, _)| !common(key)));
        let most = KEPT + versions[own[0].1 as usize].len() / WORDS_PER_RUN;
        if postings.len() - first > most {
            postings[first..].sort_unstable_by_key(|(key, _)| (counts[slot(*key)], *key));
            postings.truncate(first + most);
        }
    }
    drop(counts);
    let buckets = postings.len().next_power_of_two();
    let postings = sorted_in_buckets(&postings, buckets, |(key, _)| *key as usize & (buckets - 1));
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for list in postings.chunk_by(|one, other| one.0 == other.0) {
        for (rank, &(_, later)) in list.iter().enumerate() {
            pairs.extend(
                list[rank.saturating_sub(NEIGHBOURS)..rank].iter().map(|&(_, earlier)| (earlier, later)),
            );
        }
    }
    let pairs = sorted_in_buckets(&pairs, versions.len(), |(earlier, _)| *earlier as usize);
    // Two long versions of one utterance share many runs; one alone is a name or a turn of phrase.
    let short = |number: u32| versions[number as usize].len() <= SHORT;
    let shared = pairs.chunk_by(|one, other| one == other);
    shared
        .filter(|runs| runs.len() >= SHARED_RUNS || short(runs[0].0) || short(runs[0].1))
        .map(|runs| runs[0])
        .collect()
}

/// Puts items into buckets and sorts each bucket: nearly linear where the buckets are small. `bucket` is below `buckets`.
fn sorted_in_buckets<T: Copy + Default + Ord>(
    items: &[T],
    buckets: usize,
    bucket: impl Fn(&T) -> usize,
) -> Vec<T> {
    // Where the next item of each bucket goes; in the end, where the bucket ends.
    let mut next = vec![0_u32; buckets + 1];
    items.iter().for_each(|item| next[bucket(item) + 1] += 1);
    for at in 1..next.len() {
        next[at] += next[at - 1];
    }
    let mut sorted = vec![T::default(); items.len()];
    for item in items {
        let place = &mut next[bucket(item)];
        sorted[*place as usize] = *item;
        *place += 1;
    }
    let mut start = 0;
    for &end in &next[..buckets] {
        sorted[start as usize..end as usize].sort_unstable();
        start = end;
    }
    sorted
}

/// Which keys have been met once, and which more often, as far as two bits a key can tell: two keys that share a bit
/// count as one.
pub(super) struct Met {
    once: Vec<u64>,
    again: Vec<u64>,
}

impl Met {
    /// Bits for each word of all versions, which leaves one or two keys.
    const BITS_PER_WORD: usize = 16;

    pub(super) fn with_room_for(words: usize) -> Self {
        let bits = (words * Self::BITS_PER_WORD).next_power_of_two();
        let bits = bits.clamp(1 << COUNTERS.0, 1 << COUNTERS.1);
        Self { once: vec![0; bits / 64], again: vec![0; bits / 64] }
    }

    /// Where a key's bit is: the place of the number, and the bit in it. The counters take the lowest bits of a key, so
    /// these are the highest.
    fn bit(&self, key: u64) -> (usize, u64) {
        let bit = (key >> 32) as usize & (self.once.len() * 64 - 1);
        (bit / 64, 1 << (bit % 64))
    }

    pub(super) fn add(&mut self, key: u64) {
        let (at, bit) = self.bit(key);
        self.again[at] |= self.once[at] & bit;
        self.once[at] |= bit;
    }

    /// Has the key been met? True for a few that have not.
    pub(super) fn has(&self, key: u64) -> bool {
        let (at, bit) = self.bit(key);
        self.once[at] & bit != 0
    }

    fn again(&self, key: u64) -> bool {
        let (at, bit) = self.bit(key);
        self.again[at] & bit != 0
    }
}

/// The keys under which a version is found, each once. They do not depend on the numbers of the words, so that the same
/// versions meet whatever was read before.
pub(super) fn runs(version: &[Symbol], words: &Vocabulary, keys: &mut Vec<u64>) {
    keys.clear();
    for run in version.windows(RUN) {
        // A run of small words is no sign of anything.
        if !run.contains(&GAP) && run.iter().any(|&word| words.is_content(word)) {
            keys.push(mix(run.iter().fold(1, |hash, &word| mix(hash ^ words.hash(word)))));
        }
    }
    let mut before = None;
    for &word in version.iter().filter(|&&word| words.is_content(word)) {
        if let Some(before) = before {
            keys.push(mix(mix(2 ^ words.stem_hash(before)) ^ words.stem_hash(word)));
        }
        before = Some(word);
    }
    keys.sort_unstable();
    keys.dedup();
}

/// Spreads the bits of a number (the finaliser of SplitMix64).
pub(super) const fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::{candidates, runs};
    use crate::corpus::wording::vocabulary::Vocabulary;

    #[test]
    fn variants_meet_and_strangers_do_not() {
        let texts = [
            "our voters will never forget this winter",
            "our supporters will never forget this winter",
            "the ferry sails at dawn on Tuesday",
            "thank you very much",
        ];
        let mut words = Vocabulary::default();
        let forms: Vec<Vec<u32>> = texts
            .iter()
            .map(|text| {
                let mut form = Vec::new();
                words.number(text, &mut form);
                form
            })
            .collect();
        let versions: Vec<&[u32]> = forms.iter().map(Vec::as_slice).collect();
        let keys = |at: usize, keys: &mut Vec<u64>| runs(versions[at], &words, keys);
        assert_eq!(candidates(&versions, keys), [(0, 1)]);
    }
}
