//! Somebody's sister in one place and his wife in another; an event that is the third here and the fourth there.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::particulars::{Stated, conflict, mention_at, stated};
use super::source::family;
use crate::corpus::Corpus;
use crate::facts::{Ordinal, ParticularKind, ROLE};
use crate::lexicon::fold;
use crate::rules::attribution::gist::{published_within, share_a_person};
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
    given_names(corpus, findings);
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

/// A relation of somebody who is named by the given name, and where it stands.
struct GivenName<'c> {
    kin: &'c str,
    /// Whose relative: a full name, or a family name alone.
    of: String,
    place: Place,
    file: FileId,
}

/// Reports relatives of one family name and one given name who are a sister in one place and a wife in another, where at
/// least one of the two places has the given name alone; once for each pair of names.
fn given_names(corpus: &Corpus, findings: &mut Vec<Finding>) {
    let mut by_name: BTreeMap<(String, String), Vec<GivenName<'_>>> = BTreeMap::new();
    for (file, facts) in corpus.files() {
        for relative in &facts.relatives {
            let place = Place::new(file, relative.span);
            let found = GivenName { kin: &relative.kin, of: relative.of.clone(), place, file };
            let family = family(&relative.of).to_owned();
            by_name.entry((family, relative.given.clone())).or_default().push(found);
        }
    }
    if by_name.is_empty() {
        return;
    }
    // “Doreen Kuykendall, his wife”: whoever bears the family name is taken for a relative of it.
    for (file, facts) in corpus.files() {
        for said in facts.particulars.iter().filter(|said| said.kind == ParticularKind::Kin) {
            let Some((_, mention)) = mention_at(facts, said.about).filter(|(_, it)| !it.quoted) else {
                continue;
            };
            let name = mention.known_as();
            let Some((given, rest)) = name.split_once(' ') else { continue };
            let of = match &*said.owner {
                "his" | "her" => fold(family(rest)),
                owner => owner.to_owned(),
            };
            if let Some(known) = by_name.get_mut(&(of.clone(), fold(given))) {
                known.push(GivenName { kin: &said.value, of, place: Place::new(file, said.span), file });
            }
        }
    }
    for ((of, given), named) in by_name {
        let clash = named.iter().enumerate().find_map(|(at, one)| {
            let other = named[at + 1..].iter().find(|other| {
                let same = one.of == other.of || !one.of.contains(' ') || !other.of.contains(' ');
                one.kin != other.kin
                    && same
                    && !(engaged(one.kin) && engaged(other.kin))
                    && !of_two_generations(one.kin, other.kin)
                    && (one.file == other.file || one_matter(corpus, one.file, other.file))
            })?;
            Some((one, other))
        });
        let Some((one, other)) = clash else { continue };
        let message = format!("this relative is the {} here and the {} in another place", other.kin, one.kin);
        findings.push(
            Finding::new("conflicting-kinship", other.place, message, format!("{of} {given}"))
                .label(format!("{} here", other.kin))
                .related(one.place, format!("{} here", one.kin)),
        );
    }
}

/// Two relations clash where they are to the same person, as far as the words tell: one owner, a pronoun against a name
/// or a role, or a role against the name that somebody in it has. “His” and “her” are two people.
fn clash(corpus: &Corpus, one: &Stated<'_>, other: &Stated<'_>) -> bool {
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

/// Days between two stories of one matter: a trial and its verdict.
const ONE_MATTER: i32 = 14;

/// Are two drafts of about the same weeks, with a person in common?
fn one_matter(corpus: &Corpus, one: FileId, other: FileId) -> bool {
    published_within(corpus, one, other, ONE_MATTER) && share_a_person(corpus, one, other)
}

/// A father and a son may have one given name.
fn of_two_generations(one: &str, other: &str) -> bool {
    let line = |kind: &str| matches!(kind, "parent" | "child" | "grandparent" | "grandchild");
    line(one) && line(other)
}

/// Is it a husband or a wife, or somebody who is to become one?
fn engaged(kind: &str) -> bool {
    matches!(kind, "spouse" | "partner")
}

/// Is somebody of this family name called by the role in one of the drafts?
fn holds(corpus: &Corpus, family_name: &str, role: &str) -> bool {
    corpus.files().flat_map(|(_, facts)| &facts.mentions).any(|mention| {
        let name = mention.known_as();
        fold(family(name)) == family_name
            && mention.titles.iter().any(|title| fold(&title.text).split(' ').any(|word| word == role))
    })
}
