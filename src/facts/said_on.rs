//! Fills the day of saying into attributions.

use super::{Indirect, Quotation};
use crate::calendar::Day;
use crate::reference::{clause, said_on};
use crate::source::Span;

/// Fills in the day of saying of every attributed quotation; `text` is the file's, and so are the ranges.
///
/// The clause is the writer's sentence around the cue, up to the nearest quotation on either side.
pub(super) fn tell(text: &str, quotations: &mut [Quotation], published: Option<Day>) {
    let quoted = outermost(quotations);
    for quotation in quotations {
        let Some(attribution) = &mut quotation.attribution else { continue };
        let Some(cue) = attribution.cue.as_ref().map(|cue| cue.span) else { continue };
        let clause = clause(text, cue, &quoted);
        let inside = Span::new(cue.start - clause.start, cue.end - clause.start);
        attribution.said_on = said_on(clause.of(text), inside, published);
    }
}

/// The same for speech reported without marks: what was said counts as if it were quoted.
pub(super) fn tell_indirect(
    text: &str,
    indirect: &mut [Indirect],
    quotations: &[Quotation],
    published: Option<Day>,
) {
    let mut said = outermost(quotations);
    said.extend(indirect.iter().map(|report| report.content.span));
    said.sort_unstable();
    for report in indirect {
        let Some(cue) = report.attribution.cue.as_ref().map(|cue| cue.span) else { continue };
        let clause = clause(text, cue, &said);
        let inside = Span::new(cue.start - clause.start, cue.end - clause.start);
        report.attribution.said_on = said_on(clause.of(text), inside, published);
    }
}

/// The segments of the outermost quotations, in order.
fn outermost(quotations: &[Quotation]) -> Vec<Span> {
    let mut quoted: Vec<Span> = quotations
        .iter()
        .filter(|quotation| quotation.level == 0)
        .flat_map(|quotation| quotation.segments.iter().copied())
        .collect();
    quoted.sort_unstable();
    quoted
}
