//! People: one person, one spelling, the right title on the right day.

mod bearer;
pub mod conflicting_age;
pub mod conflicting_kinship;
pub mod conflicting_party;
pub mod conflicting_pronoun;
pub mod conflicting_title;
pub mod misspelled_name;
pub mod name_variant;
mod one_word_apart;
pub mod outside_lifetime;
mod particulars;
pub mod repeated_title;
pub mod shared_surname;
mod source;
pub mod title_capitalization;
pub mod title_not_held;
pub mod unintroduced_speaker;
pub mod unknown_person;
pub mod untitled_speaker;
mod when;
