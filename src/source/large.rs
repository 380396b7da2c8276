//! Files that are too large for memory: read at any place, written piece by piece, whole or not at all.

use std::fs::{File, TryLockError};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::InputError;
use super::disk::reason;

/// A file that is open to be read at any place.
pub type LargeFile = File;

/// Opens a file to be read at any place.
///
/// # Errors
/// Where there is no such file, or it cannot be opened.
pub fn open_file(shown: &str, path: &Path) -> Result<LargeFile, InputError> {
    let failed = |why: String| InputError::new(shown, format!("cannot be read: {why}"));
    let file = File::open(path).map_err(|error| failed(reason(&error)))?;
    match file.metadata() {
        Ok(data) if data.is_dir() => Err(failed("it is a folder".to_owned())),
        _ => Ok(file),
    }
}

/// While this is there, no other process writes the file that it was made for. Readers need no lock: a file that is
/// written anew takes the place of the old one in one step.
#[derive(Debug)]
pub struct WriteLock {
    _file: File,
}

/// Locks a file for writing, whether it is there or not. The lock is a file of its own beside it, which stays: to delete
/// it would let two writers hold two of them.
///
/// # Errors
/// Where another process holds the lock, or the folder cannot be written to.
pub fn lock_for_writing(path: &Path) -> Result<WriteLock, InputError> {
    let shown = path.to_string_lossy().into_owned();
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let beside = beside(&target, ".lock");
    let file = File::options().create(true).truncate(false).write(true).open(&beside).map_err(|error| {
        InputError::new(&shown, format!("cannot be written: {}", reason(&error)))
            .help("check that the folder exists and that you may write there")
    })?;
    match file.try_lock() {
        Ok(()) => Ok(WriteLock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(InputError::new(shown, "another process is writing this file")
            .help("wait until it is done, and run the same command again")),
        Err(TryLockError::Error(error)) => {
            Err(InputError::new(shown, format!("cannot be locked: {}", reason(&error))))
        }
    }
}

/// Writes a file piece by piece. It takes the place of an earlier one when all of it is on the disk. Where anything goes
/// wrong, or `write` returns false because nothing has changed, the earlier one stays.
///
/// Until it is whole, its name ends in `.new`. The next writer writes over what a killed process has left there. The caller
/// holds the lock.
///
/// # Errors
/// Those of `write`; or where the file cannot be written.
pub fn write_large(
    path: &Path,
    _: &WriteLock,
    write: impl FnOnce(&mut dyn Write) -> Result<bool, InputError>,
) -> Result<(), InputError> {
    let failed = |error: &std::io::Error| {
        InputError::new(path.to_string_lossy(), format!("cannot be written: {}", reason(error)))
            .help("check that the folder exists, that you may write there, and that there is room")
    };
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let fresh = beside(&target, ".new");
    let written = File::create(&fresh).map_err(|error| failed(&error)).and_then(|file| {
        let mut out = BufWriter::with_capacity(1 << 18, file);
        if !write(&mut out)? {
            return Ok(false);
        }
        let file = out.into_inner().map_err(|error| failed(error.error()))?;
        if let Ok(known) = std::fs::metadata(&target) {
            file.set_permissions(known.permissions()).map_err(|error| failed(&error))?;
        }
        file.sync_all().map_err(|error| failed(&error))?;
        std::fs::rename(&fresh, &target).map_err(|error| failed(&error)).map(|()| true)
    });
    if !matches!(written, Ok(true)) {
        // Where there is no such file, there is nothing to clear away.
        let _ = std::fs::remove_file(&fresh);
    }
    written.map(|_| ())
}

/// The path with something behind its name.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(end);
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::*;

    #[test]
    fn a_file_stays_as_it_was_where_writing_fails() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("stories.sayso");
        std::fs::write(&path, "old").unwrap();
        let lock = lock_for_writing(&path).unwrap();
        assert!(lock_for_writing(&path).unwrap_err().to_string().contains("another process"));
        let fails = write_large(&path, &lock, |out| {
            out.write_all(&[7; 1 << 20]).unwrap();
            Err(InputError::new("disk", "is full"))
        });
        assert_eq!(fails.unwrap_err().message, "is full");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        assert!(!beside(&path, ".new").exists());
        std::fs::write(beside(&path, ".new"), "what a killed process left, longer than the new one").unwrap();
        write_large(&path, &lock, |out| {
            out.write_all(b"new").map(|()| true).map_err(|error| InputError::new("", error.to_string()))
        })
        .unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert!(!beside(&path, ".new").exists());
    }
}
