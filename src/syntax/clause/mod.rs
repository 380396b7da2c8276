//! Clauses: sentences, verbs, noun phrases and their subjects, over tokens.

pub mod first_verb;
pub mod input;
pub mod noun_phrase;
pub mod sentence;
pub mod subject;
pub(in crate::syntax) mod verb;
pub mod view;

#[cfg(test)]
mod tests;
