//! Somebody's sister in one place and his wife in another; an event that is the third here and the fourth there.

use rustc_hash::FxHashMap;

use super::particulars::{Stated, conflict, stated};
use super::source::family;
use crate::corpus::Corpus;
use crate::facts::{Ordinal, ParticularKind, ROLE};
use crate::lexicon::fold;
use crate::rules::{Finding, RuleContext};
use crate::source::{FileId, Place};

/// Reports each person who is given two relations to one and the same relative, once a person.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    for (person, said) in stated(corpus, &[ParticularKind::Kin]) {
        let name = &corpus.people().person(person).name;
        findings.extend(conflict(
            "conflicting-kinship",
            name,
            &said,
            |one, other| clash(corpus, one, other),
            |one, other| {
                format!(
                    "{name} is somebody’s {} in one place and the {} in another",
                    one.said.value, other.said.value
                )
            },
            |stated| format!("{} here", stated.said.value),
        ));
    }
    let first = findings.len();
    ordinals(corpus, findings);
    findings[first..].sort_by_key(|finding| finding.place);
}

/// Days between two drafts within which an event is hardly followed by the next of its kind.
const NEAR: i32 = 1;

/// Reports an event that is the third of its kind in one place and the fourth in another, in one draft or in two of about
/// the same day; once for each kind of event.
fn ordinals(corpus: &Corpus, findings: &mut Vec<Finding>) {
    let mut by_kind: FxHashMap<&str, Vec<(FileId, &Ordinal)>> = FxHashMap::default();
    for (file, facts) in corpus.files() {
        for ordinal in &facts.ordinals {
            by_kind.entry(&ordinal.what).or_default().push((file, ordinal));
        }
    }
    let published = |file: FileId| corpus.file(file).published.map(|published| published.day);
    let near = |one: FileId, other: FileId| {
        let days = published(one).zip(published(other));
        one == other || days.is_some_and(|(one, other)| one.days_since(other).abs() <= NEAR)
    };
    for (what, numbered) in by_kind {
        // Drafts come in order of their paths: each is compared with the one before it, so that a kind that many have
        // costs no more than its own length.
        let clash = numbered
            .windows(2)
            .find(|pair| pair[0].1.number != pair[1].1.number && near(pair[0].0, pair[1].0));
        let Some([one, other]) = clash else { continue };
        let place = |(file, ordinal): &(FileId, &Ordinal)| Place::new(*file, ordinal.span);
        findings.push(
            Finding::new(
                "conflicting-kinship",
                place(other),
                format!("number {} here and number {} in another place", other.1.number, one.1.number),
                what.to_owned(),
            )
            .label(format!("number {}", other.1.number))
            .related(place(one), format!("number {}", one.1.number))
            .help("count again; one of the two may have been left standing from an earlier draft"),
        );
    }
}

/// Two relations clash where they are to the same person, as far as the words tell: one owner, a pronoun against a name
/// or a role, or a role against the name that somebody in it has. “His” and “her” are two people.
fn clash(corpus: &Corpus, one: &Stated<'_>, other: &Stated<'_>) -> bool {
    let engaged = |kind: &str| matches!(kind, "spouse" | "partner");
    let married = engaged(&one.said.value) && engaged(&other.said.value);
    if one.said.value == other.said.value || married {
        return false;
    }
    let (a, b) = (&*one.said.owner, &*other.said.owner);
    if a == b {
        return true;
    }
    let pronoun = |owner: &str| matches!(owner, "his" | "her");
    match (a.strip_prefix(ROLE), b.strip_prefix(ROLE)) {
        (None, None) => pronoun(a) != pronoun(b),
        (Some(_), Some(_)) => false,
        (Some(_), None) if pronoun(b) => one.file == other.file,
        (None, Some(_)) if pronoun(a) => one.file == other.file,
        (Some(role), None) => holds(corpus, b, role),
        (None, Some(role)) => holds(corpus, a, role),
    }
}

/// Is somebody of this family name called by the role in one of the drafts?
fn holds(corpus: &Corpus, family_name: &str, role: &str) -> bool {
    corpus.files().flat_map(|(_, facts)| &facts.mentions).any(|mention| {
        let name = mention.person.as_deref().unwrap_or(&mention.name);
        fold(family(name)) == family_name
            && mention.titles.iter().any(|title| fold(&title.text).split(' ').any(|word| word == role))
    })
}
