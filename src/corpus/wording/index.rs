//! Which versions may be one utterance: those that share a rare run of words.
//!
//! Every version of the words leaves its runs of three words and its pairs of topic words in one index. Runs that
//! occur once can bring nobody together and runs that occur everywhere must not, so each version keeps its rarest
//! few. The work grows with the number of versions, not with the number of pairs.

use super::vocabulary::{GAP, Symbol, Vocabulary};

/// Words in a run.
const RUN: usize = 3;
/// A run that more versions share than this is a turn of phrase.
const COMMON: u16 = 400;
/// Runs that a version keeps, and one more for every so many words.
const KEPT: usize = 16;
const WORDS_PER_RUN: usize = 8;
/// How many neighbours in a run's list a version is compared with. Most lists are shorter than this; in a longer
/// one the copies and variants of an utterance meet through their other runs too.
const NEIGHBOURS: usize = 8;
/// A version of so few words has few runs, and one shared is enough to compare it.
const SHORT: usize = 6;
/// Counters for each word of all versions, which leaves one or two runs: few collisions, and a collision makes a
/// run look more common than it is, so that it may crowd out one that two versions share.
const COUNTERS_PER_WORD: usize = 16;
/// The fewest and the most counters, as powers of two: two bytes each, 128 MB at most.
const COUNTERS: (u32, u32) = (12, 26);

/// Pairs of versions to be compared, each once, the smaller number first, in ascending order. `keys_of` puts the keys
/// under which a version is found ([`runs`]) into the list that it is given.
pub(super) fn candidates(versions: &[&[Symbol]], keys_of: impl Fn(usize, &mut Vec<u64>)) -> Vec<(u32, u32)> {
    let words_of_all: usize = versions.iter().map(|version| version.len()).sum();
    let counters = (words_of_all * COUNTERS_PER_WORD).next_power_of_two();
    let counters = counters.clamp(1 << COUNTERS.0, 1 << COUNTERS.1);
    let slot = |key: u64| key as usize & (counters - 1);
    let mut counts = vec![0_u16; counters];
    let mut keys = Vec::new();
    for version in 0..versions.len() {
        keys_of(version, &mut keys);
        for key in &keys {
            let count = &mut counts[slot(*key)];
            *count = count.saturating_add(1);
        }
    }
    let mut postings: Vec<(u64, u32)> = Vec::new();
    for (number, version) in versions.iter().enumerate() {
        keys_of(number, &mut keys);
        keys.retain(|key| (2..=COMMON).contains(&counts[slot(*key)]));
        keys.sort_unstable_by_key(|key| (counts[slot(*key)], *key));
        keys.truncate(KEPT + version.len() / WORDS_PER_RUN);
        postings.extend(keys.iter().map(|key| (*key, number as u32)));
    }
    drop(counts);
    postings.sort_unstable();
    let mut pairs = Vec::new();
    for list in postings.chunk_by(|one, other| one.0 == other.0) {
        for (rank, &(_, later)) in list.iter().enumerate() {
            pairs.extend(
                list[rank.saturating_sub(NEIGHBOURS)..rank].iter().map(|&(_, earlier)| (earlier, later)),
            );
        }
    }
    pairs.sort_unstable();
    // Two long versions of one utterance share many runs; one alone is a name or a turn of phrase.
    let short = |number: u32| versions[number as usize].len() <= SHORT;
    let shared = pairs.chunk_by(|one, other| one == other);
    shared.filter(|runs| runs.len() > 1 || short(runs[0].0) || short(runs[0].1)).map(|runs| runs[0]).collect()
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
const fn mix(number: u64) -> u64 {
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
