//! Transcripts at the edge: what is wrong with them, and the command that shows what was read.

use std::io::{self, Write};

use super::Outcome;
use super::args::{Drafts, Shared, Tape, TapeFormat};
use super::commands::{Loaded, configuration, finish, load_tapes, unread};
use super::output::Output;
use crate::facts::only_asks;
use crate::project::Project;
use crate::report::{self, Sheet};
use crate::source::{FileId, Gravity, InputError};

/// Errors: listed transcripts that cannot be read as one.
pub(super) fn unusable(loaded: &Loaded) -> Vec<InputError> {
    let mut input_errors = Vec::new();
    let config = loaded.project.config();
    for (_, facts) in loaded.project.corpus().files() {
        let listed = loaded.list.files.iter().find(|found| found.path == facts.path);
        let listed = facts.unreadable.is_some().then_some(listed).flatten();
        if !listed.is_some_and(|found| config.is_transcript(&found.location)) {
            continue;
        }
        if let Some(reason) = &facts.unreadable {
            input_errors.push(
                InputError::new(&facts.path, format!("this transcript cannot be read: {reason}"))
                    .help("list transcripts alone; docs/transcripts.md says which layouts are read and how to export them"),
            );
        }
    }
    input_errors
}

/// Warnings: transcripts that yield no words or no speaker, that are in another language, or whose labels name nobody.
pub(super) fn warnings(project: &Project) -> Vec<InputError> {
    let mut input_errors = Vec::new();
    for (file, facts) in project.corpus().files() {
        let Some(tape) = &facts.tape else { continue };
        let mut warn = |message: String, help: &str| {
            input_errors.push(InputError::new(&facts.path, message).help(help).gravity(Gravity::Warning));
        };
        if facts.turns.is_empty() {
            warn(
                format!("this transcript yields no words; it looks like {}", tape.layout),
                "docs/transcripts.md says which layouts are read; `sayso tape FILE` shows what was read",
            );
        } else if facts.turns.iter().all(|turn| turn.speaker.is_none()) {
            warn(
                format!("this transcript names no speaker; it looks like {}", tape.layout),
                "quotations are only looked for on it; export it with speakers, or write NAME: before what each says",
            );
        }
        if !tape.english && !facts.turns.is_empty() {
            warn(
                "this transcript is not in English".to_owned(),
                "what is quoted from it in English is a translation and stays unchecked",
            );
        }
        let labels = project.corpus().wording().labels().iter().filter(|label| label.tape == file);
        let nobody: Vec<&str> = labels
            .filter(|label| label.person.is_none())
            .map(|label| label.label.as_str())
            .filter(|label| !only_asks(label))
            .collect();
        if let Some(first) = nobody.first() {
            let verb = if nobody.len() == 1 { "is" } else { "are" };
            let help = format!(
                "[[transcript]] files = [\"{}\"], speakers = {{ {first:?} = \"Given Family\" }}",
                facts.path
            );
            let message = format!(
                "{} {verb} nobody: map {}",
                nobody.join(", "),
                if nobody.len() == 1 { "it" } else { "them" }
            );
            warn(message, &help);
        }
    }
    input_errors
}

/// Writes the last line of `quotes --check`, which counts.
pub(super) fn count(shared: &Shared, sheet: &Sheet<'_>, wanted: &[FileId]) {
    let style = Output::new(shared).error_look;
    let mut line = Vec::new();
    let _ = report::checked_count(&mut line, sheet, wanted, style);
    // A count that nobody can read is no reason to fail.
    let _ = anstream::AutoStream::always(io::stderr().lock()).write_all(&line);
}

/// `sayso tape`: what was read from transcripts.
pub(super) fn tape(options: &Tape) -> Outcome {
    let drafts = Drafts { paths: options.paths.clone(), stdin_filename: None };
    let config = configuration(&options.shared, &drafts.paths)?;
    let loaded = load_tapes(&drafts, &options.shared, config)?;
    let sheet = loaded.sheet();
    let mut wanted = loaded.wanted();
    wanted.retain(|&file| sheet.corpus.file(file).tape.is_some());
    let mut out = Output::new(&options.shared);
    let style = out.style;
    let written = match options.format {
        TapeFormat::Table => report::tape_table(&mut out, &sheet, &wanted, style),
        TapeFormat::Jsonl => report::tape_lines(&mut out, &sheet, &wanted),
    };
    finish(written, out, &options.shared, None)?;
    unread(&loaded.project)
}
