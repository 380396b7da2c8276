//! Quoted in one draft, reported without marks in another: the same content from two sources.
//!
//! Reports meet quotations through pairs of neighbouring topic words that few others have; then the topic words of
//! both are laid side by side in their order. The work grows with the number of reports, not with the pairs.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::index::{Met, mix};
use super::kept::FileWords;
use super::speaker_name::{Cast, SpeakerMatch, SpeakerName};
use super::vocabulary::{GAP, Symbol, Vocabulary};
use super::{PassageId, Wording};
use crate::calendar::Day;
use crate::facts::{FileFacts, Indirect, Speaker, SpeakerKind};
use crate::lexicon::WordSet;
use crate::source::FileId;

/// Topic words that must be shared, in one order.
const SHARED: usize = 6;
/// Of the report's topic words, and of the quotation's, one in so many must be shared.
const OF_REPORT: usize = 2;
const OF_QUOTATION: usize = 4;
/// Shared words that few others use.
const RARE: usize = 3;
/// A word is rare up to this many users, and one more for every so many texts.
const FEW: u32 = 6;
const TEXTS_PER_USER: u32 = 200;
/// Pairs of neighbouring topic words that bring a report and a quotation together.
const PAIRS: usize = 2;
/// A pair that more quotations have than this is a turn of phrase.
const COMMON: usize = 20;
/// Topic words of a text that are looked at; longer ones are speeches.
const LONGEST: usize = 80;
/// Drafts further apart than this in days report two occasions.
const DAYS: i32 = 3;

/// A quotation, and the report of the same content from another source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paraphrase {
    /// What is quoted.
    pub passage: PassageId,
    /// The file that reports it.
    pub file: FileId,
    /// The report: an index into `FileFacts::indirect`.
    pub report: u32,
}

/// One report's topic words.
struct Report {
    file: FileId,
    index: u32,
    topic: Arc<Topic>,
}

/// The topic words of a text.
#[derive(Debug, Default)]
pub(super) struct Topic {
    /// Their stems, in the order of the text.
    stems: Box<[u32]>,
    /// Each stem once, ascending.
    once: Box<[u32]>,
    /// Neighbouring stems, each pair once, ascending.
    pairs: Box<[(u32, u32)]>,
}

impl Topic {
    /// The topic words of a text's normal form.
    pub(super) fn of(form: &[Symbol], words: &Vocabulary) -> Self {
        let content = form.iter().filter(|&&word| word != GAP && words.is_content(word));
        let stems: SmallVec<[u32; 32]> = content.map(|&word| words.stem(word)).take(LONGEST).collect();
        let mut once = stems.clone();
        once.sort_unstable();
        once.dedup();
        let mut pairs: SmallVec<[(u32, u32); 32]> = stems.windows(2).map(|pair| (pair[0], pair[1])).collect();
        pairs.sort_unstable();
        pairs.dedup();
        Self { stems: stems.as_slice().into(), once: once.as_slice().into(), pairs: pairs.as_slice().into() }
    }
}

/// All reports, before they are compared.
pub(super) struct Reports(Vec<Report>);

impl Reports {
    /// Every report whose source could stand against another.
    pub(super) fn collect(read: &[Option<FileWords>]) -> Self {
        let mut reports = Vec::new();
        for (rank, own) in read.iter().enumerate() {
            for (index, topic) in own.iter().flat_map(|own| &own.reports) {
                reports.push(Report { file: FileId(rank as u32), index: *index, topic: Arc::clone(topic) });
            }
        }
        Self(reports)
    }

    /// The reports that have the content of a quotation of somebody else, one for each version of the words. `quoted` are
    /// the topic words of each version.
    pub(super) fn find(
        self,
        wording: &Wording,
        files: &[FileFacts],
        cast: &Cast<'_>,
        quoted: &[Arc<Topic>],
    ) -> Vec<Paraphrase> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let mut users = Users::default();
        quoted.iter().for_each(|topic| users.add(topic));
        self.0.iter().for_each(|report| users.add(&report.topic));
        let homes = Homes::of(&self.0, quoted);
        let few = FEW + (wording.versions() + self.0.len()) as u32 / TEXTS_PER_USER;
        let mut found: Vec<Paraphrase> = Vec::new();
        let mut met: FxHashSet<u32> = FxHashSet::default();
        let mut meetings: Vec<u32> = Vec::new();
        for report in &self.0 {
            meetings.clear();
            for &pair in &report.topic.pairs {
                let versions = homes.versions_with(pair);
                if versions.len() <= COMMON {
                    meetings.extend(versions.iter().map(|(_, version)| *version));
                }
            }
            meetings.sort_unstable();
            let often = meetings.chunk_by(|one, other| one == other).filter(|met| met.len() >= PAIRS);
            for version in often.map(|met| met[0]) {
                let (topic, reported) = (&quoted[version as usize].stems, &report.topic.stems);
                let shared = in_order(topic, reported);
                let rare = shared.iter().filter(|&&stem| users.of(stem) <= few).count();
                let enough = shared.len() >= SHARED
                    && shared.len() * OF_REPORT >= reported.len()
                    && shared.len() * OF_QUOTATION >= topic.len()
                    && rare >= RARE;
                if !enough || met.contains(&version) {
                    continue;
                }
                if let Some(passage) = other_source(wording, files, cast, version, report) {
                    met.insert(version);
                    found.push(Paraphrase { passage, file: report.file, report: report.index });
                }
            }
        }
        found.sort_unstable_by_key(|found| (found.passage, found.file, found.report));
        found
    }
}

/// The reports of a file that have words enough to stand against another: their index and their topic words.
pub(super) fn topics(facts: &FileFacts, words: &mut Vocabulary) -> Vec<(u32, Arc<Topic>)> {
    let mut reports = Vec::new();
    let mut symbols = Vec::new();
    for (index, report) in (0..).zip(&facts.indirect) {
        symbols.clear();
        words.number(&report.content.text, &mut symbols);
        let topic = Topic::of(&symbols, words);
        if topic.stems.len() >= SHARED {
            reports.push((index, Arc::new(topic)));
        }
    }
    reports
}

/// The versions that have a pair of neighbouring topic words.
struct Homes(Vec<((u32, u32), u32)>);

impl Homes {
    /// Only pairs that a report has can bring it together with a quotation; nearly all others are left out.
    fn of(reports: &[Report], quoted: &[Arc<Topic>]) -> Self {
        let key = |&(one, other): &(u32, u32)| mix(u64::from(one) << 32 | u64::from(other));
        let mut reported = Met::with_room_for(reports.iter().map(|report| report.topic.pairs.len()).sum());
        for pair in reports.iter().flat_map(|report| &report.topic.pairs) {
            reported.add(key(pair));
        }
        let mut homes = Vec::new();
        for (version, topic) in (0..).zip(quoted).filter(|(_, topic)| topic.stems.len() >= SHARED) {
            let shared = topic.pairs.iter().filter(|pair| reported.has(key(pair)));
            homes.extend(shared.map(|&pair| (pair, version)));
        }
        homes.sort_unstable();
        Self(homes)
    }

    /// Each with the pair, ascending.
    fn versions_with(&self, pair: (u32, u32)) -> &[((u32, u32), u32)] {
        let from = self.0.partition_point(|(known, _)| *known < pair);
        let length = self.0[from..].iter().take_while(|(known, _)| *known == pair).count();
        &self.0[from..from + length]
    }
}

/// How many texts use each topic word.
#[derive(Default)]
struct Users {
    counts: Vec<u32>,
}

impl Users {
    /// Counts a text.
    fn add(&mut self, topic: &Topic) {
        if let Some(&last) = topic.once.last()
            && self.counts.len() <= last as usize
        {
            self.counts.resize(last as usize * 2 + 1, 0);
        }
        topic.once.iter().for_each(|&stem| self.counts[stem as usize] += 1);
    }

    fn of(&self, stem: u32) -> u32 {
        self.counts.get(stem as usize).copied().unwrap_or(0)
    }
}

/// The longest run of words that both have in one order, gaps allowed.
fn in_order(one: &[u32], other: &[u32]) -> Vec<u32> {
    let wide = other.len() + 1;
    let mut longest = vec![0_u16; (one.len() + 1) * wide];
    for (i, a) in one.iter().enumerate().rev() {
        for (j, b) in other.iter().enumerate().rev() {
            longest[i * wide + j] = if a == b {
                longest[(i + 1) * wide + j + 1] + 1
            } else {
                longest[(i + 1) * wide + j].max(longest[i * wide + j + 1])
            };
        }
    }
    let (mut i, mut j, mut shared) = (0, 0, Vec::new());
    while i < one.len() && j < other.len() {
        if one[i] == other[j] {
            shared.push(one[i]);
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * wide + j] >= longest[i * wide + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    shared
}

/// The first passage of a version that somebody else said in another draft of those days, where the report's own
/// draft does not quote it as well.
fn other_source(
    wording: &Wording,
    files: &[FileFacts],
    cast: &Cast<'_>,
    version: u32,
    report: &Report,
) -> Option<PassageId> {
    let members = wording.version(version);
    if members.iter().any(|&id| wording.passage(id).file == report.file) {
        return None;
    }
    let facts = files.get(report.file.index())?;
    let reported = facts.indirect.get(report.index as usize)?;
    let day =
        |file: FileId| -> Option<Day> { files.get(file.index())?.published.map(|published| published.day) };
    members.iter().copied().find(|&id| {
        let near = day(wording.passage(id).file)
            .zip(day(report.file))
            .is_none_or(|(one, other)| one.days_since(other).abs() <= DAYS);
        near && wording.voice(id).is_some_and(|voice| differs(voice, reported, report.file, cast))
    })
}

/// Is the report's source somebody else, as far as names tell? A body's statement counts by the names in it.
fn differs(voice: &SpeakerName, reported: &Indirect, file: FileId, cast: &Cast<'_>) -> bool {
    let Some(speaker) = &reported.attribution.speaker else { return false };
    // “the mayor’s aide, Ana Reyes”: whoever it stands for, the phrase itself names the one who is quoted.
    let phrase = reported.attribution.source.as_ref().map_or("", |source| &source.text);
    let named_here = SpeakerName::new(&Speaker { name: phrase.to_owned(), kind: voice.kind });
    // Quoted from a ministry's statement here, said by the minister there.
    if voice.kind == SpeakerKind::Unnamed && speaker.kind == SpeakerKind::Person {
        let other = cast.voice(file, speaker);
        return is_named_statement(&voice.name, &voice.name)
            && other.is_full()
            && !voice.has_part(other.surname());
    }
    if !voice.is_full() || named_here.has_part(voice.surname()) {
        return false;
    }
    match speaker.kind {
        SpeakerKind::Person | SpeakerKind::Body => {
            let other = cast.voice(file, speaker);
            other.is_full()
                && matches!(
                    voice.speaker_match(&other),
                    SpeakerMatch::Different | SpeakerMatch::PersonAndBody
                )
        }
        SpeakerKind::Unnamed => is_named_statement(&speaker.name, phrase),
        SpeakerKind::Writer => false,
    }
}

/// “a statement from the Ministry of Fisheries”: words of a body that goes by a name.
fn is_named_statement(name: &str, phrase: &str) -> bool {
    let named = name.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
    let statement = phrase.split_whitespace().any(|word| WordSet::Issued.has(word));
    named && statement
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn shared_words_keep_their_order() {
        assert_eq!(in_order(&[1, 2, 3, 4], &[2, 9, 4]), [2, 4]);
        assert_eq!(in_order(&[1, 2], &[2, 1]).len(), 1);
        assert_eq!(in_order(&[], &[1]), Vec::<u32>::new());
        assert_eq!(in_order(&[5, 6, 7], &[5, 6, 7]), [5, 6, 7]);
    }
}
