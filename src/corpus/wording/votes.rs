//! Where a quotation may stand on the tapes, by the places of its rare words.

use std::ops::Range;

use rustc_hash::FxHashMap;

/// A tape's rank among the tapes.
pub(super) type TapeNumber = u32;

/// Words of margin around a place.
const MARGIN: usize = 12;
/// Places that are laid side by side with a part, the likeliest first.
const TRIED: usize = 6;
/// The same where many are about as likely.
const TRIED_AT_MOST: usize = 20;

/// What a clue is worth that stands at so many places: a rare word tells more than a common one.
pub(super) fn weight(places: usize) -> u32 {
    let halvings = usize::BITS - places.leading_zeros();
    10_u32.saturating_sub(halvings).max(1)
}

/// The places that most clues point at, the likeliest first. Words dropped or added shift a place a little: nearby places
/// vote together.
pub(super) fn vote(places: impl Iterator<Item = (TapeNumber, usize, u32)>) -> Vec<(usize, usize)> {
    let mut votes: FxHashMap<(TapeNumber, usize), u32> = FxHashMap::default();
    for (tape, place, weight) in places {
        *votes.entry((tape, place / MARGIN)).or_default() += weight;
    }
    let beside = |tape: TapeNumber, place: usize| votes.get(&(tape, place)).copied().unwrap_or(0);
    let mut places: Vec<_> = votes
        .iter()
        .map(|(&(tape, place), &count)| {
            let near = beside(tape, place.wrapping_sub(1)).max(beside(tape, place + 1));
            (2 * count + near, tape, place)
        })
        .collect();
    // Where many places are about as likely, more of them are tried.
    let best = places.iter().map(|&(count, ..)| count).max().unwrap_or(0);
    let alike = places.iter().filter(|&&(count, ..)| count * 3 >= best * 2).count();
    let tried = alike.clamp(TRIED, TRIED_AT_MOST);
    let rank = |&(count, tape, place): &(u32, TapeNumber, usize)| (std::cmp::Reverse(count), tape, place);
    // There may be many more than are tried, and only those are put in order.
    if places.len() > tried {
        places.select_nth_unstable_by_key(tried, rank);
        places.truncate(tried);
    }
    places.sort_unstable_by_key(rank);
    places.into_iter().map(|(_, tape, place)| (tape as usize, place * MARGIN)).collect()
}

/// A stretch of tape with room for words that the quotation dropped.
pub(super) fn window(place: usize, words: usize, end: usize) -> Range<usize> {
    place.saturating_sub(MARGIN).min(end)..(place + words + words / 2 + 2 * MARGIN).min(end)
}
