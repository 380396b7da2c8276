//! Paragraphs of an RTF file: what they say and what they are.

use rustc_hash::FxHashMap;

use super::super::super::line;
use super::super::super::prose::BlockKind;
use super::super::TrackedChanges;
use super::super::docx_styles::{StyledAs, by_name};

/// A style is based on another one, and so on, through no more steps than this.
const LONGEST_CHAIN: usize = 12;

/// A paragraph that is indented by as much on both sides is set off: a quarter of an inch, in twentieths of a point.
const SET_OFF: i32 = 360;

/// A finished paragraph.
pub(super) type Made = (BlockKind, String);

/// How words look.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    pub(super) hidden: bool,
    pub(super) deleted: bool,
    pub(super) inserted: bool,
}

impl Look {
    /// Are words of this look read?
    pub(super) fn is_read(self, changes: TrackedChanges) -> bool {
        let gone = match changes {
            TrackedChanges::Accepted => self.deleted,
            TrackedChanges::Rejected => self.inserted,
        };
        !self.hidden && !gone
    }
}

/// The paragraph that is open in the text, in a text box or in a note. What it is holds for the next ones too, until the
/// file says otherwise.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    pub(super) words: String,
    pub(super) style: Option<i32>,
    pub(super) is_heading: bool,
    pub(super) is_item: bool,
    pub(super) is_cell: bool,
    pub(super) is_note: bool,
    /// Its indents at the left and at the right, in twentieths of a point.
    pub(super) left: i32,
    pub(super) right: i32,
    /// Text boxes that follow the paragraph.
    pub(super) boxes: Vec<Made>,
}

impl Frame {
    /// The next paragraph is running text.
    pub(super) fn plain(&mut self) {
        let Self { words, is_note, boxes, .. } = std::mem::take(self);
        *self = Self { words, is_note, boxes, ..Self::default() };
    }

    /// Ends the paragraph.
    pub(super) fn end(&mut self, styles: &Styles) -> Made {
        let words = std::mem::take(&mut self.words);
        let kind = match self.style.and_then(|style| styles.styled(style)) {
            Some(StyledAs::Contents) => return (BlockKind::Paragraph, String::new()),
            _ if self.is_heading => BlockKind::Heading,
            Some(StyledAs::Block(kind)) => kind,
            None if self.is_item => BlockKind::ListItem,
            None if self.is_cell => BlockKind::Cell,
            // Programs without styles set a quotation off like that.
            None if self.left.min(self.right) >= SET_OFF => BlockKind::BlockQuote,
            None => BlockKind::Paragraph,
        };
        (kind, words)
    }
}

/// The names of the styles by number.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_number: FxHashMap<i32, (String, Option<i32>)>,
    open: Option<i32>,
}

impl Styles {
    /// A style begins.
    pub(super) fn begin(&mut self, number: i32) {
        self.open = Some(number);
        self.by_number.entry(number).or_default();
    }

    /// The open style is based on another one.
    pub(super) fn based_on(&mut self, number: Option<i32>) {
        if let Some(style) = self.open.and_then(|open| self.by_number.get_mut(&open)) {
            style.1 = number;
        }
    }

    /// Words of the open style's name.
    pub(super) fn name(&mut self, words: &str) {
        if let Some(style) = self.open.and_then(|open| self.by_number.get_mut(&open)) {
            style.0.push_str(words);
        }
    }

    /// The style ends with its group.
    pub(super) const fn end(&mut self) {
        self.open = None;
    }

    /// Does a style of the file tell what is a heading?
    fn styled(&self, number: i32) -> Option<StyledAs> {
        let mut number = number;
        for _ in 0..LONGEST_CHAIN {
            let (name, base) = self.by_number.get(&number)?;
            let name = name.split(';').next().unwrap_or_default().trim_matches(line::is_blank).to_lowercase();
            if let Some(styled) = by_name(&name) {
                return Some(styled);
            }
            number = (*base)?;
        }
        None
    }
}
