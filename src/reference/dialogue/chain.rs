//! The likeliest speaker of each turn, from what the turns say one by one and from how turns follow each other.
//!
//! Who speaks depends on who spoke last and on who spoke before that: mostly the latter has the word again. So the state is a
//! pair of speakers, and the share of everybody who may speak a turn is summed over all ways through the exchange, forward
//! and backward (Baum and others, 1970; Rabiner, 1989, tells it best). A turn that names its speaker has one candidate.

use smallvec::SmallVec;

/// Stands for whoever nothing near the turn names.
pub(super) const ANYBODY: usize = usize::MAX;

/// How much of the room for others somebody has who is sure to speak, whoever that is.
const NAMED: f64 = 0.25;

/// The least that the weights of the others come to: a single faint one does not get all their room.
const LEAST_WEIGHT: f64 = 0.3;

/// Somebody who may speak a turn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Their number in the cast, or [`ANYBODY`].
    pub(super) member: usize,
    /// How likely they are to join in, beside the others who do not speak now.
    pub(super) weight: f64,
    /// How well the turn's own words and those of its neighbours fit them.
    pub(super) fit: f64,
}

/// How likely a turn goes on with whom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Odds {
    /// With whoever spoke last.
    pub(super) same: f64,
    /// The same, where they have spoken twice already.
    pub(super) same_again: f64,
    /// With whoever spoke before that.
    pub(super) back: f64,
    /// With anybody else.
    pub(super) other: f64,
}

/// A turn as a link of the chain.
pub(super) struct Link {
    pub(super) candidates: SmallVec<[Candidate; 10]>,
    pub(super) odds: Odds,
    /// Do its own words name its speaker?
    pub(super) named: bool,
    /// Does an exchange begin with it?
    pub(super) begins: bool,
}

/// Before the first turn nobody has spoken.
const NOBODY: [Candidate; 1] = [Candidate { member: usize::MAX - 1, weight: 0.0, fit: 1.0 }];

impl Link {
    /// The weight of somebody who is known to have spoken; whoever nothing names is always somebody else.
    fn weight_of(&self, member: usize) -> f64 {
        let known = |candidate: &&Candidate| candidate.member == member && member != ANYBODY;
        self.candidates.iter().find(known).map_or(0.0, |candidate| candidate.weight)
    }

    /// The sum of the candidates' weights.
    fn all(&self) -> f64 {
        self.candidates.iter().map(|candidate| candidate.weight).sum()
    }

    /// How likely each candidate speaks after these two, all in all; `all` is [`Self::all`], which is the same for every pair.
    fn passes(&self, (before, last): (usize, usize), all: f64) -> impl Iterator<Item = f64> {
        let Odds { same, same_again, back, other } = self.odds;
        let again = before == last;
        let room = if again { 1.0 - same_again } else { other };
        let spoken = self.weight_of(last) + if again { 0.0 } else { self.weight_of(before) };
        let others = (all - spoken).max(LEAST_WEIGHT);
        self.candidates.iter().map(move |candidate| {
            let somebody = candidate.member != ANYBODY;
            let likely = if somebody && candidate.member == last {
                if again { same_again } else { same }
            } else if somebody && candidate.member == before {
                back
            } else if self.named {
                room * NAMED
            } else {
                room * candidate.weight / others
            };
            likely * candidate.fit
        })
    }
}

/// For each link its likeliest speaker, with their share of the probability; nothing where that is [`ANYBODY`].
pub(super) fn likeliest(links: &[Link]) -> Vec<Option<(usize, f64)>> {
    let mut found = Vec::with_capacity(links.len());
    for exchange in links.chunk_by(|_, next| !next.begins) {
        through(exchange, &mut found);
    }
    found
}

/// The candidates of the link `back` turns before `at`.
fn candidates(links: &[Link], at: usize, back: usize) -> &[Candidate] {
    at.checked_sub(back).map_or(&NOBODY, |at| &links[at].candidates)
}

/// Goes through one exchange, forward and then backward. A table of pairs has a row for each candidate of the turn before,
/// and in it a share for each candidate of the turn.
fn through(links: &[Link], found: &mut Vec<Option<(usize, f64)>>) {
    let mut forward: Vec<Vec<f64>> = Vec::with_capacity(links.len());
    for at in 0..links.len() {
        let last = forward.last().map_or(&[1.0][..], Vec::as_slice);
        let next = step(links, at, last);
        forward.push(next);
    }
    let start = found.len();
    found.resize(start + links.len(), None);
    let mut backward = vec![1.0; forward.last().map_or(0, Vec::len)];
    for at in (0..links.len()).rev() {
        found[start + at] = most(&links[at].candidates, &forward[at], &backward);
        backward = step_back(links, at, &backward);
    }
}

/// The shares of the pairs at the turn `at`, from those at the turn before it. They add up to 1.
fn step(links: &[Link], at: usize, pairs: &[f64]) -> Vec<f64> {
    let (before, last) = (candidates(links, at, 2), candidates(links, at, 1));
    let (now, all) = (links[at].candidates.len(), links[at].all());
    let mut next = vec![0.0; last.len() * now];
    for (one, shares) in before.iter().zip(pairs.chunks(last.len())) {
        for ((two, share), row) in last.iter().zip(shares).zip(next.chunks_mut(now)) {
            for (sum, likely) in row.iter_mut().zip(links[at].passes((one.member, two.member), all)) {
                *sum += share * likely;
            }
        }
    }
    let sum: f64 = next.iter().sum();
    next.iter_mut().for_each(|share| *share /= sum.max(f64::MIN_POSITIVE));
    next
}

/// How likely all that comes from the turn `at` on is, for each pair before it, from how likely what comes after it is.
fn step_back(links: &[Link], at: usize, after: &[f64]) -> Vec<f64> {
    let (before, last) = (candidates(links, at, 2), candidates(links, at, 1));
    let (now, all) = (links[at].candidates.len(), links[at].all());
    let mut likely = Vec::with_capacity(before.len() * last.len());
    for one in before {
        for (two, rest) in last.iter().zip(after.chunks(now)) {
            let ways = links[at].passes((one.member, two.member), all).zip(rest);
            likely.push(ways.map(|(likely, rest)| likely * rest).sum::<f64>());
        }
    }
    let most = likely.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    likely.iter_mut().for_each(|share| *share /= most);
    likely
}

/// Which candidate has most of a turn, and how much.
fn most(candidates: &[Candidate], forward: &[f64], backward: &[f64]) -> Option<(usize, f64)> {
    let mut shares: SmallVec<[f64; 10]> = SmallVec::from_elem(0.0, candidates.len());
    let now = candidates.len();
    for (row, rest) in forward.chunks(now).zip(backward.chunks(now)) {
        for ((share, likely), rest) in shares.iter_mut().zip(row).zip(rest) {
            *share += likely * rest;
        }
    }
    let sum: f64 = shares.iter().sum();
    // Of two with the same share the first: candidates come in a fixed order.
    let best = (0..now).reduce(|best, next| if shares[next] > shares[best] { next } else { best })?;
    (candidates[best].member != ANYBODY && sum > 0.0).then(|| (candidates[best].member, shares[best] / sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ODDS: Odds = Odds { same: 0.01, same_again: 0.03, back: 0.9, other: 0.09 };

    fn link(candidates: &[(usize, f64)], named: bool) -> Link {
        let candidate = |&(member, fit): &(usize, f64)| Candidate { member, weight: 1.0, fit };
        Link { candidates: candidates.iter().map(candidate).collect(), odds: ODDS, named, begins: false }
    }

    fn open() -> Link {
        link(&[(0, 1.0), (1, 1.0), (2, 1.0), (ANYBODY, 1.0)], false)
    }

    #[test]
    fn between_two_who_are_named_turns_alternate() {
        let links =
            [link(&[(0, 1.0)], true), link(&[(1, 1.0)], true), open(), open(), link(&[(0, 1.0)], true)];
        let found: Vec<_> = likeliest(&links).into_iter().flatten().collect();
        assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), [0, 1, 0, 1, 0]);
        assert!(found[2].1 > 0.9 && found[3].1 > 0.9, "{found:?}");
    }

    #[test]
    fn a_count_that_does_not_work_out_makes_nobody_likely() {
        // Between two turns of one speaker lie two: somebody spoke twice, or a third did.
        let links = [link(&[(0, 1.0)], true), open(), open(), link(&[(0, 1.0)], true)];
        let counted = [link(&[(0, 1.0)], true), open(), open(), open(), link(&[(0, 1.0)], true)];
        let middle = |links: &[Link]| likeliest(links)[2].map_or(0.0, |(_, share)| share);
        assert!(middle(&links) < 0.87 && middle(&counted) > 0.99, "{} {}", middle(&links), middle(&counted));
    }

    #[test]
    fn a_turn_that_fits_a_third_alone_is_the_thirds() {
        let links = [
            link(&[(0, 1.0)], true),
            link(&[(1, 1.0)], true),
            link(&[(0, 0.01), (1, 0.01), (2, 1.0)], false),
        ];
        assert_eq!(likeliest(&links)[2].map(|(member, _)| member), Some(2));
    }

    #[test]
    fn an_exchange_knows_nothing_of_the_one_before_it() {
        let mut links = [link(&[(0, 1.0)], true), link(&[(1, 1.0)], true), open()];
        links[2].begins = true;
        assert!(likeliest(&links)[2].is_none_or(|(_, share)| share < 0.4));
    }
}
