//! What an editor gets from `sayso lsp` about a place in a draft: who said it, where else it stands, and what can be done.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]
#![expect(clippy::needless_pass_by_value, reason = "a message is written where it is sent")]
#![allow(dead_code, reason = "each test uses a part of what supports them")]

mod support;
#[path = "support/editor.rs"]
mod editor;

use editor::{Editor, edited};
use serde_json::{Value, json};

const CONFIG: &str = "include = [\"*.md\"]
people = [\"people.toml\"]
transcripts = [\"tape.txt\"]
[[transcript]]
files = [\"tape.txt\"]
drafts = [\"pier.md\"]
";
const PEOPLE: &str = "# The council
[[person]]
name = \"Ana Reyes\" # since May
";
const TAPE: &str = "Harbour office, Skarrow, 11 June 2026

[00:00:05] BO OKAFOR: What will happen to the pier?

[00:01:12] ANA REYES: We will close the north pier before the winter storms come in from the west.
";
const PIER: &str = "Harbour master Ana Reyes spoke in the café 🙂 to Bo Okafor.

“We will close the south pier before the winter storms,” Reyes said. Others call it “Reyes’s folly”.
";
const QUAY: &str = "Ana Reyes, the harbour master, looked on.

“We will close the north pier before the winter storms,” Ana Reyes said.
";
const NAMES: &str = "Harbour master Ana Reyez looked on. Nobody asked Ana Reyez.\n";
const SPACED: &str = "It was “ soon” over, and “ never” again.\n";

fn open(capabilities: Value) -> Editor {
    let files = [
        ("sayso.toml", CONFIG),
        ("people.toml", PEOPLE),
        ("tape.txt", TAPE),
        ("pier.md", PIER),
        ("quay.md", QUAY),
        ("names.md", NAMES),
        ("spaced.md", SPACED),
    ];
    Editor::open(&files, &capabilities)
}

fn hover(editor: &mut Editor, path: &str, text: &str, words: &str) -> String {
    let at = editor.at(path, text, words);
    let told = editor.ask("textDocument/hover", at);
    told["contents"]["value"].as_str().unwrap_or_default().to_owned()
}

/// The places in an answer, as `path:line:column` counted from 1, in UTF-16.
fn places(editor: &Editor, answer: &Value) -> Vec<String> {
    let one = |place: &Value| {
        let start = &place["range"]["start"];
        let path = place["uri"].as_str().unwrap().strip_prefix(&format!("{}/", editor.root())).unwrap();
        let from_one = |key: &str| start[key].as_u64().unwrap() + 1;
        format!("{path}:{}:{}", from_one("line"), from_one("character"))
    };
    match answer {
        Value::Array(all) => all.iter().map(one).collect(),
        Value::Null => Vec::new(),
        place => vec![one(place)],
    }
}

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let found = actions.iter().find(|action| action["title"].as_str().unwrap().contains(title));
    found.unwrap_or_else(|| panic!("no “{title}” in {actions:#?}"))
}

#[test]
fn a_quotation_tells_who_said_it_where_else_and_what_the_tape_has() {
    let mut editor = open(json!({}));
    let told = hover(&mut editor, "pier.md", PIER, "close the south");
    assert!(told.starts_with("**Ana Reyes** — source “Reyes”, cue “said”"), "{told}");
    assert!(told.contains("of 100 measured cases"), "{told}");
    assert!(told.contains("Tape: altered"), "{told}");
    assert!(told.contains("tape.txt at 00:01:12"), "{told}");
    assert!(told.contains("> We will close the north pier before the winter storms"), "{told}");
    let link = format!("- [quay.md:3]({}#L3): ", editor.uri("quay.md"));
    assert!(told.contains(&link), "{told}");
    assert!(told.contains("[-south-]{+north+}"), "{told}");
    // The range is that of the whole quotation, with its marks.
    let at = editor.at("pier.md", PIER, "close the south");
    let range = editor.ask("textDocument/hover", at)["range"].clone();
    let (start, end) = (json!({ "line": 2, "character": 0 }), json!({ "line": 2, "character": 56 }));
    assert_eq!(range, json!({ "start": start, "end": end }));
    // Words of the writer have nothing to tell.
    assert_eq!(hover(&mut editor, "pier.md", PIER, "café"), "");
    // What is on the screen counts, not what is on disk.
    let mended = PIER.replace("south", "north");
    editor.show("pier.md", &mended);
    let told = hover(&mut editor, "pier.md", &mended, "close the north");
    assert!(told.contains("Tape: word for word"), "{told}");
    assert!(told.contains("the same words"), "{told}");
}

#[test]
fn a_name_tells_who_is_meant() {
    let mut editor = open(json!({}));
    let told = hover(&mut editor, "pier.md", PIER, "Reyes said");
    assert!(told.starts_with("**Ana Reyes** — "), "{told}");
    assert!(told.to_lowercase().contains("harbour master"), "{told}");
    assert!(told.contains("In the registry: Ana Reyes"), "{told}");
    // The last letter of a name and the place behind it mean the name too.
    let mut at = editor.at("pier.md", PIER, " said. Others");
    assert_eq!(editor.ask("textDocument/hover", at.clone())["contents"]["value"], told.as_str());
    at["position"]["character"] = json!(at["position"]["character"].as_u64().unwrap() + 1);
    assert_eq!(editor.ask("textDocument/hover", at), Value::Null);
    let unregistered = hover(&mut editor, "pier.md", PIER, "Okafor");
    assert!(unregistered.starts_with("**Bo Okafor** — "), "{unregistered}");
    assert!(!unregistered.contains("registry"), "{unregistered}");
}

#[test]
fn a_quotation_and_a_name_lead_to_their_other_places() {
    let mut editor = open(json!({}));
    let quotation = editor.at("pier.md", PIER, "close the south");
    let answer = editor.ask("textDocument/definition", quotation.clone());
    assert_eq!(places(&editor, &answer), ["quay.md:3:1", "tape.txt:5:23"]);
    let answer = editor.ask("textDocument/references", quotation);
    assert_eq!(places(&editor, &answer), ["pier.md:3:1", "quay.md:3:1", "tape.txt:5:23"]);
    let name = editor.at("pier.md", PIER, "Reyes said");
    let answer = editor.ask("textDocument/definition", name.clone());
    assert_eq!(places(&editor, &answer), ["pier.md:1:16"], "the introduction of this draft");
    let answer = editor.ask("textDocument/references", name);
    let all = places(&editor, &answer);
    for place in ["pier.md:1:16", "pier.md:3:58", "quay.md:1:1", "quay.md:3:58"] {
        assert!(all.contains(&place.to_owned()), "{place} is not in {all:?}");
    }
    let nothing = editor.at("pier.md", PIER, "café");
    for method in ["textDocument/definition", "textDocument/references"] {
        assert_eq!(editor.ask(method, nothing.clone()), Value::Null, "{method}");
    }
}

#[test]
fn quotations_and_people_are_listed() {
    let mut editor = open(json!({}));
    let ask = json!({ "textDocument": { "uri": editor.uri("pier.md") } });
    let symbols = editor.ask("textDocument/documentSymbol", ask);
    let names = |symbols: &Value| -> Vec<String> {
        symbols.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    let expected = [
        "Ana Reyes",
        "Bo Okafor",
        "Ana Reyes: “We will close the south pier before the winter storms,”",
        "Others: “Reyes’s folly”",
    ];
    assert_eq!(names(&symbols), expected);
    assert_eq!(symbols[0]["detail"], "Harbour master");
    assert_eq!(symbols[1]["range"]["start"], json!({ "line": 0, "character": 49 }), "in UTF-16");
    // Words that nobody says are listed without a speaker, and not as words of somebody unknown.
    let ask = json!({ "textDocument": { "uri": editor.uri("spaced.md") } });
    assert_eq!(names(&editor.ask("textDocument/documentSymbol", ask)), ["“soon”", "“never”"]);
    let found = editor.ask("workspace/symbol", json!({ "query": "reyes NORTH" }));
    assert!(
        names(&found).iter().any(|name| name.starts_with("Ana Reyes: “We will close the north")),
        "{found}"
    );
    assert!(names(&found).iter().all(|name| !name.contains("south")), "{found}");
    assert_eq!(editor.ask("workspace/symbol", json!({ "query": "zeppelin" })), json!([]));
}

#[test]
fn safe_fixes_are_offered_one_by_one_and_all_at_once() {
    let mut editor = open(json!({}));
    let uri = editor.uri("spaced.md");
    let offered = editor.actions("spaced.md", SPACED, "“ soon");
    let one = titled(&offered, "Take out");
    assert_eq!((&one["kind"], &one["isPreferred"]), (&json!("quickfix"), &json!(true)));
    assert_eq!(edited(SPACED, &one["edit"]["changes"][&uri]), "It was “soon” over, and “ never” again.\n");
    let all = titled(&offered, "all safe changes");
    assert_eq!(all["kind"], "source.fixAll");
    assert_eq!(edited(SPACED, &all["edit"]["changes"][&uri]), "It was “soon” over, and “never” again.\n");
    // An editor that mends on saving asks for one kind, and hands over its own diagnostics to be tied to.
    let found = editor.pulled("spaced.md");
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } });
    let mut ask = |only: &str| {
        let context = json!({ "diagnostics": found, "only": [only] });
        let ask = json!({ "textDocument": { "uri": uri }, "range": whole, "context": context });
        editor.ask("textDocument/codeAction", ask).as_array().unwrap().clone()
    };
    for kind in ["source", "source.fixAll"] {
        let kinds: Vec<Value> = ask(kind).iter().map(|action| action["kind"].clone()).collect();
        assert_eq!(kinds, ["source.fixAll"], "{kind}");
    }
    assert_eq!(ask("source.organizeImports"), [] as [Value; 0]);
    for action in ask("quickfix") {
        assert!(found.contains(&action["diagnostics"][0]), "{action}");
    }
}

/// Where two changes are as likely, both are offered, neither is preferred, and neither is among the safe ones.
#[test]
fn two_ways_to_mend_a_finding_are_offered_side_by_side() {
    const DAY: &str =
        "The pier opened on Friday, June 10, 2026, and “It was Friday, June 10, 2026,” Reyes said.\n";
    for (config, first, second) in [
        ("", "Write ‘Wednesday’ for ‘Friday’", "Write ‘12’ for ‘10’"),
        (
            "[rules]\nweekday-mismatch = { mend = \"date\" }\n",
            "Write ‘12’ for ‘10’",
            "Write ‘Wednesday’ for ‘Friday’",
        ),
    ] {
        let mut editor = Editor::open(&[("sayso.toml", config), ("day.md", DAY)], &json!({}));
        let uri = editor.uri("day.md");
        let offered = editor.actions("day.md", DAY, "Friday, June");
        let fixes: Vec<&Value> =
            offered.iter().filter(|action| action["edit"]["changes"][&uri].is_array()).collect();
        let writes: Vec<&&Value> =
            fixes.iter().filter(|action| action["title"].as_str().unwrap().starts_with("Write")).collect();
        let titles: Vec<&str> = writes.iter().map(|action| action["title"].as_str().unwrap()).collect();
        assert_eq!(titles, [format!("{first} (look at it)"), format!("{second} (look at it)")]);
        assert!(writes.iter().all(|action| action["isPreferred"] == false), "{writes:?}");
        let texts = writes.iter().map(|action| edited(DAY, &action["edit"]["changes"][&uri]));
        let mut texts: Vec<String> = texts.collect();
        texts.sort();
        let rest = "2026, and “It was Friday, June 10, 2026,” Reyes said.\n";
        assert_eq!(
            texts,
            [
                format!("The pier opened on Friday, June 12, {rest}"),
                format!("The pier opened on Wednesday, June 10, {rest}"),
            ]
        );
        assert!(!offered.iter().any(|action| action["kind"] == "source.fixAll"), "{offered:?}");
        // The same day inside a quotation is the speaker's.
        let quoted = editor.actions("day.md", DAY, "Friday, June 10, 2026,”");
        assert!(
            !quoted.iter().any(|action| action["title"].as_str().unwrap().starts_with("Write")),
            "{quoted:?}"
        );
    }
}

#[test]
fn no_fix_is_offered_inside_a_quotation() {
    let mut editor = open(json!({}));
    let offered = editor.actions("pier.md", PIER, "south");
    let titles: Vec<&str> = offered.iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert!(
        titles.iter().all(|title| !title.starts_with("Write") && !title.contains("all safe")),
        "{titles:?}"
    );
}

#[test]
fn a_finding_is_allowed_with_a_reason() {
    let mut editor = open(json!({}));
    let uri = editor.uri("pier.md");
    let offered = editor.actions("pier.md", PIER, "south");
    let allow = titled(&offered, "Allow not-in-transcript here");
    let text = edited(PIER, &allow["edit"]["changes"][&uri]);
    assert!(
        text.contains("\n\n<!-- sayso: allow(not-in-transcript) REASON -->\n“We will close the south"),
        "{text}"
    );
    let rules = |found: Vec<Value>| -> Vec<String> {
        found.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
    };
    assert!(rules(editor.pulled("pier.md")).contains(&"not-in-transcript".to_owned()));
    editor.show("pier.md", &text);
    let left = rules(editor.pulled("pier.md"));
    for rule in ["not-in-transcript", "unused-suppression", "unexplained-suppression"] {
        assert!(!left.contains(&rule.to_owned()), "{left:?}");
    }
}

#[test]
fn a_spelling_is_added_to_the_registry() {
    let mut editor = open(json!({}));
    editor.show("names.md", NAMES);
    assert_eq!(editor.pulled("names.md")[0]["code"], "misspelled-name");
    let offered = editor.actions("names.md", NAMES, "Ana Reyez");
    let add = titled(&offered, "Add the spelling “Ana Reyez” to people.toml");
    let text = edited(PEOPLE, &add["edit"]["changes"][editor.uri("people.toml")]);
    assert_eq!(text, format!("{PEOPLE}aliases = [\"Ana Reyez\"]\n"));
    editor.desk.write("people.toml", text);
    assert_eq!(editor.pulled("names.md"), [] as [Value; 0]);
}

#[test]
fn the_words_of_a_tape_are_looked_at_before_they_are_used() {
    let annotations = json!({ "workspace": { "workspaceEdit": { "documentChanges": true, "changeAnnotationSupport": {} } } });
    let mut editor = open(annotations);
    editor.show("pier.md", PIER);
    let offered = editor.actions("pier.md", PIER, "south");
    let edit = &titled(&offered, "Use the tape’s words")["edit"];
    assert_eq!(edit["changeAnnotations"]["tape"]["needsConfirmation"], true);
    let change = &edit["documentChanges"][0];
    assert_eq!(
        (&change["textDocument"]["version"], &change["edits"][0]["annotationId"]),
        (&json!(1), &json!("tape"))
    );
    assert_eq!(edited(PIER, &change["edits"]), PIER.replace("south", "north"), "the marks stay");
    // Without previews the words are told, and nothing is changed.
    let mut editor = open(json!({}));
    let offered = editor.actions("pier.md", PIER, "south");
    let show = titled(&offered, "Show the tape’s words");
    assert_eq!(show["edit"], Value::Null);
    let told = editor.ask(
        "workspace/executeCommand",
        json!({ "command": show["command"]["command"], "arguments": show["command"]["arguments"] }),
    );
    let expected = "tape.txt has: “We will close the north pier before the winter storms”";
    assert_eq!(told, expected);
    let message = editor.hear_first(|message| message["method"] == "window/showMessage");
    assert_eq!(message["params"]["message"], expected);
}

#[test]
fn a_person_is_renamed_but_not_in_what_was_said() {
    let mut editor = open(json!({}));
    let at = editor.at("pier.md", PIER, "Reyes said");
    let prepared = editor.ask("textDocument/prepareRename", at.clone());
    assert_eq!(prepared["placeholder"], "Reyes");
    let mut ask = at;
    ask["newName"] = json!("Reyer");
    let renamed = editor.ask("textDocument/rename", ask)["changes"].clone();
    let pier = edited(PIER, &renamed[editor.uri("pier.md")]);
    let expected = PIER.replace("Ana Reyes", "Ana Reyer").replace("” Reyes said", "” Reyer said");
    assert_eq!(pier, expected, "“Reyes’s folly” stays");
    assert_eq!(edited(QUAY, &renamed[editor.uri("quay.md")]), QUAY.replace("Reyes", "Reyer"));
    assert_eq!(renamed[editor.uri("tape.txt")], Value::Null);
    let message = editor.hear_first(|message| message["method"] == "window/showMessage");
    assert!(message["params"]["message"].as_str().unwrap().contains("as they are"), "{message}");
    // What is no name cannot be renamed, and no name is not a name.
    let quotation = editor.at("pier.md", PIER, "close the south");
    assert_eq!(editor.ask("textDocument/prepareRename", quotation), Value::Null);
    let mut ask = editor.at("pier.md", PIER, "Reyes said");
    ask["newName"] = json!("  ");
    assert_eq!(editor.error("textDocument/rename", ask)["code"], -32602);
}

#[test]
fn lenses_are_shown_where_they_are_turned_on() {
    let mut editor = open(json!({}));
    let ask = json!({ "textDocument": { "uri": editor.uri("pier.md") } });
    assert_eq!(editor.ask("textDocument/codeLens", ask.clone()), json!([]));
    editor.tell("workspace/didChangeConfiguration", json!({ "settings": { "sayso": { "codeLens": true } } }));
    let lenses = editor.ask("textDocument/codeLens", ask);
    assert_eq!(lenses.as_array().unwrap().len(), 1, "{lenses}");
    let command = &lenses[0]["command"];
    assert_eq!(command["title"], "also in 1 draft, in other words");
    assert_eq!(places(&editor, &command["arguments"][2])[0], "quay.md:3:1");
}

#[test]
fn who_says_what_is_listed_without_the_tapes() {
    let mut editor = open(json!({}));
    let all = editor.ask("sayso/whoSaysWhat", json!({}));
    let speech = |path: &str| {
        let of = all.as_array().unwrap().iter().filter(|one| one["path"] == path && one["speech"] == true);
        of.map(|one| one["speaker"].as_str().unwrap_or("?").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(speech("pier.md")[0], "Ana Reyes");
    assert_eq!(speech("quay.md"), ["Ana Reyes"]);
    assert!(all.as_array().unwrap().iter().all(|one| one["path"] != "tape.txt"), "{all}");
    let report = editor.ask("sayso/report", json!({}));
    assert!(report["html"].as_str().unwrap().contains("south pier"));
}
