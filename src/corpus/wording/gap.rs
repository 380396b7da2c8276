//! What the gaps of a quotation take up on a tape.
//!
//! A quotation with an ellipsis is looked for piece by piece. Here the whole of it is laid beside the tape again, so that
//! the words between the pieces show: a “not” among them turns the sense, and so does somebody else's question.

use super::Wording;
use super::align::{Hunk, align};
use super::hit::{Heard, Hit, Whose};
use super::passage::{PassageId, Surface};
use super::relation::{Change, change, swallowed, turns_sense};
use super::tape::Tapes;
use super::vocabulary::{GAP, Symbol, Vocabulary};
use crate::facts::FileFacts;

/// Words of tape that are looked at for each gap.
const REACH: usize = 32;
/// Words of somebody else between two pieces from which on they are two answers: fewer are a “yes” or a “right”.
const ANOTHERS_TURN: usize = 3;

impl Tapes {
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
        heard: &'w Heard,
    ) -> Option<(&'w Hit, Vec<(Change, Hunk)>)> {
        let hit = heard.gaps.as_deref()?;
        let words = self.vocabulary();
        let none = |_: usize| false;
        let found: Vec<(Change, Hunk)> = hit
            .aligned
            .hunks
            .iter()
            .filter_map(|hunk| {
                let kept = within_sentence(files, hit, hunk, words)?;
                Some((change(&kept, &hit.part, &hit.said, words, (&none, &none)), kept))
            })
            .collect();
        (!found.is_empty()).then_some((hit, found))
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

/// The words taken up that matter, of those that belong to the sentence on either side of the gap.
fn within_sentence(files: &[FileFacts], hit: &Hit, hunk: &Hunk, words: &Vocabulary) -> Option<Hunk> {
    let turns = &files.get(hit.tape.index())?.turns;
    let opens = |at: usize| {
        let (Some(&turn), Some(&item)) = (hit.turns.get(at), hit.said_items.get(at)) else { return true };
        let before = at.checked_sub(1).and_then(|before| hit.turns.get(before));
        let mut surface = Vec::new();
        if let Some(turn) = turns.get(turn as usize) {
            Surface::read(&turn.words, 0, 0, &mut surface);
        }
        let opens = surface.get(item as usize).is_some_and(|item| item.opens);
        // A new line of subtitles is no new sentence.
        let goes_on = before.is_some_and(|before| {
            *before != turn
                && turns
                    .get(*before as usize)
                    .is_some_and(|turn| !turn.words.trim_end().ends_with(['.', '?', '!']))
        });
        opens && !goes_on
    };
    let taken = hunk.other.clone();
    let first = taken.clone().find(|&at| opens(at)).unwrap_or(taken.end);
    let last = (taken.start..=taken.end).rev().find(|&at| opens(at)).unwrap_or(taken.start);
    let matters = |at: &usize| turns_sense(hit.said[*at], taken.len(), words);
    let mut found: Vec<usize> = (taken.start..first).filter(matters).collect();
    if last >= first {
        found.extend((last..taken.end).filter(matters));
    }
    let range = *found.first()?..*found.last()? + 1;
    Some(Hunk { one: hunk.one.clone(), other: range })
}
