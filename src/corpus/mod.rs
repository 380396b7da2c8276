//! Lookups over all files' facts, without opinion: the same utterance elsewhere, one person under several
//! spellings, the registry's tenures. Built in time almost linear in the number of quotations.

pub mod people;
pub mod registry;
#[cfg(test)]
pub(crate) mod facts_builder;
pub mod wording;

use std::sync::OnceLock;

use crate::facts::FileFacts;
use crate::source::FileId;
use people::People;
use registry::Registry;

/// All files' facts and the lookups over them.
#[derive(Debug, Default)]
pub struct Corpus {
    files: Vec<FileFacts>,
    registry: Registry,
    people: OnceLock<People>,
    wording: OnceLock<wording::Wording>,
}

impl Corpus {
    /// Builds the lookups. The files come in path order; a file's rank is its [`FileId`].
    pub fn new(files: Vec<FileFacts>) -> Self {
        Self { files, ..Self::default() }
    }

    /// The same, with what the house knows about people.
    #[must_use]
    pub fn with_registry(mut self, registry: Registry) -> Self {
        self.registry = registry;
        self.people = OnceLock::new();
        self.wording = OnceLock::new();
        self
    }

    /// The persons of all files, each with every mention of theirs. Gathered on first use.
    pub fn people(&self) -> &People {
        self.people.get_or_init(|| People::gather(&self.files, &self.registry))
    }

    /// What the house knows about people; empty where it has no registry.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Every file's facts, in order.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &FileFacts)> {
        self.files.iter().enumerate().map(|(rank, facts)| (FileId(rank as u32), facts))
    }

    /// The same utterance elsewhere: built when it is first asked for, since not every command asks.
    pub fn wording(&self) -> &wording::Wording {
        self.wording.get_or_init(|| wording::Wording::build(&self.files, self.people(), &self.registry))
    }

    /// Every file's facts, in order, as a slice: a file's rank is its [`FileId`].
    pub fn facts(&self) -> &[FileFacts] {
        &self.files
    }

    /// One file's facts.
    pub fn file(&self, file: FileId) -> &FileFacts {
        &self.files[file.index()]
    }
}
