//! An archive: the facts of drafts that were printed, in one file, to hold new drafts against.
//!
//! The archive has no opinion. It finds the few archived drafts that could say anything about a new one, by the keys by
//! which [`crate::corpus`] groups quotations and persons; a project takes their facts in, and the same rules judge.
//!
//! The file is made of segments, each of which is written once. To add drafts means to write a new file with the old
//! segments and one more, and to put it in the place of the old one. So a reader always has a whole archive, whatever
//! a writer does.

mod bits;
mod builder;
mod compression;
mod lookup;
mod packed;
mod reader;
mod record;
mod table;
mod unpacked;

use serde::{Deserialize, Serialize};

pub use builder::{Builder, Prepared};
pub use lookup::Related;
pub use reader::{Archive, ArchivedId, Contents, begins_as_archive, unwritten};
pub use record::Record;
use table::TablePlace;

/// What an archive begins and ends with.
const MAGIC: &[u8; 16] = b"sayso archive\r\n\x1a";
/// The number of the format. An archive of another number is not read. It changes where the bytes change, and where
/// keys or facts do: an index under other keys would find nothing and say nothing.
pub const FORMAT: u32 = 2;
/// Bytes at the end: where the directory begins, how long it is, its checksum, and the magic number.
const TRAILER: usize = 8 + 8 + 8 + 16;
/// Bytes of a draft in the list of drafts: where its record begins, and a checksum. It ends where the next one begins; after
/// the last draft, the list says where that would be.
const ENTRY: usize = 8 + 4;
/// Bytes of a day in the list of days, and of a name in the list of names: a number of four bytes and a checksum.
const SHORT_ENTRY: usize = 4 + 2;
/// The day of a draft whose day is not known.
const NO_DAY: i32 = i32::MIN;

/// Where the parts of a segment stand in the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Segment {
    /// The first byte of the segment.
    start: u64,
    /// The byte after its last one.
    end: u64,
    /// How many drafts it has, those included that have been removed since.
    files: u32,
    /// Quotations in them.
    quotations: u64,
    /// Bytes of text that they had.
    text: u64,
    /// The first and the last day of publication, as days from 1970 on.
    days: Option<(i32, i32)>,
    /// What all records are compressed with: the texts, and the facts.
    dictionaries: [Packed; 2],
    /// Paths and digests.
    paths: Packed,
    /// The list of drafts.
    list: u64,
    /// The day of each draft.
    list_of_days: u64,
    /// The full names of people: where each ends in `names`.
    name_ends: u64,
    /// The names one after the other.
    names: u64,
    /// How many there are.
    name_count: u32,
    /// From the runs of quotations to drafts: of each wording the first one.
    by_runs: TablePlace,
    /// From the keys of short quotations, of which one is enough, to drafts.
    by_one: TablePlace,
    /// From all words of a quotation to drafts.
    by_all: TablePlace,
    /// From full names to drafts.
    by_name: TablePlace,
    /// From the keys of neighbours to names.
    to_names: TablePlace,
    /// The drafts that have been removed, ascending.
    removed: Vec<u32>,
}

impl Segment {
    /// Says that the segment begins at another byte.
    fn move_to(&mut self, start: u64) {
        let from = self.start;
        let places = [
            &mut self.start,
            &mut self.end,
            &mut self.paths.start,
            &mut self.list,
            &mut self.list_of_days,
            &mut self.name_ends,
            &mut self.names,
            &mut self.by_runs.start,
            &mut self.by_one.start,
            &mut self.by_all.start,
            &mut self.by_name.start,
            &mut self.to_names.start,
        ];
        let dictionaries = self.dictionaries.iter_mut().map(|packed| &mut packed.start);
        places
            .into_iter()
            .chain(dictionaries)
            .for_each(|place| *place = place.saturating_sub(from).saturating_add(start));
    }
}

/// Where compressed bytes stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Packed {
    start: u64,
    size: u64,
    /// Bytes before they were compressed.
    length: u64,
    check: u64,
}

/// What stands at the end of an archive.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Directory {
    segments: Vec<Segment>,
}
