//! The shape of `--format json` is what the documentation fixes: every key, its type, and places that fit.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::process::Command;

use serde_json::Value;

const DRAFT: &str =
    "“Não,” disse — the chair, Ines Duarte, said ''soon'' and “ then.”\r\n\r\nIt “\u{1b}[31mfell.\r\n";

fn sayso(folder: &std::path::Path, arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command
        .current_dir(folder)
        .args(["check", "--isolated", "--quiet"])
        .args(arguments)
        .output()
        .unwrap()
        .stdout
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn findings_have_the_shape_that_is_documented() {
    let folder = tempfile::tempdir().unwrap();
    // A byte order mark counts among the bytes of the file and not among its columns.
    std::fs::write(folder.path().join("a.txt"), format!("\u{feff}{DRAFT}")).unwrap();
    std::fs::write(folder.path().join("b.txt"), b"a\0b").unwrap();
    let output = sayso(folder.path(), &["--format", "json", "a.txt", "b.txt"]);
    let whole: Value = serde_json::from_slice(&output).unwrap();
    assert_eq!(keys(&whole), ["findings", "summary"]);
    let summary = &whole["summary"];
    assert_eq!(
        keys(summary),
        [
            "abstained",
            "errors",
            "files",
            "left_out",
            "notes",
            "quotations",
            "skipped",
            "unchecked",
            "undecided",
            "warnings"
        ]
    );
    assert_eq!(keys(&summary["left_out"]), ["baseline", "stale", "unchanged"]);
    assert_eq!(keys(&summary["undecided"]), ["days", "names", "speakers"]);
    let findings = whole["findings"].as_array().unwrap();
    let count = |level: &str| findings.iter().filter(|finding| finding["level"] == level).count() as u64;
    assert_eq!(summary["errors"], count("error"));
    assert_eq!(summary["warnings"], count("warning"));
    assert_eq!(summary["notes"], count("note"));
    assert!(findings.len() >= 4, "{findings:#?}");
    let file = std::fs::read(folder.path().join("a.txt")).unwrap();
    for finding in findings {
        assert_eq!(
            keys(finding),
            [
                "context",
                "fingerprint",
                "fix",
                "group",
                "help",
                "level",
                "message",
                "part",
                "path",
                "related",
                "rule",
                "span"
            ]
        );
        assert_eq!(finding["fingerprint"].as_str().unwrap().len(), 16);
        if finding["rule"] == "unreadable-file" {
            assert!(finding["span"].is_null() && finding["path"] == "b.txt");
            continue;
        }
        fits(&finding["span"], &file);
        for related in finding["related"].as_array().unwrap() {
            assert_eq!(keys(related), ["context", "message", "part", "path", "span"]);
            fits(&related["span"], &file);
        }
        if let Some(fix) = finding["fix"].as_object() {
            assert!(fix["safe"].is_boolean());
            for edit in fix["edits"].as_array().unwrap() {
                assert_eq!(keys(edit), ["end", "path", "start", "text"]);
                assert!(edit["start"].as_u64().unwrap() <= edit["end"].as_u64().unwrap());
            }
        }
    }
    let stand_in = findings.iter().find(|finding| finding["rule"] == "stand-in-marks").unwrap();
    let start = stand_in["span"]["start"]["byte"].as_u64().unwrap() as usize;
    assert_eq!(&file[start..start + 2], b"''");
    let lines = sayso(folder.path(), &["--format", "jsonl", "a.txt", "b.txt"]);
    let lines: Vec<Value> =
        String::from_utf8(lines).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(&lines, findings);
}

/// The line and column lead to the byte, counted afresh.
fn fits(span: &Value, file: &[u8]) {
    for end in ["start", "end"] {
        let point = &span[end];
        assert_eq!(keys(point), ["byte", "column", "line"]);
        let byte = point["byte"].as_u64().unwrap() as usize;
        let before = std::str::from_utf8(&file[..byte]).unwrap().trim_start_matches('\u{feff}');
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        assert_eq!(point["line"], line as u64);
        assert_eq!(point["column"], column as u64);
    }
}

#[test]
fn no_control_character_of_a_draft_reaches_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a\u{1b}[2J.txt"), DRAFT).unwrap();
    for format in ["pretty", "concise", "github"] {
        let output = sayso(folder.path(), &["--format", format, "--notes", "."]);
        let text = String::from_utf8(output).unwrap();
        assert!(text.len() > 100, "{format}: {text}");
        assert!(!text.contains('\u{1b}'), "{format}: {text}");
    }
}

#[test]
fn output_goes_to_a_file_whole() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), DRAFT).unwrap();
    let shown = sayso(folder.path(), &["--format", "concise", "a.txt"]);
    assert!(sayso(folder.path(), &["--format", "concise", "-o", "out", "a.txt"]).is_empty());
    assert_eq!(std::fs::read(folder.path().join("out")).unwrap(), shown);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let text = "The eels “ will wait,” Ana Lindqvist said.\n\n".repeat(20_000);
    std::fs::write(folder.path().join("a.txt"), text).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .current_dir(folder.path())
        .args(["quotes", "--isolated", "--format", "jsonl", "a.txt"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
