//! How something was said: “on X”, “in a statement”, “in an interview”.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Words between a preposition and the medium: “in a long radio interview”.
const WIDEST: usize = 4;

/// Cues that name their hearer without a preposition.
const TELLING: [&str; 3] = ["told", "tells", "telling"];

/// The phrase for the medium in the writer's words after a cue, where one stands there plainly; “told reporters”
/// is “to reporters”.
pub(super) fn medium(cue: &str, after_cue: &str) -> Option<String> {
    named(after_cue).or_else(|| TELLING.contains(&cue).then(|| hearers(after_cue)).flatten())
}

/// “reporters”, “a group of reporters”: the hearers right after “told”, where they are the press.
fn hearers(after_cue: &str) -> Option<String> {
    let words = || after_cue.split_whitespace().take(WIDEST);
    let last = words().position(|word| {
        matches!(word.trim_end_matches(|c: char| !c.is_alphanumeric()), "reporters" | "journalists")
    })?;
    let phrase = words().take(last + 1).collect::<Vec<_>>().join(" ");
    let phrase = phrase.trim_end_matches(|c: char| !c.is_alphanumeric());
    let plain = phrase.split(' ').all(|word| word.chars().all(|c| c.is_lowercase() || c == '-'));
    let clause =
        phrase.split(' ').any(|word| matches!(word, "that" | "he" | "she" | "they" | "to" | "about"));
    (plain && !clause).then(|| format!("to {phrase}"))
}

fn named(after_cue: &str) -> Option<String> {
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
            ("on Bluesky late on Monday", Some("on Bluesky")),
            ("in a newsletter to members", Some("in a newsletter")),
            ("reporters outside the hall", None),
        ] {
            assert_eq!(medium("said", text).as_deref(), found, "{text}");
        }
    }

    #[test]
    fn the_press_is_told_without_a_preposition() {
        for (text, found) in [
            ("reporters on Monday that the ferry was late", Some("to reporters")),
            ("a group of reporters.", Some("to a group of reporters")),
            ("reporters in an interview", Some("in an interview")),
            ("Ana Reyes that reporters were late", None),
            ("her that reporters were late", None),
            ("the council", None),
        ] {
            assert_eq!(medium("told", text).as_deref(), found, "{text}");
        }
    }
}
