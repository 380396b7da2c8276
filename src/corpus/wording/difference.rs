//! Two passages side by side, or a passage beside a tape, in words as written.

use std::ops::Range;

use super::hit::Hit;
use super::passage::{PassageId, Surface, Underlined};
use super::relation::{Change, change, is_swallowed, relate, turns_sense};
use super::short::LONGEST;
use super::speech::{self, Run};
use super::vocabulary::{GAP, Symbol};
use super::{Alignment, Hunk, Wording, align};

use crate::facts::FileFacts;
use crate::source::Place;

/// A place where two passages differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it comes to.
    pub change: Change,
    /// The one's words there, as written; may be empty.
    pub one: String,
    /// The other's.
    pub other: String,
    /// Both with a few words around: `our [-voters-]{+supporters+} will`.
    pub shown: String,
    /// Its items in the normal form of each.
    pub items: Hunk,
    /// Did a gap of one of them take up the words of the other?
    pub in_gap: bool,
}

/// Words shown on either side of a difference.
const AROUND: usize = 3;

impl Wording {
    /// Where two passages differ, in order; empty where nothing does.
    pub fn compare(&self, files: &[FileFacts], one: PassageId, other: PassageId) -> Vec<Difference> {
        let (form, other_form) = (self.form(one), self.form(other));
        let words = self.vocabulary();
        let aligned = match relate(form, other_form, words) {
            Some((_, aligned)) => aligned,
            // Too few words to let the ends go free: all between the first and the last that differ.
            None if form.len().max(other_form.len()) <= LONGEST => {
                Alignment { hunks: Vec::from_iter(middle(form, other_form)), ..Alignment::default() }
            }
            None => align(form, other_form, words),
        };
        let (left, right) = (self.passage(one).surface(files), self.passage(other).surface(files));
        let name = |surface: &[Surface<'_>], at: usize| surface.get(at).is_some_and(Surface::is_name);
        aligned
            .hunks
            .iter()
            .filter_map(|hunk| {
                let in_gap = is_swallowed(hunk, form, other_form);
                let (hunk, in_gap) = match in_gap {
                    true => (self.matters(hunk, (form, other_form), (&left, &right))?, true),
                    false => (hunk.clone(), false),
                };
                let kind =
                    change(&hunk, form, other_form, words, (&|at| name(&left, at), &|at| name(&right, at)));
                let ours = written(&left, hunk.one.start, hunk.one.end);
                let theirs = written(&right, hunk.other.start, hunk.other.end);
                let mut shown = written(&left, hunk.one.start.saturating_sub(AROUND), hunk.one.start);
                if !shown.is_empty() {
                    shown.push(' ');
                }
                if !ours.is_empty() {
                    shown.push_str(&format!("[-{ours}-]"));
                }
                if !theirs.is_empty() {
                    shown.push_str(&format!("{{+{theirs}+}}"));
                }
                let after = written(&left, hunk.one.end, (hunk.one.end + AROUND).min(left.len()));
                if !after.is_empty() {
                    shown.push(' ');
                    shown.push_str(&after);
                }
                // Marks between words are not compared, so where the excerpt is cut it says so, with a sign that is no draft's ellipsis.
                if hunk.one.end + AROUND < left.len() {
                    shown.push_str(" ⋯");
                }
                if hunk.one.start > AROUND {
                    shown.insert_str(0, "⋯ ");
                }
                Some(Difference { change: kind, one: ours, other: theirs, shown, items: hunk, in_gap })
            })
            .collect()
    }
}

impl Wording {
    /// The words that a gap took up and that matter to the words beside it: those of the same sentence. What a gap leaves
    /// out of other sentences matters to nobody. `None` where nothing matters.
    fn matters(
        &self,
        hunk: &Hunk,
        (one, other): (&[Symbol], &[Symbol]),
        (left, right): (&[Surface<'_>], &[Surface<'_>]),
    ) -> Option<Hunk> {
        let turned = other[hunk.other.clone()] == [GAP];
        let (taken, form, surface) = match turned {
            true => (hunk.one.clone(), one, left),
            false => (hunk.other.clone(), other, right),
        };
        let opens = |at: usize| surface.get(at).is_some_and(|item| item.opens);
        let first = (taken.start..taken.end).find(|&at| opens(at)).unwrap_or(taken.end);
        let last = (taken.start..=taken.end).rev().find(|&at| opens(at)).unwrap_or(taken.start);
        let words = self.vocabulary();
        let matters = |at: &usize| turns_sense(form[*at], taken.len(), words);
        let within = |range: Range<usize>| range.filter(|at| matters(at)).collect::<Vec<_>>();
        let mut found = within(taken.start..first);
        if last >= first {
            found.extend(within(last..taken.end));
        }
        let range = *found.first()?..*found.last()? + 1;
        Some(match turned {
            true => Hunk { one: range, other: hunk.other.clone() },
            false => Hunk { one: hunk.one.clone(), other: range },
        })
    }

    /// Items of a passage as they are written.
    pub fn written(&self, files: &[FileFacts], id: PassageId, items: Range<usize>) -> String {
        written(&self.passage(id).surface(files), items.start, items.end)
    }

    /// The words at the items of a passage's normal form, and the quotation around them; where there are none, because
    /// only another passage has words there, the word before and the word after.
    pub fn underlined(&self, files: &[FileFacts], id: PassageId, items: Range<usize>) -> Option<Underlined> {
        let passage = self.passage(id);
        passage.underlined(files, &passage.surface(files), items)
    }

    /// The items of the other passage that stand where `items` of the one do, where nothing differs there. `None` where
    /// the other passage leaves that place out.
    pub fn counterpart(
        &self,
        one: PassageId,
        other: PassageId,
        items: &Range<usize>,
    ) -> Option<Range<usize>> {
        if self.passage(one).version == self.passage(other).version {
            return Some(items.clone());
        }
        let (_, aligned) = relate(self.form(one), self.form(other), self.vocabulary())?;
        let at = |item: usize| {
            let found = aligned.matches.binary_search_by_key(&(item as u32), |&(one, _)| one).ok()?;
            Some(aligned.matches[found].1 as usize)
        };
        // Where the one has no words, those before and after it must be there.
        let (first, last) = match items.is_empty() {
            true => (items.start.checked_sub(1)?, items.start),
            false => (items.start, items.end - 1),
        };
        let (start, end) = (at(first)?, at(last)?);
        match items.is_empty() {
            true => (end == start + 1).then_some(end..end),
            false => Some(start..end + 1),
        }
    }

    /// The quotations in which two passages have the same words, where each is one of several.
    pub fn shared_places(
        &self,
        files: &[FileFacts],
        one: PassageId,
        other: PassageId,
    ) -> Option<(Place, Place)> {
        let aligned = align(self.form(one), self.form(other), self.vocabulary());
        let &(first, other_first) = aligned.matches.first()?;
        let place = |id: PassageId, item: u32| {
            let underlined = self.underlined(files, id, item as usize..item as usize + 1)?;
            Some(Place::new(self.passage(id).file, underlined.quotation))
        };
        Some((place(one, first)?, place(other, other_first)?))
    }
}

/// Words shown on either side of a departure from a tape.
const AROUND_TAPE: usize = 2;

impl Wording {
    /// Where a passage departs from the tape: `harbour is [-not-] for sale`, from what was said to what is printed.
    pub fn departure(&self, files: &[FileFacts], id: PassageId, hit: &Hit, hunk: &Hunk) -> String {
        let surface = self.passage(id).surface(files);
        let items: Vec<&Surface<'_>> =
            hit.part_items.iter().filter_map(|&item| surface.get(item as usize)).collect();
        // “£4m” is several items and one word: all of it is shown as what differs.
        let (mut start, mut end) = (hunk.one.start, hunk.one.end.min(items.len()));
        while (1..end).contains(&start) && items[start - 1].hangs_together_with(items[start]) {
            start -= 1;
        }
        while (start + 1..items.len()).contains(&end) && items[end - 1].hangs_together_with(items[end]) {
            end += 1;
        }
        let shown = |range: Range<usize>| in_words(items.get(range).unwrap_or_default().iter().copied());
        let before = shown(start.saturating_sub(AROUND_TAPE)..start);
        let after = shown(end..(end + AROUND_TAPE).min(items.len()));
        let printed = shown(start..end);
        let said = self.said(files, hit, hunk.other.clone());
        let mut change = String::new();
        if !said.is_empty() {
            change.push_str(&format!("[-{said}-]"));
        }
        if !printed.is_empty() {
            change.push_str(&format!("{{+{printed}+}}"));
        }
        let parts = [before, change, after];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The tape's words at these places of [`Hit::said`], and the turns that they stand in; where there are none, the
    /// word before and the word after.
    pub fn underlined_on_tape(
        &self,
        files: &[FileFacts],
        hit: &Hit,
        places: Range<usize>,
    ) -> Option<Underlined> {
        let turns = &files.get(hit.tape.index())?.turns;
        let at = |place: usize| {
            let run = Run::around(turns, *hit.turns.get(place)? as usize);
            let surface = run.surface();
            let range = surface.get(*hit.said_items.get(place)? as usize)?.range.clone();
            let ((first, start), (last, end)) = (run.turn_at(range.start), run.turn_at(range.end - 1));
            let (first, last) = (turns.get(first)?, turns.get(last)?);
            let (from, to) = (range.start - start..first.words.len(), 0..range.end - end);
            let words = match first.span == last.span {
                true => first.places.span(from.start..to.end),
                false => first.places.span(from).join(last.places.span(to)),
            };
            Some(Underlined { words, quotation: first.span.join(last.span) })
        };
        let (first, last) = match places.is_empty() {
            true => (places.start.checked_sub(1).and_then(at), at(places.start)),
            false => (at(places.start), at(places.end - 1)),
        };
        let (first, last) = (first.or(last)?, last.or(first)?);
        let (words, quotation) = (first.words.join(last.words), first.quotation.join(last.quotation));
        Some(Underlined { words, quotation })
    }

    /// Words of the tape as they stand there, by their places in [`Hit::said`].
    pub fn said(&self, files: &[FileFacts], hit: &Hit, places: Range<usize>) -> String {
        let turns = files.get(hit.tape.index()).map_or(&[][..], |tape| &tape.turns);
        let items = hit.turns.get(places.clone()).unwrap_or_default().iter();
        let items: Vec<(u32, u32)> =
            items.copied().zip(hit.said_items.get(places).unwrap_or_default().iter().copied()).collect();
        let mut shown: Vec<String> = Vec::new();
        let run_of = |turn: u32| speech::first_of_run(turns, turn as usize);
        for of_run in items.chunk_by(|one, other| one.0 == other.0 || run_of(one.0) == run_of(other.0)) {
            let Some(&(turn, _)) = of_run.first() else { continue };
            let run = Run::around(turns, turn as usize);
            let surface = run.surface();
            shown.push(in_words(of_run.iter().filter_map(|&(_, item)| surface.get(item as usize))));
        }
        shown.join(" ")
    }
}

/// All between the first and the last words that differ: “I {never} said that”; `None` where nothing does.
fn middle(one: &[Symbol], other: &[Symbol]) -> Option<Hunk> {
    let start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (rest, other_rest) = (&one[start..], &other[start..]);
    let end = rest.iter().rev().zip(other_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let hunk = Hunk { one: start..one.len() - end, other: start..other.len() - end };
    (!hunk.one.is_empty() || !hunk.other.is_empty()).then_some(hunk)
}

/// Items as written, one blank between them; a gap as `…`.
fn written(surface: &[Surface<'_>], start: usize, end: usize) -> String {
    in_words(surface.get(start..end).unwrap_or_default())
}

/// The same of items that need not follow one another.
fn in_words<'a, 's: 'a>(items: impl IntoIterator<Item = &'a Surface<'s>>) -> String {
    let mut text = String::new();
    let mut before: Option<&Surface<'_>> = None;
    for item in items {
        // “gonna” is two items and one word.
        let again =
            before.is_some_and(|before| !item.text.is_empty() && before.text.as_ptr() == item.text.as_ptr());
        if !again {
            if before.is_some_and(|before| !before.hangs_together_with(item)) {
                text.push(' ');
            }
            // Hesitations within a number are blanks.
            let blanked =
                item.text.contains("  ").then(|| item.text.split_whitespace().collect::<Vec<_>>().join(" "));
            match &blanked {
                Some(words) => text.push_str(words),
                None => text.push_str(if item.text.is_empty() { "…" } else { item.text }),
            }
        }
        before = Some(item);
    }
    text
}
