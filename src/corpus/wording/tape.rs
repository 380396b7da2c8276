//! What was really said: passages looked up in the transcripts.
//!
//! Each passage is cut at its gaps, and each part is looked for where its rare words stand on its speaker's tapes, and
//! where two of its words stand side by side on any tape. Whether what is found or not found counts, the occasion
//! decides.

use std::cell::LazyCell;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Wording;
use super::align::{Hunk, align, in_a_row};
use super::contraction::contract_at_edges;
use super::hit::{Heard, Hit, ShortPiece, Whose};
use super::label::{self, Holders, TapeLabel};
use super::passage::PassageId;
use super::relation::stutter;
use super::speaker_name::{Cast, SpeakerMatch, SpeakerName};
use super::speech::{self, FILLERS, Run};
use super::verdict::Unchecked;
use super::vocabulary::{GAP, Symbol, Vocabulary};
use super::votes::{TapeNumber, vote, weight, window};
use crate::corpus::people::People;
use crate::corpus::registry::Registry;
use crate::facts::{FileFacts, Speaker, SpeakerKind, TapeFact, only_asks};
use crate::parallel;
use crate::source::FileId;

/// Rare words of a part by which it is looked for.
const CLUES: usize = 4;
/// A word that a tape has more often than this is no clue.
pub(super) const FREQUENT: usize = 400;
/// Words left over at an end that are worth looking for elsewhere.
const REMAINDER: usize = 3;
/// Words from which on a part that stands on a tape without its speaker is no accident.
pub(super) const SURELY: usize = 5;
/// What somebody is called whose label says no more than that they ask.
const WHO_ASKS: &str = "the interviewer";

/// How much of a passage must stand on a tape for it to be checked although nothing says that the tape is its occasion.
struct Mostly {
    /// Equal words.
    words: usize,
    /// Equal words with a topic.
    content: usize,
    /// Equal words of each hundred.
    percent: usize,
}

const MOSTLY: Mostly = Mostly { words: 5, content: 3, percent: 70 };

/// The shortest part that is looked for, in words and in words with a topic.
const SHORTEST: (usize, usize) = (3, 2);

/// A transcript, its words numbered.
pub(super) struct Tape {
    pub(super) file: FileId,
    pub(super) fact: TapeFact,
    /// The labels and names of its speakers, to recognize hearers in.
    pub(super) labels: Vec<String>,
    /// Does somebody speak whom no name is known of?
    pub(super) unnamed: bool,
    pub(super) words: Vec<Symbol>,
    /// For each word, its turn.
    pub(super) turns: Vec<u32>,
    /// For each word, the item of its run's normal form that it is.
    items: Vec<u32>,
    /// For each turn, who speaks.
    voices: Vec<Option<u32>>,
    /// By turn: does its label say that somebody only asks, whoever that is?
    asking: Vec<bool>,
    speakers: Vec<SpeakerName>,
}

impl Tape {
    /// Does the speaker speak on it by name?
    pub(super) fn has(&self, voice: &SpeakerName) -> bool {
        self.speakers.iter().any(|speaker| speaker.speaker_match(voice) == SpeakerMatch::Same)
    }

    /// Does this speaker, or one whose name is not known, say all of a stretch?
    pub(super) fn is_said_by(&self, stretch: Range<usize>, voice: &SpeakerName) -> bool {
        let turns = self.turns.get(stretch).unwrap_or_default();
        turns.iter().all(|&turn| {
            let speaker = self.voices.get(turn as usize).copied().flatten();
            let speaker = speaker.and_then(|at| self.speakers.get(at as usize));
            speaker.is_none_or(|speaker| speaker.speaker_match(voice) != SpeakerMatch::Different)
        })
    }
}

/// A passage looked up, before it is decided whether it is checked.
pub(super) struct Looked {
    pub(super) heard: Heard,
    /// Most of its words are on a tape: it is checked whatever the occasion.
    pub(super) sure: bool,
    /// The tape that has all its words.
    pub(super) whole_on: Option<FileId>,
}

/// All transcripts, with the places of their words.
pub(super) struct Tapes {
    pub(super) all: Vec<Tape>,
    pub(super) labels: Vec<TapeLabel>,
    /// By tape, where words with a topic stand: stem and place, sorted. Sorted lists take less time to build than maps of
    /// lists, and a hundred tapes have two million words.
    pub(super) places: Vec<Vec<(u32, u32)>>,
    /// Where two such words stand in a row on any tape: both stems, tape and place, sorted.
    pairs: Vec<((u32, u32), TapeNumber, u32)>,
    fillers: FxHashSet<Symbol>,
}

impl Tapes {
    /// Collects the transcripts among the files.
    pub(super) fn collect(
        files: &[FileFacts],
        cast: &Cast<'_>,
        (people, registry): (&People, &Registry),
        words: &mut Vocabulary,
    ) -> Self {
        let mut tapes = Self {
            all: Vec::new(),
            labels: Vec::new(),
            places: Vec::new(),
            pairs: Vec::new(),
            fillers: FxHashSet::default(),
        };
        if files.iter().all(|file| file.turns.is_empty()) {
            return tapes;
        }
        let holders = Holders::gather(files, people, registry);
        let (mut scratch, mut starts) = (Vec::new(), Vec::new());
        for filler in FILLERS.iter() {
            words.number(filler, &mut scratch);
        }
        tapes.fillers.extend(scratch.iter().copied());
        for (rank, file) in files.iter().enumerate().filter(|(_, file)| !file.turns.is_empty()) {
            let mut tape = Tape {
                file: FileId(rank as u32),
                fact: file.tape.clone().unwrap_or_else(|| TapeFact { english: true, ..TapeFact::default() }),
                labels: Vec::new(),
                unnamed: false,
                words: Vec::new(),
                turns: Vec::new(),
                items: Vec::new(),
                voices: Vec::new(),
                asking: Vec::new(),
                speakers: Vec::new(),
            };
            // By label: the speaker's number, and the label's among all labels.
            let mut known: FxHashMap<&str, (Option<u32>, usize)> = FxHashMap::default();
            let mut labels: Vec<Option<usize>> = Vec::with_capacity(file.turns.len());
            for said in &file.turns {
                // A label that the table calls “Q” is read as if it were one.
                let mapped = |label| {
                    file.tape.as_ref().and_then(|tape| tape.person(label)).filter(|name| only_asks(name))
                };
                let label = said.speaker.as_deref().map(|label| mapped(label).unwrap_or(label));
                let asks = label.is_some_and(only_asks);
                let voice = label.map(|label| {
                    *known.entry(label).or_insert_with(|| {
                        let person = label::person(label, file.tape.as_ref(), &holders);
                        tape.labels.push(label.to_owned());
                        let speaker = person.as_ref().map(|(name, _)| {
                            let speaker = Speaker { name: name.clone(), kind: SpeakerKind::Person };
                            tape.speakers.push(cast.voice(tape.file, &speaker));
                            tape.labels.push(name.clone());
                            tape.speakers.len() as u32 - 1
                        });
                        let label = label.to_owned();
                        tapes.labels.push(TapeLabel { tape: tape.file, label, person, turns: 0, words: 0 });
                        (speaker, tapes.labels.len() - 1)
                    })
                });
                tape.unnamed |= voice.is_none_or(|(speaker, _)| speaker.is_none()) && !asks;
                tape.asking.push(asks);
                tape.voices.push(voice.and_then(|(speaker, _)| speaker));
                labels.push(voice.map(|(_, label)| label));
                if let Some((_, label)) = voice {
                    tapes.labels[label].turns += 1;
                }
            }
            let mut first = 0;
            while first < file.turns.len() {
                let run = Run::from(&file.turns, first);
                scratch.clear();
                starts.clear();
                words.number_placing(&run.text, &mut scratch, &mut starts);
                let before = tape.words.len();
                // A transcript's capitals are the typist's or the machine's.
                for (item, (&word, &start)) in (0..).zip(scratch.iter().zip(&starts)) {
                    let word = words.folded(word);
                    if word != GAP && !tapes.fillers.contains(&word) {
                        tape.items.push(item);
                        tape.words.push(word);
                        tape.turns.push(run.turn_at(start as usize).0 as u32);
                    }
                }
                if let Some(label) = labels[first] {
                    tapes.labels[label].words += (tape.words.len() - before) as u32;
                }
                first += run.turns();
            }
            let number = tapes.all.len() as TapeNumber;
            let mut before = None;
            let mut places = Vec::new();
            for (place, &word) in tape.words.iter().enumerate().filter(|(_, word)| words.is_content(**word)) {
                let stem = words.stem(word);
                places.push((stem, place as u32));
                if let Some(before) = before.replace(stem) {
                    tapes.pairs.push(((before, stem), number, place as u32));
                }
            }
            places.sort_unstable();
            tapes.places.push(places);
            tapes.all.push(tape);
        }
        tapes.pairs.sort_unstable();
        tapes
    }

    /// The number of the tape in a file.
    pub(super) fn number(&self, file: FileId) -> Option<TapeNumber> {
        // They are in the order of the files.
        self.all.binary_search_by_key(&file, |tape| tape.file).ok().map(|at| at as TapeNumber)
    }

    /// Looks every passage up, and decides which of them are checked.
    pub(super) fn hear(&self, wording: &Wording, files: &[FileFacts]) -> Vec<Result<Heard, Unchecked>> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let all: Vec<PassageId> = (0..wording.passages().len() as PassageId).collect();
        let own = parallel::map(&wording.passages.voices, |voice| self.tapes_of(voice));
        let looked = parallel::map(&all, |&id| self.look_up(wording, files, id, &own));
        let proven = self.proven(wording, files, &looked);
        let decide = |(id, looked)| self.decide(wording, files, (id, &own), looked, &proven);
        all.into_iter().zip(looked).map(decide).collect()
    }

    /// The tapes on which somebody speaks by name, by number.
    fn tapes_of(&self, voice: &SpeakerName) -> Vec<TapeNumber> {
        let own = (0..).zip(&self.all).filter(|(_, tape)| tape.has(voice));
        own.map(|(at, _)| at).collect()
    }

    /// Looks a passage up; `None` where it has too few words.
    fn look_up(
        &self,
        wording: &Wording,
        files: &[FileFacts],
        id: PassageId,
        own: &[Vec<TapeNumber>],
    ) -> Option<Looked> {
        let voice = wording.voice(id).filter(|voice| voice.is_named());
        let own = if voice.is_some() { wording.own_tapes(id, own) } else { &[] };
        let words = wording.vocabulary();
        let tables = files.get(wording.passage(id).file.index()).map_or(&[][..], |draft| &draft.listed);
        let lists = |tape: &&TapeNumber| {
            self.all[**tape as usize].fact.tables.iter().any(|table| tables.contains(table))
        };
        let (listed, others): (Vec<TapeNumber>, Vec<TapeNumber>) = own.iter().partition(lists);
        let surface = LazyCell::new(|| wording.passage(id).surface(files));
        let mut heard = Heard::default();
        let (mut matched, mut content_matched, mut total) = (0, 0, 0);
        let mut short = Vec::new();
        let mut next = 0;
        for part in wording.form(id).split(|&word| word == GAP) {
            let first = next;
            next += part.len() as u32 + 1;
            let whole = first as usize..first as usize + part.len();
            let (mut items, mut part): (Vec<u32>, Vec<Symbol>) = (first..)
                .zip(part.iter().map(|&word| words.folded(word)))
                .filter(|(_, word)| !self.fillers.contains(word))
                .unzip();
            let opens = |item: u32| surface.get(item as usize).is_some_and(|item| item.opens);
            speech::without_repeats(&mut items, &mut part, words, opens);
            let content = part.iter().filter(|&&word| words.is_content(word)).count();
            if part.len() >= SHORTEST.0 && content >= SHORTEST.1 {
                // First on the speaker's own tapes. What is word for word on another, is somebody else's, or a tape's
                // that names nobody.
                let on =
                    |tapes: &[TapeNumber]| self.find(&part, voice, &self.likely(&part, tapes, words), words);
                let is_own = |hit: &Hit| hit.is_found() && hit.whose == Whose::Own;
                // A tape that lists the draft comes before others, unless another has all the words.
                let found = match on(&listed) {
                    Some(hit) if hit.is_whole() && is_own(&hit) => Some(hit),
                    nearest => match on(&others) {
                        Some(other) if other.is_whole() || !nearest.as_ref().is_some_and(is_own) => {
                            Some(other)
                        }
                        _ => nearest,
                    },
                };
                let found = match found {
                    Some(hit) if hit.is_found() && hit.whose == Whose::Own => Some(hit),
                    nearest => {
                        let elsewhere = self.find(&part, voice, &self.likely_anywhere(&part, words), words);
                        let sure = |hit: &Hit| {
                            hit.is_whole() && part.len() >= SURELY
                                || voice.is_some() && hit.whose == Whose::Own && self.mostly(hit, words)
                        };
                        elsewhere.filter(sure).or(nearest)
                    }
                };
                let found = found.map(|hit| {
                    let hit = wording.as_said(files, id, Hit { part_items: items, ..hit });
                    wording.without_restarts(files, hit)
                });
                total += part.len();
                if let Some(hit) = found.as_ref().filter(|hit| hit.whose == Whose::Own || hit.is_whole()) {
                    let equal = || hit.aligned.matches.iter().map(|&(at, _)| part[at as usize]);
                    matched += equal().count() + hit.other_figures;
                    content_matched += equal().filter(|&word| words.is_content(word)).count();
                }
                heard.parts.push(found);
                heard.items.push(whole);
            } else {
                short.push(ShortPiece { rank: heard.parts.len(), part, part_items: items, items: whole });
            }
        }
        let told = !heard.parts.is_empty();
        self.bring_together(&mut heard, voice, words);
        self.add_short_pieces(&mut heard, short, voice, [&listed, &others], words);
        if heard.parts.is_empty() {
            return None;
        }
        heard.gaps = self.gaps(wording, id, &heard);
        let hits: Option<Vec<&Hit>> = heard.parts.iter().map(Option::as_ref).collect();
        let whole = hits.filter(|hits| hits.iter().all(|hit| hit.is_whole()));
        let whole_on = whole.as_ref().and_then(|hits| hits.first()).map(|hit| hit.tape);
        let mostly = content_matched >= MOSTLY.content
            && matched >= MOSTLY.words
            && matched * 100 >= total * MOSTLY.percent;
        // A few common words stand on many tapes.
        let whole_on = whole_on.filter(|_| told);
        Some(Looked { sure: told && whole.is_some() || mostly, whole_on, heard })
    }

    /// Is it most of a part, and enough of it to be no accident?
    fn mostly(&self, hit: &Hit, words: &Vocabulary) -> bool {
        let equal = || hit.aligned.matches.iter().map(|&(at, _)| hit.part[at as usize]);
        equal().count() >= MOSTLY.words
            && equal().filter(|&word| words.is_content(word)).count() >= MOSTLY.content
            && equal().count() * 100 >= hit.part.len() * MOSTLY.percent
    }

    /// The best of the likely places of a part: in the speaker's own turns before others', and then with the most equal
    /// words.
    fn find(
        &self,
        part: &[Symbol],
        voice: Option<&SpeakerName>,
        likely: &[(usize, usize)],
        words: &Vocabulary,
    ) -> Option<Hit> {
        let mut best: Option<Hit> = None;
        for &(tape, place) in likely {
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
        best.spliced = self.elsewhere(&best, part, words);
        Some(best)
    }

    /// Where a part may begin on some of the tapes, the likeliest place first.
    fn likely(&self, part: &[Symbol], tapes: &[TapeNumber], words: &Vocabulary) -> Vec<(usize, usize)> {
        let mut clues = Vec::new();
        for (at, &word) in part.iter().enumerate().filter(|(_, word)| words.is_content(**word)) {
            let stem = words.stem(word);
            for &tape in tapes {
                let all = &self.places[tape as usize];
                let first = all.partition_point(|&(other, _)| other < stem);
                let count = all[first..].partition_point(|&(other, _)| other == stem);
                if (1..=FREQUENT).contains(&count) {
                    clues.push((count, at, tape, &all[first..first + count]));
                }
            }
        }
        // The rarest count. Their order does not matter, so that they are not sorted.
        let most = CLUES.max(part.len() / 3) * tapes.len();
        if clues.len() > most {
            clues.select_nth_unstable_by_key(most, |&(count, at, tape, _)| (count, at, tape));
            clues.truncate(most);
        }
        vote(clues.into_iter().flat_map(|(count, at, tape, places)| {
            places.iter().map(move |&(_, place)| (tape, (place as usize).saturating_sub(at), weight(count)))
        }))
    }

    /// Where a part may begin on any tape, by pairs of words with a topic.
    fn likely_anywhere(&self, part: &[Symbol], words: &Vocabulary) -> Vec<(usize, usize)> {
        let mut clues = Vec::new();
        let mut before = None;
        for (at, &word) in part.iter().enumerate().filter(|(_, word)| words.is_content(**word)) {
            let stem = words.stem(word);
            let Some(before) = before.replace(stem) else { continue };
            let pair = (before, stem);
            let first = self.pairs.partition_point(|&(other, ..)| other < pair);
            let count = self.pairs[first..].partition_point(|&(other, ..)| other == pair);
            if (1..=FREQUENT).contains(&count) {
                clues.push((count, at, &self.pairs[first..first + count]));
            }
        }
        clues.sort_unstable_by_key(|&(count, at, _)| (count, at));
        clues.truncate(CLUES.max(part.len() / 3));
        vote(clues.into_iter().flat_map(|(count, at, places)| {
            places
                .iter()
                .map(move |&(_, tape, place)| (tape, (place as usize).saturating_sub(at), weight(count)))
        }))
    }

    /// Is the word a hesitation?
    pub(super) fn is_filler(&self, word: Symbol) -> bool {
        self.fillers.contains(&word)
    }

    /// Another stretch of the tape of a hit, with nothing laid beside it yet.
    pub(super) fn stretch(&self, hit: &Hit, range: Range<usize>) -> Option<Hit> {
        let tape = &self.all[self.number(hit.tape)? as usize];
        let range = range.start.min(tape.words.len())..range.end.min(tape.words.len());
        Some(Hit {
            start: range.start,
            said: tape.words[range.clone()].to_vec(),
            said_items: tape.items[range.clone()].to_vec(),
            turns: tape.turns[range].to_vec(),
            ..hit.clone()
        })
    }

    pub(super) fn lay_beside(
        &self,
        part: &[Symbol],
        tape: usize,
        place: usize,
        voice: Option<&SpeakerName>,
        words: &Vocabulary,
    ) -> Hit {
        let tape = &self.all[tape];
        let window = window(place, part.len(), tape.words.len());
        let said = &tape.words[window.clone()];
        // Most quotations are word for word: then nothing has to be weighed.
        let mut aligned = match tape.words.get(place..place + part.len()) {
            Some(same) if same == part => in_a_row(part, place - window.start, words),
            _ => align(part, said, words),
        };
        // What the tape goes on with after the last word, or had before the first, was not left out.
        let covered = aligned.one.clone();
        let mut hesitations = false;
        aligned.hunks.retain(|hunk| {
            let repeated = stutter(hunk, part, said);
            hesitations |= repeated;
            let outside =
                hunk.one.is_empty() && (hunk.one.start == covered.start || hunk.one.start == covered.end);
            !outside && !repeated
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
        let whose = match (speaker, voice) {
            (Some(other), Some(voice))
                if other.speaker_match(voice) == SpeakerMatch::Different
                    && !self.repeats(tape, window.start + first, words) =>
            {
                Whose::Other(other.name.clone())
            }
            // Somebody who answers on the tape does not ask.
            (None, Some(voice))
                if tape.asking.get(turn as usize) == Some(&true)
                    && tape.has(voice)
                    && !self.repeats(tape, window.start + first, words) =>
            {
                Whose::Other(WHO_ASKS.to_owned())
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
            hesitations,
            other_figures: 0,
            aligned,
            spliced: None,
        }
    }

    /// Where the words stand that a place lacks at its end or start, or has others for.
    fn elsewhere(&self, hit: &Hit, part: &[Symbol], words: &Vocabulary) -> Option<u32> {
        let lacking = hit.aligned.hunks.iter().map(|hunk| hunk.one.clone());
        for range in lacking.filter(|range| range.len() >= REMAINDER) {
            let rest = &part[range];
            if rest.iter().filter(|&&word| words.is_content(word)).count() < SHORTEST.1 {
                continue;
            }
            let same = self.number(hit.tape);
            for (tape, place) in self.likely(rest, same.as_slice(), words) {
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
