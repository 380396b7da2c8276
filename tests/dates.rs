//! Dates in prose: a table of sentences, every civil day in every format, and what no input may do.
#![expect(clippy::panic, reason = "a failing test panics")]

use proptest::prelude::*;
use sayso::calendar::{Day, Interval, MONTHS, Weekday};
use sayso::facts::{DateFact, dates};
use sayso::lexicon::Language;
use sayso::source::{Block, BlockKind, Prose, ProseSpan};
use sayso::syntax::marks::Conventions;
use sayso::syntax::{Extent, Parse};

/// The facts of one paragraph.
fn facts(text: &str, published: Option<Day>) -> Vec<DateFact> {
    let block = Block { kind: BlockKind::Paragraph, span: ProseSpan::new(0, text.len() as u32) };
    let prose = Prose { text: text.into(), pieces: Vec::new(), blocks: vec![block], languages: Vec::new() };
    let parse = Parse::of(&prose, Language::english(), Extent::Everything, Conventions::default());
    dates::resolve(&prose, &parse, &[], published)
}

/// The day of publication of all tables: a Thursday.
fn published() -> Option<Day> {
    Day::new(2025, 4, 17)
}

/// What a fact resolves to, as the tables write it.
fn answer(fact: &DateFact) -> String {
    if fact.impossible {
        return "impossible".to_owned();
    }
    if matches!((fact.weekday, fact.day), (Some((named, _)), Some(day)) if named != day.weekday()) {
        return "wrong weekday".to_owned();
    }
    match fact.interval {
        Some(Interval { from: Some(from), to: Some(to) }) if from == to => from.to_string(),
        Some(Interval { from: Some(from), to: Some(to) }) => format!("{from}..{to}"),
        Some(half) => format!("{half:?}"),
        None => "undecided".to_owned(),
    }
}

/// Runs a table: the sentence with its expressions in brackets, ` = `, and what each resolves to.
fn check(table: &str) -> usize {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (marked, expected) = line.rsplit_once(" = ").unwrap_or((line, "no answer in the table"));
        rows += 1;
        let text = marked.replace(['[', ']'], "");
        let found = facts(&text, published());
        let places = found.iter().map(|fact| fact.text.as_str()).collect::<Vec<_>>().join(" | ");
        let marks = marked.split('[').skip(1).filter_map(|part| part.split(']').next());
        let marks = marks.collect::<Vec<_>>().join(" | ");
        let answers = found.iter().map(answer).collect::<Vec<_>>().join(" | ");
        let expected = if expected == "nothing" { "" } else { expected };
        let places_agree = marks.split(" | ").all(|mark| places.contains(mark));
        if answers != expected || !places_agree {
            wrong.push(format!("{marked}\n   expected {expected}\n   found    {answers} ({places})"));
        }
    }
    assert!(wrong.is_empty(), "{} of {rows} rows are wrong:\n{}", wrong.len(), wrong.join("\n"));
    rows
}

#[test]
fn sentences_of_the_table() {
    assert!(check(include_str!("dates/expressions.txt")) >= 300);
}

#[test]
fn drafts_of_one_day_resolve_whole() {
    assert!(check(include_str!("dates/drafts.txt")) >= 40);
}

/// A day in every format that leaves no doubt about it.
fn formats(day: Day) -> Vec<String> {
    let (year, month, number) = (day.year(), day.month(), day.day());
    let name = MONTHS[month as usize - 1];
    let weekday = day.weekday().name();
    let short = match name {
        "May" | "June" | "July" => name.to_owned(),
        "September" => "Sept.".to_owned(),
        name => format!("{}.", &name[..3]),
    };
    let suffix = match number {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    let mut formats = vec![
        format!("{name} {number}, {year}"),
        format!("{number} {name} {year}"),
        format!("{short} {number}, {year}"),
        format!("{name} {number}{suffix}, {year}"),
        format!("{number}{suffix} of {name}, {year}"),
        format!("{weekday}, {name} {number}, {year}"),
        format!("{weekday} {number} {name} {year}"),
        format!("{weekday}, {short} {number}, {year}"),
        format!("{name} {number}, {year} ({weekday})"),
        format!("{year:04}-{month:02}-{number:02}"),
        format!("{year:04}/{month:02}/{number:02}"),
        format!("{weekday}, {year:04}-{month:02}-{number:02}"),
        format!("{} {number}, {year}", short.trim_end_matches('.')),
        format!("{number} {short} {year}"),
        format!("{name} the {number}{suffix}, {year}"),
        format!("{weekday} the {number}{suffix} of {name} {year}"),
        format!("{}. {number} {name} {year}", &weekday[..3]),
        format!("{number} {name}, {year} ({weekday})"),
        format!("{weekday} night, {name} {number}, {year}"),
        format!("{name} {number}, {year}, a {weekday}"),
    ];
    if number > 12 || number == month {
        formats.push(format!("{month}/{number}/{year}"));
        formats.push(format!("{number:02}.{month:02}.{year}"));
        formats.push(format!("{number}/{month}/{year}"));
    }
    formats
}

/// That every one of `written`, in a sentence, is `day` and nothing else.
fn comes_back(day: Day, written: &[String]) {
    for written in written {
        let text = format!("It was {written}, and rain fell.");
        let found = facts(&text, None);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].interval, Some(Interval::day(day)), "{text}");
        assert_eq!(found[0].text, *written);
        assert!(!found[0].impossible);
    }
}

#[test]
#[ignore = "six million sentences: run it in release"]
fn every_civil_day_in_all_formats_at_once() {
    let Some(first) = Day::new(1600, 1, 1) else { panic!("1600 has a first day") };
    for count in 0..292_560 {
        let day = first.plus(count);
        comes_back(day, &formats(day));
    }
}

#[test]
fn every_civil_day_comes_back_from_every_format() {
    let Some(mut day) = Day::new(1600, 1, 1) else { panic!("1600 has a first day") };
    let mut count = 0u32;
    while day.year() <= 2400 {
        // Every day in one format, each format in its turn; every 97th day in all of them.
        let all = formats(day);
        let some = if count.is_multiple_of(97) {
            &all[..]
        } else {
            std::slice::from_ref(&all[count as usize % all.len()])
        };
        comes_back(day, some);
        day = day.plus(1);
        count += 1;
    }
    assert_eq!(count, 292_560);
}

proptest! {
    #[test]
    fn weekdays_go_round_in_seven(days in -300_000i32..300_000, step in -10_000i32..10_000) {
        let Some(start) = Day::new(2000, 1, 1) else { return Ok(()) };
        let day = start.plus(days);
        let later = day.plus(step);
        prop_assert_eq!(later.days_since(day), step);
        // January 1, 2000 was a Saturday.
        let number = (5 + days).rem_euclid(7) as usize;
        prop_assert_eq!(day.weekday(), Weekday::ALL[number]);
        let same = day.plus(7 * (step / 7)).weekday();
        prop_assert_eq!(same, day.weekday());
        for weekday in Weekday::ALL {
            let before = day.on_or_before(weekday);
            let after = day.on_or_after(weekday);
            prop_assert_eq!(before.weekday(), weekday);
            prop_assert_eq!(after.weekday(), weekday);
            prop_assert!((0..7).contains(&day.days_since(before)) && (0..7).contains(&after.days_since(day)));
        }
    }

    /// The same answers as the calendar of `jiff`, asked on its own.
    #[test]
    fn days_agree_with_jiff(year in 1600i16..2400, ordinal in 1i16..=365, step in -5_000i32..5_000) {
        let Ok(other) = jiff::civil::Date::new(year, 1, 1) else { return Ok(()) };
        let Ok(other) = other.with().day_of_year(ordinal).build() else { return Ok(()) };
        let Some(day) = Day::new(year, other.month(), other.day()) else { panic!("{other} is a day") };
        prop_assert_eq!(day.weekday() as i8, other.weekday().to_monday_zero_offset());
        prop_assert_eq!(day.plus(step).to_string(), other.saturating_add(jiff::Span::new().days(step)).to_string());
        for weekday in Weekday::ALL {
            let Ok(named) = jiff::civil::Weekday::from_monday_zero_offset(weekday as i8) else { panic!("seven days") };
            let next = other.nth_weekday(1, named).map(|date| date.to_string());
            let last = other.nth_weekday(-1, named).map(|date| date.to_string());
            prop_assert_eq!(Some(day.plus(1).on_or_after(weekday).to_string()), next.ok());
            prop_assert_eq!(Some(day.plus(-1).on_or_before(weekday).to_string()), last.ok());
        }
    }

    #[test]
    fn no_input_is_too_odd(text in "\\PC*") {
        for fact in facts(&text, published()) {
            prop_assert_eq!(fact.span.of(&text), fact.text.as_str());
        }
    }

    /// Words of dates in any order, with any marks between: never a panic, spans in order and inside the text.
    #[test]
    fn no_jumble_of_dates_is_too_odd(parts in prop::collection::vec(prop::sample::select(vec![
        "April", "May", "Sept.", "17", "31", "2025", "1/2/03", "2025-02-30", "Thursday", "Mon.", "the", "of", "last",
        "next", "this", "coming", "week", "days", "ago", "three", "a", "day", "before", "yesterday", "first", "quarter",
        "mid-", "–", "-", ",", " ", " ", " ", "(", ")", "’s", "é", "\n", "\u{a0}", "said", "will", "“", "”", "early",
    ]), 0..24)) {
        let text = parts.concat();
        let mut end = 0;
        for fact in facts(&text, published()) {
            prop_assert!(fact.span.start >= end && fact.span.end as usize <= text.len());
            prop_assert_eq!(fact.span.of(&text), fact.text.as_str());
            end = fact.span.end;
        }
    }
}
