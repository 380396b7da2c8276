//! Words and stops: a document's prose as tokens, each quotation folded into one.

mod noted;
mod plain;
mod word_names;

pub use noted::Noted;
pub use word_names::settle;

use word_names::{is_word_or_name, without_accents};

pub(super) use plain::letters;
use plain::plain_word;

use crate::lexicon::{Class, Language, Lexicon, TitleWord, WordSet, fold, is_regular_past};
use crate::source::ProseSpan;
use crate::syntax::id::QuotationId;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with the apostrophes, hyphens and full stops that belong to them.
    Word,
    /// Begins with a digit.
    Number,
    /// `,`
    Comma,
    /// `.`
    Stop,
    /// `?`
    Question,
    /// `!`
    Exclamation,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// A dash between words, or two hyphens.
    Dash,
    /// `(` or `[`
    Open,
    /// `)` or `]`
    Close,
    /// `…` or three full stops
    Ellipsis,
    /// The ’s, or the bare apostrophe, of a possessive.
    Possessive,
    /// A quotation, or one of its segments where it runs over several blocks.
    Quote(QuotationId),
    /// The end of a block.
    End,
    /// Anything else.
    Symbol,
}

/// A token.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands in the prose.
    pub span: ProseSpan,
    /// What it is.
    pub kind: Kind,
    /// What its word can be.
    pub class: Class,
}

impl Token {
    /// A segment of a quotation as one token.
    pub const fn quotation(span: ProseSpan, quotation: QuotationId) -> Self {
        Self { span, kind: Kind::Quote(quotation), class: Class::NONE }
    }

    /// The end of a block whose last byte stands before `byte`.
    pub const fn end(byte: u32) -> Self {
        Self { span: ProseSpan::new(byte, byte), kind: Kind::End, class: Class::NONE }
    }

    /// Is any of these classes among its own?
    pub const fn is(&self, class: Class) -> bool {
        self.class.any(class)
    }

    /// A word?
    pub const fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word)
    }

    /// A word that is no abbreviation? No sentence ends with it.
    pub const fn is_plain(&self) -> bool {
        self.is_word() && !self.class.any(Class::STOPPED)
    }

    /// A word that begins with a capital? Nothing but words is of that class.
    pub const fn is_capital(&self) -> bool {
        self.class.any(Class::CAPITAL)
    }

    /// The gender that a noun or a given name tells: `MALE`, `FEMALE`, or nothing.
    pub fn gender(&self) -> Class {
        [Class::MALE, Class::FEMALE].into_iter().find(|&gender| self.is(gender)).unwrap_or_default()
    }

    /// The quotation that it is.
    pub const fn quote(&self) -> Option<QuotationId> {
        match self.kind {
            Kind::Quote(quotation) => Some(quotation),
            _ => None,
        }
    }

    /// Ends a sentence whatever follows?
    pub const fn is_final(&self) -> bool {
        matches!(self.kind, Kind::Stop | Kind::Question | Kind::Exclamation | Kind::End)
    }
}

/// Splits a stretch without quotations into tokens.
pub fn words(text: &str, span: ProseSpan, language: &Language, out: &mut Vec<Token>) {
    noted_words(text, span, language, out, &mut Noted::default());
}

/// Splits a stretch without quotations into tokens and notes those that need a second look with their place in `out`:
/// later steps look at one token of six.
pub fn noted_words(
    text: &str,
    span: ProseSpan,
    language: &Language,
    out: &mut Vec<Token>,
    noted: &mut Noted,
) {
    let lexicon = &language.lexicon;
    let bytes = text.as_bytes();
    let end = span.end as usize;
    let mut at = span.start as usize;
    while at < end {
        let byte = bytes[at];
        let next = match byte {
            b' ' | b'\n' | b'\r' | b'\t' => {
                at += 1;
                continue;
            }
            b'a'..=b'z' | b'A'..=b'Z' => match plain_word(bytes, lexicon, at, end) {
                Some((token, or_name)) => {
                    if or_name {
                        noted.names.push(out.len());
                    }
                    out.push(token);
                    // Most often it is the space after it that comes next.
                    let after = token.span.end as usize;
                    after + usize::from(bytes.get(after) == Some(&b' '))
                }
                None => {
                    let first = out.len();
                    let next = word(text, language, at, end, out);
                    if is_word_or_name(out[first].class) {
                        noted.names.push(first);
                    }
                    noted.signs_from(out, first);
                    next
                }
            },
            _ => {
                let first = out.len();
                let next = match byte {
                    b'@' | b'#' => word(text, language, at, end, out),
                    b'0'..=b'9' | b'$' => number(bytes, at, end, out),
                    0x80.. => wide(text, language, at, end, out),
                    _ => punctuation(bytes, at, end, out),
                };
                noted.signs_from(out, first);
                next
            }
        };
        at = next.max(at + 1);
    }
}

fn push(out: &mut Vec<Token>, start: usize, end: usize, kind: Kind, class: Class) {
    out.push(Token { span: ProseSpan::new(start as u32, end as u32), kind, class });
}

/// The length of an apostrophe at `at`, 0 where there is none.
fn apostrophe(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'\'') => 1,
        Some(0xE2) if bytes.get(at + 1..at + 3) == Some(&[0x80, 0x99]) => 3,
        _ => 0,
    }
}

/// A letter's length at `at`, 0 where there is none.
fn letter(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    match bytes.get(at) {
        Some(b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_') => 1,
        // Dashes, quotation marks and spaces: common, and no letters among them.
        Some(0xE2) if bytes.get(at + 1) == Some(&0x80) => 0,
        Some(0xC2..=0xF4) => text[at..]
            .chars()
            .next()
            .filter(|c| c.is_alphanumeric() || is_combining(*c))
            .map_or(0, char::len_utf8),
        _ => 0,
    }
}

/// A combining mark belongs to the letter before it.
const fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

/// ASCII letters and digits: a look into a table takes fewer steps than the comparisons, and every byte of a text is
/// looked at.
static PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// Where the run of ASCII letters and digits from `at` ends; `end` at the latest.
pub(super) fn plain_end(bytes: &[u8], mut at: usize, end: usize) -> usize {
    while at < end && PLAIN[bytes[at] as usize] {
        at += 1;
    }
    at
}

fn word(text: &str, language: &Language, start: usize, end: usize, out: &mut Vec<Token>) -> usize {
    let lexicon = &language.lexicon;
    let bytes = text.as_bytes();
    let first = start + usize::from(matches!(bytes[start], b'@' | b'#'));
    let mut at = plain_end(bytes, first, end);
    // Most words are ASCII letters and end where nothing can belong to them.
    if at == end || matches!(bytes[at], b' ' | b',' | b'\n') {
        push(out, start, at, Kind::Word, class_of(text, lexicon, start, at, Class::NONE));
        return at;
    }
    let mut stops = 0;
    let mut apostrophes = 0;
    let mut last_part = first;
    loop {
        at = plain_end(bytes, at, end);
        if at == end {
            break;
        }
        let len = letter(text, at).max(misread(bytes, at));
        if len > 0 {
            at += len;
            continue;
        }
        let inner = match bytes[at] {
            b'-' | b'&' => 1,
            b'.' if at - last_part <= 2 => 1,
            _ => apostrophe(bytes, at),
        };
        if inner == 0 || at + inner >= end || letter(text, at + inner) == 0 {
            break;
        }
        match bytes[at] {
            b'.' => stops += 1,
            b'-' | b'&' => {}
            _ => apostrophes += 1,
        }
        at += inner;
        last_part = at;
    }
    // A full stop belongs to an initial, to letters that have stops already, and to an abbreviation.
    let mut class = Class::NONE;
    if at < end && bytes[at] == b'.' {
        // “R-Fla.”: what stands after the last hyphen decides.
        let known = lexicon.class_in(text, start, at + 1).or(if last_part > start {
            lexicon.class_in(text, last_part, at + 1)
        } else {
            Class::NONE
        });
        let initial = at - start == 1 && bytes[start].is_ascii_uppercase() && bytes[start] != b'I';
        if stops > 0 || initial || known != Class::NONE {
            at += 1;
            class = known.or(Class::STOPPED);
        }
    }
    let (body, tail) =
        if apostrophes > 0 { contraction(bytes, start, at, language, text) } else { (at, None) };
    let class =
        class.or(compound_role(text, language, start, body)).or(joined_particle(text, lexicon, start, body));
    push(out, start, body, Kind::Word, class_of(text, lexicon, start, body, class));
    if let Some(kind) = tail {
        let class = match kind {
            Kind::Word => lexicon.class_in(text, body, at).or(Class::AUXILIARY),
            _ => Class::NONE,
        };
        push(out, body, at, kind, class);
    } else if at < end && ends_in_s(bytes, body) {
        // The bare apostrophe of a plural possessive.
        let len = apostrophe(bytes, at);
        if len > 0 && at + len <= end {
            push(out, at, at + len, Kind::Possessive, Class::NONE);
            at += len;
        }
    }
    at
}

/// “Ex-Mayor”, “vice-chairman”: the classes of the role behind a first part that titles have.
fn compound_role(text: &str, language: &Language, start: usize, end: usize) -> Class {
    let Some((first, role)) = text[start..end].split_once('-') else { return Class::NONE };
    let known = language.lexicon.class(role);
    if !known.any(Class::PERSON_NOUN) || language.lexicon.class(&text[start..end]) != Class::NONE {
        return Class::NONE;
    }
    let lowers = matches!(
        language.offices.word(&fold(first)),
        Some(TitleWord::Past | TitleWord::Coming | TitleWord::Acting | TitleWord::Below)
    );
    let kept = Class::PERSON_NOUN.or(Class::HONORIFIC).or(Class::MALE).or(Class::FEMALE);
    if lowers { known.among(kept) } else { Class::NONE }
}

/// “al-Jubari”, “Al-Jubari”: a particle joined to a family name makes one name with it, whatever its case.
fn joined_particle(text: &str, lexicon: &Lexicon, start: usize, end: usize) -> Class {
    let Some((first, name)) = text[start..end].split_once('-') else { return Class::NONE };
    let joined = name.starts_with(char::is_uppercase)
        && lexicon.class(first).any(Class::PARTICLE)
        && !lexicon.class(first).any(Class::DETERMINER.or(Class::NUMBER_WORD));
    if joined { Class::PARTICLE.or(Class::CAPITAL) } else { Class::NONE }
}

/// “TrÃ©vin”: the second half of a letter that was UTF-8 and was read as Latin-1, in bytes; 0 for anything else.
fn misread(bytes: &[u8], at: usize) -> usize {
    let second = bytes[at] == 0xC2 && at >= 2;
    // Ã or Â stands before it.
    if second && bytes[at - 2] == 0xC3 && matches!(bytes[at - 1], 0x82 | 0x83) { 2 } else { 0 }
}

/// What the word `text[start..end]` can be, by the lists, its shape and its ending; `found` is known of it already.
fn class_of(text: &str, lexicon: &Lexicon, start: usize, end: usize, found: Class) -> Class {
    let word = &text.as_bytes()[start..end];
    let known = lexicon.class_in(text, start, end).or(without_accents(&text[start..end], lexicon));
    // Most words are small ASCII letters: one look at the first byte tells.
    let small = word.first().is_some_and(u8::is_ascii_lowercase);
    let class = found.or(known).or(if small { Class::NONE } else { shape(&text[start..end]) });
    if known != Class::NONE || class.any(Class::CAPITAL) { class } else { class.or(by_ending(word)) }
}

/// What a word in no list can be, by its ending.
fn by_ending(word: &[u8]) -> Class {
    if word.len() <= 4 {
        Class::NONE
    } else if word.ends_with(b"ly") {
        Class::ADVERB
    } else if is_regular_past(word) {
        Class::FORM_PARTICIPLE
    } else {
        Class::NONE
    }
}

fn ends_in_s(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at - 1], b's' | b'S' | b'z' | b'x')
}

/// Where the word's body ends, and what its contracted ending is: “she’d”, “Reyes’s”.
fn contraction(
    bytes: &[u8],
    start: usize,
    end: usize,
    language: &Language,
    text: &str,
) -> (usize, Option<Kind>) {
    let body_before = |suffix: &[u8]| {
        let body = end.checked_sub(suffix.len())?;
        let tail = bytes.get(body..end)?;
        if !tail.eq_ignore_ascii_case(suffix) {
            return None;
        }
        let at = body.checked_sub(1)?;
        let len = if bytes[at] == b'\'' { 1 } else { 3 };
        let at = body.checked_sub(len)?;
        (at > start && apostrophe(bytes, at) == len).then_some(at)
    };
    if let Some(body) = body_before(b"s") {
        let owner = language.lexicon.class(&text[start..body]);
        let kind =
            if owner.any(Class::SUBJECT) || language.has_in_any_case(WordSet::BeforeIs, &text[start..body]) {
                Kind::Word
            } else {
                Kind::Possessive
            };
        return (body, Some(kind));
    }
    for suffix in [&b"d"[..], b"re", b"ve", b"ll", b"m"] {
        if let Some(body) = body_before(suffix) {
            return (body, Some(Kind::Word));
        }
    }
    (end, None)
}

/// What the capitals of a word tell.
fn shape(word: &str) -> Class {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Class::NONE };
    if !first.is_uppercase() {
        return if word.starts_with('@') { Class::CAPITAL } else { Class::NONE };
    }
    let mut rest = letters.peekable();
    if rest.peek().is_some() && rest.all(char::is_uppercase) {
        Class::CAPITAL.or(Class::ALL_CAPITALS)
    } else {
        Class::CAPITAL
    }
}

fn number(bytes: &[u8], start: usize, end: usize, out: &mut Vec<Token>) -> usize {
    let mut at = start + 1;
    while at < end {
        let inner = matches!(bytes[at], b',' | b'.' | b'-' | b'/' | b':');
        let digit_next = bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) && at + 1 < end;
        if bytes[at].is_ascii_alphanumeric() || bytes[at] == b'%' || (inner && digit_next) {
            at += 1;
        } else {
            break;
        }
    }
    push(out, start, at, Kind::Number, Class::DIGIT);
    at
}

fn punctuation(bytes: &[u8], at: usize, end: usize, out: &mut Vec<Token>) -> usize {
    let run = |byte: u8| bytes[at..end].iter().take_while(|b| **b == byte).count();
    let (kind, len) = match bytes[at] {
        b',' => (Kind::Comma, 1),
        b'.' => match run(b'.') {
            1 => (Kind::Stop, 1),
            dots => (Kind::Ellipsis, dots),
        },
        b'?' => (Kind::Question, 1),
        b'!' => (Kind::Exclamation, 1),
        b':' => (Kind::Colon, 1),
        b';' => (Kind::Semicolon, 1),
        b'-' => (Kind::Dash, run(b'-')),
        b'(' | b'[' => (Kind::Open, 1),
        b')' | b']' => (Kind::Close, 1),
        b'\''
            if out.last().is_some_and(|last| {
                last.is_word() && last.span.end as usize == at && bytes[at - 1] == b's'
            }) =>
        {
            (Kind::Possessive, 1)
        }
        _ => (Kind::Symbol, 1),
    };
    push(out, at, at + len, kind, Class::NONE);
    at + len
}

fn wide(text: &str, language: &Language, at: usize, end: usize, out: &mut Vec<Token>) -> usize {
    let Some(c) = text[at..end].chars().next() else { return end };
    let len = c.len_utf8();
    let kind = match c {
        '–' | '—' | '―' => Kind::Dash,
        '…' => Kind::Ellipsis,
        c if c.is_whitespace()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}') =>
        {
            return at + len;
        }
        c if c.is_alphabetic() => return word(text, language, at, end, out),
        _ => Kind::Symbol,
    };
    push(out, at, at + len, kind, Class::NONE);
    at + len
}

#[cfg(test)]
mod tests {
    use super::{Kind, Token, words};
    use crate::lexicon::Language;
    use crate::source::ProseSpan;

    fn split(text: &str) -> Vec<(&str, Kind)> {
        let mut out: Vec<Token> = Vec::new();
        words(text, ProseSpan::new(0, text.len() as u32), Language::english(), &mut out);
        out.iter().map(|token| (token.span.of(text), token.kind)).collect()
    }

    fn plain(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|(word, _)| word).collect()
    }

    #[test]
    fn letters_of_every_script_make_words() {
        for word in ["é", "ª", "µm", "ⶀ", "ⁿ", "Škoda", "Ålesund", "海", "Ⱥx", "e\u{301}a"] {
            assert_eq!(split(word), [(word, Kind::Word)], "{word}");
        }
        assert_eq!(plain("ⶀ’s ª, “é"), ["ⶀ", "’s", "ª", ",", "“", "é"]);
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        assert_eq!(
            plain("Sen. J. P. Reyes-Okafor of the U.S. said so."),
            ["Sen.", "J.", "P.", "Reyes-Okafor", "of", "the", "U.S.", "said", "so", "."]
        );
        assert_eq!(
            plain("the 43-year-old farmer, $1,200 at 9:30"),
            ["the", "43-year-old", "farmer", ",", "$1,200", "at", "9:30"]
        );
        assert_eq!(
            plain("Zoë’s café — AT&T … done..."),
            ["Zoë", "’s", "café", "—", "AT&T", "…", "done", "..."]
        );
    }

    #[test]
    fn endings_are_split_off() {
        assert_eq!(
            split("Reyes’s aides’ plan"),
            [
                ("Reyes", Kind::Word),
                ("’s", Kind::Possessive),
                ("aides", Kind::Word),
                ("’", Kind::Possessive),
                ("plan", Kind::Word)
            ]
        );
        assert_eq!(plain("he’d said they've don’t"), ["he", "’d", "said", "they", "'ve", "don’t"]);
        assert_eq!(split("it's")[1].1, Kind::Word);
    }

    #[test]
    fn any_text_is_covered_without_panic() {
        for text in ["", "’", "''", "é", "a’", "\u{301}x", "…–", "a.b.c.", "$", "@", "# x", "日本"]
        {
            let tokens = split(text);
            assert!(tokens.len() <= text.len());
        }
    }
}
