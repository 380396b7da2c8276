//! Two readings of the graph of versions: one voice with several wordings, and one wording with several voices.

use rustc_hash::FxHashMap;

use super::passage::{PassageId, VoiceId};
use super::relation::{Link, Relation, relate};
use super::speaker_name::{SpeakerMatch, SpeakerName};
use super::{Symbol, Wording};
use crate::calendar::{Day, Interval};
use crate::facts::{FileFacts, Mention, Speaker};
use crate::lexicon::{Class, lexicon};

/// One thing said once by one voice, quoted in several wordings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// The passages that quote it, in path order.
    pub passages: Vec<PassageId>,
    /// The pairs of versions that differ.
    pub links: Vec<Link>,
}

/// The same words from several voices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Echo {
    /// The passages, in path order.
    pub passages: Vec<PassageId>,
    /// The strongest kinship among its voices: [`SpeakerMatch::Different`] where two people are named.
    pub speaker_match: SpeakerMatch,
    /// True where one of the voices is told by a pronoun only.
    pub by_pronoun: bool,
}

/// Equal words from which on wording alone makes two passages one utterance, though one speaker is undecided.
const STRONG: (u32, u32) = (10, 4);
/// Equal words, and equal words with a topic, without which two voices may well have used the same phrase.
const LEAST_ECHO: (u32, u32) = (6, 3);
/// Equal words from which on two voices echo one another though a word or two differ.
const LONG_ECHO: u32 = 12;
/// So many different people with the same words are saying a proverb, a slogan, an oath.
const CHORUS: usize = 3;
/// Two drafts further apart than this in days may well report two occasions, for people repeat themselves. Then only
/// one word in many may differ.
const DAYS: i32 = 3;
/// What is needed then: at most so many words that differ, at least so many that are equal, and so many of these with
/// a topic.
const ALMOST_ALL: [(u32, u32, u32); 2] = [(1, 12, 0), (2, 15, 7)];
/// Drafts further apart than this in days may have heard one person quote another.
const ECHO_DAYS: i32 = 30;
/// Words from more speakers than this, as the drafts name them, are not even compared.
const CROWD: usize = 12;
/// How sure an attribution must be to stand against another. In 840 news articles every value up to this one leaves the
/// same findings, all of them right, and a higher one loses some; it bars the patterns that are wrong more than one time
/// in five.
const SURE: f32 = 0.8;

/// A version as one voice has it.
struct Node {
    voice: Option<VoiceId>,
    passages: Vec<PassageId>,
    when: Option<Interval>,
    /// The first and the last publication day of its drafts.
    published: Option<(Day, Day)>,
}

/// All nodes, and which belong to a version.
struct Nodes {
    all: Vec<Node>,
    of_version: Vec<Vec<u32>>,
}

impl Nodes {
    /// Splits the versions that have links, or several voices, by voice.
    fn collect(wording: &Wording, files: &[FileFacts]) -> Self {
        let mut nodes = Self { all: Vec::new(), of_version: vec![Vec::new(); wording.versions()] };
        let mut linked = vec![false; wording.versions()];
        for link in &wording.links {
            linked[link.one as usize] = true;
            linked[link.other as usize] = true;
        }
        for (version, members) in wording.versions.iter().enumerate() {
            // What one draft has, in words that no other has, is no group.
            if members.len() == 1 && !linked[version] {
                continue;
            }
            let mut by_voice: FxHashMap<Option<VoiceId>, u32> = FxHashMap::default();
            for &id in members {
                let passage = wording.passage(id);
                let mut fresh = || {
                    let number = nodes.all.len() as u32;
                    nodes.all.push(Node {
                        voice: passage.voice,
                        passages: Vec::with_capacity(1),
                        when: said_on(wording, files, id),
                        published: None,
                    });
                    nodes.of_version[version].push(number);
                    number
                };
                // Most versions have one passage, and no need of a table.
                let node = match members.len() {
                    1 => fresh(),
                    _ => *by_voice.entry(passage.voice).or_insert_with(fresh),
                };
                let node = &mut nodes.all[node as usize];
                if node.when != said_on(wording, files, id) {
                    node.when = None;
                }
                node.passages.push(id);
                if let Some(day) = published(wording, files, id) {
                    let (first, last) = node.published.unwrap_or((day, day));
                    node.published = Some((first.min(day), last.max(day)));
                }
            }
        }
        nodes
    }
}

/// The days on which a passage was said, where the draft tells.
pub(super) fn said_on(wording: &Wording, files: &[FileFacts], id: PassageId) -> Option<Interval> {
    wording.passage(id).quotations(files).find_map(|quotation| quotation.attribution.as_ref()?.said_on)
}

/// The day a passage's draft was published, where that is known.
pub(super) fn published(wording: &Wording, files: &[FileFacts], id: PassageId) -> Option<Day> {
    files.get(wording.passage(id).file.index())?.published.map(|published| published.day)
}

/// Days between the drafts of two nodes; 0 where unknown.
fn days_apart(one: &Node, other: &Node) -> i32 {
    match (one.published, other.published) {
        (Some((first, last)), Some((other_first, other_last))) => {
            first.days_since(other_last).max(other_first.days_since(last))
        }
        _ => 0,
    }
}

/// Is what differs little enough for how far apart the two stand?
fn near_enough(wording: &Wording, files: &[FileFacts], link: &Link, one: &Node, other: &Node) -> bool {
    let days = days_apart(one, other);
    if contrasted(wording, files, one, other) {
        return false;
    }
    let body_of = |node: &Node| {
        let mut bodies = node.passages.iter().map(|&id| wording.passage(id));
        let first = bodies.next().filter(|passage| !passage.display).map(|passage| passage.file);
        first.filter(|file| bodies.all(|passage| passage.file == *file && !passage.display))
    };
    // Within one draft a speaker says a thing twice in one breath, a little differently.
    let one_draft = body_of(one).is_some() && body_of(one) == body_of(other);
    if one_draft {
        // Where nobody is named, nothing says that one person was heard twice.
        return link.differing <= 1 && (one.voice.is_some() || other.voice.is_some());
    }
    let almost_all = |&(differing, matched, content): &(u32, u32, u32)| {
        link.differing <= differing && link.matched >= matched && link.content >= content
    };
    if days <= DAYS {
        return link.differing == 0 || !differs_in_month(wording, link);
    }
    ALMOST_ALL.iter().any(almost_all) && !differs_in_number(wording, link)
}

/// Bytes between two quotations of one sentence that are set against one another: “changed from “A” to “B””.
const CONTRAST: u32 = 30;

/// Does a draft set two quotations against one another, one directly after the other?
fn contrasted(wording: &Wording, files: &[FileFacts], one: &Node, other: &Node) -> bool {
    let spans = |id: PassageId| {
        let mut spans = wording.passage(id).quotations(files).map(|quotation| quotation.span);
        spans.next().map(|first| spans.fold(first, |all, span| all.join(span)))
    };
    one.passages.iter().any(|&id| {
        let block = |id: PassageId| {
            let passage = wording.passage(id);
            (passage.file, passage.quotations(files).next().map(|quotation| quotation.block))
        };
        let beside = |there: &&PassageId| block(**there) == block(id);
        other.passages.iter().filter(beside).any(|&there| match (spans(id), spans(there)) {
            (Some(here), Some(there)) => {
                let (first, second) = if here < there { (here, there) } else { (there, here) };
                first.end <= second.start && second.start - first.end <= CONTRAST
            }
            _ => false,
        })
    })
}

/// Do two versions differ in a number? Drafts that lie apart and have all words but a number in common report two months
/// in the words of every month.
fn differs_in_number(wording: &Wording, link: &Link) -> bool {
    let words = wording.vocabulary();
    differs(wording, link, |one, other| one.iter().chain(other).any(|&word| words.is_number(word)))
}

/// Do two versions name two months and give two numbers? Then they report two months, whenever they were printed.
fn differs_in_month(wording: &Wording, link: &Link) -> bool {
    let words = wording.vocabulary();
    let month =
        |side: &[Symbol]| side.iter().any(|&word| lexicon().class(words.text(word)).any(Class::MONTH));
    differs(wording, link, |one, other| month(one) && month(other)) && differs_in_number(wording, link)
}

/// Does a difference of two versions pass this test?
fn differs(wording: &Wording, link: &Link, test: impl Fn(&[Symbol], &[Symbol]) -> bool) -> bool {
    let words = wording.vocabulary();
    let (one, other) =
        (wording.form(wording.version(link.one)[0]), wording.form(wording.version(link.other)[0]));
    let hunks = relate(one, other, words).map(|(_, aligned)| aligned.hunks).unwrap_or_default();
    hunks.iter().any(|hunk| test(&one[hunk.one.clone()], &other[hunk.other.clone()]))
}

/// Does the draft itself name the speaker at this passage, in full or by surname? A pronoun's person is too weak to
/// accuse anybody of a mix-up.
fn named_here(wording: &Wording, files: &[FileFacts], id: PassageId) -> bool {
    let Some(voice) = wording.voice(id) else { return false };
    wording.passage(id).quotations(files).any(|quotation| {
        quotation.attribution.as_ref().is_some_and(|by| {
            by.confidence >= SURE
                && by.source.as_ref().is_some_and(|source| {
                    SpeakerName::new(&Speaker { name: source.text.clone(), kind: voice.kind })
                        .has_part(voice.surname())
                })
        })
    })
}

/// Is the speaker at this passage a pronoun behind the one person whom its paragraph, or the paragraph before, names?
fn taken_up_here(wording: &Wording, files: &[FileFacts], id: PassageId) -> bool {
    let passage = wording.passage(id);
    let Some(facts) = files.get(passage.file.index()) else { return false };
    passage.quotations(files).any(|quotation| {
        let Some(by) =
            quotation.attribution.as_ref().filter(|by| by.confidence >= SURE && by.rival.is_none())
        else {
            return false;
        };
        let pronoun = by.source.as_ref().is_some_and(|source| {
            source.text.eq_ignore_ascii_case("he") || source.text.eq_ignore_ascii_case("she")
        });
        let at = facts.blocks.partition_point(|block| block.span.start <= quotation.span.start);
        let named = |from: usize| {
            let start = facts.blocks.get(from).map_or(0, |block| block.span.start);
            let first = facts.mentions.partition_point(|mention| mention.span.start < start);
            let own = facts.mentions[first..].iter().take_while(|it| it.span.start < quotation.span.start);
            let mut people: Vec<&str> = own.filter(|it| !it.quoted).map(Mention::known_as).collect();
            people.sort_unstable();
            people.dedup();
            people
        };
        let (Some(own), Some(speaker)) = (at.checked_sub(1), by.speaker.as_ref()) else { return false };
        let here = named(own);
        let people = if here.is_empty() { named(own.saturating_sub(1)) } else { here };
        pronoun && matches!(people.as_slice(), [only] if *only == speaker.name)
    })
}

/// Could both have been said on one day, as far as the drafts tell?
pub(super) fn one_occasion(one: Option<Interval>, other: Option<Interval>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.meets(other),
        _ => true,
    }
}

/// Union-find with the voice of each set.
struct Sets {
    parents: Vec<u32>,
    voices: Vec<Option<VoiceId>>,
}

impl Sets {
    fn new(nodes: &Nodes) -> Self {
        Self {
            parents: (0..nodes.all.len() as u32).collect(),
            voices: nodes.all.iter().map(|node| node.voice).collect(),
        }
    }

    fn find(&mut self, mut node: u32) -> u32 {
        while self.parents[node as usize] != node {
            let above = self.parents[node as usize];
            self.parents[node as usize] = self.parents[above as usize];
            node = above;
        }
        node
    }

    /// Makes one set of two; the smaller number stays its root.
    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.find(one), self.find(other));
        let (root, child) = (one.min(other), one.max(other));
        self.parents[child as usize] = root;
        self.voices[root as usize] = self.voices[root as usize].or(self.voices[child as usize]);
    }
}

/// Both readings of the graph.
pub(super) fn read(wording: &Wording, files: &[FileFacts]) -> (Vec<Utterance>, Vec<Echo>) {
    let nodes = Nodes::collect(wording, files);
    (utterances(wording, files, &nodes), echoes(wording, files, &nodes))
}

/// Utterances of one voice in several wordings.
fn utterances(wording: &Wording, files: &[FileFacts], nodes: &Nodes) -> Vec<Utterance> {
    let mut sets = Sets::new(nodes);
    let speaker_match = |one: Option<VoiceId>, other: Option<VoiceId>| match (one, other) {
        (Some(one), Some(other)) => Some(
            wording.passages.voices[one as usize].speaker_match(&wording.passages.voices[other as usize]),
        ),
        _ => None,
    };
    let mut used: Vec<(Link, u32)> = Vec::new();
    // Pairs of which one speaker is undecided wait until the others have found together.
    let mut undecided: Vec<(Link, u32, u32)> = Vec::new();
    for link in wording.links.iter().filter(|link| link.relation != Relation::Consistent) {
        for &one in &nodes.of_version[link.one as usize] {
            for &other in &nodes.of_version[link.other as usize] {
                let (left, right) = (&nodes.all[one as usize], &nodes.all[other as usize]);
                if !one_occasion(left.when, right.when) || !near_enough(wording, files, link, left, right) {
                    continue;
                }
                match speaker_match(left.voice, right.voice) {
                    Some(SpeakerMatch::Same) => {
                        sets.join(one, other);
                        used.push((*link, one));
                    }
                    None if link.matched >= STRONG.0 && link.content >= STRONG.1 => {
                        undecided.push((*link, one, other))
                    }
                    _ => {}
                }
            }
        }
    }
    // An undecided passage joins where its words fit one voice. Where they fit two, nobody can tell whose they are.
    let mut fits: FxHashMap<u32, Vec<VoiceId>> = FxHashMap::default();
    for &(_, one, other) in &undecided {
        for (node, company) in [(one, other), (other, one)] {
            let root = sets.find(company);
            let fitting = fits.entry(node).or_default();
            if nodes.all[node as usize].voice.is_none() {
                fitting.extend(sets.voices[root as usize]);
            }
        }
    }
    let torn = |node: u32| {
        let voices = fits.get(&node).map_or(&[][..], Vec::as_slice);
        voices
            .iter()
            .any(|&voice| speaker_match(Some(voice), voices.first().copied()) != Some(SpeakerMatch::Same))
    };
    for &(link, one, other) in &undecided {
        let alone = |node: u32| fits.get(&node).is_none_or(Vec::is_empty);
        let both = nodes.all[one as usize].voice.is_none() && nodes.all[other as usize].voice.is_none();
        if !torn(one) && !torn(other) && (!both || (alone(one) && alone(other))) {
            sets.join(one, other);
            used.push((link, one));
        }
    }
    let mut found: FxHashMap<u32, Utterance> = FxHashMap::default();
    for (link, node) in used {
        let root = sets.find(node);
        let utterance =
            found.entry(root).or_insert_with(|| Utterance { passages: Vec::new(), links: Vec::new() });
        utterance.links.push(link);
    }
    if found.is_empty() {
        return Vec::new();
    }
    for (number, node) in nodes.all.iter().enumerate() {
        if let Some(utterance) = found.get_mut(&sets.find(number as u32)) {
            utterance.passages.extend(&node.passages);
        }
    }
    let mut found: Vec<Utterance> = found.into_values().collect();
    for utterance in &mut found {
        utterance.passages.sort_unstable();
        utterance.links.sort_unstable_by_key(|link| (link.one, link.other));
        utterance.links.dedup();
    }
    found
}

/// The same words from several voices.
fn echoes(wording: &Wording, files: &[FileFacts], nodes: &Nodes) -> Vec<Echo> {
    let mut found: Vec<Echo> = Vec::new();
    let mut sets = Sets::new(nodes);
    let mut joined: Vec<u32> = Vec::new();
    let named = |node: &Node| {
        node.voice.map(|voice| &wording.passages.voices[voice as usize]).filter(|voice| voice.is_named())
    };
    let by_name = |node: &Node| node.passages.iter().any(|&id| named_here(wording, files, id));
    let told =
        |node: &Node| by_name(node) || node.passages.iter().any(|&id| taken_up_here(wording, files, id));
    let meet = |one: u32, other: u32| {
        let (left, right) = (&nodes.all[one as usize], &nodes.all[other as usize]);
        let (Some(voice), Some(other_voice)) = (named(left), named(right)) else { return false };
        voice.is_full()
            && other_voice.is_full()
            && matches!(
                voice.speaker_match(other_voice),
                SpeakerMatch::Different | SpeakerMatch::PersonAndBody
            )
            && days_apart(left, right) <= ECHO_DAYS
            && told(left)
            && told(right)
    };
    let mut join = |one: u32, other: u32| {
        sets.join(one, other);
        joined.push(one);
    };
    for (version, members) in nodes.of_version.iter().enumerate() {
        if (2..=CROWD).contains(&members.len()) {
            let form = wording.form(wording.versions[version][0]);
            let words = form.iter().filter(|&&word| word != super::GAP).count() as u32;
            let content = form.iter().filter(|&&word| wording.passages.words.is_content(word)).count() as u32;
            if words >= LEAST_ECHO.0 && content >= LEAST_ECHO.1 {
                for (rank, &one) in members.iter().enumerate() {
                    let met = members[rank + 1..].iter().filter(|&&other| meet(one, other));
                    met.for_each(|&other| join(one, other));
                }
            }
        }
    }
    for link in &wording.links {
        let enough = match link.relation {
            Relation::Consistent => link.matched >= LEAST_ECHO.0 && link.content >= LEAST_ECHO.1,
            Relation::Altered | Relation::Omitted => link.matched >= LONG_ECHO && link.differing <= 2,
        };
        let crowd =
            [link.one, link.other].iter().any(|&version| nodes.of_version[version as usize].len() > CROWD);
        if !enough || crowd {
            continue;
        }
        let others = &nodes.of_version[link.other as usize];
        let pairs = nodes.of_version[link.one as usize].iter();
        let pairs = pairs.flat_map(|&one| others.iter().map(move |&other| (one, other)));
        let met: Vec<(u32, u32)> = pairs.filter(|&(one, other)| meet(one, other)).collect();
        // Asked last, because the words are laid side by side once more.
        if !met.is_empty() && !requoted(wording, files, link) {
            met.into_iter().for_each(|(one, other)| join(one, other));
        }
    }
    let mut members: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for &node in &joined {
        members.entry(sets.find(node)).or_default();
    }
    if members.is_empty() {
        return found;
    }
    for number in 0..nodes.all.len() as u32 {
        if let Some(list) = members.get_mut(&sets.find(number)) {
            list.push(number);
        }
    }
    for list in members.into_values() {
        let voices: Vec<_> = list.iter().filter_map(|&node| named(&nodes.all[node as usize])).collect();
        let speaker_match =
            if voices.iter().any(|voice| voice.speaker_match(voices[0]) == SpeakerMatch::Different) {
                SpeakerMatch::Different
            } else {
                SpeakerMatch::PersonAndBody
            };
        let mut people: Vec<&SpeakerName> = Vec::new();
        for voice in &voices {
            // More make no difference, and each is compared with all before it.
            if people.len() >= CHORUS {
                break;
            }
            if people.iter().all(|known| known.speaker_match(voice) == SpeakerMatch::Different) {
                people.push(voice);
            }
        }
        if people.len() >= CHORUS {
            continue;
        }
        let mut passages: Vec<PassageId> =
            list.iter().flat_map(|&node| nodes.all[node as usize].passages.iter().copied()).collect();
        passages.sort_unstable();
        let by_pronoun = list.iter().any(|&node| !by_name(&nodes.all[node as usize]));
        found.push(Echo { passages, speaker_match, by_pronoun });
    }
    found.sort_unstable_by(|one, other| one.passages.cmp(&other.passages));
    found
}

/// Does the one quote the other's words as the other's? Then they stand in marks of their own inside it.
fn requoted(wording: &Wording, files: &[FileFacts], link: &Link) -> bool {
    let (one, other) = (wording.version(link.one)[0], wording.version(link.other)[0]);
    let aligned = super::align(wording.form(one), wording.form(other), wording.vocabulary());
    let inside = |id: PassageId, start: usize| {
        let surface = wording.passage(id).surface(files);
        surface.iter().take(start + 1).any(|item| item.quoted)
    };
    inside(one, aligned.one.start) || inside(other, aligned.other.start)
}
