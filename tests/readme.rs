//! What the README shows is what the program does.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The fenced blocks whose info string is `info`, without their fences.
fn blocks(markdown: &str, info: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in markdown.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(name)) => open = Some((name == info, String::new())),
            (Some(_), Some("")) => found.extend(open.take().filter(|block| block.0).map(|block| block.1)),
            (Some((_, text)), _) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

/// The one block with that info string.
fn block(markdown: &str, info: &str) -> String {
    let mut found = blocks(markdown, info);
    assert_eq!(found.len(), 1, "blocks marked {info:?}");
    found.remove(0)
}

#[test]
fn the_first_draft_lines_stand_in_the_drafts() {
    let shown = block(&read("README.md"), "drafts");
    let mut draft: Option<(String, String)> = None;
    let mut lines = 0;
    for line in shown.lines() {
        if let Some(path) = line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")) {
            draft = Some((path.to_owned(), read(path)));
        } else {
            let (path, text) = draft.as_ref().unwrap();
            assert!(text.lines().any(|candidate| candidate == line), "{path} has no line {line:?}");
            lines += 1;
        }
    }
    assert!(lines >= 2, "the README shows no draft");
}

#[test]
fn the_first_output_is_what_sayso_prints() {
    let shown = block(&read("README.md"), "output");
    let output = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["--color", "never", "examples/newsroom"])
        .current_dir(root())
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(
        printed.contains(&shown),
        "The README shows\n{shown}\nbut sayso prints\n{printed}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn the_two_commands_are_those_that_ci_runs() {
    let readme = read("README.md");
    let ci = read(".ci/run");
    let section = readme.split("\n## ").find(|section| section.starts_with("Two commands\n")).unwrap();
    let commands: Vec<_> = blocks(section, "").iter().map(|block| block.trim().to_owned()).collect();
    assert_eq!(commands, ["cargo run --release -- examples/newsroom", "cargo test"]);
    for command in commands {
        let run = ci.lines().any(|line| {
            let line = line.trim().strip_prefix("step ").unwrap_or_default();
            line == command || line.strip_prefix(&command).is_some_and(|rest| rest.starts_with(" ||"))
        });
        assert!(run, ".ci/run does not run `{command}`");
    }
}

#[test]
fn every_link_leads_to_a_file() {
    for page in [
        "README.md",
        "CONTRIBUTING.md",
        "docs/attribution.md",
        "docs/configuration.md",
        "docs/desk.md",
        "docs/editors/README.md",
        "docs/editors/emacs.md",
        "docs/editors/neovim.md",
        "examples/editors/README.md",
    ] {
        let text = read(page);
        let folder = root().join(page).parent().unwrap().to_owned();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if !target.contains("://") {
                assert!(folder.join(target).exists(), "{page} links to {target}, which is not there");
            }
        }
    }
}

/// The ids between backticks in the README's table of rules.
fn rules_in_table(readme: &str) -> BTreeSet<String> {
    let section = readme.split("\n## ").find(|section| section.starts_with("What it finds\n")).unwrap();
    let rows = section.lines().filter(|line| line.starts_with('|'));
    rows.flat_map(|row| row.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn the_table_lists_the_rules_that_are_on_by_default() {
    let output = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["rules", "--format", "json"])
        .current_dir(root())
        .output()
        .unwrap();
    let rules: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let on: BTreeSet<_> = rules
        .as_array()
        .unwrap()
        .iter()
        .filter(|rule| rule["level"] != "off")
        .map(|rule| rule["rule"].as_str().unwrap().to_owned())
        .collect();
    assert!(!on.is_empty());
    assert_eq!(rules_in_table(&read("README.md")), on);
}

/// The commands that the README tells people to type.
#[test]
fn every_command_it_names_is_one() {
    let readme = read("README.md");
    let section = readme.split("\n## ").find(|section| section.starts_with("Use\n")).unwrap();
    let commands: BTreeSet<_> = block(section, "")
        .lines()
        .filter_map(|line| line.strip_prefix("sayso ")?.split_whitespace().next().map(str::to_owned))
        .collect();
    assert!(commands.len() > 3, "{commands:?}");
    for command in commands {
        let output = Command::new(env!("CARGO_BIN_EXE_sayso")).args([&command, "--help"]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "sayso {command} --help");
    }
}
