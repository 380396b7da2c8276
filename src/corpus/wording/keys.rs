//! The keys under which the lookup of wordings groups quotations, for engines and indexes that group them elsewhere.
//!
//! A key is a function of the words alone: the same in every run, whatever else was read. Two passages whose words are
//! compared share two of their runs (one, where either is short), or they are short and share the key of the short ones.

use smallvec::SmallVec;
use xxhash_rust::xxh3::xxh3_64;

use super::index;
use super::kept::FileWords;
use super::near;
use super::overlap;
use super::relation;
use super::short;
use super::speaker_name::SpeakerName;
use super::vocabulary::{GAP, Symbol, Vocabulary};
use crate::facts::{FileFacts, Quotation};

/// The number of the keys. It changes where a key of the same words changes: an index under other keys would find nothing
/// and say nothing.
pub const KEYS_VERSION: u32 = 1;

/// The keys of one passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PassageKeys {
    /// Its quotations: indices into `FileFacts::quotations`.
    pub parts: SmallVec<[u32; 2]>,
    /// Its normal form in small letters. The numbers are those of the [`KeyReader`] that read it.
    form: Box<[Symbol]>,
    /// A key of all its words, in small letters.
    pub all: u64,
    /// Its runs of three words and its pairs of topic words, ascending, each once.
    pub runs: Vec<u64>,
    /// The speaker's family name with what is left of few words when negations, numbers and forms are taken away.
    pub short: Option<u64>,
    /// A key of the speaker's family name; `None` where the speaker is not decided or has no name.
    pub voice: Option<u64>,
}

impl PassageKeys {
    /// How many words its normal form has.
    pub fn words(&self) -> usize {
        self.form.len()
    }

    /// How many runs another passage must share before the two are compared: one, where either is short.
    pub fn needed(&self, other: &Self) -> usize {
        if self.is_short() || other.is_short() { 1 } else { index::SHARED_RUNS }
    }

    /// May the two be compared?
    fn meets(&self, other: &Self) -> bool {
        let shared = self.runs.iter().filter(|key| other.runs.binary_search(key).is_ok());
        shared.take(index::SHARED_RUNS).count() >= self.needed(other)
    }

    /// Is it so short that one shared run is enough?
    pub fn is_short(&self) -> bool {
        self.words() <= index::SHORT
    }
}

/// Runs that more passages share than this bring nobody together.
pub const COMMON_RUN: usize = index::COMMON as usize;

/// Finds the keys of passages. Passages that one reader has read can be compared.
#[derive(Debug, Default)]
pub struct KeyReader {
    words: Vocabulary,
}

impl KeyReader {
    /// The keys of every passage of a file, in the order of the text.
    pub fn read(&mut self, facts: &FileFacts) -> Vec<PassageKeys> {
        let words = &mut self.words;
        let read = FileWords::read(facts, words);
        let mut form: Vec<Symbol> = Vec::new();
        let mut runs = Vec::new();
        let mut keys = Vec::new();
        for passage in &read.passages {
            form.clear();
            let own = &read.symbols[passage.range.start as usize..passage.range.end as usize];
            // Which capitals count, only all files together tell; passages that meet with them meet without them too.
            form.extend(own.iter().map(|&symbol| words.folded(symbol)));
            if form.iter().all(|&word| word == GAP) {
                continue;
            }
            index::runs(&form, words, &mut runs);
            let hashes: Vec<u8> = form.iter().flat_map(|&word| words.hash(word).to_le_bytes()).collect();
            keys.push(PassageKeys {
                parts: passage.parts.clone(),
                form: form.as_slice().into(),
                all: xxh3_64(&hashes),
                runs: runs.clone(),
                short: short_key(facts, &passage.parts, &form, words),
                voice: voice(facts, &passage.parts),
            });
        }
        keys
    }

    /// Has `other` most of the words of `asked`, in their order? It may be much longer, and have words between them.
    pub fn has_most(&self, asked: &PassageKeys, other: &PassageKeys) -> bool {
        overlap::has_most(&other.form, &asked.form, &self.words)
    }

    /// Would the lookup of wordings lay two passages side by side, and find that they are close?
    pub fn linked(&self, one: &PassageKeys, other: &PassageKeys) -> bool {
        one.form == other.form
            || one.short.is_some() && one.short == other.short
            || one.meets(other)
                && overlap::may_be_one(&one.form, &other.form, &self.words)
                && relation::relate(&one.form, &other.form, &self.words).is_some()
    }
}

/// The quotations of a file that are so short that they are compared with others of their length and their speaker's family
/// name, whatever words they share: each by number, with a key of the family name. A few may be longer.
pub fn short_quotations(facts: &FileFacts) -> impl Iterator<Item = (u32, u64)> {
    let short = |quotation: &Quotation| {
        quotation.words.split_whitespace().nth(near::LONGEST * WORDS_OF_A_NUMBER).is_none()
    };
    (0..)
        .zip(&facts.quotations)
        .filter(move |(_, quotation)| quotation.level == 0 && short(quotation))
        .filter_map(|(number, _)| Some((number, voice(facts, &[number])?)))
}

/// Words of the text that one word of a normal form may stand for, on average of a short quotation: “two hundred and ten”.
const WORDS_OF_A_NUMBER: usize = 2;

fn short_key(facts: &FileFacts, parts: &[u32], form: &[Symbol], words: &Vocabulary) -> Option<u64> {
    let &[_] = parts else { return None };
    let skeleton = short::stable_skeleton(form, words)?;
    Some(voice(facts, parts)? ^ skeleton.rotate_left(1))
}

fn voice(facts: &FileFacts, parts: &[u32]) -> Option<u64> {
    let quotations = parts.iter().filter_map(|&part| facts.quotations.get(part as usize));
    let speaker = quotations.filter_map(|it| it.attribution.as_ref()?.speaker.as_ref()).next()?;
    let voice = SpeakerName::new(speaker);
    voice.is_named().then(|| xxh3_64(voice.surname().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::KeyReader;
    use crate::corpus::facts_builder::FactsBuilder;

    #[test]
    fn keys_do_not_depend_on_what_was_read_before() {
        let facts = FactsBuilder::new("a.txt").says("Ana Reyes", "We never closed the North pier").done();
        let other = FactsBuilder::new("b.txt").says("Bo Lee", "The ferry never sails North of here").done();
        let fresh = KeyReader::default().read(&facts);
        let mut used = KeyReader::default();
        used.read(&other);
        let again = used.read(&facts);
        let told = |keys: &[super::PassageKeys]| (keys[0].all, keys[0].runs.clone(), keys[0].short);
        assert_eq!(told(&fresh), told(&again));
        assert!(fresh[0].short.is_some() && fresh[0].runs.len() > 4);
    }

    #[test]
    fn a_question_is_answered_by_what_has_most_of_its_words() {
        let facts = FactsBuilder::new("a.txt")
            .says("Ana Reyes", "We will close the pier")
            .says("Ana Reyes", "Whatever they say, we will never close the north pier before the winter")
            .says("Bo Lee", "The pier is ours, and they will close nothing")
            .says("Bo Lee", "It is what it was, and they will have to be there")
            .done();
        let mut reader = KeyReader::default();
        let keys = reader.read(&facts);
        assert!(reader.has_most(&keys[0], &keys[1]));
        assert!(!reader.has_most(&keys[0], &keys[2]) && !reader.has_most(&keys[0], &keys[3]));
    }

    #[test]
    fn variants_are_linked_and_strangers_are_not() {
        let facts = FactsBuilder::new("a.txt")
            .says("Ana Reyes", "We will never close the north pier before the winter")
            .says("Ana Reyes", "We will never close the NORTH pier after the winter")
            .says("Bo Lee", "The ferry sails at dawn, and nobody waits for it")
            .says("Ana Reyes", "I never said that")
            .says("Reyes", "I have said that")
            .done();
        let mut reader = KeyReader::default();
        let keys = reader.read(&facts);
        assert!(reader.linked(&keys[0], &keys[1]) && !reader.linked(&keys[0], &keys[2]));
        assert!(reader.linked(&keys[3], &keys[4]), "a negation differs: {:?} {:?}", keys[3], keys[4]);
    }
}
