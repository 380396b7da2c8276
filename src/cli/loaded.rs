//! The drafts of a run, read.

use crate::config::FileList;
use crate::project::{Focus, Project};
use crate::report::Sheet;
use crate::source::FileId;

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
}
