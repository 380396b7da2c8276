//! The story in `examples/newsroom` shows what it is there to show, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::collections::BTreeSet;
use std::process::Command;

/// Every finding that the story is there to show: rule, draft, line, and the drafts of its other places.
const EXPECTED: &[(&str, &str, u64, &[&str])] = &[
    ("altered-quotation", "drafts/bridge-news.txt", 15, &["wire/skarrow-bridge.md"]),
    ("conflicting-speaker", "drafts/bridge-news.txt", 17, &["drafts/council-report.md"]),
    ("mismatched-marks", "drafts/bridge-news.txt", 25, &["drafts/bridge-news.txt"]),
    ("mixed-mark-style", "drafts/bridge-news.txt", 25, &["drafts/bridge-news.txt"]),
    ("silent-omission", "drafts/bridge-news.txt", 31, &["wire/skarrow-bridge.md"]),
    ("display-missing", "drafts/council-report.md", 9, &[]),
    ("weekday-mismatch", "drafts/council-report.md", 13, &[]),
    ("title-not-held", "drafts/council-report.md", 21, &[]),
    ("ambiguous-numeric-date", "drafts/council-report.md", 25, &[]),
    ("future-statement", "drafts/council-report.md", 27, &[]),
    ("duplicate-text", "drafts/council-report.md", 29, &["drafts/council-report.md"]),
    ("mixed-mark-style", "drafts/council-report.md", 31, &["drafts/council-report.md"]),
    ("not-in-transcript", "drafts/from-the-quay.txt", 9, &["tapes/orrick.vtt"]),
    ("silent-omission", "drafts/from-the-quay.txt", 11, &["tapes/orrick.vtt"]),
    ("conflicting-occasion", "drafts/from-the-quay.txt", 19, &["wire/skarrow-bridge.md"]),
    ("wrong-speaker-in-transcript", "drafts/from-the-quay.txt", 23, &["tapes/orrick.vtt"]),
    ("unintroduced-speaker", "drafts/phoned-in.txt", 3, &[]),
    ("undated-document", "drafts/phoned-in.txt", 5, &[]),
    ("stand-in-marks", "drafts/phoned-in.txt", 5, &["drafts/phoned-in.txt"]),
    ("placeholder-quotation", "drafts/phoned-in.txt", 7, &[]),
    ("empty-quotation", "drafts/phoned-in.txt", 9, &[]),
    ("unopened-quotation", "drafts/phoned-in.txt", 11, &[]),
    ("outside-lifetime", "drafts/saturday-feature.md", 18, &["drafts/saturday-feature.md"]),
    ("unmarked-continuation", "drafts/saturday-feature.md", 24, &["drafts/saturday-feature.md"]),
    ("impossible-date", "drafts/saturday-feature.md", 30, &[]),
    ("nested-same-marks", "drafts/saturday-feature.md", 32, &["drafts/saturday-feature.md"]),
    ("shared-surname", "drafts/saturday-feature.md", 34, &["drafts/saturday-feature.md"]),
    ("reversed-mark", "drafts/saturday-feature.md", 46, &[]),
    ("unattributed-quotation", "drafts/saturday-feature.md", 38, &[]),
    ("off-cycle-event", "drafts/saturday-feature.md", 48, &[]),
    ("unused-suppression", "drafts/saturday-feature.md", 50, &[]),
    ("spaced-marks", "drafts/saturday-feature.md", 52, &["drafts/saturday-feature.md"]),
    ("unclosed-quotation", "wire/skarrow-bridge.md", 13, &[]),
    ("misspelled-name", "wire/skarrow-bridge.md", 19, &[]),
    ("name-variant", "wire/skarrow-bridge.md", 21, &["drafts/bridge-news.txt"]),
    ("conflicting-title", "wire/skarrow-bridge.md", 21, &["drafts/bridge-news.txt"]),
];

fn findings() -> Vec<serde_json::Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["check", "--format", "json", "examples/newsroom"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    report["findings"].as_array().unwrap().clone()
}

/// A path as the story's own configuration sees it.
fn draft(path: &serde_json::Value) -> &str {
    path.as_str().unwrap().strip_prefix("examples/newsroom/").unwrap()
}

/// A row as it stands in the table above, so that a right one can be copied from a failing test.
fn row(rule: &str, path: &str, line: u64, related: &[&str]) -> String {
    format!("({rule:?}, {path:?}, {line}, &{related:?}),")
}

#[test]
fn it_shows_each_fault_where_it_stands_and_nothing_else() {
    let findings = findings();
    let found: BTreeSet<String> = findings
        .iter()
        .map(|finding| {
            let places = finding["related"].as_array().unwrap().iter();
            let related: BTreeSet<&str> = places.map(|place| draft(&place["path"])).collect();
            let line = finding["span"]["start"]["line"].as_u64().unwrap();
            let related: Vec<&str> = related.into_iter().collect();
            row(finding["rule"].as_str().unwrap(), draft(&finding["path"]), line, &related)
        })
        .collect();
    let expected: BTreeSet<String> =
        EXPECTED.iter().map(|(rule, path, line, related)| row(rule, path, *line, related)).collect();
    let list = |rows: &BTreeSet<String>, others: &BTreeSet<String>| {
        rows.difference(others).map(|row| format!("    {row}\n")).collect::<String>()
    };
    let (missing, new) = (list(&expected, &found), list(&found, &expected));
    assert!(missing.is_empty() && new.is_empty(), "missing:\n{missing}new:\n{new}");
    assert_eq!(findings.len(), EXPECTED.len(), "something is reported twice");
}

#[test]
fn drafts_of_different_hands_are_compared() {
    let across = findings()
        .iter()
        .filter(|finding| {
            let own = draft(&finding["path"]);
            finding["related"].as_array().unwrap().iter().any(|place| draft(&place["path"]) != own)
        })
        .count();
    assert!(across >= 3, "only {across} findings join two drafts");
}
