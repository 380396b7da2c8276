//! Reading an archive.

use std::collections::BTreeSet;
use std::io::{self, Read, Seek, SeekFrom, Write};

use flate2::read::DeflateDecoder;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::builder::Builder;
use super::record::Record;
use super::table::TablePlace;
use super::{BLOCK_ENTRY, Directory, FILE_ENTRY, FILES_PER_BLOCK, FORMAT, MAGIC, Segment, TRAILER};
use crate::calendar::Day;
use crate::source::InputError;

/// An archive that is open for reading.
///
/// Nothing is read but what is asked for, and everything that is read is held against its checksum.
#[derive(Debug)]
pub struct Archive<R> {
    /// The path as shown, for errors.
    path: String,
    file: R,
    directory: Directory,
    length: u64,
    /// The blocks that were read last, by segment and number.
    blocks: FxHashMap<(u32, u32), Vec<u8>>,
}

/// A draft of an archive: the number of its segment, and its own there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArchivedId {
    pub(super) segment: u32,
    pub(super) file: u32,
}

/// What an archive has, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Contents {
    /// Drafts.
    pub drafts: u64,
    /// Drafts that were removed or replaced, and still take room.
    pub removed: u64,
    /// Quotations, those of removed drafts included.
    pub quotations: u64,
    /// Bytes of text that the drafts had, removed ones included.
    pub text: u64,
    /// Bytes of the archive.
    pub bytes: u64,
    /// Parts that were written at one time.
    pub segments: usize,
    /// The first and the last day of publication.
    pub days: Option<(Day, Day)>,
}

/// Blocks that are kept in memory: about 100 kB each.
const MOST_BLOCKS: usize = 256;

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive; `path` names it in errors.
    ///
    /// # Errors
    /// Where it is no archive, one of another version, or broken: with what to do.
    pub fn open(path: &str, mut file: R) -> Result<Self, InputError> {
        let wrong = |message: String| {
            InputError::new(path, message)
                .help(format!("build it again from the drafts: `sayso archive build PATHS -o {path}`"))
        };
        let io = |error: io::Error| wrong(format!("this archive cannot be read: {error}"));
        let broken =
            || wrong("this archive is broken: it has no end, as if it had not been written whole".to_owned());
        let length = file.seek(SeekFrom::End(0)).map_err(io)?;
        let start = read_at(&mut file, 0, (MAGIC.len() + 4).min(length as usize)).map_err(io)?;
        let Some(format) = start.strip_prefix(MAGIC).and_then(|rest| rest.try_into().ok()) else {
            return Err(wrong("this is no archive of sayso".to_owned()));
        };
        let format = u32::from_le_bytes(format);
        if format != FORMAT {
            let age = if format < FORMAT { "an older" } else { "a newer" };
            return Err(wrong(format!(
                "this archive was written by {age} version of sayso (format {format}, and this one reads {FORMAT})"
            )));
        }
        let end = length.checked_sub(TRAILER as u64).ok_or_else(broken)?;
        let trailer = read_at(&mut file, end, TRAILER).map_err(io)?;
        let number = |at: usize| {
            let bytes = trailer.get(at..at + 8).and_then(|bytes| bytes.try_into().ok());
            bytes.map_or(0, u64::from_le_bytes)
        };
        let (start, size, check) = (number(0), number(8), number(16));
        if !trailer.ends_with(MAGIC) || start.checked_add(size) != Some(end) {
            return Err(broken());
        }
        let bytes = read_at(&mut file, start, size as usize).map_err(io)?;
        let directory = serde_json::from_slice(&bytes).ok().filter(|_| xxh3_64(&bytes) == check);
        let directory = directory.ok_or_else(broken)?;
        Ok(Self { path: path.to_owned(), file, directory, length, blocks: FxHashMap::default() })
    }

    /// The path as shown.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What it has, counted.
    pub fn contents(&self) -> Contents {
        let mut contents =
            Contents { bytes: self.length, segments: self.directory.segments.len(), ..Contents::default() };
        let mut days: Option<(i32, i32)> = None;
        for segment in &self.directory.segments {
            contents.removed += segment.removed.len() as u64;
            contents.drafts += u64::from(segment.files) - segment.removed.len() as u64;
            contents.quotations += segment.quotations;
            contents.text += segment.text;
            days = match (days, segment.days) {
                (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
                (known, more) => known.or(more),
            };
        }
        let day = |number: i32| Day::new(1970, 1, 1).map(|first| first.plus(number));
        contents.days = days.and_then(|(first, last)| day(first).zip(day(last)));
        contents
    }

    /// Every draft that it has, with its path and its digest.
    ///
    /// # Errors
    /// Where the archive is broken.
    pub fn drafts(&mut self) -> Result<Vec<(ArchivedId, String, u64)>, InputError> {
        let mut drafts = Vec::new();
        for (rank, segment) in (0..).zip(self.directory.segments.clone()) {
            let (start, length, check) = segment.paths;
            let packed = self.read(start, length as usize)?;
            if xxh3_64(&packed) != check {
                return Err(self.broken("its list of drafts"));
            }
            let bytes = self.inflated(&packed, "its list of drafts")?;
            let mut at = 0;
            for file in 0..segment.files {
                let take = |from: usize, length: usize| bytes.get(from..from + length);
                let digest = take(at, 8).and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes);
                let length = take(at + 8, 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes);
                let path = length.and_then(|length| take(at + 12, length as usize));
                let path = path.and_then(|path| std::str::from_utf8(path).ok());
                let (Some(digest), Some(path)) = (digest, path) else {
                    return Err(self.broken("its list of drafts"));
                };
                at += 12 + path.len();
                if segment.removed.binary_search(&file).is_err() {
                    drafts.push((ArchivedId { segment: rank, file }, path.to_owned(), digest));
                }
            }
        }
        Ok(drafts)
    }

    /// One draft.
    ///
    /// # Errors
    /// Where the archive is broken.
    pub fn record(&mut self, id: ArchivedId) -> Result<Record, InputError> {
        let (_, start, length) = self.entry(id)?;
        let number = id.file / FILES_PER_BLOCK as u32;
        if !self.blocks.contains_key(&(id.segment, number)) {
            let block = self.block(id.segment, number)?;
            if self.blocks.len() >= MOST_BLOCKS {
                self.blocks.clear();
            }
            self.blocks.insert((id.segment, number), block);
        }
        let block = self.blocks.get(&(id.segment, number));
        let line = block.and_then(|block| block.get(start as usize..(start + length) as usize));
        let record = line.and_then(|line| serde_json::from_slice(line).ok());
        record.ok_or_else(|| self.broken("a draft in it"))
    }

    /// The day of a draft's publication, as the number of days from 1970 on; [`super::NO_DAY`] where it is not known.
    pub(super) fn day(&mut self, id: ArchivedId) -> Result<i32, InputError> {
        Ok(self.entry(id)?.0)
    }

    /// A draft's day, and where it stands in its block.
    fn entry(&mut self, id: ArchivedId) -> Result<(i32, u32, u32), InputError> {
        let segment = self.segment(id.segment)?;
        let (files, list) = (segment.files, segment.list);
        if id.file >= files {
            return Err(self.broken("a draft in it"));
        }
        let bytes = self.read(list + u64::from(id.file) * FILE_ENTRY as u64, FILE_ENTRY)?;
        let number = |at: usize| {
            let bytes = bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
            bytes.map_or(0, u32::from_le_bytes)
        };
        Ok((number(0).cast_signed(), number(4), number(8)))
    }

    fn block(&mut self, segment: u32, number: u32) -> Result<Vec<u8>, InputError> {
        let segment = self.segment(segment)?;
        let (first, blocks) = (segment.start, segment.blocks);
        let entry = self.read(blocks + u64::from(number) * BLOCK_ENTRY as u64, BLOCK_ENTRY)?;
        let number = |at: usize| {
            let bytes = entry.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
            bytes.map_or(0, u32::from_le_bytes)
        };
        let start = u64::from(number(0)) | u64::from(number(4)) << 32;
        let packed = self.read(first.saturating_add(start), number(8) as usize)?;
        if xxh3_64(&packed) as u32 != number(12) {
            return Err(self.broken("a block of drafts"));
        }
        self.inflated(&packed, "a block of drafts")
    }

    /// Every draft that is still there of one segment goes to `each`.
    fn each_record(
        &mut self,
        segment: u32,
        removed: &BTreeSet<u32>,
        each: &mut dyn FnMut(Record) -> io::Result<()>,
    ) -> Result<(), InputError> {
        let files = self.segment(segment)?.files;
        for file in (0..files).filter(|file| !removed.contains(file)) {
            let record = self.record(ArchivedId { segment, file })?;
            each(record).map_err(|error| self.failed(&error))?;
        }
        Ok(())
    }

    /// Writes what this archive has to a new one, without the drafts in `without`. Small segments, and those of which
    /// much is gone, become one.
    ///
    /// # Errors
    /// Where this archive is broken, or the new one cannot be written.
    pub fn copy_to<W: Write>(
        &mut self,
        builder: &mut Builder<W>,
        without: &[ArchivedId],
    ) -> Result<(), InputError> {
        let mut removed: Vec<BTreeSet<u32>> =
            self.directory.segments.iter().map(|segment| segment.removed.iter().copied().collect()).collect();
        for id in without {
            if let Some(removed) = removed.get_mut(id.segment as usize) {
                removed.insert(id.file);
            }
        }
        let segments = self.directory.segments.clone();
        let largest = segments.iter().map(|segment| segment.files).max().unwrap_or(0);
        let crowded = segments.len() > MOST_SEGMENTS;
        let mut again = Vec::new();
        for (rank, (segment, gone)) in (0..).zip(segments.iter().zip(&removed)) {
            let sparse = gone.len() as u64 * SPARSE > u64::from(segment.files);
            let small = crowded && u64::from(segment.files) * MOST_SEGMENTS as u64 <= u64::from(largest);
            if sparse || small || crowded && segments.iter().all(|other| other.files <= segment.files * 2) {
                again.push(rank);
                continue;
            }
            let file = &mut self.file;
            let mut bytes = |out: &mut dyn Write| {
                file.seek(SeekFrom::Start(segment.start))?;
                io::copy(&mut file.take(segment.end - segment.start), out).map(|_| ())
            };
            let copied = builder.copy(segment, gone.clone(), &mut bytes);
            copied.map_err(|error| self.failed(&error))?;
        }
        for rank in again {
            let removed = removed.get(rank as usize).cloned().unwrap_or_default();
            self.each_record(rank, &removed, &mut |record| builder.push(&super::Prepared::new(&record)))?;
        }
        Ok(())
    }

    /// The drafts that have a run of words, ascending. Some may have another.
    pub(super) fn with_run(&mut self, key: u64) -> Result<Vec<ArchivedId>, InputError> {
        self.files_of(key, |segment| segment.by_runs)
    }

    /// The drafts that have one of the keys of which one is enough.
    pub(super) fn with_key(&mut self, key: u64) -> Result<Vec<ArchivedId>, InputError> {
        self.files_of(key, |segment| segment.by_one)
    }

    fn files_of(
        &mut self,
        key: u64,
        table: impl Fn(&Segment) -> TablePlace,
    ) -> Result<Vec<ArchivedId>, InputError> {
        let mut found = Vec::new();
        let mut numbers = Vec::new();
        let Self { file, directory, .. } = self;
        let mut read = |from: u64, length: usize| read_at(file, from, length);
        let mut failed = None;
        for (rank, segment) in (0..).zip(&directory.segments) {
            numbers.clear();
            failed = table(segment).numbers(key, &mut read, &mut numbers).err().or(failed);
            let live = numbers.iter().filter(|number| segment.removed.binary_search(number).is_err());
            found.extend(live.map(|&file| ArchivedId { segment: rank, file }));
        }
        failed.map_or(Ok(found), |error| Err(self.failed(&error)))
    }

    /// The full names that have a key of neighbours. Some may have another key.
    pub(super) fn names_of(&mut self, key: u64) -> Result<Vec<String>, InputError> {
        let mut found = Vec::new();
        let mut numbers = Vec::new();
        for rank in 0..self.directory.segments.len() {
            let segment = &self.directory.segments[rank];
            let (name_ends, names, count) = (segment.name_ends, segment.names, segment.name_count);
            numbers.clear();
            let mut read = |from: u64, length: usize| read_at(&mut self.file, from, length);
            let looked = segment.to_names.numbers(key, &mut read, &mut numbers);
            looked.map_err(|error| self.failed(&error))?;
            for &number in numbers.iter().filter(|&&number| number < count) {
                let first = u64::from(number.saturating_sub(1));
                let ends = self.read(name_ends + first * 4, if number == 0 { 4 } else { 8 })?;
                let end = |at: usize| {
                    let bytes = ends.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
                    bytes.map_or(0, u32::from_le_bytes)
                };
                let (start, end) = if number == 0 { (0, end(0)) } else { (end(0), end(4)) };
                let name = self.read(names + u64::from(start), end.saturating_sub(start) as usize)?;
                found.push(String::from_utf8(name).map_err(|_| self.broken("a name in it"))?);
            }
        }
        Ok(found)
    }

    fn segment(&self, rank: u32) -> Result<&Segment, InputError> {
        self.directory.segments.get(rank as usize).ok_or_else(|| self.broken("its directory"))
    }

    fn read(&mut self, from: u64, length: usize) -> Result<Vec<u8>, InputError> {
        read_at(&mut self.file, from, length).map_err(|error| self.failed(&error))
    }

    fn inflated(&self, packed: &[u8], what: &str) -> Result<Vec<u8>, InputError> {
        let mut bytes = Vec::with_capacity(packed.len() * 6);
        DeflateDecoder::new(packed).read_to_end(&mut bytes).map_err(|_| self.broken(what))?;
        Ok(bytes)
    }

    fn broken(&self, what: &str) -> InputError {
        InputError::new(&self.path, format!("this archive is broken: {what} cannot be read"))
            .help(format!("build it again from the drafts: `sayso archive build PATHS -o {}`", self.path))
    }

    fn failed(&self, error: &io::Error) -> InputError {
        match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => self.broken("a part of it"),
            _ => unwritten(&self.path, error),
        }
    }
}

/// What is said where an archive cannot be written.
pub fn unwritten(path: &str, error: &io::Error) -> InputError {
    let (message, help) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            ("the disk is full".to_owned(), "make room, and run the same command again")
        }
        _ => (
            format!("this archive cannot be written: {error}"),
            "check the folder, and run the same command again",
        ),
    };
    InputError::new(path, format!("{message}; an archive that was there before is as it was")).help(help)
}

/// More segments than this are brought together, because each costs a lookup.
const MOST_SEGMENTS: usize = 8;
/// A segment is written anew where more than one in so many of its drafts is gone.
const SPARSE: u64 = 4;

/// Reads so many bytes from `from` on. A length beyond the end of the file is an error before memory is taken for it.
fn read_at<R: Read + Seek>(file: &mut R, from: u64, length: usize) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    if file.take(length as u64).read_to_end(&mut bytes)? < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}
