//! One quotation against the tapes, in one word: exact, edited, not found, unchecked.

use rustc_hash::FxHashMap;

use super::{Change, Departure, Hit, Hunk, PassageId, Symbol, Whose, Wording};
use crate::facts::FileFacts;
use crate::source::FileId;

/// What the tapes have of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict<'w> {
    /// The words stand there, one after the other; where.
    Exact(&'w Hit),
    /// They stand there in nearly these words; where, and what was done to them, each thing once.
    Edited(&'w Hit, Vec<Edit>),
    /// They stand there, and more was done to them than an editor may do; where, and what was done.
    Altered(&'w Hit, Vec<Edit>),
    /// The speaker is on a tape and these words, or some of them, are on none.
    NotFound,
    /// They were not looked for.
    Unchecked(Unchecked),
}

/// Why words are not held against the tapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unchecked {
    /// They are a title, or words at arm's length that nobody is named as the source of.
    NoSpeech,
    /// Nobody knows whose they are.
    Undecided,
    /// The speaker is on no tape.
    NoTape,
    /// They are too few, or too common.
    TooFew,
    /// The draft does not say that they were said on a tape that is at hand.
    NoOccasion,
    /// They were written: a post, a letter, a statement.
    Written,
    /// They were said on another day than the tape was recorded.
    OtherDay,
    /// They were said to somebody who is not on the tape.
    OtherHearer,
    /// They were said at a place that the tape does not name.
    OtherPlace,
    /// They were said in another way: in a speech, and the tape is of an interview.
    OtherMedium,
    /// Their speaker is carried over from the paragraph before.
    CarriedOver,
    /// They are a placeholder.
    Placeholder,
    /// The tape is in another language.
    Translated,
    /// The tape has speakers whom nobody has named, and the speaker may be one of them.
    Unmapped,
}

impl Unchecked {
    /// Every reason, in the order in which a summary names them.
    pub const ALL: [Self; 14] = [
        Self::NoOccasion,
        Self::NoTape,
        Self::OtherDay,
        Self::OtherHearer,
        Self::OtherPlace,
        Self::OtherMedium,
        Self::Written,
        Self::Translated,
        Self::Unmapped,
        Self::CarriedOver,
        Self::Undecided,
        Self::TooFew,
        Self::Placeholder,
        Self::NoSpeech,
    ];

    /// The reason in a few words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoSpeech => "nobody's speech",
            Self::Undecided => "speaker undecided",
            Self::NoTape => "speaker on no tape",
            Self::TooFew => "too few words",
            Self::NoOccasion => "occasion not known",
            Self::Written => "written",
            Self::OtherDay => "another day",
            Self::OtherHearer => "another hearer",
            Self::OtherPlace => "another place",
            Self::OtherMedium => "another medium",
            Self::CarriedOver => "speaker carried over",
            Self::Placeholder => "placeholder",
            Self::Translated => "translated",
            Self::Unmapped => "speaker's label not mapped",
        }
    }
}

impl std::fmt::Display for Unchecked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// The most words left out that are shown.
const LONGEST_SHOWN: usize = 8;

/// The most small words in a row that cleaning up drops; more of them are a clause.
const MOST_SMALL_WORDS: usize = 4;

/// What was done to words on their way from the tape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The words differ.
    Changed(Change),
    /// Hesitations, repeats and false starts were left out.
    Fillers,
    /// Words were left out, and an ellipsis says so: which, or how many where they are many.
    Shortened(String),
    /// The spelling is the house's: “gray” for “grey”.
    HouseStyle,
    /// Words in brackets stand for others.
    Bracketed,
    /// Parts that stand apart were joined.
    Joined,
    /// Somebody else says them.
    Another(String),
}

impl std::fmt::Display for Edit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Changed(Change::Case) => "other capitals",
            Self::Changed(Change::Contraction) => "contraction",
            Self::Changed(Change::SoundAlike) => "sounds alike, by a machine",
            Self::Changed(Change::Form) => "other form of a word",
            Self::Changed(Change::Words) => "other words",
            Self::Changed(Change::Omission) => "words left out",
            Self::Changed(Change::Condition) => "a condition more or less",
            Self::Changed(Change::Name) => "another name",
            Self::Changed(Change::Number) => "another number",
            Self::Changed(Change::Negation) => "a negation more or less",
            Self::Fillers => "fillers",
            Self::Shortened(words) => return f.write_str(words),
            Self::HouseStyle => "house style",
            Self::Bracketed => "bracket",
            Self::Joined => "joined from two places",
            Self::Another(name) => return write!(f, "said by {name}"),
        })
    }
}

impl Wording {
    /// The passage that each quotation of a file belongs to, by the quotation's index in its file.
    pub fn passages_of(&self, file: FileId) -> FxHashMap<u32, PassageId> {
        let first = self.passages().partition_point(|passage| passage.file < file);
        let own = self.passages()[first..].iter().take_while(|passage| passage.file == file);
        own.enumerate()
            .flat_map(|(at, passage)| {
                passage.parts.iter().map(move |&part| (part, (first + at) as PassageId))
            })
            .collect()
    }

    /// What the tapes have of a passage.
    pub fn verdict(&self, files: &[FileFacts], id: PassageId) -> Verdict<'_> {
        let heard = match self.checked(id) {
            Ok(heard) => heard,
            Err(reason) => return Verdict::Unchecked(reason),
        };
        let Some(Some(first)) = heard.parts.first() else { return Verdict::NotFound };
        if heard.parts.iter().any(|part| part.as_ref().is_none_or(|hit| !hit.is_found())) {
            return Verdict::NotFound;
        }
        let mut edits: Vec<Edit> = Vec::new();
        let mut altered = false;
        for hit in heard.parts.iter().flatten() {
            if hit.hesitations || self.hesitates(files, hit) {
                edits.push(Edit::Fillers);
            }
            if let Whose::Other(name) = &hit.whose {
                edits.push(Edit::Another(name.clone()));
                altered = true;
            }
            if hit.spliced.is_some() {
                edits.push(Edit::Joined);
                altered = true;
            }
            for Departure { change, hunk, .. } in self.departures(files, id, hit) {
                altered |= !self.is_cleaning(hit, change, &hunk);
                edits.push(Edit::Changed(change));
            }
            if hit.is_whole() && !hit.hesitations && self.in_house_style(files, id, hit) {
                edits.push(Edit::HouseStyle);
            }
        }
        for (change, _) in self.taken_up(files, id, heard).map_or(Vec::new(), |(_, found)| found) {
            altered = true;
            edits.push(Edit::Changed(change));
        }
        if self.seam(files, heard).is_some() {
            altered = true;
            edits.push(Edit::Joined);
        }
        let quoted = |sign: char| self.passage(id).quotations(files).any(|part| part.words.contains(sign));
        if quoted('[') {
            edits.push(Edit::Bracketed);
        }
        if heard.parts.len() > 1 && (!quoted('[') || quoted('…')) {
            let parts: Vec<&Hit> = heard.parts.iter().flatten().collect();
            edits.extend(parts.windows(2).map(|pair| self.gap_between(files, pair[0], pair[1])));
        }
        let mut once: Vec<Edit> = Vec::new();
        for edit in edits {
            if !once.contains(&edit) {
                once.push(edit);
            }
        }
        match (altered, once.is_empty()) {
            (true, _) => Verdict::Altered(first, once),
            (false, false) => Verdict::Edited(first, once),
            (false, true) => Verdict::Exact(first),
        }
    }

    /// Are the same words spelled otherwise than on the tape: “grey” and “gray”? Figures are no edit, however they were said:
    /// who speaks does not spell.
    fn in_house_style(&self, files: &[FileFacts], id: PassageId, hit: &Hit) -> bool {
        let letters = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let in_figures = |text: &str| text.contains(|c: char| c.is_ascii_digit());
        let surface = self.passage(id).surface(files);
        hit.aligned.matches.iter().any(|&(at, place)| {
            let item = hit.part_items.get(at as usize).and_then(|&item| surface.get(item as usize));
            let printed = item.map_or("", |item| item.text);
            let said = self.said(files, hit, place as usize..place as usize + 1);
            // “Twenty-first of June” is “June 21”: several words are one figure.
            let one_word = !printed.contains(' ') && !said.contains(' ');
            one_word && !in_figures(printed) && !in_figures(&said) && letters(printed) != letters(&said)
        })
    }

    /// What an ellipsis between two parts left out.
    fn gap_between(&self, files: &[FileFacts], first: &Hit, second: &Hit) -> Edit {
        let (from, to) = (first.alike().end, (second.start + second.alike().start).checked_sub(first.start));
        let taken = to.filter(|&to| first.tape == second.tape && from <= to).map(|to| from..to);
        Edit::Shortened(match taken {
            Some(taken) if taken.is_empty() => "gap".to_owned(),
            Some(taken) if taken.len() <= LONGEST_SHOWN && taken.end <= first.said.len() => {
                format!("gap: “{}”", self.said(files, first, taken))
            }
            Some(taken) => format!("gap of {} words", taken.len()),
            None => "gap".to_owned(),
        })
    }

    /// Is a departure from the tape one that cleans speech up: a contraction, agreement, small words left out, the sign
    /// of a currency?
    pub fn is_cleaning(&self, hit: &Hit, change: Change, hunk: &Hunk) -> bool {
        let words = self.vocabulary();
        let small = |form: &[Symbol]| {
            form.iter().all(|&word| words.is_small(word) && !words.negates(word) && !words.limits(word))
        };
        match change {
            Change::Case | Change::Contraction | Change::SoundAlike | Change::Form => true,
            Change::Negation | Change::Number | Change::Condition => false,
            _ if hunk.one.is_empty() => {
                hunk.other.len() <= MOST_SMALL_WORDS && small(&hit.said[hunk.other.clone()])
            }
            // “Three million” is printed “£3m”.
            _ => {
                hunk.other.is_empty()
                    && hit.part[hunk.one.clone()].iter().all(|&word| words.is_currency(word))
            }
        }
    }
}
