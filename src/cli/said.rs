//! `sayso said`: who said something in an archive; and `sayso judge`: findings in facts of other runs.

use std::io::{self, Read};
use std::process::ExitCode;

use serde::Deserialize;

use super::Outcome;
use super::archive::open_archive;
use super::args::{InfoFormat, JudgeFacts, Said};
use super::load::configuration;
use super::output::{self, Output, finish};
use crate::archive::Record;
use crate::corpus::wording::{KEYS_VERSION, KeyReader};
use crate::facts::FileFacts;
use crate::project::{Focus, Project, asked};
use crate::report::{self, Sheet};
use crate::rules::Scope;
use crate::source::{self, Gravity, InputError};

/// `sayso said`. It leaves with 1 where nobody said it.
pub(super) fn said(options: &Said) -> Outcome {
    let config = configuration(&options.shared, &[])?;
    let (listed, missing) = config.archives();
    if options.archive.is_empty() && !missing.is_empty() {
        return Err(missing);
    }
    let archives = if options.archive.is_empty() { listed } else { options.archive.clone() };
    if archives.is_empty() {
        let help =
            "name one: `sayso said \"words\" --archive stories.sayso`, or list it in sayso.toml as `archive`";
        return Err(vec![InputError::new("said", "there is no archive to look in").help(help)]);
    }
    let Some(question) = asked(&options.words) else {
        let help = "write some words of the quotation: sayso said \"close the pier before the winter\"";
        return Err(vec![InputError::new("said", "there are no words to look for").help(help)]);
    };
    // Too few words to have a run, by which longer quotations are found.
    let few = KeyReader::default().read(&question.facts).iter().all(|keys| keys.runs.is_empty());
    let mut records = Vec::new();
    for path in &archives {
        records.extend(open_archive(path)?.with_words_of(&[&question.facts])?.records);
    }
    let versions = Project::open(config)?.said(question, records);
    if versions.is_empty() && !options.shared.quiet {
        let (message, help) = match few {
            true => (
                "no quotation has these words and no others",
                "for longer quotations, write three words in a row",
            ),
            false => (
                "no quotation with these words, or most of them, was found",
                "quotations are found by three words in a row that few others have: write more of the words, as they were said",
            ),
        };
        let nothing = InputError::new(&options.words, message).help(help);
        output::complain(&options.shared, &[nothing.gravity(Gravity::Warning)]);
    }
    let mut out = Output::new(&options.shared);
    let style = out.style;
    let written = match options.format {
        InfoFormat::Table => report::said_table(&mut out, &versions, style),
        InfoFormat::Json => report::said_json(&mut out, &options.words, &versions),
    };
    finish(written, out, &options.shared, None)?;
    Ok(ExitCode::from(u8::from(versions.is_empty())))
}

/// `sayso judge`: the rules that compare drafts, over records that other runs wrote.
pub(super) fn judge(options: &JudgeFacts) -> Outcome {
    let config = configuration(&options.shared, &[])?;
    let mut project = Project::open(config)?;
    let mut records = Vec::new();
    if options.paths.is_empty() {
        let mut text = String::new();
        io::stdin()
            .lock()
            .read_to_string(&mut text)
            .map_err(|error| InputError::new("standard input", format!("cannot be read: {error}")))?;
        read_records("standard input", &text, &mut records)?;
    }
    for path in &options.paths {
        let shown = path.to_string_lossy();
        read_records(&shown, source::read_text(&shown, path)?.as_str(), &mut records)?;
    }
    project.add_records(records);
    let mut findings = project.check(&Focus::everything())?;
    findings.retain(|judged| judged.rule.scope == Scope::Project);
    let mut out = Output::new(&options.shared);
    let sheet = Sheet { documents: project.documents(), corpus: project.corpus() };
    let written = report::json_lines(&mut out, &sheet, &findings);
    finish(written, out, &options.shared, None)?;
    Ok(ExitCode::SUCCESS)
}

/// A line of `facts --format records`. The keys may be left out: only their version is looked at.
#[derive(Deserialize)]
struct KeyedRecord {
    #[serde(default)]
    keys: Option<Keys>,
    #[serde(default)]
    digest: u64,
    facts: FileFacts,
    text: String,
}

/// What is read of the keys of a record.
#[derive(Deserialize)]
struct Keys {
    version: u32,
}

fn read_records(shown: &str, text: &str, records: &mut Vec<Record>) -> Result<(), InputError> {
    for (line, written) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let help = "write them with `sayso facts --format records`, in the same version of sayso";
        let read: KeyedRecord = serde_json::from_str(written).map_err(|error| {
            InputError::new(shown, format!("line {line} is no record of facts: {error}")).help(help)
        })?;
        // Drafts that were grouped by other keys would be strangers to each other, and nothing would be found.
        if let Some(keys) = read.keys.filter(|keys| keys.version != KEYS_VERSION) {
            let version = keys.version;
            let message = format!(
                "line {line} was grouped by keys of version {version}; this sayso has version {KEYS_VERSION}"
            );
            return Err(InputError::new(shown, message).help(help));
        }
        records.push(Record { digest: read.digest, facts: read.facts, text: read.text });
    }
    Ok(())
}
