//! Who said it: a table of invented sentences for every pattern of the sieve, for the speakers that sources stand
//! for and for quotations that are no speech; the page that explains them; and what no input may do.
//!
//! Each file of `tests/attribution` says at its head how its rows are read.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing test panics")]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use sayso::facts::{self, FileFacts, Hints, Phrase, Quotation, QuotationKind, TextKind, Tie, Verdict};
use sayso::source::{Document, Format, Span, Text};
use sayso::syntax::sieve::Pattern;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn table(name: &str) -> String {
    let path = root().join("tests/attribution").join(format!("{name}.txt"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn document(text: &str, format: Format) -> Document {
    Document::new("draft", format, Text::new(text.to_owned()))
}

/// The kind of text that a table's rows are, where its head says so.
fn kind_of(table: &str) -> Option<TextKind> {
    table.lines().any(|line| line == "# kind: fiction").then_some(TextKind::Fiction)
}

/// Hints that name a source from this confidence on.
fn sure_from(confidence: f32) -> Hints {
    Hints { confidence: Some(confidence), ..Hints::default() }
}

fn facts_of(text: &str, format: Format) -> FileFacts {
    facts_of_kind(text, format, None)
}

fn facts_of_kind(text: &str, format: Format, kind: Option<TextKind>) -> FileFacts {
    let document = document(text, format);
    // The tables show what each pattern finds; what is sure enough to be named is the house's to say.
    facts::read(&document, &Hints { confidence: Some(0.0), kind, ..Hints::default() })
}

/// A row of a table: a draft, what is marked in it, and what is expected where the table's own name is not.
#[derive(Clone, Debug, Default)]
struct Row {
    written: String,
    draft: String,
    /// Between `[` and `]`.
    source: Option<Span>,
    /// Between `<` and `>`.
    cue: Option<Span>,
    /// Before it stands `*`: the quotation that the row is about; otherwise the last one is.
    asked: Option<u32>,
    expected: Option<String>,
}

impl Row {
    fn read(line: &str) -> Self {
        let (marked, expected) = match line.rsplit_once(" = ") {
            Some((marked, expected)) => (marked, Some(expected.to_owned())),
            None => (line, None),
        };
        let mut row = Self { written: line.to_owned(), expected, ..Self::default() };
        let mut open = 0;
        for c in marked.replace(" ¶ ", "\n\n").chars() {
            let at = row.draft.len() as u32;
            match c {
                '[' | '<' => open = at,
                ']' => row.source = Some(Span::new(open, at)),
                '>' => row.cue = Some(Span::new(open, at)),
                '*' => row.asked = Some(at),
                c => row.draft.push(c),
            }
        }
        row
    }

    fn quotation<'f>(&self, facts: &'f FileFacts) -> &'f Quotation {
        let mut outer = facts.quotations.iter().filter(|quotation| quotation.level == 0);
        let found = match self.asked {
            Some(at) => outer.find(|quotation| quotation.span.start == at),
            None => outer.next_back(),
        };
        found.unwrap_or_else(|| panic!("no quotation found in {}", self.written))
    }
}

fn rows(table: &str) -> Vec<Row> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(Row::read).collect()
}

/// A phrase as the tables show it.
fn shown(phrase: Option<&Phrase>) -> String {
    phrase.map_or("none".to_owned(), |phrase| format!("“{}” at {}", phrase.text, phrase.span.start))
}

fn expected(span: Option<Span>, draft: &str) -> String {
    span.map_or("none".to_owned(), |span| format!("“{}” at {}", span.of(draft), span.start))
}

#[test]
fn each_pattern_takes_its_own_sentences_and_no_others() {
    let mut wrong = String::new();
    for pattern in Pattern::ALL {
        let table = table(pattern.name());
        let kind = kind_of(&table);
        let rows = rows(&table);
        let right = rows.iter().filter(|row| row.expected.is_none()).count();
        assert!(right >= 6 && rows.len() - right >= 3, "{} has too few rows", pattern.name());
        for row in rows {
            let facts = facts_of_kind(&row.draft, Format::Plain, kind);
            let attribution = row.quotation(&facts).attribution.as_ref();
            let evidence = attribution.map_or("nothing", |attribution| attribution.evidence.as_ref());
            let wanted = row.expected.as_deref().unwrap_or(pattern.name());
            assert!(
                row.expected.is_none() || wanted != pattern.name(),
                "a near miss that is none: {}",
                row.written
            );
            let source = shown(attribution.and_then(|attribution| attribution.source.as_ref()));
            let cue = shown(attribution.and_then(|attribution| attribution.cue.as_ref()));
            let marked = row.source.is_some() || row.cue.is_some() || row.expected.is_none();
            let phrases_agree =
                !marked || source == expected(row.source, &row.draft) && cue == expected(row.cue, &row.draft);
            if evidence != wanted || !phrases_agree {
                let name = pattern.name();
                writeln!(wrong, "{name}: {}\n   found {evidence}, source {source}, cue {cue}", row.written)
                    .unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_source_stands_for_its_speaker() {
    let mut wrong = String::new();
    let rows = rows(&table("speakers"));
    assert!(rows.len() >= 40, "only {} rows", rows.len());
    for row in rows {
        let facts = facts_of(&row.draft, Format::Plain);
        let attribution = row.quotation(&facts).attribution.as_ref();
        let speaker = attribution.and_then(|attribution| attribution.speaker.as_ref());
        let found = speaker.map_or("undecided", |speaker| speaker.name.as_str());
        if Some(found) != row.expected.as_deref() {
            let evidence = attribution.map_or("nothing", |attribution| attribution.evidence.as_ref());
            writeln!(wrong, "{}\n   found {found} by {evidence}", row.written).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_hearer_is_who_it_is_said_to() {
    let mut wrong = String::new();
    for row in rows(&table("hearers")) {
        let facts = facts_of(&row.draft, Format::Plain);
        let attribution = match facts.quotations.is_empty() {
            true => facts.indirect.last().map(|indirect| &indirect.attribution),
            false => row.quotation(&facts).attribution.as_ref(),
        };
        let to = attribution.and_then(|attribution| attribution.to.as_ref());
        let found = to.map_or("nobody", |to| to.text.as_str());
        if Some(found) != row.expected.as_deref() || attribution.is_none() {
            let evidence = attribution.map_or("nothing", |attribution| attribution.evidence.as_ref());
            writeln!(wrong, "{}\n   found {found} by {evidence}", row.written).unwrap();
        }
        if let Some(to) = to {
            assert_eq!(to.span.of(&row.draft), to.text, "{}", row.written);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Every draft of every table.
fn drafts() -> impl Iterator<Item = String> {
    let tables = ["speakers", "not-speech", "hearers"].into_iter().chain(Pattern::ALL.map(Pattern::name));
    tables.flat_map(|name| rows(&table(name))).map(|row| row.draft)
}

#[test]
fn the_reasons_are_those_of_the_decision() {
    let mut decided = 0;
    for draft in drafts() {
        let facts = facts_of(&draft, Format::Plain);
        let reasons = facts::why(&document(&draft, Format::Plain), &sure_from(0.0));
        assert_eq!(reasons.len(), facts.quotations.len(), "{draft}");
        for (quotation, why) in facts.quotations.iter().zip(&reasons) {
            let deciding: Vec<_> = why.tried.iter().filter(|tried| tried.decides).collect();
            for tried in &why.tried {
                let Some(found) = &tried.found else { continue };
                assert!(
                    tried.patterns.contains(&found.pattern),
                    "{}: {} in {draft}",
                    tried.step,
                    found.pattern
                );
            }
            let Some(attribution) = &quotation.attribution else {
                assert!(deciding.is_empty() && why.verdict != Verdict::Decided, "{draft}");
                continue;
            };
            decided += 1;
            assert_eq!(why.verdict, Verdict::Decided, "{draft}");
            assert_eq!(deciding.len(), 1, "{draft}");
            let found = deciding[0].found.as_ref().unwrap();
            assert_eq!(found.pattern, attribution.evidence, "{draft}");
            assert_eq!((&found.source, &found.cue), (&attribution.source, &attribution.cue), "{draft}");
            let speaker = attribution.speaker.as_ref().map(|speaker| &speaker.name);
            assert_eq!(found.speaker.as_ref(), speaker, "{draft}");
        }
    }
    assert!(decided > 300, "only {decided}");
}

#[test]
fn what_ties_a_source_to_its_speaker_is_told() {
    for (draft, tie, shown) in [
        ("Ines Calloway opened the pier. “It holds,” Calloway said.", Tie::Introduced, Some("Ines Calloway")),
        ("“It holds,” Ines Calloway said.", Tie::InFull, None),
        ("Ines Calloway met Tom Calloway. “It holds,” Calloway said.", Tie::Shared, None),
        ("Ines Calloway opened the pier. “It holds,” she said.", Tie::Pronoun, Some("Ines Calloway")),
        ("“It holds,” she said.", Tie::NobodyFits, None),
        ("Ines Calloway opened the pier. “It holds,” they said.", Tie::NotResolved, None),
        ("“It holds,” I said.", Tie::Writer, None),
        ("“It holds,” said the mayor, Ines Calloway.", Tie::Apposition, Some("Ines Calloway")),
        (
            "Senator Ines Calloway opened the pier. “It holds,” the senator said.",
            Tie::Role,
            Some("Ines Calloway"),
        ),
        ("“It holds,” a senior official said.", Tie::Unnamed, None),
        ("“It holds,” the ministry said.", Tie::Itself, None),
    ] {
        let why = facts::why(&document(draft, Format::Plain), &sure_from(0.0)).swap_remove(0);
        assert_eq!(why.tie, Some(tie), "{draft}");
        let place = why.shown.as_ref().map(|phrase| phrase.text.as_str());
        assert!(
            place.is_some_and(|place| place.ends_with(shown.unwrap_or("?"))) == shown.is_some(),
            "{draft}: {place:?}"
        );
        assert_eq!(why.others.is_empty(), tie != Tie::Shared, "{draft}");
    }
}

#[test]
fn what_is_withheld_is_told() {
    let draft = "Calloway waved a “Not for sale” flag. They saw “The Harbour Hour” on “The Late Tide”.";
    let read = |confidence| facts::why(&document(draft, Format::Plain), &sure_from(confidence));
    assert_eq!(read(0.9)[0].verdict, Verdict::BelowConfidence);
    assert_eq!(read(0.0)[0].verdict, Verdict::Decided);
    let title = &read(0.9)[2];
    assert_eq!((title.verdict, title.instead), (Verdict::NotSpeech, Some("the title of a work")));
    assert!(title.tried.is_empty());
}

#[test]
fn what_is_no_speech_has_no_speaker() {
    let mut wrong = String::new();
    let rows = rows(&table("not-speech"));
    assert!(rows.len() >= 30, "only {} rows", rows.len());
    for row in rows {
        let facts = facts_of(&row.draft, Format::Plain);
        let quotation = row.quotation(&facts);
        let kind = match (quotation.kind, &quotation.attribution) {
            (QuotationKind::Title, None) => "title",
            (QuotationKind::Scare, None) => "scare",
            (_, None) => "undecided",
            (_, Some(_)) => "speech",
        };
        if Some(kind) != row.expected.as_deref() {
            writeln!(wrong, "{}\n   found {kind}: {:?}", row.written, quotation.kind).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_table_is_run() {
    for entry in std::fs::read_dir(root().join("tests/attribution")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let of_pattern = Pattern::ALL.iter().any(|pattern| pattern.name() == name);
        assert!(
            of_pattern || ["speakers", "not-speech", "hearers"].contains(&name.as_str()),
            "no test reads {}",
            path.display()
        );
    }
}

/// The figures measured for a pattern: the precision of its sources, and its share of the quotations decided.
fn figures(name: &str) -> Option<(f32, f32)> {
    let list = std::fs::read_to_string(root().join("rules/words/patterns.txt")).unwrap();
    let line = list.lines().find(|line| line.split_whitespace().next() == Some(name))?;
    let mut numbers = line.split_whitespace().skip(1).map(|number| number.parse().unwrap());
    Some((numbers.next().unwrap(), numbers.next().unwrap()))
}

#[test]
fn the_figures_are_of_patterns_and_are_parts_of_one() {
    let list = std::fs::read_to_string(root().join("rules/words/patterns.txt")).unwrap();
    for line in list.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let name = line.split_whitespace().next().unwrap();
        let Some(pattern) = Pattern::ALL.iter().find(|pattern| pattern.name() == name) else {
            panic!("{name} is no pattern");
        };
        let (precision, share) = figures(name).unwrap();
        assert!((0.0..=1.0).contains(&precision) && (0.0..=1.0).contains(&share), "{line}");
        assert!((pattern.precision() - precision).abs() < 1e-6, "{line}: read as {}", pattern.precision());
    }
}

const TABLE_BEGINS: &str = "<!-- patterns: written by the tests -->\n";
const TABLE_ENDS: &str = "<!-- end of patterns -->\n";

/// The table of patterns: the first row of each pattern's table as its example, and its figures.
fn pattern_table() -> String {
    let mut out = String::from(TABLE_BEGINS);
    out.push_str("\n| evidence | example: **source**, *cue* | share | precision |\n|---|---|---:|---:|\n");
    for pattern in Pattern::ALL {
        let first = rows(&table(pattern.name())).swap_remove(0);
        let example = first
            .written
            .replace("<:>", ":")
            .replace(['[', ']'], "**")
            .replace(['<', '>'], "*")
            .replace(" ¶ ", "<br>");
        let percent = |part: f32| format!("{:.1} %", part * 100.0);
        let (precision, share) = figures(pattern.name())
            .map_or(("–".to_owned(), "–".to_owned()), |(a, b)| (percent(a), percent(b)));
        writeln!(out, "| `{}` | {example} | {share} | {precision} |", pattern.name()).unwrap();
    }
    out.push('\n');
    out.push_str(TABLE_ENDS);
    out
}

/// `SAYSO_WRITE_DOCS=1 cargo test --test attribution` writes the table anew.
#[test]
fn the_page_is_current() {
    let path = root().join("docs/attribution.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(TABLE_BEGINS).unwrap();
    let (_, after) = rest.split_once(TABLE_ENDS).unwrap();
    let expected = format!("{before}{}{after}", pattern_table());
    if std::env::var_os("SAYSO_WRITE_DOCS").is_some() {
        std::fs::write(&path, &expected).unwrap();
        return;
    }
    assert!(
        page == expected,
        "the table in docs/attribution.md is not what the patterns and rules/words/patterns.txt say; \
         SAYSO_WRITE_DOCS=1 cargo test --test attribution writes it"
    );
}

/// The grammar on the page is the grammar at the head of the file it comes from.
#[test]
fn the_grammar_on_the_page_is_that_of_the_code() {
    let page = std::fs::read_to_string(root().join("docs/attribution.md")).unwrap();
    for file in ["src/syntax/clause/noun_phrase.rs", "src/syntax/transcript/mod.rs"] {
        let source = std::fs::read_to_string(root().join(file)).unwrap();
        let head = source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
        let grammar: Vec<_> =
            head.skip_while(|line| *line != "```text").skip(1).take_while(|line| *line != "```").collect();
        assert!(!grammar.is_empty(), "{file} has no grammar at its head");
        for line in grammar {
            assert!(page.contains(line), "docs/attribution.md lacks, from {file}: {line}");
        }
    }
}

/// Every span of a document's facts lies within its text and between characters, and quotations stand in order.
fn in_place(text: &str, format: Format) -> Result<(), TestCaseError> {
    let facts = facts_of(text, format);
    let lies =
        |span: Span| span.start <= span.end && text.get(span.start as usize..span.end as usize).is_some();
    let mut start = 0;
    let reasons = facts::why(&document(text, format), &sure_from(0.0));
    prop_assert_eq!(reasons.len(), facts.quotations.len());
    for (quotation, why) in facts.quotations.iter().zip(&reasons) {
        let told = why.tried.iter().find(|tried| tried.decides).and_then(|tried| tried.found.as_ref());
        let evidence = quotation.attribution.as_ref().map(|attribution| attribution.evidence.as_ref());
        prop_assert_eq!(told.map(|found| found.pattern), evidence, "{:?}", text);
        prop_assert!(lies(quotation.span), "{:?} in {text:?}", quotation.span);
        prop_assert!(quotation.span.start >= start, "out of order in {text:?}");
        start = quotation.span.start;
        for &segment in &quotation.segments {
            prop_assert!(lies(segment), "{segment:?} in {text:?}");
            prop_assert!(quotation.span.start <= segment.start && segment.end <= quotation.span.end);
        }
        let Some(attribution) = &quotation.attribution else { continue };
        prop_assert_eq!(quotation.level, 0);
        prop_assert!((0.0..=1.0).contains(&attribution.confidence));
        prop_assert!(Pattern::ALL.iter().any(|pattern| pattern.name() == attribution.evidence));
        for phrase in [&attribution.source, &attribution.cue, &attribution.to].into_iter().flatten() {
            prop_assert!(lies(phrase.span), "{phrase:?} in {text:?}");
        }
    }
    for phrase in &facts.names {
        prop_assert!(lies(phrase.span), "{phrase:?} in {text:?}");
    }
    for mention in &facts.mentions {
        prop_assert!(lies(mention.span), "{mention:?} in {text:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in "\\PC*") {
        in_place(&text, Format::Plain)?;
        in_place(&text, Format::Markdown)?;
    }

    /// Words of attributions in any order, with marks that pair and marks that do not.
    #[test]
    fn no_jumble_of_speech_is_too_odd(parts in prop::collection::vec(prop::sample::select(vec![
        "“", "”", "\"", "''", "``", "'", "’", "‘", "„", "«", "»", "Calloway", "Ines", "Mr.", "Sen.", "Dr", "the", "a",
        "harbour", "board", "spokesman", "senator", "said", "says", "saying", "to", "say", "told", "called", "what",
        "who", "which", "that", "and", "or", "with", "by", "was", "had", "been", "quoted", "as", "according", "in",
        "words", "of", "claim", "his", "her", "he", "she", "it", "they", "I", "some", "one", "when", "after", "on",
        "Monday", "last", "week", "sign", "book", "went", "pier", "gone", "3", "47", ",", ".", "?", "!", ":", ";",
        "—", " – ", "--", "…", "...", "(", ")", "[", "]", "\n", "\n\n", "> ", "# ", "- ", "’s", "s’", "é", "\u{a0}",
        "\u{200b}", "🙂", " ", " ", " ", " ", " ", " ",
    ]), 0..40), spaced in any::<bool>()) {
        let text = parts.join(if spaced { " " } else { "" });
        in_place(&text, Format::Plain)?;
        in_place(&text, Format::Markdown)?;
    }
}

#[test]
fn the_page_is_linked_from_the_readme() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    assert!(readme.contains("](docs/attribution.md)"));
}

#[test]
fn a_pronoun_may_stand_any_number_of_times() {
    // “Quennell” tells no gender: every pronoun counts for one.
    let waited = "She waited for the tide. ".repeat(300);
    let draft =
        format!("Gov. Zsofo Quennell came to the pier. {waited}\n\n“The old pier is gone,” she said.\n");
    let facts = facts_of(&draft, Format::Plain);
    let attribution = facts.quotations.last().and_then(|quotation| quotation.attribution.clone());
    let speaker = attribution.and_then(|attribution| attribution.speaker).map(|speaker| speaker.name);
    assert_eq!(speaker.as_deref(), Some("Zsofo Quennell"));
}
