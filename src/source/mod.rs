//! Text and place: finding files, reading and decoding them, and turning each format into prose blocks whose
//! every byte maps back to the file. The only room that reads the disk.

mod document;
mod place;
mod structured;
mod text;
mod trouble;

pub use document::{Block, BlockKind, Comment, Document, Format, FrontMatter, Piece, Prose};
pub use place::{FileId, Place, Span};
pub use structured::from_toml;
pub use text::{Position, Text};
pub use trouble::Trouble;
