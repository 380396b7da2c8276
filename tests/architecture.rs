//! The order of the rooms holds: `lib.rs` names the modules in reading order and each uses only those above it;
//! a crate that does one thing lives in one room.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::fs::read_to_string;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Names that only one room may speak of.
const HOMES: &[(&str, &str)] = &[
    ("anstream", "cli"),
    ("chardetng", "source"),
    ("clap", "cli"),
    ("clap_complete", "cli"),
    ("csv", "report"),
    ("encoding_rs", "source"),
    ("globset", "source"),
    ("ignore", "source"),
    ("indicatif", "cli"),
    ("jiff", "calendar"),
    ("miette", "report"),
    ("nom", "syntax"),
    ("pulldown_cmark", "source"),
    ("rayon", "parallel"),
    ("serde_saphyr", "source"),
    ("std::fs", "source"),
    ("tempfile", "source"),
    ("terminal_size", "cli"),
    ("toml", "source"),
    ("unicode_width", "report"),
];

/// Longest file that a reader can hold in mind, with some grace.
const LONGEST: usize = 550;

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file with the room it belongs to, without comments.
fn files() -> Vec<(PathBuf, String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![src()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name == "tests.rs") {
                // Tests in a file of their own may write drafts to read.
            } else if path.extension().is_some_and(|end| end == "rs") {
                let inside = path.strip_prefix(src()).unwrap();
                let room = inside.components().next().unwrap().as_os_str().to_string_lossy();
                let room = room.trim_end_matches(".rs").to_owned();
                let code: Vec<String> = read_to_string(&path)
                    .unwrap()
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .map(str::to_owned)
                    .collect();
                files.push((path, room, code.join("\n")));
            }
        }
    }
    files.sort();
    files
}

fn rooms() -> Vec<String> {
    let lib = read_to_string(src().join("lib.rs")).unwrap();
    let names = Regex::new(r"(?m)^pub mod (\w+);").unwrap();
    names.captures_iter(&lib).map(|found| found[1].to_owned()).collect()
}

/// The rooms that a file names: `crate::room` and `use crate::{room, …}`.
fn named(code: &str) -> Vec<String> {
    let single = Regex::new(r"\bcrate::(\w+)").unwrap();
    let mut names: Vec<String> = single.captures_iter(code).map(|found| found[1].to_owned()).collect();
    for (at, lead) in code.match_indices("crate::{") {
        let mut depth = 1;
        let mut name = String::new();
        for c in code[at + lead.len()..].chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ if depth == 1 => name.push(c),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        names.extend(
            name.split(',')
                .map(|one| one.split("::").next().unwrap().trim().to_owned())
                .filter(|n| !n.is_empty()),
        );
    }
    names
}

#[test]
fn a_room_uses_only_those_above_it() {
    let rooms = rooms();
    assert!(rooms.len() > 5, "lib.rs should name the rooms: {rooms:?}");
    let rank = |room: &str| rooms.iter().position(|name| name == room);
    for (path, room, code) in files() {
        let Some(own) = rank(&room) else { continue };
        for name in named(&code) {
            if let Some(other) = rank(&name) {
                assert!(other <= own, "{}: {room} uses {name}, which stands below it", path.display());
            }
        }
    }
}

#[test]
fn the_test_above_can_see() {
    assert_eq!(named("use crate::{facts::{Quotation, Phrase}, source::Span};"), ["facts", "source"]);
    assert_eq!(named("fn f(a: crate::rules::Finding) {}"), ["rules"]);
}

#[test]
fn a_crate_lives_in_one_room() {
    for (name, home) in HOMES {
        let word = Regex::new(&format!(r"(?:^|[^\w:]){name}::|\buse {name}\b")).unwrap();
        let mut used = false;
        for (path, room, code) in files() {
            if word.is_match(&code) {
                assert_eq!(&room, home, "{} uses {name}, which lives in {home}", path.display());
                used = true;
            }
        }
        let manifest = read_to_string(src().join("../Cargo.toml")).unwrap();
        let declared = manifest.contains(name) || manifest.contains(&name.replace('_', "-"));
        assert!(used || declared || *name == "std::fs", "{name} is used nowhere: take it out of the table");
    }
}

#[test]
fn every_file_says_what_it_defines_and_stays_short() {
    for (path, ..) in files() {
        let text = read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} does not open with what it defines", path.display());
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", path.display());
    }
}

#[test]
fn the_way_of_a_quotation_names_functions_that_are_there() {
    let page = read_to_string(src().join("../docs/architecture.md")).unwrap();
    let row = Regex::new(r"(?m)^\| \d+ \|.*\| `(?:\w+::)?(\w+)`[^|]*\| `([^`]+)` \|$").unwrap();
    let rows: Vec<_> = row.captures_iter(&page).collect();
    assert_eq!(
        rows.len(),
        page.lines().filter(|line| line.starts_with("| ") && line[2..3].parse::<u8>().is_ok()).count()
    );
    let mut last = 0;
    for found in rows {
        let code = read_to_string(src().join("..").join(&found[2])).unwrap();
        assert!(
            code.contains(&format!("fn {}(", &found[1])) || code.contains(&format!("fn {}<", &found[1])),
            "{} is not in {}",
            &found[1],
            &found[2]
        );
        // The rooms come in the order of lib.rs, but that a project holds the facts that rules judge.
        let room = found[2].split('/').nth(1).unwrap().trim_end_matches(".rs").to_owned();
        let rank = rooms().iter().position(|name| *name == room).unwrap();
        if !matches!(room.as_str(), "project" | "config") && !found[0].contains("look at one file") {
            assert!(rank >= last, "{room} is entered again");
            last = rank;
        }
    }
}
