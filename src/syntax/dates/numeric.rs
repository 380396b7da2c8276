//! Expressions that begin with a digit.

use nom::character::complete::{char, one_of};
use nom::combinator::{map, map_opt};
use nom::sequence::preceded;
use nom::{IResult, Parser};

use super::grammar::{day_month, decade, digits, fail, month, weekday_after, with_weekday_after, year};
use super::{Parsed, Shape, guard, relative};

/// An expression that begins with the digits at `start`.
pub(super) fn expression(text: &str, start: usize) -> Option<Parsed<'_>> {
    let input = &text[start..];
    if !guard::number_starts(text, start) {
        return None;
    }
    if let Ok((rest, shape)) = day_month(input) {
        return Some(with_weekday_after(rest, shape));
    }
    if let Ok((rest, shape)) = date(input).or_else(|_| dated_by_weekday(input)) {
        return Some(with_weekday_after(rest, shape));
    }
    if let Ok((rest, year)) = decade(input) {
        return Some(Parsed::new(rest, Shape::Decade { year, part: None }));
    }
    if let Ok((rest, year)) = year(input) {
        return guard::is_year(text, start, rest)
            .then(|| Parsed::new(rest, Shape::Year { year, part: None }));
    }
    relative::from_digits(text, start)
}

/// A date in digits: “2025-04-17”, “04/17/2025”, “17.04.2025”.
pub(super) fn date(input: &str) -> IResult<&str, Shape> {
    iso(input).or_else(|_| slashed(input)).or_else(|_| month_between(input))
}

/// “21/Apr/2014”, “21-Apr-2014”.
fn month_between(input: &str) -> IResult<&str, Shape> {
    let (rest, (day, mark)) = (short, one_of("/-")).parse(input)?;
    let (rest, ((month, _), _, year)) = (month, char(mark), year_digits).parse(rest)?;
    if !ends(rest) || !(1..=31).contains(&day) {
        return fail(input);
    }
    Ok((rest, Shape::Civil { year: Some(year), month, day }))
}

/// “6/20 (Thu)”: without a year only the weekday behind it shows that it is a date, and only a number beyond 12 which of
/// the two is the day.
fn dated_by_weekday(input: &str) -> IResult<&str, Shape> {
    let (rest, (first, _, second)) = (short, char('/'), short).parse(input)?;
    weekday_after(rest)?;
    let (month, day) = if second > 12 { (first, second) } else { (second, first) };
    if !(1..=12).contains(&month) || !(13..=31).contains(&day) {
        return fail(input);
    }
    Ok((rest, Shape::Civil { year: None, month, day }))
}

/// “2025-04-17”, “2025/04/17”, a time of day behind it or not.
pub(super) fn iso(input: &str) -> IResult<&str, Shape> {
    let (rest, (year, mark)) = (year_digits, one_of("-/‑")).parse(input)?;
    let (rest, (month, _, day)) = (two, char(mark), two).parse(rest)?;
    let timed = preceded(one_of("Tt"), digits(2, 2)).parse(rest).is_ok();
    // “2016-13-05” has month and day in the wrong order: there is no such date.
    let swapped = (13..=31).contains(&month) && (1..=12).contains(&day) && mark == '-';
    let valid = (1..=12).contains(&month) && (1..=31).contains(&day);
    if !timed && !ends(rest) || !(valid || swapped) {
        return fail(input);
    }
    Ok((rest, Shape::Civil { year: Some(year), month, day }))
}

fn year_digits(input: &str) -> IResult<&str, i16> {
    map_opt(digits(4, 4), |digits: &str| digits.parse().ok().filter(|year| (1000..3000).contains(year)))
        .parse(input)
}

fn two(input: &str) -> IResult<&str, i8> {
    map_opt(digits(2, 2), |digits: &str| digits.parse().ok()).parse(input)
}

fn short(input: &str) -> IResult<&str, i8> {
    map_opt(digits(1, 2), |digits: &str| digits.parse().ok()).parse(input)
}

/// “04/17/2025”, “4/17/25”, “17.04.2025”, “17-04-2025”. Two digits make a year only between slashes, because
/// “5-4-12” is as often a score or a part number.
fn slashed(input: &str) -> IResult<&str, Shape> {
    let (rest, (first, mark)) = (short, one_of("/.-")).parse(input)?;
    let (rest, (second, _)) = (short, char(mark)).parse(rest)?;
    let (rest, year) = if mark == '/' {
        let century =
            map(two, |year| if year < 70 { 2000 + i16::from(year) } else { 1900 + i16::from(year) });
        nom::branch::alt((year_digits, century)).parse(rest)?
    } else {
        year_digits(rest)?
    };
    let one_is_month = first.min(second) >= 1 && first.min(second) <= 12 && first.max(second) <= 31;
    if !ends(rest) || !one_is_month {
        return fail(input);
    }
    Ok((rest, Shape::Numeric { first, second, year: Some(year) }))
}

/// Nothing follows that would make the digits part of something longer: an address, a version, a sum.
fn ends(rest: &str) -> bool {
    let mut after = rest.chars();
    match after.next() {
        Some('/' | '-' | '_' | '%' | '=' | '@' | '‑') => false,
        Some('.' | ':' | ',') => !after.next().is_some_and(char::is_alphanumeric),
        Some(c) => !c.is_alphanumeric(),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Option<Shape> {
        date(text).ok().map(|(_, shape)| shape)
    }

    #[test]
    fn dates_in_digits() {
        let civil = |year, month, day| Some(Shape::Civil { year: Some(year), month, day });
        let numeric = |first, second, year| Some(Shape::Numeric { first, second, year: Some(year) });
        assert_eq!(shape("2025-04-17"), civil(2025, 4, 17));
        assert_eq!(shape("2025-04-17T10:00:00Z"), civil(2025, 4, 17));
        assert_eq!(shape("2025-04-17-draft"), None);
        assert_eq!(shape("2025-14-17"), None);
        assert_eq!(shape("2016-13-05"), civil(2016, 13, 5));
        assert_eq!(shape("21/Apr/2014"), civil(2014, 4, 21));
        assert_eq!(shape("04/17/2025."), numeric(4, 17, 2025));
        assert_eq!(shape("4/5/26"), numeric(4, 5, 2026));
        assert_eq!(shape("17.04.2025"), numeric(17, 4, 2025));
        assert_eq!(shape("5-4-12"), None);
        assert_eq!(shape("24/7/365"), None);
        assert_eq!(shape("50/50/20"), None);
        assert_eq!(shape("10.0.0.12"), None);
    }
}
