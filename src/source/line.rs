//! What a short block says about itself by its shape: a headline or subhead, a byline or credit, a caption.

use std::sync::LazyLock;

use super::prose::BlockKind;

/// A subhead has no more words than this.
const SUBHEAD_WORDS: usize = 12;
/// The headline of a text may have this many.
const HEADLINE_WORDS: usize = 25;
/// A byline has no more words than this.
const BYLINE_WORDS: usize = 14;
/// A credit at the end of a caption has no more words than this, and its caption no more than that.
const CREDIT_WORDS: usize = 8;
const CAPTION_WORDS: usize = 80;
/// So many words fit into this many bytes.
const CREDIT_BYTES: usize = 160;
/// No block longer than this, in bytes, is anything but a paragraph.
const LONGEST: usize = 800;

/// Reads a word list: one entry a line, `#` begins a comment.
fn list(file: &'static str) -> Vec<&'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

static BYLINE_OPENERS: LazyLock<Vec<&str>> =
    LazyLock::new(|| list(include_str!("../../rules/words/byline-openers.txt")));
static CAPTION_CREDITS: LazyLock<Vec<&str>> =
    LazyLock::new(|| list(include_str!("../../rules/words/caption-credits.txt")));
static NAME_PARTICLES: LazyLock<Vec<&str>> =
    LazyLock::new(|| list(include_str!("../../rules/words/name-particles.txt")));

/// White space, and the marks that are as good as none at the edge of a line.
pub(super) fn is_blank(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}')
}

/// The line without the white space at its edges. Most lines have none.
pub(super) fn trimmed(line: &str) -> &str {
    let sign = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let bytes = line.as_bytes();
    if sign(bytes.first()) && sign(bytes.last()) { line } else { line.trim_matches(is_blank) }
}

/// Does a line end where a sentence may end? Closing marks and brackets after the stop do not matter.
pub(super) fn is_sentence_end(words: &str) -> bool {
    let bare = words.trim_end_matches(['"', '”', '’', '\'', '″', '»', '›', '“', ')', ']', '*', '_', ' ']);
    bare.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？'])
}

/// What a block is by its shape alone. `first` is the first block of its text, where a headline may be long.
pub(super) fn kind(words: &str, first: bool) -> BlockKind {
    if words.len() > LONGEST {
        BlockKind::Paragraph
    } else if is_byline(words) {
        BlockKind::Byline
    } else if is_caption(words) {
        BlockKind::Caption
    } else if is_heading(words, first) {
        BlockKind::Heading
    } else {
        BlockKind::Paragraph
    }
}

/// A byline, credit or caption by its shape; for formats that mark their headings themselves.
pub(super) fn kind_besides_heading(words: &str) -> BlockKind {
    match kind(words, false) {
        BlockKind::Heading => BlockKind::Paragraph,
        kind => kind,
    }
}

/// “By Ana Ruiz and Bo Lee”, “Credit: Harbour News”, “(Reporting by Ana Ruiz; Editing by Bo Lee)”: an opener, then names.
fn is_byline(words: &str) -> bool {
    let inner = words.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(words);
    let inner = if inner.starts_with(['*', '_']) { inner.trim_matches(['*', '_']) } else { inner };
    // The list is sorted, and few paragraphs begin with a letter of its.
    let letter = inner.bytes().next().map(|first| first.to_ascii_lowercase());
    let from = BYLINE_OPENERS.partition_point(|opener| opener.bytes().next() < letter);
    let mut near = BYLINE_OPENERS[from..].iter().take_while(|opener| opener.bytes().next() == letter);
    let Some(opener) = near.find(|opener| begins_with(inner, opener)) else { return false };
    let names = inner[opener.len()..].trim_end_matches(['.', '|']);
    let mut count = 0;
    let all_names = names.split_whitespace().all(|word| {
        count += 1;
        let bare = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        bare.is_empty()
            || bare.starts_with(|sign: char| sign.is_uppercase() || sign.is_numeric())
            || bare.contains(['@', '/'])
            || NAME_PARTICLES.binary_search(&bare).is_ok()
            || BYLINE_OPENERS
                .iter()
                .any(|opener| opener.split(' ').any(|part| part.eq_ignore_ascii_case(bare)))
    });
    all_names && (1..=BYLINE_WORDS).contains(&count) && !names.contains(['"', '“', '”'])
}

/// Does `words` begin with the entry, whole words and any case?
fn begins_with(words: &str, entry: &str) -> bool {
    words.get(..entry.len()).is_some_and(|head| head.eq_ignore_ascii_case(entry))
        && (entry.ends_with(':') || words[entry.len()..].starts_with([' ', '\u{A0}', ':']))
}

/// A line that ends in a picture's credit: “… at the quay. Photo by Ana Ruiz/Harbour News”, “… (Photo: HN)”.
fn is_caption(words: &str) -> bool {
    // A credit ends in a name or a bracket. Most paragraphs end in neither and are done with here.
    let last = words.trim_end_matches('.').chars().next_back();
    let bracketed = last == Some(')');
    if !bracketed && (words.ends_with('.') || !last.is_some_and(char::is_alphanumeric)) {
        return false;
    }
    if words.split_whitespace().nth(CAPTION_WORDS).is_some() {
        return false;
    }
    let mut start = words.len().saturating_sub(CREDIT_BYTES);
    while !words.is_char_boundary(start) {
        start += 1;
    }
    let folded = words[start..].to_ascii_lowercase();
    let mut credits = CAPTION_CREDITS.iter().filter(|credit| bracketed || !credit.starts_with('('));
    credits.any(|credit| {
        folded.rfind(credit).is_some_and(|at| {
            // ASCII folding keeps every byte in its place, so `at` is good for `words` too.
            let at = start + at;
            let (before, after) = (words[..at].trim_end(), &words[at + credit.len()..]);
            let begins = before.is_empty() || before.ends_with(['.', '!', '?', '”', '"', '’', ')', '|']);
            let bracket = credit.starts_with('(');
            let credit_ends = after.trim_end_matches(['.', ' ']);
            let short = after.split_whitespace().count() <= CREDIT_WORDS && !credit_ends.contains(". ");
            // Without a bracket round it, only a capital tells a credit from a sentence about a photograph.
            let named = after.trim_start().starts_with(|sign: char| sign.is_uppercase() || sign == '@');
            short
                && if bracket { credit_ends.ends_with(')') } else { begins && named && !words.ends_with('.') }
        })
    })
}

/// A short line without a stop at its end, that begins like a title.
fn is_heading(words: &str, first: bool) -> bool {
    // What most paragraphs end like is asked first: they need no further look.
    let bare = words.trim_end_matches(['"', '\'', ')', '’', '”']);
    let closed = bare.len() != words.len();
    let stop = |sign: char| matches!(sign, '.' | '!' | ':' | ';' | ',' | '-' | '…' | '–'..='—');
    let stopped = bare.ends_with(stop);
    // “A way out?” is a subhead, but a question that ends in a closing mark is speech, and so is a line that is
    // one quotation.
    let speech = closed && (bare.ends_with('?') || words.starts_with(['“', '"', '‘', '«']));
    if stopped || speech {
        return false;
    }
    let most = if first { HEADLINE_WORDS } else { SUBHEAD_WORDS };
    if words.contains(['\n', '\r']) || words.split_whitespace().nth(most).is_some() {
        return false;
    }
    let begins = words.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let capital = begins.starts_with(|sign: char| sign.is_uppercase() || sign.is_numeric());
    capital && !has_inner_stop(words)
}

/// Does a sentence end inside the line: a stop with a space behind it, closing marks between? A full stop alone may end an
/// initial or a short abbreviation (“St. Ives”, “J. Okafor”).
fn has_inner_stop(words: &str) -> bool {
    memchr::memchr_iter(b' ', words.as_bytes()).any(|space| {
        let before = &words[..space];
        let closed = before.strip_suffix(['”', '"']);
        match closed.unwrap_or(before).chars().next_back() {
            Some('.') if closed.is_none() => {
                let word = before[..space - 1].rsplit([' ', '.']).next().unwrap_or("");
                word.chars().count() > 3 || word.chars().any(char::is_numeric)
            }
            Some('.' | ',') => closed.is_some(),
            Some('!') => closed.is_none(),
            Some('?') => true,
            _ => false,
        }
    })
}
