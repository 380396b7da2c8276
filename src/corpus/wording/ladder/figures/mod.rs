//! Figures: numbers, money, times and dates in one form, however they are spoken or printed.
//!
//! ```text
//! figure   = date | time | money | number
//! number   = cardinal | decimal | fraction | year | digits | ordinal | several
//! cardinal = group { scale ["and"] group }             two hundred and five thousand   205,000
//! decimal  = cardinal "point" digit {digit}            four point two                  4.2
//!          | cardinal "and" part [scale]               two and a half million          2.5m, 2½ million
//! fraction = (digit | "one") part | "a" part "of"      three quarters                  ¾
//!          | ("half" | fraction "of") "a" scale        half a million                  500,000
//! year     = two-digits two-digits                     nineteen eighty-four            1984
//!          | two-digits "oh" digit                     twenty oh seven                 2007
//! digits   = digit digit digit {digit}                 double five one two             5512
//! several  = decade | plural                           the eighties, the sevens      80s, 7s
//! time     = cardinal two-digits ["am" | "pm"]         ten thirty a m                  10:30 a.m.
//!          | ("half" | "quarter" | cardinal) ("past" | "to") hour
//! date     = ["the"] ordinal ["of"] month              the twenty-first of June        June 21
//!          | month ["the"] ordinal
//! money    = sign digits [scale]                       five million dollars            $5m
//!          | cardinal currency ["and"] two-digits      two pounds fifty                £2.50
//! ```
//!
//! A number is read as its digits, a date as its month and its day, an amount as its number and its currency.

mod moment;
mod printed;
mod said;
mod spell;
mod spoken;
mod value;
mod words;

use std::ops::Range;

use super::Term;
use value::Value;
use words::{Kind, Word};

/// Where items of the normal form go.
pub(super) trait Emit: FnMut(Term<'_>, Range<usize>) {}

impl<E: FnMut(Term<'_>, Range<usize>)> Emit for E {}

/// Reads a figure that begins with a letter or a digit at `start`. Returns the byte after it; `None` where none stands
/// there.
pub(super) fn read(text: &str, start: usize, emit: &mut impl Emit) -> Option<usize> {
    let first = text.as_bytes().get(start)?;
    if first.is_ascii_digit() {
        return moment::date_from_digits(text, start, emit).or_else(|| printed::figure(text, start, emit));
    }
    if !first.is_ascii() {
        return printed::vulgar(text, start, emit);
    }
    let word = Word::at(text, start)?;
    match word.kind()? {
        Kind::Month(_) | Kind::ShortMonth(_) => moment::date_from_month(text, &word, start, emit),
        Kind::The => moment::date_from_article(text, &word, start, emit),
        Kind::Ordinal(_) => {
            moment::date_from_ordinal(text, start, start, emit).or_else(|| spoken::ordinal(text, start, emit))
        }
        Kind::Ten(_) => moment::date_from_ordinal(text, start, start, emit)
            .or_else(|| moment::time(text, start, emit))
            .or_else(|| spoken::number(text, start, emit)),
        Kind::Decade(_) | Kind::Several(_) => spoken::several(text, start, emit),
        Kind::No => printed::numbered(text, &word, start, emit),
        Kind::Per => printed::per_cent(text, &word, start, emit),
        Kind::Point => spoken::bare_point(text, start, emit),
        Kind::Hundred => hundred_percent(text, &word, start, emit),
        Kind::Scale(_) | Kind::Hundreds => None,
        _ => moment::time(text, start, emit)
            .or_else(|| spoken::number(text, start, emit))
            .or_else(|| one_in_the_day(text, &word, start, emit)),
    }
}

/// “one a m”: alone, “one” may be the pronoun; before a half of the day it is an hour.
fn one_in_the_day(text: &str, word: &Word<'_>, start: usize, emit: &mut impl Emit) -> Option<usize> {
    let half = moment::half_of_day(text, word.end).filter(|_| word.low() == "one")?;
    emit_value(Value::whole(1), start..word.end, emit);
    moment::emit_half(text, half.clone(), emit);
    Some(half.end)
}

/// “Hundred percent”, as people say without an article.
fn hundred_percent(text: &str, word: &Word<'_>, start: usize, emit: &mut impl Emit) -> Option<usize> {
    words::next_word(text, word.end).filter(|next| matches!(next.low(), "percent" | "per"))?;
    emit_value(Value::whole(100), start..word.end, emit);
    Some(word.end)
}

/// May a figure begin with this word? A word that none may begin with is read in the same way wherever it stands.
pub(in crate::corpus::wording) fn may_begin_with(word: &str) -> bool {
    Word::at(word, 0).is_some_and(|word| word.kind().is_some())
}

pub(super) use printed::{sign, span_of_numbers};
pub(in crate::corpus::wording) use said::{said_alike, short_of_its_scale};

/// A sum of money behind its sign: “£4.2m” is 4,200,000 pounds. Returns the byte after it; `None` where no figure follows
/// the sign at `start`.
pub(super) fn amount(text: &str, start: usize, emit: &mut impl Emit) -> Option<usize> {
    let sign = text[start..].chars().next()?;
    let currency = CURRENCIES.iter().find(|(known, _)| *known == sign)?.1;
    let (value, end) = printed::quantity(text, start + sign.len_utf8())?;
    emit_value(value, start..end, emit);
    // The sign is no word of its own as written: it stands with the number.
    emit(Term::Word(currency), start..end);
    Some(end)
}

/// Signs, and the one form in which their words are compared.
const CURRENCIES: [(char, &str); 3] = [('$', "dollar"), ('£', "pound"), ('€', "euro")];

/// Is a word the one that a sign stands for?
pub(in crate::corpus::wording) fn is_currency(word: &str) -> bool {
    CURRENCIES.iter().any(|(_, known)| *known == word)
}

/// Gives out a number. “One” stays a word, for nobody can tell it from the pronoun.
fn emit_value(value: Value, range: Range<usize>, emit: &mut impl Emit) {
    match value.small() {
        Some(1) => emit(Term::Word("one"), range),
        _ => emit(Term::Word(&value.to_string()), range),
    }
}

/// Gives out a number and what may follow it: a currency with its pence, “p” for pence.
fn emit_quantity(text: &str, value: Value, range: Range<usize>, emit: &mut impl Emit) -> usize {
    if let Some((value, currency, end)) = spoken::with_pence(text, value, range.end) {
        emit(Term::Word(&value.to_string()), range.start..end);
        emit(Term::Word(currency), range.start..end);
        return end;
    }
    let end = range.end;
    emit_value(value, range, emit);
    if let Some(half) = moment::half_of_day(text, end) {
        moment::emit_half(text, half.clone(), emit);
        return half.end;
    }
    let glued = Word::at(text, end);
    let apart = words::next_word(text, end).filter(|_| text.as_bytes().get(end) != Some(&b'-'));
    match glued.or(apart) {
        Some(word) if matches!(word.low(), "p" | "pence") => {
            emit(Term::Word("pence"), word.end - word.written.len()..word.end);
            word.end
        }
        _ => end,
    }
}

#[cfg(test)]
mod tests;
