//! The same paragraph twice in one draft.

use rustc_hash::FxHashMap;

use crate::rules::{Finding, RuleContext};
use crate::source::{Place, Span};

/// Reports paragraphs and captions that a draft has word for word a second time.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        let mut places: FxHashMap<u64, Vec<Span>> = FxHashMap::default();
        for block in facts.blocks.iter().filter(|block| block.digest != 0) {
            places.entry(block.digest).or_default().push(block.span);
        }
        let mut twice: Vec<(u64, Vec<Span>)> =
            places.into_iter().filter(|(_, spans)| spans.len() > 1).collect();
        twice.sort_unstable_by_key(|(_, spans)| spans[0]);
        for (digest, spans) in twice {
            let mut finding = Finding::new(
                "duplicate-text",
                Place::new(file, spans[0]),
                "this text stands in the draft more than once",
                format!("{digest:x}"),
            )
            .label("first here");
            for span in &spans[1..] {
                finding = finding.related(Place::new(file, *span), "again here");
            }
            findings.push(finding);
        }
    }
}
