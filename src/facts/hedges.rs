//! Hedges: words with which a writer passes something on and names no source (“reportedly”, “is believed to”).

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::lexicon::{Class, entries};
use crate::source::ProseSpan;
use crate::syntax::token::Token;

struct Words {
    adverbs: FxHashSet<&'static str>,
    passives: FxHashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { adverbs: FxHashSet::default(), passives: FxHashSet::default() };
    let mut passive = false;
    for line in entries(include_str!("../../rules/words/hedges.txt")) {
        match line {
            "[adverb]" => passive = false,
            "[passive]" => passive = true,
            _ if passive => words.passives.extend(line.split(' ')),
            _ => words.adverbs.extend(line.split(' ')),
        }
    }
    words
});

/// The hedges of a sentence. None where it names a source: “according to”, “by the police”, “he said”.
pub(super) fn read(text: &str, tokens: &[Token]) -> Vec<ProseSpan> {
    let mut found: Vec<ProseSpan> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !token.is_word() {
            continue;
        }
        let word = token.span.of(text);
        let adverb = word.ends_with("ly") && WORDS.adverbs.contains(&*word.to_ascii_lowercase());
        let be = at.checked_sub(1).map(|before| &tokens[before]).filter(|before| before.is(Class::AUXILIARY));
        let passive = be.filter(|be| {
            let be = be.span.of(text);
            ["is", "are", "was", "were", "been", "be"].contains(&be)
                && tokens.get(at + 1).is_some_and(|next| matches!(next.span.of(text), "to" | "that"))
                && WORDS.passives.contains(word)
        });
        if adverb {
            found.push(token.span);
        } else if let Some(be) = passive {
            found.push(be.span.join(token.span).join(tokens[at + 1].span));
        }
    }
    let sourced = |found: &[ProseSpan]| {
        tokens.iter().any(|token| {
            let told = token.is(Class::CUE_SPEECH) && !found.iter().any(|hedge| hedge.overlaps(token.span));
            token.is_word() && (matches!(token.span.of(text), "according" | "According" | "by") || told)
        })
    };
    if !found.is_empty() && sourced(&found) {
        found.clear();
    }
    found
}
