//! Findings as diagnostics: each stands in every file in which it has a place, with its other places as related
//! information.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use smallvec::SmallVec;
use xxhash_rust::xxh3::xxh3_64;

use super::folder::Folder;
use crate::rules::{Judged, Level};
use crate::source::{FileId, Gravity, InputError, Place, Span, Text};

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

/// The diagnostics of each of the files `wanted`, by path. The folder has been checked.
pub fn of_files<'p>(folder: &Folder, wanted: impl Iterator<Item = &'p str>) -> BTreeMap<&'p str, Report> {
    let mut of_files: BTreeMap<&str, Vec<Value>> = wanted.map(|path| (path, Vec::new())).collect();
    let ids: BTreeMap<FileId, &str> =
        of_files.keys().filter_map(|path| Some((folder.project.file(path)?, *path))).collect();
    for judged in folder.found().iter().filter(|judged| is_shown(folder, judged)) {
        let mut told: SmallVec<[FileId; 2]> = SmallVec::new();
        for (place, message) in places(judged) {
            let Some(path) = ids.get(&place.file).filter(|_| !told.contains(&place.file)) else { continue };
            told.push(place.file);
            let diagnostic = diagnostic(folder, judged, place, message);
            of_files.entry(path).or_default().extend(diagnostic);
        }
    }
    for file in ids.keys() {
        let Some(document) = folder.project.documents().get(file.index()) else { continue };
        for error in &document.input_errors {
            of_files.entry(ids[file]).or_default().push(input_error(folder, error));
        }
    }
    of_files.into_iter().map(|(path, items)| (path, Report::new(items))).collect()
}

/// Is a finding shown? Not where the house's baseline records it, and notes only where the user wants them.
pub fn is_shown(folder: &Folder, judged: &Judged) -> bool {
    !judged.known && (judged.level != Level::Note || folder.settings.notes)
}

/// What is wrong with the configuration and the registries, by URI.
pub fn of_settings(folder: &Folder) -> BTreeMap<String, Vec<Value>> {
    let mut of_files: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for error in &folder.errors {
        of_files.entry(folder.uri(&error.path)).or_default().push(input_error(folder, error));
    }
    of_files
}

fn input_error(folder: &Folder, error: &InputError) -> Value {
    let text = error.text.as_deref().map(|text| Text::new(text.to_owned())).unwrap_or_default();
    let range = |span: Span| folder.encoding.range(&text, span);
    let (span, label) =
        error.labels.first().map_or((Span::new(0, 0), ""), |(span, label)| (*span, label.as_str()));
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

/// A finding as the diagnostic of the file in which it has `place`, of which it says `message`.
fn diagnostic(folder: &Folder, judged: &Judged, place: Place, message: &str) -> Option<Value> {
    let document = folder.project.documents().get(place.file.index())?;
    let others = places(judged).filter(|(other, _)| *other != place);
    let related = others.filter_map(|(other, message)| {
        let message = if message.is_empty() { &judged.finding.message } else { message };
        Some(json!({ "location": folder.place(other)?, "message": message }))
    });
    let related: Vec<Value> = related.collect();
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
    Some(diagnostic)
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
