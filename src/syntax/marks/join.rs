//! Joining: speech over several paragraphs, blocks set off as quotations, and the faults that only a whole
//! document shows.

use super::glyph::{Beside, Family, Glyph, Mark};
use super::pair::Pairing;
use super::{MarkedFault, MarkedQuotation, Marks};
use crate::lexicon::Language;
use crate::source::{Block, BlockKind, ProseSpan};
use crate::syntax::{MarkFaultKind, turn};

/// Builds the document's quotations out of its blocks'.
#[derive(Default)]
pub(super) struct Join {
    found: Marks,
    /// A quotation whose paragraph ended before it closed, and the block it was last seen in.
    pending: Option<(usize, usize)>,
    straight: Styles,
    curly: Styles,
}

/// How often a style of mark occurs, and where first.
#[derive(Default)]
struct Styles {
    count: u32,
    first: Option<ProseSpan>,
}

impl Styles {
    fn see(&mut self, mark: &Mark) {
        self.count += 1;
        self.first.get_or_insert(mark.span);
    }
}

impl Join {
    /// Takes the next block.
    pub(super) fn block(&mut self, text: &str, index: usize, block: Block, marks: &[Mark]) {
        for mark in marks {
            match mark.glyph {
                Glyph::Straight if mark.before != Beside::Digit => self.straight.see(mark),
                Glyph::CurlyOpen | Glyph::CurlyClose | Glyph::Low => self.curly.see(mark),
                _ => {}
            }
        }
        let mut pairing = Pairing::of(text, block.span, marks);
        let set_off = block.kind == BlockKind::BlockQuote && !begins_with_mark(text, block.span, &pairing);
        if set_off {
            self.settle();
            self.set_off(index, block, &pairing);
            return;
        }
        self.continue_into(text, index, block, &mut pairing);
        for piece in &pairing.pieces {
            let unclosed = piece.close.is_none();
            self.found.quotations.push(MarkedQuotation {
                span: piece.span,
                segments: vec![piece.span],
                open: piece.open.glyph,
                close: piece.close.map(|mark| mark.glyph),
                level: piece.level,
                block: index,
            });
            if unclosed && piece.level == 0 && piece.span.end == block.span.end {
                self.pending = Some((self.found.quotations.len() - 1, index));
            }
        }
        self.found.faults.append(&mut pairing.faults);
        for stray in pairing.strays {
            self.fault(MarkFaultKind::UnopenedQuotation, stray.span, None, None);
        }
    }

    /// If speech is open from the paragraph before, this paragraph continues it, or leaves it unclosed.
    fn continue_into(&mut self, text: &str, index: usize, block: Block, pairing: &mut Pairing<'_>) {
        let Some((quotation, last_block)) = self.pending.take() else { return };
        let adjacent = last_block + 1 == index
            && matches!(block.kind, BlockKind::Paragraph | BlockKind::BlockQuote | BlockKind::ListItem);
        if !adjacent {
            self.unclosed(quotation);
            return;
        }
        let family = self.found.quotations[quotation].open.family();
        let first = pairing.pieces.first().cloned();
        // “REYES: Why?¶ “OKAFOR: Because.””: another speaker's turn ends the one before.
        if let Some(piece) = &first
            && piece.span.start == block.span.start
            && turn::label(
                piece.span.of(text).trim_start_matches(piece.open.span.of(text)),
                Language::english(),
            )
            .is_some()
        {
            return;
        }
        if let Some(piece) = first.filter(|piece| {
            piece.level == 0 && piece.span.start == block.span.start && piece.open.glyph.family() == family
        }) {
            self.extend(quotation, piece.span, piece.close.map(|mark| mark.glyph));
            if piece.close.is_none() {
                self.pending = Some((quotation, index));
            }
            pairing.pieces.remove(0);
            return;
        }
        // The paragraph does not open anew, but closes: it goes on with the speech all the same.
        let stray = pairing.strays.iter().position(|stray| stray.glyph.family() == family);
        let before_first_open =
            |mark: &Mark| pairing.pieces.iter().all(|piece| piece.open.span.start > mark.span.start);
        if let Some(at) = stray.filter(|&at| before_first_open(&pairing.strays[at])) {
            let mark = pairing.strays.remove(at);
            let start = ProseSpan::new(block.span.start, block.span.start);
            self.extend(quotation, start.join(mark.span), Some(mark.glyph));
            let opened = self.found.quotations[quotation].segments[0];
            self.fault(MarkFaultKind::UnmarkedContinuation, first_word(text, block.span), Some(opened), None);
            return;
        }
        self.unclosed(quotation);
    }

    fn extend(&mut self, quotation: usize, segment: ProseSpan, close: Option<Glyph>) {
        let quotation = &mut self.found.quotations[quotation];
        quotation.segments.push(segment);
        quotation.span.end = segment.end;
        quotation.close = close;
    }

    /// A block that the format sets off: one quotation with the blocks of its kind before it.
    fn set_off(&mut self, index: usize, block: Block, pairing: &Pairing<'_>) {
        let joins = self.found.quotations.iter().rposition(|q| q.level == 0).filter(|&last| {
            let last = &self.found.quotations[last];
            last.open == Glyph::None && last.block + last.segments.len() == index
        });
        if let Some(last) = joins {
            self.extend(last, block.span, None);
        } else {
            self.found.quotations.push(MarkedQuotation {
                span: block.span,
                segments: vec![block.span],
                open: Glyph::None,
                close: Some(Glyph::None),
                level: 0,
                block: index,
            });
        }
        for piece in pairing.pieces.iter().filter(|piece| piece.close.is_some()) {
            self.found.quotations.push(MarkedQuotation {
                span: piece.span,
                segments: vec![piece.span],
                open: piece.open.glyph,
                close: piece.close.map(|mark| mark.glyph),
                level: piece.level + 1,
                block: index,
            });
        }
    }

    /// Nothing more can continue the open quotation.
    fn settle(&mut self) {
        if let Some((quotation, _)) = self.pending.take() {
            self.unclosed(quotation);
        }
    }

    fn unclosed(&mut self, quotation: usize) {
        let open = self.found.quotations[quotation].segments.last().copied().unwrap_or_default();
        let len = self.found.quotations[quotation].open.len_in_prose();
        self.fault(
            MarkFaultKind::UnclosedQuotation,
            ProseSpan::new(open.start, open.start + len),
            None,
            None,
        );
    }

    fn fault(
        &mut self,
        kind: MarkFaultKind,
        span: ProseSpan,
        related: Option<ProseSpan>,
        instead: Option<&'static str>,
    ) {
        self.found.faults.push(MarkedFault { kind, span, related, instead });
    }

    /// Where stand-ins are the text's usual marks, one fault speaks for all of them: five copies of one habit are
    /// one finding.
    fn fold_stand_ins(&mut self) {
        let is_stand_in = |fault: &MarkedFault| fault.kind == MarkFaultKind::StandInMarks;
        let stand_ins = self.found.faults.iter().filter(|fault| is_stand_in(fault)).count();
        let pairs = self
            .found
            .quotations
            .iter()
            .filter(|q| q.open.family() == Family::Double && q.close.is_some())
            .count();
        if stand_ins < USUAL || stand_ins * 2 < pairs {
            return;
        }
        let first = self.found.faults.iter().filter(|fault| is_stand_in(fault)).map(|fault| fault.span).min();
        self.found.faults.retain(|fault| !is_stand_in(fault) || Some(fault.span) == first);
    }

    /// Ends the document.
    pub(super) fn finish(mut self) -> Marks {
        self.settle();
        if let (Some(straight), Some(curly)) = (self.straight.first, self.curly.first) {
            let (odd, usual) =
                if self.straight.count <= self.curly.count { (straight, curly) } else { (curly, straight) };
            self.fault(MarkFaultKind::MixedMarkStyle, odd, Some(usual), None);
        }
        self.fold_stand_ins();
        self.found.faults.sort_by_key(|fault| (fault.span, fault.kind as u8));
        self.found.quotations.sort_by_key(|q| (q.span.start, q.level));
        self.found
    }
}

/// So many pairs of stand-ins make a habit.
const USUAL: usize = 3;

fn begins_with_mark(text: &str, block: ProseSpan, pairing: &Pairing<'_>) -> bool {
    let words = block.of(text);
    let lead = (words.len() - words.trim_start().len()) as u32;
    pairing.pieces.iter().any(|piece| {
        piece.level == 0
            && piece.span.start <= block.start + lead
            && piece.open.glyph.family() != Family::Single
    })
}

/// The first word of a block, for a finding to point at.
fn first_word(text: &str, block: ProseSpan) -> ProseSpan {
    let words = block.of(text);
    let len = words.find(char::is_whitespace).unwrap_or(words.len());
    ProseSpan::new(block.start, block.start + len as u32)
}
