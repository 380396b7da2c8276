//! Speech whose speaker comes only after several sentences.

use serde::Deserialize;

use crate::facts::{FileFacts, Quotation};
use crate::lexicon::{Class, lexicon};
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// How many sentences a reader may hear before learning who speaks.
    pub sentences: usize,
}

/// Reports a quotation of more than `sentences` sentences whose source stands after it, where the reader has not just
/// met the speaker.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let most = context.parameters.late_attribution.sentences;
    for (file, facts) in context.corpus.files() {
        for (rank, quotation) in facts.quotations.iter().enumerate() {
            let said = quotation.attribution.as_ref();
            let Some(source) = said.and_then(|said| said.source.as_ref()) else { continue };
            let after = quotation.level == 0 && source.span.start >= quotation.span.end;
            let count = if after { sentences(&quotation.words) } else { 0 };
            if count <= most || just_met(facts, rank, quotation) {
                continue;
            }
            findings.push(
                Finding::new(
                    "late-attribution",
                    Place::new(file, source.span),
                    format!("the reader hears {count} sentences before learning who speaks"),
                    quotation.words.clone(),
                )
                .label("name the speaker after the first sentence")
                .related(Place::new(file, quotation.span), "the quotation begins here"),
            );
        }
    }
}

/// Is the speaker named, or speaking, in the same paragraph before the quotation or in the one above?
fn just_met(facts: &FileFacts, rank: usize, quotation: &Quotation) -> bool {
    let Some(speaker) = quotation.attribution.as_ref().and_then(|said| said.speaker.as_ref()) else {
        return true;
    };
    let above = (quotation.block as usize).saturating_sub(1);
    let from = facts.blocks.get(above).map_or(0, |block| block.span.start);
    let named = facts.mentions.iter().any(|mention| {
        !mention.quoted
            && mention.span.start >= from
            && mention.span.end <= quotation.span.start
            && mention.known_as() == speaker.name
    });
    named
        || facts.quotations[..rank].iter().any(|before| {
            before.span.start >= from
                && before.attribution.as_ref().and_then(|said| said.speaker.as_ref()) == Some(speaker)
        })
}

/// How many sentences the words make: stops with white space and a capital after them, abbreviations and initials
/// left out.
fn sentences(words: &str) -> usize {
    let words: Vec<&str> = words.split_whitespace().collect();
    let ends = words.windows(2).filter(|pair| {
        let bare = pair[0].trim_end_matches(['”', '’', '"', '\'', ')']);
        let capital = pair[1].chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
        let short = bare.ends_with('.')
            && (bare.chars().filter(|c| c.is_alphanumeric()).count() == 1
                || lexicon().class(bare).any(Class::ABBREVIATION.or(Class::HONORIFIC)));
        bare.ends_with(['.', '!', '?']) && capital && !short
    });
    ends.count() + 1
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn counts_sentences() {
        for (words, count) in [
            ("We will win.", 1),
            ("We will win. Or we will not!", 2),
            ("I asked J. Okafor. He knows. “Does he?” You bet.", 4),
            ("It cost 4.5 million, i.e. too much. really", 1),
        ] {
            assert_eq!(sentences(words), count, "{words}");
        }
    }
}
