//! Short words and their classes, for the look-up that every word of a text goes through.
//!
//! A word of up to eight bytes is one number, its first letter in the lowest byte. A word in no list, the common case, mostly
//! costs one look at one slot. A general hash map takes several times the steps and four times the memory, which then does
//! not fit into the cache.

use super::Class;

/// The longest word that is held, in bytes.
pub(super) const HELD: usize = size_of::<u64>();

/// The table: each word in the first free slot from the one that its hash names. Where it is empty, the word is 0.
#[derive(Debug)]
pub(super) struct Table {
    /// A power of two of them, at least half of them free.
    slots: Vec<(u64, Class)>,
    /// How many are taken.
    words: usize,
}

/// Spreads the letters of a word over all bits; any odd number without a pattern does (this is 2^64 / φ).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// A Bloom filter with one hash: rejects most words that no list has. Its eight kilobytes stay in the processor's first
/// cache.
#[derive(Debug)]
pub(super) struct BloomFilter(Box<[u64; FILTER]>);

/// The numbers of a filter, 64 bits each.
const FILTER: usize = 1 << 10;

impl Default for BloomFilter {
    fn default() -> Self {
        Self(Box::new([0; FILTER]))
    }
}

impl BloomFilter {
    /// The number for a packed word and the bit in it.
    #[inline]
    const fn place(word: u128) -> (usize, u64) {
        let hash = (word as u64 ^ ((word >> 64) as u64).rotate_left(29)).wrapping_mul(SPREAD);
        ((hash >> 54) as usize, 1 << (hash >> 48 & 63))
    }

    /// May the word be in the tables? True for one in seven of the words that are not.
    #[inline]
    pub(super) const fn passes(&self, word: u128) -> bool {
        let (number, bit) = Self::place(word);
        self.0[number] & bit != 0
    }

    /// Adds a word.
    pub(super) fn take(&mut self, word: u128) {
        let (number, bit) = Self::place(word);
        self.0[number] |= bit;
    }
}

impl Table {
    /// With room for so many words.
    pub(super) fn with_room(words: usize) -> Self {
        Self { slots: vec![(0, Class::NONE); (2 * words).next_power_of_two().max(2)], words: 0 }
    }

    /// The classes of a packed word; none where it is not held.
    #[inline]
    pub(super) fn get(&self, word: u64) -> Class {
        let (held, class) = self.slots[self.slot(word)];
        if held == word { class } else { Class::NONE }
    }

    /// The classes of a packed word, to be changed; the word is held from then on.
    pub(super) fn entry(&mut self, word: u64) -> &mut Class {
        if 2 * self.words >= self.slots.len() {
            let mut larger = Self::with_room(2 * self.words.max(1));
            for &(word, class) in self.slots.iter().filter(|(word, _)| *word != 0) {
                *larger.entry(word) = class;
            }
            *self = larger;
        }
        let slot = self.slot(word);
        if self.slots[slot].0 == 0 {
            self.slots[slot].0 = word;
            self.words += 1;
        }
        &mut self.slots[slot].1
    }

    /// Where a word stands, or would: there is always a free slot.
    #[inline]
    fn slot(&self, word: u64) -> usize {
        let last = self.slots.len() - 1;
        // The highest bits of the product depend on all letters.
        let mut slot = (word.wrapping_mul(SPREAD) >> (64 - self.slots.len().trailing_zeros())) as usize;
        while self.slots[slot & last].0 != word && self.slots[slot & last].0 != 0 {
            slot += 1;
        }
        slot & last
    }
}

#[cfg(test)]
mod tests {
    use super::{BloomFilter, Class, Table};

    #[test]
    fn the_filter_passes_what_it_took_and_little_else() {
        let mut filter = BloomFilter::default();
        let word = |number: u32| u128::from(number) * 0x1_0001_0000_0000_0101 + 0x6161;
        (0..8_000).for_each(|number| filter.take(word(number)));
        assert!((0..8_000).all(|number| filter.passes(word(number))));
        let others = (8_000..16_000).filter(|number| filter.passes(word(*number))).count();
        assert!(others < 2_000, "{others}");
    }

    #[test]
    fn what_was_put_in_is_found_however_many_there_are() {
        let mut table = Table::with_room(1);
        let word = |number: u64| number * 7 + 1;
        for number in 0..5_000 {
            let class = if number % 2 == 0 { Class::MALE } else { Class::CUE };
            *table.entry(word(number)) = class;
            *table.entry(word(number / 2)) |= Class::VERB;
        }
        for number in 0..2_500 {
            let class = if number % 2 == 0 { Class::MALE } else { Class::CUE };
            assert!(table.get(word(number)).all(class.or(Class::VERB)), "{number}");
        }
        assert_eq!(table.get(word(5_000)), Class::NONE);
        assert_eq!(table.get(u64::from_le_bytes(*b"zyzzyvas")), Class::NONE);
    }
}
