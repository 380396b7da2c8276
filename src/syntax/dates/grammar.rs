//! Dates that name a month or a weekday.

use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{map, map_opt, not, opt, peek, recognize, value, verify};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::words::{Part, Which, Word, Words};
use super::{Parsed, Shape, numeric};
use crate::calendar::Weekday;

/// White space between the words of one expression: a line may end there, a paragraph may not.
pub(super) fn gap(input: &str) -> IResult<&str, &str> {
    take_while_m_n(1, 3, |c| matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{a0}' | '\u{202f}' | '\u{2009}'))
        .parse(input)
}

/// A run of letters.
pub(super) fn word(input: &str) -> IResult<&str, &str> {
    take_while1(char::is_alphabetic).parse(input)
}

/// A word of the calendar's list.
pub(super) fn entry(input: &str) -> IResult<&str, Word> {
    map_opt(word, |word| Words::get().entry(word)).parse(input)
}

/// The word `expected` (in lower case), in any case, whole.
pub(super) fn whole<'t>(
    expected: &'static str,
) -> impl Parser<&'t str, Output = &'t str, Error = nom::error::Error<&'t str>> {
    terminated(tag_no_case(expected), not(peek(take_while1(char::is_alphanumeric))))
}

/// “April”, “Apr.”, “Apr”; true where it is spelled out.
pub(super) fn month(input: &str) -> IResult<&str, (i8, bool)> {
    let (rest, found) = entry(input)?;
    match found {
        Word::Month(month) => Ok((rest, (month, true))),
        Word::MonthShort(month) => map(opt(char('.')), |_| (month, false)).parse(rest),
        _ => fail(input),
    }
}

/// “Thursday”, “Thu.”, with its text; true where it is spelled out.
pub(super) fn weekday(input: &str) -> IResult<&str, (Weekday, &str, bool)> {
    let (rest, found) = entry(input)?;
    let text = &input[..input.len() - rest.len()];
    match found {
        Word::Weekday(weekday) => Ok((rest, (weekday, text, true))),
        Word::WeekdayShort(weekday) => map(opt(char('.')), |_| (weekday, text, false)).parse(rest),
        _ => fail(input),
    }
}

/// The parser for what is not there.
pub(super) fn fail<T>(input: &str) -> IResult<&str, T> {
    Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)))
}

/// One or two digits, whole: not the beginning of “17,000”, “3.5”, “8:30”, “17%” or “4x”.
pub(super) fn number(input: &str) -> IResult<&str, i8> {
    let (rest, value) = map_opt(digits(1, 2), |digits: &str| digits.parse().ok()).parse(input)?;
    let mut after = rest.chars();
    let broken = match after.next() {
        Some('.' | ',' | ':') => after.next().is_some_and(|c| c.is_ascii_digit()),
        Some('%' | '°' | '′' | '″' | '/') => true,
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    // “17,2025” is a date typed in haste, not seventeen thousand.
    let hasty = preceded(char(','), year).parse(rest).is_ok();
    if broken && !hasty { fail(input) } else { Ok((rest, value)) }
}

/// `least` to `most` digits with no digit after them.
pub(super) fn digits<'t>(
    least: usize,
    most: usize,
) -> impl Parser<&'t str, Output = &'t str, Error = nom::error::Error<&'t str>> {
    terminated(
        take_while_m_n(least, most, |c: char| c.is_ascii_digit()),
        not(peek(take_while_m_n(1, 1, |c: char| c.is_ascii_digit()))),
    )
}

/// “17”, “17th”, “3rd”: 1 to 31.
fn day(input: &str) -> IResult<&str, i8> {
    let suffix = alt((whole("st"), whole("nd"), whole("rd"), whole("th")));
    let plain = number;
    let ordinal = terminated(
        map_opt(take_while_m_n(1, 2, |c: char| c.is_ascii_digit()), |d: &str| d.parse().ok()),
        suffix,
    );
    verify(alt((ordinal, plain)), |day| (1..=31).contains(day)).parse(input)
}

/// A number from 32 to 99 where a day of the month belongs: “July 42nd.”, “July 32, 2025”. Because many other things are
/// counted there, it must end its clause or have a year behind it.
fn no_day(input: &str) -> IResult<&str, i8> {
    let suffix = alt((whole("st"), whole("nd"), whole("rd"), whole("th")));
    let ordinal = terminated(
        map_opt(take_while_m_n(2, 2, |c: char| c.is_ascii_digit()), |digits: &str| digits.parse().ok()),
        suffix,
    );
    let (rest, day) = verify(alt((ordinal, number)), |day| (32..=99).contains(day)).parse(input)?;
    let closed = rest.is_empty() || rest.starts_with([',', '.', ';', ')', '”', '"']);
    if closed || year_after(rest).is_ok() { Ok((rest, day)) } else { fail(input) }
}

/// A number from 32 to 99 before a month: “32 September”.
fn no_day_before(input: &str) -> IResult<&str, i8> {
    let many = verify(number, |day| (32..=99).contains(day));
    terminated(many, peek((gap, opt((whole("of"), gap)), month))).parse(input)
}

/// Four digits, whole: 1000 to 2999.
pub(super) fn year(input: &str) -> IResult<&str, i16> {
    let mut plain =
        map_opt(digits(4, 4), |digits: &str| digits.parse().ok().filter(|year| (1000..3000).contains(year)));
    let (rest, year) = plain.parse(input)?;
    if rest.starts_with(|c: char| c.is_alphanumeric()) { fail(input) } else { Ok((rest, year)) }
}

/// “1990s”, “1990’s”.
pub(super) fn decade(input: &str) -> IResult<&str, i16> {
    let first = map_opt(digits(4, 4), |digits: &str| {
        digits.parse::<i16>().ok().filter(|year| (1500..2100).contains(year))
    });
    let tens = verify(first, |year| year % 10 == 0);
    terminated(tens, (opt(one_of("'’")), whole("s"))).parse(input)
}

/// The year after a day: “, 2025”, “ 2025”, “,2025”.
fn year_after(input: &str) -> IResult<&str, i16> {
    let comma = preceded((char(','), opt(gap)), year);
    let (rest, year) = alt((comma, preceded(gap, year))).parse(input)?;
    // “On April 17, 2000 people marched”: a number of people is no year. A count is recognised by the
    // plural noun right behind it, where a year in that place has a comma, a verb or a preposition.
    if super::guard::counted(year, rest) { fail(input) } else { Ok((rest, year)) }
}

/// What stands between the first day of a range and the last.
fn range_mark(input: &str) -> IResult<&str, &str> {
    let dash = recognize((opt(gap), one_of("-–—‑"), opt(gap)));
    let spoken = recognize((gap, alt((whole("to"), whole("through"), whole("until"), whole("thru"))), gap));
    alt((dash, spoken)).parse(input)
}

/// A second day joined to the first: “and 6”, “& 6”.
fn joined(input: &str) -> IResult<&str, &str> {
    recognize((gap, alt((whole("and"), whole("or"), tag("&"))), gap)).parse(input)
}

/// “April 17”, “Apr. 17, 2025”, “April the 17th”, “April 3–5”, “April 30–May 2, 2025”.
pub(super) fn month_day(input: &str) -> IResult<&str, Shape> {
    let (rest, (first_month, _)) = month(input)?;
    let (rest, first_day) =
        preceded((alt((gap, peek(tag("\u{2060}")))), opt((whole("the"), gap))), alt((day, no_day)))
            .parse(rest)?;
    let other_month = map((month, gap, day), |((month, _), _, day)| (month, day));
    let same_month = map(day, move |day| (first_month, day));
    let mut tail = preceded(range_mark, alt((other_month, same_month)));
    if let Ok((after, to)) = tail.parse(rest)
        && to > (first_month, first_day)
    {
        let (after, year) = opt(year_after).parse(after)?;
        return Ok((after, Shape::Range { from: (first_month, first_day), to, year }));
    }
    if let Ok((after, next)) = preceded(joined, day).parse(rest)
        && next == first_day + 1
    {
        let (after, year) = opt(year_after).parse(after)?;
        let shape = Shape::Range { from: (first_month, first_day), to: (first_month, next), year };
        return Ok((after, shape));
    }
    let (rest, year) = opt(year_after).parse(rest)?;
    Ok((rest, Shape::Civil { year, month: first_month, day: first_day }))
}

/// “17 April”, “17th of April, 2025”, “3–5 April”, “30 April–2 May 2025”.
pub(super) fn day_month(input: &str) -> IResult<&str, Shape> {
    fn of_month(input: &str) -> IResult<&str, i8> {
        map(preceded((gap, opt((whole("of"), gap))), month), |(month, _)| month).parse(input)
    }
    let (rest, first_day) = alt((day, no_day_before)).parse(input)?;
    if let Ok((after, (_, last_day, last_month))) = (alt((range_mark, joined)), day, of_month).parse(rest)
        && last_day > first_day
    {
        let (after, year) = opt(year_after).parse(after)?;
        let shape = Shape::Range { from: (last_month, first_day), to: (last_month, last_day), year };
        return Ok((after, shape));
    }
    let (rest, first_month) = of_month(rest)?;
    if let Ok((after, (_, last_day, last_month))) = (range_mark, day, of_month).parse(rest) {
        let (after, year) = opt(year_after).parse(after)?;
        let shape = Shape::Range { from: (first_month, first_day), to: (last_month, last_day), year };
        return Ok((after, shape));
    }
    let (rest, year) = opt(year_after).parse(rest)?;
    Ok((rest, Shape::Civil { year, month: first_month, day: first_day }))
}

/// A weekday that follows its date: “ (Thursday)”, “ (Thu.)”, “, a Thursday”, “, which was a Thursday”.
pub(super) fn weekday_after(input: &str) -> IResult<&str, (Weekday, &str)> {
    let named = || map(verify(weekday, |&(_, _, long)| long), |(weekday, text, _)| (weekday, text));
    let bracketed =
        delimited((opt(gap), char('(')), map(weekday, |(weekday, text, _)| (weekday, text)), char(')'));
    let relative =
        (whole("which"), gap, alt((whole("was"), whole("is"), whole("falls on"), whole("fell on"))), gap);
    let apposition = preceded((char(','), gap, opt(relative), whole("a"), gap), named());
    alt((bracketed, apposition)).parse(input)
}

/// Adds the weekday that follows, where one does.
pub(super) fn with_weekday_after<'t>(rest: &'t str, shape: Shape) -> Parsed<'t> {
    match weekday_after(rest) {
        Ok((rest, weekday)) => Parsed { shape, weekday: Some(weekday), rest },
        Err(_) => Parsed::new(rest, shape),
    }
}

/// An expression that begins with a month.
pub(super) fn from_month(text: &str, start: usize) -> Option<Parsed<'_>> {
    let input = &text[start..];
    if let Ok((rest, shape)) = month_day(input) {
        return Some(with_weekday_after(rest, shape));
    }
    let (rest, shape) = month_alone(input, None, None).ok()?;
    Some(Parsed::new(rest, shape))
}

/// “April”, “April 2025”, “April of 2025”. An abbreviated month needs its year.
pub(super) fn month_alone(input: &str, which: Option<Which>, part: Option<Part>) -> IResult<&str, Shape> {
    let (rest, (month, spelled)) = month(input)?;
    let mut dated = alt((preceded((opt(char(',')), gap), year), preceded((gap, whole("of"), gap), year)));
    if let Ok((after, year)) = dated.parse(rest)
        && !super::guard::counted(year, after)
    {
        return Ok((after, Shape::Month { month, year: Some(year), which, part }));
    }
    if spelled { Ok((rest, Shape::Month { month, year: None, which, part })) } else { fail(input) }
}

/// An expression that begins with a weekday.
pub(super) fn from_weekday(text: &str, start: usize) -> Option<Parsed<'_>> {
    let input = &text[start..];
    let (rest, (day_name, name, spelled)) = weekday(input).ok()?;
    let date = alt((month_day, preceded(opt((whole("the"), gap)), day_month), numeric::date));
    let (after_hours, _) = opt(preceded(gap, hours)).parse(rest).ok()?;
    let bracketed = delimited((gap, char('(')), alt((month_day, day_month)), char(')'));
    let comma = recognize((opt(gap), char(','), gap));
    let mut dated = alt((preceded(alt((comma, gap)), date), bracketed));
    if let Ok((rest, shape)) = dated.parse(after_hours) {
        return Some(Parsed { shape, weekday: Some((day_name, name)), rest });
    }
    // “on Saturday nights” is none in particular.
    let nights =
        preceded(gap, alt((whole("mornings"), whole("afternoons"), whole("evenings"), whole("nights"))))
            .parse(rest);
    // “Monday Night Rowing” is a programme.
    let titled = after_hours.len() < rest.len()
        && rest.trim_start().starts_with(char::is_uppercase)
        && name.chars().any(char::is_lowercase)
        && preceded(gap, word).parse(after_hours).is_ok_and(|(_, next)| next.starts_with(char::is_uppercase));
    if !spelled || nights.is_ok() || titled {
        return None;
    }
    let mut ordinal_day = preceded((opt(char(',')), gap, opt((whole("the"), gap))), ordinal_number);
    if let Ok((rest, day)) = ordinal_day.parse(rest) {
        return Some(Parsed { shape: Shape::DayOfMonth { day }, weekday: Some((day_name, name)), rest });
    }
    let shape = Shape::Weekday { which: None, near: false };
    Some(Parsed { shape, weekday: Some((day_name, name)), rest: after_hours })
}

/// “18th”, with its suffix.
fn ordinal_number(input: &str) -> IResult<&str, i8> {
    verify(day, |_| input.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(char::is_alphabetic))
        .parse(input)
}

/// “morning”, “night”.
pub(super) fn hours(input: &str) -> IResult<&str, ()> {
    value((), verify(entry, |word| *word == Word::Hours)).parse(input)
}

/// “the first of May”, “the first quarter of 2024”: from the ordinal on.
pub(super) fn from_ordinal(text: &str, start: usize) -> Option<Parsed<'_>> {
    let input = &text[start..];
    let (rest, word) = entry(input).ok()?;
    let Word::Ordinal(number) = word else { return None };
    let mut of_month = preceded((gap, whole("of"), gap), verify(month, |&(_, spelled)| spelled));
    if let Ok((rest, (month, _))) = of_month.parse(rest) {
        let (rest, year) = opt(year_after).parse(rest).ok()?;
        return Some(with_weekday_after(rest, Shape::Civil { year, month, day: number }));
    }
    let (rest, shape) = preceded(gap, |rest| super::share::counted(rest, number)).parse(rest).ok()?;
    Some(Parsed::new(rest, shape))
}
