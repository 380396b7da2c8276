//! Tables of drafts for single rules: what each rule must find, and near misses that it must leave alone.
//!
//! A row is `yes:` or `no:` and its drafts: ` || ` parts one draft from the next, ` // ` one paragraph from the next.
//! `people:` sets the registry for the rows below it. Every draft is published on 17 April 2025, a Thursday.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing test panics")]

use std::path::Path;

use sayso::rules::{Example, ExampleDraft, Rulebook, find};
use sayso::run::attempt;

/// Runs one table; returns how many rows there are and what is wrong with those that fail.
fn run(path: &Path) -> (usize, Vec<String>) {
    let id = path.file_stem().unwrap().to_str().unwrap();
    let rule = find(id).unwrap_or_else(|| panic!("{id} is no rule"));
    let book = Rulebook::read().unwrap_or_else(|error| panic!("{error}"));
    let page = book.page(id).unwrap();
    let mut example = Example { published: Some("2025-04-17".to_owned()), ..Example::default() };
    let (mut rows, mut wrong) = (0, Vec::new());
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let (head, row) = match line.split_once(": ") {
            Some((head, row)) if !line.starts_with('#') => (head, row),
            _ => continue,
        };
        if head == "people" {
            example.people = Some(row.replace(" / ", "\n"));
            continue;
        }
        rows += 1;
        let drafts: Vec<ExampleDraft> = row
            .split(" || ")
            .enumerate()
            .map(|(at, text)| {
                let heading = if text.starts_with("# ") { "md" } else { "txt" };
                ExampleDraft {
                    name: format!("{}.{heading}", char::from(b'a' + at as u8)),
                    text: format!("{}\n", text.replace(" // ", "\n\n")),
                }
            })
            .collect();
        let trial =
            attempt(rule, page, &example, &drafts, &book).unwrap_or_else(|error| panic!("{id}: {error}"));
        let found: Vec<&str> = trial
            .findings
            .iter()
            .filter(|judged| judged.rule.id == id)
            .map(|judged| judged.finding.message.as_str())
            .collect();
        if found.is_empty() == (head == "yes") {
            wrong.push(format!("{head}: {row}\n   found {found:?}"));
        }
    }
    (rows, wrong)
}

#[test]
fn every_row_of_every_table_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let mut report = String::new();
    let mut paths: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let (rows, wrong) = run(&path);
        assert!(rows >= 10, "{}: a table of {rows} rows proves little", path.display());
        if !wrong.is_empty() {
            report.push_str(&format!(
                "{}: {} of {rows} rows are wrong:\n{}\n",
                path.display(),
                wrong.len(),
                wrong.join("\n")
            ));
        }
    }
    assert!(report.is_empty(), "{report}");
}
