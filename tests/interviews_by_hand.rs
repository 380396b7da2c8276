//! Ten invented interviews, as machines wrote them down, typed and as subtitles, with an article each that quotes them as
//! reporters do: trimmed, bracketed, cleaned up and in pieces. Beside each stands a draft of planted faults, one a paragraph.
//! All were written before sayso was run on them, and read while it was mended.
#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The lines of a draft with a warning or an error about its words.
fn reported(folder: &Path, draft: &str) -> Vec<u64> {
    let out = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["check", "--format", "jsonl", "--quiet"])
        .current_dir(folder)
        .output()
        .unwrap();
    let out = String::from_utf8(out.stdout).unwrap();
    let findings = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let loud = findings.filter(|finding| {
        finding["group"] == "wording" && finding["level"] != "note" && finding["path"] == draft
    });
    let mut lines: Vec<u64> =
        loud.map(|finding| finding["span"]["start"]["line"].as_u64().unwrap()).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// Checks one interview. `wrong` are the lines of the article that are reported although they are sound, `missed` the
/// openings of planted faults that are not found: both are known, and neither may grow.
fn check(name: &str, wrong: &[u64], missed: &[&str]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interviews/by_hand").join(name);
    assert_eq!(reported(&folder, "drafts/sound.md"), wrong, "sound quotations of {name}");
    let found = reported(&folder, "drafts/altered.md");
    let text = std::fs::read_to_string(folder.join("drafts/altered.md")).unwrap();
    let faults = (1..).zip(text.lines()).filter(|(_, line)| line.starts_with('“'));
    let not_found: Vec<&str> = faults
        .filter(|(line, _)| !found.contains(line))
        .map(|(_, words)| words.trim_start_matches('“').split(",”").next().unwrap())
        .collect();
    assert_eq!(not_found, missed, "faults of {name} that are not found");
}

#[test]
fn a_midwife_written_down_by_a_machine() {
    check("one", &[], &["I’d support it", "We were not offered anything"]);
}

#[test]
fn a_coach_with_names_and_clocks() {
    check("two", &[], &["Some of that’s on me", "I’m staying"]);
}

#[test]
fn an_engineer_in_single_marks_written_down_by_a_machine() {
    check("three", &[], &[]);
}

#[test]
fn a_purser_in_subtitles() {
    check("four", &[], &["I’d have put my kids on any boat that he was driving"]);
}

#[test]
fn an_administrator_in_subtitles() {
    check("five", &[137], &[]);
}

#[test]
fn an_organizer_written_down_by_a_machine() {
    check("six", &[143, 149], &[]);
}

#[test]
fn a_coach_written_down_by_a_machine() {
    check("seven", &[], &[]);
}

#[test]
fn a_harbour_engineer_typed() {
    check("eight", &[], &[]);
}

#[test]
fn a_farmer_typed() {
    check(
        "nine",
        &[],
        &["I’ll see out my term, that’s up in October next year, and I won’t be standing again"],
    );
}

#[test]
fn a_press_conference_written_down_by_a_machine() {
    let missed = "We’ve never had a reading over the standard. Not once. So it’s getting better. It’s not good, but it’s \
                  getting better";
    check("ten", &[29], &[missed]);
}
