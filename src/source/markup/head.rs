//! What a text in light markup says about itself in its head: `:revdate:` in AsciiDoc, `:date:` in reStructuredText,
//! `#+DATE:` in Org, `\date{…}` in LaTeX, `date:` in Typst, `Date:` in Fountain.

use super::super::prose::FrontMatter;
use super::super::{Format, Span};
use crate::lexicon::NamedLanguage;

/// So many lines at the beginning are looked at. A preamble of LaTeX may be long.
const HEAD: usize = 120;

/// The names of settings whose value is the day of publication, the most telling first. `docdate` is the day on which the
/// file was saved.
const DATES: [&str; 5] = ["published", "pubdate", "revdate", "date", "draft date"];
/// The names of settings whose value is the code of the language.
const LANGUAGES: [&str; 2] = ["language", "lang"];

/// What the head says; `None` where it says nothing.
pub(in super::super) fn about(text: &str, format: Format) -> Option<FrontMatter> {
    let mut matter = FrontMatter::default();
    let mut rank = usize::MAX;
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').take(HEAD).enumerate() {
        let at = |value: &str| {
            let from = start + (value.as_ptr() as usize - line.as_ptr() as usize);
            (value.to_owned(), Span::new(from as u32, (from + value.len()) as u32))
        };
        if ends_head(line, format) {
            break;
        }
        if let Some((name, value)) = setting(line, format, number) {
            let name = name.to_ascii_lowercase();
            if let Some(own) = DATES.iter().position(|known| *known == name).filter(|own| *own < rank) {
                rank = own;
                matter.date = Some(at(value));
            }
            let is_language = LANGUAGES.contains(&name.as_str()) && NamedLanguage::of_tag(value).is_some();
            if is_language && matter.language.is_none() {
                matter.language = Some(at(value));
            }
        }
        start += line.len();
    }
    (matter != FrontMatter::default()).then_some(matter)
}

/// Does the text begin with this line?
fn ends_head(line: &str, format: Format) -> bool {
    match format {
        Format::Latex => line.trim_start().starts_with("\\begin{document}"),
        Format::AsciiDoc => line.starts_with("== "),
        _ => false,
    }
}

/// The name and the value of a setting. In AsciiDoc the line under the authors may be “v1.2, 2026-06-12”.
fn setting(line: &str, format: Format, number: usize) -> Option<(&str, &str)> {
    let bare = line.trim();
    let (name, value) = match format {
        Format::AsciiDoc | Format::Rst => match bare.strip_prefix(':') {
            Some(rest) => rest.split_once(':')?,
            None if format == Format::AsciiDoc && (1..4).contains(&number) => ("revdate", revision(bare)?),
            None => return None,
        },
        Format::Org => bare.strip_prefix("#+")?.split_once(':')?,
        Format::Latex => ("date", bare.strip_prefix("\\date{")?.split('}').next()?),
        Format::Typst => ("date", typst_day(bare)?),
        Format::Fountain => bare.split_once(':').filter(|_| number < FOUNTAIN_HEAD)?,
        _ => return None,
    };
    let value = value.trim().trim_matches(['<', '>', '[', ']']);
    (!value.is_empty()).then_some((name.trim(), value))
}

/// Lines of the title page of a screenplay.
const FOUNTAIN_HEAD: usize = 15;

/// The date of AsciiDoc's line of revision: behind the number, before a remark.
fn revision(line: &str) -> Option<&str> {
    let (version, rest) = line.split_once(',')?;
    let digits = version.strip_prefix(['v', 'V']).unwrap_or(version);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit());
    let is_number = is_number && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    is_number.then(|| rest.split(": ").next().unwrap_or(rest))
}

/// The day in `date: "2026-06-12"`. A `datetime(…)` of Typst, which has year, month and day apart, is not read.
fn typst_day(line: &str) -> Option<&str> {
    let rest = line.split_once("date:")?.1.trim_start().strip_prefix('"')?;
    rest.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_names_the_day_and_the_language() {
        for (format, text, day) in [
            (
                Format::AsciiDoc,
                "= Pier shut\n:revdate: 2026-06-12\n:docdate: 2026-07-01\n\nText.\n",
                "2026-06-12",
            ),
            (
                Format::AsciiDoc,
                "= Pier shut\nAna Ruiz <a@example.org>\nv1.2, 12 June 2026: final\n\nText.\n",
                "12 June 2026",
            ),
            (Format::AsciiDoc, "= Pier shut\n:date: 1\n:pubdate: 2026-06-12\n", "2026-06-12"),
            (
                Format::Rst,
                "Pier shut\n=========\n\n:Author: Ana Ruiz\n:Date: 2026-06-12\n\nText.\n",
                "2026-06-12",
            ),
            (Format::Org, "#+TITLE: Pier\n#+DATE: <2026-06-12 Fri>\n\nText.\n", "2026-06-12 Fri"),
            (
                Format::Latex,
                "\\documentclass{article}\n\\date{June 12, 2026}\n\\begin{document}\n",
                "June 12, 2026",
            ),
            (Format::Typst, "#set document(date: \"2026-06-12\")\n", "2026-06-12"),
            (Format::Fountain, "Title: Pier\nDraft date: June 12, 2026\n\nINT. PIER\n", "June 12, 2026"),
        ] {
            let (found, span) = about(text, format).and_then(|matter| matter.date).unwrap_or_default();
            assert_eq!(found, day, "{text}");
            assert_eq!(span.of(text), day);
        }
        for (format, text) in [
            (Format::AsciiDoc, "= Pier\n\nIn 2019, 12 June 2026 seemed far.\n"),
            (Format::AsciiDoc, "= Pier\nOn Friday, 12 June 2026, it rained.\n"),
            (Format::AsciiDoc, "= Pier\n\n== Part\n\n:date: 2026-06-12\n"),
            (Format::Org, "The date: 2026-06-12\n"),
            (Format::Latex, "\\begin{document}\n\\date{June 12, 2026}\n"),
            (Format::Wiki, ":date: 2026-06-12\n"),
        ] {
            assert_eq!(about(text, format), None, "{text}");
        }
        let language =
            about("#+LANGUAGE: de\n#+LANG: quux\n", Format::Org).and_then(|matter| matter.language);
        assert_eq!(language.map(|(code, _)| code).as_deref(), Some("de"));
    }
}
