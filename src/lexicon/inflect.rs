//! The forms of regular English verbs.

use super::Class;

/// The forms of a verb: third person, past, participle, gerund.
pub(super) struct Forms {
    pub present: String,
    pub past: String,
    pub participle: String,
    pub gerund: String,
}

/// Builds the forms of `lemma`; `past` and `participle` are given where they are irregular.
pub(super) fn forms(lemma: &str, past: Option<&str>, participle: Option<&str>) -> Forms {
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| lemma.ends_with(suffix));
    let consonant_y = lemma.ends_with('y') && !ends(&["ay", "ey", "oy", "uy"]);
    let stem = &lemma[..lemma.len() - usize::from(lemma.ends_with(['y', 'e']))];
    let present = if consonant_y {
        [stem, "ies"].concat()
    } else if ends(&["s", "sh", "ch", "x", "z", "go"]) {
        [lemma, "es"].concat()
    } else {
        [lemma, "s"].concat()
    };
    let regular = if consonant_y {
        [stem, "ied"].concat()
    } else if lemma.ends_with('e') {
        [lemma, "d"].concat()
    } else {
        [lemma, "ed"].concat()
    };
    let gerund = if lemma.ends_with('e') && !ends(&["ee", "oe", "ye"]) {
        [stem, "ing"].concat()
    } else {
        [lemma, "ing"].concat()
    };
    let past = past.map_or(regular, str::to_owned);
    let participle = participle.map_or_else(|| past.clone(), str::to_owned);
    Forms { present, past, participle, gerund }
}

/// What the form of a verb is, by its ending: a form in -ing, a past in -ed, else the third person.
pub(super) fn form_class(form: &str) -> Class {
    if form.ends_with("ing") {
        Class::FORM_GERUND
    } else if is_regular_past(form.as_bytes()) {
        Class::FORM_PAST.or(Class::FORM_PARTICIPLE)
    } else {
        Class::FORM_PRESENT
    }
}

/// Does a word end as a regular past does: closed, walked? Words in -eed (“need”) and compounds (“43-year-old-fashioned”)
/// do not.
pub fn is_regular_past(word: &[u8]) -> bool {
    word.len() > 3 && word.ends_with(b"ed") && !word.ends_with(b"eed") && !word.contains(&b'-')
}

/// The plural of a regular noun; none where the word ends in s already, as plurals in the lists do.
pub(super) fn plural(noun: &str) -> Option<String> {
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| noun.ends_with(suffix));
    if ends(&["s", "men", "women", "people"]) {
        return None;
    }
    if ends(&["man"]) {
        return Some([&noun[..noun.len() - 2], "en"].concat());
    }
    if noun.ends_with('y') && !ends(&["ay", "ey", "oy", "uy"]) {
        return Some([&noun[..noun.len() - 1], "ies"].concat());
    }
    Some(if ends(&["sh", "ch", "x", "z"]) { [noun, "es"].concat() } else { [noun, "s"].concat() })
}

#[cfg(test)]
mod tests {
    use super::{forms, plural};

    #[test]
    fn plurals_of_nouns() {
        for (noun, many) in [("agent", "agents"), ("ally", "allies"), ("boy", "boys"), ("coach", "coaches")] {
            assert_eq!(plural(noun).as_deref(), Some(many));
        }
        assert_eq!(plural("fisherman").as_deref(), Some("fishermen"));
        assert_eq!(plural("authorities"), None);
    }

    #[test]
    fn regular_verbs() {
        for (lemma, present, past, gerund) in [
            ("add", "adds", "added", "adding"),
            ("argue", "argues", "argued", "arguing"),
            ("deny", "denies", "denied", "denying"),
            ("say", "says", "sayed", "saying"),
            ("stress", "stresses", "stressed", "stressing"),
            ("agree", "agrees", "agreed", "agreeing"),
            ("teach", "teaches", "teached", "teaching"),
        ] {
            let built = forms(lemma, None, None);
            assert_eq!((&*built.present, &*built.past, &*built.gerund), (present, past, gerund));
        }
        assert_eq!(forms("speak", Some("spoke"), Some("spoken")).participle, "spoken");
    }
}
