//! Where words stand in the file: a quotation keeps the places of its words, so that a finding can point at one of them.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::source::{Prose, ProseSpan, Span};

/// Turns byte ranges of a fact's words into byte ranges of its file.
///
/// Words are mostly a copy of the file's text, byte for byte, so one number is enough. Only where markup, a line break or
/// an HTML entity stands between them does the copy jump.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordPlaces {
    /// The byte of the file's text at which the words begin.
    start: u32,
    /// Where the copy jumps, in ascending order.
    #[serde(default, skip_serializing_if = "<[Jump]>::is_empty")]
    jumps: Box<[Jump]>,
}

/// From byte `words` of the words on, the copy goes on at byte `text` of the file's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Jump {
    words: u32,
    text: u32,
    /// Bytes of the file's text that the stretch stands for, where they are not its own: `&eacute;` for `é`. Else 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    length: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_zero(length: &u32) -> bool {
    *length == 0
}

impl WordPlaces {
    /// Words that are a plain copy of the file's text from byte `start` on.
    pub fn at(start: u32) -> Self {
        Self { start, jumps: Box::default() }
    }

    /// The range of the file's text that a byte range of the words stands for.
    pub fn span(&self, range: Range<usize>) -> Span {
        let (start, _) = self.place(range.start);
        if range.is_empty() {
            return Span::new(start, start);
        }
        let (_, end) = self.place(range.end - 1);
        Span::new(start, end)
    }

    /// The byte of the file's text for a byte of the words, and the byte after it.
    fn place(&self, offset: usize) -> (u32, u32) {
        let offset = offset as u32;
        let after = self.jumps.partition_point(|jump| jump.words <= offset);
        match after.checked_sub(1).map(|index| self.jumps[index]) {
            None => (self.start + offset, self.start + offset + 1),
            Some(jump) if jump.length > 0 => (jump.text, jump.text + jump.length),
            Some(jump) => (jump.text + (offset - jump.words), jump.text + (offset - jump.words) + 1),
        }
    }

    /// Finds words again that were read out of `text` within `span`, with markup, clock times or escapes left out between
    /// them. A word that is not found as it is written gets the place after the word before it.
    pub(super) fn search(words: &str, text: &str, span: Span) -> Self {
        let mut builder = Builder::default();
        let mut at = span.start as usize;
        let end = (span.end as usize).min(text.len());
        for word in words.split_whitespace() {
            let offset = word.as_ptr() as usize - words.as_ptr() as usize;
            let found = text.get(at..end).and_then(|rest| find_word(rest, word)).map(|found| at + found);
            builder.stretch(offset as u32, found.unwrap_or((at + 1).min(end)) as u32, 0);
            at = found.map_or(at, |found| found + word.len());
        }
        builder.done()
    }
}

/// Where a word stands in a text, with no letter or digit directly before or after it.
fn find_word(text: &str, word: &str) -> Option<usize> {
    let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(word).map(|(at, _)| at).find(|&at| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        !(joins(before.chars().next_back()) && joins(word.chars().next()))
            && !(joins(after.chars().next()) && joins(word.chars().next_back()))
    })
}

/// Collects the places of words while the words are copied.
#[derive(Default)]
pub(super) struct Builder {
    jumps: Vec<Jump>,
}

impl Builder {
    /// Notes that the bytes of `span` in the prose are copied to byte `offset` of the words.
    pub(super) fn copy(&mut self, offset: usize, span: ProseSpan, prose: &Prose<'_>) {
        for (part, text) in prose.pieces_of(span) {
            let length = if part.len() == text.len() { 0 } else { text.len() };
            self.stretch(offset as u32 + (part.start - span.start), text.start, length);
        }
    }

    fn stretch(&mut self, words: u32, text: u32, length: u32) {
        let goes_on = self.jumps.last().is_some_and(|last| {
            length == 0 && last.length == 0 && text.wrapping_sub(last.text) == words - last.words
        });
        if !goes_on {
            self.jumps.push(Jump { words, text, length });
        }
    }

    /// The places of all words copied.
    pub(super) fn done(self) -> WordPlaces {
        match self.jumps.as_slice() {
            [] => WordPlaces::default(),
            [only] if only.words == 0 && only.length == 0 => WordPlaces::at(only.text),
            _ => WordPlaces { start: self.jumps[0].text, jumps: self.jumps.into_boxed_slice() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WordPlaces;
    use crate::facts::{Depth, Hints, read};
    use crate::source::{Document, Format, Span, Text};

    /// Each word of each quotation, as it stands at its place in the file.
    fn words_at_their_places(format: Format, text: &str) -> Vec<(String, String)> {
        let document = Document::new("a.md", format, Text::new(text.to_owned()));
        let facts = read(&document, &Hints { depth: Depth::Everything, ..Hints::default() });
        let of_quotation = |quotation: &crate::facts::Quotation| {
            let words = quotation.words.as_str();
            words
                .split_whitespace()
                .map(|word| {
                    let start = word.as_ptr() as usize - words.as_ptr() as usize;
                    let span = quotation.places.span(start..start + word.len());
                    (word.to_owned(), span.of(text).to_owned())
                })
                .collect::<Vec<_>>()
        };
        facts.quotations.iter().flat_map(of_quotation).collect()
    }

    #[test]
    fn words_of_plain_text_stand_where_they_were_read() {
        let text = "Ana Ruiz said: “The pier is old,\nand the quay\t is older.”\n\n“Mend it,” she said, “this\r\nyear.”\n\n\
            “We came.\n\n“We saw it,” she said.\n";
        let found = words_at_their_places(Format::Plain, text);
        assert!(found.len() > 15, "{found:?}");
        for (word, there) in found {
            assert_eq!(word, there);
        }
    }

    #[test]
    fn markup_and_entities_are_stepped_over() {
        let text = "Ana Ruiz said: “The *old* pier and the caf&eacute; [on the quay](/a.html) stand &amp; **will** stand.”\n";
        let found = words_at_their_places(Format::Markdown, text);
        let there: Vec<&str> = found.iter().map(|(_, there)| there.as_str()).collect();
        assert_eq!(there.join("|"), "The|old|pier|and|the|caf&eacute;|on|the|quay|stand|&amp;|will|stand.");
    }

    #[test]
    fn words_of_a_tape_are_found_between_clock_times() {
        let text = "1\n00:00:01.000 --> 00:00:05.000\n<v Ana>We counted 5 <i>boats</i>,\n\n2\n00:00:05.000 --> 00:00:09.000\n<v Ana>and 2 were &lt;new&gt;.\n";
        let words = "We counted 5 boats, and 2 were <new>.";
        let places = WordPlaces::search(words, text, Span::new(35, text.len() as u32));
        let at = |word: &str| {
            let start = words.find(word).unwrap_or(0);
            places.span(start..start + word.len()).of(text)
        };
        assert_eq!([at("counted"), at("5"), at("and"), at("were")], ["counted", "5", "and", "were"]);
    }
}
