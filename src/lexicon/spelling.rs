//! How spellings of one name differ: transliterations, and slips of one letter.

/// A folded word without what transliterations differ in: “zelensky”, “zelenskyy” and “zelenskiy” are one, and so
/// are “sybiga” and “sybiha”, “andriy” and “andrii”, “mikhail” and “mihail”.
pub fn skeleton(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let letters = word.as_bytes();
    let mut at = 0;
    while at < letters.len() {
        let rest = &letters[at..];
        let (letter, used) = match rest {
            [b'k', b'h', ..] => (b'h', 2),
            [b'i' | b'y', b'i' | b'y' | b'j', ..] => (b'i', 2),
            [b'y'] => (b'i', 1),
            [b'w', ..] => (b'v', 1),
            // Between vowels Ukrainian has h where Russian has g.
            [b'g', next, ..] if at > 0 && vowel(letters[at - 1]) && vowel(*next) => (b'h', 1),
            [letter, ..] => (*letter, 1),
            [] => break,
        };
        out.push(letter as char);
        at += used;
    }
    out
}

const fn vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// What is left of a folded word without its vowels and doubled letters: “nadeem” and “nadim” are both “ndm”, “garrity”
/// and “garritty” both “grt”. The first letter is kept, whatever it is.
pub fn consonants(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let letters = word.as_bytes();
    let mut at = 0;
    while at < letters.len() {
        let (letter, used) = match &letters[at..] {
            [b'p', b'h', ..] => (b'f', 2),
            [b'c', b'k', ..] => (b'k', 2),
            [letter, ..] => (*letter, 1),
            [] => break,
        };
        let last = out.as_bytes().last().copied();
        if at == 0 || !vowel(letter) && last != Some(letter) {
            out.push(letter as char);
        }
        at += used;
    }
    out
}

/// Do two folded words have the same consonants, at least three of them? The vowels of such names are often misheard:
/// Fairbairn, Fairburn.
pub fn same_consonants(a: &str, b: &str) -> bool {
    const LEAST: usize = 3;
    let own = consonants(a);
    a != b && own.len() >= LEAST && own == consonants(b)
}

/// Do two folded words differ by one slip: a letter changed, added, dropped, or two neighbours swapped? Words of
/// fewer than four letters are too short to tell a slip from another name.
pub fn one_slip(a: &str, b: &str) -> bool {
    a.len().min(b.len()) >= 4 && a.len().abs_diff(b.len()) <= 1 && one_apart(a, b)
}

/// Do two long folded words that begin alike differ by two slips: Marguerite, Margarite?
pub fn two_slips(a: &str, b: &str) -> bool {
    const LONG: usize = 7;
    const ALIKE: usize = 3;
    a != b
        && a.len().min(b.len()) >= LONG
        && a.len().abs_diff(b.len()) <= 2
        && a.get(..ALIKE).is_some_and(|start| b.starts_with(start))
        && strsim::osa_distance(a, b) <= 2
}

/// Do two words become one by a letter more, a letter less, another letter or two letters in turn? That is an optimal
/// string alignment of 1; most words differ by more, and show it at the first letters that differ.
fn one_apart(a: &str, b: &str) -> bool {
    let start: usize =
        a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(letter, _)| letter.len_utf8()).sum();
    let (a, b) = (&a[start..], &b[start..]);
    let (mut after_a, mut after_b) = (a.chars(), b.chars());
    match (after_a.next(), after_b.next()) {
        (None, None) => false,
        (None, Some(_)) => after_b.as_str().is_empty(),
        (Some(_), None) => after_a.as_str().is_empty(),
        (Some(first_a), Some(first_b)) => {
            let (less_a, less_b) = (after_a.as_str(), after_b.as_str());
            let mut turned = || {
                after_a.next() == Some(first_b)
                    && after_b.next() == Some(first_a)
                    && after_a.as_str() == after_b.as_str()
            };
            less_a == less_b || less_a == b || a == less_b || turned()
        }
    }
}

/// A folded word with each of its letters left out in turn, and the word itself.
pub fn one_letter_less(word: &str) -> impl Iterator<Item = String> + '_ {
    let long_enough = word.len() >= 4;
    (0..word.len())
        .filter(move |_| long_enough)
        .map(|at| {
            let mut less = String::with_capacity(word.len());
            less.push_str(&word[..at]);
            less.push_str(&word[at + 1..]);
            less
        })
        .chain(long_enough.then(|| word.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{one_apart, one_letter_less, one_slip, skeleton};

    #[test]
    fn transliterations_meet_and_names_stay_apart() {
        for (a, b) in [
            ("zelensky", "zelenskyy"),
            ("zelensky", "zelenskiy"),
            ("andriy", "andrii"),
            ("sybiga", "sybiha"),
            ("mikhail", "mihail"),
            ("vladimir", "wladimir"),
        ] {
            assert_eq!(skeleton(a), skeleton(b), "{a} {b}");
        }
        for (a, b) in [("yermak", "sybiha"), ("hall", "gall"), ("johnson", "johnston"), ("marie", "maria")] {
            assert_ne!(skeleton(a), skeleton(b), "{a} {b}");
        }
    }

    #[test]
    fn slips_of_one_letter_share_a_key() {
        for (a, b) in [("gonzales", "gonzalez"), ("peridew", "peridrew"), ("vordenau", "vordneau")] {
            assert!(one_slip(a, b), "{a} {b}");
            let keys: Vec<String> = one_letter_less(a).collect();
            assert!(one_letter_less(b).any(|key| keys.contains(&key)), "{a} {b}");
        }
        assert!(!one_slip("lee", "lea"));
        assert!(!one_slip("gonzales", "gonsalez"));
    }

    proptest::proptest! {
        #[test]
        fn one_apart_is_an_optimal_string_alignment_of_one(a in "[abé]{0,6}", b in "[abé]{0,6}") {
            proptest::prop_assert_eq!(one_apart(&a, &b), strsim::osa_distance(&a, &b) == 1, "{} {}", a, b);
        }
    }
}
