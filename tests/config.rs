//! Good and bad configurations, and the files they bring together.
#![expect(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]

use std::path::{Path, PathBuf};

use sayso::calendar::Day;
use sayso::config::{Config, FileList, KnownRule};
use sayso::project::Project;
use sayso::rules::{Declared, Level, Parameter, ParameterType, Parameters};
use sayso::source::{Found, InputError, ListedId};

/// A folder with files, gone after the test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    fn path(&self) -> PathBuf {
        self.0.path().canonicalize().unwrap()
    }

    fn load(&self) -> Result<Config, Vec<InputError>> {
        Config::load(Path::new("sayso.toml"), &self.path())
    }
}

fn known() -> Vec<KnownRule> {
    let rule = |id: &str, group: &str, parameters: &[(&str, Declared)]| KnownRule {
        id: id.to_owned(),
        group: group.to_owned(),
        parameters: parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
    };
    let least_words = Declared {
        takes: ParameterType::WholeNumber,
        default: Parameter::Whole(4),
        about: "how long".to_owned(),
        least: Some(1),
        most: Some(100),
        unit: Some("words".to_owned()),
        choices: Vec::new(),
    };
    vec![
        rule("altered-quotation", "wording", &[("least-words", least_words)]),
        rule("weekday-mismatch", "dates", &[]),
        rule("anonymous-source", "sourcing", &[]),
    ]
}

/// The input errors of a configuration as `message | what is pointed at | help`, one a line.
fn faults(text: &str) -> Vec<String> {
    let folder = Folder::new(&[("sayso.toml", text)]);
    let input_errors = match folder.load() {
        Ok(config) => {
            let mut input_errors = config.check(&known());
            input_errors.extend(config.people().1);
            input_errors
        }
        Err(input_errors) => input_errors,
    };
    let line = |input_error: &InputError| {
        assert_eq!(input_error.path, "sayso.toml");
        let place = input_error.labels.first().map_or("", |(span, _)| span.of(text));
        format!("{} | {place} | {}", input_error.message, input_error.help.as_deref().unwrap_or(""))
    };
    input_errors.iter().map(line).collect()
}

#[test]
fn every_mistake_points_at_its_place() {
    for (text, expected) in [
        ("exlude = []", "the configuration has no key `exlude` | exlude | did you mean `exclude`?"),
        (
            "[rules]\nalterd-quotation = \"off\"",
            "there is no rule `alterd-quotation` | alterd-quotation | did you mean `altered-quotation`?",
        ),
        (
            "[rules]\ndates = \"off\"",
            "there is no rule `dates` | dates | `dates` is a group: set it under [groups]",
        ),
        ("[groups]\ndate = \"off\"", "there is no group `date` | date | did you mean `dates`?"),
        (
            "[groups]\nweekday-mismatch = \"off\"",
            "there is no group `weekday-mismatch` | weekday-mismatch | `weekday-mismatch` is a rule: set it under [rules]",
        ),
        (
            "[rules]\nweekday-mismatch = \"warn\"",
            "there is no level “warn” | \"warn\" | the levels are \"error\", \"warning\", \"note\" and \"off\"",
        ),
        (
            "[rules]\nweekday-mismatch = \"eror\"",
            "there is no level “eror” | \"eror\" | did you mean \"error\"?",
        ),
        (
            "[rules]\nweekday-mismatch = 2",
            "`weekday-mismatch` is a level: \"error\", \"warning\", \"note\" or \"off\", not a number | 2 | ",
        ),
        (
            "[rules]\naltered-quotation = { least-word = 3 }",
            "`altered-quotation` has no parameter `least-word` | least-word | did you mean `least-words`?",
        ),
        (
            "[rules]\naltered-quotation = { least-words = \"3\" }",
            "`least-words` of `altered-quotation` is a whole number, not a text | \"3\" | it takes a whole number of words from 1 to 100",
        ),
        (
            "[rules]\naltered-quotation = { least-words = -4 }",
            "`least-words` of `altered-quotation` cannot be -4 | -4 | it takes a whole number of words from 1 to 100",
        ),
        (
            "[rules]\naltered-quotation = { least-words = 2.5 }",
            "`least-words` of `altered-quotation` is a whole number, not a number with a fraction | 2.5 | it takes a whole number of words from 1 to 100",
        ),
        ("rules = \"all\"", "`rules` is a table, not a text | \"all\" | "),
        ("include = [\"a/**\", 3]", "`include` is a text, not a number | 3 | "),
        (
            "include = [\"a/**\", \"b/[c\"]",
            "this is not a path pattern: unclosed character class; missing ']' | \"b/[c\" | * stands for part of a name, ** for folders, {a,b} for either",
        ),
        ("language = \"xx\"", "sayso does not read the language “xx” | \"xx\" | the languages are en"),
        (
            "kind = \"fictoin\"",
            "there is no kind of text “fictoin” | \"fictoin\" | did you mean \"fiction\"?",
        ),
        (
            "kind = \"poem\"",
            "there is no kind of text “poem” | \"poem\" | the kinds are \"news\" and \"fiction\"",
        ),
        ("kind = 3", "`kind` is a kind of text: \"news\" or \"fiction\", not a number | 3 | "),
        (
            "[[overrides]]\nfiles = [\"a/**\"]\nkind = \"new\"",
            "there is no kind of text “new” | \"new\" | did you mean \"news\"?",
        ),
        ("style = \"guardain\"", "there is no style “guardain” | \"guardain\" | did you mean \"guardian\"?"),
        (
            "people = [\"nobody.toml\"]",
            "there is no registry of people “nobody.toml” | \"nobody.toml\" | paths are relative to the folder of the configuration that lists them",
        ),
        (
            "rules-dir = [\"house\"]",
            "there is no folder “house” with pages of rules | \"house\" | paths are relative to the folder of the configuration that lists them",
        ),
        (
            "extend = \"house.toml\"",
            "the configuration that this extends cannot be read: there is no such file or folder | \"house.toml\" | ",
        ),
        (
            "[[overrides]]\nfiles = [\"a\"]\npublished = \"17 April\"",
            "“17 April” is not a day | \"17 April\" | write it as year, month and day: 2025-04-17",
        ),
        (
            "confidence = 2",
            "2 is not from 0 to 1 | 2 | 0 names every source that was found, 1 none that is not certain",
        ),
        (
            "[[overrides]]\nfiles = [\"a\"]\npublish = 2025-04-17",
            "an override has no key `publish` | publish | did you mean `published`?",
        ),
        (
            "[[overrides]]\nfiles = [\"a\"]\nrules = { altered-quotation = { least-words = 3 } }",
            "parameters hold for all files and cannot be set in an override | least-words | set it under [rules]",
        ),
    ] {
        assert_eq!(faults(text), [expected], "{text}");
    }
}

/// The rules that there are refuse what they cannot use, and point at the value.
#[test]
fn a_value_that_a_rule_cannot_use_points_at_its_place() {
    for (text, expected) in [
        (
            "unattributed-quotation = { words = -4 }",
            "`words` of `unattributed-quotation` cannot be -4 | -4 | it takes a whole number of words from 1 to 1000",
        ),
        (
            "not-in-transcript = { profile = \"loose\" }",
            "`profile` of `not-in-transcript` cannot be “loose” | \"loose\" | it takes \"verbatim\", \"deletions\" or \"cleaned\"",
        ),
        (
            "misplaced-punctuation = { usage = \"amercian\" }",
            "`usage` of `misplaced-punctuation` cannot be “amercian” | \"amercian\" | did you mean \"american\"? it takes \"american\" or \"british\"",
        ),
        (
            "title-not-held = { grace-days = 3.5 }",
            "`grace-days` of `title-not-held` is a whole number, not a number with a fraction | 3.5 | it takes a whole number of days from 0 to 366",
        ),
        (
            "loaded-cue = { allow = 3 }",
            "`allow` of `loaded-cue` is a list of texts, not a whole number | 3 | it takes a list of texts",
        ),
    ] {
        let text = format!("[rules]\n{text}\n");
        let folder = Folder::new(&[("sayso.toml", &text)]);
        let faults = folder.load().unwrap().check(&all());
        let told: Vec<String> = faults
            .iter()
            .map(|fault| {
                let place = fault.labels[0].0.of(&text);
                format!("{} | {place} | {}", fault.message, fault.help.as_deref().unwrap_or(""))
            })
            .collect();
        assert_eq!(told, [expected]);
    }
}

#[test]
fn several_mistakes_are_told_at_once() {
    assert_eq!(faults("a = 1\nstyle = 3\n[[overrides]]\ndesk = 1\n").len(), 4);
    let syntax = faults("style = \"ap\" trailing\ninclude = [1\n");
    assert!(
        !syntax.is_empty() && syntax.iter().all(|fault| fault.starts_with("this is not valid TOML: ")),
        "{syntax:?}"
    );
    let twice = faults("style = \"ap\"\nstyle = \"ap\"\n");
    assert!(twice.len() == 1 && twice[0].contains("duplicate key"), "{twice:?}");
}

#[test]
fn an_override_must_say_which_files() {
    let input_errors = faults("[[overrides]]\npublished = 2025-04-17\n");
    assert_eq!(input_errors.len(), 1);
    assert!(
        input_errors[0].starts_with("this override does not say which files it is for | [[overrides]]"),
        "{input_errors:?}"
    );
}

#[test]
fn circles_are_found() {
    let folder = Folder::new(&[
        ("sayso.toml", "extend = \"a/house.toml\""),
        ("a/house.toml", "extend = \"../b.toml\""),
        ("b.toml", "style = \"ap\"\nextend = \"a/house.toml\""),
    ]);
    let input_errors = folder.load().unwrap_err();
    assert_eq!(input_errors.len(), 1);
    assert_eq!(input_errors[0].path, "b.toml");
    assert_eq!(input_errors[0].message, "this extends a/house.toml, which extends it in turn");
    assert_eq!(input_errors[0].labels[0].0.of(input_errors[0].text.as_deref().unwrap()), "\"a/house.toml\"");
}

#[test]
fn later_settings_win() {
    let folder = Folder::new(&[
        (
            "house.toml",
            "exclude = [\"old/**\"]\npeople = [\"people.toml\"]\n[rules]\nweekday-mismatch = \"note\"\naltered-quotation = { level = \"note\", least-words = 7 }\n\
                        [[overrides]]\nfiles = [\"wire/**\"]\ndesk = \"agency\"\npublished = 2025-04-16\n",
        ),
        ("people.toml", ""),
        (
            "sayso.toml",
            "extend = \"house.toml\"\nstyle = \"ap\"\n[rules]\naltered-quotation = { level = \"error\" }\n[groups]\ndates = \"off\"\nwording = \"off\"\n\
             [[overrides]]\nfiles = [\"wire/**\"]\npublished = \"2025-04-17\"\nrules = { altered-quotation = \"off\" }\n\
             [[overrides]]\nfiles = [\"wire/late.md\"]\nrules = { altered-quotation = \"warning\" }\n",
        ),
    ]);
    let config = folder.load().unwrap();
    assert_eq!(config.check(&[known(), all()].concat()), [], "the style names rules that there are");
    let level = |rule: &str, group: &str, path: &str| config.level(rule, group, path);
    assert_eq!(
        level("altered-quotation", "wording", "drafts/a.md"),
        Some(Level::Error),
        "a rule beats its group"
    );
    assert_eq!(
        level("weekday-mismatch", "dates", "drafts/a.md"),
        Some(Level::Off),
        "the file beats what it extends"
    );
    assert_eq!(level("anonymous-source", "sourcing", "drafts/a.md"), Some(Level::Warning), "by the style");
    assert_eq!(level("altered-quotation", "wording", "wire/a.md"), Some(Level::Off));
    assert_eq!(level("altered-quotation", "wording", "wire/late.md"), Some(Level::Warning));
    assert_eq!(config.published("wire/a.md"), Day::new(2025, 4, 17));
    assert_eq!(config.published("drafts/a.md"), None);
    assert_eq!(config.desk("wire/a.md"), Some("agency"));
    assert_eq!(
        config.parameters("altered-quotation"),
        Parameters::from([("least-words".into(), Parameter::Whole(7))])
    );
    assert_eq!(config.people(), (vec![folder.path().join("people.toml")], vec![]));
    assert_eq!(config.style(), Some("ap"));
}

#[test]
fn a_style_turns_its_rules_on() {
    let cases = [
        ("ap", &["anonymous-source", "relative-day", "title-capitalization"][..], "american"),
        ("guardian", &["anonymous-source", "late-attribution"][..], ""),
        ("chicago", &["edge-ellipsis"][..], "american"),
        ("apa", &["edge-ellipsis", "house-marks"][..], "american"),
        ("reuters", &["title-capitalization", "repeated-title"][..], ""),
    ];
    for (style, rules, usage) in cases {
        let folder = Folder::new(&[("sayso.toml", &format!("style = \"{style}\"\n"))]);
        let config = folder.load().unwrap();
        assert_eq!(config.check(&all()), [], "{style} names what there is");
        for id in rules {
            assert_eq!(config.level(id, group(id), "a.md"), Some(Level::Warning), "{style}: {id}");
        }
        // No guide is followed where it is silent, or where pages contradict each other about it.
        assert_eq!(config.level("sic-policy", "wording", "a.md"), None, "{style}");
        let set = config.parameters("misplaced-punctuation").remove("usage");
        let wanted = Some(Parameter::Text(usage.to_owned())).filter(|_| !usage.is_empty());
        assert_eq!(set, wanted, "{style}");
    }
    assert_eq!(cases.len(), sayso::config::styles().count());
}

/// Nothing in a profile is invented: each setting names the public page or book that it rests on.
#[test]
fn every_setting_of_a_style_names_its_source() {
    for style in sayso::config::styles() {
        let path = format!("{}/rules/styles/{style}.toml", env!("CARGO_MANIFEST_DIR"));
        let table: toml::Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let keys = |name: &str| table[name].as_table().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys("rules"), keys("sources"), "{style}");
        for (rule, source) in table["sources"].as_table().unwrap() {
            let words = source.as_str().unwrap();
            assert!(words.contains('.') && words.contains(": "), "{style}: {rule} names no place: {words}");
            // A page that is not the publisher's own says so.
            let host = words.split('/').next().unwrap();
            let own = ["theguardian.com", "cmosshoptalk.com"].contains(&host);
            assert!(own != words.starts_with("second hand: "), "{style}: {rule} rests on {words}");
        }
    }
}

fn group(id: &str) -> &'static str {
    sayso::rules::find(id).unwrap().group
}

/// Every rule that there is.
fn all() -> Vec<KnownRule> {
    let book = sayso::rules::Rulebook::read().unwrap();
    let known = |(rule, page): (&'static sayso::rules::Rule, &sayso::rules::Page)| KnownRule {
        id: rule.id.to_owned(),
        group: rule.group.to_owned(),
        parameters: page.parameters.clone(),
    };
    book.iter().map(known).collect()
}

#[test]
fn a_configuration_is_found_above_the_working_directory() {
    let folder = Folder::new(&[
        ("sayso.toml", "[[overrides]]\nfiles = [\"deep/er/**\"]\ndesk = \"x\"\n"),
        ("deep/er/a.md", ""),
    ]);
    let cwd = folder.path().join("deep/er");
    assert_eq!(Config::discover(&cwd, &[]), Some(folder.path().join("sayso.toml")));
    let config = Config::load(&folder.path().join("sayso.toml"), &cwd).unwrap();
    assert_eq!(config.root(), Some(folder.path().as_path()));
    assert_eq!(
        config.desk("a.md"),
        Some("x"),
        "patterns are seen from the root, paths from the working directory"
    );
}

#[test]
fn a_project_named_from_outside_is_a_project() {
    let folder = Folder::new(&[
        ("desk/sayso.toml", "[[overrides]]\nfiles = [\"wire/**\"]\npublished = \"2026-06-10\"\n"),
        ("desk/wire/a.md", ""),
        ("desk/drafts/b.md", ""),
        ("loose/c.md", ""),
    ]);
    let cwd = folder.path();
    let found = |paths: &[&str]| Config::discover(&cwd, &paths.iter().map(PathBuf::from).collect::<Vec<_>>());
    let desk = cwd.join("desk/sayso.toml");
    assert_eq!(found(&["desk"]), Some(desk.clone()));
    assert_eq!(found(&["desk/wire/a.md", "desk/drafts"]), Some(desk.clone()));
    assert_eq!(found(&[]), None, "nothing points there");
    assert_eq!(found(&["desk", "loose"]), None, "the paths do not agree");
    let config = Config::load_project(&desk, &cwd).unwrap();
    assert_eq!(config.published("desk/wire/a.md"), Day::new(2026, 6, 10));
    assert_eq!(files(&["desk/wire"], &config), ["desk/drafts/b.md", "*desk/wire/a.md"]);
}

/// Every file as `path`, with `*` where it is in the focus and `-` where it is not of the project.
fn files(paths: &[&str], config: &Config) -> Vec<String> {
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    let (project, input_errors) =
        FileList::find(&paths, config, Some("drafts/a.md".to_owned()), false, false);
    assert_eq!(input_errors, []);
    let line = |(rank, found): (usize, &Found)| {
        let file = ListedId(rank as u32);
        let focus = if project.in_focus(file) { "*" } else { "" };
        let outside = if project.in_project(file) { "" } else { "-" };
        let stdin = if found.stdin { "<" } else { "" };
        format!("{focus}{outside}{stdin}{}", found.path)
    };
    project.files.iter().enumerate().map(line).collect()
}

#[test]
fn focus_and_project() {
    let folder = Folder::new(&[
        ("sayso.toml", "exclude = [\"archive/**\"]\ntranscripts = [\"tapes/**\"]\n"),
        ("drafts/a.md", ""),
        ("drafts/b.txt", ""),
        ("drafts/picture.png", ""),
        ("drafts/.hidden.md", ""),
        ("archive/old.md", ""),
        ("tapes/talk.txt", ""),
        ("notes", ""),
    ]);
    let config = folder.load().unwrap();
    // Transcripts are read along: what the drafts quote is held against them.
    assert_eq!(files(&[], &config), ["*drafts/a.md", "*drafts/b.txt", "*tapes/talk.txt"]);
    assert_eq!(
        files(&["./drafts/../drafts/b.txt"], &config),
        ["drafts/a.md", "*drafts/b.txt", "tapes/talk.txt"]
    );
    assert_eq!(
        files(&["archive/old.md", "notes"], &config),
        ["*-archive/old.md", "drafts/a.md", "drafts/b.txt", "*-notes", "tapes/talk.txt"]
    );
    assert_eq!(
        files(&["-"], &config),
        ["*<drafts/a.md", "drafts/b.txt", "tapes/talk.txt"],
        "what is not saved stands in for the file"
    );
    let isolated = Config::isolated(folder.path());
    assert_eq!(files(&["drafts", "drafts/a.md"], &isolated), ["*drafts/a.md", "*drafts/b.txt"]);
    assert_eq!(files(&["archive"], &isolated), ["*archive/old.md"]);
}

#[test]
fn a_kind_says_how_speech_is_read() {
    let configuration = "kind = \"news\"\n[[overrides]]\nfiles = [\"stories/**\"]\nkind = \"fiction\"\n";
    let folder = Folder::new(&[("sayso.toml", configuration)]);
    let cwd = folder.path();
    let config = Config::load(&cwd.join("sayso.toml"), &cwd).unwrap();
    let mut project = Project::open(config).unwrap();
    let draft =
        "“The pier is closed,” Ines Calloway said.\n\n“It will stay closed until the beams are replaced.”\n";
    let matter = |kind: &str| format!("---\nkind: {kind}\n---\n\n{draft}");
    for (path, text, second) in [
        ("monday.txt", draft.to_owned(), Some("Ines Calloway")),
        ("stories/monday.txt", draft.to_owned(), None),
        // What a draft says of itself comes first.
        ("stories/tuesday.md", matter("news"), Some("Ines Calloway")),
        ("tuesday.md", matter("fiction"), None),
        // Somebody else's kind is none of ours.
        ("wednesday.md", matter("page"), Some("Ines Calloway")),
    ] {
        project.set_draft(path, text);
        let quotation = &project.quotations(path).unwrap()[1];
        let speaker = quotation.attribution.as_ref().and_then(|found| found.speaker.as_ref());
        assert_eq!(speaker.map(|speaker| speaker.name.as_str()), second, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn what_lies_outside_is_never_shown_and_what_never_ends_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("desk");
    std::fs::create_dir(&inside).unwrap();
    std::fs::write(folder.path().join("secret.env"), "PASSWORD=open sesame\n").unwrap();
    std::fs::write(inside.join("sayso.toml"), "extend = \"../secret.env\"\n").unwrap();
    std::fs::write(inside.join("a.md"), "“We will,” Ana Reyes said.\n").unwrap();
    let run = |arguments: &[&str]| {
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_sayso"))
            .current_dir(&inside)
            .args(arguments)
            .output()
            .unwrap();
        (out.status.code(), String::from_utf8(out.stderr).unwrap() + &String::from_utf8(out.stdout).unwrap())
    };
    let (code, said) = run(&["check", "--allow-outside", "a.md"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("secret.env") && said.contains("is no configuration"), "{said}");
    assert!(!said.contains("PASSWORD") && !said.contains("sesame"), "{said}");
    std::fs::write(inside.join("sayso.toml"), "extend = \"/dev/zero\"\n").unwrap();
    for arguments in [&["check", "--allow-outside", "a.md"][..], &["check", "--isolated", "/dev/zero"]] {
        let (code, said) = run(arguments);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("a device or a pipe"), "{said}");
    }
    for number in 0..100 {
        let text = format!("extend = \"c{}.toml\"\n", number + 1);
        std::fs::write(inside.join(format!("c{number}.toml")), text).unwrap();
    }
    std::fs::write(inside.join("sayso.toml"), "extend = \"c0.toml\"\n").unwrap();
    let (code, said) = run(&["check", "a.md"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("more than 32 configurations"), "{said}");
    let pipe = inside.join("pipe.md");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|made| made.success()));
    let (code, said) = run(&["check", "--isolated", "pipe.md"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("a device or a pipe"), "{said}");
}
