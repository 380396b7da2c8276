//! The day of saying, from the clause that attributes.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::days::days;
use crate::calendar::{Day, Interval};
use crate::lexicon::{Class, WordSet, lexicon};
use crate::source::SpanIn;
use crate::syntax::dates::{self, Expression, Shape};
use crate::syntax::tense::{self, Tense};

/// Words between a cue and its day: more than this, and the day is hardly the cue's any more.
const REACH: usize = 18;

/// A day of saying so many days after the publication is a slip; a later one belongs to something else.
const FAR: i32 = 30;

static CARRIERS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../rules/words/carriers.txt").lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// The days on which something was said, from the words of the attribution's own clause: the source, the cue at
/// `cue` (a range of `clause`) and what belongs to them, without what was said.
///
/// `None` where the clause names no day, or where the day belongs to what was said (“said the vote on Friday
/// would fail”) or to the source (“Ruiz, who resigned on Monday, said”). “After Friday's vote” gives the days
/// from then to the publication.
pub fn said_on<T>(clause: &str, cue: SpanIn<T>, published: Option<Day>) -> Option<Interval> {
    let (start, end) = (cue.start as usize, cue.end as usize);
    let said = clause.get(start..end)?;
    let before = &clause[..start];
    // “…,” said Ana Ruiz, the mayor, on Monday: the source stands between the cue and the day.
    let inverted = !before.contains(char::is_alphabetic);
    for expression in dates::each(clause) {
        let (from, to) = (expression.span.start as usize, expression.span.end as usize);
        let link = if from >= end {
            let between = &clause[end..from];
            after_cue(if inverted { past_source(between) } else { between }, takes_hearer(said))
        } else if to <= start {
            before_cue(&before[..from], &before[to..])
        } else {
            None
        };
        let Some(link) = link else { continue };
        if matches!(expression.shape, Shape::Year { .. }) && !leads_year(&clause[..from]) {
            continue;
        }
        if possessive(&clause[to..]) && !matches!(link, Link::At | Link::After) {
            continue;
        }
        return resolved(clause, cue, &expression, link, published);
    }
    None
}

/// What follows a source that stands at the beginning: names, titles and an aside between commas are left out. The whole,
/// where no name stands there.
fn past_source(between: &str) -> &str {
    let lexicon = lexicon();
    let mut rest = between.trim_start();
    let mut named = false;
    while let Some(word) = rest.split([' ', '\n', ',']).next().filter(|word| !word.is_empty()) {
        let class = lexicon.class(word);
        let capital = word.starts_with(char::is_uppercase);
        let title = class.any(Class::PERSON_NOUN.or(Class::HONORIFIC).or(Class::BODY_NOUN)) || word == "the";
        if !(capital || title && !class.any(Class::PREPOSITION)) {
            break;
        }
        named |= capital;
        rest = rest[word.len()..].trim_start_matches([' ', '\n']);
    }
    if let Some((_, after)) = rest.strip_prefix(',').and_then(|aside| aside.split_once(',')) {
        rest = after;
    }
    if named { rest } else { between }
}

/// The writer's own words around a cue.
pub fn clause<T>(text: &str, cue: SpanIn<T>, quoted: &[SpanIn<T>]) -> SpanIn<T> {
    let after = quoted.partition_point(|span| span.start < cue.start);
    let least = quoted[..after].last().map_or(0, |span| span.end).min(cue.start);
    let most = quoted.get(after).map_or(text.len() as u32, |span| span.start).max(cue.end);
    let (Some(before), Some(behind)) =
        (text.get(least as usize..cue.start as usize), text.get(cue.end as usize..most as usize))
    else {
        return cue;
    };
    let ends = |text: &str, (at, byte): &(usize, u8)| {
        matches!(byte, b'.' | b'\n' | b'?' | b'!') && sentence_ends(text, *at)
    };
    let start = before.bytes().enumerate().rev().find(|sign| ends(before, sign));
    let start = start.map_or(least, |(at, _)| least + at as u32 + 1);
    let end = behind.bytes().enumerate().find(|sign| ends(behind, sign));
    let end = end.map_or(most, |(at, _)| cue.end + at as u32);
    SpanIn::new(start, end)
}

/// Does the sentence end with the mark at `at`? Lines may break anywhere; a full stop after an abbreviation and
/// one that no capital follows end nothing.
fn sentence_ends(text: &str, at: usize) -> bool {
    let rest = &text[at + 1..];
    match text.as_bytes()[at] {
        b'\n' => rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n'),
        b'.' => {
            let word = text[..at].rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next().unwrap_or("");
            let stopped = &text[at - word.len()..=at];
            let short =
                lexicon().class(stopped).any(Class::ABBREVIATION.or(Class::HONORIFIC).or(Class::MONTH));
            !short
                && word.chars().count() > 1
                && rest.trim_start().chars().next().is_none_or(|c| !c.is_lowercase())
                && rest.chars().next().is_none_or(char::is_whitespace)
        }
        _ => true,
    }
}

/// How a day hangs on the clause.
#[derive(Clone, Copy, PartialEq)]
enum Link {
    /// “said Monday”, “said on Monday”.
    On,
    /// “said at Monday's hearing”, “said in an interview televised Monday”.
    At,
    /// “said after Monday's vote”.
    After,
}

fn resolved<T>(
    clause: &str,
    cue: SpanIn<T>,
    expression: &Expression,
    link: Link,
    published: Option<Day>,
) -> Option<Interval> {
    if matches!(expression.shape, Shape::Elsewhere) {
        return None;
    }
    // “promised on Tuesday” is of the past whatever is promised; “will say” is not.
    let past = cue
        .of(clause)
        .split_whitespace()
        .next()
        .is_some_and(|word| lexicon().class(word).any(Class::FORM_PAST));
    let future = !past && tense::around(clause, expression.span) == Tense::Future;
    let tense = if future { Tense::Future } else { Tense::Past };
    let days = days(clause, expression, published, tense)?;
    // Nobody is quoted from next year: “said of the prospects in 2017” speaks of the prospects.
    let far = |from: Day| published.is_some_and(|published| from.days_since(published) > FAR);
    if past && days.from.is_some_and(far) {
        return None;
    }
    Some(if link == Link::After { Interval { from: days.from, to: published } } else { days })
}

/// “in 2014”, “in a 2014 interview”; but “the 1968 contest” and “Lund's 2012 campaign” are no days of saying.
fn leads_year(before: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or("").to_lowercase();
    last == "a" || lexicon().class(&last).any(Class::PREPOSITION)
}

/// “told”, “asked”: the hearer stands between the cue and the day.
fn takes_hearer(cue: &str) -> bool {
    let first = cue.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    WordSet::Hearer.has_in_any_case(first)
}

/// “Monday's”.
fn possessive(rest: &str) -> bool {
    rest.strip_prefix(['\'', '’']).is_some_and(|rest| rest.starts_with('s'))
}

/// The words of a stretch, each with whether a comma stands before it.
fn words(text: &str) -> Vec<(&str, bool)> {
    let mut comma = false;
    let mut found = Vec::new();
    for piece in text.split_inclusive(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.')))
    {
        let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
        if !word.is_empty() {
            found.push((word, comma));
            comma = false;
        }
        comma |= piece.ends_with(',');
    }
    found
}

/// How a day behind the cue hangs on it, by the words between; `None` where what was said has begun.
fn after_cue(between: &str, told: bool) -> Option<Link> {
    if between.contains(['“', '”', '"', ':', ';', '—']) {
        return None;
    }
    let words = words(between);
    if words.len() > REACH {
        return None;
    }
    let lexicon = lexicon();
    let mut carried = false;
    for (at, &(word, _)) in words.iter().enumerate() {
        let class = lexicon.class(word);
        let lower = word.to_lowercase();
        let capital = word.starts_with(char::is_uppercase);
        let previous = at.checked_sub(1).map(|at| lexicon.class(words[at].0));
        let carrier = CARRIERS.contains(lower.as_str());
        carried |= carrier;
        if at == 0
            && !told
            && !carrier
            && !class.any(Class::PREPOSITION.or(Class::ADVERB))
            && !lower.ends_with("ly")
        {
            return None;
        }
        let content = class.any(Class::SUBJECT.or(Class::RELATIVE).or(Class::AUXILIARY)) && !capital
            || ["that", "if", "whether", "because"].contains(&lower.as_str());
        let verb = !capital && !carrier && class.any(Class::FORM_PAST) && !class.any(Class::CUE_NOUN);
        // A noun phrase that no preposition leads begins what was said: “said in Paris the talks on Saturday …”.
        let unled = class.any(Class::DETERMINER.or(Class::POSSESSIVE))
            && !previous.is_some_and(|before| before.any(Class::PREPOSITION.or(Class::COORDINATOR)))
            && !(told && at == 0);
        if content || verb || unled {
            return None;
        }
    }
    link(&words, carried)
}

/// By the preposition right before the day, articles passed over.
fn link(words: &[(&str, bool)], carried: bool) -> Option<Link> {
    let lexicon = lexicon();
    let leading = words.iter().rev().map(|(word, _)| word.to_lowercase()).find(|word| {
        let class = lexicon.class(word);
        class.any(Class::PREPOSITION) || !class.any(Class::DETERMINER.or(Class::ADVERB))
    });
    match leading.as_deref() {
        Some("after" | "following") => Some(Link::After),
        Some(
            "before" | "since" | "until" | "till" | "by" | "for" | "of" | "about" | "regarding" | "from"
            | "over" | "to",
        ) => None,
        Some("at" | "in" | "during") => Some(Link::At),
        _ if carried => Some(Link::At),
        // “after talks in Turin last Friday”: the day is the talks'.
        _ if words.iter().any(|(word, _)| ["after", "following"].contains(&word.to_lowercase().as_str())) => {
            Some(Link::After)
        }
        _ => Some(Link::On),
    }
}

/// How a day before the cue hangs on it: it opens the clause (“On Monday, Ruiz said”) or stands right before the
/// cue (“Ruiz on Monday said”).
fn before_cue(lead: &str, between: &str) -> Option<Link> {
    let lexicon = lexicon();
    let lead = words(lead);
    let between_words = words(between);
    let prepositional = lead
        .iter()
        .all(|(word, _)| lexicon.class(word).any(Class::PREPOSITION.or(Class::ADVERB).or(Class::DETERMINER)));
    if lead.len() <= 2 && prepositional {
        // A verb on the way, outside an aside between commas, may have taken the day for itself.
        let mut aside = false;
        let mut commas = 0;
        for &(word, comma) in &between_words {
            commas += usize::from(comma);
            let class = lexicon.class(word);
            aside |= comma && commas > 1 && class.any(Class::RELATIVE);
            if !aside
                && !word.starts_with(char::is_uppercase)
                && class.any(Class::FORM_PAST.or(Class::AUXILIARY))
            {
                return None;
            }
        }
        return link(&lead, false).or_else(|| lead.is_empty().then_some(Link::On));
    }
    let adjacent = between_words.iter().all(|(word, comma)| !comma && lexicon.class(word).any(Class::ADVERB))
        && !between.contains(',');
    let on = lead.last().is_some_and(|(word, comma)| {
        word.eq_ignore_ascii_case("on") || word.starts_with(char::is_uppercase) && !comma
    });
    (adjacent && on).then_some(Link::On)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ProseSpan;

    /// The answer for a clause whose cue stands in brackets, published on Thursday, April 17, 2025.
    fn said(marked: &str) -> Option<String> {
        let (before, rest) = marked.split_once('[')?;
        let (cue, after) = rest.split_once(']')?;
        let clause = format!("{before}{cue}{after}");
        let cue = ProseSpan::new(before.len() as u32, (before.len() + cue.len()) as u32);
        let days = said_on(&clause, cue, Day::new(2025, 4, 17))?;
        Some(match (days.from, days.to) {
            (Some(from), Some(to)) if from == to => from.to_string(),
            (from, to) => format!("{}/{}", from?, to?),
        })
    }

    #[test]
    fn the_clause_tells_the_day() {
        for (clause, day) in [
            ("Reyes [said] on Monday", "2025-04-14"),
            ("Reyes [said] Monday", "2025-04-14"),
            ("Reyes [told] reporters in Lima on Wednesday", "2025-04-16"),
            ("Reyes [told] Channel Six in an interview televised Monday that", "2025-04-14"),
            ("Reyes [said] during a Harbour Radio talk broadcast Monday", "2025-04-14"),
            ("Reyes [said] of the strike on Sunday", "2025-04-13"),
            ("On Monday, Reyes, who leads the union, [said]", "2025-04-14"),
            ("Reyes on Tuesday [said]", "2025-04-15"),
            ("Reyes [wrote] in a letter dated April 3, 2025,", "2025-04-03"),
            ("Reyes [said] at Wednesday’s hearing", "2025-04-16"),
            ("Reyes [said] after Monday’s vote", "2025-04-14/2025-04-17"),
            ("[said] Ana Reyes on Monday", "2025-04-14"),
            ("[wrote] Ana Reyes, the mayor, on April 9", "2025-04-09"),
            ("[said] Mayor Ana Reyes Monday", "2025-04-14"),
            ("Reyes [said] yesterday", "2025-04-16"),
            ("Reyes [said] in a 2014 interview", "2014-01-01/2014-12-31"),
            ("Reyes [said] in March", "2025-03-01/2025-03-31"),
            ("Reyes [said] Thursday", "2025-04-17"),
            ("Reyes [promised] on Tuesday to refrain from it", "2025-04-15"),
            ("Reyes will [say] on Monday", "2025-04-21"),
        ] {
            assert_eq!(said(clause).as_deref(), Some(day), "{clause}");
        }
    }

    #[test]
    fn the_day_belongs_to_something_else() {
        for clause in [
            "Reyes [said] the vote on Friday would fail",
            "[said] Ana Reyes, who resigned on Monday",
            "Reyes [said] he would leave on Monday",
            "Reyes [said] that on Monday the union met",
            "Reyes [said] in Lima the talks on Saturday had failed",
            "Reyes, who resigned on Monday, [said]",
            "Reyes [said] Monday’s vote was void",
            "Reyes [said] before Monday’s vote",
            "The minister elected in 2018 [said]",
            "Reyes [said]",
            "Reyes [said] about Monday",
            "The 1968 contest that Lund won [was] tough",
            "Reyes [said] of the chances for rents in 2027",
        ] {
            assert_eq!(said(clause), None, "{clause}");
        }
    }
}
