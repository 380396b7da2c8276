//! Sets of path patterns. `globset` lives here, and only here.

use std::collections::BTreeMap;
use std::path::Path;

use globset::{Candidate, GlobBuilder, GlobSet, GlobSetBuilder};
use rustc_hash::FxHashMap;

/// Path patterns as a configuration lists them, compiled once.
///
/// `*` stays within one folder, `**` crosses folders, `{a,b}` is either. A pattern without a slash matches a name
/// at any depth; a leading slash ties it to the root. A pattern that matches a folder covers all within it.
/// Paths are relative to the root the patterns are for, with `/` or the platform's separator between their parts.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    /// The patterns by the bytes before their first sign, which a path must begin with: a project may list thousands of them,
    /// and each of its files is held against the few that begin as it does.
    sets: FxHashMap<Vec<u8>, GlobSet>,
    /// How long these beginnings are, each length once.
    lengths: Vec<usize>,
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
        let mut builders: BTreeMap<Vec<u8>, GlobSetBuilder> = BTreeMap::new();
        for (index, pattern) in patterns.iter().enumerate() {
            let bad = |error: &globset::Error| BadGlob { index, message: error.kind().to_string() };
            for form in forms(pattern.as_ref()) {
                let glob = GlobBuilder::new(&form).literal_separator(true).build().map_err(|e| bad(&e))?;
                builders.entry(beginning(&form).to_vec()).or_insert_with(GlobSetBuilder::new).add(glob);
            }
        }
        let last = patterns.len().saturating_sub(1);
        let mut sets = FxHashMap::default();
        for (beginning, builder) in builders {
            let set = builder
                .build()
                .map_err(|error| BadGlob { index: last, message: error.kind().to_string() })?;
            sets.insert(beginning, set);
        }
        let mut lengths: Vec<usize> = sets.keys().map(Vec::len).collect();
        lengths.sort_unstable();
        lengths.dedup();
        Ok(Self {
            sets,
            lengths,
            patterns: patterns.iter().map(|pattern| pattern.as_ref().to_owned()).collect(),
        })
    }

    /// Does any pattern match the path, or a folder it lies in?
    pub fn is_match(&self, path: impl AsRef<Path>) -> bool {
        if self.patterns.is_empty() {
            return false;
        }
        let path = path.as_ref();
        let candidate = Candidate::new(path);
        let bytes = path.as_os_str().as_encoded_bytes();
        let beginnings = self.lengths.iter().map_while(|&length| bytes.get(..length));
        beginnings.filter_map(|start| self.sets.get(start)).any(|set| set.is_match_candidate(&candidate))
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

/// What every path that the form matches begins with: what is before its first sign, without slashes at the end. Nothing is
/// told where the platform separates folders by another byte than the slash.
fn beginning(form: &str) -> &[u8] {
    let sign = form.find(['*', '?', '[', '{', '\\']).unwrap_or(form.len());
    let told = if std::path::MAIN_SEPARATOR == '/' { sign } else { 0 };
    form[..told].trim_end_matches('/').as_bytes()
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
            ("drafts/**/final.md", "draft/final.md", false),
            ("draf\\ts/a.md", "drafts/a.md", true),
            ("dr[ao]fts/a.md", "drafts/a.md", true),
            ("{wire,drafts}/a.md", "drafts/a.md", true),
            ("drafts/a?md", "drafts/a.md", true),
            ("drafts/a.md", "drafts/a.md", true),
            ("é/*.md", "é/a.md", true),
            ("é/*.md", "è/a.md", false),
        ] {
            assert_eq!(Globs::new(&[pattern])?.is_match(path), expected, "{pattern} on {path}");
        }
        assert!(!Globs::default().is_match("a.md"), "no pattern matches nothing");
        Ok(())
    }

    #[test]
    fn of_many_patterns_each_matches_what_it_matches_alone() -> Result<(), BadGlob> {
        let patterns =
            ["drafts/1-*.txt", "drafts/1*", "*.md", "drafts/**/x", "{a,b}/c", "wire/", "/top", "é*", "**"];
        let paths = [
            "drafts/1-a.txt",
            "drafts/12/x",
            "drafts/x",
            "a/b.md",
            "b/c",
            "wire/a",
            "in/wire/a",
            "top",
            "é.txt",
            "in/é",
            "d",
        ];
        for first in 0..patterns.len() {
            for last in first..=patterns.len() {
                let some = &patterns[first..last];
                let together = Globs::new(some)?;
                for path in paths {
                    let alone =
                        some.iter().map(|pattern| Globs::new(&[pattern]).map(|globs| globs.is_match(path)));
                    let alone = alone.collect::<Result<Vec<bool>, BadGlob>>()?;
                    assert_eq!(together.is_match(path), alone.contains(&true), "{some:?} on {path}");
                }
            }
        }
        Ok(())
    }

    #[test]
    fn a_bad_pattern_is_named() {
        let bad = Globs::new(&["fine/**", "drafts/[a"]).err();
        assert_eq!(bad.as_ref().map(|bad| bad.index), Some(1));
        assert!(bad.is_some_and(|bad| bad.message.contains("character class")));
    }
}
