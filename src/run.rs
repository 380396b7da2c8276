//! The run: paths in, judged findings out. Every file is read and understood on its own, in parallel, and one
//! that makes a parser panic costs itself only; then the corpus is built and the rules judge it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::calendar::Day;
use crate::corpus::Corpus;
use crate::corpus::registry::Registry;
use crate::facts::{self, FileFacts, Hints};
use crate::parallel;
use crate::rules::{Example, ExampleDraft, Judged, Level, Page, Plain, Rule, Rulebook, Settings, judge};
use crate::source::{
    Document, Format, Found, Gravity, InputError, ListedId, Text, Undecodable, read, read_registry,
};

/// What was read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The documents in path order; the texts of files that could not be read are empty.
    pub documents: Vec<Document>,
    /// What they say.
    pub corpus: Corpus,
    /// For each document, by its [`crate::source::FileId`], its number in the list of files. Files that are no text are
    /// skipped and leave gaps.
    pub listed: Vec<ListedId>,
}

/// Reads files and gathers what they say. `hints` says what the house knows about a file; `done` counts the files
/// that are through. Files that nobody named and that are no text are left out.
pub fn gather(found: &[Found], hints: impl Fn(&Found) -> Hints + Sync, done: &AtomicUsize) -> Reading {
    let files = parallel::map(found, |found| {
        let file = understand(&found.path, || read(found), || hints(found));
        done.fetch_add(1, Ordering::Relaxed);
        file
    });
    let files = files.into_iter().enumerate().filter_map(|(rank, file)| Some((ListedId(rank as u32), file?)));
    let (listed, files): (Vec<ListedId>, Vec<_>) = files.unzip();
    let (documents, facts) = files.into_iter().unzip();
    Reading { documents, corpus: Corpus::new(facts), listed }
}

/// Reads one document and takes its facts; what goes wrong becomes a fact about the file. `None` for a file that
/// is nothing to read.
fn understand(
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

/// A draft that is not on disk.
fn in_memory(draft: &ExampleDraft) -> Result<Document, InputError> {
    let format = Format::of_path(Path::new(&draft.name)).unwrap_or_default();
    match Text::decode(draft.text.clone().into_bytes()) {
        Ok(text) => Ok(Document::new(&draft.name, format, text)),
        Err(Undecodable::Binary) => Err(InputError::new(&draft.name, "this is a binary file, not a text")),
        Err(Undecodable::TooLarge) => Err(InputError::new(&draft.name, "this file is 4 GiB or larger")),
    }
}

/// Judges what was read.
pub fn check(reading: &mut Reading, book: &Rulebook, settings: &dyn Settings) -> Vec<Judged> {
    judge(&mut reading.corpus, book, settings)
}

/// One half of an example, run: what was read, and what its own rule and every rule that is on by default found.
#[derive(Debug)]
pub struct Trial {
    /// What was read.
    pub reading: Reading,
    /// What was found.
    pub findings: Vec<Judged>,
}

/// Runs the linter on drafts of an example, at the page's levels, the page's own rule turned on where it is off.
///
/// # Errors
/// Where the example's registry or date cannot be used.
pub fn attempt(
    rule: &Rule,
    page: &Page,
    example: &Example,
    drafts: &[ExampleDraft],
    book: &Rulebook,
) -> Result<Trial, InputError> {
    let published = example.published.as_deref().map(|day| {
        Day::parse_iso(day).ok_or_else(|| InputError::new(rule.id, format!("“{day}” is not a day")))
    });
    let hints = Hints { fallback: published.transpose()?, ..Hints::default() };
    let mut drafts: Vec<&ExampleDraft> = drafts.iter().collect();
    drafts.sort_by(|a, b| a.name.cmp(&b.name));
    let (documents, facts) = drafts
        .into_iter()
        .filter_map(|draft| understand(&draft.name, || in_memory(draft), || hints.clone()))
        .unzip();
    let people = match &example.people {
        Some(people) => Registry::new(read_registry("people.toml", people)?),
        None => Registry::default(),
    };
    let corpus = Corpus::new(facts).with_registry(people);
    let mut reading = Reading { documents, corpus, listed: Vec::new() };
    let mut settings =
        Plain { parameters: vec![(rule.id.to_owned(), example.parameters.clone())], ..Plain::default() };
    if page.level == Level::Off {
        settings.levels.push((rule.id.to_owned(), Level::Warning));
    }
    let findings = check(&mut reading, book, &settings);
    Ok(Trial { reading, findings })
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
    }

    #[test]
    fn a_file_that_cannot_be_read_says_why_and_a_picture_is_passed_by() {
        let read = |gravity| move || Err(InputError::new("a.md", "it is gone").gravity(gravity));
        let gone = understand("a.md", read(Gravity::Fatal), Hints::default);
        assert_eq!(gone.and_then(|(_, facts)| facts.unreadable), Some("it is gone".to_owned()));
        assert!(understand("a.md", read(Gravity::Skipped), Hints::default).is_none());
    }
}
