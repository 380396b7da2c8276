//! What a configuration says about transcripts: which files they are, and what their `[[transcript]]` tables add.

use std::path::Path;
#[cfg(feature = "disk")]
use std::path::PathBuf;

use super::Config;
#[cfg(feature = "disk")]
use super::Listed;
use crate::facts::TapeHints;
#[cfg(feature = "disk")]
use crate::source::{self, Found, InputError};

impl Config {
    /// Is the file at the absolute path `location` a transcript and no draft?
    pub fn is_transcript(&self, location: &Path) -> bool {
        let inside = |folder: &Path| location.strip_prefix(folder).ok();
        self.tapes.iter().any(|(folder, globs)| inside(folder).is_some_and(|path| globs.is_match(path)))
    }

    /// Does it list transcripts?
    pub fn has_transcripts(&self) -> bool {
        !self.transcripts.is_empty()
    }

    /// The transcripts, in the order listed, and what is listed but is not there.
    #[cfg(feature = "disk")]
    pub fn transcripts(&self) -> (Vec<PathBuf>, Vec<InputError>) {
        self.listed(&self.transcripts, "transcript")
    }

    /// What the `[[transcript]]` tables say about the transcript at `location`; a later table wins.
    pub fn tape_hints(&self, location: &Path) -> TapeHints {
        let mut hints = TapeHints::default();
        for (number, table) in self.tables.iter().enumerate() {
            let inside = location.strip_prefix(&table.folder).ok();
            if !inside.is_some_and(|path| table.content.file_globs.is_match(path)) {
                continue;
            }
            hints.tables.push(number as u32);
            hints.recorded = table.content.recorded.or(hints.recorded);
            hints.machine = table.content.machine.or(hints.machine);
            // The first entry for a label counts, so later tables come first.
            hints.speakers.splice(0..0, table.content.speakers.iter().cloned());
        }
        hints
    }

    /// The numbers of the `[[transcript]]` tables that list the file at `location` as a draft.
    pub fn tables_of_draft(&self, location: &Path) -> Vec<u32> {
        let listed = self.tables.iter().enumerate().filter(|(_, table)| {
            let inside = location.strip_prefix(&table.folder).ok();
            inside.is_some_and(|path| table.content.draft_globs.is_match(path))
        });
        listed.map(|(number, _)| number as u32).collect()
    }

    /// What is wrong with the transcripts of a project of these files: drafts that are listed and not there, files
    /// that are a draft by `include` and a transcript too, and a project of transcripts alone. `drafts` are the files
    /// that `include` and `exclude` leave.
    #[cfg(feature = "disk")]
    pub(super) fn check_tapes(&self, drafts: &[Found], all: &[Found]) -> Vec<InputError> {
        let mut input_errors = Vec::new();
        for table in &self.tables {
            for word in &table.content.drafts {
                let Ok(globs) = source::Globs::new(&[&word.text]) else { continue };
                let inside = |found: &Found| {
                    found.location.strip_prefix(&table.folder).is_ok_and(|path| globs.is_match(path))
                };
                if !drafts.iter().any(inside) && !all.iter().any(inside) {
                    let message = format!("there is no draft “{}”", word.text);
                    let help = "paths are relative to the folder of the configuration that lists them";
                    input_errors
                        .push(self.input_error(table.file, word.span, message, "no such draft").help(help));
                }
            }
        }
        if self.transcripts.is_empty() {
            return input_errors;
        }
        let twice =
            drafts.iter().find(|found| !self.include.is_empty() && self.is_transcript(&found.location));
        if let Some(found) = twice {
            let message = format!("{} is a draft by `include` and a transcript by `transcripts`", found.path);
            input_errors.push(self.at_transcripts(&found.location, message));
        } else if !drafts.is_empty() && drafts.iter().all(|found| self.is_transcript(&found.location)) {
            let message = "every file of the project is a transcript, so that no draft is left to check";
            input_errors.push(self.at_transcripts(&drafts[0].location, message.to_owned()));
        }
        input_errors
    }

    /// An error at the pattern of `transcripts` that takes in the file at `location`.
    #[cfg(feature = "disk")]
    fn at_transcripts(&self, location: &Path, message: String) -> InputError {
        let takes = |listed: &&Listed| {
            let (folder, pattern) = listed.place();
            let globs = source::Globs::new(&[pattern]);
            location.strip_prefix(folder).is_ok_and(|path| globs.is_ok_and(|globs| globs.is_match(path)))
        };
        let listed = self.transcripts.iter().find(takes).unwrap_or(&self.transcripts[0]);
        self.input_error(listed.file, listed.word.span, message, "takes it in")
            .help("name the transcripts alone, for example transcripts = [\"tapes/**\"]")
    }
}
