//! Structured text (TOML, YAML, JSON) into values, with errors that point into it. The parsers live here, and only here.

use serde::de::{self, Deserialize, DeserializeOwned, Deserializer};
use toml::de::{DeTable, DeValue};

use super::{InputError, Span};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The byte range of the value as written; empty where a table is spread over several places.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What stands in a structured text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing (YAML, JSON).
    Null,
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Number(f64),
    /// Words.
    Text(String),
    /// A date or time that the format knows as such (TOML), as written.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table, in the order of its keys' places.
    Table(Vec<(Key, Node)>),
}

impl Value {
    /// What to call it in a message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Flag(_) => "true or false",
            Self::Integer(_) | Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// A table's key and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub name: String,
    /// Its byte range.
    pub span: Span,
}

/// What is wrong with a structured text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The byte range.
    pub span: Span,
    /// What is wrong, without a full stop.
    pub message: String,
}

/// A structured text as far as it could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The whole; a table without entries where nothing could be read.
    pub node: Node,
    /// What is wrong with its syntax: the first few places.
    pub faults: Vec<Fault>,
}

/// So many faults of one text are told, and the others are counted: each is drawn with its lines.
const MOST_FAULTS: usize = 10;

/// Reads TOML, as far as it goes.
pub fn toml_node(text: &str) -> Parsed {
    let (table, errors) = DeTable::parse_recoverable(text);
    let faults = errors
        .iter()
        .take(MOST_FAULTS)
        .map(|error| Fault { span: clamp(error.span(), text), message: first_line(error.message()) });
    let mut faults: Vec<Fault> = faults.collect();
    if let (Some(last), more @ 1..) = (faults.last_mut(), errors.len().saturating_sub(MOST_FAULTS)) {
        last.message.push_str(&format!(" (and {more} more places)"));
    }
    let span = clamp(Some(table.span()), text);
    Parsed { node: Node { span, value: toml_table(table.into_inner(), text) }, faults }
}

fn toml_table(table: DeTable<'_>, text: &str) -> Value {
    let mut entries: Vec<(Key, Node)> = table
        .into_iter()
        .map(|(key, value)| {
            let span = clamp(Some(key.span()), text);
            (Key { name: key.into_inner().into_owned(), span }, toml_value(value, text))
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span);
    Value::Table(entries)
}

fn toml_value(value: toml::Spanned<DeValue<'_>>, text: &str) -> Node {
    let span = clamp(Some(value.span()), text);
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            // What does not fit is out of every range a key may have, and is refused with the range.
            Err(_) => Value::Number(f64::INFINITY),
        },
        DeValue::Float(number) => Value::Number(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Value::Flag(flag),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) => Value::List(items.into_iter().map(|item| toml_value(item, text)).collect()),
        DeValue::Table(table) => toml_table(table, text),
    };
    Node { span, value }
}

/// Reads YAML (of which JSON is a part), one document.
pub fn yaml_node(text: &str) -> Parsed {
    let empty = || Node { span: Span::default(), value: Value::Table(Vec::new()) };
    if text.trim().is_empty() {
        return Parsed { node: empty(), faults: Vec::new() };
    }
    match serde_saphyr::from_str::<Located>(text) {
        Ok(Located(node)) => Parsed { node, faults: Vec::new() },
        Err(error) => {
            let bare = error.without_snippet();
            let span = bare.location().map(|at| placed(&at, text)).unwrap_or_default();
            let message = first_line(&bare.to_string());
            let fault = Fault { span: clamp(Some(span.range()), text), message };
            Parsed { node: empty(), faults: vec![fault] }
        }
    }
}

/// Where an error stands. The parser knows the line and the column of each, and the byte of some only.
fn placed(location: &serde_saphyr::Location, text: &str) -> Span {
    if location.span().byte_offset().is_some_and(|start| start > 0) {
        return located(location);
    }
    let line = text.split_inclusive('\n').nth((location.line() as usize).saturating_sub(1)).unwrap_or("");
    let start = if line.is_empty() { text.len() } else { line.as_ptr() as usize - text.as_ptr() as usize };
    let column = line.chars().take((location.column() as usize).saturating_sub(1));
    let start = (start + column.map(char::len_utf8).sum::<usize>()) as u32;
    Span::new(start, start)
}

fn located(location: &serde_saphyr::Location) -> Span {
    let span = location.span();
    let start = span.byte_offset().unwrap_or(0);
    Span::new(start as u32, (start + span.byte_len().unwrap_or(0)) as u32)
}

/// A node as serde sees it: whatever stands there, with its place.
struct Located(Node);

impl<'de> Deserialize<'de> for Located {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = serde_saphyr::Spanned::<Loose>::deserialize(deserializer)?;
        Ok(Self(Node { span: located(&spanned.referenced), value: spanned.value.0 }))
    }
}

struct Loose(Value);

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor)
    }
}

struct LooseVisitor;

impl<'de> de::Visitor<'de> for LooseVisitor {
    type Value = Loose;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Loose, E> {
        Ok(Loose(Value::Null))
    }

    fn visit_none<E>(self) -> Result<Loose, E> {
        Ok(Loose(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Loose, D::Error> {
        Loose::deserialize(deserializer)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Loose, E> {
        Ok(Loose(Value::Flag(flag)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Loose, E> {
        Ok(Loose(Value::Integer(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Loose, E> {
        Ok(Loose(i64::try_from(number).map_or(Value::Number(number as f64), Value::Integer)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Loose, E> {
        Ok(Loose(Value::Number(number)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Loose, E> {
        Ok(Loose(Value::Text(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Loose, E> {
        Ok(Loose(Value::Text(text)))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Loose, A::Error> {
        let mut items = Vec::new();
        while let Some(Located(node)) = seq.next_element()? {
            items.push(node);
        }
        Ok(Loose(Value::List(items)))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
        let mut entries = Vec::new();
        while let Some(Located(key)) = map.next_key()? {
            let name = match key.value {
                Value::Text(name) => name,
                Value::Integer(number) => number.to_string(),
                Value::Flag(flag) => flag.to_string(),
                _ => return Err(de::Error::custom("a key must be a word")),
            };
            let Located(value) = map.next_value()?;
            entries.push((Key { name, span: key.span }, value));
        }
        Ok(Loose(Value::Table(entries)))
    }
}

/// Reads TOML. `path` names the file in an input error.
///
/// # Errors
/// The first thing wrong with its syntax or its shape, located.
pub fn from_toml<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, InputError> {
    toml::from_str(text).map_err(|error| {
        let span = clamp(error.span(), text);
        let message = month(span.of(text)).unwrap_or_else(|| first_line(error.message()));
        located_trouble(path, text, span, &message)
    })
}

/// TOML has days of its own and no months: what to write instead of `2022-05`.
fn month(written: &str) -> Option<String> {
    let written = written.trim();
    let bytes = written.as_bytes();
    let is_month = bytes.len() == "2022-05".len()
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 { *byte == b'-' } else { byte.is_ascii_digit() });
    is_month.then(|| format!("a month stands in quotation marks: \"{written}\""))
}

/// Reads YAML. `path` names the file in an input error.
///
/// # Errors
/// The first thing wrong with its syntax or its shape, located.
pub fn from_yaml<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, InputError> {
    serde_saphyr::from_str(text).map_err(|error| {
        let bare = error.without_snippet();
        let span = bare.location().map(|at| located(&at)).unwrap_or_default();
        located_trouble(path, text, clamp(Some(span.range()), text), &first_line(&bare.to_string()))
    })
}

/// Reads JSON. `path` names the file in an input error.
///
/// # Errors
/// The first thing wrong with its syntax or its shape, located.
pub fn from_json<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, InputError> {
    serde_json::from_str(text).map_err(|error| {
        let line_start =
            text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let at = line_start + error.column().saturating_sub(1);
        let whole = error.to_string();
        let message = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(message, _)| message);
        located_trouble(path, text, clamp(Some(at..at + 1), text), message)
    })
}

fn located_trouble(path: &str, text: &str, span: Span, message: &str) -> InputError {
    let input_error = InputError::new(path, message).at(text, span, "here");
    // serde says “unknown field `x`, expected one of `a`, `b`”: the first name is the stranger.
    let mut names = message.split('`').skip(1).step_by(2);
    let stranger = names.next().filter(|_| message.starts_with("unknown "));
    match stranger.and_then(|stranger| nearest(stranger, names)) {
        Some(name) => input_error.help(format!("did you mean `{name}`?")),
        None => input_error,
    }
}

/// The name most like `stranger`, where any is like enough to be what was meant.
pub fn nearest<'a>(stranger: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = stranger.to_lowercase().replace('_', "-");
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&folded, &name.to_lowercase().replace('_', "-")), name))
        .filter(|&(distance, name)| distance <= 1 + name.chars().count().max(folded.chars().count()) / 4)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or("cannot be read").trim_end_matches('.').to_owned()
}

/// The range within the text, at least one character long where there is any text left to point at.
fn clamp(range: Option<std::ops::Range<usize>>, text: &str) -> Span {
    let range = range.unwrap_or(0..0);
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(range.start);
    let end = floor(range.end).max(start);
    Span::new(start as u32, end as u32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only the errors are looked at")]
    struct Card {
        name: String,
        born: i32,
    }

    /// The input error's message, what it points at, and its help.
    fn told(input_error: Option<&InputError>) -> (String, String, Option<String>) {
        let Some(input_error) = input_error else { return Default::default() };
        let text = input_error.text.as_deref().unwrap_or_default();
        let place = input_error.labels.first().map_or("", |(span, _)| span.of(text));
        (input_error.message.clone(), place.to_owned(), input_error.help.clone())
    }

    #[test]
    fn mistakes_of_shape_are_located_in_all_three_formats() {
        let toml = from_toml::<Card>("a.toml", "name = \"Reyes\"\nbron = 1970\n").err();
        let (message, place, help) = told(toml.as_ref());
        assert!(message.starts_with("unknown field `bron`"), "{message}");
        assert_eq!((place.as_str(), help.as_deref()), ("bron", Some("did you mean `born`?")));
        let toml = from_toml::<Card>("a.toml", "name = \"Réyes\"\nborn = \"1970\"\n").err();
        assert_eq!(told(toml.as_ref()).1, "\"1970\"");
        let toml = from_toml::<Card>("a.toml", "name = \"Reyes\"\nborn = 1970-05\n").err();
        let (message, place, _) = told(toml.as_ref());
        assert_eq!(
            (message.as_str(), place.as_str()),
            ("a month stands in quotation marks: \"1970-05\"", "1970-05")
        );
        let yaml = from_yaml::<Card>("a.yaml", "name: “Réyes”\nborn: early\n").err();
        assert_eq!(told(yaml.as_ref()).1, "early");
        let json = from_json::<Card>("a.json", "{\"name\": \"Réyes\",\n \"born\": \"early\"}").err();
        let (message, _, _) = told(json.as_ref());
        assert!(message.starts_with("invalid type: string"), "{message}");
        assert!(json.is_some_and(|input_error| input_error.labels[0].0.start >= 20));
        let json = from_json::<Card>("a.json", "{\"name\": \"R\",\n \"born\": 1} trailing").err();
        assert_eq!(told(json.as_ref()).0, "trailing characters");
    }

    #[test]
    fn nodes_carry_their_places() {
        for (parsed, text) in [
            (toml_node("a = [1, \"é“x\"]\nb.c = true\n"), "a = [1, \"é“x\"]\nb.c = true\n"),
            (yaml_node("a: [1, \"é“x\"]\nb: {c: true}\n"), "a: [1, \"é“x\"]\nb: {c: true}\n"),
        ] {
            assert_eq!(parsed.faults, []);
            let Value::Table(entries) = parsed.node.value else { unreachable!("a table") };
            let names: Vec<&str> = entries.iter().map(|(key, _)| key.span.of(text)).collect();
            assert_eq!(names, ["a", "b"]);
            let Value::List(items) = &entries[0].1.value else { unreachable!("a list") };
            assert_eq!(items[0].value, Value::Integer(1));
            assert_eq!(items[1].value, Value::Text("é“x".into()));
            assert_eq!(items[1].span.of(text), "\"é“x\"");
            let Value::Table(inner) = &entries[1].1.value else { unreachable!("a table") };
            assert_eq!(inner[0].1.value, Value::Flag(true));
            assert_eq!(inner[0].1.span.of(text), "true");
        }
    }

    #[test]
    fn every_syntax_error_of_a_toml_is_told() {
        let text = "a = 1 b\nc = \nd = [1,\n";
        assert!(toml_node(text).faults.len() >= 2, "{:?}", toml_node(text).faults);
    }

    #[test]
    fn the_nearest_name() {
        let names = ["altered-quotation", "note", "off", "weekday-mismatch"];
        assert_eq!(nearest("alterd_quotation", names), Some("altered-quotation"));
        assert_eq!(nearest("Weekday-Mismatch", names), Some("weekday-mismatch"));
        assert_eq!(nearest("of", names), Some("off"));
        assert_eq!(nearest("unrelated", names), None);
    }

    proptest! {
        #[test]
        fn no_text_panics_and_every_place_lies_in_it(text in "[a-c]{0,3}[ =:\\[\\]{}\"'\n#&*|>é“0-9.,-]{0,40}|\\PC{0,40}") {
            for parsed in [toml_node(&text), yaml_node(&text)] {
                for fault in parsed.faults {
                    prop_assert!(text.get(fault.span.range()).is_some(), "{:?}", fault);
                }
                let mut open = vec![parsed.node];
                while let Some(node) = open.pop() {
                    prop_assert!(text.get(node.span.range()).is_some(), "{:?}", node);
                    match node.value {
                        Value::List(items) => open.extend(items),
                        Value::Table(entries) => open.extend(entries.into_iter().map(|(_, node)| node)),
                        _ => {}
                    }
                }
            }
            let _ = from_toml::<Card>("a", &text);
            let _ = from_yaml::<Card>("a", &text);
            let _ = from_json::<Card>("a", &text);
        }
    }
}
