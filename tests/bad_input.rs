//! Input that nobody should send and somebody will: each kind ends with a message that names the file and says what to do,
//! and costs nothing but itself.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod support;

use std::ffi::OsStr;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use support::{Desk, Run, run};

impl Desk {
    fn run(&self, arguments: &[&str]) -> Run {
        run(self.path(), arguments, "")
    }

    /// Runs sayso from a shell, after `before`, which may set limits.
    fn limited(&self, before: &str, arguments: &str) -> Run {
        let script = format!("{before}\nexec {} {arguments}", env!("CARGO_BIN_EXE_sayso"));
        let mut shell = Command::new("bash");
        let output =
            shell.args(["-c", &script]).env("NO_COLOR", "1").current_dir(self.path()).output().unwrap();
        Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            error: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The words of a message, however it is broken into lines.
fn words(text: &str) -> String {
    text.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ")
}

const OPEN: &str = "“We will rebuild the pier, Mayor Ines Duarte said.\n";
const SOUND: &str = "“We will rebuild the pier,” Mayor Ines Duarte said.\n";
const FOUND: &str = "open.txt:1:1: error: ";

#[test]
fn encodings_are_read_or_refused() {
    let wide = |text: &str| -> Vec<u16> { text.encode_utf16().collect() };
    let little = |units: &[u16]| {
        [&[0xff, 0xfe], &*units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<_>>()].concat()
    };
    let big = |units: &[u16]| {
        [&[0xfe, 0xff], &*units.iter().flat_map(|unit| unit.to_be_bytes()).collect::<Vec<_>>()].concat()
    };
    let lone: Vec<u16> =
        wide("“We ").into_iter().chain([0xd800]).chain(wide(" pay,” Ana Reyes said.")).collect();
    let desk = Desk::new(&[]);
    for (name, bytes) in [
        ("little.txt", little(&wide(SOUND))),
        ("big.txt", big(&wide(SOUND))),
        ("lone.txt", little(&lone)),
        ("odd.txt", [little(&wide(SOUND)), vec![0x20]].concat()),
        ("windows.txt", b"\x93We will rebuild the pier,\x94 Mayor Ines Duarte said.\n".to_vec()),
    ] {
        desk.write(name, bytes);
        let run = desk.run(&["quotes", "--isolated", "--format", "jsonl", name]);
        assert_eq!((run.code, run.out.lines().count()), (0, 1), "{name}: {}{}", run.out, run.error);
    }
    // Half of a character that an escape of JSON leaves over.
    let half = r#"{"cells": [{"cell_type": "markdown", "source": ["“We \ud83d pay,” Ana Reyes said."]}], "nbformat": 4}"#;
    desk.write("half.ipynb", half);
    let run = desk.run(&["quotes", "--isolated", "--format", "jsonl", "half.ipynb"]);
    assert!(run.code == 0 && run.out.contains("We \u{fffd} pay"), "{}{}", run.out, run.error);
    desk.write(
        "half.json",
        r#"{"segments": [{"speaker": "ANA \ude42REYES", "text": "We \ud83d pay for the pier."}]}"#,
    );
    let run = desk.run(&["tape", "half.json"]);
    assert!(run.code == 0 && run.out.contains("ANA \u{fffd}REYES"), "{}{}", run.out, run.error);
    desk.write("nul.txt", b"\xe2\x80\x9cWe\0 pay\xe2\x80\x9d\0\0\0");
    let run = desk.run(&["check", "--isolated", "--format", "concise", "nul.txt"]);
    assert_eq!(run.code, 2, "{}", run.error);
    assert!(run.out.contains("nul.txt") && run.out.contains("binary"), "{}", run.out);
}

#[test]
fn a_file_of_holes_and_a_stream_without_end_are_refused_at_a_limit() {
    let desk = Desk::new(&[("open.txt", OPEN)]);
    std::fs::File::create(desk.path().join("holes.txt")).unwrap().set_len(60 << 30).unwrap();
    desk.write("large.txt", "word ".repeat(300_000));
    let run = desk.run(&["check", "--isolated", "--format", "concise"]);
    assert_eq!(run.code, 1, "{}", run.error);
    assert!(run.out.contains(FOUND), "the other draft is checked: {}", run.out);
    assert!(run.out.contains("holes.txt") && run.out.contains("256 MiB, which is the limit"), "{}", run.out);
    for before in ["exec < /dev/zero", "exec < <(yes)", "exec < large.txt"] {
        let run = desk.limited(before, "check --isolated --max-file-size 1 --format concise -");
        assert_eq!(run.code, 2, "{before}: {}{}", run.out, run.error);
        assert!(run.out.contains("1 MiB, which is the limit"), "{before}: {}{}", run.out, run.error);
    }
    let run = desk.run(&["quotes", "--isolated", "--max-file-size", "1", "large.txt"]);
    assert!(run.code == 2 && words(&run.error).contains("1 MiB, which is the limit"), "{}", run.error);
}

#[test]
fn a_very_deep_folder_costs_itself_only() {
    let desk = Desk::new(&[("open.txt", OPEN)]);
    // Deeper than a path may be long: each step is made from the folder before.
    let script = "mkdir deep; cd deep; for i in $(seq 1 60); do d=$(printf 'd%.0s' $(seq 1 100)); mkdir $d; cd -P $d; done; \
                  echo “a > x.txt";
    assert!(Command::new("bash").args(["-c", script]).current_dir(desk.path()).status().unwrap().success());
    for (arguments, held) in
        [(&["check", "--format", "concise"][..], FOUND), (&["quotes"], "rebuild the pier")]
    {
        for isolated in [true, false] {
            let mut arguments = arguments.to_vec();
            match isolated {
                true => arguments.push("--isolated"),
                false => desk.write("sayso.toml", ""),
            }
            let run = desk.run(&arguments);
            assert_eq!(run.code, 2, "what is not read is no success: {}{}", run.out, run.error);
            assert!(run.out.contains(held), "{arguments:?}: {}", run.out);
            let error = words(&run.error);
            assert!(error.contains("deep/") && error.contains("the drafts in it are not checked"), "{error}");
        }
        std::fs::remove_file(desk.path().join("sayso.toml")).unwrap();
    }
    let named = desk.run(&["check", "--format", "concise", "open.txt"]);
    assert_eq!(named.code, 1, "a folder that nobody asked about: {}", named.error);
    // A test's folder is removed by its path, which is too long.
    assert!(Command::new("rm").args(["-rf", "deep"]).current_dir(desk.path()).status().unwrap().success());
}

#[test]
fn an_unreadable_folder_costs_itself_only() {
    let desk = Desk::new(&[("open.txt", OPEN), ("shut/a.txt", OPEN), ("shut.txt", SOUND)]);
    let set = |name: &str, mode| {
        std::fs::set_permissions(desk.path().join(name), PermissionsExt::from_mode(mode)).unwrap();
    };
    set("shut", 0o000);
    set("shut.txt", 0o000);
    set(".", 0o755);
    // Root may read everything, so the run is somebody else's.
    let reads_all = std::fs::read_dir(desk.path().join("shut")).is_ok();
    let run = match reads_all {
        true => {
            std::fs::copy(env!("CARGO_BIN_EXE_sayso"), desk.path().join("sayso")).unwrap();
            set("sayso", 0o755);
            let mut other = Command::new("setpriv");
            other.args([
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "./sayso",
                "--isolated",
                "--format",
                "concise",
            ]);
            let Ok(output) = other.current_dir(desk.path()).output() else { return };
            Run {
                code: output.status.code().unwrap(),
                out: String::from_utf8(output.stdout).unwrap(),
                error: String::from_utf8(output.stderr).unwrap(),
            }
        }
        false => desk.run(&["--isolated", "--format", "concise"]),
    };
    set("shut", 0o755);
    assert_eq!(run.code, 2, "{}{}", run.out, run.error);
    assert!(run.out.contains(FOUND) && run.out.contains("shut.txt"), "{}", run.out);
    assert!(words(&run.error).contains("permission denied"), "{}", run.error);
}

#[test]
fn folders_and_links_with_the_names_of_drafts() {
    let desk = Desk::new(&[("x.md/open.txt", OPEN)]);
    symlink(".", desk.path().join("round")).unwrap();
    symlink("nowhere.txt", desk.path().join("gone.txt")).unwrap();
    symlink("self.txt", desk.path().join("self.txt")).unwrap();
    let run = desk.run(&["check", "--isolated", "--format", "concise"]);
    assert_eq!(run.code, 1, "{}", run.error);
    assert!(run.out.starts_with("x.md/open.txt:1:1: error: ") && run.out.lines().count() <= 3, "{}", run.out);
    for name in ["gone.txt", "self.txt"] {
        let run = desk.run(&["check", "--isolated", name]);
        assert!(run.code == 2 && run.error.contains(name), "{name}: {}", run.error);
    }
}

#[test]
fn names_that_are_hard_to_write() {
    let desk = Desk::new(&[("-open.txt", OPEN)]);
    std::fs::write(desk.path().join(OsStr::from_bytes(b"w\xffide.txt")), OPEN).unwrap();
    desk.write("two\nlines.txt", OPEN);
    let run = desk.run(&["check", "--isolated", "--format", "concise"]);
    let paths: Vec<&str> = run.out.lines().filter_map(|line| line.split(":1:1: error").next()).collect();
    for name in ["-open.txt", "two lines.txt", "w\u{fffd}ide.txt"] {
        assert!(paths.contains(&name), "{name}: {}", run.out);
    }
    let json = desk.run(&["check", "--isolated", "--format", "json"]);
    let read: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert!(read["findings"].as_array().unwrap().len() >= 3);
    assert_eq!(desk.run(&["check", "--isolated", "--", "-open.txt"]).code, 1);
    assert_eq!(desk.run(&["check", "--isolated", "./-open.txt"]).code, 1);
}

#[test]
fn broken_files_are_named() {
    for (name, content, said) in [
        ("sayso.toml", &b"include = [\n"[..], "sayso.toml"),
        ("sayso.toml", b"\xff\xfe\x00", "sayso.toml"),
        ("sayso.toml", b"people = \"people.json\"\n", "there is no registry of people “people.json”"),
        ("sayso.toml", b"include = \"[a\"\n", "sayso.toml"),
        ("sayso.toml", b"include = \"nothing/**\"\n", "nothing/**"),
    ] {
        let desk = Desk::new(&[("a.txt", SOUND)]);
        desk.write(name, content);
        let run = desk.run(&["check"]);
        assert!(words(&run.error).contains(said), "{said}: {}{}", run.out, run.error);
    }
    for (name, content) in [
        ("people.toml", "[[person]\n"),
        ("people.toml", "[[person]]\nborn = 1970\n"),
        ("people.yaml", "- name: [\n"),
        ("people.yaml", "- &a [*a, *a]\n- *b\n"),
        ("people.json", "{\"persons\": [{\"name\": 3}]}"),
        ("people.json", "{"),
        ("people.csv", "a,b\n\"open"),
        ("people.json", "[[[[[[[[[["),
    ] {
        let desk = Desk::new(&[
            ("a.txt", SOUND),
            ("sayso.toml", &format!("people = \"{name}\"\n")),
            (name, content),
        ]);
        let run = desk.run(&["check"]);
        assert_eq!(run.code, 2, "{name} {content}: {}{}", run.out, run.error);
        assert!(run.error.contains(name), "{name} {content}: {}", run.error);
    }
    for (name, content) in [
        ("a.docx", &b"PK\x03\x04broken"[..]),
        ("a.docx", b"no container"),
        ("a.epub", b"PK\x03\x04broken"),
        ("a.odt", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
        ("a.ipynb", b"{\"cells\": ["),
        ("a.fodt", b"<office:document"),
    ] {
        let desk = Desk::new(&[("open.txt", OPEN)]);
        desk.write(name, content);
        let run = desk.run(&["check", "--isolated", "--format", "concise"]);
        assert!(run.out.contains(FOUND) && run.out.contains(name), "{name}: {}{}", run.out, run.error);
        assert_eq!(desk.run(&["check", "--isolated", name]).code, 2, "{name}");
    }
    for (name, content) in [
        ("t.vtt", "WEBVTT\n\n00:99:99 --> x\n"),
        ("t.srt", "1\n\n"),
        ("t.json", "{\"segments\": ["),
        ("t.json", "[]"),
        ("t.html", "<p"),
        ("t.txt", ""),
    ] {
        let desk = Desk::new(&[
            ("a.txt", SOUND),
            ("sayso.toml", &format!("transcripts = \"{name}\"\n")),
            (name, content),
        ]);
        let run = desk.run(&["check"]);
        assert!(
            run.error.contains(name) || run.out.contains(name),
            "{name} {content}: {}{}",
            run.out,
            run.error
        );
    }
}

#[test]
fn a_baseline_that_is_broken_or_of_another_version_is_named() {
    for content in ["", "{", "[]", "{\"version\": 999, \"findings\": []}", "\u{0}\u{0}", "{\"findings\": 3}"]
    {
        let desk = Desk::new(&[("open.txt", OPEN), ("sayso.toml", ""), ("sayso-baseline.json", content)]);
        let run = desk.run(&["check"]);
        assert_eq!(run.code, 2, "{content:?}: {}{}", run.out, run.error);
        assert!(run.error.contains("sayso-baseline.json"), "{content:?}: {}", run.error);
    }
}

#[test]
fn contradictory_registries_and_empty_projects() {
    let desk = Desk::new(&[
        ("a.txt", SOUND),
        ("sayso.toml", "people = [\"one.toml\", \"two.toml\"]\n"),
        (
            "one.toml",
            "[[person]]\nname = \"Ines Duarte\"\n[[person.title]]\ntitle = \"Mayor\"\nfrom = 2020-01-01\n",
        ),
        ("two.toml", "[[person]]\nname = \"Ines Duarte\"\ndied = 1950\n"),
    ]);
    let run = desk.run(&["check"]);
    assert!(!run.error.contains("fault of sayso"), "{}", run.error);
    let empty = Desk::new(&[]);
    for arguments in [&["check"][..], &["quotes"], &["people"], &["facts"], &["check", "--format", "json"]] {
        let run = empty.run(arguments);
        assert!(run.code == 0 || run.code == 2, "{arguments:?}: {}", run.error);
        assert!(!run.error.contains("fault of sayso"), "{arguments:?}: {}", run.error);
    }
    assert!(!empty.run(&["check"]).error.is_empty(), "a project without drafts is no silent success");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let desk = Desk::new(&[]);
    desk.write("long.txt", SOUND.repeat(4_000));
    for arguments in [
        &["quotes", "--isolated", "--format", "csv"][..],
        &["quotes", "--isolated", "--format", "jsonl"],
        &["quotes", "--isolated"],
        &["facts", "--isolated"],
        &["text", "long.txt"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args(arguments)
            .current_dir(desk.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdout.take().unwrap().read_exact(&mut [0; 10]).unwrap();
        let ended = child.wait_with_output().unwrap();
        let error = String::from_utf8(ended.stderr).unwrap();
        assert_eq!((ended.status.code(), error.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

/// A draft with one safe fix, and the draft after it.
const SPACED: &str = "“ We pay for the pier,” Ana Reyes said.\n";

/// A desk where `check --fix` has something to do in many files.
fn to_fix(count: usize) -> (Desk, String, String) {
    let before = format!("{}\n", SPACED.repeat(40));
    let desk = Desk::new(&[]);
    desk.write("sayso.toml", "");
    desk.write("0.txt", &before);
    let fixed = desk.run(&["check", "--fix", "--unsafe-fixes", "0.txt"]);
    let after = desk.read("0.txt");
    assert_ne!(before, after, "there is something to fix: {}{}", fixed.out, fixed.error);
    (0..count).for_each(|number| desk.write(&format!("{number}.txt"), &before));
    (desk, before, after)
}

#[test]
fn a_fix_in_one_of_several_drafts_is_checked_again() {
    let desk = Desk::new(&[("a.txt", SPACED), ("b.txt", SOUND), ("c.txt", OPEN)]);
    let run = desk.run(&["check", "--isolated", "--fix", "--unsafe-fixes", "--format", "concise"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.error);
    assert!(run.out.starts_with("c.txt:1:1: error: ") && desk.read("a.txt") != SPACED, "{}", run.out);
}

#[test]
fn two_runs_that_fix_at_once_leave_whole_files() {
    let (desk, _, after) = to_fix(12);
    let fix = || {
        Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args(["check", "--fix", "--unsafe-fixes", "--quiet"])
            .current_dir(desk.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let (one, other) = (fix(), fix());
    for ended in [one.wait_with_output().unwrap(), other.wait_with_output().unwrap()] {
        let error = String::from_utf8(ended.stderr).unwrap();
        assert!(error.is_empty() || error.contains("has changed since it was read"), "{error}");
    }
    (0..12).for_each(|number| assert_eq!(desk.read(&format!("{number}.txt")), after));
}

#[test]
fn a_run_that_is_killed_while_it_fixes_leaves_whole_files() {
    let (desk, before, after) = to_fix(60);
    let mut undone = 0;
    for (signal, wait) in
        ["KILL", "INT", "KILL", "INT", "KILL", "INT"].into_iter().zip([60, 90, 120, 160, 220, 300])
    {
        (0..60).for_each(|number| desk.write(&format!("{number}.txt"), &before));
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args(["check", "--fix", "--unsafe-fixes", "--quiet"])
            .current_dir(desk.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        let _ =
            Command::new("kill").args(["-s", signal, &child.id().to_string()]).stderr(Stdio::null()).status();
        child.wait().unwrap();
        for number in 0..60 {
            let text = desk.read(&format!("{number}.txt"));
            assert!(
                text == before || text == after,
                "{number}.txt is half written after {signal} at {wait} ms"
            );
            undone += usize::from(text == before);
        }
    }
    let again = desk.run(&["check", "--fix", "--unsafe-fixes", "--quiet"]);
    assert!(again.error.is_empty(), "{}", again.error);
    (0..60).for_each(|number| assert_eq!(desk.read(&format!("{number}.txt")), after));
    assert!(undone > 0, "no run was killed before its end");
    assert_eq!(left_over(desk.path()), Vec::<String>::new(), "the next run removes what is left");
}

#[test]
fn what_a_killed_run_leaves_is_removed_and_what_another_run_writes_is_not() {
    let (desk, _, after) = to_fix(1);
    let (left, written) = (".sayso-a1B2c3", ".sayso-ZZZZZZ");
    desk.write(left, "half a dra");
    desk.write(written, "a draft that is being written");
    // Names that only look like it, and a file in a folder without drafts, are somebody's own.
    desk.write(".sayso-notes.txt", "mine");
    desk.write("other/.sayso-a1B2c3", "mine");
    let held = std::fs::File::open(desk.path().join(written)).unwrap();
    held.lock().unwrap();
    let run = desk.run(&["check", "--fix", "--unsafe-fixes"]);
    assert!(words(&run.error).contains("removed one file `.sayso-…`"), "{}", run.error);
    assert_eq!(desk.read("0.txt"), after);
    let mut names = left_over(desk.path());
    names.sort();
    assert_eq!(names, [written, ".sayso-notes.txt"]);
    assert!(desk.path().join("other/.sayso-a1B2c3").exists());
    drop(held);
    let run = desk.run(&["check", "--fix", "--quiet"]);
    assert_eq!((run.error.as_str(), left_over(desk.path()).len()), ("", 1));
}

#[test]
fn a_full_disk_while_fixing_leaves_the_draft() {
    let (desk, before, _) = to_fix(1);
    let run = desk.limited("trap '' XFSZ; ulimit -f 1", "check --fix --unsafe-fixes --quiet");
    assert_eq!(run.code, 2, "{}{}", run.out, run.error);
    assert!(words(&run.error).contains("0.txt") && run.error.contains("cannot be written"), "{}", run.error);
    assert!(
        !run.error.contains(".sayso-"),
        "the message names the draft and no temporary file: {}",
        run.error
    );
    assert_eq!(desk.read("0.txt"), before);
    assert_eq!(left_over(desk.path()), Vec::<String>::new());
}

#[test]
fn what_cannot_be_written_is_said_of_outputs_too() {
    let desk = Desk::new(&[("open.txt", OPEN)]);
    let full = desk.run(&["check", "--isolated", "--format", "json", "-o", "/dev/full"]);
    assert!(full.code == 2 && full.error.contains("/dev/full"), "{}", full.error);
    let nowhere = desk.run(&["check", "--isolated", "-o", "no/such/folder/x.json"]);
    assert!(nowhere.code == 2 && nowhere.error.contains("no/such/folder/x.json"), "{}", nowhere.error);
    for arguments in [
        "check --isolated",
        "quotes --isolated --format csv",
        "completions bash",
        "facts --isolated",
        "--help",
        "quotes -h",
        "--version",
    ] {
        let run = desk.limited("exec > /dev/full", arguments);
        assert_eq!(run.code, 2, "{arguments}: {}", run.error);
        assert!(!run.error.is_empty(), "{arguments}");
    }
}

/// Temporary files that a run has left.
fn left_over(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(".sayso-")).collect()
}

#[test]
fn large_and_deep_input_stays_within_time_and_memory() {
    let deep =
        |open: &str, close: &str, depth: usize| format!("{}x{}", open.repeat(depth), close.repeat(depth));
    let inputs = [
        ("front.md", format!("+++\na = 1\n{}+++\nText.\n", "= [\n".repeat(14_000))),
        ("yaml.md", format!("---\na: {}\n---\nText.\n", deep("[", "]", 4_000))),
        (
            "bomb.md",
            format!(
                "---\na: &a [x,x,x,x,x,x,x,x,x]\n{}---\nText.\n",
                (0..12).fold(String::new(), |all, level| {
                    let (this, next) = (char::from(b'a' + level), char::from(b'b' + level));
                    all + &format!("{next}: &{next} [{}]\n", vec![format!("*{this}"); 9].join(","))
                })
            ),
        ),
        // Verbs that hang on each other, in one sentence.
        ("verbs.txt", "ie r Koba in May,” said A\\[mph{“relative-dayKoba ".repeat(500)),
        ("marks.txt", "“".repeat(4_000)),
        ("closing.txt", "”".repeat(4_000)),
        ("both.txt", "“‘".repeat(4_000)),
        ("short.txt", "“Yes,” “No,” ".repeat(1_000)),
        ("words.txt", "word ".repeat(4_000)),
        ("comma.txt", "a, ".repeat(3_000)),
        ("names.txt", "Ana Reyes and ".repeat(3_000)),
        ("said.txt", "“A” said Ana Reyes, ".repeat(1_000)),
        ("dates.txt", "on 3 May 2025, ".repeat(2_000)),
        ("dashes.txt", "— Ana Reyes ".repeat(2_000)),
        ("brackets.txt", deep("(", ")", 4_000)),
        ("quotes.md", deep("> ", "", 4_000)),
        ("lists.md", (0..400).map(|depth| format!("{}- a\n", " ".repeat(depth * 2))).collect::<String>()),
        ("stars.md", "*a _b ".repeat(4_000)),
        ("links.md", deep("[", "](a)", 5_000)),
        ("ticks.md", (1..300).map(|count| "`".repeat(count) + " ").collect::<String>()),
        ("divs.html", deep("<div>", "</div>", 4_000)),
        ("tags.html", "<a <b ".repeat(4_000)),
        ("comment.html", "<!--".repeat(3_000)),
        ("liquid.md", "{{ {% ".repeat(4_000)),
        ("macro.tex", deep("\\emph{", "}", 4_000)),
        ("note.adoc", deep("_*", "*_", 4_000)),
        ("wiki.wiki", deep("{{", "}}", 4_000)),
        ("cells.ipynb", deep("[", "]", 20_000)),
        ("flat.fodt", deep("<text:p>", "</text:p>", 4_000)),
    ];
    for (name, text) in inputs {
        let desk = Desk::new(&[]);
        desk.write(name, &text);
        let facts = ["marks.txt", "short.txt", "names.txt", "divs.html"].contains(&name);
        for arguments in ["check --format json", "facts"].into_iter().take(1 + usize::from(facts)) {
            // A debug build is ten times slower and its stack frames are larger.
            let run = desk.limited(
                "ulimit -v 2000000; ulimit -t 60",
                &format!("{arguments} --isolated --threads 1 -o out.json"),
            );
            assert!((0..=2).contains(&run.code), "{name}: {arguments}: {} {}", run.code, run.error);
            assert!(!run.error.contains("fault of sayso"), "{name}: {}", run.error);
            let written = std::fs::metadata(desk.path().join("out.json")).map_or(0, |data| data.len());
            let most = 500 * (text.len() as u64 + 1_000);
            assert!(written < most, "{name}: {arguments} writes {written} bytes for {}", text.len());
            let _ = std::fs::remove_file(desk.path().join("out.json"));
        }
    }
}

/// Runs sayso as somebody who may not read and write everything, as root may; `None` where that cannot be done here.
fn run_as_anybody(desk: &Desk, arguments: &[&str]) -> Option<Run> {
    let program = desk.path().join("sayso");
    std::fs::copy(env!("CARGO_BIN_EXE_sayso"), &program).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
    std::fs::set_permissions(desk.path(), PermissionsExt::from_mode(0o755)).unwrap();
    let mut other = Command::new("setpriv");
    other.args(["--reuid=65534", "--regid=65534", "--clear-groups", "./sayso"]).args(arguments);
    let output = other.current_dir(desk.path()).output().ok()?;
    Some(Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        error: String::from_utf8(output.stderr).unwrap(),
    })
}

#[test]
fn a_tree_that_may_not_be_written_is_checked_and_not_fixed() {
    let desk = Desk::new(&[("tree/a.txt", SPACED), ("tree/b.txt", SOUND)]);
    let folder = desk.path().join("tree");
    std::fs::set_permissions(folder.join("a.txt"), PermissionsExt::from_mode(0o644)).unwrap();
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o555)).unwrap();
    let run = run_as_anybody(&desk, &["check", "--isolated", "--fix", "--unsafe-fixes", "tree"]);
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o755)).unwrap();
    let Some(run) = run else { return };
    assert_eq!(run.code, 2, "{}{}", run.out, run.error);
    let error = words(&run.error);
    assert!(error.contains("× tree/a.txt: cannot be written: you may not open it"), "{error}");
    assert!(error.contains("check that the folder exists"), "{error}");
    assert_eq!(desk.read("tree/a.txt"), SPACED);
    assert_eq!(left_over(&folder), Vec::<String>::new());
}

#[test]
fn a_draft_that_vanishes_between_the_listing_and_the_reading_is_named() {
    use sayso::source::{TrackedChanges, WalkOptions, find, read};
    let desk = Desk::new(&[("gone.txt", SOUND), ("stays.txt", SOUND)]);
    let options = WalkOptions { cwd: desk.path().to_owned(), ..WalkOptions::default() };
    let listed = find(&[desk.path().to_owned()], &options).found;
    std::fs::remove_file(desk.path().join("gone.txt")).unwrap();
    let results: Vec<_> =
        listed.iter().map(|found| read(found, TrackedChanges::default(), 1 << 20)).collect();
    let error = results[0].as_ref().unwrap_err();
    assert!(error.path.ends_with("gone.txt") && error.message.contains("no such file"), "{error:?}");
    assert!(error.help.is_some() && results[1].is_ok());
}

#[test]
fn drafts_that_come_and_go_while_they_are_read_cost_themselves_only() {
    let desk = Desk::new(&[("open.txt", OPEN)]);
    let folder = desk.path().to_owned();
    let over = std::sync::atomic::AtomicBool::new(false);
    // An assertion that fails must not leave the writer running.
    let last = std::time::Instant::now() + Duration::from_secs(60);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(std::sync::atomic::Ordering::Relaxed) && std::time::Instant::now() < last {
                (0..60)
                    .for_each(|number| std::fs::write(folder.join(format!("{number}.txt")), SOUND).unwrap());
                (0..60)
                    .for_each(|number| std::fs::remove_file(folder.join(format!("{number}.txt"))).unwrap());
            }
        });
        for _ in 0..12 {
            let run = desk.run(&["check", "--isolated", "--format", "concise"]);
            // 2 says that one of them was listed and could not be read.
            assert!(matches!(run.code, 1 | 2), "{}{}", run.out, run.error);
            assert!(run.out.contains(FOUND) && !run.error.contains("fault of sayso"), "{}", run.out);
        }
        over.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn a_pipe_with_a_name_is_never_waited_for() {
    let desk = Desk::new(&[("open.txt", OPEN)]);
    for name in ["p.txt", "p.toml"] {
        assert!(Command::new("mkfifo").arg(name).current_dir(desk.path()).status().unwrap().success());
    }
    let started = std::time::Instant::now();
    let run = desk.run(&["check", "--isolated", "--format", "concise"]);
    assert!(run.code == 1 && run.out.starts_with(FOUND), "{}{}", run.out, run.error);
    let run = desk.run(&["check", "--isolated"]);
    let told = words(&format!("{}{}", run.out, run.error));
    assert!(told.contains("skipped: 1 file of a kind that is not read"), "{told}");
    let run = desk.run(&["check", "--isolated", "p.txt"]);
    assert!(run.code == 2 && words(&run.out).contains("a device or a pipe and no file"), "{}", run.out);
    for config in
        ["extend = \"p.toml\"", "people = \"p.toml\"", "rules-dir = \"p.toml\"", "transcripts = \"p.txt\""]
    {
        desk.write("sayso.toml", config);
        let run = desk.run(&["check"]);
        assert_eq!(run.code, 2, "{config}: {}{}", run.out, run.error);
        assert!(run.error.contains("sayso.toml:1:"), "{config}: {}", run.error);
    }
    assert!(started.elapsed() < Duration::from_secs(100), "nothing waits for a writer");
}

#[test]
fn registries_that_contradict_themselves_are_pointed_into() {
    let title = "[[person.title]]\ntitle = \"Mayor\"\n";
    for (content, said, line) in [
        ("born = 1970\ndied = 1950\n".to_owned(), "dies before the day of birth", 4),
        (format!("{title}from = 2020\nto = 2010\n"), "“Mayor” ends before it begins", 3),
        ("[[person]]\nname = \"Ines Duarte\"\n".to_owned(), "Ines Duarte is listed twice", 2),
    ] {
        let text = format!("[[person]]\nname = \"Ines Duarte\"\n{content}");
        let desk = Desk::new(&[("a.txt", SOUND), ("sayso.toml", "people = \"p.toml\"\n"), ("p.toml", &text)]);
        let run = desk.run(&["check"]);
        assert_eq!(run.code, 2, "{content}: {}", run.error);
        assert!(run.error.contains(said) && run.error.contains(&format!("p.toml:{line}:")), "{}", run.error);
    }
}

/// A binary file with the ending of a draft is counted where it was met in a folder, and named where it was named.
#[test]
fn nothing_is_passed_over_in_silence() {
    let desk = Desk::new(&[("open.txt", OPEN)]);
    desk.write("picture.md", (0..=255_u8).collect::<Vec<_>>());
    let run = desk.run(&["check", "--isolated", "."]);
    let told = words(&format!("{}{}", run.out, run.error));
    assert!(told.contains("skipped: 1 file of a kind that is not read"), "{told}");
    let run = desk.run(&["check", "--isolated", "--format", "json", "."]);
    assert!(run.out.contains("\"skipped\": 1"), "{}", run.out);
    let run = desk.run(&["check", "--isolated", "picture.md"]);
    assert!(run.code == 2 && words(&run.out).contains("this is a binary file"), "{}", run.out);
}

/// A configuration that extends another, which extends another, and so on: the chain ends with a message, and no stack does.
#[test]
fn a_chain_of_ten_thousand_configurations_is_refused() {
    let desk = Desk::new(&[("a.txt", SOUND), ("sayso.toml", "extend = \"c0.toml\"\n")]);
    for number in 0..10_000 {
        std::fs::write(
            desk.path().join(format!("c{number}.toml")),
            format!("extend = \"c{}.toml\"\n", number + 1),
        )
        .unwrap();
    }
    let run = desk.run(&["check", "a.txt"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.error);
    assert!(words(&run.error).contains("more than 32 configurations"), "{}", run.error);
}

/// What a directive covers, and what is wrong with a mark, lies in the text and on boundaries of its characters.
#[test]
fn places_among_the_facts_lie_in_the_text() {
    for text in [
        "“a¶¶\"aé said Ana Ruiz.",
        "“We pay,” Ana Ruiz said.\n\nsayso: allow-file(marks) é\n",
        "<!-- sayso: allow-start(marks) é -->\n“é said Ana Ruiz.\n",
        "The bridge closes on August\u{a0}17 (Tuesday)",
        "The bridge closes on August\u{2003}17,\u{3000}2025\u{202f}(Tuesday)",
        "é",
    ] {
        let desk = Desk::new(&[("draft.md", text)]);
        let run = desk.run(&["facts", "--isolated", "draft.md"]);
        assert_eq!(run.code, 0, "{text}: {}", run.error);
        let facts: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let mut open = vec![&facts];
        let mut places = 0;
        while let Some(value) = open.pop() {
            open.extend(value.as_array().into_iter().flatten());
            open.extend(value.as_object().into_iter().flat_map(|members| members.values()));
            if let (Some(start), Some(end)) = (value["start"].as_u64(), value["end"].as_u64()) {
                places += 1;
                assert!(text.get(start as usize..end as usize).is_some(), "{text}: {value}");
            }
        }
        assert!(places > 0, "{text} has no place, so nothing was looked at: {facts}");
    }
}
