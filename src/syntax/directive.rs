//! What a writer allows.
//!
//! ```text
//! directive = "sayso:" ( scope names [ reason ] | "allow-end" [ names ] )
//! scope     = "allow" | "allow-line" | "allow-start" | "allow-file"
//! names     = "(" name { "," name } ")"
//! ```

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{char, multispace0};
use nom::combinator::opt;
use nom::multi::separated_list1;
use nom::sequence::delimited;
use nom::{IResult, Parser};
use serde::{Deserialize, Serialize};

use crate::source::Span;

/// What a directive covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The next paragraph.
    Paragraph,
    /// Its own line; the next one where nothing else stands on its own.
    Line,
    /// All from here to the end that names the same rules.
    Start,
    /// Ends what a start began.
    End,
    /// The file.
    File,
}

/// The verbs of directives.
pub const VERBS: [(&str, Scope); 5] = [
    ("allow", Scope::Paragraph),
    ("allow-line", Scope::Line),
    ("allow-start", Scope::Start),
    ("allow-end", Scope::End),
    ("allow-file", Scope::File),
];

/// A directive as written. Spans count bytes of the text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow<'t> {
    /// What it covers.
    pub scope: Scope,
    /// The rules it names, each with its place. Only an end may name none: it ends the last start.
    pub rules: Vec<(&'t str, Span)>,
    /// The reason given, empty where none is.
    pub reason: &'t str,
}

/// Why something that was meant as a directive is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DirectiveFaultKind {
    /// There is no colon after `sayso`.
    NoColon,
    /// Its verb is not one of [`VERBS`].
    UnknownVerb,
    /// It names no rules, or not in brackets with commas between them.
    NoNames,
    /// A start without an end.
    NeverEnded,
    /// An end without a start.
    NeverStarted,
}

/// A fault with its place, in bytes of the text that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: DirectiveFaultKind,
    /// The words that are wrong.
    pub span: Span,
}

/// Reads what a comment says that is a directive or was meant as one.
///
/// # Errors
/// Where it does not keep to the grammar: it allows nothing.
pub fn read(text: &str) -> Result<Allow<'_>, Fault> {
    let place = |part: &str| {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        Span::new(start as u32, (start + part.len()) as u32)
    };
    let fault = |kind, part: &str| Fault { kind, span: place(part) };
    let (rest, (name, colon, verb)) = head(text).map_err(|_| fault(DirectiveFaultKind::UnknownVerb, text))?;
    let Some((_, scope)) = VERBS.iter().find(|(known, _)| *known == verb) else {
        let part = if verb.is_empty() { text } else { verb };
        return Err(fault(DirectiveFaultKind::UnknownVerb, part));
    };
    if colon.is_none() {
        return Err(fault(DirectiveFaultKind::NoColon, name));
    }
    let (reason, rules) = match names(rest) {
        Ok(read) => read,
        Err(_) if *scope == Scope::End && !rest.trim_start().starts_with('(') => (rest, Vec::new()),
        Err(_) => return Err(fault(DirectiveFaultKind::NoNames, verb)),
    };
    let rules = rules.into_iter().map(|name| (name, place(name)));
    Ok(Allow { scope: *scope, rules: rules.collect(), reason: reason.trim() })
}

/// The name, its colon where there is one, and the verb.
fn head(text: &str) -> IResult<&str, (&str, Option<char>, &str)> {
    // A word processor writes a capital at the start of a line.
    let name = delimited(multispace0, alt((tag("sayso"), tag("Sayso"))), multispace0);
    let colon = delimited(multispace0, opt(char(':')), multispace0);
    let verb = take_while(|sign: char| sign.is_alphanumeric() || sign == '-' || sign == '_');
    (name, colon, verb).parse(text)
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
        let allow = read(text).ok()?;
        assert!(allow.rules.iter().all(|(name, span)| span.of(text) == *name));
        Some((allow.scope, allow.rules.into_iter().map(|(name, _)| name).collect(), allow.reason))
    }

    #[test]
    fn directives() {
        let of = |scope, rules: &[&'static str], reason| Some((scope, rules.to_vec(), reason));
        assert_eq!(names("sayso: allow(name-variant)"), of(Scope::Paragraph, &["name-variant"], ""));
        assert_eq!(
            names("sayso:allow( a , b-c )  both are right "),
            of(Scope::Paragraph, &["a", "b-c"], "both are right")
        );
        assert_eq!(names("sayso: allow-file (a) tape"), of(Scope::File, &["a"], "tape"));
        assert_eq!(names("Sayso: allow-line(a)"), of(Scope::Line, &["a"], ""));
        assert_eq!(names("sayso : allow-start(a, b) minutes"), of(Scope::Start, &["a", "b"], "minutes"));
        assert_eq!(names("sayso: allow-end(a)"), of(Scope::End, &["a"], ""));
        assert_eq!(names("sayso: allow-end"), of(Scope::End, &[], ""));
    }

    #[test]
    fn what_is_none() {
        use DirectiveFaultKind::{NoColon, NoNames, UnknownVerb};
        for (text, kind, place) in [
            ("sayso: allow", NoNames, "allow"),
            ("sayso: allow weekday-mismatch", NoNames, "allow"),
            ("sayso: allow()", NoNames, "allow"),
            ("sayso: allow(a b)", NoNames, "allow"),
            ("sayso: allow(a", NoNames, "allow"),
            ("sayso: allow-end(a", NoNames, "allow-end"),
            ("sayso: disable(a)", UnknownVerb, "disable"),
            ("sayso: alow(a)", UnknownVerb, "alow"),
            ("sayso: allow_file(a)", UnknownVerb, "allow_file"),
            ("sayso allow(a)", NoColon, "sayso"),
            ("sayso:", UnknownVerb, "sayso:"),
            ("", UnknownVerb, ""),
        ] {
            let fault = read(text).map(|_| ()).err();
            assert_eq!(fault.map(|fault| (fault.kind, fault.span.of(text))), Some((kind, place)), "{text}");
        }
    }
}
