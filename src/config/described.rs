//! What may stand in a configuration, described once: `sayso schema config` and the tables of docs/configuration.md are
//! made of this. The reader in `shape` keeps the place of every value, which serde would lose; a test compares the two.
#![expect(dead_code, reason = "only the declarations are used, never a value")]

use std::collections::BTreeMap;

use schemars::{JsonSchema, schema_for};
use serde_json::{Map, Value, json};

use super::styles;
use crate::lexicon::Language;
use crate::rules::{Declared, Level, ParameterType, Rulebook, groups};

/// A configuration of sayso. Paths and patterns are relative to the folder that it stands in.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields, title = "sayso.toml")]
struct ConfigFile {
    /// Another configuration to begin with; what this one sets wins
    extend: Option<String>,
    /// Patterns of the drafts; without them, every file of a known format
    include: Option<OneOrMore>,
    /// Patterns of files and folders that are left out
    exclude: Option<OneOrMore>,
    /// A profile of house-style rules
    style: Option<String>,
    /// Below this a source is left undecided; docs/attribution.md has the figures
    #[schemars(range(min = 0.0, max = 1.0))]
    confidence: Option<f32>,
    /// The language of the drafts; a draft's front matter (`language` or `lang`) comes first
    language: Option<String>,
    /// How speech is read; without it each draft's own paragraphs tell. A draft's front matter comes first
    kind: Option<Kind>,
    /// Which text of a document with tracked changes is read
    tracked_changes: Option<TrackedChanges>,
    /// Registries of people: who held which office, and when
    people: Option<OneOrMore>,
    /// Transcripts that the drafts are held against
    transcripts: Option<OneOrMore>,
    /// The file of recorded findings; without it, sayso-baseline.json beside the configuration
    baseline: Option<String>,
    /// Archives of what was printed, which drafts are checked against
    archive: Option<OneOrMore>,
    /// Folders with rule pages of your own
    rules_dir: Option<OneOrMore>,
    /// Folders with word lists of your own
    words_dir: Option<OneOrMore>,
    /// Levels and settings by rule
    rules: Option<BTreeMap<String, RuleSetting>>,
    /// Levels by group; a rule's own level wins
    groups: Option<BTreeMap<String, LevelSetting>>,
    /// What sayso should know about a transcript
    transcript: Option<Vec<Transcript>>,
    /// What differs for some files; later ones win
    overrides: Option<Vec<Override>>,
}

/// What differs for some files.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Override {
    /// Patterns of the files that it is for
    files: OneOrMore,
    /// The day on which they were published
    published: Option<IsoDay>,
    /// Whose copy they are: spelling is compared within a desk, facts across all of them
    desk: Option<String>,
    /// How speech is read in them
    kind: Option<Kind>,
    /// Levels by rule
    rules: Option<BTreeMap<String, LevelSetting>>,
    /// Levels by group
    groups: Option<BTreeMap<String, LevelSetting>>,
}

/// What sayso should know about a transcript.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Transcript {
    /// Patterns of the transcripts that it is about
    files: OneOrMore,
    /// The day of the recording; without it, the file's name or the transcript's head tells
    recorded: Option<IsoDay>,
    /// The people that labels stand for, such as `{ SPEAKER_00 = "Ana Reyes" }`
    speakers: Option<BTreeMap<String, String>>,
    /// Patterns of the drafts that quote from it: what they quote from its speakers is on this transcript
    drafts: Option<OneOrMore>,
    /// Did a machine write it that recognizes speech?
    machine: Option<bool>,
}

/// A text, or a list of texts.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

/// A level, or a table with it.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum LevelSetting {
    Bare(Level),
    Table(LevelTable),
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct LevelTable {
    level: Level,
}

/// A level, or a table with a level and the rule's own settings.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum RuleSetting {
    Bare(Level),
    Table(BTreeMap<String, Value>),
}

/// How speech is read.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Kind {
    News,
    Fiction,
}

/// Which text of a document with tracked changes is read.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum TrackedChanges {
    Accepted,
    Rejected,
}

/// A day: 2025-04-17.
#[derive(JsonSchema)]
#[schemars(transparent)]
struct IsoDay(#[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}([T ].*)?$"))] String);

/// The JSON Schema of a configuration, with the rules, groups, settings, styles and languages that there are.
pub fn schema(book: &Rulebook) -> Value {
    let mut schema = schema_for!(ConfigFile).to_value();
    schema["properties"]["style"]["enum"] = styles().collect();
    schema["properties"]["language"]["enum"] = json!(Language::CODES);
    let level = json!({ "$ref": "#/$defs/Level" });
    let with = |settings: Map<String, Value>, summary: Option<&str>| {
        let mut properties = Map::from_iter([("level".to_owned(), level.clone())]);
        properties.extend(settings);
        let table = json!({ "type": "object", "properties": properties, "additionalProperties": false });
        let mut setting = json!({ "anyOf": [level, table] });
        if let Some(summary) = summary {
            setting["description"] = json!(summary);
        }
        setting
    };
    let rules = book.iter().map(|(rule, page)| {
        let settings = page.parameters.iter().map(|(name, declared)| (name.clone(), setting(declared)));
        (rule.id.to_owned(), with(settings.collect(), Some(&page.summary)))
    });
    schema["properties"]["rules"]["properties"] = Value::Object(rules.collect());
    let bare = book.iter().map(|(rule, page)| (rule.id.to_owned(), with(Map::new(), Some(&page.summary))));
    schema["$defs"]["Override"]["properties"]["rules"]["properties"] = Value::Object(bare.collect());
    let groups: Map<String, Value> =
        groups().into_iter().map(|group| (group.to_owned(), with(Map::new(), None))).collect();
    schema["properties"]["groups"]["properties"] = Value::Object(groups.clone());
    schema["$defs"]["Override"]["properties"]["groups"]["properties"] = Value::Object(groups);
    schema
}

/// The JSON Schema of a rule's setting.
fn setting(declared: &Declared) -> Value {
    let mut schema = match declared.takes {
        ParameterType::WholeNumber => {
            json!({ "type": "integer", "minimum": declared.least, "maximum": declared.most })
        }
        ParameterType::Choice => json!({ "type": "string", "enum": declared.choices }),
        ParameterType::Words | ParameterType::MarksByLanguage => {
            json!({ "type": "array", "items": { "type": "string" } })
        }
    };
    schema["description"] = json!(declared.about);
    schema["default"] = json!(declared.default);
    schema
}
