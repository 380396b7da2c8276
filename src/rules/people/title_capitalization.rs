//! Titles with a capital where the house writes none, and the other way round.

use crate::facts::{TitleMention, TitlePosition};
use crate::lexicon::{fold, offices};
use crate::rules::{Finding, RuleContext};
use crate::source::{FileId, Place, Span};

/// Reports a formal title before a name without its capital, and a title after a name with one.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        for title in facts.mentions.iter().filter(|mention| !mention.quoted).flat_map(|it| &it.titles) {
            findings.extend(judge(file, title));
        }
    }
}

fn judge(file: FileId, title: &TitleMention) -> Option<Finding> {
    let words: Vec<&str> = title.text.split(' ').collect();
    // Only a bare office (“mayor”, “prime minister”) is plainly formal; “harbour board chairwoman” describes.
    let role = offices().role(&fold(&title.text)).or_else(|| {
        (title.position == TitlePosition::After)
            .then(|| title.text.split_once(" of ").and_then(|(role, _)| offices().role(&fold(role))))
            .flatten()
    })?;
    if offices().of(role).vague || title.text.contains('.') {
        return None;
    }
    let role_words = title.text.split_once(" of ").map_or(title.text.as_str(), |(role, _)| role);
    let (wrong, mended): (&str, String) = match title.position {
        TitlePosition::Before if words.iter().all(|word| begins_lower(word)) => (
            "a title before a name takes a capital",
            role_words.split(' ').map(capital).collect::<Vec<_>>().join(" "),
        ),
        TitlePosition::After
            if role_words.split(' ').all(|word| !begins_lower(word) && !all_capitals(word)) =>
        {
            ("a title after a name takes no capital", role_words.to_lowercase())
        }
        _ => return None,
    };
    let span = Span::new(title.span.start, title.span.start + role_words.len() as u32);
    Some(
        Finding::new("title-capitalization", Place::new(file, span), wrong, title.text.clone())
            .label(format!("“{mended}”"))
            .fix(false, vec![(span, mended)]),
    )
}

fn begins_lower(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase)
}

fn all_capitals(word: &str) -> bool {
    !word.chars().any(char::is_lowercase)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
