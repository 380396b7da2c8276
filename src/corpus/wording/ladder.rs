//! The ladder: how a quotation's words are brought to the form in which two quotations are compared.
//! It is stated once, as data ([`LADDER`]) that the manual prints, and followed by [`read`].

mod figures;

pub(super) use figures::{is_currency, may_begin_with, said_alike, short_of_its_scale};

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

/// One step: its name, and what it makes alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NormalizationStep {
    /// A few words that name it.
    pub name: &'static str,
    /// What it makes alike, with an example.
    pub folds: &'static str,
}

/// The steps in the order in which they are taken.
pub static LADDER: &[NormalizationStep] = &[
    NormalizationStep {
        name: "Unicode NFKC",
        folds: "letters written with other code points: ﬁ and fi, é and é",
    },
    NormalizationStep { name: "marks, dashes and ellipses", folds: "’ and ', — and --, … and ..." },
    NormalizationStep { name: "markup", folds: "*never* and never" },
    NormalizationStep { name: "spacing", folds: "line breaks, double spaces, cease-fire and ceasefire" },
    NormalizationStep { name: "case of the first letter", folds: "We and we, President and president" },
    NormalizationStep {
        name: "edge punctuation",
        folds: "“emerging.” and “emerging”, commas and full stops between words",
    },
    NormalizationStep {
        name: "house spelling",
        folds: "colour and color, U.S. and US, NATO and Nato, five and 5, per cent and %, gonna and going to",
    },
    NormalizationStep {
        name: "figures",
        folds: "twenty-five and 25, four point two and 4.2, $5m and five million dollars, half past four and 4:30, the \
                twenty-first of June and June 21",
    },
    NormalizationStep {
        name: "gaps",
        folds: "… stands for words left out, [the mayor] for any words, [W]e for We",
    },
];

/// What the ladder never makes alike.
pub static NEVER_FOLDED: &[&str] = &["negation", "digits", "names", "other case (US and us, WIN and win)"];

/// One item of a quotation in its normal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term<'a> {
    /// A word.
    Word(&'a str),
    /// An ellipsis or an editor's brackets: any words, or none.
    Gap,
}

/// Longest editor's insertion in bytes; beyond it a bracket is taken for a stray one.
const LONGEST_INSERTION: usize = 160;

/// Takes the items of a quotation as they are read.
pub(super) trait Reader {
    /// One item, with its byte range in the text.
    fn item(&mut self, term: Term<'_>, range: Range<usize>);

    /// Is this word of plain letters known from before? Then it has been taken, and need not be read again.
    fn is_known(&mut self, _: &str) -> bool {
        false
    }

    /// From now on the word may be known: wherever it stands, it is read as the last item was.
    fn learn(&mut self, _: &str) {}
}

/// Calls a function for each item.
struct Calling<F>(F);

impl<F: FnMut(Term<'_>, Range<usize>)> Reader for Calling<F> {
    fn item(&mut self, term: Term<'_>, range: Range<usize>) {
        self.0(term, range);
    }
}

/// Reads a quotation's words: each item with its byte range in `text`.
pub fn read(text: &str, emit: impl FnMut(Term<'_>, Range<usize>)) {
    read_into(text, &mut Calling(emit));
}

/// Reads a quotation's words into `reader`.
pub(super) fn read_into(text: &str, reader: &mut impl Reader) {
    // A text all in capitals (a headline, a post) says nothing by its case.
    let shouted = !text.chars().any(char::is_lowercase);
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut key = String::new();
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        let plain = plain_word(bytes, at).filter(|_| !shouted);
        if let Some(end) = plain
            && reader.is_known(&text[at..end])
        {
            at = end;
            continue;
        }
        let mut emit = |term: Term<'_>, range: Range<usize>| reader.item(term, range);
        match c {
            '…' => {
                emit(Term::Gap, at..next);
                at = next;
            }
            '.' => at = dots(bytes, at, &mut emit),
            '[' | '(' => at = insertion(text, at, &mut key, shouted, &mut emit),
            '&' => {
                emit(Term::Word("and"), at..next);
                at = next;
            }
            '%' => {
                emit(Term::Word("percent"), at..next);
                at = next;
            }
            '$' | '£' | '€' => at = figures::amount(text, at, &mut emit).unwrap_or(next),
            '#' | '-' | '−' | '–' => {
                at = figures::span_of_numbers(text, at, &mut emit)
                    .or_else(|| figures::sign(text, at, &mut emit))
                    .unwrap_or(next);
            }
            c if c.is_alphanumeric() => {
                let start = at;
                at = masked(text, at, &mut emit)
                    .or_else(|| figures::read(text, at, &mut emit))
                    .unwrap_or_else(|| word(text, at, &mut key, shouted, &mut emit));
                if plain == Some(at) && !may_begin_with(&text[start..at]) {
                    reader.learn(&text[start..at]);
                }
            }
            _ => at = next,
        }
    }
}

/// A word of which the house shows some letters only: “f***ing”, “s--t”. It may be any word.
fn masked(text: &str, start: usize, emit: &mut impl FnMut(Term<'_>, Range<usize>)) -> Option<usize> {
    let bytes = &text.as_bytes()[start..];
    let letters = bytes.iter().take(3).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let mask = *bytes.get(letters).filter(|byte| matches!(byte, b'*' | b'-'))?;
    let hidden = bytes[letters..].iter().take_while(|byte| **byte == mask).count();
    let after = letters + hidden;
    let rest = bytes[after..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    // One star between letters is enough; one hyphen makes a compound, and “I--well” is a dash.
    let known = match mask {
        b'*' => hidden > 2 || rest > 0,
        _ => hidden > 1 && letters == 1 && !matches!(bytes[0], b'a' | b'A' | b'i' | b'I' | b'o' | b'O'),
    };
    known.then(|| {
        emit(Term::Gap, start..start + after + rest);
        start + after + rest
    })
}

/// The end of a word of two ASCII letters or more, where nothing follows that could belong to it: no apostrophe, no
/// bracket, no other letter.
fn plain_word(bytes: &[u8], start: usize) -> Option<usize> {
    let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let end = start + length;
    let closed =
        matches!(bytes.get(end), None | Some(b' ' | b',' | b'.' | b'?' | b'!' | b';' | b':' | b'-' | b'"'));
    (length > 1 && closed).then_some(end)
}

/// A full stop, or an ellipsis written with full stops (`...`, `. . .`): returns the byte after it.
fn dots(bytes: &[u8], start: usize, emit: &mut impl FnMut(Term<'_>, Range<usize>)) -> usize {
    let (mut end, mut count) = (start + 1, 1);
    loop {
        let skip = if bytes.get(end) == Some(&b' ') { end + 1 } else { end };
        if bytes.get(skip) != Some(&b'.') {
            break;
        }
        end = skip + 1;
        count += 1;
    }
    if count > 1 {
        emit(Term::Gap, start..end);
    }
    end
}

/// Brackets or parentheses: an editor's words, or one letter made large or small.
fn insertion(
    text: &str,
    start: usize,
    key: &mut String,
    shouted: bool,
    emit: &mut impl FnMut(Term<'_>, Range<usize>),
) -> usize {
    let close = if text.as_bytes()[start] == b'[' { b']' } else { b')' };
    let window = &text.as_bytes()[start..text.len().min(start + LONGEST_INSERTION)];
    let Some(length) = memchr::memchr(close, window) else { return start + 1 };
    let (inner, end) = (&text[start + 1..start + length], start + length + 1);
    let attached = text[end..].chars().next().is_some_and(char::is_alphanumeric);
    if attached && inner.chars().count() == 1 && inner.chars().all(char::is_alphabetic) {
        return word_from(text, start, inner, end, key, shouted, emit);
    }
    if !inner.trim().eq_ignore_ascii_case("sic") {
        emit(Term::Gap, start..end);
    }
    end
}

fn word(
    text: &str,
    start: usize,
    key: &mut String,
    shouted: bool,
    emit: &mut impl FnMut(Term<'_>, Range<usize>),
) -> usize {
    word_from(text, start, "", start, key, shouted, emit)
}

/// A word from `start`: `head`, and then what stands at `rest`.
fn word_from(
    text: &str,
    start: usize,
    head: &str,
    rest: usize,
    key: &mut String,
    shouted: bool,
    emit: &mut impl FnMut(Term<'_>, Range<usize>),
) -> usize {
    key.clear();
    key.push_str(head);
    let mut at = rest;
    let mut mended = false;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        let follows = || text[next..].chars().next();
        if c.is_alphanumeric() || is_combining(c) {
            key.push(c);
        } else if matches!(c, '\'' | '’' | '‘' | 'ʼ') && follows().is_some_and(char::is_alphabetic) {
            key.push('\'');
        } else if matches!(c, '.' | ',') && key.ends_with(|k: char| k.is_ascii_digit()) {
            if !follows().is_some_and(|f| f.is_ascii_digit()) {
                break;
            }
            if c == '.' {
                key.push(c);
            }
        } else if c == '.' && initials(&text[start..next], &text[next..]) {
            // U.S. and U.S.A. are US and USA; the stops are the house's.
        } else if c == '[' {
            // “walk[ed]”: the editor changed the form, so the word may be any.
            let window = &text.as_bytes()[at..text.len().min(at + LONGEST_INSERTION)];
            match memchr::memchr(b']', window) {
                Some(length) => {
                    mended = true;
                    at += length + 1;
                    continue;
                }
                None => break,
            }
        } else {
            break;
        }
        at = next;
    }
    if mended {
        emit(Term::Gap, start..at);
    } else {
        name_key(key, shouted, &mut |word| emit(Term::Word(word), start..at));
    }
    at
}

/// Is `so_far` (which ends in a full stop) the start or the end of an abbreviation of single letters?
fn initials(so_far: &str, rest: &str) -> bool {
    let letters_and_stops = so_far.chars().enumerate().all(|(rank, c)| match rank % 2 {
        0 => c.is_alphabetic(),
        _ => c == '.',
    });
    if !letters_and_stops {
        return false;
    }
    let mut rest = rest.chars();
    let another = rest.next().is_some_and(char::is_alphabetic);
    (another && !rest.next().is_some_and(char::is_alphanumeric)) || (!another && so_far.len() > 2)
}

fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Folds the word in `key` and hands on the words it is read as.
fn name_key(key: &mut String, shouted: bool, emit: &mut impl FnMut(&str)) {
    if !key.is_ascii() {
        let folded: String = key.nfkc().collect();
        *key = folded;
    }
    // Some houses write “the boss's”, others “the boss'”.
    if key.ends_with("s's") || key.ends_with("S's") {
        key.truncate(key.len() - "'s".len());
    }
    // Only the first letter's case is folded: a word with capitals further on stays as it is written.
    if !shouted && key.chars().skip(1).any(char::is_uppercase) && !SPELLINGS.whole.contains_key(&*small(key))
    {
        return emit(key);
    }
    if key.is_ascii() {
        key.make_ascii_lowercase();
    } else {
        *key = key.to_lowercase();
    }
    match spelled(key) {
        Cow::Borrowed(word) => emit(word),
        Cow::Owned(words) => words.split(' ').for_each(emit),
    }
}

/// A word in small letters.
pub(super) fn small(word: &str) -> Cow<'_, str> {
    if word.chars().any(char::is_uppercase) { Cow::Owned(word.to_lowercase()) } else { Cow::Borrowed(word) }
}

/// Do its capitals make another word of it?
pub(super) fn is_capital_word(word: &str) -> bool {
    CAPITAL_WORDS.contains(word)
}

/// The spelling under which a word is compared.
pub(super) fn spelled(whole: &str) -> Cow<'_, str> {
    if let Some(words) = SPELLINGS.whole.get(whole) {
        return Cow::Owned((*words).to_owned());
    }
    // “the harbour's” is spelled as “the harbour” is.
    let (word, possessive) = whole.strip_suffix("'s").map_or((whole, ""), |head| (head, "'s"));
    let endings = word.as_bytes().last().and_then(|last| SPELLINGS.endings.get(last));
    for (ending, instead) in endings.into_iter().flatten() {
        if let Some(head) = word.strip_suffix(ending)
            && head.chars().nth(2).is_some()
        {
            return Cow::Owned(format!("{head}{instead}{possessive}"));
        }
    }
    Cow::Borrowed(whole)
}

/// The lines of a word list that are entries.
pub(super) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

struct Spellings {
    whole: FxHashMap<&'static str, &'static str>,
    /// By their last byte, since every word of every quotation is looked up.
    endings: FxHashMap<u8, Vec<(&'static str, &'static str)>>,
}

static SPELLINGS: LazyLock<Spellings> = LazyLock::new(|| {
    let spellings = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/spellings.txt"));
    let mut read = Spellings { whole: FxHashMap::default(), endings: FxHashMap::default() };
    for (from, to) in entries(spellings).filter_map(|entry| entry.split_once(" = ")) {
        match (from.strip_prefix('-'), to.strip_prefix('-')) {
            (Some(from), Some(to)) => {
                let last = from.as_bytes().last().copied().unwrap_or(0);
                read.endings.entry(last).or_default().push((from, to));
            }
            _ => {
                read.whole.insert(from, to);
            }
        }
    }
    read
});

static CAPITAL_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    entries(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/capital-words.txt"))).collect()
});

#[cfg(test)]
mod tests {
    use super::{LADDER, Term, read};

    fn normal(text: &str) -> String {
        let mut words = Vec::new();
        read(text, |term, range| {
            assert!(text.get(range).is_some(), "a range that cuts a character");
            words.push(match term {
                Term::Word(word) => word.to_owned(),
                Term::Gap => "_".to_owned(),
            });
        });
        words.join(" ")
    }

    #[test]
    fn folds_what_the_ladder_says() {
        for (one, other) in [
            ("We won’t go,", "we won't go"),
            ("The harbour’s  plan —\nall of it.", "the harbor's plan -- all of it"),
            ("Wait … for it", "Wait ... for it"),
            ("Wait … for it", "Wait . . . for it"),
            ("in the U.S. and abroad", "in the US and abroad"),
            ("[W]e shall see", "we shall see"),
            ("five boats, 20 per cent", "5 boats, twenty per cent"),
            ("1,200 people", "1200 people"),
            ("Twenty-five boats", "25 boats"),
            ("thirty one boats", "31 boats"),
            ("four point two tons", "4.2 tons"),
            ("twenty-one point oh five", "21.05"),
            ("£4.2m", "four point two million pounds"),
            ("a £4.2 million lock", "a 4.2 million pound lock"),
            ("$1,500 each", "1500 dollars each"),
            ("€3bn", "three billion euros"),
            ("We’re gonna organise", "we're going to organize"),
            ("the ﬁsh", "the fish"),
            ("teh (sic) plan", "teh [sic] plan"),
            ("fish & chips", "fish and chips"),
            ("the boss’s plan", "the boss’ plan"),
            ("Ferry Day", "ferry day"),
        ] {
            assert_eq!(normal(one), normal(other), "{one} / {other}");
        }
    }

    #[test]
    fn keeps_what_must_not_be_folded() {
        for (one, other) in [
            ("They told US", "They told us"),
            ("We will WIN", "We will win"),
            ("MacLean", "Maclean"),
            ("we will go", "we will not go"),
            ("can go", "can't go"),
            ("5 boats", "6 boats"),
            ("1.5 boats", "15 boats"),
            ("twenty five-year plans", "25 year plans"),
            ("at this point two boats", "at this 2 boats"),
            ("£5m", "$5m"),
            ("£5m", "£5bn"),
            ("$5", "5"),
            ("twenty-first boats", "twenty boats"),
            ("four boats", "for boats"),
            ("our boats", "or boats"),
        ] {
            assert_ne!(normal(one), normal(other), "{one} / {other}");
        }
    }

    #[test]
    fn every_pair_that_the_ladder_names_is_made_alike() {
        let pairs = LADDER.iter().flat_map(|rung| rung.folds.split(", ")).filter_map(|pair| {
            let (one, other) = pair.split_once(" and ")?;
            // What a rung names in words is no example, and which capitals are an abbreviation's all drafts tell.
            let example = !one.contains(' ') || one == "per cent";
            (example && one != "NATO" && one != "commas").then_some((one, other))
        });
        let mut count = 0;
        for (one, other) in pairs {
            let letters = |text: &str| normal(text).replace(' ', "");
            assert_eq!(letters(one), letters(other), "{one} / {other}");
            count += 1;
        }
        assert!(count >= 8, "{count} examples");
    }

    #[test]
    fn reads_gaps() {
        assert_eq!(normal("[the mayor] said … no"), "_ said _ no");
        assert_eq!(normal("they walk[ed] home"), "they _ home");
        assert_eq!(normal("a [stray bracket"), "a stray bracket");
        assert_eq!(normal("I. Will. Not."), "i will not");
        assert_eq!(normal("TELL US NOW"), "tell us now");
    }
}
