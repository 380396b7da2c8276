//! What each block states beside who said what: particulars of people, pronouns, the writer's statements, numbered
//! events, hedges.

use super::{FileFacts, Phrase, age_then, hedges, ordinals, particulars, pronouns, relatives, statements};
use crate::source::{BlockKind, Prose, ProseSpan, one_line};
use crate::syntax::mentions::PersonMention;
use crate::syntax::{Parse, TokenRange};

/// What each block states beside the titles: particulars, pronouns, the writer's statements, hedges.
pub(super) fn read(
    prose: &Prose<'_>,
    parse: &Parse<'_>,
    mentioned: &[PersonMention],
    tapes: bool,
    facts: &mut FileFacts,
) {
    let text: &str = &prose.text;
    let in_file = |span: ProseSpan| prose.to_text(span);
    for mention in mentioned {
        let stated = particulars::read(text, mention);
        facts.particulars.extend(stated.into_iter().map(|it| it.in_file(in_file)));
    }
    let mut left = mentioned;
    let mut last_named: Option<&PersonMention> = None;
    for (block, range) in parse.block_tokens() {
        let own = left.partition_point(|mention| mention.span.start < block.span.end);
        let (here, rest) = left.split_at(own);
        left = rest;
        let display = block.kind == BlockKind::Heading;
        if !display && block.kind != BlockKind::Paragraph {
            continue;
        }
        // A paragraph that opens with “He was 89” takes up whom the one before names alone.
        let taken_up = last_named.take().filter(|_| !display);
        let aged = taken_up.and_then(|before| particulars::age_of_opening_pronoun(text, block.span, before));
        facts.particulars.extend(aged.map(|it| it.in_file(in_file)));
        last_named = age_then::only_person(here).filter(|_| !display);
        let of_block =
            if display { Default::default() } else { pronouns::read(text, parse.words(range), here) };
        let found = !of_block.is_empty();
        facts.pronouns.extend(of_block.into_iter().map(|pronoun| pronoun.in_file(in_file)));
        if !display && !here.is_empty() {
            let aged = particulars::age_of_pronoun(text, block.span, here);
            facts.particulars.extend(aged.map(|it| it.in_file(in_file)));
            let died = particulars::death_of_pronoun(text, block.span, here);
            facts.particulars.extend(died.map(|it| it.in_file(in_file)));
        }
        let TokenRange { start: mut from, end } = range;
        while from < end {
            let until = parse.sentence_around(from).end.min(end);
            let tokens = parse.words(TokenRange { start: from, end: until });
            // “Ruiz says that it holds; he says …”: the sentence alone tells who is meant.
            if !display
                && !found
                && let (Some(first), Some(last)) = (tokens.first(), tokens.last())
            {
                let begin = here.partition_point(|mention| mention.span.start < first.span.start);
                let stop = here.partition_point(|mention| mention.span.start < last.span.end);
                let own = here.get(begin..stop).unwrap_or_default();
                let pronoun = pronouns::read(text, tokens, own);
                facts.pronouns.extend(pronoun.into_iter().map(|pronoun| pronoun.in_file(in_file)));
            }
            if let Some(statement) = statements::read(text, tokens, display, tapes) {
                facts.statements.push(statement.in_file(in_file));
            }
            if !display && let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
                let begin = here.partition_point(|mention| mention.span.start < first.span.start);
                let stop = here.partition_point(|mention| mention.span.start < last.span.end);
                let span = ProseSpan::new(first.span.start, last.span.end);
                let own = here.get(begin..stop).unwrap_or_default();
                let ages = age_then::read(text, span, here.get(..stop).unwrap_or_default(), own);
                facts.particulars.extend(ages.into_iter().map(|it| it.in_file(in_file)));
                let kin = relatives::read(text, tokens, here.get(..stop).unwrap_or_default());
                facts.relatives.extend(kin.into_iter().map(|it| it.in_file(in_file)));
            }
            let numbered = ordinals::read(text, tokens).into_iter();
            facts.ordinals.extend(numbered.map(|it| it.in_file(in_file)));
            let hedges = hedges::read(text, tokens).into_iter();
            let phrase = |span: ProseSpan| Phrase { span: in_file(span), text: one_line(span.of(text)) };
            facts.hedges.extend(hedges.map(phrase));
            from = if until > from { until } else { from.next() };
        }
    }
}
