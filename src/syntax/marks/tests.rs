//! Drafts with their quotations marked: `[` and `]` stand around each quotation of the outermost level.

use super::{MarkFaultKind, find};
use crate::source::{Block, BlockKind, ProseSpan};

/// Splits at blank lines and finds quotations.
/// What houses do differently is looked at by the rules' own examples.
const HOUSE_STYLE: [MarkFaultKind; 3] =
    [MarkFaultKind::MixedMarkStyle, MarkFaultKind::PunctuationInside, MarkFaultKind::PunctuationOutside];

type Found<'t> = (Vec<(u8, &'t str)>, Vec<(MarkFaultKind, &'t str)>);

fn found(text: &str) -> Found<'_> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for part in text.split("\n\n") {
        blocks.push(Block {
            kind: BlockKind::Paragraph,
            span: ProseSpan::new(start as u32, (start + part.len()) as u32),
        });
        start += part.len() + 2;
    }
    let marks = find(text, &blocks, super::Conventions::default());
    (
        marks.quotations.iter().map(|q| (q.level, q.span.of(text))).collect(),
        marks
            .faults
            .iter()
            .filter(|fault| !HOUSE_STYLE.contains(&fault.kind))
            .map(|fault| (fault.kind, fault.span.of(text)))
            .collect(),
    )
}

#[track_caller]
fn quotations(text: &str, expected: &[&str]) {
    let (quotations, _) = found(text);
    let outer: Vec<_> = quotations.iter().filter(|(level, _)| *level == 0).map(|(_, words)| *words).collect();
    assert_eq!(outer, expected, "in {text}");
}

#[track_caller]
fn clean(text: &str, expected: &[&str]) {
    quotations(text, expected);
    assert_eq!(found(text).1, [], "in {text}");
}

#[test]
fn every_style_of_mark() {
    clean("“Go,” she said.", &["“Go,”"]);
    clean("\"Go,\" she said.", &["\"Go,\""]);
    clean("‘Go,’ she said.", &["‘Go,’"]);
    clean("'Go,' she said.", &["'Go,'"]);
    clean("«Allez», dit-elle.", &["«Allez»"]);
    clean("« Allez », dit-elle.", &["« Allez »"]);
    clean("„Los“, sagte sie.", &["„Los“"]);
    clean("‚Los‘, sagte sie.", &["‚Los‘"]);
    clean("‹Allez›, dit-elle.", &["‹Allez›"]);
    clean("「行こう」と言った。", &["「行こう」"]);
    clean("A “big” win for a “small” town.", &["“big”", "“small”"]);
}

#[test]
fn apostrophes_are_no_marks() {
    clean("Don’t touch the ministers’ ’90s rock ’n’ roll records; ’tis a pity.", &[]);
    clean("Don't touch the ministers' '90s rock 'n' roll records; 'tis a pity.", &[]);
    clean("‘Don’t touch the ministers’ records,’ she said.", &["‘Don’t touch the ministers’ records,’"]);
    clean("'Don't touch the ministers' records,' she said.", &["'Don't touch the ministers' records,'"]);
    clean("The so-called ‘lost boys’ were found.", &["‘lost boys’"]);
    clean("He was goin’ to the dogs’ home.", &[]);
    clean("The harbour’s masters’ guild met.", &[]);
}

#[test]
fn measures_are_no_marks() {
    clean("The door is 6'2\" high and 30\" wide.", &[]);
    clean("The 12\" record runs 3'40\".", &[]);
    clean("\"I am 6'2\" tall,\" he said.", &["\"I am 6'2\" tall,\""]);
    clean("\"It was 1999,\" she said. \"Or 2000\" — she was unsure.", &["\"It was 1999,\"", "\"Or 2000\""]);
}

#[test]
fn nested() {
    let (all, faults) = found("“He said ‘go home’ and left,” Reyes said.");
    assert_eq!(all, [(0, "“He said ‘go home’ and left,”"), (1, "‘go home’")]);
    assert_eq!(faults, []);
    let (all, _) = found("‘He said “go home” and left,’ Reyes said.");
    assert_eq!(all, [(0, "‘He said “go home” and left,’"), (1, "“go home”")]);
    let (all, _) = found("\"He said 'go home.'\" They went.");
    assert_eq!(all, [(0, "\"He said 'go home.'\""), (1, "'go home.'")]);
}

#[test]
fn over_paragraphs() {
    let text = "“First.\n\n“Second.\n\n“Third,” Reyes said.";
    let (all, faults) = found(text);
    assert_eq!(all, [(0, "“First.\n\n“Second.\n\n“Third,”")]);
    assert_eq!(faults, []);
}

#[test]
fn a_broken_mark_spoils_only_its_paragraph() {
    let (all, faults) = found("“We won, she said.\n\nThen “rain” fell.");
    assert_eq!(all, [(0, "“We won, she said."), (0, "“rain”")]);
    assert_eq!(faults, [(MarkFaultKind::UnclosedQuotation, "“")]);
    let (all, faults) = found("We won,” she said.\n\nThen “rain” fell.");
    assert_eq!(all, [(0, "“rain”")]);
    assert_eq!(faults, [(MarkFaultKind::UnopenedQuotation, "”")]);
}

#[test]
fn an_unclosed_quotation_before_another() {
    let (all, faults) = found("“We won, she said. “We lost,” he said.");
    assert_eq!(all, [(0, "“We won, she said."), (0, "“We lost,”")]);
    assert_eq!(faults, [(MarkFaultKind::UnclosedQuotation, "“")]);
}

#[test]
fn stand_ins_and_mixtures() {
    quotations("''Go home,'' she said.", &["''Go home,''"]);
    quotations("``Go home,'' she said.", &["``Go home,''"]);
    quotations("He called it an “odd day.\"", &["“odd day.\""]);
    quotations("He called it \"odd. And long.''", &["\"odd. And long.''"]);
    quotations("\"It is long,\" she said. \"And odd.″", &["\"It is long,\"", "\"And odd.″"]);
    quotations("They were ’’ready to talk,″ he said.", &["’’ready to talk,″"]);
    quotations("It had “many oars\" but “few sails”.", &["“many oars\"", "“few sails”"]);
    assert_eq!(found("an “odd day.\"").1, [(MarkFaultKind::MismatchedMarks, "\"")]);
    assert_eq!(found("''Go home,'' she said.").1, [(MarkFaultKind::StandInMarks, "''")]);
}

#[test]
fn odd_contents() {
    assert_eq!(found("She said “ Go.”").1, [(MarkFaultKind::SpacedMarks, " ")]);
    assert_eq!(found("She said “”.").1, [(MarkFaultKind::EmptyQuotation, "“”")]);
    assert_eq!(found("She said “TK TK.”").1, [(MarkFaultKind::PlaceholderQuotation, "“TK TK.”")]);
    assert_eq!(found("She said ”Go,” and left.").1, [(MarkFaultKind::ReversedMark, "”")]);
    assert_eq!(found("“He said “go” to us,” she said.").1, [(MarkFaultKind::NestedSameMarks, "“")]);
}

#[test]
fn a_paragraph_that_goes_on_without_a_mark() {
    let (all, faults) = found("“I was tired.\n\nBut glad,” Reyes said.");
    assert_eq!(all, [(0, "“I was tired.\n\nBut glad,”")]);
    assert_eq!(faults, [(MarkFaultKind::UnmarkedContinuation, "But")]);
}

#[test]
fn marks_inside_tags_are_no_quotations() {
    clean("See <a href=\"pier.html\" class='x'>the pier</a>, “a ruin,” she said.", &["“a ruin,”"]);
    clean("If a < b and \"so on\" > c.", &["\"so on\""]);
}

#[test]
fn stand_ins_that_are_the_usual_marks_are_one_fault() {
    let text = "''One,'' she said. ''Two,'' she said. ''Three,'' she said.";
    assert_eq!(found(text).1, [(MarkFaultKind::StandInMarks, "''")]);
}
