//! A baseline holds back what it records and nothing else, whatever is moved or renamed; `--since` asks git.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod support;

use std::process::Command;

use support::{Desk, Run, run};

impl Desk {
    fn run(&self, arguments: &[&str]) -> Run {
        run(self.path(), &[&["check"], arguments].concat(), "")
    }

    /// The findings as `path:line rule`, in order.
    fn found(&self, arguments: &[&str]) -> Vec<String> {
        let run = self.run(&[&["--format", "jsonl"], arguments].concat());
        let line = |line: &str| {
            let finding: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            format!(
                "{}:{} {}",
                text(&finding["path"]),
                finding["span"]["start"]["line"],
                text(&finding["rule"])
            )
        };
        run.out.lines().map(line).collect()
    }

    fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .args(["-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .current_dir(self.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

const OPEN: &str = "“We will rebuild the pier, Mayor Ines Duarte said.\n";
const OTHER: &str = "“The lamps stay where they are, Mayor Ines Duarte said.\n";
const MONDAY: &str = "SKARROW, June 8, 2026 — The council met.\n\n";

fn desk() -> Desk {
    let monday = format!("{MONDAY}{OPEN}\n“It is late,” she said.\n");
    Desk::new(&[("sayso.toml", ""), ("drafts/monday.txt", &monday)])
}

#[test]
fn only_what_is_new_is_reported() {
    let desk = desk();
    assert_eq!(desk.run(&[]).code, 1);
    let written = desk.run(&["--write-baseline"]);
    assert_eq!(written.code, 0, "{}", written.error);
    assert!(written.error.contains("recorded in sayso-baseline.json"), "{}", written.error);

    let again = desk.run(&[]);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
    assert!(again.error.contains("left out: 1 finding in the baseline"), "{}", again.error);

    // The same fault in a draft that comes before the recorded one is new, and so is another fault.
    desk.write("drafts/a-copy.txt", format!("{MONDAY}{OPEN}\n{OTHER}"));
    assert_eq!(
        desk.found(&[]),
        ["drafts/a-copy.txt:3 unclosed-quotation", "drafts/a-copy.txt:5 unclosed-quotation"]
    );
    // Asked about one draft, which is what a commit hook does, it is the same.
    assert_eq!(desk.found(&["drafts/a-copy.txt"]).len(), 2);
    assert_eq!(desk.found(&["drafts/monday.txt"]), [] as [String; 0]);
    assert_eq!(desk.run(&["--isolated", "drafts/monday.txt"]).code, 1, "--isolated knows no baseline");
}

#[test]
fn moving_a_paragraph_or_renaming_a_file_wakes_nothing() {
    let desk = desk();
    desk.run(&["--write-baseline"]);
    // Another place in the same draft.
    desk.write(
        "drafts/monday.txt",
        format!("{MONDAY}“It is late,” Ana Reyes said.\n\nNothing more.\n\n{OPEN}"),
    );
    assert_eq!(desk.found(&[]), [] as [String; 0]);
    // Another name, in another folder.
    std::fs::create_dir(desk.path().join("wire")).unwrap();
    std::fs::rename(desk.path().join("drafts/monday.txt"), desk.path().join("wire/tuesday.md")).unwrap();
    assert_eq!(desk.found(&[]), [] as [String; 0]);
    // Another draft.
    desk.write("wire/tuesday.md", format!("{MONDAY}Nothing.\n"));
    desk.write("wire/wednesday.md", format!("{MONDAY}{OPEN}"));
    assert_eq!(desk.found(&[]), [] as [String; 0]);
}

#[test]
fn it_only_shrinks() {
    let desk = desk();
    desk.write("drafts/tuesday.txt", format!("{MONDAY}{OTHER}"));
    desk.run(&["--write-baseline"]);
    desk.write("drafts/tuesday.txt", format!("{MONDAY}Nothing.\n"));
    let run = desk.run(&[]);
    assert!(run.error.contains("baseline: 1 entry no longer occurs (--prune-baseline"), "{}", run.error);
    let before = desk.read("sayso-baseline.json");
    // What did not run cannot be missed.
    let run = desk.run(&["--only", "dates", "--prune-baseline"]);
    assert_eq!(desk.read("sayso-baseline.json"), before, "{}", run.error);

    let run = desk.run(&["--prune-baseline"]);
    assert!(run.error.contains("1 entry taken out of sayso-baseline.json"), "{}", run.error);
    let after = desk.read("sayso-baseline.json");
    assert!(!after.contains("tuesday") && after.contains("monday"), "{after}");
    // What has been taken out is reported when it comes back, and pruning never adds.
    desk.write("drafts/tuesday.txt", format!("{MONDAY}{OTHER}"));
    assert_eq!(desk.found(&["--prune-baseline"]), ["drafts/tuesday.txt:3 unclosed-quotation"]);
    assert_eq!(desk.read("sayso-baseline.json"), after);
}

#[test]
fn it_is_the_same_from_every_folder_of_the_project() {
    let desk = desk();
    desk.run(&["--write-baseline"]);
    let output = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["check", "--format", "jsonl"])
        .current_dir(desk.path().join("drafts"))
        .output()
        .unwrap();
    assert_eq!(output.stdout, b"", "{}", String::from_utf8_lossy(&output.stdout));
    assert!(desk.read("sayso-baseline.json").contains("\"path\":\"drafts/monday.txt\""));
}

#[test]
fn misuse_says_what_to_do() {
    let desk = desk();
    for (arguments, said) in [
        (&["--prune-baseline"][..], "there is no baseline sayso-baseline.json"),
        (&["--isolated", "--write-baseline"], "a baseline stands beside a configuration"),
        (&["--write-baseline", "drafts/monday.txt", "--since", "HEAD"], "cannot be used with"),
        (&["--since", "HEAD"], "is in no git repository"),
    ] {
        let run = desk.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.error.contains(said), "{arguments:?}: {}", run.error);
    }
    desk.write("drafts/tuesday.txt", MONDAY);
    let run = desk.run(&["--write-baseline", "drafts/monday.txt"]);
    assert!(run.code == 2 && run.error.contains("leave the paths out"), "{}", run.error);

    desk.write("sayso-baseline.json", "{\n<<<<<<< ours\n");
    let run = desk.run(&[]);
    assert_eq!(run.code, 2);
    assert!(
        run.error.contains("this is not a baseline") && run.error.contains("sayso-baseline.json:2"),
        "{}",
        run.error
    );

    desk.write("sayso.toml", "baseline = \"desk/known.json\"\n");
    let run = desk.run(&[]);
    assert!(run.code == 2 && run.error.contains("there is no baseline “desk/known.json”"), "{}", run.error);
    std::fs::create_dir(desk.path().join("desk")).unwrap();
    assert_eq!(desk.run(&["--write-baseline"]).code, 0);
    assert_eq!(desk.run(&[]).code, 0);
}

#[test]
fn since_reports_what_has_a_place_on_a_changed_line() {
    let desk = desk();
    desk.git(&["init", "--quiet"]);
    desk.git(&["add", "."]);
    desk.git(&["commit", "--quiet", "-m", "drafts"]);
    assert_eq!(desk.found(&["--since", "HEAD"]), [] as [String; 0]);
    let run = desk.run(&["--since", "HEAD"]);
    assert!(run.code == 0 && run.error.contains("left out: 1 finding on unchanged lines"), "{}", run.error);

    // A line above it has changed, and a new paragraph has come.
    let text = desk.read("drafts/monday.txt").replace("The council met.", "The council met twice.");
    desk.write("drafts/monday.txt", format!("{text}\n{OTHER}"));
    assert_eq!(desk.found(&["--since", "HEAD"]), ["drafts/monday.txt:7 unclosed-quotation"]);
    // A draft that git does not know yet is new as a whole.
    desk.write("drafts/naïve “one”.txt", format!("{MONDAY}{OPEN}"));
    assert_eq!(desk.found(&["--since", "HEAD"]).len(), 2);
    // Committed, it is still newer than the first commit.
    desk.git(&["add", "."]);
    desk.git(&["commit", "--quiet", "-m", "more"]);
    assert_eq!(desk.found(&["--since", "HEAD~1"]).len(), 2);
    assert_eq!(desk.found(&["--since", "HEAD"]), [] as [String; 0]);

    for revision in ["nosuch", "--output=x", ""] {
        let run = desk.run(&[&format!("--since={revision}")]);
        assert_eq!(run.code, 2, "{revision}");
        assert!(run.error.contains("git knows no revision"), "{revision}: {}", run.error);
    }
    assert!(!desk.path().join("x").exists());
}

/// Names that git writes with escapes, and those that are not UTF-8, lead to their changed lines as others do.
#[cfg(unix)]
#[test]
fn since_knows_every_name() {
    use std::os::unix::ffi::OsStrExt;

    let desk = desk();
    desk.git(&["init", "--quiet"]);
    desk.git(&["config", "diff.interHunkContext", "9"]);
    let names = [
        &b"a\nb.txt"[..],
        b"b\x07.txt",
        b"c\x0b\x0c.txt",
        b"\xe9\xff.txt",
        "é “d”.txt".as_bytes(),
        b"e\\\"f.txt",
    ];
    let paths = names.map(|name| desk.path().join(std::ffi::OsStr::from_bytes(name)));
    let text = format!("{MONDAY}{OPEN}\nThe lamps stay.\n");
    paths.iter().for_each(|path| std::fs::write(path, &text).unwrap());
    desk.git(&["add", "."]);
    desk.git(&["commit", "--quiet", "-m", "drafts"]);
    let text = text.replace("met.", "met twice.").replace("stay.", "stay on.");
    paths.iter().for_each(|path| std::fs::write(path, &text).unwrap());
    assert_eq!(desk.found(&["--since", "HEAD"]), [] as [String; 0]);
    let text = text.replace("Mayor Ines Duarte", "Mayor Duarte");
    paths.iter().for_each(|path| std::fs::write(path, &text).unwrap());
    assert_eq!(desk.found(&["--since", "HEAD"]).len(), paths.len());
}

/// A conflict between a line that has changed and one that has not is reported: one of its places has changed.
#[test]
fn since_keeps_a_conflict_with_an_unchanged_draft() {
    let north = "SKARROW, June 8, 2026 — “We will close the north pier before the winter,” Ana Reyes said.\n";
    let desk =
        Desk::new(&[("sayso.toml", ""), ("a.txt", north), ("b.txt", "SKARROW, June 8, 2026 — Rain.\n")]);
    desk.git(&["init", "--quiet"]);
    desk.git(&["add", "."]);
    desk.git(&["commit", "--quiet", "-m", "drafts"]);
    desk.write("b.txt", north.replace("north", "south"));
    assert_eq!(desk.found(&["--since", "HEAD"]), ["a.txt:1 altered-quotation"]);
}

#[test]
fn statistics_count_by_rule_and_by_file() {
    let desk = desk();
    desk.write("drafts/tuesday.txt", format!("{MONDAY}{OTHER}\n{OPEN}"));
    let run = desk.run(&["--statistics"]);
    assert_eq!(run.code, 1);
    assert_eq!(
        run.out,
        " errors  warnings  notes  by rule\n      3         0      0  unclosed-quotation\n\n \
         errors  warnings  notes  by file\n      2         0      0  drafts/tuesday.txt\n      1         0      0  drafts/monday.txt\n\n"
    );
    let run = desk.run(&["--statistics", "--format", "json"]);
    let counted: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(counted["rules"][0]["errors"], 3);
    assert_eq!(counted["files"][0]["path"], "drafts/tuesday.txt");
    assert_eq!(counted["summary"]["errors"], 3);
    assert_eq!(desk.run(&["--statistics", "--format", "sarif"]).code, 2);
}

#[test]
fn only_runs_what_is_named() {
    let desk = desk();
    desk.write("drafts/tuesday.txt", format!("{MONDAY}{OTHER}\nOn Tuesday, July 9, 2026, it rained.\n"));
    assert_eq!(desk.found(&["--only", "dates"]), ["drafts/tuesday.txt:5 weekday-mismatch"]);
    assert_eq!(desk.found(&["--only", "weekday-mismatch", "--only", "marks"]).len(), 3);
    // A rule that is off runs where it is named, and --rule has the last word.
    assert_eq!(desk.found(&["--only", "redundant-day", "--rule", "weekday-mismatch=error"]).len(), 1);
    let run = desk.run(&["--only", "weekday-mismach"]);
    assert!(run.code == 2 && run.error.contains("perhaps weekday-mismatch is meant"), "{}", run.error);
}

/// The page leaves out what `check` leaves out, and says how much that is.
#[test]
fn the_report_leaves_out_what_a_check_leaves_out() {
    let desk = desk();
    let report = |more: &[&str]| run(desk.path(), &[&["report"], more].concat(), "");
    let named = "<code>unclosed-quotation</code>";
    assert!(report(&[]).out.contains(named));
    desk.run(&["--write-baseline"]);
    let held_back = report(&[]);
    assert!(!held_back.out.contains(named), "{}", held_back.out);
    assert!(held_back.out.contains("Left out: 1 finding in the baseline."), "{}", held_back.out);
    let with_output = report(&["-o", "report.html"]);
    assert!(with_output.error.contains("left out: 1 finding in the baseline"), "{}", with_output.error);
    assert!(report(&["--isolated", "drafts"]).out.contains(named), "--isolated knows no baseline");

    std::fs::remove_file(desk.path().join("sayso-baseline.json")).unwrap();
    std::fs::remove_file(desk.path().join("report.html")).unwrap();
    desk.git(&["init", "--quiet"]);
    desk.git(&["add", "."]);
    desk.git(&["commit", "--quiet", "-m", "drafts"]);
    desk.write("drafts/tuesday.txt", format!("{MONDAY}{OTHER}"));
    let since = report(&["--since", "HEAD"]);
    assert_eq!(
        since.out.matches("<code>unclosed-quotation</code>").count(),
        report(&["drafts/tuesday.txt"]).out.matches("<code>unclosed-quotation</code>").count()
    );
    assert!(since.out.contains("Left out: 1 finding on unchanged lines."), "{}", since.out);
    let wrong = report(&["--since", "nosuch"]);
    assert!(wrong.code == 2 && wrong.error.contains("git knows no revision"), "{}", wrong.error);

    desk.write("sayso.toml", "baseline = \"known.json\"\n");
    let missing = report(&[]);
    assert!(
        missing.code == 2 && missing.error.contains("there is no baseline “known.json”"),
        "{}",
        missing.error
    );
}
