//! The JSON Schemas accept what sayso reads and refuse what it refuses; the tables of docs/configuration.md are made of
//! them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use sayso::config::Config;
use sayso::rules::{DeskPage, Rulebook};
use sayso::source::read_registry;
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The schema that the command prints.
fn schema(name: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_sayso")).args(["schema", name]).output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

fn validator(name: &str) -> jsonschema::Validator {
    let schema = schema(name);
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// A TOML text as JSON, days as texts, which is how editors that know schemas read it.
fn json(text: &str) -> Value {
    fn of(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(day) => Value::String(day.to_string()),
            toml::Value::Array(items) => items.into_iter().map(of).collect(),
            toml::Value::Table(table) => {
                Value::Object(table.into_iter().map(|(key, value)| (key, of(value))).collect())
            }
            toml::Value::String(text) => Value::String(text),
            toml::Value::Integer(number) => Value::from(number),
            toml::Value::Float(number) => Value::from(number),
            toml::Value::Boolean(flag) => Value::Bool(flag),
        }
    }
    of(toml::Value::Table(toml::from_str(text).unwrap()))
}

fn faults(validator: &jsonschema::Validator, text: &str) -> Vec<String> {
    validator.iter_errors(&json(text)).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// All files below a folder with this name or ending.
fn files(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files(&path, wanted));
        } else if wanted(&name) {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_example_keeps_to_its_schema() {
    let mut checked = 0;
    for (schema, folders, name) in [
        ("config", &["examples", "tests/newsrooms", "tests/cmd"][..], "sayso.toml"),
        ("people", &["examples", "tests/newsrooms", "tests/cmd"], "people.toml"),
        ("rule", &["rules", "examples/house-rules/rules"], ".toml"),
    ] {
        let validator = validator(schema);
        for folder in folders {
            for path in files(&root().join(folder), &|file| file.ends_with(name)) {
                if path.components().any(|part| part.as_os_str() == "styles" || part.as_os_str() == "words") {
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                assert_eq!(faults(&validator, &text), [] as [&str; 0], "{}", path.display());
                checked += 1;
            }
        }
    }
    assert!(checked > 70, "{checked}");
}

/// The TOML between fences on a page.
fn toml_blocks(page: &str) -> Vec<String> {
    let blocks = page.split("```toml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap_or_default().to_owned()).collect()
}

/// What a reader copies from a page works: every TOML block is read, as a registry where it lists people, places or
/// events, as a configuration else.
#[test]
fn every_toml_block_on_a_page_is_read() {
    let mut pages = files(&root().join("docs"), &|file| file.ends_with(".md"));
    pages.push(root().join("README.md"));
    let (config, people, rule) = (validator("config"), validator("people"), validator("rule"));
    let mut read = 0;
    for page in pages {
        for block in toml_blocks(&std::fs::read_to_string(&page).unwrap()) {
            let shown = format!("{}:\n{block}", page.display());
            // Helix has settings of its own.
            if block.contains("[language-server.") {
                continue;
            }
            let is_registry = ["[[person]]", "[[name]]", "[[event]]"].iter().any(|head| block.contains(head));
            if block.contains("\n[match]") {
                let page = DeskPage {
                    path: shown.clone(),
                    id: "of-the-manual".to_owned(),
                    group: "desk".to_owned(),
                    text: block.clone(),
                };
                assert!(Rulebook::with_desk(&[page]).is_ok(), "{shown}");
                assert_eq!(faults(&rule, &block), [] as [&str; 0], "{shown}");
            } else if is_registry {
                assert!(read_registry("people.toml", &block).is_ok(), "{shown}");
                assert_eq!(faults(&people, &block), [] as [&str; 0], "{shown}");
            } else {
                // A configuration in memory extends nothing and has no folders, nor the rules in them.
                let on_disk = ["extend", "rules-dir", "unnamed-praise"];
                let text: String = block
                    .lines()
                    .filter(|line| !on_disk.iter().any(|key| line.starts_with(key)))
                    .map(|line| format!("{line}\n"))
                    .collect();
                let loaded = Config::from_text("sayso.toml", &text, "/desk");
                let wrong = loaded.map_or_else(|errors| errors, |config| config.check(&known()));
                assert!(wrong.is_empty(), "{wrong:?} in {shown}");
                assert_eq!(faults(&config, &block), [] as [&str; 0], "{shown}");
            }
            read += 1;
        }
    }
    assert!(read > 5, "{read}");
}

/// Every rule, as a configuration may set it.
fn known() -> Vec<sayso::config::KnownRule> {
    let book = Rulebook::read().unwrap();
    book.iter()
        .map(|(rule, page)| sayso::config::KnownRule {
            id: rule.id.to_owned(),
            group: rule.group.to_owned(),
            parameters: page.parameters.clone(),
        })
        .collect()
}

#[test]
fn a_configuration_that_is_refused_keeps_to_no_schema() {
    let validator = validator("config");
    for (text, sound) in [
        ("extend = \"house.toml\"\nstyle = \"ap\"\nconfidence = 0.5\nkind = \"fiction\"\n", true),
        ("include = \"drafts/**\"\npeople = [\"a.toml\", \"b.json\"]\n", true),
        (
            "[rules]\naltered-quotation = { level = \"error\" }\nunattributed-quotation = { words = 6 }\n",
            true,
        ),
        ("[groups]\ndates = \"off\"\n[[overrides]]\nfiles = \"wire/**\"\npublished = 2026-06-10\n", true),
        ("[[transcript]]\nfiles = [\"a.vtt\"]\nspeakers = { Q = \"Ana Reyes\" }\nmachine = true\n", true),
        ("exlude = []\n", false),
        ("confidence = 2\n", false),
        ("kind = \"poem\"\n", false),
        ("style = \"guardain\"\n", false),
        ("language = \"xx\"\n", false),
        ("[rules]\naltered-quotation = \"eror\"\n", false),
        ("[rules]\nunattributed-quotation = { words = -4 }\n", false),
        ("[rules]\nunattributed-quotation = { wrds = 4 }\n", false),
        ("[rules]\nmisplaced-punctuation = { usage = \"amercian\" }\n", false),
        ("[groups]\ndates = { words = 3 }\n", false),
        ("[[overrides]]\npublished = 2026-06-10\n", false),
        ("[[overrides]]\nfiles = [\"a\"]\npublished = \"17 April\"\n", false),
        ("[[overrides]]\nfiles = [\"a\"]\nrules = { unattributed-quotation = { words = 4 } }\n", false),
        ("[overrides]\nfiles = [\"a\"]\n", false),
        ("[[transcript]]\nrecorded = 2026-06-10\n", false),
    ] {
        assert_eq!(faults(&validator, text).is_empty(), sound, "{text}{:?}", faults(&validator, text));
        let read = Config::from_text("sayso.toml", text, "/desk");
        let clean = read.is_ok_and(|config| config.check(&known()).is_empty());
        // A configuration in memory extends nothing.
        assert!(clean == sound || text.starts_with("extend"), "{text}");
    }
}

#[test]
fn a_registry_that_is_refused_keeps_to_no_schema() {
    let validator = validator("people");
    for (text, sound) in [
        ("prefer = true\n[[person]]\nname = \"Ana Reyes\"\nborn = 1970\n", true),
        (
            "[[person]]\nname = \"Ana Reyes\"\n[[person.title]]\ntitle = \"Mayor\"\nfrom = 2019-05-20\nto = \"2024-06\"\n",
            true,
        ),
        ("[[name]]\nprefer = \"Skarrow Quay\"\nvariants = [\"Skarrow Key\"]\n", true),
        ("[[event]]\nname = \"Regatta\"\non = 2026-07-04\n", true),
        ("[person]\nname = \"Ana Reyes\"\n", false),
        ("[[person]]\naliases = [\"Ana\"]\n", false),
        ("[[person]]\nname = \"Ana Reyes\"\nborn = \"long ago\"\n", false),
        ("[[person]]\nname = \"Ana Reyes\"\ntitel = \"Mayor\"\n", false),
    ] {
        assert_eq!(faults(&validator, text).is_empty(), sound, "{text}{:?}", faults(&validator, text));
        assert_eq!(read_registry("people.toml", text).is_ok(), sound, "{text}");
    }
}

/// What a part of a schema takes, in words.
fn takes(whole: &Value, part: &Value) -> String {
    if let Some(target) = part["$ref"].as_str() {
        return takes(whole, whole.pointer(target.trim_start_matches('#')).unwrap());
    }
    let choices = |list: &Value| -> Vec<String> {
        list.as_array().into_iter().flatten().filter(|one| !one.is_null()).map(Value::to_string).collect()
    };
    for key in ["anyOf", "oneOf"] {
        if let Some(any) = part[key].as_array() {
            let constants: Vec<String> =
                any.iter().filter_map(|one| one.get("const")).map(Value::to_string).collect();
            if constants.len() == any.len() {
                return constants.join(", ");
            }
            let kinds: BTreeSet<String> =
                any.iter().filter(|one| one["type"] != "null").map(|one| takes(whole, one)).collect();
            return kinds.into_iter().collect::<Vec<_>>().join(" or ");
        }
    }
    let listed = choices(&part["enum"]);
    if !listed.is_empty() {
        return listed.join(", ");
    }
    let kind = match &part["type"] {
        Value::Array(kinds) => kinds.iter().find(|kind| *kind != "null").unwrap(),
        kind => kind,
    };
    let range = || match (part["minimum"].as_f64(), part["maximum"].as_f64()) {
        (Some(least), Some(most)) => format!(" from {least} to {most}"),
        _ => String::new(),
    };
    match kind.as_str() {
        Some("string") if part["pattern"].is_string() => "a day".to_owned(),
        Some("string") => "a text".to_owned(),
        Some("boolean") => "true or false".to_owned(),
        Some("integer") if part["format"] == "int32" => "a year".to_owned(),
        Some("integer") => format!("a whole number{}", range()),
        Some("number") => format!("a number{}", range()),
        Some("array") => match takes(whole, &part["items"]).as_str() {
            "a text" => "a list of texts".to_owned(),
            _ => "tables".to_owned(),
        },
        _ => "a table".to_owned(),
    }
}

fn row(table: &mut String, cells: &[&str]) {
    writeln!(
        table,
        "| {} |",
        cells.iter().map(|cell| cell.replace('|', "\\|")).collect::<Vec<_>>().join(" | ")
    )
    .unwrap();
}

/// A table of the keys of an object.
fn keys(whole: &Value, object: &Value) -> String {
    let mut table = "| key | takes | what it does |\n|---|---|---|\n".to_owned();
    let required: Vec<&str> =
        object["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (key, part) in object["properties"].as_object().unwrap() {
        let about = part["description"].as_str().unwrap_or_else(|| panic!("`{key}` has no description"));
        let needed = if required.contains(&key.as_str()) { " (has to be there)" } else { "" };
        row(&mut table, &[&format!("`{key}`"), &takes(whole, part), &format!("{about}{needed}")]);
    }
    table
}

/// A table of the settings of all rules.
fn settings() -> String {
    let book = Rulebook::read().unwrap();
    let mut table = "| rule | setting | takes | default | what it sets |\n|---|---|---|---|---|\n".to_owned();
    for (rule, page) in book.iter() {
        for (name, declared) in &page.parameters {
            let default = format!("`{}`", declared.default);
            row(
                &mut table,
                &[
                    &format!("`{}`", rule.id),
                    &format!("`{name}`"),
                    &declared.takes(),
                    &default,
                    &declared.about,
                ],
            );
        }
    }
    table
}

/// A table of what each profile sets, with the source of each setting.
fn profiles() -> String {
    let mut table = "| profile | rule | set to | from |\n|---|---|---|---|\n".to_owned();
    for style in sayso::config::styles() {
        let text = std::fs::read_to_string(root().join(format!("rules/styles/{style}.toml"))).unwrap();
        let profile: toml::Table = toml::from_str(&text).unwrap();
        for (rule, setting) in profile["rules"].as_table().unwrap() {
            let set = match setting {
                toml::Value::Table(values) => {
                    let values = values.iter().map(|(name, value)| match name.as_str() {
                        "level" => value.as_str().unwrap().to_owned(),
                        _ => format!("{name} {}", value.as_str().unwrap_or_default()),
                    });
                    values.collect::<Vec<_>>().join(", ")
                }
                level => level.as_str().unwrap().to_owned(),
            };
            let source = profile["sources"][rule].as_str().unwrap();
            row(&mut table, &[&format!("`{style}`"), &format!("`{rule}`"), &set, source]);
        }
    }
    table
}

/// Each table of the page by its name.
fn tables() -> Vec<(&'static str, String)> {
    let (config, people) = (schema("config"), schema("people"));
    vec![
        ("keys", keys(&config, &config)),
        ("overrides", keys(&config, &config["$defs"]["Override"])),
        ("transcript", keys(&config, &config["$defs"]["Transcript"])),
        ("settings", settings()),
        ("styles", profiles()),
        ("people", keys(&people, &people)),
        ("person", keys(&people, &people["$defs"]["Person"])),
        ("title", keys(&people, &people["$defs"]["Title"])),
        ("name", keys(&people, &people["$defs"]["Name"])),
        ("event", keys(&people, &people["$defs"]["Event"])),
    ]
}

/// `SAYSO_WRITE_DOCS=1 cargo test --test schema` writes the tables anew.
#[test]
fn the_page_has_every_key() {
    let path = root().join("docs/configuration.md");
    let mut page = std::fs::read_to_string(&path).unwrap();
    for (name, table) in tables() {
        let (begin, end) = (format!("<!-- table: {name} -->\n"), "<!-- end of table -->");
        let start = page.find(&begin).unwrap_or_else(|| panic!("{begin} is missing")) + begin.len();
        let stop = start + page[start..].find(end).unwrap();
        page.replace_range(start..stop, &table);
    }
    if std::env::var_os("SAYSO_WRITE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap() == page,
        "docs/configuration.md is not what sayso reads; SAYSO_WRITE_DOCS=1 cargo test --test schema writes it"
    );
}

/// The reader and the description are two lists of keys, which have to be one.
#[test]
fn the_schema_has_the_keys_that_the_reader_knows() {
    let config = schema("config");
    let listed = |text: &str| -> BTreeSet<String> {
        let errors = Config::from_text("sayso.toml", text, "/desk").unwrap_err();
        let help = errors[0].help.clone().unwrap();
        help.split(" knows ").nth(1).unwrap().split(", ").map(str::to_owned).collect()
    };
    let described = |object: &Value| -> BTreeSet<String> {
        object["properties"].as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(listed("zzzzzzzzzzzz = 1"), described(&config));
    assert_eq!(
        listed("[[overrides]]\nfiles = []\nzzzzzzzzzzzz = 1"),
        described(&config["$defs"]["Override"])
    );
    assert_eq!(
        listed("[[transcript]]\nfiles = [\"a\"]\nzzzzzzzzzzzz = 1"),
        described(&config["$defs"]["Transcript"])
    );
}
