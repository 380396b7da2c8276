//! What is found and not reported: what the baseline records, and what lies on lines that have not changed.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use super::Outcome;
use super::args::Check;
use super::loaded::Loaded;
use super::output;
use crate::config::Config;
use crate::project::Focus;
use crate::report::LeftOut;
use crate::rules::{Baseline, BaselineEntry, Judged};
use crate::source::{self, ChangedLines, InputError, ListedId, Place};

/// A file that cannot be read is never recorded: the next one would look like it.
const NEVER_RECORDED: &str = "unreadable-file";

/// The baseline that holds for this run, its paths as they are shown; `None` where there is none.
///
/// # Errors
/// Where it is named and not there, or cannot be read, or where an option needs one.
pub(super) fn baseline(options: &Check, config: &Config) -> Result<Option<Baseline>, InputError> {
    let option = if options.write_baseline { "--write-baseline" } else { "--prune-baseline" };
    let Some((location, missing)) = config.baseline() else {
        if options.write_baseline || options.prune_baseline {
            let message = "a baseline stands beside a configuration, and there is none";
            return Err(InputError::new(option, message)
                .help("`sayso init` writes a sayso.toml; --isolated uses none"));
        }
        return Ok(None);
    };
    if options.write_baseline {
        return Ok(None);
    }
    if options.prune_baseline && missing.is_none() && !location.is_file() {
        return Err(InputError::new(option, format!("there is no baseline {}", shown(config, &location)))
            .help("`sayso check --write-baseline` writes it"));
    }
    recorded(config)
}

/// The baseline of the project, its paths as they are shown; `None` where there is none.
///
/// # Errors
/// Where it is named and not there, or cannot be read.
pub(super) fn recorded(config: &Config) -> Result<Option<Baseline>, InputError> {
    let Some((location, missing)) = config.baseline() else { return Ok(None) };
    if !location.is_file() {
        return missing.map_or(Ok(None), Err);
    }
    let name = shown(config, &location);
    let recorded = Baseline::read(&name, source::read_text(&name, &location)?.as_str())?;
    let root = config.root().unwrap_or(config.cwd());
    let entry = |entry: &BaselineEntry| {
        let location = source::absolute(root, Path::new(&entry.path));
        BaselineEntry { path: shown(config, &location), ..entry.clone() }
    };
    Ok(Some(Baseline::new(recorded.entries().iter().map(entry).collect())))
}

/// Records all findings of the project.
///
/// # Errors
/// Where only a part of the project was asked about, or the file cannot be written.
pub(super) fn write_baseline(options: &Check, loaded: &mut Loaded) -> Outcome {
    let config = loaded.project.config();
    let is_draft = |number: usize| !config.is_transcript(&loaded.list.files[number].location);
    let left =
        (0..loaded.list.files.len()).find(|&at| !loaded.list.in_focus(ListedId(at as u32)) && is_draft(at));
    if left.is_some() {
        let message = "a baseline is of the whole project, and only a part of it was named";
        return Err(vec![InputError::new("--write-baseline", message).help("leave the paths out")]);
    }
    let findings = loaded.project.check(&Focus::everything())?;
    let sheet = loaded.sheet();
    let config = loaded.project.config();
    let path = |judged: &Judged| sheet.corpus.file(judged.finding.place.file).path.clone();
    let entries =
        findings.iter().filter(|judged| judged.rule.id != NEVER_RECORDED).map(|judged| BaselineEntry {
            path: of_root(config, &path(judged)),
            rule: judged.rule.id.to_owned(),
            fingerprint: format!("{:016x}", judged.fingerprint),
            message: judged.finding.message.clone(),
        });
    let baseline = Baseline::new(entries.collect());
    let Some((location, _)) = config.baseline() else { return Ok(ExitCode::SUCCESS) };
    source::write_atomically(&location, baseline.text().as_bytes())?;
    let count = baseline.entries().len();
    let (noun, verb) = if count == 1 { ("finding", "is") } else { ("findings", "are") };
    let name = shown(config, &location);
    tell(options, &format!("{count} {noun} {verb} recorded in {name}; later runs report only new ones"));
    Ok(ExitCode::SUCCESS)
}

/// Takes out what the baseline records and what `since`, a git revision, leaves out.
///
/// # Errors
/// Where git cannot say what has changed.
pub(super) fn leave_out(
    since: Option<&str>,
    loaded: &Loaded,
    mut findings: Vec<Judged>,
) -> Result<(Vec<Judged>, LeftOut), InputError> {
    let config = loaded.project.config();
    let mut left_out = LeftOut { stale: loaded.project.stale().len(), ..LeftOut::default() };
    let before = findings.len();
    findings.retain(|judged| !judged.known || judged.rule.id == NEVER_RECORDED);
    left_out.baseline = before - findings.len();
    if let Some(revision) = since {
        let changed = source::changed_lines(config.root().unwrap_or(config.cwd()), revision)?;
        let before = findings.len();
        findings.retain(|judged| is_changed(loaded, &changed, judged));
        left_out.unchanged = before - findings.len();
    }
    Ok((findings, left_out))
}

/// Writes the baseline without the entries that no longer occur.
///
/// # Errors
/// Where it cannot be written.
pub(super) fn prune(options: &Check, loaded: &Loaded) -> Result<(), InputError> {
    let config = loaded.project.config();
    let stale = loaded.project.stale();
    let Some((location, _)) = config.baseline() else { return Ok(()) };
    let name = shown(config, &location);
    let recorded = Baseline::read(&name, source::read_text(&name, &location)?.as_str())?;
    let gone = |entry: &BaselineEntry| stale.iter().any(|stale| stale.fingerprint == entry.fingerprint);
    let kept: Vec<BaselineEntry> = recorded.entries().iter().filter(|entry| !gone(entry)).cloned().collect();
    source::write_atomically(&location, Baseline::new(kept).text().as_bytes())?;
    let (count, noun) = (stale.len(), if stale.len() == 1 { "entry" } else { "entries" });
    tell(options, &format!("{count} {noun} taken out of {name}"));
    Ok(())
}

/// Has the finding a place on a line that has changed? What comes from standard input is not compared.
fn is_changed(loaded: &Loaded, changed: &ChangedLines, judged: &Judged) -> bool {
    let sheet = loaded.sheet();
    let on_changed_line = |place: Place| {
        let path = &sheet.corpus.file(place.file).path;
        let Some(found) = loaded.found(path) else { return true };
        let Some(document) = sheet.documents.get(place.file.index()) else { return true };
        let line = |offset: u32| document.text.line_of(offset);
        let last = place.span.end.saturating_sub(1).max(place.span.start);
        found.stdin || changed.touch(&found.location, line(place.span.start), line(last))
    };
    let related = judged.finding.related.iter().map(|related| related.place);
    std::iter::once(judged.finding.place).chain(related).any(on_changed_line)
}

/// A path as it is shown: relative to the working directory where it lies below it.
fn shown(config: &Config, location: &Path) -> String {
    source::shown_from(config.cwd(), location)
}

/// A path as a baseline has it: relative to the project's root.
fn of_root(config: &Config, path: &str) -> String {
    let location = source::absolute(config.cwd(), Path::new(path));
    source::shown_from(config.root().unwrap_or(config.cwd()), &location)
}

/// Says on standard error what was done.
fn tell(options: &Check, line: &str) {
    if !options.shared.quiet {
        // A message that nobody can read is no reason to fail.
        let _ = writeln!(output::error_stream(), "{line}");
    }
}
