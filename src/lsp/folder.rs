//! A folder that the editor has open: its project in memory, with the editor's unsaved text in place of the files on disk,
//! and what is found in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;
use std::time::SystemTime;

use serde_json::{Value, json};

use super::position::Encoding;
use super::uri::{file_of, slashed, uri_of};
use crate::config::{Config, FileList};
use crate::lexicon;
use crate::project::{Focus, Options, Project};
use crate::rules::{Baseline, Judged};
use crate::run;
use crate::source::{self, Document, FileId, Found, InputError, Place};

/// From how many files on that change at once the whole folder is read again.
const MANY: usize = 50;

/// What the editor's user has set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// A configuration to use in place of the `sayso.toml` that would be found.
    pub config: Option<String>,
    /// Are notes shown, which are below warnings?
    pub notes: bool,
    /// Is “also in 3 drafts” shown above quotations?
    pub lenses: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { config: None, notes: true, lenses: false }
    }
}

impl Settings {
    /// Takes over what `told` sets; the rest stays. A value of the wrong type sets nothing.
    pub fn set(&mut self, told: &Value) {
        match &told["config"] {
            Value::String(path) => self.config = Some(path.clone()).filter(|path| !path.is_empty()),
            Value::Null if told.get("config").is_some() => self.config = None,
            _ => {}
        }
        self.notes = told["notes"].as_bool().unwrap_or(self.notes);
        self.lenses = told["codeLens"].as_bool().unwrap_or(self.lenses);
    }
}

/// A file that is open in the editor.
#[derive(Debug)]
pub struct Open {
    /// Its URI, as the editor spells it.
    pub uri: String,
    /// The version that the editor gave last.
    pub version: i64,
    /// The text in the editor.
    pub text: String,
}

/// A folder with its project.
#[derive(Debug)]
pub struct Folder {
    /// The folder that the editor named. `None` where files are judged one by one.
    root: Option<PathBuf>,
    /// The folder that paths are relative to: the configuration's, which may lie above the root.
    base: PathBuf,
    /// What columns count.
    pub encoding: Encoding,
    /// What the user has set.
    pub settings: Settings,
    /// The drafts, tapes and registries.
    pub project: Project,
    /// The open files, by path.
    pub open: BTreeMap<String, Open>,
    /// Open files with text that the project does not have yet.
    unread: BTreeSet<String>,
    /// What the last check found; `None` where something has changed since.
    found: Option<Vec<Judged>>,
    /// What cannot be used of the configuration and the registries.
    pub errors: Vec<InputError>,
    /// The configuration, the desk's pages and word lists, the baseline and the registries, as they were when they were read.
    stamps: Vec<(PathBuf, Option<(SystemTime, u64)>)>,
}

impl Folder {
    /// A folder without files. Without `root`, files are judged one by one.
    ///
    /// # Errors
    /// Where the rules' pages cannot be read, which is a fault of sayso.
    pub fn new(
        root: Option<PathBuf>,
        encoding: Encoding,
        settings: Settings,
    ) -> Result<Self, Vec<InputError>> {
        let base = root.clone().unwrap_or_else(|| PathBuf::from("/"));
        Ok(Self {
            project: Project::open(Config::isolated(&base))?,
            root,
            base,
            encoding,
            settings,
            open: BTreeMap::new(),
            unread: BTreeSet::new(),
            found: None,
            errors: Vec::new(),
            stamps: Vec::new(),
        })
    }

    /// Does the file lie in this folder, or in the project that it is a part of?
    pub fn has(&self, file: &Path) -> bool {
        self.root.as_ref().is_some_and(|root| file.starts_with(root) || file.starts_with(&self.base))
    }

    /// The folder itself; `None` where files are judged one by one.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// Reads the configuration, the registries and all files. What cannot be read becomes an error, and the rest is used;
    /// where the configuration is broken, the one before goes on to hold. `done` counts the files that have been read.
    pub fn load(&mut self, done: &AtomicUsize) {
        self.errors.clear();
        self.found = None;
        if let Err(errors) = self.load_config() {
            self.errors.extend(errors);
        }
        self.use_words();
        if self.root.is_some() {
            let (list, errors) = FileList::find(&[], self.project.config(), None, false, false);
            self.errors.extend(errors);
            run::read_files(&mut self.project, &list, done);
        }
        self.unread.extend(self.open.keys().cloned());
        self.take_stamps();
        self.sync();
        let (registries, missing) = self.project.config().people();
        self.errors.extend(missing);
        registries.iter().for_each(|registry| self.read_registry(registry));
        self.take_stamps();
    }

    /// Makes the words of this folder's desk those of the process: another folder may have others.
    pub fn use_words(&mut self) {
        if !lexicon::use_everywhere(self.project.config().language()) && self.root.is_some() {
            let message = "the word lists of this desk have changed too often for one process".to_owned();
            let error = InputError::new(crate::config::FILE_NAME.to_owned(), message);
            self.errors.push(error.help("start the language server again".to_owned()));
        }
    }

    /// Opens a project without files under the configuration that holds for this folder.
    fn load_config(&mut self) -> Result<(), Vec<InputError>> {
        let Some(root) = &self.root else { return Ok(()) };
        let named = self.settings.config.as_ref().map(|path| source::absolute(root, Path::new(path)));
        let path = named.or_else(|| Config::discover(root, &[]));
        // Paths are shown from the configuration's folder where it lies around the root.
        let folder = path.as_deref().and_then(Path::parent).filter(|folder| root.starts_with(folder));
        let base = folder.map_or_else(|| root.clone(), Path::to_owned);
        let config = match &path {
            Some(path) => Config::load(path, &base)?,
            None => Config::isolated(&base),
        };
        let mut options = Options::default();
        if let Some((location, missing)) = config.baseline() {
            match (source::stamp(&location), missing) {
                (Some(_), _) => {
                    let name = location.display().to_string();
                    let text = source::read_text(&name, &location).map_err(|error| vec![error])?;
                    let baseline = Baseline::read(&name, text.as_str()).map_err(|error| vec![error])?;
                    options.baseline = Some(baseline);
                }
                (None, Some(missing)) => self.errors.push(missing),
                (None, None) => {}
            }
        }
        self.project = Project::open_with(config, options)?;
        if base != self.base {
            self.rebase(base);
        }
        Ok(())
    }

    /// Paths are relative to another folder from now on.
    fn rebase(&mut self, base: PathBuf) {
        self.base = base;
        self.unread.clear();
        for open in std::mem::take(&mut self.open).into_values() {
            self.open.insert(self.path_of(&open.uri), open);
        }
    }

    /// Reads a registry again. Where it is broken, what it said before goes on to hold.
    fn read_registry(&mut self, location: &Path) {
        let shown = self.shown(location);
        self.errors.retain(|error| error.path != shown);
        let read = source::read_text(&shown, location);
        let set = read.and_then(|text| self.project.set_registry(&shown, text.as_str()));
        self.errors.extend(set.err());
        self.found = None;
    }

    fn take_stamps(&mut self) {
        let Some(root) = &self.root else { return };
        let config = self.project.config();
        let mut files: Vec<PathBuf> = config.files().collect();
        files.extend(self.settings.config.as_ref().map(|path| source::absolute(root, Path::new(path))));
        files.extend(config.baseline().map(|(location, _)| location));
        // A configuration that is not there yet may come.
        files.push(root.join(crate::config::FILE_NAME));
        // What cannot be used is watched too.
        files.extend(self.errors.iter().map(|error| source::absolute(&self.base, Path::new(&error.path))));
        files.extend(config.people().0);
        files.sort();
        files.dedup();
        self.stamps = files.into_iter().map(|file| (file.clone(), source::stamp(&file))).collect();
    }

    /// Has the configuration or a registry changed on disk? Then it is read again. True where that was so.
    ///
    /// Not every editor tells of files that it does not show as drafts, so the few files are looked at.
    pub fn follow_settings(&mut self) -> bool {
        let changed = |(file, stamp): &&(PathBuf, Option<(SystemTime, u64)>)| source::stamp(file) != *stamp;
        let changed: Vec<PathBuf> =
            self.stamps.iter().filter(changed).map(|(file, _)| file.clone()).collect();
        if changed.is_empty() {
            return false;
        }
        let (registries, _) = self.project.config().people();
        if changed.iter().all(|file| registries.contains(file)) {
            changed.iter().for_each(|file| self.read_registry(file));
            self.take_stamps();
        } else {
            self.load(&AtomicUsize::new(0));
        }
        true
    }

    /// The path by which the project knows a file.
    pub fn shown(&self, file: &Path) -> String {
        match file.strip_prefix(&self.base) {
            Ok(inside) if self.root.is_some() => slashed(inside),
            _ => slashed(file),
        }
    }

    /// The path by which the project knows the file that a URI names. What is no file on disk goes by its URI.
    pub fn path_of(&self, uri: &str) -> String {
        file_of(uri).map_or_else(|| uri.to_owned(), |file| self.shown(&file))
    }

    /// The URI of a file, as the editor spells it where it has the file open.
    pub fn uri(&self, path: &str) -> String {
        self.open.get(path).map_or_else(|| uri_of(&self.location(path)), |open| open.uri.clone())
    }

    fn location(&self, path: &str) -> PathBuf {
        source::absolute(&self.base, Path::new(path))
    }

    /// Is the file the configuration or a registry, and no draft?
    fn is_settings(&self, path: &str) -> bool {
        let location = self.location(path);
        self.stamps.iter().any(|(file, _)| *file == location)
    }

    /// Takes the text that the editor shows.
    pub fn show(&mut self, path: String, open: Open) {
        self.unread.insert(path.clone());
        self.open.insert(path, open);
    }

    /// Applies changes to an open file, and says whether it is open.
    pub fn change(&mut self, path: &str, version: i64, changes: &Value) -> bool {
        let Some(open) = self.open.get_mut(path) else { return false };
        open.version = version;
        for change in changes.as_array().into_iter().flatten() {
            let Some(new) = change["text"].as_str() else { continue };
            match self.encoding.span(&open.text, &change["range"]) {
                Some(span) => open.text.replace_range(span.start as usize..span.end as usize, new),
                None if change["range"].is_null() => new.clone_into(&mut open.text),
                None => {}
            }
        }
        self.unread.insert(path.to_owned());
        true
    }

    /// The file was saved: it may belong to the project from now on.
    pub fn saved(&mut self, path: &str) {
        if self.project.file(path).is_some() {
            let apart = !self.belongs(path);
            self.project.set_apart(path, apart);
            self.found = None;
        }
    }

    /// The editor shows the file no more: the file on disk counts again.
    pub fn close(&mut self, path: &str) {
        self.open.remove(path);
        self.unread.remove(path);
        self.found = None;
        match self.list().and_then(|list| list.number(path)) {
            Some(_) => self.read(path),
            None => drop(self.project.remove(path)),
        }
    }

    /// The files of the project, as they are on disk now.
    fn list(&self) -> Option<FileList> {
        let find = || FileList::find(&[], self.project.config(), None, false, false).0;
        self.root.is_some().then(find)
    }

    /// Reads a file from disk, or takes it out where it is gone.
    fn read(&mut self, path: &str) {
        self.found = None;
        match source::read_bytes(path, &self.location(path)) {
            Ok(bytes) => self.project.set_draft(path, bytes),
            Err(_) => drop(self.project.remove(path)),
        }
    }

    /// Files have come, changed or gone on disk.
    pub fn changed_on_disk(&mut self, files: &[PathBuf]) {
        if self.follow_settings() {
            return;
        }
        // A registry may have come that a pattern of the configuration lists.
        let (registries, _) = self.project.config().people();
        if registries.iter().any(|registry| self.stamps.iter().all(|(file, _)| file != registry)) {
            self.load(&AtomicUsize::new(0));
            return;
        }
        let Some(list) = self.list() else { return };
        let known: BTreeSet<String> = self.project.paths().map(str::to_owned).collect();
        let changed: BTreeSet<String> = files.iter().map(|file| self.shown(file)).collect();
        let gone = known.iter().filter(|path| list.number(path).is_none());
        let there = list.files.iter().map(|Found { path, .. }| path);
        let there = there.filter(|path| !known.contains(*path) || changed.contains(*path));
        let touched: Vec<String> =
            gone.chain(there).filter(|path| !self.open.contains_key(*path)).cloned().collect();
        match touched.len() {
            MANY.. => self.load(&AtomicUsize::new(0)),
            _ => touched.iter().for_each(|path| self.read(path)),
        }
    }

    /// Gives the project the text of the editor.
    pub fn sync(&mut self) {
        self.use_words();
        for path in std::mem::take(&mut self.unread) {
            if self.is_settings(&path) {
                continue;
            }
            let new = self.project.file(&path).is_none();
            let Some(open) = self.open.get(&path) else { continue };
            self.project.set_draft(&path, open.text.as_str());
            self.found = None;
            if new {
                let apart = !self.belongs(&path);
                self.project.set_apart(&path, apart);
            }
        }
    }

    /// Is an open file one of the project's, or one to be judged by itself?
    fn belongs(&self, path: &str) -> bool {
        let location = self.location(path);
        match source::stamp(&location) {
            _ if self.root.is_none() => false,
            Some(_) => self.list().is_some_and(|list| list.number(path).is_some()),
            None => self.project.config().would_include(&location),
        }
    }

    /// Checks the project where something has changed.
    pub fn check(&mut self) {
        self.sync();
        if self.found.is_none() {
            match self.project.check(&Focus::everything()) {
                Ok(found) => self.found = Some(found),
                Err(error) => {
                    self.errors.push(error);
                    self.found = Some(Vec::new());
                }
            }
        }
    }

    /// Drops what a failed check may have left half done. The project is read anew; nothing counts as found until
    /// something changes, so that a check that fails does not fail over and over.
    pub fn recover(&mut self) {
        self.load(&AtomicUsize::new(0));
        self.found = Some(Vec::new());
    }

    /// What the last check found.
    pub fn found(&self) -> &[Judged] {
        self.found.as_deref().unwrap_or_default()
    }

    /// The registries of people in TOML, which can be added to.
    pub fn registries(&self) -> Vec<String> {
        let (files, _) = self.project.config().people();
        let toml = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "toml"));
        toml.map(|file| self.shown(file)).collect()
    }

    /// The text of a file that is no draft, as the editor shows it or else as it is on disk.
    pub fn text_of(&self, path: &str) -> Option<String> {
        let open = self.open.get(path).map(|open| open.text.clone());
        open.or_else(|| Some(source::read_text(path, &self.location(path)).ok()?.as_str().to_owned()))
    }

    /// The numbers of all drafts and tapes.
    pub fn files(&self) -> Vec<FileId> {
        self.project.corpus().files().map(|(file, _)| file).collect()
    }

    /// The document under `path`.
    pub fn document(&self, path: &str) -> Option<&Document> {
        self.project.documents().get(self.project.file(path)?.index())
    }

    /// A place as the protocol names it.
    pub fn place(&self, place: Place) -> Option<Value> {
        let document = self.project.documents().get(place.file.index())?;
        let range = self.encoding.range(&document.text, place.span);
        Some(json!({ "uri": self.uri(&document.path), "range": range }))
    }
}
