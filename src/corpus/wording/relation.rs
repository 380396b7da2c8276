//! How two versions of the words stand to one another, as far as the words tell.

use std::ops::Range;

use smallvec::SmallVec;

use super::align::{Alignment, Hunk, align};
use super::contraction::contracted;
use super::vocabulary::{GAP, Symbol, Vocabulary};

/// How two versions stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Nothing differs where they meet: equal, one within the other, or overlapping.
    Consistent,
    /// Words differ.
    Altered,
    /// One leaves out words in its middle, and no ellipsis says so; nothing else differs.
    Omitted,
}

/// Two versions that are one utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The one, by its number.
    pub one: u32,
    /// The other.
    pub other: u32,
    /// How they stand to one another.
    pub relation: Relation,
    /// Equal words.
    pub matched: u32,
    /// Equal words that carry a topic.
    pub content: u32,
    /// Words that differ, the longer side of each place counted.
    pub differing: u32,
}

/// Equal words without which a difference is none: two texts that share less are two utterances.
pub(super) const LEAST_MATCHED: usize = 5;
/// Of them with a topic.
pub(super) const LEAST_CONTENT: usize = 3;
/// Of them with a topic, where more than one word differs.
const ENOUGH_CONTENT: usize = 4;
/// Equal words for each word that differs.
const MATCHED_PER_CHANGE: usize = 3;
/// The same where words are left out as well as altered: a speaker who says a thing again says it like that.
const MATCHED_PER_MIXED_CHANGE: usize = 6;
/// The most words that a change may put for others; beyond it somebody said something else.
const LONGEST_CHANGE: usize = 4;
/// The same at the very start or end of a quotation.
const LONGEST_EDGE_CHANGE: usize = 2;
/// Words left out in a row from which on it is an omission and not an altered word.
pub(super) const SHORTEST_OMISSION: usize = 3;
/// The most words left out in a row.
const LONGEST_OMISSION: usize = 30;
/// Equal words on each side of an omission.
const FLANK: usize = 3;
/// Equal words that make two overlapping quotations one utterance where neither holds the other.
pub(super) const OVERLAP: usize = 6;

/// Compares two versions. `None` where they are two utterances, or nothing tells.
///
/// Where a gap of the one may have taken up a word that matters, that is a difference too; whether it matters there, the
/// sentence tells (see `Wording::compare`).
pub fn relate(one: &[Symbol], other: &[Symbol], words: &Vocabulary) -> Option<(Relation, Alignment)> {
    let (relation, mut aligned) = relate_words(one, other, words)?;
    let swallowed = swallowed(&aligned, one, other, words);
    let enough = aligned.matches.len() >= LEAST_MATCHED && content(&aligned, one, words) >= LEAST_CONTENT;
    if swallowed.is_empty() || !enough {
        return Some((relation, aligned));
    }
    aligned.hunks.extend(swallowed);
    aligned.hunks.sort_by_key(|hunk| (hunk.one.start, hunk.other.start));
    Some((Relation::Altered, aligned))
}

/// The most words that a gap takes up for it to be looked into: beyond them whole sentences were left out.
const LONGEST_SWALLOWED: usize = 24;

/// A gap that takes up more words than this may take up a number with them: an editor leaves a phrase out.
pub(super) const LONGEST_QUANTITY: usize = 3;

/// Does a word that a gap takes up, among `taken` in all, turn the sense of what is left?
pub(super) fn turns_sense(word: Symbol, taken: usize, words: &Vocabulary) -> bool {
    words.negates(word) || words.limits(word) || (words.is_number(word) && taken <= LONGEST_QUANTITY)
}

/// Where a gap of one side has taken up words of the other that may matter: a negation, a number, a condition.
pub(super) fn swallowed(
    aligned: &Alignment,
    one: &[Symbol],
    other: &[Symbol],
    words: &Vocabulary,
) -> Vec<Hunk> {
    let mut found = Vec::new();
    for pair in aligned.matches.windows(2) {
        let left = pair[0].0 as usize + 1..pair[1].0 as usize;
        let right = pair[0].1 as usize + 1..pair[1].1 as usize;
        if left.is_empty() || right.is_empty() {
            continue;
        }
        let inside = |hunk: &Hunk| {
            hunk.one.start < left.end && hunk.one.end > left.start
                || hunk.other.start < right.end && hunk.other.end > right.start
        };
        let taken = match (&one[left.clone()], &other[right.clone()]) {
            ([GAP], taken) | (taken, [GAP]) => taken,
            // “It was … worth it” for “it wasn't worth it”.
            ([word, GAP] | [GAP, word], [negated]) if is_negation_of(*negated, *word, words) => {
                found.push(Hunk { one: left, other: right });
                continue;
            }
            _ => continue,
        };
        let matters = |&word: &Symbol| turns_sense(word, taken.len(), words);
        if taken.len() <= LONGEST_SWALLOWED && taken.iter().any(matters) && !aligned.hunks.iter().any(inside)
        {
            found.push(Hunk { one: left, other: right });
        }
    }
    found
}

/// Is one word the other with “n't”?
fn is_negation_of(negated: Symbol, word: Symbol, words: &Vocabulary) -> bool {
    words.text(negated).strip_suffix("n't") == Some(words.text(word))
}

/// Is a difference one between a gap and the words that it took up?
pub(super) fn is_swallowed(hunk: &Hunk, one: &[Symbol], other: &[Symbol]) -> bool {
    one[hunk.one.clone()] == [GAP] || other[hunk.other.clone()] == [GAP]
}

fn relate_words(one: &[Symbol], other: &[Symbol], words: &Vocabulary) -> Option<(Relation, Alignment)> {
    let mut aligned = align(one, other, words);
    stretch_at_edges(&mut aligned, one, other, words);
    contract_at_edges(&mut aligned, one, other, words);
    let mut aligned = aligned.turned();
    contract_at_edges(&mut aligned, other, one, words);
    let mut aligned = aligned.turned();
    join_over_gaps(&mut aligned, one, other);
    join_moved(&mut aligned, one, other);
    aligned.hunks.retain(|hunk| {
        !same_but_for_spacing(hunk, one, other, words)
            && !beside_gap(hunk, one, other, words)
            && !stutter(hunk, one, other)
    });
    let (matched, content) = (aligned.matches.len(), content(&aligned, one, words));
    if aligned.hunks.is_empty() {
        let words_of = |form: &[Symbol]| form.iter().filter(|&&word| word != GAP).count();
        let held = matched == words_of(one).min(words_of(other));
        return (content > 0 && (held || matched >= OVERLAP)).then_some((Relation::Consistent, aligned));
    }
    if matched < LEAST_MATCHED || content < LEAST_CONTENT {
        return None;
    }
    let (mut differing, mut omitted) = (0, 0);
    let mut relation = Relation::Omitted;
    for hunk in &aligned.hunks {
        let (longer, shorter) = (hunk.one.len().max(hunk.other.len()), hunk.one.len().min(hunk.other.len()));
        let at_edge = (hunk.one.start == aligned.one.start && hunk.other.start == aligned.other.start)
            || (hunk.one.end == aligned.one.end && hunk.other.end == aligned.other.end);
        if shorter == 0 && longer >= SHORTEST_OMISSION {
            if at_edge || longer > LONGEST_OMISSION || !flanked(&aligned, hunk) {
                return None;
            }
            omitted += longer;
            continue;
        }
        if !at_edge && is_moved(hunk, one, other) {
            differing += 1;
            relation = Relation::Altered;
            continue;
        }
        if longer > LONGEST_CHANGE || (at_edge && longer > LONGEST_EDGE_CHANGE) {
            return None;
        }
        differing += longer;
        relation = Relation::Altered;
    }
    // An omission may be long where nothing else differs. Where something does, all of it speaks for two utterances.
    let enough = match (differing, omitted) {
        (0, _) => true,
        (_, 0) => differing * MATCHED_PER_CHANGE <= matched && (differing == 1 || content >= ENOUGH_CONTENT),
        _ => (differing + omitted) * MATCHED_PER_MIXED_CHANGE <= matched,
    };
    enough.then_some((relation, aligned))
}

/// “not me, not Bill [Hale], nobody” on one side and nothing on the other is one difference, not two.
fn join_over_gaps(aligned: &mut Alignment, one: &[Symbol], other: &[Symbol]) {
    let mut joined: Vec<Hunk> = Vec::with_capacity(aligned.hunks.len());
    for hunk in aligned.hunks.drain(..) {
        if let Some(last) = joined.last_mut()
            && one[last.one.end..hunk.one.start].iter().all(|&word| word == GAP)
            && other[last.other.end..hunk.other.start].iter().all(|&word| word == GAP)
        {
            last.one.end = hunk.one.end;
            last.other.end = hunk.other.end;
            continue;
        }
        joined.push(hunk);
    }
    aligned.hunks = joined;
}

/// “farmers and fishermen” and “fishermen and farmers”: two differences that undo one another are one, since words
/// have changed places.
fn join_moved(aligned: &mut Alignment, one: &[Symbol], other: &[Symbol]) {
    let mut joined: Vec<Hunk> = Vec::with_capacity(aligned.hunks.len());
    for hunk in aligned.hunks.drain(..) {
        if let Some(last) = joined.last_mut() {
            let both = Hunk { one: last.one.start..hunk.one.end, other: last.other.start..hunk.other.end };
            if is_moved(&both, one, other) {
                *last = both;
                continue;
            }
        }
        joined.push(hunk);
    }
    aligned.hunks = joined;
}

/// The most words among which some may have changed places.
const LONGEST_MOVE: usize = 8;

/// Are they the same words in another order?
fn is_moved(hunk: &Hunk, one: &[Symbol], other: &[Symbol]) -> bool {
    if hunk.one.len() != hunk.other.len() || !(2..=LONGEST_MOVE).contains(&hunk.one.len()) {
        return false;
    }
    let sorted = |form: &[Symbol]| {
        let mut words: SmallVec<[Symbol; LONGEST_MOVE]> = form.into();
        words.sort_unstable();
        words
    };
    sorted(&one[hunk.one.clone()]) == sorted(&other[hunk.other.clone()])
}

/// “what the [expletive] is” and “what is”: a small word beside an editor's brackets goes with them.
fn beside_gap(hunk: &Hunk, one: &[Symbol], other: &[Symbol], words: &Vocabulary) -> bool {
    let beside = |form: &[Symbol], hunk: &Range<usize>| {
        form.get(hunk.end) == Some(&GAP) || hunk.start.checked_sub(1).is_some_and(|at| form[at] == GAP)
    };
    let sides = one[hunk.one.clone()].iter().chain(&other[hunk.other.clone()]);
    (beside(one, &hunk.one) || beside(other, &hunk.other))
        && sides.into_iter().all(|&word| words.is_small(word) && !words.negates(word) && !words.limits(word))
}

/// “if she goes, if she goes there”: words said twice and printed once.
pub(super) fn stutter(hunk: &Hunk, one: &[Symbol], other: &[Symbol]) -> bool {
    let (form, twice) = match (hunk.one.is_empty(), hunk.other.is_empty()) {
        (false, true) => (one, &hunk.one),
        (true, false) => (other, &hunk.other),
        _ => return false,
    };
    let said = &form[twice.clone()];
    form[twice.end..].starts_with(said) || form[..twice.start].ends_with(said)
}

/// The ends of an alignment are free, so “we're” at the start meets the last word of “we are” alone: where one more
/// word makes a contraction of the difference, it belongs to it.
fn stretch_at_edges(aligned: &mut Alignment, one: &[Symbol], other: &[Symbol], words: &Vocabulary) {
    let whole = (aligned.one.clone(), aligned.other.clone());
    for hunk in &mut aligned.hunks {
        let mut wider = hunk.clone();
        if hunk.one.start == whole.0.start && hunk.other.start == whole.1.start {
            wider.one.start = wider.one.start.saturating_sub(1);
            wider.other.start = wider.other.start.saturating_sub(1);
        }
        if hunk.one.end == whole.0.end && hunk.other.end == whole.1.end {
            wider.one.end = (wider.one.end + 1).min(one.len());
            wider.other.end = (wider.other.end + 1).min(other.len());
        }
        if wider != *hunk && contracted(&one[wider.one.clone()], &other[wider.other.clone()], words) {
            aligned.one = aligned.one.start.min(wider.one.start)..aligned.one.end.max(wider.one.end);
            aligned.other =
                aligned.other.start.min(wider.other.start)..aligned.other.end.max(wider.other.end);
            *hunk = wider;
        }
    }
}

/// The most words before a hunk at an end that may belong to a contraction in it.
const LONGEST_CONTRACTION: usize = 4;

/// “That is who [we] are. We've got to” laid beside “We have got to”: at the end of the other quotation a small word may
/// have met the wrong one. Where its words up to the first difference are the one's with a contraction resolved, they are
/// the difference; the same at the last.
fn contract_at_edges(aligned: &mut Alignment, one: &[Symbol], other: &[Symbol], words: &Vocabulary) {
    let starts = aligned.other.start == 0 && aligned.one.start > 0;
    if let Some(hunk) =
        aligned.hunks.first_mut().filter(|hunk| starts && hunk.other.end <= LONGEST_CONTRACTION)
    {
        let (rest, end) = (&other[..hunk.other.end], hunk.one.end);
        let longest = end.saturating_sub(rest.len() + 1);
        if let Some(start) = (longest..end).rev().find(|&start| contracted(&one[start..end], rest, words)) {
            *hunk = Hunk { one: start..end, other: 0..hunk.other.end };
            aligned.one.start = start;
            aligned.matches.retain(|&(i, _)| i as usize >= end);
        }
    }
    let ends = aligned.other.end == other.len() && aligned.one.end < one.len();
    let left = |hunk: &Hunk| other.len() - hunk.other.start;
    if let Some(hunk) = aligned.hunks.last_mut().filter(|hunk| ends && left(hunk) <= LONGEST_CONTRACTION) {
        let (rest, start) = (&other[hunk.other.start..], hunk.one.start);
        let longest = (start + rest.len() + 1).min(one.len());
        if let Some(end) = (start + 1..=longest).find(|&end| contracted(&one[start..end], rest, words)) {
            *hunk = Hunk { one: start..end, other: hunk.other.start..other.len() };
            aligned.one.end = end;
            aligned.matches.retain(|&(i, _)| (i as usize) < start);
        }
    }
}

/// Equal words with a topic.
pub fn content(aligned: &Alignment, one: &[Symbol], words: &Vocabulary) -> usize {
    aligned.matches.iter().filter(|&&(i, _)| words.is_content(one[i as usize])).count()
}

/// The words that differ, the longer side of each place counted; words that changed places count as one.
pub fn differing(aligned: &Alignment, one: &[Symbol], other: &[Symbol]) -> usize {
    let count = |hunk: &Hunk| match is_moved(hunk, one, other) {
        true => 1,
        false => hunk.one.len().max(hunk.other.len()),
    };
    aligned.hunks.iter().map(count).sum()
}

/// Do enough equal words stand on both sides of an omission?
fn flanked(aligned: &Alignment, hunk: &Hunk) -> bool {
    let before = aligned.matches.partition_point(|&(i, j)| {
        (i as usize) < hunk.one.start || (i as usize == hunk.one.start && (j as usize) < hunk.other.start)
    });
    before >= FLANK && aligned.matches.len() - before >= FLANK
}

/// “cease-fire” and “ceasefire”, “per cent” and “percent”.
fn same_but_for_spacing(hunk: &Hunk, one: &[Symbol], other: &[Symbol], words: &Vocabulary) -> bool {
    let letters = |form: &[Symbol]| form.iter().map(|&word| words.text(word)).collect::<String>();
    !hunk.one.is_empty()
        && !hunk.other.is_empty()
        && letters(&one[hunk.one.clone()]) == letters(&other[hunk.other.clone()])
}

/// What a place where two versions differ comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The same word with other capitals: “WIN” for “win”.
    Case,
    /// “we're” for “we are”.
    Contraction,
    /// Other words that sound alike, on a machine's tape.
    SoundAlike,
    /// Another form of the same word.
    Form,
    /// Other words.
    Words,
    /// Words left out.
    Omission,
    /// A condition or a limit on one side only: “only”, “unless”, “until”.
    Condition,
    /// A name on one side only, or another one.
    Name,
    /// A number on one side only, or another one.
    Number,
    /// A negation on one side only.
    Negation,
}

/// What a hunk comes to. `names` says of each side whether a word that differs is written as a name.
pub fn change(
    hunk: &Hunk,
    one: &[Symbol],
    other: &[Symbol],
    words: &Vocabulary,
    names: (&dyn Fn(usize) -> bool, &dyn Fn(usize) -> bool),
) -> Change {
    let (left, right) = (&one[hunk.one.clone()], &other[hunk.other.clone()]);
    if left.iter().map(|&word| words.folded(word)).eq(right.iter().map(|&word| words.folded(word))) {
        return Change::Case;
    }
    if contracted(left, right, words) {
        return Change::Contraction;
    }
    if left.len().max(right.len()) >= SHORTEST_OMISSION && left.len().min(right.len()) == 0 {
        return Change::Omission;
    }
    let negations = |form: &[Symbol]| form.iter().filter(|&&word| words.negates(word)).count();
    if negations(left) != negations(right) {
        return Change::Negation;
    }
    let numbers = |form: &[Symbol]| {
        let mut numbers: Vec<_> = form.iter().copied().filter(|&word| words.is_number(word)).collect();
        numbers.sort_unstable();
        numbers
    };
    if numbers(left) != numbers(right) {
        return Change::Number;
    }
    let limits = |form: &[Symbol]| form.iter().filter(|&&word| words.limits(word)).count();
    let foreign = |word: Symbol, side: &[Symbol]| !side.iter().any(|&w| words.stem(w) == words.stem(word));
    let name_differs = hunk.one.clone().any(|i| names.0(i) && foreign(one[i], right))
        || hunk.other.clone().any(|j| names.1(j) && foreign(other[j], left));
    if name_differs {
        return Change::Name;
    }
    if limits(left) != limits(right) {
        return Change::Condition;
    }
    let forms =
        left.len() == right.len() && left.iter().zip(right).all(|(&l, &r)| l == r || words.inflected(l, r));
    if forms { Change::Form } else { Change::Words }
}

#[cfg(test)]
mod tests {
    use super::{Change, Relation, change, relate};
    use crate::corpus::wording::vocabulary::Vocabulary;

    const FULL: &str = "the harbour belongs to the people who work in it, and no minister will sell it";

    fn compare(one: &str, other: &str) -> Option<(Relation, Vec<Change>)> {
        let mut words = Vocabulary::default();
        let (mut left, mut right) = (Vec::new(), Vec::new());
        words.number(one, &mut left);
        words.number(other, &mut right);
        let (relation, aligned) = relate(&left, &right, &words)?;
        let none = |_: usize| false;
        let changes = aligned.hunks.iter().map(|hunk| change(hunk, &left, &right, &words, (&none, &none)));
        Some((relation, changes.collect()))
    }

    #[test]
    fn legitimate_variations_are_consistent() {
        for other in [
            FULL,
            "the people who work in it",
            "The harbor belongs … and no minister will sell it.",
            "[it] belongs to the people who work in it",
            "the harbour belongs to the people who work in it—and no minister will sell it!",
            "the harbour belongs to the people who work, who work in it, and no minister will sell it",
            "the harbour belongs to the [expletive] people who work in it, and no minister will sell it",
            "work in it, and no minister will sell it, and no company will buy it",
        ] {
            assert_eq!(compare(FULL, other), Some((Relation::Consistent, vec![])), "{other}");
        }
        let fire = compare(
            "a cease-fire by the end of the week is what we want",
            "a ceasefire by the end of the week",
        );
        assert_eq!(fire, Some((Relation::Consistent, vec![])));
    }

    #[test]
    fn alterations_are_told_by_kind() {
        for (other, relation, changes) in [
            (
                "the harbour belongs to the voters who work in it, and no minister will sell it",
                Relation::Altered,
                vec![Change::Words],
            ),
            (
                "the harbour belongs to the people who work in it, and a minister will sell it",
                Relation::Altered,
                vec![Change::Negation],
            ),
            (
                "the harbour belonged to the people who work in it, and no minister will sell it",
                Relation::Altered,
                vec![Change::Form],
            ),
            (
                "the harbour belongs to the people, and no minister will sell it",
                Relation::Omitted,
                vec![Change::Omission],
            ),
            (
                "the harbour belongs to the 300 people who work in it, and no minister will sell it",
                Relation::Altered,
                vec![Change::Number],
            ),
        ] {
            assert_eq!(compare(FULL, other), Some((relation, changes.clone())), "{other}");
            assert_eq!(compare(other, FULL), Some((relation, changes)), "{other} (turned)");
        }
        let we = compare(
            "we're going to sell the old harbour tomorrow",
            "we are going to sell the old harbour tomorrow",
        );
        assert_eq!(we, Some((Relation::Altered, vec![Change::Contraction])));
        for (full, part) in [
            (
                "that is not who we are we've got to mend the old pier beside the lighthouse",
                "we have got to mend the old pier beside the lighthouse",
            ),
            (
                "mend the old pier before winter and so will we and they'll go",
                "mend the old pier before winter and so will we",
            ),
        ] {
            let found = compare(full, part).map(|(_, changes)| changes);
            assert!(
                found
                    .as_ref()
                    .is_some_and(|changes| changes.iter().all(|&change| change == Change::Contraction)),
                "{full} / {part}: {found:?}"
            );
            assert_eq!(compare(part, full).map(|(_, changes)| changes), found);
        }
    }

    #[test]
    fn words_that_change_places_are_one_change() {
        let one = "the harbour belongs to the farmers and fishermen of this coast and not to a bank";
        let other = "the harbour belongs to the fishermen and farmers of this coast and not to a bank";
        assert_eq!(compare(one, other), Some((Relation::Altered, vec![Change::Words])));
    }

    #[test]
    fn other_utterances_are_none() {
        for other in [
            "thank you very much",
            "the ferry belongs to the state and so does the pier",
            "the harbour belongs to the people, and that is why we have come here to vote tonight",
        ] {
            assert_eq!(compare(FULL, other), None, "{other}");
        }
    }
}
