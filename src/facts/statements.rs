//! The writer's own statements: sentences that nobody in the text is made to answer for, kept as far as another text
//! can be compared with them.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use xxhash_rust::xxh3::xxh3_64;

use crate::lexicon::Class;
use crate::source::{ProseSpan, Span};
use crate::syntax::token::{Kind, Token};

/// A sentence of the writer's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement<S = Span> {
    /// Where it stands.
    pub span: S,
    /// Does it stand above the text: a headline, a standfirst?
    pub display: bool,
    /// Its words in short: see [`gist`].
    pub gist: Vec<u32>,
    /// All its words, each as a hash with its place, to be found on a tape; empty in a project without tapes.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<(u32, S)>,
}

impl Statement<ProseSpan> {
    /// The same, with its place in the file.
    pub(super) fn in_file(self, place: impl Fn(ProseSpan) -> Span) -> Statement {
        let words = self.words.into_iter().map(|(word, span)| (word, place(span))).collect();
        Statement { span: place(self.span), display: self.display, gist: self.gist, words }
    }
}

/// The fewest words of a gist that can be compared with another.
pub const SHORTEST_GIST: usize = 4;

/// Letters of a word that count: endings are not compared.
const STEM: usize = 6;

/// The shortest word that counts, in bytes; numbers count whatever their length.
const SHORTEST_WORD: usize = 4;

/// Hashes of the longer words of a text and of its numbers, each once, ascending. Two sentences that say the same in
/// about the same words have most of them in common.
pub fn gist(text: &str) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            at += 1;
        }
        // Most words are plain; any other is read letter by letter.
        if !bytes.get(at).is_some_and(|byte| !byte.is_ascii()) {
            let word = &bytes[start..at];
            if counts(word) {
                let mut stem = [0; STEM];
                let stem = &mut stem[..word.len().min(STEM)];
                stem.copy_from_slice(&word[..stem.len()]);
                stem.make_ascii_lowercase();
                found.push(xxh3_64(stem) as u32);
            }
            at += 1;
            continue;
        }
        let rest = &text[start..];
        let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let word = &rest[..length];
        if counts(word.as_bytes()) {
            let mut stem: SmallVec<[u8; 16]> = SmallVec::new();
            for letter in word.chars().take(STEM) {
                let mut buffer = [0; 4];
                stem.extend_from_slice(letter.to_ascii_lowercase().encode_utf8(&mut buffer).as_bytes());
            }
            found.push(xxh3_64(&stem) as u32);
        }
        at = start + length + rest[length..].chars().next().map_or(0, char::len_utf8);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Is a word long enough for a gist, or a number?
fn counts(word: &[u8]) -> bool {
    word.len() >= SHORTEST_WORD || word.first().is_some_and(u8::is_ascii_digit)
}

/// The words of a text, each as a hash with its place. Capitals and punctuation do not count.
pub fn word_hashes(text: &str) -> impl Iterator<Item = (u32, Range<usize>)> {
    text.split_whitespace().filter_map(move |word| {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        if core.is_empty() {
            return None;
        }
        let mut letters: SmallVec<[u8; 24]> = SmallVec::new();
        for letter in core.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase) {
            letters.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        }
        let start = core.as_ptr() as usize - text.as_ptr() as usize;
        Some((xxh3_64(&letters) as u32, start..start + core.len()))
    })
}

/// The statement that a sentence makes; `None` where it quotes, asks, tells what somebody said, or is too short.
/// Its words are kept where there are tapes.
pub(super) fn read(text: &str, tokens: &[Token], display: bool, tapes: bool) -> Option<Statement<ProseSpan>> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    let told = tokens.iter().any(|token| {
        token.quote().is_some()
            || matches!(token.kind, Kind::Question | Kind::Colon)
            || token.is_word()
                && (token.is(Class::CUE_SPEECH) || token.span.of(text).eq_ignore_ascii_case("according"))
    }) || tokens.windows(2).any(|pair| {
        // “He has found that …”: what somebody thinks is attributed too.
        pair[0].is_word() && pair[0].is(Class::CUE_THOUGHT) && pair[1].span.of(text) == "that"
    });
    if told {
        return None;
    }
    let span = ProseSpan::new(first.span.start, last.span.end.max(first.span.start));
    let gist = gist(span.of(text));
    if gist.len() < SHORTEST_GIST {
        return None;
    }
    let place = |(word, range): (u32, Range<usize>)| {
        (word, ProseSpan::new(span.start + range.start as u32, span.start + range.end as u32))
    };
    let words = if tapes && !display { word_hashes(span.of(text)).map(place).collect() } else { Vec::new() };
    Some(Statement { span, display, gist, words })
}
