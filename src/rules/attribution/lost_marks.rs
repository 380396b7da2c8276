//! Words that one draft quotes and another has as its writer's own sentence.

use super::gist::{Index, one_story};
use crate::corpus::Corpus;
use crate::facts::{Quotation, QuotationKind, SpeakerKind, Statement, gist};
use crate::rules::{Finding, RuleContext};
use crate::source::{FileId, Place};

/// Longer words that a quotation needs to be known again without its marks.
const LEAST: usize = 6;

/// The share of equal words: the same sentence, with a few words of the writer's before it or behind it.
const SAME: f64 = 0.8;

/// A quotation of somebody who is known, with its words in short.
struct Quoted<'c> {
    file: FileId,
    quotation: &'c Quotation,
    source: &'c str,
    gist: Vec<u32>,
}

/// Reports the writer's own sentence that another draft of the story quotes, once for each sentence. Where the draft quotes
/// the words as well, the writer sums up what follows.
pub(super) fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    let quoted: Vec<Quoted<'_>> = quoted(corpus);
    if quoted.is_empty() {
        return;
    }
    let index = Index::of(quoted.iter().map(|quoted| quoted.gist.as_slice()), SAME);
    for (file, facts) in corpus.files() {
        for statement in facts.statements.iter().filter(|statement| !statement.display) {
            let alike = index.like(&statement.gist);
            let mut alike = alike.iter().map(|number| &quoted[*number as usize]);
            let own = alike.clone().any(|quoted| quoted.file == file);
            let other = alike.find(|quoted| one_story(corpus, file, quoted.file));
            if let Some(quoted) = other.filter(|_| !own) {
                findings.push(finding(file, statement, quoted));
            }
        }
    }
}

/// Every outer quotation of a sentence with its source, where it has words enough.
fn quoted(corpus: &Corpus) -> Vec<Quoted<'_>> {
    let all = corpus
        .files()
        .flat_map(|(file, facts)| facts.quotations.iter().map(move |quotation| (file, quotation)));
    all.filter(|(_, quotation)| quotation.level == 0 && quotation.kind == QuotationKind::Sentence)
        .filter_map(|(file, quotation)| {
            let said = quotation.attribution.as_ref()?;
            let speaker = said.speaker.as_ref().filter(|speaker| speaker.kind != SpeakerKind::Writer)?;
            let gist = gist(&quotation.words);
            (gist.len() >= LEAST).then_some(Quoted { file, quotation, source: &speaker.name, gist })
        })
        .collect()
}

fn finding(file: FileId, statement: &Statement, quoted: &Quoted<'_>) -> Finding {
    let message = format!("the writer's own words here, while another draft quotes {} so", quoted.source);
    Finding::new("lost-attribution", Place::new(file, statement.span), message, &quoted.quotation.words)
        .label("whose words?")
        .related(Place::new(quoted.file, quoted.quotation.span), "quoted here")
}
