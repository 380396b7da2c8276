//! The words that need no second look: nothing but letters, taken out of the text in one piece.

use super::word_names::is_word_or_name;
use super::{Kind, Token, by_ending};
use crate::lexicon::{Class, Lexicon, PACKED};
use crate::source::ProseSpan;

/// How many of the bytes, from the first on, are ASCII letters: eight are looked at together in a few steps.
pub(in crate::syntax) fn letters(window: [u8; PACKED]) -> usize {
    const fn each(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    let of_eight = |window: u64| {
        let small = (window | each(0x20)) & each(0x7F);
        // Of each byte's sum the highest bit tells: from “a” on, and beyond “z”.
        let (from_a, beyond_z) = (small + each(0x80 - b'a'), small + each(0x7F - b'z'));
        let others = (!from_a | beyond_z | window) & each(0x80);
        others.trailing_zeros() as usize / 8
    };
    let window = u128::from_le_bytes(window);
    match of_eight(window as u64) {
        8 => 8 + of_eight((window >> 64) as u64),
        few => few,
    }
}

/// Nine words of ten: up to fifteen ASCII letters, and behind them nothing with which a word goes on. `None` for others.
/// With the token: may it be a name or something else?
pub(super) fn plain_word(bytes: &[u8], lexicon: &Lexicon, start: usize, end: usize) -> Option<(Token, bool)> {
    let window = *bytes.get(start..)?.first_chunk::<PACKED>()?;
    let len = letters(window);
    let whole = match *window.get(len)? {
        _ if start + len >= end => start + len == end,
        b'0'..=b'9' | b'_' | b'-' | b'&' | b'\'' | 0x80.. => false,
        // A full stop inside letters, or one that belongs to an initial or an abbreviation.
        b'.' => len > 2 && lexicon.class_of_ascii(window, len + 1) == Class::NONE,
        _ => true,
    };
    if !whole {
        return None;
    }
    let known = lexicon.class_of_ascii(window, len);
    let mut or_name = false;
    let class = if window[0].is_ascii_uppercase() {
        let all = len > 1 && window[1..len].iter().all(u8::is_ascii_uppercase);
        let class = known.or(if all { Class::CAPITAL.or(Class::ALL_CAPITALS) } else { Class::CAPITAL });
        or_name = is_word_or_name(class);
        class
    } else if known == Class::NONE {
        by_ending(&window[..len])
    } else {
        known
    };
    let span = ProseSpan::new(start as u32, (start + len) as u32);
    Some((Token { span, kind: Kind::Word, class }, or_name))
}

#[cfg(test)]
mod tests {
    use super::super::word;
    use super::{Token, letters, plain_word};
    use crate::lexicon::Language;

    #[test]
    fn the_short_way_finds_what_the_long_way_finds() {
        let text = "Will the Mayor, said AP walked, Ed boldly indeed I e-mailed @tide PIERS quickly fed aaaaaaaa zzzzzzz, \
                    Az transcendentally overwhelmed INSURMOUNTABLE constitutional, representatives incomprehensible. ended. \
                    Sen. U.S. A. It. said: (so) walked-on R&D she's fed_up Co2 Reyes’ “Etc.” or/and etc. closed”";
        for (start, _) in text.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()) {
            let mut long = Vec::new();
            word(text, Language::english(), start, text.len(), &mut long);
            if let Some((short, _)) =
                plain_word(text.as_bytes(), &Language::english().lexicon, start, text.len())
            {
                let same = |token: &Token| (token.span, token.kind, token.class);
                assert_eq!(Some(same(&short)), long.first().map(same), "{}", &text[start..]);
            }
        }
        let starts = [
            "azAZ zz,",
            "@zAZ azz",
            "[aaaaaaa",
            "a{aaaaaa",
            "aaaaaaaa",
            "aé aaaaa",
            "aaaaaaaaaaa",
            "zzzzzzzzzzzzzzzzz",
        ];
        let counts = starts.map(|text| {
            let padded = format!("{text}        -");
            padded.as_bytes().first_chunk().map(|window| letters(*window))
        });
        assert_eq!(counts, [4, 0, 0, 1, 8, 1, 11, 16].map(Some));
    }
}
