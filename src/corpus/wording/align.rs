//! Laying two quotations side by side, word by word.
//!
//! The alignment may start and end inside either one, so that a fragment lies within the fuller quotation; a gap
//! (`…`, `[the mayor]`) takes up any words of the other side without cost.

use std::ops::Range;

use super::band::band;
use super::vocabulary::{GAP, Symbol, Vocabulary};

/// What an equal word with a topic is worth. The other values are chosen around it: a wrong word costs less
/// than a word too many and a word too few, and a long omission costs little more than a short one.
const CONTENT_MATCH: i32 = 4;
/// What an equal small word is worth: less, or runs of “of the” would tear a quotation apart.
const SMALL_MATCH: i32 = 2;
/// Two forms of one word.
const INFLECTED: i32 = -1;
/// Two different words.
const DIFFERENT: i32 = -2;
/// The first word too many on one side.
const OPEN: i32 = -3;
/// Each further word too many.
const EXTEND: i32 = -1;
/// Out of reach, with room for additions and for three bits below.
const NEVER: i32 = i32::MIN / 64;

/// Up to this many cells the whole table is filled (4 MB, some milliseconds); above it only a band around the
/// rare words that the two share.
const WHOLE_TABLE: usize = 4_000_000;
/// Above this many cells even the band is given up: nothing that people quote needs it.
const MOST_CELLS: usize = 64_000_000;

/// A place where two aligned quotations differ; one side may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// Items of the one.
    pub one: Range<usize>,
    /// Items of the other.
    pub other: Range<usize>,
}

/// Two quotations side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    /// The items of the one that the alignment covers.
    pub one: Range<usize>,
    /// The items of the other that it covers.
    pub other: Range<usize>,
    /// Equal words, in order: an index into each.
    pub matches: Vec<(u32, u32)>,
    /// Where they differ, in order.
    pub hunks: Vec<Hunk>,
    /// The sum of the values above; only for choosing among alignments.
    pub score: i32,
}

impl Alignment {
    /// The same with the sides changed.
    #[must_use]
    pub fn turned(mut self) -> Self {
        std::mem::swap(&mut self.one, &mut self.other);
        for hunk in &mut self.hunks {
            std::mem::swap(&mut hunk.one, &mut hunk.other);
        }
        for pair in &mut self.matches {
            *pair = (pair.1, pair.0);
        }
        self
    }
}

/// Aligns two quotations. `align(a, b)` is `align(b, a)` turned.
pub fn align(one: &[Symbol], other: &[Symbol], words: &Vocabulary) -> Alignment {
    // Which of two equal gaps takes up the other is a tie that no order of the sides can settle.
    if one == other {
        return laid_on_itself(one, words);
    }
    // Ties between equally good alignments fall the same way whichever side comes first.
    if (one.len(), one) > (other.len(), other) {
        return align(other, one, words).turned();
    }
    let whole = one.len().saturating_mul(other.len()) <= WHOLE_TABLE;
    let columns = if whole { vec![1..other.len() + 1; one.len()] } else { band(one, other) };
    if columns.iter().map(Range::len).sum::<usize>() > MOST_CELLS {
        return Alignment::default();
    }
    let (mut steps, score) = Table::fill(one, other, &columns, words).path();
    steps.reverse();
    lay_out(&steps, score, one, other, words)
}

/// A quotation beside the very same words: all of either side, and nothing differs.
fn laid_on_itself(form: &[Symbol], words: &Vocabulary) -> Alignment {
    let said = || form.iter().enumerate().filter(|&(_, &word)| word != GAP);
    if said().next().is_none() {
        return Alignment::default();
    }
    Alignment {
        one: 0..form.len(),
        other: 0..form.len(),
        matches: said().map(|(at, _)| (at as u32, at as u32)).collect(),
        hunks: Vec::new(),
        score: said().map(|(_, &word)| equal_value(word, words)).sum(),
    }
}

/// Words beside the very same words, which begin at `start` of the other side; there is no gap among them.
pub(super) fn in_a_row(part: &[Symbol], start: usize, words: &Vocabulary) -> Alignment {
    Alignment {
        one: 0..part.len(),
        other: start..start + part.len(),
        matches: (0..part.len() as u32).map(|at| (at, at + start as u32)).collect(),
        hunks: Vec::new(),
        score: part.iter().map(|&word| equal_value(word, words)).sum(),
    }
}

/// The last step of an affine alignment. Of equally good steps the greater one is taken: a pair wins ties, then a word of
/// the one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Other = 0,
    One = 1,
    Pair = 2,
}

impl Move {
    /// The step whose number stands in the lowest two bits.
    const fn of(bits: u8) -> Self {
        match bits & 3 {
            0 => Self::Other,
            1 => Self::One,
            _ => Self::Pair,
        }
    }
}

/// A score with the step that it ends with in its lowest bits, so that the greater of two is the better one and the one
/// that wins ties. The third bit is free for [`single`].
const fn with_step(score: i32, step: Move) -> i32 {
    points(score) | step as i32
}

/// A score without a step.
const fn points(score: i32) -> i32 {
    score << 3
}

/// The bits below the score.
const BELOW: i32 = 7;
/// The bits of the step.
const STEP: i32 = 3;

/// Before the first word of either side: a fresh start costs nothing.
const FRESH: i32 = with_step(0, Move::Pair);
/// Beyond the band.
const OUTSIDE: i32 = with_step(NEVER, Move::Pair);
/// The same for what ends with a word of the one alone.
const ALONE_OUTSIDE: i32 = with_step(NEVER, Move::One);

/// A word of one side alone: after `before`, or after another such word, where `alone` is the best way to that one. The
/// costs are those of [`Columns`]. In the step's bits of the answer is the step before that word.
#[inline(always)]
fn single(before: i32, alone: i32, open: i32, extend: i32) -> i32 {
    (before + open).max(alone + extend)
}

/// The words of the other side, with what a cell needs to know of each.
struct Columns<'w> {
    words: &'w [Symbol],
    stems: Vec<u32>,
    /// What a pair with a different word is worth.
    different: Vec<i32>,
    /// What the first word too many costs beside it: nothing at a gap. The bit above the step lets it win ties.
    open: Vec<i32>,
    /// What each further one costs.
    extend: Vec<i32>,
}

impl<'w> Columns<'w> {
    const TIE: i32 = 4;
    /// Beside a gap.
    const FREE: (i32, i32) = (points(0) | Self::TIE, points(NEVER));

    fn of(form: &'w [Symbol], words: &Vocabulary) -> Self {
        let each = |of_gap: i32, of_word: i32| {
            form.iter().map(|&word| if word == GAP { of_gap } else { of_word }).collect::<Vec<i32>>()
        };
        Self {
            words: form,
            stems: form.iter().map(|&word| if word == GAP { u32::MAX } else { words.stem(word) }).collect(),
            different: each(points(NEVER), points(DIFFERENT)),
            open: each(Self::FREE.0, points(OPEN) | Self::TIE),
            extend: each(Self::FREE.1, points(EXTEND)),
        }
    }
}

/// The way back through Gotoh's table, with free ends.
struct Table<'c> {
    columns: &'c [Range<usize>],
    /// Two bits for each of the three states of a cell: the step before it.
    ways: Vec<u8>,
    /// Where each row begins in `ways`.
    rows: Vec<usize>,
    end: (usize, usize, Move),
    score: i32,
}

/// The cells of the row above, each overwritten once it has been read.
struct Row {
    /// The best score with its step.
    best: Vec<i32>,
    /// The best that ends with a word of the one alone.
    one: Vec<i32>,
    /// The better of a pair and a word of the one alone, for the row being filled.
    without_other: Vec<i32>,
}

impl Row {
    fn close(&mut self, columns: Range<usize>) {
        self.best[columns.clone()].fill(OUTSIDE);
        self.one[columns].fill(ALONE_OUTSIDE);
    }
}

impl<'c> Table<'c> {
    /// Fills the cells of `columns` (from 1, a range a row).
    ///
    /// Most of the time that wording takes is spent here. So each row is filled in two passes: what depends on the row above
    /// alone, for which the compiler takes several cells at a time, and then what goes from cell to cell.
    fn fill(one: &[Symbol], other: &[Symbol], columns: &'c [Range<usize>], words: &Vocabulary) -> Self {
        let cells = columns.iter().map(Range::len).sum();
        let mut table = Self {
            columns,
            ways: vec![0; cells],
            rows: Vec::with_capacity(one.len()),
            end: (0, 0, Move::Pair),
            score: 0,
        };
        let of_other = Columns::of(other, words);
        let width = other.len() + 1;
        let mut row = Row {
            best: vec![FRESH; width],
            one: vec![ALONE_OUTSIDE; width],
            without_other: vec![OUTSIDE; width],
        };
        // The columns whose cells hold the row above; the first row lies below fresh starts everywhere.
        let mut held = 1..width;
        let mut filled = 0;
        for (index, (range, &word)) in columns.iter().zip(one).enumerate() {
            let last_row = index + 1 == one.len();
            table.rows.push(filled);
            let ways = &mut table.ways[filled..filled + range.len()];
            filled += range.len();
            if held.end < range.end {
                row.close(held.end..range.end);
            }
            let above = Above {
                diagonal: &row.best[range.start - 1..range.end - 1],
                above: &row.best[range.clone()],
                columns: &of_other,
                first: range.start - 1,
            };
            let (ones, without_other) = (&mut row.one[range.clone()], &mut row.without_other[range.clone()]);
            match word {
                GAP => above.beside_gap(ones, without_other, ways),
                _ => above.beside(word, words, ones, without_other, ways),
            }
            along(&mut row, range, word == GAP, &of_other, ways);
            // An alignment may end anywhere in the last row and in the last column.
            let first = if last_row { range.start } else { other.len().max(range.start) };
            for (j, cell) in (first..range.end).zip(&row.best[first.min(range.end)..range.end]) {
                if cell >> 3 > table.score {
                    (table.score, table.end) = (cell >> 3, (index + 1, j, Move::of((cell & STEP) as u8)));
                }
            }
            if held.start < range.start {
                row.close(held.start..range.start.min(held.end));
            }
            held = range.clone();
        }
        table
    }

    /// The best path from its end to its start: each step with the items consumed after it.
    fn path(&self) -> (Vec<(Move, usize, usize)>, i32) {
        let (mut i, mut j, mut step) = self.end;
        let mut steps = Vec::with_capacity(i);
        while i > 0 && j > 0 {
            let range = &self.columns[i - 1];
            if !range.contains(&j) {
                break;
            }
            steps.push((step, i, j));
            let way = self.ways[self.rows[i - 1] + j - range.start];
            let before = match step {
                Move::Pair => way,
                Move::One => way >> 2,
                Move::Other => way >> 4,
            };
            match step {
                Move::Pair => (i, j) = (i - 1, j - 1),
                Move::One => i -= 1,
                Move::Other => j -= 1,
            }
            step = Move::of(before);
        }
        (steps, self.score)
    }
}

/// What the cells of a row are filled from.
struct Above<'r> {
    /// The cells of the row above, one to the left.
    diagonal: &'r [i32],
    /// The cells of the row above.
    above: &'r [i32],
    /// The words of the other side, of which the row begins with the one at `first`.
    columns: &'r Columns<'r>,
    first: usize,
}

impl Above<'_> {
    /// The first pass over the row of a word: pairs, and words of the one alone. What it writes are arguments of their own,
    /// so that the compiler knows that they do not overlap with what it reads.
    #[inline(never)]
    fn beside(
        &self,
        word: Symbol,
        vocabulary: &Vocabulary,
        ones: &mut [i32],
        without_other: &mut [i32],
        ways: &mut [u8],
    ) {
        let (equal, stem) = (points(equal_value(word, vocabulary)), vocabulary.stem(word));
        let width = ones.len();
        let (without_other, ways) = (&mut without_other[..width], &mut ways[..width]);
        let (diagonal, above) = (&self.diagonal[..width], &self.above[..width]);
        let Columns { words, stems, different, open, extend } = self.columns;
        let (words, stems) = (&words[self.first..][..width], &stems[self.first..][..width]);
        let different = &different[self.first..][..width];
        let (open, extend) = (&open[self.first..][..width], &extend[self.first..][..width]);
        for at in 0..width {
            // Read before it is known to be wanted: a read that may not happen keeps the compiler from taking several cells.
            let other = different[at];
            let related = if stems[at] == stem { points(INFLECTED) } else { other };
            let value = if words[at] == word { equal } else { related };
            let pair = ((diagonal[at] & !BELOW) + value) | Move::Pair as i32;
            let one = single(above[at], ones[at], open[at], extend[at]);
            let step_before = one & STEP;
            let one = one & !BELOW | Move::One as i32;
            ones[at] = one;
            without_other[at] = pair.max(one);
            ways[at] = (diagonal[at] & STEP | step_before << 2) as u8;
        }
    }

    /// The same for the row of a gap, which takes up any words.
    fn beside_gap(&self, ones: &mut [i32], without_other: &mut [i32], ways: &mut [u8]) {
        let cells = ones.iter_mut().zip(without_other).zip(ways);
        for (((one, without_other), way), (above, diagonal)) in
            cells.zip(self.above.iter().zip(self.diagonal))
        {
            *one = above & !BELOW | Move::One as i32;
            *without_other = *one;
            *way = (diagonal & STEP | (above & STEP) << 2) as u8;
        }
    }
}

/// The second pass: words of the other alone, from cell to cell.
fn along(row: &mut Row, range: &Range<usize>, gap: bool, columns: &Columns<'_>, ways: &mut [u8]) {
    let mut left = if range.start == 1 { FRESH } else { OUTSIDE };
    let mut left_other = with_step(NEVER, Move::Other);
    let before = range.start - 1;
    let cells = row.best[range.clone()].iter_mut().zip(&row.without_other[range.clone()]);
    let costs = columns.open[before..].iter().zip(&columns.extend[before..]);
    for (((cell, &without_other), (&open, &extend)), way) in cells.zip(costs).zip(ways) {
        let (open, extend) = if gap { Columns::FREE } else { (open, extend) };
        let other = single(left, left_other, open, extend);
        left_other = other & !BELOW | Move::Other as i32;
        left = without_other.max(left_other);
        *way |= ((other & STEP) << 4) as u8;
        *cell = left;
    }
}

/// What a pair of equal words is worth; a gap is worth nothing.
fn equal_value(word: Symbol, words: &Vocabulary) -> i32 {
    if words.is_small(word) { SMALL_MATCH } else { CONTENT_MATCH }
}

/// Turns a path into matches and hunks.
fn lay_out(
    steps: &[(Move, usize, usize)],
    score: i32,
    one: &[Symbol],
    other: &[Symbol],
    words: &Vocabulary,
) -> Alignment {
    let (Some(&(first, i, j)), Some(&(_, i_end, j_end))) = (steps.first(), steps.last()) else {
        return Alignment::default();
    };
    let start = match first {
        Move::Pair => (i - 1, j - 1),
        Move::One => (i - 1, j),
        Move::Other => (i, j - 1),
    };
    let mut aligned = Alignment {
        one: start.0..i_end,
        other: start.1..j_end,
        matches: Vec::new(),
        hunks: Vec::new(),
        score,
    };
    let mut open: Option<Hunk> = None;
    for &(step, i, j) in steps {
        let (a, b) = (one[i - 1], other[j - 1]);
        let ends = match step {
            Move::Pair if a == b => {
                aligned.matches.push((i as u32 - 1, j as u32 - 1));
                true
            }
            Move::Pair => false,
            Move::One | Move::Other => a == GAP || b == GAP,
        };
        if ends {
            aligned.hunks.extend(open.take());
            continue;
        }
        let (from_one, from_other) = match step {
            Move::Pair => (i - 1, j - 1),
            Move::One => (i - 1, j),
            Move::Other => (i, j - 1),
        };
        let hunk = open.get_or_insert(Hunk { one: from_one..i, other: from_other..j });
        hunk.one.end = i;
        hunk.other.end = j;
    }
    aligned.hunks.extend(open);
    join_over_islands(&mut aligned, one, words);
    aligned
}

/// “{+every harbour+} of {+the coast+}”: small words between two hunks belong to the difference.
fn join_over_islands(aligned: &mut Alignment, one: &[Symbol], words: &Vocabulary) {
    const WIDEST: usize = 2;
    let mut joined: Vec<Hunk> = Vec::with_capacity(aligned.hunks.len());
    for hunk in aligned.hunks.drain(..) {
        if let Some(last) = joined.last_mut() {
            let island = last.one.end..hunk.one.start;
            let straight = island.len() == hunk.other.start - last.other.end;
            if straight
                && island.len() <= WIDEST
                && one[island].iter().all(|&word| word != GAP && words.is_small(word))
            {
                last.one.end = hunk.one.end;
                last.other.end = hunk.other.end;
                continue;
            }
        }
        joined.push(hunk);
    }
    aligned.hunks = joined;
    let hunks = &aligned.hunks;
    aligned.matches.retain(|&(i, _)| {
        let at = hunks.partition_point(|hunk| hunk.one.end <= i as usize);
        !hunks.get(at).is_some_and(|hunk| hunk.one.contains(&(i as usize)))
    });
}

#[cfg(test)]
mod tests;
