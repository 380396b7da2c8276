//! What git knows of a folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use rustc_hash::FxHashSet;

/// The files below `folder` that git's index has, by absolute path; `None` where git cannot say: there is no git, or the
/// folder is in no repository.
pub fn tracked(folder: &Path) -> Option<FxHashSet<PathBuf>> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached"])
        .current_dir(folder)
        // A hook runs with git's own variables set, which name the repository of the commit and its index.
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let names = output.stdout.split(|&byte| byte == 0).filter(|name| !name.is_empty());
    Some(names.map(|name| folder.join(path(name))).collect())
}

/// A path as git prints it with `-z`: bytes, unquoted.
#[cfg(unix)]
fn path(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(name))
}

/// A path as git prints it with `-z`: UTF-8 with `/`, on every system but Unix.
#[cfg(not(unix))]
fn path(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}
