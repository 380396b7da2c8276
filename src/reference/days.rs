//! The days that an expression stands for.
//!
//! What is written without a year, or as a weekday alone, is counted from the day of publication: back where
//! the clause tells of the past, on where it tells of the future, and not at all where it tells neither.

use std::ops::Range;

use super::reckoning::{counted, part_of, share, stretch, weekday};
use crate::calendar::{Day, Interval, Weekday, longest_month};
use crate::lexicon::Class;
use crate::syntax::clause::view::TokenView;
use crate::syntax::dates::{Expression, Shape, Unit, Which};
use crate::syntax::tense::{self, Tense};

/// How far a date without a year may lie from the publication, in days: nearer than this it is the nearest
/// such day, and there is only one within half a year on either side.
const HALF_YEAR: i32 = 183;

/// Within this many days of the publication a date without a year is that nearest day and no other.
const SEASON: i32 = 90;

/// One expression where it stands.
pub struct DateContext<'a> {
    /// The text that its places count in.
    pub text: &'a str,
    /// The expression.
    pub expression: &'a Expression,
    /// The day from which relative expressions count.
    pub published: Option<Day>,
    /// The latest year written out before it in its block.
    pub year: Option<i16>,
    /// What tells whether its clause is about the past.
    pub clause: Clause<'a>,
}

/// What tells the tense of the clause that an expression stands in.
pub enum Clause<'a> {
    /// The words around it, and which of them are the expression's.
    Words(TokenView<'a>, Range<usize>),
    /// Its cue: what was said there was said then.
    Cue(Tense),
}

impl DateContext<'_> {
    /// The year it writes out.
    pub fn year_said(&self) -> Option<i16> {
        match self.expression.shape {
            Shape::Civil { year, .. }
            | Shape::Numeric { year, .. }
            | Shape::Range { year, .. }
            | Shape::Month { year, .. }
            | Shape::Season { year, .. }
            | Shape::Share { year, .. } => year,
            Shape::Fiscal { year } | Shape::Year { year, .. } => Some(year),
            _ => None,
        }
    }

    /// The days it stands for, where `day` is the one that it names. Where weekday and date disagree, which of the
    /// two is right is for the desk to say.
    pub fn days(&self, day: Option<Day>) -> Option<Interval> {
        match (self.expression.weekday, day) {
            (Some((weekday, _)), Some(day)) if weekday != day.weekday() => None,
            _ => self.interval(day),
        }
    }

    /// Does it name a day that the calendar does not have?
    pub fn impossible(&self) -> bool {
        let missing = |year: Option<i16>, month: i8, day: i8| match year {
            Some(year) => Day::new(year, month, day).is_none(),
            None => day > longest_month(month),
        };
        match self.expression.shape {
            Shape::Civil { year, month, day } => missing(year, month, day),
            Shape::Range { from, to, year } => missing(year, from.0, from.1) || missing(year, to.0, to.1),
            Shape::Numeric { first, second, year } => {
                missing(year, first, second) && missing(year, second, first)
            }
            _ => false,
        }
    }

    /// The one day that month and number name.
    pub fn day(&self) -> Option<Day> {
        match self.expression.shape {
            Shape::Civil { year, month, day } => self.in_year(year, month, day),
            Shape::Range { from, year, .. } => self.in_year(year, from.0, from.1),
            Shape::Numeric { first, second, year: Some(year) } => {
                let readings = [Day::new(year, first, second), Day::new(year, second, first)];
                let named = self.expression.weekday.map(|(weekday, _)| weekday);
                let fits = |day: &Day| Some(day.weekday()) == named;
                match readings {
                    [Some(one), Some(other)] if one == other => Some(one),
                    // A weekday beside it shows the order, unless it goes with both readings or with neither.
                    [Some(one), Some(other)] if fits(&one) != fits(&other) => {
                        Some(if fits(&one) { one } else { other })
                    }
                    // A weekday that goes with neither reading is wrong in both.
                    [Some(one), Some(other)] if named.is_some() && !fits(&one) && !fits(&other) => Some(one),
                    [Some(one), None] | [None, Some(one)] => Some(one),
                    _ => None,
                }
            }
            // “today, Thursday,” names its day twice.
            Shape::Day { offset } if self.expression.weekday.is_some() => {
                self.published.map(|published| published.plus(offset.into()))
            }
            _ => None,
        }
    }

    /// The day of that month and number, in `year` or else in the year that the clause lets it mean.
    fn in_year(&self, year: Option<i16>, month: i8, day: i8) -> Option<Day> {
        if let Some(year) = year {
            return Day::new(year, month, day);
        }
        let published = self.published?;
        // Under another year named just before, “on March 18” may belong to that year or to this one.
        if self.year.is_some_and(|year| year != published.year()) {
            return None;
        }
        let around = [-1, 0, 1].map(|years| Day::new(published.year() + years, month, day));
        let near = |day: &Day| day.days_since(published).abs() <= HALF_YEAR;
        let nearest = around.into_iter().flatten().find(near)?;
        // Far from the publication a weekday that only the next year's or the last year's date has is a hint
        // that this is the year meant.
        let Some((weekday, _)) = self.expression.weekday else { return Some(nearest) };
        let far = nearest.days_since(published).abs() > SEASON && nearest.weekday() != weekday;
        // “The primary is on Tuesday, June 9”: what is still to come is not of the year before.
        let ahead = nearest > published && self.is_announced();
        let far = far && !ahead;
        if far && around.into_iter().flatten().any(|day| day.weekday() == weekday) {
            None
        } else {
            Some(nearest)
        }
    }

    fn interval(&self, day: Option<Day>) -> Option<Interval> {
        match self.expression.shape {
            // A weekday that fits shows which year is meant, whatever the verb: it fits one year only.
            Shape::Civil { year: None, .. } if self.expression.weekday.is_some() => day.map(Interval::day),
            Shape::Civil { year: None, .. } => day.and_then(|day| self.by_tense(day)).map(Interval::day),
            Shape::Civil { .. } | Shape::Numeric { .. } => day.map(Interval::day),
            Shape::Range { to, year, .. } => {
                let from = day?;
                let last = Day::new(year.unwrap_or(from.year()), to.0, to.1)?;
                (last >= from).then(|| Interval::between(from, last))
            }
            Shape::Month { month, year: Some(year), part, .. } => {
                Interval::month(year, month).map(|month| part_of(month, part))
            }
            Shape::Share { number, of, year: Some(year), .. } => share(number, of, year),
            // Years of account begin in any month of the year they are named after or of the one before.
            Shape::Fiscal { year } => {
                Some(Interval { from: Day::new(year - 1, 1, 1), to: Day::new(year + 1, 6, 30) })
            }
            Shape::Decade { year, part } => Interval::year(year)
                .zip(Interval::year(year + 9))
                .map(|(one, ten)| part_of(one.join(ten), part)),
            Shape::Year { year, part } => Interval::year(year).map(|year| part_of(year, part)),
            // South of the equator summer is in January, and nothing here says where the text is.
            Shape::Season { year: Some(year), .. } => {
                Some(Interval { from: Day::new(year, 1, 1), to: Day::new(year + 1, 3, 31) })
            }
            _ => self.relative(self.published?),
        }
    }

    /// A date without a year by the tense of its clause: half a year off either way it is not moved.
    fn by_tense(&self, near: Day) -> Option<Day> {
        let published = self.published?;
        let away = near.days_since(published);
        let shifted = |years: i32| {
            Day::new(i16::try_from(i32::from(near.year()) + years).ok()?, near.month(), near.day())
        };
        match self.tense() {
            // “Said on May 9” in a story of May 2 is a slip, and no day of last year.
            Tense::Past if self.hangs_on_cue() && (2..=SLIP).contains(&away) => Some(near),
            Tense::Past if away > FORWARD => shifted(-1),
            Tense::Past if away > 1 => None,
            Tense::Future if away < -FORWARD => shifted(1),
            _ => Some(near),
        }
    }

    fn tense(&self) -> Tense {
        match &self.clause {
            Clause::Words(view, at) => tense::around(*view, at.clone()),
            Clause::Cue(tense) => *tense,
        }
    }

    const fn hangs_on_cue(&self) -> bool {
        matches!(self.clause, Clause::Cue(_))
    }

    /// Is the day said to come: “will be on Tuesday, June 9”, “is on Tuesday, June 9”?
    fn is_announced(&self) -> bool {
        let before = self.text.get(..self.expression.span.start as usize).unwrap_or("");
        [" is on ", " are on ", " is set for "].iter().any(|words| before.ends_with(words))
            || self.tense() == Tense::Future
    }

    /// Does the clause begin with this day (“On May 9 she had written”, “that on May 9 they met”) and tell of it as past,
    /// although it lies after the publication?
    pub fn is_told_past(&self, day: Option<Day>) -> bool {
        let (Some(day), Some(published)) = (day, self.published) else { return false };
        let away = day.days_since(published);
        if !(2..=SOON).contains(&away) {
            return false;
        }
        let Clause::Words(view, at) = &self.clause else { return false };
        leads_its_clause(*view, at.clone()) && tense::around(*view, at.clone()) == Tense::Past
    }

    /// What is counted from the day of publication.
    fn relative(&self, published: Day) -> Option<Interval> {
        match self.expression.shape {
            Shape::Weekday { which, near } => {
                weekday(self.expression.weekday?.0, which, near, published, || self.tense())
            }
            Shape::Day { offset } => Some(Interval::day(published.plus(offset.into()))),
            Shape::DayOfMonth { day } => self.day_of_month(day, published).map(Interval::day),
            // “This past week” are the days just gone, on a Sunday as on a Friday.
            Shape::Unit { which: Which::Last, unit: Unit::Week, .. }
                if self.expression.is_near(self.text) =>
            {
                Some(Interval::between(published.plus(-8), published))
            }
            Shape::Unit { which: Which::Next, unit: Unit::Week, .. }
                if self.expression.is_near(self.text) =>
            {
                Some(Interval::between(published, published.plus(8)))
            }
            Shape::Share { number, of, which: Some(which), .. } => {
                share(number, of, published.year() + i16::from(which.step()))
            }
            Shape::Unit { which: Which::This, unit: Unit::Weekend, part } => match self.tense() {
                // On a Tuesday “this weekend” is the one that was or the one to come.
                _ if published.weekday() >= Weekday::Friday => {
                    stretch(Which::This, Unit::Weekend, part, published)
                }
                Tense::Past => stretch(Which::Last, Unit::Weekend, part, published),
                Tense::Future => stretch(Which::This, Unit::Weekend, part, published),
                Tense::Unknown => None,
            },
            Shape::Unit { which, unit, part } => stretch(which, unit, part, published),
            Shape::Ago { count, unit } => counted(unit, -i32::from(count), published),
            Shape::Ahead { count, unit } => counted(unit, i32::from(count), published),
            Shape::Month { month, year: None, which, part } => {
                self.month(month, which, published).map(|month| part_of(month, part))
            }
            Shape::Season { year: None, which: Some(which), .. } => Some(match which {
                Which::Last => Interval { from: Some(published.plus_months(-18)), to: Some(published) },
                Which::This => {
                    Interval { from: Some(published.plus_months(-12)), to: Some(published.plus_months(12)) }
                }
                Which::Next => Interval { from: Some(published), to: Some(published.plus_months(18)) },
            }),
            _ => None,
        }
    }

    /// “Friday the 18th”: the one day of the months around that has both.
    fn day_of_month(&self, day: i8, published: Day) -> Option<Day> {
        let weekday = self.expression.weekday?.0;
        let first = Day::new(published.year(), published.month(), 1)?;
        let months: &[i32] = match self.tense() {
            Tense::Past => &[-1, 0],
            Tense::Future => &[0, 1],
            Tense::Unknown => &[-1, 0, 1],
        };
        let mut fitting = months
            .iter()
            .filter_map(|&month| {
                let first = first.plus_months(month);
                Day::new(first.year(), first.month(), day)
            })
            .filter(|day| day.weekday() == weekday);
        fitting.next().filter(|_| fitting.next().is_none())
    }

    fn month(&self, month: i8, which: Option<Which>, published: Day) -> Option<Interval> {
        if self.year.is_some_and(|year| year != published.year()) {
            return None;
        }
        let here = published.month();
        let year = published.year();
        let latest = if month <= here { year } else { year - 1 };
        match which {
            // In May “last April” is a month or thirteen months ago.
            Some(Which::Last) => {
                let near = Interval::month(if month < here { year } else { year - 1 }, month)?;
                Some(near.join(Interval::month(year - 1, month)?))
            }
            Some(Which::This) => Interval::month(year, month),
            Some(Which::Next) => {
                let near = Interval::month(if month > here { year } else { year + 1 }, month)?;
                Some(near.join(Interval::month(year + 1, month)?))
            }
            None if month == here => Interval::month(year, month),
            None => match self.tense() {
                Tense::Past => Interval::month(latest, month),
                Tense::Future => Interval::month(if month >= here { year } else { year + 1 }, month),
                Tense::Unknown => None,
            },
        }
    }
}

/// Days after the publication within which a day told as past is a slip; a later one has a wrong year or month.
const SOON: i32 = 400;

/// Does the clause begin with the tokens `at`, a preposition before them passed over, and go on with a subject?
fn leads_its_clause(view: TokenView<'_>, at: Range<usize>) -> bool {
    let before = at.start.checked_sub(1);
    let lead = before.filter(|&at| view.tokens[at].is_word() && view.tokens[at].is(Class::PREPOSITION));
    let opens = lead.map_or(before, |lead| lead.checked_sub(1)).is_none_or(|at| {
        let token = &view.tokens[at];
        token.is_final() || token.is_word() && token.is(Class::SUBORDINATOR) && !token.is(Class::PREPOSITION)
    });
    let after = view.tokens.get(at.end);
    let subject = Class::DETERMINER.or(Class::POSSESSIVE).or(Class::SUBJECT).or(Class::CAPITAL);
    opens && after.is_some_and(|token| token.is_word() && token.is(subject))
}

/// Words said on a day so few days after the publication were said on a day wrongly given.
const SLIP: i32 = 30;

/// A date without a year this many days on the wrong side of the publication is moved to the next year or
/// the one before; nearer ones are left alone, because there a slip of the pen is as likely.
const FORWARD: i32 = 60;
