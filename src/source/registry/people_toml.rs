//! `people.toml`, the desk's own registry.

use crate::parallel;
use serde::Deserialize;

use super::date::Partial;
use super::{HouseName, Roster, RosterEvent, RosterPerson, RosterTitle, tenure};
use crate::calendar::Interval;
use crate::source::{InputError, from_toml};

/// Reads `people.toml`.
pub fn read(path: &str, text: &str) -> Result<Roster, InputError> {
    let file = match in_parts(path, text) {
        Some(file) => file,
        None => from_toml(path, text)?,
    };
    let persons = file.person.into_iter().map(|person| RosterPerson {
        prefer: person.prefer.unwrap_or(file.prefer),
        name: person.name.0,
        aliases: person.aliases,
        family: person.family,
        born: person.born.and_then(|born| born.0),
        died: person.died.and_then(|died| died.0),
        titles: person.title.into_iter().map(|Title { title, held }| RosterTitle { title, held }).collect(),
    });
    let names =
        file.name.into_iter().map(|name| HouseName { prefer: name.prefer.0, variants: name.variants });
    Ok(Roster {
        persons: persons.collect(),
        names: names.collect(),
        events: file.event.into_iter().map(|Event { name, days }| RosterEvent { name, days }).collect(),
    })
}

/// Above this many bytes a file is parsed in parts of about as many: the tree of a whole file takes forty times its
/// size, and a hundred thousand people some 400 MB.
const PART: usize = 1 << 18;

/// A long file read in parts that begin with a header of their own. `None` for a short one, and where a part cannot
/// be read (a header inside a string of several lines, or a fault): then the whole is parsed, which tells the place.
fn in_parts(path: &str, text: &str) -> Option<File> {
    if text.len() <= PART {
        return None;
    }
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (part, after) = rest.split_at(next_header(rest, PART));
        parts.push(part);
        rest = after;
    }
    let files: Option<Vec<File>> =
        parallel::map(&parts, |part| from_toml(path, part).ok()).into_iter().collect();
    files?.into_iter().reduce(|mut file, part: File| {
        file.person.extend(part.person);
        file.name.extend(part.name);
        file.event.extend(part.event);
        file
    })
}

/// Where the first `[[person]]`, `[[name]]` or `[[event]]` at the start of a line stands, `from` bytes on or later.
fn next_header(text: &str, from: usize) -> usize {
    let mut from = from.min(text.len());
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text[from..]
        .match_indices("\n[[")
        .map(|(at, _)| from + at + 1)
        .find(|at| {
            ["[[person]]", "[[name]]", "[[event]]"].iter().any(|header| text[*at..].starts_with(header))
        })
        .unwrap_or(text.len())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// For everybody in the file: `name` is wanted, aliases are not.
    #[serde(default)]
    prefer: bool,
    #[serde(default)]
    person: Vec<Person>,
    #[serde(default)]
    name: Vec<Name>,
    #[serde(default)]
    event: Vec<Event>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    name: Words,
    #[serde(default)]
    aliases: Vec<String>,
    prefer: Option<bool>,
    family: Option<String>,
    born: Option<Partial>,
    died: Option<Partial>,
    #[serde(default)]
    title: Vec<Title>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    prefer: Words,
    #[serde(default)]
    variants: Vec<String>,
}

/// A name, which cannot be empty.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Words(String);

impl TryFrom<String> for Words {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.trim().is_empty() { Err("a name cannot be empty") } else { Ok(Self(text)) }
    }
}

#[derive(Deserialize)]
#[serde(try_from = "WrittenTitle")]
struct Title {
    title: String,
    held: Interval,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTitle {
    title: Words,
    from: Option<Partial>,
    to: Option<Partial>,
}

impl TryFrom<WrittenTitle> for Title {
    type Error = String;

    fn try_from(written: WrittenTitle) -> Result<Self, String> {
        let held = tenure(written.from.and_then(|from| from.0), written.to.and_then(|to| to.0));
        match held {
            Some(held) => Ok(Self { title: written.title.0, held }),
            None => Err(format!("“{}” ends before it begins", written.title.0)),
        }
    }
}

#[derive(Deserialize)]
#[serde(try_from = "WrittenEvent")]
struct Event {
    name: String,
    days: Interval,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEvent {
    name: Words,
    on: Option<Partial>,
    from: Option<Partial>,
    to: Option<Partial>,
}

impl TryFrom<WrittenEvent> for Event {
    type Error = String;

    fn try_from(written: WrittenEvent) -> Result<Self, String> {
        let [on, from, to] = [written.on, written.from, written.to].map(|day| day.and_then(|day| day.0));
        let name = written.name.0;
        let days = match (on, from, to) {
            (Some(on), None, None) => on,
            (None, None, None) => {
                return Err(format!("“{name}” has no day: give it `on`, or `from` and `to`"));
            }
            (None, from, to) => tenure(from, to).ok_or_else(|| format!("“{name}” ends before it begins"))?,
            _ => return Err(format!("“{name}” has `on` and also `from` or `to`: keep one of them")),
        };
        Ok(Self { name, days })
    }
}
