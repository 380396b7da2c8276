//! What an ellipsis must not take up, what a quotation must not cut off, and pieces in another order.

use super::{pair, told};
use crate::corpus::facts_builder::FactsBuilder;

const LEASE: &str = "The landlord is not permitted to end this lease before the winter.";

#[test]
fn a_gap_must_not_take_up_what_matters() {
    for (full, gapped, taken) in [
        (LEASE, "The landlord is … permitted to end this lease before the winter.", "not"),
        (LEASE, "The landlord is ... permitted to end this lease before the winter.", "not"),
        (LEASE, "The landlord is [said to be] permitted to end this lease before the winter.", "not"),
        (
            "We will sell the old harbour to the bank only after the council has seen the books.",
            "We will sell the old harbour to the bank … after the council has seen the books.",
            "only",
        ),
        (
            "The council will never sell the old harbour or the ferry to the bank.",
            "The council will … sell the old harbour or the ferry to the bank.",
            "never",
        ),
        (
            "The ferry will stay in the harbour until the council has paid the crew.",
            "The ferry will stay in the harbour … the council has paid the crew.",
            "until",
        ),
        (
            "We lost forty of the boats that lay in the old harbour last night.",
            "We lost … of the boats that lay in the old harbour last night.",
            "forty",
        ),
        (
            "The ferry sails tonight if the crew has been paid and the harbour is open.",
            "The ferry sails tonight … the crew has been paid and the harbour is open.",
            "if",
        ),
        (
            "The pier will be mended this summer unless the bank takes its money back from the council.",
            "The pier will be mended this summer … the bank takes its money back from the council.",
            "unless",
        ),
    ] {
        let found = told(pair(full, gapped));
        assert_eq!(found.len(), 1, "{gapped}: {found:?}");
        assert!(
            found[0].starts_with("altered-quotation (error)") && found[0].contains(&format!("“{taken}”")),
            "{gapped}: {found:?}"
        );
    }
}

#[test]
fn what_a_gap_leaves_out_of_other_sentences_matters_to_nobody() {
    for (full, gapped) in [
        (
            "We will mend the old pier this summer. We do not like cars. The ferry sails tonight from the harbour.",
            "We will mend the old pier this summer. … The ferry sails tonight from the harbour.",
        ),
        (
            "The harbour belongs to the people who have worked in it, and the council knows it very well.",
            "The harbour belongs to the people … and the council knows it very well.",
        ),
        (
            "The council met in 2015. It has forty members. It will mend the old pier before the winter comes.",
            "The council met in 2015. … It will mend the old pier before the winter comes.",
        ),
    ] {
        assert_eq!(told(pair(full, gapped)), Vec::<String>::new(), "{gapped}");
    }
}

#[test]
fn pieces_in_another_order_are_a_splice() {
    let full = "We will mend the old pier before the winter comes. The ferry sails tonight from the harbour.";
    let turned =
        "The ferry sails tonight from the harbour … we will mend the old pier before the winter comes.";
    let found = told(pair(full, turned));
    assert_eq!(
        found,
        ["spliced-quotation: Reyes's words stand in another order in a.md, and an ellipsis joins them here"]
    );
    let in_order = "We will mend the old pier before the winter … the ferry sails tonight from the harbour.";
    assert_eq!(told(pair(full, in_order)), Vec::<String>::new());
    // A writer who steps in between has not joined anything.
    let drafts = vec![
        FactsBuilder::new("a.md").says("Ana Reyes", full).done(),
        FactsBuilder::new("b.md")
            .says("Ana Reyes", "The ferry sails tonight from the harbour.")
            .goes_on("We will mend the old pier before the winter comes.")
            .done(),
    ];
    assert_eq!(told(drafts), Vec::<String>::new());
}

#[test]
fn a_condition_is_not_cut_off() {
    for (full, short) in [
        (
            "We will sell the old harbour to the bank, but only if the council agrees.",
            "We will sell the old harbour to the bank.",
        ),
        (
            "The ferry will sail again before the winter unless the crew goes on strike.",
            "The ferry will sail again before the winter.",
        ),
        (
            "We will mend the pier this summer provided that the bank pays its share.",
            "We will mend the pier this summer.",
        ),
        (
            "I think the old ferry will sail again before the winter.",
            "The old ferry will sail again before the winter.",
        ),
        (
            "Some of the boats in the old harbour will be sold tonight.",
            "The boats in the old harbour will be sold tonight.",
        ),
        ("If the council agrees we will sell the harbour.", "The council agrees we will sell the harbour."),
    ] {
        let found = told(pair(full, short));
        assert!(found.len() == 1 && found[0].starts_with("cut-condition: "), "{short}: {found:?}");
        assert_eq!(told(pair(short, full)).len(), 1, "{short} (turned)");
    }
}

#[test]
fn what_may_be_cut_off_is_silent() {
    for (full, short) in [
        // The condition begins a sentence of its own.
        (
            "We will sell the old harbour to the bank. If the council agrees, that is good.",
            "We will sell the old harbour to the bank.",
        ),
        (
            "We will sell the old harbour to the bank, and the ferry too.",
            "We will sell the old harbour to the bank.",
        ),
        // Too short to be more than a part of the writer's own sentence.
        ("The harbour is open if the council agrees to it this summer.", "harbour is open"),
        ("The mayor knows that I think the old ferry will sail again.", "The old ferry will sail again."),
    ] {
        assert_eq!(told(pair(full, short)), Vec::<String>::new(), "{short}");
    }
    let told_by_the_writer = vec![
        FactsBuilder::new("a.md")
            .says("Ana Reyes", "We will sell the old harbour to the bank, but only if the council agrees.")
            .done(),
        FactsBuilder::new("b.md")
            .quotes(
                "Ana Reyes",
                crate::facts::SpeakerKind::Person,
                "We will sell the old harbour to the bank.",
                |quotation| quotation.condition_told = true,
            )
            .done(),
    ];
    assert_eq!(told(told_by_the_writer), Vec::<String>::new());
    let quoted_elsewhere = vec![
        FactsBuilder::new("a.md")
            .says("Ana Reyes", "We will sell the old harbour to the bank, but only if the council agrees.")
            .done(),
        FactsBuilder::new("b.md")
            .says("Ana Reyes", "We will sell the old harbour to the bank.")
            .says("Ana Reyes", "But only if the council agrees.")
            .done(),
    ];
    assert_eq!(told(quoted_elsewhere), Vec::<String>::new());
}

#[test]
fn house_style_is_no_difference() {
    for (one, other) in [
        (
            "The pier opened on June 9 and the council paid for all of it.",
            "The pier opened on 9 June and the council paid for all of it.",
        ),
        (
            "The ferry leaves at 10 a.m. from the old harbour every day.",
            "The ferry leaves at 10am from the old harbour every day.",
        ),
        (
            "The sea was greyer than we had learnt to expect in the harbour.",
            "The sea was grayer than we had learned to expect in the harbour.",
        ),
        (
            "We counted twenty-five boats in the old harbour last night.",
            "We counted 25 boats in the old harbour last night.",
        ),
        (
            "The lock cost £4.2m and the council has paid for all of it.",
            "The lock cost four point two million pounds and the council has paid for all of it.",
        ),
        (
            "This f***ing harbour has cost the council all of its money.",
            "This [expletive] harbour has cost the council all of its money.",
        ),
        (
            "This sh*t harbour has cost the council all of its money.",
            "This s--t harbour has cost the council all of its money.",
        ),
    ] {
        assert_eq!(told(pair(one, other)), Vec::<String>::new(), "{one}");
    }
}
