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
/// Out of reach, with room for additions.
const NEVER: i32 = i32::MIN / 2;

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

/// The last step of an affine alignment: a pair, a word of the one alone, of the other alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Pair,
    One,
    Other,
}

/// What the next row needs to know of a cell.
#[derive(Clone, Copy)]
struct Cell {
    /// The best score, and the step that it ends with; a pair wins ties, then a word of the one.
    best: i32,
    last: u8,
    /// The best score that ends with a word of the one alone.
    one: i32,
}

impl Cell {
    /// Before the first word of either side: a fresh start costs nothing.
    const FRESH: Self = Self { best: 0, last: Move::Pair as u8, one: NEVER };
    const OUTSIDE: Self = Self { best: NEVER, last: Move::Pair as u8, one: NEVER };
}

/// One word of the other side, with what a cell needs to know of it.
#[derive(Clone, Copy)]
struct Column {
    word: Symbol,
    stem: u32,
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

impl<'c> Table<'c> {
    /// Fills the cells of `columns` (from 1, a range a row).
    ///
    /// Most of the time that wording takes is spent in its inner loop. So a row is one array, in which each cell of the row
    /// above is overwritten once it has been read, and what is asked of a word is looked up once for a row or a column.
    fn fill(one: &[Symbol], other: &[Symbol], columns: &'c [Range<usize>], words: &Vocabulary) -> Self {
        let cells = columns.iter().map(Range::len).sum();
        let mut table = Self {
            columns,
            ways: Vec::with_capacity(cells),
            rows: Vec::with_capacity(one.len()),
            end: (0, 0, Move::Pair),
            score: 0,
        };
        let of_other: Vec<Column> =
            other.iter().map(|&word| Column { word, stem: words.stem(word) }).collect();
        let mut row = vec![Cell::FRESH; other.len() + 1];
        // The columns whose cells hold the row above; the first row lies below fresh starts everywhere.
        let mut held = 1..other.len() + 1;
        for (index, (range, &word)) in columns.iter().zip(one).enumerate() {
            let last_row = index + 1 == one.len();
            table.rows.push(table.ways.len());
            let equal = equal_value(word, words);
            let stem = words.stem(word);
            if held.end < range.end {
                row[held.end..range.end].fill(Cell::OUTSIDE);
            }
            let mut diagonal = if range.start == 1 { Cell::FRESH } else { row[range.start - 1] };
            let mut left = if range.start == 1 { Cell::FRESH } else { Cell::OUTSIDE };
            let mut left_other = NEVER;
            let of_range = &of_other[range.start - 1..range.end - 1];
            for (cell, column) in row[range.clone()].iter_mut().zip(of_range) {
                let above = *cell;
                let free = word == GAP || column.word == GAP;
                let value = if free {
                    NEVER
                } else if column.word == word {
                    equal
                } else if column.stem == stem {
                    INFLECTED
                } else {
                    DIFFERENT
                };
                let pair = (diagonal.best + value).max(NEVER);
                let (single_one, one_way, single_other, other_way) = if free {
                    (above.best, above.last, left.best, left.last)
                } else {
                    let (one, one_way) = single(&above, above.one, Move::One);
                    let (other, other_way) = single(&left, left_other, Move::Other);
                    (one, one_way, other, other_way)
                };
                table.ways.push(diagonal.last | one_way << 2 | other_way << 4);
                let (best, last) = if pair >= single_one && pair >= single_other {
                    (pair, Move::Pair)
                } else if single_one >= single_other {
                    (single_one, Move::One)
                } else {
                    (single_other, Move::Other)
                };
                left = Cell { best, last: last as u8, one: single_one };
                left_other = single_other;
                diagonal = above;
                *cell = left;
            }
            // An alignment may end anywhere in the last row and in the last column.
            let first = if last_row { range.start } else { other.len().max(range.start) };
            for (j, cell) in (first..range.end).zip(&row[first.min(range.end)..range.end]) {
                if cell.best > table.score {
                    let last = [Move::Pair, Move::One, Move::Other][usize::from(cell.last.min(2))];
                    (table.score, table.end) = (cell.best, (index + 1, j, last));
                }
            }
            if held.start < range.start {
                row[held.start..range.start.min(held.end)].fill(Cell::OUTSIDE);
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
                Move::Pair => way & 3,
                Move::One => way >> 2 & 3,
                Move::Other => way >> 4 & 3,
            };
            match step {
                Move::Pair => (i, j) = (i - 1, j - 1),
                Move::One => i -= 1,
                Move::Other => j -= 1,
            }
            step = [Move::Pair, Move::One, Move::Other][usize::from(before.min(2))];
        }
        (steps, self.score)
    }
}

/// A word of one side alone after `before`, of which `alone` is the best score that ends with a word of the same side.
fn single(before: &Cell, alone: i32, side: Move) -> (i32, u8) {
    let extended = (alone + EXTEND).max(NEVER);
    let opened = before.best + OPEN;
    if extended > opened { (extended, side as u8) } else { (opened.max(NEVER), before.last) }
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
