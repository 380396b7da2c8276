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

/// Long paths, names, cues and words, and letters that take two columns each: a row is a line, on narrow terminals too.
#[test]
fn quotations_fit_the_terminal_one_a_line() {
    use sayso::config::Config;
    use sayso::project::Project;
    use sayso::report::{OutputStyle, Sheet, quotes_table};
    use unicode_width::UnicodeWidthStr;

    let mut project = Project::open(Config::isolated("/")).unwrap();
    let long = "We will close the north pier before the winter 東京東京, and the south pier after it, and nobody will row";
    let draft = format!(
        "“{long},” Maria-Magdalena Vandersteenhoven-Okonrad repeatedly complained to the harbour commission.\n\n\
         “No,” Lee said.\n\n“Words\u{1b}[31m of nobody at all, ever, in any of the towns along the whole of the coast.”\n"
    );
    let path = "drafts/2026/summer/from-the-quay/the-harbour-master-and-the-long-winter.md";
    project.set_draft(path, draft.as_str());
    let sheet = Sheet { documents: project.documents(), corpus: project.corpus() };
    let wanted = [project.file(path).unwrap()];
    for (width, check) in [(60, false), (80, false), (80, true), (120, false), (120, true)] {
        let mut out = Vec::new();
        let style = OutputStyle { color: false, width };
        quotes_table(&mut out, &sheet, &wanted, check, style).unwrap();
        let told = String::from_utf8(out).unwrap();
        assert_eq!(told.lines().count(), 1 + project.quotations(path).unwrap().len(), "{told}");
        for line in told.lines() {
            assert!(line.trim_end().width() <= width, "{} of {width}: {line}", line.width());
        }
        assert!(told.contains("Lee") && told.contains(".md:3:1"), "the end of a path stays: {told}");
    }
}
