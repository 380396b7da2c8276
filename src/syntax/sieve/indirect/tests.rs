//! What is reported without marks, and what only looks like it.

use super::*;
use crate::lexicon::Language;
use crate::source::Block;
use crate::syntax::Extent;

/// Each report as `source | cue | content`.
fn reports(text: &str) -> Vec<String> {
    let blocks = [Block { kind: BlockKind::Paragraph, span: ProseSpan::new(0, text.len() as u32) }];
    indirect(&Parse::of_blocks(text, &blocks, Language::english(), Extent::Everything))
        .iter()
        .map(|found| {
            format!("{} | {} | {}", found.source.of(text), found.cue.of(text), found.content.of(text))
        })
        .collect()
}

#[test]
fn reports_are_read() {
    for (text, expected) in [
        ("Reyes said the pier was closed on Monday.", "Reyes | said | the pier was closed on Monday"),
        ("Reyes said that the pier was closed.", "Reyes | said | the pier was closed"),
        (
            "Reyes said on Monday in a statement that the pier was closed.",
            "Reyes | said | the pier was closed",
        ),
        (
            "Mayor Ana Reyes told reporters the pier would close.",
            "Mayor Ana Reyes | told | the pier would close",
        ),
        ("She has said she will not run again.", "She | said | she will not run again"),
        (
            "A spokeswoman for the harbour board said the talks had failed.",
            "A spokeswoman for the harbour board | said | the talks had failed",
        ),
        ("The pier was closed for good, Reyes said.", "Reyes | said | The pier was closed for good"),
        ("The pier was closed for good, said Ana Reyes.", "Ana Reyes | said | The pier was closed for good"),
        (
            "The sides will discuss a truce, according to a statement from the ministry.",
            "a statement from the ministry | according to | The sides will discuss a truce",
        ),
        (
            "“We sail,” Reyes wrote on Monday, adding that the boats were safe.",
            "Reyes | adding | the boats were safe",
        ),
        ("On Monday, Reyes said the pier was closed.", "Reyes | said | the pier was closed"),
    ] {
        assert_eq!(reports(text), [expected], "{text}");
    }
}

#[test]
fn one_sentence_may_report_twice() {
    assert_eq!(
        reports("Reyes said the pier was closed, adding that the boats were safe."),
        ["Reyes | said | the pier was closed", "Reyes | adding | the boats were safe"]
    );
}

#[test]
fn what_only_looks_like_a_report_is_passed_over() {
    for text in [
        "Reyes did not say the pier was closed.",
        "If Reyes said the pier was closed, nobody heard it.",
        "Reyes may have said the pier was closed.",
        "Reyes would say the pier was closed.",
        "Reyes said “the pier was closed” on Monday.",
        "Reyes said the pier was “closed” on Monday.",
        "“The pier is closed,” Reyes said.",
        "Reyes asked whether the pier was closed.",
        "Reyes is said to own the pier.",
        "It said the pier was closed.",
        "Reyes said nothing about the pier.",
        "Reyes told a story.",
        "Reyes said goodbye to the crew.",
    ] {
        assert_eq!(reports(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn the_outer_report_is_the_writers() {
    assert_eq!(
        reports("Okafor said Reyes said the pier was closed."),
        ["Okafor | said | Reyes said the pier was closed"]
    );
}
