//! What became of the examples on rules' pages once they have been run.

use super::{ExampleDraft, Mark, Rule};

/// What became of the examples of all pages.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// Pages whose examples were run.
    pub pages: usize,
    /// Examples that were run; one with a bad and a good half counts twice.
    pub run: usize,
    /// Those that are not as drawn.
    pub faults: Vec<ExampleFault>,
}

/// An example that is not as drawn.
#[derive(Clone, Debug)]
pub struct ExampleFault {
    /// The rule of its page.
    pub rule: &'static Rule,
    /// Its number on the page, from 1; 0 where the page has no such example.
    pub number: usize,
    /// What is wrong with it, in a line.
    pub message: String,
    /// Its drafts.
    pub drafts: Vec<ExampleDraft>,
    /// Marks that were drawn and not found.
    pub missing: Vec<Mark>,
    /// Marks that were found and not drawn; what another rule finds has that rule's name before its words.
    pub stray: Vec<Mark>,
}
