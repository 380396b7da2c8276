//! What is known about single words: cue verbs, titles, given names, nouns for sources. The lists are data files
//! under `rules/words/`; this room reads them once into a `Language` and answers look-ups.

mod class;
mod fold;
mod inflect;
mod kin;
mod language;
mod list;
mod natural;
mod nickname;
mod office;
mod own_words;
mod party;
mod set;
mod spelling;
mod table;
mod tense;
mod unnamed;
mod words;

pub use class::Class;
pub use fold::{fold, fold_into};
pub use inflect::is_regular_past;
pub use kin::{describes_relative, is_relative, kin};
pub use language::{Language, Lists};
pub use list::{Entry, List, ListError};
pub use natural::{NamedLanguage, NaturalLanguage, natural_language, other_than_english, reads_as_english};
pub use office::{LONGEST_PHRASE, OfficeLists, Offices, PlaceId, PlaceName, Role, RoleId, TitleWord};
pub use own_words::{OwnList, english_with, use_everywhere};
pub use party::{Party, parties_exclude, party, party_country};
pub use set::WordSet;
pub use spelling::{consonants, one_letter_less, one_slip, same_consonants, skeleton, two_slips};
pub use tense::TenseWord;
pub use unnamed::UnnamedWords;
pub use words::{Lexicon, LexiconLists, PACKED};

/// The lines of a word list without comments and empty lines.
pub(crate) fn entries(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The lexicon of English, for callers that no language is handed to yet.
pub fn lexicon() -> &'static Lexicon {
    &own_words::current().lexicon
}

/// The offices of English, for callers that no language is handed to yet.
pub fn offices() -> &'static Offices {
    &own_words::current().offices
}

/// The English words for people without a name, for callers that no language is handed to yet.
pub fn unnamed_words() -> &'static UnnamedWords {
    &own_words::current().unnamed
}

/// [`Language::short_form`] of English, for callers that no language is handed to yet.
pub fn short_form(one: &str, other: &str) -> bool {
    own_words::current().short_form(one, other)
}

#[cfg(test)]
mod tests;
