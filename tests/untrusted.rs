//! Drafts, names of files and configurations that somebody else wrote: nothing in them drives a terminal, a build server
//! or a spreadsheet, and nothing outside the project is read because they say so.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod support;

use support::{Desk, Run, run};

impl Desk {
    fn run(&self, arguments: &[&str]) -> Run {
        run(self.path(), arguments, "")
    }
}

/// Every character that a reader cannot see or that changes how others are shown. It is written down again here, so that a
/// hole in the list of the program is a hole in one of two lists.
fn is_harmful(c: char) -> bool {
    let ranges = [
        (0x00, 0x08),
        (0x0b, 0x1f),
        (0x7f, 0x9f),
        (0xad, 0xad),
        (0x61c, 0x61c),
        (0x200b, 0x200f),
        (0x2028, 0x202e),
        (0x2060, 0x206f),
        (0xfeff, 0xfeff),
        (0xfff9, 0xfffb),
        (0xe0000, 0xe007f),
    ];
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(c)))
}

/// A draft in which words, speakers, titles and marks carry every kind of trick.
fn hostile_draft() -> String {
    let tricks = [
        "\u{1b}[2J",
        "\u{9b}31m",
        "\u{202e}",
        "\u{2066}",
        "\u{200b}",
        "\u{200d}",
        "\u{feff}",
        "\u{e0041}",
        "\u{ad}",
        "\u{2028}",
        "\u{85}",
        "\u{7}",
        "\u{8}",
        "##vso[task.complete]",
        "##[error]",
    ];
    let mut draft = String::from("::error::forged\n\n=HYPERLINK(\"x\") said: “We go.”\n\n");
    for (number, trick) in tricks.iter().enumerate() {
        draft.push_str(&format!(
            "“The {trick}pier is {trick}open on day {number},\n::error::forged\n##vso[x]y{trick},” said Mayor Ana{trick} \
             Ruiz{trick}.\n\n“The mayor{trick} never came, said Ola{trick} Berg{trick}, chair of the {trick}board.\n\n\
             {trick}Ana {trick}Ruis said: “The {trick}pier is{trick} shut on day {number}.”\n\n"
        ));
    }
    draft
}

/// Every command that writes words of drafts, in every form.
const COMMANDS: &[&[&str]] = &[
    &["check", "--notes"],
    &["check", "--format", "concise", "--notes"],
    &["check", "--format", "json"],
    &["check", "--format", "jsonl"],
    &["check", "--format", "github"],
    &["check", "--format", "sarif"],
    &["check", "--format", "gitlab"],
    &["check", "--format", "rdjson"],
    &["check", "--format", "rdjsonl"],
    &["check", "--format", "checkstyle"],
    &["check", "--format", "junit"],
    &["check", "--statistics"],
    &["check", "--statistics", "--format", "json"],
    &["quotes"],
    &["quotes", "--format", "json"],
    &["quotes", "--format", "jsonl"],
    &["quotes", "--format", "csv"],
    &["quotes", "--check", "--format", "csv"],
    &["quotes", "--check", "--format", "json"],
    &["quotes", "--why"],
    &["quotes", "--why", "--format", "jsonl"],
    &["people"],
    &["people", "--format", "jsonl"],
    &["people", "--format", "toml"],
    &["facts"],
    &["text", "--blocks", "pier.md"],
    &["report", "-o", "/dev/stdout"],
];

#[test]
fn no_trick_of_a_draft_is_in_any_output() {
    let desk = Desk::new(&[("sayso.toml", "transcripts = [\"tapes/**\"]\n")]);
    let draft = hostile_draft();
    desk.write("pier.md", &draft);
    desk.write("::error::forged\u{1b}[31m\u{202e}.md", &draft);
    desk.write("=cmd|x.md", &draft);
    desk.write("two\n::error::lines.md", &draft);
    desk.write(
        "tapes/one.txt",
        format!("ANA RUIZ: The {}pier is open on day 1.\n", "\u{202e}\u{1b}[2J##[x]"),
    );
    for arguments in COMMANDS {
        let run = desk.run(arguments);
        assert!(run.out.len() > 40, "{arguments:?} says nothing, so nothing was looked at: {}", run.error);
        assert!(!run.error.contains("failed"), "{arguments:?}: {}", run.error);
        for (what, text) in [("output", &run.out), ("messages", &run.error)] {
            let harmful = text.char_indices().find(|(_, c)| is_harmful(*c));
            let near = harmful.map(|(at, c)| {
                (
                    c,
                    text[..at]
                        .chars()
                        .rev()
                        .take(60)
                        .collect::<Vec<_>>()
                        .into_iter()
                        .rev()
                        .collect::<String>(),
                )
            });
            assert_eq!(near, None, "{arguments:?}: {what}");
            // The page of a report is opened in a browser, and is no log.
            let page = arguments.contains(&"report") && what == "output";
            for line in text.lines().filter(|_| !page) {
                let begins = line.trim_start_matches(['"', ' ', '\'']);
                let own = arguments.contains(&"github") && line.contains(",title=sayso");
                assert!(!begins.starts_with("::") || own, "{arguments:?}: {what}: {line}");
                assert!(!line.contains("##[") && !line.contains("##vso["), "{arguments:?}: {what}: {line}");
            }
        }
        if arguments.contains(&"csv") {
            let cells =
                run.out.split([',', '\n']).filter(|cell| cell.trim_start_matches('"').starts_with('='));
            assert_eq!(cells.collect::<Vec<_>>(), Vec::<&str>::new(), "{arguments:?}");
        }
    }
}

#[test]
fn programs_read_the_words_as_they_are() {
    let desk = Desk::new(&[]);
    let quoted = "“The \u{202e}pier \u{9b}is \u{e0041}open ##[x].”";
    desk.write("a.txt", format!("{quoted} That is what Ana Ruiz said.\n"));
    for form in ["json", "jsonl"] {
        let run = desk.run(&["quotes", "--isolated", "--format", form, "-o", "out.json", "a.txt"]);
        assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.error);
        let read: serde_json::Value = serde_json::from_str(&desk.read("out.json")).unwrap();
        let first = if form == "json" { &read["quotations"][0] } else { &read };
        assert_eq!(first["text"], quoted, "{form}");
    }
}

#[test]
fn messages_about_the_command_line_are_harmless() {
    let desk = Desk::new(&[]);
    for argument in ["--\u{1b}[2Jx", "--x\n::error::forged", "--\u{202e}x", "--x##[error]y"] {
        let run = desk.run(&[argument]);
        assert_eq!(run.code, 2);
        assert!(run.error.contains("unexpected argument"), "{}", run.error);
        assert!(!run.error.chars().any(is_harmful) && !run.error.contains("##["), "{:?}", run.error);
        assert!(!run.error.lines().any(|line| line.starts_with("::")), "{:?}", run.error);
    }
}

const SOUND: &str = "“We will rebuild the pier,” Mayor Ines Duarte said.\n";

/// A folder with a project in it and files beside the project.
fn beside(config: &str) -> Desk {
    Desk::new(&[
        ("project/sayso.toml", config),
        ("project/draft.txt", SOUND),
        ("secret.env", "TOKEN = hunter2\n"),
        ("people.toml", "[[person]]\nname = \"Ines Duarte\"\n"),
        ("house.toml", "style = \"ap\"\n"),
        ("tapes/one.txt", "INES DUARTE: We will rebuild the pier.\n"),
        ("base.json", "{}"),
    ])
}

#[test]
fn what_a_configuration_names_outside_its_folder_is_refused() {
    for config in [
        "extend = \"../secret.env\"",
        "extend = \"../house.toml\"",
        "extend = \"/etc/hostname\"",
        "people = \"../people.toml\"",
        "people = \"../secret.env\"",
        "people = \"../*.toml\"",
        "transcripts = \"../tapes/**\"",
        "transcripts = \"../secret.env\"",
        "transcripts = \"/etc/**\"",
        "baseline = \"../base.json\"",
        "people = \"link.toml\"",
        "extend = \"link.toml\"",
        "[[transcript]]\nfiles = [\"../tapes/one.txt\"]",
    ] {
        let desk = beside(config);
        let project = desk.path().join("project");
        std::os::unix::fs::symlink("../secret.env", project.join("link.toml")).unwrap();
        for arguments in [&["check"][..], &["quotes"], &["check", "--config", "sayso.toml"]] {
            let run = run(&project, arguments, "");
            assert_eq!(run.code, 2, "{config}: {}{}", run.out, run.error);
            assert!(run.error.contains("outside the project"), "{config}: {}", run.error);
            assert!(run.error.contains("--allow-outside"), "{config}: {}", run.error);
            assert!(!run.error.contains("hunter2"), "{config}: {}", run.error);
        }
    }
}

#[test]
fn the_command_line_may_allow_it_and_no_line_of_a_secret_is_shown() {
    for (config, code) in [
        ("extend = \"../house.toml\"", 0),
        ("people = \"../people.toml\"", 0),
        ("transcripts = \"../tapes/**\"", 0),
        ("extend = \"../secret.env\"", 2),
        ("people = \"../secret.env\"", 2),
    ] {
        let desk = beside(config);
        let run = run(&desk.path().join("project"), &["check", "--allow-outside"], "");
        assert_eq!(run.code, code, "{config}: {}{}", run.out, run.error);
        assert!(!run.error.contains("hunter2"), "{config}: {}", run.error);
    }
}

#[test]
fn a_configuration_that_is_named_may_name_its_neighbours() {
    let desk = beside("extend = \"inner.toml\"\npeople = \"staff.toml\"");
    desk.write("project/inner.toml", "style = \"ap\"\n");
    desk.write("project/staff.toml", "[[person]]\nname = \"Ines Duarte\"\n");
    desk.write("elsewhere/draft.txt", SOUND);
    let run = run(&desk.path().join("elsewhere"), &["check", "--config", "../project/sayso.toml"], "");
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.error);
}

#[test]
fn drafts_do_not_become_tapes_in_silence() {
    let desk = Desk::new(&[("draft.txt", "“We will rebuild the pier, Mayor Ines Duarte said.\n")]);
    let here = desk.path().display().to_string();
    for pattern in ["/**", "**", "*.txt", "../*/**", &format!("{here}/**")] {
        desk.write("sayso.toml", format!("transcripts = [\"{pattern}\"]\n"));
        let run = desk.run(&["check"]);
        assert_eq!(run.code, 2, "{pattern}: {}{}", run.out, run.error);
        assert!(run.error.contains("transcript"), "{pattern}: {}", run.error);
    }
}

#[test]
fn a_link_in_a_folder_leads_nowhere() {
    let desk =
        Desk::new(&[("project/draft.txt", SOUND), ("private/notes.txt", "“It is shut, Ana Reyes said.\n")]);
    let project = desk.path().join("project");
    std::os::unix::fs::symlink("../private", project.join("folder")).unwrap();
    std::os::unix::fs::symlink("../private/notes.txt", project.join("notes.txt")).unwrap();
    let run = run(&project, &["check", "--isolated", "--format", "concise"], "");
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.error);
}
