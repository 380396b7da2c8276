//! Which rules run at which level, as far as the command line says: `--only` and `--rule`.

use super::args::Check;
use crate::config::Config;
use crate::rules::{Level, Rulebook};
use crate::source::{self, InputError};

/// The rule that runs whatever else is asked for: what was not read must never look clean.
const ALWAYS: &str = "unreadable-file";

/// The levels that `--only` and `--rule` set, by rule id; later ones win.
///
/// # Errors
/// A rule, group or level that there is not.
pub(super) fn levels(options: &Check, config: &Config) -> Result<Vec<(String, Level)>, Vec<InputError>> {
    let mut set = Vec::new();
    if options.only.is_empty() && options.rules.is_empty() {
        return Ok(set);
    }
    let book = Rulebook::with_desk(config.rule_pages())?;
    if !options.only.is_empty() {
        set.extend(only(&options.only, config, &book)?);
    }
    for setting in &options.rules {
        set.extend(level(setting, &book)?);
    }
    Ok(set)
}

/// Turns off what is not named. A rule that is named by its id and is off runs as a warning; of a group those run that
/// are on.
fn only(names: &[String], config: &Config, book: &Rulebook) -> Result<Vec<(String, Level)>, Vec<InputError>> {
    let unknown: Vec<InputError> =
        names.iter().filter(|name| !book.has(name)).map(|name| unknown_rule(name, book)).collect();
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let set = book.rules().iter().filter_map(|rule| {
        let named = names.iter().any(|name| name == rule.id);
        let in_group = names.iter().any(|name| name == rule.group);
        let usual = book.page(rule.id).map_or(Level::Off, |page| page.level);
        let off = config.level(rule.id, rule.group, "").unwrap_or(usual) == Level::Off;
        match (named, in_group) {
            (true, _) if off => Some((rule.id.to_owned(), Level::Warning)),
            (false, false) if rule.id != ALWAYS => Some((rule.id.to_owned(), Level::Off)),
            _ => None,
        }
    });
    Ok(set.collect())
}

/// Reads `RULE=LEVEL`; a group stands for all its rules.
fn level(setting: &str, book: &Rulebook) -> Result<Vec<(String, Level)>, InputError> {
    let usage = |message: String| InputError::new("--rule", message);
    let Some((name, level)) = setting.split_once('=') else {
        return Err(
            usage(format!("“{setting}” says no level")).help("write for example --rule anonymous-source=off")
        );
    };
    const LEVELS: [&str; 4] = ["error", "warning", "note", "off"];
    let level = match level {
        "error" => Level::Error,
        "warning" => Level::Warning,
        "note" => Level::Note,
        "off" => Level::Off,
        _ => {
            let input_error = usage(format!("“{level}” is no level"));
            return Err(match source::nearest(level, LEVELS) {
                Some(near) => input_error.help(format!("did you mean {name}={near}?")),
                None => input_error.help("one of: error, warning, note, off"),
            });
        }
    };
    if book.find(name).is_some() {
        return Ok(vec![(name.to_owned(), level)]);
    }
    let group = book.rules().iter().filter(|rule| rule.group == name);
    let levels: Vec<(String, Level)> = group.map(|rule| (rule.id.to_owned(), level)).collect();
    if levels.is_empty() { Err(unknown_rule(name, book)) } else { Ok(levels) }
}

/// What is said of a name that is no rule's and no group's.
pub(super) fn unknown_rule(name: &str, book: &Rulebook) -> InputError {
    let input_error = InputError::new(name, "there is no rule of this name");
    // Many know a rule by its first word.
    let begun = || book.names().find(|id| name.len() > 2 && id.contains(name));
    match source::nearest(name, book.names()).or_else(begun) {
        Some(meant) => input_error.help(format!("perhaps {meant} is meant; `sayso rules` lists them all")),
        None => input_error.help("`sayso rules` lists them all"),
    }
}
