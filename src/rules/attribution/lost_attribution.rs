//! What somebody says in one place, and the writer in another.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::gist::{Index, Report, one_story, reports};
use crate::corpus::Corpus;
use crate::facts::{SHORTEST_GIST, SpeakerKind, Statement, gist};
use crate::lexicon::entries;
use crate::rules::{Finding, RuleContext};
use crate::source::{FileId, Place};

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// How many of a hundred of the longer words must be equal.
    pub likeness: u32,
}

/// Reports a statement of the writer's own, in a headline or in another draft of the same story, that the text gives
/// to somebody: once for each report.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    super::lost_marks::check(context, findings);
    let alike = f64::from(context.parameters.lost_attribution.likeness) / 100.0;
    let reports = reports(corpus);
    if reports.is_empty() {
        return;
    }
    // The reports are filed, for they are few, and each statement is looked for among them.
    let index = Index::of(reports.iter().map(|report| report.gist), alike);
    let mut stated: Vec<Option<(FileId, &Statement)>> = vec![None; reports.len()];
    for (file, facts) in corpus.files() {
        for statement in &facts.statements {
            for number in index.like(&statement.gist) {
                let report = &reports[number as usize];
                let first = &mut stated[number as usize];
                let earlier = |(known, other): (FileId, &Statement)| {
                    (file, statement.span.start) < (known, other.span.start)
                };
                if first.is_none_or(earlier) && says_the_same(corpus, report, file, statement) {
                    *first = Some((file, statement));
                }
            }
        }
    }
    for (report, stated) in reports.iter().zip(stated) {
        let own = corpus.file(report.file).statements.iter().filter(|statement| above(report, statement));
        let own = own.map(|statement| (report.file, statement));
        let own = own.filter(|(file, statement)| !overlap(report, *file, statement));
        let found = stated.into_iter().chain(own);
        let found = found.min_by_key(|(file, statement)| (*file, statement.span.start));
        if let Some((file, statement)) = found {
            findings.extend(finding(report, file, statement));
        }
    }
}

/// Is a statement with the report's words one of the same story, or a line above the report's own text?
fn says_the_same(corpus: &Corpus, report: &Report<'_>, file: FileId, statement: &Statement) -> bool {
    let apart = if file == report.file { statement.display } else { one_story(corpus, file, report.file) };
    apart && !overlap(report, file, statement)
}

/// Does a line above the text say what the report in it says? It is short: of its words most must be the report's, and not
/// the other way round.
fn above(report: &Report<'_>, statement: &Statement) -> bool {
    if !statement.display {
        return false;
    }
    let equal = report.gist.iter().filter(|word| statement.gist.binary_search(word).is_ok()).count();
    equal >= if accuses(statement) { SHORTEST_GIST } else { DISPLAY_LEAST }
        && equal as f64 >= DISPLAY_SHARE * statement.gist.len() as f64
}

/// Does the line accuse somebody: “lied”, “misled”?
fn accuses(statement: &Statement) -> bool {
    statement.gist.iter().any(|word| ACCUSATIONS.binary_search(word).is_ok())
}

/// The words of an accusation, in short, ascending.
static ACCUSATIONS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    entries(include_str!("../../../rules/words/accusations.txt"))
        .flat_map(gist)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
});

/// Equal words that a line above the text needs where it accuses nobody: it says what the text says.
const DISPLAY_LEAST: usize = 6;

/// The share of a headline's longer words that a report must have.
const DISPLAY_SHARE: f64 = 0.65;

/// Does the report stand inside the statement?
fn overlap(report: &Report<'_>, file: FileId, statement: &Statement) -> bool {
    file == report.file && statement.span.overlaps(report.told.content.span)
}

fn finding(report: &Report<'_>, file: FileId, statement: &Statement) -> Option<Finding> {
    let source = report.told.attribution.source.as_ref()?;
    if report.told.attribution.speaker.as_ref().is_some_and(|speaker| speaker.kind == SpeakerKind::Writer) {
        return None;
    }
    let message = if file == report.file {
        format!("stated as a fact here, while the text gives it to {}", source.text)
    } else {
        format!("stated as a fact here, while another draft gives it to {}", source.text)
    };
    Some(
        Finding::new(
            "lost-attribution",
            Place::new(file, statement.span),
            message,
            report.told.content.text.clone(),
        )
        .label("who says so?")
        .related(Place::new(report.file, source.span), "attributed here"),
    )
}
