//! The run: paths in, judged findings out. Every file is read and understood on its own, in parallel, and one
//! that makes a parser panic costs itself only; then the corpus is built and the rules judge it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::calendar::Day;
use crate::corpus::Corpus;
use crate::facts::{self, FileFacts};
use crate::rules::{Draft, Example, Judged, Level, Page, Plain, Rule, Rulebook, Settings, judge};
use crate::source::{Document, Format, Found, Text, Trouble, read};

/// What was read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The documents in path order; the texts of files that could not be read are empty.
    pub documents: Vec<Document>,
    /// What they say.
    pub corpus: Corpus,
}

/// Reads files and gathers what they say. `done` counts the files that are through.
pub fn gather(found: &[Found], done: &AtomicUsize) -> Reading {
    let files: Vec<(Document, FileFacts)> = found
        .par_iter()
        .map(|found| {
            let file = understand(&found.path, &facts::Hints::default(), || read(found));
            done.fetch_add(1, Ordering::Relaxed);
            file
        })
        .collect();
    let (documents, facts) = files.into_iter().unzip();
    Reading { documents, corpus: Corpus::new(facts) }
}

/// Reads one document and takes its facts; what goes wrong becomes a fact about the file.
fn understand(
    path: &str,
    hints: &facts::Hints,
    read: impl FnOnce() -> Result<Document, Trouble>,
) -> (Document, FileFacts) {
    let unreadable = |reason: String| {
        let document = Document { path: path.to_owned(), ..Document::default() };
        (document, FileFacts { path: path.to_owned(), unreadable: Some(reason), ..FileFacts::default() })
    };
    // Nothing outlives a panic but the error: the document and its facts are dropped half made.
    match catch_unwind(AssertUnwindSafe(|| {
        let document = read()?;
        let facts = facts::read(&document, hints);
        Ok::<_, Trouble>((document, facts))
    })) {
        Ok(Ok(file)) => file,
        Ok(Err(trouble)) => unreadable(trouble.message),
        Err(_) => unreadable("sayso failed on it, which is a fault of sayso: please report it".to_owned()),
    }
}

/// Judges what was read.
pub fn check(reading: &Reading, book: &Rulebook, settings: &dyn Settings) -> Vec<Judged> {
    judge(&reading.corpus, book, settings)
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
    drafts: &[Draft],
    book: &Rulebook,
) -> Result<Trial, Trouble> {
    let published = example
        .published
        .as_deref()
        .map(|day| Day::parse_iso(day).ok_or_else(|| Trouble::new(rule.id, format!("“{day}” is not a day"))));
    let hints = facts::Hints { published: published.transpose()?, ..facts::Hints::default() };
    let mut drafts: Vec<&Draft> = drafts.iter().collect();
    drafts.sort_by(|a, b| a.name.cmp(&b.name));
    let (documents, facts) =
        drafts.into_iter().map(|draft| understand(&draft.name, &hints, || Ok(draft_document(draft)))).unzip();
    let reading = Reading { documents, corpus: Corpus::new(facts) };
    let mut settings =
        Plain { parameters: vec![(rule.id.to_owned(), example.parameters.clone())], ..Plain::default() };
    if page.level == Level::Off {
        settings.levels.push((rule.id.to_owned(), Level::Warning));
    }
    let findings = check(&reading, book, &settings);
    Ok(Trial { reading, findings })
}

/// An example's draft as a document.
fn draft_document(draft: &Draft) -> Document {
    let format = Format::of_path(std::path::Path::new(&draft.name)).unwrap_or_default();
    Document::new(&*draft.name, format, Text::new(draft.text.clone()))
}
