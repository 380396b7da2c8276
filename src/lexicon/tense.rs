//! Words that tell when something happens.

use rustc_hash::FxHashMap;

use super::list::{List, ListError};

macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident = $section:literal;)*) => {
        /// What the word list says about a word: the sections that it stands in.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct TenseWord(u64);

        /// The number of each section.
        #[derive(Clone, Copy)]
        enum Number { $($name,)* }

        #[allow(non_upper_case_globals, reason = "one name for a section and its number")]
        impl TenseWord {
            $($(#[$doc])* pub const $name: Self = Self(1 << Number::$name as u64);)*

            /// Every section with its name.
            const SECTIONS: &[(&str, Self)] = &[$(($section, Self::$name),)*];
        }
    };
}

sections! {
    /// An infinitive or a day after it is still to come: plans, due.
    Promise = "promise";
    /// A present form that announces a day: begins.
    Schedule = "schedule";
    /// What is to come: will.
    Modal = "modal";
    /// A modal that fits any time: could.
    Doubt = "doubt";
    /// In -ed, and seldom a past tense: united.
    Adjective = "adjective";
    /// Before a day it names an end, and not the day on which something happens: until.
    Limit = "limit";
    /// An irregular past that the list of verbs does not have.
    Past = "past";
    /// Counts from a day that is past.
    Since = "since";
    /// Leads to the day of its clause: on.
    On = "on";
    /// Leads to a day without a verb of its own: in, at.
    DayLead = "day-lead";
    /// Ties a day to a noun: of.
    Of = "of";
    /// With “of” behind it, names a day as an end: ahead.
    Ahead = "ahead";
    /// Before an event, puts the clause after it: following.
    Following = "following";
    /// Denies as a word of its own: not.
    Not = "not";
    /// A modal that refuses with “not” behind it: would.
    Would = "would";
    /// The same in one word: wouldn’t.
    WouldNot = "would-not";
    /// What somebody refuses on a day that is past: comment.
    Disclose = "disclose";
    /// A promise whose day may be that of the threat: threatened.
    Threat = "threat";
    /// A promise that is spoken: vowed.
    Vow = "vow";
    /// Promises only with a preposition behind it: set to.
    NeedsLead = "needs-lead";
    /// The prepositions of that: to, for.
    Lead = "lead";
    /// Promises with a preposition, and with no noun after it: agreed to a deal.
    Agreed = "agreed";
    /// A noun as often as a verb: plans.
    NounToo = "noun-too";
    /// What stands behind it where it is a verb: plans another.
    NounTooLead = "noun-too-lead";
    /// A verb that announces only behind a noun in the plural: open.
    Announcing = "announcing";
    /// The “to” of an infinitive.
    To = "to";
    /// An auxiliary of the past: was, had.
    PastAuxiliary = "past-auxiliary";
    /// An auxiliary of what is done by now: has.
    Perfect = "perfect";
    /// has
    Has = "has";
    /// have
    Have = "have";
    /// A form of be that tells no time: be, been.
    PlainBe = "plain-be";
    /// been
    Been = "been";
    /// A form of be in the present: is.
    PresentBe = "present-be";
    /// Opens a relative clause: who.
    Relative = "relative";
    /// Opens a sentence as a participle: asked.
    Opening = "opening";
    /// A determiner that may stand without its noun: this, many.
    Standing = "standing";
}

impl TenseWord {
    /// Does it stand in one of these sections?
    pub const fn any(self, sections: Self) -> bool {
        self.0 & sections.0 != 0
    }

    /// The sections of both.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The longest word of the list, in bytes; a longer one needs no look.
const LONGEST: usize = 16;

/// The list.
#[derive(Debug)]
pub(super) struct TenseWords(FxHashMap<&'static str, TenseWord>);

impl TenseWords {
    pub(super) fn read(list: List) -> Result<Self, ListError> {
        let mut words = FxHashMap::<_, TenseWord>::default();
        for entry in list.entries() {
            let section = TenseWord::SECTIONS.iter().find(|(name, _)| *name == entry.section);
            let (_, section) = section.ok_or_else(|| entry.unknown_section())?;
            if entry.text.len() > LONGEST {
                return Err(entry.error(format!("“{}” is longer than {LONGEST} bytes", entry.text)));
            }
            let word = words.entry(entry.text).or_default();
            *word = word.or(*section);
        }
        Ok(Self(words))
    }

    /// What it says about a word in any case.
    pub(super) fn get(&self, word: &str) -> TenseWord {
        let mut small = [0; LONGEST];
        let Some(small) = small.get_mut(..word.len()) else { return TenseWord::default() };
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
        std::str::from_utf8(small).ok().and_then(|word| self.0.get(word)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::TenseWord;
    use crate::lexicon::Language;
    use crate::lexicon::list::list;

    #[test]
    fn every_section_is_read_and_none_is_missing() {
        let mut sections: Vec<&str> = list!("tense.txt").entries().map(|entry| entry.section).collect();
        sections.dedup();
        let names: Vec<&str> = TenseWord::SECTIONS.iter().map(|(name, _)| *name).collect();
        assert_eq!(sections, names);
    }

    #[test]
    fn a_word_in_any_case() {
        let english = Language::english();
        assert!(english.tense_word("Will").any(TenseWord::Modal));
        assert!(english.tense_word("agreed").any(TenseWord::Vow.or(TenseWord::On)));
        assert_eq!(english.tense_word("harbour"), TenseWord::default());
    }
}
