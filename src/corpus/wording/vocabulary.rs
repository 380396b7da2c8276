//! The words of all quotations, numbered, with what matters about each: is it small, does it negate, is it a
//! number, and which word is it a form of.

use std::sync::{Arc, LazyLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::ladder::{Term, entries, read};

/// A word's number. Equal numbers are equal words in the normal form of the ladder.
pub type Symbol = u32;

/// The symbol of an ellipsis or an editor's brackets.
pub const GAP: Symbol = 0;

/// What matters about a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Entry {
    stem: u32,
    small: bool,
    negates: bool,
    number: bool,
}

/// All words met so far.
#[derive(Debug)]
pub struct Vocabulary {
    symbols: FxHashMap<Arc<str>, Symbol>,
    texts: Vec<Arc<str>>,
    entries: Vec<Entry>,
    stems: FxHashMap<Box<str>, u32>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        // The first symbol stands for a gap and is no word.
        Self {
            symbols: FxHashMap::default(),
            texts: vec!["".into()],
            entries: vec![Entry { small: true, ..Entry::default() }],
            stems: FxHashMap::default(),
        }
    }
}

impl Vocabulary {
    /// Appends the normal form of `text` to `symbols`. Gaps in a row are one.
    pub fn number(&mut self, text: &str, symbols: &mut Vec<Symbol>) {
        let first = symbols.len();
        read(text, |term, _| {
            let symbol = match term {
                Term::Word(word) => self.intern(word),
                Term::Gap => GAP,
            };
            if symbol != GAP || symbols[first..].last() != Some(&GAP) {
                symbols.push(symbol);
            }
        });
    }

    fn intern(&mut self, word: &str) -> Symbol {
        if let Some(&symbol) = self.symbols.get(word) {
            return symbol;
        }
        let symbol = self.entries.len() as Symbol;
        let root = stem(word);
        let stems = self.stems.len() as u32 + 1;
        let stem = *self.stems.entry(root.into()).or_insert(stems);
        self.entries.push(Entry {
            stem,
            small: SMALL_WORDS.contains(word),
            negates: NEGATIONS.contains(word) || word.ends_with("n't"),
            number: NUMERALS.contains(word) || word.bytes().any(|b| b.is_ascii_digit()),
        });
        let text: Arc<str> = word.into();
        self.texts.push(Arc::clone(&text));
        self.symbols.insert(text, symbol);
        symbol
    }

    /// The word in its normal form; empty for a gap.
    pub fn text(&self, symbol: Symbol) -> &str {
        &self.texts[symbol as usize]
    }

    /// Is it a small word of grammar, or a gap?
    pub fn is_small(&self, symbol: Symbol) -> bool {
        self.entries[symbol as usize].small
    }

    /// Does it carry a topic?
    pub fn is_content(&self, symbol: Symbol) -> bool {
        !self.is_small(symbol)
    }

    /// Does it turn a sentence round?
    pub fn negates(&self, symbol: Symbol) -> bool {
        self.entries[symbol as usize].negates
    }

    /// Is it a number?
    pub fn is_number(&self, symbol: Symbol) -> bool {
        self.entries[symbol as usize].number
    }

    /// The number of the word it is a form of; 0 for a gap.
    pub fn stem(&self, symbol: Symbol) -> u32 {
        self.entries[symbol as usize].stem
    }

    /// Are they two forms of one word?
    pub fn inflected(&self, one: Symbol, other: Symbol) -> bool {
        one != other && self.stem(one) == self.stem(other) && one != GAP && other != GAP
    }
}

/// The stem of a word that carries a topic; `None` for a small word.
pub(super) fn topic_stem(word: &str) -> Option<String> {
    (!SMALL_WORDS.contains(word)).then(|| stem(word))
}

/// The word without its inflection: for comparing, not for showing.
fn stem(word: &str) -> String {
    let word = word.split('\'').next().filter(|head| head.len() > 1).unwrap_or(word);
    if let Some(&first) = IRREGULAR.get(word) {
        return format!("{first}*");
    }
    // “not” is no form of “note”.
    if SMALL_WORDS.contains(word) {
        return format!("{word}*");
    }
    // The ending, and how many letters must be left: “tries” is a form of “try”, “use” of nothing shorter.
    let stripped = [("ies", 2), ("ied", 2), ("ing", 3), ("es", 3), ("ed", 3), ("s", 3), ("e", 3), ("y", 2)]
        .iter()
        .find_map(|(ending, left)| word.strip_suffix(ending).filter(|head| head.chars().count() >= *left))
        .filter(|_| !word.ends_with("ss") && !word.ends_with("us"))
        .unwrap_or(word);
    // “trying” and “tries”.
    let stripped = stripped.strip_suffix('y').filter(|head| head.len() > 1).unwrap_or(stripped);
    // “stopped” and “stop”: the doubled letter belongs to the ending.
    let mut ends = stripped.chars().rev();
    match (ends.next(), ends.next()) {
        (Some(last), Some(before)) if last == before && stripped != word && !"ls".contains(last) => {
            stripped[..stripped.len() - last.len_utf8()].to_owned()
        }
        _ => stripped.to_owned(),
    }
}

macro_rules! words {
    ($list:literal) => {
        entries(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/", $list, ".txt")))
    };
}

static SMALL_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| words!("small-words").collect());

static NEGATIONS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| words!("negations").collect());

static NUMERALS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    words!("numerals").map(|entry| entry.split_once(" = ").map_or(entry, |(word, _)| word)).collect()
});

static IRREGULAR: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut forms = FxHashMap::default();
    for line in words!("inflections") {
        let first = line.split(' ').next().unwrap_or(line);
        forms.extend(line.split(' ').map(|form| (form, first)));
    }
    forms
});

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn strips_inflections_and_nothing_else() {
        for forms in [
            &["emerge", "emerges", "emerged", "emerging"][..],
            &["stop", "stops", "stopped", "stopping"],
            &["try", "tries", "tried", "trying"],
            &["boat", "boats", "boat's"],
            &["fall", "fell", "fallen", "falling"],
            &["pass", "passes", "passed", "passing"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form}");
            }
        }
        for (one, other) in
            [("rise", "risk"), ("peace", "pea"), ("general", "gene"), ("use", "us"), ("not", "note")]
        {
            assert_ne!(stem(one), stem(other), "{one} {other}");
        }
    }
}
