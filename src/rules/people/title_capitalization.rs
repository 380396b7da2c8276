//! Titles with a capital where the house writes none, and the other way round.

use crate::facts::{TitleMention, TitlePosition};
use crate::lexicon::{RoleId, fold, offices};
use crate::rules::{Finding, RuleContext};
use crate::source::{FileId, Place, Span};
use crate::syntax::parse_titles;

/// Reports a formal title before a name without its capital, and a title after a name with one.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        for mention in facts.mentions.iter().filter(|mention| !mention.quoted) {
            // “the mayor, Ana Ruiz,”: with a comma between the two the title describes.
            let apposed = |title: &&TitleMention| {
                title.position == TitlePosition::Before && mention.span.start > title.span.end + SPACE
            };
            let judged = mention.titles.iter().filter(|title| !apposed(title));
            findings.extend(judged.filter_map(|title| judge(file, title)));
        }
    }
}

/// Bytes between a title and the name that it belongs to.
const SPACE: u32 = 1;

fn judge(file: FileId, title: &TitleMention) -> Option<Finding> {
    // “US secretary of state Carla Ruiz”: the country keeps its capital, and is not judged.
    let is_country = |word: &str| offices().place(&fold(word)).is_some() || all_capitals(word);
    let country = title.text.split(' ').take_while(|word| is_country(word)).map(|word| word.len() + 1);
    let before = title.position == TitlePosition::Before;
    let country = if before { country.sum() } else { 0 };
    let text = title.text.get(country..).unwrap_or(&title.text);
    let words: Vec<&str> = text.split(' ').collect();
    // Only a bare office (“mayor”, “prime minister”) is plainly formal; “harbour board chairwoman” describes.
    let whole = offices().role(&fold(text)).or_else(|| portfolio(text).filter(|_| before));
    let role = whole.or_else(|| {
        (title.position == TitlePosition::After)
            .then(|| text.split_once(" of ").and_then(|(role, _)| offices().role(&fold(role))))
            .flatten()
    })?;
    if offices().of(role).vague || text.contains('.') {
        return None;
    }
    // “Secretary of state” is one office, “mayor of Skarrow” an office and a place.
    let role_words = match text.split_once(" of ") {
        Some((role, _)) if whole.is_none() => role,
        _ => text,
    };
    let (wrong, mended): (&str, String) = match title.position {
        TitlePosition::Before if words.iter().all(|word| begins_lower(word)) => (
            "a title before a name takes a capital",
            role_words.split(' ').map(capital).collect::<Vec<_>>().join(" "),
        ),
        TitlePosition::After
            if role_words
                .split(' ')
                .all(|word| SMALL.contains(&word) || !begins_lower(word) && !all_capitals(word)) =>
        {
            ("a title after a name takes no capital", role_words.to_lowercase())
        }
        _ => return None,
    };
    let start = title.span.start + country as u32;
    let span = Span::new(start, start + role_words.len() as u32);
    Some(
        Finding::new("title-capitalization", Place::new(file, span), wrong, title.text.clone())
            .label(format!("“{mended}”"))
            .fix(false, vec![(span, mended)]),
    )
}

/// “Secretary of state”, “foreign minister”: one office with one word for what it is about, and no place of its own.
fn portfolio(title: &str) -> Option<RoleId> {
    let offices_named = parse_titles(title);
    let [office] = offices_named.as_slice() else { return None };
    let plain = office.place.is_none() && office.body.is_empty() && office.serves.is_none();
    let about = office.topic.len() == 1 && offices().of(office.role).portfolio;
    (plain && about && !office.described).then_some(office.role)
}

fn begins_lower(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase)
}

fn all_capitals(word: &str) -> bool {
    !word.chars().any(char::is_lowercase)
}

/// Words of titles that keep their small letters.
const SMALL: [&str; 4] = ["of", "for", "and", "the"];

fn capital(word: &str) -> String {
    if SMALL.contains(&word) {
        return word.to_owned();
    }
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
