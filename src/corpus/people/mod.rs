//! Persons across files: every mention of one person under one roof, whatever the spelling.
//!
//! Names are put together by evidence, never on the strength of a family name alone:
//!
//! 1. one file itself uses both for one person (“Ana Maria Ruiz”, later “Ana Ruiz”);
//! 2. the given and the family name agree, middle names and accents aside;
//! 3. the registry lists both for one person;
//! 4. both names differ only as transliterations do (Andriy, Andrii; Sybiga, Sybiha);
//! 5. one given name is a short form of the other (Tim, Timothy), and no third name makes that doubtful;
//! 6. one letter differs, or vowels and doubled letters do, and both are given the same office, the same description or
//!    the same quotation, or stand in one file.
//!
//! Two people whom the registry tells apart are never put together, nor are a father and a son whom one file names
//! both (“Jr.”), nor people with different middle names. The outcome does not depend on the order of files: names are
//! sorted before anything is compared.

mod keys;
mod names;
mod roll;
mod sets;
mod ties;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::registry::{RegisteredId, Registry};
use crate::facts::{FileFacts, Mention, TitleMention, TitlePosition};
use crate::lexicon::offices;
use crate::source::{FileId, Place};
use crate::syntax::{Office, OfficeStatus, parse_titles};
pub use keys::{
    MOST_BEARERS, NameKeys, NameMatch, families_alone, family_key, files_key, key_name, name_keys,
    name_match, names_of_one,
};
pub use names::Kept;
use names::{FileNames, Name, NameId, Offices, SpellingId};
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
    /// One letter differs, or vowels do, and the office, the quotation or the file is the same.
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
    pub mentions: SmallVec<[MentionAt; 2]>,
    /// The first mention with each spelling of the name, letter for letter, in order.
    pub spellings: SmallVec<[MentionAt; 2]>,
    /// Who it is in the registry; none where nobody, or several, bear the name.
    pub registered: Option<RegisteredId>,
    /// What put its spellings together, each kind once.
    pub evidence: Vec<Evidence>,
}

/// All persons with a name of two words or more.
#[derive(Clone, Debug, Default)]
pub struct People {
    persons: Vec<Person>,
    /// By file and mention.
    of: Vec<Box<[Option<PersonId>]>>,
    /// By file: the mentions that give offices.
    offices: Vec<Arc<[(u32, Offices)]>>,
}

/// A name with its mentions in all files.
struct Node<'k> {
    name: &'k Name,
    shown: &'k str,
    offices: SmallVec<[&'k Office; 2]>,
    /// Titles of two words or more, as written: an office counts even where no list has it.
    titles: SmallVec<[&'k str; 1]>,
    /// Hashes of the longer quotations that the person says.
    quotations: SmallVec<[u64; 2]>,
    files: SmallVec<[FileId; 4]>,
    /// Where the sentences of its mentions begin.
    sentences: SmallVec<[(FileId, u32); 2]>,
    mentions: SmallVec<[MentionAt; 2]>,
}

impl Node<'_> {
    fn first(&self) -> &str {
        self.name.first()
    }

    fn last(&self) -> &str {
        self.name.last()
    }

    fn middle(&self) -> &str {
        self.name.middle()
    }

    fn junior(&self) -> bool {
        self.name.junior
    }
}

impl People {
    /// Gathers the persons of all files.
    pub fn gather(files: &[FileFacts], registry: &Registry) -> Self {
        Self::gather_again(files, registry, &mut Kept::default())
    }

    /// The same, with what an earlier build has worked out.
    pub fn gather_again(files: &[FileFacts], registry: &Registry, kept: &mut Kept) -> Self {
        kept.read(files, registry);
        let Nodes { nodes, ranks, same_file } = Nodes::collect(files, kept);
        let mut edges: Vec<(Evidence, usize, usize)> = same_file;
        ties::same_names(&nodes, &mut edges);
        ties::group(&nodes, &mut edges, Evidence::Registry, |node| node.name.registered);
        ties::group(&nodes, &mut edges, Evidence::Transliteration, |node| Some(&*node.name.sound));
        ties::short_forms(&nodes, &mut edges);
        let slips = kept.slips.iter().filter_map(|&(a, b)| {
            let (a, b) = (ranks[a as usize]? as usize, ranks[b as usize]? as usize);
            Some((a.min(b), a.max(b)))
        });
        ties::slips(&nodes, slips, &mut edges);
        ties::look_alikes(&nodes, &mut edges);
        edges.sort_unstable();
        edges.dedup();
        let mut sets = Sets::new(nodes.iter().map(|node| node.name.registered).collect());
        let mut evidence: Vec<(usize, Evidence)> = Vec::new();
        for (kind, a, b) in edges {
            if sets.join(a, b) {
                evidence.push((a, kind));
            }
        }
        let live = nodes.len();
        let people = Self::collect(files, nodes, &mut sets, &evidence, &kept.files);
        kept.shrink(live);
        people
    }

    fn collect(
        files: &[FileFacts],
        nodes: Vec<Node<'_>>,
        sets: &mut Sets,
        evidence: &[(usize, Evidence)],
        read: &[Option<FileNames>],
    ) -> Self {
        let mut people = Self {
            persons: Vec::new(),
            of: files.iter().map(|facts| vec![None; facts.mentions.len()].into()).collect(),
            offices: read.iter().flatten().map(|own| Arc::clone(&own.offices)).collect(),
        };
        let mut at: FxHashMap<usize, usize> = FxHashMap::default();
        for (rank, node) in nodes.into_iter().enumerate() {
            let root = sets.root(rank);
            let index = *at.entry(root).or_insert_with(|| {
                people.persons.push(Person {
                    name: String::new(),
                    mentions: SmallVec::new(),
                    spellings: SmallVec::new(),
                    registered: None,
                    evidence: Vec::new(),
                });
                people.persons.len() - 1
            });
            let person = &mut people.persons[index];
            if node.shown.len() > person.name.len() {
                node.shown.clone_into(&mut person.name);
            }
            person.registered = person.registered.or(node.name.registered);
            if person.mentions.is_empty() {
                person.mentions = node.mentions;
            } else {
                person.mentions.extend(node.mentions);
            }
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
            let mut met: SmallVec<[SpellingId; 8]> = SmallVec::new();
            for &mention in &person.mentions {
                let (file, index) = (mention.file.index(), mention.index as usize);
                people.of[file][index] = Some(PersonId(rank as u32));
                let spelling = read[file].as_ref().and_then(|own| own.spellings.get(index).copied());
                if let Some(spelling) = spelling.filter(|spelling| !met.contains(spelling)) {
                    met.push(spelling);
                    person.spellings.push(mention);
                }
            }
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
        *self.of.get(mention.file.index())?.get(mention.index as usize)?
    }

    /// The offices that a mention gives, as [`offices_of`] tells them: each with the index of its title.
    pub fn offices(&self, mention: MentionAt) -> &[(usize, Office)] {
        let Some(of_file) = self.offices.get(mention.file.index()) else { return &[] };
        let at = of_file.binary_search_by_key(&mention.index, |(index, _)| *index);
        at.map_or(&[], |at| &of_file[at].1)
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
            office.status == OfficeStatus::Held && !role.vague && !offices().goes_with_any(office.role)
        })
}

/// Does a title name an office that is held, as far as its own words tell? “Former mayor” and “top aide” do not.
pub fn is_held_office(title: &str) -> bool {
    let found = parse_titles(title);
    !found.is_empty() && found.iter().all(|office| office.status == OfficeStatus::Held && !office.described)
}

/// Every name of two words or more that a file has, sorted by its words.
struct Nodes<'k> {
    nodes: Vec<Node<'k>>,
    /// By the name's number: its place among the nodes.
    ranks: Vec<Option<u32>>,
    /// The pairs that one file uses for one person.
    same_file: Vec<(Evidence, usize, usize)>,
}

impl<'k> Nodes<'k> {
    fn collect(files: &'k [FileFacts], kept: &'k Kept) -> Self {
        let mut live = vec![false; kept.names.len()];
        for (own, person) in kept.files.iter().flatten().flat_map(|read| &read.names) {
            own.iter().chain(person).for_each(|&name| live[name as usize] = true);
        }
        let mut ranks = vec![None; kept.names.len()];
        let mut nodes: Vec<Node<'k>> = Vec::new();
        for &name in kept.order.iter().filter(|&&name| live[name as usize]) {
            ranks[name as usize] = Some(nodes.len() as u32);
            nodes.push(Node {
                name: &kept.names[name as usize],
                shown: "",
                offices: SmallVec::new(),
                titles: SmallVec::new(),
                quotations: SmallVec::new(),
                files: SmallVec::new(),
                sentences: SmallVec::new(),
                mentions: SmallVec::new(),
            });
        }
        let rank = |name: Option<NameId>| ranks[name? as usize].map(|rank| rank as usize);
        let mut same_file = Vec::new();
        for (file, (facts, read)) in files.iter().zip(kept.files.iter()).enumerate() {
            let Some(read) = read else { continue };
            let file = FileId(file as u32);
            let mut offices = read.offices.iter().peekable();
            for &(name, words) in &read.spoken {
                if let Some(node) = rank(Some(name)) {
                    nodes[node].quotations.push(words);
                }
            }
            for (index, (mention, &(own, person))) in facts.mentions.iter().zip(&read.names).enumerate() {
                let index = index as u32;
                let given = offices.next_if(|(at, _)| *at == index).map_or(&[][..], |(_, given)| given);
                let (own, person) = (rank(own), rank(person));
                // One spelling stands for all that fold alike; which one must not depend on the order of files.
                for (node, name) in [(own, Some(&mention.name)), (person, mention.person.as_ref())] {
                    if let (Some(node), Some(name)) = (node, name) {
                        let shown = &mut nodes[node].shown;
                        if shown.is_empty() || name.as_str() < *shown {
                            *shown = name;
                        }
                    }
                }
                if let (Some(own), Some(person)) = (own, person)
                    && own != person
                {
                    same_file.push((Evidence::SameFile, own.min(person), own.max(person)));
                }
                let Some(found) = own.or(person) else { continue };
                let known = &mut nodes[found];
                known.mentions.push(MentionAt { file, index });
                known.sentences.push((file, mention.sentence.start));
                if known.files.last() != Some(&file) {
                    known.files.push(file);
                }
                if !mention.quoted {
                    let plain = |title: &&TitleMention| {
                        title.position != TitlePosition::Era
                            && title.qualifier.is_empty()
                            && title.text.contains(' ')
                    };
                    let room = MOST_OFFICES.saturating_sub(known.titles.len());
                    let titles = mention.titles.iter().filter(plain).take(room);
                    known.titles.extend(titles.map(|title| title.text.as_str()));
                }
                for (_, office) in given {
                    if known.offices.len() < MOST_OFFICES && !known.offices.contains(&office) {
                        known.offices.push(office);
                    }
                }
            }
        }
        Self { nodes, ranks, same_file }
    }
}

/// Offices kept for a name; more would only repeat what the first ones say.
const MOST_OFFICES: usize = 16;

#[cfg(test)]
mod tests;
