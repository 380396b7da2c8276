//! Keys under which names are found.

use smallvec::SmallVec;
use xxhash_rust::xxh3::xxh3_64;

use crate::lexicon::{fold, lexicon, one_slip, skeleton};

/// A folded name's hash. Two different names share one in some 10¹⁹ pairs, so a key stands for its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonKey(u64);

impl PersonKey {
    /// The key of folded words.
    pub fn of(folded: &str) -> Self {
        Self(xxh3_64(folded.as_bytes()))
    }

    /// Half of it, for an index whose finds are looked at again.
    pub const fn half(self) -> u32 {
        (self.0 >> 32) as u32
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
    while words.len() > 1 && words.last().is_some_and(|last| lexicon().is_suffix(last)) {
        words.pop();
    }
    words
}

/// Hands on the keys that a name shares with every name that is nearly the same: the given name with the family name
/// less one letter, the other way round, and both as transliterations have in common.
pub fn slip_keys(folded: &str, mut each: impl FnMut(PersonKey)) {
    let words = parts(folded);
    let [first, .., last] = words.as_slice() else { return };
    // A registry of a hundred thousand asks for two million keys: one string serves them all.
    let mut name = String::with_capacity(first.len() + last.len() + 1);
    let mut key = |parts: [&str; 5]| {
        name.clear();
        parts.iter().for_each(|part| name.push_str(part));
        each(PersonKey::of(&name));
    };
    for at in less(last) {
        key([first, " ", &last[..at], &last[(at + 1).min(last.len())..], ""]);
    }
    for at in less(first) {
        key([&first[..at], &first[(at + 1).min(first.len())..], " ", last, ""]);
    }
    key([&skeleton(first), " ", &skeleton(last), "", ""]);
}

/// Where a letter can be left out of a word that is long enough for slips, its end meaning none. Folded words are
/// ASCII.
fn less(word: &str) -> std::ops::Range<usize> {
    if word.len() < 4 { 0..0 } else { 0..word.len() + 1 }
}

/// Do two folded names differ in one word only, and there by a slip, or as transliterations do?
pub fn nearly(a: &str, b: &str) -> bool {
    let (a, b) = (parts(a), parts(b));
    let ([a_first, .., a_last], [b_first, .., b_last]) = (a.as_slice(), b.as_slice()) else { return false };
    let alike = skeleton(a_first) == skeleton(b_first) && skeleton(a_last) == skeleton(b_last);
    let slip =
        a_first == b_first && one_slip(a_last, b_last) || a_last == b_last && one_slip(a_first, b_first);
    (a_first, a_last) != (b_first, b_last) && (alike || slip)
}
