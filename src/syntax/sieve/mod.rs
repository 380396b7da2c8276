//! The sieve: who said each quotation, by an ordered list of small grammatical patterns, most certain first.
//!
//! Each pattern either decides or passes the quotation on. What decides leaves its name as evidence and its measured
//! precision as confidence (`rules/words/patterns.txt`). Patterns look at one block's tokens, in which each quotation
//! is one token; speech that is carried on from before is decided by `carry`, over the whole document.

mod after;
mod before;
mod carry;
mod hearer;
mod indirect;
mod lead;
mod manner;
mod not_speech;
mod noun;
mod pattern;
mod trace;

pub use hearer::hearer;
pub use indirect::{Form, Reported, indirect};
pub use not_speech::NotSpeech;
pub use pattern::Pattern;
pub use trace::{Trace, Try, trace};

use std::ops::Deref;

use super::clause::noun_phrase::{self, HeadKind, NounPhrase};
use super::clause::sentence::{self, QuotationShape};
use super::clause::view::{TokenView, Verb, Voice};
use super::id::{QuotationId, TokenId, TokenRange};
use super::parse::Parse;
use super::token::{Kind, Token};
use crate::lexicon::{Class, WordSet};
use crate::source::{BlockKind, ProseSpan};

/// Who said a quotation, as its own clause or its surroundings show it.
#[derive(Clone, Copy, Debug)]
pub struct SourceDecision {
    /// The pattern that decided.
    pub pattern: Pattern,
    /// The phrase that names the source.
    pub source: Option<ProseSpan>,
    /// What that phrase is.
    pub head_kind: HeadKind,
    /// The words that attribute.
    pub cue: Option<ProseSpan>,
    /// The quotation it was carried on from.
    pub carried_from: Option<QuotationId>,
}

impl SourceDecision {
    fn new(
        view: &SentenceView<'_>,
        pattern: Pattern,
        source: Option<NounPhrase>,
        cue: Option<(usize, usize)>,
    ) -> Self {
        Self {
            pattern,
            source: source.map(|phrase| sentence::span(view.tokens, phrase.start, phrase.end)),
            head_kind: source.map_or(HeadKind::Other, |phrase| phrase.head_kind),
            cue: cue.map(|(start, end)| sentence::span(view.tokens, start, end)),
            carried_from: None,
        }
    }
}

/// What the patterns look at: a run of tokens of the parse, a block's as a rule. Places in it are counted from its first
/// token.
#[derive(Clone, Copy)]
pub struct SentenceView<'a> {
    parse: &'a Parse<'a>,
    /// The run's tokens.
    words: TokenView<'a>,
    /// The index of the first of them among the document's tokens.
    first: usize,
    /// The quotation that the steps are asked about, and the first token of its sentence: every step asks for it.
    asked: Option<(usize, usize)>,
}

impl<'a> Deref for SentenceView<'a> {
    type Target = TokenView<'a>;

    fn deref(&self) -> &Self::Target {
        &self.words
    }
}

impl<'a> SentenceView<'a> {
    fn new(parse: &'a Parse<'a>, range: TokenRange) -> Self {
        Self { parse, words: parse.view(range), first: range.start.index(), asked: None }
    }

    /// The same where the quotation at `at` is asked about.
    fn about(self, at: usize) -> Self {
        Self { asked: Some((at, self.sentence(at).start)), ..self }
    }

    /// The tokens of the sentence that `at` lies in.
    fn sentence(&self, at: usize) -> std::ops::Range<usize> {
        let around = self.parse.sentence_around(TokenId::new(self.first + at)).indices();
        around.start.saturating_sub(self.first)..(around.end - self.first).min(self.tokens.len())
    }

    /// The edges of the quotation that the token at `at` is.
    fn shapes(&self, at: usize) -> QuotationShape {
        let shape = |quote: QuotationId| self.parse.shapes().get(quote.index());
        self.tokens[at].quote().and_then(shape).copied().unwrap_or_default()
    }

    /// Does the quotation at `at` begin with an auxiliary: “would be late”?
    fn begins_with_auxiliary(&self, at: usize) -> bool {
        let word = self.word(at).split_whitespace().next().unwrap_or_default();
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        word.starts_with(char::is_lowercase) && self.language.lexicon.class(word).any(Class::AUXILIARY)
    }

    fn sentence_start(&self, at: usize) -> usize {
        match self.asked {
            Some((asked, start)) if asked == at => start,
            _ => self.sentence(at).start,
        }
    }

    fn sentence_end(&self, at: usize) -> usize {
        self.sentence(at).end
    }

    /// Does the quotation end so that its attribution may follow directly: “…,” or “…?” or a dash?
    fn leads_on(&self, quote: usize) -> bool {
        let lower_next =
            self.tokens.get(quote + 1).is_some_and(|token| token.is_word() && !token.is_capital());
        match self.shapes(quote).last {
            ',' | '?' | '!' | '-' => true,
            // “….” Reyes said.: the full stop should be a comma; only the plain form is trusted.
            '.' | '…' => true,
            'a' => lower_next,
            _ => false,
        }
    }

    /// The position after a comma, a dash or a bracket that separates a quotation from what follows at `at`.
    fn skip_separator(&self, at: usize) -> usize {
        match self.tokens.get(at).map(|token| token.kind) {
            Some(Kind::Comma | Kind::Dash) => at + 1,
            // “…” (said Reyes)
            Some(Kind::Open) if self.tokens.get(at + 1).is_some_and(|next| next.is(Class::CUE)) => at + 1,
            _ => at,
        }
    }

    /// Does a verb that attributes with its particle stand at `at`: put in, broke in, went on?
    fn is_particle_cue(&self, at: usize) -> bool {
        self.is_in(at, WordSet::ParticleCue)
            && self.tokens.get(at + 1).is_some_and(Token::is_word)
            && self.is_in(at + 1, WordSet::CueParticle)
    }

    /// A noun that attributes: claim, remark.
    fn is_cue_noun(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.is_word() && token.is(Class::CUE_NOUN) && !token.is_capital()
    }

    /// An auxiliary, or a finite verb in the active?
    fn is_finite(&self, at: usize) -> bool {
        self.tokens[at].is(Class::AUXILIARY) || self.verb(at).is_some_and(|verb| verb.voice == Voice::Active)
    }

    /// The cue at `at`. Its class rules most words out, before what stands around them is asked.
    fn cue_at(&self, at: usize) -> Option<Verb> {
        if !self.tokens[at].is(Class::CUE) {
            return None;
        }
        self.verb(at).filter(|verb| verb.cue)
    }

    /// Does a cue that is one everywhere stand in this range?
    fn has_strong_cue(&self, mut range: std::ops::Range<usize>) -> bool {
        range.any(|at| !self.is_weak(at) && self.cue_at(at).is_some())
    }

    /// “according to” at `at`.
    fn is_according_to(&self, at: usize) -> bool {
        self.language.has_in_any_case(WordSet::According, self.word(at))
            && self.tokens.get(at + 1).is_some_and(|next| next.is_word() && next.is(Class::TO))
    }

    /// A cue that attributes only beside quotation marks?
    fn is_weak(&self, at: usize) -> bool {
        self.tokens[at].is(Class::CUE_WEAK)
    }

    /// “in the words of” with “words” at `at`.
    fn is_words_of(&self, at: usize) -> bool {
        self.is_in(at, WordSet::Words)
            && self.is_in(at + 1, WordSet::Of)
            && at > 0
            && self.is_in(at - 1, WordSet::The)
    }

    /// “was quoted as saying”: passive in form, active in sense.
    fn is_quoted_as_saying(&self, verb: &Verb) -> bool {
        self.is_in(verb.at, WordSet::Quoted) && self.is_in(verb.at + 1, WordSet::As)
    }

    /// May a verb that is no cue attribute the quotation before it: “…,” Reyes shrugged?
    fn may_speak(&self, quote: usize, verb: &Verb) -> bool {
        !self.tokens[verb.at].is(Class::AUXILIARY)
            && verb.first == verb.at
            && self.shapes(quote).words >= 4
            && self.shapes(quote).last != 'a'
            && self.closes_clause(verb.at + 1)
    }

    /// “…, Reyes said”: a noun phrase between a comma and the verb.
    fn has_own_subject(&self, quote: usize, verb: &Verb) -> bool {
        noun_phrase::backward(self.tokens, quote + 1, verb.first).is_some_and(|phrase| {
            phrase.start > quote + 2
                && self.tokens[phrase.start - 1].kind == Kind::Comma
                && !self.tokens[phrase.start].is(Class::RELATIVE)
                && matches!(
                    phrase.head_kind,
                    HeadKind::Name | HeadKind::Pronoun | HeadKind::Body | HeadKind::Person
                )
        })
    }

    /// Does a clause close after `at`: with the sentence, a comma, or an adverbial?
    fn closes_clause(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| {
            token.is_final()
                || matches!(token.kind, Kind::Comma | Kind::Dash | Kind::Semicolon | Kind::Close)
                || token.is(Class::PREPOSITION.or(Class::WEEKDAY).or(Class::ADVERB).or(Class::COORDINATOR))
                || token.is_capital()
        })
    }

    /// Does the sentence end at `at`?
    fn ends_clause(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(Token::is_final)
    }

    /// Is the token at `at` a quotation that ends in a comma?
    fn quote_ends_with_comma(&self, at: usize) -> bool {
        self.tokens[at].quote().is_some() && self.shapes(at).last == ','
    }

    /// Is the cue in a clause that has closed before the quotation: “While Reyes said so, Okafor had a “…””, “the
    /// plan, which some have called daring, was a “…””?
    fn is_closed_off(&self, start: usize, quote: usize, verb: &Verb) -> bool {
        if self.in_dashes(start, quote, verb) {
            return true;
        }
        let comma = (verb.at + 1..quote)
            .find(|&at| self.tokens[at].kind == Kind::Comma || self.quote_ends_with_comma(at));
        let Some(comma) = comma else { return false };
        let opens = |at: usize| {
            let token = &self.tokens[at];
            // “As Reyes said, …” is no clause of time.
            token.is(Class::SUBORDINATOR)
                && token.is_capital()
                && !token.is(Class::DETERMINER)
                && !self.is_in(at, WordSet::AsOpening)
        };
        // “said that when Okafor testified, “…””: a clause of time inside what is reported.
        let time = (start + 1..verb.first).rev().take(NEAR).find(|&at| self.tokens[at].is(Class::TEMPORAL));
        if let Some(time) = time
            && (self.is_in(time - 1, WordSet::That) || self.tokens[time - 1].is(Class::CUE))
            && (time..verb.first).all(|at| self.tokens[at].kind != Kind::Comma)
        {
            return true;
        }
        // “which some have argued was wrong, was”
        let relative = (start + 1..verb.first).rev().take(4).find(|&at| self.tokens[at].is(Class::RELATIVE));
        if let Some(relative) = relative
            && self.tokens[relative - 1].kind == Kind::Comma
            && comma + 1 < quote
            && self.is_finite(comma + 1)
        {
            return true;
        }
        opens(start)
            && (start + 1..verb.first).all(|at| self.tokens[at].kind != Kind::Comma)
            && (comma + 1..quote).any(|at| self.is_finite(at))
    }

    /// “the board — as Reyes noted — promised”: a report between dashes that open and close before the quotation.
    fn in_dashes(&self, start: usize, quote: usize, verb: &Verb) -> bool {
        let dash = |at: &usize| self.tokens[*at].kind == Kind::Dash;
        let Some(open) = (start..verb.first).rev().take(NEAR).find(dash) else { return false };
        let closed = (verb.at + 1..quote).take(NEAR).find(dash);
        self.is_in(open + 1, WordSet::As) && closed.is_some_and(|close| close + 1 < quote)
    }

    /// “what Reyes called”: does “what” stand before the phrase?
    fn after_what(&self, phrase: &NounPhrase) -> bool {
        phrase.start > 0 && self.language.has_in_any_case(WordSet::What, self.word(phrase.start - 1))
    }

    /// “, Reyes said,”: does a comma stand before the phrase?
    fn is_parenthesis(&self, phrase: &NounPhrase) -> bool {
        phrase.start > 0 && self.tokens[phrase.start - 1].kind == Kind::Comma
    }
}

/// How far before a verb the word that opens its clause is looked for, in words.
const NEAR: usize = 6;

/// Looks at one quotation's token.
type Sift = fn(&SentenceView<'_>, usize) -> Option<SourceDecision>;

/// One step of the sieve: a construction, and the patterns that its forms are told apart by.
struct Step {
    /// What it looks for, as a reader is told.
    name: &'static str,
    sift: Sift,
    /// What it can find.
    gives: &'static [Pattern],
}

const fn step(name: &'static str, sift: Sift, gives: &'static [Pattern]) -> Step {
    Step { name, sift, gives }
}

/// The forms of a cue before its quotation.
const LEFT: &[Pattern] = &[
    Pattern::CueColon,
    Pattern::CueComma,
    Pattern::CueBefore,
    Pattern::CallBefore,
    Pattern::GerundBefore,
    Pattern::WhatCalled,
    Pattern::RelativeBefore,
    Pattern::ParenthesisBefore,
    Pattern::WeakCue,
];

/// The sieve in its order.
const SIEVE: &[Step] = &[
    step("a speaker's name in capitals inside it", lead::turn, &[Pattern::NameColon]),
    step("a signature after a dash", after::dash_name, &[Pattern::DashName]),
    step("a cue right before it", before::adjacent, LEFT),
    step("a noun for words, its owner and “that”", noun::claim, &[Pattern::CueNoun]),
    step("a cue in a subordinate clause before it", before::subordinate, LEFT),
    step("“asked if” before it", lead::asked, &[Pattern::CueBefore, Pattern::CueAlone]),
    step("a cue after it, then the source", after::inverted, &[Pattern::CueThenSource]),
    step(
        "the source after it, then the cue",
        after::direct,
        &[Pattern::SourceThenCue, Pattern::SourceAsideCue, Pattern::WeakCue],
    ),
    step("a verb of the manner of speech after it", manner::manner, &[Pattern::SourceThenCue]),
    step("“was her reply” after it", manner::was_reply, &[Pattern::NounIs]),
    step("“according to” after it", after::according_to, &[Pattern::AccordingToAfter]),
    step("a name and a colon before it", lead::name_colon, &[Pattern::NameColon]),
    step("a cue that opens the sentence", lead::cue_first, &[Pattern::CueComma]),
    step("“in the words of” before it", lead::words_of, &[Pattern::AccordingToBefore]),
    step("the cue that governs it from before", before::governing, LEFT),
    step("“made somebody think” before it", lead::made_to_think, &[Pattern::WeakCue]),
    step("“according to” before it", lead::according_to, &[Pattern::AccordingToBefore]),
    step("“in the view of” before it", lead::view, &[Pattern::AccordingToBefore]),
    step("a cue that trails the sentence", after::trailing, &[Pattern::TrailingCue]),
    step("a noun for words, then “is”", noun::noun_is, &[Pattern::NounIs]),
    step("a noun for words, then a question mark", noun::answers, &[Pattern::NounIs]),
    step("whoever acts before a colon", lead::agent_colon, &[Pattern::AgentColon]),
    step("a noun for words and its owner", noun::cue_noun, &[Pattern::CueNoun]),
    step("a verb whose object is a noun for words", noun::made, &[Pattern::CueNoun]),
    step("a cue whose source is not told", lead::cue_alone, &[Pattern::CueAlone]),
    step("whoever acts in its clause", lead::agent, &[Pattern::Agent]),
];

/// What the sieve makes of a document's quotations; both lists have one entry a quotation, in their order.
#[derive(Clone, Debug)]
pub struct Decisions {
    /// Who said it.
    pub decided: Vec<Option<SourceDecision>>,
    /// Why it is nobody's speech.
    pub no_speech: Vec<Option<NotSpeech>>,
    /// Quotations that a second name signs, in order.
    pub countersigned: Vec<(QuotationId, ProseSpan)>,
}

impl Decisions {
    /// No decision for any quotation: the prose is in a language that no pattern reads.
    pub fn abstaining(parse: &Parse<'_>) -> Self {
        let quotations = parse.marks().quotations.len();
        Self { decided: vec![None; quotations], no_speech: vec![None; quotations], countersigned: Vec::new() }
    }
}

/// A quotation about to be asked about, and what is known by then.
struct Asked<'s, 'a> {
    view: &'s SentenceView<'a>,
    /// The quotation's token.
    at: usize,
    /// Is it a paragraph of its own that the format sets off? Then only what came before can tell.
    set_off: bool,
    decided: &'s [Option<SourceDecision>],
    carry: &'s carry::Carry<'a>,
}

/// Decides every outermost quotation of a document.
pub fn attribute(parse: &Parse<'_>) -> Decisions {
    walk(parse, |_| {})
}

/// Decides every outermost quotation, and shows each to `watch` before it is decided. Watching costs nothing where
/// nobody watches: the function is built anew for its watcher.
fn walk(parse: &Parse<'_>, mut watch: impl FnMut(&Asked<'_, '_>)) -> Decisions {
    let quotations = parse.marks().quotations.len();
    let mut decided: Vec<Option<SourceDecision>> = vec![None; quotations];
    let mut no_speech: Vec<Option<NotSpeech>> = vec![None; quotations];
    let mut carry = carry::Carry::default();
    let mut places = parse.quotation_tokens().iter().peekable();
    let mut countersigned = Vec::new();
    let mut blocks = parse.block_tokens().peekable();
    let mut in_list = false;
    while let Some((block, range)) = blocks.next() {
        let view = SentenceView::new(parse, range);
        let tokens = view.tokens;
        while let Some(place) = places.next_if(|place| range.contains(**place)) {
            let at = place.index() - range.start.index();
            let Some(quote) = tokens[at].quote() else { continue };
            let slot = quote.index();
            if decided[slot]
                .is_some_and(|found| !found.pattern.is_carried() || found.pattern == Pattern::IntroducedAbove)
            {
                continue;
            }
            let first_segment = decided[slot].is_none();
            let view = view.about(at);
            no_speech[slot] = not_speech::not_speech(&view, at);
            if no_speech[slot].is_some() {
                continue;
            }
            let set_off = block.kind == BlockKind::BlockQuote && tokens.len() <= 2;
            watch(&Asked { view: &view, at, set_off, decided: &decided, carry: &carry });
            let found = if set_off {
                None
            } else {
                carry::resumed(&view, at, &decided)
                    .or_else(|| SIEVE.iter().find_map(|step| (step.sift)(&view, at)))
            };
            // Of speech over several paragraphs the last paragraph's own attribution outweighs what was carried on.
            if first_segment || found.is_some() {
                decided[slot] = found.or_else(|| carry.decide(&view, at, &decided));
            }
        }
        let item = block.kind == BlockKind::ListItem;
        let only_item =
            item && !in_list && blocks.peek().is_none_or(|(next, _)| next.kind != BlockKind::ListItem);
        countersigned.extend(carry.sign(&view, only_item, &mut decided));
        carry.block(&view, block);
        in_list = item;
    }
    Decisions { decided, no_speech, countersigned }
}
