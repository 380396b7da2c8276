//! Keys under which names are found.

use smallvec::SmallVec;
use xxhash_rust::xxh3::xxh3_64;

use crate::lexicon::{Class, fold, lexicon};

/// A folded name's hash. Two different names share one in some 10¹⁹ pairs, so a key stands for its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonKey(u64);

impl PersonKey {
    /// The key of folded words.
    pub fn of(folded: &str) -> Self {
        Self(xxh3_64(folded.as_bytes()))
    }
}

/// The keys of a name of two words or more: all its words but “Jr.”, then the first and the last alone. A name of
/// one word has its own key, which no fuller name shares.
pub fn name_keys(name: &str) -> impl Iterator<Item = PersonKey> {
    let folded = fold(name);
    let words = parts(&folded);
    let mut keys: SmallVec<[PersonKey; 2]> = SmallVec::new();
    if !words.is_empty() {
        keys.push(PersonKey::of(&words.join(" ")));
    }
    if let [first, .., last] = words.as_slice()
        && words.len() > 2
    {
        // Hyphens part words, so “Jean-Noël” and a middle name look alike; the full key above keeps them apart.
        keys.push(PersonKey::of(&format!("{first} {last}")));
    }
    keys.into_iter()
}

/// The key of a name's family name: its last word but “Jr.”.
pub fn surname(name: &str) -> Option<PersonKey> {
    let folded = fold(name);
    parts(&folded).last().map(|last| PersonKey::of(last))
}

/// The words of a folded name without “Jr.”, “III” and the like.
pub fn parts(folded: &str) -> SmallVec<[&str; 4]> {
    let mut words: SmallVec<[&str; 4]> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|last| lexicon().class(last).any(Class::SUFFIX)) {
        words.pop();
    }
    words
}
