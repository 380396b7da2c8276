//! Registries in YAML, which may be large, and the shape of a registry in JSON.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::source::{InputError, Span, from_json};

/// What a JSON registry looks like from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An object with `persons` or `memberships`.
    Popolo,
    /// A list of Popolo persons.
    PopoloPersons,
    /// A list of legislators with `terms`.
    Congress,
    /// An object with `entities`.
    Entities,
    /// A list of Wikidata entities.
    EntityList,
    /// One Wikidata entity.
    Entity,
    /// None of these.
    Unknown,
}

/// Looks at the keys of the outermost object, or of the first object in the outermost list.
pub fn json_shape(path: &str, text: &str) -> Result<Shape, InputError> {
    let outline: Outline = from_json(path, text)?;
    let has = |key: &str| outline.keys.iter().any(|found| found == key);
    Ok(match outline.list {
        false if has("entities") => Shape::Entities,
        false if has("claims") => Shape::Entity,
        false if has("persons") || has("memberships") => Shape::Popolo,
        true if has("claims") => Shape::EntityList,
        true if has("terms") => Shape::Congress,
        true if has("name") => Shape::PopoloPersons,
        _ => Shape::Unknown,
    })
}

/// Reads YAML. A registry is a file that the desk chose, so the limits against hostile input are raised:
/// all members of Congress since 1789 are some two million nodes.
pub fn yaml<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, InputError> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: 50_000_000,
            max_events: 100_000_000,
            max_total_scalar_bytes: 1 << 30,
        },
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let at = error.location().map_or(0, |at| {
            at.span().byte_offset().map_or_else(
                || offset(text, at.line() as usize, at.column().saturating_sub(1) as usize),
                |byte| byte as usize,
            )
        });
        let full = error.without_snippet().render_with_formatter(&serde_saphyr::UserMessageFormatter);
        let message = full.lines().next().unwrap_or("not valid YAML");
        let message = message.find(" at line ").map_or(message, |end| &message[..end]);
        InputError::new(path, message).at(text, one_char(text, at), "here")
    })
}

/// The offset of a 1-based line and a count of bytes into it.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = if line <= 1 {
        0
    } else {
        memchr::memchr_iter(b'\n', text.as_bytes()).nth(line - 2).map_or(text.len(), |at| at + 1)
    };
    (start + column).min(text.len())
}

/// The character at or before an offset; empty at the end of an empty text.
fn one_char(text: &str, at: usize) -> Span {
    let mut start = at.min(text.len().saturating_sub(1));
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let width = text[start..].chars().next().map_or(0, char::len_utf8);
    Span::new(start as u32, (start + width) as u32)
}

/// A value that a publisher may leave out by writing null.
pub fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(from)?.unwrap_or_default())
}

#[derive(Default)]
struct Outline {
    list: bool,
    keys: Vec<String>,
}

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(OutlineVisitor)
    }
}

struct OutlineVisitor;

impl<'de> Visitor<'de> for OutlineVisitor {
    type Value = Outline;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list of objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outline, A::Error> {
        let mut keys = Vec::new();
        while let Some((key, IgnoredAny)) = map.next_entry::<String, IgnoredAny>()? {
            keys.push(key);
        }
        Ok(Outline { list: false, keys })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Outline, A::Error> {
        let first = list.next_element::<Self::Value>()?.unwrap_or_default();
        while let Some(IgnoredAny) = list.next_element()? {}
        Ok(Outline { list: true, keys: if first.list { Vec::new() } else { first.keys } })
    }
}
