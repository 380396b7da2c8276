//! Fragments of a word or two: “emerging” in one draft, “emerge” in another.
//!
//! So few words prove nothing by themselves. They are one utterance only where the speaker is the same, each is a
//! form of the same word, and the sentences around them share a topic.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Wording;
use super::groups::{Utterance, published, said_on};
use super::ladder::{Term, read};
use super::passage::PassageId;
use super::relation::{Link, Relation};
use super::vocabulary::{GAP, topic_stem};
use super::voice::Kinship;
use crate::calendar::Day;
use crate::facts::FileFacts;

/// The longest fragment in words.
const LONGEST: usize = 3;
/// Topic words that two sentences must share before two forms of a word are taken for one utterance.
const SHARED: usize = 2;
/// Two stories further apart than this are about two occasions.
const DAYS: i32 = 7;

struct Fragment {
    id: PassageId,
    topic: FxHashSet<String>,
    day: Option<Day>,
}

/// Fragments of one voice that differ in the form of a word.
pub(super) fn utterances(wording: &Wording, files: &[FileFacts]) -> Vec<Utterance> {
    let mut buckets: FxHashMap<(&str, Vec<u32>), Vec<PassageId>> = FxHashMap::default();
    for (id, passage) in wording.passages().iter().enumerate() {
        let id = id as PassageId;
        let form = wording.form(id);
        let Some(voice) = wording.voice(id).filter(|voice| voice.is_named()) else { continue };
        let words = wording.vocabulary();
        let content = form.iter().any(|&word| words.is_content(word));
        if passage.parts.len() > 1 || form.len() > LONGEST || form.contains(&GAP) || !content {
            continue;
        }
        let stems = form.iter().map(|&word| words.stem(word)).collect();
        buckets.entry((voice.surname(), stems)).or_default().push(id);
    }
    let mut found = Vec::new();
    for members in buckets.into_values() {
        let first = wording.passage(members[0]).version;
        if members.iter().any(|&id| wording.passage(id).version != first) {
            gather(wording, files, &members, &mut found);
        }
    }
    found
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
    let same_voice = match (wording.voice(one.id), wording.voice(other.id)) {
        (Some(voice), Some(other)) => voice.kinship(other) == Kinship::Same,
        _ => false,
    };
    let same_words = wording.passage(one.id).version == wording.passage(other.id).version;
    let near = match (one.day, other.day) {
        (Some(one), Some(other)) => one.days_since(other).abs() <= DAYS,
        _ => true,
    };
    let one_occasion = match (said_on(wording, files, one.id), said_on(wording, files, other.id)) {
        (Some(one), Some(other)) => one.meets(other),
        _ => true,
    };
    let needed = if same_words { 1 } else { SHARED };
    same_voice && near && one_occasion && one.topic.intersection(&other.topic).take(needed).count() == needed
}

/// The topic words of the sentence around a fragment, as stems, without the speaker's own name.
fn topic(wording: &Wording, files: &[FileFacts], id: PassageId) -> FxHashSet<String> {
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
