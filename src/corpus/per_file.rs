//! What was worked out about each file, kept from one check to the next.

use std::ops::{Deref, DerefMut};

/// One entry a file, by the file's rank; `None` where the file has changed since. Empty until something is kept, and until
/// then edits have nothing to do.
#[derive(Debug)]
pub struct PerFile<T>(Vec<Option<T>>);

impl<T> PerFile<T> {
    /// A file was put in before the one at `rank`.
    pub fn insert(&mut self, rank: usize) {
        if !self.0.is_empty() && rank <= self.0.len() {
            self.0.insert(rank, None);
        }
    }

    /// The file at `rank` changed.
    pub fn replace(&mut self, rank: usize) {
        if let Some(known) = self.0.get_mut(rank) {
            *known = None;
        }
    }

    /// The file at `rank` was taken out.
    pub fn remove(&mut self, rank: usize) {
        if rank < self.0.len() {
            self.0.remove(rank);
        }
    }

    /// Makes room for `count` files.
    pub fn make_room(&mut self, count: usize) {
        self.0.resize_with(count, || None);
    }
}

impl<T> Default for PerFile<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for PerFile<T> {
    type Target = [Option<T>];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T> DerefMut for PerFile<T> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}
