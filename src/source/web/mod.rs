//! HTML as a browser shows it. `html5gum` lives here, and only here.
//!
//! Navigation, scripts, styles, asides, forms and what is hidden are left out; character references are decoded. A block
//! ends where a browser begins a new line; two line breaks in a row end a paragraph.

mod about;
mod element;

use std::ops::Range;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::comment::is_directive;
use super::prose::{BlockKind, Comment, Prose};
use super::weave::{OBJECT, Weaver};
use super::{Span, markdown};
pub(super) use about::{about, is_report};
use element::{Show, show};

/// An end tag closes an element no deeper than this in the stack, so that broken HTML costs no more than sound HTML.
const DEEPEST: usize = 256;

/// Calls `take` for every token but errors, with its range in `text`. Words between two of them are no token.
fn each_token(text: &str, mut take: impl FnMut(&Token<usize>, Range<usize>)) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        let span = match &token {
            Token::StartTag(tag) => tag.span,
            Token::EndTag(tag) => tag.span,
            Token::Comment(comment) => comment.span,
            Token::Doctype(doctype) => doctype.span,
            Token::String(_) | Token::Error(_) => continue,
        };
        let (start, end) = (span.start.min(text.len()), span.end.min(text.len()));
        if text.is_char_boundary(start) && text.is_char_boundary(end) && start <= end {
            take(&token, start..end);
        }
    }
}

/// The blocks of a page.
pub(super) fn prose(text: &str) -> Prose<'static> {
    let mut reader = Reader::new(text);
    each_token(text, |token, range| reader.token(token, range));
    reader.words(reader.at..text.len());
    reader.weaver.finish()
}

/// The directives of a page: comments that begin with `sayso:`.
pub(super) fn comments(text: &str) -> Vec<Comment> {
    let mut comments = Vec::new();
    if memchr::memmem::find(text.as_bytes(), b"ayso").is_none() {
        return comments;
    }
    each_token(text, |token, range| {
        let Token::Comment(_) = token else { return };
        let raw = &text[range.clone()];
        let inner = raw.trim_start_matches(['<', '!', '-']).trim_end_matches(['>', '-']).trim();
        if is_directive(inner, true) {
            let start = (inner.as_ptr() as usize - text.as_ptr() as usize) as u32;
            comments.push(Comment {
                span: Span::new(range.start as u32, range.end as u32),
                inner: Span::new(start, start + inner.len() as u32),
                content: inner.to_owned(),
            });
        }
    });
    comments
}

/// The value of an attribute, as decoded; empty where it has none or is not there.
fn attribute(tag: &StartTag<usize>, name: &str) -> String {
    let value = tag.attributes.get(name.as_bytes());
    value.map(|value| String::from_utf8_lossy(&value.value.0).into_owned()).unwrap_or_default()
}

fn has_attribute(tag: &StartTag<usize>, name: &str) -> bool {
    tag.attributes.contains_key(name.as_bytes())
}

/// An open element.
#[derive(Clone)]
struct Open {
    name: Vec<u8>,
    /// What a block in it is.
    kind: BlockKind,
    /// True where nothing in it is shown.
    muted: bool,
    /// True for one that begins and ends a block.
    block: bool,
    /// A figure that holds a block quote: its caption says who is quoted.
    quotes: bool,
    /// The code of the language that it is marked as; empty for the page's own.
    language: String,
}

/// Follows the tokens and tells the weaver what to keep.
struct Reader<'t> {
    text: &'t str,
    weaver: Weaver<'t>,
    open: Vec<Open>,
    /// Everything before this byte has been dealt with.
    at: usize,
    /// How many `<q>` are open.
    quotations: usize,
    /// The marks of `<q>`, outer and inner.
    marks: [[&'static str; 2]; 2],
    /// True where a line break was the last thing that was read.
    broken: bool,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        let straight = memchr::memmem::find(text.as_bytes(), "“".as_bytes()).is_none()
            && !["&ldquo;", "&#8220;", "&#x201"].iter().any(|mark| text.contains(mark));
        let marks = if straight { [["\"", "\""], ["'", "'"]] } else { [["“", "”"], ["‘", "’"]] };
        Self {
            text,
            weaver: Weaver::new(text, 0),
            open: Vec::new(),
            at: 0,
            quotations: 0,
            marks,
            broken: false,
        }
    }

    fn kind(&self) -> BlockKind {
        self.open.last().map_or(BlockKind::Paragraph, |open| open.kind)
    }

    fn muted(&self) -> bool {
        self.open.last().is_some_and(|open| open.muted)
    }

    fn inside(&self, name: &str) -> bool {
        self.open.iter().rev().take(DEEPEST).any(|open| open.name == name.as_bytes())
    }

    fn token(&mut self, token: &Token<usize>, range: Range<usize>) {
        self.words(self.at..range.start);
        self.at = range.end.max(self.at);
        match token {
            Token::StartTag(tag) => self.start(tag, range),
            Token::EndTag(tag) => self.end(&tag.name.0, range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &StartTag<usize>, range: Range<usize>) {
        let name = String::from_utf8_lossy(&tag.name.0).into_owned();
        match name.as_str() {
            "br" if !self.muted() => return self.line_break(range),
            "hr" => return self.weaver.close(),
            "img" | "wbr" | "input" | "meta" | "link" | "area" | "base" | "col" | "embed" | "source"
            | "track" => {
                return;
            }
            _ => {}
        }
        self.close_implied(&name);
        let parent = self.open.last().cloned();
        let outer = parent.as_ref().map_or(BlockKind::Paragraph, |open| open.kind);
        let muted = parent.is_some_and(|open| open.muted);
        let shown = show(&name, tag, outer, |other| self.inside(other));
        let mut entry = Open {
            name: tag.name.0.clone(),
            kind: outer,
            muted: muted || self.is_reference(&name, tag, &range),
            block: false,
            quotes: false,
            language: self.language_of(&name, tag),
        };
        match shown {
            Show::Inline => {}
            Show::Nothing => (entry.muted, entry.block) = (true, !element::is_inline(&name)),
            Show::Object => {
                if !muted {
                    self.weaver.stand_in(outer, OBJECT, range.clone());
                }
                entry.muted = true;
            }
            Show::Block(kind) => (entry.kind, entry.block) = (kind, true),
        }
        if entry.block && !entry.muted {
            self.weaver.close();
        }
        let shows = !entry.muted;
        match name.as_str() {
            "blockquote" => {
                if let Some(figure) =
                    self.open.iter_mut().rev().take(DEEPEST).find(|open| open.name == b"figure")
                {
                    figure.quotes = true;
                }
            }
            "figcaption" if self.open.last().is_some_and(|open| open.quotes) => {
                entry.kind = BlockKind::BlockQuote;
            }
            "q" if shows => {
                let mark = self.marks[self.quotations % 2][0];
                self.quotations += 1;
                self.weaver.stand_in(outer, mark, range.clone());
            }
            _ => {}
        }
        let signs =
            matches!(name.as_str(), "cite" | "footer" | "figcaption") && entry.kind == BlockKind::BlockQuote;
        let kind = entry.kind;
        if !(tag.self_closing && element::is_foreign(&name)) {
            self.open.push(entry);
        }
        // Who is quoted signs a block quote with a dash.
        if shows
            && signs
            && self.weaver.begins_line()
            && !self.text[range.end..].trim_start().starts_with(['—', '–', '-'])
        {
            self.weaver.stand_in(kind, "— ", range);
        }
    }

    /// The code of the language that an element is marked as, by itself or by one around it. What the page as a whole says
    /// of itself is another matter.
    fn language_of(&self, name: &str, tag: &StartTag<usize>) -> String {
        if matches!(name, "html" | "body") {
            return String::new();
        }
        let named = ["lang", "xml:lang"].iter().find(|one| has_attribute(tag, one));
        match named {
            Some(named) => attribute(tag, named),
            None => self.open.last().map_or_else(String::new, |open| open.language.clone()),
        }
    }

    fn end(&mut self, name: &[u8], range: Range<usize>) {
        if name == b"br" {
            return self.line_break(range);
        }
        let Some(at) = self.open.iter().rev().take(DEEPEST).position(|open| open.name == name) else {
            return;
        };
        if name == b"q" && !self.muted() {
            self.quotations = self.quotations.saturating_sub(1);
            let (kind, mark) = (self.kind(), self.marks[self.quotations % 2][1]);
            self.weaver.stand_in(kind, mark, range);
        }
        let at = self.open.len() - 1 - at;
        self.truncate(at);
    }

    /// Closes all elements from number `at` on.
    fn truncate(&mut self, at: usize) {
        if self.open[at..].iter().any(|open| open.block && !open.muted) {
            self.weaver.close();
        }
        self.open.truncate(at);
    }

    /// Closes what the start of `name` closes: a paragraph ends where a block begins, an item where the next one does.
    fn close_implied(&mut self, name: &str) {
        let closed = element::closed_by(name);
        let Some(top) = self.open.len().checked_sub(1) else { return };
        for depth in 0..=top.min(DEEPEST) {
            let open = &self.open[top - depth];
            if closed.iter().any(|one| open.name == one.as_bytes()) {
                return self.truncate(top - depth);
            }
            // A paragraph with emphasis that nobody closed still ends; an item of an outer list does not.
            if open.block && open.name != b"p" {
                return;
            }
        }
    }

    fn line_break(&mut self, range: Range<usize>) {
        if self.muted() {
            return;
        }
        if self.broken {
            self.weaver.close();
        } else if !self.weaver.is_closed() {
            self.weaver.stand_in(self.kind(), "\n", range);
            self.broken = true;
        }
    }

    /// Is the element the number of a note or the mark of a comment, which nobody reads aloud?
    fn is_reference(&mut self, name: &str, tag: &StartTag<usize>, range: &Range<usize>) -> bool {
        match name {
            "a" => {
                let href = attribute(tag, "href");
                let of_note = ["#cmnt", "#ftnt", "#fn", "#_ftn", "#_edn", "#footnote", "#endnote"];
                let role =
                    [attribute(tag, "role"), attribute(tag, "epub:type"), attribute(tag, "class")].join(" ");
                // Google Docs puts each comment in a block of its own, which begins with the way back.
                if href.starts_with("#cmnt_ref")
                    && let Some(block) = self.open.iter_mut().rev().take(DEEPEST).find(|open| open.block)
                {
                    block.muted = true;
                    return true;
                }
                of_note.iter().any(|note| href.starts_with(note))
                    || ["noteref", "backlink", "footnote-ref", "footnote-back"]
                        .iter()
                        .any(|one| role.contains(one))
            }
            "sup" => {
                let rest = &self.text[range.end..];
                let window = &rest.as_bytes()[..rest.len().min(LONGEST_NOTE_SIGN)];
                let content = &rest[..memchr::memmem::find(window, b"</sup").unwrap_or(0)];
                let mut in_tag = false;
                let words: String = content
                    .chars()
                    .filter(|sign| {
                        in_tag = *sign == '<' || (in_tag && *sign != '>');
                        !in_tag && *sign != '>' && !sign.is_whitespace()
                    })
                    .collect();
                !words.is_empty()
                    && words.chars().all(|sign| sign.is_ascii_digit() || "[](),*†‡§".contains(sign))
            }
            _ => false,
        }
    }

    /// Takes the words of a range without tags.
    fn words(&mut self, range: Range<usize>) {
        if range.is_empty() || self.muted() {
            return;
        }
        let kind = self.kind();
        self.weaver.speak(self.open.last().map_or("", |open| &open.language));
        let text = self.text;
        let Some(words) = text.get(range.clone()) else { return };
        if self.broken && words.chars().any(|sign| !sign.is_whitespace()) {
            self.broken = false;
        }
        if words.trim_matches(char::is_whitespace).is_empty() {
            return self.weaver.space(range);
        }
        let lines = kind == BlockKind::Paragraph && self.inside("pre");
        // Copies up to the next reference or run of white space, which become a sign and a space.
        let mut from = range.start;
        let mut at = range.start;
        while let Some(stop) =
            text[at..range.end].find(|sign: char| sign == '&' || sign.is_ascii_whitespace())
        {
            let start = at + stop;
            let (end, sign) = if text.as_bytes()[start] == b'&' {
                match reference(&text[start..range.end]) {
                    Some((len, sign)) => (start + len, Some(sign)),
                    None => {
                        at = start + 1;
                        continue;
                    }
                }
            } else {
                let run = &text[start..range.end];
                let len = run.len() - run.trim_start_matches(|sign: char| sign.is_ascii_whitespace()).len();
                if len == 1 && !(lines && run.starts_with('\n')) {
                    at = start + 1;
                    continue;
                }
                (start + len, None)
            };
            self.weaver.copy(kind, from..start);
            match sign {
                Some(sign) => self.weaver.stand_in(kind, &sign, start..end),
                None if lines && text[start..end].matches('\n').count() > 1 => self.weaver.close(),
                None if lines && text[start..end].contains('\n') => {
                    self.weaver.stand_in(kind, "\n", start..end)
                }
                None => self.weaver.space(start..end),
            }
            (from, at) = (end, end);
        }
        self.weaver.copy(kind, from..range.end);
    }
}

/// Bytes of a superscript, tags included, within which the sign of a note may stand.
const LONGEST_NOTE_SIGN: usize = 400;

/// Bytes of the longest character reference that is looked for.
const LONGEST_REFERENCE: usize = 34;

/// The character reference at the start of `text`: its length, and what it stands for.
fn reference(text: &str) -> Option<(usize, String)> {
    let end = text.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';')? + 1;
    let written = &text[..end];
    // Soft hyphens are not shown.
    if written == "&shy;" {
        return Some((end, String::new()));
    }
    // Pages write these far more often than all others.
    let sign = match written {
        "&nbsp;" | "&#160;" => "\u{A0}",
        "&amp;" => "&",
        "&quot;" | "&#34;" => "\"",
        "&apos;" | "&#39;" | "&#x27;" => "'",
        _ => return Some((end, markdown::decoded(written)?)),
    };
    Some((end, sign.to_owned()))
}

#[cfg(test)]
mod tests;
