//! Does a sentence that names a person look back: “during”, “when”, “years ago”? What the person says in it may look
//! back, and the title given to the person does not.

use std::ops::Range;

use super::{Passage, PersonTitle};
use crate::lexicon::{Class, WordSet};
use crate::syntax::names::Name;
use crate::syntax::token::Token;

/// The token at which what the person says begins: what is said there may look back, and the title does not. The
/// sentence's end where the person does not speak.
pub(super) fn speech_begins(
    passage: Passage<'_>,
    name: &Name,
    title: Option<&PersonTitle>,
    end: usize,
    inverted: bool,
) -> usize {
    let Passage { tokens, .. } = passage;
    let after_title = title.map_or(name.end, |title| {
        tokens.partition_point(|token| token.span.start < title.span.end).max(name.end)
    });
    if inverted {
        return after_title.min(end);
    }
    let cue = (name.end..end).find(|&at| {
        let token = &tokens[at];
        token.is_word()
            && !token.is_capital()
            && token.is(Class::CUE_SPEECH)
            && !token.is(Class::CUE_WEAK)
            && token.is(Class::FORM_PAST.or(Class::FORM_PRESENT))
    });
    cue.unwrap_or(end)
}

/// Does the sentence end soon after the cue at `cue`: “the pier was shut, the mayor said on Monday”?
pub(super) fn trails(tokens: &[Token], cue: usize, end: usize) -> bool {
    const ADVERBIALS: usize = 4;
    cue < end && tokens[cue + 1..end].iter().take_while(|token| !token.is_final()).count().le(&ADVERBIALS)
}

/// The tokens among these whose words say that the sentence looks back, in order.
pub(super) fn looking_back(passage: Passage<'_>, tokens: Range<usize>) -> impl Iterator<Item = usize> {
    let words = tokens.filter(move |&at| passage.tokens[at].is_word());
    words.filter(move |&at| {
        let word = passage.tokens[at].span.of(passage.text);
        passage.view.language.has_in_any_case(WordSet::LookingBack, word)
    })
}
