//! Markdown into blocks. `pulldown-cmark` lives here, and only here.
//!
//! Emphasis markers, link destinations, code, tags and bare URLs are left out; character references are decoded.
//! What stood inside a sentence leaves [`OBJECT`] behind, so that it neither glues words together nor makes the
//! marks around it look empty. An image that begins a paragraph gives a caption, any other nothing. Templates and
//! attributes are painted over before the parser sees them ([`super::template`]).

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::comment::is_directive;
use super::html;
use super::prose::{BlockKind, Comment, Prose};
use super::template::{self, Masked, Trace};
use super::weave::{OBJECT, Weaver};
use super::{Span, Text};

fn events(body: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    Parser::new_ext(body, options).into_offset_iter()
}

/// The blocks of a Markdown text from byte `base` on; what stands before is front matter.
pub(super) fn prose(text: &Text, base: u32) -> Prose<'static> {
    let (body, masked) = template::mask(text.as_str().get(base as usize..).unwrap_or(""));
    let mut reader = Reader::new(&body, base, &masked);
    for (event, range) in events(&body) {
        reader.read(event, range);
    }
    reader.weaver.finish()
}

/// The directives of a Markdown text from byte `base` on.
pub(super) fn comments(text: &Text, base: u32) -> Vec<Comment> {
    let body = text.as_str().get(base as usize..).unwrap_or("");
    let has = |opener: &str| memchr::memmem::find(body.as_bytes(), opener.as_bytes()).is_some();
    let in_braces = has("{/*");
    if !in_braces && !has("<!--") {
        return Vec::new();
    }
    let mut scanner = html::Scanner::default();
    let mut comments = Vec::new();
    let masked = template::mask(body).0;
    if in_braces {
        comments.extend(mdx_comments(body, &masked, base));
    }
    for (event, range) in events(&masked) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => scanner.scan(body, range, &mut |token| {
                if let html::Token::Comment(range) = token {
                    comments.extend(comment(body, range, ("<!--", "-->"), base));
                }
            }),
            Event::End(TagEnd::HtmlBlock | TagEnd::Paragraph) => scanner = html::Scanner::default(),
            _ => {}
        }
    }
    comments.sort_by_key(|comment| comment.span.start);
    comments
}

/// The directives in comments of MDX: `{/* sayso: … */}`. What stands in code is not masked, and is none.
fn mdx_comments<'t>(body: &'t str, masked: &'t str, base: u32) -> impl Iterator<Item = Comment> + use<'t> {
    memchr::memmem::find_iter(body.as_bytes(), b"{/*").filter_map(move |start| {
        let end = start + body[start..].find("*/}")? + "*/}".len();
        let is_masked = masked.get(start..).is_some_and(|rest| !rest.starts_with("{/*"));
        is_masked.then(|| comment(body, start..end, ("{/*", "*/}"), base))?
    })
}

/// The directive between the marks of a comment.
fn comment(body: &str, range: Range<usize>, (opener, closer): (&str, &str), base: u32) -> Option<Comment> {
    let raw = body.get(range.clone())?;
    let content = raw.strip_prefix(opener)?.strip_suffix(closer)?.trim();
    let start = base + (range.start + (content.as_ptr() as usize - raw.as_ptr() as usize)) as u32;
    is_directive(content, true).then(|| Comment {
        span: Span::new(base + range.start as u32, base + range.end as u32),
        inner: Span::new(start, start + content.len() as u32),
        content: content.to_owned(),
    })
}

/// Bytes after a link in which the mark that its words open may close.
const AFTER_LINK: usize = 2_000;

/// What a block stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Container {
    Quote,
    Item,
    Footnote,
}

/// Follows the parser's events and tells the weaver what to keep.
struct Reader<'t> {
    body: &'t str,
    /// What was painted over in the body, in order.
    masked: &'t [Masked],
    weaver: Weaver<'t>,
    containers: Vec<Container>,
    /// Inside a heading, a table's cell, an image that gives a caption.
    heading: bool,
    cell: bool,
    caption: bool,
    /// How many elements deep nothing is kept: code, an image in running text, an autolink.
    muted: usize,
    /// Everything before this byte of the body has been dealt with: a bare URL may span several events.
    done: usize,
    html: html::Scanner,
    /// How many `<blockquote>` are open.
    html_quotes: usize,
    /// Where in the prose the open link's words begin.
    link: usize,
    /// The marks that the element `q` stands for: those that the file itself uses.
    marks: [&'static str; 2],
}

impl<'t> Reader<'t> {
    fn new(body: &'t str, base: u32, masked: &'t [Masked]) -> Self {
        let straight = memchr::memchr(b'"', body.as_bytes()).is_some() && !body.contains('“');
        Self {
            body,
            masked,
            link: 0,
            marks: if straight { ["\"", "\""] } else { ["“", "”"] },
            weaver: Weaver::new(body, base),
            containers: Vec::new(),
            heading: false,
            cell: false,
            caption: false,
            muted: 0,
            done: 0,
            html: html::Scanner::default(),
            html_quotes: 0,
        }
    }

    fn kind(&self) -> BlockKind {
        if self.html_quotes > 0 { BlockKind::BlockQuote } else { self.kind_without_html() }
    }

    fn kind_without_html(&self) -> BlockKind {
        if self.caption {
            BlockKind::Caption
        } else if self.heading {
            BlockKind::Heading
        } else if self.cell {
            BlockKind::Cell
        } else {
            match self.containers.last() {
                Some(Container::Quote) => BlockKind::BlockQuote,
                Some(Container::Item) => BlockKind::ListItem,
                Some(Container::Footnote) | None => BlockKind::Paragraph,
            }
        }
    }

    fn read(&mut self, event: Event<'t>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(_) if self.muted > 0 => {}
            Event::Text(words) => self.text(&words, range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) if self.muted == 0 => {
                self.weaver.stand_in(self.kind(), OBJECT, range);
            }
            Event::SoftBreak | Event::HardBreak if self.muted == 0 => {
                let line_end = self.body.get(range.clone()).and_then(|mark| mark.find(['\r', '\n']));
                match line_end {
                    Some(at) => self.weaver.copy(self.kind(), range.start + at..range.end),
                    None => self.weaver.space(range),
                }
            }
            Event::Html(_) => self.html(range),
            Event::InlineHtml(tag) if self.muted == 0 => {
                if html::name(&tag).is_some_and(|name| name.eq_ignore_ascii_case("br")) {
                    self.weaver.space(range);
                } else {
                    let kind = self.kind();
                    element(&mut self.weaver, self.marks, kind, &tag, range);
                }
            }
            Event::Rule => self.weaver.close(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'t>, range: Range<usize>) {
        match tag {
            Tag::Heading { .. } => self.block(|reader| reader.heading = true),
            Tag::TableCell => self.block(|reader| reader.cell = true),
            Tag::BlockQuote(_) => self.block(|reader| reader.containers.push(Container::Quote)),
            Tag::Item => self.block(|reader| reader.containers.push(Container::Item)),
            Tag::FootnoteDefinition(_) => self.block(|reader| reader.containers.push(Container::Footnote)),
            Tag::CodeBlock(_) => self.block(|reader| reader.muted += 1),
            Tag::HtmlBlock => self.block(|reader| reader.html = html::Scanner::default()),
            Tag::Paragraph | Tag::List(_) | Tag::Table(_) | Tag::TableHead | Tag::TableRow => {
                self.weaver.close()
            }
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } if self.muted == 0 => {
                self.weaver.stand_in(self.kind(), OBJECT, range);
                self.muted = 1;
            }
            Tag::Link { .. } if self.muted > 0 => self.muted += 1,
            Tag::Link { .. } => self.link = self.weaver.written(),
            Tag::Image { .. } if self.muted == 0 && !self.caption && self.weaver.is_closed() => {
                self.caption = true;
            }
            Tag::Image { .. } => {
                if self.muted == 0 {
                    self.weaver.space(range);
                }
                self.muted += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Heading(_) => self.block(|reader| reader.heading = false),
            TagEnd::TableCell => self.block(|reader| reader.cell = false),
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.block(|reader| reader.containers.truncate(reader.containers.len().saturating_sub(1)));
            }
            TagEnd::CodeBlock => self.block(|reader| reader.muted = reader.muted.saturating_sub(1)),
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.weaver.close(),
            TagEnd::Image if self.muted == 0 => self.block(|reader| reader.caption = false),
            TagEnd::Image => self.muted = self.muted.saturating_sub(1),
            TagEnd::Link if self.muted > 0 => self.muted -= 1,
            TagEnd::Link => self.lone_mark(range.end),
            _ => {}
        }
    }

    /// A link shows the beginning of a title or of a sentence from elsewhere: a mark that opens in its words and closes
    /// neither there nor in the paragraph after it, up to `end`, opens nothing.
    fn lone_mark(&mut self, end: usize) {
        for (open, close) in [("“", "”"), ("‘", "’")] {
            let words = self.weaver.since(self.link);
            let Some(at) = words
                .find(open)
                .filter(|at| !words[at + open.len()..].contains(open))
                .filter(|at| !words[at + open.len()..].contains(close))
            else {
                continue;
            };
            let rest = &self.body.as_bytes()[end..self.body.len().min(end + AFTER_LINK)];
            let rest = &rest[..memchr::memmem::find(rest, b"\n\n").unwrap_or(rest.len())];
            if memchr::memmem::find(rest, close.as_bytes()).is_none() {
                self.weaver.blot(self.link + at, open.len());
            }
        }
    }

    /// Copies a stretch of the body; what was painted over in it leaves its trace.
    fn copy(&mut self, kind: BlockKind, range: Range<usize>) {
        copy(&mut self.weaver, self.masked, kind, range);
    }

    /// A block ends here, and what follows stands elsewhere.
    fn block(&mut self, change: impl FnOnce(&mut Self)) {
        self.weaver.close();
        change(self);
    }

    fn text(&mut self, words: &str, range: Range<usize>) {
        let kind = self.kind();
        let written = self.body.get(range.clone()).unwrap_or("");
        if written != words {
            self.decoded(words, written, range);
            return;
        }
        let mut at = range.start.max(self.done);
        while at < range.end {
            match bare_url(self.body, at..range.end) {
                Some(url) => {
                    self.copy(kind, at..url.start);
                    self.weaver.stand_in(kind, OBJECT, url.clone());
                    (at, self.done) = (url.end, url.end);
                }
                None => {
                    self.copy(kind, at..range.end);
                    at = range.end;
                }
            }
        }
    }

    /// Words that differ from what is written: a character reference, alone or with words around it.
    fn decoded(&mut self, words: &str, written: &str, range: Range<usize>) {
        let kind = self.kind();
        // A reference at the end of a heading arrives with what follows it in its range.
        let end = written.find(';').map_or(0, |at| at + 1);
        let reference = &written[..end];
        if reference.starts_with('&')
            && (end == written.len() || decoded(reference).as_deref() == Some(words))
        {
            self.weaver.stand_in(kind, words, range.start..range.start + end);
            return;
        }
        let same = |(a, b): &(char, char)| a == b;
        let before: usize =
            words.chars().zip(written.chars()).take_while(same).map(|(sign, _)| sign.len_utf8()).sum();
        let (words, rest) = (&words[before..], &written[before..]);
        let after: usize = words
            .chars()
            .rev()
            .zip(rest.chars().rev())
            .take_while(same)
            .map(|(sign, _)| sign.len_utf8())
            .sum();
        let middle = range.start + before..range.end - after;
        self.copy(kind, range.start..middle.start);
        // Where nothing is written for some words, there is no place to give them.
        if !middle.is_empty() {
            self.weaver.stand_in(kind, &words[..words.len() - after], middle.clone());
        }
        self.copy(kind, middle.end..range.end);
    }

    fn html(&mut self, range: Range<usize>) {
        let (mut kind, outside) = (self.kind(), self.kind_without_html());
        let (weaver, quotes) = (&mut self.weaver, &mut self.html_quotes);
        let (body, masked, marks) = (self.body, self.masked, self.marks);
        let end = range.end;
        self.html.scan(body, range, &mut |token| match token {
            html::Token::Quote(opens) => {
                weaver.close();
                // One that is never closed quotes nothing.
                let closes = || memchr::memmem::find(&body.as_bytes()[end..], b"</blockquote").is_some();
                match opens {
                    true if *quotes > 0 || body[..end].ends_with("</blockquote>\n") || closes() => {
                        *quotes += 1
                    }
                    true => {}
                    false => *quotes = quotes.saturating_sub(1),
                }
                kind = if *quotes > 0 { BlockKind::BlockQuote } else { outside };
            }
            html::Token::Text(range) => copy(weaver, masked, kind, range),
            html::Token::Reference(range) => match decoded(&body[range.clone()]) {
                Some(sign) => weaver.stand_in(kind, &sign, range),
                None => weaver.copy(kind, range),
            },
            html::Token::Inline(range) => element(weaver, marks, kind, &body[range.clone()], range),
            html::Token::Comment(_) => {}
            html::Token::Break => weaver.close(),
        });
    }
}

/// Copies a stretch of the body into `weaver`; what was painted over in it leaves its trace.
fn copy(weaver: &mut Weaver<'_>, masked: &[Masked], kind: BlockKind, range: Range<usize>) {
    let first = masked.partition_point(|one| one.range.end <= range.start);
    let mut at = range.start;
    for one in masked[first..].iter().take_while(|one| one.range.start < range.end) {
        if at < one.range.start {
            weaver.copy(kind, at..one.range.start);
        }
        let end = one.range.end.min(range.end);
        if one.trace == Trace::Object && one.range.start >= range.start {
            weaver.stand_in(kind, OBJECT, one.range.start..end);
        }
        at = end;
    }
    if at < range.end {
        weaver.copy(kind, at..range.end);
    }
}

/// What a tag inside a sentence leaves: `<q>` its marks, `<cite>` at the head of a line of a block quote the dash that
/// a signature begins with.
fn element(
    weaver: &mut Weaver<'_>,
    [open, close]: [&'static str; 2],
    kind: BlockKind,
    tag: &str,
    range: Range<usize>,
) {
    let Some(name) = html::name(tag) else { return };
    let closes = tag.starts_with("</");
    if name.eq_ignore_ascii_case("q") {
        weaver.stand_in(kind, if closes { close } else { open }, range);
    } else if name.eq_ignore_ascii_case("cite")
        && !closes
        && kind == BlockKind::BlockQuote
        && weaver.begins_line()
    {
        weaver.stand_in(kind, "— ", range);
    }
}

/// The first bare URL that begins in `range`; it may run on beyond, where the parser saw markers in it.
fn bare_url(body: &str, range: Range<usize>) -> Option<Range<usize>> {
    let words = &body[range.clone()];
    // Nearly every stretch of prose is without one, and a slash or a `www.` is cheap to look for.
    let mut from = 0;
    loop {
        let rest = &words[from..];
        let hit = memchr::memmem::find(rest.as_bytes(), b"://")
            .map(|at| rest[..at].trim_end_matches(|sign: char| sign.is_ascii_alphabetic()).len())
            .into_iter()
            .chain(memchr::memmem::find(rest.as_bytes(), b"www."))
            .min()?;
        let start = range.start + from + hit;
        let glued = body[..start].ends_with(|sign: char| sign.is_alphanumeric());
        let stop = |sign: char| sign.is_whitespace() || "<>\"“”«»[]|`".contains(sign);
        let long = &body[start..];
        let mut end = long.find(stop).unwrap_or(long.len());
        // An argument in marks, `?q="x"`, belongs to the address.
        if long[..end].ends_with('=')
            && let Some(argument) = long[end..].strip_prefix('"')
            && let Some(close) = argument.find(|sign: char| sign == '"' || sign.is_whitespace())
            && argument[close..].starts_with('"')
        {
            end += close + 2;
        }
        let url = &long[..end];
        let url = url.trim_end_matches(|sign: char| ".,;:!?'’‘)*_".contains(sign));
        if !glued && url.len() > 4 && !url.ends_with("//") {
            return Some(start..start + url.len());
        }
        from += rest[hit..].find([':', '.']).map_or(rest.len(), |at| hit + at + 1);
        if from >= words.len() {
            return None;
        }
    }
}

/// A character reference decoded by the parser that knows them all.
pub(super) fn decoded(reference: &str) -> Option<String> {
    let decoded: String = Parser::new(reference)
        .filter_map(|event| match event {
            Event::Text(words) => Some(words.into_string()),
            _ => None,
        })
        .collect();
    (!decoded.is_empty() && decoded != reference).then_some(decoded)
}

#[cfg(test)]
mod tests;
