//! Clauses: sentences, verbs, noun phrases and their subjects, over tokens.

pub mod input;
pub mod noun_phrase;
pub mod sentence;
pub mod subject;
pub mod verb;

#[cfg(test)]
mod tests;
