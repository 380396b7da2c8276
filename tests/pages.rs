//! Every rule has a page, every page has examples, and every example is true: bad drafts get exactly the marks
//! drawn under them, good ones are clean under all rules on by default.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

use std::collections::BTreeSet;
use std::path::Path;

use sayso::report::{OutputStyle, examples, rules_markdown};
use sayso::rules::{Drawn, Example, ExampleDraft, Page, RULES, Rule, Rulebook};
use sayso::run::{Trial, attempt, try_examples};

fn book() -> Rulebook {
    Rulebook::read().unwrap_or_else(|input_error| panic!("{input_error} {:?}", input_error.labels))
}

fn run(rule: &Rule, page: &Page, example: &Example, drafts: &[ExampleDraft], book: &Rulebook) -> Trial {
    attempt(rule, page, example, drafts, book)
        .unwrap_or_else(|input_error| panic!("{}: {input_error}", rule.id))
}

/// `sayso rules --test` runs the same.
#[test]
fn examples_are_as_drawn() {
    let tried = try_examples(&book());
    let mut report = Vec::new();
    examples(&mut report, &tried, OutputStyle { color: false, width: 100 }).unwrap();
    assert!(tried.faults.is_empty(), "{}", String::from_utf8_lossy(&report));
    assert!(tried.run > 150, "{}", tried.run);
}

/// The letters and digits of a text: what is left of it when marks and spaces may change.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn no_fix_changes_words_inside_a_quotation() {
    let book = book();
    let (mut edits, mut in_quotations) = (0, 0);
    for (rule, page) in book.iter() {
        for example in &page.examples {
            for drawing in [&example.bad, &example.good].into_iter().flatten() {
                let drawn = Drawn::read(drawing);
                let trial = run(rule, page, example, &drawn.drafts, &book);
                for judged in &trial.findings {
                    for edit in judged.finding.fix.iter().flat_map(|fix| &fix.edits) {
                        edits += 1;
                        let document = &trial.project.documents()[edit.place.file.index()];
                        let quotations = trial.project.quotations(&document.path).unwrap();
                        let span = edit.place.span;
                        if !quotations
                            .iter()
                            .any(|quoted| quoted.span.start < span.end && span.start < quoted.span.end)
                        {
                            continue;
                        }
                        in_quotations += 1;
                        let before = span.of(document.text.as_str());
                        assert_eq!(
                            letters(before),
                            letters(&edit.text),
                            "{}: “{before}” would become “{}” in\n{drawing}",
                            judged.rule.id,
                            edit.text
                        );
                    }
                }
            }
        }
    }
    // Without these the test would pass on pages that offer no fix at all.
    assert!(edits > in_quotations, "no example has a fix outside quotations");
    assert!(in_quotations > 0, "no example has a fix at a quotation's marks");
}

#[test]
fn every_page_shows_the_fault_and_its_absence() {
    for (rule, page) in book().iter() {
        assert!(page.examples.iter().any(|example| example.bad.is_some()), "{}: no bad example", rule.id);
        assert!(page.examples.iter().any(|example| example.good.is_some()), "{}: no good example", rule.id);
        for (name, text) in [("summary", &page.summary), ("help", &page.help)] {
            let text = text.trim();
            assert!(!text.ends_with('.'), "{}: {name} ends with a full stop", rule.id);
            assert!(!text.contains('\n'), "{}: {name} is more than a line", rule.id);
        }
    }
}

#[test]
fn ids_are_unique_and_kebab_case() {
    let mut seen = BTreeSet::new();
    for rule in RULES {
        assert!(seen.insert(rule.id), "{} is listed twice", rule.id);
        for name in [rule.id, rule.group] {
            let kebab = name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            assert!(kebab && !name.starts_with('-') && !name.ends_with('-'), "{name} is not kebab-case");
        }
    }
}

#[test]
fn every_page_belongs_to_a_rule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let listed: BTreeSet<_> =
        RULES.iter().map(|rule| root.join(rule.group).join(format!("{}.toml", rule.id))).collect();
    for group in sayso::rules::groups() {
        for entry in std::fs::read_dir(root.join(group)).unwrap() {
            let path = entry.unwrap().path();
            assert!(listed.contains(&path), "{} is the page of no rule", path.display());
        }
    }
}

/// `SAYSO_WRITE_DOCS=1 cargo test --test pages` writes the chapter anew.
#[test]
fn the_manual_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let mut expected = Vec::new();
    rules_markdown(&mut expected, &book()).unwrap();
    if std::env::var_os("SAYSO_WRITE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &expected).unwrap();
    }
    let current = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        current.as_bytes() == expected,
        "docs/rules.md is not what the pages say; SAYSO_WRITE_DOCS=1 cargo test --test pages writes it"
    );
}
