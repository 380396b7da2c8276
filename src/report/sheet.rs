//! The texts and facts that findings point into.

use super::clean;
use crate::corpus::Corpus;
use crate::rules::Judged;
use crate::source::{Document, Place, Position, Span};

/// The texts and facts of one run.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// The documents, by [`crate::source::FileId`].
    pub documents: &'a [Document],
    /// Their facts and the lookups.
    pub corpus: &'a Corpus,
}

/// A place as a person or a program is told of it.
pub(super) struct Spot<'a> {
    /// The path as shown.
    pub path: &'a str,
    /// The part of the container in which it stands; `None` in a text file.
    pub part: Option<&'a str>,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: the position after its last character.
    pub end: Position,
    /// The bytes of the file on disk.
    pub bytes: (u64, u64),
    /// False for a file without a readable text, and then the rest means nothing.
    pub readable: bool,
}

impl<'a> Sheet<'a> {
    /// Where a place is.
    pub(super) fn spot(&self, place: Place) -> Spot<'a> {
        let facts = self.corpus.file(place.file);
        let (start, end, bytes) = match self.documents.get(place.file.index()) {
            Some(Document { text, .. }) => (
                text.position(place.span.start),
                text.position(place.span.end),
                (text.file_offset(place.span.start), text.file_offset(place.span.end)),
            ),
            None => (Position { line: 1, column: 1 }, Position { line: 1, column: 1 }, (0, 0)),
        };
        let part =
            self.documents.get(place.file.index()).and_then(|document| document.part_at(place.span.start));
        Spot { path: &facts.path, part, start, end, bytes, readable: facts.unreadable.is_none() }
    }

    /// The line and the column in bytes of UTF-8, both from 1, of an offset in a document's text.
    pub(super) fn byte_position(&self, file: crate::source::FileId, offset: u32) -> (u32, u32) {
        self.documents.get(file.index()).map_or((1, 1), |Document { text, .. }| {
            let line = text.position(offset).line;
            (line, offset.min(text.len()).saturating_sub(text.line(line).start) + 1)
        })
    }

    /// The words at a place.
    pub(super) fn words(&self, place: Place) -> &'a str {
        self.documents.get(place.file.index()).map_or("", |document| place.span.of(document.text.as_str()))
    }

    /// Where a range of a document's text is.
    pub(super) fn spot_in(&self, file: crate::source::FileId, span: Span) -> Spot<'a> {
        self.spot(Place::new(file, span))
    }

    /// The bytes of the file on disk that a range of its text is: lines and columns are not counted for them.
    pub(super) fn bytes_in(&self, file: crate::source::FileId, span: Span) -> (u64, u64) {
        self.documents.get(file.index()).map_or((0, 0), |Document { text, .. }| {
            (text.file_offset(span.start), text.file_offset(span.end))
        })
    }
}

/// The change a finding offers, in words; `None` where it offers none or the words would not help.
pub(super) fn change(sheet: &Sheet<'_>, judged: &Judged) -> Option<String> {
    let [edit] = judged.finding.fix.as_ref()?.edits.as_slice() else { return None };
    let (old, new) = (clean::line(sheet.words(edit.place)), clean::line(&edit.text));
    match (old.trim(), new.trim()) {
        (old, _) if old.chars().count() > 40 => None,
        ("", "") => Some("close up the space".to_owned()),
        (_, "") => Some("take it out".to_owned()),
        ("", new) => Some(format!("put in {new}")),
        (old, new) => Some(format!("write {new} for {old}")),
    }
}
