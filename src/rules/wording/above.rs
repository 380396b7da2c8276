//! Words in marks above a text that a quotation of the text has but for one word, “two winters of misery” over “two winters of
//! detours”, or but for a few in a row where there are many.
//!
//! The title and the standfirst of a front matter are no quotations of the draft, so that they are compared here, word by word.

use std::ops::Range;

use crate::facts::{FileFacts, Phrase};
use crate::lexicon::{Class, lexicon};
use crate::source::{BlockKind, Span};

/// The shortest such words, and the longest; of the shortest two with a topic must be equal, of longer ones one.
const WORDS: std::ops::RangeInclusive<usize> = 3..=10;

/// Letters of the shortest word with a topic.
const SHORTEST_TOPIC: usize = 4;

/// Letters that two forms of one word begin with: “winter” and “winters”.
const COMMON: usize = 4;

/// The shortest words above a text of which several in a row may be others, and the longest.
const LONG: std::ops::RangeInclusive<usize> = 8..=40;

/// The most words in a row that are others.
const OTHERS: usize = 3;

/// Words that are equal before and behind the others, at the least: a beginning or an end alone is a turn of phrase.
const EQUAL_BEFORE: usize = 3;
const EQUAL_BEHIND: usize = 2;

/// The two places that differ by one word, or by a few in a row: in the words above, and in the one quotation of the text that nearly has them.
pub(super) struct Nearly {
    /// The word above the text.
    pub above: Span,
    /// The word in the quotation.
    pub below: Span,
    /// The quotation.
    pub quotation: Span,
}

/// Where a quotation of the text has the phrase with another word; `None` where none has, or more than one.
pub(super) fn nearly(facts: &FileFacts, phrase: &Phrase) -> Option<Nearly> {
    let own = words(&phrase.text);
    let (short, long) = (WORDS.contains(&own.len()), LONG.contains(&own.len()));
    if !short && !long {
        return None;
    }
    let mut found = None;
    for quotation in &facts.quotations {
        let block = facts.blocks.get(quotation.block as usize).map(|block| block.kind);
        if matches!(block, Some(BlockKind::Heading | BlockKind::Caption)) {
            continue;
        }
        let said = words(&quotation.words);
        let start = phrase.span.start;
        let place = |words: &[Word]| Some(words.first()?.1.start..words.last()?.1.end);
        let stretches = || (0..said.len()).find_map(|at| stretch_off(&own, &said[at..]));
        if long
            && let Some((one, other)) = stretches()
            && let (Some(one), Some(other)) = (place(one), place(other))
        {
            let above = Span::new(start + one.start as u32, start + one.end as u32);
            let below = quotation.places.span(other);
            if found.replace(Nearly { above, below, quotation: quotation.span }).is_some() {
                return None;
            }
            continue;
        }
        if !short {
            continue;
        }
        for (at, run) in said.windows(own.len()).enumerate() {
            let Some(odd) = one_off(&own, run) else { continue };
            let above = Span::new(start + own[odd].1.start as u32, start + own[odd].1.end as u32);
            let below = quotation.places.span(said[at + odd].1.clone());
            if found.replace(Nearly { above, below, quotation: quotation.span }).is_some() {
                return None;
            }
        }
    }
    found
}

/// The words of a text in small letters, each with its bytes.
fn words(text: &str) -> Vec<Word> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split(|c: char| !inside(c)) {
        let range = at..at + word.len();
        at = range.end + text[range.end..].chars().next().map_or(0, char::len_utf8);
        let bare = word.trim_matches(['\'', '’', '-']);
        if !bare.is_empty() {
            words.push((bare.replace('’', "'").to_lowercase(), range));
        }
    }
    words
}

/// The only word that differs, where it has a topic on both sides and is no other form of the same word.
fn one_off(own: &[Word], said: &[Word]) -> Option<usize> {
    let mut differing = (0..own.len()).filter(|&at| own[at].0 != said[at].0);
    let odd = differing.next().filter(|_| differing.next().is_none())?;
    let (one, other) = (&own[odd].0, &said[odd].0);
    let common = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let topics = (0..own.len()).filter(|&at| at != odd && has_topic(&own[at].0)).count();
    let enough = if own.len() == *WORDS.start() { 2 } else { 1 };
    (has_topic(one) && has_topic(other) && common < COMMON && topics >= enough).then_some(odd)
}

/// One word with the bytes where it stands.
type Word = (String, Range<usize>);

/// The words that differ, where `own` is what `said` begins with but for a few in a row, and both sides have a topic in them.
fn stretch_off<'w>(own: &'w [Word], said: &'w [Word]) -> Option<(&'w [Word], &'w [Word])> {
    let equal = own.iter().zip(said).take_while(|(one, other)| one.0 == other.0).count();
    if equal < EQUAL_BEFORE {
        return None;
    }
    let (own, said) = (&own[equal..], &said[equal..]);
    let telling = |words: &[Word]| words.iter().any(|word| has_topic(&word.0));
    (1..=OTHERS).flat_map(|one| (1..=OTHERS).map(move |other| (one, other))).find_map(|(one, other)| {
        let (mine, behind) = own.split_at_checked(one)?;
        let (theirs, rest) = said.split_at_checked(other)?;
        let same = behind.iter().zip(rest).take_while(|(one, other)| one.0 == other.0).count();
        let whole = same == behind.len() && same >= EQUAL_BEHIND;
        (whole && telling(mine) && telling(theirs)).then_some((mine, theirs))
    })
}

fn has_topic(word: &str) -> bool {
    word.chars().count() >= SHORTEST_TOPIC
        && word.chars().all(char::is_alphabetic)
        && !lexicon().class(word).any(Class::FUNCTION)
}
