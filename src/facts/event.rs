//! What is dated: “the inquest opens on Tuesday” gives the inquest a day.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::lexicon::entries;
use crate::source::ProseSpan;

/// The longest stretch before a date that is looked at, in bytes.
const REACH: usize = 90;

/// The most words of a phrase for an event, its article left out.
const LONGEST: usize = 4;

/// Prepositions before an event that a day follows.
const LEADS: &[&str] = &["at", "for", "before", "ahead"];

/// Words that may stand between the event and its day.
static BETWEEN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    entries(include_str!("../../rules/words/event-verbs.txt")).flat_map(str::split_ascii_whitespace).collect()
});

/// The phrase for what happens on the date at `date`, where the words right before it say so: an article, up to four
/// words, and a verb that places it in time.
pub(super) fn dated(text: &str, date: ProseSpan) -> Option<ProseSpan> {
    let end = date.start as usize;
    let mut from = end.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let stretch = text.get(from..end)?;
    let clause = stretch
        .rfind(['.', ';', ':', ',', '“', '”', '"', '(', ')', '\n', '—', '?', '!'])
        .map_or(0, |at| at + stretch[at..].chars().next().map_or(1, char::len_utf8));
    let words: Vec<(usize, &str)> = stretch[clause..]
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let verbs = words.iter().rev().take_while(|(_, word)| BETWEEN.contains(word)).count();
    let placed = words[words.len() - verbs..]
        .iter()
        .any(|(_, word)| !matches!(*word, "on" | "for" | "from" | "until" | "by"));
    let head = &words[..words.len() - verbs];
    let article = head
        .iter()
        .rposition(|(_, word)| matches!(*word, "the" | "The" | "a" | "A" | "an" | "An" | "its" | "Its"))?;
    // “The growers’ annual meeting”: whose it is may be left out elsewhere.
    let owned = |(_, word): &(usize, &str)| ["’s", "'s", "s’", "s'"].iter().any(|end| word.ends_with(end));
    let owner = head[article + 1..].iter().rposition(owned).map_or(0, |at| at + 1);
    let phrase = &head[article + 1 + owner..];
    // “at the annual meeting on Tuesday”: a preposition and an adjective place it too.
    let led = article.checked_sub(1).is_some_and(|at| LEADS.contains(&head[at].1));
    let placed = placed || led && phrase.len() > 1;
    let near = verbs > 0 && placed && !phrase.is_empty() && phrase.len() <= LONGEST;
    let plain = phrase.iter().all(|(_, word)| {
        word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''))
            && !matches!(*word, "and" | "that" | "who" | "which" | "of" | "to" | "said" | "says")
    });
    let (start, last) = (phrase.first()?, phrase.last()?);
    (near && plain).then(|| ProseSpan::new(start.0 as u32, (last.0 + last.1.len()) as u32))
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
            ("the mayor said on Tuesday", None),
            ("the boat sailed past the pier on Tuesday", None),
            ("The day before the vote, on Tuesday", None),
            ("opened on Tuesday", None),
        ] {
            let start = text.len() - "Tuesday".len();
            let found = dated(text, ProseSpan::new(start as u32, text.len() as u32));
            assert_eq!(found.map(|span| span.of(text)), event, "{text}");
        }
    }
}
