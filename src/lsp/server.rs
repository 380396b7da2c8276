//! The server: reads message after message, keeps the folders as the editor has them, and tells the editor what is found.

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use serde_json::{Value, json};

use super::diagnostics;
use super::folder::{Folder, Open, Settings};
use super::folders::Folders;
use super::progress;
use super::requests;
use super::session::Session;
use super::uri::file_of;
use super::welcome::{Client, watch, welcome};
use super::wire::{Code, Failure, Incoming, Outbox};
use crate::source::Gravity;

/// Time after an edit in which further edits are waited for before the project is checked.
const PAUSE: Duration = Duration::from_millis(40);
/// Time between two looks at the configuration and the registries on disk, for editors that do not tell of changes.
const LOOK: Duration = Duration::from_secs(1);

/// Diagnostics to send, with the version of the text that they are about.
type Sent = (Option<i64>, diagnostics::Report);

/// How far the talk with the editor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The editor has not said `initialize`.
    Fresh,
    /// It has, and the folders have not been read.
    Unread,
    /// Questions are answered.
    Running,
    /// The editor has said `shutdown`.
    ShutDown,
}

/// What the server knows.
pub struct Server {
    session: Session,
    here: PathBuf,
    stage: Stage,
    settings: Settings,
    /// What has come in and is not answered yet.
    queue: VecDeque<Incoming>,
    /// Has something changed since diagnostics were last sent or asked for again?
    dirty: bool,
    /// The diagnostics that were sent last, by URI: the version of the text, and the name of the report.
    sent: BTreeMap<String, (Option<i64>, String)>,
    /// Errors of configurations and registries that the editor has been told of.
    told: Vec<String>,
    /// The number of the last request to the editor.
    asked: u64,
}

impl Server {
    /// A server that has heard nothing yet. `here` is the project where the editor names none.
    pub fn new(outbox: Outbox, here: &Path) -> Self {
        Self {
            session: Session::new(outbox),
            here: here.to_owned(),
            stage: Stage::Fresh,
            settings: Settings::default(),
            queue: VecDeque::new(),
            dirty: false,
            sent: BTreeMap::new(),
            told: Vec::new(),
            asked: 0,
        }
    }

    /// Answers until the editor says `exit` or is gone; true where it said `shutdown` first.
    pub fn run(mut self, incoming: &Receiver<Incoming>) -> bool {
        loop {
            if self.queue.is_empty() {
                let wait = match self.stage {
                    Stage::Running if self.dirty => PAUSE,
                    Stage::Running => LOOK,
                    _ => Duration::MAX,
                };
                match incoming.recv_timeout(wait) {
                    Ok(message) => self.queue.push_back(message),
                    Err(RecvTimeoutError::Timeout) => {
                        self.guarded(Self::settle);
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => return false,
                }
            }
            // A request that is taken back stands before the note that takes it back: look ahead.
            while let Ok(message) = incoming.try_recv() {
                match cancelled(&message) {
                    Some(id) => self.cancel(&id),
                    None => self.queue.push_back(message),
                }
            }
            match self.queue.pop_front() {
                Some(Incoming::Message(message)) => {
                    if let Some(orderly) = self.take(&message) {
                        return orderly;
                    }
                }
                Some(Incoming::Malformed(why)) => {
                    self.session.outbox.answer(&Value::Null, Err((Code::Parse, why)))
                }
                None => {}
            }
        }
    }

    /// Answers a request that is taken back, if it is not answered yet.
    fn cancel(&mut self, id: &Value) {
        let is_meant = |message: &Incoming| match message {
            Incoming::Message(message) => !message["method"].is_null() && message["id"] == *id,
            Incoming::Malformed(_) => false,
        };
        if let Some(at) = self.queue.iter().position(is_meant) {
            self.queue.remove(at);
            self.session.outbox.answer(id, Err((Code::Cancelled, "taken back".to_owned())));
        }
    }

    /// Takes one message. Returns how the talk ended, where it did.
    fn take(&mut self, message: &Value) -> Option<bool> {
        let (id, params) = (&message["id"], &message["params"]);
        let known_id = id.is_string() || id.is_i64() || id.is_u64();
        match message["method"].as_str() {
            Some("exit") => return Some(self.stage == Stage::ShutDown),
            Some(method) if known_id => {
                let answer = self.answer(method, params);
                self.session.outbox.answer(id, answer);
            }
            Some(method) if message.get("id").is_none() => self.hear(method, params),
            None if known_id && (message.get("result").is_some() || message.get("error").is_some()) => {
                self.hear_answer(id, &message["result"]);
            }
            _ => {
                let what = "this is no request, no notification and no answer of JSON-RPC 2.0";
                self.session.outbox.answer(&Value::Null, Err((Code::InvalidRequest, what.to_owned())));
            }
        }
        None
    }

    /// Answers a request.
    fn answer(&mut self, method: &str, params: &Value) -> Result<Value, Failure> {
        let refuse = |why: &str| Err((Code::InvalidRequest, why.to_owned()));
        match (method, self.stage) {
            ("initialize", Stage::Fresh) => return Ok(self.initialize(params)),
            ("initialize", _) => return refuse("the server is initialized already"),
            (_, Stage::Fresh) => {
                return Err((Code::NotInitialized, "the first request must be “initialize”".to_owned()));
            }
            (_, Stage::ShutDown) => return refuse("the server was shut down"),
            ("shutdown", _) => {
                self.stage = Stage::ShutDown;
                return Ok(Value::Null);
            }
            _ => {}
        }
        self.guarded(|server| {
            server.ready();
            requests::answer(&mut server.session, method, params)
        })
        .unwrap_or_else(|| {
            let message = format!("sayso failed at {method}, which is a fault of sayso: please report it");
            Err((Code::Internal, message))
        })
    }

    /// Does something that may fail by a fault of sayso. Then everything is read anew, and the server goes on.
    fn guarded<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        match catch_unwind(AssertUnwindSafe(|| work(self))) {
            Ok(done) => Some(done),
            Err(_) => {
                self.dirty = false;
                self.session.message(
                    1,
                    "sayso failed, which is a fault of sayso. It has read the project again and goes on.",
                );
                // What fails again while it is read costs that folder's findings and no more.
                let _ = catch_unwind(AssertUnwindSafe(|| {
                    self.session.folders.iter_mut().for_each(Folder::recover);
                }));
                None
            }
        }
    }

    fn initialize(&mut self, params: &Value) -> Value {
        self.stage = Stage::Unread;
        self.session.client = Client::new(params);
        self.settings.set(&params["initializationOptions"]);
        for root in Folders::roots(params, &self.here) {
            self.session.folders.add(Some(root), self.session.client.encoding, &self.settings);
        }
        self.session.folders.add(None, self.session.client.encoding, &self.settings);
        welcome(&self.session.client, params)
    }

    /// Reads the folders, where that has not been done.
    fn ready(&mut self) {
        if self.stage == Stage::Unread {
            self.stage = Stage::Running;
            (0..self.session.folders.len()).for_each(|number| self.load(number));
        }
    }

    /// Reads a folder.
    fn load(&mut self, number: usize) {
        self.asked += 1;
        let token = self.session.client.progress.then(|| format!("sayso-progress-{}", self.asked));
        if let Some(folder) = self.session.folders.get(number) {
            progress::load(folder, &self.session.outbox, token.as_deref());
        }
        self.dirty = true;
    }

    /// Takes note of what the editor says.
    fn hear(&mut self, method: &str, params: &Value) {
        if matches!(self.stage, Stage::Fresh | Stage::ShutDown) {
            return;
        }
        self.guarded(|server| {
            server.ready();
            server.note(method, params);
        });
    }

    fn note(&mut self, method: &str, params: &Value) {
        match method {
            "initialized" => {
                if self.session.client.watches {
                    self.ask("client/registerCapability", &watch());
                }
                self.ask_for_settings();
            }
            "textDocument/didOpen" => self.opened(&params["textDocument"]),
            "textDocument/didChange" => {
                let version = params["textDocument"]["version"].as_i64().unwrap_or_default();
                self.with_file(params, |folder, path| {
                    folder.change(path, version, &params["contentChanges"]);
                });
            }
            "textDocument/didSave" => self.with_file(params, |folder, path| folder.saved(path)),
            "textDocument/didClose" => self.with_file(params, |folder, path| folder.close(path)),
            "workspace/didChangeWatchedFiles" => self.changed_on_disk(&params["changes"]),
            "workspace/didChangeWorkspaceFolders" => self.change_folders(&params["event"]),
            "workspace/didChangeConfiguration" if self.session.client.settings => self.ask_for_settings(),
            "workspace/didChangeConfiguration" => {
                let settings = &params["settings"];
                self.set(if settings["sayso"].is_object() { &settings["sayso"] } else { settings });
            }
            // What is not known is passed by, as the protocol asks.
            _ => {}
        }
    }

    /// The editor opens a file. One of a project that is not open yet brings its project with it.
    fn opened(&mut self, document: &Value) {
        let (Some(uri), Some(text)) = (document["uri"].as_str(), document["text"].as_str()) else { return };
        let in_folder = |server: &mut Self| {
            let number = server.session.folders.of(uri)?;
            server.session.folders.get(number)?.root()?;
            Some(number)
        };
        if in_folder(self).is_none()
            && let Some(root) = Folders::project_of(uri)
            && let Some(number) =
                self.session.folders.add(Some(root), self.session.client.encoding, &self.settings)
        {
            self.load(number);
        }
        let open = Open {
            uri: uri.to_owned(),
            version: document["version"].as_i64().unwrap_or_default(),
            text: text.to_owned(),
        };
        if let Some(folder) = self.session.folders.of(uri).and_then(|number| self.session.folders.get(number))
        {
            folder.show(folder.path_of(uri), open);
            self.dirty = true;
        }
    }

    /// Does something with the file that `params` names, where they name one.
    fn with_file(&mut self, params: &Value, work: impl FnOnce(&mut Folder, &str)) {
        let Some(uri) = params["textDocument"]["uri"].as_str() else { return };
        if let Some(folder) = self.session.folders.of(uri).and_then(|number| self.session.folders.get(number))
        {
            let path = folder.path_of(uri);
            work(folder, &path);
            self.dirty = true;
        }
    }

    fn changed_on_disk(&mut self, changes: &Value) {
        let changes = changes.as_array().into_iter().flatten();
        let files: Vec<PathBuf> = changes.filter_map(|change| file_of(change["uri"].as_str()?)).collect();
        for folder in self.session.folders.iter_mut() {
            let own: Vec<PathBuf> = files.iter().filter(|file| folder.has(file)).cloned().collect();
            if !own.is_empty() {
                folder.changed_on_disk(&own);
                self.dirty = true;
            }
        }
    }

    fn change_folders(&mut self, event: &Value) {
        let roots = |list: &Value| -> Vec<PathBuf> {
            let folders = list.as_array().into_iter().flatten();
            folders.filter_map(|folder| file_of(folder["uri"].as_str()?)).collect()
        };
        let mut open: Vec<Open> = Vec::new();
        for root in roots(&event["removed"]) {
            open.extend(
                self.session.folders.remove(&root).into_iter().flat_map(|folder| folder.open.into_values()),
            );
        }
        for root in roots(&event["added"]) {
            let number = self.session.folders.add(Some(root), self.session.client.encoding, &self.settings);
            if let Some(number) = number {
                self.load(number);
            }
        }
        // An open file may belong to another folder now.
        for number in 0..self.session.folders.len() {
            let uris = self
                .session
                .folders
                .get(number)
                .map(|folder| folder.open.values().map(|open| open.uri.clone()));
            let mut uris: Vec<String> = uris.into_iter().flatten().collect();
            uris.retain(|uri| self.session.folders.of(uri) != Some(number));
            for uri in uris {
                let Some(folder) = self.session.folders.get(number) else { continue };
                let path = folder.path_of(&uri);
                open.extend(folder.open.remove(&path));
                folder.close(&path);
            }
        }
        for open in open {
            self.opened(&json!({ "uri": open.uri, "version": open.version, "text": open.text }));
        }
        self.dirty = true;
    }

    fn ask(&mut self, method: &str, params: &Value) {
        self.asked += 1;
        let id = format!("sayso-{}-{method}", self.asked);
        self.session.outbox.ask(&id, method, params);
    }

    fn ask_for_settings(&mut self) {
        if self.session.client.settings {
            self.ask("workspace/configuration", &json!({ "items": [{ "section": "sayso" }] }));
        }
    }

    fn hear_answer(&mut self, id: &Value, result: &Value) {
        if id.as_str().is_some_and(|id| id.ends_with("workspace/configuration")) && result[0].is_object() {
            self.guarded(|server| server.set(&result[0]));
        }
    }

    /// Takes over what the user has set.
    fn set(&mut self, settings: &Value) {
        let before = self.settings.clone();
        self.settings.set(settings);
        if self.settings == before {
            return;
        }
        for number in 0..self.session.folders.len() {
            let Some(folder) = self.session.folders.get(number) else { continue };
            folder.settings = self.settings.clone();
            if before.config != self.settings.config {
                self.load(number);
            }
        }
        if before.lenses != self.settings.lenses && self.session.client.refreshes_lenses {
            self.ask("workspace/codeLens/refresh", &Value::Null);
        }
        self.dirty = true;
    }

    /// Checks what has changed, and brings the diagnostics of all open files up to date: an edit in one draft may change
    /// what is found in others.
    fn settle(&mut self) {
        for folder in self.session.folders.iter_mut() {
            self.dirty |= folder.follow_settings();
        }
        if !std::mem::take(&mut self.dirty) {
            return;
        }
        let mut sent: BTreeMap<String, Sent> = BTreeMap::new();
        let mut pulled: BTreeMap<String, String> = BTreeMap::new();
        for folder in self.session.folders.iter_mut() {
            folder.check();
            for (path, report) in diagnostics::of_files(folder, folder.open.keys().map(String::as_str)) {
                let Some(open) = folder.open.get(path) else { continue };
                if self.session.client.pulls {
                    pulled.insert(open.uri.clone(), report.id);
                } else {
                    sent.insert(open.uri.clone(), (Some(open.version), report));
                }
            }
        }
        if pulled.iter().any(|(uri, id)| self.session.pulled.get(uri) != Some(id)) {
            self.ask("workspace/diagnostic/refresh", &Value::Null);
        }
        self.session.pulled = pulled;
        self.tell_of_settings(&mut sent);
        self.publish(sent);
    }

    /// Adds what is wrong with configurations and registries: the editor shows it there, whether the file is open or not.
    fn tell_of_settings(&mut self, sent: &mut BTreeMap<String, Sent>) {
        let mut told: Vec<String> = Vec::new();
        let mut messages: Vec<String> = Vec::new();
        for folder in self.session.folders.iter() {
            for (uri, items) in diagnostics::of_settings(folder) {
                sent.insert(uri, (None, diagnostics::Report::new(items)));
            }
            for error in folder.errors.iter().filter(|error| error.gravity == Gravity::Fatal) {
                let help = error.help.as_deref().map_or_else(String::new, |help| format!(" ({help})"));
                let words = format!("{}: {}{help}", error.path, error.message);
                if !self.told.contains(&words) {
                    messages.push(words.clone());
                }
                told.push(words);
            }
        }
        messages.iter().for_each(|words| self.session.message(1, words));
        self.told = told;
    }

    /// Sends the diagnostics that the editor does not have yet, and empties those of files that have none now. What is
    /// open is sent anew for each version of its text, because some editors wait for that.
    fn publish(&mut self, sent: BTreeMap<String, Sent>) {
        let gone: Vec<String> = self.sent.keys().filter(|uri| !sent.contains_key(*uri)).cloned().collect();
        for uri in gone {
            self.sent.remove(&uri);
            let params = json!({ "uri": uri, "diagnostics": [] });
            self.session.outbox.notify("textDocument/publishDiagnostics", &params);
        }
        for (uri, (version, report)) in sent {
            let name = (version, report.id);
            if self.sent.get(&uri) == Some(&name) {
                continue;
            }
            let mut params = json!({ "uri": uri, "diagnostics": report.items });
            if let Some(version) = version {
                params["version"] = json!(version);
            }
            self.session.outbox.notify("textDocument/publishDiagnostics", &params);
            self.sent.insert(uri, name);
        }
    }
}

/// The request that a message takes back, where it does that.
fn cancelled(message: &Incoming) -> Option<Value> {
    match message {
        Incoming::Message(message) if message["method"] == "$/cancelRequest" => {
            Some(message["params"]["id"].clone())
        }
        _ => None,
    }
}
