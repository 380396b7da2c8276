//! The keys under which the lookup of wordings groups quotations, for engines and indexes that group them elsewhere.
//!
//! A key is a function of the words alone: the same in every run, whatever else was read. Two passages whose words are
//! compared share two of their runs (one, where either is short), or they are short and share the key of the short ones.

use smallvec::SmallVec;
use xxhash_rust::xxh3::xxh3_64;

use super::index;
use super::kept::FileWords;
use super::short;
use super::speaker_name::SpeakerName;
use super::vocabulary::{GAP, Symbol, Vocabulary};
use crate::facts::FileFacts;

/// The keys of one passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PassageKeys {
    /// Its quotations: indices into `FileFacts::quotations`.
    pub parts: SmallVec<[u32; 2]>,
    /// Words of its normal form.
    pub words: u32,
    /// Its runs of three words and its pairs of topic words, ascending, each once.
    pub runs: Vec<u64>,
    /// The speaker's family name with what is left of few words when negations, numbers and forms are taken away.
    pub short: Option<u64>,
}

impl PassageKeys {
    /// How many runs another passage must share before the two are compared: one, where either is short.
    pub fn needed(&self, other: &Self) -> usize {
        if self.is_short() || other.is_short() { 1 } else { index::SHARED_RUNS }
    }

    /// How many runs two passages share.
    pub fn shared(&self, other: &Self) -> usize {
        self.runs.iter().filter(|key| other.runs.binary_search(key).is_ok()).count()
    }

    /// May the two be compared?
    pub fn meets(&self, other: &Self) -> bool {
        self.short.is_some() && self.short == other.short || self.shared(other) >= self.needed(other)
    }

    /// Is it so short that one shared run is enough?
    pub fn is_short(&self) -> bool {
        self.words as usize <= index::SHORT
    }

    /// Of the rarest runs a passage keeps so many; which are rare, the counts of an index tell.
    pub fn kept(&self) -> usize {
        index::KEPT + self.words as usize / index::WORDS_PER_RUN
    }
}

/// Runs that more passages share than this bring nobody together.
pub const COMMON_RUN: usize = index::COMMON as usize;

/// The keys of every passage of a file, in the order of the text.
pub fn passage_keys(facts: &FileFacts) -> Vec<PassageKeys> {
    let mut words = Vocabulary::default();
    let read = FileWords::read(facts, &mut words);
    let mut form: Vec<Symbol> = Vec::new();
    let mut keys = Vec::new();
    let passages = read.passages.iter().filter_map(|passage| {
        form.clear();
        let own = &read.symbols[passage.range.start as usize..passage.range.end as usize];
        // Which capitals count, only all files together tell; passages that meet with them meet without them too.
        form.extend(own.iter().map(|&symbol| words.folded(symbol)));
        if form.iter().all(|&word| word == GAP) {
            return None;
        }
        index::runs(&form, &words, &mut keys);
        Some(PassageKeys {
            parts: passage.parts.clone(),
            words: form.len() as u32,
            runs: keys.clone(),
            short: short_key(facts, &passage.parts, &form, &words),
        })
    });
    passages.collect()
}

fn short_key(facts: &FileFacts, parts: &[u32], form: &[Symbol], words: &Vocabulary) -> Option<u64> {
    let &[part] = parts else { return None };
    let speaker = facts.quotations.get(part as usize)?.attribution.as_ref()?.speaker.as_ref()?;
    let voice = SpeakerName::new(speaker);
    let skeleton = short::stable_skeleton(form, words)?;
    voice.is_named().then(|| xxh3_64(voice.surname().as_bytes()) ^ skeleton.rotate_left(1))
}

#[cfg(test)]
mod tests {
    use super::passage_keys;
    use crate::corpus::facts_builder::FactsBuilder;

    #[test]
    fn keys_are_the_same_in_every_run_and_version() {
        let facts = FactsBuilder::new("a.txt").says("Ana Reyes", "We never closed the North pier").done();
        let keys = passage_keys(&facts);
        // An index that was written with other keys finds nothing. Who changes them raises `keys::VERSION`.
        assert_eq!((keys[0].runs.len(), keys[0].words), (7, 6));
        assert_eq!(keys[0].runs[0], 0, "{:?} {:?}", keys[0].runs, keys[0].short);
    }

    #[test]
    fn variants_share_keys_and_strangers_do_not() {
        let file = FactsBuilder::new("a.txt")
            .says("Ana Reyes", "We will never close the north pier before the winter")
            .says("Ana Reyes", "We will never close the NORTH pier after the winter")
            .says("Bo Lee", "The ferry sails at dawn, and nobody waits for it")
            .says("Ana Reyes", "I never said that")
            .says("Reyes", "I have said that")
            .done();
        let keys = passage_keys(&file);
        assert!(keys[0].meets(&keys[1]) && !keys[0].meets(&keys[2]));
        assert!(keys[3].meets(&keys[4]), "a negation differs: {:?} {:?}", keys[3], keys[4]);
    }
}
