//! In which words a printed figure may have been said, where its form alone does not tell: “4-2” is “four two”, “four to
//! two” or “four nil”, and “200m” is two hundred metres or two hundred million.
//!
//! The normal form has one reading for each figure, because every quotation of a project is read. Where that reading
//! differs from what stands on a tape, all readings of both sides are asked for here.
//!
//! ```text
//! road     = letters digits                    M25            “M twenty-five”, “M two five”
//! score    = digits ("-" | "/") digits         4-2, 9/11      “four two”, “four to two”; 2-2 “two all”; 3-0 “three nil”
//! clock    = digits ("." | ":") digits        at 9.10        “ten past nine”
//! money    = sign digits | digits "¢"          £50, 50¢       “fifty quid”, “fifty cents”
//! measure  = digits unit {digits unit}         6ft 2in        “six foot two”
//! degrees  = ["-"] digits "°" [letter]         -5C            “minus five degrees”
//! and half = digits ".5" unit                  1.5 hours      “an hour and a half”
//! span     = digits "to" digits                4,000 to 5,000 “four to five thousand”
//! others   = "No" | roman                      World War II   “world war two”
//! ```

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::{Term, entries, read};
use super::{CURRENCIES, is_currency, spell};

/// The most readings of a stretch of words that are looked at; a stretch that has more is no figure.
const MOST_READINGS: usize = 256;
/// Digits from which on a row of numbers may be one number that is read out in groups, as a telephone number is.
const LONGEST_GROUPED: usize = 6;

/// May two stretches of words be the same figures, one as it is said and one as it is printed?
pub(in crate::corpus::wording) fn said_alike(one: &str, other: &str) -> bool {
    let (one, other) = (readings(one), readings(other));
    one.iter().any(|reading| other.contains(reading))
}

/// Is it a sum that a speaker gave without its thousands or millions, because a sum before had them: “from four hundred
/// thousand to two sixty”, printed “$260,000”? `before` are the numbers said before.
pub(in crate::corpus::wording) fn short_of_its_scale(printed: &str, heard: &str, before: &[u64]) -> bool {
    if !printed.contains(|c| CURRENCIES.iter().any(|(sign, _)| *sign == c)) {
        return false;
    }
    let plain = |form: &str| -> Vec<String> {
        form.split(' ').filter(|word| !is_currency(word)).map(str::to_owned).collect()
    };
    let printed: Vec<Vec<String>> = readings(printed).iter().map(|form| plain(form)).collect();
    readings(heard).iter().any(|form| {
        let said = plain(form);
        let number = |at: usize| said.get(at)?.parse::<u64>().ok();
        (0..said.len()).any(|at| {
            let Some(first) = number(at).filter(|first| *first < 1_000) else { return false };
            // “Two sixty” is two hundred and sixty.
            let second = number(at + 1).filter(|second| first < 10 && (10..100).contains(second));
            let hundreds = second.map(|second| (first * 100 + second, 2));
            let known = || (0..at).filter_map(number).chain(before.iter().copied());
            [Some((first, 1)), hundreds].into_iter().flatten().any(|(value, length)| {
                SCALES
                    .iter()
                    .filter(|&&scale| known().any(|sum| sum >= scale && sum.is_multiple_of(scale)))
                    .any(|scale| {
                        let whole = std::iter::once((value * scale).to_string());
                        let head = said[..at].iter().cloned();
                        let meant: Vec<String> =
                            head.chain(whole).chain(said[at + length..].iter().cloned()).collect();
                        printed.contains(&meant)
                    })
            })
        })
    })
}

/// What a speaker leaves out of a sum: thousands, or millions.
const SCALES: [u64; 2] = [1_000, 1_000_000];

/// Every normal form that the words may have.
fn readings(text: &str) -> BTreeSet<String> {
    let mut ways: Vec<String> = vec![String::new()];
    let tokens: Vec<&str> =
        text.split_whitespace().map(without_stops).filter(|token| !token.is_empty()).collect();
    let mut at = 0;
    while at < tokens.len() {
        let (mut of_token, mut width) = (of_token(tokens[at]), 1);
        if let Some(halves) = tokens.get(at + 1).and_then(|unit| and_a_half(tokens[at], unit)) {
            of_token = of_token.iter().map(|way| format!("{way} {}", tokens[at + 1])).chain(halves).collect();
            width = 2;
        }
        if let Some(before) = at.checked_sub(1) {
            of_token.extend(behind(tokens[before], tokens[at]));
        }
        if ways.len() * of_token.len() > MOST_READINGS {
            return BTreeSet::new();
        }
        ways = ways.iter().flat_map(|way| of_token.iter().map(move |more| format!("{way} {more}"))).collect();
        at += width;
    }
    let mut forms = BTreeSet::new();
    for way in ways.iter().map(String::as_str).chain([text]) {
        let form = normal(way);
        forms.extend(in_one_number(&form));
        forms.extend(under_one_scale(&form));
        forms.insert(form.join(" "));
    }
    forms.remove("");
    forms
}

/// What a word may mean behind another: inches behind feet and pounds behind stones are said without their unit, and the
/// “I” of a war is a number.
fn behind(before: &str, token: &str) -> Vec<String> {
    match (before, &pieces(token)[..]) {
        (_, [Piece::Digits(inches), Piece::Letters("in" | "ins")]) if before.ends_with("ft") => {
            spell::ways(inches)
        }
        (_, [Piece::Digits(pounds), Piece::Letters("lb" | "lbs")]) if before.ends_with("st") => {
            spell::ways(pounds)
        }
        ("War", [Piece::Letters("I")]) => vec![spell::cardinal(1)],
        _ => Vec::new(),
    }
}

fn normal(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    read(text, |term, _| {
        if let Term::Word(word) = term {
            words.push(word.to_owned());
        }
    });
    words
}

/// A word without the punctuation around it; marks that may mean inches stay.
fn without_stops(token: &str) -> &str {
    token
        .trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '!' | '?' | '…' | '(' | ')' | '“'))
        .trim_end_matches('.')
}

/// A part of a word as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'t> {
    Digits(&'t str),
    Letters(&'t str),
    Mark(char),
}

/// Takes a word apart. Stops and commas between digits belong to the number.
fn pieces(token: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = token;
    while let Some(first) = rest.chars().next() {
        let digit = |at: usize| rest.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        let length = if first.is_ascii_digit() {
            let inner = |at: usize| {
                digit(at) || (matches!(rest.as_bytes().get(at), Some(b'.' | b',')) && digit(at + 1))
            };
            (0..rest.len()).take_while(|&at| inner(at)).count()
        } else if first.is_alphabetic() {
            rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        pieces.push(match first {
            _ if first.is_ascii_digit() => Piece::Digits(&rest[..length]),
            _ if first.is_alphabetic() => Piece::Letters(&rest[..length]),
            _ => Piece::Mark(first),
        });
        rest = &rest[length..];
    }
    pieces
}

/// The ways in which a word is said: itself, and what else it may be.
fn of_token(token: &str) -> Vec<String> {
    let mut ways = vec![token.to_owned()];
    let whole = token.replace("km/h", "kmh");
    ways.extend(of_pieces(&pieces(&whole)));
    ways
}

fn of_pieces(pieces: &[Piece<'_>]) -> Vec<String> {
    match *pieces {
        [Piece::Digits(figure)] => {
            let mut ways = spell::ways(figure);
            if let Some((hour, minutes)) = figure.split_once('.') {
                ways.extend(of_clock(hour, minutes));
            }
            ways
        }
        [Piece::Digits(hour), Piece::Mark(':'), Piece::Digits(minutes)] => of_clock(hour, minutes),
        [Piece::Digits(one), Piece::Mark(dash @ ('-' | '–')), Piece::Digits(other), Piece::Letters(unit)] =>
        {
            let score = of_pieces(&[Piece::Digits(one), Piece::Mark(dash), Piece::Digits(other)]);
            joined(&score, &behind_digits(unit, true))
        }
        [Piece::Letters(letters)] => of_letters(letters),
        [Piece::Digits(one), Piece::Mark('-' | '–' | '−' | '/'), Piece::Digits(other)] => {
            of_score(one, other)
        }
        [Piece::Mark('-' | '−'), Piece::Digits(figure), Piece::Letters("C" | "F")] => {
            let degrees = with_each(&spell::ways(figure), &["", "degrees"]);
            degrees.into_iter().map(|way| format!("minus {way}")).collect()
        }
        [Piece::Mark('-' | '−'), ref rest @ ..] if !rest.is_empty() => {
            of_pieces(rest).into_iter().map(|way| format!("minus {way}")).collect()
        }
        [Piece::Mark(sign), Piece::Digits(figure)] => of_money(sign, figure),
        [Piece::Digits(figure), Piece::Mark('¢')] => with_each(&spell::ways(figure), &["cents", "cent"]),
        [Piece::Digits(figure), Piece::Mark('°' | 'º'), ref rest @ ..] => of_degrees(figure, rest),
        [Piece::Digits(feet), Piece::Mark('\'' | '’' | '′'), Piece::Digits(inches), ref rest @ ..]
            if rest.len() <= 2 && rest.iter().all(|piece| matches!(piece, Piece::Mark(_))) =>
        {
            let feet = with_each(&spell::ways(feet), &["foot", "feet", ""]);
            joined(&feet, &with_each(&spell::ways(inches), &["", "inches"]))
        }
        _ if pieces.len() <= MOST_PIECES && pieces.iter().any(|piece| matches!(piece, Piece::Digits(_))) => {
            let mut ways = vec![String::new()];
            for (at, piece) in pieces.iter().enumerate() {
                let more = match *piece {
                    Piece::Digits(figure) => spell::ways_in_code(figure),
                    Piece::Letters(letters) => behind_digits(letters, at > 0),
                    Piece::Mark('-' | '–') => continue,
                    Piece::Mark(_) => return Vec::new(),
                };
                ways = joined(&ways, &more);
            }
            ways
        }
        _ => Vec::new(),
    }
}

/// The most parts of a code that is read out: “BA217”, “6ft2”, “H5N1”.
const MOST_PIECES: usize = 5;

/// Letters in a code: spelled out, as a word, or the unit that they are short for.
fn behind_digits(letters: &str, behind: bool) -> Vec<String> {
    let mut ways = vec![letters.to_owned()];
    if letters.len() > 1 {
        ways.push(letters.chars().map(String::from).collect::<Vec<_>>().join(" "));
    }
    if let Some(units) = MEASURES.get(&*letters.to_lowercase()).filter(|_| behind) {
        ways.extend(units.iter().map(|unit| unit.replace('_', " ")));
    }
    ways
}

/// “No” is number, and Roman figures are a number or one in a row: “Elizabeth II”.
fn of_letters(letters: &str) -> Vec<String> {
    match letters {
        "No" | "no" | "Nr" => return vec!["number".to_owned()],
        "Nos" | "nos" => return vec!["numbers".to_owned()],
        _ => {}
    }
    match roman(letters) {
        // “N H S”, as a machine may write it.
        None if (2..=5).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            vec![letters.chars().map(String::from).collect::<Vec<_>>().join(" ")]
        }
        Some(number) => {
            let ordinal = super::spoken::ordinal_form(number);
            vec![spell::cardinal(number.into()), format!("the {ordinal}"), ordinal]
        }
        None => Vec::new(),
    }
}

/// The number that Roman figures from II to XXXIX are. I and X alone are letters.
fn roman(letters: &str) -> Option<u8> {
    let value = |c: char| match c {
        'I' => Some(1u8),
        'V' => Some(5),
        'X' => Some(10),
        _ => None,
    };
    let values: Vec<u8> = letters.chars().map(value).collect::<Option<_>>()?;
    let signed = values.iter().enumerate().map(|(at, &value)| match values.get(at + 1) {
        Some(&next) if next > value => -i16::from(value),
        _ => i16::from(value),
    });
    let number = u8::try_from(signed.sum::<i16>()).ok()?;
    let known = (2..40).contains(&number) && letters.len() > 1 || letters == "V";
    known.then_some(number)
}

/// A time of the day: 9.10 is “nine ten” and “ten past nine”. Empty where it is none.
fn of_clock(hour: &str, minutes: &str) -> Vec<String> {
    let (Some(h), Some(m)) = (hour.parse::<u64>().ok(), minutes.parse::<u64>().ok()) else {
        return Vec::new();
    };
    if minutes.len() != 2 || !(1..=24).contains(&h) || m >= 60 {
        return Vec::new();
    }
    let part = |minutes: u64| match minutes {
        15 => "quarter".to_owned(),
        _ => spell::cardinal(minutes),
    };
    let hour = spell::cardinal(h);
    let mut ways = vec![format!("{hour} {}", spell::pair(minutes))];
    match m {
        0 => ways.push(hour),
        // “Half six”, as the British say.
        30 => ways.extend([format!("half past {hour}"), format!("half {hour}")]),
        1..30 => ways.push(format!("{} past {hour}", part(m))),
        _ => ways.push(format!("{} to {}", part(60 - m), spell::cardinal(h % 12 + 1))),
    }
    ways
}

/// A score, a vote, odds, a day like 9/11.
fn of_score(one: &str, other: &str) -> Vec<String> {
    let (first, second) = (spell::ways(one), spell::ways(other));
    let mut ways = joined(&first, &second);
    for between in ["to", "and"] {
        ways.extend(joined(&with_each(&first, &[between]), &second));
    }
    if other == "0" {
        ways.extend(with_each(&first, &["nil", "nothing", "love", "to nil", "to nothing"]));
    }
    if one == other {
        ways.extend(with_each(&first, &["all", "apiece", "each"]));
    }
    ways
}

/// Money, with the words that people have for it and houses do not print.
fn of_money(sign: char, figure: &str) -> Vec<String> {
    let words: &[&str] = match sign {
        '£' => &["pounds", "quid"],
        '$' => &["dollars", "bucks"],
        '€' => &["euros"],
        '¥' => &["yen"],
        '₹' => &["rupees"],
        '#' => return spell::ways(figure).into_iter().map(|way| format!("number {way}")).collect(),
        _ => return Vec::new(),
    };
    let mut ways = with_each(&spell::ways(figure), words);
    ways.extend(spell::ways(figure));
    if figure == "1" {
        ways.extend(words.iter().map(|word| format!("a {}", word.trim_end_matches('s'))));
    }
    if let Some((whole, hundredths)) = figure.split_once('.').filter(|(_, hundredths)| hundredths.len() == 2)
    {
        let pence = spell::ways(hundredths.trim_start_matches('0'));
        let whole = spell::ways(whole);
        for between in words.iter().copied().chain([""]) {
            let head = with_each(&whole, &[between]);
            ways.extend(joined(&head, &pence));
            ways.extend(joined(&with_each(&head, &["and"]), &with_each(&pence, &["pence", "cents", "p"])));
        }
    }
    match (sign, figure) {
        ('£', "5") => ways.extend(["a fiver".to_owned(), "fiver".to_owned()]),
        ('£', "10") => ways.extend(["a tenner".to_owned(), "tenner".to_owned()]),
        _ => {}
    }
    ways
}

/// “35°C”, “35°”.
fn of_degrees(figure: &str, rest: &[Piece<'_>]) -> Vec<String> {
    let scale: &[&str] = match rest {
        [] => &["degrees"],
        [Piece::Letters("C")] => &["degrees", "degrees celsius", "degrees centigrade", "celsius"],
        [Piece::Letters("F")] => &["degrees", "degrees fahrenheit", "fahrenheit"],
        _ => return Vec::new(),
    };
    with_each(&spell::ways(figure), scale)
}

/// “1.5 hours” is “an hour and a half” too, and “2½ years” “two years and a half”.
fn and_a_half<'t>(figure: &'t str, unit: &'t str) -> Option<impl Iterator<Item = String> + 't> {
    let whole = figure
        .strip_suffix(".5")
        .or_else(|| figure.strip_suffix('½'))?
        .parse::<u64>()
        .ok()
        .filter(|&n| n > 0)?;
    let letters = unit.chars().all(char::is_alphabetic) && unit.len() > 2;
    let (heads, unit): (Vec<String>, &str) = match whole {
        1 => (["a", "an", "one"].map(str::to_owned).to_vec(), unit.strip_suffix('s').unwrap_or(unit)),
        _ => (vec![spell::cardinal(whole)], unit),
    };
    letters.then(|| heads.into_iter().map(move |head| format!("{head} {unit} and a half")))
}

/// Numbers in a row that are read out in groups, as one: “01632 960123”.
fn in_one_number(form: &[String]) -> Option<String> {
    let digits = form.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let number = form.concat();
    (digits && form.len() > 1 && number.len() >= LONGEST_GROUPED).then_some(number)
}

/// “4,000 to 5,000” is said “four to five thousand”: the first number without the scale of the second, and without its
/// currency.
fn under_one_scale(form: &[String]) -> Vec<String> {
    let mut forms = Vec::new();
    for (at, between) in
        form.iter().enumerate().filter(|(_, word)| matches!(word.as_str(), "to" | "or" | "and"))
    {
        let Some(before) = at.checked_sub(1) else { continue };
        let money = is_currency(&form[before]);
        let Some(first) = before.checked_sub(usize::from(money)) else { continue };
        let Some(second) = form.get(at + 1) else { continue };
        // The largest scale in which the second is a whole number is the one that is said.
        let scale =
            ["000000000", "000000", "000", "00"].into_iter().find(|&scale| is_number_before(second, scale));
        if let Some(head) = scale.and_then(|scale| form[first].strip_suffix(scale))
            && !head.is_empty()
            && head.bytes().all(|byte| byte.is_ascii_digit())
        {
            let mut words: Vec<&str> = form[..first].iter().map(String::as_str).collect();
            words.extend([head, between.as_str()]);
            words.extend(form[at + 1..].iter().map(String::as_str));
            forms.push(words.join(" "));
        }
    }
    forms
}

/// Does a number stand before these noughts?
fn is_number_before(word: &str, noughts: &str) -> bool {
    word.strip_suffix(noughts)
        .is_some_and(|head| !head.is_empty() && head.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Each of the ways with each of the words behind it.
fn with_each(ways: &[String], words: &[&str]) -> Vec<String> {
    ways.iter().flat_map(|way| words.iter().map(move |word| format!("{way} {word}"))).collect()
}

/// Each of the ways with each of the others behind it.
fn joined(ways: &[String], others: &[String]) -> Vec<String> {
    ways.iter().flat_map(|way| others.iter().map(move |other| format!("{way} {other}"))).collect()
}

/// Units in short, and the words in which they are said.
static MEASURES: LazyLock<FxHashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let list = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/short-measures.txt"));
    entries(list)
        .filter_map(|entry| entry.split_once(" = "))
        .map(|(short, words)| (short, words.split(' ').collect()))
        .collect()
});
