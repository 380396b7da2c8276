//! The archived drafts that could say anything about new ones.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use rustc_hash::{FxHashMap, FxHashSet};

use super::NO_DAY;
use super::builder::{day_number, of_short};
use super::reader::{Archive, ArchivedId};
use super::record::Record;
use crate::corpus::people::{
    MOST_BEARERS, NameKeys, NameMatch, family_key, files_key, key_name, name_keys, name_match,
};
use crate::corpus::registry::Registry;
use crate::corpus::wording::{COMMON_RUN, PassageKeys, passage_keys};
use crate::facts::FileFacts;
use crate::source::InputError;

/// What an archive has about some drafts.
#[derive(Debug, Default)]
pub struct Related {
    /// The archived drafts that quote the same words or name the same people, in path order.
    pub records: Vec<Record>,
    /// By name, how many archived drafts with it were not looked at, because there are too many.
    pub left_out: BTreeMap<String, usize>,
    /// Were there more drafts that quote the same words than are looked at?
    pub too_many_words: bool,
}

/// Archived drafts that are looked at for one name: those of the nearest days.
const FILES_PER_NAME: usize = 48;
/// Archived drafts that are looked at for the words of one draft, and for those of the archived drafts found so.
const FILES_BY_WORDS: usize = 400;
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
        let mut found = Found { records: FxHashMap::default(), related: Related::default() };
        let passages = drafts.iter().flat_map(|facts| passage_keys(facts)).collect();
        self.by_words(passages, own, &mut found)?;
        self.by_names(drafts, registry, own, &mut found)?;
        let mut records: Vec<Record> = found.records.into_values().flatten().collect();
        records.sort_by(|one, other| one.facts.path.cmp(&other.facts.path));
        found.related.records = records;
        Ok(found.related)
    }

    /// The archived drafts that quote words of these drafts, and nothing else.
    ///
    /// # Errors
    /// Where the archive is broken.
    pub fn with_words_of(&mut self, drafts: &[&FileFacts]) -> Result<Vec<Record>, InputError> {
        let mut found = Found { records: FxHashMap::default(), related: Related::default() };
        let passages = drafts.iter().flat_map(|facts| passage_keys(facts)).collect();
        self.by_words(passages, &|_| false, &mut found)?;
        let mut records: Vec<Record> = found.records.into_values().flatten().collect();
        records.sort_by(|one, other| one.facts.path.cmp(&other.facts.path));
        Ok(records)
    }

    /// Adds a draft to those found, unless it is one's own. Returns whether it is new.
    fn add(
        &mut self,
        id: ArchivedId,
        own: &dyn Fn(&str) -> bool,
        found: &mut Found,
    ) -> Result<bool, InputError> {
        if found.records.contains_key(&id) {
            return Ok(false);
        }
        let record = Some(self.record(id)?).filter(|record| !own(&record.facts.path));
        found.records.insert(id, record);
        Ok(true)
    }

    /// Finds the archived drafts whose quotations could be compared with these passages; then those whose quotations
    /// could be compared with the ones found, and so on, because an utterance is put together link by link.
    fn by_words(
        &mut self,
        passages: Vec<PassageKeys>,
        own: &dyn Fn(&str) -> bool,
        found: &mut Found,
    ) -> Result<(), InputError> {
        let limit = FILES_BY_WORDS * passages.len().max(1);
        let mut asked: FxHashSet<Vec<u64>> = FxHashSet::default();
        let mut queue = passages;
        while let Some(passage) = queue.pop() {
            if !asked.insert(passage.runs.clone()) && passage.short.is_none() {
                continue;
            }
            for id in self.candidates(&passage)? {
                if found.records.len() >= limit {
                    found.related.too_many_words = true;
                    return Ok(());
                }
                if !self.add(id, own, found)? {
                    continue;
                }
                let Some(Some(record)) = found.records.get(&id) else { continue };
                let met = passage_keys(&record.facts).into_iter().filter(|other| passage.meets(other));
                queue.extend(met);
            }
        }
        Ok(())
    }

    /// The drafts that share enough keys with a passage.
    fn candidates(&mut self, passage: &PassageKeys) -> Result<Vec<ArchivedId>, InputError> {
        let mut lists: Vec<Vec<ArchivedId>> = Vec::new();
        let mut found: Vec<ArchivedId> = Vec::new();
        for &key in &passage.runs {
            let files = self.with_run(key)?;
            if (1..=COMMON_RUN).contains(&files.len()) {
                lists.push(files);
            }
            let short = self.with_key(of_short(key))?;
            if short.len() <= COMMON_RUN {
                found.extend(short);
            }
        }
        // The rarest runs tell; where two are as rare, the order of the keys does not matter to who asks.
        lists.sort_by_key(Vec::len);
        lists.truncate(passage.kept());
        let mut counts: BTreeMap<ArchivedId, usize> = BTreeMap::new();
        for id in lists.into_iter().flatten() {
            *counts.entry(id).or_default() += 1;
        }
        let least = passage.needed(passage);
        found.extend(counts.into_iter().filter(|(_, count)| *count >= least).map(|(id, _)| id));
        if let Some(short) = passage.short {
            let files = self.with_key(short)?;
            found.extend(files.into_iter().take(COMMON_RUN));
        }
        Ok(found)
    }

    /// Finds the archived drafts that name people of these drafts, under the same name or one that may be the same
    /// person's.
    fn by_names(
        &mut self,
        drafts: &[&FileFacts],
        registry: &Registry,
        own: &dyn Fn(&str) -> bool,
        found: &mut Found,
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
        let mut alone: Vec<u64> = Vec::new();
        for facts in drafts {
            let mentioned = facts.mentions.iter().map(|mention| mention.name.as_str());
            let sources = facts
                .quotations
                .iter()
                .filter_map(|quotation| Some(quotation.attribution.as_ref()?.source.as_ref()?.text.as_str()));
            let single = mentioned.chain(sources).filter(|name| !name.contains(' '));
            alone.extend(single.filter_map(family_key));
        }
        alone.sort_unstable();
        alone.dedup();
        let mut queue: Vec<(String, Vec<i32>)> = names.clone().into_iter().collect();
        let limit = names.len() + MOST_NAMES;
        while let Some((name, days)) = queue.pop() {
            for other in self.neighbours(&name)? {
                if names.len() < limit && !names.contains_key(&other) {
                    names.insert(other.clone(), days.clone());
                    queue.push((other, days.clone()));
                }
            }
            for id in self.nearest(&name, &days, FILES_PER_NAME, found)? {
                if !self.add(id, own, found)? {
                    continue;
                }
                let Some(Some(record)) = found.records.get(&id) else { continue };
                // One draft may use two names for one person.
                let mentions = record.facts.mentions.iter();
                let both = mentions.filter_map(|mention| {
                    let (one, other) = (key_name(&mention.name)?, key_name(mention.person.as_deref()?)?);
                    (one != other && (one == name || other == name)).then_some([one, other])
                });
                for other in both.flatten() {
                    if names.len() < limit && !names.contains_key(&other) {
                        names.insert(other.clone(), days.clone());
                        queue.push((other, days.clone()));
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
                && let Some(&id) = self.with_key(files_key(name))?.first()
            {
                self.add(id, own, found)?;
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

    /// The drafts that have a name: where there are too many, those of the days nearest to `days`.
    fn nearest(
        &mut self,
        name: &str,
        days: &[i32],
        most: usize,
        found: &mut Found,
    ) -> Result<Vec<ArchivedId>, InputError> {
        let files = self.with_key(files_key(name))?;
        if files.len() <= most {
            return Ok(files);
        }
        found.related.left_out.insert(name.to_owned(), files.len() - most);
        let mut by_day: Vec<(u32, ArchivedId)> = Vec::with_capacity(files.len());
        for id in files {
            let day = self.day(id)?;
            let apart =
                days.iter().filter(|&&own| own != NO_DAY && day != NO_DAY).map(|own| own.abs_diff(day));
            by_day.push((apart.min().unwrap_or(0), id));
        }
        by_day.sort_unstable();
        Ok(by_day.into_iter().take(most).map(|(_, id)| id).collect())
    }
}

fn may(one: &str, other: &str) -> bool {
    name_match(one, other) == NameMatch::May
}

/// What was found so far; `None` for a draft's own earlier states.
struct Found {
    records: FxHashMap<ArchivedId, Option<Record>>,
    related: Related,
}
