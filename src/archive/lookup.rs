//! The archived drafts that could say anything about new ones.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use rustc_hash::{FxHashMap, FxHashSet};

use super::NO_DAY;
use super::builder::{day_number, of_short};
use super::reader::{Archive, ArchivedId};
use super::record::Record;
use crate::corpus::people::{
    MOST_BEARERS, NameKeys, NameMatch, families_alone, family_key, files_key, key_name, name_keys,
    name_match, names_of_one,
};
use crate::corpus::registry::Registry;
use crate::corpus::wording::{COMMON_RUN, KeyReader, PassageKeys, short_quotations};
use crate::facts::{FileFacts, Quotation};
use crate::source::InputError;

/// What an archive has about some drafts.
#[derive(Debug, Default)]
pub struct Related {
    /// The archived drafts that quote the same words or name the same people, in path order. They have what is compared:
    /// [`FileFacts::compared`] tells whose words, and a draft that was found by its names alone has only mentions of people who
    /// matter.
    pub records: Vec<Record>,
    /// By name, how many archived drafts with it were not looked at, because there are too many.
    pub left_out: BTreeMap<String, usize>,
    /// Were there more drafts that quote the same words than are looked at?
    pub too_many_words: bool,
}

/// Archived drafts that are looked at for one name: those of the nearest days.
const FILES_PER_NAME: usize = 48;
/// Of these, drafts that are further away than [`NEAR_DAYS`]. What is said of people then has changed, and next to nothing is
/// compared.
const FAR_FILES_PER_NAME: usize = 16;
/// The same for another spelling of a name, which one draft is enough to show.
const FAR_FILES_PER_SPELLING: usize = 4;
/// Days within which the same is said of people.
const NEAR_DAYS: u32 = 31;
/// Archived drafts that are looked at for one quotation of a draft.
const FILES_BY_WORDS: usize = 400;
/// Archived drafts that are looked at for one quotation though they share fewer than half of its runs: those that share
/// the rarest ones. Each costs as much as a draft that matters, and next to none does.
const WEAK_FILES: usize = 8;
/// The weight of a run that one draft has; of a run that more have, a part of it.
const WEIGHT: u32 = 1 << 16;
/// Names that are looked at beside the drafts' own: other spellings of their people.
const MOST_NAMES: usize = 400;

impl<R: Read + Seek> Archive<R> {
    /// The archived drafts that quote words of these drafts or name their people. An archived draft of a path that `own`
    /// knows is an earlier state of a draft, and is left out.
    ///
    /// # Errors
    /// Where the archive is broken.
    pub fn related(
        &mut self,
        drafts: &[&FileFacts],
        registry: &Registry,
        own: &dyn Fn(&str) -> bool,
    ) -> Result<Related, InputError> {
        let mut search = Search::new(own);
        self.by_words(drafts, KeyReader::linked, &mut search)?;
        self.by_names(drafts, registry, &mut search)?;
        Ok(search.related(drafts))
    }

    /// The archived drafts that quote words of these drafts, or most of them, and nothing else.
    ///
    /// # Errors
    /// Where the archive is broken.
    pub fn with_words_of(&mut self, drafts: &[&FileFacts]) -> Result<Related, InputError> {
        let mut search = Search::new(&|_| false);
        let has = |keys: &KeyReader, asked: &PassageKeys, other: &PassageKeys| {
            keys.linked(asked, other) || keys.has_most(asked, other)
        };
        self.by_words(drafts, has, &mut search)?;
        Ok(search.related(drafts))
    }

    /// Reads a draft, unless it has been read. `None` for one's own.
    fn look_at<'s>(
        &mut self,
        id: ArchivedId,
        search: &'s mut Search<'_>,
    ) -> Result<Option<&'s mut Met>, InputError> {
        if !search.met.contains_key(&id) {
            let record = Some(self.record(id)?).filter(|record| !(search.own)(&record.facts.path));
            search.met.insert(id, record.map(Met::new));
        }
        Ok(search.met.get_mut(&id).and_then(Option::as_mut))
    }

    /// Finds the archived drafts whose quotations are close, as `close` tells, to those of the drafts; then those whose quotations are close
    /// to the ones found, and so on, because an utterance is put together link by link.
    fn by_words(
        &mut self,
        drafts: &[&FileFacts],
        close: impl Fn(&KeyReader, &PassageKeys, &PassageKeys) -> bool,
        search: &mut Search<'_>,
    ) -> Result<(), InputError> {
        let mut keys = KeyReader::default();
        let mut queue: Vec<PassageKeys> = drafts.iter().flat_map(|facts| keys.read(facts)).collect();
        let limit = FILES_BY_WORDS * queue.len().max(1);
        let mut asked: FxHashSet<(u64, Option<u64>)> = FxHashSet::default();
        while let Some(passage) = queue.pop() {
            if !asked.insert((passage.all, passage.short)) {
                continue;
            }
            for id in self.candidates(&passage, search)? {
                if search.met.len() >= limit {
                    search.too_many_words = true;
                    return Ok(());
                }
                let Some(met) = self.look_at(id, search)? else { continue };
                let passages = met.passages.get_or_insert_with(|| keys.read(&met.record.facts));
                for other in passages.iter().filter(|other| close(&keys, &passage, other)) {
                    met.compared.extend_from_slice(&other.parts);
                    // An utterance is one voice's: words of others are compared with the draft's and lead no further.
                    if other.voice.is_some() && other.voice == passage.voice {
                        queue.push(other.clone());
                    }
                }
            }
        }
        Ok(())
    }

    /// The drafts that have the words of a passage, or share enough keys with it.
    fn candidates(
        &mut self,
        passage: &PassageKeys,
        search: &mut Search<'_>,
    ) -> Result<Vec<ArchivedId>, InputError> {
        let mut met: Vec<(ArchivedId, u32)> = Vec::new();
        let mut known_runs = 0;
        let mut found = self.with_words(passage.all)?;
        if found.len() > FILES_BY_WORDS {
            search.too_many_words = true;
            found.truncate(FILES_BY_WORDS);
        }
        for &key in &passage.runs {
            // A draft that has one key twice among its answers has it once.
            let rare = |mut files: Vec<ArchivedId>| {
                files.dedup();
                Some(files).filter(|files| files.len() <= COMMON_RUN).unwrap_or_default()
            };
            let files = rare(self.with_run(key)?);
            known_runs += usize::from(!files.is_empty());
            let weight = WEIGHT / files.len().max(1) as u32;
            met.extend(files.into_iter().map(|id| (id, weight)));
            found.extend(rare(self.with_short(of_short(key))?));
        }
        met.sort_unstable();
        let least = passage.needed(passage);
        let mut weak: Vec<(u32, ArchivedId)> = Vec::new();
        for same in met.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() >= least) {
            let id = same[0].0;
            match same.len() * 2 >= known_runs {
                true => found.push(id),
                false => weak.push((same.iter().map(|(_, weight)| weight).sum(), id)),
            }
        }
        // A version shares many runs or rare ones; what shares two common ones is another text of the same turns.
        weak.sort_unstable_by_key(|&(weight, id)| (std::cmp::Reverse(weight), id));
        found.extend(weak.into_iter().take(WEAK_FILES).map(|(_, id)| id));
        if let Some(short) = passage.short {
            found.extend(self.with_short(short)?);
        }
        Ok(found)
    }

    /// Finds the archived drafts that name people of these drafts, under the same name or one that may be the same
    /// person's.
    fn by_names(
        &mut self,
        drafts: &[&FileFacts],
        registry: &Registry,
        search: &mut Search<'_>,
    ) -> Result<(), InputError> {
        // By name, the days of the drafts that have it.
        let mut names: BTreeMap<String, Vec<i32>> = BTreeMap::new();
        for facts in drafts {
            let day = facts.published.map_or(NO_DAY, |published| day_number(published.day));
            for keys in name_keys(facts) {
                let listed = registry.named(&keys.name).iter();
                let aliases = listed.flat_map(|&id| registry.person(id).spellings()).filter_map(key_name);
                let aliases: Vec<String> = aliases.collect();
                names.entry(keys.name).or_default().push(day);
                aliases.into_iter().for_each(|alias| names.entry(alias).or_default().push(day));
            }
        }
        // A family name alone says something about the archive too: whether anybody has it.
        let mut alone: Vec<u64> = drafts.iter().flat_map(|facts| families_alone(facts)).collect();
        alone.sort_unstable();
        alone.dedup();
        search.families.extend(&alone);
        // Names of the drafts, with whether similar names are asked for: those of similar names would lead to strangers.
        let mut queue: Vec<(String, Vec<i32>, bool)> =
            names.clone().into_iter().map(|(name, days)| (name, days, true)).collect();
        let limit = names.len() + MOST_NAMES;
        while let Some((name, days, own)) = queue.pop() {
            search.families.extend(family_key(&name));
            let similar = if own { self.neighbours(&name)? } else { Vec::new() };
            for other in similar {
                if names.len() < limit && !names.contains_key(&other) {
                    names.insert(other.clone(), days.clone());
                    queue.push((other, days.clone(), false));
                }
            }
            for id in self.nearest(&name, &days, own, search)? {
                let Some(met) = self.look_at(id, search)? else { continue };
                met.named = true;
                // One draft may use two names for one person.
                let both = names_of_one(&met.record.facts).filter(|pair| pair.contains(&name));
                for other in both.flatten() {
                    if names.len() < limit && !names.contains_key(&other) {
                        names.insert(other.clone(), days.clone());
                        queue.push((other, days.clone(), false));
                    }
                }
            }
        }
        for family in alone {
            let bearers = self.names_of(family)?;
            let bearer =
                bearers.iter().find(|name| NameKeys::of(name).is_some_and(|keys| keys.family == family));
            if let Some(name) = bearer
                && !names.contains_key(name)
                && let Some(&id) = self.with_name(files_key(name))?.first()
                && let Some(met) = self.look_at(id, search)?
            {
                met.named = true;
            }
        }
        Ok(())
    }

    /// The names of the archive that may be the same person's as this one.
    fn neighbours(&mut self, name: &str) -> Result<Vec<String>, InputError> {
        let Some(keys) = NameKeys::of(name) else { return Ok(Vec::new()) };
        let mut found: Vec<String> = Vec::new();
        for &key in &keys.near {
            let near = self.names_of(key)?;
            found.extend(near.into_iter().filter(|other| name_match(name, other) == NameMatch::May));
        }
        let mut family = self.names_of(keys.family)?;
        family.retain(|other| NameKeys::of(other).is_some_and(|other| other.family == keys.family));
        family.sort_unstable();
        family.dedup();
        // Short forms tie nobody where a family name is common; the lookup of persons decides the same way.
        if family.len() <= MOST_BEARERS && family.iter().any(|other| other != name && may(name, other)) {
            found.extend(family.into_iter().filter(|other| name_match(name, other) != NameMatch::Apart));
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|other| other != name);
        Ok(found)
    }

    /// The drafts that have a name, one of the drafts' `own` or another spelling: where there are too many, those of the days
    /// nearest to `days`.
    fn nearest(
        &mut self,
        name: &str,
        days: &[i32],
        own: bool,
        search: &mut Search<'_>,
    ) -> Result<Vec<ArchivedId>, InputError> {
        let files = self.with_name(files_key(name))?;
        let far = if own { FAR_FILES_PER_NAME } else { FAR_FILES_PER_SPELLING };
        if files.len() <= far {
            return Ok(files);
        }
        let apart = |day: i32| {
            let both = days.iter().filter(|&&own| own != NO_DAY && day != NO_DAY);
            both.map(|own| own.abs_diff(day)).min().unwrap_or(0)
        };
        let mut by_day: Vec<(u32, ArchivedId)> =
            self.days(&files)?.into_iter().map(apart).zip(files).collect();
        by_day.sort_unstable();
        let near = by_day.partition_point(|&(apart, _)| apart <= NEAR_DAYS);
        let left_out = by_day.split_off(near.max(far).min(FILES_PER_NAME).min(by_day.len()));
        if !left_out.is_empty() {
            search.left_out.insert(name.to_owned(), left_out.len());
        }
        Ok(by_day.into_iter().map(|(_, id)| id).collect())
    }
}

fn may(one: &str, other: &str) -> bool {
    name_match(one, other) == NameMatch::May
}

/// A draft that was looked at.
struct Met {
    record: Record,
    /// The keys of its quotations, once they were asked for.
    passages: Option<Vec<PassageKeys>>,
    /// The quotations that are close to others.
    compared: Vec<u32>,
    /// Does it name people of the drafts that were asked about?
    named: bool,
}

impl Met {
    const fn new(record: Record) -> Self {
        Self { record, passages: None, compared: Vec::new(), named: false }
    }

    /// What is compared of the draft; `None` where nothing is. `families` are keys of the family names that matter, `voices`
    /// those of people of whom few words are quoted.
    fn compared(self, families: &FxHashSet<u64>, voices: &FxHashSet<u64>) -> Option<Record> {
        let Self { mut record, mut compared, named, .. } = self;
        match (compared.is_empty(), named) {
            (true, false) => return None,
            (true, true) => keep_people(&mut record.facts, families),
            (false, _) => {}
        }
        let short = short_quotations(&record.facts).filter(|(_, voice)| voices.contains(voice));
        compared.extend(short.map(|(number, _)| number));
        compared.sort_unstable();
        compared.dedup();
        record.facts.compared = Some(compared);
        Some(record)
    }
}

/// Takes out the quotations and the mentions of people who have none of these family names, but for mentions in a sentence
/// that tells something of one who has.
fn keep_people(facts: &mut FileFacts, families: &FxHashSet<u64>) {
    let matters = |name: &str| family_key(name).is_some_and(|key| families.contains(&key));
    let sentences: FxHashSet<u32> = facts
        .mentions
        .iter()
        .filter(|mention| matters(&mention.name) || mention.person.as_deref().is_some_and(matters))
        .map(|mention| mention.sentence.start)
        .collect();
    facts.mentions.retain(|mention| sentences.contains(&mention.sentence.start));
    let says = |quotation: &Quotation| {
        let by = quotation.attribution.as_ref();
        by.and_then(|by| by.speaker.as_ref()).is_some_and(|speaker| matters(&speaker.name))
    };
    // By its old number, the new one of a quotation that stays.
    let mut numbers: Vec<Option<u32>> = Vec::with_capacity(facts.quotations.len());
    let mut kept = 0;
    facts.quotations.retain_mut(|quotation| {
        let stays = says(quotation);
        quotation.continues = quotation.continues.and_then(|head| *numbers.get(head as usize)?);
        numbers.push(stays.then_some(kept));
        kept += u32::from(stays);
        stays
    });
}

/// A search, and what it has met so far.
struct Search<'a> {
    own: &'a dyn Fn(&str) -> bool,
    /// `None` for earlier states of one's own drafts.
    met: FxHashMap<ArchivedId, Option<Met>>,
    /// Keys of the family names that matter.
    families: FxHashSet<u64>,
    left_out: BTreeMap<String, usize>,
    too_many_words: bool,
}

impl<'a> Search<'a> {
    fn new(own: &'a dyn Fn(&str) -> bool) -> Self {
        Self {
            own,
            met: FxHashMap::default(),
            families: FxHashSet::default(),
            left_out: BTreeMap::new(),
            too_many_words: false,
        }
    }

    /// What was found about the drafts.
    fn related(self, drafts: &[&FileFacts]) -> Related {
        let voices =
            drafts.iter().flat_map(|facts| short_quotations(facts)).map(|(_, voice)| voice).collect();
        let met = self.met.into_values().flatten();
        let mut records: Vec<Record> = met.filter_map(|met| met.compared(&self.families, &voices)).collect();
        records.sort_by(|one, other| one.facts.path.cmp(&other.facts.path));
        Related { records, left_out: self.left_out, too_many_words: self.too_many_words }
    }
}
