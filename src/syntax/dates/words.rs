//! The words of which dates are made, read from `rules/words/calendar.txt`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::calendar::Weekday;

/// What a word can do in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Month(i8),
    MonthShort(i8),
    Weekday(Weekday),
    WeekdayShort(Weekday),
    /// Days from today.
    Day(i8),
    Unit(Unit),
    /// The same in the plural.
    Units(Unit),
    Which(Which),
    Part(Part),
    /// 1 spring to 4 winter.
    Season(u8),
    /// A part of the day.
    Hours,
    Number(u16),
    /// Of a year of account.
    Fiscal,
    Ordinal(i8),
}

/// A stretch of the calendar, from the shortest to the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names of the units say it")]
pub enum Unit {
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// Which of several: the one before, this one, the one after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// “last”, “this past”.
    Last,
    /// “this”.
    This,
    /// “next”, “this coming”.
    Next,
}

impl Which {
    /// How many steps of the calendar from now: -1, 0 or 1.
    pub const fn step(self) -> i8 {
        match self {
            Self::Last => -1,
            Self::This => 0,
            Self::Next => 1,
        }
    }
}

/// Which part of a stretch: “early Friday”, “mid-April”, “later this month”.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the parts say it")]
pub enum Part {
    Early,
    Mid,
    Late,
    Earlier,
    Later,
}

/// The longest word of the list, in bytes; a longer one needs no look.
const LONGEST: usize = 11;

/// The list, with a filter in front of it that turns nearly every other word of English away.
pub(super) struct Words {
    by_name: FxHashMap<&'static [u8], Word>,
    /// A bit for each two letters that a word begins with: it turns most words away with one look.
    openings: Box<[u64; OPENINGS / 64]>,
    /// For each word the bit of its beginning: of the words that are left, all but a few are turned away.
    beginnings: [u64; BEGINNINGS / 64],
}

/// Bits for the first two bytes of a word.
const OPENINGS: usize = 1 << 16;

/// The bit of the first two bytes of a word in any case; `None` for a shorter one.
#[inline]
fn opening(word: &[u8]) -> Option<usize> {
    let [first, second, ..] = word else { return None };
    Some(usize::from(first | 0x20) << 8 | usize::from(second | 0x20))
}

/// Bits for beginnings; there are some hundred words.
const BEGINNINGS: usize = 4096;

/// The bit of the first eight bytes of a word in any case. Two words may share one.
#[inline]
fn beginning(word: &[u8]) -> usize {
    let mut bytes = [0; HASHED];
    let len = word.len().min(HASHED);
    bytes[..len].copy_from_slice(&word[..len]);
    beginning_of(bytes, len)
}

/// The same of a word of `len` bytes, of which `bytes` are the first; what stands behind it does not matter.
#[inline(always)]
fn beginning_of(bytes: [u8; HASHED], len: usize) -> usize {
    /// An odd number with its bits spread evenly (2⁶⁴ divided by the golden ratio; Knuth, The Art of Computer
    /// Programming, volume 3, section 6.4).
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
    let small = u64::from_le_bytes(bytes) | u64::from_le_bytes([0x20; HASHED]);
    let behind = u64::BITS.saturating_sub(8 * len as u32);
    // The shift leaves out what stands behind the word.
    let word = if behind == u64::BITS { 0 } else { small << behind };
    (word.wrapping_mul(SPREAD) >> (u64::BITS - BEGINNINGS.ilog2())) as usize
}

/// Bytes of a word that its bit depends on.
pub(super) const HASHED: usize = 8;

static WORDS: LazyLock<Words> =
    LazyLock::new(|| Words::read(include_str!("../../../rules/words/calendar.txt")));

impl Words {
    /// The list.
    pub(super) fn get() -> &'static Self {
        &WORDS
    }

    fn read(list: &'static str) -> Self {
        let mut words = Self {
            by_name: FxHashMap::default(),
            openings: Box::new([0; OPENINGS / 64]),
            beginnings: [0; BEGINNINGS / 64],
        };
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let mut parts = line.split_ascii_whitespace();
            let (Some(name), Some(kind), Some(number)) = (parts.next(), parts.next(), parts.next()) else {
                continue;
            };
            let Some(word) = number.parse().ok().and_then(|number| Word::of(kind, number)) else { continue };
            words.by_name.insert(name.as_bytes(), word);
            if let Some(bit) = opening(name.as_bytes()) {
                words.openings[bit / 64] |= 1 << (bit % 64);
            }
            let bit = beginning(name.as_bytes());
            words.beginnings[bit / 64] |= 1 << (bit % 64);
        }
        words
    }

    /// May a word be in the list, by its first letters?
    #[inline]
    pub(super) fn may_open(&self, word: &[u8]) -> bool {
        // “a” alone has one letter.
        opening(word).is_none_or(|bit| self.openings[bit / 64] & 1 << (bit % 64) != 0)
    }

    /// May a word be in the list?
    #[inline]
    pub(super) fn may_hold(&self, word: &[u8]) -> bool {
        if !self.may_open(word) || word.len() > LONGEST {
            return false;
        }
        let bit = beginning(word);
        self.beginnings[bit / 64] & 1 << (bit % 64) != 0
    }

    /// May a word of `len` letters, three or more, be in the list? `bytes` are its first, and what stands behind it.
    #[inline(always)]
    pub(super) fn may_hold_letters(&self, bytes: [u8; HASHED], len: usize) -> bool {
        let bit = beginning_of(bytes, len);
        self.beginnings[bit / 64] & 1 << (bit % 64) != 0
    }

    /// The entry for a word in any case. Names of days and months count only with a capital letter.
    pub(super) fn entry(&self, word: &str) -> Option<Word> {
        let first = *word.as_bytes().first()?;
        if !self.may_hold(word.as_bytes()) {
            return None;
        }
        let mut lower = [0; LONGEST];
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        let found = *self.by_name.get(&*lower)?;
        let name =
            matches!(found, Word::Month(_) | Word::MonthShort(_) | Word::Weekday(_) | Word::WeekdayShort(_));
        (!name || first.is_ascii_uppercase()).then_some(found)
    }
}

impl Word {
    fn of(kind: &str, number: i16) -> Option<Self> {
        let small = i8::try_from(number).ok()?;
        Some(match kind {
            "month" => Self::Month(small),
            "month-short" => Self::MonthShort(small),
            "weekday" => Self::Weekday(Weekday::from_number(small)?),
            "weekday-short" => Self::WeekdayShort(Weekday::from_number(small)?),
            "day" => Self::Day(small),
            "unit" => Self::Unit(Unit::of(number)?),
            "units" => Self::Units(Unit::of(number)?),
            "which" => Self::Which(match number {
                -1 => Which::Last,
                0 => Which::This,
                _ => Which::Next,
            }),
            "part" => Self::Part(
                *[Part::Early, Part::Mid, Part::Late, Part::Earlier, Part::Later]
                    .get(usize::try_from(number - 1).ok()?)?,
            ),
            "season" => Self::Season(u8::try_from(number).ok()?),
            "hours" => Self::Hours,
            "fiscal" => Self::Fiscal,
            "number" => Self::Number(u16::try_from(number).ok()?),
            "ordinal" => Self::Ordinal(small),
            _ => return None,
        })
    }
}

impl Unit {
    fn of(number: i16) -> Option<Self> {
        use Unit::{Century, Day, Decade, Fortnight, Month, Quarter, Week, Weekend, Year};
        [Day, Weekend, Week, Fortnight, Month, Quarter, Year, Decade, Century]
            .get(usize::try_from(number - 1).ok()?)
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read() {
        let list = include_str!("../../../rules/words/calendar.txt");
        let entries = list.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>();
        assert_eq!(Words::get().by_name.len(), entries.len());
        assert!(entries.is_sorted(), "the list is sorted");
        assert!(entries.iter().all(|line| line.split(' ').next().is_some_and(|word| word.len() <= LONGEST)));
    }

    #[test]
    fn names_of_months_and_days_need_their_capital_letter() {
        let words = Words::get();
        assert_eq!(words.entry("May"), Some(Word::Month(5)));
        assert_eq!(words.entry("MAY"), Some(Word::Month(5)));
        assert_eq!(words.entry("may"), None);
        assert_eq!(words.entry("Yesterday"), Some(Word::Day(-1)));
        assert_eq!(words.entry("Mayor"), None);
    }
}
