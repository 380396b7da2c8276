//! What each command does.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::Outcome;
use super::args::{
    Check, CheckFormat, Drafts, Explain, Facts, FactsFormat, People, PeopleFormat, Quotes, QuotesFormat,
    Rules, RulesFormat, Schema, SchemaName, Shared, Threshold,
};
use super::check_report::{self, CheckReport, Destinations};
use super::fix;
use super::left_out;
use super::loaded::Loaded;
use super::output::{self, Output, finish};
use super::progress::with_progress;
use super::selection::{self, unknown_rule};
use super::show_config;
use super::tapes;
use super::watch;
use super::why::Points;
use crate::calendar::Day;
use crate::config::{self, Config, FileList};
use crate::corpus::people::{Entry, Person};
use crate::facts::Depth;
use crate::parallel;
use crate::project::{Focus, Options, Project};
use crate::report::{self, Sheet, Summary};
use crate::rules::{Drawn, Judged, Page, Rulebook, find, groups};
use crate::run::{self, Trial, fault_on_purpose};
use crate::source::{self, Gravity, InputError};

/// `sayso check`.
pub(super) fn check(options: &Check) -> Outcome {
    let destinations = check_report::destinations(&options.shared.output).map_err(one)?;
    if options.statistics
        && !matches!(options.format, CheckFormat::Pretty | CheckFormat::Concise | CheckFormat::Json)
    {
        let input_error =
            InputError::new("--statistics", "counts are no findings, and this format is for findings");
        return Err(one(input_error.help("leave --format out, or write --format json")));
    }
    if options.diff && !destinations.more.is_empty() {
        let input_error =
            InputError::new("--diff", "a diff is no finding, and a format of findings is asked for");
        return Err(one(input_error.help("leave FORMAT= out: --output FILE writes the diff there")));
    }
    if options.watch {
        return watch::watch(options, &destinations);
    }
    let config = configuration(&options.shared, &options.drafts.paths)?;
    if let Some(file) = &options.show_config {
        let levels = selection::levels(options, &config)?;
        let drafts = Drafts { paths: vec![file.clone()], ..options.drafts.clone() };
        let run = Options { levels: levels.clone(), ..Options::default() };
        let loaded = load(&drafts, &options.shared, config, run, true)?;
        return show_config::show(options, &loaded, &levels);
    }
    let mut loaded = open(options, config, true)?;
    let unusable = look_at_tapes(&options.shared, &loaded);
    fault_on_purpose("judging");
    if options.write_baseline {
        return left_out::write_baseline(options, &mut loaded);
    }
    let mut unwritten = Vec::new();
    if options.fix || options.diff {
        let mended = fix::mend(options, &mut loaded)?;
        let main = destinations.main.as_deref();
        if options.diff {
            return fix::diff(options, main, &loaded, &mended);
        }
        unwritten.extend(fix::write(options, main, &loaded, &mended).err().into_iter().flatten());
    }
    // Standard input that is fixed has been printed in the place of the findings.
    let printed = options.fix && fix::standard_input(&loaded).is_some();
    let (summary, findings) = judge(options, &destinations, &mut loaded, !printed)?;
    if !unwritten.is_empty() {
        return Err(unwritten);
    }
    if !unusable.is_empty() {
        return Err(unusable);
    }
    // Its finding says what is wrong; that a file was named and not checked is no result of a check.
    if loaded.has_unread_named_file() {
        return Ok(ExitCode::from(2));
    }
    let failing = match options.fail_on {
        Threshold::Error => summary.errors,
        Threshold::Warning => summary.errors + summary.warnings,
        Threshold::Note => findings,
        Threshold::Never => 0,
    };
    Ok(ExitCode::from(u8::from(failing > 0)))
}

/// Reads what `check` asks for. `once` says that it is judged once and thrown away.
pub(super) fn open(options: &Check, config: Config, once: bool) -> Result<Loaded, Vec<InputError>> {
    let levels = selection::levels(options, &config)?;
    let baseline = left_out::baseline(options, &config).map_err(one)?;
    let run = Options { levels, baseline, once, ..Options::default() };
    load_as(&options.drafts, &options.shared, config, run, false, false)
}

/// Judges what was read and writes the findings, with `main` also those for the terminal. Returns the counts, and how many
/// findings there are.
pub(super) fn judge(
    options: &Check,
    destinations: &Destinations,
    loaded: &mut Loaded,
    main: bool,
) -> Result<(Summary, usize), Vec<InputError>> {
    let findings = loaded.project.check(&loaded.focus).map_err(one)?;
    fault_on_purpose("reporting");
    let (findings, left_out) = left_out::leave_out(options, loaded, findings)?;
    let sheet = loaded.sheet();
    let mut summary = Summary::of(sheet.corpus, &findings, |file| loaded.in_focus(file));
    summary.left_out = left_out;
    summary.skipped = loaded.list.skipped;
    let book = loaded.project.pages().map_err(one)?;
    let report = CheckReport { sheet, findings: &findings, summary, book };
    report.write(options, destinations, main)?;
    Ok((summary, findings.len()))
}

/// `sayso quotes`.
pub(super) fn quotes(options: &Quotes) -> Outcome {
    if options.why {
        return why(options);
    }
    let config = configuration(&options.shared, &options.drafts.paths)?;
    // The transcripts are of the project, and not of what was asked about.
    let depth = if options.check { Depth::Everything } else { Depth::Quotations };
    let run = Options { depth, ..Options::default() };
    let loaded = load(&options.drafts, &options.shared, config, run, !options.check)?;
    let unusable = if options.check { look_at_tapes(&options.shared, &loaded) } else { Vec::new() };
    let (sheet, wanted) = (loaded.sheet(), loaded.wanted());
    let check = options.check;
    let mut out = Output::new(&options.shared);
    let style = out.style;
    let written = match options.format {
        QuotesFormat::Table => report::quotes_table(&mut out, &sheet, &wanted, check, style).and_then(|()| {
            // The last line counts, and belongs to the table; a JSON document has a summary, rows have none.
            if check { report::checked_count(&mut out, &sheet, &wanted, style) } else { Ok(()) }
        }),
        QuotesFormat::Json => report::quotes_json(&mut out, &sheet, &wanted, check),
        QuotesFormat::Jsonl => report::quotes_lines(&mut out, &sheet, &wanted, check),
        QuotesFormat::Csv => report::quotes_csv(&mut out, &sheet, &wanted, check),
    };
    finish(written, out, &options.shared, None)?;
    if options.check
        && !options.shared.quiet
        && matches!(options.format, QuotesFormat::Jsonl | QuotesFormat::Csv)
    {
        tapes::count(&options.shared, &sheet, &wanted);
    }
    let outcome = if unusable.is_empty() { unread(&loaded.project) } else { Err(unusable) };
    // The process ends here: to give the memory back piece by piece would only take time.
    std::mem::forget(loaded);
    outcome
}

/// `sayso quotes --why`.
fn why(options: &Quotes) -> Outcome {
    let unfit = match options.format {
        QuotesFormat::Csv => Some("its reasons do not fit into rows"),
        QuotesFormat::Json => Some("its reasons come line by line"),
        QuotesFormat::Table | QuotesFormat::Jsonl => None,
    };
    if let Some(unfit) = unfit {
        let input_error = InputError::new("--why", unfit);
        return Err(one(input_error.help("leave out --format csv, or write --format jsonl")));
    }
    let asked = Points::read(&options.drafts.paths);
    let drafts = Drafts { paths: asked.paths(), ..options.drafts.clone() };
    let config = configuration(&options.shared, &drafts.paths)?;
    let run = Options { depth: Depth::Quotations, ..Options::default() };
    let loaded = load(&drafts, &options.shared, config, run, true)?;
    let sheet = loaded.sheet();
    let config = loaded.project.config();
    let (why, input_errors) = asked.answer(config.cwd(), &loaded.project, |path| loaded.found(path));
    let mut out = Output::new(&options.shared);
    let style = out.style;
    let written = match options.format {
        QuotesFormat::Jsonl => report::why_lines(&mut out, &sheet, &why),
        QuotesFormat::Table | QuotesFormat::Json | QuotesFormat::Csv => {
            report::why_pretty(&mut out, &sheet, &why, style)
        }
    };
    finish(written, out, &options.shared, None)?;
    if input_errors.is_empty() { unread(&loaded.project) } else { Err(input_errors) }
}

/// `sayso people`: whoever is mentioned in what was asked about, as the whole project has them.
pub(super) fn people(options: &People) -> Outcome {
    let config = configuration(&options.shared, &options.drafts.paths)?;
    let loaded = load(&options.drafts, &options.shared, config, Options::default(), false)?;
    let sheet = loaded.sheet();
    let people = people_of(&loaded);
    let mut out = Output::new(&options.shared);
    let style = out.style;
    let written = match options.format {
        PeopleFormat::Table => report::people_table(&mut out, &sheet, &people, style),
        PeopleFormat::Jsonl => report::people_lines(&mut out, &sheet, &people),
        PeopleFormat::Toml => report::people_toml(&mut out, &sheet, &people),
    };
    finish(written, out, &options.shared, None)?;
    unread(&loaded.project)
}

/// Whoever is mentioned in what was asked about.
pub(super) fn people_of(loaded: &Loaded) -> Vec<(&Person, Entry)> {
    let corpus = loaded.project.corpus();
    let people = corpus.people().iter().map(|(_, person)| person);
    let mentioned =
        people.filter(|person| person.mentions.iter().any(|mention| loaded.in_focus(mention.file)));
    mentioned.filter_map(|person| Some((person, person.entry(corpus.facts())?))).collect()
}

/// `sayso schema`.
pub(super) fn schema(options: &Schema) -> Outcome {
    let book = Rulebook::read().map_err(one)?;
    let schema = match options.name {
        SchemaName::Config => config::schema(&book),
        SchemaName::People => source::people_schema(),
        SchemaName::Rule => Page::schema(),
    };
    let mut out = Output::new(&options.shared);
    let written = report::schema(&mut out, &schema);
    finish(written, out, &options.shared, None)?;
    Ok(ExitCode::SUCCESS)
}

/// `sayso facts`.
pub(super) fn facts(options: &Facts) -> Outcome {
    let config = configuration(&options.shared, &options.drafts.paths)?;
    let loaded = load(&options.drafts, &options.shared, config, Options::default(), true)?;
    let mut out = Output::new(&options.shared);
    let written = match options.format {
        FactsFormat::Jsonl => report::facts_lines(&mut out, &loaded.sheet()),
    };
    finish(written, out, &options.shared, None)?;
    unread(&loaded.project)
}

/// `sayso explain`.
pub(super) fn explain(options: &Explain) -> Outcome {
    let book = Rulebook::read().map_err(one)?;
    if groups().contains(&options.rule.as_str()) {
        let mut out = Output::new(&options.shared);
        let style = out.style;
        let written = report::explain_group(&mut out, &book, &options.rule, style);
        finish(written, out, &options.shared, None)?;
        return Ok(ExitCode::SUCCESS);
    }
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
            let (documents, corpus) = (trial.project.documents(), trial.project.corpus());
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

/// The configuration that holds for this run.
pub(super) fn configuration(shared: &Shared, paths: &[PathBuf]) -> Result<Config, Vec<InputError>> {
    let here = std::env::current_dir().map_err(|error| {
        vec![InputError::new(".", format!("the working directory cannot be used: {error}"))]
    })?;
    match &shared.config {
        Some(path) => Config::load(path, &here),
        None if shared.isolated => Ok(Config::isolated(here)),
        None => match Config::discover(&here, paths) {
            Some(path) => Config::load_project(&path, &here),
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
    if !warnings.is_empty() && !shared.quiet {
        output::complain(shared, &warnings);
    }
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
    if !missing.is_empty() {
        return Err(missing);
    }
    with_progress(list.files.len(), show, |done| run::read_files(&mut project, &list, done));
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
pub(super) fn unread(project: &Project) -> Outcome {
    let input_errors: Vec<InputError> = project
        .corpus()
        .files()
        .filter_map(|(_, facts)| Some(InputError::new(&facts.path, facts.unreadable.clone()?)))
        .collect();
    if input_errors.is_empty() { Ok(ExitCode::SUCCESS) } else { Err(input_errors) }
}

fn one(input_error: InputError) -> Vec<InputError> {
    vec![input_error]
}
