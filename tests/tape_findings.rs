//! Findings against a tape, as a reporter and a machine meet them: figures as said, pieces in another order, labels of
//! nobody, other places, both sides underlined.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn sayso(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso")).args(arguments).current_dir(folder).output().unwrap()
}

/// What Ana Reyes and Bo Okafor say on the tape.
const TAPE: &str = "Harbour office, Skarrow, 11 June 2026

BO OKAFOR: What would you say to those who disagree with you?

ANA REYES: We lost four two on the night. I paid fifty quid for the ticket and drove two hundred metres down the M twenty five. \
The children wave at us every morning and that is enough for me.

BO OKAFOR: And what happened after that?

ANA REYES: It took us an hour and a half to get home. Nobody asked the fishermen about the pier. \
I am not going to stop. Some of the boats came back from the banks.
";

/// A folder with a draft that is listed for the tape.
fn desk(draft: &str, tape: &str, table: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "include = [\"*.md\"]\ntranscripts = [\"tape.txt\"]\n[[transcript]]\nfiles = [\"tape.txt\"]\n{table}\n"
    );
    for (name, text) in [("sayso.toml", &*config), ("draft.md", draft), ("tape.txt", tape)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

const LISTED: &str = "drafts = [\"draft.md\"]";

fn findings(folder: &Path) -> Vec<Value> {
    let output = sayso(folder, &["check", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    report["findings"].as_array().unwrap().clone()
}

/// Rules and levels of the findings about wording.
fn told(draft: &str) -> Vec<String> {
    let folder = desk(&format!("{draft}\n"), TAPE, LISTED);
    let findings = findings(folder.path());
    let wording = findings.iter().filter(|finding| finding["group"] == "wording");
    wording.map(|finding| format!("{} {}", finding["rule"], finding["level"]).replace('"', "")).collect()
}

#[test]
fn figures_as_said_are_no_other_words() {
    for draft in [
        "“We lost 4-2 on the night,” Ana Reyes said.",
        "“I paid £50 for the ticket and drove 200m down the M25,” Ana Reyes said.",
        "“It took us 1.5 hours to get home,” Ana Reyes said.",
        "Ana Reyes spoke of “us 1.5 hours to get home”.",
    ] {
        assert_eq!(told(draft), Vec::<String>::new(), "{draft}");
    }
    for draft in [
        "“We lost 4-3 on the night,” Ana Reyes said.",
        "“I paid $50 for the ticket,” Ana Reyes said.",
        "“I drove 200 miles down the M25,” Ana Reyes said.",
        "“I drove two hundred metres down the M26,” Ana Reyes said.",
        "“It took us 2.5 hours to get home,” Ana Reyes said.",
    ] {
        assert_eq!(told(draft).len(), 1, "{draft}");
    }
}

#[test]
fn figures_are_exact_and_the_houses_spelling_is_an_edit_that_is_named() {
    for (draft, found, how) in [
        ("“We lost 4-2 on the night,” Ana Reyes said.\n", "exact", serde_json::json!([])),
        (
            "“Nobody asked the fishermen about the gray pier,” Ana Reyes said.\n",
            "edited",
            serde_json::json!(["house style"]),
        ),
    ] {
        let folder = desk(draft, &TAPE.replace("about the pier", "about the grey pier"), LISTED);
        let output = sayso(folder.path(), &["quotes", "--check", "--format", "json"]);
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        let check = &document["quotations"][0]["check"];
        assert_eq!((&check["found"], &check["how"]), (&found.into(), &how), "{draft}");
    }
}

#[test]
fn short_pieces_in_another_order_and_a_question_as_an_answer() {
    assert_eq!(
        told("“That is enough for me … The children wave at us every morning,” Ana Reyes said."),
        ["spliced-quotation warning"]
    );
    assert_eq!(
        told("“What would you say to those who disagree?” Ana Reyes said."),
        ["wrong-speaker-in-transcript error"]
    );
    assert_eq!(told("“That is enough for me,” Ana Reyes said."), Vec::<String>::new());
    assert_eq!(told("“I am going to stop,” Ana Reyes said."), ["not-in-transcript error"]);
    assert_eq!(told("“I am not going to stop,” Ana Reyes said."), Vec::<String>::new());
    assert_eq!(told("“Boats came back from the banks,” Ana Reyes said."), ["cut-condition warning"]);
}

/// What sayso finds in one quotation of Ana Reyes, by her answer on the tape.
fn told_of(answer: &str, quotation: &str) -> Vec<String> {
    let tape = format!(
        "BO OKAFOR: So he was drunk? Did she argue?\n\nANA REYES: {answer}\n\nBO OKAFOR: Thank you.\n"
    );
    let folder = desk(&format!("“{quotation},” Ana Reyes said.\n"), &tape, LISTED);
    let findings = findings(folder.path());
    let wording = findings.iter().filter(|finding| finding["group"] == "wording");
    wording.map(|finding| format!("{} {}", finding["rule"], finding["level"]).replace('"', "")).collect()
}

#[test]
fn a_short_quotation_that_is_turned_round_is_found() {
    for (answer, quotation) in [
        ("He wasn't drunk. I know they say so.", "He was drunk"),
        ("I'm not suing anybody.", "I’m suing"),
        ("It won't get a vote unless they move.", "It will get a vote"),
        ("I haven't resigned. I offered to.", "I’ve resigned"),
        ("She didn't argue at all, she was brilliant.", "She argued"),
        ("I didn't oppose it.", "I opposed it"),
        ("I think that somebody did say it.", "I think that nobody said it"),
        ("He was seven. He was at the party.", "He was 11"),
        ("I never met her.", "I met her"),
        ("She is happy with it.", "She isn’t happy with it"),
    ] {
        assert_eq!(told_of(answer, quotation), ["not-in-transcript error"], "{answer} / {quotation}");
    }
    for (answer, quotation) in [
        ("And we will be walking to it.", "We will be flying to it"),
        ("I think that it's been fair. I do.", "I think that it’s been unfair"),
        ("I had it in my hand and I let him look at me.", "I had it in my pocket"),
    ] {
        assert_eq!(told_of(answer, quotation), ["not-in-transcript warning"], "{answer} / {quotation}");
    }
}

#[test]
fn a_short_quotation_that_is_on_the_tape_is_not_turned_round() {
    for (answer, quotation) in [
        ("He was drunk. No, he wasn't drunk, he was tired.", "He was drunk"),
        ("He wasn't drunk.", "wasn’t drunk"),
        ("He was not very drunk.", "not very drunk"),
        ("She did argue.", "She argued"),
        ("We did not sell it. They did sell it.", "They sold it"),
        ("I've never met her.", "I have never met her"),
        ("He was seven.", "He was 7"),
        ("I cannot say that.", "I can’t say that"),
        ("It's not the pier, it's the money.", "It’s the money"),
        ("He is well. They will come back.", "They’ll come back"),
    ] {
        assert_eq!(told_of(answer, quotation), Vec::<String>::new(), "{answer} / {quotation}");
    }
}

#[test]
fn what_people_leave_out_of_sums_and_say_twice_is_no_other_number() {
    for (answer, quotation) in [
        (
            "They cut it from four hundred thousand to two sixty, and laughed.",
            "They cut it from $400,000 to $260,000, and laughed",
        ),
        (
            "I was offered thirty five thousand dollars. We owe nineteen on the truck.",
            "We owe $19,000 on the truck",
        ),
        (
            "It was two million, and then it was three, for the old pier.",
            "It was £2 million, and then it was £3 million, for the old pier",
        ),
        (
            "They were getting eleven, eleven and a quarter, and they knew.",
            "They were getting 11, 11¼, and they knew",
        ),
        (
            "The whole thing took sixty, sixty two seconds in the harbour.",
            "The whole thing took 62 seconds in the harbour",
        ),
        ("He came up the spill way with a loud hailer.", "He came up the spillway with a loudhailer"),
        ("We closed it on the fourth of July in the rain.", "We closed it on 4 July in the rain"),
    ] {
        assert_eq!(told_of(answer, quotation), Vec::<String>::new(), "{answer} / {quotation}");
    }
    for (answer, quotation) in [
        (
            "They cut it from four hundred thousand to two sixty, and laughed.",
            "They cut it from $400,000 to $216,000, and laughed",
        ),
        (
            "They cut it from four hundred to two sixty, and laughed.",
            "They cut it from $400 to $260,000, and laughed",
        ),
        ("We owe nineteen on the truck.", "We owe $19,000 on the truck"),
        (
            "I was offered thirty five thousand dollars. We owe nineteen on the truck.",
            "We owe $19 million on the truck",
        ),
    ] {
        assert_eq!(told_of(answer, quotation), ["not-in-transcript error"], "{answer} / {quotation}");
    }
}

#[test]
fn a_label_that_is_mapped_to_nobody_contradicts_nobody() {
    let tape = TAPE.replace("ANA REYES", "SPEAKER_00").replace("BO OKAFOR", "SPEAKER_01");
    let draft = "“Nobody asked the fishermen about the pier,” Bo Okafor said.\n\n“We lost nine boats to the storm in one night,” Ana Reyes said.\n";
    let folder = desk(draft, &tape, LISTED);
    assert_eq!(findings(folder.path()), Vec::<Value>::new());
    let output = sayso(folder.path(), &["check"]);
    let asked = String::from_utf8(output.stderr).unwrap();
    assert_eq!(asked.matches("are nobody: map them").count(), 1, "{asked}");
    assert!(asked.contains("SPEAKER_00") && asked.contains("SPEAKER_01"), "{asked}");
    let mapped = format!("{LISTED}\nspeakers = {{ SPEAKER_00 = \"Ana Reyes\", SPEAKER_01 = \"Bo Okafor\" }}");
    let folder = desk(draft, &tape, &mapped);
    let rules: Vec<Value> = findings(folder.path()).iter().map(|finding| finding["rule"].clone()).collect();
    assert_eq!(rules, ["wrong-speaker-in-transcript", "not-in-transcript"]);
}

#[test]
fn all_labels_of_nobody_are_asked_for_at_once() {
    let tape = "SPEAKER_00: What will you do?\n\nSPEAKER_01: I will row to the old quay and wait.\n\nSPEAKER_00: Alone?\n\nSPEAKER_01: Alone.\n";
    let folder = desk("“I will row to the old quay and wait,” Ana Reyes said.\n", tape, LISTED);
    let output = sayso(folder.path(), &["check"]);
    // The terminal breaks long lines.
    let told = String::from_utf8(output.stderr).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(told.matches("nobody").count(), 1, "{told}");
    let table = r#"speakers = { "SPEAKER_00" = "Given Family", "SPEAKER_01" = "Given Family" }"#;
    assert!(told.contains(table), "{told}");
}

#[test]
fn a_remark_at_another_place_is_left_unchecked() {
    let reason = |draft: &str| {
        let folder = desk(draft, TAPE, "recorded = 2026-06-11\ndrafts = [\"draft.md\"]");
        let output = sayso(folder.path(), &["quotes", "--check", "--format", "json"]);
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(findings(folder.path()).iter().filter(|finding| finding["group"] == "wording").count(), 0);
        document["summary"]["reasons"].clone()
    };
    let elsewhere = "“The ministry has lost every one of our letters,” Ana Reyes said in Oslo.\n";
    assert_eq!(reason(elsewhere), serde_json::json!({"another place": 1}));
    let here = elsewhere.replace("Oslo", "Skarrow");
    let folder = desk(&here, TAPE, LISTED);
    assert_eq!(findings(folder.path())[0]["rule"], "not-in-transcript");
}

#[test]
fn what_differs_is_underlined_in_the_draft_and_on_the_tape() {
    let draft = "“Nobody asked the farmers about the pier,” Ana Reyes said.\n";
    let folder = desk(draft, TAPE, LISTED);
    let finding = &findings(folder.path())[0];
    let underlined = |text: &str, span: &Value| {
        let byte = |end: &str| usize::try_from(span[end]["byte"].as_u64().unwrap()).unwrap();
        text[byte("start")..byte("end")].to_owned()
    };
    assert_eq!(underlined(draft, &finding["span"]), "farmers");
    assert_eq!(underlined(TAPE, &finding["related"][0]["span"]), "fishermen");
    let output = sayso(folder.path(), &["check", "--color", "never"]);
    let drawn = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    // The line below each of the two has a mark of the word's length.
    for (line, word) in [("asked the farmers", "farmers"), ("asked the fishermen", "fishermen")] {
        let lines: Vec<&str> = drawn.lines().collect();
        let at = lines.iter().position(|drawn| drawn.contains(line)).unwrap();
        let column =
            lines[at].chars().count() - lines[at].split_once(word).unwrap().1.chars().count() - word.len();
        let below: Vec<char> = lines[at + 1].chars().collect();
        let marked = |at: usize| below.get(at).is_some_and(|mark| !mark.is_whitespace());
        assert!((column..column + word.len()).all(marked), "{drawn}");
        assert!(!marked(column - 1) && !marked(column + word.len()), "{drawn}");
    }
}

#[test]
fn sarif_names_the_tape_as_a_related_place() {
    let folder = desk("“Nobody asked the farmers about the pier,” Ana Reyes said.\n", TAPE, LISTED);
    let output = sayso(folder.path(), &["check", "--format", "sarif"]);
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "not-in-transcript");
    let place = &result["relatedLocations"][0];
    let line = TAPE.lines().position(|line| line.contains("fishermen")).unwrap() + 1;
    assert_eq!(place["physicalLocation"]["artifactLocation"]["uri"], "tape.txt");
    assert_eq!(place["physicalLocation"]["region"]["startLine"], line);
    assert_eq!(place["message"]["text"], "said here");
}
