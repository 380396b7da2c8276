//! The walk-through of docs/desk.md is what sayso does: every command on it is run, in order.
//!
//! A block says what it is: `file PATH` is written, `edit PATH` has lines `old -> new` with `\n` for a line end, `shown PATH` stands in the file,
//! and `console CODE` has commands with what they print; a line `...` stands for any lines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

use std::path::Path;
use std::process::Command;

struct Block {
    info: String,
    text: String,
}

/// The fenced blocks of a page, in order.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(info) => {
                open = true;
                blocks.push(Block { info: info.to_owned(), text: String::new() });
            }
            None if open => {
                let text = &mut blocks.last_mut().unwrap().text;
                text.push_str(line);
                text.push('\n');
            }
            None => {}
        }
    }
    blocks
}

/// Runs the command of a block; returns what the block should say.
fn run(folder: &Path, block: &Block) -> String {
    let command = block.text.lines().next().and_then(|line| line.strip_prefix("$ sayso")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(command.split_whitespace())
        .env("NO_COLOR", "1")
        .current_dir(folder)
        .output()
        .unwrap();
    let expected = block.info.split_whitespace().nth(1).unwrap_or("0");
    let (out, error) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code().unwrap().to_string(), expected, "sayso{command}: {out}{error}");
    let lines = out.lines().chain(error.lines()).filter(|line| !line.trim().is_empty());
    lines.fold(format!("$ sayso{command}\n"), |text, line| text + line.trim_end() + "\n")
}

/// Does `printed` fit what is written, where a line `...` stands for any lines?
fn fits(written: &[&str], printed: &[&str]) -> bool {
    match (written, printed) {
        ([], []) => true,
        (["...", rest @ ..], _) => (0..=printed.len()).any(|skipped| fits(rest, &printed[skipped..])),
        ([line, rest @ ..], [first, others @ ..]) => line == first && fits(rest, others),
        _ => false,
    }
}

/// `SAYSO_WRITE_DOCS=1 cargo test --test desk` writes what is printed now, but in blocks with `...`.
#[test]
fn the_walk_through_is_what_sayso_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/desk.md");
    let mut page = std::fs::read_to_string(&path).unwrap();
    let write = std::env::var_os("SAYSO_WRITE_DOCS").is_some();
    let desk = tempfile::tempdir().unwrap();
    let mut commands = 0;
    for block in blocks(&page) {
        let (kind, name) = block.info.split_once(' ').unwrap_or((&block.info, ""));
        let file = desk.path().join(name);
        match kind {
            "file" => {
                std::fs::create_dir_all(file.parent().unwrap()).unwrap();
                std::fs::write(&file, &block.text).unwrap();
            }
            "edit" => {
                let mut text = std::fs::read_to_string(&file).unwrap();
                for line in block.text.lines() {
                    let (old, new) = line.split_once(" -> ").unwrap();
                    assert!(text.contains(old), "{name} has no “{old}”");
                    text = text.replace(old, &new.replace("\\n", "\n"));
                }
                std::fs::write(&file, text).unwrap();
            }
            "shown" => {
                let text = std::fs::read_to_string(&file).unwrap();
                assert!(text.contains(&block.text), "{name} does not have\n{}but\n{text}", block.text);
            }
            "console" => {
                let printed = run(desk.path(), &block);
                commands += 1;
                let written: Vec<&str> = block.text.lines().collect();
                if !fits(&written, &printed.lines().collect::<Vec<_>>()) {
                    assert!(
                        write && !written.contains(&"..."),
                        "the page says\n{}but sayso prints\n{printed}",
                        block.text
                    );
                    let (old, new) = (
                        format!("{}\n{}```", block.info, block.text),
                        format!("{}\n{printed}```", block.info),
                    );
                    page = page.replacen(&old, &new, 1);
                }
            }
            other => panic!("a block of kind `{other}`"),
        }
    }
    assert!(commands >= 8, "{commands}");
    if write {
        std::fs::write(&path, page).unwrap();
    }
}
