//! Passages: what a draft quotes of one person in one go, an interruption (“A,” he said, “b”) included.

use std::ops::Range;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::kept::FileWords;
use super::ladder::{Term, read};
use super::speaker_name::{Cast, SpeakerName, VoiceKey};
use super::vocabulary::{GAP, Symbol, Vocabulary};
use crate::facts::{Attribution, FileFacts, Quotation, QuotationKind, SpeakerKind};
use crate::lexicon::{Class, lexicon};
use crate::source::{BlockKind, FileId, Place, Span};

/// A passage's number, in path order and then in the order of the text.
pub type PassageId = u32;

/// A voice's number.
pub type VoiceId = u32;

/// One or more quotations that are one utterance in one draft.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Where it is quoted.
    pub file: FileId,
    /// The quotations that make it up: indices into `FileFacts::quotations`, in order.
    pub parts: SmallVec<[u32; 2]>,
    /// Who said it; `None` where undecided.
    pub voice: Option<VoiceId>,
    /// True in a headline or a caption, which show what the text has.
    pub display: bool,
    /// The version of the words that it has.
    pub version: u32,
}

impl Passage {
    /// Its quotations.
    pub fn quotations<'f>(&self, files: &'f [FileFacts]) -> impl Iterator<Item = &'f Quotation> {
        let quotations = files.get(self.file.index()).map_or(&[][..], |file| &file.quotations);
        self.parts.iter().filter_map(|&part| quotations.get(part as usize))
    }

    /// Is it set off as a block, as a pull quote is?
    pub fn set_off(&self, files: &[FileFacts]) -> bool {
        let blocks = files.get(self.file.index()).map_or(&[][..], |file| &file.blocks);
        let set_off =
            |block: u32| blocks.get(block as usize).is_some_and(|block| block.kind == BlockKind::BlockQuote);
        !self.parts.is_empty() && self.quotations(files).all(|quotation| set_off(quotation.block))
    }

    /// From its first mark to the last mark of its first part: where a finding points.
    pub fn place(&self, files: &[FileFacts]) -> Place {
        Place::new(self.file, self.quotations(files).next().map_or_else(Span::default, |first| first.span))
    }

    /// Its words as written, one for each item of the normal form.
    pub fn surface<'f>(&self, files: &'f [FileFacts]) -> Vec<Surface<'f>> {
        let mut surface: Vec<Surface<'f>> = Vec::new();
        let mut before = None;
        for (part, quotation) in (0..).zip(self.quotations(files)) {
            if before.is_some_and(|before| leaves_room(before, quotation)) && !surface.is_empty() {
                Surface::gap(&mut surface);
            }
            let words = quotation.words.as_str();
            let mut offset = 0;
            for paragraph in words.split('\n') {
                if offset > 0 && !surface.is_empty() {
                    Surface::gap(&mut surface);
                }
                Surface::read(paragraph, part, offset, &mut surface);
                offset += paragraph.len() + "\n".len();
            }
            before = Some(quotation);
        }
        surface
    }

    /// Where items of its surface stand. Where no words stand there, because only another text has some: the word before
    /// and the word after.
    pub fn underlined(
        &self,
        files: &[FileFacts],
        surface: &[Surface<'_>],
        items: Range<usize>,
    ) -> Option<Underlined> {
        let words = |range: Range<usize>| {
            surface.get(range).unwrap_or_default().iter().filter(|item| !item.text.is_empty())
        };
        let (mut start, mut end) = (items.start.min(surface.len()), items.end.min(surface.len()));
        // “£4m” is several items and one word: all of it is underlined.
        while (1..end).contains(&start) && surface[start - 1].hangs_together_with(&surface[start]) {
            start -= 1;
        }
        while (start + 1..surface.len()).contains(&end) && surface[end - 1].hangs_together_with(&surface[end])
        {
            end += 1;
        }
        let (first, last) = match (words(start..end).next(), words(start..end).next_back()) {
            (Some(first), Some(last)) => (first, last),
            _ => {
                let (before, after) = (words(0..start).next_back(), words(end..surface.len()).next());
                (before.or(after)?, after.or(before)?)
            }
        };
        let quotation = |item: &Surface<'_>| self.quotations(files).nth(item.part as usize);
        let (from, to) = (quotation(first)?, quotation(last)?);
        let (start, end) = (from.places.span(first.range.clone()), to.places.span(last.range.clone()));
        Some(Underlined { words: start.join(end), quotation: from.span.join(to.span) })
    }
}

/// Words of a passage that a finding is about, and the quotation that they stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Underlined {
    /// The words.
    pub words: Span,
    /// The quotation, or several where the words run over an interruption.
    pub quotation: Span,
}

/// One item as written.
#[derive(Clone, Debug)]
pub struct Surface<'f> {
    /// The word; empty for a gap.
    pub text: &'f str,
    /// Its byte range in its quotation's words: two items with one range are one word as written.
    pub range: Range<usize>,
    /// Which of the passage's quotations it stands in, from 0.
    pub part: u32,
    /// Does it open a sentence, so that its capital says nothing?
    pub opens: bool,
    /// Does it open a quotation inside the quotation?
    pub quoted: bool,
}

impl<'f> Surface<'f> {
    /// Appends the items of a paragraph, one for each of its normal form. It begins at byte `offset` of the words of the
    /// passage's quotation `part`.
    pub fn read(paragraph: &'f str, part: u32, offset: usize, surface: &mut Vec<Self>) {
        let mut opens = true;
        let mut after = 0;
        read(paragraph, |term, range| match term {
            Term::Word(_) => {
                let between = paragraph.get(after..range.start).unwrap_or("");
                let shortened = between == ". " && surface.last().is_some_and(Self::is_abbreviated);
                opens |= between.contains(['.', '?', '!', ':', '“', '"', '‘']) && !shortened;
                let text = paragraph.get(range.clone()).unwrap_or("");
                let quoted = between.contains(['“', '"', '‘', '\'', '`']);
                after = range.end;
                let range = offset + range.start..offset + range.end;
                surface.push(Surface { text, range, part, opens, quoted });
                opens = false;
            }
            Term::Gap => {
                after = range.end;
                Surface::gap(surface);
            }
        });
    }

    /// May its full stop belong to an abbreviation before a name: “St.”, “Dr.”, “J.”?
    fn is_abbreviated(&self) -> bool {
        let letters = self.text.chars().count();
        let short = letters <= LONGEST_ABBREVIATION && self.text.starts_with(char::is_uppercase);
        short
            && (letters == 1 && self.text != "I"
                || lexicon().class(&format!("{}.", self.text)).any(Class::ABBREVIATION.or(Class::HONORIFIC)))
    }

    fn gap(surface: &mut Vec<Self>) {
        if surface.last().is_none_or(|last| !last.text.is_empty()) {
            surface.push(Surface { text: "", range: 0..0, part: 0, opens: false, quoted: false });
        }
    }

    /// Does the other item stand in the same word as this one, or directly after it: “£4” and “m”?
    pub fn hangs_together_with(&self, other: &Self) -> bool {
        let within = self.text.as_bytes().as_ptr_range();
        let follows = other.text.as_ptr();
        !self.text.is_empty() && !other.text.is_empty() && (within.start == follows || within.end == follows)
    }

    /// Is it written as a name is?
    pub fn is_name(&self) -> bool {
        let first_person = self.text == "I" || self.text.starts_with("I'") || self.text.starts_with("I’");
        !self.opens && !first_person && self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// Is there room between two parts for words that the writer did not quote: a sentence's end or start, or words of the writer's own
/// that tell something and do not attribute (“… had a hole”, and the chief then, Brannan, “told us”)?
fn leaves_room(before: &Quotation, after: &Quotation) -> bool {
    let words = before.words.trim_end();
    let ended = words.ends_with(['.', '?', '!', '…']);
    let between = before.span.end..after.span.start;
    let attributes = |by: &Attribution| {
        [&by.source, &by.cue].into_iter().flatten().any(|phrase| between.contains(&phrase.span.start))
    };
    let told = between.len() >= OWN_WORDS
        && before.block == after.block
        && ![before, after].iter().filter_map(|part| part.attribution.as_ref()).any(attributes);
    !words.is_empty()
        && (ended || told || after.words.trim_start().chars().next().is_some_and(char::is_uppercase))
}

/// Bytes between two parts from which on words of the writer's own are more than “and” or “that”.
const OWN_WORDS: usize = 20;

/// Letters of the longest abbreviation before a name: “Capt”.
const LONGEST_ABBREVIATION: usize = 4;

/// All passages, with the words of each in its normal form.
#[derive(Debug, Default)]
pub struct Passages {
    /// In path order, then in the order of the text.
    pub all: Vec<Passage>,
    /// Every speaker named.
    pub voices: Vec<SpeakerName>,
    /// The normal forms, one after the other.
    pub symbols: Vec<Symbol>,
    /// Where each passage's normal form stands in `symbols`.
    pub forms: Vec<Range<u32>>,
    /// The words.
    pub words: Vocabulary,
}

impl Passages {
    /// Collects the passages of all files, whose words have been read.
    pub(super) fn collect(
        files: &[FileFacts],
        read: &[Option<FileWords>],
        words: Vocabulary,
        cast: &Cast<'_>,
    ) -> Self {
        let mut passages = Self { words, ..Self::default() };
        // Only all drafts together tell which words nobody writes in small letters.
        let mut seen_small = vec![false; passages.words.len()];
        for &symbol in read.iter().flatten().flat_map(|own| &own.small) {
            seen_small[symbol as usize] = true;
        }
        let mut voices: FxHashMap<VoiceKey<'_>, VoiceId> = FxHashMap::default();
        for (rank, (facts, own)) in files.iter().zip(read).enumerate() {
            let Some(own) = own else { continue };
            let file = FileId(rank as u32);
            // What is known of a name is asked once a file: a book mentions its people thousands of times.
            let mut of_file: FxHashMap<(&str, SpeakerKind), VoiceId> = FxHashMap::default();
            for passage in &own.passages {
                let voice = passage.parts.iter().find_map(|&part| {
                    let by = facts.quotations.get(part as usize)?.attribution.as_ref()?;
                    let speaker = by.speaker.as_ref().filter(|_| !by.is_of_exchange())?;
                    Some(*of_file.entry((&speaker.name, speaker.kind)).or_insert_with(|| {
                        *voices.entry(cast.key(file, speaker)).or_insert_with(|| {
                            passages.voices.push(cast.voice(file, speaker));
                            passages.voices.len() as u32 - 1
                        })
                    }))
                });
                let start = passages.symbols.len() as u32;
                let form = &own.symbols[passage.range.start as usize..passage.range.end as usize];
                let words = &passages.words;
                passages.symbols.extend(form.iter().map(|&symbol| words.agreed(symbol, &seen_small)));
                passages.forms.push(start..passages.symbols.len() as u32);
                passages.all.push(Passage {
                    file,
                    parts: passage.parts.clone(),
                    voice,
                    display: passage.display,
                    version: 0,
                });
            }
        }
        passages
    }

    /// A passage's normal form.
    pub fn form(&self, passage: PassageId) -> &[Symbol] {
        let range = &self.forms[passage as usize];
        &self.symbols[range.start as usize..range.end as usize]
    }
}

/// Appends the normal form of the quotations `parts` of a file to `symbols`, and the words in small letters to `small`.
/// Returns where the normal form stands.
pub(super) fn normal_form(
    facts: &FileFacts,
    parts: &[u32],
    words: &mut Vocabulary,
    symbols: &mut Vec<Symbol>,
    small: &mut Vec<Symbol>,
) -> Range<u32> {
    let start = symbols.len();
    let mut before = None;
    for &part in parts {
        let Some(quotation) = facts.quotations.get(part as usize) else { continue };
        let mut paragraphs = quotation.words.split('\n');
        if before.is_some_and(|before| leaves_room(before, quotation)) {
            push_gap(symbols, start);
        }
        words.number_noting(paragraphs.next().unwrap_or(""), symbols, |symbol| small.push(symbol));
        for paragraph in paragraphs {
            push_gap(symbols, start);
            words.number_noting(paragraph, symbols, |symbol| small.push(symbol));
        }
        before = Some(quotation);
    }
    // Two gaps in a row are one, as in `surface`.
    let mut last = None;
    let mut keep = start;
    for at in start..symbols.len() {
        let symbol = symbols[at];
        if symbol != GAP || last != Some(GAP) {
            symbols[keep] = symbol;
            keep += 1;
        }
        last = Some(symbol);
    }
    symbols.truncate(keep);
    start as u32..keep as u32
}

fn push_gap(symbols: &mut Vec<Symbol>, start: usize) {
    if symbols.len() > start {
        symbols.push(GAP);
    }
}

/// Titles and nicknames are nobody's utterance; words at arm's length are, where somebody is named as their source.
pub(super) fn is_speech(quotation: &Quotation) -> bool {
    match quotation.kind {
        QuotationKind::Title => false,
        QuotationKind::Scare => quotation.attribution.as_ref().is_some_and(|by| by.speaker.is_some()),
        QuotationKind::Sentence | QuotationKind::Fragment | QuotationKind::Block => true,
    }
}
