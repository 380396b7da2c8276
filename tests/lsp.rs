//! The language server, spoken to over pipes as an editor speaks to it: the handshake, diagnostics, and what comes in that
//! makes no sense.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]
#![expect(clippy::needless_pass_by_value, reason = "a message is written where it is sent")]
#![allow(dead_code, reason = "each test uses a part of what supports them")]

mod support;
#[path = "support/editor.rs"]
mod editor;

use editor::Editor;
use serde_json::{Value, json};

const MONDAY: &str =
    "# Pier\n\nÇa va 🙂 “We will close the north pier before the winter storms,” Ana Reyes said.\n";
const FRIDAY: &str = "“We will close the south pier before the winter storms,” Ana Reyes said.\n";

fn drafts() -> [(&'static str, &'static str); 2] {
    [("monday.md", MONDAY), ("friday.txt", FRIDAY)]
}

fn pulling() -> Value {
    json!({ "textDocument": { "diagnostic": {} }, "workspace": { "diagnostics": { "refreshSupport": true } } })
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|one| one["code"].as_str().unwrap()).collect()
}

const ALTERED: [&str; 1] = ["altered-quotation"];
const NOTHING: [&str; 0] = [];

#[test]
fn an_edit_in_one_draft_changes_what_the_others_show() {
    let mut editor = Editor::open(&drafts(), &json!({}));
    editor.show("monday.md", MONDAY);
    let found = editor.published("monday.md");
    assert_eq!(codes(&found), ALTERED);
    let related = &found[0]["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], editor.uri("friday.txt"));
    assert!(!related["message"].as_str().unwrap().is_empty(), "{related}");
    assert!(found[0]["message"].as_str().unwrap().contains('\n'), "what to do stands below: {}", found[0]);
    editor.show("friday.txt", FRIDAY);
    assert_eq!(codes(&editor.published("friday.txt")), ALTERED);
    // “south” becomes “north”, by a change of a range.
    let uri = editor.uri("friday.txt");
    let range = json!({ "start": { "line": 0, "character": 19 }, "end": { "line": 0, "character": 24 } });
    editor.tell(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": uri, "version": 2 },
            "contentChanges": [{ "range": range, "text": "north" }],
        }),
    );
    assert_eq!(codes(&editor.published("friday.txt")), NOTHING);
    assert_eq!(codes(&editor.published("monday.md")), NOTHING);
    // Closed without saving, the file on disk counts again.
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(codes(&editor.published("monday.md")), ALTERED);
    assert_eq!(codes(&editor.published("friday.txt")), NOTHING, "what is closed shows nothing");
    assert_eq!(editor.close(), Some(0));
}

#[test]
fn an_editor_that_asks_is_told_when_to_ask_again() {
    let mut editor = Editor::open(&drafts(), &pulling());
    assert_eq!(editor.can["diagnosticProvider"]["interFileDependencies"], true);
    editor.show("monday.md", MONDAY);
    editor.show("friday.txt", FRIDAY);
    let uri = editor.uri("monday.md");
    let ask = |previous: Value| json!({ "textDocument": { "uri": uri }, "previousResultId": previous });
    let first = editor.ask("textDocument/diagnostic", ask(Value::Null));
    assert_eq!(codes(first["items"].as_array().unwrap()), ALTERED);
    let same = editor.ask("textDocument/diagnostic", ask(first["resultId"].clone()));
    assert_eq!((&same["kind"], &same["items"]), (&json!("unchanged"), &Value::Null));
    assert_eq!(codes(&editor.pulled("friday.txt")), ALTERED);
    editor.rewrite("friday.txt", 2, MONDAY);
    editor.hear_first(|message| message["method"] == "workspace/diagnostic/refresh");
    let now = editor.ask("textDocument/diagnostic", ask(first["resultId"].clone()));
    assert_eq!((now["kind"].as_str().unwrap(), now["items"].as_array().unwrap().len()), ("full", 0));
    let sent = editor.heard.iter().find(|message| message["method"] == "textDocument/publishDiagnostics");
    assert_eq!(sent, None, "nothing is sent to an editor that asks");
    assert_eq!(editor.close(), Some(0));
}

#[test]
fn columns_are_those_that_both_sides_agree_on() {
    let column = |offered: Value| {
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let mut editor = Editor::open(&drafts(), &capabilities);
        let found = editor.pulled("monday.md");
        (editor.can["positionEncoding"].clone(), found[0]["range"]["start"]["character"].as_u64().unwrap())
    };
    let before = &MONDAY[MONDAY.find("Ça").unwrap()..MONDAY.find("north").unwrap()];
    let (bytes, units, points) = (before.len(), before.encode_utf16().count(), before.chars().count());
    assert!(bytes > units && units > points);
    for (offered, name, expected) in [
        (json!(["utf-16"]), "utf-16", units),
        (json!([]), "utf-16", units),
        (Value::Null, "utf-16", units),
        (json!(["utf-8", "utf-16"]), "utf-8", bytes),
        (json!(["utf-32"]), "utf-32", points),
        (json!(["utf-7"]), "utf-16", units),
    ] {
        assert_eq!(column(offered.clone()), (json!(name), expected as u64), "{offered}");
    }
}

#[test]
fn edits_are_counted_in_the_same_units() {
    for (encoding, column) in [("utf-8", 15), ("utf-16", 10), ("utf-32", 9)] {
        let capabilities = json!({ "general": { "positionEncodings": [encoding] } });
        let mut editor = Editor::open(&[], &capabilities);
        editor.show("a.txt", "Ça va 🙂 “Go, Ana Reyes said.\n");
        assert_eq!(codes(&editor.published("a.txt")), ["unclosed-quotation"]);
        let end = json!({ "line": 0, "character": column + 2 });
        let uri = editor.uri("a.txt");
        editor.tell(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": uri, "version": 2 },
                "contentChanges": [{ "range": { "start": end, "end": end }, "text": "”" }],
            }),
        );
        // “Go” is closed by a mark that was put in behind it, so the text is what the editor has.
        assert_eq!(codes(&editor.published("a.txt")), NOTHING, "{encoding}");
    }
}

#[test]
fn what_makes_no_sense_gets_an_error_and_the_server_goes_on() {
    let mut editor = Editor::open(&drafts(), &json!({}));
    editor.show("friday.txt", FRIDAY);
    let place = |uri: Value, position: Value| json!({ "textDocument": { "uri": uri }, "position": position });
    let uri = json!(editor.uri("friday.txt"));
    for (method, params, code) in [
        ("textDocument/hover", json!({}), -32602),
        ("textDocument/hover", json!([1, 2]), -32602),
        ("textDocument/hover", Value::Null, -32602),
        ("textDocument/hover", place(json!(3), json!({ "line": 0, "character": 0 })), -32602),
        ("textDocument/hover", place(uri.clone(), json!({ "line": -1, "character": 0 })), -32602),
        ("textDocument/hover", place(uri.clone(), json!("first")), -32602),
        ("textDocument/diagnostic", json!({ "textDocument": "friday.txt" }), -32602),
        ("textDocument/rename", place(uri.clone(), json!({ "line": 0, "character": 0 })), -32602),
        ("workspace/symbol", json!({}), -32602),
        ("workspace/executeCommand", json!({ "command": "rm" }), -32602),
        ("no/such/method", json!({}), -32601),
        ("initialize", json!({}), -32600),
    ] {
        let error = editor.error(method, params.clone());
        assert_eq!(error["code"], code, "{method} {params}: {error}");
        assert!(error["message"].as_str().unwrap().len() > 10, "{error}");
    }
    // A place beyond the text is its end, and a file that is no draft has nothing to say.
    let beyond = place(uri.clone(), json!({ "line": 999, "character": 5 }));
    assert_eq!(editor.ask("textDocument/hover", beyond), Value::Null);
    let outside = place(json!("file:///nowhere/at/all.md"), json!({ "line": 0, "character": 0 }));
    assert_eq!(editor.ask("textDocument/hover", outside), Value::Null);
    // Bad messages are answered without a number, and cost nothing else.
    for (bytes, code) in [
        ("Content-Length: 3\r\n\r\n{,}", -32700),
        ("Content-Length: many\r\n\r\n", -32700),
        ("Content-Length: 2\r\n\r\n42", -32600),
        ("Content-Length: 2\r\n\r\n[]", -32600),
        ("Content-Length: 2\r\n\r\n{}", -32600),
        ("Content-Length: 34\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":1}", -32700),
        ("Content-Length: 29\r\n\r\n{\"id\":[],\"method\":\"shutdown\"}", -32600),
    ] {
        editor.send_bytes(bytes.as_bytes());
        let error = editor.hear_first(|message| message.get("id") == Some(&Value::Null));
        assert_eq!(error["error"]["code"], code, "{bytes}: {error}");
    }
    // Edits that lie nowhere, of files that are not open, and notes that nobody knows are passed by.
    let backwards = json!({ "start": { "line": 7, "character": 1 }, "end": { "line": 2, "character": 0 } });
    for (method, params) in [
        (
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri }, "contentChanges": [{ "range": backwards, "text": "x" }] }),
        ),
        (
            "textDocument/didChange",
            json!({ "textDocument": { "uri": "file:///x.md" }, "contentChanges": [{ "text": "x" }] }),
        ),
        ("textDocument/didChange", json!({ "textDocument": { "uri": uri }, "contentChanges": 7 })),
        ("textDocument/didOpen", json!({})),
        ("textDocument/didClose", json!({ "textDocument": { "uri": "untitled:1" } })),
        ("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": 1 }, 2] })),
        ("workspace/didChangeConfiguration", json!({ "settings": [] })),
        ("$/cancelRequest", json!({ "id": 77 })),
        ("$/nobody/knows", json!(null)),
    ] {
        editor.tell(method, params);
    }
    assert_eq!(codes(&editor.pulled("friday.txt")), ALTERED);
    assert_eq!(editor.close(), Some(0));
}

#[test]
fn nothing_is_answered_before_the_handshake_or_after_the_end() {
    let mut editor = Editor::start(&drafts(), &[]);
    assert_eq!(editor.error("textDocument/hover", json!({}))["code"], -32002);
    editor.tell("textDocument/didOpen", json!({}));
    let root = editor.root();
    editor.ask("initialize", json!({ "rootUri": root, "capabilities": {} }));
    editor.ask("shutdown", Value::Null);
    assert_eq!(editor.error("textDocument/hover", json!({}))["code"], -32600);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.server.wait().unwrap().code(), Some(0));
}

#[test]
fn an_end_without_a_shutdown_is_a_failure() {
    let mut editor = Editor::open(&drafts(), &json!({}));
    editor.tell("exit", Value::Null);
    assert_eq!(editor.server.wait().unwrap().code(), Some(1));
    let mut gone = Editor::open(&drafts(), &json!({}));
    drop(gone.input.take());
    assert_eq!(gone.server.wait().unwrap().code(), Some(1), "the editor is gone");
    let mut early = Editor::start(&[], &[]);
    early.tell("exit", Value::Null);
    assert_eq!(early.server.wait().unwrap().code(), Some(1));
}

#[test]
fn a_question_that_is_taken_back_is_not_answered() {
    let mut editor = Editor::open(&drafts(), &json!({}));
    editor.pulled("monday.md");
    let place = editor.at("friday.txt", FRIDAY, "close");
    // A question that is being answered is answered, and nobody can tell when the server reads what. So several are asked:
    // each in one write with its withdrawal, behind one that takes longer.
    let mut taken_back = false;
    for round in 0..50 {
        let (slow, back, kept) = (format!("slow {round}"), format!("back {round}"), format!("kept {round}"));
        let mut bytes = Vec::new();
        for message in [
            json!({ "jsonrpc": "2.0", "id": slow, "method": "sayso/report", "params": {} }),
            json!({ "jsonrpc": "2.0", "id": back, "method": "textDocument/hover", "params": place }),
            json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": back } }),
            json!({ "jsonrpc": "2.0", "id": kept, "method": "textDocument/hover", "params": place }),
        ] {
            let body = message.to_string();
            bytes.extend(format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes());
        }
        editor.send_bytes(&bytes);
        let back = editor.hear_first(|message| message["id"] == back.as_str());
        let kept = editor.hear_first(|message| message["id"] == kept.as_str());
        assert!(kept["result"].is_object(), "{kept}");
        taken_back = back["error"]["code"] == -32800;
        assert!(taken_back || back["result"].is_object(), "{back}");
        if taken_back {
            break;
        }
    }
    assert!(taken_back, "no question was taken back in time");
}

#[test]
fn a_configuration_and_a_registry_may_change_without_a_word_from_the_editor() {
    let people = "[[person]]\nname = \"Ana Reyes\"\n";
    let config = "people = [\"people.toml\"]\n";
    let mut files = drafts().to_vec();
    files.extend([("sayso.toml", config), ("people.toml", people)]);
    let mut editor = Editor::open(&files, &json!({}));
    editor.show("friday.txt", FRIDAY);
    assert_eq!(codes(&editor.published("friday.txt")), ALTERED);
    let place = editor.at("friday.txt", FRIDAY, "Reyes");
    let registered = |editor: &mut Editor| {
        let told = editor.ask("textDocument/hover", place.clone());
        told["contents"]["value"].as_str().unwrap().contains("In the registry")
    };
    assert!(registered(&mut editor));
    editor.desk.write("people.toml", "[[person]]\nname = \"Bo Okafor of the quay\"\n");
    assert!(!registered(&mut editor));
    // Nobody asks, and the server sees it by itself.
    editor.desk.write("sayso.toml", "[rules]\naltered-quotation = \"off\"\n");
    assert_eq!(codes(&editor.published("friday.txt")), NOTHING);
    // A configuration that is broken is told, beside the place, and the one before goes on to hold.
    editor.desk.write("sayso.toml", "[rules]\n\naltered-qotation = \"off\"\n");
    let wrong = editor.published("sayso.toml");
    assert_eq!(wrong[0]["range"]["start"]["line"], 2, "{wrong:?}");
    assert!(wrong[0]["message"].as_str().unwrap().contains("altered-qotation"), "{wrong:?}");
    assert_eq!(codes(&editor.pulled("friday.txt")), NOTHING);
    let told = editor.hear_first(|message| message["method"] == "window/showMessage");
    assert!(told["params"]["message"].as_str().unwrap().contains("altered-qotation"), "{told}");
    editor.desk.write("sayso.toml", "# everything as it was\n");
    assert_eq!(codes(&editor.published("sayso.toml")), NOTHING);
    assert_eq!(codes(&editor.pulled("friday.txt")), ALTERED);
    assert_eq!(editor.close(), Some(0));
}

/// What a desk writes itself is read again when it is saved: words, pages of rules, and new files of both.
#[test]
fn words_and_pages_of_a_desk_may_change_without_a_word_from_the_editor() {
    const DRAFT: &str = "“The tide is out,” Ana Reyes yammered.\n";
    let config = "words-dir = \"words\"\nrules-dir = \"pages\"\n[rules]\nloaded-cue = \"warning\"\nunattributed-quotation = \"off\"\n";
    let page = |word: &str| {
        format!(
            "summary = \"s\"\nlevel = \"warning\"\nhelp = \"h\"\nwhy = \"w\"\nsource = \"s\"\n[match]\n\
             where = {{ words = \"{word}\" }}\nmessage = \"m\"\n"
        )
    };
    let files = [
        ("a.md", DRAFT),
        ("sayso.toml", config),
        ("words/honorifics.txt", "skip : m\n"),
        ("words/cues.txt", "mumble : speech loaded\n"),
        ("pages/sea.toml", &page("harbour")),
    ];
    let mut editor = Editor::open(&files, &json!({}));
    editor.show("a.md", DRAFT);
    assert_eq!(codes(&editor.pulled("a.md")), NOTHING);
    editor.desk.write("words/cues.txt", "yammer : speech loaded\n");
    assert_eq!(codes(&editor.published_when("a.md", |found| !found.is_empty())), ["loaded-cue"]);
    // A line that a list cannot have is told in the list, and the words before go on to hold.
    editor.desk.write("words/cues.txt", "yammer : speach loaded, too\n");
    let wrong = editor.published("words/cues.txt");
    assert_eq!(wrong[0]["range"]["start"]["line"], 0, "{wrong:?}");
    assert_eq!(codes(&editor.pulled("a.md")), ["loaded-cue"]);
    editor.desk.write("words/cues.txt", "mumble : speech loaded\n");
    assert_eq!(codes(&editor.published_when("a.md", <[Value]>::is_empty)), NOTHING);
    // A page is changed, and another one comes.
    editor.desk.write("pages/sea.toml", page("tide"));
    assert_eq!(codes(&editor.published_when("a.md", |found| !found.is_empty())), ["sea"]);
    editor.desk.write("pages/shore.toml", page("tide"));
    assert_eq!(codes(&editor.published_when("a.md", |found| found.len() > 1)), ["sea", "shore"]);
    assert_eq!(editor.close(), Some(0));
}

/// Two folders of one editor have words of their own.
#[test]
fn each_folder_has_its_own_words() {
    const DRAFT: &str = "“The tide is out,” Ana Reyes yammered.\n";
    let config =
        "words-dir = \"words\"\n[rules]\nloaded-cue = \"warning\"\nunattributed-quotation = \"off\"\n";
    let files = [
        ("one/a.md", DRAFT),
        ("one/sayso.toml", config),
        ("one/words/cues.txt", "yammer : speech loaded\n"),
        ("two/a.md", DRAFT),
        ("two/sayso.toml", config),
        ("two/words/cues.txt", "yammer : speech\n"),
    ];
    let mut editor = Editor::start(&files, &[]);
    let folders = ["one", "two"].map(|name| json!({ "uri": editor.uri(name), "name": name }));
    editor.ask("initialize", json!({ "capabilities": {}, "workspaceFolders": folders }));
    editor.tell("initialized", json!({}));
    editor.show("one/a.md", DRAFT);
    editor.show("two/a.md", DRAFT);
    for _ in 0..2 {
        assert_eq!(codes(&editor.pulled("one/a.md")), ["loaded-cue"]);
        assert_eq!(codes(&editor.pulled("two/a.md")), NOTHING);
        editor.rewrite("one/a.md", 2, DRAFT);
        editor.rewrite("two/a.md", 2, DRAFT);
    }
    assert_eq!(editor.close(), Some(0));
}

#[test]
fn files_come_change_and_go_on_disk() {
    let watching = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut editor = Editor::open(&[("monday.md", MONDAY)], &watching);
    let asked = editor.hear_first(|message| message["method"] == "client/registerCapability");
    assert!(asked.to_string().contains("**/sayso.toml"), "{asked}");
    let id = asked["id"].clone();
    editor.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
    editor.show("monday.md", MONDAY);
    assert_eq!(codes(&editor.published("monday.md")), NOTHING);
    let tell = |editor: &mut Editor, kind: u8| {
        let change = json!({ "uri": editor.uri("friday.txt"), "type": kind });
        editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
    };
    editor.desk.write("friday.txt", FRIDAY);
    tell(&mut editor, 1);
    assert_eq!(codes(&editor.published("monday.md")), ALTERED);
    editor.desk.write("friday.txt", FRIDAY.replace("south", "north"));
    tell(&mut editor, 2);
    assert_eq!(codes(&editor.published("monday.md")), NOTHING);
    editor.desk.write("friday.txt", FRIDAY);
    tell(&mut editor, 2);
    assert_eq!(codes(&editor.published("monday.md")), ALTERED);
    std::fs::remove_file(editor.desk.path().join("friday.txt")).unwrap();
    tell(&mut editor, 3);
    assert_eq!(codes(&editor.published("monday.md")), NOTHING);
}

#[test]
fn a_draft_outside_all_projects_is_judged_by_itself_and_one_of_another_project_with_it() {
    let mut editor = Editor::open(&[("inside.txt", MONDAY)], &json!({}));
    let other = support::Desk::new(&[("sayso.toml", ""), ("a.txt", MONDAY), ("b/b.txt", FRIDAY)]);
    let alone = support::Desk::new(&[("a.txt", MONDAY), ("b.txt", FRIDAY)]);
    let mut open = |uri: &str, text: &str| {
        let document = json!({ "uri": uri, "languageId": "plaintext", "version": 1, "text": text });
        editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
        let sent = editor.hear_first(|message| message["params"]["uri"] == uri);
        codes(sent["params"]["diagnostics"].as_array().unwrap()).join(" ")
    };
    let uri = |desk: &support::Desk, path: &str| format!("file://{}/{path}", desk.path().display());
    assert_eq!(open(&uri(&other, "b/b.txt"), FRIDAY), "altered-quotation");
    assert_eq!(open(&uri(&alone, "b.txt"), FRIDAY), "");
    assert_eq!(open("untitled:Untitled-1", "“Go, Ana Reyes said.\n"), "unclosed-quotation");
}

#[test]
fn folders_come_and_go() {
    let mut editor = Editor::open(&drafts(), &json!({}));
    let other = support::Desk::new(&[("a.txt", MONDAY), ("b.txt", FRIDAY)]);
    let folder = json!({ "uri": format!("file://{}", other.path().display()), "name": "other" });
    let uri = format!("file://{}/b.txt", other.path().display());
    let document = json!({ "uri": uri, "languageId": "plaintext", "version": 1, "text": FRIDAY });
    editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
    let mut next = |event: Option<Value>| {
        if let Some(event) = event {
            editor.tell("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
        }
        let sent = editor.hear_first(|message| message["params"]["uri"] == uri);
        codes(sent["params"]["diagnostics"].as_array().unwrap()).join(" ")
    };
    assert_eq!(next(None), "");
    assert_eq!(next(Some(json!({ "added": [folder], "removed": [] }))), "altered-quotation");
    assert_eq!(next(Some(json!({ "added": [], "removed": [folder] }))), "");
}

#[test]
fn a_folder_below_a_configuration_is_a_part_of_its_project() {
    let files = [("sayso.toml", ""), ("wire/a.txt", MONDAY), ("desk/b.txt", FRIDAY)];
    let mut editor = Editor::start(&files, &[]);
    let root = editor.uri("desk");
    editor.ask("initialize", json!({ "rootUri": root, "capabilities": {} }));
    let found = editor.pulled("desk/b.txt");
    assert_eq!(codes(&found), ALTERED);
    assert_eq!(found[0]["relatedInformation"][0]["location"]["uri"], editor.uri("wire/a.txt"));
}

#[test]
fn notes_may_be_hidden_and_a_baseline_holds() {
    let note = "“Nobody has mended the back stairs since the flood of ninety-one,” Dora Finlay said.\n";
    let other = "“Nobody has mended the front stairs since the flood of ninety-one,” Dora Finlay said.\n";
    let config = "[rules]\naltered-quotation = \"note\"\n";
    let files = [("a.txt", note), ("b.txt", other), ("sayso.toml", config)];
    let mut editor = Editor::open(&files, &json!({}));
    let all = editor.pulled("a.txt");
    let notes = all.iter().filter(|one| one["severity"] == 3).count();
    assert!(notes > 0, "{all:?}");
    let set = |editor: &mut Editor, notes: bool| {
        let settings = json!({ "settings": { "sayso": { "notes": notes } } });
        editor.tell("workspace/didChangeConfiguration", settings);
        editor.pulled("a.txt").len()
    };
    assert_eq!(set(&mut editor, false), all.len() - notes);
    assert_eq!(set(&mut editor, true), all.len());
    let recorded = support::run(editor.desk.path(), &["check", "--write-baseline"], "");
    assert_eq!(recorded.code, 0, "{}", recorded.error);
    assert_eq!(codes(&editor.pulled("a.txt")), NOTHING);
}

#[cfg(debug_assertions)]
#[test]
fn a_fault_of_sayso_costs_one_answer() {
    let mut editor = Editor::start(&drafts(), &[("SAYSO_TEST_FAULT", "answering")]);
    let root = editor.root();
    editor.ask("initialize", json!({ "rootUri": root, "capabilities": {} }));
    editor.show("friday.txt", FRIDAY);
    let place = editor.at("friday.txt", FRIDAY, "close");
    for _ in 0..2 {
        let error = editor.error("textDocument/hover", place.clone());
        assert_eq!(error["code"], -32603, "{error}");
        assert!(error["message"].as_str().unwrap().contains("report it"), "{error}");
    }
    // The project was read again, and an edit is followed.
    editor.rewrite("friday.txt", 2, &FRIDAY.replace("winter,”", "winter"));
    editor.rewrite("friday.txt", 3, FRIDAY);
    editor.heard.clear();
    assert_eq!(codes(&editor.published("friday.txt")), ALTERED);
    assert_eq!(editor.close(), Some(0));
}

#[test]
fn progress_is_shown_where_reading_takes_long() {
    let many: Vec<(String, String)> = (0..1500)
        .map(|number| {
            (format!("draft-{number}.txt"), MONDAY.repeat(8).replace("north", &format!("pier {number}")))
        })
        .collect();
    let files: Vec<(&str, &str)> = many.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut editor = Editor::open(&files, &json!({ "window": { "workDoneProgress": true } }));
    let asked = editor.hear_first(|message| message["method"] == "window/workDoneProgress/create");
    let token = asked["params"]["token"].clone();
    for kind in ["begin", "end"] {
        editor.hear_first(|message| {
            message["method"] == "$/progress"
                && message["params"]["token"] == token
                && message["params"]["value"]["kind"] == kind
        });
    }
}
