//! When somebody was born and died, and how long somebody has done something: what an age must fit.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::lexicon::fold;
use crate::syntax::mentions::PersonMention;

/// A statement about a life: from where to where it stands in the stretch after the name, and its value.
pub(super) struct Life {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// The year, or the number of years.
    pub value: String,
}

/// Years that are taken for the year of a birth.
const BIRTHS: std::ops::RangeInclusive<i32> = 1880..=2025;

/// Bytes after “born” within which its year stands.
const YEAR_WITHIN: usize = 40;

/// “ was born on June 2, 1948”, “, who was born in 1950”, “, born in 1950”: the year.
pub(super) fn born(after: &str) -> Option<Life> {
    let leads = [" was born ", ", who was born ", ", born ", " (born ", " (b. "];
    // Behind most names stands something else, and nothing is searched for.
    if !after.starts_with(", ") && !leads.iter().any(|lead| after.starts_with(lead)) {
        return None;
    }
    let lead = leads.iter().copied().find_map(|lead| {
        let at = after.find(lead)?;
        // Only an age may stand between: “Ruiz, 43, was born in 1981”.
        plain(&after[..at]).then_some(at + lead.len())
    })?;
    let rest = &after[lead..];
    let end = rest.find([';', '.']).filter(|at| !rest[*at..].starts_with(". ")).unwrap_or(rest.len());
    let near = rest.get(..end.min(YEAR_WITHIN)).unwrap_or(rest);
    let (at, year) = year(near)?;
    BIRTHS.contains(&year).then(|| Life { from: lead, to: lead + at + 4, value: year.to_string() })
}

/// Is nothing but an age, or what the person is, between the name and the verb? “Ruiz, a farmer’s son, was born” has no name
/// of somebody else there.
fn plain(between: &str) -> bool {
    let apposed =
        between.starts_with(", ") && between.ends_with(',') && !between.contains(char::is_uppercase);
    between.is_empty() || apposed && !between.contains(['“', '"', '.', ';'])
}

/// The first year of four digits in a stretch, and where it stands.
fn year(text: &str) -> Option<(usize, i32)> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(3)).find_map(|at| {
        let alone = |at: Option<&u8>| at.is_none_or(|byte| !byte.is_ascii_alphanumeric());
        let digits = bytes[at..at + 4].iter().all(u8::is_ascii_digit);
        let whole = digits && alone(at.checked_sub(1).map(|at| &bytes[at])) && alone(bytes.get(at + 4));
        Some((at, text.get(at..at + 4).filter(|_| whole)?.parse().ok()?))
    })
}

/// “ has kept the light for 35 years”, “, who taught for 35 years”, “ has worked as a nurse since 1985”: the number of
/// years or the year, and which of the two it is.
pub(super) fn service(after: &str) -> Option<(Life, bool)> {
    let end = after.find(['.', ';', ':', '“', '"', '(']).unwrap_or(after.len());
    let clause = &after[..end];
    // “Ruiz, 43, has kept”: the age goes first, and then the clause runs on to its years without a comma.
    let digits =
        clause.strip_prefix(", ").map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let from = if digits > 0 { 2 + digits } else { 0 };
    let rest = clause[from..].strip_prefix(',').map_or(&clause[from..], |rest| rest);
    let offset = clause.len() - rest.len();
    let rest_trimmed = rest.trim_start();
    let offset = offset + rest.len() - rest_trimmed.len();
    let words = rest_trimmed.strip_prefix("who ").unwrap_or(rest_trimmed);
    let offset = offset + rest_trimmed.len() - words.len();
    let verb = words.split(' ').next()?;
    let perfect = verb == "has";
    let acted = words.split(' ').nth(usize::from(perfect))?;
    if !(acted.ends_with("ed") || DOING.contains(&acted)) {
        return None;
    }
    let span = |at: usize, len: usize| (offset + at, offset + at + len);
    for lead in [" for ", " since "] {
        let Some(at) = words.find(lead) else { continue };
        if words[..at].contains([',']) || words[..at].split(' ').count() > LONGEST {
            return None;
        }
        let value = &words[at + lead.len()..];
        if lead == " since " {
            let Some((0, year)) = year(value) else { return None };
            let (from, to) = span(at + lead.len(), 4);
            return perfect.then(|| (Life { from, to, value: year.to_string() }, true));
        }
        let number = value.split(' ').next()?;
        let years = value[number.len()..].starts_with(" years");
        if let Some(count) = number.parse::<u32>().ok().filter(|count| years && *count < 100) {
            let (from, to) = span(at + lead.len(), number.len() + " years".len());
            return Some((Life { from, to, value: count.to_string() }, false));
        }
    }
    None
}

/// Words between the verb and the number of years.
const LONGEST: usize = 9;

/// Irregular verbs for what people do for years.
const DOING: [&str; 14] = [
    "been", "run", "ran", "kept", "taught", "led", "sat", "sung", "fought", "written", "built", "drove",
    "driven", "held",
];

/// Ages in other words than those right behind the name: “ turned 65”, “ is 43.”.
pub(super) fn reached(after: &str) -> Option<(usize, usize, u32)> {
    for lead in TO_AGE {
        let Some(rest) = after.strip_prefix(lead) else { continue };
        let len = rest.bytes().take_while(u8::is_ascii_digit).count();
        let age: u32 = rest[..len].parse().ok().filter(|age| (1..=115).contains(age))?;
        let tail = &rest[len..];
        let plain = tail.starts_with([',', '.', ';']) && !tail[1..].starts_with(|c: char| c.is_ascii_digit())
            || tail.starts_with(" years old")
            || lead.contains("turned") && TURNED.iter().any(|next| tail.starts_with(next))
            // “turned 18 and went to sea” may be long ago; “has turned” is of today.
            || lead.contains("has turned") && tail.starts_with(" and ");
        return plain.then_some((lead.len(), lead.len() + len, age));
    }
    // “Ruiz, the last of the keepers, who has turned 73”
    let (apposed, rest) = after.strip_prefix(", ")?.split_once(", who ")?;
    let own = !apposed.contains(|c: char| c.is_uppercase() || matches!(c, '.' | ';' | '“' | '"' | ','));
    let at = after.len() - rest.len() - " who ".len();
    let (from, to, age) = own.then(|| reached(&after[at..])).flatten()?;
    Some((at + from, at + to, age))
}

/// What leads from a name to an age.
const TO_AGE: [&str; 8] = [
    " turned ",
    " who turned ",
    ", who turned ",
    " has turned ",
    " who has turned ",
    ", who has turned ",
    " is ",
    ", who is ",
];

/// What follows an age that somebody has turned.
const TURNED: [&str; 5] = [" in ", " on ", " last ", " this ", " earlier "];

/// “At 91, ”, “Aged 91, ” before the name that opens a sentence: where the number stands before the name, and the age.
pub(super) fn opening(before: &str, mention: &PersonMention) -> Option<(usize, u32)> {
    let start = mention.span.start.checked_sub(mention.sentence.start)? as usize;
    let lead = before.get(before.len().checked_sub(start)?..)?;
    let digits = ["At ", "Aged ", "Now "].iter().find_map(|word| lead.strip_prefix(word))?;
    let number = digits.strip_suffix(", ")?;
    let age: u32 = number.parse().ok().filter(|age| (1..=115).contains(age))?;
    Some((number.len() + 2, age))
}

/// “ died on Saturday”, “, who died in March,”, “ was killed on Monday”: where the verb stands. A day follows it, or none.
pub(super) fn died(after: &str) -> Option<(usize, usize)> {
    for finder in DEATHS.iter() {
        let Some(at) = finder.find(after.as_bytes()) else { continue };
        let between = &after[..at];
        let open = between.contains(['.', ';', ':', '“', '"']);
        let words = between.rsplit(' ').nth(1).unwrap_or("");
        // “Ruiz, who ran the ferry for 51 years, died”: clauses between commas; “Ruiz, whose husband died” is another's end.
        let subject = between.is_empty()
            || between == " "
            || between.ends_with(", ")
            || between.ends_with(", who ")
            || words.is_empty() && between.trim().is_empty();
        let own = !between.contains(" and ") && !names_somebody(between);
        if subject && !open && own {
            return Some((at, at + finder.needle().trim_ascii_end().len()));
        }
    }
    None
}

/// The verbs of a death, each with its searcher: the words behind every name are looked through.
static DEATHS: LazyLock<[Finder<'static>; 3]> =
    LazyLock::new(|| ["died ", "was killed ", "was found dead "].map(Finder::new));

/// Does a stretch between commas hold a word for another person: “, his wife, died”? A name there may be a place's, but
/// the clause ends as an apposition of its own.
fn names_somebody(between: &str) -> bool {
    let folded = fold(between);
    [" wife", " husband", " son ", " daughter", " father", " mother", " brother", " sister"]
        .iter()
        .any(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use super::{born, died, reached, service};

    #[test]
    fn births_and_years() {
        let birth = |text| born(text).map(|life| life.value);
        for (text, year) in [
            (" was born on June 2, 1948, the third of seven", Some("1948")),
            (", who was born in 1950 and", Some("1950")),
            (", 43, was born in 1981.", Some("1981")),
            (" was born in Oslo.", None),
            (" said her son was born in 1990", None),
            (", a farmer’s son, was born in 1969.", Some("1969")),
            (", whose son was born in 1990.", None),
        ] {
            assert_eq!(birth(text).as_deref(), year, "{text}");
        }
        let served = |text| service(text).map(|(life, since)| (life.value, since));
        for (text, value) in [
            (", 38, has kept the light for 35 years.", Some(("35", false))),
            (", who taught for 35 years, left", Some(("35", false))),
            (" has worked as a nurse since 1985.", Some(("1985", true))),
            (" said the house had stood for 35 years", None),
            (" worked there since 1985", None),
            (", 38, was jailed for a house that stood, for 35 years", None),
        ] {
            let found = served(text);
            assert_eq!(found.as_ref().map(|(value, since)| (value.as_str(), *since)), value, "{text}");
        }
    }

    #[test]
    fn ages_reached_and_deaths() {
        let age = |text| reached(text).map(|it| it.2);
        assert_eq!(age(" turned 80 in January."), Some(80));
        assert_eq!(age(" is 43."), Some(43));
        assert_eq!(age(" is 43 miles away."), None);
        assert_eq!(age(" turned 12 boats back."), None);
        assert!(died(" died on March 3").is_some());
        assert!(died(", who died in 2019, ran the ferry").is_some());
        assert!(died(", who ran the ferry for 51 years, died on Saturday").is_some());
        assert!(died(", whose husband died in 2019").is_none());
        assert!(died(" said his wife died in 2019").is_none());
    }
}
