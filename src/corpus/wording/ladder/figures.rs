//! Figures: numbers as they are spoken and as a house prints them.

use std::ops::Range;

use super::{SPELLINGS, Term};

/// A number of several words that a house prints in figures: “twenty-five”, “four point two”. Returns the byte after
/// it; `None` where none stands at `start`.
pub(super) fn spoken(
    text: &str,
    start: usize,
    emit: &mut impl FnMut(Term<'_>, Range<usize>),
) -> Option<usize> {
    let (first, mut end) = plain(text, start)?;
    let ten = first.ends_with("ty");
    // Most words are no numbers, and all words come by here.
    if !ten && !text[end..].starts_with(POINT) {
        return None;
    }
    let mut number = digits(first)?;
    if ten && let Some((unit, after)) = unit(text, end) {
        number.truncate(number.len() - 1);
        number.push_str(&unit);
        end = after;
    }
    let mut decimals = String::new();
    if text[end..].starts_with(POINT) {
        let mut at = end + POINT.len();
        while let Some((digit, after)) =
            plain(text, at).and_then(|(word, after)| Some((digits(word)?, after)))
        {
            if digit.len() > 1 {
                break;
            }
            decimals.push_str(&digit);
            end = after;
            at = after + 1;
            if !text[after..].starts_with(' ') {
                break;
            }
        }
    }
    if !decimals.is_empty() {
        number.push('.');
        number.push_str(&decimals);
    }
    emit(Term::Word(&number), start..end);
    Some(end)
}

/// How a decimal point is spoken.
const POINT: &str = " point ";

/// A sum of money as it is spoken: “£4.2m” is 4.2, million, pounds. Returns the byte after it; `None` where no figure
/// follows the sign at `start`.
pub(super) fn amount(
    text: &str,
    start: usize,
    emit: &mut impl FnMut(Term<'_>, Range<usize>),
) -> Option<usize> {
    let sign = text[start..].chars().next()?;
    let currency = CURRENCIES.iter().find(|(known, _)| *known == sign)?.1;
    let from = start + sign.len_utf8();
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = from;
    while digit(end) || (matches!(bytes.get(end), Some(b'.' | b',')) && end > from && digit(end + 1)) {
        end += 1;
    }
    if end == from {
        return None;
    }
    let number = text[from..end].replace(',', "");
    let magnitude = |at: usize| {
        let (word, after) = plain(text, at)?;
        let known = MAGNITUDES.iter().find(|(short, long)| word == *short || word == *long)?;
        Some((known.1, at..after))
    };
    let apart = matches!(bytes.get(end), Some(b' ' | b'-'));
    let magnitude = if apart { magnitude(end + 1) } else { magnitude(end) };
    let letters = |at: usize| text[at..].chars().next().is_some_and(char::is_alphanumeric);
    if magnitude.is_none() && letters(end) {
        return None;
    }
    emit(Term::Word(&number), start..end);
    let mut last = start..end;
    if let Some((word, range)) = magnitude {
        emit(Term::Word(word), range.clone());
        last = range;
    }
    // The sign is no word of its own as written: it stands with the last one.
    let after = last.end;
    emit(Term::Word(currency), last);
    Some(after)
}

/// Signs, and the one form in which their words are compared.
const CURRENCIES: [(char, &str); 3] = [('$', "dollar"), ('£', "pound"), ('€', "euro")];

/// Is a word the one that a sign stands for?
pub(in crate::corpus::wording) fn is_currency(word: &str) -> bool {
    CURRENCIES.iter().any(|(_, known)| *known == word)
}

/// What houses write behind a figure, and what it stands for.
const MAGNITUDES: [(&str, &str); 6] = [
    ("m", "million"),
    ("mn", "million"),
    ("bn", "billion"),
    ("tn", "trillion"),
    ("k", "thousand"),
    ("trn", "trillion"),
];

/// The letters and digits at `start`, all of them ASCII, and the byte after them.
fn plain(text: &str, start: usize) -> Option<(&str, usize)> {
    let rest = text.get(start..)?;
    let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let joined =
        rest[length..].chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '\'' | '’'));
    (length > 0 && !joined).then(|| (&rest[..length], start + length))
}

/// “-five” or “ five” after “twenty”; but “twenty five-year plans” are twenty.
fn unit(text: &str, end: usize) -> Option<(String, usize)> {
    let joint = *text.as_bytes().get(end)?;
    let (word, after) = plain(text, end + 1).filter(|_| matches!(joint, b' ' | b'-'))?;
    let compound = joint == b' ' && text[after..].starts_with('-');
    let digit = digits(word).filter(|digit| digit.len() == 1 && digit != "0" && !compound)?;
    Some((digit, after))
}

/// The digits of a number word, or of a figure. “One” is a number only beside others.
fn digits(word: &str) -> Option<String> {
    let low = word.to_ascii_lowercase();
    let figure = match low.as_str() {
        "one" => "1",
        "zero" | "oh" | "nought" => "0",
        low => SPELLINGS.whole.get(low).copied().unwrap_or(low),
    };
    figure.bytes().all(|byte| byte.is_ascii_digit()).then(|| figure.to_owned())
}
