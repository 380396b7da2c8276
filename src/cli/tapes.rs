//! What is wrong with a project's transcripts, and how many quotations were checked against them.

use std::io::{self, IsTerminal, Write};

use super::args::Shared;
use super::output::Output;
use crate::config::FileList;
use crate::facts::only_asks;
use crate::project::Project;
use crate::report::{self, Sheet};
use crate::source::{FileId, Gravity, InputError};

/// Labels of one transcript that a warning names. A file that is no interview may have thousands.
const MOST_LABELS: usize = 12;

/// Errors: listed transcripts that cannot be read as one.
pub(super) fn unusable(list: &FileList, project: &Project) -> Vec<InputError> {
    let mut input_errors = Vec::new();
    let config = project.config();
    for (_, facts) in project.corpus().files() {
        let Some(reason) = &facts.unreadable else { continue };
        let Some(listed) = list.number(&facts.path) else { continue };
        if config.is_transcript(&list.files[listed.index()].location) {
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
        let labels = project.corpus().wording().labels();
        let own = labels.partition_point(|label| label.tape < file)
            ..labels.partition_point(|label| label.tape <= file);
        let nobody: Vec<&str> = labels[own]
            .iter()
            .filter(|label| label.person.is_none())
            .map(|label| label.label.as_str())
            .filter(|label| !only_asks(label))
            .collect();
        if !nobody.is_empty() {
            let verb = if nobody.len() == 1 { "is" } else { "are" };
            let shown = &nobody[..nobody.len().min(MOST_LABELS)];
            let each: Vec<String> =
                shown.iter().map(|label| format!("{label:?} = \"Given Family\"")).collect();
            let (more, and_so_on) = match nobody.len() - shown.len() {
                0 => (String::new(), ""),
                more => (format!(" and {more} more"), ", …"),
            };
            let help = format!(
                "[[transcript]] files = [\"{}\"], speakers = {{ {}{and_so_on} }}",
                facts.path,
                each.join(", ")
            );
            let message = format!(
                "{}{more} {verb} nobody: map {}",
                shown.join(", "),
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
    let _ = report::checked_count(&mut line, sheet, wanted, style, io::stderr().is_terminal());
    // A count that nobody can read is no reason to fail.
    let _ = anstream::AutoStream::always(io::stderr().lock()).write_all(&line);
}
