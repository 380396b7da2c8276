//! What the writers allow: findings that a directive covers are not reported, and a directive that covers none is.

use super::{Finding, RULES, find, groups, ids};
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

    /// What is left of a finding after the directives.
    ///
    /// A directive covers the finding's places in its own draft. What the finding says about other drafts stands, if
    /// they still disagree: two places with different labels. A single place left over is no conflict.
    pub(super) fn apply(&mut self, finding: Finding) -> Option<Finding> {
        // A finding about a few words of a quotation is covered where the quotation is.
        let whole =
            |place: Place, context: Option<Span>| Place::new(place.file, context.unwrap_or(place.span));
        let related = finding.related.iter().map(|related| whole(related.place, related.context));
        let places: Vec<Place> =
            std::iter::once(whole(finding.place, finding.context)).chain(related).collect();
        let covered: Vec<FileId> = places
            .iter()
            .filter(|place| self.covers(finding.rule, **place))
            .map(|place| place.file)
            .collect();
        if covered.is_empty() { Some(finding) } else { without(finding, &covered) }
    }

    /// Does a directive allow the rule at this place? It is marked as used.
    fn covers(&mut self, rule: &str, place: Place) -> bool {
        let group = find(rule).map(|rule| rule.group);
        let mut covered = false;
        for (directive, used) in self.files.get_mut(place.file.index()).into_iter().flatten() {
            if !(directive.covers.overlaps(place.span) || directive.covers.covers(place.span.start)) {
                continue;
            }
            for ((name, _), used) in directive.rules.iter().zip(used) {
                if name == rule || Some(name.as_str()) == group {
                    *used = true;
                    covered = true;
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
                    let mut named = RULES.iter().filter(|one| one.id == rule || one.group == rule).peekable();
                    let known = named.peek().is_some();
                    if *used || rule == ID || (known && !named.any(|one| ran(one.id))) {
                        continue;
                    }
                    let place = Place::new(FileId(rank as u32), *span);
                    findings.push(if known { in_vain(place, rule) } else { unknown(place, rule) });
                }
            }
        }
        findings.into_iter().filter_map(|finding| self.apply(finding)).collect()
    }
}

/// A finding without its places in some drafts; `None` where the places that are left do not disagree.
fn without(mut finding: Finding, drafts: &[FileId]) -> Option<Finding> {
    let hidden = |place: Place| drafts.contains(&place.file);
    // The message speaks of the first two places.
    let told = hidden(finding.place) || finding.related.first().is_some_and(|first| hidden(first.place));
    let main_hidden = hidden(finding.place);
    finding.related.retain(|related| !hidden(related.place));
    if main_hidden {
        if finding.related.is_empty() {
            return None;
        }
        let first = finding.related.remove(0);
        (finding.place, finding.context, finding.label) = (first.place, first.context, first.message);
        finding.fix = None;
    }
    let mut labels = vec![finding.label.as_str()];
    for related in &finding.related {
        if !labels.contains(&related.message.as_str()) {
            labels.push(&related.message);
        }
    }
    if labels.len() < 2 {
        return None;
    }
    if told {
        finding.message = format!("the other drafts do not agree with each other: {}", labels.join(", "));
    }
    Some(finding)
}

const ID: &str = "unused-suppression";

fn in_vain(place: Place, rule: &str) -> Finding {
    Finding::new(ID, place, format!("this allows `{rule}`, which finds nothing here"), rule)
        .label("suppresses nothing")
}

fn unknown(place: Place, rule: &str) -> Finding {
    let finding =
        Finding::new(ID, place, format!("this allows `{rule}`, and no rule or group has that name"), rule)
            .label("no such rule");
    match nearest(rule, ids().chain(groups())) {
        Some(meant) => finding.help(format!("perhaps `{meant}` is meant; `sayso rules` lists them all")),
        None => finding.help("`sayso rules` lists the names of all rules"),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::*;
    use crate::facts::FileFacts;

    fn at(file: u32) -> Place {
        Place::new(FileId(file), Span::new(20, 30))
    }

    /// Three drafts that give the same words to three people, and what is left where some drafts allow `names`.
    fn left(allowing: &[u32], names: &[&str]) -> Option<Finding> {
        let file = |rank: u32| {
            let mut facts = FileFacts { path: format!("{rank}.md"), ..FileFacts::default() };
            if allowing.contains(&rank) {
                let rules = names.iter().map(|name| ((*name).to_owned(), Span::new(0, 5))).collect();
                let (span, covers) = (Span::new(0, 9), Span::new(10, 40));
                facts.directives.push(Directive { span, rules, covers, reason: String::new() });
            }
            facts
        };
        let corpus = Corpus::new((0..4).map(file).collect());
        let finding = Finding::new("conflicting-speaker", at(0), "Reyes here and Okafor there", "key")
            .label("Reyes here")
            .related(at(1), "Okafor here")
            .related(at(2), "Duarte here")
            .related(at(3), "Duarte here");
        Suppressions::new(&corpus).apply(finding)
    }

    #[test]
    fn what_a_finding_says_about_other_drafts_stands() {
        let rule = &["conflicting-speaker"];
        assert_eq!(left(&[], rule).unwrap().related.len(), 3);
        // Reyes is allowed; Okafor and Duarte still disagree.
        let others = left(&[0], rule).unwrap();
        assert_eq!((others.place, others.label.as_str(), others.related.len()), (at(1), "Okafor here", 2));
        assert_eq!(others.message, "the other drafts do not agree with each other: Okafor here, Duarte here");
        // Okafor is allowed; Reyes and Duarte still disagree, and the message no longer names Okafor.
        let others = left(&[1], rule).unwrap();
        assert_eq!((others.place, others.related.len()), (at(0), 2));
        assert!(!others.message.contains("Okafor"), "{}", others.message);
        // The drafts that are left agree.
        assert_eq!(left(&[0, 1], rule), None);
        assert_eq!(left(&[0, 2, 3], rule), None);
    }

    #[test]
    fn a_group_stands_for_its_rules_and_several_names_may_stand_together() {
        assert_eq!(left(&[0, 1], &["attribution"]), None);
        assert_eq!(left(&[0, 1], &["name-variant", "conflicting-speaker"]), None);
        assert_eq!(left(&[0, 1], &["wording"]).unwrap().related.len(), 3);
    }
}
