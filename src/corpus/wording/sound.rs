//! Words that sound alike, for tapes that a machine wrote down.
//!
//! A spelling is read as a row of sounds, in the manner of Lawrence Philips' Metaphone (Computer Language 7, 1990). Metaphone
//! drops vowels, so that “raise” and “rose” would be one word; here vowels stay. Where English spelling leaves a sound open
//! (“ea” in “bread” and “bead”), the sound is a set, and two words sound alike where all their sets meet. So this is a
//! comparison and no key. Published keys (Metaphone, Double Metaphone, Beider-Morse) lose the vowels or are made for surnames.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::ladder::entries;

/// A set of sounds that a letter may stand for.
type Sound = u64;
type Sounds = SmallVec<[Sound; 24]>;

macro_rules! sounds {
    ($($name:ident)*) => { sounds!(@ 0; $($name)*); };
    (@ $bit:expr; $name:ident $($rest:ident)*) => {
        const $name: Sound = 1 << $bit;
        sounds!(@ $bit + 1; $($rest)*);
    };
    (@ $bit:expr;) => {};
}

// Vowels: see, say, bed, bad, bit, my, cup, cot, go, food, now, boy, fern, door, fair, and the one that nobody stresses.
sounds! {
    EE AY EH AE IH EYE UH O OH OO OW OY ER OR AIR WEAK
    B CH D F G H J K L M N P R S SH T TH V W Y
}

const VOWELS: Sound = EE | AY | EH | AE | IH | EYE | UH | O | OH | OO | OW | OY | ER | OR | AIR | WEAK;

/// Do words sound alike: “their wood” and “there would”?
pub(super) fn alike(one: &[&str], other: &[&str]) -> bool {
    if one.is_empty() || other.is_empty() {
        return false;
    }
    if in_one_group(&GROUPS, &one.join("_"), &other.join("_")) {
        return true;
    }
    // Figures have no sounds here.
    let is_figure = |word: &&str| spelled(word).bytes().any(|byte| byte.is_ascii_digit());
    if one.iter().chain(other).any(is_figure) {
        return false;
    }
    let (left, right) = (sounds(one), sounds(other));
    if left.is_empty() || left.len() != right.len() {
        return false;
    }
    let mut unlike = left.iter().zip(&right).filter(|(one, other)| *one & *other == 0);
    match (unlike.next(), unlike.next()) {
        (None, _) => true,
        // Where words are cut elsewhere, another vowel bears the stress: “grieve ants”.
        (Some((vowel, instead)), None) if one.len() != other.len() => {
            left.len() >= LONG && vowel & VOWELS != 0 && instead & VOWELS != 0
        }
        _ => false,
    }
}

/// The fewest sounds of words that a machine may have cut elsewhere.
const LONG: usize = 5;

/// Do two words sound nearly alike and say something else: “fifteen” and “fifty”, “can” and “can't”?
pub(super) fn alike_but_not_in_sense(one: &str, other: &str) -> bool {
    in_one_group(&TREACHEROUS, one, other)
}

/// May a name have been heard as these words? Names are in no dictionary, so that a machine writes down what is near.
pub(super) fn near(name: &[&str], heard: &[&str]) -> bool {
    let (left, right) = (sounds(name), sounds(heard));
    let longest = left.len().max(right.len());
    longest >= SHORTEST_NAME && distance(&left, &right) * PER_STEP <= longest
}

/// Sounds that a name must have for another to be near it.
const SHORTEST_NAME: usize = 3;
/// Sounds for each step that a name may be away.
const PER_STEP: usize = 3;
/// Steps from a vowel to another, and from a sound to another or to none.
const STEPS: (usize, usize) = (1, 2);

/// The steps from one row of sounds to another (Levenshtein's distance).
fn distance(one: &[Sound], other: &[Sound]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).map(|at| at * STEPS.1).collect();
    for (at, left) in one.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], (at + 1) * STEPS.1);
        for (at, right) in other.iter().enumerate() {
            let change = match (left & right != 0, left & VOWELS != 0 && right & VOWELS != 0) {
                (true, _) => 0,
                (_, true) => STEPS.0,
                _ => STEPS.1,
            };
            let cost = (diagonal + change).min(row[at] + STEPS.1).min(row[at + 1] + STEPS.1);
            diagonal = std::mem::replace(&mut row[at + 1], cost);
        }
    }
    row.last().copied().unwrap_or(0)
}

/// Is the word one that a machine drops or puts in?
pub(super) fn is_slight(word: &str) -> bool {
    SLIGHT.contains(&word)
}

fn sounds(words: &[&str]) -> Sounds {
    let mut sounds = Sounds::new();
    for word in words {
        let plain: String = spelled(word).chars().filter(char::is_ascii_alphanumeric).collect();
        read(plain.to_ascii_lowercase().as_bytes(), &mut sounds);
    }
    // “Higher” and “hire”.
    let mut at = 0;
    while at + 2 < sounds.len() {
        let vowels = sounds[at] & (VOWELS & !WEAK) != 0 && sounds[at + 1] & WEAK != 0;
        if vowels && sounds[at + 1] & VOWELS != 0 && sounds[at + 2] == R {
            sounds.remove(at + 1);
        }
        at += 1;
    }
    // “Prince” and “prints”, “grievance” and “grieve ants”
    let mut at = 1;
    while at + 1 < sounds.len() {
        if sounds[at] == T && sounds[at - 1] == N && sounds[at + 1] == S {
            sounds.remove(at);
        }
        at += 1;
    }
    // “Penn knife”
    sounds.dedup_by(|one, other| one == other && *one & VOWELS == 0);
    sounds
}

/// A number of one digit as it is spoken.
fn spelled(word: &str) -> &str {
    const DIGITS: [&str; 11] =
        ["oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    word.parse::<usize>().ok().and_then(|number| DIGITS.get(number).copied()).unwrap_or(word)
}

fn is_vowel(letter: Option<&u8>) -> bool {
    matches!(letter, Some(b'a' | b'e' | b'i' | b'o' | b'u' | b'y'))
}

/// Reads a word of small letters.
fn read(word: &[u8], sounds: &mut Sounds) {
    let first = sounds.len();
    let mut at = 0;
    while at < word.len() {
        let letter = word[at];
        let length = match letter {
            b'y' if at == 0 && is_vowel(word.get(1)) => {
                sounds.push(Y);
                1
            }
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => {
                let stressed = !sounds[first..].iter().any(|sound| sound & VOWELS != 0);
                vowel(word, at, stressed, sounds)
            }
            _ => consonant(word, at, sounds),
        };
        at += length;
    }
}

/// Reads the vowel at `at`. Returns its length in letters.
fn vowel(word: &[u8], at: usize, stressed: bool, sounds: &mut Sounds) -> usize {
    let rest = &word[at..];
    let ends = |length: usize| rest.len() == length;
    let before = at.checked_sub(1).and_then(|at| word.get(at));
    // “passed”, “tolled”: no vowel is heard.
    if !stressed && rest == b"ed" && !matches!(before, Some(b't' | b'd')) {
        let voiceless = sounds.last().is_some_and(|last| last & (P | K | F | S | SH | CH) != 0);
        sounds.push(if voiceless { T } else { D });
        return 2;
    }
    // What a vowel before “r” is.
    const BEFORE_R: [(&str, Sound); 22] = [
        ("eir", EE | AIR),
        ("ear", EE | AIR | ER),
        ("eer", EE | AIR),
        ("ier", EE | AIR | WEAK),
        ("ere", EE | AIR),
        ("air", AIR),
        ("are", AIR),
        ("aer", AIR),
        ("ayor", AIR | AY),
        ("oar", OR),
        ("oor", OR | OO),
        ("our", OR | OW | WEAK | ER),
        ("aur", OR),
        ("ore", OR),
        ("ire", EYE),
        ("yre", EYE),
        ("ure", OO),
        ("err", AIR | EH),
        ("arr", AIR | AE),
        ("orr", OR | O),
        ("urr", ER),
        ("irr", ER),
    ];
    for (spelling, sound) in BEFORE_R {
        if rest.starts_with(spelling.as_bytes()) {
            let weak = if stressed { 0 } else { WEAK };
            sounds.extend([sound | weak, R]);
            let doubled = rest.get(spelling.len()) == Some(&b'r');
            return spelling.len() + usize::from(doubled);
        }
    }
    if rest.get(1) == Some(&b'r') && !is_vowel(rest.get(2)) {
        let sound = match rest[0] {
            b'a' if before == Some(&b'w') => OR,
            b'a' => O | AE,
            b'o' => OR,
            _ => ER | EH | AIR,
        };
        sounds.extend([if stressed { sound } else { sound | ER | WEAK }, R]);
        return 2;
    }
    // “-re” and “-le” at the end are said the other way round.
    if !stressed && ends(1) && rest[0] == b'e' {
        if let Some(last) =
            sounds.last().copied().filter(|last| last & (L | R) != 0 && at > 1 && !is_vowel(word.get(at - 2)))
        {
            sounds.pop();
            sounds.extend([WEAK, last]);
        }
        return 1;
    }
    const PAIRS: [(&str, Sound); 30] = [
        ("eigh", AY | EYE),
        ("augh", O | AE),
        ("ough", O | OH | OO | OW | UH),
        ("igh", EYE),
        ("eau", OH | OO),
        ("ieu", OO),
        ("ea", EE | EH | AY),
        ("ee", EE),
        ("ei", AY | EE | EYE),
        ("ey", AY | EE),
        ("ie", EE | EYE | IH),
        ("ai", AY | EH),
        ("ay", AY),
        ("ae", EE | AY),
        ("au", O),
        ("aw", O),
        ("oa", OH),
        ("oe", OH | EE),
        ("oi", OY),
        ("oy", OY),
        ("oo", OO | UH),
        ("ou", OW | OO | OH),
        ("ow", OW | OH),
        ("ue", OO),
        ("ui", OO | IH),
        ("uy", EYE),
        ("ew", OO | OH),
        ("eu", OO),
        ("eo", EE | EH),
        ("ye", EYE),
    ];
    if rest == b"ow" && matches!(word, b"now" | b"how" | b"vow" | b"allow") {
        sounds.push(OW);
        return 2;
    }
    if rest == b"ow" && word.starts_with(b"kn") {
        sounds.push(OH);
        return 2;
    }
    for (spelling, sound) in PAIRS {
        if rest.starts_with(spelling.as_bytes()) {
            sounds.push(if stressed { sound } else { sound | WEAK });
            return spelling.len();
        }
    }
    // “rate”, “ride”, “rode”, “rude”: an “e” at the end after one consonant; the “e” itself is silent.
    let open = rest.len() == 3 && rest[2] == b'e' && !is_vowel(rest.get(1)) && rest[1] != b'r'
        || (rest.len() == 4 && rest[2] == b'e' && rest[3] == b's' && !is_vowel(rest.get(1)));
    let sound = match rest[0] {
        b'a' if open => AY,
        b'e' if open => EE,
        b'i' | b'y' if open => EYE,
        b'o' if open => OH | UH,
        b'u' if open => OO,
        b'a' if rest.starts_with(b"al") && !is_vowel(rest.get(2)) => O | AE,
        b'a' if rest.starts_with(b"ange") || rest.starts_with(b"aste") => AY,
        b'a' if before == Some(&b'w') => O | AE,
        b'a' => AE,
        b'e' if ends(1) => EE | WEAK,
        b'e' => EH,
        b'y' if ends(1) && stressed => EYE,
        b'y' if ends(1) => EE,
        b'i' if rest.starts_with(b"ign")
            || rest.starts_with(b"ind")
            || rest.starts_with(b"ild")
            || ends(1) =>
        {
            EYE | IH | EE
        }
        b'i' | b'y' => IH,
        b'o' if ends(1) => OH | OO,
        b'o' if matches!(rest.get(1), Some(b'n' | b'm' | b'v' | b't')) => O | UH,
        b'o' if rest.starts_with(b"ol") && !is_vowel(rest.get(2)) => OH,
        b'o' => O,
        _ if matches!(rest.get(1), Some(b'l' | b's' | b't')) => UH | OO,
        _ if ends(1) => OO,
        _ => UH,
    };
    // In a syllable that is not stressed all vowels sound much the same.
    let full = if ends(1) { rest[0] != b'a' } else { stressed };
    sounds.push(if full { sound } else { sound | WEAK });
    1
}

/// Reads the consonant at `at`. Returns how many letters it takes.
fn consonant(word: &[u8], at: usize, sounds: &mut Sounds) -> usize {
    let rest = &word[at..];
    let before = at.checked_sub(1).and_then(|at| word.get(at));
    let starts = |spelling: &str| rest.starts_with(spelling.as_bytes());
    let soft = |letter: Option<&u8>| matches!(letter, Some(b'e' | b'i' | b'y'));
    let initial = at == 0;
    let silent_start: Option<(usize, &[Sound])> = match rest {
        _ if !initial => None,
        [b'k', b'n', ..] | [b'g', b'n', ..] | [b'p', b'n', ..] => Some((2, &[N])),
        [b'w', b'r', ..] => Some((2, &[R])),
        [b'p', b's', ..] => Some((2, &[S])),
        [b'w', b'h', b'o', ..] => Some((2, &[H])),
        [b'h', b'o', b'u', b'r', ..] | [b'h', b'o', b'n', b'e', ..] | [b'h', b'e', b'i', b'r', ..] => {
            Some((1, &[]))
        }
        [b'x', ..] => Some((1, &[S])),
        _ => None,
    };
    if let Some((length, of)) = silent_start {
        sounds.extend_from_slice(of);
        return length;
    }
    const GROUPS: [(&str, usize, &[Sound]); 33] = [
        ("tch", 3, &[CH]),
        ("sch", 3, &[S, K]),
        ("chr", 2, &[K]),
        ("chl", 2, &[K]),
        ("ch", 2, &[CH | K | SH]),
        ("ck", 2, &[K]),
        ("cqu", 3, &[K, W]),
        ("que", 3, &[K]),
        ("qu", 2, &[K, W]),
        ("dge", 2, &[J]),
        ("dgi", 2, &[J]),
        ("dj", 2, &[J]),
        ("ph", 2, &[F]),
        ("tio", 2, &[SH]),
        ("tia", 2, &[SH]),
        ("cio", 2, &[SH]),
        ("cia", 2, &[SH]),
        ("sio", 2, &[SH]),
        ("ssio", 3, &[SH]),
        ("sh", 2, &[SH]),
        ("sce", 2, &[S]),
        ("sci", 2, &[S]),
        ("scy", 2, &[S]),
        ("stle", 2, &[S]),
        ("sten", 2, &[S]),
        ("ths", 2, &[TH | T]),
        ("th", 2, &[TH]),
        ("tu", 1, &[T | CH]),
        ("wh", 2, &[W]),
        ("ng", 2, &[N, G]),
        ("mn", 2, &[M]),
        ("bt", 1, &[]),
        ("x", 1, &[K, S]),
    ];
    let known = GROUPS.iter().find(|(spelling, ..)| {
        starts(spelling)
            && match *spelling {
                "que" => rest.len() == 3,
                "mn" | "bt" => rest.len() == 2,
                "ng" => rest.len() == 2,
                _ => true,
            }
    });
    if let Some((_, length, of)) = known {
        sounds.extend_from_slice(of);
        return *length;
    }
    let doubled = 1 + usize::from(rest.get(1) == Some(&rest[0]));
    let sound = match rest[0] {
        b'b' if before == Some(&b'm') && rest.len() == 1 => return 1,
        b'b' => B,
        b'c' if soft(rest.get(doubled)) && doubled == 1 => S,
        b'c' | b'k' | b'q' => K,
        b'd' => D,
        b'f' => F,
        b'g' if starts("gh") && at > 0 => return 2,
        b'g' if starts("gn") && rest.len() == 2 => return 1,
        b'g' if starts("gh") => G,
        b'g' if soft(rest.get(doubled)) => J | G,
        b'g' => G,
        b'h' if is_vowel(rest.get(1)) => H,
        b'h' => return 1,
        b'j' => J,
        b'l' if matches!(before, Some(b'a' | b'o')) && matches!(rest.get(1), Some(b'k' | b'm' | b'f')) => {
            return 1;
        }
        b'l' if at > 2 && word[at - 2..].starts_with(b"ould") => return 1,
        b'l' => L,
        b'm' => M,
        b'n' => N,
        b'p' => P,
        b'r' => R,
        b's' | b'z' => S,
        b't' => T,
        b'v' => V,
        b'w' if is_vowel(rest.get(1)) => W,
        _ => return 1,
    };
    sounds.push(sound);
    doubled
}

type Groups = FxHashMap<&'static str, SmallVec<[u32; 2]>>;

fn in_one_group(groups: &Groups, one: &str, other: &str) -> bool {
    let of = |word: &str| groups.get(spoken_number(word)).map_or(&[][..], |groups| groups);
    one != other && of(one).iter().any(|group| of(other).contains(group))
}

/// A number in digits as it is spoken, where it is easily misheard.
fn spoken_number(word: &str) -> &str {
    const SPOKEN: [(&str, &str); 17] = [
        ("1", "one"),
        ("2", "two"),
        ("4", "four"),
        ("13", "thirteen"),
        ("14", "fourteen"),
        ("15", "fifteen"),
        ("16", "sixteen"),
        ("17", "seventeen"),
        ("18", "eighteen"),
        ("19", "nineteen"),
        ("30", "thirty"),
        ("40", "forty"),
        ("50", "fifty"),
        ("60", "sixty"),
        ("70", "seventy"),
        ("80", "eighty"),
        ("90", "ninety"),
    ];
    SPOKEN.iter().find(|(digits, _)| *digits == word).map_or(word, |(_, spoken)| spoken)
}

/// The lines of the list that begin with `!`, or those that do not, as groups by word.
fn groups(treacherous: bool) -> Groups {
    let list = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/sound-alikes.txt"));
    let mut groups = Groups::default();
    for (number, line) in (0..).zip(entries(list)) {
        if line.starts_with('!') == treacherous {
            for word in line.trim_start_matches('!').split_whitespace() {
                groups.entry(word).or_default().push(number);
            }
        }
    }
    groups
}

static GROUPS: LazyLock<Groups> = LazyLock::new(|| groups(false));
static TREACHEROUS: LazyLock<Groups> = LazyLock::new(|| groups(true));
static SLIGHT: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    entries(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/slight-words.txt"))).collect()
});

#[cfg(test)]
mod tests;
