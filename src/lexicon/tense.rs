//! Words that tell when something happens.

use rustc_hash::FxHashMap;

use super::list::{List, ListError};

/// What the word list says about a word; a word may be in several sections.
#[derive(Clone, Copy, Debug, Default)]
pub struct TenseWord {
    /// An infinitive or a day after it is still to come: plans, due.
    pub promise: bool,
    /// A present form that announces a day: begins.
    pub schedule: bool,
    /// What is to come: will.
    pub modal: bool,
    /// A modal that fits any time: could.
    pub doubt: bool,
    /// In -ed, and seldom a past tense: united.
    pub adjective: bool,
    /// Before a day it names an end, and not the day on which something happens: until.
    pub limit: bool,
    /// An irregular past that the list of verbs does not have.
    pub past: bool,
}

/// The list.
#[derive(Debug)]
pub(super) struct TenseWords(FxHashMap<&'static str, TenseWord>);

impl TenseWords {
    pub(super) fn read(list: List) -> Result<Self, ListError> {
        let mut words = FxHashMap::<_, TenseWord>::default();
        for entry in list.entries() {
            let word = words.entry(entry.text).or_default();
            match entry.section {
                "promise" => word.promise = true,
                "schedule" => word.schedule = true,
                "modal" => word.modal = true,
                "doubt" => word.doubt = true,
                "adjective" => word.adjective = true,
                "limit" => word.limit = true,
                "past" => word.past = true,
                _ => return Err(entry.unknown_section()),
            }
        }
        Ok(Self(words))
    }

    pub(super) fn get(&self, word: &str) -> TenseWord {
        self.0.get(word).copied().unwrap_or_default()
    }
}
