//! Newsrooms with tapes: what is checked, what is left unchecked and why, and what is found.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot be set up has failed")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn sayso(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso")).args(arguments).current_dir(folder).output().unwrap()
}

fn newsroom(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tapes").join(name)
}

/// Findings of the rules about tapes: rule, level, path, line and the words that are underlined.
fn found(folder: &Path) -> Vec<String> {
    let output = sayso(folder, &["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let findings = report["findings"].as_array().unwrap();
    let about_tapes = ["not-in-transcript", "wrong-speaker-in-transcript", "spliced-quotation"];
    let told = findings.iter().filter(|finding| about_tapes.contains(&finding["rule"].as_str().unwrap()));
    told.map(|finding| {
        let line = &finding["span"]["start"]["line"];
        format!("{} {} {}:{line}", finding["rule"], finding["level"], finding["path"]).replace('"', "")
    })
    .collect()
}

/// What `quotes --check` says of each quotation, by its first words.
fn checked(folder: &Path) -> BTreeMap<String, String> {
    let output = sayso(folder, &["quotes", "--check", "--format", "jsonl"]);
    let lines = String::from_utf8(output.stdout).unwrap();
    lines
        .lines()
        .map(|line| {
            let quotation: serde_json::Value = serde_json::from_str(line).unwrap();
            let words: Vec<&str> =
                quotation["text"].as_str().unwrap().trim_matches(['“', '”']).split(' ').take(4).collect();
            let check = &quotation["check"];
            let how: Vec<&str> =
                check["how"].as_array().unwrap().iter().map(|how| how.as_str().unwrap()).collect();
            let how = if how.is_empty() { String::new() } else { format!(": {}", how.join(", ")) };
            (words.join(" "), format!("{}{how}", check["found"].as_str().unwrap()))
        })
        .collect()
}

#[test]
fn twelve_sound_drafts_and_two_tapes() {
    let folder = newsroom("newsroom");
    assert_eq!(found(&folder), Vec::<String>::new());
    let checked = checked(&folder);
    for (words, expected) in [
        ("the stone never came", "exact"),
        ("We ordered four thousand", "edited: words left out"),
        ("We will not pay", "exact"),
        ("I think it will", "exact"),
        ("We were ready for", "exact"),
        ("This town is ready", "unchecked: another hearer"),
        ("The council regards the", "unchecked: written"),
        ("Every pump was run", "unchecked: another day"),
        ("They never ask when", "unchecked: speaker undecided"),
        ("older than I am,", "unchecked: too few words"),
        ("The cheapest quotation is", "exact"),
        ("Then we borrow, and", "exact"),
        ("It is a great", "unchecked: another day"),
        ("We have asked the", "unchecked: written"),
        ("Nobody works on a", "unchecked: another day"),
        ("We will start when", "unchecked: occasion not known"),
        ("They count our votes", "unchecked: occasion not known"),
        ("You are right to", "unchecked: too few words"),
        ("You hit it here", "unchecked: speaker carried over"),
        ("QUOTE TK FROM PENROSE", "unchecked: placeholder"),
        ("A wall is a", "unchecked: written"),
        ("I said that we", "unchecked: another hearer"),
    ] {
        assert_eq!(checked.get(words).map(String::as_str), Some(expected), "{words}: {checked:#?}");
    }
}

#[test]
fn twenty_statements_by_one_person_on_several_occasions() {
    let folder = newsroom("twenty");
    assert_eq!(found(&folder), ["not-in-transcript error drafts/2026-05-05-bridge.md:12"]);
    let checked = checked(&folder);
    let count = |how: &str| checked.values().filter(|found| found.starts_with(how)).count();
    let counts = (count("exact"), count("edited"), count("altered"), count("not-found"));
    assert_eq!(counts, (8, 0, 1, 0), "{checked:#?}");
    assert_eq!(count("unchecked"), checked.len() - 9);
}

/// A sample of the page on transcripts: the name of its file, what its fence says of it, and the text.
fn samples(page: &str) -> Vec<(String, String, String)> {
    let mut samples = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(fence) = line.strip_prefix("```tape ") else { continue };
        let (name, says) = fence.split_once(' ').unwrap_or((fence, ""));
        let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        samples.push((name.to_owned(), says.to_owned(), text.join("\n") + "\n"));
    }
    samples
}

#[test]
fn every_layout_on_the_page_is_read() {
    let page = std::fs::read_to_string(newsroom("../../docs/transcripts.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let samples = samples(&page);
    assert!(samples.len() > 20);
    for (name, says, text) in samples {
        std::fs::write(folder.path().join(&name), text).unwrap();
        let output = sayso(folder.path(), &["tape", "--isolated", "--format", "jsonl", &name]);
        let lines = String::from_utf8(output.stdout).unwrap();
        let turns: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let words: Vec<&str> = turns.iter().map(|turn| turn["words"].as_str().unwrap()).collect();
        let words = words.join(" ").to_lowercase().replace([',', '.'], "");
        assert_eq!(words, "the harbour is not for sale and it never was so be it", "{name}");
        let (first, last) = (&turns[0], turns.last().unwrap());
        let label = says.split(' ').find_map(|word| word.strip_prefix("labels="));
        if let Some((one, other)) = label.and_then(|labels| labels.split_once(',')) {
            assert_eq!(first["label"], one.replace('_', " ").replace("SPEAKER ", "SPEAKER_"), "{name}");
            assert_eq!(last["label"], other.replace('_', " ").replace("SPEAKER ", "SPEAKER_"), "{name}");
        } else if says.contains("nameless") {
            assert!(first["label"].is_null() && last["label"].is_null(), "{name}");
        } else {
            for (turn, name_in) in [(first, "reyes"), (last, "okafor")] {
                let person = turn["person"].as_str().unwrap_or_default().to_lowercase();
                assert!(person.ends_with(name_in), "{name}: {turn}");
            }
        }
        let times = [first["at"].as_str(), last["at"].as_str()];
        match says.contains("timeless") {
            true => assert_eq!(times, [None, None], "{name}"),
            false => assert!(
                times[0] == Some("00:00:05")
                    && times[1].is_some_and(|at| ["00:00:05", "00:00:09"].contains(&at)),
                "{name}: {times:?}"
            ),
        }
    }
}
