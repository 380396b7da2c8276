//! The roll: each person's spellings and titles, counted, with the first place of each.

use super::{MentionAt, Person};
use crate::facts::{FileFacts, TitleMention, TitlePosition};
use crate::source::Place;

/// Words that stand in the drafts, how often, and where first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The words.
    pub text: String,
    /// How many mentions have them.
    pub count: usize,
    /// Where they stand first.
    pub first: Place,
}

/// One person as the drafts have them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The full name that is written most often; the longest among equals, then the first in the alphabet.
    pub name: String,
    /// How many mentions there are.
    pub mentions: usize,
    /// Where the first one stands.
    pub first: Place,
    /// Every spelling, full names before family names, and then the commonest first.
    pub spellings: Vec<Tally>,
    /// Every title, the commonest first. “The Ruiz administration” gives none: it says when, not what; and inside a
    /// quotation the title is the speaker's.
    pub titles: Vec<Tally>,
}

impl Person {
    /// What the drafts say of this person; `None` where nothing mentions them.
    pub fn entry(&self, files: &[FileFacts]) -> Option<Entry> {
        let (mut spellings, mut titles) = (Vec::new(), Vec::new());
        for &at in &self.mentions {
            let facts = &files[at.file.index()];
            let mention = at.of(facts);
            count(&mut spellings, &mention.name, at.place(facts));
            let own = |title: &&TitleMention| !mention.quoted && title.position != TitlePosition::Era;
            for title in mention.titles.iter().filter(own) {
                count(&mut titles, &title.text, Place::new(at.file, title.span));
            }
        }
        // Stable sorts: what is equally common stays in the order of the drafts.
        spellings.sort_by_key(|tally: &Tally| (!is_full(&tally.text), std::cmp::Reverse(tally.count)));
        titles.sort_by_key(|tally: &Tally| std::cmp::Reverse(tally.count));
        let first: &MentionAt = self.mentions.first()?;
        let best = spellings
            .iter()
            .filter(|tally| is_full(&tally.text))
            .max_by(|a, b| (a.count, a.text.len()).cmp(&(b.count, b.text.len())).then(b.text.cmp(&a.text)));
        Some(Entry {
            name: best.map_or_else(|| self.name.clone(), |best| best.text.clone()),
            mentions: self.mentions.len(),
            first: first.place(&files[first.file.index()]),
            spellings,
            titles,
        })
    }
}

/// Does it name more than the family?
fn is_full(name: &str) -> bool {
    name.contains(' ')
}

fn count(tallies: &mut Vec<Tally>, text: &str, place: Place) {
    match tallies.iter_mut().find(|tally| tally.text == text) {
        Some(known) => known.count += 1,
        None => tallies.push(Tally { text: text.to_owned(), count: 1, first: place }),
    }
}
