//! Newsrooms with tapes: what is checked, what is left unchecked and why, and what is found.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot be set up has failed")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn sayso(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso")).args(arguments).current_dir(folder).output().unwrap()
}

fn newsroom(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tapes").join(name)
}

/// Findings of the rules about tapes: rule, level, path, line and the words that are underlined.
fn found(folder: &Path) -> Vec<String> {
    let output = sayso(folder, &["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let findings = report["findings"].as_array().unwrap();
    let about_tapes =
        ["not-in-transcript", "wrong-speaker-in-transcript", "spliced-quotation", "silent-omission"];
    let told = findings.iter().filter(|finding| about_tapes.contains(&finding["rule"].as_str().unwrap()));
    told.map(|finding| {
        let line = &finding["span"]["start"]["line"];
        format!("{} {} {}:{line}", finding["rule"], finding["level"], finding["path"]).replace('"', "")
    })
    .collect()
}

/// What `quotes --check` says of each quotation, by its first words.
fn checked(folder: &Path) -> BTreeMap<String, String> {
    let output = sayso(folder, &["quotes", "--check", "--format", "jsonl"]);
    let lines = String::from_utf8(output.stdout).unwrap();
    lines
        .lines()
        .map(|line| {
            let quotation: serde_json::Value = serde_json::from_str(line).unwrap();
            let words: Vec<&str> =
                quotation["text"].as_str().unwrap().trim_matches(['“', '”']).split(' ').take(4).collect();
            let check = &quotation["check"];
            let how: Vec<&str> =
                check["how"].as_array().unwrap().iter().map(|how| how.as_str().unwrap()).collect();
            let how = if how.is_empty() { String::new() } else { format!(": {}", how.join(", ")) };
            (words.join(" "), format!("{}{how}", check["found"].as_str().unwrap()))
        })
        .collect()
}

#[test]
fn twelve_sound_drafts_and_two_tapes() {
    let folder = newsroom("newsroom");
    assert_eq!(found(&folder), Vec::<String>::new());
    let checked = checked(&folder);
    for (words, expected) in [
        ("the stone never came", "exact"),
        ("We ordered four thousand", "edited: fillers"),
        ("We will not pay", "exact"),
        ("I think it will", "exact"),
        ("We were ready for", "exact"),
        ("This town is ready", "unchecked: another hearer"),
        ("The council regards the", "unchecked: written"),
        ("Every pump was run", "unchecked: another day"),
        ("They never ask when", "unchecked: another day"),
        ("older than I am,", "exact"),
        ("The cheapest quotation is", "exact"),
        ("Then we borrow, and", "exact"),
        ("It is a great", "unchecked: another day"),
        ("We have asked the", "unchecked: written"),
        ("Nobody works on a", "unchecked: another day"),
        ("We will start when", "unchecked: occasion not known"),
        ("They count our votes", "unchecked: occasion not known"),
        ("You are right to", "unchecked: too few words"),
        ("You hit it here", "unchecked: speaker carried over"),
        ("QUOTE TK FROM PENROSE", "unchecked: placeholder"),
        ("A wall is a", "unchecked: written"),
        ("I said that we", "unchecked: another hearer"),
    ] {
        assert_eq!(checked.get(words).map(String::as_str), Some(expected), "{words}: {checked:#?}");
    }
}

#[test]
fn twenty_statements_by_one_person_on_several_occasions() {
    let folder = newsroom("twenty");
    assert_eq!(found(&folder), ["not-in-transcript error drafts/2026-05-05-bridge.md:12"]);
    let checked = checked(&folder);
    let count = |how: &str| checked.values().filter(|found| found.starts_with(how)).count();
    let counts = (count("exact"), count("edited"), count("altered"), count("not-found"));
    assert_eq!(counts, (8, 0, 1, 0), "{checked:#?}");
    assert_eq!(count("unchecked"), checked.len() - 9);
}

/// A sample of the page on transcripts: the name of its file, what its fence says of it, and the text.
fn samples(page: &str) -> Vec<(String, String, String)> {
    let mut samples = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(fence) = line.strip_prefix("```tape ") else { continue };
        let (name, says) = fence.split_once(' ').unwrap_or((fence, ""));
        let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        samples.push((name.to_owned(), says.to_owned(), text.join("\n") + "\n"));
    }
    samples
}

#[test]
fn every_layout_on_the_page_is_read() {
    let page = std::fs::read_to_string(newsroom("../../docs/transcripts.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let samples = samples(&page);
    assert!(samples.len() > 20);
    for (name, says, text) in samples {
        std::fs::write(folder.path().join(&name), text).unwrap();
        let output = sayso(folder.path(), &["tape", "--isolated", "--format", "jsonl", &name]);
        let lines = String::from_utf8(output.stdout).unwrap();
        let turns: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let words: Vec<&str> = turns.iter().map(|turn| turn["words"].as_str().unwrap()).collect();
        let words = words.join(" ").to_lowercase().replace([',', '.'], "");
        assert_eq!(words, "the harbour is not for sale and it never was so be it", "{name}");
        let (first, last) = (&turns[0], turns.last().unwrap());
        let label = says.split(' ').find_map(|word| word.strip_prefix("labels="));
        if let Some((one, other)) = label.and_then(|labels| labels.split_once(',')) {
            assert_eq!(first["label"], one.replace('_', " ").replace("SPEAKER ", "SPEAKER_"), "{name}");
            assert_eq!(last["label"], other.replace('_', " ").replace("SPEAKER ", "SPEAKER_"), "{name}");
        } else if says.contains("nameless") {
            assert!(first["label"].is_null() && last["label"].is_null(), "{name}");
        } else {
            for (turn, name_in) in [(first, "reyes"), (last, "okafor")] {
                let person = turn["person"].as_str().unwrap_or_default().to_lowercase();
                assert!(person.ends_with(name_in), "{name}: {turn}");
            }
        }
        let times = [first["at"].as_str(), last["at"].as_str()];
        match says.contains("timeless") {
            true => assert_eq!(times, [None, None], "{name}"),
            false => assert!(
                times[0] == Some("00:00:05")
                    && times[1].is_some_and(|at| ["00:00:05", "00:00:09"].contains(&at)),
                "{name}: {times:?}"
            ),
        }
    }
}

/// A folder with these files, gone after the test.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

/// A DOCX file with this body.
fn docx(body: &str) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut bytes);
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("word/document.xml", options).unwrap();
    let xml =
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    std::io::Write::write_all(&mut archive, xml.as_bytes()).unwrap();
    archive.finish().unwrap();
    bytes.into_inner()
}

fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

#[test]
fn a_docx_of_teams_is_read() {
    let body = ["Harbour talks-20260611_100000-Meeting Recording", "June 11, 2026, 10:00AM", "16s"]
        .map(paragraph)
        .concat()
        + &paragraph("Bo Okafor started transcription")
        + "<w:p><w:r><w:t>Reyes, Ana</w:t></w:r><w:r><w:t xml:space=\"preserve\">   0:05</w:t></w:r><w:r><w:br/><w:t>The harbour is not for sale, \
           and it never was.</w:t></w:r></w:p>"
        + "<w:p><w:r><w:t xml:space=\"preserve\">Bo Okafor   0:09</w:t></w:r></w:p>"
        + &paragraph("So be it &amp; amen.");
    let folder = folder(&[("talks.docx", &docx(&body))]);
    let output = sayso(folder.path(), &["tape", "--isolated", "--format", "jsonl", "talks.docx"]);
    let turns: Vec<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| {
            let turn: serde_json::Value = serde_json::from_str(line).unwrap();
            format!("{} {} {} {}", turn["line"], turn["at"], turn["person"], turn["words"]).replace('"', "")
        })
        .collect();
    assert_eq!(
        turns,
        [
            "6 00:00:05 Ana Reyes The harbour is not for sale, and it never was.",
            "8 00:00:09 Bo Okafor So be it & amen."
        ]
    );
}

const DRAFT: &[u8] = "“The harbour is not for sale, and it never was,” Ana Reyes said.\n".as_bytes();

#[test]
fn what_cannot_be_a_transcript_ends_the_run() {
    let config = b"include = [\"*.md\"]\ntranscripts = [\"tapes/**\"]\n";
    for (name, bytes, reason) in [
        ("tapes/talk.mp3", b"ID3\x04\0\0\0\0\0\0\xff\xfb\x90".to_vec(), "binary file"),
        ("tapes/talk.json", b"{\"segments\": [{\"text\": \"The harb".to_vec(), "JSON"),
        ("tapes/talk.docx", docx("<w:p/>"), "holds no words"),
        ("tapes/talk.docx", b"PK no archive".to_vec(), "not what its name says"),
        ("tapes/talk.docx", docx("<w:p><w:t>x</w:p>"), "is damaged"),
    ] {
        let folder = folder(&[("sayso.toml", config), ("draft.md", DRAFT), (name, &bytes)]);
        for command in [&["check"][..], &["quotes", "--check"]] {
            let output = sayso(folder.path(), command);
            let told = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{name} {command:?}: {told}");
            assert!(told.contains(name) && told.contains(reason), "{name} {command:?}: {told}");
        }
    }
}

#[test]
fn what_yields_little_is_a_warning_that_names_the_layout() {
    // A warning of three hundred labels would hide the others.
    let hundreds: String =
        (100..400).map(|n| format!("SPEAKER_{n}: The harbour is not for sale.\n")).collect();
    let config = b"include = [\"*.md\"]\ntranscripts = [\"tapes/**\"]\n";
    for (name, text, expected) in [
        (
            "tapes/a.vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\n\n",
            "yields no words; it looks like WebVTT subtitles",
        ),
        (
            "tapes/a.srt",
            "1\n00:00:01,000 --> 00:00:02,000\nThe harbour is not for sale.\n",
            "names no speaker; it looks like SubRip subtitles",
        ),
        (
            "tapes/a.txt",
            "SPEAKER_01: The harbour is not for sale, and it never was.\nSPEAKER_02: So be it.\n",
            "SPEAKER_01, SPEAKER_02 are nobody: map them",
        ),
        ("tapes/a.txt", &hundreds, "288"),
        (
            "tapes/a.txt",
            "ANA REYES: El puerto no se vende, y nunca se ha vendido, eso lo sabe todo el mundo en esta costa desde hace años.\n",
            "not in English",
        ),
    ] {
        let folder = folder(&[("sayso.toml", config), ("draft.md", DRAFT), (name, text.as_bytes())]);
        let output = sayso(folder.path(), &["check"]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_ne!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(name) && told.contains(expected), "{expected}: {told}");
        assert_eq!(told.matches(expected).count(), 1, "{told}");
    }
}

/// More speakers than 16 bits can number.
#[test]
fn a_tape_of_seventy_thousand_speakers_is_read() {
    let letter = |n: usize, of: usize| char::from(b'a' + (n / of % 26) as u8);
    let surname =
        |n: usize| format!("Or{}{}{}{}", letter(n, 17_576), letter(n, 676), letter(n, 26), letter(n, 1));
    let tape: String = (0..70_000)
        .map(|n| format!("ANA {}: We open pier {n} at noon.\n", surname(n).to_uppercase()))
        .collect();
    let draft: String = [3, 65_535, 65_536, 69_999]
        .map(|n| format!("“We open pier {n} at noon,” said Ana {}.\n\n", surname(n)))
        .concat();
    let config = b"include = [\"*.md\"]\ntranscripts = [\"tape.txt\"]\n";
    let folder =
        folder(&[("sayso.toml", config), ("draft.md", draft.as_bytes()), ("tape.txt", tape.as_bytes())]);
    let output = sayso(folder.path(), &["quotes", "--check", "--format", "jsonl"]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(told.matches("\"found\":\"exact\"").count(), 4, "{told}");
}

#[test]
fn words_of_a_tape_in_another_language_are_translated() {
    let tape = "ANA REYES: El puerto no se vende, y nunca se ha vendido, eso lo sabe todo el mundo en esta costa desde hace años.\n";
    let config = b"include = [\"*.md\"]\ntranscripts = [\"tape.txt\"]\n[[transcript]]\nfiles = [\"tape.txt\"]\ndrafts = [\"draft.md\"]\n";
    let folder = folder(&[("sayso.toml", config), ("draft.md", DRAFT), ("tape.txt", tape.as_bytes())]);
    assert_eq!(found(folder.path()), Vec::<String>::new());
    let checked = checked(folder.path());
    assert_eq!(checked.get("The harbour is not").map(String::as_str), Some("unchecked: translated"));
}

#[test]
fn faults_in_a_table_point_into_the_file() {
    for (table, place, message) in [
        ("files = [\"a.txt\"]\nspeeker = 1\n", "4:1", "speeker"),
        ("files = [\"a.txt\"]\nrecorded = \"yesterday\"\n", "4:12", "recorded"),
        ("files = [\"a.txt\"]\nmachine = \"yes\"\n", "4:11", "true or false"),
        ("files = [\"a.txt\"]\nspeakers = [\"Ana Reyes\"]\n", "4:12", "a table such as"),
        ("files = [\"a.txt\"]\ndrafts = [\"nowhere.md\"]\n", "4:11", "there is no draft “nowhere.md”"),
        ("recorded = 2026-06-11\n", "2:1", "which transcripts it is for"),
    ] {
        let config = format!("transcripts = [\"a.txt\"]\n[[transcript]]\n{table}");
        let folder = folder(&[
            ("sayso.toml", config.as_bytes()),
            ("draft.md", DRAFT),
            ("a.txt", b"ANA REYES: The harbour is not for sale.\n"),
        ]);
        let output = sayso(folder.path(), &["check"]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{table}: {told}");
        assert!(told.contains(message), "{table}: {told}");
        assert!(told.contains(&format!("sayso.toml:{place}")), "{table}: {place}: {told}");
    }
}

#[test]
fn transcripts_that_are_listed_must_be_there() {
    let folder = folder(&[("sayso.toml", b"transcripts = [\"tapes/*.vtt\"]\n"), ("draft.md", DRAFT)]);
    let output = sayso(folder.path(), &["check"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("sayso.toml:1:16") && told.contains("tapes/*.vtt"), "{told}");
}

const TAPE: &str = "WEBVTT

00:00:05.000 --> 00:00:09.000
<v Ana Reyes>The harbour is not for sale, and it never was.</v>

00:00:10.000 --> 00:00:19.000
<v Ana Reyes>We will sell the ferry to the bank this summer, but only if the council agrees. I don't think the islanders will buy it.</v>

00:01:10.000 --> 00:01:19.000
<v Ana Reyes>We, we counted fifteen boats near the weir, which, um, would have pleased my father.</v>
";

/// A newsroom of one draft and that tape; `machine` says who wrote the tape down.
fn one_draft(draft: &str, tape: &str, machine: bool) -> tempfile::TempDir {
    let config = format!(
        "include = [\"*.md\"]\ntranscripts = [\"tape.vtt\"]\n[[transcript]]\nfiles = [\"tape.vtt\"]\ndrafts = [\"draft.md\"]\nmachine = {machine}\n"
    );
    folder(&[
        ("sayso.toml", config.as_bytes()),
        ("draft.md", draft.as_bytes()),
        ("tape.vtt", tape.as_bytes()),
    ])
}

/// Findings about wording: rule and level.
fn wording(folder: &Path) -> Vec<String> {
    let output = sayso(folder, &["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let wording = findings.filter(|finding| finding["group"] == "wording");
    wording.map(|finding| format!("{} {}", finding["rule"], finding["level"]).replace('"', "")).collect()
}

#[test]
fn what_a_machine_misheard_is_a_note() {
    let heard = TAPE
        .replace("weir, which", "where, witch")
        .replace("would have", "wood have")
        .replace("Reyes>We, we", "Reyes>we we");
    let draft =
        "“We counted fifteen boats near the weir, which would have pleased my father,” Ana Reyes said.\n";
    let by_machine = one_draft(draft, &heard, true);
    assert_eq!(wording(by_machine.path()), ["not-in-transcript note"]);
    let typed = one_draft(draft, &heard, false);
    assert_eq!(wording(typed.path()), ["not-in-transcript warning"]);
    // What turns the sense is at least worth a look, and what sounds otherwise is no slip of a machine.
    for (wrong, level) in [
        (draft.replace("fifteen", "50"), "not-in-transcript warning"),
        (draft.replace("fifteen", "16"), "not-in-transcript error"),
        (draft.replace("would have", "would not have"), "not-in-transcript error"),
        (draft.replace("boats", "barges"), "not-in-transcript warning"),
    ] {
        let folder = one_draft(&wrong, &heard, true);
        assert_eq!(wording(folder.path()), [level], "{wrong}");
    }
}

#[test]
fn a_condition_on_the_tape_that_is_cut_off() {
    for (draft, expected) in [
        ("“We will sell the ferry to the bank this summer,” Ana Reyes said.", &["cut-condition warning"][..]),
        ("“The islanders will buy it,” Ana Reyes said.", &["cut-condition warning"]),
        (
            "“We will sell the ferry to the bank this summer, but only if the council agrees,” Ana Reyes said.",
            &[],
        ),
        ("“We will sell the ferry to the bank this summer,” Ana Reyes said, if the council agrees.", &[]),
        ("Ana Reyes doubts that “the islanders will buy it”.", &[]),
        (
            "“We will sell the ferry to the bank this summer,” Ana Reyes said. She added: “But only if the council agrees.”",
            &[],
        ),
    ] {
        let folder = one_draft(&format!("{draft}\n"), TAPE, false);
        assert_eq!(wording(folder.path()), expected, "{draft}");
    }
}

#[test]
fn a_tapes_words_without_marks_are_a_note() {
    let draft = "The ferry is old. We counted fifteen boats near the weir, which would have pleased my father. It is green.\n";
    assert_eq!(wording(one_draft(draft, TAPE, false).path()), ["unmarked-words note"]);
    let told = "Ana Reyes said we counted fifteen boats near the weir, which would have pleased my father.\n";
    assert_eq!(wording(one_draft(told, TAPE, false).path()), Vec::<String>::new());
}

#[test]
fn a_finding_carries_the_time_and_shows_both_sides() {
    let draft = "“The ferry is not for sale, and it never was,” Ana Reyes said.\n";
    let folder = one_draft(draft, TAPE, false);
    let output = sayso(folder.path(), &["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let related = &report["findings"][0]["related"][0];
    assert_eq!(related["at"], "00:00:05", "{report:#}");
    assert_eq!((&related["path"], &related["span"]["start"]["line"]), (&"tape.vtt".into(), &4.into()));
    let output = sayso(folder.path(), &["check", "--color", "never"]);
    let drawn = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    for shown in
        ["The ferry is not for sale", "The harbour is not for sale", "said here", "00:00:05", "Ana Reyes"]
    {
        assert!(drawn.contains(shown), "{shown}: {drawn}");
    }
}

#[test]
fn the_check_is_one_json_document_or_a_line_each() {
    let draft = "“The harbour is not for sale, and it never was,” Ana Reyes said.\n\n“We counted fifteen boats … pleased my father,” Reyes said.\n\n“Nobody asked the bank about its plans for the quay,” Bo Okafor said.\n";
    let folder = one_draft(draft, TAPE, false);
    let output = sayso(folder.path(), &["quotes", "--check", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let quotations = document["quotations"].as_array().unwrap();
    assert_eq!(quotations[0]["check"]["at"], "00:00:05");
    assert_eq!(quotations[1]["check"]["how"], serde_json::json!(["gap: “near the weir which would have”"]));
    let summary = serde_json::json!({"quotations": 3, "exact": 1, "edited": 1, "altered": 0, "not-found": 0, "unchecked": 1,
        "reasons": {"speaker on no tape": 1}});
    assert_eq!(document["summary"], summary);
    let output = sayso(folder.path(), &["quotes", "--check"]);
    let table = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        table.lines().last(),
        Some("3 quotations: 1 exact, 1 edited, 1 unchecked (1 speaker on no tape)")
    );
    let output = sayso(folder.path(), &["quotes", "--check", "--format", "csv"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 4);
}
