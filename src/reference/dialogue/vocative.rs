//! Names by which speech calls its hearer, whether or not the writer's words have them: “Come in, Ana Pell.”

use crate::lexicon::{Class, Language, WordSet, lexicon};

/// Most words of a name that is called.
const LONGEST: usize = 3;

/// Hands over each name that these quoted words call somebody by, as it is written. Only what a comma sets off from the words
/// before it is taken: at the head of a sentence every word has a capital.
pub(super) fn each<'t>(words: &'t str, mut found: impl FnMut(&'t str)) {
    for (comma, _) in words.match_indices(", ") {
        let rest = &words[comma + ", ".len()..];
        let Some(end) = rest.find([',', '.', '!', '?', '—', '–', '-', '”', '"', ';', ':', '’', '…'])
        else {
            continue;
        };
        // The stop of “Mr.” closes nothing.
        let end = match rest[..end].rsplit(' ').next() {
            Some(last) if rest[end..].starts_with('.') && is_honorific(last) => {
                let more = rest[end + 1..].find([',', '.', '!', '?', '—', '–', '-', '”', '"', ';']);
                more.map_or(end, |more| end + 1 + more)
            }
            _ => end,
        };
        let name = without_endearment(&rest[..end]);
        if is_name(name) {
            found(name);
        }
    }
}

/// The genders of those whom these quoted words call “sir”, “mamma” or the like; none where there is nobody.
pub(super) fn gender(words: &str, language: &Language) -> Class {
    let mut found = Class::NONE;
    let mut rest = 0;
    for (end, _) in words.match_indices([',', '.', '!', '?', '—', '–', '-', '”', '"', ';', ':']) {
        let part = words[std::mem::replace(&mut rest, end)..end]
            .trim_start_matches(|sign: char| !sign.is_alphabetic());
        let called = without_endearment(part);
        if called.is_empty() || called.contains(' ') {
            continue;
        }
        let class = language.lexicon.class(&called.to_lowercase());
        if class.any(Class::HONORIFIC.or(Class::PERSON_NOUN)) {
            found = found.or(class.among(Class::GENDER));
        }
    }
    found
}

/// “Mr”, “Mlle”: with the stop or without.
fn is_honorific(word: &str) -> bool {
    lexicon().class(word).any(Class::HONORIFIC) || lexicon().class(&format!("{word}.")).any(Class::HONORIFIC)
}

/// “my dear Pell”: the name alone.
fn without_endearment(mut words: &str) -> &str {
    while let Some((first, rest)) = words.split_once(' ')
        && WordSet::Endearing.has(first)
    {
        words = rest;
    }
    words
}

/// A few words with capitals, one of them no word for a person or an honorific.
fn is_name(words: &str) -> bool {
    let plain = |word: &str| {
        let class = lexicon().class(word);
        class.any(Class::HONORIFIC.or(Class::PERSON_NOUN).or(Class::SUBJECT).or(Class::DETERMINER))
    };
    words.split_whitespace().count() <= LONGEST
        && !is_honorific(words)
        && words.split(' ').all(|word| word.starts_with(char::is_uppercase) && word.len() > 1)
        && words.split_whitespace().any(|word| !plain(word.trim_end_matches('.')))
}

#[cfg(test)]
mod tests {
    fn called(words: &str) -> Vec<&str> {
        let mut found = Vec::new();
        super::each(words, |name| found.push(name));
        found
    }

    #[test]
    fn words_for_people_tell_the_gender_of_who_is_called() {
        use crate::lexicon::{Class, Language};
        let gender = |words: &str| super::gender(words, Language::english());
        assert_eq!(gender("“Yes, sir, at once.”"), Class::MALE);
        assert_eq!(gender("“Oh, my dear mother!”"), Class::FEMALE);
        assert_eq!(gender("“Sir, the boats.”"), Class::MALE);
        assert_eq!(gender("“My mother has gone, and the boats with her.”"), Class::NONE);
        assert_eq!(gender("“Papa, where is my aunt?”"), Class::MALE);
    }

    #[test]
    fn names_are_called_between_commas() {
        assert_eq!(called("“Come in, Ana Pell.”"), ["Ana Pell"]);
        assert_eq!(called("“You see, my dear Pell, how it is!”"), ["Pell"]);
        assert_eq!(called("“Sit down, my poor Pell, and eat.”"), ["Pell"]);
        assert_eq!(called("“Good morning, Mr. Pell,”"), ["Mr. Pell"]);
        assert_eq!(called("“No, sir. I think, Captain, that you know, and Harrow is far.”"), [""; 0]);
        assert_eq!(called("“Yes, I know, I.”"), [""; 0]);
    }
}
