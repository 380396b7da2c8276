//! Pieces of a quotation that are too short to be looked for by their words, found where a tape has all of them in a row.

use super::hit::{Heard, Hit, ShortPiece, Whose};
use super::speaker_name::SpeakerName;
use super::tape::{FREQUENT, SURELY, Tapes};
use super::vocabulary::{Symbol, Vocabulary};
use super::votes::TapeNumber;

/// The fewest words in a row by which such a piece is found.
const SHORTEST_IN_A_ROW: usize = 4;
/// The fewest words in a row of a piece that has no word with a topic.
const SHORTEST_OF_SMALL_WORDS: usize = 7;
/// The fewest words by which it is found where the tape has a negation among them: “he did brake”.
const SHORTEST_DENIED: usize = 3;

impl Tapes {
    /// Adds the short pieces that are found. Common words stand on a tape often, so the place that follows the piece before
    /// is taken; where there is none, only words that stand there once tell anything.
    pub(super) fn add_short_pieces(
        &self,
        heard: &mut Heard,
        pieces: Vec<ShortPiece>,
        voice: Option<&SpeakerName>,
        tapes: [&[TapeNumber]; 2],
        words: &Vocabulary,
    ) {
        for piece in pieces.into_iter().rev() {
            let before = piece.rank.checked_sub(1).and_then(|at| heard.parts[at].as_ref());
            let after = heard.parts.get(piece.rank).and_then(Option::as_ref);
            let mut hits = self.in_a_row(&piece.part, voice, tapes, words);
            if hits.is_empty() {
                hits.extend(self.turned(&piece.part, voice, tapes, words));
            }
            let found = match (before, after) {
                (None, None) if heard.parts.is_empty() => hits
                    .iter()
                    .find(|hit| hit.whose == Whose::Own)
                    .or_else(|| hits.first().filter(|_| piece.part.len() >= SURELY)),
                (None, None) => None,
                _ => {
                    let own = || {
                        let tape = before.or(after).map(|beside| beside.tape);
                        hits.iter().filter(move |hit| hit.whose == Whose::Own && Some(hit.tape) == tape)
                    };
                    let start = |hit: &Hit| hit.start + hit.alike().start;
                    let end = |hit: &Hit| hit.start + hit.alike().end;
                    let follows = own().filter(|hit| {
                        before.is_none_or(|before| end(before) <= start(hit))
                            && after.is_none_or(|after| end(hit) <= start(after))
                    });
                    let nearest = match before {
                        Some(_) => follows.min_by_key(|hit| start(hit)),
                        None => follows.max_by_key(|hit| start(hit)),
                    };
                    nearest.or_else(|| own().next().filter(|_| own().count() == 1))
                }
            };
            if let Some(hit) = found {
                heard.parts.insert(piece.rank, Some(Hit { part_items: piece.part_items, ..hit.clone() }));
                heard.items.insert(piece.rank, piece.items);
            }
        }
    }

    /// Every place on these tapes that has all the words in a row, in the order of the tapes.
    fn in_a_row(
        &self,
        part: &[Symbol],
        voice: Option<&SpeakerName>,
        tapes: [&[TapeNumber]; 2],
        words: &Vocabulary,
    ) -> Vec<Hit> {
        let mut hits = Vec::new();
        if part.len() < SHORTEST_DENIED {
            return hits;
        }
        for &tape in tapes.into_iter().flatten() {
            let (all, own) = (&self.places[tape as usize], &self.all[tape as usize]);
            let places =
                part.iter().enumerate().filter(|(_, word)| words.is_content(**word)).map(|(at, &word)| {
                    let stem = words.stem(word);
                    let first = all.partition_point(|&(other, _)| other < stem);
                    let count = all[first..].partition_point(|&(other, _)| other == stem);
                    (count, at, &all[first..first + count])
                });
            let Some((_, at, places)) = places.min_by_key(|&(count, at, _)| (count, at)) else {
                hits.extend(self.in_small_words(part, tape as usize, voice, words));
                break;
            };
            let starts = places.iter().filter_map(|&(_, place)| (place as usize).checked_sub(at));
            for start in starts.take(FREQUENT) {
                let has = |start: &usize| own.words[*start..].starts_with(part);
                let denies = |start: &usize| is_denied(&own.words[*start..], part, words);
                // A negation before the rare word puts the start one word further back.
                let denied = || [start.checked_sub(1), Some(start)].into_iter().flatten().find(denies);
                let Some(start) = Some(start).filter(has).or_else(denied) else { continue };
                let hit = self.lay_beside(part, tape as usize, start, voice, words);
                if hit.is_whole() || is_turned(&hit, words) {
                    hits.push(hit);
                }
            }
        }
        // Where the words themselves stand, nobody has turned them.
        if hits.iter().any(Hit::is_whole) {
            hits.retain(|hit| hit.is_whole() && part.len() >= SHORTEST_IN_A_ROW);
        }
        hits
    }

    /// A piece of small words alone, where a tape has all of them in a row, once: “I do know, but I'm not going to say”.
    fn in_small_words(
        &self,
        part: &[Symbol],
        tape: usize,
        voice: Option<&SpeakerName>,
        words: &Vocabulary,
    ) -> Option<Hit> {
        if part.len() < SHORTEST_OF_SMALL_WORDS {
            return None;
        }
        let [place] = *self.places_of(tape, part) else { return None };
        Some(self.lay_beside(part, tape, place, voice, words)).filter(Hit::is_whole)
    }
}

/// Are these the words of the part with one negation more among them: “I'm not going to stop” for “I'm going to stop”?
fn is_denied(said: &[Symbol], part: &[Symbol], words: &Vocabulary) -> bool {
    let equal = said.iter().zip(part).take_while(|(said, part)| said == part).count();
    let rest = said.get(equal + 1..equal + 1 + part.len().saturating_sub(equal));
    said.get(equal).is_some_and(|&word| words.negates(word)) && rest == part.get(equal..)
}

/// Is a negation all that differs, and are all words of the part there?
fn is_turned(hit: &Hit, words: &Vocabulary) -> bool {
    matches!(hit.aligned.hunks.as_slice(), [hunk] if hunk.one.is_empty()
        && hit.said[hunk.other.clone()].iter().all(|&word| words.negates(word)))
        && hit.equal_words() == hit.part.len()
        && hit.whose == Whose::Own
}
