//! Fixes of every rule on drafts of any faults: none touches the words of a quotation, and they come to an end. The fixes
//! are counted by rule, so that no rule with a fix is left out.

#![expect(clippy::print_stdout, reason = "the counts are shown with --nocapture")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use proptest::prelude::*;
use proptest::test_runner::{Config as Runs, TestRunner};
use sayso::config::Config;
use sayso::project::{Focus, Options, Project};
use sayso::rules::{Drawn, Finding, Fix, Level, Parameter, Parameters, RULES, Rulebook};
use sayso::run::attempt;

/// How many drafts are made.
const DRAFTS: u32 = 400;

/// How a house has its marks and days.
#[derive(Clone, Debug)]
struct House {
    outer: &'static str,
    inner: &'static str,
    by_language: Vec<&'static str>,
    usage: &'static str,
    mend: &'static str,
}

fn house() -> impl Strategy<Value = House> {
    let marks = || prop::sample::select(vec!["double", "curly-double", "straight-double", "guillemets"]);
    let inner = prop::sample::select(vec!["single", "curly-single", "double"]);
    let languages = prop::sample::select(vec![
        vec![],
        vec!["de „…“ ‚…‘", "fr « … » “…”", "fi ”…”"],
        vec!["de »…« ›…‹", "fr «…»", "sv ”…” ’…’"],
    ]);
    let usage = prop::sample::select(vec!["american", "british"]);
    let mend = prop::sample::select(vec!["weekday", "date"]);
    (marks(), inner, languages, usage, mend).prop_map(|(outer, inner, by_language, usage, mend)| House {
        outer,
        inner,
        by_language,
        usage,
        mend,
    })
}

/// A draft: its front matter and its paragraphs.
fn draft() -> impl Strategy<Value = String> {
    let head = prop::sample::select(vec![
        "",
        "---\ndate: 2026-06-11\n---\n\n",
        "---\nlang: de\n---\n\n",
        "---\nlang: fr\n---\n\n",
        "---\nlang: fi\ndate: 2026-06-11\n---\n\n",
    ]);
    let piece = prop::sample::select(vec![
        "“ We will stay,” Ana Reyes said.\n\n",
        "\"It is old ,\" said Bo Tarn.\n\n",
        "“We go”, said mayor Ana Reyes.\n\n",
        "“We ‘never” went,” she said.\n\n",
        "He called it ”soon“ and “ late ”.\n\n",
        "On Friday, June 10, 2026, ``it rained,'' Reyes said.\n\n",
        "“It was Friday, June 10, 2026,” Reyes said, and it was Monday, June 10, 2026.\n\n",
        "<!-- sayso: allow weekday-mismatch -->\n\n",
        "<!-- sayso: allow(weekday-mismatch) the day is right -->\n\n",
        "<!-- sayso: allow(weekday-mismtach) the day is right -->\n\n",
        "» no « and «yes» , he said.\n\n",
        "“One. \"Two. ’Tis,” it said—“ three”.\n\n",
        "The ferry came in yesterday. “I slept till yesterday,” said Bo Tarn.\n\n",
        "Port Abel is full. “We see Port Abel,” said Ana Reyes.\n\n",
        "Bo Tarne left. “Bo Tarne is mayor of it all,” said mayor Bo Tarne.\n\n",
        "“We will stay,\" Ana Reyes said. It‘s done, and the ’90s are over.\n\n",
        "The word is “”. The pier is “sound but ugly,” Ana Reyes said.\n\n",
        "“He said “we go” and left,” Ana Reyes said.\n\n",
        "“We will close the pier, Ana Reyes said.\n\n",
        "We will close the pier,” Ana Reyes said.\n\n",
        "“The first.\n\nThe second,” Ana Reyes said.\n\n",
        "“The first, she said.\n\n<!-- sayso: allow(weekday-mismatch) the day is right -->\n\nThe second,” she said.\n\n",
        "„Wir bleiben“, sagte Ana Reyes. “Wir gehen”, sagte sie.\n\n",
        "« Nous restons », a dit Ana Reyes. “Nous partons”, a-t-elle dit.\n\n",
    ]);
    let pieces = prop::collection::vec(piece, 1..8);
    (head, pieces).prop_map(|(head, pieces)| head.to_owned() + &pieces.concat())
}

/// A project with one draft, every rule on, and the house's settings.
fn project(text: &str, house: &House) -> Project {
    let mut options = Options::default();
    options.levels = RULES.iter().map(|rule| (rule.id.to_owned(), Level::Warning)).collect();
    let words = |word: &str| Parameter::Text(word.to_owned());
    let languages = house.by_language.iter().map(|marks| (*marks).to_owned()).collect();
    for (rule, settings) in [
        (
            "house-marks",
            vec![
                ("outer", words(house.outer)),
                ("inner", words(house.inner)),
                ("by-language", Parameter::List(languages)),
            ],
        ),
        ("misplaced-punctuation", vec![("usage", words(house.usage))]),
        ("weekday-mismatch", vec![("mend", words(house.mend))]),
    ] {
        let settings = settings.into_iter().map(|(name, value)| (name.to_owned(), value));
        options.parameters.push((rule.to_owned(), Parameters::from_iter(settings)));
    }
    let mut project = Project::open_with(Config::isolated("."), options).unwrap();
    let people = "[[person]]\nname = \"Bo Tarn\"\naliases = [\"Bo Tarne\"]\n[[name]]\nprefer = \"Port Avel\"\nvariants = [\"Port Abel\"]\n";
    project.set_registry("people.toml", people).unwrap();
    project.set_draft("a.md", text);
    project
}

/// The letters and digits of a text.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The letters and digits of every quotation, one after the other.
fn said(project: &Project) -> Vec<String> {
    project.quotations("a.md").unwrap().iter().map(|quotation| letters(&quotation.words)).collect()
}

/// Does a range lie in a comment, white space around it left out?
fn in_comment(text: &str, range: Range<usize>) -> bool {
    let old = &text[range.clone()];
    let start = range.start + (old.len() - old.trim_start().len());
    let end = start + old.trim().len();
    text.match_indices("<!--").any(|(open, _)| {
        let close = text[open..].find("-->").map_or(open, |at| open + at + "-->".len());
        open <= start && end <= close
    })
}

fn fixes(finding: &Finding) -> impl Iterator<Item = &Fix> {
    finding.fix.iter().chain(&finding.other_fix)
}

/// The rules of which a page shows a finding with a fix.
fn rules_with_fixes() -> BTreeSet<&'static str> {
    let book = Rulebook::read().unwrap();
    let mut found = BTreeSet::new();
    for (rule, page) in book.iter() {
        for example in &page.examples {
            for text in [&example.bad, &example.good].into_iter().flatten() {
                let trial = attempt(rule, page, example, &Drawn::read(text).drafts, &book).unwrap();
                let with = trial.findings.iter().filter(|judged| fixes(&judged.finding).next().is_some());
                found.extend(with.map(|judged| judged.rule.id));
            }
        }
    }
    found
}

/// A page that promises a fix shows one: what never comes about is no promise.
#[test]
fn every_page_with_a_fix_shows_one() {
    let shown = rules_with_fixes();
    let promised: Vec<&str> =
        RULES.iter().filter(|rule| rule.page.contains("\nfix = ")).map(|rule| rule.id).collect();
    assert!(promised.len() >= 5, "{promised:?}");
    for rule in promised {
        assert!(shown.contains(rule), "{rule} promises a fix, and none of its examples has one");
    }
}

/// Faults that leave open which marks belong together: when they are mended, a quotation may begin or end elsewhere.
const UNSURE: [&str; 7] = [
    "unclosed-quotation",
    "unopened-quotation",
    "mismatched-marks",
    "nested-same-marks",
    "reversed-mark",
    "stand-in-marks",
    "unmarked-continuation",
];

/// Fixes of all rules, safe or not, the second ones too, leave every letter and digit between marks. Made one after the
/// other, they reach a point where nothing is left to fix. Where it is sure which marks belong together, the draft has the
/// same quotations afterwards, word for word.
#[test]
fn no_fix_of_any_rule_touches_what_was_said() {
    // Safe ones, others, second ones: offered, and how many of them lie at a quotation.
    let offered: RefCell<BTreeMap<&str, [usize; 4]>> = RefCell::default();
    let (made, sure) = (RefCell::new(0), RefCell::new(0));
    let runs = Runs { cases: DRAFTS, failure_persistence: None, ..Runs::default() };
    let mut runner = TestRunner::new(runs);
    let ran = runner.run(&(draft(), house(), any::<bool>()), |(text, house, unsafe_too)| {
        let mut project = project(&text, &house);
        let found = project.check(&Focus::everything()).unwrap();
        let before = said(&project);
        let pairs_are_sure = !found.iter().any(|judged| UNSURE.contains(&judged.rule.id));
        let quotations = project.quotations("a.md").unwrap();
        for judged in &found {
            for (rank, fix) in fixes(&judged.finding).enumerate() {
                let mut offered = offered.borrow_mut();
                let counts = offered.entry(judged.rule.id).or_default();
                counts[match (rank, fix.safe) {
                    (0, true) => 0,
                    (0, false) => 1,
                    _ => 2,
                }] += 1;
                for edit in &fix.edits {
                    let span = edit.place.span;
                    if quotations.iter().any(|one| one.level == 0 && one.span.overlaps(span)) {
                        counts[3] += 1;
                        let old = span.of(&text);
                        // A suppression between two paragraphs of a quotation is no word that was said.
                        if in_comment(&text, span.range()) {
                            continue;
                        }
                        prop_assert_eq!(letters(old), letters(&edit.text), "{} in {}", judged.rule.id, text);
                    }
                }
            }
        }
        let mended = project.mend(&Focus::everything(), unsafe_too, |_| true).unwrap();
        *made.borrow_mut() += mended.made;
        let after = project.documents()[0].text.as_str().to_owned();
        if pairs_are_sure {
            *sure.borrow_mut() += 1;
            prop_assert_eq!(said(&project), before, "{} became {}", text, after);
        }
        let again = project.mend(&Focus::everything(), unsafe_too, |_| true).unwrap();
        prop_assert_eq!(again.before.len(), 0, "{} became {} and changed again", text, after);
        Ok(())
    });
    let offered = offered.into_inner();
    for (rule, [safe, others, second, quoted]) in &offered {
        println!("{rule}: {safe} safe, {others} others, {second} second ones, {quoted} edits at a quotation");
    }
    println!("{} fixes made in {DRAFTS} drafts, of which {} have sure pairs", made.borrow(), sure.borrow());
    ran.unwrap();
    let tried: BTreeSet<&str> = offered.keys().copied().collect();
    let missed: Vec<_> = rules_with_fixes().into_iter().filter(|rule| !tried.contains(rule)).collect();
    assert!(missed.is_empty(), "no draft has a fix of {missed:?}");
    assert!(offered["weekday-mismatch"][2] > 0, "no second fix");
    assert!(offered.values().map(|counts| counts[3]).sum::<usize>() > 100, "{offered:?}");
    assert!(*made.borrow() > DRAFTS as usize && *sure.borrow() > DRAFTS / 8);
}
