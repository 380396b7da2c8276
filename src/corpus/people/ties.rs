//! What ties two names to one person.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{Evidence, Name, Node};
use crate::lexicon::{Class, consonants, fold, lexicon, one_slip, short_form, two_slips};

/// Two names that may be one person's, by rank, and why.
type Edge = (Evidence, usize, usize);

/// Ties every name to the first one with the same key.
pub fn group<'n, K: std::hash::Hash + Eq>(
    nodes: &'n [Node<'_>],
    edges: &mut Vec<Edge>,
    evidence: Evidence,
    key: impl Fn(&'n Node<'_>) -> Option<K>,
) {
    let mut first: FxHashMap<K, usize> = FxHashMap::default();
    for (rank, node) in nodes.iter().enumerate() {
        if let Some(key) = key(node) {
            match first.get(&key) {
                Some(&known) => edges.push((evidence, known, rank)),
                None => {
                    first.insert(key, rank);
                }
            }
        }
    }
}

/// Names that agree but for middle names. Where two of them have different middle names, the one without any may be
/// either's and stays by itself; so do a father and a son whom one file names both.
pub fn same_names(nodes: &[Node<'_>], edges: &mut Vec<Edge>) {
    let mut alike: FxHashMap<(&str, &str), SmallVec<[usize; 2]>> = FxHashMap::default();
    for (rank, node) in nodes.iter().enumerate() {
        alike.entry((node.first(), node.last())).or_default().push(rank);
    }
    for ranks in alike.values().filter(|ranks| ranks.len() > 1) {
        let generations = generations(nodes, ranks);
        let differ = ranks.iter().any(|&a| {
            ranks.iter().any(|&b| !(middles_agree(&nodes[a], &nodes[b]) || generations && split(nodes, a, b)))
        });
        for (at, &a) in ranks.iter().enumerate() {
            for &b in &ranks[at + 1..] {
                let plain = nodes[a].middle().is_empty() != nodes[b].middle().is_empty();
                let apart = generations && split(nodes, a, b)
                    || !middles_agree(&nodes[a], &nodes[b])
                    || differ && plain;
                if !apart {
                    edges.push((Evidence::SameName, a, b));
                }
            }
        }
    }
}

/// Is one of the two “Jr.” and the other not?
fn split(nodes: &[Node<'_>], a: usize, b: usize) -> bool {
    nodes[a].junior() != nodes[b].junior()
}

/// Does one file name both the father and the son?
fn generations(nodes: &[Node<'_>], ranks: &[usize]) -> bool {
    ranks.iter().any(|&a| ranks.iter().any(|&b| split(nodes, a, b) && share_a_file(&nodes[a], &nodes[b])))
}

/// May both middle names be one: equal, one the other's initial, or one left out?
fn middles_agree(a: &Node<'_>, b: &Node<'_>) -> bool {
    middle_names_agree(a.middle(), b.middle())
}

fn middle_names_agree(a: &str, b: &str) -> bool {
    let initial = a.chars().count().min(b.chars().count()) == 1;
    a.is_empty() || b.is_empty() || a == b || initial && a.chars().next() == b.chars().next()
}

fn share_a_file(a: &Node<'_>, b: &Node<'_>) -> bool {
    a.files.iter().any(|file| b.files.binary_search(file).is_ok())
}

/// Do two names stand in one sentence? Nobody is called by two names beside each other.
fn share_a_sentence(a: &Node<'_>, b: &Node<'_>) -> bool {
    a.sentences.iter().any(|sentence| b.sentences.binary_search(sentence).is_ok())
}

/// Names whose given names are forms of one: Tim and Timothy. A family name under which one form may belong to several
/// people (Al, Alan and Albert; Chris, Christine and Christopher) ties nobody.
pub fn short_forms(nodes: &[Node<'_>], edges: &mut Vec<Edge>) {
    let mut families: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (rank, node) in nodes.iter().enumerate() {
        families.entry(node.last()).or_default().push(rank);
    }
    for ranks in families.values().filter(|ranks| (2..=MOST_BEARERS).contains(&ranks.len())) {
        let related = |a: usize, b: usize| short_form(nodes[a].first(), nodes[b].first());
        let alike = |a: usize, b: usize| nodes[a].first() == nodes[b].first() || related(a, b);
        for (at, &a) in ranks.iter().enumerate() {
            // Two slips in a long given name prove as much as one, where the office or the words are the same.
            let twice = |&&b: &&usize| {
                two_slips(nodes[a].first(), nodes[b].first())
                    && !related(a, b)
                    && slipped(&nodes[a], &nodes[b])
            };
            edges.extend(ranks[at + 1..].iter().filter(twice).map(|&b| (Evidence::Slip, a, b)));
            for &b in ranks[at + 1..].iter().filter(|&&b| related(a, b)) {
                // Whoever else fits one of the two must fit the other.
                let doubtful = ranks.iter().any(|&other| {
                    alike(a, other) != alike(b, other)
                        || alike(a, other)
                            && (genders_differ(nodes[a].first(), nodes[other].first())
                                || !middles_agree(&nodes[a], &nodes[other])
                                || !middles_agree(&nodes[b], &nodes[other])
                                || split(nodes, a, other))
                });
                if !doubtful && !share_a_sentence(&nodes[a], &nodes[b]) {
                    edges.push((Evidence::ShortForm, a, b));
                }
            }
        }
    }
}

/// Of more people of one family name two are too likely to share a short form; and it bounds the comparisons.
pub const MOST_BEARERS: usize = 40;

fn genders_differ(a: &str, b: &str) -> bool {
    let gender = |given: &str| {
        let class = lexicon().class(given);
        (class.any(Class::MALE), class.any(Class::FEMALE))
    };
    matches!((gender(a), gender(b)), ((true, false), (false, true)) | ((false, true), (true, false)))
}

/// Names that differ by one letter, of the pairs that do.
pub fn slips(nodes: &[Node<'_>], pairs: impl Iterator<Item = (usize, usize)>, edges: &mut Vec<Edge>) {
    let slipped = pairs.filter(|&(a, b)| slipped(&nodes[a], &nodes[b]));
    edges.extend(slipped.map(|(a, b)| (Evidence::Slip, a, b)));
}

/// Names that agree in their consonants and differ in more than a letter: Farrah Nadeem, Farah Nadim.
pub fn look_alikes(nodes: &[Node<'_>], edges: &mut Vec<Edge>) {
    let mut alike: Vec<(u64, usize)> =
        nodes.iter().map(|node| node.name.consonants).enumerate().map(|(rank, key)| (key, rank)).collect();
    alike.retain(|(key, _)| *key != 0);
    alike.sort_unstable();
    for ranks in alike.chunk_by(|one, other| one.0 == other.0) {
        if !(2..=MOST_BEARERS).contains(&ranks.len()) {
            continue;
        }
        for (at, &(_, a)) in ranks.iter().enumerate() {
            let same = |&&(_, b): &&(u64, usize)| {
                let (a, b) = (&nodes[a], &nodes[b]);
                middles_agree(a, b)
                    && a.junior() == b.junior()
                    && !genders_differ(a.first(), b.first())
                    && one_person(a, b)
            };
            edges.extend(ranks[at + 1..].iter().filter(same).map(|&(_, b)| (Evidence::Slip, a, b)));
        }
    }
}

/// Do two names that agree in their consonants belong to one person? In one file a given name must have more of them than
/// Marie and Mario have.
fn one_person(a: &Node<'_>, b: &Node<'_>) -> bool {
    const TELLING: usize = 4;
    slipped(a, b)
        || a.last() == b.last()
            && consonants(a.first()).len() >= TELLING
            && share_a_file(a, b)
            && !share_a_sentence(a, b)
}

/// Do two names differ by a letter in the given name, the family name or both, and in nothing else?
pub fn one_letter_apart(a: &Name, b: &Name) -> bool {
    let one = |a: &str, b: &str| a == b || one_slip(a, b);
    let differ = (a.first(), a.last()) != (b.first(), b.last());
    differ
        && one(a.first(), b.first())
        && one(a.last(), b.last())
        && middle_names_agree(a.middle(), b.middle())
}

fn slipped(a: &Node<'_>, b: &Node<'_>) -> bool {
    // Nobody misspells a name beside itself.
    if share_a_sentence(a, b) {
        return false;
    }
    let office = a.offices.iter().any(|mine| {
        b.offices.iter().any(|other| {
            mine.role == other.role && !mine.described && (mine.may_mean(other) || other.may_mean(mine))
        })
    });
    let described = || {
        let others: SmallVec<[String; 16]> = b.titles.iter().map(|title| fold(title)).collect();
        a.titles.iter().any(|mine| b.titles.contains(mine) || others.contains(&fold(mine)))
    };
    let quoted = || a.quotations.iter().any(|mine| b.quotations.contains(mine));
    // In one file only a family name counts: Marie and Maria Ruiz may well be sisters.
    office || described() || quoted() || a.first() == b.first() && share_a_file(a, b)
}
