//! Judging: every rule over the corpus, then levels, suppressions, focus, order and fingerprints.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use super::quiet::keeps_quiet;
use super::suppression::{Outcome, Suppressions};
use super::{Baseline, Check, Finding, Level, Rule, RuleContext, RuleParameters, Rulebook, Scope, matching};
use crate::corpus::Corpus;
use crate::corpus::registry::Registry;
use crate::facts::FileFacts;
use crate::parallel;
use crate::source::FileId;

/// What a house has set, as far as judging needs it.
pub trait Settings: Sync {
    /// The level set for a rule in the file at `path`; `None` where nothing is set and the page's level holds.
    fn level(&self, rule: &Rule, path: &str) -> Option<Level>;

    /// Every rule's parameters; `None` where nothing is set and the pages' defaults hold.
    fn parameters(&self) -> Option<&RuleParameters> {
        None
    }

    /// Is the file among those the user asked about?
    fn in_focus(&self, file: FileId) -> bool;

    /// Is the file compared with others? One that lies outside the project is judged on its own.
    fn compared(&self, _: FileId) -> bool {
        true
    }

    /// The findings that the house has recorded.
    fn baseline(&self) -> Option<&Baseline> {
        None
    }
}

/// Settings without a configuration: a few levels and parameters, everything in focus.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    /// Levels by rule id.
    pub levels: Vec<(String, Level)>,
    /// The rules' parameters, where they are not the pages' defaults.
    pub parameters: Option<RuleParameters>,
}

impl Settings for Plain {
    fn level(&self, rule: &Rule, _: &str) -> Option<Level> {
        self.levels.iter().rev().find(|(id, _)| id == rule.id).map(|(_, level)| *level)
    }

    fn parameters(&self) -> Option<&RuleParameters> {
        self.parameters.as_ref()
    }

    fn in_focus(&self, _: FileId) -> bool {
        true
    }
}

/// A finding with what judging adds to it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What the rule found; its place is one in the focus.
    pub finding: Finding,
    /// The rule.
    pub rule: &'static Rule,
    /// How much it matters here; never `Off`.
    pub level: Level,
    /// Stays the same when the rest of the file is edited, whatever the focus.
    pub fingerprint: u64,
    /// Its advice: the finding's own or its page's.
    pub help: String,
    /// Does the house's baseline record it?
    pub known: bool,
}

/// What judging all files together returns.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// What touches the focus, in order of place.
    pub findings: Vec<Judged>,
    /// What touches the focus and a directive allows, in order of place.
    pub allowed: Vec<Allowed>,
    /// Which entries of the baseline occur somewhere, in the focus or not.
    pub met: Vec<bool>,
}

/// A finding that is not reported, because a directive in a draft allows it.
#[derive(Clone, Debug)]
pub struct Allowed {
    /// The finding.
    pub judged: Judged,
    /// The reason that the directive gives, which may be empty.
    pub reason: String,
}

/// Runs every rule that is on somewhere and returns what touches the focus, in order of place.
pub fn judge(corpus: &mut Corpus, book: &Rulebook, settings: &dyn Settings) -> Vec<Judged> {
    let judge = Judge::new(corpus, book, settings);
    let registry = corpus.shared_registry();
    let of_files = parallel::map_mut(corpus.facts_mut(), |facts| judge.file(facts, &registry));
    judge.project(corpus, of_files.iter().map(Vec::as_slice)).findings
}

/// The rules that are on, with their parameters.
///
/// A run first judges each file by itself ([`Judge::file`]), and keeps what it finds until the file changes; then all
/// files together ([`Judge::project`]).
pub struct Judge<'a> {
    book: &'a Rulebook,
    settings: &'a dyn Settings,
    parameters: &'a RuleParameters,
    /// By rank in the book: is the rule on in at least one file?
    on: Vec<bool>,
}

impl<'a> Judge<'a> {
    /// Finds out which rules are on in at least one file.
    pub fn new(corpus: &Corpus, book: &'a Rulebook, settings: &'a dyn Settings) -> Self {
        let parameters = settings.parameters().unwrap_or_else(|| book.parameters());
        let on = book.rules().iter().map(|rule| runs(rule, corpus, book, settings)).collect();
        Self { book, settings, parameters, on }
    }

    /// Which rules are on in at least one file, by rank in the book.
    pub fn on(&self) -> Vec<bool> {
        self.on.clone()
    }

    /// What the rules with [`Scope::File`] find in one file. The file's number in what they find is 0. `facts` are
    /// lent to a corpus of one file, and are unchanged afterwards.
    pub fn file(&self, facts: &mut FileFacts, registry: &Arc<Registry>) -> Vec<Finding> {
        let corpus = Corpus::new(vec![std::mem::take(facts)]).with_registry(Arc::clone(registry));
        let mut found = Vec::new();
        let context = RuleContext { corpus: &corpus, parameters: self.parameters };
        for rule in self.running(Scope::File) {
            self.run(rule, &context, &mut found);
        }
        *facts = corpus.into_facts().pop().unwrap_or_default();
        found
    }

    /// Adds what the rules with [`Scope::Project`] find to what was found in each file by itself, `of_files`, and
    /// returns what touches the focus, in order of place.
    pub fn project<'f>(&self, corpus: &Corpus, of_files: impl Iterator<Item = &'f [Finding]>) -> Verdict {
        let ranks: FxHashMap<&str, usize> =
            self.book.rules().iter().enumerate().map(|(rank, rule)| (rule.id, rank)).collect();
        let running: Vec<&'static Rule> = self.running(Scope::Project).collect();
        let context = RuleContext { corpus, parameters: self.parameters };
        let of_project = parallel::map(&running, |rule| {
            let mut found = Vec::new();
            self.run(rule, &context, &mut found);
            found
        });
        let kept = of_files.enumerate().flat_map(|(rank, found)| {
            let file = FileId(rank as u32);
            found.iter().map(move |finding| finding.clone().in_file(file))
        });
        let mut findings: Vec<Finding> = kept.chain(of_project.into_iter().flatten()).collect();

        findings.retain(|finding| {
            let page = self.book.page(finding.rule);
            together(finding, self.settings)
                && !page.is_some_and(|page| keeps_quiet(&page.quiet_in, corpus, finding))
        });
        let mut suppressions = Suppressions::new(corpus, self.book);
        let (mut standing, mut allowed) = (Vec::new(), Vec::new());
        let mut apply = |suppressions: &mut Suppressions<'_>, found: Vec<Finding>| {
            for finding in found {
                match suppressions.apply(finding) {
                    Outcome::Stands(finding) => standing.push(finding),
                    Outcome::Allowed(finding, reason) => allowed.push((finding, reason.to_owned())),
                }
            }
        };
        apply(&mut suppressions, findings);
        let ran = |id: &str| ranks.get(id).is_some_and(|&rank| self.on[rank]);
        let mut unused = suppressions.unused(corpus, ran);
        unused.retain(|finding| ran(finding.rule));
        // `allow(unused-suppression)` holds here too.
        apply(&mut suppressions, unused);
        let mut findings = standing;

        let order = |a: &Finding, b: &Finding| {
            let key = |finding: &Finding| (finding.place, ranks.get(finding.rule).copied());
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        };
        findings.sort_by(order);
        allowed.sort_by(|(a, _), (b, _)| order(a, b));
        let mut seen = FxHashMap::default();
        let fingerprints = fingerprints(&findings, &mut seen);
        // What is allowed comes last, so that a directive changes no other finding's fingerprint.
        let allowed_findings: Vec<Finding> = allowed.iter().map(|(finding, _)| finding.clone()).collect();
        let allowed_fingerprints = self::fingerprints(&allowed_findings, &mut seen);
        let recorded = self
            .settings
            .baseline()
            .map(|baseline| baseline.find(&findings, &fingerprints, |file| corpus.file(file).path.as_str()));
        let recorded = recorded.unwrap_or_default();
        let known = recorded.known.into_iter().chain(std::iter::repeat(false));
        let mut judged: Vec<Judged> = findings
            .into_iter()
            .zip(fingerprints)
            .zip(known)
            .filter_map(|((finding, fingerprint), known)| {
                let judged = self.judged(finding, fingerprint, corpus)?;
                Some(Judged { known, ..judged })
            })
            .collect();
        let allowed = allowed.into_iter().zip(allowed_fingerprints);
        let allowed = allowed.filter_map(|((finding, reason), fingerprint)| {
            Some(Allowed { judged: self.judged(finding, fingerprint, corpus)?, reason })
        });
        let allowed = allowed.collect();
        // A place in the focus may have taken the first one's place.
        judged.sort_by(|a, b| {
            let key = |judged: &Judged| (judged.finding.place, ranks.get(judged.rule.id).copied());
            key(a).cmp(&key(b)).then_with(|| a.finding.message.cmp(&b.finding.message))
        });
        Verdict { findings: judged, allowed, met: recorded.met }
    }

    /// A finding with its rule, level and help; `None` where no place of it lies in the focus and has the rule on.
    fn judged(&self, finding: Finding, fingerprint: u64, corpus: &Corpus) -> Option<Judged> {
        let rule = self.book.find(finding.rule)?;
        let page = self.book.page(rule.id)?;
        debug_assert!(
            finding.level.is_none_or(|own| own == page.level || page.levels.contains_key(&own)),
            "the page of {} does not say that a finding may be of level {:?}",
            rule.id,
            finding.level
        );
        let (finding, level) = place_in_focus(finding, rule, page.level, corpus, self.settings)?;
        let help = finding.help.clone().unwrap_or_else(|| page.help.trim().to_owned());
        Some(Judged { finding, rule, level, fingerprint, help, known: false })
    }

    /// The rules of a scope that are on.
    fn running(&self, scope: Scope) -> impl Iterator<Item = &'static Rule> {
        let on = self.book.rules().iter().copied().zip(&self.on);
        on.filter(move |(rule, on)| **on && rule.scope == scope).map(|(rule, _)| rule)
    }

    fn run(&self, rule: &'static Rule, context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
        match rule.check {
            Check::Function(check) => check(context, findings),
            Check::Page => matching::check(rule.id, self.book.patterns(rule.id), context, findings),
        }
    }
}

/// Do the finding's places lie in one file, or in files that are compared with each other?
fn together(finding: &Finding, settings: &dyn Settings) -> bool {
    let own = finding.place.file;
    let other = |file: FileId| file != own && !(settings.compared(file) && settings.compared(own));
    !finding.related.iter().any(|related| other(related.place.file))
}

/// Is the rule on in at least one file?
fn runs(rule: &Rule, corpus: &Corpus, book: &Rulebook, settings: &dyn Settings) -> bool {
    let default = book.page(rule.id).map_or(Level::Off, |page| page.level);
    corpus.files().any(|(_, facts)| settings.level(rule, &facts.path).unwrap_or(default) != Level::Off)
}

/// Makes a place the finding's own that lies in the focus and in a file where the rule is on, and says how much
/// it matters there. A level that the house has set wins over the finding's own.
fn place_in_focus(
    mut finding: Finding,
    rule: &Rule,
    default: Level,
    corpus: &Corpus,
    settings: &dyn Settings,
) -> Option<(Finding, Level)> {
    let level = |file: FileId| {
        let usual = finding.level.unwrap_or(default);
        let level = settings.level(rule, &corpus.file(file).path).unwrap_or(usual);
        Some(level).filter(|level| *level != Level::Off && settings.in_focus(file))
    };
    if let Some(level) = level(finding.place.file) {
        return Some((finding, level));
    }
    let (rank, level) = finding
        .related
        .iter()
        .enumerate()
        .find_map(|(rank, related)| Some((rank, level(related.place.file)?)))?;
    let mut new = finding.related.remove(rank);
    std::mem::swap(&mut finding.place, &mut new.place);
    std::mem::swap(&mut finding.context, &mut new.context);
    std::mem::swap(&mut finding.label, &mut new.message);
    finding.related.insert(0, new);
    Some((finding, level))
}

/// A fingerprint is made of the rule, the finding's key, and how many of that rule and key come before it; `seen` counts
/// them.
fn fingerprints<'f>(findings: &'f [Finding], seen: &mut FxHashMap<(&'f str, &'f str), u32>) -> Vec<u64> {
    findings
        .iter()
        .map(|finding| {
            let occurrence = seen.entry((finding.rule, &finding.key)).or_insert(0);
            *occurrence += 1;
            let mut hash = Xxh3::new();
            hash.update(finding.rule.as_bytes());
            hash.update(b"\0");
            hash.update(finding.key.as_bytes());
            hash.update(&occurrence.to_le_bytes());
            hash.digest()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::*;
    use crate::facts::{Directive, FileFacts, MarkFault, MarkFaultKind};
    use crate::source::{Place, Span};

    fn fault(start: u32) -> MarkFault {
        MarkFault {
            kind: MarkFaultKind::UnclosedQuotation,
            also: Vec::new(),
            span: Span::new(start, start + 3),
            related: None,
            instead: None,
            replaced: None,
        }
    }

    fn file(path: &str, starts: &[u32]) -> FileFacts {
        let mark_faults = starts.iter().map(|&start| fault(start)).collect();
        FileFacts { path: path.to_owned(), mark_faults, ..FileFacts::default() }
    }

    fn allow(rule: &str, covers: Span) -> Directive {
        let rules = vec![(rule.to_owned(), Span::new(1, 5))];
        Directive { span: Span::new(0, 6), rules, covers, reason: String::new(), removal: Vec::new() }
    }

    fn run(files: Vec<FileFacts>, settings: &dyn Settings) -> Vec<Judged> {
        judge(&mut Corpus::new(files), &Rulebook::read().unwrap(), settings)
    }

    fn shown(judged: &[Judged]) -> Vec<(&str, u32, u32)> {
        judged
            .iter()
            .map(|judged| (judged.rule.id, judged.finding.place.file.0, judged.finding.place.span.start))
            .collect()
    }

    #[test]
    fn findings_come_in_order_of_place() {
        let judged = run(vec![file("a", &[40, 10]), file("b", &[5])], &Plain::default());
        let id = "unclosed-quotation";
        assert_eq!(shown(&judged), [(id, 0, 10), (id, 0, 40), (id, 1, 5)]);
    }

    #[test]
    fn a_level_that_is_set_wins_and_off_is_silent() {
        let set =
            |level| Plain { levels: vec![("unclosed-quotation".to_owned(), level)], ..Plain::default() };
        assert_eq!(run(vec![file("a", &[1])], &set(Level::Note))[0].level, Level::Note);
        assert!(run(vec![file("a", &[1])], &set(Level::Off)).is_empty());
    }

    #[test]
    fn a_directive_covers_its_range_only() {
        let mut draft = file("a", &[20, 60]);
        draft.directives.push(allow("unclosed-quotation", Span::new(10, 50)));
        assert_eq!(shown(&run(vec![draft], &Plain::default())), [("unclosed-quotation", 0, 60)]);
    }

    #[test]
    fn a_directive_that_suppresses_nothing_is_reported() {
        let mut draft = file("a", &[60]);
        draft.directives.push(allow("unclosed-quotation", Span::new(10, 50)));
        let judged = run(vec![draft], &Plain::default());
        assert_eq!(shown(&judged), [("unused-suppression", 0, 1), ("unclosed-quotation", 0, 60)]);
    }

    #[test]
    fn a_directive_for_a_rule_that_is_off_is_not_called_unused() {
        let mut draft = file("a", &[]);
        draft.directives.push(allow("misplaced-punctuation", Span::new(10, 50)));
        assert!(run(vec![draft], &Plain::default()).is_empty());
    }

    #[test]
    fn a_directive_for_no_rule_says_which_was_meant() {
        let mut draft = file("a", &[]);
        draft.directives.push(allow("unclosed-qotation", Span::new(10, 50)));
        let judged = run(vec![draft], &Plain::default());
        assert!(judged[0].help.contains("unclosed-quotation"), "{}", judged[0].help);
    }

    struct Focus(u32);

    impl Settings for Focus {
        fn level(&self, _: &Rule, _: &str) -> Option<Level> {
            None
        }

        fn in_focus(&self, file: FileId) -> bool {
            file.0 == self.0
        }
    }

    #[test]
    fn a_finding_that_touches_the_focus_is_shown_there() {
        let rule = &crate::rules::RULES[0];
        let corpus = Corpus::new(vec![file("a", &[]), file("b", &[]), file("c", &[])]);
        let at = |file, start| Place::new(FileId(file), Span::new(start, start + 2));
        let finding = Finding::new(rule.id, at(0, 3), "m", "k").label("first").related(at(1, 7), "second");
        let (shown, _) = place_in_focus(finding.clone(), rule, Level::Error, &corpus, &Focus(1)).unwrap();
        assert_eq!((shown.place, shown.label.as_str()), (at(1, 7), "second"));
        assert_eq!((shown.related[0].place, shown.related[0].message.as_str()), (at(0, 3), "first"));
        assert!(place_in_focus(finding, rule, Level::Error, &corpus, &Focus(2)).is_none());
    }

    #[test]
    fn a_fingerprint_outlives_edits_elsewhere_and_tells_twins_apart() {
        let finding = |start, key: &str| {
            Finding::new("x", Place::new(FileId(0), Span::new(start, start + 1)), "m", key)
        };
        let fingerprints = |findings: &[Finding]| fingerprints(findings, &mut FxHashMap::default());
        let before = fingerprints(&[finding(4, "a"), finding(9, "b"), finding(12, "b")]);
        let after = fingerprints(&[finding(2, "new"), finding(54, "a"), finding(59, "b"), finding(80, "b")]);
        assert_eq!(before, after[1..]);
        assert_ne!(before[1], before[2]);
    }
}
