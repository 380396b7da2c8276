//! A title given again with a name that has had it.

use crate::corpus::people::MentionAt;
use crate::facts::{FileFacts, Mention, TitlePosition};
use crate::lexicon::fold;
use crate::rules::{Finding, RuleContext};
use crate::source::{BlockKind, Place};

/// Does a mention stand in running text, and not above it or under a picture?
fn in_running_text(facts: &FileFacts, mention: &Mention) -> bool {
    let after = facts.blocks.partition_point(|block| block.span.start <= mention.span.start);
    let block = after.checked_sub(1).and_then(|at| facts.blocks.get(at));
    block.is_none_or(|block| block.kind == BlockKind::Paragraph)
}

/// Reports the second time that a file gives one person the same title before the name.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let people = context.corpus.people();
    for (file, facts) in context.corpus.files() {
        let mut given = Vec::new();
        let mut reported = Vec::new();
        for (rank, mention) in facts.mentions.iter().enumerate() {
            // What a speaker says is no introduction, and no repetition either.
            // Nor is a headline or a caption.
            if mention.quoted || !in_running_text(facts, mention) {
                continue;
            }
            let Some(person) = people.of(MentionAt { file, index: rank as u32 }) else { continue };
            for title in mention.titles.iter().filter(|title| title.position == TitlePosition::Before) {
                let words = fold(&title.text);
                let first = given.iter().find(|(known, title, _)| *known == person && *title == words);
                match first {
                    Some((_, _, place)) if !reported.contains(&person) => {
                        reported.push(person);
                        let name = mention.known_as();
                        findings.push(
                            Finding::new(
                                "repeated-title",
                                Place::new(file, title.span),
                                format!("{name} has been introduced as “{}” already", title.text),
                                format!("{name}\n{words}"),
                            )
                            .label("again")
                            .related(*place, "introduced here"),
                        );
                    }
                    Some(_) => {}
                    None => given.push((person, words, Place::new(file, title.span))),
                }
            }
        }
    }
}
