//! Text from drafts and file names made harmless: a draft must not be able to drive the terminal it is shown on.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// Stands for a character that is not shown.
const HIDDEN: char = '\u{fffd}';

/// Can a reader not see this character, or does it change how others are shown? Control characters, those that turn the
/// direction of writing, those without width and without a sign of their own, and tags, which can carry a hidden text.
/// Signs that choose the form of an emoji are left alone.
pub(super) fn is_hidden(c: char) -> bool {
    // Most characters of a text are these.
    if matches!(c, ' '..='~') {
        return false;
    }
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// What is shown for a character: white space of every kind as a space, what [`is_hidden`] as `�`.
fn shown(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        _ if is_hidden(c) => HIDDEN,
        _ => c,
    }
}

/// Does a command for a build server begin here? Azure Pipelines and older runners of GitHub take `##vso[` and `##[`
/// for one anywhere in a line of their log.
pub(super) fn begins_command(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("##") else { return false };
    rest.starts_with('[') || rest.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("vso["))
}

/// The text with white space as single characters, without characters that a reader cannot see, and without commands for
/// a build server. The number of characters stays the same.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.char_indices().all(|(at, c)| shown_at(text, at, c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.char_indices().map(|(at, c)| shown_at(text, at, c)).collect())
}

/// What [`clean`] shows for the character `c` at byte `at` of a text.
pub(super) fn shown_at(text: &str, at: usize, c: char) -> char {
    if c == '#' && text.get(at..).is_some_and(begins_command) { HIDDEN } else { shown(c) }
}

/// The text on one line and without what [`is_hidden`].
pub(super) fn line(text: &str) -> Cow<'_, str> {
    match text.contains("\r\n") {
        true => Cow::Owned(clean(&text.replace("\r\n", "\n")).into_owned()),
        false => clean(text),
    }
}

/// A text of several lines with each line made harmless.
pub fn harmless(text: &str) -> String {
    let mut clean: String = text.lines().map(begin_line).collect::<Vec<_>>().join("\n");
    if text.ends_with('\n') {
        clean.push('\n');
    }
    clean
}

/// Can the text be shown as it is, at the beginning of a line too?
pub fn is_harmless(text: &str) -> bool {
    begin_line(text) == text
}

/// Words of a draft at the beginning of a line: a build server takes a line that begins with `::` for a command.
pub(super) fn begin_line(text: &str) -> Cow<'_, str> {
    let clean = line(text);
    match clean.trim_start().starts_with("::") {
        true => Cow::Owned(clean.replacen(':', "\u{fffd}", 1)),
        false => clean,
    }
}

/// A path at the beginning of a line: a build server takes a line that begins with `::` or `##` for a command.
pub(super) fn path(path: &str) -> Cow<'_, str> {
    let clean = line(path);
    let begins = clean.trim_start();
    if begins.starts_with("::") || begins.starts_with("##") {
        Cow::Owned(format!("./{clean}"))
    } else {
        clean
    }
}

/// A text for a cell of a table that a spreadsheet opens: line breaks stay, and what a spreadsheet takes for a formula gets
/// an apostrophe in front (OWASP, CSV injection).
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    let formula = text.trim_start_matches(is_hidden).starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mut lines = text.split('\n').map(begin_line).peekable();
    if !formula && !text.contains('\n') {
        return lines.next().unwrap_or_default();
    }
    let mut clean = String::with_capacity(text.len() + 1);
    if formula {
        clean.push('\'');
    }
    while let Some(line) = lines.next() {
        clean.push_str(&line);
        if lines.peek().is_some() {
            clean.push('\n');
        }
    }
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
    shown(c).width().unwrap_or(0)
}

/// Columns a text takes on a terminal.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Does a text take no more than `limit` columns? A long one is not read to its end.
pub(super) fn fits(text: &str, limit: usize) -> bool {
    let mut used = 0;
    text.chars().all(|c| {
        used += columns(c);
        used <= limit
    })
}

/// Stands for words that sayso leaves out. A draft writes its own ellipsis with another sign.
pub(super) const CUT: char = '⋯';

/// The text cut to `limit` columns, at a word where one ends near, with [`CUT`] for what is left out.
pub(super) fn cut(text: &str, limit: usize) -> Cow<'_, str> {
    if fits(text, limit) {
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
    Cow::Owned(format!("{}{CUT}", whole.trim_end()))
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
        assert_eq!(path("##vso[task]x.md"), "\u{fffd}#vso[task]x.md");
        assert_eq!(path("drafts/a::b.md"), "drafts/a::b.md");
        assert_eq!(path_cell("::error::x.md"), "./::error::x.md");
        assert_eq!(path_cell("=a.md"), "'=a.md");
    }

    #[test]
    fn no_words_are_a_command_of_a_build_server() {
        assert_eq!(line("so ##VSO[task.x]y"), "so \u{fffd}#VSO[task.x]y");
        assert_eq!(line("a ##[error]b"), "a \u{fffd}#[error]b");
        assert_eq!(line("## A heading, ##v"), "## A heading, ##v");
        assert_eq!(begin_line(" ::error::x"), " \u{fffd}:error::x");
        assert_eq!(cell("a\n::error::x"), "a\n\u{fffd}:error::x");
    }

    #[test]
    fn nothing_is_hidden() {
        for hidden in
            ['\u{200b}', '\u{200d}', '\u{ad}', '\u{2060}', '\u{feff}', '\u{e0041}', '\u{9b}', '\u{2066}']
        {
            assert_eq!(line(&format!("Ana{hidden}Ruiz")), "Ana\u{fffd}Ruiz", "{hidden:?}");
        }
        assert_eq!(line("☺\u{fe0f} e\u{301}"), "☺\u{fe0f} e\u{301}");
    }

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(cell("@SUM"), "'@SUM");
        assert_eq!(cell("Ana\u{9b} Reyes\nand \u{202e}Bo"), "Ana\u{fffd} Reyes\nand \u{fffd}Bo");
        assert_eq!(cell("\u{200b}=SUM(1)"), "'\u{fffd}=SUM(1)");
        assert_eq!(cell("“We go.”\n– Ana"), "“We go.”\n– Ana");
    }

    #[test]
    fn a_long_text_is_cut_at_a_word() {
        assert_eq!(cut("the harbour wall", 16), "the harbour wall");
        assert_eq!(cut("the harbour wall", 14), "the harbour⋯");
        assert_eq!(cut("incomprehensibilities", 9), "incompre⋯");
        assert_eq!(width(&cut("「日本語日本語」", 7)), 7);
    }
}
