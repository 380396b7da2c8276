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
        score: said().map(|(_, &word)| pair_value(word, word, words)).sum(),
    }
}

/// The last step of an affine alignment: a pair, a word of the one alone, of the other alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Pair,
    One,
    Other,
}

/// The best scores at one cell, by last step.
#[derive(Clone, Copy)]
struct Cell([i32; 3]);

impl Cell {
    /// Before the first word of either side: a fresh start costs nothing.
    const FRESH: Self = Self([0, NEVER, NEVER]);
    const OUTSIDE: Self = Self([NEVER; 3]);

    /// The best score and its last step; a pair wins ties.
    fn best(self) -> (i32, Move) {
        let Self([pair, one, other]) = self;
        if pair >= one && pair >= other {
            (pair, Move::Pair)
        } else if one >= other {
            (one, Move::One)
        } else {
            (other, Move::Other)
        }
    }
}

/// One row's scores, and the columns they stand for.
struct Row {
    first: usize,
    cells: Vec<Cell>,
}

impl Row {
    fn at(&self, column: usize) -> Cell {
        if column == 0 {
            return Cell::FRESH;
        }
        column
            .checked_sub(self.first)
            .and_then(|index| self.cells.get(index))
            .copied()
            .unwrap_or(Cell::OUTSIDE)
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

impl<'c> Table<'c> {
    /// Fills the cells of `columns` (from 1, a range a row).
    fn fill(one: &[Symbol], other: &[Symbol], columns: &'c [Range<usize>], words: &Vocabulary) -> Self {
        let cells = columns.iter().map(Range::len).sum();
        let mut table = Self {
            columns,
            ways: Vec::with_capacity(cells),
            rows: Vec::with_capacity(one.len()),
            end: (0, 0, Move::Pair),
            score: 0,
        };
        let mut above = Row { first: 1, cells: vec![Cell::FRESH; other.len()] };
        for (index, range) in columns.iter().enumerate() {
            let (i, a) = (index + 1, one[index]);
            table.rows.push(table.ways.len());
            let mut row = Row { first: range.start, cells: Vec::with_capacity(range.len()) };
            for j in range.clone() {
                let b = other[j - 1];
                let free = a == GAP || b == GAP;
                let (before, pair_way) = above.at(j - 1).best();
                let pair = (before + pair_value(a, b, words)).max(NEVER);
                let (single_one, one_way) = single(above.at(j), Move::One, free);
                let (single_other, other_way) = single(row.at(j - 1), Move::Other, free);
                let cell = Cell([pair, single_one, single_other]);
                if i == one.len() || j == other.len() {
                    let (score, last) = cell.best();
                    if score > table.score {
                        (table.score, table.end) = (score, (i, j, last));
                    }
                }
                table.ways.push(pair_way as u8 | (one_way as u8) << 2 | (other_way as u8) << 4);
                row.cells.push(cell);
            }
            above = row;
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

/// A word of one side alone after `before`.
fn single(before: Cell, side: Move, free: bool) -> (i32, Move) {
    let (best, way) = before.best();
    if free {
        return (best, way);
    }
    let extended = before.0[side as usize].saturating_add(EXTEND).max(NEVER);
    if extended > best + OPEN { (extended, side) } else { ((best + OPEN).max(NEVER), way) }
}

fn pair_value(one: Symbol, other: Symbol, words: &Vocabulary) -> i32 {
    if one == GAP || other == GAP {
        NEVER
    } else if one == other {
        if words.is_small(one) { SMALL_MATCH } else { CONTENT_MATCH }
    } else if words.inflected(one, other) {
        INFLECTED
    } else {
        DIFFERENT
    }
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
mod tests {
    use proptest::prelude::{Strategy, prop, proptest};

    use super::{Alignment, align};
    use crate::corpus::wording::vocabulary::{GAP, Symbol, Vocabulary};

    struct Pair {
        words: Vocabulary,
        one: Vec<Symbol>,
        other: Vec<Symbol>,
    }

    impl Pair {
        fn new(one: &str, other: &str) -> Self {
            let mut pair = Self { words: Vocabulary::default(), one: Vec::new(), other: Vec::new() };
            pair.words.number(one, &mut pair.one);
            pair.words.number(other, &mut pair.other);
            pair
        }

        fn align(&self) -> Alignment {
            align(&self.one, &self.other, &self.words)
        }

        /// Lengths of the hunks, and words matched.
        fn shape(&self) -> (Vec<(usize, usize)>, usize) {
            let aligned = self.align();
            (aligned.hunks.iter().map(|h| (h.one.len(), h.other.len())).collect(), aligned.matches.len())
        }
    }

    #[test]
    fn finds_each_kind_of_difference() {
        let full = "the harbour belongs to the people who work in it every day";
        for (other, hunks, matched) in [
            (full, vec![], 12),
            ("belongs to the people", vec![], 4),
            ("the harbour belongs to the voters who work in it every day", vec![(1, 1)], 11),
            ("the harbour belongs to the people who work in it", vec![], 10),
            ("the harbour belongs to the people who do not work in it every day", vec![(0, 2)], 12),
            ("the harbour belongs … every day", vec![], 5),
            ("[it] belongs to the people who work in it every day", vec![], 10),
            ("the harbour belongs to the people every day", vec![(4, 0)], 8),
        ] {
            assert_eq!(Pair::new(full, other).shape(), (hunks, matched), "{other}");
        }
    }

    #[test]
    fn a_gap_takes_up_words_on_either_side() {
        let pair = Pair::new("we will … by Friday", "we will open the gate by Friday");
        assert!(pair.align().hunks.is_empty());
        let turned = Pair::new("we will open the gate by Friday", "we will … by Friday");
        assert!(turned.align().hunks.is_empty());
    }

    #[test]
    fn strangers_share_nothing_worth_showing() {
        let pair = Pair::new("ferries leave at dawn", "nobody counted the votes");
        assert!(pair.align().matches.is_empty());
    }

    #[test]
    fn long_texts_are_aligned_within_a_band() {
        let text: Vec<Symbol> = (1..4001).collect();
        let mut changed = text.clone();
        changed[2000] = 9000;
        changed.splice(500..520, []);
        let mut words = Vocabulary::default();
        let spoken: Vec<String> = (0..10_000).map(|n| format!("w{n}")).collect();
        words.number(&spoken.join(" "), &mut Vec::new());
        let aligned = align(&text, &changed, &words);
        assert_eq!(aligned.hunks.len(), 2, "{:?}", aligned.hunks);
        assert_eq!(aligned.matches.len(), 4000 - 21);
    }

    fn sentence() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "the",
            "of",
            "not",
            "harbour",
            "harbours",
            "vote",
            "peace",
            "…",
            "five",
            "[the mayor]",
        ]);
        prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
    }

    #[test]
    fn equal_gaps_at_an_edge_do_not_lean_to_one_side() {
        for (text, matched) in [
            ("… harbour", 1),
            ("harbour …", 1),
            ("[the mayor] of …", 1),
            ("… harbour … vote …", 2),
            ("… the …", 1),
            ("…", 0),
            ("", 0),
        ] {
            let pair = Pair::new(text, text);
            let aligned = pair.align();
            assert_eq!(aligned.matches.len(), matched, "{text}");
            let covered = if matched > 0 { 0..pair.one.len() } else { 0..0 };
            assert_eq!((&aligned.one, &aligned.other), (&covered, &covered), "{text}");
            assert_eq!(aligned.clone().turned(), aligned, "{text}");
        }
    }

    proptest! {
        #[test]
        fn is_symmetric(one in sentence(), other in sentence()) {
            let pair = Pair::new(&one, &other);
            assert_eq!(pair.align(), align(&pair.other, &pair.one, &pair.words).turned());
        }

        #[test]
        fn a_quotation_equals_itself(one in sentence()) {
            let pair = Pair::new(&one, &one);
            let aligned = pair.align();
            assert!(aligned.hunks.is_empty());
            assert_eq!(aligned.clone().turned(), aligned);
            assert_eq!(aligned.matches.len(), pair.one.iter().filter(|&&word| word != GAP).count());
        }

        #[test]
        fn stays_within_bounds_and_in_order(one in sentence(), other in sentence()) {
            let pair = Pair::new(&one, &other);
            let aligned = pair.align();
            assert!(aligned.one.end <= pair.one.len() && aligned.other.end <= pair.other.len());
            for &(i, j) in &aligned.matches {
                assert_eq!(pair.one[i as usize], pair.other[j as usize]);
                assert!(!aligned.hunks.iter().any(|h| h.one.contains(&(i as usize)) || h.other.contains(&(j as usize))));
            }
            assert!(aligned.matches.is_sorted());
            for hunk in &aligned.hunks {
                assert!(!hunk.one.is_empty() || !hunk.other.is_empty());
                assert!(aligned.one.start <= hunk.one.start && hunk.one.end <= aligned.one.end);
                assert!(aligned.other.start <= hunk.other.start && hunk.other.end <= aligned.other.end);
            }
            assert!(aligned.hunks.windows(2).all(|h| h[0].one.end <= h[1].one.start && h[0].other.end <= h[1].other.start));
        }
    }
}
