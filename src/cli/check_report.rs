//! What `check` writes, and where: one format on the terminal or in a file, and any number of formats in files beside it.

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::args::{Check, CheckFormat, Shared};
use super::left_out;
use super::loaded::Loaded;
use super::output::{self, Output, finish};
use super::progress::{JUDGING, with_progress};
use crate::report::{self, Sheet, Summary};
use crate::rules::{Allowed, Judged, Level, Rulebook};
use crate::run::fault_on_purpose;
use crate::source::InputError;

/// Where the findings go.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Destinations {
    /// The file for the format of `--format`; the terminal where there is none.
    pub(super) main: Option<PathBuf>,
    /// Files for further formats.
    pub(super) more: Vec<(CheckFormat, PathBuf)>,
}

/// Reads the values of `--output`: `FILE` or `FORMAT=FILE`. What stands before a `=` and is not the name of a format
/// belongs to the file's name.
///
/// # Errors
/// Where a format has no file, where two files are meant for the format of `--format`, or where one file is named twice.
pub(super) fn destinations(values: &[PathBuf]) -> Result<Destinations, InputError> {
    let wrong = |message: String| InputError::new("--output", message);
    let mut read = Destinations::default();
    for value in values {
        let (format, file) = of_format(value);
        if file.as_os_str().is_empty() {
            return Err(wrong(format!("“{}” names no file", value.display())).help(
                "write --output FILE, or --output FORMAT=FILE, for example --output sarif=sayso.sarif",
            ));
        }
        let known = read.main.iter().chain(read.more.iter().map(|(_, file)| file));
        if known.into_iter().any(|known| *known == file) {
            return Err(
                wrong(format!("{} is named twice", file.display())).help("give each format its own file")
            );
        }
        match (format, &read.main) {
            (Some(format), _) => read.more.push((format, file)),
            (None, None) => read.main = Some(file),
            (None, Some(first)) => {
                return Err(wrong(format!("both {} and {} are named", first.display(), file.display()))
                    .help("name the format of the second one: --output FORMAT=FILE"));
            }
        }
    }
    Ok(read)
}

/// The file that a value of `--output` names.
pub(super) fn file_of(value: &Path) -> PathBuf {
    of_format(value).1
}

/// Takes `FORMAT=` off the front of a value.
fn of_format(value: &Path) -> (Option<CheckFormat>, PathBuf) {
    let named = value.to_str().and_then(|text| text.split_once('='));
    let named = named.and_then(|(name, file)| Some((CheckFormat::from_str(name, false).ok()?, file)));
    match named {
        Some((format, file)) => (Some(format), PathBuf::from(file)),
        None => (None, value.to_owned()),
    }
}

/// What was found, ready to be written.
pub(super) struct CheckReport<'a> {
    /// The texts that the findings point into.
    pub(super) sheet: Sheet<'a>,
    /// All findings, notes included.
    pub(super) findings: &'a [Judged],
    /// What the drafts allow.
    pub(super) allowed: &'a [Allowed],
    /// The counts.
    pub(super) summary: Summary,
    /// The pages of the rules.
    pub(super) book: &'a Rulebook,
}

impl CheckReport<'_> {
    /// Writes the files that were asked for beside the terminal, then the main format and the summary, unless `main` is
    /// false: then something else has been written there. So a reader of the terminal's end finds all files in place.
    ///
    /// # Errors
    /// Every file that cannot be written; the others are written all the same.
    pub(super) fn write(
        &self,
        options: &Check,
        destinations: &Destinations,
        main: bool,
    ) -> Result<(), Vec<InputError>> {
        let shared = &options.shared;
        let mut input_errors = Vec::new();
        for (format, file) in &destinations.more {
            let mut out = Output::to(Some(file), shared);
            let written = self.write_as(*format, options.notes, false, &mut out);
            let written = written.map_err(|error| output::failed(&error)).and_then(|()| out.finish());
            input_errors.extend(written.err());
        }
        if main {
            let mut out = Output::to(destinations.main.as_deref(), shared);
            let written = self.write_as(options.format, options.notes, options.statistics, &mut out);
            let hidden = hides_notes(options.format, options.notes);
            let finished = finish(written, out, shared, Some((self.summary, hidden)));
            input_errors.extend(finished.err().into_iter().flatten());
        }
        if input_errors.is_empty() { Ok(()) } else { Err(input_errors) }
    }

    /// Writes the findings in one format; with `statistics`, only how many there are of each kind.
    fn write_as(
        &self,
        format: CheckFormat,
        notes: bool,
        statistics: bool,
        out: &mut Output,
    ) -> io::Result<()> {
        let serious: Vec<Judged>;
        let findings = if hides_notes(format, notes) {
            serious = self.findings.iter().filter(|judged| judged.level > Level::Note).cloned().collect();
            &serious
        } else {
            self.findings
        };
        let (sheet, style) = (&self.sheet, out.style);
        match format {
            CheckFormat::Json if statistics => report::statistics_json(out, sheet, findings, self.summary),
            _ if statistics => report::statistics_table(out, sheet, findings, style),
            CheckFormat::Pretty => report::pretty(out, sheet, findings, style),
            CheckFormat::Concise => report::concise(out, sheet, findings, style),
            CheckFormat::Json => report::json(out, sheet, findings, self.summary),
            CheckFormat::Jsonl => report::json_lines(out, sheet, findings),
            CheckFormat::Github => report::github(out, sheet, findings),
            CheckFormat::Sarif => report::sarif(out, sheet, findings, self.allowed, self.book),
            CheckFormat::Gitlab => report::gitlab(out, sheet, findings),
            CheckFormat::Rdjson => report::rdjson(out, sheet, findings),
            CheckFormat::Rdjsonl => report::rdjson_lines(out, sheet, findings),
            CheckFormat::Checkstyle => report::checkstyle(out, sheet, findings),
            CheckFormat::Junit => report::junit(out, sheet, findings),
        }
    }
}

/// What is found in the drafts that were read; a run that takes long says how far it is.
pub(super) fn judged(shared: &Shared, loaded: &mut Loaded) -> Result<Vec<Judged>, InputError> {
    let show = output::watched() && !shared.quiet;
    let total = loaded.project.documents().len();
    with_progress(JUDGING, total, show, |done| loaded.project.check_counted(&loaded.focus, done))
}

/// Judges what was read and writes the findings, with `main` also those for the terminal. Returns the counts, and how many
/// findings there are.
pub(super) fn judge(
    options: &Check,
    destinations: &Destinations,
    loaded: &mut Loaded,
    main: bool,
) -> Result<(Summary, usize), Vec<InputError>> {
    let findings = judged(&options.shared, loaded).map_err(|error| vec![error])?;
    fault_on_purpose("reporting");
    let since = options.since.as_deref();
    let (findings, mut left_out) =
        left_out::leave_out(since, loaded, findings).map_err(|error| vec![error])?;
    if options.prune_baseline && left_out.stale > 0 {
        left_out::prune(options, loaded).map_err(|error| vec![error])?;
        left_out.stale = 0;
    }
    let sheet = loaded.sheet();
    let mut summary = Summary::of(sheet.corpus, &findings, |file| loaded.in_focus(file));
    summary.left_out = left_out;
    summary.skipped = loaded.skipped();
    let book = loaded.project.pages().map_err(|error| vec![error])?;
    let report = CheckReport { sheet, findings: &findings, allowed: loaded.project.allowed(), summary, book };
    report.write(options, destinations, main)?;
    Ok((summary, findings.len()))
}

/// Are notes left out? Only where a person reads, and only until that person asks for them.
fn hides_notes(format: CheckFormat, notes: bool) -> bool {
    !notes && matches!(format, CheckFormat::Pretty | CheckFormat::Concise)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[&str]) -> Result<Destinations, InputError> {
        destinations(&values.iter().map(PathBuf::from).collect::<Vec<_>>())
    }

    #[test]
    fn a_format_before_the_sign_and_nothing_else() {
        let read = |value| of_format(Path::new(value));
        assert_eq!(read("sarif=out/a.sarif"), (Some(CheckFormat::Sarif), PathBuf::from("out/a.sarif")));
        assert_eq!(read("junit=a=b.xml"), (Some(CheckFormat::Junit), PathBuf::from("a=b.xml")));
        assert_eq!(read("report.txt"), (None, PathBuf::from("report.txt")));
        assert_eq!(read("day=friday.txt"), (None, PathBuf::from("day=friday.txt")));
        assert_eq!(read("./sarif=x"), (None, PathBuf::from("./sarif=x")));
    }

    #[test]
    fn one_main_file_and_any_number_of_others() {
        let all = Destinations {
            main: Some("main.txt".into()),
            more: vec![(CheckFormat::Sarif, "a".into()), (CheckFormat::Junit, "b".into())],
        };
        assert_eq!(read(&["sarif=a", "main.txt", "junit=b"]).ok(), Some(all));
        for wrong in [&["a", "b"][..], &["sarif="], &[""], &["sarif=a", "junit=a"]] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}
