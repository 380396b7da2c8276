//! What an alignment finds, and that the fast table is the plain one.

use proptest::prelude::{Strategy, prop, proptest};

use super::{Alignment, Table, align, band};
use super::{CONTENT_MATCH, DIFFERENT, EXTEND, INFLECTED, Move, NEVER, OPEN, SMALL_MATCH};
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

/// Gotoh's recurrence as the books have it: for each cell the best score by last step, every cell kept.
fn plain_table(
    one: &[Symbol],
    other: &[Symbol],
    columns: &[std::ops::Range<usize>],
    words: &Vocabulary,
) -> (Vec<u8>, (usize, usize, Move), i32) {
    const STEPS: [Move; 3] = [Move::Pair, Move::One, Move::Other];
    let best = |cell: [i32; 3]| {
        (0..3).rev().max_by_key(|&step| cell[step]).map_or((0, 0), |step| (cell[step], step))
    };
    let value = |a: Symbol, b: Symbol| match () {
        () if a == GAP || b == GAP => NEVER,
        () if a == b && words.is_small(a) => SMALL_MATCH,
        () if a == b => CONTENT_MATCH,
        () if words.inflected(a, b) => INFLECTED,
        () => DIFFERENT,
    };
    let alone = |before: [i32; 3], side: usize, free: bool| {
        let (score, step) = best(before);
        let (extended, opened) = ((before[side] + EXTEND).max(NEVER), score + OPEN);
        match free {
            true => (score, step),
            false if extended > opened => (extended, side),
            false => (opened.max(NEVER), step),
        }
    };
    let mut cells = vec![vec![[NEVER; 3]; other.len() + 1]; one.len() + 1];
    cells[0].fill([0, NEVER, NEVER]);
    cells.iter_mut().for_each(|row| row[0] = [0, NEVER, NEVER]);
    let (mut ways, mut end, mut score) = (Vec::new(), (0, 0, Move::Pair), 0);
    for i in 1..=one.len() {
        for j in columns[i - 1].clone() {
            let (a, b) = (one[i - 1], other[j - 1]);
            let free = a == GAP || b == GAP;
            let (before, pair_way) = best(cells[i - 1][j - 1]);
            let (single_one, one_way) = alone(cells[i - 1][j], 1, free);
            let (single_other, other_way) = alone(cells[i][j - 1], 2, free);
            cells[i][j] = [(before + value(a, b)).max(NEVER), single_one, single_other];
            let [pair_way, one_way, other_way] = [pair_way, one_way, other_way].map(|step| STEPS[step] as u8);
            ways.push(pair_way | one_way << 2 | other_way << 4);
            let (found, step) = best(cells[i][j]);
            if (i == one.len() || j == other.len()) && found > score {
                (score, end) = (found, (i, j, STEPS[step]));
            }
        }
    }
    (ways, end, score)
}

proptest! {
    #[test]
    fn the_fast_table_is_the_plain_one(one in sentence(), other in sentence()) {
        let pair = Pair::new(&one, &other);
        let columns = vec![1..pair.other.len() + 1; pair.one.len()];
        let fast = Table::fill(&pair.one, &pair.other, &columns, &pair.words);
        let plain = plain_table(&pair.one, &pair.other, &columns, &pair.words);
        assert_eq!((fast.ways, fast.end, fast.score), plain);
    }

    #[test]
    fn so_it_is_within_a_band(change in 0usize..600, cut in 0usize..600, length in 1usize..40) {
        let one: Vec<Symbol> = (1..601).collect();
        let mut other = one.clone();
        other[change] = 700;
        other.splice(cut..(cut + length).min(600), [701, GAP]);
        let mut words = Vocabulary::default();
        let spoken: Vec<String> = (0..800).map(|n| format!("w{n}")).collect();
        words.number(&spoken.join(" "), &mut Vec::new());
        let narrow = |(i, columns): (usize, &std::ops::Range<usize>)| {
            columns.start.max(i.saturating_sub(60)).min(columns.end)..columns.end.min(i + 60).max(columns.start)
        };
        let columns: Vec<_> = band(&one, &other).iter().enumerate().map(narrow).collect();
        let fast = Table::fill(&one, &other, &columns, &words);
        assert_eq!((fast.ways, fast.end, fast.score), plain_table(&one, &other, &columns, &words));
    }

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
