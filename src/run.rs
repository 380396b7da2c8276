//! The run: files on disk, and examples on rules' pages, become projects.

use std::sync::atomic::{AtomicUsize, Ordering};

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::archive::{Prepared, Record};
use crate::calendar::Day;
use crate::config::FileList;
use crate::facts::{FileFacts, Hints};
use crate::parallel;
use crate::project::{Focus, Options, Project, understand};
use crate::rules::{
    Drawn, Example, ExampleDraft, ExampleFault, Examples, Judged, Level, Mark, Page, Rule, Rulebook, find,
};
use crate::source::{Document, Found, Gravity, InputError, Place, read, read_transcript};

/// Reads the files of a list into a project, on all cores. `done` counts the files that have been read. Files that
/// nobody named and that are no text are left out; so the project may have fewer files than the list.
pub fn read_files(project: &mut Project, list: &FileList, done: &AtomicUsize) {
    let files = parallel::map(&list.files, |found| {
        let file = read_one(project, found, list.largest);
        done.fetch_add(1, Ordering::Relaxed);
        file
    });
    project.fill(files.into_iter().flatten().collect());
    set_apart(project, list);
}

/// Reads files of a list again that may have changed, by their place in the list, and takes out the files that the list
/// no longer has. All others stay in the project as they are. Returns the paths of the files whose text is another one
/// than before, or that have come or gone.
pub fn read_changed(project: &mut Project, list: &FileList, suspects: &[usize]) -> Vec<String> {
    let absent = project.paths().filter(|path| list.number(path).is_none());
    let mut changed: Vec<String> = absent.map(str::to_owned).collect();
    for path in &changed {
        project.remove(path);
    }
    for found in suspects.iter().filter_map(|&rank| list.files.get(rank)) {
        let is_other = match read_one(project, found, list.largest) {
            Some((document, facts)) => {
                let is_other = differs(project, &document, &facts);
                if is_other {
                    project.put(&found.path, document, facts);
                }
                is_other
            }
            None => project.remove(&found.path),
        };
        if is_other {
            changed.push(found.path.clone());
        }
    }
    set_apart(project, list);
    changed
}

/// Is the file new in the project, or does it read otherwise than there?
fn differs(project: &Project, document: &Document, facts: &FileFacts) -> bool {
    let Some(file) = project.file(&facts.path) else { return true };
    let known = project.documents().get(file.index());
    known.is_none_or(|known| known.text.as_str() != document.text.as_str())
        || project.corpus().file(file).unreadable != facts.unreadable
}

/// Reads one file; `None` where nobody named it and it is no text.
fn read_one(project: &Project, found: &Found, largest: u64) -> Option<(Document, FileFacts)> {
    let hints = || {
        fault_on_purpose("reading");
        project.hints_at(&found.path, &found.location)
    };
    let changes = project.config().tracked_changes();
    let read = || match project.is_transcript(&found.path, &found.location) {
        true => read_transcript(found, largest),
        false => read(found, changes, largest),
    };
    understand(&found.path, read, hints)
}

/// Sets apart the files that are not of the project.
fn set_apart(project: &mut Project, list: &FileList) {
    for found in &list.files {
        let outside = list.number(&found.path).is_some_and(|number| !list.in_project(number));
        project.set_apart(&found.path, outside);
    }
}

/// A file that is to be put into an archive.
#[derive(Debug)]
pub enum ForArchive {
    /// A draft, ready to be put in.
    Draft(Box<Prepared>),
    /// The archive has it as it is.
    Known,
    /// It is no draft: a tape, or no text.
    NoDraft,
    /// It cannot be read, and why.
    Unreadable(String),
}

/// Reads a file for an archive, unless `known` says of its path and its digest that the archive has it.
pub fn for_archive(
    project: &Project,
    found: &Found,
    largest: u64,
    known: &(dyn Fn(&str, u64) -> bool + Sync),
) -> ForArchive {
    if project.is_transcript(&found.path, &found.location) {
        return ForArchive::NoDraft;
    }
    let hints = project.hints_at(&found.path, &found.location);
    let (mut digest, mut is_known) = (0, false);
    let read = || {
        let document = read(found, project.config().tracked_changes(), largest)?;
        digest = digest_of(&document, &hints);
        is_known = known(&found.path, digest);
        match is_known {
            // Its facts are not asked for.
            true => Err(InputError::new(&found.path, "is known").gravity(Gravity::Skipped)),
            false => Ok(document),
        }
    };
    match understand(&found.path, read, || hints.clone()) {
        _ if is_known => ForArchive::Known,
        None => ForArchive::NoDraft,
        Some((document, facts)) => match facts.unreadable {
            Some(reason) => ForArchive::Unreadable(reason),
            None => ForArchive::Draft(Box::new(Prepared::new(&Record::of(&document, &facts, digest)))),
        },
    }
}

/// A number for what a draft says and how it is read: the same draft under other settings has another one, and so it has
/// in another version of sayso.
fn digest_of(document: &Document, hints: &Hints) -> u64 {
    let how = format!(
        "{} {:?} {:?} {:?} {:?} {:?} {:?}",
        env!("CARGO_PKG_VERSION"),
        hints.published,
        hints.fallback,
        hints.desk,
        hints.kind,
        hints.confidence,
        hints.unmarked_paragraphs
    );
    xxh3_64_with_seed(document.text.as_str().as_bytes(), xxh3_64(how.as_bytes()))
}

/// In test builds, panics where the environment variable `SAYSO_TEST_FAULT` says, as a fault of sayso would. A release
/// has no such thing.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "it is what the tests of panics ask for")]
pub(crate) fn fault_on_purpose(step: &str) {
    if std::env::var_os("SAYSO_TEST_FAULT").is_some_and(|asked| asked == step) {
        panic!("a fault on purpose while {step}");
    }
}

/// Does nothing.
#[cfg(not(debug_assertions))]
pub(crate) const fn fault_on_purpose(_: &str) {}

/// One half of an example, run: what was read, and what its own rule and every rule that is on by default found.
#[derive(Debug)]
pub struct Trial {
    /// What was read.
    pub project: Project,
    /// What was found.
    pub findings: Vec<Judged>,
}

/// In an example, drafts whose names begin so are those of an archive.
const ARCHIVED: &str = "archive/";

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
    // An example has no configuration, so its drafts quote from its tapes.
    let published = published.transpose()?;
    let mut options = Options { published, once: true, all_listed: true, ..Options::default() };
    options.parameters.push((rule.id.to_owned(), example.parameters.clone()));
    if page.level == Level::Off {
        options.levels.push((rule.id.to_owned(), Level::Warning));
    }
    let mut project = Project::new(options, book.clone());
    if let Some(people) = &example.people {
        project.set_registry("people.toml", people.as_str())?;
    }
    for draft in drafts {
        match draft.name.starts_with(ARCHIVED) {
            true => project.set_archived(&draft.name, draft.text.as_str()),
            false => project.set_draft(&draft.name, draft.text.as_str()),
        }
    }
    let findings = project.check(&Focus::everything())?;
    Ok(Trial { project, findings })
}

/// Runs the examples of every page. A bad one has to get exactly its marks, a good one none from its own rule, and from
/// other rules nothing more serious than a note.
pub fn try_examples(book: &Rulebook) -> Examples {
    let mut tried = Examples::default();
    for (rule, page) in book.iter() {
        tried.pages += 1;
        let whole = |message: &str| ExampleFault {
            rule,
            number: 0,
            message: message.to_owned(),
            drafts: Vec::new(),
            missing: Vec::new(),
            stray: Vec::new(),
        };
        if page.examples.iter().all(|example| example.bad.is_none()) {
            tried.faults.push(whole("the page has no bad example, so nothing shows what it finds"));
        }
        if page.examples.iter().all(|example| example.good.is_none()) {
            tried.faults.push(whole("the page has no good example, so nothing shows what it leaves alone"));
        }
        for (rank, example) in page.examples.iter().enumerate() {
            for (is_bad, text) in [(true, &example.bad), (false, &example.good)] {
                let Some(text) = text else { continue };
                tried.run += 1;
                let fault = try_one(rule, page, example, is_bad, text, book);
                tried.faults.extend(fault.map(|fault| ExampleFault { number: rank + 1, ..fault }));
            }
        }
    }
    tried
}

/// Runs one half of an example; `None` where it is as drawn.
fn try_one(
    rule: &'static Rule,
    page: &Page,
    example: &Example,
    is_bad: bool,
    text: &str,
    book: &Rulebook,
) -> Option<ExampleFault> {
    let drawn = Drawn::read(text);
    let fault = |message: &str, missing, stray| ExampleFault {
        rule,
        number: 0,
        message: message.to_owned(),
        drafts: drawn.drafts.clone(),
        missing,
        stray,
    };
    if is_bad == drawn.marks.is_empty() {
        let message = match is_bad {
            true => "the bad example has no marks drawn under it",
            false => "the good example has marks drawn under it",
        };
        return Some(fault(message, drawn.marks.clone(), Vec::new()));
    }
    let trial = match attempt(rule, page, example, &drawn.drafts, book) {
        Ok(trial) => trial,
        Err(error) => return Some(fault(&error.to_string(), Vec::new(), Vec::new())),
    };
    let mut got: Vec<Mark> = Vec::new();
    let mut others: Vec<Mark> = Vec::new();
    for judged in &trial.findings {
        let finding = &judged.finding;
        if judged.rule.id == rule.id {
            got.push(mark(&trial, &drawn.drafts, finding.place, finding.label.clone()));
            let related = finding.related.iter();
            got.extend(related.map(|it| mark(&trial, &drawn.drafts, it.place, it.message.clone())));
        } else if !is_bad && judged.level > Level::Note && find(judged.rule.id).is_some() {
            // What other pages of a desk find in an example is no fault of the example.
            let words = format!("[{}] {}", judged.rule.id, finding.message);
            others.push(mark(&trial, &drawn.drafts, finding.place, words));
        }
    }
    let missing: Vec<Mark> = without(&drawn.marks, &got);
    let mut stray = without(&got, &drawn.marks);
    stray.extend(others);
    let message = match is_bad {
        true => "the bad example does not get exactly the marks drawn under it",
        false => "the good example is not clean",
    };
    (!missing.is_empty() || !stray.is_empty()).then(|| fault(message, missing, stray))
}

/// What of `marks` is left when each of `others` has taken out one that is like it.
fn without(marks: &[Mark], others: &[Mark]) -> Vec<Mark> {
    let mut left = marks.to_vec();
    for other in others {
        if let Some(rank) = left.iter().position(|mark| mark == other) {
            left.remove(rank);
        }
    }
    left
}

/// The place as a mark drawn under its first line.
fn mark(trial: &Trial, drafts: &[ExampleDraft], place: Place, label: String) -> Mark {
    let document = &trial.project.documents()[place.file.index()];
    let text = document.text.as_str();
    let start = document.text.position(place.span.start);
    let shown = place.span.of(text).lines().next().unwrap_or("");
    Mark {
        draft: drafts.iter().position(|draft| draft.name == document.path).unwrap_or_default(),
        line: start.line,
        column: start.column,
        width: (shown.chars().count() as u32).max(1),
        label,
    }
}
