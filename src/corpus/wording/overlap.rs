//! Can two versions be one utterance? A bound that costs little is asked before they are laid side by side.
//!
//! Most pairs that share a run of words share it by chance. Two versions that are one utterance have enough words in
//! common in the same order (see [`super::relation::relate`]), and the longest common subsequence is at least as long as
//! what any alignment matches. It is counted sixty-four words at a time (Hyyrö's bit-parallel method). So the bound
//! loses no pair, and most pairs need no more.

use rustc_hash::FxHashMap;

use super::relation::{LEAST_CONTENT, LEAST_MATCHED, OVERLAP};
use super::vocabulary::{GAP, Symbol, Vocabulary};

/// Versions with more words are laid side by side without being asked.
const LONGEST: usize = 64;

/// May two versions be one utterance? True for every pair that [`super::relation::relate`] relates.
pub fn may_be_one(one: &[Symbol], other: &[Symbol], words: &Vocabulary) -> bool {
    let (long, short) = if one.len() < other.len() { (other, one) } else { (one, other) };
    if short.len() > LONGEST {
        return true;
    }
    let (shared, content) = common(long, short, words);
    let said = |form: &[Symbol]| form.iter().filter(|&&word| word != GAP).count();
    let held = || shared >= said(one).min(said(other));
    (content > 0 && (shared >= OVERLAP || held())) || (shared >= LEAST_MATCHED && content >= LEAST_CONTENT)
}

/// Has `other` most of the words of `asked`, in their order? Three of four are most. Of a very long one that is not known.
pub(super) fn has_most(other: &[Symbol], asked: &[Symbol], words: &Vocabulary) -> bool {
    let asked_for = asked.iter().filter(|&&word| word != GAP).count();
    let (shared, content) = if asked.len() <= LONGEST { common(other, asked, words) } else { (0, 0) };
    content > 0 && shared * 4 >= asked_for * 3
}

/// The length of the longest common subsequence of words, and of words with a topic. `short` has at most [`LONGEST`].
fn common(long: &[Symbol], short: &[Symbol], words: &Vocabulary) -> (usize, usize) {
    let mut places: FxHashMap<Symbol, u64> = FxHashMap::default();
    places.reserve(short.len());
    for (at, &word) in short.iter().enumerate().filter(|(_, word)| **word != GAP) {
        *places.entry(word).or_default() |= 1 << at;
    }
    // A bit that is 0 stands for a word of the short one by which the common subsequence grows.
    let step = |row: u64, at: u64| row.wrapping_add(row & at) | (row & !at);
    let (mut all, mut topical) = (u64::MAX, u64::MAX);
    for word in long {
        if let Some(&at) = places.get(word) {
            all = step(all, at);
            if words.is_content(*word) {
                topical = step(topical, at);
            }
        }
    }
    let used = u64::MAX.checked_shr(64 - short.len() as u32).unwrap_or(0);
    ((!all & used).count_ones() as usize, (!topical & used).count_ones() as usize)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, prop, proptest};

    use super::{common, may_be_one};
    use crate::corpus::wording::relation::relate;
    use crate::corpus::wording::vocabulary::{GAP, Symbol, Vocabulary};

    fn numbered(one: &str, other: &str) -> (Vocabulary, Vec<Symbol>, Vec<Symbol>) {
        let (mut words, mut left, mut right) = (Vocabulary::default(), Vec::new(), Vec::new());
        words.number(one, &mut left);
        words.number(other, &mut right);
        (words, left, right)
    }

    /// The same by the table that the books have.
    fn plain(one: &[Symbol], other: &[Symbol]) -> usize {
        let mut row = vec![0; other.len() + 1];
        for a in one {
            let mut diagonal = 0;
            for (j, b) in other.iter().enumerate() {
                let above = row[j + 1];
                row[j + 1] = if a == b && *a != GAP { diagonal + 1 } else { above.max(row[j]) };
                diagonal = above;
            }
        }
        row[other.len()]
    }

    /// Versions as they are made: words left out of one text, put into it, changed, cut off and bracketed.
    fn versions() -> impl Strategy<Value = (String, String)> {
        const TEXT: [&str; 24] = [
            "the", "harbour", "belongs", "to", "the", "people", "who", "work", "in", "it", "every", "day",
            "and", "no", "minister", "of", "this", "town", "will", "sell", "it", "before", "the", "winter",
        ];
        let edit = (0usize..24, 0usize..8, 0usize..4);
        let version =
            (0usize..20, 4usize..25, prop::collection::vec(edit, 0..3)).prop_map(|(from, length, edits)| {
                let mut words: Vec<&str> = TEXT[from..(from + length).min(24)].to_vec();
                for (at, long, kind) in edits {
                    let at = at.min(words.len());
                    let until = (at + long).min(words.len());
                    match kind {
                        0 => drop(words.splice(at..until, [])),
                        1 => drop(words.splice(at..at, ["not", "really", "so"])),
                        2 => drop(words.splice(at..until, ["…"])),
                        _ => drop(words.splice(at..until.min(at + 2), ["[the", "mayor]", "boats"])),
                    }
                }
                words.join(" ")
            });
        (version.clone(), version)
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(2000))]
        #[test]
        fn no_pair_that_is_related_is_lost((one, other) in versions()) {
            let (words, left, right) = numbered(&one, &other);
            if relate(&left, &right, &words).is_some() {
                assert!(may_be_one(&left, &right, &words), "{one} / {other}");
            }
        }

        #[test]
        fn bits_count_what_the_table_counts((one, other) in versions()) {
            let (words, left, right) = numbered(&one, &other);
            assert_eq!(common(&left, &right, &words).0, plain(&left, &right));
            let topical = |form: &[Symbol]| form.iter().copied().filter(|&word| words.is_content(word)).collect::<Vec<_>>();
            assert_eq!(common(&left, &right, &words).1, plain(&topical(&left), &topical(&right)));
        }
    }

    #[test]
    fn strangers_need_no_alignment() {
        let (words, left, right) = numbered(
            "we are going to mend the pier before the winter and that is what the council wants",
            "they are going to close the school because nobody in the county has any money",
        );
        assert!(!may_be_one(&left, &right, &words));
    }
}
