//! What the editor may ask, and where the answers come from.

use serde_json::{Value, json};

use super::folder::Folder;
use super::session::Session;
use super::welcome::SHOW_TAPE;
use super::wire::{Code, Failure};
use super::{actions, diagnostics, hover, links, rename};
use crate::report::{self, Sheet, Summary};

/// Answers a request. The folders have been read.
///
/// # Errors
/// Where the method is not known, or its parameters make no sense.
pub fn answer(session: &mut Session, method: &str, params: &Value) -> Result<Value, Failure> {
    crate::run::fault_on_purpose("answering");
    match method {
        "textDocument/diagnostic" => pull(session, params),
        "textDocument/hover" => at(session, params, hover::hover),
        "textDocument/definition" => at(session, params, links::definition),
        "textDocument/references" => at(session, params, links::references),
        "textDocument/prepareRename" => at(session, params, rename::prepare),
        "textDocument/rename" => rename(session, params),
        "textDocument/documentSymbol" => in_file(session, params, links::document_symbols),
        "textDocument/codeLens" => in_file(session, params, |folder, path| match folder.settings.lenses {
            true => links::lenses(folder, path),
            false => json!([]),
        }),
        "textDocument/codeAction" => {
            let previews = session.client.previews;
            in_file(session, params, |folder, path| actions::actions(folder, path, params, previews))
        }
        "workspace/symbol" => {
            let query = params["query"].as_str().ok_or_else(|| wrong("“query” must be text"))?;
            Ok(of_all(session, |folder| links::workspace_symbols(folder, query)))
        }
        "workspace/executeCommand" => execute(session, params),
        "sayso/whoSaysWhat" => Ok(of_all(session, links::who_says_what)),
        "sayso/report" => report(session, params),
        _ => Err((Code::MethodNotFound, format!("sayso does not answer {method}"))),
    }
}

fn wrong(words: &str) -> Failure {
    (Code::InvalidParams, words.to_owned())
}

/// The checked folder of the file that `params` names, and its path there.
fn file<'s>(session: &'s mut Session, params: &Value) -> Result<(&'s mut Folder, String), Failure> {
    let uri = params["textDocument"]["uri"].as_str();
    let uri = uri.ok_or_else(|| wrong("“textDocument.uri” must name a file"))?;
    let number = session.folders.of(uri).unwrap_or_default();
    let folder = session.folders.get(number).ok_or_else(|| wrong("no folder is open"))?;
    folder.follow_settings();
    folder.check();
    let path = folder.path_of(uri);
    Ok((folder, path))
}

/// Answers about a file; null where it is no draft and no tape.
fn in_file(
    session: &mut Session,
    params: &Value,
    answer: impl FnOnce(&Folder, &str) -> Value,
) -> Result<Value, Failure> {
    let (folder, path) = file(session, params)?;
    Ok(if folder.document(&path).is_some() { answer(folder, &path) } else { Value::Null })
}

/// Answers about a place in a file.
fn at(
    session: &mut Session,
    params: &Value,
    answer: impl FnOnce(&Folder, &str, u32) -> Value,
) -> Result<Value, Failure> {
    let (folder, path) = file(session, params)?;
    let offset = offset(folder, &path, &params["position"])?;
    Ok(offset.map_or(Value::Null, |offset| answer(folder, &path, offset)))
}

/// The byte at a position; `None` where the file is no draft and no tape.
fn offset(folder: &Folder, path: &str, position: &Value) -> Result<Option<u32>, Failure> {
    let Some(document) = folder.document(path) else { return Ok(None) };
    let offset = folder.encoding.offset(document.text.as_str(), position);
    offset.map(Some).ok_or_else(|| wrong("“position” must have a line and a character, counted from 0"))
}

/// The diagnostics of a file, for an editor that asks. A file that is neither draft nor tape has none.
fn pull(session: &mut Session, params: &Value) -> Result<Value, Failure> {
    let (folder, path) = file(session, params)?;
    let report = diagnostics::of_files(folder, std::iter::once(path.as_str())).remove(path.as_str());
    let report = report.unwrap_or_else(|| diagnostics::Report::new(Vec::new()));
    let uri = params["textDocument"]["uri"].as_str().unwrap_or_default().to_owned();
    session.pulled.insert(uri, report.id.clone());
    Ok(report.pulled(params["previousResultId"].as_str()))
}

fn rename(session: &mut Session, params: &Value) -> Result<Value, Failure> {
    let new = params["newName"].as_str().ok_or_else(|| wrong("“newName” must be text"))?;
    let (folder, path) = file(session, params)?;
    let Some(offset) = offset(folder, &path, &params["position"])? else {
        return Err((Code::Failed, "this file is no draft of the project".to_owned()));
    };
    let renamed = rename::rename(folder, &path, offset, new)?;
    if renamed.left > 0 {
        let places = if renamed.left == 1 { "place" } else { "places" };
        let words = format!(
            "sayso left {} {places} as they are: inside quotations and on tapes the words are the speaker’s",
            renamed.left
        );
        session.message(3, &words);
    }
    Ok(renamed.edit)
}

fn execute(session: &mut Session, params: &Value) -> Result<Value, Failure> {
    let command = params["command"].as_str().unwrap_or_default();
    if command != SHOW_TAPE {
        return Err(wrong(&format!("there is no command “{command}”")));
    }
    let (uri, position) = (&params["arguments"][0], &params["arguments"][1]);
    let place = json!({ "textDocument": { "uri": uri }, "position": position });
    let (folder, path) = file(session, &place)?;
    let words = offset(folder, &path, position)?.and_then(|offset| actions::on_tape(folder, &path, offset));
    let words = words.ok_or_else(|| wrong("no tape has this quotation"))?;
    session.message(3, &words);
    Ok(Value::from(words))
}

/// What all folders have, one after the other.
fn of_all(session: &mut Session, list: impl Fn(&Folder) -> Vec<Value>) -> Value {
    let mut all: Vec<Value> = Vec::new();
    for folder in session.folders.iter_mut() {
        folder.follow_settings();
        folder.check();
        all.extend(list(folder));
    }
    Value::from(all)
}

/// The report as a page for a browser: of the folder of a file, or of the first folder.
fn report(session: &mut Session, params: &Value) -> Result<Value, Failure> {
    let number = match params["textDocument"]["uri"].as_str() {
        Some(uri) => session.folders.of(uri).unwrap_or_default(),
        None => 0,
    };
    let folder = session.folders.get(number).ok_or_else(|| wrong("no folder is open"))?;
    folder.follow_settings();
    folder.check();
    let sheet = Sheet { documents: folder.project.documents(), corpus: folder.project.corpus() };
    let summary = Summary::of(sheet.corpus, folder.found(), |_| true);
    let mut page = Vec::new();
    report::page::page(&mut page, &sheet, &folder.files(), folder.found(), &summary)
        .map_err(|error| (Code::Internal, format!("the report cannot be written: {error}")))?;
    Ok(json!({ "html": String::from_utf8_lossy(&page) }))
}
