//! Where a quotation departs from a tape, and what each place comes to.

use super::align::Hunk;
use super::condition::{have, limit_inside};
use super::contraction::contracted;
use super::discourse::is_discourse;
use super::hit::Hit;
use super::passage::{PassageId, Surface};
use super::relation::{Change, change};
use super::speech::{self, Run};
use super::vocabulary::{Symbol, Vocabulary};
use super::{Wording, sound};
use crate::facts::FileFacts;

/// A place where a quotation departs from the tape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// What it comes to.
    pub change: Change,
    /// Where it stands: words of [`Hit::part`] and of [`Hit::said`].
    pub hunk: Hunk,
    /// Did a machine write the tape down, and do both sides sound alike? Then the tape may be wrong.
    pub misheard: bool,
}

/// The most words of a sentence that is begun and given up.
const LONGEST_RESTART: usize = 7;
/// The most of them with a topic.
const TOPICS_GIVEN_UP: usize = 3;
/// The most words given up where the tape has no punctuation that could show it.
const UNMARKED_RESTART: usize = 3;

impl Wording {
    /// Where a passage departs from the tape, in order.
    pub fn departures(&self, files: &[FileFacts], id: PassageId, hit: &Hit) -> Vec<Departure> {
        let words = self.vocabulary();
        let machine = is_by_machine(files, hit);
        // A transcript's capitals are the typist's or the machine's: they tell no names.
        let none = |_: usize| false;
        let hunks = hit.aligned.hunks.iter();
        let departures = hunks.map(|hunk| {
            let plain = |hunk: Hunk| {
                let change = match change(&hunk, &hit.part, &hit.said, words, (&none, &none)) {
                    _ if leaves_out_a_limit(hit, &hunk, words) => Change::Condition,
                    // “All” left out is words left out, and no other words.
                    Change::Words if hunk.one.is_empty() => Change::Omission,
                    change => change,
                };
                Departure { change, hunk, misheard: false }
            };
            let contraction =
                || contracted(&hit.part[hunk.one.clone()], &hit.said[hunk.other.clone()], words);
            match machine {
                false => plain(hunk.clone()),
                true if contraction() => plain(hunk.clone()),
                true => self.misheard(files, id, hit, hunk, plain),
            }
        });
        departures.collect()
    }

    /// What a departure comes to on a tape that a machine wrote down: what sounds alike is no other word.
    fn misheard(
        &self,
        files: &[FileFacts],
        id: PassageId,
        hit: &Hit,
        hunk: &Hunk,
        plain: impl Fn(Hunk) -> Departure,
    ) -> Departure {
        let words = self.vocabulary();
        let text = |side: &[Symbol]| side.iter().map(|&word| words.text(word)).collect::<Vec<_>>();
        let alike = |hunk: &Hunk| {
            let (printed, heard) = (&hit.part[hunk.one.clone()], &hit.said[hunk.other.clone()]);
            printed == heard || sound::alike(&text(printed), &text(heard))
        };
        let rest = unlike(hunk, &alike);
        let Some(rest) = rest else {
            return Departure { change: Change::SoundAlike, hunk: hunk.clone(), misheard: true };
        };
        let (printed, heard) = (&hit.part[rest.one.clone()], &hit.said[rest.other.clone()]);
        let found = plain(rest.clone());
        if let ([printed], [heard]) = (printed, heard)
            && sound::alike_but_not_in_sense(words.text(*printed), words.text(*heard))
        {
            return Departure { misheard: true, ..found };
        }
        // “For four a favour”: a word said twice, and misheard once.
        if let ([], [heard]) = (printed, heard)
            && [rest.other.start.checked_sub(1), Some(rest.other.end)].into_iter().flatten().any(|beside| {
                hit.said
                    .get(beside)
                    .is_some_and(|&word| sound::alike(&[words.text(word)], &[words.text(*heard)]))
            })
        {
            return Departure { change: Change::SoundAlike, hunk: rest, misheard: true };
        }
        let sounds_alike = match found.change {
            Change::Negation | Change::Number | Change::Condition => false,
            // “The” and “of” are hardly heard.
            _ if printed.len() + heard.len() <= 2 => {
                printed.iter().chain(heard).all(|&word| sound::is_slight(words.text(word)))
            }
            _ => false,
        };
        let is_name = || {
            let surface = self.passage(id).surface(files);
            let mut items = hit.part_items.get(rest.one.clone()).unwrap_or_default().iter();
            items.any(|&item| surface.get(item as usize).is_some_and(Surface::is_name))
        };
        let name_heard = || {
            !matches!(found.change, Change::Negation | Change::Number)
                && sound::near(&text(printed), &text(heard))
                && is_name()
        };
        match sounds_alike || name_heard() {
            true => Departure { change: Change::SoundAlike, hunk: rest, misheard: true },
            false => found,
        }
    }

    /// Are there hesitations or repeats on the tape between the words of a hit?
    pub(super) fn hesitates(&self, files: &[FileFacts], hit: &Hit) -> bool {
        let alike = hit.alike();
        let Some(tape) = files.get(hit.tape.index()) else { return false };
        let turns = hit.turns.get(alike.clone()).unwrap_or_default().iter();
        let items = hit.said_items.get(alike).unwrap_or_default();
        let places: Vec<(usize, u32)> = turns
            .map(|&turn| speech::first_of_run(&tape.turns, turn as usize))
            .zip(items.iter().copied())
            .collect();
        places.chunk_by(|one, other| one.0 == other.0).any(|of_run| {
            let (Some(&(run, first)), Some(&(_, last))) = (of_run.first(), of_run.last()) else {
                return false;
            };
            let run = Run::from(&tape.turns, run);
            let surface = run.surface();
            match (surface.get(first as usize), surface.get(last as usize)) {
                (Some(first), Some(last)) => run.hesitates(first.range.start..last.range.end),
                _ => false,
            }
        })
    }

    /// The hit without what the speaker began and gave up (“we thought, we planned”), and without “you know” and its like,
    /// where the quotation leaves it out.
    pub(super) fn without_restarts(&self, files: &[FileFacts], mut hit: Hit) -> Hit {
        let words = self.vocabulary();
        let given_up: Vec<bool> = hit
            .aligned
            .hunks
            .iter()
            .map(|hunk| {
                let said = &hit.said[hunk.other.clone()];
                let printed = &hit.part[hunk.one.clone()];
                hunk.one.is_empty() && (is_discourse(said, words) || self.is_restart(files, &hit, hunk))
                    || hunk.other.is_empty() && is_discourse(printed, words)
            })
            .collect();
        let mut given_up = given_up.into_iter();
        let before = hit.aligned.hunks.len();
        hit.aligned.hunks.retain(|_| !given_up.next().unwrap_or(false));
        hit.hesitations |= hit.aligned.hunks.len() < before;
        hit
    }

    /// Did the speaker begin a sentence, give it up, and begin with the same words again?
    fn is_restart(&self, files: &[FileFacts], hit: &Hit, hunk: &Hunk) -> bool {
        let words = self.vocabulary();
        let (said, range) = (&hit.said, &hunk.other);
        if range.len() > LONGEST_RESTART
            || said[range.clone()]
                .iter()
                .any(|&word| words.negates(word) || words.limits(word) || words.is_number(word))
        {
            return false;
        }
        // Where the speaker begins again, and how many words are given up.
        let again = (1..range.len()).rev().find_map(|length| {
            let before = range.start.checked_sub(length).map(|start| &said[start..range.start]);
            let after = said.get(range.end..range.end + length);
            if before == Some(&said[range.end - length..range.end]) {
                return Some((range.end - length, range.start..range.end - length));
            }
            let head = &said[range.start..range.start + length];
            (after == Some(head)).then_some((range.end, range.start..range.end))
        });
        let Some((again, given_up)) = again else { return false };
        let text: Vec<&str> = said[given_up.clone()].iter().map(|&word| words.text(word)).collect();
        if limit_inside(&text).is_some() {
            return false;
        }
        let topics = said[given_up.clone()].iter().filter(|&&word| words.is_content(word)).count();
        let joined = matches!(words.text(said[again - 1]), "and" | "or" | "but" | "nor" | "than" | "then");
        if joined || topics > TOPICS_GIVEN_UP {
            return false;
        }
        match self.between(files, hit, again) {
            Some(between) if between.contains(['.', '?', '!', ';', ':']) && !between.contains("..") => false,
            Some(between) if between.contains([',', '-', '–', '—', '…', '.']) => true,
            // Subtitles break where a speaker stops, and a machine may put no commas.
            _ => given_up.len() <= UNMARKED_RESTART,
        }
    }

    /// What stands between a word of the tape and the one before; `None` where that is another run.
    pub(super) fn between(&self, files: &[FileFacts], hit: &Hit, place: usize) -> Option<String> {
        let tape = files.get(hit.tape.index())?;
        let before = place.checked_sub(1)?;
        let (turn, last) = (*hit.turns.get(place)? as usize, *hit.turns.get(before)? as usize);
        let run = Run::around(&tape.turns, turn);
        if speech::first_of_run(&tape.turns, last) != run.first {
            return None;
        }
        let surface = run.surface();
        let item = |place: usize| surface.get(*hit.said_items.get(place)? as usize);
        let (from, to) = (item(before)?.range.end, item(place)?.range.start);
        Some(run.written(from..to).to_owned())
    }
}

/// The most words that are left out with a limit among them: “so I think”.
const LONGEST_LIMIT: usize = 6;

/// Does a quotation leave out “I think”, “almost” or the like amid its words, and nothing else that matters?
fn leaves_out_a_limit(hit: &Hit, hunk: &Hunk, words: &Vocabulary) -> bool {
    if !hunk.one.is_empty() || hunk.other.len() > LONGEST_LIMIT {
        return false;
    }
    let text = |side: &[Symbol]| side.iter().map(|&word| words.text(word)).collect::<Vec<_>>();
    // “I [think I] have” is as well “[I think] I have”.
    let moved = |by: isize| {
        let (start, end) = (hunk.other.start.checked_add_signed(by)?, hunk.other.end.checked_add_signed(by)?);
        let (lost, gained) = if by < 0 { (start, end) } else { (hunk.other.start, hunk.other.end) };
        (by == 0 || hit.said.get(lost) == hit.said.get(gained)).then(|| hit.said.get(start..end)).flatten()
    };
    let sides = [0, -1, 1].into_iter().filter_map(moved);
    let Some(limit) = sides.into_iter().find_map(|side| limit_inside(&text(side))) else { return false };
    let elsewhere = have(&text(&hit.part), limit);
    let topics = hit.said[hunk.other.clone()].iter().filter(|&&word| words.is_content(word)).count();
    let own =
        limit.split(' ').filter_map(|word| words.known(word)).filter(|&word| words.is_content(word)).count();
    !elsewhere && topics == own
}

/// Did a machine write down the tape of a hit?
fn is_by_machine(files: &[FileFacts], hit: &Hit) -> bool {
    let tape = files.get(hit.tape.index()).and_then(|file| file.tape.as_ref());
    tape.is_some_and(|tape| tape.machine)
}

/// What is left of a hunk without the words at both ends that are or sound alike; `None` where nothing is left.
fn unlike(hunk: &Hunk, alike: &impl Fn(&Hunk) -> bool) -> Option<Hunk> {
    if alike(hunk) {
        return None;
    }
    let mut rest = hunk.clone();
    let alike_at = |one: usize, other: usize| alike(&Hunk { one: one..one + 1, other: other..other + 1 });
    let both = |rest: &Hunk| !rest.one.is_empty() && !rest.other.is_empty();
    while both(&rest) && alike_at(rest.one.start, rest.other.start) {
        (rest.one.start, rest.other.start) = (rest.one.start + 1, rest.other.start + 1);
    }
    while both(&rest) && alike_at(rest.one.end - 1, rest.other.end - 1) {
        (rest.one.end, rest.other.end) = (rest.one.end - 1, rest.other.end - 1);
    }
    (!rest.one.is_empty() || !rest.other.is_empty()).then_some(rest)
}
