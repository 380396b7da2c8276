//! What the writers allow: findings that a directive covers are not reported, and a directive that covers none is.

use super::{Finding, Rulebook};
use crate::corpus::Corpus;
use crate::facts::{Directive, DirectiveFault, DirectiveFaultKind};
use crate::source::{FileId, Place, Span, nearest};
use crate::syntax::directive::VERBS;

/// What becomes of a finding.
#[derive(Debug, PartialEq)]
pub(super) enum Outcome<'a> {
    /// It is reported, perhaps without some of its places.
    Stands(Finding),
    /// It is not reported; the reason that the draft gives, which may be empty.
    Allowed(Finding, &'a str),
}

/// All directives of the corpus, and which of the rules they name have been of use.
pub(super) struct Suppressions<'a> {
    book: &'a Rulebook,
    /// By file; most are empty.
    files: Vec<Vec<Neighbours<'a>>>,
}

/// Directives that follow each other in a draft. A draft may have thousands, and those far from a finding are passed over
/// together.
struct Neighbours<'a> {
    /// From the first place that one of them covers to the last.
    hull: Span,
    /// Each with a mark for every rule that it names: has it been of use?
    directives: Vec<(&'a Directive, Vec<bool>)>,
}

/// How many directives are looked at together.
const TOGETHER: usize = 64;

impl<'a> Neighbours<'a> {
    fn of(directives: &'a [Directive]) -> Self {
        Self {
            hull: directives.iter().map(|directive| directive.covers).reduce(Span::join).unwrap_or_default(),
            directives: directives.iter().map(|d| (d, vec![false; d.rules.len()])).collect(),
        }
    }
}

impl<'a> Suppressions<'a> {
    pub(super) fn new(corpus: &'a Corpus, book: &'a Rulebook) -> Self {
        let files = corpus
            .files()
            .map(|(_, facts)| facts.directives.chunks(TOGETHER).map(Neighbours::of).collect())
            .collect();
        Self { book, files }
    }

    /// What is left of a finding after the directives, or the reason why nothing is left.
    ///
    /// A directive covers the finding's places in its own draft. What the finding says about other drafts stands, if
    /// they still disagree: two places with different labels. A single place left over is no conflict.
    pub(super) fn apply(&mut self, finding: Finding) -> Outcome<'a> {
        // A finding about a few words of a quotation is covered where the quotation is.
        let whole =
            |place: Place, context: Option<Span>| Place::new(place.file, context.unwrap_or(place.span));
        let related = finding.related.iter().map(|related| whole(related.place, related.context));
        let places: Vec<Place> =
            std::iter::once(whole(finding.place, finding.context)).chain(related).collect();
        let (mut covered, mut reason) = (Vec::new(), None);
        for place in &places {
            if let Some(given) = self.covers(finding.rule, *place) {
                covered.push(place.file);
                reason = reason.filter(|reason: &&str| !reason.is_empty()).or(Some(given));
            }
        }
        let Some(reason) = reason else { return Outcome::Stands(finding) };
        match without(finding.clone(), &covered) {
            Some(rest) => Outcome::Stands(rest),
            None => Outcome::Allowed(finding, reason),
        }
    }

    /// Does a directive allow the rule at this place? It is marked as used, and its reason is returned.
    fn covers(&mut self, rule: &str, place: Place) -> Option<&'a str> {
        let group = self.book.find(rule).map(|rule| rule.group);
        let mut covered = None;
        let near = |near: &&mut Neighbours<'_>| {
            near.hull.start <= place.span.end && place.span.start <= near.hull.end
        };
        let all = self.files.get_mut(place.file.index()).into_iter().flatten().filter(near);
        for (directive, used) in all.flat_map(|near| &mut near.directives) {
            if !(directive.covers.overlaps(place.span) || directive.covers.covers(place.span.start)) {
                continue;
            }
            for ((name, _), used) in directive.rules.iter().zip(used) {
                if name == rule || Some(name.as_str()) == group {
                    *used = true;
                    covered = covered.filter(|reason: &&str| !reason.is_empty()).or(Some(&directive.reason));
                }
            }
        }
        covered
    }

    /// A finding for every rule named in vain, of the rules that ran, and for everything that was meant as a directive
    /// and is none.
    pub(super) fn unused(&self, corpus: &Corpus, ran: impl Fn(&str) -> bool) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (rank, all) in self.files.iter().enumerate() {
            let file = FileId(rank as u32);
            for (directive, used) in all.iter().flat_map(|near| &near.directives) {
                let vain: Vec<bool> = directive
                    .rules
                    .iter()
                    .zip(used)
                    .map(|((rule, _), used)| !used && rule != ID && stands_for_one(rule, self.book, &ran))
                    .collect();
                for (at, (rule, span)) in directive.rules.iter().enumerate() {
                    let place = Place::new(file, *span);
                    if !self.book.has(rule) {
                        findings.push(unknown(place, rule, self.book));
                    } else if vain[at] {
                        let fix = removal(directive, at, vain.iter().all(|vain| *vain));
                        findings.push(in_vain(place, rule, fix));
                    }
                }
            }
            findings.extend(corpus.file(file).directive_faults.iter().map(|fault| faulty(file, fault)));
        }
        findings
    }
}

/// Does the name stand for a rule that ran?
fn stands_for_one(name: &str, book: &Rulebook, ran: impl Fn(&str) -> bool) -> bool {
    book.rules().iter().any(|rule| (rule.id == name || rule.group == name) && ran(rule.id))
}

/// What to delete where the rule with number `at` is named in vain: the whole directive where it names no other, or
/// `all` in vain; else the name with its comma. Empty where that would leave the end of a block without its start.
fn removal(directive: &Directive, at: usize, all: bool) -> Vec<Span> {
    if all || directive.rules.len() == 1 {
        return directive.removal.clone();
    }
    // A block's end may name the rule too.
    if directive.removal.len() != 1 {
        return Vec::new();
    }
    let (_, own) = directive.rules[at];
    vec![match directive.rules.get(at + 1) {
        Some((_, next)) => Span::new(own.start, next.start),
        None => Span::new(directive.rules[at - 1].1.end, own.end),
    }]
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

fn in_vain(place: Place, rule: &str, removal: Vec<Span>) -> Finding {
    let finding = Finding::new(ID, place, format!("this allows `{rule}`, which finds nothing here"), rule)
        .label("suppresses nothing");
    match removal.is_empty() {
        true => finding,
        false => finding.fix(true, removal.into_iter().map(|span| (span, String::new())).collect()),
    }
}

fn unknown(place: Place, rule: &str, book: &Rulebook) -> Finding {
    let finding =
        Finding::new(ID, place, format!("this allows `{rule}`, and no rule or group has that name"), rule)
            .label("no such rule");
    match nearest(rule, book.names()) {
        Some(meant) => {
            let help = format!("perhaps `{meant}` is meant; `sayso rules` lists them all");
            finding.help(help).fix(false, vec![(place.span, meant.to_owned())])
        }
        None => finding.help("`sayso rules` lists the names of all rules"),
    }
}

/// A finding for something that was meant as a directive and is none.
fn faulty(file: FileId, fault: &DirectiveFault) -> Finding {
    let written = fault.written.as_str();
    let example = "write for example `sayso: allow(altered-quotation) both were said`";
    let (message, label, help) = match fault.kind {
        DirectiveFaultKind::NoColon => (
            "this allows nothing: the colon is missing".to_owned(),
            "no colon",
            "write `sayso: allow(RULE) reason`".to_owned(),
        ),
        DirectiveFaultKind::UnknownVerb => {
            let verbs = || VERBS.iter().map(|(verb, _)| *verb);
            let near = nearest(written, verbs()).map(|verb| format!("did you mean `{verb}`?"));
            let all = format!("a directive is one of {}; {example}", verbs().collect::<Vec<_>>().join(", "));
            let message = format!("this allows nothing: there is no directive `{written}`");
            (message, "not a directive", near.unwrap_or(all))
        }
        DirectiveFaultKind::NoNames => (
            "this allows nothing: rules stand in brackets, with commas between them".to_owned(),
            "no rules in brackets",
            example.to_owned(),
        ),
        DirectiveFaultKind::NeverEnded => (
            format!("this allows `{written}` up to the end of the file: it is never ended"),
            "never ended",
            format!(
                "end it with `sayso: allow-end({written})`, or write `allow-file` if the whole file is meant"
            ),
        ),
        DirectiveFaultKind::NeverStarted => (
            match written {
                "" => "this ends nothing: no `allow-start` is open".to_owned(),
                rule => format!("this ends nothing: no `allow-start({rule})` is open"),
            },
            "never started",
            "write `allow-start` before it, or take it out".to_owned(),
        ),
    };
    Finding::new(ID, Place::new(file, fault.span), message, written).label(label).help(help)
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
                let (reason, removal) = (String::new(), vec![span]);
                facts.directives.push(Directive { span, rules, covers, reason, removal });
            }
            facts
        };
        let corpus = Corpus::new((0..4).map(file).collect());
        let finding = Finding::new("conflicting-speaker", at(0), "Reyes here and Okafor there", "key")
            .label("Reyes here")
            .related(at(1), "Okafor here")
            .related(at(2), "Duarte here")
            .related(at(3), "Duarte here");
        let book = Rulebook::read().unwrap();
        match Suppressions::new(&corpus, &book).apply(finding) {
            Outcome::Stands(finding) => Some(finding),
            Outcome::Allowed(..) => None,
        }
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
