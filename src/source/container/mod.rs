//! Documents whose text does not lie open in the file: Word, OpenDocument, EPUB, RTF, e-mail, notebooks. Their text is taken out, one paragraph a line, and places are those
//! of that text.
//!
//! A file costs no more memory than its own size and [`LARGEST_PART`] with a little besides, whatever it claims to hold.

mod archive;
mod docx;
mod docx_styles;
mod email;
mod epub;
mod jupyter;
mod layout;
mod odt;
mod rtf;
mod xml;

use super::{Document, Format, InputError, Text, Undecodable, web};
pub use docx::{docx_text, is_docx};
pub(super) use layout::Extract;
pub use layout::Layout;

/// The most that is unpacked of one file, in bytes. The text of a long novel is 20 MB in Word's XML.
const LARGEST_PART: u64 = 128 << 20;

/// Which text of a document with tracked changes is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TrackedChanges {
    /// As if all changes were accepted: insertions count, deletions do not.
    #[default]
    Accepted,
    /// As if all changes were rejected: the text before them.
    Rejected,
}

impl TrackedChanges {
    /// The names by which configurations choose.
    pub const NAMES: [(&str, Self); 2] = [("accepted", Self::Accepted), ("rejected", Self::Rejected)];
}

/// Why a container has no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerFault {
    /// It is no archive, or a broken one.
    NoArchive,
    /// It is encrypted, or in the format of Office before 2007.
    Encrypted,
    /// The archive has no part for text.
    NoBody,
    /// There is more in it than is unpacked.
    TooLarge,
    /// A part does not parse.
    Broken,
    /// There is no word in it.
    NoWords,
}

impl ContainerFault {
    /// The reason in a few words.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NoArchive => "this file is not what its name says, or it is damaged",
            Self::Encrypted => "this file is protected by a password, or in the format of Office before 2007",
            Self::NoBody => "this file has no part with text",
            Self::TooLarge => "this file unpacks to more than 128 MB, or to more than 32 MB of text",
            Self::Broken => "the text of this file is damaged",
            Self::NoWords => "this file holds no words",
        }
    }

    /// What to do about it.
    pub const fn help(self) -> &'static str {
        match self {
            Self::NoArchive | Self::Broken => "open it in the program that made it, and save it again",
            Self::Encrypted => "open it, take the password off, and save it as .docx, .odt or .txt",
            Self::NoBody | Self::NoWords => "pictures of text are not read: save the words as .docx or .txt",
            Self::TooLarge => "split it: a draft is rarely longer than a book",
        }
    }

    fn at(self, path: &str) -> InputError {
        InputError::new(path, self.reason()).help(self.help())
    }
}

/// The document in the bytes of a draft.
///
/// # Errors
/// Where the bytes hold no text, with the reason and what to do.
pub fn draft(
    path: &str,
    format: Format,
    bytes: Vec<u8>,
    changes: TrackedChanges,
) -> Result<Document, InputError> {
    let extract = match format {
        Format::Docx => docx::read(&bytes, changes),
        Format::Odt => odt::read(&bytes, changes),
        Format::Epub => epub::read(&bytes),
        Format::Jupyter => jupyter::read(&bytes),
        Format::Rtf => rtf::read(&bytes, changes),
        Format::Email => email::read(&bytes),
        Format::Html if web::is_report(&bytes) => {
            let input_error = InputError::new(path, "this is a report of sayso, not a draft");
            return Err(input_error.help("name the drafts that it was made of"));
        }
        _ => return text(path, format, bytes),
    };
    let extract = extract.map_err(|fault| fault.at(path))?;
    if !extract.text.chars().any(char::is_alphanumeric) {
        return Err(ContainerFault::NoWords.at(path));
    }
    Ok(Document::of_container(path, format, extract))
}

/// The document in the bytes of a transcript, a DOCX file or a text. Places in a DOCX file are those of its text.
///
/// # Errors
/// Where the bytes are neither, with the reason.
pub fn transcript(path: &str, format: Format, bytes: Vec<u8>) -> Result<Document, InputError> {
    if is_docx(path) {
        let words = docx_text(&bytes).map_err(|fault| fault.at(path))?;
        return Ok(Document::new(path, format, Text::new(words)));
    }
    match format.is_container() {
        true => draft(path, format, bytes, TrackedChanges::Accepted),
        false => text(path, format, bytes),
    }
}

fn text(path: &str, format: Format, bytes: Vec<u8>) -> Result<Document, InputError> {
    match Text::decode(bytes) {
        Ok(text) => Ok(Document::new(path, format, text)),
        Err(Undecodable::Binary) => Err(InputError::new(path, "this is a binary file, not a text")
            .help("save the draft as text, Markdown or .docx")),
        Err(Undecodable::TooLarge) => Err(InputError::new(path, "this file is 4 GiB or larger")
            .help("split it: a draft is rarely longer than a book")),
    }
}
