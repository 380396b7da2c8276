//! After the quotation: verbs that say how somebody speaks (“…,” Reyes put in), and nouns for what was said (“…,” was her reply).

use super::{Pattern, SentenceView, SourceDecision, noun};
use crate::lexicon::WordSet;
use crate::syntax::clause::noun_phrase::{self, HeadKind, NounPhrase};
use crate::syntax::token::Kind;

/// “…,” Reyes put in; “…,” she persisted: verbs that say how somebody speaks, in the plain form alone.
pub fn manner(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let begin = view.skip_separator(quote + 1);
    let first = view.tokens.get(begin)?;
    if !first.is_word() || !matches!(view.shapes(quote).last, ',' | '?' | '!' | '-' | '…') {
        return None;
    }
    let phrase = noun_phrase::forward(view.tokens, begin)
        .filter(|phrase| matches!(phrase.head_kind, HeadKind::Name | HeadKind::Person | HeadKind::Pronoun))?;
    let verb = phrase.end;
    view.tokens.get(verb).filter(|token| token.is_word() && !token.is_capital())?;
    let end = if view.is_particle_cue(verb) {
        verb + 2
    } else if view.is_in(verb, WordSet::InvertedCue) {
        verb + 1
    } else {
        return None;
    };
    // “…?” Reyes returned to the pier: after a capital a new sentence may begin.
    let closed = match first.is_capital() {
        true => view.tokens.get(end).is_none_or(|token| token.is_final() || token.kind == Kind::Comma),
        false => view.closes_clause(end),
    };
    closed.then(|| SourceDecision::new(view, Pattern::SourceThenCue, Some(phrase), Some((verb, end))))
}

/// “…,” was Reyes's reply; “…,” came his answer; “…,” was the answer from Reyes.
pub fn was_reply(view: &SentenceView<'_>, quote: usize) -> Option<SourceDecision> {
    let at = view.skip_separator(quote + 1);
    let token = view.tokens.get(at)?;
    if !token.is_word() || token.is_capital() || !view.is_in(at, WordSet::CameAs) || !view.leads_on(quote) {
        return None;
    }
    let reach = view.tokens.len().min(at + REPLY_REACH);
    let noun = (at + 2..reach)
        .take_while(|&noun| !view.tokens[noun].is_final() && view.tokens[noun].kind != Kind::Comma)
        .find(|&noun| view.is_cue_noun(noun))?;
    // “was the reply from Reyes”
    let from = || {
        let tied =
            view.is_in(noun + 1, WordSet::ReplyFrom).then(|| noun_phrase::forward(view.tokens, noun + 2));
        tied.flatten().filter(NounPhrase::names_source)
    };
    let phrase = noun::owner(view, at + 1, noun).or_else(from)?;
    Some(SourceDecision::new(view, Pattern::NounIs, Some(phrase), Some((noun, noun + 1))))
}

/// How far after its verb the noun of “was Reyes's dry reply” is looked for, in tokens.
const REPLY_REACH: usize = 8;
