//! From the expressions of days that a document holds to the days they stand for.
//!
//! `crate::reference` resolves each expression by itself. What stands inside a quotation is counted from the day of speech, where its attribution names that one day; else only
//! a date with its year is resolved there.

use super::{DateFact, DateKind, Occasion, Phrase, Quotation, QuotationKind, event};
use crate::calendar::{Day, Weekday};
use crate::reference::{Clause, DateContext};
use crate::source::{Prose, ProseSpan, Span};
use crate::syntax::Parse;
use crate::syntax::dates::{self, Expression, Shape};
use crate::syntax::occasion::{self, YearOccasion};

/// All expressions of days in a document, in order.
///
/// `quoted` holds the ranges of its quotations in the file's text, ascending, each with its day of speech where that
/// is known; `published` is the day from which relative expressions outside them count. Spans in the answer are
/// ranges of the file's text.
pub fn resolve(
    prose: &Prose<'_>,
    parse: &Parse<'_>,
    quoted: &[(Span, Option<Day>)],
    published: Option<Day>,
) -> Vec<DateFact> {
    let mut facts = Vec::new();
    for (block, tokens) in parse.block_tokens() {
        let text = block.span.of(&prose.text);
        let in_prose =
            |span: ProseSpan| ProseSpan::new(block.span.start + span.start, block.span.start + span.end);
        let place = |span: ProseSpan| prose.to_text(in_prose(span));
        let mut year = None;
        let mut before: Option<Expression> = None;
        for expression in dates::each_of(text, block.span.start, parse.all_words(tokens)) {
            let span = place(expression.span);
            let spoken = within(quoted, span);
            let from = spoken.unwrap_or(published);
            let words = parse.words_around(block.span.start + expression.span.start);
            let at = words.indices_of(in_prose(expression.span));
            let clause = Clause::Words(words, at);
            let context = DateContext { text, expression: &expression, published: from, year, clause };
            let mut fact = fact(&context, spoken.is_some(), place);
            year = context.year_said().or(year);
            if let Some(event) = event::dated(text, expression.span) {
                let words = event.span.of(text).to_owned();
                fact.event = Some(Phrase { span: place(event.span), text: words });
                fact.event_ends = event.ends;
            }
            fact.occasion = occasion_of(text, &expression).map(|found| Occasion {
                span: place(found.span),
                text: found.text,
                nations: found.nations,
            });
            if let Some((weekday, day)) =
                before.as_ref().and_then(|one| paired(text, one, &expression, &fact))
            {
                (fact.weekday, fact.day, fact.interval) = (Some((weekday, span)), Some(day), None);
            }
            before = Some(expression);
            facts.push(fact);
        }
    }
    // “The 2026 presidential election”: the one nation that the whole text names is meant.
    let bare = |fact: &DateFact| fact.occasion.as_ref().is_some_and(|it| it.nations.is_empty());
    if facts.iter().any(bare)
        && let Some(nation) = occasion::one_nation(&prose.text)
    {
        let unsaid = facts.iter_mut().filter_map(|fact| fact.occasion.as_mut());
        unsaid.filter(|it| it.nations.is_empty()).for_each(|it| it.nations.push(nation.to_owned()));
    }
    settle_years(&mut facts, published);
    facts
}

/// “Monday and Thursday, June 2 and 5”: the weekday and the day of the two that do not go together, where one pair does
/// not. `first` is the bare weekday before the date, and `fact` what is known of the date.
fn paired(text: &str, first: &Expression, second: &Expression, fact: &DateFact) -> Option<(Weekday, Day)> {
    let between = text.get(first.span.end as usize..second.span.start as usize)?.trim();
    let (one, _) = first.weekday?;
    let bare = matches!(first.shape, Shape::Weekday { which: None, .. });
    if !bare || !matches!(between, "and" | "&") || !matches!(second.shape, Shape::Civil { .. }) {
        return None;
    }
    let (name, _) = fact.text.split_once(',')?;
    let other = Weekday::ALL.into_iter().find(|day| day.name() == name)?;
    let rest = text.get(second.span.end as usize..)?;
    let number = [" and ", " & "].iter().find_map(|join| rest.strip_prefix(join))?;
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let day = fact.day?;
    let last = Day::new(day.year(), day.month(), number[..digits].parse().ok()?)?;
    let wrong = |weekday: Weekday, day: Day| day.weekday() != weekday;
    [(one, day), (other, last)].into_iter().find(|(weekday, day)| wrong(*weekday, *day))
}

/// What a year, alone or behind its month, belongs to.
fn occasion_of(text: &str, expression: &Expression) -> Option<YearOccasion> {
    let end = expression.span.end;
    match expression.shape {
        Shape::Year { part: None, .. } => occasion::of_year(text, ProseSpan::new(end.checked_sub(4)?, end)),
        // “the elections of November 2027”, “the 2027 elections”: the month belongs to the year.
        Shape::Month { year: Some(_), .. } => occasion::of_year(text, expression.span),
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

/// The fact; `place` turns a range of the block's text into one of the file.
fn fact(context: &DateContext<'_>, quoted: bool, place: impl Fn(ProseSpan) -> Span) -> DateFact {
    let day = context.day();
    let interval = context.days(day);
    DateFact {
        span: place(context.expression.span),
        text: context.expression.span.of(context.text).to_owned(),
        kind: kind(context.expression),
        weekday: context.expression.weekday.map(|(weekday, span)| (weekday, place(span))),
        day,
        interval,
        impossible: context.impossible(),
        quoted,
        absolute: context.year_said().is_some(),
        told_past: !quoted
            && matches!(context.expression.shape, Shape::Civil { .. })
            && context.is_told_past(day),
        occasion: None,
        event: None,
        event_ends: false,
    }
}

fn kind(expression: &Expression) -> DateKind {
    match expression.shape {
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

/// A date without a year whose weekday contradicts it may belong to a year that the document names elsewhere:
/// then nothing is known about it. A date near the publication is news: for it only a year named nearby counts.
fn settle_years(facts: &mut [DateFact], published: Option<Day>) {
    let mut years = facts
        .iter()
        .filter(|fact| fact.absolute)
        .filter_map(|fact| Some((fact.interval?.from?.year(), fact.span.start)))
        .collect::<Vec<_>>();
    years.sort_unstable();
    years.dedup();
    for fact in facts.iter_mut().filter(|fact| !fact.absolute && fact.kind != DateKind::RelativeDay) {
        let (Some(day), Some((weekday, _))) = (fact.day, fact.weekday) else { continue };
        let news = published.is_some_and(|published| day.days_since(published).abs() <= NEWS);
        // What is still to come is of no year before, whatever year stands beside it.
        let ahead = published.is_some_and(|published| day > published) && !fact.told_past && news;
        let fits = |&(year, at): &(i16, u32)| {
            let near = at.abs_diff(fact.span.start) <= NEARBY && !(ahead && year < day.year());
            (near || !news)
                && Day::new(year, day.month(), day.day()).is_some_and(|day| day.weekday() == weekday)
        };
        if weekday != day.weekday() && years.iter().any(fits) {
            fact.day = None;
        }
    }
}

/// Days from the publication within which a date is news.
const NEWS: i32 = 45;

/// Bytes between a year and a date of news that may be of that year: about two sentences.
const NEARBY: u32 = 240;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Interval;
    use crate::lexicon::Language;
    use crate::source::{Block, BlockKind};
    use crate::syntax::Extent;
    use crate::syntax::marks::Conventions;

    /// The facts of one paragraph published on Thursday, April 17, 2025.
    fn facts(text: &str) -> Vec<DateFact> {
        let block = Block { kind: BlockKind::Paragraph, span: ProseSpan::new(0, text.len() as u32) };
        let prose =
            Prose { text: text.into(), pieces: Vec::new(), blocks: vec![block], languages: Vec::new() };
        resolve(
            &prose,
            &Parse::of(&prose, Language::english(), Extent::Everything, Conventions::default()),
            &[],
            Day::new(2025, 4, 17),
        )
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
        let prose =
            Prose { text: text.into(), pieces: Vec::new(), blocks: vec![block], languages: Vec::new() };
        let day = |spoken: Option<Day>| {
            let parse = Parse::of(&prose, Language::english(), Extent::Everything, Conventions::default());
            let facts = resolve(&prose, &parse, &[(Span::new(0, 24), spoken)], Day::new(2025, 4, 17));
            facts.iter().map(|fact| fact.interval.and_then(Interval::single)).collect::<Vec<_>>()
        };
        let published = [Day::new(2025, 4, 14), Day::new(2025, 4, 16)];
        assert_eq!(day(Day::new(2025, 4, 14)), [Day::new(2025, 4, 13), published[0], published[1]]);
        assert_eq!(day(None), [None, published[0], published[1]]);
    }

    #[test]
    fn a_wide_space_breaks_no_date() {
        for text in [
            "The bridge closes on August\u{a0}17 (Tuesday).",
            "She said last\u{a0}Monday April 24 will be wet.",
            "senator\u{2003}board last\u{a0}\u{a0} Monday",
            "on\u{3000}Friday\u{2009}the\u{a0}18th",
        ] {
            let places = facts(text).into_iter().all(|fact| text.get(fact.span.range()).is_some());
            assert!(places, "{text}");
        }
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
