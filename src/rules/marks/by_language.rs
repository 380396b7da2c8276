//! The quotation marks of a house for drafts in other languages: `"de „…“ ‚…‘"`.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::lexicon::NamedLanguage;

/// Signs that a quotation may open or close with. What opens with another sign is set off in another way.
pub(super) const MARKS: [char; 15] =
    ['“', '”', '„', '‟', '‘', '’', '‚', '‛', '"', '\'', '«', '»', '‹', '›', '″'];

/// What stands between the marks where a house writes them down.
const WORDS: char = '…';

/// A pair of marks as a house writes it, with a space inside where the language has one: `«…»`, `« … »`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkSigns {
    open: char,
    close: char,
    /// The space between mark and words.
    space: Option<char>,
}

impl MarkSigns {
    /// Marks that stand close to the words.
    pub(super) const fn tight(open: char, close: char) -> Self {
        Self { open, close, space: None }
    }

    /// Reads `«…»` or `« … »`.
    fn read(written: &str) -> Option<Self> {
        let (before, after) = written.split_once(WORDS)?;
        let (mut before, mut after) = (before.chars(), after.chars().rev());
        let (open, close) = (before.next()?, after.next()?);
        let (inside, behind) = (before.next(), after.next());
        let is_space = inside.is_none_or(|sign| sign.is_whitespace()) && inside == behind;
        let whole = before.next().is_none() && after.next().is_none();
        let are_marks = MARKS.contains(&open) && MARKS.contains(&close);
        (are_marks && is_space && whole).then_some(Self { open, close, space: inside })
    }

    /// Does a quotation stand in these marks? Where they have a space inside, a space of any width will do.
    pub(super) fn stand_around(&self, quotation: &str) -> bool {
        let mut signs = quotation.chars();
        let (first, last) = (signs.next(), signs.next_back());
        let spaced = |sign: Option<char>| self.space.is_none() || sign.is_some_and(char::is_whitespace);
        first == Some(self.open)
            && last == Some(self.close)
            && spaced(signs.clone().next())
            && spaced(signs.next_back())
    }

    /// The opening mark for words that go on with `rest`: no second space where one is there.
    pub(super) fn opening_before(&self, rest: &str) -> String {
        let space = self.space.filter(|_| !rest.starts_with(char::is_whitespace));
        [Some(self.open), space].into_iter().flatten().collect()
    }

    /// The closing mark for words that end with `before`.
    pub(super) fn closing_after(&self, before: &str) -> String {
        let space = self.space.filter(|_| !before.ends_with(char::is_whitespace));
        [space, Some(self.close)].into_iter().flatten().collect()
    }

    /// How many bytes of space at the head of `rest` go with an opening mark that these replace: marks that stand close to the
    /// words leave none of “« words »”.
    pub(super) fn space_after(&self, rest: &str) -> u32 {
        let tight = self.space.is_none();
        if tight { (rest.len() - rest.trim_start().len()) as u32 } else { 0 }
    }

    /// The same before a closing mark, at the end of `before`.
    pub(super) fn space_before(&self, before: &str) -> u32 {
        let tight = self.space.is_none();
        if tight { (before.len() - before.trim_end().len()) as u32 } else { 0 }
    }

    /// Are they the signs of apostrophes too? Then a reader, or the next run, may take one for the other.
    pub(super) const fn look_like_apostrophes(&self) -> bool {
        matches!(self.open, '‘' | '’' | '\'') || matches!(self.close, '’' | '\'')
    }
}

impl fmt::Display for MarkSigns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = self.space.map(String::from).unwrap_or_default();
        write!(f, "{}{space}{WORDS}{space}{}", self.open, self.close)
    }
}

/// The outer and the inner marks of each language, by its code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByLanguage(Vec<(&'static str, MarkSigns, MarkSigns)>);

impl ByLanguage {
    /// Reads entries such as `de „…“ ‚…‘`: the code of a language, its marks, and those of a quotation inside another.
    /// Without a second pair the first holds for both.
    ///
    /// # Errors
    /// The first entry that is wrong, and what is wrong with it.
    pub fn read(entries: &[String]) -> Result<Self, String> {
        let mut read = Vec::new();
        for entry in entries {
            let (code, marks) = entry.trim().split_once(' ').unwrap_or((entry, ""));
            let language = match NamedLanguage::of_tag(code) {
                Some(NamedLanguage::Other(language)) => language,
                Some(NamedLanguage::Read(_)) => {
                    return Err(format!("“{entry}”: the marks of English are `outer` and `inner`"));
                }
                None => return Err(format!("“{entry}”: “{code}” is the code of no language")),
            };
            let pairs: Option<Vec<MarkSigns>> =
                pairs(marks).into_iter().map(|pair| MarkSigns::read(&pair)).collect();
            match pairs.as_deref() {
                Some([both]) => read.push((language.code, both.clone(), both.clone())),
                Some([outer, inner]) => read.push((language.code, outer.clone(), inner.clone())),
                _ => return Err(format!("“{entry}”: after the code it takes one or two pairs of marks")),
            }
        }
        Ok(Self(read))
    }

    /// The outer and the inner marks of a language.
    pub(super) fn of(&self, code: &str) -> Option<(&MarkSigns, &MarkSigns)> {
        let entry = self.0.iter().find(|(known, ..)| *known == code);
        entry.map(|(_, outer, inner)| (outer, inner))
    }
}

/// Parts pairs of marks at the spaces between them. A space inside a pair stands beside its `…`.
fn pairs(marks: &str) -> Vec<String> {
    let mut pairs: Vec<String> = Vec::new();
    let mut rest = marks.trim();
    while let Some(at) = rest.find(WORDS) {
        let after = &rest[at + WORDS.len_utf8()..];
        // The mark behind the words, with a space before it or not.
        let end = after.char_indices().find(|(_, sign)| !sign.is_whitespace());
        let end = end.map_or(after.len(), |(start, sign)| start + sign.len_utf8());
        let (pair, others) = rest.split_at(at + WORDS.len_utf8() + end);
        pairs.push(pair.to_owned());
        rest = others.trim_start();
    }
    if !rest.is_empty() {
        pairs.push(rest.to_owned());
    }
    pairs
}

impl<'de> Deserialize<'de> for ByLanguage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&Vec::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::*;

    #[test]
    fn entries_give_a_language_and_one_or_two_pairs() {
        for (entry, code, outer, inner) in [
            ("de „…“ ‚…‘", "de", "„…“", "‚…‘"),
            ("de-CH «…» ‹…›", "de", "«…»", "‹…›"),
            ("fr «\u{a0}…\u{a0}» “…”", "fr", "«\u{a0}…\u{a0}»", "“…”"),
            ("fi ”…”", "fi", "”…”", "”…”"),
            ("da »…« ›…‹", "da", "»…«", "›…‹"),
        ] {
            let read = ByLanguage::read(&[entry.to_owned()]).unwrap();
            let (found, inside) = read.of(code).unwrap();
            assert_eq!((found.to_string(), inside.to_string()), (outer.to_owned(), inner.to_owned()));
        }
        for (wrong, says) in [
            ("xq „…“", "the code of no language"),
            ("en “…”", "`outer` and `inner`"),
            ("de", "one or two pairs"),
            ("de „“", "one or two pairs"),
            ("de a…b", "one or two pairs"),
            ("de „…“ ‚…‘ «…»", "one or two pairs"),
            ("fr «\u{a0}…»", "one or two pairs"),
        ] {
            let told = ByLanguage::read(&[wrong.to_owned()]).unwrap_err();
            assert!(told.contains(says), "{wrong}: {told}");
        }
    }
}
