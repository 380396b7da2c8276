//! Days reckoned from the day of publication: the latest Thursday, last week, three months ago.

use crate::calendar::{Day, Interval, Weekday};
use crate::syntax::dates::{Part, Unit, Which};
use crate::syntax::tense::Tense;

/// The third of a stretch that a part of it names, with room on the inner side: “late March” may begin at its
/// middle.
pub fn part_of(whole: Interval, part: Option<Part>) -> Interval {
    let (Some(from), Some(to)) = (whole.from, whole.to) else { return whole };
    let half = to.days_since(from) / 2;
    match part {
        Some(Part::Early | Part::Earlier) => Interval { from: whole.from, to: Some(from.plus(half)) },
        Some(Part::Late | Part::Later) => Interval { from: Some(to.plus(-half)), to: whole.to },
        Some(Part::Mid) => Interval { from: Some(from.plus(half / 3)), to: Some(to.plus(-half / 3)) },
        None => whole,
    }
}

/// A weekday counted from the publication. Without “last” or “next” the publication's own weekday is that day.
pub fn weekday(
    named: Weekday,
    which: Option<Which>,
    near: bool,
    published: Day,
    tense: impl Fn() -> Tense,
) -> Option<Interval> {
    let before = published.plus(-1).on_or_before(named);
    let after = published.plus(1).on_or_after(named);
    // On a Thursday “last Monday” is three days ago to some and ten to others, and “next Friday” likewise.
    let this_week =
        |day: Day| day.plus(-(day.weekday() as i32)) == published.plus(-(published.weekday() as i32));
    let wide = |near: Day, far: Day| {
        if this_week(near) { Interval::between(near, far) } else { Interval::day(near) }
    };
    Some(match which {
        Some(Which::Last) if near => Interval::day(before),
        Some(Which::Next) if near => Interval::day(after),
        Some(Which::Last) => wide(before, before.plus(-7)),
        Some(Which::Next) => wide(after, after.plus(7)),
        None if named == published.weekday() => Interval::day(published),
        Some(Which::This) if named == published.weekday() => Interval::day(published),
        Some(Which::This) | None => match tense() {
            Tense::Past => Interval::day(before),
            Tense::Future => Interval::day(after),
            Tense::Unknown => return None,
        },
    })
}

/// A quarter or a half of a year.
pub fn share(number: u8, of: u8, year: i16) -> Option<Interval> {
    let months = 12 / i32::from(of.max(1));
    let first = Day::new(year, 1, 1)?.plus_months(months * (i32::from(number) - 1));
    Some(Interval::between(first, first.plus_months(months).plus(-1)))
}

/// “last week”, “later this month”. A week is the one that begins on Sunday together with the one that begins on
/// Monday, because English has both; an interval too wide never makes a false conflict.
pub fn stretch(which: Which, unit: Unit, part: Option<Part>, published: Day) -> Option<Interval> {
    let step = i32::from(which.step());
    let monday = published.on_or_before(Weekday::Monday).plus(7 * step);
    let sunday = published.on_or_before(Weekday::Sunday).plus(7 * step);
    let whole = match unit {
        Unit::Week => Interval::between(monday.min(sunday), monday.max(sunday).plus(6)),
        Unit::Weekend => Interval::between(monday.plus(5), monday.plus(6)),
        Unit::Fortnight => Interval::between(monday.plus(-8), monday.plus(13)),
        Unit::Month => {
            let month = published.plus_months(step);
            Interval::month(month.year(), month.month())?
        }
        Unit::Quarter => {
            let month = published.plus_months(3 * step);
            let first = Day::new(month.year(), (month.month() - 1) / 3 * 3 + 1, 1)?;
            Interval::between(first, first.plus_months(3).plus(-1))
        }
        Unit::Year => Interval::year(published.year() + i16::try_from(step).ok()?)?,
        Unit::Day | Unit::Decade | Unit::Century => return None,
    };
    match (which, part) {
        (Which::This, Some(Part::Earlier)) => Some(Interval { from: whole.from, to: Some(published) }),
        (Which::This, Some(Part::Later)) => Some(Interval { from: Some(published), to: whole.to }),
        // “last weekend” on a Sunday is the one before; on a Monday, the day before yesterday.
        (Which::Last, None) if unit == Unit::Weekend => {
            Some(Interval { to: whole.to.map(|day| day.min(published)), ..whole })
        }
        _ => Some(part_of(whole, part)),
    }
}

/// So many days, weeks, months or years before or after the publication, as loosely as people count them.
pub fn counted(unit: Unit, count: i32, published: Day) -> Option<Interval> {
    let around = |day: Day, slack: i32| Interval::between(day.plus(-slack), day.plus(slack));
    Some(match unit {
        Unit::Day => around(published.plus(count), 1),
        Unit::Weekend | Unit::Week => around(published.plus(7 * count), 4),
        Unit::Fortnight => around(published.plus(14 * count), 5),
        Unit::Month => around(published.plus_months(count), 20),
        Unit::Quarter => around(published.plus_months(3 * count), 50),
        Unit::Year => around(published.plus_months(12 * count), 300),
        Unit::Decade | Unit::Century => return None,
    })
}
