//! Who is who in the report, and under which id the page shows them.

use rustc_hash::FxHashMap;

use super::super::sheet::Sheet;
use crate::corpus::people::{MentionAt, PersonId};
use crate::facts::{Quotation, SpeakerKind};
use crate::source::FileId;

/// Who is who, and under which id the page shows them.
pub(super) struct Roll {
    /// The persons by every spelling of two words or more.
    by_spelling: FxHashMap<String, PersonId>,
    /// Speakers that are no person of the drafts: bodies, and people whom no draft names in full.
    pub(super) others: FxHashMap<String, usize>,
    persons: FxHashMap<PersonId, usize>,
}

impl Roll {
    pub(super) fn of(sheet: &Sheet<'_>) -> Self {
        let mut roll = Self {
            by_spelling: FxHashMap::default(),
            others: FxHashMap::default(),
            persons: FxHashMap::default(),
        };
        for (rank, (id, person)) in sheet.corpus.people().iter().enumerate() {
            roll.persons.insert(id, rank);
            roll.by_spelling.entry(person.name.clone()).or_insert(id);
            for spelling in person.entry(sheet.corpus.facts()).into_iter().flat_map(|entry| entry.spellings) {
                if spelling.text.contains(' ') {
                    roll.by_spelling.entry(spelling.text).or_insert(id);
                }
            }
        }
        for (_, facts) in sheet.corpus.files() {
            for quotation in &facts.quotations {
                let speaker = quotation.attribution.as_ref().and_then(|found| found.speaker.as_ref());
                let Some(speaker) = speaker.filter(|speaker| speaker.kind != SpeakerKind::Unnamed) else {
                    continue;
                };
                if !roll.by_spelling.contains_key(&speaker.name) {
                    let next = roll.others.len();
                    roll.others.entry(speaker.name.clone()).or_insert(next);
                }
            }
        }
        roll
    }

    /// The id of the person who says a quotation; `None` where nobody with a name does.
    pub(super) fn of_quotation(
        &self,
        sheet: &Sheet<'_>,
        file: FileId,
        quotation: &Quotation,
    ) -> Option<String> {
        let attribution = quotation.attribution.as_ref()?;
        let speaker = attribution.speaker.as_ref()?;
        let mentions = &sheet.corpus.file(file).mentions;
        let named = attribution.source.as_ref().and_then(|source| {
            let at = mentions.iter().position(|mention| source.span.overlaps(mention.span))?;
            sheet.corpus.people().of(MentionAt { file, index: at as u32 })
        });
        let person = named.or_else(|| self.by_spelling.get(&speaker.name).copied());
        match person.and_then(|person| self.persons.get(&person)) {
            Some(rank) => Some(format!("p{}", rank + 1)),
            None => self.others.get(&speaker.name).map(|rank| format!("o{}", rank + 1)),
        }
    }
}
