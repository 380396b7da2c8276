//! What a word can be: a set of closed and open classes, one bit each.

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Class(u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Class {
            $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)*
        }
    };
}

classes! {
    /// a, the, this, some
    DETERMINER = 0;
    /// his, her, their
    POSSESSIVE = 1;
    /// he, she, they, who: what can be a subject
    SUBJECT = 2;
    /// him, them, himself
    OBJECT = 3;
    /// of, in, to
    PREPOSITION = 4;
    /// and, or, but
    COORDINATOR = 5;
    /// that, if, because
    SUBORDINATOR = 6;
    /// who, which
    RELATIVE = 7;
    /// is, has, will
    AUXILIARY = 8;
    /// not, never
    NEGATION = 9;
    /// also, later, and words in -ly
    ADVERB = 10;
    /// a month
    MONTH = 11;
    /// a weekday
    WEEKDAY = 12;
    /// one, two, dozen
    NUMBER_WORD = 13;
    /// de, van, bin: inside a name
    PARTICLE = 14;
    /// Jr., III: after a name
    SUFFIX = 15;
    /// an abbreviation with a full stop
    ABBREVIATION = 16;
    /// stands before a name: Mr., Senator
    HONORIFIC = 17;
    /// mostly given to men; of a noun or honorific: a man
    MALE = 18;
    /// mostly given to women; of a noun or honorific: a woman
    FEMALE = 19;
    /// a given name
    GIVEN_NAME = 20;
    /// a noun for a person
    PERSON_NOUN = 21;
    /// a noun for a body of people
    BODY_NOUN = 22;
    /// a noun for something that carries words
    DOCUMENT_NOUN = 23;
    /// a noun that attributes: claim, promise
    CUE_NOUN = 24;
    /// a form of a cue verb
    CUE = 25;
    /// of speech
    CUE_SPEECH = 26;
    /// of writing
    CUE_WRITING = 27;
    /// of thought
    CUE_THOUGHT = 28;
    /// gives something a name or a description
    CUE_CALL = 29;
    /// takes a side
    CUE_LOADED = 30;
    /// attributes only beside quotation marks
    CUE_WEAK = 31;
    /// the base form: say
    FORM_BASE = 32;
    /// the third person: says
    FORM_PRESENT = 33;
    /// the past: said
    FORM_PAST = 34;
    /// the past participle: spoken
    FORM_PARTICIPLE = 35;
    /// the form in -ing: saying
    FORM_GERUND = 36;
    /// a form of a verb that is no cue
    VERB = 37;
    /// says which kind of work a title names: film, novel, show
    WORK_NOUN = 38;
    /// introduces a word as a word: so-called, word, term
    WORD_NOUN = 39;
    /// names a medium or a place of speech: X, Facebook, statement
    MEDIUM = 40;
    /// is, was, been: makes a passive or a progressive
    BE = 41;
    /// has, had: makes a perfect
    HAVE = 42;
    /// to, before an infinitive
    TO = 43;
    /// of the token: ends its sentence
    ENDS = 44;
    /// ends an adverbial of time: week, ago, morning
    TIME = 45;
    /// stands in an adverbial of time: last, on, less, than
    TIME_LEAD = 46;
    /// a thing that shows words: a sign, a banner
    SIGN = 47;
    /// of the token: begins with a capital
    CAPITAL = 48;
    /// of the token: all letters are capitals (two or more)
    ALL_CAPITALS = 49;
    /// of the token: begins with a digit
    DIGIT = 50;
    /// of the token: ends in a full stop that belongs to it
    STOPPED = 51;
    /// a base form that is no noun: say, argue
    VERB_ONLY = 52;
    /// a preposition that ties a name to what belongs to it: of, for, from
    TYING = 54;
    /// a cue that reports nothing before an infinitive: continue to
    NO_INFINITIVE = 55;
    /// a determiner that stands alone for people: some, many, others
    STANDALONE = 53;
    /// a word that stands in names of things and of bodies, and in no person's: news, security
    THING = 56;
    /// makes somebody do or say something: lead, prompt, force
    CAUSATIVE = 57;
    /// a cue that hands on words as they fell: say, tell, write, shout; not agree, propose, worry
    CUE_VERBATIM = 58;
    /// opens a clause of time, an event of its own: after, when, while
    TEMPORAL = 59;
    /// will, would, can: what has not happened
    MODAL = 60;
    /// a cue only before “on”: go on
    CUE_ON = 61;
    /// an adjective that stands after its noun: a source familiar with the talks
    POSTPOSED = 62;
    /// a cue only before “it”: as Reyes put it
    CUE_IT = 63;
}

impl Class {
    /// No class at all.
    pub const NONE: Self = Self(0);

    /// The classes that tell a gender.
    pub const GENDER: Self = Self::MALE.or(Self::FEMALE);

    /// Words of the grammar, which carry no topic of their own.
    pub const FUNCTION: Self = Self::DETERMINER
        .or(Self::POSSESSIVE)
        .or(Self::SUBJECT)
        .or(Self::OBJECT)
        .or(Self::PREPOSITION)
        .or(Self::COORDINATOR)
        .or(Self::SUBORDINATOR)
        .or(Self::AUXILIARY)
        .or(Self::ADVERB)
        .or(Self::NEGATION)
        .or(Self::NUMBER_WORD);

    /// Do both tell a gender, and none in common?
    pub const fn contradicts_gender(self, other: Self) -> bool {
        self.any(Self::GENDER) && other.any(Self::GENDER) && !self.among(Self::GENDER).any(other)
    }

    /// Both sets together.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of these classes that are in `other`.
    pub const fn among(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Is any class of `other` among these?
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Are all classes of `other` among these?
    pub const fn all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl std::ops::BitOrAssign for Class {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}
