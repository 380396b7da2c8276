//! Single marks, against apostrophes: ’90s, the ministers’ plan, rock ’n’ roll.

use super::glyph::{Beside, Family, Glyph, Mark};
use super::pair::{DEEPEST, Pairing, Piece};
use super::{MarkedFault, signed};
use crate::lexicon::{Class, lexicon};
use crate::source::ProseSpan;
use crate::syntax::MarkFaultKind;

/// How far ahead a closing single mark is looked for: a page of dialogue has fewer marks than this, and a bound
/// keeps a file of nothing but apostrophes linear.
const SINGLE_LOOKAHEAD: usize = 64;

/// A word before a single mark that has fewer letters is one that lost its end: an’, wi’, th’.
const SHORTEST_CLOSED: usize = 4;

impl Pairing<'_> {
    pub(super) fn take_single(&mut self, index: usize) {
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
            // No apostrophe stands after a comma or a full stop: this one closes what another paragraph opened.
            if self.stack.is_empty()
                && matches!(mark.glyph, Glyph::SingleClose | Glyph::SingleStraight)
                && mark.before == Beside::Stop
                && matches!(mark.after, Beside::Space | Beside::Stop)
            {
                self.strays.push(mark);
            }
            return;
        }
        match self.single_closer(index, true).or_else(|| self.single_closer(index, false)) {
            Some(closer) => self.open(index, Some(closer)),
            None if self.stack.is_empty() => self.unclosed_singles.push(index),
            None => {}
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

    /// The mark that closes the single mark at `index`, if any can. With `nested`, single marks inside double ones that
    /// open after it are left to those.
    fn single_closer(&self, index: usize, nested: bool) -> Option<usize> {
        let open = self.marks[index];
        let mut doubtful = None;
        // A single quotation inside a double one ends before that one does.
        let limit = self.stack.iter().rev().find_map(|outer| outer.closes_at).unwrap_or(self.marks.len());
        let mut inner = 0usize;
        let enclosed = self.stack.last().is_some_and(|outer| outer.mark.glyph.family() != Family::Single);
        // “‘The pier is out,” she said”: a double mark that closes nothing may be this one's partner.
        let (mut doubles, mut mistaken) = (0usize, false);
        for (ahead, mark) in self.marks.iter().enumerate().take(limit).skip(index + 1).take(SINGLE_LOOKAHEAD)
        {
            if mark.glyph.family() != Family::Single {
                let closes = mark.glyph.is_closing_shape() || (mark.may_close() && !mark.may_open());
                mistaken |=
                    closes && doubles == 0 && mark.glyph == Glyph::CurlyClose && mark.before == Beside::Stop;
                doubles = if closes { doubles.saturating_sub(1) } else { doubles + 1 };
                if closes && inner > 0 {
                    inner -= 1;
                } else if closes && enclosed {
                    // The double mark that closes what is around this one.
                    break;
                } else if !closes && nested {
                    inner += 1;
                }
                continue;
            }
            if inner > 0 {
                continue;
            }
            let closing_glyph = matches!(mark.glyph, Glyph::SingleStraight | Glyph::SingleClose)
                || (open.glyph == Glyph::SingleLow && mark.glyph == Glyph::SingleOpen);
            if mark.glyph == Glyph::SingleOpen && mark.may_open() && open.glyph == Glyph::SingleOpen {
                if doubtful.is_some() {
                    break;
                }
                // “‘The pier is out, Orla Finn said. ‘It is the bulb’”
                if mistaken || self.writer_speaks_between(open, *mark) {
                    return None;
                }
            }
            if !closing_glyph || !mark.may_close() || open.span.end == mark.span.start {
                continue;
            }
            match self.doubt(*mark) {
                false => return Some(ahead),
                true if self.is_cut_word(open, *mark) => {}
                true => doubtful = doubtful.or(Some(ahead)),
            }
        }
        doubtful.filter(|_| open.glyph != Glyph::SingleStraight || self.is_short(index, doubtful))
    }

    /// Does the writer end a sentence with who spoke between two marks that open?
    fn writer_speaks_between(&self, open: Mark, next: Mark) -> bool {
        let between =
            self.text.get(open.span.end as usize..next.span.start as usize).unwrap_or("").trim_end();
        between.ends_with('.') && signed::has_attribution(between)
    }

    /// A single mark that was never closed, because the writer speaks before the next one opens.
    pub(super) fn leave_unclosed_singles(&mut self) {
        let singles = |piece: &&Piece| piece.open.glyph == Glyph::SingleOpen;
        for index in std::mem::take(&mut self.unclosed_singles) {
            let mark = self.marks[index];
            let next = self.pieces.iter().filter(singles).filter(|piece| piece.span.start > mark.span.end);
            let next = next.min_by_key(|piece| piece.span.start).map(|piece| piece.open);
            match next
                .filter(|next| mark.glyph == Glyph::SingleOpen && self.writer_speaks_between(mark, *next))
            {
                Some(next) => {
                    let before =
                        self.text.get(self.block.start as usize..next.span.start as usize).unwrap_or("");
                    let end = self.block.start + before.trim_end().len() as u32;
                    let span = ProseSpan::new(mark.span.start, end);
                    self.pieces.push(Piece { span, ..self.piece(mark) });
                    let fault = MarkedFault::new(MarkFaultKind::UnclosedQuotation, mark.span);
                    self.faults.push(fault.beside(next.span));
                }
                None => self.unclosed_singles.push(index),
            }
        }
    }

    /// “‘I was goin’ home, said Orla Finn”: a word of speech without its last letter, after which the clause goes on. The mark
    /// closes nothing, although no other one does.
    fn is_cut_word(&self, open: Mark, mark: Mark) -> bool {
        let inside = self.text.get(open.span.end as usize..mark.span.start as usize).unwrap_or("");
        let Some((before, word)) = inside.rsplit_once(char::is_whitespace) else { return false };
        let lead =
            self.text.get(self.block.start as usize..open.span.start as usize).unwrap_or("").trim_end();
        // A term in marks stands amid a sentence of the writer's: speech opens a paragraph, or follows a colon or a comma.
        let speech = (lead.is_empty() || lead.ends_with([':', ','])) && before.contains(char::is_alphabetic);
        let after = self.text.get(mark.span.end as usize..self.block.end as usize).unwrap_or("");
        let next = after.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let writer = Class::AUXILIARY.or(Class::COORDINATOR).or(Class::SUBJECT).or(Class::CUE);
        speech
            && next.starts_with(char::is_lowercase)
            && !lexicon().class(next).any(writer)
            && (super::WORDS.cut.contains(&*word.to_lowercase()) || is_gerund_without_g(word))
    }

    /// For straight marks a doubtful closer counts only close by: ‘the workers’ in straight marks.
    fn is_short(&self, open: usize, close: Option<usize>) -> bool {
        close.is_some_and(|close| self.marks[close].span.start - self.marks[open].span.end < 40)
    }

    /// Could this closing single mark be an apostrophe: the ministers’ plan, goin’ home?
    fn doubt(&self, mark: Mark) -> bool {
        if mark.before != Beside::Letter {
            return false;
        }
        if mark.after == Beside::Stop {
            return self.closes_after_stop(mark);
        }
        if mark.after != Beside::Space {
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
        // “‘Don’ you go’”: a word that lost its end.
        let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let goes_on = next.starts_with(char::is_lowercase) || next.starts_with("I ");
        if goes_on && super::WORDS.cut.contains(&*last.to_lowercase()) {
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

    /// “‘We was just fishin’.’”: a stop and one more closing mark follow, so that this one belongs to its word.
    fn closes_after_stop(&self, mark: Mark) -> bool {
        let after = self.text.get(mark.span.end as usize..self.block.end as usize).unwrap_or("");
        let mut signs = after.chars();
        let stop = signs.next().is_some_and(|sign| matches!(sign, '.' | ',' | '!' | '?'));
        let own = self.text.get(mark.span.range()).and_then(|own| own.chars().next());
        stop && signs.next() == own && !signs.next().is_some_and(char::is_alphanumeric)
    }

    /// “recompute the tide’: a single mark that closes what a double mark opened, and cannot be an apostrophe.
    pub(super) fn single_instead(&self, open: Mark) -> Option<Mark> {
        if open.glyph != Glyph::CurlyOpen {
            return None;
        }
        let mut taken: Vec<u32> =
            self.pieces.iter().filter_map(|piece| Some(piece.close?.span.start)).collect();
        taken.sort_unstable();
        let closes = |mark: &&Mark| {
            let before = self.text.get(open.span.end as usize..mark.span.start as usize).unwrap_or("");
            let word = before.rsplit(|sign: char| !sign.is_alphabetic()).next().unwrap_or("");
            let beside = match mark.glyph {
                Glyph::SingleClose => {
                    mark.before == Beside::Letter && matches!(mark.after, Beside::Space | Beside::Stop)
                }
                Glyph::SingleStraight => (mark.before, mark.after) == (Beside::Letter, Beside::Stop),
                _ => false,
            };
            // “… it is still my best one.’”: behind a stop no apostrophe stands.
            let after_stop = mark.glyph == Glyph::SingleClose
                && (mark.before, mark.after) == (Beside::Stop, Beside::Space)
                && !before.contains('‘');
            let after_word = beside
                && word.chars().count() >= SHORTEST_CLOSED
                && !word.ends_with(['s', 'x', 'z'])
                && !word.ends_with("in");
            mark.span.start > open.span.end
                && (after_word || after_stop)
                && taken.binary_search(&mark.span.start).is_err()
        };
        self.marks.iter().find(closes).copied()
    }

    /// A single mark that may open speech which goes on in the next paragraph or was never closed: at the head of the
    /// block, or after a colon or a comma.
    pub(super) fn doubtful_single(&self) -> Option<Piece> {
        let last = self
            .pieces
            .iter()
            .filter(|piece| piece.open.glyph.family() == Family::Single)
            .map(|piece| piece.span.start)
            .max();
        let opens = |mark: &Mark| {
            let before =
                self.text.get(self.block.start as usize..mark.span.start as usize).unwrap_or("").trim_end();
            last.is_none_or(|last| last < mark.span.start)
                && (before.is_empty() || before.ends_with([':', ',']))
        };
        let found = self.unclosed_singles.iter().map(|&index| self.marks[index]).find(opens)?;
        Some(self.piece(found))
    }
}

/// “Goin”, “fishin”: a form in -ing without its last letter.
fn is_gerund_without_g(word: &str) -> bool {
    let whole = || format!("{}g", word.to_lowercase());
    word.ends_with("in") && lexicon().class(&whole()).any(Class::FORM_GERUND.or(Class::VERB))
}
