//! Closed sets of word forms that single patterns ask for: few words, asked for seldom, so that they need no class
//! of their own on every token.

use rustc_hash::FxHashMap;

use super::list::{List, ListError};

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
    /// Verbs that attribute only where they stand between the quotation and who said it: “…,” returned Reyes
    InvertedCue = "inverted-cue";
    /// Verbs that attribute together with a particle: “…,” put in Reyes; “…,” Reyes broke in
    ParticleCue = "particle-cue";
    /// The particles of those verbs
    CueParticle = "cue-particle";
    /// The verb between a quotation and the noun for it: “…,” was Reyes's reply
    CameAs = "came-as";
    /// Ties a reply to who gives it: the answer from Reyes
    ReplyFrom = "reply-from";
    /// Makes somebody think: it made Reyes believe
    Making = "making";
    /// Says that an office is over and its title kept: the retired general
    Retired = "retired";
    /// The verb of “who uses they”
    Uses = "uses";
    /// Nouns for people that tell nobody apart: the girl, the old man, the other
    Anybody = "anybody";
    /// Cues that address with “to”: said to Reyes, wrote to the board
    Addressing = "addressing";
    /// Nouns before a name that is talked about: the name Okonrad
    NamedWord = "named-word";
    /// Coming to hold an office: became president
    Becoming = "becoming";
    /// Words that say their sentence looks back: during, decades
    LookingBack = "looking-back";
    /// Words that open something imagined: if
    Imagining = "imagining";
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
    /// Participles that lead to the day of saying: “Reyes, speaking on Monday, said”
    SpeakingThen = "speaking-then";
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
    /// Opens “and I quote”
    And = "and";
    /// Opens what is asked about
    About = "about";
    /// Attributes before “to”
    According = "according";
    /// Says how something is taken or reported: as Reyes said
    As = "as";
    /// “As” at the start of a sentence, which opens no clause of time there
    AsOpening = "as-opening";
    /// Before ’s these are subjects, and no owners: that’s, there’s
    BeforeIs = "before-is";
    /// Names who does what a passive tells
    By = "by";
    /// What follows “call” as a verb: call for
    CalledFor = "called-for";
    /// Names one of several: farmers like Ned
    Comparing = "comparing";
    /// Names who benefits, or which language a gloss is in
    For = "for";
    /// Between commas, gives an example: no better than, say, a levy
    ForExample = "for-example";
    /// The writer
    FirstPerson = "first-person";
    /// Names who gives
    From = "from";
    /// Names who gives a message
    Giving = "giving";
    /// Auxiliaries of the past perfect
    HadAuxiliary = "had-auxiliary";
    /// Articles and their like before somebody whom the text has not brought in yet: a girl
    Indefinite = "indefinite";
    /// Opens “in the words of”
    In = "in";
    /// The pronoun that nobody is
    It = "it";
    /// Joins two titles
    Joining = "joining";
    /// Auxiliaries that deny
    Negated = "negated";
    /// Names what a noun belongs to
    Of = "of";
    /// Family names that stand before the given name and are no English words: Shen
    FamilyFirst = "family-first";
    /// What goes before the name of somebody dear: my dear Pell
    Endearing = "endearing";
    /// What may describe somebody right before the name: young Pell
    Describing = "describing";
    /// After call makes something else of it: called off
    Off = "off";
    /// After go makes a cue: went on
    On = "on";
    /// Stresses an owner: her own
    OwnAfterOwner = "own-after-owner";
    /// Auxiliaries of the past
    PastAuxiliary = "past-auxiliary";
    /// Present forms that are verbs whatever stands before them
    PlainPresent = "plain-present";
    /// Nouns that are verbs before “to”
    Pledging = "pledging";
    /// Auxiliaries of the present
    PresentAuxiliary = "present-auxiliary";
    /// Announces words as quoted: and I quote
    Quote = "quote";
    /// Passive in form, active in sense: quoted as saying
    Quoted = "quoted";
    /// Before called makes an adjective of it: the so called
    So = "so";
    /// Before “as” names one of several
    Such = "such";
    /// Opens a content clause
    That = "that";
    /// The article of “the words of”
    The = "the";
    /// Stands in place of a subject, at the start of a sentence
    There = "there";
    /// Opens a clause whose verb names something
    What = "what";
    /// Opens a question that is reported
    Whether = "whether";
    /// Opens a relative clause about a person
    Who = "who";
    /// Opens a relative clause about a person who is its object
    Whom = "whom";
    /// Names who does what a participle tells
    With = "with";
    /// The noun of “in the words of”
    Words = "words";
    /// How words reached the public: what stands beside them is their day: televised
    Carrying = "carrying";
    /// Opens what is reported: that, whether
    Reported = "reported";
    /// Puts what was said after the day: following
    DayBehind = "day-behind";
    /// Ties the day to something else than the saying: before, about
    DayOfOther = "day-of-other";
    /// Ties the day to where something was said: at
    DayOfEvent = "day-of-event";
    /// Says that a title is of another time: then a mayor
    Then = "then";
    /// The noun of “at the time”
    TheTime = "the-time";
    /// Verbs that give somebody a post: who chairs the parks board
    Holding = "holding";
    /// What only the holder of an office does: vetoed
    OfficialActs = "official-acts";
    /// Who stands at the top of a body, by any of its names: its chair, its president
    Presiding = "presiding";
    /// Hearers who are told something aloud: the crowd
    Gathering = "gathering";
}

/// The sets of a language.
#[derive(Debug)]
pub(super) struct WordSets {
    /// For each word, packed into one number, the sets that it is in, one bit each.
    words: FxHashMap<u128, u128>,
    /// For each set what its words look like: most words that are asked about look otherwise.
    looks: [Look; WordSet::ALL.len()],
}

/// The first letters of some words, and their lengths in bytes, one bit each.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    initials: u32,
    lengths: u32,
}

impl Look {
    /// Of one word. Several letters share a bit, and so do a letter and its capital.
    #[inline]
    fn of(word: &[u8]) -> Self {
        let initial = word.first().copied().unwrap_or_default();
        Self { initials: 1 << (initial & 31), lengths: 1 << word.len().min(31) }
    }

    #[inline]
    const fn has(self, one: Self) -> bool {
        self.initials & one.initials != 0 && self.lengths & one.lengths != 0
    }
}

/// A word as one number; `None` for one that is longer than any in the sets.
fn packed(word: &[u8]) -> Option<u128> {
    let mut bytes = [0; size_of::<u128>()];
    bytes.get_mut(..word.len())?.copy_from_slice(word);
    Some(u128::from_le_bytes(bytes))
}

impl WordSets {
    pub(super) fn read(list: List) -> Result<Self, ListError> {
        const { assert!(WordSet::ALL.len() <= u128::BITS as usize, "each set has a bit of its own") };
        let mut sets = Self { words: FxHashMap::default(), looks: [Look::default(); WordSet::ALL.len()] };
        for entry in list.entries() {
            let set = WordSet::ALL.iter().find(|set| set.section() == entry.section);
            let at = *set.ok_or_else(|| entry.unknown_section())? as usize;
            for word in entry.text.split_ascii_whitespace() {
                let too_long = || entry.error(format!("“{word}” is longer than 16 bytes"));
                *sets.words.entry(packed(word.as_bytes()).ok_or_else(too_long)?).or_default() |= 1 << at;
                let Look { initials, lengths } = Look::of(word.as_bytes());
                sets.looks[at].initials |= initials;
                sets.looks[at].lengths |= lengths;
            }
        }
        Ok(sets)
    }

    /// Is this form in the set, as it is written?
    #[inline]
    pub(super) fn has(&self, set: WordSet, word: &[u8]) -> bool {
        self.looks[set as usize].has(Look::of(word)) && self.holds(set, word)
    }

    /// The same in any case.
    #[inline]
    pub(super) fn has_in_any_case(&self, set: WordSet, word: &[u8]) -> bool {
        self.looks[set as usize].has(Look::of(word))
            && (self.holds(set, word)
                || word.iter().any(u8::is_ascii_uppercase) && self.holds_small(set, word))
    }

    fn holds(&self, set: WordSet, word: &[u8]) -> bool {
        packed(word).is_some_and(|word| self.holds_packed(set, word))
    }

    fn holds_small(&self, set: WordSet, word: &[u8]) -> bool {
        let small = packed(word).map(|word| word.to_le_bytes().map(|byte| byte.to_ascii_lowercase()));
        small.is_some_and(|word| self.holds_packed(set, u128::from_le_bytes(word)))
    }

    fn holds_packed(&self, set: WordSet, word: u128) -> bool {
        self.words.get(&word).is_some_and(|sets| sets & (1 << set as u32) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::WordSet;
    use crate::lexicon::list::list;

    #[test]
    fn sections_and_sets_are_the_same_and_none_is_empty() {
        let mut sections: Vec<&str> = list!("word-sets.txt").entries().map(|entry| entry.section).collect();
        sections.dedup();
        let sets: Vec<&str> = WordSet::ALL.iter().map(|set| set.section()).collect();
        assert_eq!(sections, sets);
    }

    #[test]
    fn a_form_is_in_its_sets_only() {
        assert!(WordSet::Hearer.has("told") && WordSet::Uninverted.has("told"));
        assert!(!WordSet::Uninverted.has("warned") && WordSet::Hearer.has("warned"));
        assert!(!WordSet::Hearer.has("Told") && WordSet::Speaking.has_in_any_case("She"));
    }
}
