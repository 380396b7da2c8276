//! Who stands behind the words: sources without a name, and crowds that nobody could name.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::facts::{FileFacts, Phrase, SpeakerKind};
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// Reports, once a file, each source that the writer could name and does not, where no paragraph up to the next one
/// says why.
pub fn anonymous_source(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        let mut seen: Vec<String> = Vec::new();
        for (block, source) in unnamed(facts) {
            let words = source.text.to_lowercase();
            let known = seen.contains(&words);
            let noun = head(&words);
            if known || !WORDS.anonymous.contains(noun) || !indefinite(&words, noun) {
                continue;
            }
            seen.push(words);
            let until = facts.blocks.len().min(block + 2);
            if facts.blocks[..until].iter().any(|block| block.setting.anonymity) {
                continue;
            }
            findings.push(
                Finding::new(
                    "anonymous-source",
                    Place::new(file, source.span),
                    format!("“{}” goes unnamed, and nothing says why", source.text),
                    source.text.clone(),
                )
                .label("no name, no reason"),
            );
        }
    }
}

/// Reports a crowd as a source: critics, observers, insiders.
pub fn weasel_source(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        let mut last = None;
        for (_, source) in unnamed(facts) {
            let words = source.text.to_lowercase();
            if last == Some(source.span) || words.starts_with("the ") || !WORDS.weasel.contains(head(&words))
            {
                continue;
            }
            last = Some(source.span);
            findings.push(
                Finding::new(
                    "weasel-source",
                    Place::new(file, source.span),
                    format!("“{}” is a crowd, and nobody said these words in chorus", source.text),
                    source.text.clone(),
                )
                .label("who, exactly?"),
            );
        }
    }
}

/// Every source of an outer quotation that stands for somebody without a name, with the block of the quotation.
fn unnamed(facts: &FileFacts) -> impl Iterator<Item = (usize, &Phrase)> {
    facts.quotations.iter().filter(|quotation| quotation.level == 0).filter_map(|quotation| {
        let said = quotation.attribution.as_ref()?;
        let nameless = said.speaker.as_ref()?.kind == SpeakerKind::Unnamed;
        Some((quotation.block as usize, said.source.as_ref()?)).filter(|_| nameless)
    })
}

/// “an aide”, “senior aides”: somebody new. “The aide” and “her aide” are known from before, and an aide without an
/// article has the name behind it.
fn indefinite(phrase: &str, noun: &str) -> bool {
    let begins = |words: &[&str]| words.iter().any(|word| phrase.split(' ').next() == Some(word));
    begins(&["a", "an", "another", "one"])
        || noun.ends_with('s') && !begins(&["the", "his", "her", "their", "our", "my", "its"])
}

/// The noun that a phrase is about: the last word before “of”, “in” and the like.
fn head(phrase: &str) -> &str {
    use crate::lexicon::{Class, lexicon};
    let words = phrase.split(' ').take_while(|word| !lexicon().class(word).any(Class::PREPOSITION));
    words.last().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric())
}

struct Words {
    anonymous: FxHashSet<&'static str>,
    weasel: FxHashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { anonymous: FxHashSet::default(), weasel: FxHashSet::default() };
    let mut weasel = false;
    for line in include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/unnamed.txt")).lines() {
        match line {
            "[anonymous]" => weasel = false,
            "[weasel]" => weasel = true,
            line if line.starts_with('#') => {}
            line if weasel => words.weasel.extend(line.split_whitespace()),
            line => words.anonymous.extend(line.split_whitespace()),
        }
    }
    words
});
