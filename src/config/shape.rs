//! The shape of a `sayso.toml`: what may stand in it, read with the place of every value. Nothing is looked up
//! yet: whether a rule of that name exists, or a file, is asked later.

use crate::calendar::Day;
use crate::rules::{Level, Parameter, Parameters, find, groups};
use crate::source::{
    Globs, InputError, Key, Node, Span, TextKind, TrackedChanges, Value, nearest, toml_node,
};

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) span: Span,
}

/// What is set for one rule or one group.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Setting {
    pub(super) name: Word,
    pub(super) level: Option<Level>,
    pub(super) parameters: Parameters,
    /// Where each parameter's name and value stand.
    pub(super) parameter_spans: Vec<(String, Span, Span)>,
}

/// Settings that hold together: a file's own, or an override's.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    pub(super) groups: Vec<Setting>,
    pub(super) rules: Vec<Setting>,
}

/// Path patterns, compiled together and as written.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns {
    pub(super) globs: Globs,
    pub(super) words: Vec<Word>,
}

/// One `[[overrides]]`.
#[derive(Clone, Debug, Default)]
pub(super) struct Override {
    /// Every key in it.
    pub(super) keys: Vec<Word>,
    pub(super) files: Patterns,
    pub(super) published: Option<Day>,
    pub(super) desk: Option<String>,
    pub(super) kind: Option<TextKind>,
    pub(super) settings: Settings,
}

/// One file as written.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    /// Every key at the top.
    pub(super) keys: Vec<Word>,
    pub(super) extend: Option<Word>,
    pub(super) include: Option<Patterns>,
    pub(super) exclude: Option<Patterns>,
    pub(super) style: Option<Word>,
    pub(super) confidence: Option<f32>,
    pub(super) language: Option<Word>,
    pub(super) kind: Option<TextKind>,
    pub(super) tracked_changes: Option<TrackedChanges>,
    pub(super) people: Vec<Word>,
    pub(super) transcripts: Vec<Word>,
    pub(super) baseline: Option<Word>,
    pub(super) rules_dirs: Vec<Word>,
    pub(super) words_dirs: Vec<Word>,
    pub(super) archive: Vec<Word>,
    pub(super) settings: Settings,
    pub(super) overrides: Vec<Override>,
    pub(super) tapes: Vec<TapeTable>,
}

/// One `[[transcript]]`.
#[derive(Clone, Debug, Default)]
pub(super) struct TapeTable {
    /// The transcripts that it is about, as written.
    pub(super) files: Vec<Word>,
    pub(super) file_globs: Globs,
    pub(super) recorded: Option<Day>,
    /// Labels and the people that they stand for.
    pub(super) speakers: Vec<(String, String)>,
    /// The drafts that quote from it, as written.
    pub(super) drafts: Vec<Word>,
    pub(super) draft_globs: Globs,
    pub(super) machine: Option<bool>,
}

const KEYS: [&str; 18] = [
    "extend",
    "include",
    "exclude",
    "style",
    "confidence",
    "language",
    "kind",
    "tracked-changes",
    "people",
    "transcripts",
    "transcript",
    "baseline",
    "archive",
    "rules-dir",
    "words-dir",
    "rules",
    "groups",
    "overrides",
];
const TAPE_KEYS: [&str; 5] = ["files", "recorded", "speakers", "drafts", "machine"];
const OVERRIDE_KEYS: [&str; 6] = ["files", "published", "desk", "kind", "rules", "groups"];

/// The levels by name, most serious first.
const LEVELS: [(&str, Level); 4] =
    [("error", Level::Error), ("warning", Level::Warning), ("note", Level::Note), ("off", Level::Off)];

/// Reads a configuration's text. `path` names it in input errors; everything wrong with it is returned.
pub(super) fn read(path: &str, text: &str) -> Result<Shape, Vec<InputError>> {
    let parsed = toml_node(text);
    let mut reader = Reader { path, text, input_errors: Vec::new() };
    for fault in &parsed.faults {
        reader.input_error(fault.span, format!("this is not valid TOML: {}", fault.message), "here");
    }
    // What cannot be parsed leaves gaps, and a gap would be reported as something missing.
    let shape = if parsed.faults.is_empty() { reader.shape(&parsed.node) } else { Shape::default() };
    if reader.input_errors.is_empty() { Ok(shape) } else { Err(reader.input_errors) }
}

/// The settings of a style profile, which has the shape of a configuration's `[rules]` and `[groups]`.
pub(super) fn read_style(path: &str, text: &str) -> Result<Settings, Vec<InputError>> {
    let parsed = toml_node(text);
    let mut reader = Reader { path, text, input_errors: Vec::new() };
    for fault in &parsed.faults {
        reader.input_error(fault.span, fault.message.clone(), "here");
    }
    let mut settings = Settings::default();
    for (key, node) in reader.table("a style", &parsed.node, &["summary", "rules", "groups", "sources"]) {
        match key.name.as_str() {
            "rules" => settings.rules = reader.settings(key, node),
            "groups" => settings.groups = reader.settings(key, node),
            _ => {}
        }
    }
    if reader.input_errors.is_empty() { Ok(settings) } else { Err(reader.input_errors) }
}

struct Reader<'a> {
    path: &'a str,
    text: &'a str,
    input_errors: Vec<InputError>,
}

impl Reader<'_> {
    fn shape(&mut self, node: &Node) -> Shape {
        let mut shape = Shape::default();
        for (key, node) in self.table("the configuration", node, &KEYS) {
            shape.keys.push(Word { text: key.name.clone(), span: key.span });
            match key.name.as_str() {
                "extend" => shape.extend = self.word(key, node),
                "include" => shape.include = self.patterns(key, node),
                "exclude" => shape.exclude = self.patterns(key, node),
                "style" => shape.style = self.word(key, node),
                "confidence" => shape.confidence = self.share(key, node),
                "language" => shape.language = self.word(key, node),
                "kind" => shape.kind = self.text_kind(key, node),
                "tracked-changes" => shape.tracked_changes = self.tracked_changes(key, node),
                "people" => shape.people = self.words(key, node),
                "transcripts" => shape.transcripts = self.words(key, node),
                "transcript" => shape.tapes = self.tape_tables(key, node),
                "baseline" => shape.baseline = self.word(key, node),
                "rules-dir" => shape.rules_dirs = self.words(key, node),
                "words-dir" => shape.words_dirs = self.words(key, node),
                "archive" => shape.archive = self.words(key, node),
                "rules" => shape.settings.rules = self.settings(key, node),
                "groups" => shape.settings.groups = self.settings(key, node),
                _ => shape.overrides = self.overrides(key, node),
            }
        }
        shape
    }

    fn overrides(&mut self, key: &Key, node: &Node) -> Vec<Override> {
        let Value::List(items) = &node.value else {
            self.one_bracket(key, node);
            return Vec::new();
        };
        items.iter().map(|item| self.one_override(key, item)).collect()
    }

    fn one_override(&mut self, key: &Key, node: &Node) -> Override {
        let mut one = Override::default();
        let mut has_files = false;
        for (key, node) in self.table("an override", node, &OVERRIDE_KEYS) {
            one.keys.push(Word { text: key.name.clone(), span: key.span });
            match key.name.as_str() {
                "files" => {
                    has_files = true;
                    one.files = self.patterns(key, node).unwrap_or_default();
                }
                "published" => one.published = self.day(key, node),
                "desk" => one.desk = self.word(key, node).map(|word| word.text),
                "kind" => one.kind = self.text_kind(key, node),
                "rules" => one.settings.rules = self.settings(key, node),
                _ => one.settings.groups = self.settings(key, node),
            }
        }
        if !has_files && matches!(node.value, Value::Table(_)) {
            let span = if node.span.is_empty() { key.span } else { node.span };
            self.input_error(span, "this override does not say which files it is for", "no `files` here")
                .help = Some("add for example files = [\"wire/**\"]".to_owned());
        }
        one
    }

    fn tape_tables(&mut self, key: &Key, node: &Node) -> Vec<TapeTable> {
        let Value::List(items) = &node.value else {
            self.one_bracket(key, node);
            return Vec::new();
        };
        items.iter().map(|item| self.tape_table(key, item)).collect()
    }

    fn tape_table(&mut self, key: &Key, node: &Node) -> TapeTable {
        let span = if node.span.is_empty() { key.span } else { node.span };
        let mut table = TapeTable::default();
        for (key, node) in self.table("a transcript", node, &TAPE_KEYS) {
            match key.name.as_str() {
                "files" => {
                    table.files = self.words(key, node);
                    table.file_globs = self.globs(key, node).unwrap_or_default();
                }
                "recorded" => table.recorded = self.day(key, node),
                "speakers" => {
                    let Value::Table(entries) = &node.value else {
                        self.wrong_kind(key, node, "a table such as { SPEAKER_00 = \"Ana Reyes\" }");
                        continue;
                    };
                    for (label, person) in entries {
                        table
                            .speakers
                            .extend(self.word(label, person).map(|word| (label.name.clone(), word.text)));
                    }
                }
                "drafts" => {
                    table.drafts = self.words(key, node);
                    table.draft_globs = self.globs(key, node).unwrap_or_default();
                }
                _ => match node.value {
                    Value::Flag(flag) => table.machine = Some(flag),
                    _ => self.wrong_kind(key, node, "true or false"),
                },
            }
        }
        if table.files.is_empty() && matches!(node.value, Value::Table(_)) {
            self.input_error(
                span,
                "this table does not say which transcripts it is for",
                "no `files` here",
            )
            .help = Some("add for example files = [\"tapes/2026-06-11-interview.vtt\"]".to_owned());
        }
        table
    }

    /// `name = "level"`, or `name = { level = "…", parameter = … }`.
    fn settings(&mut self, key: &Key, node: &Node) -> Vec<Setting> {
        let Value::Table(entries) = &node.value else {
            self.wrong_kind(key, node, "a table");
            if let (Value::List(_), Some(last)) = (&node.value, self.input_errors.last_mut()) {
                last.help = Some(format!("write [{}], with one bracket", key.name));
            }
            return Vec::new();
        };
        entries.iter().map(|(key, node)| self.setting(key, node)).collect()
    }

    fn setting(&mut self, key: &Key, node: &Node) -> Setting {
        let name = Word { text: key.name.clone(), span: key.span };
        let mut setting =
            Setting { name, level: None, parameters: Parameters::new(), parameter_spans: Vec::new() };
        match &node.value {
            Value::Table(entries) => {
                for (key, node) in entries {
                    if key.name == "level" {
                        setting.level = self.level(key, node);
                    } else if let Some(parameter) = self.parameter(key, node) {
                        setting.parameters.insert(key.name.clone(), parameter);
                        setting.parameter_spans.push((key.name.clone(), key.span, node.span));
                    }
                }
            }
            _ => setting.level = self.level(key, node),
        }
        setting
    }

    fn tracked_changes(&mut self, key: &Key, node: &Node) -> Option<TrackedChanges> {
        let named = |word: &str| TrackedChanges::NAMES.into_iter().find(|(name, _)| *name == word);
        let found = match &node.value {
            Value::Text(word) => named(word).map(|(_, changes)| changes),
            _ => None,
        };
        if found.is_none() {
            self.wrong_kind(key, node, "\"accepted\" or \"rejected\"");
        }
        found
    }

    fn text_kind(&mut self, key: &Key, node: &Node) -> Option<TextKind> {
        let Value::Text(word) = &node.value else {
            self.wrong_kind(key, node, "a kind of text: \"news\" or \"fiction\"");
            return None;
        };
        let kind = TextKind::named(word);
        if kind.is_none() {
            let help = match nearest(word, TextKind::NAMES.iter().map(|(name, _)| *name)) {
                Some(name) => format!("did you mean \"{name}\"?"),
                None => "the kinds are \"news\" and \"fiction\"".to_owned(),
            };
            let message = format!("there is no kind of text “{word}”");
            self.input_error(node.span, message, "not a kind").help = Some(help);
        }
        kind
    }

    fn level(&mut self, key: &Key, node: &Node) -> Option<Level> {
        let Value::Text(word) = &node.value else {
            self.wrong_kind(key, node, "a level: \"error\", \"warning\", \"note\" or \"off\"");
            return None;
        };
        let level = LEVELS.iter().find(|(name, _)| name == word).map(|(_, level)| *level);
        if level.is_none() {
            let help = match nearest(word, LEVELS.iter().map(|(name, _)| *name)) {
                Some(name) => format!("did you mean \"{name}\"?"),
                None => "the levels are \"error\", \"warning\", \"note\" and \"off\"".to_owned(),
            };
            self.input_error(node.span, format!("there is no level “{word}”"), "not a level").help =
                Some(help);
        }
        level
    }

    fn parameter(&mut self, key: &Key, node: &Node) -> Option<Parameter> {
        match &node.value {
            Value::Flag(flag) => Some(Parameter::Flag(*flag)),
            Value::Integer(number) => Some(Parameter::Whole(*number)),
            Value::Number(number) => Some(Parameter::Number(*number)),
            Value::Text(text) => Some(Parameter::Text(text.clone())),
            Value::List(_) => {
                let words = self.words(key, node);
                Some(Parameter::List(words.into_iter().map(|word| word.text).collect()))
            }
            Value::Null | Value::Date(_) | Value::Table(_) => {
                self.wrong_kind(key, node, "a number, a text, a list of texts, true or false");
                None
            }
        }
    }

    /// A number from 0 to 1.
    fn share(&mut self, key: &Key, node: &Node) -> Option<f32> {
        let number = match node.value {
            Value::Number(number) => number,
            Value::Integer(number) => number as f64,
            _ => {
                self.wrong_kind(key, node, "a number from 0 to 1, such as 0.6");
                return None;
            }
        };
        if !(0.0..=1.0).contains(&number) {
            self.input_error(node.span, format!("{number} is not from 0 to 1"), "out of range").help =
                Some("0 names every source that was found, 1 none that is not certain".to_owned());
            return None;
        }
        Some(number as f32)
    }

    fn day(&mut self, key: &Key, node: &Node) -> Option<Day> {
        let (Value::Text(written) | Value::Date(written)) = &node.value else {
            self.wrong_kind(key, node, "a day such as 2025-04-17");
            return None;
        };
        // A TOML date may carry a time of day, which says nothing about the day it is written for.
        let day = match node.value {
            Value::Date(_) => written.get(..10).and_then(Day::parse_iso),
            _ => Day::parse_iso(written),
        };
        if day.is_none() {
            self.input_error(node.span, format!("“{written}” is not a day"), "not a day").help =
                Some("write it as year, month and day: 2025-04-17".to_owned());
        }
        day
    }

    fn globs(&mut self, key: &Key, node: &Node) -> Option<Globs> {
        self.patterns(key, node).map(|patterns| patterns.globs)
    }

    fn patterns(&mut self, key: &Key, node: &Node) -> Option<Patterns> {
        let words = self.words(key, node);
        let patterns: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        match Globs::new(&patterns) {
            Ok(globs) => Some(Patterns { globs, words }),
            Err(bad) => {
                let span = words.get(bad.index).map_or(node.span, |word| word.span);
                self.input_error(
                    span,
                    format!("this is not a path pattern: {}", bad.message),
                    "not a pattern",
                )
                .help = Some("* stands for part of a name, ** for folders, {a,b} for either".to_owned());
                None
            }
        }
    }

    fn word(&mut self, key: &Key, node: &Node) -> Option<Word> {
        let Value::Text(text) = &node.value else {
            self.wrong_kind(key, node, "a text");
            return None;
        };
        Some(Word { text: text.clone(), span: node.span })
    }

    /// A list of texts; one text stands for a list of one.
    fn words(&mut self, key: &Key, node: &Node) -> Vec<Word> {
        match &node.value {
            Value::Text(text) => vec![Word { text: text.clone(), span: node.span }],
            Value::List(items) => items.iter().filter_map(|item| self.word(key, item)).collect(),
            _ => {
                self.wrong_kind(key, node, "a list of texts");
                Vec::new()
            }
        }
    }

    /// The entries of a table whose keys are among `known`; the others are reported.
    fn table<'n>(&mut self, what: &str, node: &'n Node, known: &[&str]) -> Vec<(&'n Key, &'n Node)> {
        let Value::Table(entries) = &node.value else {
            let kind = node.value.name();
            self.input_error(node.span, format!("{what} is a table, not {kind}"), "not a table");
            return Vec::new();
        };
        let mut sound = Vec::new();
        for (key, node) in entries {
            if known.contains(&key.name.as_str()) {
                sound.push((key, node));
                continue;
            }
            let help = match nearest(&key.name, known.iter().copied()) {
                Some(name) => format!("did you mean `{name}`?"),
                None if key.name == "person" => {
                    "people stand in a file of their own: people = [\"people.toml\"]".to_owned()
                }
                None if find(&key.name).is_some() => {
                    format!("`{}` is a rule: set it under [rules]", key.name)
                }
                None if groups().contains(&key.name.as_str()) => {
                    format!("`{}` is a group: set it under [groups]", key.name)
                }
                None => format!("{what} knows {}", known.join(", ")),
            };
            let message = format!("{what} has no key `{}`", key.name);
            self.input_error(key.span, message, "unknown key").help = Some(help);
        }
        sound
    }

    /// A table where a list of tables is wanted.
    fn one_bracket(&mut self, key: &Key, node: &Node) {
        self.wrong_kind(key, node, &format!("written as [[{}]] tables", key.name));
        if let (Value::Table(_), Some(last)) = (&node.value, self.input_errors.last_mut()) {
            last.help = Some(format!("write [[{}]], with two brackets", key.name));
        }
    }

    fn wrong_kind(&mut self, key: &Key, node: &Node, wanted: &str) {
        let message = format!("`{}` is {wanted}, not {}", key.name, node.value.name());
        self.input_error(node.span, message, "here");
    }

    fn input_error(&mut self, span: Span, message: impl Into<String>, label: &str) -> &mut InputError {
        let at = self.input_errors.len();
        self.input_errors.push(InputError::new(self.path, message).at(self.text, span, label));
        &mut self.input_errors[at]
    }
}
