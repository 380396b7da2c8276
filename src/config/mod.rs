//! What a house has set: `sayso.toml`, where it is found, what it extends, and what it says about a rule or a file.
//!
//! What is set later wins: the style's profile, then the file that is extended, then the file itself, then overrides in
//! their order. Within each of these a rule's own entry wins over its group's.

mod check;
#[cfg(feature = "cli")]
mod described;
#[cfg(feature = "disk")]
mod file_list;
#[cfg(feature = "disk")]
mod listed;
mod origin;
#[cfg(feature = "disk")]
mod reach;
#[cfg(feature = "disk")]
mod rule_pages;
mod shape;
mod tapes;
#[cfg(feature = "disk")]
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[cfg(feature = "cli")]
pub use described::schema;
#[cfg(feature = "disk")]
pub use file_list::FileList;
pub use origin::Origin;
#[cfg(feature = "disk")]
pub use reach::Reach;
#[cfg(feature = "disk")]
use reach::real;

use crate::calendar::Day;
use crate::lexicon::Language;
use crate::rules::{Declared, DeskPage, Parameters};
use crate::source::{self, Format, Globs, InputError, Span, TextKind, TrackedChanges, nearest};
use shape::{Override, Settings, Shape, TapeTable, Word};

/// The name of a configuration file.
pub const FILE_NAME: &str = "sayso.toml";

/// Configurations that may extend one another in a row; a house needs two or three.
#[cfg(feature = "disk")]
const LONGEST_CHAIN: usize = 32;

/// Patterns that are compiled together. A set of many more would need more memory than its crate allows it.
const PATTERNS_IN_A_SET: usize = 500;

/// The name of a baseline, beside the configuration, where the configuration names no other.
pub const BASELINE_NAME: &str = "sayso-baseline.json";

/// The style profiles that come with sayso.
const STYLES: [(&str, &str); 5] = [
    ("ap", include_str!("../../rules/styles/ap.toml")),
    ("apa", include_str!("../../rules/styles/apa.toml")),
    ("chicago", include_str!("../../rules/styles/chicago.toml")),
    ("guardian", include_str!("../../rules/styles/guardian.toml")),
    ("reuters", include_str!("../../rules/styles/reuters.toml")),
];

/// The names of the style profiles.
pub fn styles() -> impl Iterator<Item = &'static str> {
    STYLES.iter().map(|(name, _)| *name)
}

/// A rule as far as a configuration may set it.
#[derive(Clone, Debug)]
pub struct KnownRule {
    /// Its id.
    pub id: String,
    /// Its group.
    pub group: String,
    /// Its parameters by name.
    pub parameters: BTreeMap<String, Declared>,
}

/// A configuration, read and compiled.
#[derive(Clone, Debug, Default)]
pub struct Config {
    root: Option<PathBuf>,
    cwd: PathBuf,
    /// Every file it was read from, with its text, for input errors that come up later.
    files: Vec<(String, String)>,
    /// The folders in which the files lie that it may name; `None` where it may name any.
    #[cfg(feature = "disk")]
    folders: Option<Vec<PathBuf>>,
    include: Globs,
    exclude: Globs,
    /// The patterns as written, with the rank in `files` of the file they stand in.
    include_words: Option<(usize, Vec<Word>)>,
    exclude_words: Option<(usize, Vec<Word>)>,
    /// Where each key at the top is set, by name; later ones win.
    set: BTreeMap<String, (usize, Span)>,
    style: Option<(usize, Word)>,
    confidence: Option<f32>,
    language: &'static Language,
    kind: Option<TextKind>,
    tracked_changes: Option<TrackedChanges>,
    people: Vec<Listed>,
    transcripts: Vec<Listed>,
    baseline: Option<Listed>,
    rules_dirs: Vec<Listed>,
    words_dirs: Vec<Listed>,
    /// The desk's own word lists, as absolute paths.
    word_lists: Vec<PathBuf>,
    /// The pages found in them.
    rule_pages: Vec<DeskPage>,
    archive: Vec<Listed>,
    tapes: Vec<(PathBuf, Globs)>,
    tables: Vec<Table>,
    /// Settings for every file, later ones win.
    layers: Vec<Layer<Settings>>,
    overrides: Vec<Layer<Override>>,
}

/// Something with the rank in `files` of the file it was read from.
#[derive(Clone, Debug)]
struct Layer<T> {
    file: usize,
    content: T,
}

/// A `[[transcript]]` table, with the folder that its paths are relative to.
#[derive(Clone, Debug)]
struct Table {
    #[cfg_attr(
        not(feature = "disk"),
        expect(dead_code, reason = "only paths that are looked for on disk can be wrong")
    )]
    file: usize,
    folder: PathBuf,
    content: TapeTable,
}

/// A path or a pattern of paths that a configuration lists.
#[derive(Clone, Debug)]
struct Listed {
    file: usize,
    folder: PathBuf,
    word: Word,
}

impl Config {
    /// No configuration: nothing is set, and the paths given are the project. `cwd` is the working directory.
    pub fn isolated(cwd: impl Into<PathBuf>) -> Self {
        Self { cwd: cwd.into(), ..Self::default() }
    }

    /// The `sayso.toml` at or above the working directory. Where there is none, the one in or above the folders of
    /// `paths`, if all of them agree on it: who names a project from outside means that project.
    #[cfg(feature = "disk")]
    pub fn discover(cwd: &Path, paths: &[PathBuf]) -> Option<PathBuf> {
        let above = |folder: &Path| {
            folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file())
        };
        above(cwd).or_else(|| {
            let mut found = paths.iter().map(|path| {
                let location = source::absolute(cwd, path);
                above(if location.is_dir() { &location } else { location.parent()? })
            });
            let first = found.next()??;
            found.all(|other| other.as_ref() == Some(&first)).then_some(first)
        })
    }

    /// Reads the configuration of a project, as [`Config::discover`] found it, and what it extends. The project's root
    /// is the folder it stands in.
    ///
    /// # Errors
    /// As [`Config::load`].
    #[cfg(feature = "disk")]
    pub fn load_project(path: &Path, cwd: &Path) -> Result<Self, Vec<InputError>> {
        Self::load_project_within(Reach::Folder, path, cwd)
    }

    /// The same, with the files that it may name.
    ///
    /// # Errors
    /// As [`Config::load`].
    #[cfg(feature = "disk")]
    pub fn load_project_within(reach: Reach, path: &Path, cwd: &Path) -> Result<Self, Vec<InputError>> {
        let location = source::absolute(cwd, path);
        Self::read(reach, &location, location.parent().unwrap_or(cwd), cwd)
    }

    /// Reads a configuration that somebody named, and what it extends.
    ///
    /// The project's root is the folder of `path` where the working directory `cwd` lies at or below it, and the
    /// working directory where the configuration comes from elsewhere.
    ///
    /// # Errors
    /// Everything wrong with it that can be told without knowing the rules, each pointing at its place.
    #[cfg(feature = "disk")]
    pub fn load(path: &Path, cwd: &Path) -> Result<Self, Vec<InputError>> {
        Self::load_within(Reach::Folder, path, cwd)
    }

    /// The same, with the files that it may name.
    ///
    /// # Errors
    /// As [`Config::load`].
    #[cfg(feature = "disk")]
    pub fn load_within(reach: Reach, path: &Path, cwd: &Path) -> Result<Self, Vec<InputError>> {
        let location = source::absolute(cwd, path);
        let folder = location.parent().unwrap_or(cwd);
        Self::read(reach, &location, if cwd.starts_with(folder) { folder } else { cwd }, cwd)
    }

    #[cfg(feature = "disk")]
    fn read(reach: Reach, location: &Path, root: &Path, cwd: &Path) -> Result<Self, Vec<InputError>> {
        let mut config = Self { root: Some(root.to_owned()), cwd: cwd.to_owned(), ..Self::default() };
        if reach == Reach::Folder {
            config.folders = Some([Some(root), location.parent()].into_iter().flatten().map(real).collect());
        }
        let mut chain = Vec::new();
        let mut own = Vec::new();
        config.add(location, &mut chain, &mut own, None)?;
        config.overrides = own;
        config.add_style()?;
        config.add_tapes()?;
        config.refuse_outside()?;
        config.rule_pages = config.read_rule_pages()?;
        config.use_own_words()?;
        Ok(config)
    }

    /// Reads a configuration that is in memory. `path` names it in errors; its own paths and patterns are relative to
    /// `root`, which is also the working directory.
    ///
    /// # Errors
    /// As [`Config::load`]; and where it extends another file, which only one on disk can.
    pub fn from_text(path: &str, text: &str, root: impl Into<PathBuf>) -> Result<Self, Vec<InputError>> {
        let root = root.into();
        let mut config = Self { root: Some(root.clone()), cwd: root.clone(), ..Self::default() };
        config.files.push((path.to_owned(), text.to_owned()));
        let shape = shape::read(path, text)?;
        if let Some(extend) = &shape.extend {
            let message = "a configuration in memory cannot extend a file";
            let error = config.input_error(0, extend.span, message, "extended here");
            return Err(vec![error.help("write what that file sets into this one")]);
        }
        if let Some(folder) = shape.rules_dirs.first().or_else(|| shape.words_dirs.first()) {
            let message = "a configuration in memory has no folders";
            let error = config.input_error(0, folder.span, message, "listed here");
            return Err(vec![error.help(
                "hand pages over with `Config::with_rule_pages`; word lists are read from disk only",
            )]);
        }
        let mut own = Vec::new();
        config.take_language(&shape, 0)?;
        config.take(shape, 0, &root, &mut own);
        config.overrides = own;
        config.add_style()?;
        config.add_tapes()?;
        Ok(config)
    }

    /// Adds a file, after what it extends. `chain` holds the files that led here.
    #[cfg(feature = "disk")]
    fn add(
        &mut self,
        location: &Path,
        chain: &mut Vec<PathBuf>,
        overrides: &mut Vec<Layer<Override>>,
        from: Option<(usize, Span)>,
    ) -> Result<(), Vec<InputError>> {
        let shown = self.shown(location);
        let text = source::read_text(&shown, location).map_err(|input_error| match from {
            Some((file, span)) => {
                let (path, text) = &self.files[file];
                let message = format!("the configuration that this extends {}", input_error.message);
                vec![InputError::new(path, message).at(text, span, "extended here")]
            }
            None => vec![input_error],
        })?;
        let file = self.files.len();
        self.files.push((shown.clone(), text.as_str().to_owned()));
        let shape = shape::read(&shown, text.as_str()).map_err(|input_errors| match from {
            Some((from, span)) if !self.is_own(location) => self.unlike(from, span, &input_errors),
            _ => input_errors,
        })?;
        let folder = location.parent().unwrap_or(&self.cwd).to_owned();
        chain.push(location.to_owned());
        if let Some(extend) = &shape.extend {
            let next = source::absolute(&folder, Path::new(&extend.text));
            if chain.contains(&next) {
                return Err(vec![self.circle(file, extend.span, &next)]);
            }
            if chain.len() > LONGEST_CHAIN {
                let message = format!("more than {LONGEST_CHAIN} configurations extend one another");
                let input_error = self.input_error(file, extend.span, &message, "the chain goes on here");
                return Err(vec![input_error.help("extend one file that has what all of them say")]);
            }
            self.refuse_extending(file, extend.span, &next)?;
            self.add(&next, chain, overrides, Some((file, extend.span)))?;
        }
        self.take_language(&shape, file)?;
        self.take(shape, file, &folder, overrides);
        Ok(())
    }

    /// What is said of a file outside the project that is no configuration. It may be anything, so nothing of it is shown.
    #[cfg(feature = "disk")]
    fn unlike(&self, from: usize, span: Span, input_errors: &[InputError]) -> Vec<InputError> {
        let (path, text) = &self.files[from];
        let other = input_errors.first().map_or("it", |input_error| input_error.path.as_str());
        let message = format!("the file that this extends, {other}, is no configuration that sayso can read");
        let help = format!("look at its faults with: sayso check --config {other}");
        vec![InputError::new(path, message).at(text, span, "extended here").help(help)]
    }

    #[cfg(feature = "disk")]
    fn circle(&self, file: usize, span: Span, next: &Path) -> InputError {
        let (path, text) = &self.files[file];
        InputError::new(path, format!("this extends {}, which extends it in turn", self.shown(next)))
            .at(text, span, "the circle closes here")
            .help("take `extend` out of one of the files")
    }

    /// Takes the language, which has to be one that sayso reads.
    fn take_language(&mut self, shape: &Shape, file: usize) -> Result<(), Vec<InputError>> {
        let Some(word) = &shape.language else { return Ok(()) };
        self.language = Language::named(&word.text).ok_or_else(|| {
            let message = format!("sayso does not read the language “{}”", word.text);
            let help = format!("the languages are {}", Language::CODES.join(", "));
            vec![self.input_error(file, word.span, message, "not a language").help(help)]
        })?;
        Ok(())
    }

    /// Lays a file's settings over those taken before.
    fn take(&mut self, shape: Shape, file: usize, folder: &Path, overrides: &mut Vec<Layer<Override>>) {
        let listed = |words: Vec<Word>| {
            words.into_iter().map(move |word| Listed { file, folder: folder.to_owned(), word })
        };
        self.set.extend(shape.keys.into_iter().map(|key| (key.text, (file, key.span))));
        if let Some(include) = shape.include {
            (self.include, self.include_words) = (include.globs, Some((file, include.words)));
        }
        if let Some(exclude) = shape.exclude {
            (self.exclude, self.exclude_words) = (exclude.globs, Some((file, exclude.words)));
        }
        self.confidence = shape.confidence.or(self.confidence);
        self.kind = shape.kind.or(self.kind);
        self.tracked_changes = shape.tracked_changes.or(self.tracked_changes);
        self.people.extend(listed(shape.people));
        self.transcripts.extend(listed(shape.transcripts));
        self.archive.extend(listed(shape.archive));
        self.baseline = listed(shape.baseline.into_iter().collect()).next().or_else(|| self.baseline.take());
        self.rules_dirs.extend(listed(shape.rules_dirs));
        self.words_dirs.extend(listed(shape.words_dirs));
        // A table makes its files transcripts, whether `transcripts` lists them or not.
        self.transcripts.extend(shape.tapes.iter().flat_map(|table| listed(table.files.clone())));
        let table = |content| Table { file, folder: folder.to_owned(), content };
        self.tables.extend(shape.tapes.into_iter().map(table));
        self.layers.push(Layer { file, content: shape.settings });
        overrides.extend(shape.overrides.into_iter().map(|content| Layer { file, content }));
        self.style = shape.style.map(|style| (file, style)).or_else(|| self.style.take());
    }

    /// Puts the style's profile below everything that files set themselves.
    fn add_style(&mut self) -> Result<(), Vec<InputError>> {
        let Some((file, style)) = self.style.clone() else { return Ok(()) };
        let Some((name, profile)) = STYLES.iter().find(|(name, _)| *name == style.text) else {
            let help = match nearest(&style.text, styles()) {
                Some(name) => format!("did you mean \"{name}\"?"),
                None => format!("the styles are {}", styles().collect::<Vec<_>>().join(", ")),
            };
            let message = format!("there is no style “{}”", style.text);
            return Err(vec![self.input_error(file, style.span, message, "not a style").help(help)]);
        };
        let shown = format!("style {name}");
        let content = shape::read_style(&shown, profile)?;
        self.files.push((shown, (*profile).to_owned()));
        self.layers.insert(0, Layer { file: self.files.len() - 1, content });
        Ok(())
    }

    /// Compiles the patterns of transcripts, those of one folder together: a file is then matched with all of them at once.
    fn add_tapes(&mut self) -> Result<(), Vec<InputError>> {
        let mut of_folder: BTreeMap<PathBuf, Vec<(&Listed, String)>> = BTreeMap::new();
        for listed in &self.transcripts {
            #[cfg(feature = "disk")]
            let (folder, pattern) = listed.place();
            #[cfg(not(feature = "disk"))]
            let (folder, pattern) = (listed.folder.clone(), listed.word.text.clone());
            of_folder.entry(folder).or_default().push((listed, pattern));
        }
        for (folder, all) in of_folder {
            for some in all.chunks(PATTERNS_IN_A_SET) {
                let patterns: Vec<&String> = some.iter().map(|(_, pattern)| pattern).collect();
                match Globs::new(&patterns) {
                    Ok(globs) => self.tapes.push((folder.clone(), globs)),
                    Err(bad) => {
                        let (listed, _) = some[bad.index];
                        let message = format!("this is not a path pattern: {}", bad.message);
                        let span = listed.word.span;
                        return Err(vec![self.input_error(listed.file, span, message, "not a pattern")]);
                    }
                }
            }
        }
        Ok(())
    }

    fn input_error(&self, file: usize, span: Span, message: impl Into<String>, label: &str) -> InputError {
        let (path, text) = &self.files[file];
        InputError::new(path, message).at(text, span, label)
    }

    #[cfg(feature = "disk")]
    fn shown(&self, location: &Path) -> String {
        source::shown_from(&self.cwd, location)
    }

    /// The same with these pages of rules, where they do not come from a folder.
    #[must_use]
    pub fn with_rule_pages(mut self, pages: Vec<DeskPage>) -> Self {
        self.rule_pages = pages;
        self
    }

    /// The desk's own pages of rules, in the order of the folders that hold them.
    pub fn rule_pages(&self) -> &[DeskPage] {
        &self.rule_pages
    }

    /// The project's root; `None` without a configuration.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// What it was read from, as absolute paths: itself, what it extends, the desk's own rules and word lists, and the
    /// folders that hold these, because a new file there counts too.
    pub fn files(&self) -> impl Iterator<Item = PathBuf> {
        let pages = self.rule_pages.iter().map(|page| page.path.as_str());
        let files = self.files.iter().map(|(path, _)| path.as_str());
        let files = files.chain(pages).map(|path| source::absolute(&self.cwd, Path::new(path)));
        let folder = |listed: &Listed| source::absolute(&listed.folder, Path::new(&listed.word.text));
        let folders = self.rules_dirs.iter().chain(&self.words_dirs).map(folder);
        files.chain(folders).chain(self.word_lists.iter().cloned())
    }

    /// Would a draft at `location` belong to the project? It need not be there yet.
    pub fn would_include(&self, location: &Path) -> bool {
        let root = self.root.as_deref().unwrap_or(&self.cwd);
        let Ok(inside) = location.strip_prefix(root) else { return false };
        let folders = || inside.ancestors().filter(|path| !path.as_os_str().is_empty());
        (self.include.is_empty() || self.include.is_match(inside))
            && !folders().any(|path| self.exclude.is_match(path))
            && Format::of_path(location).is_some()
    }

    /// The name of the style profile.
    pub fn style(&self) -> Option<&str> {
        self.style.as_ref().map(|(_, style)| style.text.as_str())
    }

    /// The parameters set for a rule; those not set keep their defaults.
    pub fn parameters(&self, rule: &str) -> Parameters {
        let mut parameters = Parameters::new();
        for layer in &self.layers {
            for setting in layer.content.rules.iter().filter(|setting| setting.name.text == rule) {
                parameters.extend(setting.parameters.clone());
            }
        }
        parameters
    }

    /// The day an override says the file shown as `path` was published.
    pub fn published(&self, path: &str) -> Option<Day> {
        let mut overrides = self.overrides.iter().rev().map(|layer| &layer.content);
        overrides.find(|one| one.published.is_some() && self.matches(&one.files.globs, path))?.published
    }

    /// The folder that relative paths of the command line are seen from.
    pub fn cwd(&self) -> &Path {
        &self.cwd
    }

    /// The confidence below which a source is left undecided, 0 to 1, where the house sets one.
    pub fn confidence(&self) -> Option<f32> {
        self.confidence
    }

    /// Where the baseline stands, or would stand; `None` without a configuration. The error is the one to report where
    /// it has to be there and is not: the configuration names it.
    pub fn baseline(&self) -> Option<(PathBuf, Option<InputError>)> {
        let Some(listed) = &self.baseline else {
            return Some((self.root.as_ref()?.join(BASELINE_NAME), None));
        };
        let message = format!("there is no baseline “{}”", listed.word.text);
        let missing = self.input_error(listed.file, listed.word.span, message, "no such file");
        let help =
            "`sayso check --write-baseline` writes it; paths are relative to the folder of the configuration";
        Some((source::absolute(&listed.folder, Path::new(&listed.word.text)), Some(missing.help(help))))
    }

    /// The language of the drafts, where their front matter names none.
    pub fn language(&self) -> &'static Language {
        self.language
    }

    /// Which text of a document with tracked changes is read.
    pub fn tracked_changes(&self) -> TrackedChanges {
        self.tracked_changes.unwrap_or_default()
    }

    /// Of which kind the file shown as `path` is, where the configuration says so and its front matter does not.
    pub fn kind(&self, path: &str) -> Option<TextKind> {
        let mut overrides = self.overrides.iter().rev().map(|layer| &layer.content);
        let overriding = overrides.find(|one| one.kind.is_some() && self.matches(&one.files.globs, path));
        overriding.map_or(self.kind, |one| one.kind)
    }

    /// Whose copy the file shown as `path` is.
    pub fn desk(&self, path: &str) -> Option<&str> {
        let mut overrides = self.overrides.iter().rev().map(|layer| &layer.content);
        overrides.find(|one| one.desk.is_some() && self.matches(&one.files.globs, path))?.desk.as_deref()
    }

    fn matches(&self, globs: &Globs, path: &str) -> bool {
        let location = source::absolute(&self.cwd, Path::new(path));
        let root = self.root.as_deref().unwrap_or(&self.cwd);
        location.strip_prefix(root).is_ok_and(|inside| globs.is_match(inside))
    }
}
