//! The same words, told to one paper here and to another there.

use std::borrow::Cow;

use crate::corpus::Corpus;
use crate::corpus::wording::{PassageId, Relation, SpeakerMatch, SpeakerName};
use crate::lexicon::fold;
use crate::rules::repeated::repeated_words;
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// Equal words, and equal words with a topic, without which two hearers prove nothing.
const LEAST: (u32, u32) = (4, 2);

/// Reports words of one speaker that one place has him tell a hearer with a name and another place to another. People
/// repeat themselves, so this is for the desk to know.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    let close = |relation| matches!(relation, Relation::Consistent | Relation::Altered);
    repeated_words(corpus, LEAST, close, |one, other| findings.extend(conflict(corpus, one, other)));
}

/// The first passage of the one list with a named hearer, and the first of the other that the same voice told another.
fn conflict(corpus: &Corpus, one: &[PassageId], other: &[PassageId]) -> Option<Finding> {
    let wording = corpus.wording();
    for &here in one {
        let Some((hearer, place)) = hearer(corpus, here) else { continue };
        let there = other.iter().copied().find_map(|there| {
            let (other_hearer, other_place) = self::hearer(corpus, there)?;
            let same = wording.voice(here)?.speaker_match(wording.voice(there)?) == SpeakerMatch::Same;
            (same && other_place > place && differ(hearer, other_hearer))
                .then_some((other_hearer, other_place))
        });
        let Some((other_hearer, other_place)) = there else { continue };
        let name = wording.voice(here).map_or(Cow::Borrowed("the speaker"), SpeakerName::told);
        let message = format!("{name} tells {hearer} these words here, and {other_hearer} in another place");
        return Some(
            Finding::new("conflicting-outlet", place, message, wording.key(here))
                .label(format!("{hearer} here"))
                .related(other_place, format!("{other_hearer} here")),
        );
    }
    None
}

/// The hearer with a name to whom a passage was told, and where the phrase stands.
fn hearer(corpus: &Corpus, id: PassageId) -> Option<(&str, Place)> {
    let passage = corpus.wording().passage(id);
    let to = passage
        .quotations(corpus.facts())
        .find_map(|quotation| quotation.attribution.as_ref()?.to.as_ref())?;
    let named = to.text.split(' ').any(|word| word.starts_with(char::is_uppercase));
    named.then(|| (to.text.as_str(), Place::new(passage.file, to.span)))
}

/// Do two phrases name two hearers? “The Mercury” and “Skarrow Mercury” share a word with a capital, and may be one.
fn differ(one: &str, other: &str) -> bool {
    let names = |phrase: &str| -> Vec<String> {
        phrase.split(' ').filter(|word| word.starts_with(char::is_uppercase)).map(fold).collect()
    };
    let (one, other) = (names(one), names(other));
    let article = |word: &String| matches!(word.as_str(), "the" | "a" | "an");
    !one.iter().filter(|word| !article(word)).any(|word| other.contains(word))
        && !initials(&one, &other)
        && !initials(&other, &one)
}

/// Is one the other's initials: “BHR” for “Brackmouth Harbour Radio”?
fn initials(short: &[String], long: &[String]) -> bool {
    let letters: String = long.iter().filter_map(|word| word.chars().next()).collect();
    short.iter().any(|word| word.len() > 1 && letters.ends_with(word.as_str()))
}
