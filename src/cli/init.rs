//! `sayso init`: looks at a folder and writes the configuration and the registry that it can begin with.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use super::Outcome;
use super::args::{Drafts, Init};
use super::commands::people_of;
use super::load::load;
use super::output::{Output, finish};
use crate::config::{Config, FILE_NAME};
use crate::project::Options;
use crate::report;
use crate::source::{self, FolderView, InputError};

/// The registry that is drafted.
const PEOPLE: &str = "people.toml";

/// `sayso init`.
pub(super) fn init(options: &Init) -> Outcome {
    let here = std::env::current_dir()
        .map_err(|error| InputError::new(".", format!("the working directory cannot be used: {error}")))?;
    let folder = source::absolute(&here, options.folder.as_deref().unwrap_or(Path::new(".")));
    refuse(&folder, &here)?;
    let view = source::look_at(&folder)?;
    let has_people = folder.join(PEOPLE).is_file();
    let drafted = if has_people { None } else { draft_people(options, &folder, &view)? };
    let text = configuration(&view, has_people || drafted.is_some());
    // What is written has to be readable.
    Config::from_text(FILE_NAME, &text, &folder)?;

    let mut said = String::new();
    source::write_new(&folder.join(FILE_NAME), text.as_bytes())?;
    let _ = writeln!(said, "{FILE_NAME}: written; {}", in_words(&view));
    match (&drafted, has_people) {
        (Some((text, count)), _) => {
            source::write_new(&folder.join(PEOPLE), text.as_bytes())?;
            let people = if *count == 1 { "1 person".to_owned() } else { format!("{count} people") };
            let _ = writeln!(
                said,
                "{PEOPLE}: written; {people} from the drafts. Check each spelling and title, add days"
            );
        }
        (None, true) => {
            let _ = writeln!(said, "{PEOPLE}: there already, left as it is");
        }
        (None, false) => {
            let _ = writeln!(said, "{PEOPLE}: not written; the drafts name nobody in full");
        }
    }
    said.push_str(&offers(&folder));
    let mut out = Output::new(&options.shared);
    let written = out.write_all(said.as_bytes());
    finish(written, out, &options.shared, None)?;
    Ok(ExitCode::SUCCESS)
}

/// Nothing is overwritten, and no project is begun inside another.
fn refuse(folder: &Path, here: &Path) -> Result<(), InputError> {
    if !folder.is_dir() {
        return Err(InputError::new(folder.to_string_lossy(), "there is no such folder"));
    }
    let Some(known) = Config::discover(folder, &[]) else { return Ok(()) };
    let shown = known.strip_prefix(here).unwrap_or(&known).to_string_lossy().into_owned();
    let error = InputError::new(shown, "there is a configuration already, and nothing was written");
    Err(match known.parent() == Some(folder) {
        true => error.help("`sayso check --show-config FILE` shows what it sets"),
        false => error.help("this folder belongs to its project; add an [[overrides]] table there"),
    })
}

/// Drafts a registry from the drafts: its text and the number of people in it; `None` where they name nobody.
fn draft_people(
    options: &Init,
    folder: &Path,
    view: &FolderView,
) -> Result<Option<(String, usize)>, Vec<InputError>> {
    if view.drafts.is_empty() {
        return Ok(None);
    }
    let config = Config::from_text(FILE_NAME, &configuration(view, false), folder)?;
    let drafts = Drafts { paths: vec![folder.to_owned()], stdin_filename: None };
    let loaded = load(&drafts, &options.shared, config, Options::default(), false)?;
    let people = people_of(&loaded);
    if people.is_empty() {
        return Ok(None);
    }
    let mut text = Vec::new();
    report::people_toml(&mut text, &loaded.sheet(), &people)
        .map_err(|error| InputError::new(PEOPLE, error.to_string()))?;
    Ok(Some((String::from_utf8_lossy(&text).into_owned(), people.len())))
}

/// The text of the configuration.
fn configuration(view: &FolderView, people: bool) -> String {
    let list = |patterns: &[String]| {
        let patterns: Vec<String> = patterns.iter().map(|pattern| format!("{pattern:?}")).collect();
        format!("[{}]", patterns.join(", "))
    };
    let include = view.draft_patterns();
    let tapes = view.tape_patterns();
    let mut text = String::from(
        "# What sayso knows about this project. docs/configuration.md has every key.\n\
         # `sayso schema config` prints a JSON Schema, with which an editor completes and checks this file.\n\n",
    );
    let mut line = |active: bool, setting: &str, about: &str| {
        let _ = writeln!(text, "# {about}");
        let _ = writeln!(text, "{}{setting}\n", if active { "" } else { "# " });
    };
    match include.is_empty() {
        true => line(
            false,
            "include = [\"drafts/**\"]",
            "The drafts. Without this line, every file of a known format.",
        ),
        false => line(true, &format!("include = {}", list(&include)), "The drafts."),
    }
    line(false, "exclude = [\"archive/**\"]", "Files and folders that are left out.");
    line(people, "people = [\"people.toml\"]", "Who held which office, and when.");
    match tapes.is_empty() {
        true => line(
            false,
            "transcripts = [\"tapes/**\"]",
            "What was really said: drafts are held against these.",
        ),
        false => line(
            true,
            &format!("transcripts = {}", list(&tapes)),
            "What was really said: drafts are held against these.",
        ),
    }
    let styles: Vec<&str> = crate::config::styles().collect();
    line(false, &format!("style = {:?}", styles[0]), &format!("House style, one of: {}.", styles.join(", ")));
    text.push_str(
        "# Levels: error, warning, note or off. `sayso rules` lists the rules.\n\
         [rules]\n\
         # anonymous-source = \"warning\"\n\
         # unattributed-quotation = { level = \"warning\", words = 6 }\n\n\
         # A level for every rule of a group.\n\
         # [groups]\n\
         # dates = \"error\"\n\n\
         # What differs for some files; later ones win.\n\
         # [[overrides]]\n\
         # files = [\"wire/**\"]\n\
         # desk = \"wire\"\n\
         # published = 2026-06-10\n\
         # rules = { unattributed-quotation = \"off\" }\n",
    );
    text
}

/// What was found in the folder.
fn in_words(view: &FolderView) -> String {
    let counted = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    };
    let mut words = counted(view.drafts.len(), "draft");
    if !view.tapes.is_empty() {
        let _ = write!(words, ", {}", counted(view.tapes.len(), "transcript"));
    }
    words + " found"
}

/// Snippets to copy: nothing of another program's is written.
fn offers(folder: &Path) -> String {
    let mut said = String::new();
    let pre_commit = folder.join(".pre-commit-config.yaml");
    let verb = if pre_commit.is_file() { "add to" } else { "write into" };
    let _ = write!(
        said,
        "\nTo check drafts before every commit, {verb} .pre-commit-config.yaml:\n\n{PRE_COMMIT}\n\
         In VS Code, a task that lists the findings (.vscode/tasks.json):\n\n{VS_CODE}\n\
         Vim, Emacs and other editors read what `sayso check --format concise` prints.\n\n\
         Next: `sayso` checks the project, `sayso check --write-baseline` records what is found today.\n"
    );
    said
}

const PRE_COMMIT: &str = "\
repos:
  - repo: local
    hooks:
      - id: sayso
        name: sayso
        entry: sayso check
        args: [\"--\"]
        language: system
        types_or: [markdown, plain-text]
        require_serial: true
";

const VS_CODE: &str = include_str!("../../examples/editors/vscode/tasks.json");
