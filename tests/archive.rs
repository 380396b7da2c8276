//! Archives: what was printed, in one file, and drafts that are checked against it. The drafts are invented, any number of
//! them, and some contradict others on purpose.
#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::generated_news::{Fault, News};
use crate::support::{Desk, Run, run};

#[path = "../benches/generated_news.rs"]
mod generated_news;
mod support;

/// Is it a rule that archives are compared with? The list has those that are not.
fn is_compared(rule: &str) -> bool {
    !include_str!("../archive/not-compared.txt").lines().any(|line| line == rule)
}

/// A desk with so many drafts: those with a planted fault in `new`, all others in `old`. Returns the planted faults by
/// path, each with the path of the draft that it contradicts.
fn desk(seed: u64, drafts: u64) -> (Desk, BTreeMap<String, (Fault, String)>) {
    let news = News::new(seed, drafts);
    let desk = Desk::new(&[]);
    let mut planted = BTreeMap::new();
    for number in 0..drafts {
        let draft = news.draft(number);
        match draft.planted {
            Some(it) => {
                desk.write(&format!("new/{}", draft.path), &draft.text);
                let with = news.draft(it.with).path;
                planted.insert(format!("new/{}", draft.path), (it.fault, format!("old/{with}")));
            }
            None => desk.write(&format!("old/{}", draft.path), &draft.text),
        }
    }
    (desk, planted)
}

fn ok(run: Run) -> Run {
    assert!(run.code < 2, "{}\n{}", run.code, run.error);
    run
}

/// Findings that have places in two drafts, as sorted lines: what was found, and where.
fn across(run: &Run) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in run.out.lines() {
        let finding: Value = serde_json::from_str(line).unwrap();
        let related = finding["related"].as_array().unwrap();
        let other = related.iter().any(|place| place["path"] != finding["path"]);
        if other && is_compared(finding["rule"].as_str().unwrap()) {
            let places = related.iter().map(|it| format!("{} {} {}", it["path"], it["span"], it["message"]));
            found.insert(format!(
                "{} {} {} {}\n  {}",
                finding["rule"],
                finding["path"],
                finding["span"],
                finding["message"],
                places.collect::<Vec<_>>().join("\n  ")
            ));
        }
    }
    found
}

fn against(desk: &Desk, archive: &str) -> BTreeSet<String> {
    let checked = ["check", "new", "--isolated", "--notes", "--format", "jsonl", "--archive", archive];
    across(&ok(run(desk.path(), &checked, "")))
}

fn build(desk: &Desk, folder: &str, archive: &str) {
    ok(run(desk.path(), &["archive", "build", folder, "-o", archive, "--isolated"], ""));
}

/// What differs between two sets of findings.
fn difference(one: &BTreeSet<String>, other: &BTreeSet<String>) -> String {
    let only =
        |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<Vec<_>>().join("\n");
    format!("only the first:\n{}\nonly the second:\n{}", only(one, other), only(other, one))
}

#[test]
fn an_archive_finds_what_one_process_finds() {
    for seed in [3, 8] {
        let (desk, planted) = desk(seed, 320);
        build(&desk, "old", "stories.sayso");
        let archived = against(&desk, "stories.sayso");
        // With a configuration, `new` is the focus, and all drafts are the project.
        desk.write("sayso.toml", "include = [\"**/*.txt\"]\n");
        let whole = across(&ok(run(desk.path(), &["check", "new", "--notes", "--format", "jsonl"], "")));
        assert!(whole.len() >= planted.len() / 2, "{} of {}", whole.len(), planted.len());
        assert!(archived == whole, "seed {seed}: {}", difference(&archived, &whole));
        // Faults that a finding of some rule has to name, whatever else is found.
        for (path, (fault, with)) in &planted {
            let found = archived.iter().any(|found| found.contains(path) && found.contains(with));
            let must = !matches!(fault, Fault::Again | Fault::Title | Fault::Spelling);
            assert!(found || !must, "seed {seed}: {fault:?} in {path} against {with}");
        }
    }
}

#[test]
fn words_that_were_printed_before_are_a_note() {
    let (desk, planted) = desk(5, 160);
    build(&desk, "old", "stories.sayso");
    let checked = ["check", "new", "--isolated", "--format", "jsonl", "--archive", "stories.sayso"];
    let run = ok(run(desk.path(), &checked, ""));
    let (path, (_, with)) = planted.iter().find(|(_, (fault, _))| *fault == Fault::Again).unwrap();
    let note =
        run.out.lines().find(|line| line.contains("\"printed-before\"") && line.contains(path.as_str()));
    assert!(note.unwrap().contains(with), "{with}\n{}", note.unwrap());
    // Archived drafts are no drafts of the run.
    let count = run.error + &run.out;
    assert!(!count.contains("\"path\":\"old/") || count.contains("\"path\":\"new/"));
}

#[test]
fn drafts_are_added_by_content_replaced_and_removed() {
    let (desk, _) = desk(4, 120);
    build(&desk, "old", "whole.sayso");
    let whole = against(&desk, "whole.sayso");
    assert!(!whole.is_empty());
    // Half of the drafts first, then all: those that are there are not read again.
    let mut first: Vec<_> = walk(&desk.path().join("old"));
    first.truncate(first.len() / 2);
    let half: Vec<String> = first.iter().map(|path| relative(&desk, path)).collect();
    let mut arguments = vec!["archive", "build", "-o", "parts.sayso", "--isolated"];
    arguments.extend(half.iter().map(String::as_str));
    ok(run(desk.path(), &arguments, ""));
    let added = ok(run(desk.path(), &["archive", "add", "parts.sayso", "old", "--isolated"], ""));
    assert!(
        added.error.contains(&format!("57 new, 0 replaced, {} unchanged", half.len())),
        "{}",
        added.error
    );
    let parts = against(&desk, "parts.sayso");
    assert!(parts == whole, "{}", difference(&parts, &whole));
    let before = std::fs::read(desk.path().join("parts.sayso")).unwrap();
    let again = ok(run(desk.path(), &["archive", "add", "parts.sayso", "old", "--isolated"], ""));
    assert!(again.error.contains("0 new, 0 replaced, 114 unchanged"), "{}", again.error);
    assert_eq!(std::fs::read(desk.path().join("parts.sayso")).unwrap(), before);

    // A draft that has changed takes the place of the old one.
    let text = desk.read(&half[0]);
    desk.write(&half[0], "Nothing is quoted here any longer.\n");
    let changed = ok(run(desk.path(), &["archive", "add", "parts.sayso", "old", "--isolated"], ""));
    assert!(changed.error.contains("0 new, 1 replaced, 113 unchanged"), "{}", changed.error);
    desk.write(&half[0], &text);
    ok(run(desk.path(), &["archive", "add", "parts.sayso", "old", "--isolated"], ""));
    assert_eq!(against(&desk, "parts.sayso"), whole);

    ok(run(desk.path(), &["archive", "remove", "parts.sayso", "old"], ""));
    assert!(against(&desk, "parts.sayso").is_empty());
    let info = ok(run(desk.path(), &["archive", "info", "parts.sayso", "--format", "json"], ""));
    assert_eq!(serde_json::from_str::<Value>(&info.out).unwrap()["drafts"], 0);
    let gone = run(desk.path(), &["archive", "remove", "parts.sayso", "old"], "");
    assert!(gone.code == 2 && gone.error.contains("the archive has no draft of this path"), "{}", gone.error);
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(walk(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn relative(desk: &Desk, path: &Path) -> String {
    path.strip_prefix(desk.path()).unwrap().to_str().unwrap().to_owned()
}

#[test]
fn a_configuration_names_archives() {
    let (desk, planted) = desk(6, 60);
    build(&desk, "old", "stories.sayso");
    desk.write("sayso.toml", "include = [\"new/**\"]\narchive = [\"stories.sayso\"]\n");
    let found = across(&ok(run(desk.path(), &["check", "--notes", "--format", "jsonl"], "")));
    let (path, (_, with)) = planted.iter().find(|(_, (fault, _))| *fault == Fault::Number).unwrap();
    assert!(found.iter().any(|found| found.contains(path) && found.contains(with)), "{found:?}");
    desk.write("sayso.toml", "include = [\"new/**\"]\narchive = [\"stores.sayso\"]\n");
    let missing = run(desk.path(), &["check"], "");
    assert!(missing.code == 2 && missing.error.contains("stores.sayso"), "{}", missing.error);
}

#[test]
fn said_tells_who_where_and_in_which_words() {
    let desk = Desk::new(&[
        (
            "old/2026-01-05-a.txt",
            "Intro of the day.\n\n“We will mend the old pier and the harbour wall before the winter,” Belle Okonrad said.\n",
        ),
        (
            "old/2026-01-09-b.txt",
            "Later on.\n\n“We will mend the old pier and the harbour wall before the summer,” Belle Okonrad said.\n",
        ),
        ("old/2026-01-11-c.txt", "“The ferry sails at dawn, and nobody waits for it,” Bo Lee said.\n"),
    ]);
    build(&desk, "old", "stories.sayso");
    let words = "we will mend the old pier and the harbour wall before the winter";
    let said = ["said", words, "--archive", "stories.sayso"];
    let table = run(desk.path(), &said, "");
    assert_eq!(table.code, 0, "{}", table.error);
    for expected in
        ["2026-01-05", "Belle Okonrad", "old/2026-01-05-a.txt:3:1", "old/2026-01-09-b.txt:3:1", "summer"]
    {
        assert!(table.out.contains(expected), "{expected}: {}", table.out);
    }
    assert!(!table.out.contains("ferry"));
    let json = run(desk.path(), &[&said[..], &["--format", "json"]].concat(), "");
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["versions"].as_array().unwrap().len(), 2);
    assert_eq!(json["versions"][0]["places"][0]["line"], 3);
    // A part of the words is enough.
    let part = run(desk.path(), &["said", "nobody waits for it", "--archive", "stories.sayso"], "");
    assert!(part.code == 0 && part.out.contains("old/2026-01-11-c.txt:1:1"), "{}{}", part.out, part.error);
    let nobody = run(desk.path(), &["said", "we sell the lighthouse", "--archive", "stories.sayso"], "");
    assert_eq!(nobody.code, 1, "{}", nobody.out);
    assert!(nobody.error.contains("was found"), "{}", nobody.error);
    // So are most of the words, in their order. One word has no run of three.
    let most = run(
        desk.path(),
        &["said", "we will mend the pier before the winter", "--archive", "stories.sayso"],
        "",
    );
    assert!(most.code == 0 && most.out.contains("old/2026-01-05-a.txt:3:1"), "{}{}", most.out, most.error);
    let one = run(desk.path(), &["said", "ferry", "--archive", "stories.sayso"], "");
    assert!(one.code == 1 && one.error.contains("three words in a row"), "{}", one.error);
}

#[test]
fn what_is_no_whole_archive_is_refused_with_what_to_do() {
    let (desk, _) = desk(2, 60);
    build(&desk, "old", "stories.sayso");
    let whole = std::fs::read(desk.path().join("stories.sayso")).unwrap();
    let refused = |bytes: &[u8], expected: &str| {
        desk.write("bad.sayso", bytes);
        let run = run(desk.path(), &["check", "new", "--isolated", "--archive", "bad.sayso"], "");
        assert_eq!(run.code, 2, "{expected}: {}", run.out);
        assert!(run.error.contains(expected), "{expected}: {}", run.error);
        run.error
    };
    let help = "sayso archive build PATHS -o bad.sayso";
    assert!(refused(&whole[..whole.len() / 2], "broken").contains(help));
    assert!(refused(&whole[..10], "no archive").contains("--archive"));
    refused(b"", "no archive");
    refused(b"%PDF-1.7 a page of something else", "no archive");
    let mut older = whole.clone();
    older[16] = 0;
    assert!(refused(&older, "an older version of sayso").contains(help));
    older[16] = 200;
    assert!(refused(&older, "a newer version of sayso").contains(help));
    let missing = run(desk.path(), &["check", "new", "--isolated", "--archive", "none.sayso"], "");
    assert!(missing.code == 2 && missing.error.contains("archive build"), "{}", missing.error);

    // A changed byte anywhere: an error, or nothing of it was needed. Never another answer, never a panic.
    let right = against(&desk, "stories.sayso");
    let (mut refused, mut unnoticed) = (0, 0);
    for step in 0..40 {
        let at = whole.len() * step / 40;
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        desk.write("bad.sayso", &changed);
        let checked =
            ["check", "new", "--isolated", "--notes", "--format", "jsonl", "--archive", "bad.sayso"];
        let run = run(desk.path(), &checked, "");
        match run.code {
            2 => {
                assert!(run.error.contains("bad.sayso") && run.error.contains("archive"), "{}", run.error);
                refused += 1;
            }
            code => {
                assert!(code < 2, "byte {at}: {code} {}", run.error);
                assert!(across(&run) == right, "byte {at}: {}", difference(&across(&run), &right));
                unnoticed += 1;
            }
        }
    }
    assert!(refused > 10, "{refused} refused, {unnoticed} unnoticed");
}

#[test]
fn a_killed_build_leaves_the_archive_as_it_was() {
    let (desk, _) = desk(9, 400);
    let few: Vec<String> =
        walk(&desk.path().join("old")).iter().take(5).map(|path| relative(&desk, path)).collect();
    let mut arguments = vec!["archive", "build", "-o", "stories.sayso", "--isolated"];
    arguments.extend(few.iter().map(String::as_str));
    ok(run(desk.path(), &arguments, ""));
    let before = std::fs::read(desk.path().join("stories.sayso")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["archive", "add", "stories.sayso", "old", "--isolated", "--threads", "1"])
        .current_dir(desk.path())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // It is killed as soon as it has begun to write.
    let fresh = desk.path().join("stories.sayso.new");
    while !fresh.exists() {
        assert!(child.try_wait().unwrap().is_none(), "it was done before it could be killed");
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success());
    assert_eq!(std::fs::read(desk.path().join("stories.sayso")).unwrap(), before);
    // The next one writes over what was left, and the lock of the killed one is gone.
    let again = ok(run(desk.path(), &["archive", "add", "stories.sayso", "old", "--isolated"], ""));
    assert!(again.error.contains("375 new"), "{}", again.error);
    assert!(!fresh.exists());
}

#[test]
fn of_two_writers_the_second_is_told_and_readers_never_wait() {
    let (desk, _) = desk(1, 60);
    build(&desk, "old", "stories.sayso");
    let expected = against(&desk, "stories.sayso");
    let lock = std::fs::File::create(desk.path().join("stories.sayso.lock")).unwrap();
    lock.lock().unwrap();
    let second = run(desk.path(), &["archive", "add", "stories.sayso", "new", "--isolated"], "");
    assert_eq!(second.code, 2);
    assert!(second.error.contains("another process is writing"), "{}", second.error);
    assert_eq!(against(&desk, "stories.sayso"), expected);
    lock.unlock().unwrap();
    // Readers, while the archive is written again and again: each sees one whole archive.
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| (0..3).map(|_| against(&desk, "stories.sayso")).collect::<Vec<_>>()))
            .collect();
        for _ in 0..3 {
            build(&desk, "old", "stories.sayso");
        }
        for reader in readers {
            assert!(reader.join().unwrap().iter().all(|found| *found == expected));
        }
    });
}

/// A process that may write no file larger than so many blocks of 512 bytes: a disk that is full.
#[cfg(unix)]
fn on_a_full_disk(desk: &Desk, blocks: u32, arguments: &str) -> Run {
    let program = env!("CARGO_BIN_EXE_sayso");
    // Where the signal is not ignored, the process ends as if it had been killed.
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec '{program}' {arguments}");
    let done = Command::new("sh").args(["-c", &script]).current_dir(desk.path()).output().unwrap();
    Run {
        code: done.status.code().unwrap(),
        out: String::from_utf8(done.stdout).unwrap(),
        error: String::from_utf8(done.stderr).unwrap(),
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_an_error_and_leaves_the_archive_as_it_was() {
    let (desk, _) = desk(7, 200);
    // Nothing was there: nothing is left behind.
    let first = on_a_full_disk(&desk, 40, "archive build old -o stories.sayso --isolated");
    assert_eq!(first.code, 2, "{}", first.error);
    assert!(
        first.error.contains("stories.sayso") && first.error.contains("cannot be written"),
        "{}",
        first.error
    );
    for name in ["stories.sayso", "stories.sayso.new"] {
        assert!(!desk.path().join(name).exists(), "{name}");
    }
    build(&desk, "old", "stories.sayso");
    let before = std::fs::read(desk.path().join("stories.sayso")).unwrap();
    let expected = against(&desk, "stories.sayso");
    // Wherever the room ends: among the records, in a table, at the end.
    let blocks = u32::try_from(before.len() / 512).unwrap();
    for blocks in [1, blocks / 2, blocks * 9 / 10, blocks - 1] {
        for arguments in [
            "archive build old -o stories.sayso --isolated",
            "archive add stories.sayso new --isolated",
            "archive remove stories.sayso old/2016/01/2016-01-01-0000000.txt",
        ] {
            let full = on_a_full_disk(&desk, blocks, arguments);
            // To remove a draft takes a little less room than there was.
            if full.code == 0 {
                assert!(arguments.contains("remove") && blocks > 100, "{blocks} {arguments}");
                desk.write("stories.sayso", &before);
            }
            assert_eq!(
                std::fs::read(desk.path().join("stories.sayso")).unwrap(),
                before,
                "{blocks} {arguments}"
            );
            assert!(!desk.path().join("stories.sayso.new").exists(), "{blocks} {arguments}");
        }
    }
    assert_eq!(against(&desk, "stories.sayso"), expected);
}
