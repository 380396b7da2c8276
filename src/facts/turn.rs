//! What a transcript says.

use serde::{Deserialize, Serialize};

use super::WordPlaces;
use crate::source::Span;

/// What one speaker said in one go, as far as the transcript divides it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// Who, as the transcript has it; `None` where it does not say.
    pub speaker: Option<String>,
    /// Seconds from the start of the tape.
    pub at: Option<u32>,
    /// Where the words stand.
    pub span: Span,
    /// The words.
    pub words: String,
    /// Where each of them stands in the file.
    #[serde(default)]
    pub places: WordPlaces,
}

/// Seconds of a tape as its clock shows them: `00:12:07`.
pub fn clock(seconds: u32) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
