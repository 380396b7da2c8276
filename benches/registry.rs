//! A registry of a hundred thousand people: reading, building the lookups, looking up.
//!
//! `cargo bench --bench registry`. The whole way, `/usr/bin/time -v sayso check --config sayso.toml note.txt` with the
//! people of this benchmark in the registry, on two cores that others were using (CPU seconds, peak memory):
//! `people.toml` 0.71 s and 94 MB (1.07 s and 420 MB when it was parsed in one piece), Popolo JSON 0.51 s and 130 MB,
//! Wikidata CSV 0.56 s and 83 MB, congress-legislators YAML 1.83 s and 91 MB.

use std::fmt::Write;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use sayso::corpus::registry::Registry;
use sayso::source::{Roster, read_registry};

const PEOPLE: usize = 100_000;

fn main() {
    divan::main();
}

/// Invented names from syllables, every one different.
fn name(mut number: usize) -> String {
    const GIVEN: [&str; 10] = ["Ana", "Bela", "Cira", "Dov", "Esme", "Finn", "Gala", "Hugo", "Ines", "Joon"];
    const PARTS: [&str; 10] = ["ra", "vel", "mo", "ka", "tis", "on", "bu", "ler", "shi", "dan"];
    let given = GIVEN[number % 10];
    number /= 10;
    let mut family = String::from("K");
    for _ in 0..4 {
        family.push_str(PARTS[number % 10]);
        number /= 10;
    }
    format!("{given} {family}")
}

fn people_toml() -> String {
    let mut text = String::new();
    for number in 0..PEOPLE {
        let _ = write!(
            text,
            "[[person]]\nname = \"{}\"\n[[person.title]]\ntitle = \"mayor of town {}\"\nfrom = 2019-05-20\nto = 2023\n",
            name(number),
            number % 500
        );
    }
    text
}

fn roster() -> Roster {
    read_registry("people.toml", &people_toml()).unwrap_or_default()
}

#[divan::bench(sample_count = 3)]
fn read(bencher: Bencher<'_, '_>) {
    let text = people_toml();
    bencher.counter(ItemsCount::new(PEOPLE)).bench(|| read_registry("people.toml", black_box(&text)));
}

#[divan::bench(sample_count = 3)]
fn build(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(PEOPLE)).with_inputs(roster).bench_values(Registry::new);
}

#[divan::bench]
fn look_up_by_name(bencher: Bencher<'_, '_>) {
    let registry = Registry::new(roster());
    let name = name(77_777);
    bencher.bench(|| registry.named(black_box(&name)).len());
}

#[divan::bench]
fn look_up_by_slip(bencher: Bencher<'_, '_>) {
    let registry = Registry::new(roster());
    let name = name(77_777).replace('v', "w");
    bencher.bench(|| registry.nearly_named(black_box(&name)).len());
}
