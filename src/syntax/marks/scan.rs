//! Finding the marks: one pass over the bytes, which stops only where a mark can be.

use super::glyph::{Beside, Glyph, Mark};
use super::literal::{self, Habits, LONGEST_TAG, is_space};
use crate::source::ProseSpan;

/// The bytes that a mark, a tag or a template can begin with, in groups that one search each looks for. Of the signs
/// beyond ASCII those that share their first byte with a mark count too.
const FIRST_BYTES: [[u8; 3]; 3] = [[b'"', b'\'', b'`'], [b'<', b'{', 0xC2], [0xE2, 0xE3, 0xE3]];

/// Finds the bytes of a text that a mark can begin with. Each group of them is looked for in steps of its own, so every
/// byte of the text is passed once a group, however many blocks and marks there are.
pub(super) struct Places<'t> {
    bytes: &'t [u8],
    /// For each group its first byte at or after the last place that was asked for.
    next: [usize; 3],
}

impl<'t> Places<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        Self { bytes, next: FIRST_BYTES.map(|group| first(bytes, 0, group)) }
    }

    /// The next place in `at..end`, or `end`. Never goes back: `at` may only grow from one question to the next.
    fn next(&mut self, at: usize, end: usize) -> usize {
        for (next, group) in self.next.iter_mut().zip(FIRST_BYTES) {
            if *next < at {
                *next = first(self.bytes, at, group);
            }
        }
        self.next.into_iter().fold(end, usize::min)
    }
}

/// The first byte of the group at or after `at`, or the end.
fn first(bytes: &[u8], at: usize, [a, b, c]: [u8; 3]) -> usize {
    memchr::memchr3(a, b, c, &bytes[at..]).map_or(bytes.len(), |offset| at + offset)
}

/// All marks of `block`, in order. Apostrophes are among them: pairing tells them apart. What `habits` say is no mark in
/// this text is left out.
pub(super) fn marks(
    text: &str,
    block: ProseSpan,
    habits: &Habits<'_>,
    places: &mut Places<'_>,
    found: &mut Vec<Mark>,
) {
    let bytes = text.as_bytes();
    let (start, end) = (block.start as usize, block.end as usize);
    let mut at = start;
    loop {
        at = places.next(at, end);
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
        if glyph == Glyph::DoubleApostrophe && habits.wiki() {
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
    let bytes = text.as_bytes();
    let plain = |byte: Option<&u8>| match byte {
        None | Some(b' ' | b'\n') => Some(Beside::Space),
        Some(byte) if byte.is_ascii_alphabetic() => Some(Beside::Letter),
        Some(_) => None,
    };
    Mark {
        span: ProseSpan::new(at as u32, (at + len) as u32),
        glyph,
        before: plain(bytes[start..at].last()).unwrap_or_else(|| {
            text.get(start..at).and_then(|t| t.chars().next_back()).map_or(Beside::Space, before)
        }),
        after: plain(bytes[at + len..end].first()).unwrap_or_else(|| {
            text.get(at + len..end).and_then(|t| t.chars().next()).map_or(Beside::Space, after)
        }),
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
