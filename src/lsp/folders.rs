//! The folders that the editor has open, and which of them a file belongs to.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::folder::{Folder, Settings};
use super::position::Encoding;
use super::uri::file_of;
use crate::config::{Config, FILE_NAME};
use crate::source;

/// All folders; the last one holds files that lie in none.
#[derive(Debug, Default)]
pub struct Folders(Vec<Folder>);

impl Folders {
    /// The folders named in `initialize`, or `here` where it names none.
    pub fn roots(params: &Value, here: &Path) -> Vec<PathBuf> {
        let uris = params["workspaceFolders"].as_array().into_iter().flatten();
        let mut roots: Vec<PathBuf> = uris.filter_map(|folder| file_of(folder["uri"].as_str()?)).collect();
        if roots.is_empty() {
            roots.extend(params["rootUri"].as_str().and_then(file_of));
        }
        if roots.is_empty() {
            roots.extend(params["rootPath"].as_str().map(PathBuf::from).filter(|path| path.is_absolute()));
        }
        // An editor that opens a single file names no folder. Its own working directory says nothing about the file, but a
        // configuration there does.
        if roots.is_empty() && source::stamp(&here.join(FILE_NAME)).is_some() {
            roots.push(here.to_owned());
        }
        roots
    }

    /// Adds a folder; `None` stands for files that lie in none. Returns its number, or `None` where it is there already.
    pub fn add(&mut self, root: Option<PathBuf>, encoding: Encoding, settings: &Settings) -> Option<usize> {
        if self.0.iter().any(|folder| folder.root() == root.as_deref()) {
            return None;
        }
        let folder = Folder::new(root, encoding, settings.clone()).ok()?;
        let at = if folder.root().is_none() { self.0.len() } else { 0 };
        self.0.insert(at, folder);
        Some(at)
    }

    /// Takes a folder out and returns its open files.
    pub fn remove(&mut self, root: &Path) -> Option<Folder> {
        let at = self.0.iter().position(|folder| folder.root() == Some(root))?;
        Some(self.0.remove(at))
    }

    /// The number of the folder that a file lies in: the innermost of several. Files in none go to the last.
    pub fn of(&self, uri: &str) -> Option<usize> {
        let file = file_of(uri);
        let depth = |folder: &Folder| folder.root().map_or(0, |root| root.components().count());
        let with = |folder: &&Folder| file.as_ref().is_some_and(|file| folder.has(file));
        let inner = self.0.iter().filter(with).max_by_key(|folder| depth(folder));
        let root = inner.and_then(Folder::root);
        self.0.iter().position(|folder| folder.root() == root)
    }

    /// The folder whose configuration holds for a file that lies in no open folder: an editor may open a single draft of a
    /// project.
    pub fn project_of(uri: &str) -> Option<PathBuf> {
        let file = file_of(uri)?;
        let config = Config::discover(file.parent()?, &[])?;
        config.parent().map(Path::to_owned)
    }

    /// The folder with this number, with the words of its desk in use.
    pub fn get(&mut self, number: usize) -> Option<&mut Folder> {
        let folder = self.0.get_mut(number)?;
        folder.use_words();
        Some(folder)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Folder> {
        self.0.iter()
    }

    /// All of them.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Folder> {
        self.0.iter_mut()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}
