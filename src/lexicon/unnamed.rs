//! Nouns with which copy quotes somebody without a name: one person, or a crowd.

use rustc_hash::FxHashSet;

use super::list::{List, ListError};

/// The words of `rules/words/unnamed.txt`.
#[derive(Debug, Default)]
pub struct UnnamedWords {
    anonymous: FxHashSet<&'static str>,
    weasel: FxHashSet<&'static str>,
    crowd: FxHashSet<&'static str>,
    role: FxHashSet<&'static str>,
    of_body: FxHashSet<&'static str>,
    rank: FxHashSet<&'static str>,
    insider: Vec<&'static str>,
}

impl UnnamedWords {
    pub(super) fn read(list: List) -> Result<Self, ListError> {
        let mut words = Self::default();
        for entry in list.entries() {
            match entry.section {
                "anonymous" => words.anonymous.extend(entry.text.split_whitespace()),
                "weasel" => words.weasel.extend(entry.text.split_whitespace()),
                "crowd" => words.crowd.extend(entry.text.split_whitespace()),
                "role" => words.role.extend(entry.text.split_whitespace()),
                "of-body" => words.of_body.extend(entry.text.split_whitespace()),
                "rank" => words.rank.extend(entry.text.split_whitespace()),
                "insider" => words.insider.push(entry.text),
                _ => return Err(entry.unknown_section()),
            }
        }
        Ok(words)
    }

    /// A noun for one person, or for a few, whom the writer could name: official, aides.
    pub fn is_anonymous(&self, noun: &str) -> bool {
        self.anonymous.contains(noun)
    }

    /// A noun for a post, which is no source by itself: manager, director.
    pub fn is_role(&self, noun: &str) -> bool {
        self.role.contains(noun)
    }

    /// A noun for one of a body: member, trustee.
    pub fn is_of_a_body(&self, noun: &str) -> bool {
        self.of_body.contains(noun)
    }

    /// A word that makes one who could be named of somebody in a post: senior, former.
    pub fn is_rank(&self, word: &str) -> bool {
        self.rank.contains(word)
    }

    /// A noun for a crowd that nobody could name: critics, observers.
    pub fn is_weasel(&self, noun: &str) -> bool {
        self.weasel.contains(noun)
    }

    /// A word before a noun that makes a crowd of it: many, other.
    pub fn makes_crowd(&self, word: &str) -> bool {
        self.crowd.contains(word)
    }

    /// The phrases behind a noun for somebody who knows from inside: familiar with, briefed on.
    pub fn insider_phrases(&self) -> &[&'static str] {
        &self.insider
    }
}
