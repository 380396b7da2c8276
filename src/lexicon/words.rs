//! The lexicon: each word with its classes.

use rustc_hash::FxHashMap;

use super::Class;
use super::inflect;
use super::list::{Entry, List, ListError};
use super::table::{BloomFilter, HELD, Table};

/// The lists that words get their classes from.
#[derive(Clone, Copy, Debug)]
pub struct LexiconLists {
    /// Function words and other closed classes.
    pub function_words: List,
    /// Verbs that attribute.
    pub cues: List,
    /// Forms of other verbs.
    pub verbs: List,
    /// Nouns for sources.
    pub sources: List,
    /// Nouns for works, words and media.
    pub works: List,
    /// What stands before a name.
    pub honorifics: List,
    /// Given names, with the gender that they tell.
    pub given_names: List,
}

/// All words with their classes.
#[derive(Debug)]
pub struct Lexicon {
    /// Rejects most words that are in neither of the next two tables, before they are looked up.
    filter: BloomFilter,
    /// Words of no more than [`HELD`] bytes: nine of ten that are looked up.
    short: Table,
    /// Words of no more than [`PACKED`] bytes, each packed into one number: that is hashed and compared in a few steps,
    /// where words of any length take a loop each.
    long: FxHashMap<u128, Class>,
    /// The others.
    longest: FxHashMap<Box<[u8]>, Class>,
    /// The length of the longest suffix, in bytes.
    longest_suffix: usize,
}

/// The longest word looked up, in bytes; nothing in the lists is longer.
const LONGEST: usize = 32;

/// The longest word, in bytes, that is taken out of its text in one piece.
pub const PACKED: usize = 16;

/// The bit that tells small ASCII letters from capitals, in every byte. Digits and the stops, hyphens and apostrophes
/// of words have it as well, so that setting it makes small letters of capitals and changes nothing else in a word.
const SMALL: u128 = u128::from_le_bytes([0x20; PACKED]);

/// The bit that bytes beyond ASCII have.
const BEYOND: u128 = u128::from_le_bytes([0x80; PACKED]);

/// How many words the lists have of up to [`HELD`] bytes and of more, roundly: only to have the room at once.
const SHORT_WORDS: usize = 8_000;
const LONG_WORDS: usize = 1_500;

impl Lexicon {
    /// The classes of a word in any case; none where it is in no list.
    pub fn class(&self, word: &str) -> Class {
        match word.as_bytes().first() {
            None => Class::NONE,
            Some(_) if word.len() > LONGEST => Class::NONE,
            Some(first) if first.is_ascii() => {
                let mut lower = [0; LONGEST];
                let lower = &mut lower[..word.len()];
                lower.copy_from_slice(word.as_bytes());
                lower.make_ascii_lowercase();
                self.listed(lower)
            }
            Some(_) => self.listed(word.to_lowercase().as_bytes()),
        }
    }

    /// Is it what stands behind a family name: Jr., III? Most words are longer, and are not looked up.
    pub fn is_suffix(&self, word: &str) -> bool {
        word.len() <= self.longest_suffix && self.class(word).any(Class::SUFFIX)
    }

    /// The classes of the word that is `text[start..end]`: the same as [`Self::class`], but most words are taken
    /// out of their text in one piece.
    pub fn class_in(&self, text: &str, start: usize, end: usize) -> Class {
        let window = text.as_bytes().get(start..).and_then(|rest| rest.first_chunk::<PACKED>());
        if let Some(window) = window.filter(|_| start < end && end - start <= PACKED)
            && packed(*window, end - start) & BEYOND == 0
        {
            return self.class_of_ascii(*window, end - start);
        }
        self.class(&text[start..end])
    }

    /// The classes of the word of `len` (1 to 16) ASCII bytes at the start of `window`.
    #[inline]
    pub fn class_of_ascii(&self, window: [u8; PACKED], len: usize) -> Class {
        let small = u128::from_le_bytes(window) | SMALL;
        if len <= HELD {
            // Half the number holds the word, and is handled in fewer steps.
            let word = small as u64 & (u64::MAX >> (8 * (HELD - len)));
            if self.filter.passes(word.into()) { self.short.get(word) } else { Class::NONE }
        } else {
            self.packed_class(packed(small.to_le_bytes(), len))
        }
    }

    /// The classes of a packed word of more than [`HELD`] bytes: kept apart from where short words are looked up.
    #[inline(never)]
    fn packed_class(&self, word: u128) -> Class {
        if !self.filter.passes(word) {
            return Class::NONE;
        }
        self.long.get(&word).copied().unwrap_or_default()
    }

    /// The classes of a word as the lists have it.
    fn listed(&self, word: &[u8]) -> Class {
        match whole(word) {
            Some(packed) if word.len() <= HELD => self.short.get(packed as u64),
            Some(packed) => self.long.get(&packed).copied().unwrap_or_default(),
            None => self.longest.get(word).copied().unwrap_or_default(),
        }
    }

    pub(super) fn read(lists: &LexiconLists) -> Result<Self, ListError> {
        let mut lexicon = Self {
            filter: BloomFilter::default(),
            short: Table::with_room(SHORT_WORDS),
            long: FxHashMap::default(),
            longest: FxHashMap::default(),
            longest_suffix: 0,
        };
        lexicon.long.reserve(LONG_WORDS);
        lexicon.read_sections(lists.function_words, function_class)?;
        for entry in lists.cues.entries() {
            lexicon.add_cue(&entry)?;
        }
        lexicon.read_sections(lists.verbs, verb_class)?;
        lexicon.read_sections(lists.sources, source_class)?;
        lexicon.read_sections(lists.works, work_class)?;
        for entry in lists.honorifics.entries() {
            let (word, gender) = entry.text.split_once(" : ").unwrap_or((entry.text, "-"));
            lexicon.add(word, Class::HONORIFIC.or(gender_class(&entry, gender.trim())?));
        }
        for entry in lists.given_names.entries() {
            let (name, gender) = split_at_byte(entry.text, b' ').unwrap_or((entry.text, "-"));
            lexicon.add_name(name, gender_class(&entry, gender)?);
        }
        Ok(lexicon)
    }

    fn entry(&mut self, word: &str) -> &mut Class {
        let packed = whole(word.as_bytes());
        packed.into_iter().for_each(|packed| self.filter.take(packed));
        match packed {
            Some(packed) if word.len() <= HELD => self.short.entry(packed as u64),
            Some(packed) => self.long.entry(packed).or_default(),
            None => self.longest.entry(word.as_bytes().into()).or_default(),
        }
    }

    fn add(&mut self, word: &str, class: Class) {
        if class.any(Class::SUFFIX) {
            self.longest_suffix = self.longest_suffix.max(word.len());
        }
        *self.entry(word) |= class;
    }

    /// A given name that is also another word keeps its gender to itself: “will” and “grace” tell no gender
    /// where they are not names, and the name look-up asks for `GIVEN_NAME` as well.
    fn add_name(&mut self, name: &str, gender: Class) {
        let known = self.entry(name);
        let gender = if known.any(Class::MALE.or(Class::FEMALE)) { Class::NONE } else { gender };
        *known |= Class::GIVEN_NAME.or(gender);
    }

    /// Reads words in sections headed `[name]`; a word may carry `:m` or `:f`.
    fn read_sections(&mut self, list: List, class_of: fn(&str) -> Option<Class>) -> Result<(), ListError> {
        let nouns = Class::PERSON_NOUN.or(Class::BODY_NOUN).or(Class::DOCUMENT_NOUN);
        for entry in list.entries() {
            let class = class_of(entry.section).ok_or_else(|| entry.unknown_section())?;
            for word in entry.text.split_ascii_whitespace() {
                let (word, gender) = split_at_byte(word, b':').unwrap_or((word, "-"));
                self.add(word, class.or(gender_class(&entry, gender)?));
                if class.any(nouns)
                    && let Some(plural) = inflect::plural(word)
                    // “the document states”: a verb more often than a noun.
                    && !self.class(&plural).any(Class::CUE.or(Class::VERB))
                {
                    self.add(&plural, class);
                }
            }
        }
        Ok(())
    }

    /// Reads `lemma [past [participle]] [=extra forms] : class [flags]`.
    fn add_cue(&mut self, entry: &Entry) -> Result<(), ListError> {
        let expected = || entry.error("a verb, “ : ” and its class are expected");
        let (verb, flags) = entry.text.split_once(" : ").ok_or_else(expected)?;
        let (verb, extra) = verb.split_once('=').unwrap_or((verb, ""));
        let mut class = Class::CUE;
        for flag in flags.split_whitespace() {
            class |= cue_class(flag).ok_or_else(|| entry.unknown_flag(flag))?;
        }
        let mut words = verb.split_whitespace();
        let lemma = words.next().ok_or_else(expected)?;
        let forms = inflect::forms(lemma, words.next(), words.next());
        self.add(lemma, class.or(Class::FORM_BASE));
        self.add(&forms.present, class.or(Class::FORM_PRESENT));
        self.add(&forms.past, class.or(Class::FORM_PAST));
        self.add(&forms.participle, class.or(Class::FORM_PARTICIPLE));
        self.add(&forms.gerund, class.or(Class::FORM_GERUND));
        for form in extra.split_whitespace() {
            self.add(form, class.or(inflect::form_class(form)));
        }
        Ok(())
    }
}

/// What stands before and after the first ASCII `sign`. The words are short: a search made for long texts takes longer.
fn split_at_byte(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == sign)?;
    Some((&text[..at], &text[at + 1..]))
}

/// The first `len` bytes (1 to [`PACKED`]) as one number.
const fn packed(bytes: [u8; PACKED], len: usize) -> u128 {
    u128::from_le_bytes(bytes) & (u128::MAX >> (8 * (PACKED - len)))
}

/// A whole word as one number, where it fits into one.
fn whole(word: &[u8]) -> Option<u128> {
    if word.is_empty() || word.len() > PACKED {
        return None;
    }
    let mut bytes = [0; PACKED];
    bytes[..word.len()].copy_from_slice(word);
    Some(u128::from_le_bytes(bytes))
}

/// The gender behind a word: `m`, `f`, or `-` for none.
fn gender_class(entry: &Entry, gender: &str) -> Result<Class, ListError> {
    match gender {
        "m" => Ok(Class::MALE),
        "f" => Ok(Class::FEMALE),
        "-" => Ok(Class::NONE),
        other => Err(entry.unknown_flag(other)),
    }
}

fn cue_class(flag: &str) -> Option<Class> {
    Some(match flag {
        "speech" => Class::CUE_SPEECH,
        "writing" => Class::CUE_WRITING,
        "thought" => Class::CUE_THOUGHT,
        "call" => Class::CUE_CALL,
        "loaded" => Class::CUE_LOADED,
        "weak" => Class::CUE_WEAK,
        "verbatim" => Class::CUE_VERBATIM,
        "on" => Class::CUE_ON,
        "it" => Class::CUE_IT,
        "no-infinitive" => Class::NO_INFINITIVE,
        _ => return None,
    })
}

fn function_class(section: &str) -> Option<Class> {
    Some(match section {
        "determiner" => Class::DETERMINER,
        "possessive" => Class::POSSESSIVE,
        "subject" => Class::SUBJECT,
        "object" => Class::OBJECT,
        "preposition" => Class::PREPOSITION,
        "coordinator" => Class::COORDINATOR,
        "subordinator" => Class::SUBORDINATOR,
        "relative" => Class::RELATIVE,
        "auxiliary" => Class::AUXILIARY,
        "be" => Class::AUXILIARY.or(Class::BE),
        "have" => Class::AUXILIARY.or(Class::HAVE),
        "modal" => Class::AUXILIARY.or(Class::MODAL),
        "temporal" => Class::SUBORDINATOR.or(Class::TEMPORAL),
        "to" => Class::TO,
        "standalone" => Class::STANDALONE,
        "tying" => Class::TYING,
        "time" => Class::TIME,
        "time-lead" => Class::TIME_LEAD,
        "negation" => Class::NEGATION,
        "adverb" => Class::ADVERB,
        "month" => Class::MONTH,
        "weekday" => Class::WEEKDAY,
        "number" => Class::NUMBER_WORD,
        "particle" => Class::PARTICLE,
        "suffix" => Class::SUFFIX,
        "abbreviation" => Class::ABBREVIATION,
        _ => return None,
    })
}

fn source_class(section: &str) -> Option<Class> {
    Some(match section {
        "person" => Class::PERSON_NOUN,
        "body" => Class::BODY_NOUN,
        "document" => Class::DOCUMENT_NOUN,
        "cue-noun" => Class::CUE_NOUN,
        "sign" => Class::SIGN.or(Class::DOCUMENT_NOUN),
        "thing" => Class::THING,
        "after-noun" => Class::POSTPOSED,
        _ => return None,
    })
}

fn verb_class(section: &str) -> Option<Class> {
    Some(match section {
        "past" => Class::VERB.or(Class::FORM_PAST),
        "present" => Class::VERB.or(Class::FORM_PRESENT),
        "verb-only" => Class::VERB_ONLY,
        "causative" => Class::CAUSATIVE,
        _ => return None,
    })
}

fn work_class(section: &str) -> Option<Class> {
    Some(match section {
        "work" => Class::WORK_NOUN,
        "word" => Class::WORD_NOUN,
        "medium" => Class::MEDIUM,
        _ => return None,
    })
}
