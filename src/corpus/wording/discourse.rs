//! Words that say nothing of their own: “you know”, “I mean”.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::ladder::entries;
use super::vocabulary::{Symbol, Vocabulary};

/// Are these words nothing but “you know”, “I mean” and their like?
pub(super) fn is_discourse(said: &[Symbol], words: &Vocabulary) -> bool {
    let mut rest = said;
    while !rest.is_empty() {
        let longest = (1..=rest.len().min(LONGEST_MARKER)).rev().find(|&length| {
            let phrase: Vec<&str> = rest[..length].iter().map(|&word| words.text(word)).collect();
            MARKERS.contains(&*phrase.join(" "))
        });
        match longest {
            Some(length) => rest = &rest[length..],
            None => return false,
        }
    }
    !said.is_empty()
}

/// The most words in a marker of discourse.
const LONGEST_MARKER: usize = 5;

static MARKERS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    entries(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/discourse-markers.txt"))).collect()
});
