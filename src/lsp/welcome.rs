//! What the editor can do, and what the server answers to `initialize`.

use serde_json::{Value, json};

use super::position::Encoding;
use crate::config::FILE_NAME;
use crate::source::{FORMATS, TAPE_ENDINGS};

/// What the editor can do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Client {
    /// What columns count.
    pub encoding: Encoding,
    /// Does it ask for diagnostics, and ask again when it is told that others have changed? Otherwise they are sent.
    pub pulls: bool,
    /// Does it show progress?
    pub progress: bool,
    /// Can the server ask it to watch files?
    pub watches: bool,
    /// Can the server ask it for settings?
    pub settings: bool,
    /// Does it show an edit before it is made, where the edit asks for that?
    pub previews: bool,
    /// Does it refresh code lenses when it is told to?
    pub refreshes_lenses: bool,
}

impl Client {
    /// From the parameters of `initialize`.
    pub fn new(params: &Value) -> Self {
        let can = &params["capabilities"];
        let yes = |pointer: &str| can.pointer(pointer).and_then(Value::as_bool) == Some(true);
        Self {
            encoding: Encoding::choose(&can["general"]["positionEncodings"]),
            pulls: can["textDocument"]["diagnostic"].is_object()
                && (yes("/workspace/diagnostics/refreshSupport")
                    || yes("/workspace/diagnostic/refreshSupport")),
            progress: yes("/window/workDoneProgress"),
            watches: yes("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            settings: yes("/workspace/configuration"),
            previews: can["workspace"]["workspaceEdit"]["changeAnnotationSupport"].is_object(),
            refreshes_lenses: yes("/workspace/codeLens/refreshSupport"),
        }
    }
}

/// The command that tells what a tape has of a quotation, for editors without previews.
pub const SHOW_TAPE: &str = "sayso.showTape";

/// The answer to `initialize`.
pub fn welcome(client: &Client, params: &Value) -> Value {
    let mut can = json!({
        "positionEncoding": client.encoding.name(),
        "textDocumentSync": { "openClose": true, "change": 2, "save": true },
        "hoverProvider": true,
        "definitionProvider": true,
        "referencesProvider": true,
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "codeActionProvider": {
            "codeActionKinds": ["quickfix", "refactor.rewrite", "source.fixAll"],
        },
        "codeLensProvider": { "resolveProvider": false },
        "renameProvider": { "prepareProvider": true },
        "executeCommandProvider": { "commands": [SHOW_TAPE] },
        "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
    });
    // An editor that asks for diagnostics and would never ask again for the other open drafts gets them sent instead. If
    // it were told that it may ask, it would show each twice.
    let asks_once = params["capabilities"]["textDocument"]["diagnostic"].is_object() && !client.pulls;
    if !asks_once {
        can["diagnosticProvider"] =
            json!({ "identifier": "sayso", "interFileDependencies": true, "workspaceDiagnostics": false });
    }
    json!({ "serverInfo": { "name": "sayso", "version": env!("CARGO_PKG_VERSION") }, "capabilities": can })
}

/// The request that asks the editor to watch drafts, tapes, registries and configurations on disk.
pub fn watch() -> Value {
    let endings = FORMATS.iter().flat_map(|entry| entry.endings).chain(TAPE_ENDINGS);
    let endings: Vec<&str> = endings.copied().chain(["toml", "yaml", "yml"]).collect();
    let glob = |pattern: String| json!({ "globPattern": pattern });
    json!({ "registrations": [{
        "id": "sayso-files",
        "method": "workspace/didChangeWatchedFiles",
        "registerOptions": {
            "watchers": [glob(format!("**/*.{{{}}}", endings.join(","))), glob(format!("**/{FILE_NAME}"))],
        },
    }] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_that_asks_only_for_the_draft_at_hand_gets_diagnostics_sent() {
        let told = |capabilities: Value| {
            let params = json!({ "capabilities": capabilities });
            let client = Client::new(&params);
            (client.pulls, welcome(&client, &params)["capabilities"]["diagnosticProvider"].is_object())
        };
        let asks = json!({ "dynamicRegistration": true });
        let refreshes = json!({ "diagnostics": { "refreshSupport": true } });
        assert_eq!(told(json!({})), (false, true));
        assert_eq!(told(json!({ "textDocument": { "diagnostic": asks } })), (false, false));
        assert_eq!(
            told(json!({ "textDocument": { "diagnostic": asks }, "workspace": refreshes })),
            (true, true)
        );
        assert_eq!(told(json!(null)), (false, true));
    }
}
