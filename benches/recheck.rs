//! One draft edited in a project: what the next check costs, beside the first one.
//!
//! `cargo bench --bench recheck` makes news up; `SAYSO_BENCH_TEXTS=folder` takes the `.txt` and `.md` files of a folder.
//! The time is that of the processor on one thread, reading of the changed draft included; files are in memory before it
//! is taken.

#![expect(clippy::print_stderr, reason = "a benchmark reports to the terminal")]

mod generated;

use std::fmt::Write;

use sayso::config::Config;
use sayso::project::{Focus, Project};
use sayso::source::InputError;

use generated::{Dice, word};

/// The program's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Drafts that are made up, and paragraphs in each.
const DRAFTS: usize = 840;
const PARAGRAPHS: usize = 16;
/// Words to choose from, the small ones aside.
const VOCABULARY: usize = 20_000;
/// Drafts that are edited, evenly spread, one after the other.
const EDITED: usize = 40;
/// The most that an edit may cost, in hundredths of a full check.
const MOST: f64 = 5.0;

fn main() -> Result<(), Vec<InputError>> {
    sayso::parallel::use_threads(1);
    let texts = texts();
    let start = cpu_seconds();
    let mut project = Project::open(Config::isolated("."))?;
    for (path, text) in &texts {
        project.set_draft(path, text.as_str());
    }
    let findings = project.check(&Focus::everything())?.len();
    let full = cpu_seconds() - start;
    let mut edits: Vec<f64> = Vec::new();
    for (path, text) in texts.iter().step_by((texts.len() / EDITED).max(1)) {
        // A sentence in front moves every place in the draft, and its quotation is new.
        let edited =
            format!("“The pier will open again in {} days,” Nell Ashdown said.\n\n{text}", edits.len());
        let start = cpu_seconds();
        project.set_draft(path, edited);
        project.check(&Focus::everything())?;
        edits.push(cpu_seconds() - start);
    }
    edits.sort_by(f64::total_cmp);
    let (median, worst) = (edits[edits.len() / 2], edits[edits.len() - 1]);
    eprintln!(
        "{} drafts, {findings} findings: full check {:.0} ms; an edit {:.1} ms ({:.1} %), the dearest {:.1} ms ({:.1} %)",
        texts.len(),
        full * 1e3,
        median * 1e3,
        median / full * 100.0,
        worst * 1e3,
        worst / full * 100.0,
    );
    if median / full * 100.0 > MOST {
        eprintln!("more than {MOST} %");
        std::process::exit(1);
    }
    Ok(())
}

/// Seconds of processor time that this thread has had, to the nanosecond; 0 where the system does not tell.
fn cpu_seconds() -> f64 {
    let line = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = line.split(' ').next().and_then(|number| number.parse::<f64>().ok());
    nanoseconds.unwrap_or(0.0) / 1e9
}

/// The drafts by path.
fn texts() -> Vec<(String, String)> {
    let Some(folder) = std::env::var_os("SAYSO_BENCH_TEXTS") else { return made_up() };
    let mut texts: Vec<(String, String)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "txt" || ending == "md"))
        .filter_map(|entry| {
            let text = std::fs::read_to_string(entry.path()).ok()?;
            Some((entry.file_name().to_string_lossy().into_owned(), text))
        })
        .collect();
    texts.sort();
    texts
}

/// News that quotes the same people now and then, in the same words or nearly.
fn made_up() -> Vec<(String, String)> {
    let mut dice = Dice(5);
    let mut said: Vec<(String, String)> = Vec::new();
    (0..DRAFTS)
        .map(|number| {
            let mut text = String::new();
            for _ in 0..PARAGRAPHS {
                let around = dice.sentence(30, VOCABULARY).join(" ");
                let (name, words) = match dice.roll(8) {
                    0 if !said.is_empty() => said[dice.roll(said.len())].clone(),
                    _ => {
                        let name = format!("{} {}", capital(dice.roll(60)), capital(100 + dice.roll(900)));
                        let length = 8 + dice.roll(20);
                        let fresh = (name, dice.sentence(length, VOCABULARY).join(" "));
                        said.push(fresh.clone());
                        fresh
                    }
                };
                let _ = write!(text, "“It {words},” {name} said. The {around}.\n\n");
            }
            (format!("2026-03-{:02}-{number:04}.txt", number % 28 + 1), text)
        })
        .collect()
}

/// A name that no list has.
fn capital(number: usize) -> String {
    let mut name = word(number);
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}
