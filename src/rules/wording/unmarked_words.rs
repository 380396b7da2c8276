//! A tape's words in the writer's own voice.

use crate::corpus::wording::unmarked_words;
use crate::facts::clock;
use crate::rules::{Finding, Related, RuleContext};
use crate::source::Place;

/// Reports twelve or more words of a tape in a row that stand without marks and without a source.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    for found in unmarked_words(corpus.facts()) {
        let tape = corpus.file(found.tape);
        let turn = tape.turns.get(found.turn);
        let who = turn.and_then(|turn| turn.speaker.as_deref()).unwrap_or("somebody");
        let at = turn.and_then(|turn| turn.at);
        let when = at.map_or_else(String::new, |at| format!(" at {}", clock(at)));
        let message = format!(
            "{} words in a row are {who}’s in {}{when}, without quotation marks",
            found.words, tape.path
        );
        let key = format!("{}:{}:{}", tape.path, found.turn, found.words);
        let said = Related { at, ..Related::new(Place::new(found.tape, found.said), "said here") };
        findings.push(
            Finding::new("unmarked-words", Place::new(found.draft, found.span), message, key)
                .label("the tape’s words")
                .and(Some(said)),
        );
    }
}
