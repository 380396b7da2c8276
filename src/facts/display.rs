//! What stands above a text and does not agree with it: words in marks that the text does not have, and numbers that
//! differ from those of the text.
//!
//! Headlines and captions are blocks of the prose. The title, the standfirst and the like of a front matter are not;
//! they are read here by themselves.

use serde::{Deserialize, Serialize};

use super::numbers::{self, Counted};
use super::{Phrase, Quotation, QuotationKind, Statement, statements};
use crate::lexicon::Language;
use crate::source::{BlockKind, Document, Prose, ProseSpan, Span};
use crate::syntax::token;

/// The fewest words of a text that can be expected to hold what its headline quotes.
const SHORTEST_TEXT: usize = 20;

/// The fewest words of a quotation that is looked for; one word is a name or a nickname as often as speech.
const SHORTEST: usize = 2;

/// A number above a text, and the one that the text has for the same thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberPair {
    /// The number above the text, with what is counted.
    pub above: Phrase,
    /// That of the text.
    pub below: Phrase,
}

/// What does not agree with the text beneath it.
#[derive(Debug, Default)]
pub(super) struct Disagreement {
    /// Words in marks that the text does not have, without their marks.
    pub missing: Vec<Phrase>,
    /// Numbers that differ.
    pub numbers: Vec<NumberPair>,
    /// What the front matter states.
    pub statements: Vec<Statement>,
}

/// Compares headlines, and the lines of the front matter, with the text. Nothing is missing where the text quotes
/// nobody: then it is a summary, and somebody else's text has the words.
pub(super) fn compare(
    document: &Document,
    prose: &Prose<'_>,
    quotations: &[Quotation],
    language: &Language,
) -> Disagreement {
    let mut found = Disagreement::default();
    let front = document.front_matter.as_ref();
    let lines = front.map_or(&[][..], |front| &front.display);
    for (line, span) in lines {
        found.statements.extend(stated(line, *span, language));
    }
    // Headlines stand before the running text; a heading within it is as often a title or a question.
    let first = prose.blocks.iter().position(|block| block.kind == BlockKind::Paragraph).unwrap_or(0);
    let display = |kind: BlockKind| matches!(kind, BlockKind::Heading | BlockKind::Caption);
    let block = |at: usize| quotations[at].block as usize;
    let kind = |at: usize| prose.blocks[block(at)].kind;
    let asked = |at: usize| {
        let quotation = &quotations[at];
        kind(at) == BlockKind::Heading
            && block(at) < first
            && quotation.level == 0
            && quotation.closed
            && quotation.kind != QuotationKind::Title
            && quotation.words.split_whitespace().count() >= SHORTEST
    };
    let heads = || {
        let above = prose.blocks[..first].iter().filter(|block| block.kind == BlockKind::Heading);
        above.chain(prose.blocks.iter().filter(|block| block.kind == BlockKind::Caption))
    };
    let counted_above = lines.iter().map(|(line, _)| line.as_str());
    let counted_above = counted_above.chain(heads().map(|block| block.span.of(&prose.text)));
    let counts = counted_above.clone().any(|line| !numbers::read(line).is_empty());
    let pulled = pull_quotes(prose, quotations);
    let quotes = lines.iter().any(|(line, _)| !in_marks(line).is_empty())
        || (0..quotations.len()).any(asked)
        || !pulled.is_empty();
    if !counts && !quotes {
        return found;
    }
    let mut text = String::from(" ");
    let is_pulled = |span: ProseSpan| pulled.iter().any(|&at| prose.blocks[block(at)].span == span);
    for block in prose.blocks.iter().filter(|block| !display(block.kind) && !is_pulled(block.span)) {
        push_folded(block.span.of(&prose.text), &mut text);
    }
    if text.split(' ').count() < SHORTEST_TEXT {
        return found;
    }
    if counts {
        let body: Vec<(ProseSpan, Counted)> = prose
            .blocks
            .iter()
            .filter(|block| !display(block.kind) && block.kind != BlockKind::Byline)
            .flat_map(|block| {
                let numbers = numbers::read(block.span.of(&prose.text));
                numbers.into_iter().map(|it| (block.span, it))
            })
            .collect();
        let below = |(block, number): &(ProseSpan, Counted)| {
            let start = block.start + number.range.start as u32;
            let span = ProseSpan::new(start, block.start + number.range.end as u32);
            Phrase { span: prose.to_text(span), text: span.of(&prose.text).to_owned() }
        };
        let mut pair = |line: &str, place: &dyn Fn(std::ops::Range<usize>) -> Span| {
            for above in numbers::read(line) {
                if let Some(other) = numbers::contradicts(&above, &body) {
                    let words = line.get(above.range.clone()).unwrap_or("").to_owned();
                    let above = Phrase { span: place(above.range.clone()), text: words };
                    found.numbers.push(NumberPair { above, below: below(other) });
                }
            }
        };
        for (line, span) in lines {
            pair(line, &|range| within(*span, &range));
        }
        for block in heads() {
            pair(block.span.of(&prose.text), &|range| {
                let start = block.span.start + range.start as u32;
                prose.to_text(ProseSpan::new(start, block.span.start + range.end as u32))
            });
        }
    }
    let quoted = (0..quotations.len())
        .any(|at| !display(kind(at)) && !pulled.contains(&at) && quotations[at].kind != QuotationKind::Title);
    if !quoted {
        return found;
    }
    let lacks = |words: &str| {
        // Where words are left out or put in, each stretch is looked for by itself.
        words.split(['…', '[', ']']).flat_map(|part| part.split("...")).any(|part| {
            let mut words = String::from(" ");
            push_folded(part, &mut words);
            words.len() > 1 && !text.contains(&words)
        })
    };
    for (line, span) in lines {
        for range in in_marks(line) {
            let words = &line[range.clone()];
            if lacks(words) {
                found.missing.push(Phrase { span: within(*span, &range), text: words.to_owned() });
            }
        }
    }
    let shown = (0..quotations.len()).filter(|at| asked(*at)).chain(pulled.iter().copied());
    for at in shown.filter(|at| lacks(&quotations[*at].words)) {
        found.missing.push(Phrase { span: quotations[at].span, text: quotations[at].words.clone() });
    }
    found
}

/// Pull quotes: the quotations that are a block of their own, in marks and with nobody's name. A draft with more of them sets
/// its quotations off so, and a colon before one leads to words that stand there only.
fn pull_quotes(prose: &Prose<'_>, quotations: &[Quotation]) -> Vec<usize> {
    let whole = |quotation: &Quotation| {
        let block = quotation.block as usize;
        let own = prose.blocks[block];
        let led = block
            .checked_sub(1)
            .is_some_and(|before| prose.blocks[before].span.of(&prose.text).trim_end().ends_with(':'));
        let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        own.kind == BlockKind::BlockQuote
            && !led
            && quotation.level == 0
            && quotation.closed
            && quotation.segments.len() == 1
            && (SHORTEST_PULLED..=LONGEST_PULLED).contains(&quotation.words.split_whitespace().count())
            && bare(&quotation.words) == bare(own.span.of(&prose.text))
    };
    let spoken = |quotation: &&Quotation| {
        let kind = prose.blocks[quotation.block as usize].kind;
        kind == BlockKind::Paragraph
            && quotation.kind == QuotationKind::Sentence
            && quotation.attribution.as_ref().is_some_and(|said| said.speaker.is_some())
    };
    if quotations.iter().filter(spoken).take(LEAST_SPOKEN).count() < LEAST_SPOKEN {
        return Vec::new();
    }
    let pulled: Vec<usize> = (0..quotations.len()).filter(|&at| whole(&quotations[at])).collect();
    if pulled.len() > MOST_PULLED { Vec::new() } else { pulled }
}

/// Words of a pull quote.
const SHORTEST_PULLED: usize = 5;
const LONGEST_PULLED: usize = 40;

/// Quotations with a speaker in the running text of a story that has pull quotes: other texts set real quotations off so.
const LEAST_SPOKEN: usize = 4;

/// Pull quotes of one draft.
const MOST_PULLED: usize = 2;

/// The part of a line that stands at `span` of the file. A line that the format writes with escapes is shown whole.
fn within(span: Span, range: &std::ops::Range<usize>) -> Span {
    let (start, end) = (span.start + range.start as u32, span.start + range.end as u32);
    if end <= span.end { Span::new(start, end) } else { span }
}

/// What a line of the front matter states.
fn stated(line: &str, span: Span, language: &Language) -> Option<Statement> {
    let mut tokens = Vec::new();
    token::words(line, ProseSpan::new(0, line.len() as u32), language, &mut tokens);
    let first = tokens.iter().position(token::Token::is_final).map_or(tokens.len(), |at| at + 1);
    let statement = statements::read(line, &tokens[..first], true, false)?;
    Some(Statement { span, display: true, gist: statement.gist, words: Vec::new() })
}

/// The ranges in marks of a line, without the marks: curly and straight, single and double. An apostrophe opens nothing:
/// the opening mark stands before a letter and after a space, and the words are two at least.
fn in_marks(line: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((at, mark)) =
        line[from..].char_indices().find(|(_, c)| matches!(c, '“' | '‘' | '"' | '\''))
    {
        let start = from + at + mark.len_utf8();
        from = start;
        let opens = line[..start - mark.len_utf8()].chars().next_back().is_none_or(|c| !c.is_alphanumeric())
            && line[start..].starts_with(char::is_alphabetic);
        if !opens {
            continue;
        }
        let closing = match mark {
            '“' => '”',
            '‘' => '’',
            same => same,
        };
        let closes = |(at, c): &(usize, char)| {
            let next = line[start + at + c.len_utf8()..].chars().next();
            *c == closing && next.is_none_or(|next| !next.is_alphanumeric())
        };
        let Some((end, _)) = line[start..].char_indices().find(closes) else { continue };
        if line[start..start + end].split_whitespace().count() >= SHORTEST {
            found.push(start..start + end);
        }
        from = start + end + closing.len_utf8();
    }
    found
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

#[cfg(test)]
mod tests {
    use super::in_marks;

    #[test]
    fn words_in_marks_of_a_line() {
        for (line, words) in [
            ("Mayor: Town 'cannot afford' a pier", &["cannot afford"][..]),
            ("‘We will be here when the pier is dust’", &["We will be here when the pier is dust"]),
            ("“No more,” say skippers", &["No more,"]),
            ("Skippers' union says pier 'isn't safe'", &["isn't safe"]),
            ("Pier of the '90s is back", &[]),
            ("It's the skippers' pier", &[]),
            ("Rock 'n' roll on the pier", &[]),
        ] {
            let found: Vec<&str> = in_marks(line).into_iter().map(|range| &line[range]).collect();
            assert_eq!(found, words, "{line}");
        }
    }
}
