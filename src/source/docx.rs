//! The text of a DOCX file: one line for each paragraph.
//!
//! A DOCX is a zip archive; the text is the XML part `word/document.xml`. Words that a tracked change deleted are left out, and
//! so is what fields hide. A tab is a tab, a line break ends a line.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

use super::{Document, Format, InputError, Text, Undecodable};

/// The part that holds the text.
const BODY: &str = "word/document.xml";
/// The largest body that is unpacked, in bytes: a transcript of a hundred hours has some ten million.
const LARGEST: u64 = 256 << 20;

/// Why a file has no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocxFault {
    /// It is no zip archive, or a broken one.
    NoArchive,
    /// The archive has no part for text.
    NoBody,
    /// The part for text is larger than what is unpacked.
    TooLarge,
    /// The part for text is no XML.
    BrokenXml,
    /// There is no word in it.
    NoWords,
}

impl DocxFault {
    /// The reason in a few words.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NoArchive => "it is no DOCX file, or a broken one",
            Self::NoBody => "this DOCX file has no text part (word/document.xml)",
            Self::TooLarge => "the text of this DOCX file is larger than 256 MB",
            Self::BrokenXml => "the text part of this DOCX file does not parse",
            Self::NoWords => "this DOCX file holds no words",
        }
    }
}

/// Is the file one by its name?
pub fn is_docx(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("docx"))
}

/// The text of a DOCX file.
///
/// # Errors
/// Where it has none.
pub fn docx_text(bytes: &[u8]) -> Result<String, DocxFault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| DocxFault::NoArchive)?;
    let part = archive.by_name(BODY).map_err(|_| DocxFault::NoBody)?;
    let mut xml = String::new();
    let length = part.take(LARGEST + 1).read_to_string(&mut xml).map_err(|_| DocxFault::BrokenXml)?;
    if length as u64 > LARGEST {
        return Err(DocxFault::TooLarge);
    }
    let text = paragraphs(&xml).ok_or(DocxFault::BrokenXml)?;
    if text.chars().any(char::is_alphanumeric) { Ok(text) } else { Err(DocxFault::NoWords) }
}

/// The document that stands in the bytes of a transcript, a DOCX file or a text. Places in a DOCX file are those of its text.
///
/// # Errors
/// Where the bytes are neither, with the reason.
pub fn transcript(path: &str, format: Format, bytes: Vec<u8>) -> Result<Document, InputError> {
    let text = match is_docx(path) {
        true => docx_text(&bytes).map(Text::new).map_err(DocxFault::reason),
        false => Text::decode(bytes).map_err(|fault| match fault {
            Undecodable::Binary => "this is a binary file, not a text",
            Undecodable::TooLarge => "this file is 4 GiB or larger",
        }),
    };
    text.map(|text| Document::new(path, format, text)).map_err(|reason| InputError::new(path, reason))
}

/// The paragraphs of the body, one a line; `None` where the XML does not parse.
fn paragraphs(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut text = String::new();
    // Inside a run's text; inside what a tracked change deleted or moved away.
    let (mut in_text, mut gone) = (false, 0_usize);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => in_text = true,
                "del" | "moveFrom" => gone += 1,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => in_text = false,
                "del" | "moveFrom" => gone = gone.saturating_sub(1),
                "p" => text.push('\n'),
                _ => {}
            },
            Event::Empty(tag) if gone == 0 => match tag.local_name().as_ref() {
                "tab" => text.push('\t'),
                "br" | "cr" => text.push('\n'),
                "noBreakHyphen" => text.push('-'),
                "p" => text.push('\n'),
                _ => {}
            },
            Event::Text(words) if in_text && gone == 0 => text.push_str(&words.xml10_content()),
            Event::CData(words) if in_text && gone == 0 => text.push_str(&words),
            Event::GeneralRef(reference) if in_text && gone == 0 => text.push_str(&resolved(&reference)?),
            Event::Eof => return Some(text),
            _ => {}
        }
    }
}

/// What a reference such as `&amp;` or `&#8217;` stands for.
fn resolved(reference: &BytesRef<'_>) -> Option<String> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character.to_string());
    }
    let name = reference.xml10_content();
    let known = match &*name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    };
    Some(known.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{DocxFault, docx_text, is_docx, paragraphs};

    #[test]
    fn paragraphs_tabs_and_changes() {
        let xml = "<w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t xml:space=\"preserve\">Ana &amp; Bo </w:t></w:r>\
                   <w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del><w:r><w:t>can&#8217;t</w:t><w:tab/><w:t>go</w:t>\
                   <w:br/><w:t>home</w:t></w:r></w:p><w:p/><w:p><w:ins><w:r><w:t>Never</w:t></w:r></w:ins></w:p></w:body></w:document>";
        assert_eq!(paragraphs(xml).as_deref(), Some("Ana & Bo can’t\tgo\nhome\n\nNever\n"));
        assert_eq!(paragraphs("<w:p><w:t>x</w:p>"), None);
    }

    #[test]
    fn what_is_no_docx_says_so() {
        assert_eq!(docx_text(b"PK and no more"), Err(DocxFault::NoArchive));
        assert!(is_docx("Tapes/MEETING.DOCX") && !is_docx("docx"));
    }
}
