//! A table from keys to numbers, made once and then only read: which drafts have a key, which names.
//!
//! The keys are hashes, of which a table keeps as many of the highest bits as it needs. The first of them choose one of
//! equally full buckets. In a bucket the other bits and the number make one value; the values stand in ascending order,
//! each as the distance to the one before, in the code of Golomb and Rice. So an entry costs one or two bits more than
//! the least that is possible, which is some two bytes.
//!
//! Some answers are wrong, because two keys agree in the bits that are kept. [`Layout::precision`] says how many are; the
//! caller compares the facts. A key that very many drafts have is no sign of anything, and has no entries.

use std::io::{self, Write};

use xxhash_rust::xxh3::xxh3_64;

use super::bits::{BitReader, BitWriter};
use super::packed::{push_varint, varint};
use crate::parallel;

/// Entries of a bucket, on average: few enough to be read for one lookup, many enough that the directory costs nothing.
const PER_BUCKET: u64 = 1_024;
/// Bytes of a bucket in the directory: where it ends, and a checksum.
const ENTRY: usize = 6;
/// Bits of a number while a table is made; the other bits of an entry are the highest ones of its key.
const NUMBER_BITS: u32 = 24;
/// Numbers are below this one.
pub(super) const MOST_NUMBERS: u32 = 1 << NUMBER_BITS;
/// Bits of a key that a table can keep.
const KEY_BITS: u32 = 64 - NUMBER_BITS;
/// Entries are sorted in so many parts, by the highest bits of their keys. A part that grows is copied, so the parts are
/// small beside the whole.
const PART_BITS: u32 = 8;
/// Answers of other keys that a lookup in a large table of runs may have: two to the power of this, or twice as many.
const STRANGERS: i32 = 3;
/// In a table of so many numbers (as a power of two) or fewer, the numbers are short, and a lookup can be more exact.
const SHORT_NUMBERS: i32 = 12;

/// Entries for a table: a key and a number in 8 bytes, because there are hundreds of millions of them.
#[derive(Debug, Default)]
pub(super) struct Entries {
    parts: Vec<Vec<u64>>,
    count: usize,
}

impl Entries {
    /// Adds an entry. `number` is below [`MOST_NUMBERS`].
    pub fn push(&mut self, key: u64, number: u32) {
        if self.parts.is_empty() {
            self.parts.resize(1 << PART_BITS, Vec::new());
        }
        if let Some(part) = self.parts.get_mut((key >> (64 - PART_BITS)) as usize) {
            part.push(key >> NUMBER_BITS << NUMBER_BITS | u64::from(number));
            self.count += 1;
        }
    }

    pub fn len(&self) -> usize {
        self.count
    }
}

/// Sorts entries, keeps each once, and takes out keys that have more than `most` numbers.
fn tidy(entries: &mut Vec<u64>, most: usize) {
    entries.sort_unstable();
    entries.dedup();
    let mut kept = 0;
    let mut at = 0;
    while let Some(&first) = entries.get(at) {
        let key = first >> NUMBER_BITS;
        let count = entries[at..].iter().take_while(|&&entry| entry >> NUMBER_BITS == key).count();
        if count <= most {
            entries.copy_within(at..at + count, kept);
            kept += count;
        }
        at += count;
    }
    entries.truncate(kept);
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
    /// How many bits of a key after these stand with each number.
    pub rest: u32,
    /// Bits of a number.
    pub numbers: u32,
    /// How many entries there are.
    pub entries: u64,
}

/// How exact a table is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Precision {
    /// A lookup has an answer of another key about once in two to the power of this.
    OneIn(u32),
    /// A lookup may have a few answers of other keys: the caller asks for several keys, and for numbers that more than
    /// one of them has.
    Few,
}

/// How a table is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// How exact it is.
    pub precision: Precision,
    /// A key that has more numbers than this has no entries.
    pub most: usize,
}

impl TablePlace {
    /// The shape of a table of so many entries, whose largest number is `largest`.
    fn new(start: u64, entries: u64, largest: u32, precision: Precision) -> Self {
        let numbers = (u32::BITS - largest.leading_zeros()).max(1);
        let more = match precision {
            Precision::OneIn(bits) => bits.cast_signed(),
            Precision::Few => (SHORT_NUMBERS - numbers.cast_signed()).clamp(-STRANGERS, 1),
        };
        let keys = entries.max(1).ilog2().saturating_add_signed(more).clamp(1, KEY_BITS);
        let bits = (entries / PER_BUCKET).max(1).next_power_of_two().trailing_zeros().min(keys);
        Self { start, size: 0, bits, rest: keys - bits, numbers, entries }
    }

    /// The bucket of a key.
    const fn bucket(self, key: u64) -> u64 {
        if self.bits == 0 { 0 } else { key >> (64 - self.bits) }
    }

    /// The bits of a key that stand with its numbers.
    const fn rest_of(self, key: u64) -> u64 {
        if self.rest == 0 { 0 } else { key << self.bits >> (64 - self.rest) }
    }

    /// An entry as it stands in its bucket.
    const fn value(self, entry: u64) -> u64 {
        self.rest_of(entry) << self.numbers | entry & (MOST_NUMBERS as u64 - 1)
    }
}

/// Writes the table of these entries and takes them. `start` is the byte at which it begins. Returns its place and the
/// byte after it.
pub(super) fn write(
    out: &mut dyn Write,
    start: u64,
    entries: &mut Entries,
    layout: Layout,
) -> io::Result<(TablePlace, u64)> {
    let mut parts = std::mem::take(entries).parts;
    parallel::map_mut(&mut parts, |part| tidy(part, layout.most));
    let numbers = |part: &Vec<u64>| part.iter().map(|entry| *entry as u32 & (MOST_NUMBERS - 1)).max();
    let largest = parts.iter().filter_map(numbers).max().unwrap_or(0);
    let count = parts.iter().map(|part| part.len() as u64).sum();
    let mut place = TablePlace::new(start, count, largest, layout.precision);
    let mut directory: Vec<u8> = Vec::with_capacity((1 << place.bits) * ENTRY);
    let (mut values, mut bucket) = (Vec::new(), Vec::new());
    // The parts follow one another by their keys, as the buckets do.
    let mut rest = parts.iter().flatten().copied().peekable();
    for at in 0..1_u64 << place.bits {
        values.clear();
        while let Some(entry) = rest.next_if(|entry| place.bucket(*entry) == at) {
            values.push(place.value(entry));
        }
        values.sort_unstable();
        values.dedup();
        bucket.clear();
        push_values(&values, &mut bucket);
        out.write_all(&bucket)?;
        place.size += bucket.len() as u64;
        let end = u32::try_from(place.size).map_err(|_| io::Error::other("a table of more than 4 GB"))?;
        directory.extend(end.to_le_bytes());
        directory.extend(check(&bucket).to_le_bytes());
    }
    out.write_all(&directory)?;
    Ok((place, start + place.size + directory.len() as u64))
}

/// Writes ascending values as distances: how many there are, how many bits of each distance are written as they are, and
/// the distances.
fn push_values(values: &[u64], bytes: &mut Vec<u8>) {
    push_varint(bytes, values.len() as u64);
    let Some(last) = values.last() else { return };
    let distances = || values.iter().scan(0, |before, &value| Some(value - std::mem::replace(before, value)));
    let even = (last / values.len() as u64).max(1).ilog2();
    // Many numbers of one key stand close together, so that fewer bits may be better than an even share.
    let cost = |low: &u32| distances().map(|distance| (distance >> low) + u64::from(low + 1)).sum::<u64>();
    let low = (even.saturating_sub(3)..=even + 1).min_by_key(cost).unwrap_or(even);
    bytes.push(low as u8);
    let mut bits = BitWriter::new(bytes);
    distances().for_each(|distance| bits.rice(distance, low));
}

impl TablePlace {
    /// Appends the numbers of `key` in ascending order. `read` returns bytes of the file. Some numbers may be of other keys.
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
        let bytes = self.read_bucket(self.bucket(key), read)?;
        let mut at = 0;
        let count = varint(&bytes, &mut at).ok_or_else(broken)?;
        if count == 0 {
            return Ok(());
        }
        let low = u32::from(*bytes.get(at).filter(|low| **low < 64).ok_or_else(broken)?);
        let mut bits = BitReader::new(bytes.get(at + 1..).unwrap_or_default());
        let own = self.rest_of(key);
        let mut value = 0_u64;
        for _ in 0..count {
            let distance = bits.rice(low).ok_or_else(broken)?;
            value = value.checked_add(distance).ok_or_else(broken)?;
            let rest = value >> self.numbers;
            if rest > own {
                break;
            }
            if rest == own {
                numbers.push((value & ((1 << self.numbers) - 1)) as u32);
            }
        }
        Ok(())
    }

    /// The bytes of a bucket, held against their checksum.
    fn read_bucket(
        self,
        bucket: u64,
        read: &mut dyn FnMut(u64, usize) -> io::Result<Vec<u8>>,
    ) -> io::Result<Vec<u8>> {
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
        Ok(bytes)
    }
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
        for (count, precision) in [0_u64, 1, 100, 5_000, 40_000]
            .into_iter()
            .flat_map(|count| [(count, Precision::Few), (count, Precision::OneIn(9))])
        {
            let key = |at: u64| xxh3_64(&(at / 3).to_le_bytes());
            let all: Vec<(u64, u32)> = (0..count).map(|at| (key(at), (at * 7) as u32)).collect();
            let mut bytes = vec![0; 11];
            let place = table(&all, Layout { precision, most: usize::MAX }, &mut bytes);
            let mut read = |from: u64, len: usize| Ok(bytes[from as usize..from as usize + len].to_vec());
            let mut strangers = 0;
            for (key, _) in all.iter().step_by(7) {
                let mut found = Vec::new();
                place.numbers(*key, &mut read, &mut found).unwrap();
                let own: Vec<u32> = all.iter().filter(|(other, _)| other == key).map(|(_, n)| *n).collect();
                assert!(own.iter().all(|number| found.contains(number)), "{found:?} lacks some of {own:?}");
                strangers += found.len() - own.len();
            }
            let most = if matches!(precision, Precision::Few) { all.len() * 4 } else { all.len() / 100 + 2 };
            assert!(strangers <= most, "{strangers} of {}", all.len());
        }
    }

    #[test]
    fn a_common_key_has_no_numbers() {
        let (rare, common) = (xxh3_64(b"rare"), xxh3_64(b"common"));
        let mut all: Vec<(u64, u32)> = (0..50).map(|number| (common, number)).collect();
        all.extend([(rare, 3), (rare, 9), (rare, 9)]);
        let mut bytes = Vec::new();
        let place = table(&all, Layout { precision: Precision::OneIn(9), most: 40 }, &mut bytes);
        let mut read = |from: u64, len: usize| Ok(bytes[from as usize..from as usize + len].to_vec());
        let mut numbers = |key: u64| {
            let mut found = Vec::new();
            place.numbers(key, &mut read, &mut found).map(|()| found)
        };
        assert_eq!(numbers(rare).unwrap(), [3, 9]);
        assert_eq!(numbers(common).unwrap(), [0_u32; 0]);
        assert!(bytes.len() < 30, "{}", bytes.len());
    }

    #[test]
    fn a_changed_byte_is_an_error_and_no_panic() {
        let all: Vec<(u64, u32)> = (0..300_u32).map(|at| (u64::from(at) << 55, at)).collect();
        let mut bytes = Vec::new();
        let place = table(&all, Layout { precision: Precision::OneIn(9), most: usize::MAX }, &mut bytes);
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
