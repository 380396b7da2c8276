//! `check --fix` and `check --diff`: fixes made in the files, or shown.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use super::Outcome;
use super::args::Check;
use super::loaded::Loaded;
use super::output::{self, Output, finish};
use crate::project::Mended;
use crate::report;
use crate::source::{self, Found, Gravity, InputError, ListedId};

/// Makes the fixes in memory. Files that are written in another form than the text that was read are left alone.
///
/// # Errors
/// As checking.
pub(super) fn mend(options: &Check, loaded: &mut Loaded) -> Result<Mended, Vec<InputError>> {
    let tapes: Vec<String> = {
        let config = loaded.project.config();
        let files = loaded.list.files.iter().filter(|found| config.is_transcript(&found.location));
        files.map(|found| found.path.clone()).collect()
    };
    let focus = loaded.focus.clone();
    let mended = loaded.project.mend(&focus, options.unsafe_fixes, |document| {
        !document.format.is_container() && !tapes.contains(&document.path)
    });
    let mended = mended.map_err(|input_error| vec![input_error])?;
    let left: Vec<InputError> = mended.left.iter().map(|(path, count)| left_alone(path, *count)).collect();
    if !left.is_empty() && !options.shared.quiet {
        output::complain(&options.shared, &left);
    }
    Ok(mended)
}

fn left_alone(path: &str, count: usize) -> InputError {
    let fixes = if count == 1 { "one fix was".to_owned() } else { format!("{count} fixes were") };
    let message = format!("{fixes} not made: files of this kind are read and never written");
    let mut input_error = InputError::new(path, message).help("make it in the program that wrote the file");
    input_error.gravity = Gravity::Warning;
    input_error
}

/// Writes what was fixed: files in their place, and standard input to `main` or standard output, where it is printed
/// although nothing in it needed a fix. Every other file is written although one cannot be.
///
/// # Errors
/// Every file that cannot be written, or has changed since it was read, or is in another encoding than UTF-8.
pub(super) fn write(
    options: &Check,
    main: Option<&Path>,
    loaded: &Loaded,
    mended: &Mended,
) -> Result<(), Vec<InputError>> {
    tidy(options, loaded);
    let mut input_errors = Vec::new();
    for (path, before) in &mended.before {
        let (Some(found), Some(new)) = (loaded.found(path), text_of(loaded, path)) else { continue };
        if !found.stdin {
            input_errors.extend(source::replace_text(path, &found.location, before, new).err());
        }
    }
    if let Some(text) = standard_input(loaded).and_then(|found| text_of(loaded, &found.path)) {
        let mut out = Output::to(main, &options.shared);
        let written = out.write_all(on_terminal(&out, text.to_owned()).as_bytes());
        input_errors.extend(finish(written, out, &options.shared, None).err().into_iter().flatten());
    }
    if input_errors.is_empty() { Ok(()) } else { Err(input_errors) }
}

/// Removes what a killed run left beside the drafts that were asked about, and says so.
fn tidy(options: &Check, loaded: &Loaded) {
    let drafts = loaded.list.files.iter().enumerate();
    let asked = drafts.filter(|(at, found)| !found.stdin && loaded.list.in_focus(ListedId(*at as u32)));
    let folders: BTreeSet<&Path> = asked.filter_map(|(_, found)| found.location.parent()).collect();
    let removed: usize = folders.into_iter().map(source::remove_left_over).sum();
    if removed > 0 && !options.shared.quiet {
        let files = if removed == 1 { "one file".to_owned() } else { format!("{removed} files") };
        let message =
            format!("removed {files} `.sayso-…` that a run left when it was ended in the middle of a fix");
        let _ = writeln!(output::error_stream(), "{message}");
    }
}

/// What was read from standard input; `None` where nothing was.
pub(super) fn standard_input(loaded: &Loaded) -> Option<&Found> {
    loaded.list.files.iter().find(|found| found.stdin)
}

/// Prints what `--fix` would change, as a unified diff that `patch` can apply. Leaves with 1 where there is anything.
///
/// # Errors
/// Where it cannot be written.
pub(super) fn diff(options: &Check, main: Option<&Path>, loaded: &Loaded, mended: &Mended) -> Outcome {
    let mut out = Output::to(main, &options.shared);
    let mut written = Ok(());
    for (path, before) in &mended.before {
        let Some(after) = text_of(loaded, path) else { continue };
        let changes = similar::TextDiff::from_lines(before.as_str(), after);
        let mut drawn = changes.unified_diff();
        let header = drawn.header(path, path);
        let shown = on_terminal(&out, header.to_string());
        written = written.and_then(|()| out.write_all(shown.as_bytes()));
    }
    finish(written, out, &options.shared, None)?;
    Ok(if mended.before.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// A program gets the text of a draft byte for byte, a terminal without what could drive it.
fn on_terminal(out: &Output, text: String) -> String {
    if out.is_terminal() { report::harmless(&text) } else { text }
}

fn text_of<'l>(loaded: &'l Loaded, path: &str) -> Option<&'l str> {
    let file = loaded.project.file(path)?;
    loaded.project.documents().get(file.index()).map(|document| document.text.as_str())
}
