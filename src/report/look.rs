//! How output looks: coloured or not, and how wide.

/// How output looks. Decided once at the edge and passed down, so that nothing below reads the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Are colours wanted?
    pub color: bool,
    /// Columns there are.
    pub width: usize,
}

impl Default for Look {
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
}

impl Look {
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
        }
    }

    /// The code that ends it.
    pub(super) const fn off(self) -> &'static str {
        if self.color { "\u{1b}[0m" } else { "" }
    }
}
