//! Expressions counted from today, or from another day of the text.

use nom::branch::alt;
use nom::character::complete::{char, one_of};
use nom::combinator::{map, map_opt, opt, peek, value, verify};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::grammar::{
    decade, digits, entry, fail, from_weekday, gap, hours, month_alone, weekday, whole, year,
};
use super::words::{Part, Unit, Which, Word};
use super::{Parsed, Shape};

/// An expression that begins with `first`, the word of the list at `start`.
pub(super) fn expression(text: &str, start: usize, first: Word) -> Option<Parsed<'_>> {
    let input = &text[start..];
    let found = match first {
        Word::Day(_) => named_day(input),
        Word::Which(_) => which_one(input, None),
        Word::Part(_) => part_of(input),
        Word::Season(_) => season(input),
        Word::Number(_) => counted(input),
        Word::Unit(Unit::Day) => neighbour(input),
        _ => return None,
    };
    found.ok().map(|(_, parsed)| parsed)
}

/// An expression that begins with a number in digits: “10 days ago”.
pub(super) fn from_digits(text: &str, start: usize) -> Option<Parsed<'_>> {
    counted(&text[start..]).ok().map(|(_, parsed)| parsed)
}

type Answer<'t> = IResult<&'t str, Parsed<'t>>;

fn done<'t>(rest: &'t str, shape: Shape) -> Answer<'t> {
    Ok((rest, Parsed::new(rest, shape)))
}

/// “yesterday”, “tomorrow night”; “yesterday, Monday,” names its weekday too.
fn named_day(input: &str) -> Answer<'_> {
    let (rest, offset) =
        map_opt(entry, |word| if let Word::Day(offset) = word { Some(offset) } else { None }).parse(input)?;
    let (rest, _) = opt(preceded(gap, hours)).parse(rest)?;
    let shape = Shape::Day { offset };
    let spelled = || verify(weekday, |&(_, _, spelled)| spelled);
    let mut appended = preceded((char(','), gap), terminated(spelled(), peek(one_of(",.;)"))));
    let mut bracketed = delimited((gap, char('(')), spelled(), char(')'));
    // “Today is Friday,”
    let mut equated = preceded((gap, whole("is"), gap), terminated(spelled(), peek(one_of(",.;"))));
    if offset == 0
        && let Ok((after, (day, name, _))) = equated.parse(rest)
    {
        return Ok((after, Parsed { shape, weekday: Some((day, name)), rest: after }));
    }
    if let Ok((after, (day, name, _))) = appended.parse(rest).or_else(|_| bracketed.parse(rest)) {
        return Ok((after, Parsed { shape, weekday: Some((day, name)), rest: after }));
    }
    done(rest, shape)
}

/// “last”, “this”, “next”, “this past”, “this coming”; true where the nearest is meant.
fn which(input: &str) -> IResult<&str, (Which, bool)> {
    let nearest = preceded(
        (whole("this"), gap),
        alt((value((Which::Last, true), whole("past")), value((Which::Next, true), whole("coming")))),
    );
    let plain =
        map_opt(entry, |word| if let Word::Which(which) = word { Some((which, false)) } else { None });
    alt((nearest, plain)).parse(input)
}

/// “last week”, “next Friday”, “this spring”, “last April”, “this morning”.
fn which_one(input: &str, part: Option<Part>) -> Answer<'_> {
    let (rest, (which, near)) = which(input)?;
    let (rest, _) = gap(rest)?;
    // “The past week” and “the coming weeks” are spans of time around today; only “this past week” is a week.
    let bare_past = !near && (whole("past").parse(input).is_ok() || whole("coming").parse(input).is_ok());
    let (after, found) = entry(rest)?;
    match found {
        Word::Weekday(day) => {
            let name = &rest[..rest.len() - after.len()];
            // “next Thursday, 23 October”: the date says which one.
            if let Some(dated) = from_weekday(rest, 0).filter(|it| matches!(it.shape, Shape::Civil { .. })) {
                return Ok((dated.rest, dated));
            }
            let (after, _) = opt(preceded(gap, hours)).parse(after)?;
            let near = near || bare_past;
            let shape = Shape::Weekday { which: Some(which), near };
            Ok((after, Parsed { shape, weekday: Some((day, name)), rest: after }))
        }
        _ if bare_past => fail(input),
        Word::Unit(Unit::Day) if which == Which::Next => done(after, Shape::Elsewhere),
        Word::Unit(Unit::Day | Unit::Century | Unit::Decade) => fail(input),
        Word::Unit(unit) => done(after, Shape::Unit { which, unit, part }),
        Word::Month(_) => {
            let (after, shape) = month_alone(rest, Some(which), part)?;
            done(after, shape)
        }
        Word::Season(season) => done(after, Shape::Season { season, year: None, which: Some(which) }),
        Word::Hours => match which {
            Which::Last => done(after, Shape::Day { offset: -1 }),
            Which::This => done(after, Shape::Day { offset: 0 }),
            Which::Next => fail(input),
        },
        _ => fail(input),
    }
}

/// “late Wednesday”, “mid-April”, “earlier this week”, “later in the month”, “early 2018”.
fn part_of(input: &str) -> Answer<'_> {
    let (rest, part) =
        map_opt(entry, |word| if let Word::Part(part) = word { Some(part) } else { None }).parse(input)?;
    let (rest, hyphen) = alt((value(true, one_of("-‑")), value(false, gap))).parse(rest)?;
    let counting = matches!(part, Part::Earlier | Part::Later);
    if !hyphen {
        let mut in_the = preceded((whole("in"), gap, whole("the"), gap), entry);
        if let Ok((after, Word::Unit(unit))) = in_the.parse(rest) {
            return match unit {
                Unit::Week | Unit::Month | Unit::Year => {
                    done(after, Shape::Unit { which: Which::This, unit, part: Some(part) })
                }
                Unit::Day => done(after, Shape::Elsewhere),
                _ => fail(input),
            };
        }
        if let Ok((after, parsed)) = which_one(rest, Some(part)) {
            return Ok((after, parsed));
        }
        if counting && let Ok((after, parsed)) = named_day(rest) {
            return Ok((after, parsed));
        }
        let (on_day, _) = opt((whole("on"), gap)).parse(rest)?;
        if let Ok((after, (day, name, true))) = weekday(on_day) {
            let (after, _) = opt(preceded(gap, hours)).parse(after)?;
            // “late Tuesday, April 1”: the part of the day changes nothing, the date does.
            let parsed =
                from_weekday(on_day, 0).filter(|parsed| parsed.rest.len() < after.len()).unwrap_or(Parsed {
                    shape: Shape::Weekday { which: None, near: false },
                    weekday: Some((day, name)),
                    rest: after,
                });
            return Ok((parsed.rest, parsed));
        }
    }
    if counting {
        return fail(input);
    }
    let (in_month, _) = opt((whole("in"), gap)).parse(rest)?;
    if let Ok((after, shape)) = month_alone(in_month, None, Some(part)) {
        return done(after, shape);
    }
    let mut in_decade = preceded(opt((whole("the"), gap)), decade);
    if let Ok((after, year)) = in_decade.parse(in_month) {
        return done(after, Shape::Decade { year, part: Some(part) });
    }
    let (after, year) = year(in_month)?;
    done(after, Shape::Year { year, part: Some(part) })
}

/// “spring 2018”, “the summer of 2019”, from the season on.
fn season(input: &str) -> Answer<'_> {
    let (rest, season) =
        map_opt(entry, |word| if let Word::Season(season) = word { Some(season) } else { None })
            .parse(input)?;
    let (rest, year) = preceded((gap, opt((whole("of"), gap))), year).parse(rest)?;
    done(rest, Shape::Season { season, year: Some(year), which: None })
}

/// “three days ago”, “a week from now”, “two weeks later”.
fn counted(input: &str) -> Answer<'_> {
    let in_words = map_opt(entry, |word| if let Word::Number(number) = word { Some(number) } else { None });
    let in_digits = map_opt(digits(1, 3), |digits: &str| digits.parse().ok());
    let (rest, count) = alt((in_words, in_digits)).parse(input)?;
    let (rest, unit) = preceded(
        gap,
        map_opt(entry, |word| match word {
            Word::Unit(unit) | Word::Units(unit) => Some(unit),
            _ => None,
        }),
    )
    .parse(rest)?;
    let (rest, _) = gap(rest)?;
    if let Ok((rest, _)) = whole("ago").parse(rest) {
        return done(rest, Shape::Ago { count, unit });
    }
    let mut from_now = (whole("from"), gap, alt((whole("now"), whole("today"))));
    if let Ok((rest, _)) = from_now.parse(rest) {
        return done(rest, Shape::Ahead { count, unit });
    }
    let elsewhere = alt((whole("earlier"), whole("later"), whole("before"), whole("after")));
    map(elsewhere, |_| ()).parse(rest).and_then(|(rest, ())| done(rest, Shape::Elsewhere))
}

/// “day before yesterday”, “day after tomorrow”, “day before”, from the word “day” on.
fn neighbour(input: &str) -> Answer<'_> {
    let (rest, _) = verify(entry, |word| *word == Word::Unit(Unit::Day)).parse(input)?;
    let (rest, before) =
        preceded(gap, alt((value(true, whole("before")), value(false, whole("after"))))).parse(rest)?;
    let mut named = preceded(gap, entry);
    match named.parse(rest) {
        Ok((after, Word::Day(-1))) if before => done(after, Shape::Day { offset: -2 }),
        Ok((after, Word::Day(1))) if !before => done(after, Shape::Day { offset: 2 }),
        _ => done(rest, Shape::Elsewhere),
    }
}
