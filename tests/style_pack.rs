//! The pages of examples/style-pack find what functions find. The functions here are those that sayso had for these eight
//! rules before they became pages. Nothing of sayso calls them: they are a second opinion on the same facts.
//!
//! `SAYSO_COMPARE=folder cargo test --test style_pack -- --nocapture` compares on the drafts of a folder too, and prints
//! the counts.

#![expect(clippy::print_stdout, reason = "the counts are shown with --nocapture")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sayso::config::Config;
use sayso::facts::{BlockFact, DateKind, FileFacts, Form, Phrase, Quotation};
use sayso::lexicon::{Class, lexicon};
use sayso::project::{Focus, Options, Project};
use sayso::rules::{Drawn, Judged, Level, Rulebook};
use sayso::source::{BlockKind, Span};
use sayso::syntax::MarkFaultKind;

/// One finding: where, what is said there, and what would be written instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    path: String,
    at: (u32, u32),
    message: String,
    label: String,
    help: Option<String>,
    fix: Option<(bool, u32, u32, String)>,
    related: Vec<(u32, u32)>,
}

impl Told {
    fn new(facts: &FileFacts, span: Span, message: String) -> Self {
        Self {
            path: facts.path.clone(),
            at: (span.start, span.end),
            message,
            label: String::new(),
            help: None,
            fix: None,
            related: Vec::new(),
        }
    }

    fn label(self, label: &str) -> Self {
        Self { label: label.to_owned(), ..self }
    }
}

type Function = fn(&FileFacts) -> Vec<Told>;

/// A page of the pack, the built-in rule whose place it takes, and the function for both.
const EIGHT: [(&str, &str, Function); 8] = [
    ("said-only", "loaded-cue", loaded_cue),
    ("heard-not-thought", "mind-reading-cue", mind_reading_cue),
    ("name-the-day", "relative-day", relative_day),
    ("no-source", "unsourced-hedge", unsourced_hedge),
    ("dots-at-the-edge", "edge-ellipsis", edge_ellipsis),
    ("many-brackets", "bracket-load", bracket_load),
    ("no-sic", "sic-policy", sic_policy),
    ("stops-inside", "misplaced-punctuation", misplaced_punctuation),
];

fn loaded_cue(facts: &FileFacts) -> Vec<Told> {
    let message = |cue: &str| format!("“{cue}” says more than that it was said");
    cues(facts, Class::CUE_LOADED, message, |block| block.setting.form == Form::Dialogue)
}

fn mind_reading_cue(facts: &FileFacts) -> Vec<Told> {
    let message =
        |cue: &str| format!("“{cue}” tells what somebody thought; a quotation shows only what was said");
    cues(facts, Class::CUE_THOUGHT, message, spoken_or_fiction)
}

fn spoken_or_fiction(block: &BlockFact) -> bool {
    matches!(block.setting.form, Form::Turn | Form::Dialogue)
}

/// One finding for every cue of the class, however many quotations and reports share it. A cue that is often something
/// else (found, saw, charged) proves nothing.
fn cues(
    facts: &FileFacts,
    class: Class,
    message: impl Fn(&str) -> String,
    quiet: impl Fn(&BlockFact) -> bool,
) -> Vec<Told> {
    let quoted = outer(facts).filter_map(|quotation| quotation.attribution.as_ref());
    let said = quoted.chain(facts.indirect.iter().map(|indirect| &indirect.attribution));
    let mut cues: Vec<&Phrase> = said.filter_map(|said| said.cue.as_ref()).collect();
    cues.sort_by_key(|cue| cue.span.start);
    cues.dedup_by_key(|cue| cue.span);
    let wanted = |cue: &&Phrase| {
        let known = lexicon().class(&cue.text);
        known.any(class) && !known.any(Class::CUE_WEAK) && !block_at(facts, cue.span).is_some_and(&quiet)
    };
    let told = |cue: &Phrase| Told::new(facts, cue.span, message(&cue.text)).label("instead of “said”");
    cues.into_iter().filter(wanted).map(told).collect()
}

fn relative_day(facts: &FileFacts) -> Vec<Told> {
    let mut found = Vec::new();
    for date in facts.dates.iter().filter(|date| date.kind == DateKind::RelativeDay && !date.quoted) {
        if block_at(facts, date.span).is_some_and(spoken_or_fiction) {
            continue;
        }
        let message = format!("“{}” means another day to whoever reads this later", date.text);
        let mut told = Told::new(facts, date.span, message).label("on which day?");
        if let Some(day) = date.interval.and_then(|days| days.single()) {
            let weekday = day.weekday().name();
            told.help = Some(format!("name the {weekday}; leave the word where nowadays is meant"));
            let said = facts.quotations.iter().any(|one| one.level == 0 && one.span.overlaps(date.span));
            if !date.text.contains(' ') && date.weekday.is_none() && !said {
                told.fix = Some((false, date.span.start, date.span.end, weekday.to_owned()));
            }
        }
        found.push(told);
    }
    found
}

fn unsourced_hedge(facts: &FileFacts) -> Vec<Told> {
    let quiet = |block: &BlockFact| {
        matches!(block.setting.form, Form::Turn | Form::Dialogue | Form::TitleCase)
            || block.kind == BlockKind::Heading
    };
    let quoted = |span: Span| facts.quotations.iter().any(|one| one.span.contains(span));
    let open = facts.hedges.iter().filter(|hedge| !quoted(hedge.span));
    let open = open.filter(|hedge| !block_at(facts, hedge.span).is_some_and(quiet));
    let message = |hedge: &Phrase| format!("“{}”, and nothing says by whom", hedge.text);
    open.map(|hedge| Told::new(facts, hedge.span, message(hedge)).label("who says so?")).collect()
}

fn edge_ellipsis(facts: &FileFacts) -> Vec<Told> {
    let mut found = Vec::new();
    for quotation in outer(facts) {
        let words = quotation.words.trim();
        let first = words.starts_with('…') || words.starts_with("...");
        let last = words.ends_with('…') || words.ends_with("...");
        let edge = match (first, last) {
            (true, true) => "begins and ends",
            (true, false) => "begins",
            (false, true) => "ends",
            (false, false) => continue,
        };
        if words.chars().any(char::is_alphanumeric) {
            let message = format!("this quotation {edge} with an ellipsis");
            found.push(Told::new(facts, quotation.span, message));
        }
    }
    found
}

fn bracket_load(facts: &FileFacts) -> Vec<Told> {
    let count = |quotation: &Quotation| {
        insertions(&quotation.words).filter(|inner| inner.chars().nth(1).is_some()).count()
    };
    let message = |count| format!("this quotation carries {count} insertions in brackets");
    let many = outer(facts).map(|quotation| (quotation, count(quotation))).filter(|(_, count)| *count > 1);
    many.map(|(quotation, count)| Told::new(facts, quotation.span, message(count))).collect()
}

fn sic_policy(facts: &FileFacts) -> Vec<Told> {
    let has_sic = |quotation: &&Quotation| {
        let words = quotation.words.to_lowercase();
        words.contains("(sic)") || insertions(&words).any(|inner| inner.trim() == "sic")
    };
    let message = "this quotation points at its speaker's slip with “sic”";
    outer(facts)
        .filter(has_sic)
        .map(|quotation| Told::new(facts, quotation.span, message.to_owned()))
        .collect()
}

fn misplaced_punctuation(facts: &FileFacts) -> Vec<Told> {
    let outside = facts.mark_faults.iter().filter(|fault| fault.kind == MarkFaultKind::PunctuationOutside);
    let message = "the comma or full stop belongs before the closing mark";
    let told = outside.map(|fault| {
        let mut told = Told::new(facts, fault.span, message.to_owned()).label("outside the mark");
        told.related = fault.related.iter().map(|span| (span.start, span.end)).collect();
        let replaced = fault.replaced.unwrap_or(fault.span);
        told.fix = fault.instead.clone().map(|text| (true, replaced.start, replaced.end, text));
        told
    });
    told.collect()
}

/// What stands in brackets, “sic” among it: no ellipsis, and no “[#x20ac]” for a character that was lost.
fn insertions(words: &str) -> impl Iterator<Item = &str> {
    let inner = words.split('[').skip(1).filter_map(|after| Some(after.split_once(']')?.0));
    inner.filter(|inner| !matches!(inner.trim(), "…" | "...") && !inner.starts_with('#'))
}

fn outer(facts: &FileFacts) -> impl Iterator<Item = &Quotation> {
    facts.quotations.iter().filter(|quotation| quotation.level == 0)
}

fn block_at(facts: &FileFacts, span: Span) -> Option<&BlockFact> {
    let after = facts.blocks.partition_point(|block| block.span.start <= span.start);
    facts.blocks.get(after.checked_sub(1)?)
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What a rule's page finds.
fn by_page(project: &Project, found: &[Judged], rule: &str) -> Vec<Told> {
    let of_rule = found.iter().map(|judged| &judged.finding).filter(|finding| finding.rule == rule);
    let mut told: Vec<Told> = of_rule
        .map(|finding| Told {
            path: project.documents()[finding.place.file.index()].path.clone(),
            at: (finding.place.span.start, finding.place.span.end),
            message: finding.message.clone(),
            label: finding.label.clone(),
            help: finding.help.clone(),
            fix: finding.fix.as_ref().map(|fix| {
                let edit = &fix.edits[0];
                (fix.safe, edit.place.span.start, edit.place.span.end, edit.text.clone())
            }),
            related: finding.related.iter().map(|it| (it.place.span.start, it.place.span.end)).collect(),
        })
        .collect();
    told.sort();
    told
}

/// Reads the drafts under the pack's configuration, and returns for each of the eight pages how much it finds. Panics
/// where the page, the built-in page and the function differ.
fn compare(drafts: &BTreeMap<String, Vec<u8>>) -> [usize; 8] {
    let pack = root().join("examples/style-pack");
    let config = Config::load(&pack.join("sayso.toml"), &pack).unwrap();
    let mut options = Options::default();
    options.levels = EIGHT
        .iter()
        .flat_map(|(page, rule, _)| [*page, *rule])
        .map(|id| (id.to_owned(), Level::Warning))
        .collect();
    let mut project = Project::open_with(config, options).unwrap();
    for (path, bytes) in drafts {
        project.set_draft(path, bytes.clone());
    }
    let found = project.check(&Focus::everything()).unwrap();
    EIGHT.map(|(page, rule, function)| {
        let mut functions: Vec<Told> =
            project.corpus().files().flat_map(|(_, facts)| function(facts)).collect();
        functions.sort();
        let pages = by_page(&project, &found, page);
        assert_eq!(pages, functions, "{page} and its function differ");
        assert_eq!(by_page(&project, &found, rule), functions, "{rule} and its function differ");
        functions.len()
    })
}

/// Every draft of every example of every page, and the drafts of the examples.
#[test]
fn eight_pages_find_what_functions_find() {
    let mut drafts = BTreeMap::new();
    for (rule, page) in Rulebook::read().unwrap().iter() {
        for (number, example) in page.examples.iter().enumerate() {
            for (kind, text) in [("bad", &example.bad), ("good", &example.good)] {
                let drawn = text.as_deref().map(Drawn::read);
                for draft in drawn.iter().flat_map(|drawn| &drawn.drafts) {
                    let path = format!("{}-{number}-{kind}/{}", rule.id, draft.name);
                    drafts.insert(path, draft.text.clone().into_bytes());
                }
            }
        }
    }
    for folder in ["examples/style-pack/drafts", "examples/newsroom/drafts", "examples/house-rules/drafts"] {
        read_folder(&root().join(folder), &mut drafts);
    }
    let counts = compare(&drafts);
    assert!(drafts.len() > 300 && counts.iter().all(|count| *count > 0), "{} {counts:?}", drafts.len());
}

#[test]
fn eight_pages_find_what_functions_find_in_a_folder() {
    let Some(folder) = std::env::var_os("SAYSO_COMPARE") else { return };
    let mut drafts = BTreeMap::new();
    read_folder(Path::new(&folder), &mut drafts);
    let counts = compare(&drafts);
    println!("{} drafts", drafts.len());
    for ((page, rule, _), count) in EIGHT.iter().zip(counts) {
        println!("{count:5} {page} ({rule})");
    }
}

fn read_folder(folder: &Path, drafts: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            drafts.insert(path.to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
        }
    }
}

/// The pack is one that a desk can use: its examples are as drawn, and each page finds something in its draft.
#[test]
fn the_pack_is_as_drawn() {
    let pack = root().join("examples/style-pack");
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_sayso"));
        let out = command.current_dir(&pack).args(arguments).output().unwrap();
        (out.status.code(), String::from_utf8(out.stdout).unwrap())
    };
    let (code, stdout) = run(&["rules", "--test"]);
    assert_eq!(code, Some(0), "{stdout}");
    let (code, stdout) = run(&["--format", "concise"]);
    assert_eq!(code, Some(1));
    let found: BTreeSet<&str> = stdout
        .lines()
        .filter_map(|line| line.strip_suffix(']')?.rsplit_once('['))
        .map(|(_, id)| id)
        .collect();
    assert_eq!(found, EIGHT.iter().map(|(page, ..)| *page).collect::<BTreeSet<_>>(), "{stdout}");
}
