//! The keys under which persons are put together, for engines and indexes that group them elsewhere.

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use super::names::{Name, consonants_of};
use super::ties;
use crate::corpus::registry::parts;
use crate::facts::FileFacts;
use crate::lexicon::{Class, fold, lexicon, one_letter_less, short_form, skeleton, two_slips};

/// A full name with the keys of its neighbours: names that may be the same person's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameKeys {
    /// The name in small letters, without accents and honorifics: “ana maria reyes”, “ana reyes jr”.
    pub name: String,
    /// Names that may be the same person's share one of these, each once.
    pub near: Vec<u64>,
    /// Everybody of this family name shares this one.
    pub family: u64,
}

impl NameKeys {
    /// The keys of a name; `None` for a name of one word.
    pub fn of(name: &str) -> Option<Self> {
        let name = key_name(name)?;
        let parts = Name::taken_apart(&name);
        let (first, last) = (parts.first(), parts.last());
        let mut near = vec![key("name", &[first, last]), key("sound", &[&skeleton(first), &skeleton(last)])];
        near.extend(one_letter_less(last).map(|less| key("slip", &[first, &less])));
        near.extend(one_letter_less(first).map(|less| key("slip", &[&less, last])));
        near.extend(Some(consonants_of(&parts.words)).filter(|key| *key != 0));
        near.sort_unstable();
        near.dedup();
        Some(Self { family: key("family", &[last]), near, name })
    }

    /// The key under which the files stand that have exactly this name.
    pub fn files(&self) -> u64 {
        files_key(&self.name)
    }
}

/// The key under which the files stand that have exactly this name, in small letters and without accents.
pub fn files_key(name: &str) -> u64 {
    key("files", &[name])
}

/// The key of a family name alone.
pub fn family_key(name: &str) -> Option<u64> {
    let folded = fold(name);
    parts(&folded).last().map(|last| key("family", &[last]))
}

/// How two names of [`NameKeys::name`] stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameMatch {
    /// They may be one person's.
    May,
    /// They are not, but whether others of the family name are may depend on them.
    Matters,
    /// They are two people's.
    Apart,
}

/// Of more people of one family name two are too likely to share a short form, so that short forms tie nobody.
pub const MOST_BEARERS: usize = ties::MOST_BEARERS;

/// May two names of [`NameKeys::name`] be one person's?
pub fn name_match(one: &str, other: &str) -> NameMatch {
    let (a, b) = (Name::taken_apart(one), Name::taken_apart(other));
    let given = (a.first(), b.first());
    let sound = || skeleton(a.first()) == skeleton(b.first()) && skeleton(a.last()) == skeleton(b.last());
    let family = a.last() == b.last();
    let consonants = consonants_of(&a.words);
    let look_alike = consonants != 0 && consonants == consonants_of(&b.words);
    let same = (given.0 == given.1 && family) || sound() || look_alike || ties::one_letter_apart(&a, &b);
    if same || family && (short_form(given.0, given.1) || two_slips(given.0, given.1)) {
        return NameMatch::May;
    }
    let letter = given.0.chars().next() == given.1.chars().next();
    if family && letter { NameMatch::Matters } else { NameMatch::Apart }
}

/// The full names of a file, each once, in the order of the alphabet.
pub fn name_keys(facts: &FileFacts) -> Vec<NameKeys> {
    let written = facts
        .mentions
        .iter()
        .flat_map(|mention| std::iter::once(mention.name.as_str()).chain(mention.person.as_deref()));
    let mut names: Vec<&str> = written.filter(|name| name.contains(' ')).collect();
    names.sort_unstable();
    names.dedup();
    let mut keys: Vec<NameKeys> = names.into_iter().filter_map(NameKeys::of).collect();
    keys.sort_by(|one, other| one.name.cmp(&other.name));
    keys.dedup_by(|one, other| one.name == other.name);
    keys
}

/// The pairs of full names that a file uses for one person, as [`NameKeys::name`] has them.
pub fn names_of_one(facts: &FileFacts) -> impl Iterator<Item = [String; 2]> {
    let pairs = facts.mentions.iter().filter_map(|mention| Some((&mention.name, mention.person.as_deref()?)));
    pairs
        .filter(|(name, person)| name != person)
        .filter_map(|(name, person)| Some([key_name(name)?, key_name(person)?]))
        .filter(|[one, other]| one != other)
}

/// The keys of family names that stand alone in a file, and of which it names nobody in full. Whether somebody has such a name
/// or it is a slip of the pen, other files tell.
pub fn families_alone(facts: &FileFacts) -> Vec<u64> {
    let mentioned = facts.mentions.iter().map(|mention| mention.name.as_str());
    let sources = facts
        .quotations
        .iter()
        .filter_map(|quotation| Some(quotation.attribution.as_ref()?.source.as_ref()?.text.as_str()));
    let alone = mentioned.chain(sources).filter(|name| !name.contains(' '));
    let mut alone: Vec<u64> = alone.filter_map(family_key).collect();
    alone.sort_unstable();
    alone.dedup();
    let full: FxHashSet<u64> = name_keys(facts).into_iter().map(|keys| keys.family).collect();
    alone.retain(|family| !full.contains(family));
    alone
}

/// A name as it is compared.
pub fn key_name(name: &str) -> Option<String> {
    let folded = fold(name);
    let words = parts(&folded);
    let junior = folded.split(' ').next_back().is_some_and(|last| lexicon().class(last).any(Class::SUFFIX));
    (words.len() > 1).then(|| format!("{}{}", words.join(" "), if junior { " jr" } else { "" }))
}

fn key(kind: &str, words: &[&str]) -> u64 {
    let mut text = kind.to_owned();
    for word in words {
        text.push('\0');
        text.push_str(word);
    }
    xxh3_64(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{NameKeys, NameMatch, families_alone, family_key, name_match, names_of_one};
    use crate::facts::{Hints, read};
    use crate::source::{Document, Format, Text};

    #[test]
    fn a_file_tells_two_names_of_one_person_and_families_that_stand_alone() {
        let text = "“No,” said Ana Maria Ruiz. Ana Ruiz left.\n\n“Yes,” Okafor said. “Well,” Ruiz said.\n";
        let document = Document::new("a.txt", Format::Plain, Text::new(text.to_owned()));
        let facts = read(&document, &Hints::default());
        let pairs: Vec<[String; 2]> = names_of_one(&facts).collect();
        assert!(pairs.iter().any(|pair| pair.contains(&"ana maria ruiz".to_owned())), "{pairs:?}");
        assert_eq!(families_alone(&facts), Vec::from_iter(family_key("Okafor")));
    }

    #[test]
    fn names_that_may_be_one_persons_share_a_key() {
        let keys = |name: &str| NameKeys::of(name).into_iter().next();
        for (one, other, expected) in [
            ("Ana Reyes", "Ana María Reyes", NameMatch::May),
            ("Andriy Sybiga", "Andrii Sybiha", NameMatch::May),
            ("Tim Holt", "Timothy Holt", NameMatch::May),
            ("Laura Holte", "Laura Holt", NameMatch::May),
            ("Ana Reyes", "Alma Reyes", NameMatch::Matters),
            ("Ana Reyes", "Bo Reyes", NameMatch::Apart),
            ("Ana Reyes", "Ana Okafor", NameMatch::Apart),
        ] {
            let (Some(a), Some(b)) = (keys(one), keys(other)) else { continue };
            assert_eq!(name_match(&a.name, &b.name), expected, "{one} / {other}");
            let shared = a.near.iter().any(|key| b.near.contains(key)) || a.family == b.family;
            assert!(expected != NameMatch::May || shared, "{one} / {other}");
        }
        assert!(keys("Reyes").is_none());
    }
}
