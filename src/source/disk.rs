//! Reading drafts and writing results.

use std::io::{Read, Write};
use std::path::Path;

use super::{Document, Format, Found, Gravity, InputError, Text, TrackedChanges, draft, transcript};

/// Bytes of the largest draft that is read, where nobody sets another limit. The largest book has a tenth of it; a file of
/// holes and a stream without an end have more.
pub const LARGEST_DRAFT: u64 = 256 << 20;

/// Bytes of the largest configuration or registry that is read. A registry of everybody in public life has a tenth of it.
const LARGEST_SETTING: u64 = 1 << 30;

/// Reads and decodes a draft of at most `largest` bytes. Where changes are tracked in it, `changes` says which text is
/// meant.
///
/// # Errors
/// Where it cannot be opened, is no text, or is larger. That a file merely met in a folder is no text is
/// of gravity [`Gravity::Skipped`].
pub fn read(found: &Found, changes: TrackedChanges, largest: u64) -> Result<Document, InputError> {
    let bytes = bytes(found, largest)?;
    draft(&found.path, found.format, bytes, changes).map_err(|input_error| match found.explicit {
        // A picture that is named `.txt` is nothing to read, and neither is a report of sayso; a broken Word file was
        // meant to be one.
        false if !found.format.is_container() => input_error.gravity(Gravity::Skipped),
        _ => input_error,
    })
}

/// Reads a transcript of at most `largest` bytes, which may be a DOCX file.
///
/// # Errors
/// Where it cannot be opened, or holds no text.
pub fn read_transcript(found: &Found, largest: u64) -> Result<Document, InputError> {
    transcript(&found.path, found.format, bytes(found, largest)?)
}

fn bytes(found: &Found, largest: u64) -> Result<Vec<u8>, InputError> {
    let too_large = || {
        let message = format!("is larger than {} MiB, which is the limit", largest >> 20);
        InputError::new(&found.path, message).help("raise the limit with --max-file-size, if it is a draft")
    };
    let bytes = bytes_of(found, largest).map_err(|error| match error.kind() {
        std::io::ErrorKind::FileTooLarge => too_large(),
        _ => InputError::new(&found.path, format!("cannot be read: {}", reason(&error)))
            .help("check that the file is still there and that you may read it"),
    })?;
    if bytes.len() as u64 > largest { Err(too_large()) } else { Ok(bytes) }
}

/// The bytes of a file or of standard input, as far as one beyond the limit.
fn bytes_of(found: &Found, largest: u64) -> std::io::Result<Vec<u8>> {
    let limit = largest.saturating_add(1);
    if found.stdin {
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    // What was met in a folder is a file.
    if found.explicit {
        refuse_endless(&found.location, "; send a draft on standard input with `-`")?;
    }
    let file = std::fs::File::open(&found.location)?;
    let data = file.metadata()?;
    let size = data.len();
    if size > largest {
        return Err(std::io::ErrorKind::FileTooLarge.into());
    }
    // A plain file is read as long as it was when it was opened, and the system is not asked for more. What has no
    // size (a pipe) is read to its end.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    (&file).take(size).read_to_end(&mut bytes)?;
    if size == 0 || !data.is_file() {
        (&file).take(limit.saturating_sub(bytes.len() as u64)).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Refuses what is no file and may never end: a device, or a pipe with a name, which waits for somebody to write. The pipes
/// that a shell opens for a command (`<(…)`) stand under `/dev/fd` and are read. `instead` says what else can be done.
fn refuse_endless(path: &Path, instead: &str) -> std::io::Result<()> {
    let data = std::fs::metadata(path)?;
    let opened_by_shell = ["/dev/fd", "/dev/stdin", "/proc/self/fd"].iter().any(|at| path.starts_with(at));
    if data.is_file() || data.is_dir() || opened_by_shell {
        return Ok(());
    }
    let message = format!("it is a device or a pipe and no file{instead}");
    Err(std::io::Error::new(std::io::ErrorKind::InvalidInput, message))
}

/// Reads a configuration, a registry, a page of rules: a text that something else is read from.
///
/// # Errors
/// Where it cannot be opened, is no text, or is larger than 1 GiB.
pub fn read_text(shown: &str, path: &Path) -> Result<Text, InputError> {
    let open = || {
        refuse_endless(path, "")?;
        if std::fs::metadata(path)?.len() > LARGEST_SETTING {
            return Err(std::io::Error::other("it is larger than 1 GiB, which is the limit"));
        }
        std::fs::read(path)
    };
    let bytes =
        open().map_err(|error| InputError::new(shown, format!("cannot be read: {}", reason(&error))))?;
    Text::decode(bytes).map_err(|_| InputError::new(shown, "this is a binary file, not a text"))
}

/// The bytes of a file.
///
/// # Errors
/// Where it cannot be opened, or is larger than [`LARGEST_DRAFT`].
pub fn read_bytes(shown: &str, location: &Path) -> Result<Vec<u8>, InputError> {
    let found = Found {
        path: shown.to_owned(),
        location: location.to_owned(),
        format: Format::of_path(location).unwrap_or_default(),
        explicit: true,
        stdin: false,
    };
    bytes(&found, LARGEST_DRAFT)
}

/// When a file was last changed and how long it is, to see that it has changed since; `None` where there is none.
pub fn stamp(location: &Path) -> Option<(std::time::SystemTime, u64)> {
    let data = std::fs::metadata(location).ok()?;
    Some((data.modified().ok()?, data.len()))
}

/// Writes a file whole or not at all: beside its place first, then moved there. What is no plain file (a pipe, a
/// terminal) is written to directly; the target of a link is replaced, not the link.
///
/// # Errors
/// Where the folder or the file cannot be written.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), InputError> {
    write(path, bytes).map_err(|error| unwritten(&path.to_string_lossy(), &error))
}

fn unwritten(shown: &str, error: &std::io::Error) -> InputError {
    InputError::new(shown, format!("cannot be written: {}", reason(error)))
        .help("check that the folder exists, that you may write there and that the disk is not full")
}

/// Puts `new` in the place of a file's text `old`: whole or not at all, with its byte order mark and its mode.
///
/// # Errors
/// Where the file has changed since it was read, is in another encoding than UTF-8, or cannot be written.
pub fn replace_text(shown: &str, path: &Path, old: &str, new: &str) -> Result<(), InputError> {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    let bytes = std::fs::read(path)
        .map_err(|error| InputError::new(shown, format!("cannot be read: {}", reason(&error))))?;
    let (mark, text) = match bytes.strip_prefix(MARK) {
        Some(text) => (MARK, text),
        None => (&[][..], bytes.as_slice()),
    };
    if text != old.as_bytes() {
        let message = "was not fixed: it is in another encoding than UTF-8, or has changed since it was read";
        return Err(InputError::new(shown, message).help("save it as UTF-8 and run sayso again"));
    }
    if std::fs::metadata(path).is_ok_and(|data| data.permissions().readonly()) {
        let message = "was not fixed: it is read-only";
        return Err(InputError::new(shown, message).help("make it writable and run sayso again"));
    }
    write(path, &[mark, new.as_bytes()].concat()).map_err(|error| unwritten(shown, &error))
}

/// Writes a file that is not there yet.
///
/// # Errors
/// Where it is there already, or cannot be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), InputError> {
    let open = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    open.and_then(|mut file| file.write_all(bytes)).map_err(|error| {
        let shown = path.to_string_lossy();
        match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                InputError::new(shown, "is there already, and is left as it is")
            }
            _ => InputError::new(shown, format!("cannot be written: {}", reason(&error)))
                .help("check that you may write in this folder"),
        }
    })
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let known = std::fs::metadata(&target).ok();
    if known.as_ref().is_some_and(|data| !data.is_file()) {
        return std::fs::OpenOptions::new().write(true).open(&target)?.write_all(bytes);
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = temporary_in(folder)?;
    file.as_file_mut().write_all(bytes)?;
    if let Some(data) = known {
        file.as_file().set_permissions(data.permissions())?;
    }
    file.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// The first letters of the name of a temporary file. It is hidden, so that no walk takes it for a draft.
const TEMPORARY: &str = ".sayso-";

/// A temporary file in a folder. This process holds a lock on it as long as it is open.
fn temporary_in(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A new file gets what the user's mask leaves of this, as from any other program.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    loop {
        // The errors of `tempfile` name a file that nobody knows.
        let file = builder.tempfile_in(folder).map_err(|error| std::io::Error::from(error.kind()))?;
        // Some file systems know no locks. There the file is not removed by others either.
        let locked = file.as_file().lock().is_ok();
        // Before the lock was held, another run may have taken the file for one that was left.
        if !locked || file.path().exists() {
            return Ok(file);
        }
    }
}

/// Removes the temporary files in a folder that no process writes any more: those of runs that were killed while they wrote.
/// Says how many.
pub fn remove_left_over(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let temporary = entries.flatten().filter(|entry| {
        let name = entry.file_name();
        name.to_str().is_some_and(is_temporary) && entry.file_type().is_ok_and(|kind| kind.is_file())
    });
    let removed = temporary.filter(|entry| {
        let Ok(file) = std::fs::OpenOptions::new().write(true).open(entry.path()) else { return false };
        file.try_lock().is_ok() && std::fs::remove_file(entry.path()).is_ok()
    });
    removed.count()
}

/// Is this a name that [`temporary_in`] gives?
fn is_temporary(name: &str) -> bool {
    name.strip_prefix(TEMPORARY)
        .is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// What the system says went wrong, in words a newsroom understands.
pub(super) fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "you may not open it (permission denied)".to_owned(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "there is no room on the disk".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}
