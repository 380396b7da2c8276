//! What a house has set: `sayso.toml`, where it is found, what it extends, and what it says about a rule or a file.
//!
//! What is set later wins: the style's profile, then the file that is extended, then the file itself, then overrides in
//! their order. Within each of these a rule's own entry wins over its group's.

#[cfg(feature = "disk")]
mod file_list;
mod shape;
mod tapes;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[cfg(feature = "disk")]
pub use file_list::FileList;

use crate::calendar::Day;
use crate::lexicon::Language;
use crate::rules::{Declared, Level, Parameters};
use crate::source::{self, Globs, InputError, Span, TextKind, TrackedChanges, nearest};
use shape::{Override, Setting, Settings, Shape, TapeTable, Word};

/// The name of a configuration file.
pub const FILE_NAME: &str = "sayso.toml";

/// The name of a baseline, beside the configuration, where the configuration names no other.
pub const BASELINE_NAME: &str = "sayso-baseline.json";

/// The style profiles that come with sayso.
const STYLES: [(&str, &str); 2] = [
    ("ap", include_str!("../../rules/styles/ap.toml")),
    ("guardian", include_str!("../../rules/styles/guardian.toml")),
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
    include: Globs,
    exclude: Globs,
    style: Option<(usize, Word)>,
    confidence: Option<f32>,
    language: &'static Language,
    kind: Option<TextKind>,
    tracked_changes: Option<TrackedChanges>,
    people: Vec<Listed>,
    transcripts: Vec<Listed>,
    baseline: Option<Listed>,
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
        let location = source::absolute(cwd, path);
        Self::read(&location, location.parent().unwrap_or(cwd), cwd)
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
        let location = source::absolute(cwd, path);
        let folder = location.parent().unwrap_or(cwd);
        Self::read(&location, if cwd.starts_with(folder) { folder } else { cwd }, cwd)
    }

    #[cfg(feature = "disk")]
    fn read(location: &Path, root: &Path, cwd: &Path) -> Result<Self, Vec<InputError>> {
        let mut config = Self { root: Some(root.to_owned()), cwd: cwd.to_owned(), ..Self::default() };
        let mut chain = Vec::new();
        let mut own = Vec::new();
        config.add(location, &mut chain, &mut own, None)?;
        config.overrides = own;
        config.add_style()?;
        config.add_tapes()?;
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
        let mut own = Vec::new();
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
        let shape = shape::read(&shown, text.as_str())?;
        let folder = location.parent().unwrap_or(&self.cwd).to_owned();
        chain.push(location.to_owned());
        if let Some(extend) = &shape.extend {
            let next = source::absolute(&folder, Path::new(&extend.text));
            if chain.contains(&next) {
                return Err(vec![self.circle(file, extend.span, &next)]);
            }
            self.add(&next, chain, overrides, Some((file, extend.span)))?;
        }
        if let Some(word) = &shape.language {
            self.language = Language::named(&word.text).ok_or_else(|| {
                let message = format!("sayso does not read the language “{}”", word.text);
                let help = format!("the languages are {}", Language::CODES.join(", "));
                vec![self.input_error(file, word.span, message, "not a language").help(help)]
            })?;
        }
        self.kind = shape.kind.or(self.kind);
        self.tracked_changes = shape.tracked_changes.or(self.tracked_changes);
        self.take(shape, file, &folder, overrides);
        Ok(())
    }

    #[cfg(feature = "disk")]
    fn circle(&self, file: usize, span: Span, next: &Path) -> InputError {
        let (path, text) = &self.files[file];
        InputError::new(path, format!("this extends {}, which extends it in turn", self.shown(next)))
            .at(text, span, "the circle closes here")
            .help("take `extend` out of one of the files")
    }

    /// Lays a file's settings over those taken before.
    fn take(&mut self, shape: Shape, file: usize, folder: &Path, overrides: &mut Vec<Layer<Override>>) {
        let listed = |words: Vec<Word>| {
            words.into_iter().map(move |word| Listed { file, folder: folder.to_owned(), word })
        };
        self.include = shape.include.unwrap_or_else(|| std::mem::take(&mut self.include));
        self.exclude = shape.exclude.unwrap_or_else(|| std::mem::take(&mut self.exclude));
        self.confidence = shape.confidence.or(self.confidence);
        self.people.extend(listed(shape.people));
        self.transcripts.extend(listed(shape.transcripts));
        self.baseline = listed(shape.baseline.into_iter().collect()).next().or_else(|| self.baseline.take());
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

    fn add_tapes(&mut self) -> Result<(), Vec<InputError>> {
        for listed in &self.transcripts {
            match Globs::new(&[&listed.word.text]) {
                Ok(globs) => self.tapes.push((listed.folder.clone(), globs)),
                Err(bad) => {
                    let message = format!("this is not a path pattern: {}", bad.message);
                    return Err(vec![self.input_error(
                        listed.file,
                        listed.word.span,
                        message,
                        "not a pattern",
                    )]);
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
        location.strip_prefix(&self.cwd).unwrap_or(location).to_string_lossy().into_owned()
    }

    /// The project's root; `None` without a configuration.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// The name of the style profile.
    pub fn style(&self) -> Option<&str> {
        self.style.as_ref().map(|(_, style)| style.text.as_str())
    }

    /// What is wrong with the rules, groups and parameters it names, given the rules there are.
    pub fn check(&self, known: &[KnownRule]) -> Vec<InputError> {
        let mut input_errors = Vec::new();
        let own = self.layers.iter().map(|layer| (layer.file, &layer.content));
        let overriding = self.overrides.iter().map(|layer| (layer.file, &layer.content.settings));
        for (file, settings) in own.chain(overriding) {
            for setting in &settings.groups {
                self.check_group(file, setting, known, &mut input_errors);
            }
            for setting in &settings.rules {
                self.check_rule(file, setting, known, &mut input_errors);
            }
        }
        // Parameters hold for a rule as a whole, because a rule sees all files at once.
        for layer in &self.overrides {
            for setting in
                layer.content.settings.rules.iter().filter(|setting| !setting.parameters.is_empty())
            {
                let span = setting.parameter_spans.first().map_or(setting.name.span, |(_, span, _)| *span);
                let message = "parameters hold for all files and cannot be set in an override";
                let input_error = self.input_error(layer.file, span, message, "here");
                input_errors.push(input_error.help("set it under [rules]"));
            }
        }
        input_errors
    }

    fn check_group(
        &self,
        file: usize,
        setting: &Setting,
        known: &[KnownRule],
        input_errors: &mut Vec<InputError>,
    ) {
        let Word { text: name, span } = &setting.name;
        if let Some((_, span, _)) = setting.parameter_spans.first() {
            let message = "a group has a level and no parameters";
            input_errors.push(self.input_error(file, *span, message, "not for a group"));
        }
        if known.iter().any(|rule| rule.group == *name) {
            return;
        }
        let input_error =
            self.input_error(file, *span, format!("there is no group `{name}`"), "unknown group");
        input_errors.push(match nearest(name, known.iter().map(|rule| rule.group.as_str())) {
            Some(near) => input_error.help(format!("did you mean `{near}`?")),
            None if known.iter().any(|rule| rule.id == *name) => {
                input_error.help(format!("`{name}` is a rule: set it under [rules]"))
            }
            None => input_error.help("`sayso rules` lists the groups"),
        });
    }

    fn check_rule(
        &self,
        file: usize,
        setting: &Setting,
        known: &[KnownRule],
        input_errors: &mut Vec<InputError>,
    ) {
        let Word { text: name, span } = &setting.name;
        let Some(rule) = known.iter().find(|rule| rule.id == *name) else {
            let input_error =
                self.input_error(file, *span, format!("there is no rule `{name}`"), "unknown rule");
            input_errors.push(if known.iter().any(|rule| rule.group == *name) {
                input_error.help(format!("`{name}` is a group: set it under [groups]"))
            } else if let Some(near) = nearest(name, known.iter().map(|rule| rule.id.as_str())) {
                input_error.help(format!("did you mean `{near}`?"))
            } else {
                input_error.help("`sayso rules` lists the rules")
            });
            return;
        };
        for (parameter, span, value_span) in &setting.parameter_spans {
            let Some(declared) = rule.parameters.get(parameter) else {
                let message = format!("`{name}` has no parameter `{parameter}`");
                let input_error = self.input_error(file, *span, message, "unknown parameter");
                let names = || rule.parameters.keys().map(String::as_str).chain(["level"]);
                input_errors.push(match nearest(parameter, names()) {
                    Some(near) => input_error.help(format!("did you mean `{near}`?")),
                    None => input_error.help(format!("it knows {}", names().collect::<Vec<_>>().join(", "))),
                });
                continue;
            };
            let set = setting.parameters.get(parameter);
            if let Some(refused) = set.and_then(|value| declared.check(value).err()) {
                let message = format!("`{parameter}` of `{name}` {}", refused.message);
                let label = format!("{}, by default {}", declared.about, declared.default);
                input_errors.push(self.input_error(file, *value_span, message, &label).help(refused.help));
            }
        }
    }

    /// The level set for a rule in the file shown as `path`; `None` where the rule's own level holds.
    pub fn level(&self, rule: &str, group: &str, path: &str) -> Option<Level> {
        let set = |settings: &Settings| {
            let of = |list: &[Setting], name: &str| {
                list.iter().rev().find(|setting| setting.name.text == name).and_then(|setting| setting.level)
            };
            of(&settings.rules, rule).or_else(|| of(&settings.groups, group))
        };
        let touching = self.overrides.iter().rev().map(|layer| &layer.content);
        touching
            .filter_map(|one| set(&one.settings).map(|level| (one, level)))
            .find(|(one, _)| self.matches(&one.files, path))
            .map(|(_, level)| level)
            .or_else(|| self.layers.iter().rev().find_map(|layer| set(&layer.content)))
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
        overrides.find(|one| one.published.is_some() && self.matches(&one.files, path))?.published
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
        let overriding = overrides.find(|one| one.kind.is_some() && self.matches(&one.files, path));
        overriding.map_or(self.kind, |one| one.kind)
    }

    /// Whose copy the file shown as `path` is.
    pub fn desk(&self, path: &str) -> Option<&str> {
        let mut overrides = self.overrides.iter().rev().map(|layer| &layer.content);
        overrides.find(|one| one.desk.is_some() && self.matches(&one.files, path))?.desk.as_deref()
    }

    fn matches(&self, globs: &Globs, path: &str) -> bool {
        let location = source::absolute(&self.cwd, Path::new(path));
        let root = self.root.as_deref().unwrap_or(&self.cwd);
        location.strip_prefix(root).is_ok_and(|inside| globs.is_match(inside))
    }

    /// The registries of people, in the order listed, and what is listed but is not there.
    #[cfg(feature = "disk")]
    pub fn people(&self) -> (Vec<PathBuf>, Vec<InputError>) {
        self.listed(&self.people, "registry of people")
    }

    #[cfg(feature = "disk")]
    fn listed(&self, list: &[Listed], what: &str) -> (Vec<PathBuf>, Vec<InputError>) {
        let (mut paths, mut input_errors) = (Vec::new(), Vec::new());
        for Listed { file, folder, word } in list {
            let found = source::expand(folder, &word.text);
            if found.is_empty() {
                let message = format!("there is no {what} “{}”", word.text);
                let help = "paths are relative to the folder of the configuration that lists them";
                input_errors.push(self.input_error(*file, word.span, message, "no such file").help(help));
            }
            // A file may be listed by name and match a pattern too.
            paths.extend(found);
        }
        let mut seen = std::collections::BTreeSet::new();
        paths.retain(|path| seen.insert(path.clone()));
        (paths, input_errors)
    }
}
