//! Straight marks that quote nobody: attributes (`alt="x"`), objects (`{"a": 1}`), addresses, doubled marks of tables
//! and programs, accents of TeX, emoticons, and marks that are talked about.

use std::cell::OnceCell;
use std::ops::Range;

/// Bytes of the longest tag, attribute or template that is looked for.
pub(super) const LONGEST_TAG: usize = 400;
/// Bytes of the longest address that is looked at on each side of a mark.
const LONGEST_ADDRESS: usize = 300;
/// Letters of the longest name of a tag in brackets.
const LONGEST_NAME: usize = 12;
/// Bytes of the longest pattern or command that is looked at on each side of a mark.
const LONGEST_PATTERN: usize = 60;
/// Different signs of programs that make a pattern or a command of a word.
const SIGNS_OF_CODE: usize = 3;
/// Bytes within which a bracket closes round marks that are talked about.
const LONGEST_REMARK: usize = 60;
/// Words in bold have no more bytes than this.
const LONGEST_BOLD: usize = 80;

/// What a whole text does with signs that are marks elsewhere. Each is looked for when the first such sign is met.
pub(super) struct Habits<'t> {
    text: &'t str,
    /// Two apostrophes are emphasis and three are bold, as in wikis.
    wiki: OnceCell<bool>,
    /// Two commas may stand in for „.
    pub(super) commas: bool,
}

impl<'t> Habits<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let commas = memchr::memmem::find(text.as_bytes(), b",,").is_some();
        Self { text, wiki: OnceCell::new(), commas }
    }

    pub(super) fn wiki(&self) -> bool {
        *self.wiki.get_or_init(|| is_wiki(self.text))
    }
}

/// The byte after what the straight mark at `at` belongs to, where that is no quotation. `block` is where the text
/// around it stands.
pub(super) fn end(text: &str, at: usize, block: Range<usize>) -> Option<usize> {
    let bytes = &text.as_bytes()[..block.end];
    let mark = bytes[at];
    let next = bytes.get(at + 1).copied();
    // Most straight single marks are apostrophes, and stand between letters.
    let before = (at > block.start).then(|| bytes[at - 1]);
    let earlier = (at > block.start + 1).then(|| bytes[at - 2]);
    match before {
        Some(b'=') if earlier.is_some_and(|byte| !is_space(byte)) => return argument(bytes, at),
        // J\"urgen, G\"{o}ran
        Some(b'\\') if next == Some(b'{') => return Some(at + 1),
        Some(b'\\')
            if next.is_some_and(|byte| byte.is_ascii_alphabetic())
                && earlier.is_some_and(|byte| byte.is_ascii_alphabetic()) =>
        {
            return Some(at + 1);
        }
        Some(b':' | b';') if earlier.is_none_or(is_space) && matches!(next, Some(b'(' | b')')) => {
            return Some(at + 2);
        }
        // ;'-) and :"-(
        Some(b':' | b';')
            if earlier.is_none_or(is_space)
                && next == Some(b'-')
                && matches!(bytes.get(at + 2), Some(b'(' | b')')) =>
        {
            return Some(at + 3);
        }
        Some(b'(' | b'[') if next.is_some_and(is_space) && is_remark(bytes, at) => return Some(at + 1),
        _ => {}
    }
    if mark == b'"' {
        if next == Some(b'{') && before.is_some_and(|byte| byte.is_ascii_alphabetic()) {
            return Some(at + 1);
        }
        if next == Some(b'"') && before != Some(b'"') {
            return doubled(bytes, at);
        }
    }
    if [before, next].into_iter().flatten().any(|byte| b"^*\\/$".contains(&byte))
        && let Some(end) = pattern(bytes, at, block.start)
    {
        return Some(end);
    }
    // An address has no space: what stands right after one, or after a letter with a space before it, is in none.
    let begins = |byte: Option<u8>| byte.is_none_or(is_space);
    if begins(before) || begins(earlier) { None } else { address(text, at, block) }
}

/// `="…"`: where the value ends. The value of `[url="…"]` ends with its bracket, whatever marks it holds.
fn argument(bytes: &[u8], at: usize) -> Option<usize> {
    let window = &bytes[at + 1..bytes.len().min(at + LONGEST_TAG)];
    let name =
        bytes[..at - 1].iter().rev().take(LONGEST_NAME).take_while(|byte| byte.is_ascii_alphabetic()).count();
    if name > 0 && at.checked_sub(name + 2).is_some_and(|bracket| bytes[bracket] == b'[') {
        let line = memchr::memchr(b'\n', window).unwrap_or(window.len());
        if let Some(close) = memchr::memmem::find(&window[..line], &[bytes[at], b']']) {
            return Some(at + close + 2);
        }
    }
    let close = memchr::memchr2(bytes[at], b'\n', window).filter(|&close| window[close] == bytes[at])?;
    Some(at + close + 2)
}

/// `(" or ' at the start)`: nothing in the brackets closes what the mark would open.
fn is_remark(bytes: &[u8], at: usize) -> bool {
    let window = &bytes[at + 1..bytes.len().min(at + LONGEST_REMARK)];
    let close = window.iter().position(|byte| matches!(byte, b')' | b']'));
    close.is_some_and(|close| !window[..close].contains(&bytes[at]))
}

/// `""hi""` of tables, `"""…"""` of programs.
fn doubled(bytes: &[u8], at: usize) -> Option<usize> {
    let run = |at: usize| bytes[at..].iter().take_while(|byte| **byte == b'"').count();
    let count = run(at);
    if is_record(bytes, at) {
        // Of three marks in a record one opens or closes the field.
        return Some(at + count - count % 2);
    }
    if count > 2 {
        return Some(at + count);
    }
    if !bytes.get(at + 2)?.is_ascii_alphanumeric() {
        return None;
    }
    let window = &bytes[at + 2..bytes.len().min(at + LONGEST_TAG)];
    let close = memchr::memchr2(b'"', b'\n', window).map(|close| at + 2 + close)?;
    (run(close) == 2).then_some(close + 2)
}

/// Is the line around `at` a record of a table, with a field in marks right after a comma: `2,"Brede, Tam","12"" pipe"`?
fn is_record(bytes: &[u8], at: usize) -> bool {
    let from = at.saturating_sub(LONGEST_TAG);
    let start = memchr::memrchr(b'\n', &bytes[from..at]).map_or(from, |line| from + line + 1);
    let until = bytes.len().min(at + LONGEST_TAG);
    let end = memchr::memchr(b'\n', &bytes[at..until]).map_or(until, |line| at + line);
    memchr::memmem::find(&bytes[start..end], b",\"").is_some()
}

/// A mark inside a pattern or a command: `/"([^"]*)"/`, `s/'//g`. Such a word has several of the signs that programs use, one of
/// them beside the mark.
fn pattern(bytes: &[u8], at: usize, start: usize) -> Option<usize> {
    let from = start.max(at.saturating_sub(LONGEST_PATTERN));
    let until = bytes.len().min(at + LONGEST_PATTERN);
    let first =
        bytes[from..at].iter().rposition(|byte| is_space(*byte)).map_or(from, |space| from + space + 1);
    let end = bytes[at..until].iter().position(|byte| is_space(*byte)).map_or(until, |space| at + space);
    let word = &bytes[first..end];
    let count = |signs: &[u8]| signs.iter().filter(|sign| word.contains(sign)).count();
    let slashes = word.iter().filter(|byte| **byte == b'/').count();
    let marks = word.iter().filter(|byte| **byte == bytes[at]).count();
    let code = marks > 1 && count(b"^*\\$") > 0 && count(b"^*\\$[](){}|+?/") >= SIGNS_OF_CODE;
    // `s/old/new/g`
    let command = slashes >= SIGNS_OF_CODE && !word.contains(&b':') && !word.contains(&b'.');
    (code || command).then_some(end)
}

/// A mark inside an address: `https://example.org/?q="it's"`.
fn address(text: &str, at: usize, block: Range<usize>) -> Option<usize> {
    let bytes = text.as_bytes();
    let from = block.start.max(at.saturating_sub(LONGEST_ADDRESS));
    let start =
        bytes[from..at].iter().rposition(|byte| is_space(*byte)).map_or(from, |space| from + space + 1);
    let head = &bytes[start..at];
    let is_address = head.len() > 4
        && (memchr::memmem::find(head, b"://").is_some() || memchr::memmem::find(head, b"www.").is_some());
    if !is_address {
        return None;
    }
    let until = block.end.min(at + LONGEST_ADDRESS);
    let mut end = bytes[at..until].iter().position(|byte| is_space(*byte)).map_or(until, |space| at + space);
    while end > at + 1 && b".,;:!?)]".contains(&bytes[end - 1]) {
        end -= 1;
    }
    // A mark at its very end closes what opened before the address, unless its partner stands inside.
    let mark = bytes[at];
    let inside = bytes[start..end].iter().filter(|byte| **byte == mark).count();
    let closes = bytes[end - 1] == mark && inside % 2 == 1;
    let end = if closes { end - 1 } else { end };
    // An address may hold a curly mark only at its end.
    let end = text
        .get(at..end)
        .and_then(|rest| rest.find(['“', '”', '‘', '’', '»']))
        .map_or(end, |curly| at + curly);
    (end > at).then_some(end)
}

/// The length of a template (`{{ "x" }}`, `{% x %}`), a list of attributes or an object at the start of `rest`.
pub(super) fn braces(rest: &str) -> Option<usize> {
    let bytes = &rest.as_bytes()[..rest.len().min(LONGEST_TAG)];
    let template = matches!(bytes, [b'{', b'{' | b'%', ..]);
    let end = memchr::memchr2(b'}', b'\n', bytes).filter(|&end| bytes[end] == b'}')? + 1;
    let inside = &bytes[..end];
    let has = |what: &[u8]| memchr::memmem::find(inside, what).is_some();
    (template || has(b"=\"") || has(b"='") || has(b"\":") || has(b"\" :")).then_some(end)
}

/// `(")`, `[”]`: a mark that stands alone in brackets is talked about.
pub(super) fn is_bracketed(before: u8, after: Option<&u8>) -> bool {
    matches!((before, after), (b'(', Some(b')')) | (b'[', Some(b']')))
}

/// Does a word that is written with an apostrophe at its start begin here: `Tis`?
pub(super) fn is_elided_at(bytes: &[u8]) -> bool {
    let len = bytes.iter().take(9).take_while(|byte| byte.is_ascii_alphabetic()).count();
    std::str::from_utf8(&bytes[..len]).is_ok_and(|word| !word.is_empty() && super::is_elided_word(word))
}

/// Is the text written as wikis are, with two apostrophes for emphasis?
fn is_wiki(text: &str) -> bool {
    let has = |sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    has("''") && (has_wiki_bold(text) || has("</ref>") || has("[["))
}

/// Does the text set words in bold as wikis do: `'''Mercury'''`? Speech inside speech ends with a stop.
fn has_wiki_bold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut runs = memchr::memmem::find_iter(bytes, b"'''").peekable();
    while let Some(open) = runs.next() {
        let Some(&close) = runs.peek() else { return false };
        let inside = &bytes[open + 3..close];
        let word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
        if inside.len() < LONGEST_BOLD
            && word(inside.first())
            && word(inside.last())
            && !inside.contains(&b'\n')
            && open.checked_sub(1).is_none_or(|before| !bytes[before].is_ascii_alphanumeric())
        {
            return true;
        }
    }
    false
}

pub(super) const fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}
