//! Joining: speech over several blocks, blocks set off as quotations, and the faults that only a whole document shows.

use std::cell::LazyCell;

use smallvec::smallvec;

use super::glyph::{Beside, Family, Glyph, Mark};
use super::pair::{Pairing, Piece};
use super::{Conventions, MarkedFault, MarkedQuotation, Marks, signed};
use crate::lexicon::{Class, Language, lexicon};
use crate::source::{Block, BlockKind, ProseSpan};
use crate::syntax::{MarkFaultKind, turn};

/// Open speech may go on over so many lines of lists and of verse without a mark of its own.
const CONTINUED_LINES: usize = 40;
/// A line of verse or of an address has no more bytes than this.
const LONGEST_LINE: u32 = 70;
/// So many pairs of stand-ins make a habit.
const USUAL: usize = 3;
/// So many words tell whether a text is English.
const SAMPLE: usize = 200;

/// Builds the document's quotations out of its blocks'.
#[derive(Default)]
pub(super) struct Join {
    conventions: Conventions,
    found: Marks,
    pending: Option<Pending>,
    /// A quotation that closed in the block being read and opened in another.
    closed: Option<usize>,
    /// Is there a “ in the text?
    curly_opens: bool,
    /// The opening mark of speech that has gone on too long without one; it may close yet.
    given_up: Option<Mark>,
    /// Does the open speech stand in a block that is set off?
    opened_set_off: bool,
}

/// A quotation whose block ended before it closed.
struct Pending {
    quotation: usize,
    /// Its last opening mark.
    opening: ProseSpan,
    /// The blocks since then that had no mark for it.
    unmarked: Vec<ProseSpan>,
    /// Lists, verse and block quotes are among them: there nobody opens anew.
    lines: bool,
    /// Its mark may be an apostrophe or an arrow: where nothing closes it, it opened nothing.
    doubtful: bool,
}

impl Join {
    pub(super) fn new(conventions: Conventions) -> Self {
        Self { conventions, ..Self::default() }
    }

    /// Takes the next block.
    pub(super) fn block(&mut self, text: &str, index: usize, block: Block, marks: &[Mark]) {
        if marks.is_empty() && self.pending.is_none() && block.kind != BlockKind::BlockQuote {
            return;
        }
        // A mark that has a cell of a table to itself is talked about.
        if block.kind == BlockKind::Cell && !block.span.of(text).contains(char::is_alphanumeric) {
            return;
        }
        self.curly_opens |= marks.iter().any(|mark| mark.glyph == Glyph::CurlyOpen);
        self.found.apostrophes.see(marks);
        let meant;
        let mut pairing = Pairing::of(text, block.span, marks);
        // A mark that closes open speech is meant, even where it stands alone.
        let talks = self.pending.is_none() && !pairing.is_clean();
        if talks && talks_of_its_marks(text, block.span, marks) {
            meant = marks.iter().copied().filter(|mark| !mark.is_alone()).collect::<Vec<_>>();
            // What stands alone is talked about, where all the others pair without it.
            let others = Pairing::of(text, block.span, &meant);
            if others.is_clean() {
                pairing = others;
            }
        }
        let closes = self.pending.is_some() && !pairing.strays.is_empty();
        if block.kind == BlockKind::BlockQuote && !closes && !begins_with_mark(text, block.span, &pairing) {
            self.set_off(text, index, block, &pairing);
            if let Some(pending) = &mut self.pending {
                pending.unmarked.push(block.span);
                pending.lines = true;
            }
            return;
        }
        self.close_given_up(text, block, &mut pairing);
        self.continue_into(text, block, &mut pairing);
        for piece in &pairing.pieces {
            self.found.quotations.push(quotation(piece, index, 0));
            let last = self.found.quotations.len() - 1;
            if piece.close.is_none() && piece.level == 0 && piece.span.end == block.span.end {
                let opening = piece.anew.last().map_or(piece.open.span, |anew| anew.mark);
                self.wait(last, opening, false);
            }
        }
        if let Some(piece) = pairing.doubtful.take().filter(|_| self.pending.is_none()) {
            // Where the writer speaks inside it, it is speech.
            let sure = signed::has_attribution(piece.span.of(text));
            self.found.quotations.push(quotation(&piece, index, 0));
            let last = self.found.quotations.len() - 1;
            self.wait(last, piece.open.span, !sure);
            self.closed = self.closed.or(sure.then_some(last));
        }
        if let Some(closed) = self.closed.take() {
            self.nest(closed);
        }
        if self.pending.is_some() && block.kind != BlockKind::Caption {
            self.opened_set_off = block.kind == BlockKind::BlockQuote && !self.is_pull_quote(block, &pairing);
        }
        self.found.faults.append(&mut pairing.faults);
        // Read once, however many marks stand alone.
        let about_marks = LazyCell::new(|| super::talks_of_marks(block.span.of(text)));
        for stray in pairing.strays {
            // A mark that stands alone closes nothing where nothing is open: a ditto, or a mark that is talked about.
            if stray.glyph == Glyph::Straight && stray.is_detached() || stray.is_alone() && *about_marks {
                continue;
            }
            let single = stray.glyph.family() == Family::Single;
            let rest = text.get(stray.span.end as usize..block.span.end as usize).unwrap_or("");
            if !single || signed::is_attributed_after(rest) {
                self.found.faults.push(MarkedFault::new(MarkFaultKind::UnopenedQuotation, stray.span));
            }
        }
    }

    fn wait(&mut self, quotation: usize, opening: ProseSpan, doubtful: bool) {
        let (unmarked, lines) = (Vec::new(), false);
        self.pending = Some(Pending { quotation, opening, unmarked, lines, doubtful });
    }

    /// Is the block a quotation that is set off and whole, while the open speech stands in running text? It goes on with nothing.
    fn is_pull_quote(&self, block: Block, pairing: &Pairing<'_>) -> bool {
        let whole =
            matches!(pairing.pieces.as_slice(), [one] if one.close.is_some() && one.span == block.span);
        block.kind == BlockKind::BlockQuote && whole && !self.opened_set_off
    }

    /// If speech is open from the block before, this block continues it, or leaves it unclosed.
    fn continue_into(&mut self, text: &str, block: Block, pairing: &mut Pairing<'_>) {
        let Some(mut pending) = self.pending.take() else { return };
        if matches!(block.kind, BlockKind::Caption | BlockKind::Byline) || self.is_pull_quote(block, pairing)
        {
            self.pending = Some(pending);
            return;
        }
        let cell = block.kind == BlockKind::Cell;
        let family = self.found.quotations[pending.quotation].open.family();
        let opens = |piece: &&Piece| piece.open.glyph.family() == family;
        let first = pairing.pieces.iter().chain(&pairing.doubtful).filter(opens);
        let first = first.min_by_key(|piece| piece.span.start).cloned();
        let is_before = |mark: &Mark| first.as_ref().is_none_or(|first| mark.span.start < first.span.start);
        let stray =
            pairing.strays.iter().position(|stray| stray.glyph.family() == family && is_before(stray));
        if let Some(at) = stray {
            let close = pairing.strays.remove(at);
            pending.lines |= cell || self.is_line(text, block, &pending) || is_farewell(block.span.of(text));
            self.close(text, &pending, block, close);
            return;
        }
        // A quotation may be cut by the edge of a cell, and no further.
        if cell {
            self.unclosed(&pending);
            return;
        }
        let said = self.last_segment(pending.quotation).of(text);
        // A line of a list may quote something that is whole in itself.
        let line = self.is_line(text, block, &pending);
        let whole = pairing.pieces.iter().all(|piece| piece.close.is_some());
        let first = first.filter(|piece| !(line && whole && piece.span.start != block.span.start));
        let Some(piece) = first else {
            // Nothing of its kind here: it may close further on, unless the writer has ended it.
            pending.lines |= line;
            pending.unmarked.push(block.span);
            let most = if pending.lines { CONTINUED_LINES } else { self.conventions.unmarked_paragraphs };
            let ended = signed::has_attribution(said);
            if ended || pending.unmarked.len() >= most {
                self.unclosed(&pending);
                let glyph = self.found.quotations[pending.quotation].open;
                let opening =
                    Mark { span: pending.opening, glyph, before: Beside::Space, after: Beside::Letter };
                self.given_up = Some(opening).filter(|_| !ended && !pending.doubtful);
            } else {
                self.pending = Some(pending);
            }
            return;
        };
        // Words of the speaker's own that open without a mark go on with the speech; words of the writer's tell that it has ended.
        let narrated = !pending.unmarked.is_empty() && !pending.lines;
        let spoken = pending.unmarked.iter().all(|unmarked| signed::is_speech(unmarked.of(text)));
        if piece.level != 0 || piece.span.start != block.span.start || narrated && !spoken {
            self.unclosed(&pending);
            return;
        }
        // “REYES: Why?¶ “OKAFOR: Because.””: another speaker's turn ends the one before.
        let inside = piece.span.of(text).trim_start_matches(piece.open.span.of(text));
        if turn::label(inside, Language::english()).is_some() {
            return;
        }
        if signed::has_attribution(said) {
            self.unclosed(&pending);
            return;
        }
        if narrated {
            let segments = &mut self.found.quotations[pending.quotation].segments;
            segments.extend(pending.unmarked.iter().copied());
            let fault =
                MarkedFault::new(MarkFaultKind::UnmarkedContinuation, first_word(text, pending.unmarked[0]));
            self.found.faults.push(fault.beside(pending.opening));
        }
        self.extend(pending.quotation, &piece);
        match pairing.pieces.iter().position(|other| other.span == piece.span) {
            Some(at) => drop(pairing.pieces.remove(at)),
            None => pairing.doubtful = None,
        }
        if piece.close.is_none() {
            self.wait(pending.quotation, piece.open.span, pending.doubtful);
        } else {
            self.closed = Some(pending.quotation);
        }
    }

    /// Where the next mark closes speech that was given up, one opened and the other closed it: that is one fault, and
    /// not an unclosed quotation and an unopened one.
    fn close_given_up(&mut self, text: &str, block: Block, pairing: &mut Pairing<'_>) {
        let Some(opening) = self.given_up.take() else { return };
        let same = |glyph: Glyph| glyph.family() == opening.glyph.family();
        let opens = pairing.pieces.iter().filter(|piece| same(piece.open.glyph));
        let first = opens.map(|piece| piece.span.start).min();
        let closes = |stray: &Mark| same(stray.glyph) && first.is_none_or(|first| stray.span.start < first);
        if let Some(at) = pairing.strays.iter().position(closes) {
            pairing.strays.remove(at);
            let unclosed = |fault: &MarkedFault| {
                fault.kind == MarkFaultKind::UnclosedQuotation && fault.span == opening.span
            };
            self.found.faults.retain(|fault| !unclosed(fault));
            let fault = MarkedFault::new(MarkFaultKind::UnmarkedContinuation, first_word(text, block.span));
            self.found.faults.push(fault.beside(opening.span));
        } else if first.is_none() {
            self.given_up = Some(opening);
        }
    }

    /// Ends open speech with a mark in a block that did not open anew.
    fn close(&mut self, text: &str, pending: &Pending, block: Block, close: Mark) {
        let here = ProseSpan::new(block.span.start, close.span.end);
        let quotation = &mut self.found.quotations[pending.quotation];
        let so_far = quotation.segments[0];
        quotation.segments.extend(pending.unmarked.iter().copied());
        quotation.segments.push(here);
        quotation.span.end = here.end;
        quotation.close = Some(close.glyph);
        self.closed = Some(pending.quotation);
        if !pending.lines {
            let first = pending.unmarked.first().copied().unwrap_or(block.span);
            let fault = MarkedFault::new(MarkFaultKind::UnmarkedContinuation, first_word(text, first));
            self.found.faults.push(fault.beside(so_far));
        }
    }

    /// What stands inside a quotation that was found late is nested in it. In its own block pairing has seen to that, so
    /// only blocks that have something on the outermost level go one deeper.
    fn nest(&mut self, quotation: usize) {
        let outer = self.found.quotations[quotation].span;
        let from = quotation.saturating_sub(NEAR);
        let inside =
            |(at, inner): &(usize, &mut MarkedQuotation)| *at != quotation && outer.contains(inner.span);
        let mut flat: Option<usize> = None;
        let later = self.found.quotations.iter_mut().enumerate().skip(from);
        for (_, inner) in later.filter(inside) {
            if inner.level == 0 {
                flat = Some(inner.block);
            }
            if flat == Some(inner.block) && inner.level < DEEPEST {
                inner.level += 1;
            }
        }
    }

    /// Is this block a line of a list, of verse or of an address?
    fn is_line(&self, text: &str, block: Block, pending: &Pending) -> bool {
        let before = pending.unmarked.last().copied().unwrap_or(self.last_segment(pending.quotation));
        let between = ProseSpan::new(before.end, block.span.start).of(text);
        let close = between.bytes().filter(|byte| *byte == b'\n').count() == 1;
        matches!(block.kind, BlockKind::ListItem | BlockKind::BlockQuote)
            || close && before.len() <= LONGEST_LINE && block.span.len() <= LONGEST_LINE
    }

    fn last_segment(&self, quotation: usize) -> ProseSpan {
        self.found.quotations[quotation].segments.last().copied().unwrap_or_default()
    }

    fn extend(&mut self, at: usize, piece: &Piece) {
        let quotation = &mut self.found.quotations[at];
        quotation.segments.extend(segments(piece));
        quotation.span.end = piece.span.end;
        quotation.close = piece.close.map(|mark| mark.glyph);
    }

    /// A block that the format sets off: one quotation with the blocks of its kind before it. A signature at its end is
    /// the writer's, not quoted.
    fn set_off(&mut self, text: &str, index: usize, block: Block, pairing: &Pairing<'_>) {
        let mut span = block.span;
        if let Some(at) = signed::signature(span.of(text)) {
            if at == 0 {
                return;
            }
            let quoted = span.of(text)[..at].trim_end().len();
            span = ProseSpan::new(span.start, span.start + quoted as u32);
        }
        let joins = self.found.quotations.iter().rposition(|q| q.level == 0).filter(|&last| {
            let last = &self.found.quotations[last];
            last.open == Glyph::None && last.block + last.segments.len() == index
        });
        if let Some(last) = joins {
            let quotation = &mut self.found.quotations[last];
            quotation.segments.push(span);
            quotation.span.end = span.end;
            quotation.close = None;
        } else {
            self.found.quotations.push(MarkedQuotation {
                span,
                segments: smallvec![span],
                open: Glyph::None,
                close: Some(Glyph::None),
                level: 0,
                block: index,
            });
        }
        let inside = pairing.pieces.iter().filter(|piece| piece.close.is_some() && span.contains(piece.span));
        self.found.quotations.extend(inside.map(|piece| quotation(piece, index, 1)));
    }

    /// Nothing more can continue the open quotation.
    fn unclosed(&mut self, pending: &Pending) {
        if pending.doubtful {
            self.found.quotations[pending.quotation].level = u8::MAX;
        } else {
            self.found.faults.push(MarkedFault::new(MarkFaultKind::UnclosedQuotation, pending.opening));
        }
    }

    /// One habit is one finding: its first place speaks for all of them.
    fn fold(&mut self, kind: MarkFaultKind) {
        let (mut habit, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.found.faults).into_iter().partition(|fault| fault.kind == kind);
        self.found.faults = others;
        habit.sort_by_key(|fault| fault.span);
        let mut habit = habit.into_iter();
        if let Some(mut first) = habit.next() {
            first.also = habit.map(|fault| fault.span).collect();
            self.found.faults.push(first);
        }
    }

    fn count(&self, kind: MarkFaultKind) -> usize {
        self.found.faults.iter().filter(|fault| fault.kind == kind).count()
    }

    fn fold_stand_ins(&mut self) {
        let stand_ins = self.count(MarkFaultKind::StandInMarks);
        let pairs = self.found.quotations.iter();
        let pairs = pairs.filter(|q| q.open.family() == Family::Double && q.close.is_some()).count();
        if stand_ins >= USUAL && stand_ins * 2 >= pairs {
            self.fold(MarkFaultKind::StandInMarks);
        }
    }

    /// Swedish and Finnish open with ” too. A text may be too short to tell its language: where it has no “ and few
    /// English words, nothing is reversed either.
    fn forgive_reversed(&mut self, text: &str) {
        let reversed =
            |fault: &MarkedFault| fault.kind == MarkFaultKind::ReversedMark && fault.instead == Some("“");
        if self.conventions.closing_opens
            || !self.curly_opens && self.found.faults.iter().any(reversed) && !is_english(text)
        {
            self.found.faults.retain(|fault| !reversed(fault));
        }
    }

    /// Ends the document.
    pub(super) fn finish(mut self, text: &str) -> Marks {
        if let Some(pending) = self.pending.take() {
            self.unclosed(&pending);
        }
        self.found.quotations.retain(|quotation| quotation.level != u8::MAX);
        if self.conventions.tex_marks {
            let tex = |fault: &MarkedFault| {
                let marks =
                    [Some(fault.span), fault.related].map(|span| span.map_or("", |span| span.of(text)));
                fault.kind == MarkFaultKind::StandInMarks && matches!(marks, ["``", "''"])
            };
            self.found.faults.retain(|fault| !tex(fault));
        }
        self.fold_stand_ins();
        self.fold(MarkFaultKind::JoinedParagraphs);
        self.forgive_reversed(text);
        self.found.faults.sort_by_key(|fault| (fault.span, fault.kind as u8));
        self.found.quotations.sort_by_key(|q| (q.span.start, q.level));
        self.found
    }
}

/// Quotations before an open one among which one that it holds may stand: a block quote inside speech comes after it.
const NEAR: usize = 8;

/// No quotation stands inside more than this.
const DEEPEST: u8 = 8;

/// Is this English, as far as its commonest words tell?
fn is_english(text: &str) -> bool {
    let (mut words, mut english) = (0usize, 0usize);
    let small = Class::DETERMINER
        .or(Class::PREPOSITION)
        .or(Class::AUXILIARY)
        .or(Class::SUBJECT)
        .or(Class::COORDINATOR);
    for word in text.split(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty()).take(SAMPLE) {
        words += 1;
        english += usize::from(word.len() > 1 && lexicon().class(word).any(small));
    }
    english * 5 >= words
}

fn quotation(piece: &Piece, block: usize, deeper: u8) -> MarkedQuotation {
    MarkedQuotation {
        span: piece.span,
        segments: segments(piece).collect(),
        open: piece.open.glyph,
        close: piece.close.map(|mark| mark.glyph),
        level: piece.level + deeper,
        block,
    }
}

/// One range for each paragraph or line that opened anew.
fn segments(piece: &Piece) -> impl Iterator<Item = ProseSpan> {
    let starts = std::iter::once(piece.span.start).chain(piece.anew.iter().map(|anew| anew.mark.start));
    let ends = piece.anew.iter().map(|anew| anew.before).chain(std::iter::once(piece.span.end));
    starts.zip(ends).map(|(start, end)| ProseSpan::new(start, end))
}

fn begins_with_mark(text: &str, block: ProseSpan, pairing: &Pairing<'_>) -> bool {
    let words = block.of(text);
    let lead = (words.len() - words.trim_start().len()) as u32;
    pairing.pieces.iter().any(|piece| {
        piece.level == 0
            && piece.span.start <= block.start + lead
            && piece.open.glyph.family() != Family::Single
    })
}

/// Does a block talk about marks, and has some that stand alone: “the sign “ opens”? A mark at its end may open speech that
/// goes on in a list.
fn talks_of_its_marks(text: &str, block: ProseSpan, marks: &[Mark]) -> bool {
    let last = |mark: &Mark| {
        let after = text.get(mark.span.end as usize..block.end as usize).unwrap_or("");
        after.trim().is_empty()
    };
    marks.iter().any(|mark| mark.is_alone())
        && !marks.last().is_some_and(last)
        && super::talks_of_marks(block.of(text))
}

/// Does the sender of a letter take leave here: “Yours, Orla Finn”?
fn is_farewell(words: &str) -> bool {
    const LONGEST: usize = 60;
    let first = words.split(|sign: char| !sign.is_alphabetic()).next().unwrap_or("");
    words.len() <= LONGEST && super::WORDS.farewell.contains(&*first.to_lowercase())
}

/// The first word of a block, for a finding to point at.
fn first_word(text: &str, block: ProseSpan) -> ProseSpan {
    let words = block.of(text);
    let len = words.find(char::is_whitespace).unwrap_or(words.len());
    ProseSpan::new(block.start, block.start + len as u32)
}

/// How often each style of apostrophe stands between letters, and where first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Apostrophes {
    /// Straight ones.
    pub straight: Styles,
    /// Curly ones.
    pub curly: Styles,
}

/// How often a style occurs, and where first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Styles {
    /// How often.
    pub count: u32,
    /// The first place.
    pub first: Option<ProseSpan>,
}

impl Styles {
    /// Counts one more.
    pub fn see(&mut self, span: ProseSpan) {
        self.count += 1;
        self.first.get_or_insert(span);
    }
}

impl Apostrophes {
    fn see(&mut self, marks: &[Mark]) {
        for mark in marks.iter().filter(|mark| (mark.before, mark.after) == (Beside::Letter, Beside::Letter))
        {
            match mark.glyph {
                Glyph::SingleStraight => self.straight.see(mark.span),
                Glyph::SingleClose => self.curly.see(mark.span),
                _ => {}
            }
        }
    }
}
