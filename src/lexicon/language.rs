//! A language: all that sayso knows about its words, as one value that is built once and handed down.

use std::sync::LazyLock;

use super::list::{ListError, list};
use super::nickname::ShortForms;
use super::office::{OfficeLists, Offices};
use super::set::WordSets;
use super::tense::TenseWords;
use super::unnamed::UnnamedWords;
use super::words::{Lexicon, LexiconLists};
use super::{List, TenseWord, WordSet};

/// The lists of one language: a folder of files.
#[derive(Clone, Copy, Debug)]
pub struct Lists {
    /// Classes of words.
    pub lexicon: LexiconLists,
    /// Closed sets that single patterns ask for.
    pub word_sets: List,
    /// Words that tell when something happens.
    pub tense: List,
    /// Roles, places and the other words of titles.
    pub offices: OfficeLists,
    /// Given names with their short forms.
    pub nicknames: List,
    /// Nouns for people without a name.
    pub unnamed: List,
}

/// A language: its words, by what they can be and what they do.
#[derive(Debug)]
pub struct Language {
    /// Its code in configuration and front matter: `en`.
    pub code: &'static str,
    /// The classes of its words.
    pub lexicon: Lexicon,
    /// Its offices and places.
    pub offices: Offices,
    /// Its words for people without a name.
    pub unnamed: UnnamedWords,
    sets: WordSets,
    tense: TenseWords,
    short_forms: ShortForms,
}

pub(super) const ENGLISH_LISTS: Lists = Lists {
    lexicon: LexiconLists {
        function_words: list!("function-words.txt"),
        cues: list!("cues.txt"),
        verbs: list!("verbs.txt"),
        sources: list!("sources.txt"),
        works: list!("works.txt"),
        honorifics: list!("honorifics.txt"),
        given_names: list!("given-names.txt"),
    },
    word_sets: list!("word-sets.txt"),
    tense: list!("tense.txt"),
    offices: OfficeLists {
        roles: list!("roles.txt"),
        places: list!("places.txt"),
        title_words: list!("title-words.txt"),
    },
    nicknames: list!("nicknames.txt"),
    unnamed: list!("unnamed.txt"),
};

#[expect(clippy::panic, reason = "a list that is compiled in and wrong is a bug, and a test reads them all")]
static ENGLISH: LazyLock<Language> =
    LazyLock::new(|| Language::read("en", &ENGLISH_LISTS).unwrap_or_else(|error| panic!("{error}")));

impl Language {
    /// English, read on first use.
    pub fn english() -> &'static Self {
        &ENGLISH
    }

    /// The codes of all languages that sayso reads.
    pub const CODES: &[&str] = &["en"];

    /// The language with this code; a region (`en-GB`) is ignored. `None` for one that sayso does not read.
    pub fn named(code: &str) -> Option<&'static Self> {
        let language = code.split(['-', '_']).next().unwrap_or_default();
        language.eq_ignore_ascii_case("en").then(Self::english)
    }

    /// Reads a language's lists.
    ///
    /// # Errors
    /// The first line of a list with a section, a flag or a form that does not exist.
    pub fn read(code: &'static str, lists: &Lists) -> Result<Self, ListError> {
        Ok(Self {
            code,
            lexicon: Lexicon::read(&lists.lexicon)?,
            offices: Offices::read(&lists.offices)?,
            unnamed: UnnamedWords::read(lists.unnamed)?,
            sets: WordSets::read(lists.word_sets)?,
            tense: TenseWords::read(lists.tense)?,
            short_forms: ShortForms::read(lists.nicknames)?,
        })
    }

    /// Is this form in the set, as it is written?
    #[inline]
    pub fn has(&self, set: WordSet, word: &str) -> bool {
        self.sets.has(set, word.as_bytes())
    }

    /// The same for a word as bytes.
    #[inline]
    pub(crate) fn has_bytes(&self, set: WordSet, word: &[u8]) -> bool {
        self.sets.has(set, word)
    }

    /// The same in any case.
    pub fn has_in_any_case(&self, set: WordSet, word: &str) -> bool {
        self.sets.has_in_any_case(set, word.as_bytes())
    }

    /// What a word tells about time, in any case.
    pub fn tense_word(&self, word: &str) -> TenseWord {
        self.tense.get(word)
    }

    /// Each short form of a given name, with the names that it may stand for; in small letters, and in no order.
    pub fn short_forms(&self) -> impl Iterator<Item = (&'static str, &[&'static str])> {
        self.short_forms.each()
    }

    /// May one and the same person be called by both given names, in small letters: a name and another form of it, or two
    /// forms of one name? Two full names are two people's, though one short form may stand for both.
    pub fn short_form(&self, one: &str, other: &str) -> bool {
        self.short_forms.link(one, other)
    }
}

impl WordSet {
    /// Is this form in the English set, as it is written? For callers that no language is handed to yet.
    pub fn has(self, word: &str) -> bool {
        Language::english().has(self, word)
    }

    /// The same in any case.
    pub fn has_in_any_case(self, word: &str) -> bool {
        Language::english().has_in_any_case(self, word)
    }
}

impl Default for &Language {
    /// English: the language of a draft that names none.
    fn default() -> Self {
        Language::english()
    }
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH_LISTS, Language, List, Lists};

    #[test]
    fn codes_name_languages() {
        for code in ["en", "EN", "en-GB", "en_US"] {
            assert_eq!(Language::named(code).map(|language| language.code), Some("en"), "{code}");
        }
        for code in ["", "de", "eng", "-en", "english"] {
            assert!(Language::named(code).is_none(), "{code}");
        }
        assert!(Language::CODES.iter().all(|code| Language::named(code).is_some()));
    }

    #[test]
    fn every_list_is_read_whole() {
        assert!(Language::read("en", &ENGLISH_LISTS).is_ok());
    }

    /// What is said of lists that `wrong` has changed.
    fn error(wrong: impl FnOnce(&mut Lists)) -> String {
        let mut lists = ENGLISH_LISTS;
        wrong(&mut lists);
        Language::read("en", &lists).map_or_else(|error| error.to_string(), |_| String::new())
    }

    #[test]
    fn a_line_that_nobody_reads_is_an_error_that_names_list_and_line() {
        const fn list(name: &'static str, text: &'static str) -> List {
            List { name, text }
        }
        for (found, expected) in [
            (
                error(|lists| lists.lexicon.cues = list("cues.txt", "say said : speech\ngrunt : speach")),
                "rules/words/cues.txt:2: the flag “speach” does not exist",
            ),
            (
                error(|lists| lists.lexicon.function_words = list("function-words.txt", "[adverbs]\nsoon")),
                "rules/words/function-words.txt:2: it stands in the section [adverbs], which does not exist",
            ),
            (
                error(|lists| lists.lexicon.sources = list("sources.txt", "mayor\n")),
                "rules/words/sources.txt:1: this line stands before the first section",
            ),
            (
                error(|lists| lists.lexicon.sources = list("sources.txt", "[person]\nmayor:x")),
                "rules/words/sources.txt:2: the flag “x” does not exist",
            ),
            (
                error(|lists| lists.lexicon.honorifics = list("honorifics.txt", "mr. : q")),
                "rules/words/honorifics.txt:1: the flag “q” does not exist",
            ),
            (
                error(|lists| lists.lexicon.given_names = list("given-names.txt", "ana f\nbo z")),
                "rules/words/given-names.txt:2: the flag “z” does not exist",
            ),
            (
                error(|lists| lists.word_sets = list("word-sets.txt", "[hearers]\ntold")),
                "rules/words/word-sets.txt:2: it stands in the section [hearers], which does not exist",
            ),
            (
                error(|lists| lists.tense = list("tense.txt", "[someday]\nmight")),
                "rules/words/tense.txt:2: it stands in the section [someday], which does not exist",
            ),
            (
                error(|lists| lists.offices.roles = list("roles.txt", "mayor : heads")),
                "rules/words/roles.txt:1: the flag “heads” does not exist",
            ),
            (
                error(|lists| lists.offices.title_words = list("title-words.txt", "[gone]\nformer")),
                "rules/words/title-words.txt:2: it stands in the section [gone], which does not exist",
            ),
            (
                error(|lists| lists.nicknames = list("nicknames.txt", "robert bob")),
                "rules/words/nicknames.txt:1: a name, “ = ” and its short forms are expected",
            ),
        ] {
            assert_eq!(found, expected);
        }
    }
}
