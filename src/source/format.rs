//! The formats that sayso reads, and the endings of file names that tell them: one table for folders, named files, messages
//! and the manual.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// What a file is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    #[default]
    Plain,
    /// CommonMark with front matter.
    Markdown,
    /// HTML, as a browser shows it.
    Html,
    /// Word's format: an archive of XML parts.
    Docx,
    /// The format of LibreOffice and OpenOffice: an archive of XML parts.
    Odt,
    /// A book: an archive of HTML chapters.
    Epub,
    /// LaTeX.
    Latex,
    /// AsciiDoc.
    AsciiDoc,
    /// reStructuredText.
    Rst,
    /// Org, of Emacs.
    Org,
    /// Typst.
    Typst,
    /// MediaWiki's wikitext.
    Wiki,
    /// Fountain, for screenplays.
    Fountain,
    /// Notebooks of Jupyter: the cells in Markdown.
    Jupyter,
    /// Rich text, as many programs exchange it.
    Rtf,
    /// A message as e-mail programs save it.
    Email,
}

/// One format with the endings of its files, in small letters.
#[derive(Clone, Copy, Debug)]
pub struct FormatEntry {
    /// The format.
    pub format: Format,
    /// Its name, as a person says it.
    pub name: &'static str,
    /// The endings, without the dot.
    pub endings: &'static [&'static str],
}

/// Every format, and which endings are read by which reader.
pub const FORMATS: &[FormatEntry] = &[
    FormatEntry { format: Format::Plain, name: "plain text", endings: &["txt", "text"] },
    FormatEntry {
        format: Format::Markdown,
        name: "Markdown",
        endings: &["md", "markdown", "mdown", "mdx", "qmd", "rmd"],
    },
    FormatEntry { format: Format::Html, name: "HTML", endings: &["html", "htm", "xhtml"] },
    FormatEntry { format: Format::Docx, name: "Word", endings: &["docx", "docm", "dotx"] },
    FormatEntry { format: Format::Odt, name: "OpenDocument", endings: &["odt", "ott", "fodt"] },
    FormatEntry { format: Format::Epub, name: "EPUB", endings: &["epub"] },
    FormatEntry { format: Format::Latex, name: "LaTeX", endings: &["tex", "latex", "ltx"] },
    FormatEntry { format: Format::AsciiDoc, name: "AsciiDoc", endings: &["adoc", "asciidoc"] },
    FormatEntry { format: Format::Rst, name: "reStructuredText", endings: &["rst", "rest"] },
    FormatEntry { format: Format::Org, name: "Org", endings: &["org"] },
    FormatEntry { format: Format::Typst, name: "Typst", endings: &["typ"] },
    FormatEntry { format: Format::Wiki, name: "wikitext", endings: &["wiki", "mediawiki", "wikitext"] },
    FormatEntry { format: Format::Fountain, name: "Fountain", endings: &["fountain"] },
    FormatEntry { format: Format::Jupyter, name: "Jupyter", endings: &["ipynb"] },
    FormatEntry { format: Format::Rtf, name: "RTF", endings: &["rtf"] },
    FormatEntry { format: Format::Email, name: "e-mail", endings: &["eml"] },
];

/// Endings of transcripts. They are read where a configuration lists them or a command asks for one.
pub const TAPE_ENDINGS: &[&str] = &["vtt", "srt", "json", "csv", "tsv"];

/// Files that sayso does not read although they hold prose, and what to do about them.
const ADVICE: &[(&str, &str)] = &[
    ("doc", "this is the format of Word before 2007: open it in Word or LibreOffice and save it as .docx"),
    ("pdf", "a PDF keeps no paragraphs: export the text from the program that made it, as .docx or .txt"),
    ("rtfd", "this is a folder: in TextEdit, take the pictures out and save it as .rtf"),
    ("msg", "in Outlook, save the message as .eml or as text"),
    ("pages", "in Pages, choose File, Export To, Word"),
    ("gdoc", "this is only a link: in Google Docs, choose File, Download, Microsoft Word"),
    ("indd", "in InDesign, export the story as RTF or text"),
];

impl Format {
    /// The format that a file's name tells, by its ending in any case; `None` for formats sayso does not read.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = ending(path)?;
        FORMATS.iter().find(|entry| entry.endings.contains(&ending.as_str())).map(|entry| entry.format)
    }

    /// True where a draft is an archive or otherwise no text: its places are those of the text that is taken out of it.
    pub const fn is_container(self) -> bool {
        matches!(self, Self::Docx | Self::Odt | Self::Epub | Self::Jupyter | Self::Rtf | Self::Email)
    }
}

/// The ending of a file's name in small letters; `None` where it has none, or none that is text.
fn ending(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// Is a file of this name of no kind that sayso reads, neither a draft nor a transcript? A name without an ending says
/// nothing, and such a file is read as plain text.
pub fn is_unknown_kind(path: &Path) -> bool {
    ending(path)
        .is_some_and(|ending| Format::of_path(path).is_none() && !TAPE_ENDINGS.contains(&ending.as_str()))
}

/// Does the name say that a file is a draft? One without an ending says nothing, and is read as plain text.
pub fn is_draft(path: &Path) -> bool {
    ending(path).is_none_or(|_| Format::of_path(path).is_some())
}

/// What to do with a file of a kind that is not read: advice for this kind where there is some, then what is read.
pub fn help_for_unknown_kind(path: &Path) -> String {
    let ending = ending(path).unwrap_or_default();
    let advice = ADVICE.iter().find(|(known, _)| *known == ending).map(|(_, advice)| format!("{advice}; "));
    format!("{}sayso reads {}", advice.unwrap_or_default(), list_of_formats())
}

/// “plain text (.txt, .text), Markdown (.md …)”.
pub fn list_of_formats() -> String {
    let entry = |entry: &FormatEntry| {
        let endings: Vec<String> = entry.endings.iter().map(|ending| format!(".{ending}")).collect();
        format!("{} ({})", entry.name, endings.join(", "))
    };
    FORMATS.iter().map(entry).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ending_has_one_reader() {
        let mut all: Vec<&str> = FORMATS.iter().flat_map(|entry| entry.endings).copied().collect();
        all.extend(TAPE_ENDINGS);
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "an ending stands twice in the table");
        for (known, _) in ADVICE {
            assert!(
                !all.contains(known),
                "{known} is read, and there is advice for those who cannot read it"
            );
        }
    }

    #[test]
    fn names_tell_the_format() {
        for (name, format) in [
            ("a.MD", Some(Format::Markdown)),
            ("drafts/b.docx", Some(Format::Docx)),
            ("c.Html", Some(Format::Html)),
            ("d.pdf", None),
            ("notes", None),
        ] {
            assert_eq!(Format::of_path(Path::new(name)), format, "{name}");
        }
        assert!(is_unknown_kind(Path::new("d.pdf")) && !is_unknown_kind(Path::new("notes")));
        assert!(!is_unknown_kind(Path::new("tape.vtt")));
        assert!(
            help_for_unknown_kind(Path::new("d.DOC")).contains("save it as .docx; sayso reads plain text")
        );
    }
}
