//! The text that stands in a container (DOCX, ODT, EPUB): one paragraph a line, with what each paragraph is and which
//! part of the container it comes from.

use super::super::comment::is_directive;
use super::super::prose::{Block, BlockKind, FrontMatter, Prose};
use super::super::weave::Weaver;
use super::super::{Span, line};

/// The most text that is taken out of one container, in bytes: thirty times a long novel.
pub(in super::super) const MOST_TEXT: usize = 32 << 20;

/// What each stretch of a container's text is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Every paragraph with its place in the text, in order.
    blocks: Vec<(BlockKind, Span)>,
    /// Where each part of the container begins in the text, and the part's name, in order.
    parts: Vec<(u32, String)>,
}

impl Layout {
    /// The part of the container that the byte at `offset` of the text comes from.
    pub fn part_at(&self, offset: u32) -> Option<&str> {
        let at = self.parts.partition_point(|(start, _)| *start <= offset).checked_sub(1)?;
        Some(&self.parts[at].1)
    }

    /// The prose of `text`, which this layout was made with.
    pub(in super::super) fn prose(&self, text: &str) -> Prose<'static> {
        let mut weaver = Weaver::new(text, 0);
        for (kind, span) in &self.blocks {
            weaver.copy(*kind, span.range());
            weaver.close();
        }
        weaver.finish()
    }
}

/// What was taken out of a container.
#[derive(Debug, Default)]
pub(in super::super) struct Extract {
    pub(in super::super) text: String,
    pub(in super::super) layout: Layout,
    pub(in super::super) about: FrontMatter,
}

/// Puts the text of a container together.
#[derive(Debug, Default)]
pub(in super::super) struct Composer {
    text: String,
    layout: Layout,
}

impl Composer {
    /// What follows comes from this part of the container.
    pub(in super::super) fn part(&mut self, name: &str) {
        self.layout.parts.push((self.text.len() as u32, name.to_owned()));
    }

    /// Adds a paragraph. Line breaks inside it stay; two in a row end a paragraph. False where the text would become longer
    /// than [`MOST_TEXT`].
    pub(in super::super) fn paragraph(&mut self, kind: BlockKind, words: &str) -> bool {
        for part in words.split("\n\n") {
            let part = part.trim_matches(line::is_blank);
            if part.is_empty() {
                continue;
            }
            if self.text.len() + part.len() >= MOST_TEXT {
                return false;
            }
            let start = self.text.len() as u32;
            self.text.push_str(part);
            // A directive is no prose.
            if !is_directive(part, false) {
                self.layout.blocks.push((kind, Span::new(start, self.text.len() as u32)));
            }
            self.text.push('\n');
        }
        true
    }

    /// Adds the blocks of a prose that was read elsewhere, a chapter for instance.
    pub(in super::super) fn prose(&mut self, prose: &Prose<'_>) -> bool {
        prose.blocks.iter().all(|Block { kind, span }| self.paragraph(*kind, span.of(&prose.text)))
    }

    /// True where nothing has been added yet.
    pub(in super::super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(in super::super) fn finish(self, about: FrontMatter) -> Extract {
        Extract { text: self.text, layout: self.layout, about }
    }
}
