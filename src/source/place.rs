//! Where something stands: byte ranges in a file's text, and which file.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

/// A half-open byte range in a text of the kind `T`.
///
/// The two kinds are different types, so that a range in one cannot be used in the other: [`Span`] for a file's
/// decoded text, [`ProseSpan`] for a document's prose. [`super::Prose::to_text`] turns prose ranges into file
/// ranges. Files are limited to 4 GiB, so 32 bits are enough.
#[derive(Serialize, Deserialize)]
pub struct SpanIn<T> {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
    #[serde(skip)]
    text: PhantomData<T>,
}

/// The decoded text of a file ([`super::Text`]).
#[derive(Debug)]
pub enum FileText {}

/// The prose of a document ([`super::Prose`]).
#[derive(Debug)]
pub enum ProseText {}

/// A byte range in the decoded text of a file: what facts and findings carry.
pub type Span = SpanIn<FileText>;

/// A byte range in the prose of a document: what the grammar works with.
pub type ProseSpan = SpanIn<ProseText>;

impl<T> SpanIn<T> {
    /// The range from `start` to `end`; a reversed pair becomes empty at `start`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end: if end < start { start } else { end }, text: PhantomData }
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// True where nothing is covered.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Does `other` lie wholly inside this range?
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Does the byte at `offset` belong to this range?
    pub const fn covers(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Do the two share at least one byte?
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that holds both.
    pub fn join(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// As `usize`, for slicing.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of `text` this range covers; empty where the range does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

// Derived, these would demand the same of `T`, which is never made.
impl<T> Clone for SpanIn<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for SpanIn<T> {}

impl<T> Default for SpanIn<T> {
    fn default() -> Self {
        Self::new(0, 0)
    }
}

impl<T> PartialEq for SpanIn<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}

impl<T> Eq for SpanIn<T> {}

impl<T> PartialOrd for SpanIn<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for SpanIn<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}

impl<T> Hash for SpanIn<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}

impl<T> fmt::Debug for SpanIn<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}..{}", self.start, self.end)
    }
}

/// A file's number among the files of the project, whether it is read or not: its rank in path order.
///
/// Files that turn out to be no text have a number here and none in the run ([`FileId`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListedId(pub u32);

impl ListedId {
    /// As `usize`, for indexing.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A document's number in one run: its rank in path order among the files that were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(pub u32);

impl FileId {
    /// As `usize`, for indexing.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A range in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Which file.
    pub file: FileId,
    /// Where in its decoded text.
    pub span: Span,
}

impl Place {
    /// A range in a file.
    pub const fn new(file: FileId, span: Span) -> Self {
        Self { file, span }
    }
}
