//! What was really said: passages looked up in the transcripts.
//!
//! Each passage of a speaker who is on a tape is cut at its gaps, and each part is looked for where its rare words
//! stand on the tapes. A speaker who is on no tape stays unchecked, which is not the same as right.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Wording;
use super::align::{Alignment, Hunk, align};
use super::ladder::entries;
use super::passage::PassageId;
use super::relation::{Change, SHORTEST_OMISSION, change, contracted, stutter};
use super::speaker_name::{Cast, SpeakerMatch, SpeakerName};
use super::vocabulary::{GAP, Symbol, Vocabulary};
use crate::facts::{FileFacts, Speaker, SpeakerKind};
use crate::parallel;
use crate::source::FileId;

/// Rare words of a part by which it is looked for.
const CLUES: usize = 4;
/// A word that a tape has more often than this is no clue.
const FREQUENT: usize = 400;
/// Places that are laid side by side with a part, the likeliest first.
const TRIED: usize = 6;
/// Words of margin around a place.
const MARGIN: usize = 12;
/// Equal words of each hundred from which on a place is what was quoted.
const FOUND_PERCENT: usize = 60;
/// Words left over at an end that are worth looking for elsewhere.
const REMAINDER: usize = 3;
/// Words from which on a part that stands on a tape without its speaker is no accident.
const SURELY: usize = 5;
/// The shortest part that is looked for, in words and in words with a topic.
const SHORTEST: (usize, usize) = (3, 2);

/// Whose turn the words stand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The speaker's of the draft, or nobody's by name.
    Own,
    /// Somebody else's, by this name.
    Other(String),
}

/// Where one part of a passage stands on a tape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The transcript.
    pub tape: FileId,
    /// The turn in which it begins: an index into `FileFacts::turns`.
    pub turn: u32,
    /// Whose turn that is.
    pub whose: Whose,
    /// The part's words.
    pub part: Vec<Symbol>,
    /// For each of them, the item of the passage's normal form that it is.
    pub(super) part_items: Vec<u32>,
    /// Where the tape's words there begin, counted in its words.
    pub(super) start: usize,
    /// The tape's words there.
    pub said: Vec<Symbol>,
    /// The turn of each of them.
    pub turns: Vec<u32>,
    /// For each of them, the item of its turn's normal form that it is.
    pub(super) said_items: Vec<u32>,
    /// Both side by side.
    pub aligned: Alignment,
    /// Where the words stand that this place lacks: another turn of the same tape.
    pub spliced: Option<u32>,
}

impl Hit {
    /// The items of the passage's normal form that a range of the part's words is. An empty range stays empty, between
    /// the words before and after it.
    pub fn items(&self, part: &Range<usize>) -> Range<usize> {
        let item = |at: usize| self.part_items.get(at).map(|&item| item as usize);
        let start =
            item(part.start).or_else(|| Some(item(part.start.checked_sub(1)?)? + 1)).unwrap_or_default();
        match part.is_empty() {
            true => start..start,
            false => start..item(part.end - 1).map_or(start, |last| last + 1),
        }
    }

    /// The tape's words that are like the part's, from the first equal one to the last.
    pub fn alike(&self) -> Range<usize> {
        self.alike_within(0..usize::MAX)
    }

    /// The same before a place where the two differ; all of it where nothing is equal before.
    pub fn alike_before(&self, hunk: &Hunk) -> Range<usize> {
        let before = self.alike_within(0..hunk.other.start);
        if before.is_empty() { self.alike() } else { before }
    }

    /// The same after it.
    pub fn alike_after(&self, hunk: &Hunk) -> Range<usize> {
        self.alike_within(hunk.other.end..usize::MAX)
    }

    fn alike_within(&self, range: Range<usize>) -> Range<usize> {
        let mut places = self.aligned.matches.iter().map(|&(_, said)| said as usize);
        let mut places = places.by_ref().filter(|place| range.contains(place));
        match places.next() {
            Some(first) => first..places.last().unwrap_or(first) + 1,
            None => 0..0,
        }
    }

    /// Is it what was quoted, in these or nearly these words?
    pub fn is_found(&self) -> bool {
        self.aligned.matches.len() * 100 >= self.part.len() * FOUND_PERCENT
    }

    /// Are all its words there, one after the other?
    fn is_whole(&self) -> bool {
        self.aligned.hunks.is_empty() && self.aligned.matches.len() == self.part.len()
    }

    /// Words of the tape, not only small ones, that the quotation leaves out of its middle without a sign.
    pub fn left_out(&self, words: &Vocabulary) -> Option<&Hunk> {
        self.aligned.hunks.iter().filter(|_| self.is_found()).find(|hunk| {
            let left_out = &self.said[hunk.other.clone()];
            hunk.one.is_empty()
                && left_out.len() >= SHORTEST_OMISSION
                && left_out.iter().any(|&word| words.is_content(word))
        })
    }

    /// What each place comes to where the quotation departs from the tape.
    pub fn changes<'h>(&'h self, words: &'h Vocabulary) -> impl Iterator<Item = (Change, &'h Hunk)> {
        // A transcript's capitals are the typist's or the machine's: they tell no names.
        let none = |_: usize| false;
        self.aligned.hunks.iter().map(move |hunk| {
            match change(hunk, &self.part, &self.said, words, (&none, &none)) {
                // “All” left out is words left out, and no other words.
                Change::Words if hunk.one.is_empty() => (Change::Omission, hunk),
                change => (change, hunk),
            }
        })
    }
}

/// What the tapes have of a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// The best place of each part; `None` where nothing on the tapes is like it.
    pub parts: Vec<Option<Hit>>,
    /// For each part, the items of the passage's normal form that it is.
    pub items: Vec<Range<usize>>,
    /// The whole passage beside the tape, where its gaps may have taken up words that matter.
    pub(super) gaps: Option<Box<Hit>>,
}

/// A word's places: which tape, and how many words into it.
type Places = Vec<(u16, u32)>;

struct Tape {
    file: FileId,
    words: Vec<Symbol>,
    /// For each word, its turn.
    turns: Vec<u32>,
    /// For each word, the item of its turn's normal form that it is.
    items: Vec<u32>,
    /// For each turn, who speaks.
    voices: Vec<Option<u16>>,
    speakers: Vec<SpeakerName>,
}

impl Tape {
    /// Does the speaker speak on it by name?
    fn has(&self, voice: &SpeakerName) -> bool {
        self.speakers.iter().any(|speaker| speaker.speaker_match(voice) == SpeakerMatch::Same)
    }
}

/// All transcripts, with the places of their rarer words.
pub(super) struct Tapes {
    all: Vec<Tape>,
    places: FxHashMap<u32, Places>,
    fillers: FxHashSet<Symbol>,
}

impl Tapes {
    /// Collects the transcripts among the files.
    pub(super) fn collect(files: &[FileFacts], cast: &Cast<'_>, words: &mut Vocabulary) -> Self {
        let mut tapes = Self { all: Vec::new(), places: FxHashMap::default(), fillers: FxHashSet::default() };
        if files.iter().all(|file| file.turns.is_empty()) {
            return tapes;
        }
        let mut scratch = Vec::new();
        for filler in FILLERS.iter() {
            words.number(filler, &mut scratch);
        }
        tapes.fillers.extend(scratch.iter().copied());
        for (rank, file) in files.iter().enumerate().filter(|(_, file)| !file.turns.is_empty()) {
            let mut tape = Tape {
                file: FileId(rank as u32),
                words: Vec::new(),
                turns: Vec::new(),
                items: Vec::new(),
                voices: Vec::new(),
                speakers: Vec::new(),
            };
            let mut known: FxHashMap<&str, u16> = FxHashMap::default();
            for (turn, said) in file.turns.iter().enumerate() {
                tape.voices.push(said.speaker.as_deref().map(|name| {
                    *known.entry(name).or_insert_with(|| {
                        let speaker = Speaker { name: name.to_owned(), kind: SpeakerKind::Person };
                        tape.speakers.push(cast.voice(tape.file, &speaker));
                        tape.speakers.len() as u16 - 1
                    })
                }));
                scratch.clear();
                words.number(&said.words, &mut scratch);
                // A transcript's capitals are the typist's or the machine's.
                let said = (0..).zip(scratch.iter().map(|&word| words.folded(word)));
                let said = said.filter(|(_, word)| *word != GAP && !tapes.fillers.contains(word));
                let (items, said): (Vec<u32>, Vec<Symbol>) = said.unzip();
                tape.items.extend(items);
                tape.words.extend(said);
                tape.turns.resize(tape.words.len(), turn as u32);
            }
            for (place, &word) in tape.words.iter().enumerate().filter(|(_, word)| words.is_content(**word)) {
                let places = tapes.places.entry(words.stem(word)).or_default();
                places.push((tapes.all.len() as u16, place as u32));
            }
            tapes.all.push(tape);
        }
        tapes
    }

    /// Looks every passage up.
    pub(super) fn hear(&self, wording: &Wording) -> Vec<Option<Heard>> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let all: Vec<PassageId> = (0..wording.passages().len() as PassageId).collect();
        parallel::map(&all, |&id| self.look_up(wording, id))
    }

    /// Which of the voices are on a tape; empty where there are no tapes.
    pub(super) fn have(&self, voices: &[SpeakerName]) -> Vec<bool> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let on_tape = |voice: &SpeakerName| self.all.iter().any(|tape| tape.has(voice));
        parallel::map(voices, on_tape)
    }

    fn look_up(&self, wording: &Wording, id: PassageId) -> Option<Heard> {
        let voice = wording.voice(id)?;
        let own: Vec<bool> = self.all.iter().map(|tape| tape.has(voice)).collect();
        if !own.contains(&true) {
            return None;
        }
        let words = wording.vocabulary();
        let every = vec![true; self.all.len()];
        let mut heard = Heard::default();
        let mut next = 0;
        for part in wording.form(id).split(|&word| word == GAP) {
            let first = next;
            next += part.len() as u32 + 1;
            let whole = first as usize..first as usize + part.len();
            let (items, part): (Vec<u32>, Vec<Symbol>) = (first..)
                .zip(part.iter().map(|&word| words.folded(word)))
                .filter(|(_, word)| !self.fillers.contains(word))
                .unzip();
            let content = part.iter().filter(|&&word| words.is_content(word)).count();
            if part.len() >= SHORTEST.0 && content >= SHORTEST.1 {
                let found = self.find(&part, voice, &own, words);
                // Not on the speaker's own tapes: word for word on another, it is somebody else's, or a tape's that
                // names nobody.
                let found = match found {
                    Some(hit) if hit.is_found() => Some(hit),
                    nearest => {
                        let elsewhere = self.find(&part, voice, &every, words);
                        elsewhere.filter(|hit| hit.is_whole() && part.len() >= SURELY).or(nearest)
                    }
                };
                heard.parts.push(found.map(|hit| Hit { part_items: items, ..hit }));
                heard.items.push(whole);
            }
        }
        heard.gaps = self.gaps(wording, id, &heard);
        (!heard.parts.is_empty()).then_some(heard)
    }

    /// The best place of a part: in the speaker's own turns before others', and then with the most equal words.
    fn find(&self, part: &[Symbol], voice: &SpeakerName, own: &[bool], words: &Vocabulary) -> Option<Hit> {
        let mut best: Option<Hit> = None;
        for (tape, place) in self.likely(part, own, words) {
            let hit = self.lay_beside(part, tape, place, voice, words);
            let worth = |hit: &Hit| {
                (hit.is_found(), hit.whose == Whose::Own, hit.aligned.matches.len(), hit.aligned.score)
            };
            if !hit.aligned.matches.is_empty() && best.as_ref().is_none_or(|best| worth(&hit) > worth(best)) {
                best = Some(hit);
            }
            // Nothing can be better than all the words in their own speaker's turn.
            if best.as_ref().is_some_and(|best| best.whose == Whose::Own && best.is_whole()) {
                return best;
            }
        }
        let mut best = best?;
        best.spliced = self.elsewhere(&best, part, own, words);
        Some(best)
    }

    /// Where a part may begin, the likeliest place first.
    fn likely(&self, part: &[Symbol], own: &[bool], words: &Vocabulary) -> Vec<(usize, usize)> {
        let mut clues: Vec<(usize, usize, &Places)> = part
            .iter()
            .enumerate()
            .filter(|(_, word)| words.is_content(**word))
            .filter_map(|(at, word)| {
                self.places.get(&words.stem(*word)).map(|places| (places.len(), at, places))
            })
            .filter(|(count, ..)| *count <= FREQUENT)
            .collect();
        clues.sort_unstable_by_key(|&(count, at, _)| (count, at));
        clues.truncate(CLUES.max(part.len() / 4));
        let mut votes: FxHashMap<(usize, usize), usize> = FxHashMap::default();
        for (_, at, places) in clues {
            for &(tape, place) in places.iter().filter(|(tape, _)| own[*tape as usize]) {
                // Words dropped or added shift a place a little: nearby places vote together.
                *votes.entry((tape as usize, (place as usize).saturating_sub(at) / MARGIN)).or_default() += 1;
            }
        }
        let mut places: Vec<_> =
            votes.into_iter().map(|((tape, place), count)| (count, tape, place)).collect();
        places.sort_unstable_by_key(|&(count, tape, place)| (std::cmp::Reverse(count), tape, place));
        places.truncate(TRIED);
        places.into_iter().map(|(_, tape, place)| (tape, place * MARGIN)).collect()
    }

    /// Is the word a hesitation?
    pub(super) fn is_filler(&self, word: Symbol) -> bool {
        self.fillers.contains(&word)
    }

    /// Another stretch of the tape of a hit, with nothing laid beside it yet.
    pub(super) fn stretch(&self, hit: &Hit, range: Range<usize>) -> Option<Hit> {
        let tape = self.all.iter().find(|tape| tape.file == hit.tape)?;
        let range = range.start.min(tape.words.len())..range.end.min(tape.words.len());
        Some(Hit {
            start: range.start,
            said: tape.words[range.clone()].to_vec(),
            said_items: tape.items[range.clone()].to_vec(),
            turns: tape.turns[range].to_vec(),
            ..hit.clone()
        })
    }

    fn lay_beside(
        &self,
        part: &[Symbol],
        tape: usize,
        place: usize,
        voice: &SpeakerName,
        words: &Vocabulary,
    ) -> Hit {
        let tape = &self.all[tape];
        let window = window(place, part.len(), tape.words.len());
        let said = &tape.words[window.clone()];
        let mut aligned = align(part, said, words);
        // What the tape goes on with after the last word, or had before the first, was not left out.
        let covered = aligned.one.clone();
        aligned.hunks.retain(|hunk| {
            let outside =
                hunk.one.is_empty() && (hunk.one.start == covered.start || hunk.one.start == covered.end);
            !outside && !stutter(hunk, part, said)
        });
        // Words that run out of the window are words that the tape does not have.
        if !aligned.matches.is_empty() && covered.start > 0 {
            let start = aligned.other.start;
            aligned.hunks.insert(0, Hunk { one: 0..covered.start, other: start..start });
        }
        if !aligned.matches.is_empty() && covered.end < part.len() {
            let end = aligned.other.end;
            aligned.hunks.push(Hunk { one: covered.end..part.len(), other: end..end });
        }
        contract_at_edges(&mut aligned, part, said, words);
        let first = aligned.matches.first().map_or(0, |&(_, j)| j as usize);
        let turn = tape.turns.get(window.start + first).copied().unwrap_or(0);
        let speaker =
            tape.voices.get(turn as usize).copied().flatten().and_then(|at| tape.speakers.get(at as usize));
        let whose = match speaker {
            Some(other) if other.speaker_match(voice) != SpeakerMatch::Same => {
                Whose::Other(other.name.clone())
            }
            _ => Whose::Own,
        };
        Hit {
            tape: tape.file,
            turn,
            whose,
            part: part.to_vec(),
            part_items: Vec::new(),
            start: window.start,
            said: said.to_vec(),
            said_items: tape.items[window.clone()].to_vec(),
            turns: tape.turns[window].to_vec(),
            aligned,
            spliced: None,
        }
    }

    /// Where the words stand that a place lacks at its end or start, or has others for.
    fn elsewhere(&self, hit: &Hit, part: &[Symbol], own: &[bool], words: &Vocabulary) -> Option<u32> {
        let lacking = hit.aligned.hunks.iter().map(|hunk| hunk.one.clone());
        for range in lacking.filter(|range| range.len() >= REMAINDER) {
            let rest = &part[range];
            if rest.iter().filter(|&&word| words.is_content(word)).count() < SHORTEST.1 {
                continue;
            }
            for (tape, place) in self.likely(rest, own, words) {
                let tape = &self.all[tape];
                let window = window(place, rest.len(), tape.words.len());
                let said = &tape.words[window.clone()];
                let mut aligned = align(rest, said, words);
                aligned.hunks.retain(|hunk| !stutter(hunk, rest, said));
                if tape.file == hit.tape && aligned.hunks.is_empty() && aligned.matches.len() == rest.len() {
                    let at = window.start + aligned.matches.first().map_or(0, |&(_, j)| j as usize);
                    return tape.turns.get(at).copied();
                }
            }
        }
        None
    }
}

/// “[years I'm] tired” laid beside “I am tired”: at the ends of a quotation the tape goes on, so that a contraction may
/// have more words on its side than belong to it.
fn contract_at_edges(aligned: &mut Alignment, part: &[Symbol], said: &[Symbol], words: &Vocabulary) {
    if let Some(hunk) = aligned.hunks.first_mut().filter(|hunk| hunk.one.start == 0) {
        let end = hunk.other.end;
        let longest = end.saturating_sub(hunk.one.len() + 1);
        let same = |&start: &usize| contracted(&part[hunk.one.clone()], &said[start..end], words);
        hunk.other.start = (longest..end).rev().find(same).unwrap_or(hunk.other.start);
    }
    if let Some(hunk) = aligned.hunks.last_mut().filter(|hunk| hunk.one.end == part.len()) {
        let start = hunk.other.start;
        let same = |&end: &usize| contracted(&part[hunk.one.clone()], &said[start..end], words);
        let longest = (start + hunk.one.len() + 1).min(said.len());
        hunk.other.end = (start + 1..=longest).find(same).unwrap_or(hunk.other.end);
    }
}

/// A stretch of tape with room for words that the quotation dropped.
fn window(place: usize, words: usize, end: usize) -> Range<usize> {
    place.saturating_sub(MARGIN).min(end)..(place + words + words / 2 + 2 * MARGIN).min(end)
}

static FILLERS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    entries(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/fillers.txt"))).collect()
});
