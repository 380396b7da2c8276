//! What the gaps of a quotation take up on a tape.
//!
//! A quotation with an ellipsis is looked for piece by piece. Here the whole of it is laid beside the tape again, so that
//! the words between the pieces show: a “not” among them turns the sense, and so does somebody else's question.

use std::ops::Range;

use super::align::{Hunk, align};
use super::condition::is_aside;
use super::hit::{Heard, Hit, Whose};
use super::passage::PassageId;
use super::relation::{Change, change, swallowed, turns_sense};
use super::speaker_name::SpeakerName;
use super::speech::Run;
use super::tape::Tapes;
use super::vocabulary::{GAP, Symbol, Vocabulary};
use super::{Wording, sound};
use crate::facts::FileFacts;

/// Words of tape that are looked at for each gap.
const REACH: usize = 32;
/// Words of somebody else between two pieces from which on they are two answers: fewer are a “yes” or a “right”.
const ANOTHERS_TURN: usize = 3;

/// Words between two pieces from which on they are looked for again: they may stand on the tape twice.
const APART: usize = 48;
/// Words between the places at which a piece is laid beside such a stretch.
const STEP: usize = 12;
/// Equal words of each hundred that make a place near the other piece the right one.
const NEARLY_ALL: usize = 75;

impl Tapes {
    /// Takes those places of the pieces of a passage that follow one another most closely, where a piece stands on the tape
    /// more than once.
    pub(super) fn bring_together(&self, heard: &mut Heard, voice: Option<&SpeakerName>, words: &Vocabulary) {
        for second in 1..heard.parts.len() {
            let [Some(first), Some(then)] = &heard.parts[second - 1..=second] else { continue };
            let start = |hit: &Hit| hit.start + hit.alike().start;
            let end = |hit: &Hit| hit.start + hit.alike().end;
            let near =
                |first: usize, then: usize| then.checked_sub(first).is_some_and(|apart| apart <= APART);
            if first.tape == then.tape && near(end(first), start(then)) {
                continue;
            }
            let after = self.nearby(then, first, end(first)..end(first) + APART, voice, words);
            if let Some(then) = after {
                heard.parts[second] = Some(then);
                continue;
            }
            let reach = first.part.len() + APART;
            if let Some(first) =
                self.nearby(first, then, start(then).saturating_sub(reach)..start(then), voice, words)
            {
                heard.parts[second - 1] = Some(first);
                continue;
            }
            if !first.is_whole() || !then.is_whole() {
                continue;
            }
            let closest = [first.tape, then.tape].into_iter().find_map(|file| {
                let tape = self.number(file)? as usize;
                let (firsts, thens) = (self.places_of(tape, &first.part), self.places_of(tape, &then.part));
                let pairs = firsts.iter().filter_map(|&one| {
                    let end = one + first.part.len();
                    let next = thens.get(thens.partition_point(|&other| other < end))?;
                    Some((next - end, tape, one, *next))
                });
                pairs.min()
            });
            let Some((_, tape, one, other)) = closest else { continue };
            for (at, place) in [(second - 1, one), (second, other)] {
                if let Some(old) = &heard.parts[at] {
                    let hit = self.lay_beside(&old.part, tape, place, voice, words);
                    if hit.is_whole() {
                        heard.parts[at] = Some(Hit { part_items: old.part_items.clone(), ..hit });
                    }
                }
            }
        }
    }

    /// A piece laid beside a stretch of the tape near another piece; `None` where the stretch does not have most of its
    /// words.
    fn nearby(
        &self,
        piece: &Hit,
        other: &Hit,
        stretch: Range<usize>,
        voice: Option<&SpeakerName>,
        words: &Vocabulary,
    ) -> Option<Hit> {
        let tape = self.number(other.tape)? as usize;
        let places = stretch.clone().step_by(STEP).chain([stretch.end]);
        let hits = places.map(|place| self.lay_beside(&piece.part, tape, place, voice, words));
        let within = |hit: &Hit| {
            let (from, to) = (hit.start + hit.alike().start, hit.start + hit.alike().end);
            from >= stretch.start && to <= stretch.end + piece.part.len()
        };
        // A machine may have heard other words of the same sound.
        let machine = self.all[tape].fact.machine;
        let text = |side: &[Symbol]| side.iter().map(|&word| words.text(word)).collect::<Vec<_>>();
        let misheard = |hit: &Hit| {
            let hunks = hit.aligned.hunks.iter().filter(|_| machine);
            let alike = hunks.filter(|hunk| {
                sound::alike(&text(&hit.part[hunk.one.clone()]), &text(&hit.said[hunk.other.clone()]))
            });
            alike.map(|hunk| hunk.one.len()).sum::<usize>()
        };
        let most =
            |hit: &Hit| (hit.aligned.matches.len() + misheard(hit)) * 100 >= hit.part.len() * NEARLY_ALL;
        let best = hits.filter(|hit| most(hit) && within(hit)).max_by_key(|hit| hit.aligned.score)?;
        Some(Hit { part_items: piece.part_items.clone(), ..best })
    }

    /// Where a tape has these words, one after the other.
    pub(super) fn places_of(&self, tape: usize, part: &[Symbol]) -> Vec<usize> {
        let all = &self.all[tape].words;
        (0..(all.len() + 1).saturating_sub(part.len())).filter(|&at| all[at..].starts_with(part)).collect()
    }

    /// The whole of a passage beside the tape on which its pieces were found, with the places where a gap may have taken up
    /// words that matter; `None` where there is no such place.
    pub(super) fn gaps(&self, wording: &Wording, id: PassageId, heard: &Heard) -> Option<Box<Hit>> {
        let form = wording.form(id);
        let found = heard.parts.iter().flatten().find(|hit| hit.is_found() && hit.whose == Whose::Own)?;
        if !form.contains(&GAP) {
            return None;
        }
        let words = wording.vocabulary();
        let (items, part): (Vec<u32>, Vec<Symbol>) = (0..)
            .zip(form.iter().map(|&word| words.folded(word)))
            .filter(|(_, word)| !self.is_filler(*word))
            .unzip();
        let &(first, said) = found.aligned.matches.first()?;
        let item = *found.part_items.get(first as usize)?;
        let at = items.iter().position(|&known| known == item)?;
        let gaps = |range: &[Symbol]| range.iter().filter(|&&word| word == GAP).count();
        let place = found.start + said as usize;
        let start = place.saturating_sub(at + (1 + gaps(&part[..at])) * REACH);
        let end = place + (part.len() - at) + (1 + gaps(&part[at..])) * REACH;
        let mut hit = self.stretch(found, start..end)?;
        let mut aligned = align(&part, &hit.said, words);
        aligned.hunks = swallowed(&aligned, &part, &hit.said, words);
        if aligned.hunks.is_empty() {
            return None;
        }
        (hit.part, hit.part_items, hit.aligned) = (part, items, aligned);
        Some(Box::new(hit))
    }
}

/// Two pieces of a quotation that were not said like that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seam<'w> {
    /// The piece before the gap.
    pub first: &'w Hit,
    /// The piece after it.
    pub second: &'w Hit,
    /// Were they said in the other order? Else somebody else spoke in between.
    pub turned: bool,
}

impl Wording {
    /// Where a gap of a passage took up words of the tape that matter to the sentence beside it: what that comes to, and
    /// where. The places are those of the hit.
    pub fn taken_up<'w>(
        &'w self,
        files: &[FileFacts],
        id: PassageId,
        heard: &'w Heard,
    ) -> Option<(&'w Hit, Vec<(Change, Hunk)>)> {
        let hit = heard.gaps.as_deref()?;
        // Where the writer's own words stand between two quotations, they tell what was left out.
        let cuts = |words: &str| words.contains(['…', '[']) || words.contains("..") || words.contains(". .");
        if !self.passage(id).quotations(files).any(|quotation| cuts(&quotation.words)) {
            return None;
        }
        let words = self.vocabulary();
        let brackets = self.numbers_in_brackets(files, id);
        let none = |_: usize| false;
        let found: Vec<(Change, Hunk)> = hit
            .aligned
            .hunks
            .iter()
            .filter_map(|hunk| {
                let taken: Vec<&str> =
                    hit.said[hunk.other.clone()].iter().map(|&word| words.text(word)).collect();
                if is_aside(&taken) {
                    return None;
                }
                let kept = within_sentence(files, hit, hunk, words, &brackets)?;
                Some((change(&kept, &hit.part, &hit.said, words, (&none, &none)), kept))
            })
            .collect();
        (!found.is_empty()).then_some((hit, found))
    }

    /// The figures that stand in an editor's brackets: “[$215,000]” spells out the tape's “215”.
    fn numbers_in_brackets(&self, files: &[FileFacts], id: PassageId) -> Vec<String> {
        let quotations = self.passage(id).quotations(files);
        let brackets = quotations.flat_map(|quotation| {
            quotation
                .words
                .split('[')
                .skip(1)
                .filter_map(|rest| rest.split_once(']'))
                .map(|(inside, _)| inside)
        });
        let figures = |inside: &str| -> String { inside.chars().filter(char::is_ascii_digit).collect() };
        brackets.map(figures).filter(|figures| !figures.is_empty()).collect()
    }

    /// The first gap of a passage that joins two pieces which were said in the other order, or in two answers.
    pub fn seam<'w>(&self, files: &[FileFacts], heard: &'w Heard) -> Option<Seam<'w>> {
        let found: Vec<&Hit> = heard.parts.iter().flatten().collect();
        if found.len() < heard.parts.len() || found.iter().any(|hit| !hit.is_found()) {
            return None;
        }
        found.windows(2).find_map(|pair| {
            let (first, second) = (pair[0], pair[1]);
            if first.tape != second.tape {
                return None;
            }
            let turns = &files.get(first.tape.index())?.turns;
            let speaker = |turn: u32| turns.get(turn as usize).and_then(|turn| turn.speaker.as_deref());
            let (before, after) = (first.start + first.alike().end, second.start + second.alike().start);
            if after < before {
                // Words that stand in the tape twice may have been found at the wrong place.
                let whole = |hit: &Hit| hit.aligned.hunks.is_empty() && hit.part.len() > ANOTHERS_TURN;
                return (whole(first) && whole(second)).then_some(Seam { first, second, turned: true });
            }
            let from = *first.turns.get(first.alike().end.checked_sub(1)?)?;
            let own = speaker(from)?;
            let anothers = (from + 1..second.turn).any(|turn| {
                let said = turns.get(turn as usize).map_or(0, |turn| turn.words.split_whitespace().count());
                speaker(turn).is_some_and(|speaker| speaker != own) && said >= ANOTHERS_TURN
            });
            anothers.then_some(Seam { first, second, turned: false })
        })
    }
}

/// Does a word of the tape begin a sentence?
pub(super) fn opens(files: &[FileFacts], hit: &Hit, at: usize) -> bool {
    let Some(turns) = files.get(hit.tape.index()).map(|tape| &tape.turns) else { return true };
    let (Some(&turn), Some(&item)) = (hit.turns.get(at), hit.said_items.get(at)) else { return true };
    let run = Run::around(turns, turn as usize);
    let opens = run.surface().get(item as usize).is_some_and(|item| item.opens);
    // A long run is cut; there no sentence ends.
    let before = run.first.checked_sub(1).and_then(|before| turns.get(before));
    let cut = item == 0
        && before.is_some_and(|before| {
            turns.get(run.first).is_some_and(|first| first.speaker == before.speaker)
                && !before.words.trim_end().ends_with(['.', '?', '!', '”', '"'])
        });
    opens && !cut
}

/// The words taken up that matter, of those that belong to the sentence on either side of the gap.
fn within_sentence(
    files: &[FileFacts],
    hit: &Hit,
    hunk: &Hunk,
    words: &Vocabulary,
    brackets: &[String],
) -> Option<Hunk> {
    let opens = |at: usize| opens(files, hit, at);
    let taken = hunk.other.clone();
    let first = taken.clone().find(|&at| opens(at)).unwrap_or(taken.end);
    let last = (taken.start..=taken.end).rev().find(|&at| opens(at)).unwrap_or(taken.start);
    // “[$215,000]” for “215”, “[1.6 million]” for “1,600,000”.
    let in_brackets = |word: Symbol| {
        let plain = |figures: &str| figures.trim_end_matches('0').to_owned();
        let said: String = words.text(word).chars().filter(char::is_ascii_digit).collect();
        words.is_number(word) && brackets.iter().any(|figures| plain(figures) == plain(&said))
    };
    let matters = |at: &usize| turns_sense(hit.said[*at], taken.len(), words) && !in_brackets(hit.said[*at]);
    let mut found: Vec<usize> = (taken.start..first).filter(matters).collect();
    if last >= first {
        found.extend((last..taken.end).filter(matters));
    }
    let range = *found.first()?..*found.last()? + 1;
    Some(Hunk { one: hunk.one.clone(), other: range })
}
