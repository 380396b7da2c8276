//! Focus and project: which files are read, which of them were asked about, and which belong together.

use std::path::{Path, PathBuf};

use super::Config;
use crate::source::{
    self, Found, Gravity, InputError, LARGEST_DRAFT, ListedId, WalkOptions, help_for_unknown_kind,
    is_unknown_kind,
};

/// The files of a run.
///
/// With a configuration the whole project is read every time, and the paths given are the focus: a finding counts when
/// any of its places lies there. A file in the focus that is not of the project (it lies outside its root, or it is
/// excluded) is read and judged on its own. Without a configuration the paths are the project.
#[derive(Clone, Debug)]
pub struct FileList {
    /// The project's root; `None` without a configuration.
    pub root: Option<PathBuf>,
    /// The drafts in path order; a file's rank is its [`ListedId`].
    pub files: Vec<Found>,
    focus: Vec<bool>,
    inside: Vec<bool>,
    /// Was a folder that was asked about, or one in it, not readable?
    pub has_unread_folder: bool,
    /// Bytes of the largest file that is read.
    pub largest: u64,
    /// How many files in the folders that were asked about are of no kind that sayso reads.
    pub skipped: usize,
}

impl Default for FileList {
    fn default() -> Self {
        Self {
            root: None,
            files: Vec::new(),
            focus: Vec::new(),
            inside: Vec::new(),
            has_unread_folder: false,
            largest: LARGEST_DRAFT,
            skipped: 0,
        }
    }
}

impl FileList {
    /// Finds the files that `paths` and the configuration stand for. No path stands for the working directory.
    ///
    /// The input errors are those of paths that are not there; folders that cannot be read are of gravity
    /// [`Gravity::Unread`]; patterns that match nothing are warnings.
    ///
    /// A file that is named and is of no kind that sayso reads is an error, but where `any_kind` is set: then files that are
    /// named are transcripts.
    ///
    /// Where `tracked_only` is set, a file of the project that git's index does not have is left out unless it was asked
    /// about: in a commit hook a draft that nobody has committed is private.
    pub fn find(
        paths: &[PathBuf],
        config: &Config,
        stdin_filename: Option<String>,
        tracked_only: bool,
        any_kind: bool,
    ) -> (Self, Vec<InputError>) {
        let mut options = WalkOptions {
            cwd: config.cwd.clone(),
            root: config.root.clone().unwrap_or_default(),
            include: config.include.clone(),
            exclude: config.exclude.clone(),
            stdin_filename,
            tracked: None,
        };
        let here = [PathBuf::from(".")];
        let finds = source::find(if paths.is_empty() { &here } else { paths }, &options);
        let (mut asked, mut input_errors, mut skipped) = (finds.found, finds.input_errors, finds.skipped);
        // Word lists of the desk are text, and no drafts.
        asked.retain(|found| found.explicit || !config.word_lists.contains(&found.location));
        if !any_kind {
            let unknown = asked.iter().filter(|found| found.explicit && is_unknown_kind(&found.location));
            let unknown = unknown.filter(|found| !config.is_transcript(&found.location));
            input_errors.extend(unknown.map(|found| {
                InputError::new(&found.path, "sayso does not read files of this kind")
                    .help(help_for_unknown_kind(&found.location))
            }));
        }
        let (registries, _) = config.people();
        skipped.retain(|path| !config.is_transcript(path) && !registries.contains(path));
        let has_unread_folder = input_errors.iter().any(|error| error.gravity == Gravity::Unread);
        let Some(root) = config.root.clone() else {
            let all = vec![true; asked.len()];
            let (focus, inside, skipped) = (all.clone(), all, skipped.len());
            let list = Self { files: asked, focus, inside, has_unread_folder, skipped, ..Self::default() };
            return (list, input_errors);
        };
        options.stdin_filename = None;
        options.tracked = if tracked_only { source::tracked(&root) } else { None };
        let finds = source::find(std::slice::from_ref(&root), &options);
        let (mut whole, more) = (finds.found, finds.input_errors);
        whole.retain(|found| !config.word_lists.contains(&found.location));
        // Transcripts are read along, whatever the drafts' patterns say; the configuration names them.
        options.include = Default::default();
        options.exclude = Default::default();
        let (tapes, missing) = config.transcripts();
        input_errors.extend(missing);
        let drafts = whole.clone();
        if !tapes.is_empty() {
            whole.extend(source::find(&tapes, &options).found);
            whole.sort_by(|one, other| one.location.cmp(&other.location));
            whole.dedup_by(|one, other| one.location == other.location);
        }
        // A folder of the project that was not asked about is no reason to fail.
        let known: Vec<String> = input_errors.iter().map(|error| error.path.clone()).collect();
        let more = more.into_iter().filter(|error| !known.contains(&error.path));
        input_errors.extend(more.map(|error| match error.gravity {
            Gravity::Unread => error.gravity(Gravity::Warning),
            _ => error,
        }));
        input_errors.extend(config.check_tapes(&drafts, &whole));
        // In a commit hook the project may lack files that are there.
        if options.tracked.is_none() {
            input_errors.extend(config.check_patterns(&drafts, &whole));
        }
        let mut list =
            Self { root: Some(root), has_unread_folder, skipped: skipped.len(), ..Self::default() };
        list.merge(&asked, &whole);
        (list, input_errors)
    }

    /// Lays what was asked about over the whole; both are in path order, and what was asked about wins.
    fn merge(&mut self, asked: &[Found], whole: &[Found]) {
        let of_project: std::collections::BTreeSet<&Path> =
            whole.iter().map(|found| found.location.as_path()).collect();
        let of_focus: std::collections::BTreeSet<&Path> =
            asked.iter().map(|found| found.location.as_path()).collect();
        let rest = whole.iter().filter(|found| !of_focus.contains(found.location.as_path())).cloned();
        let mut files: Vec<(Found, bool)> = asked
            .iter()
            .cloned()
            .map(|found| (found, true))
            .chain(rest.map(|found| (found, false)))
            .collect();
        files.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
        for (found, asked) in files {
            self.focus.push(asked);
            self.inside.push(of_project.contains(found.location.as_path()));
            self.files.push(found);
        }
    }

    /// Leaves only the files that were asked about, for work that compares nothing.
    pub fn narrow(&mut self) {
        let mut rank = 0;
        let focus = &self.focus;
        self.files.retain(|_| {
            rank += 1;
            focus[rank - 1]
        });
        self.inside =
            self.inside.iter().zip(focus).filter(|(_, asked)| **asked).map(|(own, _)| *own).collect();
        self.focus = vec![true; self.files.len()];
    }

    /// A file's number in the list, by its path as shown.
    pub fn number(&self, path: &str) -> Option<ListedId> {
        let rank = self.files.binary_search_by(|found| found.path.as_str().cmp(path)).ok()?;
        Some(ListedId(rank as u32))
    }

    /// The paths of the files that were asked about; `None` where all of them were.
    pub fn focus(&self) -> Option<Vec<String>> {
        let asked = self.files.iter().zip(&self.focus).filter(|(_, asked)| **asked);
        let partly = self.focus.contains(&false);
        partly.then(|| asked.map(|(found, _)| found.path.clone()).collect())
    }

    /// Was the file asked about?
    pub fn in_focus(&self, file: ListedId) -> bool {
        self.focus.get(file.index()).copied().unwrap_or(false)
    }

    /// Does the file belong to the project? One that does not is not compared with other files.
    pub fn in_project(&self, file: ListedId) -> bool {
        self.inside.get(file.index()).copied().unwrap_or(false)
    }
}
