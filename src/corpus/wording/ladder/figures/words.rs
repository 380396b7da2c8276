//! Number words, months and what stands between them, by their lists.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::entries;

/// What a word may be in a number, a time or a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// 0 to 9; `oh` stands for 0.
    Digit(u8),
    /// 10 to 19.
    Teen(u8),
    /// 20, 30 … 90.
    Ten(u8),
    /// A decade: `eighties`.
    Decade(u8),
    /// More than one of a digit: `sevens`, `sixes`.
    Several(u8),
    /// `hundred`.
    Hundred,
    /// `hundreds`, which behind a number is a century: “the eighteen hundreds”.
    Hundreds,
    /// `point`, which before a digit begins a fraction.
    Point,
    /// `thousand` and up, by its power of ten.
    Scale(u8),
    /// `fifth`, `thirtieth`.
    Ordinal(u8),
    /// `half`, `quarters`, `thirds`: one part of so many.
    Part(u8),
    /// A month, 1 to 12.
    Month(u8),
    /// A month in short: `Sept`.
    ShortMonth(u8),
    /// `a`, `an`.
    Article,
    /// `the`.
    The,
    /// `double`, `triple`: how often the next digit stands.
    Times(u8),
    /// `no`, which before a figure is short for “number”.
    No,
    /// `per`, which before “cent” makes “percent”.
    Per,
}

/// Longest word of the lists.
const LONGEST: usize = 12;

/// A word in small letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'t> {
    low: [u8; LONGEST],
    /// As written.
    pub written: &'t str,
    /// The byte after it.
    pub end: usize,
}

impl<'t> Word<'t> {
    /// The letters and digits at `start`, where they are ASCII, no more than the longest number word has, and no part of a
    /// longer word.
    pub(super) fn at(text: &'t str, start: usize) -> Option<Self> {
        let bytes = text.as_bytes().get(start..)?;
        let length = bytes.iter().take(LONGEST + 1).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if length == 0 || length > LONGEST || continues(text, start + length) {
            return None;
        }
        let mut low = [0; LONGEST];
        low[..length].copy_from_slice(&bytes[..length]);
        low.make_ascii_lowercase();
        Some(Self { low, written: &text[start..start + length], end: start + length })
    }

    pub(super) fn low(&self) -> &str {
        std::str::from_utf8(&self.low[..self.written.len()]).unwrap_or_default()
    }

    pub(super) fn kind(&self) -> Option<Kind> {
        KINDS.get(self.low()).copied()
    }

    pub(super) fn is_capital(&self) -> bool {
        self.written.starts_with(|c: char| c.is_ascii_uppercase())
    }
}

/// Does a word go on at `at`?
pub(super) fn continues(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        None => false,
        Some(byte) if byte.is_ascii() => {
            byte.is_ascii_alphanumeric() || *byte == b'[' || apostrophe_joins(text, at, 1)
        }
        Some(_) => text[at..].chars().next().is_some_and(|c| {
            c.is_alphanumeric() || (matches!(c, '’' | '‘' | 'ʼ') && apostrophe_joins(text, at, c.len_utf8()))
        }),
    }
}

/// Does an apostrophe join a letter to the word before it?
fn apostrophe_joins(text: &str, at: usize, width: usize) -> bool {
    let apostrophe = text[at..].starts_with(['\'', '’', '‘', 'ʼ']);
    apostrophe && text[at + width..].chars().next().is_some_and(char::is_alphabetic)
}

/// The start of the next word, where white space or one hyphen alone stands before it.
pub(super) fn next(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    let joint = rest.chars().take_while(|c| c.is_whitespace()).map(char::len_utf8).sum::<usize>();
    match joint {
        0 => {
            let hyphen = rest.chars().next().filter(|c| matches!(c, '-' | '‐' | '‑'))?;
            Some(end + hyphen.len_utf8())
        }
        _ => Some(end + joint),
    }
}

/// The next word, if white space or a hyphen alone stands before it.
pub(super) fn next_word(text: &str, end: usize) -> Option<Word<'_>> {
    Word::at(text, next(text, end)?)
}

/// Is a compound made of the word that ends at `end`: “five-year” and “five-” of “five- or six-year”?
pub(super) fn is_compound(text: &str, end: usize) -> bool {
    let after = text.as_bytes().get(end..).unwrap_or_default();
    let digit = after.get(1).is_some_and(u8::is_ascii_alphabetic);
    after.first() == Some(&b'-') && digit && next_word(text, end).is_none_or(|word| !is_number(&word))
}

fn is_number(word: &Word<'_>) -> bool {
    matches!(
        word.kind(),
        Some(
            Kind::Digit(_)
                | Kind::Teen(_)
                | Kind::Ten(_)
                | Kind::Hundred
                | Kind::Scale(_)
                | Kind::Ordinal(_)
                | Kind::Part(_)
        )
    )
}

/// The name of a month, in small letters.
pub(super) fn month(number: u8) -> &'static str {
    MONTHS.get(usize::from(number)).copied().unwrap_or_default()
}

/// The name of a number below 20 or of a ten, in small letters; empty for others.
pub(super) fn number(value: u8) -> &'static str {
    NUMBERS.get(&value).copied().unwrap_or_default()
}

/// The name of 0; “nil” and “nought” are read as 0 too.
const ZERO: &str = "zero";

static NUMBERS: LazyLock<FxHashMap<u8, &'static str>> = LazyLock::new(|| {
    let plain = entries(NUMERALS).filter_map(|entry| {
        let (word, value) = entry.split_once(" = ")?;
        Some((value.parse().ok()?, word))
    });
    plain.filter(|&(value, word)| value > 0 || word == ZERO).collect()
});

const NUMERALS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/numerals.txt"));

const CALENDAR: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/calendar.txt"));

/// Word, kind and number of the lines of the calendar's list.
fn calendar() -> impl Iterator<Item = (&'static str, &'static str, u8)> {
    entries(CALENDAR).filter_map(|line| {
        let mut columns = line.split(' ');
        Some((columns.next()?, columns.next()?, columns.next()?.parse().ok()?))
    })
}

static MONTHS: LazyLock<[&'static str; 13]> = LazyLock::new(|| {
    let mut months = [""; 13];
    for (word, _, number) in calendar().filter(|(_, kind, _)| *kind == "month") {
        if let Some(month) = months.get_mut(usize::from(number)) {
            *month = word;
        }
    }
    months
});

static KINDS: LazyLock<FxHashMap<Box<str>, Kind>> = LazyLock::new(|| {
    let mut kinds: FxHashMap<Box<str>, Kind> = FxHashMap::default();
    for (word, kind, number) in calendar() {
        let kind = match kind {
            "month" => Kind::Month(number),
            "month-short" => Kind::ShortMonth(number),
            "ordinal" => Kind::Ordinal(number),
            _ => continue,
        };
        kinds.entry(word.into()).or_insert(kind);
        if let Kind::Ordinal(number @ 3..) = kind {
            kinds.insert(format!("{word}s").into(), Kind::Part(number));
        }
    }
    for (word, value) in entries(NUMERALS).filter_map(|entry| entry.split_once(" = ")) {
        let (sign, digits) = value.split_at(value.find(|c: char| c.is_ascii_digit()).unwrap_or(0));
        let Ok(number) = digits.parse::<u8>() else { continue };
        let kind = match (sign, number) {
            ("e", 2) => Kind::Hundred,
            ("e" | "k", exponent) => Kind::Scale(exponent),
            ("/", parts) => Kind::Part(parts),
            ("x", times) => Kind::Times(times),
            (_, 0..=9) => Kind::Digit(number),
            (_, 10..=19) => Kind::Teen(number),
            _ => Kind::Ten(number),
        };
        if let (Kind::Ten(ten), Some(head)) = (kind, word.strip_suffix('y')) {
            kinds.insert(format!("{head}ies").into(), Kind::Decade(ten));
            kinds.insert(format!("{head}ieth").into(), Kind::Ordinal(ten));
        }
        // “Ones” may be the pronoun.
        if let Kind::Digit(digit @ 2..) = kind {
            let ending = if word.ends_with('x') { "es" } else { "s" };
            kinds.insert(format!("{word}{ending}").into(), Kind::Several(digit));
        }
        kinds.insert(word.into(), kind);
    }
    for (word, kind) in [
        ("a", Kind::Article),
        ("an", Kind::Article),
        ("the", Kind::The),
        ("no", Kind::No),
        ("per", Kind::Per),
        ("hundreds", Kind::Hundreds),
        ("point", Kind::Point),
    ] {
        kinds.insert(word.into(), kind);
    }
    kinds
});
