//! A baseline: findings that a house has recorded, so that only new ones are reported.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::Finding;
use crate::source::{FileId, InputError, Span, from_json};

/// The version of the file's shape.
const VERSION: u32 = 1;

/// One finding that is recorded. The fingerprint finds it again; the rest tells a reader what it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineEntry {
    /// The draft it was found in. Among equal findings, those in this draft are taken for the recorded one first.
    pub path: String,
    /// The rule's id.
    pub rule: String,
    /// The finding's fingerprint, 16 hexadecimal digits.
    pub fingerprint: String,
    /// What was found.
    pub message: String,
}

/// Recorded findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: Vec<BaselineEntry>,
    by_fingerprint: FxHashMap<u64, usize>,
}

/// What a baseline says about the findings of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BaselineMatch {
    /// By finding: is it recorded?
    pub known: Vec<bool>,
    /// By entry: has it occurred?
    pub met: Vec<bool>,
}

/// Findings of one rule with equal keys, and the entries that record some of them.
#[derive(Default)]
struct Alike {
    members: Vec<usize>,
    entries: Vec<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    version: u32,
    findings: Vec<BaselineEntry>,
}

impl Baseline {
    /// A baseline of these entries, in order, each fingerprint once.
    pub fn new(mut entries: Vec<BaselineEntry>) -> Self {
        entries.sort();
        let mut by_fingerprint = FxHashMap::default();
        let mut kept: Vec<BaselineEntry> = Vec::with_capacity(entries.len());
        for entry in entries {
            let Ok(fingerprint) = u64::from_str_radix(&entry.fingerprint, 16) else { continue };
            if let std::collections::hash_map::Entry::Vacant(vacant) = by_fingerprint.entry(fingerprint) {
                vacant.insert(kept.len());
                kept.push(entry);
            }
        }
        Self { entries: kept, by_fingerprint }
    }

    /// Reads a baseline's text. `path` names it in an error.
    ///
    /// # Errors
    /// Where it is not JSON of the shape that [`Baseline::text`] writes.
    pub fn read(path: &str, text: &str) -> Result<Self, InputError> {
        let help =
            "resolve what a merge has left in it, or record today's findings anew with --write-baseline";
        let shape: Shape = from_json(path, text).map_err(|mut error| {
            error.message = format!("this is not a baseline: {}", error.message);
            error.help(help)
        })?;
        if shape.version != VERSION {
            let message = format!("this baseline is of version {}, and sayso reads {VERSION}", shape.version);
            return Err(InputError::new(path, message).help("record it anew with --write-baseline"));
        }
        let bad = shape.findings.iter().find(|entry| u64::from_str_radix(&entry.fingerprint, 16).is_err());
        if let Some(bad) = bad {
            let start = text.find(&bad.fingerprint).unwrap_or_default();
            let span = Span::new(start as u32, (start + bad.fingerprint.len()) as u32);
            let message = format!("“{}” is not a fingerprint", bad.fingerprint);
            return Err(InputError::new(path, message)
                .at(text, span, "not 16 hexadecimal digits")
                .help(help));
        }
        Ok(Self::new(shape.findings))
    }

    /// Its text: JSON with one finding a line, in order, so that version control shows what changes.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self
            .entries
            .iter()
            .map(|entry| format!("    {}", serde_json::to_string(entry).unwrap_or_default()))
            .collect();
        let list = if lines.is_empty() { String::new() } else { format!("\n{}\n  ", lines.join(",\n")) };
        format!("{{\n  \"version\": {VERSION},\n  \"findings\": [{list}]\n}}\n")
    }

    /// What is recorded.
    pub fn entries(&self) -> &[BaselineEntry] {
        &self.entries
    }

    /// Which findings are recorded. `path` gives a file's path as the entries have it.
    ///
    /// Findings of one rule with equal keys are alike: of them as many are known as are recorded, those in the
    /// drafts that the entries name first.
    pub fn find<'a>(
        &self,
        findings: &[Finding],
        fingerprints: &[u64],
        path: impl Fn(FileId) -> &'a str,
    ) -> BaselineMatch {
        let mut result =
            BaselineMatch { known: vec![false; findings.len()], met: vec![false; self.entries.len()] };
        let mut groups: FxHashMap<(&str, &str), Alike> = FxHashMap::default();
        for (at, (finding, fingerprint)) in findings.iter().zip(fingerprints).enumerate() {
            let alike = groups.entry((finding.rule, &finding.key)).or_default();
            alike.members.push(at);
            alike.entries.extend(self.by_fingerprint.get(fingerprint));
        }
        for Alike { members, entries } in groups.into_values() {
            let mut free = entries.len();
            for &entry in &entries {
                result.met[entry] = true;
                let in_draft = |at: usize| {
                    let finding = &findings[at];
                    let related = finding.related.iter().map(|related| related.place.file);
                    std::iter::once(finding.place.file)
                        .chain(related)
                        .any(|file| path(file) == self.entries[entry].path)
                };
                if let Some(&at) = members.iter().find(|&&at| !result.known[at] && in_draft(at)) {
                    result.known[at] = true;
                    free -= 1;
                }
            }
            // The draft of the others has another name now, or their paragraph stands in another draft.
            for &at in &members {
                if free > 0 && !result.known[at] {
                    result.known[at] = true;
                    free -= 1;
                }
            }
        }
        result
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::*;
    use crate::source::Place;

    fn entry(path: &str, fingerprint: u64) -> BaselineEntry {
        BaselineEntry {
            path: path.to_owned(),
            rule: "weasel-source".to_owned(),
            fingerprint: format!("{fingerprint:016x}"),
            message: "critics are nobody".to_owned(),
        }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let baseline = Baseline::new(vec![entry("b.md", 2), entry("a.md", 1), entry("a.md", 1)]);
        assert_eq!(baseline.entries().len(), 2);
        assert_eq!(Baseline::read("x", &baseline.text()).unwrap(), baseline);
        let empty = Baseline::default();
        assert_eq!(empty.text(), "{\n  \"version\": 1,\n  \"findings\": []\n}\n");
        assert_eq!(Baseline::read("x", &empty.text()).unwrap(), empty);
    }

    #[test]
    fn what_is_no_baseline_is_refused_at_its_place() {
        for (text, message, place) in [
            ("", "this is not a baseline: EOF while parsing a value", ""),
            ("{\"version\": 1,\n<<<<<<< ours\n", "this is not a baseline: key must be a string", "<"),
            ("{\"version\": 7, \"findings\": []}", "this baseline is of version 7, and sayso reads 1", ""),
            (
                "{\"version\": 1, \"findings\": [{\"path\":\"\",\"rule\":\"\",\"fingerprint\":\"xyz\",\"message\":\"\"}]}",
                "“xyz” is not a fingerprint",
                "xyz",
            ),
        ] {
            let error = Baseline::read("sayso-baseline.json", text).unwrap_err();
            let at = error.labels.first().map_or("", |(span, _)| span.of(text));
            assert_eq!((error.message.as_str(), at), (message, place), "{text}");
            assert!(error.help.is_some());
        }
    }

    #[test]
    fn of_equal_findings_those_in_the_recorded_drafts_are_known() {
        let paths = ["a.md", "b.md", "c.md"];
        let finding = |file: u32| {
            Finding::new("weasel-source", Place::new(FileId(file), Span::new(0, 1)), "m", "critics")
        };
        let find = |entries: Vec<BaselineEntry>, files: &[u32]| {
            let findings: Vec<Finding> = files.iter().map(|&file| finding(file)).collect();
            let fingerprints: Vec<u64> = (1..).take(files.len()).collect();
            Baseline::new(entries).find(&findings, &fingerprints, |file| paths[file.index()])
        };
        // Recorded in a and c; the one in b is new, although it comes before the one in c.
        let found = find(vec![entry("a.md", 1), entry("c.md", 2)], &[0, 1, 2]);
        assert_eq!(found.known, [true, false, true]);
        // The draft was renamed.
        assert_eq!(find(vec![entry("old.md", 1)], &[1]).known, [true]);
        // One of two is gone.
        let found = find(vec![entry("a.md", 1), entry("b.md", 2)], &[1]);
        assert_eq!((found.known, found.met), (vec![true], vec![true, false]));
    }
}
