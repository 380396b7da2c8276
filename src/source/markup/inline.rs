//! Emphasis, links, code and notes inside a line of light markup.

use std::ops::Range;

use super::super::markdown;
use super::super::prose::BlockKind;
use super::super::weave::{OBJECT, Weaver};
use super::Markup;

/// Bytes in which the partner of a mark is looked for.
const FARTHEST: usize = 2_000;

/// What stands at a place in a line.
enum Found {
    /// These bytes are shown as nothing.
    Dropped(usize),
    /// These bytes stand for something that is no prose.
    Object(usize),
    /// These bytes stand for other words.
    Sign(usize, String),
    /// Of so many bytes these are shown.
    Inner(usize, Range<usize>),
}

/// Copies the words of a range of `text`, markup left out.
pub(super) fn copy(
    weaver: &mut Weaver<'_>,
    text: &str,
    range: Range<usize>,
    kind: BlockKind,
    markup: Markup,
) {
    let signs: &[char] = match markup {
        Markup::AsciiDoc => &['*', '_', '`', '[', 'h', 'l', 'f', 'i', '+', '&'],
        Markup::Rst => &['*', '`', ':', '|', '['],
        Markup::Org => &['*', '/', '=', '~', '[', '_', '+'],
        Markup::Typst => &['*', '_', '`', '#', '@', '<', '\\', '$'],
        Markup::Wiki => &['\'', '[', '{', '<', '&'],
        Markup::Fountain => &['*', '_', '['],
    };
    let mut from = range.start;
    let mut at = range.start;
    while let Some(stop) = text[at..range.end].find(signs) {
        let start = at + stop;
        let before = text[range.start..start].chars().next_back();
        // Marks pair within a few lines; a longer look would cost too much where none does.
        let near = (range.end.min(start + FARTHEST)..=range.end).find(|&at| text.is_char_boundary(at));
        let Some(found) = look(&text[start..near.unwrap_or(range.end)], before, markup) else {
            at = start + text[start..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        weaver.copy(kind, from..start);
        let len = match found {
            Found::Dropped(len) => len,
            Found::Object(len) => {
                weaver.stand_in(kind, OBJECT, start..start + len);
                len
            }
            Found::Sign(len, sign) => {
                weaver.stand_in(kind, &sign, start..start + len);
                len
            }
            Found::Inner(len, inner) => {
                // Emphasis inside a link is read too.
                copy(weaver, text, start + inner.start..start + inner.end, kind, markup);
                len
            }
        };
        (from, at) = (start + len, start + len);
    }
    weaver.copy(kind, from..range.end);
}

/// What stands at the beginning of `rest`, after the sign `before`.
fn look(rest: &str, before: Option<char>, markup: Markup) -> Option<Found> {
    match markup {
        Markup::AsciiDoc => asciidoc(rest, before),
        Markup::Rst => rst(rest, before),
        Markup::Org => org(rest, before),
        Markup::Typst => typst(rest, before),
        Markup::Wiki => wiki(rest),
        Markup::Fountain => match rest {
            rest if rest.starts_with("[[") => Some(Found::Dropped(rest.find("]]")? + 2)),
            _ => emphasis(rest, before, &["***", "**", "*", "_"]),
        },
    }
}

/// A mark of emphasis, which touches a word on one side and none on the other.
fn emphasis(rest: &str, before: Option<char>, marks: &[&str]) -> Option<Found> {
    let mark = marks.iter().find(|mark| rest.starts_with(**mark))?;
    let after = rest[mark.len()..].chars().next();
    let word = |sign: Option<char>| sign.is_some_and(|sign| !sign.is_whitespace());
    let letter = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    // A second mark must follow or have come before: `2 * 3` is none, and neither is `snake_case`.
    let opens = word(after) && !letter(before) && rest[mark.len()..].contains(mark);
    let closes = word(before) && !letter(after);
    (opens || closes).then_some(Found::Dropped(mark.len()))
}

/// `open words close`: the bytes up to and with `close`.
fn until(rest: &str, open: &str, close: &str) -> Option<usize> {
    let inner = rest.strip_prefix(open)?;
    Some(open.len() + inner.find(close)? + close.len())
}

/// A link of the form `address[words]`.
fn address_with_words(rest: &str) -> Option<Found> {
    let end = rest.find(|sign: char| sign.is_whitespace() || sign == '[')?;
    if !rest[end..].starts_with('[') {
        return Some(Found::Object(end));
    }
    let close = end + rest[end..].find(']')?;
    let words = rest[end + 1..close].split(',').next().map_or(0, str::len);
    Some(Found::Inner(close + 1, end + 1..end + 1 + words))
}

fn asciidoc(rest: &str, before: Option<char>) -> Option<Found> {
    let fresh = !before.is_some_and(char::is_alphanumeric);
    match rest.as_bytes()[0] {
        b'h' if fresh && (rest.starts_with("http://") || rest.starts_with("https://")) => {
            address_with_words(rest).or(Some(Found::Object(rest.len())))
        }
        b'l' if fresh && rest.starts_with("link:") => address_with_words(rest),
        b'f' if rest.starts_with("footnote:") => Some(Found::Dropped(rest.find(']')? + 1)),
        b'i' if fresh && rest.starts_with("image:") => Some(Found::Dropped(rest.find(']')? + 1)),
        b'[' if rest.starts_with("[[") => Some(Found::Dropped(until(rest, "[[", "]]")?)),
        // `“ and ”` in back quotes are quotation marks: "`words`".
        b'`' if before == Some('"') => None,
        b'`' if fresh => Some(Found::Object(until(rest, "`", "`")?)),
        b'+' if rest.trim_end() == "+" => Some(Found::Sign(rest.len(), "\n".to_owned())),
        b'&' => reference(rest),
        b'*' => emphasis(rest, before, &["**", "*"]),
        b'_' => emphasis(rest, before, &["__", "_"]),
        _ => None,
    }
}

fn rst(rest: &str, before: Option<char>) -> Option<Found> {
    if rest.starts_with("``") {
        return Some(Found::Object(until(rest, "``", "``")?));
    }
    match rest.as_bytes()[0] {
        b':' => {
            let role = until(rest, ":", ":`")?;
            if !rest[1..role - 2].chars().all(|sign| sign.is_ascii_alphanumeric() || "-_:.".contains(sign)) {
                return None;
            }
            let close = role + rest[role..].find('`')?;
            let words = rest[role..close].split(" <").next().map_or(0, str::len);
            Some(Found::Inner(close + 1, role..role + words))
        }
        b'`' => {
            let close = 1 + rest[1..].find('`')?;
            let words = rest[1..close].split(" <").next().map_or(0, str::len);
            let tail = rest[close + 1..].bytes().take_while(|byte| *byte == b'_').count();
            Some(Found::Inner(close + 1 + tail, 1..1 + words))
        }
        b'[' => {
            let end = until(rest, "[", "]_")?;
            rest[1..end - 2]
                .chars()
                .all(|sign| sign.is_alphanumeric() || "#*".contains(sign))
                .then_some(Found::Dropped(end))
        }
        b'|' if !before.is_some_and(char::is_alphanumeric) => Some(Found::Object(until(rest, "|", "|")?)),
        b'*' => emphasis(rest, before, &["**", "*"]),
        _ => None,
    }
}

fn org(rest: &str, before: Option<char>) -> Option<Found> {
    if rest.starts_with("[[") {
        let end = until(rest, "[[", "]]")?;
        return Some(match rest[..end].find("][") {
            Some(middle) => Found::Inner(end, middle + 2..end - 2),
            None => Found::Object(end),
        });
    }
    if rest.starts_with("[fn:") {
        return Some(Found::Dropped(rest.find(']')? + 1));
    }
    let fresh = !before.is_some_and(char::is_alphanumeric);
    match rest.as_bytes()[0] {
        b'=' if fresh && !rest[1..].starts_with(' ') => Some(Found::Object(until(rest, "=", "=")?)),
        b'~' if fresh && !rest[1..].starts_with(' ') => Some(Found::Object(until(rest, "~", "~")?)),
        b'*' => emphasis(rest, before, &["*"]),
        b'/' => emphasis(rest, before, &["/"]),
        b'_' => emphasis(rest, before, &["_"]),
        b'+' => emphasis(rest, before, &["+"]),
        _ => None,
    }
}

fn typst(rest: &str, before: Option<char>) -> Option<Found> {
    match rest.as_bytes()[0] {
        b'`' => Some(Found::Object(until(rest, "`", "`")?)),
        b'$' => Some(Found::Object(until(rest, "$", "$")?)),
        b'\\' if rest.len() == 1 => Some(Found::Sign(1, "\n".to_owned())),
        b'\\' if rest[1..].starts_with(|sign: char| sign.is_ascii_punctuation()) => Some(Found::Dropped(1)),
        b'<' => {
            let end = until(rest, "<", ">")?;
            rest[1..end - 1]
                .chars()
                .all(|sign| sign.is_alphanumeric() || "-_:.".contains(sign))
                .then_some(Found::Dropped(end))
        }
        b'@' if !before.is_some_and(char::is_alphanumeric) => {
            let name = rest[1..].find(|sign: char| !(sign.is_alphanumeric() || "-_:".contains(sign)));
            Some(Found::Dropped(1 + name.unwrap_or(rest.len() - 1)))
        }
        b'#' => {
            let name = 1 + rest[1..].find(|sign: char| !(sign.is_alphanumeric() || "-_.".contains(sign)))?;
            let arguments =
                if rest[name..].starts_with('(') { name + rest[name..].find(')')? + 1 } else { name };
            if !rest[arguments..].starts_with('[') {
                return Some(Found::Object(arguments));
            }
            let close = arguments + rest[arguments..].find(']')?;
            if rest[1..name].starts_with("footnote") {
                return Some(Found::Dropped(close + 1));
            }
            Some(Found::Inner(close + 1, arguments + 1..close))
        }
        b'*' => emphasis(rest, before, &["*"]),
        b'_' => emphasis(rest, before, &["_"]),
        _ => None,
    }
}

fn wiki(rest: &str) -> Option<Found> {
    if rest.starts_with("''") {
        return Some(Found::Dropped(rest.bytes().take_while(|byte| *byte == b'\'').count().min(5)));
    }
    if rest.starts_with("{{") {
        return Some(Found::Object(until(rest, "{{", "}}")?));
    }
    if rest.starts_with("[[") {
        let end = until(rest, "[[", "]]")?;
        let from = rest[..end].rfind('|').map_or(2, |at| at + 1);
        return Some(Found::Inner(end, from..end - 2));
    }
    if rest.starts_with("[http") {
        let end = until(rest, "[", "]")?;
        return Some(match rest[..end].find(' ') {
            Some(space) => Found::Inner(end, space + 1..end - 1),
            None => Found::Dropped(end),
        });
    }
    let low = rest.get(..5).unwrap_or("").to_ascii_lowercase();
    if low.starts_with("<ref") {
        let tag = rest.find('>')? + 1;
        return Some(Found::Dropped(if rest[..tag].ends_with("/>") {
            tag
        } else {
            rest.find("</ref>").map_or(tag, |at| at + 6)
        }));
    }
    if rest.starts_with("<!--") {
        return Some(Found::Dropped(until(rest, "<!--", "-->")?));
    }
    if low.starts_with("<br") {
        return Some(Found::Sign(rest.find('>')? + 1, " ".to_owned()));
    }
    let tag = rest.starts_with('<')
        && rest[1..].starts_with(|sign: char| sign == '/' || sign.is_ascii_alphabetic());
    if tag {
        return Some(Found::Dropped(rest.find('>')? + 1));
    }
    reference(rest)
}

/// A character reference.
fn reference(rest: &str) -> Option<Found> {
    let end = rest.bytes().take(12).position(|byte| byte == b';').filter(|_| rest.starts_with('&'))? + 1;
    Some(Found::Sign(end, markdown::decoded(&rest[..end])?))
}
