//! What stops work: an input that cannot be used, said so that its owner can mend it.

use super::Span;

/// How far an input error reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gravity {
    /// Nobody asked for this input by name, and it is nothing to read: a picture named `.txt` met in a folder.
    /// Said only where everything is said.
    Skipped,
    /// Work goes on with what could be read.
    Warning,
    /// Work goes on with what could be read, and at its end the run has failed all the same: something that was asked
    /// for was not read.
    Unread,
    /// The input cannot be used.
    #[default]
    Fatal,
}

/// An input that cannot be used: a file, a configuration, a registry, a rule page.
///
/// Findings judge drafts; input errors are about what sayso needs in order to judge at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    /// The file as the user named it.
    pub path: String,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The text of the file and the places in it, each with a short label; empty where the file has no text.
    pub text: Option<Box<str>>,
    /// Byte ranges in `text`.
    pub labels: Vec<(Span, String)>,
    /// How far it reaches.
    pub gravity: Gravity,
}

impl InputError {
    /// An input error with a whole file.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            message: message.into(),
            help: None,
            text: None,
            labels: Vec::new(),
            gravity: Gravity::Fatal,
        }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, reaching so far.
    #[must_use]
    pub const fn gravity(mut self, gravity: Gravity) -> Self {
        self.gravity = gravity;
        self
    }

    /// The same, pointing into the file's text.
    #[must_use]
    pub fn at(mut self, text: &str, span: Span, label: impl Into<String>) -> Self {
        self.text.get_or_insert_with(|| text.into());
        self.labels.push((span, label.into()));
        self
    }
}

impl From<InputError> for Vec<InputError> {
    /// One error where several may come.
    fn from(input_error: InputError) -> Self {
        vec![input_error]
    }
}

impl std::fmt::Display for InputError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for InputError {}
