//! Text from drafts and file names made harmless: a draft must not be able to drive the terminal it is shown on.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// Stands for a character that is not shown.
const HIDDEN: char = '\u{fffd}';

/// What is shown for a character: white space of every kind as a space, a control character or one that turns
/// the direction of writing as `�`.
pub(super) fn shown(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => HIDDEN,
        _ if c.is_control() => HIDDEN,
        _ => c,
    }
}

/// The text on one line and without control characters.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c) == c) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        clean.push(shown(c));
    }
    Cow::Owned(clean)
}

/// A path at the beginning of a line: a build server takes a line that begins with `::` or `##` for a command.
pub(super) fn path(path: &str) -> Cow<'_, str> {
    let clean = line(path);
    if clean.starts_with("::") || clean.starts_with("##") { Cow::Owned(format!("./{clean}")) } else { clean }
}

/// A text for a cell of a table that a spreadsheet opens: line breaks stay, and what a spreadsheet takes for a formula gets
/// an apostrophe in front (OWASP, CSV injection).
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    let harmless = |c: char| c == '\n' || shown(c) == c;
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if !formula && text.chars().all(harmless) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len() + 1);
    if formula {
        clean.push('\'');
    }
    clean.extend(text.chars().map(|c| if c == '\n' { c } else { shown(c) }));
    Cow::Owned(clean)
}

/// A path for the first cell of a row: neither a command of a build server nor a formula.
pub(super) fn path_cell(text: &str) -> Cow<'_, str> {
    match path(text) {
        Cow::Borrowed(path) => cell(path),
        // It is clean, and may begin a formula still.
        Cow::Owned(path) => Cow::Owned(cell(&path).into_owned()),
    }
}

/// Columns a character takes on a terminal.
pub(super) fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Columns a text takes on a terminal.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// The text cut to `limit` columns, at a word where one ends near, with `…` for what is left out.
pub(super) fn cut(text: &str, limit: usize) -> Cow<'_, str> {
    if width(text) <= limit {
        return Cow::Borrowed(text);
    }
    let mut used = 0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if used + columns(c) + 1 > limit {
            end = at;
            break;
        }
        used += columns(c);
    }
    let kept = &text[..end];
    // A word is cut only where keeping it whole would leave a third of the room empty.
    let whole = kept.rfind(' ').filter(|&at| at * 3 > kept.len() * 2).map_or(kept, |at| &kept[..at]);
    Cow::Owned(format!("{}…", whole.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_drives_the_terminal() {
        assert_eq!(line("a\u{1b}[31mb"), "a\u{fffd}[31mb");
        assert_eq!(line("a\r\nb\tc"), "a b c");
        assert_eq!(line("\u{202e}evil"), "\u{fffd}evil");
        assert!(matches!(line("“Não,” 🙂"), Cow::Borrowed(_)));
    }

    #[test]
    fn no_line_begins_like_a_command_of_a_build_server() {
        assert_eq!(path("::error::forged.txt"), "./::error::forged.txt");
        assert_eq!(path("##vso[task]x.md"), "./##vso[task]x.md");
        assert_eq!(path("drafts/a::b.md"), "drafts/a::b.md");
        assert_eq!(path_cell("::error::x.md"), "./::error::x.md");
        assert_eq!(path_cell("=a.md"), "'=a.md");
    }

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(cell("@SUM"), "'@SUM");
        assert_eq!(cell("Ana\u{9b} Reyes\nand \u{202e}Bo"), "Ana\u{fffd} Reyes\nand \u{fffd}Bo");
        assert!(matches!(cell("“We go.”\n– Ana"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_long_text_is_cut_at_a_word() {
        assert_eq!(cut("the harbour wall", 16), "the harbour wall");
        assert_eq!(cut("the harbour wall", 14), "the harbour…");
        assert_eq!(cut("incomprehensibilities", 9), "incompre…");
        assert_eq!(width(&cut("「日本語日本語」", 7)), 7);
    }
}
