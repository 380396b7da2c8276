//! Dialogue: who speaks when speech follows speech.
//!
//! In news a paragraph of speech after a paragraph of speech goes on with the same speaker. In a novel it is the other
//! one's answer. So the two kinds of text are told apart first ([`TextKind`]), and in fiction
//!
//! - a paragraph of speech is never given to whoever spoke in the paragraph before,
//! - between two speakers who are known, turns alternate: A, B, A, B,
//! - somebody who acts beside the speech in its own paragraph may be its speaker: Holt stood up. “No.”
//! - whoever a turn calls by name speaks before or after it.
//!
//! None of these is certain, so they are weighed together.

mod chain;
mod evidence;
mod exchange;
mod vocative;

use std::ops::Range;

use smallvec::SmallVec;

use super::people::{Cast, People};
use super::reading::Resolution;
use crate::lexicon::Class;
use crate::source::{BlockKind, TextKind};
use crate::syntax::sieve::{Pattern, SourceDecision};
use crate::syntax::token::{Kind, Token};
use crate::syntax::{Parse, QuotationId, TokenRange};

/// Runs of three paragraphs that open with speech, below which a text is not taken for fiction.
const FEWEST_RUNS: usize = 3;

/// Of the paragraphs with speech, the part that must end such a run, in percent. It is above 20 in 19 of 840 news articles,
/// which the other two bounds leave out, and 18 in the novel of 14 that has least.
const RUNS_PERCENT: usize = 15;

/// Of the paragraphs that open with speech, the part whose first quotation must end with a question or an exclamation
/// mark, in percent: people in novels ask each other, and people in the news state.
const ASKING_PERCENT: usize = 8;

/// Of a thousand words outside quotations, how many may be figures. Stories write numbers out: the 14 novels have one at
/// most, news articles nine or ten, and a feature full of dialogue about six.
const FIGURES_PER_THOUSAND: usize = 4;

/// A paragraph as a turn of an exchange.
struct Turn {
    /// Its outermost quotations; one that began in a paragraph before is left out.
    quotations: SmallVec<[usize; 4]>,
    /// Its tokens.
    tokens: TokenRange,
    /// It begins with speech.
    opens: bool,
    /// The turn before it in this list is the paragraph before it in the text.
    follows: bool,
    /// The tokens of the paragraph before it, where that is the writer's and has no speech.
    before: Option<Range<usize>>,
}

/// What the words of a turn say of others.
#[derive(Default)]
struct Spoken {
    /// Those whom it calls by name: “Orla, come here.”
    called: Vec<usize>,
    /// Those whom it names and does not call.
    talked_about: Vec<usize>,
    /// The genders that words like “sir” say its hearers have.
    hearers: Class,
}

impl Spoken {
    fn read(turn: &Turn, parse: &Parse<'_>, cast: &Cast) -> Self {
        let mut spoken = Self::default();
        for quotation in turn.quotations.iter().filter_map(|&at| parse.marks().quotations.get(at)) {
            let words = quotation.span.of(parse.text());
            cast.named_in_speech(words, &mut spoken.called, &mut spoken.talked_about);
            spoken.hearers = spoken.hearers.or(vocative::gender(words, parse.all().language));
        }
        let called = &spoken.called;
        spoken.talked_about.retain(|member| !called.contains(member));
        spoken
    }

    /// The one whom it calls.
    fn only_called(&self) -> Option<usize> {
        match self.called.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }
}

/// The paragraphs with speech, in order.
fn turns(parse: &Parse<'_>) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::with_capacity(parse.quotation_tokens().len());
    let mut broken = true;
    let mut last = None;
    let mut before = None;
    let mut quotes = parse.quotation_tokens().iter().peekable();
    for (block, range) in parse.block_tokens() {
        let mut speech = SmallVec::new();
        while let Some(token) = quotes.next_if(|token| token.index() < range.indices().end) {
            let quotation = parse.token(*token).and_then(Token::quote);
            speech.extend(quotation.map(QuotationId::index));
        }
        let Some(&first) = speech.first() else {
            // An empty line of stars has no words and is a break all the same.
            broken = true;
            before = (block.kind == BlockKind::Paragraph).then(|| range.indices());
            continue;
        };
        let narrated = before.take();
        if matches!(block.kind, BlockKind::Heading | BlockKind::Byline | BlockKind::Caption) {
            broken = true;
            continue;
        }
        let goes_on = last == Some(first);
        last = speech.last().copied();
        if goes_on {
            // The quotation runs over paragraphs: this one belongs to the turn that began it.
            if let Some(turn) = turns.last_mut() {
                turn.quotations.extend(speech.into_iter().filter(|&quotation| quotation != first));
            }
            continue;
        }
        let opens = parse
            .words(range)
            .iter()
            .find(|token| token.kind != Kind::Symbol)
            .is_some_and(|token| token.quote().is_some());
        turns.push(Turn { quotations: speech, tokens: range, opens, follows: !broken, before: narrated });
        broken = false;
    }
    turns
}

/// Tells fiction from news by how its paragraphs of speech follow each other.
fn kind_of(parse: &Parse<'_>, turns: &[Turn]) -> TextKind {
    let opening = turns.iter().filter(|turn| turn.opens).count();
    let asking = turns
        .iter()
        .filter(|turn| turn.opens)
        .filter(|turn| {
            let shape = turn.quotations.first().and_then(|&first| parse.shapes().get(first));
            shape.is_some_and(|shape| matches!(shape.last, '?' | '!'))
        })
        .count();
    let in_run = |at: usize| turns[at].opens && turns[at].follows;
    let runs = (2..turns.len()).filter(|&at| in_run(at) && in_run(at - 1) && turns[at - 2].opens).count();
    let fiction = runs >= FEWEST_RUNS
        && runs * 100 >= turns.len() * RUNS_PERCENT
        && asking * 100 >= opening * ASKING_PERCENT
        && has_few_figures(parse);
    if fiction { TextKind::Fiction } else { TextKind::News }
}

/// Does the writer write numbers out, as stories do? Asked last, because it looks at every word.
fn has_few_figures(parse: &Parse<'_>) -> bool {
    let tokens = parse.all().tokens;
    let figures = tokens.iter().filter(|token| token.kind == Kind::Number).count();
    let words = tokens.iter().filter(|token| token.is_word()).count();
    figures * 1000 <= words * FIGURES_PER_THOUSAND
}

/// How a document gives its speech, and its paragraphs with speech.
pub struct Dialogue {
    /// Of which kind the text is.
    pub kind: TextKind,
    turns: Vec<Turn>,
}

impl Dialogue {
    /// Reads a parse; `told` is what the house or the document says of its kind.
    pub fn read(parse: &Parse<'_>, told: Option<TextKind>) -> Self {
        let turns = turns(parse);
        Self { kind: told.unwrap_or_else(|| kind_of(parse, &turns)), turns }
    }

    /// Takes back what only holds in news: in fiction a paragraph of speech after another is not the same speaker's.
    pub fn withdraw(&self, decided: &mut [Option<SourceDecision>]) {
        if self.kind == TextKind::News {
            return;
        }
        for turn in &self.turns {
            for &quotation in &turn.quotations {
                if let Some(slot) = decided.get_mut(quotation)
                    && slot.is_some_and(|found| found.pattern == Pattern::CarriedOverParagraph)
                {
                    *slot = None;
                }
            }
        }
    }

    /// Gives turns of an exchange to their speakers, where what is decided around them tells. `resolutions` has one entry
    /// a quotation.
    pub fn settle(
        &self,
        parse: &Parse<'_>,
        people: &People<'_>,
        resolutions: &mut [Resolution],
        needed: f32,
    ) {
        if self.kind == TextKind::Fiction {
            exchange::settle(&self.turns, parse, people, resolutions, needed);
        }
    }
}
