//! Wikidata entities in JSON: one entity, `{"entities": {…}}` as the site serves them, or a list of them.
//!
//! A person's offices are the statements P39, held from P580 to P582. The office is named by another entity, so the
//! file must hold that one too for its label; a tenure whose office has no label in the file says nothing.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::date::Partial;
use super::{Roster, RosterPerson, RosterTitle, tenure};
use crate::calendar::Interval;
use crate::source::{InputError, from_json};

/// Reads `{"entities": {…}}`.
pub fn read_entities(path: &str, text: &str) -> Result<Roster, InputError> {
    let file: File = from_json(path, text)?;
    let entities: Vec<Entity> = file.entities.into_values().collect();
    Ok(roster(&entities))
}

/// Reads a list of entities.
pub fn read_list(path: &str, text: &str) -> Result<Roster, InputError> {
    let entities: Vec<Entity> = from_json(path, text)?;
    Ok(roster(&entities))
}

/// Reads one entity.
pub fn read_entity(path: &str, text: &str) -> Result<Roster, InputError> {
    Ok(roster(&[from_json(path, text)?]))
}

#[derive(Deserialize)]
struct File {
    entities: BTreeMap<String, Entity>,
}

#[derive(Deserialize)]
struct Entity {
    #[serde(default)]
    id: String,
    #[serde(default, deserialize_with = "object")]
    labels: BTreeMap<String, Label>,
    #[serde(default, deserialize_with = "object")]
    aliases: BTreeMap<String, Vec<Label>>,
    #[serde(default, deserialize_with = "object")]
    claims: Claims,
}

#[derive(Deserialize)]
struct Label {
    value: String,
}

#[derive(Default, Deserialize)]
struct Claims {
    /// Position held.
    #[serde(default, rename = "P39")]
    positions: Vec<Statement>,
    /// Date of birth.
    #[serde(default, rename = "P569")]
    born: Vec<Statement>,
    /// Date of death.
    #[serde(default, rename = "P570")]
    died: Vec<Statement>,
}

#[derive(Deserialize)]
struct Statement {
    mainsnak: Snak,
    rank: Option<String>,
    #[serde(default, deserialize_with = "object")]
    qualifiers: Qualifiers,
}

#[derive(Default, Deserialize)]
struct Qualifiers {
    /// Start time.
    #[serde(default, rename = "P580")]
    start: Vec<Snak>,
    /// End time.
    #[serde(default, rename = "P582")]
    end: Vec<Snak>,
}

/// A value, or the statement that it is unknown or that there is none: those two have no `datavalue`.
#[derive(Deserialize)]
struct Snak {
    datavalue: Option<DataValue>,
}

#[derive(Deserialize)]
struct DataValue {
    value: Value,
}

/// An entity or a time; the two properties read here hold nothing else.
#[derive(Deserialize)]
struct Value {
    id: Option<String>,
    #[serde(rename = "numeric-id")]
    numeric_id: Option<u64>,
    time: Option<String>,
    precision: Option<u8>,
}

/// An object; Wikidata writes an empty one as an empty list.
fn object<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(from: D) -> Result<T, D::Error> {
    struct ObjectOrEmptyList<T>(PhantomData<T>);
    impl<'de, T: DeserializeOwned + Default> Visitor<'de> for ObjectOrEmptyList<T> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::deserialize(serde::de::value::MapAccessDeserializer::new(map))
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<T, A::Error> {
            while let Some(IgnoredAny) = list.next_element()? {}
            Ok(T::default())
        }
    }
    from.deserialize_any(ObjectOrEmptyList(PhantomData))
}

fn roster(entities: &[Entity]) -> Roster {
    let labels: FxHashMap<&str, &str> = entities
        .iter()
        .filter_map(|entity| Some((entity.id.as_str(), entity.labels.get("en")?.value.as_str())))
        .collect();
    let persons = entities.iter().filter_map(|entity| person(entity, &labels)).collect();
    Roster { persons, ..Roster::default() }
}

/// An entity with a birth, a death or an office is a person; the others are there for their labels.
fn person(entity: &Entity, labels: &FxHashMap<&str, &str>) -> Option<RosterPerson> {
    let claims = &entity.claims;
    if claims.positions.is_empty() && claims.born.is_empty() && claims.died.is_empty() {
        return None;
    }
    let name = entity.labels.get("en").or_else(|| entity.labels.get("mul"))?.value.clone();
    let aliases = ["en", "mul"].iter().filter_map(|language| entity.aliases.get(*language)).flatten();
    let mut titles = Vec::new();
    for statement in valid(&claims.positions) {
        let held = tenure(
            statement.qualifiers.start.first().and_then(day),
            statement.qualifiers.end.first().and_then(day),
        );
        if let (Some(office), Some(held)) = (office(statement, labels), held) {
            titles.push(RosterTitle { title: office.to_owned(), held });
        }
    }
    Some(RosterPerson {
        name,
        aliases: aliases.map(|alias| alias.value.clone()).collect(),
        born: valid(&claims.born).find_map(|statement| day(&statement.mainsnak)),
        died: valid(&claims.died).find_map(|statement| day(&statement.mainsnak)),
        titles,
        ..RosterPerson::default()
    })
}

fn valid(statements: &[Statement]) -> impl Iterator<Item = &Statement> {
    statements.iter().filter(|statement| statement.rank.as_deref() != Some("deprecated"))
}

fn office<'l>(statement: &Statement, labels: &FxHashMap<&str, &'l str>) -> Option<&'l str> {
    let value = &statement.mainsnak.datavalue.as_ref()?.value;
    let id = value.id.clone().or_else(|| value.numeric_id.map(|number| format!("Q{number}")))?;
    labels.get(id.as_str()).copied()
}

/// A time as an interval of days by its precision: 11 is a day, 10 a month, 9 a year, less is a decade and more.
fn day(snak: &Snak) -> Option<Interval> {
    let value = &snak.datavalue.as_ref()?.value;
    let date = value.time.as_deref()?.strip_prefix('+')?;
    let digits = match value.precision.unwrap_or(11) {
        11.. => date,
        10 => date.get(..7)?,
        9 => date.get(..4)?,
        _ => return None,
    };
    Partial::parse(digits)?.0
}
