//! Attribution: the relation of source, cue and content.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::calendar::Interval;
use crate::reference::Speaker;
use crate::source::Span;
use crate::syntax::sieve::Pattern;

/// A phrase of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// Its words, markup stripped.
    pub text: String,
}

/// Who said it, how that was found, and how sure that is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// The phrase that names who.
    pub source: Option<Phrase>,
    /// The words that attribute: “said”, “according to”, “wrote on X”.
    pub cue: Option<Phrase>,
    /// Whom the source stands for; `None` where undecided.
    pub speaker: Option<Speaker>,
    /// Somebody else whom a pronoun fits as well, where nothing before it prefers the speaker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rival: Option<String>,
    /// Another name that signs the same words: “… — Ana Reyes¶— Bo Lee”.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub countersigned: Option<Phrase>,
    /// Do words after the source say who that is: “Suharyo, a fisherman”, “Teya, 34”, “Okonrad (2014)”?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub described: bool,
    /// The phrase that says when, and the days it resolves to.
    pub said_on: Option<Interval>,
    /// How it was said: “on X”, “in a statement”.
    pub medium: Option<String>,
    /// Where it was said: “Oslo” of “said in Oslo”.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// To whom it was said: “reporters”, “Okafor”, “the board”.
    #[serde(default)]
    pub to: Option<Phrase>,
    /// The pattern that decided.
    pub evidence: Cow<'static, str>,
    /// That pattern's measured precision, 0 to 1.
    pub confidence: f32,
}

impl Attribution {
    /// Is the speaker the likeliest one of an exchange in fiction, whom no words beside the quotation name? Good to know, and too
    /// weak to hold somebody to the words.
    pub fn is_of_exchange(&self) -> bool {
        Pattern::ALL.iter().any(|pattern| pattern.is_of_dialogue() && pattern.name() == self.evidence)
    }
}

/// Speech reported without marks: “She said the bill was dead.”
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indirect {
    /// What was said, as the writer put it.
    pub content: Phrase,
    /// Its longer words as hashes, ascending, as [`gist`](super::gist) makes them: what it is compared by.
    #[serde(default)]
    pub gist: Vec<u32>,
    /// Who said it.
    pub attribution: Attribution,
}
