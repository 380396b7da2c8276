//! What `check` writes for build servers and code hosts: each format parses as what it claims to be, names every place,
//! and counts columns in its reader's unit.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// “Ça va 🙂” takes 7 columns in code points, 8 in UTF-16 and 11 in bytes; so the second quotation tells the units apart.
const MONDAY: &str =
    "“Ça va 🙂,” she said. “We will never sell the harbour to a stranger,” Ana Reyes said.\n";
const TUESDAY: &str =
    "“We will always sell the harbour to a stranger,” Ana Reyes said.\n\nIt was “ soon” <over> & out.\n";

/// A project of two drafts, one of them with a name that every format must escape.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mon day & \u{e7}a.md"), MONDAY).unwrap();
    std::fs::write(folder.path().join("tuesday.md"), TUESDAY).unwrap();
    folder
}

fn run(folder: &Path, format: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.current_dir(folder).args(["check", "--isolated", "--quiet", "--format", format, "."]);
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

fn json(folder: &Path, format: &str) -> Value {
    serde_json::from_str(&run(folder, format)).unwrap()
}

/// The finding about the changed words, and how many findings there are.
fn findings(folder: &Path) -> (Value, usize) {
    let whole = json(folder, "json");
    let all = whole["findings"].as_array().unwrap();
    (all.iter().find(|finding| finding["rule"] == "altered-quotation").unwrap().clone(), all.len())
}

#[test]
fn sarif_has_what_code_scanning_demands() {
    let folder = project();
    let log = json(folder.path(), "sarif");
    assert_eq!((&log["version"], log["$schema"].is_string()), (&Value::from("2.1.0"), true));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), sayso::rules::RULES.len());
    for rule in rules {
        for key in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[key]["text"].as_str().unwrap().is_empty(), "{key} of {rule}");
        }
    }
    let (altered, count) = findings(folder.path());
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), count);
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let location = &result["locations"][0]["physicalLocation"];
        let uri = location["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.is_ascii() && !uri.contains(' '), "{uri}");
        for key in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(location["region"][key].as_u64().unwrap() > 0, "{key} of {result}");
        }
        assert_eq!(result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap().len(), 18);
        for related in result["relatedLocations"].as_array().into_iter().flatten() {
            let link = format!("]({})", related["id"]);
            assert!(result["message"]["text"].as_str().unwrap().contains(&link), "{result}");
        }
    }
    let result = results.iter().find(|result| result["ruleId"] == "altered-quotation").unwrap();
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "mon%20day%20&%20%C3%A7a.md");
    assert_eq!(location["region"]["startColumn"], altered["span"]["start"]["column"]);
    let fixed = results.iter().find(|result| result["ruleId"] == "spaced-marks").unwrap();
    let replacement = &fixed["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert!(replacement["insertedContent"]["text"].is_string(), "{fixed}");
}

/// Every kind of place and text that a log may hold: several drafts, fixes, suppressions with and without a reason, a file
/// that cannot be read, no findings at all.
#[test]
fn sarif_is_valid_against_the_schema() {
    let schema =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schemas/sarif-2.1.0.json"));
    let mut schema: Value = serde_json::from_str(&schema.unwrap()).unwrap();
    // This pattern has a bracket too many. sayso writes no such key.
    for object in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][object]["properties"]["language"];
        language.as_object_mut().unwrap().remove("pattern").unwrap();
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let valid = |log: &Value| {
        let faults: Vec<String> =
            validator.iter_errors(log).map(|fault| format!("{fault} at {}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:#?}\n{log:#}");
    };
    let folder = project();
    let write = |name: &str, text: &[u8]| std::fs::write(folder.path().join(name), text).unwrap();
    write("allowed.md", b"<!-- sayso: allow(marks) the poet wrote it so -->\n\n\xe2\x80\x9cNobody closed this, Ana Reyes said.\n");
    write("broken.docx", b"no archive");
    write("sub [1] %.md", "“Ça va 🙂, Ana Reyes said.\n".as_bytes());
    let log = json(folder.path(), "sarif");
    valid(&log);
    // The schema is strict enough to fail.
    let mut wrong = log;
    wrong["runs"][0]["results"][0]["level"] = "serious".into();
    assert!(!validator.is_valid(&wrong));
    let empty = tempfile::tempdir().unwrap();
    std::fs::write(empty.path().join("2026-06-09-a.md"), "“We will not sell it,” Ana Reyes said.\n").unwrap();
    valid(&json(empty.path(), "sarif"));
}

#[test]
fn what_a_draft_allows_is_a_suppressed_result() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let open = "“Nobody closed this, Ana Reyes said.\n";
    write("reason.md", &format!("<!-- sayso: allow(marks) the poet wrote it so -->\n\n{open}"));
    write("silent.md", &format!("<!-- sayso: allow(unclosed-quotation) -->\n\n{open}"));
    write("open.md", open);
    let results = |log: &Value| log["runs"][0]["results"].as_array().unwrap().clone();
    let all = results(&json(folder.path(), "sarif"));
    let of = |name: &str| -> Vec<&Value> {
        let here = |result: &&Value| {
            let location = &result["locations"][0]["physicalLocation"]["artifactLocation"];
            location["uri"] == name && result["ruleId"] == "unclosed-quotation"
        };
        all.iter().filter(here).collect()
    };
    assert_eq!(
        of("reason.md")[0]["suppressions"],
        serde_json::json!([
            { "kind": "inSource", "justification": "the poet wrote it so" }
        ])
    );
    assert_eq!(of("silent.md")[0]["suppressions"], serde_json::json!([{ "kind": "inSource" }]));
    assert!(of("open.md")[0]["suppressions"].is_null());
    // The other formats say nothing about them, and neither do the counts.
    let whole = json(folder.path(), "json");
    assert_eq!(whole["summary"]["errors"], 1);
    let suppressed = all.iter().filter(|result| !result["suppressions"].is_null()).count();
    assert_eq!(suppressed + whole["findings"].as_array().unwrap().len(), all.len());
    // A directive changes no fingerprint of what stands.
    let mark = |result: &Value| result["partialFingerprints"]["primaryLocationLineHash"].clone();
    let before = mark(of("open.md")[0]);
    std::fs::remove_file(folder.path().join("reason.md")).unwrap();
    let fewer = results(&json(folder.path(), "sarif"));
    let still = fewer.iter().find(|result| mark(result) == before).unwrap();
    assert!(still["suppressions"].is_null());
}

/// “Ça va 🙂” stands before each finding: the column of the same mark in every format, in the unit that its readers count.
#[test]
fn every_format_counts_columns_in_its_readers_unit() {
    let folder = tempfile::tempdir().unwrap();
    // The second quotation begins after 11 characters, 12 units of UTF-16 and 19 bytes.
    let text = "“Ça va 🙂”. “Nobody closed this, Ana Reyes said.\n";
    std::fs::write(folder.path().join("a.md"), text).unwrap();
    let at = text.rfind('“').unwrap();
    let (characters, bytes) = (text[..at].chars().count() + 1, at + 1);
    assert_eq!((characters, text[..at].encode_utf16().count() + 1, bytes), (12, 13, 20));
    let whole = json(folder.path(), "json");
    let finding = |whole: &Value| {
        let all = whole["findings"].as_array().unwrap();
        all.iter().find(|finding| finding["rule"] == "unclosed-quotation").unwrap().clone()
    };
    let start = &finding(&whole)["span"]["start"];
    assert_eq!((&start["column"], &start["byte"]), (&Value::from(characters), &Value::from(bytes - 1)));
    let line = |format: &str, word: &str| {
        let text = run(folder.path(), format);
        text.lines().find(|line| line.contains(word)).unwrap_or_else(|| panic!("{format}: {text}")).to_owned()
    };
    let rule = "unclosed-quotation";
    let first: Value = serde_json::from_str(&line("jsonl", rule)).unwrap();
    assert_eq!(first["span"]["start"]["column"], characters);
    assert!(line("concise", rule).starts_with(&format!("a.md:1:{characters}: ")));
    assert!(line("pretty", "╭─[").contains(&format!("a.md:1:{characters}]")));
    assert!(line("github", rule).contains(&format!("col={characters}")));
    let sarif = json(folder.path(), "sarif");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let result = results.iter().find(|result| result["ruleId"] == rule).unwrap();
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startColumn"], characters);
    let issues = json(folder.path(), "gitlab");
    let issue = issues.as_array().unwrap().iter().find(|issue| issue["check_name"] == rule).unwrap();
    assert_eq!(issue["location"]["lines"]["begin"], 1);
    let diagnostic: Value = serde_json::from_str(&line("rdjsonl", rule)).unwrap();
    assert_eq!(diagnostic["location"]["range"]["start"]["column"], bytes);
    let diagnostics = json(folder.path(), "rdjson");
    let diagnostic = diagnostics["diagnostics"].as_array().unwrap();
    let diagnostic = diagnostic.iter().find(|found| found["code"]["value"] == rule).unwrap();
    assert_eq!(diagnostic["location"]["range"]["start"]["column"], bytes);
    assert!(line("checkstyle", rule).contains(&format!("column=\"{characters}\"")));
    assert!(line("junit", "<testcase").contains(&format!("line 1, column {characters}\"")));
}

#[test]
fn gitlab_gets_an_array_without_equal_fingerprints() {
    let folder = project();
    let report = json(folder.path(), "gitlab");
    let issues = report.as_array().unwrap();
    assert_eq!(issues.len(), findings(folder.path()).1);
    let mut seen: Vec<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), issues.len());
    for issue in issues {
        assert!(issue["description"].as_str().unwrap().starts_with(issue["check_name"].as_str().unwrap()));
        assert!(["info", "minor", "major"].contains(&issue["severity"].as_str().unwrap()));
        assert!(issue["location"]["lines"]["begin"].is_u64() && issue["location"]["path"].is_string());
    }
}

#[test]
fn reviewdog_gets_columns_in_bytes() {
    let folder = project();
    let (altered, count) = findings(folder.path());
    let whole = json(folder.path(), "rdjson");
    assert_eq!(whole["source"]["name"], "sayso");
    let diagnostics = whole["diagnostics"].as_array().unwrap();
    let lines: Vec<Value> =
        run(folder.path(), "rdjsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((diagnostics, lines.len()), (&lines, count));
    let found = lines.iter().find(|line| line["code"]["value"] == "altered-quotation").unwrap();
    // The first line begins at byte 0, so a column in bytes is one more than the offset.
    let byte = altered["span"]["start"]["byte"].as_u64().unwrap();
    assert_eq!(found["location"]["range"]["start"]["column"], byte + 1);
    assert!(byte + 1 > altered["span"]["start"]["column"].as_u64().unwrap());
    assert_eq!(found["related_locations"][0]["location"]["path"], "tuesday.md");
    let fixed = lines.iter().find(|line| line["code"]["value"] == "spaced-marks").unwrap();
    assert!(fixed["suggestions"][0]["text"].is_string());
}

/// A reader of the XML that the two reports use: it knows elements, attributes and text, and refuses everything that is
/// not well-formed. Gives the names of the elements in order.
fn elements(xml: &str) -> Vec<&str> {
    let mut rest = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").unwrap();
    let (mut open, mut seen) = (Vec::new(), Vec::new());
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>') && !bare_ampersand(&rest[..at]), "text: {}", &rest[..at]);
        let end = at + rest[at..].find('>').unwrap();
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap();
        assert!(
            tag.matches('"').count().is_multiple_of(2) && !tag.contains('<') && !bare_ampersand(tag),
            "{tag}"
        );
        seen.push(name);
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{open:?} {rest}");
    seen
}

fn bare_ampersand(text: &str) -> bool {
    let escapes = ["amp;", "lt;", "gt;", "quot;", "apos;"];
    text.split('&').skip(1).any(|after| !escapes.iter().any(|escape| after.starts_with(escape)))
}

#[test]
fn build_servers_get_well_formed_reports() {
    let folder = project();
    let count = findings(folder.path()).1;
    let checkstyle = run(folder.path(), "checkstyle");
    let of = |elements: &[&str], name: &str| elements.iter().filter(|element| **element == name).count();
    let names = elements(&checkstyle);
    assert_eq!((of(&names, "file"), of(&names, "error")), (2, count));
    assert!(checkstyle.contains("name=\"mon day &amp; ça.md\""), "{checkstyle}");
    let junit = run(folder.path(), "junit");
    let names = elements(&junit);
    assert_eq!((of(&names, "testcase"), of(&names, "failure")), (count, count));
}

#[test]
fn a_clean_folder_is_a_report_and_no_empty_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("2026-06-09-a.md"), "“We will not sell it,” Ana Reyes said.\n")
        .unwrap();
    assert_eq!(json(folder.path(), "sarif")["runs"][0]["results"], serde_json::json!([]));
    assert_eq!(json(folder.path(), "gitlab"), serde_json::json!([]));
    assert_eq!(json(folder.path(), "rdjson")["diagnostics"], serde_json::json!([]));
    assert_eq!(run(folder.path(), "rdjsonl"), "");
    assert_eq!(elements(&run(folder.path(), "checkstyle")), ["checkstyle"]);
    assert_eq!(elements(&run(folder.path(), "junit")), ["testsuites", "testsuite", "testcase"]);
}

/// Runs `check` in `folder` and returns standard output, standard error and the exit code.
fn check(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    let output = command.current_dir(folder).args(["check", "--isolated"]).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn files_in_other_formats_are_written_beside_the_terminal() {
    let folder = project();
    let drafts = ["mon day & \u{e7}a.md", "tuesday.md"];
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let arguments = ["--output", "sarif=out/a.sarif", "-o", "junit=out/b=c.xml", "--format", "concise"];
    let (stdout, _, code) = check(folder.path(), &[&arguments[..], &drafts].concat());
    assert_eq!(code, Some(1));
    assert_eq!(stdout, check(folder.path(), &[&["--format", "concise"][..], &drafts].concat()).0);
    for (format, file) in [("sarif", "a.sarif"), ("junit", "b=c.xml")] {
        let alone = check(folder.path(), &[&["--format", format][..], &drafts].concat()).0;
        assert_eq!(std::fs::read_to_string(out.join(file)).unwrap(), alone, "{format}");
    }
    // The notes that the terminal hides stand in the files of programs.
    let sarif: Value = serde_json::from_str(&std::fs::read_to_string(out.join("a.sarif")).unwrap()).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(results.iter().any(|result| result["level"] == "note") && !stdout.contains("undated-document"));
}

#[test]
fn a_file_without_a_format_takes_the_place_of_the_terminal() {
    let folder = project();
    let arguments = [
        "--notes",
        "--fail-on",
        "note",
        "--format",
        "json",
        "-o",
        "main.json",
        "-o",
        "concise=notes.txt",
        "tuesday.md",
    ];
    let (stdout, stderr, code) = check(folder.path(), &arguments);
    assert_eq!((stdout.as_str(), code), ("", Some(1)));
    assert!(stderr.contains("2 files") || stderr.contains("1 file"), "the summary is for eyes: {stderr}");
    let main: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.path().join("main.json")).unwrap()).unwrap();
    assert!(main["findings"].is_array());
    let text = std::fs::read_to_string(folder.path().join("notes.txt")).unwrap();
    assert!(text.contains("[spaced-marks]") && !text.contains('\u{1b}'), "{text}");
}

#[test]
fn a_file_that_cannot_be_written_is_named_and_the_others_are_written() {
    let folder = project();
    let arguments = ["--notes", "-o", "sarif=nowhere/a.sarif", "-o", "gitlab=b.json", "tuesday.md"];
    let (stdout, stderr, code) = check(folder.path(), &arguments);
    assert_eq!(code, Some(2), "{stderr}");
    assert!(stderr.contains("nowhere/a.sarif"), "{stderr}");
    assert!(stdout.contains("spaced-marks") && folder.path().join("b.json").is_file());
    for wrong in [&["-o", "a", "-o", "b"][..], &["-o", "sarif="], &["-o", "sarif=x", "-o", "junit=x"]] {
        let (_, stderr, code) = check(folder.path(), &[wrong, &["tuesday.md"]].concat());
        assert_eq!(code, Some(2));
        assert!(stderr.contains("--output") && stderr.contains("help"), "{stderr}");
    }
    assert!(!folder.path().join("a").exists() && !folder.path().join("x").exists());
}

#[test]
fn nothing_that_was_read_is_written_over() {
    let folder = project();
    std::fs::write(folder.path().join("people.toml"), "[[person]]\nname = \"Ana Reyes\"\n").unwrap();
    std::fs::write(folder.path().join("sayso.toml"), "people = [\"people.toml\"]\n").unwrap();
    let outputs: [&[&str]; 5] = [
        &["check", "-o", "tuesday.md", "."],
        &["check", "--output", "sarif=./tuesday.md", "."],
        &["quotes", "-o", "tuesday.md", "tuesday.md"],
        &["check", "-o", "people.toml", "."],
        &["check", "-o", "sayso.toml", "."],
    ];
    for arguments in outputs {
        let out = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .current_dir(folder.path())
            .args(arguments)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains("must not replace it"), "{arguments:?}: {said}");
    }
    assert_eq!(std::fs::read_to_string(folder.path().join("tuesday.md")).unwrap(), TUESDAY);
    assert!(std::fs::read_to_string(folder.path().join("people.toml")).unwrap().contains("Ana Reyes"));
}
