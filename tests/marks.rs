//! Quotation marks in whole drafts: what is right is silent, and what is wrong is found at its place. The tables stand
//! in `tests/marks`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

use std::path::Path;

use sayso::config::Config;
use sayso::facts::{FileFacts, Hints, MarkFaultKind, read};
use sayso::project::{Focus, Project};
use sayso::source::{Document, Format, Text};

fn facts(name: &str, text: &str) -> (Document, FileFacts) {
    let text = text.replace('¶', "\n\n").replace('⏎', "\n") + "\n";
    let document = Document::new(name, Format::of_path(Path::new(name)).unwrap(), Text::new(text));
    let facts = read(&document, &Hints::default());
    (document, facts)
}

/// What houses do differently is looked at by the pages' own examples.
const HOUSE_STYLE: [MarkFaultKind; 4] = [
    MarkFaultKind::MixedMarkStyle,
    MarkFaultKind::MixedApostrophes,
    MarkFaultKind::PunctuationInside,
    MarkFaultKind::PunctuationOutside,
];

/// What is odd about the marks: kind and lines, joined by commas.
fn faults(document: &Document, facts: &FileFacts) -> String {
    let faults = facts.mark_faults.iter().filter(|fault| !HOUSE_STYLE.contains(&fault.kind));
    let found: Vec<String> = faults
        .map(|fault| {
            let kind = serde_json::to_value(fault.kind).unwrap();
            let mut words = vec![kind.as_str().unwrap().to_owned()];
            let places = std::iter::once(&fault.span).chain(&fault.also);
            words.extend(places.map(|span| document.text.line_of(span.start).to_string()));
            words.join(" ")
        })
        .collect();
    if found.is_empty() { "nothing".to_owned() } else { found.join(", ") }
}

/// The rows of a table, each cut at its bars.
fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split(" ¦ ").collect())
}

#[test]
fn drafts() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("marks/drafts.txt")) {
        let [name, file, text, expected] = row.as_slice() else {
            panic!("a row of {} cells: {row:?}", row.len())
        };
        let (document, facts) = facts(file, text);
        let found = faults(&document, &facts);
        if found != *expected {
            wrong.push(format!("{name}: expected {expected}, found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn prose() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("marks/prose.txt")) {
        let [name, file, text, expected] = row.as_slice() else {
            panic!("a row of {} cells: {row:?}", row.len())
        };
        let document = facts(file, text).0;
        let prose = document.prose();
        let blocks: Vec<&str> = prose.blocks.iter().map(|block| block.span.of(&prose.text)).collect();
        let found = blocks.join("¶").replace('\u{FFFC}', "◌").replace('\n', "⏎");
        if found != *expected {
            wrong.push(format!("{name}: expected {expected}, found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn languages() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("marks/languages.txt")) {
        let [name, file, text, code, attributed, expected] = row.as_slice() else {
            panic!("a row of {} cells: {row:?}", row.len())
        };
        let (document, facts) = facts(file, text);
        let found_code = facts.other_language.as_deref().unwrap_or("en");
        let found = facts.quotations.iter().filter(|quotation| quotation.attribution.is_some()).count();
        let marks = faults(&document, &facts);
        if (found_code, found.to_string().as_str(), marks.as_str()) != (*code, *attributed, *expected) {
            wrong.push(format!("{name}: found {found_code}, {found} attributed, {marks}"));
        }
        // In a language that sayso does not read there is nothing else to judge.
        let others = facts.mentions.len() + facts.dates.len() + facts.indirect.len();
        assert!(facts.other_language.is_none() || others == 0, "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn speakers() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("marks/speakers.txt")) {
        let [name, file, text, words, expected] = row.as_slice() else {
            panic!("a row of {} cells: {row:?}", row.len())
        };
        let facts = facts(file, text).1;
        let first = facts.quotations.first();
        let said =
            first.map_or(String::new(), |first| first.words.split_whitespace().collect::<Vec<_>>().join(" "));
        let speaker = first.and_then(|first| first.attribution.as_ref()?.speaker.as_ref());
        let speaker = speaker.map_or("nobody", |speaker| speaker.name.as_str());
        if (said.as_str(), speaker) != (*words, *expected) {
            wrong.push(format!("{name}: found {said} by {speaker}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a house sets, or the lack of a date, is no fault of a setting.
const OF_THE_HOUSE: [&str; 3] = ["mixed-mark-style", "undated-document", "stand-in-marks"];

#[test]
fn settings() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("marks/settings.txt")) {
        let [name, file, text, expected] = row.as_slice() else {
            panic!("a row of {} cells: {row:?}", row.len())
        };
        let text = text.replace('¶', "\n\n").replace('⏎', "\n") + "\n";
        let mut project = Project::open(Config::isolated(".")).unwrap();
        project.set_draft(file, text);
        let judged = project.check(&Focus::everything()).unwrap();
        let found = judged.iter().map(|judged| judged.rule.id).filter(|id| !OF_THE_HOUSE.contains(id));
        let found: Vec<&str> = found.collect();
        let found = if found.is_empty() { "nothing".to_owned() } else { found.join(", ") };
        if found != *expected {
            wrong.push(format!("{name}: expected {expected}, found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// No place lies outside the file or inside a character, whatever the marks do.
#[test]
fn places_lie_on_characters() {
    let pieces =
        ["“", "”", "‘", "’", "\"", "'", "a", "é", " ", "¶", ".", "said Ana Ruiz.", "« ", " »", "''", ",,a"];
    let check = |text: &str| {
        let (document, facts) = facts("a.txt", text);
        let content = document.text.as_str();
        let faults = facts.mark_faults.iter().flat_map(|fault| {
            std::iter::once(fault.span).chain(fault.related).chain(fault.also.iter().copied())
        });
        let quotations =
            facts.quotations.iter().flat_map(|one| one.segments.iter().copied().chain([one.span]));
        for span in faults.chain(quotations) {
            assert!(content.get(span.range()).is_some(), "{span:?} in {content:?}");
        }
    };
    check("“a¶\"aé said Ana Ruiz.");
    // A walk through the mixtures that is the same on every run.
    let mut seed = 7_u32;
    for _ in 0..3_000 {
        let text: String = (0..12)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                pieces[(seed >> 16) as usize % pieces.len()]
            })
            .collect();
        check(&text);
    }
}
