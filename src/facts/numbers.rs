//! Numbers with what they count: “nearly 300 boats”, “four hundred trees”, “12 hurt”, “a budget of $2.4 million”, “5-4”.

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
    /// The first letters of what is counted, in small letters; empty where only a kind is known.
    pub noun: String,
    /// The kind of thing, where other words may count it too: “injured”, “votes”, “money”.
    pub kind: &'static str,
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

/// The numbers of a stretch, each with the noun behind it or the kind of thing that it counts.
pub(super) fn read(text: &str) -> Vec<Counted> {
    let mut found = Vec::new();
    if !text.bytes().any(|byte| byte.is_ascii_digit()) && !text.split([' ', '-']).any(is_numeral) {
        return found;
    }
    let words: Vec<(usize, &str)> =
        text.split([' ', '\n']).map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)).collect();
    let mut at = 0;
    while at < words.len() {
        if let Some(other) =
            tally(&words, at).or_else(|| money(&words, at)).or_else(|| age_at_death(&words, at))
        {
            found.push(other);
            at += 1;
            continue;
        }
        let Some((value, count)) = number(&words[at..]) else {
            at += 1;
            continue;
        };
        let next = at + count;
        let first = words[at].1;
        let money = first.starts_with(['$', '£', '€']);
        let year = YEARS.contains(&value) && !first.contains(',') && count == 1;
        if !money && !year {
            let rounded = rounded(&words[..at]);
            let noun = words.get(next).and_then(|(start, word)| Some((*start, noun(word)?)));
            let kind = kind_around(&words, at, next);
            let end = |word: &(usize, &str)| word.0 + trimmed(word.1).len();
            if let Some((start, noun)) = noun.filter(|_| value >= LEAST || !kind.is_empty()) {
                let range = words[at].0..start + trimmed(words[next].1).len();
                let noun = if value >= LEAST { noun } else { String::new() };
                found.push(Counted { range, value, rounded, noun, kind });
            } else if !kind.is_empty() {
                let range = words[at].0..end(&words[next - 1]);
                found.push(Counted { range, value, rounded, noun: String::new(), kind });
            }
        }
        at = next;
    }
    found
}

fn trimmed(word: &str) -> &str {
    word.trim_end_matches(|c: char| !c.is_alphanumeric())
}

fn is_numeral(word: &str) -> bool {
    SMALL.contains_key(word) || SMALL.contains_key(&*word.to_lowercase())
}

/// Kinds of things by the words that tell them.
static KINDS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = entries(include_str!("../../rules/words/number-kinds.txt"));
    let lines = lines.filter_map(|line| line.split_once(" = "));
    lines.flat_map(|(kind, words)| words.split(' ').map(move |word| (word, kind))).collect()
});

/// Words behind a number within which the word for its kind stands: “12 people were hurt”, “40 homes lost power”.
const KIND_WITHIN: usize = 4;

/// The kind of thing that a number counts, by the words behind it up to the next comma, or by the word before it.
fn kind_around(words: &[(usize, &str)], at: usize, next: usize) -> &'static str {
    for (_, word) in &words[next..words.len().min(next + KIND_WITHIN)] {
        let bare = trimmed(word).to_lowercase();
        if let Some(kind) = KINDS.get(&*bare) {
            return kind;
        }
        // A new clause, or another number, begins.
        let closes = word.ends_with([',', '.', ';', ':']);
        if closes || bare == "and" || bare == "after" || bare.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
    }
    let before = at.checked_sub(1).map(|before| words[before].1.to_lowercase());
    let before = match before.as_deref() {
        // “killing at least 12”, “injured some 20”: how it is rounded stands between.
        Some("some" | "about" | "nearly" | "over") => {
            at.checked_sub(2).map(|before| words[before].1.to_lowercase())
        }
        Some("least" | "than") => at.checked_sub(3).map(|before| words[before].1.to_lowercase()),
        _ => before,
    };
    before.and_then(|word| KINDS.get(&*word).copied()).unwrap_or("")
}

/// The largest side of a vote or a score that is compared.
const LARGEST_SIDE: u64 = 150;

/// “6-3”, “5 to 4”: the result of a vote or a game; the larger side leads in the value.
fn tally(words: &[(usize, &str)], at: usize) -> Option<Counted> {
    let (start, word) = words[at];
    let bare = word.trim_matches(|c: char| !c.is_ascii_digit());
    let side = |text: &str| {
        let digits = !text.is_empty() && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u64>().ok()).flatten().filter(|side| *side <= LARGEST_SIDE)
    };
    let (one, other, end) = match bare.split_once(['-', '–']) {
        Some((one, other)) => (side(one)?, side(other)?, start + trimmed(word).len()),
        None => {
            words.get(at + 1).filter(|(_, word)| *word == "to")?;
            let (second, last) = words.get(at + 2)?;
            let last = trimmed(last);
            // “10 to 15 boats” is a range: only where a vote is spoken of is it a result.
            let voted =
                words[at.saturating_sub(VOTED)..at].iter().any(|(_, word)| trimmed(word).starts_with("vot"));
            (side(bare).filter(|_| voted)?, side(last)?, second + last.len())
        }
    };
    // “24-7”, “50-50” and “9-11” are no results.
    let idiom = matches!((one, other), (24, 7) | (50, 50) | (9, 11));
    let voted = words.iter().any(|(_, word)| trimmed(word).to_lowercase().starts_with("vot"));
    let beats = words.iter().any(|(_, word)| RESULTS.contains(&&*trimmed(word).to_lowercase()));
    (!idiom && (voted || beats)).then(|| Counted {
        range: start..end,
        value: one.max(other) * 1000 + one.min(other),
        rounded: Rounded::No,
        noun: String::new(),
        kind: "result",
    })
}

/// Words before “5 to 4” within which the verb “vote” stands.
const VOTED: usize = 4;

/// Words beside which two numbers with a dash are a result.
const RESULTS: [&str; 12] = [
    "approve", "approves", "approved", "backs", "backed", "rejects", "rejected", "beat", "beats", "defeat",
    "win", "wins",
];

/// Thousands of money in a scale word or letter.
fn scale(word: &str) -> Option<u64> {
    match word {
        "million" | "m" | "mn" => Some(1_000),
        "billion" | "bn" | "b" => Some(1_000_000),
        "trillion" | "tn" => Some(1_000_000_000),
        _ => None,
    }
}

/// “$4.2 million budget”, “a budget of £2.4m”: money in millions and more, by the noun beside it.
fn money(words: &[(usize, &str)], at: usize) -> Option<Counted> {
    let (start, word) = words[at];
    let sign = word.find(['$', '£', '€']).filter(|at| *at <= 3)?;
    let rest = word[sign..].trim_start_matches(['$', '£', '€']);
    let len = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let figure = rest[..len].trim_end_matches('.');
    let value: f64 = figure.parse().ok()?;
    let letters = trimmed(&rest[len..]);
    let (scale, next) = match scale(&letters.to_lowercase()) {
        Some(scale) => (scale, at + 1),
        None => (scale(&trimmed(words.get(at + 1)?.1.trim_start_matches('-')).to_lowercase())?, at + 2),
    };
    let last = &words[next - 1];
    let end = last.0 + trimmed(last.1).len();
    let after = words.get(next).filter(|_| !last.1.ends_with([',', '.', ';', ':'])).map(|(_, word)| *word);
    // “a budget of $2.4 million”, “a $2.4 million budget”.
    let of = at.checked_sub(2).filter(|_| words[at - 1].1 == "of").map(|at| words[at].1);
    let noun = of.or(after).map(|word| trimmed(word).to_lowercase())?;
    let plain = noun.len() >= SHORTEST && noun.chars().all(|c| c.is_ascii_lowercase());
    let small = lexicon().class(&noun).any(Class::PREPOSITION.or(Class::COORDINATOR).or(Class::DETERMINER));
    (plain && !small).then(|| Counted {
        range: start + sign..end,
        value: (value * scale as f64).round() as u64,
        rounded: rounded(&words[..at]),
        noun: format!("${}", noun.chars().take(STEM).collect::<String>()),
        kind: "",
    })
}

/// “dies at 88”, “died aged 88”, “He was 86.” behind a death: the age.
fn age_at_death(words: &[(usize, &str)], at: usize) -> Option<Counted> {
    let (start, word) = words[at];
    let bare = trimmed(word);
    let digits = (1..=3).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit());
    let value: u64 = digits.then(|| bare.parse().ok()).flatten()?;
    let back = |count: usize| at.checked_sub(count).map_or("", |at| trimmed(words[at].1));
    let aged = matches!(back(1), "at" | "aged") && matches!(back(2), "dies" | "died" | "dead" | "death");
    let was = back(1) == "was" && matches!(back(2), "He" | "She") && word.ends_with('.');
    (aged || was).then(|| Counted {
        range: start..start + bare.len(),
        value,
        rounded: Rounded::No,
        noun: String::new(),
        kind: "age at death",
    })
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

/// The last figure of a number that is not zero: 10 for 340, 100 for 400.
fn unit(value: u64) -> u64 {
    let mut unit = 1;
    while value > 0 && value.is_multiple_of(unit * 10) {
        unit *= 10;
    }
    unit
}

/// Does the number allow for that of the text?
fn allows(above: &Counted, below: &Counted) -> bool {
    let near = |one: u64, other: u64| one.abs_diff(other) * 100 <= SLACK * one.max(other);
    let (one, other) = (above.value, below.value);
    match (above.rounded, below.rounded) {
        // “Nearly 400” and “more than 340”: the one ends where the other has not begun.
        (Rounded::Up, Rounded::Down) => return other < one && below_of(one) <= other + unit(other),
        (Rounded::Down, Rounded::Up) => return one < other && below_of(other) <= one + unit(one),
        _ => {}
    }
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

/// The smallest number of which “nearly” is said: four tenths of the last figure below, and a tenth at most.
fn below_of(round: u64) -> u64 {
    round - (unit(round) * 4 / 10).min(round / 10)
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
    if body.iter().any(|(_, below)| below.value == above.value && like(below, above)) {
        return None;
    }
    // The same kind tells more than the same noun: of “people”, some were hurt and others looked on.
    let by_kind = |below: &Counted| !above.kind.is_empty() && below.kind == above.kind;
    let by_noun = |below: &Counted| {
        let kinds = above.kind.is_empty() && below.kind.is_empty();
        kinds && !above.noun.is_empty() && below.noun == above.noun
    };
    only(body, by_kind).or_else(|| only(body, by_noun)).filter(|(_, below)| !allows(above, below))
}

/// May two numbers stand for the same thing at all? A result is no count.
fn like(one: &Counted, other: &Counted) -> bool {
    (one.kind == "result") == (other.kind == "result")
}

/// The first number that is asked for, where all of them are equal.
fn only(body: &[(ProseSpan, Counted)], asked: impl Fn(&Counted) -> bool) -> Option<&(ProseSpan, Counted)> {
    let mut same = body.iter().filter(|(_, below)| asked(below));
    let first = same.next()?;
    same.all(|(_, below)| below.value == first.1.value).then_some(first)
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
            ("Nearly 400 families leave", "More than 340 families spent the night there.", true),
            ("Nearly 350 families leave", "More than 340 families spent the night there.", false),
            ("12 hurt in crash", "A bus slid off the road, injuring 21 people.", true),
            ("12 hurt in crash", "Twelve people were hurt. Forty people were on the bus.", false),
            ("Three die in blast", "Four people died when the boiler burst.", true),
            ("Three die in blast", "Three people died and 12 people were hurt.", false),
            ("Council votes 6-3 to sell", "The council voted 5-4 on Tuesday.", true),
            ("Council votes 5-4 to sell", "The council voted 5 to 4; a vote in 2019 failed 3-6.", false),
            ("Council votes 6-3 to sell", "The council voted 3-6 against it.", false),
            ("Board approves $4.2 million budget", "It approved a budget of $2.4 million.", true),
            ("Board approves $2.4m budget", "It approved a budget of $2.4 million.", false),
            ("Ferryman dies at 88", "He died on Saturday. He was 86.", true),
            ("Ferryman dies at 86", "He died on Saturday. He was 86.", false),
            ("15,000 without power", "Some 50,000 homes lost power.", true),
        ] {
            let body: Vec<_> = read(below).into_iter().map(|it| (ProseSpan::new(0, 0), it)).collect();
            let found = read(above).iter().any(|it| contradicts(it, &body).is_some());
            assert_eq!(found, differs, "{above} / {below}");
        }
    }
}
