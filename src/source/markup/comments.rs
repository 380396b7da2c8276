//! The comments of markup languages that are directives to sayso, or were meant as one.

use super::super::Format;
use super::super::comment::is_directive;
use super::super::place::Span;
use super::super::prose::Comment;

/// A form of comment: what opens it, what closes it (the end of the line where that is empty), and whether words may
/// stand before it on its line.
type Form = (&'static str, &'static str, bool);

/// The forms of comments that a format has.
const fn forms(format: Format) -> &'static [Form] {
    match format {
        Format::Latex => &[("%", "", true)],
        Format::AsciiDoc => &[("//", "", false)],
        Format::Rst => &[("..", "", false)],
        Format::Org => &[("#", "", false)],
        Format::Typst => &[("//", "", true), ("/*", "*/", true)],
        Format::Wiki => &[("<!--", "-->", true)],
        Format::Fountain => &[("[[", "]]", true), ("/*", "*/", true)],
        _ => &[],
    }
}

/// The directives in the comments of a text, in its order.
pub(in super::super) fn comments(text: &str, format: Format) -> Vec<Comment> {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), b"ayso") {
        // “sayso” and “Sayso”.
        let Some(start) = at.checked_sub(1).filter(|start| text.is_char_boundary(*start)) else { continue };
        let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
        let before = text[line..start].trim_end();
        let form = forms(format).iter().find(|(opener, _, anywhere)| {
            // “\%” is a percent sign.
            let words = before.strip_suffix(opener).filter(|words| !words.ends_with('\\'));
            words.is_some_and(|words| *anywhere || words.trim().is_empty())
        });
        let Some((opener, closer, _)) = form else { continue };
        let rest = &text[start..];
        let line_end = rest.find('\n').unwrap_or(rest.len());
        let (inner, end) = match closer.is_empty() {
            true => (line_end, line_end),
            false => match rest.find(closer) {
                Some(end) => (end, end + closer.len()),
                None => continue,
            },
        };
        let content = rest[..inner].trim_end();
        let end = if closer.is_empty() { content.len() } else { end };
        if is_directive(content, true) {
            found.push(Comment {
                span: span(line + before.len() - opener.len(), start + end),
                inner: span(start, start + content.len()),
                content: content.to_owned(),
            });
        }
    }
    found
}

const fn span(start: usize, end: usize) -> Span {
    Span::new(start as u32, end as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_has_its_own_comments() {
        for (format, text, expected) in [
            (
                Format::Latex,
                "Words. % sayso: allow(a) tape\nMore",
                &[("% sayso: allow(a) tape", "sayso: allow(a) tape")][..],
            ),
            (
                Format::AsciiDoc,
                "// sayso: allow(a)\r\nsee // sayso: allow(b)",
                &[("// sayso: allow(a)", "sayso: allow(a)")],
            ),
            (
                Format::Rst,
                ".. sayso: allow(a) tape\n",
                &[(".. sayso: allow(a) tape", "sayso: allow(a) tape")],
            ),
            (
                Format::Org,
                "  # sayso: allow(a)\n#+TITLE: sayso: allow(a)",
                &[("# sayso: allow(a)", "sayso: allow(a)")],
            ),
            (
                Format::Typst,
                "/* sayso: allow(a)\n tape */ x // sayso ignore a",
                &[
                    ("/* sayso: allow(a)\n tape */", "sayso: allow(a)\n tape"),
                    ("// sayso ignore a", "sayso ignore a"),
                ],
            ),
            (
                Format::Wiki,
                "A <!-- sayso: allow-line(a) --> b",
                &[("<!-- sayso: allow-line(a) -->", "sayso: allow-line(a)")],
            ),
            (Format::Fountain, "[[ sayso: allow(a) ]]\n", &[("[[ sayso: allow(a) ]]", "sayso: allow(a)")]),
            // The name alone, a comment that never ends, another format's comment.
            (Format::Typst, "// sayso is a tool\n/* sayso: allow(a)\n% sayso: allow(b)", &[]),
            (Format::Latex, "5\\% sayso: allow(a)", &[]),
            (Format::Plain, "// sayso: allow(a)\n# sayso: allow(b)", &[]),
        ] {
            let found = comments(text, format);
            let found: Vec<_> = found.iter().map(|one| (one.span.of(text), one.inner.of(text))).collect();
            assert_eq!(found, expected, "{format:?} {text}");
        }
    }
}
