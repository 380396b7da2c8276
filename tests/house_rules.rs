//! Rules as data: pages of a desk are rules like any other, their faults point into them, and docs/house-rules.md says
//! what the reader knows.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use sayso::config::Config;
use sayso::project::{Focus, Project};
use sayso::rules::{Check, DeskPage, RULES, Rulebook, described_facts, described_fields};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn page(text: &str) -> DeskPage {
    DeskPage {
        path: "rules/praise.toml".to_owned(),
        id: "praise".to_owned(),
        group: "desk".to_owned(),
        text: text.to_owned(),
    }
}

const HEAD: &str = "summary = \"praise\"\nlevel = \"warning\"\nhelp = \"h\"\nwhy = \"w\"\nsource = \"s\"\n";

/// The places that a page with this `[match]` reports in a draft, with its messages.
fn found(pattern: &str, draft: &str) -> Vec<(String, String)> {
    let config = Config::isolated(".").with_rule_pages(vec![page(&format!("{HEAD}{pattern}"))]);
    let mut project = Project::open(config).unwrap_or_else(|errors| panic!("{pattern}: {errors:?}"));
    project.set_draft("a.md", draft);
    let findings = project.check(&Focus::everything()).unwrap();
    let own = findings.iter().filter(|judged| judged.rule.id == "praise");
    own.map(|judged| {
        let words = judged.finding.place.span.of(draft).to_owned();
        (words, judged.finding.message.clone())
    })
    .collect()
}

const DRAFT: &str = "# “We go”\n\nMayor Ana Reyes told reporters in Skarrow on Friday that the pier was shut.\n\n\
    “It is a visionary plan, a plan for all of us here,” an official said.\n\n\
    “We’ll pay,” Reyes wrote on X.\n\nShe called the board “rotten [to the core].”\n\n\
    The pier is reportedly closed, and the “so-called ‘board’” met yesterday.\n";

#[test]
fn each_kind_of_test_selects_what_it_says() {
    let quoted = |pattern: &str| -> Vec<String> {
        found(&format!("[match]\nmessage = \"m\"\n{pattern}"), DRAFT)
            .into_iter()
            .map(|(words, _)| words)
            .collect()
    };
    let plan = "“It is a visionary plan, a plan for all of us here,”";
    let (pay, rotten) = ("“We’ll pay,”", "“rotten [to the core].”");
    for (pattern, wanted) in [
        ("where = { words = \"visionary\" }", vec![plan]),
        ("where = { words = \"vision\" }", vec![]),
        ("where = { words = \"we'll PAY\" }", vec![pay]),
        ("where = { words = { regex = '(?i)^it is\\b.*plan' } }", vec![plan]),
        ("where = { words = { begins = \"it\", ends = \"here,\" } }", vec![plan]),
        ("where = { words = { begins = \"it\", ends = \"pay,\" } }", vec![]),
        ("where = { speaker-kind = \"unnamed\" }", vec![plan]),
        ("where = { speaker = { is = \"ana reyes\" } }", vec![pay, rotten]),
        ("where = { title = \"mayor\" }", vec![pay, rotten]),
        ("where = { medium = \"X\" }", vec![pay]),
        ("where = { cue = { class = \"writing\" } }", vec![pay]),
        ("where = { cue = \"called\" }", vec![rotten]),
        ("where = { block = \"heading\" }", vec!["“We go”"]),
        ("where = { length = { over = 10 } }", vec![plan]),
        ("where = { length = 2, source = { missing = false } }", vec![pay]),
        ("where = { insertions = { least = 1 } }", vec![rotten]),
        ("where = { around = \"the board\" }", vec![rotten]),
        ("where = { cue = { missing = false }, medium = { missing = true } }", vec![plan, rotten]),
        ("where = { any = [{ cue = \"called\" }, { cue = \"wrote\" }] }", vec![pay, rotten]),
        (
            "where = { cue = { missing = false }, not = { any = [{ cue = \"called\" }, { cue = \"wrote\" }] } }",
            vec![plan],
        ),
        ("where = { all = [{ words = \"plan\" }, { words = \"pay\" }] }", vec![]),
        ("in = \"indirect\"\nwhere = { title = \"mayor\", to = \"reporters\" }", vec!["the pier was shut"]),
        ("in = \"hedge\"", vec!["reportedly"]),
        ("in = \"date\"\nwhere = { kind = \"relative-day\" }", vec!["yesterday"]),
        ("in = \"mention\"\nwhere = { title = \"mayor\" }\nat = \"title\"", vec!["Mayor"]),
        (
            "in = \"quotation\"\nat = \"source\"\nwhere = { speaker = \"Reyes\" }\nonce = \"speaker\"",
            vec!["Reyes"],
        ),
        ("nested = true\nwhere = { words = { is = \"board\" } }", vec!["‘board’"]),
        ("where = { words = { is = \"board\" } }", vec![]),
    ] {
        assert_eq!(quoted(pattern), wanted, "{pattern}");
    }
}

#[test]
fn messages_show_fields_and_the_first_pattern_that_holds_reports() {
    let pattern = "[[match]]\nwhere = { words = \"pay\" }\nmessage = \"{speaker|somebody} ({title|no title}) {{{length}}}\"\n\
        [[match]]\nwhere = { source = { missing = false } }\nmessage = \"{source}: {cue|?}\"\n";
    let messages: Vec<String> = found(pattern, DRAFT).into_iter().map(|(_, message)| message).collect();
    assert_eq!(messages, ["an official: said", "Ana Reyes (Mayor) {2}", "She: called"]);
}

/// A page, the words of it that the error points at, and what the error says.
#[test]
fn faults_of_a_page_point_into_it_with_the_cure() {
    for (pattern, at, says) in [
        ("", "", "no [match]"),
        ("[match]\n", "match", "no `message`"),
        ("[match]\nmessage = \"m\"\nwere = { cue = \"said\" }\n", "were", "did you mean `where`?"),
        ("[match]\nmessage = \"m\"\nwhere = { que = \"said\" }\n", "que", "did you mean `cue`?"),
        ("[match]\nmessage = \"m\"\nin = \"dates\"\n", "\"dates\"", "did you mean `date`?"),
        (
            "[match]\nmessage = \"m\"\nin = [\"quotation\", \"date\"]\nwhere = { medium = \"X\" }\n",
            "medium",
            "dates have no field `medium`",
        ),
        (
            "[match]\nmessage = \"m\"\nwhere = { kind = \"sentense\" }\n",
            "\"sentense\"",
            "did you mean `sentence`?",
        ),
        ("[match]\nmessage = \"m\"\nwhere = { length = \"many\" }\n", "\"many\"", "not a text"),
        (
            "[match]\nmessage = \"m\"\nwhere = { length = { least = \"most\" } }\n",
            "\"most\"",
            "declares no parameter `most`",
        ),
        ("[match]\nmessage = \"m\"\nwhere = { closed = \"yes\" }\n", "\"yes\"", "true or false"),
        ("[match]\nmessage = \"m\"\nwhere = { words = { regex = '(a' } }\n", "'(a'", "unclosed group"),
        ("[match]\nmessage = \"m\"\nwhere = { words = { regex = '(?=a)' } }\n", "'(?=a)'", "look-around"),
        (
            "[match]\nmessage = \"m\"\nwhere = { words = { regex = '(\\w{1,400}){1,400}' } }\n",
            "'(\\w{1,400}){1,400}'",
            "too much memory",
        ),
        ("[match]\nmessage = \"m\"\nwhere = { words = { missing = true } }\n", "missing", "never missing"),
        (
            "[match]\nmessage = \"m\"\nwhere = { source = { class = \"loaded\" } }\n",
            "class",
            "only cues have a class",
        ),
        (
            "[match]\nmessage = \"m\"\nwhere = { cue = { class = \"loud\" } }\n",
            "\"loud\"",
            "no class of cues",
        ),
        ("[match]\nmessage = \"{speaker} said\"\n", "\"{speaker} said\"", "{speaker|what to say instead}"),
        ("[match]\nmessage = \"{speeker} said\"\n", "\"{speeker} said\"", "did you mean `speaker`?"),
        ("[match]\nmessage = \"{cue said\"\n", "\"{cue said\"", "brace"),
        ("[match]\nmessage = \"m\"\nlevel = \"error\"\n", "\"error\"", "[levels]"),
        ("[match]\nmessage = \"m\"\nat = \"medium\"\n", "\"medium\"", "no place of its own"),
        (
            "[match]\nmessage = \"m\"\nfix = { safe = true, with = \"said\" }\n",
            "fix",
            "never replaces what somebody said",
        ),
        ("[match]\nmessage = \"m\"\nfix = { replace = \"cue\" }\n", "fix", "what to write"),
        ("[match]\nmessage = \"m\"\nrelated = \"r\"\n", "related", "for marks"),
        (
            "[match]\nmessage = \"m\"\n[parameters.most]\ntype = \"whole-number\"\ndefault = 3\nleast = 1\nmost = 9\nunit = \"words\"\nabout = \"a\"\n",
            "[parameters.most]",
            "uses the parameter",
        ),
        (
            "[match]\nmessage = \"m\"\nwhere = { all = { cue = \"said\" } }\n",
            "{ cue = \"said\" }",
            "a list of tables",
        ),
    ] {
        let text = format!("{HEAD}{pattern}");
        let errors = Rulebook::with_desk(&[page(&text)]).err().unwrap_or_else(|| panic!("{pattern} is read"));
        let told = |error: &sayso::source::InputError| {
            let all = format!("{}; {}", error.message, error.help.as_deref().unwrap_or_default());
            let place = error.labels.first().map_or("", |(span, _)| span.of(&text));
            assert_eq!(error.path, "rules/praise.toml");
            place == at && all.contains(says)
        };
        assert!(errors.iter().any(told), "{pattern}: {errors:?}");
    }
}

#[test]
fn names_that_a_page_cannot_have_are_refused() {
    let text = format!("{HEAD}[match]\nmessage = \"m\"\n");
    for (id, group, says) in [
        ("Praise", "desk", "small letters"),
        ("loaded-cue", "desk", "comes with sayso"),
        ("marks", "desk", "name of a group"),
        ("praise", "My Rules", "small letters"),
    ] {
        let desk = DeskPage { id: id.to_owned(), group: group.to_owned(), ..page(&text) };
        let errors = Rulebook::with_desk(&[desk]).unwrap_err();
        let all = format!("{} {}", errors[0].message, errors[0].help.as_deref().unwrap_or_default());
        assert!(all.contains(says), "{id}: {all}");
    }
    let errors = Rulebook::with_desk(&[page(&text), page(&text)]).unwrap_err();
    assert!(errors[0].message.contains("two pages"), "{errors:?}");
}

#[test]
fn a_fix_of_a_page_never_lies_in_a_quotation() {
    let pattern = "[match]\nin = \"date\"\nwhere = { kind = \"relative-day\" }\nmessage = \"m\"\n\
        fix = { safe = true, with = \"Friday\" }\n";
    let config = Config::isolated(".").with_rule_pages(vec![page(&format!("{HEAD}{pattern}"))]);
    let mut project = Project::open(config).unwrap();
    project.set_draft("a.md", "“I came yesterday,” Ana Reyes said yesterday on “Today”.\n");
    let findings = project.check(&Focus::everything()).unwrap();
    let fixes: Vec<u32> = findings
        .iter()
        .filter(|judged| judged.rule.id == "praise")
        .flat_map(|judged| judged.finding.fix.iter().flat_map(|fix| &fix.edits))
        .map(|edit| edit.place.span.start)
        .collect();
    assert_eq!(fixes, ["“I came yesterday,” Ana Reyes said ".len() as u32]);
}

fn sayso(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    let out = command.current_dir(folder).env("NO_COLOR", "1").args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

#[test]
fn the_example_desk_is_as_drawn_and_each_page_finds_something() {
    let desk = root().join("examples/house-rules");
    let (code, stdout, stderr) = sayso(&desk, &["rules", "--test"]);
    assert_eq!(code, Some(0), "{stdout}{stderr}");
    let (code, stdout, _) = sayso(&desk, &["--format", "concise", "--notes"]);
    assert_eq!(code, Some(1));
    let mut pages = 0;
    for group in std::fs::read_dir(desk.join("rules")).unwrap() {
        for page in std::fs::read_dir(group.unwrap().path()).unwrap() {
            let name = page.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned();
            assert!(stdout.contains(&format!("[{name}]")), "{name} finds nothing in\n{stdout}");
            pages += 1;
        }
    }
    assert_eq!(pages, 8);
    // Safe fixes are made, others only when asked for.
    let (_, safe, _) = sayso(&desk, &["--diff", "--only", "names", "--only", "voice"]);
    assert!(safe.contains("chair Piet Aalbers") && !safe.contains("+said."), "{safe}");
    let (_, all, _) = sayso(&desk, &["--diff", "--unsafe-fixes", "--only", "names", "--only", "voice"]);
    assert!(all.contains("+said."), "{all}");
}

/// The pack of misattributed sayings finds each of them, and names a page in every message.
#[test]
fn misattributed_sayings_are_found_and_a_draft_that_says_so_is_left_alone() {
    let pack = root().join("examples/misattributions");
    let (code, stdout, stderr) = sayso(&pack, &["rules", "--test"]);
    assert_eq!(code, Some(0), "{stdout}{stderr}");
    let (_, stdout, _) = sayso(&pack, &["--format", "concise"]);
    assert_eq!(stdout.matches("[misattributed-saying]").count(), 1, "{stdout}");
    let page = std::fs::read_to_string(pack.join("rules/misattributed-saying.toml")).unwrap();
    let messages: Vec<&str> = page.lines().filter(|line| line.starts_with("message = ")).collect();
    assert!(messages.len() >= 6);
    for message in messages {
        assert!(
            message.contains(".com/")
                || message.contains(".com,")
                || message.contains(".info/")
                || message.contains(".uk/"),
            "{message}"
        );
    }
}

#[test]
fn a_desk_rule_is_a_rule_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let pattern = "[match]\nwhere = { words = \"visionary\" }\nmessage = \"praise\"\n";
    write("rules/sources/praise.toml", &format!("{HEAD}{pattern}"));
    write("sayso.toml", "rules-dir = \"rules\"\ninclude = [\"*.md\"]\n");
    write("a.md", "“He is a visionary,” Ana Reyes said.\n");
    let check = |more: &[&str]| sayso(folder.path(), &[&["--format", "concise"], more].concat());
    assert_eq!(check(&[]).1.lines().next().unwrap(), "a.md:1:1: warning: praise [praise]");
    assert!(check(&["--rule", "praise=error"]).1.contains("error: praise"));
    assert!(check(&["--only", "sources"]).1.contains("[praise]"));
    assert_eq!(check(&["--rule", "sources=off"]).0, Some(0));
    let (code, stdout, _) = sayso(folder.path(), &["explain", "praise"]);
    assert!(code == Some(0) && stdout.contains("praise"), "{stdout}");
    assert!(sayso(folder.path(), &["explain", "prais"]).2.contains("perhaps praise is meant"));
    assert!(sayso(folder.path(), &["rules"]).1.contains("\nsources\n  praise"));
    assert!(check(&["--show-config", "a.md"]).1.contains("praise"));
    let (_, sarif, _) = sayso(folder.path(), &["--format", "sarif"]);
    assert!(sarif.contains("\"id\": \"praise\"") || sarif.contains("\"id\":\"praise\""), "{sarif}");
    // No example: the test of pages says so.
    let (code, stdout, _) = sayso(folder.path(), &["rules", "--test"]);
    assert!(code == Some(1) && stdout.contains("praise: the page has no bad example"), "{stdout}");
    let example = "[[example]]\nbad = \"\"\"\n“He is a visionary,” Ana Reyes said.\n  ^^ he\n\"\"\"\ngood = \"“No,” Ana Reyes said.\"\n";
    write("rules/sources/praise.toml", &format!("{HEAD}{pattern}{example}"));
    let (code, stdout, _) = sayso(folder.path(), &["rules", "--test"]);
    assert_eq!(code, Some(1));
    assert!(
        stdout.contains("drawn, not found: draft.txt:1:3 “e ”: he") || stdout.contains("drawn, not found"),
        "{stdout}"
    );
    assert!(stdout.contains("    ^^^^^^^^^^^^^^^^^^^^\n"), "{stdout}");
    // A suppression, an override and a level in the configuration.
    write("a.md", "<!-- sayso: allow(praise) he asked for it -->\n\n“He is a visionary,” Ana Reyes said.\n");
    assert_eq!(check(&[]).0, Some(0), "{}", check(&[]).1);
    write("a.md", "“He is a visionary,” Ana Reyes said.\n");
    write(
        "sayso.toml",
        "rules-dir = \"rules\"\n[rules]\npraise = \"note\"\n[[overrides]]\nfiles = \"a.md\"\nrules = { praise = \"off\" }\n",
    );
    assert_eq!(check(&["--notes"]).1.matches("[praise]").count(), 0);
    write("sayso.toml", "rules-dir = \"rules\"\n[rules]\nprase = \"note\"\n");
    assert!(check(&[]).2.contains("did you mean `praise`?"));
    write("sayso.toml", "rules-dir = \"rulez\"\n");
    let (code, _, stderr) = check(&[]);
    assert!(
        code == Some(2) && stderr.contains("no folder “rulez”") && stderr.contains("sayso.toml:1:13"),
        "{stderr}"
    );
    write("empty/readme.txt", "nothing\n");
    write("sayso.toml", "rules-dir = \"empty\"\n");
    assert!(check(&[]).2.contains("holds no page"));
}

#[test]
fn a_desk_adds_words_in_the_shape_of_the_built_in_lists() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let quotes = || sayso(folder.path(), &["quotes", "--format", "csv"]).1;
    write(
        "a.md",
        "“The pier is shut,” yammered Ana Reyes.\n\nThe clerk met harbour keelmaster Bo Tarn. “No,” Tarn said.\n",
    );
    write("sayso.toml", "include = [\"*.md\"]\n");
    let before = quotes();
    assert!(!before.contains("yammered"), "{before}");
    let titled = |folder: &Path| sayso(folder, &["people", "--format", "jsonl"]).1.contains("keelmaster");
    assert!(!titled(folder.path()));
    write("words/cues.txt", "# ours\nyammer : speech loaded\n");
    write("words/roles.txt", "keelmaster = keelmistress : in:clergy\n");
    write("words/unnamed.txt", "[weasel]\nharbourites\n");
    write("words/honorifics.txt", "skip : m\n");
    write(
        "b.md",
        "Harbourites called the pier “a plank.”\n\nSkip Tarn left. He said that “the tide is out.”\n",
    );
    write(
        "sayso.toml",
        "include = [\"*.md\"]\nwords-dir = \"words\"\n[rules]\nloaded-cue = \"warning\"\nweasel-source = \"warning\"\n",
    );
    let after = quotes();
    assert!(after.contains("yammered") && after.contains("Ana Reyes"), "{after}");
    assert!(titled(folder.path()), "{}", sayso(folder.path(), &["people", "--format", "jsonl"]).1);
    let (_, stdout, _) = sayso(folder.path(), &["--format", "concise"]);
    assert!(stdout.contains("“yammered” says more"), "{stdout}");
    assert!(stdout.contains("b.md:1:1: warning: “Harbourites” is a crowd"), "{stdout}");
    // A list is no draft, also where every text in the folder is one.
    let config = std::fs::read_to_string(folder.path().join("sayso.toml")).unwrap();
    write("sayso.toml", &config.replace("include = [\"*.md\"]\n", ""));
    assert!(!sayso(folder.path(), &["facts"]).1.contains("words/cues.txt"));
    write("sayso.toml", &config);
    // What is wrong points into the desk's own list.
    for (name, text, says) in [
        ("words/cues.txt", "# ours\nyammer : speech\nmumble : speach\n", "words/cues.txt:3"),
        ("words/sources.txt", "harbourite\n", "before the first section"),
        ("words/unnamed.txt", "[weasle]\nharbourites\n", "[weasle], which does not exist"),
        ("words/cuse.txt", "yammer : speech\n", "did you mean `cues.txt`?"),
    ] {
        write(name, text);
        let (code, _, stderr) = sayso(folder.path(), &[]);
        assert!(code == Some(2) && stderr.contains(says), "{name}: {stderr}");
        std::fs::remove_file(folder.path().join(name)).unwrap();
    }
    write("sayso.toml", "words-dir = \"wordz\"\n");
    assert!(sayso(folder.path(), &[]).2.contains("no folder “wordz”"));
}

/// Each list changes what is read, by one line of the desk's.
#[test]
fn each_list_of_a_desk_counts() {
    const OFFICE: &str = "[[person]]\nname = \"Ana Reyes\"\n[[person.title]]\ntitle = \"president of Skarrow\"\n\
        from = 2020-01-01\nto = 2026-01-01\n";
    const DATED: &str = "---\ndate: 2026-06-01\n---\n\n";
    let dated = |words: &str| format!("{DATED}{words}\n");
    let quotes = ["quotes", "--format", "csv"];
    let check = ["check", "--format", "concise"];
    // The list and its line, the draft, the command, and what is printed without the line and with it.
    for (list, line, draft, command, without, with) in [
        (
            "honorifics.txt",
            "skip : m",
            dated("Mayor Ana Reyes met Skip Tarn. “The tide is out,” he said."),
            &quotes[..],
            ",said,,",
            ",said,Tarn,",
        ),
        (
            "given-names.txt",
            "quorra f\nzelb m",
            dated("Mayor Ana Reyes left. Quorra Tarn and Zelb Okafor met. “The tide is out,” she said."),
            &quotes[..],
            ",said,,",
            ",said,Quorra Tarn,",
        ),
        (
            "nicknames.txt",
            "quorra = quo",
            dated("“The tide is out,” Quo Tarn said. “It is low,” Quorra Tarn added."),
            &["people"][..],
            "\nQuo Tarn",
            "spelled Quo Tarn",
        ),
        (
            "works.txt",
            "[work]\njingspiel",
            dated("She wrote the jingspiel “The Tide Went Out Again” in May."),
            &quotes[..],
            ",fragment,true",
            ",title,false",
        ),
        (
            "places.txt",
            "skarrow = skarrish",
            dated("“We will stay,” Skarrish President Ana Reyes said."),
            &check[..],
            "nothing found",
            "was no longer president of Skarrow",
        ),
        (
            "title-words.txt",
            "[past]\nquondam",
            dated("“We will stay,” said Ana Reyes, the quondam president of Skarrow."),
            &check[..],
            "was no longer president of Skarrow",
            "nothing found",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        let printed = || {
            let (_, stdout, stderr) = sayso(folder.path(), command);
            format!("{stdout}{stderr}")
        };
        write("a.md", &draft);
        write("people.toml", OFFICE);
        std::fs::create_dir(folder.path().join("words")).unwrap();
        write(&format!("words/{list}"), &format!("{line}\n"));
        write("sayso.toml", "include = [\"*.md\"]\npeople = [\"people.toml\"]\n");
        let before = printed();
        assert!(before.contains(without) && !before.contains(with), "{list}: {before}");
        write("sayso.toml", "include = [\"*.md\"]\npeople = [\"people.toml\"]\nwords-dir = \"words\"\n");
        let after = printed();
        assert!(after.contains(with) && !after.contains(without), "{list}: {after}");
    }
}

fn table(rows: impl Iterator<Item = Vec<String>>, head: &str) -> String {
    let mut table = format!("{head}\n|{}\n", "---|".repeat(head.matches('|').count() - 1));
    for row in rows {
        writeln!(table, "| {} |", row.join(" | ")).unwrap();
    }
    table
}

/// `SAYSO_WRITE_DOCS=1 cargo test --test house_rules` writes the tables anew.
#[test]
fn the_page_describes_every_fact_and_field() {
    let path = root().join("docs/house-rules.md");
    let mut page = std::fs::read_to_string(&path).unwrap();
    let facts = described_facts().map(|(name, about)| vec![format!("`{name}`"), about.to_owned()]);
    let fields = described_fields().map(|field| {
        let missing = if field.always { "" } else { "; may be missing" };
        let all = described_facts().count() == field.facts.len();
        let of = if all { "all".to_owned() } else { field.facts.join(", ") };
        vec![format!("`{}`", field.name), field.takes.to_owned(), of, format!("{}{missing}", field.about)]
    });
    let own = RULES.iter().filter(|rule| matches!(rule.check, Check::Page));
    let own: Vec<String> = own.map(|rule| format!("[{0}](rules.md#{0})", rule.id)).collect();
    assert_eq!(own.len(), 19, "the page says how many");
    for (name, table) in [
        ("facts", table(facts, "| fact | what it is |")),
        ("fields", table(fields, "| field | takes | of | what it is |")),
        ("built-in", format!("{}.\n", own.join(", "))),
    ] {
        let (begin, end) = (format!("<!-- table: {name} -->\n"), "<!-- end of table -->");
        let start = page.find(&begin).unwrap_or_else(|| panic!("{begin} is missing")) + begin.len();
        let stop = start + page[start..].find(end).unwrap();
        page.replace_range(start..stop, &table);
    }
    if std::env::var_os("SAYSO_WRITE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap() == page,
        "docs/house-rules.md is not what sayso reads; SAYSO_WRITE_DOCS=1 cargo test --test house_rules writes it"
    );
}
