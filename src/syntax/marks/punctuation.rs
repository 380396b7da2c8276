//! On which side of a closing mark commas and full stops stand. Houses differ; here both ways are facts, and the
//! rule that a house turns on asks for one of them.

use super::{MarkedFault, MarkedQuotation};
use crate::source::ProseSpan;
use crate::syntax::MarkFaultKind;

/// The commas and full stops that one usage or the other would move.
pub(super) fn faults(text: &str, quotations: &[MarkedQuotation]) -> Vec<MarkedFault> {
    let whole = quotations.iter().filter(|quotation| quotation.level == 0 && quotation.close.is_some());
    whole.filter_map(|quotation| fault(text, quotation.span)).collect()
}

fn fault(text: &str, span: ProseSpan) -> Option<MarkedFault> {
    let quoted = span.of(text);
    // The usages differ over English marks only.
    let close = quoted.chars().next_back().filter(|c| matches!(c, '”' | '"' | '’' | '\''))?;
    let inside = quoted.strip_suffix(close).filter(|inside| has_letter(inside))?;
    let after = text.get(span.end as usize..)?;
    let sign = |c: char| matches!(c, ',' | '.');
    let (kind, at) = if after.starts_with(sign)
        && !after.starts_with("..")
        && !inside.ends_with(['.', ',', '!', '?', '…'])
    {
        (MarkFaultKind::PunctuationOutside, span.end)
    } else if inside.ends_with(sign) && !inside.ends_with("..") && is_fragment(inside) {
        (MarkFaultKind::PunctuationInside, span.start + inside.len() as u32 - 1)
    } else {
        return None;
    };
    // “a”, “f(x)”: a comma inside would become part of what is typed. Asked last, since few quotations come so far.
    if is_literal(inside) {
        return None;
    }
    let fault = MarkedFault::new(kind, ProseSpan::new(at, at + 1));
    Some(match swapped(text, quoted, span, kind) {
        Some((replaced, instead)) => fault.with_at(replaced, instead),
        None => fault,
    })
}

/// The closing marks and the sign beside them, and the same with the sign on the other side.
fn swapped(
    text: &str,
    quoted: &str,
    span: ProseSpan,
    kind: MarkFaultKind,
) -> Option<(ProseSpan, &'static str)> {
    let outside = kind == MarkFaultKind::PunctuationOutside;
    // “He said ‘no’”, has two marks to go over.
    let marks = quoted.len() - quoted.trim_end_matches(['”', '"', '’', '\'']).len();
    let start = span.end - marks as u32 - u32::from(!outside);
    let replaced = ProseSpan::new(start, span.end + u32::from(outside));
    let now = replaced.of(text);
    let side = |pair: &&(&'static str, &'static str)| if outside { pair.0 == now } else { pair.1 == now };
    let (behind, before) = SIDES.iter().find(side)?;
    Some((replaced, if outside { before } else { behind }))
}

/// Signs behind closing marks, and the same before them.
const SIDES: [(&str, &str); 16] = [
    ("”,", ",”"),
    ("”.", ".”"),
    ("\",", ",\""),
    ("\".", ".\""),
    ("’,", ",’"),
    ("’.", ".’"),
    ("',", ",'"),
    ("'.", ".'"),
    ("’”,", ",’”"),
    ("’”.", ".’”"),
    ("”’,", ",”’"),
    ("”’.", ".”’"),
    ("'\",", ",'\""),
    ("'\".", ".'\""),
    ("\"',", ",\"'"),
    ("\"'.", ".\"'"),
];

/// A letter or a digit, mostly an ASCII one, and soon.
fn has_letter(words: &str) -> bool {
    words.bytes().any(|byte| byte.is_ascii_alphanumeric()) || words.contains(char::is_alphanumeric)
}

/// Part of a sentence: it begins in lower case, and the sign at its end is the writer's.
fn is_fragment(quoted: &str) -> bool {
    quoted.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}

/// Letters of the longest extension of a file that is looked for.
const LONGEST_EXTENSION: usize = 5;

/// One sign, or something typed rather than said: `f(x)`, `--fix`, `a_b`.
fn is_literal(quoted: &str) -> bool {
    let quoted = quoted.trim_start_matches(['“', '"', '‘', '\'']);
    let one = quoted.chars().filter(|sign| sign.is_alphanumeric()).take(2).count() == 1;
    let typed = |sign: char| "()[]{}<>=_/\\#$|*\u{FFFC}".contains(sign);
    // “notes.txt”: the name of a file.
    let file = quoted.rsplit_once('.').is_some_and(|(name, extension)| {
        !name.is_empty()
            && (1..=LONGEST_EXTENSION).contains(&extension.len())
            && extension.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    });
    one || !quoted.contains(char::is_whitespace)
        && (file || quoted.contains(typed) || quoted.starts_with("--"))
}

#[cfg(test)]
mod tests {
    use super::is_literal;

    #[test]
    fn what_is_typed_is_no_speech() {
        for (quoted, is) in [
            ("a", true),
            ("f(x)", true),
            ("--fix", true),
            ("a_b", true),
            ("“--fix", true),
            ("notes.txt", true),
            ("we row.", false),
            ("row.Now", false),
            ("Go", false),
            ("The pier (old) is gone", false),
            ("I", true),
        ] {
            assert_eq!(is_literal(quoted), is, "{quoted}");
        }
    }
}
