//! Faults of sayso itself: one while a draft is read costs that draft only; one in the corpus, the rules or the report
//! ends the run with exit code 2 and says what happened. Test builds fail on purpose where `SAYSO_TEST_FAULT` says.

#![cfg(debug_assertions)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::process::{Command, Output};

/// Runs sayso over one draft, failing on purpose at a step.
fn failing_while(step: &str, format: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pier.txt"), "“It is open, Ana Reyes said.\n").unwrap();
    Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["check", "--isolated", "--color", "never", "--format", format, "."])
        .env("SAYSO_TEST_FAULT", step)
        .env_remove("RUST_BACKTRACE")
        .current_dir(folder.path())
        .output()
        .unwrap()
}

#[test]
fn a_fault_while_a_draft_is_read_is_a_finding_about_that_draft() {
    let output = failing_while("reading", "concise");
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(1));
    assert!(out.starts_with("pier.txt:1:1: error: "), "{out}");
    assert!(out.contains("fault of sayso"), "{out}");
    assert!(!err.contains("panicked"), "the panic itself is not shown: {err}");
}

#[test]
fn a_fault_after_reading_ends_the_run_and_says_so() {
    for step in ["judging", "reporting"] {
        for format in ["pretty", "json"] {
            let output = failing_while(step, format);
            let err = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{step}: {err}");
            assert!(output.stdout.is_empty(), "half a report would be taken for a whole one");
            // The message may be broken into lines anywhere.
            let words = err.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
            for part in
                [&format!("a fault on purpose while {step}"), "src/run.rs", "fault of sayso", "report it"]
            {
                assert!(words.contains(part), "{step}: “{part}” is not in {err}");
            }
        }
    }
}

#[test]
fn without_a_fault_nothing_is_said_of_one() {
    let output = failing_while("nothing", "concise");
    assert_eq!(output.status.code(), Some(1));
    assert!(!String::from_utf8(output.stderr).unwrap().contains("fault of sayso"));
}
