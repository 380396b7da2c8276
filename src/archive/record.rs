//! What is kept of one draft: the facts that rules compare across files, and a text with nothing but their words.

use serde::{Deserialize, Serialize};

use crate::facts::FileFacts;
use crate::source::{Document, Span, Text};

/// One draft in an archive, or on its way between machines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What the draft was, and under which settings it was read: equal digests are the same draft.
    #[serde(default)]
    pub digest: u64,
    /// Its facts, without those that no rule compares with other files.
    pub facts: FileFacts,
    /// A text of the same length with the same lines and columns. It has the words that the facts are about; everything
    /// else is blank.
    pub text: String,
}

impl Record {
    /// What is kept of a draft.
    pub fn of(document: &Document, facts: &FileFacts, digest: u64) -> Self {
        let mut kept = Vec::new();
        for quotation in &facts.quotations {
            kept.push(quotation.span);
            if let Some(by) = &quotation.attribution {
                let phrases = [&by.source, &by.cue, &by.countersigned, &by.to];
                kept.extend(phrases.into_iter().flatten().map(|phrase| phrase.span));
            }
        }
        for mention in &facts.mentions {
            kept.push(mention.span);
            kept.extend(mention.titles.iter().map(|title| title.span));
        }
        kept.extend(facts.particulars.iter().map(|particular| particular.span));
        Self { digest, facts: shortened(facts), text: blanked(document.text.as_str(), kept) }
    }

    /// The draft as a project takes it.
    pub fn into_file(self) -> (Document, FileFacts) {
        let Self { facts, text, .. } = self;
        let document = Document {
            path: facts.path.clone(),
            format: facts.format,
            text: Text::new(text),
            ..Document::default()
        };
        (document, facts)
    }
}

/// The facts that rules compare across files. What a file says to itself (marks, hedges, directives) is left out, and so
/// is what only a tape or a reading of the writer's own sentences needs.
fn shortened(facts: &FileFacts) -> FileFacts {
    let mut short = FileFacts {
        path: facts.path.clone(),
        format: facts.format,
        published: facts.published,
        desk: facts.desk.clone(),
        other_language: facts.other_language.clone(),
        words: facts.words,
        blocks: facts.blocks.clone(),
        quotations: facts.quotations.clone(),
        mentions: facts.mentions.clone(),
        particulars: facts.particulars.clone(),
        pronouns: facts.pronouns.clone(),
        ..FileFacts::default()
    };
    short.blocks.iter_mut().for_each(|block| block.digest = 0);
    // Of the days those are compared that stand in the sentence of a title.
    let beside = |span: Span| {
        short.mentions.iter().any(|mention| !mention.titles.is_empty() && mention.sentence.contains(span))
    };
    short.dates = facts.dates.iter().filter(|date| !date.quoted && beside(date.span)).cloned().collect();
    short
}

/// The text with everything but the words at `kept` made blank. Every byte, line and column stays where it is: a
/// character gives way to a blank of as many bytes.
fn blanked(text: &str, mut kept: Vec<Span>) -> String {
    kept.sort_unstable();
    let mut blank = String::with_capacity(text.len());
    let mut spans = kept.into_iter().peekable();
    let mut covered = 0;
    for (at, character) in text.char_indices() {
        while let Some(span) = spans.next_if(|span| span.start as usize <= at) {
            covered = covered.max(span.end as usize);
        }
        let keep = at < covered || matches!(character, '\n' | '\r');
        blank.push(match character.len_utf8() {
            _ if keep => character,
            1 => ' ',
            2 => '\u{a0}',
            3 => '\u{2003}',
            _ => '\u{e0020}',
        });
    }
    blank
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::*;
    use crate::facts::{Hints, read};
    use crate::source::Format;

    #[test]
    fn places_stay_and_other_words_go() {
        let text =
            "Le café — 🚢 of Zürich.\nMayor Ana Reyes came.\n\n“The pier is ours,” Reyes said on Friday.\n";
        let document = Document::new("2026-01-05-a.txt", Format::Plain, Text::new(text.to_owned()));
        let facts = read(&document, &Hints::default());
        let line = serde_json::to_string(&Record::of(&document, &facts, 7)).unwrap();
        let record: Record = serde_json::from_str(&line).unwrap();
        assert!(!record.text.contains("Zürich") && !record.text.contains("came"), "{}", record.text);
        let (kept, short) = record.into_file();
        assert_eq!(kept.text.len(), document.text.len());
        for offset in 0..document.text.len() {
            assert_eq!(kept.text.position(offset), document.text.position(offset));
        }
        assert_eq!(short.quotations, facts.quotations);
        let of = |span: Span| span.of(kept.text.as_str()).to_owned();
        assert_eq!(of(short.quotations[0].span), "“The pier is ours,”");
        assert_eq!(of(short.mentions[0].span), "Ana Reyes");
        assert!(short.statements.is_empty());
    }
}
