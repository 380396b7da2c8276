//! Drafts side by side, and drafts against a tape: what a writer may do is silent, and what nobody may do is found.
//! The tables stand in `tests/wording`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

use sayso::rules::{Example, ExampleDraft, Page, Parameters, RULES, Rule, Rulebook};
use sayso::run::attempt;

const FIRST: &str = "“We will not sell the old harbour to forty banks from Marwick, and nobody on the council will open it,” \
                     Ana Reyes, the mayor, told the council on Monday.";

const TAPE: &str = "WEBVTT

00:00:05.000 --> 00:00:09.000
<v Bo Okafor>Will the harbour be sold before the winter, um, or after it?</v>

00:00:10.000 --> 00:00:30.000
<v Ana Reyes>The harbour is, uh, the harbour is not for sale. It's fed every family on this coast for ninety years. I'm tired of the question, really.</v>

00:00:31.000 --> 00:00:36.000
<v Bo Okafor>What do the islanders say about the lighthouse?</v>

00:12:07.000 --> 00:12:19.000
<v Ana Reyes>Our voters will never forget who closed the old ferry, on a Sunday in the snow, and who cheered.</v>
";

fn draft(name: &str, text: &str) -> ExampleDraft {
    ExampleDraft { name: name.to_owned(), text: text.replace('¶', "\n\n") + "\n" }
}

fn rule<'b>(book: &'b Rulebook, id: &str) -> (&'static Rule, &'b Page) {
    let rank = RULES.iter().position(|rule| rule.id == id).unwrap();
    book.iter().nth(rank).unwrap()
}

/// What the rules on wording and on conflicts find: `rule level`, joined by commas, or `nothing`.
fn found(book: &Rulebook, example: &Example, drafts: &[ExampleDraft]) -> String {
    let (rule, page) = rule(book, "not-in-transcript");
    let trial =
        attempt(rule, page, example, drafts, book).unwrap_or_else(|input_error| panic!("{input_error}"));
    let found: Vec<String> = trial
        .findings
        .iter()
        .filter(|judged| judged.rule.group == "wording" || judged.rule.id.starts_with("conflicting-"))
        .map(|judged| format!("{} {:?}", judged.rule.id, judged.level).to_lowercase())
        .collect();
    if found.is_empty() { "nothing".to_owned() } else { found.join(", ") }
}

/// The rows of a table, each cut at its bars.
fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split(" | ").map(str::trim).collect())
}

#[test]
fn drafts_side_by_side() {
    let book = Rulebook::read().unwrap();
    let mut wrong = Vec::new();
    for row in rows(include_str!("wording/drafts.txt")) {
        let (name, first, second, expected) = match row.as_slice() {
            [name, second, expected] => (name, FIRST, second, expected),
            [name, first, second, expected] => (name, *first, second, expected),
            _ => panic!("a row of {} cells: {row:?}", row.len()),
        };
        for (one, other) in [("a.md", "b.md"), ("b.md", "a.md")] {
            let found = found(&book, &Example::default(), &[draft(one, first), draft(other, second)]);
            if found != *expected {
                wrong.push(format!("{name} ({one}, {other}): expected {expected}, found {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn drafts_against_a_tape() {
    let book = Rulebook::read().unwrap();
    let mut wrong = Vec::new();
    for row in rows(include_str!("wording/tapes.txt")) {
        let [name, text, expected @ ..] = row.as_slice() else { panic!("a row of one cell: {row:?}") };
        for (profile, expected) in ["verbatim", "deletions", "cleaned"].iter().zip(expected) {
            let parameters: Parameters = toml::from_str(&format!("profile = {profile:?}")).unwrap();
            let example = Example { parameters, ..Example::default() };
            let found = found(&book, &example, &[draft("draft.md", text), draft("tape.vtt", TAPE)]);
            if found != *expected {
                wrong.push(format!("{name} ({profile}): expected {expected}, found {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn one_person_under_several_names() {
    let book = Rulebook::read().unwrap();
    let said = |name: &str| format!("“The ferry will sail again before the winter ends,” {name} said.");
    let people = "[[person]]\nname = \"Boniface Okafor\"\naliases = [\"Boni Adeyemi\"]\n\n[[person]]\nname = \"Ana Reyes\"\n";
    for (one, other, known, expected) in [
        ("Boniface Okafor", "Mr. Okafor", false, "nothing"),
        ("Boniface Okafor, the chairman of the board,", "the chairman, Boniface Okafor,", false, "nothing"),
        ("Boniface Okafor", "Chairman Okafor", false, "nothing"),
        ("Boniface Okafor", "Boni Adeyemi", false, "conflicting-speaker error"),
        ("Boniface Okafor", "Boni Adeyemi", true, "nothing"),
        ("Boniface Okafor", "Ana Reyes", true, "conflicting-speaker error"),
        (
            "Boniface Okafor",
            "Ana Reyes, a spokeswoman for the ferry company,",
            true,
            "conflicting-speaker note",
        ),
    ] {
        let example = Example { people: known.then(|| people.to_owned()), ..Example::default() };
        let drafts = [draft("a.md", &said(one)), draft("b.md", &said(other))];
        assert_eq!(found(&book, &example, &drafts), expected, "{one} / {other}");
    }
}
