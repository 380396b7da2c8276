//! A fact as a page sees it: its fields by name.

use std::borrow::Cow;

use smallvec::{SmallVec, smallvec};

use super::field::Field;
use super::kinds::{block_kind, date_kind, mark_kind, quotation_kind, speaker_kind};
use crate::calendar::Interval;
use crate::facts::{
    Attribution, DateFact, Directive, FileFacts, Indirect, MarkFault, Mention, Phrase, Quotation,
};
use crate::source::Span;

/// A fact of one file.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'f> {
    /// The file's facts.
    pub facts: &'f FileFacts,
    /// The fact itself.
    pub fact: Fact<'f>,
}

/// A fact that a page may look at.
#[derive(Clone, Copy, Debug)]
pub enum Fact<'f> {
    Quotation(&'f Quotation),
    Indirect(&'f Indirect),
    Mark(&'f MarkFault),
    Mention(&'f Mention),
    Date(&'f DateFact),
    Hedge(&'f Phrase),
    Suppression(&'f Directive),
}

/// The values of a field: none, one, or several, as a person may have several titles.
pub type Values<'f> = SmallVec<[Cow<'f, str>; 1]>;

impl<'f> Subject<'f> {
    /// Where the whole fact stands.
    pub const fn span(&self) -> Span {
        match self.fact {
            Fact::Quotation(quotation) => quotation.span,
            Fact::Indirect(indirect) => indirect.content.span,
            Fact::Mark(fault) => fault.span,
            Fact::Mention(mention) => mention.span,
            Fact::Date(date) => date.span,
            Fact::Hedge(hedge) => hedge.span,
            Fact::Suppression(directive) => directive.span,
        }
    }

    /// What stays the same when the rest of the file is edited: the words of the fact.
    pub fn key(&self) -> String {
        match self.fact {
            Fact::Quotation(quotation) => quotation.words.clone(),
            Fact::Indirect(indirect) => indirect.content.text.clone(),
            Fact::Mark(fault) => words_at(self.facts, fault),
            Fact::Mention(mention) => mention.name.clone(),
            Fact::Date(date) => date.text.clone(),
            Fact::Hedge(hedge) => hedge.text.clone(),
            Fact::Suppression(directive) => rules_of(directive),
        }
    }

    fn said(&self) -> Option<&'f Attribution> {
        match self.fact {
            Fact::Quotation(quotation) => quotation.attribution.as_ref(),
            Fact::Indirect(indirect) => Some(&indirect.attribution),
            _ => None,
        }
    }

    /// The place of a field that has one of its own: `cue`, `source` or `title`.
    pub fn place(&self, field: Field) -> Option<Span> {
        match (field, self.fact) {
            (Field::Cue, _) => self.said()?.cue.as_ref().map(|cue| cue.span),
            (Field::Source, _) => self.said()?.source.as_ref().map(|source| source.span),
            (Field::Title, Fact::Mention(mention)) => mention.titles.first().map(|title| title.span),
            _ => None,
        }
    }

    /// What the fact's kind is called in a page; empty for a fact without kinds.
    fn kind(&self) -> &'static str {
        match self.fact {
            Fact::Quotation(quotation) => quotation_kind(quotation.kind),
            Fact::Mark(fault) => mark_kind(fault.kind),
            Fact::Date(date) => date_kind(date.kind),
            _ => "",
        }
    }

    /// The values of a field of words or of a choice.
    pub fn values(&self, field: Field) -> Values<'f> {
        let one = |words: &'f str| -> Values<'f> { smallvec![Cow::Borrowed(words)] };
        let some = |words: Option<&'f str>| -> Values<'f> { words.map(Cow::Borrowed).into_iter().collect() };
        let phrase = |phrase: Option<&'f Phrase>| some(phrase.map(|phrase| phrase.text.as_str()));
        let said = self.said();
        match (field, self.fact) {
            (Field::Kind, _) => one(self.kind()),
            (Field::Block, _) => some(self.block()),
            (Field::Path, _) => one(&self.facts.path),
            (Field::Desk, _) => some(self.facts.desk.as_deref()),
            (Field::Words, Fact::Quotation(quotation)) => one(&quotation.words),
            (Field::Words, Fact::Indirect(indirect)) => one(&indirect.content.text),
            (Field::Around, Fact::Quotation(quotation)) => one(&quotation.around),
            (Field::Instead, Fact::Mark(fault)) => some(fault.instead.as_deref()),
            (Field::Name, Fact::Mention(mention)) => one(&mention.name),
            (Field::Person, Fact::Mention(mention)) => some(mention.person.as_deref()),
            (Field::Honorific, Fact::Mention(mention)) => {
                some(Some(mention.honorific.as_str()).filter(|words| !words.is_empty()))
            }
            (Field::Title, Fact::Mention(mention)) => titles(mention).collect(),
            (Field::Title, _) => self.titles_of_speaker(),
            (Field::Text, Fact::Date(date)) => one(&date.text),
            (Field::Text, Fact::Hedge(hedge)) => one(&hedge.text),
            (Field::Weekday, Fact::Date(date)) => some(date.weekday.map(|(weekday, _)| weekday.name())),
            (Field::FallsOn, Fact::Date(date)) => some(single(date).map(|day| day.weekday().name())),
            (Field::Day, Fact::Date(date)) => {
                single(date).map(|day| Cow::Owned(day.to_string())).into_iter().collect()
            }
            (Field::Rules, Fact::Suppression(directive)) => smallvec![Cow::Owned(rules_of(directive))],
            (Field::Reason, Fact::Suppression(directive)) => {
                some(Some(directive.reason.as_str()).filter(|words| !words.is_empty()))
            }
            (Field::Cue, _) => phrase(said.and_then(|said| said.cue.as_ref())),
            (Field::Source, _) => phrase(said.and_then(|said| said.source.as_ref())),
            (Field::To, _) => phrase(said.and_then(|said| said.to.as_ref())),
            (Field::Medium, _) => some(said.and_then(|said| said.medium.as_deref())),
            (Field::Place, _) => some(said.and_then(|said| said.place.as_deref())),
            (Field::Evidence, _) => some(said.map(|said| said.evidence.as_ref())),
            (Field::SaidOn, _) => {
                let first = |days: Interval| Some(Cow::Owned(days.from?.to_string()));
                said.and_then(|said| said.said_on).and_then(first).into_iter().collect()
            }
            (Field::Speaker, _) => {
                some(said.and_then(|said| said.speaker.as_ref()).map(|speaker| speaker.name.as_str()))
            }
            (Field::SpeakerKind, _) => {
                some(said.and_then(|said| said.speaker.as_ref()).map(|speaker| speaker_kind(speaker.kind)))
            }
            _ => Values::new(),
        }
    }

    /// The value of a number.
    pub fn number(&self, field: Field) -> i64 {
        let words =
            |text: &str| text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
        let count = match (field, self.fact) {
            (Field::Length, Fact::Quotation(quotation)) => words(&quotation.words),
            (Field::Length, Fact::Indirect(indirect)) => words(&indirect.content.text),
            (Field::Insertions, Fact::Quotation(quotation)) => insertions(&quotation.words),
            _ => 0,
        };
        i64::try_from(count).unwrap_or(i64::MAX)
    }

    /// The value of a flag.
    pub fn flag(&self, field: Field) -> bool {
        match (field, self.fact) {
            (Field::Closed, Fact::Quotation(quotation)) => quotation.closed,
            (Field::Continues, Fact::Quotation(quotation)) => quotation.continues.is_some(),
            (Field::Described, _) => self.said().is_some_and(|said| said.described),
            (Field::Possessive, Fact::Mention(mention)) => mention.possessive,
            (Field::Quoted, Fact::Mention(mention)) => mention.quoted,
            (Field::Quoted, Fact::Date(date)) => date.quoted,
            (Field::Quoted, Fact::Hedge(hedge)) => self.is_in_quotation(hedge.span),
            _ => false,
        }
    }

    /// Do the words at `span` stand inside a quotation?
    fn is_in_quotation(&self, span: Span) -> bool {
        self.facts.quotations.iter().any(|quotation| quotation.span.contains(span))
    }

    /// The kind of the block that the fact stands in.
    fn block(&self) -> Option<&'static str> {
        let start = self.span().start;
        let after = self.facts.blocks.partition_point(|block| block.span.start <= start);
        Some(block_kind(self.facts.blocks.get(after.checked_sub(1)?)?.kind))
    }

    /// The titles that the draft gives to the speaker, each once.
    fn titles_of_speaker(&self) -> Values<'f> {
        let mut found = Values::new();
        let Some(speaker) = self.said().and_then(|said| said.speaker.as_ref()) else { return found };
        let of = |mention: &&Mention| mention.known_as() == speaker.name;
        for title in self.facts.mentions.iter().filter(of).flat_map(titles) {
            if !found.contains(&title) {
                found.push(title);
            }
        }
        found
    }
}

/// The titles given with a mention, each with its qualifier: “former mayor”.
fn titles(mention: &Mention) -> impl Iterator<Item = Cow<'_, str>> {
    mention.titles.iter().map(|title| match title.qualifier.as_str() {
        "" => Cow::Borrowed(title.text.as_str()),
        qualifier => Cow::Owned(format!("{qualifier} {}", title.text)),
    })
}

fn single(date: &DateFact) -> Option<crate::calendar::Day> {
    date.interval.and_then(|days| days.single())
}

fn rules_of(directive: &Directive) -> String {
    directive.rules.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
}

/// How many editor's insertions stand in brackets. A gap is none, nor a letter (“[t]he”), nor “[#x20ac]” for a character
/// that was lost.
fn insertions(words: &str) -> usize {
    let inner = words.split('[').skip(1).filter_map(|after| after.split_once(']').map(|(inner, _)| inner));
    let inserted = |inner: &&str| {
        !matches!(inner.trim(), "…" | "...") && !inner.starts_with('#') && inner.chars().nth(1).is_some()
    };
    inner.filter(inserted).count()
}

/// The first words of the quotation that a mark belongs to: what stays when the rest of the file is edited.
pub fn words_at(facts: &FileFacts, fault: &MarkFault) -> String {
    let after = facts.quotations.partition_point(|quotation| quotation.span.start < fault.span.end);
    let near = facts.quotations[..after].iter().rev().take(3);
    near.filter(|quotation| quotation.span.overlaps(fault.span))
        .map(|quotation| quotation.words.split_whitespace().take(8).collect::<Vec<_>>().join(" "))
        .next()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::insertions;

    #[test]
    fn gaps_letters_and_lost_characters_are_no_insertions() {
        for (words, count) in [
            ("the [harbour] board [of Skarrow] met", 2),
            ("[t]he board […] met [...] and [ … ]", 0),
            ("it cost 5 [#x20ac]", 0),
            ("[open", 0),
        ] {
            assert_eq!(insertions(words), count, "{words}");
        }
    }
}
