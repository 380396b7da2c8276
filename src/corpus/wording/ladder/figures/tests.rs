//! Figures in both directions: the table of rows, and that whatever is printed from a value is read as that value.

use proptest::prelude::{Strategy, prop_assert_eq, proptest};

use super::{said_alike, spell};
use crate::corpus::wording::ladder::{Term, read};

const ROWS: &str = include_str!("../../../../../tests/wording/figures.txt");

fn normal(text: &str) -> String {
    let mut words = Vec::new();
    read(text, |term, range| {
        assert!(
            text.get(range).is_some_and(|written| !written.is_empty()),
            "{text}: a range that cuts a character"
        );
        words.push(match term {
            Term::Word(word) => word.to_owned(),
            Term::Gap => "_".to_owned(),
        });
    });
    words.join(" ")
}

#[test]
fn every_row_is_read_as_it_says() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for row in ROWS.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
        rows += 1;
        if let Some((alike, one, other)) = said_row(row) {
            if said_alike(one, other) != alike || said_alike(other, one) != alike {
                wrong.push(row.to_owned());
            }
            continue;
        }
        let (alike, (one, other)) = match row.split_once(" = ") {
            Some(pair) => (true, pair),
            None => (false, row.split_once(" ! ").unwrap_or((row, ""))),
        };
        let (one, other) = (normal(one), normal(other));
        if (one == other) != alike {
            wrong.push(format!("{row}: {one} | {other}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows >= 600, "{rows} rows");
}

/// A row about figures that may be said in several ways: may the two sides be the same?
fn said_row(row: &str) -> Option<(bool, &str, &str)> {
    let other = |(one, other)| (false, one, other);
    let alike = |(one, other)| (true, one, other);
    row.split_once(" !~ ").map(other).or_else(|| row.split_once(" ~ ").map(alike))
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number in words, as it is said: with or without “and”, with or without hyphens.
fn words(number: u64, and: bool, hyphen: bool) -> String {
    let joint = if hyphen { "-" } else { " " };
    let with = |head: String, rest: u64| match rest {
        0 => head,
        1..100 if and => format!("{head} and {}", words(rest, and, hyphen)),
        _ => format!("{head} {}", words(rest, and, hyphen)),
    };
    match number {
        0..20 => SMALL[number as usize].to_owned(),
        20..100 => match (TENS[(number / 10) as usize], number % 10) {
            (ten, 0) => ten.to_owned(),
            (ten, unit) => format!("{ten}{joint}{}", SMALL[unit as usize]),
        },
        100..1000 => with(format!("{} hundred", SMALL[(number / 100) as usize]), number % 100),
        1000..1_000_000 => with(format!("{} thousand", words(number / 1000, and, hyphen)), number % 1000),
        1_000_000..1_000_000_000 => {
            with(format!("{} million", words(number / 1_000_000, and, hyphen)), number % 1_000_000)
        }
        _ => with(format!("{} billion", words(number / 1_000_000_000, and, hyphen)), number % 1_000_000_000),
    }
}

/// Digits with a comma before every three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn two_digits(number: u64) -> String {
    match number {
        1..10 => format!("oh {}", SMALL[number as usize]),
        _ => words(number, false, true),
    }
}

fn numbers() -> impl Strategy<Value = u64> {
    proptest::prop_oneof![2u64..100, 2u64..10_000, 2u64..10_000_000, 2u64..900_000_000_000]
}

#[test]
fn one_is_an_hour_before_a_half_of_the_day() {
    assert_eq!(normal("at one a m sharp"), normal("at 1 a.m. sharp"));
    assert_eq!(normal("no one a month"), "no one a month");
}

proptest! {
    #[test]
    fn cardinals(number in numbers(), and: bool, hyphen: bool) {
        let spoken = words(number, and, hyphen);
        prop_assert_eq!(normal(&format!("we counted {spoken} boats")), normal(&format!("we counted {} boats", grouped(number))));
        prop_assert_eq!(normal(&spoken), number.to_string(), "{}", spoken);
    }

    #[test]
    fn decimals(whole in 0u64..1000, tenth in 1u64..10, hundredth in 0u64..10) {
        let spoken = format!("{} point {} {}", words(whole, true, true), SMALL[tenth as usize], SMALL[hundredth as usize]);
        prop_assert_eq!(normal(&spoken), normal(&format!("{whole}.{tenth}{hundredth}")), "{}", spoken);
    }

    #[test]
    fn years(year in 1001u64..2100, hyphen: bool) {
        let (century, rest) = (year / 100, year % 100);
        let spoken = match (century, rest) {
            (20, 0..10) => words(year, true, hyphen),
            (_, 0) => format!("{} hundred", words(century, false, hyphen)),
            (_, 1..10) => format!("{} {}", words(century, false, hyphen), two_digits(rest)),
            _ => format!("{} {}", words(century, false, hyphen), words(rest, false, hyphen)),
        };
        prop_assert_eq!(normal(&format!("in {spoken} we came")), format!("in {year} we came"), "{}", spoken);
    }

    #[test]
    fn times(hour in 1u64..13, minute in 0u64..60, morning: bool) {
        let (half, printed_half) = if morning { ("a m", "a.m.") } else { ("p.m.", "pm") };
        let printed = if minute == 0 { format!("{hour} {printed_half}") } else { format!("{hour}:{minute:02} {printed_half}") };
        let spoken = match minute {
            0 => words(hour, false, true),
            _ => format!("{} {}", words(hour, false, true), two_digits(minute)),
        };
        if minute == 0 || minute >= 10 || hour >= 10 {
            prop_assert_eq!(normal(&format!("at {spoken} {half} sharp")), normal(&format!("at {printed} sharp")), "{}", spoken);
        }
        if (1..31).contains(&minute) {
            let past = if minute == 30 { "half".to_owned() } else { words(minute, false, true) };
            let spoken = format!("{past} past {}", words(hour, false, true));
            prop_assert_eq!(normal(&spoken), normal(&format!("{hour}:{minute:02}")), "{}", spoken);
        }
    }

    #[test]
    fn dates(month in 0usize..12, day in 1u64..32) {
        const MONTHS: [&str; 12] = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ];
        const ORDINALS: [&str; 20] = [
            "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
            "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
            "eighteenth", "nineteenth",
        ];
        let month = MONTHS[month];
        let ordinal = match day {
            20 => "twentieth".to_owned(),
            30 => "thirtieth".to_owned(),
            0..20 => ORDINALS[day as usize].to_owned(),
            _ => format!("{}-{}", TENS[(day / 10) as usize], ORDINALS[(day % 10) as usize]),
        };
        let printed = normal(&format!("on {month} {day} they came"));
        for spoken in [
            format!("on the {ordinal} of {month} they came"),
            format!("on {month} {ordinal} they came"),
            format!("on {month} the {ordinal} they came"),
            format!("on {day} {month} they came"),
        ] {
            prop_assert_eq!(normal(&spoken), printed.clone(), "{}", spoken);
        }
    }

    #[test]
    fn money(number in numbers(), currency in 0usize..3) {
        let (sign, word) = [("$", "dollars"), ("£", "pounds"), ("€", "euros")][currency];
        let spoken = format!("it cost {} {word} then", words(number, true, true));
        prop_assert_eq!(normal(&spoken), normal(&format!("it cost {sign}{} then", grouped(number))), "{}", spoken);
        let millions = number % 1000 + 1;
        let spoken = format!("{} point five million {word}", words(millions, true, true));
        prop_assert_eq!(normal(&spoken), normal(&format!("{sign}{millions}.5m")), "{}", spoken);
    }

    #[test]
    fn telephone_numbers(number in 2_000_000u64..10_000_000) {
        let digits = number.to_string();
        let spoken: Vec<&str> = digits.bytes().map(|digit| match digit { b'0' => "oh", _ => SMALL[usize::from(digit - b'0')] }).collect();
        let spoken = format!("call {} now", spoken.join(" "));
        prop_assert_eq!(normal(&spoken), normal(&format!("call {}-{} now", &digits[..3], &digits[3..])), "{}", spoken);
    }

    #[test]
    fn what_is_spelled_is_read_back(number in 0u64..900_000_000_000) {
        let read = normal(&spell::cardinal(number));
        let printed = normal(&number.to_string());
        prop_assert_eq!(read, printed);
    }

    #[test]
    fn every_way_of_digits_may_be_those_digits_and_no_others(number in 2u64..100_000, other in 2u64..100_000) {
        for way in spell::ways(&number.to_string()) {
            proptest::prop_assert!(said_alike(&way, &number.to_string()), "{number}: {way}");
            // “Two seventeen” is 217; “two hundred seventeen” must be no other.
            let cardinal = way == spell::cardinal(number);
            proptest::prop_assert!(!cardinal || number == other || !said_alike(&way, &other.to_string()), "{other}: {way}");
        }
    }

    #[test]
    fn scores_are_themselves_only(one in 0u64..60, two in 0u64..60, three in 0u64..60, four in 0u64..60) {
        let said = format!("{} to {}", words(one, true, true), words(two, true, true));
        proptest::prop_assert!(said_alike(&said, &format!("{one}-{two}")), "{}", said);
        let same = (one, two) == (three, four);
        proptest::prop_assert!(same || !said_alike(&said, &format!("{three}-{four}")), "{} / {three}-{four}", said);
    }

    #[test]
    fn sums_are_themselves_only(pounds in 1u64..2000, pence in 1u64..100, other in 1u64..100) {
        let said = format!("{} pounds {}", words(pounds, true, true), words(pence, true, true));
        proptest::prop_assert!(said_alike(&said, &format!("£{pounds}.{pence:02}")), "{}", said);
        proptest::prop_assert!(pence == other || !said_alike(&said, &format!("£{pounds}.{other:02}")), "{} / {other}", said);
        proptest::prop_assert!(!said_alike(&said, &format!("${pounds}.{pence:02}")), "{}", said);
    }

    #[test]
    fn no_jumble_of_figures_is_too_odd(text in "[0-9a-zIVX .,:½$£€¢°'’”&/-]{0,40}") {
        normal(&text);
        said_alike(&text, &text);
    }

    #[test]
    fn no_jumble_of_number_words_is_too_odd(words in proptest::collection::vec(proptest::sample::select(vec![
        "one", "twenty", "five", "hundred", "and", "a", "half", "point", "oh", "million", "the", "of", "June", "first",
        "double", "past", "to", "quarter", "10", "10:30", "a.m.", "pounds", "fifty", "no", "per", "cent", "eighties", "2½", "-",
    ]), 0..12)) {
        normal(&words.join(" "));
        normal(&words.join("-"));
    }
}
