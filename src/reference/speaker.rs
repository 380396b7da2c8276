//! The speaker: the person or the body that a source phrase stands for.

use serde::{Deserialize, Serialize};

/// Who or what a source stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The fullest form of the name in this file, without titles.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
}

/// What a speaker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpeakerKind {
    /// One person, by name.
    Person,
    /// A body, by name: a ministry, an agency, a company.
    Body,
    /// Somebody without a name: “a senior official”, “critics”.
    Unnamed,
    /// The writer.
    Writer,
}
