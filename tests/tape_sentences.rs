//! What docs/transcripts.md says about checking and comparing, sentence by sentence, each with a near miss.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

const QUESTION: &str = "BO OKAFOR: What will happen to the harbour now?\n\n";

/// A folder with one tape on which Ana Reyes answers Bo Okafor, and these drafts.
fn desk(answer: &str, table: &str, drafts: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "include = [\"*.md\"]\ntranscripts = [\"tapes/*\"]\n[[transcript]]\nfiles = [\"tapes/2026-06-11-reyes-interview.txt\"]\n{table}\n"
    );
    std::fs::create_dir(folder.path().join("tapes")).unwrap();
    std::fs::write(folder.path().join("sayso.toml"), config).unwrap();
    let tape = format!("{QUESTION}ANA REYES: {answer}\n\nBO OKAFOR: Thank you for that.\n");
    std::fs::write(folder.path().join("tapes/2026-06-11-reyes-interview.txt"), tape).unwrap();
    for (name, text) in drafts {
        std::fs::write(folder.path().join(name), format!("---\ndate: 2026-06-13\n---\n{text}\n")).unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Value {
    let output =
        Command::new(env!("CARGO_BIN_EXE_sayso")).args(arguments).current_dir(folder).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Rules and levels of the findings about wording.
fn wording(folder: &Path) -> Vec<String> {
    let report = run(folder, &["check", "--format", "json"]);
    let findings = report["findings"].as_array().unwrap().iter();
    let wording = findings.filter(|finding| finding["group"] == "wording");
    wording.map(|finding| format!("{} {}", finding["rule"], finding["level"]).replace('"', "")).collect()
}

/// What `sayso quotes --check` says of the first quotation: the verdict, then how or why.
fn verdict(folder: &Path) -> String {
    let report = run(folder, &["quotes", "--check", "--format", "json"]);
    let check = &report["quotations"][0]["check"];
    let how: Vec<&str> = check["how"].as_array().unwrap().iter().map(|how| how.as_str().unwrap()).collect();
    format!("{}: {}", check["found"].as_str().unwrap(), how.join(", "))
}

const LISTED: &str = "drafts = [\"draft.md\"]";

fn told(answer: &str, draft: &str) -> Vec<String> {
    wording(desk(answer, LISTED, &[("draft.md", draft)]).path())
}

const HARBOUR: &str =
    "The harbour belongs to the people who work in it, and no minister will ever sell it to a bank.";

#[test]
fn words_that_are_mostly_on_a_tape_are_checked_whatever_the_occasion() {
    for (draft, expected) in [
        (
            "“The harbour belongs to the people who work in it, and no minister will ever sell it to a ferry,” Ana Reyes said.",
            "altered: other words",
        ),
        ("“The harbour belongs to the people who work in it,” Ana Reyes said in March.", "exact: "),
        (
            "“The old lighthouse has been dark since the storm took its lens,” Ana Reyes said.",
            "unchecked: occasion not known",
        ),
    ] {
        let folder = desk(HARBOUR, "", &[("draft.md", draft)]);
        assert_eq!(verdict(folder.path()), expected, "{draft}");
    }
}

#[test]
fn words_that_are_nowhere_are_reported_only_where_the_tape_is_their_occasion() {
    let lighthouse = "“The old lighthouse has been dark since the storm took its lens,” Ana Reyes said";
    for (table, rest, expected) in [
        (LISTED, ".", "not-found: "),
        ("", " on Thursday.", "not-found: "),
        ("", " in an interview.", "not-found: "),
        (LISTED, " in a statement.", "unchecked: written"),
        (LISTED, " in a letter to the board.", "unchecked: written"),
        (LISTED, " on Friday.", "unchecked: another day"),
        ("", " in a speech on Thursday.", "unchecked: another medium"),
        (LISTED, " in a speech.", "unchecked: another medium"),
        (LISTED, " to the Skarrow chamber of commerce.", "unchecked: another hearer"),
        ("", ".", "unchecked: occasion not known"),
    ] {
        let draft = format!("{lighthouse}{rest}");
        let folder = desk(HARBOUR, table, &[("draft.md", &draft)]);
        let found = verdict(folder.path());
        assert!(found.starts_with(expected), "{draft}: {found}");
        let reported =
            if expected.starts_with("not-found") { vec!["not-in-transcript error"] } else { vec![] };
        assert_eq!(wording(folder.path()), reported, "{draft}");
    }
}

#[test]
fn somebody_who_is_on_no_tape_is_unchecked() {
    let folder = desk(
        HARBOUR,
        LISTED,
        &[("draft.md", "“The lighthouse has been dark since the storm,” Tam Brede said.")],
    );
    assert_eq!(verdict(folder.path()), "unchecked: speaker on no tape");
}

/// What a gap leaves out, and what it may.
const GAPS: [(&str, &str, bool); 12] = [
    (
        "The landlord is not permitted to end this lease in the spring.",
        "The landlord is … permitted to end this lease in the spring",
        true,
    ),
    (
        "The landlord may only ever end this lease in the spring.",
        "The landlord may … end this lease in the spring",
        true,
    ),
    (
        "The landlord will never once end this lease in the spring.",
        "The landlord will … end this lease in the spring",
        true,
    ),
    (
        "We keep the harbour open until Friday and the boats stay in it.",
        "We keep the harbour open … and the boats stay in it",
        true,
    ),
    ("The ferry sails unless it blows and the boats go out.", "The ferry sails … and the boats go out", true),
    (
        "We sold forty boats to the bank, and forty more to the town.",
        "We sold … boats to the bank, and forty more to the town",
        true,
    ),
    ("The bank pays if the council agrees and the ferry sails.", "The bank pays … and the ferry sails", true),
    (
        "They have nothing but the harbour and the old ferry.",
        "They have … the harbour and the old ferry",
        true,
    ),
    (
        "The landlord, as you know, is permitted to end this lease.",
        "The landlord … is permitted to end this lease",
        false,
    ),
    (
        "We keep the old grey harbour open and the boats stay in it.",
        "We keep the … harbour open and the boats stay in it",
        false,
    ),
    (
        "The ferry sails, as it has done for years, and the boats go out.",
        "The ferry sails … and the boats go out",
        false,
    ),
    (
        "We sold the boats to the bank, which was glad, and to the town.",
        "We sold the boats to the bank … and to the town",
        false,
    ),
];

#[test]
fn a_gap_that_takes_up_a_negation_a_limit_a_number_or_a_condition_is_an_error() {
    for (answer, quoted, wrong) in GAPS {
        let expected = if wrong { vec!["not-in-transcript error"] } else { vec![] };
        assert_eq!(told(answer, &format!("“{quoted},” Ana Reyes said.")), expected, "{answer} / {quoted}");
    }
}

#[test]
fn between_two_drafts_such_a_gap_is_reported_too() {
    for (answer, quoted, wrong) in GAPS {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("sayso.toml"), "include = [\"*.md\"]\n").unwrap();
        for (name, words) in [("a.md", answer.trim_end_matches('.')), ("b.md", quoted)] {
            let text = format!("---\ndate: 2026-06-13\n---\n“{words},” Ana Reyes said on Friday.\n");
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let found = wording(folder.path());
        assert_eq!(!found.is_empty(), wrong, "{answer} / {quoted}: {found:?}");
    }
}

#[test]
fn pieces_in_another_order_and_answers_joined_over_a_question_are_splices() {
    let folder = tempfile::tempdir().unwrap();
    let tape = "ANA REYES: The board closed the old ferry on a Sunday in the snow.\n\nBO OKAFOR: And the lighthouse?\n\n\
                ANA REYES: The lighthouse keeper rowed home on the Monday with his lamp.\n";
    std::fs::write(folder.path().join("tape.txt"), tape).unwrap();
    let config = "include = [\"*.md\"]\ntranscripts = [\"tape.txt\"]\n[[transcript]]\nfiles = [\"tape.txt\"]\ndrafts = [\"draft.md\"]\n";
    std::fs::write(folder.path().join("sayso.toml"), config).unwrap();
    for (quoted, expected) in [
        (
            "The lighthouse keeper rowed home … the board closed the old ferry on a Sunday",
            &["spliced-quotation warning"][..],
        ),
        (
            "The board closed the old ferry … the lighthouse keeper rowed home on the Monday",
            &["spliced-quotation warning"],
        ),
        ("The board closed the old ferry … in the snow", &[]),
    ] {
        std::fs::write(folder.path().join("draft.md"), format!("“{quoted},” Ana Reyes said.\n")).unwrap();
        assert_eq!(wording(folder.path()), expected, "{quoted}");
    }
}

#[test]
fn what_limits_the_words_must_not_be_cut_off() {
    for (answer, quoted) in [
        (
            "We will sell the ferry to the bank, but only if the council agrees.",
            "We will sell the ferry to the bank",
        ),
        (
            "We will sell the ferry to the bank, unless the council says no.",
            "We will sell the ferry to the bank",
        ),
        (
            "We will sell the ferry to the bank provided that the council agrees.",
            "We will sell the ferry to the bank",
        ),
        ("We will sell the ferry to the bank, as long as it pays.", "We will sell the ferry to the bank"),
        ("All the boats came home except for the green one.", "All the boats came home"),
        ("I think the bank paid for the ferry in the end.", "The bank paid for the ferry in the end"),
        ("Some of the boats came home from the banks.", "The boats came home from the banks"),
        ("If the council agrees, we sell the ferry to the bank.", "We sell the ferry to the bank"),
        (
            "When the boats came back he had been crying, I think. I am not sure.",
            "When the boats came back he had been crying",
        ),
        (
            "So they can't close it before that unless they lose the boats.",
            "So they can’t close it before that",
        ),
        (
            "The bank could sell the ferry one day, but not while I am here.",
            "The bank could sell the ferry one day",
        ),
    ] {
        assert_eq!(
            told(answer, &format!("“{quoted},” Ana Reyes said.")),
            ["cut-condition warning"],
            "{answer}"
        );
    }
    for (answer, quoted) in [
        ("We will sell the ferry to the bank, and the council agrees.", "We will sell the ferry to the bank"),
        ("I know the bank paid for the ferry in the end.", "The bank paid for the ferry in the end"),
        ("If you ask me, we sell the ferry to the bank.", "We sell the ferry to the bank"),
        ("If the tide allows. We sell the ferry to the bank.", "We sell the ferry to the bank"),
        (
            "The boats came back in the snow. I think the pilots were tired.",
            "The boats came back in the snow",
        ),
    ] {
        assert_eq!(told(answer, &format!("“{quoted},” Ana Reyes said.")), Vec::<String>::new(), "{answer}");
    }
}

#[test]
fn what_limits_the_words_must_not_be_left_out_of_their_midst() {
    let tape = "We asked the seven on the board, and I think five of them said no. Almost all the boats came home that \
                week, as far as I know, from the far banks. You know, the pilots were tired.";
    for (quoted, expected) in [
        ("We asked the seven on the board, and five of them said no", &["not-in-transcript warning"][..]),
        (
            "All the boats came home that week, as far as I know, from the far banks",
            &["cut-condition warning"],
        ),
        ("Almost all the boats came home that week, from the far banks", &["silent-omission warning"]),
        ("Almost all the boats came home that week, as far as I know", &[]),
        ("You know, the pilots were tired", &[]),
    ] {
        assert_eq!(told(tape, &format!("“{quoted},” Ana Reyes said.")), expected, "{quoted}");
    }
}

#[test]
fn a_contraction_is_each_of_the_words_that_it_may_stand_for() {
    let tape = "I'd a bad feeling about the old bridge. God help it. It'd lasted ninety years by then. The bye laws \
                say who may close the harbour, eh, and it'd be the engineer.";
    for quoted in [
        "I had a bad feeling about the old bridge",
        "God help it. It had lasted 90 years by then",
        "The bylaws say who may close the harbour, and it would be the engineer",
    ] {
        assert_eq!(told(tape, &format!("“{quoted},” Ana Reyes said.")), Vec::<String>::new(), "{quoted}");
    }
    let other = "“I will have a bad feeling about the old bridge,” Ana Reyes said.";
    assert_eq!(told(tape, other), ["not-in-transcript warning"]);
}

#[test]
fn a_gap_may_take_up_an_aside_and_what_brackets_spell_out() {
    let tape = "I sat on the quay for, I don't know, ten minutes in the rain. The pilots get 215 here, and they don't \
                know that the bank pays more. Two years of rain, and for the money it wasn't worth it.";
    for (quoted, expected) in [
        ("I sat on the quay for … ten minutes in the rain", &[][..]),
        ("Two years of rain, and for the money it was … worth it", &["not-in-transcript error"]),
        ("The pilots get [$215,000] here, and they don’t know that the bank pays more", &[]),
        ("The pilots get … here, and they … know that the bank pays more", &["not-in-transcript error"]),
    ] {
        assert_eq!(told(tape, &format!("“{quoted},” Ana Reyes said.")), expected, "{quoted}");
    }
}

#[test]
fn a_pronoun_may_mean_whoever_says_the_words_on_the_tape() {
    let answer = "We closed the old ferry in March because the hull was thin.";
    let words = "“We closed the old ferry in March because the hull was thin,”";
    let before = "Ana Reyes sat down. Maria Okafor counted the boats on Monday and told the board.";
    assert_eq!(told(answer, &format!("{before} {words} she said.")), Vec::<String>::new());
    assert_eq!(
        told(answer, &format!("{before} {words} Maria Okafor said.")),
        ["wrong-speaker-in-transcript error"]
    );
    let man = "Ana Reyes sat down. Peter Okafor counted the boats on Monday.";
    assert_eq!(told(answer, &format!("{man} {words} he said.")), ["wrong-speaker-in-transcript error"]);
}

#[test]
fn a_pronoun_behind_another_name_is_not_held_against_the_tape() {
    let answer = "We closed the old ferry in March because the hull was thin.";
    let words = "“The ferry had thirty good years in it,” she said.";
    let before = "Ana Reyes met Maria Okafor in May, Ana Reyes said.";
    let draft = format!("{before}\n\nReached by telephone on Thursday, Okafor did not retreat. {words}");
    assert_eq!(told(answer, &draft), Vec::<String>::new());
    let draft = format!("{before}\n\nReyes sat down. {words}");
    assert_eq!(told(answer, &draft), ["not-in-transcript error"]);
    // A statement that is quoted was written.
    let draft = "Ana Reyes’s own statement that evening said: “The ferry had thirty good years in it.”";
    assert_eq!(told(answer, draft), Vec::<String>::new());
}

#[test]
fn what_a_paragraph_tells_of_long_ago_is_no_word_of_the_tape() {
    let answer = "We closed the old ferry in March because the hull was thin.";
    let words = "“The ferry had thirty good years in it,”";
    let old = format!("Ana Reyes sat down.\n\nAt a rally in 2009, the minutes say, Ana Reyes said: {words}");
    assert_eq!(told(answer, &old), Vec::<String>::new());
    let now = format!("Ana Reyes sat down.\n\nReyes closed the ferry. {words} Ana Reyes said.");
    assert_eq!(told(answer, &now), ["not-in-transcript error"]);
}

#[test]
fn what_is_said_twice_in_two_sentences_is_no_stammer() {
    let answer = "That is premature. We might. We might not. I did it for two summers when I was young. Not there, it was \
                  at the cannery. Most are small. There's, I think there's nine that use more than half of the water.";
    for (quoted, expected) in [
        ("That is premature. We might. We might not", &[][..]),
        ("I did it for two summers when I was young. Not there, it was at the cannery", &[]),
        ("Most are small. There’s nine that use more than half of the water", &["not-in-transcript warning"]),
    ] {
        assert_eq!(told(answer, &format!("“{quoted},” Ana Reyes said.")), expected, "{quoted}");
    }
}

#[test]
fn words_between_two_quotations_tell_what_was_left_out() {
    let answer = "The city had a hole of nineteen million, and every department took four percent, and the chief at the \
                  time, it wasn't Chief Okafor, told us he would rather lose two desks than an engine.";
    let draft = "Ana Reyes said the city “had a hole of $19 million, and every department took 4 percent,” and that the \
                 chief then, Edward Brannan, “told us he would rather lose two desks than an engine.”";
    assert_eq!(told(answer, draft), Vec::<String>::new());
}

#[test]
fn a_question_is_nobodys_answer() {
    let draft = |name: &str| format!("“Why did the board close the old ferry so soon?” {name} said.");
    let folder = desk("Because of the snow.", LISTED, &[("draft.md", &draft("Ana Reyes"))]);
    let tape = folder.path().join("tapes/2026-06-11-reyes-interview.txt");
    std::fs::write(
        &tape,
        "Q: Why did the board close the old ferry so soon?\n\nANA REYES: Because of the snow.\n",
    )
    .unwrap();
    assert_eq!(wording(folder.path()), ["wrong-speaker-in-transcript error"]);
    std::fs::write(folder.path().join("draft.md"), draft("Joyce Pelletier of the Mercury")).unwrap();
    assert_eq!(wording(folder.path()), Vec::<String>::new());
}

#[test]
fn what_was_told_to_an_inquiry_is_no_word_of_the_tape() {
    let answer = "We closed the old ferry in March because the hull was thin.";
    let draft =
        "The record of the inquiry has Ana Reyes. “I would have held their hands at the rail,” she told it.";
    assert_eq!(told(answer, draft), Vec::<String>::new());
    let draft = "Ana Reyes sat down. “I would have held their hands at the rail,” she told us.";
    assert_eq!(told(answer, draft), ["not-in-transcript error"]);
}

#[test]
fn between_two_drafts_a_condition_that_one_cuts_off_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("sayso.toml"), "include = [\"*.md\"]\n").unwrap();
    for (name, words) in [
        ("a.md", "We will sell the old ferry to the bank this summer, but only if the council agrees"),
        ("b.md", "We will sell the old ferry to the bank this summer"),
    ] {
        let text = format!("---\ndate: 2026-06-13\n---\n“{words},” Ana Reyes said on Friday.\n");
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    assert_eq!(wording(folder.path()), ["cut-condition warning"]);
}

#[test]
fn how_names_what_was_done() {
    for (quoted, expected) in [
        ("The harbour belongs to the people who work in it", "exact: "),
        ("The harbor belongs to the people who work in it", "edited: house style"),
        (
            "The harbour belongs to the people … and no minister will ever sell it to a bank",
            "edited: gap: “who work in it”",
        ),
        ("[It] belongs to the people who work in it, and no minister will ever sell it", "edited: bracket"),
        (
            "The harbour belongs to people who work in it, and no minister will ever sell it to a bank",
            "edited: words left out",
        ),
        (
            "The harbour belongs to the people who row in it, and no minister will ever sell it to a bank",
            "altered: other words",
        ),
        (
            "The harbour belongs to the people who work in it, and a minister will ever sell it to a bank",
            "altered: a negation more or less",
        ),
    ] {
        let draft = format!("“{quoted},” Ana Reyes said.");
        let found = verdict(desk(HARBOUR, LISTED, &[("draft.md", &draft)]).path());
        assert_eq!(found, expected, "{quoted}");
    }
    let draft = "“We sold the boats to the bank in the spring,” Ana Reyes said.";
    let found = verdict(
        desk("We sold all the boats to the bank in the spring.", LISTED, &[("draft.md", draft)]).path(),
    );
    assert_eq!(found, "edited: words left out");
}

#[test]
fn hesitations_repeats_and_false_starts_are_no_change() {
    let said = "We, um, we thought, we planned the, the harbour for, you know, the har- harbour people of the coast.";
    let draft = "“We planned the harbour for the harbour people of the coast,” Ana Reyes said.";
    let folder = desk(said, LISTED, &[("draft.md", draft)]);
    assert_eq!(wording(folder.path()), Vec::<String>::new());
    assert_eq!(verdict(folder.path()), "edited: fillers");
}

#[test]
fn the_letters_case_and_the_stops_are_the_transcribers() {
    let said = "the harbour belongs to the people who work in it and NO minister will ever sell it";
    let draft = "“The Harbour belongs to the people who work in it. And no minister will ever sell it,” Ana Reyes said.";
    assert_eq!(told(said, draft), Vec::<String>::new());
}

#[test]
fn a_carried_over_speaker_and_a_placeholder_are_not_held_against_a_tape() {
    let carried = "“The harbour belongs to the people who work in it,” Ana Reyes said.\n\n“The old lighthouse has been dark since the storm took its lens.”";
    let folder = desk(HARBOUR, LISTED, &[("draft.md", carried)]);
    assert_eq!(wording(folder.path()), Vec::<String>::new());
    let folder = desk(HARBOUR, LISTED, &[("draft.md", "“QUOTE TK,” Ana Reyes said.")]);
    assert_eq!(verdict(folder.path()), "unchecked: placeholder");
}

#[test]
fn the_day_of_a_tape_is_in_its_name_its_head_or_its_table() {
    let draft = "“The old lighthouse has been dark since the storm took its lens,” Ana Reyes said on Friday.";
    // Thursday, 11 June, by the name: Friday is another day. The table says Friday.
    assert_eq!(verdict(desk(HARBOUR, "", &[("draft.md", draft)]).path()), "unchecked: another day");
    assert_eq!(verdict(desk(HARBOUR, "recorded = 2026-06-12", &[("draft.md", draft)]).path()), "not-found: ");
}
