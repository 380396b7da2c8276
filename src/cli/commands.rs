//! What each command does.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use super::Outcome;
use super::args::{
    Check, CheckFormat, Drafts, Explain, Facts, FactsFormat, Quotes, QuotesFormat, Rules, RulesFormat,
    Shared, Threshold,
};
use super::output::{self, Output};
use super::progress::with_progress;
use crate::calendar::Day;
use crate::facts::Hints;
use crate::report::{self, Sheet, Summary};
use crate::rules::{Drawn, Judged, Level, Plain, Rulebook, find, groups, ids};
use crate::run::{self, Reading, Trial};
use crate::source::{self, FileId, Trouble, WalkOptions};

/// `sayso check`.
pub(super) fn check(options: &Check) -> Outcome {
    let book = Rulebook::read().map_err(one)?;
    let mut settings = Plain::default();
    for setting in &options.rules {
        settings.levels.extend(levels(setting).map_err(one)?);
    }
    let reading = load(&options.drafts, &options.shared)?;
    let sheet = Sheet { documents: &reading.documents, corpus: &reading.corpus };
    let findings = run::check(&reading, &book, &settings);
    let summary = Summary::of(&reading.corpus, &findings);
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
    let look = out.look;
    let written = match options.format {
        CheckFormat::Pretty => report::pretty(&mut out, &sheet, shown, look),
        CheckFormat::Concise => report::concise(&mut out, &sheet, shown, look),
        CheckFormat::Json => report::json(&mut out, &sheet, shown, summary),
        CheckFormat::Jsonl => report::json_lines(&mut out, &sheet, shown),
        CheckFormat::Github => report::github(&mut out, &sheet, shown),
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
    let reading = load(&options.drafts, &options.shared)?;
    let sheet = Sheet { documents: &reading.documents, corpus: &reading.corpus };
    let wanted: Vec<FileId> = reading.corpus.files().map(|(file, _)| file).collect();
    let mut out = Output::new(&options.shared);
    let look = out.look;
    let written = match options.format {
        QuotesFormat::Table => report::quotes_table(&mut out, &sheet, &wanted, look),
        QuotesFormat::Jsonl => report::quotes_lines(&mut out, &sheet, &wanted),
        QuotesFormat::Csv => report::quotes_csv(&mut out, &sheet, &wanted),
    };
    finish(written, out, &options.shared, None)?;
    unread(&reading)
}

/// `sayso facts`.
pub(super) fn facts(options: &Facts) -> Outcome {
    let reading = load(&options.drafts, &options.shared)?;
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
            let Reading { documents, corpus } = &trial.reading;
            (Sheet { documents, corpus }, trial.findings.clone())
        })
        .collect();
    let mut out = Output::new(&options.shared);
    let look = out.look;
    let written = report::explain(&mut out, rule, page, &shown, look);
    finish(written, out, &options.shared, None)?;
    Ok(ExitCode::SUCCESS)
}

/// `sayso rules`.
pub(super) fn rules(options: &Rules) -> Outcome {
    let book = Rulebook::read().map_err(one)?;
    let mut out = Output::new(&options.shared);
    let look = out.look;
    let written = match options.format {
        RulesFormat::Table => report::rules_table(&mut out, &book, look),
        RulesFormat::Json => report::rules_json(&mut out, &book),
        RulesFormat::Markdown => report::rules_markdown(&mut out, &book),
    };
    finish(written, out, &options.shared, None)?;
    Ok(ExitCode::SUCCESS)
}

/// Finds the drafts and reads them.
fn load(drafts: &Drafts, shared: &Shared) -> Result<Reading, Vec<Trouble>> {
    if let Some(threads) = shared.threads {
        // Refused only where a pool exists already, and then that one serves.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    let here = [PathBuf::from(".")];
    let paths = if drafts.paths.is_empty() { &here[..] } else { &drafts.paths };
    let options = WalkOptions { stdin_filename: drafts.stdin_filename.clone(), ..WalkOptions::default() };
    let (found, troubles) = source::find(paths, &options);
    if !troubles.is_empty() {
        return Err(troubles);
    }
    let published = shared.published.as_deref().map(|day| {
        Day::parse_iso(day).ok_or_else(|| {
            Trouble::new("--published", format!("“{day}” is not a day")).help("write it as 2025-04-17")
        })
    });
    let hints = Hints { fallback: published.transpose().map_err(one)?, ..Hints::default() };
    let show = output::watched() && !shared.quiet;
    Ok(with_progress(found.len(), show, |done| run::gather(&found, |_| hints.clone(), done)))
}

/// Ends a command: what could not be written, and the last line.
fn finish(
    written: io::Result<()>,
    out: Output,
    shared: &Shared,
    summary: Option<(Summary, bool)>,
) -> Result<(), Vec<Trouble>> {
    written.or_else(output::gone).map_err(|error| vec![output::failed(&error)])?;
    let look = out.error_look;
    out.finish().map_err(one)?;
    if let Some((summary, hidden)) = summary.filter(|_| !shared.quiet) {
        let mut line = Vec::new();
        let _ = summary.write(&mut line, look, hidden);
        // A summary that nobody can read is no reason to fail.
        let _ = anstream::AutoStream::always(io::stderr().lock()).write_all(&line);
    }
    Ok(())
}

/// `quotes` and `facts` have no findings in which to say that a file was not read.
fn unread(reading: &Reading) -> Outcome {
    let troubles: Vec<Trouble> = reading
        .corpus
        .files()
        .filter_map(|(_, facts)| Some(Trouble::new(&facts.path, facts.unreadable.clone()?)))
        .collect();
    if troubles.is_empty() { Ok(ExitCode::SUCCESS) } else { Err(troubles) }
}

/// Reads `RULE=LEVEL`; a group stands for all its rules.
fn levels(setting: &str) -> Result<Vec<(String, Level)>, Trouble> {
    let usage = |message: String| Trouble::new("--rule", message);
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

fn unknown_rule(name: &str) -> Trouble {
    let trouble = Trouble::new(name, "there is no rule of this name");
    match source::nearest(name, ids().chain(groups())) {
        Some(meant) => trouble.help(format!("perhaps {meant} is meant; `sayso rules` lists them all")),
        None => trouble.help("`sayso rules` lists them all"),
    }
}

fn one(trouble: Trouble) -> Vec<Trouble> {
    vec![trouble]
}
