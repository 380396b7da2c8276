//! Which files there are: folders walked as ripgrep walks them, files named one by one, standard input.
//! `ignore` lives here, and only here.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Format, Globs, Gravity, InputError, absolute};

/// How paths are turned into files.
#[derive(Clone, Debug, Default)]
pub struct WalkOptions {
    /// What relative paths are relative to, and paths are shown relative to; the process's own where empty.
    pub cwd: PathBuf,
    /// What the globs are relative to; `cwd` where empty.
    pub root: PathBuf,
    /// Files that are met in a walk are read only where one of these matches; none means all.
    pub include: Globs,
    /// Files and folders that a walk passes by.
    pub exclude: Globs,
    /// The name standard input goes by. Where a file of this name is met too, standard input stands in for it:
    /// an editor sends what is not saved yet.
    pub stdin_filename: Option<String>,
    /// Files that are met in a walk are read only where they are among these, by absolute path; `None` means all.
    pub tracked: Option<FxHashSet<PathBuf>>,
}

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The path as shown: relative to the working directory where it lies below it, `/` between its parts.
    pub path: String,
    /// The absolute path, without `.` and `..`; the one that stdin's name stands for where it comes from there.
    pub location: PathBuf,
    /// What its name says it is written in.
    pub format: Format,
    /// Named by the user, not merely met in a folder.
    pub explicit: bool,
    /// Read from standard input.
    pub stdin: bool,
}

/// The files that paths stand for, in path order, each once, and what could not be found.
///
/// A folder stands for the files of known formats within it, without hidden ones and those that `.gitignore` and
/// `.ignore` name. A file stands for itself, whatever its name; `-` is standard input.
pub fn find(paths: &[PathBuf], options: &WalkOptions) -> Finds {
    let mut search = Search::new(options);
    for path in paths {
        search.path(path);
    }
    let mut found: Vec<Found> = search.found.into_values().collect();
    found.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| a.location.cmp(&b.location)));
    Finds { found, skipped: search.skipped, input_errors: search.input_errors }
}

/// What paths stand for.
#[derive(Clone, Debug, Default)]
pub struct Finds {
    /// The files, in path order, each once.
    pub found: Vec<Found>,
    /// Files in folders that are of no kind that sayso reads, pipes and devices too, by absolute path. Hidden files, links
    /// and files that `.gitignore` names are not among them.
    pub skipped: FxHashSet<PathBuf>,
    /// What could not be found.
    pub input_errors: Vec<InputError>,
}

/// The file or folder where the search for a pattern begins, seen from `folder`, and what is left of the pattern below it:
/// the last one that is named in full. Nothing is left of a path that is there, whatever signs are in it.
pub fn pattern_start<'p>(folder: &Path, pattern: &'p str) -> (PathBuf, &'p str) {
    let literal = absolute(folder, Path::new(pattern));
    if literal.exists() {
        return (literal, "");
    }
    let sign = pattern.find(['*', '?', '[', '{']).unwrap_or(pattern.len());
    let named = pattern[..sign].rfind('/').map_or("", |at| &pattern[..at]);
    (absolute(folder, Path::new(named)), pattern[named.len()..].trim_start_matches('/'))
}

/// Finds the files of many patterns; each folder is walked once.
#[derive(Clone, Debug, Default)]
pub struct Expansion {
    /// For each folder the files below it, by paths relative to it, in the order of their bytes.
    below: FxHashMap<PathBuf, Vec<PathBuf>>,
}

impl Expansion {
    /// The files that a path or a pattern stands for, seen from `folder`, sorted; hidden ones and those that
    /// `.gitignore` names too, because they are asked for. A path that is there is taken as it is, whatever signs are in it.
    pub fn expand(&mut self, folder: &Path, pattern: &str) -> Vec<PathBuf> {
        let (start, rest) = pattern_start(folder, pattern);
        if start.is_file() {
            return if rest.is_empty() { vec![start] } else { Vec::new() };
        }
        let rest = if rest.is_empty() { "**" } else { rest };
        let Ok(globs) = Globs::new(&[format!("/{rest}")]) else { return Vec::new() };
        let below = self.below.entry(start.clone()).or_insert_with(|| all_below(&start));
        // Only paths that begin with the letters before the first sign or folder can match.
        let lead = rest.split(['*', '?', '[', '{', '\\', '/']).next().unwrap_or_default().as_bytes();
        let first = below.partition_point(|path| path.as_os_str().as_encoded_bytes() < lead);
        let near = below[first..].iter();
        let near = near.take_while(|path| path.as_os_str().as_encoded_bytes().starts_with(lead));
        let mut found: Vec<PathBuf> =
            near.filter(|inside| globs.is_match(inside)).map(|inside| start.join(inside)).collect();
        found.sort();
        found
    }
}

/// All files below a folder, by paths relative to it, in the order of their bytes.
fn all_below(start: &Path) -> Vec<PathBuf> {
    let walk = WalkBuilder::new(start).standard_filters(false).build();
    let files = walk.flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    let mut below: Vec<PathBuf> =
        files.filter_map(|entry| entry.path().strip_prefix(start).ok().map(Path::to_owned)).collect();
    below.sort_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    below
}

/// All files below a folder, by paths relative to it, in order, without hidden ones and those that `.gitignore` and
/// `.ignore` name.
///
/// # Errors
/// Where the folder, or one below it, cannot be read.
pub fn list_files(folder: &Path) -> Result<Vec<PathBuf>, InputError> {
    let mut files = Vec::new();
    for entry in WalkBuilder::new(folder).sort_by_file_path(Path::cmp).build() {
        let entry = entry.map_err(|error| InputError::new(shown_in(&error, folder), walk_reason(&error)))?;
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            files.extend(entry.path().strip_prefix(folder).ok().map(Path::to_owned));
        }
    }
    Ok(files)
}

struct Search<'o> {
    options: &'o WalkOptions,
    cwd: PathBuf,
    root: PathBuf,
    found: FxHashMap<PathBuf, Found>,
    skipped: FxHashSet<PathBuf>,
    input_errors: Vec<InputError>,
}

impl<'o> Search<'o> {
    fn new(options: &'o WalkOptions) -> Self {
        let cwd = match options.cwd.as_os_str().is_empty() {
            true => std::env::current_dir().unwrap_or_default(),
            false => options.cwd.clone(),
        };
        let root = if options.root.as_os_str().is_empty() { cwd.clone() } else { options.root.clone() };
        Self {
            options,
            cwd,
            root,
            found: FxHashMap::default(),
            skipped: FxHashSet::default(),
            input_errors: Vec::new(),
        }
    }

    fn path(&mut self, path: &Path) {
        if path.as_os_str() == "-" {
            self.stdin();
            return;
        }
        let location = absolute(&self.cwd, path);
        match std::fs::metadata(&location) {
            Ok(data) if data.is_dir() => self.folder(path, &location),
            Ok(_) => {
                let shown = self.shown(path, &location, &location);
                self.add(Found {
                    path: shown,
                    format: Format::of_path(&location).unwrap_or_default(),
                    location,
                    explicit: true,
                    stdin: false,
                });
            }
            Err(error) => {
                let shown = path.to_string_lossy();
                self.input_errors.push(match error.kind() {
                    std::io::ErrorKind::NotFound => InputError::new(shown, "there is no such file or folder")
                        .help("check the spelling, and the folder that sayso is run in"),
                    _ => InputError::new(shown, format!("cannot be read: {}", super::disk::reason(&error))),
                });
            }
        }
    }

    fn stdin(&mut self) {
        let name = self.options.stdin_filename.as_deref();
        let location = name.map(|name| absolute(&self.cwd, Path::new(name))).unwrap_or_default();
        let path = name
            .map_or_else(|| "<stdin>".to_owned(), |name| self.shown(Path::new(name), &location, &location));
        let format = Format::of_path(&location).unwrap_or_default();
        self.add(Found { path, location, format, explicit: true, stdin: true });
    }

    fn folder(&mut self, given: &Path, folder: &Path) {
        let (root, exclude) = (self.root.clone(), self.options.exclude.clone());
        let mut builder = WalkBuilder::new(folder);
        if !exclude.is_empty() {
            builder.filter_entry(move |entry| {
                entry.depth() == 0
                    || !entry.path().strip_prefix(&root).is_ok_and(|path| exclude.is_match(path))
            });
        }
        for entry in builder.build() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let unread = InputError::new(shown_in(&error, given), walk_reason(&error))
                        .help("the drafts in it are not checked; make it readable, or name it in `exclude`")
                        .gravity(Gravity::Unread);
                    self.input_errors.push(unread);
                    continue;
                }
            };
            let kind = entry.file_type();
            if !kind.is_some_and(|kind| kind.is_file()) {
                // A pipe or a device has the name of a draft, and would be waited for.
                if kind.is_some_and(|kind| !kind.is_dir() && !kind.is_symlink()) {
                    self.skip(entry.into_path());
                }
                continue;
            }
            let Some(format) = Format::of_path(entry.path()) else {
                self.skip(entry.into_path());
                continue;
            };
            let include = &self.options.include;
            let included = || entry.path().strip_prefix(&self.root).is_ok_and(|path| include.is_match(path));
            if !include.is_empty() && !included() {
                continue;
            }
            if self.options.tracked.as_ref().is_some_and(|tracked| !tracked.contains(entry.path())) {
                continue;
            }
            let path = self.shown(given, folder, entry.path());
            self.add(Found { path, location: entry.into_path(), format, explicit: false, stdin: false });
        }
    }

    /// Notes a file of a kind that is not read, where a file of a known kind would be read.
    fn skip(&mut self, path: PathBuf) {
        let include = &self.options.include;
        let inside = path.strip_prefix(&self.root).ok();
        let wanted = include.is_empty() || inside.is_some_and(|inside| include.is_match(inside));
        if wanted && !is_own_file(&path) {
            self.skipped.insert(path);
        }
    }

    /// Keeps one of two finds of one file: standard input before the disk, and what was named before what was met.
    fn add(&mut self, found: Found) {
        match self.found.get_mut(&found.location) {
            Some(known) if known.stdin => known.explicit |= found.explicit,
            Some(known) if found.stdin => *known = found,
            Some(known) => known.explicit |= found.explicit,
            None => drop(self.found.insert(found.location.clone(), found)),
        }
    }

    /// The path to show for `file`, which was reached through `given`, whose absolute form is `start`.
    fn shown(&self, given: &Path, start: &Path, file: &Path) -> String {
        if let Ok(inside) = file.strip_prefix(&self.cwd) {
            return slashed(inside);
        }
        match file.strip_prefix(start) {
            Ok(rest) if !given.is_absolute() => slashed(&given.join(rest)),
            _ => slashed(file),
        }
    }
}

/// Is it a file that tells sayso what to do, and no draft?
fn is_own_file(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}

/// The path as it is shown: relative to `folder` where it lies below it, with `/` between its parts.
pub fn shown_from(folder: &Path, path: &Path) -> String {
    slashed(path.strip_prefix(folder).unwrap_or(path))
}

/// The path with `/` between its parts and no slash at its end.
fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace('\\', "/") };
    match text.strip_suffix('/') {
        Some(bare) if !bare.is_empty() => bare.to_owned(),
        _ => text,
    }
}

fn shown_in(error: &ignore::Error, given: &Path) -> String {
    match error {
        ignore::Error::WithPath { path, .. } => slashed(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            shown_in(err, given)
        }
        _ => slashed(given),
    }
}

fn walk_reason(error: &ignore::Error) -> String {
    match error.io_error() {
        Some(error) => format!("cannot be read: {}", super::disk::reason(error)),
        None => format!("cannot be read: {error}"),
    }
}
