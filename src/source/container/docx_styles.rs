//! The styles of a DOCX file: which paragraphs are headings, block quotes, captions, items of lists.

use std::io::Read;

use rustc_hash::FxHashMap;

use super::super::prose::BlockKind;
use super::ContainerFault;
use super::xml::{Step, walk};

/// A style is based on another one, and so on, through no more steps than this.
const LONGEST_CHAIN: usize = 12;

/// What a style makes of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StyledAs {
    /// A block of this kind.
    Block(BlockKind),
    /// A line of a table of contents, which repeats the headings.
    Contents,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: String,
    outline: bool,
    list: bool,
}

/// The styles by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: FxHashMap<String, Style>,
    /// The language of runs that name none.
    pub(super) language: Option<String>,
}

impl Styles {
    /// Reads the part `styles.xml`.
    pub(super) fn read(part: &mut dyn Read) -> Result<Self, ContainerFault> {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        walk(part, |step| {
            match step {
                Step::Open(element) => match (element.name(), &mut open) {
                    ("style", _) => open = Some((element.value("styleId"), Style::default())),
                    ("name", Some((_, style))) => style.name = element.value("val").to_lowercase(),
                    ("basedOn", Some((_, style))) => style.based_on = element.value("val"),
                    ("outlineLvl", Some((_, style))) => style.outline = element.value("val") != "9",
                    ("numPr", Some((_, style))) => style.list = true,
                    ("lang", None) => {
                        let tag = element.value("val");
                        styles.language = styles.language.take().or(Some(tag).filter(|tag| !tag.is_empty()));
                    }
                    _ => {}
                },
                Step::Close("style") => styles.by_id.extend(open.take()),
                _ => {}
            }
            true
        })?;
        Ok(styles)
    }

    /// What a paragraph with the style of this id is; `None` for running text.
    pub(super) fn styled(&self, id: &str) -> Option<StyledAs> {
        let mut id = id;
        for _ in 0..LONGEST_CHAIN {
            // Programs that write no list of styles use the ids of Word's own.
            let Some(style) = self.by_id.get(id) else { return by_name(&id.to_lowercase()) };
            if let Some(styled) = by_name(&style.name) {
                return Some(styled);
            }
            if style.outline {
                return Some(StyledAs::Block(BlockKind::Heading));
            }
            if style.list {
                return Some(StyledAs::Block(BlockKind::ListItem));
            }
            id = &style.based_on;
        }
        None
    }
}

/// What a style of this name, in small letters, is for. Word keeps the English names of its own styles in every language.
pub(super) fn by_name(name: &str) -> Option<StyledAs> {
    let kind = match name.trim() {
        "title" | "subtitle" | "headline" | "standfirst" => BlockKind::Heading,
        name if name.starts_with("heading") => BlockKind::Heading,
        name if name.starts_with("toc") || name == "table of figures" || name.starts_with("contents ") => {
            return Some(StyledAs::Contents);
        }
        "block text" | "quotations" => BlockKind::BlockQuote,
        name if name == "quote"
            || name.ends_with(" quote")
            || name.contains("blockquote")
            || name.contains("block quot") =>
        {
            BlockKind::BlockQuote
        }
        "caption" | "illustration" | "figure" | "captioned figure" | "image caption" | "table caption" => {
            BlockKind::Caption
        }
        name if name.starts_with("list") => BlockKind::ListItem,
        "byline" => BlockKind::Byline,
        _ => return None,
    };
    Some(StyledAs::Block(kind))
}
