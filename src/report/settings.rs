//! What holds for a file, and where each value is set.

use std::io::{self, Write};

use serde::Serialize;

use super::clean;
use super::json_text;
use super::output_style::{Ink, OutputStyle};
use crate::rules::Level;

/// A value with the place where it is set.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SettingRow {
    /// The key.
    pub key: String,
    /// The value in words.
    pub value: String,
    /// Where it is set; `default` where it is not.
    pub from: String,
}

/// A rule as it holds for the file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleRow {
    /// The rule.
    pub rule: &'static str,
    /// Its group.
    pub group: &'static str,
    /// Its level here.
    pub level: Level,
    /// Where the level is set; `default` where it is not.
    pub from: String,
    /// Its own settings.
    pub settings: Vec<SettingRow>,
}

/// What holds for a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileSettings {
    /// The file.
    pub path: String,
    /// What holds for it as a whole.
    pub values: Vec<SettingRow>,
    /// Every rule, in the order of the catalogue.
    pub rules: Vec<RuleRow>,
}

/// Writes it for eyes.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn settings_table(out: &mut dyn Write, file: &FileSettings, style: OutputStyle) -> io::Result<()> {
    let (bold, dim, off) = (style.on(Ink::Bold), style.on(Ink::Dim), style.off());
    writeln!(out, "{bold}{}{off}", clean::path(&file.path))?;
    for SettingRow { key, value, from } in &file.values {
        writeln!(out, "  {key:<12} {}  {dim}{}{off}", clean::line(value), clean::line(from))?;
    }
    let widest = file.rules.iter().map(|rule| rule.rule.len()).max().unwrap_or(0);
    writeln!(out, "{bold}rules{off}")?;
    for rule in &file.rules {
        let (level, ink) = match rule.level {
            Level::Error => ("error", Ink::Red),
            Level::Warning => ("warning", Ink::Yellow),
            Level::Note => ("note", Ink::Cyan),
            Level::Off => ("off", Ink::Dim),
        };
        let (on, id, from) = (style.on(ink), rule.rule, clean::line(&rule.from));
        writeln!(out, "  {on}{level:<7}{off}  {id:<widest$}  {dim}{from}{off}")?;
        for SettingRow { key, value, from } in &rule.settings {
            let setting = format!("{key} = {value}");
            let (setting, room, from) = (clean::line(&setting), widest - 2, clean::line(from));
            writeln!(out, "             {setting:<room$}{dim}{from}{off}")?;
        }
    }
    Ok(())
}

/// Writes it as one JSON object.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn settings_json(out: &mut dyn Write, file: &FileSettings) -> io::Result<()> {
    json_text::write_pretty(out, file)?;
    writeln!(out)
}
