//! A quotation used twice in one story.

use serde::Deserialize;

use crate::corpus::wording::PassageId;
use crate::facts::Form;
use crate::rules::{Finding, RuleContext};
use crate::source::BlockKind;

/// What a house may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// How many words a quotation has at least to be reported.
    pub words: usize,
}

/// Reports words that one draft quotes twice in its running text: once for each version of the words. A headline, a
/// caption and a quotation set off as a block repeat the text on purpose, and those who talk with each other repeat each
/// other.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    let least = context.parameters.repeated_quotation.words;
    let wording = corpus.wording();
    for version in 0..wording.versions() as u32 {
        let members = wording.version(version);
        if members.len() < 2 || wording.form(members[0]).len() < least {
            continue;
        }
        let running = |id: &PassageId| {
            let passage = wording.passage(*id);
            !passage.display
                && passage.quotations(corpus.facts()).all(|quotation| {
                    let block = corpus.file(passage.file).blocks.get(quotation.block as usize);
                    block.is_some_and(|it| it.kind == BlockKind::Paragraph && it.setting.form == Form::Prose)
                })
        };
        let own: Vec<PassageId> = members.iter().copied().filter(running).collect();
        for same in own.chunk_by(|one, other| wording.passage(*one).file == wording.passage(*other).file) {
            let [first, second, rest @ ..] = same else { continue };
            let place = |id: PassageId| wording.passage(id).place(corpus.facts());
            let mut finding = Finding::new(
                "repeated-quotation",
                place(*second),
                "this draft has used the same quotation already",
                wording.key(*first),
            )
            .label("again")
            .related(place(*first), "used here first");
            for &id in rest {
                finding = finding.related(place(id), "and again");
            }
            findings.push(finding);
        }
    }
}
