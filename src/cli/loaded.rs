//! The drafts of a run, read.

use std::path::{Path, PathBuf};

use crate::archive::Record;
use crate::config::{self, FileList};
use crate::project::{Focus, Project};
use crate::report::Sheet;
use crate::source::{self, FileId, Found, InputError};

/// What was read, and what was asked about.
pub(super) struct Loaded {
    pub(super) list: FileList,
    pub(super) project: Project,
    pub(super) focus: Focus,
}

impl Loaded {
    /// Uses another list of files: drafts have come or gone.
    pub(super) fn use_list(&mut self, mut list: FileList) {
        list.largest = self.list.largest;
        self.focus = list.focus().map_or_else(Focus::everything, Focus::only);
        self.list = list;
    }

    /// Adds archived drafts. What was asked about stays the files at `focus`.
    pub(super) fn add_archived(&mut self, focus: Vec<String>, records: Vec<Record>) {
        self.focus = Focus::only(focus);
        self.project.add_archived(records);
    }

    pub(super) fn sheet(&self) -> Sheet<'_> {
        Sheet { documents: self.project.documents(), corpus: self.project.corpus() }
    }

    pub(super) fn in_focus(&self, file: FileId) -> bool {
        self.focus.has(&self.project.corpus().file(file).path)
    }

    /// The file on disk that is shown under `path`.
    pub(super) fn found(&self, path: &str) -> Option<&Found> {
        self.list.number(path).and_then(|number| self.list.files.get(number.index()))
    }

    /// How many files were passed over: those of a kind that is not read, and those that turned out to be no text.
    pub(super) fn skipped(&self) -> usize {
        let no_text =
            |found: &&Found| self.focus.has(&found.path) && self.project.file(&found.path).is_none();
        self.list.skipped + self.list.files.iter().filter(no_text).count()
    }

    /// The files that were asked about.
    pub(super) fn wanted(&self) -> Vec<FileId> {
        let all = self.project.corpus().files().map(|(file, _)| file);
        all.filter(|&file| self.in_focus(file)).collect()
    }

    /// Was a file named that could not be read?
    pub(super) fn has_unread_named_file(&self) -> bool {
        let named = |path: &str| self.found(path).is_some_and(|found| found.explicit);
        let mut files = self.project.corpus().files();
        files.any(|(_, facts)| facts.unreadable.is_some() && named(&facts.path))
    }

    /// What is written never takes the place of a file that was read: a draft, a tape, one of the `registries`, the
    /// configuration.
    ///
    /// # Errors
    /// Where `output` is one of them.
    pub(super) fn refuse_input(&self, output: &Path, registries: &[PathBuf]) -> Result<(), InputError> {
        let config = self.project.config();
        // A file that is not there yet takes nobody's place.
        let Ok(output_file) = source::absolute(config.cwd(), output).canonicalize() else { return Ok(()) };
        // An earlier report in the same folder was listed and not read.
        let read = self.list.files.iter().filter(|found| self.project.file(&found.path).is_some());
        let own = config.root().map(|root| root.join(config::FILE_NAME));
        let registries = registries.iter().chain(&own).map(PathBuf::as_path);
        let mut read = read.map(|found| found.location.as_path()).chain(registries);
        if read.any(|input| input.canonicalize().is_ok_and(|input| input == output_file)) {
            let message = "this file is read, and what is written must not replace it";
            return Err(InputError::new(output.to_string_lossy(), message).help("name another file after -o"));
        }
        Ok(())
    }
}
