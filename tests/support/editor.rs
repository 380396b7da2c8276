//! An editor that speaks to `sayso lsp` over pipes, as real ones do.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Desk;

/// A server that says nothing for so long has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor with a project open.
pub struct Editor {
    pub desk: Desk,
    pub server: Child,
    pub input: Option<ChildStdin>,
    output: Receiver<Value>,
    last: i64,
    /// What came while something else was waited for.
    pub heard: Vec<Value>,
    /// What the server said that it can do.
    pub can: Value,
}

impl Editor {
    /// Starts the server on a folder with these files, and shakes hands.
    pub fn open(files: &[(&str, &str)], capabilities: &Value) -> Self {
        Self::with(files, json!({ "capabilities": capabilities }))
    }

    /// The same with all parameters of `initialize`; the folder is added.
    pub fn with(files: &[(&str, &str)], mut params: Value) -> Self {
        let mut editor = Self::start(files, &[]);
        if params["rootUri"].is_null() {
            params["rootUri"] = json!(editor.root());
        }
        editor.can = editor.ask("initialize", params)["capabilities"].clone();
        editor.tell("initialized", json!({}));
        editor
    }

    /// Starts the server and says nothing.
    pub fn start(files: &[(&str, &str)], environment: &[(&str, &str)]) -> Self {
        let desk = Desk::new(files);
        let mut server = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .arg("lsp")
            .envs(environment.iter().copied())
            .env_remove("RUST_BACKTRACE")
            .current_dir(desk.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = server.stdin.take();
        let mut output = BufReader::new(server.stdout.take().unwrap());
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self { desk, server, input, output: receiver, last: 0, heard: Vec::new(), can: Value::Null }
    }

    pub fn root(&self) -> String {
        uri_of(self.desk.path())
    }

    pub fn uri(&self, path: &str) -> String {
        uri_of(&self.desk.path().join(path))
    }

    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and returns its number.
    pub fn begin(&mut self, method: &str, params: Value) -> i64 {
        self.last += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.last, "method": method, "params": params }));
        self.last
    }

    /// The next message.
    pub fn hear(&mut self) -> Value {
        let message = self.output.recv_timeout(PATIENCE);
        message.unwrap_or_else(|_| panic!("the server says nothing; before: {:#?}", self.heard))
    }

    /// The first message for which `is` is true, of those that came and those that come.
    pub fn hear_first(&mut self, is: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.heard.iter().position(&is) {
            return self.heard.remove(at);
        }
        loop {
            let message = self.hear();
            if is(&message) {
                return message;
            }
            self.heard.push(message);
        }
    }

    /// The answer to a request, with `result` or `error`.
    pub fn answer_to(&mut self, id: i64) -> Value {
        self.hear_first(|message| message["id"] == id && message["method"].is_null())
    }

    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params);
        let answer = self.answer_to(id);
        assert!(answer["error"].is_null(), "{method}: {answer}");
        answer["result"].clone()
    }

    pub fn error(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params);
        self.answer_to(id)["error"].clone()
    }

    pub fn show(&mut self, path: &str, text: &str) {
        let document = json!({ "uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// The whole text is another one now.
    pub fn rewrite(&mut self, path: &str, version: i64, text: &str) {
        let document = json!({ "uri": self.uri(path), "version": version });
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
        );
    }

    /// The next diagnostics that are sent for a file.
    pub fn published(&mut self, path: &str) -> Vec<Value> {
        let uri = self.uri(path);
        let sent = self.hear_first(|message| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
        });
        sent["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// The next diagnostics of a file for which `is` is true.
    pub fn published_when(&mut self, path: &str, is: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        loop {
            let found = self.published(path);
            if is(&found) {
                return found;
            }
        }
    }

    /// The diagnostics of a file, asked for.
    pub fn pulled(&mut self, path: &str) -> Vec<Value> {
        let uri = self.uri(path);
        let report = self.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
        report["items"].as_array().unwrap().clone()
    }

    /// A place in a file, in the parameters of a request: the first character of `words`, in UTF-16.
    pub fn at(&self, path: &str, text: &str, words: &str) -> Value {
        let offset = text.find(words).unwrap();
        let line = text[..offset].matches('\n').count();
        let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let character = text[start..offset].encode_utf16().count();
        json!({ "textDocument": { "uri": self.uri(path) }, "position": { "line": line, "character": character } })
    }

    /// The actions that are offered at `words`.
    pub fn actions(&mut self, path: &str, text: &str, words: &str) -> Vec<Value> {
        let at = self.at(path, text, words);
        let ask = json!({
            "textDocument": at["textDocument"],
            "range": { "start": at["position"], "end": at["position"] },
            "context": { "diagnostics": [] },
        });
        self.ask("textDocument/codeAction", ask).as_array().unwrap().clone()
    }

    /// Ends the server as an editor does, and returns its exit code.
    pub fn close(mut self) -> Option<i32> {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.server.wait().unwrap().code()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // A test that has failed must not leave its server behind. One that has ended cannot be killed.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn uri_of(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// The next message; `None` at the end of the output.
fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", number)) => length = number.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// A text after the edits of one file.
pub fn edited(text: &str, edits: &Value) -> String {
    let offset = |position: &Value| {
        let line = position["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = position["character"].as_u64().unwrap() as usize;
        let mut at = start;
        for c in text[start..].chars() {
            if units == 0 {
                break;
            }
            units -= c.len_utf16();
            at += c.len_utf8();
        }
        at
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (offset(&range["start"]), offset(&range["end"]), edit["newText"].as_str().unwrap())
        })
        .collect();
    edits.sort_unstable();
    let mut text = text.to_owned();
    for (start, end, words) in edits.into_iter().rev() {
        text.replace_range(start..end, words);
    }
    text
}
