//! What is known about a document before it is read: from the configuration, the command line and its front matter.

use super::TapeHints;
use crate::calendar::Day;
use crate::lexicon::{Language, NamedLanguage, NaturalLanguage, other_than_english};
use crate::source::{Document, Format, Prose, TextKind};
use crate::syntax::Extent;
use crate::syntax::marks::Conventions;

/// What the configuration and the command line know about a document that it does not say itself.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// Its publication day by an override.
    pub published: Option<Day>,
    /// Its publication day where it carries none and no override names one.
    pub fallback: Option<Day>,
    /// The desk whose copy it is.
    pub desk: Option<String>,
    /// Is it a transcript, to hold quotations against, and not a draft?
    pub transcript: bool,
    /// The language that it is in, where its front matter names none.
    pub language: &'static Language,
    /// The language that it is in, where that is one that sayso does not read: then nothing is attributed.
    pub other_language: Option<&'static NaturalLanguage>,
    /// How many paragraphs without a mark may count as inside an open quotation;
    /// [`Conventions::UNMARKED_PARAGRAPHS`] where nothing is set.
    pub unmarked_paragraphs: Option<usize>,
    /// Are two backticks and two apostrophes marks as good as others in its format?
    pub tex_marks: bool,
    /// How it gives its speech, where the house or the document says so; else its paragraphs tell.
    pub kind: Option<TextKind>,
    /// What the configuration says about it as a transcript.
    pub tape: TapeHints,
    /// The `[[transcript]]` tables that list it as a draft, by number.
    pub listed: Vec<u32>,
    /// Are there tapes in its project, whose words may stand in it without marks?
    pub tapes: bool,
    /// How much of it is wanted.
    pub depth: Depth,
    /// Are the writer's words around every quotation kept, and not only around short ones?
    pub words_around: bool,
    /// The confidence below which a source is left undecided, 0 to 1; [`CONFIDENCE`] where nothing is set.
    pub confidence: Option<f32>,
}

impl Hints {
    /// The same with the language that a document's front matter names, or else its words plainly show.
    #[must_use]
    pub(super) fn with_front_matter_of(mut self, document: &Document, prose: &Prose<'_>) -> Self {
        let kind = document.front_matter.as_ref().and_then(|matter| matter.kind);
        self.kind = kind.or(self.kind);
        self.tex_marks = document.format == Format::Markdown;
        let named = document.front_matter.as_ref().and_then(|matter| matter.language.as_ref());
        match named.and_then(|(tag, _)| NamedLanguage::of_tag(tag)) {
            Some(NamedLanguage::Read(code)) => {
                // English with the house's words is English too.
                let named = Language::named(code).filter(|named| named.code != self.language.code);
                Self { language: named.unwrap_or(self.language), ..self }
            }
            Some(NamedLanguage::Other(language)) => Self { other_language: Some(language), ..self },
            None => {
                // What a program noted counts only where the words are not English: people write English on machines that
                // are set to another language.
                let front = document.front_matter.as_ref();
                let noted = front.and_then(|matter| NamedLanguage::of_tag(matter.noted_language.as_ref()?));
                let other_language = other_than_english(&prose.text).map(|by_words| match noted {
                    Some(NamedLanguage::Other(noted)) => noted,
                    _ => by_words,
                });
                Self { other_language, ..self }
            }
        }
    }

    /// What the house and the language do differently with marks.
    pub(super) fn conventions(&self) -> Conventions {
        let usual = Conventions::default();
        Conventions {
            unmarked_paragraphs: self.unmarked_paragraphs.unwrap_or(usual.unmarked_paragraphs),
            closing_opens: self.other_language.is_some_and(|language| language.closing_opens),
            tex_marks: self.tex_marks,
        }
    }
}

/// Below this confidence a source is left undecided: a pattern that is wrong about every other time is a guess.
pub const CONFIDENCE: f32 = 0.55;

/// How much of a document is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// All its facts.
    #[default]
    Everything,
    /// Its quotations and who said them; people, dates, blocks and directives are left out, and so is what quotations are
    /// compared by (their words and the words around them), which halves the time.
    Quotations,
}

impl Depth {
    /// How much of the prose has to be parsed for it.
    pub(super) const fn extent(self) -> Extent {
        match self {
            Self::Everything => Extent::Everything,
            Self::Quotations => Extent::AroundQuotations,
        }
    }
}
