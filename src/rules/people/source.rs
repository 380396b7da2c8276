//! The mention that a quotation is attributed to.

use crate::facts::{FileFacts, Mention, Quotation};
use crate::lexicon::lexicon;
use crate::source::Span;

/// A quotation's source as the writer put it.
pub struct Named<'f> {
    /// The quotation.
    pub quotation: &'f Quotation,
    /// Where its source stands.
    pub source: Span,
    /// The source's words.
    pub words: &'f str,
    /// The last mention inside the source, and its rank among the file's.
    pub mention: Option<(usize, &'f Mention)>,
}

/// Every attributed quotation of a file with the mention in its source.
pub fn named(facts: &FileFacts) -> impl Iterator<Item = Named<'_>> {
    facts.quotations.iter().filter_map(|quotation| {
        let source = quotation.attribution.as_ref()?.source.as_ref()?;
        let mention = mention_in(facts, source.span);
        Some(Named { quotation, source: source.span, words: &source.text, mention })
    })
}

/// The last mention inside a source, and its rank among the file's; none where it only owns what speaks.
pub fn mention_in(facts: &FileFacts, source: Span) -> Option<(usize, &Mention)> {
    let after = facts.mentions.partition_point(|mention| mention.span.start < source.end);
    let rank = after.checked_sub(1)?;
    let mention = &facts.mentions[rank];
    (source.contains(mention.span) && !mention.possessive).then_some((rank, mention))
}

/// The family name in a name of several words: its last word, suffixes left out.
pub fn family(name: &str) -> &str {
    let lexicon = lexicon();
    let mut end = name.len();
    loop {
        let before = name.as_bytes()[..end].iter().rposition(|byte| matches!(byte, b' ' | b','));
        let word = &name[before.map_or(0, |at| at + 1)..end];
        if !word.is_empty() && !lexicon.is_suffix(word) {
            return word;
        }
        let Some(before) = before else { return name };
        end = before;
    }
}
