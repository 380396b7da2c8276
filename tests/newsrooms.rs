//! Invented newsrooms with planted faults and traps: what a run must find, and that it finds nothing else.
//!
//! `expected.txt` in each newsroom lists the planted faults: `path:line rule` (several rules, parted by commas, where any
//! of them will do). A fault is found where a finding of that rule has a place on that line. Warnings and errors that
//! no fault explains are false alarms, and so are notes, but for those of rules that list a document's own gaps.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// The least share of planted faults that must be found, and of findings that must be right.
const RECALL: f64 = 0.85;
const PRECISION: f64 = 0.95;

/// Notes that tell nothing about right and wrong.
const INFORMS: &[&str] = &["undated-document", "mixed-mark-style"];

/// Every place of every finding of a run: rule, path and line, the finding's own place first.
fn findings(room: &Path) -> Vec<(String, Vec<(String, u64)>)> {
    let output = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["check", "--notes", "--format", "json"])
        .current_dir(room)
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let place = |value: &serde_json::Value| {
        let path = value["path"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        (path, value["span"]["start"]["line"].as_u64().unwrap())
    };
    let all = report["findings"].as_array().unwrap().iter().map(|finding| {
        let mut places = vec![place(finding)];
        places.extend(finding["related"].as_array().unwrap().iter().map(place));
        (finding["rule"].as_str().unwrap().to_owned(), places)
    });
    all.filter(|(rule, _)| !INFORMS.contains(&rule.as_str())).collect()
}

#[test]
fn planted_faults_are_found_and_traps_left_alone() {
    let rooms = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/newsrooms");
    let mut report = String::new();
    for room in rooms.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
        let found = findings(&room);
        let planted = std::fs::read_to_string(room.join("expected.txt")).unwrap();
        let planted: Vec<(&str, u64, Vec<&str>)> = planted
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .map(|line| {
                let (place, rules) = line.split_once(' ').unwrap();
                let (path, number) = place.split_once(':').unwrap();
                (path, number.parse().unwrap(), rules.split(',').collect())
            })
            .collect();
        let mut explained = BTreeSet::new();
        let mut missed = Vec::new();
        for (path, line, rules) in &planted {
            let hits = found.iter().enumerate().filter(|(_, (rule, places))| {
                rules.contains(&rule.as_str())
                    && places.iter().any(|(at, number)| at == path && number == line)
            });
            let before = explained.len();
            let mut any = false;
            for (at, _) in hits {
                any = true;
                explained.insert(at);
            }
            if !any && before == explained.len() {
                missed.push(format!("missed {path}:{line} {}", rules.join(",")));
            }
        }
        let wrong: Vec<String> = found
            .iter()
            .enumerate()
            .filter(|(at, _)| !explained.contains(at))
            .map(|(_, (rule, places))| format!("wrong {}:{} {rule}", places[0].0, places[0].1))
            .collect();
        let recall = 1.0 - missed.len() as f64 / planted.len().max(1) as f64;
        let precision = 1.0 - wrong.len() as f64 / found.len().max(1) as f64;
        if recall < RECALL || precision < PRECISION {
            report.push_str(&format!(
                "{}: recall {recall:.2}, precision {precision:.2}\n{}\n{}\n",
                room.display(),
                missed.join("\n"),
                wrong.join("\n")
            ));
        }
    }
    assert!(report.is_empty(), "{report}");
}
