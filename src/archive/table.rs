//! A table from keys to numbers, made once and then only read: which drafts have a key, which names.
//!
//! The keys are hashes, so the highest bits of a key choose one of equally full buckets. A bucket has its numbers in
//! ascending order, each as the distance to the one before and one or two more bytes of its key. So a number costs three or
//! four bytes. Some answers are wrong, because two keys agree in these bits: with one byte every other lookup has one, with
//! two bytes one lookup in five hundred. The caller compares the facts.
//!
//! A key that very many drafts have is no sign of anything. Of such a key the table keeps one entry, the mark.

use std::io::{self, Write};

use xxhash_rust::xxh3::xxh3_64;

use super::packed::{push_varint, varint};

/// Entries of a bucket, on average.
const PER_BUCKET: usize = 128;
/// Bytes of a bucket in the directory: where it ends, and a checksum.
const ENTRY: usize = 6;
/// Bits of a number; the other bits of an entry are the highest ones of its key.
const NUMBER_BITS: u32 = 24;
/// Numbers are below this one, which is the mark of a key that is common.
pub(super) const MARK: u32 = (1 << NUMBER_BITS) - 1;

/// Entries for a table: a key and a number in 8 bytes, because there are hundreds of millions of them.
#[derive(Debug, Default)]
pub(super) struct Entries(Vec<u64>);

impl Entries {
    pub fn push(&mut self, key: u64, number: u32) {
        self.0.push(key >> NUMBER_BITS << NUMBER_BITS | u64::from(number.min(MARK)));
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Puts the mark in the place of the numbers of keys that have more than `most`, and each entry once.
    fn without_common(&mut self, most: usize) {
        self.0.sort_unstable();
        self.0.dedup();
        let mut kept = 0;
        let mut at = 0;
        while let Some(&first) = self.0.get(at) {
            let key = first >> NUMBER_BITS;
            let count = self.0[at..].iter().take_while(|&&entry| entry >> NUMBER_BITS == key).count();
            if count > most || self.0[at + count - 1] & u64::from(MARK) == u64::from(MARK) {
                self.0[kept] = key << NUMBER_BITS | u64::from(MARK);
                kept += 1;
            } else {
                self.0.copy_within(at..at + count, kept);
                kept += count;
            }
            at += count;
        }
        self.0.truncate(kept);
    }
}

/// Where a table stands in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct TablePlace {
    /// The first byte of the first bucket. The directory of buckets follows after the last one.
    pub start: u64,
    /// Bytes of all buckets.
    pub size: u64,
    /// How many highest bits of a key choose the bucket.
    pub bits: u32,
    /// How many further bytes of a key stand with each number: 1 or 2.
    pub tail: usize,
    /// How many entries there are.
    pub entries: u64,
}

/// How a table is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// How many further bytes of a key stand with each number: 1 or 2.
    pub tail: usize,
    /// A key that has more numbers than this is common.
    pub most: usize,
}

/// Writes the table of these entries and takes them. `start` is the byte at which it begins. Returns its place and the
/// byte after it.
pub(super) fn write(
    out: &mut dyn Write,
    start: u64,
    entries: &mut Entries,
    layout: Layout,
) -> io::Result<(TablePlace, u64)> {
    entries.without_common(layout.most);
    let mut rest = std::mem::take(&mut entries.0);
    let count = rest.len() as u64;
    let bits = (rest.len() / PER_BUCKET).max(1).next_power_of_two().trailing_zeros();
    let mut rest = rest.as_mut_slice();
    let mut directory: Vec<u8> = Vec::with_capacity((1 << bits) * ENTRY);
    let mut bucket: Vec<u8> = Vec::new();
    let mut size: u64 = 0;
    for at in 0..1_u64 << bits {
        let length = rest.partition_point(|entry| bucket_of(*entry, bits) <= at);
        let (own, later) = rest.split_at_mut(length);
        rest = later;
        own.sort_unstable_by_key(|entry| (entry & u64::from(MARK), *entry));
        bucket.clear();
        let mut before = 0;
        for &entry in &*own {
            let number = entry & u64::from(MARK);
            push_varint(&mut bucket, number - before);
            bucket.extend_from_slice(&tail_of(entry, bits)[..layout.tail]);
            before = number;
        }
        out.write_all(&bucket)?;
        size += bucket.len() as u64;
        let end = u32::try_from(size).map_err(|_| io::Error::other("a table of more than 4 GB"))?;
        directory.extend(end.to_le_bytes());
        directory.extend(check(&bucket).to_le_bytes());
    }
    out.write_all(&directory)?;
    let place = TablePlace { start, size, bits, tail: layout.tail, entries: count };
    Ok((place, start + size + directory.len() as u64))
}

impl TablePlace {
    /// Appends the numbers of `key` in ascending order; the last is [`MARK`] where the key is common. `read` returns bytes
    /// of the file. Some numbers may be of other keys.
    ///
    /// # Errors
    /// Where the file cannot be read, or is broken.
    pub fn numbers(
        self,
        key: u64,
        read: &mut dyn FnMut(u64, usize) -> io::Result<Vec<u8>>,
        numbers: &mut Vec<u32>,
    ) -> io::Result<()> {
        if self.entries == 0 {
            return Ok(());
        }
        let bucket = bucket_of(key, self.bits);
        // The end of the bucket before is where this one begins.
        let from = bucket.saturating_sub(1);
        let directory = self.start + self.size;
        let entries = read(directory + from * ENTRY as u64, if bucket == 0 { ENTRY } else { 2 * ENTRY })?;
        let end = |at: usize| -> u32 {
            let bytes = entries.get(at * ENTRY..at * ENTRY + 4).and_then(|bytes| bytes.try_into().ok());
            bytes.map_or(0, u32::from_le_bytes)
        };
        let (start, end) = if bucket == 0 { (0, end(0)) } else { (end(0), end(1)) };
        if end < start {
            return Err(broken());
        }
        let bytes = read(self.start + u64::from(start), (end - start) as usize)?;
        let stored = entries.get(entries.len() - 2..).and_then(|bytes| bytes.try_into().ok());
        if stored.map(u16::from_le_bytes) != Some(check(&bytes)) {
            return Err(broken());
        }
        let tail = tail_of(key, self.bits);
        let tail = tail.get(..self.tail).ok_or_else(broken)?;
        let (mut at, mut number) = (0, 0_u64);
        while at < bytes.len() {
            number += varint(&bytes, &mut at).filter(|step| *step <= u64::from(MARK)).ok_or_else(broken)?;
            let own = bytes.get(at..at + tail.len()).ok_or_else(broken)? == tail;
            let number = u32::try_from(number).map_err(|_| broken())?;
            if own && numbers.last() != Some(&number) {
                numbers.push(number);
            }
            at += tail.len();
        }
        Ok(())
    }
}

const fn bucket_of(key: u64, bits: u32) -> u64 {
    if bits == 0 { 0 } else { key >> (64 - bits) }
}

/// The bytes of the key after the bits that choose the bucket. There are fewer buckets than 2^24, so these bits are none of
/// the number that stands in an entry's lowest ones.
const fn tail_of(key: u64, bits: u32) -> [u8; 2] {
    let bytes = (key << bits).to_be_bytes();
    [bytes[0], bytes[1]]
}

fn check(bytes: &[u8]) -> u16 {
    xxh3_64(bytes) as u16
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a table is broken")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::*;

    fn table(entries: &[(u64, u32)], layout: Layout, bytes: &mut Vec<u8>) -> TablePlace {
        let mut list = Entries::default();
        entries.iter().for_each(|&(key, number)| list.push(key, number));
        let start = bytes.len() as u64;
        let (place, end) = write(bytes, start, &mut list, layout).unwrap();
        assert_eq!(end, bytes.len() as u64);
        place
    }

    #[test]
    fn every_number_is_found_under_its_key() {
        for count in [0_u64, 1, 100, 5_000] {
            let key = |at: u64| xxh3_64(&(at / 3).to_le_bytes());
            let all: Vec<(u64, u32)> = (0..count).map(|at| (key(at), (at * 7) as u32)).collect();
            let mut bytes = vec![0; 11];
            let place = table(&all, Layout { tail: 1, most: usize::MAX }, &mut bytes);
            let mut read = |from: u64, len: usize| Ok(bytes[from as usize..from as usize + len].to_vec());
            let mut strangers = 0;
            for (key, _) in &all {
                let mut found = Vec::new();
                place.numbers(*key, &mut read, &mut found).unwrap();
                let own: Vec<u32> = all.iter().filter(|(other, _)| other == key).map(|(_, n)| *n).collect();
                assert!(own.iter().all(|number| found.contains(number)), "{found:?} lacks some of {own:?}");
                strangers += found.len() - own.len();
            }
            assert!(strangers <= all.len(), "{strangers} of {}", all.len());
        }
    }

    #[test]
    fn of_a_common_key_only_the_mark_is_kept() {
        let (rare, common) = (xxh3_64(b"rare"), xxh3_64(b"common"));
        let mut all: Vec<(u64, u32)> = (0..50).map(|number| (common, number)).collect();
        all.extend([(rare, 3), (rare, 9), (rare, 9)]);
        let mut bytes = Vec::new();
        let place = table(&all, Layout { tail: 2, most: 40 }, &mut bytes);
        let mut read = |from: u64, len: usize| Ok(bytes[from as usize..from as usize + len].to_vec());
        let mut numbers = |key: u64| {
            let mut found = Vec::new();
            place.numbers(key, &mut read, &mut found).map(|()| found)
        };
        assert_eq!(numbers(rare).unwrap(), [3, 9]);
        assert_eq!(numbers(common).unwrap(), [MARK]);
        assert!(bytes.len() < 30, "{}", bytes.len());
    }

    #[test]
    fn a_changed_byte_is_an_error_and_no_panic() {
        let all: Vec<(u64, u32)> = (0..300_u32).map(|at| (u64::from(at) << 55, at)).collect();
        let mut bytes = Vec::new();
        let place = table(&all, Layout { tail: 2, most: usize::MAX }, &mut bytes);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x41;
            let mut read = |from: u64, len: usize| {
                let range = from as usize..(from as usize).saturating_add(len);
                changed.get(range).map(<[u8]>::to_vec).ok_or_else(broken)
            };
            let failed = all.iter().any(|(key, _)| place.numbers(*key, &mut read, &mut Vec::new()).is_err());
            assert!(failed, "byte {at}");
        }
    }
}
