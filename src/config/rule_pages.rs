//! The folders in which a desk keeps its own pages of rules.

use std::path::{Path, PathBuf};

use super::{Config, Listed};
use crate::rules::{DESK_GROUP, DeskPage};
use crate::source::{self, InputError};

/// The largest page that is read, in bytes; a page with twenty examples has some 10,000.
const LARGEST: usize = 1 << 20;

impl Config {
    /// Reads the pages in the folders that `rules-dir` lists, in the order of their paths.
    ///
    /// # Errors
    /// Folders that are not there or hold no page, and pages that cannot be read.
    pub(super) fn read_rule_pages(&self) -> Result<Vec<DeskPage>, Vec<InputError>> {
        let (mut pages, mut wrong) = (Vec::new(), Vec::new());
        let mut seen: Vec<PathBuf> = Vec::new();
        for listed in &self.rules_dirs {
            let folder = source::absolute(&listed.folder, Path::new(&listed.word.text));
            match self.pages_in(listed, &folder) {
                Ok(paths) => {
                    for path in paths.into_iter().filter(|path| !seen.contains(path)).collect::<Vec<_>>() {
                        match self.desk_page(&folder, &path) {
                            Ok(page) => pages.push(page),
                            Err(error) => wrong.push(error),
                        }
                        seen.push(path);
                    }
                }
                Err(error) => wrong.push(error),
            }
        }
        if wrong.is_empty() { Ok(pages) } else { Err(wrong) }
    }

    /// The paths of the pages in one folder, absolute.
    fn pages_in(&self, listed: &Listed, folder: &Path) -> Result<Vec<PathBuf>, InputError> {
        let refuse = |message: String, label: &str, help: &str| {
            self.input_error(listed.file, listed.word.span, message, label).help(help)
        };
        let name = &listed.word.text;
        if !folder.is_dir() {
            let message = match folder.is_file() {
                true => format!("“{name}” is a file, and pages of rules stand in a folder"),
                false => format!("there is no folder “{name}” with pages of rules"),
            };
            let help = "paths are relative to the folder of the configuration that lists them";
            return Err(refuse(message, "not a folder", help));
        }
        let mut paths = source::list_files(folder)?;
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
        if paths.is_empty() {
            let help = "a page is a TOML file with the name of its rule: no-anonymous-praise.toml";
            return Err(refuse(format!("the folder “{name}” holds no page of a rule"), "nothing here", help));
        }
        Ok(paths.into_iter().map(|path| folder.join(path)).collect())
    }

    fn desk_page(&self, folder: &Path, path: &Path) -> Result<DeskPage, InputError> {
        let shown = self.shown(path);
        let text = source::read_text(&shown, path)?.as_str().to_owned();
        if text.len() > LARGEST {
            let message = format!("this page has {} bytes, and a page has {LARGEST} at most", text.len());
            return Err(InputError::new(shown, message).help("keep examples short"));
        }
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let inside =
            path.strip_prefix(folder).unwrap_or(path).parent().filter(|inside| *inside != Path::new(""));
        let group = inside.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        Ok(DeskPage { path: shown, id, group: group.unwrap_or_else(|| DESK_GROUP.to_owned()), text })
    }
}
