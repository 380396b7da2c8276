//! Messages on standard input and output: JSON-RPC with a header, as the Language Server Protocol frames it.
//!
//! The framing is our own and not the crate `lsp-server`'s, because that one ends the session at the first message that
//! is no JSON. An editor that sends one bad message should keep its diagnostics.

use std::io::{BufRead, BufReader, Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use serde_json::{Value, json};

use crate::source;

/// What comes in.
#[derive(Debug)]
pub enum Incoming {
    /// A message.
    Message(Value),
    /// Something that is no message, and why.
    Malformed(String),
}

/// Codes of errors, from JSON-RPC and the Language Server Protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// What came in is no JSON.
    Parse = -32700,
    /// It is JSON, and no request that can be answered now.
    InvalidRequest = -32600,
    /// The method is not known.
    MethodNotFound = -32601,
    /// The parameters make no sense.
    InvalidParams = -32602,
    /// A fault of sayso.
    Internal = -32603,
    /// The editor has not said `initialize` yet.
    NotInitialized = -32002,
    /// The editor took the request back.
    Cancelled = -32800,
    /// The request cannot be carried out; the message says why.
    Failed = -32803,
}

/// A failed request: the code and a sentence for a person.
pub type Failure = (Code, String);

/// Sends messages to the editor. An editor that is gone needs none, so nothing here can fail.
#[derive(Clone, Debug)]
pub struct Outbox(Sender<Value>);

impl Outbox {
    /// Answers a request.
    pub fn answer(&self, id: &Value, answer: Result<Value, Failure>) {
        let mut message = json!({ "jsonrpc": "2.0", "id": id });
        match answer {
            Ok(result) => message["result"] = result,
            Err((code, words)) => message["error"] = json!({ "code": code as i32, "message": words }),
        }
        let _ = self.0.send(message);
    }

    /// Tells the editor something.
    pub fn notify(&self, method: &str, params: &Value) {
        let _ = self.0.send(json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks the editor for something. `id` tells the answer apart from others.
    pub fn ask(&self, id: &str, method: &str, params: &Value) {
        let _ = self.0.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
    }
}

/// Reads messages from `input` on a thread of its own. The channel closes at the end of the input.
pub fn reader(input: impl Read + Send + 'static) -> Receiver<Incoming> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut input = BufReader::new(input);
        while let Some(incoming) = read(&mut input) {
            if sender.send(incoming).is_err() {
                break;
            }
        }
    });
    receiver
}

/// Writes messages to `output` on a thread of its own, until every outbox is dropped.
pub fn writer(mut output: impl Write + Send + 'static) -> (Outbox, JoinHandle<()>) {
    let (sender, receiver) = channel::<Value>();
    let thread = std::thread::spawn(move || {
        for message in receiver {
            let body = message.to_string();
            let written = write!(output, "Content-Length: {}\r\n\r\n{body}", body.len());
            if written.and_then(|()| output.flush()).is_err() {
                break;
            }
        }
    });
    (Outbox(sender), thread)
}

/// The next message; `None` at the end of the input.
fn read(input: &mut impl BufRead) -> Option<Incoming> {
    let length = match header(input)? {
        Ok(length) => length,
        Err(why) => return Some(Incoming::Malformed(why)),
    };
    let mut body = Vec::new();
    // Not allocated at once: a wrong length must not take the memory of the machine.
    input.take(length).read_to_end(&mut body).ok()?;
    if (body.len() as u64) < length {
        return None;
    }
    Some(match parse(&body) {
        Ok(message) => Incoming::Message(message),
        Err(why) => Incoming::Malformed(why),
    })
}

/// The length of the next body. Lines that are no header are skipped up to the next header, so that one bad message does
/// not cost those after it.
fn header(input: &mut impl BufRead) -> Option<Result<u64, String>> {
    let (mut length, mut begun) = (None, false);
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            // What is left of a bad header ends with a blank line too.
            if !begun {
                continue;
            }
            return Some(length.ok_or_else(|| "a message without Content-Length".to_owned()));
        }
        begun = true;
        // A body that was longer than announced ends without a line feed, and the next header follows on its line.
        let lower = line.to_ascii_lowercase();
        let Some(at) = lower.find("content-length:") else { continue };
        match lower[at + "content-length:".len()..].trim().parse() {
            Ok(number) => length = Some(number),
            Err(_) => return Some(Err(format!("“{line}” is no header"))),
        }
    }
}

fn parse(body: &[u8]) -> Result<Value, String> {
    match serde_json::from_slice(body) {
        Ok(message) => Ok(message),
        Err(error) => {
            // Half of a character in an editor's buffer arrives as a lone surrogate, which JSON's text may hold and no
            // Unicode text can. To drop the message would leave our copy of the draft behind the editor's.
            let mended = String::from_utf8_lossy(body);
            serde_json::from_str(&source::without_lone_surrogates(&mended))
                .map_err(|_| format!("the message is no JSON: {error}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(input: &str) -> Vec<String> {
        let mut input = input.as_bytes();
        std::iter::from_fn(|| read(&mut input))
            .map(|incoming| match incoming {
                Incoming::Message(message) => message.to_string(),
                Incoming::Malformed(why) => format!("! {why}"),
            })
            .collect()
    }

    #[test]
    fn messages_are_read_one_after_the_other() {
        let read = all("Content-Length: 2\r\n\r\n{}Content-Type: x\r\ncontent-length:4\r\n\r\ntrue");
        assert_eq!(read, ["{}", "true"]);
    }

    #[test]
    fn a_bad_message_does_not_cost_the_next() {
        let next = "Content-Length: 2\r\n\r\n{}";
        for bad in [
            "Content-Length: 3\r\n\r\n{,}",
            "Content-Length: 3\r\n\r\n\u{fffd}",
            "Content-Length: many\r\n",
            "no header at all\r\n\r\n",
            "Content-Length: 2\r\n\r\n{} and more than it said",
        ] {
            let read = all(&format!("{bad}{next}"));
            assert_eq!(read.last().map(String::as_str), Some("{}"), "{bad:?}: {read:?}");
        }
        assert_eq!(all("Content-Length: 99999999999\r\n\r\n{}"), [] as [&str; 0]);
        assert_eq!(all("Content-Length: 99999999999999999999999\r\n\r\n{}").len(), 1);
    }

    #[test]
    fn a_lone_half_of_a_character_becomes_a_replacement_and_a_whole_one_stays() {
        let mended = |text: &str| parse(text.as_bytes());
        assert_eq!(mended(r#""a\ud83db""#), Ok(json!("a\u{fffd}b")));
        assert_eq!(mended(r#""\ude42\\ud83d\ud83d\ude42""#), Ok(json!("\u{fffd}\\ud83d🙂")));
        assert!(mended(r#""\ud83d"#).is_err());
    }
}
