//! What a person may choose to do about a finding. No edit that is made without a look changes a word inside a quotation.

use serde_json::{Map, Value, json};

use super::folder::Folder;
use super::registry_edit::add_spelling;
use super::under::{self, Under};
use super::welcome::SHOW_TAPE;
use super::{diagnostics, hover};
use crate::corpus::people::MentionAt;
use crate::project::keeps_words;
use crate::rules::{Fix, Judged};
use crate::source::{Document, FileId, Format, Span, Text};

/// The rules whose findings say that a spelling is not the registry's.
const SPELLING_RULES: [&str; 3] = ["misspelled-name", "name-variant", "unknown-person"];

/// The actions for a range of a draft: fixes, “allow here”, a spelling for the registry, the tape's words, and all safe
/// fixes at once. `previews` says that the editor can show an edit before it is made.
pub fn actions(folder: &Folder, path: &str, params: &Value, previews: bool) -> Value {
    let (Some(document), Some(file)) = (folder.document(path), folder.project.file(path)) else {
        return Value::Null;
    };
    let Some(range) = folder.encoding.span(document.text.as_str(), &params["range"]) else {
        return json!([]);
    };
    let only: Vec<&str> =
        params["context"]["only"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    // `source` asks for `source.fixAll` too.
    let asked = |kind: &str, one: &str| {
        kind == one || kind.strip_prefix(one).is_some_and(|rest| rest.starts_with('.'))
    };
    let wanted = |kind: &str| only.is_empty() || only.iter().any(|one| asked(kind, one));
    let mut actions: Vec<Value> = Vec::new();
    if wanted("quickfix") {
        for judged in folder.found().iter().filter(|judged| diagnostics::is_shown(folder, judged)) {
            let mut places =
                diagnostics::places(judged).map(|(place, _)| place).filter(|place| place.file == file);
            let touches = |span: Span| span.start <= range.end && range.start <= span.end;
            let Some(place) = places.find(|place| touches(place.span)) else { continue };
            let diagnostic = its_diagnostic(params, judged);
            let mut of_finding: Vec<Value> = Vec::new();
            let finding = &judged.finding;
            of_finding.extend(
                finding.fix.iter().chain(&finding.other_fix).filter_map(|one| fix(folder, judged, one)),
            );
            of_finding.extend(spelling(folder, judged, file, place.span));
            of_finding.extend(allow(folder, document, file, judged, place.span));
            for mut action in of_finding {
                if let Some(diagnostic) = &diagnostic {
                    action["diagnostics"] = json!([diagnostic]);
                }
                actions.push(action);
            }
        }
    }
    if wanted("refactor.rewrite") {
        actions.extend(tape(folder, path, document, range.start, previews));
    }
    if wanted("source.fixAll") {
        let fixes = folder.found().iter().filter(|judged| judged.finding.place.file == file && !judged.known);
        let fixes = fixes.filter_map(|judged| judged.finding.fix.as_ref()).filter(|fix| fix.safe);
        let fixes = apart(fixes.filter(|fix| may_be_made(folder, fix)));
        if !fixes.is_empty() {
            actions.push(json!({
                "title": "Make all safe changes in this draft",
                "kind": "source.fixAll",
                "edit": edit(folder, &fixes),
            }));
        }
    }
    Value::from(actions)
}

/// The editor's own copy of a finding's diagnostic, so that it can tie the action to it.
fn its_diagnostic(params: &Value, judged: &Judged) -> Option<Value> {
    let fingerprint = format!("{:016x}", judged.fingerprint);
    let known = params["context"]["diagnostics"].as_array().into_iter().flatten();
    known.into_iter().find(|one| one["data"]["fingerprint"] == *fingerprint).cloned()
}

fn fix(folder: &Folder, judged: &Judged, fix: &Fix) -> Option<Value> {
    if !may_be_made(folder, fix) {
        return None;
    }
    let sure = if fix.safe { "" } else { " (look at it)" };
    let title = match fix.edits.as_slice() {
        [one] => {
            let text = folder.project.documents().get(one.place.file.index())?.text.as_str();
            match (one.place.span.of(text), one.text.as_str()) {
                ("", new) => format!("Put in {}", shown(new)),
                (old, "") => format!("Take out {}", shown(old)),
                (old, new) => format!("Write {} for {}", shown(new), shown(old)),
            }
        }
        _ => format!("Mend {}", judged.rule.id),
    };
    Some(json!({
        "title": format!("{title}{sure}"),
        "kind": "quickfix",
        "isPreferred": fix.safe,
        "edit": edit(folder, &[fix]),
    }))
}

/// Words in the title of an action: on one line, and not too many.
fn shown(words: &str) -> String {
    const LONGEST: usize = 40;
    let words = words.replace(char::is_control, " ");
    let short: String = words.chars().take(LONGEST).collect();
    let more = if short.len() < words.len() { "⋯" } else { "" };
    if words.trim().is_empty() { "a space".to_owned() } else { format!("‘{short}{more}’") }
}

/// Does a fix leave the words of quotations as they are?
fn may_be_made(folder: &Folder, fix: &Fix) -> bool {
    !fix.edits.is_empty()
        && fix.edits.iter().all(|edit| {
            let document = folder.project.documents().get(edit.place.file.index());
            let facts = folder.project.corpus().file(edit.place.file);
            document.is_some_and(|document| keeps_words(facts, document, edit))
        })
}

/// Those of the fixes that do not touch what an earlier one changes.
fn apart<'f>(fixes: impl Iterator<Item = &'f Fix>) -> Vec<&'f Fix> {
    let mut kept: Vec<&Fix> = Vec::new();
    let mut taken: std::collections::BTreeSet<(FileId, Span)> = std::collections::BTreeSet::new();
    for fix in fixes {
        let free = fix.edits.iter().all(|edit| {
            let (file, span) = (edit.place.file, edit.place.span);
            let meets = |other: &(FileId, Span)| {
                other.0 == file && other.1.start <= span.end && span.start <= other.1.end
            };
            let before = taken.range(..(file, span)).next_back();
            let after = taken.range((file, span)..).next();
            !before.into_iter().chain(after).any(meets)
        });
        if free {
            taken.extend(fix.edits.iter().map(|edit| (edit.place.file, edit.place.span)));
            kept.push(fix);
        }
    }
    kept
}

/// Fixes as the protocol has edits.
fn edit(folder: &Folder, fixes: &[&Fix]) -> Value {
    let mut changes = Map::new();
    for edit in fixes.iter().flat_map(|fix| &fix.edits) {
        let Some(document) = folder.project.documents().get(edit.place.file.index()) else { continue };
        let of_file = changes.entry(folder.uri(&document.path)).or_insert_with(|| json!([]));
        if let Some(list) = of_file.as_array_mut() {
            list.push(json!({
                "range": folder.encoding.range(&document.text, edit.place.span),
                "newText": edit.text,
            }));
        }
    }
    json!({ "changes": changes })
}

/// A directive above the paragraph of a finding, with a word to put the reason in place of.
fn allow(folder: &Folder, document: &Document, file: FileId, judged: &Judged, place: Span) -> Option<Value> {
    let rule = judged.rule.id;
    // MDX has no comments of HTML.
    let mdx = document.path.ends_with(".mdx");
    let (before, after) = match document.format {
        Format::Plain => ("", ""),
        Format::Markdown | Format::Html | Format::Wiki if !mdx => ("<!-- ", " -->"),
        // sayso reads no directives there.
        _ => return None,
    };
    let facts = folder.project.corpus().file(file);
    if facts.tape.is_some() || judged.rule.group == "house-keeping" {
        return None;
    }
    let block = facts.blocks.iter().rev().find(|block| block.span.start <= place.start)?;
    let line_of = |offset: u32| document.text.line_of(offset);
    let line = line_of(block.span.start);
    // Where two paragraphs share a line, the directive above it would cover the first.
    if facts.blocks.iter().any(|other| other.span.start < block.span.start && line_of(other.span.end) >= line)
    {
        return None;
    }
    let start = document.text.line(line).start;
    let words = format!("{before}sayso: allow({rule}) {REASON}{after}\n");
    Some(json!({
        "title": format!("Allow {rule} here, with a reason"),
        "kind": "quickfix",
        "edit": { "changes": { folder.uri(&document.path): [{
            "range": folder.encoding.range(&document.text, Span::new(start, start)),
            "newText": words,
        }] } },
        "data": { "allow": rule },
    }))
}

/// Stands where the person writes the reason.
const REASON: &str = "REASON";

/// Adds a spelling that the registry does not have to the registry.
fn spelling(folder: &Folder, judged: &Judged, file: FileId, place: Span) -> Option<Value> {
    if !SPELLING_RULES.contains(&judged.rule.id) {
        return None;
    }
    let corpus = folder.project.corpus();
    let facts = corpus.file(file);
    let index = facts.mentions.iter().position(|mention| mention.span.overlaps(place))?;
    let spelling = &facts.mentions[index].name;
    let person = corpus.people().of(MentionAt { file, index: index as u32 });
    let registry = corpus.registry();
    let known = person.and_then(|id| corpus.people().person(id).registered);
    let near = registry.nearly_named(spelling);
    let meant = known.or(match near.as_slice() {
        [only] => Some(*only),
        _ => None,
    });
    let name = match meant {
        Some(id) => registry.person(id).name.clone(),
        None if judged.rule.id == "unknown-person" => spelling.as_str().into(),
        None => return None,
    };
    // The registry that has the person, or else the first.
    let registries = folder.registries();
    let texts: Vec<(&String, String)> =
        registries.iter().filter_map(|path| Some((path, folder.text_of(path)?))).collect();
    let (path, text) = texts.iter().find(|(_, text)| text.contains(&*name)).or_else(|| texts.first())?;
    let (span, words) = add_spelling(text, &name, spelling)?;
    let text = Text::new(text.clone());
    Some(json!({
        "title": format!("Add the spelling “{spelling}” to {path}"),
        "kind": "quickfix",
        "edit": { "changes": { folder.uri(path): [{
            "range": folder.encoding.range(&text, span),
            "newText": words,
        }] } },
    }))
}

/// The quotation at `offset` with the tape's words in place of its own: as an edit that the editor shows before it is
/// made, or else as a message with these words.
fn tape(folder: &Folder, path: &str, document: &Document, offset: u32, previews: bool) -> Option<Value> {
    let found = under::find(folder, path, offset)?;
    let Under::Quotation(index) = found.what else { return None };
    let (file, span, words) = hover::tape_words(folder, found.file, index)?;
    if !previews {
        let position = folder.encoding.position(&document.text, offset);
        return Some(json!({
            "title": "Show the tape’s words",
            "kind": "refactor.rewrite",
            "command": {
                "title": "Show the tape’s words",
                "command": SHOW_TAPE,
                "arguments": [folder.uri(path), position],
            },
        }));
    }
    let tape = &folder.project.corpus().file(file).path;
    Some(json!({
        "title": "Use the tape’s words (shows them first)",
        "kind": "refactor.rewrite",
        "edit": {
            "documentChanges": [{
                "textDocument": {
                    "uri": folder.uri(path),
                    "version": folder.open.get(path).map(|open| open.version),
                },
                "edits": [{
                    "range": folder.encoding.range(&document.text, span),
                    "newText": words,
                    "annotationId": "tape",
                }],
            }],
            "changeAnnotations": { "tape": {
                "label": "Use the tape’s words",
                "needsConfirmation": true,
                "description": format!("The words inside the quotation become those of {tape}. Listen before you apply it."),
            } },
        },
    }))
}

/// What the tape has of the quotation at a byte of a draft, in a sentence.
pub fn on_tape(folder: &Folder, path: &str, offset: u32) -> Option<String> {
    let found = under::find(folder, path, offset)?;
    let Under::Quotation(index) = found.what else { return None };
    let (file, _, words) = hover::tape_words(folder, found.file, index)?;
    Some(format!("{} has: “{words}”", folder.project.corpus().file(file).path))
}
