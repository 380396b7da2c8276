//! Halves of characters in JSON: an escape like `\ud83d` without the other one, which no Unicode text can hold.

/// JSON with `\ufffd` for every `\ud83d` whose other half is missing. What stands outside strings is left as it is.
pub(crate) fn without_lone_surrogates(json: &str) -> String {
    let unit = |at: usize| {
        let escape = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(escape, 16).ok()
    };
    let mut mended = String::with_capacity(json.len());
    let (mut at, mut kept) = (0, 0);
    while let Some(found) = json.get(at..).and_then(|rest| rest.find('\\')) {
        at += found;
        match unit(at) {
            Some(0xD800..=0xDBFF) if matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                mended.push_str(&json[kept..at]);
                mended.push_str("\\ufffd");
                at += 6;
                kept = at;
            }
            // A backslash and the character that it escapes.
            _ => at += 1 + json[at + 1..].chars().next().map_or(0, char::len_utf8),
        }
    }
    mended.push_str(&json[kept..]);
    mended
}

#[cfg(test)]
mod tests {
    use super::without_lone_surrogates;

    #[test]
    fn halves_are_replaced_and_whole_characters_stay() {
        for (json, expected) in [
            (r"a\ud83db", r"a\ufffdb"),
            (r"\ude42\\ud83d\ud83d\ude42", r"\ufffd\\ud83d\ud83d\ude42"),
            (r"\ud83d\ud83d\ude42", r"\ufffd\ud83d\ude42"),
            (r"\é\ud83d", r"\é\ufffd"),
            (r"\ud83", r"\ud83"),
            ("\\", "\\"),
            ("é", "é"),
        ] {
            assert_eq!(without_lone_surrogates(json), expected, "{json}");
        }
    }
}
