//! `sayso judge`: records of other runs in, findings out. They are those of a check of the drafts.
#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use std::collections::BTreeSet;

use serde_json::Value;

use crate::generated_news::News;
use crate::support::{Desk, Run, run};

#[path = "../benches/generated_news.rs"]
mod generated_news;
mod support;

/// Is it a rule that records are compared with? The list has those that are not.
fn is_compared(rule: &str) -> bool {
    !include_str!("../archive/not-compared.txt").lines().any(|line| line == rule)
}

const OLD: &str = "“We will mend the old pier and the harbour wall before the winter,” said Belle Okonrad.\n";
const NEW: &str = "“We will mend the old pier and the harbour wall before the summer,” said Belle Okonrad.\n";

fn records(desk: &Desk) -> String {
    let run = run(desk.path(), &["facts", ".", "--isolated", "--format", "records"], "");
    assert_eq!(run.code, 0, "{}", run.error);
    run.out
}

fn judge(desk: &Desk, records: &str) -> Run {
    run(desk.path(), &["judge", "--isolated"], records)
}

fn pier() -> Desk {
    Desk::new(&[("2026-01-05-a.txt", OLD), ("2026-01-09-b.txt", NEW)])
}

/// Findings with places in two drafts, as their lines.
fn across(out: &str) -> BTreeSet<String> {
    let between = |line: &&str| {
        let finding: Value = serde_json::from_str(line).unwrap();
        let related = finding["related"].as_array().unwrap();
        let other = related.iter().any(|place| place["path"] != finding["path"]);
        other && is_compared(finding["rule"].as_str().unwrap())
    };
    out.lines().filter(between).map(str::to_owned).collect()
}

#[test]
fn records_are_judged_as_their_drafts_are_checked() {
    let desk = Desk::new(&[]);
    let news = News::new(11, 240);
    for draft in (0..240).map(|number| news.draft(number)) {
        desk.write(&draft.path, &draft.text);
    }
    let checked =
        run(desk.path(), &["check", ".", "--isolated", "--notes", "--threads", "1", "--format", "jsonl"], "");
    let expected = across(&checked.out);
    assert!(expected.len() >= 8, "{expected:?}");
    let records = records(&desk);
    let judged = judge(&desk, &records);
    assert_eq!(judged.code, 0, "{}", judged.error);
    assert_eq!(across(&judged.out), expected);
    // What a draft says to itself is judged where its text is: there is none of it here.
    assert!(judged.out.lines().count() < checked.out.lines().count() || judged.out == checked.out);

    // The order of the lines says nothing, and files are read like standard input.
    let lines: Vec<&str> = records.lines().rev().collect();
    desk.write("one.jsonl", lines[..100].join("\n"));
    desk.write("other.jsonl", lines[100..].join("\n"));
    let files = run(desk.path(), &["judge", "one.jsonl", "other.jsonl", "--isolated"], "");
    assert_eq!(across(&files.out), expected, "{}", files.error);
    let files =
        run(desk.path(), &["judge", "one.jsonl", "other.jsonl", "--isolated", "-o", "found.jsonl"], "");
    assert_eq!((files.out.as_str(), across(&desk.read("found.jsonl"))), ("", expected));
}

#[test]
fn a_group_of_drafts_needs_no_draft_on_the_disk() {
    let records = records(&pier());
    let elsewhere = Desk::new(&[]);
    let judged = judge(&elsewhere, &records);
    assert_eq!(judged.code, 0, "{}", judged.error);
    let finding: Value = serde_json::from_str(judged.out.lines().next().unwrap()).unwrap();
    assert_eq!(finding["rule"], "altered-quotation");
    assert_eq!(
        (&finding["path"], &finding["related"][0]["path"]),
        (&"2026-01-05-a.txt".into(), &"2026-01-09-b.txt".into())
    );
    assert_eq!(finding["span"]["start"]["line"], 1);
}

#[test]
fn nothing_in_nothing_out() {
    let desk = Desk::new(&[]);
    for records in ["", "\n\n  \n"] {
        let judged = judge(&desk, records);
        assert_eq!((judged.code, judged.out.as_str()), (0, ""), "{}", judged.error);
    }
}

#[test]
fn a_broken_line_is_an_error_that_names_it() {
    let desk = pier();
    let records = records(&desk);
    let half = &records[..records.len() - 200];
    for (records, line) in
        [(half, "line 2"), ("{\"facts\": 7, \"text\": \"\"}\n", "line 1"), ("\nno\n", "line 2")]
    {
        let judged = judge(&desk, records);
        assert_eq!((judged.code, judged.out.as_str()), (2, ""), "{line}");
        assert!(judged.error.contains(line) && judged.error.contains("standard input"), "{}", judged.error);
        assert!(judged.error.contains("sayso facts --format records"), "{}", judged.error);
    }
    let missing = run(desk.path(), &["judge", "none.jsonl", "--isolated"], "");
    assert!(missing.code == 2 && missing.error.contains("none.jsonl"), "{}", missing.error);
}

#[test]
fn keys_of_another_version_are_refused() {
    let desk = pier();
    let records = records(&desk);
    let changed = |change: &dyn Fn(&mut Value)| {
        let lines = records.lines().map(|line| {
            let mut record: Value = serde_json::from_str(line).unwrap();
            change(&mut record);
            record.to_string()
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let other = judge(&desk, &changed(&|record| record["keys"]["version"] = 99.into()));
    assert_eq!((other.code, other.out.as_str()), (2, ""));
    assert!(other.error.contains("keys of version 99"), "{}", other.error);
    // Only the version is looked at: an engine may leave out the keys that it has grouped by.
    let without = changed(&|record| drop(record.as_object_mut().unwrap().remove("keys")));
    let judged = judge(&desk, &without);
    assert_eq!(judged.out, judge(&desk, &records).out);
    assert!(judged.out.contains("altered-quotation"));
}
