//! How output looks: coloured or not, and how wide.

use std::borrow::Cow;

use super::clean::CUT;

/// How output looks. Decided once at the edge and passed down, so that nothing below reads the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutputStyle {
    /// Are colours wanted?
    pub color: bool,
    /// Columns there are.
    pub width: usize,
}

impl Default for OutputStyle {
    fn default() -> Self {
        Self { color: false, width: 100 }
    }
}

/// A way to set words off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// For what matters less.
    Dim,
    /// For what matters most.
    Bold,
    /// For an error.
    Red,
    /// For a warning.
    Yellow,
    /// For a note.
    Cyan,
    /// For words that one wording has and the other has not.
    Struck,
    /// For words that come instead.
    Inserted,
}

impl OutputStyle {
    /// The code that begins an ink, empty without colour.
    pub(super) const fn on(self, ink: Ink) -> &'static str {
        if !self.color {
            return "";
        }
        match ink {
            Ink::Dim => "\u{1b}[2m",
            Ink::Bold => "\u{1b}[1m",
            Ink::Red => "\u{1b}[1;31m",
            Ink::Yellow => "\u{1b}[1;33m",
            Ink::Cyan => "\u{1b}[36m",
            Ink::Struck => "\u{1b}[31;9m",
            Ink::Inserted => "\u{1b}[32m",
        }
    }

    /// The code that ends it.
    pub(super) const fn off(self) -> &'static str {
        if self.color { "\u{1b}[0m" } else { "" }
    }

    /// The text with the signs of sayso's own cuts dimmed; `ground` is the ink of the words around.
    pub(super) fn dimmed_cuts<'t>(self, text: &'t str, ground: &str) -> Cow<'t, str> {
        if !self.color || !text.contains(CUT) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.replace(CUT, &format!("{}{CUT}{}{ground}", self.on(Ink::Dim), self.off())))
    }

    /// Differences in their inks: `[-voters-]{+supporters+}` struck and inserted. Without colour the marks stay. `ground`
    /// is the ink of the words around. Each word is set off by itself, so that a line may break between them.
    pub(super) fn differences(self, text: &str, ground: &str) -> String {
        if !self.color {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len() + 64);
        let mut rest = text;
        while let Some(at) = rest.find(['[', '{']) {
            let (ink, open, close) = match rest.as_bytes()[at] {
                b'[' => (Ink::Struck, "[-", "-]"),
                _ => (Ink::Inserted, "{+", "+}"),
            };
            let inside = rest[at..].strip_prefix(open).and_then(|inside| inside.split_once(close));
            let Some((words, after)) = inside else {
                out.push_str(&rest[..=at]);
                rest = &rest[at + 1..];
                continue;
            };
            out.push_str(&rest[..at]);
            // Two that stand side by side would run together without their marks.
            if ink == Ink::Inserted && at == 0 && !out.is_empty() {
                out.push(' ');
            }
            for (rank, word) in words.split(' ').enumerate() {
                let space = if rank > 0 { " " } else { "" };
                out.push_str(&format!("{space}{}{word}{}{ground}", self.on(ink), self.off()));
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

/// Breaks a text into lines of at most `width` columns, at spaces only. Escape sequences take no columns; a longer word
/// has a line of its own.
pub fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut used = 0;
    for (rank, word) in text.split(' ').enumerate() {
        let columns = visible(word);
        if rank > 0 && used + 1 + columns > width {
            out.push('\n');
            used = 0;
        } else if rank > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        // A line end in the text begins a new line here too.
        used = word.rsplit_once('\n').map_or(used + columns, |(_, last)| visible(last));
    }
    out
}

/// Columns that a text takes, escape sequences of colours left out.
fn visible(text: &str) -> usize {
    let mut columns = 0;
    let mut escaped = false;
    for sign in text.chars() {
        match sign {
            '\u{1b}' => escaped = true,
            'm' if escaped => escaped = false,
            _ if escaped => {}
            sign => columns += super::clean::columns(sign),
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::{OutputStyle, wrapped};

    #[test]
    fn lines_break_at_spaces_only() {
        let told = "one \u{1b}[2mtwo-three\u{1b}[0m four\nfive six";
        assert_eq!(wrapped(told, 13), "one \u{1b}[2mtwo-three\u{1b}[0m\nfour\nfive six");
        assert_eq!(wrapped("abcdefgh ij", 4), "abcdefgh\nij");
    }

    #[test]
    fn differences_are_struck_and_inserted_in_colour_and_marked_without() {
        let style = |color| OutputStyle { color, width: 80 };
        let told = "our [-old voters-]{+supporters+} [sic] will";
        assert_eq!(style(false).differences(told, ""), told);
        assert_eq!(
            style(true).differences(told, ""),
            "our \u{1b}[31;9mold\u{1b}[0m \u{1b}[31;9mvoters\u{1b}[0m \u{1b}[32msupporters\u{1b}[0m [sic] will"
        );
    }
}
