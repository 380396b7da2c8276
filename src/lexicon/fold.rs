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
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            push(out, start, &mut gap, c);
        } else if matches!(c, '.' | '\'' | '’' | 'ʼ' | '`' | '\u{300}'..='\u{36F}') {
            continue;
        } else if let Some(latin) = deunicode::deunicode_char(c).filter(|_| c.is_alphanumeric()) {
            for c in latin.chars().filter(char::is_ascii_alphanumeric) {
                push(out, start, &mut gap, c);
            }
        } else {
            gap = true;
        }
    }
}

fn push(out: &mut String, start: usize, gap: &mut bool, letter: char) {
    if std::mem::take(gap) && out.len() > start {
        out.push(' ');
    }
    out.push(letter.to_ascii_lowercase());
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
