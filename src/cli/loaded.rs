//! The drafts of a run, read.

use std::path::{Path, PathBuf};

use crate::config::{self, FileList};
use crate::project::{Focus, Project};
use crate::report::Sheet;
use crate::source::{self, FileId, InputError};

/// What was read, and what was asked about.
pub(super) struct Loaded {
    pub(super) list: FileList,
    pub(super) project: Project,
    pub(super) focus: Focus,
}

impl Loaded {
    pub(super) fn sheet(&self) -> Sheet<'_> {
        Sheet { documents: self.project.documents(), corpus: self.project.corpus() }
    }

    pub(super) fn in_focus(&self, file: FileId) -> bool {
        self.focus.has(&self.project.corpus().file(file).path)
    }

    /// The files that were asked about.
    pub(super) fn wanted(&self) -> Vec<FileId> {
        let all = self.project.corpus().files().map(|(file, _)| file);
        all.filter(|&file| self.in_focus(file)).collect()
    }

    /// Was a file named that could not be read?
    pub(super) fn has_unread_named_file(&self) -> bool {
        let named = |path: &str| {
            let found = self.list.number(path).map(|number| &self.list.files[number.index()]);
            found.is_some_and(|found| found.explicit)
        };
        let mut files = self.project.corpus().files();
        files.any(|(_, facts)| facts.unreadable.is_some() && named(&facts.path))
    }

    /// What is written never takes the place of a file that was read.
    ///
    /// # Errors
    /// Where `output` is a draft, a tape, a registry or the configuration.
    pub(super) fn refuse_input(&self, output: &Path) -> Result<(), InputError> {
        let config = self.project.config();
        let (registries, _) = config.people();
        // An earlier report in the same folder was listed and not read.
        let read = self.list.files.iter().filter(|found| self.project.file(&found.path).is_some());
        let read = read.map(|found| found.location.as_path());
        let own = config.root().map(|root| root.join(config::FILE_NAME));
        let read = read.chain(registries.iter().chain(&own).map(PathBuf::as_path));
        if read.into_iter().any(|input| source::is_same_file(config.cwd(), output, input)) {
            let message = "this file is read, and what is written must not replace it";
            return Err(InputError::new(output.to_string_lossy(), message).help("name another file after -o"));
        }
        Ok(())
    }
}
