//! Sets of path patterns. `globset` lives here, and only here.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Path patterns as a configuration lists them, compiled once.
///
/// `*` stays within one folder, `**` crosses folders, `{a,b}` is either. A pattern without a slash matches a name
/// at any depth; a leading slash ties it to the root. A pattern that matches a folder covers all within it.
/// Paths are relative to the root the patterns are for, with `/` or the platform's separator between their parts.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    set: GlobSet,
    patterns: Vec<String>,
}

/// A pattern that cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadGlob {
    /// Its rank in the list.
    pub index: usize,
    /// What is wrong with it, without a full stop.
    pub message: String,
}

impl Globs {
    /// Compiles patterns.
    ///
    /// # Errors
    /// The first pattern that is none, with its rank.
    pub fn new<S: AsRef<str>>(patterns: &[S]) -> Result<Self, BadGlob> {
        let mut builder = GlobSetBuilder::new();
        for (index, pattern) in patterns.iter().enumerate() {
            let bad = |error: &globset::Error| BadGlob { index, message: error.kind().to_string() };
            for form in forms(pattern.as_ref()) {
                builder.add(GlobBuilder::new(&form).literal_separator(true).build().map_err(|e| bad(&e))?);
            }
        }
        let last = patterns.len().saturating_sub(1);
        let set =
            builder.build().map_err(|error| BadGlob { index: last, message: error.kind().to_string() })?;
        Ok(Self { set, patterns: patterns.iter().map(|pattern| pattern.as_ref().to_owned()).collect() })
    }

    /// Does any pattern match the path, or a folder it lies in?
    pub fn is_match(&self, path: impl AsRef<Path>) -> bool {
        !self.patterns.is_empty() && self.set.is_match(path)
    }

    /// True where there is no pattern.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The patterns as written.
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }
}

/// What a pattern stands for, in the matcher's own terms: itself, and everything below it.
fn forms(pattern: &str) -> Vec<String> {
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
    let bare = pattern.strip_suffix('/').unwrap_or(pattern);
    let bare = match bare.strip_prefix('/') {
        Some(tied) => tied.to_owned(),
        None if bare.contains('/') || bare == "**" => bare.to_owned(),
        None => format!("**/{bare}"),
    };
    let below = format!("{bare}/**");
    // A pattern that ends in `**` already says all that is below.
    if bare.ends_with("**") { vec![bare] } else { vec![bare, below] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_read_as_their_writers_mean_them() -> Result<(), BadGlob> {
        for (pattern, path, expected) in [
            ("drafts/**", "drafts/a.md", true),
            ("drafts/**", "drafts/deep/er/a.md", true),
            ("drafts/**", "old/drafts/a.md", false),
            ("drafts/", "drafts/a.md", true),
            ("drafts", "old/drafts/a.md", true),
            ("/drafts", "old/drafts/a.md", false),
            ("./drafts/*.md", "drafts/a.md", true),
            ("drafts/*.md", "drafts/deep/a.md", false),
            ("*.txt", "deep/a.txt", true),
            ("*.{md,txt}", "a.md", true),
            ("2025-04-*", "wire/2025-04-17/a.txt", true),
            ("**", "anything/at/all.md", true),
            ("drafts/**/final.md", "drafts/final.md", true),
        ] {
            assert_eq!(Globs::new(&[pattern])?.is_match(path), expected, "{pattern} on {path}");
        }
        assert!(!Globs::default().is_match("a.md"), "no pattern matches nothing");
        Ok(())
    }

    #[test]
    fn a_bad_pattern_is_named() {
        let bad = Globs::new(&["fine/**", "drafts/[a"]).err();
        assert_eq!(bad.as_ref().map(|bad| bad.index), Some(1));
        assert!(bad.is_some_and(|bad| bad.message.contains("character class")));
    }
}
