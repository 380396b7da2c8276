//! Why a quotation has the speaker it has, or none: which step of the sieve decided, what the others would have said,
//! and how the source became the speaker.

use serde::Serialize;

use super::read::read_with;
use super::{Hints, Phrase, SpeakerKind, Tie};
use crate::reference::{People, Resolution};
use crate::source::{Document, ProseSpan};
use crate::syntax::sieve::{Pattern, Try};

/// How the question ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// A pattern decided, and it is sure enough.
    Decided,
    /// A pattern decided, and it is right less often than the house asks for: the source is withheld.
    BelowConfidence,
    /// The words are nobody's speech.
    NotSpeech,
    /// The quotation stands inside another one, which sayso does not read.
    InsideAnother,
    /// The draft is in a language that sayso does not read.
    OtherLanguage,
    /// Every step passed.
    NoPattern,
}

/// Why one quotation has the speaker it has, or none.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// How it ended.
    pub verdict: Verdict,
    /// What it is instead of speech; only with [`Verdict::NotSpeech`].
    pub instead: Option<&'static str>,
    /// The precision from which on a source is named, 0 to 1.
    pub needed: f32,
    /// The steps of the sieve in order; empty for what is no speech or stands inside another quotation.
    pub tried: Vec<Tried>,
    /// What ties source and speaker; `None` where no source is named.
    pub tie: Option<Tie>,
    /// The place that shows it: the introduction, the name nearest before a pronoun.
    pub shown: Option<Phrase>,
    /// Others whom the source fits as well.
    pub others: Vec<String>,
}

/// What one step of the sieve said.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// What it looks for.
    pub step: &'static str,
    /// The patterns it can find, by the names that facts carry as evidence.
    pub patterns: Vec<&'static str>,
    /// What it found; `None` where it passed.
    pub found: Option<Said>,
    /// Does its answer hold? It does for the first that found something.
    pub decides: bool,
}

/// What a step found.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The pattern.
    pub pattern: &'static str,
    /// Its measured precision, 0 to 1.
    pub precision: f32,
    /// The phrase that names the source.
    pub source: Option<Phrase>,
    /// The words that attribute.
    pub cue: Option<Phrase>,
    /// Whom the source stands for.
    pub speaker: Option<String>,
}

/// Says of every quotation of a document why it has its speaker or none, in the order of its quotations.
/// `hints` are those with which its facts were read.
///
/// It is the same reading as an ordinary run's, with an account kept of every decision.
pub fn why(document: &Document, hints: &Hints) -> Vec<Why> {
    let mut account = Vec::new();
    let prose = document.prose();
    let hints = hints.clone().with_front_matter_of(document, &prose);
    read_with(&prose, &hints, None, Some(&mut account));
    account
}

/// The account of one quotation of that `level`: what its `resolution` says, and what each step made of it. `instead` is
/// what the words are where they are no speech.
pub(super) fn explain(
    resolution: &Resolution,
    trace: &[Try],
    instead: Option<&'static str>,
    level: u8,
    people: &People<'_>,
    needed: f32,
    words: &impl Fn(ProseSpan) -> Phrase,
) -> Why {
    let decision = resolution.decision;
    let sure = decision.filter(|found| found.pattern.precision() >= needed);
    let verdict = if level > 0 {
        Verdict::InsideAnother
    } else if instead.is_some() {
        Verdict::NotSpeech
    } else if sure.is_some() {
        Verdict::Decided
    } else if decision.is_some() {
        Verdict::BelowConfidence
    } else {
        Verdict::NoPattern
    };
    let speaker = || resolution.speaker.as_ref().map(|speaker| speaker.name.clone());
    let by_exchange = decision.filter(|found| found.pattern.is_of_dialogue());
    let tried = |step: &Try| {
        // In fiction a step's answer may be withdrawn, and an exchange may decide after all of them.
        let decides = step.decides && by_exchange.is_none() && decision.is_some();
        let found = step.found.map(|found| Said {
            pattern: found.pattern.name(),
            precision: found.pattern.precision(),
            source: found.source.map(words),
            cue: found.cue.map(words),
            speaker: match decides && sure.is_some() {
                true => speaker(),
                false => found
                    .source
                    .and_then(|source| people.resolve(source, found.head_kind))
                    .map(|speaker| speaker.name),
            },
        });
        Tried {
            step: step.step,
            patterns: step.gives.iter().map(|pattern| pattern.name()).collect(),
            found,
            decides,
        }
    };
    let mut steps: Vec<Tried> = trace.iter().map(tried).collect();
    steps.extend(by_exchange.map(|found| Tried {
        step: "the exchange that it is part of",
        patterns: vec![found.pattern.name()],
        found: Some(Said {
            pattern: found.pattern.name(),
            precision: found.pattern.precision(),
            source: None,
            cue: None,
            speaker: speaker(),
        }),
        decides: true,
    }));
    let mut tied = sure.zip(resolution.source).map(|(found, source)| people.tied(source, found.head_kind));
    if tied.as_ref().is_some_and(|tied| tied.tie == Tie::Scene) && resolution.speaker.is_none() {
        tied = Some(Tie::NobodyFits.into());
    }
    let named = || resolution.speaker.as_ref().is_some_and(|speaker| speaker.kind == SpeakerKind::Person);
    if tied.as_ref().is_some_and(|tied| tied.tie == Tie::Narrator) && !named() {
        tied = Some(Tie::NotResolved.into());
    }
    if let Some(found) = by_exchange {
        let tie = match found.pattern {
            Pattern::AnswersToName => Tie::Addressed,
            Pattern::ActionBeside => Tie::Acts,
            _ => Tie::Exchange,
        };
        tied = Some(tie.into());
    }
    Why {
        verdict,
        instead: instead.filter(|_| verdict == Verdict::NotSpeech),
        needed,
        tried: steps,
        tie: tied.as_ref().map(|tied| tied.tie),
        shown: tied.as_ref().and_then(|tied| tied.shown).map(words),
        others: tied.map_or_else(Vec::new, |tied| tied.others),
    }
}
