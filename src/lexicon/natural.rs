//! Natural languages that a draft may be in beside those that sayso reads: their codes, and how to tell them by the
//! words of a text.
//!
//! The question is put so that English is cheap: small English words in three places of a text settle it. Only a text
//! that has next to none of them is handed to the detector (`whatlang`).

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::list::list;
use super::{List, ListError};

/// A natural language.
#[derive(Debug, PartialEq, Eq)]
pub struct NaturalLanguage {
    /// Its code in BCP 47: `de`, `gsw`.
    pub code: &'static str,
    /// Its English name.
    pub name: &'static str,
    /// Does it also open quotations with ”, » or ’, as Swedish and Finnish do?
    pub closing_opens: bool,
}

/// What the code of a language in front matter or in a configuration says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedLanguage {
    /// One that sayso reads.
    Read(&'static str),
    /// A natural language that sayso does not read.
    Other(&'static NaturalLanguage),
}

impl NamedLanguage {
    /// The language of a BCP 47 tag: a code of two or three letters, then script, region and variants, which are
    /// ignored. `None` where it is no tag, or no language has the code.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let mut parts = tag.trim().split(['-', '_']);
        let code = parts.next()?.to_ascii_lowercase();
        let subtag =
            |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if !parts.all(subtag) {
            return None;
        }
        let language = natural_language(&code)?;
        Some(if language.code == ENGLISH { Self::Read(ENGLISH) } else { Self::Other(language) })
    }
}

/// The code of the language that sayso reads.
const ENGLISH: &str = "en";

/// Words looked at in each of three places of a text.
const SAMPLE: usize = 50;
/// So many small English words among them make it English.
const ENOUGH: usize = 10;
/// In a shorter text, so many in a hundred words.
const ENGLISH_PERCENT: usize = 7;
/// With fewer words a text does not tell its language. Words with a capital do not count: names are of every language.
const FEWEST_WORDS: usize = 15;
/// The same in letters, for scripts that no English is written in and that may set no spaces.
const FEWEST_LETTERS: usize = 25;
/// Bytes of each of the three places that the detector reads.
const WINDOW: usize = 1_200;
/// The detector's confidence from which it is believed, 0 to 1.
const CONFIDENT: f64 = 0.9;

/// The language of a text that is plainly not English. `None` for English, for a text that is too short to tell, and
/// where the detector is not sure.
pub fn other_than_english(text: &str) -> Option<&'static NaturalLanguage> {
    if says_the(text) {
        return None;
    }
    let windows = windows(text);
    let (mut words, mut english) = (0, 0);
    let (mut bytes, mut other_script) = (0, 0);
    for window in windows {
        let inside = window.split(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty());
        for word in inside.take(SAMPLE) {
            words += usize::from(word.starts_with(char::is_lowercase));
            english += usize::from(is_small_english(word));
            if english >= ENOUGH {
                return None;
            }
            if !word.is_ascii() {
                other_script += word.chars().filter(|sign| is_of_other_script(*sign)).count();
            }
            bytes += word.len();
        }
    }
    // A letter of another script has two bytes or three: half of the bytes are a quarter of the letters or more.
    let other_script = other_script >= FEWEST_LETTERS && other_script * 4 >= bytes;
    let plainly = words >= FEWEST_WORDS && english * 100 < words * ENGLISH_PERCENT;
    if !plainly && !other_script {
        return None;
    }
    let found = whatlang::detect(&windows.join("\n"))?;
    // Another script is never English, even where the detector wavers between its languages.
    let sure = found.is_reliable() && found.confidence() >= CONFIDENT;
    if !sure && found.script() == whatlang::Script::Latin {
        return None;
    }
    natural_language(found.lang().code()).filter(|language| language.code != ENGLISH)
}

/// Is a paragraph English by its words, whatever its format says? It has small English words, and not only one or two that
/// other languages have too.
pub fn reads_as_english(text: &str) -> bool {
    let words = text.split(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty());
    let (mut all, mut english) = (0, 0);
    for word in words.take(SAMPLE).filter(|word| word.starts_with(char::is_lowercase)) {
        all += 1;
        english += usize::from(is_small_english(word));
    }
    english > 0 && english * 100 >= all * ENGLISH_PERCENT
}

/// Does the text begin with English: its commonest word, a few times in small letters? Nearly all drafts do, and need no
/// second look.
fn says_the(text: &str) -> bool {
    const TIMES: usize = 4;
    let beginning = &text.as_bytes()[..text.len().min(WINDOW)];
    memchr::memmem::find_iter(beginning, b" the ").take(TIMES).count() == TIMES
}

/// The beginning, the middle and the end of a text; of a short one the same, with nothing left out between them.
fn windows(text: &str) -> [&str; 3] {
    let before = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let third = text.len() / 3;
    let starts = [0, before(third), before(third * 2)];
    let ends = [starts[1], starts[2], text.len()];
    [0, 1, 2].map(|at| {
        let end = ends[at].min(before(starts[at] + WINDOW.min(text.len() - starts[at])));
        &text[starts[at]..end]
    })
}

fn is_of_other_script(sign: char) -> bool {
    // Greek begins at U+0370. Latin has further letters at U+1E00.
    sign >= '\u{370}' && !('\u{1E00}'..='\u{1EFF}').contains(&sign)
}

fn is_small_english(word: &str) -> bool {
    const LONGEST: usize = 8;
    if word.len() > LONGEST || !word.is_ascii() {
        return false;
    }
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return SMALL.contains(word);
    }
    SMALL.contains(word.to_ascii_lowercase().as_str())
}

static SMALL: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| list!("english-marks.txt").entries().map(|entry| entry.text).collect());

/// The language with this code of two or three small letters.
pub fn natural_language(code: &str) -> Option<&'static NaturalLanguage> {
    let languages = &*LANGUAGES;
    languages.places.get(code).map(|place| &languages.all[*place])
}

struct Languages {
    all: Vec<NaturalLanguage>,
    /// Where the language of a code stands in `all`.
    places: FxHashMap<&'static str, usize>,
}

#[expect(clippy::panic, reason = "a list that is compiled in and wrong is a bug, and a test reads it")]
static LANGUAGES: LazyLock<Languages> =
    LazyLock::new(|| read(list!("languages.txt")).unwrap_or_else(|error| panic!("{error}")));

/// Reads lines such as `zh zho,cmn Chinese` and `sv swe Swedish : closing-opens`.
fn read(list: List) -> Result<Languages, ListError> {
    let (mut all, mut places) = (Vec::new(), FxHashMap::default());
    for entry in list.entries() {
        let (line, flag) = entry.text.split_once(" : ").unwrap_or((entry.text, ""));
        if !matches!(flag, "" | "closing-opens") {
            return Err(entry.unknown_flag(flag));
        }
        let mut words = line.splitn(3, ' ');
        let (Some(code), Some(longer), Some(name)) = (words.next(), words.next(), words.next()) else {
            return Err(entry.error("a code, longer codes and a name are expected"));
        };
        for code in longer.split(',').chain([code]) {
            places.insert(code, all.len());
        }
        all.push(NaturalLanguage { code, name, closing_opens: !flag.is_empty() });
    }
    Ok(Languages { all, places })
}

#[cfg(test)]
mod tests {
    use super::{List, NamedLanguage, other_than_english, read};

    #[test]
    fn tags() {
        for (tag, code) in [
            ("de", Some("de")),
            ("DE-at", Some("de")),
            ("deu", Some("de")),
            ("pt_BR", Some("pt")),
            ("zh-Hant-TW", Some("zh")),
            ("gsw", Some("gsw")),
            ("en-GB", Some("en")),
            ("eng", Some("en")),
            ("xx", None),
            ("german", None),
            ("none", None),
            ("de-", None),
            ("d e", None),
            ("", None),
        ] {
            let found = NamedLanguage::of_tag(tag).map(|named| match named {
                NamedLanguage::Read(code) => code,
                NamedLanguage::Other(language) => language.code,
            });
            assert_eq!(found, code, "{tag}");
        }
    }

    #[test]
    fn texts() {
        for (text, code) in [
            (
                "Der Hafen wird am Freitag geschlossen. „Wir haben kein Geld“, sagte Berta Holm, die ihn leitet. \
                 Die Stadt will den alten Hafen im Mai wieder öffnen, und bis dahin liegen die Boote im neuen.",
                Some("de"),
            ),
            (
                "Le port sera fermé vendredi. « Nous n’avons pas d’argent », a déclaré Berthe Houle, qui le dirige. \
                 La ville veut rouvrir le vieux port en mai, et les bateaux resteront dans le nouveau.",
                Some("fr"),
            ),
            (
                "Hamnen stängs på fredag. ”Vi har inga pengar”, säger Berit Ålund, som är hamnchef. Kommunen vill \
                 öppna den gamla hamnen igen i maj, och till dess får båtarna ligga i den nya.",
                Some("sv"),
            ),
            (
                "Порт закроют в пятницу. «У нас нет денег», — сказала Берта Холм, которая им управляет. Город \
                 хочет снова открыть старый порт в мае, а до тех пор лодки будут стоять в новом.",
                Some("ru"),
            ),
            (
                "港は金曜日に閉まる。「お金がない」と港長の田中さんは言った。市は五月に開くつもりだ。",
                Some("ja"),
            ),
            // Too short to tell.
            ("„Der Hafen ist zu“, sagte Berta Holm.", None),
            // English with words of others in it.
            (
                "The mayor of Nantes said « Nous n’avons pas d’argent pour le vieux port » and left. The board of \
                 the port had asked her for it twice, and she had told them that they would have to wait.",
                None,
            ),
            (
                "Results: Holm 4, Berg 3, Lind 2, Ek 1. Points: Holm 40, Berg 38, Lind 31, Ek 12. Second race: Berg \
                 4, Holm 3, Lind 2, Ek 1. Third race: Lind 4, Ek 3, Holm 2, Berg 1. Fourth race: Ek 4, Lind 3.",
                None,
            ),
            (
                "She wrote 港は金曜日に閉まる on the wall of the harbour office, and nobody knew what it meant.",
                None,
            ),
            ("", None),
        ] {
            assert_eq!(other_than_english(text).map(|language| language.code), code, "{text}");
        }
    }

    #[test]
    fn a_wrong_line_is_named() {
        let wrong = |text| read(List { name: "languages.txt", text }).err().map(|error| error.to_string());
        assert_eq!(
            wrong("sv swe Swedish : upside-down").as_deref(),
            Some("rules/words/languages.txt:1: the flag “upside-down” does not exist")
        );
        assert!(wrong("sv swe").is_some_and(|error| error.contains("a code, longer codes and a name")));
    }
}
