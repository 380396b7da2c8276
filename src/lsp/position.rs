//! Places as editors count them: lines and columns from 0, in units that both sides have agreed on.

use serde_json::{Value, json};

use crate::source::{Span, Text};

/// What columns count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// 16-bit units of UTF-16, which every editor understands.
    #[default]
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// The first that the editor offers and that we know: editors name the one that they like best first.
    pub fn choose(offered: &Value) -> Self {
        let offered = offered.as_array().into_iter().flatten();
        let all = [Self::Utf8, Self::Utf16, Self::Utf32];
        let known = |name: &Value| all.into_iter().find(|encoding| name == encoding.name());
        offered.filter_map(known).next().unwrap_or_default()
    }

    /// Its name in the protocol.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    const fn width(self, c: char) -> u32 {
        match self {
            Self::Utf8 => c.len_utf8() as u32,
            Self::Utf16 => c.len_utf16() as u32,
            Self::Utf32 => 1,
        }
    }

    /// The line and column of the byte at `offset`.
    pub fn position(self, text: &Text, offset: u32) -> Value {
        let line = text.line_of(offset);
        let start = text.line(line).start as usize;
        let before =
            text.as_str().get(start..(offset.min(text.len()) as usize).max(start)).unwrap_or_default();
        let column: u32 = match before.is_ascii() {
            true => before.len() as u32,
            false => before.chars().map(|c| self.width(c)).sum(),
        };
        json!({ "line": line - 1, "character": column })
    }

    /// A range of bytes as lines and columns.
    pub fn range(self, text: &Text, span: Span) -> Value {
        json!({ "start": self.position(text, span.start), "end": self.position(text, span.end) })
    }

    /// The byte at a line and column. A column beyond the end of its line is the end of the line, as the protocol says,
    /// and a line beyond the text is the end of the text. `None` where the position is no position.
    pub fn offset(self, text: &str, position: &Value) -> Option<u32> {
        let (line, column) = (position["line"].as_u64()?, position["character"].as_u64()?);
        let mut start = 0;
        for _ in 0..line {
            let Some(end) = text[start..].find(['\n', '\r']) else { return Some(text.len() as u32) };
            start += end + if text[start + end..].starts_with("\r\n") { 2 } else { 1 };
        }
        let mut counted = 0;
        for (at, c) in text[start..].char_indices() {
            if counted >= column || matches!(c, '\n' | '\r') {
                return Some((start + at) as u32);
            }
            counted += u64::from(self.width(c));
        }
        Some(text.len() as u32)
    }

    /// The bytes of a range; `None` where it is no range or its end stands before its start.
    pub fn span(self, text: &str, range: &Value) -> Option<Span> {
        let (start, end) = (self.offset(text, &range["start"])?, self.offset(text, &range["end"])?);
        (start <= end).then(|| Span::new(start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_the_units_agreed_on() {
        let content = "eins\r\nÇa va 🙂 “ja”\n";
        let text = Text::new(content.to_owned());
        let mark = content.find('“').map_or(0, |at| at as u32);
        for (encoding, column) in [(Encoding::Utf8, 12), (Encoding::Utf16, 9), (Encoding::Utf32, 8)] {
            let position = encoding.position(&text, mark);
            assert_eq!(position, json!({ "line": 1, "character": column }), "{encoding:?}");
            assert_eq!(encoding.offset(content, &position), Some(mark), "{encoding:?}");
        }
    }

    #[test]
    fn positions_beyond_the_text_are_its_end() {
        let at = |line: u32, column: u32| {
            Encoding::Utf16.offset("ab\rcd", &json!({ "line": line, "character": column }))
        };
        assert_eq!((at(0, 9), at(1, 1), at(1, 9), at(2, 0)), (Some(2), Some(4), Some(5), Some(5)));
        assert_eq!(Encoding::Utf16.offset("ab", &json!({ "line": -1, "character": 0 })), None);
        assert_eq!(Encoding::Utf16.offset("ab", &json!(null)), None);
        let backwards =
            json!({ "start": { "line": 0, "character": 2 }, "end": { "line": 0, "character": 1 } });
        assert_eq!(Encoding::Utf16.span("abc", &backwards), None);
    }

    #[test]
    fn the_editor_chooses() {
        let chosen = |offered: Value| Encoding::choose(&offered);
        assert_eq!(chosen(json!(["utf-7", "utf-32", "utf-8"])), Encoding::Utf32);
        assert_eq!(chosen(json!(["utf-8", "utf-16"])), Encoding::Utf8);
        assert_eq!(chosen(json!([])), Encoding::Utf16);
        assert_eq!(chosen(Value::Null), Encoding::Utf16);
    }
}
