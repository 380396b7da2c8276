//! Lookups over all files' facts, without opinion: the same utterance elsewhere, one person under several
//! spellings, the registry's tenures. Built in time almost linear in the number of quotations.

mod per_file;
pub mod people;
pub mod registry;
#[cfg(test)]
pub(crate) mod facts_builder;
pub mod wording;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::facts::FileFacts;
use crate::source::FileId;
use people::People;
use registry::Registry;

/// All files' facts and the lookups over them.
///
/// A lookup is built when it is first asked for. When a file changes, the lookups are built again, but what was worked
/// out for the other files (their names taken apart, their words numbered, quotations laid side by side) is kept. So
/// the lookups are always those of a fresh corpus, at a small part of the cost.
#[derive(Debug, Default)]
pub struct Corpus {
    files: Vec<FileFacts>,
    registry: Arc<Registry>,
    people: OnceLock<People>,
    wording: OnceLock<wording::Wording>,
    kept: Mutex<Kept>,
}

/// What earlier lookups have worked out.
#[derive(Debug, Default)]
struct Kept {
    people: people::Kept,
    wording: wording::Kept,
}

impl Corpus {
    /// Builds the lookups. The files come in path order; a file's rank is its [`FileId`].
    pub fn new(files: Vec<FileFacts>) -> Self {
        Self { files, ..Self::default() }
    }

    /// The same, with what the house knows about people.
    #[must_use]
    pub fn with_registry(mut self, registry: impl Into<Arc<Registry>>) -> Self {
        self.set_registry(registry);
        self
    }

    /// Changes what the house knows about people.
    pub fn set_registry(&mut self, registry: impl Into<Arc<Registry>>) {
        self.registry = registry.into();
        self.kept().people = people::Kept::default();
        self.forget_lookups();
    }

    /// Says that files will change, so that what lookups work out about a file is worth keeping.
    pub fn keep(&mut self) {
        self.kept().wording.keep();
    }

    /// Inserts a file before the one at `rank`, and moves that and the later ones up.
    pub fn insert(&mut self, rank: usize, facts: FileFacts) {
        self.files.insert(rank, facts);
        self.forget_lookups();
        let kept = self.kept();
        kept.people.files.insert(rank);
        kept.wording.files.insert(rank);
    }

    /// Puts other facts in the place of a file's.
    pub fn replace(&mut self, rank: usize, facts: FileFacts) {
        self.files[rank] = facts;
        self.forget_lookups();
        let kept = self.kept();
        kept.people.files.replace(rank);
        kept.wording.files.replace(rank);
    }

    /// Takes a file out, and moves the later ones down.
    pub fn remove(&mut self, rank: usize) -> FileFacts {
        let facts = self.files.remove(rank);
        self.forget_lookups();
        let kept = self.kept();
        kept.people.files.remove(rank);
        kept.wording.files.remove(rank);
        facts
    }

    fn forget_lookups(&mut self) {
        self.people = OnceLock::new();
        if let Some(wording) = self.wording.take() {
            self.kept().wording.take_back(wording);
        }
    }

    fn kept(&mut self) -> &mut Kept {
        self.kept.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// The persons of all files, each with every mention of theirs. Gathered on first use.
    pub fn people(&self) -> &People {
        self.people.get_or_init(|| {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            People::gather_again(&self.files, &self.registry, &mut kept.people)
        })
    }

    /// What the house knows about people; empty where it has no registry.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The registry, to be shared with another corpus.
    pub fn shared_registry(&self) -> Arc<Registry> {
        Arc::clone(&self.registry)
    }

    /// Every file's facts, in order.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &FileFacts)> {
        self.files.iter().enumerate().map(|(rank, facts)| (FileId(rank as u32), facts))
    }

    /// The same utterance elsewhere: built when it is first asked for, since not every command asks.
    pub fn wording(&self) -> &wording::Wording {
        self.wording.get_or_init(|| {
            // Asked for first: it locks what is kept for itself.
            let people = self.people();
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            wording::Wording::build_again(&self.files, people, &self.registry, &mut kept.wording)
        })
    }

    /// Every file's facts, in order, as a slice: a file's rank is its [`FileId`].
    pub fn facts(&self) -> &[FileFacts] {
        &self.files
    }

    /// Every file's facts, to be handed out for a while and put back unchanged.
    pub(crate) fn facts_mut(&mut self) -> &mut [FileFacts] {
        &mut self.files
    }

    /// Takes the facts out of a corpus that is needed no more.
    pub fn into_facts(self) -> Vec<FileFacts> {
        self.files
    }

    /// One file's facts.
    pub fn file(&self, file: FileId) -> &FileFacts {
        &self.files[file.index()]
    }
}
