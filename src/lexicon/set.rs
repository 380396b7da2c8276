//! Closed sets of word forms that single patterns ask for: few words, asked for seldom, so that they need no class
//! of their own on every token.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::entries;

macro_rules! sets {
    ($($(#[$doc:meta])* $name:ident = $section:literal;)*) => {
        /// A closed set of word forms, one section of `rules/words/word-sets.txt`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum WordSet {
            $($(#[$doc])* $name,)*
        }

        impl WordSet {
            /// Every set.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The section that lists its words.
            pub const fn section(self) -> &'static str {
                match self {
                    $(Self::$name => $section,)*
                }
            }
        }
    };
}

sets! {
    /// Cues that name their hearer without a preposition: told, asked
    Hearer = "hearer";
    /// told and its forms
    Telling = "telling";
    /// Cues after which the subject does not stand inverted: “told Reyes” is no source
    Uninverted = "uninverted";
    /// Cues after which any noun may be the source: said the sea
    PlainCue = "plain-cue";
    /// Cues that address with “to”: said to Reyes, wrote to the board
    Addressing = "addressing";
    /// Participles that give a thing its name: a group called
    Naming = "naming";
    /// Forms of be as a copula
    Copula = "copula";
    /// Opens a ground or a condition
    Condition = "condition";
    /// Opens a clause whose own verb takes it as object: what he calls
    Fused = "fused";
    /// Ties a noun that attributes to its content: the claim of
    Content = "content";
    /// Pronouns for somebody who speaks
    Speaking = "speaking";
    /// Pronouns that report others' speech: he, she, they
    Reporting = "reporting";
    /// Pronouns for what does not act
    Impersonal = "impersonal";
    /// Owns without being a person: its
    Its = "its";
    /// Stands before the title of a work: on, like, told
    TitleLead = "title-lead";
    /// Leads to the medium: on X, in a statement
    MediumLead = "medium-lead";
    /// Hearers that are the press
    Press = "press";
    /// Pronouns that no participle like “saying” is about: it, there
    Unspeaking = "unspeaking";
    /// Pronouns whose verb has an ending: she says
    Singular = "singular";
    /// Words without an ending in s that are a subject in the plural: many say
    Plural = "plural";
    /// Prepositions after which a name before a participle is an object: wrote to Reyes asking
    Aimed = "aimed";
    /// Verbs that want somebody to speak, who has not yet: expects
    Wanting = "wanting";
    /// Languages: Russian for “…”
    Language = "language";
    /// Prepositions before what a quarrel is about: under fire over
    Concerning = "concerning";
    /// Participles that open a sentence with what was asked
    Asked = "asked";
    /// Nouns for somebody's view: in Reyes's view
    View = "view";
    /// call and its forms, which “off” makes something else
    Calling = "calling";
    /// add and its forms, which “to” and its like make something else
    Adding = "adding";
    /// What somebody adds to or up without a word: add back
    AddedTo = "added-to";
    /// see and its forms, which attribute with “as”
    Seeing = "seeing";
    /// Documents that a body speaks through: a statement from the ministry
    Issued = "issued";
    /// Nouns for people that bodies are called by as well: a leader in its field
    AlsoBodies = "also-bodies";
    /// Opens a phrase for one person who is new: a farmer, another delegate
    OneNew = "one-new";
    /// Opens a phrase for somebody's own: her mother
    Own = "own";
    /// Stands before places: in Charlotte
    PlaceLead = "place-lead";
    /// What is done to a document to make it known: an order released Friday
    Published = "published";
    /// Participles of saying more: adding
    GoingOn = "going-on";
    /// What a crowd is heard by: chants of
    Outcry = "outcry";
}

/// The sets.
struct Sets {
    /// For each word the sets that it is in, one bit each.
    words: FxHashMap<&'static str, u64>,
    /// For each set the first letters of its words, one bit each: most words that are asked about begin with another.
    initials: [u32; WordSet::ALL.len()],
}

static SETS: LazyLock<Sets> = LazyLock::new(|| {
    let mut sets = Sets { words: FxHashMap::default(), initials: [0; WordSet::ALL.len()] };
    let mut at = 0;
    for line in entries(LIST) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => {
                let set = WordSet::ALL.iter().find(|set| set.section() == name);
                at = set.map_or(0, |set| *set as usize);
            }
            None => {
                for word in line.split_whitespace() {
                    *sets.words.entry(word).or_default() |= 1 << at;
                    sets.initials[at] |= initial(word);
                }
            }
        }
    }
    sets
});

/// A bit for the first letter; several letters share one.
fn initial(word: &str) -> u32 {
    1 << (word.bytes().next().unwrap_or_default() & 31)
}

const LIST: &str = include_str!("../../rules/words/word-sets.txt");

impl WordSet {
    /// Is this form in the set, as it is written?
    pub fn has(self, word: &str) -> bool {
        SETS.initials[self as usize] & initial(word) != 0
            && SETS.words.get(word).is_some_and(|bits| bits & (1_u64 << self as u32) != 0)
    }

    /// The same in any case.
    pub fn has_in_any_case(self, word: &str) -> bool {
        self.has(word) || self.has(&word.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_and_sets_are_the_same_and_none_is_empty() {
        let sections: Vec<&str> = entries(LIST)
            .filter_map(|line| line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')))
            .collect();
        let sets: Vec<&str> = WordSet::ALL.iter().map(|set| set.section()).collect();
        assert_eq!(sections, sets);
        for set in WordSet::ALL {
            assert!(SETS.words.keys().any(|word| set.has(word)), "{set:?}");
        }
    }

    #[test]
    fn a_form_is_in_its_sets_only() {
        assert!(WordSet::Hearer.has("told") && WordSet::Uninverted.has("told"));
        assert!(!WordSet::Uninverted.has("warned") && WordSet::Hearer.has("warned"));
        assert!(!WordSet::Hearer.has("Told") && WordSet::Speaking.has_in_any_case("She"));
    }
}
