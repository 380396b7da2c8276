//! Persons across files: every mention of one person under one roof, whatever the spelling.
//!
//! Names are put together by evidence, never on the strength of a family name alone:
//!
//! 1. one file itself uses both for one person (“Ana Maria Ruiz”, later “Ana Ruiz”);
//! 2. the given and the family name agree, middle names and accents aside;
//! 3. the registry lists both for one person;
//! 4. both names differ only as transliterations do (Andriy, Andrii; Sybiga, Sybiha);
//! 5. one given name is a short form of the other (Tim, Timothy), and no third name makes that doubtful;
//! 6. one letter differs, and both are given the same office, or stand in one file.
//!
//! Two people whom the registry tells apart are never put together, nor are a father and a son whom one file names
//! both (“Jr.”), nor people with different middle names. The outcome does not depend on the order of files: names are
//! sorted before anything is compared.

mod roll;
mod sets;
mod ties;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::registry::{RegisteredId, Registry, parts};
use crate::facts::{FileFacts, Mention};
use crate::lexicon::{Class, fold, lexicon, offices, skeleton};
use crate::source::{FileId, Place};
use crate::syntax::{Office, OfficeStatus, parse_titles};
pub use roll::{Entry, Tally};
use sets::Sets;

/// A person's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(u32);

/// Why two names are one person's, most certain first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// One file uses both.
    SameFile,
    /// They agree but for middle names and accents.
    SameName,
    /// The registry lists both.
    Registry,
    /// They differ as transliterations do.
    Transliteration,
    /// One given name is a short form of the other.
    ShortForm,
    /// One letter differs, and the office is the same or the file is.
    Slip,
}

/// A mention: the file and the index among its mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionAt {
    /// The file.
    pub file: FileId,
    /// An index into `FileFacts::mentions`.
    pub index: u32,
}

/// One person.
#[derive(Clone, Debug)]
pub struct Person {
    /// The name that most of its words are known of: the longest, the first in the alphabet among equals.
    pub name: String,
    /// Every mention, in order of files and places.
    pub mentions: Vec<MentionAt>,
    /// Who it is in the registry; none where nobody, or several, bear the name.
    pub registered: Option<RegisteredId>,
    /// What put its spellings together, each kind once.
    pub evidence: Vec<Evidence>,
}

/// All persons with a name of two words or more.
#[derive(Clone, Debug, Default)]
pub struct People {
    persons: Vec<Person>,
    of: FxHashMap<MentionAt, PersonId>,
}

/// A name as it is compared: folded, “Jr.” left out.
struct Node {
    words: SmallVec<[Box<str>; 3]>,
    /// “Jr.”, “III”: a father of the same name is somebody else.
    junior: bool,
    shown: String,
    registered: Option<RegisteredId>,
    offices: Vec<Office>,
    files: Vec<FileId>,
    /// Where the sentences of its mentions begin.
    sentences: Vec<(FileId, u32)>,
    mentions: Vec<MentionAt>,
}

impl Node {
    fn first(&self) -> &str {
        self.words.first().map_or("", |word| word)
    }

    fn last(&self) -> &str {
        self.words.last().map_or("", |word| word)
    }

    /// The first word between the two; empty where there is none.
    fn middle(&self) -> &str {
        self.words.get(1).filter(|_| self.words.len() > 2).map_or("", |word| word)
    }
}

impl People {
    /// Gathers the persons of all files.
    pub fn gather(files: &[FileFacts], registry: &Registry) -> Self {
        let (nodes, ties) = nodes(files, registry);
        let mut edges: Vec<(Evidence, usize, usize)> = ties;
        ties::same_names(&nodes, &mut edges);
        ties::group(&nodes, &mut edges, Evidence::Registry, |node| node.registered);
        ties::group(&nodes, &mut edges, Evidence::Transliteration, |node| {
            Some((skeleton(node.first()), skeleton(node.last()), node.middle().to_owned(), node.junior))
        });
        ties::short_forms(&nodes, &mut edges);
        ties::slips(&nodes, &mut edges);
        edges.sort_unstable();
        edges.dedup();
        let mut sets = Sets::new(nodes.iter().map(|node| node.registered).collect());
        let mut evidence: Vec<(usize, Evidence)> = Vec::new();
        for (kind, a, b) in edges {
            if sets.join(a, b) {
                evidence.push((a, kind));
            }
        }
        Self::collect(nodes, &mut sets, &evidence)
    }

    fn collect(nodes: Vec<Node>, sets: &mut Sets, evidence: &[(usize, Evidence)]) -> Self {
        let mut people = Self::default();
        let mut at: FxHashMap<usize, usize> = FxHashMap::default();
        for (rank, node) in nodes.into_iter().enumerate() {
            let root = sets.root(rank);
            let index = *at.entry(root).or_insert_with(|| {
                people.persons.push(Person {
                    name: String::new(),
                    mentions: Vec::new(),
                    registered: None,
                    evidence: Vec::new(),
                });
                people.persons.len() - 1
            });
            let person = &mut people.persons[index];
            if node.shown.len() > person.name.len() {
                person.name = node.shown;
            }
            person.registered = person.registered.or(node.registered);
            person.mentions.extend(node.mentions);
        }
        for &(rank, kind) in evidence {
            let person = &mut people.persons[at[&sets.root(rank)]];
            if !person.evidence.contains(&kind) {
                person.evidence.push(kind);
            }
        }
        for (rank, person) in people.persons.iter_mut().enumerate() {
            person.mentions.sort_unstable();
            person.evidence.sort_unstable();
            people.of.extend(person.mentions.iter().map(|&mention| (mention, PersonId(rank as u32))));
        }
        people
    }

    /// Every person, in the order of the alphabet of their names as first seen.
    pub fn iter(&self) -> impl Iterator<Item = (PersonId, &Person)> {
        self.persons.iter().enumerate().map(|(rank, person)| (PersonId(rank as u32), person))
    }

    /// A person.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.persons[id.0 as usize]
    }

    /// Whom a mention means; `None` where that is not known.
    pub fn of(&self, mention: MentionAt) -> Option<PersonId> {
        self.of.get(&mention).copied()
    }
}

impl MentionAt {
    /// The mention itself.
    pub fn of(self, facts: &FileFacts) -> &Mention {
        &facts.mentions[self.index as usize]
    }

    /// Where its name stands.
    pub fn place(self, facts: &FileFacts) -> Place {
        Place::new(self.file, self.of(facts).span)
    }
}

/// The offices that a mention gives, as far as they are held and say which office it is.
pub fn offices_of(mention: &Mention) -> impl Iterator<Item = (usize, Office)> + '_ {
    mention
        .titles
        .iter()
        .enumerate()
        .flat_map(|(index, title)| parse_titles(&title.text).into_iter().map(move |office| (index, office)))
        .filter(|(_, office)| {
            let role = offices().of(office.role);
            office.status == OfficeStatus::Held && !role.vague && !role.rank
        })
}

/// Does a title name an office that is held, as far as its own words tell? “Former mayor” and “top aide” do not.
pub fn is_held_office(title: &str) -> bool {
    let found = parse_titles(title);
    !found.is_empty() && found.iter().all(|office| office.status == OfficeStatus::Held && !office.described)
}

/// Every name of two words or more, sorted, and the pairs that one file uses for one person.
fn nodes(files: &[FileFacts], registry: &Registry) -> (Vec<Node>, Vec<(Evidence, usize, usize)>) {
    let mut rank: FxHashMap<String, usize> = FxHashMap::default();
    let mut nodes: Vec<Node> = Vec::new();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut node = |name: &str, nodes: &mut Vec<Node>| -> Option<usize> {
        let folded = fold(name);
        let words = parts(&folded);
        if words.len() < 2 {
            return None;
        }
        let junior =
            folded.split(' ').next_back().is_some_and(|last| lexicon().class(last).any(Class::SUFFIX));
        let key = format!("{}{}", words.join(" "), if junior { " jr" } else { "" });
        if let Some(&known) = rank.get(&key) {
            let shown = &mut nodes[known].shown;
            // One spelling stands for all that fold alike; which one must not depend on the order of files.
            if *name < **shown {
                name.clone_into(shown);
            }
            return Some(known);
        }
        let registered = match registry.named(name) {
            [one] => Some(*one),
            _ => None,
        };
        nodes.push(Node {
            words: words.iter().map(|&word| word.into()).collect(),
            junior,
            shown: name.to_owned(),
            registered,
            offices: Vec::new(),
            files: Vec::new(),
            sentences: Vec::new(),
            mentions: Vec::new(),
        });
        rank.insert(key, nodes.len() - 1);
        Some(nodes.len() - 1)
    };
    for (file, facts) in files.iter().enumerate() {
        let file = FileId(file as u32);
        for (index, mention) in facts.mentions.iter().enumerate() {
            let own = node(&mention.name, &mut nodes);
            let person = mention.person.as_deref().and_then(|person| node(person, &mut nodes));
            if let (Some(own), Some(person)) = (own, person)
                && own != person
            {
                pairs.push((own, person));
            }
            let Some(found) = own.or(person) else { continue };
            let known = &mut nodes[found];
            known.mentions.push(MentionAt { file, index: index as u32 });
            known.sentences.push((file, mention.sentence.start));
            if known.files.last() != Some(&file) {
                known.files.push(file);
            }
            for (_, office) in offices_of(mention) {
                if known.offices.len() < MOST_OFFICES && !known.offices.contains(&office) {
                    known.offices.push(office);
                }
            }
        }
    }
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|&at| (&nodes[at].words, nodes[at].junior));
    let mut place = vec![0; nodes.len()];
    for (rank, &old) in order.iter().enumerate() {
        place[old] = rank;
    }
    let ties = pairs
        .into_iter()
        .map(|(a, b)| (Evidence::SameFile, place[a].min(place[b]), place[a].max(place[b])))
        .collect();
    let mut sorted: Vec<(usize, Node)> = nodes.into_iter().enumerate().collect();
    sorted.sort_by_key(|(old, _)| place[*old]);
    (sorted.into_iter().map(|(_, node)| node).collect(), ties)
}

/// Offices kept for a name; more would only repeat what the first ones say.
const MOST_OFFICES: usize = 16;

#[cfg(test)]
mod tests;
