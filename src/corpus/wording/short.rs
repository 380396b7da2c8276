//! Short quotations: “emerging” in one draft and “emerge” in another, “I never said that” and “I have said that”.
//!
//! So few words prove nothing by themselves. They are one utterance only where the speaker is the same, the sentences
//! around them share a topic, and they differ in nothing but the form of a word, a negation or a number.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use xxhash_rust::xxh3::xxh3_64;

use super::Wording;
use super::groups::{Utterance, published, said_on};
use super::ladder::{Term, read};
use super::passage::PassageId;
use super::relation::{Link, Relation, relate};
use super::vocabulary::{Bare, GAP, Symbol, Vocabulary, topic_stem};
use crate::calendar::Day;
use crate::facts::FileFacts;

/// The longest fragment in words that differs in the form of a word.
const LONGEST_FORM: usize = 3;
/// The longest quotation in words that differs in a negation or a number; longer ones have words enough of their own.
pub(super) const LONGEST: usize = 10;
/// The shortest one.
const SHORTEST: usize = 3;
/// Topic words that two sentences must share before two forms of a word are taken for one utterance.
const SHARED: usize = 2;
/// Words with a topic in a quotation that make it one utterance with another one in another draft of the day.
const ENOUGH: usize = 2;
/// The same where the quotations have no topic of their own: “I never said that”.
const SHARED_BY_SMALL_WORDS: usize = 3;
/// Two stories further apart than this are about two occasions.
const DAYS: i32 = 7;
/// The same where a negation or a number differs: people change their minds.
const DAYS_TO_TURN: i32 = 1;

/// What one voice has said more often than this is a phrase of theirs; laying all of it side by side would take long.
const CROWD: usize = 100;

struct Fragment {
    id: PassageId,
    topic: FxHashSet<String>,
    day: Option<Day>,
}

/// How two short quotations differ.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// In nothing.
    Same,
    /// In the form of a word.
    Form,
    /// In a negation or a number.
    Sense,
}

/// Short quotations of one voice that differ in one of the ways above.
pub(super) fn utterances(wording: &Wording, files: &[FileFacts]) -> Vec<Utterance> {
    let words = wording.vocabulary();
    let mut buckets: FxHashMap<(&str, u64), Vec<PassageId>> = FxHashMap::default();
    for (id, passage) in wording.passages().iter().enumerate() {
        let id = id as PassageId;
        let form = wording.form(id);
        if passage.parts.len() > 1 || form.len() > LONGEST || form.contains(&GAP) {
            continue;
        }
        let Some(voice) = wording.voice(id).filter(|voice| voice.is_named()) else { continue };
        if form.len() >= SHORTEST || form.iter().any(|&word| words.is_content(word)) {
            buckets.entry((voice.surname(), skeleton(form, words))).or_default().push(id);
        }
    }
    let mut found = Vec::new();
    for members in buckets.into_values().filter(|members| members.len() <= CROWD) {
        let first = wording.passage(members[0]).version;
        if members.iter().any(|&id| wording.passage(id).version != first) {
            gather(wording, files, &members, &mut found);
        }
    }
    found
}

/// A hash of the words that say neither whether nor how many.
fn skeleton(form: &[Symbol], words: &Vocabulary) -> u64 {
    let mut hasher = FxHasher::default();
    for &word in form {
        match words.bare(word) {
            Bare::Nothing => {}
            Bare::Number => hasher.write_u32(u32::MAX),
            Bare::Stem(stem) => hasher.write_u32(stem),
        }
    }
    hasher.finish()
}

/// A skeleton that is the same in every run; `None` where the words are no short quotation.
pub(super) fn stable_skeleton(form: &[Symbol], words: &Vocabulary) -> Option<u64> {
    if form.len() > LONGEST || form.contains(&GAP) {
        return None;
    }
    if form.len() < SHORTEST && !form.iter().any(|&word| words.is_content(word)) {
        return None;
    }
    let mut bytes = Vec::new();
    for &word in form {
        match words.bare(word) {
            Bare::Nothing => {}
            Bare::Number => bytes.extend(u64::MAX.to_le_bytes()),
            Bare::Stem(stem) => bytes.extend(words.hash_of_stem(stem).to_le_bytes()),
        }
    }
    Some(xxh3_64(&bytes))
}

/// How the words of two quotations with one skeleton differ; `None` where they have little in common.
fn turn(one: &[Symbol], other: &[Symbol], words: &Vocabulary) -> Option<Turn> {
    if one == other {
        return Some(Turn::Same);
    }
    let forms = one.len() == other.len()
        && one.iter().zip(other).all(|(&a, &b)| words.stem(a) == words.stem(b))
        && one.len() <= LONGEST_FORM;
    if forms {
        // “A failing state” and “failing states” are one term, not one utterance.
        let term = one.iter().zip(other).all(|(&a, &b)| a == b || is_plural(words.text(a), words.text(b)));
        return (!term).then_some(Turn::Form);
    }
    let negations = |form: &[Symbol]| form.iter().filter(|&&word| words.negates(word)).count();
    let numbers =
        |form: &[Symbol]| form.iter().copied().filter(|&word| words.is_number(word)).collect::<Vec<_>>();
    let turned = negations(one) != negations(other) || numbers(one) != numbers(other);
    // Where the words are enough to be laid side by side, that has been done.
    let enough = one.len().min(other.len()) >= SHORTEST && relate(one, other, words).is_none();
    (turned && enough).then_some(Turn::Sense)
}

/// Is one word the other with the ending of a plural?
fn is_plural(one: &str, other: &str) -> bool {
    let (long, short) = if one.len() < other.len() { (other, one) } else { (one, other) };
    let ending = |ending: &str, instead: &str| {
        long.strip_suffix(ending).is_some_and(|head| short.strip_suffix(instead) == Some(head))
    };
    ending("s", "") || ending("es", "") || ending("ies", "y")
}

/// Groups the fragments of one bucket.
fn gather(wording: &Wording, files: &[FileFacts], members: &[PassageId], found: &mut Vec<Utterance>) {
    let fragments: Vec<Fragment> = members
        .iter()
        .map(|&id| Fragment { id, topic: topic(wording, files, id), day: published(wording, files, id) })
        .collect();
    let mut groups: Vec<Vec<&Fragment>> = Vec::new();
    for fragment in &fragments {
        // A fragment may tie groups together that shared too little before it came.
        let (tied, apart): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|group| group.iter().any(|known| akin(wording, files, known, fragment)));
        groups = apart;
        let mut group: Vec<&Fragment> = tied.into_iter().flatten().collect();
        group.push(fragment);
        groups.push(group);
    }
    for group in groups {
        let mut passages: Vec<PassageId> = group.iter().map(|fragment| fragment.id).collect();
        passages.sort_unstable();
        let mut versions: Vec<u32> = passages.iter().map(|&id| wording.passage(id).version).collect();
        versions.sort_unstable();
        versions.dedup();
        if versions.len() < 2 {
            continue;
        }
        let links = versions[1..]
            .iter()
            .map(|&other| Link {
                one: versions[0],
                other,
                relation: Relation::Altered,
                matched: 0,
                content: 0,
                differing: 1,
            })
            .collect();
        found.push(Utterance { passages, links });
    }
}

/// Are two fragments of one bucket one utterance?
fn akin(wording: &Wording, files: &[FileFacts], one: &Fragment, other: &Fragment) -> bool {
    let Some(turn) = turn(wording.form(one.id), wording.form(other.id), wording.vocabulary()) else {
        return false;
    };
    let same_voice = wording.is_told_by_one_voice(one.id, other.id);
    let topical = wording.form(one.id).iter().any(|&word| wording.vocabulary().is_content(word));
    let (here, there) = (wording.passage(one.id), wording.passage(other.id));
    // Enough words of the sense are equal: then the sentences around need share nothing.
    let own = wording.form(one.id).iter().filter(|&&word| wording.vocabulary().is_content(word)).count();
    let enough = own >= ENOUGH && wording.form(one.id).len() > SHORTEST && here.file != there.file;
    let (days, needed) = match turn {
        Turn::Sense if enough => (DAYS_TO_TURN, 0),
        Turn::Same => (DAYS, 1),
        Turn::Form => (DAYS, SHARED),
        Turn::Sense if topical => (DAYS_TO_TURN, SHARED),
        Turn::Sense => (DAYS_TO_TURN, SHARED_BY_SMALL_WORDS),
    };
    let near = match (one.day, other.day) {
        (Some(one), Some(other)) => one.days_since(other).abs() <= days,
        _ => true,
    };
    let one_occasion = match (said_on(wording, files, one.id), said_on(wording, files, other.id)) {
        (Some(one), Some(other)) => one.meets(other),
        _ => true,
    };
    // In one draft both are said: “it is over”, and then “it is not over”.
    let two_accounts = turn != Turn::Sense || here.file != there.file || here.display != there.display;
    same_voice
        && near
        && one_occasion
        && two_accounts
        && one.topic.intersection(&other.topic).take(needed).count() == needed
}

/// The topic words of the sentence around a fragment, as stems, without the speaker's own name.
pub(super) fn topic(wording: &Wording, files: &[FileFacts], id: PassageId) -> FxHashSet<String> {
    let mut topic = FxHashSet::default();
    for quotation in wording.passage(id).quotations(files) {
        read(&quotation.around, |term, _| {
            if let Term::Word(word) = term
                && !wording.voice(id).is_some_and(|voice| voice.has_part(word))
                && let Some(stem) = topic_stem(word)
            {
                topic.insert(stem);
            }
        });
    }
    topic
}
