//! What the kinds of facts are called in a page: the names that `sayso facts` prints.

use crate::facts::{DateKind, MarkFaultKind, QuotationKind, SpeakerKind};
use crate::source::BlockKind;

/// For each type, its names as a list and the name of each kind. The match is exhaustive, so that a new kind without a
/// name does not compile.
macro_rules! kinds {
    ($($names:ident, $name_of:ident: $kind:ident { $($variant:ident = $name:literal,)* })*) => {
        $(
            pub const $names: &[&str] = &[$($name),*];

            pub const fn $name_of(kind: $kind) -> &'static str {
                match kind {
                    $($kind::$variant => $name,)*
                }
            }
        )*

        /// The names here, each with the name that serde gives to the same kind.
        #[cfg(test)]
        fn beside_serde() -> Vec<(&'static str, serde_json::Value)> {
            vec![$($(($name, serde_json::to_value($kind::$variant).unwrap_or_default()),)*)*]
        }
    };
}

kinds! {
    QUOTATION_KINDS, quotation_kind: QuotationKind {
        Sentence = "sentence",
        Fragment = "fragment",
        Block = "block",
        Scare = "scare",
        Title = "title",
    }
    MARK_KINDS, mark_kind: MarkFaultKind {
        UnclosedQuotation = "unclosed-quotation",
        UnopenedQuotation = "unopened-quotation",
        MismatchedMarks = "mismatched-marks",
        StandInMarks = "stand-in-marks",
        NestedSameMarks = "nested-same-marks",
        UnmarkedContinuation = "unmarked-continuation",
        JoinedParagraphs = "joined-paragraphs",
        MixedMarkStyle = "mixed-mark-style",
        MixedApostrophes = "mixed-apostrophes",
        ReversedMark = "reversed-mark",
        SpacedMarks = "spaced-marks",
        EmptyQuotation = "empty-quotation",
        PlaceholderQuotation = "placeholder-quotation",
        PunctuationOutside = "punctuation-outside",
        PunctuationInside = "punctuation-inside",
    }
    DATE_KINDS, date_kind: DateKind {
        Day = "day",
        Numeric = "numeric",
        Period = "period",
        Weekday = "weekday",
        RelativeWeekday = "relative-weekday",
        RelativeDay = "relative-day",
        Relative = "relative",
        Elsewhere = "elsewhere",
    }
    BLOCK_KINDS, block_kind: BlockKind {
        Paragraph = "paragraph",
        Heading = "heading",
        ListItem = "list-item",
        BlockQuote = "block-quote",
        Caption = "caption",
        Byline = "byline",
        Cell = "cell",
    }
    SPEAKER_KINDS, speaker_kind: SpeakerKind {
        Person = "person",
        Body = "body",
        Unnamed = "unnamed",
        Writer = "writer",
    }
}

#[cfg(test)]
mod tests {
    use super::beside_serde;

    #[test]
    fn kinds_are_called_as_the_facts_call_them() {
        for (name, serde) in beside_serde() {
            assert_eq!(serde.as_str(), Some(name));
        }
    }
}
