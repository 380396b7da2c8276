//! A table from keys to numbers, made once and then only read: which files have a key, which names.
//!
//! The keys are hashes, so the highest bits of a key choose one of equally full buckets. A bucket has its numbers in
//! ascending order, each as the distance to the one before and one or two more bytes of its key. So a number costs three or
//! four bytes. Some answers are wrong, because two keys agree in these bits: with one byte every other lookup has one, with
//! two bytes one lookup in five hundred. Who asks compares the facts.

use std::io::{self, Write};

use xxhash_rust::xxh3::xxh3_64;

/// Entries of a bucket, on average.
const PER_BUCKET: usize = 128;
/// Bytes of an entry in the directory of buckets: where the bucket ends, and a checksum.
const ENTRY: usize = 6;

/// Where a table stands in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct TablePlace {
    /// The first byte of the directory of buckets.
    pub start: u64,
    /// How many highest bits of a key choose the bucket.
    pub bits: u32,
    /// How many further bytes of a key stand with each number: 1 or 2.
    pub tail: usize,
    /// How many entries there are.
    pub entries: u64,
}

/// Writes the table of these entries, each a key and a number, and returns its place. `start` is the byte at which it
/// begins. The entries are sorted on the way, and each pair is written once.
pub(super) fn write(
    out: &mut dyn Write,
    start: u64,
    entries: &mut Vec<(u64, u32)>,
    tail: usize,
) -> io::Result<(TablePlace, u64)> {
    let bits = (entries.len() / PER_BUCKET).max(1).next_power_of_two().trailing_zeros();
    let bucket = |key: u64| if bits == 0 { 0 } else { (key >> (64 - bits)) as usize };
    entries.sort_unstable_by_key(|&(key, number)| (bucket(key), number, key));
    entries.dedup();
    let mut body: Vec<u8> = Vec::with_capacity(entries.len() * 3);
    let mut directory: Vec<u8> = Vec::with_capacity((1 << bits) * ENTRY);
    let mut rest = entries.as_slice();
    for at in 0..1_usize << bits {
        let count = rest.iter().take_while(|(key, _)| bucket(*key) == at).count();
        let (own, later) = rest.split_at(count);
        rest = later;
        let first = body.len();
        let mut before = 0;
        for &(key, number) in own {
            push_varint(&mut body, number - before);
            body.extend_from_slice(&tail_of(key, bits)[..tail]);
            before = number;
        }
        let end = u32::try_from(body.len()).map_err(|_| io::Error::other("a table of more than 4 GB"))?;
        directory.extend(end.to_le_bytes());
        directory.extend(check(&body[first..]).to_le_bytes());
    }
    out.write_all(&directory)?;
    out.write_all(&body)?;
    let place = TablePlace { start, bits, tail, entries: entries.len() as u64 };
    Ok((place, start + (directory.len() + body.len()) as u64))
}

impl TablePlace {
    /// Appends the numbers of `key` in ascending order. `read` returns bytes of the file. Some numbers may be of other
    /// keys.
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
        let bucket = if self.bits == 0 { 0 } else { key >> (64 - self.bits) };
        let body = self.start + ((1_u64 << self.bits) * ENTRY as u64);
        // The end of the bucket before is where this one begins.
        let from = bucket.saturating_sub(1);
        let entries = read(self.start + from * ENTRY as u64, if bucket == 0 { ENTRY } else { 2 * ENTRY })?;
        let end = |at: usize| -> u32 {
            let bytes = entries.get(at * ENTRY..at * ENTRY + 4).and_then(|bytes| bytes.try_into().ok());
            bytes.map_or(0, u32::from_le_bytes)
        };
        let (start, end) = if bucket == 0 { (0, end(0)) } else { (end(0), end(1)) };
        if end < start {
            return Err(broken());
        }
        let bytes = read(body + u64::from(start), (end - start) as usize)?;
        let stored = entries.get(entries.len() - 2..).and_then(|bytes| bytes.try_into().ok());
        if stored.map(u16::from_le_bytes) != Some(check(&bytes)) {
            return Err(broken());
        }
        let tail = tail_of(key, self.bits);
        let tail = tail.get(..self.tail).ok_or_else(broken)?;
        let (mut at, mut number) = (0, 0_u32);
        while at < bytes.len() {
            let step = varint(&bytes, &mut at).ok_or_else(broken)?;
            number = number.checked_add(step).ok_or_else(broken)?;
            if bytes.get(at..at + tail.len()).ok_or_else(broken)? == tail && numbers.last() != Some(&number) {
                numbers.push(number);
            }
            at += tail.len();
        }
        Ok(())
    }
}

/// The bytes of the key after the bits that choose the bucket.
fn tail_of(key: u64, bits: u32) -> [u8; 2] {
    let bytes = key.rotate_left(bits).to_be_bytes();
    [bytes[0], bytes[1]]
}

fn check(bytes: &[u8]) -> u16 {
    xxh3_64(bytes) as u16
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a table is broken")
}

fn push_varint(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn varint(bytes: &[u8], at: &mut usize) -> Option<u32> {
    let mut number = 0_u32;
    for shift in [0, 7, 14, 21, 28] {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::*;

    #[test]
    fn every_number_is_found_under_its_key() {
        for count in [0_u64, 1, 100, 5_000] {
            let key = |at: u64| xxh3_64(&(at / 3).to_le_bytes());
            let mut entries: Vec<(u64, u32)> = (0..count).map(|at| (key(at), (at * 7) as u32)).collect();
            let all = entries.clone();
            let mut bytes = vec![0; 11];
            let (place, end) = write(&mut bytes, 11, &mut entries, 1).unwrap();
            assert_eq!(end, bytes.len() as u64);
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
    fn a_changed_byte_is_an_error_and_no_panic() {
        let mut entries: Vec<(u64, u32)> = (0..300_u32).map(|at| (u64::from(at) << 55, at)).collect();
        let keys: Vec<u64> = entries.iter().map(|(key, _)| *key).collect();
        let mut bytes = Vec::new();
        let (place, _) = write(&mut bytes, 0, &mut entries, 2).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x41;
            let mut read = |from: u64, len: usize| {
                let range = from as usize..(from as usize).saturating_add(len);
                changed.get(range).map(<[u8]>::to_vec).ok_or_else(broken)
            };
            let failed = keys.iter().any(|key| place.numbers(*key, &mut read, &mut Vec::new()).is_err());
            assert!(failed, "byte {at}");
        }
    }
}
