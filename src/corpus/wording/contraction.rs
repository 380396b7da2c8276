//! Contractions: “I'm” and “I am”, “we'd” and “we had” or “we would”.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::align::{Alignment, Hunk};
use super::discourse::is_discourse;
use super::ladder::entries;
use super::vocabulary::{Symbol, Vocabulary};

/// Are these the same words but for contractions?
pub(super) fn contracted(one: &[Symbol], other: &[Symbol], words: &Vocabulary) -> bool {
    let (one, other) = (spelled_out(one, words), spelled_out(other, words));
    one.len() == other.len() && one.iter().zip(&other).all(|(one, other)| one.may_be(other))
}

/// “[years I'm] tired” laid beside “I am tired”: at the ends of a quotation the tape goes on, so that a contraction may
/// have more words on its side than belong to it.
pub(super) fn contract_at_edges(
    aligned: &mut Alignment,
    part: &[Symbol],
    said: &[Symbol],
    words: &Vocabulary,
) {
    if let Some(hunk) = aligned.hunks.first_mut().filter(|hunk| hunk.one.start == 0) {
        let end = hunk.other.end;
        let longest = end.saturating_sub(hunk.one.len() + 1);
        let same = |&start: &usize| contracted(&part[hunk.one.clone()], &said[start..end], words);
        hunk.other.start = (longest..end).rev().find(same).unwrap_or(hunk.other.start);
        // “You know, the kids” where the tape's “you know” was left out for speech: nothing stands for it.
        if is_discourse(&part[hunk.one.clone()], words) {
            hunk.other.start = end;
        }
    }
    if let Some(hunk) = aligned.hunks.last_mut().filter(|hunk| hunk.one.end == part.len()) {
        let start = hunk.other.start;
        let same = |&end: &usize| contracted(&part[hunk.one.clone()], &said[start..end], words);
        let longest = (start + hunk.one.len() + 1).min(said.len());
        hunk.other.end = (start + 1..=longest).find(same).unwrap_or(hunk.other.end);
        // “€1.6 million” for “one point six million. I'm not”: the sign stands for no word of the tape.
        if part[hunk.one.clone()].iter().all(|&word| words.is_currency(word)) {
            hunk.other.end = start;
        }
    }
    // “It. It had” beside “it. It'd”: the word before belongs to the contraction.
    let same = |hunk: &Hunk| {
        let before =
            hunk.one.start.checked_sub(1).filter(|_| hunk.one.len() == 1 && hunk.other.len() == 1)?;
        contracted(&part[before..hunk.one.end], &said[hunk.other.clone()], words).then_some(before)
    };
    for hunk in &mut aligned.hunks {
        if let Some(before) = same(hunk) {
            hunk.one.start = before;
            aligned.matches.retain(|&(at, _)| at as usize != before);
        }
    }
}

/// The word before an ending that is always one word more, and that word's first reading: “I” and “am” of “I'm”. Not `n't`,
/// which turns the sense.
pub(super) fn head_and_ending(word: &str) -> Option<(&str, &'static str)> {
    let (head, readings) = ending_of(word)?;
    readings.first().filter(|reading| **reading != NOT).map(|reading| (head, *reading))
}

/// What `n't` stands for.
const NOT: &str = "not";

/// A word of what a contraction stands for.
enum Spelled<'w> {
    Word(&'w str),
    /// An ending, with all that it may stand for.
    Any(&'static [&'static str]),
}

impl Spelled<'_> {
    fn may_be(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Word(one), Self::Word(other)) => one == other,
            (Self::Any(readings), Self::Word(word)) | (Self::Word(word), Self::Any(readings)) => {
                readings.contains(word)
            }
            (Self::Any(one), Self::Any(other)) => one == other,
        }
    }
}

/// The words with contractions resolved.
fn spelled_out<'w>(form: &[Symbol], words: &'w Vocabulary) -> SmallVec<[Spelled<'w>; 8]> {
    let mut spelled: SmallVec<[Spelled<'w>; 8]> = SmallVec::new();
    for &word in form {
        let text = words.text(word);
        if let Some(whole) = CONTRACTIONS.whole.get(text) {
            spelled.extend(whole.iter().map(|word| Spelled::Word(word)));
        } else if let Some((head, readings)) = ending_of(text) {
            spelled.push(Spelled::Word(head));
            spelled.push(Spelled::Any(readings));
        } else {
            spelled.push(Spelled::Word(text));
        }
    }
    spelled
}

/// What stands before the ending of a contraction, and what the ending may stand for.
fn ending_of(word: &str) -> Option<(&str, &'static [&'static str])> {
    let at = word.rfind('\'')?;
    CONTRACTIONS
        .endings
        .iter()
        .filter(|(ending, _)| word.len() - at <= ending.len())
        .find_map(|(ending, readings)| Some((word.strip_suffix(ending)?, readings.as_slice())))
}

struct Contractions {
    endings: Vec<(&'static str, Vec<&'static str>)>,
    whole: FxHashMap<&'static str, Vec<&'static str>>,
}

static CONTRACTIONS: LazyLock<Contractions> = LazyLock::new(|| {
    let list = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/contractions.txt"));
    let mut read = Contractions { endings: Vec::new(), whole: FxHashMap::default() };
    for (short, full) in entries(list).filter_map(|line| line.split_once(" = ")) {
        if let Some(ending) = short.strip_prefix("ending ") {
            read.endings.push((ending, full.split(" | ").collect()));
        } else if let Some(whole) = short.strip_prefix("whole ") {
            read.whole.insert(whole, full.split(' ').collect());
        }
    }
    read
});

#[cfg(test)]
mod tests {
    use super::contracted;
    use crate::corpus::wording::vocabulary::Vocabulary;

    fn same(one: &str, other: &str) -> bool {
        let mut words = Vocabulary::default();
        let (mut left, mut right) = (Vec::new(), Vec::new());
        words.number(one, &mut left);
        words.number(other, &mut right);
        contracted(&left, &right, &words)
    }

    #[test]
    fn short_forms_are_what_they_may_stand_for() {
        let rows = [
            ("I'd a feeling", "I had a feeling"),
            ("we'd go", "we would go"),
            ("it's gone", "it has gone"),
            ("it's old", "it is old"),
            ("they can't", "they cannot"),
            ("he won't", "he will not"),
            ("let's see", "let us see"),
            ("they've", "they have"),
            ("I'm", "I'm"),
        ];
        for (one, other) in rows {
            assert!(same(one, other) && same(other, one), "{one}: {other}");
        }
        for (one, other) in [
            ("we'd go", "we will go"),
            ("it's old", "it was old"),
            ("he won't", "he will"),
            ("the dog's", "the dog"),
            ("she'd", "she's"),
        ] {
            assert!(!same(one, other) && !same(other, one), "{one}: {other}");
        }
    }
}
