//! Numbers with what they count: “nearly 300 boats”, “four hundred trees”.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::{Class, entries, lexicon};
use crate::source::ProseSpan;

/// A number with what it counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Counted {
    /// From the number to the noun.
    pub range: Range<usize>,
    /// The number.
    pub value: u64,
    /// “nearly”, “more than”: how the writer rounds it.
    pub rounded: Rounded,
    /// The first letters of what is counted, in small letters.
    pub noun: String,
}

/// How a number is rounded by the word before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rounded {
    /// Not.
    No,
    /// “nearly”: there are fewer.
    Up,
    /// “more than”: there are more.
    Down,
    /// “about”.
    Either,
}

/// Letters of a noun that are compared: its ending is not.
const STEM: usize = 5;

/// Letters of the shortest plural that is compared.
const SHORTEST: usize = 4;

/// The smallest number that is compared; small ones are counted in many ways.
const LEAST: u64 = 3;

/// Words of digits up to which a number with no comma may be a year.
const YEARS: Range<u64> = 1500..2100;

/// The numbers of a stretch, each with the noun behind it.
pub(super) fn read(text: &str) -> Vec<Counted> {
    let mut found = Vec::new();
    let words: Vec<(usize, &str)> =
        text.split([' ', '\n']).map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)).collect();
    let mut at = 0;
    while at < words.len() {
        let Some((value, count)) = number(&words[at..]) else {
            at += 1;
            continue;
        };
        let next = at + count;
        // “300 fishing boats”, “300 of the boats”: up to one word may stand between.
        let noun = words.get(next).and_then(|(start, word)| Some((*start, noun(word)?)));
        let first = words[at].1;
        let money = first.starts_with(['$', '£', '€']);
        let year = YEARS.contains(&value) && !first.contains(',') && count == 1;
        if let Some((start, noun)) = noun.filter(|_| !money && !year && value >= LEAST) {
            let rounded = rounded(&words[..at]);
            let len = words[next].1.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            found.push(Counted { range: words[at].0..start + len, value, rounded, noun });
        }
        at = next;
    }
    found
}

/// The stem of a plural that can be counted; units, times and shares are left out.
fn noun(word: &str) -> Option<String> {
    let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let plain = bare.len() >= SHORTEST && bare.chars().all(|c| c.is_ascii_lowercase());
    let plural = bare.ends_with('s') && !bare.ends_with("ss") || bare == "people" || bare == "children";
    let class = lexicon().class(bare);
    let other = class.any(Class::TIME) || UNITS.iter().any(|unit| bare.starts_with(unit));
    (plain && plural && !other).then(|| bare.chars().take(STEM).collect())
}

/// Beginnings of units and shares.
static UNITS: LazyLock<Vec<&str>> =
    LazyLock::new(|| entries(include_str!("../../rules/words/count-units.txt")).collect());

/// The number that begins here, and how many words it takes: “1,200”, “four hundred”.
fn number(words: &[(usize, &str)]) -> Option<(u64, usize)> {
    let first = words.first()?.1;
    let digits = first.trim_start_matches(['$', '£', '€', '“', '‘', '(']);
    if digits.starts_with(|c: char| c.is_ascii_digit()) {
        let plain = digits.replace(',', "");
        let value = plain.bytes().all(|byte| byte.is_ascii_digit()).then(|| plain.parse().ok())??;
        return Some((value, 1));
    }
    let (mut value, mut count) = (0u64, 0);
    for (_, word) in words.iter().take(5) {
        let folded = word.to_lowercase();
        let parts: Vec<u64> = folded.split('-').filter_map(small).collect();
        if parts.len() == folded.split('-').count() {
            value += parts.iter().sum::<u64>();
        } else if folded == "hundred" && count > 0 {
            value *= 100;
        } else if folded == "thousand" && count > 0 {
            value *= 1000;
        } else if !(folded == "and" && value >= 100) {
            break;
        }
        count += 1;
    }
    let trailing = count > 0 && words[count - 1].1.eq_ignore_ascii_case("and");
    (value > 0 && !trailing).then_some((value, count))
}

/// A number in one word, from 1 to 99.
fn small(word: &str) -> Option<u64> {
    SMALL.get(word).copied()
}

/// The plain numbers of the list: scales, parts and zeros are left out.
static SMALL: LazyLock<FxHashMap<&'static str, u64>> = LazyLock::new(|| {
    entries(include_str!("../../rules/words/numerals.txt"))
        .filter_map(|line| line.split_once(" = "))
        .filter_map(|(word, number)| Some((word, number.parse().ok().filter(|number| *number > 0)?)))
        .collect()
});

/// How the words before a number round it.
fn rounded(before: &[(usize, &str)]) -> Rounded {
    let last = |back: usize| before.len().checked_sub(back).map_or("", |at| before[at].1).to_lowercase();
    match (last(2).as_str(), last(1).as_str()) {
        (_, "nearly" | "almost") | ("up", "to") | ("fewer" | "less", "than") => Rounded::Up,
        ("more", "than") | ("at", "least") | (_, "over") => Rounded::Down,
        (_, "about" | "around" | "some" | "roughly" | "approximately") => Rounded::Either,
        _ => Rounded::No,
    }
}

/// Per cent by which a rounded number may differ.
const SLACK: u64 = 15;

/// Does the number allow for that of the text?
fn allows(above: &Counted, below: &Counted) -> bool {
    let near = |one: u64, other: u64| one.abs_diff(other) * 100 <= SLACK * one.max(other);
    let (one, other) = (above.value, below.value);
    if one == other || below.rounded != Rounded::No && near(one, other) {
        return true;
    }
    match above.rounded {
        Rounded::No => rounds_to(other, one),
        Rounded::Up => other < one && near(one, other),
        // “More than 300” may be any larger number that nobody would call 400.
        Rounded::Down => other > one && other < one * 2,
        Rounded::Either => near(one, other),
    }
}

/// Is `round` the number with its last figures made zeros?
fn rounds_to(exact: u64, round: u64) -> bool {
    let mut unit = 10;
    while round.is_multiple_of(unit) && round >= unit * 10 {
        if exact.abs_diff(round) * 2 <= unit {
            return true;
        }
        unit *= 10;
    }
    false
}

/// The number of the text that contradicts the one above it: the text counts the same thing once only, and differently,
/// and has the number above nowhere.
pub(super) fn contradicts<'b>(
    above: &Counted,
    body: &'b [(ProseSpan, Counted)],
) -> Option<&'b (ProseSpan, Counted)> {
    if body.iter().any(|(_, below)| below.value == above.value) {
        return None;
    }
    let mut same = body.iter().filter(|(_, below)| below.noun == above.noun);
    let first = same.next()?;
    let once = same.all(|(_, below)| below.value == first.1.value);
    (once && !allows(above, &first.1)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::{contradicts, read};
    use crate::source::ProseSpan;

    #[test]
    fn numbers_above_and_below() {
        for (above, below, differs) in [
            ("Nearly 300 boats lost", "The storm sank 360 boats.", true),
            ("Nearly 300 boats lost", "The storm sank 296 boats.", false),
            ("More than 300 boats lost", "The storm sank 360 boats.", false),
            ("More than 300 boats lost", "The storm sank 290 boats.", true),
            ("About 300 boats lost", "The storm sank 310 boats.", false),
            ("300 boats lost", "The storm sank 304 boats.", false),
            ("312 boats lost", "The storm sank 321 boats.", true),
            ("500 trees to go", "There are four hundred trees.", true),
            ("400 trees to go", "There are four hundred trees.", false),
            ("Twelve skippers vote", "The vote of 21 skippers was close.", true),
            ("12 skippers vote", "Twelve skippers voted.", false),
            ("300 boats lost", "The storm sank 360 boats, and 300 nets.", false),
            ("300 boats lost", "The storm sank 360 boats. Another 12 boats came back.", false),
            ("300 boats lost", "The storm sank 360 nets.", false),
            ("2024 boats lost", "The storm sank 360 boats.", false),
            ("30 miles of pier", "It is 48 miles of pier.", false),
            ("£300 boats lost", "The storm sank 360 boats.", false),
            ("Two boats lost", "The storm sank four boats.", false),
            ("1,200 people march", "The march of 2,100 people was quiet.", true),
            ("1,200 people march", "The march of 1,200 people was quiet.", false),
        ] {
            let body: Vec<_> = read(below).into_iter().map(|it| (ProseSpan::new(0, 0), it)).collect();
            let found = read(above).iter().any(|it| contradicts(it, &body).is_some());
            assert_eq!(found, differs, "{above} / {below}");
        }
    }
}
