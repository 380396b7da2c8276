//! The language of `[match]` described: its JSON Schema and the tables of its manual, both made of the table of fields.

#[cfg(feature = "cli")]
use serde_json::{Map, Value, json};

use super::field::{FIELDS, FactKind, FieldType};

/// A field as the manual describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDescription {
    /// Its name.
    pub name: &'static str,
    /// What it takes: `text`, `choice`, `number` or `flag`.
    pub takes: &'static str,
    /// The facts that have it.
    pub facts: Vec<&'static str>,
    /// What it is.
    pub about: &'static str,
    /// Do all facts that have it have a value?
    pub always: bool,
}

/// The kinds of facts that `in` takes, each with what it is.
pub fn described_facts() -> impl Iterator<Item = (&'static str, &'static str)> {
    FactKind::ALL.iter().map(|(_, name, _, about)| (*name, *about))
}

/// Every field of `[match.where]`.
pub fn described_fields() -> impl Iterator<Item = FieldDescription> {
    FIELDS.iter().map(|row| FieldDescription {
        name: row.name,
        takes: match row.takes {
            FieldType::Text => "text",
            FieldType::Choice => "choice",
            FieldType::Number => "number",
            FieldType::Flag => "flag",
        },
        facts: FactKind::ALL
            .iter()
            .filter(|(kind, ..)| row.is_of(*kind))
            .map(|(_, name, ..)| *name)
            .collect(),
        about: row.about,
        always: row.always,
    })
}

/// The JSON Schema of `match`, with its parts as definitions.
#[cfg(feature = "cli")]
pub(in crate::rules) fn schema() -> (Value, Map<String, Value>) {
    let texts =
        || json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] });
    let limit = || json!({ "anyOf": [{ "type": "integer" }, { "type": "string" }] });
    let table = |properties: Value| json!({ "type": "object", "properties": properties, "additionalProperties": false });
    let mut text_keys: Map<String, Value> =
        ["is", "has", "begins", "ends", "regex"].map(|key| (key.to_owned(), texts())).into_iter().collect();
    text_keys.insert(
        "class".to_owned(),
        one_or_more(super::read_condition::CLASSES.iter().map(|(name, _)| *name)),
    );
    text_keys.insert("parameter".to_owned(), json!({ "type": "string" }));
    text_keys.insert("missing".to_owned(), json!({ "type": "boolean" }));
    let text = json!({ "anyOf": [texts(), table(Value::Object(text_keys))] });
    let limits = table(json!({ "least": limit(), "most": limit(), "over": limit(), "under": limit() }));
    let number = json!({ "anyOf": [{ "type": "integer" }, limits] });
    let condition = || json!({ "$ref": "#/$defs/Condition" });
    let conditions = || json!({ "type": "array", "items": condition(), "minItems": 1 });
    let mut fields: Map<String, Value> = FIELDS
        .iter()
        .map(|row| {
            let mut schema = match row.takes {
                FieldType::Text => json!({ "$ref": "#/$defs/TextTest" }),
                FieldType::Number => json!({ "$ref": "#/$defs/NumberTest" }),
                FieldType::Flag => json!({ "type": "boolean" }),
                FieldType::Choice => {
                    let choices = FactKind::ALL.iter().flat_map(|(kind, ..)| row.field.choices(*kind));
                    let mut choices: Vec<&str> = choices.copied().collect();
                    choices.sort_unstable();
                    choices.dedup();
                    one_or_more(choices.into_iter())
                }
            };
            schema["description"] = json!(row.about);
            (row.name.to_owned(), schema)
        })
        .collect();
    fields.insert("all".to_owned(), conditions());
    fields.insert("any".to_owned(), conditions());
    fields.insert("not".to_owned(), condition());
    fields.insert("setting".to_owned(), json!({ "type": "object", "additionalProperties": texts() }));
    let definitions = Map::from_iter([
        ("TextTest".to_owned(), text),
        ("NumberTest".to_owned(), number),
        ("Condition".to_owned(), table(Value::Object(fields))),
        ("Match".to_owned(), pattern(&condition())),
    ]);
    let one = json!({ "$ref": "#/$defs/Match" });
    let schema = json!({
        "description": "Which facts to report, and how; of several the first that holds",
        "anyOf": [one, { "type": "array", "items": one, "minItems": 1 }]
    });
    (schema, definitions)
}

/// A word from a list, or several of them.
#[cfg(feature = "cli")]
fn one_or_more<'a>(words: impl Iterator<Item = &'a str>) -> Value {
    let word = json!({ "type": "string", "enum": words.collect::<Vec<_>>() });
    json!({ "anyOf": [word, { "type": "array", "items": word }] })
}

#[cfg(feature = "cli")]
fn pattern(condition: &Value) -> Value {
    let text = |about: &str| json!({ "type": "string", "description": about });
    let facts = one_or_more(FactKind::ALL.iter().map(|(_, name, ..)| *name));
    let fix = json!({
        "type": "object",
        "description": "A change that would mend it",
        "properties": {
            "safe": { "type": "boolean", "description": "May it be made without asking?" },
            "replace": { "type": "string", "enum": super::read::PLACES, "description": "What is replaced; without it, the place of the finding" },
            "with": text("The words that take its place, with placeholders")
        },
        "required": ["with"],
        "additionalProperties": false
    });
    json!({
        "type": "object",
        "properties": {
            "in": facts,
            "nested": { "type": "boolean", "description": "Look at quotations inside others too" },
            "where": condition,
            "at": { "type": "string", "enum": super::read::PLACES, "description": "Where to report; without it, the whole fact" },
            "once": text("Report once a draft for each value of this field"),
            "message": text("What is wrong, with placeholders: {cue}, {speaker|somebody}"),
            "label": text("A few words that stand under the place"),
            "help": text("What to do, where that is not what the page says"),
            "related": text("A few words for the other place that a mark has"),
            "also": text("A few words for the further places of a habit that is reported once"),
            "level": { "$ref": "#/$defs/Level" },
            "fix": fix
        },
        "required": ["message"],
        "additionalProperties": false
    })
}
