//! The text of a DOCX file: one line for each paragraph, the notes after the text.
//!
//! A DOCX is a zip archive; the text is the XML part `word/document.xml`. Tracked changes are read as accepted or as
//! rejected. Comments, headers and footers, fields' instructions, hidden text and alternative texts are left out. A tab is a
//! tab, a line break ends a line.

use std::io::Read;

use rustc_hash::FxHashMap;

use super::super::Span;
use super::super::line;
use super::super::prose::{BlockKind, FrontMatter, LanguageCount};
use super::archive::Archive;
use super::docx_styles::{StyledAs, Styles};
use super::layout::{Composer, MOST_TEXT};
use super::xml::{Depth, Element, Step, walk};
use super::{ContainerFault, Extract, TrackedChanges};

/// Where the text is where nothing says otherwise.
const BODY: &str = "word/document.xml";

/// Is the file one by its name?
pub fn is_docx(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("docx"))
}

/// The text of a DOCX file, one paragraph a line, empty paragraphs too.
///
/// # Errors
/// Where it has none.
pub fn docx_text(bytes: &[u8]) -> Result<String, ContainerFault> {
    let mut archive = Archive::open(bytes)?;
    let body = body_part(&mut archive)?;
    let styles = Styles::default();
    let found = archive.part(&body, |part| paragraphs(part, &styles, TrackedChanges::Accepted))?;
    let mut text = String::new();
    for paragraph in found.ok_or(ContainerFault::NoBody)?.paragraphs {
        text.push_str(&paragraph.words);
        text.push('\n');
    }
    if text.chars().any(char::is_alphanumeric) { Ok(text) } else { Err(ContainerFault::NoWords) }
}

/// Takes the text out of a DOCX file.
pub(super) fn read(bytes: &[u8], changes: TrackedChanges) -> Result<Extract, ContainerFault> {
    let mut archive = Archive::open(bytes)?;
    let about = properties(&mut archive)?;
    let body = body_part(&mut archive)?;
    let folder = body.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let styles = archive.part(&format!("{folder}/styles.xml"), Styles::read)?.unwrap_or_default();
    let mut languages: FxHashMap<String, usize> = FxHashMap::default();
    let mut composer = Composer::default();
    let mut noted = false;
    for name in [body, format!("{folder}/footnotes.xml"), format!("{folder}/endnotes.xml")] {
        let Some(found) = archive.part(&name, |part| paragraphs(part, &styles, changes))? else {
            if !noted {
                return Err(ContainerFault::NoBody);
            }
            continue;
        };
        composer.part(&name);
        let styled = found.paragraphs.iter().any(|one| one.kind == BlockKind::Heading);
        for paragraph in &found.paragraphs {
            // Where no paragraph has the style of a heading, their shape tells, as in plain text.
            let words = paragraph.words.trim_matches(line::is_blank);
            let kind = match paragraph.kind {
                BlockKind::Paragraph if !styled && !noted && !words.contains('\n') => {
                    line::kind(words, composer.is_empty())
                }
                kind => kind,
            };
            if !composer.paragraph_in(kind, &paragraph.words, paragraph.language.as_deref()) {
                return Err(ContainerFault::TooLarge);
            }
        }
        noted = true;
        for (tag, letters) in found.languages {
            *languages.entry(tag).or_default() += letters;
        }
    }
    let most =
        languages.into_iter().max_by(|one, other| one.1.cmp(&other.1).then_with(|| other.0.cmp(&one.0)));
    let noted_language = most.map(|(tag, _)| tag).filter(|tag| !tag.is_empty());
    Ok(composer.finish(FrontMatter { noted_language: noted_language.or(styles.language), ..about }))
}

/// The name of the part that holds the text.
fn body_part(archive: &mut Archive<'_>) -> Result<String, ContainerFault> {
    let mut body = None;
    archive.part("_rels/.rels", |part| {
        walk(part, |step| {
            if let Step::Open(element) = step
                && element.name() == "Relationship"
                && element.value("Type").ends_with("/officeDocument")
            {
                body = Some(element.value("Target").trim_start_matches('/').to_owned());
            }
            body.is_none()
        })
    })?;
    Ok(body.unwrap_or_else(|| BODY.to_owned()))
}

/// What the properties say.
fn properties(archive: &mut Archive<'_>) -> Result<FrontMatter, ContainerFault> {
    let mut fields: FxHashMap<String, String> = FxHashMap::default();
    let mut open = String::new();
    let read = archive.part("docProps/core.xml", |part| {
        walk(part, |step| {
            match step {
                Step::Open(element) => open = element.name().to_owned(),
                Step::Close(_) => open.clear(),
                Step::Words(words) if !open.is_empty() => {
                    fields.entry(open.clone()).or_default().push_str(words);
                }
                Step::Words(_) => {}
            }
            true
        })
    });
    // A draft is read although its properties are damaged.
    if let Err(fault) = read
        && fault != ContainerFault::Broken
    {
        return Err(fault);
    }
    let field =
        |name: &str| fields.get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    Ok(FrontMatter {
        title: field("title").map(|title| (title, Span::new(0, 0))),
        author: field("creator"),
        // Programs write the day of their template where no person has saved the file.
        changed: field("modified").filter(|_| field("lastModifiedBy").is_some()),
        ..FrontMatter::default()
    })
}

/// A paragraph.
#[derive(Debug)]
struct Paragraph {
    kind: BlockKind,
    words: String,
    /// The code of the language that most of it is marked as.
    language: Option<String>,
}

/// The paragraphs of one part, and how many bytes of words are in each language that runs name.
#[derive(Debug, Default)]
struct Found {
    paragraphs: Vec<Paragraph>,
    languages: FxHashMap<String, usize>,
}

/// A paragraph that has not ended.
#[derive(Debug, Default)]
struct OpenParagraph {
    words: String,
    style: String,
    list: bool,
    outline: bool,
    /// Its end was deleted, so the next paragraph goes on with it.
    joined: bool,
    /// It stands in a table.
    cell: bool,
    languages: LanguageCount,
}

/// Follows the elements of a part.
struct Reader<'s> {
    styles: &'s Styles,
    changes: TrackedChanges,
    /// The paragraphs that are open: one, and those of a text box in it.
    open: Vec<OpenParagraph>,
    /// Paragraphs of text boxes, which follow the paragraph that they are anchored in.
    boxes: Vec<Paragraph>,
    found: Found,
    /// How many elements are open; inside which of them nothing is read.
    depth: Depth,
    /// How many tables and text boxes are open.
    tables: usize,
    in_words: bool,
    in_paragraph_properties: bool,
    in_run_properties: bool,
    hidden: bool,
    language: String,
    /// What the paragraph before has said whose end was deleted.
    carried: Option<OpenParagraph>,
    bytes: usize,
}

fn paragraphs(
    part: &mut dyn Read,
    styles: &Styles,
    changes: TrackedChanges,
) -> Result<Found, ContainerFault> {
    let mut reader = Reader {
        styles,
        changes,
        open: Vec::new(),
        boxes: Vec::new(),
        found: Found::default(),
        depth: Depth::default(),
        tables: 0,
        in_words: false,
        in_paragraph_properties: false,
        in_run_properties: false,
        hidden: false,
        language: String::new(),
        carried: None,
        bytes: 0,
    };
    walk(part, |step| {
        match step {
            Step::Open(element) => reader.start(element),
            Step::Close(name) => reader.end(name),
            Step::Words(words) if reader.in_words && reader.depth.is_read() => reader.words(words),
            Step::Words(_) => {}
        }
        reader.bytes < MOST_TEXT
    })?;
    if reader.bytes >= MOST_TEXT {
        return Err(ContainerFault::TooLarge);
    }
    if !reader.depth.is_closed() {
        return Err(ContainerFault::Broken);
    }
    let rest = reader.carried.take();
    rest.into_iter().for_each(|paragraph| reader.keep(paragraph));
    Ok(reader.found)
}

impl Reader<'_> {
    fn start(&mut self, element: &Element<'_>) {
        if !self.depth.enter() {
            return;
        }
        let rejected = self.changes == TrackedChanges::Rejected;
        let (gone, come) = if rejected {
            (["ins", "moveTo"], ["del", "moveFrom"])
        } else {
            (["del", "moveFrom"], ["ins", "moveTo"])
        };
        match element.name() {
            // The mark at the end of a paragraph was deleted: it goes on with the next one.
            name if gone.contains(&name) && self.in_run_properties => {
                if let Some(paragraph) = self.open.last_mut().filter(|_| self.in_paragraph_properties) {
                    paragraph.joined = true;
                }
            }
            name if gone.contains(&name) => self.depth.pass_over(),
            name if come.contains(&name) => {}
            "Fallback" | "instrText" | "delInstrText" | "rt" | "docPart" | "sectPr" | "pPrChange"
            | "rPrChange" => {
                self.depth.pass_over();
            }
            "footnote" | "endnote" if !matches!(element.value("type").as_str(), "" | "normal") => {
                self.depth.pass_over();
            }
            "showingPlcHdr" => {}
            "p" => {
                let carried = if self.open.is_empty() { self.carried.take() } else { None };
                let paragraph = OpenParagraph { cell: self.tables > 0, ..OpenParagraph::default() };
                self.open.push(match carried {
                    Some(before) => OpenParagraph { joined: false, ..before },
                    None => paragraph,
                });
            }
            "tbl" => self.tables += 1,
            "txbxContent" => {
                // A text box in a table is no cell.
                self.tables = 0;
            }
            "pPr" => self.in_paragraph_properties = true,
            "rPr" => self.in_run_properties = true,
            "r" => {
                self.hidden = false;
                self.language.clear();
            }
            "pStyle" if self.in_paragraph_properties => {
                if let Some(paragraph) = self.open.last_mut().filter(|paragraph| paragraph.style.is_empty()) {
                    paragraph.style = element.value("val");
                }
            }
            "numPr" if self.in_paragraph_properties => {
                self.open.last_mut().into_iter().for_each(|paragraph| paragraph.list = true);
            }
            // Number 0 takes a list's sign away.
            "numId" if element.value("val") == "0" => {
                self.open.last_mut().into_iter().for_each(|paragraph| paragraph.list = false);
            }
            "outlineLvl" if self.in_paragraph_properties => {
                self.open.last_mut().into_iter().for_each(|open| open.outline = element.value("val") != "9");
            }
            "vanish" | "specVanish" if self.in_run_properties && !self.in_paragraph_properties => {
                self.hidden = element.is_on();
            }
            "lang" if self.in_run_properties && !self.in_paragraph_properties => {
                self.language = element.value("val");
            }
            "t" => self.in_words = true,
            "delText" if rejected => self.in_words = true,
            "tab" | "ptab" if !self.in_paragraph_properties => self.push("\t"),
            "br" if element.value("type") != "page" && element.value("type") != "column" => self.push("\n"),
            "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "oMath" | "sym" => {
                self.push(super::super::OBJECT);
                self.depth.pass_over();
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if !self.depth.leave() {
            return;
        }
        match name {
            "t" | "delText" => self.in_words = false,
            "pPr" => self.in_paragraph_properties = false,
            "rPr" => self.in_run_properties = false,
            "tbl" => self.tables = self.tables.saturating_sub(1),
            "p" => {
                let Some(paragraph) = self.open.pop() else { return };
                if !self.open.is_empty() {
                    let boxed = self.made(paragraph);
                    self.boxes.extend(boxed);
                } else if paragraph.joined {
                    self.carried = Some(paragraph);
                } else {
                    self.keep(paragraph);
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.hidden {
            return;
        }
        let language = match self.language.as_str() {
            "" => self.styles.language.as_deref().unwrap_or_default(),
            named => named,
        };
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.languages.add(language, words);
        }
        if !language.is_empty() {
            *self.found.languages.entry(language.to_owned()).or_default() += words.len();
        }
        self.push(words);
    }

    fn push(&mut self, words: &str) {
        if self.hidden {
            return;
        }
        if let Some(paragraph) = self.open.last_mut() {
            self.bytes += words.len();
            paragraph.words.push_str(words);
        }
    }

    /// Keeps a paragraph, and the text boxes that are anchored in it.
    fn keep(&mut self, paragraph: OpenParagraph) {
        self.bytes += 1;
        let made = self.made(paragraph);
        self.found.paragraphs.extend(made);
        self.found.paragraphs.append(&mut self.boxes);
    }

    /// `None` for a line of a table of contents.
    fn made(&self, paragraph: OpenParagraph) -> Option<Paragraph> {
        let OpenParagraph { words, style, list, outline, cell, mut languages, .. } = paragraph;
        let kind = match self.styles.styled(&style) {
            Some(StyledAs::Contents) => return None,
            Some(StyledAs::Block(BlockKind::ListItem)) | None if outline => BlockKind::Heading,
            Some(StyledAs::Block(kind)) => kind,
            None if list => BlockKind::ListItem,
            None if cell => BlockKind::Cell,
            None => BlockKind::Paragraph,
        };
        Some(Paragraph { kind, words, language: languages.take() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(xml: &str, changes: TrackedChanges) -> Result<Vec<(BlockKind, String)>, ContainerFault> {
        let found = paragraphs(&mut xml.as_bytes(), &Styles::default(), changes)?;
        Ok(found.paragraphs.into_iter().map(|one| (one.kind, one.words)).collect())
    }

    fn words(xml: &str, changes: TrackedChanges) -> Vec<String> {
        body(xml, changes).unwrap_or_default().into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn paragraphs_tabs_and_changes() {
        let xml = "<w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t xml:space=\"preserve\">Ana &amp; Bo </w:t></w:r>\
                   <w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>can&#8217;t</w:t><w:tab/><w:t>go</w:t>\
                   <w:br/><w:t>home</w:t></w:r></w:p><w:p/><w:p><w:ins><w:r><w:t>Never</w:t></w:r></w:ins></w:p></w:body></w:document>";
        assert_eq!(words(xml, TrackedChanges::Accepted), ["Ana & Bo can’t\tgo\nhome", "", "Never"]);
        assert_eq!(words(xml, TrackedChanges::Rejected), ["Ana & Bo gonecan’t\tgo\nhome", "", ""]);
        assert_eq!(body("<w:p><w:t>x</w:p>", TrackedChanges::Accepted), Err(ContainerFault::Broken));
        assert_eq!(body("<w:p><w:r><w:t>x", TrackedChanges::Accepted), Err(ContainerFault::Broken));
    }

    #[test]
    fn the_end_of_a_paragraph_may_be_a_change_too() {
        let xml = "<d><p><pPr><rPr><del/></rPr></pPr><r><t>“We </t></r></p><p><r><t>will,” she said.</t></r></p></d>";
        assert_eq!(words(xml, TrackedChanges::Accepted), ["“We will,” she said."]);
        assert_eq!(words(xml, TrackedChanges::Rejected), ["“We ", "will,” she said."]);
    }

    #[test]
    fn kinds_of_paragraphs() {
        use BlockKind::{BlockQuote, Caption, Cell, Heading, ListItem, Paragraph};
        for (xml, expected) in [
            ("<p><pPr><pStyle val=\"Heading2\"/></pPr><r><t>a</t></r></p>", vec![(Heading, "a")]),
            ("<p><pPr><pStyle val=\"IntenseQuote\"/></pPr><r><t>a</t></r></p>", vec![(Paragraph, "a")]),
            ("<p><pPr><pStyle val=\"Quote\"/></pPr><r><t>a</t></r></p>", vec![(BlockQuote, "a")]),
            ("<p><pPr><pStyle val=\"Caption\"/></pPr><r><t>a</t></r></p>", vec![(Caption, "a")]),
            ("<p><pPr><numPr><numId val=\"3\"/></numPr></pPr><r><t>a</t></r></p>", vec![(ListItem, "a")]),
            ("<p><pPr><numPr><numId val=\"0\"/></numPr></pPr><r><t>a</t></r></p>", vec![(Paragraph, "a")]),
            ("<p><pPr><pStyle val=\"TOC1\"/></pPr><r><t>a</t></r></p>", vec![]),
            (
                "<tbl><tr><tc><p><r><t>a</t></r></p></tc></tr></tbl><p><r><t>b</t></r></p>",
                vec![(Cell, "a"), (Paragraph, "b")],
            ),
            (
                "<p><r><t>host</t><AlternateContent><Choice><txbxContent><p><r><t>box</t></r></p></txbxContent></Choice>\
                 <Fallback><txbxContent><p><r><t>box</t></r></p></txbxContent></Fallback></AlternateContent></r></p>",
                vec![(Paragraph, "host"), (Paragraph, "box")],
            ),
            (
                "<p><r><rPr><vanish/></rPr><t>x</t></r><r><t>a</t></r><r><instrText>PAGE</instrText></r></p>",
                vec![(Paragraph, "a")],
            ),
        ] {
            let expected: Vec<_> =
                expected.into_iter().map(|(kind, words)| (kind, words.to_owned())).collect();
            assert_eq!(body(&format!("<d>{xml}</d>"), TrackedChanges::Accepted), Ok(expected), "{xml}");
        }
    }

    #[test]
    fn what_is_no_docx_says_so() {
        assert_eq!(docx_text(b"PK and no more"), Err(ContainerFault::NoArchive));
        assert_eq!(docx_text(b"\xD0\xCF\x11\xE0 and no more"), Err(ContainerFault::Encrypted));
        assert!(is_docx("Tapes/MEETING.DOCX") && !is_docx("docx"));
    }
}
