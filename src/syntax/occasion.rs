//! What a year belongs to: “presidential election” in “the 2024 presidential election”.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::{Class, lexicon};
use crate::source::ProseSpan;

/// An occasion named with its year, in the text that it was found in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearOccasion {
    /// Where year and words stand.
    pub span: ProseSpan,
    /// The words without the year.
    pub text: String,
    /// The nations named in the words themselves or, where they name none, in their sentence.
    pub nations: Vec<String>,
}

/// The most words that an occasion's name has.
const LONGEST: usize = 6;

/// The forms of nations' names by their first words, each with the nation; longer forms first, so that
/// “South Korean” is not “South” and then something else.
static NATIONS: LazyLock<FxHashMap<&'static str, Vec<(&'static str, &'static str)>>> = LazyLock::new(|| {
    let lines = include_str!("../../rules/words/nations.txt").lines().filter(|line| !line.starts_with('#'));
    let mut forms = FxHashMap::<_, Vec<_>>::default();
    for (name, others) in lines.filter_map(|line| line.split_once(" : ")) {
        for form in std::iter::once(name).chain(others.split(", ")) {
            forms.entry(first_word(form)).or_default().push((form, name));
        }
    }
    for same in forms.values_mut() {
        same.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
    }
    forms
});

fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())]
}

/// The occasion that the year at `year` belongs to, in its block's `text`: words right behind it, or right
/// before it with “of” or “in” between.
pub fn of_year(text: &str, year: ProseSpan) -> Option<YearOccasion> {
    let (start, end) = (year.start as usize, year.end as usize);
    let (before, after) = (text.get(..start)?, text.get(end..)?);
    let (from, to, words) = match behind(after) {
        Some(length) => (start, end + length, after[..length].trim()),
        None => {
            let (from, to) = ahead(before)?;
            (from, end, before[from..to].trim())
        }
    };
    if denied(text.get(..from)?) {
        return None;
    }
    let mut named = nations(words);
    if named.is_empty() {
        // “the US 2026 election”: the nation may stand before the year.
        named = nations(sentence(text, from, to));
    }
    Some(YearOccasion {
        span: ProseSpan::new(from as u32, to as u32),
        text: words.to_owned(),
        nations: named,
    })
}

/// “There is no presidential election in 2027”: an occasion denied is none.
fn denied(before: &str) -> bool {
    let near = before.split_whitespace().rev().take(3);
    near.take_while(|word| !word.ends_with(['.', ';', '?', '!']))
        .any(|word| lexicon().class(word).any(Class::NEGATION) || ["no", "No", "without"].contains(&word))
}

fn closes(word: &str) -> bool {
    let class = lexicon().class(word);
    let closed = Class::PREPOSITION
        .or(Class::DETERMINER)
        .or(Class::COORDINATOR)
        .or(Class::SUBORDINATOR)
        .or(Class::SUBJECT)
        .or(Class::OBJECT)
        .or(Class::AUXILIARY)
        .or(Class::ADVERB)
        .or(Class::POSSESSIVE)
        .or(Class::FORM_PAST)
        .or(Class::TO);
    // “US” is no pronoun; “The” is an article.
    let opener = Class::DETERMINER.or(Class::PREPOSITION);
    let pronoun = class.any(Class::SUBJECT) && word.chars().any(char::is_lowercase);
    pronoun || class.any(if word.starts_with(char::is_uppercase) { opener } else { closed })
}

/// A word without the punctuation behind it; “U.S.” keeps its own.
fn bare(word: &str) -> &str {
    let word = word.trim_end();
    let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let initials = bare.contains('.') && word[bare.len()..].starts_with('.');
    &word[..bare.len() + usize::from(initials)]
}

/// Bytes of the noun phrase that begins after the year.
fn behind(after: &str) -> Option<usize> {
    let mut length = 0;
    for word in after.split_inclusive(' ').skip(usize::from(after.starts_with(' '))).take(LONGEST) {
        let bare = bare(word);
        if bare.is_empty() || closes(bare) || !bare.starts_with(char::is_alphabetic) {
            break;
        }
        if length == 0 {
            length = 1;
        }
        if bare.len() < word.trim_end().len() {
            length += bare.len();
            break;
        }
        length += word.len();
    }
    let phrase = after.get(..length)?.trim_end();
    (!phrase.trim().is_empty() && after.starts_with(' ')).then_some(phrase.len())
}

/// The range of the noun phrase that ends before “of” or “in” and the year.
fn ahead(before: &str) -> Option<(usize, usize)> {
    let rest = before.strip_suffix(" in ").or_else(|| before.strip_suffix(" of "))?;
    let mut from = rest.len();
    for word in rest.rsplit(' ').take(LONGEST) {
        let bare = bare(word);
        if bare.len() < word.len() || bare.is_empty() || closes(bare) {
            break;
        }
        from = from.saturating_sub(word.len() + 1);
    }
    let start = if from == 0 { 0 } else { from + 1 };
    (start < rest.len()).then_some((start, rest.len()))
}

/// The sentence around a range, cut at full stops that a capital follows, abbreviations passed over.
fn sentence(text: &str, from: usize, to: usize) -> &str {
    let ends = |at: usize| {
        let word = text[..at].rsplit(' ').next().unwrap_or("");
        !word.contains('.')
            && word.len() > 2
            && text[at + 1..].trim_start().starts_with(|c: char| !c.is_lowercase())
    };
    let start =
        text[..from].rmatch_indices(". ").map(|(at, _)| at).find(|&at| ends(at)).map_or(0, |at| at + 2);
    let end =
        text[to..].match_indices(". ").map(|(at, _)| to + at).find(|&at| ends(at)).unwrap_or(text.len());
    &text[start..end]
}

/// The nations that a text names, each once, in order.
pub fn nations(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in each_nation(text) {
        if !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
    }
    found
}

/// The nation that a text names, where it names one alone.
pub fn one_nation(text: &str) -> Option<&'static str> {
    let mut names = each_nation(text);
    let first = names.next()?;
    names.all(|name| name == first).then_some(first)
}

/// Every naming of a nation in a text, in order.
fn each_nation(text: &str) -> impl Iterator<Item = &'static str> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + text.as_bytes()[from..].iter().position(u8::is_ascii_uppercase)?;
            // A capital is one byte.
            from = at + 1;
            if let Some((form, name)) = nation_at(text, at) {
                from = at + form.len();
                return Some(name);
            }
        }
    })
}

/// The form of a nation's name that begins at the capital at `at`, and the nation.
fn nation_at(text: &str, at: usize) -> Option<(&'static str, &'static str)> {
    if text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '.')) {
        return None;
    }
    let rest = &text[at..];
    let whole =
        |form: &str| rest.strip_prefix(form).is_some_and(|after| !after.starts_with(char::is_alphanumeric));
    NATIONS.get(first_word(rest))?.iter().find(|(form, _)| whole(form)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn occasion(text: &str, year: &str) -> Option<(String, Vec<String>)> {
        let at = text.find(year)? as u32;
        of_year(text, ProseSpan::new(at, at + 4)).map(|occasion| (occasion.text, occasion.nations))
    }

    #[test]
    fn years_belong_to_occasions() {
        let us = vec!["United States".to_owned()];
        let election = Some(("presidential election".to_owned(), us.clone()));
        assert_eq!(
            occasion("Voters in America await the 2026 presidential election, he said.", "2026"),
            election
        );
        assert_eq!(
            occasion("The U.S. presidential election of 2026 is near.", "2026"),
            Some(("U.S. presidential election".to_owned(), us))
        );
        assert_eq!(
            occasion("Seen from the United States, Poland’s 2025 presidential election matters.", "2025")
                .map(|it| it.1.len()),
            Some(2)
        );
        assert_eq!(occasion("He left in 2026.", "2026"), None);
        assert_eq!(occasion("America has no presidential election in 2027.", "2027"), None);
        assert_eq!(occasion("America does not hold a presidential election in 2027.", "2027"), None);
        assert_eq!(
            occasion("The 2026 Winter Olympics in Milan. America won.", "2026"),
            Some(("Winter Olympics".to_owned(), vec![]))
        );
    }
}
