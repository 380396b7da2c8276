//! Speakers as names: could these two be one person?
//!
//! This looks at names alone. Where it cannot tell, it says so, and the rules stay silent.

use crate::facts::{Speaker, SpeakerKind};
use crate::lexicon::short_form;

/// How two speakers stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// One person or body, as far as names tell.
    Same,
    /// Two people.
    Different,
    /// A person and a body, who may speak for one another.
    PersonAndBody,
    /// Names do not tell.
    Unclear,
}

/// A speaker's name, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The name as a file gives it.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
    /// Given names and surname in small ASCII letters, without suffixes.
    parts: Vec<String>,
}

/// Shortest surname in which one letter more or less is taken for a slip or another transliteration.
const LONG_NAME: usize = 5;

impl Voice {
    /// Takes a speaker's name apart.
    pub fn new(speaker: &Speaker) -> Self {
        let parts = deunicode::deunicode(&speaker.name)
            .to_ascii_lowercase()
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '\'')
            .filter(|part| !part.is_empty() && !matches!(*part, "jr" | "sr" | "ii" | "iii" | "iv" | "the"))
            .map(str::to_owned)
            .collect();
        Self { name: speaker.name.clone(), kind: speaker.kind, parts }
    }

    /// Is it somebody or something with a name?
    pub fn is_named(&self) -> bool {
        matches!(self.kind, SpeakerKind::Person | SpeakerKind::Body) && !self.parts.is_empty()
    }

    /// Is it a body, or a person with given name and surname?
    pub fn is_full(&self) -> bool {
        self.is_named() && (self.kind == SpeakerKind::Body || self.parts.len() > 1)
    }

    /// The last part of the name, as used for grouping.
    pub fn surname(&self) -> &str {
        self.parts.last().map_or("", String::as_str)
    }

    /// Is `word` (in small letters) a part of the name?
    pub fn has_part(&self, word: &str) -> bool {
        self.parts.iter().any(|part| part == word)
    }

    /// How the two stand to one another.
    pub fn kinship(&self, other: &Self) -> Kinship {
        match (self.kind, other.kind) {
            _ if !self.is_named() || !other.is_named() => Kinship::Unclear,
            (SpeakerKind::Person, SpeakerKind::Person) => people(&self.parts, &other.parts),
            (SpeakerKind::Body, SpeakerKind::Body) if bodies(&self.parts, &other.parts) => Kinship::Same,
            (SpeakerKind::Body, SpeakerKind::Body) => Kinship::Unclear,
            _ => Kinship::PersonAndBody,
        }
    }
}

/// “The ministry” and “the foreign ministry” are one body where nothing else is said.
fn bodies(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.iter().all(|part| long.contains(part))
}

fn people(one: &[String], other: &[String]) -> Kinship {
    let (Some((surname, given)), Some((other_surname, other_given))) = (one.split_last(), other.split_last())
    else {
        return Kinship::Unclear;
    };
    if surname == other_surname || folded(surname) == folded(other_surname) {
        return match given_names(given, other_given) {
            Some(false) => Kinship::Different,
            Some(true) => Kinship::Same,
            // “Reyes” and “Ana Reyes”: nothing speaks against it.
            None if given.is_empty() || other_given.is_empty() => Kinship::Same,
            None => Kinship::Unclear,
        };
    }
    let near = surname.len().min(other_surname.len()) >= LONG_NAME
        && strsim::damerau_levenshtein(surname, other_surname) <= 1;
    // “Kim” and “Kim Jong Un”; “Maria Vega” and “Vega Ruiz”.
    let shared = one.iter().any(|part| part.len() > 1 && other.contains(part));
    match given_names(given, other_given) {
        Some(true) if near => Kinship::Same,
        _ if near || shared => Kinship::Unclear,
        _ => Kinship::Different,
    }
}

/// Are the given names one (`true`), two (`false`), or not comparable?
fn given_names(one: &[String], other: &[String]) -> Option<bool> {
    let (first, second) = (one.first()?, other.first()?);
    if first == second || folded(first) == folded(second) {
        return Some(true);
    }
    if first.len() == 1 || second.len() == 1 {
        return if first.as_bytes()[0] == second.as_bytes()[0] { None } else { Some(false) };
    }
    if short_form(first, second) {
        return Some(true);
    }
    // A middle name may be the one in use, and a short form we do not know usually keeps the first letter.
    if one.contains(second) || other.contains(first) || first.as_bytes()[0] == second.as_bytes()[0] {
        return None;
    }
    Some(false)
}

/// A name without what transliterations disagree on.
fn folded(name: &str) -> String {
    let mut letters = String::with_capacity(name.len());
    for c in name.chars() {
        let c = if matches!(c, 'y' | 'j') { 'i' } else { c };
        if !letters.ends_with(c) && c != '-' && c != '\'' {
            letters.push(c);
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::{Kinship, Voice};
    use crate::facts::{Speaker, SpeakerKind};

    fn person(name: &str) -> Voice {
        Voice::new(&Speaker { name: name.into(), kind: SpeakerKind::Person })
    }

    #[test]
    fn tells_people_apart_by_name_where_names_tell() {
        for (one, other, kinship) in [
            ("Ana Reyes", "Reyes", Kinship::Same),
            ("Ana Reyes", "Ana Reyes Jr.", Kinship::Same),
            ("Ana Reyes", "Bo Okafor", Kinship::Different),
            ("Ana Reyes", "Tomás Reyes", Kinship::Different),
            ("Bob Hale", "Robert Hale", Kinship::Same),
            ("Andriy Marchenko", "Andrii Marchenko", Kinship::Same),
            ("Olena Koval", "Olena Kovall", Kinship::Same),
            ("Johnson", "Johnston", Kinship::Unclear),
            ("Ana Reyes", "Alma Reyes", Kinship::Unclear),
            ("Park", "Park Min Seo", Kinship::Unclear),
        ] {
            assert_eq!(person(one).kinship(&person(other)), kinship, "{one} / {other}");
            assert_eq!(person(other).kinship(&person(one)), kinship, "{other} / {one}");
        }
    }

    #[test]
    fn bodies_and_unnamed_speakers_are_no_second_person() {
        let ministry = Voice::new(&Speaker { name: "Harbour Ministry".into(), kind: SpeakerKind::Body });
        let aide = Voice::new(&Speaker { name: "a senior aide".into(), kind: SpeakerKind::Unnamed });
        assert_eq!(person("Ana Reyes").kinship(&ministry), Kinship::PersonAndBody);
        assert_eq!(person("Ana Reyes").kinship(&aide), Kinship::Unclear);
        assert_eq!(ministry.kinship(&ministry), Kinship::Same);
    }
}
