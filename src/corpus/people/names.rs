//! Names taken apart, and what is kept of them from one build of the lookups to the next.
//!
//! Everything here is a function of a name's spelling and the registry. So it may be kept as long as the registry is
//! the same, and people who are gathered with it are the same as those gathered without it.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{offices_of, ties};
use crate::corpus::per_file::PerFile;
use crate::corpus::registry::{RegisteredId, Registry, parts};
use crate::facts::{FileFacts, Quotation, SpeakerKind};
use crate::lexicon::{Class, consonants, fold, lexicon, one_letter_less, skeleton};
use crate::syntax::Office;

/// A name's number. It tells nothing but which name it is: it depends on what was read before.
pub(super) type NameId = u32;

/// The number of a name as it is written, letter for letter.
pub(super) type SpellingId = u32;

/// A name as it is compared: folded, “Jr.” left out.
#[derive(Debug)]
pub(super) struct Name {
    pub words: SmallVec<[Box<str>; 3]>,
    /// “Jr.”, “III”: a father of the same name is somebody else.
    pub junior: bool,
    /// Who it is in the registry; none where nobody, or several, have the name.
    pub registered: Option<RegisteredId>,
    /// What the transliterations of the name have in common.
    pub sound: Box<str>,
    /// A hash of the consonants of the given and the family name; 0 where either has too few to tell a name by.
    pub consonants: u64,
}

impl Name {
    /// A name whose words are folded, by itself: no registry is asked.
    pub fn taken_apart(folded: &str) -> Self {
        let junior =
            folded.split(' ').next_back().is_some_and(|last| lexicon().class(last).any(Class::SUFFIX));
        let words = parts(folded).iter().map(|&word| word.into()).collect();
        Self { words, junior, registered: None, sound: Box::default(), consonants: 0 }
    }

    pub fn first(&self) -> &str {
        self.words.first().map_or("", |word| word)
    }

    pub fn last(&self) -> &str {
        self.words.last().map_or("", |word| word)
    }

    /// The first word between the two; empty where there is none.
    pub fn middle(&self) -> &str {
        self.words.get(1).filter(|_| self.words.len() > 2).map_or("", |word| word)
    }
}

/// The offices that one mention gives, each with the index of its title.
pub(super) type Offices = SmallVec<[(usize, Office); 1]>;

/// A file's mentions with their names numbered.
#[derive(Debug, Default)]
pub(in crate::corpus) struct FileNames {
    /// By mention: the name as written, and the fullest form of it; `None` for a name of one word.
    pub names: Vec<(Option<NameId>, Option<NameId>)>,
    /// By mention: which spelling the name has, letter for letter.
    pub spellings: Vec<SpellingId>,
    /// The mentions that give offices, in order.
    pub offices: Arc<[(u32, Offices)]>,
    /// The speakers of the longer quotations, each with a hash of the words.
    pub spoken: Box<[(NameId, u64)]>,
}

/// What earlier builds have worked out.
#[derive(Debug, Default)]
pub struct Kept {
    spellings: FxHashMap<Box<str>, (SpellingId, Option<NameId>)>,
    numbers: FxHashMap<String, NameId>,
    pub(super) names: Vec<Name>,
    /// All names, sorted by their words.
    pub(super) order: Vec<NameId>,
    /// Names by what is left of them without one letter: two that differ by one letter meet under a key they share.
    filed: FxHashMap<(String, String), SmallVec<[NameId; 2]>>,
    /// Pairs of names that differ by a letter.
    pub(super) slips: Vec<(NameId, NameId)>,
    /// By the file's rank; `None` where the file has changed.
    pub(in crate::corpus) files: PerFile<FileNames>,
}

/// Names that are kept beyond those that the files have. Each edit leaves a few behind.
const SPARE: usize = 20_000;

impl Kept {
    /// Forgets everything where most of the names are of texts that are gone; `live` is the number of names in use.
    pub(super) fn shrink(&mut self, live: usize) {
        if self.names.len() > live * 2 + SPARE {
            *self = Self::default();
        }
    }

    /// Numbers the names of every file that has none yet.
    pub(super) fn read(&mut self, files: &[FileFacts], registry: &Registry) {
        self.files.make_room(files.len());
        let first = self.names.len();
        for (rank, facts) in files.iter().enumerate() {
            if self.files[rank].is_none() {
                self.files[rank] = Some(self.read_file(facts, registry));
            }
        }
        self.sort_in(first);
    }

    fn read_file(&mut self, facts: &FileFacts, registry: &Registry) -> FileNames {
        let names = facts.mentions.iter().map(|mention| {
            let (spelling, own) = self.number(&mention.name, registry);
            let person = mention.person.as_deref().and_then(|name| self.number(name, registry).1);
            (spelling, (own, person))
        });
        let (spellings, names) = names.unzip();
        let offices = facts.mentions.iter().enumerate().filter(|(_, mention)| !mention.titles.is_empty());
        let offices =
            offices.map(|(index, mention)| (index as u32, offices_of(mention).collect::<Offices>()));
        let offices = offices.filter(|(_, offices)| !offices.is_empty()).collect();
        let spoken = spoken(facts).filter_map(|(name, words)| Some((self.number(name, registry).1?, words)));
        FileNames { names, spellings, offices, spoken: spoken.collect() }
    }

    /// The number of a name as it is written, and the name's number; `None` for a name of one word.
    fn number(&mut self, spelling: &str, registry: &Registry) -> (SpellingId, Option<NameId>) {
        if let Some(&known) = self.spellings.get(spelling) {
            return known;
        }
        let folded = fold(spelling);
        let words = parts(&folded);
        // “Mrs. Holt” is a family name alone.
        let titled =
            spelling.split(' ').next().is_some_and(|first| lexicon().class(first).any(Class::HONORIFIC));
        let number = (words.len() > 1 + usize::from(titled)).then(|| {
            let last = folded.split(' ').next_back();
            let junior = last.is_some_and(|last| lexicon().is_suffix(last));
            let key = format!("{}{}", words.join(" "), if junior { " jr" } else { "" });
            if let Some(&known) = self.numbers.get(&key) {
                return known;
            }
            let number = self.names.len() as NameId;
            let mut name = Name {
                words: words.iter().map(|&word| word.into()).collect(),
                junior,
                registered: match registry.named(spelling) {
                    [one] => Some(*one),
                    _ => None,
                },
                sound: Box::default(),
                consonants: consonants_of(&words),
            };
            let (first, last) = (skeleton(name.first()), skeleton(name.last()));
            name.sound = format!("{first} {last} {} {junior}", name.middle()).into();
            self.numbers.insert(key, number);
            self.names.push(name);
            self.file(number);
            number
        });
        let numbers = (self.spellings.len() as SpellingId, number);
        self.spellings.insert(spelling.into(), numbers);
        numbers
    }

    /// Finds the names that differ from a new one by a letter.
    fn file(&mut self, number: NameId) {
        let name = &self.names[number as usize];
        let mut keys: Vec<(String, String)> = Vec::new();
        keys.extend(one_letter_less(name.last()).map(|less| (name.first().to_owned(), less)));
        keys.extend(one_letter_less(name.first()).map(|less| (less, name.last().to_owned())));
        let first = self.slips.len();
        for key in keys {
            let filed = self.filed.entry(key).or_default();
            for &other in filed.iter() {
                if other != number && ties::one_letter_apart(&self.names[other as usize], name) {
                    self.slips.push((other, number));
                }
            }
            filed.push(number);
        }
        self.slips[first..].sort_unstable();
        let mut rest = self.slips.split_off(first);
        rest.dedup();
        self.slips.append(&mut rest);
    }

    /// Sorts the names from the number `first` on into the others.
    fn sort_in(&mut self, first: usize) {
        if first == self.names.len() {
            return;
        }
        self.order.extend(first as NameId..self.names.len() as NameId);
        // A stable sort of a long sorted run and a short rest takes time in proportion to the length.
        let names = &self.names;
        self.order.sort_by(|&a, &b| {
            let key = |id: NameId| (&names[id as usize].words, names[id as usize].junior);
            key(a).cmp(&key(b))
        });
    }
}

/// The person who says each longer quotation of a file, with a hash of the words.
fn spoken(facts: &FileFacts) -> impl Iterator<Item = (&str, u64)> {
    let long = |quotation: &&Quotation| {
        quotation.level == 0 && quotation.words.split_whitespace().count() >= LONG_QUOTATION
    };
    facts.quotations.iter().filter(long).filter_map(|quotation| {
        let speaker = quotation.attribution.as_ref()?.speaker.as_ref()?;
        let person = speaker.kind == SpeakerKind::Person;
        person.then(|| (speaker.name.as_str(), xxhash_rust::xxh3::xxh3_64(fold(&quotation.words).as_bytes())))
    })
}

/// A hash of the consonants of the first and the last word; 0 where either word has too few of them.
pub(super) fn consonants_of(words: &[impl AsRef<str>]) -> u64 {
    let [first, .., last] = words else { return 0 };
    let (first, last) = (consonants(first.as_ref()), consonants(last.as_ref()));
    if first.len() < FEW_CONSONANTS || last.len() < FEW_CONSONANTS {
        return 0;
    }
    xxhash_rust::xxh3::xxh3_64(format!("{first} {last}").as_bytes())
}

/// A word of fewer consonants than this is too like others.
const FEW_CONSONANTS: usize = 2;

/// Words of a quotation that two people hardly say alike.
const LONG_QUOTATION: usize = 6;
