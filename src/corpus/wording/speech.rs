//! Spoken words without what no reporter prints: hesitations, words cut off, and words said twice.
//!
//! What is left out is blanked in the text, so that every other word keeps its place. This comes before numbers are read:
//! “twenty-three, uh, thousand” is one number.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::ladder::{entries, may_begin_with};
use super::passage::Surface;
use super::vocabulary::{GAP, Symbol, Vocabulary};
use crate::facts::Turn;

/// The most words in a row that are said twice without being meant twice.
const LONGEST_REPEAT: usize = 4;

/// Turns in a row that are read as one text: subtitles break anywhere, also within a number.
pub(super) struct Run<'t> {
    /// The words, folded; as long as the turns are together, with a blank after each.
    pub(super) text: Cow<'t, str>,
    /// The words as they stand on the tape.
    whole: Cow<'t, str>,
    /// Where each of its turns begins in the text.
    starts: SmallVec<[usize; 4]>,
    /// Its first turn.
    pub(super) first: usize,
}

/// The most turns in one run, so that a tape without a full stop is not read as one.
const LONGEST_RUN: usize = 16;

/// Does a turn go on where the one before ends?
fn goes_on(turns: &[Turn], number: usize) -> bool {
    let Some(before) = number.checked_sub(1).and_then(|at| turns.get(at)) else { return false };
    let Some(turn) = turns.get(number) else { return false };
    (!number.is_multiple_of(LONGEST_RUN) || figure_goes_on(&before.words, &turn.words))
        && turns.get(number).is_some_and(|turn| turn.speaker == before.speaker)
        && !before.words.trim_end().ends_with(['.', '?', '!', '”', '"'])
}

/// May a figure go on over the edge of two lines: “one hundred / and fifty”, “the fourth / of July”, “the first of / June”?
fn figure_goes_on(before: &str, words: &str) -> bool {
    let figure = |word: Option<&str>| {
        word.is_some_and(|word| may_begin_with(word.trim_matches(|c: char| !c.is_alphanumeric())))
    };
    let mut next = words.split_whitespace();
    let first = next.next();
    let joins = |word: Option<&str>| matches!(word, Some("and" | "of" | "past" | "to"));
    let mut back = before.split_whitespace().rev();
    let last = back.next();
    figure(last) && (joins(first) || figure(first))
        || joins(first) && figure(next.next())
        || joins(last) && figure(first) && figure(back.next())
}

/// The first turn of the run that a turn belongs to.
pub(super) fn first_of_run(turns: &[Turn], mut number: usize) -> usize {
    while goes_on(turns, number) {
        number -= 1;
    }
    number
}

impl<'t> Run<'t> {
    /// The run that a turn belongs to.
    pub(super) fn around(turns: &'t [Turn], number: usize) -> Self {
        Self::from(turns, first_of_run(turns, number))
    }

    /// The run that begins with a turn.
    pub(super) fn from(turns: &'t [Turn], first: usize) -> Self {
        let mut whole = Cow::Borrowed(turns.get(first).map_or("", |turn| &turn.words));
        let mut starts = SmallVec::from_slice(&[0]);
        let mut next = first + 1;
        while goes_on(turns, next) {
            let whole = whole.to_mut();
            whole.push(' ');
            starts.push(whole.len());
            whole.push_str(&turns[next].words);
            next += 1;
        }
        let text = match &whole {
            Cow::Borrowed(words) => folded(words),
            Cow::Owned(words) => Cow::Owned(folded(words).into_owned()),
        };
        Self { text, whole, starts, first }
    }

    /// How many turns it has.
    pub(super) fn turns(&self) -> usize {
        self.starts.len()
    }

    /// Its words, one for each item of its normal form.
    pub(super) fn surface(&self) -> Vec<Surface<'_>> {
        let mut surface = Vec::new();
        Surface::read(&self.text, 0, 0, &mut surface);
        surface
    }

    /// The turn in which a byte of the text stands, and where that turn begins.
    pub(super) fn turn_at(&self, byte: usize) -> (usize, usize) {
        let at = self.starts.partition_point(|&start| start <= byte).saturating_sub(1);
        (self.first + at, self.starts[at])
    }

    /// A stretch of the text as it stands on the tape, hesitations and all.
    pub(super) fn written(&self, range: Range<usize>) -> &str {
        self.whole.get(range).unwrap_or("")
    }

    /// Is anything blanked in a stretch of the text?
    pub(super) fn hesitates(&self, range: Range<usize>) -> bool {
        self.text.get(range.clone()) != self.whole.get(range)
    }
}

/// One word of a turn.
struct Spoken<'t> {
    range: Range<usize>,
    /// Without punctuation.
    core: &'t str,
}

impl Spoken<'_> {
    fn is(&self, other: &Self) -> bool {
        self.core.eq_ignore_ascii_case(other.core)
    }

    fn is_word(&self, word: &str) -> bool {
        self.core.eq_ignore_ascii_case(word)
    }

    /// What stands behind the word itself.
    fn after<'t>(&self, text: &'t str) -> &'t str {
        let end = self.core.as_ptr() as usize - text.as_ptr() as usize + self.core.len();
        text.get(end..self.range.end).unwrap_or("")
    }
}

/// The text with hesitations, cut-off words and repeats blanked. It is as long as the text.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    let blanks = left_out(text);
    if blanks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for blank in &blanks {
        folded.push_str(&text[folded.len()..blank.start.max(folded.len())]);
        folded.extend(std::iter::repeat_n(' ', blank.end.saturating_sub(folded.len())));
    }
    folded.push_str(&text[folded.len()..]);
    Cow::Owned(folded)
}

/// Where hesitations, cut-off words and repeats stand, in order.
fn left_out(text: &str) -> Vec<Range<usize>> {
    let mut blanks: Vec<Range<usize>> = Vec::new();
    let mut words: Vec<Spoken<'_>> = Vec::with_capacity(text.len() / 5);
    let punctuated = text.contains([',', '.', '?']);
    let mut all = spoken(text).peekable();
    while let Some(word) = all.next() {
        if FILLERS.iter().any(|filler| filler.eq_ignore_ascii_case(word.core)) {
            blanks.push(word.range);
            continue;
        }
        if let Some(second) =
            all.next_if(|second| thinks_aloud(words.last(), &word, second, text, punctuated))
        {
            blanks.push(word.range.start..second.range.end);
            continue;
        }
        if let Some(last) = words.last()
            && is_cut_off(last, &word, text)
        {
            blanks.push(last.range.clone());
            words.pop();
        }
        // A number goes on behind a hesitation: “twenty-three, uh, thousand”.
        if let Some(last) = words.last()
            && is_numeral(&word)
            && is_numeral(last)
            && last.after(text) == ","
            && blanks.last().is_some_and(|blank| blank.start > last.range.start)
        {
            blanks.push(last.range.end - 1..last.range.end);
        }
        words.push(word);
    }
    let mut at = 0;
    while at < words.len() {
        match (1..=LONGEST_REPEAT).rev().find(|&length| is_repeated(&words[at..], length, text)) {
            Some(length) => {
                blanks.push(words[at].range.start..words[at + length - 1].range.end);
                at += length;
            }
            None => at += 1,
        }
    }
    blanks.sort_unstable_by_key(|blank| blank.start);
    blanks
}

/// “You know” and “I mean” between commas, or in a text without commas where the words beside it do not need it.
fn thinks_aloud(
    before: Option<&Spoken<'_>>,
    first: &Spoken<'_>,
    second: &Spoken<'_>,
    text: &str,
    punctuated: bool,
) -> bool {
    let phrase = first.is_word("you") && (second.is_word("know") || second.is_word("see"))
        || first.is_word("i") && second.is_word("mean");
    if !phrase || !first.after(text).is_empty() {
        return false;
    }
    let stops = |word: &Spoken<'_>| !word.after(text).is_empty();
    let next = spoken(&text[second.range.end..]).next();
    // “And you see, see how empty it is”: said twice, and meant once.
    if next.as_ref().is_some_and(|next| next.is(second)) {
        return false;
    }
    if punctuated {
        return stops(second);
    }
    !before.is_some_and(|before| BEFORE_MEANT.iter().any(|meant| before.is_word(meant)))
        && !next.is_some_and(|next| AFTER_MEANT.iter().any(|meant| next.is_word(meant)))
}

/// “You know” is meant after these words: “do you know”. Where it is blanked all the same, a quotation that has it is none the
/// worse: it may have such words more than the tape.
const BEFORE_MEANT: [&str; 8] = ["do", "did", "if", "what", "how", "let", "would", "should"];
/// It is meant before these: “you know what they did”.
const AFTER_MEANT: [&str; 8] = ["what", "how", "why", "who", "where", "it", "him", "them"];

/// Is the word a number in letters, or numbers joined by hyphens, or a part of a date?
fn is_numeral(word: &Spoken<'_>) -> bool {
    word.core.split('-').all(|part| NUMERALS.contains(&*part.to_ascii_lowercase()))
}

/// The words between white space.
fn spoken(text: &str) -> impl Iterator<Item = Spoken<'_>> {
    text.split_whitespace().filter_map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        (!core.is_empty()).then(|| Spoken { range: start..start + word.len(), core })
    })
}

/// “har-” before “harbour”.
fn is_cut_off(word: &Spoken<'_>, next: &Spoken<'_>, text: &str) -> bool {
    let letters = word.core.len();
    matches!(word.after(text), "-" | "–" | "—" | "-," | "--")
        && next.core.len() > letters
        && next.core.get(..letters).is_some_and(|head| head.eq_ignore_ascii_case(word.core))
}

/// Are the first `length` words said again at once? Digits that are read out one by one are no repeat.
fn is_repeated(words: &[Spoken<'_>], length: usize, text: &str) -> bool {
    let (Some(first), Some(again)) = (words.get(..length), words.get(length..2 * length)) else {
        return false;
    };
    if !first[0].is(&again[0]) || !first.iter().zip(again).all(|(word, again)| word.is(again)) {
        return false;
    }
    let ends = |word: &Spoken<'_>| word.after(text).contains(['.', '?', '!', ':', ';']);
    let is_number =
        |word: &Spoken<'_>| is_numeral(word) || word.core.bytes().all(|byte| byte.is_ascii_digit());
    // “Five five one two”; but “five hundred five hundred” and “twenty, twenty” are said twice.
    let is_read_out = match length {
        1 => is_number(&first[0]) && (first[0].after(text) != "," || is_digit(&first[0])),
        _ => first.iter().all(is_digit),
    };
    !first.iter().any(ends) && !is_read_out
}

/// Is it one of the digits, as a word or as a figure?
fn is_digit(word: &Spoken<'_>) -> bool {
    matches!(word.core.as_bytes(), [b'0'..=b'9']) || DIGITS.contains(&*word.core.to_ascii_lowercase())
}

/// Drops words and items that are said twice in a row, as on the tape: “very, very” counts once.
/// Not where the second begins a sentence (`opens`, of an item): “We might. We might not.”
pub(super) fn without_repeats(
    items: &mut Vec<u32>,
    part: &mut Vec<Symbol>,
    words: &Vocabulary,
    opens: impl Fn(u32) -> bool,
) {
    let mut at = 0;
    while at < part.len() {
        let repeated = (1..=LONGEST_REPEAT).rev().find(|&length| {
            let again = part.get(at + length..at + 2 * length);
            let first = part.get(at..at + length);
            first.is_some_and(|first| {
                Some(first) == again
                    && !first.iter().any(|&word| word == GAP || words.is_number(word))
                    && !opens(items[at + length])
            })
        });
        match repeated {
            Some(length) => {
                part.drain(at..at + length);
                items.drain(at..at + length);
            }
            None => at += 1,
        }
    }
}

static DIGITS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let numerals = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/numerals.txt"));
    let digit = |value: &str| matches!(value.as_bytes(), [b'0'..=b'9']);
    let all = entries(numerals).filter_map(|entry| entry.split_once(" = "));
    all.filter_map(|(word, value)| digit(value).then_some(word)).collect()
});

/// Hesitations.
pub(super) static FILLERS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    entries(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/fillers.txt"))).collect()
});

static NUMERALS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let numerals = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/numerals.txt"));
    entries(numerals).map(|entry| entry.split_once(" = ").map_or(entry, |(word, _)| word)).collect()
});

#[cfg(test)]
mod tests {
    use super::folded;

    fn words(text: &str) -> String {
        let folded = folded(text);
        assert_eq!(folded.len(), text.len());
        folded.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn hesitations_and_repeats_go() {
        for (said, left) in [
            ("We, um, we never sold the, uh, the harbour.", "we never sold the harbour."),
            ("Under the, the viaduct, viaduct and on.", "Under the viaduct and on."),
            ("It cost ninety-three, ninety-three thousand pounds.", "It cost ninety-three thousand pounds."),
            ("It cost twenty-nine, er, thousand pounds.", "It cost twenty-nine thousand pounds."),
            ("I went to the, I went to the quay.", "I went to the quay."),
            ("We closed the har- harbour.", "We closed the harbour."),
            ("It was, you know, the harbour.", "It was the harbour."),
            ("it was you know the the harbour", "it was the harbour"),
            ("At dawn, and you see, see how empty it is.", "At dawn and you see how empty it is."),
            ("It cost five hundred, five hundred pounds.", "It cost five hundred pounds."),
            ("It took sixty, sixty two seconds.", "It took sixty two seconds."),
        ] {
            let trim = |text: &str| text.replace(',', "");
            assert_eq!(trim(&words(said)), trim(left), "{said}");
        }
    }

    #[test]
    fn what_is_meant_twice_stays() {
        for said in [
            "Ring five five five one two.",
            "We knew. We knew it.",
            "In twenty twenty it rained.",
            "A well-known well.",
            "One by one they left.",
            "Do you know the harbour?",
            "do you know the harbour",
            "you know what the harbour was",
        ] {
            assert_eq!(words(said), said);
        }
    }
}
