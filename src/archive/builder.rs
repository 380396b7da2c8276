//! Writing an archive.

use std::collections::BTreeSet;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::record::Record;
use super::{Directory, FILES_PER_BLOCK, FORMAT, MAGIC, NO_DAY, Segment, table};
use crate::calendar::Day;
use crate::corpus::people::{NameKeys, name_keys};
use crate::corpus::wording::passage_keys;

/// Entries of a table that are held in memory before a segment is written: 16 bytes each.
const MOST_ENTRIES: usize = 24_000_000;

/// A draft that is ready to be put into an archive. It takes most of the work, and can be made on any thread.
#[derive(Debug)]
pub struct Prepared {
    path: String,
    digest: u64,
    day: i32,
    quotations: u64,
    text: u64,
    /// The record as JSON.
    line: Vec<u8>,
    /// Keys of which two passages must share several.
    runs: Vec<u64>,
    /// Keys of which one is enough.
    one: Vec<u64>,
    names: Vec<NameKeys>,
}

impl Prepared {
    /// Finds the keys of a record.
    pub fn new(record: &Record) -> Self {
        let names = name_keys(&record.facts);
        let (mut runs, mut one): (Vec<u64>, Vec<u64>) = (Vec::new(), Vec::new());
        for passage in passage_keys(&record.facts) {
            if passage.is_short() {
                one.extend(passage.runs.iter().map(|&run| of_short(run)));
            }
            runs.extend(passage.runs);
            one.extend(passage.short);
        }
        one.extend(names.iter().map(NameKeys::files));
        for keys in [&mut runs, &mut one] {
            keys.sort_unstable();
            keys.dedup();
        }
        Self {
            path: record.facts.path.clone(),
            digest: record.digest,
            day: record.facts.published.map_or(NO_DAY, |published| day_number(published.day)),
            quotations: record.facts.quotations.len() as u64,
            text: record.text.len() as u64,
            // A record is made of numbers, texts and lists: there is nothing that JSON cannot hold.
            line: serde_json::to_vec(record).unwrap_or_default(),
            runs,
            one,
            names,
        }
    }
}

/// The key of a run in a short passage, which may be compared with any passage that has the run.
pub(super) const fn of_short(run: u64) -> u64 {
    run.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29) ^ 0x5348_4f52_54
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
    block: Vec<u8>,
    in_block: usize,
    blocks: Vec<u8>,
    list: Vec<u8>,
    paths: Vec<u8>,
    by_runs: Vec<(u64, u32)>,
    by_one: Vec<(u64, u32)>,
    names: FxHashMap<String, u32>,
    name_bytes: Vec<u8>,
    name_ends: Vec<u8>,
    near: Vec<(u64, u32)>,
    most_entries: usize,
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
            block: Vec::new(),
            in_block: 0,
            blocks: Vec::new(),
            list: Vec::new(),
            paths: Vec::new(),
            by_runs: Vec::new(),
            by_one: Vec::new(),
            names: FxHashMap::default(),
            name_bytes: Vec::new(),
            name_ends: Vec::new(),
            near: Vec::new(),
            most_entries: MOST_ENTRIES,
        })
    }

    /// The same with segments of so many entries, for tests.
    #[cfg(test)]
    pub(super) fn with_most_entries(mut self, most: usize) -> Self {
        self.most_entries = most;
        self
    }

    /// Takes over a segment of another archive: `bytes` is that segment, `removed` are its drafts that are no longer
    /// there.
    pub(super) fn copy(
        &mut self,
        segment: &Segment,
        removed: BTreeSet<u32>,
        bytes: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        self.end_segment()?;
        bytes(&mut self.out)?;
        let by = |place: u64| place - segment.start + self.at;
        let mut copy = Segment { removed: removed.into_iter().collect(), ..segment.clone() };
        (copy.start, copy.end) = (self.at, by(segment.end));
        for place in
            [&mut copy.blocks, &mut copy.list, &mut copy.paths.0, &mut copy.name_ends, &mut copy.names]
        {
            *place = by(*place);
        }
        copy.by_runs.start = by(copy.by_runs.start);
        copy.by_one.start = by(copy.by_one.start);
        copy.to_names.start = by(copy.to_names.start);
        self.at = copy.end;
        self.directory.segments.push(copy);
        self.segment.start = self.at;
        Ok(())
    }

    /// Adds a draft.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn push(&mut self, draft: &Prepared) -> io::Result<()> {
        let number = self.segment.files;
        self.segment.files += 1;
        self.segment.quotations += draft.quotations;
        self.segment.text += draft.text;
        if draft.day != NO_DAY {
            let (first, last) = self.segment.days.unwrap_or((draft.day, draft.day));
            self.segment.days = Some((first.min(draft.day), last.max(draft.day)));
        }
        self.list.extend(draft.day.to_le_bytes());
        self.list.extend((self.block.len() as u32).to_le_bytes());
        self.list.extend((draft.line.len() as u32).to_le_bytes());
        self.block.extend_from_slice(&draft.line);
        self.in_block += 1;
        self.paths.extend(draft.digest.to_le_bytes());
        self.paths.extend((draft.path.len() as u32).to_le_bytes());
        self.paths.extend_from_slice(draft.path.as_bytes());
        self.by_runs.extend(draft.runs.iter().map(|&key| (key, number)));
        self.by_one.extend(draft.one.iter().map(|&key| (key, number)));
        for keys in &draft.names {
            if !self.names.contains_key(&keys.name) {
                let number = self.names.len() as u32;
                self.names.insert(keys.name.clone(), number);
                self.name_bytes.extend_from_slice(keys.name.as_bytes());
                self.name_ends.extend((self.name_bytes.len() as u32).to_le_bytes());
                let near = keys.near.iter().chain([&keys.family]);
                self.near.extend(near.map(|&key| (key, number)));
            }
        }
        if self.in_block == FILES_PER_BLOCK {
            self.end_block()?;
        }
        if self.by_runs.len() + self.by_one.len() + self.near.len() >= self.most_entries {
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

    fn end_block(&mut self) -> io::Result<()> {
        if self.in_block == 0 {
            return Ok(());
        }
        let packed = deflated(&self.block)?;
        let start = self.write(&packed)?;
        // Counted from the segment's first byte, so that a segment may be copied to another place.
        self.blocks.extend((start - self.segment.start).to_le_bytes());
        self.blocks.extend((packed.len() as u32).to_le_bytes());
        self.blocks.extend((xxh3_64(&packed) as u32).to_le_bytes());
        self.block.clear();
        self.in_block = 0;
        Ok(())
    }

    fn end_segment(&mut self) -> io::Result<()> {
        if self.segment.files == 0 {
            return Ok(());
        }
        self.end_block()?;
        let (blocks, list, paths) = (
            std::mem::take(&mut self.blocks),
            std::mem::take(&mut self.list),
            std::mem::take(&mut self.paths),
        );
        self.segment.blocks = self.write(&blocks)?;
        self.segment.list = self.write(&list)?;
        let packed = deflated(&paths)?;
        self.segment.paths = (self.write(&packed)?, packed.len() as u64, xxh3_64(&packed));
        let (ends, names) = (std::mem::take(&mut self.name_ends), std::mem::take(&mut self.name_bytes));
        self.segment.name_ends = self.write(&ends)?;
        self.segment.names = self.write(&names)?;
        self.segment.name_count = self.names.len() as u32;
        self.names.clear();
        (self.segment.by_runs, self.at) = table::write(&mut self.out, self.at, &mut self.by_runs, 1)?;
        (self.segment.by_one, self.at) = table::write(&mut self.out, self.at, &mut self.by_one, 2)?;
        (self.segment.to_names, self.at) = table::write(&mut self.out, self.at, &mut self.near, 2)?;
        self.by_runs.clear();
        self.by_one.clear();
        self.near.clear();
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

fn deflated(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}
