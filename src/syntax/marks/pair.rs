//! Pairing: which mark opens, which closes, which is an apostrophe or an inch.
//!
//! The marks of one block are read from left to right with a stack of open quotations. A curly glyph says by its
//! shape what it is meant to do; what stands beside a mark says what it can do; where the two disagree, what stands
//! beside it wins and the mark is noted as reversed. Nothing here looks beyond the block, so a broken mark cannot
//! spoil the next one: [`super::join`] then looks for speech that goes on over paragraphs.

use smallvec::SmallVec;

use super::glyph::{Beside, Family, Glyph, Mark};
use super::{MarkedFault, signed};
use crate::lexicon::{Class, lexicon};
use crate::source::ProseSpan;
use crate::syntax::MarkFaultKind;

/// A quotation within one block.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub span: ProseSpan,
    pub open: Mark,
    pub close: Option<Mark>,
    pub level: u8,
    /// Where it opens anew inside its block: at the head of a line, or of a paragraph that lost its break.
    pub anew: SmallVec<[Anew; 2]>,
}

/// Where a quotation opens anew inside its block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anew {
    /// The end of the words before.
    pub before: u32,
    /// The mark.
    pub mark: ProseSpan,
}

/// How deep quotations nest before further marks are taken for mistakes.
pub(super) const DEEPEST: usize = 4;

/// So many marks ahead a closing French mark is looked for.
const NEAR_ARROWS: usize = 8;

/// May a word name what is so many inches wide, and no more than go on a sentence: “6" lens”, not “36" he said”?
fn is_measured(words: &str) -> bool {
    let word = words.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let other = Class::AUXILIARY
        .or(Class::CUE)
        .or(Class::SUBJECT)
        .or(Class::PREPOSITION)
        .or(Class::COORDINATOR)
        .or(Class::SUBORDINATOR)
        .or(Class::DETERMINER);
    !lexicon().class(word).any(other)
}

/// More figures than this are a year or a sum, and no measure.
const LONGEST_MEASURE: usize = 3;

pub(super) struct Pairing<'t> {
    pub(super) text: &'t str,
    pub(super) block: ProseSpan,
    pub(super) marks: &'t [Mark],
    pub(super) stack: SmallVec<[Open; DEEPEST]>,
    pub pieces: Vec<Piece>,
    pub faults: Vec<MarkedFault>,
    /// Closing marks with nothing open, for paragraphs that go on with speech.
    pub strays: Vec<Mark>,
    /// A mark that opens speech or is an arrow or an apostrophe, and never closes in its block: only what follows tells.
    pub doubtful: Option<Piece>,
    /// Single marks that could open and close nowhere in the block.
    pub(super) unclosed_singles: SmallVec<[usize; 4]>,
}

pub(super) struct Open {
    pub(super) mark: Mark,
    piece: usize,
    /// For a single mark: the index of the mark that closes it.
    pub(super) closes_at: Option<usize>,
}

impl<'t> Pairing<'t> {
    /// Pairs the marks of one block.
    pub(super) fn of(text: &'t str, block: ProseSpan, marks: &'t [Mark]) -> Self {
        let mut pairing = Self {
            text,
            block,
            marks,
            stack: SmallVec::new(),
            pieces: Vec::new(),
            faults: Vec::new(),
            strays: Vec::new(),
            doubtful: None,
            unclosed_singles: SmallVec::new(),
        };
        for index in 0..marks.len() {
            pairing.take(index);
        }
        pairing.finish();
        pairing
    }

    /// Is every mark paired, and nothing odd?
    pub(super) fn is_clean(&self) -> bool {
        self.faults.is_empty()
            && self.strays.is_empty()
            && self.doubtful.is_none()
            && self.pieces.iter().all(|piece| piece.close.is_some())
    }

    fn take(&mut self, index: usize) {
        let mark = self.marks[index];
        if mark.glyph.family() == Family::Single {
            self.take_single(index);
            return;
        }
        if self.is_measure(index) {
            return;
        }
        let Some(position) =
            self.stack.iter().rposition(|open| open.mark.glyph.family() == mark.glyph.family())
        else {
            self.take_unpaired(index);
            return;
        };
        if self.opens_third_level(position, index) {
            self.open(index, None);
            return;
        }
        let open = &self.stack[position];
        // French sets spaces inside its marks: there the shape tells, not what stands beside.
        if matches!(
            (open.mark.glyph, mark.glyph),
            (Glyph::GuillemetLeft, Glyph::GuillemetRight) | (Glyph::AngleLeft, Glyph::AngleRight)
        ) {
            self.close(position, mark);
            return;
        }
        let foreign = matches!(open.mark.glyph, Glyph::Low | Glyph::GuillemetRight | Glyph::AngleRight);
        let by_shape = match mark.glyph {
            glyph if glyph.is_closing_shape() => Some(true),
            Glyph::GuillemetLeft | Glyph::AngleLeft => Some(foreign),
            Glyph::GuillemetRight | Glyph::AngleRight => Some(true),
            Glyph::CurlyOpen if foreign => Some(true),
            glyph if glyph.is_opening_shape() => Some(false),
            _ => None,
        };
        match (mark.may_close(), mark.may_open(), by_shape) {
            (true, false, shape) => {
                if shape == Some(false) && mark.glyph == Glyph::CurlyOpen {
                    let fault = MarkedFault::new(MarkFaultKind::ReversedMark, mark.span);
                    self.faults.push(fault.beside(open.mark.span).with("”"));
                }
                self.close(position, mark);
            }
            (_, false, None | Some(true)) => self.close(position, mark),
            (false, true, Some(true)) if !self.closes_later(index) => self.close(position, mark),
            (false, true, _) | (_, _, Some(false)) => self.open_within(position, index),
            (true, true, Some(true)) => self.close(position, mark),
            // A straight mark between two marks or dashes: it closes what is open, unless words follow and a
            // second closing mark is still to come.
            (_, true, _) => self.close(position, mark),
        }
    }

    /// A mark of a family of which nothing is open.
    fn take_unpaired(&mut self, index: usize) {
        let mark = self.marks[index];
        let opens_by_shape = mark.glyph.is_opening_shape()
            || matches!(mark.glyph, Glyph::GuillemetLeft | Glyph::AngleLeft)
            || (matches!(mark.glyph, Glyph::GuillemetRight | Glyph::AngleRight) && mark.may_open());
        // Two backticks with a space behind them are a fence that lost its partner.
        if mark.glyph == Glyph::Backticks && mark.after == Beside::Space {
            return;
        }
        let may_open = mark.may_open();
        let arrow = matches!(mark.glyph.family(), Family::Guillemet | Family::Angle) && mark.is_detached();
        let opens = matches!(mark.glyph, Glyph::GuillemetLeft | Glyph::AngleLeft)
            && self.rest(index).take(NEAR_ARROWS).any(|later| {
                matches!(later.glyph, Glyph::GuillemetRight | Glyph::AngleRight)
                    && later.glyph.family() == mark.glyph.family()
            });
        if arrow && !opens {
            // An arrow or a separator, or French speech that goes on in the next paragraph.
            if mark.span.start == self.block.start && self.doubtful.is_none() {
                self.doubtful = Some(self.piece(mark));
            }
            return;
        }
        if may_open && mark.glyph.is_closing_shape() {
            // A closing shape where words begin: Swedish usage, or a mark that faces the wrong way.
            if !self.closes_later(index) {
                self.stray(mark);
                return;
            }
            if mark.glyph == Glyph::CurlyClose && self.next_close_is(index, Glyph::CurlyClose) {
                self.faults.push(MarkedFault::new(MarkFaultKind::ReversedMark, mark.span).with("“"));
            }
            self.open(index, None);
        } else if may_open || opens_by_shape || (!mark.may_close() && self.opens_detached(index)) {
            self.open(index, None);
        } else if !(mark.glyph == Glyph::Straight && mark.is_detached()) || mark.span.end == self.block.end {
            self.stray(mark);
        }
    }

    /// “He called it ‘the “old” pier’”: inside a single mark that is still open, a double mark opens anew.
    fn opens_third_level(&self, position: usize, index: usize) -> bool {
        let mark = self.marks[index];
        let Some(closer) = self.stack.last().and_then(|inner| inner.closes_at) else { return false };
        let closes = |later: &Mark| later.glyph.family() == mark.glyph.family() && later.may_close();
        position + 1 < self.stack.len()
            && self.stack.len() < DEEPEST
            && mark.may_open()
            && !mark.glyph.is_closing_shape()
            && self.marks.get(index + 1..closer).is_some_and(|inside| inside.iter().any(closes))
    }

    /// A straight mark with space on both sides, or letters on both: it opens where another one follows.
    fn opens_detached(&self, index: usize) -> bool {
        let mark = self.marks[index];
        matches!(mark.before, Beside::Space | Beside::Letter | Beside::Stop)
            && self.rest(index).find(|later| later.glyph.family() == mark.glyph.family()).is_some_and(
                |later| {
                    let between = ProseSpan::new(mark.span.end, later.span.start).of(self.text);
                    !between.trim().is_empty()
                },
            )
    }

    fn rest(&self, index: usize) -> impl Iterator<Item = &'t Mark> {
        let marks = self.marks;
        marks[index + 1..].iter()
    }

    /// Does a mark of the same family that can close come after this one, before one that only opens?
    fn closes_later(&self, index: usize) -> bool {
        let family = self.marks[index].glyph.family();
        self.rest(index)
            .find(|later| later.glyph.family() == family)
            .is_some_and(|later| later.may_close() || !later.may_open())
    }

    fn next_close_is(&self, index: usize, glyph: Glyph) -> bool {
        self.rest(index)
            .find(|later| later.glyph.family() == glyph.family())
            .is_some_and(|later| later.glyph == glyph)
    }

    /// Feet and inches, minutes and seconds: a mark right after a digit with no quotation to close.
    fn is_measure(&self, index: usize) -> bool {
        let mark = self.marks[index];
        let curly = mark.glyph == Glyph::CurlyClose;
        if mark.before != Beside::Digit
            || !(curly
                || matches!(mark.glyph, Glyph::Straight | Glyph::DoublePrime | Glyph::DoubleApostrophe))
        {
            return false;
        }
        let open = self.stack.iter().any(|open| open.mark.glyph.family() == Family::Double);
        let figures = self.text[self.block.start as usize..mark.span.start as usize]
            .chars()
            .rev()
            .take_while(|sign| sign.is_numeric())
            .take(LONGEST_MEASURE + 1)
            .count();
        if !open {
            return !curly || figures <= LONGEST_MEASURE;
        }
        // Inside a quotation 6'2" is a measure where the quotation still has its own closing mark to come.
        let feet = index > 0 && {
            let previous = self.marks[index - 1];
            let between = ProseSpan::new(previous.span.end, mark.span.start).of(self.text);
            previous.before == Beside::Digit
                && previous.glyph.family() == Family::Single
                && !between.is_empty()
                && between.bytes().all(|byte| byte.is_ascii_digit())
        };
        let goes_on = figures <= LONGEST_MEASURE && {
            let after = self.text.get(mark.span.end as usize..self.block.end as usize).unwrap_or("");
            let next = after.trim_start_matches([' ', '-']);
            next.starts_with(char::is_lowercase) && (curly || is_measured(next))
        };
        (feet || goes_on) && self.closes_later(index)
    }

    /// A mark that opens while another of its family is open: nested marks, or the first was never closed.
    fn open_within(&mut self, position: usize, index: usize) {
        let mark = self.marks[index];
        let family = mark.glyph.family();
        let mut balance = 0i32;
        // Among joined paragraphs a mark after a full stop opens anew and needs none that closes it.
        let joined = !self.pieces[self.stack[position].piece].anew.is_empty() && self.is_word_in_marks(index);
        for later in self.rest(index).filter(|later| later.glyph.family() == family) {
            // French marks have spaces on both sides: there the shape alone tells.
            let arrows = matches!(mark.glyph, Glyph::GuillemetLeft | Glyph::AngleLeft);
            let closes = later.glyph.is_closing_shape()
                || (later.may_close() && !later.may_open())
                || (arrows && matches!(later.glyph, Glyph::GuillemetRight | Glyph::AngleRight));
            let opens = later.glyph.is_opening_shape()
                || (later.may_open() && !later.may_close())
                || (arrows && later.glyph == mark.glyph);
            balance +=
                i32::from(closes) - i32::from(opens && !closes && !(joined && self.ends_sentence(later)));
            if !(0..2).contains(&balance) {
                break;
            }
        }
        let outer = self.stack[position].mark;
        if balance >= 2 && self.stack.len() < DEEPEST {
            // French sets « » inside « ».
            if family != Family::Guillemet {
                self.faults
                    .push(MarkedFault::new(MarkFaultKind::NestedSameMarks, mark.span).beside(outer.span));
            }
            self.open(index, None);
        } else if balance == 1
            && outer.span.start == self.block.start
            && outer.glyph == Glyph::Straight
            && mark.glyph == Glyph::CurlyOpen
            && self.stack.len() < DEEPEST
        {
            // A paragraph of longer speech, opened with a straight mark, with curly marks inside: both have their sense.
            self.open(index, None);
        } else if let Some(line) = self.opens_anew(position, mark) {
            self.open_anew(position, mark, line);
        } else {
            let end = self
                .text
                .get(self.block.start as usize..mark.span.start as usize)
                .map_or(mark.span.start, |before| self.block.start + before.trim_end().len() as u32);
            self.drop_open(position, end, Some(mark.span));
            self.open(index, None);
        }
    }

    /// “He was going to "fake" a storm”: a word or two in marks, with the sentence going on at both ends?
    fn is_word_in_marks(&self, index: usize) -> bool {
        const LONGEST: u32 = 30;
        let mark = self.marks[index];
        let same = |later: &&Mark| later.glyph.family() == mark.glyph.family();
        let Some(close) = self.rest(index).find(same) else { return false };
        let before = self.text.get(self.block.start as usize..mark.span.start as usize).unwrap_or("");
        let after = self.text.get(close.span.end as usize..self.block.end as usize).unwrap_or("");
        let short = close.may_close() && close.span.start - mark.span.end <= LONGEST;
        let goes_on = after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
        short && goes_on && before.trim_end().ends_with(char::is_lowercase)
    }

    /// Does a sentence end right before this mark?
    fn ends_sentence(&self, mark: &Mark) -> bool {
        let before = self.text.get(self.block.start as usize..mark.span.start as usize).unwrap_or("");
        mark.before == Beside::Space && before.trim_end().ends_with(['.', '!', '?', '…'])
    }

    /// Does the open quotation open anew with `mark`: at the head of a line, or of a sentence whose paragraph lost its
    /// break? Not where the writer has spoken since: then a closing mark is missing. Tells whether it is a line.
    fn opens_anew(&self, position: usize, mark: Mark) -> Option<bool> {
        let piece = &self.pieces[self.stack[position].piece];
        let from = piece.anew.last().map_or(piece.span.start, |anew| anew.mark.start);
        let said = self.text.get(from as usize..mark.span.start as usize)?;
        let line = said.trim_end_matches([' ', '\t']).ends_with(['\n', '\r']);
        let sentence = said.ends_with(' ')
            && said.trim_end().ends_with(['.', '!', '?', '…'])
            && matches!(mark.after, Beside::Letter | Beside::Digit)
            && mark.glyph == piece.open.glyph;
        ((line || sentence) && !signed::has_attribution(said)).then_some(line)
    }

    fn open_anew(&mut self, position: usize, mark: Mark, line: bool) {
        self.pop_to(position);
        let open = &self.stack[position];
        let said = self.text.get(open.mark.span.start as usize..mark.span.start as usize).unwrap_or("");
        let before = open.mark.span.start + said.trim_end().len() as u32;
        self.pieces[open.piece].anew.push(Anew { before, mark: mark.span });
        if !line {
            let fault = MarkedFault::new(MarkFaultKind::JoinedParagraphs, mark.span).beside(open.mark.span);
            self.faults.push(fault);
        }
    }

    pub(super) fn open(&mut self, index: usize, closes_at: Option<usize>) {
        let mark = self.marks[index];
        self.stack.push(Open { mark, piece: self.pieces.len(), closes_at });
        let level = self.stack.len() as u8 - 1;
        self.pieces.push(Piece { level, span: mark.span, ..self.piece(mark) });
    }

    /// A quotation that `mark` opens and nothing closes before the block ends.
    pub(super) fn piece(&self, mark: Mark) -> Piece {
        let span = ProseSpan::new(mark.span.start, self.block.end);
        Piece { span, open: mark, close: None, level: 0, anew: SmallVec::new() }
    }

    /// What was open inside ends with what is around it: a single mark that was an apostrophe after all.
    fn pop_to(&mut self, position: usize) {
        while self.stack.len() > position + 1 {
            if let Some(inner) = self.stack.pop() {
                self.retract(inner.piece);
            }
        }
    }

    pub(super) fn close(&mut self, position: usize, mark: Mark) {
        self.pop_to(position);
        let Some(open) = self.stack.pop() else { return };
        let piece = &mut self.pieces[open.piece];
        piece.span.end = mark.span.end;
        piece.close = Some(mark);
        let glyph = open.mark.glyph;
        let inside = ProseSpan::new(open.mark.span.end, mark.span.start);
        if glyph.is_stand_in() || mark.glyph.is_stand_in() {
            let odd = if glyph.is_stand_in() { open.mark.span } else { mark.span };
            let other = if glyph.is_stand_in() { mark.span } else { open.mark.span };
            self.faults.push(MarkedFault::new(MarkFaultKind::StandInMarks, odd).beside(other));
        } else if !glyph.pairs_with(mark.glyph)
            && !(glyph.is_closing_shape() || mark.glyph.is_opening_shape())
        {
            let (instead, odd, other) = match (glyph, mark.glyph) {
                (Glyph::CurlyOpen, Glyph::Straight) => (Some("”"), mark.span, open.mark.span),
                (Glyph::Straight, Glyph::CurlyClose) => (Some("“"), open.mark.span, mark.span),
                _ => (None, mark.span, open.mark.span),
            };
            let fault = MarkedFault::new(MarkFaultKind::MismatchedMarks, odd).beside(other);
            self.faults.push(MarkedFault { instead, ..fault });
        }
        self.look_inside(inside, open.mark, mark);
    }

    fn look_inside(&mut self, inside: ProseSpan, open: Mark, close: Mark) {
        let words = inside.of(self.text);
        let whole = open.span.join(close.span);
        if words.trim().is_empty() {
            self.faults.push(MarkedFault::new(MarkFaultKind::EmptyQuotation, whole));
        } else if super::is_placeholder(words) {
            self.faults.push(MarkedFault::new(MarkFaultKind::PlaceholderQuotation, whole));
        } else if !matches!(open.glyph.family(), Family::Guillemet | Family::Angle) {
            let lead = words.len() - words.trim_start_matches(' ').len();
            let trail = words.len() - words.trim_end_matches(' ').len();
            if lead > 0 && !words[lead..].starts_with(['"', '\'', '‘', '’', '“']) {
                let span = ProseSpan::new(inside.start, inside.start + lead as u32);
                self.faults
                    .push(MarkedFault::new(MarkFaultKind::SpacedMarks, span).beside(open.span).with(""));
            }
            if trail > 0 && !words[..words.len() - trail].ends_with(['"', '\'', '‘', '’', '”']) {
                let span = ProseSpan::new(inside.end - trail as u32, inside.end);
                self.faults
                    .push(MarkedFault::new(MarkFaultKind::SpacedMarks, span).beside(close.span).with(""));
            }
        }
    }

    /// Ends an open quotation without its closing mark.
    fn drop_open(&mut self, position: usize, end: u32, next: Option<ProseSpan>) {
        self.pop_to(position);
        let Some(open) = self.stack.pop() else { return };
        self.pieces[open.piece].span.end = end;
        let fault = MarkedFault::new(MarkFaultKind::UnclosedQuotation, open.mark.span);
        self.faults.push(MarkedFault { related: next, ..fault });
    }

    /// Takes a piece back: its marks were none. Its place stays, empty, so that indices hold.
    fn retract(&mut self, piece: usize) {
        self.pieces[piece].level = u8::MAX;
    }

    /// A closing mark with nothing open. “‘recompute the tide””: a single mark that opens and closes nowhere is its
    /// partner.
    fn stray(&mut self, mark: Mark) {
        if mark.glyph == Glyph::DoubleApostrophe && self.is_prime(mark) {
            return;
        }
        let after = self.pieces.last().map_or(self.block.start, |piece| piece.span.end);
        let partner = self.unclosed_singles.last().map(|&index| self.marks[index]).filter(|single| {
            let straight = single.glyph == Glyph::SingleStraight
                && mark.glyph == Glyph::Straight
                && (single.span.start == self.block.start || self.ends_sentence(single));
            let curly = single.glyph == Glyph::SingleOpen && mark.glyph == Glyph::CurlyClose;
            (straight || curly) && single.span.start >= after
        });
        let Some(single) = partner else {
            self.stray_pair(mark, after);
            return;
        };
        self.unclosed_singles.pop();
        let span = single.span.join(mark.span);
        self.pieces.push(Piece {
            span,
            close: Some(mark),
            level: self.stack.len() as u8,
            ..self.piece(single)
        });
        self.faults.push(MarkedFault::new(MarkFaultKind::MismatchedMarks, mark.span).beside(single.span));
    }

    /// f'': the second derivative of a function of one letter.
    fn is_prime(&self, mark: Mark) -> bool {
        let before = self.text.get(self.block.start as usize..mark.span.start as usize).unwrap_or("");
        let mut signs = before.chars().rev();
        signs.next().is_some_and(char::is_alphabetic) && !signs.next().is_some_and(char::is_alphanumeric)
    }

    /// Two closing marks in a row with nothing open. “the tale” Low Water” is long”: where the first stands at the end of
    /// a word with a space after it, it faces the wrong way.
    fn stray_pair(&mut self, mark: Mark, after: u32) {
        let opens = |first: &&Mark| {
            first.glyph == Glyph::CurlyClose
                && mark.glyph == Glyph::CurlyClose
                && (first.before, first.after) == (Beside::Letter, Beside::Space)
                && first.span.start >= after
        };
        let Some(first) = self.strays.last().filter(opens).copied() else {
            self.strays.push(mark);
            return;
        };
        self.strays.pop();
        let level = self.stack.len() as u8;
        let span = first.span.join(mark.span);
        self.pieces.push(Piece { span, close: Some(mark), level, ..self.piece(first) });
        let fault = MarkedFault::new(MarkFaultKind::ReversedMark, first.span);
        self.faults.push(fault.beside(mark.span).with("“"));
    }

    fn finish(&mut self) {
        while let Some(open) = self.stack.pop() {
            if !self.stack.is_empty() || open.mark.glyph.family() == Family::Single {
                self.retract(open.piece);
            } else if let Some(close) = self.single_instead(open.mark) {
                let piece = &mut self.pieces[open.piece];
                (piece.span.end, piece.close) = (close.span.end, Some(close));
                let fault = MarkedFault::new(MarkFaultKind::MismatchedMarks, close.span);
                self.faults.push(fault.beside(open.mark.span));
            } else {
                // Left for [`super::join`], which knows the next paragraph.
                self.pieces[open.piece].span.end = self.block.end;
            }
        }
        self.pieces.retain(|piece| piece.level != u8::MAX);
        self.leave_unclosed_singles();
        self.doubtful = self.doubtful.take().or_else(|| self.doubtful_single());
    }
}
