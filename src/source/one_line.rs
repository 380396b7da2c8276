//! A phrase on one line, as people read it.

/// The words of a phrase with one space between them: line ends, tabs and wide spaces are white space.
pub fn one_line(phrase: &str) -> String {
    // Nearly every phrase has no space but single ones.
    let bytes = phrase.as_bytes();
    let even = phrase.is_ascii()
        && memchr::memchr3(b'\n', b'\r', b'\t', bytes).is_none()
        && !bytes.windows(2).any(|pair| pair == b"  ");
    if even && !phrase.starts_with(' ') && !phrase.ends_with(' ') {
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
