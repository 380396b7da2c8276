//! `people.toml`, the desk's own registry.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::date::Partial;
use super::{HouseName, Roster, RosterEvent, RosterPerson, RosterTitle, tenure};
use crate::calendar::Interval;
use crate::lexicon::fold;
use crate::parallel;
use crate::source::{InputError, Node, Value, from_toml, toml_node};

/// The JSON Schema of `people.toml`.
#[cfg(feature = "cli")]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(File).to_value()
}

/// Reads `people.toml`.
pub fn read(path: &str, text: &str) -> Result<Roster, InputError> {
    let file = match in_parts(path, text) {
        Some(file) => file,
        None => from_toml(path, text).map_err(|error| with_two_brackets(error, text))?,
    };
    if let Some(second) = listed_twice(&file.person) {
        return Err(twice(path, text, &file.person[second]));
    }
    if let Some(which) = file.person.iter().position(dies_before_birth) {
        return Err(unborn(path, text, which, &file.person[which]));
    }
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

/// Adds the cure where a table has one bracket in place of two: `[person]`, `[person.title]`.
fn with_two_brackets(error: InputError, text: &str) -> InputError {
    let place = error.labels.first().map_or("", |(span, _)| text.get(span.start as usize..).unwrap_or(""));
    let header = place.lines().next().unwrap_or("").trim();
    let name = header.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match name {
        Some(name) if error.message.contains("expected a sequence") && !name.starts_with('[') => {
            let message = format!("`{name}` is a list of tables, and this is one table");
            InputError { message, ..error }.help(format!("write [[{name}]], with two brackets"))
        }
        _ => error,
    }
}

/// The index of a person whose name an earlier one has. Two people may share a name where both days of birth are
/// given and differ.
fn listed_twice(people: &[Person]) -> Option<usize> {
    let mut seen: FxHashMap<String, &Person> = FxHashMap::default();
    people.iter().position(|person| {
        let known = seen.insert(fold(&person.name.0), person);
        known.is_some_and(|known| match (&known.born, &person.born) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        })
    })
}

/// Points at both places where a person is listed.
fn twice(path: &str, text: &str, person: &Person) -> InputError {
    let name = &person.name.0;
    let mut error = InputError::new(path, format!("{name} is listed twice"));
    let people = match toml_node(text).node.value {
        Value::Table(entries) => entries.into_iter().find(|(key, _)| key.name == "person"),
        _ => None,
    };
    if let Some((_, Node { value: Value::List(people), .. })) = people {
        let names = people.iter().filter_map(|person| {
            let Value::Table(entries) = &person.value else { return None };
            entries.iter().find(|(key, _)| key.name == "name").map(|(_, node)| node)
        });
        let same = |node: &&Node| matches!(&node.value, Value::Text(text) if fold(text) == fold(name));
        for (node, label) in names.filter(same).zip(["here", "and here"]) {
            error = error.at(text, node.span, label);
        }
    }
    error.help(
        "put all aliases and titles into one [[person]]; if they are two people, give both of them `born`",
    )
}

/// Is the last possible day of death before the first possible day of birth?
fn dies_before_birth(person: &Person) -> bool {
    let day = |day: &Option<Partial>| day.as_ref().and_then(|day| day.0);
    tenure(day(&person.born), day(&person.died)).is_none()
}

/// Points at the day of death of the person that stands at `which` in the file.
fn unborn(path: &str, text: &str, which: usize, person: &Person) -> InputError {
    let error = InputError::new(path, format!("{} dies before the day of birth", person.name.0))
        .help("correct `born` or `died`; if they are two people, give each a [[person]] of its own");
    let people = match toml_node(text).node.value {
        Value::Table(entries) => entries.into_iter().find(|(key, _)| key.name == "person"),
        _ => None,
    };
    let Some((_, Node { value: Value::List(people), .. })) = people else { return error };
    let died = people.get(which).and_then(|person| match &person.value {
        Value::Table(entries) => entries.iter().find(|(key, _)| key.name == "died"),
        _ => None,
    });
    match died {
        Some((_, node)) => error.at(text, node.span, "here"),
        None => error,
    }
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

/// A registry of people: who held which office, and when.
#[derive(Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(title = "people.toml"))]
#[serde(deny_unknown_fields)]
struct File {
    /// For everybody in the file: the name is wanted, and aliases are reported
    #[serde(default)]
    prefer: bool,
    /// People
    #[serde(default)]
    person: Vec<Person>,
    /// Places and bodies that the house spells one way
    #[serde(default)]
    name: Vec<Name>,
    /// What happens on known days
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<WrittenEvent>"))]
    event: Vec<Event>,
}

/// A person.
#[derive(Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Person {
    /// The name as the house writes it
    #[cfg_attr(feature = "cli", schemars(with = "String"))]
    name: Words,
    /// Other spellings and names, which are accepted
    #[serde(default)]
    aliases: Vec<String>,
    /// The name is wanted, and the aliases are reported
    prefer: Option<bool>,
    /// The family name, where it is not the last word of the name
    family: Option<String>,
    /// The day of birth
    born: Option<Partial>,
    /// The day of death
    died: Option<Partial>,
    /// Offices and titles that the person holds or held
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<WrittenTitle>"))]
    title: Vec<Title>,
}

/// A place or a body that the house spells one way.
#[derive(Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Name {
    /// The spelling that is wanted
    #[cfg_attr(feature = "cli", schemars(with = "String"))]
    prefer: Words,
    /// The spellings that are reported
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

/// An office or a title.
#[derive(Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Title"))]
#[serde(deny_unknown_fields)]
struct WrittenTitle {
    /// What it is called
    #[cfg_attr(feature = "cli", schemars(with = "String"))]
    title: Words,
    /// The first day; open without it
    from: Option<Partial>,
    /// The last day; open without it
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

/// What happens on known days: `on`, or `from` and `to`.
#[derive(Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Event"))]
#[serde(deny_unknown_fields)]
struct WrittenEvent {
    /// What it is called
    #[cfg_attr(feature = "cli", schemars(with = "String"))]
    name: Words,
    /// The day
    on: Option<Partial>,
    /// The first of several days
    from: Option<Partial>,
    /// The last of several days
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
