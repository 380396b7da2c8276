//! An archive: the facts of drafts that were printed, in one file, to hold new drafts against.
//!
//! The archive has no opinion. It finds the few archived drafts that could say anything about a new one, by the keys by
//! which [`crate::corpus`] groups quotations and persons; a project takes their facts in, and the same rules judge.
//!
//! The file is made of segments, each of which is written once. To add drafts means to write a new file with the old
//! segments and one more, and to put it in the place of the old one. So a reader always has a whole archive, whatever
//! a writer does.

mod builder;
mod lookup;
mod reader;
mod record;
mod table;

use serde::{Deserialize, Serialize};

pub use builder::{Builder, Prepared};
pub use lookup::Related;
pub use reader::{Archive, ArchivedId, Contents, unwritten};
pub use record::Record;
use table::TablePlace;

/// What an archive begins and ends with.
const MAGIC: &[u8; 16] = b"sayso archive\r\n\x1a";
/// The number of the format. An archive of another number is not read. It changes where the bytes change, and where
/// keys or facts do: an index under other keys would find nothing and say nothing.
pub const FORMAT: u32 = 1;
/// Bytes at the end: where the directory begins, how long it is, its checksum, and the magic number.
const TRAILER: usize = 8 + 8 + 8 + 16;
/// Drafts that are compressed together.
const FILES_PER_BLOCK: usize = 16;
/// Bytes of a block in the list of blocks: where it begins, its length, a checksum.
const BLOCK_ENTRY: usize = 8 + 4 + 4;
/// Bytes of a draft in the list of drafts: its day, where it begins in its block, its length.
const FILE_ENTRY: usize = 4 + 4 + 4;
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
    /// The list of blocks.
    blocks: u64,
    /// The list of drafts.
    list: u64,
    /// Paths and digests, compressed: where they begin, how long they are, a checksum.
    paths: (u64, u64, u64),
    /// The full names of people: where each ends in `names`.
    name_ends: u64,
    /// The names one after the other.
    names: u64,
    /// How many there are.
    name_count: u32,
    /// From the runs of quotations to drafts.
    by_runs: TablePlace,
    /// From the keys of which one is enough (short quotations, names) to drafts.
    by_one: TablePlace,
    /// From the keys of neighbours to names.
    to_names: TablePlace,
    /// The drafts that have been removed, ascending.
    removed: Vec<u32>,
}

/// What stands at the end of an archive.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Directory {
    segments: Vec<Segment>,
}
