//! Files that a configuration lists by path or pattern: registries of people, transcripts, archives.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::{Config, Listed};
use crate::source::{self, InputError};

impl Config {
    /// The registries of people, in the order listed, and what is listed but is not there.
    pub fn people(&self) -> (Vec<PathBuf>, Vec<InputError>) {
        self.listed(&self.people, "registry of people")
    }

    /// The archives that drafts are checked against, and input errors for those that are not there.
    pub fn archives(&self) -> (Vec<PathBuf>, Vec<InputError>) {
        self.listed(&self.archive, "archive")
    }

    pub(super) fn listed(&self, list: &[Listed], what: &str) -> (Vec<PathBuf>, Vec<InputError>) {
        let (mut paths, mut input_errors) = (Vec::new(), Vec::new());
        let mut expansion = source::Expansion::default();
        for Listed { file, folder, word } in list {
            let found = expansion.expand(folder, &word.text);
            if let Some(outside) = found.iter().find(|path| !self.may_name(path)) {
                input_errors.push(self.outside(*file, word.span, what, outside));
                continue;
            }
            if found.is_empty() {
                let message = format!("there is no {what} “{}”", word.text);
                let help = "paths are relative to the folder of the configuration that lists them";
                input_errors.push(self.input_error(*file, word.span, message, "no such file").help(help));
            }
            // A file may be listed by name and match a pattern too.
            paths.extend(found);
        }
        let mut seen = BTreeSet::new();
        paths.retain(|path| seen.insert(path.clone()));
        (paths, input_errors)
    }
}
