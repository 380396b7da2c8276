//! A phrase on one line, as people read it.

use unicode_normalization::UnicodeNormalization;

/// The words of a phrase with one space between them: line ends, tabs and wide spaces are white space.
pub fn one_line(phrase: &str) -> String {
    // Nearly every phrase has no space but single ones. The two looks have no early end, so that many bytes are looked at
    // together.
    let bytes = phrase.as_bytes();
    let plain = bytes.iter().fold(true, |plain, byte| plain & (b' '..0x80).contains(byte));
    let double = || bytes.iter().zip(&bytes[1..]).fold(false, |any, (a, b)| any | ((a | b) == b' '));
    if plain && !phrase.is_empty() && !double() && !phrase.starts_with(' ') && !phrase.ends_with(' ') {
        return phrase.to_owned();
    }
    let mut line = String::with_capacity(phrase.len());
    for word in phrase.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// A name as it is compared: on one line, each letter in one piece with its accents (Unicode NFC), however it was typed.
pub fn name_line(name: &str) -> String {
    let line = one_line(name);
    if line.is_ascii() || unicode_normalization::is_nfc(&line) { line } else { line.nfc().collect() }
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn white_space_is_one_space() {
        for (phrase, line) in
            [("Ana Ruiz", "Ana Ruiz"), ("Ana\n  Ruiz", "Ana Ruiz"), (" Ana  Ruiz\t", "Ana Ruiz"), ("", "")]
        {
            assert_eq!(one_line(phrase), line);
        }
    }
}
