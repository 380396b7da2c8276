//! Names and titles in the form in which they are compared.

/// Words in lower case without accents, full stops and apostrophes; hyphens part words: “Jean-Noël O’Dell Jr.” is
/// “jean noel odell jr”. Letters of other scripts are written in Latin ones.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// The same, added to `out`, so that a caller with many names needs one string.
pub fn fold_into(text: &str, out: &mut String) {
    let start = out.len();
    let mut gap = false;
    let mut rest = text;
    while !rest.is_empty() {
        // Most names are ASCII letters, which are taken over in one piece.
        let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        push(out, start, &mut gap, &rest[..plain]);
        let mut after = rest[plain..].chars();
        match after.next() {
            Some(c) if is_left_out(c) => {}
            Some(c) => match deunicode::deunicode_char(c).filter(|_| !c.is_ascii() && c.is_alphanumeric()) {
                Some(latin) => {
                    let letters = |c: char| !c.is_ascii_alphanumeric();
                    latin.split(letters).for_each(|letters| push(out, start, &mut gap, letters));
                }
                None => gap = true,
            },
            None => {}
        }
        rest = after.as_str();
    }
}

/// Full stops, apostrophes and accents that are letters' own: they part nothing.
const fn is_left_out(c: char) -> bool {
    matches!(c, '.' | '\'' | '’' | 'ʼ' | '`' | '\u{300}'..='\u{36F}')
}

/// Adds letters in lower case, after a space where a gap stands before them and they are not the first.
fn push(out: &mut String, start: usize, gap: &mut bool, letters: &str) {
    if letters.is_empty() {
        return;
    }
    if std::mem::take(gap) && out.len() > start {
        out.push(' ');
    }
    let first = out.len();
    out.push_str(letters);
    out[first..].make_ascii_lowercase();
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_in_one_form() {
        for (written, folded) in [
            ("Jean-Noël O’Dell Jr.", "jean noel odell jr"),
            ("  U.S. Sen.  Ana   Ruíz ", "us sen ana ruiz"),
            ("Søren Kjærgaard", "soren kjaergaard"),
            ("Şebnem Yıldız", "sebnem yildiz"),
            ("J.D. Vell", "jd vell"),
            ("Re\u{301}ne", "rene"),
            ("", ""),
            ("—", ""),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }
}
