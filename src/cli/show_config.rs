//! `check --show-config`: what holds for a file, and where each value is set.

use std::process::ExitCode;

use super::Outcome;
use super::args::{Check, CheckFormat};
use super::loaded::Loaded;
use super::output::{Output, finish};
use crate::config::{Config, Origin};
use crate::facts::{CONFIDENCE, PublishedFrom};
use crate::report::{self, FileSettings, RuleRow, SettingRow};
use crate::rules::{Level, Page, Rule};
use crate::source::{FileId, InputError};

/// What is written where nothing sets a value.
const DEFAULT: &str = "default";

/// Prints what holds for the one file that was asked about. `levels` are those of the command line.
pub(super) fn show(options: &Check, loaded: &Loaded, levels: &[(String, Level)]) -> Outcome {
    let wanted = loaded.wanted();
    let [file] = wanted[..] else {
        let error = InputError::new("--show-config", "it shows what holds for one file");
        return Err(vec![error.help("name a draft: sayso check --show-config drafts/monday.md")]);
    };
    let book = loaded.project.pages().map_err(|error| vec![error])?;
    let path = loaded.project.corpus().file(file).path.clone();
    let rules = book.iter().map(|(rule, page)| of_rule(loaded.project.config(), &path, rule, page, levels));
    let settings = FileSettings { values: values(loaded, file, &path), rules: rules.collect(), path };
    let mut out = Output::new(&options.shared);
    let style = out.style;
    let written = match options.format {
        CheckFormat::Json => report::settings_json(&mut out, &settings),
        _ => report::settings_table(&mut out, &settings, style),
    };
    finish(written, out, &options.shared, None)?;
    Ok(ExitCode::SUCCESS)
}

fn from(origin: Option<Origin>) -> String {
    origin.map_or_else(|| DEFAULT.to_owned(), |origin| origin.to_string())
}

/// What holds for the file as a whole.
fn values(loaded: &Loaded, file: FileId, path: &str) -> Vec<SettingRow> {
    let config = loaded.project.config();
    let facts = loaded.project.corpus().file(file);
    let front_matter = loaded.project.documents().get(file.index()).and_then(|one| one.front_matter.as_ref());
    let mut rows = Vec::new();
    let mut row = |key: &str, value: String, from: String| {
        rows.push(SettingRow { key: key.to_owned(), value, from });
    };
    let sources: Vec<&str> = config.sources().collect();
    let number = loaded.list.number(path);
    let within = number.is_some_and(|number| loaded.list.in_project(number));
    row(
        "project",
        match sources.first() {
            None => "none: the paths given are all there is".to_owned(),
            Some(_) if within => "this file belongs to it".to_owned(),
            Some(_) => "this file lies outside it, and is judged by itself".to_owned(),
        },
        if sources.is_empty() { DEFAULT.to_owned() } else { sources.join(", which extends ") },
    );
    let tape = !facts.turns.is_empty() || facts.tape.is_some();
    row(
        "read as",
        if tape { "transcript" } else { "draft" }.to_owned(),
        match tape {
            true => from(config.key_origin("transcripts").or_else(|| config.key_origin("transcript"))),
            false => DEFAULT.to_owned(),
        },
    );
    match facts.published {
        None => row("published", "not known".to_owned(), DEFAULT.to_owned()),
        Some(published) => row(
            "published",
            published.day.to_string(),
            match published.from {
                PublishedFrom::FrontMatter => "front matter".to_owned(),
                PublishedFrom::Override => from(config.override_origin("published", path)),
                PublishedFrom::FileName => "file name".to_owned(),
                PublishedFrom::Properties => "the document's properties".to_owned(),
                PublishedFrom::Dateline => "dateline".to_owned(),
                PublishedFrom::CommandLine => "--published".to_owned(),
            },
        ),
    }
    let language = front_matter.and_then(|matter| matter.language.as_ref());
    let of_config = || config.language().code.to_owned();
    row(
        "language",
        facts.other_language.clone().unwrap_or_else(of_config),
        match (language, &facts.other_language) {
            (Some(_), _) => "front matter".to_owned(),
            (None, Some(_)) => "its words".to_owned(),
            (None, None) => from(config.key_origin("language")),
        },
    );
    let kind = |kind| if kind == crate::source::TextKind::Fiction { "fiction" } else { "news" }.to_owned();
    match (front_matter.and_then(|matter| matter.kind), config.kind(path)) {
        (Some(told), _) => row("kind", kind(told), "front matter".to_owned()),
        (None, Some(set)) => {
            let origin = config.override_origin("kind", path).or_else(|| config.key_origin("kind"));
            row("kind", kind(set), from(origin));
        }
        (None, None) => row("kind", "told from its paragraphs".to_owned(), DEFAULT.to_owned()),
    }
    if let Some(desk) = config.desk(path) {
        row("desk", desk.to_owned(), from(config.override_origin("desk", path)));
    }
    row("style", config.style().unwrap_or("none").to_owned(), from(config.key_origin("style")));
    let confidence = config.confidence().unwrap_or(CONFIDENCE);
    row("confidence", confidence.to_string(), from(config.key_origin("confidence")));
    for key in ["include", "exclude", "people", "transcripts", "archive", "rules-dir", "words-dir"] {
        let patterns = config.patterns(key);
        if !patterns.is_empty() {
            row(key, patterns.join(", "), from(config.key_origin(key)));
        }
    }
    rows
}

/// What holds for a rule.
fn of_rule(
    config: &Config,
    path: &str,
    rule: &'static Rule,
    page: &Page,
    levels: &[(String, Level)],
) -> RuleRow {
    let typed = levels.iter().rev().find(|(id, _)| id == rule.id).map(|(_, level)| *level);
    let set = config.level(rule.id, rule.group, path);
    let origin = match typed {
        Some(_) => "command line".to_owned(),
        None => from(config.level_origin(rule.id, rule.group, path)),
    };
    let settings = page.parameters.iter().map(|(name, declared)| {
        let set = config.parameter_origin(rule.id, name);
        let (value, origin) = set.map_or((declared.default.clone(), None), |(value, at)| (value, Some(at)));
        SettingRow { key: name.clone(), value: value.to_string(), from: from(origin) }
    });
    RuleRow {
        rule: rule.id,
        group: rule.group,
        level: typed.or(set).unwrap_or(page.level),
        from: origin,
        settings: settings.collect(),
    }
}
