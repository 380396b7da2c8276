//! Times of the day and days of the year.

use std::ops::Range;

use super::super::Term;
use super::value::Value;
use super::words::{Kind, Word, month, next, next_word};
use super::{Emit, emit_value, spoken};

/// A time in words that is no plain pair of numbers: “half past four”, “a quarter to five”, “ten past six”, “four
/// o'clock”.
pub(super) fn time(text: &str, start: usize, emit: &mut impl Emit) -> Option<usize> {
    let (minutes, end) = minutes(text, start)?;
    if let Some(end) = o_clock(text, start, end, minutes, emit) {
        return Some(end);
    }
    let word = next_word(text, end)?;
    let (before, relation) = match word.low() {
        "minutes" | "minute" => (false, next_word(text, word.end)?),
        _ => (true, word),
    };
    let to = match relation.low() {
        "past" | "after" => false,
        "to" | "before" | "of" => true,
        _ => return None,
    };
    let quarter = minutes % 15 == 0
        && before
        && !Word::at(text, start)?.kind().is_some_and(|kind| matches!(kind, Kind::Teen(_) | Kind::Ten(_)));
    // “A quarter of five boats” and “ten after two” are no times unless something says so.
    let (hour, after) = hour(text, next(text, relation.end)?)?;
    let told = half_of_day(text, after).is_some() || o_clock_after(text, after).is_some();
    let plain = match relation.low() {
        "past" => true,
        "to" => quarter || !before || stands_at(text, start),
        _ => false,
    };
    if !(plain || told) || (to && minutes == 30 && !told && quarter) {
        return None;
    }
    let (hour, minutes) = match to {
        true => (if hour == 1 { 12 } else { hour - 1 }, 60 - minutes),
        false => (hour, minutes),
    };
    let end = o_clock_after(text, after).unwrap_or(after);
    emit(Term::Word(&format!("{hour}{minutes:02}")), start..end);
    Some(half(text, end, emit))
}

/// “Four o'clock” is 4.
fn o_clock(text: &str, start: usize, end: usize, hour: u64, emit: &mut impl Emit) -> Option<usize> {
    let after = o_clock_after(text, end)?;
    emit_value(Value::whole(hour), start..after, emit);
    Some(half(text, after, emit))
}

pub(super) fn o_clock_after(text: &str, end: usize) -> Option<usize> {
    let from = next(text, end)?;
    ["o'clock", "o’clock"].iter().find_map(|written| {
        let found = text.get(from..from + written.len())?;
        found.eq_ignore_ascii_case(written).then_some(from + written.len())
    })
}

/// Does a word of time stand before it: “at twenty to nine”?
fn stands_at(text: &str, start: usize) -> bool {
    let word = text[..start].trim_end().rsplit(' ').next().unwrap_or_default();
    matches!(word, "at" | "At" | "by" | "until" | "till")
}

/// “Half”, “quarter”, “a quarter”, or a number up to 59 in words.
fn minutes(text: &str, start: usize) -> Option<(u64, usize)> {
    let word = Word::at(text, start)?;
    match word.kind()? {
        Kind::Part(2) if word.low() == "half" => Some((30, word.end)),
        Kind::Part(4) if word.low() == "quarter" => Some((15, word.end)),
        Kind::Article => {
            let quarter = next_word(text, word.end).filter(|word| word.low() == "quarter")?;
            Some((15, quarter.end))
        }
        Kind::Digit(1..) | Kind::Teen(_) | Kind::Ten(_) => {
            let (value, end) = spoken::quantity(text, start)?;
            Some((value.small().filter(|minutes| *minutes < 60)?, end))
        }
        _ => None,
    }
}

/// An hour of the clock, in words or in digits.
fn hour(text: &str, start: usize) -> Option<(u64, usize)> {
    let word = Word::at(text, start)?;
    let value = match word.kind() {
        Some(Kind::Digit(value) | Kind::Teen(value)) => u64::from(value),
        _ => word.low().parse().ok()?,
    };
    (1..=12).contains(&value).then_some((value, word.end))
}

/// A time in digits: “10:30”, “10:00”, “10.30am”.
pub(super) fn clock(text: &str, start: usize, emit: &mut impl Emit) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |at: usize| bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let hours = digits(start);
    let at = start + hours;
    let sign = *bytes.get(at)?;
    if !(1..=2).contains(&hours) || !matches!(sign, b':' | b'.') || digits(at + 1) != 2 {
        return None;
    }
    let end = at + 3;
    let (hour, minutes) = (text[start..at].parse::<u8>().ok()?, &text[at + 1..end]);
    // British houses print “at 9.30”; but “at 9.30 per cent”.
    let is_time = sign == b':'
        || half_of_day(text, end).is_some()
        || (stands_at(text, start)
            && next_word(text, end).is_none_or(|word| {
                !matches!(word.kind(), Some(Kind::Per | Kind::Scale(_))) && word.low() != "percent"
            })
            && !text[end..].trim_start().starts_with(['%', '$', '£', '€']));
    if hour > 24 || minutes >= "60" || !is_time {
        return None;
    }
    // “10:30:05” and “3:16.2” are no times of the day.
    if matches!(bytes.get(end), Some(b':' | b'.')) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    match minutes {
        "00" => emit_value(Value::whole(hour.into()), start..end, emit),
        _ => emit(Term::Word(&format!("{hour}{minutes}")), start..end),
    }
    Some(half(text, end, emit))
}

/// Reads “a.m.” or “pm” after a time.
pub(super) fn half(text: &str, end: usize, emit: &mut impl Emit) -> usize {
    match half_of_day(text, end) {
        Some(range) => {
            emit_half(text, range.clone(), emit);
            range.end
        }
        None => end,
    }
}

/// Gives out “am” or “pm”.
pub(super) fn emit_half(text: &str, range: Range<usize>, emit: &mut impl Emit) {
    let morning = text[range.clone()].starts_with(['a', 'A']);
    emit(Term::Word(if morning { "am" } else { "pm" }), range);
}

/// “a.m.”, “am”, “a m”, “A.M.” after a time, glued to it or apart.
pub(super) fn half_of_day(text: &str, end: usize) -> Option<Range<usize>> {
    let from = if text.as_bytes().get(end)?.is_ascii_alphabetic() { end } else { next(text, end)? };
    let rest = text.get(from..)?;
    let mut chars = rest.char_indices();
    let (_, first) = chars.next()?;
    if !matches!(first, 'a' | 'A' | 'p' | 'P') {
        return None;
    }
    let (mut length, mut stops) = (1, 0);
    if rest[length..].starts_with('.') {
        (length, stops) = (length + 1, 1);
    }
    if rest[length..].starts_with(' ') && (stops > 0 || rest[1..].starts_with(" m")) {
        length += 1;
    }
    if !rest[length..].starts_with(['m', 'M']) {
        return None;
    }
    length += 1;
    if stops > 0 && rest[length..].starts_with('.') {
        length += 1;
    }
    let boundary = !rest[length..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '’'));
    boundary.then_some(from..from + length)
}

/// “June 21st”, “June the twenty-first”, “Sept. 5”.
pub(super) fn date_from_month(
    text: &str,
    word: &Word<'_>,
    start: usize,
    emit: &mut impl Emit,
) -> Option<usize> {
    let (number, mut end) = match word.kind()? {
        Kind::Month(number) => (number, word.end),
        Kind::ShortMonth(number) => (number, word.end + usize::from(text[word.end..].starts_with('.'))),
        _ => return None,
    };
    let mut from = next(text, end)?;
    if let Some(the) = Word::at(text, from).filter(|word| word.kind() == Some(Kind::The)) {
        from = next(text, the.end)?;
    }
    let day = day(text, from);
    let shorter = matches!(word.kind(), Some(Kind::ShortMonth(_)));
    let Some((day, after, ordinal)) = day else {
        // “Sept. 2024”
        let year =
            text.as_bytes().get(from..from + 4).is_some_and(|year| year.iter().all(u8::is_ascii_digit));
        return (shorter && year && word.is_capital()).then(|| {
            emit(Term::Word(month(number)), start..end);
            end
        });
    };
    if !ordinal && (!shorter || !word.is_capital()) {
        return None;
    }
    end = after;
    emit(Term::Word(month(number)), start..end);
    emit_value(Value::whole(day.into()), start..end, emit);
    Some(end)
}

/// “The twenty-first of June”.
pub(super) fn date_from_article(
    text: &str,
    the: &Word<'_>,
    start: usize,
    emit: &mut impl Emit,
) -> Option<usize> {
    date_from_ordinal(text, start, next(text, the.end)?, emit)
}

/// “Twenty-first of June”, from the ordinal at `from`.
pub(super) fn date_from_ordinal(
    text: &str,
    start: usize,
    from: usize,
    emit: &mut impl Emit,
) -> Option<usize> {
    let (day, end, ordinal) = day(text, from)?;
    let word = next_word(text, end)?;
    let (of, named) = match word.low() {
        "of" => (true, next_word(text, word.end)?),
        _ => (false, word),
    };
    let (number, short) = match named.kind()? {
        Kind::Month(number) => (number, false),
        Kind::ShortMonth(number) => (number, true),
        _ => return None,
    };
    // “5 may be enough”, “the second march”
    if (!ordinal || !of) && !named.is_capital() {
        return None;
    }
    let end = named.end + usize::from(short && text[named.end..].starts_with('.'));
    emit(Term::Word(month(number)), start..end);
    emit_value(Value::whole(day.into()), start..end, emit);
    Some(end)
}

/// “21 June”, “21st of June”.
pub(super) fn date_from_digits(text: &str, start: usize, emit: &mut impl Emit) -> Option<usize> {
    date_from_ordinal(text, start, start, emit)
}

/// A day of a month, the byte after it, and whether it is an ordinal.
fn day(text: &str, start: usize) -> Option<(u8, usize, bool)> {
    let word = Word::at(text, start)?;
    if let Some((day, end)) = spoken::tens_ordinal(text, start) {
        return (day <= 31).then_some((day, end, true));
    }
    if let Some(Kind::Ordinal(day)) = word.kind() {
        return (day <= 31).then_some((day, word.end, true));
    }
    let ending = word.low().trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &word.low()[..word.low().len() - ending.len()];
    let day = digits.parse::<u8>().ok().filter(|day| (1..=31).contains(day) && digits.len() <= 2)?;
    match ending {
        "" => Some((day, word.end, false)),
        "st" | "nd" | "rd" | "th" => Some((day, word.end, true)),
        _ => None,
    }
}
