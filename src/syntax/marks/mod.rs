//! Quotation marks: finding them, telling them from apostrophes and measures, and pairing them.
//!
//! Every common style is understood (“ ” " ‘ ’ ' « » „ “ ‚ ‘ ‹ › 「 」) and what stands in for one (`''`, two
//! backticks, ″, ’’). A quotation that runs over several paragraphs, each opening anew, is one quotation.

mod glyph;
mod join;
mod literal;
mod notes;
mod pair;
mod punctuation;
mod scan;
mod signed;
mod single;

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

pub use glyph::{Family, Glyph};
pub use join::{Apostrophes, Styles};

use crate::source::{Block, ProseSpan};
use crate::syntax::MarkFaultKind;

/// The quotations of a document and what is odd about their marks. Spans are in prose bytes.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// In order of their first bytes; a nested one after the one around it.
    pub quotations: Vec<MarkedQuotation>,
    /// In order of their places.
    pub faults: Vec<MarkedFault>,
    /// The apostrophes between letters.
    pub apostrophes: Apostrophes,
}

/// A quotation as its marks show it.
#[derive(Clone, Debug)]
pub struct MarkedQuotation {
    /// From its first mark to its last, marks included.
    pub span: ProseSpan,
    /// One range a paragraph.
    pub segments: SmallVec<[ProseSpan; 1]>,
    /// The opening mark; [`Glyph::None`] for a block set off by the format.
    pub open: Glyph,
    /// The closing mark, if there is one.
    pub close: Option<Glyph>,
    /// 0, or how many quotations stand around it.
    pub level: u8,
    /// The block it begins in.
    pub block: usize,
}

/// Something odd about a mark.
#[derive(Clone, Debug)]
pub struct MarkedFault {
    /// What.
    pub kind: MarkFaultKind,
    /// Where.
    pub span: ProseSpan,
    /// Another place that matters.
    pub related: Option<ProseSpan>,
    /// The other places of a habit that is told once, in order.
    pub also: Vec<ProseSpan>,
    /// What belongs there instead, where that is certain.
    pub instead: Option<&'static str>,
    /// The place that `instead` takes, where that is more than `span`.
    pub replaced: Option<ProseSpan>,
}

impl MarkedFault {
    fn new(kind: MarkFaultKind, span: ProseSpan) -> Self {
        Self { kind, span, related: None, also: Vec::new(), instead: None, replaced: None }
    }

    /// Names another place that matters.
    fn beside(self, related: ProseSpan) -> Self {
        Self { related: Some(related), ..self }
    }

    /// Says what belongs at a longer place instead.
    fn with_at(self, replaced: ProseSpan, instead: &'static str) -> Self {
        Self { instead: Some(instead), replaced: Some(replaced), ..self }
    }

    /// Says what belongs there instead.
    fn with(self, instead: &'static str) -> Self {
        Self { instead: Some(instead), ..self }
    }
}

impl Glyph {
    /// Bytes of the glyph in UTF-8.
    pub const fn len_in_prose(self) -> u32 {
        match self {
            Self::None => 0,
            Self::Straight | Self::SingleStraight => 1,
            Self::GuillemetLeft
            | Self::GuillemetRight
            | Self::DoubleApostrophe
            | Self::Backticks
            | Self::Commas => 2,
            Self::DoubleCurlyApostrophe | Self::DoubleCurlyOpen => 6,
            _ => 3,
        }
    }
}

/// What a house or a language does differently with marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conventions {
    /// How many paragraphs without a mark may still count as inside an open quotation, 1 to 40.
    pub unmarked_paragraphs: usize,
    /// ” and » open as well as close, as in Swedish and Finnish.
    pub closing_opens: bool,
    /// Two backticks and two apostrophes are marks as good as others: Markdown's tools turn them into curly ones, as TeX does.
    pub tex_marks: bool,
}

impl Conventions {
    /// Open speech goes on over so many paragraphs where a house says nothing else. Further on a closing mark belongs to
    /// something else.
    pub const UNMARKED_PARAGRAPHS: usize = 4;
}

impl Default for Conventions {
    fn default() -> Self {
        Self { unmarked_paragraphs: Self::UNMARKED_PARAGRAPHS, closing_opens: false, tex_marks: false }
    }
}

/// Finds the quotations of a document's prose.
pub fn find(text: &str, blocks: &[Block], conventions: Conventions) -> Marks {
    let mut join = join::Join::new(conventions);
    let habits = literal::Habits::of(text);
    let mut places = scan::Places::of(text);
    let mut marks = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        marks.clear();
        scan::marks(text, block.span, &habits, &mut places, &mut marks);
        join.block(text, index, *block, &marks);
    }
    let mut found = join.finish(text);
    found.faults.extend(punctuation::faults(text, &found.quotations));
    found
}

impl Marks {
    /// Adds the notes in a text that ask for words to come (“TK”, “[quote here]”), outside quotations too.
    pub(in crate::syntax) fn add_notes(&mut self, text: &str, blocks: &[Block]) {
        // A quotation of nothing but a note has been reported as a whole.
        let known = |span: ProseSpan, faults: &[MarkedFault]| {
            let mut whole = faults.iter().filter(|fault| fault.kind == MarkFaultKind::PlaceholderQuotation);
            whole.any(|fault| fault.span.contains(span))
        };
        let notes = notes::faults(text, blocks).into_iter().filter(|note| !known(note.span, &self.faults));
        let notes: Vec<MarkedFault> = notes.collect();
        self.faults.extend(notes);
    }
}

struct Words {
    elided: FxHashSet<&'static str>,
    placeholder: FxHashSet<&'static str>,
    /// Small words of a note to oneself: quote, comment.
    note: FxHashSet<&'static str>,
    /// What the end of a letter opens with: yours, sincerely.
    farewell: FxHashSet<&'static str>,
    /// What such a note opens with: insert, get.
    order: FxHashSet<&'static str>,
    /// What it opens with in brackets and capitals.
    shouted: FxHashSet<&'static str>,
    /// What it asks for, beside words.
    part: FxHashSet<&'static str>,
    /// Small words after which something is missing.
    lead: FxHashSet<&'static str>,
    /// Words that end in an apostrophe where their last letters are not spoken.
    cut: FxHashSet<&'static str>,
    /// What a text calls marks when it talks about them.
    talk: FxHashSet<&'static str>,
    /// Words of a note that quotes nothing yet: to come, to follow.
    awaited: FxHashSet<&'static str>,
    /// Scales of numbers, before which “XX” stands for a number.
    scale: FxHashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let (mut elided, mut placeholder) = (FxHashSet::default(), FxHashSet::default());
    let (mut note, mut order) = (FxHashSet::default(), FxHashSet::default());
    let (mut farewell, mut awaited) = (FxHashSet::default(), FxHashSet::default());
    let (mut shouted, mut part, mut lead) =
        (FxHashSet::default(), FxHashSet::default(), FxHashSet::default());
    let (mut cut, mut talk, mut scale) = (FxHashSet::default(), FxHashSet::default(), FxHashSet::default());
    let mut section = "";
    for line in include_str!("../../../rules/words/marks.txt").lines().filter(|line| !line.starts_with('#')) {
        let list = match section {
            _ if line.starts_with('[') => {
                section = line;
                continue;
            }
            "[placeholder]" => &mut placeholder,
            "[note]" => &mut note,
            "[order]" => &mut order,
            "[farewell]" => &mut farewell,
            "[shouted]" => &mut shouted,
            "[part]" => &mut part,
            "[lead]" => &mut lead,
            "[cut]" => &mut cut,
            "[talk]" => &mut talk,
            "[awaited]" => &mut awaited,
            "[scale]" => &mut scale,
            _ => &mut elided,
        };
        list.extend(line.split_whitespace());
    }
    Words { elided, placeholder, note, farewell, order, shouted, part, lead, cut, talk, awaited, scale }
});

/// Is this a word that is written with an apostrophe at its start?
fn is_elided_word(word: &str) -> bool {
    word.len() <= 8 && WORDS.elided.contains(&*word.to_lowercase())
}

/// Does a text talk about marks in these words: “the " character”?
fn talks_of_marks(words: &str) -> bool {
    let mut each = words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    each.any(|word| WORDS.talk.contains(&*word.to_lowercase()))
}

/// Do these words stand for words to come: “TK”, “???”, “[quote here]”, “GET QUOTE FROM MAYOR”, “Insert quote”?
fn is_placeholder(words: &str) -> bool {
    const LONGEST: usize = 90;
    let words = words.trim();
    if words.is_empty() || words.len() > LONGEST {
        return false;
    }
    let mut each = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let Some(first) = each.next() else {
        return words.contains("??") && words.chars().all(|c| matches!(c, '?' | ' ' | '!' | '.'));
    };
    // Nearly every quotation is told by its first word and its first small letter.
    if WORDS.placeholder.contains(first) && each.clone().all(|word| WORDS.placeholder.contains(word)) {
        return true;
    }
    let is_first = |word: &str| first.eq_ignore_ascii_case(word);
    let more = || each.clone().next().is_some();
    let note = words.starts_with('[') && words.ends_with(']')
        || !words.contains(char::is_lowercase) && more()
        || WORDS.order.iter().any(|order| is_first(order)) && more();
    if note {
        return std::iter::once(first)
            .chain(each)
            .any(|word| WORDS.note.contains(&*word.to_ascii_lowercase()));
    }
    is_first("lorem") && each.next().is_some_and(|next| next.eq_ignore_ascii_case("ipsum"))
}

#[cfg(test)]
mod tests;
