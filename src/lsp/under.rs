//! What stands at a place of a draft: a name, the source of a quotation, or a quotation.

use super::folder::Folder;
use crate::corpus::people::{MentionAt, PersonId};
use crate::corpus::wording::Verdict;
use crate::facts::{FileFacts, Turn};
use crate::source::{FileId, Place, Span};

/// What stands at a place.
#[derive(Clone, Copy, Debug)]
pub enum Under {
    /// A person's name.
    Mention(MentionAt),
    /// The words that name a quotation's source without a name: “she”, “the mayor”. The quotation's number.
    Source(usize),
    /// A quotation, by its number in the file.
    Quotation(usize),
}

/// What was found, with the file and the words that it is.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The file.
    pub file: FileId,
    /// The words.
    pub span: Span,
    /// What they are.
    pub what: Under,
}

/// What stands at the byte `offset` of a draft; the innermost of several. `None` for the writer's other words.
pub fn find(folder: &Folder, path: &str, offset: u32) -> Option<Found> {
    let file = folder.project.file(path)?;
    let facts = folder.project.corpus().file(file);
    let covers = |span: Span| span.start <= offset && offset < span.end;
    let found = |span: Span, what: Under| Some(Found { file, span, what });
    // The cursor after a name's last letter still means the name.
    let names = |span: Span| span.start <= offset && offset <= span.end;
    if let Some(index) = facts.mentions.iter().position(|mention| names(mention.span)) {
        let at = MentionAt { file, index: index as u32 };
        return found(at.of(facts).span, Under::Mention(at));
    }
    let sources = facts.quotations.iter().enumerate().filter_map(|(index, quotation)| {
        Some((index, quotation.attribution.as_ref()?.source.as_ref()?.span))
    });
    if let Some((index, span)) = sources.into_iter().find(|(_, span)| covers(*span)) {
        return found(span, Under::Source(index));
    }
    let index = facts.quotations.iter().rposition(|quotation| covers(quotation.span))?;
    found(facts.quotations[index].span, Under::Quotation(index))
}

/// Where a person is introduced for a reader of this file: the first full name there, or else the first in the project.
pub fn introduction(folder: &Folder, file: FileId, person: PersonId) -> Option<Place> {
    let corpus = folder.project.corpus();
    let mentions = &corpus.people().person(person).mentions;
    let full = |at: &&MentionAt| at.of(corpus.file(at.file)).name.contains(' ');
    let here = mentions.iter().filter(full).find(|at| at.file == file);
    here.or_else(|| mentions.iter().find(full)).map(|at| at.place(corpus.file(at.file)))
}

/// The person whom the speaker of a quotation is, where the file names them: their number and first mention.
pub fn speaker(folder: &Folder, file: FileId, quotation: usize) -> Option<MentionAt> {
    let facts = folder.project.corpus().file(file);
    let name = &facts.quotations.get(quotation)?.attribution.as_ref()?.speaker.as_ref()?.name;
    let named = |(_, mention): &(usize, &crate::facts::Mention)| {
        mention.name == *name || mention.person.as_ref() == Some(name)
    };
    let (index, _) = facts.mentions.iter().enumerate().find(named)?;
    Some(MentionAt { file, index: index as u32 })
}

/// What the tapes have of a quotation; `None` where it is part of nothing that is compared.
pub fn verdict(folder: &Folder, file: FileId, quotation: usize) -> Option<Verdict<'_>> {
    let corpus = folder.project.corpus();
    let passage = *corpus.wording().passages_of(file).get(&(quotation as u32))?;
    Some(corpus.wording().verdict(corpus.facts(), passage))
}

/// The tape and the turn on it where a quotation's words stand.
pub fn on_tape(folder: &Folder, file: FileId, quotation: usize) -> Option<(FileId, &FileFacts, &Turn)> {
    let (Verdict::Exact(hit) | Verdict::Edited(hit, _) | Verdict::Altered(hit, _)) =
        verdict(folder, file, quotation)?
    else {
        return None;
    };
    let tape = folder.project.corpus().file(hit.tape);
    Some((hit.tape, tape, tape.turns.get(hit.turn as usize)?))
}
