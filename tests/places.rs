//! A finding about wording points at the words that differ, in every draft, and knows the quotation around them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A place of a finding: the file, the words there, and the quotation around them.
type Found = (String, String, String);

fn run(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .current_dir(folder)
        .args(["check", "--quiet", "--color", "never"])
        .args(arguments)
        .output()
        .unwrap();
    output.stdout
}

fn folder(drafts: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in drafts {
        std::fs::write(folder.path().join(path), text).unwrap();
    }
    folder
}

/// Every place of every finding of a rule.
fn places(drafts: &[(&str, &str)], rule: &str) -> Vec<Vec<Found>> {
    let folder = folder(drafts);
    let isolated = !drafts.iter().any(|(path, _)| *path == "sayso.toml");
    let mut arguments = vec!["--format", "jsonl", "."];
    arguments.extend(isolated.then_some("--isolated"));
    let lines = String::from_utf8(run(folder.path(), &arguments)).unwrap();
    let cut = |path: &str, span: &Value| {
        let file = std::fs::read(folder.path().join(path)).unwrap();
        let byte = |end: &str| span[end]["byte"].as_u64().unwrap() as usize;
        String::from_utf8(file[byte("start")..byte("end")].to_vec()).unwrap()
    };
    let found = |place: &Value| {
        let path = place["path"].as_str().unwrap();
        (path.to_owned(), cut(path, &place["span"]), cut(path, &place["context"]))
    };
    lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|finding| finding["rule"] == rule)
        .map(|finding| {
            let related = finding["related"].as_array().unwrap().iter().map(found);
            std::iter::once(found(&finding)).chain(related).collect()
        })
        .collect()
}

fn words(found: &[Vec<Found>]) -> Vec<Vec<&str>> {
    found.iter().map(|places| places.iter().map(|(_, words, _)| words.as_str()).collect()).collect()
}

const MONDAY: (&str, &str) =
    ("monday.txt", "“Our voters will never forget who sold the harbour to the bank,” Ana Reyes said.\n");

#[test]
fn the_words_that_differ_are_underlined_in_both_drafts() {
    for (other, expected) in [
        (
            "“Our supporters will never forget who sold the harbour to the bank,” Ana Reyes said.\n",
            vec!["voters", "supporters"],
        ),
        (
            "“Our voters will forget who sold the harbour to the bank,” Ana Reyes said.\n",
            vec!["never", "will forget"],
        ),
        (
            "“Our voters will never forget who sold the harbour to the small bank,” Ana Reyes said.\n",
            vec!["the bank", "small"],
        ),
        (
            "“Our *supporters* will never forget\nwho sold the harbour to the bank,” Ana Reyes said.\n",
            vec!["voters", "supporters"],
        ),
        (
            "“Our supporters will never forget who sold the old harbour to the bank,” Ana Reyes said.\n",
            vec!["voters", "supporters", "old", "the harbour"],
        ),
    ] {
        for name in ["tuesday.txt", "tuesday.md"] {
            let found = places(&[MONDAY, (name, other)], "altered-quotation");
            assert_eq!(words(&found).concat(), expected, "{name}: {other}");
            assert_eq!(found.len(), 1);
            for (_, words, quotation) in &found[0] {
                assert!(quotation.contains(words.as_str()) && quotation.starts_with('“'), "{quotation}");
            }
        }
    }
}

#[test]
fn a_finding_about_the_second_quotation_of_a_sentence_points_at_it() {
    let other = "“It was late and the rain fell,” Ana Reyes said, “but our supporters will never forget who \
        sold the harbour to the bank.”\n";
    let one = other.replace("supporters", "voters");
    let found = places(&[("monday.txt", &one), ("tuesday.txt", other)], "altered-quotation");
    assert_eq!(words(&found), [["voters", "supporters"]]);
    for (_, _, quotation) in &found[0] {
        assert!(quotation.starts_with("“but our"), "{quotation}");
    }
    let apart = "Ana Reyes called it “a sad and wet winter for everyone in the harbour” and said “our supporters will \
        never forget who sold the harbour to the bank”.\n";
    let found = places(&[MONDAY, ("tuesday.txt", apart)], "altered-quotation");
    assert_eq!(words(&found), [["voters", "supporters"]]);
    assert!(found[0][1].2.starts_with("“our supporters"), "{found:?}");
}

#[test]
fn of_several_copies_the_odd_one_comes_first() {
    let odd = MONDAY.1.replace("voters", "supporters");
    let copies = [("a.txt", MONDAY.1), ("b.txt", MONDAY.1), ("c.txt", odd.as_str()), ("d.txt", MONDAY.1)];
    let found = places(&copies, "altered-quotation");
    let paths: Vec<&str> = found[0].iter().map(|(path, ..)| path.as_str()).collect();
    assert_eq!(paths, ["c.txt", "a.txt", "b.txt", "d.txt"]);
}

#[test]
fn a_copy_that_leaves_the_place_out_has_no_part_in_it() {
    let odd = MONDAY.1.replace("voters", "supporters");
    let part = "Reyes said they “will never forget who sold the harbour”.\n";
    let found = places(&[MONDAY, ("sunday.txt", part), ("tuesday.txt", &odd)], "altered-quotation");
    assert_eq!(words(&found), [["voters", "supporters"]]);
}

#[test]
fn an_omission_underlines_what_is_left_out_and_where() {
    let full = "“The harbour belongs to the people who work in it every day, and no minister will sell it,” Ana Reyes \
        said.\n";
    let short = full.replace(" who work in it every day", "");
    let found = places(&[("a.txt", full), ("b.txt", &short)], "silent-omission");
    assert_eq!(words(&found), [["who work in it every day", "people, and"]]);
}

const TAPE: &str = "WEBVTT\n\n00:00:05.000 --> 00:00:09.000\n<v Ana Reyes>Our voters will <i>never</i> forget who \
    closed\n\n00:00:09.000 --> 00:00:12.000\n<v Ana Reyes>the ferry &amp; who sold the harbour.\n";
const TAPES: (&str, &str) = ("sayso.toml", "transcripts = [\"*.vtt\"]\n");

#[test]
fn the_tape_is_underlined_too() {
    for (draft, expected) in [
        ("“Our voters will always forget who closed the ferry,” Ana Reyes said.\n", vec!["always", "never"]),
        ("“Our voters will forget who closed the ferry,” Ana Reyes said.\n", vec!["will forget", "never"]),
        (
            "“Our voters will never forget who closed the road and who sold the harbour,” Ana Reyes said.\n",
            vec!["road", "ferry"],
        ),
    ] {
        let found = places(&[TAPES, ("a.txt", draft), ("tape.vtt", TAPE)], "not-in-transcript");
        assert_eq!(words(&found), [expected], "{draft}");
    }
}

#[test]
fn a_directive_covers_a_finding_whose_quotation_it_covers() {
    let odd = format!(
        "Rain.\n\nsayso: allow(altered-quotation) heard it so\n\n{}",
        MONDAY.1.replace("the bank", "the small bank")
    );
    assert_eq!(places(&[MONDAY, ("b.txt", &odd)], "altered-quotation"), Vec::<Vec<Found>>::new());
}

#[test]
fn nothing_that_differs_is_cut_out_of_a_drawing() {
    let sluices =
        "the northern sluice and the southern sluice and the eastern sluice and the western sluice ";
    let rain = "The rain fell. ".repeat(20);
    let draft = |sluices: &str, gate: &str| {
        format!(
            "“Before the winter comes to this harbour the engineers of the county will open {sluices}and then the {gate} by the old harbour wall for all of you,” Ana Reyes said. {rain}\n"
        )
    };
    let a = format!("{rain}{}", draft(sluices, "gate"));
    for (b, rule, differing) in [
        (draft(sluices, "great\nblue gate"), "[altered-", vec!["then the great", "blue gate", "the gate by"]),
        (draft("", "gate"), "[silent-", vec![sluices.trim()]),
    ] {
        let folder = folder(&[("a.txt", &a), ("b.md", &b)]);
        let drawn = String::from_utf8(run(folder.path(), &["--isolated", "."])).unwrap();
        assert!(drawn.contains(rule), "{drawn}");
        let lines: String = drawn.lines().filter(|line| line.contains('│')).collect();
        for words in differing {
            assert!(lines.contains(words), "{words}: {drawn}");
        }
    }
}
