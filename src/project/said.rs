//! Who said something, where, and in which words.

use super::Project;
use crate::archive::Record;
use crate::calendar::{Day, Interval};
use crate::corpus::wording::PassageId;
use crate::facts::{Hints, QuotationKind, read};
use crate::source::{Document, Format, Position, Text};

/// One wording of what was asked for, with the places that have it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SaidVersion {
    /// The words as the first place has them.
    pub words: String,
    /// Where they differ from those that were asked for, each with a few words around: `our [-voters-]{+supporters+} will`.
    /// Empty where they have all words that were asked for.
    pub differences: Vec<String>,
    /// The places, in order of days and paths.
    pub places: Vec<SaidPlace>,
}

/// One place where something is quoted.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SaidPlace {
    /// The draft.
    pub path: String,
    /// Where the quotation begins.
    pub position: Position,
    /// Who said it, as the draft has it; `None` where that is undecided.
    pub speaker: Option<String>,
    /// When the draft was published.
    pub published: Option<Day>,
    /// When it was said, as far as the draft tells.
    pub said_on: Option<Interval>,
    /// How it was said: “on X”, “in a statement”.
    pub medium: Option<String>,
}

/// A path that no draft has.
const ASKED: &str = "?";

/// Words that are asked for, as if a draft quoted them. `None` where they are no words.
pub fn asked(words: &str) -> Option<Record> {
    let words = words.trim().trim_matches(['“', '”', '"', '«', '»']);
    let document = Document::new(ASKED, Format::Plain, Text::new(format!("“{words}”\n")));
    let mut facts = read(&document, &Hints::default());
    // However few they are, they are asked for as somebody's words.
    let first = facts.quotations.first_mut()?;
    first.kind = QuotationKind::Sentence;
    facts.quotations.truncate(1);
    words.chars().any(char::is_alphanumeric).then(|| Record::of(&document, &facts, 0))
}

impl Project {
    /// Every wording that these drafts have of the words that were asked for, as the lookup that brought them found: first those that have all of them, then
    /// those that have most.
    pub fn said(mut self, asked: Record, records: Vec<Record>) -> Vec<SaidVersion> {
        self.add_archived(records);
        self.add_archived(vec![asked]);
        let Some(file) = self.file(ASKED) else { return Vec::new() };
        let wording = self.corpus.wording();
        let Some(&own) = wording.passages_of(file).get(&0) else { return Vec::new() };
        let mut found: Vec<SaidVersion> = Vec::new();
        for version in 0..wording.versions() as u32 {
            let members = wording.version(version).iter().copied().filter(|&id| id != own);
            let mut places: Vec<(PassageId, SaidPlace)> =
                members.filter_map(|id| Some((id, self.place_of(id)?))).collect();
            places.sort_by(|(_, one), (_, other)| {
                (one.published, &one.path, one.position).cmp(&(other.published, &other.path, other.position))
            });
            let Some(&(first, _)) = places.first() else { continue };
            let differences = wording.compare(self.corpus.facts(), own, first);
            found.push(SaidVersion {
                words: self.words_of(first),
                differences: differences.into_iter().map(|difference| difference.shown).collect(),
                places: places.into_iter().map(|(_, place)| place).collect(),
            });
        }
        found.sort_by(|one, other| {
            let key = |version: &SaidVersion| (version.differences.len(), usize::MAX - version.places.len());
            key(one).cmp(&key(other)).then_with(|| one.words.cmp(&other.words))
        });
        found
    }

    /// The words of a passage, its interruptions left out.
    fn words_of(&self, id: PassageId) -> String {
        let passage = self.corpus.wording().passage(id);
        let parts =
            passage.quotations(self.corpus.facts()).map(|quotation| quotation.words.replace('\n', " "));
        parts.collect::<Vec<_>>().join(" … ")
    }

    fn place_of(&self, id: PassageId) -> Option<SaidPlace> {
        let wording = self.corpus.wording();
        let passage = wording.passage(id);
        let facts = self.corpus.file(passage.file);
        let by = passage.quotations(self.corpus.facts()).find_map(|quotation| quotation.attribution.as_ref());
        let start = passage.quotations(self.corpus.facts()).next()?.span.start;
        Some(SaidPlace {
            path: facts.path.clone(),
            position: self.documents.get(passage.file.index())?.text.position(start),
            speaker: wording.voice(id).map(|voice| voice.told().into_owned()),
            published: facts.published.map(|published| published.day),
            said_on: by.and_then(|by| by.said_on),
            medium: by.and_then(|by| by.medium.clone()),
        })
    }
}
