//! Words in marks above a text that a quotation of the text has but for one word: “two winters of misery” over “two winters of
//! detours”.
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

/// The two places that differ by one word: in the words above, and in the one quotation of the text that nearly has them.
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
    if !WORDS.contains(&own.len()) {
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
fn words(text: &str) -> Vec<(String, Range<usize>)> {
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
fn one_off(own: &[(String, Range<usize>)], said: &[(String, Range<usize>)]) -> Option<usize> {
    let mut differing = (0..own.len()).filter(|&at| own[at].0 != said[at].0);
    let odd = differing.next().filter(|_| differing.next().is_none())?;
    let (one, other) = (&own[odd].0, &said[odd].0);
    let common = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let topics = (0..own.len()).filter(|&at| at != odd && has_topic(&own[at].0)).count();
    let enough = if own.len() == *WORDS.start() { 2 } else { 1 };
    (has_topic(one) && has_topic(other) && common < COMMON && topics >= enough).then_some(odd)
}

fn has_topic(word: &str) -> bool {
    word.chars().count() >= SHORTEST_TOPIC
        && word.chars().all(char::is_alphabetic)
        && !lexicon().class(word).any(Class::FUNCTION)
}
