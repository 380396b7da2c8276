//! Words to come that stand in the text itself: “TK quote from the mayor”, “[CHECK: spelling]”, “???”.
//!
//! A sign of this kind counts only as a word of its own, and only where the words beside it cannot make it a name, a
//! number or a line of a listing.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::{MarkFaultKind, MarkedFault, WORDS, is_placeholder};
use crate::source::{Block, ProseSpan};

/// The longest note in brackets, in bytes.
const LONGEST: usize = 90;

/// What a note is found by.
const SIGNS: [&str; 17] = [
    "TK",
    "XX",
    "xxx",
    "TBC",
    "TBD",
    "TODO",
    "FIXME",
    "???",
    "[",
    "Insert ",
    "INSERT ",
    "insert ",
    "orem ipsum",
    "As an AI language model",
    "QUOTE",
    "quote ",
    "comment ",
];

static FINDERS: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| SIGNS.iter().map(Finder::new).collect());

/// The notes in the blocks of a text, in order.
pub(super) fn faults(text: &str, blocks: &[Block]) -> Vec<MarkedFault> {
    let all = FINDERS.iter().zip(SIGNS);
    let mut signs: Vec<(usize, &str)> =
        all.flat_map(|(finder, sign)| finder.find_iter(text.as_bytes()).map(move |at| (at, sign))).collect();
    signs.sort_unstable();
    let mut found: Vec<MarkedFault> = Vec::new();
    let mut from = 0;
    for (at, sign) in signs {
        let after = blocks.partition_point(|block| block.span.start as usize <= at);
        let Some(block) = after.checked_sub(1).map(|last| blocks[last]) else { continue };
        let (base, end) = (block.span.start as usize, at + sign.len());
        if at < from || end > block.span.end as usize {
            continue;
        }
        if let Some((start, end)) = note(block.span.of(text), sign, at - base) {
            found.push(MarkedFault::new(
                MarkFaultKind::PlaceholderQuotation,
                ProseSpan::new((base + start) as u32, (base + end) as u32),
            ));
            from = base + end;
        }
    }
    found
}

/// The range of the note that the sign at `start` belongs to.
fn note(words: &str, sign: &str, start: usize) -> Option<(usize, usize)> {
    let end = start + sign.len();
    match sign {
        "[" => bracketed(words, start),
        "???" => questions(words, start),
        "orem ipsum" => Some((start.saturating_sub(1), end)),
        "As an AI language model" => (start == 0).then_some((start, end)),
        "Insert " | "INSERT " | "insert " => order(words, start),
        "QUOTE" | "quote " | "comment " => capitals(words, start),
        _ => abbreviation(words, start),
    }
}

/// “[CHECK: his age]”, “[quote here]”, “[TK]”, “[Your Name]”.
fn bracketed(words: &str, start: usize) -> Option<(usize, usize)> {
    let end = start + words[start..].find(']')?;
    let inside = &words[start + 1..end];
    let first = inside.split(|c: char| !c.is_alphanumeric()).next()?;
    let shouted = first.len() > 1 && first.chars().all(char::is_uppercase);
    let asks = shouted && WORDS.shouted.contains(first);
    // “[quote]” opens a quotation in the mark-up of forums.
    let several = inside.contains(' ') && !inside.contains('=') && !inside.starts_with('/');
    let asks = asks && (several || first != "QUOTE");
    let yours = inside.starts_with("Your ") && inside.split(' ').count() <= 3;
    // “[insert sentiment]”
    let ordered = several && WORDS.order.contains(first);
    // “[reaction of the union, calls are out],” said Pell: a quotation of nothing else, and more than “[a pause]”.
    let (before, after) = (&words[..start], words[end + 1..].trim_start_matches([',', '.']));
    let alone = before.ends_with(['“', '"']) && after.starts_with(['”', '"']);
    // “[Ana's words to come, approx 40 words],”: it tells of words that somebody waits for.
    let awaited = inside.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.awaited.contains(word));
    let long = inside.starts_with(char::is_lowercase) && inside.matches(' ').count() >= 3;
    let alone = alone && (long || several && awaited);
    let note = inside.len() <= LONGEST
        && (asks || yours || ordered || alone || several && is_placeholder(&words[start..=end]));
    note.then_some((start, end + 1))
}

/// “The mayor is ??? years old”: not the third mark of a cry.
fn questions(words: &str, start: usize) -> Option<(usize, usize)> {
    let run = words[start..].bytes().take_while(|byte| *byte == b'?').count();
    let before = words[..start].chars().next_back();
    let alone = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '$' | '£' | '€'));
    // A line of nothing else is a scream in dialogue as often as a gap.
    (alone && run < words.trim().len()).then_some((start, start + run))
}

/// “Insert closing paragraph here”, “insert quote from the builder”.
fn order(words: &str, start: usize) -> Option<(usize, usize)> {
    if !words[..start].trim_end().is_empty() && !words[..start].trim_end().ends_with(['.', '?', '!', ':']) {
        return None;
    }
    let rest = &words[start..];
    let end = rest.find(['.', '\n', ';', ',']).unwrap_or(rest.len());
    let sentence = &rest[..end];
    let mut first = sentence.split(' ').skip(1).take(4).map(str::to_ascii_lowercase);
    let noted = first.any(|word| WORDS.note.contains(&*word) || WORDS.part.contains(&*word));
    let closed = sentence.ends_with(" here") || sentence.contains(" from ") || sentence.contains(" by ");
    (sentence.len() <= LONGEST && noted && closed).then_some((start, start + sentence.trim_end().len()))
}

/// “GET QUOTE FROM MAYOR”: a line of capitals that asks for words.
fn capitals(words: &str, start: usize) -> Option<(usize, usize)> {
    let from = words[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = words[start..].find('\n').map_or(words.len(), |at| start + at);
    let line = words[from..to].trim();
    let orders = line.split(|c: char| !c.is_alphanumeric()).next().is_some_and(|first| {
        WORDS.shouted.contains(first) && first.chars().all(char::is_uppercase) && first != "QUOTE"
    });
    (orders && is_placeholder(line)).then_some((from, from + line.len()))
}

/// “TK”, “XXX”, “xxx”, “TBC” and the like, as a word of the copy.
fn abbreviation(words: &str, start: usize) -> Option<(usize, usize)> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '’' | '\'' | '@' | '/' | '_');
    if words[..start].chars().next_back().is_some_and(inside) {
        return None;
    }
    let end = start + words[start..].find(|c: char| !c.is_alphanumeric()).unwrap_or(words.len() - start);
    let (sign, after) = (&words[start..end], &words[end..]);
    if after.starts_with(inside) || !(WORDS.placeholder.contains(sign) || sign.bytes().all(|b| b == b'x')) {
        return None;
    }
    let before = words[..start].trim_end();
    let previous = before.rsplit([' ', '\n']).next().unwrap_or("");
    let next = after.trim_start().split([' ', '\n', '.', ',']).next().unwrap_or("");
    let small = |word: &str| word.starts_with(char::is_lowercase);
    // A sign after a name or before one belongs to it: “TK Harbour Lifts”, “Bowl XXX”.
    let named = previous.starts_with(char::is_uppercase) && !before.ends_with(['.', ':', '?', '!'])
        || next.starts_with(char::is_uppercase);
    let asks = WORDS.order.contains(next) || WORDS.note.contains(next);
    let led = WORDS.lead.contains(&*previous.to_lowercase())
        || previous.ends_with(['$', '£', '€'])
        || previous.is_empty() && small(next);
    let stands = match sign {
        "TODO" | "FIXME" => after.starts_with(':') || small(next),
        "TBC" | "TBD" | "TBA" => led && small(next) || ends_request(before, after),
        // “XX million”; “XX chromosomes” are none.
        "XX" => WORDS.scale.contains(next),
        _ if sign.starts_with('x') => asks || led && small(next) && !previous.is_empty(),
        _ => {
            // “said the president TK,” and “said XXX, the mayor”: nothing in small letters stands so.
            let ends = small(previous) && after.starts_with([',', '.', '”', '"', ')']);
            !named && (ends || small(next) || led || asks || before.ends_with(['.', ':', '(', '—']))
                || before.ends_with(',') && after.starts_with(',')
        }
    };
    stands.then_some((start, end))
}

/// “Quote from the minister’s office TBC,”: does a sign end a quotation that asks for one?
fn ends_request(before: &str, after: &str) -> bool {
    let quoted = before.rfind(['“', '"']).map_or("", |open| &before[open..]);
    let asks = |word: &str| WORDS.note.contains(&*word.to_lowercase());
    after.trim_start_matches([',', '.']).starts_with(['”', '"'])
        && quoted.split(|c: char| !c.is_alphanumeric()).any(asks)
}

#[cfg(test)]
mod tests {
    use super::faults;
    use crate::source::{Block, BlockKind, ProseSpan};

    #[test]
    fn notes_and_near_misses() {
        for (text, note) in [
            ("TK quote from the mayor", Some("TK")),
            ("The pier is TK feet long.", Some("TK")),
            ("[CHECK: number of boats]", Some("[CHECK: number of boats]")),
            ("[quote here]", Some("[quote here]")),
            ("As a town, we [insert sentiment].", Some("[insert sentiment]")),
            ("It cost XX million.", Some("XX")),
            ("Hold for the president TK, please.", Some("TK")),
            ("She has two XX chromosomes.", None),
            ("The skipper, [NAME TK], left.", Some("[NAME TK]")),
            ("Insert closing paragraph here", Some("Insert closing paragraph here")),
            ("Insert quote from spokesperson.", Some("Insert quote from spokesperson")),
            ("The vote is in March. xxx add turnout", Some("xxx")),
            ("The boat cost $XXX to mend.", Some("XXX")),
            ("The skipper, ??? years old, left.", Some("???")),
            ("Lorem ipsum dolor sit amet", Some("Lorem ipsum")),
            ("GET QUOTE FROM MAYOR", Some("GET QUOTE FROM MAYOR")),
            ("Dear [Your Name], the pier is shut.", Some("[Your Name]")),
            ("FIXME: the date", Some("FIXME")),
            (
                "“[reaction of the union, calls are out],” said Pell.",
                Some("[reaction of the union, calls are out]"),
            ),
            ("“Quote from the minister’s office TBC,” Pell said.", Some("TBC")),
            ("“[a long pause],” said Pell.", None),
            ("“The venue is TBC,” Pell said.", None),
            ("TK Harbour Lifts will mend it.", None),
            ("Bowl XXX was played in rain.", None),
            ("Venue TBC.", None),
            ("What??? She left.", None),
            ("See you soon xxx", None),
            ("He said [laughs] no.", None),
            ("[APPLAUSE]", None),
            ("Insert the key and turn it.", None),
            ("Insert the quote into the frame.", None),
            ("QUOTE OF THE DAY", None),
            ("The quote was from a letter.", None),
            ("Check the number of boats.", None),
            ("[check engine]", None),
        ] {
            let block = Block { kind: BlockKind::Paragraph, span: ProseSpan::new(0, text.len() as u32) };
            let found = faults(text, &[block]);
            assert_eq!(found.first().map(|fault| fault.span.of(text)), note, "{text}");
        }
    }
}
