//! Words dated to a day before their speaker was born or after the speaker had died.

use rustc_hash::FxHashMap;

use super::bearer::bearers;
use super::particulars::mention_at;
use super::source::{family, mention_in};
use super::when::span;
use crate::calendar::Interval;
use crate::corpus::people::{MentionAt, PersonId};
use crate::facts::{FileFacts, Mention, ParticularKind, Phrase};
use crate::rules::{Finding, RuleContext};
use crate::source::{FileId, Place};

/// Speech with its source, marked or reported.
struct Spoken<'f> {
    said_on: Interval,
    source: &'f Phrase,
    words: &'f str,
    place: Place,
    index: usize,
    mention: &'f Mention,
}

/// All speech of a draft whose source is a name and whose day of saying is known.
fn spoken(file: FileId, facts: &FileFacts) -> impl Iterator<Item = Spoken<'_>> {
    let quoted = facts.quotations.iter().filter_map(move |quotation| {
        Some((quotation.attribution.as_ref()?, &*quotation.words, Place::new(file, quotation.span)))
    });
    let reported = facts.indirect.iter().map(move |reported| {
        (&reported.attribution, &*reported.content.text, Place::new(file, reported.content.span))
    });
    quoted.chain(reported).filter_map(move |(attribution, words, place)| {
        let (source, said_on) = (attribution.source.as_ref()?, attribution.said_on?);
        let (index, mention) = mention_in(facts, source.span)?;
        Some(Spoken { said_on, source, words, place, index, mention })
    })
}

/// Reports speech whose day lies wholly outside the life of its speaker: of the one person of the registry that the source
/// can mean, or of the person whose death a draft dates.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    let deaths = deaths(context);
    for (file, facts) in corpus.files() {
        let first = findings.len();
        for speech in spoken(file, facts) {
            let known = findings[first..].iter().any(|known| known.place.span.overlaps(speech.source.span));
            if known || registered(context, &speech, findings) {
                continue;
            }
            let Some(person) = corpus.people().of(MentionAt { file, index: speech.index as u32 }) else {
                continue;
            };
            let Some((place, days)) = deaths.get(&person) else { continue };
            if speech.said_on.meets(Interval { from: None, to: days.to }) {
                continue;
            }
            let name = &corpus.people().person(person).name;
            findings.push(
                finding(name, "had died", &speech)
                    .label(format!("died {}", span(*days)))
                    .related(speech.place, format!("said {}", span(speech.said_on)))
                    .related(*place, "the death"),
            );
        }
    }
}

fn finding(name: &str, fault: &str, speech: &Spoken<'_>) -> Finding {
    Finding::new(
        "outside-lifetime",
        Place::new(speech.place.file, speech.source.span),
        format!("{name} {fault} by the time these words are said to have been spoken"),
        speech.words,
    )
}

/// Is the day outside the life of the one person of the registry that the source can mean? A family name alone may be a
/// namesake's, unless the draft has the whole name somewhere.
fn registered(context: &RuleContext<'_>, speech: &Spoken<'_>, findings: &mut Vec<Finding>) -> bool {
    let registry = context.corpus.registry();
    if registry.is_empty() {
        return false;
    }
    let full = |name: &str| name.contains(' ');
    let mention = speech.mention;
    let introduced = full(&mention.name)
        || mention.person.as_deref().is_some_and(full)
        || named_in_full(context.corpus.file(speech.place.file), &mention.name);
    let people = bearers(registry, mention);
    let ([id], true) = (people.as_slice(), introduced) else { return false };
    let person = registry.person(*id);
    let said_on = speech.said_on;
    let before = person.born.is_some_and(|born| !said_on.meets(Interval { from: born.from, to: None }));
    let after = person.died.is_some_and(|died| !said_on.meets(Interval { from: None, to: died.to }));
    let (fault, day) = match (before, after) {
        (true, _) => ("had not been born", person.born),
        (_, true) => ("had died", person.died),
        _ => return false,
    };
    findings.push(
        finding(&person.name, fault, speech)
            .label(format!("{} {}", if before { "born" } else { "died" }, day.map_or_else(String::new, span)))
            .related(speech.place, format!("said {}", span(said_on))),
    );
    true
}

/// Does the draft have the family name in a whole name, of whatever person?
fn named_in_full(facts: &FileFacts, surname: &str) -> bool {
    facts.mentions.iter().any(|mention| mention.name.contains(' ') && family(&mention.name) == surname)
}

/// Bytes after “died” within which its day stands.
const DAY_WITHIN: u32 = 30;

/// Whose deaths the drafts date: the earliest statement of each person. Where two drafts give two days, the later counts.
fn deaths(context: &RuleContext<'_>) -> FxHashMap<PersonId, (Place, Interval)> {
    let corpus = context.corpus;
    let mut found: FxHashMap<PersonId, (Place, Interval)> = FxHashMap::default();
    for (file, facts) in corpus.files() {
        for said in facts.particulars.iter().filter(|said| said.kind == ParticularKind::Died) {
            let Some((index, mention)) = mention_at(facts, said.about) else { continue };
            let near = facts.dates.iter().find(|date| {
                !date.quoted && (said.span.end..said.span.end + DAY_WITHIN).contains(&date.span.start)
            });
            let Some(days) = near.and_then(|date| date.interval) else { continue };
            if mention.quoted || mention.imagined || days.to.is_none() {
                continue;
            }
            let Some(person) = corpus.people().of(MentionAt { file, index: index as u32 }) else { continue };
            let new = (Place::new(file, said.span), days);
            let known = found.entry(person).or_insert(new);
            if days.to > known.1.to {
                *known = new;
            }
        }
    }
    found
}
