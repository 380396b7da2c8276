//! House style inside quotations: ellipses at the edges, brackets, “sic”. Off until a profile asks.

use serde::Deserialize;

use crate::corpus::Corpus;
use crate::facts::Quotation;
use crate::rules::{Finding, RuleContext};
use crate::source::{FileId, Place};

/// Reports quotations that begin or end with an ellipsis: a reader knows that speech went on.
pub fn edge_ellipsis(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, quotation) in outer(context.corpus) {
        let words = quotation.words.trim();
        let (first, last) = (
            words.starts_with('…') || words.starts_with("..."),
            words.ends_with('…') || words.ends_with("..."),
        );
        let edge = match (first, last) {
            (true, true) => "begins and ends",
            (true, false) => "begins",
            (false, true) => "ends",
            (false, false) => continue,
        };
        if words.chars().any(char::is_alphanumeric) {
            findings.push(at(
                "edge-ellipsis",
                file,
                quotation,
                format!("this quotation {edge} with an ellipsis"),
            ));
        }
    }
}

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BracketLoad {
    /// How many insertions a quotation may have.
    pub most: usize,
}

/// Reports quotations with more editor's insertions than the house allows.
pub fn bracket_load(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let most = context.parameters.bracket_load.most;
    for (file, quotation) in outer(context.corpus) {
        let count = insertions(&quotation.words).filter(|inner| inner.chars().nth(1).is_some()).count();
        if count > most {
            let message = format!("this quotation carries {count} insertions in brackets");
            findings.push(at("bracket-load", file, quotation, message));
        }
    }
}

/// Reports “sic” inside a quotation, in brackets or parentheses.
pub fn sic_policy(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, quotation) in outer(context.corpus) {
        let words = quotation.words.to_lowercase();
        if words.contains("(sic)") || insertions(&words).any(|inner| inner.trim() == "sic") {
            let message = "this quotation points at its speaker's slip with “sic”";
            findings.push(at("sic-policy", file, quotation, message.to_owned()));
        }
    }
}

/// What stands in brackets, “sic” among it: no ellipsis, and no “[#x20ac]” for a character that was lost.
fn insertions(words: &str) -> impl Iterator<Item = &str> {
    words
        .split('[')
        .skip(1)
        .filter_map(|after| after.split_once(']').map(|(inner, _)| inner))
        .filter(|inner| !matches!(inner.trim(), "…" | "...") && !inner.starts_with('#'))
}

fn outer(corpus: &Corpus) -> impl Iterator<Item = (FileId, &Quotation)> {
    corpus.files().flat_map(|(file, facts)| {
        facts
            .quotations
            .iter()
            .filter(|quotation| quotation.level == 0)
            .map(move |quotation| (file, quotation))
    })
}

fn at(rule: &'static str, file: FileId, quotation: &Quotation, message: String) -> Finding {
    Finding::new(rule, Place::new(file, quotation.span), message, quotation.words.clone())
}
