//! Findings, facts and pages made into text, for eyes, editors and machines. `miette` lives here, and only here;
//! its handler is built explicitly, and whether to colour is decided once by the caller.

mod catalogue;
mod checked;
mod clean;
mod concise;
mod excerpt;
mod github;
mod json;
mod json_line;
mod output_style;
mod people;
mod pretty;
mod quotes;
mod sheet;
mod summary;
mod input_error;
mod why;

pub use catalogue::{explain, rules_json, rules_markdown, rules_table};
pub use concise::concise;
pub use github::github;
pub use input_error::input_errors;
pub use json::{facts_lines, json, json_lines};
pub use output_style::OutputStyle;
pub use people::{people_lines, people_table, people_toml};
pub use pretty::pretty;
pub use quotes::{quotes_csv, quotes_lines, quotes_table};
pub use sheet::Sheet;
pub use summary::Summary;
pub use why::{Asked, why_lines, why_pretty};
