//! Reading an archive.

use std::collections::BTreeSet;
use std::io::{self, Read, Seek, SeekFrom, Write};

use flate2::Decompress;
use xxhash_rust::xxh3::xxh3_64;

use super::builder::{Builder, short_check};
use super::compression::{decompress_record, decompress_with, fresh};
use super::record::Record;
use super::table::TablePlace;
use super::unpacked::unpack;
use super::{Directory, ENTRY, FORMAT, MAGIC, Packed, SHORT_ENTRY, Segment, TRAILER};
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
    /// By segment: what its records are compressed with, once one was read.
    dictionaries: Vec<Option<[Vec<u8>; 2]>>,
    /// What records are decompressed in.
    stream: Decompress,
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
        let start = read_at(&mut file, length, 0, (MAGIC.len() + 4).min(length as usize)).map_err(io)?;
        let Some(format) = start.strip_prefix(MAGIC).and_then(|rest| rest.try_into().ok()) else {
            return Err(InputError::new(path, "this is no archive of sayso").help(
                "name one that `sayso archive build PATHS -o stories.sayso` has written: --archive stories.sayso",
            ));
        };
        let format = u32::from_le_bytes(format);
        if format != FORMAT {
            let age = if format < FORMAT { "an older" } else { "a newer" };
            return Err(wrong(format!(
                "this archive was written by {age} version of sayso (format {format}, and this one reads {FORMAT})"
            )));
        }
        let end = length.checked_sub(TRAILER as u64).ok_or_else(broken)?;
        let trailer = read_at(&mut file, length, end, TRAILER).map_err(io)?;
        let number = |at: usize| {
            let bytes = trailer.get(at..at + 8).and_then(|bytes| bytes.try_into().ok());
            bytes.map_or(0, u64::from_le_bytes)
        };
        let (start, size, check) = (number(0), number(8), number(16));
        if !trailer.ends_with(MAGIC) || start.checked_add(size) != Some(end) {
            return Err(broken());
        }
        let bytes = read_at(&mut file, length, start, size as usize).map_err(io)?;
        let directory = serde_json::from_slice(&bytes).ok().filter(|_| xxh3_64(&bytes) == check);
        let directory = directory.ok_or_else(broken)?;
        Ok(Self { path: path.to_owned(), file, directory, length, dictionaries: Vec::new(), stream: fresh() })
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
            let bytes = self.inflated(segment.paths, "its list of drafts")?;
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

    /// One draft; its digest is in the list of [`Archive::drafts`].
    ///
    /// # Errors
    /// Where the archive is broken.
    pub fn record(&mut self, id: ArchivedId) -> Result<Record, InputError> {
        const WHAT: &str = "a draft in it";
        let segment = self.segment(id.segment)?;
        let (first, list, packed) = (segment.start, segment.list, segment.dictionaries);
        if id.file >= segment.files {
            return Err(self.broken(WHAT));
        }
        let entry = self.read(list + u64::from(id.file) * ENTRY as u64, ENTRY + 8)?;
        let place = |at: usize| {
            let bytes = entry.get(at..at + 8).and_then(|bytes| bytes.try_into().ok());
            bytes.map_or(0, u64::from_le_bytes)
        };
        let (start, end) = (place(0), place(ENTRY));
        let bytes = self.read(first.saturating_add(start), end.saturating_sub(start) as usize)?;
        if entry.get(8..ENTRY) != Some((xxh3_64(&bytes) as u32).to_le_bytes().as_slice()) {
            return Err(self.broken(WHAT));
        }
        let rank = id.segment as usize;
        if self.dictionaries.len() <= rank {
            self.dictionaries.resize(rank + 1, None);
        }
        if self.dictionaries[rank].is_none() {
            let [texts, facts] = packed;
            self.dictionaries[rank] = Some([self.inflated(texts, WHAT)?, self.inflated(facts, WHAT)?]);
        }
        let stream = &mut self.stream;
        let parts =
            self.dictionaries[rank].as_ref().and_then(|known| decompress_record(&bytes, known, stream));
        let record = parts.and_then(|[text, facts]| unpack([&text, &facts]));
        record.ok_or_else(|| self.broken(WHAT))
    }

    /// The days of drafts' publication, as numbers of days from 1970 on; [`super::NO_DAY`] where one is not known.
    pub(super) fn days(&mut self, ids: &[ArchivedId]) -> Result<Vec<i32>, InputError> {
        let mut days = Vec::with_capacity(ids.len());
        let near = |one: &ArchivedId, other: &ArchivedId| {
            one.segment == other.segment && one.file.abs_diff(other.file) <= DAYS_AT_ONCE
        };
        for ids in ids.chunk_by(near) {
            let [first, ..] = ids else { continue };
            let last = ids.iter().map(|id| id.file).max().unwrap_or(first.file);
            let first = ids.iter().map(|id| id.file).min().unwrap_or(first.file);
            let start = self.segment(ids[0].segment)?.list_of_days + u64::from(first) * SHORT_ENTRY as u64;
            let bytes = self.read(start, (last - first + 1) as usize * SHORT_ENTRY)?;
            for id in ids {
                let at = (id.file - first) as usize * SHORT_ENTRY;
                let day: Option<[u8; 4]> = bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
                let whole = day.filter(|day| bytes.get(at + 4..at + 6) == Some(&short_check(day)));
                days.push(i32::from_le_bytes(whole.ok_or_else(|| self.broken("its list of days"))?));
            }
        }
        Ok(days)
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
        let gone = |id: &ArchivedId| removed.get(id.segment as usize).is_some_and(|it| it.contains(&id.file));
        for (id, _, digest) in self.drafts()? {
            if again.contains(&id.segment) && !gone(&id) {
                let record = Record { digest, ..self.record(id)? };
                builder.push(super::Prepared::new(&record)).map_err(|error| self.failed(&error))?;
            }
        }
        Ok(())
    }

    /// The drafts that have a run of words, ascending; none where there are very many. Some may have another run.
    pub(super) fn with_run(&mut self, key: u64) -> Result<Vec<ArchivedId>, InputError> {
        self.files_of(key, |segment| segment.by_runs)
    }

    /// The drafts that have a key of short quotations; none where there are very many.
    pub(super) fn with_short(&mut self, key: u64) -> Result<Vec<ArchivedId>, InputError> {
        self.files_of(key, |segment| segment.by_one)
    }

    /// The drafts that have a quotation of exactly these words.
    pub(super) fn with_words(&mut self, key: u64) -> Result<Vec<ArchivedId>, InputError> {
        self.files_of(key, |segment| segment.by_all)
    }

    /// The drafts that have a full name.
    pub(super) fn with_name(&mut self, key: u64) -> Result<Vec<ArchivedId>, InputError> {
        self.files_of(key, |segment| segment.by_name)
    }

    fn files_of(
        &mut self,
        key: u64,
        table: impl Fn(&Segment) -> TablePlace,
    ) -> Result<Vec<ArchivedId>, InputError> {
        let mut found = Vec::new();
        let mut numbers = Vec::new();
        let Self { file, directory, length, .. } = self;
        let mut read = |from: u64, size: usize| read_at(file, *length, from, size);
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
            let mut read = |from: u64, size: usize| read_at(&mut self.file, self.length, from, size);
            let looked = segment.to_names.numbers(key, &mut read, &mut numbers);
            looked.map_err(|error| self.failed(&error))?;
            for &number in numbers.iter().filter(|&&number| number < count) {
                let first = u64::from(number.saturating_sub(1)) * SHORT_ENTRY as u64;
                let ends = self.read(name_ends + first, if number == 0 { 1 } else { 2 } * SHORT_ENTRY)?;
                let end = |at: usize| {
                    let bytes = ends.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
                    bytes.map_or(0, u32::from_le_bytes)
                };
                let (start, end) = if number == 0 { (0, end(0)) } else { (end(0), end(SHORT_ENTRY)) };
                let name = self.read(names + u64::from(start), end.saturating_sub(start) as usize)?;
                if !ends.ends_with(&short_check(&name)) {
                    return Err(self.broken("a name in it"));
                }
                found.push(String::from_utf8(name).map_err(|_| self.broken("a name in it"))?);
            }
        }
        Ok(found)
    }

    fn segment(&self, rank: u32) -> Result<&Segment, InputError> {
        self.directory.segments.get(rank as usize).ok_or_else(|| self.broken("its directory"))
    }

    fn read(&mut self, from: u64, size: usize) -> Result<Vec<u8>, InputError> {
        read_at(&mut self.file, self.length, from, size).map_err(|error| self.failed(&error))
    }

    /// Bytes that are compressed by themselves.
    fn inflated(&mut self, place: Packed, what: &str) -> Result<Vec<u8>, InputError> {
        let packed = self.read(place.start, place.size as usize)?;
        let whole = xxh3_64(&packed) == place.check;
        let bytes = decompress_with(&packed, place.length as usize, &[]).filter(|_| whole);
        bytes.ok_or_else(|| self.broken(what))
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

/// Does a file begin as an archive does, whole or not? An empty one does.
pub fn begins_as_archive(file: &mut impl Read) -> bool {
    let mut start = Vec::new();
    let read = file.take(MAGIC.len() as u64).read_to_end(&mut start);
    read.is_ok() && MAGIC.starts_with(&start)
}

/// Days that are read at once lie no further apart than this from one to the next, so that the days of few drafts of a
/// large archive are few bytes.
const DAYS_AT_ONCE: u32 = 256;
/// More segments than this are brought together, because each costs a lookup.
const MOST_SEGMENTS: usize = 8;
/// A segment is written anew where more than one in so many of its drafts is gone.
const SPARSE: u64 = 4;

/// Reads so many bytes from `from` on, of a file of `length` bytes. More than it has is an error before memory is taken
/// for it.
fn read_at<R: Read + Seek>(file: &mut R, length: u64, from: u64, size: usize) -> io::Result<Vec<u8>> {
    if from.checked_add(size as u64).is_none_or(|end| end > length) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = vec![0; size];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}
