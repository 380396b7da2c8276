//! The tokens of an RTF file.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word`, with its number where one follows.
    Word(&'b [u8], Option<i32>),
    /// `\'e9`: one byte in the encoding of the font.
    Byte(u8),
    /// A control sign such as `\*` or `\~`.
    Sign(u8),
    /// Bytes of words.
    Words(&'b [u8]),
}

/// Reads the tokens one after the other.
pub(super) struct Tokens<'b> {
    rest: &'b [u8],
}

impl<'b> Tokens<'b> {
    pub(super) const fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    fn skip(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    /// The letters of a control word and its number; a space behind it belongs to it.
    fn word(&mut self) -> Token<'b> {
        let letters = self.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, after) = self.rest.split_at(letters);
        let sign = usize::from(after.starts_with(b"-"));
        let digits = after[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut number = None;
        let mut used = letters;
        if digits > 0 {
            let text = std::str::from_utf8(&after[..sign + digits]).unwrap_or_default();
            number = Some(text.parse().unwrap_or(0));
            used += sign + digits;
        }
        self.skip(used);
        if self.rest.starts_with(b" ") {
            self.skip(1);
        }
        // A picture in bytes that are no tokens.
        if word == b"bin" {
            self.skip(number.and_then(|count| usize::try_from(count).ok()).unwrap_or(0));
        }
        Token::Word(word, number)
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let first = *self.rest.first()?;
            match first {
                b'{' | b'}' => {
                    self.skip(1);
                    return Some(if first == b'{' { Token::Open } else { Token::Close });
                }
                // Line ends only make the file readable.
                b'\r' | b'\n' | 0 => self.skip(1),
                b'\\' => {
                    self.skip(1);
                    let sign = *self.rest.first()?;
                    if sign.is_ascii_alphabetic() {
                        return Some(self.word());
                    }
                    self.skip(1);
                    if sign != b'\'' {
                        return Some(Token::Sign(sign));
                    }
                    let hex = self.rest.get(..2).and_then(|two| std::str::from_utf8(two).ok());
                    if let Some(byte) = hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
                        self.skip(2);
                        return Some(Token::Byte(byte));
                    }
                }
                _ => {
                    let end = memchr::memchr3(b'{', b'}', b'\\', self.rest).unwrap_or(self.rest.len());
                    let end = memchr::memchr3(b'\r', b'\n', 0, &self.rest[..end]).unwrap_or(end);
                    let (words, rest) = self.rest.split_at(end);
                    self.rest = rest;
                    return Some(Token::Words(words));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_bytes_and_signs() {
        let tokens: Vec<Token<'_>> =
            Tokens::new(b"{\\b1 a\r\nb\\par\\u-23\\'e9\\~\\bin3 {}{\\'zz c\\pard  d}\\").collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word(b"b", Some(1)),
                Token::Words(b"a"),
                Token::Words(b"b"),
                Token::Word(b"par", None),
                Token::Word(b"u", Some(-23)),
                Token::Byte(0xe9),
                Token::Sign(b'~'),
                Token::Word(b"bin", Some(3)),
                Token::Words(b"zz c"),
                Token::Word(b"pard", None),
                Token::Words(b" d"),
                Token::Close,
            ]
        );
    }
}
