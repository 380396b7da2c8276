//! Speakers: could these two be one person?
//!
//! Whom the drafts' people or the registry put together is one; for the rest names alone decide. Where they cannot
//! tell, it says so, and the rules stay silent.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::kept::FileWords;
use super::ladder::entries;
use crate::corpus::people::{MentionAt, People, PersonId};
use crate::corpus::registry::{RegisteredId, Registry};
use crate::facts::{FileFacts, Speaker, SpeakerKind};
use crate::lexicon::{Class, lexicon, short_form};
use crate::source::FileId;

/// How two speakers stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeakerMatch {
    /// One person or body, as far as names tell.
    Same,
    /// Two people.
    Different,
    /// A person and a body, or a spokesman and somebody else, who may speak for one another.
    PersonAndBody,
    /// Names do not tell.
    Unclear,
}

/// A speaker's name, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerName {
    /// The name as a file gives it.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
    /// Given names and surname in small ASCII letters, without suffixes.
    parts: Vec<String>,
    known: Known,
}

/// What the drafts and the registry know of a speaker beyond the name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Known {
    /// Who it is among the persons of all drafts.
    person: Option<PersonId>,
    /// Who it is in the registry.
    registered: Option<RegisteredId>,
    /// The gender that an honorific in the draft tells: “Mrs. Holt”.
    gender: Class,
    /// Does the draft call the speaker a spokesman, whose words are also those of whoever sent them?
    speaks_for_others: bool,
}

/// Who is who in the drafts: what makes one voice of “Mr. Okafor”, “the chairman Okafor” and a registered alias.
pub struct Cast<'c> {
    files: &'c [FileFacts],
    read: &'c [Option<FileWords>],
    people: &'c People,
    registry: &'c Registry,
}

/// What makes two speakers one voice: the name and what it is, and what is known of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct VoiceKey<'f>(&'f str, SpeakerKind, Known);

impl<'c> Cast<'c> {
    /// Those whom the files mention; `read` is what was kept of each file.
    pub(super) const fn new(
        files: &'c [FileFacts],
        read: &'c [Option<FileWords>],
        people: &'c People,
        registry: &'c Registry,
    ) -> Self {
        Self { files, read, people, registry }
    }

    /// What the mentions of a file say of a name.
    fn named(&self, file: FileId, name: &str) -> Known {
        let mut known = Known::default();
        let (Some(facts), Some(Some(own))) = (self.files.get(file.index()), self.read.get(file.index()))
        else {
            return known;
        };
        for index in own.mentions_of(name) {
            let Some(mention) = facts.mentions.get(index as usize) else { continue };
            if mention.name == name || mention.person.as_deref() == Some(name) {
                known.person = known.person.or(self.people.of(MentionAt { file, index }));
                known.gender = known.gender.or(gender_of(&mention.honorific));
                known.speaks_for_others |= own.speaks_for_others.get(index as usize) == Some(&true);
            }
        }
        known
    }

    /// What makes a speaker of a file one voice with another.
    pub fn key<'f>(&self, file: FileId, speaker: &'f Speaker) -> VoiceKey<'f>
    where
        'c: 'f,
    {
        let mut known = Known::default();
        if speaker.kind == SpeakerKind::Person {
            known = self.named(file, &speaker.name);
            known.registered = match self.registry.named(&speaker.name) {
                [one] => Some(*one),
                _ => known.person.and_then(|person| self.people.person(person).registered),
            };
        }
        VoiceKey(&speaker.name, speaker.kind, known)
    }

    /// A speaker of a file.
    pub fn voice(&self, file: FileId, speaker: &Speaker) -> SpeakerName {
        let known = self.key(file, speaker).2;
        let plain = SpeakerName::new(speaker);
        let gender = known.gender.or(plain.known.gender);
        SpeakerName { known: Known { gender, ..known }, ..plain }
    }
}

/// “a spokesman for the harbour board”, “her press secretary”
pub(super) fn speaks_for_others(title: &str) -> bool {
    let title = title.to_lowercase();
    SPOKESPEOPLE.iter().any(|word| title.contains(word))
}

static SPOKESPEOPLE: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    entries(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/spokespeople.txt"))).collect()
});

/// Shortest surname in which one letter more or less is taken for a slip or another transliteration.
const LONG_NAME: usize = 5;

impl SpeakerName {
    /// Takes a speaker's name apart; nothing else is known of them.
    pub fn new(speaker: &Speaker) -> Self {
        // “Mrs. Holt”, where a draft has a Mr. Holt too.
        let (gender, name) = match speaker.name.split_once(' ').map(|(first, name)| (gender_of(first), name))
        {
            Some((gender, name)) if gender != Class::NONE => (gender, name),
            _ => (Class::NONE, speaker.name.as_str()),
        };
        let parts = deunicode::deunicode(name)
            .to_ascii_lowercase()
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '\'')
            .filter(|part| !part.is_empty() && !matches!(*part, "jr" | "sr" | "ii" | "iii" | "iv" | "the"))
            .map(str::to_owned)
            .collect();
        let known = Known { gender, ..Known::default() };
        Self { name: speaker.name.clone(), kind: speaker.kind, parts, known }
    }

    /// Is it somebody or something with a name?
    pub fn is_named(&self) -> bool {
        matches!(self.kind, SpeakerKind::Person | SpeakerKind::Body) && !self.parts.is_empty()
    }

    /// Is it a body, or a person with given name and surname?
    pub fn is_full(&self) -> bool {
        self.is_named() && (self.kind == SpeakerKind::Body || self.parts.len() > 1)
    }

    /// The name as it stands in a sentence: “the bank” for a body that is written “bank”.
    pub fn told(&self) -> Cow<'_, str> {
        let first = self.name.split(' ').next().unwrap_or_default();
        let bare = self.kind == SpeakerKind::Body
            && !self.name.chars().any(char::is_uppercase)
            && !lexicon().class(first).any(Class::DETERMINER.or(Class::POSSESSIVE));
        if bare { Cow::Owned(format!("the {}", self.name)) } else { Cow::Borrowed(&self.name) }
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
    pub fn speaker_match(&self, other: &Self) -> SpeakerMatch {
        match (self.kind, other.kind) {
            _ if !self.is_named() || !other.is_named() => SpeakerMatch::Unclear,
            (SpeakerKind::Person, SpeakerKind::Person) => self.people(other),
            (SpeakerKind::Body, SpeakerKind::Body) if bodies(&self.parts, &other.parts) => SpeakerMatch::Same,
            (SpeakerKind::Body, SpeakerKind::Body) => SpeakerMatch::Unclear,
            _ => SpeakerMatch::PersonAndBody,
        }
    }

    /// Two people, or one: what is known of them, and then their names.
    fn people(&self, other: &Self) -> SpeakerMatch {
        let (one, two) = (self.known, other.known);
        let speaker_match = match (one.registered, two.registered) {
            (Some(one), Some(two)) if one == two => SpeakerMatch::Same,
            (Some(_), Some(_)) => SpeakerMatch::Different,
            _ if one.person.is_some() && one.person == two.person => SpeakerMatch::Same,
            // Mr. Holt and Mrs. Holt.
            // What two honorifics in different places tell of one name may be both.
            _ if one.gender.contradicts_gender(two.gender) => SpeakerMatch::Different,
            _ => people(&self.parts, &other.parts),
        };
        match speaker_match {
            // What a spokesman says is also said by whoever sent them.
            SpeakerMatch::Different if one.speaks_for_others != two.speaks_for_others => {
                SpeakerMatch::PersonAndBody
            }
            speaker_match => speaker_match,
        }
    }
}

/// The gender that an honorific tells, with its stop or without.
fn gender_of(honorific: &str) -> Class {
    let class = match lexicon().class(honorific) {
        class if class.any(Class::HONORIFIC) => class,
        _ => return Class::NONE,
    };
    match (class.any(Class::MALE), class.any(Class::FEMALE)) {
        (true, false) => Class::MALE,
        (false, true) => Class::FEMALE,
        _ => Class::NONE,
    }
}

/// “The ministry” and “the foreign ministry” are one body where nothing else is said.
fn bodies(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.iter().all(|part| long.contains(part))
}

fn people(one: &[String], other: &[String]) -> SpeakerMatch {
    let (Some((surname, given)), Some((other_surname, other_given))) = (one.split_last(), other.split_last())
    else {
        return SpeakerMatch::Unclear;
    };
    if surname == other_surname || folded(surname) == folded(other_surname) {
        return match given_names(given, other_given) {
            Some(false) => SpeakerMatch::Different,
            Some(true) => SpeakerMatch::Same,
            // “Reyes” and “Ana Reyes”: nothing speaks against it.
            None if given.is_empty() || other_given.is_empty() => SpeakerMatch::Same,
            None => SpeakerMatch::Unclear,
        };
    }
    let near = surname.len().min(other_surname.len()) >= LONG_NAME
        && strsim::damerau_levenshtein(surname, other_surname) <= 1;
    // “Kim” and “Kim Jong Un”; “Maria Vega” and “Vega Ruiz”.
    let shared = one.iter().any(|part| part.len() > 1 && other.contains(part));
    match given_names(given, other_given) {
        Some(true) if near => SpeakerMatch::Same,
        _ if near || shared => SpeakerMatch::Unclear,
        _ => SpeakerMatch::Different,
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
    use super::{SpeakerMatch, SpeakerName};
    use crate::facts::{Speaker, SpeakerKind};

    fn person(name: &str) -> SpeakerName {
        SpeakerName::new(&Speaker { name: name.into(), kind: SpeakerKind::Person })
    }

    #[test]
    fn tells_people_apart_by_name_where_names_tell() {
        for (one, other, speaker_match) in [
            ("Ana Reyes", "Reyes", SpeakerMatch::Same),
            ("Ana Reyes", "Ana Reyes Jr.", SpeakerMatch::Same),
            ("Ana Reyes", "Bo Okafor", SpeakerMatch::Different),
            ("Ana Reyes", "Tomás Reyes", SpeakerMatch::Different),
            ("Bob Hale", "Robert Hale", SpeakerMatch::Same),
            ("Andriy Marchenko", "Andrii Marchenko", SpeakerMatch::Same),
            ("Olena Koval", "Olena Kovall", SpeakerMatch::Same),
            ("Johnson", "Johnston", SpeakerMatch::Unclear),
            ("Ana Reyes", "Alma Reyes", SpeakerMatch::Unclear),
            ("Park", "Park Min Seo", SpeakerMatch::Unclear),
        ] {
            assert_eq!(person(one).speaker_match(&person(other)), speaker_match, "{one} / {other}");
            assert_eq!(person(other).speaker_match(&person(one)), speaker_match, "{other} / {one}");
        }
    }

    #[test]
    fn a_body_without_a_name_has_an_article() {
        for (name, kind, told) in [
            ("bank", SpeakerKind::Body, "the bank"),
            ("harbour board", SpeakerKind::Body, "the harbour board"),
            ("Harbour Ministry", SpeakerKind::Body, "Harbour Ministry"),
            ("her campaign", SpeakerKind::Body, "her campaign"),
            ("each bank", SpeakerKind::Body, "each bank"),
            ("Ana Reyes", SpeakerKind::Person, "Ana Reyes"),
            ("a senior aide", SpeakerKind::Unnamed, "a senior aide"),
            ("critics", SpeakerKind::Unnamed, "critics"),
        ] {
            assert_eq!(SpeakerName::new(&Speaker { name: name.into(), kind }).told(), told);
        }
    }

    #[test]
    fn bodies_and_unnamed_speakers_are_no_second_person() {
        let ministry =
            SpeakerName::new(&Speaker { name: "Harbour Ministry".into(), kind: SpeakerKind::Body });
        let aide = SpeakerName::new(&Speaker { name: "a senior aide".into(), kind: SpeakerKind::Unnamed });
        assert_eq!(person("Ana Reyes").speaker_match(&ministry), SpeakerMatch::PersonAndBody);
        assert_eq!(person("Ana Reyes").speaker_match(&aide), SpeakerMatch::Unclear);
        assert_eq!(ministry.speaker_match(&ministry), SpeakerMatch::Same);
    }
}
