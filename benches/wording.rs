//! Finding the same utterance among generated quotations, with copies and variants planted among them: time and
//! memory as the number of quotations grows, and how many of the planted variants are found.
//!
//! `cargo bench --bench wording` runs ten and a hundred thousand; `SAYSO_BENCH_MILLION=1` adds the million.

#![expect(clippy::print_stderr, reason = "a benchmark reports to the terminal")]

use std::borrow::Cow;

use divan::Bencher;
use divan::counter::ItemsCount;
use sayso::corpus::wording::Wording;
use sayso::facts::{Attribution, FileFacts, Quotation, QuotationKind, Speaker, SpeakerKind};
use sayso::source::Span;

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

/// Quotations in one file.
const PER_FILE: usize = 10;
/// One quotation in so many is a copy of an earlier one, and as many again are altered copies.
const PLANTED: usize = 20;

fn main() {
    for count in sizes() {
        let (files, planted) = drafts(count);
        let wording = Wording::build(&files);
        eprintln!(
            "{count} quotations: {planted} altered copies planted, {} utterances found",
            wording.utterances().len()
        );
    }
    divan::main();
}

fn sizes() -> Vec<usize> {
    let mut sizes = vec![10_000, 100_000];
    if std::env::var_os("SAYSO_BENCH_MILLION").is_some() {
        sizes.push(1_000_000);
    }
    sizes
}

#[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
fn same_utterance(bencher: Bencher<'_, '_>, count: usize) {
    let (files, _) = drafts(count);
    bencher.counter(ItemsCount::new(count)).bench(|| Wording::build(&files));
}

/// A generator of numbers: a multiplicative congruential one serves, and every run sees the same drafts.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        ((self.0 >> 33) as usize) % sides
    }

    /// A word by Zipf's law, roughly: the square of an even roll crowds the front of the list.
    fn word(&mut self, words: usize) -> usize {
        let (one, other) = (self.roll(words), self.roll(words));
        one * other / words
    }
}

const SYLLABLES: [&str; 16] =
    ["ba", "ne", "tor", "li", "vas", "ker", "mo", "dun", "si", "ral", "pe", "gan", "ho", "win", "cu", "dre"];
const SMALL: [&str; 12] = ["the", "of", "and", "to", "in", "we", "that", "is", "for", "it", "with", "they"];

fn word(number: usize) -> String {
    let mut word = String::new();
    let mut rest = number + 16;
    while rest > 0 {
        word.push_str(SYLLABLES[rest % 16]);
        rest /= 16;
    }
    word
}

fn sentence(dice: &mut Dice) -> Vec<String> {
    let length = 8 + dice.roll(24);
    (0..length)
        .map(|_| if dice.roll(2) == 0 { SMALL[dice.roll(12)].to_owned() } else { word(dice.word(30_000)) })
        .collect()
}

/// Files with `count` quotations, and how many of these are altered copies.
fn drafts(count: usize) -> (Vec<FileFacts>, usize) {
    let mut dice = Dice(7);
    let mut said: Vec<(usize, Vec<String>)> = Vec::new();
    let mut files: Vec<FileFacts> = Vec::with_capacity(count / PER_FILE);
    let mut planted = 0;
    for number in 0..count {
        if number % PER_FILE == 0 {
            files.push(FileFacts { path: format!("{number:07}.txt"), ..FileFacts::default() });
        }
        let (speaker, words) = match number % PLANTED {
            7 => said[dice.roll(said.len())].clone(),
            13 => {
                // Each utterance is altered once, so that utterances found can be counted against those planted.
                planted += 1;
                let (speaker, mut words) = said[number / PLANTED].clone();
                let middle = words.len() / 2;
                words[middle] = word(40_000 + number);
                (speaker, words)
            }
            _ => {
                let fresh = (dice.roll(count / 5 + 1), sentence(&mut dice));
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
        around: String::new(),
        kind: QuotationKind::Sentence,
        level: 0,
        block: 0,
        continues: None,
        closed: true,
        attribution: Some(Attribution {
            source: None,
            cue: None,
            speaker: Some(Speaker { name: speaker.to_owned(), kind: SpeakerKind::Person }),
            said_on: None,
            medium: None,
            rival: None,
            evidence: Cow::Borrowed("generated"),
            confidence: 1.0,
        }),
    }
}
