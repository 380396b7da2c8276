//! The fields that a page's `[match]` can ask for: those of the published facts, each with what it holds. This table is
//! the only place where they are listed: reading a page, its JSON Schema and its manual follow it.

use super::kinds::{BLOCK_KINDS, DATE_KINDS, MARK_KINDS, QUOTATION_KINDS, SPEAKER_KINDS};

/// What a page looks at: one kind of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// A quotation.
    Quotation,
    /// Speech reported without marks.
    Indirect,
    /// A quotation mark that is not as it should be.
    Mark,
    /// A person named in the text.
    Mention,
    /// An expression of a day or of several.
    Date,
    /// Words that pass something on without a source: “reportedly”.
    Hedge,
    /// A suppression.
    Suppression,
}

impl FactKind {
    /// All of them with the names that pages use, the plural for messages, and what they are.
    pub const ALL: [(Self, &'static str, &'static str, &'static str); 7] = [
        (Self::Quotation, "quotation", "quotations", "words in quotation marks, or set off as a block"),
        (Self::Indirect, "indirect", "indirect speech", "speech that is reported without marks"),
        (Self::Mark, "mark", "marks", "a quotation mark that is not as it should be"),
        (Self::Mention, "mention", "mentions", "a person who is named"),
        (Self::Date, "date", "dates", "an expression of a day or of several"),
        (Self::Hedge, "hedge", "hedges", "words that pass something on without a source: “reportedly”"),
        (Self::Suppression, "suppression", "suppressions", "`sayso: allow(…)` in a draft"),
    ];

    /// What to call several of them in a message.
    pub fn plural(self) -> &'static str {
        Self::row(self).2
    }

    fn row(self) -> &'static (Self, &'static str, &'static str, &'static str) {
        &Self::ALL[self as usize]
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// What a field holds, and so which test it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Words.
    Text,
    /// One of a few words, which depend on the fact.
    Choice,
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
}

/// A field of a fact; the table below describes each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Around,
    Block,
    Closed,
    Continues,
    Cue,
    Day,
    Described,
    Desk,
    Evidence,
    FallsOn,
    Honorific,
    Insertions,
    Instead,
    Kind,
    Length,
    Medium,
    Name,
    Path,
    Person,
    Place,
    Possessive,
    Quoted,
    Reason,
    Rules,
    SaidOn,
    Source,
    Speaker,
    SpeakerKind,
    Text,
    Title,
    To,
    Weekday,
    Words,
}

/// A field with its name, its type and the facts that have it.
#[derive(Debug)]
pub struct FieldRow {
    /// The field.
    pub field: Field,
    /// The name that pages use.
    pub name: &'static str,
    /// What it holds.
    pub takes: FieldType,
    /// Do all facts that have it have a value for it? Else it may be missing.
    pub always: bool,
    /// What it is, in a line without capital and full stop.
    pub about: &'static str,
    facts: u8,
}

impl FieldRow {
    /// Does this kind of fact have the field?
    pub const fn is_of(&self, kind: FactKind) -> bool {
        self.facts & kind.bit() != 0
    }
}

const SPEECH: u8 = FactKind::Quotation.bit() | FactKind::Indirect.bit();
const QUOTATION: u8 = FactKind::Quotation.bit();
const MARK: u8 = FactKind::Mark.bit();
const MENTION: u8 = FactKind::Mention.bit();
const DATE: u8 = FactKind::Date.bit();
const HEDGE: u8 = FactKind::Hedge.bit();
const SUPPRESSION: u8 = FactKind::Suppression.bit();
const ALL: u8 = SPEECH | MARK | MENTION | DATE | HEDGE | SUPPRESSION;

const fn row(
    field: Field,
    name: &'static str,
    takes: FieldType,
    always: bool,
    facts: u8,
    about: &'static str,
) -> FieldRow {
    FieldRow { field, name, takes, always, about, facts }
}

/// Every field, in the order of [`Field`].
pub static FIELDS: [FieldRow; 33] = {
    use Field as F;
    use FieldType::{Choice, Flag, Number, Text};
    [
        row(F::Around, "around", Text, true, QUOTATION, "the writer's words around it in its sentence"),
        row(F::Block, "block", Choice, false, ALL, "what it stands in: a paragraph, a heading, a caption"),
        row(F::Closed, "closed", Flag, true, QUOTATION, "does it have both its marks?"),
        row(
            F::Continues,
            "continues",
            Flag,
            true,
            QUOTATION,
            "does it go on with the sentence of another: “A,” she said, “b”?",
        ),
        row(F::Cue, "cue", Text, false, SPEECH, "the words that attribute: said, according to"),
        row(
            F::Day,
            "day",
            Text,
            false,
            DATE,
            "the day that it stands for, as 2025-04-17; missing where that is several or undecided",
        ),
        row(F::Described, "described", Flag, true, SPEECH, "do words after the source say who that is?"),
        row(
            F::Desk,
            "desk",
            Text,
            false,
            ALL,
            "whose copy the draft is, as an override of the configuration says",
        ),
        row(
            F::Evidence,
            "evidence",
            Text,
            false,
            SPEECH,
            "the pattern that found the source, as docs/attribution.md names it",
        ),
        row(F::FallsOn, "falls-on", Text, false, DATE, "the weekday of its day: Wednesday"),
        row(F::Honorific, "honorific", Text, false, MENTION, "Mrs., Dr."),
        row(
            F::Insertions,
            "insertions",
            Number,
            true,
            QUOTATION,
            "how many insertions in brackets it has; gaps do not count",
        ),
        row(F::Instead, "instead", Text, false, MARK, "what belongs there, where that is certain"),
        row(
            F::Kind,
            "kind",
            Choice,
            true,
            QUOTATION | MARK | DATE,
            "which kind of quotation, fault of a mark, or expression of days it is",
        ),
        row(F::Length, "length", Number, true, SPEECH, "the number of its words"),
        row(F::Medium, "medium", Text, false, SPEECH, "how it was said: on X, in a statement"),
        row(F::Name, "name", Text, true, MENTION, "the name as written"),
        row(F::Path, "path", Text, true, ALL, "the path of the draft as shown"),
        row(F::Person, "person", Text, false, MENTION, "the fullest form of the name in the draft"),
        row(F::Place, "place", Text, false, SPEECH, "where it was said: Oslo of “said in Oslo”"),
        row(F::Possessive, "possessive", Flag, true, MENTION, "does the name own what follows: Reyes’s?"),
        row(F::Quoted, "quoted", Flag, true, MENTION | DATE | HEDGE, "does it stand inside a quotation?"),
        row(F::Reason, "reason", Text, false, SUPPRESSION, "the reason given"),
        row(F::Rules, "rules", Text, true, SUPPRESSION, "the rules that it names"),
        row(F::SaidOn, "said-on", Text, false, SPEECH, "the first day on which it was said, as 2025-04-17"),
        row(F::Source, "source", Text, false, SPEECH, "the phrase that names who: she, a senior official"),
        row(F::Speaker, "speaker", Text, false, SPEECH, "the person or body that the source stands for"),
        row(F::SpeakerKind, "speaker-kind", Choice, false, SPEECH, "what kind of speaker that is"),
        row(F::Text, "text", Text, true, DATE | HEDGE, "its words"),
        row(
            F::Title,
            "title",
            Text,
            false,
            SPEECH | MENTION,
            "the titles given to the person: for speech those in the draft, for a mention its own",
        ),
        row(F::To, "to", Text, false, SPEECH, "to whom it was said: reporters, the board"),
        row(F::Weekday, "weekday", Text, false, DATE, "the weekday that it names"),
        row(
            F::Words,
            "words",
            Text,
            true,
            SPEECH,
            "the words that were said, without marks; for indirect speech, as the writer put them",
        ),
    ]
};

impl Field {
    /// Its row in [`FIELDS`].
    pub fn row(self) -> &'static FieldRow {
        &FIELDS[self as usize]
    }

    /// The field of that name.
    pub fn named(name: &str) -> Option<Self> {
        FIELDS.iter().find(|row| row.name == name).map(|row| row.field)
    }

    /// The words that a choice takes for one kind of fact; empty for other fields.
    pub const fn choices(self, kind: FactKind) -> &'static [&'static str] {
        match (self, kind) {
            (Self::Kind, FactKind::Quotation) => QUOTATION_KINDS,
            (Self::Kind, FactKind::Mark) => MARK_KINDS,
            (Self::Kind, FactKind::Date) => DATE_KINDS,
            (Self::Block, _) => BLOCK_KINDS,
            (Self::SpeakerKind, FactKind::Quotation | FactKind::Indirect) => SPEAKER_KINDS,
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_what_they_describe() {
        for (rank, row) in FIELDS.iter().enumerate() {
            assert_eq!(row.field as usize, rank, "{}", row.name);
            assert_eq!(Field::named(row.name), Some(row.field));
            let has_choices = FactKind::ALL.iter().any(|(kind, ..)| !row.field.choices(*kind).is_empty());
            assert_eq!(has_choices, row.takes == FieldType::Choice, "{}", row.name);
        }
        for (rank, (kind, name, ..)) in FactKind::ALL.iter().enumerate() {
            assert_eq!((*kind as usize, kind.plural().contains(name)), (rank, true));
        }
    }
}
