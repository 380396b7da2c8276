//! What is known about offices: roles and the ways to say them, places with their adjectives, and the other words
//! of titles.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::list::{Entry, List, ListError};

/// A role's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleId(u16);

/// A place's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(u16);

/// A role: the noun of a title.
#[derive(Clone, Debug)]
pub struct Role {
    /// How it is written first in the list.
    pub name: &'static str,
    /// Leads an administration or a government.
    pub head: bool,
    /// What follows “of” says what the office is about.
    pub portfolio: bool,
    /// Kept for life: an academic or a military rank.
    pub rank: bool,
    /// Describes, and is no office.
    pub vague: bool,
    /// A seat in a house of parliament; said of anything but a place, somebody sent there.
    pub seat: bool,
    /// Families in which nobody holds two different roles at one time.
    families: SmallVec<[&'static str; 2]>,
    /// A role that is a shorter way to say this one, hyphens for spaces.
    short: Option<&'static str>,
}

/// A place.
#[derive(Clone, Debug)]
pub struct PlaceName {
    /// How it is written first in the list.
    pub name: &'static str,
    /// The place it belongs to.
    parent: Option<&'static str>,
}

/// What another word of a title does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleWord {
    /// The office is over: former, then.
    Past,
    /// The office is still to come: elect, incoming.
    Coming,
    /// Held for a time: acting.
    Acting,
    /// A lower office with the same noun: deputy.
    Below,
    /// How high, how near, of which colour: top, senior, Republican.
    Modifier,
    /// of, for, to
    Preposition,
    /// a, an
    Article,
    /// Says nothing.
    Dropped,
}

/// Offices and the words of titles.
#[derive(Debug)]
pub struct Offices {
    roles: Vec<Role>,
    places: Vec<PlaceName>,
    role_of: FxHashMap<Box<str>, RoleId>,
    place_of: FxHashMap<Box<str>, PlaceId>,
    words: FxHashMap<&'static str, TitleWord>,
    spelling: FxHashMap<&'static str, &'static str>,
    era: Vec<&'static str>,
    body: Vec<&'static str>,
}

/// The most words that a role or a place is written with.
pub const LONGEST_PHRASE: usize = 8;

/// The lists that titles are read with.
#[derive(Clone, Copy, Debug)]
pub struct OfficeLists {
    /// Roles and the ways to say them.
    pub roles: List,
    /// Places with their adjectives.
    pub places: List,
    /// The other words of titles.
    pub title_words: List,
}

impl Offices {
    /// The role that a folded phrase names.
    pub fn role(&self, phrase: &str) -> Option<RoleId> {
        self.role_of.get(phrase).copied()
    }

    /// The place that a folded phrase names: “us”, “american”.
    pub fn place(&self, phrase: &str) -> Option<PlaceId> {
        self.place_of.get(phrase).copied()
    }

    /// What is known of a role.
    pub fn of(&self, role: RoleId) -> &Role {
        &self.roles[usize::from(role.0)]
    }

    /// What is known of a place.
    pub fn at(&self, place: PlaceId) -> &PlaceName {
        &self.places[usize::from(place.0)]
    }

    /// What a folded word of a title does; `None` for a word that may say what the office is about.
    pub fn word(&self, word: &str) -> Option<TitleWord> {
        self.words.get(word).copied()
    }

    /// A folded word in the spelling used for comparing: “defence” is “defense”.
    pub fn spelling<'w>(&self, word: &'w str) -> &'w str {
        self.spelling.get(word).copied().unwrap_or(word)
    }

    /// Does this folded noun with a name before it mean a time in office: “administration”?
    pub fn is_era(&self, word: &str) -> bool {
        self.era.contains(&word)
    }

    /// Does this folded word make several words the name of a body: “department”?
    pub fn is_body(&self, word: &str) -> bool {
        self.body.contains(&word)
    }

    /// Is it kept for life, so that it goes with any other? A rank of a service is not: nobody has two of them.
    pub fn goes_with_any(&self, role: RoleId) -> bool {
        self.of(role).rank && self.of(role).families.is_empty()
    }

    /// May `shorter` be said for `longer`? Every role may be said for itself.
    pub fn shortens(&self, shorter: RoleId, longer: RoleId) -> bool {
        shorter == longer
            || self
                .of(longer)
                .short
                .is_some_and(|short| short.split('-').eq(self.of(shorter).name.split(' ')))
    }

    /// Are these two different roles that nobody holds at one time?
    pub fn exclude(&self, a: RoleId, b: RoleId) -> bool {
        !self.shortens(a, b)
            && !self.shortens(b, a)
            && self.of(a).families.iter().any(|family| self.of(b).families.contains(family))
    }

    /// Are both public posts, of which nobody holds two, not even one as a deputy?
    pub fn are_posts(&self, a: RoleId, b: RoleId) -> bool {
        [a, b].iter().all(|&role| self.of(role).families.contains(&"posts"))
    }

    /// Is one place the other, or part of it?
    pub fn place_within(&self, a: PlaceId, b: PlaceId) -> bool {
        let parent = |place: PlaceId| self.at(place).parent;
        a == b || parent(a) == Some(self.at(b).name) || parent(b) == Some(self.at(a).name)
    }

    pub(super) fn read(from: &OfficeLists) -> Result<Self, ListError> {
        let mut lists = Self {
            roles: Vec::new(),
            places: Vec::new(),
            role_of: FxHashMap::default(),
            place_of: FxHashMap::default(),
            words: FxHashMap::default(),
            spelling: FxHashMap::default(),
            era: Vec::new(),
            body: Vec::new(),
        };
        for entry in from.roles.entries() {
            lists.add_role(&entry)?;
        }
        for entry in from.places.entries() {
            lists.add_place(entry.text);
        }
        for entry in from.title_words.entries() {
            for word in entry.text.split_whitespace() {
                lists.add_word(&entry, word)?;
            }
        }
        Ok(lists)
    }

    /// Reads `role [= synonyms] : flags`.
    fn add_role(&mut self, entry: &Entry) -> Result<(), ListError> {
        const PLAIN: [&str; 5] = ["head", "portfolio", "rank", "vague", "seat"];
        let (names, flags) = entry.text.split_once(" : ").unwrap_or((entry.text, ""));
        let (name, synonyms) = names.split_once(" = ").unwrap_or((names, ""));
        let id = RoleId(self.roles.len() as u16);
        let flags: Vec<&'static str> = flags.split_whitespace().collect();
        let known =
            |flag: &str| PLAIN.contains(&flag) || flag.starts_with("in:") || flag.starts_with("short:");
        if let Some(flag) = flags.iter().find(|flag| !known(flag)) {
            return Err(entry.unknown_flag(flag));
        }
        let has = |flag: &str| flags.contains(&flag);
        self.roles.push(Role {
            name,
            head: has("head"),
            portfolio: has("portfolio"),
            rank: has("rank"),
            vague: has("vague"),
            seat: has("seat"),
            families: flags.iter().filter_map(|flag| flag.strip_prefix("in:")).collect(),
            short: flags.iter().find_map(|flag| flag.strip_prefix("short:")),
        });
        for phrase in std::iter::once(name).chain(synonyms.split(", ").filter(|phrase| !phrase.is_empty())) {
            self.role_of.insert(phrase.into(), id);
        }
        Ok(())
    }

    /// Reads `place [< the place it belongs to] [= other forms]`.
    fn add_place(&mut self, line: &'static str) {
        let (names, forms) = line.split_once(" = ").unwrap_or((line, ""));
        let (name, parent) = match names.split_once(" < ") {
            Some((name, parent)) => (name, Some(parent)),
            None => (names, None),
        };
        let id = PlaceId(self.places.len() as u16);
        self.places.push(PlaceName { name, parent });
        for form in std::iter::once(name).chain(forms.split(", ").filter(|form| !form.is_empty())) {
            self.place_of.insert(form.into(), id);
        }
    }

    fn add_word(&mut self, entry: &Entry, word: &'static str) -> Result<(), ListError> {
        let kind = match entry.section {
            "past" => TitleWord::Past,
            "coming" => TitleWord::Coming,
            "acting" => TitleWord::Acting,
            "below" => TitleWord::Below,
            "modifier" => TitleWord::Modifier,
            "preposition" => TitleWord::Preposition,
            "article" => TitleWord::Article,
            "dropped" => TitleWord::Dropped,
            "spelling" => {
                let pair = || {
                    entry.error(format!("“{word}” should be a spelling, “=” and the one it is compared as"))
                };
                let (form, used) = word.split_once('=').ok_or_else(pair)?;
                self.spelling.insert(form, used);
                return Ok(());
            }
            "era" => {
                self.era.push(word);
                return Ok(());
            }
            "body" => {
                self.body.push(word);
                return Ok(());
            }
            _ => return Err(entry.unknown_section()),
        };
        self.words.insert(word, kind);
        Ok(())
    }
}
