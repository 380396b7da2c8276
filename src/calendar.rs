//! Civil days and intervals of days, in the proleptic Gregorian calendar. `jiff` lives here, and only here.

use jiff::civil;
use serde::{Deserialize, Serialize};

/// A weekday, Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names of the days say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The English name.
    pub const fn name(self) -> &'static str {
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][self as usize]
    }

    /// The weekday of that number, Monday being 1 and Sunday 7.
    pub fn from_number(number: i8) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?.checked_sub(1)?).copied()
    }

    /// Days from this weekday forward to the next `other`: 0 to 6.
    pub const fn until(self, other: Self) -> i32 {
        (other as i32 - self as i32).rem_euclid(7)
    }
}

/// The English names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The most days that `month` (1 to 12) has in any year; 0 for a number that is no month.
pub const fn longest_month(month: i8) -> i8 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// One civil day. Written as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(civil::Date);

impl Day {
    /// The day, or `None` where the month has no such day; years run from -9999 to 9999.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        let month = parts.next().filter(|m| m.len() == 2)?.parse().ok()?;
        let day = parts.next().filter(|d| d.len() == 2)?.parse().ok()?;
        Self::new(year, month, day)
    }

    /// Year, e.g. 2025.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// Which day of the week it is.
    pub fn weekday(self) -> Weekday {
        Weekday::ALL[self.0.weekday().to_monday_zero_offset().rem_euclid(7) as usize]
    }

    /// The day `days` later (earlier where negative); the calendar's last day where it would run out.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days.clamp(-7_304_484, 7_304_484))))
    }

    /// The same day `months` later, or the last day of that month where it is shorter.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().months(months.clamp(-239_976, 239_976))))
    }

    /// The latest `weekday` on or before this day.
    #[must_use]
    pub fn on_or_before(self, weekday: Weekday) -> Self {
        self.plus(-weekday.until(self.weekday()))
    }

    /// The first `weekday` on or after this day.
    #[must_use]
    pub fn on_or_after(self, weekday: Weekday) -> Self {
        self.plus(self.weekday().until(weekday))
    }

    /// The way a desk writes it: “April 17, 2025”.
    pub fn long(self) -> String {
        format!("{} {}, {}", MONTHS[self.month() as usize - 1], self.day(), self.year())
    }

    /// Days from `earlier` to this one; negative where this one is the earlier.
    pub fn days_since(self, earlier: Self) -> i32 {
        earlier.0.until(self.0).map_or(0, |span| span.get_days())
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// An interval of days, both ends included; an absent end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// First day, or open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Last day, or open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

impl Interval {
    /// One day.
    pub const fn day(day: Day) -> Self {
        Self { from: Some(day), to: Some(day) }
    }

    /// All of a year.
    pub fn year(year: i16) -> Option<Self> {
        Some(Self { from: Some(Day::new(year, 1, 1)?), to: Some(Day::new(year, 12, 31)?) })
    }

    /// All of a month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Day::new(year, month, 1)?;
        Some(Self { from: Some(first), to: Some(Day(first.0.last_of_month())) })
    }

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD` as the interval it stands for.
    pub fn parse_partial(text: &str) -> Option<Self> {
        match text.len() {
            4 => Self::year(text.parse().ok()?),
            7 => Self::month(text.get(..4)?.parse().ok()?, text.get(4..)?.strip_prefix('-')?.parse().ok()?),
            _ => Day::parse_iso(text).map(Self::day),
        }
    }

    /// From one day to another, both included; the two in either order.
    pub fn between(one: Day, other: Day) -> Self {
        Self { from: Some(one.min(other)), to: Some(one.max(other)) }
    }

    /// The smallest interval that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        let from = self.from.zip(other.from).map(|(a, b)| a.min(b));
        let to = self.to.zip(other.to).map(|(a, b)| a.max(b));
        Self { from, to }
    }

    /// Does it hold `day`? Open ends hold everything on their side.
    pub fn covers(self, day: Day) -> bool {
        self.meets(Self::day(day))
    }

    /// Could both be true of one day? Open ends meet everything.
    pub fn meets(self, other: Self) -> bool {
        let before = |a: Option<Day>, b: Option<Day>| matches!((a, b), (Some(a), Some(b)) if a < b);
        !before(self.to, other.from) && !before(other.to, self.from)
    }

    /// The one day it stands for, where it is a single day.
    pub fn single(self) -> Option<Day> {
        self.from.filter(|_| self.from == self.to)
    }
}
