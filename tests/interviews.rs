//! Invented interviews of 3,000 spoken words and the articles that quote them: how many sound quotations are reported, and how
//! many planted faults are missed. The first ten are those whose figures stand in `docs/transcripts.md`; the others have other
//! layouts, machine errors and habits, so that nothing is fitted to the ten.
//!
//! With `SAYSO_INTERVIEWS_WRITE=DIR` each test writes tapes, articles, a `sayso.toml` and `truth.jsonl` there, in a folder of
//! its own, for `tests/interviews/compare.py`.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
#![expect(clippy::print_stderr, reason = "the figures are for the reader")]

#[path = "interviews/generator.rs"]
mod generator;
#[path = "interviews/others.rs"]
mod others;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;

/// An interview as a test needs it.
struct Material {
    tape_name: String,
    tape: String,
    article: String,
    /// The rest of its `[[transcript]]` table.
    table: String,
    quotations: Vec<Quoted>,
}

/// How one quotation was made.
struct Quoted {
    line: usize,
    words: String,
    /// The way of quoting, or the fault.
    how: &'static str,
    sound: bool,
}

/// What was found in a folder of interviews.
struct Score {
    sound: usize,
    faults: usize,
    ways: usize,
    /// Sound, and reported.
    reported: Vec<String>,
    missed: Vec<String>,
}

fn score(name: &str, interviews: &[Material]) -> Score {
    let kept = std::env::var_os("SAYSO_INTERVIEWS_WRITE").map(|folder| PathBuf::from(folder).join(name));
    let temporary = tempfile::tempdir().unwrap();
    let folder = kept.unwrap_or_else(|| temporary.path().to_owned());
    std::fs::create_dir_all(folder.join("tapes")).unwrap();
    std::fs::create_dir_all(folder.join("drafts")).unwrap();
    let mut config = "include = [\"drafts/**\"]\ntranscripts = [\"tapes/**\"]\n".to_owned();
    let mut truth = String::new();
    for (number, one) in interviews.iter().enumerate() {
        let tape = format!("tapes/{number}-{}", one.tape_name);
        std::fs::write(folder.join(&tape), &one.tape).unwrap();
        std::fs::write(folder.join(format!("drafts/{number}.md")), &one.article).unwrap();
        writeln!(
            config,
            "\n[[transcript]]\nfiles = [\"{tape}\"]\ndrafts = [\"drafts/{number}.md\"]\n{}",
            one.table
        )
        .unwrap();
        for quoted in &one.quotations {
            let record = serde_json::json!({"draft": number, "tape": tape, "line": quoted.line, "words": quoted.words,
                "how": quoted.how, "sound": quoted.sound});
            writeln!(truth, "{record}").unwrap();
        }
    }
    std::fs::write(folder.join("sayso.toml"), config).unwrap();
    std::fs::write(folder.join("truth.jsonl"), truth).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["check", "--format", "jsonl", "--quiet"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    // Lines of the articles with an error or a warning of any rule about wording, and what it says.
    let mut found: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for line in lines.lines() {
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        if finding["group"] != "wording" || finding["level"] == "note" {
            continue;
        }
        let path = finding["path"].as_str().unwrap();
        let number = path.trim_start_matches("drafts/").trim_end_matches(".md").parse().unwrap();
        let at = finding["span"]["start"]["line"].as_u64().unwrap() as usize;
        found.insert((number, at), finding["message"].as_str().unwrap().to_owned());
    }
    let mut score = Score { sound: 0, faults: 0, ways: 0, reported: Vec::new(), missed: Vec::new() };
    let mut ways = BTreeSet::new();
    for (number, one) in interviews.iter().enumerate() {
        for quoted in &one.quotations {
            ways.insert(quoted.how);
            let finding = found.get(&(number, quoted.line));
            let told = || format!("{number}: {}: {}", quoted.how, quoted.words);
            match (quoted.sound, finding) {
                (true, finding) => {
                    score.sound += 1;
                    score.reported.extend(finding.map(|finding| format!("{}\n    {finding}", told())));
                }
                (false, None) => {
                    score.faults += 1;
                    score.missed.push(told());
                }
                (false, Some(_)) => score.faults += 1,
            }
        }
    }
    score.ways = ways.len();
    eprintln!(
        "{name}: {} sound quotations, {} of them reported; {} faults, {} missed",
        score.sound,
        score.reported.len(),
        score.faults,
        score.missed.len()
    );
    score
}

impl Score {
    /// Fails where more sound quotations are reported, or more faults missed, than these.
    fn at_most(&self, reported: usize, missed: usize) {
        let enough = self.reported.len() <= reported && self.missed.len() <= missed;
        assert!(
            enough,
            "sound, and reported:\n{}\nmissed:\n{}",
            self.reported.join("\n"),
            self.missed.join("\n")
        );
    }
}

#[test]
fn interviews_quoted_soundly_and_not() {
    let interviews: Vec<Material> = (0..10)
        .map(|number| {
            let one = generator::interview(number);
            Material {
                tape_name: "talk.vtt".to_owned(),
                tape: one.tape,
                article: one.article,
                table: format!(
                    "speakers = {{ Interviewer = \"Nell Harker\" }}\nmachine = {}",
                    number % 2 == 1
                ),
                quotations: one.quotations,
            }
        })
        .collect();
    let score = score("ten", &interviews);
    assert!(score.sound >= 200 && score.faults >= 90 && score.ways >= 15);
    score.at_most(0, 0);
}

#[test]
fn other_layouts_machines_and_habits() {
    let mut all = Vec::new();
    for seed in [2, 71] {
        all.extend((0..8).map(|number| {
            let one = others::interview(number, seed);
            let speakers = if one.speakers.is_empty() {
                String::new()
            } else {
                format!("speakers = {{ {} }}\n", one.speakers)
            };
            Material {
                tape_name: one.tape_name.to_owned(),
                tape: one.tape,
                article: one.article,
                table: format!("{speakers}machine = {}", number % 2 == 0),
                quotations: one.quotations,
            }
        }));
    }
    let score = score("others", &all);
    assert!(score.sound >= 400 && score.faults >= 150 && score.ways >= 20);
    // One quotation with a gap is still taken for a splice: its second half stands on the tape twice, once misheard.
    score.at_most(1, 0);
}
