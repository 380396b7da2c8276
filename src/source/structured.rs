//! Structured text (TOML, YAML, JSON) into values, with errors that point into it. The parsers live here, and only here.

use serde::de::DeserializeOwned;

use super::{Span, Trouble};

/// Reads TOML. `path` names the file in a trouble.
pub fn from_toml<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, Trouble> {
    toml::from_str(text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        Trouble::new(path, error.message().lines().next().unwrap_or("not valid TOML").to_owned()).at(
            text,
            Span::new(span.start as u32, span.end as u32),
            "here",
        )
    })
}
