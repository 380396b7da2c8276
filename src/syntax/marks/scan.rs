//! Finding the marks: one pass over the bytes, which stops only where a mark can be.

use super::glyph::{Beside, Glyph, Mark};
use super::literal::{self, LONGEST_TAG, is_space};
use crate::source::ProseSpan;

/// Can a mark, a tag or a template begin with this byte? Of the signs beyond ASCII those that share their first byte
/// with a mark count too.
const fn may_begin(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`' | b'<' | b'{' | 0xC2 | 0xE2 | 0xE3)
}

/// Bytes looked at together.
const STRIDE: usize = 16;

/// The next byte in `at..end` that a mark can begin with, or `end`. Most stretches of prose hold none, and the
/// compiler turns a look at all of one into a few instructions.
fn next(bytes: &[u8], mut at: usize, end: usize) -> usize {
    while let Some(stretch) = bytes[at..end].first_chunk::<STRIDE>() {
        let near = |byte: u8| {
            (byte == b'"')
                | (byte == b'\'')
                | (byte == b'`')
                | (byte == b'<')
                | (byte == b'{')
                | (byte >= 0xC2)
        };
        if stretch.iter().fold(false, |any, byte| any | near(*byte)) {
            break;
        }
        at += STRIDE;
    }
    bytes[at..end].iter().position(|byte| may_begin(*byte)).map_or(end, |offset| at + offset)
}

/// All marks of `block`, in order. Apostrophes are among them: pairing tells them apart. What `habits` say is no mark in
/// this text is left out.
pub(super) fn marks(text: &str, block: ProseSpan, habits: Habits, found: &mut Vec<Mark>) {
    let bytes = text.as_bytes();
    let (start, end) = (block.start as usize, block.end as usize);
    let mut at = start;
    loop {
        at = next(bytes, at, end);
        if at == end {
            break;
        }
        let skipped = match bytes[at] {
            b'<' => Some(at + tag(&bytes[at..end]).unwrap_or(1)),
            b'{' => Some(at + literal::braces(&text[at..end]).unwrap_or(1)),
            b'"' | b'\'' => literal::end(text, at, start..end),
            _ => None,
        };
        if let Some(skipped) = skipped {
            at = skipped;
            continue;
        }
        let attached = at > start && !is_space(bytes[at - 1]);
        let Some((glyph, len)) = glyph_at(&bytes[at..end], attached) else {
            at += 1;
            continue;
        };
        if glyph == Glyph::DoubleApostrophe && habits.wiki {
            at += bytes[at..end].iter().take_while(|byte| **byte == b'\'').count();
            continue;
        }
        if !(at > start && literal::is_bracketed(bytes[at - 1], bytes.get(at + len))) {
            found.push(mark(text, block, at, len, glyph));
        }
        at += len;
    }
    if habits.commas {
        let marks = found.len();
        commas(text, block, found);
        if found.len() > marks {
            found.sort_by_key(|mark| mark.span.start);
        }
    }
}

fn mark(text: &str, block: ProseSpan, at: usize, len: usize, glyph: Glyph) -> Mark {
    let (start, end) = (block.start as usize, block.end as usize);
    Mark {
        span: ProseSpan::new(at as u32, (at + len) as u32),
        glyph,
        before: text.get(start..at).and_then(|t| t.chars().next_back()).map_or(Beside::Space, before),
        after: text.get(at + len..end).and_then(|t| t.chars().next()).map_or(Beside::Space, after),
    }
}

/// What a whole text does with signs that are marks elsewhere.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habits {
    /// Two apostrophes are emphasis and three are bold, as in wikis.
    wiki: bool,
    /// Two commas may stand in for „.
    commas: bool,
}

impl Habits {
    pub(super) fn of(text: &str) -> Self {
        let commas = memchr::memmem::find(text.as_bytes(), b",,").is_some();
        Self { wiki: literal::is_wiki(text), commas }
    }
}

/// Adds each `,,` before a word.
fn commas(text: &str, block: ProseSpan, found: &mut Vec<Mark>) {
    let words = block.of(text);
    for at in memchr::memmem::find_iter(words.as_bytes(), b",,") {
        let mark = mark(text, block, block.start as usize + at, 2, Glyph::Commas);
        if matches!(mark.before, Beside::Space | Beside::Opener) && mark.after == Beside::Letter {
            found.push(mark);
        }
    }
}

/// The length of a tag that was left in plain text, such as `<span class="x">`: its marks are its own. A tag stands
/// on one line and is not longer than [`LONGEST_TAG`].
fn tag(bytes: &[u8]) -> Option<usize> {
    let opens = matches!(bytes.get(1), Some(b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!'));
    let line = &bytes[..bytes.len().min(LONGEST_TAG)];
    let close = memchr::memchr2(b'>', b'\n', line).filter(|&close| opens && line[close] == b'>')?;
    Some(close + 1)
}

/// The glyph at the start of `bytes` and its length. `attached` tells that no space stands before it, which decides
/// whether three apostrophes are a single and a double mark or the other way round.
fn glyph_at(bytes: &[u8], attached: bool) -> Option<(Glyph, usize)> {
    let run = |unit: &[u8]| bytes.chunks(unit.len()).take(5).take_while(|chunk| *chunk == unit).count();
    Some(match bytes {
        [b'"', ..] => (Glyph::Straight, 1),
        [b'\'', ..] => match run(b"'") {
            1 => (Glyph::SingleStraight, 1),
            // “''Tis so,' she said”: a mark and an apostrophe.
            2 if literal::is_elided_at(&bytes[2..]) => (Glyph::SingleStraight, 1),
            3 if attached => (Glyph::SingleStraight, 1),
            _ => (Glyph::DoubleApostrophe, 2),
        },
        [b'`', b'`', ..] => (Glyph::Backticks, 2),
        [0xC2, 0xAB, ..] => (Glyph::GuillemetLeft, 2),
        [0xC2, 0xBB, ..] => (Glyph::GuillemetRight, 2),
        [0xE2, 0x80, 0x98, ..] => match run("‘".as_bytes()) {
            // “‘‘Twas cold.’”: a mark, and an apostrophe that is turned round.
            2 if literal::is_elided_at(&bytes[6..]) => (Glyph::SingleOpen, 3),
            2 => (Glyph::DoubleCurlyOpen, 6),
            _ => (Glyph::SingleOpen, 3),
        },
        [0xE2, 0x80, 0x99, ..] => match run("’".as_bytes()) {
            2 => (Glyph::DoubleCurlyApostrophe, 6),
            _ => (Glyph::SingleClose, 3),
        },
        [0xE2, 0x80, 0x9A, ..] => (Glyph::SingleLow, 3),
        [0xE2, 0x80, 0x9C | 0x9F, ..] => (Glyph::CurlyOpen, 3),
        [0xE2, 0x80, 0x9D, ..] => (Glyph::CurlyClose, 3),
        [0xE2, 0x80, 0x9E, ..] => (Glyph::Low, 3),
        [0xE2, 0x80, 0xB3, ..] => (Glyph::DoublePrime, 3),
        [0xE2, 0x80, 0xB9, ..] => (Glyph::AngleLeft, 3),
        [0xE2, 0x80, 0xBA, ..] => (Glyph::AngleRight, 3),
        [0xE3, 0x80, 0x8C, ..] => (Glyph::CornerOpen, 3),
        [0xE3, 0x80, 0x8D, ..] => (Glyph::CornerClose, 3),
        [0xE3, 0x80, 0x8E, ..] => (Glyph::DoubleCornerOpen, 3),
        [0xE3, 0x80, 0x8F, ..] => (Glyph::DoubleCornerClose, 3),
        _ => return None,
    })
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '«' | '»' | '‘'..='‟' | '″' | '‹' | '›')
}

fn common(c: char) -> Option<Beside> {
    Some(match c {
        // The zero-width and joining characters that web copy leaves before handles are as good as a space.
        c if c.is_whitespace()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}') =>
        {
            Beside::Space
        }
        c if c.is_numeric() => Beside::Digit,
        c if c.is_alphabetic() => Beside::Letter,
        c if is_mark(c) => Beside::Mark,
        '-' | '–' | '—' | '―' | '/' | '|' => Beside::Opener,
        _ => return None,
    })
}

fn before(c: char) -> Beside {
    common(c).unwrap_or(match c {
        '(' | '[' | '{' | '<' | '>' | '*' | '_' | '¿' | '¡' => Beside::Opener,
        '.' | ',' | '!' | '?' | ';' | ':' | '…' | ')' | ']' | '}' | '%' => Beside::Stop,
        _ => Beside::Other,
    })
}

fn after(c: char) -> Beside {
    common(c).unwrap_or(match c {
        '.' | ',' | '!' | '?' | ';' | ':' | ')' | ']' | '}' | '<' => Beside::Stop,
        // An ellipsis, a currency sign, an opening bracket: what a quotation may begin with.
        '(' | '[' | '{' => Beside::Opener,
        _ => Beside::Other,
    })
}
