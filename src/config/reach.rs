//! Which files a configuration may name: those in its folder and in the project, unless whoever runs sayso allows others.
//!
//! A configuration comes with the drafts, often from somebody else. It must not make sayso read a file of the machine, and
//! a message about that file must not print it.

use std::path::{Path, PathBuf};

use super::{Config, Listed};
use crate::source::{self, InputError, Span};

/// Which files a configuration may name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Those in its folder and in the project.
    #[default]
    Folder,
    /// Any.
    Anywhere,
}

/// Where a path leads, links followed.
pub(super) fn real(path: &Path) -> PathBuf {
    // What is not there yet cannot be read. Its folder may be a link, and that counts.
    path.canonicalize().unwrap_or_else(|_| match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => {
            folder.canonicalize().map_or_else(|_| path.to_owned(), |it| it.join(name))
        }
        _ => path.to_owned(),
    })
}

impl Listed {
    /// The folder that the pattern is matched from, and the pattern: one that leads out of its folder is matched from where
    /// it leads to.
    pub(super) fn place(&self) -> (PathBuf, String) {
        let (start, rest) = source::pattern_start(&self.folder, &self.word.text);
        let text = &self.word.text;
        let from_here = start.starts_with(&self.folder) && !text.starts_with('/') && !text.contains("..");
        match (from_here, rest, start.parent(), start.file_name()) {
            (true, ..) => (self.folder.clone(), text.clone()),
            (false, "", Some(folder), Some(name)) => {
                (folder.to_owned(), format!("/{}", name.to_string_lossy()))
            }
            (false, rest, ..) => (start, format!("/{rest}")),
        }
    }
}

impl Config {
    /// May the configuration name the file at `path`?
    pub(super) fn may_name(&self, path: &Path) -> bool {
        let path = real(path);
        self.folders.as_ref().is_none_or(|folders| folders.iter().any(|folder| path.starts_with(folder)))
    }

    /// Does a file lie in the project's folder or below it?
    pub(super) fn is_own(&self, location: &Path) -> bool {
        self.root.as_deref().is_some_and(|root| real(location).starts_with(real(root)))
    }

    /// Refuses what is listed outside, before anything there is looked for.
    pub(super) fn refuse_outside(&self) -> Result<(), Vec<InputError>> {
        let people = self.people.iter().map(|listed| (listed, "registry"));
        let transcripts = self.transcripts.iter().map(|listed| (listed, "transcript"));
        let archives = self.archive.iter().map(|listed| (listed, "archive"));
        let baseline = self.baseline.iter().map(|listed| (listed, "baseline"));
        let pages = self.rules_dirs.iter().map(|listed| (listed, "folder of rules"));
        let all = people.chain(transcripts).chain(archives).chain(baseline).chain(pages);
        let outside: Vec<InputError> = all
            .filter_map(|(listed, what)| {
                let (start, _) = source::pattern_start(&listed.folder, &listed.word.text);
                (!self.may_name(&start)).then(|| self.outside(listed.file, listed.word.span, what, &start))
            })
            .collect();
        if outside.is_empty() { Ok(()) } else { Err(outside) }
    }

    /// Refuses a configuration outside that this one extends.
    pub(super) fn refuse_extending(
        &self,
        file: usize,
        span: Span,
        next: &Path,
    ) -> Result<(), Vec<InputError>> {
        if self.may_name(next) {
            return Ok(());
        }
        Err(vec![self.outside(file, span, "configuration", next)])
    }

    pub(super) fn outside(&self, file: usize, span: Span, what: &str, path: &Path) -> InputError {
        let shown = self.shown(&real(path));
        let message = format!("this {what} lies outside the project’s folder, in {shown}");
        self.input_error(file, span, message, "outside").help(
            "move it into the folder; or, if you trust whoever wrote this configuration, allow it with --allow-outside",
        )
    }
}
