//! Facts made by hand, for the tests of lookups and rules.

use std::borrow::Cow;

use crate::calendar::{Day, Interval};
use crate::facts::{
    Attribution, BlockFact, FileFacts, Phrase, Published, PublishedFrom, Quotation, QuotationKind, Setting,
    Speaker, SpeakerKind, WordPlaces,
};
use crate::source::{BlockKind, Span};

/// A draft in the making. Places are invented, but they ascend and do not overlap.
pub(crate) struct FactsBuilder(FileFacts);

impl FactsBuilder {
    pub(crate) fn new(path: &str) -> Self {
        Self(FileFacts {
            path: path.to_owned(),
            blocks: vec![
                BlockFact {
                    kind: BlockKind::Paragraph,
                    span: Span::new(0, 0),
                    digest: 0,
                    setting: Setting::default(),
                },
                BlockFact {
                    kind: BlockKind::Heading,
                    span: Span::new(0, 0),
                    digest: 0,
                    setting: Setting::default(),
                },
            ],
            ..FileFacts::default()
        })
    }

    /// Adds a quotation; an empty speaker is an undecided one.
    pub(crate) fn says(self, speaker: &str, words: &str) -> Self {
        self.quotes(speaker, SpeakerKind::Person, words, |_| {})
    }

    /// Adds a quotation that goes on with the one before it.
    pub(crate) fn goes_on(self, words: &str) -> Self {
        let before = self.0.quotations.len().checked_sub(1).map(|index| index as u32);
        self.quotes("", SpeakerKind::Person, words, |quotation| quotation.continues = before)
    }

    /// Adds a quotation in a headline.
    pub(crate) fn headline(self, speaker: &str, words: &str) -> Self {
        self.quotes(speaker, SpeakerKind::Person, words, |quotation| quotation.block = 1)
    }

    /// Adds a fragment with the sentence around it.
    pub(crate) fn fragment(self, speaker: &str, words: &str, around: &str) -> Self {
        self.quotes(speaker, SpeakerKind::Person, words, |quotation| {
            quotation.kind = QuotationKind::Fragment;
            quotation.around = around.to_owned();
        })
    }

    pub(crate) fn quotes(
        mut self,
        speaker: &str,
        kind: SpeakerKind,
        words: &str,
        change: impl FnOnce(&mut Quotation),
    ) -> Self {
        let start = self.0.quotations.last().map_or(0, |last| last.span.end + 40);
        let span = Span::new(start, start + words.len() as u32 + 6);
        let source = Span::new(span.end + 1, span.end + 1 + speaker.len() as u32);
        let attribution = (!speaker.is_empty()).then(|| Attribution {
            source: Some(Phrase { span: source, text: speaker.to_owned() }),
            cue: None,
            speaker: Some(Speaker { name: speaker.to_owned(), kind }),
            said_on: None,
            place: None,
            medium: None,
            to: None,
            rival: None,
            described: false,
            countersigned: None,
            evidence: Cow::Borrowed("by-hand"),
            confidence: 1.0,
        });
        let mut quotation = Quotation {
            span,
            segments: vec![span],
            text: format!("“{words}”"),
            words: words.to_owned(),
            places: WordPlaces::at(start + "“".len() as u32),
            around: String::new(),
            condition_told: false,
            kind: QuotationKind::Sentence,
            level: 0,
            block: 0,
            continues: None,
            closed: true,
            attribution,
        };
        change(&mut quotation);
        self.0.quotations.push(quotation);
        self
    }

    pub(crate) fn published(mut self, day: &str) -> Self {
        self.0.published = Day::parse_iso(day).map(|day| Published { day, from: PublishedFrom::FileName });
        self
    }

    /// Says on which day the last quotation was said.
    pub(crate) fn on(mut self, day: &str) -> Self {
        if let Some(by) = self.0.quotations.last_mut().and_then(|last| last.attribution.as_mut()) {
            by.said_on = Day::parse_iso(day).map(Interval::day);
        }
        self
    }

    pub(crate) fn done(self) -> FileFacts {
        self.0
    }
}
