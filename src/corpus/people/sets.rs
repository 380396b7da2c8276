//! Disjoint sets of names, where no set may hold two people of the registry.

use crate::corpus::registry::RegisteredId;

/// Union-find with path halving.
#[derive(Debug)]
pub struct Sets {
    parent: Vec<usize>,
    registered: Vec<Option<RegisteredId>>,
}

impl Sets {
    /// Every name by itself, with the one person that the registry knows under it.
    pub fn new(registered: Vec<Option<RegisteredId>>) -> Self {
        Self { parent: (0..registered.len()).collect(), registered }
    }

    /// The name that stands for the set of `at`.
    pub fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Puts two sets together; false where they are one already, or hold two people of the registry.
    pub fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        let (mine, other) = (self.registered[a], self.registered[b]);
        if a == b || mine.is_some() && other.is_some() && mine != other {
            return false;
        }
        // The smaller number stands for both, so that the outcome depends on the names alone.
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high] = low;
        self.registered[low] = mine.or(other);
        true
    }
}
