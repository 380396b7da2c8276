//! `sayso archive`, and checks against an archive.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::Ordering;

use rustc_hash::FxHashMap;

use super::Outcome;
use super::args::{
    ArchiveAdd, ArchiveBuild, ArchiveCommand, ArchiveInfo, ArchiveRemove, Drafts, InfoFormat, Shared,
};
use super::load::{configuration, list_files};
use super::loaded::Loaded;
use super::output::{self, Output, finish};
use super::progress::{READING, with_progress};
use crate::archive::{Archive, ArchivedId, Builder, Contents, begins_as_archive, unwritten};
use crate::calendar::Day;
use crate::config::FileList;
use crate::corpus::people::key_name;
use crate::parallel;
use crate::project::{Options, Project};
use crate::report;
use crate::run::{ForArchive, for_archive};
use crate::source::{self, FileId, Gravity, InputError};

/// An archive on the disk.
pub(super) type ArchiveFile = Archive<source::LargeFile>;

/// Drafts that are read before what was found in them is written: enough to keep all threads busy, and little memory.
const CHUNK: usize = 1_024;

/// `sayso archive`.
pub(super) fn archive(command: &ArchiveCommand) -> Outcome {
    match command {
        ArchiveCommand::Build(options) => build(options),
        ArchiveCommand::Add(options) => add(options),
        ArchiveCommand::Remove(options) => remove(options),
        ArchiveCommand::Info(options) => info(options),
    }
}

/// Opens an archive.
pub(super) fn open_archive(path: &Path) -> Result<ArchiveFile, InputError> {
    let shown = path.to_string_lossy();
    let file = source::open_file(&shown, path).map_err(|error| error.help(what_to_name(&shown, path)))?;
    Archive::open(&shown, file)
}

/// What to do where there is no archive of this name.
fn what_to_name(shown: &str, path: &Path) -> String {
    match path.is_dir() {
        true => format!(
            "name an archive, which is one file: `sayso archive build {shown} -o stories.sayso` makes one"
        ),
        false => format!("`sayso archive build PATHS -o {shown}` makes one"),
    }
}

fn build(options: &ArchiveBuild) -> Outcome {
    let [target] = options.shared.output.as_slice() else {
        let help = "name it: `sayso archive build PATHS -o stories.sayso`";
        return Err(vec![InputError::new("archive build", "no file is named to write to").help(help)]);
    };
    let shown = target.to_string_lossy();
    if let Ok(mut file) = source::open_file(&shown, target)
        && !begins_as_archive(&mut file)
    {
        let message = "is there already, and is no archive; it is left as it is";
        let help = "name another file: `sayso archive build PATHS -o stories.sayso`";
        return Err(vec![InputError::new(shown, message).help(help)]);
    }
    let (project, list) = listed(&options.drafts, &options.shared)?;
    let lock = source::lock_for_writing(target)?;
    let mut unread = Vec::new();
    source::write_large(target, &lock, |out| {
        let mut builder = Builder::new(out).map_err(|error| failed(target, &error))?;
        fill(&mut builder, target, &options.shared, &project, &list, &FxHashMap::default(), &mut unread)?;
        builder.finish().map(|_| true).map_err(|error| failed(target, &error))
    })?;
    tell(target, &options.shared, &[])?;
    if unread.is_empty() { Ok(ExitCode::SUCCESS) } else { Err(unread) }
}

fn add(options: &ArchiveAdd) -> Outcome {
    let target = &options.archive;
    let drafts = Drafts { paths: options.paths.clone(), stdin_filename: None };
    let (project, list) = listed(&drafts, &options.shared)?;
    let lock = source::lock_for_writing(target)?;
    let mut old = open_archive(target)?;
    let known: FxHashMap<String, (ArchivedId, u64)> =
        old.drafts()?.into_iter().map(|(id, path, digest)| (path, (id, digest))).collect();
    let mut unread = Vec::new();
    let mut counts = (0, 0, 0);
    source::write_large(target, &lock, |out| {
        let mut builder = Builder::new(out).map_err(|error| failed(target, &error))?;
        let (fresh, replaced) =
            fill(&mut builder, target, &options.shared, &project, &list, &known, &mut unread)?;
        counts = (fresh - replaced.len(), replaced.len(), list.files.len() - fresh - unread.len());
        if fresh == 0 {
            return Ok(false);
        }
        old.copy_to(&mut builder, &replaced)?;
        builder.finish().map(|_| true).map_err(|error| failed(target, &error))
    })?;
    let (new, replaced, same) = counts;
    tell(target, &options.shared, &[(new, "new"), (replaced, "replaced"), (same, "unchanged")])?;
    if unread.is_empty() { Ok(ExitCode::SUCCESS) } else { Err(unread) }
}

fn remove(options: &ArchiveRemove) -> Outcome {
    let target = &options.archive;
    let lock = source::lock_for_writing(target)?;
    let mut old = open_archive(target)?;
    let drafts = old.drafts()?;
    let mut gone = Vec::new();
    for named in &options.paths {
        let named = named.trim_end_matches('/');
        let under =
            |path: &str| path == named || path.strip_prefix(named).is_some_and(|rest| rest.starts_with('/'));
        let before = gone.len();
        gone.extend(drafts.iter().filter(|(_, path, _)| under(path)).map(|(id, ..)| *id));
        if gone.len() == before {
            let help = format!("`sayso archive info --drafts {}` lists its drafts", target.display());
            let message = "the archive has no draft of this path, and none in a folder of it";
            return Err(vec![InputError::new(named, message).help(help)]);
        }
    }
    gone.sort_unstable();
    gone.dedup();
    source::write_large(target, &lock, |out| {
        let mut builder = Builder::new(out).map_err(|error| failed(target, &error))?;
        old.copy_to(&mut builder, &gone)?;
        builder.finish().map(|_| true).map_err(|error| failed(target, &error))
    })?;
    tell(target, &options.shared, &[(gone.len(), "removed")])?;
    Ok(ExitCode::SUCCESS)
}

fn info(options: &ArchiveInfo) -> Outcome {
    let mut archive = open_archive(&options.archive)?;
    let contents = archive.contents();
    let mut out = Output::new(&options.shared);
    let written = if options.drafts {
        let mut paths: Vec<String> = archive.drafts()?.into_iter().map(|(_, path, _)| path).collect();
        paths.sort_unstable();
        report::archive_drafts(&mut out, &paths)
    } else {
        let shown = options.archive.to_string_lossy();
        match options.format {
            InfoFormat::Table => report::archive_table(&mut out, &shown, &contents),
            InfoFormat::Json => report::archive_json(&mut out, &shown, &contents),
        }
    };
    finish(written, out, &options.shared, None)?;
    Ok(ExitCode::SUCCESS)
}

/// The drafts that were named, and a project with the configuration that says how to read them.
fn listed(drafts: &Drafts, shared: &Shared) -> Result<(Project, FileList), Vec<InputError>> {
    let config = configuration(shared, &drafts.paths)?;
    let published = shared.published.as_deref().map(|day| {
        Day::parse_iso(day).ok_or_else(|| {
            InputError::new("--published", format!("“{day}” is not a day")).help("write it as 2025-04-17")
        })
    });
    let options = Options { published: published.transpose()?, once: true, ..Options::default() };
    let project = Project::open_with(config, options)?;
    let (mut list, warnings) = list_files(drafts, project.config(), false)?;
    if !warnings.is_empty() && !shared.quiet {
        output::complain(shared, &warnings);
    }
    list.narrow();
    parallel::use_threads(shared.threads.unwrap_or(0));
    Ok((project, list))
}

/// Reads the drafts of a list that `known` does not have as they are, and puts them into an archive. Returns how many
/// these are, and which drafts of the old archive they replace. Drafts that cannot be read go into `unread`.
fn fill<W: Write>(
    builder: &mut Builder<W>,
    target: &Path,
    shared: &Shared,
    project: &Project,
    list: &FileList,
    known: &FxHashMap<String, (ArchivedId, u64)>,
    unread: &mut Vec<InputError>,
) -> Result<(usize, Vec<ArchivedId>), InputError> {
    let is_known = |path: &str, digest: u64| known.get(path).is_some_and(|(_, old)| *old == digest);
    let show = output::watched() && !shared.quiet;
    with_progress(READING, list.files.len(), show, |done| {
        let (mut fresh, mut replaced) = (0, Vec::new());
        for chunk in list.files.chunks(CHUNK) {
            let read = parallel::map(chunk, |found| {
                let draft = for_archive(project, found, list.largest, &is_known);
                done.fetch_add(1, Ordering::Relaxed);
                draft
            });
            for (found, draft) in chunk.iter().zip(read) {
                match draft {
                    ForArchive::Draft(draft) => {
                        fresh += 1;
                        replaced.extend(known.get(&found.path).map(|(id, _)| *id));
                        builder.push(*draft).map_err(|error| failed(target, &error))?;
                    }
                    ForArchive::Unreadable(reason) => unread.push(InputError::new(&found.path, reason)),
                    ForArchive::Known | ForArchive::NoDraft => {}
                }
            }
        }
        Ok((fresh, replaced))
    })
}

fn failed(target: &Path, error: &io::Error) -> InputError {
    unwritten(&target.to_string_lossy(), error)
}

/// Says what an archive has now, and what was done.
fn tell(target: &Path, shared: &Shared, done: &[(usize, &str)]) -> Result<(), Vec<InputError>> {
    if shared.quiet {
        return Ok(());
    }
    let contents: Contents = open_archive(target)?.contents();
    let written =
        report::archive_written(&mut output::error_stream(), &target.to_string_lossy(), &contents, done);
    // A message that nobody can read is no reason to fail.
    let _ = written;
    Ok(())
}

/// Puts into a project what archives have about the drafts in the focus. `named` are archives of the command line; those
/// of the configuration come beside them.
pub(super) fn compare(
    named: &[PathBuf],
    shared: &Shared,
    loaded: &mut Loaded,
) -> Result<(), Vec<InputError>> {
    let (listed, missing) = loaded.project.config().archives();
    if !missing.is_empty() {
        return Err(missing);
    }
    let mut paths: Vec<PathBuf> = named.iter().chain(&listed).cloned().collect();
    let mut seen = std::collections::BTreeSet::new();
    paths.retain(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    if paths.is_empty() {
        return Ok(());
    }
    // A path that was read is a draft of one's own, whatever the archive has under it.
    let focus: Vec<String> = loaded.wanted().into_iter().map(|file| loaded.path(file).to_owned()).collect();
    let mut found = Vec::new();
    let mut warnings = Vec::new();
    for path in &paths {
        let mut archive = open_archive(path)?;
        let project = &loaded.project;
        let drafts: Vec<_> = focus.iter().filter_map(|path| project.facts(path)).collect();
        let registry = project.corpus().shared_registry();
        let related = archive.related(&drafts, &registry, &|path| project.file(path).is_some())?;
        let count: usize = related.left_out.values().sum();
        if let Some((name, most)) = related.left_out.iter().max_by_key(|(_, count)| **count) {
            let mentioned = drafts.iter().flat_map(|facts| &facts.mentions);
            let written =
                mentioned.map(|mention| &mention.name).find(|it| key_name(it).as_ref() == Some(name));
            let others = if count > *most {
                format!(", and {} that name others", count - most)
            } else {
                String::new()
            };
            let message = format!(
                "of the drafts that name {}, those of the nearest days were compared; {most} further away were not{others}",
                written.unwrap_or(name)
            );
            warnings.push(InputError::new(path.to_string_lossy(), message).gravity(Gravity::Warning));
        }
        if related.too_many_words {
            let message = "more archived drafts quote these words than are compared";
            warnings.push(InputError::new(path.to_string_lossy(), message).gravity(Gravity::Warning));
        }
        found.extend(related.records);
    }
    if !warnings.is_empty() && !shared.quiet {
        output::complain(shared, &warnings);
    }
    loaded.add_archived(focus, found);
    Ok(())
}

impl Loaded {
    fn path(&self, file: FileId) -> &str {
        &self.project.corpus().file(file).path
    }
}
