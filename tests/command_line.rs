//! The command line as a newcomer meets it: slips are named, nothing is overwritten, exit codes are as documented.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod support;

use support::{Desk, Run, run};

impl Desk {
    fn run(&self, arguments: &[&str]) -> Run {
        run(self.path(), arguments, "")
    }
}

const OPEN: &str = "“We will rebuild the pier, Mayor Ines Duarte said.\n";
const SOUND: &str = "“We will rebuild the pier,” Mayor Ines Duarte said.\n";

#[test]
fn slips_are_named() {
    let desk = Desk::new(&[("a.txt", SOUND)]);
    for (arguments, said) in [
        (&["chekc", "a.txt"][..], "did you mean `sayso check`?"),
        (&["quots"], "did you mean `sayso quotes`?"),
        (&["check", "--format", "sarf"], "a similar value exists: 'sarif'"),
        (&["quotes", "--format", "jsno"], "a similar value exists: 'json'"),
        (&["schema", "confg"], "a similar value exists: 'config'"),
        (&["man", "chek"], "did you mean `sayso man check`?"),
        (&["explain", "altered"], "perhaps altered-quotation is meant"),
        (&["--rule", "dates=eror"], "did you mean dates=error?"),
        (&["--isolatd"], "a similar argument exists: '--isolated'"),
        (&["--threads", "0"], "a number from 1 to 512 is wanted"),
        (&["--threads", "100000"], "a number from 1 to 512 is wanted"),
    ] {
        let run = desk.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.error.contains(said), "{arguments:?}: {}", run.error);
    }
    // A name with a folder or an ending is a path and no command.
    assert!(!desk.run(&["check.md"]).error.contains("did you mean"));
}

#[test]
fn a_name_for_standard_input_means_that_it_is_read() {
    let desk = Desk::new(&[("a.txt", SOUND)]);
    let found = run(desk.path(), &["--stdin-filename", "drafts/x.md", "--format", "concise"], OPEN);
    assert_eq!(found.code, 1);
    assert!(found.out.starts_with("drafts/x.md:1:1: error"), "{}", found.out);
    let refused = run(desk.path(), &["--stdin-filename", "x.md", "a.txt"], OPEN);
    assert!(refused.code == 2 && refused.error.contains("add `-` to the paths"), "{}", refused.error);
    assert_eq!(run(desk.path(), &["--stdin-filename", "x.md", "-"], OPEN).code, 1);
}

#[test]
fn exit_codes_are_as_documented() {
    let desk = Desk::new(&[("sound.txt", SOUND), ("open.txt", OPEN)]);
    desk.write("binary.txt", b"a\0b");
    for (arguments, code) in [
        (&["sound.txt"][..], 0),
        (&["open.txt"], 1),
        (&["open.txt", "--fail-on", "never"], 0),
        (&["open.txt", "--rule", "unclosed-quotation=note"], 0),
        (&["open.txt", "--rule", "unclosed-quotation=note", "--fail-on", "note"], 1),
        (&["nosuch.txt", "--fail-on", "never"], 2),
        // A file that was named and cannot be read, whatever counts as a failure.
        (&["binary.txt"], 2),
        (&["binary.txt", "--fail-on", "never"], 2),
        (&["sound.txt", "binary.txt", "--fail-on", "error"], 2),
        // One that was met in a folder is a finding.
        (&["."], 1),
        (&[".", "--fail-on", "never"], 0),
    ] {
        let run = desk.run(&[arguments, &["--isolated"]].concat());
        assert_eq!(run.code, code, "{arguments:?}: {}{}", run.out, run.error);
    }
    // The others are checked all the same.
    let run = desk.run(&["open.txt", "binary.txt", "--isolated", "--format", "concise"]);
    assert!(run.out.contains("unclosed-quotation") && run.out.contains("unreadable-file"), "{}", run.out);
}

#[test]
fn completions_know_rules_and_groups() {
    let desk = Desk::new(&[]);
    for shell in ["bash", "zsh", "fish"] {
        let script = desk.run(&["completions", shell]).out;
        for name in ["altered-quotation", "house-keeping", "weekday-mismatch=off", "since"] {
            assert!(script.contains(name), "{shell} does not complete {name}");
        }
    }
    // They are hints: a run says more about a name that there is not.
    let run = desk.run(&["--only", "nosuch-rule", "--isolated"]);
    assert!(run.error.contains("there is no rule of this name"), "{}", run.error);
}

#[test]
fn the_manual_has_every_command_and_option() {
    let desk = Desk::new(&[]);
    let page = desk.run(&["man"]).out;
    assert!(page.starts_with(".ie") && page.contains(".TH sayso 1"), "{}", &page[..200.min(page.len())]);
    for command in ["check", "quotes", "people", "tape", "facts", "explain", "rules", "init", "schema"] {
        assert!(page.contains(&format!("sayso\\-{command}")), "{command}");
        let own = desk.run(&["man", command]).out;
        let help = desk.run(&[command, "--help"]).out;
        let options = help.split_whitespace().filter(|word| word.starts_with("--") && word.len() > 2);
        for option in options.map(|option| option.trim_end_matches([',', '.', '"', ')'])) {
            assert!(own.contains(&option.replace('-', "\\-")), "sayso man {command} lacks {option}");
        }
    }
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-')
}

const MONDAY: &str = "SKARROW, June 8, 2026 — “The pier stays closed,” said Mayor Ines Duarte of Skarrow. “It is \
                      late,” said Tomas Okafor, chief engineer of the harbour board.\n";
const TUESDAY: &str = "SKARROW, June 9, 2026 — “The pier stays closed,” Mayor Ines Duarte said. Ines Maria Duarte left. \
                       “So it is,” said Tomas Okafour, the engineer.\n";

#[test]
fn a_project_begins_with_what_lies_in_the_folder() {
    let desk = Desk::new(&[
        ("README.md", "About."),
        ("drafts/monday.txt", MONDAY),
        ("wire/tuesday.md", TUESDAY),
        ("tapes/duarte.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ines Duarte>The pier stays closed.\n"),
    ]);
    let begun = desk.run(&["init"]);
    assert_eq!(begun.code, 0, "{}", begun.error);
    assert!(begun.out.contains("sayso.toml: written; 2 drafts, 1 transcript found"), "{}", begun.out);
    assert!(begun.out.contains("- repo: local") && begun.out.contains("problemMatcher"), "{}", begun.out);
    let config = desk.read("sayso.toml");
    for line in [
        "include = [\"drafts/**\", \"wire/**\"]",
        "people = [\"people.toml\"]",
        "transcripts = [\"tapes/**\"]",
        "# style = \"ap\"",
    ] {
        assert!(config.lines().any(|written| written == line), "{line} is not in\n{config}");
    }
    // Every setting that is commented out can be used as it stands.
    let mut used = 0;
    let lines = config.lines().map(|line| match line.strip_prefix("# ") {
        Some(setting) if setting.starts_with('[') || setting.split(" = ").next().is_some_and(is_key) => {
            used += 1;
            setting
        }
        _ => line,
    });
    let all = lines.collect::<Vec<_>>().join("\n");
    assert!(used > 8, "{all}");
    let other = Desk::new(&[
        ("sayso.toml", &all),
        ("people.toml", ""),
        ("drafts/a.txt", SOUND),
        ("tapes/a.vtt", "WEBVTT\n"),
    ]);
    let run = other.run(&["--notes"]);
    assert!(run.code < 2, "{}", run.error);
    let people = desk.read("people.toml");
    assert!(people.contains("name = \"Ines Duarte\"\naliases = [\"Ines Maria Duarte\"]"), "{people}");
    assert!(
        people.contains("title = \"Mayor of Skarrow\"") || people.contains("title = \"Mayor\""),
        "{people}"
    );
    assert!(people.contains("title = \"chief engineer of the harbour board\""), "{people}");
    // A slip is not taken for an alias.
    assert!(!people.contains("aliases = [\"Tomas Okafour\"]"), "{people}");
    let run = desk.run(&[]);
    assert!(run.code < 2, "{}", run.error);
    assert!(!run.error.contains("matches no"), "{}", run.error);

    // Nothing is overwritten, and no project begins inside another.
    for arguments in [&["init"][..], &["init", "drafts"]] {
        let again = desk.run(arguments);
        assert!(
            again.code == 2 && again.error.contains("there is a configuration already"),
            "{}",
            again.error
        );
    }
    assert_eq!((desk.read("sayso.toml"), desk.read("people.toml")), (config, people));
}

#[test]
fn a_registry_that_is_there_is_used_and_left_alone() {
    let desk = Desk::new(&[("a.txt", MONDAY), ("people.toml", "[[person]]\nname = \"Ines Duarte\"\n")]);
    let begun = desk.run(&["init"]);
    assert!(begun.out.contains("people.toml: there already, left as it is"), "{}{}", begun.out, begun.error);
    assert_eq!(desk.read("people.toml"), "[[person]]\nname = \"Ines Duarte\"\n");
    assert!(desk.read("sayso.toml").contains("\npeople = [\"people.toml\"]"));
    // An empty folder is a beginning too.
    let empty = Desk::new(&[]);
    let begun = empty.run(&["init"]);
    assert!(begun.code == 0 && begun.out.contains("0 drafts found"), "{}{}", begun.out, begun.error);
    assert_eq!(empty.run(&[]).code, 0);
}

#[test]
fn what_holds_for_a_file_is_shown_with_its_origin() {
    let desk = Desk::new(&[
        (
            "house.toml",
            "style = \"ap\"\n[rules]\nweekday-mismatch = \"warning\"\nlate-attribution = { sentences = 4 }\n",
        ),
        (
            "sayso.toml",
            "extend = \"house.toml\"\nconfidence = 0.7\n[groups]\ndates = \"note\"\n\n[[overrides]]\nfiles = [\"wire/**\"]\n\
             published = 2026-06-10\ndesk = \"agency\"\nrules = { altered-quotation = \"off\" }\n",
        ),
        ("wire/a.txt", SOUND),
        ("drafts/b.md", "---\ndate: 2026-06-11\nkind: fiction\n---\n\nShe left.\n"),
    ]);
    let shown = |arguments: &[&str]| {
        let run = desk.run(&[&["check", "--format", "json", "--show-config"], arguments].concat());
        assert_eq!(run.code, 0, "{}", run.error);
        let shown: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        shown
    };
    let value = |shown: &serde_json::Value, key: &str| {
        let row = shown["values"].as_array().unwrap().iter().find(|row| row["key"] == key).unwrap().clone();
        format!("{} {}", row["value"].as_str().unwrap(), row["from"].as_str().unwrap())
    };
    let rule = |shown: &serde_json::Value, id: &str| {
        let row = shown["rules"].as_array().unwrap().iter().find(|row| row["rule"] == id).unwrap().clone();
        format!("{} {}", row["level"].as_str().unwrap(), row["from"].as_str().unwrap())
    };
    let wire = shown(&["wire/a.txt"]);
    assert_eq!(value(&wire, "project"), "this file belongs to it sayso.toml, which extends house.toml");
    assert_eq!(value(&wire, "published"), "2026-06-10 sayso.toml:8");
    assert_eq!(value(&wire, "desk"), "agency sayso.toml:9");
    assert_eq!(value(&wire, "style"), "ap house.toml:1");
    assert_eq!(value(&wire, "confidence"), "0.7 sayso.toml:2");
    assert_eq!(value(&wire, "language"), "en default");
    assert_eq!(rule(&wire, "altered-quotation"), "off sayso.toml:10");
    assert_eq!(rule(&wire, "weekday-mismatch"), "note sayso.toml:4");
    assert_eq!(rule(&wire, "anonymous-source"), "warning style ap");
    assert_eq!(rule(&wire, "unclosed-quotation"), "error default");
    let late =
        wire["rules"].as_array().unwrap().iter().find(|row| row["rule"] == "late-attribution").unwrap();
    assert_eq!(late["settings"][0]["value"], "4");
    assert_eq!(late["settings"][0]["from"], "house.toml:4");

    let draft = shown(&["drafts/b.md", "--rule", "altered-quotation=error"]);
    assert_eq!(value(&draft, "published"), "2026-06-11 front matter");
    assert_eq!(value(&draft, "kind"), "fiction front matter");
    assert_eq!(rule(&draft, "altered-quotation"), "error command line");

    let table = desk.run(&["check", "--show-config", "wire/a.txt"]).out;
    assert!(table.contains("published    2026-06-10  sayso.toml:8"), "{table}");
    let run = desk.run(&["check", "--show-config", "."]);
    assert!(run.code == 2 && run.error.contains("it shows what holds for one file"), "{}", run.error);
}

/// Patterns that match nothing are said, at their place, where they are the project's own.
#[test]
fn a_pattern_that_matches_nothing_is_a_warning() {
    let desk = Desk::new(&[
        ("house.toml", "[[overrides]]\nfiles = [\"agency/**\"]\ndesk = \"agency\"\n"),
        (
            "sayso.toml",
            "extend = \"house.toml\"\ninclude = [\"draft/**\", \"wire/**\"]\nexclude = [\"archive/**\", \"*.bak\"]\n\
             [[overrides]]\nfiles = [\"wire/**\", \"wires/**\"]\ndesk = \"wire\"\n",
        ),
        ("wire/a.txt", SOUND),
    ]);
    let run = desk.run(&[]);
    assert_eq!(run.code, 0, "{}", run.error);
    for said in [
        "draft/**",
        "this matches no draft",
        "this leaves nothing out",
        "this override is for no file",
        "sayso.toml:5:",
    ] {
        assert!(run.error.contains(said), "{said} is not in {}", run.error);
    }
    assert_eq!(run.error.matches("⚠").count(), 3, "{}", run.error);
    assert!(!run.error.contains("house.toml"), "{}", run.error);
    assert_eq!(desk.run(&["--quiet"]).error, "");
}

#[test]
fn slips_in_a_registry_point_at_their_place() {
    for (people, said) in [
        ("[person]\nname = \"Ana Reyes\"\n", "write [[person]], with two brackets"),
        (
            "[[person]]\nname = \"Ana Reyes\"\n[person.title]\ntitle = \"Mayor\"\n",
            "write [[person.title]], with two brackets",
        ),
        ("[[person]]\nname = \"Ana Reyes\"\n[[person]]\nname = \"ana reyes\"\n", "ana reyes is listed twice"),
        (
            "[[person]]\nname = \"Ana Reyes\"\nborn = 1970\n[[person]]\nname = \"Ana Reyes\"\nborn = 1970\n",
            "Ana Reyes is listed twice",
        ),
    ] {
        let desk =
            Desk::new(&[("sayso.toml", "people = [\"p.toml\"]\n"), ("p.toml", people), ("a.txt", SOUND)]);
        let run = desk.run(&[]);
        assert_eq!(run.code, 2);
        assert!(run.error.contains(said) && run.error.contains("p.toml:"), "{}", run.error);
    }
    let namesakes =
        "[[person]]\nname = \"Ana Reyes\"\nborn = 1970\n[[person]]\nname = \"Ana Reyes\"\nborn = 1991\n";
    let desk =
        Desk::new(&[("sayso.toml", "people = [\"p.toml\"]\n"), ("p.toml", namesakes), ("a.txt", SOUND)]);
    assert_eq!(desk.run(&[]).code, 0);
}

/// A page of a novel in which each quotation is found in its own way.
const STORY: &str = "Wilf Okafor stood on the quay with Ines Calloway. I came late.

“Is it far?” asked Ines Calloway.

“A mile,” said Wilf Okafor.

“A mile!”

I found a bench.

“Sit down, Quennell,” said Mrs. Dunmore.

“I will not, Mrs. Dunmore,” I said.

“You must, my dear Quennell,” said Mrs. Dunmore.

“Good night,” I said.

“Good night, Quennell,” said Mrs. Dunmore.

Wilf Okafor looked at the boats.

“They are late,” he said.
";

#[test]
fn why_tells_a_turn_an_honorific_a_scene_and_a_narrator() {
    let desk = Desk::new(&[("story.txt", STORY), ("sayso.toml", "kind = \"fiction\"\n")]);
    for (line, speaker, because) in [
        (7, "Ines Calloway", "two people speak in turn here, and this turn is that of the one before last"),
        (11, "Mrs. Dunmore", "the name with its honorific, which is part of who somebody is"),
        (17, "Quennell", "who tells the story, by the name that others call them"),
        (23, "Wilf Okafor", "the likeliest one in the scene whom the pronoun fits"),
    ] {
        let run = desk.run(&["quotes", "--why", &format!("story.txt:{line}")]);
        let said = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(&format!("attributed to {speaker}")), "{line}: {said}");
        assert!(said.contains(because), "{line}: {said}");
    }
}

#[test]
fn a_person_in_two_registries_is_told_of() {
    let registry = |born: &str| {
        format!("[[person]]\nname = \"Ines Duarte\"\n{born}[[person.title]]\ntitle = \"mayor\"\n")
    };
    let popolo = r#"{"persons": [{"name": "Inês Duarte", "birth_date": "1970-05-01"}, {"name": "Bo Tarn"}]}"#;
    let desk = Desk::new(&[
        ("sayso.toml", "people = [\"people.toml\", \"mps.json\"]\n"),
        ("people.toml", &registry("")),
        ("mps.json", popolo),
        ("a.txt", SOUND),
    ]);
    let told = desk.run(&["a.txt"]);
    assert_eq!(told.code, 0, "{}", told.error);
    assert!(told.error.contains("Inês Duarte stands in people.toml too"), "{}", told.error);
    let words = told.error.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("keep a person in one registry"), "{words}");
    assert_eq!(desk.run(&["a.txt", "--quiet"]).error, "");
    // A year that fits says nothing; another day of birth makes them two people.
    for (born, is_told) in
        [("born = 1970\n", true), ("born = 1970-05-01\n", true), ("born = 1948-01-02\n", false)]
    {
        desk.write("people.toml", registry(born).as_bytes());
        let told = desk.run(&["a.txt"]);
        assert_eq!((told.code, told.error.contains("too")), (0, is_told), "{born}{}", told.error);
    }
}
