//! How something was said: “on X”, “in a statement”, “in an interview”.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Words between a preposition and the medium: “in a long radio interview”.
const WIDEST: usize = 4;

/// The phrase for the medium in the writer's words after a cue, where one stands there plainly.
pub(super) fn medium(after_cue: &str) -> Option<String> {
    let words: Vec<&str> = after_cue.split_whitespace().take(12).collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    for (at, word) in words.iter().enumerate() {
        if !matches!(*word, "on" | "in" | "at" | "during" | "to" | "from" | "over") {
            continue;
        }
        let reach = &words[at + 1..words.len().min(at + 1 + WIDEST)];
        // A comma ends the phrase.
        let end =
            reach.iter().position(|word| word.ends_with([',', '.', ';'])).map_or(reach.len(), |end| end + 1);
        let found = reach[..end].iter().rposition(|word| {
            let word = bare(word);
            // The network is a capital letter; “x” is none.
            word == "X" || (word.len() > 1 && MEDIA.contains(word.to_lowercase().as_str()))
        });
        if let Some(found) = found {
            let phrase = &words[at..=at + 1 + found];
            return Some(phrase.join(" ").trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned());
        }
    }
    None
}

static MEDIA: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/media.txt"))
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with(['#', '[']))
        .collect()
});

#[cfg(test)]
mod tests {
    use super::medium;

    #[test]
    fn finds_the_medium_and_nothing_else() {
        for (text, found) in [
            ("on X on Monday.", Some("on X")),
            ("in a statement, without giving a reason", Some("in a statement")),
            ("on Friday in a long radio interview with the islanders", Some("in a long radio interview")),
            ("on Monday that the ferry was late", None),
            ("in the harbour, where reporters stood", None),
            ("in x days", None),
        ] {
            assert_eq!(medium(text).as_deref(), found, "{text}");
        }
    }
}
