//! Text and place: finding files, reading and decoding them, and turning each format into prose blocks whose
//! every byte maps back to the file. The only room that reads the disk.

mod comment;
mod container;
mod decode;
#[cfg(feature = "disk")]
mod disk;
mod document;
#[cfg(feature = "disk")]
mod folder_view;
mod format;
mod front_matter;
#[cfg(feature = "disk")]
mod git;
mod globs;
mod html;
#[cfg(feature = "disk")]
mod large;
mod line;
mod location;
mod markdown;
mod markup;
mod one_line;
mod place;
mod plain;
mod prose;
#[cfg(feature = "disk")]
mod point;
mod registry;
#[cfg(feature = "disk")]
mod stamp;
mod structured;
mod surrogates;
mod template;
#[cfg(all(test, feature = "disk"))]
mod tests;
mod text;
mod input_error;
#[cfg(feature = "disk")]
mod walk;
mod weave;
mod web;

pub use container::{ContainerFault, Layout, TrackedChanges, docx_text, draft, is_docx, transcript};
pub use decode::Undecodable;
#[cfg(feature = "disk")]
pub use disk::{
    LARGEST_DRAFT, read, read_bytes, read_text, read_transcript, remove_left_over, replace_text, stamp,
    write_atomically, write_new,
};
pub use document::Document;
#[cfg(feature = "disk")]
pub use folder_view::{FolderView, look_at};
pub use format::{
    FORMATS, Format, FormatEntry, TAPE_ENDINGS, help_for_unknown_kind, is_draft, is_unknown_kind,
    list_of_formats,
};
#[cfg(feature = "disk")]
pub use git::{ChangedLines, changed_lines, tracked};
pub use globs::{BadGlob, Globs};
pub use input_error::{Gravity, InputError};
#[cfg(feature = "disk")]
pub use large::{LargeFile, WriteLock, lock_for_writing, open_file, write_large};
pub use location::absolute;
pub use one_line::{name_line, one_line};
pub use place::{FileId, FileText, ListedId, Place, ProseSpan, ProseText, Span, SpanIn};
#[cfg(feature = "disk")]
pub use point::Point;
pub use prose::{Block, BlockKind, Comment, FrontMatter, Piece, Prose, TextKind};
#[cfg(feature = "cli")]
pub use registry::people_schema;
#[cfg(feature = "disk")]
pub use registry::read_registries;
pub use registry::{HouseName, Roster, RosterEvent, RosterPerson, RosterTitle, read_registry};
#[cfg(feature = "disk")]
pub use stamp::Stamp;
pub use structured::{
    Fault, Key, Node, Parsed, Value, from_json, from_toml, from_yaml, nearest, toml_node, yaml_node,
};
pub(crate) use surrogates::without_lone_surrogates;
pub use text::{Position, Text};
#[cfg(feature = "disk")]
pub use walk::{Expansion, Finds, Found, WalkOptions, find, list_files, pattern_start, shown_from};
pub use weave::OBJECT;
