//! The extension under editors/vscode says the same as the program and its own pages. What it does in the editor is tested by
//! `npm test` and `npm run test:code-server` there, which need Node and the network.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode").join(file);
    std::fs::read_to_string(path).unwrap()
}

fn json(file: &str) -> Value {
    serde_json::from_str(&read(file)).unwrap()
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The names in the first column of the table under a heading of the README.
fn column<'t>(readme: &'t str, heading: &str) -> BTreeSet<&'t str> {
    let section = readme.split_once(&format!("## {heading}\n")).unwrap().1;
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split('|').next().unwrap().trim().trim_matches('`')).collect()
}

#[test]
fn the_manifest_has_what_a_marketplace_asks_for() {
    let manifest = json("package.json");
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    for key in ["name", "displayName", "description", "publisher", "license", "main", "icon"] {
        assert!(manifest[key].as_str().is_some_and(|text| !text.is_empty()), "{key}");
    }
    assert!(manifest["repository"]["url"].as_str().unwrap().starts_with("https://"));
    assert!(manifest["engines"]["vscode"].as_str().unwrap().starts_with('^'));
    // The width and the height of the icon in pixels, as a PNG says them.
    let icon = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode/icon.png");
    assert_eq!(std::fs::read(icon).unwrap()[16..24], [0, 0, 0, 128, 0, 0, 0, 128]);
}

/// `npm ci` has to work with every registry, and this repository names none but the public one.
#[test]
fn the_lock_file_names_no_registry() {
    let lock = json("package-lock.json");
    let packages = lock["packages"].as_object().unwrap();
    assert!(packages.len() > 100, "{}", packages.len());
    for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
        assert!(package["resolved"].is_null(), "{name}: {}", package["resolved"]);
        assert!(package["integrity"].as_str().is_some_and(|sum| sum.starts_with("sha512-")), "{name}");
    }
    assert_eq!(packages[""]["devDependencies"], json("package.json")["devDependencies"]);
}

#[test]
fn commands_and_settings_stand_in_the_readme() {
    let (manifest, readme) = (json("package.json"), read("README.md"));
    let contributes = &manifest["contributes"];
    let settings = keys(&contributes["configuration"]["properties"]);
    assert_eq!(column(&readme, "Settings"), settings);
    let rows = column(&readme, "Commands");
    let named: BTreeSet<&str> = rows.iter().flat_map(|row| row.split(", ")).collect();
    let titles = contributes["commands"].as_array().unwrap().iter();
    let titles: BTreeSet<&str> = titles.map(|command| command["title"].as_str().unwrap()).collect();
    assert_eq!(named, titles);
}

#[test]
fn every_command_is_carried_out_and_every_menu_names_one() {
    let (manifest, code) = (json("package.json"), read("src/extension.ts"));
    let contributes = &manifest["contributes"];
    let commands = contributes["commands"].as_array().unwrap().iter();
    let commands: BTreeSet<&str> = commands.map(|command| command["command"].as_str().unwrap()).collect();
    for command in &commands {
        assert!(code.contains(&format!("command(\"{command}\"")), "{command} does nothing");
    }
    let menus = contributes["menus"].as_object().unwrap().values().flat_map(|menu| menu.as_array().unwrap());
    for entry in menus {
        let command = entry["command"].as_str().unwrap();
        assert!(commands.contains(command), "a menu names {command}");
    }
}

/// A folder that nobody trusts must not choose the program that runs.
#[test]
fn settings_that_run_or_read_something_are_restricted() {
    let manifest = json("package.json");
    let trust = &manifest["capabilities"]["untrustedWorkspaces"];
    assert_eq!(trust["supported"], "limited");
    assert_eq!(trust["restrictedConfigurations"], serde_json::json!(["sayso.path", "sayso.config"]));
}

/// The endings of drafts that an editor shows as text are those that sayso reads.
#[test]
fn the_extension_serves_the_drafts_that_sayso_reads() {
    let code = read("src/extension.ts");
    let list = code.split_once("ENDINGS = [").unwrap().1.split_once(']').unwrap().0;
    let served: BTreeSet<&str> = list.split('"').skip(1).step_by(2).collect();
    // Places in packed documents are not those of what an editor shows, and VS Code shows notebooks cell by cell.
    let packed = ["docx", "docm", "dotx", "odt", "ott", "fodt", "epub", "ipynb", "rtf", "eml"];
    let read = sayso::source::FORMATS.iter().flat_map(|entry| entry.endings).copied();
    let read: BTreeSet<&str> = read.filter(|ending| !packed.contains(ending)).collect();
    assert_eq!(served, read);
}
