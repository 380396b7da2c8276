//! Facts of a document: the grammar's findings, tied together and placed in the file.

use std::borrow::Cow;

use super::speakers::People;
use super::{
    Attribution, BlockFact, FileFacts, MarkFault, Phrase, Quotation, QuotationKind, dates, mentions,
    published, said_on,
};
use crate::calendar::Day;
use crate::source::{BlockKind, Document, Prose, Span};
use crate::syntax::clause::sentence::Edges;
use crate::syntax::marks::{self, Glyph, MarkedQuotation};
use crate::syntax::sieve::NotSpeech;
use crate::syntax::token::Page;
use crate::syntax::{names, sieve};

/// What the configuration and the command line know about a document that it does not say itself.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// Its publication day by an override.
    pub published: Option<Day>,
    /// Its publication day where it carries none and no override names one.
    pub fallback: Option<Day>,
    /// The desk whose copy it is.
    pub desk: Option<String>,
}

/// Reads a document's facts.
pub fn read(document: &Document, hints: &Hints) -> FileFacts {
    let prose = document.prose();
    let mut facts = read_prose(&prose);
    facts.path.clone_from(&document.path);
    facts.format = document.format;
    facts.desk.clone_from(&hints.desk);
    facts.published = published::discover(document, &prose, hints);
    let day = facts.published.map(|published| published.day);
    said_on::tell(document.text.as_str(), &mut facts.quotations, day);
    facts.dates = dates::resolve(&prose, &dates::spoken(&facts.quotations), day);
    facts.directives = super::directives::read(document, &facts.blocks);
    facts
}

/// Reads the facts that stand in a document's prose.
pub fn read_prose(prose: &Prose<'_>) -> FileFacts {
    let text: &str = &prose.text;
    let marked = marks::find(text, &prose.blocks);
    let edges = sieve::edges(text, &marked.quotations);
    let page = Page::read(text, &prose.blocks, &sieve::segments(&marked.quotations));
    let decisions = sieve::attribute(text, &prose.blocks, &page, &edges);
    let people = People::new(text, &page.tokens, names::find(text, &page.tokens));
    let words = |span: Span| Phrase { span: prose.to_text(span), text: one_line(span.of(text)) };
    let mut facts = FileFacts {
        words: page.tokens.iter().filter(|token| token.is_word()).count() as u32,
        blocks: prose
            .blocks
            .iter()
            .map(|block| BlockFact { kind: block.kind, span: prose.to_text(block.span) })
            .collect(),
        mark_faults: marked
            .faults
            .iter()
            .map(|fault| MarkFault {
                kind: fault.kind,
                span: prose.to_text(fault.span),
                related: fault.related.map(|span| prose.to_text(span)),
                instead: fault.instead.map(str::to_owned),
            })
            .collect(),
        ..FileFacts::default()
    };
    let passage = mentions::Passage { text, tokens: &page.tokens, edges: &edges };
    for (name, person) in people.names() {
        match mentions::mention(passage, name, person) {
            Some(mention) => facts.mentions.push(mention.placed(|span| prose.to_text(span))),
            None => facts.names.push(words(name.span)),
        }
    }
    for (index, quotation) in marked.quotations.iter().enumerate() {
        let found = decisions.decided[index].filter(|_| quotation.level == 0);
        let attribution = found.map(|found| Attribution {
            source: found.source.map(words),
            cue: found.cue.map(words),
            speaker: found.source.and_then(|source| people.resolve(source, found.sort)),
            said_on: None,
            medium: None,
            evidence: Cow::Borrowed(found.pattern.name()),
            confidence: found.pattern.precision(),
        });
        facts.quotations.push(Quotation {
            span: prose.to_text(quotation.span),
            segments: quotation.segments.iter().map(|span| prose.to_text(*span)).collect(),
            text: quotation.span.of(text).to_owned(),
            words: inside(text, quotation),
            kind: kind(
                quotation,
                &edges[index],
                attribution.is_some(),
                decisions.no_speech[index],
                prose.blocks[quotation.block].kind,
            ),
            level: quotation.level,
            block: quotation.block as u32,
            continues: None,
            closed: quotation.close.is_some(),
            attribution,
        });
    }
    facts
}

/// A quotation's words without its own marks, paragraphs joined by a line feed.
fn inside(text: &str, quotation: &MarkedQuotation) -> String {
    let last = quotation.segments.len() - 1;
    let mut words = String::with_capacity(quotation.span.len() as usize);
    for (index, segment) in quotation.segments.iter().enumerate() {
        let opens = index == 0 || quotation.open.len_in_prose() > 0 && begins_with_mark(segment.of(text));
        let start = segment.start + if opens { quotation.open.len_in_prose() } else { 0 };
        let close = if index == last { quotation.close.map_or(0, Glyph::len_in_prose) } else { 0 };
        if index > 0 {
            words.push('\n');
        }
        words.push_str(Span::new(start, segment.end.saturating_sub(close)).of(text));
    }
    words
}

/// A later paragraph of a quotation opens anew, or goes on without a mark.
fn begins_with_mark(segment: &str) -> bool {
    segment.starts_with(['"', '“', '”', '„', '«', '»', '\'', '`', '‘', '’', '‹', '›', '「', '『'])
}

fn kind(
    quotation: &MarkedQuotation,
    edges: &Edges,
    attributed: bool,
    no_speech: Option<NotSpeech>,
    block: BlockKind,
) -> QuotationKind {
    let ends = matches!(edges.last, '.' | ',' | '?' | '!' | '-' | '…');
    match no_speech {
        Some(NotSpeech::Title) => QuotationKind::Title,
        Some(NotSpeech::Nickname | NotSpeech::Naming) => QuotationKind::Scare,
        None if quotation.open == Glyph::None || block == BlockKind::BlockQuote => QuotationKind::Block,
        None if edges.capital && (ends || edges.words > SENTENCE) => QuotationKind::Sentence,
        None if attributed || edges.words > SCARE => QuotationKind::Fragment,
        None => QuotationKind::Scare,
    }
}

/// A capital and more words than this make a sentence even without a stop.
const SENTENCE: u32 = 6;

/// The most words that are held at arm's length: more are somebody's, even where nobody is named.
const SCARE: u32 = 4;

/// A phrase on one line.
fn one_line(phrase: &str) -> String {
    if phrase.contains(['\n', '\r', '\t']) {
        phrase.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        phrase.to_owned()
    }
}
