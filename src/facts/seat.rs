//! Which seat somebody holds: “MP for Skarrow Quay”, “who represents the Third Ward”, “of the 5th Congressional
//! District”.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::{entries, fold};

/// Where the words stand, and the seat in a form that can be compared: “skarrow quay”, “ward 3”.
pub(super) type Seat = (usize, usize, String);

/// “MP for Skarrow Quay”, “senator from Ohio”: what stands behind the preposition of a title.
pub(super) fn in_title(title: &str) -> Option<(usize, &str)> {
    if !title.contains(" for ") && !title.contains(" from ") {
        return None;
    }
    let sits = [
        "MP for ",
        "senator from ",
        "senator for ",
        "Senator from ",
        "congressman from ",
        "congresswoman from ",
        "representative from ",
        "Representative from ",
        "councillor for ",
        "Councillor for ",
        "member for ",
        "Member for ",
    ];
    let (at, lead) = sits.iter().find_map(|lead| Some((title.find(lead)?, lead)))?;
    let from = at + lead.len();
    let rest = &title[from..];
    let words = rest.split_inclusive(' ').take_while(|word| {
        word.starts_with(char::is_uppercase)
            || matches!(word.trim_end(), "and" | "of" | "on" | "the" | "upon")
    });
    let len: usize = words.map(str::len).sum();
    let seat = rest[..len].trim_end_matches([' ', ',']);
    let seat = seat.strip_suffix(" and").unwrap_or(seat);
    seat.starts_with(char::is_uppercase).then_some((from, seat))
}

/// Words that lead from a name, or from a title behind it, to a numbered or named seat.
const LEADS: [&str; 6] = [", who represents ", " represents ", " of the ", " for the ", ", D-", ", R-"];

/// Bytes within which the seat follows the words that lead to it.
const REACH: usize = 60;

/// “ of the 12th Ward”, “, who represents Harbour ward”, “, the councilwoman for the 6th District” behind a name.
pub(super) fn after(after: &str) -> Option<Seat> {
    // A title alone may stand before the words that lead to a seat; behind most names stands something else.
    if !after.starts_with(", ") && !LEADS.iter().any(|lead| after.starts_with(lead)) {
        return None;
    }
    let first = LEADS.iter().filter_map(|lead| Some((after.find(lead)?, *lead))).min()?;
    let (at, lead) = first;
    // A title alone may stand between: “, alderman for the 21st Ward”.
    let between = &after[..at];
    let apposed = between.strip_prefix(", ").is_some_and(|title| {
        let words = title.split(' ').count();
        words <= APPOSITION && !title.contains([',', '.', ';', ':'])
    });
    if !between.is_empty() && !apposed {
        return None;
    }
    let from = at + lead.len();
    let rest = &after[from..];
    let end = rest.find([',', '.', ';', ':', '”', '"', '(', ')']).unwrap_or(rest.len()).min(REACH);
    let rest = rest.get(..end)?;
    let (len, seat) = numbered(rest).or_else(|| named(rest))?;
    Some((from, from + len, seat))
}

/// Words of a title that stands between a name and its seat.
const APPOSITION: usize = 4;

/// “3rd Congressional District”, “the Third Ward”, “District 4”: how long it is, and “district 3”.
fn numbered(text: &str) -> Option<(usize, String)> {
    let (mut number, mut kind) = (None, None);
    for word in text.split(' ').take(SEAT_WORDS) {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let folded = fold(word);
        if let Some(found) = KINDS.contains(&&*folded).then_some(folded.as_str()) {
            kind = Some((at + word.len(), found.to_owned()));
        } else if let Some(found) = ordinal(&folded) {
            number = Some((at + word.len(), found));
        }
        if let (Some((one, number)), Some((other, kind))) = (&number, &kind) {
            return Some((*one.max(other), format!("{kind} {number}")));
        }
    }
    None
}

/// The kind of a seat that has a number or a name of its own, as it is compared: “ward” of “ward 3”. None for a state and
/// for a constituency.
pub fn seat_kind(seat: &str) -> Option<&str> {
    let (kind, _) = seat.split_once(' ')?;
    KINDS.contains(&kind).then_some(kind)
}

/// Words within which the number and the kind of a seat stand: “the state’s 3rd Congressional District”.
const SEAT_WORDS: usize = 5;

/// “Harbour ward”, “Priory Ward”: a name before the kind.
fn named(text: &str) -> Option<(usize, String)> {
    let words = text.strip_prefix("the ").unwrap_or(text);
    let article = text.len() - words.len();
    let mut len = 0;
    for (index, word) in words.split(' ').take(SEAT_WORDS).enumerate() {
        len += word.len() + usize::from(index > 0);
        let folded = fold(word);
        if index > 0 && KINDS.contains(&&*folded) {
            let name = &words[..len - word.len() - 1];
            return Some((article + len, format!("{folded} {}", fold(name))));
        }
        if !word.starts_with(char::is_uppercase) {
            return None;
        }
    }
    None
}

/// “3rd”, “third”, “4”, “twelfth”.
fn ordinal(word: &str) -> Option<u16> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && digits <= 3 {
        let ending = &word[digits..];
        return matches!(ending, "" | "st" | "nd" | "rd" | "th").then(|| word[..digits].parse().ok())?;
    }
    ORDINALS.get(word).copied()
}

/// Kinds of seats that have a number or a name of their own.
static KINDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    entries(include_str!("../../rules/words/seats.txt"))
        .filter_map(|line| line.strip_prefix("kind = "))
        .flat_map(|words| words.split(' '))
        .collect()
});

static ORDINALS: LazyLock<FxHashMap<&'static str, u16>> = LazyLock::new(|| {
    entries(include_str!("../../rules/words/seats.txt"))
        .filter_map(|line| line.strip_prefix("ordinal = "))
        .flat_map(|words| words.split(' ').zip(1..))
        .collect()
});

#[cfg(test)]
mod tests {
    use super::{after, in_title};

    #[test]
    fn seats() {
        assert_eq!(in_title("MP for Skarrow Quay").map(|it| it.1), Some("Skarrow Quay"));
        assert_eq!(in_title("Republican senator from Ohio").map(|it| it.1), Some("Ohio"));
        assert_eq!(in_title("councillor for the arts"), None);
        assert_eq!(in_title("minister for Europe"), None);
    }

    #[test]
    fn the_place_of_a_seat_is_that_of_its_words() {
        let words = ", who represents the Harbour Ward, voted";
        assert_eq!(after(words).map(|(from, to, _)| &words[from..to]), Some("the Harbour Ward"));
        let words = " of the 12th Ward voted";
        assert_eq!(after(words).map(|(from, to, _)| &words[from..to]), Some("12th Ward"));
    }

    #[test]
    fn wards_and_districts() {
        let after = |text| after(text).map(|(_, _, seat)| seat);
        for (text, seat) in [
            (", who represents the Third Ward, said", Some("ward 3")),
            (" of the 12th Ward voted", Some("ward 12")),
            (", who represents the state’s 3rd Congressional District.", Some("district 3")),
            (", D-4th District, voted", Some("district 4")),
            (", the councilwoman for the 6th District, said", Some("district 6")),
            (", who represents Harbour ward, voted", Some("ward harbour")),
            (", who represents the Harbour Ward, voted", Some("ward harbour")),
            (" of the harbour board said", None),
            (", who represents the town, said", None),
            (" of the 12th Infantry said", None),
            (", D-Ohio, said", None),
            (" left. He spoke of the Third Ward", None),
        ] {
            assert_eq!(after(text).as_deref(), seat, "{text}");
        }
    }
}
