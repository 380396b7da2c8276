//! Hedges: words with which a writer passes something on and names no source (“reportedly”, “is believed to”).

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::lexicon::{Class, entries};
use crate::source::ProseSpan;
use crate::syntax::token::{Kind, Token};

struct Words {
    adverbs: FxHashSet<&'static str>,
    passives: FxHashSet<&'static str>,
    crowds: FxHashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words =
        Words { adverbs: FxHashSet::default(), passives: FxHashSet::default(), crowds: FxHashSet::default() };
    let mut section = "";
    for line in entries(include_str!("../../rules/words/hedges.txt")) {
        match line {
            "[adverb]" | "[passive]" | "[crowd]" => section = line,
            _ if section == "[passive]" => words.passives.extend(line.split(' ')),
            _ if section == "[crowd]" => words.crowds.extend(line.split(' ')),
            _ => words.adverbs.extend(line.split(' ')),
        }
    }
    words
});

fn is_adverb(text: &str, token: &Token) -> bool {
    token.is_word() && token.span.of(text).ends_with("ly")
}

/// Tokens at a sentence's end in which a source may trail: “, the police said.”
const TRAILING: usize = 5;

/// Tokens in which a crowd that opens the sentence has its verb: “Some of the midwives said”.
const CROWD: usize = 5;

/// Tokens between a passive and its “that”: “it was claimed in the interval that”.
const BETWEEN: usize = 6;

/// The “to” or “that” of a passive at `at`: the next word, or behind a time or a place, “was rumored last week to”. None where
/// the words between may tell a source: “by his lawyer”, “in the lawsuit”.
fn leads_to_content(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let lead =
        |at: usize, words: &[&str]| tokens.get(at).is_some_and(|next| words.contains(&next.span.of(text)));
    if lead(at + 1, &["to", "that"]) {
        return Some(at + 1);
    }
    let sources = Class::DOCUMENT_NOUN
        .or(Class::PERSON_NOUN)
        .or(Class::BODY_NOUN)
        .or(Class::MEDIUM)
        .or(Class::AUXILIARY)
        .or(Class::SUBJECT)
        .or(Class::CUE_NOUN);
    let end = (at + 1..tokens.len()).take(BETWEEN + 1).find(|&at| lead(at, &["to", "that"]))?;
    let plain = |token: &Token| {
        let name = token.is_capital() && !token.is(Class::WEEKDAY.or(Class::MONTH));
        let time = token.kind == Kind::Number;
        time || token.is_word() && !name && !token.is(sources) && token.span.of(text) != "by"
    };
    tokens[at + 1..end].iter().all(plain).then_some(end)
}

/// The hedges of a sentence, “some say” among them. None where it names a source: “according to”, “he said”.
pub(super) fn read(text: &str, tokens: &[Token]) -> Vec<ProseSpan> {
    let mut found: Vec<ProseSpan> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !token.is_word() {
            continue;
        }
        let word = token.span.of(text);
        let adverb = word.ends_with("ly") && WORDS.adverbs.contains(&*word.to_ascii_lowercase());
        // “is widely believed to”: an adverb may stand between.
        let back = at.checked_sub(1).map(|before| if is_adverb(text, &tokens[before]) { 2 } else { 1 });
        let be = back.and_then(|back| tokens.get(at.checked_sub(back)?));
        let be = be.filter(|be| be.is(Class::AUXILIARY));
        let passive = be.filter(|be| {
            let be = be.span.of(text);
            ["is", "are", "was", "were", "been", "be", "being"].contains(&be) && WORDS.passives.contains(word)
        });
        let passive = passive.and_then(|be| Some((be, leads_to_content(text, tokens, at)?)));
        let says = token.is(Class::CUE_SPEECH.or(Class::CUE_THOUGHT))
            && token.is(Class::FORM_PRESENT.or(Class::FORM_BASE));
        // “Some say”, “others believe”: a crowd without a name.
        let crowd = at.checked_sub(1).filter(|_| says).map(|before| &tokens[before]).filter(|before| {
            let opens = at < 2 || !tokens[at - 2].is_word() || tokens[at - 2].is(Class::COORDINATOR);
            opens && WORDS.crowds.contains(&*before.span.of(text).to_ascii_lowercase())
        });
        if let Some(crowd) = crowd.filter(|_| says && !token.is(Class::CUE_WEAK)) {
            found.push(crowd.span.join(token.span));
        } else if adverb {
            found.push(token.span);
        } else if let Some((be, content)) = passive {
            found.push(be.span.join(token.span).join(tokens[content].span));
        }
    }
    // What follows “it was claimed that” is what was claimed, whoever speaks in it.
    let content = found.first().filter(|hedge| hedge.of(text).ends_with(" that")).map(|hedge| hedge.end);
    let writers = content.map_or(tokens.len(), |from| {
        let last = tokens.len().saturating_sub(TRAILING);
        tokens.partition_point(|token| token.span.start < from).min(last)
    });
    // “Some midwives said …, others say …”: the crowd that opens the sentence is no source.
    let opens =
        tokens.first().is_some_and(|first| WORDS.crowds.contains(&*first.span.of(text).to_ascii_lowercase()));
    let from = if opens { CROWD.min(writers) } else { 0 };
    let sourced = |found: &[ProseSpan]| {
        let comma = tokens[writers..].iter().rposition(|token| token.kind == Kind::Comma);
        let trailing = comma.map_or(&[][..], |comma| &tokens[writers + comma..]);
        let trailing = trailing.iter().filter(|_| content.is_some() && trailing.len() <= TRAILING + 2);
        let own = tokens[from..writers].iter().chain(trailing);
        let mut before: Option<&Token> = None;
        own.into_iter().any(|token| {
            // “A claim” is a thing that is spoken of, and nobody speaks.
            let before = before.replace(token).filter(|before| before.is_word());
            let led = before.is_some_and(|before| before.is(Class::DETERMINER));
            let after_be = before.is_some_and(|before| before.is(Class::BE));
            let noun = led && token.is(Class::CUE_NOUN.or(Class::DOCUMENT_NOUN));
            // “The county is broke”: behind a form of “be” a past form tells what something is like.
            let state = after_be && token.is(Class::FORM_PAST.or(Class::FORM_PARTICIPLE));
            // “Begun” and “gone” seldom tell who spoke.
            let told = token.is(Class::CUE_SPEECH)
                && !noun
                && !state
                && !token.is(Class::CUE_WEAK.or(Class::CUE_ON).or(Class::CUE_IT))
                && !found.iter().any(|hedge| hedge.overlaps(token.span));
            token.is_word() && (matches!(token.span.of(text), "according" | "According") || told)
        })
    };
    if !found.is_empty() && sourced(&found) {
        found.clear();
    }
    found
}
