//! Sentences: where they end among the tokens, with each quotation folded into one token.

use crate::lexicon::{Class, Language};
use crate::source::ProseSpan;
use crate::syntax::token::{Kind, Token, plain_end};

/// How a quotation begins and ends, which tells how it sits in its sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuotationShape {
    /// The last character before the closing mark: `.`, `,`, `?`, `!`, `-` for any dash, `…`, `a` for anything else.
    pub last: char,
    /// Begins with a capital, a digit or an ellipsis: may begin a sentence.
    pub capital: bool,
    /// Words inside; of many, only that there are.
    pub words: u32,
    /// Every word that matters begins with a capital: “Meet the Harbour”.
    pub title: bool,
}

impl QuotationShape {
    /// Reads the edges of what stands between the marks.
    pub fn of(inside: &str, language: &Language) -> Self {
        let edge = |sign: char| matches!(sign, '\'' | '"' | ')' | ']' | '‘'..='’' | '“'..='”');
        let trimmed = inside.trim().trim_matches(edge);
        let last = match trimmed.chars().next_back() {
            Some(c @ ('.' | ',' | '?' | '!' | ':' | ';')) => {
                if trimmed.ends_with("...") || trimmed.ends_with(". .") { '…' } else { c }
            }
            Some('—' | '–' | '-') => '-',
            Some('…') => '…',
            _ => 'a',
        };
        let capital = trimmed
            .chars()
            .find(|c| !matches!(c, '[' | '(' | '.' | '…' | ' ' | '$' | '#' | '@'))
            .is_some_and(|c| c.is_uppercase() || c.is_numeric());
        let title = capital && is_title(trimmed, language) && !matches!(last, '!' | '?');
        Self { title, last, capital, words: words(inside) }
    }
}

/// More words than this are not counted: nothing asks for the exact number of many.
const MANY: u32 = 12;

/// The words that hold a letter or a digit, no more than [`MANY`].
fn words(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let (mut count, mut counted, mut at) = (0, false, 0);
    while let Some(&byte) = bytes.get(at).filter(|_| count < MANY) {
        let plain = plain_end(bytes, at, bytes.len()) - at;
        let (len, space, inner) = match byte {
            _ if plain > 0 => (plain, false, true),
            b' ' | b'\t'..=b'\r' => (1, true, false),
            0..0x80 => (1, false, false),
            _ => {
                let c = text[at..].chars().next().unwrap_or_default();
                (c.len_utf8(), c.is_whitespace(), c.is_alphanumeric())
            }
        };
        if inner && !counted {
            count += 1;
        }
        counted = !space && (counted || inner);
        at += len;
    }
    count
}

/// The longest title that is looked for, in words.
const LONGEST_TITLE: usize = 12;

/// Do all words but articles, conjunctions and short prepositions begin with a capital or a digit?
fn is_title(words: &str, language: &Language) -> bool {
    let mut count = 0;
    words.split_whitespace().all(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        count += 1;
        let begins = word.chars().next().is_none_or(|c| c.is_uppercase() || c.is_numeric());
        let small = Class::DETERMINER.or(Class::PREPOSITION).or(Class::COORDINATOR);
        count <= LONGEST_TITLE && (begins || word.len() <= 5 && language.lexicon.class(word).any(small))
    }) && count > 0
}

/// The fewest words of a quotation that begins a sentence after an abbreviation.
const WHOLE: u32 = 4;

/// The longest sentence, in tokens (a quotation is one of them). What is longer is a list, a table or a text without stops, and
/// is cut after this many tokens: the patterns look over the whole sentence for each quotation in it, so that this limit
/// keeps their work linear in the text. Real sentences are far shorter.
const LONGEST_SENTENCE: usize = 1_000;

/// Marks the tokens that end a sentence as [`Class::ENDS`] and reports the token after each of them to `ended`, in order.
/// `signs`: the places of all tokens but plain words, ascending ([`Token::is_plain`]); `shapes`: those of the document's
/// quotations. A sentence of [`LONGEST_SENTENCE`] ends at its next sign or quotation, or at twice this length.
pub(in crate::syntax) fn mark_ends(
    tokens: &mut [Token],
    signs: &[usize],
    shapes: &[QuotationShape],
    mut ended: impl FnMut(usize),
) {
    let mut start = 0;
    let mut end = |tokens: &mut [Token], index: usize, start: &mut usize| {
        tokens[index].class |= Class::ENDS;
        *start = index + 1;
        ended(*start);
    };
    for &index in signs.iter().chain([&tokens.len()]) {
        // Words without a sign, up to this one.
        while index - start >= 2 * LONGEST_SENTENCE {
            end(tokens, start + 2 * LONGEST_SENTENCE - 1, &mut start);
        }
        let long = index + 1 - start >= LONGEST_SENTENCE;
        if index < tokens.len() && (long || ends_at(tokens, shapes, index)) {
            end(tokens, index, &mut start);
        }
    }
}

/// Does a sentence end with the token at `index`?
fn ends_at(tokens: &[Token], shapes: &[QuotationShape], index: usize) -> bool {
    let next = tokens.get(index + 1);
    match tokens[index].kind {
        Kind::End => true,
        // “R-Fla.,” and “(Fla.)”: a full stop before a comma, a bracket or a small letter ends an abbreviation.
        Kind::Stop => next.is_none_or(|token| {
            !matches!(token.kind, Kind::Comma | Kind::Close | Kind::Semicolon)
                && (!token.is_word() || token.is_capital())
        }),
        Kind::Question | Kind::Exclamation => next.is_none_or(|token| !continues(token)),
        // (“…,” Reyes said.) Okafor left.
        Kind::Close => {
            index > 0
                && matches!(tokens[index - 1].kind, Kind::Stop | Kind::Question | Kind::Exclamation)
                && next.is_some_and(|token| token.is_capital() || token.quote().is_some())
                && closes_a_sentence(tokens, shapes, index)
        }
        Kind::Quote(quote) => {
            let edges_here = shapes.get(quote.index()).copied().unwrap_or_default();
            match edges_here.last {
                '.' | '!' | '?' => {
                    next.is_none_or(|token| !continues(token))
                        && !attributed_after(&tokens[index..], edges_here.last)
                }
                '…' => {
                    next.is_none_or(|token| token.is_capital() || token.quote().is_some())
                        && !attributed_after(&tokens[index..], '?')
                }
                _ => false,
            }
        }
        Kind::Word if tokens[index].is(Class::STOPPED) => {
            next.is_some_and(|token| match token.quote() {
                // “…,” said Reyes of Springfield, Ill. “…”
                Some(quote) => {
                    shapes.get(quote.index()).is_some_and(|shapes| {
                        shapes.capital && shapes.words >= WHOLE && shapes.last != 'a' && !shapes.title
                    }) && !tokens[index].is(Class::HONORIFIC.or(Class::MONTH))
                }
                None => begins(tokens, index, token),
            })
        }
        _ => false,
    }
}

/// The longest sentence in brackets that is looked for, in tokens.
const BRACKETED: usize = 60;

/// Does the bracket that closes at `close` hold a whole sentence, so that it opens after the end of another?
fn closes_a_sentence(tokens: &[Token], shapes: &[QuotationShape], close: usize) -> bool {
    let open = (close.saturating_sub(BRACKETED)..close)
        .rev()
        .take_while(|&at| tokens[at].kind != Kind::End)
        .find(|&at| tokens[at].kind == Kind::Open);
    open.is_some_and(|open| open == 0 || ends_at(tokens, shapes, open - 1))
}

/// After a closing mark: does the sentence go on with this token?
fn continues(token: &Token) -> bool {
    match token.kind {
        Kind::Word => !token.is_capital(),
        Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::Dash | Kind::Close | Kind::Possessive => true,
        _ => false,
    }
}

/// A question or an exclamation may be followed by its attribution, which begins with a name: “Why?” Reyes asked.
fn attributed_after(tokens: &[Token], last: char) -> bool {
    if last == '.' {
        return false;
    }
    let mut names = 0;
    for token in tokens.iter().skip(1).take(6) {
        if token.is_word() && token.is(Class::CUE) && !token.is_capital() {
            return names > 0;
        }
        if token.is_capital() || token.is(Class::PARTICLE) || token.is(Class::HONORIFIC) {
            names += 1;
        } else if !token.is(Class::ADVERB.or(Class::AUXILIARY)) {
            return false;
        }
    }
    false
}

/// After an abbreviation: does this token begin a new sentence?
fn begins(tokens: &[Token], index: usize, next: &Token) -> bool {
    let last = &tokens[index];
    if last.is(Class::HONORIFIC.or(Class::MONTH)) || !next.is_capital() {
        return next.kind == Kind::End;
    }
    // An initial goes on to the name; “U.S.” before a function word with a capital ends its sentence.
    let initial = last.span.len() == 2;
    !initial
        && next.is(Class::DETERMINER
            .or(Class::SUBJECT)
            .or(Class::POSSESSIVE)
            .or(Class::PREPOSITION)
            .or(Class::COORDINATOR)
            .or(Class::SUBORDINATOR))
}

/// The prose a range of tokens covers.
pub fn span(tokens: &[Token], start: usize, end: usize) -> ProseSpan {
    match (tokens.get(start), end.checked_sub(1).and_then(|last| tokens.get(last))) {
        (Some(first), Some(last)) if start < end => ProseSpan::new(first.span.start, last.span.end),
        (Some(first), _) => ProseSpan::new(first.span.start, first.span.start),
        _ => ProseSpan::default(),
    }
}
