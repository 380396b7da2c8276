//! Quotation marks that are not as they should be.

use serde::{Deserialize, Serialize};

use super::{FileFacts, Quotation, QuotationKind};
use crate::source::{ProseSpan, Span};
use crate::syntax::MarkFaultKind;
use crate::syntax::marks::Apostrophes;

/// One odd mark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarkFault {
    /// What is odd.
    pub kind: MarkFaultKind,
    /// The mark, or the marks and what stands between them.
    pub span: Span,
    /// Another place that matters: the mark it should pair with, the paragraph that should open anew.
    pub related: Option<Span>,
    /// The other places of a habit that is told once, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Span>,
    /// What belongs at `span` instead, where that is certain.
    pub instead: Option<String>,
    /// The place that `instead` takes, where that is more than `span`: a comma and the marks that it goes over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced: Option<Span>,
}

impl MarkFault {
    /// The style that is rarer in the file, with the place of the usual one.
    fn mixed(kind: MarkFaultKind, straight: (u32, Option<Span>), curly: (u32, Option<Span>)) -> Option<Self> {
        let ((straights, straight), (curlies, curly)) = (straight, curly);
        let (straight, curly) = (straight?, curly?);
        let (span, usual) = if straights <= curlies { (straight, curly) } else { (curly, straight) };
        Some(Self { kind, span, related: Some(usual), also: Vec::new(), instead: None, replaced: None })
    }
}

/// Straight and curly marks in one file. Titles keep the marks that their works have, and do not count; nor do
/// quotations inside others and those in blocks of another language.
pub(super) fn mixed(facts: &FileFacts) -> Option<MarkFault> {
    let (mut straight, mut curly) = ((0, None), (0, None));
    let counts = |one: &&Quotation| {
        one.level == 0 && one.kind != QuotationKind::Title && !facts.is_in_foreign_block(one)
    };
    for quotation in facts.quotations.iter().filter(counts) {
        let (start, end) = (quotation.span.start, quotation.span.end);
        let opens = quotation.text.chars().next().map(|mark| (mark, start));
        let closes = quotation.text.chars().next_back().filter(|_| quotation.closed);
        let closes = closes.map(|mark| (mark, end.saturating_sub(mark.len_utf8() as u32)));
        for (mark, at) in opens.into_iter().chain(closes) {
            let styles = match mark {
                '"' => &mut straight,
                '“' | '”' | '„' => &mut curly,
                _ => continue,
            };
            styles.0 += 1;
            styles.1.get_or_insert(Span::new(at, at + mark.len_utf8() as u32));
        }
    }
    MarkFault::mixed(MarkFaultKind::MixedMarkStyle, straight, curly)
}

/// Straight and curly apostrophes in one file, which have a count of their own.
pub(super) fn mixed_apostrophes(
    apostrophes: &Apostrophes,
    to_text: impl Fn(ProseSpan) -> Span,
) -> Option<MarkFault> {
    let straight = (apostrophes.straight.count, apostrophes.straight.first.map(&to_text));
    let curly = (apostrophes.curly.count, apostrophes.curly.first.map(&to_text));
    MarkFault::mixed(MarkFaultKind::MixedApostrophes, straight, curly)
}
