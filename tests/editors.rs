//! The problem matchers under `examples/editors` read what the program really prints, and the editors that docs/editors
//! names show what `sayso lsp` finds.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use regex::Regex;

/// What a matcher makes of one line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Reading {
    path: String,
    line: usize,
    column: usize,
    /// The first letter of the level, which is all that Vim keeps.
    level: char,
}

/// A published matcher: its expression, and the groups that hold path, line, column and level.
struct Matcher {
    name: &'static str,
    expression: Regex,
}

impl Matcher {
    fn new(name: &'static str, expression: &str) -> Self {
        Self { name, expression: Regex::new(expression).unwrap() }
    }

    fn read(&self, line: &str) -> Option<Reading> {
        let groups = self.expression.captures(line)?;
        // Emacs has a group for each level that is not an error, the others one for the level's name.
        let level = match self.name {
            "emacs" if groups.get(4).is_some() => 'w',
            "emacs" if groups.get(5).is_some() => 'n',
            "emacs" => 'e',
            _ => groups[4].chars().next().unwrap(),
        };
        Some(Reading {
            path: groups[1].to_owned(),
            line: groups[2].parse().unwrap(),
            column: groups[3].parse().unwrap(),
            level,
        })
    }
}

fn published(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/editors").join(file);
    std::fs::read_to_string(path).unwrap()
}

/// The `regexp` of a problem matcher in JSON. VS Code allows comments, which JSON does not.
fn json_expression(file: &str, pointer: &str) -> String {
    let text = published(file);
    let plain: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let value: serde_json::Value = serde_json::from_str(&plain).unwrap();
    let pattern = value.pointer(pointer).unwrap();
    let groups = ["file", "line", "column", "severity", "message", "code"];
    for (rank, group) in groups.iter().enumerate() {
        assert_eq!(pattern[group], rank + 1, "{file}: the group of “{group}”");
    }
    pattern["regexp"].as_str().unwrap().to_owned()
}

/// Vim's `errorformat` as an expression: the items that the published one uses.
fn vim_expression() -> String {
    let text = published("sayso.vim");
    let format = text.lines().find_map(|line| line.split_once("errorformat=")).unwrap().1;
    let items = [
        (r"\ ", " "),
        ("%f", "(.+?)"),
        ("%l", "([0-9]+)"),
        ("%v", "([0-9]+)"),
        ("%t", "(.)"),
        ("%*[^:]", "[^:]+"),
        ("%m", "(.+)"),
    ];
    let expression = items.iter().fold(format.to_owned(), |text, (item, means)| text.replace(item, means));
    assert!(!expression.contains('%'), "an item that this test cannot translate: {expression}");
    format!("^{expression}$")
}

/// The expression of the Emacs entry: a Lisp string, in which groups and alternatives carry backslashes.
fn emacs_expression() -> String {
    let text = published("sayso.el");
    let lisp = text.lines().map(str::trim).find(|line| line.starts_with("\"^")).unwrap().trim_matches('"');
    lisp.replace(r"\\(", "(").replace(r"\\)", ")").replace(r"\\|", "|")
}

fn matchers() -> Vec<Matcher> {
    vec![
        Matcher::new("vscode", &json_expression("vscode/tasks.json", "/tasks/0/problemMatcher/pattern")),
        Matcher::new("github", &json_expression("github/sayso.json", "/problemMatcher/0/pattern/0")),
        Matcher::new("vim", &vim_expression()),
        Matcher::new("emacs", &emacs_expression()),
    ]
}

/// Writes the drafts into a fresh directory and returns it with what `sayso check --format concise` prints there.
fn concise(drafts: &[(&str, &str)]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in drafts {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["check", "--isolated", "--notes", "--format", "concise", "--color", "never", "."])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    (folder, String::from_utf8(output.stdout).unwrap())
}

/// Every published matcher reads every line, and all of them read the same out of it.
fn read_by_all(output: &str) -> Vec<Reading> {
    let matchers = matchers();
    let mut readings = Vec::new();
    for line in output.lines() {
        let read: Vec<_> = matchers.iter().map(|matcher| (matcher.name, matcher.read(line))).collect();
        for (name, reading) in &read {
            assert!(reading.is_some(), "{name} does not read {line:?}");
            assert_eq!(reading, &read[0].1, "{name} and {} disagree about {line:?}", read[0].0);
        }
        readings.extend(read[0].1.clone());
    }
    readings
}

const OPEN: &str = "“The kettle is on, said Dora Finlay.\n";
const STAIRS: &str = "“Nobody has mended the back stairs since the flood of ninety-one,” Dora Finlay said.\n";
const STEPS: &str = "“Nobody has mended the front stairs since the flood of ninety-one,” Dora Finlay said.\n";

#[test]
fn awkward_paths_are_read() {
    let drafts = [
        ("plain.txt", OPEN),
        ("two words/second draft.md", OPEN),
        ("café/Zoë — naïve.txt", OPEN),
        #[cfg(unix)]
        ("10:30:12 call.txt", OPEN),
        #[cfg(unix)]
        ("C:\\drafts\\b.md", OPEN),
        #[cfg(unix)]
        ("error: 7:7: note: x.txt", OPEN),
    ];
    let (folder, output) = concise(&drafts);
    let readings = read_by_all(&output);
    let expected: BTreeSet<_> = drafts.iter().map(|(path, _)| (*path).to_owned()).collect();
    let read: BTreeSet<_> = readings.iter().map(|reading| reading.path.clone()).collect();
    assert_eq!(read, expected);
    for reading in &readings {
        assert!(folder.path().join(&reading.path).is_file(), "{}", reading.path);
        assert_eq!((reading.line, reading.column, reading.level), (1, 1, 'e'));
    }
}

#[test]
fn notes_and_curly_marks_in_messages_are_read() {
    let (_folder, output) = concise(&[("a.txt", STAIRS), ("b.md", STEPS)]);
    let readings = read_by_all(&output);
    assert!(output.contains('“'), "no curly mark in\n{output}");
    let notes: Vec<_> = readings.iter().filter(|reading| reading.level == 'n').collect();
    assert!(!notes.is_empty(), "no note in\n{output}");
    let paths: BTreeSet<_> = readings.iter().map(|reading| reading.path.as_str()).collect();
    assert_eq!(paths, BTreeSet::from(["a.txt", "b.md"]));
}

#[test]
fn the_rule_is_read_where_a_matcher_keeps_it() {
    let (_folder, output) = concise(&[("a.txt", OPEN)]);
    let line = output.lines().next().unwrap();
    for matcher in matchers().iter().filter(|matcher| matches!(matcher.name, "vscode" | "github")) {
        let groups = matcher.expression.captures(line).unwrap();
        assert_eq!(&groups[6], "unclosed-quotation", "{}", matcher.name);
        assert!(!groups[5].contains('['), "the rule is part of the message for {}", matcher.name);
    }
}

#[test]
fn a_draft_cannot_forge_a_line() {
    let forged = "“x.md:1:1: error: forged [unclosed-quotation], said Dora\u{2028}y.md:2:2: error: forged\u{85} Finlay.\n";
    let (_folder, output) = concise(&[("a.txt", forged)]);
    for reading in read_by_all(&output) {
        assert_eq!(reading.path, "a.txt");
    }
}

/// Sublime Text keeps path, line, column and all of the rest.
#[test]
fn the_expression_of_sublime_reads_what_the_others_read() {
    let build: serde_json::Value = serde_json::from_str(&published("sublime/sayso.sublime-build")).unwrap();
    let expression = Regex::new(build["file_regex"].as_str().unwrap()).unwrap();
    let (_folder, output) = concise(&[("two words/a.txt", STAIRS), ("b.md", STEPS)]);
    let read: Vec<_> = output.lines().map(|line| expression.captures(line).unwrap()).collect();
    let expected = read_by_all(&output);
    assert_eq!(read.len(), expected.len());
    for (groups, reading) in read.iter().zip(&expected) {
        assert_eq!(groups[1], reading.path);
        assert_eq!((groups[2].parse(), groups[3].parse()), (Ok(reading.line), Ok(reading.column)));
        assert!(groups[4].starts_with(reading.level), "{}", &groups[4]);
    }
}

/// The files to put into an editor's settings stand on its page as they are.
#[test]
fn pages_of_editors_have_the_files_that_are_run() {
    for (page, file) in [
        ("neovim", "neovim/sayso.lua"),
        ("emacs", "sayso-eglot.el"),
        ("vim", "vim/ale.vim"),
        ("vim", "sayso.vim"),
        ("helix", "helix/languages.toml"),
        ("zed", "zed/tasks.json"),
        ("sublime", "sublime/LSP.sublime-settings"),
        ("sublime", "sublime/sayso.sublime-build"),
        ("obsidian", "obsidian/sayso.toml"),
    ] {
        let text = page_of(page);
        let blocks: Vec<&str> = text.split("```").skip(1).step_by(2).collect();
        let blocks: Vec<&str> = blocks.iter().filter_map(|block| Some(block.split_once('\n')?.1)).collect();
        assert!(blocks.contains(&published(file).as_str()), "{page}.md has not the text of {file}");
        assert!(text.contains(&format!("examples/editors/{file}")), "{page}.md does not name {file}");
    }
}

fn page_of(editor: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/editors/{editor}.md"));
    std::fs::read_to_string(path).unwrap()
}

/// No page may look as if its editor had been run where the table says that it was not.
#[test]
fn the_table_of_clients_and_the_pages_agree_on_what_was_run() {
    let table = page_of("README");
    let mut unrun = 0;
    for row in table.lines().filter(|row| row.starts_with('|') && row.contains(".md) |")) {
        let page = row.rsplit_once("](").unwrap().1.split_once(".md)").unwrap().0;
        if page.contains('/') {
            continue;
        }
        let was_not = row.contains("| not run");
        assert_eq!(page_of(page).contains("**Not run"), was_not, "{page}");
        unrun += usize::from(was_not);
    }
    assert!(unrun > 0, "the table has changed its form");
}

#[test]
fn settings_of_editors_can_be_read_and_start_the_server() {
    let helix: toml::Value = toml::from_str(&published("helix/languages.toml")).unwrap();
    let server = &helix["language-server"]["sayso"];
    assert_eq!((server["command"].as_str(), server["args"][0].as_str()), (Some("sayso"), Some("lsp")));
    let sublime: serde_json::Value =
        serde_json::from_str(&published("sublime/LSP.sublime-settings")).unwrap();
    assert_eq!(sublime["clients"]["sayso"]["command"], serde_json::json!(["sayso", "lsp"]));
    // The first task of Zed is carried out; the other one watches, and does not end.
    let zed: serde_json::Value = serde_json::from_str(&published("zed/tasks.json")).unwrap();
    let arguments: Vec<&str> =
        zed[0]["args"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    let (folder, output) = concise(&[("a.txt", OPEN)]);
    let told =
        Command::new(env!("CARGO_BIN_EXE_sayso")).args(arguments).current_dir(&folder).output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    assert_eq!(told.lines().next(), output.lines().next());
    assert_eq!(zed[1]["args"][1], "--watch");
}

#[test]
fn a_vault_of_obsidian_is_checked_without_its_own_files() {
    let (folder, _) = concise(&[("Notes/pier.md", OPEN), (".obsidian/a.md", OPEN), ("Templates/b.md", OPEN)]);
    std::fs::write(folder.path().join("sayso.toml"), published("obsidian/sayso.toml")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["check", "--format", "concise", "--color", "never"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(told.lines().filter(|line| line.contains("unclosed-quotation")).count(), 1, "{told}");
    assert!(told.starts_with("Notes/pier.md:1:1: error"), "{told}");
}

/// What an editor without a window prints about a draft that another one contradicts. `None`, said aloud, where the editor
/// is not installed: `ready` are arguments with which it ends at once and well.
#[expect(clippy::explicit_write, reason = "the macros that print are silent in a test that passes")]
fn shown(editor: &str, ready: &[&str], arguments: &[&str]) -> Option<String> {
    let installed = Command::new(editor).args(ready).output().is_ok_and(|output| output.status.success());
    if !installed {
        writeln!(std::io::stderr(), "skipped: {editor} with what it needs is not installed").unwrap();
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let drafts = folder.path().join("desk/drafts");
    std::fs::create_dir_all(&drafts).unwrap();
    std::fs::write(folder.path().join("desk/sayso.toml"), "").unwrap();
    let said = "“We will close the north pier before the winter storms,” Ana Reyes said.\n";
    std::fs::write(drafts.join("monday.txt"), said).unwrap();
    std::fs::write(drafts.join("friday.txt"), said.replace("north", "south")).unwrap();
    // Vim looks for compilers in the home folder.
    let compilers = folder.path().join(".vim/compiler");
    std::fs::create_dir_all(&compilers).unwrap();
    std::fs::write(compilers.join("sayso.vim"), published("sayso.vim")).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_sayso")).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::iter::once(program.to_owned()).chain(std::env::split_paths(&path));
    let output = Command::new(editor)
        .args(arguments)
        .current_dir(&drafts)
        .env("PATH", std::env::join_paths(path).unwrap())
        // What the user of this machine has set up must not count.
        .env("HOME", folder.path())
        .env("XDG_CONFIG_HOME", folder.path())
        .output()
        .unwrap();
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{error}");
    Some(out.replace('\r', ""))
}

fn in_repository(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).to_str().unwrap().to_owned()
}

#[test]
fn neovim_shows_a_finding_and_who_said_it_until_the_words_are_mended() {
    let settings = in_repository("examples/editors/neovim/sayso.lua");
    let check = format!("luafile {}", in_repository("tests/editors/neovim.lua"));
    let arguments = ["--headless", "-n", "-u", &settings, "friday.txt", "-c", &check];
    let Some(shown) = shown("nvim", &["--version"], &arguments) else { return };
    // Neovim counts bytes.
    assert!(shown.contains("diagnostic: altered-quotation in columns 21 to 26\n"), "{shown}");
    assert!(shown.contains("hover: **Ana Reyes**"), "{shown}");
    assert!(shown.contains("[-south-]{+north+}"), "{shown}");
    assert!(shown.contains("after the edit: nothing\n"), "{shown}");
}

#[test]
fn emacs_shows_a_finding_until_the_words_are_mended() {
    let settings = in_repository("examples/editors/sayso-eglot.el");
    let check = in_repository("tests/editors/eglot.el");
    let packages = ["-q", "--batch", "-f", "package-initialize"];
    let ready = [&packages[..], &["--eval", "(require 'eglot)"]].concat();
    let arguments = [&packages[..], &["-l", &settings, "-l", &check, "friday.txt"]].concat();
    let Some(shown) = shown("emacs", &ready, &arguments) else { return };
    assert!(shown.contains("diagnostic: sayso [altered-quotation] in columns 19 to 24\n"), "{shown}");
    // The configuration is one folder above the draft.
    assert!(shown.contains("project: desk\n"), "{shown}");
    assert!(shown.contains("after the edit: nothing\n"), "{shown}");
}

/// Arguments with which Vim reads nothing that the user of this machine has set up, and needs no terminal.
const PLAIN_VIM: [&str; 10] = ["-N", "-u", "NONE", "-i", "NONE", "-n", "-T", "dumb", "--not-a-term", "--cmd"];

#[test]
fn vim_reads_findings_into_its_quickfix_list() {
    let check = format!("source {}", in_repository("tests/editors/errorformat.vim"));
    let arguments = [&PLAIN_VIM[..], &["set encoding=utf-8", "-c", &check]].concat();
    let Some(shown) = shown("vim", &["--version"], &arguments) else { return };
    assert!(shown.contains("w|friday.txt|1|20|Ana Reyes is quoted in different words"), "{shown}");
    assert!(shown.contains("n|monday.txt|1|20|“north” here"), "{shown}");
}

#[test]
fn ale_shows_a_finding_until_the_words_are_mended() {
    let load = "set encoding=utf-8 rtp^=/usr/share/vim-ale | filetype on | runtime plugin/ale.vim";
    let ready = [
        "-es",
        "-u",
        "NONE",
        "-N",
        "--cmd",
        load,
        "-c",
        "if exists('g:loaded_ale') | qa | else | cq | endif",
    ];
    let settings = format!("source {}", in_repository("examples/editors/vim/ale.vim"));
    let check = format!("source {}", in_repository("tests/editors/ale.vim"));
    let arguments =
        [&PLAIN_VIM[..], &[load, "-c", &settings, "-c", "edit friday.txt", "-c", &check]].concat();
    let Some(shown) = shown("vim", &ready, &arguments) else { return };
    // Columns as ALE counts them: from 1, and the last one is the last of the words.
    assert!(shown.contains("ALE: sayso altered-quotation in columns 20 to 24"), "{shown}");
    assert!(shown.contains("after the edit: nothing"), "{shown}");
}
