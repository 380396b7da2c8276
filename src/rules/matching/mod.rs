//! Rules as data: a page's `[match]` selects facts by their fields and says what to report. It is a pure function of
//! one file's facts; a page holds no script.

mod described;
mod field;
mod kinds;
mod read;
mod read_condition;
mod reader;
mod subject;
mod template;
mod test;

use std::collections::BTreeSet;

use super::{Finding, Level, Parameter, Parameters, RuleContext};
use crate::corpus::Corpus;
use crate::facts::FileFacts;
use crate::source::{FileId, Place, Span};

#[cfg(feature = "cli")]
pub(super) use described::schema;
pub use described::{FieldDescription, described_facts, described_fields};
use field::{FactKind, Field};
pub use read::patterns;
pub use reader::Declarations;
pub(super) use subject::words_at;
use subject::{Fact, Subject};
use template::Template;
use test::{NumberTest, TextTest};

/// One `[match]` of a page, compiled.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The kinds of facts that it looks at.
    kinds: Vec<FactKind>,
    /// Quotations inside others too?
    nested: bool,
    /// What has to hold.
    condition: Condition,
    /// The field at whose place it reports; the whole fact without one.
    at: Option<Field>,
    /// Report once a draft for each value of this field.
    once: Option<Field>,
    message: Template,
    label: Option<Template>,
    help: Option<Template>,
    /// Words for the other place that a mark has.
    related: String,
    /// Words for the further places of a habit of marks that is reported once.
    also: String,
    /// A level of its own.
    level: Option<Level>,
    fix: Option<PatternFix>,
}

/// What a pattern offers to change.
#[derive(Clone, Debug)]
struct PatternFix {
    safe: bool,
    /// What is replaced; the place of the finding without one.
    replace: Option<Field>,
    with: Template,
}

/// What has to hold of a fact.
#[derive(Clone, Debug)]
enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Text(Field, TextTest),
    Choice(Field, Vec<String>),
    Number(Field, NumberTest),
    Flag(Field, bool),
    /// A parameter of the page has one of these values.
    Setting(String, Vec<String>),
}

impl Condition {
    fn holds(&self, subject: &Subject<'_>, parameters: &Parameters) -> bool {
        match self {
            Self::All(conditions) => conditions.iter().all(|it| it.holds(subject, parameters)),
            Self::Any(conditions) => conditions.iter().any(|it| it.holds(subject, parameters)),
            Self::Not(condition) => !condition.holds(subject, parameters),
            Self::Text(field, test) => {
                let values = subject.values(*field);
                match test.missing {
                    Some(missing) => values.is_empty() == missing,
                    None => values.iter().any(|value| test.passes(value, parameters)),
                }
            }
            Self::Choice(field, choices) => {
                subject.values(*field).iter().any(|value| choices.iter().any(|choice| choice == value))
            }
            Self::Number(field, test) => test.passes(subject.number(*field), parameters),
            Self::Flag(field, wanted) => subject.flag(*field) == *wanted,
            Self::Setting(name, values) => {
                matches!(parameters.get(name), Some(Parameter::Text(value)) if values.contains(value))
            }
        }
    }

    /// The fields that every fact which passes has a value for.
    fn present(&self, found: &mut Vec<Field>) {
        match self {
            Self::All(conditions) => conditions.iter().for_each(|it| it.present(found)),
            Self::Text(field, test) if test.missing != Some(true) => found.push(*field),
            Self::Choice(field, _) => found.push(*field),
            _ => {}
        }
    }

    /// Does it ask for this field anywhere?
    fn asks(&self, field: Field) -> bool {
        match self {
            Self::All(conditions) | Self::Any(conditions) => conditions.iter().any(|it| it.asks(field)),
            Self::Not(condition) => condition.asks(field),
            Self::Text(own, _) | Self::Choice(own, _) | Self::Number(own, _) | Self::Flag(own, _) => {
                *own == field
            }
            Self::Setting(..) => false,
        }
    }
}

impl Pattern {
    /// Does it ask for the writer's words around a quotation, or show them? They are read only where a page does.
    pub fn needs_words_around(&self) -> bool {
        let templates = [Some(&self.message), self.label.as_ref(), self.help.as_ref()];
        let mut shown = templates.into_iter().flatten().flat_map(Template::fields);
        self.condition.asks(Field::Around) || shown.any(|(field, _)| field == Field::Around)
    }
}

/// Reports every fact of which a pattern of the page holds; of several patterns the first.
pub(super) fn check(
    rule: &'static str,
    patterns: &[Pattern],
    context: &RuleContext<'_>,
    findings: &mut Vec<Finding>,
) {
    let none = Parameters::new();
    let parameters = context.parameters.of_page(rule).unwrap_or(&none);
    for (file, facts) in context.corpus.files() {
        let mut reported = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for subject in subjects(facts, patterns) {
            let wanted = |pattern: &&Pattern| {
                pattern.looks_at(&subject) && pattern.condition.holds(&subject, parameters)
            };
            let Some(pattern) = patterns.iter().find(wanted) else { continue };
            let span = pattern.at.and_then(|field| subject.place(field)).unwrap_or_else(|| subject.span());
            // Several quotations may share one cue or one source.
            if pattern.at.is_some() && !reported.insert(span) {
                continue;
            }
            if let Some(field) = pattern.once {
                let values = subject.values(field);
                let new = values.iter().filter(|value| seen.insert((field as u8, value.to_string()))).count();
                if new == 0 && !values.is_empty() {
                    continue;
                }
            }
            findings.extend(pattern.finding(rule, file, &subject, span, context.corpus));
        }
    }
}

/// The facts of a file that the patterns look at, in the order of the text; a cue that is shared is met with its first
/// quotation.
fn subjects<'f>(facts: &'f FileFacts, patterns: &[Pattern]) -> Vec<Subject<'f>> {
    let wanted = |kind| patterns.iter().any(|pattern| pattern.kinds.contains(&kind));
    let mut found: Vec<Subject<'f>> = Vec::new();
    let mut add = |fact| found.push(Subject { facts, fact });
    if wanted(FactKind::Quotation) {
        facts.quotations.iter().map(Fact::Quotation).for_each(&mut add);
    }
    if wanted(FactKind::Indirect) {
        facts.indirect.iter().map(Fact::Indirect).for_each(&mut add);
    }
    if wanted(FactKind::Mark) {
        facts.mark_faults.iter().map(Fact::Mark).for_each(&mut add);
    }
    if wanted(FactKind::Mention) {
        facts.mentions.iter().map(Fact::Mention).for_each(&mut add);
    }
    if wanted(FactKind::Date) {
        facts.dates.iter().map(Fact::Date).for_each(&mut add);
    }
    if wanted(FactKind::Hedge) {
        facts.hedges.iter().map(Fact::Hedge).for_each(&mut add);
    }
    if wanted(FactKind::Suppression) {
        facts.directives.iter().map(Fact::Suppression).for_each(&mut add);
    }
    found
}

impl Pattern {
    fn looks_at(&self, subject: &Subject<'_>) -> bool {
        let kind = match subject.fact {
            Fact::Quotation(quotation) if quotation.level > 0 && !self.nested => return false,
            Fact::Quotation(_) => FactKind::Quotation,
            Fact::Indirect(_) => FactKind::Indirect,
            Fact::Mark(_) => FactKind::Mark,
            Fact::Mention(_) => FactKind::Mention,
            Fact::Date(_) => FactKind::Date,
            Fact::Hedge(_) => FactKind::Hedge,
            Fact::Suppression(_) => FactKind::Suppression,
        };
        self.kinds.contains(&kind)
    }

    fn finding(
        &self,
        rule: &'static str,
        file: FileId,
        subject: &Subject<'_>,
        span: Span,
        corpus: &Corpus,
    ) -> Option<Finding> {
        let message = self.message.fill(subject)?;
        let mut finding = Finding::new(rule, Place::new(file, span), message, subject.key());
        finding.level = self.level;
        finding.label = self.label.as_ref().and_then(|label| label.fill(subject)).unwrap_or_default();
        finding.help = self.help.as_ref().and_then(|help| help.fill(subject));
        if let Fact::Mark(fault) = subject.fact {
            if let Some(span) = fault.related {
                finding = finding.related(Place::new(file, span), &self.related);
            }
            for span in &fault.also {
                finding = finding.related(Place::new(file, *span), &self.also);
            }
        }
        if let Some(fix) = &self.fix
            && let Some(words) = fix.with.fill(subject)
        {
            let replaced = match (fix.replace, subject.fact) {
                (Some(field), _) => subject.place(field),
                (None, Fact::Mark(fault)) => Some(fault.replaced.unwrap_or(span)),
                (None, _) => Some(span),
            };
            if let Some(replaced) = replaced.filter(|span| may_replace(corpus.file(file), subject, *span)) {
                finding = finding.fix(fix.safe, vec![(replaced, words)]);
            }
        }
        Some(finding)
    }
}

/// May the words at `span` be replaced by others? Marks may; what stands inside a quotation is the speaker's.
fn may_replace(facts: &FileFacts, subject: &Subject<'_>, span: Span) -> bool {
    matches!(subject.fact, Fact::Mark(_))
        || !facts.quotations.iter().any(|quotation| quotation.level == 0 && quotation.span.overlaps(span))
}
