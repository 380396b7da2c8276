//! Words for relatives: mother, aunt, brother-in-law.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::entries;

/// The kind of relative that a word names, in small letters: “sibling” for “sister”; `None` for every other word.
pub fn kin(word: &str) -> Option<&'static str> {
    KIN.get(word).copied()
}

/// Sections in brackets hold what is no relative.
static KIN: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = entries(include_str!("../../rules/words/kin.txt")).filter_map(|line| line.split_once(" = "));
    let lines = lines.filter(|(kind, _)| !kind.starts_with('('));
    lines.flat_map(|(kind, words)| words.split(' ').map(move |word| (word, kind))).collect()
});
