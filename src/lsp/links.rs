//! From one place to others: a quotation's versions and its tape, a name's introduction and its other places; and the
//! lists of quotations and people in which an editor lets its user search.

use serde_json::{Value, json};

use super::folder::Folder;
use super::under::{self, Under};
use crate::facts::Quotation;
use crate::source::{FileId, Place};

/// The most symbols of a project that are returned at once.
const MOST_SYMBOLS: usize = 512;
/// The longest beginning of a quotation that stands in a list, in characters.
const LONGEST_BEGINNING: usize = 60;
/// The protocol's kinds of symbols that come closest to a person and to a quotation.
const PERSON: u8 = 5;
const QUOTATION: u8 = 15;

/// From a quotation to its other versions and its tape; from a name, or from “she said”, to the person's introduction.
pub fn definition(folder: &Folder, path: &str, offset: u32) -> Value {
    let Some(found) = under::find(folder, path, offset) else { return Value::Null };
    let at = match found.what {
        Under::Quotation(index) => return elsewhere(folder, path, found.file, index),
        Under::Source(index) => under::speaker(folder, found.file, index),
        Under::Mention(at) => Some(at),
    };
    let person = at.and_then(|at| folder.project.corpus().people().of(at));
    let place = person.and_then(|person| under::introduction(folder, found.file, person));
    place.and_then(|place| folder.place(place)).unwrap_or_default()
}

/// All places of a person, or of a quotation's words.
pub fn references(folder: &Folder, path: &str, offset: u32) -> Value {
    let Some(found) = under::find(folder, path, offset) else { return Value::Null };
    let corpus = folder.project.corpus();
    let at = match found.what {
        Under::Quotation(index) => {
            let mut all = vec![folder.place(Place::new(found.file, found.span)).unwrap_or_default()];
            if let Value::Array(others) = elsewhere(folder, path, found.file, index) {
                all.extend(others);
            }
            return Value::from(all);
        }
        Under::Source(index) => under::speaker(folder, found.file, index),
        Under::Mention(at) => Some(at),
    };
    let person = at.and_then(|at| corpus.people().of(at)).map(|id| corpus.people().person(id));
    let mentions = person.into_iter().flat_map(|person| &person.mentions);
    let places = mentions.filter_map(|at| folder.place(at.place(corpus.file(at.file))));
    Value::from(places.collect::<Vec<_>>())
}

/// Where else the words of a quotation stand: in other drafts, and on a tape.
fn elsewhere(folder: &Folder, path: &str, file: FileId, index: usize) -> Value {
    let versions = folder.project.versions(path, index);
    let places = versions
        .iter()
        .filter_map(|version| Some(Place::new(folder.project.file(version.path)?, version.quotation.span)));
    let tape = under::on_tape(folder, file, index).map(|(tape, _, turn)| Place::new(tape, turn.span));
    Value::from(places.chain(tape).filter_map(|place| folder.place(place)).collect::<Vec<_>>())
}

/// The quotations of a draft and the people in it, in the order of the text.
pub fn document_symbols(folder: &Folder, path: &str) -> Value {
    let (Some(document), Some(facts)) = (folder.document(path), folder.project.facts(path)) else {
        return Value::Null;
    };
    let mut symbols: Vec<(u32, Value)> = Vec::new();
    for quotation in facts.quotations.iter().filter(|quotation| quotation.level == 0) {
        let range = folder.encoding.range(&document.text, quotation.span);
        let symbol = json!({
            "name": symbol_name(quotation), "kind": QUOTATION, "range": range, "selectionRange": range,
        });
        symbols.push((quotation.span.start, symbol));
    }
    let mut seen: Vec<&str> = Vec::new();
    for mention in facts.mentions.iter().filter(|mention| mention.name.contains(' ')) {
        if !seen.contains(&mention.name.as_str()) {
            seen.push(&mention.name);
            let range = folder.encoding.range(&document.text, mention.span);
            let titles: Vec<&str> = mention.titles.iter().map(|title| title.text.as_str()).collect();
            let symbol = json!({
                "name": mention.name, "detail": titles.join(", "), "kind": PERSON, "range": range, "selectionRange": range,
            });
            symbols.push((mention.span.start, symbol));
        }
    }
    symbols.sort_by_key(|(start, _)| *start);
    Value::from(symbols.into_iter().map(|(_, symbol)| symbol).collect::<Vec<_>>())
}

/// The people and quotations of the project whose name, speaker or words hold every word of the query.
pub fn workspace_symbols(folder: &Folder, query: &str) -> Vec<Value> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let fits = |name: &str| {
        let name = name.to_lowercase();
        words.iter().all(|word| name.contains(word))
    };
    let mut found: Vec<Value> = Vec::new();
    for person in folder.project.people().filter(|person| fits(&person.name)) {
        let symbol = |place| json!({ "name": person.name, "kind": PERSON, "location": place });
        found.extend(folder.place(person.first).map(symbol));
    }
    for (file, facts) in folder.project.corpus().files() {
        for quotation in facts.quotations.iter().filter(|quotation| quotation.level == 0) {
            if found.len() >= MOST_SYMBOLS {
                return found;
            }
            let name = symbol_name(quotation);
            let all = format!("{name} {}", quotation.words);
            if fits(&all)
                && let Some(place) = folder.place(Place::new(file, quotation.span))
            {
                found.push(json!({
                    "name": name, "kind": QUOTATION, "location": place, "containerName": facts.path,
                }));
            }
        }
    }
    found
}

/// `Ana Reyes: “We will close the …”`, with “?” where the speaker is undecided; the words alone where they are nobody's speech.
fn symbol_name(quotation: &Quotation) -> String {
    let words = beginning(quotation.words.trim());
    match &quotation.attribution {
        Some(_) => format!("{}: “{words}”", speaker(quotation).unwrap_or("?")),
        None => format!("“{words}”"),
    }
}

fn speaker(quotation: &Quotation) -> Option<&str> {
    Some(quotation.attribution.as_ref()?.speaker.as_ref()?.name.as_str())
}

fn beginning(words: &str) -> String {
    let words = words.replace(char::is_control, " ");
    match words.char_indices().nth(LONGEST_BEGINNING) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words,
    }
}

/// Who says what, for a view beside the drafts: every quotation with its speaker, in path order.
pub fn who_says_what(folder: &Folder) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for (file, facts) in folder.project.corpus().files() {
        // What a tape quotes is no quotation of the desk's.
        let quotations =
            facts.quotations.iter().filter(|quotation| quotation.level == 0 && facts.tape.is_none());
        for quotation in quotations {
            let place = folder.place(Place::new(file, quotation.span)).unwrap_or_default();
            let by = quotation.attribution.as_ref();
            all.push(json!({
                "path": facts.path,
                "location": place,
                "words": quotation.words,
                "kind": quotation.kind,
                "speech": by.is_some(),
                "speaker": speaker(quotation),
                "confidence": by.map(|by| by.confidence),
                "evidence": by.map(|by| &by.evidence),
            }));
        }
    }
    all
}

/// “also in 3 drafts” above each quotation that stands in other drafts too, with the places. The editor must know the
/// command that shows them, so lenses are sent only where the user turned them on.
pub fn lenses(folder: &Folder, path: &str) -> Value {
    let (Some(document), Some(facts)) = (folder.document(path), folder.project.facts(path)) else {
        return Value::Null;
    };
    let file = folder.project.file(path);
    let mut lenses: Vec<Value> = Vec::new();
    for (index, quotation) in
        facts.quotations.iter().enumerate().filter(|(_, quotation)| quotation.level == 0)
    {
        let versions = folder.project.versions(path, index);
        let mut drafts: Vec<&str> = versions.iter().map(|version| version.path).collect();
        drafts.retain(|draft| *draft != path);
        drafts.dedup();
        let (Some(file), false) = (file, drafts.is_empty()) else { continue };
        let differ = versions.iter().any(|version| !version.differences.is_empty());
        let number = drafts.len();
        let range = folder.encoding.range(&document.text, quotation.span);
        lenses.push(json!({
            "range": range,
            "command": {
                "title": format!(
                    "also in {number} draft{}{}",
                    if number == 1 { "" } else { "s" },
                    if differ { ", in other words" } else { "" }
                ),
                "command": "sayso.showVersions",
                "arguments": [folder.uri(path), range["start"], elsewhere(folder, path, file, index)],
            },
        }));
    }
    Value::from(lenses)
}
