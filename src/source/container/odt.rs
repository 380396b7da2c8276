//! The text of an OpenDocument text (ODT, or FODT without an archive): one line for each paragraph, the notes after the text.
//!
//! Tracked changes are read as accepted or as rejected. The file holds what was deleted in a table before the text, and marks
//! in the text show where it stood; what was inserted stands in the text between two marks. Comments, titles of pictures and
//! tables of contents are left out.

use std::io::Read;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::Span;
use super::super::prose::{BlockKind, FrontMatter, LanguageCount};
use super::archive::Archive;
use super::docx_styles::{StyledAs, by_name};
use super::layout::{Composer, MOST_TEXT};
use super::xml::{Depth, Element, Step, walk};
use super::{ContainerFault, Extract, TrackedChanges};

const BODY: &str = "content.xml";

/// Takes the text out.
pub(super) fn read(bytes: &[u8], changes: TrackedChanges) -> Result<Extract, ContainerFault> {
    let mut reader = Reader { rejects: changes == TrackedChanges::Rejected, ..Reader::default() };
    let mut about = FrontMatter::default();
    // A flat file is one XML text.
    if bytes.trim_ascii_start().starts_with(b"<?xml") || bytes.starts_with(b"<office:document") {
        reader.part(&mut &bytes[..])?;
        return reader.finish("", about);
    }
    let mut archive = Archive::open(bytes)?;
    let manifest = archive.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(ContainerFault::Encrypted);
    }
    archive.part("meta.xml", |part| properties(part, &mut about))?;
    // The styles that the text's own ones are based on.
    archive.part("styles.xml", |part| reader.part(part))?;
    reader.forget_text();
    if archive.part(BODY, |part| reader.part(part))?.is_none() {
        return Err(ContainerFault::NoBody);
    }
    reader.finish(BODY, about)
}

fn properties(part: &mut dyn Read, about: &mut FrontMatter) -> Result<(), ContainerFault> {
    let mut open = String::new();
    let mut creator = String::new();
    walk(part, |step| {
        match step {
            Step::Open(element) => open = element.name().to_owned(),
            Step::Close(_) => open.clear(),
            Step::Words(words) => {
                let words = words.trim();
                match open.as_str() {
                    _ if words.is_empty() => {}
                    "title" => about.title = Some((words.to_owned(), Span::new(0, 0))),
                    "initial-creator" => about.author = Some(words.to_owned()),
                    "creator" => creator = words.to_owned(),
                    "date" => about.changed = Some(words.to_owned()),
                    _ => {}
                }
            }
        }
        true
    })?;
    if creator.is_empty() {
        about.changed = None;
    } else if about.author.is_none() {
        about.author = Some(creator);
    }
    Ok(())
}

/// A paragraph that has not ended.
#[derive(Debug, Default)]
struct OpenParagraph {
    words: String,
    kind: Option<BlockKind>,
    languages: LanguageCount,
}

/// A paragraph that has ended.
#[derive(Debug)]
struct Paragraph {
    kind: BlockKind,
    words: String,
    /// The code of the language that most of it is marked as.
    language: Option<String>,
}

impl OpenParagraph {
    fn ended(mut self) -> Paragraph {
        let language = self.languages.take();
        Paragraph { kind: self.kind.unwrap_or_default(), words: self.words, language }
    }
}

#[derive(Debug, Default)]
struct Reader {
    /// The name and the parent of each style.
    styles: FxHashMap<String, (String, String)>,
    open: Vec<OpenParagraph>,
    /// Finished paragraphs of the text, and of the notes.
    text: Vec<Paragraph>,
    notes: Vec<Paragraph>,
    boxes: Vec<Paragraph>,
    depth: Depth,
    lists: usize,
    cells: usize,
    /// How many notes are open.
    in_notes: usize,
    bytes: usize,
    language: Option<String>,
    /// The style that is being described, and the language of each style that names one.
    style: String,
    languages: FxHashMap<String, String>,
    /// The languages of the paragraphs and spans that are open; empty where they name none.
    spoken: Vec<String>,
    /// Are tracked changes read as rejected? What follows is used only then.
    rejects: bool,
    /// The change that the table of changes describes here.
    change: String,
    /// Inside a deletion in the table of changes.
    in_deletion: bool,
    /// The paragraphs of each deletion, by the change's name. The first goes on with the paragraph in which the deletion
    /// is marked, and the rest of that paragraph goes on with the last.
    deleted: FxHashMap<String, Vec<Paragraph>>,
    /// The names of the changes that insert.
    insertions: FxHashSet<String>,
    /// The insertions that are open in the text.
    inserted: Vec<String>,
    /// A paragraph whose end was inserted: the next one goes on with it.
    carried: Option<OpenParagraph>,
}

impl Reader {
    fn part(&mut self, part: &mut dyn Read) -> Result<(), ContainerFault> {
        walk(part, |step| {
            match step {
                Step::Open(element) => self.start(element),
                Step::Close(name) => self.end(name),
                Step::Words(words) => self.words(words),
            }
            self.bytes < MOST_TEXT
        })?;
        match () {
            () if self.bytes >= MOST_TEXT => Err(ContainerFault::TooLarge),
            () if !self.depth.is_closed() => Err(ContainerFault::Broken),
            () => Ok(()),
        }
    }

    /// Forgets headers and footers, which stand among the styles.
    fn forget_text(&mut self) {
        self.text.clear();
        self.notes.clear();
        self.boxes.clear();
    }

    fn finish(mut self, part: &str, about: FrontMatter) -> Result<Extract, ContainerFault> {
        let rest = self.carried.take();
        self.text.extend(rest.map(OpenParagraph::ended));
        let mut composer = Composer::default();
        composer.part(part);
        let mut all = self.text.iter().chain(&self.notes);
        let whole = all.all(|one| composer.paragraph_in(one.kind, &one.words, one.language.as_deref()));
        if !whole {
            return Err(ContainerFault::TooLarge);
        }
        Ok(composer.finish(FrontMatter { noted_language: self.language, ..about }))
    }

    fn start(&mut self, element: &Element<'_>) {
        if !self.depth.enter() {
            return;
        }
        match element.name() {
            "tracked-changes" if self.rejects => {}
            "changed-region" => self.change = element.value("id"),
            "change-info" => self.depth.pass_over(),
            "insertion" => {
                self.insertions.insert(std::mem::take(&mut self.change));
            }
            "deletion" => self.in_deletion = true,
            "change" => self.put_back(&element.value("change-id")),
            "change-start" => {
                let name = element.value("change-id");
                if self.insertions.contains(&name) {
                    self.inserted.push(name);
                }
            }
            "change-end" => {
                let name = element.value("change-id");
                self.inserted.retain(|open| *open != name);
            }
            "tracked-changes" | "annotation" | "note-citation" | "title" | "desc" | "table-of-content"
            | "ruby-text" | "hidden-text" | "script" | "illustration-index" | "alphabetical-index"
            | "table-index" | "master-styles" => {
                self.depth.pass_over();
            }
            "style" => {
                let name = element.value("name");
                self.style.clone_from(&name);
                self.styles.insert(name, (element.value("display-name"), element.value("parent-style-name")));
            }
            "default-style" => self.style.clear(),
            "text-properties" => {
                let tag = element.value("language");
                if !tag.is_empty() && tag != "none" && tag != "zxx" {
                    self.language.get_or_insert_with(|| tag.clone());
                    if !self.style.is_empty() {
                        self.languages.insert(self.style.clone(), tag);
                    }
                }
            }
            "span" => self.speak(&element.value("style-name")),
            name @ ("p" | "h") => {
                let kind = match name {
                    "h" => Some(BlockKind::Heading),
                    _ => self.styled(&element.value("style-name")),
                };
                let kind = match kind {
                    Some(kind) => Some(kind),
                    None if self.lists > 0 => Some(BlockKind::ListItem),
                    None if self.cells > 0 => Some(BlockKind::Cell),
                    None => Some(BlockKind::Paragraph),
                };
                self.speak(&element.value("style-name"));
                let carried = if self.open.is_empty() { self.carried.take() } else { None };
                self.open.push(match carried {
                    Some(before) if !before.words.is_empty() => before,
                    _ => OpenParagraph { kind, ..OpenParagraph::default() },
                });
            }
            "list-item" => self.lists += 1,
            "table-cell" => self.cells += 1,
            "note-body" => self.in_notes += 1,
            "s" => {
                let count: usize = element.value("c").parse().unwrap_or(1);
                self.words(&" ".repeat(count.min(80)));
            }
            "tab" => self.words("\t"),
            "line-break" => self.words("\n"),
            "object" => self.words(super::super::OBJECT),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if !self.depth.leave() {
            return;
        }
        match name {
            "list-item" => self.lists = self.lists.saturating_sub(1),
            "table-cell" => self.cells = self.cells.saturating_sub(1),
            "note-body" => self.in_notes = self.in_notes.saturating_sub(1),
            "deletion" => self.in_deletion = false,
            "span" => drop(self.spoken.pop()),
            "p" | "h" => {
                self.spoken.pop();
                let Some(paragraph) = self.open.pop() else { return };
                self.bytes += 1;
                if !self.inserted.is_empty() && self.open.is_empty() {
                    self.carried = Some(paragraph);
                    return;
                }
                let made = paragraph.ended();
                if self.in_deletion {
                    self.deleted.entry(self.change.clone()).or_default().push(made);
                } else if self.in_notes > 0 {
                    self.notes.push(made);
                } else if !self.open.is_empty() {
                    self.boxes.push(made);
                } else {
                    self.text.push(made);
                    self.text.append(&mut self.boxes);
                }
            }
            _ => {}
        }
    }

    /// Line ends and runs of spaces in the XML are one space.
    fn words(&mut self, words: &str) {
        if !self.depth.is_read() || !self.inserted.is_empty() {
            return;
        }
        let Some(paragraph) = self.open.last_mut() else { return };
        self.bytes += words.len();
        paragraph.languages.add(self.spoken.last().map_or("", String::as_str), words);
        if matches!(words, "\t" | "\n") || words.chars().all(|sign| sign == ' ') {
            paragraph.words.push_str(words);
            return;
        }
        for sign in words.chars() {
            match sign {
                '\n' | '\r' | '\t' | ' ' => {
                    if !paragraph.words.ends_with([' ', '\n', '\t']) {
                        paragraph.words.push(' ');
                    }
                }
                sign => paragraph.words.push(sign),
            }
        }
    }

    /// Puts the words of a deletion back where it is marked. A deletion stands in one place.
    fn put_back(&mut self, change: &str) {
        let Some(paragraphs) = self.deleted.remove(change).filter(|_| self.depth.is_read()) else { return };
        for (rank, Paragraph { kind, words, language }) in paragraphs.into_iter().enumerate() {
            self.bytes += words.len();
            // Inside a note or a text box the paragraphs are joined.
            if let (1.., [_]) = (rank, self.open.as_slice())
                && self.in_notes == 0
                && let Some(before) = self.open.pop()
            {
                self.text.push(before.ended());
                self.text.append(&mut self.boxes);
                self.open.push(OpenParagraph { kind: Some(kind), ..OpenParagraph::default() });
            }
            if let Some(paragraph) = self.open.last_mut() {
                paragraph.languages.add(language.as_deref().unwrap_or_default(), &words);
                paragraph.words.push_str(&words);
            }
        }
    }

    /// What comes next has this style: its language, that of a style that it is based on, or the one around it.
    fn speak(&mut self, style: &str) {
        let mut name = style;
        for _ in 0..12 {
            if let Some(language) = self.languages.get(name) {
                self.spoken.push(language.clone());
                return;
            }
            match self.styles.get(name) {
                Some((_, parent)) if !parent.is_empty() => name = parent,
                _ => break,
            }
        }
        self.spoken.push(self.spoken.last().cloned().unwrap_or_default());
    }

    /// What a paragraph of this style is, by the style's name or that of one that it is based on.
    fn styled(&self, name: &str) -> Option<BlockKind> {
        let mut name = name;
        for _ in 0..12 {
            let (shown, parent) = match self.styles.get(name) {
                Some((shown, parent)) => (shown.as_str(), parent.as_str()),
                None => ("", ""),
            };
            let shown = if shown.is_empty() { name } else { shown };
            let plain = shown.replace("_20_", " ").to_lowercase();
            if let Some(StyledAs::Block(kind)) = by_name(&plain) {
                // The style of a list's text does not make an item of it.
                return Some(kind).filter(|kind| *kind != BlockKind::ListItem);
            }
            if parent.is_empty() {
                return None;
            }
            name = parent;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_file_has_paragraphs_notes_and_kinds() {
        let flat = "<?xml version=\"1.0\"?><office:document><office:automatic-styles>\
            <style:style style:name=\"P1\" style:parent-style-name=\"Quotations\"/></office:automatic-styles><office:body><office:text>\
            <text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>\
            <text:h>Pier shut</text:h><text:p>She<text:s text:c=\"2\"/>said<text:note><text:note-citation>1</text:note-citation>\
            <text:note-body><text:p>By phone.</text:p></text:note-body></text:note> so.<office:annotation><text:p>check</text:p></office:annotation></text:p>\
            <text:p text:style-name=\"P1\">We\n   will.</text:p><text:list><text:list-item><text:p>One</text:p></text:list-item></text:list>\
            </office:text></office:body></office:document>";
        let extract = read(flat.as_bytes(), TrackedChanges::Accepted).unwrap_or_default();
        assert_eq!(extract.text, "Pier shut\nShe  said so.\nWe will.\nOne\nBy phone.\n");
        let kinds: Vec<BlockKind> =
            extract.layout.prose(&extract.text).blocks.iter().map(|block| block.kind).collect();
        use BlockKind::{BlockQuote, Heading, ListItem, Paragraph};
        assert_eq!(kinds, [Heading, Paragraph, BlockQuote, ListItem, Paragraph]);
    }

    /// A flat file with these changes before these paragraphs, read both ways.
    fn both(changes: &str, text: &str) -> [String; 2] {
        let flat = format!(
            "<?xml version=\"1.0\"?><office:document><office:body><office:text><text:tracked-changes>{changes}\
             </text:tracked-changes>{text}</office:text></office:body></office:document>"
        );
        [TrackedChanges::Accepted, TrackedChanges::Rejected]
            .map(|changes| read(flat.as_bytes(), changes).unwrap_or_default().text)
    }

    fn deletion(name: &str, paragraphs: &[&str]) -> String {
        let paragraphs: String = paragraphs.iter().map(|words| format!("<text:p>{words}</text:p>")).collect();
        format!(
            "<text:changed-region xml:id=\"{name}\" text:id=\"{name}\"><text:deletion><office:change-info><dc:creator>Ana\
             </dc:creator><text:p>why</text:p></office:change-info>{paragraphs}</text:deletion></text:changed-region>"
        )
    }

    fn change(name: &str, kind: &str) -> String {
        format!(
            "<text:changed-region xml:id=\"{name}\" text:id=\"{name}\"><text:{kind}><office:change-info><dc:creator>Ana\
             </dc:creator></office:change-info></text:{kind}></text:changed-region>"
        )
    }

    #[test]
    fn tracked_changes_are_read_as_accepted_or_as_rejected() {
        let at = |name: &str| format!("<text:change text:change-id=\"{name}\"/>");
        let from = |name: &str| format!("<text:change-start text:change-id=\"{name}\"/>");
        let to = |name: &str| format!("<text:change-end text:change-id=\"{name}\"/>");
        let table: [(String, String, &str, &str); 8] = [
            // A word for another.
            (
                deletion("a", &["not"]) + &change("b", "insertion"),
                format!("<text:p>We will {}{}never{} pay.</text:p>", at("a"), from("b"), to("b")),
                "We will never pay.\n",
                "We will not pay.\n",
            ),
            // The end of a paragraph deleted, with words on both sides of it.
            (
                deletion("a", &[" now.", "Nobody "]),
                format!("<text:p>We will go{}asked.</text:p>", at("a")),
                "We will goasked.\n",
                "We will go now.\nNobody asked.\n",
            ),
            // A whole paragraph deleted.
            (
                deletion("a", &["It is late.", ""]),
                format!("<text:p>One.</text:p><text:p>{}Two.</text:p>", at("a")),
                "One.\nTwo.\n",
                "One.\nIt is late.\nTwo.\n",
            ),
            // A paragraph parted in two.
            (
                change("a", "insertion"),
                format!("<text:p>One. {}</text:p><text:p>{}Two.</text:p>", from("a"), to("a")),
                "One.\nTwo.\n",
                "One. Two.\n",
            ),
            // A whole paragraph inserted.
            (
                change("a", "insertion"),
                format!(
                    "<text:p>One.</text:p><text:p>{}New.</text:p><text:p>{}Two.</text:p>",
                    from("a"),
                    to("a")
                ),
                "One.\nNew.\nTwo.\n",
                "One.\nTwo.\n",
            ),
            // The last paragraph inserted.
            (
                change("a", "insertion"),
                format!("<text:p>One.{}</text:p><text:p>New.{}</text:p>", from("a"), to("a")),
                "One.\nNew.\n",
                "One.\n",
            ),
            // Bold is no change of words.
            (
                change("a", "format-change"),
                format!("<text:p>We {}will{} pay.</text:p>", from("a"), to("a")),
                "We will pay.\n",
                "We will pay.\n",
            ),
            // A mark without its change.
            (String::new(), format!("<text:p>We {}pay.</text:p>", at("z")), "We pay.\n", "We pay.\n"),
        ];
        for (changes, text, accepted, rejected) in table {
            assert_eq!(both(&changes, &text), [accepted, rejected], "{text}");
        }
    }
}
