//! Who stands behind the words: sources without a name, and crowds that nobody could name.

use crate::facts::{FileFacts, Phrase, SpeakerKind};
use crate::lexicon::{Class, lexicon, unnamed_words};
use crate::rules::{Finding, RuleContext};
use crate::source::{BlockKind, Place};

/// Reports, once a file, each source that the writer could name and does not, where no paragraph up to the next one
/// says why.
pub fn anonymous_source(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        let mut seen: Vec<String> = Vec::new();
        let sources = unnamed(facts);
        let lead = facts.blocks.iter().position(|block| block.kind == BlockKind::Paragraph);
        for &(block, source) in &sources {
            let words = source.text.to_lowercase();
            // “Many officials” are a crowd, and “other sources” books.
            let crowd = words.split(' ').next().is_some_and(|first| unnamed_words().makes_crowd(first));
            let known = crowd || seen.contains(&words);
            let noun = head(&words);
            let plain = unnamed_words().is_anonymous(noun) && indefinite(&words, noun);
            // “The gate was shut, officials said” is how a town speaks; whom the copy quotes word for word it could name.
            let body = (words == noun || noun == "officials")
                && facts.indirect.iter().any(|told| {
                    told.attribution.source.as_ref().is_some_and(|told| told.span == source.span)
                });
            // “One trustee, who asked not to be named, said”: whoever asked is a source, whatever the noun.
            let setting = facts.blocks[block].setting;
            let asked =
                setting.asked && !setting.anonymity && indefinite(&words, noun) && !speaks_for(&words);
            // “A former minister has denied that …” opens a story that names him further down.
            let in_a_post =
                || lead != Some(block) && (ranked(&words, noun) || of_body(facts, source, &words, noun));
            if known || body || !(plain || asked || insider(&words) || in_a_post()) {
                continue;
            }
            seen.push(words.clone());
            // The reason may stand in the next paragraph, unless that one has a source without a name itself.
            let next = block + 1;
            let own = sources.iter().any(|(other, _)| *other == next);
            let until = facts.blocks.len().min(if own { next } else { next + 1 });
            // “Who asked not to be named because …” in an earlier paragraph is said of its own source alone.
            let stem = noun.trim_end_matches('s');
            let kind = |other: &Phrase| head(&other.text.to_lowercase()).trim_end_matches('s') == stem;
            let explains = |at: usize| {
                let mut own = sources.iter().filter(|(block, _)| *block == at).peekable();
                !facts.blocks[at].setting.asked || own.peek().is_none() || own.any(|(_, other)| kind(other))
            };
            let told = |at: &usize| facts.blocks[*at].setting.anonymity;
            if (0..until).filter(told).any(|at| at >= block || explains(at)) {
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
            // “Three experts” are three that the writer has heard.
            let counted = words.split(' ').next().is_some_and(|first| NUMBERS.contains(&first));
            let known = counted || words.starts_with("the ");
            let named = names_some(facts, source);
            if last == Some(source.span) || known || named || !unnamed_words().is_weasel(head(&words)) {
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

/// “Critics, including Ana Ruiz, say”: does a name follow the crowd, inside the source or right behind it?
fn names_some(facts: &FileFacts, source: &Phrase) -> bool {
    let lower = source.text.to_lowercase();
    let inside = NAMING.iter().any(|words| lower.contains(words));
    let mut cues = facts.indirect.iter().map(|told| &told.attribution);
    let cue = cues.find(|told| told.source.as_ref().is_some_and(|it| it.span == source.span));
    let until = cue.and_then(|told| told.cue.as_ref()).map_or(source.span.end, |cue| cue.span.start);
    let between = |span: crate::source::Span| (source.span.end..until).contains(&span.start);
    let mut names = facts.names.iter().map(|name| name.span).chain(facts.mentions.iter().map(|it| it.span));
    inside || names.any(between)
}

/// Words that lead to the names of some of a crowd.
const NAMING: [&str; 4] = ["including", "among them", "such as", "led by"];

/// Numbers that make a crowd a few people.
const NUMBERS: [&str; 6] = ["two", "three", "four", "five", "six", "seven"];

/// Every source of an outer quotation or of reported speech that stands for somebody without a name, with the block it
/// stands in, in the order of the text.
fn unnamed(facts: &FileFacts) -> Vec<(usize, &Phrase)> {
    let quoted = facts.quotations.iter().filter(|quotation| quotation.level == 0);
    let quoted = quoted.filter_map(|quotation| quotation.attribution.as_ref());
    let told = facts.indirect.iter().map(|indirect| &indirect.attribution);
    let mut sources: Vec<(usize, &Phrase)> = quoted
        .chain(told)
        .filter(|said| {
            // “People briefed on the talks” may have been read as a name, because a capital opens the sentence.
            let inside = |source: &Phrase| insider(&source.text.to_lowercase());
            said.speaker.as_ref().is_some_and(|speaker| speaker.kind == SpeakerKind::Unnamed)
                || said.source.as_ref().is_some_and(inside)
        })
        .filter_map(|said| said.source.as_ref())
        .map(|source| {
            let after = facts.blocks.partition_point(|block| block.span.start <= source.span.start);
            (after.saturating_sub(1), source)
        })
        .collect();
    sources.sort_by_key(|(_, source)| source.span.start);
    sources.dedup_by_key(|(_, source)| source.span);
    sources
}

/// “an aide”, “senior aides”: somebody new. “The aide” and “her aide” are known from before, and an aide without an
/// article has the name behind it.
fn indefinite(phrase: &str, noun: &str) -> bool {
    let begins = |words: &[&str]| words.iter().any(|word| phrase.split(' ').next() == Some(word));
    begins(&["a", "an", "another", "one"])
        || noun.ends_with('s') && !begins(&["the", "his", "her", "their", "our", "my", "its"])
}

/// “A senior manager”, “one former director of the club”: somebody in a post, known by the rank alone.
fn ranked(phrase: &str, noun: &str) -> bool {
    let before = phrase.split(' ').skip(1).take_while(|word| *word != noun);
    indefinite(phrase, noun)
        && unnamed_words().is_role(noun)
        && before.into_iter().any(|word| unnamed_words().is_rank(word))
}

/// “A member of the board”, whom the copy quotes word for word.
fn of_body(facts: &FileFacts, source: &Phrase, phrase: &str, noun: &str) -> bool {
    let quoted = facts.quotations.iter().filter_map(|quotation| quotation.attribution.as_ref());
    let mut sources = quoted.filter_map(|said| said.source.as_ref());
    indefinite(phrase, noun)
        && !noun.ends_with('s')
        && unnamed_words().is_of_a_body(noun)
        && phrase.rsplit(' ').next().is_some_and(|last| lexicon().class(last).any(Class::BODY_NOUN))
        && sources.any(|other| other.span == source.span)
}

/// “A spokesman for the club”: somebody who speaks for it and is not asked to be named.
fn speaks_for(phrase: &str) -> bool {
    phrase.split(' ').any(|word| word.starts_with("spokes"))
}

/// “A person familiar with the matter”, “people briefed on the talks”: whoever knows from inside and goes unnamed.
fn insider(phrase: &str) -> bool {
    let unnamed =
        ["a", "an", "one", "two", "three", "several", "some", "people", "persons", "sources", "those"];
    phrase.split(' ').next().is_some_and(|first| unnamed.contains(&first) || first.ends_with('s'))
        && unnamed_words().insider_phrases().iter().any(|words| {
            let behind = |words: &str| phrase.match_indices(words).any(|(at, _)| phrase[..at].ends_with(' '));
            // The source may have been read up to its adjective only: “a source close”.
            let adjective = words.split(' ').next().unwrap_or(words);
            let ends = ["close", "familiar", "briefed"].contains(&adjective);
            behind(words)
                || ends && phrase.strip_suffix(adjective).is_some_and(|before| before.ends_with(' '))
        })
}

/// The noun that a phrase is about: the last word before “of”, “in” and the like.
fn head(phrase: &str) -> &str {
    let words = phrase.split(' ').take_while(|word| !lexicon().class(word).any(Class::PREPOSITION));
    words.last().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric())
}
