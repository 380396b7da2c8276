//! A rule's page: what is the same for every finding of the rule, with its examples.
//!
//! An example is a draft with the expected marks drawn under its lines, columns counted in code points:
//!
//! ```text
//! -- monday.txt --
//! “We will win,” Reyes said.
//!                ^^^^^ Reyes here
//! ```
//!
//! `-- name --` lines divide several drafts; without one the draft is called `draft.txt`. A place that runs over
//! several lines is drawn under its first; an empty place (that of a finding about a whole file) under one column.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::matching::{self, Declarations, Pattern};
use super::{Declared, Level, Parameters, QuietSetting};
use crate::source::{InputError, Span, from_toml};

/// A rule's page.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(title = "a rule's page"))]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// The fault, in a line without capital and full stop.
    pub summary: String,
    /// Its level by default; `off` for house style.
    pub level: Level,
    /// What to do about it.
    pub help: String,
    /// Why it matters.
    pub why: String,
    /// Where the rule comes from: a handbook, a house's style, a known error.
    pub source: String,
    /// Levels that some of its findings have in place of its own, each with the cases: “where a number differs”.
    #[serde(default)]
    pub levels: BTreeMap<Level, String>,
    /// Settings in which the rule keeps quiet, because it is meant for the writer's own copy.
    #[serde(default, rename = "quiet-in")]
    pub quiet_in: Vec<QuietSetting>,
    /// Its parameters by name.
    #[serde(default)]
    pub parameters: BTreeMap<String, Declared>,
    /// Which facts it reports, where no function does; [`Page::patterns`] reads it with its places.
    #[serde(default, rename = "match")]
    #[cfg_attr(feature = "cli", schemars(skip))]
    matches: Option<IgnoredAny>,
    /// Drafts that show it.
    #[serde(default, rename = "example")]
    pub examples: Vec<Example>,
}

/// An example: drafts with the fault and drafts without it.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Drafts with the fault, the expected marks drawn under the lines.
    pub bad: Option<String>,
    /// Drafts that are clean under every rule that is on by default.
    pub good: Option<String>,
    /// A registry (`people.toml`) for both.
    pub people: Option<String>,
    /// The day on which the drafts that do not say so were published, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Parameters of the rule that differ from the page's defaults.
    #[serde(default)]
    pub parameters: Parameters,
}

/// An example's text taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The drafts, marks taken out.
    pub drafts: Vec<ExampleDraft>,
    /// The marks that were drawn, in order.
    pub marks: Vec<Mark>,
}

/// A draft of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleDraft {
    /// Its file name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A mark drawn under a line of an example.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The draft it is drawn in: an index into [`Drawn::drafts`].
    pub draft: usize,
    /// Line, from 1.
    pub line: u32,
    /// First column in code points, from 1.
    pub column: u32,
    /// Columns covered, at least 1.
    pub width: u32,
    /// The words beside it.
    pub label: String,
}

impl Page {
    /// The JSON Schema of a page.
    #[cfg(feature = "cli")]
    pub fn schema() -> serde_json::Value {
        let mut schema = schemars::schema_for!(Self).to_value();
        let (pattern, definitions) = matching::schema();
        schema["properties"]["match"] = pattern;
        if let Some(known) = schema["$defs"].as_object_mut() {
            known.extend(definitions);
        }
        schema
    }

    /// Is the page a rule by itself, by its `[match]`?
    pub const fn is_rule(&self) -> bool {
        self.matches.is_some()
    }

    /// The patterns of its `[match]`. `path` and `text` are those that it was read from.
    ///
    /// # Errors
    /// Everything wrong with them, each with its place in the page.
    pub(super) fn patterns(&self, path: &str, text: &str) -> Result<Vec<Pattern>, Vec<InputError>> {
        let Self { level, levels, parameters, .. } = self;
        match self.is_rule() {
            true => matching::patterns(path, text, Declarations { level: *level, levels, parameters }),
            false => Ok(Vec::new()),
        }
    }

    /// Reads a page. `path` names it in an input error, which points at what is wrong.
    ///
    /// # Errors
    /// Where it is not TOML, or a key is missing, unknown or of the wrong kind.
    pub fn read(path: &str, text: &str) -> Result<Self, InputError> {
        let page: Self = from_toml(path, text)?;
        for (name, words) in
            [("summary", &page.summary), ("help", &page.help), ("why", &page.why), ("source", &page.source)]
        {
            if words.trim().is_empty() {
                return Err(InputError::new(path, format!("`{name}` is empty")).at(
                    text,
                    key(text, name),
                    "here",
                ));
            }
        }
        if let Some((level, _)) =
            page.levels.iter().find(|(level, when)| **level == page.level || when.trim().is_empty())
        {
            let message = format!("[levels] {level:?} is the rule's own level, or does not say when");
            return Err(InputError::new(path, message).at(text, key(text, "[levels]"), "here"));
        }
        page.check_parameters(path, text)?;
        Ok(page)
    }

    /// Does each declaration hold together, and do the examples set what is declared?
    fn check_parameters(&self, path: &str, text: &str) -> Result<(), InputError> {
        for (name, declared) in &self.parameters {
            let head = format!("[parameters.{name}]");
            declared.sound().map_err(|fault| {
                InputError::new(path, format!("parameter `{name}`: {fault}")).at(
                    text,
                    key(text, &head),
                    "this parameter",
                )
            })?;
        }
        for (name, value) in self.examples.iter().flat_map(|example| &example.parameters) {
            let at = key(text, "parameters = ");
            let wrong = |message: String| InputError::new(path, message).at(text, at, "in an example");
            let Some(declared) = self.parameters.get(name) else {
                return Err(wrong(format!("an example sets `{name}`, which the page does not declare")));
            };
            declared.check(value).map_err(|refused| wrong(format!("`{name}` {}", refused.message)))?;
        }
        Ok(())
    }

    /// The values that its parameters have where a house sets none.
    pub fn defaults(&self) -> Parameters {
        self.parameters.iter().map(|(name, declared)| (name.clone(), declared.default.clone())).collect()
    }
}

/// Where a key stands in a page.
fn key(text: &str, name: &str) -> Span {
    let start = text
        .match_indices(name)
        .map(|(at, _)| at)
        .find(|&at| at == 0 || text.as_bytes()[at - 1] == b'\n')
        .unwrap_or(0);
    Span::new(start as u32, (start + name.len()).min(text.len()) as u32)
}

impl Drawn {
    /// Takes an example's text apart.
    pub fn read(text: &str) -> Self {
        let mut drawn = Self { drafts: Vec::new(), marks: Vec::new() };
        let mut line = 0;
        for row in text.lines() {
            if let Some(name) = row.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")) {
                drawn.drafts.push(ExampleDraft { name: name.to_owned(), text: String::new() });
                line = 0;
                continue;
            }
            if drawn.drafts.is_empty() {
                drawn.drafts.push(ExampleDraft { name: "draft.txt".to_owned(), text: String::new() });
            }
            let rank = drawn.drafts.len() - 1;
            let trimmed = row.trim_start_matches(' ');
            if trimmed.starts_with('^') && line > 0 {
                let width = trimmed.chars().take_while(|&c| c == '^').count();
                drawn.marks.push(Mark {
                    draft: rank,
                    line,
                    column: (row.len() - trimmed.len()) as u32 + 1,
                    width: width as u32,
                    label: trimmed[width..].trim().to_owned(),
                });
            } else {
                line += 1;
                drawn.drafts[rank].text.push_str(row);
                drawn.drafts[rank].text.push('\n');
            }
        }
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_and_counted_in_code_points() {
        let drawn = Drawn::read(
            "-- a.txt --\n“Não,” Inês said.\n       ^^^^ Inês here\n^^^^^^ her word\n-- b.md --\nNothing.\n",
        );
        assert_eq!(drawn.drafts.len(), 2);
        assert_eq!(drawn.drafts[0].text, "“Não,” Inês said.\n");
        assert_eq!(drawn.drafts[1].text, "Nothing.\n");
        let label = |label: &str| label.to_owned();
        assert_eq!(
            drawn.marks,
            [
                Mark { draft: 0, line: 1, column: 8, width: 4, label: label("Inês here") },
                Mark { draft: 0, line: 1, column: 1, width: 6, label: label("her word") },
            ]
        );
    }

    #[test]
    fn an_unknown_key_points_into_the_page() {
        let text = "summary = \"x\"\nlevle = \"error\"\n";
        let input_error = Page::read("rules/marks/x.toml", text).err();
        let span = input_error.and_then(|input_error| input_error.labels.first().map(|(span, _)| *span));
        assert_eq!(span.map(|span| span.of(text)), Some("levle"));
    }

    #[test]
    fn an_empty_explanation_is_a_trouble() {
        let text = "summary = \"x\"\nlevel = \"error\"\nhelp = \"h\"\nwhy = \"\"\nsource = \"s\"\n";
        let input_error = Page::read("rules/marks/x.toml", text).err();
        let span = input_error.and_then(|input_error| input_error.labels.first().map(|(span, _)| *span));
        assert_eq!(span.map(|span| span.of(text)), Some("why"));
    }
}
