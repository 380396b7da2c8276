//! One quotation against the tapes, in one word: exact, edited, not found, unchecked.

use rustc_hash::FxHashMap;

use super::{Change, Hit, PassageId, Whose, Wording};
use crate::source::FileId;

/// What the tapes have of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict<'w> {
    /// The words stand there, one after the other; where.
    Exact(&'w Hit),
    /// They stand there in nearly these words; where, and what was done to them, each thing once.
    Edited(&'w Hit, Vec<Edit>),
    /// The speaker is on a tape and these words, or some of them, are on none.
    NotFound,
    /// They were not looked for.
    Unchecked(Unchecked),
}

/// Why words were not looked for on the tapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unchecked {
    /// They are a title, or words at arm's length that nobody is named as the source of.
    NoSpeech,
    /// Nobody knows whose they are.
    Undecided,
    /// The speaker is on no tape.
    NoTape,
    /// They are too few, or too common.
    TooFew,
}

impl std::fmt::Display for Unchecked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoSpeech => "nobody's speech",
            Self::Undecided => "speaker undecided",
            Self::NoTape => "speaker on no tape",
            Self::TooFew => "too few words",
        })
    }
}

/// What was done to words on their way from the tape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The words differ.
    Changed(Change),
    /// Parts were left out, and an ellipsis says so.
    Shortened,
    /// Parts that stand apart were joined.
    Joined,
    /// Somebody else says them.
    Another(String),
}

impl std::fmt::Display for Edit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Changed(Change::Case) => "other capitals",
            Self::Changed(Change::Contraction) => "contraction",
            Self::Changed(Change::Form) => "other form of a word",
            Self::Changed(Change::Words) => "other words",
            Self::Changed(Change::Omission) => "words left out",
            Self::Changed(Change::Condition) => "a condition more or less",
            Self::Changed(Change::Name) => "another name",
            Self::Changed(Change::Number) => "another number",
            Self::Changed(Change::Negation) => "a negation more or less",
            Self::Shortened => "shortened",
            Self::Joined => "joined from two places",
            Self::Another(name) => return write!(f, "said by {name}"),
        })
    }
}

impl Wording {
    /// The passage that each quotation of a file belongs to, by the quotation's index in its file.
    pub fn passages_of(&self, file: FileId) -> FxHashMap<u32, PassageId> {
        let first = self.passages().partition_point(|passage| passage.file < file);
        let own = self.passages()[first..].iter().take_while(|passage| passage.file == file);
        own.enumerate()
            .flat_map(|(at, passage)| {
                passage.parts.iter().map(move |&part| (part, (first + at) as PassageId))
            })
            .collect()
    }

    /// Why a passage of which nothing was heard was not looked for.
    fn unchecked(&self, id: PassageId) -> Unchecked {
        match self.passage(id).voice {
            None => Unchecked::Undecided,
            Some(voice) if self.on_tape.get(voice as usize) == Some(&true) => Unchecked::TooFew,
            Some(_) => Unchecked::NoTape,
        }
    }

    /// What the tapes have of a passage.
    pub fn verdict(&self, id: PassageId) -> Verdict<'_> {
        let Some(heard) = self.heard(id) else { return Verdict::Unchecked(self.unchecked(id)) };
        let mut hits = heard.parts.iter();
        let mut edits: Vec<Edit> = Vec::new();
        let Some(Some(first)) = hits.next() else { return Verdict::NotFound };
        if heard.parts.iter().any(|part| part.as_ref().is_none_or(|hit| !hit.is_found())) {
            return Verdict::NotFound;
        }
        for hit in heard.parts.iter().flatten() {
            if let Whose::Other(name) = &hit.whose {
                edits.push(Edit::Another(name.clone()));
            }
            if hit.spliced.is_some() {
                edits.push(Edit::Joined);
            }
            edits.extend(hit.changes(self.vocabulary()).map(|(change, _)| Edit::Changed(change)));
        }
        if heard.parts.len() > 1 {
            edits.push(Edit::Shortened);
        }
        let mut once: Vec<Edit> = Vec::new();
        for edit in edits {
            if !once.contains(&edit) {
                once.push(edit);
            }
        }
        if once.is_empty() { Verdict::Exact(first) } else { Verdict::Edited(first, once) }
    }
}
