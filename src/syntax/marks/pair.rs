//! Pairing: which mark opens, which closes, which is an apostrophe or an inch.
//!
//! The marks of one block are read from left to right with a stack of open quotations. A curly glyph says by its
//! shape what it is meant to do; what stands beside a mark says what it can do; where the two disagree, what stands
//! beside it wins and the mark is noted as reversed. Nothing here looks beyond the block, so a broken mark cannot
//! spoil the next one: [`super::join`] then looks for speech that goes on over paragraphs.

use smallvec::SmallVec;

use super::MarkedFault;
use super::glyph::{Beside, Family, Glyph, Mark};
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
}

/// How far ahead a closing single mark is looked for: a page of dialogue has fewer marks than this, and a bound
/// keeps a file of nothing but apostrophes linear.
const SINGLE_LOOKAHEAD: usize = 64;

/// How deep quotations nest before further marks are taken for mistakes.
const DEEPEST: usize = 4;

pub(super) struct Pairing<'t> {
    text: &'t str,
    block: ProseSpan,
    marks: &'t [Mark],
    stack: SmallVec<[Open; DEEPEST]>,
    pub pieces: Vec<Piece>,
    pub faults: Vec<MarkedFault>,
    /// Closing marks with nothing open, for paragraphs that go on with speech.
    pub strays: Vec<Mark>,
}

struct Open {
    mark: Mark,
    piece: usize,
    /// For a single mark: the index of the mark that closes it.
    closes_at: Option<usize>,
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
        };
        for index in 0..marks.len() {
            pairing.take(index);
        }
        pairing.finish();
        pairing
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
        let open = &self.stack[position];
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
                    self.fault(MarkFaultKind::ReversedMark, mark.span, Some(open.mark.span), Some("”"));
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
        let may_open = mark.may_open();
        if may_open && mark.glyph.is_closing_shape() {
            // A closing shape where words begin: Swedish usage, or a mark that faces the wrong way.
            if !self.closes_later(index) {
                self.stray(mark);
                return;
            }
            if mark.glyph == Glyph::CurlyClose && self.next_close_is(index, Glyph::CurlyClose) {
                self.fault(MarkFaultKind::ReversedMark, mark.span, None, Some("“"));
            }
            self.open(index, None);
        } else if may_open || opens_by_shape || (!mark.may_close() && self.opens_detached(index)) {
            self.open(index, None);
        } else {
            self.stray(mark);
        }
    }

    /// A straight mark with space on both sides, or letters on both: it opens where another one follows.
    fn opens_detached(&self, index: usize) -> bool {
        let mark = self.marks[index];
        matches!(mark.before, Beside::Space | Beside::Letter | Beside::Stop)
            && self.rest(index).any(|later| later.glyph.family() == mark.glyph.family())
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
        if mark.before != Beside::Digit
            || !matches!(mark.glyph, Glyph::Straight | Glyph::DoublePrime | Glyph::DoubleApostrophe)
        {
            return false;
        }
        let open = self.stack.iter().any(|open| open.mark.glyph.family() == Family::Double);
        if !open {
            return true;
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
        feet && self.closes_later(index)
    }

    /// A mark that opens while another of its family is open: nested marks, or the first was never closed.
    fn open_within(&mut self, position: usize, index: usize) {
        let mark = self.marks[index];
        let family = mark.glyph.family();
        let mut balance = 0i32;
        for later in self.rest(index).filter(|later| later.glyph.family() == family) {
            let closes = later.glyph.is_closing_shape() || (later.may_close() && !later.may_open());
            let opens = later.glyph.is_opening_shape() || (later.may_open() && !later.may_close());
            balance += i32::from(closes) - i32::from(opens && !closes);
            if !(0..2).contains(&balance) {
                break;
            }
        }
        let outer = self.stack[position].mark;
        if balance >= 2 && self.stack.len() < DEEPEST {
            self.fault(MarkFaultKind::NestedSameMarks, mark.span, Some(outer.span), None);
            self.open(index, None);
        } else if balance == 1
            && outer.span.start == self.block.start
            && outer.glyph == Glyph::Straight
            && mark.glyph == Glyph::CurlyOpen
            && self.stack.len() < DEEPEST
        {
            // A paragraph of longer speech, opened with a straight mark, with curly marks inside: both have their sense.
            self.open(index, None);
        } else {
            let end = self
                .text
                .get(self.block.start as usize..mark.span.start as usize)
                .map_or(mark.span.start, |before| self.block.start + before.trim_end().len() as u32);
            self.drop_open(position, end, Some(mark.span));
            self.open(index, None);
        }
    }

    fn open(&mut self, index: usize, closes_at: Option<usize>) {
        let mark = self.marks[index];
        self.stack.push(Open { mark, piece: self.pieces.len(), closes_at });
        self.pieces.push(Piece {
            span: mark.span,
            open: mark,
            close: None,
            level: self.stack.len() as u8 - 1,
        });
    }

    fn close(&mut self, position: usize, mark: Mark) {
        while self.stack.len() > position + 1 {
            // What was open inside ends with what is around it: a single mark that was an apostrophe after all.
            if let Some(inner) = self.stack.pop() {
                self.retract(inner.piece);
            }
        }
        let Some(open) = self.stack.pop() else { return };
        let piece = &mut self.pieces[open.piece];
        piece.span.end = mark.span.end;
        piece.close = Some(mark);
        let glyph = open.mark.glyph;
        let inside = ProseSpan::new(open.mark.span.end, mark.span.start);
        if glyph.is_stand_in() || mark.glyph.is_stand_in() {
            let odd = if glyph.is_stand_in() { open.mark.span } else { mark.span };
            let other = if glyph.is_stand_in() { mark.span } else { open.mark.span };
            self.fault(MarkFaultKind::StandInMarks, odd, Some(other), None);
        } else if !glyph.pairs_with(mark.glyph)
            && !(glyph.is_closing_shape() || mark.glyph.is_opening_shape())
        {
            let (instead, odd, other) = match (glyph, mark.glyph) {
                (Glyph::CurlyOpen, Glyph::Straight) => (Some("”"), mark.span, open.mark.span),
                (Glyph::Straight, Glyph::CurlyClose) => (Some("“"), open.mark.span, mark.span),
                _ => (None, mark.span, open.mark.span),
            };
            self.fault(MarkFaultKind::MismatchedMarks, odd, Some(other), instead);
        }
        self.look_inside(inside, open.mark, mark);
    }

    fn look_inside(&mut self, inside: ProseSpan, open: Mark, close: Mark) {
        let words = inside.of(self.text);
        let whole = open.span.join(close.span);
        if words.trim().is_empty() {
            self.fault(MarkFaultKind::EmptyQuotation, whole, None, None);
        } else if super::is_placeholder(words) {
            self.fault(MarkFaultKind::PlaceholderQuotation, whole, None, None);
        } else if !matches!(open.glyph.family(), Family::Guillemet | Family::Angle) {
            let lead = words.len() - words.trim_start_matches(' ').len();
            let trail = words.len() - words.trim_end_matches(' ').len();
            if lead > 0 && !words[lead..].starts_with(['"', '\'', '‘', '’', '“']) {
                let span = ProseSpan::new(inside.start, inside.start + lead as u32);
                self.fault(MarkFaultKind::SpacedMarks, span, Some(open.span), Some(""));
            }
            if trail > 0 && !words[..words.len() - trail].ends_with(['"', '\'', '‘', '’', '”']) {
                let span = ProseSpan::new(inside.end - trail as u32, inside.end);
                self.fault(MarkFaultKind::SpacedMarks, span, Some(close.span), Some(""));
            }
        }
    }

    /// Ends an open quotation without its closing mark.
    fn drop_open(&mut self, position: usize, end: u32, next: Option<ProseSpan>) {
        while self.stack.len() > position + 1 {
            if let Some(inner) = self.stack.pop() {
                self.retract(inner.piece);
            }
        }
        let Some(open) = self.stack.pop() else { return };
        self.pieces[open.piece].span.end = end;
        self.fault(MarkFaultKind::UnclosedQuotation, open.mark.span, next, None);
    }

    /// Takes a piece back: its marks were none. Its place stays, empty, so that indices hold.
    fn retract(&mut self, piece: usize) {
        self.pieces[piece].level = u8::MAX;
    }

    fn stray(&mut self, mark: Mark) {
        self.strays.push(mark);
    }

    fn fault(
        &mut self,
        kind: MarkFaultKind,
        span: ProseSpan,
        related: Option<ProseSpan>,
        instead: Option<&'static str>,
    ) {
        self.faults.push(MarkedFault { kind, span, related, instead });
    }

    fn finish(&mut self) {
        while let Some(open) = self.stack.pop() {
            if self.stack.is_empty() && open.mark.glyph.family() != Family::Single {
                // Left for [`super::join`], which knows the next paragraph.
                self.pieces[open.piece].span.end = self.block.end;
            } else {
                self.retract(open.piece);
            }
        }
        self.pieces.retain(|piece| piece.level != u8::MAX);
    }

    // Single marks, against apostrophes.

    fn take_single(&mut self, index: usize) {
        let mark = self.marks[index];
        if let Some(position) = self.stack.iter().position(|open| open.closes_at == Some(index)) {
            self.close(position, mark);
            return;
        }
        let opens = match mark.glyph {
            Glyph::SingleOpen | Glyph::SingleLow => !matches!(mark.after, Beside::Space),
            Glyph::SingleStraight => mark.may_open(),
            _ => false,
        };
        if !opens || self.stack.len() >= DEEPEST || self.is_elision(mark) {
            return;
        }
        if let Some(closer) = self.single_closer(index) {
            self.open(index, Some(closer));
        }
    }

    /// ’90s, ’tis, rock ’n’ roll: an apostrophe at the start of a word.
    fn is_elision(&self, mark: Mark) -> bool {
        if mark.after == Beside::Digit {
            let rest = self.text.get(mark.span.end as usize..self.block.end as usize).unwrap_or("");
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            return digits == 2 && !rest[digits..].starts_with(['\'', '’', '.', ',']);
        }
        let rest = self.text.get(mark.span.end as usize..self.block.end as usize).unwrap_or("");
        let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        super::is_elided_word(word)
    }

    /// The mark that closes the single mark at `index`, if any can.
    fn single_closer(&self, index: usize) -> Option<usize> {
        let open = self.marks[index];
        let mut doubtful = None;
        // A single quotation inside a double one ends before that one does.
        let limit = self.stack.iter().rev().find_map(|outer| outer.closes_at).unwrap_or(self.marks.len());
        let enclosed = self.stack.last().is_some_and(|outer| outer.mark.glyph.family() != Family::Single);
        for (ahead, mark) in self.marks.iter().enumerate().take(limit).skip(index + 1).take(SINGLE_LOOKAHEAD)
        {
            if mark.glyph.family() != Family::Single {
                // The double mark that closes what is around us: stop. A double mark that opens is inside us.
                if enclosed && (mark.glyph.is_closing_shape() || (mark.may_close() && !mark.may_open())) {
                    break;
                }
                continue;
            }
            let closing_glyph = matches!(mark.glyph, Glyph::SingleStraight | Glyph::SingleClose)
                || (open.glyph == Glyph::SingleLow && mark.glyph == Glyph::SingleOpen);
            if mark.glyph == Glyph::SingleOpen
                && mark.may_open()
                && open.glyph == Glyph::SingleOpen
                && doubtful.is_some()
            {
                break;
            }
            if !closing_glyph || !mark.may_close() || open.span.end == mark.span.start {
                continue;
            }
            match self.doubt(*mark) {
                false => return Some(ahead),
                true => doubtful = doubtful.or(Some(ahead)),
            }
        }
        doubtful.filter(|_| open.glyph != Glyph::SingleStraight || self.is_short(index, doubtful))
    }

    /// For straight marks a doubtful closer counts only close by: ‘the workers’ in straight marks.
    fn is_short(&self, open: usize, close: Option<usize>) -> bool {
        close.is_some_and(|close| self.marks[close].span.start - self.marks[open].span.end < 40)
    }

    /// Could this closing single mark be an apostrophe: the ministers’ plan, goin’ home?
    fn doubt(&self, mark: Mark) -> bool {
        if mark.before != Beside::Letter || mark.after != Beside::Space {
            return false;
        }
        let before = self.text.get(self.block.start as usize..mark.span.start as usize).unwrap_or("");
        let after = self.text.get(mark.span.end as usize..self.block.end as usize).unwrap_or("");
        let next = after.trim_start();
        if !next.starts_with(char::is_alphanumeric) {
            return false;
        }
        if before.ends_with("in") {
            return true;
        }
        if !before.ends_with(['s', 'S', 'z', 'x']) {
            return false;
        }
        // “‘ten horses’ said Reyes”: what cannot be owned does not follow a possessive.
        let word = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let class = lexicon().class(word);
        let unowned = Class::AUXILIARY
            .or(Class::PREPOSITION)
            .or(Class::COORDINATOR)
            .or(Class::SUBJECT)
            .or(Class::SUBORDINATOR)
            .or(Class::DETERMINER);
        !class.any(unowned)
    }
}
