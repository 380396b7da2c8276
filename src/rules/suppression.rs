//! What the writers allow: findings that a directive covers are not reported, and a directive that covers none is.

use super::{Finding, find, ids};
use crate::corpus::Corpus;
use crate::facts::Directive;
use crate::source::{FileId, Place, Span, nearest};

/// All directives of the corpus, and which of the rules they name have been of use.
pub(super) struct Suppressions<'a> {
    /// By file; most are empty.
    files: Vec<Vec<(&'a Directive, Vec<bool>)>>,
}

impl<'a> Suppressions<'a> {
    pub(super) fn new(corpus: &'a Corpus) -> Self {
        let files = corpus
            .files()
            .map(|(_, facts)| facts.directives.iter().map(|d| (d, vec![false; d.rules.len()])).collect())
            .collect();
        Self { files }
    }

    /// Does a directive cover one of the finding's places? One place is enough: who writes a reason beside one
    /// end of a conflict has looked at the conflict.
    pub(super) fn cover(&mut self, finding: &Finding) -> bool {
        let mut covered = false;
        // A finding about a few words of a quotation is covered where the quotation is.
        let whole =
            |place: Place, context: Option<Span>| Place::new(place.file, context.unwrap_or(place.span));
        let related = finding.related.iter().map(|related| whole(related.place, related.context));
        for place in std::iter::once(whole(finding.place, finding.context)).chain(related) {
            for (directive, used) in self.files.get_mut(place.file.index()).into_iter().flatten() {
                if !(directive.covers.overlaps(place.span) || directive.covers.covers(place.span.start)) {
                    continue;
                }
                for ((rule, _), used) in directive.rules.iter().zip(used) {
                    if rule == finding.rule {
                        *used = true;
                        covered = true;
                    }
                }
            }
        }
        covered
    }

    /// A finding for every rule named in vain, of the rules that ran; `allow(unused-suppression)` holds here too.
    pub(super) fn unused(&mut self, ran: impl Fn(&str) -> bool) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (rank, directives) in self.files.iter().enumerate() {
            for (directive, used) in directives {
                for ((rule, span), used) in directive.rules.iter().zip(used) {
                    let known = find(rule).is_some();
                    if *used || rule == ID || (known && !ran(rule)) {
                        continue;
                    }
                    let place = Place::new(FileId(rank as u32), *span);
                    findings.push(if known { in_vain(place, rule) } else { unknown(place, rule) });
                }
            }
        }
        findings.retain(|finding| !self.cover(finding));
        findings
    }
}

const ID: &str = "unused-suppression";

fn in_vain(place: Place, rule: &str) -> Finding {
    Finding::new(ID, place, format!("this allows `{rule}`, which finds nothing here"), rule)
        .label("suppresses nothing")
}

fn unknown(place: Place, rule: &str) -> Finding {
    let finding = Finding::new(ID, place, format!("this allows `{rule}`, and no rule has that name"), rule)
        .label("no such rule");
    match nearest(rule, ids()) {
        Some(meant) => finding.help(format!("perhaps `{meant}` is meant; `sayso rules` lists them all")),
        None => finding.help("`sayso rules` lists the names of all rules"),
    }
}
