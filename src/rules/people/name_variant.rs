//! One person, or one place of the registry, under several spellings.

use std::collections::BTreeMap;

use super::source::family;
use crate::corpus::Corpus;
use crate::corpus::people::{MentionAt, Person};
use crate::corpus::registry::{one_slip, skeleton};
use crate::facts::FileFacts;
use crate::lexicon::fold;
use crate::rules::{Case, Finding};
use crate::source::Place;

/// Reports each person whose name one desk spells in several ways, once a person and desk, and every place or body
/// that the registry wants spelled another way.
pub fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for (_, person) in case.corpus.people().iter() {
        let mut desks: BTreeMap<Option<&str>, Vec<MentionAt>> = BTreeMap::new();
        for &mention in &person.mentions {
            let desk = case.corpus.file(mention.file).desk.as_deref();
            desks.entry(desk).or_default().push(mention);
        }
        for mentions in desks.values() {
            findings.extend(variants(case.corpus, person, mentions));
        }
    }
    house_spellings(case.corpus, findings);
}

/// The spellings of one part of the name, each with its places.
type Spellings<'f> = BTreeMap<&'f str, Vec<Place>>;

fn variants(corpus: &Corpus, person: &Person, mentions: &[MentionAt]) -> Option<Finding> {
    let known = person.registered.map(|id| corpus.registry().person(id));
    let mut given: Spellings<'_> = BTreeMap::new();
    let mut last: Spellings<'_> = BTreeMap::new();
    for &mention in mentions {
        let facts: &FileFacts = corpus.file(mention.file);
        let name = mention.of(facts).name.as_str();
        let accepted = known.is_some_and(|known| {
            if known.prefer {
                *known.name == *name
            } else {
                known.spellings().any(|spelling| spelling == name || family(spelling) == name)
            }
        });
        // A headline in capitals spells nothing differently.
        if accepted || !name.chars().any(char::is_lowercase) {
            continue;
        }
        let place = mention.place(facts);
        last.entry(family(name)).or_default().push(place);
        if let Some((first, _)) = name.split_once(' ').filter(|(first, _)| !first.ends_with('.')) {
            given.entry(first).or_default().push(place);
        }
    }
    if let Some(known) = known.filter(|known| known.prefer) {
        return wanted(&known.name, &given, &last, mentions, corpus);
    }
    let parts = [alike(last), alike(given)];
    let (one, other) = parts.iter().find_map(|spellings| {
        let mut all: Vec<(&&str, &Vec<Place>)> = spellings.iter().collect();
        all.sort_by_key(|(_, places)| places[0]);
        (all.len() > 1).then(|| (all[0], all[1..].to_vec()))
    })?;
    let forms: Vec<String> =
        std::iter::once(&one).chain(&other).map(|(form, places)| counted(form, places.len())).collect();
    let (first, rest) = other.split_first()?;
    let mut finding = Finding::new(
        "name-variant",
        first.1[0],
        format!("{} is spelled in {} ways: {}", person.name, forms.len(), forms.join(", ")),
        fold(&person.name),
    )
    .label(format!("“{}” here", first.0))
    .related(one.1[0], format!("“{}” here", one.0));
    for (form, places) in rest {
        finding = finding.related(places[0], format!("“{form}” here"));
    }
    Some(finding)
}

/// Forms count as spellings of each other only where they look or sound alike: Joe is no misspelling of Joseph, and
/// a file that calls Hanna Torn by her first name spells nothing differently. Plurals and the two apostrophes are
/// no spellings either.
fn alike(forms: Spellings<'_>) -> Spellings<'_> {
    let folded: Vec<(String, String)> =
        forms.keys().map(|form| (fold(form), form.replace('’', "'"))).collect();
    let near = |(a, written): &(String, String), (b, other): &(String, String)| {
        let plural = a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
        let sound = a.len().min(b.len()) > 3 && skeleton(a) == skeleton(b);
        written != other && !plural && (a == b || one_slip(a, b) || sound)
    };
    forms
        .into_iter()
        .enumerate()
        .filter(|(at, _)| folded.iter().any(|other| near(&folded[*at], other)))
        .map(|(_, entry)| entry)
        .collect()
}

fn counted(form: &str, count: usize) -> String {
    if count == 1 { format!("“{form}” once") } else { format!("“{form}” {count} times") }
}

/// The registry wants one spelling, and another is used.
fn wanted(
    name: &str,
    given: &Spellings<'_>,
    last: &Spellings<'_>,
    mentions: &[MentionAt],
    corpus: &Corpus,
) -> Option<Finding> {
    let own = family(name);
    let first = name.split(' ').next().unwrap_or(name);
    let wrong = last
        .iter()
        .filter(|(form, _)| **form != own)
        .chain(given.iter().filter(|(form, _)| **form != first && !name.contains(**form)));
    let mut places: Vec<Place> = wrong.flat_map(|(_, places)| places.iter().copied()).collect();
    places.sort_unstable();
    places.dedup();
    let (&place, others) = places.split_first()?;
    let written = mentions.iter().find_map(|mention| {
        let facts = corpus.file(mention.file);
        (mention.place(facts) == place).then(|| mention.of(facts).name.as_str())
    })?;
    let mut finding =
        Finding::new("name-variant", place, format!("the registry wants this spelled “{name}”"), fold(name))
            .label(format!("“{written}” here"));
    for &place in others {
        finding = finding.related(place, "and here");
    }
    Some(finding)
}

fn house_spellings(corpus: &Corpus, findings: &mut Vec<Finding>) {
    for (file, facts) in corpus.files() {
        for name in &facts.names {
            let Some(prefer) = corpus.registry().wanted(&name.text) else { continue };
            findings.push(
                Finding::new(
                    "name-variant",
                    Place::new(file, name.span),
                    format!("the registry wants this spelled “{prefer}”"),
                    &*name.text,
                )
                .label(format!("“{}” here", name.text))
                .fix(true, vec![(name.span, prefer.to_owned())]),
            );
        }
    }
}
