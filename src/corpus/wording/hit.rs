//! A place on a tape where a part of a passage stands, word beside word.

use std::ops::Range;

use super::align::{Alignment, Hunk};
use super::relation::SHORTEST_OMISSION;
use super::vocabulary::{Symbol, Vocabulary};
use crate::source::FileId;

/// Equal words of each hundred from which on a place is what was quoted.
const FOUND_PERCENT: usize = 60;

/// Whose turn the words stand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The speaker's of the draft, or nobody's by name.
    Own,
    /// Somebody else's, by this name.
    Other(String),
}

/// Where one part of a passage stands on a tape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The transcript.
    pub tape: FileId,
    /// The turn in which it begins: an index into `FileFacts::turns`.
    pub turn: u32,
    /// Whose turn that is.
    pub whose: Whose,
    /// The part's words.
    pub part: Vec<Symbol>,
    /// For each of them, the item of the passage's normal form that it is.
    pub(super) part_items: Vec<u32>,
    /// Where the tape's words there begin, counted in its words.
    pub(super) start: usize,
    /// The tape's words there.
    pub said: Vec<Symbol>,
    /// The turn of each of them.
    pub turns: Vec<u32>,
    /// For each of them, the item of its run's normal form that it is.
    pub(super) said_items: Vec<u32>,
    /// Both side by side.
    pub aligned: Alignment,
    /// Where the words stand that this place lacks: another turn of the same tape.
    pub spliced: Option<u32>,
    /// Are there hesitations or repeats between the words on the tape, which the quotation leaves out?
    pub hesitations: bool,
    /// Words of the part that stand on the tape as other figures, “£50” for “fifty quid”, or as another form of a word that is turned
    /// round: they count as equal words.
    pub(super) other_figures: usize,
}

impl Hit {
    /// The items of the passage's normal form that a range of the part's words is. An empty range stays empty, between
    /// the words before and after it.
    pub fn items(&self, part: &Range<usize>) -> Range<usize> {
        let item = |at: usize| self.part_items.get(at).map(|&item| item as usize);
        let start =
            item(part.start).or_else(|| Some(item(part.start.checked_sub(1)?)? + 1)).unwrap_or_default();
        match part.is_empty() {
            true => start..start,
            false => start..item(part.end - 1).map_or(start, |last| last + 1),
        }
    }

    /// The tape's words that are like the part's, from the first equal one to the last.
    pub fn alike(&self) -> Range<usize> {
        self.alike_within(0..usize::MAX)
    }

    /// The same before a place where the two differ; all of it where nothing is equal before.
    pub fn alike_before(&self, hunk: &Hunk) -> Range<usize> {
        let before = self.alike_within(0..hunk.other.start);
        if before.is_empty() { self.alike() } else { before }
    }

    /// The same after it.
    pub fn alike_after(&self, hunk: &Hunk) -> Range<usize> {
        self.alike_within(hunk.other.end..usize::MAX)
    }

    fn alike_within(&self, range: Range<usize>) -> Range<usize> {
        let mut places = self.aligned.matches.iter().map(|&(_, said)| said as usize);
        let mut places = places.by_ref().filter(|place| range.contains(place));
        match places.next() {
            Some(first) => first..places.last().unwrap_or(first) + 1,
            None => 0..0,
        }
    }

    /// Is it what was quoted, in these or nearly these words?
    pub fn is_found(&self) -> bool {
        self.equal_words() * 100 >= self.part.len() * FOUND_PERCENT
    }

    /// Words that stand on the tape as they are printed, or as other figures.
    pub(super) fn equal_words(&self) -> usize {
        self.aligned.matches.len() + self.other_figures
    }

    /// Are all its words there, one after the other?
    pub(super) fn is_whole(&self) -> bool {
        self.aligned.hunks.is_empty() && self.equal_words() == self.part.len()
    }

    /// Words of the tape, not only small ones, that the quotation leaves out of its middle without a sign.
    pub fn left_out(&self, words: &Vocabulary) -> Option<&Hunk> {
        self.aligned.hunks.iter().filter(|_| self.is_found()).find(|hunk| {
            let left_out = &self.said[hunk.other.clone()];
            hunk.one.is_empty()
                && left_out.len() >= SHORTEST_OMISSION
                && left_out.iter().any(|&word| words.is_content(word))
        })
    }
}

/// What the tapes have of a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// The best place of each part; `None` where nothing on the tapes is like it.
    pub parts: Vec<Option<Hit>>,
    /// For each part, the items of the passage's normal form that it is.
    pub items: Vec<Range<usize>>,
    /// The whole passage beside the tape, where its gaps may have taken up words that matter.
    pub(super) gaps: Option<Box<Hit>>,
}

impl Heard {
    /// Takes the words for the speaker's own where the one who says them on the tape may be meant.
    pub(super) fn forgive_speakers(&mut self, may_be_meant: impl Fn(&str) -> bool) {
        for hit in self.parts.iter_mut().flatten() {
            if matches!(&hit.whose, Whose::Other(name) if may_be_meant(name)) {
                hit.whose = Whose::Own;
            }
        }
    }
}

/// A piece of a passage with few words with a topic.
pub(super) struct ShortPiece {
    /// How many of the longer pieces stand before it.
    pub(super) rank: usize,
    /// Its words.
    pub(super) part: Vec<Symbol>,
    /// For each of them, the item of the passage's normal form that it is.
    pub(super) part_items: Vec<u32>,
    /// The items of the passage's normal form that it is.
    pub(super) items: Range<usize>,
}
