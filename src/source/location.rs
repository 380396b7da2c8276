//! Where a path leads.

use std::path::{Component, Path, PathBuf};

/// The absolute path of `path` seen from `cwd`, without `.` and `..`.
///
/// A `..` after a link leads elsewhere than the text of the path says, so where there is one the disk is asked.
pub fn absolute(cwd: &Path, path: &Path) -> PathBuf {
    let joined = cwd.join(path);
    if path.components().any(|part| part == Component::ParentDir)
        && let Ok(real) = joined.canonicalize()
    {
        return real;
    }
    let mut clean = PathBuf::new();
    for part in joined.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(clean.pop()),
            part => clean.push(part),
        }
    }
    clean
}
