//! The text of an RTF file: one line for each paragraph, the notes after the text.
//!
//! A file is groups in braces. Inside them stand words, control words (`\par`, `\fs24`) and the groups of what is no text:
//! fonts, styles, pictures, fields. A control word holds until its group ends. What begins with `\*` and is not known here is
//! passed over, as the format asks. Tracked changes are read as accepted or as rejected; hidden text, headers, footers and
//! comments are left out.

mod encoding;
mod paragraph;
mod token;

use encoding_rs::{Encoding, WINDOWS_1252};
use rustc_hash::FxHashMap;

use super::super::Span;
use super::super::prose::FrontMatter;
use super::layout::{Composer, MOST_TEXT};
use super::{ContainerFault, Extract, TrackedChanges};
use paragraph::{Frame, Look, Made, Styles};
use token::{Token, Tokens};

/// Groups inside groups; more of them are no document.
const DEEPEST: usize = 10_000;

/// Takes the text out.
pub(super) fn read(bytes: &[u8], changes: TrackedChanges) -> Result<Extract, ContainerFault> {
    if !bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return Err(ContainerFault::NoArchive);
    }
    let mut reader = Reader::new(changes);
    for token in Tokens::new(bytes) {
        reader.take(token)?;
        if reader.bytes >= MOST_TEXT {
            return Err(ContainerFault::TooLarge);
        }
        // What stands behind the last brace is no part of the document.
        if reader.has_ended() {
            return reader.finish();
        }
    }
    Err(ContainerFault::Broken)
}

/// What the words of a group are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Destination {
    /// Text.
    #[default]
    Text,
    /// Nothing that is read.
    Nothing,
    /// The table of fonts.
    Fonts,
    /// The table of styles.
    Styles,
    /// What the file says about itself.
    About,
    /// A field of it.
    Field(Field),
    /// The settings of a text box, with its text among them.
    Shape,
}

/// What a file says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Author,
    /// Who changed it last.
    Operator,
    /// When that was.
    Changed,
}

/// What holds until the group ends.
#[derive(Clone, Copy, Debug)]
struct Group {
    destination: Destination,
    look: Look,
    /// The number of the font.
    font: i32,
    /// How many signs behind a `\u` stand in for it.
    stand_ins: usize,
    /// Has the group opened a text box or a note?
    framed: bool,
}

struct Reader {
    changes: TrackedChanges,
    groups: Vec<Group>,
    group: Group,
    /// The group has just begun with `\*`.
    starred: bool,
    /// The encoding of the file, and those of fonts that have another.
    encoding: Option<&'static Encoding>,
    fonts: FxHashMap<i32, &'static Encoding>,
    /// Bytes in an encoding that are not decoded yet: a letter may have two of them.
    pending: Vec<u8>,
    /// Signs still to be passed over behind a `\u`.
    passing: usize,
    /// The first half of a letter that takes two `\u`.
    half: Option<u16>,
    styles: Styles,
    about: FxHashMap<u8, String>,
    /// Year, month and day of the last change.
    changed: [i32; 3],
    /// The text, and the text boxes and notes that are open in it.
    frames: Vec<Frame>,
    text: Vec<Made>,
    notes: Vec<Made>,
    /// Bytes of text so far.
    bytes: usize,
}

impl Reader {
    fn new(changes: TrackedChanges) -> Self {
        let group = Group {
            destination: Destination::Text,
            look: Look::default(),
            font: 0,
            stand_ins: 1,
            framed: false,
        };
        Self {
            changes,
            groups: Vec::new(),
            group,
            starred: false,
            encoding: Some(WINDOWS_1252),
            fonts: FxHashMap::default(),
            pending: Vec::new(),
            passing: 0,
            half: None,
            styles: Styles::default(),
            about: FxHashMap::default(),
            changed: [0; 3],
            frames: vec![Frame::default()],
            text: Vec::new(),
            notes: Vec::new(),
            bytes: 0,
        }
    }

    fn has_ended(&self) -> bool {
        self.groups.is_empty()
    }

    fn take(&mut self, token: Token<'_>) -> Result<(), ContainerFault> {
        if !matches!(token, Token::Byte(_) | Token::Words(_)) {
            self.decode();
        }
        match token {
            Token::Open => {
                if self.groups.len() >= DEEPEST {
                    return Err(ContainerFault::Broken);
                }
                self.passing = 0;
                self.groups.push(self.group);
                self.group.framed = false;
            }
            Token::Close => {
                self.passing = 0;
                self.end_group();
                self.group = self.groups.pop().ok_or(ContainerFault::Broken)?;
            }
            Token::Words(words) => {
                let words = &words[self.passing.min(words.len())..];
                self.passing = self.passing.saturating_sub(words.len() + 1);
                self.pending.extend_from_slice(words);
                self.passing = 0;
            }
            Token::Byte(_) | Token::Word(..) | Token::Sign(_) if self.passing > 0 => self.passing -= 1,
            Token::Byte(byte) => self.pending.push(byte),
            Token::Sign(sign) => self.sign(sign),
            Token::Word(word, number) => self.word(word, number),
        }
        self.starred &= matches!(token, Token::Sign(b'*'));
        Ok(())
    }

    fn sign(&mut self, sign: u8) {
        match sign {
            b'*' => self.starred = true,
            b'~' => self.put("\u{a0}"),
            b'_' => self.put("-"),
            b'\r' | b'\n' => self.end_paragraph(),
            b'\\' | b'{' | b'}' => self.put(char::from(sign).encode_utf8(&mut [0; 4])),
            _ => {}
        }
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) {
        if self.destination(word) {
            return;
        }
        if self.starred {
            self.group.destination = Destination::Nothing;
            return;
        }
        let is_on = number != Some(0);
        match word {
            b"par" | b"sect" => self.end_paragraph(),
            b"cell" | b"nestcell" => {
                self.frame().is_cell = true;
                self.end_paragraph();
            }
            b"row" | b"nestrow" => {}
            b"line" | b"lbr" => self.put("\n"),
            b"tab" => self.put("\t"),
            b"emdash" => self.put("—"),
            b"endash" => self.put("–"),
            b"lquote" => self.put("‘"),
            b"rquote" => self.put("’"),
            b"ldblquote" => self.put("“"),
            b"rdblquote" => self.put("”"),
            b"bullet" => self.put("•"),
            b"emspace" | b"enspace" | b"qmspace" => self.put(" "),
            b"u" => self.unicode(number.unwrap_or(0)),
            b"uc" => self.group.stand_ins = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(1).min(8),
            b"f" => self.group.font = number.unwrap_or(0),
            b"fcharset" if self.group.destination == Destination::Fonts => {
                let encoding = encoding::of_character_set(number.unwrap_or(0));
                self.fonts.extend(encoding.map(|encoding| (self.group.font, encoding)));
            }
            b"ansicpg" => self.encoding = encoding::of_code_page(number.unwrap_or(1252)),
            b"mac" => self.encoding = encoding::of_code_page(10_000),
            b"pc" | b"pca" => self.encoding = None,
            b"v" | b"webhidden" => self.group.look.hidden = is_on,
            b"deleted" => self.group.look.deleted = is_on,
            b"revised" => self.group.look.inserted = is_on,
            b"plain" => self.group.look = Look::default(),
            b"pard" => self.frame().plain(),
            b"s" if self.group.destination == Destination::Styles => self.styles.begin(number.unwrap_or(0)),
            b"sbasedon" if self.group.destination == Destination::Styles => self.styles.based_on(number),
            b"s" => self.frame().style = number,
            b"outlinelevel" => self.frame().is_heading = number.is_some_and(|level| level < 9),
            b"ls" => self.frame().is_item = is_on,
            b"intbl" => self.frame().is_cell = true,
            b"li" | b"lin" => self.frame().left = number.unwrap_or(0),
            b"ri" | b"rin" => self.frame().right = number.unwrap_or(0),
            b"yr" | b"mo" | b"dy" if self.group.destination == Destination::Field(Field::Changed) => {
                let at = usize::from(word != b"yr") + usize::from(word == b"dy");
                self.changed[at] = number.unwrap_or(0);
            }
            _ => {}
        }
    }

    /// Is the word the beginning of a group that is something else than text? Then the group's words are that.
    fn destination(&mut self, word: &[u8]) -> bool {
        let destination = match word {
            b"fonttbl" => Destination::Fonts,
            b"stylesheet" => Destination::Styles,
            b"info" => Destination::About,
            b"title" => Destination::Field(Field::Title),
            b"author" => Destination::Field(Field::Author),
            b"operator" => Destination::Field(Field::Operator),
            b"revtim" => Destination::Field(Field::Changed),
            b"listtext" | b"pntext" => {
                self.frame().is_item = true;
                Destination::Nothing
            }
            b"colortbl" | b"pict" | b"object" | b"header" | b"headerl" | b"headerr" | b"headerf"
            | b"footer" | b"footerl" | b"footerr" | b"footerf" | b"fldinst" | b"xe" | b"tc" | b"tcn"
            | b"rxe" | b"bkmkstart" | b"bkmkend" | b"private" | b"nonshppict" | b"filetbl" | b"ftnsep"
            | b"ftnsepc" | b"aftnsep" | b"aftnsepc" | b"annotation" | b"shprslt" => Destination::Nothing,
            // The same words twice, for programs that know no Unicode and for those that do.
            b"upr" | b"shpinst" => Destination::Shape,
            b"ud" if self.group.destination == Destination::Shape => Destination::Text,
            b"footnote" | b"shptxt" if self.is_text() || self.group.destination == Destination::Shape => {
                self.group.framed = true;
                self.group.look = Look::default();
                self.frames.push(Frame { is_note: word == b"footnote", ..Frame::default() });
                Destination::Text
            }
            _ => return false,
        };
        // A note in a header is no note of the text.
        let is_field = matches!(destination, Destination::Field(_));
        match self.group.destination {
            Destination::Nothing => {}
            Destination::About if is_field => self.group.destination = destination,
            _ if is_field => return false,
            _ => self.group.destination = destination,
        }
        true
    }

    fn is_text(&self) -> bool {
        self.group.destination == Destination::Text
    }

    /// A letter by its number in UTF-16. What stands in for it in old programs is passed over.
    fn unicode(&mut self, number: i32) {
        self.passing = self.group.stand_ins;
        let unit = number as u16;
        let letter = match (self.half.take(), unit) {
            (_, 0xd800..0xdc00) => {
                self.half = Some(unit);
                return;
            }
            (Some(high), 0xdc00..0xe000) => {
                char::from_u32(0x1_0000 + ((u32::from(high) - 0xd800) << 10) + u32::from(unit) - 0xdc00)
            }
            _ => char::from_u32(u32::from(unit)),
        };
        self.put(letter.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]));
    }

    /// Decodes what has been read in the encoding of the font.
    fn decode(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let pending = std::mem::take(&mut self.pending);
        let words = match self.fonts.get(&self.group.font).copied().or(self.encoding) {
            Some(encoding) => encoding.decode_without_bom_handling(&pending).0.into_owned(),
            // Letters whose encoding is not known are shown as such.
            None => pending
                .iter()
                .map(|byte| if byte.is_ascii() { char::from(*byte) } else { char::REPLACEMENT_CHARACTER })
                .collect(),
        };
        self.put(&words);
    }

    fn put(&mut self, words: &str) {
        self.bytes += words.len();
        match self.group.destination {
            Destination::Text if self.group.look.is_read(self.changes) => self.frame().words.push_str(words),
            Destination::Styles => self.styles.name(words),
            Destination::Field(field) => self.about.entry(field as u8).or_default().push_str(words),
            _ => {}
        }
    }

    /// The text, or the text box or the note that is open in it. The text itself is always there.
    fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn end_paragraph(&mut self) {
        // The end of a paragraph may be a change itself; then the next one goes on with it.
        if !self.is_text() || !self.group.look.is_read(self.changes) {
            return;
        }
        self.bytes += 1;
        let Some(frame) = self.frames.last_mut() else { return };
        let made = frame.end(&self.styles);
        match self.frames.as_mut_slice() {
            [text] => {
                self.text.push(made);
                self.text.append(&mut text.boxes);
            }
            [.., frame] if frame.is_note => self.notes.push(made),
            // The text box stands behind the paragraph that it belongs to.
            [text, ..] => text.boxes.push(made),
            [] => {}
        }
    }

    /// Ends a text box or a note with its group.
    fn end_group(&mut self) {
        if self.group.framed && self.frames.len() > 1 {
            self.group.destination = Destination::Text;
            self.group.look = Look::default();
            self.end_paragraph();
            self.frames.pop();
        }
        // `\revtim` and the like end with their group; so does a style.
        if self.group.destination == Destination::Styles {
            self.styles.end();
        }
    }

    fn finish(mut self) -> Result<Extract, ContainerFault> {
        self.group.look = Look::default();
        self.group.destination = Destination::Text;
        self.end_paragraph();
        let mut composer = Composer::default();
        for (kind, words) in self.text.iter().chain(&self.notes) {
            if !composer.paragraph(*kind, words) {
                return Err(ContainerFault::TooLarge);
            }
        }
        let field = |field: Field| {
            let words = self.about.get(&(field as u8)).map(|words| words.trim().to_owned());
            words.filter(|words| !words.is_empty())
        };
        let [year, month, day] = self.changed;
        let changed = format!("{year:04}-{month:02}-{day:02}");
        Ok(composer.finish(FrontMatter {
            title: field(Field::Title).map(|title| (title, Span::new(0, 0))),
            author: field(Field::Author),
            // Programs write a day where no person has saved the file.
            changed: field(Field::Operator).filter(|_| year > 0).map(|_| changed),
            ..FrontMatter::default()
        }))
    }
}

#[cfg(test)]
mod tests;
