//! A file's decoded text, with its lines and code points indexed once, and the way back to its bytes on disk.

use super::Span;

/// Code points are counted once every so many bytes, so that a column far into a long line costs one short scan.
const STRIDE: usize = 1024;

/// A file's text in UTF-8 without byte order mark, with the offset of every line.
///
/// A line ends at LF, at CR LF or at a CR alone. Offsets beyond the text stand for its end, and offsets inside
/// a character for its first byte, so no lookup panics.
#[derive(Clone, Debug, Default)]
pub struct Text {
    content: String,
    /// The first byte of each line.
    lines: Vec<u32>,
    /// Code points before each multiple of [`STRIDE`]; empty where all is ASCII and bytes are code points.
    code_points: Vec<u32>,
    /// How the text lies on disk; empty where it lies there byte for byte.
    stretches: Vec<Stretch>,
}

/// From `text` on, up to the next stretch, each character takes `text_width` bytes here and `file_width` on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// First byte in the text.
    pub(super) text: u32,
    /// First byte in the file.
    pub(super) file: u32,
    /// Bytes of one character in UTF-8.
    pub(super) text_width: u8,
    /// Bytes of one character in the file; for a malformed sequence that became U+FFFD, its length.
    pub(super) file_width: u8,
}

/// A line and a column, both 1-based; the column counts Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
}

impl Text {
    /// Indexes `content`, which lies on disk as it is here.
    pub fn new(content: String) -> Self {
        Self::with_stretches(content, Vec::new())
    }

    /// Indexes `content`, which lies on disk as `stretches` say.
    pub(super) fn with_stretches(content: String, stretches: Vec<Stretch>) -> Self {
        let bytes = content.as_bytes();
        // News copy has a line in every hundred bytes or so.
        let mut lines = Vec::with_capacity(1 + bytes.len() / 64);
        lines.push(0);
        // Most files have line feeds alone.
        if memchr::memchr(b'\r', bytes).is_none() {
            lines.extend(memchr::memchr_iter(b'\n', bytes).map(|at| at as u32 + 1));
        } else {
            lines.extend(
                memchr::memchr2_iter(b'\n', b'\r', bytes)
                    .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
                    .map(|at| at as u32 + 1),
            );
        }
        let mut code_points = Vec::new();
        if !content.is_ascii() {
            let mut count = 0;
            code_points.extend(bytes.chunks(STRIDE).map(|chunk| {
                let before = count;
                count += starts(chunk);
                before
            }));
        }
        Self { content, lines, code_points, stretches }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// Its length in bytes.
    pub fn len(&self) -> u32 {
        self.content.len() as u32
    }

    /// True where the file holds no text.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// How many lines there are; an empty text has one, and a line end at the very end begins another.
    pub fn line_count(&self) -> u32 {
        self.lines.len().max(1) as u32
    }

    /// The line, from 1, that the byte at `offset` belongs to; a line end belongs to the line it ends.
    pub fn line_of(&self, offset: u32) -> u32 {
        let offset = offset.min(self.len());
        self.lines.partition_point(|&start| start <= offset).max(1) as u32
    }

    /// The range of a line (from 1) without its line end; the last line where there are not so many.
    pub fn line(&self, line: u32) -> Span {
        let index = (line.clamp(1, self.line_count()) - 1) as usize;
        let start = self.lines.get(index).copied().unwrap_or(0);
        let Some(&next) = self.lines.get(index + 1) else { return Span::new(start, self.len()) };
        let line = &self.content[start as usize..next as usize];
        Span::new(start, start + line.trim_end_matches(['\r', '\n']).len() as u32)
    }

    /// The line and column of the byte at `offset`; the end of the text where it lies beyond.
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.floor(offset);
        let line = self.lines.partition_point(|&start| start as usize <= offset).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0) as usize;
        let column = if self.code_points.is_empty() {
            (offset - start) as u32
        } else if offset - start < STRIDE {
            starts(&self.content.as_bytes()[start..offset])
        } else {
            self.code_points_before(offset) - self.code_points_before(start)
        };
        Position { line: line as u32, column: column + 1 }
    }

    /// The first byte of the character that `offset` lies in.
    fn floor(&self, offset: u32) -> usize {
        let mut offset = (offset as usize).min(self.content.len());
        while !self.content.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    fn code_points_before(&self, offset: usize) -> u32 {
        let mark = (offset / STRIDE).min(self.code_points.len() - 1);
        self.code_points[mark] + starts(&self.content.as_bytes()[mark * STRIDE..offset])
    }

    /// The offset in the file as it lies on disk (in its own encoding, byte order mark counted).
    pub fn file_offset(&self, offset: u32) -> u64 {
        let offset = self.floor(offset) as u32;
        let index = self.stretches.partition_point(|stretch| stretch.text <= offset);
        let Some(stretch) = index.checked_sub(1).and_then(|index| self.stretches.get(index)) else {
            return u64::from(offset);
        };
        let characters = (offset - stretch.text) / u32::from(stretch.text_width.max(1));
        u64::from(stretch.file) + u64::from(characters) * u64::from(stretch.file_width)
    }
}

/// How many characters start in `bytes`.
fn starts(bytes: &[u8]) -> u32 {
    // Counted in bytes, a stretch at a time, sixteen of them are added at once.
    let count = |stretch: &[u8]| stretch.iter().map(|byte| u8::from(byte & 0xC0 != 0x80)).sum::<u8>();
    bytes.chunks(u8::MAX as usize).map(|stretch| u32::from(count(stretch))).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &Text, offset: u32) -> (u32, u32) {
        let position = text.position(offset);
        (position.line, position.column)
    }

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let text = Text::new("one\ntwo\r\nthree\rfour\r\r\nsix".into());
        assert_eq!(at(&text, 0), (1, 1));
        assert_eq!(at(&text, 4), (2, 1));
        assert_eq!(at(&text, 8), (2, 5), "the LF of a CR LF is still on its line");
        assert_eq!(at(&text, 9), (3, 1));
        assert_eq!(at(&text, 15), (4, 1));
        assert_eq!(at(&text, 22), (6, 1));
        assert_eq!(text.line_count(), 6);
        assert_eq!(text.line(2).of(text.as_str()), "two");
        assert_eq!(text.line(5).of(text.as_str()), "");
        assert_eq!(text.line(6).of(text.as_str()), "six");
        assert_eq!(text.line(99).of(text.as_str()), "six");
    }

    #[test]
    fn columns_are_code_points_not_bytes() {
        let text = Text::new("\t👩‍👧 e\u{301}té “go”\nx".into());
        let quote = text.as_str().find('“').unwrap_or_default() as u32;
        assert_eq!(at(&text, quote), (1, 11));
        assert_eq!(at(&text, quote + 1), (1, 11), "inside a character is its start");
        assert_eq!(at(&text, 9_999), (2, 2));
        assert_eq!(at(&Text::new(String::new()), 5), (1, 1));
    }

    #[test]
    fn a_long_line_is_not_scanned_from_its_start() {
        let text = Text::new("“a” ".repeat(2_000_000));
        let begin = std::time::Instant::now();
        for step in 0..10_000 {
            let offset = text.len() - 8 * step;
            assert_eq!(at(&text, offset), (1, offset / 2 + 1));
        }
        assert!(begin.elapsed().as_secs() < 2, "ten thousand lookups took {:?}", begin.elapsed());
    }

    proptest! {
        #[test]
        fn positions_agree_with_counting(content in "[a“é\u{1F600}\r\n]{0,40}", repeat in 1usize..80) {
            let content = content.repeat(repeat);
            let text = Text::new(content.clone());
            let (mut line, mut column) = (1, 1);
            for (offset, character) in content.char_indices() {
                prop_assert_eq!(at(&text, offset as u32), (line, column));
                prop_assert_eq!(text.line_of(offset as u32), line);
                let ends = character == '\n'
                    || (character == '\r' && content.as_bytes().get(offset + 1) != Some(&b'\n'));
                (line, column) = if ends { (line + 1, 1) } else { (line, column + 1) };
            }
        }
    }
}
