//! From arguments to drafts in memory: the configuration, the list of files, and what stands in them.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::Outcome;
use super::args::{Check, Drafts, Shared};
use super::check_report;
use super::left_out;
use super::loaded::Loaded;
use super::output;
use super::progress::{READING, with_progress};
use super::selection;
use super::tapes;
use crate::calendar::Day;
use crate::config::{Config, FileList, Reach};
use crate::facts::Depth;
use crate::parallel;
use crate::project::{Focus, Options, Project};
use crate::run;
use crate::source::{self, Gravity, InputError};

/// The working directory.
pub(super) fn working_directory() -> Result<PathBuf, Vec<InputError>> {
    std::env::current_dir()
        .map_err(|error| vec![InputError::new(".", format!("the working directory cannot be used: {error}"))])
}

/// The configuration that holds for this run.
pub(super) fn configuration(shared: &Shared, paths: &[PathBuf]) -> Result<Config, Vec<InputError>> {
    let here = working_directory()?;
    let reach = if shared.allow_outside { Reach::Anywhere } else { Reach::Folder };
    match &shared.config {
        Some(path) => Config::load_within(reach, path, &here),
        None if shared.isolated => Ok(Config::isolated(here)),
        None => match Config::discover(&here, paths) {
            Some(path) => Config::load_project_within(reach, &path, &here),
            None => Ok(Config::isolated(here)),
        },
    }
}

/// Warns of transcripts that say little, and returns those that cannot be used at all.
pub(super) fn look_at_tapes(shared: &Shared, loaded: &Loaded) -> Vec<InputError> {
    let warnings = tapes::warnings(&loaded.project);
    if !warnings.is_empty() && !shared.quiet {
        output::complain(shared, &warnings);
    }
    tapes::unusable(&loaded.list, &loaded.project)
}

/// Reads what `check` asks for. `once` says that it is judged once and thrown away.
pub(super) fn open(options: &Check, config: Config, once: bool) -> Result<Loaded, Vec<InputError>> {
    let levels = selection::levels(options, &config)?;
    let baseline = left_out::baseline(options, &config).map_err(one)?;
    let run = Options { levels, baseline, once, ..Options::default() };
    load_as(&options.drafts, &options.shared, config, run, false, false)
}

/// Finds the drafts and reads all that rules ask for.
pub(super) fn load_to_check(
    drafts: &Drafts,
    shared: &Shared,
    config: Config,
    options: Options,
) -> Result<Loaded, Vec<InputError>> {
    load(drafts, shared, config, options, false)
}

/// Reads a project, and what is named in `drafts` as transcripts.
pub(super) fn load_tapes(
    drafts: &Drafts,
    shared: &Shared,
    config: Config,
) -> Result<Loaded, Vec<InputError>> {
    load_as(drafts, shared, config, Options { once: true, ..Options::default() }, false, true)
}

/// From how many drafts on their quotations alone are read on several threads. Fewer take about a tenth of a second, of
/// which a second thread would spare a third, for an eighth more work.
const WORTH_A_THREAD: usize = 1_000;

/// Reads what was asked about and nothing else, and of that only the quotations.
pub(super) fn load_one(drafts: &Drafts, shared: &Shared, config: Config) -> Result<Loaded, Vec<InputError>> {
    load(drafts, shared, config, Options { depth: Depth::Quotations, ..Options::default() }, true)
}

/// The paths to read. `--stdin-filename` alone means standard input.
fn paths(drafts: &Drafts) -> Result<Vec<PathBuf>, InputError> {
    let stdin = Path::new("-");
    if drafts.stdin_filename.is_none() || drafts.paths.iter().any(|path| path == stdin) {
        return Ok(drafts.paths.clone());
    }
    let wrong = |message| InputError::new("--stdin-filename", message);
    if !drafts.paths.is_empty() {
        let message = "it names standard input, and standard input is not among the paths";
        return Err(wrong(message).help("add `-` to the paths, or leave them out"));
    }
    if io::stdin().is_terminal() {
        return Err(
            wrong("there is nothing on standard input").help("send a draft to it: sayso … < draft.md")
        );
    }
    Ok(vec![stdin.to_owned()])
}

/// Finds the drafts. Returns warnings beside them.
///
/// # Errors
/// Where a path is not there or is of a kind that is not read; the warnings are among the errors.
pub(super) fn list_files(
    drafts: &Drafts,
    config: &Config,
    tapes: bool,
) -> Result<(FileList, Vec<InputError>), Vec<InputError>> {
    let committing = std::env::var_os("PRE_COMMIT").is_some_and(|set| set == "1");
    let stdin_filename = drafts.stdin_filename.clone();
    let mut paths = paths(drafts)?;
    let skipped = if committing { leave_out_other_kinds(&mut paths, config) } else { 0 };
    if committing && paths.is_empty() && skipped > 0 {
        let mut none = FileList::default();
        none.skipped = skipped;
        return Ok((none, Vec::new()));
    }
    let (mut list, input_errors) = FileList::find(&paths, config, stdin_filename, committing, tapes);
    list.skipped += skipped;
    match input_errors.iter().any(|error| error.gravity == Gravity::Fatal) {
        true => Err(input_errors),
        false => Ok((list, input_errors)),
    }
}

/// pre-commit passes every file of a commit that fits the hook's patterns, which a person may have set to a whole folder.
/// Nobody named these files one by one. So those that are no drafts are taken out: pictures, registries, and tapes that no
/// configuration lists. Returns how many.
fn leave_out_other_kinds(paths: &mut Vec<PathBuf>, config: &Config) -> usize {
    let before = paths.len();
    paths.retain(|path| {
        let location = source::absolute(config.cwd(), path);
        source::is_draft(path) || config.is_transcript(&location) || !location.is_file()
    });
    before - paths.len()
}

/// Finds the drafts and reads them; those of the focus only, where nothing is compared.
pub(super) fn load(
    drafts: &Drafts,
    shared: &Shared,
    config: Config,
    mut options: Options,
    focus_only: bool,
) -> Result<Loaded, Vec<InputError>> {
    options.once = true;
    load_as(drafts, shared, config, options, focus_only, false)
}

/// The same; where `tapes` is set, files that are named are transcripts.
fn load_as(
    drafts: &Drafts,
    shared: &Shared,
    config: Config,
    mut options: Options,
    focus_only: bool,
    tapes: bool,
) -> Result<Loaded, Vec<InputError>> {
    let published = shared.published.as_deref().map(|day| {
        Day::parse_iso(day).ok_or_else(|| {
            InputError::new("--published", format!("“{day}” is not a day")).help("write it as 2025-04-17")
        })
    });
    options.published = published.transpose().map_err(one)?;
    let depth = options.depth;
    let mut project = Project::open_with(config, options)?;
    let (mut list, warnings) = list_files(drafts, project.config(), tapes)?;
    let told = |error: &InputError| !shared.quiet || error.gravity == Gravity::Unread;
    let warnings: Vec<InputError> = warnings.into_iter().filter(told).collect();
    if !warnings.is_empty() {
        output::complain(shared, &warnings);
    }
    list.largest = shared.max_file_size << 20;
    if focus_only {
        list.narrow();
    }
    if tapes {
        let named = list.files.iter().filter(|found| found.explicit);
        project.name_tapes(named.map(|found| found.path.clone()));
    }
    // Use the current thread as a worker too. The pool is built after the files are listed, because idle workers spin.
    let few = depth == Depth::Quotations && list.files.len() < WORTH_A_THREAD;
    parallel::use_threads(shared.threads.unwrap_or(usize::from(few)));
    let show = output::watched() && !shared.quiet;
    let (registries, mut missing) = project.config().people();
    let (roster, input_errors) = source::read_registries(&registries, project.config().cwd());
    missing.extend(input_errors);
    let (warnings, missing): (Vec<_>, Vec<_>) =
        missing.into_iter().partition(|error| error.gravity == Gravity::Warning);
    if !missing.is_empty() {
        return Err(missing);
    }
    if !warnings.is_empty() && !shared.quiet {
        output::complain(shared, &warnings);
    }
    with_progress(READING, list.files.len(), show, |done| run::read_files(&mut project, &list, done));
    if !roster.is_empty() {
        project.use_roster(roster);
    }
    let half_read: Vec<InputError> =
        project.documents().iter().flat_map(|document| &document.input_errors).cloned().collect();
    if !half_read.is_empty() && !shared.quiet {
        output::complain(shared, &half_read);
    }
    let focus = list.focus().map_or_else(Focus::everything, Focus::only);
    let loaded = Loaded { list, project, focus };
    for output in &shared.output {
        loaded.refuse_input(&check_report::file_of(output), &registries).map_err(one)?;
    }
    Ok(loaded)
}

/// `quotes` and `facts` have no findings in which to say that a file was not read.
pub(super) fn unread(loaded: &Loaded) -> Outcome {
    let facts = loaded.project.corpus().files();
    let input_errors: Vec<InputError> = facts
        .filter_map(|(_, facts)| Some(InputError::new(&facts.path, facts.unreadable.clone()?)))
        .collect();
    match input_errors.is_empty() {
        // What is wrong with a folder was said when the files were listed.
        true if loaded.list.has_unread_folder => Ok(ExitCode::from(2)),
        true => Ok(ExitCode::SUCCESS),
        false => Err(input_errors),
    }
}

fn one(input_error: InputError) -> Vec<InputError> {
    vec![input_error]
}
