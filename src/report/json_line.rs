//! JSON on one line, written piece by piece.
//!
//! It says the same as [`json_text`] and takes a third of its time: names are written as they are, and texts are looked
//! through by the stretch for signs to escape. Only what is written ten thousand times in a run is worth it.

use std::io;

use serde::Serialize;

use super::json_text;

/// A line in the making.
#[derive(Debug, Default)]
pub(super) struct JsonLine {
    bytes: Vec<u8>,
}

/// Bytes of a text looked at together.
const STRIDE: usize = 16;

/// May this byte have to be escaped, or begin a character that has to be? Curly quotation marks say yes too.
const fn is_special(byte: u8) -> bool {
    (byte < b' ') | (byte == b'"') | (byte == b'\\') | (byte == b'#') | (byte >= 0x7F)
}

/// [`is_special`] for each byte.
static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = is_special(byte as u8);
        byte += 1;
    }
    table
};

/// The numbers from 00 to 99, one after the other.
static PAIRS: [u8; 200] = {
    let mut pairs = [0; 200];
    let mut number = 0;
    while number < 100 {
        pairs[2 * number] = b'0' + (number / 10) as u8;
        pairs[2 * number + 1] = b'0' + (number % 10) as u8;
        number += 1;
    }
    pairs
};

impl JsonLine {
    /// Begins anew, in the memory of the line before.
    pub(super) fn begin(&mut self) {
        self.bytes.clear();
    }

    /// What has been written, and the end of the line.
    pub(super) fn end(&mut self) -> &[u8] {
        self.bytes.push(b'\n');
        &self.bytes
    }

    /// Writes what stands before the next value, as it is: `,"name":`, with an opening brace before the first.
    pub(super) fn before(&mut self, written: &str) -> &mut Self {
        self.bytes.extend_from_slice(written.as_bytes());
        self
    }

    /// Writes a text.
    pub(super) fn text(&mut self, text: &str) {
        self.bytes.push(b'"');
        let mut rest = text;
        loop {
            let (plain, more) = rest.split_at(plain(rest.as_bytes()));
            self.bytes.extend_from_slice(plain.as_bytes());
            let Some(c) = more.chars().next() else { break };
            let (special, after) = more.split_at(c.len_utf8());
            match c {
                ' '.. if json_text::is_harmful(c, more) => {
                    // A vector takes all that is written.
                    let _ = json_text::write_escaped(&mut self.bytes, c);
                }
                '"' | '\\' | '\0'..' ' => self.escape(special.as_bytes()[0]),
                _ => self.bytes.extend_from_slice(special.as_bytes()),
            }
            rest = after;
        }
        self.bytes.push(b'"');
    }

    /// Writes a number.
    pub(super) fn number(&mut self, number: u64) {
        // Nearly all are places in a file, and small numbers are taken apart in fewer steps.
        match u32::try_from(number) {
            Ok(mut small) => {
                let mut digits = [0; STRIDE];
                let mut first = digits.len();
                // Two digits at a time: half of the divisions.
                while small >= 10 {
                    let pair = 2 * (small % 100) as usize;
                    first -= 2;
                    digits[first..first + 2].copy_from_slice(&PAIRS[pair..pair + 2]);
                    small /= 100;
                }
                if small > 0 || first == digits.len() {
                    first -= 1;
                    digits[first] = b'0' + small as u8;
                }
                // A copy of a fixed length is one step: the digits move to the front, and what is too much goes.
                let length = self.bytes.len() + digits.len() - first;
                let front = u128::from_le_bytes(digits) >> (8 * first);
                self.bytes.extend_from_slice(&front.to_le_bytes());
                self.bytes.truncate(length);
            }
            Err(_) => self.bytes.extend_from_slice(number.to_string().as_bytes()),
        }
    }

    /// Writes `true` or `false`.
    pub(super) fn truth(&mut self, truth: bool) {
        self.bytes.extend_from_slice(if truth { b"true" } else { b"false" });
    }

    /// Writes `null`.
    pub(super) fn null(&mut self) {
        self.bytes.extend_from_slice(b"null");
    }

    /// Writes a text or `null`.
    pub(super) fn text_or_null(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.null(),
        }
    }

    /// Writes anything else.
    ///
    /// # Errors
    /// Where the value cannot be written as JSON.
    pub(super) fn other(&mut self, value: &impl Serialize) -> io::Result<()> {
        json_text::write(&mut self.bytes, value)
    }

    fn escape(&mut self, special: u8) {
        let short = match special {
            b'"' => b'"',
            b'\\' => b'\\',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0C => b'f',
            _ => {
                let hex = |digit: u8| if digit < 10 { b'0' + digit } else { b'a' - 10 + digit };
                self.bytes.extend_from_slice(b"\\u00");
                self.bytes.extend_from_slice(&[hex(special >> 4), hex(special & 15)]);
                return;
            }
        };
        self.bytes.extend_from_slice(&[b'\\', short]);
    }
}

/// How many bytes from the first on need no escape.
fn plain(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(stretch) = bytes[at..].first_chunk::<STRIDE>() {
        if stretch.iter().fold(false, |any, byte| any | is_special(*byte)) {
            break;
        }
        at += STRIDE;
    }
    // Most texts are short, or have a mark of quotation in them: byte by byte, a table takes fewer steps.
    while bytes.get(at).is_some_and(|byte| !SPECIAL[*byte as usize]) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{JsonLine, json_text};
    use crate::report::clean;

    fn harmless(text: &str) -> String {
        let mut out = Vec::new();
        let _ = json_text::write(&mut out, &text);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn every_hidden_character_is_met() {
        for c in ('\0'..=char::MAX).filter(|c| clean::is_hidden(*c)) {
            let text = format!("a{c}b");
            assert_eq!(written(|line| line.text(&text)), harmless(&text), "{c:?}");
            assert!(!written(|line| line.text(&text)).contains(c), "{c:?}");
        }
        let quoted = "“It’s a ‘tide’ – or so,” he said…";
        assert_eq!(written(|line| line.text(quoted)), format!("\"{quoted}\""));
    }

    fn written(write: impl FnOnce(&mut JsonLine)) -> String {
        let mut line = JsonLine::default();
        write(&mut line);
        String::from_utf8_lossy(&line.bytes).into_owned()
    }

    #[test]
    fn members_stand_in_their_order() {
        let mut line = JsonLine::default();
        for _ in 0..2 {
            line.begin();
            line.before(r#"{"who":"#).text("Ana \"Tide\" Ruiz\u{1}\t");
            line.before(r#","start":"#).number(0);
            line.before(r#","medium":"#).null();
            line.before(r#","said":"#).truth(true);
            line.before("}");
            assert_eq!(
                String::from_utf8_lossy(line.end()),
                "{\"who\":\"Ana \\\"Tide\\\" Ruiz\\u0001\\t\",\"start\":0,\"medium\":null,\"said\":true}\n"
            );
        }
    }

    proptest! {
        #[test]
        fn texts_and_numbers_are_written_as_serde_json_writes_them(
            text in "[\\x00-\\x7Fé“”\u{1F600}]{0,60}",
            number: u64,
        ) {
            prop_assert_eq!(written(|line| line.text(&text)), harmless(&text));
            prop_assert_eq!(written(|line| line.number(number)), number.to_string());
        }
    }
}
