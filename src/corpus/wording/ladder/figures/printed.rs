//! Numbers in digits.

use std::ops::Range;

use super::super::Term;
use super::spoken::{fraction_form, ordinal_form};
use super::value::Value;
use super::words::{Kind, Word, continues, next_word};
use super::{Emit, emit_quantity, emit_value, moment};

/// Reads a number that begins with a digit at `start`. `None` for what is no plain number, as a code, a version or a word
/// with digits in it is.
pub(super) fn figure(text: &str, start: usize, emit: &mut impl Emit) -> Option<usize> {
    if let Some(end) = moment::clock(text, start, emit) {
        return Some(end);
    }
    if let Some((digits, end)) = telephone(text, start) {
        emit(Term::Word(&digits), start..end);
        return Some(end);
    }
    let (digits, end) = run(text, start);
    if let Some((times, parts, end)) = slashed(text, start) {
        emit(Term::Word(&fraction_form(times, parts)), start..end);
        return Some(end);
    }
    if let Some((several, end)) = several(text, digits, end) {
        emit(Term::Word(&several), start..end);
        return Some(end);
    }
    if let Some(word) = Word::at(text, start) {
        let ending = word.low().trim_start_matches(|c: char| c.is_ascii_digit());
        let value = word.low()[..word.low().len() - ending.len()].parse::<u8>().ok();
        if let (Some(value @ 1..), "st" | "nd" | "rd" | "th") = (value, ending) {
            emit(Term::Word(&ordinal_form(value)), start..word.end);
            return Some(word.end);
        }
    }
    let (value, end) = quantity(text, start)?;
    if let Some(after) = moment::o_clock_after(text, end) {
        emit_value(value, start..after, emit);
        return Some(moment::half(text, after, emit));
    }
    Some(emit_quantity(text, value, start..end, emit))
}

/// Digits with a fraction and a scale: “2½ million”, “300k”, “1,200”.
pub(super) fn quantity(text: &str, start: usize) -> Option<(Value, usize)> {
    let (_, mut end) = run(text, start);
    let figure = text.get(start..end).filter(|figure| !figure.is_empty())?.replace(',', "");
    let mut value = Value::parse(&figure)?;
    if let Some((hundredths, after)) = vulgar_hundredths(text, end) {
        (value, end) = (value.and_hundredths(hundredths)?, after);
    }
    if let Some((hundredths, after)) = and_a_half(text, end) {
        (value, end) = (value.and_hundredths(hundredths)?, after);
    }
    let glued = Word::at(text, end);
    let scale = match &glued {
        Some(word) => short_scale(word.low()),
        None => None,
    };
    if let (Some(word), Some(exponent)) = (&glued, scale) {
        return Some((value.times_ten_to(exponent)?, word.end));
    }
    // Other letters make a word of it, “4x4”, except those that the callers know.
    let known =
        glued.is_some_and(|word| matches!(word.low(), "am" | "pm" | "p") || UNITS.contains(&word.low()));
    if continues(text, end) && !known {
        return None;
    }
    match next_word(text, end) {
        Some(word) => match word.kind() {
            Some(Kind::Scale(exponent)) => Some((value.times_ten_to(exponent.into())?, word.end)),
            Some(Kind::Hundred) => Some((value.times_ten_to(2)?, word.end)),
            _ => match short_scale(word.low()).filter(|_| matches!(word.low(), "k" | "bn" | "tn" | "mn")) {
                Some(exponent) => Some((value.times_ten_to(exponent)?, word.end)),
                None => Some((value, end)),
            },
        },
        None => Some((value, end)),
    }
}

/// Units that houses write behind a figure without a blank; the list of spellings has their words. “m” is a million.
const UNITS: [&str; 10] = ["km", "kg", "kgs", "cm", "mm", "mph", "kph", "ft", "lb", "lbs"];

/// A dash between two numbers is spoken “to”: “10-15 people”, “a 5–4 vote”. Returns the byte after it.
pub(in super::super) fn span_of_numbers(text: &str, start: usize, emit: &mut impl Emit) -> Option<usize> {
    let dash = text[start..].chars().next()?;
    let (before, after) = (&text[..start], &text[start + dash.len_utf8()..]);
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let digits_before = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let digits_after = digits(after);
    let is_dash = |c: char| matches!(c, '-' | '–' | '−' | '/' | '.');
    let alone = !before[..before.len() - digits_before]
        .ends_with(|c: char| is_dash(c) || c.is_alphanumeric())
        && !after[digits_after..].starts_with(|c: char| {
            is_dash(c) && after[digits_after + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit())
        });
    // “24-7” and “50-50” are spoken without it.
    let equal = before[before.len() - digits_before..] == after[..digits_after];
    if digits_before == 0 || digits_after == 0 || !alone || equal {
        return None;
    }
    let end = start + dash.len_utf8();
    emit(Term::Word("to"), start..end);
    Some(end)
}

/// What houses write behind a figure, as a power of ten.
fn short_scale(word: &str) -> Option<u32> {
    Some(match word {
        "k" => 3,
        "m" | "mn" | "mln" | "million" => 6,
        "bn" | "billion" => 9,
        "tn" | "trn" | "trillion" => 12,
        _ => return None,
    })
}

/// The digits at `start`, with separators between them, and the byte after them.
fn run(text: &str, start: usize) -> (&str, usize) {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = start;
    while digit(end) || (matches!(bytes.get(end), Some(b'.' | b',')) && end > start && digit(end + 1)) {
        end += 1;
    }
    (&text[start..end], end)
}

/// “555-1234”, “212-555-1234”: groups of three and four digits.
fn telephone(text: &str, start: usize) -> Option<(String, usize)> {
    let mut digits = String::new();
    let mut lengths = Vec::new();
    let mut at = start;
    loop {
        let length = text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        digits.push_str(&text[at..at + length]);
        lengths.push(length);
        at += length;
        if text.as_bytes().get(at) != Some(&b'-')
            || !text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit)
        {
            break;
        }
        at += 1;
    }
    let known = matches!(lengths.as_slice(), [3, 4] | [3, 3, 4]) && !continues(text, at);
    known.then_some((digits, at))
}

/// “2/3”.
fn slashed(text: &str, start: usize) -> Option<(u8, u8, usize)> {
    let (one, end) = run(text, start);
    text[end..].strip_prefix('/')?;
    let (other, after) = run(text, end + 1);
    let (times, parts) = (one.parse::<u8>().ok()?, other.parse::<u8>().ok()?);
    (times < parts && parts <= 20 && !continues(text, after) && !text[after..].starts_with('/'))
        .then_some((times, parts, after))
}

/// “1980s”, “1980's”, “80s”, “7s”.
fn several(text: &str, digits: &str, end: usize) -> Option<(String, usize)> {
    let rest = text.get(end..)?;
    let after =
        ["s", "'s", "’s"].iter().find_map(|ending| rest.strip_prefix(ending).map(|_| end + ending.len()))?;
    let decade = matches!(digits.len(), 2 | 4) && digits.ends_with('0');
    let known = (decade || digits.len() == 1) && digits.bytes().all(|b| b.is_ascii_digit());
    (known && !continues(text, after)).then(|| (format!("{digits}s"), after))
}

/// A vulgar fraction that stands alone: “½”.
pub(super) fn vulgar(text: &str, start: usize, emit: &mut impl Emit) -> Option<usize> {
    let (times, parts, end) = vulgar_parts(text, start)?;
    if 100 % u32::from(parts) == 0
        && let Some(word) = next_word(text, end)
        && let Some(Kind::Scale(exponent)) = word.kind()
    {
        let value = Value::whole(0).and_hundredths(u64::from(times) * 100 / u64::from(parts))?;
        emit_value(value.times_ten_to(exponent.into())?, start..word.end, emit);
        return Some(word.end);
    }
    emit(Term::Word(&fraction_form(times, parts)), start..end);
    Some(end)
}

fn vulgar_hundredths(text: &str, start: usize) -> Option<(u64, usize)> {
    let (times, parts, end) = vulgar_parts(text, start)?;
    (100 % u32::from(parts) == 0).then(|| (u64::from(times) * 100 / u64::from(parts), end))
}

/// The parts of the character at `start` that Unicode takes apart into digits, a fraction slash and digits.
fn vulgar_parts(text: &str, start: usize) -> Option<(u8, u8, usize)> {
    let c = text.get(start..)?.chars().next().filter(|c| !c.is_ascii() && c.is_numeric())?;
    let apart: String = unicode_normalization::UnicodeNormalization::nfkc(std::iter::once(c)).collect();
    let (times, parts) = apart.split_once('⁄')?;
    Some((times.parse().ok()?, parts.parse().ok()?, start + c.len_utf8()))
}

/// “2 and a half”.
fn and_a_half(text: &str, end: usize) -> Option<(u64, usize)> {
    let and = next_word(text, end).filter(|word| word.low() == "and")?;
    let article = next_word(text, and.end).filter(|word| word.kind() == Some(Kind::Article))?;
    let part = next_word(text, article.end)?;
    match part.kind()? {
        Kind::Part(parts @ (2 | 4)) => Some((100 / u64::from(parts), part.end)),
        _ => None,
    }
}

/// “No. 5” is number 5.
pub(super) fn numbered(text: &str, word: &Word<'_>, start: usize, emit: &mut impl Emit) -> Option<usize> {
    let after = text[word.end..].strip_prefix('.')?;
    let figure = after.trim_start();
    let digit = figure.starts_with(|c: char| c.is_ascii_digit());
    (digit && after.len() - figure.len() <= 1).then(|| {
        emit(Term::Word("number"), start..word.end + 1);
        word.end + 1
    })
}

/// “Per cent”.
pub(super) fn per_cent(text: &str, word: &Word<'_>, start: usize, emit: &mut impl Emit) -> Option<usize> {
    let cent = next_word(text, word.end).filter(|word| word.low() == "cent")?;
    emit(Term::Word("percent"), start..cent.end);
    Some(cent.end)
}

/// A sign before a number: “-5”, “#5”. Returns the byte after the sign.
pub(in super::super) fn sign(text: &str, start: usize, emit: &mut impl Emit) -> Option<usize> {
    let sign = text[start..].chars().next()?;
    let end = start + sign.len_utf8();
    if !text.as_bytes().get(end).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let range: Range<usize> = start..end;
    match sign {
        '#' => emit(Term::Word("number"), range),
        // Between two words it is a dash or a hyphen.
        '-' | '−' if text[..start].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(') => {
            emit(Term::Word("minus"), range);
        }
        _ => return None,
    }
    Some(end)
}
