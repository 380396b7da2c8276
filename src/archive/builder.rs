//! Writing an archive.

use std::collections::BTreeSet;
use std::io::{self, Write};

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use super::compression::{compress, compress_record};
use super::packed::pack;
use super::record::Record;
use super::table::{self, Entries, Layout, MOST_NUMBERS, Precision};
use super::{Directory, FORMAT, MAGIC, NO_DAY, Segment};
use crate::calendar::Day;
use crate::corpus::people::{NameKeys, name_keys};
use crate::corpus::wording::{COMMON_RUN, KeyReader};
use crate::parallel;

/// Entries of tables that are held in memory before a segment is written: 8 bytes each. With all else that is held, an
/// archive is built within 4 GB.
const MOST_ENTRIES: usize = 320_000_000;
/// Bytes of texts, and of facts, that all records of a segment are compressed with. The compression looks back no further.
const DICTIONARY: usize = 32 << 10;
/// A segment ends before it has so many names fewer than a table can number.
const NAMES_OF_A_DRAFT: u32 = 100_000;
/// Drafts that are compressed at once, on all threads.
const BATCH: usize = 256;

/// A draft that is ready to be put into an archive. It takes most of the work, and can be made on any thread.
#[derive(Debug)]
pub struct Prepared {
    path: String,
    digest: u64,
    day: i32,
    quotations: u64,
    text: u64,
    /// The record, as [`pack`] makes it.
    packed: [Vec<u8>; 2],
    passages: Vec<PreparedPassage>,
    names: Vec<NameKeys>,
}

/// The keys of a passage.
#[derive(Debug)]
struct PreparedPassage {
    all: u64,
    runs: Vec<u64>,
    /// Keys of which one is enough.
    one: Vec<u64>,
}

impl Prepared {
    /// Finds the keys of a record.
    pub fn new(record: &Record) -> Self {
        let passages = KeyReader::default().read(&record.facts).into_iter().map(|keys| PreparedPassage {
            all: keys.all,
            one: match keys.is_short() {
                true => keys.runs.iter().map(|&run| of_short(run)).chain(keys.short).collect(),
                false => keys.short.into_iter().collect(),
            },
            runs: keys.runs,
        });
        Self {
            path: record.facts.path.clone(),
            digest: record.digest,
            day: record.facts.published.map_or(NO_DAY, |published| day_number(published.day)),
            quotations: record.facts.quotations.len() as u64,
            text: record.text.len() as u64,
            packed: pack(record),
            passages: passages.collect(),
            names: name_keys(&record.facts),
        }
    }
}

/// The key of a run in a short passage, which may be compared with any passage that has the run.
pub(super) const fn of_short(run: u64) -> u64 {
    run.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29) ^ 0x0053_484f_5254
}

/// Two bytes of a checksum.
pub(super) fn short_check(bytes: &[u8]) -> [u8; 2] {
    (xxh3_64(bytes) as u16).to_le_bytes()
}

/// A day as the number of days from 1970 on.
pub(super) fn day_number(day: Day) -> i32 {
    Day::new(1970, 1, 1).map_or(0, |first| day.days_since(first))
}

/// Writes an archive from its first byte to its last.
pub struct Builder<W: Write> {
    out: W,
    at: u64,
    directory: Directory,
    segment: Segment,
    /// Records that are not compressed yet.
    waiting: Vec<[Vec<u8>; 2]>,
    dictionaries: [Vec<u8>; 2],
    list: Vec<u8>,
    days: Vec<u8>,
    paths: Vec<u8>,
    by_runs: Entries,
    by_one: Entries,
    by_all: Entries,
    by_name: Entries,
    /// The wordings that the segment has: only the first passage of each has entries for its runs.
    wordings: FxHashSet<u64>,
    names: FxHashMap<String, u32>,
    name_bytes: Vec<u8>,
    name_ends: Vec<u8>,
    to_names: Entries,
}

impl<W: Write> Builder<W> {
    /// Begins an archive.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(MAGIC)?;
        out.write_all(&FORMAT.to_le_bytes())?;
        let at = (MAGIC.len() + 4) as u64;
        Ok(Self {
            out,
            at,
            directory: Directory::default(),
            segment: Segment { start: at, ..Segment::default() },
            waiting: Vec::new(),
            dictionaries: [Vec::new(), Vec::new()],
            list: Vec::new(),
            days: Vec::new(),
            paths: Vec::new(),
            by_runs: Entries::default(),
            by_one: Entries::default(),
            by_all: Entries::default(),
            by_name: Entries::default(),
            wordings: FxHashSet::default(),
            names: FxHashMap::default(),
            name_bytes: Vec::new(),
            name_ends: Vec::new(),
            to_names: Entries::default(),
        })
    }

    /// Takes over a segment of another archive: `bytes` writes that segment, `removed` are its drafts that are no longer
    /// there.
    pub(super) fn copy(
        &mut self,
        segment: &Segment,
        removed: BTreeSet<u32>,
        bytes: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        self.end_segment()?;
        bytes(&mut self.out)?;
        let mut copy = Segment { removed: removed.into_iter().collect(), ..segment.clone() };
        copy.move_to(self.at);
        self.at = copy.end;
        self.directory.segments.push(copy);
        self.segment.start = self.at;
        Ok(())
    }

    /// Adds a draft.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn push(&mut self, draft: Prepared) -> io::Result<()> {
        let number = self.segment.files;
        self.segment.files += 1;
        self.segment.quotations += draft.quotations;
        self.segment.text += draft.text;
        if draft.day != NO_DAY {
            let (first, last) = self.segment.days.unwrap_or((draft.day, draft.day));
            self.segment.days = Some((first.min(draft.day), last.max(draft.day)));
        }
        let day = draft.day.to_le_bytes();
        self.days.extend(day);
        self.days.extend(short_check(&day));
        self.paths.extend(draft.digest.to_le_bytes());
        self.paths.extend((draft.path.len() as u32).to_le_bytes());
        self.paths.extend_from_slice(draft.path.as_bytes());
        for passage in &draft.passages {
            self.by_all.push(passage.all, number);
            passage.one.iter().for_each(|&key| self.by_one.push(key, number));
            if self.wordings.insert(passage.all) {
                passage.runs.iter().for_each(|&key| self.by_runs.push(key, number));
            }
        }
        for keys in draft.names {
            self.by_name.push(keys.files(), number);
            if !self.names.contains_key(&keys.name) {
                let number = self.names.len() as u32;
                self.name_bytes.extend_from_slice(keys.name.as_bytes());
                self.name_ends.extend((self.name_bytes.len() as u32).to_le_bytes());
                self.name_ends.extend(short_check(keys.name.as_bytes()));
                keys.near.iter().chain([&keys.family]).for_each(|&key| self.to_names.push(key, number));
                self.names.insert(keys.name, number);
            }
        }
        self.waiting.push(draft.packed);
        if self.waiting.len() >= BATCH {
            self.write_waiting()?;
        }
        let entries = [&self.by_runs, &self.by_one, &self.by_all, &self.by_name, &self.to_names];
        let full = entries.into_iter().map(Entries::len).sum::<usize>() >= MOST_ENTRIES;
        if full
            || self.segment.files >= MOST_NUMBERS
            || self.names.len() as u32 >= MOST_NUMBERS - NAMES_OF_A_DRAFT
        {
            self.end_segment()?;
        }
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let start = self.at;
        self.out.write_all(bytes)?;
        self.at += bytes.len() as u64;
        Ok(start)
    }

    /// Compresses and writes the records that wait. The first ones of a segment become what all are compressed with.
    fn write_waiting(&mut self) -> io::Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        if self.dictionaries.iter().all(Vec::is_empty) {
            for (part, bytes) in waiting.iter().flat_map(|record| record.iter().enumerate()) {
                let dictionary = &mut self.dictionaries[part];
                let room = DICTIONARY.saturating_sub(dictionary.len());
                dictionary.extend(bytes.iter().take(room));
            }
        }
        let dictionaries = &self.dictionaries;
        for packed in parallel::map(&waiting, |record| compress_record(record, dictionaries)) {
            let packed = packed?;
            // Counted from the segment's first byte, so that a segment may be copied to another place.
            self.list.extend((self.at - self.segment.start).to_le_bytes());
            self.list.extend((xxh3_64(&packed) as u32).to_le_bytes());
            self.write(&packed)?;
        }
        Ok(())
    }

    /// Writes bytes compressed, and returns their place.
    fn write_packed(&mut self, bytes: &[u8]) -> io::Result<super::Packed> {
        let packed = compress(bytes)?;
        let start = self.write(&packed)?;
        let size = packed.len() as u64;
        Ok(super::Packed { start, size, length: bytes.len() as u64, check: xxh3_64(&packed) })
    }

    fn end_segment(&mut self) -> io::Result<()> {
        if self.segment.files == 0 {
            return Ok(());
        }
        self.write_waiting()?;
        self.list.extend((self.at - self.segment.start).to_le_bytes());
        for (part, dictionary) in std::mem::take(&mut self.dictionaries).iter().enumerate() {
            self.segment.dictionaries[part] = self.write_packed(dictionary)?;
        }
        let paths = std::mem::take(&mut self.paths);
        self.segment.paths = self.write_packed(&paths)?;
        let (list, days) = (std::mem::take(&mut self.list), std::mem::take(&mut self.days));
        self.segment.list = self.write(&list)?;
        self.segment.list_of_days = self.write(&days)?;
        let (ends, names) = (std::mem::take(&mut self.name_ends), std::mem::take(&mut self.name_bytes));
        self.segment.name_ends = self.write(&ends)?;
        self.segment.names = self.write(&names)?;
        self.segment.name_count = self.names.len() as u32;
        self.names = FxHashMap::default();
        self.wordings = FxHashSet::default();
        // A stranger among the drafts of a quotation costs a look at its record, one among the names a few bytes. One among
        // the drafts of a name is compared like the others, so there must be next to none.
        let rare = |precision| Layout { precision, most: COMMON_RUN };
        let every = |bits| Layout { precision: Precision::OneIn(bits), most: usize::MAX };
        let (out, segment) = (&mut self.out, &mut self.segment);
        (segment.by_runs, self.at) = table::write(out, self.at, &mut self.by_runs, rare(Precision::Few))?;
        (segment.by_one, self.at) = table::write(out, self.at, &mut self.by_one, rare(Precision::OneIn(6)))?;
        (segment.by_all, self.at) = table::write(out, self.at, &mut self.by_all, every(4))?;
        (segment.by_name, self.at) = table::write(out, self.at, &mut self.by_name, every(10))?;
        (segment.to_names, self.at) = table::write(out, self.at, &mut self.to_names, every(3))?;
        self.segment.end = self.at;
        let next = Segment { start: self.at, ..Segment::default() };
        self.directory.segments.push(std::mem::replace(&mut self.segment, next));
        Ok(())
    }

    /// Ends the archive and returns where it was written to.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.end_segment()?;
        let directory = serde_json::to_vec(&self.directory)?;
        let start = self.write(&directory)?;
        let mut trailer = Vec::new();
        trailer.extend(start.to_le_bytes());
        trailer.extend((directory.len() as u64).to_le_bytes());
        trailer.extend(xxh3_64(&directory).to_le_bytes());
        trailer.extend(MAGIC);
        self.write(&trailer)?;
        self.out.flush()?;
        Ok(self.out)
    }
}
