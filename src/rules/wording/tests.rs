//! Several drafts at a time: what must be found, and what must stay silent.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use crate::corpus::Corpus;
use crate::corpus::facts_builder::FactsBuilder;
use crate::facts::{FileFacts, SpeakerKind};
use crate::rules::{Check, Finding, Level, RULES, RuleContext, Rulebook};

mod gaps;
mod tape;

const VOTERS: &str = "Our voters will never forget who sold the harbour to the bank,";

/// What the rules on wording and on conflicting speakers find: rule, level, message.
fn findings(drafts: Vec<FileFacts>) -> Vec<Finding> {
    let corpus = Corpus::new(drafts);
    let book = Rulebook::read().unwrap();
    let context = RuleContext { corpus: &corpus, parameters: book.parameters() };
    let mut findings = Vec::new();
    let on = RULES.iter().filter(|rule| !rule.page.contains("level = \"off\""));
    for rule in on.filter(|rule| rule.group == "wording" || rule.id.starts_with("conflicting-")) {
        if let Check::Function(check) = rule.check {
            check(&context, &mut findings);
        }
    }
    findings
}

fn told(drafts: Vec<FileFacts>) -> Vec<String> {
    findings(drafts)
        .iter()
        .map(|found| {
            let level = match found.level {
                Some(Level::Error) => " (error)",
                Some(Level::Note) => " (note)",
                Some(Level::Warning) => " (warning)",
                _ => "",
            };
            format!("{}{level}: {}", found.rule, found.message)
        })
        .collect()
}

/// Two drafts, each with one quotation of Ana Reyes.
fn pair(one: &str, other: &str) -> Vec<FileFacts> {
    vec![
        FactsBuilder::new("a.md").says("Ana Reyes", one).done(),
        FactsBuilder::new("b.md").says("Reyes", other).done(),
    ]
}

#[test]
fn legitimate_variations_are_silent() {
    for (what, other) in [
        ("identical", VOTERS),
        ("other end mark", "Our voters will never forget who sold the harbour to the bank."),
        ("a fragment", "will never forget"),
        ("a longer fragment", "never forget who sold the harbour"),
        ("an ellipsis", "Our voters will never forget … the bank."),
        ("dots for an ellipsis", "Our voters will never forget ... the bank."),
        ("bracketed words", "[They] will never forget who sold the harbour to the bank."),
        ("a bracketed letter", "[W]ill never forget who sold the harbour"),
        (
            "parentheses as brackets",
            "(Reyes’ supporters) will never forget who sold the harbour to the bank.",
        ),
        ("house spelling", "Our voters will never forget who sold the harbor to the bank"),
        ("first letter", "our voters will never forget who sold the harbour to the Bank"),
        ("a dash", "Our voters will never forget—who sold the harbour—to the bank"),
        ("straight marks and sic", "Our voters will never forget who sold the harbour (sic) to the bank"),
        (
            "more of it",
            "Our voters will never forget who sold the harbour to the bank. They will come back in May.",
        ),
        ("another utterance", "The ferry is late again and nobody in the town hall knows why."),
        (
            "a stump speech that turns elsewhere",
            "Our voters will never forget how the winter began on the islands.",
        ),
    ] {
        assert_eq!(told(pair(VOTERS, other)), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn an_interrupted_quotation_is_one() {
    let drafts = vec![
        FactsBuilder::new("a.md").says("Ana Reyes", VOTERS).done(),
        FactsBuilder::new("b.md")
            .says("Reyes", "Our voters,")
            .goes_on("will never forget who sold the harbour to the bank.")
            .done(),
    ];
    assert_eq!(told(drafts), Vec::<String>::new());
}

#[test]
fn alterations_are_found() {
    for (other, told_as) in [
        (
            "Our supporters will never forget who sold the harbour to the bank.",
            "altered-quotation: Ana Reyes is quoted in different words: “voters” in a.md, “supporters” in b.md",
        ),
        (
            "Our voters will forget who sold the harbour to the bank.",
            "altered-quotation (error): Ana Reyes is quoted in different words: a.md has “never”, b.md leaves it out",
        ),
        (
            "Our 300 voters will never forget who sold the harbour to the bank.",
            "altered-quotation (error): Ana Reyes is quoted in different words: a.md has “300”, b.md leaves it out",
        ),
        (
            "Our voters will never forget who sold Marwick to the bank.",
            "altered-quotation (error): Ana Reyes is quoted in different words: “the harbour” in a.md, “Marwick” in b.md",
        ),
        (
            "Our voters will never forgive who sold the harbour to the bank.",
            "altered-quotation: Ana Reyes is quoted in different words: “forget” in a.md, “forgive” in b.md",
        ),
        (
            "Our voters will never forget who sold the harbours to the bank.",
            "altered-quotation: Ana Reyes is quoted in different words: “harbour” in a.md, “harbours” in b.md",
        ),
        (
            "Our voters’ll never forget who sold the harbour to the bank.",
            "altered-quotation (note): Ana Reyes is quoted in different words: “voters will” in a.md, “voters’ll” in b.md",
        ),
    ] {
        // Which side counts as the fuller one depends on the words, so a.md may come first or second.
        let found = told(pair(VOTERS, other));
        assert_eq!(found.len(), 1, "{other}: {found:?}");
        let swapped =
            told_as.replace("a.md has “300”, b.md leaves it out", "b.md has “300”, a.md leaves it out");
        assert!(found[0] == told_as || found[0] == swapped, "{}\n{told_as}", found[0]);
    }
}

#[test]
fn other_speakers_and_other_days_are_other_utterances() {
    let other = "Our supporters will never forget who sold the harbour to the bank.";
    let strangers = vec![
        FactsBuilder::new("a.md").says("Ana Reyes", VOTERS).done(),
        FactsBuilder::new("b.md").says("Bo Okafor", other).done(),
    ];
    assert_eq!(told(strangers), Vec::<String>::new());
    let days = vec![
        FactsBuilder::new("a.md").says("Ana Reyes", VOTERS).on("2025-03-03").done(),
        FactsBuilder::new("b.md").says("Ana Reyes", other).on("2025-04-04").done(),
    ];
    assert_eq!(told(days), Vec::<String>::new());
}

#[test]
fn an_undecided_speaker_joins_where_the_words_are_many() {
    let drafts = vec![
        FactsBuilder::new("a.md").says("Ana Reyes", VOTERS).done(),
        FactsBuilder::new("b.md")
            .says("", "Our supporters will never forget who sold the harbour to the bank.")
            .done(),
    ];
    assert_eq!(told(drafts).len(), 1);
    let few = vec![
        FactsBuilder::new("a.md").says("Ana Reyes", "Our voters will never forget the harbour").done(),
        FactsBuilder::new("b.md").says("", "Our supporters will never forget the harbour").done(),
    ];
    assert_eq!(told(few), Vec::<String>::new());
}

#[test]
fn a_group_is_one_finding_with_all_its_places() {
    let other = "Our supporters will never forget who sold the harbour to the bank.";
    let drafts: Vec<FileFacts> = (0..6)
        .map(|n| {
            FactsBuilder::new(&format!("{n}.md"))
                .says("Ana Reyes", if n == 4 { other } else { VOTERS })
                .done()
        })
        .collect();
    let found = findings(drafts);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].related.len(), 5);
    assert_eq!(found[0].place.file.0, 4, "the odd one comes first");
    assert_eq!(found[0].related[0].place.file.0, 0);
    assert!(found[0].help.as_deref().is_some_and(|help| help.contains("[-voters-]{+supporters+}")));
}

#[test]
fn an_inflected_fragment_needs_its_speaker_and_its_topic() {
    let around = [
        "Varga said on Monday after a third meeting with the union that a wage deal is",
        "Varga told a radio station that a wage deal is",
        "Speaking after a third meeting with the union Varga said a wage agreement was beginning to",
        "On the stage, a new kind of singer is",
    ];
    let drafts = |last: &str, speaker: &str| {
        vec![
            FactsBuilder::new("a.txt").fragment("Pal Varga", "emerging", around[0]).done(),
            FactsBuilder::new("b.txt").fragment("Varga", "emerging", around[1]).done(),
            FactsBuilder::new("c.txt").fragment(speaker, "emerge,", last).done(),
        ]
    };
    let found = findings(drafts(around[2], "Pal Varga"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        found[0].message,
        "Pal Varga is quoted in different words: “emerging” in a.txt, “emerge” in c.txt"
    );
    assert_eq!(found[0].related.len(), 2);
    assert_eq!(told(drafts(around[3], "Pal Varga")), Vec::<String>::new(), "another topic");
    assert_eq!(told(drafts(around[2], "Ida Brandt")), Vec::<String>::new(), "another speaker");
    let later = vec![
        FactsBuilder::new("a.txt")
            .fragment("Pal Varga", "emerging", around[0])
            .published("2025-04-17")
            .done(),
        FactsBuilder::new("c.txt").fragment("Pal Varga", "emerge,", around[2]).published("2025-06-01").done(),
    ];
    assert_eq!(told(later), Vec::<String>::new(), "another month");
}

#[test]
fn a_term_in_the_plural_is_no_other_wording() {
    let around = "Varga told a radio station after a third meeting with the union that a wage deal is for a";
    let drafts = |one: &str, other: &str| {
        vec![
            FactsBuilder::new("a.txt").fragment("Pal Varga", one, around).done(),
            FactsBuilder::new("b.txt").fragment("Varga", other, around).done(),
        ]
    };
    assert_eq!(told(drafts("failing harbour", "failing harbours")), Vec::<String>::new());
    assert_eq!(told(drafts("sinking ferry", "sinking ferries")), Vec::<String>::new());
    assert_eq!(told(drafts("emerging", "emerged")).len(), 1);
}

#[test]
fn quotations_that_a_sentence_sets_against_one_another_are_two() {
    let words = ["Every boat is good and every bank is bad,", "Every boat is good and every bank is better,"];
    let draft = |apart: u32| {
        let mut draft =
            FactsBuilder::new("a.md").says("Ana Reyes", words[0]).says("Ana Reyes", words[1]).done();
        let length = draft.quotations[1].span.len();
        let start = draft.quotations[0].span.end + apart;
        draft.quotations[1].span = crate::source::Span::new(start, start + length);
        vec![draft]
    };
    assert_eq!(told(draft(4)), Vec::<String>::new());
    assert_eq!(told(draft(400)).len(), 1);
}

#[test]
fn the_same_words_with_another_number_a_month_later_are_another_month() {
    let drafts = |day: &str| {
        vec![
            FactsBuilder::new("a.md")
                .says("Ana Reyes", "The number of boats in the old harbour rose by 40 in the month, and the council is glad of it")
                .published("2026-03-02")
                .done(),
            FactsBuilder::new("b.md")
                .says("Ana Reyes", "The number of boats in the old harbour rose by 50 in the month, and the council is glad of it")
                .published(day)
                .done(),
        ]
    };
    assert_eq!(told(drafts("2026-03-02")).len(), 1);
    assert_eq!(told(drafts("2026-04-02")), Vec::<String>::new());
}

#[test]
fn stock_phrases_of_different_speakers_are_silent() {
    let drafts = vec![
        FactsBuilder::new("a.md").says("Ana Reyes", "fair and lasting settlement").done(),
        FactsBuilder::new("b.md").says("Bo Okafor", "durable and lasting settlement").done(),
        FactsBuilder::new("c.md")
            .says("Ida Brandt", "lasting settlement")
            .says("Ida Brandt", "thank you very much")
            .done(),
        FactsBuilder::new("d.md").says("Ana Reyes", "thank you very much").done(),
    ];
    assert_eq!(told(drafts), Vec::<String>::new());
}

#[test]
fn words_left_out_without_an_ellipsis() {
    let full = "The harbour belongs to the people who work in it every day, and no minister will sell it.";
    let found = told(pair(full, "The harbour belongs to the people, and no minister will sell it."));
    assert_eq!(
        found,
        ["silent-omission: Ana Reyes is quoted with words left out and no ellipsis: \
          a.md has “who work in it every day”, b.md leaves it out"]
    );
    // Where the writer stepped in between two sentences, nobody promised that one followed the other.
    let drafts = vec![
        FactsBuilder::new("a.md")
            .says(
                "Ana Reyes",
                "We came by ferry. It was late and cold and dark. We saw the old harbour burn.",
            )
            .done(),
        FactsBuilder::new("b.md")
            .says("Ana Reyes", "We came by ferry.")
            .goes_on("We saw the old harbour burn.")
            .done(),
    ];
    assert_eq!(told(drafts), Vec::<String>::new());
}

#[test]
fn a_headline_must_have_the_words_of_its_text() {
    let drafts = |headline: &str| {
        vec![
            FactsBuilder::new("a.md")
                .headline("Ana Reyes", headline)
                .says("Ana Reyes", "We will not sell the old harbour to anybody.")
                .done(),
        ]
    };
    assert_eq!(
        told(drafts("We will never sell the old harbour")),
        ["display-mismatch: Ana Reyes is quoted above the text in other words than in it: \
          “not” in a.md, “never” in the other place"]
    );
    assert_eq!(told(drafts("We will not sell the old harbour")), Vec::<String>::new());
}

#[test]
fn a_short_headline_must_have_every_word() {
    let drafts = |headline: &str, bodies: &[(&str, &str)]| {
        let mut draft = FactsBuilder::new("a.md").headline("Reyes", headline);
        for (speaker, words) in bodies {
            draft = draft.says(speaker, words);
        }
        vec![draft.done()]
    };
    let needed = ("Ana Reyes", "We never needed the money.");
    assert_eq!(
        told(drafts("We never wanted the money", &[needed])),
        ["display-mismatch: Reyes is quoted above the text in other words than in it: \
          “wanted” in a.md, “needed” in the other place"]
    );
    let wanted = ("Ana Reyes", "We never wanted the money.");
    for (what, headline, bodies) in [
        ("the same", "We never wanted the money", &[wanted][..]),
        ("both are said", "We never wanted the money", &[needed, wanted]),
        (
            "within more words",
            "We never wanted the money",
            &[needed, ("Ana Reyes", "But believe me, we never wanted the money from a bank.")],
        ),
        (
            "somebody undecided has the words",
            "We never wanted the money",
            &[needed, ("", "We never wanted the money")],
        ),
        ("somebody else", "We never wanted the money", &[("Bo Okafor", "We never needed the money.")]),
        ("a form of the word", "We never need the money", &[needed]),
        ("a small word", "We never needed this money", &[needed]),
        ("two words", "We never wanted the cash", &[needed]),
        (
            "near two sentences",
            "We never wanted the money",
            &[needed, ("Ana Reyes", "We never liked the money.")],
        ),
        ("too few words", "Never wanted the money", &[("Ana Reyes", "Never needed the money.")]),
    ] {
        assert_eq!(told(drafts(headline, bodies)), Vec::<String>::new(), "{what}");
    }
    let elsewhere = vec![
        FactsBuilder::new("a.md").headline("Ana Reyes", "We never wanted the money").done(),
        FactsBuilder::new("b.md").says("Ana Reyes", "We never needed the money.").done(),
    ];
    assert_eq!(told(elsewhere), Vec::<String>::new(), "two drafts");
}

#[test]
fn two_people_with_the_same_words() {
    let words = "The ferry will sail again before the winter ends,";
    let drafts = |one: &str, other: &str| {
        vec![
            FactsBuilder::new("a.md").says(one, words).done(),
            FactsBuilder::new("b.md").says(other, words).done(),
        ]
    };
    assert_eq!(
        told(drafts("Ana Reyes", "Bo Okafor")),
        ["conflicting-speaker: the same words are given to Ana Reyes in a.md and to Bo Okafor in b.md"]
    );
    for (one, other) in [
        ("Ana Reyes", "Reyes"),
        ("Ana Reyes", ""),
        ("Ana Reyes", "Alma Reyes"),
        ("Mike Hale", "Michael Hale"),
    ] {
        assert_eq!(told(drafts(one, other)), Vec::<String>::new(), "{one} / {other}");
    }
    let part = vec![
        FactsBuilder::new("a.md").says("Ana Reyes", words).done(),
        FactsBuilder::new("b.md").says("Bo Okafor", "will sail again before the winter ends").done(),
    ];
    assert_eq!(told(part).len(), 1, "a part of the fuller quotation");
    let requoting = vec![
        FactsBuilder::new("a.md").says("Ana Reyes", words).done(),
        FactsBuilder::new("b.md")
            .says("Bo Okafor", "Ana told us ‘the ferry will sail again before the winter ends’ and left")
            .done(),
    ];
    assert_eq!(told(requoting), Vec::<String>::new(), "quoting somebody else's words as theirs");
    let chant = ["Ana Reyes", "Bo Okafor", "Ida Brandt"]
        .iter()
        .enumerate()
        .map(|(n, name)| FactsBuilder::new(&format!("{n}.md")).says(name, words).done())
        .collect();
    assert_eq!(told(chant), Vec::<String>::new(), "a chant");
}

#[test]
fn a_person_and_a_body_are_a_note() {
    let words = "The ferry will sail again before the winter ends,";
    let drafts = vec![
        FactsBuilder::new("a.md").says("Ana Reyes", words).done(),
        FactsBuilder::new("b.md").quotes("Harbour Ministry", SpeakerKind::Body, words, |_| {}).done(),
    ];
    assert_eq!(
        told(drafts),
        [
            "conflicting-speaker (note): the same words are given to Ana Reyes in a.md and to Harbour Ministry in b.md"
        ]
    );
}

#[test]
fn the_order_of_drafts_changes_nothing() {
    let speakers = ["Ana Reyes", "Bo Okafor", "Reyes", ""];
    let texts = [
        VOTERS,
        "Our supporters will never forget who sold the harbour to the bank.",
        "The ferry will sail again before the winter ends,",
        "will never forget who sold the harbour",
    ];
    let drafts: Vec<FileFacts> = (0..16)
        .map(|n| FactsBuilder::new(&format!("{n:02}.md")).says(speakers[n % 4], texts[n / 4]).done())
        .collect();
    // The corpus takes its files in path order; what else could differ is which numbers words and versions get.
    let tell = |drafts: Vec<FileFacts>| {
        let mut told: Vec<(String, Vec<String>)> = findings(drafts.clone())
            .iter()
            .map(|found| {
                let path = |place: crate::source::Place| drafts[place.file.index()].path.clone();
                let mut paths = vec![path(found.place)];
                paths.extend(found.related.iter().map(|related| path(related.place)));
                paths.sort();
                (found.rule.to_owned(), paths)
            })
            .collect();
        told.sort();
        told
    };
    let expected = tell(drafts.clone());
    assert!(!expected.is_empty());
    for step in [3, 5, 7, 11] {
        let shuffled = (0..16).map(|n| drafts[n * step % 16].clone()).collect();
        assert_eq!(tell(shuffled), expected, "{step}");
    }
}
