//! The little of HTML that stands in Markdown: tags, comments and the words between them.

use std::ops::Range;

/// One part of a stretch of HTML.
pub(super) enum Token {
    /// Words.
    Text(Range<usize>),
    /// A character reference such as `&rdquo;`, not decoded.
    Reference(Range<usize>),
    /// A tag inside a sentence: emphasis, a link.
    Inline(Range<usize>),
    /// A tag that begins or ends a block, a line or a cell.
    Break,
    /// The tag that begins a block quote (true), or ends one.
    Quote(bool),
    /// A whole comment.
    Comment(Range<usize>),
}

/// Elements that stand inside a sentence; every other tag ends a block.
pub(super) fn is_inline(name: &str) -> bool {
    static NAMES: std::sync::LazyLock<Vec<&str>> = std::sync::LazyLock::new(|| {
        let file = include_str!("../../rules/words/html-inline-elements.txt");
        file.lines().filter(|line| !line.starts_with('#')).collect()
    });
    NAMES.iter().any(|inline| inline.eq_ignore_ascii_case(name))
}

/// The name of a tag, `None` for comments and other declarations.
pub(super) fn name(tag: &str) -> Option<&str> {
    let rest = tag.strip_prefix('<')?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

/// Cuts HTML into tokens. A block of HTML arrives line by line, so what is open at the end of one line is
/// remembered for the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Scanner {
    /// Where the open tag or comment began, and what ends it.
    open: Option<(usize, &'static str)>,
    /// The element whose content is no prose: a script, a style sheet, code.
    raw: Option<&'static str>,
}

/// Elements whose content is no prose.
const RAW: [&str; 5] = ["script", "style", "pre", "code", "textarea"];

impl Scanner {
    /// Scans `body[range]`.
    pub(super) fn scan(&mut self, body: &str, range: Range<usize>, take: &mut dyn FnMut(Token)) {
        let mut at = range.start;
        while at < range.end {
            let Some(rest) = body.get(at..range.end) else { return };
            at = match self.open {
                Some((start, end)) => match rest.find(end) {
                    Some(found) => {
                        self.open = None;
                        let end = at + found + end.len();
                        self.markup(body, start..end, take);
                        end
                    }
                    None => range.end,
                },
                None => self.words(rest, at, take),
            };
        }
    }

    /// Takes words up to the next markup and returns where that begins or how far it came.
    fn words(&mut self, rest: &str, at: usize, take: &mut dyn FnMut(Token)) -> usize {
        let stop = rest.find(['<', '&']).unwrap_or(rest.len());
        if stop > 0 {
            if self.raw.is_none() {
                take(Token::Text(at..at + stop));
            }
            return at + stop;
        }
        let reference_end = rest.find(|sign: char| !sign.is_ascii_alphanumeric() && !"&#".contains(sign));
        if rest.starts_with("<!--") {
            self.open = Some((at, "-->"));
        } else if name(rest).is_some() || rest.starts_with("<!") || rest.starts_with("<?") {
            self.open = Some((at, ">"));
        } else if self.raw.is_some() {
            return at + 1;
        } else if let Some(end) =
            reference_end.filter(|&end| rest.starts_with('&') && rest[end..].starts_with(';'))
        {
            take(Token::Reference(at..at + end + 1));
            return at + end + 1;
        } else {
            take(Token::Text(at..at + 1));
            return at + 1;
        }
        at
    }

    fn markup(&mut self, body: &str, range: Range<usize>, take: &mut dyn FnMut(Token)) {
        let Some(tag) = body.get(range.clone()) else { return };
        let Some(name) = name(tag) else {
            take(if tag.starts_with("<!--") { Token::Comment(range) } else { Token::Break });
            return;
        };
        let raw = RAW.into_iter().find(|raw| raw.eq_ignore_ascii_case(name));
        match (self.raw, raw) {
            (Some(open), Some(this)) if open == this && tag.starts_with("</") => self.raw = None,
            (Some(_), _) => return,
            (None, Some(this)) if !tag.starts_with("</") && !tag.ends_with("/>") => self.raw = Some(this),
            _ => {}
        }
        take(if name.eq_ignore_ascii_case("blockquote") {
            Token::Quote(!tag.starts_with("</"))
        } else if is_inline(name) {
            Token::Inline(range)
        } else {
            Token::Break
        });
    }
}
