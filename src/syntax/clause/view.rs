//! A run of tokens with what is known about them: what the grammar of clauses reads.

use std::ops::Range;

use crate::lexicon::{Language, WordSet};
use crate::source::ProseSpan;
use crate::syntax::token::{Kind, Token};

/// How a verb stands in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// Finite and active: said, says, has said, was saying, did say.
    Active,
    /// was called, is known.
    Passive,
    /// to say.
    Infinitive,
    /// saying, without an auxiliary.
    Gerund,
}

/// When what a verb group tells happens, by its own forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerbTense {
    /// said, was called, did say
    Past,
    /// had said
    PastPerfect,
    /// says, has said, is called
    Present,
    /// will say, would say, may have said
    Modal,
    /// Not finite: to say, saying.
    None,
}

/// A verb where it stands, with the auxiliaries and adverbs before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb {
    /// The token of the verb itself.
    pub at: usize,
    /// The first token of its group: auxiliaries and adverbs before it.
    pub first: usize,
    /// How it stands.
    pub voice: Voice,
    /// A cue?
    pub cue: bool,
    /// When it happens.
    pub tense: VerbTense,
    /// Is it denied: did not say, never said?
    pub negated: bool,
}

impl Verb {
    /// Does it stand for a clause of its own, and not for an infinitive or a participle?
    pub const fn is_finite(&self) -> bool {
        matches!(self.voice, Voice::Active | Voice::Passive)
    }
}

/// What a table of verbs holds for one token: a verb, packed, or nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::syntax) struct VerbEntry {
    /// Tokens from the first of the group to the verb; a group is never as long as this can count.
    back: u16,
    voice: Option<Voice>,
    tense: Option<VerbTense>,
    flags: u8,
}

impl VerbEntry {
    const CUE: u8 = 1;
    const NEGATED: u8 = 2;

    pub(in crate::syntax) fn new(verb: &Verb) -> Self {
        let flag = |set: bool, flag: u8| if set { flag } else { 0 };
        Self {
            back: u16::try_from(verb.at - verb.first).unwrap_or(u16::MAX),
            voice: Some(verb.voice),
            tense: Some(verb.tense),
            flags: flag(verb.cue, Self::CUE) | flag(verb.negated, Self::NEGATED),
        }
    }

    fn verb(self, at: usize) -> Option<Verb> {
        Some(Verb {
            at,
            first: at.saturating_sub(self.back.into()),
            voice: self.voice?,
            tense: self.tense?,
            cue: self.flags & Self::CUE != 0,
            negated: self.flags & Self::NEGATED != 0,
        })
    }
}

/// A run of tokens with their text, their verbs and the language that they are in. Places are counted from its first token.
#[derive(Clone, Copy)]
pub struct TokenView<'a> {
    /// The prose.
    pub text: &'a str,
    /// The tokens.
    pub tokens: &'a [Token],
    /// The language of the prose.
    pub language: &'a Language,
    /// One entry a token; empty while the verbs are being read.
    pub(in crate::syntax) verbs: &'a [VerbEntry],
}

impl<'a> TokenView<'a> {
    /// Tokens whose verbs nobody asks for.
    pub const fn without_verbs(text: &'a str, tokens: &'a [Token], language: &'a Language) -> Self {
        Self { text, tokens, language, verbs: &[] }
    }

    /// The text of the token at `at`; empty beyond the last.
    #[inline]
    pub fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.span.of(self.text))
    }

    /// Is the word at `at` in the set, as it is written?
    #[inline]
    pub fn is_in(&self, at: usize, set: WordSet) -> bool {
        // Bytes: a place in the text need not be looked at twice.
        let span = self.tokens.get(at).map(|token| token.span.start as usize..token.span.end as usize);
        let word = span.and_then(|span| self.text.as_bytes().get(span));
        word.is_some_and(|word| self.language.has_bytes(set, word))
    }

    /// The places of its words and numbers, in order.
    pub fn words(&self) -> impl Iterator<Item = ProseSpan> + use<'a> {
        let is_word = |token: &&Token| matches!(token.kind, Kind::Word | Kind::Number);
        self.tokens.iter().filter(is_word).map(|token| token.span)
    }

    /// The indices of the tokens that begin in a span of the prose.
    pub fn indices_of(&self, span: ProseSpan) -> Range<usize> {
        let from = |byte: u32| self.tokens.partition_point(|token| token.span.start < byte);
        from(span.start)..from(span.end)
    }

    /// The verb at `at`, where that token is one.
    pub fn verb(&self, at: usize) -> Option<Verb> {
        self.verbs.get(at).and_then(|entry| entry.verb(at))
    }
}
