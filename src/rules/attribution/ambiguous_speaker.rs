//! A pronoun that two people fit.

use crate::facts::{Attribution, FileFacts, Mention, Phrase};
use crate::lexicon::{Class, lexicon};
use crate::rules::{Finding, Level, RuleContext};
use crate::source::{Place, Span};

/// Bytes between two sentences that follow one another: a space, or a line break with its indent.
const BETWEEN: u32 = 4;

/// Bytes of a sentence short enough that both people in it are its matter.
const SHORT: u32 = 100;

/// Bytes between the two names: a verb and a phrase of place.
const BESIDE: u32 = 45;

/// Bytes between two names that “ and ” joins.
const AND: u32 = 5;

/// Reports a source that is a pronoun where the sentence before it names two people whom it fits equally. Speech that
/// is carried on from there is the same doubt, and is not reported again.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        let mut reported = Vec::new();
        for quotation in facts.quotations.iter().filter(|quotation| quotation.level == 0) {
            let Some(said) = &quotation.attribution else { continue };
            let (Some(source), Some(speaker), Some(rival)) = (&said.source, &said.speaker, &said.rival)
            else {
                continue;
            };
            if reported.contains(&source.span) {
                continue;
            }
            reported.push(source.span);
            findings.push(
                Finding::new(
                    "ambiguous-speaker",
                    Place::new(file, source.span),
                    format!("“{}” may be {} or {rival}", source.text, speaker.name),
                    format!("{}\n{rival}\n{}", speaker.name, quotation.words),
                )
                .label("which of the two?"),
            );
        }
        for (said, from) in attributions(facts) {
            let Some(source) = &said.source else { continue };
            if reported.contains(&source.span) {
                continue;
            }
            let Some([one, other]) = fitting(facts, source, from) else { continue };
            reported.push(source.span);
            let mut finding = Finding::new(
                "ambiguous-speaker",
                Place::new(file, source.span),
                format!("“{}” may be {} or {}", source.text, one.name, other.name),
                format!("{}\n{}", one.name, other.name),
            )
            .label("which of the two?")
            .related(Place::new(file, one.span), "one is named here")
            .related(Place::new(file, other.span), "the other here");
            if ![one, other].iter().all(|mention| speaks(facts, mention)) {
                finding.level = Some(Level::Note);
            }
            findings.push(finding);
        }
    }
}

/// Every attribution of a file, with where its words or its source begin: of its outer quotations, then of its reported
/// speech.
fn attributions(facts: &FileFacts) -> impl Iterator<Item = (&Attribution, u32)> {
    let begins =
        |said: &Attribution, words: u32| said.source.as_ref().map_or(words, |it| it.span.start.min(words));
    let quoted = facts.quotations.iter().filter(|quotation| quotation.level == 0);
    let quoted = quoted.filter_map(move |quotation| {
        let said = quotation.attribution.as_ref()?;
        Some((said, begins(said, quotation.span.start)))
    });
    let told = facts
        .indirect
        .iter()
        .map(move |told| (&told.attribution, begins(&told.attribution, told.content.span.start)));
    quoted.chain(told)
}

/// The two people whom a pronoun fits: the sentence right before it, or before the words that it says, which begin at `from`,
/// names just these two, and tells neither's words.
fn fitting<'f>(facts: &'f FileFacts, source: &Phrase, from: u32) -> Option<[&'f Mention; 2]> {
    let gender = match source.text.as_str() {
        "She" | "she" => Class::FEMALE,
        "He" | "he" => Class::MALE,
        _ => return None,
    };
    let before = facts.mentions.partition_point(|mention| mention.span.start < from);
    let last = facts.mentions[..before].last()?;
    let sentence = last.sentence;
    let next = from.checked_sub(sentence.end)?;
    if next > BETWEEN {
        return None;
    }
    let first = facts.mentions[..before].partition_point(|mention| mention.span.start < sentence.start);
    let [one, other] = &facts.mentions[first..before] else { return None };
    let told = |one: &Mention, other: &Mention| one.titles.iter().any(|it| it.span.contains(other.span));
    // In a long sentence one of the two stands in the background.
    let joined = other.span.start == one.span.end + AND;
    let close = joined || sentence.len() <= SHORT && other.span.start.saturating_sub(one.span.end) <= BESIDE;
    let apart = close && one.known_as() != other.known_as() && !told(one, other) && !told(other, one);
    let plain = |mention: &Mention| !mention.quoted && !mention.possessive && fits(mention, gender);
    // Behind words in marks the pronoun takes up whoever spoke in the sentence before them, even without a quotation.
    let statement =
        |sentence: Span| facts.statements.iter().any(|it| !it.display && it.span.overlaps(sentence));
    if from < source.span.start && !statement(sentence) {
        return None;
    }
    let quiet =
        !attributions(facts).filter_map(|(said, _)| said.cue.as_ref()).any(|cue| sentence.contains(cue.span));
    (apart && quiet && plain(one) && plain(other)).then_some([one, other])
}

/// Does the pronoun's gender fit, as far as the honorific or the given name tells?
fn fits(mention: &Mention, gender: Class) -> bool {
    let told = match mention.honorific.trim_end_matches('.') {
        "Mr" | "Sir" => Class::MALE,
        "Mrs" | "Ms" | "Miss" | "Dame" => Class::FEMALE,
        _ => {
            let given = mention.known_as().split_once(' ').map_or("", |(given, _)| given);
            let class = lexicon().class(given);
            // Where nothing is known of the name, the other may be the only one whom the pronoun fits.
            match (class.any(Class::MALE), class.any(Class::FEMALE)) {
                (true, false) => Class::MALE,
                (false, true) => Class::FEMALE,
                _ => Class::NONE,
            }
        }
    };
    told == gender
}

/// Is the person the source of anything in the file?
fn speaks(facts: &FileFacts, mention: &Mention) -> bool {
    facts.mentions.iter().filter(|other| other.known_as() == mention.known_as()).any(|other| {
        attributions(facts)
            .filter_map(|(said, _)| said.source.as_ref())
            .any(|source| source.span.contains(other.span))
    })
}
