//! What is wrong with a configuration: names that there are not, values that nothing takes, patterns that match nothing.

use super::shape::{Setting, Word};
use super::{Config, KnownRule};
#[cfg(feature = "disk")]
use std::path::Path;

#[cfg(feature = "disk")]
use crate::source::{self, Found, Globs, Gravity};
use crate::source::{InputError, nearest};

impl Config {
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

    /// Warnings: patterns of the project's own configuration that match none of its files. `drafts` are the files that
    /// `include` and `exclude` leave, `all` are those and the transcripts. What comes from an extended configuration
    /// may be meant for other projects.
    #[cfg(feature = "disk")]
    pub(super) fn check_patterns(&self, drafts: &[Found], all: &[Found]) -> Vec<InputError> {
        let Some(root) = &self.root else { return Vec::new() };
        let matches = |word: &Word, files: &[Found]| {
            let Ok(globs) = Globs::new(&[&word.text]) else { return true };
            files.iter().any(|file| file.location.strip_prefix(root).is_ok_and(|path| globs.is_match(path)))
        };
        let mut input_errors = Vec::new();
        let mut warn = |word: &Word, message: &str, help: &str| {
            let warning = self.input_error(0, word.span, message, "matches nothing");
            input_errors.push(warning.help(help).gravity(Gravity::Warning));
        };
        let own = |words: &'_ Option<(usize, Vec<Word>)>| match words {
            Some((0, words)) => words.clone(),
            _ => Vec::new(),
        };
        const RELATIVE: &str = "patterns are relative to the folder of this file";
        for word in own(&self.include_words).iter().filter(|word| !matches(word, drafts)) {
            warn(word, "this matches no draft", RELATIVE);
        }
        // What is left out is not walked, so only a folder or a file that is named and not there can be told.
        for word in own(&self.exclude_words) {
            let sign = word.text.find(['*', '?', '[', '{']).unwrap_or(word.text.len());
            let named = word.text[..sign].rfind('/').map_or("", |at| &word.text[..at]);
            let literal = if sign == word.text.len() && word.text.contains('/') { &word.text } else { named };
            if !literal.is_empty()
                && !source::absolute(root, Path::new(literal.trim_start_matches('/'))).exists()
            {
                warn(&word, "this leaves nothing out", "there is no such file or folder");
            }
        }
        for layer in self.overrides.iter().filter(|layer| layer.file == 0) {
            for word in layer.content.files.words.iter().filter(|word| !matches(word, all)) {
                warn(word, "this override is for no file of the project", RELATIVE);
            }
        }
        input_errors
    }
}
