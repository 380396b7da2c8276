//! What one file says, without opinion: quotations and who said them, people with the titles given to them,
//! dates with the days they resolve to. Plain serde data: it can be printed, cached and sent.

mod age_then;
mod attribution;
mod condition;
mod date;
mod directives;
mod display;
mod event;
pub mod dates;
mod details;
mod foreign;
mod hedges;
mod hints;
mod kin;
mod life;
mod mark;
mod numbers;
mod ordinals;
mod relatives;
mod medium;
mod particulars;
mod person;
mod place;
mod pronouns;
pub mod published;
mod quotation;
mod turn;
mod read;
mod seat;
mod setting;
mod statements;
#[cfg(test)]
mod tests;
mod why;
mod word_places;

use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::source::{BlockKind, Format, Span};

pub use crate::reference::{Speaker, SpeakerKind, Tie, pronoun_gender};
pub use crate::source::TextKind;
pub use crate::syntax::MarkFaultKind;
pub use crate::syntax::directive::DirectiveFaultKind;
pub use crate::syntax::mentions::{MentionTense, TitlePosition};
pub use attribution::{Attribution, Indirect, Phrase};
pub use date::{DateFact, DateKind, Occasion};
pub use display::NumberPair;
pub use event::leads_to_topic;
pub use hints::{CONFIDENCE, Depth, Hints};
pub use kin::ROLE;
pub use mark::MarkFault;
pub use medium::{Way, is_written, spoken_words, way};
pub use ordinals::Ordinal;
pub use particulars::{Particular, ParticularKind};
pub use person::{Mention, TitleMention};
pub use pronouns::Pronoun;
pub use quotation::{Quotation, QuotationKind};
pub use read::{read, read_prose};
pub use relatives::Relative;
pub use seat::seat_kind;
pub use setting::{Form, PeopleNearby, Setting};
pub use statements::{SHORTEST_GIST, Statement, gist, word_hashes};
pub use turn::{TapeFact, TapeHints, Turn, clock, names_nobody, only_asks};
pub use why::{Said, Tried, Verdict, Why, why};
pub use word_places::WordPlaces;

/// Everything one file says. All spans are byte ranges in its decoded text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FileFacts {
    /// The path as shown.
    pub path: String,
    /// What it is written in.
    pub format: Format,
    /// When it was published, and how that is known.
    pub published: Option<Published>,
    /// The date or the weekday in its dateline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dateline: Option<Span>,
    /// Whose copy it is, where a project holds several desks'.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<String>,
    /// The code of the language that it is in, where that is one that sayso does not read: then nothing is attributed,
    /// and there are no names and dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_language: Option<String>,
    /// Its blocks that its format marks as in a language that sayso does not read, by number, with the code of each: nothing
    /// is attributed there, and there are no names and dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_blocks: Vec<(u32, String)>,
    /// Why it could not be read or decoded, where that is so; then it says nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<String>,
    /// Was it printed before, and is known from an archive only? Then it has only facts that rules compare across files.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
    /// Of an archived draft: the quotations whose words others are compared with, by number, ascending. Those of the others
    /// are like nothing in the drafts that are checked. `None`: all.
    #[serde(skip)]
    pub compared: Option<Vec<u32>>,
    /// What it says as a transcript, in order; empty for a draft.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<Turn>,
    /// What is known of it as a transcript; `None` for a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tape: Option<TapeFact>,
    /// The `[[transcript]]` tables whose `drafts` name it, by number: what it quotes is on their tapes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<u32>,
    /// Words in its prose.
    pub words: u32,
    /// Its blocks in order.
    pub blocks: Vec<BlockFact>,
    /// Its quotations, in order of their opening marks (a nested one after the one around it).
    pub quotations: Vec<Quotation>,
    /// Marks that are not as they should be, in order.
    pub mark_faults: Vec<MarkFault>,
    /// Mentions of people by name, in order.
    pub mentions: Vec<Mention>,
    /// Other names, in order: places, bodies, and people whom nothing shows to be one.
    #[serde(default)]
    pub names: Vec<Phrase>,
    /// Those of the other names that stand where people stand: before a verb, an owner's mark or an age.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acting: Vec<Phrase>,
    /// Expressions of days, in order.
    pub dates: Vec<DateFact>,
    /// Speech reported without marks, in order.
    pub indirect: Vec<Indirect>,
    /// What the text states about people beside their titles, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub particulars: Vec<Particular>,
    /// “He” and “she” where only one person can be meant, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pronouns: Vec<Pronoun>,
    /// The writer's own statements, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statement>,
    /// Words that pass something on without a source: “reportedly”, “is believed to”.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hedges: Vec<Phrase>,
    /// Events with their number among others of their kind, in order: “the third meeting of the rural forum”.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ordinals: Vec<Ordinal>,
    /// Relatives who are named by their given name alone, in order: “Ruiz’s sister, Maud,”.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relatives: Vec<Relative>,
    /// Words in marks above the text that the text does not have, marked or not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub display_only: Vec<Phrase>,
    /// Numbers above the text that differ from those of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub display_numbers: Vec<NumberPair>,
    /// What the writer allows, in order.
    pub directives: Vec<Directive>,
    /// What was meant as a directive and is none, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub directive_faults: Vec<DirectiveFault>,
}

impl FileFacts {
    /// Does a quotation stand in a block that is in another language than the draft?
    pub fn is_in_foreign_block(&self, quotation: &Quotation) -> bool {
        self.foreign_block(quotation).is_some()
    }

    /// The code of the language that a quotation stands in, where that is one that sayso does not read.
    pub fn other_language_of(&self, quotation: &Quotation) -> Option<&str> {
        self.other_language.as_deref().or_else(|| self.foreign_block(quotation))
    }

    /// The code of the language that the block of a quotation is marked as, where it is another than the draft's.
    fn foreign_block(&self, quotation: &Quotation) -> Option<&str> {
        let at = self.other_blocks.binary_search_by_key(&quotation.block, |(block, _)| *block).ok()?;
        Some(self.other_blocks[at].1.as_str())
    }
}

/// A block of the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlockFact {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
    /// A hash of its words, to find it again; 0 where it has few.
    #[serde(default)]
    pub digest: u64,
    /// What its own words bring to the quotations in it and beside it.
    #[serde(flatten)]
    pub setting: Setting,
}

/// The day a document was published.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// The day.
    pub day: Day,
    /// How it is known.
    pub from: PublishedFrom,
}

/// How a publication day is known, most authoritative first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedFrom {
    /// The document's front matter.
    FrontMatter,
    /// An override in the configuration.
    Override,
    /// A date in the file's name.
    FileName,
    /// A dateline, or a first line that carries a date.
    Dateline,
    /// The command line's `--published`.
    CommandLine,
    /// The day of the last change that the document's properties give.
    Properties,
}

/// A suppression written into a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Directive {
    /// Where it stands.
    pub span: Span,
    /// The rules it names, each with its place.
    pub rules: Vec<(String, Span)>,
    /// The range of text it covers.
    pub covers: Span,
    /// The reason given, empty where none is.
    pub reason: String,
    /// What to delete to take it out whole, an end along with its start; empty where other rules share its words.
    #[serde(default)]
    pub removal: Vec<Span>,
}

/// Something that was meant as a directive and is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DirectiveFault {
    /// What is wrong with it.
    pub kind: DirectiveFaultKind,
    /// Where.
    pub span: Span,
    /// The word that is wrong, or the rules of a block without an end; empty where there is none.
    pub written: String,
}
