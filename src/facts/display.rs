//! Words in marks above a text that the text itself does not have.

use super::{Quotation, QuotationKind};
use crate::source::{BlockKind, Prose};
use crate::syntax::marks::MarkedQuotation;

/// The fewest words of a text that can be expected to hold what its headline quotes.
const SHORTEST_TEXT: usize = 40;

/// The fewest words of a quotation that is looked for; one word is a name or a nickname as often as speech.
const SHORTEST: usize = 2;

/// The quotations in headlines whose words stand nowhere else in the document, in marks or not, as indices
/// into `quotations`. None where the text quotes nobody: then it is a summary, and somebody else's text has the words.
pub(super) fn without_text(
    prose: &Prose<'_>,
    marked: &[MarkedQuotation],
    quotations: &[Quotation],
) -> Vec<u32> {
    // Headlines stand before the running text; a heading within it is as often a title or a question.
    let first = prose.blocks.iter().position(|block| block.kind == BlockKind::Paragraph).unwrap_or(0);
    let display = |kind: BlockKind| matches!(kind, BlockKind::Heading | BlockKind::Caption);
    let kind = |at: usize| prose.blocks[marked[at].block].kind;
    let asked = |at: usize| {
        let quotation = &quotations[at];
        kind(at) == BlockKind::Heading
            && marked[at].block < first
            && quotation.level == 0
            && quotation.closed
            && quotation.kind != QuotationKind::Title
            && quotation.words.split_whitespace().count() >= SHORTEST
    };
    let quoted =
        (0..quotations.len()).any(|at| !display(kind(at)) && quotations[at].kind != QuotationKind::Title);
    if !quoted || !(0..quotations.len()).any(asked) {
        return Vec::new();
    }
    let mut text = String::from(" ");
    for block in prose.blocks.iter().filter(|block| !display(block.kind)) {
        push_folded(block.span.of(&prose.text), &mut text);
    }
    if text.split(' ').count() < SHORTEST_TEXT {
        return Vec::new();
    }
    let lacks = |at: &usize| {
        // Where words are left out or put in, each stretch is looked for by itself.
        quotations[*at].words.split(['…', '[', ']']).flat_map(|part| part.split("...")).any(|part| {
            let mut words = String::from(" ");
            push_folded(part, &mut words);
            words.len() > 1 && !text.contains(&words)
        })
    };
    (0..quotations.len()).filter(|at| asked(*at)).filter(lacks).map(|at| at as u32).collect()
}

/// Appends the words in small letters, each with a space behind it; marks and stops fall away.
fn push_folded(text: &str, into: &mut String) {
    for word in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '’' | '\'')) {
        let word = word.trim_matches(['’', '\'']);
        if !word.is_empty() {
            into.extend(word.chars().filter(|c| !matches!(c, '’' | '\'')).flat_map(char::to_lowercase));
            into.push(' ');
        }
    }
}
