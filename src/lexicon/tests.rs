//! Words are found in any case and anywhere in a text.

use super::{Class, lexicon};

#[test]
fn words_in_any_case() {
    let lexicon = lexicon();
    assert!(lexicon.class("said").all(Class::CUE.or(Class::CUE_SPEECH).or(Class::FORM_PAST)));
    assert!(lexicon.class("SAYS").all(Class::CUE.or(Class::FORM_PRESENT)));
    assert!(lexicon.class("Maria").all(Class::GIVEN_NAME.or(Class::FEMALE)));
    assert!(lexicon.class("spokeswoman").all(Class::PERSON_NOUN.or(Class::FEMALE)));
    assert_eq!(lexicon.class("zyzzyva"), Class::NONE);
    assert_eq!(lexicon.class(""), Class::NONE);
}

#[test]
fn words_in_their_text() {
    let lexicon = lexicon();
    let text =
        "Said SPOKESWOMAN, José's O'Reilly-Okafor @said Éva congresswoman’s a 43-year-old zyzzyva U.S. maria";
    for (start, word) in text.split(' ').map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)) {
        for end in 1..=word.len() {
            if let Some(part) = word.get(..end) {
                assert_eq!(lexicon.class_in(text, start, start + end), lexicon.class(part), "{part}");
            }
        }
    }
    assert_eq!(lexicon.class_in(text, 3, 3), Class::NONE);
}

#[test]
fn a_name_that_is_a_word_keeps_both() {
    assert!(lexicon().class("will").all(Class::AUXILIARY.or(Class::GIVEN_NAME)));
}
