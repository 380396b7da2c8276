//! The words of a clause, as far as they bear on its tense.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::{Class, lexicon};

/// What the word list says about a word; a word may be in several sections.
#[derive(Clone, Copy, Default)]
pub(super) struct Kind {
    pub(super) promise: bool,
    pub(super) schedule: bool,
    pub(super) modal: bool,
    pub(super) doubt: bool,
    pub(super) adjective: bool,
    pub(super) limit: bool,
    pub(super) past: bool,
}

static KINDS: LazyLock<FxHashMap<&'static str, Kind>> = LazyLock::new(|| {
    let mut kinds = FxHashMap::<_, Kind>::default();
    let mut section = "";
    for line in include_str!("../../../rules/words/tense.txt").lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name;
            continue;
        }
        let kind = kinds.entry(line).or_default();
        match section {
            "promise" => kind.promise = true,
            "schedule" => kind.schedule = true,
            "modal" => kind.modal = true,
            "doubt" => kind.doubt = true,
            "adjective" => kind.adjective = true,
            "past" => kind.past = true,
            _ => kind.limit = true,
        }
    }
    kinds
});

/// A word of the clause.
#[derive(Clone)]
pub(super) struct Word {
    pub(super) lower: String,
    pub(super) class: Class,
    pub(super) kind: Kind,
    pub(super) capital: bool,
    /// A comma stands behind it.
    pub(super) comma: bool,
}

impl Word {
    pub(super) fn new(text: &str, comma: bool) -> Self {
        let lower = text.to_lowercase();
        let kind = KINDS.get(lower.as_str()).copied().unwrap_or_default();
        let kind = if lower.ends_with("’ll") || lower.ends_with("'ll") {
            Kind { modal: true, ..kind }
        } else {
            kind
        };
        Self {
            class: lexicon().class(&lower),
            kind,
            capital: text.starts_with(char::is_uppercase),
            lower,
            comma,
        }
    }

    pub(super) fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.lower.as_str())
    }

    pub(super) fn be(&self) -> bool {
        self.class.any(Class::BE)
    }

    /// A form that can stand alone for the past, or with an auxiliary for anything.
    pub(super) fn past_form(&self) -> bool {
        let ed = self.lower.len() > 3 && self.lower.ends_with("ed") && !self.kind.adjective;
        // “Asked on Friday, she said no”: a participle opens the sentence.
        let opens = self.capital && self.is(&["asked", "pressed", "reached"]);
        opens || !self.capital && (self.kind.past || self.class.any(Class::FORM_PAST) || ed)
    }

    pub(super) fn past_auxiliary(&self) -> bool {
        self.is(&[
            "was",
            "were",
            "had",
            "did",
            "wasn't",
            "weren't",
            "hadn't",
            "didn't",
            "wasn’t",
            "weren’t",
            "hadn’t",
            "didn’t",
        ])
    }

    /// A promise that is spoken: its own day is that of speech.
    pub(super) fn vow(&self) -> bool {
        self.is(&["promised", "pledged", "vowed", "threatened", "urged", "agreed", "offered"])
    }

    /// A form in -ed that is as often a participle: “planned”, “scheduled”.
    pub(super) fn ambiguous(&self) -> bool {
        self.kind.promise && !self.vow()
    }

    /// May stand between an auxiliary and its verb.
    pub(super) fn passing(&self) -> bool {
        !self.comma && (self.class.any(Class::ADVERB.or(Class::NEGATION)) || self.lower.ends_with("ly"))
    }
}
