//! From the expressions of days that a document holds to the days they stand for.
//!
//! What is written without a year, or as a weekday alone, is counted from the day of publication: back where
//! the clause tells of the past, on where it tells of the future, and not at all where it tells neither. What
//! stands inside a quotation is counted from the day of speech, where its attribution names that one day; else only
//! a date with its year is resolved there.

use super::reckoning::{counted, part_of, share, stretch, weekday};
use super::{DateFact, DateKind, Occasion, Quotation, QuotationKind, occasion};
use crate::calendar::{Day, Interval, Weekday, longest_month};
use crate::source::{Prose, ProseSpan, Span};
use crate::syntax::dates::{self, Expression, Shape, Unit, Which};
use crate::syntax::tense::{self, Tense};

/// How far a date without a year may lie from the publication, in days: nearer than this it is the nearest
/// such day, and there is only one within half a year on either side.
const HALF_YEAR: i32 = 183;

/// Within this many days of the publication a date without a year is that nearest day and no other.
const SEASON: i32 = 90;

/// All expressions of days in a document, in order.
///
/// `quoted` holds the ranges of its quotations in the file's text, ascending, each with its day of speech where that
/// is known; `published` is the day from which relative expressions outside them count. Spans in the answer are
/// ranges of the file's text.
pub fn resolve(prose: &Prose<'_>, quoted: &[(Span, Option<Day>)], published: Option<Day>) -> Vec<DateFact> {
    let mut facts = Vec::new();
    for block in &prose.blocks {
        let text = block.span.of(&prose.text);
        let place = |span: ProseSpan| {
            prose.to_text(ProseSpan::new(block.span.start + span.start, block.span.start + span.end))
        };
        let mut year = None;
        for expression in dates::find(text) {
            let span = place(expression.span);
            let spoken = within(quoted, span);
            let from = spoken.unwrap_or(published);
            let reading = DateContext { text, expression: &expression, published: from, year, tense: None };
            let mut fact = reading.fact(spoken.is_some(), place);
            year = reading.year_said().or(year);
            fact.occasion = occasion_of(text, &expression).map(|occasion| occasion.in_file(place));
            facts.push(fact);
        }
    }
    settle_years(&mut facts);
    facts
}

/// What a year, alone or behind its month, belongs to.
fn occasion_of(text: &str, expression: &Expression) -> Option<Occasion<ProseSpan>> {
    let end = expression.span.end;
    match expression.shape {
        Shape::Year { part: None, .. } | Shape::Month { year: Some(_), .. } => {
            occasion::of_year(text, ProseSpan::new(end.checked_sub(4)?, end))
        }
        _ => None,
    }
}

/// The ranges of a document's quotations that are speech, ascending, with the day of each where it is known: the dates
/// in them are the speaker's.
pub fn spoken(quotations: &[Quotation]) -> Vec<(Span, Option<Day>)> {
    let speech = |quotation: &&Quotation| {
        !matches!(quotation.kind, QuotationKind::Scare | QuotationKind::Title) && quotation.level == 0
    };
    let day = |quotation: &Quotation| quotation.attribution.as_ref()?.said_on?.single();
    quotations.iter().filter(speech).map(|quotation| (quotation.span, day(quotation))).collect()
}

/// The day of the one of the ascending `ranges` in which `span` lies. Nested ranges may follow the one around them.
fn within(ranges: &[(Span, Option<Day>)], span: Span) -> Option<Option<Day>> {
    let after = ranges.partition_point(|(range, _)| range.start <= span.start);
    // A quotation may hold others that end before the span: look back past those, as deep as marks nest.
    ranges[..after].iter().rev().take(4).find(|(range, _)| range.contains(span)).map(|&(_, day)| day)
}

/// One expression in its block.
struct DateContext<'a> {
    text: &'a str,
    expression: &'a Expression,
    published: Option<Day>,
    /// The latest year written out before it in its block.
    year: Option<i16>,
    /// The tense, where something better than the words around tells it.
    tense: Option<Tense>,
}

/// The days an expression of `text` stands for, where its clause has that tense.
pub(super) fn days(
    text: &str,
    expression: &Expression,
    published: Option<Day>,
    tense: Tense,
) -> Option<Interval> {
    let context = DateContext { text, expression, published, year: None, tense: Some(tense) };
    context.days(context.day())
}

impl DateContext<'_> {
    /// The year it writes out.
    fn year_said(&self) -> Option<i16> {
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
    fn days(&self, day: Option<Day>) -> Option<Interval> {
        match (self.expression.weekday, day) {
            (Some((weekday, _)), Some(day)) if weekday != day.weekday() => None,
            _ => self.interval(day),
        }
    }

    /// The fact; `place` turns a range of the block's text into one of the file.
    fn fact(&self, quoted: bool, place: impl Fn(ProseSpan) -> Span) -> DateFact {
        let day = self.day();
        let interval = self.days(day);
        DateFact {
            span: place(self.expression.span),
            text: self.expression.span.of(self.text).to_owned(),
            kind: self.kind(),
            weekday: self.expression.weekday.map(|(weekday, span)| (weekday, place(span))),
            day,
            interval,
            impossible: self.impossible(),
            quoted,
            absolute: self.year_said().is_some(),
            occasion: None,
        }
    }

    fn kind(&self) -> DateKind {
        match self.expression.shape {
            Shape::Civil { .. } | Shape::Range { .. } | Shape::DayOfMonth { .. } => DateKind::Day,
            Shape::Numeric { .. } => DateKind::Numeric,
            Shape::Month { which: None, .. }
            | Shape::Season { which: None, .. }
            | Shape::Share { .. }
            | Shape::Fiscal { .. }
            | Shape::Decade { .. }
            | Shape::Year { .. } => DateKind::Period,
            Shape::Weekday { which: None, .. } => DateKind::Weekday,
            Shape::Weekday { .. } => DateKind::RelativeWeekday,
            Shape::Day { .. } => DateKind::RelativeDay,
            Shape::Month { .. }
            | Shape::Season { .. }
            | Shape::Unit { .. }
            | Shape::Ago { .. }
            | Shape::Ahead { .. } => DateKind::Relative,
            Shape::Elsewhere => DateKind::Elsewhere,
        }
    }

    fn impossible(&self) -> bool {
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
    fn day(&self) -> Option<Day> {
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
        if far && around.into_iter().flatten().any(|day| day.weekday() == weekday) {
            None
        } else {
            Some(nearest)
        }
    }

    fn interval(&self, day: Option<Day>) -> Option<Interval> {
        match self.expression.shape {
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
            Tense::Past if self.tense.is_some() && (2..=SLIP).contains(&away) => Some(near),
            Tense::Past if away > FORWARD => shifted(-1),
            Tense::Past if away > 1 => None,
            Tense::Future if away < -FORWARD => shifted(1),
            _ => Some(near),
        }
    }

    fn tense(&self) -> Tense {
        self.tense.unwrap_or_else(|| tense::around(self.text, self.expression.span))
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

/// Words said on a day so few days after the publication were said on a day wrongly given.
const SLIP: i32 = 30;

/// A date without a year this many days on the wrong side of the publication is moved to the next year or
/// the one before; nearer ones are left alone, because there a slip of the pen is as likely.
const FORWARD: i32 = 60;

/// A date without a year whose weekday contradicts it may belong to a year that the document names elsewhere:
/// then nothing is known about it.
fn settle_years(facts: &mut [DateFact]) {
    let mut years = facts
        .iter()
        .filter(|fact| fact.absolute)
        .filter_map(|fact| fact.interval?.from)
        .map(Day::year)
        .collect::<Vec<_>>();
    years.sort_unstable();
    years.dedup();
    for fact in facts.iter_mut().filter(|fact| !fact.absolute && fact.kind != DateKind::RelativeDay) {
        let (Some(day), Some((weekday, _))) = (fact.day, fact.weekday) else { continue };
        let fits =
            |year: &i16| Day::new(*year, day.month(), day.day()).is_some_and(|day| day.weekday() == weekday);
        if weekday != day.weekday() && years.iter().any(fits) {
            fact.day = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Block, BlockKind};

    /// The facts of one paragraph published on Thursday, April 17, 2025.
    fn facts(text: &str) -> Vec<DateFact> {
        let block = Block { kind: BlockKind::Paragraph, span: ProseSpan::new(0, text.len() as u32) };
        let prose = Prose { text: text.into(), pieces: Vec::new(), blocks: vec![block] };
        resolve(&prose, &[], Day::new(2025, 4, 17))
    }

    fn impossible(text: &str) -> Vec<String> {
        facts(text).into_iter().filter(|fact| fact.impossible).map(|fact| fact.text).collect()
    }

    fn mismatched(text: &str) -> Vec<String> {
        let wrong = |fact: &DateFact| matches!((fact.weekday, fact.day), (Some((named, _)), Some(day)) if named != day.weekday());
        facts(text).into_iter().filter(wrong).map(|fact| fact.text).collect()
    }

    #[test]
    fn days_in_a_quotation_count_from_the_day_of_speech() {
        let text = "“We met yesterday,” she said on Monday. They met yesterday.";
        let block = Block { kind: BlockKind::Paragraph, span: ProseSpan::new(0, text.len() as u32) };
        let prose = Prose { text: text.into(), pieces: Vec::new(), blocks: vec![block] };
        let day = |spoken: Option<Day>| {
            let facts = resolve(&prose, &[(Span::new(0, 24), spoken)], Day::new(2025, 4, 17));
            facts.iter().map(|fact| fact.interval.and_then(Interval::single)).collect::<Vec<_>>()
        };
        let published = [Day::new(2025, 4, 14), Day::new(2025, 4, 16)];
        assert_eq!(day(Day::new(2025, 4, 14)), [Day::new(2025, 4, 13), published[0], published[1]]);
        assert_eq!(day(None), [None, published[0], published[1]]);
    }

    #[test]
    fn days_that_the_calendar_does_not_have() {
        assert_eq!(impossible("The vote is on June 31."), ["June 31"]);
        assert_eq!(impossible("It ended on Feb. 29, 2023, after dark."), ["Feb. 29, 2023"]);
        assert_eq!(impossible("The file is dated 2025-02-30."), ["2025-02-30"]);
        assert_eq!(impossible("Signed 31/11/2025."), ["31/11/2025"]);
        assert_eq!(impossible("Open April 28–31."), ["April 28–31"]);
        assert_eq!(impossible("the 31st of September"), ["31st of September"]);
        assert_eq!(
            impossible("In June 31 people died; Feb. 29 comes in 2024. In April 31 of them left."),
            [""; 0]
        );
        assert_eq!(
            impossible("See 2025-13-45, version 31.11.2 and 30/30/2020, or June 31 lorries."),
            [""; 0]
        );
    }

    #[test]
    fn weekdays_that_do_not_go_with_their_date() {
        assert_eq!(mismatched("It began on Friday, April 17, 2025."), ["Friday, April 17, 2025"]);
        assert_eq!(mismatched("It began on Thursday, April 17, 2025."), [""; 0]);
        // Without a year the date is the one nearest to the publication.
        assert_eq!(mismatched("It begins on Friday, April 24."), ["Friday, April 24"]);
        assert_eq!(mismatched("It begins on Thursday, April 24."), [""; 0]);
        assert_eq!(mismatched("It begins on April 24 (Friday) at noon."), ["April 24 (Friday)"]);
        // 2008 is named, and in 2008 that day was a Monday.
        assert_eq!(mismatched("The crash of 2008 came on Monday, Sept. 15, a bank said in 2008."), [""; 0]);
        assert_eq!(mismatched("Open Saturday and Sunday, April 19 and 20."), [""; 0]);
        assert_eq!(mismatched("She said on Wednesday April 24 will be the last day."), [""; 0]);
    }
}
