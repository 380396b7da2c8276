//! What the writers allow, with the stretch of text that each directive covers.

use super::{BlockFact, Directive, DirectiveFault};
use crate::source::{Comment, Document, Span};
use crate::syntax::directive::{self, DirectiveFaultKind, Scope};

/// A document's directives, and what was meant as one and is none, in order.
pub(super) fn read(document: &Document, blocks: &[BlockFact]) -> (Vec<Directive>, Vec<DirectiveFault>) {
    let mut reader = Reader { document, directives: Vec::new(), faults: Vec::new(), open: Vec::new() };
    for comment in document.comments() {
        let inner = comment.inner.start;
        let place = |span: Span| Span::new(inner + span.start, inner + span.end);
        let allow = match directive::read(&comment.content) {
            Ok(allow) => allow,
            Err(fault) => {
                let written = fault.span.of(&comment.content);
                reader.fault(fault.kind, place(fault.span), written);
                continue;
            }
        };
        let one = Directive {
            span: comment.span,
            rules: allow.rules.iter().map(|(name, span)| ((*name).to_owned(), place(*span))).collect(),
            covers: match allow.scope {
                Scope::File => Span::new(0, document.text.len()),
                Scope::Paragraph => paragraph(&comment, blocks),
                Scope::Line => reader.line(&comment),
                Scope::Start | Scope::End => Span::new(comment.span.end, document.text.len()),
            },
            reason: allow.reason.to_owned(),
            removal: vec![reader.whole(comment.span)],
        };
        match allow.scope {
            Scope::Start => reader.open.push(one),
            Scope::End => reader.end(&one),
            Scope::Paragraph | Scope::Line | Scope::File => reader.directives.push(one),
        }
    }
    reader.finish()
}

/// The next paragraph, or the one around the comment; empty where none comes after it.
fn paragraph(comment: &Comment, blocks: &[BlockFact]) -> Span {
    let next = blocks.partition_point(|block| block.span.start < comment.span.end);
    let around = next.checked_sub(1).map(|before| blocks[before].span);
    let around = around.filter(|span| span.contains(comment.span));
    around.or_else(|| blocks.get(next).map(|block| block.span)).unwrap_or_default()
}

struct Reader<'d> {
    document: &'d Document,
    directives: Vec<Directive>,
    faults: Vec<DirectiveFault>,
    /// Starts whose end has not come yet, with the names that are still open.
    open: Vec<Directive>,
}

impl Reader<'_> {
    fn fault(&mut self, kind: DirectiveFaultKind, span: Span, written: &str) {
        self.faults.push(DirectiveFault { kind, span, written: written.to_owned() });
    }

    /// Ends what a start began; an end without names ends the last start.
    fn end(&mut self, end: &Directive) {
        if end.rules.is_empty() {
            match self.open.pop() {
                Some(start) => self.close(start, end, true),
                None => self.fault(DirectiveFaultKind::NeverStarted, end.span, ""),
            }
            return;
        }
        let mut rest = end.rules.clone();
        while let Some((name, span)) = rest.first().cloned() {
            let known = |start: &Directive, name: &str| start.rules.iter().any(|(rule, _)| rule == name);
            let Some(at) = self.open.iter().rposition(|start| known(start, &name)) else {
                self.fault(DirectiveFaultKind::NeverStarted, span, &name);
                rest.remove(0);
                continue;
            };
            let mut start = self.open.remove(at);
            let ended = |name: &str| rest.iter().any(|(rule, _)| rule == name);
            let (closed, left): (Vec<_>, Vec<_>) =
                std::mem::take(&mut start.rules).into_iter().partition(|(rule, _)| ended(rule));
            rest.retain(|(name, _)| !closed.iter().any(|(rule, _)| rule == name));
            let whole = left.is_empty() && closed.len() == end.rules.len();
            if !left.is_empty() {
                self.open.insert(at, Directive { rules: left, removal: Vec::new(), ..start.clone() });
            }
            start.rules = closed;
            self.close(start, end, whole);
        }
    }

    /// `whole` says that the two comments hold nothing else, so that both can be taken out.
    fn close(&mut self, mut start: Directive, end: &Directive, whole: bool) {
        start.covers.end = end.span.start.max(start.covers.start);
        match whole && !start.removal.is_empty() {
            true => start.removal.extend(&end.removal),
            false => start.removal.clear(),
        }
        self.directives.push(start);
    }

    fn finish(mut self) -> (Vec<Directive>, Vec<DirectiveFault>) {
        for start in std::mem::take(&mut self.open) {
            let names: Vec<&str> = start.rules.iter().map(|(name, _)| name.as_str()).collect();
            self.fault(DirectiveFaultKind::NeverEnded, start.span, &names.join(", "));
            self.directives.push(start);
        }
        self.directives.sort_by_key(|directive| directive.span.start);
        self.faults.sort_by_key(|fault| fault.span.start);
        (self.directives, self.faults)
    }

    /// The comment's own line, or the next one with words where the comment stands alone.
    fn line(&self, comment: &Comment) -> Span {
        let text = &self.document.text;
        let number = text.line_of(comment.span.end.saturating_sub(1));
        let own = Span::new(text.line(text.line_of(comment.span.start)).start, text.line(number).end);
        if !self.is_alone(comment.span, own) {
            return own;
        }
        let mut lines = (number + 1..=text.line_count()).map(|line| text.line(line));
        lines.find(|line| !line.of(text.as_str()).trim().is_empty()).unwrap_or_default()
    }

    fn is_alone(&self, span: Span, line: Span) -> bool {
        let text = self.document.text.as_str();
        let (before, after) = (Span::new(line.start, span.start), Span::new(span.end, line.end));
        before.of(text).trim().is_empty() && after.of(text).trim().is_empty()
    }

    /// What to delete to take a comment out: its lines where nothing else stands on them, with the blank line that
    /// would be left double; else the comment with the space before it.
    fn whole(&self, span: Span) -> Span {
        let text = &self.document.text;
        let first = text.line_of(span.start);
        let last = text.line_of(span.end.saturating_sub(1));
        let lines = Span::new(text.line(first).start, text.line(last).end);
        if !self.is_alone(span, lines) {
            let before = text.as_str()[..span.start as usize].ends_with(' ');
            return Span::new(span.start - u32::from(before), span.end);
        }
        let begins = |line: u32| if line > text.line_count() { text.len() } else { text.line(line).start };
        let blank =
            |line: u32| line <= text.line_count() && text.line(line).of(text.as_str()).trim().is_empty();
        let above = first == 1 || blank(first - 1);
        let next = if above && blank(last + 1) { last + 2 } else { last + 1 };
        Span::new(lines.start, begins(next))
    }
}
