//! What a writer allows.
//!
//! ```text
//! directive = "sayso:" scope "(" rule { "," rule } ")" [ reason ]
//! scope     = "allow-file" | "allow"
//! ```

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::{char, multispace0};
use nom::combinator::{rest, value};
use nom::multi::separated_list1;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use crate::source::Span;

/// What a directive covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The next paragraph.
    Paragraph,
    /// The file.
    File,
}

/// A directive as written. Spans count bytes of the text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow<'t> {
    /// What it covers.
    pub scope: Scope,
    /// The rules it names, each with its place.
    pub rules: Vec<(&'t str, Span)>,
    /// The reason given, empty where none is.
    pub reason: &'t str,
}

/// Reads a comment's content; `None` where it is no directive.
pub fn read(text: &str) -> Option<Allow<'_>> {
    let (_, (scope, names, reason)) = directive(text).ok()?;
    let rules = names.into_iter().map(|name| {
        let start = name.as_ptr() as usize - text.as_ptr() as usize;
        (name, Span::new(start as u32, (start + name.len()) as u32))
    });
    Some(Allow { scope, rules: rules.collect(), reason: reason.trim() })
}

fn directive(text: &str) -> IResult<&str, (Scope, Vec<&str>, &str)> {
    preceded((multispace0, tag("sayso:"), multispace0), (scope, names, rest)).parse(text)
}

fn scope(text: &str) -> IResult<&str, Scope> {
    alt((value(Scope::File, tag("allow-file")), value(Scope::Paragraph, tag("allow")))).parse(text)
}

fn names(text: &str) -> IResult<&str, Vec<&str>> {
    delimited((multispace0, char('(')), separated_list1(char(','), name), char(')')).parse(text)
}

fn name(text: &str) -> IResult<&str, &str> {
    let letters = take_while1(|c: char| c.is_alphanumeric() || c == '-' || c == '_');
    delimited(multispace0, letters, multispace0).parse(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Option<(Scope, Vec<&str>, &str)> {
        read(text).map(|allow| {
            assert!(allow.rules.iter().all(|(name, span)| span.of(text) == *name));
            (allow.scope, allow.rules.into_iter().map(|(name, _)| name).collect(), allow.reason)
        })
    }

    #[test]
    fn directives() {
        let paragraph = |rules: &[&'static str], reason| Some((Scope::Paragraph, rules.to_vec(), reason));
        assert_eq!(names("sayso: allow(name-variant)"), paragraph(&["name-variant"], ""));
        assert_eq!(
            names("sayso:allow( a , b-c )  both are right "),
            paragraph(&["a", "b-c"], "both are right")
        );
        assert_eq!(names("sayso: allow-file (a) tape"), Some((Scope::File, vec!["a"], "tape")));
    }

    #[test]
    fn what_is_none() {
        for text in
            ["sayso: allow", "sayso: allow()", "sayso: deny(a)", "allow(a)", "sayso: allow(a", "", "sayso:"]
        {
            assert_eq!(names(text), None, "{text}");
        }
    }
}
