//! Numbers in words.

use super::super::Term;
use super::value::Value;
use super::words::{Kind, Word, is_compound, next_word};
use super::{CURRENCIES, Emit, emit_quantity, moment};

/// Reads a number that begins with a word at `start`.
pub(super) fn number(text: &str, start: usize, emit: &mut impl Emit) -> Option<usize> {
    if let Some((digits, end)) = digits(text, start) {
        emit(Term::Word(&digits), start..end);
        return Some(end);
    }
    if let Some((fraction, end)) = fraction(text, start) {
        emit(Term::Word(&fraction), start..end);
        return Some(end);
    }
    if let Some((pair, end)) = pair(text, start) {
        emit(Term::Word(&pair), start..end);
        return Some(moment::half(text, end, emit));
    }
    if let Some((value, end)) = tens_ordinal(text, start) {
        emit(Term::Word(&ordinal_form(value)), start..end);
        return Some(end);
    }
    let (value, end) = quantity(text, start)?;
    // “One” alone is left to be read as the word that it is.
    (value.small() != Some(1) || next_word(text, end).is_some_and(|word| currency(word.low()).is_some()))
        .then(|| emit_quantity(text, value, start..end, emit))
}

/// An ordinal of one word: “fifth” is 5th.
pub(super) fn ordinal(text: &str, start: usize, emit: &mut impl Emit) -> Option<usize> {
    let word = Word::at(text, start)?;
    let Some(Kind::Ordinal(value)) = word.kind() else { return None };
    emit(Term::Word(&ordinal_form(value)), start..word.end);
    Some(word.end)
}

/// An ordinal as it is compared: the first three are words, for “second” and “third” are other words too.
pub(super) fn ordinal_form(value: u8) -> String {
    match value {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        _ => {
            let ending = match (value / 10 % 10, value % 10) {
                (1, _) => "th",
                (_, 1) => "st",
                (_, 2) => "nd",
                (_, 3) => "rd",
                _ => "th",
            };
            format!("{value}{ending}")
        }
    }
}

/// “Twenty-first”.
pub(super) fn tens_ordinal(text: &str, start: usize) -> Option<(u8, usize)> {
    let word = Word::at(text, start)?;
    let Some(Kind::Ten(ten)) = word.kind() else { return None };
    let unit = next_word(text, word.end)?;
    match unit.kind() {
        Some(Kind::Ordinal(value @ 1..=9)) => Some((ten + value, unit.end)),
        _ => None,
    }
}

/// “The eighties” are 80s, and “the sevens” 7s; for a decade with its century, see [`pair`].
pub(super) fn several(text: &str, start: usize, emit: &mut impl Emit) -> Option<usize> {
    let word = Word::at(text, start)?;
    let Some(Kind::Decade(number) | Kind::Several(number)) = word.kind() else { return None };
    emit(Term::Word(&format!("{number}s")), start..word.end);
    Some(word.end)
}

/// A quantity in words, with its fraction and its scale: “two and a half million”.
pub(super) fn quantity(text: &str, start: usize) -> Option<(Value, usize)> {
    let (mut value, mut end, scaled) = match half_a_scale(text, start) {
        Some(found) => return Some(found),
        None => cardinal(text, start)?,
    };
    if let Some((decimals, after)) = decimals(text, end) {
        (value, end) = (value.and_decimals(&decimals)?, after);
    } else if let Some((hundredths, after)) = and_part(text, end).filter(|_| !scaled) {
        (value, end) = (value.and_hundredths(hundredths)?, after);
    } else if let Some((more, after)) = and_half_the_scale(text, end).filter(|_| scaled) {
        (value, end) = (Value::whole(value.small()?.checked_add(more)?), after);
        return Some((value, end));
    } else {
        return match next_word(text, end).filter(|word| word.low() == "k") {
            Some(k) => Some((value.times_ten_to(3)?, k.end)),
            None => Some((value, end)),
        };
    }
    match next_word(text, end).map(|word| (word.kind(), word.end)) {
        Some((Some(Kind::Scale(exponent)), after)) => Some((value.times_ten_to(exponent.into())?, after)),
        Some((Some(Kind::Hundred), after)) => Some((value.times_ten_to(2)?, after)),
        _ => Some((value, end)),
    }
}

/// A whole number, the byte after it, and whether a scale stands in it.
fn cardinal(text: &str, start: usize) -> Option<(Value, usize, bool)> {
    let (mut total, mut end, mut lowest) = (0u64, start, u8::MAX);
    let mut scaled = false;
    loop {
        let from = if end == start {
            Some(start)
        } else {
            // “and” joins the last group: “two thousand and five”.
            let next = next_word(text, end);
            let and = next.filter(|word| word.low() == "and" && lowest != u8::MAX);
            match and {
                Some(and) => super::words::next(text, and.end),
                None => super::words::next(text, end),
            }
        };
        let Some((value, after)) = from.and_then(|from| group(text, from)) else { break };
        let scale = next_word(text, after).and_then(|word| match word.kind() {
            Some(Kind::Scale(exponent)) => Some((exponent, word.end)),
            _ => None,
        });
        match scale {
            Some((exponent, after)) if exponent < lowest => {
                total = total.checked_add(value.checked_mul(10u64.checked_pow(exponent.into())?)?)?;
                (end, lowest, scaled) = (after, exponent, true);
            }
            Some(_) => break,
            // “A million and a half”
            None if end > start
                && from
                    .and_then(|from| Word::at(text, from))
                    .is_some_and(|word| word.kind() == Some(Kind::Article))
                && value == 1 =>
            {
                break;
            }
            None if end == start => return finish(value, text, start, after, scaled),
            None if lowest == u8::MAX || value >= 10u64.pow(lowest.into()) => break,
            None => {
                total += value;
                end = after;
                break;
            }
        }
    }
    (end > start).then(|| (Value::whole(total), end, scaled))
}

/// A group without a scale must be more than an article.
fn finish(value: u64, text: &str, start: usize, end: usize, scaled: bool) -> Option<(Value, usize, bool)> {
    let article = Word::at(text, start)?.kind() == Some(Kind::Article) && value == 1;
    (!article).then(|| (Value::whole(value), end, scaled || value >= 100))
}

/// 1 to 9,999 without a scale: “two hundred and five”, “twenty-five hundred”, and “a” before a scale.
fn group(text: &str, start: usize) -> Option<(u64, usize)> {
    let word = Word::at(text, start)?;
    let (value, end) = match word.kind()? {
        Kind::Article => (1, word.end),
        _ => below_hundred(text, start)?,
    };
    let hundred = next_word(text, end).filter(|word| word.kind() == Some(Kind::Hundred));
    let Some(hundred) = hundred else { return Some((value, end)) };
    let mut end = hundred.end;
    let mut total = value * 100;
    let after = next_word(text, end);
    let from = match after {
        Some(and) if and.low() == "and" => super::words::next(text, and.end),
        _ => super::words::next(text, end),
    };
    if let Some((rest, after)) = from.and_then(|from| below_hundred(text, from))
        && next_word(text, after).is_none_or(|word| word.kind() != Some(Kind::Hundred))
        && !is_compound(text, after)
    {
        (total, end) = (total + rest, after);
    }
    Some((total, end))
}

/// 0 to 99; but “twenty five-year plans” are twenty.
fn below_hundred(text: &str, start: usize) -> Option<(u64, usize)> {
    let word = Word::at(text, start)?;
    match word.kind()? {
        Kind::Digit(value) if word.low() != "oh" => Some((value.into(), word.end)),
        Kind::Teen(value) => Some((value.into(), word.end)),
        Kind::Ten(ten) => {
            let unit = next_word(text, word.end);
            let hyphen = text.as_bytes().get(word.end) == Some(&b'-');
            match unit.map(|unit| (unit.kind(), unit.end)) {
                Some((Some(Kind::Digit(unit @ 1..)), after)) if hyphen || !is_compound(text, after) => {
                    Some((u64::from(ten + unit), after))
                }
                _ => Some((ten.into(), word.end)),
            }
        }
        _ => None,
    }
}

/// What stands after “point”, as digits.
fn decimals(text: &str, end: usize) -> Option<(String, usize)> {
    let point = match end {
        // At the start of a word, “point” itself.
        _ if Word::at(text, end).is_some_and(|word| word.low() == "point") => Word::at(text, end)?,
        _ => next_word(text, end).filter(|word| word.low() == "point")?,
    };
    let (mut digits, mut end) = (String::new(), point.end);
    while let Some(word) = next_word(text, end) {
        match word.kind() {
            Some(Kind::Digit(digit)) => digits.push(char::from(b'0' + digit)),
            Some(Kind::Teen(_) | Kind::Ten(_)) if digits.is_empty() => {
                let (value, after) = below_hundred(text, word.end - word.written.len())?;
                return Some((value.to_string(), after));
            }
            _ => break,
        }
        end = word.end;
    }
    // “At this point two boats” is no decimal.
    (!digits.is_empty() && !is_compound(text, end)).then_some((digits, end))
}

/// “And a half”, “and three quarters”, in hundredths.
fn and_part(text: &str, end: usize) -> Option<(u64, usize)> {
    let and = next_word(text, end).filter(|word| word.low() == "and")?;
    let count = next_word(text, and.end)?;
    let times = match count.kind()? {
        Kind::Article => 1,
        Kind::Digit(times) => times,
        _ => return None,
    };
    let part = next_word(text, count.end)?;
    match part.kind()? {
        Kind::Part(parts @ (2 | 4)) if times < parts => {
            Some((u64::from(times) * 100 / u64::from(parts), part.end))
        }
        _ => None,
    }
}

/// “And a half” behind a scale, of that scale: “a million and a half”.
fn and_half_the_scale(text: &str, end: usize) -> Option<(u64, usize)> {
    let from = text[..end].rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    let Some(Kind::Scale(exponent)) = Word::at(text, from)?.kind() else { return None };
    let (hundredths, after) = and_part(text, end)?;
    Some((hundredths * 10u64.checked_pow(exponent.into())? / 100, after))
}

/// “Point five per cent”, “point two million”: a fraction without its nought, which only what follows tells.
pub(super) fn bare_point(text: &str, start: usize, emit: &mut impl Emit) -> Option<usize> {
    let before = text[..start].trim_end();
    let (digits, end) = decimals(text, start)?;
    let follows = next_word(text, end)?;
    let told = matches!(follows.low(), "per" | "percent" | "percentage")
        || matches!(follows.kind(), Some(Kind::Scale(_)));
    if !told || before.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (mut value, mut end) = (Value::whole(0).and_decimals(&digits)?, end);
    if let Some(Kind::Scale(exponent)) = follows.kind() {
        (value, end) = (value.times_ten_to(exponent.into())?, follows.end);
    }
    Some(emit_quantity(text, value, start..end, emit))
}

/// “Half a million”, “a quarter of a million”, “three quarters of a million”.
fn half_a_scale(text: &str, start: usize) -> Option<(Value, usize)> {
    let (times, parts, end) = parts(text, start)?;
    let mut word = next_word(text, end)?;
    if word.low() == "of" {
        word = next_word(text, word.end)?;
    } else if parts != 2 {
        return None;
    }
    let scale = next_word(text, word.end)?;
    // “Half a per cent”, “a quarter of one percent”
    if matches!(word.kind(), Some(Kind::Article | Kind::Digit(1)))
        && matches!(scale.low(), "per" | "percent" | "percentage")
        && 100 % u32::from(parts) == 0
        && times < parts
    {
        let hundredths = u64::from(times) * 100 / u64::from(parts);
        return Some((Value::whole(0).and_hundredths(hundredths)?, word.end));
    }
    if word.kind() != Some(Kind::Article) {
        return None;
    }
    match scale.kind()? {
        Kind::Scale(exponent) if 100 % u32::from(parts) == 0 && times < parts => {
            let hundredths = u64::from(times) * 100 / u64::from(parts);
            Some((Value::whole(0).and_hundredths(hundredths)?.times_ten_to(exponent.into())?, scale.end))
        }
        _ => None,
    }
}

/// “Half”, “a quarter”, “three quarters”, “two-thirds”: how many parts of how many.
fn parts(text: &str, start: usize) -> Option<(u8, u8, usize)> {
    let word = Word::at(text, start)?;
    match word.kind()? {
        Kind::Part(parts) if matches!(word.low(), "half" | "quarter") => Some((1, parts, word.end)),
        kind @ (Kind::Article | Kind::Digit(1..)) => {
            let times = if let Kind::Digit(times) = kind { times } else { 1 };
            let part = next_word(text, word.end)?;
            let plural = part.low().ends_with('s') || part.low() == "halves";
            match part.kind()? {
                Kind::Part(parts) if plural == (times > 1) => Some((times, parts, part.end)),
                Kind::Ordinal(parts @ 3..) if times == 1 => Some((1, parts, part.end)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A fraction: “two thirds” is 2/3. “A third” is one only before “of”; “half” stays a word.
fn fraction(text: &str, start: usize) -> Option<(String, usize)> {
    let (times, parts, end) = parts(text, start)?;
    let first = Word::at(text, start)?;
    let of = next_word(text, end).is_some_and(|word| word.low() == "of");
    if half_a_scale(text, start).is_some() || is_compound(text, end) {
        return None;
    }
    match first.kind()? {
        Kind::Article if parts == 2 || !of => None,
        Kind::Part(_) => None,
        _ => Some((fraction_form(times, parts), end)),
    }
}

/// A fraction as it is compared.
pub(super) fn fraction_form(times: u8, parts: u8) -> String {
    match (times, parts) {
        (1, 2) => "half".to_owned(),
        _ => format!("{times}/{parts}"),
    }
}

/// Two numbers of two digits in a row: a year (“nineteen eighty-four”), a time (“ten thirty”), a flight. With a decade at
/// the end: “nineteen eighties”.
fn pair(text: &str, start: usize) -> Option<(String, usize)> {
    let (one, end) = below_hundred(text, start)?;
    let second = next_word(text, end)?;
    let from = second.end - second.written.len();
    // A machine writes “nine o five”.
    let kind = if second.low() == "o" { Some(Kind::Digit(0)) } else { second.kind() };
    match kind? {
        Kind::Hundreds if (11..=19).contains(&one) => Some((format!("{one}00s"), second.end)),
        Kind::Decade(ten) if (10..=20).contains(&one) => Some((format!("{one}{ten}s"), second.end)),
        Kind::Digit(0) if one > 0 && matches!(second.low(), "oh" | "o" | "zero") => {
            let unit = next_word(text, second.end)?;
            match unit.kind()? {
                Kind::Digit(unit_value @ 1..) => Some((format!("{one}0{unit_value}"), unit.end)),
                _ => None,
            }
        }
        Kind::Teen(_) | Kind::Ten(_) if one > 0 => {
            let (other, after) = below_hundred(text, from)?;
            let single = one < 10 && other > 59;
            let goes_on = next_word(text, after)
                .and_then(|word| word.kind())
                .is_some_and(|kind| matches!(kind, Kind::Hundred | Kind::Scale(_) | Kind::Ordinal(1..=9)));
            (!single && !goes_on && !is_compound(text, after) && decimals(text, after).is_none())
                .then(|| (format!("{one}{other}"), after))
        }
        _ => None,
    }
}

/// Three single digits or more in a row, “double five” for two: a telephone number, a flight. “Oh seven” is '07.
fn digits(text: &str, start: usize) -> Option<(String, usize)> {
    let mut digits = String::new();
    let mut end = start;
    let mut word = Word::at(text, start);
    let mut times = 1;
    while let Some(next) = word {
        match next.kind() {
            Some(Kind::Digit(digit)) => {
                (0..times).for_each(|_| digits.push(char::from(b'0' + digit)));
                (times, end) = (1, next.end);
            }
            Some(Kind::Times(more)) if times == 1 => times = more,
            _ => break,
        }
        word = next_word(text, next.end);
    }
    if times > 1 || is_compound(text, end) {
        return None;
    }
    let year = digits.len() == 2 && text[start..].starts_with(['o', 'O']) && stands_for_year(text, start);
    (digits.len() >= 3 || year).then_some((digits, end))
}

/// Does a word stand before it that a year follows: “in oh seven”?
fn stands_for_year(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end();
    let word = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    matches!(word.to_ascii_lowercase().as_str(), "in" | "of" | "since" | "from" | "until" | "by")
}

/// Amount and pence: “two pounds fifty”, “two dollars and fifty cents”. Where the pence are not named, nothing else may
/// follow in the sentence that they could count.
pub(super) fn with_pence(text: &str, value: Value, end: usize) -> Option<(Value, &'static str, usize)> {
    let whole = value.small()?;
    let unit = next_word(text, end)?;
    let currency = currency(unit.low())?;
    let mut next = next_word(text, unit.end)?;
    let and = next.low() == "and";
    if and {
        next = next_word(text, next.end)?;
    }
    let from = next.end - next.written.len();
    let (pence, after) = below_hundred(text, from).or_else(|| {
        let figure = next.low().parse::<u64>().ok().filter(|pence| (1..100).contains(pence))?;
        Some((figure, next.end))
    })?;
    let named = next_word(text, after).filter(|word| matches!(word.low(), "pence" | "p" | "cents" | "cent"));
    let ends =
        text[after..].chars().find(|c| !c.is_whitespace()).is_none_or(|c| !c.is_alphanumeric() && c != '-');
    match named {
        Some(named) => Some((Value::whole(whole).and_hundredths(pence)?, currency, named.end)),
        None if !and && pence >= 10 && ends => {
            Some((Value::whole(whole).and_hundredths(pence)?, currency, after))
        }
        None => None,
    }
}

/// The form in which a currency's word is compared.
fn currency(word: &str) -> Option<&'static str> {
    CURRENCIES.iter().map(|(_, known)| *known).find(|known| word.strip_suffix('s').unwrap_or(word) == *known)
}
