//! The congress-legislators lists: members of the United States Congress, presidents and vice-presidents, with
//! every term they served. The same records come as YAML and as JSON.

use serde::Deserialize;

use super::date::Partial;
use super::parse::{nullable, yaml};
use super::{Roster, RosterPerson, RosterTitle, tenure};
use crate::calendar::{Day, Interval};
use crate::source::{InputError, from_json};

/// Reads the YAML form.
pub fn read_yaml(path: &str, text: &str) -> Result<Roster, InputError> {
    yaml(path, text).map(roster)
}

/// Reads the JSON form.
pub fn read_json(path: &str, text: &str) -> Result<Roster, InputError> {
    from_json(path, text).map(roster)
}

#[derive(Deserialize)]
struct Legislator {
    name: Name,
    #[serde(default, deserialize_with = "nullable")]
    other_names: Vec<Name>,
    #[serde(default, deserialize_with = "nullable")]
    bio: Bio,
    #[serde(default, deserialize_with = "nullable")]
    terms: Vec<Term>,
    #[serde(default, deserialize_with = "nullable")]
    leadership_roles: Vec<Leadership>,
}

/// A name, or in `other_names` the parts of one that differed.
#[derive(Deserialize)]
struct Name {
    first: Option<String>,
    middle: Option<String>,
    last: Option<String>,
    suffix: Option<String>,
    nickname: Option<String>,
    official_full: Option<String>,
}

#[derive(Default, Deserialize)]
struct Bio {
    birthday: Option<Partial>,
}

#[derive(Deserialize)]
struct Term {
    #[serde(rename = "type")]
    office: String,
    start: Partial,
    #[serde(default)]
    end: Partial,
}

#[derive(Deserialize)]
struct Leadership {
    title: String,
    #[serde(default)]
    start: Partial,
    #[serde(default)]
    end: Partial,
}

fn roster(people: Vec<Legislator>) -> Roster {
    // An end later than every start in the list lay in the future when the list was made: it is a schedule, which
    // says nothing about a copy of the list that has aged. Such terms stay open.
    let newest = people
        .iter()
        .flat_map(|person| person.terms.iter())
        .filter_map(|term| term.start.0.and_then(|start| start.from))
        .max();
    Roster {
        persons: people.into_iter().map(|person| convert(person, newest)).collect(),
        ..Roster::default()
    }
}

fn convert(person: Legislator, newest: Option<Day>) -> RosterPerson {
    let held = |start: Partial, end: Partial| {
        let mut held = tenure(start.0, end.0)?;
        held.to = held.to.filter(|&end| newest.is_none_or(|newest| end <= newest));
        Some(held)
    };
    let mut titles: Vec<RosterTitle> = Vec::new();
    for term in &person.terms {
        if let (Some(title), Some(held)) = (office(&term.office), held(term.start, term.end)) {
            add_term(&mut titles, title, held);
        }
    }
    for role in &person.leadership_roles {
        if let Some(held) = held(role.start, role.end) {
            add_term(&mut titles, &role.title, held);
        }
    }
    let (name, mut aliases) = spellings(&person.name);
    for other in person.other_names {
        let then = Name {
            first: other.first.or_else(|| person.name.first.clone()),
            middle: other.middle.or_else(|| person.name.middle.clone()),
            last: other.last.or_else(|| person.name.last.clone()),
            suffix: other.suffix,
            nickname: other.nickname.or_else(|| person.name.nickname.clone()),
            official_full: other.official_full,
        };
        let (name, others) = spellings(&then);
        aliases.push(name);
        aliases.extend(others);
    }
    aliases.sort_unstable();
    aliases.dedup();
    aliases.retain(|alias| *alias != name);
    RosterPerson {
        name,
        aliases,
        family: person.name.last,
        born: person.bio.birthday.and_then(|born| born.0),
        titles,
        ..RosterPerson::default()
    }
}

/// A term that begins where the last one of the same office ended (the same day, or the day after) goes on with it.
fn add_term(titles: &mut Vec<RosterTitle>, title: &str, held: Interval) {
    if let Some(last) = titles.iter_mut().rev().find(|known| known.title == title)
        && let (Some(end), Some(start)) = (last.held.to, held.from)
        && start <= end.plus(1)
    {
        last.held.to = held.to.map(|to| to.max(end));
        return;
    }
    titles.push(RosterTitle { title: title.to_owned(), held });
}

fn office(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "prez" => "President of the United States",
        "viceprez" => "Vice President of the United States",
        "sen" => "U.S. Senator",
        "rep" => "U.S. Representative",
        _ => return None,
    })
}

/// The name in full, and every shorter way to say it that the record's parts allow.
fn spellings(name: &Name) -> (String, Vec<String>) {
    let join = |parts: &[Option<&String>]| {
        let parts: Vec<&str> = parts.iter().flatten().map(|part| part.as_str()).collect();
        parts.join(" ")
    };
    let last = name.last.as_ref();
    let short = join(&[name.first.as_ref(), last]);
    let mut others = vec![
        join(&[name.first.as_ref(), name.middle.as_ref(), last]),
        join(&[name.first.as_ref(), name.middle.as_ref(), last, name.suffix.as_ref()]),
        join(&[name.first.as_ref(), last, name.suffix.as_ref()]),
    ];
    if name.nickname.is_some() {
        others.push(join(&[name.nickname.as_ref(), last]));
    }
    match &name.official_full {
        Some(full) => {
            others.push(short);
            (full.clone(), others)
        }
        // Without an official name the one that people go by serves: Bill, not William.
        None => match &name.nickname {
            Some(_) => {
                others.push(short);
                (join(&[name.nickname.as_ref(), last]), others)
            }
            None => (short, others),
        },
    }
}
