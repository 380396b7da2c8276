//! The targets of the fuzzer on stable Rust: over the stored inputs, and over mutations of them. `SAYSO_FUZZ_SECONDS` sets how
//! long each target mutates (a second or two in the ordinary run); what fails is written to a file, and named.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]
#![expect(clippy::print_stderr, reason = "how many inputs were tried belongs into the log")]

#[path = "../fuzz/oracles.rs"]
mod oracles;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Pieces that readers stumble over.
const PIECES: [&str; 48] = [
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "«",
    "»",
    "„",
    "\n",
    "\n\n",
    "\r\n",
    "\u{a0}",
    "\u{2009}",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "\u{85}",
    "é",
    "🙂",
    "e\u{301}",
    "said ",
    "Ana Reyes ",
    "according to ",
    "17 August 2025 (Tuesday)",
    "> ",
    "- ",
    "# ",
    "---\n",
    "+++\n",
    "```\n",
    "<p>",
    "</p>",
    "<!--",
    "-->",
    "&#8220;",
    "[",
    "](",
    "{{",
    "}}",
    "\\emph{",
    "sayso: allow(",
    "<!-- sayso: allow-file(name-variant) -->",
    "0",
    "::error::",
    "##vso[",
    "[[person]]\n",
    "00:00:01.000 --> ",
];

/// A small generator of numbers, so that a run can be repeated.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

fn mutated(numbers: &mut Numbers, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[numbers.next(seeds.len())].clone();
    for _ in 0..=numbers.next(6) {
        let at = numbers.next(bytes.len() + 1);
        match numbers.next(6) {
            0 => bytes.truncate(at.max(1)),
            1 | 2 => {
                let piece = PIECES[numbers.next(PIECES.len())].as_bytes();
                bytes.splice(at..at, piece.iter().copied());
            }
            3 if !bytes.is_empty() => {
                let at = at.min(bytes.len() - 1);
                bytes[at] = numbers.next(256) as u8;
            }
            4 => {
                let end = (at + 1 + numbers.next(12)).min(bytes.len());
                bytes.drain(at..end.max(at));
            }
            _ => {
                let other = &seeds[numbers.next(seeds.len())];
                let from = numbers.next(other.len() + 1);
                let to = (from + numbers.next(200)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
        }
    }
    bytes.truncate(4_000);
    bytes
}

/// Memory is counted for the whole process, so one input is tried at a time.
static TURN: Mutex<()> = Mutex::new(());

fn run(name: &str, bytes: &[u8]) {
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Err(fault) = catch_unwind(AssertUnwindSafe(|| oracles::run(name, bytes))) {
        drop(turn);
        let file = std::env::temp_dir().join(format!("sayso-fuzz-{name}-{:x}", bytes.len()));
        std::fs::write(&file, bytes).unwrap();
        let text = String::from_utf8_lossy(bytes);
        eprintln!("target {name} fails on {}: {text:?}", file.display());
        std::panic::resume_unwind(fault);
    }
}

/// Mutations in the ordinary run.
const FEW: u64 = 12;

fn fuzz(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let mut names: Vec<_> =
        std::fs::read_dir(&folder).expect("a corpus").map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let seeds: Vec<Vec<u8>> = names.iter().map(|path| std::fs::read(path).unwrap()).collect();
    assert!(!seeds.is_empty(), "{name} has stored inputs");
    seeds.iter().for_each(|seed| run(name, seed));
    let seconds =
        std::env::var("SAYSO_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(0);
    let start = std::env::var("SAYSO_FUZZ_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0x5eed);
    let (mut numbers, begun, mut count) = (Numbers(start), Instant::now(), 0u64);
    // The ordinary run tries the same few everywhere: it must not fail by luck on a faster machine.
    let more =
        |count: u64| if seconds == 0 { count < FEW } else { begun.elapsed() < Duration::from_secs(seconds) };
    while more(count) {
        run(name, &mutated(&mut numbers, &seeds));
        count += 1;
    }
    eprintln!("{name}: {count} inputs in {seconds} s, {} stored", seeds.len());
    assert!(count > 0);
}

#[test]
fn drafts() {
    fuzz("draft");
}

#[test]
fn settings() {
    fuzz("settings");
}

#[test]
fn registries() {
    fuzz("registry");
}

#[test]
fn tapes() {
    fuzz("tape");
}

#[test]
fn containers() {
    fuzz("container");
}

#[test]
fn fixes() {
    fuzz("fixes");
}

#[test]
fn edits() {
    fuzz("edits");
}

#[test]
fn growth() {
    fuzz("growth");
}
