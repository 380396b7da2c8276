//! What each command does.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use super::Outcome;
use super::archive;
use super::args::{
    Check, CheckFormat, Drafts, Explain, Facts, FactsFormat, People, PeopleFormat, Quotes, QuotesFormat,
    Rules, RulesFormat, Schema, SchemaName, Shared, Threshold,
};
use super::check_report::{self, judge};
use super::fix;
use super::left_out;
use super::load::{configuration, load, look_at_tapes, open, unread};
use super::loaded::Loaded;
use super::output::{Output, finish};
use super::selection::{self, unknown_rule};
use super::show_config;
use super::tapes;
use super::watch;
use super::why::Points;
use crate::config;
use crate::corpus::people::{Entry, Person};
use crate::facts::Depth;
use crate::project::Options;
use crate::report::{self, Sheet};
use crate::rules::{Drawn, Judged, Page, Rulebook};
use crate::run::{self, Trial, fault_on_purpose};
use crate::source::{self, InputError};

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
    archive::compare(&options.archive, &options.shared, &mut loaded)?;
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
    let not_all_read = loaded.has_unread_named_file() || loaded.list.has_unread_folder;
    // The process ends here: the system takes its memory back at once, and value by value would take a while.
    std::mem::forget(loaded);
    // Its finding says what is wrong; that a file was named and not checked is no result of a check.
    if not_all_read {
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
            if check {
                report::checked_count(&mut out, &sheet, &wanted, style, io::stdout().is_terminal())
            } else {
                Ok(())
            }
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
    let outcome = if unusable.is_empty() { unread(&loaded) } else { Err(unusable) };
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
            report::why_pretty(&mut out, &sheet, &why, options.steps, style)
        }
    };
    finish(written, out, &options.shared, None)?;
    if input_errors.is_empty() { unread(&loaded) } else { Err(input_errors) }
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
    unread(&loaded)
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
    let run = Options { words_around: true, ..Options::default() };
    let loaded = load(&options.drafts, &options.shared, config, run, true)?;
    let mut out = Output::new(&options.shared);
    let written = match options.format {
        FactsFormat::Jsonl => report::facts_lines(&mut out, &loaded.sheet()),
        FactsFormat::Records => report::record_lines(&mut out, &loaded.sheet()),
    };
    finish(written, out, &options.shared, None)?;
    unread(&loaded)
}

/// `sayso explain`.
pub(super) fn explain(options: &Explain) -> Outcome {
    // A rule that comes with sayso is explained whatever the configuration is.
    let own = Rulebook::read().map_err(one)?;
    let book = if own.has(&options.rule) { own } else { book(&options.shared)? };
    if book.groups().contains(&options.rule.as_str()) {
        let mut out = Output::new(&options.shared);
        let style = out.style;
        let written = report::explain_group(&mut out, &book, &options.rule, style);
        finish(written, out, &options.shared, None)?;
        return Ok(ExitCode::SUCCESS);
    }
    let (Some(rule), Some(page)) = (book.find(&options.rule), book.page(&options.rule)) else {
        return Err(vec![unknown_rule(&options.rule, &book)]);
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
    let book = book(&options.shared)?;
    let mut out = Output::new(&options.shared);
    let style = out.style;
    if options.test {
        let tried = run::try_examples(&book);
        let written = match options.format {
            RulesFormat::Json => report::examples_json(&mut out, &tried),
            RulesFormat::Table | RulesFormat::Markdown => report::examples(&mut out, &tried, style),
        };
        finish(written, out, &options.shared, None)?;
        return Ok(ExitCode::from(u8::from(!tried.faults.is_empty())));
    }
    let written = match options.format {
        RulesFormat::Table => report::rules_table(&mut out, &book, style),
        RulesFormat::Json => report::rules_json(&mut out, &book),
        RulesFormat::Markdown => report::rules_markdown(&mut out, &book),
    };
    finish(written, out, &options.shared, None)?;
    Ok(ExitCode::SUCCESS)
}

/// All rules, those of the desk too.
fn book(shared: &Shared) -> Result<Rulebook, Vec<InputError>> {
    Rulebook::with_desk(configuration(shared, &[])?.rule_pages())
}

fn one(input_error: InputError) -> Vec<InputError> {
    vec![input_error]
}
