//! `check --watch`: checks again whenever something is saved.
//!
//! It looks at the times of files instead of asking the system for events. Events do not come from network drives and
//! from folders that are shared with a virtual machine, they differ between systems, and a folder that is renamed loses
//! them. A look costs a millisecond for a thousand files; a pause after it keeps it below a twentieth of one core.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::Outcome;
use super::args::Check;
use super::check_report::{Destinations, judge};
use super::load::{configuration, list_files, look_at_tapes, open};
use super::loaded::Loaded;
use super::output;
use crate::config::{Config, FileList};
use crate::report::{self, Summary};
use crate::run::{self, fault_on_purpose};
use crate::source::{InputError, Stamp, absolute};

/// The pause between two looks. A person does not notice it, and it leaves the core idle.
const PAUSE: Duration = Duration::from_millis(150);

/// The pause is at least so many times as long as the look before it.
const IDLE_SHARE: u32 = 20;

/// No pause is longer: on a machine that is busy with other work a look takes long without taking much of the core, and
/// somebody who saves a draft still waits.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// From time to time the folders are listed anew: a draft may come into a folder that had none.
const LISTING: Duration = Duration::from_secs(2);

/// Some programs save in several steps: delete, write, rename. After the first sign of a change nothing is read until
/// nothing has changed for so long.
const CALM: Duration = Duration::from_millis(40);

/// A file that grows all the time (a log) must not put the check off for ever.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// Runs until it is interrupted, or until nobody reads what it prints.
pub(super) fn watch(options: &Check, destinations: &Destinations) -> Outcome {
    refuse(options)?;
    let mut stage = Stage { options, destinations, told: None };
    let mut watched = stage.start(&[]);
    loop {
        watched = match watched {
            Ok(Some(watched)) => stage.next(watched),
            Ok(None) => stage.again(),
            Err(Gone) => return Ok(ExitCode::SUCCESS),
        };
    }
}

/// The pause after a look that took so long.
fn pause_after(look: Duration) -> Duration {
    (look * IDLE_SHARE).clamp(PAUSE, LONGEST_PAUSE)
}

/// What cannot be watched.
fn refuse(options: &Check) -> Result<(), InputError> {
    use super::args::CheckFormat;
    let wrong = |message| Err(InputError::new("--watch", message));
    if options.drafts.paths.iter().any(|path| path == Path::new("-")) {
        return wrong("standard input is read once and cannot be watched");
    }
    if !matches!(options.format, CheckFormat::Pretty | CheckFormat::Concise) {
        let message = "this format is one document, and a watch prints many checks";
        let help = "write --format concise; --output FORMAT=FILE writes a file anew at each check";
        return Err(InputError::new("--watch", message).help(help));
    }
    Ok(())
}

/// Nobody reads any longer what is printed.
struct Gone;

impl From<io::Error> for Gone {
    fn from(_: io::Error) -> Self {
        Self
    }
}

/// What is being watched: `None` where sayso could not run.
type Watching = Result<Option<Watched>, Gone>;

/// A project in memory and the state of the disk in which it was read.
struct Watched {
    loaded: Loaded,
    disk: Disk,
}

/// What is done with the options of the run.
struct Stage<'o> {
    options: &'o Check,
    destinations: &'o Destinations,
    /// Why sayso could not run, as it was printed last.
    told: Option<Vec<InputError>>,
}

impl Stage<'_> {
    /// Reads everything and checks it.
    fn start(&mut self, changed: &[String]) -> Watching {
        report::check_begins(&mut io::stdout(), changed)?;
        let begun = Instant::now();
        let opened = self.open();
        self.conclude(opened, begun)
    }

    /// Checks what was read, or says why nothing could be read.
    fn conclude(&mut self, opened: Result<Watched, Vec<InputError>>, begun: Instant) -> Watching {
        match opened {
            Ok(mut watched) => {
                let input_errors = look_at_tapes(&self.options.shared, &watched.loaded);
                if !input_errors.is_empty() {
                    output::complain(&self.options.shared, &input_errors);
                }
                self.judge(&mut watched.loaded, begun)?;
                self.told = None;
                Ok(Some(watched))
            }
            Err(input_errors) => {
                output::complain(&self.options.shared, &input_errors);
                self.told = Some(input_errors);
                report::check_ends(&mut io::stdout(), None, begun.elapsed())?;
                Ok(None)
            }
        }
    }

    /// Reads everything. The state of the disk is taken first, so that what is saved meanwhile is noticed later.
    fn open(&self) -> Result<Watched, Vec<InputError>> {
        let config = self.configuration()?;
        let (list, _) = list_files(&self.options.drafts, &config, false)?;
        let disk = Disk::of(&config, &list, self.configuration_path());
        let loaded = open(self.options, config, false)?;
        Ok(Watched { loaded, disk })
    }

    fn configuration(&self) -> Result<Config, Vec<InputError>> {
        configuration(&self.options.shared, &self.options.drafts.paths)
    }

    /// The configuration that the project has now, or would have if it were there.
    fn configuration_path(&self) -> Option<PathBuf> {
        let here = std::env::current_dir().ok()?;
        match &self.options.shared.config {
            Some(path) => Some(absolute(&here, path)),
            None if self.options.shared.isolated => None,
            None => Config::discover(&here, &self.options.drafts.paths),
        }
    }

    /// Waits for a change and checks what it touches.
    fn next(&mut self, mut watched: Watched) -> Watching {
        let mut listed = Instant::now();
        let mut pause = PAUSE;
        loop {
            sleep(pause);
            let looked = Instant::now();
            let list_anew = listed.elapsed() >= LISTING;
            if watched.disk.settings_differ(self.configuration_path().as_deref()) {
                watched.disk.calm_down();
                let changed =
                    watched.disk.changed_settings(self.configuration_path(), watched.loaded.project.config());
                return self.start(&changed);
            }
            if list_anew || watched.disk.drafts_differ() {
                watched.disk.calm_down();
                listed = Instant::now();
                let config = watched.loaded.project.config();
                let Ok((list, warnings)) = list_files(&self.options.drafts, config, false) else {
                    // A named draft is gone; what the errors are is told by the next check.
                    return self.start(&[]);
                };
                let disk = Disk::of(config, &list, self.configuration_path());
                // A registry has come that a pattern of the configuration lists.
                if disk.settings != watched.disk.settings {
                    return self.start(&[]);
                }
                let suspects = disk.newer_than(&watched.disk, &list);
                let gone = watched.loaded.project.paths().any(|path| list.number(path).is_none());
                watched.disk = disk;
                if gone || !suspects.is_empty() {
                    self.check(&mut watched.loaded, list, &suspects, &warnings)?;
                }
            }
            pause = pause_after(looked.elapsed());
        }
    }

    /// Reads the drafts that may have changed and checks what they touch.
    fn check(
        &self,
        loaded: &mut Loaded,
        list: FileList,
        suspects: &[usize],
        warnings: &[InputError],
    ) -> Result<(), Gone> {
        let begun = Instant::now();
        let changed = run::read_changed(&mut loaded.project, &list, suspects);
        loaded.use_list(list);
        if changed.is_empty() {
            return Ok(());
        }
        report::check_begins(&mut io::stdout(), &changed)?;
        if !warnings.is_empty() && !self.options.shared.quiet {
            output::complain(&self.options.shared, warnings);
        }
        self.judge(loaded, begun)
    }

    /// Judges and prints, then the line after a check.
    fn judge(&self, loaded: &mut Loaded, begun: Instant) -> Result<(), Gone> {
        fault_on_purpose("judging");
        let summary: Option<Summary> = match judge(self.options, self.destinations, loaded, true) {
            Ok((summary, _)) => Some(summary),
            Err(input_errors) => {
                output::complain(&self.options.shared, &input_errors);
                None
            }
        };
        Ok(report::check_ends(&mut io::stdout(), summary.as_ref(), begun.elapsed())?)
    }

    /// After sayso could not run: tries again until it can, or until the reason is another one.
    fn again(&mut self) -> Watching {
        let mut pause = PAUSE;
        loop {
            sleep(pause);
            let looked = Instant::now();
            // The drafts are not read before everything else has been found in order, so a failure costs little.
            let opened = self.open();
            if opened.is_ok() || opened.as_ref().err() != self.told.as_ref() {
                report::check_begins(&mut io::stdout(), &[])?;
                return self.conclude(opened, looked);
            }
            pause = pause_after(looked.elapsed());
        }
    }
}

/// The state of the disk, as far as sayso reads it.
#[derive(Debug, Default)]
struct Disk {
    /// The path of the project's configuration.
    configuration: Option<PathBuf>,
    /// Configurations, the desk's pages and word lists, registries, the baseline: where one of them changes, everything is
    /// read anew.
    settings: BTreeMap<PathBuf, Option<Stamp>>,
    /// Drafts and tapes.
    drafts: BTreeMap<PathBuf, Option<Stamp>>,
    /// The folders that they stand in: a folder changes when a file comes or goes.
    folders: BTreeMap<PathBuf, Option<Stamp>>,
}

impl Disk {
    fn of(config: &Config, list: &FileList, configuration: Option<PathBuf>) -> Self {
        let stamped = |path: PathBuf| {
            let stamp = Stamp::of(&path);
            (path, stamp)
        };
        let baseline = config.baseline().map(|(path, _)| path);
        let settings = config.files().chain(config.people().0).chain(baseline).map(stamped).collect();
        let drafts = list.files.iter().map(|found| stamped(found.location.clone())).collect();
        let folders = list.files.iter().filter_map(|found| Some(found.location.parent()?.to_owned()));
        let mut folders: Vec<PathBuf> = folders.chain(list.root.clone()).collect();
        folders.dedup();
        Self { configuration, settings, drafts, folders: folders.into_iter().map(stamped).collect() }
    }

    fn settings_differ(&self, configuration: Option<&Path>) -> bool {
        self.configuration.as_deref() != configuration || differ(&self.settings)
    }

    fn drafts_differ(&self) -> bool {
        differ(&self.drafts) || differ(&self.folders)
    }

    /// The configurations, registries and baselines that have changed, as they are shown.
    fn changed_settings(&self, configuration: Option<PathBuf>, config: &Config) -> Vec<String> {
        let changed = self.settings.iter().filter(|(path, stamp)| Stamp::of(path) != **stamp);
        let mut changed: Vec<PathBuf> = changed.map(|(path, _)| path.clone()).collect();
        if self.configuration != configuration {
            changed.extend(configuration.filter(|path| !changed.contains(path)));
        }
        changed.iter().map(|path| crate::source::shown_from(config.cwd(), path)).collect()
    }

    /// The files, by their place in `list`, whose stamps here are not those of an earlier state.
    fn newer_than(&self, earlier: &Self, list: &FileList) -> Vec<usize> {
        let files = list.files.iter().enumerate();
        let changed = files
            .filter(|(_, found)| self.drafts.get(&found.location) != earlier.drafts.get(&found.location));
        changed.map(|(rank, _)| rank).collect()
    }

    /// Waits until nothing has changed for a moment.
    fn calm_down(&self) {
        let begun = Instant::now();
        let look = || {
            let all = self.settings.keys().chain(self.drafts.keys()).chain(self.folders.keys());
            all.map(|path| Stamp::of(path)).collect::<Vec<_>>()
        };
        let mut before = look();
        while begun.elapsed() < LONGEST_WAIT {
            sleep(CALM);
            let now = look();
            if now == before {
                return;
            }
            before = now;
        }
    }
}

fn differ(stamps: &BTreeMap<PathBuf, Option<Stamp>>) -> bool {
    stamps.iter().any(|(path, stamp)| Stamp::of(path) != *stamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_look_is_followed_by_a_pause_that_a_person_can_wait_for() {
        assert_eq!(pause_after(Duration::from_micros(10)), PAUSE);
        assert_eq!(pause_after(Duration::from_millis(100)), Duration::from_secs(2));
        assert_eq!(pause_after(Duration::from_secs(60)), LONGEST_PAUSE);
    }
}
