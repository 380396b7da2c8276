//! What the drafts state about one person beside the title, put side by side: age, party, seat, kinship.

use rustc_hash::FxHashMap;

use super::bearer::of_another_time;
use crate::corpus::Corpus;
use crate::corpus::people::{MentionAt, PersonId};
use crate::facts::{FileFacts, Mention, MentionTense, Particular, ParticularKind};
use crate::lexicon::lexicon;
use crate::rules::Finding;
use crate::source::{FileId, Place, Span};

/// A statement, where it stands and in which draft.
#[derive(Clone, Copy)]
pub struct Stated<'c> {
    /// The draft.
    pub file: FileId,
    /// Its facts.
    pub facts: &'c FileFacts,
    /// The statement.
    pub said: &'c Particular,
    /// Is it an age of earlier times?
    pub then: bool,
}

impl Stated<'_> {
    /// Where it stands.
    pub fn place(&self) -> Place {
        Place::new(self.file, self.said.span)
    }

    /// Days from the publication of the other draft to that of this one; none where one of them is not known.
    pub fn days_from(&self, other: &Self) -> Option<i32> {
        let day = |stated: &Stated<'_>| stated.facts.published.map(|published| published.day);
        Some(day(self)?.days_since(day(other)?))
    }
}

/// Every person about whom the drafts state something of these kinds more than once, with the statements in the order
/// of the drafts. What a sentence tells of earlier times is left out.
pub fn stated<'c>(corpus: &'c Corpus, kinds: &[ParticularKind]) -> Vec<(PersonId, Vec<Stated<'c>>)> {
    let people = corpus.people();
    let mut by_person: FxHashMap<PersonId, Vec<Stated<'c>>> = FxHashMap::default();
    for (file, facts) in corpus.files() {
        for said in facts.particulars.iter().filter(|said| kinds.contains(&said.kind)) {
            let Some((index, mention)) = mention_at(facts, said.about) else { continue };
            // A father and a son of one name are two people, and only some drafts say which.
            let generation = mention.name.rsplit(' ').next().is_some_and(|last| lexicon().is_suffix(last));
            // “When Ruiz, 21, came”: what opens the sentence looks back.
            let led_back = mention.retrospect && !opens_its_sentence(mention);
            let past = match said.kind {
                // Whoever was somebody's sister years ago is still, and a life does not change.
                ParticularKind::Kin
                | ParticularKind::Born
                | ParticularKind::Died
                | ParticularKind::Years
                | ParticularKind::Since
                | ParticularKind::AgeIn => false,
                ParticularKind::Party => led_back,
                // “Ruiz, 61, taught for three decades”: the age is of today, unless the sentence names a day of its own.
                // So it is beside the year of birth, and beside the age of another year.
                ParticularKind::Age if dated_life(facts, mention) => false,
                // “Quist died on Thursday. He was 89”: the age stands in a sentence of its own.
                ParticularKind::Age if !mention.sentence.contains(said.span) => {
                    of_another_time(facts, mention)
                }
                // “The boat was near when Ruiz, 43, stood up”: what happened then is the story itself.
                ParticularKind::Age if said.narrated => of_another_time(facts, mention),
                ParticularKind::Age => {
                    matches!(mention.tense, MentionTense::Past | MentionTense::PastPerfect)
                        && (led_back || of_another_time(facts, mention))
                }
                ParticularKind::Seat => mention.retrospect,
            };
            // “Ruiz, 67, joined in 1990”: the age of then is no more than that of now.
            let then = past && said.kind == ParticularKind::Age;
            if mention.quoted || mention.imagined || past && !then || generation {
                continue;
            }
            if let Some(person) = people.of(MentionAt { file, index: index as u32 }) {
                by_person.entry(person).or_default().push(Stated { file, facts, said, then });
            }
        }
    }
    let mut found: Vec<_> = by_person.into_iter().filter(|(_, stated)| stated.len() > 1).collect();
    found.sort_unstable_by_key(|(person, _)| *person);
    found
}

/// Does the same sentence tell when the person was born, or how old the person was in another year?
fn dated_life(facts: &FileFacts, mention: &Mention) -> bool {
    facts.particulars.iter().any(|said| {
        matches!(said.kind, ParticularKind::Born | ParticularKind::AgeIn)
            && mention.sentence.contains(said.span)
    })
}

/// Does the sentence begin with the name, or with a title before it?
fn opens_its_sentence(mention: &Mention) -> bool {
    let titled = mention.titles.iter().map(|title| title.span.start).min();
    titled.unwrap_or(mention.span.start).min(mention.span.start) == mention.sentence.start
}

/// The mention whose name stands at `span`.
pub fn mention_at(facts: &FileFacts, span: Span) -> Option<(usize, &Mention)> {
    let first = facts.mentions.partition_point(|mention| mention.span.start < span.start);
    facts.mentions.get(first).filter(|mention| mention.span == span).map(|mention| (first, mention))
}

/// One finding for the first two statements that clash: it stands at the later one. Others that clash with the first
/// are its further places.
pub fn conflict(
    rule: &'static str,
    name: &str,
    stated: &[Stated<'_>],
    clash: impl Fn(&Stated<'_>, &Stated<'_>) -> bool,
    message: impl Fn(&Stated<'_>, &Stated<'_>) -> String,
    label: impl Fn(&Stated<'_>) -> String,
) -> Option<Finding> {
    let pairs = stated.iter().enumerate().flat_map(|(at, one)| {
        stated[at + 1..].iter().filter(|other| clash(one, other)).map(move |other| (one, other))
    });
    let (first, second) = pairs.min_by_key(|(one, other)| (other.place(), one.place()))?;
    let mut finding = Finding::new(rule, second.place(), message(first, second), crate::lexicon::fold(name))
        .label(label(second))
        .related(first.place(), label(first));
    for other in stated.iter().filter(|other| other.place() != second.place() && clash(first, other)) {
        finding = finding.related(other.place(), label(other));
    }
    Some(finding)
}
