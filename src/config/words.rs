//! The folders in which a desk keeps word lists of its own.

use std::path::Path;

use super::Config;
use crate::lexicon::{self, OwnList};
use crate::source::{self, InputError, Text, nearest};

impl Config {
    /// Reads the lists in the folders that `words-dir` lists, and makes them words of the drafts' language.
    ///
    /// # Errors
    /// Folders that are not there or hold no list, files that add to no list, and lines that a list cannot have.
    pub(super) fn use_own_words(&mut self) -> Result<(), Vec<InputError>> {
        let mut own = Vec::new();
        let mut lists = Vec::new();
        let mut read: Vec<(String, Text, &str)> = Vec::new();
        for listed in &self.words_dirs {
            let name = &listed.word.text;
            let folder = source::absolute(&listed.folder, Path::new(name));
            let refuse = |message: String, label: &str, help: &str| {
                vec![self.input_error(listed.file, listed.word.span, message, label).help(help)]
            };
            if !folder.is_dir() {
                let help = "paths are relative to the folder of the configuration that lists them";
                return Err(refuse(
                    format!("there is no folder “{name}” with word lists"),
                    "not a folder",
                    help,
                ));
            }
            let mut paths = source::list_files(&folder)?;
            paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
            if paths.is_empty() {
                let help =
                    format!("a list has the name of the one it adds to: {}", OwnList::NAMES.join(", "));
                return Err(refuse(format!("the folder “{name}” holds no word list"), "nothing here", &help));
            }
            for path in paths {
                let location = folder.join(&path);
                let shown = self.shown(&location);
                let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let Some(list) = OwnList::NAMES.into_iter().find(|list| *list == file) else {
                    let message = format!("there is no list `{file}` that a house may add to");
                    let help = match nearest(&file, OwnList::NAMES) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("the lists are {}", OwnList::NAMES.join(", ")),
                    };
                    return Err(vec![InputError::new(shown, message).help(help)]);
                };
                let text = source::read_text(&shown, &location)?;
                lists.push(location);
                own.push(OwnList { name: list, text: text.as_str().to_owned() });
                read.push((shown, text, list));
            }
        }
        self.word_lists = lists;
        if own.is_empty() {
            return Ok(());
        }
        let language = lexicon::english_with(&own).map_err(|error| {
            let found = read
                .iter()
                .find(|(_, text, list)| *list == error.list && text.as_str().lines().count() >= error.line);
            let Some((shown, text, list)) = found.or_else(|| read.first()) else { return Vec::new() };
            let help = format!("the line has the shape of those in rules/words/{list}");
            vec![
                InputError::new(shown, error.message.clone())
                    .at(text.as_str(), text.line(error.line as u32), "this line")
                    .help(help),
            ]
        })?;
        self.language = language;
        lexicon::use_everywhere(language);
        Ok(())
    }
}
