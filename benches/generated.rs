//! Generated words and sentences that the benchmarks share; every run sees the same.

/// A generator of numbers: a linear congruential one serves.
pub struct Dice(pub u64);

const SYLLABLES: [&str; 16] =
    ["ba", "ne", "tor", "li", "vas", "ker", "mo", "dun", "si", "ral", "pe", "gan", "ho", "win", "cu", "dre"];
const SMALL: [&str; 12] = ["the", "of", "and", "to", "in", "we", "that", "is", "for", "it", "with", "they"];

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        ((self.0 >> 33) as usize) % sides
    }

    /// A sentence of `length` words, every other one small, the rest out of `vocabulary` words by Zipf's law, roughly: the
    /// product of two even rolls crowds the front of the list.
    pub fn sentence(&mut self, length: usize, vocabulary: usize) -> Vec<String> {
        (0..length)
            .map(|_| {
                if self.roll(2) == 0 {
                    SMALL[self.roll(SMALL.len())].to_owned()
                } else {
                    word(self.roll(vocabulary) * self.roll(vocabulary) / vocabulary)
                }
            })
            .collect()
    }
}

/// A word that no list has.
pub fn word(number: usize) -> String {
    let mut word = String::new();
    let mut rest = number + 16;
    while rest > 0 {
        word.push_str(SYLLABLES[rest % 16]);
        rest /= 16;
    }
    word
}
