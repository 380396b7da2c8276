//! **sayso** audits the quotations in a set of drafts: on whose say-so?
//!
//! The modules stand in the order of the data's one-way road; each uses only those above it.

/// Work on many items at once.
pub mod parallel;
/// Civil days and intervals of days.
pub mod calendar;
/// What is known about single words.
pub mod lexicon;
/// Text and place: what the drafts are, byte for byte.
pub mod source;
/// The grammar: marks and their pairing, cues, sources, names and titles, dates, directives.
pub mod syntax;
/// Who is meant by a name or a pronoun, and which days by an expression.
pub mod reference;
/// What one file says, without opinion.
pub mod facts;
/// Lookups over all files' facts.
pub mod corpus;
/// The facts of drafts that were printed, in one file, to hold new drafts against.
pub mod archive;
/// Opinions.
pub mod rules;
/// What a house has set.
pub mod config;
/// Drafts, tapes and registries in memory, and what is found in them.
pub mod project;
/// Findings, facts and pages made into text.
pub mod report;
/// The run: files on disk become projects.
#[cfg(feature = "disk")]
pub mod run;
/// The language server: findings and facts as an editor asks for them.
#[cfg(feature = "cli")]
pub mod lsp;
/// The command line.
#[cfg(feature = "cli")]
pub mod cli;
