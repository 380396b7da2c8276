//! Short quotations of which one word, or two, stand for others: “we can't eat parking” and “we can't sell parking”.
//!
//! So few words share no rare run by which the index would find them. They are one utterance only where one voice has them
//! in two drafts of about one day, and where what is equal is enough: words with a topic, or the sentences around them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Wording;
use super::groups::{Utterance, one_occasion, published, said_on};
use super::passage::PassageId;
use super::relation::{Link, Relation};
use super::short::topic;
use super::vocabulary::{GAP, Symbol, Vocabulary};
use crate::facts::{FileFacts, QuotationKind};

/// The shortest quotation in words that is compared.
const SHORTEST: usize = 4;
/// The longest; longer ones have words enough of their own to be found by.
pub(super) const LONGEST: usize = 12;
/// Words from which on two of them may differ.
const LONG_FOR_TWO: usize = 8;
/// Equal words with a topic that are enough by themselves.
const ENOUGH: usize = 2;
/// Days between two drafts: on another day somebody says another thing.
const DAYS: i32 = 1;
/// Quotations of one voice and one length that are compared; more come from a person whom everything quotes, and comparing
/// all of them would take the square of their number.
const MOST: usize = 60;

/// Pairs of short quotations that differ in a word or two.
pub(super) fn utterances(wording: &Wording, files: &[FileFacts]) -> Vec<Utterance> {
    let known: FxHashSet<(u32, u32)> =
        wording.links().iter().flat_map(|link| [(link.one, link.other), (link.other, link.one)]).collect();
    let mut buckets: FxHashMap<(&str, usize), Vec<PassageId>> = FxHashMap::default();
    for (id, passage) in wording.passages().iter().enumerate() {
        let id = id as PassageId;
        let form = wording.form(id);
        let short = (SHORTEST..=LONGEST).contains(&form.len());
        if passage.parts.len() > 1 || passage.display || !short || form.contains(&GAP) {
            continue;
        }
        let Some(voice) = wording.voice(id).filter(|voice| voice.is_named()) else { continue };
        buckets.entry((voice.surname(), form.len())).or_default().push(id);
    }
    let mut found: Vec<Utterance> = Vec::new();
    for members in buckets.into_values().filter(|members| (2..=MOST).contains(&members.len())) {
        let mut seen: FxHashSet<(u32, u32)> = FxHashSet::default();
        for (at, &one) in members.iter().enumerate() {
            for &other in &members[at + 1..] {
                let (a, b) = (wording.passage(one).version, wording.passage(other).version);
                let versions = (a.min(b), a.max(b));
                if a == b || known.contains(&versions) || seen.contains(&versions) {
                    continue;
                }
                let Some(differing) = differ(wording.form(one), wording.form(other)) else { continue };
                if !akin(wording, files, one, other) {
                    continue;
                }
                seen.insert(versions);
                let link = Link {
                    one: versions.0,
                    other: versions.1,
                    relation: Relation::Altered,
                    matched: 0,
                    content: 0,
                    differing,
                };
                let mut passages = vec![one, other];
                passages.sort_unstable();
                found.push(Utterance { passages, links: vec![link] });
            }
        }
    }
    found
}

/// How many words differ, each in its place; none where they are too many.
fn differ(one: &[Symbol], other: &[Symbol]) -> Option<u32> {
    let most = if one.len() >= LONG_FOR_TWO { 2 } else { 1 };
    let differing = one.iter().zip(other).filter(|(a, b)| a != b).take(most + 1).count();
    (1..=most).contains(&differing).then_some(differing as u32)
}

/// Are the two one utterance of one voice, in two drafts of one story?
fn akin(wording: &Wording, files: &[FileFacts], one: PassageId, other: PassageId) -> bool {
    if wording.passage(one).file == wording.passage(other).file {
        return false;
    }
    let same_voice = wording.is_told_by_one_voice(one, other);
    let near = published(wording, files, one)
        .zip(published(wording, files, other))
        .is_none_or(|(one, other)| one.days_since(other).abs() <= DAYS);
    let one_occasion = || one_occasion(said_on(wording, files, one), said_on(wording, files, other));
    same_voice && near && one_occasion() && enough(wording, files, one, other)
}

/// Is what is equal enough? Two words with a topic; one, where the difference lies inside two whole sentences, or where the
/// sentences around share a topic.
fn enough(wording: &Wording, files: &[FileFacts], one: PassageId, other: PassageId) -> bool {
    let (a, b) = (wording.form(one), wording.form(other));
    let words: &Vocabulary = wording.vocabulary();
    let equal = a.iter().zip(b).filter(|(a, b)| a == b && words.is_content(**a)).count();
    // What differs must tell something: “this” and “the” are a slip of the pen.
    let tells = a
        .iter()
        .zip(b)
        .all(|(a, b)| a == b || words.is_content(*a) || words.is_content(*b) || words.is_number(*a));
    if equal == 0 || !tells {
        return false;
    }
    let whole = |id: PassageId| {
        wording.passage(id).quotations(files).all(|quotation| quotation.kind == QuotationKind::Sentence)
    };
    let inside = a.first() == b.first() && a.last() == b.last();
    let shared = || {
        let (here, there) = (topic(wording, files, one), topic(wording, files, other));
        here.intersection(&there).next().is_some()
    };
    equal >= ENOUGH || inside && whole(one) && whole(other) || shared()
}
