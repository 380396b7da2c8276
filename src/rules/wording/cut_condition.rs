//! A condition that another draft has and a quotation cuts off.

use std::borrow::Cow;

use super::transcripts;
use crate::corpus::wording::SpeakerName;
use crate::rules::{Finding, Related, RuleContext};
use crate::source::Place;

/// Reports quotations that stop just before a condition, or begin just after one, that another place has: the tape, or another draft. Where the writer
/// tells the condition in their own words, or quotes it elsewhere in the draft, nothing is cut off.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let (wording, facts) = (context.corpus.wording(), context.corpus.facts());
    let on_tapes = wording.cut_on_tapes(facts);
    for cut in &on_tapes {
        let Some(here) = wording.underlined(facts, cut.passage, cut.edge..cut.edge + 1) else { continue };
        let words = wording.said(facts, cut.hit, cut.condition.clone());
        let name = wording.voice(cut.passage).map_or(Cow::Borrowed("the speaker"), SpeakerName::told);
        let when = transcripts::when(context.corpus, cut.hit);
        let (message, label) = match cut.follows {
            true => (format!("{name} went on “{words}” {when}"), "cut off after this"),
            false => (format!("{name} began with “{words}” {when}"), "cut off before this"),
        };
        let place = Place::new(wording.passage(cut.passage).file, here.words);
        findings.push(
            Finding::new("cut-condition", place, message, wording.key(cut.passage))
                .within(here.quotation)
                .label(label)
                .and(transcripts::said(context.corpus, cut.hit, cut.condition.clone(), "it goes with this")),
        );
    }
    let told = |passage| on_tapes.iter().any(|cut| cut.passage == passage);
    for cut in wording.cut_conditions(facts).into_iter().filter(|cut| !told(cut.short)) {
        let Some(here) = wording.underlined(facts, cut.short, cut.edge..cut.edge + 1) else { continue };
        let Some(there) = wording.underlined(facts, cut.full, cut.condition.clone()) else { continue };
        let words = wording.written(facts, cut.full, cut.condition.clone());
        let name = wording.voice(cut.short).map_or(Cow::Borrowed("the speaker"), SpeakerName::told);
        let file = wording.passage(cut.full).file;
        let path = &context.corpus.file(file).path;
        let message = match cut.follows {
            true => format!("{name} is quoted without the condition that follows in {path}: “{words}”"),
            false => {
                format!("{name} is quoted without the words that begin the sentence in {path}: “{words}”")
            }
        };
        let place = Place::new(wording.passage(cut.short).file, here.words);
        let label = if cut.follows { "cut off after this" } else { "cut off before this" };
        findings.push(
            Finding::new("cut-condition", place, message, wording.key(cut.short))
                .within(here.quotation)
                .label(label)
                .and(Some(
                    Related::new(Place::new(file, there.words), "it goes with this").within(there.quotation),
                )),
        );
    }
}
