//! Findings, facts and pages made into text, for eyes, editors and machines. `miette` lives here, and only here;
//! its handler is built explicitly, and whether to colour is decided once by the caller.
#![cfg_attr(
    not(feature = "cli"),
    allow(dead_code, reason = "without the program some helpers of reports have no caller")
)]

#[cfg(feature = "cli")]
mod archive;
#[cfg(feature = "cli")]
mod catalogue;
#[cfg(feature = "cli")]
mod checked;
mod clean;
mod concise;
#[cfg(feature = "cli")]
mod examples;
#[cfg(feature = "cli")]
mod excerpt;
mod github;
mod gitlab;
mod json;
mod json_line;
mod json_text;
mod output_style;
#[cfg(feature = "cli")]
pub mod page;
#[cfg(feature = "cli")]
mod people;
#[cfg(feature = "cli")]
mod pretty;
#[cfg(feature = "cli")]
mod quotes;
mod rdjson;
mod sarif;
#[cfg(feature = "cli")]
mod settings;
mod sheet;
#[cfg(feature = "cli")]
mod statistics;
mod summary;
#[cfg(feature = "cli")]
mod tape;
#[cfg(feature = "cli")]
mod input_error;
#[cfg(feature = "cli")]
mod text;
mod uri;
#[cfg(feature = "cli")]
mod watch;
#[cfg(feature = "cli")]
mod why;
mod xml;

#[cfg(feature = "cli")]
pub use archive::{
    archive_drafts, archive_json, archive_table, archive_written, record_lines, said_json, said_table,
};
#[cfg(feature = "cli")]
pub use catalogue::{explain, explain_group, rules_json, rules_markdown, rules_table};
#[cfg(feature = "cli")]
pub use checked::checked_count;
pub use clean::{harmless, is_harmless};
#[cfg(feature = "cli")]
pub use concise::concise;
#[cfg(feature = "cli")]
pub use examples::{examples, examples_json};
pub use github::github;
pub use gitlab::gitlab;
#[cfg(feature = "cli")]
pub use input_error::input_errors;
pub use json::{facts_lines, json, json_lines, schema};
pub use output_style::OutputStyle;
#[cfg(feature = "cli")]
pub use output_style::wrapped;
#[cfg(feature = "cli")]
pub use people::{people_lines, people_table, people_toml};
#[cfg(feature = "cli")]
pub use pretty::pretty;
#[cfg(feature = "cli")]
pub use quotes::{quotes_csv, quotes_json, quotes_lines, quotes_table};
pub use rdjson::{rdjson, rdjson_lines};
pub use sarif::sarif;
#[cfg(feature = "cli")]
pub use settings::{FileSettings, RuleRow, SettingRow, settings_json, settings_table};
pub use sheet::Sheet;
#[cfg(feature = "cli")]
pub use statistics::{statistics_json, statistics_table};
pub use summary::{LeftOut, Summary};
#[cfg(feature = "cli")]
pub use tape::{tape_lines, tape_table};
#[cfg(feature = "cli")]
pub use text::{text_blocks, text_lines};
#[cfg(feature = "cli")]
pub use watch::{check_begins, check_ends};
#[cfg(feature = "cli")]
pub use why::{Asked, why_lines, why_pretty};
pub use xml::{checkstyle, junit};
