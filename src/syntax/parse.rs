//! The parse of a document: its tokens, sentences and quotations, read once before anybody asks.
//!
//! Everything lies in flat arrays in the order of the text. A quotation is one token among the writer's words; the words
//! inside it are tokens of their own, kept apart, so that they never mix with the writer's.

use super::clause::sentence::{self, QuotationShape};
use super::clause::verb;
use super::clause::view::{TokenView, VerbEntry};
use super::id::{QuotationId, SentenceId, TokenId, TokenRange};
use super::marks::{self, Conventions, Glyph, Marks};
use super::token::{self, Kind, Noted, Token};
use crate::lexicon::Language;
use crate::source::{Block, Prose, ProseSpan};

/// How much of a document is parsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// The writer's words and those inside quotations.
    #[default]
    Everything,
    /// The writer's words, and none where there is no quotation.
    AroundQuotations,
}

/// The parse of a document.
#[derive(Clone, Debug)]
pub struct Parse<'t> {
    text: &'t str,
    language: &'t Language,
    blocks: &'t [Block],
    marks: Marks,
    shapes: Vec<QuotationShape>,
    tokens: Vec<Token>,
    /// For each token the verb that it is.
    verbs: Vec<VerbEntry>,
    /// The tokens of each block.
    block_tokens: Vec<TokenRange>,
    /// For each sentence the token after its last, in order. No sentence goes over the end of a block.
    sentence_ends: Vec<TokenId>,
    /// The tokens that are quotations, in order.
    quotation_tokens: Vec<TokenId>,
    /// For each quotation the first token that is one of its segments; `None` for one inside another quotation.
    first_tokens: Vec<Option<TokenId>>,
    quoted: QuotedWords,
}

/// The words inside the outermost quotations.
#[derive(Clone, Debug, Default)]
struct QuotedWords {
    tokens: Vec<Token>,
    verbs: Vec<VerbEntry>,
    /// For each segment of an outermost quotation, in the order of [`Parse::quotation_tokens`]: the quotation, and the end
    /// of its words among the tokens.
    segments: Vec<(QuotationId, u32)>,
}

impl<'t> Parse<'t> {
    /// Parses a document's prose.
    pub fn of(
        prose: &'t Prose<'_>,
        language: &'t Language,
        extent: Extent,
        conventions: Conventions,
    ) -> Self {
        let marks = marks::find(&prose.text, &prose.blocks, conventions);
        Self::of_marks(&prose.text, &prose.blocks, language, extent, marks)
    }

    /// Parses a text whose prose stands in these blocks, with the usual conventions of marks.
    pub fn of_blocks(text: &'t str, blocks: &'t [Block], language: &'t Language, extent: Extent) -> Self {
        let marks = marks::find(text, blocks, Conventions::default());
        Self::of_marks(text, blocks, language, extent, marks)
    }

    fn of_marks(
        text: &'t str,
        blocks: &'t [Block],
        language: &'t Language,
        extent: Extent,
        mut marks: Marks,
    ) -> Self {
        // Where quotations alone are wanted, nobody asks what is missing from the text.
        if extent == Extent::Everything {
            marks.add_notes(text, blocks);
        }
        let shapes = shapes(text, language, &marks);
        let mut parse = Self {
            text,
            language,
            blocks,
            shapes,
            tokens: Vec::new(),
            verbs: Vec::new(),
            block_tokens: Vec::new(),
            sentence_ends: Vec::new(),
            quotation_tokens: Vec::new(),
            first_tokens: vec![None; marks.quotations.len()],
            quoted: QuotedWords::default(),
            marks,
        };
        if extent == Extent::Everything || !parse.marks.quotations.is_empty() {
            parse.read(extent);
        }
        parse
    }

    /// Fills the tables in one pass over the text and one over the tokens.
    fn read(&mut self, extent: Extent) {
        // News copy has a token every five bytes or so.
        self.tokens.reserve(self.text.len() / 5);
        self.block_tokens.reserve(self.blocks.len());
        let segments = segments(&self.marks);
        self.quotation_tokens.reserve(segments.len());
        let mut next = segments.as_slice();
        let mut noted = Noted::default();
        noted.signs.reserve(self.text.len() / 30);
        for block in self.blocks {
            let inside = next.iter().take_while(|(span, _)| span.start < block.span.end).count();
            let (here, rest) = next.split_at(inside);
            let start = self.tokens.len();
            self.read_block(block, here, &mut noted);
            self.block_tokens.push(TokenRange::new(start, self.tokens.len()));
            next = rest;
        }
        token::settle(self.text, self.language, &mut self.tokens, &noted.names);
        self.sentence_ends.reserve(self.tokens.len() / 16);
        sentence::mark_ends(&mut self.tokens, &noted.signs, &self.shapes, |end| {
            self.sentence_ends.push(TokenId::new(end));
        });
        self.read_verbs(extent);
        if extent == Extent::Everything {
            let QuotedWords { tokens, verbs, segments: ends } = &mut self.quoted;
            for (span, quotation) in segments {
                let start = tokens.len();
                noted.names.clear();
                noted.signs.clear();
                token::noted_words(self.text, span, self.language, tokens, &mut noted);
                let view = TokenView::without_verbs(self.text, &tokens[start..], self.language);
                verbs.extend((0..view.tokens.len()).map(|at| verb::entry(view, at)));
                ends.push((quotation, tokens.len() as u32));
            }
        }
    }

    /// Fills the table of verbs, sentence by sentence. Where only quotations are wanted, only the sentences are read that the
    /// patterns look at: those with a quotation, the one after it, which may begin with its attribution (“Why?” Reyes said), and
    /// the two before it (the end of a block may be one of its own).
    fn read_verbs(&mut self, extent: Extent) {
        let mut verbs = vec![VerbEntry::default(); self.tokens.len()];
        let mut quoted =
            self.quotation_tokens.iter().map(|token| self.sentence_of(*token).index()).peekable();
        let mut ends = self.sentence_ends.iter().map(|end| end.index()).enumerate().peekable();
        // The sentence after the last quotation so far; 0 is no such sentence.
        let mut after = 0;
        for block in &self.block_tokens {
            let first = block.start.index();
            let view = TokenView::without_verbs(self.text, &self.tokens[block.indices()], self.language);
            let mut start = first;
            while let Some((sentence, end)) = ends.next_if(|(_, end)| *end <= block.end.index()) {
                while let Some(passed) = quoted.next_if(|quoted| *quoted < sentence) {
                    after = passed + 1;
                }
                let before = quoted.peek().is_some_and(|quoted| *quoted <= sentence + 2);
                let follows = after > 0 && after == sentence;
                if extent == Extent::Everything || before || follows {
                    for (at, verb) in (start..end).zip(&mut verbs[start..end]) {
                        *verb = verb::entry(view, at - first);
                    }
                }
                start = end;
            }
        }
        self.verbs = verbs;
    }

    /// The tokens of one block, each segment of a quotation one token; the last token is [`token::Kind::End`]. Those that need
    /// a second look are added to `noted`.
    fn read_block(&mut self, block: &Block, segments: &[(ProseSpan, QuotationId)], noted: &mut Noted) {
        let Self { text, language, tokens, .. } = self;
        let words = |tokens: &mut Vec<Token>, noted: &mut Noted, start: u32, end: u32| {
            token::noted_words(text, ProseSpan::new(start, end), language, tokens, noted);
        };
        let mut at = block.span.start;
        for &(span, quotation) in segments {
            words(tokens, noted, at, span.start);
            noted.signs.push(tokens.len());
            let token = TokenId::new(tokens.len());
            self.quotation_tokens.push(token);
            if let Some(first) = self.first_tokens.get_mut(quotation.index()) {
                first.get_or_insert(token);
            }
            tokens.push(Token::quotation(span, quotation));
            at = span.end;
        }
        words(tokens, noted, at, block.span.end);
        noted.signs.push(tokens.len());
        tokens.push(Token::end(block.span.end));
    }

    /// The prose that was parsed.
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// The language that it was parsed in.
    pub const fn language(&self) -> &'t Language {
        self.language
    }

    /// Its blocks, in order.
    pub const fn blocks(&self) -> &'t [Block] {
        self.blocks
    }

    /// Its quotations and what is wrong with their marks.
    pub const fn marks(&self) -> &Marks {
        &self.marks
    }

    /// How each quotation begins and ends, in the order of the quotations.
    pub fn shapes(&self) -> &[QuotationShape] {
        &self.shapes
    }

    /// All tokens outside quotations, and one for each segment of a quotation.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The token.
    pub fn token(&self, token: TokenId) -> Option<&Token> {
        self.tokens.get(token.index())
    }

    /// The tokens of a run.
    pub fn words(&self, range: TokenRange) -> &[Token] {
        self.tokens.get(range.indices()).unwrap_or_default()
    }

    /// The tokens of a run with their verbs.
    pub fn view(&self, range: TokenRange) -> TokenView<'_> {
        let verbs = self.verbs.get(range.indices()).unwrap_or_default();
        TokenView { text: self.text, tokens: self.words(range), language: self.language, verbs }
    }

    /// All tokens with their verbs.
    pub fn all(&self) -> TokenView<'_> {
        self.view(TokenRange::new(0, self.tokens.len()))
    }

    /// The first token that begins at or after a byte of the prose.
    pub fn token_from(&self, byte: u32) -> TokenId {
        TokenId::new(self.tokens.partition_point(|token| token.span.start < byte))
    }

    /// The blocks with their tokens, in order; nothing where the tokens were left out.
    pub fn block_tokens(&self) -> impl Iterator<Item = (&'t Block, TokenRange)> {
        self.blocks.iter().zip(self.block_tokens.iter().copied())
    }

    /// The sentence that a token lies in.
    pub fn sentence_of(&self, token: TokenId) -> SentenceId {
        SentenceId::new(self.sentence_ends.partition_point(|end| *end <= token))
    }

    /// The tokens of a sentence; none for one that does not exist.
    pub fn sentence(&self, sentence: SentenceId) -> TokenRange {
        let last = TokenId::new(self.tokens.len());
        let end = |sentence: SentenceId| self.sentence_ends.get(sentence.index()).copied();
        TokenRange {
            start: sentence.before().map_or(Some(TokenId::default()), end).unwrap_or(last),
            end: end(sentence).unwrap_or(last),
        }
    }

    /// The tokens of the sentence that a token lies in.
    pub fn sentence_around(&self, token: TokenId) -> TokenRange {
        self.sentence(self.sentence_of(token))
    }

    /// The tokens that are quotations, in order: one for each segment of an outermost quotation.
    pub fn quotation_tokens(&self) -> &[TokenId] {
        &self.quotation_tokens
    }

    /// The first token that is a segment of the quotation; `None` for one inside another quotation.
    pub fn quotation_token(&self, quotation: QuotationId) -> Option<TokenId> {
        self.first_tokens.get(quotation.index()).copied().flatten()
    }

    /// The words inside an outermost quotation, segment by segment, with their places in the prose; nothing where they were left
    /// out.
    pub fn quoted_words(&self, quotation: QuotationId) -> impl Iterator<Item = TokenView<'_>> {
        let segments = &self.quoted.segments;
        // Outermost quotations do not overlap, so the segments of one stand together.
        let first = segments.partition_point(|(of, _)| *of < quotation);
        let count = segments[first..].iter().take_while(|(of, _)| *of == quotation).count();
        (first..first + count).map(|at| self.segment(at))
    }

    /// The words among which a byte of the prose stands: those inside the outermost quotation that holds it, or else all
    /// of the writer's in its block. Nothing where they were left out.
    pub fn words_around(&self, byte: u32) -> TokenView<'_> {
        let start = |token: &TokenId| self.tokens[token.index()].span.start;
        let after = self.quotation_tokens.partition_point(|token| start(token) <= byte);
        if let Some(at) = after.checked_sub(1)
            && self.tokens[self.quotation_tokens[at].index()].span.end > byte
        {
            return self.segment(at);
        }
        let block = self.blocks.partition_point(|block| block.span.end <= byte);
        self.view(self.block_tokens.get(block).copied().unwrap_or_default())
    }

    /// The places of all words and numbers in a run of tokens and in the quotations among them, in order. Words inside
    /// quotations are missing where they were left out.
    pub fn all_words(&self, range: TokenRange) -> impl Iterator<Item = ProseSpan> {
        let mut segment = self.quotation_tokens.partition_point(|token| *token < range.start);
        let mut own = self.words(range).iter();
        let mut inside: &[Token] = &[];
        std::iter::from_fn(move || {
            loop {
                while let Some((token, rest)) = inside.split_first() {
                    inside = rest;
                    if matches!(token.kind, Kind::Word | Kind::Number) {
                        return Some(token.span);
                    }
                }
                let token = own.next()?;
                if matches!(token.kind, Kind::Word | Kind::Number) {
                    return Some(token.span);
                }
                if token.quote().is_some() {
                    inside = self.segment(segment).tokens;
                    segment += 1;
                }
            }
        })
    }

    /// The words of one segment of an outermost quotation, by its number among all segments.
    fn segment(&self, at: usize) -> TokenView<'_> {
        let ends = &self.quoted.segments;
        let start = at.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |(_, end)| *end);
        self.quoted_view(start, ends.get(at).map_or(start, |(_, end)| *end))
    }

    /// Tokens inside quotations, by their indices among all of these.
    fn quoted_view(&self, start: u32, end: u32) -> TokenView<'_> {
        let words = start as usize..end as usize;
        let (tokens, verbs) = (&self.quoted.tokens[words.clone()], &self.quoted.verbs[words]);
        TokenView { text: self.text, tokens, language: self.language, verbs }
    }

    /// The prose that a run of tokens covers; an empty span where it has none.
    pub fn span(&self, range: TokenRange) -> ProseSpan {
        sentence::span(&self.tokens, range.start.index(), range.end.index())
    }
}

/// The outermost quotations' segments with their quotations, in the order of the text.
fn segments(marks: &Marks) -> Vec<(ProseSpan, QuotationId)> {
    let mut segments: Vec<(ProseSpan, QuotationId)> = marks
        .quotations
        .iter()
        .enumerate()
        .filter(|(_, quotation)| quotation.level == 0)
        .flat_map(|(index, quotation)| {
            quotation.segments.iter().map(move |span| (*span, QuotationId::new(index)))
        })
        .collect();
    segments.sort_by_key(|(span, _)| span.start);
    segments
}

/// How every quotation begins and ends.
fn shapes(text: &str, language: &Language, marks: &Marks) -> Vec<QuotationShape> {
    marks
        .quotations
        .iter()
        .map(|quotation| {
            let open = quotation.open.len_in_prose();
            let close = quotation.close.map_or(0, Glyph::len_in_prose);
            let inside =
                ProseSpan::new(quotation.span.start + open, quotation.span.end.saturating_sub(close));
            QuotationShape::of(inside.of(text), language)
        })
        .collect()
}
