//! The story in `examples/newsroom` shows what it is there to show, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::collections::BTreeSet;
use std::process::Command;

/// Every finding the story is there to show: rule, draft, a line of it, and the drafts it is related to.
const EXPECTED: &[(&str, &str, u64, &[&str])] = &[];

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

#[test]
fn it_shows_each_fault_where_it_stands() {
    let found: BTreeSet<String> = findings()
        .iter()
        .map(|finding| {
            let related: BTreeSet<_> =
                finding["related"].as_array().unwrap().iter().map(|place| file(&place["path"])).collect();
            line(
                finding["rule"].as_str().unwrap(),
                &file(&finding["path"]),
                finding["span"]["start"]["line"].as_u64().unwrap(),
                &related,
            )
        })
        .collect();
    let expected: BTreeSet<String> = EXPECTED
        .iter()
        .map(|(rule, path, number, related)| {
            line(rule, path, *number, &related.iter().map(|path| (*path).to_owned()).collect())
        })
        .collect();
    let missing: Vec<_> = expected.difference(&found).collect();
    let unexpected: Vec<_> = found.difference(&expected).collect();
    assert!(
        missing.is_empty() && unexpected.is_empty(),
        "missing: {missing:#?}\nunexpected: {unexpected:#?}"
    );
}

fn file(path: &serde_json::Value) -> String {
    path.as_str().unwrap().strip_prefix("examples/newsroom/").unwrap().to_owned()
}

fn line(rule: &str, path: &str, number: u64, related: &BTreeSet<String>) -> String {
    let related: Vec<_> = related.iter().map(String::as_str).collect();
    format!("{path}:{number} {rule} [{}]", related.join(" "))
}
