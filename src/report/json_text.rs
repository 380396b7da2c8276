//! JSON as every report writes it: what a reader cannot see, and what a build server takes for a command, is escaped. So
//! the text is whole for a program and harmless in a log or on a terminal. All of `report` writes JSON through here.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use super::clean;

/// Writes a value on one line.
///
/// # Errors
/// Where `out` cannot be written to.
pub(super) fn write(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Harmless(CompactFormatter)))?;
    Ok(())
}

/// Writes a value with line breaks and indentation.
///
/// # Errors
/// Where `out` cannot be written to.
pub(super) fn write_pretty(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Harmless(PrettyFormatter::new())))?;
    Ok(())
}

/// Writes a stretch of a string in which nothing has to be escaped for JSON's sake.
pub(super) fn write_fragment<W: ?Sized + Write>(out: &mut W, fragment: &str) -> io::Result<()> {
    let plain = |byte: &u8| (b' '..=b'~').contains(byte) && *byte != b'#';
    if fragment.as_bytes().iter().all(plain) {
        return out.write_all(fragment.as_bytes());
    }
    let mut done = 0;
    for (at, c) in fragment.char_indices() {
        if is_harmful(c, &fragment[at..]) {
            out.write_all(&fragment.as_bytes()[done..at])?;
            write_escaped(out, c)?;
            done = at + c.len_utf8();
        }
    }
    out.write_all(&fragment.as_bytes()[done..])
}

/// Has the first character of `rest` to be escaped though JSON allows it: hidden, or the start of a build server's command?
pub(super) fn is_harmful(first: char, rest: &str) -> bool {
    clean::is_hidden(first) || first == '#' && clean::begins_command(rest)
}

/// Writes a character by its numbers in UTF-16: `\u200b`.
pub(super) fn write_escaped<W: ?Sized + Write>(out: &mut W, c: char) -> io::Result<()> {
    c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}"))
}

/// A formatter with the strings made harmless.
struct Harmless<F>(F);

macro_rules! as_the_inner_one {
    ($($name:ident($($argument:ident: $kind:ty),*);)*) => {
        $(fn $name<W: ?Sized + Write>(&mut self, out: &mut W $(, $argument: $kind)*) -> io::Result<()> {
            self.0.$name(out $(, $argument)*)
        })*
    };
}

impl<F: Formatter> Formatter for Harmless<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        write_fragment(out, fragment)
    }

    as_the_inner_one! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn compact(text: &str) -> String {
        let mut out = Vec::new();
        let _ = write(&mut out, &text);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn what_is_hidden_is_escaped() {
        assert_eq!(
            compact("a\u{9b}b\u{202e}\u{200b}\u{e0041}\u{7f}\u{85}"),
            "\"a\\u009bb\\u202e\\u200b\\udb40\\udc41\\u007f\\u0085\""
        );
        assert_eq!(compact("##vso[x]"), "\"\\u0023#vso[x]\"");
        assert_eq!(compact("“Não,” 🙂\n"), "\"“Não,” 🙂\\n\"");
    }

    proptest! {
        #[test]
        fn it_is_read_as_it_was(text in "(\\PC|[\\x00-\\x9f\u{200b}-\u{2069}\u{e0041}#\\[vso]){0,40}") {
            let read: String = serde_json::from_str(&compact(&text)).unwrap_or_default();
            prop_assert_eq!(read, text);
        }

        #[test]
        fn the_layout_is_that_of_serde_json(list in proptest::collection::vec("[a-z]{0,4}", 0..4)) {
            let value = serde_json::json!({"list": list, "none": [], "empty": {}, "two": {"a": 1, "b": null}});
            let mut out = Vec::new();
            let _ = write_pretty(&mut out, &value);
            prop_assert_eq!(String::from_utf8_lossy(&out).into_owned(), format!("{value:#}"));
        }
    }
}
