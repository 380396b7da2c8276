//! A quotation beside the tape where both have the same figures, one as said and one as printed: “fifty quid” and “£50”.

use std::ops::Range;

use smallvec::SmallVec;

use super::Wording;
use super::align::Hunk;
use super::hit::Hit;
use super::ladder::{said_alike, short_of_its_scale, spelled};
use super::passage::{PassageId, Surface};
use super::speech::{self, Run};
use crate::facts::FileFacts;

/// Equal words between two differences that may belong to one figure: “[-two-]{+£2.50+} pounds [-fifty-]”.
const WIDEST_ISLAND: usize = 2;
/// Equal words on either side of a difference that may belong to the figure: “{+4,000+} to 5,000”.
const MOST_AROUND: usize = 3;
/// Words of the tape at an end of the quotation that may be the figure printed there.
const LONGEST_AT_END: usize = 8;
/// The longest stretch of words that is one figure.
const LONGEST_FIGURE: usize = 16;

/// Words before a sum among which another one may tell its scale.
const SUMS_NEAR: usize = 24;
/// Blanks and stops by which words in one and words apart may differ in length.
const MOST_JOINTS: usize = 8;

impl Wording {
    /// The hit without the differences that are the same figure in other words or signs.
    pub(super) fn as_said(&self, files: &[FileFacts], id: PassageId, mut hit: Hit) -> Hit {
        if hit.aligned.hunks.is_empty() {
            return hit;
        }
        let surface = self.passage(id).surface(files);
        let mut hunks = std::mem::take(&mut hit.aligned.hunks);
        let mut at = 0;
        while at < hunks.len() {
            match self.figure_from(files, id, &surface, &hit, &hunks[at..]) {
                Some((count, range)) => {
                    // Words in an island were counted already.
                    let equal =
                        hit.aligned.matches.iter().filter(|&&(one, _)| range.contains(&(one as usize)));
                    hit.other_figures += range.len() - equal.count();
                    at += count;
                }
                None => {
                    hit.other_figures += self.figure_at_a_side(files, id, &surface, &hit, &mut hunks[at]);
                    hit.aligned.hunks.push(hunks[at].clone());
                    at += 1;
                }
            }
        }
        hit
    }

    /// How many of the first differences are one figure, and the words of the part that it is; `None` where they are none.
    fn figure_from(
        &self,
        files: &[FileFacts],
        id: PassageId,
        surface: &[Surface<'_>],
        hit: &Hit,
        hunks: &[Hunk],
    ) -> Option<(usize, Range<usize>)> {
        let near = |pair: &&[Hunk]| {
            pair[1].one.start - pair[0].one.end <= WIDEST_ISLAND
                && pair[1].other.start.saturating_sub(pair[0].other.end) <= WIDEST_ISLAND
        };
        let longest = 1 + hunks.windows(2).take_while(near).count();
        (1..=longest).rev().find_map(|count| {
            let both = Hunk {
                one: hunks.first()?.one.start..hunks.get(count - 1)?.one.end,
                other: hunks.first()?.other.start..hunks.get(count - 1)?.other.end,
            };
            let widths = (0..=MOST_AROUND).flat_map(|left| (0..=MOST_AROUND).map(move |right| (left, right)));
            let around = widths.filter_map(|(left, right)| widened(hit, &both, left, right));
            let alike = around.chain(beyond_the_end(hit, &both)).any(|wide| {
                let sums = self.sums_before(hit, wide.other.start);
                self.printed(files, id, surface, hit, wide.one)
                    .zip(self.on_tape(files, hit, wide.other))
                    .is_some_and(|(printed, (heard, written))| {
                        written_apart(&printed, &heard)
                            || may_be_figures(&printed, &heard)
                                && (said_alike(&printed, &heard)
                                    || written != heard && said_alike(&printed, &written)
                                    || short_of_its_scale(&printed, &heard, &sums))
                    })
            });
            alike.then_some((count, both.one))
        })
    }

    /// Takes a figure away from the start or the end of a difference that has other words beside it: “[-bucks four-]{+$12
    /// for+}”. Returns how many words it took.
    fn figure_at_a_side(
        &self,
        files: &[FileFacts],
        id: PassageId,
        surface: &[Surface<'_>],
        hit: &Hit,
        hunk: &mut Hunk,
    ) -> usize {
        let (longest, longest_other) = (hunk.one.len().min(MOST_AROUND), hunk.other.len().min(MOST_AROUND));
        for (words, places) in
            (1..=longest).rev().flat_map(|words| (1..=longest_other).map(move |places| (words, places)))
        {
            let first = Hunk {
                one: hunk.one.start..hunk.one.start + words,
                other: hunk.other.start..hunk.other.start + places,
            };
            let last = Hunk {
                one: hunk.one.end - words..hunk.one.end,
                other: hunk.other.end - places..hunk.other.end,
            };
            if self.figure_from(files, id, surface, hit, std::slice::from_ref(&first)).is_some() {
                (hunk.one.start, hunk.other.start) = (first.one.end, first.other.end);
                return words;
            }
            if self.figure_from(files, id, surface, hit, std::slice::from_ref(&last)).is_some() {
                (hunk.one.end, hunk.other.end) = (last.one.start, last.other.start);
                return words;
            }
        }
        0
    }

    /// Words of a part as they are printed, signs and all; `None` where they stand in two quotations.
    fn printed(
        &self,
        files: &[FileFacts],
        id: PassageId,
        surface: &[Surface<'_>],
        hit: &Hit,
        words: Range<usize>,
    ) -> Option<String> {
        let items = hit.part_items.get(words)?;
        let first = surface.get(*items.first()? as usize)?;
        let last = surface.get(*items.last()? as usize)?;
        let quotation = self.passage(id).quotations(files).nth(first.part as usize)?;
        (first.part == last.part)
            .then(|| between_blanks(&quotation.words, first.range.start..last.range.end).to_owned())
    }

    /// The numbers that stand on the tape shortly before a word.
    fn sums_before(&self, hit: &Hit, place: usize) -> SmallVec<[u64; 4]> {
        let words = self.vocabulary();
        let near = hit.said[..place].iter().rev().take(SUMS_NEAR).filter(|&&word| words.is_number(word));
        near.filter_map(|&word| words.text(word).parse().ok()).collect()
    }

    /// Words of the tape as they stand there, signs and all, without what is said twice and with it; `None` where two speakers
    /// share them.
    fn on_tape(&self, files: &[FileFacts], hit: &Hit, places: Range<usize>) -> Option<(String, String)> {
        let turns = &files.get(hit.tape.index())?.turns;
        let turns_of = hit.turns.get(places.clone())?;
        let first = speech::first_of_run(turns, *turns_of.first()? as usize);
        if speech::first_of_run(turns, *turns_of.last()? as usize) != first {
            return None;
        }
        let run = Run::from(turns, first);
        let surface = run.surface();
        let items = hit.said_items.get(places)?;
        let start = surface.get(*items.first()? as usize)?.range.start;
        let end = surface.get(*items.last()? as usize)?.range.end;
        // What was left out stands before the first word.
        let from = run.text.get(..start).map_or(start, |before| before.trim_end().len());
        let written = run.written(from..end).trim_start_matches(|c: char| !c.is_alphanumeric());
        Some((between_blanks(&run.text, start..end).to_owned(), written.to_owned()))
    }
}

/// Are they the same letters, written in one word on one side and in two on the other: “spill way” and “spillway”?
fn written_apart(printed: &str, heard: &str) -> bool {
    let letters = |text: &str| {
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
        letters.into_iter().flat_map(char::to_lowercase)
    };
    let plain = |text: &str| {
        text.chars()
            .all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '-' | '‑' | ',' | '.' | '?' | '!'))
    };
    let parts = |text: &str| text.split(|c: char| c.is_whitespace() || c == '-').count();
    printed.len().abs_diff(heard.len()) <= MOST_JOINTS
        && parts(printed) != parts(heard)
        && plain(printed)
        && plain(heard)
        && (letters(printed).eq(letters(heard)) || {
            // “bye laws” and “bylaws”
            let written = |text: &str| {
                let text: String = letters(text).collect();
                spelled(&text).into_owned()
            };
            written(printed) == written(heard)
        })
}

/// A difference with equal words around it; `None` where the words there are not equal, or where nothing is left of a side.
fn widened(hit: &Hit, hunk: &Hunk, left: usize, right: usize) -> Option<Hunk> {
    let one = hunk.one.start.checked_sub(left)?..hunk.one.end + right;
    let other = hunk.other.start.checked_sub(left)?..hunk.other.end + right;
    let equal = hit.part[one.start..hunk.one.start] == hit.said[other.start..hunk.other.start]
        && hit.part.get(hunk.one.end..one.end)? == hit.said.get(hunk.other.end..other.end)?;
    let sized = |range: &Range<usize>| (1..=LONGEST_FIGURE).contains(&range.len());
    (equal && sized(&one) && sized(&other)).then_some(Hunk { one, other })
}

/// A difference at an end of the quotation with more of what the tape has there: where nothing is alike, the alignment
/// stops before it.
fn beyond_the_end(hit: &Hit, hunk: &Hunk) -> impl Iterator<Item = Hunk> {
    let (words, places) = (hit.part.len(), hit.said.len());
    let (starts, ends) = (hunk.one.start == 0, hunk.one.end == words);
    let hunk = hunk.clone();
    (0..=MOST_AROUND).flat_map(move |equal| (1..=LONGEST_AT_END).map(move |more| (equal, more))).filter_map(
        move |(equal, more)| match (starts, ends) {
            (false, true) => {
                let (one, other) = (hunk.one.start.checked_sub(equal)?, hunk.other.start.checked_sub(equal)?);
                let end = (hunk.other.end + more).min(places);
                Some(Hunk { one: one..words, other: other..end })
            }
            (true, false) => {
                let (one, other) = (hunk.one.end + equal, hunk.other.end + equal);
                let start = hunk.other.start.saturating_sub(more);
                (one <= words && other <= places).then_some(Hunk { one: 0..one, other: start..other })
            }
            _ => None,
        },
    )
}

/// Does a digit, or a word in capitals as Roman figures are, stand on a side? Other words need no second look.
fn may_be_figures(printed: &str, heard: &str) -> bool {
    let figure = |text: &str| {
        text.bytes().any(|byte| byte.is_ascii_digit())
            || text.ends_with("War I")
            || text
                .split_whitespace()
                .any(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    figure(printed) || figure(heard)
}

/// The stretch of the text, to the blanks around it: “50” of “50¢ each” is “50¢”.
fn between_blanks(text: &str, range: Range<usize>) -> &str {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let start = before
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let end = range.end + after.find(char::is_whitespace).unwrap_or(after.len());
    text.get(start..end).unwrap_or_default()
}
