//! `check --watch` as an editor runs it: what is printed after each save.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::spawn;
use std::time::{Duration, Instant};

/// Much longer than a check takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

const MONDAY: &str = "“We will close the north pier before the winter,” Ana Reyes said.\n";
const FRIDAY: &str = "“We will close the south pier before the winter,” Ana Reyes said.\n";

/// A running watch.
struct Watch {
    child: Child,
    lines: Receiver<String>,
    errors: Option<std::thread::JoinHandle<String>>,
}

impl Watch {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .current_dir(folder)
            .args(["check", "--watch", "--format", "concise", "--color", "never"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut stderr = child.stderr.take().unwrap();
        let errors = spawn(move || {
            let mut text = String::new();
            let _ = stderr.read_to_string(&mut text);
            text
        });
        Self { child, lines, errors: Some(errors) }
    }

    /// The lines of the next check, with the line that begins it and the line that ends it.
    fn check(&self) -> Vec<String> {
        let until = Instant::now() + PATIENCE;
        let mut lines: Vec<String> = Vec::new();
        loop {
            let line = self.lines.recv_timeout(until.saturating_duration_since(Instant::now()));
            let line = line.unwrap_or_else(|_| panic!("no check within {PATIENCE:?} after {lines:?}"));
            assert_eq!(lines.is_empty(), line.starts_with("sayso: the check begins"), "{lines:?} {line}");
            let ends = line.starts_with("sayso: the check ends");
            lines.push(line);
            if ends {
                return lines;
            }
        }
    }

    /// Checks until one has what is looked for; a save in several steps may be checked more than once.
    fn until(&self, mut has: impl FnMut(&str) -> bool) -> Vec<String> {
        loop {
            let lines = self.check();
            if has(&lines.join("\n")) {
                return lines;
            }
        }
    }

    /// Ends the watch and gives what stood on standard error.
    fn stop(mut self) -> String {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.errors.take().unwrap().join().unwrap()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("drafts")).unwrap();
    write(folder.path(), "drafts/monday.md", MONDAY);
    write(folder.path(), "drafts/friday.md", MONDAY);
    write(folder.path(), "sayso.toml", "include = [\"drafts/**\"]\n");
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    std::fs::write(folder.join(path), text).unwrap();
}

/// Saves as most editors do: a new file takes the place of the old one.
fn save_atomically(folder: &Path, path: &str, text: &str) {
    write(folder, "drafts/.saving", text);
    std::fs::rename(folder.join("drafts/.saving"), folder.join(path)).unwrap();
}

fn is_altered(check: &str) -> bool {
    check.contains("[altered-quotation]")
}

fn is_clean(check: &str) -> bool {
    check.contains("ends: 0 errors, 0 warnings")
}

/// The task for VS Code knows the lines around a check from each other and from findings.
#[test]
fn the_published_task_reads_the_lines_around_a_check() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/editors/vscode/tasks.json");
    let text = std::fs::read_to_string(path).unwrap();
    let plain: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let tasks: serde_json::Value = serde_json::from_str(&plain).unwrap();
    let task = &tasks["tasks"][1];
    let arguments: Vec<&str> =
        task["args"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    assert_eq!(arguments, ["check", "--watch", "--format", "concise", "--color", "never"]);
    let pattern = |name: &str| {
        let matcher = &task["problemMatcher"];
        let pattern = &matcher["background"][name];
        regex::Regex::new(
            if pattern.is_null() { &matcher["pattern"]["regexp"] } else { pattern }.as_str().unwrap(),
        )
    };
    let folder = project();
    write(folder.path(), "drafts/friday.md", FRIDAY);
    let watch = Watch::start(folder.path(), &[]);
    let lines = watch.check();
    let matching = |name: &str| -> Vec<usize> {
        let pattern = pattern(name).unwrap();
        lines.iter().enumerate().filter(|(_, line)| pattern.is_match(line)).map(|(at, _)| at).collect()
    };
    assert_eq!(matching("beginsPattern"), [0]);
    assert_eq!(matching("endsPattern"), [lines.len() - 1]);
    assert_eq!(matching("findings"), (1..lines.len() - 1).collect::<Vec<_>>());
}

#[test]
fn a_save_is_checked_against_the_drafts_that_were_not_touched() {
    let folder = project();
    let watch = Watch::start(folder.path(), &["drafts/friday.md"]);
    let first = watch.check();
    assert!(is_clean(&first.join("\n")) && first.len() == 2, "{first:?}");
    write(folder.path(), "drafts/friday.md", FRIDAY);
    let second = watch.until(is_altered);
    assert_eq!(second[0], "sayso: the check begins: drafts/friday.md");
    assert!(second.iter().any(|line| line.starts_with("drafts/monday.md:1:")), "{second:?}");
    assert!(second.last().unwrap().contains("ends: 0 errors, 1 warning, "), "{second:?}");
    // The other draft, which nobody asked about, is brought into line.
    save_atomically(folder.path(), "drafts/monday.md", FRIDAY);
    let third = watch.until(is_clean);
    assert_eq!(third[0], "sayso: the check begins: drafts/monday.md");
}

#[test]
fn a_save_without_a_change_is_no_check_and_a_burst_ends_in_the_last_state() {
    let folder = project();
    let watch = Watch::start(folder.path(), &[]);
    watch.check();
    write(folder.path(), "drafts/friday.md", MONDAY);
    std::thread::sleep(Duration::from_millis(600));
    for round in 0..40 {
        save_atomically(folder.path(), "drafts/friday.md", if round % 2 == 0 { MONDAY } else { "“We" });
        std::thread::sleep(Duration::from_millis(5));
    }
    save_atomically(folder.path(), "drafts/friday.md", FRIDAY);
    let mut checks = 0;
    watch.until(|check| {
        checks += 1;
        assert!(checks < 40, "each of the checks is one of many saves");
        is_altered(check)
    });
}

#[test]
fn drafts_come_and_go_also_in_new_folders() {
    let folder = project();
    let watch = Watch::start(folder.path(), &[]);
    watch.check();
    std::fs::create_dir_all(folder.path().join("drafts/new/deep")).unwrap();
    write(folder.path(), "drafts/new/deep/sunday.md", FRIDAY);
    watch.until(is_altered);
    std::fs::rename(folder.path().join("drafts/new"), folder.path().join("drafts/old")).unwrap();
    let moved = watch.until(is_altered);
    assert!(moved.iter().any(|line| line.contains("drafts/old/deep/sunday.md")), "{moved:?}");
    std::fs::remove_dir_all(folder.path().join("drafts/old")).unwrap();
    watch.until(is_clean);
}

#[test]
fn a_configuration_that_breaks_is_told_once_and_heals() {
    let folder = project();
    write(folder.path(), "drafts/friday.md", FRIDAY);
    let watch = Watch::start(folder.path(), &[]);
    watch.until(is_altered);
    write(folder.path(), "sayso.toml", "include = [\"drafts/**\"\n");
    watch.until(|check| check.contains("sayso could not run"));
    // What is saved meanwhile is not lost.
    write(folder.path(), "drafts/friday.md", MONDAY);
    std::thread::sleep(Duration::from_millis(900));
    write(folder.path(), "sayso.toml", "include = [\"drafts/**\"]\n");
    watch.until(is_clean);
    write(folder.path(), "drafts/friday.md", FRIDAY);
    watch.until(is_altered);
    write(folder.path(), "sayso.toml", "include = [\"drafts/**\"]\n[rules]\naltered-quotation = \"off\"\n");
    let off = watch.until(is_clean);
    assert_eq!(off[0], "sayso: the check begins: sayso.toml");
    let said = watch.stop();
    assert_eq!(said.matches("sayso.toml:").count(), 1, "{said}");
}

#[test]
fn a_named_draft_that_vanishes_is_told_and_comes_back() {
    let folder = project();
    let watch = Watch::start(folder.path(), &["drafts/friday.md"]);
    watch.check();
    std::fs::remove_file(folder.path().join("drafts/friday.md")).unwrap();
    watch.until(|check| check.contains("sayso could not run"));
    write(folder.path(), "drafts/friday.md", FRIDAY);
    watch.until(is_altered);
    assert!(watch.stop().contains("drafts/friday.md"));
}

#[test]
fn a_registry_and_files_in_other_formats_follow() {
    let folder = project();
    write(folder.path(), "drafts/monday.md", "“We will mend the sluice,” Ana Reyes said on June 9, 2026.\n");
    write(folder.path(), "people.toml", "[[person]]\nname = \"Ana Reyes\"\n");
    write(folder.path(), "sayso.toml", "include = [\"drafts/**\"]\npeople = [\"people.toml\"]\n");
    let watch = Watch::start(folder.path(), &["--output", "sarif=out.sarif"]);
    watch.check();
    let results = || {
        let text = std::fs::read_to_string(folder.path().join("out.sarif")).unwrap();
        let log: serde_json::Value = serde_json::from_str(&text).unwrap();
        log["runs"][0]["results"].as_array().unwrap().len()
    };
    let before = results();
    write(folder.path(), "people.toml", "[[person]]\nname = \"Ana Reyes\"\ndied = 2020-01-01\n");
    let check = watch.until(|check| check.contains("[outside-lifetime]"));
    assert_eq!(check[0], "sayso: the check begins: people.toml");
    assert!(results() > before);
}

/// What a desk writes itself counts from the moment it is saved: its words and its pages of rules.
#[test]
fn words_and_pages_of_a_desk_follow() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "sayso.toml",
        "include = [\"*.md\"]\nwords-dir = \"words\"\nrules-dir = \"pages\"\n[rules]\nloaded-cue = \"warning\"\n",
    );
    let page = |word: &str| {
        format!(
            "summary = \"s\"\nlevel = \"warning\"\nhelp = \"h\"\nwhy = \"w\"\nsource = \"s\"\n[match]\n\
             where = {{ words = \"{word}\" }}\nmessage = \"m\"\n"
        )
    };
    for name in ["words", "pages"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    write(folder.path(), "words/cues.txt", "mumble : speech loaded\n");
    write(folder.path(), "pages/sea.toml", &page("harbour"));
    write(folder.path(), "a.md", "“The tide is out,” Ana Reyes yammered.\n");
    let watch = Watch::start(folder.path(), &[]);
    let first = watch.check().join("\n");
    assert!(!first.contains("[loaded-cue]") && !first.contains("[sea]"), "{first}");
    write(folder.path(), "words/cues.txt", "yammer : speech loaded\n");
    watch.until(|check| check.contains("[loaded-cue]"));
    write(folder.path(), "pages/sea.toml", &page("tide"));
    watch.until(|check| check.contains("[sea]"));
    write(folder.path(), "pages/shore.toml", &page("tide"));
    watch.until(|check| check.contains("[shore]"));
    watch.stop();
}

#[test]
fn it_ends_when_nobody_reads_any_longer() {
    let folder = project();
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .current_dir(folder.path())
        .args(["check", "--watch", "--quiet"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    drop(stdout);
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("it goes on for nobody");
        }
        write(folder.path(), "drafts/friday.md", &format!("{FRIDAY}{:?}\n", begun.elapsed()));
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let folder = project();
    for arguments in [&["-"][..], &["--format", "json"], &["--fix"], &["--stdin-filename", "a.md"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
        command.current_dir(folder.path()).args(["check", "--watch"]).args(arguments).stdin(Stdio::null());
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains("--watch"), "{arguments:?}: {said}");
    }
}
