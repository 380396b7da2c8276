//! Archives, what was said in them, and records, as text.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;

use super::output_style::{Ink, OutputStyle};
use super::sheet::Sheet;
use super::summary::counted;
use super::{clean, json_text};
use crate::archive::{Contents, Record};
use crate::calendar::{Day, Interval};
use crate::corpus::people::{NameKeys, families_alone, name_keys, names_of_one};
use crate::corpus::wording::{KEYS_VERSION, KeyReader};
use crate::facts::FileFacts;
use crate::project::SaidVersion;

#[derive(Serialize)]
struct Info<'a> {
    archive: &'a str,
    #[serde(flatten)]
    contents: &'a Contents,
}

/// Writes what an archive has as a JSON object.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn archive_json(out: &mut dyn Write, path: &str, contents: &Contents) -> io::Result<()> {
    json_text::write_pretty(out, &Info { archive: path, contents })?;
    writeln!(out)
}

/// Writes what an archive has, for eyes.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn archive_table(out: &mut dyn Write, path: &str, contents: &Contents) -> io::Result<()> {
    writeln!(out, "archive     {}", clean::path(path))?;
    writeln!(out, "drafts      {}", contents.drafts)?;
    writeln!(out, "quotations  {}", contents.quotations)?;
    if let Some((first, last)) = contents.days {
        writeln!(out, "published   {first} to {last}")?;
    }
    writeln!(out, "size        {}{}", size(contents.bytes), share(contents))?;
    writeln!(out, "segments    {}", contents.segments)?;
    if contents.removed > 0 {
        writeln!(out, "gone        {} that still take room", counted(contents.removed as usize, "draft"))?;
    }
    Ok(())
}

/// Writes the paths of an archive's drafts, one a line.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn archive_drafts(out: &mut dyn Write, paths: &[String]) -> io::Result<()> {
    paths.iter().try_for_each(|path| writeln!(out, "{}", clean::path(path)))
}

/// Says in a line what was done to an archive, and what it has now.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn archive_written(
    out: &mut dyn Write,
    path: &str,
    contents: &Contents,
    done: &[(usize, &str)],
) -> io::Result<()> {
    let done: Vec<String> = done.iter().map(|(count, what)| format!("{count} {what}")).collect();
    let done = if done.is_empty() { String::new() } else { format!(" ({})", done.join(", ")) };
    writeln!(
        out,
        "{}: {}{done}, {}{}",
        clean::path(path),
        counted(contents.drafts as usize, "draft"),
        size(contents.bytes),
        share(contents)
    )
}

/// Bytes, for eyes.
fn size(bytes: u64) -> String {
    match bytes {
        0..100_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

fn share(contents: &Contents) -> String {
    match contents.text {
        0 => String::new(),
        text => format!(", {:.0} % of the text", contents.bytes as f64 / text as f64 * 100.0),
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    words: &'a str,
    versions: Vec<VersionRow<'a>>,
}

#[derive(Serialize)]
struct VersionRow<'a> {
    words: &'a str,
    differences: &'a [String],
    places: Vec<PlaceRow<'a>>,
}

#[derive(Serialize)]
struct PlaceRow<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    speaker: Option<&'a str>,
    published: Option<Day>,
    said_on: Option<Interval>,
    medium: Option<&'a str>,
}

/// Writes who said something as a JSON object.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn said_json(out: &mut dyn Write, words: &str, versions: &[SaidVersion]) -> io::Result<()> {
    let versions = versions.iter().map(|version| VersionRow {
        words: &version.words,
        differences: &version.differences,
        places: (version.places.iter())
            .map(|place| PlaceRow {
                path: &place.path,
                line: place.position.line,
                column: place.position.column,
                speaker: place.speaker.as_deref(),
                published: place.published,
                said_on: place.said_on,
                medium: place.medium.as_deref(),
            })
            .collect(),
    });
    json_text::write_pretty(out, &Answer { words, versions: versions.collect() })?;
    writeln!(out)
}

/// Writes who said something, for eyes: each wording, and the places that have it.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn said_table(out: &mut dyn Write, versions: &[SaidVersion], style: OutputStyle) -> io::Result<()> {
    let (bold, dim, off) = (style.on(Ink::Bold), style.on(Ink::Dim), style.off());
    for (at, version) in versions.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{bold}“{}”{off}", clean::line(&version.words))?;
        for difference in &version.differences {
            writeln!(out, "  differs: {}", style.differences(&clean::line(difference), ""))?;
        }
        for place in &version.places {
            let day = place.published.map_or_else(|| "undated".to_owned(), |day| day.to_string());
            let speaker = place.speaker.as_deref().unwrap_or("(undecided)");
            let how = place.medium.as_deref().map_or(String::new(), |medium| format!(", {medium}"));
            writeln!(
                out,
                "  {day}  {}{}  {dim}{}:{}:{}{off}",
                clean::line(speaker),
                clean::line(&how),
                clean::path(&place.path),
                place.position.line,
                place.position.column
            )?;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct Keyed {
    keys: Keys,
    #[serde(flatten)]
    record: Record,
}

/// The keys by which lookups group what a draft has. Hashes are written in hexadecimal digits, because JSON's numbers
/// are too small for them in many languages.
#[derive(Serialize)]
struct Keys {
    version: u32,
    quotations: Vec<QuotationKeys>,
    people: Vec<PersonKeys>,
    /// Family names that stand alone, and of which the draft names nobody in full.
    alone: Vec<String>,
    days: Vec<DayKey>,
}

#[derive(Serialize)]
struct QuotationKeys {
    parts: Vec<u32>,
    words: usize,
    all: String,
    runs: Vec<String>,
    short: Option<String>,
}

#[derive(Serialize)]
struct PersonKeys {
    name: String,
    near: Vec<String>,
    family: String,
    /// Other full names that the draft uses for the same person.
    also: Vec<String>,
}

#[derive(Serialize)]
struct DayKey {
    quotation: u32,
    from: Option<Day>,
    to: Option<Day>,
}

fn hexadecimal(keys: impl IntoIterator<Item = u64>) -> Vec<String> {
    keys.into_iter().map(|key| format!("{key:016x}")).collect()
}

fn keys(facts: &FileFacts) -> Keys {
    let quotations = KeyReader::default().read(facts).into_iter().map(|keys| QuotationKeys {
        parts: keys.parts.to_vec(),
        words: keys.words(),
        all: format!("{:016x}", keys.all),
        runs: hexadecimal(keys.runs),
        short: hexadecimal(keys.short).pop(),
    });
    let pairs: Vec<[String; 2]> = names_of_one(facts).collect();
    let also = |name: &String| {
        let both = pairs.iter().filter(|pair| pair.contains(name)).flatten();
        BTreeSet::from_iter(both.filter(|other| *other != name).cloned()).into_iter().collect()
    };
    let people = name_keys(facts).into_iter().map(|NameKeys { name, near, family }| PersonKeys {
        also: also(&name),
        name,
        near: hexadecimal(near),
        family: format!("{family:016x}"),
    });
    let days = (0..).zip(&facts.quotations).filter_map(|(quotation, it)| {
        let days = it.attribution.as_ref()?.said_on?;
        Some(DayKey { quotation, from: days.from, to: days.to })
    });
    Keys {
        version: KEYS_VERSION,
        quotations: quotations.collect(),
        people: people.collect(),
        alone: hexadecimal(families_alone(facts)),
        days: days.collect(),
    }
}

/// Writes the record of each draft with its keys, one a line.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn record_lines(out: &mut dyn Write, sheet: &Sheet<'_>) -> io::Result<()> {
    for (file, facts) in sheet.corpus.files().filter(|(_, facts)| facts.turns.is_empty()) {
        let Some(document) = sheet.documents.get(file.index()) else { continue };
        let record = Record::of(document, facts, 0);
        json_text::write(out, &Keyed { keys: keys(&record.facts), record })?;
        writeln!(out)?;
    }
    Ok(())
}
