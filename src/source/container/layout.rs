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
    /// The paragraphs that are marked as in a language, by number, each with the code as written.
    languages: Vec<(u32, String)>,
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
        Prose { languages: self.languages.clone(), ..weaver.finish() }
    }
}

/// Do two codes name one language: `en-GB` and `en`?
pub(in super::super) fn is_same_language(one: &str, other: &str) -> bool {
    let language = |code: &str| code.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    language(one) == language(other)
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
        self.paragraph_in(kind, words, None)
    }

    /// The same with the code of the language that most of it is marked as.
    pub(in super::super) fn paragraph_in(
        &mut self,
        kind: BlockKind,
        words: &str,
        language: Option<&str>,
    ) -> bool {
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
                let number = self.layout.blocks.len() as u32;
                self.layout.languages.extend(language.map(|language| (number, language.to_owned())));
                self.layout.blocks.push((kind, Span::new(start, self.text.len() as u32)));
            }
            self.text.push('\n');
        }
        true
    }

    /// Adds the blocks of a prose that was read elsewhere, a chapter for instance.
    pub(in super::super) fn prose(&mut self, prose: &Prose<'_>) -> bool {
        let mut languages = prose.languages.iter().peekable();
        (0..).zip(&prose.blocks).all(|(number, Block { kind, span }): (u32, _)| {
            let language = languages.next_if(|(marked, _)| *marked == number);
            self.paragraph_in(*kind, span.of(&prose.text), language.map(|(_, code)| code.as_str()))
        })
    }

    /// True where nothing has been added yet.
    pub(in super::super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(in super::super) fn finish(mut self, about: FrontMatter) -> Extract {
        if let Some(own) = &about.noted_language {
            self.layout.languages.retain(|(_, code)| !is_same_language(code, own));
        }
        Extract { text: self.text, layout: self.layout, about }
    }
}
