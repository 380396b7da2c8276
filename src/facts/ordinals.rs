//! Which one of several an event is: “the third meeting of the rural forum”.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::lexicon::{Class, entries, fold};
use crate::source::{ProseSpan, Span};
use crate::syntax::token::{Kind, Token};

/// An event and its number among those of its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ordinal<S = Span> {
    /// From the ordinal to the end of what it counts.
    pub span: S,
    /// The number.
    pub number: u8,
    /// What is counted, folded: “meeting of rural forum”.
    pub what: String,
}

impl Ordinal<ProseSpan> {
    /// The same, with its place in the file.
    pub(super) fn in_file(self, place: impl Fn(ProseSpan) -> Span) -> Ordinal {
        Ordinal { span: place(self.span), number: self.number, what: self.what }
    }
}

struct Words {
    ordinals: FxHashMap<&'static str, u8>,
    events: FxHashSet<&'static str>,
    frames: FxHashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words =
        Words { ordinals: FxHashMap::default(), events: FxHashSet::default(), frames: FxHashSet::default() };
    let mut section = "";
    for line in entries(include_str!("../../rules/words/ordinals.txt")) {
        match (line, section) {
            _ if line.starts_with('[') => section = line,
            (_, "[ordinal]") => words.ordinals.extend(line.split(' ').zip(2..)),
            (_, "[event]") => words.events.extend(line.split(' ')),
            _ => words.frames.extend(line.split(' ')),
        }
    }
    words
});

/// Words of what follows the event that are compared at most.
const LONGEST: usize = 5;

/// The events with a number of a sentence, where what they are of is said too. None where the sentence counts within
/// a time (“since June”, “this year”): another sentence may count within another.
pub(super) fn read(text: &str, tokens: &[Token]) -> Vec<Ordinal<ProseSpan>> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !token.is_word() || token.is_capital() {
            continue;
        }
        // A look at the ending spares most words the question.
        let word = token.span.of(text);
        if !(word.ends_with("th") || word.ends_with('d')) {
            continue;
        }
        let Some(&number) = WORDS.ordinals.get(word) else { continue };
        // “The third public meeting on the plan”: one word may tell what kind it is.
        let is_event = |at: &usize| {
            tokens.get(*at).is_some_and(|next| next.is_word() && WORDS.events.contains(next.span.of(text)))
        };
        let Some(event) = [at + 1, at + 2].into_iter().find(is_event) else { continue };
        let kind = &tokens[at + 1..event];
        if kind.iter().any(|token| !token.is_word() || token.is_capital()) {
            continue;
        }
        let noun = tokens[at + 1].span.join(tokens[event].span).of(text);
        let Some(link) = tokens.get(event + 1).filter(|link| link.is_word()) else { continue };
        let linked = matches!(link.span.of(text), "of" | "on" | "about" | "with" | "against" | "over");
        if !linked {
            continue;
        }
        let framed = |token: &Token| {
            let word = token.span.of(text);
            token.is_word() && (WORDS.frames.contains(word) || token.is(Class::TIME))
        };
        let clause = tokens[at..].iter().take_while(|token| token.kind != Kind::Comma && !token.is_final());
        if clause.into_iter().any(framed) {
            continue;
        }
        let rest = tokens[event + 2..].iter().take(LONGEST).take_while(|token| {
            let names = token.is_word() || matches!(token.kind, Kind::Number | Kind::Possessive);
            let clause = Class::SUBORDINATOR.or(Class::RELATIVE).or(Class::SUBJECT);
            names
                && !token.is(clause)
                && !token.is(Class::PREPOSITION.or(Class::AUXILIARY).or(Class::COORDINATOR).or(Class::TO))
        });
        let mut what = format!("{noun} {}", link.span.of(text));
        let mut last = None;
        for token in rest {
            last = Some(token.span);
            if token.is_word() && !token.is(Class::DETERMINER.or(Class::POSSESSIVE)) {
                what.push(' ');
                what.push_str(&fold(token.span.of(text)));
            }
        }
        let Some(last) = last.filter(|_| what.split(' ').count() > 2) else { continue };
        found.push(Ordinal { span: token.span.join(last), number, what });
    }
    found
}
