//! What a transcript says, and what is known of it as a whole.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::WordPlaces;
use super::medium;
use super::published;
use crate::calendar::Day;
use crate::source::Span;

/// What one speaker said in one go, as far as the transcript divides it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// The speaker's label as the transcript writes it; `None` where it does not say who speaks.
    pub speaker: Option<String>,
    /// Seconds from the start of the tape.
    pub at: Option<u32>,
    /// Where the words stand.
    pub span: Span,
    /// The words.
    pub words: String,
    /// Where each of them stands in the file.
    #[serde(default)]
    pub places: WordPlaces,
}

/// What is known of a transcript as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TapeFact {
    /// The layout that it was read as, in a few words: “WebVTT”.
    pub layout: Cow<'static, str>,
    /// The day of the recording: from the configuration, the file's name or the transcript's head.
    pub recorded: Option<Day>,
    /// Made by a machine that recognizes speech.
    pub machine: bool,
    /// False where the words are plainly in another language than English.
    pub english: bool,
    /// Words for the medium in the file's name or the transcript's head: “interview”, “briefing”.
    pub media: Vec<String>,
    /// The file's name and the transcript's head in small letters, to recognize hearers in.
    pub about: String,
    /// The `[[transcript]]` tables that name it, by number.
    pub tables: Vec<u32>,
    /// Labels and the people that the configuration says they stand for.
    pub speakers: Vec<(String, String)>,
}

/// What the configuration says about a transcript.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TapeHints {
    /// The day of the recording.
    pub recorded: Option<Day>,
    /// Labels and the people that they stand for.
    pub speakers: Vec<(String, String)>,
    /// Made by a machine.
    pub machine: Option<bool>,
    /// The `[[transcript]]` tables that name it, by number.
    pub tables: Vec<u32>,
}

/// Share of English marker words, in hundredths of all words, below which a transcript is in another language.
const ENGLISH_PERCENT: usize = 6;
/// With fewer words than this the language is decided only by having no marker word at all.
const FEW_WORDS: usize = 40;
/// The fewest words that tell a language.
const FEWEST_WORDS: usize = 6;
/// Bytes at the start of a transcript that count as its head.
const HEAD: usize = 600;

impl TapeFact {
    /// What is known of the transcript at `path` with this text and these turns.
    pub(super) fn read(
        path: &str,
        text: &str,
        turns: &[Turn],
        layout: &'static str,
        machine: bool,
        hints: &TapeHints,
    ) -> Self {
        let first = turns.first().map_or(text.len(), |turn| turn.span.start as usize);
        let cut = (0..=first.min(HEAD)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let head = &text[..cut];
        let about = format!("{path}\n{head}").to_lowercase();
        let media = about.split(|c: char| !c.is_alphanumeric()).filter(|word| medium::is_spoken(word));
        let mut media: Vec<String> = media.map(str::to_owned).collect();
        media.sort_unstable();
        media.dedup();
        Self {
            layout: Cow::Borrowed(layout),
            recorded: hints
                .recorded
                .or_else(|| published::in_file_name(path))
                .or_else(|| published::in_head(head)),
            machine: hints.machine.unwrap_or(machine),
            english: is_english(turns),
            media,
            about,
            tables: hints.tables.clone(),
            speakers: hints.speakers.clone(),
        }
    }

    /// The person that the configuration says a label stands for.
    pub fn person(&self, label: &str) -> Option<&str> {
        let same = |(one, _): &&(String, String)| one.trim().eq_ignore_ascii_case(label.trim());
        self.speakers.iter().find(same).map(|(_, person)| person.as_str())
    }
}

/// Are the words English, as far as they tell?
fn is_english(turns: &[Turn]) -> bool {
    let (mut words, mut marks) = (0, 0);
    for word in turns.iter().flat_map(|turn| turn.words.split_whitespace()) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
        words += 1;
        marks += usize::from(ENGLISH.contains(word.as_str()));
    }
    if words < FEW_WORDS { words < FEWEST_WORDS || marks > 0 } else { marks * 100 >= words * ENGLISH_PERCENT }
}

/// Is this label one that names no person: “SPEAKER_01”, “Q”, “Unknown speaker”, “Audience member 2”?
pub fn names_nobody(label: &str) -> bool {
    let words = plain(label);
    // “S1”, “spk_0”, “Speaker A”: a letter that numbers a speaker goes with the word.
    let bare = words.rsplit_once(' ').filter(|(_, last)| last.len() == 1).map_or(&*words, |(first, _)| first);
    words.is_empty()
        || LABELS.contains(&*words)
        || LABELS.contains(bare)
        || only_asks(label)
        || (words == "s" && label.bytes().any(|byte| byte.is_ascii_digit()))
}

/// Is this label one for somebody who only asks or listens: “Q”, “Interviewer”, “Audience”?
pub fn only_asks(label: &str) -> bool {
    ASKING.contains(&*plain(label))
}

/// A label in small letters, without “the”, marks and numbers.
fn plain(label: &str) -> String {
    let words = label.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let words = words.map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    words.strip_prefix("the ").map_or(words.clone(), str::to_owned)
}

/// Seconds of a tape as its clock shows them: `00:12:07`.
pub fn clock(seconds: u32) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn lines(list: &'static str) -> FxHashSet<&'static str> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

static ENGLISH: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    lines(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/english-marks.txt")))
});

static LABELS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    lines(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/speaker-labels.txt")))
});

static ASKING: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    lines(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/asking-labels.txt")))
});

#[cfg(test)]
mod tests {
    use super::{Turn, WordPlaces, is_english, names_nobody};
    use crate::source::Span;

    #[test]
    fn labels_that_name_nobody() {
        for label in
            ["SPEAKER_00", "Speaker 2", "Speaker A", "Q", "A.", "S1", "spk_0", "Unknown Speaker", "12"]
        {
            assert!(names_nobody(label), "{label}");
        }
        for label in ["Ana Reyes", "REYES", "Mayor", "Q. Reyes", "A. Reyes", "Mr. A", "The Chair"] {
            assert!(!names_nobody(label), "{label}");
        }
    }

    #[test]
    fn languages() {
        let turn = |words: &str| {
            vec![Turn {
                speaker: None,
                at: None,
                span: Span::new(0, 1),
                words: words.repeat(6),
                places: WordPlaces::default(),
            }]
        };
        for (words, english) in [
            ("So we went down to the quay and it was full of people, you know. ", true),
            ("Nous avons descendu vers le quai et il y avait beaucoup de monde, vous savez. ", false),
            ("Wir sind zum Kai gegangen, und da war alles voller Leute, wissen Sie. ", false),
            ("Bajamos al muelle y estaba lleno de gente, ya sabe usted. ", false),
            ("Vi gikk ned til kaien, og der var det fullt av folk, vet du. ", false),
        ] {
            assert_eq!(is_english(&turn(words)), english, "{words}");
        }
        assert!(is_english(&[]));
    }
}
