//! What holds for a file, and where each value comes from.

use std::fmt;

use super::Config;
use super::shape::{Setting, Settings};
use crate::rules::{Level, Parameter};
use crate::source::{Span, Text};

/// Where a value is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The configuration, as it is shown; `style NAME` for a profile.
    pub path: String,
    /// The line, from 1; `None` in a profile, which is no file of the user's.
    pub line: Option<u32>,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.path),
            None => f.write_str(&self.path),
        }
    }
}

impl Config {
    /// The level set for a rule in the file shown as `path`; `None` where the rule's own level holds.
    pub fn level(&self, rule: &str, group: &str, path: &str) -> Option<Level> {
        self.find_level(rule, group, path).map(|(level, ..)| level)
    }

    /// Where [`Config::level`] is set.
    pub fn level_origin(&self, rule: &str, group: &str, path: &str) -> Option<Origin> {
        self.find_level(rule, group, path).map(|(_, file, span)| self.origin(file, span))
    }

    fn find_level(&self, rule: &str, group: &str, path: &str) -> Option<(Level, usize, Span)> {
        let set = |settings: &Settings| {
            let of = |list: &[Setting], name: &str| {
                let setting = list.iter().rev().find(|setting| setting.name.text == name)?;
                Some((setting.level?, setting.name.span))
            };
            of(&settings.rules, rule).or_else(|| of(&settings.groups, group))
        };
        let overriding = self.overrides.iter().rev().find_map(|layer| {
            let (level, span) = set(&layer.content.settings)?;
            self.matches(&layer.content.files.globs, path).then_some((level, layer.file, span))
        });
        overriding.or_else(|| {
            self.layers.iter().rev().find_map(|layer| {
                let (level, span) = set(&layer.content)?;
                Some((level, layer.file, span))
            })
        })
    }

    /// The value that is set for a rule's parameter, and where.
    pub fn parameter_origin(&self, rule: &str, parameter: &str) -> Option<(Parameter, Origin)> {
        self.layers.iter().rev().find_map(|layer| {
            let mut settings = layer.content.rules.iter().rev().filter(|setting| setting.name.text == rule);
            settings.find_map(|setting| {
                let value = setting.parameters.get(parameter)?;
                let (_, span, _) = setting.parameter_spans.iter().find(|(name, ..)| name == parameter)?;
                Some((value.clone(), self.origin(layer.file, *span)))
            })
        })
    }

    /// Where a key is set that holds for all files.
    pub fn key_origin(&self, key: &str) -> Option<Origin> {
        self.set.get(key).map(|&(file, span)| self.origin(file, span))
    }

    /// Where the last override sets a key for the file shown as `path`.
    pub fn override_origin(&self, key: &str, path: &str) -> Option<Origin> {
        self.overrides.iter().rev().find_map(|layer| {
            let word = layer.content.keys.iter().find(|word| word.text == key)?;
            self.matches(&layer.content.files.globs, path).then(|| self.origin(layer.file, word.span))
        })
    }

    /// The configurations that were read, the project's own first, as they are shown.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(path, _)| path.as_str()).filter(|path| !path.starts_with(STYLE))
    }

    /// The patterns of a key, as written: `include`, `exclude`, `people`, `transcripts`, `archive`, `rules-dir` or
    /// `words-dir`.
    pub fn patterns(&self, key: &str) -> Vec<String> {
        let of = |words: &Option<(usize, Vec<super::Word>)>| {
            words.iter().flat_map(|(_, words)| words).map(|word| word.text.clone()).collect()
        };
        let listed = |list: &[super::Listed]| list.iter().map(|listed| listed.word.text.clone()).collect();
        match key {
            "include" => of(&self.include_words),
            "exclude" => of(&self.exclude_words),
            "people" => listed(&self.people),
            "transcripts" => listed(&self.transcripts),
            "archive" => listed(&self.archive),
            "rules-dir" => listed(&self.rules_dirs),
            "words-dir" => listed(&self.words_dirs),
            _ => Vec::new(),
        }
    }

    fn origin(&self, file: usize, span: Span) -> Origin {
        let (path, text) = &self.files[file];
        let line = || Text::new(text.clone()).position(span.start).line;
        Origin { path: path.clone(), line: (!path.starts_with(STYLE)).then(line) }
    }
}

/// What the name of a profile begins with where a file's name stands otherwise.
const STYLE: &str = "style ";
