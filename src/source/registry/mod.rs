//! Registries: who held which office when, read from the forms that desks can get. Every form becomes one
//! [`Roster`]; what it means (titles taken apart, lookups) is for the rooms below.
//!
//! | form | recognised by |
//! |---|---|
//! | `people.toml` | its ending `.toml` |
//! | congress-legislators | YAML, or a JSON list whose records have `terms` |
//! | Popolo | JSON with `persons` or `memberships`, or a list of persons |
//! | Wikidata entities | JSON with `entities`, or records with `claims` |
//! | Wikidata query result | its ending `.csv` |

mod congress;
mod date;
mod parse;
mod people_toml;
mod popolo;
mod wikidata;
mod wikidata_csv;

#[cfg(test)]
mod tests;

#[cfg(feature = "disk")]
use std::collections::BTreeMap;
#[cfg(feature = "disk")]
use std::path::{Path, PathBuf};

#[cfg(feature = "disk")]
use rustc_hash::FxHashMap;

use super::InputError;
#[cfg(feature = "disk")]
use super::{Gravity, read_text, shown_from};
use crate::calendar::Interval;
#[cfg(feature = "disk")]
use crate::lexicon::fold;

/// People, spellings and events as a registry states them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roster {
    /// The people, in the order of their files.
    pub persons: Vec<RosterPerson>,
    /// Places and bodies that the desk spells one way.
    pub names: Vec<HouseName>,
    /// Events with their days.
    pub events: Vec<RosterEvent>,
}

/// A person of a registry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RosterPerson {
    /// The name as the registry spells it, without honorifics.
    pub name: String,
    /// Other spellings that are right.
    pub aliases: Vec<String>,
    /// True where the desk wants `name` and no alias of it.
    pub prefer: bool,
    /// The family name, where the registry says which part it is.
    pub family: Option<String>,
    /// The days on which the person may have been born; a year or a month stands for all its days.
    pub born: Option<Interval>,
    /// The days on which the person may have died.
    pub died: Option<Interval>,
    /// Offices held.
    pub titles: Vec<RosterTitle>,
}

/// An office and when it was held.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterTitle {
    /// The office in words: “President of Ukraine”.
    pub title: String,
    /// From the first day on which it may have been held to the last; an absent end is open.
    pub held: Interval,
}

/// A place or a body that the desk spells one way.
#[derive(Clone, Debug, PartialEq)]
pub struct HouseName {
    /// The spelling wanted.
    pub prefer: String,
    /// The spellings not wanted.
    pub variants: Vec<String>,
}

/// An event with its days.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterEvent {
    /// What it is called.
    pub name: String,
    /// The days it takes or took.
    pub days: Interval,
}

impl Roster {
    /// Adds everything of another registry.
    pub fn extend(&mut self, other: Self) {
        self.persons.extend(other.persons);
        self.names.extend(other.names);
        self.events.extend(other.events);
    }

    /// Nothing in it?
    pub fn is_empty(&self) -> bool {
        self.persons.is_empty() && self.names.is_empty() && self.events.is_empty()
    }
}

/// Reads a registry in any form named at the head of this file. `path` gives the form and names the file in a
/// input error.
///
/// # Errors
/// An input error that points at the place in `text` that cannot be read.
pub fn read_registry(path: &str, text: &str) -> Result<Roster, InputError> {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "toml" => people_toml::read(path, text),
        "yaml" | "yml" => congress::read_yaml(path, text),
        "csv" => wikidata_csv::read(path, text),
        "json" => match parse::json_shape(path, text)? {
            parse::Shape::Popolo => popolo::read(path, text),
            parse::Shape::PopoloPersons => popolo::read_persons(path, text),
            parse::Shape::Congress => congress::read_json(path, text),
            parse::Shape::Entities => wikidata::read_entities(path, text),
            parse::Shape::EntityList => wikidata::read_list(path, text),
            parse::Shape::Entity => wikidata::read_entity(path, text),
            parse::Shape::Unknown => Err(unknown(path)),
        },
        _ => Err(unknown(path)),
    }
}

#[cfg(feature = "cli")]
pub use people_toml::schema as people_schema;

/// Reads registries from disk, all of them that can be read. Errors name them as seen from `cwd`; a name that stands in
/// two of them is a warning, because sayso takes it for two people and then says nothing about either.
#[cfg(feature = "disk")]
pub fn read_registries(paths: &[PathBuf], cwd: &Path) -> (Roster, Vec<InputError>) {
    let mut roster = Roster::default();
    let mut input_errors = Vec::new();
    let mut starts = Vec::new();
    for path in paths {
        let shown = shown_from(cwd, path);
        match read_text(&shown, path).and_then(|text| read_registry(&shown, text.as_str())) {
            Ok(found) => {
                starts.push((roster.persons.len(), shown));
                roster.extend(found);
            }
            Err(input_error) => input_errors.push(input_error),
        }
    }
    input_errors.extend(in_two_registries(&roster.persons, &starts));
    (roster, input_errors)
}

/// The names that stand in two registries where no day of birth tells the people apart: one warning for each pair of
/// files. `starts` has the index of each file's first person.
#[cfg(feature = "disk")]
fn in_two_registries(persons: &[RosterPerson], starts: &[(usize, String)]) -> Vec<InputError> {
    if starts.len() < 2 {
        return Vec::new();
    }
    let file_of = |person: usize| starts.partition_point(|(start, _)| *start <= person) - 1;
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    let mut shared: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    for (at, person) in persons.iter().enumerate() {
        let Some(known) = seen.insert(fold(&person.name), at) else { continue };
        let apart =
            matches!((persons[known].born, person.born), (Some(one), Some(other)) if !one.meets(other));
        let files = (file_of(known), file_of(at));
        if files.0 != files.1 && !apart {
            shared.entry(files).or_default().push(&person.name);
        }
    }
    let warning = |((first, second), names): ((usize, usize), Vec<&str>)| {
        let more = match names.len() - 1 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!(
            "{}{more} stand{} in {} too",
            names[0],
            if more.is_empty() { "s" } else { "" },
            starts[first].1
        );
        let help = "sayso takes them for two people of one name, and judges neither: keep a person in one registry, \
                    or give both of them a day of birth";
        InputError::new(starts[second].1.clone(), message).help(help).gravity(Gravity::Warning)
    };
    shared.into_iter().map(warning).collect()
}

fn unknown(path: &str) -> InputError {
    InputError::new(path, "this is no registry of people that sayso knows").help(
        "it reads people.toml, Popolo JSON, congress-legislators YAML or JSON, and Wikidata entities (JSON) or \
         query results (CSV)",
    )
}

/// A tenure from its two ends, each of which may be a year or a month; `None` where the end lies before the start,
/// as it does now and then in published data, so that nothing is known.
fn tenure(from: Option<Interval>, to: Option<Interval>) -> Option<Interval> {
    let held = Interval { from: from.and_then(|from| from.from), to: to.and_then(|to| to.to) };
    match (held.from, held.to) {
        (Some(from), Some(to)) if to < from => None,
        _ => Some(held),
    }
}
