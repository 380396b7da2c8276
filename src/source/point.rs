//! A place in a file as people type it and editors print it: `drafts/monday.md:8:71`.

use std::path::{Path, PathBuf};

/// A file, and a line and a column in it where they are said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The file, or a folder.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column, from 1, in code points; never without a line.
    pub column: Option<u32>,
}

impl Point {
    /// Reads `PATH`, `PATH:LINE` or `PATH:LINE:COLUMN`. What is there under its whole name, colons included, is taken
    /// as it stands; so is a name whose end is no number.
    pub fn read(written: &Path) -> Self {
        let whole = || Self { path: written.to_path_buf(), line: None, column: None };
        let Some(text) = written.to_str().filter(|_| !written.exists()) else { return whole() };
        let Some((before, last)) = numbered(text) else { return whole() };
        match numbered(before) {
            Some((path, line)) => Self { path: path.into(), line: Some(line), column: Some(last) },
            None => Self { path: before.into(), line: Some(last), column: None },
        }
    }
}

/// Splits a number off the end: `a.md:8` is `a.md` and 8. A colon after it, as in a line copied whole, is dropped.
fn numbered(text: &str) -> Option<(&str, u32)> {
    let (before, number) = text.strip_suffix(':').unwrap_or(text).rsplit_once(':')?;
    let number = number.parse().ok().filter(|&number| number > 0)?;
    (!before.is_empty()).then_some((before, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_editors_print_it() {
        for (written, path, line, column) in [
            ("a.md", "a.md", None, None),
            ("a.md:8", "a.md", Some(8), None),
            ("a.md:8:71", "a.md", Some(8), Some(71)),
            ("a.md:8:71:", "a.md", Some(8), Some(71)),
            ("b:1/a.md:8", "b:1/a.md", Some(8), None),
            ("-:3", "-", Some(3), None),
            // Lines and columns count from 1.
            ("a.md:0", "a.md:0", None, None),
            ("a.md:8:", "a.md", Some(8), None),
            ("a.md:eight", "a.md:eight", None, None),
            (":8", ":8", None, None),
        ] {
            assert_eq!(
                Point::read(Path::new(written)),
                Point { path: path.into(), line, column },
                "{written}"
            );
        }
    }

    #[test]
    fn a_file_that_is_there_is_taken_as_it_is_named() {
        // This very folder is there, and has no colon; its name with a line has none that is there.
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(Point::read(here).line, None);
        let line = PathBuf::from(format!("{}:4", here.display()));
        assert_eq!(Point::read(&line).line, Some(4));
    }
}
