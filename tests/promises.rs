//! What the pages promise is what runs: every command and option that they name is one, and the summary counts what they
//! say it counts.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use regex::Regex;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sayso(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso")).args(arguments).env("NO_COLOR", "1").output().unwrap()
}

/// README, the manual and the examples' pages.
fn pages() -> Vec<(PathBuf, String)> {
    let mut paths = vec![root().join("README.md"), root().join("examples/editors/README.md")];
    paths.extend(std::fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path()));
    paths.retain(|path| path.extension().is_some_and(|end| end == "md"));
    paths.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

/// The commands that a page tells people to type: `sayso …` in a line of code or between backticks.
fn commands(page: &str) -> Vec<String> {
    let inline = Regex::new(r"`(sayso [^`]*)`").unwrap();
    let mut commands: Vec<String> =
        inline.captures_iter(page).map(|found| found[1].replace('\n', " ")).collect();
    // Every second part between fences is code.
    let code = page.split("```").skip(1).step_by(2).flat_map(str::lines);
    let lines = code.map(|line| line.trim_start_matches("$ "));
    commands.extend(lines.filter(|line| line.starts_with("sayso ")).map(str::to_owned));
    commands
}

/// The options of each command, from its help. `check` is also what runs without a command.
fn options() -> BTreeMap<String, BTreeSet<String>> {
    let help = String::from_utf8(sayso(&["--help"]).stdout).unwrap();
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let option = Regex::new(r"(?m)^\s+(?:-\w, )?(--[a-z-]+)").unwrap();
    let of = |name: &str| {
        let mut help = String::from_utf8(sayso(&[name, "--help"]).stdout).unwrap();
        // The options of `archive` are those of its own commands.
        let inner = help
            .split("Commands:\n")
            .nth(1)
            .and_then(|rest| rest.split("\n\n").next())
            .unwrap_or("")
            .to_owned();
        for line in inner.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
            let of = line.split_whitespace().next().unwrap();
            help += &String::from_utf8(sayso(&[name, of, "--help"]).stdout).unwrap();
        }
        (name.to_owned(), option.captures_iter(&help).map(|found| found[1].to_owned()).collect())
    };
    names.map(|line| of(line.split_whitespace().next().unwrap())).collect()
}

#[test]
fn every_command_and_option_on_a_page_is_one() {
    let known = options();
    assert!(known.len() > 8, "{:?}", known.keys());
    let option = Regex::new(r"(?:^|\s)(--[a-z][a-z-]+)").unwrap();
    let word = Regex::new(r"^[a-z]+$").unwrap();
    let alone = Regex::new(r"`(--[a-z][a-z-]+)[^`]*`").unwrap();
    let (mut checked, mut wrong) = (0, Vec::new());
    for (path, page) in pages() {
        for line in commands(&page) {
            let first = line.split_whitespace().nth(1).unwrap_or("");
            // A word that is no command is a folder of the example.
            let folder = ["drafts", "wire"].contains(&first);
            let command = if word.is_match(first) && !folder { first } else { "check" };
            let Some(options) = known.get(command) else {
                wrong.push(format!("{}: there is no command `{command}` in `{line}`", path.display()));
                continue;
            };
            for found in option.captures_iter(&line) {
                checked += 1;
                if !options.contains(&found[1]) && !["--help", "--version"].contains(&&found[1]) {
                    wrong.push(format!(
                        "{}: `{command}` has no option `{}` in `{line}`",
                        path.display(),
                        &found[1]
                    ));
                }
            }
        }
        // An option that stands alone belongs to some command.
        for found in alone.captures_iter(&page) {
            checked += 1;
            if !known.values().any(|options| options.contains(&found[1])) {
                wrong.push(format!("{}: no command has the option `{}`", path.display(), &found[1]));
            }
        }
    }
    assert!(checked > 30, "{checked}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// “The summary at the end of every check counts what was left undecided.”
#[test]
fn the_summary_counts_what_is_undecided() {
    assert!(pages()[0].1.contains("summary at the end of every check counts what was left undecided"));
    let desk = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(desk.path().join(name), text).unwrap();
    write(
        "a.txt",
        "“The pier stays closed until the winter is over,” he said.\n\nIt will be rebuilt next week.\n",
    );
    let run = |name: &str| {
        let path: &Path = &desk.path().join(name);
        let output = sayso(&["check", "--isolated", path.to_str().unwrap()]);
        String::from_utf8(output.stderr).unwrap()
    };
    let summary = run("a.txt");
    assert!(summary.contains("undecided: 1 speaker, 1 day"), "{summary}");
    write("b.txt", "“The pier stays closed until the winter is over,” said Ana Reyes.\n");
    assert!(!run("b.txt").contains("undecided"), "{}", run("b.txt"));
}

/// Every group is listed once, in the table of rules and in the manual.
#[test]
fn every_group_is_listed_once() {
    let manual = std::fs::read_to_string(root().join("docs/rules.md")).unwrap();
    let table = String::from_utf8(sayso(&["rules"]).stdout).unwrap();
    for group in sayso::rules::groups() {
        assert_eq!(manual.matches(&format!("\n## {group}\n")).count(), 1, "{group} in docs/rules.md");
        assert_eq!(table.lines().filter(|line| *line == group).count(), 1, "{group} in `sayso rules`");
    }
}
