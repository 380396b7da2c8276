//! The first verb after a subject, and when it says that something happens.

use super::verb::auxiliary_tense;
use super::view::{TokenView, Verb, VerbTense};
use crate::lexicon::Class;
use crate::syntax::token::{Kind, Token};

/// The tense of the first finite verb or auxiliary in `from..end`, where a subject ends at `from`. What stands between
/// commas right after the subject has verbs of its own and is skipped. `VerbTense::None` where another clause begins first.
pub fn tense_after(view: TokenView<'_>, from: usize, end: usize) -> VerbTense {
    let comma = |at: usize| view.tokens.get(at).is_some_and(|token| token.kind == Kind::Comma);
    let aside = comma(from).then(|| (from + 1..end).find(|&at| comma(at))).flatten();
    for at in aside.map_or(from, |close| close + 1)..end {
        let Some(token) = view.tokens.get(at) else { break };
        if !token.is_word() || token.is_capital() {
            continue;
        }
        if token.is(Class::AUXILIARY) {
            return helped(view, at, end);
        }
        if token.is(Class::RELATIVE.or(Class::SUBORDINATOR)) {
            break;
        }
        if let Some(verb) = view.verb(at).filter(Verb::is_finite)
            && verb.tense != VerbTense::None
        {
            return verb.tense;
        }
    }
    VerbTense::None
}

/// By the auxiliary at `at`: “had” makes a past perfect only with a participle.
fn helped(view: TokenView<'_>, at: usize, end: usize) -> VerbTense {
    let tense = auxiliary_tense(view, at);
    let next = (at + 1..end.min(view.tokens.len()))
        .find(|&at| !view.tokens[at].is(Class::ADVERB.or(Class::NEGATION)))
        .filter(|_| tense == VerbTense::PastPerfect);
    let participle = |token: &Token| token.is(Class::FORM_PARTICIPLE.or(Class::FORM_PAST).or(Class::BE));
    match next {
        Some(next) if participle(&view.tokens[next]) || view.verb(next).is_some() => VerbTense::PastPerfect,
        _ if tense == VerbTense::PastPerfect => VerbTense::Past,
        _ => tense,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Language;
    use crate::source::{Block, BlockKind, ProseSpan};
    use crate::syntax::{Extent, Parse};

    #[test]
    fn the_first_verb_after_a_subject_tells_the_tense() {
        for (text, tense) in [
            ("Calloway said so.", VerbTense::Past),
            ("Calloway closed the pier.", VerbTense::Past),
            ("Calloway says so.", VerbTense::Present),
            ("Calloway is the harbour master.", VerbTense::Present),
            ("Calloway has closed the pier.", VerbTense::Present),
            ("Calloway was called away.", VerbTense::Past),
            ("Calloway had closed the pier.", VerbTense::PastPerfect),
            ("Calloway had already been there.", VerbTense::PastPerfect),
            ("Calloway had a boat.", VerbTense::Past),
            ("Calloway will go.", VerbTense::Modal),
            ("Calloway would have gone.", VerbTense::Modal),
            ("Calloway, who will retire, said so.", VerbTense::Past),
            ("Calloway, the harbour master, leads the board.", VerbTense::Present),
            // Another clause begins first, or there is no verb.
            ("Calloway because the pier closed.", VerbTense::None),
            ("Calloway of Port Holm.", VerbTense::None),
        ] {
            let blocks = [Block { kind: BlockKind::Paragraph, span: ProseSpan::new(0, text.len() as u32) }];
            let parse = Parse::of_blocks(text, &blocks, Language::english(), Extent::Everything);
            assert_eq!(tense_after(parse.all(), 1, parse.tokens().len()), tense, "{text}");
        }
    }
}
