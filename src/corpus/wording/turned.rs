//! Short quotations that are turned round: “he was drunk”, where the tape has nothing but “he wasn't drunk”, “he was 11” for
//! “he was seven”, “we will be flying to it” for “we will be walking to it”.
//!
//! A few common words cannot be looked up by a rare one. Instead all words but one must stand on the tape in a row, with negations
//! left out of both sides. The quotation is turned if a negation, a number or that one word differs, and the tape has the quoted
//! words nowhere.

use std::ops::Range;

use smallvec::{SmallVec, smallvec};

use super::align::{Alignment, Hunk};
use super::contraction::head_and_ending;
use super::hit::{Hit, Whose};
use super::speaker_name::SpeakerName;
use super::tape::Tapes;
use super::vocabulary::{Symbol, Vocabulary, stem};
use super::votes::TapeNumber;

/// Words of the longest quotation that is looked for in this way; longer ones have words enough of their own.
const LONGEST: usize = 8;
/// Words without the negation that must be left.
const SHORTEST: usize = 2;
/// The same where a number differs, the number included.
const SHORTEST_WITH_NUMBER: usize = 3;
/// The same where another word differs, that word included.
const SHORTEST_WITH_WORD: usize = 5;
/// Places on one tape that are looked at.
const MOST_PLACES: usize = 100;
/// Words of a tape that may belong to a negation beside each other word: “did not”.
const ROOM: usize = 3;

/// Words without what says no.
#[derive(Debug, Default)]
struct Skeleton<'v> {
    words: Vec<Bone<'v>>,
    /// For each negation, how many of the words stand before it.
    negations: Vec<usize>,
}

/// One word of it.
#[derive(Debug)]
struct Bone<'v> {
    /// The word without its inflection.
    stem: String,
    text: &'v str,
    number: Option<Symbol>,
    /// Which of the words it was read from.
    from: usize,
}

impl<'v> Skeleton<'v> {
    fn of(form: &[Symbol], words: &'v Vocabulary) -> Self {
        let mut skeleton = Self::default();
        for (from, &symbol) in form.iter().enumerate() {
            let number = words.is_number(symbol).then_some(symbol);
            let (parts, denied) = spelled(words.text(symbol));
            let no = number.is_none() && words.negates(symbol) && !denied;
            if no {
                skeleton.negations.push(skeleton.words.len());
            }
            // “Did argue” and “argued” are one, and of “nobody” somebody is left.
            let kept = parts.iter().filter(|part| !is_support(part) && (!no || part.starts_with("some")));
            skeleton.words.extend(kept.map(|&text| Bone { stem: stem(text), text, number, from }));
            if denied {
                skeleton.negations.push(skeleton.words.len());
            }
        }
        skeleton
    }

    /// How many negations stand between the words of a range; at its edges only where asked for.
    fn denials(&self, start: usize, length: usize, (before, after): (bool, bool)) -> usize {
        let within = |&&at: &&usize| {
            at > start && at < start + length || before && at == start || after && at == start + length
        };
        self.negations.iter().filter(within).count()
    }

    /// How the words differ from those of a tape from `start` on; `None` where more than one word differs, or too few are equal
    /// for that.
    fn difference(&self, tape: &Self, start: usize) -> Option<Difference> {
        let length = self.words.len();
        let (mut turns, mut numbers, mut replaced) = (0, 0, 0);
        for (own, said) in self.words.iter().zip(tape.words.get(start..start + length)?) {
            match (own.number, said.number) {
                (Some(own), Some(said)) => numbers += usize::from(own != said),
                (None, None) if own.stem == said.stem => {}
                (None, None) if opposed(own.text, said.text) || opposed(said.text, own.text) => turns += 1,
                (None, None) => replaced += 1,
                _ => return None,
            }
            if turns + numbers + replaced > 1 {
                return None;
            }
        }
        let edges = (self.negations.contains(&0), self.negations.contains(&length));
        let (own, said) = (self.denials(0, length, edges), tape.denials(start, length, edges));
        turns += usize::from(own % 2 != said % 2);
        match (turns, numbers, replaced) {
            (0, 0, 0) => Some(Difference::None),
            (1, 0, 0) => Some(Difference::Negation),
            (0, 1, 0) if length >= SHORTEST_WITH_NUMBER => Some(Difference::Number),
            (0, 0, 1) if length >= SHORTEST_WITH_WORD => Some(Difference::Word),
            _ => None,
        }
    }
}

/// In what a quotation differs from a tape, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Difference {
    None,
    Negation,
    Number,
    Word,
}

/// A word in small letters as the words it is short for, and whether a negation follows the first of them.
fn spelled(word: &str) -> (SmallVec<[&str; 2]>, bool) {
    match word {
        "can't" | "cannot" => return (smallvec!["can"], true),
        "won't" => return (smallvec!["will"], true),
        "nobody" | "anybody" => return (smallvec!["somebody"], false),
        "nothing" | "anything" => return (smallvec!["something"], false),
        "nowhere" | "anywhere" => return (smallvec!["somewhere"], false),
        "none" | "any" => return (smallvec!["some"], false),
        _ => {}
    }
    if let Some(head) = word.strip_suffix("n't") {
        return (smallvec![head], true);
    }
    (head_and_ending(word).map_or_else(|| smallvec![word], |(head, full)| smallvec![head, full]), false)
}

/// Does a verb only carry a negation or a question?
fn is_support(word: &str) -> bool {
    matches!(word, "do" | "does" | "did")
}

/// Is one word the other with a prefix that says no: “unfair”, “impossible”?
fn opposed(word: &str, plain: &str) -> bool {
    plain.len() > 3
        && ["un", "in", "im", "dis", "il", "ir", "non"].iter().any(|no| word.strip_prefix(no) == Some(plain))
}

impl Tapes {
    /// Where the tapes have a short piece turned round, in the speaker's own turns; nowhere, where they have it as it is.
    pub(super) fn turned(
        &self,
        part: &[Symbol],
        voice: Option<&SpeakerName>,
        tapes: [&[TapeNumber]; 2],
        words: &Vocabulary,
    ) -> Option<Hit> {
        let voice = voice.filter(|_| part.len() <= LONGEST)?;
        let own = Skeleton::of(part, words);
        if own.words.len() < SHORTEST {
            return None;
        }
        let mut found: Option<(Difference, Hit)> = None;
        let [listed, others] = tapes;
        let all = listed.iter().map(|tape| (tape, true)).chain(others.iter().map(|tape| (tape, false)));
        for (&tape, lists) in all {
            let number = tape as usize;
            let heard = &self.all[number];
            for start in self.starts_of(part, (number, lists), words) {
                let from = start.saturating_sub(ROOM);
                let end = (start + 2 * part.len() + ROOM).min(heard.words.len());
                let said = Skeleton::of(&heard.words[from..end], words);
                let last = said.words.len().saturating_sub(own.words.len());
                for at in 0..=last {
                    let Some(difference) = own.difference(&said, at) else { continue };
                    let first = from + said.words[at].from;
                    // “Not there, it was”: the negation in front belongs to both.
                    let led = part.first() == first.checked_sub(1).and_then(|no| heard.words.get(no))
                        && part.first().is_some_and(|&no| words.negates(no));
                    let place =
                        first - usize::from(led)..from + said.words[at + own.words.len() - 1].from + 1;
                    if !heard.is_said_by(place.clone(), voice) {
                        continue;
                    }
                    if difference == Difference::None {
                        return None;
                    }
                    if found.as_ref().is_none_or(|(first, _)| difference < *first) {
                        let hit = self.lay_beside(part, number, place.start, Some(voice), words);
                        found = Some((difference, with_one_difference(hit, place)));
                    }
                }
            }
        }
        found.map(|(_, hit)| hit)
    }

    /// Where a piece may begin on a tape: by its rarest word with a topic. Where it has none that the tape has, every place of its
    /// longest word or of any number is tried, on a tape that lists the draft.
    fn starts_of(&self, part: &[Symbol], (tape, lists): (usize, bool), words: &Vocabulary) -> Vec<usize> {
        let all = &self.places[tape];
        let topics = part.iter().enumerate().filter(|(_, word)| words.is_content(**word));
        let rarest = topics.filter(|(_, word)| !words.is_number(**word)).filter_map(|(at, &word)| {
            let stem = words.stem(word);
            let first = all.partition_point(|&(other, _)| other < stem);
            let count = all[first..].partition_point(|&(other, _)| other == stem);
            (count > 0).then_some((count, at, first))
        });
        if let Some((count, at, first)) = rarest.min() {
            let places = all[first..first + count].iter().take(MOST_PLACES);
            return places.map(|&(_, place)| (place as usize).saturating_sub(at)).collect();
        }
        if !lists {
            return Vec::new();
        }
        let said = || self.all[tape].words.iter().enumerate();
        if let Some(at) = part.iter().position(|&word| words.is_number(word)) {
            let numbers = said().filter(|&(_, &word)| words.is_number(word));
            return numbers.map(|(place, _)| place.saturating_sub(at)).collect();
        }
        let mut plain: Vec<usize> = (0..part.len()).filter(|&at| !words.negates(part[at])).collect();
        plain.sort_by_key(|&at| std::cmp::Reverse(words.text(part[at]).len()));
        let alike = plain.into_iter().map(|at| -> Vec<usize> {
            let stem = words.stem(part[at]);
            let same = said().filter(|&(_, &word)| words.stem(word) == stem);
            same.map(|(place, _)| place.saturating_sub(at)).collect()
        });
        alike.into_iter().find(|places| !places.is_empty()).unwrap_or_default()
    }
}

/// The hit laid beside one stretch of its tape, with everything between the first and the last word that differ as one
/// difference. All its words count as found, some in another form.
fn with_one_difference(hit: Hit, place: Range<usize>) -> Hit {
    let (start, end) = (place.start - hit.start, (place.end - hit.start).min(hit.said.len()));
    let said = &hit.said[start..end];
    let equal = |(one, other): &(&Symbol, &Symbol)| one == other;
    let head = hit.part.iter().zip(said).take_while(equal).count();
    let most = hit.part.len().min(said.len()) - head;
    let tail = hit.part.iter().rev().zip(said.iter().rev()).take(most).take_while(equal).count();
    let (one, other) = (head..hit.part.len() - tail, start + head..end - tail);
    let before = (0..head).map(|at| (at as u32, (start + at) as u32));
    let after = (0..tail).map(|at| ((one.end + at) as u32, (other.end + at) as u32));
    let aligned = Alignment {
        one: 0..hit.part.len(),
        other: start..end,
        matches: before.chain(after).collect(),
        score: hit.aligned.score,
        hunks: vec![Hunk { one: one.clone(), other }],
    };
    let turn = hit.turns.get(start).copied().unwrap_or(hit.turn);
    Hit { aligned, turn, whose: Whose::Own, other_figures: one.len(), spliced: None, ..hit }
}
