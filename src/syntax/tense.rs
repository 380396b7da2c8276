//! Does the clause around an expression of days tell of the past or of the future?
//!
//! No parser stands behind this: the verb nearest on the left of the expression decides, with the auxiliaries
//! before it; where the clause has none on that side, the first one on the right does. What that leaves open
//! stays open.

mod word;

use std::ops::Range;

use smallvec::SmallVec;

use crate::lexicon::{Class, TenseWord};
use crate::syntax::clause::view::TokenView;
use crate::syntax::token::{Kind, Token};
use word::Word;

/// What a clause tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// “was held”, “said”.
    Past,
    /// “will meet”, “is due”, “plans to”.
    Future,
    /// Neither, or both.
    Unknown,
}

/// How many words on either side are looked at: longer clauses are rare, and a verb that far off says little.
const REACH: usize = 28;

/// Words on the left that are looked at first.
const NEAR: usize = 10;

/// A verb so near to the end of what was looked at may have an auxiliary beyond it.
const MARGIN: usize = 4;

/// A present progressive announces a day at most so many words behind its participle.
const ARRANGED: usize = 7;

/// A bare “is” announces a day at most so many words behind it.
const AT_ONCE: usize = 3;

/// The words on one side.
type Words<'t> = SmallVec<[Word<'t>; NEAR]>;

/// The tense of the clause that holds the tokens `at`.
pub fn around(view: TokenView<'_>, at: Range<usize>) -> Tense {
    // Nearly always the verb is near; only where it is not is the whole clause read.
    let mut left = left_words(view, at.start, NEAR);
    let mut nearest = of_left(&left);
    if left.len() == NEAR && nearest.is_none_or(|(at, _)| at < MARGIN) {
        left = left_words(view, at.start, REACH);
        nearest = of_left(&left);
    }
    // “Her third trip since taking office in January”: whatever the verb, that is behind.
    if left.iter().rev().take(5).any(|word| word.is(TenseWord::Since)) {
        return Tense::Past;
    }
    let right = right_words(view, at.end);
    // “Mayor Ruiz on Friday urged the board to plan ahead”: the verb right behind the day is the day's.
    if let [.., name, on] = left.as_slice()
        && on.is(TenseWord::On)
        && name.capital
        && right.iter().find(|word| !word.passing()).is_some_and(|word| word.past_form() && !word.ambiguous())
    {
        return Tense::Past;
    }
    let tense = nearest.map_or_else(|| of_right_alone(&left, &right), |(_, tense)| tense);
    // “He spoke before Saturday's vote”: the vote may be behind the writer or ahead.
    let limited = match left.as_slice() {
        [.., ahead, of] if of.is(TenseWord::Of) => ahead.is(TenseWord::Ahead),
        [.., last] => last.is(TenseWord::Limit) && !last.is(TenseWord::Of.or(TenseWord::Since)),
        [] => false,
    };
    let behind = left.last().is_some_and(|word| word.is(TenseWord::Following));
    match tense {
        Tense::Past if limited => Tense::Unknown,
        // “After Friday's storm the board must pay”: the storm may be behind the writer or ahead.
        Tense::Future if behind => Tense::Unknown,
        tense => tense,
    }
}

/// By the first verb on the right, where the left has none. Words that stand before the day bind it to a noun
/// (“the results of Tuesday's vote will show”), and then a verb of the future says nothing about the day.
fn of_right_alone(left: &[Word<'_>], right: &[Word<'_>]) -> Tense {
    let tense = of_right(right).unwrap_or(Tense::Unknown);
    let bound = left.iter().any(|word| !word.class.any(Class::ADVERB) && !word.is(TenseWord::DayLead));
    if tense == Tense::Future && bound { Tense::Unknown } else { tense }
}

/// What a token does on the way from a day to its verb.
enum Step {
    /// It is a word.
    Word,
    Comma,
    /// It says nothing: the ’s of an owner, a sign.
    Nothing,
    /// The clause ends: nothing beyond it bears on this tense.
    End,
}

fn step(view: TokenView<'_>, token: &Token) -> Step {
    match token.kind {
        Kind::Word | Kind::Number => Step::Word,
        Kind::Comma => Step::Comma,
        Kind::Possessive => Step::Nothing,
        // A mark inside a quotation is no token of its own kind.
        Kind::Symbol if !matches!(token.span.of(view.text), "“" | "”" | "\"") => Step::Nothing,
        _ => Step::End,
    }
}

/// The words of the clause before the token `until`, in order.
fn left_words(view: TokenView<'_>, until: usize, reach: usize) -> Words<'_> {
    let mut words = Words::new();
    let mut comma = false;
    for (at, token) in view.tokens[..until.min(view.tokens.len())].iter().enumerate().rev() {
        match step(view, token) {
            _ if words.len() == reach || token.is(Class::ENDS) => break,
            Step::End => break,
            Step::Comma => comma = true,
            Step::Nothing => {}
            Step::Word => words.push(Word::of(view, at, std::mem::take(&mut comma))),
        }
    }
    words.reverse();
    words
}

/// The words of the clause from the token `from` on, in order.
fn right_words(view: TokenView<'_>, from: usize) -> Words<'_> {
    let mut words = Words::new();
    for (at, token) in view.tokens.iter().enumerate().skip(from) {
        match step(view, token) {
            _ if words.len() == REACH => break,
            Step::End => break,
            Step::Comma => {
                if let Some(last) = words.last_mut() {
                    last.comma = true;
                }
            }
            Step::Nothing => {}
            Step::Word => words.push(Word::of(view, at, false)),
        }
        if token.is(Class::ENDS) {
            break;
        }
    }
    words
}

/// By the nearest verb on the left, with its place.
fn of_left(words: &[Word<'_>]) -> Option<(usize, Tense)> {
    (0..words.len()).rev().find_map(|at| verb_at(words, at).map(|tense| (at, tense)))
}

/// The tense of the verb at `at`, its auxiliaries included; `None` where that word is no verb.
fn verb_at(words: &[Word<'_>], at: usize) -> Option<Tense> {
    let word = &words[at];
    let chain = || words[..at].iter().rposition(|word| !word.passing()).map(|index| (index, &words[index]));
    if word.is(TenseWord::Modal) && !(word.capital && at > 0) {
        // “Ruiz would not say on Friday”: a refusal, and behind.
        let refused = word.is(TenseWord::WouldNot)
            || word.is(TenseWord::Would) && words.get(at + 1).is_some_and(|next| next.is(TenseWord::Not));
        let speaks = words.iter().skip(at + 1).find(|word| !word.is(TenseWord::Not));
        if refused && speaks.is_some_and(|verb| verb.is(TenseWord::Disclose)) {
            return Some(Tense::Past);
        }
        return Some(Tense::Future);
    }
    if word.is(TenseWord::Doubt) {
        return Some(Tense::Unknown);
    }
    if word.is(TenseWord::Promise) && !word.capital && promises(words, at) {
        // “Ruiz vowed on Friday to leave”: the day is that of the vow.
        let bare = words[at + 1..].iter().all(|word| word.is(TenseWord::On));
        if bare && word.is(TenseWord::Vow) && !chain().is_some_and(|(_, before)| before.be()) {
            return Some(Tense::Past);
        }
        return Some(match chain() {
            // “threatened to walk out on Friday”: the day of the threat as often as that of the walk.
            _ if word.is(TenseWord::Threat) => Tense::Unknown,
            Some((_, before)) if before.is(TenseWord::PastAuxiliary.or(TenseWord::Been)) => Tense::Unknown,
            _ => Tense::Future,
        });
    }
    if word.be() || word.class.any(Class::HAVE) || word.is(TenseWord::PastAuxiliary) {
        return Some(auxiliary(words, at));
    }
    if at > 0
        && words[at - 1].is(TenseWord::To)
        && !word.capital
        && !word.class.any(Class::DETERMINER.or(Class::POSSESSIVE).or(Class::OBJECT))
    {
        return governor(&words[..at]);
    }
    if word.past_form() {
        // “the newly formed board”, “the lost ship”; but “the well ran dry”.
        let before = if word.ends_with("ed") {
            chain().map(|(_, before)| before)
        } else {
            at.checked_sub(1).map(|before| &words[before])
        };
        let adjectival = before.is_some_and(|before| {
            before.class.any(Class::DETERMINER.or(Class::POSSESSIVE))
                && !before.comma
                && !before.is(TenseWord::Standing)
        });
        if adjectival && !word.class.any(Class::CUE_SPEECH) {
            return None;
        }
        return Some(match chain() {
            Some((index, before)) if before.be() || before.class.any(Class::HAVE) => auxiliary(words, index),
            _ => Tense::Past,
        });
    }
    if word.ends_with("ing")
        && let Some((index, before)) = chain()
        && before.be()
    {
        // “is meeting the union on Friday” announces; “is gaining ground, she said, with the vote on Friday” does not.
        let near = words.len() - at <= ARRANGED && words[at..].iter().all(|word| !word.comma);
        return Some(match auxiliary(words, index) {
            Tense::Future | Tense::Unknown if before.is(TenseWord::PresentBe) => {
                if near {
                    Tense::Future
                } else {
                    Tense::Unknown
                }
            }
            tense => tense,
        });
    }
    (word.is(TenseWord::Schedule) && !word.capital && announces(words, at)).then_some(Tense::Future)
}

/// “The polls open Tuesday”; but “an open letter” and “a bad start” are no verbs.
fn announces(words: &[Word<'_>], at: usize) -> bool {
    !words[at].is(TenseWord::Announcing)
        || at.checked_sub(1).is_some_and(|before| {
            let before = &words[before];
            before.ends_with("s") && !before.class.any(Class::DETERMINER.or(Class::POSSESSIVE))
        })
}

/// “set” promises only with “to” or “for” behind it, and so do the others where they are verbs of the past.
fn promises(words: &[Word<'_>], at: usize) -> bool {
    let next = words.get(at + 1);
    let owned = at.checked_sub(1).is_some_and(|before| {
        words[before].class.any(Class::DETERMINER.or(Class::POSSESSIVE))
            && !words[before].is(TenseWord::Standing)
    });
    let word = &words[at];
    // “Ruiz vowed Friday”: the day is of the vow, and `verb_at` asks.
    if word.is(TenseWord::Vow) && words[at + 1..].iter().all(|word| word.is(TenseWord::On)) {
        return true;
    }
    if word.is(TenseWord::Agreed) {
        let noun = words.get(at + 2).is_some_and(|word| word.class.any(Class::DETERMINER));
        return next.is_some_and(|next| next.is(TenseWord::Lead)) && !noun;
    }
    if word.is(TenseWord::NeedsLead) {
        return next.is_some_and(|next| next.is(TenseWord::Lead)) && !owned;
    }
    // “its advertising plans after the storm” is a noun.
    if word.is(TenseWord::NounToo) {
        let verb = next.is_none_or(|next| {
            next.is(TenseWord::NounTooLead) || next.class.any(Class::DETERMINER.or(Class::POSSESSIVE))
        });
        return verb && !owned;
    }
    true
}

/// The tense of a form of “be” or “have” at `at`, by what stands before it.
fn auxiliary(words: &[Word<'_>], at: usize) -> Tense {
    let word = &words[at];
    if word.is(TenseWord::PastAuxiliary.or(TenseWord::Perfect)) {
        return Tense::Past;
    }
    if word.is(TenseWord::PlainBe.or(TenseWord::Have)) {
        let before = words[..at].iter().rposition(|word| !word.passing());
        return match before {
            Some(index) if words[index].is(TenseWord::Modal) => {
                // “would have been held”, “may have met”: done by then.
                if word.is(TenseWord::Have) { Tense::Unknown } else { Tense::Future }
            }
            Some(index) if words[index].is(TenseWord::To) => {
                governor(&words[..=index]).unwrap_or(Tense::Future)
            }
            Some(index) if words[index].be() || words[index].class.any(Class::HAVE) => {
                auxiliary(words, index)
            }
            _ if word.is(TenseWord::Have) => Tense::Past,
            _ => Tense::Unknown,
        };
    }
    // “is”, “are”: what follows says more, and was asked first.
    if word.text.starts_with(['\'', '’']) { Tense::Unknown } else { present_be(words, at) }
}

/// “The vote is on Saturday” announces; “is held on Saturdays”, “is seen as” and “is the fruit of a meeting on
/// Friday” do not.
fn present_be(words: &[Word<'_>], at: usize) -> Tense {
    let after = &words[at + 1..];
    match after.iter().find(|word| !word.passing()) {
        Some(next) if next.is(TenseWord::Promise) => Tense::Future,
        Some(next) if next.past_form() || after.len() > AT_ONCE => Tense::Unknown,
        _ => Tense::Future,
    }
}

/// The tense that an infinitive takes from what stands before its “to”, the last of `words`.
fn governor(words: &[Word<'_>]) -> Option<Tense> {
    let before = words.split_last()?.1;
    let last = before.iter().rposition(|word| !word.passing())?;
    if before[last].is(TenseWord::PastAuxiliary) && before[last].be() {
        // “was to arrive on Monday”: told on Tuesday, that is behind.
        Some(Tense::Unknown)
    } else if before[last].be() {
        Some(Tense::Future)
    } else {
        of_left(words).map(|(_, tense)| tense).or(Some(Tense::Unknown))
    }
}

/// By the first finite verb on the right; relative clauses are passed over.
fn of_right(words: &[Word<'_>]) -> Option<Tense> {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if at > 0 && words[at - 1].comma && word.is(TenseWord::Relative) {
            while !words.get(at)?.comma {
                at += 1;
            }
        } else if word.is(TenseWord::Modal) {
            return Some(Tense::Future);
        } else if word.is(TenseWord::Doubt) {
            return Some(Tense::Unknown);
        } else if word.is(TenseWord::PastAuxiliary) || word.is(TenseWord::Has.or(TenseWord::Have)) {
            let promised = words.get(at + 1).is_some_and(|next| next.is(TenseWord::Promise));
            return Some(if promised { Tense::Unknown } else { Tense::Past });
        } else if word.is(TenseWord::PresentBe) {
            let next = words[at + 1..].iter().find(|word| !word.passing())?;
            let ahead = next.is(TenseWord::Promise) || next.is(TenseWord::To) || next.ends_with("ing");
            return Some(if ahead { Tense::Future } else { Tense::Unknown });
        } else if word.past_form()
            && !(at > 0 && words[at - 1].class.any(Class::DETERMINER.or(Class::POSSESSIVE)))
        {
            return Some(if word.is(TenseWord::Promise) { Tense::Unknown } else { Tense::Past });
        } else if word.is(TenseWord::Schedule) && !word.capital {
            return Some(Tense::Future);
        } else if word.class.any(Class::FORM_PRESENT)
            && !word.capital
            && word.ends_with("s")
            // “her remarks loomed large”: a noun before its verb.
            && !words.get(at + 1).is_some_and(|next| next.past_form() || next.is(TenseWord::PastAuxiliary))
        {
            return Some(Tense::Unknown);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Language;
    use crate::source::{Block, BlockKind, ProseSpan};
    use crate::syntax::{Extent, Parse};

    /// The tense of the clause around the word in brackets.
    fn tense(marked: &str) -> Tense {
        let (before, rest) = marked.split_once('[').unwrap_or_default();
        let (inside, after) = rest.split_once(']').unwrap_or_default();
        let text = format!("{before}{inside}{after}");
        let blocks = [Block { kind: BlockKind::Paragraph, span: ProseSpan::new(0, text.len() as u32) }];
        let parse = Parse::of_blocks(&text, &blocks, Language::english(), Extent::Everything);
        let view = parse.all();
        let start = view.tokens.partition_point(|token| (token.span.start as usize) < before.len());
        let end =
            view.tokens.partition_point(|token| (token.span.start as usize) < before.len() + inside.len());
        around(view, start..end)
    }

    #[test]
    fn clauses_of_the_past() {
        for text in [
            "The mayor was in Lisbon on [Thursday] to meet the harbour board.",
            "“No,” Okafor said [Monday].",
            "Talks between the two were held [Saturday] in Bergen.",
            "At [Thursday]’s hearing in Leeds, Adeyemi also spoke of rents.",
            "Late [Wednesday], a fire in the mill killed two people.",
            "On [Saturday], Ruiz, who will retire in June, met the union.",
            "They have pressed the case since a flood that drowned livestock in the valley on [Sunday].",
            "The envoy, who met the board for an hour [Saturday], left.",
            "He had to cancel the trip on [Monday].",
            "It is her third visit since taking office in [February].",
            "The well ran dry on [Friday].",
            "She travelled to Oslo to see the king on [Friday].",
            "The report released [Tuesday] names no one.",
            "The U.S. envoy also spoke by phone [Thursday] with the minister.",
        ] {
            assert_eq!(tense(text), Tense::Past, "{text}");
        }
    }

    #[test]
    fn clauses_of_the_future() {
        for text in [
            "Another round is scheduled for [Saturday], in Turin.",
            "Ruiz plans to fly on to Oslo for a second round of talks on [Saturday] with the board.",
            "The minister will travel to Lima on [Thursday].",
            "A vote scheduled for [Saturday] may fail.",
            "The hearing is to be held [Monday].",
            "On [Monday], the council will vote.",
            "She is meeting the union on [Friday].",
            "The strike begins [Monday].",
            "The deadline is [Friday].",
            "He said he would resign on [Tuesday].",
            "He is set to meet the dean on [Tuesday].",
            "Both agreed to meet again [Saturday].",
            "He’ll be sworn in on [Monday].",
        ] {
            assert_eq!(tense(text), Tense::Future, "{text}");
        }
    }

    #[test]
    fn clauses_that_do_not_say() {
        for text in [
            "Osei was due to take part in the meeting later on [Thursday].",
            "[Monday]",
            "He spoke to the union before [Saturday]’s vote.",
            "The talks could not resume [Friday].",
            "The market on [Saturday].",
        ] {
            assert_eq!(tense(text), Tense::Unknown, "{text}");
        }
    }
}
