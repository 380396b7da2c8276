//! Numbers that are written bit by bit, in the code of Golomb and Rice: the lowest bits as they are, the rest as so many
//! zeros and a one.

/// Writes bits to the end of a list of bytes, the lowest bit of a byte first.
pub(super) struct BitWriter<'a> {
    bytes: &'a mut Vec<u8>,
    /// Bits that do not fill a byte yet.
    waiting: u64,
    count: u32,
}

impl<'a> BitWriter<'a> {
    pub fn new(bytes: &'a mut Vec<u8>) -> Self {
        Self { bytes, waiting: 0, count: 0 }
    }

    /// Writes a number of which the `low` lowest bits are written as they are.
    pub fn rice(&mut self, number: u64, low: u32) {
        let mut zeros = number.checked_shr(low).unwrap_or(0);
        while zeros >= 32 {
            self.push(0, 32);
            zeros -= 32;
        }
        self.push(1 << zeros, zeros as u32 + 1);
        let mut rest = low;
        while rest > 0 {
            let count = rest.min(32);
            self.push(number >> (low - rest) & ((1 << count) - 1), count);
            rest -= count;
        }
    }

    /// Writes the `count` lowest bits of a number, which has no others. `count` is at most 33.
    fn push(&mut self, bits: u64, count: u32) {
        self.waiting |= bits << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.waiting as u8);
            self.waiting >>= 8;
            self.count -= 8;
        }
    }
}

impl Drop for BitWriter<'_> {
    fn drop(&mut self) {
        if self.count > 0 {
            self.bytes.push(self.waiting as u8);
        }
    }
}

/// Reads what [`BitWriter`] has written.
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    /// Bits that were read.
    at: usize,
}

impl<'a> BitReader<'a> {
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next number; `None` where the bytes end before it does.
    pub fn rice(&mut self, low: u32) -> Option<u64> {
        let mut zeros = 0;
        loop {
            let next = self.next_bits()?;
            let more = next.trailing_zeros().min(SURE);
            self.at += more as usize;
            zeros += u64::from(more);
            if more < SURE {
                break;
            }
        }
        self.at += 1;
        let mut number = zeros.checked_shl(low).unwrap_or(0);
        let mut read = 0;
        while read < low {
            let count = (low - read).min(32);
            number |= (self.next_bits()? & ((1 << count) - 1)) << read;
            self.at += count as usize;
            read += count;
        }
        (self.at <= self.bytes.len() * 8).then_some(number)
    }

    /// At least [`SURE`] of the next bits, the first one lowest; after the last byte, zeros. `None` where none is left.
    fn next_bits(&self) -> Option<u64> {
        let rest = self.bytes.get(self.at / 8..).filter(|rest| !rest.is_empty())?;
        let word = match rest.first_chunk::<8>() {
            Some(word) => u64::from_le_bytes(*word),
            None => rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
        };
        Some(word >> (self.at % 8))
    }
}

/// Bits of a word of which up to seven have been read.
const SURE: u32 = 57;

#[cfg(test)]
mod tests {
    use super::{BitReader, BitWriter};

    #[test]
    fn numbers_come_back_and_cut_off_bytes_are_no_panic() {
        let numbers = [0_u64, 1, 2, 31, 32, 33, 57, 64, 129, 1_000, 70_000, 1 << 40];
        for low in [0, 1, 5, 31, 32, 33, 40, 63] {
            let fit = || numbers.iter().copied().filter(|number| number >> low < 5_000);
            let mut bytes = Vec::new();
            let mut writer = BitWriter::new(&mut bytes);
            fit().for_each(|number| writer.rice(number, low));
            drop(writer);
            let mut reader = BitReader::new(&bytes);
            for number in fit() {
                assert_eq!(reader.rice(low), Some(number), "{low}");
            }
            let mut short = BitReader::new(&bytes[..bytes.len() / 2]);
            assert!((0..fit().count()).any(|_| short.rice(low).is_none()), "{low}");
        }
    }
}
