//! What each command does.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use super::Outcome;
use super::args::{
    Check, CheckFormat, Drafts, Explain, Facts, FactsFormat, People, PeopleFormat, Quotes, QuotesFormat,
    Rules, RulesFormat, Shared, Threshold,
};
use super::output::{self, Output};
use super::progress::with_progress;
use super::why::Points;
use crate::calendar::Day;
use crate::config::{Config, KnownRule, Project};
use crate::corpus::registry::Registry;
use crate::facts::{CONFIDENCE, Depth, Hints};
use crate::parallel;
use crate::report::{self, Sheet, Summary};
use crate::rules::{Drawn, Judged, Level, Parameters, Rule, Rulebook, Settings, find, groups, ids};
use crate::run::{self, Reading, Trial};
use crate::source::{self, FileId, Found, InputError, ListedId};

/// What a house has set, and what this run sets besides.
struct House<'a> {
    config: &'a Config,
    project: &'a Project,
    listed: &'a [ListedId],
    /// Levels from the command line; later ones win.
    levels: Vec<(String, Level)>,
}

impl House<'_> {
    /// The number in the project of a file that was read.
    fn listed(&self, file: FileId) -> Option<ListedId> {
        self.listed.get(file.index()).copied()
    }
}

impl Settings for House<'_> {
    fn level(&self, rule: &Rule, path: &str) -> Option<Level> {
        let here = self.levels.iter().rev().find(|(id, _)| id == rule.id).map(|(_, level)| *level);
        here.or_else(|| self.config.level(rule.id, rule.group, path))
    }

    fn parameters(&self, rule: &Rule) -> Parameters {
        self.config.parameters(rule.id)
    }

    fn in_focus(&self, file: FileId) -> bool {
        self.listed(file).is_some_and(|file| self.project.in_focus(file))
    }

    fn compared(&self, file: FileId) -> bool {
        self.listed(file).is_some_and(|file| self.project.in_project(file))
    }
}

/// `sayso check`.
pub(super) fn check(options: &Check) -> Outcome {
    let book = Rulebook::read().map_err(one)?;
    let mut set = Vec::new();
    for setting in &options.rules {
        set.extend(levels(setting).map_err(one)?);
    }
    let config = configuration(&options.shared, &options.drafts.paths, Some(&book))?;
    let (project, mut reading) = load(&options.drafts, &options.shared, &config, false)?;
    let listed = std::mem::take(&mut reading.listed);
    let house = House { config: &config, project: &project, listed: &listed, levels: set };
    let findings = run::check(&mut reading, &book, &house);
    let sheet = Sheet { documents: &reading.documents, corpus: &reading.corpus };
    let summary = Summary::of(&reading.corpus, &findings, |file| house.in_focus(file));
    let for_eyes = matches!(options.format, CheckFormat::Pretty | CheckFormat::Concise);
    let hidden = for_eyes && !options.notes;
    let shown: Vec<Judged>;
    let shown = if hidden {
        shown = findings.iter().filter(|judged| judged.level > Level::Note).cloned().collect();
        &shown
    } else {
        &findings
    };

    let mut out = Output::new(&options.shared);
    let style = out.style;
    let written = match options.format {
        CheckFormat::Pretty => report::pretty(&mut out, &sheet, shown, style),
        CheckFormat::Concise => report::concise(&mut out, &sheet, shown, style),
        CheckFormat::Json => report::json(&mut out, &sheet, shown, summary),
        CheckFormat::Jsonl => report::json_lines(&mut out, &sheet, shown),
        CheckFormat::Github => report::github(&mut out, &sheet, shown),
        CheckFormat::Sarif => report::sarif(&mut out, &sheet, shown, &book),
        CheckFormat::Gitlab => report::gitlab(&mut out, &sheet, shown),
        CheckFormat::Rdjson => report::rdjson(&mut out, &sheet, shown),
        CheckFormat::Rdjsonl => report::rdjson_lines(&mut out, &sheet, shown),
        CheckFormat::Checkstyle => report::checkstyle(&mut out, &sheet, shown),
        CheckFormat::Junit => report::junit(&mut out, &sheet, shown),
    };
    finish(written, out, &options.shared, Some((summary, hidden)))?;
    let failing = match options.fail_on {
        Threshold::Error => summary.errors,
        Threshold::Warning => summary.errors + summary.warnings,
        Threshold::Note => findings.len(),
        Threshold::Never => 0,
    };
    Ok(ExitCode::from(u8::from(failing > 0)))
}

/// `sayso quotes`.
pub(super) fn quotes(options: &Quotes) -> Outcome {
    if options.why {
        return why(options);
    }
    let config = configuration(&options.shared, &options.drafts.paths, None)?;
    // The transcripts are of the project, and not of what was asked about.
    let depth = if options.check { Depth::Everything } else { Depth::Quotations };
    let (project, reading) = load_at(&options.drafts, &options.shared, &config, !options.check, depth)?;
    let sheet = Sheet { documents: &reading.documents, corpus: &reading.corpus };
    let house = House { config: &config, project: &project, listed: &reading.listed, levels: Vec::new() };
    let wanted: Vec<FileId> =
        reading.corpus.files().map(|(file, _)| file).filter(|&file| house.in_focus(file)).collect();
    let check = options.check;
    let mut out = Output::new(&options.shared);
    let style = out.style;
    let written = match options.format {
        QuotesFormat::Table => report::quotes_table(&mut out, &sheet, &wanted, check, style),
        QuotesFormat::Jsonl => report::quotes_lines(&mut out, &sheet, &wanted, check),
        QuotesFormat::Csv => report::quotes_csv(&mut out, &sheet, &wanted, check),
    };
    finish(written, out, &options.shared, None)?;
    let outcome = unread(&reading);
    // The process ends here: to give the memory back piece by piece would only take time.
    std::mem::forget(reading);
    outcome
}

/// `sayso quotes --why`.
fn why(options: &Quotes) -> Outcome {
    if options.format == QuotesFormat::Csv {
        let input_error = InputError::new("--why", "its reasons do not fit into rows");
        return Err(one(input_error.help("leave out --format csv, or write --format jsonl")));
    }
    let asked = Points::read(&options.drafts.paths);
    let drafts = Drafts { paths: asked.paths(), ..options.drafts.clone() };
    let config = configuration(&options.shared, &drafts.paths, None)?;
    let (project, reading) = load_at(&drafts, &options.shared, &config, true, Depth::Quotations)?;
    let house = House { config: &config, project: &project, listed: &reading.listed, levels: Vec::new() };
    let sheet = Sheet { documents: &reading.documents, corpus: &reading.corpus };
    let found = |file: FileId| project.files.get(house.listed(file)?.index());
    let needed = config.confidence().unwrap_or(CONFIDENCE);
    let (why, input_errors) = asked.answer(config.cwd(), &reading, found, needed);
    let mut out = Output::new(&options.shared);
    let style = out.style;
    let written = match options.format {
        QuotesFormat::Jsonl => report::why_lines(&mut out, &sheet, &why),
        QuotesFormat::Table | QuotesFormat::Csv => report::why_pretty(&mut out, &sheet, &why, style),
    };
    finish(written, out, &options.shared, None)?;
    if input_errors.is_empty() { unread(&reading) } else { Err(input_errors) }
}

/// `sayso people`: whoever is mentioned in what was asked about, as the whole project has them.
pub(super) fn people(options: &People) -> Outcome {
    let config = configuration(&options.shared, &options.drafts.paths, None)?;
    let (project, reading) = load(&options.drafts, &options.shared, &config, false)?;
    let sheet = Sheet { documents: &reading.documents, corpus: &reading.corpus };
    let house = House { config: &config, project: &project, listed: &reading.listed, levels: Vec::new() };
    let people: Vec<_> = reading
        .corpus
        .people()
        .iter()
        .filter(|(_, person)| person.mentions.iter().any(|mention| house.in_focus(mention.file)))
        .filter_map(|(_, person)| Some((person, person.entry(reading.corpus.facts())?)))
        .collect();
    let mut out = Output::new(&options.shared);
    let style = out.style;
    let written = match options.format {
        PeopleFormat::Table => report::people_table(&mut out, &sheet, &people, style),
        PeopleFormat::Jsonl => report::people_lines(&mut out, &sheet, &people),
        PeopleFormat::Toml => report::people_toml(&mut out, &sheet, &people),
    };
    finish(written, out, &options.shared, None)?;
    unread(&reading)
}

/// `sayso facts`.
pub(super) fn facts(options: &Facts) -> Outcome {
    let config = configuration(&options.shared, &options.drafts.paths, None)?;
    let (_, reading) = load(&options.drafts, &options.shared, &config, true)?;
    let sheet = Sheet { documents: &reading.documents, corpus: &reading.corpus };
    let mut out = Output::new(&options.shared);
    let written = match options.format {
        FactsFormat::Jsonl => report::facts_lines(&mut out, &sheet),
    };
    finish(written, out, &options.shared, None)?;
    unread(&reading)
}

/// `sayso explain`.
pub(super) fn explain(options: &Explain) -> Outcome {
    let book = Rulebook::read().map_err(one)?;
    let (Some(rule), Some(page)) = (find(&options.rule), book.page(&options.rule)) else {
        return Err(vec![unknown_rule(&options.rule)]);
    };
    let mut trials: Vec<Trial> = Vec::new();
    for example in &page.examples {
        if let Some(bad) = &example.bad {
            let mut trial =
                run::attempt(rule, page, example, &Drawn::read(bad).drafts, &book).map_err(one)?;
            trial.findings.retain(|judged| judged.rule.id == rule.id);
            trials.push(trial);
        }
    }
    let shown: Vec<(Sheet<'_>, Vec<Judged>)> = trials
        .iter()
        .map(|trial| {
            let Reading { documents, corpus, .. } = &trial.reading;
            (Sheet { documents, corpus }, trial.findings.clone())
        })
        .collect();
    let mut out = Output::new(&options.shared);
    let style = out.style;
    let written = report::explain(&mut out, rule, page, &shown, style);
    finish(written, out, &options.shared, None)?;
    Ok(ExitCode::SUCCESS)
}

/// `sayso rules`.
pub(super) fn rules(options: &Rules) -> Outcome {
    let book = Rulebook::read().map_err(one)?;
    let mut out = Output::new(&options.shared);
    let style = out.style;
    let written = match options.format {
        RulesFormat::Table => report::rules_table(&mut out, &book, style),
        RulesFormat::Json => report::rules_json(&mut out, &book),
        RulesFormat::Markdown => report::rules_markdown(&mut out, &book),
    };
    finish(written, out, &options.shared, None)?;
    Ok(ExitCode::SUCCESS)
}

/// The configuration that holds for this run. The pages of the rules tell whether what it sets is there to be set:
/// where they are not at hand, they are read if there is a configuration.
fn configuration(
    shared: &Shared,
    paths: &[PathBuf],
    book: Option<&Rulebook>,
) -> Result<Config, Vec<InputError>> {
    let here = std::env::current_dir().map_err(|error| {
        vec![InputError::new(".", format!("the working directory cannot be used: {error}"))]
    })?;
    let config = match &shared.config {
        Some(path) => Config::load(path, &here)?,
        None if shared.isolated => return Ok(Config::isolated(here)),
        None => match Config::discover(&here, paths) {
            Some(path) => Config::load_project(&path, &here)?,
            None => return Ok(Config::isolated(here)),
        },
    };
    let read;
    let book = match book {
        Some(book) => book,
        None => {
            read = Rulebook::read().map_err(one)?;
            &read
        }
    };
    let known: Vec<KnownRule> = book
        .iter()
        .map(|(rule, page)| KnownRule {
            id: rule.id.to_owned(),
            group: rule.group.to_owned(),
            parameters: page.parameters.clone(),
        })
        .collect();
    let input_errors = config.check(&known);
    if input_errors.is_empty() { Ok(config) } else { Err(input_errors) }
}

/// Finds the drafts and reads them; those of the focus only, where nothing is compared.
fn load(
    drafts: &Drafts,
    shared: &Shared,
    config: &Config,
    focus_only: bool,
) -> Result<(Project, Reading), Vec<InputError>> {
    load_at(drafts, shared, config, focus_only, Depth::Everything)
}

/// From how many drafts on their quotations alone are read on several threads. Fewer take about a tenth of a second, of
/// which a second thread would spare a third, for an eighth more work.
const WORTH_A_THREAD: usize = 1_000;

/// The same, no deeper than is wanted.
fn load_at(
    drafts: &Drafts,
    shared: &Shared,
    config: &Config,
    focus_only: bool,
    depth: Depth,
) -> Result<(Project, Reading), Vec<InputError>> {
    let published = shared.published.as_deref().map(|day| {
        Day::parse_iso(day).ok_or_else(|| {
            InputError::new("--published", format!("“{day}” is not a day")).help("write it as 2025-04-17")
        })
    });
    let fallback = published.transpose().map_err(one)?;
    let (mut project, input_errors) = Project::find(
        &drafts.paths,
        config,
        drafts.stdin_filename.clone(),
        std::env::var_os("PRE_COMMIT").is_some_and(|set| set == "1"),
    );
    if !input_errors.is_empty() {
        return Err(input_errors);
    }
    if focus_only {
        project.narrow();
    }
    // Use the current thread as a worker too. The pool is built after the files are listed, because idle workers spin.
    let few = depth == Depth::Quotations && project.files.len() < WORTH_A_THREAD;
    let threads = shared.threads.unwrap_or(usize::from(few));
    parallel::use_threads(threads);
    let hints = |found: &Found| Hints {
        published: config.published(&found.path),
        fallback,
        desk: config.desk(&found.path).map(str::to_owned),
        transcript: config.is_transcript(&found.location),
        depth,
        confidence: config.confidence(),
    };
    let show = output::watched() && !shared.quiet;
    let (registries, mut missing) = config.people();
    let (roster, input_errors) = source::read_registries(&registries);
    missing.extend(input_errors);
    if !missing.is_empty() {
        return Err(missing);
    }
    let mut reading =
        with_progress(project.files.len(), show, |done| run::gather(&project.files, hints, done));
    reading.corpus = std::mem::take(&mut reading.corpus).with_registry(Registry::new(roster));
    let half_read: Vec<InputError> =
        reading.documents.iter().flat_map(|document| &document.input_errors).cloned().collect();
    if !half_read.is_empty() && !shared.quiet {
        output::complain(shared, &half_read);
    }
    Ok((project, reading))
}

/// Ends a command: what could not be written, and the last line.
fn finish(
    written: io::Result<()>,
    out: Output,
    shared: &Shared,
    summary: Option<(Summary, bool)>,
) -> Result<(), Vec<InputError>> {
    written.or_else(output::gone).map_err(|error| vec![output::failed(&error)])?;
    let style = out.error_look;
    out.finish().map_err(one)?;
    if let Some((summary, hidden)) = summary.filter(|_| !shared.quiet) {
        let mut line = Vec::new();
        let _ = summary.write(&mut line, style, hidden);
        // A summary that nobody can read is no reason to fail.
        let _ = anstream::AutoStream::always(io::stderr().lock()).write_all(&line);
    }
    Ok(())
}

/// `quotes` and `facts` have no findings in which to say that a file was not read.
fn unread(reading: &Reading) -> Outcome {
    let input_errors: Vec<InputError> = reading
        .corpus
        .files()
        .filter_map(|(_, facts)| Some(InputError::new(&facts.path, facts.unreadable.clone()?)))
        .collect();
    if input_errors.is_empty() { Ok(ExitCode::SUCCESS) } else { Err(input_errors) }
}

/// Reads `RULE=LEVEL`; a group stands for all its rules.
fn levels(setting: &str) -> Result<Vec<(String, Level)>, InputError> {
    let usage = |message: String| InputError::new("--rule", message);
    let Some((name, level)) = setting.split_once('=') else {
        return Err(
            usage(format!("“{setting}” says no level")).help("write for example --rule anonymous-source=off")
        );
    };
    let level = match level {
        "error" => Level::Error,
        "warning" => Level::Warning,
        "note" => Level::Note,
        "off" => Level::Off,
        _ => return Err(usage(format!("“{level}” is no level")).help("one of: error, warning, note, off")),
    };
    if find(name).is_some() {
        return Ok(vec![(name.to_owned(), level)]);
    }
    let group = crate::rules::RULES.iter().filter(|rule| rule.group == name);
    let levels: Vec<(String, Level)> = group.map(|rule| (rule.id.to_owned(), level)).collect();
    if levels.is_empty() { Err(unknown_rule(name)) } else { Ok(levels) }
}

fn unknown_rule(name: &str) -> InputError {
    let input_error = InputError::new(name, "there is no rule of this name");
    match source::nearest(name, ids().chain(groups())) {
        Some(meant) => input_error.help(format!("perhaps {meant} is meant; `sayso rules` lists them all")),
        None => input_error.help("`sayso rules` lists them all"),
    }
}

fn one(input_error: InputError) -> Vec<InputError> {
    vec![input_error]
}
