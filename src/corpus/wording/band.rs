//! The part of the table that two long texts need: a band around the runs of words that both have exactly once.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::vocabulary::Symbol;

/// Half the width of the band, in words.
const BAND: usize = 200;
/// Words in the runs that hold the band in place.
const ANCHOR: usize = 4;

/// For two long texts: the columns of each row that lie near the runs of words which both have exactly once.
pub(super) fn band(one: &[Symbol], other: &[Symbol]) -> Vec<Range<usize>> {
    let anchors = anchors(one, other);
    let last = other.len() + 1;
    if anchors.is_empty() {
        return vec![1..1; one.len()];
    }
    (1..=one.len())
        .map(|i| {
            let next = anchors.partition_point(|&(at, _)| at < i);
            let before = next.checked_sub(1).map(|index| anchors[index]);
            let after = anchors.get(next).copied();
            let low = before.map(|(_, j)| j).or_else(|| after.map(|(at, j)| j.saturating_sub(at - i)));
            let high = after.map(|(_, j)| j).or_else(|| before.map(|(at, j)| j + (i - at)));
            let (low, high) = (low.unwrap_or(1), high.unwrap_or(1));
            low.saturating_sub(BAND).clamp(1, last)..(high + BAND).clamp(1, last)
        })
        .collect()
}

/// Runs that stand exactly once in each text, as places (from 1) that ascend in both.
fn anchors(one: &[Symbol], other: &[Symbol]) -> Vec<(usize, usize)> {
    let once = |text: &[Symbol]| {
        let mut places: FxHashMap<Box<[Symbol]>, Option<usize>> = FxHashMap::default();
        for (at, run) in text.windows(ANCHOR).enumerate() {
            places.entry(run.into()).and_modify(|place| *place = None).or_insert(Some(at + 1));
        }
        places
    };
    let (ours, theirs) = (once(one), once(other));
    let mut shared: Vec<(usize, usize)> =
        ours.iter().filter_map(|(run, at)| Some(((*at)?, (*theirs.get(run)?)?))).collect();
    shared.sort_unstable();
    ascending(&shared)
}

/// The longest run of pairs that ascends on the second side too (patience sorting).
fn ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut piles: Vec<usize> = Vec::new();
    let mut below = vec![usize::MAX; pairs.len()];
    for (index, pair) in pairs.iter().enumerate() {
        let pile = piles.partition_point(|&top| pairs[top].1 < pair.1);
        if pile > 0 {
            below[index] = piles[pile - 1];
        }
        if pile == piles.len() {
            piles.push(index);
        } else {
            piles[pile] = index;
        }
    }
    let mut chain = Vec::with_capacity(piles.len());
    let mut at = piles.last().copied().unwrap_or(usize::MAX);
    while let Some(pair) = pairs.get(at) {
        chain.push(*pair);
        at = below[at];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::{BAND, anchors, ascending, band};
    use crate::corpus::wording::vocabulary::Symbol;

    #[test]
    fn the_band_is_narrow_and_held_by_what_stands_once() {
        let text: Vec<Symbol> = (1..4001).collect();
        let mut changed = text.clone();
        changed[2000] = 9000;
        changed.splice(500..520, []);
        assert!(band(&text, &changed).iter().all(|columns| columns.len() <= 2 * BAND + 60));
        assert_eq!(anchors(&text, &text).len(), 3997);
        assert_eq!(ascending(&[(1, 3), (2, 1), (3, 2), (4, 9)]), [(2, 1), (3, 2), (4, 9)]);
    }
}
