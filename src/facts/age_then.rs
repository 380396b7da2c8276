//! An age that somebody had in a year that the sentence names: “was 34 when she won the race in 2011”, “joined in 2001 at
//! the age of 19”. From both follows the year of birth, which every other age must fit.

use super::{Particular, ParticularKind};
use crate::source::ProseSpan;
use crate::syntax::mentions::PersonMention;

/// Ages that are taken for one.
const AGES: std::ops::RangeInclusive<u32> = 1..=115;

/// Years that are taken for one of a life.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// Bytes between a year and “at the age of”.
const BESIDE: usize = 25;

/// Words that lead to an age by themselves.
const AT_AGE: [&str; 4] = ["at the age of ", "at age ", "when aged ", "when still "];

/// What leads to an age right behind a year.
const AGED: &str = ", aged ";

/// What the sentence in `span` says about the one person whom it is about: an age with its year, and “is now 61”. `mentions`
/// are those of its block up to its end, `own` those of the sentence.
pub(super) fn read(
    text: &str,
    span: ProseSpan,
    mentions: &[PersonMention],
    own: &[PersonMention],
) -> Vec<Particular<ProseSpan>> {
    let sentence = span.of(text);
    let digit = |byte: &u8| byte.is_ascii_digit();
    if !sentence.as_bytes().iter().any(digit) || sentence.contains(['“', '”', '"', '‘']) {
        return Vec::new();
    }
    let Some(about) = only_person(own).or_else(|| own.is_empty().then(|| only_person(mentions)).flatten())
    else {
        return Vec::new();
    };
    let at = |from: usize, to: usize| ProseSpan::new(span.start + from as u32, span.start + to as u32);
    let mut found = Vec::new();
    let mut add = |kind, from: usize, to: usize, value: String| {
        found.push(Particular {
            about: about.span,
            span: at(from, to),
            kind,
            value,
            owner: String::new(),
            narrated: false,
        });
    };
    if let Some((year_at, year)) = only_year(sentence)
        && let Some((from, to, age)) = with_year(sentence, about, year_at)
    {
        add(ParticularKind::AgeIn, from, to, format!("{age} {year}"));
    }
    if own.is_empty()
        && let Some((from, to, age)) = then_aged(sentence)
        && let Some(year) = year_before(text, span)
    {
        add(ParticularKind::AgeIn, from, to, format!("{age} {year}"));
    }
    if let Some((from, to, age)) =
        sentence.find(" is now ").and_then(|at| number(sentence, at + " is now ".len()))
    {
        add(ParticularKind::Age, from, to, age.to_string());
    }
    found
}

/// The one person of these mentions; none where they are several, or where a name only owns what is spoken of.
pub(super) fn only_person(mentions: &[PersonMention]) -> Option<&PersonMention> {
    let first = mentions.first()?;
    let one = first.known_as();
    mentions.iter().all(|mention| !mention.possessive && mention.known_as() == one).then_some(first)
}

/// “He was then 36.”, “She was 36 at the time.”: the age in the year that the sentence before names.
fn then_aged(sentence: &str) -> Option<(usize, usize, u32)> {
    let lead = ["He was then ", "She was then "].iter().find(|lead| sentence.starts_with(**lead));
    if let Some(lead) = lead {
        return number(sentence, lead.len());
    }
    let lead = ["He was ", "She was "].iter().find(|lead| sentence.starts_with(**lead))?;
    let (from, to, age) = number(sentence, lead.len())?;
    sentence[to..].starts_with(" at the time").then_some((from, to, age))
}

/// The only year of the sentence before the one in `span`, in the same paragraph.
fn year_before(text: &str, span: ProseSpan) -> Option<i32> {
    let before = text.get(..span.start as usize)?;
    let paragraph = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let paragraph = paragraph.trim_end();
    let sentence = &paragraph[paragraph.trim_end_matches('.').rfind(". ").map_or(0, |at| at + 2)..];
    only_year(sentence).map(|(_, year)| year)
}

/// The only year of a sentence, and where it stands.
fn only_year(sentence: &str) -> Option<(usize, i32)> {
    let bytes = sentence.as_bytes();
    let mut found = None;
    let mut at = 0;
    while at < bytes.len() {
        let len = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if len == 4
            && !sentence[at + len..].starts_with(['-', '–', ',']) | sentence[at + len..].starts_with(", ")
        {
            let year: i32 = sentence.get(at..at + len)?.parse().ok()?;
            if YEARS.contains(&year) {
                if found.is_some() {
                    return None;
                }
                found = Some((at, year));
            }
        }
        at += len.max(1);
    }
    found
}

/// The number at `at`, where it ends like an age: its place and value.
fn number(sentence: &str, at: usize) -> Option<(usize, usize, u32)> {
    let rest = sentence.get(at..)?;
    let len = rest.bytes().take_while(|byte| byte.is_ascii_digit()).count();
    let age: u32 = rest[..len].parse().ok().filter(|age| AGES.contains(age))?;
    let tail = &rest[len..];
    let closed = tail.is_empty()
        || tail.starts_with(['.', ',', ';']) && !tail[1..].starts_with(|c: char| c.is_ascii_digit())
        || [" when ", " years old", " and ", " in ", " at the time"]
            .iter()
            .any(|next| tail.starts_with(next));
    closed.then_some((at, at + len, age))
}

/// The age of the year at `year`.
fn with_year(sentence: &str, about: &PersonMention, year: usize) -> Option<(usize, usize, u32)> {
    // “joined in 2001 at the age of 19”
    for lead in AT_AGE {
        let Some(at) = sentence.find(lead) else { continue };
        let (from, to, age) = number(sentence, at + lead.len())?;
        let near = if year < at { at - year } else { year.saturating_sub(to) } <= BESIDE;
        return near.then_some((from, to, age));
    }
    // “was convicted in 1989, aged 36”
    let behind = sentence.get(year + 4..)?;
    if behind.starts_with(AGED) {
        return number(sentence, year + 4 + AGED.len());
    }
    let (from, to, age) = subject_was(sentence, about)?;
    // “joined the club in 1989, when he was 36”
    if year < from && matches!(sentence.get(year + 4..from), Some(", when he was " | ", when she was ")) {
        return Some((from, to, age));
    }
    let near =
        |from: usize, to: usize| sentence.get(from..to).is_some_and(|between| !between.contains([',', ';']));
    let before = sentence.get(..from)?;
    let after = sentence.get(to..)?;
    // “was 34 when she won the race in 2011”
    let when_after = after.starts_with(" when ") && year > to && near(to, year);
    // “In 2015, when she was 30, …”, “When Ruiz first rowed the race in 1995, she was 20”
    let opens = |lead: &str| sentence.starts_with(lead);
    let when_before = opens("In ") && year < BESIDE && before.contains("when ")
        || opens("When ")
            && year < from
            && sentence.get(year + 4..).is_some_and(|rest| rest.starts_with(", "));
    (when_after || when_before).then_some((from, to, age))
}

/// “she was 34”, “who was 12”, “Ruiz was 30”: the age of the person himself, and of nobody who belongs to him.
fn subject_was(sentence: &str, about: &PersonMention) -> Option<(usize, usize, u32)> {
    let family = about.name.rsplit(' ').next().unwrap_or(&about.name);
    sentence.match_indices(" was ").find_map(|(at, verb)| {
        let word = sentence[..at].rsplit([' ', '\n']).next()?;
        let subject = matches!(word, "she" | "he" | "She" | "He" | "who")
            || word == family
            || aged(word, sentence, at, family);
        subject.then(|| number(sentence, at + verb.len()))?
    })
}

/// “Ruiz, 43, was 20 when”: the age of today between the name and the verb.
fn aged(word: &str, sentence: &str, verb: usize, family: &str) -> bool {
    let digits = word.strip_suffix(',').is_some_and(|age| age.bytes().all(|byte| byte.is_ascii_digit()));
    let before = sentence[..verb - word.len()].trim_end();
    let before = before.strip_suffix(" now").unwrap_or(before);
    digits && before.strip_suffix(',').is_some_and(|before| before.ends_with(family))
}

#[cfg(test)]
mod tests {
    use super::{only_year, with_year};
    use crate::source::ProseSpan;
    use crate::syntax::mentions::{MentionTense, PersonMention};

    #[test]
    fn an_age_and_its_year() {
        let ruiz = PersonMention {
            span: ProseSpan::new(0, 0),
            name: "Ana Ruiz".into(),
            person: None,
            titles: Vec::new(),
            quoted: false,
            possessive: false,
            sentence: ProseSpan::new(0, 0),
            tense: MentionTense::Past,
            imagined: false,
            rises: false,
            acts_in_office: false,
            retrospect: false,
            honorific: String::new(),
        };
        for (text, age) in [
            ("Ruiz, now 52, was 34 when she won the race in 2011.", Some((34, 2011))),
            ("In 2015, when Ruiz was 30, she bought the boat.", Some((30, 2015))),
            ("Ruiz, who was 12 when the bridge opened in 1990, is now 61.", Some((12, 1990))),
            ("Ruiz, 52, joined the lifeboat in 2001 at the age of 19.", Some((19, 2001))),
            ("When Ruiz, 43, first rowed the race in 1995, she was 20.", Some((20, 1995))),
            ("Ruiz’s mother was 30 when the bridge opened in 1990.", None),
            ("Ruiz was 34 when she bought the boat, which sank in 2015.", None),
            ("Ruiz was 34 minutes late in 2011.", None),
            ("Ruiz was 34 in 2011 and 40 in 2015 when she left.", None),
        ] {
            let found = only_year(text).and_then(|(at, year)| Some((with_year(text, &ruiz, at)?.2, year)));
            assert_eq!(found, age, "{text}");
        }
    }
}
