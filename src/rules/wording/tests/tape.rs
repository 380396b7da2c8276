//! Drafts held against a tape.

use super::told;
use crate::corpus::Corpus;
use crate::corpus::facts_builder::FactsBuilder;
use crate::corpus::wording::{Change, Verdict};
use crate::facts::{FileFacts, SpeakerKind, TapeFact, Turn};
use crate::source::Span;

/// A tape of turns: seconds, speaker, words.
fn tape(turns: &[(u32, &str, &str)]) -> FileFacts {
    let turn = |&(at, speaker, words): &(u32, &str, &str)| Turn {
        speaker: Some(speaker.to_owned()),
        at: Some(at),
        span: Span::new(at, at + 10),
        words: words.to_owned(),
        places: Default::default(),
    };
    FileFacts {
        path: "tape.vtt".to_owned(),
        turns: turns.iter().map(turn).collect(),
        tape: Some(TapeFact { english: true, tables: vec![0], ..TapeFact::default() }),
        ..FileFacts::default()
    }
}

/// What the rules say of a draft, held against a tape.
fn held_against(draft: FactsBuilder, turns: &[(u32, &str, &str)]) -> Vec<String> {
    told(vec![FileFacts { listed: vec![0], ..draft.done() }, tape(turns)])
}

/// What the rules say of a draft that quotes Ana Reyes and Bo Okafor, held against an interview.
fn against_tape(draft: FactsBuilder) -> Vec<String> {
    held_against(
        draft,
        &[
            (5, "OKAFOR", "Will the harbour be sold before the winter or after it?"),
            (
                9,
                "REYES",
                "The harbour, um, the harbour is not for sale. It feeds every family on the, uh, on the coast of ours.",
            ),
            (
                727,
                "REYES",
                "You know, our voters will never ever forget who closed the old ferry in the middle of winter.",
            ),
        ],
    )
}

#[test]
fn what_an_editor_may_do_is_silent() {
    for words in [
        "The harbour is not for sale.",
        "It feeds every family on the coast of ours",
        "Our voters will never ever forget who closed the old ferry in the middle of winter",
        "Our voters will never ever forget … the middle of winter",
        "[They] will never ever forget who closed the old ferry",
        "not for sale",
        "forgotten",
    ] {
        assert_eq!(
            against_tape(FactsBuilder::new("a.md").says("Ana Reyes", words)),
            Vec::<String>::new(),
            "{words}"
        );
    }
    let unchecked =
        FactsBuilder::new("a.md").says("Ida Brandt", "The lighthouse keeper has counted every ship");
    assert_eq!(against_tape(unchecked), Vec::<String>::new(), "a speaker on no tape");
}

#[test]
fn the_tape_decides() {
    let reyes = |words: &str| against_tape(FactsBuilder::new("a.md").says("Ana Reyes", words));
    assert_eq!(
        reyes("Our voters will never ever forgive who closed the old ferry"),
        ["not-in-transcript (warning): Ana Reyes said this in other words in tape.vtt at 00:12:07: \
          never ever [-forget-]{+forgive+} who closed"]
    );
    assert_eq!(
        reyes("The harbour is for sale. It feeds every family"),
        [
            "not-in-transcript: Ana Reyes said this in other words in tape.vtt at 00:00:09: harbour is [-not-] for sale"
        ]
    );
    assert_eq!(
        reyes("Our voters will never ever forget who closed the old Lighthouse"),
        ["not-in-transcript (warning): Ana Reyes said this in other words in tape.vtt at 00:12:07: \
          the old [-ferry-]{+Lighthouse+}"]
    );
    assert_eq!(
        reyes("It feeds every family on the quay beside that yellow lighthouse"),
        [
            "not-in-transcript: Ana Reyes did not say these words on the tape; the nearest are in tape.vtt at 00:00:09"
        ]
    );
    assert_eq!(
        reyes("Nobody paints lighthouses yellow"),
        ["not-in-transcript: Ana Reyes did not say these words on any tape"]
    );
    assert_eq!(
        reyes("Will the harbour be sold before the winter or after it?"),
        ["wrong-speaker-in-transcript: Ana Reyes is quoted with what OKAFOR said in tape.vtt at 00:00:05"]
    );
    assert_eq!(
        reyes(
            "Our voters will never ever forget who closed the old ferry. It feeds every family on the coast."
        ),
        [
            "spliced-quotation: Ana Reyes's words are joined from two places of the tape, in tape.vtt at 00:12:07 and at 00:00:09, without an ellipsis"
        ]
    );
    assert_eq!(
        against_tape(
            FactsBuilder::new("a.md")
                .says("OKAFOR", "Will the harbour be sold before the winter in the middle of summer?")
        )
        .len(),
        1
    );
    assert_eq!(
        reyes("Our voters will never ever forget in the middle of winter"),
        [
            "silent-omission: Ana Reyes said more in tape.vtt at 00:12:07: “who closed the old ferry” is left out without an ellipsis"
        ]
    );
}

#[test]
fn how_names_what_was_done() {
    let turns = [(3, "REYES", "We will mend all the boats of the old harbour before the winter comes.")];
    for (words, expected) in [
        ("We will mend the boats of the old harbour before the winter comes.", vec![Change::Omission]),
        ("We will mend all the nets of the old harbour before the winter comes.", vec![Change::Words]),
        ("We will mend all the boats of the old harbour before the winter comes.", vec![]),
    ] {
        let corpus =
            Corpus::new(vec![FactsBuilder::new("a.md").says("Ana Reyes", words).done(), tape(&turns)]);
        let heard = corpus.wording().heard(0);
        let hit = heard.and_then(|heard| heard.parts.first()).and_then(Option::as_ref);
        let changes = hit.map(|hit| {
            corpus.wording().departures(corpus.facts(), 0, hit).iter().map(|found| found.change).collect()
        });
        assert_eq!(changes, Some(expected), "{words}");
    }
}

#[test]
fn a_gap_on_the_tape_must_not_take_up_what_matters() {
    let turns = [
        (
            3,
            "REYES",
            "The landlord is not permitted to end this lease. He has forty tenants, um, and one lawyer.",
        ),
        (30, "OKAFOR", "Will the council buy the house before the winter comes?"),
        (40, "REYES", "The council will buy the house only if the price falls below the value of the land."),
        (60, "REYES", "We do not like cars. The ferry sails tonight from the harbour."),
    ];
    let reyes = |words: &str| held_against(FactsBuilder::new("a.md").says("Ana Reyes", words), &turns);
    for (words, taken) in [
        ("The landlord is … permitted to end this lease.", "not"),
        ("The landlord … permitted to end this lease.", "not"),
        ("He has … tenants and one lawyer.", "forty"),
        ("The council will buy the house … the price falls below the value of the land.", "only if"),
    ] {
        let told = reyes(words);
        assert!(
            told.len() == 1
                && told[0].starts_with("not-in-transcript: Ana Reyes said more in tape.vtt")
                && told[0].ends_with(&format!("takes up “{taken}”")),
            "{words}: {told:?}"
        );
    }
    for words in [
        "The landlord is not permitted … this lease.",
        "The council will buy the house only if the price falls … the value of the land. … The ferry sails tonight",
        "The landlord is [never] permitted to end this lease.",
    ] {
        let told = reyes(words);
        let expected = usize::from(words.contains("[never]"));
        assert_eq!(told.len(), expected, "{words}: {told:?}");
    }
    let turned = reyes(
        "The ferry sails tonight from the harbour … the council will buy the house only if the price falls",
    );
    assert!(turned.len() == 1 && turned[0].contains("in the other order"), "{turned:?}");
    let answers =
        reyes("He has forty tenants and one lawyer … The council will buy the house only if the price falls");
    assert!(answers.len() == 1 && answers[0].contains("two answers"), "{answers:?}");
}

#[test]
fn words_are_shown_as_they_stand() {
    let turns = [
        (3, "REYES", "I have counted forty ships, um, and ninety boats on this coast since Easter."),
        (
            60,
            "REYES",
            "The council’s, er, the council’s lighthouse cost fourteen million pounds. I don’t doubt the estimate.",
        ),
    ];
    for (words, shown) in [
        (
            "I have counted 14 ships and ninety boats on this coast",
            "in tape.vtt at 00:00:03: have counted [-forty-]{+14+} ships and",
        ),
        (
            "I have counted forty ships, and ninety boats on the Marwick coast",
            "in tape.vtt at 00:00:03: boats on [-this-]{+the Marwick+} coast",
        ),
        (
            "I don’t dispute the estimate",
            "(warning): Ana Reyes said this in other words in tape.vtt at 00:01:00: I don’t [-doubt-]{+dispute+} the estimate",
        ),
        (
            "The council’s lighthouse cost £4m",
            "in tape.vtt at 00:01:00: lighthouse cost [-fourteen million-]{+£4m+}",
        ),
    ] {
        let told = held_against(FactsBuilder::new("a.md").says("Ana Reyes", words), &turns);
        assert!(told.len() == 1 && told[0].ends_with(shown), "{words}: {told:?}");
    }
    let left_out = "I have counted forty ships on this coast since Easter.";
    assert_eq!(
        held_against(FactsBuilder::new("a.md").says("Ana Reyes", left_out), &turns),
        [
            "silent-omission: Ana Reyes said more in tape.vtt at 00:00:03: “and ninety boats” is left out without an ellipsis"
        ]
    );
    let same = "I do not doubt the estimate";
    assert_eq!(held_against(FactsBuilder::new("a.md").says("Ana Reyes", same), &turns), Vec::<String>::new());
}

#[test]
fn written_here_and_spoken_there() {
    let words = "The ferry will sail again before the winter ends,";
    let draft = |path: &str, medium: &str| {
        FactsBuilder::new(path)
            .quotes("Ana Reyes", SpeakerKind::Person, words, |quotation| {
                if let Some(by) = &mut quotation.attribution {
                    by.medium = Some(medium.to_owned());
                }
            })
            .done()
    };
    assert_eq!(
        told(vec![draft("a.md", "on X"), draft("b.md", "in an interview")]),
        ["conflicting-occasion: Ana Reyes is quoted with the same words “on X” and “in an interview”"]
    );
    assert_eq!(told(vec![draft("a.md", "on X"), draft("b.md", "in a post")]), Vec::<String>::new());
    assert_eq!(
        told(vec![draft("a.md", "told reporters"), draft("b.md", "in a speech")]),
        Vec::<String>::new()
    );
}

#[test]
fn what_is_unchecked_has_a_reason() {
    let draft = FactsBuilder::new("a.md")
        .says("Ana Reyes", "The harbour is not for sale.")
        .says("Ana Reyes", "So be it.")
        .says("Ida Brandt", "The lighthouse keeper has counted every ship")
        .says("", "The harbour is not for sale.");
    let turns = [(3, "REYES", "So be it. The harbour is not for sale.")];
    let corpus = Corpus::new(vec![draft.done(), tape(&turns)]);
    let verdicts: Vec<Option<String>> = (0..4)
        .map(|id| match corpus.wording().verdict(corpus.facts(), id) {
            Verdict::Unchecked(why) => Some(why.to_string()),
            _ => None,
        })
        .collect();
    let expected = [None, Some("too few words"), Some("speaker on no tape"), None];
    assert_eq!(verdicts, expected.map(|why| why.map(str::to_owned)));
}
