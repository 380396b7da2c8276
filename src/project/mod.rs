//! A project in memory: drafts, tapes and registries by path, and what the rules find in them. It needs no disk, no
//! threads and no terminal.
//!
//! ```
//! use sayso::config::Config;
//! use sayso::project::{Focus, Project};
//!
//! # fn main() -> Result<(), Vec<sayso::source::InputError>> {
//! let mut project = Project::open(Config::isolated("."))?;
//! let monday = "“We will close the north pier before the winter,” Ana Reyes said.\n";
//! let friday = "“We will close the south pier before the winter,” Ana Reyes said.\n";
//! project.set_draft("monday.txt", monday);
//! project.set_draft("friday.txt", friday);
//!
//! let found = project.check(&Focus::everything())?;
//! let rules: Vec<&str> = found.iter().map(|judged| judged.rule.id).collect();
//! assert_eq!(rules, ["altered-quotation"]);
//!
//! // The same words in the other draft, and where they differ.
//! let versions = project.versions("monday.txt", 0);
//! assert_eq!(versions[0].path, "friday.txt");
//! assert_eq!(versions[0].differences[0].other, "south");
//!
//! // Once the draft is mended, only what it touches is judged again, and nothing is left to report.
//! project.set_draft("friday.txt", monday);
//! assert!(project.check(&Focus::everything())?.is_empty());
//!
//! let people: Vec<String> = project.people().map(|person| person.name).collect();
//! assert_eq!(people, ["Ana Reyes"]);
//! # Ok(())
//! # }
//! ```

mod archived;
mod house;
mod judging;
mod mend;
mod one_file;
mod said;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::calendar::Day;
use crate::config::Config;
use crate::corpus::Corpus;
use crate::corpus::people::Entry;
use crate::corpus::registry::Registry;
use crate::corpus::wording::{Difference, PassageId};
use crate::facts::{Depth, FileFacts, Hints, Quotation, TapeHints};
use crate::rules::{Allowed, Baseline, BaselineEntry, Finding, Level, Parameters, Rulebook};
use crate::source::{self, Document, FileId, InputError, Roster, Text, read_registry};
pub(crate) use house::known_rules;
pub use mend::Mended;
#[cfg(feature = "cli")]
pub(crate) use mend::keeps_words;
pub use one_file::is_reading_one_file;
pub(crate) use one_file::understand;
use one_file::{decode, undecodable};
pub use said::{SaidPlace, SaidVersion, asked};

/// Drafts, tapes and registries in memory, each under its path.
///
/// A path is a name with `/` between its parts, as a person would write it: `drafts/monday.md`. Its ending says what the
/// file is written in, and a date in it says when the draft was published. Paths are matched with the patterns of the
/// configuration as if they were relative to its working directory.
///
/// When a file changes, only that file is read again, only its own findings are looked for again, and of the
/// comparisons with other files only those with its quotations are made again. The findings are always those of a
/// project that is opened anew with the same files.
#[derive(Debug)]
pub struct Project {
    config: Config,
    options: Options,
    book: OnceLock<Rulebook>,
    /// In path order; a document's rank is its [`FileId`].
    documents: Vec<Document>,
    /// Which of them are not compared with others.
    apart: Vec<bool>,
    tapes: FxHashSet<String>,
    corpus: Corpus,
    registries: BTreeMap<String, Roster>,
    /// What the rules that look at one file find in each; `None` where they have not run since the file changed.
    found: Vec<Option<Vec<Finding>>>,
    /// Which rules were on when they ran.
    on: Vec<bool>,
    /// Which entries of the baseline occurred in the last check.
    met: Vec<bool>,
    /// What the drafts allowed in the last check.
    allowed: Vec<Allowed>,
}

/// What one run sets beside the configuration.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// The day on which drafts were published that do not say so.
    pub published: Option<Day>,
    /// How much of each draft is read. Only with [`Depth::Everything`] can it be checked.
    pub depth: Depth,
    /// Levels by rule id; later ones win, and all of them win over the configuration.
    pub levels: Vec<(String, Level)>,
    /// Parameters by rule id; they win over the configuration.
    pub parameters: Vec<(String, Parameters)>,
    /// Findings that are recorded: [`Judged::known`](crate::rules::Judged::known) marks them.
    pub baseline: Option<Baseline>,
    /// True where the project is checked once and thrown away: then nothing is kept for the next check, which saves
    /// memory.
    pub once: bool,
    /// True where every draft quotes from every tape, as in the examples of rules' pages: what its speakers are quoted
    /// with must be on one of them. Else the configuration says which draft quotes from which tape.
    pub all_listed: bool,
    /// True where the writer's words around every quotation are kept, as if a page of a rule asked for them.
    pub words_around: bool,
}

/// The files that are asked about. A finding is reported where at least one of its places lies in one of them.
#[derive(Clone, Debug, Default)]
pub struct Focus(Option<FxHashSet<String>>);

impl Focus {
    /// All files.
    pub fn everything() -> Self {
        Self(None)
    }

    /// The files under these paths.
    pub fn only<P: Into<String>>(paths: impl IntoIterator<Item = P>) -> Self {
        Self(Some(paths.into_iter().map(Into::into).collect()))
    }

    /// Is the file under `path` asked about?
    pub fn has(&self, path: &str) -> bool {
        self.0.as_ref().is_none_or(|paths| paths.contains(path))
    }
}

/// Another place where the words of a quotation stand, in the same wording or another.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Version<'p> {
    /// The draft.
    pub path: &'p str,
    /// The quotation: an index into [`Project::quotations`] of that draft.
    pub index: usize,
    /// The quotation itself.
    pub quotation: &'p Quotation,
    /// Where its words differ from those of the quotation that was asked about; empty where they agree.
    pub differences: Vec<Difference>,
}

impl Project {
    /// Opens a project without files.
    ///
    /// # Errors
    /// Rules, groups and parameters in the configuration that do not exist, each with its place there.
    pub fn open(config: Config) -> Result<Self, Vec<InputError>> {
        Self::open_with(config, Options::default())
    }

    /// The same, with what this run sets.
    ///
    /// # Errors
    /// As [`Project::open`].
    pub fn open_with(config: Config, options: Options) -> Result<Self, Vec<InputError>> {
        let mut project = Self::empty(options, OnceLock::new());
        project.set_config(config)?;
        Ok(project)
    }

    /// Opens a project without files and configuration, with the pages of the rules, which have been read already.
    pub fn new(options: Options, book: Rulebook) -> Self {
        Self::empty(options, OnceLock::from(book))
    }

    fn empty(options: Options, book: OnceLock<Rulebook>) -> Self {
        let mut project = Self {
            config: Config::isolated("."),
            options,
            book,
            documents: Vec::new(),
            apart: Vec::new(),
            tapes: FxHashSet::default(),
            corpus: Corpus::default(),
            registries: BTreeMap::new(),
            found: Vec::new(),
            on: Vec::new(),
            met: Vec::new(),
            allowed: Vec::new(),
        };
        if !project.options.once {
            project.corpus.keep();
        }
        project
    }

    /// Changes the configuration. Files are read again, because it may say when they were published.
    ///
    /// # Errors
    /// As [`Project::open`]; then the project keeps the configuration that it had.
    pub fn set_config(&mut self, config: Config) -> Result<(), Vec<InputError>> {
        let desk = config.rule_pages();
        let new_pages = (desk != self.config.rule_pages()).then(|| Rulebook::with_desk(desk)).transpose()?;
        if config.root().is_some() {
            let pages = match &new_pages {
                Some(pages) => pages,
                None => self.pages().map_err(|error| vec![error])?,
            };
            let wrong = config.check(&known_rules(pages));
            if !wrong.is_empty() {
                return Err(wrong);
            }
        }
        if let Some(pages) = new_pages {
            self.book = OnceLock::from(pages);
            self.on.clear();
        }
        self.config = config;
        self.read_again();
        Ok(())
    }

    /// Only with tapes are the writer's own words kept: reads again where the first has come or the last has gone.
    fn read_again_for_tapes(&mut self, had: bool) {
        if self.has_tapes() != had {
            self.read_again();
        }
    }

    fn read_again(&mut self) {
        for rank in 0..self.documents.len() {
            // A file that could not be read says so whatever the configuration is.
            let facts = self.corpus.file(FileId(rank as u32));
            if facts.unreadable.is_some() || facts.archived {
                continue;
            }
            let document = std::mem::take(&mut self.documents[rank]);
            let path = document.path.clone();
            let hints = self.hints(&path);
            if let Some((document, facts)) = understand(&path, || Ok(document), || hints) {
                self.documents[rank] = document;
                self.corpus.replace(rank, facts);
            }
        }
        archived::forget(&mut self.found, &self.corpus);
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Puts a draft in, or other text in its place. Bytes that are no text become a file that a rule reports as unreadable.
    pub fn set_draft(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        let had = self.has_tapes();
        self.tapes.remove(path);
        self.set(path, bytes.into());
        self.read_again_for_tapes(had);
    }

    /// Puts a tape in, which quotations are held against, or puts other text in its place.
    pub fn set_tape(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        let had = self.has_tapes();
        self.tapes.insert(path.to_owned());
        self.set(path, bytes.into());
        self.read_again_for_tapes(had);
    }

    /// Says that the files under these paths are tapes, whatever the configuration says, before they are read.
    #[cfg(feature = "disk")]
    pub(crate) fn name_tapes(&mut self, paths: impl IntoIterator<Item = String>) {
        self.tapes.extend(paths);
    }

    /// Puts a registry of people in, or another one in its place. The ending of the path says what it is written in.
    ///
    /// # Errors
    /// Where it cannot be read, with the place; then the project keeps the registry that it had.
    pub fn set_registry(&mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Result<(), InputError> {
        let text = Text::decode(bytes.into()).map_err(|why| undecodable(path, why))?;
        let roster = read_registry(path, text.as_str())?;
        self.registries.insert(path.to_owned(), roster);
        self.use_registries();
        Ok(())
    }

    /// Takes out the draft, tape or registry under `path`; false where there is none.
    pub fn remove(&mut self, path: &str) -> bool {
        let had = self.has_tapes();
        if self.registries.remove(path).is_some() {
            self.use_registries();
            return true;
        }
        let Ok(rank) = self.rank(path) else { return false };
        self.documents.remove(rank);
        self.apart.remove(rank);
        self.found.remove(rank);
        self.corpus.remove(rank);
        self.tapes.remove(path);
        self.read_again_for_tapes(had);
        true
    }

    /// What the last check found and did not return, because directives in the drafts allow it.
    pub fn allowed(&self) -> &[Allowed] {
        &self.allowed
    }

    /// The entries of the baseline that did not occur in the last check, of the rules that ran and of those that there
    /// are no longer.
    pub fn stale(&self) -> Vec<&BaselineEntry> {
        let rules = self.book.get().map_or(&[][..], Rulebook::rules);
        let rank = |id: &str| rules.iter().position(|rule| rule.id == id);
        let ran = |id: &str| rank(id).is_none_or(|rank| self.on.get(rank) == Some(&true));
        let entries = self.options.baseline.iter().flat_map(Baseline::entries).zip(&self.met);
        entries.filter(|(entry, met)| !**met && ran(&entry.rule)).map(|(entry, _)| entry).collect()
    }

    /// The paths of all drafts and tapes, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.documents.iter().map(|document| document.path.as_str())
    }

    /// The number of the file under `path`, which a finding's place gives; it changes when files are put in or taken
    /// out.
    pub fn file(&self, path: &str) -> Option<FileId> {
        self.rank(path).ok().map(|rank| FileId(rank as u32))
    }

    /// The text of every draft and tape, by [`FileId`].
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The facts of every draft and tape, and the lookups over them.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// What the draft or tape under `path` says; `None` where there is none.
    pub fn facts(&self, path: &str) -> Option<&FileFacts> {
        self.file(path).map(|file| self.corpus.file(file))
    }

    /// The quotations of a draft, in the order of the text; `None` where there is no such draft.
    pub fn quotations(&self, path: &str) -> Option<&[Quotation]> {
        self.facts(path).map(|facts| facts.quotations.as_slice())
    }

    /// Where else the words of a quotation stand, in the same wording or another, in path order. `index` is its number
    /// among the quotations of the draft under `path`. Empty where there is no such quotation.
    pub fn versions(&self, path: &str, index: usize) -> Vec<Version<'_>> {
        let Some(file) = self.file(path) else { return Vec::new() };
        let wording = self.corpus.wording();
        let Some(&own) = wording.passages_of(file).get(&(index as u32)) else { return Vec::new() };
        let version = wording.passage(own).version;
        let mut others: Vec<PassageId> = Vec::new();
        if version != u32::MAX {
            others.extend(wording.version(version));
        }
        let groups = wording.utterances().iter().map(|utterance| &utterance.passages);
        let groups = groups.chain(wording.echoes().iter().map(|echo| &echo.passages));
        others.extend(groups.filter(|passages| passages.contains(&own)).flatten());
        others.sort_unstable();
        others.dedup();
        others.retain(|&other| other != own);
        let version = |&other: &PassageId| {
            let passage = wording.passage(other);
            let facts = self.corpus.file(passage.file);
            let index = *passage.parts.first()? as usize;
            Some(Version {
                path: &facts.path,
                index,
                quotation: facts.quotations.get(index)?,
                differences: wording.compare(self.corpus.facts(), own, other),
            })
        };
        others.iter().filter_map(version).collect()
    }

    /// Every person whom the files mention by a full name, with spellings and titles.
    pub fn people(&self) -> impl Iterator<Item = Entry> {
        let files = self.corpus.facts();
        self.corpus.people().iter().filter_map(|(_, person)| person.entry(files))
    }

    /// Says that a file is not compared with others, or is again: it lies outside the project, and is judged by
    /// itself.
    pub fn set_apart(&mut self, path: &str, apart: bool) {
        if let Ok(rank) = self.rank(path) {
            self.apart[rank] = apart;
        }
    }

    /// The pages of the rules, read when they are first needed.
    ///
    /// # Errors
    /// Where a page cannot be read, which is a fault of sayso.
    pub fn pages(&self) -> Result<&Rulebook, InputError> {
        match self.book.get() {
            Some(book) => Ok(book),
            None => {
                let book = Rulebook::read()?;
                Ok(self.book.get_or_init(|| book))
            }
        }
    }

    fn rank(&self, path: &str) -> Result<usize, usize> {
        self.documents.binary_search_by(|document| document.path.as_str().cmp(path))
    }

    /// What the house knows about the file under `path`.
    pub(crate) fn hints(&self, path: &str) -> Hints {
        let location = source::absolute(self.config.cwd(), Path::new(path));
        self.hints_at(path, &location)
    }

    fn has_tapes(&self) -> bool {
        self.options.all_listed || !self.tapes.is_empty() || self.config.has_transcripts()
    }

    /// Is the file a tape and no draft? `location` is its absolute path.
    pub(crate) fn is_transcript(&self, path: &str, location: &Path) -> bool {
        self.tapes.contains(path) || self.config.is_transcript(location)
    }

    /// The same for a file whose absolute path is known.
    pub(crate) fn hints_at(&self, path: &str, location: &Path) -> Hints {
        Hints {
            published: self.config.published(path),
            fallback: self.options.published,
            desk: self.config.desk(path).map(str::to_owned),
            transcript: self.is_transcript(path, location),
            tape: match self.options.all_listed {
                true => TapeHints { tables: vec![0], ..TapeHints::default() },
                false => self.config.tape_hints(location),
            },
            listed: match self.options.all_listed {
                true => vec![0],
                false => self.config.tables_of_draft(location),
            },
            tapes: self.has_tapes(),
            depth: self.options.depth,
            language: self.config.language(),
            other_language: None,
            tex_marks: false,
            unmarked_paragraphs: self.unmarked_paragraphs(),
            words_around: self.options.words_around
                || self.book.get().is_some_and(Rulebook::needs_words_around),
            confidence: self.config.confidence(),
            kind: self.config.kind(path),
        }
    }

    fn set(&mut self, path: &str, bytes: Vec<u8>) {
        let hints = self.hints(path);
        let (tape, changes) = (hints.transcript, self.config.tracked_changes());
        if let Some((document, facts)) = understand(path, || decode(path, bytes, tape, changes), || hints) {
            self.put(path, document, facts);
        }
    }

    /// Puts one file in that has been read, or puts it in the place of the one under `path`.
    pub(crate) fn put(&mut self, path: &str, document: Document, facts: FileFacts) {
        match self.rank(path) {
            Ok(rank) => {
                self.documents[rank] = document;
                self.found[rank] = None;
                self.corpus.replace(rank, facts);
            }
            Err(rank) => {
                self.documents.insert(rank, document);
                self.apart.insert(rank, false);
                self.found.insert(rank, None);
                self.corpus.insert(rank, facts);
            }
        }
    }

    /// Puts many files in at once that have been read, and takes out those that were there. They come in path order.
    #[cfg(feature = "disk")]
    pub(crate) fn fill(&mut self, files: Vec<(Document, FileFacts)>) {
        let (documents, facts): (Vec<Document>, Vec<FileFacts>) = files.into_iter().unzip();
        self.apart = vec![false; documents.len()];
        self.found = vec![None; documents.len()];
        self.documents = documents;
        self.corpus = Corpus::new(facts).with_registry(self.corpus.shared_registry());
        if !self.options.once {
            self.corpus.keep();
        }
    }

    /// Uses people who have been read from registries already.
    #[cfg(feature = "disk")]
    pub(crate) fn use_roster(&mut self, roster: Roster) {
        self.registries.insert(String::new(), roster);
        self.use_registries();
    }

    fn use_registries(&mut self) {
        let mut all = Roster::default();
        self.registries.values().for_each(|roster| all.extend(roster.clone()));
        self.corpus.set_registry(Registry::new(all));
        archived::forget(&mut self.found, &self.corpus);
    }
}
