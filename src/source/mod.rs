//! Text and place: finding files, reading and decoding them, and turning each format into prose blocks whose
//! every byte maps back to the file. The only room that reads the disk.

mod comment;
mod decode;
#[cfg(feature = "disk")]
mod disk;
mod document;
mod docx;
mod front_matter;
#[cfg(feature = "disk")]
mod git;
mod globs;
mod html;
mod line;
mod location;
mod markdown;
mod one_line;
mod place;
mod plain;
#[cfg(feature = "disk")]
mod point;
mod registry;
mod structured;
mod template;
#[cfg(all(test, feature = "disk"))]
mod tests;
mod text;
mod input_error;
#[cfg(feature = "disk")]
mod walk;
mod weave;

pub use decode::Undecodable;
#[cfg(feature = "disk")]
pub use disk::{read, read_text, read_transcript, write_atomically};
pub use document::{Block, BlockKind, Comment, Document, Format, FrontMatter, Piece, Prose, TextKind};
pub use docx::{DocxFault, docx_text, is_docx, transcript};
#[cfg(feature = "disk")]
pub use git::{ChangedLines, changed_lines, tracked};
pub use globs::{BadGlob, Globs};
pub use input_error::{Gravity, InputError};
pub use location::absolute;
pub use one_line::one_line;
pub use place::{FileId, FileText, ListedId, Place, ProseSpan, ProseText, Span, SpanIn};
#[cfg(feature = "disk")]
pub use point::Point;
#[cfg(feature = "disk")]
pub use registry::read_registries;
pub use registry::{HouseName, Roster, RosterEvent, RosterPerson, RosterTitle, read_registry};
pub use structured::{
    Fault, Key, Node, Parsed, Value, from_json, from_toml, from_yaml, nearest, toml_node, yaml_node,
};
pub use text::{Position, Text};
#[cfg(feature = "disk")]
pub use walk::{Found, WalkOptions, expand, find};
pub use weave::OBJECT;
