//! One file by itself: from bytes to facts, and what becomes of it where that fails.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::facts::{self, FileFacts, Hints};
use crate::source::{Document, Format, Gravity, InputError, TrackedChanges, Undecodable, draft, transcript};

/// The document that stands in these bytes, those of a draft or of a transcript.
pub(super) fn decode(
    path: &str,
    bytes: Vec<u8>,
    is_transcript: bool,
    changes: TrackedChanges,
) -> Result<Document, InputError> {
    let format = Format::of_path(Path::new(path)).unwrap_or_default();
    if is_transcript { transcript(path, format, bytes) } else { draft(path, format, bytes, changes) }
}

/// Why bytes are no document.
pub(super) fn undecodable(path: &str, why: Undecodable) -> InputError {
    match why {
        Undecodable::Binary => InputError::new(path, "this is a binary file, not a text"),
        Undecodable::TooLarge => InputError::new(path, "this file is 4 GiB or larger"),
    }
}

/// Reads one document and takes its facts; what goes wrong becomes a fact about the file. `None` for a file that
/// is nothing to read.
pub(crate) fn understand(
    path: &str,
    read: impl FnOnce() -> Result<Document, InputError>,
    hints: impl FnOnce() -> Hints,
) -> Option<(Document, FileFacts)> {
    let unreadable = |reason: String| {
        let document = Document { path: path.to_owned(), ..Document::default() };
        (document, FileFacts { path: path.to_owned(), unreadable: Some(reason), ..FileFacts::default() })
    };
    // Nothing outlives a panic but the error: the document and its facts are dropped half made.
    match catch_unwind(AssertUnwindSafe(|| {
        let _reading = ReadingOneFile::begin();
        let document = read()?;
        let facts = facts::read(&document, &hints());
        Ok::<_, InputError>((document, facts))
    })) {
        Ok(Ok(file)) => Some(file),
        Ok(Err(input_error)) if input_error.gravity == Gravity::Skipped => None,
        Ok(Err(input_error)) => Some(unreadable(input_error.message)),
        Err(_) => {
            Some(unreadable("sayso failed on it, which is a fault of sayso: please report it".to_owned()))
        }
    }
}

thread_local! {
    static READING_ONE_FILE: Cell<bool> = const { Cell::new(false) };
}

/// Is this thread reading a single file? A panic then costs that file only, and becomes a fact about it; what a panic
/// hook prints would only hide the others.
pub fn is_reading_one_file() -> bool {
    READING_ONE_FILE.get()
}

/// While this is there, the thread is reading a single file.
struct ReadingOneFile;

impl ReadingOneFile {
    fn begin() -> Self {
        READING_ONE_FILE.set(true);
        Self
    }
}

impl Drop for ReadingOneFile {
    fn drop(&mut self) {
        READING_ONE_FILE.set(false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::panic, reason = "it is a panic that is looked at")]
    fn a_file_that_breaks_a_parser_costs_itself_only() {
        let broken = understand("a.md", || panic!("a fault of ours"), Hints::default);
        let reason = broken.and_then(|(_, facts)| facts.unreadable).unwrap_or_default();
        assert!(reason.contains("fault of sayso"), "{reason}");
        assert!(!is_reading_one_file(), "the panic ended the reading");
    }

    #[test]
    fn a_file_that_cannot_be_read_says_why_and_a_picture_is_passed_by() {
        let read = |gravity| move || Err(InputError::new("a.md", "it is gone").gravity(gravity));
        let gone = understand("a.md", read(Gravity::Fatal), Hints::default);
        assert_eq!(gone.and_then(|(_, facts)| facts.unreadable), Some("it is gone".to_owned()));
        assert!(understand("a.md", read(Gravity::Skipped), Hints::default).is_none());
    }
}
