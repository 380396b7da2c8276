//! Findings as diagnostics: each stands in every file in which it has a place, with its other places as related
//! information.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use super::folder::Folder;
use crate::rules::{Judged, Level};
use crate::source::{Gravity, InputError, Place, Span, Text};

/// The diagnostics of a file, and a name that changes when they do.
#[derive(Clone, Debug)]
pub struct Report {
    /// The diagnostics.
    pub items: Vec<Value>,
    /// Equal where the diagnostics are equal.
    pub id: String,
}

impl Report {
    /// A report of these diagnostics.
    pub fn new(items: Vec<Value>) -> Self {
        let mut text = Vec::new();
        // A value always has a text.
        let _ = serde_json::to_writer(&mut text, &items);
        Self { id: format!("{:016x}", xxh3_64(&text)), items }
    }

    /// The report for an editor that pulls: in full, or “unchanged” where it has this one.
    pub fn pulled(&self, previous: Option<&str>) -> Value {
        match previous == Some(&self.id) {
            true => json!({ "kind": "unchanged", "resultId": self.id }),
            false => json!({ "kind": "full", "resultId": self.id, "items": self.items }),
        }
    }
}

/// The diagnostics of each file that has any, by path. The folder has been checked.
pub fn by_file(folder: &Folder) -> BTreeMap<String, Report> {
    let mut of_files: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for judged in folder.found() {
        if judged.level == Level::Note && !folder.settings.notes {
            continue;
        }
        for (path, diagnostic) in diagnostics(folder, judged) {
            of_files.entry(path).or_default().push(diagnostic);
        }
    }
    for error in folder.project.documents().iter().flat_map(|document| &document.input_errors) {
        of_files.entry(error.path.clone()).or_default().push(input_error(folder, error));
    }
    of_files.into_iter().map(|(path, items)| (path, Report::new(items))).collect()
}

/// What is wrong with the configuration and the registries, by URI.
pub fn of_settings(folder: &Folder) -> BTreeMap<String, Vec<Value>> {
    let mut of_files: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for error in &folder.errors {
        let path = folder.shown(&crate::source::absolute(folder.root(), error.path.as_ref()));
        of_files.entry(folder.uri(&path)).or_default().push(input_error(folder, error));
    }
    of_files
}

fn input_error(folder: &Folder, error: &InputError) -> Value {
    let text = error.text.as_deref().map(|text| Text::new(text.to_owned())).unwrap_or_default();
    let range = |span: Span| folder.encoding.range(&text, span);
    let (span, label) = error.labels.first().map_or((Span::new(0, 0), ""), |(span, label)| (*span, label.as_str()));
    let label = if label.is_empty() { String::new() } else { format!(" ({label})") };
    let help = error.help.as_deref().map_or_else(String::new, |help| format!("\n{help}"));
    json!({
        "range": range(span),
        "severity": if error.gravity == Gravity::Fatal { 1 } else { 2 },
        "code": "input",
        "source": "sayso",
        "message": format!("{}{label}{help}", error.message),
    })
}

/// The diagnostics of a finding, with their paths: one for each file, at the finding's first place there.
fn diagnostics<'f>(folder: &'f Folder, judged: &'f Judged) -> impl Iterator<Item = (String, Value)> + 'f {
    let mut files: Vec<u32> = Vec::new();
    places(judged).filter_map(move |(place, message)| {
        if files.contains(&place.file.0) {
            return None;
        }
        files.push(place.file.0);
        let document = folder.project.documents().get(place.file.index())?;
        let others = places(judged).filter(|(other, _)| *other != place);
        let related: Vec<Value> = others
            .filter_map(|(other, message)| {
                Some(json!({ "location": folder.place(other)?, "message": message }))
            })
            .collect();
        let own = place == judged.finding.place || message.is_empty();
        let here = if own { String::new() } else { format!(" ({message})") };
        let mut diagnostic = json!({
            "range": folder.encoding.range(&document.text, place.span),
            "severity": severity(judged.level),
            "code": judged.rule.id,
            "source": "sayso",
            "message": format!("{}{here}\n{}", judged.finding.message, judged.help),
            "data": { "fingerprint": format!("{:016x}", judged.fingerprint) },
        });
        if !related.is_empty() {
            diagnostic["relatedInformation"] = Value::from(related);
        }
        if judged.rule.id == "unused-suppression" {
            diagnostic["tags"] = json!([UNNECESSARY]);
        }
        Some((document.path.clone(), diagnostic))
    })
}

/// The tag of what may be taken out.
const UNNECESSARY: u8 = 1;

/// All places of a finding with what is said of each, its own first.
pub fn places(judged: &Judged) -> impl Iterator<Item = (Place, &str)> {
    let finding = &judged.finding;
    let related = finding.related.iter().map(|related| (related.place, related.message.as_str()));
    std::iter::once((finding.place, finding.label.as_str())).chain(related)
}

const fn severity(level: Level) -> u8 {
    match level {
        Level::Error => 1,
        Level::Warning => 2,
        Level::Note | Level::Off => 3,
    }
}
