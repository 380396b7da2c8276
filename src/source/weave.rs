//! Prose put together from stretches of a file, each piece remembering where it stood.

use std::borrow::Cow;
use std::ops::Range;

use super::ProseSpan;
use super::line;
use super::prose::{Block, BlockKind, LanguageCount, Piece, Prose};

/// Stands in prose for something that is no prose, inside a sentence: code, a bare address (U+FFFC).
pub const OBJECT: &str = "\u{FFFC}";

/// Collects blocks. Ranges are of the body, which begins at byte `base` of the file's text.
pub(super) struct Weaver<'t> {
    body: &'t str,
    base: u32,
    text: String,
    pieces: Vec<Piece>,
    blocks: Vec<Block>,
    /// The open block: its kind, and where it begins in `text`.
    open: Option<(BlockKind, usize)>,
    /// The code of the language of what comes next, where it is not the document's own.
    language: String,
    counted: LanguageCount,
    languages: Vec<(u32, String)>,
}

impl<'t> Weaver<'t> {
    pub(super) fn new(body: &'t str, base: u32) -> Self {
        Self {
            body,
            base,
            text: String::new(),
            pieces: Vec::new(),
            blocks: Vec::new(),
            open: None,
            language: String::new(),
            counted: LanguageCount::default(),
            languages: Vec::new(),
        }
    }

    /// What comes next is in the language with this code; an empty one stands for the document's own.
    pub(super) fn speak(&mut self, language: &str) {
        if self.language != language {
            language.clone_into(&mut self.language);
        }
    }

    /// True where the next words begin a block.
    pub(super) fn is_closed(&self) -> bool {
        self.open.is_none()
    }

    /// True where the next words begin a line.
    pub(super) fn begins_line(&self) -> bool {
        self.open.is_none() || self.text.ends_with('\n')
    }

    /// How many bytes of prose there are.
    pub(super) fn written(&self) -> usize {
        self.text.len()
    }

    /// The prose from byte `start` on.
    pub(super) fn since(&self, start: usize) -> &str {
        self.text.get(start..).unwrap_or("")
    }

    /// Puts [`OBJECT`] in the place of a sign as long as itself.
    pub(super) fn blot(&mut self, at: usize, len: usize) {
        if len == OBJECT.len() && self.text.get(at..at + len).is_some() {
            self.text.replace_range(at..at + len, OBJECT);
        }
    }

    /// Adds a stretch of the body as it is, opening a block of `kind` where none is open.
    pub(super) fn copy(&mut self, kind: BlockKind, range: Range<usize>) {
        let Some(mut words) = self.body.get(range.clone()) else { return };
        if self.open.is_none() {
            words = words.trim_start_matches(line::is_blank);
        }
        if words.is_empty() {
            return;
        }
        self.begin(kind);
        let start = range.end - words.len();
        self.piece(words.len(), start..range.end);
        self.text.push_str(words);
        self.counted.add(&self.language, words);
    }

    /// Adds `words` that stand for the range: a decoded character, or [`OBJECT`].
    pub(super) fn stand_in(&mut self, kind: BlockKind, words: &str, range: Range<usize>) {
        if words.is_empty() || (self.open.is_none() && words.trim_matches(line::is_blank).is_empty()) {
            return;
        }
        self.begin(kind);
        if words.len() == range.len() {
            // Pieces of equal lengths map byte for byte, which a stand-in must not; each of its characters
            // stands for the whole range.
            for sign in words.chars() {
                self.piece(sign.len_utf8(), range.clone());
                self.text.push(sign);
            }
        } else {
            self.piece(words.len(), range);
            self.text.push_str(words);
        }
    }

    /// Keeps the words on both sides of a dropped range apart.
    pub(super) fn space(&mut self, range: Range<usize>) {
        if let Some((kind, _)) = self.open
            && !self.text.ends_with(char::is_whitespace)
        {
            self.stand_in(kind, " ", range);
        }
    }

    /// Ends the open block, if there is one.
    pub(super) fn close(&mut self) {
        let Some((kind, start)) = self.open.take() else { return };
        let words = self.text[start..].trim_end_matches(line::is_blank);
        if words.chars().all(|sign| sign == '\u{FFFC}' || line::is_blank(sign)) {
            self.text.truncate(start);
            self.counted.take();
            while self.pieces.last().is_some_and(|piece| piece.prose as usize >= start) {
                self.pieces.pop();
            }
            return;
        }
        let kind = if kind == BlockKind::Paragraph { line::kind_besides_heading(words) } else { kind };
        self.languages.extend(self.counted.take().map(|language| (self.blocks.len() as u32, language)));
        self.blocks.push(Block { kind, span: ProseSpan::new(start as u32, (start + words.len()) as u32) });
    }

    pub(super) fn finish(mut self) -> Prose<'static> {
        self.close();
        Prose {
            text: Cow::Owned(self.text),
            pieces: self.pieces,
            blocks: self.blocks,
            languages: self.languages,
        }
    }

    fn begin(&mut self, kind: BlockKind) {
        if self.open.is_none() {
            if !self.blocks.is_empty() && !self.text.ends_with("\n\n") {
                self.text.push_str("\n\n");
            }
            self.open = Some((kind, self.text.len()));
        }
    }

    /// Notes where the next `len` bytes of prose stood.
    fn piece(&mut self, len: usize, range: Range<usize>) {
        let (prose, text) = (self.text.len() as u32, self.base + range.start as u32);
        let (prose_len, text_len) = (len as u32, range.len() as u32);
        if prose_len == text_len
            && let Some(last) = self.pieces.last_mut()
            && last.prose_len == last.text_len
            && last.prose + last.prose_len == prose
            && last.text + last.text_len == text
        {
            last.prose_len += prose_len;
            last.text_len += text_len;
        } else {
            self.pieces.push(Piece { prose, text, prose_len, text_len });
        }
    }
}
