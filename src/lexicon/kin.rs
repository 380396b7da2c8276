//! Words for relatives: mother, aunt, brother-in-law.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::entries;

/// The kind of relative that a word names, in small letters: “sibling” for “sister”; `None` for every other word.
pub fn kin(word: &str) -> Option<&'static str> {
    KIN.kinds.get(word).copied()
}

/// Does a word name a relative: “aunt”?
pub fn is_relative(word: &str) -> bool {
    kin(word).is_some()
}

/// May a word stand between an owner and the relative, and change nothing: “his younger sister”?
pub fn describes_relative(word: &str) -> bool {
    KIN.adjectives.contains(word)
}

struct Kin {
    kinds: FxHashMap<&'static str, &'static str>,
    adjectives: FxHashSet<&'static str>,
}

static KIN: LazyLock<Kin> = LazyLock::new(|| {
    let mut kin = Kin { kinds: FxHashMap::default(), adjectives: FxHashSet::default() };
    let lines = entries(include_str!("../../rules/words/kin.txt")).filter_map(|line| line.split_once(" = "));
    for (kind, words) in lines {
        match kind {
            "(adjective)" => kin.adjectives.extend(words.split(' ')),
            _ => kin.kinds.extend(words.split(' ').map(|word| (word, kind))),
        }
    }
    kin
});
