//! Speakers who are quoted by a family name alone in a text that never says who they are.

use serde::Deserialize;

use super::source::{Named, named};
use crate::facts::{FileFacts, Form, Phrase, QuotationKind, SpeakerKind};
use crate::lexicon::{Class, WordSet, fold, lexicon, one_slip};
use crate::rules::{Finding, Related, RuleContext};
use crate::source::{BlockKind, Place, Span};

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// How many words a text has at least to be reported.
    pub words: u32,
}

/// Reports one finding a file, with every such speaker.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let least = context.parameters.unintroduced_speaker.words;
    for (file, facts) in context.corpus.files() {
        if facts.words < least {
            continue;
        }
        let mut speakers: Vec<(&str, Place, bool)> = Vec::new();
        for found in named(facts) {
            let said = found.quotation.attribution.as_ref();
            let person = said
                .and_then(|said| said.speaker.as_ref())
                .is_some_and(|speaker| speaker.kind == SpeakerKind::Person && !speaker.name.contains(' '));
            // A turn, a line of a roundup and a headline say elsewhere who that is.
            let heading = facts.blocks.get(found.quotation.block as usize).is_some_and(|block| {
                !matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem)
                    || block.setting.form != Form::Prose
            });
            let words = found.words;
            // “X”, “NATO” and handles are no family names, and a given name alone has been chosen on purpose.
            let class = lexicon().class(words);
            let odd = words.contains(' ')
                || words.chars().count() < 3
                || !words.starts_with(char::is_uppercase)
                || !words.chars().skip(1).any(char::is_lowercase)
                || !words.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''))
                || class.any(
                    Class::GIVEN_NAME
                        .or(Class::PERSON_NOUN)
                        .or(Class::BODY_NOUN)
                        .or(Class::DOCUMENT_NOUN)
                        .or(Class::SUBJECT)
                        .or(Class::DETERMINER),
                );
            let known = || speakers.iter().any(|(known, ..)| *known == words);
            if !person || heading || odd || titled(facts, words) || known() {
                continue;
            }
            let alone = is_alone(facts, &found);
            if alone || is_somebody(facts, words) {
                speakers.push((words, Place::new(file, found.source), alone));
            }
        }
        let Some((name, place, alone)) = speakers.first().copied() else { continue };
        // Only where the text opens with such a speaker has its beginning plainly been cut off; further down, a name
        // alone is more often a paper, a company or somebody everybody knows, unless it stands there a single time in a text
        // that introduces all others.
        if !opens(facts, place.span) && !(alone && speakers.len() == 1) {
            continue;
        }
        let mut finding = Finding::new(
            "unintroduced-speaker",
            place,
            match speakers.len() {
                1 => format!("{name} is quoted but never introduced by a full name"),
                count => format!("{count} people are quoted but never introduced by a full name"),
            },
            name,
        )
        .label("who is this?");
        for (name, place, _) in &speakers[1..] {
            finding.related.push(Related::new(*place, format!("nor is {name} introduced")));
        }
        findings.push(finding);
    }
}

/// Does the place lie in the first paragraph of running text?
fn opens(facts: &FileFacts, span: Span) -> bool {
    facts
        .blocks
        .iter()
        .find(|block| block.kind == BlockKind::Paragraph)
        .is_some_and(|first| first.span.contains(span))
}

/// Does the text show that the name is a person's, and not a town's, a party's, a company's or a band's? It does where
/// somebody called “he” or “she” is the same speaker. Whoever is described anywhere needs no introduction.
fn is_somebody(facts: &FileFacts, name: &str) -> bool {
    let quoted = facts.quotations.iter().filter_map(|quotation| quotation.attribution.as_ref());
    let told = facts.indirect.iter().map(|told| &told.attribution);
    let mut somebody = false;
    for said in quoted.chain(told) {
        if said.speaker.as_ref().is_none_or(|speaker| speaker.name != name) {
            continue;
        }
        if said.described {
            return false;
        }
        let pronoun = |source: &Phrase| matches!(&*source.text.to_lowercase(), "he" | "she");
        somebody |= said.source.as_ref().is_some_and(pronoun);
    }
    somebody
}

/// Letters at the beginning of a family name that two spellings of it share.
const BEGINNING: usize = 3;

/// Is the name that of somebody who is met once, at “…,” Ruiz said, in a text that introduces whom else it quotes?
fn is_alone(facts: &FileFacts, found: &Named<'_>) -> bool {
    let Some(said) = found.quotation.attribution.as_ref() else { return false };
    let name = found.words;
    let plain = found.quotation.kind == QuotationKind::Sentence
        && found.quotation.level == 0
        && matches!(&*said.evidence, "cue-after" | "cue-after-inverted")
        && !said.described
        && said.cue.as_ref().is_some_and(|cue| WordSet::PlainCue.has(&cue.text));
    let has = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == name);
    let elsewhere = facts.names.iter().any(|it| it.span != found.source && has(&it.text))
        || facts.mentions.iter().any(|it| it.span != found.source && has(&it.name))
        || facts.display_only.iter().any(|it| has(&it.text));
    if !plain || elsewhere {
        return false;
    }
    // “Labbot” beside “Elise Labott” is a slip of the pen, and another rule's business.
    let own = fold(name);
    let slip = facts.mentions.iter().map(|it| fold(super::source::family(&it.name))).any(|other| {
        one_slip(&other, &own) || own.get(..BEGINNING).is_some_and(|start| other.starts_with(start))
    });
    let mut others = named(facts).filter_map(|other| Some(other.mention?.1.known_as()));
    !slip && others.any(|other| other.contains(' '))
}

/// Does any mention of that family name carry a first name, a title or an honorific?
fn titled(facts: &FileFacts, name: &str) -> bool {
    let named = facts
        .names
        .iter()
        .any(|other| other.text.contains(' ') && super::source::family(&other.text) == name);
    named
        || facts.mentions.iter().any(|mention| {
            super::source::family(&mention.name) == name
                && (mention.name.contains(' ') || !mention.titles.is_empty() || !mention.honorific.is_empty())
        })
}
