//! What looks like a date and is none: the words around an expression decide.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::grammar::{gap, month, weekday, word};
use super::words::Part;
use super::{Expression, Parsed, Shape};
use crate::calendar::longest_month;
use crate::lexicon::{Class, lexicon};

/// What a word before a date says about it.
#[derive(Clone, Copy, Default)]
struct Lead {
    month: bool,
    year: bool,
    unspecific: bool,
}

static LEADS: LazyLock<FxHashMap<&'static str, Lead>> = LazyLock::new(|| {
    let lines = include_str!("../../../rules/words/date-leads.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (word, kinds) = line.split_once(' ')?;
            let lead = Lead {
                month: kinds.contains("month"),
                year: kinds.contains("year"),
                unspecific: kinds.contains("unspecific"),
            };
            Some((word, lead))
        })
        .collect()
});

static COUNTED: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../../rules/words/counted.txt").lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// Names by each of their words, each with what stands before that word and after it.
static NAMES: LazyLock<FxHashMap<&'static str, Vec<(&'static str, &'static str)>>> = LazyLock::new(|| {
    let mut names = FxHashMap::<_, Vec<_>>::default();
    let lines = include_str!("../../../rules/words/named-days.txt").lines();
    for name in lines.filter(|line| !line.starts_with('#')) {
        let mut at = 0;
        for word in name.split(|c: char| !c.is_alphanumeric()) {
            let end = at + word.len();
            if word.starts_with(|c: char| c.is_ascii_uppercase()) {
                names.entry(word).or_default().push((name[..at].trim_end(), name[end..].trim_start()));
            }
            at = end + 1;
        }
    }
    names
});

/// Is the word at `start` free of what would make it part of a longer one: a compound, an address, a handle?
pub(super) fn starts_free(text: &str, start: usize) -> bool {
    !text[..start].chars().next_back().is_some_and(|c| {
        c.is_alphanumeric() || matches!(c, '_' | '@' | '#' | '/' | '-' | '‑' | '.' | '&' | '=')
    })
}

/// May a number that begins at `start` begin a date? Sums and parts of longer numbers may not.
pub(super) fn number_starts(text: &str, start: usize) -> bool {
    let before = &text[..start];
    let mut back = before.chars().rev();
    match back.next() {
        Some('$' | '£' | '€' | '¥' | '+' | '−' | '%' | '§') => false,
        Some(',' | ':' | '–' | '—') => !back.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => !(c.is_whitespace() && before.trim_end().ends_with(['$', '£', '€', '§', '+'])),
        None => true,
    }
}

/// The word right before `start`, without its case; `None` where punctuation stands between.
fn word_before(text: &str, start: usize) -> Option<&str> {
    let before = text[..start].trim_end_matches([' ', '\n', '\r', '\t', '\u{a0}']);
    let from = before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '.')).len();
    Some(&before[from..]).filter(|word| !word.is_empty() && before.len() < start)
}

fn lead(text: &str, start: usize) -> Lead {
    let Some(word) = word_before(text, start).filter(|word| word.len() <= 12) else { return Lead::default() };
    LEADS.get(word.to_ascii_lowercase().as_str()).copied().unwrap_or_default()
}

/// Does what follows the number `year` count something?
///
/// “2000 of them” is a number of people and “2015 of a decline” a year: thousands that are no round number are
/// written with their comma.
pub(super) fn counted(year: i16, rest: &str) -> bool {
    let counts = |word: &str| COUNTED.contains(word) && (word != "of" || year % 50 == 0);
    gap(rest).and_then(|(rest, _)| word(rest)).is_ok_and(|(_, word)| counts(word))
}

/// Is the number at `start`, which could be a year, one?
pub(super) fn is_year(text: &str, start: usize, rest: &str) -> bool {
    let Ok(year) = text[start..text.len() - rest.len()].parse::<i16>() else { return false };
    let mut after = rest.chars();
    let ends = match after.next() {
        Some('.' | ',' | ':') => !after.next().is_some_and(|c| c.is_ascii_digit()),
        Some('/' | '%' | '°' | '_' | '=') => false,
        Some('-' | '–') => !after.next().is_some_and(|c| c.is_ascii_digit()),
        _ => true,
    };
    if !ends || counted(year, rest) {
        return false;
    }
    // Before 1800 a round number of things is as likely as a year: “in 1200 homes”.
    let plural = gap(rest).and_then(|(rest, _)| word(rest)).is_ok_and(|(_, word)| word.ends_with('s'));
    if !(1800..2100).contains(&year) && plural {
        return false;
    }
    let possessive =
        || word_before(text, start).is_some_and(|word| word.ends_with("’s") || word.ends_with("'s"));
    lead(text, start).year || possessive() && (1900..2100).contains(&year)
}

/// The expression, where the words around it leave it standing.
pub(super) fn holds<'t>(text: &'t str, start: usize, mut parsed: Parsed<'t>) -> Option<Expression> {
    // “Friday the 13th of June” is a date like others.
    let dated =
        text[start..].starts_with("Friday the 13th of") && matches!(parsed.shape, Shape::Civil { .. });
    if !dated && named(text, start, &parsed) {
        return None;
    }
    match parsed.shape {
        Shape::Month { month: _, year: None, which: None, part } => {
            let placed = part.is_some_and(|part| matches!(part, Part::Early | Part::Mid | Part::Late))
                || lead(text, start).month && !named_person(parsed.rest);
            if !placed {
                return None;
            }
        }
        Shape::Civil { year: None, month: number, day } if parsed.weekday.is_none() => {
            let input = &text[start..];
            let month_first = month(input);
            let before = word_before(text, start).unwrap_or("");
            let runs_on = runs_on(parsed.rest);
            // “In May 31 people came”: a month, and then a count.
            if let Ok((rest, (_, true))) = month_first
                && before.eq_ignore_ascii_case("in")
                && runs_on
            {
                parsed.shape = Shape::Month { month: number, year: None, which: None, part: None };
                parsed.rest = rest;
            } else if (day > longest_month(number) && runs_on || is_any_number(text, start, &parsed, day))
                && !["on", "the", "by", "until", "since", "dated", "before"]
                    .contains(&before.to_ascii_lowercase().as_str())
            {
                // A day that no such month has is reported as an error, so that nothing but a date may pass here.
                return None;
            }
        }
        // “The last Tuesday of the month” is one of its Tuesdays, not the latest.
        Shape::Weekday { which: Some(_), near: false }
            if word_before(text, start).is_some_and(|word| word.eq_ignore_ascii_case("the")) =>
        {
            parsed.shape = Shape::Elsewhere;
            parsed.weekday = None;
        }
        Shape::Weekday { which: None, .. } if lead(text, start).unspecific => {
            parsed.shape = Shape::Elsewhere;
            parsed.weekday = None;
        }
        _ => {}
    }
    if !matches!(parsed.shape, Shape::Weekday { .. })
        && parsed.weekday.is_some()
        && shares_weekday(text, start)
    {
        parsed.weekday = None;
    }
    if let Some((_, name)) = parsed.weekday
        && says_and_dates(text, start, name, &parsed)
    {
        parsed.rest = &text[start + name.len()..];
        parsed.shape = Shape::Weekday { which: None, near: false };
    }
    Some(parsed.expression(text, start))
}

/// Is the day beyond the end of every month and written as a plain number? “Brent for May 62,” counts something else.
fn is_any_number(text: &str, start: usize, parsed: &Parsed<'_>, day: i8) -> bool {
    let words = &text[start..text.len() - parsed.rest.len()];
    let ordinal = words
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with(char::is_alphabetic));
    day > LAST_DAY && !ordinal
}

/// The last day of the longest months.
const LAST_DAY: i8 = 31;

/// “She said Wednesday April 24 will be the last day”: the weekday is when she said it, and the date begins
/// what she said. No comma joins the two, a verb of saying stands before them and another verb after.
fn says_and_dates(text: &str, start: usize, weekday: &str, parsed: &Parsed<'_>) -> bool {
    let dated = matches!(parsed.shape, Shape::Civil { .. } | Shape::Range { .. });
    // “last Monday”: the weekday need not begin the expression.
    let joined = text[start..].strip_prefix(weekday).is_some_and(|rest| rest.starts_with([' ', '\u{a0}']));
    let lexicon = lexicon();
    let said = text[..start].rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(2);
    dated
        && joined
        && said.into_iter().any(|word| lexicon.class(word).any(Class::CUE_SPEECH))
        && gap(parsed.rest)
            .and_then(|(rest, _)| word(rest))
            .is_ok_and(|(_, word)| lexicon.class(word).any(Class::AUXILIARY))
}

/// Does the sentence run on behind the expression with a word in lower case?
fn runs_on(rest: &str) -> bool {
    gap(rest).is_ok_and(|(rest, _)| rest.starts_with(char::is_lowercase))
}

/// “April Ryan”: a name follows that month, so that the month is a given name.
fn named_person(rest: &str) -> bool {
    let Ok((after, _)) = gap(rest) else { return false };
    after.starts_with(char::is_uppercase) && word(after).is_ok_and(|(_, word)| word.len() > 1)
}

/// “Monday and Tuesday, April 3 and 4”: the weekday belongs to the second day of two, not to the date's first.
fn shares_weekday(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches([' ', '\n', '\u{a0}']);
    let joined = ["and", "to", "through", "or", "-", "–", "—", "/", "&", ","];
    let Some(before) = joined.iter().find_map(|mark| before.strip_suffix(mark)) else { return false };
    let before = before.trim_end();
    let from = before.trim_end_matches(|c: char| c.is_alphabetic() || c == '.').len();
    weekday(&before[from..]).is_ok()
}

/// Is it, or is its weekday or month, part of a name from the list?
fn named(text: &str, start: usize, parsed: &Parsed<'_>) -> bool {
    let end = text.len() - parsed.rest.len();
    let mut at = start;
    text[start..end].split(|c: char| !c.is_alphanumeric()).any(|word| {
        let from = at;
        at += word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        NAMES.get(word).is_some_and(|names| {
            names.iter().any(|(before, after)| {
                follows(&text[from + word.len()..], after) && precedes(&text[..from], before)
            })
        })
    })
}

fn follows(text: &str, words: &str) -> bool {
    words.is_empty()
        || text.trim_start().strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn precedes(text: &str, words: &str) -> bool {
    words.is_empty()
        || text.trim_end().strip_suffix(words).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}
