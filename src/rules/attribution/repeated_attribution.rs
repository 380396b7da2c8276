//! A speaker named twice for what was said in one go.

use crate::facts::{Attribution, Quotation};
use crate::rules::{Finding, RuleContext};
use crate::source::{Place, Span};

/// Reports two quotations side by side in one paragraph that are each given to the same person in words of their own.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    for (file, facts) in context.corpus.files() {
        let outer: Vec<&Quotation> =
            facts.quotations.iter().filter(|quotation| quotation.level == 0).collect();
        for pair in outer.windows(2) {
            let &[first, second] = pair else { continue };
            let (Some((one, here)), Some((other, there))) = (tag(first), tag(second)) else { continue };
            // “A,” she said. “B,” she said: each source behind its own words, and nothing else between them.
            let tagged = here.start >= first.span.end && here.end <= second.span.start;
            let again = there.start >= second.span.end && first.block == second.block;
            let same = one.speaker.is_some() && one.speaker == other.speaker;
            let close = second.span.start.saturating_sub(here.end) <= CLOSE;
            if !(tagged && again && same && close) {
                continue;
            }
            let name = one.speaker.as_ref().map_or("the speaker", |speaker| &speaker.name);
            findings.push(
                Finding::new(
                    "repeated-attribution",
                    Place::new(file, there),
                    format!("{name} is named as the speaker twice in a row"),
                    second.words.clone(),
                )
                .label("again")
                .related(Place::new(file, here), "named here already"),
            );
        }
    }
}

/// Bytes between a source and the next quotation: “said.” and a few words more, but no sentence of the writer's.
const CLOSE: u32 = 40;

/// A quotation's attribution and where its source stands.
fn tag(quotation: &Quotation) -> Option<(&Attribution, Span)> {
    let said = quotation.attribution.as_ref()?;
    Some((said, said.source.as_ref()?.span))
}
