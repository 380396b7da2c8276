//! The published hooks, run as pre-commit runs them: the hook's `entry` with the changed files behind it.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::path::Path;
use std::process::{Command, Output};

use serde::Deserialize;

#[derive(Deserialize)]
struct Hook {
    id: String,
    entry: String,
    #[serde(default = "yes")]
    pass_filenames: bool,
    #[serde(default)]
    args: Vec<String>,
    #[serde(default)]
    require_serial: bool,
    /// Which files pre-commit passes.
    files: Option<String>,
    /// Of those, which it does not.
    exclude: Option<String>,
}

/// What pre-commit takes `pass_filenames` to be where it is absent.
const fn yes() -> bool {
    true
}

fn hook(id: &str) -> Hook {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml"));
    let hooks: Vec<Hook> = serde_saphyr::from_str(&text.unwrap()).unwrap();
    hooks.into_iter().find(|hook| hook.id == id).unwrap()
}

/// Runs a hook in `folder`. Only `changed` files reach its command line.
fn run(hook: &Hook, folder: &Path, changed: &[&str]) -> Output {
    let mut words = hook.entry.split_whitespace();
    assert_eq!(words.next(), Some("sayso"), "pre-commit builds and runs a program of this name");
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.args(words).args(&hook.args).current_dir(folder).env("PRE_COMMIT", "1").env("NO_COLOR", "1");
    if hook.pass_filenames {
        command.args(changed);
    }
    command.output().unwrap()
}

/// A project of two drafts; the second quotes the harvest with `words`.
fn project(words: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| std::fs::write(folder.path().join(path), text).unwrap();
    std::fs::create_dir(folder.path().join("drafts")).unwrap();
    write("sayso.toml", "include = [\"drafts/**\"]\n");
    write(
        "drafts/monday.txt",
        "“We lost the barley to the geese and the oats to the choir,” Edda Marlowe said.\n",
    );
    write("drafts/friday.md", &format!("“{words},” Edda Marlowe told the parish meeting.\n"));
    folder
}

const SAME: &str = "We lost the barley to the geese and the oats to the choir";
const OTHER: &str = "We lost the barley to the crows and the oats to the choir";

#[test]
fn a_conflict_with_an_unchanged_draft_is_found() {
    let folder = project(OTHER);
    let hook = hook("sayso");
    assert!(hook.pass_filenames && hook.require_serial);
    let output = run(&hook, folder.path(), &["drafts/friday.md"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("altered-quotation"), "{text}");
    assert!(text.contains("drafts/friday.md") && text.contains("drafts/monday.txt"), "{text}");
}

#[test]
fn a_clean_commit_passes() {
    let folder = project(SAME);
    for id in ["sayso", "sayso-project"] {
        let output = run(&hook(id), folder.path(), &["drafts/friday.md"]);
        assert_eq!(output.status.code(), Some(0), "{id}: {}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn faults_elsewhere_do_not_block_the_commit() {
    let folder = project(SAME);
    std::fs::write(folder.path().join("drafts/old.txt"), "“Nobody closed this, said Edda Marlowe.\n")
        .unwrap();
    let output = run(&hook("sayso"), folder.path(), &["drafts/friday.md"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    let output = run(&hook("sayso-project"), folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1), "the hook for the whole project does report it");
}

#[test]
fn the_hook_for_the_project_takes_no_files() {
    let folder = project(OTHER);
    let hook = hook("sayso-project");
    assert!(!hook.pass_filenames);
    let output = run(&hook, folder.path(), &["sayso.toml"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_draft_that_is_called_like_an_option_is_a_draft() {
    let folder = project(SAME);
    std::fs::write(folder.path().join("drafts/--output=x.md"), "“Nobody closed this, said Edda Marlowe.\n")
        .unwrap();
    std::fs::write(folder.path().join("--output=x.md"), "“Nobody closed this, said Edda Marlowe.\n").unwrap();
    for id in ["sayso", "sayso-rust"] {
        let output = run(&hook(id), folder.path(), &["--output=x.md", "drafts/--output=x.md"]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{id}: {text}{}", String::from_utf8_lossy(&output.stderr));
        assert!(!folder.path().join("x.md").exists());
    }
}

#[test]
fn what_users_set_stands_before_the_drafts() {
    let folder = project(OTHER);
    let mut hook = hook("sayso");
    hook.args.splice(0..0, ["--fail-on".to_owned(), "never".to_owned()]);
    let output = run(&hook, folder.path(), &["drafts/friday.md"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_draft_that_git_does_not_know_stays_out_of_a_commit() {
    let folder = project(SAME);
    let git = |arguments: &[&str]| {
        let output = Command::new("git").current_dir(folder.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    std::fs::write(folder.path().join("drafts/private.md"), format!("“{OTHER},” Edda Marlowe told me.\n"))
        .unwrap();
    let output = run(&hook("sayso"), folder.path(), &["drafts/friday.md"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    git(&["add", "."]);
    let output = run(&hook("sayso"), folder.path(), &["drafts/friday.md"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn every_kind_of_draft_is_passed_and_nothing_else() {
    let endings = sayso::source::FORMATS.iter().flat_map(|entry| entry.endings);
    let list = endings.copied().collect::<Vec<_>>().join("|");
    for id in ["sayso", "sayso-rust"] {
        let hook = hook(id);
        let files = hook.files.unwrap();
        assert_eq!(files, format!("(?i)\\.({list})$"));
        let (files, exclude) =
            (regex::Regex::new(&files).unwrap(), regex::Regex::new(&hook.exclude.unwrap()).unwrap());
        let passed = |path: &str| files.is_match(path) && !exclude.is_match(path);
        for draft in ["a.md", "drafts/The Requirements.docx", "STORY.TXT", "drafts/b.html"] {
            assert!(passed(draft), "{draft}");
        }
        for other in [
            "people.toml",
            "tapes/a.vtt",
            "a.json",
            "a.png",
            "requirements.txt",
            "LICENSE.md",
            "x/CMakeLists.txt",
        ] {
            assert!(!passed(other), "{other}");
        }
    }
}

/// A house that sets `files: ^drafts/` in its own configuration gets every file there passed.
#[test]
fn what_is_no_draft_is_counted_and_does_not_stop_the_commit() {
    let folder = project(SAME);
    let write = |path: &str, text: &str| std::fs::write(folder.path().join(path), text).unwrap();
    write("drafts/quay.png", "\u{89}PNG");
    write("drafts/people.toml", "[[person]]\nname = \"Edda Marlowe\"\n");
    write("drafts/export.json", "{}");
    let output = run(
        &hook("sayso"),
        folder.path(),
        &["drafts/quay.png", "drafts/people.toml", "drafts/friday.md", "drafts/export.json"],
    );
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stdout));
    assert!(said.contains("1 file") && said.contains("skipped: 3 files"), "{said}");
    let output = run(&hook("sayso"), folder.path(), &["drafts/quay.png"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    // A draft that is not there is an error all the same.
    let output = run(&hook("sayso"), folder.path(), &["drafts/gone.md"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_tape_that_is_passed_is_a_tape() {
    let folder = project(SAME);
    std::fs::create_dir(folder.path().join("tapes")).unwrap();
    let tape =
        "EDDA MARLOWE: We lost the barley to the geese and the oats to the choir. “Nobody closed this.\n";
    std::fs::write(folder.path().join("tapes/monday.txt"), tape).unwrap();
    std::fs::write(
        folder.path().join("sayso.toml"),
        "include = [\"drafts/**\"]\ntranscripts = [\"tapes/**\"]\n",
    )
    .unwrap();
    let output = run(&hook("sayso"), folder.path(), &["tapes/monday.txt"]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
