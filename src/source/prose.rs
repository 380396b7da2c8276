//! The prose of a document: blocks of text without markup, whose every byte maps back to the file, and what a document
//! says about itself.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{ProseSpan, Span};

/// How a text gives its speech.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextKind {
    /// News, features, minutes: paragraphs of speech in a row are one speaker's.
    #[default]
    News,
    /// Novels and stories: paragraphs of speech in a row are an exchange.
    Fiction,
}

impl TextKind {
    /// The names by which configurations and front matter choose a kind.
    pub const NAMES: [(&str, Self); 2] = [("news", Self::News), ("fiction", Self::Fiction)];

    /// The kind of that name; `None` where there is no such kind.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, kind)| kind)
    }
}

/// What a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// Running text.
    #[default]
    Paragraph,
    /// A headline or a subhead.
    Heading,
    /// An item of a list.
    ListItem,
    /// A paragraph set off as a quotation by the format (Markdown `>`).
    BlockQuote,
    /// The line under a picture.
    Caption,
    /// “By Ana Ruiz”, a credit, an agency line: about the text, not of it.
    Byline,
    /// A cell of a table.
    Cell,
}

/// One block of prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its byte range in [`Prose::text`].
    pub span: ProseSpan,
}

/// Where a stretch of prose stands in the file: from prose byte `prose`, the file's text at `text` is the
/// same byte for byte up to the next piece (or for `literal` bytes, where a character reference such as
/// `&ldquo;` was decoded and stands for `text..text + source_len`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First byte in the prose.
    pub prose: u32,
    /// First byte in the file's text.
    pub text: u32,
    /// Bytes of prose.
    pub prose_len: u32,
    /// Bytes of text; differs from `prose_len` only for a decoded character reference.
    pub text_len: u32,
}

/// A document's prose: its blocks one after the other, two line feeds between them, markup left out.
///
/// In plain text the prose is the file's text itself and there is one piece.
#[derive(Clone, Debug, Default)]
pub struct Prose<'t> {
    /// All blocks' text.
    pub text: Cow<'t, str>,
    /// Where it came from, in ascending order of `prose`; empty where the prose is the text itself.
    pub pieces: Vec<Piece>,
    /// The blocks in order; they do not overlap. Bytes between blocks are not prose.
    pub blocks: Vec<Block>,
    /// The blocks most of whose letters the format marks as in a language, by number, each with the code as written; only
    /// those that differ from the document's own.
    pub languages: Vec<(u32, String)>,
}

/// Counts the letters of a block in each language that the format marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LanguageCount {
    bytes: usize,
    marked: Vec<(String, usize)>,
}

impl LanguageCount {
    /// Counts words in the language with this code; an empty one stands for the document's own.
    pub(super) fn add(&mut self, code: &str, words: &str) {
        let bytes = words.trim().len();
        self.bytes += bytes;
        if code.is_empty() || bytes == 0 {
            return;
        }
        match self.marked.iter_mut().find(|(known, _)| known == code) {
            Some((_, count)) => *count += bytes,
            None => self.marked.push((code.to_owned(), bytes)),
        }
    }

    /// The language of most of the words, and a count that begins anew.
    pub(super) fn take(&mut self) -> Option<String> {
        let count = std::mem::take(self);
        let most = count.marked.into_iter().max_by_key(|(_, bytes)| *bytes)?;
        (most.1 * 2 > count.bytes).then_some(most.0)
    }
}

impl Prose<'_> {
    /// The range of the file's text that a range of prose stands for.
    pub fn to_text(&self, span: ProseSpan) -> Span {
        if self.pieces.is_empty() {
            return Span::new(span.start, span.end);
        }
        let start = self.find(span.start);
        if span.is_empty() {
            return Span::new(start.1, start.1);
        }
        let last = self.find(span.end - 1);
        Span::new(start.1, last.2.max(start.1))
    }

    /// The stretches of the file's text that a range of prose stands for, in order, each with its part of the range.
    pub fn pieces_of(&self, span: ProseSpan) -> impl Iterator<Item = (ProseSpan, Span)> {
        let first = self.pieces.partition_point(|piece| piece.prose <= span.start).saturating_sub(1);
        let plain = self.pieces.is_empty().then(|| (span, Span::new(span.start, span.end)));
        let pieces = self.pieces[first..].iter().take_while(move |piece| piece.prose < span.end);
        let parts = pieces.filter_map(move |piece| {
            let (start, end) = (span.start.max(piece.prose), span.end.min(piece.prose + piece.prose_len));
            let text = match piece.prose_len == piece.text_len {
                true => {
                    Span::new(piece.text + (start - piece.prose), piece.text + (end.max(start) - piece.prose))
                }
                false => Span::new(piece.text, piece.text + piece.text_len),
            };
            (start < end).then(|| (ProseSpan::new(start, end), text))
        });
        plain.into_iter().chain(parts)
    }

    /// For a prose offset: its piece's index, its text offset, and the text offset after it.
    fn find(&self, offset: u32) -> (usize, u32, u32) {
        let index = self.pieces.partition_point(|piece| piece.prose <= offset).saturating_sub(1);
        let piece = self.pieces[index];
        let inside = offset - piece.prose;
        if piece.prose_len == piece.text_len && inside < piece.prose_len {
            (index, piece.text + inside, piece.text + inside + 1)
        } else if inside < piece.prose_len {
            (index, piece.text, piece.text + piece.text_len)
        } else {
            let end = piece.text + piece.text_len;
            (index, end, end)
        }
    }
}

/// A comment of the format that may hold a directive (`<!-- sayso: … -->`, or a `sayso:` line in plain text).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its range in the file's text, with its marks.
    pub span: Span,
    /// The range of `content` in the file's text.
    pub inner: Span,
    /// What stands inside it, trimmed; begins with `sayso`.
    pub content: String,
}

/// What a document says about itself before its text begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The block's range in the file's text.
    pub span: Span,
    /// Its publication date as written, and where.
    pub date: Option<(String, Span)>,
    /// Its headline as written, and where.
    pub title: Option<(String, Span)>,
    /// The code of its language as written, and where.
    pub language: Option<(String, Span)>,
    /// The code of the language that a program noted, which is often the one that the program was set to. It counts only
    /// where the words agree.
    pub noted_language: Option<String>,
    /// Who wrote it, as the properties say.
    pub author: Option<String>,
    /// The day of its last change by a person, as the properties say.
    pub changed: Option<String>,
    /// What it shows above the text (headline, standfirst, summary) as written, and where.
    pub display: Vec<(String, Span)>,
    /// Of which kind it says that it is; `None` also where it names a kind that there is not.
    pub kind: Option<TextKind>,
}
