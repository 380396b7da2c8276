//! The registry: persons and tenures with lookups by name that take the same time however many there are.

mod lookup;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::calendar::{Day, Interval};
use crate::lexicon::fold;
use crate::source::{HouseName, Roster, RosterEvent, RosterPerson};
use crate::syntax::{Office, parse_titles};

pub use lookup::{PersonKey, name_keys, parts, surname};

/// A person's number in the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegisteredId(u32);

/// Everything that registries say, with lookups.
#[derive(Debug, Default)]
pub struct Registry {
    persons: Vec<Registered>,
    /// Offices by the words they are written in; most tenures share their title with many others.
    offices: Vec<SmallVec<[Office; 1]>>,
    by_name: FxHashMap<PersonKey, SmallVec<[RegisteredId; 2]>>,
    by_surname: FxHashMap<PersonKey, SmallVec<[RegisteredId; 2]>>,
    names: Vec<HouseName>,
    variants: FxHashMap<Box<str>, u32>,
    events: Vec<RosterEvent>,
    /// Halves of the keys that misspelled names share, sorted, each with a person: a tenth of what a map takes.
    slips: OnceLock<Vec<(u32, RegisteredId)>>,
}

/// A person of the registry.
#[derive(Debug)]
pub struct Registered {
    /// The name as the registry spells it.
    pub name: Box<str>,
    /// Other spellings that are right.
    pub aliases: Box<[Box<str>]>,
    /// True where the desk wants `name` and no alias of it.
    pub prefer: bool,
    /// The days on which the person may have been born.
    pub born: Option<Interval>,
    /// The days on which the person may have died.
    pub died: Option<Interval>,
    tenures: Box<[Held]>,
}

#[derive(Debug)]
struct Held {
    title: Box<str>,
    offices: u32,
    days: Interval,
}

/// An office held by a person of the registry.
#[derive(Clone, Copy, Debug)]
pub struct Tenure<'r> {
    /// The title as the registry writes it.
    pub title: &'r str,
    /// The office, taken apart.
    pub office: &'r Office,
    /// From the first day on which it may have been held to the last.
    pub days: Interval,
}

impl Registry {
    /// Builds the lookups.
    pub fn new(roster: Roster) -> Self {
        let mut registry = Self { names: roster.names, events: roster.events, ..Self::default() };
        let mut titles: FxHashMap<Box<str>, u32> = FxHashMap::default();
        registry.persons.reserve(roster.persons.len());
        registry.by_name.reserve(roster.persons.len() * 2);
        registry.by_surname.reserve(roster.persons.len());
        for person in roster.persons {
            registry.add(person, &mut titles);
        }
        for (rank, name) in registry.names.iter().enumerate() {
            for variant in &name.variants {
                registry.variants.insert(variant.as_str().into(), rank as u32);
            }
        }
        registry
    }

    fn add(&mut self, person: RosterPerson, titles: &mut FxHashMap<Box<str>, u32>) {
        let id = RegisteredId(self.persons.len() as u32);
        for spelling in std::iter::once(&person.name).chain(&person.aliases) {
            for key in name_keys(spelling) {
                add_once(&mut self.by_name, key, id);
            }
            let last = person.family.as_deref().filter(|family| spelling.contains(*family));
            if let Some(key) = surname(last.unwrap_or(spelling)) {
                add_once(&mut self.by_surname, key, id);
            }
        }
        let tenures = person.titles.into_iter().map(|tenure| {
            let title: Box<str> = tenure.title.into();
            let offices = *titles.entry(title.clone()).or_insert_with(|| {
                self.offices.push(parse_titles(&title));
                self.offices.len() as u32 - 1
            });
            Held { title, offices, days: tenure.held }
        });
        self.persons.push(Registered {
            name: person.name.into(),
            tenures: tenures.collect(),
            aliases: person.aliases.into_iter().map(Into::into).collect(),
            prefer: person.prefer,
            born: person.born,
            died: person.died,
        });
    }

    /// True where nobody is registered and no name is.
    pub fn is_empty(&self) -> bool {
        self.persons.is_empty() && self.names.is_empty()
    }

    /// How many persons it holds.
    pub fn len(&self) -> usize {
        self.persons.len()
    }

    /// Everybody's number, in order.
    pub fn ids(&self) -> impl Iterator<Item = RegisteredId> {
        (0..self.persons.len() as u32).map(RegisteredId)
    }

    /// A person.
    pub fn person(&self, id: RegisteredId) -> &Registered {
        &self.persons[id.0 as usize]
    }

    /// Everybody with this name, given and family name at least, in any spelling of the registry. Accents, case,
    /// middle names and “Jr.” do not matter.
    pub fn named(&self, name: &str) -> &[RegisteredId] {
        if self.is_empty() {
            return &[];
        }
        name_keys(name).find_map(|key| self.by_name.get(&key)).map_or(&[], |found| found)
    }

    /// Everybody with this family name.
    pub fn surnamed(&self, name: &str) -> &[RegisteredId] {
        if self.is_empty() {
            return &[];
        }
        surname(name).and_then(|key| self.by_surname.get(&key)).map_or(&[], |found| found)
    }

    /// Everybody whose given or family name differs from this one by a slip of one letter or as transliterations
    /// do, the rest being the same. The index for it is built on first use.
    pub fn nearly_named(&self, name: &str) -> SmallVec<[RegisteredId; 2]> {
        if self.is_empty() {
            return SmallVec::new();
        }
        let slips = self.slips.get_or_init(|| self.slips());
        let folded = fold(name);
        let mut found: SmallVec<[RegisteredId; 2]> = SmallVec::new();
        lookup::slip_keys(&folded, |key| {
            let key = key.half();
            let first = slips.partition_point(|(other, _)| *other < key);
            found.extend(slips[first..].iter().take_while(|(other, _)| *other == key).map(|(_, id)| *id));
        });
        found.sort_unstable();
        found.dedup();
        found.retain(|id| {
            self.person(*id).spellings().any(|spelling| lookup::nearly(&folded, &fold(spelling)))
        });
        found
    }

    fn slips(&self) -> Vec<(u32, RegisteredId)> {
        let mut slips = Vec::with_capacity(self.persons.len() * KEYS);
        for (rank, person) in self.persons.iter().enumerate() {
            for spelling in person.spellings() {
                let folded = fold(spelling);
                lookup::slip_keys(&folded, |key| slips.push((key.half(), RegisteredId(rank as u32))));
            }
        }
        slips.sort_unstable();
        slips.dedup();
        slips
    }

    /// The offices of a person.
    pub fn tenures(&self, id: RegisteredId) -> impl Iterator<Item = Tenure<'_>> {
        self.person(id).tenures.iter().flat_map(|held| {
            let offices = &self.offices[held.offices as usize];
            offices.iter().map(|office| Tenure { title: &held.title, office, days: held.days })
        })
    }

    /// The titles that somebody has held, as the registry writes them, each with its days; those of offices that no list
    /// has are among them.
    pub fn titles(&self, id: RegisteredId) -> impl Iterator<Item = (&str, Interval)> {
        self.person(id).tenures.iter().map(|held| (&*held.title, held.days))
    }

    /// The one other person who held the same office on `day`; `None` where nobody or several did.
    pub fn holder(&self, tenure: Tenure<'_>, day: Day) -> Option<&Registered> {
        let on = Interval::day(day);
        let mut holders = self.persons.iter().filter(|person| {
            person.tenures.iter().any(|held| *held.title == *tenure.title && held.days.meets(on))
        });
        let first = holders.next()?;
        holders.next().is_none().then_some(first)
    }

    /// The spelling wanted for a place or a body, where `name` is one that is not.
    pub fn wanted(&self, name: &str) -> Option<&str> {
        self.variants.get(name).map(|&rank| self.names[rank as usize].prefer.as_str())
    }

    /// The events it names.
    pub fn events(&self) -> &[RosterEvent] {
        &self.events
    }
}

impl Registered {
    /// Every spelling that is right.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.name).chain(self.aliases.iter().map(|alias| &**alias))
    }
}

/// About as many keys as a name has: one for each letter, and three.
const KEYS: usize = 16;

fn add_once(map: &mut FxHashMap<PersonKey, SmallVec<[RegisteredId; 2]>>, key: PersonKey, id: RegisteredId) {
    let known = map.entry(key).or_default();
    // One person's spellings come one after the other, so a repetition can only be the last entry.
    if known.last() != Some(&id) {
        known.push(id);
    }
}

#[cfg(test)]
mod tests;
