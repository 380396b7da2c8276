//! Does the clause around an expression of days tell of the past or of the future?
//!
//! No parser stands behind this: the verb nearest on the left of the expression decides, with the auxiliaries
//! before it; where the clause has none on that side, the first one on the right does. What that leaves open
//! stays open.

mod word;

use crate::lexicon::{Class, lexicon};
use crate::source::ProseSpan;
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

/// The tense of the clause in `text` that holds the words at `span`.
pub fn around(text: &str, span: ProseSpan) -> Tense {
    let (Some(before), Some(after)) = (text.get(..span.start as usize), text.get(span.end as usize..)) else {
        return Tense::Unknown;
    };
    // Nearly always the verb is near; only where it is not is the whole clause read.
    let mut left = left_words(before, NEAR);
    let mut nearest = of_left(&left);
    if left.len() == NEAR && nearest.is_none_or(|(at, _)| at < MARGIN) {
        left = left_words(before, REACH);
        nearest = of_left(&left);
    }
    // “Her third trip since taking office in January”: whatever the verb, that is behind.
    if left.iter().rev().take(5).any(|word| word.is(&["since"])) {
        return Tense::Past;
    }
    let right = right_words(after);
    // “Mayor Ruiz on Friday urged the board to plan ahead”: the verb right behind the day is the day's.
    if left.len() > 1
        && left[left.len() - 1].is(&["on"])
        && left[left.len() - 2].capital
        && right.iter().find(|word| !word.passing()).is_some_and(|word| word.past_form() && !word.ambiguous())
    {
        return Tense::Past;
    }
    let tense = nearest.map_or_else(|| of_right_alone(&left, &right), |(_, tense)| tense);
    // “He spoke before Saturday's vote”: the vote may be behind the writer or ahead.
    let limited = left.last().is_some_and(|word| word.kind.limit && !word.is(&["of", "since"]))
        || left.len() > 1 && left[left.len() - 1].is(&["of"]) && left[left.len() - 2].is(&["ahead"]);
    let behind = left.last().is_some_and(|word| word.is(&["after", "following"]));
    match tense {
        Tense::Past if limited => Tense::Unknown,
        // “After Friday's storm the board must pay”: the storm may be behind the writer or ahead.
        Tense::Future if behind => Tense::Unknown,
        tense => tense,
    }
}

/// By the first verb on the right, where the left has none. Words that stand before the day bind it to a noun
/// (“the results of Tuesday's vote will show”), and then a verb of the future says nothing about the day.
fn of_right_alone(left: &[Word], right: &[Word]) -> Tense {
    let tense = of_right(right).unwrap_or(Tense::Unknown);
    let bound =
        left.iter().any(|word| !word.class.any(Class::ADVERB) && !word.is(&["on", "in", "at", "come"]));
    if tense == Tense::Future && bound { Tense::Unknown } else { tense }
}

/// Ends a clause on either side: nothing beyond it bears on this tense.
fn clause_ends(c: char) -> bool {
    matches!(c, ';' | ':' | '“' | '”' | '"' | '—' | '(' | ')' | '!' | '?')
}

fn letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')
}

/// The words of the clause before the expression, in order.
fn left_words(before: &str, reach: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = before;
    let mut comma = false;
    while words.len() < reach {
        let trimmed = rest.trim_end_matches(|c: char| !letter(c));
        let between = &rest[trimmed.len()..];
        if between.contains(clause_ends) || between.contains("\n\n") || between.contains("–") {
            break;
        }
        comma |= between.contains(',');
        let from = trimmed.trim_end_matches(letter).len();
        let word = &trimmed[from..];
        if word.is_empty() || between.contains('.') && !abbreviation(word) {
            break;
        }
        words.push(Word::new(word, comma));
        comma = false;
        rest = &trimmed[..from];
    }
    words.reverse();
    words
}

/// The words of the clause after the expression, in order.
fn right_words(after: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut rest = after;
    while words.len() < REACH {
        let trimmed = rest.trim_start_matches(|c: char| !letter(c));
        let between = &rest[..rest.len() - trimmed.len()];
        let stopped = between.contains('.') && words.last().is_none_or(|word| !abbreviation(&word.lower));
        if between.contains(clause_ends) || stopped {
            break;
        }
        if between.contains(',')
            && let Some(last) = words.last_mut()
        {
            last.comma = true;
        }
        let end = trimmed.find(|c: char| !letter(c)).unwrap_or(trimmed.len());
        if end == 0 {
            break;
        }
        words.push(Word::new(&trimmed[..end], false));
        rest = &trimmed[end..];
    }
    words
}

/// A word whose full stop does not end a sentence: “U.S.”, “Sen.”, “Jan.”.
fn abbreviation(word: &str) -> bool {
    word.chars().count() == 1
        || word.len() < 6
            && lexicon()
                .class(&format!("{word}."))
                .any(Class::ABBREVIATION.or(Class::HONORIFIC).or(Class::MONTH))
}

/// By the nearest verb on the left, with its place.
fn of_left(words: &[Word]) -> Option<(usize, Tense)> {
    (0..words.len()).rev().find_map(|at| verb_at(words, at).map(|tense| (at, tense)))
}

/// The tense of the verb at `at`, its auxiliaries included; `None` where that word is no verb.
fn verb_at(words: &[Word], at: usize) -> Option<Tense> {
    let word = &words[at];
    let chain = || words[..at].iter().rposition(|word| !word.passing()).map(|index| (index, &words[index]));
    if word.kind.modal && !(word.capital && at > 0) {
        // “Ruiz would not say on Friday”: a refusal, and behind.
        let refused = word.is(&["wouldn't", "wouldn’t"])
            || word.is(&["would"]) && words.get(at + 1).is_some_and(|next| next.is(&["not"]));
        let speaks = words.iter().skip(at + 1).find(|word| !word.is(&["not"]));
        if refused
            && speaks.is_some_and(|verb| verb.is(&["say", "comment", "confirm", "discuss", "elaborate"]))
        {
            return Some(Tense::Past);
        }
        return Some(Tense::Future);
    }
    if word.kind.doubt {
        return Some(Tense::Unknown);
    }
    if word.kind.promise && !word.capital && promises(words, at) {
        // “Ruiz vowed on Friday to leave”: the day is that of the vow.
        let bare = words[at + 1..].iter().all(|word| word.is(&["on"]));
        if bare && word.vow() && !chain().is_some_and(|(_, before)| before.be()) {
            return Some(Tense::Past);
        }
        return Some(match chain() {
            // “threatened to walk out on Friday”: the day of the threat as often as that of the walk.
            _ if word.is(&["threatened"]) => Tense::Unknown,
            Some((_, before)) if before.past_auxiliary() || before.is(&["been"]) => Tense::Unknown,
            _ => Tense::Future,
        });
    }
    if word.be() || word.class.any(Class::HAVE) || word.past_auxiliary() {
        return Some(auxiliary(words, at));
    }
    if at > 0
        && words[at - 1].is(&["to"])
        && !word.capital
        && !word.class.any(Class::DETERMINER.or(Class::POSSESSIVE).or(Class::OBJECT))
    {
        return governor(&words[..at]);
    }
    if word.past_form() {
        // “the newly formed board”, “the lost ship”; but “the well ran dry”.
        let before = if word.lower.ends_with("ed") {
            chain().map(|(_, before)| before)
        } else {
            at.checked_sub(1).map(|before| &words[before])
        };
        let adjectival = before.is_some_and(|before| {
            before.class.any(Class::DETERMINER.or(Class::POSSESSIVE))
                && !before.comma
                && !before
                    .is(&["that", "this", "all", "both", "many", "several", "some", "each", "most", "few"])
        });
        if adjectival && !word.class.any(Class::CUE_SPEECH) {
            return None;
        }
        return Some(match chain() {
            Some((index, before)) if before.be() || before.class.any(Class::HAVE) => auxiliary(words, index),
            _ => Tense::Past,
        });
    }
    if word.lower.ends_with("ing")
        && let Some((index, before)) = chain()
        && before.be()
    {
        // “is meeting the union on Friday” announces; “is gaining ground, she said, with the vote on Friday” does not.
        let near = words.len() - at <= ARRANGED && words[at..].iter().all(|word| !word.comma);
        return Some(match auxiliary(words, index) {
            Tense::Future | Tense::Unknown if before.is(&["is", "are", "am"]) => {
                if near {
                    Tense::Future
                } else {
                    Tense::Unknown
                }
            }
            tense => tense,
        });
    }
    (word.kind.schedule && !word.capital && announces(words, at)).then_some(Tense::Future)
}

/// “The polls open Tuesday”; but “an open letter” and “a bad start” are no verbs.
fn announces(words: &[Word], at: usize) -> bool {
    !words[at].is(&["start", "open"])
        || at.checked_sub(1).is_some_and(|before| {
            let before = &words[before];
            before.lower.ends_with('s') && !before.class.any(Class::DETERMINER.or(Class::POSSESSIVE))
        })
}

/// “set” promises only with “to” or “for” behind it, and so do the others where they are verbs of the past.
fn promises(words: &[Word], at: usize) -> bool {
    let next = words.get(at + 1);
    let owned = at.checked_sub(1).is_some_and(|before| {
        words[before].class.any(Class::DETERMINER.or(Class::POSSESSIVE))
            && !words[before].is(&["that", "this"])
    });
    match words[at].lower.as_str() {
        // “Ruiz vowed Friday”: the day is of the vow, and `verb_at` asks.
        _ if words[at].vow() && words[at + 1..].iter().all(|word| word.is(&["on"])) => true,
        "agreed" => {
            let noun = words.get(at + 2).is_some_and(|word| word.class.any(Class::DETERMINER));
            next.is_some_and(|next| next.is(&["to", "for"])) && !noun
        }
        "set" | "prepared" | "offered" | "need" | "going" | "ready" | "threatened" | "urged" | "likely"
        | "plan" | "promise" | "hope" | "aim" => next.is_some_and(|next| next.is(&["to", "for"])) && !owned,
        // “its advertising plans after the storm” is a noun.
        "plans" => {
            next.is_none_or(|next| {
                next.is(&["to", "on", "for", "another"])
                    || next.class.any(Class::DETERMINER.or(Class::POSSESSIVE))
            }) && !owned
        }
        _ => true,
    }
}

/// The tense of a form of “be” or “have” at `at`, by what stands before it.
fn auxiliary(words: &[Word], at: usize) -> Tense {
    let word = &words[at];
    if word.past_auxiliary()
        || word.is(&["has", "have", "having", "hasn't", "haven't", "hasn’t", "haven’t"])
            && !word.is(&["have"])
    {
        return Tense::Past;
    }
    if word.is(&["be", "been", "being", "have"]) {
        let before = words[..at].iter().rposition(|word| !word.passing());
        return match before {
            Some(index) if words[index].kind.modal => {
                // “would have been held”, “may have met”: done by then.
                if word.is(&["have"]) { Tense::Unknown } else { Tense::Future }
            }
            Some(index) if words[index].is(&["to"]) => governor(&words[..=index]).unwrap_or(Tense::Future),
            Some(index) if words[index].be() || words[index].class.any(Class::HAVE) => {
                auxiliary(words, index)
            }
            _ if word.is(&["have"]) => Tense::Past,
            _ => Tense::Unknown,
        };
    }
    // “is”, “are”: what follows says more, and was asked first.
    if word.lower.starts_with(['\'', '’']) { Tense::Unknown } else { present_be(words, at) }
}

/// “The vote is on Saturday” announces; “is held on Saturdays”, “is seen as” and “is the fruit of a meeting on
/// Friday” do not.
fn present_be(words: &[Word], at: usize) -> Tense {
    let after = &words[at + 1..];
    match after.iter().find(|word| !word.passing()) {
        Some(next) if next.kind.promise => Tense::Future,
        Some(next) if next.past_form() || after.len() > AT_ONCE => Tense::Unknown,
        _ => Tense::Future,
    }
}

/// The tense that an infinitive takes from what stands before its “to”, the last of `words`.
fn governor(words: &[Word]) -> Option<Tense> {
    let before = words.split_last()?.1;
    let last = before.iter().rposition(|word| !word.passing())?;
    if before[last].past_auxiliary() && before[last].be() {
        // “was to arrive on Monday”: told on Tuesday, that is behind.
        Some(Tense::Unknown)
    } else if before[last].be() {
        Some(Tense::Future)
    } else {
        of_left(words).map(|(_, tense)| tense).or(Some(Tense::Unknown))
    }
}

/// By the first finite verb on the right; relative clauses are passed over.
fn of_right(words: &[Word]) -> Option<Tense> {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if at > 0 && words[at - 1].comma && word.is(&["who", "which", "whose", "where", "whom"]) {
            while !words.get(at)?.comma {
                at += 1;
            }
        } else if word.kind.modal {
            return Some(Tense::Future);
        } else if word.kind.doubt {
            return Some(Tense::Unknown);
        } else if word.past_auxiliary() || word.is(&["has", "have"]) {
            let promised = words.get(at + 1).is_some_and(|next| next.kind.promise);
            return Some(if promised { Tense::Unknown } else { Tense::Past });
        } else if word.is(&["is", "are"]) {
            let next = words[at + 1..].iter().find(|word| !word.passing())?;
            let ahead = next.kind.promise || next.is(&["to"]) || next.lower.ends_with("ing");
            return Some(if ahead { Tense::Future } else { Tense::Unknown });
        } else if word.past_form()
            && !(at > 0 && words[at - 1].class.any(Class::DETERMINER.or(Class::POSSESSIVE)))
        {
            return Some(if word.kind.promise { Tense::Unknown } else { Tense::Past });
        } else if word.kind.schedule && !word.capital {
            return Some(Tense::Future);
        } else if word.class.any(Class::FORM_PRESENT)
            && !word.capital
            && word.lower.ends_with('s')
            // “her remarks loomed large”: a noun before its verb.
            && !words.get(at + 1).is_some_and(|next| next.past_form() || next.past_auxiliary())
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

    /// The tense of the clause around the word in brackets.
    fn tense(marked: &str) -> Tense {
        let (before, rest) = marked.split_once('[').unwrap_or_default();
        let (inside, after) = rest.split_once(']').unwrap_or_default();
        let text = format!("{before}{inside}{after}");
        around(&text, ProseSpan::new(before.len() as u32, (before.len() + inside.len()) as u32))
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
