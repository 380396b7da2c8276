//! What an editor and the server have agreed on, and the folders that are open: what every answer is made from.

use std::collections::BTreeMap;

use serde_json::json;

use super::folders::Folders;
use super::welcome::Client;
use super::wire::Outbox;

/// What holds while an editor is there.
#[derive(Debug)]
pub struct Session {
    /// Sends messages to the editor.
    pub outbox: Outbox,
    /// What the editor can do.
    pub client: Client,
    /// The open folders.
    pub folders: Folders,
    /// The names of the reports that the editor has asked for, by URI.
    pub pulled: BTreeMap<String, String>,
}

impl Session {
    /// A session with an editor that has said nothing yet.
    pub fn new(outbox: Outbox) -> Self {
        Self { outbox, client: Client::default(), folders: Folders::default(), pulled: BTreeMap::new() }
    }

    /// Shows a message to the person. `kind` is the protocol's: 1 for an error, 3 for information.
    pub fn message(&self, kind: u8, words: &str) {
        self.outbox.notify("window/showMessage", &json!({ "type": kind, "message": words }));
    }
}
