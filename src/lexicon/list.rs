//! Word lists as they stand in `rules/words`: one reader for all of them, which says where a list is wrong.

use std::fmt;

/// A word list: data that is compiled in.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// Its file below `rules/words`.
    pub name: &'static str,
    /// What stands in it.
    pub text: &'static str,
}

/// An entry of a list: a line that is neither empty nor a comment.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    list: &'static str,
    /// Its line, from 1.
    line: usize,
    /// The name of its section; empty before the first.
    pub section: &'static str,
    /// What the line says.
    pub text: &'static str,
}

/// What is wrong with a word list, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListError {
    /// The list's file.
    pub list: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rules/words/{}:{}: {}", self.list, self.line, self.message)
    }
}

impl std::error::Error for ListError {}

impl List {
    /// Its entries, each with the section that it stands in. A section begins with a line `[name]`.
    pub fn entries(self) -> impl Iterator<Item = Entry> {
        let mut section = "";
        let mut rest = self.text;
        // The lists have some ten thousand lines, and every start of the program reads them.
        let lines = std::iter::from_fn(move || {
            let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let line = (!rest.is_empty()).then(|| &rest[..end]);
            rest = rest.get(end + 1..).unwrap_or_default();
            line
        });
        lines.enumerate().filter_map(move |(at, line)| {
            let text = line.trim_ascii();
            match text.as_bytes() {
                [] | [b'#', ..] => return None,
                [b'[', .., b']'] => {
                    section = &text[1..text.len() - 1];
                    return None;
                }
                _ => {}
            }
            Some(Entry { list: self.name, line: at + 1, section, text })
        })
    }
}

impl Entry {
    /// This entry is wrong.
    pub fn error(&self, message: impl Into<String>) -> ListError {
        ListError { list: self.list, line: self.line, message: message.into() }
    }

    /// It stands in a section that nobody reads.
    pub fn unknown_section(&self) -> ListError {
        if self.section.is_empty() {
            self.error("this line stands before the first section")
        } else {
            self.error(format!("it stands in the section [{}], which does not exist", self.section))
        }
    }

    /// It has a flag that nobody reads.
    pub fn unknown_flag(&self, flag: &str) -> ListError {
        self.error(format!("the flag “{flag}” does not exist"))
    }
}

/// A list of `rules/words`, compiled in.
macro_rules! list {
    ($name:literal) => {
        $crate::lexicon::List {
            name: $name,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/", $name)),
        }
    };
}

pub(crate) use list;

#[cfg(test)]
mod tests {
    use super::List;

    #[test]
    fn entries_know_their_section_and_their_line() {
        let list = List { name: "tides.txt", text: "# a comment\nlow\n\n[spring]\n high \n" };
        let entries: Vec<_> = list.entries().map(|entry| (entry.section, entry.text, entry.line)).collect();
        assert_eq!(entries, [("", "low", 2), ("spring", "high", 5)]);
        let error = list.entries().last().map(|entry| entry.unknown_section().to_string());
        assert_eq!(
            error.as_deref(),
            Some("rules/words/tides.txt:5: it stands in the section [spring], which does not exist")
        );
    }
}
