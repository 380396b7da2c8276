//! What git knows of a folder. Git is called as a program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rustc_hash::{FxHashMap, FxHashSet};

use super::InputError;

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

/// The lines that differ from a revision, by the absolute path of their file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangedLines {
    /// The files of the revision that have changed, with the first and last line of each change, from 1.
    ranges: FxHashMap<PathBuf, Vec<(u32, u32)>>,
    /// Files that have changed and have no lines that git tells apart: everything in them counts as changed.
    whole: FxHashSet<PathBuf>,
    /// The files that git keeps. Another one is new as a whole.
    tracked: FxHashSet<PathBuf>,
}

impl ChangedLines {
    /// The same with paths below `folder` as the caller has them: git resolves links.
    fn seen_from(self, folder: &Path) -> Self {
        let resolved = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let seen = |path: PathBuf| match path.strip_prefix(&resolved) {
            Ok(inside) => folder.join(inside),
            Err(_) => path,
        };
        Self {
            ranges: self.ranges.into_iter().map(|(path, lines)| (seen(path), lines)).collect(),
            whole: self.whole.into_iter().map(seen).collect(),
            tracked: self.tracked.into_iter().map(seen).collect(),
        }
    }

    /// Does one of the lines from `first` to `last` of the file at `location` differ? Lines count from 1.
    pub fn touch(&self, location: &Path, first: u32, last: u32) -> bool {
        let within = |ranges: &Vec<(u32, u32)>| ranges.iter().any(|&(from, to)| from <= last && first <= to);
        !self.tracked.contains(location)
            || self.whole.contains(location)
            || self.ranges.get(location).is_some_and(within)
    }
}

/// The lines below `folder` that differ from git's revision `revision`, uncommitted and untracked ones too.
///
/// # Errors
/// Where git is not installed, `folder` is in no repository, or the repository has no such revision.
pub fn changed_lines(folder: &Path, revision: &str) -> Result<ChangedLines, InputError> {
    let wrong = |message: String| InputError::new("--since", message);
    let top = git(folder, &["rev-parse", "--show-toplevel"])?;
    if !top.status.success() {
        let message = format!("{} is in no git repository", folder.display());
        return Err(wrong(message).help("leave --since out, or run sayso where git keeps the drafts"));
    }
    let top = path(top.stdout.strip_suffix(b"\n").unwrap_or(&top.stdout));
    // The hash that it stands for, so that a revision is never read as an option.
    let commit = format!("{revision}^{{commit}}");
    let hash = git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
    if !hash.status.success() {
        return Err(wrong(format!("git knows no revision “{revision}” here")).help(
            "name a commit, a tag or a branch, such as HEAD or origin/main; a shallow clone has only the last ones",
        ));
    }
    let hash = String::from_utf8_lossy(&hash.stdout).trim().to_owned();
    // Names are asked for in ASCII, so that those that are not UTF-8 survive.
    let options = ["-c", "core.quotePath=true", "diff", "--no-ext-diff", "--no-textconv", "--no-color"];
    let lines = ["--unified=0", "--inter-hunk-context=0"];
    let prefixes = ["--no-prefix", "--find-renames", hash.as_str(), "--"];
    let diff = git(&top, &[&options[..], &lines[..], &prefixes[..]].concat())?;
    let tracked = git(&top, &["ls-files", "-z", "--cached"])?;
    if let Some(failed) = [&diff, &tracked].into_iter().find(|output| !output.status.success()) {
        let said = String::from_utf8_lossy(&failed.stderr);
        let said = said.lines().next().unwrap_or("it says nothing");
        return Err(wrong(format!("git could not compare the drafts: {said}")));
    }
    let mut changed = read_diff(&String::from_utf8_lossy(&diff.stdout), &top);
    let names = tracked.stdout.split(|&byte| byte == 0).filter(|name| !name.is_empty());
    changed.tracked.extend(names.map(|name| top.join(path(name))));
    Ok(changed.seen_from(folder))
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Output, InputError> {
    Command::new("git").args(arguments).current_dir(folder).output().map_err(|error| {
        let message = match error.kind() {
            std::io::ErrorKind::NotFound => "the program git is not installed".to_owned(),
            _ => format!("the program git cannot be run: {error}"),
        };
        InputError::new("--since", message).help("--since asks git which lines have changed; leave it out")
    })
}

/// Reads what `git diff --unified=0 --no-prefix` prints.
fn read_diff(diff: &str, top: &Path) -> ChangedLines {
    let mut changed = ChangedLines::default();
    let mut file = PathBuf::new();
    // Lines of a hunk that are still to come: they may look like a header.
    let mut rest = 0_u32;
    for line in diff.lines() {
        if rest > 0 {
            rest -= u32::from(line.starts_with(['+', '-']));
            continue;
        }
        if let Some(name) = line.strip_prefix("+++ ") {
            file = top.join(unquoted(name.trim_end_matches('\t')));
        } else if let Some(hunk) = line.strip_prefix("@@ -") {
            let mut parts = hunk.split(' ');
            let old = parts.next().map_or((0, 0), numbers);
            let new = parts.next().map_or((0, 0), |new| numbers(new.trim_start_matches('+')));
            rest = old.1 + new.1;
            if new.1 > 0 {
                changed.ranges.entry(file.clone()).or_default().push((new.0, new.0 + new.1 - 1));
            }
        } else if let Some(names) = line.strip_prefix("Binary files ")
            && let Some((_, new)) = names.trim_end_matches(" differ").rsplit_once(" and ")
        {
            changed.whole.insert(top.join(unquoted(new)));
        }
    }
    changed
}

/// `12,3` is three lines from line 12; `12` is one.
fn numbers(written: &str) -> (u32, u32) {
    let (start, count) = written.split_once(',').unwrap_or((written, "1"));
    (start.parse().unwrap_or(0), count.parse().unwrap_or(0))
}

/// A name as git prints it: between quotation marks where signs in it are escaped.
fn unquoted(name: &str) -> PathBuf {
    let Some(inner) = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return PathBuf::from(name);
    };
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next() {
            Some(b'n') => bytes.push(b'\n'),
            Some(b't') => bytes.push(b'\t'),
            Some(b'r') => bytes.push(b'\r'),
            Some(b'a') => bytes.push(7),
            Some(b'b') => bytes.push(8),
            Some(b'v') => bytes.push(11),
            Some(b'f') => bytes.push(12),
            Some(digit @ b'0'..=b'7') => {
                let digits = [digit, rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
                let value = digits.iter().fold(0_u32, |value, digit| value * 8 + u32::from(digit & 7));
                bytes.push(value as u8);
            }
            Some(other) => bytes.push(other),
            None => {}
        }
    }
    path(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_of_a_diff() {
        let diff = "diff --git a.md a.md\nindex 1..2 100644\n--- a.md\n+++ a.md\n@@ -3 +3,2 @@ head\n-old\n+++ b.md\n+new\n\
                    @@ -9,2 +11,0 @@\n-gone\n-gone\ndiff --git \"wi\\tre.md\" \"wi\\tre.md\"\n--- \"wi\\tre.md\"\n\
                    +++ \"wi\\tre.md\"\n@@ -0,0 +1 @@\n+x\n\\ No newline at end of file\n\
                    diff --git c.docx c.docx\nBinary files c.docx and c.docx differ\n";
        let top = Path::new("/desk");
        let mut changed = read_diff(diff, top);
        changed.tracked.extend(["a.md", "b.md", "wi\tre.md", "c.docx"].map(|name| top.join(name)));
        let touch = |name: &str, line| changed.touch(&top.join(name), line, line);
        assert!(touch("a.md", 3) && touch("a.md", 4));
        assert!(!touch("a.md", 2) && !touch("a.md", 5) && !touch("a.md", 11) && !touch("b.md", 1));
        assert!(changed.touch(&top.join("a.md"), 1, 3));
        assert!(touch("wi\tre.md", 1) && touch("c.docx", 99));
        assert!(touch("new.md", 1), "git does not keep it");
    }
}
