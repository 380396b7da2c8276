//! What a source announces in one draft, and confirms in another.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::corpus::Corpus;
use crate::facts::{SpeakerKind, gist};
use crate::lexicon::{Class, fold, lexicon};
use crate::rules::attribution::gist::{Index, Report, likeness, one_story, published_within, reports};
use crate::rules::{Finding, RuleContext};
use crate::source::Place;

/// What a house may set.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cues {
    /// Cues with which something is still a plan.
    pub plans: Vec<String>,
    /// Cues with which it is a fact.
    pub facts: Vec<String>,
    /// How many of a hundred of the longer words must be equal.
    pub likeness: u32,
}

/// Letters of the shortest noun by which two names of a body are taken for one: “it” is anybody.
const SHORTEST_HEAD: usize = 5;

/// Reports a plan that another draft has the same source confirm: once for each confirmation.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    let set = &context.parameters.plan_turned_fact;
    let alike = f64::from(set.likeness) / 100.0;
    let near = alike.min(CONTAINED);
    let has = |report: &Report<'_>, cues: &[String]| {
        let cue = report.told.attribution.cue.as_ref();
        cue.is_some_and(|cue| {
            cue.text.split(' ').any(|word| cues.iter().any(|it| it.eq_ignore_ascii_case(word)))
        })
    };
    let all = reports(corpus);
    let plans: Vec<&Report<'_>> = all.iter().filter(|report| has(report, &set.plans)).collect();
    let index = Index::of(plans.iter().map(|report| report.gist), near);
    let mut by_speaker: FxHashMap<String, Vec<&Report<'_>>> = FxHashMap::default();
    for plan in plans.iter().filter(|plan| is_ahead(&plan.told.content.text)) {
        if let Some(name) = person(plan) {
            by_speaker.entry(name).or_default().push(plan);
        }
    }
    for fact in all.iter().filter(|report| has(report, &set.facts)) {
        let follows = |plan: &Report<'_>| plan.file == fact.file || tied(corpus, plan, fact);
        let plan = index.like(fact.gist).into_iter().map(|at| plans[at as usize]);
        let plan = plan.into_iter().find(|plan| {
            (likeness(plan.gist, fact.gist) >= alike || contains(plan.gist, fact.gist))
                && one_source(plan, fact)
                && follows(plan)
        });
        // “Will introduce a bill to set up a fund”, and then “has introduced the bill”.
        let carried_out = || {
            let done = done(&fact.told.content.text)?;
            let own = by_speaker.get(&person(fact)?)?;
            own.iter()
                .take(MOST_PLANS)
                .copied()
                .find(|plan| follows(plan) && done.iter().all(|word| plan.gist.binary_search(word).is_ok()))
        };
        let plan = plan.or_else(carried_out);
        let (Some(plan), Some(cue)) = (plan, fact.told.attribution.cue.as_ref()) else { continue };
        let Some(plan_cue) = plan.told.attribution.cue.as_ref() else { continue };
        let source = fact.told.attribution.source.as_ref().map_or("the source", |source| &source.text);
        findings.push(
            Finding::new(
                "plan-turned-fact",
                Place::new(fact.file, cue.span),
                format!("{source} “{}” this here, and “{}” it in another place", cue.text, plan_cue.text),
                fact.told.content.text.clone(),
            )
            .label(format!("“{}” here", cue.text))
            .related(Place::new(plan.file, plan_cue.span), format!("“{}” here", plan_cue.text)),
        );
    }
}

/// The most plans of one person that a confirmation is held against.
const MOST_PLANS: usize = 64;

/// Longer words of what was done that the plan must have, at the least: the verb and its object.
const DONE: usize = 2;

/// Does the content speak of what is still to come: “will introduce a bill”?
fn is_ahead(content: &str) -> bool {
    content.split(' ').any(|word| lexicon().class(word).any(Class::MODAL))
}

/// The longer words of the first clause of what was done, “has introduced the bill”; none where the clause speaks of anything
/// else.
fn done(content: &str) -> Option<Vec<u32>> {
    let clause = content.split([',', ';', ':', '.']).next()?;
    let perfect = clause.split(' ').any(|word| {
        let class = lexicon().class(word);
        class.any(Class::HAVE) && class.any(Class::AUXILIARY)
    });
    let own = clause.split(' ').filter(|word| !lexicon().class(word).any(Class::AUXILIARY));
    let words = gist(&own.collect::<Vec<_>>().join(" "));
    (perfect && !is_ahead(clause) && words.len() >= DONE).then_some(words)
}

/// The person who says it, folded; none for a body.
fn person(report: &Report<'_>) -> Option<String> {
    let speaker = report.told.attribution.speaker.as_ref()?;
    (speaker.kind == SpeakerKind::Person).then(|| fold(&speaker.name))
}

/// The share of the longer report's words that a report has which is wholly part of it.
const CONTAINED: f64 = 0.5;

/// Words of the shortest report that is told by being part of another.
const SHORTEST: usize = 5;

/// Has one report all words of the other? Both ascend.
fn contains(one: &[u32], other: &[u32]) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    short.len() >= SHORTEST && short.iter().all(|word| long.binary_search(word).is_ok())
}

/// Days between the story of a plan and the one that follows it up.
const FOLLOW_UP: i32 = 14;

/// Do both drafts tell one story, or does a source with a name of its own tell it within some days?
fn tied(corpus: &Corpus, plan: &Report<'_>, fact: &Report<'_>) -> bool {
    let named = |report: &Report<'_>| {
        let source = report.told.attribution.source.as_ref();
        source.is_some_and(|it| {
            it.text.split(' ').any(|word| word != "The" && word.starts_with(char::is_uppercase))
        })
    };
    one_story(corpus, plan.file, fact.file)
        || named(plan) && named(fact) && published_within(corpus, plan.file, fact.file, FOLLOW_UP)
}

/// Is it one source: the same speaker, or the same words for one? “The growers” may be “Tarn Growers”.
fn one_source(plan: &Report<'_>, fact: &Report<'_>) -> bool {
    let (one, other) = (&plan.told.attribution, &fact.told.attribution);
    let speaker = |said: &crate::facts::Attribution| said.speaker.as_ref().map(|speaker| fold(&speaker.name));
    let words = |said: &crate::facts::Attribution| said.source.as_ref().map(|source| fold(&source.text));
    let head = |said: &crate::facts::Attribution| {
        let source = words(said)?;
        let last = source.rsplit(' ').next()?.to_owned();
        let person = said.speaker.as_ref().is_some_and(|speaker| speaker.kind == SpeakerKind::Person);
        (!person && last.len() >= SHORTEST_HEAD).then_some(last)
    };
    speaker(one).is_some() && speaker(one) == speaker(other)
        || words(one).is_some() && words(one) == words(other)
        || head(one).is_some() && head(one) == head(other)
}
