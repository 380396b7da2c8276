//! What is dated: “the inquest opens on Tuesday” gives the inquest a day.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::lexicon::{Class, entries, lexicon};
use crate::source::ProseSpan;

/// The longest stretch before a date that is looked at, in bytes.
const REACH: usize = 150;

/// The most words of a phrase for an event, its article and what it is about left out.
const LONGEST: usize = 4;

/// The most words between the event and its verb: “in Room 4 of the county court”.
const LONGEST_TAIL: usize = 12;

/// Prepositions before an event that a day follows.
const LEADS: &[&str] = &["at", "for", "before", "ahead"];

/// The words of one kind in the list.
fn listed(kind: &str) -> FxHashSet<&'static str> {
    entries(include_str!("../../rules/words/event-verbs.txt"))
        .filter_map(|line| line.split_once(" = "))
        .filter(|(name, _)| *name == kind)
        .flat_map(|(_, words)| words.split_ascii_whitespace())
        .collect()
}

/// Words that may stand between the event and its day.
static BETWEEN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| listed("between"));
/// Those of them that tell of an end.
static ENDING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| listed("ending"));
/// Prepositions that lead to a place.
static PLACE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| listed("place"));
/// Prepositions that lead to what an event is about.
static TOPIC: LazyLock<FxHashSet<&str>> = LazyLock::new(|| listed("topic"));

/// Is it a preposition between an event and what it is about: “of” in “the auction of the mill”?
pub fn leads_to_topic(word: &str) -> bool {
    TOPIC.contains(word)
}

/// An event that has a day.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dated {
    /// The phrase for it, with what it is about.
    pub span: ProseSpan,
    /// The day is its last one: “the fair ends on Tuesday”.
    pub ends: bool,
}

/// A word and where it stands in the text.
type Word<'t> = (usize, &'t str);

/// The phrase for what happens on the date at `date`, where the words right before it say so: an article, up to four
/// words, perhaps a place or a topic, and a verb that places it in time.
pub(super) fn dated(text: &str, date: ProseSpan) -> Option<Dated> {
    let end = date.start as usize;
    let mut from = end.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let stretch = text.get(from..end)?;
    let (clause, words) = last_clause(text, stretch);
    let places = |words: &[Word<'_>]| {
        words.iter().any(|(_, word)| !matches!(*word, "on" | "for" | "from" | "until" | "by"))
    };
    let trailing = words.iter().rev().take_while(|(_, word)| BETWEEN.contains(word)).count();
    let (head, verbs) = words.split_at(words.len() - trailing);
    if trailing > 0
        && !places(verbs)
        && let Some(span) = led(head)
    {
        return Some(Dated { span, ends: verbs.iter().any(|(_, word)| ENDING.contains(word)) });
    }
    let words = without_place(&words);
    let verbs = words.iter().rev().take_while(|(_, word)| BETWEEN.contains(word)).count();
    if verbs == 0 {
        return None;
    }
    let (mut head, verbs) = words.split_at(words.len() - verbs);
    let placed = places(verbs);
    // “The regatta, now in its 40th year, opens on”: the event stands before the aside.
    let before_aside;
    if head.is_empty() && placed && clause.ends_with(',') {
        let aside = clause.trim_end_matches(',').rfind(',')?;
        before_aside = last_clause(text, &clause[..aside]).1;
        head = &before_aside;
    }
    let span = subject(head).filter(|_| placed)?;
    Some(Dated { span, ends: verbs.iter().any(|(_, word)| ENDING.contains(word)) })
}

/// The words without a place between the verb and the day: “is held at the Corn Hall on”.
fn without_place<'w, 't>(words: &'w [Word<'t>]) -> &'w [Word<'t>] {
    let Some(on) = words.len().checked_sub(1).filter(|&at| words[at].1 == "on") else { return words };
    let verb = |(_, word): &Word<'_>| {
        BETWEEN.contains(word) && !matches!(*word, "on" | "for" | "from" | "until" | "by")
    };
    let near = on.saturating_sub(LONGEST_PLACE)..on;
    let at = near.rev().find(|&at| PLACE.contains(words[at].1));
    let placed = at.and_then(|at| at.checked_sub(1)).filter(|&before| verb(&words[before]));
    placed.map_or(words, |before| &words[..=before])
}

/// Words of a place: “at St. Mary’s Hall”.
const LONGEST_PLACE: usize = 6;

/// The words of the last clause of a stretch, and the stretch up to it with the mark that parts the two.
fn last_clause<'t>(text: &str, stretch: &'t str) -> (&'t str, Vec<Word<'t>>) {
    let marks = [';', ':', ',', '“', '”', '"', '(', ')', '\n', '—', '?', '!', '.'];
    let parts = |&(at, mark): &(usize, &str)| {
        // “St. Mary’s Hall”: the stop of an abbreviation parts nothing.
        let word = stretch[..at].rsplit([' ', '\n']).next().unwrap_or_default();
        mark != "." || word.chars().count() > 2 || !word.starts_with(char::is_uppercase)
    };
    let clause = stretch.rmatch_indices(marks).find(parts).map_or(0, |(at, mark)| at + mark.len());
    let place = |word: &'t str| (word.as_ptr() as usize - text.as_ptr() as usize, word);
    let words = stretch[clause..].split([' ', '\n']).filter(|word| !word.is_empty()).map(place);
    (&stretch[..clause], words.collect())
}

fn is_article(word: &str) -> bool {
    matches!(word, "the" | "The" | "a" | "A" | "an" | "An" | "its" | "Its" | "their" | "Their")
}

/// The stem of an owner: “Prowse” of “Prowse’s”.
fn owner(word: &str) -> Option<&str> {
    ["’s", "'s", "s’", "s'"].iter().find_map(|end| word.strip_suffix(end))
}

/// A word that a phrase for an event may have.
fn plain(word: &str) -> bool {
    word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''))
        && !matches!(word, "and" | "that" | "who" | "which" | "to" | "said" | "says")
        && !PLACE.contains(word)
        && !TOPIC.contains(word)
}

/// “at the annual meeting on Tuesday”: a preposition and an adjective place an event too.
fn led(head: &[Word<'_>]) -> Option<ProseSpan> {
    let article = head.iter().rposition(|(_, word)| is_article(word))?;
    let phrase = unowned(&head[article + 1..]);
    let led = article.checked_sub(1).is_some_and(|at| LEADS.contains(&head[at].1));
    // A name is a place's, “at the Corn Hall on Tuesday”, unless it is a body's that meets: “before the Harbour Committee”.
    let common = phrase.last().is_some_and(|(_, word)| {
        word.starts_with(char::is_lowercase) || lexicon().class(&word.to_lowercase()).any(Class::BODY_NOUN)
    });
    let whole = (2..=LONGEST).contains(&phrase.len()) && phrase.iter().all(|(_, word)| plain(word)) && common;
    (led && whole).then(|| span(phrase)).flatten()
}

/// The phrase without whose it is, which may be left out elsewhere: “the growers’ annual meeting”.
fn unowned<'w, 't>(phrase: &'w [Word<'t>]) -> &'w [Word<'t>] {
    let owner = phrase.iter().rposition(|(_, word)| owner(word).is_some()).map_or(0, |at| at + 1);
    &phrase[owner..]
}

fn span(phrase: &[Word<'_>]) -> Option<ProseSpan> {
    let (start, last) = (phrase.first()?, phrase.last()?);
    Some(ProseSpan::new(start.0 as u32, (last.0 + last.1.len()) as u32))
}

/// The subject of the verb that ends `head`: “hearing” in “the hearing in Room 4 of the county court”, “auction of the mill”
/// in “the auction of the mill at the Corn Hall”. The leftmost article counts from which phrases run to the verb.
fn subject(head: &[Word<'_>]) -> Option<ProseSpan> {
    (0..head.len()).find_map(|at| {
        let article = is_article(head[at].1);
        let owned = || head[at].1.starts_with(char::is_uppercase) && owner(head[at].1).is_some();
        if !article && !owned() {
            return None;
        }
        let rest = &head[at + usize::from(article)..];
        let len = rest.iter().take_while(|(_, word)| plain(word) && !is_article(word)).count();
        let about = phrases(&rest[len..])?;
        // “Prowse’s funeral” has no article and keeps its owner: it is the only word that tells which one.
        let noun = if article { unowned(&rest[..len]) } else { &rest[..len] };
        let long = noun.len() > LONGEST || rest.len() - len > LONGEST_TAIL;
        if noun.is_empty() || noun.len() < 1 + usize::from(!article) || long {
            return None;
        }
        span(&rest[len - noun.len()..len + about])
    })
}

/// How many words at the start of a tail tell what the event is about; `None` where the tail is not made of phrases with
/// prepositions, so that another clause runs on.
fn phrases(tail: &[Word<'_>]) -> Option<usize> {
    let (mut about, mut placed) = (0, false);
    let mut at = 0;
    while at < tail.len() {
        let topic = TOPIC.contains(tail[at].1);
        if !topic && !PLACE.contains(tail[at].1) {
            return None;
        }
        let article = tail.get(at + 1).is_some_and(|(_, word)| is_article(word));
        let from = at + 1 + usize::from(article);
        let noun = |(_, word): &&Word<'_>| {
            let class = lexicon().class(&word.to_lowercase());
            // A finite verb would begin a clause.
            let clause = class.any(Class::AUXILIARY.or(Class::CUE)) && !word.starts_with(char::is_uppercase);
            !is_article(word) && !PLACE.contains(word) && !TOPIC.contains(word) && !clause
        };
        let len = tail[from..].iter().take_while(noun).count();
        if len == 0 || len > LONGEST {
            return None;
        }
        at = from + len;
        placed |= !topic;
        if !placed {
            about = at;
        }
    }
    Some(about)
}

#[cfg(test)]
mod tests {
    use super::dated;
    use crate::source::ProseSpan;

    #[test]
    fn events_and_their_days() {
        for (text, event) in [
            ("The inquest opens on Tuesday", Some("inquest")),
            ("The public hearing will be held on Tuesday", Some("public hearing")),
            ("He said the council vote is set for Tuesday", Some("council vote")),
            ("the bridge opened on Tuesday", Some("bridge")),
            ("The growers’ annual meeting is on Tuesday", Some("annual meeting")),
            ("The hearing in Room 4 of the county court is set for Tuesday", Some("hearing")),
            ("The auction of the mill at the Corn Hall will be held on Tuesday", Some("auction of the mill")),
            (
                "A public meeting about the bypass at St. Mary’s Hall is planned for Tuesday",
                Some("public meeting about the bypass"),
            ),
            ("The regatta, now in its 40th year, opens on Tuesday", Some("regatta")),
            (
                "A service of thanksgiving will be held at the Corn Hall on Tuesday",
                Some("service of thanksgiving"),
            ),
            ("The third meeting on the plan is at St. Mary’s Hall on Tuesday", Some("third meeting")),
            ("The boat was seen at the quay on Tuesday", None),
            ("Prowse’s funeral will take place on Tuesday", Some("Prowse’s funeral")),
            ("the mayor said on Tuesday", None),
            ("the boat sailed past the pier on Tuesday", None),
            ("The day before the vote, on Tuesday", None),
            ("The mayor of the town hopes the bridge will open on Tuesday", Some("bridge")),
            ("She told the court that the pier is to close on Tuesday", Some("pier")),
            ("He walked to the court, which opens on Tuesday", None),
            ("opened on Tuesday", None),
        ] {
            let start = text.len() - "Tuesday".len();
            let found = dated(text, ProseSpan::new(start as u32, text.len() as u32));
            assert_eq!(found.map(|found| found.span.of(text)), event, "{text}");
        }
    }

    #[test]
    fn the_last_day_of_an_event() {
        let ends = |text: &str| {
            let start = text.len() - "Tuesday".len();
            dated(text, ProseSpan::new(start as u32, text.len() as u32)).map(|found| found.ends)
        };
        assert_eq!(ends("The fair ends on Tuesday"), Some(true));
        assert_eq!(ends("The fair opens on Tuesday"), Some(false));
    }
}
