//! Whether a file on disk has changed, without reading it.

use std::path::Path;
use std::time::SystemTime;

/// What changes when a file is written to or replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    modified: Option<SystemTime>,
    bytes: u64,
    /// The file's number on its disk, where the system tells it: an atomic save puts another file in the place.
    number: u64,
}

impl Stamp {
    /// The stamp of a file or folder; `None` where there is none, or it cannot be looked at.
    pub fn of(path: &Path) -> Option<Self> {
        let data = std::fs::metadata(path).ok()?;
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(&data);
        #[cfg(not(unix))]
        let number = 0;
        Some(Self { modified: data.modified().ok(), bytes: data.len(), number })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::*;

    #[test]
    fn a_save_in_place_and_an_atomic_save_change_it_and_reading_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let (file, beside) = (folder.path().join("a.md"), folder.path().join("a.md.new"));
        assert_eq!(Stamp::of(&file), None);
        std::fs::write(&file, "one").unwrap();
        let first = Stamp::of(&file);
        std::fs::read(&file).unwrap();
        assert_eq!(Stamp::of(&file), first);
        std::fs::write(&file, "three").unwrap();
        let second = Stamp::of(&file);
        assert_ne!(second, first);
        // An editor writes another file of the same size, and gives it the same time.
        std::fs::write(&beside, "seven").unwrap();
        let time = std::fs::metadata(&file).unwrap().modified().unwrap();
        std::fs::File::options().write(true).open(&beside).unwrap().set_modified(time).unwrap();
        std::fs::rename(&beside, &file).unwrap();
        assert_eq!(Stamp::of(&file) != second, cfg!(unix));
    }
}
