//! Rules that are meant for news keep quiet in the settings that their pages list: the words that each one reports in news
//! are put into a turn of an interview, a roundup, a story, a line in Title Case, a headline and a caption.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing test panics")]

use std::collections::BTreeMap;
use std::path::Path;

use sayso::facts::{Hints, read};
use sayso::rules::{Example, ExampleDraft, QuietSetting, Rulebook, find};
use sayso::run::attempt;
use sayso::source::{Document, Format, Text};

/// The people whom two of the rules ask for.
const PEOPLE: &str = r#"
[[person]]
name = "Dennis Averill"
[[person.title]]
title = "Mayor of Pennock"
from = 2015-05-05
to = 2023-05-09
[[person]]
name = "Wenna Orrick"
died = 1998-03-02
"#;

/// The draft's text in a setting; `line` is the rule's own line of a roundup.
fn put(text: &str, setting: QuietSetting, line: Option<&str>) -> String {
    let each = |lead: &str| {
        text.split("\n\n").map(|paragraph| format!("{lead}{paragraph}")).collect::<Vec<_>>().join("\n\n")
    };
    match setting {
        QuietSetting::Turn => each("**Tam Brede:** "),
        QuietSetting::Roundup => {
            format!("{}\n\n{0}", line.unwrap_or_else(|| panic!("no line of a roundup: {text}")))
        }
        QuietSetting::Dialogue => format!("---\nkind: fiction\n---\n\n{text}"),
        QuietSetting::TitleCase => title_case(text),
        QuietSetting::Heading => each("# "),
        QuietSetting::Caption => {
            let lines = text.split("\n\n").map(|paragraph| format!("![{paragraph}](a.png)"));
            lines.collect::<Vec<_>>().join("\n\n")
        }
        QuietSetting::ListItem => each("- "),
    }
}

fn title_case(text: &str) -> String {
    let capital = |word: &str| {
        let at = word.find(char::is_alphabetic).unwrap_or(0);
        let first = word[at..].chars().next().map_or(0, char::len_utf8);
        format!("{}{}{}", &word[..at], word[at..at + first].to_uppercase(), &word[at + first..])
    };
    text.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

/// Whether the rule reports anything in drafts with these texts.
fn reports(book: &Rulebook, id: &str, texts: &[String]) -> bool {
    let drafts: Vec<ExampleDraft> = (b'a'..)
        .zip(texts)
        .map(|(name, text)| ExampleDraft {
            name: format!("{}.md", char::from(name)),
            text: format!("{text}\n"),
        })
        .collect();
    let example = Example {
        published: Some("2025-04-17".to_owned()),
        people: Some(PEOPLE.to_owned()),
        ..Example::default()
    };
    let trial = attempt(find(id).unwrap(), book.page(id).unwrap(), &example, &drafts, book);
    trial.unwrap_or_else(|fault| panic!("{id}: {fault}")).findings.iter().any(|judged| judged.rule.id == id)
}

#[test]
fn rules_keep_quiet_where_their_pages_say_so() {
    let book = Rulebook::read().unwrap_or_else(|fault| panic!("{fault}"));
    let mut rows = BTreeMap::new();
    for line in include_str!("quiet.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split(" ¦ ");
        let (id, drafts) = (cells.next().unwrap(), cells.next().unwrap());
        let texts: Vec<String> = drafts.split(" || ").map(|text| text.replace(" // ", "\n\n")).collect();
        rows.insert(id, (texts, cells.next()));
    }
    let mut wrong = Vec::new();
    for (rule, page) in book.iter().filter(|(_, page)| !page.quiet_in.is_empty()) {
        let (news, line) = rows.remove(rule.id).unwrap_or_else(|| panic!("{} has no row", rule.id));
        if !reports(&book, rule.id, &news) {
            wrong.push(format!("{}: not found in news", rule.id));
        }
        for &setting in &page.quiet_in {
            let texts: Vec<String> = news.iter().map(|text| put(text, setting, line)).collect();
            if reports(&book, rule.id, &texts) {
                wrong.push(format!("{}: found in {}", rule.id, setting.name()));
            }
            for text in texts {
                let document =
                    Document::new("a.md", Format::of_path(Path::new("a.md")).unwrap(), Text::new(text));
                let blocks = read(&document, &Hints::default()).blocks;
                if !blocks.iter().any(|block| setting.has(block)) {
                    wrong.push(format!("{}: the test's draft is none of {}", rule.id, setting.name()));
                }
            }
        }
    }
    assert!(rows.is_empty(), "rows of rules that are never quiet: {:?}", rows.keys());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
