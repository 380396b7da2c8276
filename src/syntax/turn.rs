//! Turns inside quotation marks: a transcript quoted with the names of its speakers in capitals, “REYES: I was not there.”

use crate::lexicon::{Class, Language};

/// Longest name before a colon, in words: “SECRETARY OF STATE ANA REYES:”. More is a sentence.
const LONGEST: usize = 5;

/// The length in bytes of the speaker's name in capitals that `inside` (what stands between the marks) begins with, the
/// colon left out; none where it begins with anything else. “NOTE:” and “VIDEO:” name nobody.
pub fn label(inside: &str, language: &Language) -> Option<usize> {
    let colon = memchr::memchr2(b':', b'\n', inside.as_bytes())?;
    if inside.as_bytes()[colon] != b':' {
        return None;
    }
    let name = &inside[..colon];
    let follows = inside[colon + 1..].chars().next().is_none_or(char::is_whitespace);
    let words = || name.split(' ');
    let capitals = |word: &str| {
        word.chars().any(char::is_alphabetic)
            && word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '\'' | '’'))
    };
    let things = Class::DOCUMENT_NOUN
        .or(Class::CUE_NOUN)
        .or(Class::WORK_NOUN)
        .or(Class::MEDIUM)
        .or(Class::SUBORDINATOR);
    let fits = follows
        && name.len() > 1
        && words().count() <= LONGEST
        && words().all(capitals)
        && !words().all(|word| language.lexicon.class(word).any(things));
    fits.then_some(colon)
}

#[cfg(test)]
mod tests {
    use super::label;
    use crate::lexicon::Language;

    #[test]
    fn names_in_capitals_before_a_colon() {
        for (inside, name) in [
            ("REYES: I was not there.", Some("REYES")),
            ("MS. ANA O’HARA: Yes.", Some("MS. ANA O’HARA")),
            ("SECRETARY OF STATE: No.", Some("SECRETARY OF STATE")),
            ("Reyes: I was not there.", None),
            ("NOTE: bring a coat.", None),
            ("VIDEO: A boat sinks.", None),
            ("MEET AT 9:30", None),
            ("WE ARE NOT GOING TO SELL THE PIER: ever.", None),
            ("I: the first person", None),
            ("", None),
        ] {
            assert_eq!(label(inside, Language::english()).map(|len| &inside[..len]), name, "{inside}");
        }
    }
}
