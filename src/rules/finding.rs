//! What a rule returns.

use serde::{Deserialize, Serialize};

use crate::source::{FileId, Place, Span};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not reported.
    Off,
    /// For the desk to know.
    Note,
    /// Probably wrong, worth a look.
    Warning,
    /// Cannot be right.
    Error,
}

/// Something a rule found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How much it matters, where that is not the rule's own level: the more serious of an
    /// altered quotation's two kinds, say.
    pub level: Option<Level>,
    /// Where it is: the words that it is about.
    pub place: Place,
    /// The whole quotation in which these words stand, where they are words of one.
    pub context: Option<Span>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// A few words that stand under the place when it is drawn; may be empty.
    pub label: String,
    /// The other places that matter, each with a few words.
    pub related: Vec<Related>,
    /// What to check next, where that says more than the rule's page does.
    pub help: Option<String>,
    /// A change that would mend it.
    pub fix: Option<Fix>,
    /// Another change that would mend it, where two are as likely. It is only offered, never made without a person's
    /// choice.
    pub other_fix: Option<Fix>,
    /// What stays the same when the rest of the file is edited: the words of the quotation, the name.
    /// The fingerprint is made from it.
    pub key: String,
}

/// Another place that matters to a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// Where it is: the words that matter.
    pub place: Place,
    /// The whole quotation in which these words stand, where they are words of one.
    pub context: Option<Span>,
    /// What is there, in a few words.
    pub message: String,
    /// Seconds from the start of the tape, where it is a place on one.
    pub at: Option<u32>,
}

impl Related {
    /// Another place, with a few words.
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, context: None, message: message.into(), at: None }
    }

    /// The same, as some words of the quotation at `context`.
    #[must_use]
    pub fn within(mut self, context: Span) -> Self {
        self.context = Some(context);
        self
    }
}

/// A change that would mend a finding. It never touches the words inside a quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// May it be made without asking?
    pub safe: bool,
    /// The edits, not overlapping.
    pub edits: Vec<Edit>,
}

/// One replacement.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// What is replaced.
    pub place: Place,
    /// By what.
    pub text: String,
}

impl Finding {
    /// A finding of `rule` at `place`, at the rule's own level.
    pub fn new(rule: &'static str, place: Place, message: impl Into<String>, key: impl Into<String>) -> Self {
        Self {
            rule,
            level: None,
            place,
            context: None,
            message: message.into(),
            label: String::new(),
            related: Vec::new(),
            help: None,
            fix: None,
            other_fix: None,
            key: key.into(),
        }
    }

    /// The same in another file: the number of a file that was judged by itself is not its number in the project.
    #[must_use]
    pub(super) fn in_file(mut self, file: FileId) -> Self {
        self.place.file = file;
        self.related.iter_mut().for_each(|related| related.place.file = file);
        let fixes = self.fix.iter_mut().chain(&mut self.other_fix);
        fixes.flat_map(|fix| &mut fix.edits).for_each(|edit| edit.place.file = file);
        self
    }

    /// The same, with words drawn under its place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same, with advice of its own.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, with another place.
    #[must_use]
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push(Related::new(place, message));
        self
    }

    /// The same, with another place if there is one.
    #[must_use]
    pub fn and(mut self, related: Option<Related>) -> Self {
        self.related.extend(related);
        self
    }

    /// The same, as a finding about some words of the quotation at `context`.
    #[must_use]
    pub fn within(mut self, context: Span) -> Self {
        self.context = Some(context);
        self
    }

    /// The same, with a change that would mend it: replace `span` of the finding's file by `text`.
    #[must_use]
    pub fn fix(mut self, safe: bool, edits: Vec<(Span, String)>) -> Self {
        let file = self.place.file;
        let edits =
            edits.into_iter().map(|(span, text)| Edit { place: Place::new(file, span), text }).collect();
        self.fix = Some(Fix { safe, edits });
        self
    }

    /// The same, with another change that a person may choose in place of the first.
    #[must_use]
    pub fn or_fix(mut self, edit: Option<(Span, String)>) -> Self {
        let file = self.place.file;
        self.other_fix = edit.map(|(span, text)| Fix {
            safe: false,
            edits: vec![Edit { place: Place::new(file, span), text }],
        });
        self
    }
}
