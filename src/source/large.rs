//! Files that are too large for memory: read at any place, written piece by piece, whole or not at all.

use std::fs::{File, TryLockError};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::InputError;
use super::disk::{put_in_place, reason, temporary_beside};

/// Opens a file to be read at any place.
///
/// # Errors
/// Where there is no such file, or it cannot be opened.
pub fn open_file(shown: &str, path: &Path) -> Result<File, InputError> {
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
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".lock");
    let beside: PathBuf = path.with_file_name(name);
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

/// Writes a file piece by piece. It takes the place of an earlier one when all of it is on the disk; where anything goes
/// wrong, the earlier one stays.
///
/// # Errors
/// Those of `write`; or where the file cannot be written.
pub fn write_large(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), InputError>,
) -> Result<(), InputError> {
    let failed = |error: &std::io::Error| {
        InputError::new(path.to_string_lossy(), format!("cannot be written: {}", reason(error)))
            .help("check that the folder exists, that you may write there, and that there is room")
    };
    let temporary = temporary_beside(path).map_err(|error| failed(&error))?;
    let mut out = BufWriter::with_capacity(1 << 18, temporary);
    write(&mut out)?;
    let temporary = out.into_inner().map_err(|error| failed(error.error()))?;
    temporary.as_file().sync_all().map_err(|error| failed(&error))?;
    put_in_place(temporary, path).map_err(|error| failed(&error))
}
