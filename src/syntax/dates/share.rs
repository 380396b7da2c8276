//! Shares of a year and years of account: “Q1 2024”, “2H24”, “the first half of last year”, “FY2024”.

use nom::branch::alt;
use nom::character::complete::{char, one_of};
use nom::combinator::{map, map_opt, opt, value, verify};
use nom::sequence::preceded;
use nom::{IResult, Parser};

use super::grammar::{digits, entry, fail, gap, whole, year};
use super::words::{Unit, Word};
use super::{Parsed, Shape};

/// May a run of letters and digits that begins so be one of these? Digits are asked about elsewhere.
pub(super) const fn may_open(first: u8) -> bool {
    matches!(first, b'Q' | b'H' | b'F')
}

/// May a run of letters and digits be one of these? Asked of every word that has both, before any parsing.
pub(super) fn may_begin(word: &[u8]) -> bool {
    match word {
        [b'Q' | b'H', b'1'..=b'4', ..] | [b'1'..=b'4', b'Q' | b'H', ..] => word.len() <= 6,
        [b'F', b'Y', rest @ ..] => rest.len() <= 4 && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// The expression that begins at `start`.
pub(super) fn expression(text: &str, start: usize) -> Option<Parsed<'_>> {
    let (rest, shape) = alt((coded, fiscal)).parse(&text[start..]).ok()?;
    Some(Parsed::new(rest, shape))
}

/// “Q1 2024”, “Q1 of 2024”, “1Q24”, “H2 ’24”.
fn coded(input: &str) -> IResult<&str, Shape> {
    let count = || map(one_of("1234"), |digit| digit as u8 - b'0');
    let letter = || map(one_of("QH"), |letter| if letter == 'Q' { 4 } else { 2 });
    let (rest, (number, of)) =
        alt(((count(), letter()), map((letter(), count()), |(of, number)| (number, of)))).parse(input)?;
    if number > of {
        return fail(input);
    }
    let mut led = preceded((gap, opt((whole("of"), gap))), alt((year, preceded(one_of("'’"), short_year))));
    // “1Q24” runs on; “Q124” could be anything.
    let (rest, year) = if input.starts_with(|c: char| c.is_ascii_digit()) {
        alt((led, year, preceded(opt(one_of("'’")), short_year))).parse(rest)?
    } else {
        led.parse(rest)?
    };
    Ok((rest, Shape::Share { number, of, year: Some(year), which: None }))
}

/// “FY2024”, “FY 2024”, “FY24”.
fn fiscal(input: &str) -> IResult<&str, Shape> {
    let (rest, year) =
        preceded((char('F'), char('Y'), opt(gap)), alt((year, preceded(opt(one_of("'’")), short_year))))
            .parse(input)?;
    Ok((rest, Shape::Fiscal { year }))
}

/// “24”, of this century.
fn short_year(input: &str) -> IResult<&str, i16> {
    let (rest, year) =
        map_opt(digits(2, 2), |digits: &str| Some(2000 + digits.parse::<i16>().ok()?)).parse(input)?;
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == '%') { fail(input) } else { Ok((rest, year)) }
}

/// “quarter of 2024”, “half of last year”, from the word behind the ordinal `number` on.
pub(super) fn counted(input: &str, number: i8) -> IResult<&str, Shape> {
    let (rest, of) = alt((value(4, whole("quarter")), value(2, whole("half")))).parse(input)?;
    let Some(number) = u8::try_from(number).ok().filter(|number| (1..=of).contains(number)) else {
        return fail(input);
    };
    let (rest, _) = (gap, opt((whole("of"), gap))).parse(rest)?;
    if let Ok((rest, year)) = year(rest) {
        return Ok((rest, Shape::Share { number, of, year: Some(year), which: None }));
    }
    let which = map_opt(entry, |word| if let Word::Which(which) = word { Some(which) } else { None });
    let the_year = verify(entry, |word| *word == Word::Unit(Unit::Year));
    let (rest, (which, _, _)) = (which, gap, the_year).parse(rest)?;
    Ok((rest, Shape::Share { number, of, year: None, which: Some(which) }))
}

/// “fiscal 2024”, “financial year 2024”.
pub(super) fn spelled(input: &str) -> IResult<&str, Shape> {
    let (rest, _) = verify(entry, |word| *word == Word::Fiscal).parse(input)?;
    let (rest, year) = preceded((gap, opt((whole("year"), gap))), year).parse(rest)?;
    Ok((rest, Shape::Fiscal { year }))
}
