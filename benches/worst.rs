//! Worst cases: input on which a careless step takes the square of the time. `cargo bench --bench worst [-- NAME…]` writes each
//! case at a size and at four times that size, runs the program on both with one thread, and prints time, memory and what both
//! grew by. It leaves with 1 where either grew by more than [`MOST_GROWTH`].
//!
//! Time is that of the processor, so that a busy machine changes little. Both are read from `/proc`, so this needs Linux.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on should say where")]
#![expect(clippy::print_stdout, reason = "the table is what it is run for")]

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Time and memory may grow by this much where the input grows by four: linear, or linear × log, and a little for noise.
const MOST_GROWTH: f64 = 5.0;

/// What a run costs whatever it reads; taken off before growth is measured.
const FLOOR: Cost = Cost { seconds: 0.01, kib: 14_000 };

/// A run that takes longer is ended, and has failed.
const PATIENCE: Duration = Duration::from_secs(120);

/// A worst case: writes its files for `n` of what it repeats, and names the command.
struct Case {
    name: &'static str,
    /// The smaller of the two sizes.
    size: usize,
    arguments: &'static [&'static str],
    write: fn(&Path, usize),
}

const CHECK: &[&str] = &["check", "--isolated", "--format", "json", "--threads", "1"];
const PROJECT: &[&str] = &["check", "--format", "json", "--threads", "1"];

/// A case of one draft: its text once for each of `n`.
macro_rules! one_draft {
    ($name:literal, $size:literal, $each:expr) => {
        Case {
            name: $name,
            size: $size,
            arguments: CHECK,
            write: |folder, n| {
                let each: fn(usize) -> String = $each;
                put(folder, "draft.txt", &(0..n).map(each).collect::<String>());
            },
        }
    };
}

const CASES: &[Case] = &[
    one_draft!("one paragraph of news", 10_000, |n| {
        format!(
            "“We will open pier {n} in May,” said {} of the {}. ",
            person(n),
            ["council", "port", "union"][n % 3]
        )
    }),
    one_draft!("no stops and no marks", 100_000, |n| format!("{} the harbour {} ", word(n), word(n * 7))),
    one_draft!("short quotations in one sentence", 4_000, |n| format!("“{},” ", word(n))),
    one_draft!("straight marks alone", 30_000, |_| "\"".to_owned()),
    one_draft!("opening marks alone", 30_000, |_| "“".to_owned()),
    one_draft!("nested marks", 15_000, |_| "“‘".to_owned()),
    one_draft!("names in one sentence", 5_000, |n| format!("{} and ", person(n))),
    one_draft!("one name in one sentence", 5_000, |_| "Ana Reyes and ".to_owned()),
    one_draft!("dates in one sentence", 5_000, |n| format!("on {} May {}, ", n % 28 + 1, 1900 + n % 200)),
    one_draft!("“who said that” in one sentence", 5_000, |_| "who said that ".to_owned()),
    one_draft!("“said” alone", 20_000, |_| "said ".to_owned()),
    one_draft!("a quotation and “said” in one sentence", 2_000, |n| format!(
        "“{}” said Ana Reyes, ",
        word(n)
    )),
    one_draft!("brackets that do not close", 20_000, |_| "(a ".to_owned()),
    one_draft!("suppressions", 2_000, |n| {
        format!("sayso: allow(unclosed-quotation) known\n\n“We will open pier {n}, Ana Reyes said.\n\n")
    }),
    one_draft!("one person's titles", 500, |n| {
        format!("“It is so,” said {} Ana Reyes.\n\n", title(n))
    }),
    one_draft!("speakers of one surname", 1_000, |n| {
        format!("“We will open pier {n},” said {} Reyes.\n\n", capital(n))
    }),
    one_draft!("similar names", 1_000, |n| {
        format!("“We will open pier {n},” said Ana {} Reyes{}.\n\n", capital(n), word(n))
    }),
    Case {
        name: "quoted headings",
        size: 1_000,
        arguments: CHECK,
        write: |folder, n| {
            let text = (0..n).map(|n| {
                format!(
                    "# “We open pier {}”\n\n“We open pier {} in May,” said {}.\n\n",
                    word(n),
                    word(n),
                    person(n)
                )
            });
            put(folder, "draft.md", &text.collect::<String>());
        },
    },
    Case {
        name: "`quotes --why` on one line",
        size: 1_000,
        arguments: &["quotes", "--isolated", "--why", "--threads", "1"],
        write: |folder, n| {
            let text = (0..n).map(|n| format!("“We will open pier {n} in May,” said {}. ", person(n)));
            put(folder, "draft.txt", &text.collect::<String>());
        },
    },
    Case {
        name: "`check` in colour on one line",
        size: 1_000,
        arguments: &["check", "--isolated", "--color", "always", "--threads", "1"],
        write: |folder, n| {
            let text = (0..n).map(|n| format!("“ We will open pier {n} in May,” said {}. ", person(n)));
            put(folder, "draft.txt", &text.collect::<String>());
        },
    },
    Case {
        name: "patterns of tapes × files",
        size: 500,
        arguments: PROJECT,
        write: |folder, n| {
            let patterns = (0..n).fold(String::new(), |mut all, n| {
                write!(all, "\"tapes/{n}-*.txt\", ").unwrap();
                all
            });
            put(folder, "sayso.toml", &format!("transcripts = [{patterns}]\n"));
            for n in 0..n {
                put(
                    folder,
                    &format!("tapes/{n}-a.txt"),
                    &format!("ANA REYES: We will open pier {n} in May.\n"),
                );
                put(folder, &format!("drafts/{n}.txt"), &format!("“We open {n},” said {}.\n", person(n)));
            }
        },
    },
    Case {
        name: "memberships of one Popolo person",
        size: 4_000,
        arguments: PROJECT,
        write: |folder, n| {
            put(folder, "sayso.toml", "people = \"people.json\"\n");
            put(folder, "draft.txt", "“We pay,” said Mayor Ana Reyes.\n");
            let posts = (0..n).map(|n| {
                format!(
                    "{{\"person_id\":\"p\",\"role\":\"{}\",\"start_date\":\"{}\"}}",
                    title(n),
                    1000 + n % 1000
                )
            });
            let posts = posts.collect::<Vec<_>>().join(",");
            let people = "{\"id\":\"p\",\"name\":\"Ana Reyes\"}";
            put(folder, "people.json", &format!("{{\"persons\":[{people}],\"memberships\":[{posts}]}}"));
        },
    },
    Case {
        name: "drafts with one quotation",
        size: 5_000,
        arguments: CHECK,
        write: |folder, n| {
            for n in 0..n {
                let text =
                    format!("“We pay for the pier in May and no later,” {} said on day {n}.\n", person(n));
                put(folder, &format!("{}/{n}.txt", n / 500), &text);
            }
        },
    },
    Case {
        name: "boilerplate that drafts share",
        size: 500,
        arguments: CHECK,
        write: |folder, n| {
            for n in 0..n {
                let text = format!(
                    "“We open pier {n} in May,” said {}.\n\n“The Mercury is free and will stay free,” the paper says. \
                     “Write to us and we will answer,” it adds.\n",
                    person(n)
                );
                put(folder, &format!("{n}.txt"), &text);
            }
        },
    },
];

/// A word of its own for each number.
fn word(n: usize) -> String {
    const PARTS: [&str; 16] =
        ["ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su", "ta", "ve", "wi", "xo", "ya", "zu"];
    let mut rest = n;
    let mut word = String::from("k");
    loop {
        word.push_str(PARTS[rest % 16]);
        rest /= 16;
        if rest == 0 {
            return word;
        }
    }
}

fn capital(n: usize) -> String {
    let word = word(n);
    format!("K{}", &word[1..])
}

/// A name of two words, of its own for each number.
fn person(n: usize) -> String {
    format!("{} {}", ["Ana", "Bo", "Ines", "Tobias", "Nell"][n % 5], capital(n))
}

fn title(n: usize) -> String {
    format!("{} {} Minister", ["Deputy", "Chief", "Prime"][n % 3], capital(n))
}

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// What a run takes.
#[derive(Clone, Copy)]
struct Cost {
    seconds: f64,
    kib: u64,
}

/// Runs the program in a folder; `None` where it does not end in time.
fn run(folder: &Path, arguments: &[&str]) -> Option<Cost> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let cost = watch(child.id());
    if cost.is_none() {
        child.kill().unwrap();
    }
    child.wait().unwrap();
    cost
}

/// What a process has taken when it ends; `None` where it does not end in time.
fn watch(process: u32) -> Option<Cost> {
    let read = |name: &str| std::fs::read_to_string(format!("/proc/{process}/{name}")).unwrap_or_default();
    let first = |text: &str| text.split_whitespace().next().and_then(|number| number.parse::<u64>().ok());
    let begun = Instant::now();
    let mut cost = Cost { seconds: 0.0, kib: 0 };
    while begun.elapsed() < PATIENCE {
        if let Some(nanoseconds) = first(&read("schedstat")) {
            cost.seconds = nanoseconds as f64 / 1e9;
        }
        let status = read("status");
        if let Some(kib) = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).and_then(first) {
            cost.kib = kib;
        }
        // A process that has ended and is not waited for has times, and no memory any more.
        if status.contains("State:\tZ") {
            return Some(cost);
        }
        std::thread::sleep(Duration::from_micros(500));
    }
    None
}

/// Bytes of all files in a folder.
fn bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| match entry.file_type().unwrap().is_dir() {
            true => bytes(&entry.path()),
            false => entry.metadata().unwrap().len(),
        })
        .sum()
}

fn main() -> ExitCode {
    let names: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    println!("| worst case | input | time | memory | grows by: input | time | memory |");
    println!("|---|---|---|---|---|---|---|");
    let mut failed = false;
    for case in
        CASES.iter().filter(|case| names.is_empty() || names.iter().any(|name| case.name.contains(name)))
    {
        let costs = [case.size, 4 * case.size].map(|size| {
            let folder = tempfile::tempdir().unwrap();
            (case.write)(folder.path(), size);
            (bytes(folder.path()), run(folder.path(), case.arguments))
        });
        let [(small, Some(one)), (large, Some(four))] = costs else {
            failed = true;
            println!("| {} | – | does not end in {} s | – | – | – | – |", case.name, PATIENCE.as_secs());
            continue;
        };
        let time = four.seconds / one.seconds.max(FLOOR.seconds);
        let memory =
            (four.kib.saturating_sub(FLOOR.kib)) as f64 / one.kib.saturating_sub(FLOOR.kib).max(2_000) as f64;
        failed |= time > MOST_GROWTH || memory > MOST_GROWTH;
        println!(
            "| {} | {} kB | {:.3} s | {:.1} MB | {:.1} | {time:.1} | {memory:.1} |",
            case.name,
            large / 1_000,
            four.seconds,
            four.kib as f64 / 1_024.0,
            large as f64 / small as f64,
        );
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
