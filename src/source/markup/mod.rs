//! Light markup languages, line by line: AsciiDoc, reStructuredText, Org, Typst, wikitext, Fountain. LaTeX has a reader of
//! its own.
//!
//! Enough of each is read that prose is prose and the rest is not: code, comments, directives and metadata are left out,
//! headings, list items and block quotes are told, emphasis and links leave their words. Places are those of the file.

mod comments;
mod head;
mod inline;
mod latex;
mod line;

use super::prose::{BlockKind, Prose};
use super::weave::Weaver;
pub(super) use comments::comments;
pub(super) use head::about;
pub(super) use latex::prose as latex;
use line::{Line, Reader};

/// A light markup language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    AsciiDoc,
    Rst,
    Org,
    Typst,
    Wiki,
    Fountain,
}

/// The blocks of a text.
pub(super) fn prose(text: &str, markup: Markup) -> Prose<'static> {
    let mut weaver = Weaver::new(text, 0);
    let mut reader = Reader::new(markup);
    let lines = lines(text);
    let mut last: Option<BlockKind> = None;
    for (rank, range) in lines.iter().enumerate() {
        let words = &text[range.clone()];
        let next = lines.get(rank + 1).map_or("", |range| &text[range.clone()]);
        match reader.read(words, next) {
            Line::Prose { kind, from, to, begins } => {
                let range = range.start + from..range.start + to;
                if begins || last != Some(kind) {
                    weaver.close();
                } else {
                    weaver.space(range.start..range.start);
                }
                inline::copy(&mut weaver, text, range, kind, markup);
                last = Some(kind);
                if matches!(kind, BlockKind::Heading | BlockKind::Caption) {
                    weaver.close();
                    last = None;
                }
            }
            Line::Nothing => {
                weaver.close();
                last = None;
            }
        }
    }
    weaver.finish()
}

/// The ranges of the lines without their ends.
fn lines(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        lines.push(at..at + bare.len());
        at += line.len();
    }
    lines
}

#[cfg(test)]
mod tests;
