//! Where something stands: byte ranges in a file's text, and which file.

use serde::{Deserialize, Serialize};

/// A half-open byte range.
///
/// In facts and findings it counts bytes of a file's decoded text ([`super::Text`]); inside the syntax
/// room it counts bytes of a document's prose ([`super::Prose`]). Files are limited to 4 GiB, so 32 bits serve.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The range from `start` to `end`; a reversed pair becomes empty at `start`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end: if end < start { start } else { end } }
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
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
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

/// A document's number in one run: its rank in path order.
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
