//! What lies in a folder, for somebody who begins a project there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Format, InputError, list_files};

/// Endings of transcripts that are nothing else.
const TAPE_ENDINGS: [&str; 2] = ["vtt", "srt"];

/// Names of folders in which transcripts are kept.
const TAPE_FOLDERS: [&str; 4] = ["tapes", "transcripts", "recordings", "interviews"];

/// Files that are about a project and are no drafts, by the beginning of their names.
const ABOUT: [&str; 7] =
    ["readme", "changelog", "license", "licence", "contributing", "code_of_conduct", "requirements"];

/// Drafts and transcripts in a folder; paths are relative to it, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderView {
    /// Files that look like drafts.
    pub drafts: Vec<PathBuf>,
    /// Files that look like transcripts.
    pub tapes: Vec<PathBuf>,
}

/// Looks at a folder and all below it, but for hidden files and those that `.gitignore` names.
///
/// # Errors
/// Where the folder cannot be read.
pub fn look_at(folder: &Path) -> Result<FolderView, InputError> {
    Ok(FolderView::of(list_files(folder)?))
}

impl FolderView {
    /// Sorts files into drafts and transcripts, and leaves out what is neither.
    fn of(files: Vec<PathBuf>) -> Self {
        let mut view = Self::default();
        for file in files {
            let name = file.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
            let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
            let is_text = Format::of_path(&file).is_some();
            let among_tapes =
                top(&file).is_some_and(|top| TAPE_FOLDERS.contains(&top.to_lowercase().as_str()));
            if ending.is_some_and(|ending| TAPE_ENDINGS.contains(&ending.as_str()))
                || (is_text && among_tapes)
            {
                view.tapes.push(file);
            } else if is_text && !ABOUT.iter().any(|about| name.starts_with(about)) {
                view.drafts.push(file);
            }
        }
        view
    }

    /// Patterns for the drafts: the folders they lie in. Empty where some lie at the top, which needs no pattern.
    pub fn draft_patterns(&self) -> Vec<String> {
        let tops: Option<BTreeSet<String>> = self.drafts.iter().map(|file| top(file)).collect();
        tops.unwrap_or_default().into_iter().map(|top| format!("{top}/**")).collect()
    }

    /// Patterns for the transcripts: a folder as a whole where no draft lies in it, else by their endings.
    pub fn tape_patterns(&self) -> Vec<String> {
        let drafts: BTreeSet<Option<String>> = self.drafts.iter().map(|file| top(file)).collect();
        let pattern = |file: &PathBuf| {
            let ending = || file.extension().unwrap_or_default().to_string_lossy().into_owned();
            match top(file) {
                Some(top) if drafts.contains(&Some(top.clone())) => format!("{top}/**/*.{}", ending()),
                Some(top) => format!("{top}/**"),
                None => format!("*.{}", ending()),
            }
        };
        self.tapes.iter().map(pattern).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// The first folder of a path; `None` for a file that lies in none.
fn top(file: &Path) -> Option<String> {
    let mut parts = file.components();
    let first = parts.next()?;
    parts.next().map(|_| first.as_os_str().to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(files: &[&str]) -> FolderView {
        FolderView::of(files.iter().map(PathBuf::from).collect())
    }

    #[test]
    fn drafts_and_transcripts_are_told_apart() {
        let view =
            view(&["README.md", "drafts/a.md", "wire/x/b.txt", "tapes/c.vtt", "tapes/d.txt", "logo.png"]);
        assert_eq!(view.drafts, [Path::new("drafts/a.md"), Path::new("wire/x/b.txt")]);
        assert_eq!(view.draft_patterns(), ["drafts/**", "wire/**"]);
        assert_eq!(view.tape_patterns(), ["tapes/**"]);
    }

    #[test]
    fn a_draft_at_the_top_needs_no_pattern() {
        let view = view(&["a.md", "drafts/b.md", "drafts/b.srt", "c.vtt"]);
        assert_eq!(view.draft_patterns(), [] as [&str; 0]);
        assert_eq!(view.tape_patterns(), ["*.vtt", "drafts/**/*.srt"]);
    }
}
