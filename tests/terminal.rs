//! What a person reads in a terminal: many findings stay readable, and nothing is broken where it should not be.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::path::Path;
use std::process::Command;

fn printed(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    let out = command.current_dir(folder).args(["--color", "never"]).args(arguments).output().unwrap();
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn ten_findings_of_one_kind_are_one_drawing_and_nine_lines() {
    let folder = tempfile::tempdir().unwrap();
    let draft = "He said “” on the pier, and rowed home.\n\n".repeat(10);
    std::fs::write(folder.path().join("a.txt"), draft).unwrap();
    let told = printed(folder.path(), &["a.txt"]);
    assert_eq!(told.matches("╭─[").count(), 1, "{told}");
    let lines: Vec<&str> = told.lines().filter(|line| line.starts_with("  ⚠ a.txt:")).collect();
    assert_eq!(lines.len(), 9, "{told}");
    assert_eq!(lines[0], "  ⚠ a.txt:3:9 there are no words between these marks [empty-quotation]");
}

#[test]
fn many_findings_stand_under_their_files_and_are_counted_at_the_end() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.txt"] {
        std::fs::write(folder.path().join(name), "He said “” on the pier, and rowed home.\n\n".repeat(11))
            .unwrap();
    }
    let told = printed(folder.path(), &["."]);
    assert!(told.starts_with("── a.txt ──") && told.contains("\n── b.txt ──"), "{told}");
    assert!(told.contains("── 11 findings\n"), "{told}");
    assert_eq!(told.matches("╭─[").count(), 1, "{told}");
    let end = told.split("by rule").nth(1).unwrap();
    assert!(end.contains("empty-quotation") && end.contains("by file") && end.contains("b.txt"), "{told}");
}

#[test]
fn an_own_cut_is_told_from_the_ellipsis_of_a_draft() {
    let folder = tempfile::tempdir().unwrap();
    let lead = "The council met in the old customs house … and argued. ".repeat(4);
    std::fs::write(folder.path().join("a.txt"), format!("{lead}He said “” on the pier … and rowed home.\n"))
        .unwrap();
    let told = printed(folder.path(), &["a.txt"]);
    let line = told.lines().find(|line| line.contains("“”")).unwrap();
    assert!(line.contains("⋯ ") && line.contains("on the pier … and"), "{told}");
}

#[test]
fn paths_days_and_rules_are_not_broken_at_a_hyphen() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/newsroom");
    let told = printed(&folder, &["."]);
    for line in told.lines() {
        let breaks = line.ends_with('-') && !line.contains("-]");
        assert!(!breaks, "{line}");
    }
}
