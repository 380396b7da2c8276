//! Finding the same utterance among generated quotations, with copies and variants planted among them: time and
//! memory as the number of quotations grows, and how many of the planted variants are found.
//!
//! `cargo bench --bench wording` runs ten and a hundred thousand; `SAYSO_BENCH_SIZES=10000,100000,1000000` any others.
//! Sizes ascend, so that the peak of memory belongs to the size in its line; the drafts themselves are part of it.

#![expect(clippy::print_stderr, reason = "a benchmark reports to the terminal")]

mod generated;

use std::borrow::Cow;
use std::time::Instant;

use sayso::corpus::people::People;
use sayso::corpus::registry::Registry;
use sayso::corpus::wording::Wording;
use sayso::facts::{Attribution, FileFacts, Quotation, QuotationKind, Speaker, SpeakerKind};
use sayso::source::Span;

use generated::{Dice, word};

/// Quotations in one file.
const PER_FILE: usize = 10;
/// One quotation in so many is a copy of an earlier one, and as many again are altered copies.
const PLANTED: usize = 20;
/// Words to choose from, the small ones aside.
const VOCABULARY: usize = 30_000;

fn main() {
    eprintln!("quotations  seconds  CPU s  drafts MB  peak MB  planted  found  false");
    for count in sizes() {
        let (files, planted) = drafts(count);
        let before = megabytes("VmRSS");
        let (start, cpu) = (Instant::now(), cpu_seconds());
        let wording = Wording::build(&files, &People::default(), &Registry::default());
        let (seconds, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds() - cpu);
        let mut altered = vec![false; count];
        planted.iter().for_each(|&number| altered[number] = true);
        let (mut found, mut wrong) = (0, 0);
        for utterance in wording.utterances() {
            // Every quotation is a passage of its own, so that their numbers agree.
            match utterance.passages.iter().filter(|&&id| altered[id as usize]).count() {
                0 => wrong += 1,
                count => found += count,
            }
        }
        eprintln!(
            "{count:>10}  {seconds:>7.2}  {cpu:>5.2}  {before:>9}  {:>7}  {:>7}  {found:>5}  {wrong:>5}",
            megabytes("VmHWM"),
            planted.len(),
        );
    }
}

/// Seconds of processor time that the process has had, of both kinds; 0 where the system does not tell.
fn cpu_seconds() -> f64 {
    /// Linux counts in hundredths, whatever the machine.
    const TICKS: f64 = 100.0;
    let line = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = line.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let ticks = after_name.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() / TICKS
}

/// A figure of the process in megabytes; 0 where the system does not tell.
fn megabytes(key: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(key)).unwrap_or("");
    let kilobytes: u64 = line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0);
    kilobytes / 1024
}

fn sizes() -> Vec<usize> {
    let asked = std::env::var("SAYSO_BENCH_SIZES").unwrap_or_default();
    let mut sizes: Vec<usize> = asked.split(',').filter_map(|size| size.trim().parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000];
    }
    sizes.sort_unstable();
    sizes
}

/// Files with `count` quotations, and which of these are altered copies.
fn drafts(count: usize) -> (Vec<FileFacts>, Vec<usize>) {
    let mut dice = Dice(7);
    let mut said: Vec<(usize, Vec<String>)> = Vec::new();
    let mut files: Vec<FileFacts> = Vec::with_capacity(count / PER_FILE);
    let mut planted = Vec::new();
    for number in 0..count {
        if number % PER_FILE == 0 {
            files.push(FileFacts { path: format!("{number:07}.txt"), ..FileFacts::default() });
        }
        let (speaker, words) = match number % PLANTED {
            7 => said[dice.roll(said.len())].clone(),
            13 => {
                // Each utterance is altered once, so that utterances found can be counted against those planted.
                planted.push(number);
                let (speaker, mut words) = said[number / PLANTED].clone();
                let middle = words.len() / 2;
                words[middle] = word(40_000 + number);
                (speaker, words)
            }
            _ => {
                let speaker = dice.roll(count / 5 + 1);
                let length = 8 + dice.roll(24);
                let fresh = (speaker, dice.sentence(length, VOCABULARY));
                said.push(fresh.clone());
                fresh
            }
        };
        if let Some(file) = files.last_mut() {
            let start = (number % PER_FILE) as u32 * 400;
            file.quotations.push(quotation(start, &format!("Ana {}", word(speaker)), words.join(" ")));
        }
    }
    (files, planted)
}

fn quotation(start: u32, speaker: &str, words: String) -> Quotation {
    let span = Span::new(start, start + words.len() as u32 + 6);
    Quotation {
        span,
        segments: vec![span],
        text: String::new(),
        words,
        places: Default::default(),
        around: String::new(),
        condition_told: false,
        kind: QuotationKind::Sentence,
        level: 0,
        block: 0,
        continues: None,
        closed: true,
        attribution: Some(Attribution {
            place: None,
            described: false,
            countersigned: None,
            source: None,
            cue: None,
            speaker: Some(Speaker { name: speaker.to_owned(), kind: SpeakerKind::Person }),
            said_on: None,
            medium: None,
            to: None,
            rival: None,
            evidence: Cow::Borrowed("generated"),
            confidence: 1.0,
        }),
    }
}
