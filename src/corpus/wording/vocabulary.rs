//! The words of all quotations, numbered, with what matters about each: is it small, does it negate, is it a
//! number, and which word is it a form of.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use super::ladder::{Reader, Term, entries, is_capital_word, is_currency, read_into, small};

/// A word's number. Equal numbers are equal words in the normal form of the ladder.
pub type Symbol = u32;

/// The symbol of an ellipsis or an editor's brackets.
pub const GAP: Symbol = 0;

/// What matters about a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Entry {
    stem: u32,
    /// The word in small letters; itself where it is in small letters, or its capitals make another word of it.
    folded: Symbol,
    /// A hash of the word, and one of the word it is a form of. Unlike their numbers they are the same in every run.
    hashes: (u64, u64),
    bare: Bare,
    small: bool,
    negates: bool,
    limits: bool,
    number: bool,
}

/// What is left of a word in a sentence that says neither whether nor how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bare {
    /// Nothing: a negation, or a verb that only carries one (“did” in “did not say”).
    #[default]
    Nothing,
    /// Some number.
    Number,
    /// The word it is a form of.
    Stem(u32),
}

/// All words met so far.
#[derive(Debug)]
pub struct Vocabulary {
    symbols: FxHashMap<Arc<str>, Symbol>,
    texts: Vec<Arc<str>>,
    entries: Vec<Entry>,
    stems: FxHashMap<Box<str>, u32>,
    /// By the number of a stem, from 1: a hash of it, the same in every run.
    stem_hashes: Vec<u64>,
    /// Words as written that are read as one symbol wherever they stand: most words are met again and again.
    plain: FxHashMap<Box<str>, Symbol>,
}

/// Numbers the words of one text.
struct Numbering<'v, 't, F> {
    words: &'v mut Vocabulary,
    text: &'t str,
    symbols: &'v mut Vec<Symbol>,
    /// Where the text's symbols begin.
    first: usize,
    /// Items since a word of plain letters began.
    items: u32,
    /// Is told each word that is written in small letters.
    small: F,
    /// For each symbol, the byte at which it begins.
    starts: Option<&'v mut Vec<u32>>,
}

impl<F: FnMut(Symbol)> Reader for Numbering<'_, '_, F> {
    fn item(&mut self, term: Term<'_>, range: Range<usize>) {
        let start = range.start as u32;
        let symbol = match term {
            Term::Word(word) => {
                let symbol = self.words.intern(word);
                if self.text[range].starts_with(char::is_lowercase) {
                    (self.small)(symbol);
                }
                symbol
            }
            Term::Gap => GAP,
        };
        self.items += 1;
        if symbol != GAP || self.symbols[self.first..].last() != Some(&GAP) {
            self.symbols.push(symbol);
            if let Some(starts) = &mut self.starts {
                starts.push(start);
            }
        }
    }

    fn is_known(&mut self, word: &str) -> bool {
        self.items = 0;
        let Some(&symbol) = self.words.plain.get(word) else { return false };
        if word.starts_with(|c: char| c.is_ascii_lowercase()) {
            (self.small)(symbol);
        }
        self.symbols.push(symbol);
        if let Some(starts) = &mut self.starts {
            starts.push((word.as_ptr() as usize - self.text.as_ptr() as usize) as u32);
        }
        true
    }

    fn learn(&mut self, word: &str) {
        if let (1, Some(&symbol)) = (self.items, self.symbols.last()) {
            self.words.plain.insert(word.into(), symbol);
        }
    }
}

impl Default for Vocabulary {
    fn default() -> Self {
        // The first symbol stands for a gap and is no word.
        Self {
            symbols: FxHashMap::default(),
            texts: vec!["".into()],
            entries: vec![Entry { small: true, ..Entry::default() }],
            stems: FxHashMap::default(),
            stem_hashes: Vec::new(),
            plain: FxHashMap::default(),
        }
    }
}

impl Vocabulary {
    /// Appends the normal form of `text` to `symbols`. Gaps in a row are one.
    pub fn number(&mut self, text: &str, symbols: &mut Vec<Symbol>) {
        self.number_noting(text, symbols, |_| {});
    }

    /// The same; hands on each word that is written in small letters.
    pub(super) fn number_noting(&mut self, text: &str, symbols: &mut Vec<Symbol>, small: impl FnMut(Symbol)) {
        let first = symbols.len();
        read_into(text, &mut Numbering { words: self, text, symbols, first, items: 0, small, starts: None });
    }

    /// Appends the normal form of `text` to `symbols`, and for each of them the byte at which it begins to `starts`.
    pub(super) fn number_placing(&mut self, text: &str, symbols: &mut Vec<Symbol>, starts: &mut Vec<u32>) {
        let first = symbols.len();
        let starts = Some(starts);
        read_into(
            text,
            &mut Numbering { words: self, text, symbols, first, items: 0, small: |_| {}, starts },
        );
    }

    fn intern(&mut self, word: &str) -> Symbol {
        if let Some(&symbol) = self.symbols.get(word) {
            return symbol;
        }
        let low = small(word);
        // The small form comes first, so that it has its number.
        let folded = if low == word || is_capital_word(word) { None } else { Some(self.intern(&low)) };
        let symbol = self.entries.len() as Symbol;
        let negates = NEGATIONS.contains(&*low) || low.ends_with("n't");
        let number = NUMERALS.contains(&*low) || low.bytes().any(|b| b.is_ascii_digit());
        let stem = self.stem_of(&low);
        let bare = match &*low {
            _ if number => Bare::Number,
            "can't" | "cannot" => Bare::Stem(self.stem_of("can")),
            "won't" => Bare::Stem(self.stem_of("will")),
            _ if NEGATIONS.contains(&*low) || CARRIERS.contains(low.trim_end_matches("n't")) => Bare::Nothing,
            _ => low.strip_suffix("n't").map_or(Bare::Stem(stem), |verb| Bare::Stem(self.stem_of(verb))),
        };
        self.entries.push(Entry {
            stem,
            folded: folded.unwrap_or(symbol),
            hashes: (xxh3_64(word.as_bytes()), xxh3_64(self::stem(&low).as_bytes())),
            bare,
            small: SMALL_WORDS.contains(&*low),
            negates,
            limits: CONDITIONS.contains(&*low),
            number,
        });
        let text: Arc<str> = word.into();
        self.texts.push(Arc::clone(&text));
        self.symbols.insert(text, symbol);
        symbol
    }

    /// The number of the word that `word`, in small letters, is a form of.
    fn stem_of(&mut self, word: &str) -> u32 {
        let stem = stem(word);
        if let Some(&known) = self.stems.get(&*stem) {
            return known;
        }
        self.stem_hashes.push(xxh3_64(stem.as_bytes()));
        let fresh = self.stem_hashes.len() as u32;
        self.stems.insert(stem.into(), fresh);
        fresh
    }

    /// The symbol of a word in its normal form; `None` where no quotation has it.
    pub(super) fn known(&self, word: &str) -> Option<Symbol> {
        self.symbols.get(word).copied()
    }

    /// The word in its normal form; empty for a gap.
    pub fn text(&self, symbol: Symbol) -> &str {
        &self.texts[symbol as usize]
    }

    /// The same word in small letters; itself where capitals make another word of it (US, us).
    pub fn folded(&self, symbol: Symbol) -> Symbol {
        self.entries[symbol as usize].folded
    }

    /// The word as houses agree on it. An abbreviation that nobody writes in small letters is the same in capitals as
    /// with one (NATO, Nato); “WIN” is not “win”. `seen_small` says of each word whether a quotation has it in small
    /// letters.
    pub(super) fn agreed(&self, symbol: Symbol, seen_small: &[bool]) -> Symbol {
        let folded = self.folded(symbol);
        if seen_small.get(folded as usize) == Some(&true) { symbol } else { folded }
    }

    /// How many words there are, the gap included.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// A hash of the word, the same in every run.
    pub(super) fn hash(&self, symbol: Symbol) -> u64 {
        self.entries[symbol as usize].hashes.0
    }

    /// A hash of the word that it is a form of, the same in every run.
    pub(super) fn stem_hash(&self, symbol: Symbol) -> u64 {
        self.entries[symbol as usize].hashes.1
    }

    /// A hash of the stem of that number, the same in every run.
    pub(super) fn hash_of_stem(&self, stem: u32) -> u64 {
        self.stem_hashes.get(stem as usize - 1).copied().unwrap_or_default()
    }

    /// What is left of it in a sentence that says neither whether nor how many.
    pub(super) fn bare(&self, symbol: Symbol) -> Bare {
        self.entries[symbol as usize].bare
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

    /// Is it what a sign stands for, `$`, `£` or `€`?
    pub fn is_currency(&self, symbol: Symbol) -> bool {
        is_currency(self.text(symbol))
    }

    /// Does it set a condition or a limit (until, unless, except)?
    pub fn limits(&self, symbol: Symbol) -> bool {
        self.entries[symbol as usize].limits
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
pub(super) fn stem(word: &str) -> String {
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

static CONDITIONS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| words!("conditions").collect());

/// Verbs that a negation brings with it or takes away: “did not say”, “said”.
static CARRIERS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| words!("negation-carriers").collect());

static NUMERALS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let quantities = words!("numerals").filter_map(|entry| match entry.split_once(" = ") {
        None => Some(entry),
        Some((word, value)) => value.starts_with(['e', '/']).then_some(word),
    });
    quantities.collect()
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
    use super::{Vocabulary, stem};

    #[test]
    fn capitals_are_agreed_on_where_nobody_writes_small_letters() {
        let mut words = Vocabulary::default();
        let mut symbols = Vec::new();
        let mut seen_small = vec![false; 100];
        let text = "UNOCO and Unoco will WIN if we win, and they told US about us";
        words.number_noting(text, &mut symbols, |symbol| seen_small[symbol as usize] = true);
        let agreed = symbols.iter().map(|&symbol| words.text(words.agreed(symbol, &seen_small)));
        let agreed: Vec<&str> = agreed.collect();
        assert_eq!(agreed.join(" "), "unoco and unoco will WIN if we win and they told US about us");
    }

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
