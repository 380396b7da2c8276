//! An interview of some eleven hours against the manuscript of a book: 100,000 words of WebVTT, 100,000 words of Markdown
//! with 3,000 quotations, most of them from the tape and one in ten of these altered. What `check` does is timed, from
//! the bytes to the findings.
//!
//! Then the same with one, ten and a hundred tapes of 20,000 words, each with a draft of 60 quotations: the time should grow
//! with the tapes and not with their square.
//!
//! `cargo bench --bench tape`; with `SAYSO_BENCH_WRITE=DIR` it writes both files and a `sayso.toml` there, for `sayso check`.

#![expect(clippy::print_stderr, reason = "a benchmark reports to the terminal")]

mod generated;

use std::fmt::Write;
use std::time::Instant;

use sayso::rules::{Example, ExampleDraft, Page, RULES, Rule, Rulebook};
use sayso::run::attempt;

use generated::{Dice, word};

/// Words on the tape, and about as many in the manuscript.
const WORDS: usize = 100_000;
/// Quotations in the manuscript.
const QUOTATIONS: usize = 3_000;
/// One quotation in so many is on no tape, and one of the others in so many has a word changed.
const INVENTED: usize = 10;
const ALTERED: usize = 10;
/// Words to choose from, the small ones aside.
const VOCABULARY: usize = 8_000;
/// Times it is run.
const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (tape, book, altered) = texts();
    if let Some(folder) = std::env::var_os("SAYSO_BENCH_WRITE") {
        let folder = std::path::PathBuf::from(folder);
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("tape.vtt"), &tape)?;
        std::fs::write(folder.join("book.md"), &book)?;
        std::fs::write(folder.join("sayso.toml"), "include = [\"book.md\"]\ntranscripts = [\"tape.vtt\"]\n")?;
        return Ok(());
    }
    let rules = Rulebook::read().map_err(|trouble| trouble.message)?;
    let Some((rule, page)) = rules.iter().find(|(rule, _)| rule.id == "not-in-transcript") else {
        return Err(format!("none of {} rules is about transcripts", RULES.len()).into());
    };
    let words = |text: &str| text.split_whitespace().count();
    eprintln!(
        "{} words of tape, {} words of manuscript, {QUOTATIONS} quotations",
        words(&tape),
        words(&book)
    );
    let drafts = [
        ExampleDraft { name: "book.md".to_owned(), text: book },
        ExampleDraft { name: "tape.vtt".to_owned(), text: tape },
    ];
    for _ in 0..RUNS {
        let start = Instant::now();
        let trial =
            attempt(rule, page, &Example::default(), &drafts, &rules).map_err(|trouble| trouble.message)?;
        let seconds = start.elapsed().as_secs_f64();
        let found = trial.findings.iter().filter(|judged| judged.rule.id.contains("transcript")).count();
        let invented = QUOTATIONS / INVENTED;
        eprintln!("{seconds:.2} s; {found} found of {altered} altered and {invented} invented");
    }
    for tapes in [1, 10, 100] {
        many(tapes, rule, page, &rules)?;
    }
    Ok(())
}

/// Words on each of many tapes, and quotations in the draft that goes with it.
const MANY: (usize, usize) = (20_000, 60);

/// Times so many tapes, each with its draft.
fn many(tapes: usize, rule: &Rule, page: &Page, rules: &Rulebook) -> Result<(), Box<dyn std::error::Error>> {
    let mut dice = Dice(23);
    let mut drafts = Vec::new();
    for number in 0..tapes {
        let name = format!("{} {}", capital(&word(31 * number + 5_000)), capital(&word(47 * number + 9_000)));
        let mut tape = String::from("WEBVTT\n");
        let mut draft = String::from("# An hour on the quay\n");
        let (mut words, mut quoted) = (0, 0);
        while words < MANY.0 {
            let sentence = dice.sentence(8 + dice.0 as usize % 24, VOCABULARY);
            let at = words / 3;
            let clock = |at: usize| format!("{:02}:{:02}:{:02}.000", at / 3600, at / 60 % 60, at % 60);
            let _ = write!(
                tape,
                "\n{} --> {}\n<v {name}>{}.</v>\n",
                clock(at),
                clock(at + 9),
                sentence.join(" ")
            );
            if words * MANY.1 / MANY.0 >= quoted {
                let _ = write!(draft, "\n“{},” {name} said.\n", sentence.join(" "));
                quoted += 1;
            }
            words += sentence.len();
        }
        drafts.push(ExampleDraft { name: format!("draft-{number:03}.md"), text: draft });
        drafts.push(ExampleDraft { name: format!("tape-{number:03}.vtt"), text: tape });
    }
    let start = Instant::now();
    let trial =
        attempt(rule, page, &Example::default(), &drafts, rules).map_err(|trouble| trouble.message)?;
    let seconds = start.elapsed().as_secs_f64();
    let found = trial.findings.iter().filter(|judged| judged.rule.id.contains("transcript")).count();
    eprintln!(
        "{tapes} tapes of {} words, {} quotations: {seconds:.2} s, {:.1} ms a tape; {found} found of 0 altered",
        MANY.0,
        tapes * MANY.1,
        seconds * 1000.0 / tapes as f64
    );
    Ok(())
}

/// The word with a capital letter.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The tape, the manuscript, and how many of its quotations are altered.
fn texts() -> (String, String, usize) {
    let mut dice = Dice(11);
    let mut tape = String::from("WEBVTT\n");
    let mut said: Vec<Vec<String>> = Vec::new();
    let (mut words, mut second) = (0, 0);
    while words < WORDS {
        let sentence = dice.sentence(8 + dice.0 as usize % 24, VOCABULARY);
        let name = if said.len() % 4 == 3 { "Nell Ashdown" } else { "Tobias Orrick" };
        let clock = |at: usize| format!("{:02}:{:02}:{:02}.000", at / 3600, at / 60 % 60, at % 60);
        let (from, to) = (clock(second), clock(second + 9));
        let _ = write!(tape, "\n{from} --> {to}\n<v {name}>{}.</v>\n", sentence.join(" "));
        words += sentence.len();
        second += 9;
        said.push(if said.len() % 4 == 3 { Vec::new() } else { sentence });
    }
    let own: Vec<Vec<String>> = said.into_iter().filter(|sentence| !sentence.is_empty()).collect();
    let mut book = String::from("# The harbour master\n");
    let mut altered = 0;
    for number in 0..QUOTATIONS {
        let mut quoted = match number % INVENTED {
            0 => dice.sentence(14, VOCABULARY),
            _ => own[dice.roll(own.len())].clone(),
        };
        if number % INVENTED != 0 && number % ALTERED == 5 {
            altered += 1;
            let middle = quoted.len() / 2;
            quoted[middle] = word(20_000 + number);
        }
        let around = dice.sentence(WORDS / QUOTATIONS - 20, VOCABULARY);
        let _ = write!(book, "\nThe {}.\n\n“{},” Tobias Orrick said.\n", around.join(" "), quoted.join(" "));
    }
    (tape, book, altered)
}
