//! Words of a tape that a draft has in its writer's own voice, without marks and without a source.
//!
//! Runs of words are looked up by a hash: the drafts' runs go into a map, and every tape is read past it once. So the time grows
//! with the words of drafts and tapes together.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::speech::Run;
use crate::facts::{FileFacts, only_asks, word_hashes};
use crate::source::{FileId, Span};

/// Words in a row from which on they are no accident.
pub const LEAST_UNMARKED: usize = 12;

/// Words of a tape in the writer's own voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmarked {
    /// The draft.
    pub draft: FileId,
    /// Where the words stand in it.
    pub span: Span,
    /// How many they are.
    pub words: usize,
    /// The tape.
    pub tape: FileId,
    /// The turn in which they begin: an index into `FileFacts::turns`.
    pub turn: usize,
    /// Where they stand on the tape.
    pub said: Span,
}

/// Words of the writer's own that follow one another: each word's hash and place.
type Stretch = Vec<(u32, Span)>;

/// Every run of words that a draft shares with a tape, in the order of the drafts; each place of a draft once.
pub fn unmarked_words(files: &[FileFacts]) -> Vec<Unmarked> {
    let drafts = stretches(files);
    let mut runs: FxHashMap<u64, Vec<(u32, u32)>> = FxHashMap::default();
    for (number, (_, words)) in (0..).zip(&drafts) {
        for (at, run) in (0..).zip(words.windows(LEAST_UNMARKED)) {
            runs.entry(hash(run.iter().map(|&(word, _)| word))).or_default().push((number, at));
        }
    }
    if runs.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<((u32, u32), Unmarked)> = Vec::new();
    for (rank, file) in files.iter().enumerate() {
        let mut first = 0;
        while first < file.turns.len() {
            let run = Run::from(&file.turns, first);
            let turn = &file.turns[first];
            first += run.turns();
            if turn.speaker.as_deref().is_some_and(only_asks) {
                continue;
            }
            let words: Vec<(u32, std::ops::Range<usize>)> = word_hashes(&run.text).collect();
            for (at, window) in words.windows(LEAST_UNMARKED).enumerate() {
                let Some(places) = runs.get(&hash(window.iter().map(|(word, _)| *word))) else { continue };
                for &(number, start) in places {
                    let (draft, own) = &drafts[number as usize];
                    let goes_on = words[at..].iter().zip(&own[start as usize..]);
                    let length = goes_on.take_while(|((said, _), (word, _))| said == word).count();
                    let end = start as usize + length;
                    let covered = found.iter().any(|(place, known)| {
                        place.0 == number && place.1 <= start && start < place.1 + known.words as u32
                    });
                    if length < LEAST_UNMARKED || covered {
                        continue;
                    }
                    let (from, to) = (words[at].1.start, words[at + length - 1].1.end);
                    let ((turn, begins), (last, ends)) = (run.turn_at(from), run.turn_at(to - 1));
                    let place = |turn: usize, range| file.turns[turn].places.span(range);
                    let said = place(turn, from - begins..from - begins + 1)
                        .join(place(last, to - ends - 1..to - ends));
                    found.push((
                        (number, start),
                        Unmarked {
                            draft: *draft,
                            span: own[start as usize].1.join(own[end - 1].1),
                            words: length,
                            tape: FileId(rank as u32),
                            turn,
                            said,
                        },
                    ));
                }
            }
        }
    }
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, unmarked)| unmarked).collect()
}

/// The writer's own words of every draft, sentences that follow one another as one stretch.
fn stretches(files: &[FileFacts]) -> Vec<(FileId, Stretch)> {
    /// Bytes between two sentences of one paragraph.
    const BETWEEN: u32 = 2;
    let mut stretches: Vec<(FileId, Stretch)> = Vec::new();
    for (rank, file) in files.iter().enumerate() {
        let mut before: Option<Span> = None;
        for statement in file.statements.iter().filter(|statement| !statement.words.is_empty()) {
            let follows = before
                .is_some_and(|before| (before.end..=before.end + BETWEEN).contains(&statement.span.start));
            if !follows {
                stretches.push((FileId(rank as u32), Stretch::new()));
            }
            if let Some((_, words)) = stretches.last_mut() {
                words.extend(&statement.words);
            }
            before = Some(statement.span);
        }
    }
    stretches.retain(|(_, words)| words.len() >= LEAST_UNMARKED);
    stretches
}

fn hash(words: impl Iterator<Item = u32>) -> u64 {
    let mut hasher = FxHasher::default();
    words.for_each(|word| hasher.write_u32(word));
    hasher.finish()
}
